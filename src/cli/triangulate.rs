//! The verb that says what all sources say together.

use super::arguments::Triangulate;
use super::output::Output;
use super::{DONE, Desk, Stop, USAGE, judged_at};
use crate::app::Settings;
use crate::model::due::Month;
use crate::model::intelligence::{Intelligence, View};
use crate::model::text::fold;
use crate::model::{Id, Plan};
use crate::report::triangulation;
use chrono::Utc;
use std::sync::Arc;

pub(super) fn triangulate(desk: &Desk<'_>, asked: &Triangulate, output: &mut Output) -> Result<u8, Stop> {
    let now = Utc::now();
    let file = desk.open_to_read(&asked.plan, now)?;
    let plan = file.read()?;
    let facts = file.facts()?;
    file.close();
    let rules = Settings::load(&desk.folders.settings()).0.rules.at(judged_at(asked.as_at, &plan, now));
    let worked_out = Intelligence::of(&plan, &Arc::new(facts), rules);
    let view = view(&worked_out, &plan, asked.provider.as_deref(), (asked.from, asked.to))?;
    output.result(
        || triangulation::json(&worked_out, &view),
        || triangulation::words(&worked_out, &view).trim_end().to_owned(),
    );
    Ok(DONE)
}

/// The view that was asked for: a provider by its name, and the months from one to another. Where only one end is
/// named, the other is that of the last month that came, or three months are taken.
pub(super) fn view(
    of: &Intelligence,
    plan: &Plan,
    name: Option<&str>,
    months: (Option<Month>, Option<Month>),
) -> Result<View, Stop> {
    let mut view = of.usual_view();
    view.provider = name.map(|name| provider(plan, name)).transpose()?;
    match months {
        (None, None) => {}
        (Some(from), None) => (view.from, view.to) = (from, view.to.max(from)),
        (None, Some(to)) => (view.from, view.to) = (to.plus(-2), to),
        (Some(from), Some(to)) => (view.from, view.to) = (from, to),
    }
    if view.from > view.to {
        let what = format!("--from {} is later than --to {}", view.from, view.to);
        return Err(Stop { status: USAGE, what, remedy: "Name the first month with --from.".to_owned() });
    }
    Ok(view)
}

/// A provider by its name, in whatever case, or by another name that it goes by.
fn provider(plan: &Plan, name: &str) -> Result<Id, Stop> {
    let wanted = fold(name.trim());
    let found = plan
        .providers_in_order()
        .into_iter()
        .find(|row| fold(&row.name) == wanted || row.aliases.lines().any(|alias| fold(alias.trim()) == wanted));
    found.map(|row| row.id).ok_or_else(|| {
        let names: Vec<String> = plan.providers_in_order().iter().map(|row| format!("\"{}\"", row.name)).collect();
        let has = if names.is_empty() { "It has none.".to_owned() } else { format!("It has {}.", names.join(", ")) };
        Stop { status: USAGE, what: format!("the plan has no provider \"{}\"", name.trim()), remedy: has }
    })
}
