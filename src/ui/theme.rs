//! Colours, sizes and fonts by meaning: the only file that names a colour.

use egui::epaint::text::{FontData, FontDefinitions, FontFamily};
use egui::{Color32, CornerRadius, FontId, Stroke, Style, TextStyle, Theme, Visuals};
use std::sync::Arc;

/// Font sizes in points.
pub mod size {
    /// The plan's name.
    pub const TITLE: f32 = 16.0;
    /// A heading in the editor or a dialog.
    pub const HEADING: f32 = 15.0;
    /// Everything people read.
    pub const BODY: f32 = 13.0;
    /// Labels, column heads, pills. Nothing is smaller.
    pub const SMALL: f32 = 12.0;
    /// The rail's words and dates beside actions.
    pub const TINY: f32 = 11.0;
    /// Height of a line of body text: 1.4 times the size.
    pub const LINE: f32 = 18.5;
    /// Height of a line of small text.
    pub const SMALL_LINE: f32 = 16.5;
}

/// Distances in points.
pub mod space {
    /// Between things that belong together.
    pub const TIGHT: f32 = 4.0;
    /// Between things.
    pub const NORMAL: f32 = 8.0;
    /// Between groups of things, and around a panel's contents.
    pub const WIDE: f32 = 14.0;
    /// The rail.
    pub const RAIL: f32 = 104.0;
    /// The bar at the top.
    pub const BAR: f32 = 46.0;
    /// The bar below it.
    pub const FILTER_BAR: f32 = 40.0;
    /// Inside a cell of the grid, left and right.
    pub const CELL: f32 = 10.0;
    /// Inside a cell of the grid, top and bottom.
    pub const CELL_TOP: f32 = 9.0;
}

/// A pale ground and the dark word on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tint {
    /// The word and the shape.
    pub ink: Color32,
    /// The pill.
    pub ground: Color32,
}

/// What a tint is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// In place, complete, accepted.
    Good,
    /// Partly, on hold, in part.
    Amber,
    /// Gap, overdue, refused.
    Bad,
    /// In progress, planned, in principle.
    Blue,
    /// Waiting for others.
    Purple,
    /// Not started, no longer needed, unknown.
    Grey,
}

/// One theme's colours by meaning.
#[derive(Debug, Clone, Copy)]
pub struct Tokens {
    /// The surface that words stand on.
    pub paper: Color32,
    /// Behind the bars and the theme rows.
    pub ground: Color32,
    /// A theme row.
    pub band: Color32,
    /// What the CCG says.
    pub ink: Color32,
    /// Published text, labels.
    pub ink_second: Color32,
    /// Large or unimportant text only.
    pub ink_faint: Color32,
    /// Around panels and fields.
    pub line: Color32,
    /// Between rows.
    pub line_faint: Color32,
    /// Around a field that can be typed into; 3:1 on paper.
    pub line_field: Color32,
    /// Selected, or to be done next.
    pub accent: Color32,
    /// A word on the accent.
    pub on_accent: Color32,
    /// A selected row.
    pub accent_ground: Color32,
    /// Words that differ.
    pub mark: Color32,
    /// Behind matches of the search.
    pub found: Color32,
    /// Behind the largest number of a column; smaller ones are paler.
    pub heat: Color32,
    /// The lines that say: nothing was received.
    pub hatch: Color32,
    /// A chart's points that go up and down like every month.
    pub common: Color32,
    /// A special cause in the good direction.
    pub improvement: Color32,
    /// A special cause in the adverse direction.
    pub concern: Color32,
    /// A special cause where neither direction is good.
    pub neutral: Color32,
    good: Tint,
    amber: Tint,
    bad: Tint,
    blue: Tint,
    purple: Tint,
    grey: Tint,
}

