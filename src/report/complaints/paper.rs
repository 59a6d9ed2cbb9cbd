//! The report as a paper.

use super::{INTERNAL, Told, coverage, doing, findings, matrix, rule, timeliness};
use crate::model::Plan;
use crate::model::text::count;
use crate::report::appendix::front;
use crate::report::paper::{Block, Paper, Run};
use crate::report::section::{Grid, GridColumn, LETTERS, Part, Section, quiet, words};
use crate::report::{Options, ReportName};

/// The most charts that are drawn, and the most series that are told in words; the workbook has them all.
const MOST_DRAWN: usize = 30;
const MOST_TOLD: usize = 60;

/// The paper that says that there is nothing to report on.
pub(in crate::report) fn nothing(plan: &Plan, options: &Options, internal: bool) -> Paper {
    Paper {
        title: ReportName::Complaints.title().to_owned(),
        subtitle: String::new(),
        empty: "This plan has no signals yet. Import complaints, incidents or another source (recap import-signals, \
                or Import signals in the window), and this report says what they tell.",
        mark: if internal { INTERNAL } else { "" },
        ..front(plan, ReportName::Complaints, options)
    }
}

pub(in crate::report) fn build(told: &Told<'_>, options: &Options) -> Paper {
    let mut sections = vec![coverage::section(told)];
    sections.extend(findings::sections(told));
    sections.push(doing::watch(told));
    sections.extend(matrix::section(told));
    sections.push(charts(told));
    sections.extend(in_words(told));
    sections.push(timeliness::section(told));
    sections.push(timeliness::outcomes(told));
    sections.push(doing::section(told));
    sections.extend(rule::sections(told));
    Paper {
        title: ReportName::Complaints.title().to_owned(),
        subtitle: told.period(),
        summary: summary(told),
        sections,
        mark: if told.internal { INTERNAL } else { "" },
        ..front(told.plan, ReportName::Complaints, options)
    }
}

fn summary(told: &Told<'_>) -> Vec<Block> {
    let names: Vec<&str> = told.picture.providers.iter().map(|one| one.provider.name.as_str()).collect();
    let covers = Block::paragraph(vec![
        Run::Strong("What it covers: ".to_owned()),
        Run::Plain(format!(
            "{} ({}), {}.",
            count(names.len(), "provider"),
            names.join(", "),
            crate::model::intelligence::periods::words(told.view.from, told.view.to)
        )),
    ]);
    let small = if told.internal {
        "It shows small numbers as they are."
    } else {
        "Small numbers are hidden (*) and others rounded; how is said at the end."
    };
    let mut summary = vec![covers, quiet(format!("{small} The rule behind the verdicts stands at the end too."))];
    let only = only(told);
    if !only.is_empty() {
        summary.push(words(format!("It leaves out what is not looked at: {}.", only.join("; "))));
    }
    let gone = told.picture.unplaced;
    if gone.no_provider + gone.no_month > 0 {
        summary.push(quiet("Some signals name no provider or no month, and are in no number of this report."));
    }
    if gone.not_received > 0 {
        summary.push(quiet("Signals of months that are marked as not received are in no number of this report."));
    }
    summary
}

/// What the view is narrowed to, which the verdicts then rest on alone.
fn only(told: &Told<'_>) -> Vec<String> {
    let mut only = Vec::new();
    if !told.view.sources.is_empty() {
        let names: Vec<&str> = told.view.sources.iter().map(|source| source.several()).collect();
        only.push(format!("only {}", names.join(", ")));
    }
    if let Some(hardness) = told.view.hardness {
        only.push(format!("only {hardness} signals"));
    }
    if let Some(service) = &told.view.service {
        only.push(format!("only the service {service}"));
    }
    only
}

fn charts(told: &Told<'_>) -> Section {
    let drawn = || told.series.iter().filter_map(|one| one.plot.as_ref());
    let all = drawn().count();
    let title = "Charts by month";
    let nothing: Vec<&str> = told.series.iter().filter(|one| one.is_nothing).map(|one| one.title.as_str()).collect();
    let nothing = (!nothing.is_empty())
        .then(|| quiet(format!("Received, and nothing in any month, so not drawn: {}.", nothing.join("; "))));
    if all == 0 {
        let said = std::iter::once(words("No series of this report is drawn.")).chain(nothing);
        return Section::new(title, vec![Part::Words(said.collect())]);
    }
    let about = "The series behind the findings come first, then each provider's sources in all. The line is the mean, \
                 the dashed lines are the limits of what the ups and downs of every month explain.";
    let signs = format!(
        "A triangle is a special cause in the adverse direction, a diamond one in the good direction, a square one \
         where neither direction is good; a dot is none. The letters: {LETTERS}. A dotted upright line is where new \
         limits begin."
    );
    let mut lines = vec![words(about), quiet(signs)];
    if all > MOST_DRAWN {
        lines.push(quiet(format!("The first {MOST_DRAWN} of {all} are drawn; the workbook of this report has all.")));
    }
    lines.extend(nothing);
    let plots = drawn().take(MOST_DRAWN).map(|plot| Part::Plot(Box::new(plot.clone())));
    Section::new(title, std::iter::once(Part::Words(lines)).chain(plots).collect())
}

/// The series that are not drawn.
fn in_words(told: &Told<'_>) -> Option<Section> {
    let all: Vec<_> = told.series.iter().filter(|one| one.plot.is_none() && !one.is_nothing).collect();
    if all.is_empty() {
        return None;
    }
    let rows = all.iter().take(MOST_TOLD).map(|one| {
        vec![vec![words(one.title.clone())], vec![words(one.description.join(" "))], vec![quiet(one.notes.join(" "))]]
    });
    let columns = vec![
        GridColumn::words("Series", 24),
        GridColumn::words("What it shows", 38),
        GridColumn::words("What to know of it", 38),
    ];
    let why = if told.internal {
        "These series have too few values to be drawn, and are told in words."
    } else {
        "These series have small values or too few, and are told in words."
    };
    let mut lines = vec![words(why)];
    if all.len() > MOST_TOLD {
        lines.push(quiet(format!("The first {MOST_TOLD} of {} stand here; the workbook has all.", all.len())));
    }
    let grid = Grid { caption: String::new(), columns, rows: rows.collect() };
    Some(Section::new("Series told in words", vec![Part::Words(lines), Part::Grid(grid)]))
}
