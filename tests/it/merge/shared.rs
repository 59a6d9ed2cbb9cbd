//! A shared copy that was made to be edited: what it did not hold is no change when it comes back.

use super::{open, take, wording};
use crate::store::{Place, assert_sound, id, owner, stamp};
use recap::model::reconcile::Answer;
use recap::model::{Action, Edit, EditBuilder, Id, Plan, Position, Recommendation, Theme};
use recap::store::{PlanFile, Stamp};
use rusqlite::params;
use std::path::{Path, PathBuf};

/// The shape that a share gives: one entry that makes the rows that go, owners withheld and one position, and a
/// manifest that names the source's last entry.
fn share(source: &PlanFile, to: &Path) {
    let plan = source.read().expect("reads");
    let empty = Plan::default();
    let mut edit = EditBuilder::new(&empty, "Share");
    edit.put(&plan.info());
    plan.themes.values().for_each(|row: &Theme| edit.put(row));
    plan.recommendations.values().for_each(|row| edit.put(row));
    plan.positions.values().filter(|row| row.id != id("p123")).for_each(|row: &Position| edit.put(row));
    for row in plan.actions.values() {
        edit.put(&Action { owner: String::new(), ..row.clone() });
    }
    plan.links.values().for_each(|row| edit.put(row));
    let stamp = Stamp { who: "NHS Northmoor CCG", ..stamp(50) };
    PlanFile::create(to, &edit.finish(), &stamp).expect("makes the copy").close();
    let base = source.history_ids().expect("reads").last().expect("an entry").1;
    let file = rusqlite::Connection::open(to).expect("opens");
    file.execute(
        "INSERT INTO manifest (id, origin, base, made_by, made_at, for_whom, why, goes, left_out, withheld, to_edit)
         VALUES (?1, ?2, ?3, 'NHS Northmoor CCG', '2013-05-28T10:01:00.000Z', 'NHS Southmoor CCG', 'To add to',
                 '', '', 'action.owner', 1)",
        params![id("share").to_string(), plan.id().to_string(), base.to_string()],
    )
    .expect("marks it");
}

fn edited(copy: &Path, seconds: i64, change: impl FnOnce(&Plan) -> Edit) {
    let mut file = open(copy).expect("opens");
    let edit = change(&file.read().expect("reads"));
    file.commit(&edit, &Stamp { who: "A neighbour", ..stamp(seconds) }).expect("commits").expect("an entry");
    file.close();
}

fn action(words: &'static str) -> impl FnOnce(&Plan) -> Edit {
    move |plan| recap::model::intent::update::<Action>(plan, id("a9"), "Change", |row| row.text = words.into())
}

/// The source, with an owner and three positions, and its shared copy.
fn shared() -> (Place, PlanFile, PathBuf) {
    let (place, mut mine) = Place::with_plan();
    let plan = mine.read().expect("reads");
    mine.commit(&owner(&plan, "a9", "Head of contracting"), &stamp(20)).expect("commits");
    let copy = place.path("for Southmoor.db");
    share(&mine, &copy);
    (place, mine, copy)
}

#[test]
fn it_brings_what_was_changed_and_takes_nothing_away_that_it_never_held() {
    let (_place, mut mine, copy) = shared();
    let (merging, done) = take(&mut mine, &copy, Answer::Theirs);
    assert!(done.is_none(), "as it was sent it brings nothing: {:?}", merging.found);
    edited(&copy, 100, action("Agree the weekly extract"));
    let plan = mine.read().expect("reads");
    mine.commit(&wording("As we would have it")(&plan), &stamp(120)).expect("commits");
    let (merging, done) = take(&mut mine, &copy, Answer::Theirs);
    assert_eq!(merging.found.counts_words(), "1 change, no conflicts", "{:?}", merging.found);
    assert_eq!(done.expect("written").entry.edit.label, "Merge 1 change from the copy for NHS Southmoor CCG");
    let plan = mine.read().expect("reads");
    assert_eq!(plan.actions[&id("a9")].text, "Agree the weekly extract");
    assert_eq!(plan.actions[&id("a9")].owner, "Head of contracting", "what did not go stays");
    assert!(plan.positions.contains_key(&id("p123")), "rows that did not go stay");
}

#[test]
fn a_second_return_brings_only_what_is_new_and_a_blank_they_filled_is_asked_about() {
    let (_place, mut mine, copy) = shared();
    edited(&copy, 100, action("Agree the weekly extract"));
    take(&mut mine, &copy, Answer::Ours);
    let plan = mine.read().expect("reads");
    mine.commit(&action("Agree the extract, week by week")(&plan), &stamp(200)).expect("commits");
    edited(&copy, 300, wording("As they would have it"));
    edited(&copy, 400, |plan| owner(plan, "a9", "Their head of quality"));
    let (merging, _) = take(&mut mine, &copy, Answer::Ours);
    assert_eq!(merging.found.counts_words(), "1 change, 1 conflict", "{:?}", merging.found);
    assert_eq!(merging.found.conflicts[0].place.field, "owner", "they could not see who has it");
    let plan = mine.read().expect("reads");
    assert_eq!(plan.actions[&id("a9")].text, "Agree the extract, week by week", "ours since");
    assert_eq!(plan.recommendations[&id("9")].local_text, "As they would have it");
}

#[test]
fn the_neighbour_can_take_the_source_into_the_copy_and_send_it_back() {
    let (place, mut mine, copy) = shared();
    edited(&copy, 100, wording("As they would have it"));
    let plan = mine.read().expect("reads");
    mine.commit(&action("Agree the weekly extract")(&plan), &stamp(120)).expect("commits");
    let mut theirs = open(&copy).expect("opens to edit");
    let (merging, _) = take(&mut theirs, &place.plan(), Answer::Ours);
    assert_eq!(merging.found.conflicts, [], "{:?}", merging.found);
    let plan = theirs.read().expect("reads");
    assert_eq!(plan.actions[&id("a9")].text, "Agree the weekly extract", "ours came");
    assert_eq!(plan.actions[&id("a9")].owner, "", "what was withheld did not");
    assert_sound(&theirs);
    theirs.close();
    let (merging, _) = take(&mut mine, &copy, Answer::Ours);
    assert_eq!(merging.found.counts_words(), "1 change, no conflicts", "{:?}", merging.found);
    let row: &Recommendation = &mine.read().expect("reads").recommendations[&id("9")].clone();
    assert_eq!(row.local_text, "As they would have it");
    assert_eq!(mine.plan_id(), Id::NIL.derive(&["plan"]), "still the plan it was");
}
