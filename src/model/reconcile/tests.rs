//! The laws of merging, over random histories of two copies that were one.

mod made;

use super::{Answer, Answers, Conflict, Decided, Place, Reconciled, Sides, What, common, decide, mark, reconcile};
use crate::model::{Action, EditBuilder, Entity, Plan, Position, Recommendation, Theme, Value, refers};
use made::{Copied, Step, id, steps};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Takes another copy over; what was found and what was done.
fn take(mine: &mut Copied, theirs: &Copied, otherwise: Answer) -> (Reconciled, Decided) {
    let base = common(mine, theirs).expect("copies of one plan");
    let sides = Sides { bases: base.bases(), mine: &mine.plan, theirs: &theirs.plan };
    let found = reconcile(&sides);
    let mark = mark(mine.plan.id(), *theirs.ids.last().expect("an entry"), "theirs", None);
    let answers = Answers { otherwise, ..Answers::default() };
    let done = decide(&sides, &found, &answers, &mark, "Merge").expect("fits");
    mine.write(done.edit.clone());
    (found, done)
}

fn unmarked(plan: &Plan) -> Plan {
    Plan { merge_marks: std::collections::BTreeMap::new(), ..plan.clone() }
}

fn places(conflicts: &[Conflict]) -> BTreeSet<Place> {
    conflicts.iter().map(|conflict| conflict.place).collect()
}

/// Every text of a plan that a person could have written; lists by their members.
fn texts(plan: &Plan) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for entity in Entity::ALL {
        for row in plan.ids(*entity) {
            for (field, value) in plan.filled(*entity, row) {
                if let Value::Text(text) = &value
                    && field != "order"
                    && *entity != Entity::MergeMark
                {
                    texts.extend(text.split(',').map(|part| part.trim().to_owned()));
                }
            }
        }
    }
    texts
}

fn begun(before: &[Step]) -> Copied {
    let mut copy = Copied::new();
    for step in before {
        copy.act("base", *step);
    }
    copy
}

fn gone_on(copy: &Copied, side: &'static str, steps: &[Step]) -> Copied {
    let mut copy = copy.clone();
    if side == "later" {
        // going on with what was typed before a merge is asked about rather than lost
        copy.settled = copy.ids.len();
    }
    for step in steps {
        copy.act(side, *step);
    }
    copy
}

