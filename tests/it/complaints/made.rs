//! Plans with made-up signals, written to a file and read back as the program does.

use crate::store::{Place, id, stamp};
use chrono::{Datelike as _, NaiveDate, TimeZone as _, Utc};
use recap::model::due::Month;
use recap::model::intelligence::{Intelligence, Rules, ThemeKey, View};
use recap::model::signal::{CountedBy, Held, Measure, MeasureFact, Scoring, Signal, Source};
use recap::model::triangulation::ReceiptState;
use recap::model::{
    Action, Batch, EditBuilder, FindingLink, Id, Index, Link, NotedFinding, Plan, Provider, Receipt, Recommendation,
    SignalTheme, Watch, WatchLevel,
};
use recap::report::{Options, Paper, ReportError, ReportName, Signals, Source as Made_of};
use recap::store::{EntryKind, Incoming, Stamp};
use std::sync::Arc;

pub(super) const PROVIDERS: [&str; 3] = ["Northmoor General", "Eastmoor Community", "Westmoor Mental Health"];

pub(super) fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

pub(super) fn month(text: &str) -> Month {
    Month::parse(text).expect("a month")
}

/// Signals on their way into a plan, and the plan with them.
pub(super) struct Made {
    signals: Vec<Held>,
    measures: Vec<MeasureFact>,
    pub(super) plan: Plan,
    pub(super) index: Index,
    intelligence: Intelligence,
    held: Vec<Held>,
    pub(super) view: View,
    place: Place,
}

impl Made {
    /// Three providers and nothing known of them.
    pub(super) fn new() -> Self {
        let (place, file) = Place::with_plan();
        let plan = file.read().expect("reads");
        file.close();
        let view = View::of(month("2013-04"), month("2013-06"));
        let rules = Rules::at(day("2013-07-31"));
        let intelligence = Intelligence::of(&plan, &Arc::default(), rules);
        let index = Index::of(&plan);
        Self { signals: Vec::new(), measures: Vec::new(), plan, index, intelligence, held: Vec::new(), view, place }
    }

    pub(super) fn empty() -> Self {
        Self::new()
    }

    pub(super) fn provider(name: &str) -> Id {
        id(name)
    }

    /// Signals of a month, all about one subject.
    pub(super) fn add(&mut self, provider: &str, source: Source, month: Month, subject: &str, count: usize) {
        for number in 0..count {
            let date = month.first_day().with_day(u32::try_from(number % 27).expect("a day") + 1);
            let key = format!("{}-{source}-{subject}-{month}-{number}", &provider[..1]);
            let mut signal = Signal {
                key: key.clone(),
                reference: key,
                subjects: vec![subject.to_owned()],
                row: number + 2,
                ..Signal::new(source)
            };
            match source.counted_by() {
                CountedBy::Received => signal.received = date,
                CountedBy::Happened => signal.happened = date,
            }
            self.signals.push(Held { number: 0, provider: Some(id(provider)), signal });
        }
    }

    /// The signal that was added last.
    pub(super) fn last(&mut self) -> &mut Signal {
        &mut self.signals.last_mut().expect("a signal").signal
    }

    /// A score of the Friends and Family Test.
    pub(super) fn score(&mut self, provider: &str, of: Month, good: f64, base: f64) {
        let measure = Measure {
            source: Source::FriendsAndFamily,
            provider_given: String::new(),
            provider: None,
            month: of,
            months: 1,
            what: "A&E".into(),
            numerator: good,
            denominator: Some(base),
            scoring: Some(Scoring::Recommend),
            service: String::new(),
            site: String::new(),
            row: 2,
        };
        self.measures.push(MeasureFact { provider: Some(id(provider)), measure });
    }

    /// Writes all of it into a file, and reads it as the program does.
    pub(super) fn settle(&mut self) {
        let place = Place::new();
        std::fs::copy(self.place.plan(), place.plan()).expect("copies");
        let wanted = recap::store::Wanted::Write { backups: &place.backups(), now: Utc::now() };
        let mut file = recap::store::PlanFile::open(&place.plan(), wanted).expect("opens");
        let plan = file.read().expect("reads");
        let mut edit = EditBuilder::new(&plan, "Import signals");
        for (order, name) in PROVIDERS.iter().enumerate() {
            edit.put(&Provider {
                id: id(name),
                order: order.to_string(),
                name: (*name).to_owned(),
                ..Provider::default()
            });
        }
        edit.put(&Batch { id: id("batch"), name: "made up".into(), ..Batch::default() });
        let edit = edit.finish();
        let incoming = Incoming { batch: id("batch"), signals: &self.signals, measures: &self.measures, gone: &[] };
        let stamp = Stamp { kind: EntryKind::Import, ..stamp(100) };
        file.take_signals(&incoming, &edit, &stamp, &mut |_, _| true).expect("takes");
        self.plan = file.read().expect("reads");
        self.index = Index::of(&self.plan);
        let facts = Arc::new(file.facts().expect("reads"));
        self.intelligence = Intelligence::of(&self.plan, &facts, Rules::at(day("2013-07-31")));
        self.held = file.signals(&self.numbers()).expect("reads");
        file.close();
        self.place = place;
    }

    /// Works everything out anew after the plan was changed in memory.
    fn again(&mut self, edit: &recap::model::Edit) {
        edit.apply(&mut self.plan).expect("fits");
        let place = &self.place;
        let file = recap::store::PlanFile::open_to_read(&place.plan(), &place.backups(), Utc::now()).expect("opens");
        let facts = Arc::new(file.facts().expect("reads"));
        file.close();
        self.index = Index::of(&self.plan);
        self.intelligence = Intelligence::of(&self.plan, &facts, Rules::at(day("2013-07-31")));
    }

