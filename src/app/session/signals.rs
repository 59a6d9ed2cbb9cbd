//! Signals: read from files, taken into the plan, put in by hand, asked for.

use super::Session;
use crate::app::job::{Ended, JobKind, Outcome, Progress};
use crate::app::open_plan::Step;
use crate::app::signals::{SignalsWaiting, Taking, Writing, changes_more_than_batch, import_edit, outcome_words};
use crate::app::worker::Request;
use crate::app::{Notice, Trouble, WholePlan};
use crate::import::signals::{Decision, Options, Proposal, Rows, guess_source, propose, source_by_name};
use crate::model::intelligence::{Intelligence, Rules};
use crate::model::intent::intelligence::{Covers, Taken, take_batch};
use crate::model::signal::{Facts, Held, Source};
use crate::model::{Batch, Id, Provider, Receipt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Session {
    /// Reads a source of signals; [`Session::signals`] is the answer. With options that say more than the
    /// kind of source it is read as they say.
    pub fn read_signals(&mut self, path: &Path, options: Options) {
        self.propose_signals(options, Kind::Said, from_disk(path));
    }

    /// Reads a source whose kind nobody has said: what an earlier file with these headings was, else what its
    /// name and headings say. The person sees it and can change it.
    pub fn read_signals_guessing(&mut self, path: &Path) {
        let Some(open) = &self.open else { return };
        self.signals = None;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let source = source_by_name(&name).unwrap_or(Source::Complaint);
        let options = Options::of(&open.plan, source);
        self.propose_signals(options, Kind::Guessed, from_disk(path));
    }

    /// Reads the source that waits in another way. What was said of providers' names so far stays said.
    pub fn read_signals_again(&mut self, options: Options) {
        let Some(waiting) = &self.signals else { return };
        let (path, bytes) = (waiting.path.clone(), Arc::clone(&waiting.bytes));
        self.propose_signals(options, Kind::Said, move |_| Ok((path, bytes)));
    }

    fn propose_signals(
        &mut self,
        mut options: Options,
        kind: Kind,
        source: impl FnOnce(&Progress) -> Result<(PathBuf, Arc<Vec<u8>>), Ended> + Send + 'static,
    ) {
        let Some(open) = &self.open else { return };
        let plan = Arc::clone(&open.plan);
        let said: Vec<(String, Decision)> = self.signals.iter().flat_map(|waiting| said(&waiting.proposal)).collect();
        self.jobs.start(JobKind::Signals, move |progress| {
            let (path, bytes) = source(progress)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let mut go_on = |_: usize, share: f32| progress.at(0.05 + share * 0.85).is_ok();
            let mut read = |options: &Options| {
                propose(&plan, &name, &bytes, options, &mut go_on)
                    .map_err(|error| Trouble::new(error.to_string(), "The plan is as it was.").about(&path))
            };
            let mut proposal = read(&options)?;
            if kind == Kind::Guessed
                && let Some(guess) = guess_source(&plan, &proposal).filter(|guess| *guess != options.source)
            {
                options.source = guess;
                proposal = read(&options)?;
            }
            progress.at(0.92)?;
            for (given, decision) in said {
                proposal.decide(&given, &decision);
            }
            let rows = Arc::new(proposal.incoming());
            let unmapped = proposal.unmapped(&plan);
            let proposal = Box::new(proposal);
            Ok(Outcome::Signals(Box::new(SignalsWaiting { path, bytes, proposal, rows, unmapped, compared: None })))
        });
    }

    /// Leaves the source that waits, or is still read: nothing of it comes in.
    pub fn leave_signals(&mut self) {
        self.jobs.cancel(JobKind::Signals);
        self.signals = None;
    }

    /// Says whose the rows of a name are.
    pub fn decide_provider(&mut self, given: &str, decision: &Decision) {
        if let Some(waiting) = &mut self.signals {
            waiting.proposal.decide(given, decision);
            waiting.rows = Arc::new(waiting.proposal.incoming());
            waiting.compared = None;
            self.worker.send(Request::Compare(Arc::clone(&waiting.rows)));
        }
    }

    /// Takes in a source that was read, and asks the file what of it is new.
    pub(super) fn signals_read(&mut self, waiting: SignalsWaiting) {
        self.worker.send(Request::Compare(Arc::clone(&waiting.rows)));
        self.signals = Some(waiting);
    }

    /// Takes in what the file said of the rows that it was asked about.
    pub(super) fn signals_compared(&mut self, rows: &Arc<Rows>, compared: crate::store::Compared) {
        if let Some(waiting) = &mut self.signals
            && Arc::ptr_eq(&waiting.rows, rows)
        {
            waiting.compared = Some(compared);
        }
    }

    /// Writes the source that waits, as one change.
    pub fn accept_signals(&mut self) {
        let today = self.today();
        let Some(open) = &self.open else { return };
        let Some(waiting) = self.signals.take_if(|waiting| waiting.is_ready()) else { return };
        let Some(compared) = &waiting.compared else { return };
        let edit = import_edit(&open.plan, &waiting.proposal, &waiting.rows, &outcome_words(compared), today);
        let known = compared.is_known();
        // what the file holds already still says that it came: only without that is there nothing to write
        if known && !changes_more_than_batch(&edit.1) {
            self.notices.push(Notice::note("The file changed nothing", "The plan already holds all of its rows."));
            return;
        }
        self.take_signals(Taking {
            batch: edit.0,
            rows: waiting.rows,
            gone: Vec::new(),
            edit: edit.1,
            by_hand: false,
            writing: Arc::new(Writing::default()),
        });
    }

    /// Puts a signal in by hand, or changes one: the newest of its key counts. The month it counts in is
    /// received from then on, unless it is said otherwise.
    pub fn put_signal(&mut self, held: Held) {
        self.put_signal_of(held, None, Vec::new());
    }

    /// The same of a provider that the plan gains with it, or in the place of signals that are then no more: a
    /// signal that turns out to be another provider's is another signal. All of it is one change.
    pub fn put_signal_of(&mut self, mut held: Held, gained: Option<Provider>, gone: Vec<i64>) {
        let today = self.today();
        let Some(open) = &self.open else { return };
        let batch = Id::random();
        if held.signal.key.is_empty() {
            held.signal.key =
                if held.signal.reference.is_empty() { batch.to_string() } else { held.signal.reference.clone() };
        }
        let new = held.number == 0;
        let what = format!("{} a signal: {}", if new { "Add" } else { "Change" }, held.signal.source);
        let receipts = held.provider.zip(held.signal.counted_month()).filter(|(provider, month)| {
            let id = Receipt::id_of(*provider, held.signal.source, *month);
            !open.plan.receipts.contains_key(&id)
        });
        let row = Batch {
            id: batch,
            name: what.clone(),
            source: Some(held.signal.source),
            provider: held.provider,
            taken_on: Some(today),
            by_hand: true,
            from: held.signal.counted_month(),
            to: held.signal.counted_month(),
            ..Batch::default()
        };
        let receipts = receipts
            .map(|(provider, month)| Covers { provider, source: held.signal.source, from: month, to: month })
            .into_iter()
            .collect();
        let providers = gained.into_iter().collect();
        let taken = Taken { batch: row, providers, aliases: Vec::new(), receipts, label: what };
        let edit = take_batch(&open.plan, &taken);
        let rows = Arc::new(Rows { signals: vec![held], ..Rows::default() });
        self.take_signals(Taking { batch, rows, gone, edit, by_hand: true, writing: Arc::default() });
    }

    /// Deletes signals: they no longer count. Undo brings them back.
    pub fn delete_signals(&mut self, numbers: Vec<i64>) {
        let today = self.today();
        let Some(open) = self.open.as_ref().filter(|_| !numbers.is_empty()) else { return };
        let batch = Id::random();
        let label = format!("Delete {}", crate::model::text::count(numbers.len(), "signal"));
        let row = Batch { id: batch, name: label.clone(), taken_on: Some(today), by_hand: true, ..Batch::default() };
        let taken = Taken { batch: row, providers: Vec::new(), aliases: Vec::new(), receipts: Vec::new(), label };
        let edit = take_batch(&open.plan, &taken);
        let rows = Arc::new(Rows::default());
        self.take_signals(Taking { batch, rows, gone: numbers, edit, by_hand: true, writing: Arc::default() });
    }

    /// Takes in another plan's rows and signals, as one change.
    pub(super) fn take_whole_plan(&mut self, whole: WholePlan) {
        self.flush(true);
        if let Some(open) = &mut self.open {
            open.line_up(Step::WholePlan(whole));
        }
        self.send_next();
    }

    pub(super) fn take_signals(&mut self, taking: Taking) {
        self.flush(true);
        if let Some(open) = &mut self.open {
            open.line_up(Step::Signals(taking));
        }
        self.send_next();
    }

    /// The batch that is being written, if one is.
    #[must_use]
    pub fn writing_signals(&self) -> Option<&Writing> {
        match self.open.as_ref()?.sent.as_ref()? {
            Step::Signals(taking) => Some(&taking.writing),
            _ => None,
        }
    }

    /// A batch is in the file: what came from a file is told, as it may have taken a while.
    pub(super) fn taken(&mut self) {
        let sent = self.open.as_ref().and_then(|open| open.sent.as_ref());
        if let Some(Step::Signals(taking)) = sent.filter(|step| matches!(step, Step::Signals(one) if !one.by_hand)) {
            self.notices.push(Notice::done(taking.edit.label.clone()));
        }
    }

    /// Every signal that counts, as far as it is counted; what is asked for when it is not known yet. `None` until
    /// the file has answered. Call it while it is shown.
    pub fn facts(&mut self) -> Option<Arc<Facts>> {
        let open = self.open.as_mut()?;
        if !open.facts_asked {
            open.facts_asked = true;
            self.worker.send(Request::Facts);
        }
        open.facts.clone()
    }

    /// A batch was not written.
    pub(super) fn not_taken(&mut self, trouble: Option<Trouble>) {
        match trouble {
            Some(trouble) => self.notices.push(trouble.into()),
            None => self.notices.push(Notice::note("The import was stopped", "The plan is as it was.")),
        }
        self.worker.look();
        self.arrived();
    }

    /// The rules as they are set, as at the date that is looked from.
    #[must_use]
    pub fn rules(&self) -> Option<Rules> {
        let open = self.open.as_ref()?;
        Some(self.settings.rules.at(open.as_at))
    }

    /// What all sources say together, worked out on a thread of its own. What is not up to date is given as
    /// long as the newer is worked on; `None` before anything was. Call it while it is shown: it asks for
    /// what is missing.
    pub fn intelligence(&mut self) -> Option<Arc<Intelligence>> {
        let rules = self.rules()?;
        let facts = self.facts()?;
        let open = self.open.as_mut()?;
        let wanted = (open.revision, Arc::as_ptr(&facts).addr(), rules);
        if open.intelligence_of.as_ref() != Some(&wanted) {
            open.intelligence_of = Some(wanted);
            let plan = Arc::clone(&open.plan);
            self.jobs.start(JobKind::Intelligence, move |_| {
                Ok(Outcome::Intelligence(Arc::new(Intelligence::of(&plan, &facts, rules))))
            });
        }
        open.intelligence.clone()
    }

    /// Takes in all facts; what was worked out from the old ones stays until the new is.
    pub(super) fn facts_read(&mut self, facts: Facts) {
        if let Some(open) = &mut self.open {
            open.facts = Some(Arc::new(facts));
        }
    }

    /// Asks for signals whole; [`Session::asked_signals`] is the answer. What is asked for last counts.
    pub fn ask_signals(&mut self, numbers: Vec<i64>) {
        if self.asked_for != numbers {
            self.asked_for.clone_from(&numbers);
            self.asked_signals = None;
            self.worker.send(Request::Signals(numbers));
        }
    }

    /// Takes in signals that were asked for.
    pub(super) fn signals_found(&mut self, numbers: &[i64], found: Vec<Held>) {
        if self.asked_for == numbers {
            self.asked_signals = Some(found);
        }
    }
}

/// Whether the kind of source is as a person said, or to be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Said,
    Guessed,
}

fn from_disk(path: &Path) -> impl FnOnce(&Progress) -> Result<(PathBuf, Arc<Vec<u8>>), Ended> + Send + 'static {
    let path = path.to_path_buf();
    move |progress| {
        progress.at(0.02)?;
        let bytes = std::fs::read(&path).map_err(|error| {
            let what = format!("The file could not be read: {error}");
            Trouble::new(what, "Look whether it is still there and not locked by another program.").about(&path)
        })?;
        Ok((path, Arc::new(bytes)))
    }
}

fn said(proposal: &Proposal) -> Vec<(String, Decision)> {
    proposal.whose.iter().map(|one| (one.given.clone(), one.decision.clone())).collect()
}
