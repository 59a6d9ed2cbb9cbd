//! Signals in the plan file: taken in whole or not at all, counted once, undone like any other change.

use super::{Place, assert_sound, id, stamp};
use proptest::prelude::*;
use recap::model::signal::{Held, Measure, MeasureFact, Outcome, Scoring, Signal, Source};
use recap::model::{Batch, Edit, EditBuilder, Id, Plan, Provider};
use recap::store::{EntryKind, Incoming, PlanFile, Stamp, Standing, StoreError};
use std::collections::BTreeMap;

const PROVIDER: &str = "Northmoor General";

fn complaint(reference: &str, received: &str, subjects: &[&str]) -> Held {
    let signal = Signal {
        key: reference.into(),
        reference: reference.into(),
        received: Some(received.parse().expect("a date")),
        subjects: subjects.iter().map(|one| (*one).to_owned()).collect(),
        service: "Medicine".into(),
        outcome: "Partly upheld".into(),
        learning: "Rota changed".into(),
        row: 2,
        ..Signal::new(Source::Complaint)
    };
    Held { number: 0, provider: Some(id(PROVIDER)), signal }
}

fn score(month: &str, numerator: f64) -> MeasureFact {
    let month = recap::model::due::Month::parse(month).expect("a month");
    let measure = Measure {
        source: Source::FriendsAndFamily,
        provider_given: String::new(),
        provider: None,
        month,
        months: 1,
        what: "A&E".into(),
        numerator,
        denominator: Some(60.0),
        scoring: Some(Scoring::of(month)),
        service: String::new(),
        site: String::new(),
        row: 3,
    };
    MeasureFact { provider: Some(id(PROVIDER)), measure }
}

fn batch_edit(plan: &Plan, batch: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, "Import complaints");
    edit.put(&Provider { id: id(PROVIDER), order: "1".into(), name: PROVIDER.into(), ..Provider::default() });
    edit.put(&Batch { id: batch, name: "complaints.csv".into(), source: Some(Source::Complaint), ..Batch::default() });
    edit.finish()
}

fn take(file: &mut PlanFile, name: &str, signals: &[Held], measures: &[MeasureFact], gone: &[i64]) {
    let incoming = Incoming { batch: id(name), signals, measures, gone };
    let edit = batch_edit(&file.read().expect("reads"), id(name));
    let stamp = Stamp { kind: EntryKind::Import, ..stamp(100) };
    file.take_signals(&incoming, &edit, &stamp, &mut |_, _| true).expect("takes").expect("an entry");
}

/// What counts, by reference: its subjects and its outcome.
fn counted(file: &PlanFile) -> Vec<String> {
    let signals = file.held_signals().expect("reads");
    let facts = file.facts().expect("reads");
    assert_eq!(facts.signals.len(), signals.len(), "the facts are of the same signals");
    for (fact, held) in facts.signals.iter().zip(&signals) {
        assert_eq!(fact.number, held.number, "in the same order");
        assert_eq!(fact.month, held.signal.counted_month(), "{}", held.signal.key);
        assert_eq!(facts.subjects[fact.subjects as usize], held.signal.subjects, "{}", held.signal.key);
        assert_eq!(facts.providers[fact.provider as usize], held.provider, "{}", held.signal.key);
        assert_eq!(facts.services[fact.service as usize], held.signal.service, "{}", held.signal.key);
        assert_eq!(fact.outcome, Outcome::read(&held.signal.outcome), "{}", held.signal.key);
    }
    let words = |held: &Held| format!("{} {}", held.signal.key, held.signal.subjects.join("+"));
    signals.iter().map(words).collect()
}

#[test]
fn what_is_taken_in_comes_out_as_it_was() {
    let (_place, mut file) = Place::with_plan();
    assert!(!file.has_signals().expect("reads"), "none yet");
    let signals = [Held {
        signal: Signal {
            adverse: Some(false),
            handling_concern: Some(true),
            closed: "2013-06-01".parse().ok(),
            due: "2013-06-02".parse().ok(),
            text: "Kept: one line\nand another".into(),
            ..complaint("C-1", "2013-05-03", &["Staffing", "Communication"]).signal
        },
        ..complaint("C-1", "2013-05-03", &[])
    }];
    take(&mut file, "first", &signals, &[score("2013-05", 41.0)], &[]);
    let held = file.held_signals().expect("reads");
    assert_eq!(held.len(), 1);
    assert_eq!((&held[0].signal, held[0].provider), (&signals[0].signal, signals[0].provider), "as it was");
    assert_eq!(file.held_measures().expect("reads"), [score("2013-05", 41.0)]);
    assert_eq!(
        file.signals(&[held[0].number, 99]).expect("reads"),
        held,
        "a page of rows; what is not there is left out"
    );
    assert_sound(&file);
}