    /// The rows of the period.
    pub(super) fn numbers(&self) -> Vec<i64> {
        self.intelligence.rows(&self.view, ThemeKey::All, None)
    }

    pub(super) fn options(&self) -> Options {
        let generated = Utc.with_ymd_and_hms(2013, 7, 31, 9, 30, 0).single().expect("a time");
        Options { as_at: day("2013-07-31"), compact: false, alarm_days: None, generated }
    }

    fn source(&self, internal: bool) -> Made_of<'_> {
        let held = if internal { &self.held[..] } else { &[] };
        let signals = Signals { intelligence: &self.intelligence, view: &self.view, held, internal };
        Made_of::new(&self.plan, &self.index).with(signals)
    }

    pub(super) fn paper(&self, internal: bool) -> Paper {
        self.source(internal).paper(ReportName::Complaints, &self.options())
    }

    /// The report as a file of a kind.
    pub(super) fn exported(&self, name: &str, internal: bool) -> Result<Vec<u8>, ReportError> {
        let path = self.place.path(name);
        self.source(internal).export(ReportName::Complaints, &self.options(), &path, &|_| Ok(()))?;
        Ok(std::fs::read(&path).expect("written"))
    }

    /// Two years of three providers: one theme that two sources corroborate, small numbers, a month that did not
    /// come, a provider of which little is known; with a judgement, actions and a level of watch.
    pub(super) fn telling() -> Self {
        let mut made = Self::new();
        for step in 0..24 {
            let at = month("2011-07").plus(step);
            let rise = if step >= 18 { 12 } else { 0 };
            let uneven = usize::try_from(step % 3).expect("a number");
            made.add("Northmoor General", Source::Complaint, at, "Staffing levels", 9 + uneven + rise);
            if step == 22 {
                let signal = made.last();
                signal.learning = "The rota was changed after the review".into();
                signal.outcome = "Upheld".into();
                signal.closed = Some(day("2013-06-20"));
            }
            made.add("Northmoor General", Source::Complaint, at, "Communications", uneven);
            made.add("Northmoor General", Source::SeriousIncident, at, "Staffing", 9 + uneven + rise);
            if step != 20 {
                made.add("Northmoor General", Source::Incident, at, "Falls", 30 - uneven);
            }
            made.score("Northmoor General", at, 170.0 + f64::from(step % 4), 200.0);
            made.add("Eastmoor Community", Source::Complaint, at, "Waiting times", 14 + uneven * 2);
            if step == 23 {
                made.last().closed = Some(day("2013-07-01"));
            }
            made.add("Eastmoor Community", Source::Complaint, at, "Communications", 1);
        }
        made.add("Westmoor Mental Health", Source::Cqc, month("2013-05"), "Staffing levels", 1);
        made.last().adverse = Some(true);
        made.settle();
        made.act_on_it();
        made
    }

    fn act_on_it(&mut self) {
        let theme = self.plan.signal_themes.values().find(|theme| theme.title == "Staffing levels");
        let theme = theme.map_or_else(|| SignalTheme::id_of(self.plan.id(), "Staffing levels"), |theme| theme.id);
        let northmoor = id("Northmoor General");
        let mut edit = EditBuilder::new(&self.plan, "Noted");
        let finding = NotedFinding {
            id: id("finding"),
            provider: Some(northmoor),
            theme: Some(theme),
            from: Some(month("2013-04")),
            to: Some(month("2013-06")),
            verdict: "corroborated".into(),
            sources: "complaint\nserious incident".into(),
            judgement: "Raise at the next contract meeting".into(),
            date: Some(day("2013-07-20")),
        };
        edit.put(&finding);
        let action = Action {
            id: id("review"),
            order: "z1".into(),
            text: "Ask for the staffing review".into(),
            owner: "Head of contracting".into(),
            due_words: "September 2013".into(),
            ..Action::default()
        };
        edit.put(&action);
        let recommendation = Recommendation {
            id: id("monitor"),
            reference: "124".into(),
            title: "Duty to monitor".into(),
            ..Recommendation::default()
        };
        edit.put(&recommendation);
        let extract = Action {
            id: id("extract"),
            order: "z2".into(),
            text: "Agree the monthly extract".into(),
            ..Action::default()
        };
        edit.put(&extract);
        edit.put(&Link {
            id: Link::id_of(recommendation.id, extract.id),
            recommendation: recommendation.id,
            action: extract.id,
            order: "1".into(),
        });
        for row in [action.id, recommendation.id] {
            edit.put(&FindingLink { id: FindingLink::id_of(finding.id, row), finding: finding.id, row });
        }
        edit.put(&WatchLevel {
            id: id("watch"),
            provider: northmoor,
            level: Some(Watch::Enhanced),
            date: Some(day("2013-07-01")),
            reason: "Two sources agree".into(),
            review: Some(day("2013-10-01")),
            shared: "CQC".into(),
            finding: Some(finding.id),
        });
        let eastmoor = id("Eastmoor Community");
        edit.put(&Receipt {
            id: Receipt::id_of(eastmoor, Source::Incident, month("2013-05")),
            provider: eastmoor,
            source: Some(Source::Incident),
            month: Some(month("2013-05")),
            state: Some(ReceiptState::Late),
            ..Receipt::default()
        });
        let edit = edit.finish();
        self.again(&edit);
    }
}