/// Cases that once failed are tried first, by every run anywhere.
fn found_before() -> ProptestConfig {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/proptest-regressions/reconcile.txt");
    let kept = proptest::test_runner::FileFailurePersistence::Direct(file);
    ProptestConfig { cases: 1500, failure_persistence: Some(Box::new(kept)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(found_before())]

    #[test]
    fn a_merge_with_itself_or_done_twice_changes_nothing(a in steps(14), b in steps(10), c in steps(10)) {
        let base = begun(&a);
        let (mut mine, theirs) = (gone_on(&base, "mine", &b), gone_on(&base, "theirs", &c));
        let same = mine.clone();
        let (found, done) = take(&mut mine, &same, Answer::Ours);
        prop_assert!(found.is_empty() && done.edit.is_empty(), "with itself: {found:?}");
        let (older, _) = take(&mut mine.clone(), &base, Answer::Ours);
        prop_assert!(older.is_empty(), "with an older copy of itself: {older:?}");
        take(&mut mine, &theirs, Answer::Ours);
        let once = mine.clone();
        let (found, done) = take(&mut mine, &theirs, Answer::Theirs);
        prop_assert!(found.is_empty() && done.edit.is_empty(), "twice: {found:?}");
        prop_assert_eq!(mine.plan, once.plan);
    }

    #[test]
    fn swapping_the_sides_swaps_the_conflicts_and_nothing_else(a in steps(14), b in steps(10), c in steps(10)) {
        let base = begun(&a);
        let (mine, theirs) = (gone_on(&base, "mine", &b), gone_on(&base, "theirs", &c));
        let (mut one, mut other) = (mine.clone(), theirs.clone());
        let (found, _) = take(&mut one, &theirs, Answer::Ours);
        let (swapped, _) = take(&mut other, &mine, Answer::Theirs);
        let turned = |c: &Conflict| (c.place, c.base.clone(), c.theirs.clone(), c.mine.clone());
        let straight = |c: &Conflict| (c.place, c.base.clone(), c.mine.clone(), c.theirs.clone());
        let sorted = |list: Vec<(Place, Option<Value>, Value, Value)>| list.into_iter().collect::<BTreeSet<_>>();
        prop_assert_eq!(
            sorted(found.conflicts.iter().map(straight).collect()),
            sorted(swapped.conflicts.iter().map(turned).collect())
        );
        prop_assert_eq!(unmarked(&one.plan), unmarked(&other.plan));
    }

    #[test]
    fn no_text_is_lost_nothing_dangles_and_undo_takes_all_back(
        a in steps(14), b in steps(10), c in steps(10), answer in 0..3, untick in any::<u64>(),
    ) {
        let base = begun(&a);
        let (mut mine, theirs) = (gone_on(&base, "mine", &b), gone_on(&base, "theirs", &c));
        let before = mine.plan.clone();
        let found_base = common(&mine, &theirs).expect("copies");
        let sides = Sides { bases: found_base.bases(), mine: &before, theirs: &theirs.plan };
        let found = reconcile(&sides);
        let otherwise = if answer == 1 { Answer::Theirs } else { Answer::Ours };
        let mut answers = Answers { otherwise, ..Answers::default() };
        let rows = found.changes.iter().map(|change| change.place);
        let rows = rows.chain(found.deletions_kept.iter().map(|kept| Place::row(kept.entity, kept.row)));
        answers.unticked = rows.enumerate().filter(|(at, _)| untick >> (at % 64) & 3 == 3).map(|(_, place)| place).collect();
        if answer == 2 {
            let free = found.conflicts.iter().filter(|c| made::is_free(c.place));
            answers.conflicts = free.map(|c| (c.place, Answer::Text(Value::Text("a third".into())))).collect();
        }
        let mark = mark(before.id(), *theirs.ids.last().expect("an entry"), "theirs", None);
        let done = decide(&sides, &found, &answers, &mark, "Merge").expect("fits");
        mine.write(done.edit.clone());
        prop_assert_eq!(refers::dangling(&mine.plan), vec![]);
        let mut kept = texts(&mine.plan);
        for change in &done.edit.changes {
            for value in [&change.before, &change.after] {
                kept.extend(value.to_string().split(',').map(|part| part.trim().to_owned()));
            }
        }
        let began = texts(found_base.bases().mine);
        for text in texts(&before).union(&texts(&theirs.plan)) {
            prop_assert!(kept.contains(text) || began.contains(text), "{text} is lost");
        }
        let mut back = mine.plan.clone();
        done.edit.inverse("Undo").apply(&mut back).expect("can be taken back");
        prop_assert_eq!(back, before);
        // whatever was decided, it is not asked again
        let (again, _) = take(&mut mine, &theirs, Answer::Theirs);
        prop_assert!(again.is_empty(), "asked again: {again:?}");
    }

    #[test]
    fn after_crossed_merges_what_one_side_alone_changes_is_no_conflict(
        a in steps(12), b in steps(8), c in steps(8), later in steps(8), mine_goes_on in any::<bool>(),
    ) {
        let base = begun(&a);
        let (mut mine, mut theirs) = (gone_on(&base, "mine", &b), gone_on(&base, "theirs", &c));
        take(&mut mine, &theirs, Answer::Ours);
        take(&mut theirs, &mine, Answer::Theirs);
        prop_assert_eq!(unmarked(&mine.plan), unmarked(&theirs.plan), "each took the other");
        let (one, other) = if mine_goes_on { (&mut mine, &mut theirs) } else { (&mut theirs, &mut mine) };
        *one = gone_on(one, "later", &later);
        let (found, _) = take(other, one, Answer::Ours);
        prop_assert!(found.conflicts.is_empty(), "{:?}", found.conflicts);
        prop_assert!(found.deletions_kept.is_empty(), "{:?}", found.deletions_kept);
        prop_assert_eq!(unmarked(&other.plan), unmarked(&one.plan));
    }

    #[test]
    fn merges_that_cross_on_the_way_ask_only_what_was_decided_differently(
        a in steps(12), b in steps(8), c in steps(8), later in steps(8),
    ) {
        let base = begun(&a);
        let (mut mine, mut theirs) = (gone_on(&base, "mine", &b), gone_on(&base, "theirs", &c));
        let (sent, sent_back) = (mine.clone(), theirs.clone());
        let (asked, _) = take(&mut mine, &sent_back, Answer::Ours);
        take(&mut theirs, &sent, Answer::Ours);
        let asked = places(&asked.conflicts);
        let mut quiet = mine.clone();
        let (found, _) = take(&mut quiet, &theirs, Answer::Ours);
        prop_assert!(places(&found.conflicts).is_subset(&asked), "{:?} beyond {asked:?}", found.conflicts);
        theirs = gone_on(&theirs, "later", &later);
        let (found, _) = take(&mut mine, &theirs, Answer::Ours);
        prop_assert!(places(&found.conflicts).is_subset(&asked), "{:?} beyond {asked:?}", found.conflicts);
    }
}

fn position(name: &str, text: &str) -> Position {
    let date = chrono::NaiveDate::from_ymd_opt(2013, 5, 28);
    Position { id: id(name), recommendation: id("r"), as_at: date, text: text.into(), ..Position::default() }
}

fn with_recommendation() -> Copied {
    let mut copy = Copied::new();
    copy.put("Start", |edit| {
        edit.put(&Theme { id: id("t"), title: "Complaints".into(), ..Theme::default() });
        edit.put(&Recommendation { id: id("r"), reference: "9".into(), ..Recommendation::default() });
        edit.put(&position("p", "Reported monthly"));
        let partners = "CQC, Monitor".into();
        edit.put(&Action { id: id("a"), text: "Agree the extract".into(), partners, ..Action::default() });
        crate::model::intent::put_link(edit, id("r"), id("a"));
    });
    copy
}

#[test]
fn a_recommendation_deleted_there_and_changed_here_stays_with_all_that_belongs_to_it() {
    let base = with_recommendation();
    let (mut mine, mut theirs) = (base.clone(), base);
    theirs.put("Delete", |edit| crate::model::delete::row(edit, Entity::Recommendation, id("r")));
    mine.put("Change", |edit| edit.update::<Recommendation>(id("r"), |row| row.local_text = "Ours".into()));
    let (found, done) = take(&mut mine, &theirs, Answer::Ours);
    assert_eq!(found.conflicts, [], "no field was changed on both sides");
    let kept: BTreeSet<Entity> = done.kept.iter().map(|kept| kept.entity).collect();
    assert_eq!(kept, [Entity::Recommendation, Entity::Position, Entity::Link].into(), "{:?}", done.kept);
    assert!(mine.plan.positions.contains_key(&id("p")), "its position stays");
    assert!(found.deletions_kept.iter().all(|kept| kept.subject == (Entity::Recommendation, id("r"))), "grouped");
}

#[test]
fn what_both_had_deleted_and_one_brings_back_comes_to_the_other() {
    let base = with_recommendation();
    let (mut mine, mut theirs) = (base.clone(), base);
    // entries of their own, which happen to do the same
    for (copy, who) in [(&mut mine, "mine"), (&mut theirs, "theirs")] {
        copy.put(&format!("Delete ({who})"), |edit| crate::model::delete::row(edit, Entity::Theme, id("t")));
    }
    let (found, done) = take(&mut mine, &theirs, Answer::Ours);
    assert!(found.is_empty() && !done.edit.is_empty(), "nothing to take, but it was taken: {:?}", done.edit);
    take(&mut theirs, &mine, Answer::Ours);
    theirs.put("Back", |edit| {
        edit.put(&Theme { id: id("t"), title: "Complaints".into(), ..Theme::default() });
    });
    let (found, _) = take(&mut mine, &theirs, Answer::Ours);
    assert!(mine.plan.themes.contains_key(&id("t")), "it is back: {found:?}");
    assert_eq!((found.conflicts.len(), found.deletions_kept.len()), (0, 0), "and nobody is asked: {found:?}");
}

#[test]
fn a_theme_deleted_there_comes_back_where_something_new_stands_under_it() {
    let base = with_recommendation();
    let (mut mine, mut theirs) = (base.clone(), base);
    theirs.put("Delete", |edit| crate::model::delete::row(edit, Entity::Theme, id("t")));
    mine.put("Add", |edit| {
        edit.put(&Recommendation { id: id("r2"), theme: Some(id("t")), ..Recommendation::default() });
    });
    let (found, _) = take(&mut mine, &theirs, Answer::Ours);
    assert!(mine.plan.themes.contains_key(&id("t")), "named by what is new");
    assert_eq!(found.deletions_kept.len(), 1, "and listed");
}

#[test]
fn two_positions_for_one_date_are_both_kept_and_listed() {
    let base = with_recommendation();
    let (mut mine, mut theirs) = (base.clone(), base);
    let later = |name: &str| Position { as_at: chrono::NaiveDate::from_ymd_opt(2013, 9, 1), ..position(name, name) };
    mine.put("New", |edit| edit.put(&later("ours")));
    theirs.put("New", |edit| edit.put(&later("theirs")));
    let (found, _) = take(&mut mine, &theirs, Answer::Ours);
    assert_eq!(found.twins.len(), 1, "{:?}", found.twins);
    assert_eq!(mine.plan.positions.len(), 3, "all are there");
}

#[test]
fn typing_that_went_on_within_the_minute_is_no_conflict() {
    let mut base = with_recommendation();
    base.put("Type", |edit| edit.update::<Position>(id("p"), |row| row.text = "Reported week".into()));
    for mine_types_on in [true, false] {
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        let typing = if mine_types_on { &mut mine } else { &mut theirs };
        typing.extend_last("Reported weekly");
        let (found, _) = take(&mut mine, &theirs, Answer::Ours);
        assert_eq!(found.conflicts, [], "only one side changed it");
        assert_eq!(mine.plan.positions[&id("p")].text, "Reported weekly");
    }
    let (mut mine, mut theirs) = (base.clone(), base);
    mine.extend_last("Reported weekly");
    theirs.extend_last("Reported weekdays");
    let (found, _) = take(&mut mine, &theirs, Answer::Ours);
    assert_eq!(found.conflicts.len(), 1, "both did");
    assert_eq!(found.conflicts[0].base, Some(Value::Text("Reported monthly".into())), "as it was before the typing");
}

#[test]
fn what_was_typed_on_after_a_copy_was_taken_is_not_lost_at_its_second_return() {
    let base = with_recommendation();
    let (mut mine, mut theirs) = (base.clone(), base);
    theirs.put("Type", |edit| edit.update::<Position>(id("p"), |row| row.text = "Reported week".into()));
    take(&mut mine, &theirs, Answer::Ours);
    theirs.extend_last("Reported weekly");
    let (found, _) = take(&mut mine, &theirs, Answer::Theirs);
    assert!(!found.is_empty(), "there is something to take");
    assert_eq!(mine.plan.positions[&id("p")].text, "Reported weekly");
}

#[test]
fn what_a_share_withheld_counts_as_unchanged() {
    let mut source = with_recommendation();
    source.put("Held", |edit| edit.update::<Action>(id("a"), |row| row.owner = "Head of contracting".into()));
    let mut copy = source.shared(|plan| {
        plan.actions.get_mut(&id("a")).expect("there").owner.clear();
        plan.positions.clear();
    });
    copy.put("Change", |edit| edit.update::<Action>(id("a"), |row| row.text = "Agree the weekly extract".into()));
    source.put("Change", |edit| edit.update::<Recommendation>(id("r"), |row| row.local_text = "Ours".into()));
    let (found, _) = take(&mut source, &copy, Answer::Ours);
    let told: Vec<_> = found.told().map(|change| change.place.field).collect();
    assert_eq!((told, found.conflicts.len(), found.deletions_kept.len()), (vec!["text"], 0, 0), "{found:?}");
    assert_eq!(source.plan.actions[&id("a")].owner, "Head of contracting", "what did not go stays");
    assert!(source.plan.positions.contains_key(&id("p")), "rows that did not go stay");
    // a second return: only what is new since
    copy.put("Change", |edit| edit.update::<Action>(id("a"), |row| row.owner = "Their lead".into()));
    let (found, _) = take(&mut source, &copy, Answer::Ours);
    assert_eq!(found.conflicts.len(), 1, "they wrote where they could not see what stands: {found:?}");
    assert_eq!(found.told().count(), 0, "and nothing else is new");
}

#[test]
fn plans_without_a_common_base_are_refused() {
    let (mine, mut theirs) = (with_recommendation(), with_recommendation());
    theirs.ids = vec![id("other")];
    assert!(matches!(common(&mine, &theirs), Err(super::NoBase::NothingCommon)), "no entry in common");
    let mut edited = mine.clone();
    edited.plan.actions.get_mut(&id("a")).expect("there").text = "By another program".into();
    assert!(matches!(common(&mine, &edited), Err(super::NoBase::NotAsWritten)), "history does not lead there");
}

#[test]
fn what_is_unticked_is_not_taken_and_stands_in_history() {
    let base = with_recommendation();
    let (mine, mut theirs) = (base.clone(), base);
    theirs.put("Add", |edit| {
        edit.put(&Action { id: id("a2"), text: "Their action".into(), ..Action::default() });
        crate::model::intent::put_link(edit, id("r"), id("a2"));
    });
    let base = common(&mine, &theirs).expect("copies");
    let sides = Sides { bases: base.bases(), mine: &mine.plan, theirs: &theirs.plan };
    let found = reconcile(&sides);
    let unticked = found.changes.iter().map(|change| change.place).collect();
    let answers = Answers { unticked, ..Answers::default() };
    let mark = mark(mine.plan.id(), *theirs.ids.last().expect("one"), "theirs", None);
    let done = decide(&sides, &found, &answers, &mark, "Merge").expect("fits");
    let mut merged = mine.plan.clone();
    done.edit.apply(&mut merged).expect("fits");
    assert_eq!(unmarked(&merged), mine.plan, "as it was");
    assert!(done.edit.changes.iter().any(|c| c.after == Value::Text("Their action".into())), "history has it");
    assert!(found.changes.iter().all(|change| change.what == What::Added), "a link and an action");
    // the link alone needs the action that it names
    let only_action: BTreeSet<Place> = [Place::row(Entity::Action, id("a2"))].into();
    let done =
        decide(&sides, &found, &Answers { unticked: only_action, ..Answers::default() }, &mark, "").expect("fits");
    let mut merged = mine.plan.clone();
    done.edit.apply(&mut merged).expect("fits");
    assert_eq!(refers::dangling(&merged), [], "whole");
    assert!(merged.actions.contains_key(&id("a2")), "it comes for the link's sake");
}

#[test]
fn the_builder_of_tests_makes_what_it_says() {
    let copy = with_recommendation();
    let mut edit = EditBuilder::new(&copy.plan, "nothing");
    edit.update::<Action>(id("a"), |_| {});
    assert!(edit.finish().is_empty(), "an edit without change");
    assert_eq!(copy.ids.len(), 2, "the plan, and its rows");
}
