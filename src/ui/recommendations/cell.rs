//! What a cell of the grid holds, as parts that can be estimated, measured and painted alike.

use crate::app::{DraftKey, Drafts};
use crate::model::state::{Shown, StateWords};
use crate::model::view::{self, Column};
use crate::model::{Action, Entity, Evidence, Id, Recommendation, text};
use crate::ui::context::Ctx;
use crate::ui::find::marks::Marks;
use crate::ui::theme::{self, Tokens, Tone, size};
use crate::ui::widgets::pill::{self, Badge, paint_pill};
use crate::ui::widgets::shape::{Shape, draw_shape};
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, pos2, vec2};
use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// A title.
    Title,
    /// What the CCG says.
    First,
    /// Published text.
    Second,
    /// Dates and asides.
    Aside,
}

impl Face {
    /// Its font.
    #[must_use]
    pub fn font(self) -> FontId {
        match self {
            Self::Title => theme::strong(size::BODY),
            Self::First | Self::Second => theme::regular(size::BODY),
            Self::Aside => theme::regular(size::SMALL),
        }
    }

    fn ink(self, theme: &Tokens) -> Color32 {
        match self {
            Self::Title | Self::First => theme.ink,
            Self::Second | Self::Aside => theme.ink_second,
        }
    }

    /// Height of one of its lines in points.
    #[must_use]
    pub fn line(self) -> f32 {
        if self == Self::Aside { size::SMALL_LINE } else { size::LINE }
    }
}

/// What stands before a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lead {
    /// Nothing.
    None,
    /// A bullet of a level.
    Bullet(u8),
    /// An action's state.
    State(Shown),
}

impl Lead {
    /// The room it takes before the text, in points.
    #[must_use]
    pub fn indent(self) -> f32 {
        match self {
            Self::None => 0.0,
            Self::Bullet(level) => 14.0 + 12.0 * f32::from(level),
            Self::State(_) => 18.0,
        }
    }
}

/// One part of a cell, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'p> {
    /// A paragraph, with an aside that follows in the same lines.
    Text {
        /// Its words.
        text: Cow<'p, str>,
        /// What follows them, smaller.
        aside: Cow<'p, str>,
        /// How it looks.
        face: Face,
        /// What stands before it.
        lead: Lead,
    },
    /// A state.
    Pill(Badge),
}

impl Hash for Part<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        match self {
            Self::Text { text, aside, face, lead } => (text, aside, face, lead).hash(hasher),
            Self::Pill(badge) => badge.word.hash(hasher),
        }
    }
}

/// Room under a pill.
pub const PILL_GAP: f32 = 3.0;
/// Room between two actions.
const PART_GAP: f32 = 4.0;

impl Part<'_> {
    /// Room between this part and the next.
    #[must_use]
    pub fn gap(&self) -> f32 {
        match self {
            Self::Pill(_) => PILL_GAP,
            Self::Text { lead: Lead::State(_), .. } => PART_GAP,
            Self::Text { .. } => 0.0,
        }
    }
}

/// A column's width in points before anybody changes it.
#[must_use]
pub fn default_width(column: Column) -> f32 {
    match column {
        Column::Reference => 56.0,
        Column::Recommendation => 256.0,
        Column::Response => 158.0,
        Column::Position => 232.0,
        Column::Actions => 208.0,
        Column::State | Column::Report => 110.0,
        Column::Theme | Column::Answer | Column::Owners | Column::Due => 140.0,
        Column::Evidence => 200.0,
    }
}

/// The narrowest that a column can be made, in points.
#[must_use]
pub fn least_width(column: Column) -> f32 {
    if column == Column::Reference { 44.0 } else { 96.0 }
}

fn paragraph(text: &str, face: Face) -> impl Iterator<Item = Part<'_>> {
    text::blocks(text).map(move |block| Part::Text {
        text: block.text.into(),
        aside: "".into(),
        face,
        lead: block.bullet.map_or(Lead::None, Lead::Bullet),
    })
}

