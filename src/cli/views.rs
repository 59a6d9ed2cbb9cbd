//! A saved view of the plan, for the report that follows it.

use super::arguments::Export;
use super::output::Output;
use super::{Stop, USAGE};
use crate::app::changed::start_of;
use crate::model::view::{Look, View, changed_recommendations};
use crate::model::{Index, Plan, intent};
use crate::report::ReportName;
use crate::store::PlanFile;
use std::sync::Arc;

/// Whether a view can be asked for with this report and file.
pub(super) fn is_for(export: &Export, name: ReportName) -> Result<(), Stop> {
    let ending = export.out.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let whole = matches!(ending.as_str(), "json" | "ics");
    if export.view.is_none() || (name == ReportName::Appendix && !whole) {
        return Ok(());
    }
    let what =
        format!("--view is for --report appendix as .pdf, .docx, .html, .csv or .xlsx, not for {name} as .{ending}");
    Err(Stop { status: USAGE, what, remedy: "Leave it away, or choose that report and kind of file.".to_owned() })
}

/// The view of a name. What of it is not understood is said.
pub(super) fn look(plan: &Plan, file: &PlanFile, name: &str, output: &mut Output) -> Result<Look, Stop> {
    let Some(row) = intent::view_named(plan, name) else {
        let names: Vec<&str> = plan.saved_views_in_order().iter().map(|row| row.name.as_str()).collect();
        let remedy = if names.is_empty() {
            "The plan has no saved views. Save one under Views, above the list of recommendations.".to_owned()
        } else {
            format!("The plan has: {}.", names.join(", "))
        };
        return Err(Stop::refused(format!("the plan has no view named \"{name}\""), &remedy));
    };
    let read = View::read(&row.definition)
        .map_err(|error| Stop::refused(format!("{}: {error}", row.name), "Choose another view, or save it again."))?;
    let mut view = read.view;
    if !read.unknown.is_empty() {
        output.note(&format!("The view has words that this program does not know: {}", read.unknown.join(", ")));
    }
    if view.fit(plan) > 0 {
        output.note("The view names a theme that the plan no longer has; it is left aside");
    }
    let changed = match view.filter.changed_since {
        Some(day) => {
            let changes = file.changes_since(start_of(day))?;
            Some(Arc::new(changed_recommendations(plan, &Index::of(plan), &changes)))
        }
        None => None,
    };
    Ok(Look { name: row.name.clone(), view, changed })
}
