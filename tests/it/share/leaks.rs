//! What stays behind is nowhere in the copy, and what goes is as it was.

use super::{Desk, asked, everything, read_only, texts, who};
use recap::model::identifiable::Identifier;
use recap::model::{Action, EditBuilder, Entity, Id, Plan, Position, Provider};
use recap::share::{FoundIn, FoundKind, Part, Scope, SignalsAs};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

const PIECE: usize = 24;

/// All that a copy must not hold, however it is made: by the name of what it is.
fn never(desk: &Desk) -> Vec<(&'static str, String)> {
    let plan = desk.plan();
    let mut all: Vec<(&'static str, String)> = Vec::new();
    let mut add = |what, list: Vec<String>| all.extend(list.into_iter().map(|text| (what, text)));
    add("where evidence is held", texts(&plan, Entity::Evidence, "held"));
    add("a document's name", texts(&plan, Entity::Remark, "source"));
    add("a provider's codes", texts(&plan, Entity::Provider, "aliases"));
    add("a board's answer", texts(&plan, Entity::Provider, "board_response"));
    add("a provider's action plan", texts(&plan, Entity::Provider, "action_plan"));
    add("a judgement", texts(&plan, Entity::NotedFinding, "judgement"));
    add("a reason for watching", texts(&plan, Entity::WatchLevel, "reason"));
    add("with whom it was shared", texts(&plan, Entity::WatchLevel, "shared"));
    add("a re-basing", texts(&plan, Entity::Rebase, "reason"));
    add("a file of signals", texts(&plan, Entity::Batch, "name"));
    add("an open choice", texts(&plan, Entity::Choice, "text"));
    add("a user", vec!["J. Verysecretname".into()]);
    add("the plan's file", vec!["Something about a patient".into()]);
    let signals = desk.file.held_signals().expect("reads");
    add("a kept text", signals.iter().map(|held| held.signal.text.clone()).collect());
    // each has its own, and some hundreds of them say as much as all
    add("a reference", signals.iter().step_by(15).map(|held| held.signal.reference.clone()).collect());
    all.retain(|(_, text)| text.len() >= 6);
    all
}

/// The pieces of some bytes.
fn pieces(bytes: &[u8]) -> HashSet<[u8; PIECE]> {
    bytes.windows(PIECE).filter_map(|piece| piece.try_into().ok()).collect()
}

/// Bytes, and what stands in them.
struct Bytes {
    bytes: Vec<u8>,
    pieces: HashSet<[u8; PIECE]>,
}

impl Bytes {
    fn of(bytes: Vec<u8>) -> Self {
        Self { pieces: pieces(&bytes), bytes }
    }

    fn in_file(path: &Path) -> Self {
        Self::of(std::fs::read(path).expect("there"))
    }

    /// Whether a text or any long enough part of it stands there.
    fn has(&self, text: &str) -> bool {
        let text = text.as_bytes();
        if text.len() < PIECE {
            return self.bytes.windows(text.len()).any(|window| window == text);
        }
        text.windows(PIECE).any(|piece| self.pieces.contains(piece))
    }
}

/// What the copy's rows say, to pass over what is said on both sides.
fn said(plan: &Plan) -> Bytes {
    let mut said = String::new();
    for entity in Entity::ALL {
        for field in entity.fields() {
            for text in texts(plan, *entity, field) {
                said.push_str(&text);
                said.push('\n');
            }
        }
    }
    Bytes::of(said.into_bytes())
}

fn with_history(desk: &mut Desk) -> &'static str {
    const STORY: &str = "The patient's daughter rang twice about the third bed and nobody came until the evening.";
    let plan = desk.plan();
    let action = plan.actions.values().next().expect("one").clone();
    for text in [STORY, action.text.as_str()] {
        let now = desk.plan();
        let mut edit = EditBuilder::new(&now, "Change an action");
        edit.update::<Action>(action.id, |row| row.text = text.to_owned());
        desk.file.commit(&edit.finish(), &who(600)).expect("commits");
    }
    STORY
}

