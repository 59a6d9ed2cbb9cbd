//! The fixed published recommendations of a report, as the catalogue files hold them.

use super::{EditBuilder, Id, Recommendation, Report, Theme, order, reference};
use chrono::NaiveDate;
use serde::Deserialize;
use std::sync::LazyLock;

/// The catalogue that ships with the program.
const FRANCIS: &str = include_str!("../../assets/catalogue/francis-2013.json");

/// A report's recommendations. The file's format is described beside it, in `assets/catalogue`.
#[derive(Debug, Clone, Deserialize)]
pub struct Catalogue {
    /// `recap-catalogue/1`.
    pub format: String,
    /// The report.
    pub report: CatalogueReport,
    /// Its sections, in its order.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Its recommendations.
    pub recommendations: Vec<CatalogueEntry>,
}

/// What a catalogue says of its report.
#[derive(Debug, Clone, Deserialize)]
pub struct CatalogueReport {
    /// `francis-2013`.
    pub key: String,
    /// In full.
    pub title: String,
    /// As people say it.
    #[serde(default)]
    pub short_title: String,
    /// The day it was published.
    pub published: Option<NaiveDate>,
    /// How many recommendations the report made, of which the catalogue may hold a part.
    pub total: Option<u32>,
    /// Under which licence its words stand here.
    #[serde(default)]
    pub licence: String,
}

/// One published recommendation.
#[derive(Debug, Clone, Deserialize)]
pub struct CatalogueEntry {
    /// Its number, as text.
    pub reference: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// The section it stands in, where the report has sections.
    pub section: Option<String>,
    /// Its words; bullets as `• ` lines.
    pub text: String,
    /// What the government answered, where that is recorded.
    pub response: Option<CatalogueResponse>,
}

/// A government response.
#[derive(Debug, Clone, Deserialize)]
pub struct CatalogueResponse {
    /// "Accepted in principle".
    pub status: String,
    /// Its words.
    pub text: Option<String>,
    /// Whose record this is.
    #[serde(default)]
    pub recorded_by: String,
}

/// Whether a recommendation's words are the catalogue's, which nobody changes.
#[must_use]
pub fn is_published(row: &Recommendation) -> bool {
    static SHIPPED: LazyLock<Option<Catalogue>> = LazyLock::new(|| Catalogue::francis().ok());
    SHIPPED.as_ref().is_some_and(|c| c.report.key == row.report && c.entry(&row.reference).is_some())
}

/// A catalogue file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Not JSON, or not of this shape.
    #[error("the catalogue cannot be read: {0}")]
    Shape(#[from] serde_json::Error),
    /// A format this program does not know.
    #[error("the catalogue is of the format \"{0}\"; this program reads \"recap-catalogue/1\"")]
    Format(String),
    /// Two recommendations with one number.
    #[error("the catalogue has recommendation {0} twice")]
    Twice(String),
    /// A selection names a number the catalogue does not have.
    #[error("the catalogue of the {report} has no recommendation {reference}")]
    NoSuch {
        /// The number.
        reference: String,
        /// The report's short title.
        report: String,
    },
}

impl Catalogue {
    /// The Francis report's, which ships with the program.
    ///
    /// # Errors
    /// Never for the file as shipped, which a test reads.
    pub fn francis() -> Result<Self, CatalogueError> {
        Self::parse(FRANCIS)
    }

