//! A plan out as JSON and in again.

mod intelligence;

use proptest::prelude::*;
use recap::import::json::{JsonError, read};
use recap::model::due::Due;
use recap::model::{
    Acceptance, Action, ActionState, Choice, ChoiceKind, CrossReference, EditBuilder, Evidence, EvidenceLink, Id, Link,
    PaperField, Plan, PlanInfo, PlanStatus, Position, PositionState, Recommendation, Remark, Report, Responsibility,
    Revision, StateWord, Theme, Timescale, Update, intent,
};

const SAMPLE: &str = include_str!("../../assets/sample-plan.json");

/// A plan without signals.
fn write(plan: &Plan) -> String {
    recap::report::json::write(plan, &[], &[])
}

fn blank() -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(Id::NIL.derive(&["blank"]), "", "", None).apply(&mut plan).expect("a new plan");
    plan
}

fn imported(text: &str, mut into: Plan) -> Plan {
    let import = read(text, &into).expect("it reads");
    assert!(import.warnings.is_empty(), "nothing was passed over: {:?}", import.warnings);
    import.edit.apply(&mut into).expect("the edit fits the plan it was made for");
    into
}

#[test]
fn the_sample_plan_comes_back_whole() {
    let plan = imported(SAMPLE, blank());
    assert_eq!((plan.recommendations.len(), plan.responsibilities.len()), (22, 7), "all of it is there");
    let first = write(&plan);
    let again = imported(&first, blank());
    assert_eq!(again, plan, "row for row");
    assert_eq!(write(&again), first, "byte for byte");
    assert_eq!(again.id(), plan.id(), "with its id");
    assert!(read(&first, &plan).expect("reads").edit.is_empty(), "the same file twice changes nothing");
    assert!(read(SAMPLE, &plan).expect("reads").edit.is_empty(), "nor does the file it came from");
}

#[test]
fn the_export_has_the_keys_that_scripts_rely_on() {
    let value: serde_json::Value = serde_json::from_str(&write(&blank())).expect("JSON");
    for key in [
        "plan",
        "paper",
        "themes",
        "recommendations",
        "actions",
        "responsibilities",
        "evidence",
        "providers",
        "signals",
        "receipts",
        "findings",
    ] {
        assert!(value.get(key).is_some(), "{key}");
    }
    assert!(value["plan"]["organisation"].is_null(), "never filled is null");
}

#[test]
fn blank_none_no_and_zero_come_back_as_what_they_were() {
    let mut plan = imported(SAMPLE, blank());
    let ids: Vec<Id> = plan.actions.keys().copied().take(4).collect();
    for (id, text) in ids.iter().zip(["", "None", "No", "0"]) {
        intent::update::<Action>(&plan, *id, "x", |row| row.owner = text.into()).apply(&mut plan).expect("fits");
    }
    let again = imported(&write(&plan), blank());
    let owners: Vec<_> = ids.iter().map(|id| again.actions[id].owner.as_str()).collect();
    assert_eq!(owners, ["", "None", "No", "0"], "four different answers");
}

#[test]
fn a_file_of_the_same_plan_brings_back_what_was_changed_and_deletes_nothing() {
    let plan = imported(SAMPLE, blank());
    let mut changed = plan.clone();
    let id = *plan.actions.keys().next().expect("there are some");
    intent::delete_action(&changed, id).apply(&mut changed).expect("fits");
    let theme = Theme { id: Id::NIL.derive(&["t"]), title: "Our own".into(), order: "zz".into() };
    let mut edit = EditBuilder::new(&changed, "Add");
    edit.put(&theme);
    edit.finish().apply(&mut changed).expect("fits");
    let back = imported(SAMPLE, changed);
    assert!(back.themes.contains_key(&theme.id), "what the file lacks stays");
    let mut expected = plan;
    expected.themes.insert(theme.id, theme);
    assert_eq!(back.actions[&id].text, expected.actions[&id].text, "the deleted action is back");
    assert_eq!(write(&back), write(&expected), "in its old place");
}

