//! A conflict as a person decides it: what stood there before, what was done here, what was done there,
//! and which shall stand.

use super::differ;
use super::writing;
use crate::ui::theme::{self, size, space, tokens};
use egui::{Response, RichText, Ui};

/// Both sides of one conflict.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// What it is about: "Our title of recommendation 124".
    pub name: &'a str,
    /// Who the other side is, with when where it is known.
    pub other: &'a str,
    /// What both began from; `None` where nobody can say.
    pub base: Option<&'a str>,
    /// What was done here.
    pub mine: &'a str,
    /// What was done there; `None` where they deleted it.
    pub theirs: Option<&'a str>,
    /// Whether another text can be written in place of both.
    pub third: bool,
}

/// Which shall stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing was chosen yet.
    #[default]
    Open,
    /// What was done here.
    Mine,
    /// What was done there.
    Theirs,
    /// Another text.
    Third(String),
}

/// Draws the sides and the choice between them.
pub fn sides(ui: &mut Ui, sides: &Sides<'_>, choice: &mut Choice) {
    let theme = tokens(ui);
    ui.label(RichText::new(sides.name).font(theme::strong(size::BODY)));
    match sides.theirs {
        Some(theirs) => {
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.x = space::WIDE;
                differ::three(ui, ["Before", "Yours", sides.other], sides.base, sides.mine, theirs);
            });
        }
        None => {
            let gone = format!("{}: deleted it", sides.other);
            ui.label(RichText::new(gone).font(theme::strong(size::SMALL)).color(theme.ink_second));
            let mine = ui.add(egui::Label::new(sides.mine).wrap().selectable(true));
            // of a label a screen reader is told its text, not its name
            let said = format!("Yours: {}", sides.mine);
            mine.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &said));
        }
    }
    ui.add_space(space::TIGHT);
    let words =
        if sides.theirs.is_some() { ["Keep yours", "Take theirs"] } else { ["Bring it back with yours", "Let it go"] };
    ui.horizontal_wrapped(|ui| {
        for (word, chosen) in words.into_iter().zip([Choice::Mine, Choice::Theirs]) {
            if radio(ui, *choice == chosen, word, sides.name).clicked() {
                *choice = chosen;
            }
        }
        let writing = matches!(choice, Choice::Third(_));
        if sides.third && radio(ui, writing, "Write another text", sides.name).clicked() && !writing {
            *choice = Choice::Third(sides.mine.to_owned());
        }
        let copy = ui.add(egui::Button::new(RichText::new("Copy yours").color(theme.accent)).frame(false));
        if copy
            .accessible_name(format!("Copy yours: {}", sides.name))
            .on_hover_text("Put your text on the clipboard")
            .clicked()
        {
            ui.ctx().copy_text(sides.mine.to_owned());
        }
    });
    if let Choice::Third(text) = choice {
        writing::text_box(ui, &format!("Another text: {}", sides.name), text, 2, "");
    }
}

fn radio(ui: &mut Ui, chosen: bool, word: &str, of: &str) -> Response {
    ui.radio(chosen, word).accessible_name(format!("{word}: {of}"))
}