#[test]
fn what_stays_behind_is_nowhere_in_the_copies_bytes() {
    let mut desk = Desk::sample();
    let story = with_history(&mut desk);
    let mut never = never(&desk);
    never.push(("an old value", story.to_owned()));
    let kinds: BTreeSet<&str> = never.iter().map(|(what, _)| *what).collect();
    assert!(kinds.len() >= 14, "the sample has something of each: {kinds:?}");
    for (name, scope) in [("Usual copy.db", Scope::default()), ("Full copy.db", everything())] {
        let shared = desk.share(scope, name);
        let copy = read_only(&shared.path);
        let said = said(&copy.read().expect("reads"));
        drop(copy);
        for path in [&shared.path, shared.reading_copy.as_ref().expect("there")] {
            let bytes = Bytes::in_file(path);
            for (what, text) in never.iter().filter(|(_, text)| !said.has(text)) {
                assert!(!bytes.has(text), "{what} stands in {}: {text}", path.display());
            }
        }
    }
}

#[test]
fn the_usual_copy_holds_no_signals_evidence_remarks_or_summary() {
    let mut desk = Desk::sample();
    let shared = desk.share(Scope::default(), "copy.db");
    let copy = read_only(&shared.path);
    let plan = copy.read().expect("reads");
    assert!(!copy.has_signals().expect("reads"), "no signals");
    let bytes = Bytes::in_file(&shared.path);
    let source = desk.plan();
    let said = said(&plan);
    for (entity, field) in [(Entity::Evidence, "text"), (Entity::Remark, "text"), (Entity::PaperField, "text")] {
        let all = texts(&source, entity, field);
        let own: Vec<&String> = all.iter().filter(|text| text.len() > 5 && !said.has(text)).collect();
        assert!(!own.is_empty(), "the sample has some of {entity}");
        for text in own {
            assert!(!bytes.has(text), "{entity}: {text}");
        }
    }
}

#[test]
fn rows_that_go_keep_their_ids_and_their_words() {
    let mut desk = Desk::sample();
    let source = desk.plan();
    let shared = desk.share(Scope::default(), "copy.db");
    let copy = read_only(&shared.path).read().expect("reads");
    assert_eq!(copy.id(), source.id(), "the plan's id is its origin");
    assert_eq!(copy.recommendations, source.recommendations, "all of them");
    assert_eq!(copy.positions, source.positions);
    assert_eq!(copy.actions, source.actions);
    assert_eq!(copy.links, source.links);
    assert_eq!(copy.timescales, source.timescales);
    assert_eq!(copy.updates, source.updates);
    let bare = |row: &Provider| Provider {
        aliases: String::new(),
        board_response: String::new(),
        action_plan: String::new(),
        ..row.clone()
    };
    let names: Vec<Provider> = source.providers.values().map(bare).collect();
    assert_eq!(copy.providers.values().cloned().collect::<Vec<_>>(), names, "name and kind alone");
}

#[test]
fn signals_go_with_fresh_keys_and_without_what_leads_back() {
    let mut desk = Desk::sample();
    let source = desk.file.held_signals().expect("reads");
    let keys = |desk: &mut Desk, name: &str| {
        let shared = desk.share(Scope::default().signals(SignalsAs::Rows), name);
        let copy = read_only(&shared.path);
        let batches: Vec<Id> = copy.read().expect("reads").batches.into_keys().collect();
        (copy.held_signals().expect("reads"), batches)
    };
    let (one, first) = keys(&mut desk, "one.db");
    let (other, second) = keys(&mut desk, "other.db");
    assert_eq!((one.len(), first.len()), (source.len(), 1), "all of them, in one batch");
    assert_ne!(first, second, "of each share's own");
    let set = |list: &[recap::model::signal::Held]| -> BTreeSet<String> {
        list.iter().map(|held| held.signal.key.clone()).collect()
    };
    assert_eq!(set(&one).len(), one.len(), "a key each");
    assert!(set(&one).is_disjoint(&set(&other)) && set(&one).is_disjoint(&set(&source)), "fresh in each share");
    for (goes, was) in one.iter().zip(&source) {
        assert!(goes.signal.reference.is_empty() && goes.signal.text.is_empty() && goes.signal.row == 0);
        assert_eq!((goes.provider, goes.signal.received), (was.provider, was.signal.received), "what it counts by");
        assert_eq!(goes.signal.subjects, was.signal.subjects, "what it is about");
    }
}

