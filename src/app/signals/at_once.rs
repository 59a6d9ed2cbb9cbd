//! A source read and written at the same time: one thread reads, this one writes what was read so far, all of it
//! in one transaction. Where something is left to say when the source has been read, nothing was written.

use super::{changes_more_than_batch, import_edit_as, outcome_words};
use crate::import::signals::{Chunk, Decision, Options, Proposal, Rows, SignalsError, Sorter, propose_giving};
use crate::model::signal::Signal;
use crate::model::{Edit, Id, Plan};
use crate::store::{Batching, Compared, Entry, PlanFile, Stamp, Standing, StoreError};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// A source, and what was said of it beforehand.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file's name.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// How it is to be read.
    pub options: &'a Options,
    /// Whose the rows of names are.
    pub said: &'a [(String, Decision)],
}

/// What came in.
#[derive(Debug)]
pub struct CameIn {
    /// What was read; its signals are in the file and not here.
    pub proposal: Proposal,
    /// The measures, and what was covered; the signals are not here, but counted.
    pub rows: Rows,
    /// What was new, changed or known.
    pub compared: Compared,
    /// The rows of the source that changed something: of signals, then of measures.
    pub updated: Vec<usize>,
    /// What was written; `None` where the plan held all of it, and is as it was.
    pub entry: Option<Entry>,
}

/// Why nothing came in. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The source cannot be read.
    #[error(transparent)]
    Source(#[from] SignalsError),
    /// The plan cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is left to say whose rows are whose, or something was said of a name that is not there.
    #[error("it is not certain whose the rows are")]
    Unsaid(Box<Proposal>),
}

/// Reads a source and takes it in, as [`crate::import::signals::propose`] and [`PlanFile::take_signals`] do
/// together. `before` is done when it is certain that there is something to write: an error of it stops that.
///
/// # Errors
/// When the source or the plan cannot be read, the plan cannot be written, or something is left to say. Nothing
/// was changed then.
pub fn take_at_once(
    file: &mut PlanFile,
    plan: &Plan,
    source: Source<'_>,
    today: NaiveDate,
    stamp: &Stamp<'_>,
    before: impl FnOnce() -> Result<(), StoreError>,
) -> Result<CameIn, NotTaken> {
    let batch = Id::random();
    let mut ended = Err(NotTaken::Source(SignalsError::Stopped));
    let entry = thread::scope(|scope| {
        let (give, given) = channel();
        let (let_go, done_with) = channel();
        scope.spawn(move || read(plan, source, &give, &done_with));
        file.take_signals_by(batch, stamp, |batching| {
            let mut taken = Taken { sorter: Sorter::new(plan, source.said), stood: Vec::new(), chunks: Vec::new() };
            let came = taken.all(source, &given, batching);
            let came = came.map(|(proposal, rows, compared)| taken.came(proposal, rows, compared));
            let _ = let_go.send(taken.chunks);
            let edit = came.as_ref().ok().and_then(|came| edit_of(plan, batch, came, today));
            match came {
                Err(NotTaken::Store(error)) => return Err(error),
                other => ended = other,
            }
            if edit.is_some() {
                before()?;
            }
            Ok(edit)
        })
    })?;
    ended.map(|came| CameIn { entry, ..came })
}

/// What the reading thread tells.
enum Told {
    Chunk(Chunk),
    End(Result<(Box<Proposal>, BTreeMap<usize, Signal>), SignalsError>),
}

/// Reads, then frees the signals, which takes time too, while the other thread writes to the disk.
fn read(plan: &Plan, source: Source<'_>, give: &Sender<Told>, done_with: &Receiver<Vec<Arc<Vec<Signal>>>>) {
    let mut chunk = |chunk| give.send(Told::Chunk(chunk)).is_ok();
    let read = propose_giving(plan, source.name, source.bytes, source.options, &mut chunk);
    let mut kept = Vec::new();
    let end = read.map(|(proposal, late)| {
        kept = late.chunks;
        (Box::new(proposal), late.changed)
    });
    // where nobody listens any more, the writing has failed, and that is told
    let _ = give.send(Told::End(end));
    let _ = done_with.recv();
    drop(kept);
}

/// What was written so far.
struct Taken<'p> {
    sorter: Sorter<'p>,
    /// Each signal of the chunks: whose it is, and what it was beside what the file holds; `None` for one that
    /// was left out.
    stood: Vec<Option<(Id, Standing)>>,
    chunks: Vec<Arc<Vec<Signal>>>,
}

impl Taken<'_> {
    /// Writes all that is given, and what the end of the source says of it.
    fn all(
        &mut self,
        source: Source<'_>,
        given: &Receiver<Told>,
        batching: &mut Batching<'_>,
    ) -> Result<(Proposal, Rows, Compared), NotTaken> {
        let (mut proposal, changed) = loop {
            match given.recv() {
                Ok(Told::Chunk(chunk)) => self.chunk(chunk, batching)?,
                Ok(Told::End(end)) => break end?,
                Err(_) => return Err(NotTaken::Source(SignalsError::Stopped)),
            }
        };
        for (given, decision) in source.said {
            proposal.decide(given, decision);
        }
        let is_there = |given: &str| proposal.whose.iter().any(|one| one.given == given);
        let all_said = source.said.iter().all(|(given, _)| is_there(given));
        if self.sorter.is_open() || !all_said || !proposal.open().is_empty() {
            return Err(NotTaken::Unsaid(proposal));
        }
        for (at, signal) in changed {
            if let Some(Some((provider, standing))) = self.stood.get_mut(at) {
                *standing = batching.signal_again(*standing, &signal, Some(*provider))?;
            }
        }
        let rows = self.sorter.rows(&proposal);
        let measures = rows.measures.iter().map(|fact| batching.measure(fact)).collect::<Result<_, _>>()?;
        let signals = self.stood.iter().flatten().map(|(_, standing)| *standing).collect();
        Ok((*proposal, rows, Compared { signals, measures }))
    }

    fn chunk(&mut self, chunk: Chunk, batching: &mut Batching<'_>) -> Result<(), StoreError> {
        self.sorter.learn(&chunk.named, &self.chunks);
        for signal in &*chunk.signals {
            // nothing of it will be committed: the source is only read to its end, to say all that is open
            if self.sorter.is_open() {
                break;
            }
            let stood = match self.sorter.sort(signal) {
                Some(provider) => Some((provider, batching.signal(signal, Some(provider))?)),
                None => None,
            };
            self.stood.push(stood);
        }
        self.chunks.push(chunk.signals);
        Ok(())
    }

    fn came(&self, proposal: Proposal, rows: Rows, compared: Compared) -> CameIn {
        let signals = self.chunks.iter().flat_map(|chunk| chunk.iter());
        let signals = signals.zip(&self.stood).filter_map(|(signal, stood)| Some((signal.row, stood.as_ref()?.1)));
        let measures = rows.measures.iter().map(|fact| fact.measure.row).zip(compared.measures.iter().copied());
        let updated = signals.chain(measures).filter(|(_, standing)| *standing == Standing::Updated);
        let updated = updated.map(|(row, _)| row).collect();
        CameIn { proposal, rows, compared, updated, entry: None }
    }
}

/// The edit that makes it count; `None` where the plan holds all of it.
fn edit_of(plan: &Plan, batch: Id, came: &CameIn, today: NaiveDate) -> Option<Edit> {
    let edit = import_edit_as(batch, plan, &came.proposal, &came.rows, &outcome_words(&came.compared), today);
    (!came.compared.is_known() || changes_more_than_batch(&edit)).then_some(edit)
}
