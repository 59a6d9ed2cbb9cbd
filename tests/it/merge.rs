//! Copies of a plan taken over, end to end: files on disk, edited on both sides.
#![expect(clippy::expect_used, reason = "a helper of a test fails as the test does")]

mod random;
mod returned;
mod shared;

use crate::store::{Place, assert_sound, at, id, open, owner, stamp};
use recap::model::reconcile::{Answer, Answers, Side, What};
use recap::model::{Action, Edit, Entity, Plan, Position, Recommendation, intent};
use recap::report;
use recap::share::merge::{Merged, Merging, Refused, Returned, look, write};
use recap::store::{EntryKind, PlanFile, Stamp};
use std::path::{Path, PathBuf};

/// The plan's file and a copy of it that somebody else has.
struct Two {
    place: Place,
    mine: PlanFile,
    copy: PathBuf,
}

impl Two {
    fn new() -> Self {
        let (place, file) = Place::with_plan();
        let copy = place.path("their copy.db");
        file.copy_to(&copy).expect("copies");
        Self { place, mine: file, copy }
    }

    /// Somebody changes the copy, and closes it.
    fn theirs(&self, seconds: i64, change: impl FnOnce(&Plan) -> Edit) {
        let mut file = open(&self.copy).expect("opens");
        let edit = change(&file.read().expect("reads"));
        let stamp = Stamp { who: "Somebody else", ..stamp(seconds) };
        file.commit(&edit, &stamp).expect("commits").expect("changes something");
        file.close();
    }

    fn ours(&mut self, seconds: i64, change: impl FnOnce(&Plan) -> Edit) {
        let edit = change(&self.mine.read().expect("reads"));
        self.mine.commit(&edit, &stamp(seconds)).expect("commits").expect("changes something");
    }

    fn look(&self) -> Result<Merging, Refused> {
        look(&self.mine, &Returned::read(&self.copy)?, at(500).date_naive().into())
    }

    /// Takes the copy over; gives what was found and what was written.
    fn merge(&mut self, otherwise: Answer) -> (Merging, Option<Merged>) {
        take(&mut self.mine, &self.copy, otherwise)
    }
}

fn take(mine: &mut PlanFile, copy: &Path, otherwise: Answer) -> (Merging, Option<Merged>) {
    let bytes = std::fs::read(copy).expect("reads");
    let returned = Returned::read(copy).expect("reads the copy");
    let merging = look(mine, &returned, at(500).date_naive().into()).expect("a copy of this plan");
    let decided = merging.decide(&Answers { otherwise, ..Answers::default() }).expect("fits");
    let stamp = Stamp { kind: EntryKind::Merge, ..stamp(600) };
    let done = write(mine, &returned, &decided, &stamp).expect("writes");
    assert_eq!(std::fs::read(copy).expect("reads"), bytes, "the copy is as it was, byte for byte");
    for beside in ["-journal", "-wal", "-shm", ".open"] {
        let name = format!("{}{beside}", copy.display());
        assert!(!Path::new(&name).exists(), "nothing beside it: {name}");
    }
    assert_sound(mine);
    (merging, done)
}

/// Deletes a row with what hangs on it.
fn delete(plan: &Plan, entity: Entity, row: recap::model::Id) -> Edit {
    let mut edit = recap::model::EditBuilder::new(plan, "Delete");
    recap::model::delete::row(&mut edit, entity, row);
    edit.finish()
}

fn as_json(file: &PlanFile) -> String {
    report::json::write(
        &file.read().expect("reads"),
        &file.held_signals().expect("reads"),
        &file.held_measures().expect("reads"),
    )
}

fn wording(words: &'static str) -> impl FnOnce(&Plan) -> Edit {
    move |plan| {
        intent::update::<Recommendation>(plan, id("9"), "Change our wording", |row| row.local_text = words.into())
    }
}

#[test]
fn a_plain_copy_that_both_edited_comes_together_and_is_undone_as_one() {
    let mut two = Two::new();
    two.theirs(100, |plan| owner(plan, "a9", "Head of contracting"));
    two.theirs(200, |plan| {
        intent::add_action(
            plan,
            Action { id: id("new"), text: "A new action".into(), ..Action::default() },
            Some(id("9")),
        )
    });
    two.theirs(210, wording("As they would have it"));
    two.ours(300, |plan| owner(plan, "a123", "Quality lead"));
    two.ours(310, wording("As we would have it"));
    let before = as_json(&two.mine);
    let (merging, done) = two.merge(Answer::Ours);
    assert_eq!(merging.found.conflicts.len(), 1, "{:?}", merging.found.conflicts);
    assert_eq!(merging.found.counts_words(), "3 changes, 1 conflict");
    let done = done.expect("something came");
    assert_eq!(done.entry.kind, EntryKind::Merge);
    assert_eq!(done.entry.edit.label, "Merge 3 changes from the copy “their copy.db”");
    let plan = two.mine.read().expect("reads");
    assert_eq!(plan.actions[&id("a9")].owner, "Head of contracting", "theirs");
    assert_eq!(plan.actions[&id("a123")].owner, "Quality lead", "ours");
    assert_eq!(plan.recommendations[&id("9")].local_text, "As we would have it", "ours is kept");
    assert_eq!(plan.actions_of(id("9")).len(), 2, "with its link");
    let lost = done.entry.edit.changes.iter().any(|change| change.after.to_string() == "As they would have it");
    assert!(lost, "what lost stands in history");
    assert!(two.merge(Answer::Theirs).1.is_none(), "a second time there is nothing");
    two.mine.undo(&stamp(700)).expect("undoes").expect("one step");
    assert_eq!(as_json(&two.mine), before, "byte for byte");
    assert_sound(&two.mine);
    assert!(!two.look().expect("a copy").found.is_empty(), "and it can be merged again");
    two.mine.redo(&stamp(800)).expect("redoes").expect("one step");
    assert_sound(&two.mine);
    assert!(two.look().expect("a copy").found.is_empty(), "as merged");
}

