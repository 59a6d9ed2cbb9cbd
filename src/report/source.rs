//! What reports are made of: a plan, and for those on signals what is worked out from them.

use super::compare::{self, Compared};
use super::complaints::{self, Told};
use super::listing::{self, Listed};
use super::{
    Exported, Options, Paper, Progress, ReportError, ReportName, action_plan, appendix, csv, docx, gaps, html, pdf,
    save, signals, timeline, xlsx,
};
use crate::model::compare::Withheld;
use crate::model::identifiable;
use crate::model::intelligence::{Intelligence, View};
use crate::model::signal::{Held, KEPT_HEADING};
use crate::model::text::count;
use crate::model::{Index, Plan};
use std::path::Path;

/// What a report on signals is made of, beside the plan.
#[derive(Debug, Clone, Copy)]
pub struct Signals<'a> {
    /// What all sources say together.
    pub intelligence: &'a Intelligence,
    /// The provider and the period that it is about. Rates are left aside.
    pub view: &'a View,
    /// The signals it is about, whole; only a report for internal use needs them.
    pub held: &'a [Held],
    /// Shows small numbers as they are, and marks every page.
    pub internal: bool,
}

/// What reports are made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its index.
    pub index: &'a Index,
    /// Its signals; `None` for reports on the plan alone.
    pub signals: Option<Signals<'a>>,
    /// The plan beside it; `None` for reports on one plan.
    pub compared: Option<Compared<'a>>,
    /// What of the recommendations the appendix holds; `None` for all.
    pub listed: Option<Listed<'a>>,
    /// What the plan was shared without; `None` for a plan of one's own.
    pub withheld: Option<&'a Withheld>,
}

impl<'a> Source<'a> {
    /// A plan without its signals.
    #[must_use]
    pub fn new(plan: &'a Plan, index: &'a Index) -> Self {
        Self { plan, index, signals: None, compared: None, listed: None, withheld: None }
    }

    /// The same with its signals.
    #[must_use]
    pub fn with(self, signals: Signals<'a>) -> Self {
        Self { signals: Some(signals), ..self }
    }

    /// The same beside another plan.
    #[must_use]
    pub fn beside(self, compared: Compared<'a>) -> Self {
        Self { compared: Some(compared), ..self }
    }

    /// The same as a list shows it.
    #[must_use]
    pub fn as_listed(self, listed: Listed<'a>) -> Self {
        Self { listed: Some(listed), ..self }
    }

    /// The same of a copy that was shared without something.
    #[must_use]
    pub fn without(self, withheld: &'a Withheld) -> Self {
        Self { withheld: Some(withheld), ..self }
    }

    fn is_internal(&self) -> bool {
        self.signals.is_some_and(|signals| signals.internal)
    }

    /// Puts a paper together. Where a report on signals has none, it says so; there is no paper of
    /// [`ReportName::Signals`], and what is given is the one on [`ReportName::Complaints`].
    #[must_use]
    pub fn paper(&self, name: ReportName, options: &Options) -> Paper {
        match name {
            ReportName::Appendix => match &self.listed {
                Some(listed) => listing::build(self.plan, self.index, listed, options),
                None => appendix::build(self.plan, self.index, options),
            },
            ReportName::ActionPlan => action_plan::build(self.plan, self.index, options),
            ReportName::Timeline => timeline::build(self.plan, self.index, options),
            ReportName::Gaps => gaps::build(self, options),
            ReportName::Compare => match &self.compared {
                Some(compared) => compare::build(compared, options),
                None => compare::nothing(self.plan, options),
            },
            ReportName::Complaints | ReportName::Signals => match Told::of(self, options.as_at) {
                Some(told) => complaints::build(&told, options),
                None => complaints::nothing(self.plan, options, self.is_internal()),
            },
        }
    }

