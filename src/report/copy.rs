//! The reading copy of a shared plan: one web page with what the copy is on top, for somebody who has no Recap.
//!
//! It is made of the plan as it goes, so there is nothing in it that the copy has not.

use super::complaints::PublishedCount;
use super::paper::{Block, Run};
use super::section::{Grid, GridColumn, Part, Section};
use super::{Options, ReportName, Source, html};
use crate::model::due::Month;
use crate::model::{Index, Plan};

/// What the copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Who made it, when, for whom and why, a sentence each.
    pub lines: Vec<String>,
    /// What it holds.
    pub goes: Vec<String>,
    /// What was left out.
    pub left_out: Vec<String>,
}

/// Makes the page: what the copy is, the recommendations, the action plan, the counts.
#[must_use]
pub fn page(plan: &Plan, about: &About, counts: &[PublishedCount], options: &Options) -> String {
    let index = Index::of(plan);
    let source = Source::new(plan, &index);
    let mut appendix = source.paper(ReportName::Appendix, options);
    appendix.summary.splice(0..0, top(about));
    let mut papers = vec![appendix];
    if !plan.actions.is_empty() || !plan.responsibilities.is_empty() {
        papers.push(source.paper(ReportName::ActionPlan, options));
    }
    if let Some(last) = papers.last_mut()
        && !counts.is_empty()
    {
        last.sections.extend(sections(counts));
    }
    html::write_together(&papers)
}

fn top(about: &About) -> Vec<Block> {
    let list = |title: &str, items: &[String]| {
        let heading = Block::paragraph(vec![Run::Strong(title.to_owned())]);
        let bullets = items.iter().map(|item| Block::bullet(vec![Run::Plain(item.clone())]));
        let all: Vec<Block> = std::iter::once(heading).chain(bullets).collect();
        if items.is_empty() { Vec::new() } else { all }
    };
    let lines = about.lines.iter().map(|line| Block::paragraph(vec![Run::Plain(line.clone())]));
    lines.chain(list("It holds", &about.goes)).chain(list("Left out", &about.left_out)).collect()
}

/// The counts as tables, one for each provider, with themes down and sources across.
#[must_use]
pub fn sections(counts: &[PublishedCount]) -> Vec<Section> {
    let mut sections = vec![Section {
        title: "Complaints and other signals".to_owned(),
        level: 2,
        parts: vec![Part::Words(
            [
                "Counts from 1 to 7 are hidden and stand as *. All others are to the nearest 5; a zero is a zero. \
                 Where a hidden number could be worked out, another is hidden too.",
                "\"No data\" and \"not asked\" are no numbers, and mean none by no means. Signals about several themes \
                 count under each, so the themes do not add up.",
            ]
            .map(|line| Block::paragraph(vec![Run::Plain(line.to_owned())]))
            .to_vec(),
        )],
    }];
    let mut rest = counts;
    while let Some(first) = rest.first() {
        let end = rest.iter().position(|one| one.provider != first.provider).unwrap_or(rest.len());
        let (own, others) = rest.split_at(end);
        sections.push(Section { title: first.provider.clone(), level: 3, parts: vec![Part::Grid(grid(own))] });
        rest = others;
    }
    sections
}

fn grid(own: &[PublishedCount]) -> Grid {
    let mut sources: Vec<&str> = Vec::new();
    let mut themes: Vec<&str> = Vec::new();
    for one in own {
        if !sources.contains(&one.source.as_str()) {
            sources.push(&one.source);
        }
        if !themes.contains(&one.theme.as_str()) {
            themes.push(&one.theme);
        }
    }
    let words = |text: &str| vec![Block::paragraph(vec![Run::Plain(text.to_owned())])];
    let column = |title: &str, share| GridColumn { title: title.to_owned(), share, numbers: false };
    let mut columns = vec![column("Theme", 18)];
    columns.extend(sources.iter().map(|source| column(source, 10)));
    let rows = themes.iter().map(|theme| {
        let cell = |source: &&str| {
            let found = own.iter().find(|one| one.theme == *theme && one.source == *source);
            words(found.map_or("", |one| one.count.as_str()))
        };
        std::iter::once(words(theme)).chain(sources.iter().map(cell)).collect()
    });
    let period = |from: Month, to: Month| format!("{} to {}", from.label(), to.label());
    let caption = own.first().map(|one| format!("Themes and sources, {}", period(one.from, one.to)));
    Grid { caption: caption.unwrap_or_default(), columns, rows: rows.collect() }
}
