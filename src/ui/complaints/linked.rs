//! The findings behind an action or a recommendation, wherever those are shown.

use crate::model::{Id, NotedFinding, Plan};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::{field, link_button};
use egui::{RichText, Ui};

/// Draws the findings linked to a row; nothing where there is none. A click leads to the complaints tab, at that
/// provider, theme and period.
pub fn linked_findings(ui: &mut Ui, ctx: &Ctx<'_>, row: Id) {
    if !ctx.plan.findings_about(row).is_empty() {
        field::label(ui, "Findings");
        list(ui, ctx, row);
    }
}

/// The same under a heading of the caller's.
pub fn list(ui: &mut Ui, ctx: &Ctx<'_>, row: Id) {
    let theme = tokens(ui);
    for finding in ctx.plan.findings_about(row) {
        let words = finding_about(ctx.plan, finding, true);
        let link = link_button(ui, &words).on_hover_text("Show it among complaints");
        if link.accessible_name(format!("Show the finding: {words}")).clicked() {
            ctx.send(Wish::ShowFinding(finding.id));
        }
        let mut aside = aside(finding);
        if !finding.judgement.is_empty() {
            aside = format!("{aside}: {}", finding.judgement);
        }
        ui.add(egui::Label::new(RichText::new(aside).size(size::SMALL).color(theme.ink_second)).wrap());
    }
}

/// "Northmoor General, staffing levels": what a finding is about.
#[must_use]
pub fn finding_about(plan: &Plan, finding: &NotedFinding, with_provider: bool) -> String {
    let theme = match finding.theme {
        Some(id) => {
            let all = crate::model::intelligence::themes_of(plan);
            all.into_iter().find(|row| row.id == id).map_or_else(|| "a theme that is gone".into(), |row| row.title)
        }
        None => "All themes".to_owned(),
    };
    if !with_provider {
        return theme;
    }
    let provider = match finding.provider {
        Some(id) => plan.providers.get(&id).map_or("a provider that is gone", |row| row.name.as_str()),
        None => "All providers",
    };
    format!("{provider}, {}", crate::model::intelligence::lower_first(&theme))
}

/// "April to June 2013, corroborated, noted 12 July 2013".
pub(super) fn aside(finding: &NotedFinding) -> String {
    let period = finding.from.zip(finding.to).map(|(from, to)| super::period_words(from, to));
    let noted = finding.date.map(|date| format!("noted {}", date.format("%-d %B %Y")));
    let verdict = (!finding.verdict.is_empty()).then(|| finding.verdict.clone());
    let parts: Vec<String> = [period, verdict, noted].into_iter().flatten().collect();
    parts.join(", ")
}