fn words<'p>(text: impl Into<Cow<'p, str>>, face: Face) -> Part<'p> {
    Part::Text { text: text.into(), aside: "".into(), face, lead: Lead::None }
}

/// The parts of a recommendation's cell.
#[must_use]
pub fn parts<'p>(ctx: &Ctx<'p>, row: &'p Recommendation, column: Column) -> Vec<Part<'p>> {
    match column {
        Column::Reference => vec![words(row.reference.as_str(), Face::Title)],
        Column::Recommendation => {
            let own = |field, saved: &'p str, published: &'p str| {
                let ours = said(ctx, DraftKey::Field(Entity::Recommendation, row.id, field), saved);
                if ours.is_empty() { published } else { ours }
            };
            let of_own = |field, saved| said(ctx, DraftKey::Field(Entity::Recommendation, row.id, field), saved);
            let title = own("local_title", &row.local_title, of_own("title", &row.title));
            let mut parts = vec![words(title, Face::Title)];
            parts.retain(|part| !matches!(part, Part::Text { text, .. } if text.is_empty()));
            parts.extend(paragraph(own("local_text", &row.local_text, of_own("text", &row.text)), Face::Second));
            if !row.local_text.is_empty() && !row.text.is_empty() {
                parts.push(words("Our wording differs", Face::Aside));
            }
            parts
        }
        Column::Response => {
            let mut parts = Vec::new();
            if !row.response_status.is_empty() {
                parts.push(Part::Pill(Badge::response(&row.response_status)));
            }
            let key = DraftKey::Field(Entity::Recommendation, row.id, "response");
            parts.extend(paragraph(said(ctx, key, &row.response), Face::Second));
            parts
        }
        Column::Position => position_parts(ctx, row.id),
        Column::Actions => action_parts(ctx, row.id),
        Column::Theme => {
            let theme = row.theme.and_then(|theme| ctx.plan.themes.get(&theme));
            theme.map(|theme| words(theme.title.as_str(), Face::First)).into_iter().collect()
        }
        Column::Report => {
            let report = ctx.plan.reports.values().find(|report| report.key == row.report);
            report.map(|report| words(report.short_title.as_str(), Face::Second)).into_iter().collect()
        }
        Column::Answer => answer_parts(row),
        Column::State => {
            let now = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at);
            now.iter().filter_map(|position| position.state).map(|state| Part::Pill(Badge::position(state))).collect()
        }
        Column::Owners => {
            let owners = view::owners_of(ctx.plan, ctx.index, row.id);
            owners.into_iter().map(|owner| words(owner, Face::First)).collect()
        }
        Column::Due => {
            view::next_due(ctx.plan, ctx.index, row.id).into_iter().map(|(_, due)| words(due, Face::First)).collect()
        }
        Column::Evidence => {
            let evidence = ctx.index.evidence(ctx.plan, row.id);
            let text = |evidence: &'p Evidence| {
                let key = DraftKey::Field(Entity::Evidence, evidence.id, "text");
                said(ctx, DraftKey::New(Entity::Evidence, row.id, evidence.id), said(ctx, key, &evidence.text))
            };
            evidence.into_iter().map(|evidence| words(text(evidence), Face::First)).collect()
        }
    }
}

fn answer_parts<'p>(row: &'p Recommendation) -> Vec<Part<'p>> {
    let mut parts = Vec::new();
    if let Some(answer) = row.acceptance {
        parts.push(words(pill::sentence_case(answer.word()), Face::First));
    }
    if let Some(date) = row.acceptance_date {
        parts.push(words(date.format("%-d %B %Y").to_string(), Face::Aside));
    }
    parts.extend(paragraph(&row.acceptance_reason, Face::Second));
    parts
}

/// What a field says: what is being typed there, else what is saved.
fn said<'p>(ctx: &Ctx<'p>, key: DraftKey, saved: &'p str) -> &'p str {
    let drafts: &'p Drafts = ctx.drafts;
    drafts.get(key).map_or(saved, |draft| draft.text.as_str())
}

