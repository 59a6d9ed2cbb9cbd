//! What the sources say together, verdict by verdict, with what was made of it and what it led to.

use super::Told;
use super::doing;
use crate::model::due::Month;
use crate::model::intelligence::{Found, periods, upper_first};
use crate::model::triangulation::Verdict;
use crate::model::{Id, NotedFinding};
use crate::report::paper::{Block, Mark, Run, State, Tone};
use crate::report::section::{Grid, GridColumn, Part, Section, quiet, strong, words};
use crate::report::status;

/// How a verdict is marked; never by its tone alone.
pub(super) fn state(verdict: Verdict) -> State {
    let (mark, tone) = match verdict {
        Verdict::Corroborated => (Mark::Triangle, Tone::Bad),
        Verdict::SingleSource => (Mark::Diamond, Tone::Watch),
        Verdict::Blind => (Mark::Question, Tone::Open),
        Verdict::TooFew => (Mark::Circle, Tone::Plain),
        Verdict::NoSignal => (Mark::Dash, Tone::Plain),
    };
    State { mark, tone, word: upper_first(verdict.word()) }
}

/// What was noted of a finding in a period that touches the report's, oldest first.
pub(super) fn noted<'a>(told: &Told<'a>, provider: Id, theme: Option<Id>) -> Vec<&'a NotedFinding> {
    let rows = told.plan.findings_in_order().into_iter();
    rows.filter(|row| row.provider == Some(provider) && row.theme == theme && is_of(told, row)).collect()
}

/// Whether it is of the report's period and was noted by its date.
pub(super) fn is_of(told: &Told<'_>, row: &NotedFinding) -> bool {
    let from = row.from.or(row.date.map(Month::of));
    let to = row.to.or(from);
    let touches = from.is_none_or(|from| from <= told.view.to) && to.is_none_or(|to| to >= told.view.from);
    touches && row.date.is_none_or(|date| date <= told.as_at)
}

pub(super) fn sections(told: &Told<'_>) -> Vec<Section> {
    let mut sections = vec![
        adverse(told, Verdict::Corroborated, "What is corroborated", "Nothing is corroborated in this period."),
        adverse(told, Verdict::SingleSource, "What a single source says", "No source says anything adverse alone."),
    ];
    sections.push(Section::new("Where it cannot be told", quiet_parts(told, &[Verdict::Blind, Verdict::TooFew])));
    sections.push(Section::new("Where nothing adverse was seen", quiet_parts(told, &[Verdict::NoSignal])));
    sections.extend(others(told));
    sections
}

fn adverse(told: &Told<'_>, verdict: Verdict, title: &str, none: &str) -> Section {
    let found = told.picture.providers.iter().flat_map(|provider| provider.findings());
    let rows: Vec<Vec<Vec<Block>>> =
        found.filter(|found| found.verdict() == verdict).map(|found| row(told, found)).collect();
    if rows.is_empty() {
        return Section::new(title, vec![Part::Words(vec![words(none)])]);
    }
    let columns = vec![
        GridColumn::words("Provider and theme", 20),
        GridColumn::words("What the sources say", 32),
        GridColumn::words("What we make of it", 22),
        GridColumn::words("What is done about it", 26),
    ];
    Section::new(title, vec![Part::Grid(Grid { caption: String::new(), columns, rows })])
}

fn row(told: &Told<'_>, found: &Found) -> Vec<Vec<Block>> {
    let noted = noted(told, found.provider, found.theme.id());
    let who = vec![
        strong(told.name(found.provider)),
        words(told.of.theme_title(found.theme)),
        Block::paragraph(vec![Run::State(state(found.verdict()))]),
    ];
    let mut judged: Vec<Block> = noted.iter().flat_map(|row| judgement(row)).collect();
    if judged.is_empty() {
        judged.push(quiet("Nothing noted yet"));
    }
    let mut done: Vec<Block> = noted.iter().flat_map(|row| doing::linked(told, row.id)).collect();
    if done.is_empty() {
        done.push(quiet("Nothing linked yet"));
    }
    vec![who, vec![words(found.words())], judged, done]
}

