//! What a new plan begins with.

use super::{Trouble, WholePlan};
use crate::import;
use crate::import::json::JsonImport;
use crate::model::catalogue::Catalogue;
use crate::model::{Edit, EditBuilder, Id, Plan, intent};
use chrono::NaiveDate;

/// The edit that a new plan begins with, with the chosen recommendations of the catalogue.
///
/// # Errors
/// When the selection names a number that the catalogue does not have.
pub fn new_plan_edit(organisation: &str, selection: &str) -> Result<Edit, Trouble> {
    let in_words = |error: crate::model::catalogue::CatalogueError| {
        Trouble::new(error.to_string(), "Write all, none, or numbers and ranges such as 123-144, 1.")
    };
    let catalogue = Catalogue::francis().map_err(in_words)?;
    let entries = catalogue.select(selection).map_err(in_words)?;
    let id = Id::random();
    let mut first = intent::create_plan(id, organisation, "Francis action plan", None);
    let mut plan = Plan::default();
    let mut rows = EditBuilder::new(&plan, "");
    catalogue.add_to(&mut rows, id, &entries);
    let rows = rows.finish();
    first.changes.extend(rows.changes);
    first.apply(&mut plan).map_err(|error| Trouble::new(error.to_string(), "Install the program again."))?;
    Ok(first)
}

/// The sample plan, with its signals.
///
/// # Errors
/// Never for the sample as shipped, which a test reads.
pub fn sample_plan(today: NaiveDate) -> Result<WholePlan, Trouble> {
    const SAMPLE: &str = include_str!("../../assets/sample-plan.json");
    let read = import::json::read(SAMPLE, &Plan::default())
        .map_err(|error| Trouble::new(error.to_string(), "Install the program again."))?;
    let edit = Edit { label: "Create the sample plan".into(), ..read.edit };
    Ok(WholePlan::of(&Plan::default(), JsonImport { edit, ..read }, "", today))
}
