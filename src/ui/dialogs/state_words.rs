//! What the CCG calls states, and which letters print puts before them.

use crate::model::intent;
use crate::model::state::Shown;
use crate::ui::context::Ctx;
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, link_button, pill};
use egui::{RichText, TextEdit, Ui};

/// The letters to choose from, with what people say for each.
const LETTERS: [(&str, &str); 5] =
    [("", "no letter"), ("B", "B, blue"), ("R", "R, red"), ("A", "A, amber"), ("G", "G, green")];

/// Draws a line for each state.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>) {
    let theme = tokens(ui);
    let text = "Your own words stand on screen and in print instead of ours; files and exports keep ours beside them. A letter is printed before the word, never instead of it.";
    ui.add(egui::Label::new(RichText::new(text).size(size::SMALL).color(theme.ink_second)).wrap());
    for state in Shown::ALL {
        ui.horizontal(|ui| line(ui, ctx, *state));
    }
    let usual = Shown::ALL.iter().any(|state| ctx.state_words.letter(*state) != state.usual_letter());
    if ctx.editable
        && usual
        && link_button(ui, "Use the usual letters")
            .on_hover_text("Blue is done, red is overdue, amber is on hold, green is in progress")
            .clicked()
    {
        ctx.edit(intent::set_usual_letters(ctx.plan));
    }
}

fn line(ui: &mut Ui, ctx: &Ctx<'_>, state: Shown) {
    let ours = sentence_case(state.word());
    ui.scope(|ui| {
        ui.set_min_width(150.0);
        pill(ui, &Badge::shown(state, &Default::default()));
    });
    let saved = ctx.state_words.word(state);
    let saved = if saved == state.word() { "" } else { saved };
    let id = egui::Id::unique(("state word", state.word()));
    let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| saved.to_owned());
    let hint = RichText::new(&ours).color(tokens(ui).ink_faint);
    let edit = TextEdit::singleline(&mut typed).id(id).hint_text(hint).desired_width(200.0).interactive(ctx.editable);
    let response = ui.add(edit).accessible_name(format!("Our word for {}", state.word()));
    let letter = ctx.state_words.letter(state);
    if response.lost_focus() {
        ui.data_mut(|data| data.remove_temp::<String>(id));
        if typed.trim() != saved {
            ctx.edit(intent::set_state_word(ctx.plan, state, &typed, letter));
        }
    } else if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, typed));
    }
    let shown = LETTERS.iter().find(|(code, _)| *code == letter).map_or(letter, |(_, words)| *words);
    ui.add_enabled_ui(ctx.editable, |ui| {
        let combo = egui::ComboBox::from_id_salt(("letter", state.word())).width(110.0).selected_text(shown);
        let response = combo.show_ui(ui, |ui| {
            for (code, words) in LETTERS {
                if ui.selectable_label(code == letter, words).clicked() && code != letter {
                    ctx.edit(intent::set_state_word(ctx.plan, state, saved, code));
                }
            }
        });
        response.response.accessible_name(format!("Letter for {}: {shown}", state.word()));
    });
}
