//! The appendix: what each recommendation says, what the government answered, where the CCG stands
//! and what it will do.

use super::paper::{Block, Column, Group, Paper, Row, Run};
use super::{Options, ReportName, status};
use crate::model::printed::{self, EvidenceFacts, Facts};
use crate::model::state::StateWords;
use crate::model::{Action, Evidence, Id, Index, Plan, Position, Recommendation};

const SHARES: [u16; 4] = [26, 20, 27, 27];

pub(super) fn build(plan: &Plan, index: &Index, options: &Options) -> Paper {
    let mut groups: Vec<Group> = Vec::new();
    let words = StateWords::of(plan);
    let mut current: Option<Option<Id>> = None;
    for row in index.recommendations.iter().filter_map(|id| plan.recommendations.get(id)) {
        let theme = row.theme.filter(|id| plan.themes.contains_key(id));
        if current != Some(theme) {
            current = Some(theme);
            let titled = theme.and_then(|id| plan.themes.get(&id)).map(|theme| theme.title.clone());
            // only where others stand under themes do those without one need a heading
            let untitled = || if groups.is_empty() { String::new() } else { printed::NO_THEME.to_owned() };
            groups.push(Group { title: titled.unwrap_or_else(untitled), ..Group::default() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(recommendation(plan, index, &words, row, options));
        }
    }
    Paper {
        subtitle: "Recommendations, current position and actions".into(),
        columns: Column::all(&printed::APPENDIX, &SHARES),
        groups,
        empty: "This plan has no recommendations yet.",
        ..front(plan, ReportName::Appendix, options)
    }
}

/// What every paper says of its plan.
pub(super) fn front(plan: &Plan, name: ReportName, options: &Options) -> Paper {
    let info = plan.info();
    let status = info.status.map(|status| status.word().to_owned()).unwrap_or_default();
    let version = match (info.version.trim(), status.as_str()) {
        ("", status) => status::capital(status),
        (version, "") => version.to_owned(),
        (version, status) if version.to_lowercase().starts_with(status) => version.to_owned(),
        (version, status) => format!("{version}, {status}"),
    };
    Paper {
        name,
        plan: plan.id(),
        organisation: info.organisation,
        title: if info.title.is_empty() { "Action plan".into() } else { info.title },
        subtitle: String::new(),
        version,
        as_at: format!("Position as at {}", status::date(options.as_at)),
        summary: Vec::new(),
        figures: Vec::new(),
        chart: None,
        columns: Vec::new(),
        groups: Vec::new(),
        empty: "",
        sections: Vec::new(),
        mark: "",
    }
}

fn recommendation(plan: &Plan, index: &Index, words: &StateWords, row: &Recommendation, options: &Options) -> Row {
    let mut stands = answer(row);
    stands.extend(positions(plan, index, row, options, !row.acceptance_reason.is_empty()));
    stands.extend(evidence_of(plan, index, row, options));
    Row {
        reference: plan.reference_name(row),
        title: row.shown_title().to_owned(),
        cells: vec![wording(row), response(row), stands, actions(plan, index, words, row, options)],
    }
}

pub(super) fn wording(row: &Recommendation) -> Vec<Block> {
    let mut wording: Vec<Block> = Block::of(row.shown_text()).collect();
    if !row.local_text.is_empty() {
        wording.push(Block::paragraph(vec![Run::Quiet(printed::OWN_WORDING.into())]));
    }
    wording
}

pub(super) fn actions(
    plan: &Plan,
    index: &Index,
    words: &StateWords,
    row: &Recommendation,
    options: &Options,
) -> Vec<Block> {
    index.actions(plan, row.id).into_iter().flat_map(|row| action(plan, index, words, row, options)).collect()
}

pub(super) fn response(row: &Recommendation) -> Vec<Block> {
    let mut cell = Vec::new();
    if !row.response_status.is_empty() {
        cell.push(Block::paragraph(vec![Run::Strong(row.response_status.clone())]));
    }
    cell.extend(Block::of(&row.response));
    if !row.response_by.is_empty() {
        cell.push(Block::paragraph(vec![Run::Quiet(format!("{}{}", printed::RECORDED_BY, row.response_by))]));
    }
    cell
}

/// The organisation's own answer, with its reasons.
pub(super) fn answer(row: &Recommendation) -> Vec<Block> {
    let mut cell = Vec::new();
    if let Some(answer) = row.acceptance {
        let day = row.acceptance_date.map(|day| format!(", {}", status::date(day))).unwrap_or_default();
        let runs = vec![Run::Quiet(printed::OUR_ANSWER.into()), Run::Strong(answer.word().into()), Run::Quiet(day)];
        cell.push(Block::paragraph(runs));
    }
    cell.extend(Block::of(&row.acceptance_reason));
    cell
}

/// Where the organisation stands. After the reasons of an answer, a position that has no line of its own gets one.
pub(super) fn positions(
    plan: &Plan,
    index: &Index,
    row: &Recommendation,
    options: &Options,
    mut after_reasons: bool,
) -> Vec<Block> {
    let mut cell = Vec::new();
    for position in index.positions_at(plan, row.id, options.as_at) {
        cell.extend(position_lines(position, options, std::mem::take(&mut after_reasons)));
    }
    cell
}

pub(super) fn evidence_of(plan: &Plan, index: &Index, row: &Recommendation, options: &Options) -> Vec<Block> {
    index.evidence(plan, row.id).into_iter().map(|row| evidence(row, options)).collect()
}

/// One line: what it is, then its sort, its date, where it is held and how long it can be relied on.
fn evidence(row: &Evidence, options: &Options) -> Block {
    let (kind, date, held, valid_until) = (row.kind.clone(), row.date, row.held.clone(), row.valid_until);
    let text = row.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let facts = EvidenceFacts { text, kind, date, held, valid_until };
    let more = facts.parts(options.as_at).into_iter().map(|part| vec![Run::Quiet(part)]);
    let mut runs = vec![Run::Quiet(printed::EVIDENCE.into())];
    runs.extend(status::joined(std::iter::once(vec![Run::Plain(facts.text)]).chain(more)));
    Block::paragraph(runs)
}

/// A position's words under the line with its state and its day. Below `reasons` there is such a line in any case: else
/// the position would read as one reason more.
fn position_lines(position: &Position, options: &Options, reasons: bool) -> Vec<Block> {
    let earlier = position.as_at.filter(|day| *day != options.as_at);
    let earlier = earlier.map(|day| vec![Run::Quiet(format!("{}{}", printed::AS_AT, status::date(day)))]);
    let state = position.state.map(|state| vec![Run::State(status::position(state))]);
    let line = status::joined(state.into_iter().chain(earlier));
    let mut cell = Vec::new();
    if !line.is_empty() {
        cell.push(Block::paragraph(line));
    } else if reasons {
        cell.push(Block::paragraph(vec![Run::Quiet(printed::POSITION.into())]));
    }
    cell.extend(Block::of(&position.text));
    cell
}

/// An action as a bullet of the cell, with its state, owner and due under it.
pub(super) fn action(plan: &Plan, index: &Index, words: &StateWords, row: &Action, options: &Options) -> Vec<Block> {
    let mut cell: Vec<Block> = Vec::new();
    for block in Block::of(&row.text) {
        let first = cell.is_empty();
        let bullet = if first { Some(0) } else { block.bullet.map(|level| level + 1) };
        cell.push(Block { bullet, under: !first && bullet.is_none(), runs: block.runs });
    }
    if cell.is_empty() {
        cell.push(Block::bullet(Vec::new()));
    }
    let facts = Facts::of(plan, index, row, options.as_at);
    let parts = facts.parts().into_iter().map(|part| vec![Run::Plain(part)]);
    let runs = status::joined(std::iter::once(status::action(words, &facts)).chain(parts));
    cell.push(Block::under(runs));
    cell
}