#[test]
fn another_plans_file_fills_blanks_and_overwrites_nothing() {
    let theirs = write(&imported(SAMPLE, blank()));
    let mut ours = blank();
    let row = Recommendation {
        id: Recommendation::id_of(ours.id(), "francis-2013", "124"),
        report: "francis-2013".into(),
        reference: "124".into(),
        local_title: "Ours".into(),
        title: "Different".into(),
        ..Recommendation::default()
    };
    let mut edit = EditBuilder::new(&ours, "Add");
    edit.put(&row);
    edit.finish().apply(&mut ours).expect("fits");
    let import = read(&theirs, &ours).expect("reads");
    import.edit.apply(&mut ours).expect("fits");
    assert_eq!(ours.id(), blank().id(), "it stays our plan");
    assert_eq!(ours.recommendations.len(), 22, "124 was matched, not doubled");
    assert_eq!(ours.recommendations[&row.id].title, "Different", "what we had stays");
    assert!(!ours.recommendations[&row.id].text.is_empty(), "what was blank is filled");
    assert!(import.warnings.iter().any(|warning| warning.contains(".title: it differs")), "{:?}", import.warnings);
    assert!(read(&theirs, &ours).expect("reads").edit.is_empty(), "the second time changes nothing");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let broken = |find: &str, put: &str| {
        assert!(SAMPLE.contains(find), "the sample has {find}");
        read(&SAMPLE.replacen(find, put, 1), &blank()).expect_err("it must be refused").to_string()
    };
    let cases = [
        (r#""as_at": "2013-03-26""#, r#""as_at": "26/03/13""#, "recommendations[0].positions[0].as_at: \"26/03/13\""),
        (r#""state": "not started""#, r#""state": "begun""#, "actions[0].state: \"begun\" is not a state of an action"),
        (r#""themes": ["#, r#""themes": 5, "x": ["#, "themes: this should be a list"),
        (r#""recap-plan/1""#, r#""recap-plan/9""#, "\"recap-plan/9\""),
        (r#""tentative": false"#, r#""tentative": "no""#, "actions[0].tentative"),
    ];
    for (find, put, said) in cases {
        let error = broken(find, put);
        assert!(error.contains(said), "{error} says {said}");
    }
    assert!(matches!(read("{", &blank()), Err(JsonError::Syntax(_))), "half a file");
    assert!(matches!(read("[]", &blank()), Err(JsonError::Format(_))), "some other JSON");
}

#[test]
fn evidence_and_remarks_keep_what_they_stand_at() {
    let plan = imported(SAMPLE, blank());
    assert!(plan.evidence.len() >= 6 && plan.remarks.len() >= 2, "the sample has some of both");
    let value: serde_json::Value = serde_json::from_str(&write(&plan)).expect("JSON");
    let first = &value["evidence"][0];
    let keys: Vec<&str> = first.as_object().expect("an object").keys().map(String::as_str).collect();
    for key in ["id", "text", "kind", "date", "held", "valid_until", "recommendations"] {
        assert!(keys.contains(&key), "{key} of {keys:?}");
    }
    assert!(first["recommendations"].as_array().is_some_and(|list| !list.is_empty()), "what it stands behind");
    // a script may say it at either end
    let mut changed = value.clone();
    for row in changed["recommendations"].as_array_mut().expect("a list") {
        row.as_object_mut().expect("an object").remove("evidence");
    }
    let again = imported(&changed.to_string(), blank());
    let ends = |plan: &Plan| plan.evidence_links.keys().copied().collect::<Vec<_>>();
    assert_eq!(ends(&again), ends(&plan), "from the evidence alone");
    changed["remarks"][0]["row"] = Id::NIL.derive(&["nobody"]).to_string().into();
    let error = read(&changed.to_string(), &blank()).expect_err("no such row").to_string();
    assert!(error.starts_with("remarks[0].row: no recommendation"), "{error}");
}

#[test]
fn unknown_keys_are_listed() {
    let text = SAMPLE.replacen("\"reference\":", "\"colour\": \"red\", \"reference\":", 1);
    let import = read(&text, &blank()).expect("reads");
    assert_eq!(import.warnings.len(), 1, "{:?}", import.warnings);
    assert!(import.warnings[0].starts_with("recommendations[0].colour"), "{:?}", import.warnings);
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("None".to_owned()),
        "[ -~]{0,20}",
        "\\PC{0,20}",
        Just("a\u{0}b\u{feff}\u{f0b7} c\nd\t\"\\ \u{1f600}".to_owned()),
    ]
}

/// One row of every kind and a few more, joined at random.
#[expect(clippy::too_many_lines, reason = "one strategy a kind of row, side by side")]
fn plans() -> impl Strategy<Value = Plan> {
    let texts = proptest::collection::vec(text(), 60);
    let picks = proptest::collection::vec(0usize..1000, 80);
    (texts, picks).prop_map(|(texts, picks)| {
        let (mut texts, mut picks) = (texts.into_iter().cycle_through(), picks.into_iter().cycle_through());
        let (mut text, mut pick) = (move || texts.next_item(), move |below: usize| picks.next_item() % below.max(1));
        let mut plan = Plan::default();
        let root = Id::NIL.derive(&["p", &text()]);
        let id = |kind: &str, place: usize| root.derive(&[kind, &place.to_string()]);
        let date = |days: usize| chrono::NaiveDate::from_yo_opt(2013, 1 + days as u32 % 365);
        let key = |place: usize| recap::model::order::after("", 40)[place].clone();
        plan.infos.insert(
            root,
            PlanInfo {
                id: root,
                organisation: text(),
                status: [None, Some(PlanStatus::Approved)][pick(2)],
                as_at: date(pick(365)),
                ..PlanInfo::default()
            },
        );
        for place in 0..pick(3) {
            let row = PaperField {
                id: id("f", place),
                order: key(pick(40)),
                key: format!("k{place}"),
                label: text(),
                text: text(),
            };
            plan.paper.insert(row.id, row);
            let row = Report {
                id: id("r", place),
                key: format!("r{place}"),
                title: text(),
                published: date(pick(365)),
                ..Report::default()
            };
            plan.reports.insert(row.id, row);
        }
        let (themes, rows, headings, actions) = (pick(3), 1 + pick(5), 1 + pick(3), 1 + pick(6));
        for place in 0..themes {
            plan.themes.insert(id("t", place), Theme { id: id("t", place), order: key(pick(40)), title: text() });
        }
        for place in 0..rows {
            let row = Recommendation {
                id: id("rec", place),
                order: key(pick(40)),
                report: "r0".into(),
                reference: format!("{}{place}", pick(20)),
                theme: (themes > 0 && pick(2) == 0).then(|| id("t", pick(themes))),
                title: text(),
                text: text(),
                local_text: text(),
                response: text(),
                acceptance: [None, Some(Acceptance::InPart)][pick(2)],
                acceptance_date: date(pick(365)),
                ..Recommendation::default()
            };
            for position in 0..pick(3) {
                let position = Position {
                    id: row.id.derive(&[&position.to_string()]),
                    recommendation: row.id,
                    as_at: if pick(3) == 0 { None } else { date(pick(365)) },
                    text: text(),
                    state: [None, Some(PositionState::Gap)][pick(2)],
                };
                plan.positions.insert(position.id, position);
            }
            let target = (pick(2) == 0).then(|| id("rec", pick(rows)));
            plan.cross_references.insert(
                id("x", place),
                CrossReference { id: id("x", place), recommendation: row.id, words: text(), target },
            );
            plan.recommendations.insert(row.id, row);
        }
        for place in 0..headings {
            plan.responsibilities
                .insert(id("h", place), Responsibility { id: id("h", place), order: key(pick(40)), text: text() });
        }
        for place in 0..actions {
            let due = [
                "none",
                "ongoing",
                "month 2013-07",
                "day 2013-07-31",
                "from 2013-06",
                "recurring ?",
                "recurring two weeks 2013-06",
                "",
            ][pick(8)];
            assert!(due.is_empty() || Due::from_code(due).is_some(), "{due} is a code");
            let row = Action {
                id: id("a", place),
                order: key(pick(40)),
                text: text(),
                responsibility: (pick(2) == 0).then(|| id("h", pick(headings))),
                owner: text(),
                state: ActionState::ALL[pick(5)],
                tentative: pick(2) == 0,
                due_words: text(),
                due_reading: due.into(),
                original_due_words: text(),
                done_on: [None, date(pick(365))][pick(2)],
                starts_on: [None, date(pick(365))][pick(2)],
                next_review: [None, date(pick(365))][pick(2)],
                ..Action::default()
            };
            for _ in 0..pick(3) {
                let recommendation = id("rec", pick(rows));
                let link = Link {
                    id: Link::id_of(recommendation, row.id),
                    recommendation,
                    action: row.id,
                    order: key(pick(40)),
                };
                plan.links.insert(link.id, link);
            }
            let update = Update {
                id: id("u", place),
                action: row.id,
                date: date(pick(365)),
                note: text(),
                state: Some(ActionState::OnHold),
                due: text(),
                reason: text(),
            };
            plan.updates.insert(update.id, update);
            plan.actions.insert(row.id, row);
        }
        for place in 0..pick(4) {
            let row = Timescale {
                id: id("s", place),
                order: key(pick(40)),
                responsibility: id("h", pick(headings)),
                words: text(),
                reason: text(),
                done: pick(2) == 0,
                action: (pick(2) == 0).then(|| id("a", pick(actions))),
                ..Timescale::default()
            };
            let revision = Revision {
                id: id("v", place),
                timescale: row.id,
                date: date(pick(365)),
                words: text(),
                reason: text(),
            };
            plan.revisions.insert(revision.id, revision);
            plan.timescales.insert(row.id, row);
            let row = StateWord {
                id: id("w", place),
                key: ActionState::ALL[pick(5)].word().into(),
                word: text(),
                letter: ["", "R"][pick(2)].into(),
            };
            plan.state_words.insert(row.id, row);
            let row = Choice {
                id: id("c", place),
                order: key(pick(40)),
                kind: ChoiceKind::ALL[pick(6)],
                subject: Some(id("a", 0)),
                text: text(),
                answer: text(),
                ..Choice::default()
            };
            plan.choices.insert(row.id, row);
            let row = Evidence {
                id: id("e", place),
                order: key(pick(40)),
                text: text(),
                kind: text(),
                date: [None, date(pick(365))][pick(2)],
                held: text(),
                valid_until: [None, date(pick(365))][pick(2)],
            };
            for _ in 0..pick(3) {
                let recommendation = id("rec", pick(rows));
                let link = EvidenceLink {
                    id: EvidenceLink::id_of(recommendation, row.id),
                    recommendation,
                    evidence: row.id,
                    order: key(pick(40)),
                };
                plan.evidence_links.insert(link.id, link);
            }
            plan.evidence.insert(row.id, row);
            let row = Remark {
                id: id("m", place),
                order: key(pick(40)),
                row: [id("rec", 0), id("a", 0), id("h", 0)][pick(3)],
                label: text(),
                text: text(),
                source: text(),
            };
            plan.remarks.insert(row.id, row);
        }
        plan
    })
}

/// An endless supply of what proptest made.
trait CycleThrough: Iterator + Sized
where
    Self::Item: Clone,
{
    fn cycle_through(self) -> Supply<Self::Item> {
        Supply { items: self.collect(), next: 0 }
    }
}

impl<I: Iterator> CycleThrough for I where I::Item: Clone {}

struct Supply<T> {
    items: Vec<T>,
    next: usize,
}

impl<T: Clone> Supply<T> {
    fn next_item(&mut self) -> T {
        self.next += 1;
        self.items[(self.next * 7) % self.items.len()].clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn any_plan_comes_back_the_same(plan in plans()) {
        let text = write(&plan);
        let again = imported(&text, blank());
        prop_assert_eq!(&write(&again), &text);
        prop_assert!(read(&text, &again).expect("reads").edit.is_empty(), "twice is once");
        prop_assert!(read(&text, &plan).expect("reads").edit.is_empty(), "the plan itself is in that order");
        prop_assert_eq!(again.actions.len(), plan.actions.len());
        for (id, row) in &plan.recommendations {
            prop_assert_eq!(&again.recommendations[id].text, &row.text);
            prop_assert_eq!(&again.recommendations[id].theme, &row.theme);
        }
        prop_assert_eq!(again.evidence_links.len(), plan.evidence_links.len());
        for (id, row) in &plan.evidence {
            let (ours, theirs) = (&again.evidence[id], row);
            let told = |row: &Evidence| (row.text.clone(), row.kind.clone(), row.held.clone(), row.date, row.valid_until);
            prop_assert_eq!(told(ours), told(theirs));
        }
        for (id, row) in &plan.remarks {
            let told = |row: &Remark| (row.row, row.label.clone(), row.text.clone(), row.source.clone());
            prop_assert_eq!(told(&again.remarks[id]), told(row));
        }
    }
}
