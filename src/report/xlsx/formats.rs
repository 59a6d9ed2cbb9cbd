//! How the workbook's cells look.

use crate::model::workbook::Kind;
use rust_xlsxwriter::{Color, Format, FormatAlign};

const BLUE: Color = Color::RGB(0x0000_5EB8);
const DARK_GREY: Color = Color::RGB(0x42_5563);
const MID_GREY: Color = Color::RGB(0x76_8692);

/// The few formats there are.
pub(super) struct Formats {
    text: Format,
    computed: Format,
    date: Format,
    computed_date: Format,
    month: Format,
    computed_month: Format,
    head: Format,
    computed_head: Format,
    /// The narrow last column: clipped, never spilling over the edge.
    pub(super) id: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let base = || Format::new().set_font_name("Arial").set_font_size(10).set_align(FormatAlign::Top);
        // "@": what is typed over stays as it was typed, "July 2013" and "=1" too
        let text = base().set_text_wrap().set_num_format("@");
        let head = base().set_text_wrap().set_bold().set_font_color(Color::White).set_background_color(BLUE);
        let date = base().set_num_format("d mmmm yyyy").set_align(FormatAlign::Left);
        Self {
            computed: text.clone().set_font_color(DARK_GREY),
            computed_date: date.clone().set_font_color(DARK_GREY),
            computed_month: date.clone().set_font_color(DARK_GREY).set_num_format("mmmm yyyy"),
            month: date.clone().set_num_format("mmmm yyyy"),
            computed_head: head.clone().set_background_color(DARK_GREY),
            id: base().set_num_format("@").set_font_size(8).set_font_color(MID_GREY).set_align(FormatAlign::Fill),
            text,
            date,
            head,
        }
    }

    pub(super) fn head(&self, kind: Kind) -> &Format {
        if matches!(kind, Kind::Computed) { &self.computed_head } else { &self.head }
    }

    pub(super) fn body(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Computed => &self.computed,
            Kind::Date => &self.date,
            Kind::Month => &self.month,
            _ => &self.text,
        }
    }

    pub(super) fn month(&self, kind: Kind) -> &Format {
        if matches!(kind, Kind::Computed) { &self.computed_month } else { &self.month }
    }

    pub(super) fn date(&self, kind: Kind) -> &Format {
        if matches!(kind, Kind::Computed) { &self.computed_date } else { &self.date }
    }
}
