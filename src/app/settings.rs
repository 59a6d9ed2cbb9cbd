//! What the program remembers about this user on this machine. Nothing of a plan's words is in it
//! but the organisation's name in the list of recent plans.

use crate::model::intelligence::Rules;
use crate::model::triangulation::Thresholds;
use crate::model::view::{Column, Widths, tidy_columns};
use crate::model::{Id, xmr};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Appearance {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The columns of a plan's list as they are written down.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptColumns {
    plan: Id,
    shown: Vec<String>,
    widths: BTreeMap<String, u16>,
}

/// The columns of a plan's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanColumns {
    /// The plan.
    pub plan: Id,
    /// Those that are shown, from left to right.
    pub shown: Vec<Column>,
    /// How wide they are in points, where somebody chose it.
    pub widths: Widths,
}

/// A plan that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it lies.
    pub path: PathBuf,
    /// Whose it is.
    pub organisation: String,
    /// Its as-at date.
    pub as_at: Option<NaiveDate>,
}

/// The settings file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The name changes are recorded under; blank for the account's.
    pub name: String,
    /// The roles of the person at the screen, with commas between: whose cards are "mine".
    pub roles: String,
    /// Light or dark.
    pub appearance: Appearance,
    /// Zoom as a factor: 0.5 to 3.
    pub zoom: f32,
    /// Widths of the list's columns in points for plans that nobody chose others for, by the column's name.
    pub columns: BTreeMap<String, f32>,
    /// The columns that such a plan's list begins with, by their words; none for ours.
    pub usual_columns: Vec<String>,
    /// The columns of the lists of plans, latest changed first.
    pub plan_columns: Vec<KeptColumns>,
    /// Width of the editor in points.
    pub editor_width: f32,
    /// The renderer that last worked, `wgpu` or `glow`; blank to choose.
    pub renderer: String,
    /// What a person said columns of imported tables hold.
    pub layouts: Layouts,
    /// The numbers of the rules behind verdicts and charts.
    pub rules: RuleSettings,
    /// Plans that were open, newest first.
    pub recent: Vec<Recent>,
    /// Neighbours' plans that were compared with, newest first.
    pub compared: Vec<Recent>,
}

/// The numbers of the rules behind verdicts and charts; what they mean stands at [`Rules`],
/// [`crate::model::triangulation::Thresholds`] and [`crate::model::xmr::Options`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleSettings {
    /// How many independent types of source corroborate: 2 to 6.
    pub corroborated_from: usize,
    /// The share of sources received, in per cent, below which a theme is blind: 0 to 100.
    pub received_percent: usize,
    /// The fewest months of a chart that is read: 3 to 24.
    pub least_points: usize,
    /// Whether a source that was never asked for counts as not received.
    pub never_asked_counts: bool,
    /// Whether the lack of a signal in small counts says something.
    pub small_can_tell: bool,
    /// Whether moving ranges that stand out are left out of the limits.
    pub screen: bool,
    /// How many months on one side of the mean make a shift: 5 to 12.
    pub shift: usize,
    /// How many months that rise or fall make a trend: 5 to 12.
    pub trend: usize,
    /// How many months after its end a month's data are late: 0 to 12.
    pub late_after_months: i32,
    /// In how many working days a complaint is to be answered where it names no due date: 1 to 250.
    pub answer_within: i32,
}

impl Default for RuleSettings {
    fn default() -> Self {
        let Rules { thresholds, chart, late_after_months, answer_within, .. } = Rules::at(NaiveDate::MIN);
        Self {
            corroborated_from: thresholds.corroborated_from,
            received_percent: thresholds.received_percent,
            least_points: thresholds.least_points,
            never_asked_counts: thresholds.never_asked_counts,
            small_can_tell: thresholds.small_can_tell,
            screen: chart.screen,
            shift: chart.shift,
            trend: chart.trend,
            late_after_months,
            answer_within,
        }
    }
}

