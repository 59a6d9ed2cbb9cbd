use super::*;
use crate::model::compare::Withheld;
use crate::model::{
    Acceptance, Action, ActionState, CrossReference, EditBuilder, Evidence, EvidenceLink, Link, Position,
    PositionState, Recommendation, Responsibility, Timescale, Update, intent,
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
    let questions = [(Rule::NoDecision, id("9")), (Rule::NoPosition, id("9"))];
    assert_eq!(found(&open, "2013-05-28"), questions, "whether it is accepted is the question, and where one stands");
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
    let promise = "Plans for failing providers exist; this will be reflected in the action plan the CCG develops.";
    let of = |action: &str, linked: bool| {
        plan(|edit| {
            let title = "Contingency plans for providers that fail".to_owned();
            edit.put(&Recommendation { title, ..accepted("138") });
            edit.put(&position("138", promise, Some(PositionState::NoLongerNeeded)));
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
    assert_eq!(perhaps[0].rule, Rule::Unlinked, "something there is about it, and is not linked");
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

#[test]
fn a_need_that_a_position_names_wants_an_action() {
    let of = |text: &str, linked: bool| {
        let plan = plan(|edit| {
            edit.put(&accepted("7"));
            edit.put(&position("7", text, Some(PositionState::NoLongerNeeded)));
            edit.put(&settled("a"));
            if linked {
                edit.put(&link("7", "a"));
            }
        });
        gaps(&plan, &Index::of(&plan), day("2013-05-28"))
    };
    let need = "Contracts are in place. The CCG should check that they say so.";
    let found = of(need, false);
    assert_eq!((found.len(), found[0].rule), (1, Rule::Need));
    assert!(found[0].text.ends_with("\"The CCG should check that they say so.\""), "in its words: {}", found[0].text);
    assert_eq!(of(need, true), [], "something is done");
    assert_eq!(of("Contracts are in place", false), []);
}

#[test]
fn evidence_that_no_longer_holds_is_asked_about_each_by_itself() {
    let of = |until: &[Option<&str>], state: PositionState| {
        let plan = plan(|edit| {
            edit.put(&accepted("9"));
            edit.put(&link("9", "a"));
            edit.put(&settled("a"));
            edit.put(&position("9", "It works", Some(state)));
            for (at, until) in until.iter().enumerate() {
                let evidence = Evidence {
                    id: id(&format!("e{at}")),
                    text: "SLA".into(),
                    valid_until: until.map(day),
                    ..Evidence::default()
                };
                edit.put(&evidence);
                let recommendation = id("9");
                let link = EvidenceLink {
                    id: EvidenceLink::id_of(recommendation, evidence.id),
                    recommendation,
                    evidence: evidence.id,
                    ..EvidenceLink::default()
                };
                edit.put(&link);
            }
        });
        gaps(&plan, &Index::of(&plan), day("2013-05-28"))
            .into_iter()
            .map(|gap| (gap.rule, gap.other))
            .collect::<Vec<_>>()
    };
    let old = |name: &str| (Rule::OldEvidence, Some((Entity::Evidence, id(name))));
    let in_place = PositionState::InPlace;
    assert_eq!(of(&[None, Some("2013-05-28")], in_place), [], "on its last day it holds");
    let two = of(&[Some("2013-05-27"), Some("2012-01-01"), Some("2014-01-01")], in_place);
    assert_eq!(two.len(), 2, "{two:?}");
    assert!(two.contains(&old("e0")) && two.contains(&old("e1")), "{two:?}");
    assert_eq!(of(&[Some("2013-05-27")], PositionState::Partly), [], "nobody says that it is in place");
}

#[test]
fn a_copy_of_most_of_a_position_is_one_and_a_turn_of_phrase_is_none() {
    let first = "The Northmoor groups have through the contracting round reviewed and revised the quality standards to be \
                 met by all providers.";
    let phrase = "Other things are said; the quality standards to be met by all providers are known to every ward and \
                  printed on each of the leaflets that go out to patients.";
    let more = "The standards are about safety and infection and what patients say of them, are looked at every month by \
                the committee, and are sent to whoever asks for them in writing.";
    let cases = [
        ("more", format!("{first} {more}"), Some("and more")),
        ("half", format!("We say so, too. {first}"), Some("Most of")),
        ("whole", first.to_lowercase().replace('.', ""), Some("word for word what")),
        ("phrase", phrase.to_owned(), None),
    ];
    for (name, text, expected) in cases {
        let both = plan(|edit| {
            for (reference, text) in [("17", first), ("124", text.as_str())] {
                edit.put(&accepted(reference));
                edit.put(&position(reference, text, Some(PositionState::NoLongerNeeded)));
            }
        });
        let found = gaps(&both, &Index::of(&both), day("2013-05-28"));
        match expected {
            Some(words) => {
                let [gap] = &found[..] else { panic!("{name}: one gap of {found:?}") };
                assert!(gap.text.contains(words), "{name}: {}", gap.text);
                assert_eq!(
                    (gap.rule, gap.row, gap.about.as_str()),
                    (Rule::Repeated, id("124"), id("17").to_string().as_str())
                );
            }
            None => assert_eq!(found, [], "{name}"),
        }
    }
}

#[test]
fn an_unpaired_timescale_is_no_due_and_is_named() {
    let plan = plan(|edit| {
        edit.put(&Responsibility { id: id("r"), text: "Leadership".into(), ..Responsibility::default() });
        for (name, words) in [("t1", "June 2013"), ("t2", "July 2013")] {
            let row = Timescale {
                id: id(name),
                order: name.into(),
                responsibility: id("r"),
                words: words.into(),
                ..Timescale::default()
            };
            edit.put(&row);
        }
        edit.put(&Action { responsibility: Some(id("r")), due_words: String::new(), ..settled("a") });
    });
    let [gap] = &gaps(&plan, &Index::of(&plan), day("2013-05-28"))[..] else { panic!("one gap") };
    assert_eq!(gap.rule, Rule::NoDue);
    assert!(gap.text.contains("2 timescales") && gap.text.contains("June 2013, July 2013"), "{}", gap.text);
}

#[test]
fn an_answer_is_kept_with_its_gap_and_is_no_other_ones() {
    let mut plan = plan(|edit| {
        for reference in ["9", "10"] {
            edit.put(&Recommendation { acceptance: None, ..accepted(reference) });
            edit.put(&position(reference, "It works", None));
        }
    });
    let of = |plan: &Plan| asked(plan, &Index::of(plan), day("2013-05-28"), &Withheld::default());
    let before = of(&plan);
    assert_eq!((before.len(), open(&before)), (2, 2));
    let edit = intent::answer_gaps(&plan, &[&before[0].gap], " For the board\n", day("2013-06-01"));
    edit.apply(&mut plan).expect("fits");
    let after = of(&plan);
    assert_eq!(open(&after), 1);
    let answer = after[0].answer.clone().expect("answered");
    assert_eq!((answer.reason.as_str(), answer.date), ("For the board", Some(day("2013-06-01"))));
    assert_eq!(after[1].answer, None, "only the one");
}

#[test]
fn what_a_copy_was_made_without_is_not_asked_about() {
    let plan = plan(|edit| {
        edit.put(&accepted("9"));
        edit.put(&position("9", "It works", Some(PositionState::InPlace)));
        edit.put(&Action { owner: String::new(), due_words: String::new(), ..settled("a") });
    });
    let rules = |left_out: &[&str]| -> Vec<Rule> {
        let withheld = Withheld::new(left_out.iter().map(|name| (*name).to_owned()).collect());
        let all = asked(&plan, &Index::of(&plan), day("2013-05-28"), &withheld);
        all.into_iter().map(|one| one.gap.rule).collect()
    };
    assert_eq!(rules(&[]), [Rule::NoEvidence, Rule::NoOwner, Rule::NoDue]);
    assert_eq!(rules(&["evidence"]), [Rule::NoOwner, Rule::NoDue]);
    assert_eq!(rules(&["evidence_link", "action.owner", "timescale"]), []);
}
