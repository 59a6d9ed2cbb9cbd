//! Signals handed on in chunks while those below them are still read.
//!
//! A row further down may name another subject of a signal that was handed on already: the signal is then told
//! again, whole, when the source has been read.

use super::proposal::{Decision, Months, Names, Proposal, known_as, new_id, proposal_of};
use super::{Options, SeenProvider, SignalsError, intake, source};
use crate::model::signal::{Signal, Source};
use crate::model::{Id, Plan};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// How many signals are handed on together.
pub(super) const CHUNK: usize = 1_024;

/// Signals that were read, in the order of the source.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The signals.
    pub signals: Arc<Vec<Signal>>,
    /// The names of providers that were not seen before.
    pub named: Vec<SeenProvider>,
}

/// What is known of the signals that were handed on when all of them were.
#[derive(Debug, Clone, Default)]
pub struct Late {
    /// The signals, as they were handed on.
    pub chunks: Vec<Arc<Vec<Signal>>>,
    /// Those that have gained subjects since, by their places from 0, as they are now.
    pub changed: BTreeMap<usize, Signal>,
}

/// Reads a source as [`super::propose`] does, and hands its signals on while it reads: they are not in the
/// proposal then. An answer of `false` stops it.
///
/// # Errors
/// As [`super::propose`], and [`SignalsError::Stopped`].
pub fn propose_giving(
    plan: &Plan,
    name: &str,
    bytes: &[u8],
    options: &Options,
    give: &mut dyn FnMut(Chunk) -> bool,
) -> Result<(Proposal, Late), SignalsError> {
    let mut go_on = |_: usize, _: f32| true;
    let mut intake = intake::Intake::new(name, options, &mut go_on).giving(give);
    let form = source::read(name, bytes, &mut intake)?;
    let (reading, late) = intake.finish(form)?;
    let mut names = Names::default();
    for chunk in &late.chunks {
        names.count(chunk.iter().map(|signal| signal.provider_given.as_str()));
    }
    Ok((proposal_of(plan, name, reading, options, names), late))
}

/// What went by, to be counted with what a proposal still has.
#[derive(Debug, Default)]
pub(super) struct Came {
    pub(super) months: Months,
    pub(super) count: usize,
    pub(super) twice: usize,
    pub(super) left_out: usize,
}

/// Says of signals, in the order of their source, whose they are, as [`Proposal::incoming`] does of all.
#[derive(Debug)]
pub struct Sorter<'p> {
    plan: &'p Plan,
    said: &'p [(String, Decision)],
    /// Whose each name is; `None` where its rows are left out.
    whose: HashMap<String, Option<Id>>,
    /// How many names each provider has.
    names: HashMap<Id, usize>,
    /// The keys of providers with several names: only theirs can stand twice.
    keys: HashSet<(Source, Id, String)>,
    came: Came,
    open: bool,
}

impl<'p> Sorter<'p> {
    /// With what a person said beforehand of names.
    #[must_use]
    pub fn new(plan: &'p Plan, said: &'p [(String, Decision)]) -> Self {
        let (whose, names, keys) = (HashMap::new(), HashMap::new(), HashSet::new());
        let mut sorter = Self { plan, said, whose, names, keys, came: Came::default(), open: false };
        // rows without a name are somebody's only where a person said so
        if let Some((_, decision)) = said.iter().rev().find(|(given, _)| given.is_empty()) {
            sorter.decide("", decision, &[]);
        }
        sorter
    }

    /// Whether a person has to say whose rows of one of the names are, so that nothing can be taken.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Learns names. `before` is what was sorted already.
    pub fn learn(&mut self, named: &[SeenProvider], before: &[Arc<Vec<Signal>>]) {
        for seen in named {
            let said = self.said.iter().rev().find(|(given, _)| *given == seen.given);
            let decision = said.map_or_else(|| known_as(self.plan, seen), |(_, decision)| decision.clone());
            self.decide(&seen.given, &decision, before);
        }
    }

    fn decide(&mut self, given: &str, decision: &Decision, before: &[Arc<Vec<Signal>>]) {
        let id = match decision {
            Decision::Known(id) => Some(*id),
            Decision::New => Some(new_id(self.plan.id(), given)),
            Decision::LeftOut => None,
            Decision::Open(_) => {
                self.open = true;
                return;
            }
        };
        if let Some(id) = id {
            let names = self.names.entry(id).or_default();
            *names += 1;
            if *names == 2 {
                let of_it = |signal: &&Signal| self.whose.get(&signal.provider_given) == Some(&Some(id));
                let keys = before.iter().flat_map(|chunk| chunk.iter()).filter(of_it);
                self.keys.extend(keys.map(|signal| (signal.source, id, signal.key.clone())));
            }
        }
        self.whose.insert(given.to_owned(), id);
    }

    /// Whose a signal is; `None` where it is left out, or its provider has one of its key already.
    pub fn sort(&mut self, signal: &Signal) -> Option<Id> {
        let Some(whose) = self.whose.get(&signal.provider_given) else {
            self.open = true;
            return None;
        };
        let Some(id) = *whose else {
            self.came.left_out += 1;
            return None;
        };
        let several = self.names.get(&id).is_some_and(|names| *names > 1);
        if several && !self.keys.insert((signal.source, id, signal.key.clone())) {
            self.came.twice += 1;
            return None;
        }
        self.came.months.take(signal, id);
        self.came.count += 1;
        Some(id)
    }

    /// What goes into the plan with what was sorted: the measures of the source, and what all of it covers.
    #[must_use]
    pub fn rows(&mut self, proposal: &Proposal) -> super::Rows {
        proposal.incoming_after(std::mem::take(&mut self.came))
    }
}