impl RuleSettings {
    /// The rules, judged against a date. Numbers out of their range, as somebody may have typed into the
    /// file, count as the nearest in it.
    #[must_use]
    pub fn at(&self, as_at: NaiveDate) -> Rules {
        let usual = Rules::at(as_at);
        Rules {
            thresholds: Thresholds {
                corroborated_from: self.corroborated_from.clamp(2, 6),
                received_percent: self.received_percent.min(100),
                least_points: self.least_points.clamp(3, 24),
                never_asked_counts: self.never_asked_counts,
                small_can_tell: self.small_can_tell,
            },
            chart: xmr::Options {
                screen: self.screen,
                shift: self.shift.clamp(5, 12),
                trend: self.trend.clamp(5, 12),
                ..usual.chart
            },
            late_after_months: self.late_after_months.clamp(0, 12),
            answer_within: self.answer_within.clamp(1, 250),
            ..usual
        }
    }
}

/// By a table's headings, each column's meaning, so that the next document of that shape is read so.
pub type Layouts = BTreeMap<String, BTreeMap<usize, String>>;

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            roles: String::new(),
            appearance: Appearance::System,
            zoom: 1.0,
            columns: BTreeMap::new(),
            usual_columns: Vec::new(),
            plan_columns: Vec::new(),
            layouts: Layouts::new(),
            editor_width: 344.0,
            renderer: String::new(),
            rules: RuleSettings::default(),
            recent: Vec::new(),
            compared: Vec::new(),
        }
    }
}

/// How many recent plans are kept.
const RECENT: usize = 12;
/// Of how many plans the columns are kept.
const COLUMNS_OF: usize = 40;

impl Settings {
    /// Reads the settings. A file that cannot be understood is put aside under another name and the
    /// defaults hold; the second value then says so.
    #[must_use]
    pub fn load(path: &Path) -> (Self, Option<String>) {
        let Ok(text) = std::fs::read_to_string(path) else { return (Self::default(), None) };
        match serde_json::from_str::<Self>(&text) {
            Ok(mut settings) => {
                settings.zoom = if settings.zoom.is_finite() { settings.zoom.clamp(0.5, 3.0) } else { 1.0 };
                (settings, None)
            }
            Err(_) => {
                let aside = path.with_extension("unreadable.json");
                let kept = std::fs::rename(path, &aside).is_ok();
                let text = "The settings could not be read, so the program starts with its own.".to_owned();
                let kept = if kept { " The old file is kept beside them." } else { "" };
                (Self::default(), Some(text + kept))
            }
        }
    }

    /// Writes the settings through a file beside them, so that a crash leaves the old or the new.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&file, self)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    /// Puts a plan at the head of the recent ones.
    pub fn remember(&mut self, path: &Path, organisation: &str, as_at: Option<NaiveDate>) {
        self.recent.retain(|recent| recent.path != path);
        self.recent.insert(0, Recent { path: path.to_path_buf(), organisation: organisation.to_owned(), as_at });
        self.recent.truncate(RECENT);
    }

    /// Puts a neighbour's plan at the head of those that were compared with.
    pub fn remember_compared(&mut self, path: &Path, organisation: &str, as_at: Option<NaiveDate>) {
        self.compared.retain(|recent| recent.path != path);
        self.compared.insert(0, Recent { path: path.to_path_buf(), organisation: organisation.to_owned(), as_at });
        self.compared.truncate(RECENT / 2);
    }

    /// The columns of a plan's list: as they were left, else those that plans begin with.
    #[must_use]
    pub fn columns_of(&self, plan: Id) -> PlanColumns {
        let known = |words: &[String]| words.iter().filter_map(|word| Column::from_word(word)).collect::<Vec<_>>();
        let Some(kept) = self.plan_columns.iter().find(|kept| kept.plan == plan) else {
            return PlanColumns { plan, ..self.usual_columns() };
        };
        let widths = kept.widths.iter();
        let widths = widths.filter_map(|(word, width)| Some((Column::from_word(word)?, (*width).clamp(40, 900))));
        PlanColumns { plan, shown: tidy_columns(known(&kept.shown)), widths: widths.collect() }
    }