    /// Reads a catalogue file.
    ///
    /// # Errors
    /// When the text is no catalogue of a known format, or has one number twice.
    pub fn parse(json: &str) -> Result<Self, CatalogueError> {
        let catalogue: Self = serde_json::from_str(json)?;
        if catalogue.format != "recap-catalogue/1" {
            return Err(CatalogueError::Format(catalogue.format));
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = catalogue.recommendations.iter().find(|entry| !seen.insert(&entry.reference)) {
            return Err(CatalogueError::Twice(twice.reference.clone()));
        }
        Ok(catalogue)
    }

    /// The entry with a number.
    #[must_use]
    pub fn entry(&self, reference: &str) -> Option<&CatalogueEntry> {
        self.recommendations.iter().find(|entry| entry.reference.eq_ignore_ascii_case(reference.trim()))
    }

    /// The entries of a selection: `all`, `none`, or numbers and ranges, `123-144,1`. A range takes
    /// what the catalogue has between its ends.
    ///
    /// # Errors
    /// When a single number, or an end of a range, is not in the catalogue.
    pub fn select(&self, selection: &str) -> Result<Vec<&CatalogueEntry>, CatalogueError> {
        let mut entries: Vec<&CatalogueEntry> = match selection.trim() {
            "all" => self.recommendations.iter().collect(),
            "none" | "" => Vec::new(),
            list => {
                let mut chosen = Vec::new();
                for part in list.split([',', ' ', ';']).filter(|part| !part.is_empty()) {
                    self.select_part(part, &mut chosen)?;
                }
                chosen
            }
        };
        entries.sort_by(|a, b| reference::natural_cmp(&a.reference, &b.reference));
        entries.dedup_by(|a, b| a.reference == b.reference);
        Ok(entries)
    }

    fn select_part<'a>(&'a self, part: &str, chosen: &mut Vec<&'a CatalogueEntry>) -> Result<(), CatalogueError> {
        let missing = || CatalogueError::NoSuch { reference: part.to_owned(), report: self.report.short_title.clone() };
        if let Some(entry) = self.entry(part) {
            chosen.push(entry);
            return Ok(());
        }
        let (first, last) = part.split_once(['-', '–']).ok_or_else(missing)?;
        let inside = |entry: &&CatalogueEntry| {
            reference::natural_cmp(&entry.reference, first).is_ge()
                && reference::natural_cmp(&entry.reference, last).is_le()
        };
        let before = chosen.len();
        chosen.extend(self.recommendations.iter().filter(inside));
        if chosen.len() == before { Err(missing()) } else { Ok(()) }
    }

    /// The report's row in a plan.
    #[must_use]
    pub fn report_row(&self, plan: Id) -> Report {
        Report {
            id: plan.derive(&["report", &self.report.key]),
            key: self.report.key.clone(),
            title: self.report.title.clone(),
            short_title: self.report.short_title.clone(),
            published: self.report.published,
        }
    }

    /// An entry's row in a plan, without theme and order.
    #[must_use]
    pub fn recommendation_row(&self, plan: Id, entry: &CatalogueEntry) -> Recommendation {
        let (status, response, by) = entry.response.as_ref().map_or_else(Default::default, |response| {
            (response.status.clone(), response.text.clone().unwrap_or_default(), response.recorded_by.clone())
        });
        Recommendation {
            id: Recommendation::id_of(plan, &self.report.key, &entry.reference),
            report: self.report.key.clone(),
            reference: entry.reference.clone(),
            section: entry.section.clone().unwrap_or_default(),
            title: entry.title.clone(),
            text: entry.text.clone(),
            response_status: status,
            response,
            response_by: by,
            ..Recommendation::default()
        }
    }