/// The words that a person noted, with the day, and the verdict where that was another.
fn judgement(row: &NotedFinding) -> Vec<Block> {
    let mut cell: Vec<Block> = Block::of(&row.judgement).collect();
    if cell.is_empty() {
        cell.push(quiet("Noted without a judgement"));
    }
    let day = row.date.map(|date| format!("noted {}", status::date(date)));
    let verdict = (!row.verdict.is_empty()).then(|| format!("then {}", row.verdict));
    let said: Vec<String> = [day, verdict].into_iter().flatten().collect();
    if !said.is_empty() {
        cell.push(quiet(upper_first(&said.join(", "))));
    }
    cell
}

/// Provider by provider the themes of which the same is said.
fn quiet_parts(told: &Told<'_>, verdicts: &[Verdict]) -> Vec<Part> {
    let mut rows: Vec<Vec<Vec<Block>>> = Vec::new();
    for verdict in verdicts {
        for provider in &told.picture.providers {
            let mut said: Vec<(String, Vec<&str>)> = Vec::new();
            for found in provider.findings().into_iter().filter(|found| found.verdict() == *verdict) {
                let text = found.words();
                let theme = told.of.theme_title(found.theme);
                match said.iter_mut().find(|(one, _)| *one == text) {
                    Some((_, themes)) => themes.push(theme),
                    None => said.push((text, vec![theme])),
                }
            }
            rows.extend(said.into_iter().map(|(text, themes)| {
                let who = vec![strong(&provider.provider.name), Block::paragraph(vec![Run::State(state(*verdict))])];
                vec![who, vec![words(themes.join("; "))], vec![words(text)]]
            }));
        }
    }
    if rows.is_empty() {
        return vec![Part::Words(vec![words("No theme of any provider.")])];
    }
    let columns = vec![
        GridColumn::words("Provider", 22),
        GridColumn::words("Themes", 38),
        GridColumn::words("What can be said", 40),
    ];
    vec![Part::Grid(Grid { caption: String::new(), columns, rows })]
}

/// What was noted of the period that stands under no finding above: of all themes, or of what has passed.
fn others(told: &Told<'_>) -> Option<Section> {
    let pressing = |row: &NotedFinding| {
        let mut found = told.picture.providers.iter().flat_map(|provider| provider.findings());
        found.any(|found| {
            matches!(found.verdict(), Verdict::Corroborated | Verdict::SingleSource)
                && row.provider == Some(found.provider)
                && row.theme == found.theme.id()
        })
    };
    let ours = |row: &NotedFinding| {
        row.provider.is_none_or(|id| told.picture.providers.iter().any(|one| one.provider.id == id))
    };
    let rows: Vec<Vec<Vec<Block>>> = told
        .plan
        .findings_in_order()
        .into_iter()
        .filter(|row| is_of(told, row) && ours(row) && !pressing(row))
        .map(|row| {
            let theme = row
                .theme
                .and_then(|id| told.plan.signal_themes.get(&id))
                .map_or("All themes", |theme| theme.title.as_str());
            let who = row.provider.map_or("All providers", |id| told.name(id));
            let mut cell = vec![strong(who), words(theme)];
            if let (Some(from), Some(to)) = (row.from, row.to) {
                cell.push(quiet(upper_first(&periods::words(from, to))));
            }
            let done = doing::linked(told, row.id);
            vec![cell, judgement(row), if done.is_empty() { vec![quiet("Nothing linked yet")] } else { done }]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        GridColumn::words("Provider and theme", 24),
        GridColumn::words("What was noted", 40),
        GridColumn::words("What is done about it", 36),
    ];
    Some(Section::new("What else was noted", vec![Part::Grid(Grid { caption: String::new(), columns, rows })]))
}