impl Tokens {
    /// The tint for a meaning.
    #[must_use]
    pub fn tint(&self, tone: Tone) -> Tint {
        match tone {
            Tone::Good => self.good,
            Tone::Amber => self.amber,
            Tone::Bad => self.bad,
            Tone::Blue => self.blue,
            Tone::Purple => self.purple,
            Tone::Grey => self.grey,
        }
    }
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn tint(ink: u32, ground: u32) -> Tint {
    Tint { ink: rgb(ink), ground: rgb(ground) }
}

/// By day.
pub const LIGHT: Tokens = Tokens {
    paper: rgb(0x00ff_ffff),
    ground: rgb(0x00f4_f6f8),
    band: rgb(0x00ed_f1f4),
    ink: rgb(0x0021_2b32),
    ink_second: rgb(0x004c_6272),
    ink_faint: rgb(0x0076_8692),
    line: rgb(0x00d8_dde0),
    line_faint: rgb(0x00e8_edee),
    line_field: rgb(0x008a_99a4),
    accent: rgb(0x0000_5eb8),
    on_accent: rgb(0x00ff_ffff),
    accent_ground: rgb(0x00f0_f6fc),
    mark: rgb(0x00ff_f1d6),
    found: rgb(0x00ff_e08a),
    heat: rgb(0x00bd_daf2),
    hatch: rgb(0x00d3_dade),
    common: rgb(0x0076_8692),
    improvement: rgb(0x0000_789e),
    concern: rgb(0x00c6_5102),
    neutral: rgb(0x0033_0072),
    good: tint(0x0000_6b35, 0x00e5_f2eb),
    amber: tint(0x008a_5300, 0x00ff_f1d6),
    bad: tint(0x00b5_190f, 0x00fb_e6e4),
    blue: tint(0x0000_5eb8, 0x00e6_f0f9),
    purple: tint(0x0033_0072, 0x00eb_e5f2),
    grey: tint(0x004c_6272, 0x00ec_eff1),
};

/// By night: the same meanings.
pub const DARK: Tokens = Tokens {
    paper: rgb(0x0018_1e23),
    ground: rgb(0x0011_161a),
    band: rgb(0x0022_2a30),
    ink: rgb(0x00ee_f2f5),
    ink_second: rgb(0x00b3_c1cb),
    ink_faint: rgb(0x008c_9ca8),
    line: rgb(0x0036_4149),
    line_faint: rgb(0x002a_333a),
    line_field: rgb(0x0074_8591),
    accent: rgb(0x005a_a9ee),
    on_accent: rgb(0x0008_1a2b),
    accent_ground: rgb(0x001c_2b38),
    mark: rgb(0x004d_3a12),
    found: rgb(0x005c_4306),
    heat: rgb(0x001f_4a6e),
    hatch: rgb(0x0038_444d),
    common: rgb(0x008c_9ca8),
    improvement: rgb(0x0052_bbdf),
    concern: rgb(0x00ff_9c5e),
    neutral: rgb(0x00c9_b0ee),
    good: tint(0x007f_d9a6, 0x0018_3427),
    amber: tint(0x00f3_c26b, 0x003a_2d12),
    bad: tint(0x00ff_9d94, 0x0046_201d),
    blue: tint(0x0085_bff2, 0x0018_2f44),
    purple: tint(0x00c9_b0ee, 0x0032_2743),
    grey: tint(0x00b3_c1cb, 0x002b_343b),
};

/// The tokens of the theme that is shown.
#[must_use]
pub fn tokens(ui: &egui::Ui) -> &'static Tokens {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// The semibold font, for titles and what is selected.
#[must_use]
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("strong".into()))
}

/// The regular font.
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Gives a context the program's fonts and both themes.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.add_font(egui_material_icons::font_insert());
    // a system that does not say is taken for a bright office
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    ctx.set_style_of(Theme::Light, style(&LIGHT, Theme::Light));
    ctx.set_style_of(Theme::Dark, style(&DARK, Theme::Dark));
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, data: &'static [u8]| {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(data)));
    };
    add("inter", include_bytes!("../../assets/fonts/inter/Inter-Regular.otf"));
    add("inter-semibold", include_bytes!("../../assets/fonts/inter/Inter-SemiBold.otf"));
    // what Inter lacks: other alphabets, arrows, ballot boxes
    add("dejavu", include_bytes!("../../assets/fonts/dejavu-sans/DejaVuSans.ttf"));
    let families = [
        (FontFamily::Proportional, ["inter", "dejavu"]),
        (FontFamily::Monospace, ["inter", "dejavu"]),
        (FontFamily::Name("strong".into()), ["inter-semibold", "dejavu"]),
    ];
    for (family, names) in families {
        fonts.families.insert(family, names.map(String::from).to_vec());
    }
    fonts
}

