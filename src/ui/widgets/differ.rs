//! Two texts with the words marked in which they differ: struck through what is gone, underlined what is
//! new, coloured besides. A screen reader is told the text, then what was removed and what was added.

use crate::model::text::{Run, word_diff};
use crate::ui::theme::{self, Tokens, Tone, size, space, tokens};
use egui::cache::{ComputerMut, FrameCache};
use egui::text::{LayoutJob, TextFormat};
use egui::{Label, Response, RichText, Stroke, Ui};
use std::sync::Arc;

/// Below this width, in points, three texts stand under each other instead of side by side.
const SIDE_BY_SIDE: f32 = 620.0;

/// What of two texts is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// One text: the old one's words struck through where the new one's, underlined, replaced them.
    Both,
    /// The old text, with what only it says underlined.
    Old,
    /// The new text, with what only it says underlined.
    New,
}

/// A piece of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Same(String),
    Gone(String),
    New(String),
}

/// What differs, in reading order, with words that change next to each other in one piece.
fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let runs = word_diff(old, new);
    let mut pieces = Vec::new();
    let (mut gone, mut added) = (String::new(), String::new());
    let flush = |pieces: &mut Vec<Piece>, gone: &mut String, added: &mut String| {
        for (text, piece) in [(gone, Piece::Gone as fn(String) -> Piece), (added, Piece::New)] {
            if !text.is_empty() {
                pieces.push(piece(std::mem::take(text)));
            }
        }
    };
    for (place, run) in runs.iter().enumerate() {
        match run {
            Run::Gone(text) => gone.push_str(text),
            Run::New(text) => added.push_str(text),
            Run::Same(text) => {
                // the space between two words that both differ belongs to what differs
                let goes_on = !gone.is_empty() && !added.is_empty() && text.chars().all(|c| c == ' ');
                if goes_on && runs.get(place + 1).is_some_and(|next| !matches!(next, Run::Same(_))) {
                    gone.push_str(text);
                    added.push_str(text);
                    continue;
                }
                flush(&mut pieces, &mut gone, &mut added);
                match pieces.last_mut() {
                    Some(Piece::Same(before)) => before.push_str(text),
                    _ => pieces.push(Piece::Same((*text).to_owned())),
                }
            }
        }
    }
    flush(&mut pieces, &mut gone, &mut added);
    pieces
}

/// Pieces are worked out once as long as they are on screen.
#[derive(Default)]
struct Worked;

impl ComputerMut<(&str, &str), Arc<Vec<Piece>>> for Worked {
    fn compute(&mut self, (old, new): (&str, &str)) -> Arc<Vec<Piece>> {
        Arc::new(pieces(old, new))
    }
}

/// What a screen reader is told of two texts, after their name: the text, then what differs.
#[must_use]
pub fn said(name: &str, old: &str, new: &str, show: Show) -> String {
    spoken(name, old, new, show, &pieces(old, new))
}

fn spoken(name: &str, old: &str, new: &str, show: Show, pieces: &[Piece]) -> String {
    let quoted = |wanted: fn(&Piece) -> Option<&String>| {
        let texts: Vec<String> = pieces
            .iter()
            .filter_map(wanted)
            .filter(|text| !text.trim().is_empty())
            .map(|text| format!("“{}”", text.trim()))
            .collect();
        texts.join(", ")
    };
    let gone = quoted(|piece| if let Piece::Gone(text) = piece { Some(text) } else { None });
    let added = quoted(|piece| if let Piece::New(text) = piece { Some(text) } else { None });
    let text = if show == Show::Old { old } else { new };
    let mut said = format!("{name}: {}", if text.is_empty() { "blank" } else { text });
    if !said.ends_with(['.', '!', '?']) {
        said.push('.');
    }
    let told = match show {
        Show::Both => [("Removed", gone), ("Added", added)],
        Show::Old => [("Only here", gone), ("", String::new())],
        Show::New => [("Only here", added), ("", String::new())],
    };
    for (word, words) in told.iter().filter(|(_, words)| !words.is_empty()) {
        said.push_str(&format!(" {word}: {words}."));
    }
    said
}

fn job(theme: &Tokens, pieces: &[Piece], show: Show) -> LayoutJob {
    let plain = TextFormat {
        font_id: theme::regular(size::BODY),
        color: theme.ink,
        line_height: Some(size::LINE),
        ..TextFormat::default()
    };
    let (bad, good) = (theme.tint(Tone::Bad), theme.tint(Tone::Good));
    // a ground that is wider than its line would cover what is underlined in the line above
    let plain = TextFormat { expand_bg: -1.0, ..plain };
    let struck = TextFormat {
        color: bad.ink,
        background: bad.ground,
        strikethrough: Stroke::new(1.2, bad.ink),
        ..plain.clone()
    };
    let under =
        TextFormat { color: good.ink, background: good.ground, underline: Stroke::new(1.5, good.ink), ..plain.clone() };
    let only = TextFormat { background: theme.mark, underline: Stroke::new(1.5, theme.ink), ..plain.clone() };
    let mut job = LayoutJob::default();
    for piece in pieces {
        match (piece, show) {
            (Piece::Same(text), _) => job.append(text, 0.0, plain.clone()),
            (Piece::Gone(text), Show::Both) => job.append(text, 0.0, struck.clone()),
            (Piece::New(text), Show::Both) => job.append(text, 0.0, under.clone()),
            (Piece::Gone(text), Show::Old) | (Piece::New(text), Show::New) => job.append(text, 0.0, only.clone()),
            (Piece::Gone(_), Show::New) | (Piece::New(_), Show::Old) => {}
        }
    }
    job
}

