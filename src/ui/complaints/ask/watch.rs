//! How closely a provider is watched from a day on.

use super::{date, foot, line, text, written};
use crate::app::draft::parse_date;
use crate::model::{Id, Watch, WatchLevel, intent};
use crate::ui::complaints::linked;
use crate::ui::context::Ctx;
use crate::ui::dialogs::Outcome;
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::field;
use crate::ui::widgets::pill::sentence_case;
use chrono::NaiveDate;
use egui::{RichText, Ui};

/// A new level.
#[derive(Debug, Clone)]
pub struct WatchForm {
    provider: Id,
    was: Option<Watch>,
    level: Option<Watch>,
    reason: String,
    since: String,
    review: String,
    shared: String,
    finding: Option<Id>,
    ready: bool,
}

impl WatchForm {
    /// A level after the one that holds, as at a date.
    #[must_use]
    pub fn new(provider: Id, now: Option<&WatchLevel>, as_at: NaiveDate) -> Self {
        Self {
            provider,
            was: now.and_then(|row| row.level),
            level: now.and_then(|row| row.level),
            reason: String::new(),
            since: written(Some(as_at)),
            review: String::new(),
            shared: String::new(),
            finding: None,
            ready: false,
        }
    }

    /// Draws the form.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) -> Outcome {
        let theme = tokens(ui);
        let name = ctx.plan.providers.get(&self.provider).map_or("", |row| row.name.as_str());
        ui.label(RichText::new(name).font(theme::strong(size::BODY)));
        field::label(ui, "Level from then on");
        ui.horizontal_wrapped(|ui| {
            for watch in Watch::ALL {
                if ui.radio(self.level == Some(*watch), sentence_case(watch.word())).clicked() {
                    self.level = Some(*watch);
                }
            }
        });
        let what = match self.level {
            Some(Watch::Routine) => "As every provider is",
            Some(Watch::Enhanced) => "More often, and about something",
            Some(Watch::Escalated) => "Taken to others: a risk summit, the regulator",
            None => "",
        };
        ui.label(RichText::new(what).size(size::SMALL).color(theme.ink_second));
        let reason = text(ui, "Why", &mut self.reason, 2);
        if !std::mem::replace(&mut self.ready, true) {
            reason.request_focus();
        }
        let mut dated = true;
        ui.columns_const(|[left, right]| {
            dated &= date(left, "Since", &mut self.since);
            dated &= date(right, "To be looked at again on", &mut self.review);
        });
        line(ui, "Shared with", "CQC, 4 June", &mut self.shared);
        self.led_by(ui, ctx);
        let since = parse_date(&self.since);
        let missing = match () {
            () if self.level.is_none() => Some("Choose a level"),
            () if since.is_none() || !dated => Some("A date is missing or cannot be read"),
            () if self.reason.trim().is_empty() && self.level != self.was => Some("Say why"),
            () => None,
        };
        let row = WatchLevel {
            id: Id::random(),
            provider: self.provider,
            level: self.level,
            date: since,
            reason: self.reason.trim().to_owned(),
            review: parse_date(&self.review),
            shared: self.shared.trim().to_owned(),
            finding: self.finding,
        };
        foot(ui, ctx, "Set the level", missing, move || intent::intelligence::set_watch_level(ctx.plan, &row))
    }

    /// The noted finding that led to it.
    fn led_by(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let rows: Vec<_> =
            ctx.plan.findings_in_order().into_iter().filter(|row| row.provider == Some(self.provider)).collect();
        if rows.is_empty() {
            return;
        }
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        let word = |id: Id| match ctx.plan.findings.get(&id) {
            Some(row) => format!("{}: {}", linked::finding_about(ctx.plan, row, false), linked::aside(row)),
            None => String::new(),
        };
        if let Some(chosen) = field::choice_field(ui, "The finding that led to it", true, self.finding, &ids, word) {
            self.finding = chosen;
        }
    }
}
