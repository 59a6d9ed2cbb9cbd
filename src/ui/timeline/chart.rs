//! tmp
use super::TimelineTab;
use crate::ui::context::Ctx;
#[derive(Debug, Default)]
pub(super) struct ChartView {}
pub(super) fn show(_ui: &mut egui::Ui, _ctx: &Ctx<'_>, _tab: &mut TimelineTab) {}
