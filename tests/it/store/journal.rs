//! Edits, undo and redo, and the journal that keeps them.

use super::{Place, assert_sound, at, id, owner, stamp};
use proptest::prelude::*;
use recap::model::{Action, Edit, EditBuilder, Entity, Id, Link, Plan, Position, Theme, Value, intent};
use recap::store::{EntryKind, Found, HistoryOf, PlanFile, Reversible, Stamp, StoreError};

#[test]
fn what_is_committed_is_there_after_reopening() {
    let (place, mut file) = Place::with_plan();
    let mut plan = file.read().expect("reads");
    let entry = file.commit(&owner(&plan, "a9", "Quality lead"), &stamp(100)).expect("commits").expect("something");
    entry.edit.apply(&mut plan).expect("memory follows");
    assert_eq!(file.read().expect("reads"), plan);
    file.close();
    let file = place.open().expect("opens");
    assert_eq!(file.read().expect("reads"), plan, "and after reopening");
    assert_eq!(file.plan_id(), id("plan"));
    assert_sound(&file);
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let (place, mut file) = Place::with_plan();
    let before = std::fs::metadata(place.plan()).and_then(|file| file.modified()).expect("there");
    let plan = file.read().expect("reads");
    assert_eq!(file.commit(&owner(&plan, "a9", ""), &stamp(100)).expect("runs"), None);
    assert_eq!(std::fs::metadata(place.plan()).and_then(|file| file.modified()).expect("there"), before);
}

#[test]
fn an_edit_on_changed_ground_is_refused_whole_and_shows_both_texts() {
    let (place, mut ours) = Place::with_plan();
    let mut theirs = place.open().expect("two at one plan");
    let plan = ours.read().expect("reads");
    let mut both = EditBuilder::new(&plan, "Two things");
    both.put(&Theme { id: id("new"), title: "New".into(), ..Theme::default() });
    both.update::<Action>(id("a9"), |row| row.owner = "Ours".into());
    let both = both.finish();
    theirs.commit(&owner(&plan, "a9", "Theirs"), &stamp(100)).expect("they were first");
    let refused = ours.commit(&both, &stamp(101)).expect_err("the owner was changed meanwhile");
    assert!(matches!(refused, StoreError::Changed(_)) && refused.to_string().contains("Theirs"), "{refused}");
    let Ok(Found::Changed(underneath)) = ours.look() else { panic!("we notice") };
    assert_eq!(underneath.plan.actions[&id("a9")].owner, "Theirs", "with the plan as it is now");
    let told: Vec<_> = underneath.entries.iter().map(|entry| (entry.who.as_str(), entry.edit.changes.len())).collect();
    assert_eq!(told, [("Quality lead", 1)], "and what they did");
    assert!(matches!(ours.look(), Ok(Found::Same)), "once");
    let now = ours.read().expect("reads");
    assert_eq!(now.actions[&id("a9")].owner, "Theirs", "not overwritten");
    assert!(!now.has(Entity::Theme, id("new")), "no half of it");
    assert_sound(&ours);
    ours.commit(&owner(&now, "a9", "Ours"), &stamp(102)).expect("on the new ground");
    assert!(matches!(ours.look(), Ok(Found::Same)), "our own change is none from outside");
}