#[test]
fn the_same_reference_again_updates_and_undo_brings_the_old_one_back() {
    let (place, mut file) = Place::with_plan();
    let first = [complaint("C-1", "2013-05-03", &["Staffing"]), complaint("C-2", "2013-05-09", &["Food"])];
    take(&mut file, "first", &first, &[score("2013-05", 41.0)], &[]);
    let second = [
        complaint("C-1", "2013-05-03", &["Staffing", "Attitude"]),
        first[1].clone(),
        complaint("C-3", "2013-06-01", &[]),
    ];
    let measures = [score("2013-05", 44.0), score("2013-06", 45.0)];
    let incoming = Incoming { batch: id("second"), signals: &second, measures: &measures, gone: &[] };
    let compared = file.compare_signals(&incoming).expect("compares");
    assert_eq!(compared.signals, [Standing::Updated, Standing::Unchanged, Standing::New]);
    assert_eq!(compared.measures, [Standing::Updated, Standing::New]);
    take(&mut file, "second", &second, &measures, &[]);
    let after = ["C-2 Food", "C-1 Staffing+Attitude", "C-3 "];
    assert_eq!(counted(&file), after, "each once");
    let scores = |file: &PlanFile| {
        file.held_measures().expect("reads").iter().map(|fact| fact.measure.numerator).collect::<Vec<_>>()
    };
    assert_eq!(scores(&file), [44.0, 45.0]);
    assert_sound(&file);
    file.undo(&stamp(200)).expect("undoes");
    assert_eq!(counted(&file), ["C-1 Staffing", "C-2 Food"], "as it was");
    assert_eq!(scores(&file), [41.0]);
    assert_sound(&file);
    file.close();
    let mut file = place.open().expect("opens");
    file.redo(&stamp(300)).expect("redoes after the plan was closed");
    assert_eq!(counted(&file), after, "again");
    assert_sound(&file);
    for _ in 0..2 {
        file.undo(&stamp(400)).expect("undoes");
    }
    assert!(counted(&file).is_empty() && scores(&file).is_empty(), "nothing is counted without its batch");
    assert!(file.read().expect("reads").providers.is_empty(), "nor is there a provider that came with it");
    let compared = file.compare_signals(&incoming).expect("compares");
    assert_eq!(compared.count(Standing::New), 5, "what no longer counts is not known");
}

#[test]
fn a_signal_that_is_no_more_is_not_counted_and_can_come_again() {
    let (_place, mut file) = Place::with_plan();
    let first = [complaint("C-1", "2013-05-03", &["Staffing"]), complaint("C-2", "2013-05-09", &["Food"])];
    take(&mut file, "first", &first, &[], &[]);
    let number = file.held_signals().expect("reads")[0].number;
    take(&mut file, "delete", &[], &[], &[number]);
    assert_eq!(counted(&file), ["C-2 Food"]);
    assert!(file.signals(&[number]).expect("reads").len() <= 1, "its old row is not asked for by anybody");
    assert_sound(&file);
    file.undo(&stamp(200)).expect("undoes");
    assert_eq!(counted(&file), ["C-1 Staffing", "C-2 Food"]);
    file.redo(&stamp(300)).expect("redoes");
    take(&mut file, "again", &first, &[], &[]);
    assert_eq!(counted(&file), ["C-2 Food", "C-1 Staffing"], "it is there again");
    assert_sound(&file);
}

#[test]
fn signals_of_two_providers_with_one_reference_are_two() {
    let (_place, mut file) = Place::with_plan();
    let mut other = complaint("C-1", "2013-05-09", &["Food"]);
    other.provider = None;
    take(&mut file, "first", &[complaint("C-1", "2013-05-03", &["Staffing"]), other], &[], &[]);
    assert_eq!(counted(&file), ["C-1 Staffing", "C-1 Food"]);
}

#[test]
fn stopped_it_leaves_the_file_as_it_was_to_the_byte() {
    let (place, mut file) = Place::with_plan();
    let before = std::fs::read(place.plan()).expect("reads");
    let signals: Vec<Held> =
        (0..5_000).map(|number| complaint(&format!("C-{number}"), "2013-05-03", &["Staffing"])).collect();
    let incoming = Incoming { batch: id("first"), signals: &signals, measures: &[], gone: &[] };
    let edit = batch_edit(&file.read().expect("reads"), id("first"));
    let mut said = Vec::new();
    let stopped = file.take_signals(&incoming, &edit, &stamp(100), &mut |done, of| {
        said.push((done, of));
        done < 3_000
    });
    assert!(matches!(stopped, Err(StoreError::Stopped)), "it stops");
    assert_eq!(said, [(1_000, 5_000), (2_000, 5_000), (3_000, 5_000)], "and says how far it is");
    assert!(std::fs::read(place.plan()).expect("reads") == before, "to the byte");
    assert!(counted(&file).is_empty(), "nothing is counted");
    take(&mut file, "first", &signals, &[], &[]);
    assert_eq!(counted(&file).len(), 5_000, "and it can be begun again");
}

#[test]
fn an_edit_that_does_not_fit_takes_no_signals_with_it() {
    let (_place, mut file) = Place::with_plan();
    let edit = batch_edit(&file.read().expect("reads"), id("first"));
    take(&mut file, "first", &[complaint("C-1", "2013-05-03", &[])], &[], &[]);
    let signals = [complaint("C-9", "2013-05-03", &[])];
    let incoming = Incoming { batch: id("second"), signals: &signals, measures: &[], gone: &[] };
    let refused = file.take_signals(&incoming, &edit, &stamp(100), &mut |_, _| true);
    assert!(matches!(refused, Err(StoreError::Changed(_))), "made for a plan that has moved on");
    assert_eq!(counted(&file), ["C-1 "], "nothing came in");
}