/// That what was typed into a field is not saved, and where to see why.
fn not_saved<'p>(ctx: &Ctx<'p>, key: DraftKey) -> Option<Part<'p>> {
    let draft = ctx.drafts.get(key)?;
    let waits = draft.asks.is_some() || draft.problem.is_some();
    waits.then(|| words("Not saved: open the cell to see why", Face::Aside))
}

fn position_parts<'p>(ctx: &Ctx<'p>, row: Id) -> Vec<Part<'p>> {
    let mut parts = Vec::new();
    let key = DraftKey::Position(row, ctx.as_at);
    let now = ctx.index.positions_at(ctx.plan, row, ctx.as_at);
    let last = now.last().map(|position| position.id);
    if let (None, Some(draft)) = (last, ctx.drafts.get(key)) {
        parts.extend(paragraph(&draft.text, Face::First));
    }
    for position in now {
        if let Some(state) = position.state {
            parts.push(Part::Pill(Badge::position(state)));
        }
        let mut text = said(ctx, DraftKey::Field(Entity::Position, position.id, "text"), &position.text);
        if Some(position.id) == last {
            text = said(ctx, key, text);
        }
        parts.extend(paragraph(text, Face::First));
        match position.as_at {
            // what is typed over it is of the date that is looked at
            Some(_) if Some(position.id) == last && ctx.drafts.get(key).is_some() => {}
            Some(date) if date < ctx.as_at => {
                parts.push(words(format!("as at {}", date.format("%-d %B %Y")), Face::Aside));
            }
            None => parts.push(words("undated", Face::Aside)),
            Some(_) => {}
        }
    }
    parts.extend(not_saved(ctx, key));
    parts
}

fn action_parts<'p>(ctx: &Ctx<'p>, row: Id) -> Vec<Part<'p>> {
    let actions = ctx.index.actions(ctx.plan, row);
    if actions.is_empty() {
        return vec![words("No action", Face::Aside)];
    }
    actions
        .into_iter()
        .map(|action| Part::Text {
            text: action_text(ctx, row, action).into(),
            aside: aside_of(ctx, action).into(),
            face: Face::First,
            lead: Lead::State(
                Shown::of(action.state)
                    .tentative(action.tentative)
                    .overdue(ctx.index.is_overdue(ctx.plan, action, ctx.as_at)),
            ),
        })
        .collect()
}

fn action_text<'p>(ctx: &Ctx<'p>, row: Id, action: &'p Action) -> &'p str {
    let text = said(ctx, DraftKey::Field(Entity::Action, action.id, "text"), &action.text);
    said(ctx, DraftKey::New(Entity::Action, row, action.id), text)
}

fn aside_of(ctx: &Ctx<'_>, action: &Action) -> String {
    let words = ctx.index.due(ctx.plan, action).text();
    if words.is_empty() { String::new() } else { format!(" · {words}") }
}

/// The words of a cell, for a screen reader.
#[must_use]
pub fn spoken(parts: &[Part<'_>], states: &StateWords) -> String {
    let words: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Pill(badge) => badge.word.clone(),
            Part::Text { text, aside, lead: Lead::State(mark), .. } => {
                format!("{}: {text}{aside}", Badge::shown(*mark, states).word)
            }
            Part::Text { text, aside, .. } => format!("{text}{aside}"),
        })
        .collect();
    words.join(". ")
}

/// A part laid out for a width.
fn galley(painter: &Painter, theme: &Tokens, part: &Part<'_>, width: f32) -> Option<Arc<Galley>> {
    let Part::Text { text, aside, face, lead } = part else { return None };
    let mut job = LayoutJob::default();
    let format = |face: Face| TextFormat {
        font_id: face.font(),
        color: face.ink(theme),
        line_height: Some(face.line()),
        ..TextFormat::default()
    };
    job.append(text, 0.0, format(*face));
    if !aside.is_empty() {
        job.append(aside, 0.0, TextFormat { line_height: Some(face.line()), ..format(Face::Aside) });
    }
    job.wrap.max_width = (width - lead.indent()).max(20.0);
    Some(painter.layout_job(job))
}

