//! New limits of a chart from a month on, and why.

use super::{foot, text};
use crate::model::due::Month;
use crate::model::intelligence::{Charted, ThemeKey};
use crate::model::signal::Source;
use crate::model::{Id, Rebase, intent};
use crate::ui::context::Ctx;
use crate::ui::dialogs::Outcome;
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::field;
use egui::{RichText, Ui};

/// Which chart, from when, and why.
#[derive(Debug, Clone)]
pub struct RebaseForm {
    title: String,
    provider: Id,
    source: Source,
    theme: ThemeKey,
    /// The months that limits can begin with.
    months: Vec<Month>,
    month: Option<Month>,
    /// For all charts of the source.
    all: bool,
    reason: String,
    ready: bool,
}

impl RebaseForm {
    /// New limits of a chart, from a month where that was pointed at.
    #[must_use]
    pub fn new(chart: &Charted, month: Option<Month>) -> Self {
        // the first point has limits from its own beginning
        let months: Vec<Month> = chart.series.points.iter().skip(1).filter_map(|point| point.month).collect();
        Self {
            title: format!("{}, {}", chart.title, chart.provider_name),
            provider: chart.provider,
            source: chart.source,
            theme: chart.theme,
            month: month.filter(|month| months.contains(month)),
            months,
            all: chart.theme.id().is_none(),
            reason: String::new(),
            ready: false,
        }
    }

    /// Draws the form.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) -> Outcome {
        let theme = tokens(ui);
        ui.add(egui::Label::new(RichText::new(&self.title).font(theme::strong(size::BODY))).wrap());
        let words = "Only where something changed that is known: a new form, a merger, a ward that closed. Not because a month looks odd.";
        ui.add(egui::Label::new(RichText::new(words).color(theme.ink_second)).wrap());
        let months: Vec<Month> = self.months.iter().rev().copied().collect();
        if let Some(month) =
            field::choice_field(ui, "First month of the new limits", true, self.month, &months, Month::label)
        {
            self.month = month;
        }
        let reason = text(ui, "What changed", &mut self.reason, 2);
        if !std::mem::replace(&mut self.ready, true) {
            reason.request_focus();
        }
        if self.theme.id().is_some() {
            let all = format!("For all {} of the provider, not this theme alone", self.source.several());
            ui.checkbox(&mut self.all, all);
        }
        let missing = match () {
            () if self.month.is_none() => Some("Choose a month"),
            () if self.reason.trim().is_empty() => Some("Say what changed: it stands on the chart"),
            () => None,
        };
        let row = Rebase {
            id: Id::random(),
            provider: self.provider,
            source: Some(self.source),
            theme: self.theme.id().filter(|_| !self.all),
            month: self.month,
            reason: self.reason.trim().to_owned(),
        };
        foot(ui, ctx, "Set the limits", missing, move || intent::intelligence::rebase_chart(ctx.plan, &row))
    }
}