#[test]
fn counts_are_those_of_the_published_report() {
    let mut desk = Desk::sample();
    let scope = Scope::default().signals(SignalsAs::Counts).without(Part::Providers);
    let shared = desk.share(scope, "copy.db");
    let copy = read_only(&shared.path);
    let counts = copy.shared_counts().expect("reads");
    assert!(!copy.has_signals().expect("reads"), "counts alone");
    assert!(counts.len() > 100, "a cell for each provider, theme and source");
    for one in &counts {
        let small = one.count.parse::<u64>().is_ok_and(|count| (1..=7).contains(&count) || count % 5 != 0);
        assert!(!small, "{one:?}");
        assert!(!one.theme.to_lowercase().contains("all "), "no total: {one:?}");
    }
    let is = |words: &str| counts.iter().any(|one| one.count == words);
    assert!(is("*") && is("0") && is("not asked"), "hidden, zero and not asked are three things");
    let names: BTreeSet<String> = copy.read().expect("reads").providers.values().map(|row| row.name.clone()).collect();
    assert!(counts.iter().all(|one| names.contains(&one.provider)), "the providers' names go with them");
}

#[test]
fn what_may_say_who_somebody_is_is_found_with_its_place_and_a_reference_too() {
    let mut desk = Desk::sample();
    let plan = desk.plan();
    let held = desk.file.held_signals().expect("reads");
    let reference = held.iter().map(|held| &held.signal.reference).find(|text| text.len() > 5).expect("one").clone();
    let position = plan.positions.values().next().expect("one").clone();
    let mut edit = EditBuilder::new(&plan, "Position");
    edit.update::<Position>(position.id, |row| {
        row.text = format!("As complaint {reference} shows; the patient, NHS number 943 476 5919, was told.");
    });
    desk.file.commit(&edit.finish(), &who(700)).expect("commits");
    let found = desk.preview(Scope::default()).findings;
    let place = FoundIn::Row(Entity::Position, position.id);
    let of = |kind| found.iter().find(|one| one.found.kind == kind && one.found.place == place);
    let number = of(FoundKind::Identifier(Identifier::NhsNumber)).expect("the number is found");
    assert_eq!((number.found.words(), number.found.field), ("943 476 5919", "text"));
    assert_eq!(number.leads_to, Some((Entity::Recommendation, position.recommendation)), "it leads there");
    assert!(number.place.contains("recommendation") && number.place.contains("position"), "{}", number.place);
    let named = of(FoundKind::Reference).expect("the reference is found");
    assert_eq!(named.found.words(), reference);
    // a person has seen it and shares all the same: what stands in a text that goes is no leak
    desk.share(Scope::default(), "copy.db");
    let without = desk.preview(Scope::default().without(Part::Positions)).findings;
    assert!(without.iter().all(|one| one.found.place != place), "what does not go is not looked at");
}

#[test]
fn a_reference_elsewhere_than_in_a_text_that_goes_is_not_in_the_copy() {
    let mut desk = Desk::sample();
    let references: Vec<String> =
        desk.file.held_signals().expect("reads").into_iter().map(|held| held.signal.reference).collect();
    let shared = desk.try_share(&asked(everything()), "copy.db").expect("shares");
    let bytes = Bytes::in_file(&shared.path);
    let long: Vec<&String> = references.iter().filter(|text| text.len() > 5).collect();
    assert!(long.len() > 100, "the sample has references");
    assert!(long.iter().step_by(15).all(|text| !bytes.has(text)), "none of them");
}
