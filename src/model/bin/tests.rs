//! What is deleted is in the bin until it is back, and comes back with all that went with it.

use super::*;
use crate::model::{
    Action, CrossReference, EditBuilder, Link, Position, Recommendation, Report, Responsibility, Theme, Timescale,
    Update, intent,
};
use crate::model::{delete, refers};

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

/// A journal in memory.
struct Desk {
    plan: Plan,
    past: Vec<(Id, bool, Edit)>,
}

impl Desk {
    fn new() -> Self {
        let mut plan = Plan::default();
        intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None).apply(&mut plan).expect("a new plan");
        let mut desk = Self { plan, past: Vec::new() };
        desk.put("Fill", |edit| {
            edit.put(&Report { id: id("report"), key: "francis".into(), ..Report::default() });
            edit.put(&Theme { id: id("care"), title: "Care".into(), order: "1".into() });
            for reference in ["9", "10"] {
                edit.put(&Recommendation {
                    id: id(reference),
                    report: "francis".into(),
                    reference: reference.into(),
                    theme: Some(id("care")),
                    title: format!("Title {reference}"),
                    ..Recommendation::default()
                });
                let text = format!("Where we stand on {reference}");
                let position = id(&format!("position {reference}"));
                edit.put(&Position { id: position, recommendation: id(reference), text, ..Position::default() });
            }
            edit.put(&Responsibility { id: id("resp"), text: "Listen".into(), order: "1".into() });
            let action = Action { text: "Agree it".into(), responsibility: Some(id("resp")), ..Action::default() };
            edit.put(&Action { id: id("a"), ..action });
            edit.put(&Update { id: id("note"), action: id("a"), note: "Asked".into(), ..Update::default() });
            let words = "July 2013".to_owned();
            let timescale =
                Timescale { responsibility: id("resp"), words, action: Some(id("a")), ..Timescale::default() };
            edit.put(&Timescale { id: id("t"), ..timescale });
            for reference in ["9", "10"] {
                let (recommendation, action) = (id(reference), id("a"));
                let link = Link { id: Link::id_of(recommendation, action), recommendation, action, order: "1".into() };
                edit.put(&link);
            }
            let words = "See above".to_owned();
            edit.put(&CrossReference { id: id("see"), recommendation: id("10"), words, target: Some(id("9")) });
        });
        desk
    }

    fn put(&mut self, label: &str, change: impl FnOnce(&mut EditBuilder<'_>)) {
        let plan = self.plan.clone();
        let mut edit = EditBuilder::new(&plan, label);
        change(&mut edit);
        self.done(edit.finish(), false);
    }

    fn done(&mut self, edit: Edit, undoes: bool) {
        edit.apply(&mut self.plan).unwrap_or_else(|error| panic!("“{}” fits: {error}", edit.label));
        assert_eq!(refers::dangling(&self.plan), [], "whole after “{}”", edit.label);
        self.past.insert(0, (id(&self.past.len().to_string()), undoes, edit));
    }

    fn undo(&mut self) {
        let edit = self.past[0].2.inverse("Undo");
        self.done(edit, true);
    }

    fn past(&self) -> Vec<Past<'_>> {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        self.past
            .iter()
            .map(|(id, undoes, edit)| Past { id: *id, at, who: "Quality lead", undoes: *undoes, edit })
            .collect()
    }

    fn bin(&self) -> Vec<(String, String)> {
        deleted(&self.plan, &self.past()).into_iter().map(|row| (row.name, row.with)).collect()
    }

    fn names(&self) -> Vec<String> {
        self.bin().into_iter().map(|(name, _)| name).collect()
    }

    /// Brings everything back that is called so; gives what was left.
    fn back(&mut self, names: &[&str]) -> (String, Vec<String>) {
        let rows = deleted(&self.plan, &self.past()).into_iter().filter(|row| names.contains(&row.name.as_str()));
        let wanted: Vec<(Id, Entity, Id)> = rows.map(|row| (row.entry, row.entity, row.row)).collect();
        assert_eq!(wanted.len(), names.len(), "all are in the bin: {:?}", self.names());
        let Restored { edit, left } = restore(&self.plan, &self.past(), &wanted);
        let label = edit.label.clone();
        self.done(edit, false);
        (label, left)
    }
}

