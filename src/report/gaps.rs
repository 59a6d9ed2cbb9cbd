//! The gaps of a plan on their way out: as a paper to take into a meeting, a table, a workbook, JSON or plain words.
//! Open ones come first, by kind; what was answered stands at the end with why.

mod told;

pub use told::{json, words};

use super::appendix::front;
use super::paper::{Block, Column, Figures, Group, Paper, Row, Run};
use super::sheets::{Cell, Cover, Sheet, write};
use super::{Options, Progress, ReportError, ReportName, Source};
use crate::model::compare::Withheld;
use crate::model::gap::{Asked, Place, Rule, asked, open, place};
use crate::model::printed::day;
use crate::model::text::{count, sentence_case};
use crate::model::{Entity, Id, Index, Plan};

const COLUMNS: [Column; 2] =
    [Column { title: "What a careful reader would ask", share: 58 }, Column { title: "What we say to it", share: 42 }];

/// The columns of the table, each with its width in a workbook, in characters.
const VALUES: [(&str, u16); 10] = [
    ("Gap", 26),
    ("At", 16),
    ("Ref", 9),
    ("Name", 44),
    ("What is asked", 60),
    ("About", 16),
    ("Settled by", 40),
    ("Answered", 10),
    ("Reason", 44),
    ("Answered on", 16),
];

/// A plan's gaps with where they stand.
struct Told<'p> {
    plan: &'p Plan,
    index: &'p Index,
    all: Vec<Asked>,
}

impl<'p> Told<'p> {
    fn of(source: &Source<'p>, options: &Options) -> Self {
        let nothing = Withheld::default();
        let withheld = source.withheld.unwrap_or(&nothing);
        let all = asked(source.plan, source.index, options.as_at, withheld);
        Self { plan: source.plan, index: source.index, all }
    }

    fn place(&self, of: &Asked) -> Place {
        place(self.plan, self.index, of.gap.entity, of.gap.row)
    }

    /// What else it is about, by name; blank for nothing.
    fn other(&self, of: &Asked) -> String {
        of.gap.other.map(|(entity, row)| named(self.plan, self.index, entity, row)).unwrap_or_default()
    }

    /// The open ones of a kind.
    fn open(&self, rule: Rule) -> Vec<&Asked> {
        self.all.iter().filter(|one| one.gap.rule == rule && one.answer.is_none()).collect()
    }

    /// "12 gaps are open, 2 are answered", as at nothing: the paper says the date above.
    fn summary(&self) -> String {
        summary(&self.all)
    }
}

/// A row by its name: "124", or the words of an action.
fn named(plan: &Plan, index: &Index, entity: Entity, row: Id) -> String {
    let place = place(plan, index, entity, row);
    if entity == Entity::Recommendation { place.reference } else { place.name }
}

/// How many are open and how many answered, in a sentence.
pub(super) fn summary(all: &[Asked]) -> String {
    let open = open(all);
    let answered = all.len() - open;
    let said = match open {
        0 => "No open gaps".to_owned(),
        1 => "1 open gap".to_owned(),
        many => format!("{many} open gaps"),
    };
    if answered == 0 { said } else { format!("{said}, {answered} answered") }
}

/// Puts the paper together.
pub(super) fn build(source: &Source<'_>, options: &Options) -> Paper {
    let told = Told::of(source, options);
    let mut groups: Vec<Group> = Rule::ALL.iter().filter_map(|rule| group(&told, *rule)).collect();
    let answered: Vec<&Asked> = told.all.iter().filter(|one| one.answer.is_some()).collect();
    if !answered.is_empty() {
        groups.push(Group {
            title: "Answered: not an issue".into(),
            notes: vec![quiet(count(answered.len(), "gap"))],
            repeats: true,
            rows: answered.into_iter().map(|one| row(&told, one)).collect(),
            ..Group::default()
        });
    }
    let kinds = Rule::ALL.iter().map(|rule| (rule, told.open(*rule).len())).filter(|(_, open)| *open > 0);
    let figures = Figures {
        title: "Open gaps by kind".into(),
        columns: vec!["Kind", "Open"],
        rows: kinds.map(|(rule, open)| vec![rule.title().to_owned(), open.to_string()]).collect(),
    };
    let mut summary = if told.all.is_empty() {
        Vec::new()
    } else {
        let how = "A gap is what a careful reader of the plan would ask about. It is settled in the plan, or \
                   answered with a reason.";
        vec![Block::paragraph(vec![Run::Strong(told.summary())]), quiet(how.into())]
    };
    if source.withheld.is_some_and(|withheld| !withheld.is_empty()) {
        summary.push(quiet("What this copy was shared without is not asked about.".into()));
    }
    Paper {
        subtitle: "Gaps: what a careful reader would ask".into(),
        summary,
        figures: if figures.rows.len() > 1 { vec![figures] } else { Vec::new() },
        columns: COLUMNS.to_vec(),
        groups,
        empty: "No gaps were found in this plan.",
        ..front(source.plan, ReportName::Gaps, options)
    }
}

