use super::*;
use crate::model::{
    Acceptance, Action, ActionState, CrossReference, EditBuilder, Evidence, EvidenceLink, Link, Position,
    PositionState, Recommendation, Update, intent,
};

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

/// A plan of 28 May 2013 with what the closure adds.
fn plan(fill: impl FnOnce(&mut EditBuilder<'_>)) -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(id("plan"), "NHS Northmoor CCG", "Plan", Some(day("2013-05-28")))
        .apply(&mut plan)
        .expect("fits");
    let mut edit = EditBuilder::new(&plan, "Fill");
    fill(&mut edit);
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

fn found(plan: &Plan, as_at: &str) -> Vec<(Rule, Id)> {
    gaps(plan, &Index::of(plan), day(as_at)).into_iter().map(|gap| (gap.rule, gap.row)).collect()
}

/// A recommendation that the CCG accepts.
fn accepted(reference: &str) -> Recommendation {
    Recommendation {
        id: id(reference),
        report: "francis-2013".into(),
        reference: reference.into(),
        acceptance: Some(Acceptance::Accepted),
        ..Recommendation::default()
    }
}

fn position(of: &str, text: &str, state: Option<PositionState>) -> Position {
    Position {
        id: id(&format!("position on {of}")),
        recommendation: id(of),
        as_at: Some(day("2013-05-28")),
        text: text.into(),
        state,
    }
}

fn link(recommendation: &str, action: &str) -> Link {
    let (recommendation, action) = (id(recommendation), id(action));
    Link { id: Link::id_of(recommendation, action), recommendation, action, ..Link::default() }
}

/// An action that leaves nothing to ask.
fn settled(name: &str) -> Action {
    Action {
        id: id(name),
        text: name.into(),
        owner: "Quality lead".into(),
        due_words: "July 2013".into(),
        ..Action::default()
    }
}

#[test]
fn what_is_accepted_and_not_finished_needs_an_action() {
    let cases = [
        (None, true),
        (Some(PositionState::Partly), true),
        (Some(PositionState::Gap), true),
        (Some(PositionState::Planned), true),
        (Some(PositionState::NoLongerNeeded), false),
    ];
    for (state, expected) in cases {
        let of = |linked: bool| {
            plan(|edit| {
                edit.put(&accepted("9"));
                edit.put(&position("9", "Contracts say so", state));
                if linked {
                    edit.put(&settled("a"));
                    edit.put(&link("9", "a"));
                }
            })
        };
        let asks = |plan: &Plan| found(plan, "2013-05-28").contains(&(Rule::NoAction, id("9")));
        assert_eq!(asks(&of(false)), expected, "{state:?}");
        assert!(!asks(&of(true)), "{state:?}, with an action");
    }
    let refused = plan(|edit| {
        edit.put(&Recommendation { acceptance: Some(Acceptance::NotForUs), ..accepted("9") });
    });
    assert_eq!(found(&refused, "2013-05-28"), [], "not for us: nothing to do");
    let open = plan(|edit| edit.put(&Recommendation { acceptance: None, ..accepted("9") }));
    assert_eq!(found(&open, "2013-05-28"), [(Rule::NoDecision, id("9"))], "whether it is accepted is the question");
}

#[test]
fn in_place_without_evidence_is_asked_about() {
    let of = |shown: bool| {
        plan(|edit| {
            edit.put(&accepted("9"));
            edit.put(&position("9", "It works", Some(PositionState::InPlace)));
            if shown {
                let evidence = Evidence { id: id("minutes"), text: "Minutes".into(), ..Evidence::default() };
                edit.put(&evidence);
                let link = EvidenceLink {
                    id: id("l"),
                    recommendation: id("9"),
                    evidence: id("minutes"),
                    ..EvidenceLink::default()
                };
                edit.put(&link);
            }
        })
    };
    assert_eq!(found(&of(false), "2013-05-28"), [(Rule::NoEvidence, id("9"))]);
    assert_eq!(found(&of(true), "2013-05-28"), []);
}

#[test]
fn a_promise_of_the_action_plan_is_held_against_it() {
    let cases = [
        ("Plans for failing providers exist; this will be reflected in the action plan the CCG develops.", true),
        ("This needs work\n• and will be included in the CCG's action plan", true),
        ("The action plan was agreed in May", false),
        ("This is reflected in every contract", false),
    ];
    for (text, expected) in cases {
        assert_eq!(recommendations::promises(text).is_some(), expected, "{text}");
    }
    let of = |action: &str, linked: bool| {
        plan(|edit| {
            let title = "Contingency plans for providers that fail".to_owned();
            edit.put(&Recommendation { title, ..accepted("138") });
            edit.put(&position("138", cases[0].0, Some(PositionState::NoLongerNeeded)));
            edit.put(&Action { text: action.into(), ..settled("a") });
            if linked {
                edit.put(&link("138", "a"));
            }
        })
    };
    let asked = |plan: &Plan| gaps(plan, &Index::of(plan), day("2013-05-28"));
    let nothing = asked(&of("Agree the extract of complaints", false));
    assert_eq!((nothing.len(), nothing[0].rule, nothing[0].other), (1, Rule::Promise, None), "nothing is about it");
    let perhaps = asked(&of("Write contingency plans with providers", false));
    assert_eq!(perhaps[0].other, Some((Entity::Action, id("a"))), "the one that may be meant is named");
    assert_eq!(asked(&of("Write contingency plans with providers", true)), [], "kept");
}

#[test]
fn a_reference_is_held_against_what_it_means() {
    let of = |text: &str, said: &str, target: Option<&str>, local: &str| {
        let plan = plan(|edit| {
            edit.put(&accepted("127"));
            edit.put(&accepted("132"));
            edit.put(&Recommendation { local_text: local.into(), ..accepted("132") });
            let first =
                "The CCG recognises its responsibilities in scrutiny of providers and has recruited a quality lead";
            edit.put(&position("127", first, Some(PositionState::NoLongerNeeded)));
            edit.put(&position("132", text, Some(PositionState::NoLongerNeeded)));
            let words =
                CrossReference { id: id("x"), recommendation: id("132"), words: said.into(), target: target.map(id) };
            edit.put(&words);
        });
        found(&plan, "2013-05-28")
    };
    let fits = "As stated in section 127 above, the CCG recognises its responsibilities in scrutiny of providers";
    assert_eq!(of(fits, "As stated in section 127 above", Some("127"), ""), [], "it says that there");
    let not = "As stated in section 127 above, maternity services publish midwife staffing figures every quarter";
    let wrong = [(Rule::Reference, id("132"))];
    assert_eq!(of(not, "As stated in section 127 above", Some("127"), ""), wrong, "nothing of that there");
    assert_eq!(of("As above", "As above", None, ""), wrong, "nobody knows what is meant");
    assert_eq!(of("Something of its own", "As above", Some("127"), "As above"), wrong, "another recommendation's text");
}

#[test]
fn a_position_that_stands_twice_is_told_at_the_second() {
    let text = "• All contracts hold quality schedules with methods of measurement and consequences of breach.";
    let both = plan(|edit| {
        for reference in ["123", "124"] {
            edit.put(&accepted(reference));
            edit.put(&position(reference, text, Some(PositionState::NoLongerNeeded)));
        }
    });
    let [gap] = &gaps(&both, &Index::of(&both), day("2013-05-28"))[..] else { panic!("one gap") };
    assert_eq!((gap.rule, gap.row, gap.other), (Rule::Repeated, id("124"), Some((Entity::Recommendation, id("123")))));
    let short = plan(|edit| {
        for reference in ["123", "124"] {
            edit.put(&accepted(reference));
            edit.put(&position(reference, "Not applicable", Some(PositionState::NoLongerNeeded)));
        }
    });
    assert_eq!(found(&short, "2013-05-28"), [], "too short to be a copy");
}

#[test]
fn an_open_action_needs_an_owner_and_a_due_that_can_be_read() {
    let cases: &[(&str, &str, ActionState, &[Rule])] = &[
        ("Quality lead", "July 2013", ActionState::NotStarted, &[]),
        ("", "July 2013", ActionState::InProgress, &[Rule::NoOwner]),
        ("Quality lead", "", ActionState::NotStarted, &[Rule::NoDue]),
        ("Quality lead", "when the lead is back", ActionState::NotStarted, &[Rule::DueNotRead]),
        ("Quality lead", "bi monthly", ActionState::NotStarted, &[Rule::DueNotRead]),
        ("Quality lead", "ongoing", ActionState::NotStarted, &[]),
        ("", "", ActionState::Complete, &[]),
        ("", "", ActionState::NoLongerNeeded, &[]),
    ];
    for (owner, due, state, expected) in cases {
        let plan = plan(|edit| {
            edit.put(&Action { owner: (*owner).into(), due_words: (*due).into(), state: *state, ..settled("a") });
        });
        let rules: Vec<Rule> = found(&plan, "2013-05-28").into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, *expected, "{owner:?} {due:?} {state}");
    }
}

#[test]
fn tentative_for_over_sixty_days_is_asked_about_unless_something_was_said_since() {
    let of = |note: Option<&str>| {
        plan(|edit| {
            edit.put(&Action { tentative: true, due_words: "ongoing".into(), ..settled("a") });
            if let Some(date) = note {
                edit.put(&Update { id: id("n"), action: id("a"), date: Some(day(date)), ..Update::default() });
            }
        })
    };
    let tentative = [(Rule::Tentative, id("a"))];
    assert_eq!(found(&of(None), "2013-07-27"), [], "sixty days");
    assert_eq!(found(&of(None), "2013-07-28"), tentative, "one more");
    assert_eq!(found(&of(Some("2013-07-20")), "2013-07-28"), [], "something was said since");
    assert_eq!(found(&of(Some("2013-08-20")), "2013-07-28"), tentative, "what comes later does not count yet");
}

#[test]
fn the_yearly_report_is_owed_a_year_after_the_last() {
    let of = |published: Option<&str>| {
        plan(|edit| {
            edit.put(&Recommendation { acceptance: Some(Acceptance::NotForUs), ..accepted("1") });
            if let Some(date) = published {
                let evidence = Evidence {
                    id: id("e"),
                    text: "Progress report".into(),
                    date: Some(day(date)),
                    ..Evidence::default()
                };
                edit.put(&evidence);
                edit.put(&EvidenceLink {
                    id: id("l"),
                    recommendation: id("1"),
                    evidence: id("e"),
                    ..EvidenceLink::default()
                });
            }
        })
    };
    let owed = [(Rule::Yearly, id("1"))];
    assert_eq!(found(&of(None), "2014-05-28"), [], "a year to the day");
    assert_eq!(found(&of(None), "2014-05-29"), owed, "a day later");
    assert_eq!(found(&of(Some("2014-02-01")), "2014-05-29"), [], "published meanwhile");
    assert_eq!(
        found(
            &plan(|edit| edit.put(&Recommendation { acceptance: Some(Acceptance::NotForUs), ..accepted("2") })),
            "2020-01-01"
        ),
        [],
        "only who answers it"
    );
}
