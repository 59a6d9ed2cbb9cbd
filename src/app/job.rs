//! Long work on threads of its own: progress at most ten times a second, cancelled by an ordinary
//! error, one at a time of each kind.

use super::theirs::Of;
use super::worker::Wake;
use super::{BlockWaiting, Gaps, SignalsWaiting, Theirs, Trouble, Waiting};
use crate::model::Id;
use crate::model::compare::Comparison;
use crate::model::intelligence::Intelligence;
use crate::report::Exported;
use crate::report::pdf::{Pages, Picture};
use crate::share::merge::Returned;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is worked on; at most one of each at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Reading a document and comparing it with the plan.
    Import,
    /// Reading what was on the clipboard.
    Paste,
    /// Laying a report out as PDF.
    Print,
    /// Writing a file for somebody else.
    Export,
    /// Drawing a page to look at.
    Page,
    /// Reading a source of signals.
    Signals,
    /// Working out what all sources say together.
    Intelligence,
    /// Reading a copy of the plan.
    Merge,
    /// Reading a neighbour's plan.
    Theirs,
    /// Holding it against the open one.
    Compare,
    /// Looking for what a careful reader would ask.
    Gaps,
}

impl JobKind {
    /// What a person sees beside the progress.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Import => "Reading the document",
            Self::Paste => "Reading the clipboard",
            Self::Print => "Making the PDF",
            Self::Export => "Writing the file",
            Self::Page => "Drawing the page",
            Self::Signals => "Reading the signals",
            Self::Intelligence => "Counting the signals",
            Self::Merge => "Reading the copy",
            Self::Theirs => "Reading the other plan",
            Self::Compare => "Comparing the plans",
            Self::Gaps => "Looking for gaps",
        }
    }
}

/// What a job came to.
pub enum Outcome {
    /// A document was read and held against the plan.
    Proposal(Waiting),
    /// A block of cells was laid over the grid, as far as to show it.
    Block(Box<BlockWaiting>),
    /// A PDF was made.
    Printed(Arc<Pages>),
    /// A page of it, counted from 0, was drawn.
    Page(usize, Picture),
    /// A file was written.
    Saved(PathBuf),
    /// A report or the plan was written, with what there is to say of it.
    Exported(PathBuf, Exported),
    /// A file was handed to the system's viewer.
    Opened,
    /// A source of signals was read.
    Signals(Box<SignalsWaiting>),
    /// What all sources say together was worked out.
    Intelligence(Arc<Intelligence>),
    /// A copy of the plan was read.
    Returned(Arc<Returned>),
    /// A neighbour's plan was read.
    Theirs(Box<Theirs>),
    /// Two plans were held against each other, with what of.
    Compared(Arc<Comparison>, Of),
    /// The gaps of the plan were found.
    Gaps(Arc<Gaps>),
}

/// The person cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

/// Why a job ended without an outcome.
#[derive(Debug)]
pub enum Ended {
    /// The person cancelled.
    Cancelled,
    /// It failed.
    Failed(Trouble),
}

impl From<Cancelled> for Ended {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<Trouble> for Ended {
    fn from(trouble: Trouble) -> Self {
        Self::Failed(trouble)
    }
}

/// Where a job says how far it is, and learns that it shall stop.
pub struct Progress {
    cancelled: Arc<AtomicBool>,
    done: Arc<Mutex<f32>>,
    told: Mutex<Instant>,
    wake: Wake,
}

impl Progress {
    /// Says how far the work is, 0 to 1.
    ///
    /// # Errors
    /// When the person has cancelled.
    pub fn at(&self, done: f32) -> Result<(), Cancelled> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Cancelled);
        }
        *self.done.lock().unwrap_or_else(PoisonError::into_inner) = done.clamp(0.0, 1.0);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.elapsed() >= Duration::from_millis(100) {
            *told = Instant::now();
            (self.wake)();
        }
        Ok(())
    }
}

/// A job that runs.
struct Running {
    number: Id,
    kind: JobKind,
    since: Instant,
    cancelled: Arc<AtomicBool>,
    done: Arc<Mutex<f32>>,
}

/// What is shown of a running job.
#[derive(Debug, Clone, Copy)]
pub struct JobState {
    /// Which.
    pub kind: JobKind,
    /// How far, 0 to 1.
    pub done: f32,
    /// How long it has run; under half a second nothing is shown.
    pub running: Duration,
}

