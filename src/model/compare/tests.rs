use super::*;
use crate::model::{
    Acceptance, ActionState, EditBuilder, InPlan, Index, Link, Position, PositionState, Recommendation, Theme, Update,
    intent,
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

pub(crate) fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

pub(crate) fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

/// A plan with rows put into it one after the other.
pub(crate) struct Made {
    pub(crate) plan: Plan,
}

impl Made {
    pub(crate) fn new(whose: &str) -> Self {
        let mut plan = Plan::default();
        let first = intent::create_plan(id(whose), &format!("NHS {whose} CCG"), "", Some(day("2013-05-28")));
        first.apply(&mut plan).expect("fits");
        Self { plan }
    }

    #[expect(clippy::needless_pass_by_value, reason = "rows are made where they are put")]
    pub(crate) fn put<T: InPlan>(mut self, row: T) -> Self {
        let mut edit = EditBuilder::new(&self.plan, "Put");
        edit.put(&row);
        edit.finish().apply(&mut self.plan).expect("fits");
        self
    }

    /// A recommendation of the Francis report, its id this plan's own.
    pub(crate) fn recommendation(self, reference: &str) -> Self {
        let row = Recommendation {
            id: self.plan.id().derive(&[reference]),
            report: "francis-2013".into(),
            reference: reference.into(),
            ..Recommendation::default()
        };
        self.put(row)
    }

    pub(crate) fn of(&self, reference: &str) -> Id {
        self.plan.id().derive(&[reference])
    }

    pub(crate) fn position(self, reference: &str, date: &str, text: &str) -> Self {
        let (recommendation, as_at) = (self.of(reference), Some(day(date)));
        let id = recommendation.derive(&[date, text]);
        self.put(Position { id, recommendation, as_at, text: text.into(), state: None })
    }

    pub(crate) fn action(self, reference: &str, action: Action) -> Self {
        let (recommendation, action_id) = (self.of(reference), action.id);
        let link = Link {
            id: Link::id_of(recommendation, action_id),
            recommendation,
            action: action_id,
            order: format!("{}", self.plan.links.len()),
        };
        self.put(action).put(link)
    }
}

fn compared(mine: &Made, theirs: &Made) -> Comparison {
    compared_with(mine, theirs, &Withheld::default(), day("2013-05-28"))
}

fn compared_with(mine: &Made, theirs: &Made, withheld: &Withheld, as_at: NaiveDate) -> Comparison {
    let (ours, others) = (Index::of(&mine.plan), Index::of(&theirs.plan));
    let nothing = Withheld::default();
    Comparison::of(
        Side { plan: &mine.plan, index: &ours, as_at, withheld: &nothing },
        Side { plan: &theirs.plan, index: &others, as_at, withheld },
    )
}

fn statuses(of: &Comparison) -> Vec<Status> {
    of.rows.iter().map(|row| row.status).collect()
}

fn action(name: &str, text: &str) -> Action {
    Action { id: id(name), text: text.into(), ..Action::default() }
}

#[test]
fn rows_belong_together_by_report_and_reference_not_by_id() {
    let mine = Made::new("Northmoor").recommendation("9").recommendation("123 A").recommendation("7");
    let theirs = Made::new("Southmoor").recommendation("123a").recommendation("9").recommendation("8");
    let found = compared(&mine, &theirs);
    let pairs: Vec<_> = found.rows.iter().map(|row| (row.mine, row.theirs)).collect();
    let both = |ours: &str, other: &str| (Some(mine.of(ours)), Some(theirs.of(other)));
    assert!(pairs.contains(&both("9", "9")) && pairs.contains(&both("123 A", "123a")), "case and spaces fold");
    assert_eq!(pairs.last(), Some(&(None, Some(theirs.of("8")))), "theirs alone come last");
    assert_eq!(found.recommendations(Status::OnlyMine), 1);
    assert!(!found.one_plan);
}

#[test]
fn ones_own_recommendations_belong_together_by_reference_and_title() {
    let own = |made: Made, report: &str, title: &str| {
        let id = made.plan.id().derive(&[title]);
        let row = Recommendation {
            id,
            report: report.into(),
            reference: "1".into(),
            title: title.into(),
            ..Recommendation::default()
        };
        made.put(row)
    };
    let mine = own(Made::new("Northmoor"), "", "Visit every ward");
    let mine = own(mine, "ours-2012", "Hear complaints");
    let theirs = own(Made::new("Southmoor"), "theirs", "visit every  ward.");
    let theirs = own(theirs, "", "Something else");
    let found = compared(&mine, &theirs);
    assert_eq!(found.recommendations(Status::Same), 1, "the same title");
    assert_eq!((found.recommendations(Status::OnlyMine), found.recommendations(Status::OnlyTheirs)), (1, 1));
}

#[test]
fn the_same_words_are_the_same_and_blank_is_not_none() {
    let make = |whose: &str, text: &str| Made::new(whose).recommendation("9").position("9", "2013-05-28", text);
    let status = |a: &str, b: &str| compared(&make("Northmoor", a), &make("Southmoor", b)).rows[0].status;
    assert_eq!(status("• Monthly report.", "monthly  report"), Status::Same);
    assert_eq!(status("Monthly report", "No monthly report"), Status::Differs);
    assert_eq!(status("", "None"), Status::Differs, "blank is not none");
    assert_eq!(status("", "."), Status::Differs, "nor a mark");
    assert_eq!(status("None", "none"), Status::Same);
}

#[test]
fn each_plan_speaks_as_at_its_date() {
    let mine = Made::new("Northmoor").recommendation("9").position("9", "2013-05-28", "Now");
    let theirs = Made::new("Southmoor").recommendation("9");
    let theirs = theirs.position("9", "2013-05-01", "Now").position("9", "2013-09-01", "Later");
    let none = Withheld::default();
    assert_eq!(compared(&mine, &theirs).rows[0].status, Status::Same, "in May");
    let later = compared_with(&mine, &theirs, &none, day("2013-10-01"));
    assert_eq!(later.rows[0].differs.words(), "position", "in October");
}

#[test]
fn every_part_that_differs_is_named() {
    let full = |whose: &str, other: bool| {
        let made = Made::new(whose).recommendation("9");
        let row = Recommendation {
            local_text: if other { "Our words" } else { "" }.into(),
            response_status: if other { "Accepted" } else { "Accepted in part" }.into(),
            acceptance: other.then_some(Acceptance::Accepted),
            ..made.plan.recommendations[&made.of("9")].clone()
        };
        let state = if other { PositionState::InPlace } else { PositionState::Gap };
        let position = Position {
            id: made.of("p"),
            recommendation: made.of("9"),
            as_at: None,
            text: if other { "In place" } else { "Not yet" }.into(),
            state: Some(state),
        };
        let mut joint = action("joint", if other { "Agree it" } else { "Agree the extract" });
        joint.owner = if other { "Quality lead" } else { "" }.into();
        joint.state = if other { ActionState::Complete } else { ActionState::NotStarted };
        joint.due_words = if other { "July 2013" } else { "June 2013" }.into();
        made.put(row).put(position).action("9", joint)
    };
    let found = compared(&full("Northmoor", true), &full("Southmoor", false));
    let all =
        "local wording, acceptance, government response, position, state, actions, state of an action, owner, due";
    assert_eq!(found.rows[0].differs.words(), all);
    let [pair] = found.rows[0].pairs.as_slice() else { panic!("one joint action") };
    assert!(pair.joint && pair.has_progress(), "their state is news");
    let same = compared(&full("Northmoor", true), &full("Southmoor", true));
    assert_eq!((same.rows[0].status, same.rows[0].differs.words()), (Status::Same, String::new()));
}

#[test]
fn actions_are_paired_by_id_then_by_words_else_alone() {
    let mine = Made::new("Northmoor").recommendation("9");
    let mine = mine.action("9", action("joint", "Agree it")).action("9", action("a", "Write to GPs"));
    let mine = mine.action("9", action("b", "Ours alone"));
    let theirs = Made::new("Southmoor").recommendation("9");
    let theirs = theirs.action("9", action("c", "• write to GPs.")).action("9", action("joint", "Agree it, reworded"));
    let theirs = theirs.action("9", action("d", "Theirs alone"));
    let found = compared(&mine, &theirs);
    let told: Vec<_> = found.rows[0].pairs.iter().map(|pair| (pair.mine, pair.theirs, pair.joint)).collect();
    let wanted = [
        (Some(id("joint")), Some(id("joint")), true),
        (Some(id("a")), Some(id("c")), false),
        (Some(id("b")), None, false),
        (None, Some(id("d")), false),
    ];
    assert_eq!(told, wanted);
    assert_eq!(found.rows[0].differs.words(), "actions");
}

#[test]
fn a_joint_action_that_stands_elsewhere_is_still_seen() {
    let mine = Made::new("Northmoor").recommendation("9").recommendation("10").action("9", action("joint", "Agree it"));
    let theirs = Made::new("Southmoor").recommendation("9").recommendation("10");
    let mut there = action("joint", "Agree it");
    there.state = ActionState::Complete;
    let theirs = theirs.action("10", there);
    let note = Update { id: id("note"), action: id("joint"), note: "Signed".into(), ..Update::default() };
    let theirs = theirs.put(note);
    let found = compared(&mine, &theirs);
    for row in &found.rows {
        let [pair] = row.pairs.as_slice() else { panic!("one action in each row") };
        assert!(pair.elsewhere && pair.joint && pair.mine == pair.theirs, "{row:?}");
        assert_eq!((pair.news.as_slice(), row.has_progress()), (&[id("note")][..], true));
        assert_eq!(row.status, Status::Differs, "it serves another recommendation there");
    }
}

#[test]
fn what_stands_at_no_recommendation_is_compared_too() {
    let under = |whose: &str, text: &str, alone: &str| {
        let of = id(&format!("{whose} r"));
        Made::new(whose)
            .put(Responsibility { id: of, text: "Hear from patients".into(), ..Responsibility::default() })
            .put(Action { responsibility: Some(of), ..action(&format!("{whose} a"), text) })
            .put(action(&format!("{whose} alone"), alone))
    };
    let found = compared(&under("Northmoor", "Survey", "Train"), &under("Southmoor", "survey.", "Recruit"));
    let kinds: Vec<_> = found.rows.iter().map(|row| (row.kind, row.status, row.pairs.len())).collect();
    assert_eq!(kinds, [(Kind::Responsibility, Status::Same, 1), (Kind::Alone, Status::Differs, 2)]);
    let nothing = compared(&Made::new("Northmoor"), &under("Southmoor", "Survey", "Train"));
    assert_eq!(statuses(&nothing), [Status::OnlyTheirs, Status::OnlyTheirs], "theirs alone");
}

#[test]
fn what_a_copy_left_out_is_neither_blank_nor_different() {
    let mine = Made::new("Northmoor").recommendation("9").position("9", "2013-05-28", "In place");
    let mine = mine.action("9", action("a", "Agree it"));
    let theirs = Made::new("Southmoor").recommendation("9");
    let names: BTreeSet<String> = ["position", "action", "link"].iter().map(|name| (*name).to_owned()).collect();
    let found = compared_with(&mine, &theirs, &Withheld::new(names), day("2013-05-28"));
    let row = &found.rows[0];
    assert_eq!((row.status, row.differs.words()), (Status::Same, String::new()), "nothing that is known differs");
    assert!(row.not_shared.words().starts_with("position, state, actions"), "{}", row.not_shared.words());
    assert_eq!(compared(&mine, &theirs).rows[0].status, Status::Differs, "a plan that is blank there does");
}

#[test]
fn a_plan_and_itself_are_the_same_throughout() {
    let made = Made::new("Northmoor").recommendation("9").position("9", "2013-05-28", "In place");
    let made = made.action("9", action("a", "Agree it")).recommendation("10");
    let found = compared(&made, &made);
    assert!(found.one_plan && statuses(&found).iter().all(|status| *status == Status::Same), "{found:?}");
}

#[test]
fn filters_count_what_each_choice_would_show() {
    let themed = |made: Made| {
        let theme = made.plan.id().derive(&["theme"]);
        let made = made.put(Theme { id: theme, title: "Complaints".into(), ..Theme::default() });
        let row = made.plan.recommendations[&made.of("9")].clone();
        made.put(Recommendation { theme: Some(theme), ..row })
    };
    let mine = Made::new("Northmoor").recommendation("9").recommendation("10").recommendation("11");
    let mine = themed(mine).position("9", "2013-05-28", "Café open").action("10", action("joint", "Agree it"));
    let theirs = Made::new("Southmoor").recommendation("9").recommendation("10").recommendation("12");
    let theirs = theirs.action("10", action("joint", "Agree it"));
    let (ours, others) = (Index::of(&mine.plan), Index::of(&theirs.plan));
    let none = Withheld::default();
    let as_at = day("2013-05-28");
    let a = Side { plan: &mine.plan, index: &ours, as_at, withheld: &none };
    let b = Side { plan: &theirs.plan, index: &others, as_at, withheld: &none };
    let found = Comparison::of(a, b);
    let words = texts(&found, a, b);
    let shown = |filter: Filter| filter.rows(&found, a, b, &words);
    let (all, counts) = shown(Filter::default());
    assert_eq!(all.len(), 4);
    let wanted = Counts { all: 4, same: 1, differs: 1, only_mine: 1, only_theirs: 1, joint: 1, progress: 0 };
    assert_eq!(counts, wanted);
    let (rows, counts) = shown(Filter { status: Some(Status::Differs), ..Filter::default() });
    assert_eq!((rows.len(), counts.of(None), counts.of(Some(Status::Same))), (1, 4, 1), "the others can be chosen");
    assert_eq!(shown(Filter { text: "cafe".into(), ..Filter::default() }).0.len(), 1, "folded");
    assert_eq!(shown(Filter { theme: Some("Complaints".into()), ..Filter::default() }).0.len(), 1);
    assert_eq!(shown(Filter { joint: Joint::Joint, ..Filter::default() }).0.len(), 1);
    assert!(Filter::default().is_all() && !Filter { joint: Joint::Progress, ..Filter::default() }.is_all());
}

#[test]
fn texts_that_were_written_apart_are_not_alike() {
    assert!(are_alike("Monthly report to the Board", "Quarterly report to the Board"));
    assert!(are_alike("CQRMs take place", "CQRMs take place each month, with every provider that we commission from"));
    assert!(!are_alike("Service alerts system in place", "The committee chairs contract monitoring meetings"));
    assert!(!are_alike("", "Something"), "nothing to mark");
}

#[test]
fn a_source_is_named_by_whose_plan_it_is_and_its_date() {
    assert_eq!(source_name(&Made::new("Southmoor").plan), "NHS Southmoor CCG's plan of 28 May 2013");
    assert_eq!(source_name(&Plan::default()), "another organisation's plan");
}
