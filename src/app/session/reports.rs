//! Reports as jobs. One on the plan alone begins at once; one on signals waits until they are counted, and where it is
//! for internal use until the file has given the rows that it shows.

use super::Session;
use super::documents::report_ended;
use crate::app::Theirs;
use crate::app::job::{JobKind, Outcome};
use crate::app::reports::Asked;
use crate::app::theirs::withheld;
use crate::app::worker::Request;
use crate::model::compare::{Comparison, Filter, Side, Withheld};
use crate::model::intelligence::{Intelligence, ThemeKey, View};
use crate::model::signal::Held;
use crate::report::{self, Compared, Listed, ReportName, Signals, Source};
use chrono::NaiveDate;
use std::sync::Arc;

/// The signals of a report, as a job takes them along.
struct Given {
    intelligence: Arc<Intelligence>,
    view: View,
    held: Vec<Held>,
}

/// The plan beside ours, as a job takes it along.
struct Beside {
    theirs: Arc<Theirs>,
    ours: Arc<Withheld>,
    comparison: Arc<Comparison>,
    as_at: NaiveDate,
    filter: Filter,
}

impl Session {
    pub(super) fn start_report(&mut self, wanted: Asked) {
        if let Some(to) = wanted.to.as_ref().filter(|to| is_whole_plan(to)) {
            // its signals lie in the file alone
            self.worker.send(Request::ExportJson(to.clone()));
            return;
        }
        if wanted.name.is_of_signals() {
            // the last one that was asked for counts: a dialog asks anew at every tick of a box
            self.reports_waiting.retain(|other| other.kind() != wanted.kind());
            self.reports_waiting.push(wanted);
            self.go_on_with_reports();
        } else {
            self.run_report(wanted, None);
        }
    }

    /// Whether a report waits for signals to be counted or read.
    #[must_use]
    pub fn waits_for_signals(&self) -> bool {
        !self.reports_waiting.is_empty()
    }

    /// Begins the reports that waited for signals to be counted, once they are.
    pub(super) fn go_on_with_reports(&mut self) {
        if self.reports_waiting.is_empty() {
            return;
        }
        let Some(intelligence) = self.settled_intelligence() else { return };
        for wanted in std::mem::take(&mut self.reports_waiting) {
            let view = wanted.manner.view.clone().unwrap_or_else(|| intelligence.usual_view());
            if !wanted.manner.internal {
                let given = Given { intelligence: Arc::clone(&intelligence), view, held: Vec::new() };
                self.run_report(wanted, Some(given));
                continue;
            }
            let numbers = match (wanted.name, &wanted.manner.view) {
                (ReportName::Signals, None) => None,
                _ => Some(intelligence.rows(&view, ThemeKey::All, None)),
            };
            self.worker.send(Request::Rows(Box::new(wanted), numbers));
        }
    }

    /// Takes in the rows that a report shows.
    pub(super) fn rows_found(&mut self, wanted: Asked, held: Vec<Held>) {
        let Some(intelligence) = self.open.as_ref().and_then(|open| open.intelligence.clone()) else { return };
        let view = wanted.manner.view.clone().unwrap_or_else(|| intelligence.usual_view());
        self.run_report(wanted, Some(Given { intelligence, view, held }));
    }

    /// What all sources say together, as far as it is of the plan and the date as they are now.
    fn settled_intelligence(&mut self) -> Option<Arc<Intelligence>> {
        let found = self.intelligence();
        let at_work = self.jobs.states().iter().any(|job| job.kind == JobKind::Intelligence);
        found.filter(|_| !at_work)
    }

    fn run_report(&mut self, wanted: Asked, given: Option<Given>) {
        let Some(open) = &self.open else { return };
        let (plan, index) = (Arc::clone(&open.plan), Arc::clone(&open.index));
        let report::Manner { compact, alarm_days, internal, .. } = wanted.manner;
        let options = report::Options { as_at: open.as_at, compact, alarm_days, generated: self.now() };
        let beside = self.comparing.as_ref().filter(|_| wanted.name == ReportName::Compare).and_then(|comparing| {
            Some(Beside {
                theirs: Arc::clone(&comparing.theirs),
                ours: Arc::clone(&comparing.ours),
                comparison: comparing.comparison.clone()?,
                as_at: comparing.their_date(open.as_at, open.today()),
                filter: wanted.manner.rows.clone(),
            })
        });
        let withheld = withheld(open.manifest.as_ref());
        self.jobs.start(wanted.kind(), move |progress| {
            let step = |done: f32| progress.at(done).map_err(|_| report::Cancelled);
            let mut source = Source::new(&plan, &index).without(&withheld);
            let look = wanted.manner.look.as_ref().filter(|_| wanted.name == ReportName::Appendix);
            let list = look.map(|look| (look, look.list(&plan, &index, options.as_at)));
            if let Some((look, list)) = &list {
                source = source.as_listed(Listed { look, list });
            }
            if let Some(Given { intelligence, view, held }) = &given {
                source = source.with(Signals { intelligence, view, held, internal });
            }
            let notes = beside.as_ref().map(|beside| beside.theirs.said()).unwrap_or_default();
            if let Some(Beside { theirs, ours, comparison, as_at, filter }) = &beside {
                let mine = Side { plan: &plan, index: &index, as_at: options.as_at, withheld: ours };
                let theirs = theirs.side(*as_at);
                source = source.beside(Compared { mine, theirs, comparison, filter, notes: &notes });
            }
            match wanted.to {
                None => {
                    let paper = source.paper(wanted.name, &options);
                    let pages = report::pdf::pages(&paper, &options, &step).map_err(report_ended)?;
                    Ok(Outcome::Printed(Arc::new(pages)))
                }
                Some(to) => {
                    let exported = source.export(wanted.name, &options, &to, &step).map_err(report_ended)?;
                    Ok(Outcome::Exported(to, exported))
                }
            }
        });
    }
}

/// Whether a file of this name holds the whole plan, whatever the report.
fn is_whole_plan(to: &std::path::Path) -> bool {
    to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}