/// All jobs of the session.
pub struct Jobs {
    running: Vec<Running>,
    sender: Sender<(Id, Result<Outcome, Ended>)>,
    receiver: Receiver<(Id, Result<Outcome, Ended>)>,
    wake: Wake,
}

impl Jobs {
    /// None yet.
    #[must_use]
    pub fn new(wake: Wake) -> Self {
        let (sender, receiver) = channel();
        Self { running: Vec::new(), sender, receiver, wake }
    }

    /// Starts a job. One of that kind that still runs is cancelled: the later wish counts.
    pub fn start(&mut self, kind: JobKind, work: impl FnOnce(&Progress) -> Result<Outcome, Ended> + Send + 'static) {
        self.cancel(kind);
        let number = Id::random();
        let cancelled = Arc::new(AtomicBool::new(false));
        let done = Arc::new(Mutex::new(0.0));
        let wake = Arc::clone(&self.wake);
        let progress = Progress {
            cancelled: Arc::clone(&cancelled),
            done: Arc::clone(&done),
            told: Mutex::new(Instant::now()),
            wake: Arc::clone(&wake),
        };
        let sender = self.sender.clone();
        let spawned = std::thread::Builder::new().name(kind.words().into()).spawn(move || {
            // a fault in a library must not take the window with it
            let work = std::panic::AssertUnwindSafe(|| work(&progress));
            let result = std::panic::catch_unwind(work).unwrap_or_else(|_| {
                let what = format!("{} failed because of a fault in the program", kind.words());
                Err(Ended::Failed(Trouble::new(what, "Nothing was changed. The log says where it failed.")))
            });
            if sender.send((number, result)).is_ok() {
                wake();
            }
        });
        match spawned {
            Ok(_) => self.running.push(Running { number, kind, since: Instant::now(), cancelled, done }),
            Err(error) => log::error!("no thread for a job: {error}"),
        }
    }

    /// Tells a kind of job to stop.
    pub fn cancel(&mut self, kind: JobKind) {
        self.running.retain(|job| {
            if job.kind == kind {
                job.cancelled.store(true, Ordering::Relaxed);
            }
            job.kind != kind
        });
    }

    /// What runs now.
    #[must_use]
    pub fn states(&self) -> Vec<JobState> {
        let state = |job: &Running| JobState {
            kind: job.kind,
            done: *job.done.lock().unwrap_or_else(PoisonError::into_inner),
            running: job.since.elapsed(),
        };
        self.running.iter().map(state).collect()
    }

    /// The next job that ended; one that was cancelled is passed over.
    pub fn next_ended(&mut self) -> Option<(JobKind, Result<Outcome, Ended>)> {
        loop {
            let (number, result) = self.receiver.try_recv().ok()?;
            if let Some(place) = self.running.iter().position(|job| job.number == number) {
                let job = self.running.remove(place);
                if !matches!(result, Err(Ended::Cancelled)) {
                    return Some((job.kind, result));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs() -> Jobs {
        Jobs::new(Arc::new(|| {}))
    }

    fn wait(jobs: &mut Jobs) -> Option<(JobKind, Result<Outcome, Ended>)> {
        for _ in 0..200 {
            if let Some(ended) = jobs.next_ended() {
                return Some(ended);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    #[test]
    fn a_cancelled_job_stops_at_its_next_step_and_is_not_heard_of_again() {
        let mut jobs = jobs();
        let (started, begun) = channel();
        let (finished, over) = channel();
        jobs.start(JobKind::Print, move |progress| {
            started.send(()).expect("the test waits");
            let result = loop {
                if let Err(cancelled) = progress.at(0.5) {
                    break cancelled;
                }
            };
            finished.send(()).expect("the test waits");
            Err(result.into())
        });
        begun.recv().expect("it runs");
        jobs.cancel(JobKind::Print);
        over.recv_timeout(Duration::from_secs(5)).expect("it stopped");
        assert!(jobs.states().is_empty() && jobs.next_ended().is_none(), "no trace");
    }

    #[test]
    fn a_fault_in_a_job_is_a_message_not_an_end() {
        let mut jobs = jobs();
        jobs.start(JobKind::Import, |_| panic!("a fault in a library"));
        match wait(&mut jobs) {
            Some((JobKind::Import, Err(Ended::Failed(trouble)))) => {
                assert!(trouble.what.contains("failed"), "in words");
            }
            _ => panic!("the fault was not told"),
        }
    }
}