fn style(tokens: &Tokens, theme: Theme) -> Style {
    let mut style = Style { visuals: visuals(tokens, theme), ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, regular(size::SMALL)),
        (TextStyle::Body, regular(size::BODY)),
        (TextStyle::Button, regular(size::BODY)),
        (TextStyle::Heading, strong(size::HEADING)),
        (TextStyle::Monospace, regular(size::BODY)),
    ]
    .into();
    style.spacing.item_spacing = egui::vec2(space::NORMAL, 6.0);
    style.spacing.button_padding = egui::vec2(10.0, 5.0);
    style.spacing.interact_size = egui::vec2(28.0, 28.0);
    style.spacing.menu_margin = egui::Margin::same(6);
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    // over remote desktop every frame is drawn by the processor and sent as pixels
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style
}

fn visuals(tokens: &Tokens, theme: Theme) -> Visuals {
    let mut visuals = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    let corner = CornerRadius::same(4);
    visuals.override_text_color = None;
    visuals.panel_fill = tokens.paper;
    visuals.window_fill = tokens.paper;
    visuals.window_stroke = Stroke::new(1.0, tokens.line);
    visuals.window_corner_radius = CornerRadius::same(6);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.extreme_bg_color = tokens.paper;
    visuals.faint_bg_color = tokens.ground;
    visuals.hyperlink_color = tokens.accent;
    visuals.selection.bg_fill = tokens.accent.gamma_multiply(0.3);
    visuals.selection.stroke = Stroke::new(1.5, tokens.accent);
    visuals.warn_fg_color = tokens.amber.ink;
    visuals.error_fg_color = tokens.bad.ink;
    visuals.text_cursor.blink = false;
    visuals.weak_text_color = Some(tokens.ink_second);
    let widgets = &mut visuals.widgets;
    for (state, line, ground) in [
        (&mut widgets.noninteractive, tokens.line, tokens.paper),
        (&mut widgets.inactive, tokens.line, tokens.paper),
        (&mut widgets.hovered, tokens.line_field, tokens.ground),
        (&mut widgets.active, tokens.accent, tokens.blue.ground),
        (&mut widgets.open, tokens.accent, tokens.paper),
    ] {
        state.bg_fill = ground;
        state.weak_bg_fill = ground;
        state.bg_stroke = Stroke::new(1.0, line);
        state.fg_stroke = Stroke::new(1.0, tokens.ink);
        state.corner_radius = corner;
        state.expansion = 0.0;
    }
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance after WCAG 2.
    fn luminance(colour: Color32) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_stand_out_at_least_four_and_a_half_to_one_and_shapes_three_to_one() {
        for (name, tokens) in [("light", LIGHT), ("dark", DARK)] {
            for ground in [tokens.paper, tokens.ground, tokens.band, tokens.accent_ground, tokens.mark] {
                for ink in [tokens.ink, tokens.ink_second] {
                    assert!(contrast(ink, ground) >= 4.5, "{name}: {ink:?} on {ground:?} {}", contrast(ink, ground));
                }
                assert!(contrast(tokens.accent, ground) >= 3.0, "{name}: accent on {ground:?}");
            }
            for tone in [Tone::Good, Tone::Amber, Tone::Bad, Tone::Blue, Tone::Purple, Tone::Grey] {
                let tint = tokens.tint(tone);
                assert!(contrast(tint.ink, tint.ground) >= 4.5, "{name}: {tone:?} {}", contrast(tint.ink, tint.ground));
                assert!(contrast(tint.ink, tokens.paper) >= 3.0, "{name}: {tone:?} as a shape on paper");
            }
            for shape in [tokens.improvement, tokens.concern, tokens.neutral] {
                for ground in [tokens.paper, tokens.heat, tokens.band] {
                    assert!(
                        contrast(shape, ground) >= 3.0,
                        "{name}: {shape:?} on {ground:?} {}",
                        contrast(shape, ground)
                    );
                }
            }
            for ink in [tokens.ink, tokens.ink_second] {
                assert!(
                    contrast(ink, tokens.found) >= 4.5,
                    "{name}: {ink:?} on a match {}",
                    contrast(ink, tokens.found)
                );
            }
            assert!(contrast(tokens.common, tokens.paper) >= 3.0, "{name}: a common cause on paper");
            assert!(contrast(tokens.ink, tokens.heat) >= 4.5, "{name}: a number on the largest tint");
            assert!(contrast(tokens.on_accent, tokens.accent) >= 4.5, "{name}: a word on the accent");
            assert!(
                contrast(tokens.line_field, tokens.paper) >= 2.8,
                "{name}: the edge of a field {}",
                contrast(tokens.line_field, tokens.paper)
            );
        }
    }
}