fn quiet(words: String) -> Block {
    Block::paragraph(vec![Run::Quiet(words)])
}

fn group(told: &Told<'_>, rule: Rule) -> Option<Group> {
    let open = told.open(rule);
    if open.is_empty() {
        return None;
    }
    Some(Group {
        title: rule.title().to_owned(),
        notes: vec![quiet(format!("{}. {}", count(open.len(), "gap"), rule.remedy()))],
        repeats: true,
        rows: open.into_iter().map(|one| row(told, one)).collect(),
        ..Group::default()
    })
}

fn row(told: &Told<'_>, one: &Asked) -> Row {
    let place = told.place(one);
    let mut asks = Vec::new();
    if one.answer.is_some() {
        asks.push(quiet(one.gap.rule.title().to_owned()));
    }
    asks.push(Block::paragraph(vec![Run::Plain(one.gap.text.clone())]));
    if one.gap.entity == Entity::Action {
        let serves = match place.reference.as_str() {
            "" => "Action under no recommendation".to_owned(),
            one if !one.contains(',') => format!("Action of recommendation {one}"),
            many => format!("Action of recommendations {many}"),
        };
        asks.push(quiet(serves));
    }
    let says = one.answer.iter().flat_map(|answer| {
        let date = answer.date.map(|date| quiet(day(date)));
        Block::of(&answer.reason).chain(date).collect::<Vec<_>>()
    });
    Row {
        reference: if one.gap.entity == Entity::Action { String::new() } else { place.reference },
        title: place.name,
        cells: vec![asks, says.collect()],
    }
}

/// The table: open ones in the order of the grid, then those that were answered.
pub(super) fn rows(source: &Source<'_>, options: &Options) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let told = Told::of(source, options);
    let (open, answered): (Vec<&Asked>, Vec<&Asked>) = told.all.iter().partition(|one| one.answer.is_none());
    let rows = open.into_iter().chain(answered).map(|one| {
        let place = told.place(one);
        let answer = one.answer.as_ref();
        vec![
            one.gap.rule.title().to_owned(),
            sentence_case(one.gap.entity.word()),
            place.reference,
            place.name,
            one.gap.text.clone(),
            told.other(one),
            one.gap.rule.remedy().to_owned(),
            if answer.is_some() { "yes" } else { "no" }.to_owned(),
            answer.map(|answer| answer.reason.clone()).unwrap_or_default(),
            answer.and_then(|answer| answer.date).map(|date| date.to_string()).unwrap_or_default(),
        ]
    });
    (VALUES.iter().map(|(title, _)| *title).collect(), rows.collect())
}

/// The table as a workbook, to sort and filter.
///
/// # Errors
/// When the work is given up, or there are more rows than in a sheet of Excel.
pub(super) fn workbook(source: &Source<'_>, options: &Options, progress: Progress<'_>) -> Result<Vec<u8>, ReportError> {
    let info = source.plan.info();
    let cover = Cover {
        title: format!("{} as at {}", ReportName::Gaps.title(), day(options.as_at)),
        organisation: &info.organisation,
        mark: "",
        generated: options.generated,
    };
    let (_, rows) = rows(source, options);
    let sheet = Sheet {
        name: "Gaps",
        columns: VALUES.iter().map(|(title, width)| ((*title).to_owned(), *width)).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(Cell::text).collect()).collect(),
    };
    write(&cover, &[sheet], progress)
}