#[test]
fn a_recommendation_comes_back_with_all_that_went_with_it() {
    let mut desk = Desk::new();
    let before = desk.plan.clone();
    desk.done(intent::delete_recommendations(&desk.plan.clone(), &[id("9"), id("10")]), false);
    let with = "1 position, 1 link to an action";
    let bin = desk.bin();
    assert_eq!(bin[0], ("9 Title 9".to_owned(), with.to_owned()));
    assert_eq!(bin[1].1, format!("{with}, 1 cross-reference"), "what it said of another");
    let (label, left) = desk.back(&["9 Title 9"]);
    assert_eq!((label.as_str(), left.len()), ("Bring back recommendation 9", 0));
    assert_eq!(desk.names(), ["10 Title 10"], "the other one stays there");
    let (_, left) = desk.back(&["10 Title 10"]);
    assert_eq!((left.len(), &desk.plan), (0, &before), "as if nothing had been deleted");
    assert!(desk.names().is_empty(), "nothing is left in the bin");
}

#[test]
fn a_theme_comes_back_over_its_rows_but_not_over_one_that_was_moved() {
    let mut desk = Desk::new();
    desk.put("Delete a theme", |edit| delete::row(edit, Entity::Theme, id("care")));
    desk.put("Another theme", |edit| {
        edit.put(&Theme { id: id("new"), title: "New".into(), order: "2".into() });
        edit.update::<Recommendation>(id("10"), |row| row.theme = Some(id("new")));
    });
    let (label, left) = desk.back(&["Care"]);
    assert_eq!(label, "Bring back theme “Care”");
    assert_eq!(left, ["1 recommendation has another theme since, and keeps it"]);
    let theme = |reference: &str| desk.plan.recommendations[&id(reference)].theme;
    assert_eq!((theme("9"), theme("10")), (Some(id("care")), Some(id("new"))));
}

#[test]
fn what_no_longer_fits_is_told_and_left_blank() {
    let mut desk = Desk::new();
    desk.done(intent::delete_recommendation(&desk.plan.clone(), id("9")), false);
    desk.put("Delete what it named", |edit| {
        delete::row(edit, Entity::Theme, id("care"));
        delete::row(edit, Entity::Action, id("a"));
        edit.delete::<Report>(id("report"));
        edit.put(&Recommendation { id: id("other"), reference: "9".into(), ..Recommendation::default() });
    });
    let (_, left) = desk.back(&["9 Title 9"]);
    let row = &desk.plan.recommendations[&id("9")];
    assert_eq!((row.theme, row.report.as_str(), row.reference.as_str()), (None, "", "9a"));
    let told = left.join("\n");
    for words in
        ["without its theme", "without its report", "comes back as 9a", "A link stays out: it belongs to an action"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(desk.plan.positions_of(id("9")).len(), 1, "what fits is back");
    desk.back(&["Agree it"]);
    assert_eq!(desk.plan.served_by(id("a")).len(), 1, "the link to 10 came back with the action");
}

#[test]
fn actions_and_responsibilities_come_back_with_what_hung_on_them() {
    let mut desk = Desk::new();
    let before = desk.plan.clone();
    desk.put("Delete a responsibility", |edit| delete::row(edit, Entity::Responsibility, id("resp")));
    assert_eq!(desk.names(), ["Listen"], "its timescale comes back with it");
    desk.back(&["Listen"]);
    assert_eq!(desk.plan, before, "the action stands under it again");
    desk.done(intent::delete_action(&desk.plan.clone(), id("a")), false);
    assert_eq!(desk.bin(), [("Agree it".to_owned(), "1 progress note, 2 links to recommendations".to_owned())]);
    desk.put("Delete the timescale", |edit| delete::row(edit, Entity::Timescale, id("t")));
    assert_eq!(desk.names(), ["July 2013", "Agree it"], "newest first");
    let (label, left) = desk.back(&["July 2013", "Agree it"]);
    assert_eq!((label.as_str(), left.len()), ("Bring back 1 action and 1 timescale", 0));
    assert_eq!((desk.plan.actions.len(), desk.plan.updates.len(), desk.plan.links.len()), (1, 1, 2));
}

#[test]
fn undo_and_redo_empty_and_fill_the_bin() {
    let mut desk = Desk::new();
    desk.done(intent::delete_recommendation(&desk.plan.clone(), id("9")), false);
    assert_eq!(desk.names(), ["9 Title 9"]);
    desk.undo();
    assert!(desk.names().is_empty(), "undone is back");
    let redo = desk.past[1].2.clone();
    desk.done(redo, false);
    assert_eq!(desk.names(), ["9 Title 9"], "once, though two entries deleted it");
    desk.back(&["9 Title 9"]);
    desk.undo();
    assert_eq!(desk.names(), ["9 Title 9"], "undoing its coming back puts it there again");
    desk.put("Add a theme", |edit| edit.put(&Theme { id: id("x"), title: "Passing".into(), order: "9".into() }));
    desk.undo();
    assert_eq!(desk.names(), ["9 Title 9"], "what was never deleted is not in the bin");
}