    /// Writes a report by the file's ending; `.xlsx` of a report on the plan is the whole plan without its signals
    /// (of the gaps their table), `.ics` is what falls due. The whole plan as `.json` is [`super::json::write`]'s, which wants the file's signals.
    ///
    /// # Errors
    /// When the ending is none that is written, or not for this report, when rows are asked for and not for internal
    /// use, when the work was given up, or the file cannot be written; no half file is left.
    pub fn export(
        &self,
        name: ReportName,
        options: &Options,
        to: &Path,
        progress: Progress<'_>,
    ) -> Result<Exported, ReportError> {
        let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let mut exported = Exported::default();
        let is_paper = matches!(ending.as_str(), "pdf" | "docx" | "html" | "htm");
        match name {
            ReportName::Signals if is_paper => return Err(ReportError::NoPaper(ending)),
            ReportName::Signals if matches!(ending.as_str(), "csv" | "xlsx") && !self.is_internal() => {
                return Err(ReportError::Internal);
            }
            ReportName::Compare if self.compared.is_none() => return Err(ReportError::NothingCompared),
            ReportName::Compare if ending == "ics" => return Err(ReportError::NoCalendarOfTwo),
            ReportName::Appendix if self.listed.is_some() && ending == "ics" => {
                return Err(ReportError::NotOfList(ending));
            }
            name if name.is_of_signals() && ending == "ics" => return Err(ReportError::NoCalendar),
            _ => {}
        }
        let bytes = match ending.as_str() {
            "pdf" => {
                let pdf = pdf::write(&self.paper(name, options), options, progress)?;
                exported.replaced = pdf.replaced;
                pdf.bytes
            }
            "docx" => docx::write(&self.paper(name, options), options)?,
            "html" | "htm" => html::write(&self.paper(name, options)).into_bytes(),
            "xlsx" => self.workbook(name, options, progress)?,
            "csv" => {
                let csv = csv::of(self, name, options)?;
                exported.guarded = csv.guarded;
                csv.bytes
            }
            "ics" => {
                let made = timeline::calendar::calendar(self.plan, self.index, options);
                (exported.undated, exported.unsure) = (made.undated, made.unsure);
                made.text.into_bytes()
            }
            _ => return Err(ReportError::Ending(ending)),
        };
        save(to, &bytes)?;
        exported.remarks = self.remarks(name);
        Ok(exported)
    }

    fn workbook(&self, name: ReportName, options: &Options, progress: Progress<'_>) -> Result<Vec<u8>, ReportError> {
        match name {
            ReportName::Compare => match &self.compared {
                Some(compared) => compare::workbook(compared, options, progress),
                None => Err(ReportError::NothingCompared),
            },
            ReportName::Complaints => match Told::of(self, options.as_at) {
                Some(told) => complaints::workbook(&told, options, progress),
                None => complaints::empty_workbook(self.plan, options, progress),
            },
            ReportName::Signals => {
                let held = self.signals.map_or(&[][..], |signals| signals.held);
                signals::workbook(self.plan, held, options, progress)
            }
            ReportName::Gaps => gaps::workbook(self, options, progress),
            _ => match self.listed.filter(|_| name == ReportName::Appendix) {
                Some(listed) => listing::workbook(self.plan, self.index, &listed, options, progress),
                None => xlsx::write(self.plan, self.index, options, progress),
            },
        }
    }

    /// What a person should look at before a report on signals is passed on.
    fn remarks(&self, name: ReportName) -> Vec<String> {
        let Some(given) = self.signals.filter(|_| name.is_of_signals()) else { return Vec::new() };
        if name == ReportName::Signals {
            let kept = given.held.iter().filter(|held| !held.signal.text.is_empty()).count();
            let column = KEPT_HEADING;
            let said = format!(
                "{} with free text that was kept; an import into another plan takes it only with --keep \"{column}\"",
                count(kept, "signal")
            );
            return if kept == 0 { Vec::new() } else { vec![said] };
        }
        if given.internal {
            return vec![complaints::INTERNAL.to_owned()];
        }
        let plan = self.plan;
        let texts = plan.findings.values().map(|row| &row.judgement);
        let texts = texts.chain(plan.watch_levels.values().flat_map(|row| [&row.reason, &row.shared]));
        let texts: Vec<&String> =
            texts.chain(plan.rebases.values().map(|row| &row.reason)).filter(|text| !text.is_empty()).collect();
        let hits = texts.iter().filter(|text| !identifiable::find(text).is_empty()).count();
        let mut remarks = Vec::new();
        if !texts.is_empty() {
            remarks.push(
                "Judgements, reasons and actions are printed as they were written: read them before you publish the \
                 report"
                    .to_owned(),
            );
        }
        if hits > 0 {
            let what = count(hits, "judgement or reason");
            remarks.push(format!("{what} may say who somebody is: a name, a number, an address"));
        }
        remarks
    }
}