/// The exact height of a cell's parts for a width.
#[must_use]
pub fn measure(painter: &Painter, theme: &Tokens, parts: &[Part<'_>], width: f32) -> f32 {
    parts.iter().map(|part| galley(painter, theme, part, width).map_or(pill::HEIGHT, |g| g.size().y) + part.gap()).sum()
}

/// Paints a cell's parts from a place downwards, as far as `bottom`.
pub fn paint(painter: &Painter, theme: &Tokens, parts: &[Part<'_>], at: Pos2, width: f32, bottom: f32) {
    paint_marked(painter, theme, parts, at, width, bottom, &mut Marks::default());
}

/// The same with matches of the search marked.
pub fn paint_marked(
    painter: &Painter,
    theme: &Tokens,
    parts: &[Part<'_>],
    at: Pos2,
    width: f32,
    bottom: f32,
    marks: &mut Marks,
) {
    let mut y = at.y;
    for part in parts {
        if y >= bottom {
            break;
        }
        match part {
            Part::Pill(badge) => {
                let pill = vec2(pill::width(painter, badge).min(width), pill::HEIGHT);
                marks.pill(painter, theme, &badge.word, Rect::from_min_size(pos2(at.x, y), pill));
                paint_pill(painter, theme, pos2(at.x, y), width, badge);
                y += pill::HEIGHT;
            }
            Part::Text { lead, face, .. } => {
                if let Some(galley) = galley(painter, theme, part, width) {
                    let height = galley.size().y;
                    // a cut row ends with a whole line
                    let lines = galley.rows.iter().map(|row| row.rect().bottom());
                    let Some(whole) = lines.take_while(|line| y + line <= bottom + 0.5).last() else { break };
                    let shown = Rect::everything_above(y + whole);
                    let painter = painter.with_clip_rect(painter.clip_rect().intersect(shown));
                    paint_lead(&painter, theme, *lead, pos2(at.x, y + face.line() / 2.0));
                    marks.under(&painter, theme, &galley, pos2(at.x + lead.indent(), y), y + whole);
                    painter.galley(pos2(at.x + lead.indent(), y), galley, theme.ink);
                    y += height;
                }
            }
        }
        y += part.gap();
    }
}

/// Where the texts of a cell's parts stand when they are painted from a place, as they are laid out.
#[must_use]
pub fn placed<'a, 'p>(
    painter: &Painter,
    theme: &Tokens,
    parts: &'a [Part<'p>],
    at: Pos2,
    width: f32,
) -> Vec<(&'a Part<'p>, Pos2, Arc<Galley>)> {
    let mut y = at.y;
    let mut placed = Vec::new();
    for part in parts {
        match (part, galley(painter, theme, part, width)) {
            (Part::Text { lead, .. }, Some(galley)) => {
                let height = galley.size().y;
                placed.push((part, pos2(at.x + lead.indent(), y), galley));
                y += height;
            }
            _ => y += pill::HEIGHT,
        }
        y += part.gap();
    }
    placed
}

fn paint_lead(painter: &Painter, theme: &Tokens, lead: Lead, at: Pos2) {
    match lead {
        Lead::None => {}
        Lead::Bullet(level) => {
            painter.circle_filled(at + vec2(5.0 + 12.0 * f32::from(level), 0.0), 1.9, theme.ink_second);
        }
        Lead::State(mark) => {
            let badge = Badge::shown(mark, &StateWords::default());
            let shape = badge.shape.unwrap_or(Shape::Ring);
            let ink = if badge.tone == Tone::Grey { theme.ink_second } else { theme.tint(badge.tone).ink };
            draw_shape(painter, at + vec2(5.5, 0.0), 10.0, shape, ink);
        }
    }
}

/// The place of a cell's contents inside it.
#[must_use]
pub fn inner(rect: Rect) -> Rect {
    rect.shrink2(vec2(theme::space::CELL, theme::space::CELL_TOP))
}