    /// The columns that a plan's list begins with.
    #[must_use]
    pub fn usual_columns(&self) -> PlanColumns {
        let known: Vec<Column> = self.usual_columns.iter().filter_map(|word| Column::from_word(word)).collect();
        let shown = if known.is_empty() { Column::USUAL.to_vec() } else { tidy_columns(known) };
        let of = |column: &Column| {
            let width = self.columns.get(column.name()).filter(|width| width.is_finite())?;
            Some((*column, width.round().clamp(40.0, 900.0) as u16))
        };
        PlanColumns { plan: Id::NIL, shown, widths: Column::ALL.iter().filter_map(of).collect() }
    }

    /// Keeps the columns of a plan's list.
    pub fn keep_columns(&mut self, columns: &PlanColumns) {
        let kept = KeptColumns {
            plan: columns.plan,
            shown: columns.shown.iter().map(|column| column.word().to_owned()).collect(),
            widths: columns.widths.iter().map(|(column, width)| (column.word().to_owned(), *width)).collect(),
        };
        self.plan_columns.retain(|other| other.plan != columns.plan);
        self.plan_columns.insert(0, kept);
        self.plan_columns.truncate(COLUMNS_OF);
    }

    /// Lets the lists of plans begin with these columns.
    pub fn begin_with_columns(&mut self, columns: &PlanColumns) {
        self.usual_columns = columns.shown.iter().map(|column| column.word().to_owned()).collect();
        self.columns =
            columns.widths.iter().map(|(column, width)| (column.name().to_owned(), f32::from(*width))).collect();
    }

    /// The name changes are recorded under.
    #[must_use]
    pub fn who(&self) -> String {
        if !self.name.trim().is_empty() {
            return self.name.trim().to_owned();
        }
        let account = ["USERNAME", "USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok());
        account.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "Unknown".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreadable_settings_file_is_kept_aside_and_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.json");
        std::fs::write(&path, "{ not json").expect("writes");
        let (settings, told) = Settings::load(&path);
        assert_eq!(settings, Settings::default(), "the defaults hold");
        assert!(told.is_some(), "and the person is told");
        assert!(folder.path().join("settings.unreadable.json").exists(), "nothing is lost");
    }

    #[test]
    fn columns_are_kept_by_plan_and_new_plans_begin_with_those_that_were_chosen_for_them() {
        let (north, south) = (Id::NIL.derive(&["north"]), Id::NIL.derive(&["south"]));
        let mut settings = Settings::default();
        assert_eq!(settings.columns_of(north).shown, Column::USUAL, "ours until somebody chooses");
        let shown = vec![Column::Reference, Column::Due, Column::Actions];
        let chosen = PlanColumns { plan: north, shown, widths: [(Column::Due, 90)].into() };
        settings.keep_columns(&chosen);
        let json = serde_json::to_string(&settings).expect("writes");
        let mut settings: Settings = serde_json::from_str(&json).expect("reads");
        assert_eq!(settings.columns_of(north), chosen, "as they were left");
        assert_eq!(settings.columns_of(south).shown, Column::USUAL, "another plan has its own");
        settings.begin_with_columns(&chosen);
        assert_eq!(settings.columns_of(south), PlanColumns { plan: south, ..chosen.clone() });
        for plan in 0..100 {
            settings.keep_columns(&PlanColumns { plan: Id::NIL.derive(&[&plan.to_string()]), ..chosen.clone() });
        }
        assert_eq!(settings.plan_columns.len(), COLUMNS_OF, "and no more than that");
    }

    #[test]
    fn settings_survive_and_recent_plans_come_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep").join("settings.json");
        let mut settings = Settings { zoom: 1.25, ..Settings::default() };
        for name in ["a.db", "b.db", "a.db"] {
            settings.remember(Path::new(name), "NHS Northmoor CCG", None);
        }
        settings.save(&path).expect("saves");
        let (read, told) = Settings::load(&path);
        assert_eq!((read.recent.len(), told), (2, None), "each plan once, no complaint");
        assert_eq!(read, settings, "round trip");
    }
}