    /// Adds entries to a plan, each under a theme named for its section. What the plan already has
    /// is left as it is.
    pub fn add_to(&self, edit: &mut EditBuilder<'_>, plan: Id, entries: &[&CatalogueEntry]) {
        if entries.is_empty() {
            return;
        }
        edit.put(&self.report_row(plan));
        let existing = edit.plan();
        let last_theme = existing.themes_in_order().last().map_or_else(String::new, |theme| theme.order.clone());
        let mut keys = order::after(&last_theme, self.sections.len() + 1).into_iter();
        let mut themes: Vec<(String, Id)> =
            existing.themes.values().map(|theme| (theme.title.clone(), theme.id)).collect();
        let rank =
            |entry: &CatalogueEntry| self.sections.iter().position(|section| Some(section) == entry.section.as_ref());
        let mut entries: Vec<_> = entries.to_vec();
        entries.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| reference::natural_cmp(&a.reference, &b.reference)));
        let orders = order::after("", entries.len());
        for (entry, order) in entries.iter().zip(orders) {
            let mut row = self.recommendation_row(plan, entry);
            if existing.recommendations.contains_key(&row.id) {
                continue;
            }
            if let Some(section) = &entry.section {
                let known = themes.iter().find(|(title, _)| title == section).map(|(_, id)| *id);
                row.theme = Some(known.unwrap_or_else(|| {
                    let id = plan.derive(&["theme", section]);
                    edit.put(&Theme { id, title: section.clone(), order: keys.next().unwrap_or_default() });
                    themes.push((section.clone(), id));
                    id
                }));
            }
            row.order = order;
            edit.put(&row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Plan;

    /// A catalogue of another report: dotted references, other sections, one entry without a section.
    const OTHER: &str = r#"{
      "format": "recap-catalogue/1",
      "report": {"key": "marsh-2016", "title": "Report of the Marsh Inquiry", "short_title": "Marsh report", "published": "2016-02-01", "licence": "Made up for a test"},
      "sections": ["Staffing", "Governance"],
      "recommendations": [
        {"reference": "2.5.10", "title": "Last", "section": "Governance", "text": "The lead should report.", "response": null},
        {"reference": "2.5.3", "title": "Lead", "section": "Governance", "text": "Name a lead:\n• today", "response": {"status": "Accepted", "text": null, "recorded_by": "The department"}},
        {"reference": "1.1", "title": "Count", "section": "Staffing", "text": "Count staff.", "response": null},
        {"reference": "3", "title": "Loose", "section": null, "text": "No section.", "response": null}
      ]}"#;

    fn plan_with(catalogue: &Catalogue, selection: &str) -> Plan {
        let mut plan = Plan::default();
        let id = Id::NIL.derive(&["plan"]);
        let entries = catalogue.select(selection).expect("a selection");
        let mut edit = EditBuilder::new(&plan, "Add");
        catalogue.add_to(&mut edit, id, &entries);
        edit.finish().apply(&mut plan).expect("fits");
        plan
    }

    fn references(plan: &Plan) -> Vec<&str> {
        plan.recommendations_in_order().iter().map(|row| row.reference.as_str()).collect()
    }

    #[test]
    fn the_francis_catalogue_holds_the_37_and_the_17_answers() {
        let catalogue = Catalogue::francis().expect("as shipped");
        assert_eq!(catalogue.recommendations.len(), 37, "the numbers the three documents quote");
        assert_eq!(catalogue.recommendations.iter().filter(|entry| entry.response.is_some()).count(), 17, "answers");
        assert!(catalogue.report.licence.contains("Open Government Licence"), "quoted under a licence it names");
        assert!(
            catalogue.recommendations.iter().all(|entry| !entry.title.is_empty() && !entry.text.is_empty()),
            "whole"
        );
        let known = |entry: &CatalogueEntry| entry.section.as_ref().is_some_and(|s| catalogue.sections.contains(s));
        assert!(catalogue.recommendations.iter().all(known), "each in a section of the report");
    }

    #[test]
    fn another_reports_catalogue_loads_the_same_way() {
        let catalogue = Catalogue::parse(OTHER).expect("the same format");
        let plan = plan_with(&catalogue, "all");
        assert_eq!(references(&plan), ["1.1", "2.5.3", "2.5.10", "3"], "sections in order, 2.5.3 before 2.5.10");
        assert_eq!(plan.themes.len(), 2, "a theme a section");
        assert_eq!(references(&plan_with(&catalogue, "2.5.1-2.5.9")), ["2.5.3"], "a range takes what lies between");
    }

    #[test]
    fn selections_are_numbers_and_ranges() {
        let catalogue = Catalogue::francis().expect("as shipped");
        assert_eq!(references(&plan_with(&catalogue, "123-126, 1")), ["1", "123", "124", "125", "126"], "as listed");
        assert!(references(&plan_with(&catalogue, "none")).is_empty(), "none");
        assert!(catalogue.select("124,999").is_err(), "a number the catalogue lacks is named, not passed over");
    }

    #[test]
    fn adding_what_is_there_changes_nothing() {
        let catalogue = Catalogue::francis().expect("as shipped");
        let plan = plan_with(&catalogue, "all");
        let entries = catalogue.select("all").expect("all");
        let mut edit = EditBuilder::new(&plan, "Again");
        catalogue.add_to(&mut edit, Id::NIL.derive(&["plan"]), &entries);
        assert!(edit.finish().is_empty(), "the same ids, the same rows");
    }

    #[test]
    fn a_file_that_is_no_catalogue_is_refused() {
        assert!(Catalogue::parse("{}").is_err(), "nothing of it");
        assert!(Catalogue::parse(&OTHER.replace("catalogue/1", "catalogue/9")).is_err(), "a later format");
        assert!(Catalogue::parse(&OTHER.replace("\"2.5.10\"", "\"2.5.3\"")).is_err(), "one number twice");
    }
}