#[test]
fn typing_that_went_on_within_the_minute_is_no_conflict() {
    let (place, mut mine) = Place::with_plan();
    let plan = mine.read().expect("reads");
    mine.commit(&owner(&plan, "a9", "Head of"), &stamp(10)).expect("commits");
    let copy = place.path("copy.db");
    mine.copy_to(&copy).expect("copies");
    let plan = mine.read().expect("reads");
    mine.commit(&owner(&plan, "a9", "Head of contracting"), &stamp(30)).expect("goes on typing");
    let mut two = Two { place, mine, copy };
    two.theirs(900, wording("As they would have it"));
    let (merging, _) = two.merge(Answer::Ours);
    assert_eq!((merging.found.conflicts.len(), merging.found.told().count()), (0, 1), "{:?}", merging.found);
    let owner = two.mine.read().expect("reads").actions[&id("a9")].owner.clone();
    assert_eq!(owner, "Head of contracting", "what was typed last");
}

#[test]
fn an_older_copy_brings_nothing_and_a_crossed_one_asks_nothing_again() {
    let mut two = Two::new();
    two.ours(100, wording("As we would have it"));
    assert!(two.merge(Answer::Ours).1.is_none(), "the copy is only older");
    two.theirs(200, wording("As they would have it"));
    two.merge(Answer::Theirs);
    // they take ours, both go on with different things
    let mut theirs = open(&two.copy).expect("opens");
    let (merging, _) = take(&mut theirs, &two.place.plan(), Answer::Ours);
    assert_eq!(merging.found.conflicts.len(), 0, "it is theirs already");
    theirs.close();
    two.theirs(900, wording("As they would have it now"));
    two.ours(910, |plan| owner(plan, "a9", "Quality lead"));
    let (merging, _) = two.merge(Answer::Ours);
    assert_eq!((merging.found.conflicts.len(), merging.found.told().count()), (0, 1), "{:?}", merging.found);
}

#[test]
fn what_one_side_deleted_and_the_other_changed_is_kept_and_listed() {
    let mut two = Two::new();
    two.theirs(100, |plan| delete(plan, Entity::Recommendation, id("9")));
    two.theirs(110, |plan| delete(plan, Entity::Action, id("a123")));
    two.ours(200, wording("As we would have it"));
    two.ours(210, |plan| delete(plan, Entity::Action, id("a2.5.10")));
    two.theirs(220, |plan| owner(plan, "a2.5.10", "Head of contracting"));
    let (merging, _) = two.merge(Answer::Ours);
    let plan = two.mine.read().expect("reads");
    assert!(plan.recommendations.contains_key(&id("9")), "changed here");
    assert!(!plan.positions_of(id("9")).is_empty(), "with its position");
    assert!(!plan.actions.contains_key(&id("a123")), "nobody changed it: it goes");
    assert_eq!(plan.actions[&id("a2.5.10")].owner, "Head of contracting", "changed there: it comes back");
    assert_eq!(plan.served_by(id("a2.5.10")).len(), 1, "under its recommendation");
    let by: Vec<Side> = merging.found.deletions_kept.iter().map(|kept| kept.deleted_by).collect();
    assert!(by.contains(&Side::Mine) && by.contains(&Side::Theirs), "{:?}", merging.found.deletions_kept);
    assert!(merging.found.told().any(|change| change.what == What::Removed), "{:?}", merging.found.changes);
}

#[test]
fn two_positions_for_one_date_are_both_there() {
    let mut two = Two::new();
    let position = |name: &'static str| {
        move |plan: &Plan| {
            let mut edit = recap::model::EditBuilder::new(plan, "New position");
            let as_at = at(0).date_naive().into();
            let text = format!("{name} says so");
            edit.put(&Position { id: id(name), recommendation: id("9"), as_at, text, state: None });
            edit.finish()
        }
    };
    two.theirs(100, position("their position"));
    two.ours(200, position("our position"));
    let (merging, _) = two.merge(Answer::Ours);
    assert_eq!(merging.found.twins.len(), 1, "listed");
    let texts: Vec<String> = two
        .mine
        .read()
        .expect("reads")
        .positions_at(id("9"), at(0).date_naive())
        .iter()
        .map(|row| row.text.clone())
        .collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
}