#[test]
fn a_row_that_would_belong_to_none_is_refused_with_its_kind() {
    let (_place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    let mut edit = EditBuilder::new(&plan, "Orphan");
    edit.put(&Position { id: id("orphan"), recommendation: id("nowhere"), ..Position::default() });
    let refused = file.commit(&edit.finish(), &stamp(100)).expect_err("no such recommendation");
    assert!(refused.to_string().contains("a position belongs to a recommendation that does not exist"), "{refused}");
    let mut edit = EditBuilder::new(&plan, "Nobody's position");
    edit.put(&Position { id: id("orphan"), ..Position::default() });
    assert!(matches!(file.commit(&edit.finish(), &stamp(100)), Err(StoreError::Unfit(_))), "one without any");
    assert_eq!(file.read().expect("reads"), plan, "nothing was changed");
    assert_sound(&file);
}

#[test]
fn a_file_keeps_holding_one_plan() {
    let (_place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    let mut edit = EditBuilder::new(&plan, "A second plan");
    edit.put(&recap::model::PlanInfo { id: id("second"), ..Default::default() });
    assert!(matches!(file.commit(&edit.finish(), &stamp(100)), Err(StoreError::Unfit(_))));
    // one in place of another is what reading a whole plan back into a new file does
    let mut edit = EditBuilder::new(&plan, "Take over the plan's id");
    edit.delete::<recap::model::PlanInfo>(plan.id());
    edit.put(&recap::model::PlanInfo {
        id: id("second"),
        organisation: "NHS Northmoor CCG".into(),
        ..Default::default()
    });
    file.commit(&edit.finish(), &stamp(100)).expect("commits");
    assert_eq!(file.plan_id(), id("second"));
    file.undo(&stamp(200)).expect("undoes");
    assert_eq!(file.plan_id(), id("plan"));
    assert_sound(&file);
}

#[test]
fn values_are_written_as_their_fields_spell_them() {
    let (_place, mut file) = Place::with_plan();
    let change = |field, before: Value, after: &str| recap::model::Change {
        entity: Entity::Action,
        row: id("a9"),
        field,
        before,
        after: Value::Text(after.into()),
    };
    let edit = Edit {
        label: "Odd\0 spellings".into(),
        changes: vec![
            change("state", Value::Text("not started".into()), "COMPLETE"),
            change("done_on", Value::Null, "2013-6-1"),
            change("owner", Value::Null, "Quality\0 lead"),
        ],
    };
    let entry = file.commit(&edit, &stamp(100)).expect("commits").expect("something");
    let after: Vec<_> = entry.edit.changes.iter().map(|change| change.after.to_string()).collect();
    assert_eq!(after, ["complete", "2013-06-01", "Quality lead"]);
    assert_eq!(entry.edit.label, "Odd spellings");
    assert_sound(&file);
    file.undo(&stamp(200)).expect("what was written can be taken back");
    assert_sound(&file);
    let unfit = Edit { label: "No date".into(), changes: vec![change("done_on", Value::Null, "31/02")] };
    assert!(matches!(file.commit(&unfit, &stamp(300)), Err(StoreError::Changed(_))), "no such date");
}

#[test]
fn typing_in_one_field_for_a_minute_is_one_entry() {
    let (_place, mut file) = Place::with_plan();
    let say = |file: &mut PlanFile, action: &str, words: &str, stamp: &Stamp<'_>| {
        let plan = file.read().expect("reads");
        file.commit(&owner(&plan, action, words), stamp).expect("commits").expect("something")
    };
    let first = say(&mut file, "a9", "Q", &stamp(100));
    let second = say(&mut file, "a9", "Qual", &stamp(130));
    assert_eq!(second.seq, first.seq, "extended");
    assert_ne!(second.id, first.id, "an id stands for one text");
    assert_eq!(second.edit.changes[0].before, Value::Text("Q".into()), "memory gets what was new");
    let third = say(&mut file, "a9", "Quality", &stamp(161));
    assert_eq!(third.seq, first.seq + 1, "a minute after the first began");
    let other = say(&mut file, "a123", "Quality", &stamp(162));
    assert_eq!(other.seq, third.seq + 1, "another row");
    let somebody = say(&mut file, "a123", "Safety", &Stamp { who: "Safety lead", ..stamp(163) });
    assert_eq!(somebody.seq, other.seq + 1, "another person");
    let back = say(&mut file, "a123", "Quality", &Stamp { who: "Safety lead", ..stamp(164) });
    assert_eq!(back.seq, somebody.seq + 1, "there and back are two");
    file.undo(&stamp(165)).expect("undoes");
    file.redo(&stamp(166)).expect("redoes");
    let after = say(&mut file, "a123", "Nursing", &Stamp { who: "Safety lead", ..stamp(167) });
    assert_eq!(after.seq, back.seq + 3, "nothing is added to what was taken back");
    let early = say(&mut file, "a123", "Nurses", &Stamp { who: "Safety lead", ..stamp(150) });
    assert_eq!(early.seq, after.seq + 1, "a clock that was put back joins nothing");
    let import = Stamp { kind: EntryKind::Import, ..stamp(168) };
    let imported = say(&mut file, "a123", "Imported", &import);
    assert_eq!(say(&mut file, "a123", "Imported twice", &import).seq, imported.seq + 1, "nor do imports");
    assert_sound(&file);
    let history = file.history(&HistoryOf { row: Some(id("a9")), field: Some("owner"), limit: None }).expect("reads");
    let words: Vec<_> = history.iter().map(|entry| entry.edit.changes[0].after.to_string()).collect();
    assert_eq!(words, ["Quality", "Qual"], "newest first");
}

#[test]
fn the_history_of_a_row_or_field_says_who_when_before_and_after() {
    let (_place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    let mut edit = EditBuilder::new(&plan, "Several things");
    edit.update::<Action>(id("a9"), |row| {
        row.owner = "Head of contracting".into();
        row.partners = "The council".into();
    });
    edit.update::<Action>(id("a123"), |row| row.owner = "Somebody".into());
    file.commit(&edit.finish(), &Stamp { who: "Administrator", ..stamp(100) }).expect("commits");
    let of_field = HistoryOf { row: Some(id("a9")), field: Some("owner"), limit: None };
    let history = file.history(&of_field).expect("reads");
    assert_eq!(history.len(), 1, "the import left it blank");
    let entry = &history[0];
    assert_eq!((entry.who.as_str(), entry.at), ("Administrator", at(100)));
    assert_eq!(entry.edit.changes.len(), 1, "only what was asked for");
    let change = &entry.edit.changes[0];
    assert_eq!((&change.before, change.after.to_string().as_str()), (&Value::Null, "Head of contracting"));
    let of_row = HistoryOf { row: Some(id("a9")), ..HistoryOf::default() };
    assert_eq!(file.history(&of_row).expect("reads").len(), 2, "with its import");
    let newest = HistoryOf { limit: Some(1), ..HistoryOf::default() };
    assert_eq!(file.history(&newest).expect("reads")[0].edit.label, "Several things");
    assert_eq!(file.history(&HistoryOf::default()).expect("reads").len(), 3, "all");
}

#[test]
fn undo_and_redo_name_what_they_do_and_stop_at_the_plans_beginning() {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    file.commit(&owner(&plan, "a9", "Quality lead"), &stamp(100)).expect("commits");
    let both = |file: &PlanFile| file.reversible().expect("reads");
    let names = |undo: &str, redo: &str| Reversible {
        undo: (!undo.is_empty()).then(|| undo.to_owned()),
        redo: (!redo.is_empty()).then(|| redo.to_owned()),
    };
    assert_eq!(both(&file), names("Change owner of action", ""));
    let undone = file.undo(&stamp(101)).expect("undoes").expect("something");
    assert_eq!((undone.kind, undone.edit.label.as_str()), (EntryKind::Undo, "Undo: Change owner of action"));
    assert_eq!(both(&file), names("Import a document", "Change owner of action"));
    file.close();
    let mut file = place.open().expect("opens");
    let redone = file.redo(&stamp(102)).expect("redoes").expect("something");
    assert_eq!((redone.reverses, redone.edit.label.as_str()), (Some(undone.id), "Redo: Change owner of action"));
    assert_eq!(file.read().expect("reads").actions[&id("a9")].owner, "Quality lead");
    let again = file.undo(&stamp(103)).expect("undoes").expect("something");
    assert_eq!(again.edit.label, "Undo: Change owner of action", "labels do not pile up");
    file.undo(&stamp(104)).expect("undoes").expect("the whole import");
    assert!(file.read().expect("reads").recommendations.is_empty(), "in one step");
    assert_eq!(both(&file), names("", "Import a document"));
    assert_eq!(file.undo(&stamp(105)).expect("runs"), None, "making the plan is not taken back");
    let plan = file.read().expect("reads");
    let mut edit = EditBuilder::new(&plan, "Something new");
    edit.put(&Theme { id: id("new"), ..Theme::default() });
    file.commit(&edit.finish(), &stamp(106)).expect("commits");
    assert_eq!(both(&file), names("Something new", ""), "a new edit ends what could be redone");
    assert_eq!(file.redo(&stamp(107)).expect("runs"), None);
    assert_sound(&file);
}

/// One thing somebody does.
#[derive(Debug, Clone)]
enum Act {
    Edit(u8, u8, u8),
    Undo,
    Redo,
    Reopen,
    Wait,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        8 => (0u8..6, 0u8..3, 0u8..4).prop_map(|(what, row, value)| Act::Edit(what, row, value)),
        4 => Just(Act::Undo),
        3 => Just(Act::Redo),
        1 => Just(Act::Reopen),
        2 => Just(Act::Wait),
    ];
    prop::collection::vec(act, 1..24)
}

fn some_edit(plan: &Plan, what: u8, row: u8, value: u8) -> Edit {
    let action = id(["a9", "a123", "new"][usize::from(row)]);
    let word = ["", "0", "No", "None"][usize::from(value)].to_owned();
    let recommendation = id("123");
    match what {
        0 => intent::update::<Action>(plan, action, "Change owner", |row| row.owner = word),
        1 => intent::update::<Action>(plan, action, "Change two fields", |row| {
            row.partners.clone_from(&word);
            row.tentative = value == 0;
        }),
        2 if !plan.has(Entity::Action, action) => {
            intent::add_action(plan, Action { id: action, text: word, ..Action::default() }, Some(recommendation))
        }
        2 | 3 => intent::delete_action(plan, action),
        4 if plan.has(Entity::Action, action) => {
            let mut edit = EditBuilder::new(plan, "Link");
            let link = Link { id: Link::id_of(recommendation, action), recommendation, action, order: word };
            edit.put(&link);
            edit.finish()
        }
        _ => intent::write_position(plan, recommendation, Id::random(), at(0).date_naive(), &word),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn undo_and_redo_walk_the_plan_back_and_forth(acts in acts()) {
        let (place, mut file) = Place::with_plan();
        let mut memory = file.read().expect("reads");
        // what a plain stack of whole plans would hold; the import below them all is left alone
        let (mut past, mut future): (Vec<Plan>, Vec<Plan>) = (Vec::new(), Vec::new());
        let (mut seconds, mut last_seq) = (1_000, 2);
        for act in acts {
            seconds += 1;
            let before = memory.clone();
            let entry = match act {
                Act::Wait => { seconds += 100; None }
                Act::Reopen => {
                    file.close();
                    file = place.open().expect("opens");
                    None
                }
                Act::Edit(what, row, value) => {
                    let entry = file.commit(&some_edit(&memory, what, row, value), &stamp(seconds)).expect("commits");
                    if let Some(entry) = &entry {
                        future.clear();
                        if entry.seq != last_seq { past.push(before) }
                    }
                    entry
                }
                Act::Undo if past.is_empty() => None,
                Act::Undo => {
                    future.push(before);
                    file.undo(&stamp(seconds)).expect("undoes")
                }
                Act::Redo => {
                    let entry = file.redo(&stamp(seconds)).expect("redoes");
                    prop_assert_eq!(entry.is_some(), !future.is_empty(), "there is something to redo");
                    if entry.is_some() { past.push(before) }
                    entry
                }
            };
            if let Some(entry) = entry {
                entry.edit.apply(&mut memory).expect("memory follows the file");
                last_seq = entry.seq;
                match entry.kind {
                    EntryKind::Undo => prop_assert_eq!(&memory, &past.pop().expect("a step"), "as before"),
                    EntryKind::Redo => prop_assert_eq!(&memory, &future.pop().expect("a step"), "as after"),
                    _ => {}
                }
            }
            prop_assert_eq!(&file.read().expect("reads"), &memory, "memory never differs from the file");
        }
        let soundness = file.check().expect("can be checked");
        prop_assert!(soundness.sound, "{:?}", soundness.findings);
        let end = memory;
        file.close();
        let mut file = place.open().expect("opens");
        let steps = past.len();
        for _ in 0..steps { file.undo(&stamp(5_000)).expect("undoes").expect("a step"); }
        if let Some(first) = past.first() { prop_assert_eq!(&file.read().expect("reads"), first, "all taken back") }
        for _ in 0..steps { file.redo(&stamp(5_000)).expect("redoes").expect("a step"); }
        prop_assert_eq!(&file.read().expect("reads"), &end, "all done again");
    }
}

#[test]
fn a_recommendations_story_holds_what_was_linked_to_it_once() {
    let (_place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    let (row, action) = (plan.links.values().next().expect("a link").recommendation, id("a9"));
    let mut at = 200;
    let mut commit = |make: &dyn Fn(&Plan) -> Edit| {
        at += 120;
        let edit = make(&file.read().expect("reads"));
        file.commit(&edit, &stamp(at)).expect("commits").expect("something");
    };
    let link = |plan: &Plan| {
        let mut edit = EditBuilder::new(plan, "Link");
        intent::put_link(&mut edit, row, action);
        edit.finish()
    };
    let linked = plan.links.contains_key(&Link::id_of(row, action));
    if linked {
        commit(&|plan| intent::unlink(plan, row, action));
    }
    commit(&link);
    commit(&|plan| owner(plan, "a9", "Board secretary"));
    commit(&|plan| intent::delete_action(plan, action));
    let (entries, more) = file.story(row, 2).expect("reads");
    assert!(more, "there are earlier ones");
    let labels: Vec<&str> = entries.iter().map(|entry| entry.edit.label.as_str()).collect();
    assert_eq!(labels, ["Delete an action", "Change owner of action"], "also of an action that is there no more");
    let (all, more) = file.story(row, 500).expect("reads");
    assert!(!more && all.len() > 2, "all of them");
    let other = id("nothing of the kind");
    assert!(file.story(other, 9).expect("reads").0.is_empty(), "no story");
}
