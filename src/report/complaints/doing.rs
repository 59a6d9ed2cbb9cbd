//! From seeing to doing: actions and recommendations that findings are linked to, and how closely providers are
//! watched.

use super::{Told, findings};
use crate::model::intelligence::upper_first;
use crate::model::printed::Facts;
use crate::model::state::StateWords;
use crate::model::{Action, Id, Recommendation, Watch};
use crate::report::paper::{Block, Mark, Run, State, Tone};
use crate::report::section::{Grid, GridColumn, Part, Section, quiet, strong, words};
use crate::report::status;
use std::collections::BTreeSet;

/// What a noted finding is linked to.
fn rows_of<'a>(told: &Told<'a>, finding: Id) -> (Vec<&'a Recommendation>, Vec<&'a Action>) {
    let plan = told.plan;
    let links = || plan.finding_links.values().filter(move |link| link.finding == finding);
    let mut recommendations: Vec<&Recommendation> =
        links().filter_map(|link| plan.recommendations.get(&link.row)).collect();
    recommendations.sort_by(|a, b| crate::model::reference::natural_cmp(&a.reference, &b.reference));
    let mut actions: Vec<&Action> = links().filter_map(|link| plan.actions.get(&link.row)).collect();
    actions.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
    (recommendations, actions)
}

/// The actions and recommendations of a finding, a line each.
pub(super) fn linked(told: &Told<'_>, finding: Id) -> Vec<Block> {
    let (recommendations, actions) = rows_of(told, finding);
    let state_words = StateWords::of(told.plan);
    let mut cell: Vec<Block> = Vec::new();
    for action in actions {
        cell.push(Block::bullet(vec![Run::Plain(one_line(&action.text))]));
        let facts = Facts::of(told.plan, told.index, action, told.as_at);
        let due = if facts.due.is_empty() { String::new() } else { format!("due {}", facts.due) };
        let parts =
            [status::action(&state_words, &facts), vec![Run::Plain(status::owner(action))], vec![Run::Plain(due)]];
        cell.push(Block::under(status::joined(parts)));
    }
    cell.extend(recommendations.into_iter().map(|row| {
        let name = format!("Recommendation {}", told.plan.reference_name(row));
        let title = row.shown_title();
        let text = if title.is_empty() { name } else { format!("{name}: {}", one_line(title)) };
        Block::bullet(vec![Run::Plain(text)])
    }));
    cell
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every action that findings of the report lead to, of themselves or through a recommendation; each once.
pub(super) fn section(told: &Told<'_>) -> Section {
    let noted = told.plan.findings_in_order().into_iter().filter(|row| findings::is_of(told, row));
    let ours = |id: Option<Id>| id.is_none_or(|id| told.picture.providers.iter().any(|one| one.provider.id == id));
    let mut seen = BTreeSet::new();
    let mut rows: Vec<Vec<Vec<Block>>> = Vec::new();
    for finding in noted.filter(|row| ours(row.provider)) {
        let (recommendations, actions) = rows_of(told, finding.id);
        let theme = finding.theme.and_then(|id| told.plan.signal_themes.get(&id)).map(|theme| theme.title.clone());
        let who = finding.provider.map_or_else(|| "All providers".to_owned(), |id| told.name(id).to_owned());
        let what = theme.map_or_else(|| who.clone(), |theme| format!("{who}: {theme}"));
        for action in actions {
            if seen.insert(action.id) {
                rows.push(row(told, action, &what));
            }
        }
        for recommendation in recommendations {
            let through = format!("Recommendation {}; {what}", told.plan.reference_name(recommendation));
            for action in told.index.actions(told.plan, recommendation.id) {
                if seen.insert(action.id) {
                    rows.push(row(told, action, &through));
                }
            }
        }
    }
    let title = "What is being done";
    if rows.is_empty() {
        let none = "No action or recommendation is linked to a finding of this period.";
        return Section::new(title, vec![Part::Words(vec![words(none)])]);
    }
    let columns = vec![
        GridColumn::words("Action", 36),
        GridColumn::words("Owner", 16),
        GridColumn::words("Due", 14),
        GridColumn::words("State", 14),
        GridColumn::words("Because of", 20),
    ];
    Section::new(title, vec![Part::Grid(Grid { caption: String::new(), columns, rows })])
}

fn row(told: &Told<'_>, action: &Action, because: &str) -> Vec<Vec<Block>> {
    let facts = Facts::of(told.plan, told.index, action, told.as_at);
    let state = status::action(&StateWords::of(told.plan), &facts);
    vec![
        Block::of(&action.text).collect(),
        status::line(&status::owner(action)),
        status::line(&facts.due),
        vec![Block::paragraph(state)],
        vec![quiet(because)],
    ]
}

/// How closely each provider is watched.
pub(super) fn watch(told: &Told<'_>) -> Section {
    let rows = told.picture.providers.iter().map(|provider| {
        let name = vec![strong(&provider.provider.name)];
        let Some(level) = told.plan.watch_level(provider.provider.id, told.as_at) else {
            return vec![name, vec![quiet("Not said")], Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        };
        let date = |date: Option<chrono::NaiveDate>| date.map(status::date).unwrap_or_default();
        vec![
            name,
            level.level.map(|level| vec![Block::paragraph(vec![Run::State(watched(level))])]).unwrap_or_default(),
            status::line(&date(level.date)),
            Block::of(&level.reason).collect(),
            status::line(&date(level.review)),
            Block::of(&level.shared).collect(),
        ]
    });
    let columns = vec![
        GridColumn::words("Provider", 20),
        GridColumn::words("Watch", 13),
        GridColumn::words("Since", 13),
        GridColumn::words("Reason", 26),
        GridColumn::words("Review", 13),
        GridColumn::words("Shared with", 15),
    ];
    let grid = Grid { caption: String::new(), columns, rows: rows.collect() };
    Section::new("How closely providers are watched", vec![Part::Grid(grid)])
}

fn watched(level: Watch) -> State {
    let (mark, tone) = match level {
        Watch::Routine => (Mark::Circle, Tone::Plain),
        Watch::Enhanced => (Mark::Half, Tone::Watch),
        Watch::Escalated => (Mark::Triangle, Tone::Bad),
    };
    State { mark, tone, word: upper_first(level.word()) }
}