#[test]
fn a_changed_byte_in_a_signal_is_found() {
    let (place, mut file) = Place::with_plan();
    take(&mut file, "first", &[complaint("C-1", "2013-05-03", &["Staffing"])], &[], &[]);
    file.close();
    let mut bytes = std::fs::read(place.plan()).expect("reads");
    let word = b"Rota changed";
    let at = bytes.windows(word.len()).position(|window| window == word).expect("it stands there");
    bytes[at] = b'S';
    std::fs::write(place.plan(), bytes).expect("writes");
    let soundness = place.open().expect("opens").check().expect("checks");
    assert!(!soundness.sound, "it is found");
    let words: Vec<_> = soundness.findings.iter().map(|finding| finding.what.as_str()).collect();
    assert!(words.iter().any(|what| what.contains("is not as it was written")), "{words:?}");
}

/// What a person can do to signals.
#[derive(Debug, Clone)]
enum Act {
    /// An import: references, each with a subject.
    Take(Vec<(u8, u8)>),
    /// Those of the signals that count, by their places.
    Delete(Vec<usize>),
    Undo,
    Redo,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let take = proptest::collection::vec((0..6_u8, 0..4_u8), 0..5).prop_map(Act::Take);
    let delete = proptest::collection::vec(0..6_usize, 1..3).prop_map(Act::Delete);
    proptest::collection::vec(prop_oneof![3 => take, 1 => delete, 3 => Just(Act::Undo), 2 => Just(Act::Redo)], 1..14)
}

/// Signals by reference, as a person would keep them in their head.
type Kept = BTreeMap<String, u8>;

fn after(before: &Kept, act: &Act) -> Kept {
    let mut after = before.clone();
    match act {
        Act::Take(rows) => after.extend(rows.iter().map(|(reference, subject)| (format!("C-{reference}"), *subject))),
        Act::Delete(places) => {
            let gone: Vec<String> = places.iter().filter_map(|place| before.keys().nth(*place).cloned()).collect();
            after.retain(|reference, _| !gone.contains(reference));
        }
        Act::Undo | Act::Redo => {}
    }
    after
}

fn in_file(file: &PlanFile) -> Kept {
    let signals = file.held_signals().expect("reads");
    let facts = file.facts().expect("reads");
    assert_eq!(facts.signals.len(), signals.len());
    let of = |held: &Held| (held.signal.key.clone(), held.signal.subjects[0].parse().expect("a number"));
    let by_key: Kept = signals.iter().map(of).collect();
    assert_eq!(by_key.len(), signals.len(), "no signal counts twice");
    by_key
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_done_and_undone_each_signal_counts_once_as_it_was_last(acts in acts()) {
        let (_place, mut file) = Place::with_plan();
        let (mut now, mut undo, mut redo): (Kept, Vec<Kept>, Vec<Kept>) = Default::default();
        for (step, act) in acts.iter().enumerate() {
            let seconds = i64::try_from(step).expect("small") * 100 + 100;
            match act {
                Act::Undo => {
                    // what stands before the signals (the plan's own rows) is left alone
                    if let Some(before) = undo.pop() {
                        file.undo(&stamp(seconds)).expect("undoes").expect("something");
                        redo.push(std::mem::replace(&mut now, before));
                    }
                }
                Act::Redo => {
                    let done = file.redo(&stamp(seconds)).expect("redoes");
                    prop_assert_eq!(done.is_some(), !redo.is_empty());
                    if let Some(later) = redo.pop() {
                        undo.push(std::mem::replace(&mut now, later));
                    }
                }
                Act::Take(rows) => {
                    let rows: BTreeMap<u8, u8> = rows.iter().copied().collect();
                    let signal = |(reference, subject): (&u8, &u8)| {
                        complaint(&format!("C-{reference}"), "2013-05-03", &[&subject.to_string()])
                    };
                    let signals: Vec<Held> = rows.iter().map(signal).collect();
                    take(&mut file, &step.to_string(), &signals, &[], &[]);
                    let act = Act::Take(rows.into_iter().collect());
                    let later = after(&now, &act);
                    undo.push(std::mem::replace(&mut now, later));
                    redo.clear();
                }
                Act::Delete(places) => {
                    let held = file.held_signals().expect("reads");
                    let gone: Vec<String> = places.iter().filter_map(|place| now.keys().nth(*place).cloned()).collect();
                    let numbers = held.iter().filter(|one| gone.contains(&one.signal.key)).map(|one| one.number);
                    take(&mut file, &step.to_string(), &[], &[], &numbers.collect::<Vec<_>>());
                    let later = after(&now, act);
                    undo.push(std::mem::replace(&mut now, later));
                    redo.clear();
                }
            }
            prop_assert_eq!(in_file(&file), now.clone(), "after {} of {:?}", step, acts);
        }
        assert_sound(&file);
    }
}
