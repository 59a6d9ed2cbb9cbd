//! Pale pills with a dark word and a shape: what every state looks like.

use super::shape::{Shape, draw_shape};
use crate::model::state::{Shown, StateWords};
pub use crate::model::text::sentence_case;
use crate::model::triangulation::Verdict;
use crate::model::{Acceptance, PositionState, Watch};
use crate::ui::theme::{self, Tone, size, tokens};
use egui::{Color32, Painter, Pos2, Rect, Ui, pos2, vec2};
use std::sync::Arc;

/// A state as it is shown: a word, a tone, perhaps a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// The word.
    pub word: String,
    /// Its meaning's colour.
    pub tone: Tone,
    /// Its shape.
    pub shape: Option<Shape>,
}

impl Badge {
    /// Where the CCG stands.
    #[must_use]
    pub fn position(state: PositionState) -> Self {
        let (tone, shape) = match state {
            PositionState::InPlace => (Tone::Good, Shape::Disc),
            PositionState::Partly => (Tone::Amber, Shape::Half),
            PositionState::Gap => (Tone::Bad, Shape::Triangle),
            PositionState::Planned => (Tone::Blue, Shape::Diamond),
            PositionState::Waiting => (Tone::Purple, Shape::Clock),
            PositionState::NoLongerNeeded => (Tone::Grey, Shape::Dash),
        };
        Self { word: sentence_case(state.word()), tone, shape: Some(shape) }
    }

    /// A state as it is shown, in the plan's words.
    #[must_use]
    pub fn shown(state: Shown, words: &StateWords) -> Self {
        let (tone, shape) = match state {
            Shown::Complete => (Tone::Good, Shape::Tick),
            Shown::NoLongerNeeded => (Tone::Grey, Shape::Dash),
            Shown::Tentative => (Tone::Grey, Shape::Question),
            Shown::OnHold => (Tone::Amber, Shape::Bars),
            Shown::Overdue => (Tone::Bad, Shape::Triangle),
            Shown::InProgress => (Tone::Blue, Shape::Half),
            Shown::NotStarted => (Tone::Grey, Shape::Ring),
        };
        Self { word: sentence_case(words.word(state)), tone, shape: Some(shape) }
    }

    /// What the government answered. The words stay; only the colour is ours.
    #[must_use]
    pub fn response(status: &str) -> Self {
        let folded = crate::model::text::fold(status);
        let tone = if folded.contains("not accept") || folded.contains("reject") {
            Tone::Bad
        } else if folded.contains("part") {
            Tone::Amber
        } else if folded.contains("principle") {
            Tone::Blue
        } else if folded.contains("accept") || folded.contains("agree") {
            Tone::Good
        } else {
            Tone::Grey
        };
        Self { word: status.to_owned(), tone, shape: None }
    }

    /// What the sources say together.
    #[must_use]
    pub fn verdict(verdict: Verdict) -> Self {
        let (tone, shape) = match verdict {
            Verdict::Corroborated => (Tone::Bad, Shape::Triangles),
            Verdict::SingleSource => (Tone::Amber, Shape::Triangle),
            Verdict::Blind => (Tone::Purple, Shape::Dotted),
            Verdict::TooFew => (Tone::Grey, Shape::Question),
            Verdict::NoSignal => (Tone::Grey, Shape::Dash),
        };
        Self { word: sentence_case(verdict.word()), tone, shape: Some(shape) }
    }

    /// How closely a provider is watched.
    #[must_use]
    pub fn watch(watch: Watch) -> Self {
        let (tone, shape) = match watch {
            Watch::Routine => (Tone::Grey, Shape::Ring),
            Watch::Enhanced => (Tone::Amber, Shape::Half),
            Watch::Escalated => (Tone::Bad, Shape::Triangle),
        };
        Self { word: sentence_case(watch.word()), tone, shape: Some(shape) }
    }

    /// What the CCG answered.
    #[must_use]
    pub fn acceptance(answer: Acceptance) -> Self {
        let tone = match answer {
            Acceptance::Accepted => Tone::Good,
            Acceptance::InPart => Tone::Amber,
            Acceptance::InPrinciple => Tone::Blue,
            Acceptance::NotAccepted => Tone::Bad,
            Acceptance::NotForUs => Tone::Grey,
        };
        Self { word: sentence_case(answer.word()), tone, shape: None }
    }
}

/// Height of a pill in points.
pub const HEIGHT: f32 = 18.0;
const SHAPE: f32 = 9.0;

/// The room of the shape and the gap behind it.
fn lead(badge: &Badge) -> f32 {
    badge.shape.map_or(0.0, |shape| SHAPE * shape.width() + 5.0)
}

/// Paints a pill with its left top corner at a place, cut to a width.
pub fn paint_pill(painter: &Painter, theme: &theme::Tokens, at: Pos2, width: f32, badge: &Badge) {
    let tint = theme.tint(badge.tone);
    let lead = lead(badge);
    let galley = word_galley(painter, &badge.word, tint.ink, (width - 12.0 - lead).max(10.0));
    let rect = Rect::from_min_size(at, vec2((galley.size().x + lead + 12.0).min(width), HEIGHT));
    painter.rect_filled(rect, 4.0, tint.ground);
    if let Some(shape) = badge.shape {
        let centre = pos2(rect.left() + 6.0 + SHAPE * shape.width() / 2.0, rect.center().y);
        draw_shape(painter, centre, SHAPE, shape, tint.ink);
    }
    painter.galley(pos2(rect.left() + 6.0 + lead, rect.center().y - galley.size().y / 2.0), galley, tint.ink);
}

/// The width that a pill needs for its whole word, in points.
#[must_use]
pub fn width(painter: &Painter, badge: &Badge) -> f32 {
    let word = word_galley(painter, &badge.word, Color32::BLACK, f32::INFINITY);
    word.size().x + 12.0 + lead(badge)
}

fn word_galley(painter: &Painter, word: &str, ink: Color32, width: f32) -> Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(word.to_owned(), theme::strong(size::SMALL), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
}

/// A pill as a part of a form.
pub fn pill(ui: &mut Ui, badge: &Badge) -> egui::Response {
    let theme = tokens(ui);
    let galley = word_galley(ui.painter(), &badge.word, theme.ink, ui.available_width());
    let width = galley.size().x + 12.0 + lead(badge);
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), egui::Sense::hover());
    paint_pill(ui.painter(), theme, rect.min, width + 1.0, badge);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &badge.word));
    response
}