/// Two texts with what differs marked. `name` is what a screen reader says first, "Theirs".
pub fn differing(ui: &mut Ui, name: &str, old: &str, new: &str, show: Show) -> Response {
    let theme = tokens(ui);
    let pieces = ui
        .memory_mut(|memory| Arc::clone(memory.caches.cache::<FrameCache<Arc<Vec<Piece>>, Worked>>().get((old, new))));
    let mut job = job(theme, &pieces, show);
    if job.text.is_empty() {
        let format = TextFormat {
            font_id: theme::regular(size::BODY),
            color: theme.ink_second,
            italics: true,
            ..TextFormat::default()
        };
        job.append("blank", 0.0, format);
    }
    let response = ui.add(Label::new(job).wrap());
    // said instead of the painted text, in which what is gone and what is new stand side by side
    let said = spoken(name, old, new, show, &pieces);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &said));
    response
}

/// What both sides began from and what each made of it, side by side where there is room: `names` are the
/// headings of base, ours and theirs. Without a base the two sides are held against each other.
pub fn three(ui: &mut Ui, names: [&str; 3], base: Option<&str>, ours: &str, theirs: &str) {
    let [of_base, of_ours, of_theirs] = names;
    let texts: Vec<(&str, &str, &str, Show)> = match base {
        // against nothing all of both is new: what they differ in is of more use
        Some("") if !ours.is_empty() && !theirs.is_empty() => {
            vec![(of_base, "", "", Show::New), (of_ours, ours, theirs, Show::Old), (of_theirs, ours, theirs, Show::New)]
        }
        Some(base) => vec![
            (of_base, base, base, Show::New),
            (of_ours, base, ours, Show::Both),
            (of_theirs, base, theirs, Show::Both),
        ],
        None => vec![(of_ours, ours, theirs, Show::Old), (of_theirs, ours, theirs, Show::New)],
    };
    let one = |ui: &mut Ui, (name, old, new, show): (&str, &str, &str, Show)| {
        ui.label(RichText::new(name).font(theme::strong(size::SMALL)).color(tokens(ui).ink_second));
        differing(ui, name, old, new, show);
    };
    if ui.available_width() >= SIDE_BY_SIDE {
        ui.columns(texts.len(), |columns| {
            for (ui, text) in columns.iter_mut().zip(texts) {
                // columns justify what stands in them
                ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| one(ui, text));
            }
        });
    } else {
        for text in texts {
            one(ui, text);
            ui.add_space(space::TIGHT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_reader_is_told_what_was_removed_and_what_was_added() {
        let told =
            said("Theirs", "The report goes to the board in May.", "The report goes to the board in June.", Show::Both);
        assert_eq!(told, "Theirs: The report goes to the board in June. Removed: “May.”. Added: “June.”.");
        let told = said("Ours", "Quality lead", "Quality lead", Show::Both);
        assert_eq!(told, "Ours: Quality lead.", "nothing differs");
        let told = said("Ours", "", "Quality lead", Show::Old);
        assert_eq!(told, "Ours: blank.", "what is blank is said so");
    }

    #[test]
    fn words_that_change_next_to_each_other_are_one_piece() {
        let found = pieces("the NHS Commissioning Board must", "the NHS England team must");
        let gone: Vec<&Piece> = found.iter().filter(|piece| matches!(piece, Piece::Gone(_))).collect();
        assert_eq!(gone, [&Piece::Gone("Commissioning Board".into())], "{found:?}");
    }

    #[test]
    fn each_side_reads_whole_and_is_marked_by_more_than_colour() {
        let pieces = pieces("seen by the Board", "seen by the Committee monthly");
        let both = job(&theme::LIGHT, &pieces, Show::Both);
        assert!(
            both.sections.iter().any(|part| part.format.strikethrough.width > 0.0),
            "what is gone is struck through"
        );
        assert!(both.sections.iter().any(|part| part.format.underline.width > 0.0), "what is new is underlined");
        assert_eq!(job(&theme::LIGHT, &pieces, Show::Old).text, "seen by the Board");
        assert_eq!(job(&theme::DARK, &pieces, Show::New).text, "seen by the Committee monthly");
    }
}
