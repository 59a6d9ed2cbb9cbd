//! The matrix before it is drawn: what stands in each cell, and what is said of it.

use super::{Layout, Spot};
use crate::model::intelligence::{
    Intelligence, MatrixCell, Picture, ProviderPicture, RolledCell, ThemeKey, Unit, Unplaced,
};
use crate::model::signal::Source;
use crate::model::text::count;
use crate::model::triangulation::{Cell, Reading, Verdict};
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Badge, Shape, draw_shape};
use egui::{Painter, Pos2};

/// What a cell's own data say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Adverse,
    Moved,
    Better,
}

impl Mark {
    fn of(reading: Reading) -> Option<Self> {
        match reading {
            Reading::Adverse => Some(Self::Adverse),
            Reading::Moved => Some(Self::Moved),
            Reading::Better => Some(Self::Better),
            Reading::Quiet | Reading::Unclear => None,
        }
    }

    pub(super) fn draw(self, painter: &Painter, theme: &Tokens, at: Pos2, size: f32) {
        let (shape, ink) = match self {
            Self::Adverse => (Shape::Triangle, theme.concern),
            Self::Moved => (Shape::Lozenge, theme.neutral),
            Self::Better => (Shape::Down, theme.improvement),
        };
        draw_shape(painter, at, size, shape, ink);
    }
}

/// What lies behind a cell's words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ground {
    /// A number: how large beside the largest of its column, 0 to 1.
    Tint(f32),
    /// Nothing came.
    Hatched,
    /// Nothing was to come.
    Plain,
}

/// A cell as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) spot: Spot,
    /// The number; blank where there is none.
    pub(super) text: String,
    /// Words in the place of a number.
    pub(super) instead: &'static str,
    /// A second line, small.
    pub(super) under: String,
    pub(super) mark: Option<Mark>,
    pub(super) ground: Ground,
    /// Months of the period are missing.
    pub(super) part: bool,
    /// The cell in a sentence.
    pub(super) spoken: String,
    /// The number by which it is tinted.
    weight: Option<f64>,
}

/// A line of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// All of its sources.
    pub(super) spot: Spot,
    pub(super) title: String,
    /// A second line under the title.
    pub(super) aside: String,
    pub(super) badge: Option<Badge>,
    /// A second line under the badge.
    pub(super) beside: String,
    /// What is said of the badge.
    pub(super) spoken: String,
    /// Everything once, not a theme.
    pub(super) is_total: bool,
    pub(super) cells: Vec<Shown>,
}

/// The matrix.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    /// What the first two columns hold.
    pub(super) corner: [&'static str; 2],
    pub(super) heads: Vec<Source>,
    pub(super) lines: Vec<Line>,
    /// Its lines have two lines of words.
    pub(super) tall: bool,
}

impl Sheet {
    /// The matrix of a picture.
    pub(super) fn of(given: &Intelligence, picture: &Picture, layout: Layout, about: ThemeKey) -> Self {
        let heads = picture.sources.clone();
        let single = picture.view.provider.is_some();
        let (corner, mut lines) = match layout {
            Layout::Providers => (["Provider", "Watch"], provider_lines(picture, about)),
            _ if single => {
                (["Theme", "Verdict"], picture.providers.first().map_or(Vec::new(), |one| theme_lines(picture, one)))
            }
            _ => (["Theme", "Verdict"], overall_lines(given, picture)),
        };
        let all_lines = layout == Layout::Providers;
        for column in 0..heads.len() {
            tint(&mut lines, column, all_lines);
        }
        Self { corner, heads, lines, tall: layout == Layout::Providers || !single }
    }

    /// The line of a place.
    pub(super) fn line_of(&self, spot: Spot) -> Option<usize> {
        let fits = |line: &Line| (line.spot.provider, line.spot.theme) == (spot.provider, spot.theme);
        let line = self.lines.iter().position(fits)?;
        spot.source.is_none_or(|source| self.heads.contains(&source)).then_some(line)
    }

    /// The column of a source.
    pub(super) fn column_of(&self, source: Option<Source>) -> Option<usize> {
        self.heads.iter().position(|head| Some(*head) == source)
    }
}

/// The number of a cell without the unit that its column has.
fn short(cell: &str, unit: Unit) -> String {
    match unit {
        Unit::PerThousand => cell.trim_end_matches(" per 1,000").to_owned(),
        _ => cell.to_owned(),
    }
}

fn cell(cell: &MatrixCell, spot: Spot, spoken: String) -> Shown {
    let instead = cell.cell.words().unwrap_or_default();
    let (ground, part) = match cell.cell {
        Cell::Data { part, .. } => (Ground::Tint(0.0), part),
        Cell::NoData => (Ground::Hatched, false),
        Cell::NotAsked | Cell::NotApplicable => (Ground::Plain, false),
    };
    let has_number = instead.is_empty() && cell.value.is_some();
    let instead = if instead.is_empty() && !has_number { "no number" } else { instead };
    let is_count = matches!(cell.unit, Unit::Count | Unit::PerThousand);
    Shown {
        spot,
        text: if has_number { short(&cell.shown(), cell.unit) } else { String::new() },
        instead,
        under: String::new(),
        mark: cell.reading.and_then(Mark::of),
        ground,
        part,
        spoken,
        weight: cell.value.filter(|_| is_count),
    }
}

fn theme_lines(picture: &Picture, one: &ProviderPicture) -> Vec<Line> {
    let lines = picture.themes.iter().zip(&one.rows).map(|(name, row)| {
        let spot = Spot { provider: Some(one.provider.id), theme: name.key, source: None };
        let title = title(name.key, &name.title);
        let cells = row.cells.iter().map(|held| {
            let spot = Spot { source: Some(held.source), ..spot };
            cell(held, spot, held.words(&title))
        });
        let verdict = row.found.as_ref().map(|found| found.verdict());
        let spoken = match &row.found {
            Some(found) => format!("{title}: {}. {}", found.verdict().word(), found.words()),
            None => format!("{title}: no verdict"),
        };
        Line {
            spot,
            aside: String::new(),
            badge: verdict.map(Badge::verdict),
            beside: String::new(),
            spoken,
            is_total: name.key == ThemeKey::All,
            cells: cells.collect(),
            title,
        }
    });
    lines.collect()
}

/// The name of a line. What counts everything says so, for nobody to add up themes and compare.
fn title(key: ThemeKey, title: &str) -> String {
    if key == ThemeKey::All { "All, each once".to_owned() } else { title.to_owned() }
}

fn overall_lines(given: &Intelligence, picture: &Picture) -> Vec<Line> {
    let lines = picture.themes.iter().zip(&picture.overall).map(|(name, row)| {
        let spot = Spot { provider: None, theme: name.key, source: None };
        let title = title(name.key, &name.title);
        let cells = row.cells.iter().map(|held| rolled(held, Spot { source: Some(held.source), ..spot }, &title));
        let worst: Vec<&str> = row
            .verdicts
            .iter()
            .filter(|(_, verdict)| Some(*verdict) == row.verdict)
            .map(|(id, _)| given.provider_name(*id))
            .collect();
        let telling = row.verdict.is_some_and(|verdict| verdict != Verdict::NoSignal && verdict != Verdict::TooFew);
        let beside = match worst.as_slice() {
            _ if !telling => String::new(),
            [] => String::new(),
            [one] => (*one).to_owned(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        };
        let each = row.verdicts.iter().map(|(id, verdict)| format!("{} {}", given.provider_name(*id), verdict.word()));
        let each: Vec<String> = each.collect();
        let spoken = match row.verdict {
            Some(verdict) => format!("{title}: {}. {}", verdict.word(), each.join("; ")),
            None => format!("{title}: no verdict"),
        };
        Line {
            spot,
            aside: String::new(),
            badge: row.verdict.map(Badge::verdict),
            beside,
            spoken,
            is_total: name.key == ThemeKey::All,
            cells: cells.collect(),
            title,
        }
    });
    lines.collect()
}

fn rolled(cell: &RolledCell, spot: Spot, title: &str) -> Shown {
    let shown = cell.shown();
    let has_number = cell.with_data > 0 && cell.value.is_some();
    let (ground, instead) = match () {
        () if has_number => (Ground::Tint(0.0), ""),
        () if cell.with_data > 0 => (Ground::Tint(0.0), "no number"),
        () if cell.no_data > 0 => (Ground::Hatched, "no data"),
        () if cell.not_asked > 0 => (Ground::Plain, "not asked"),
        () => (Ground::Plain, "not applicable"),
    };
    let (mark, telling) = match (cell.adverse, cell.moved) {
        (1.., _) => (Some(Mark::Adverse), cell.adverse),
        (0, 1..) => (Some(Mark::Moved), cell.moved),
        _ => (None, 0),
    };
    let under = match telling {
        0 => String::new(),
        _ => format!("{telling} of {}", cell.with_data),
    };
    let is_count = matches!(cell.unit, Unit::Count | Unit::PerThousand);
    Shown {
        spot,
        text: if has_number { short(&shown, cell.unit) } else { String::new() },
        instead,
        under,
        mark,
        ground,
        part: cell.part > 0 || (cell.with_data > 0 && cell.no_data > 0),
        spoken: rolled_words(cell, title, &shown),
        weight: cell.value.filter(|_| is_count),
    }
}

fn rolled_words(cell: &RolledCell, title: &str, shown: &str) -> String {
    let mut words = format!("{title}, {}: {shown}", cell.source.word());
    if cell.with_data > 0 {
        words.push_str(&format!(", {} with data", count(cell.with_data, "provider")));
    }
    for (number, what) in [
        (cell.adverse, "adverse"),
        (cell.moved, "moved"),
        (cell.part, "in part"),
        (cell.no_data, "no data"),
        (cell.not_asked, "not asked"),
        (cell.not_applicable, "not applicable"),
    ] {
        if number > 0 {
            words.push_str(&format!(", {number} {what}"));
        }
    }
    words
}

fn provider_lines(picture: &Picture, about: ThemeKey) -> Vec<Line> {
    let place = picture.themes.iter().position(|name| name.key == about).unwrap_or(0);
    let lines = picture.providers.iter().map(|one| {
        let spot = Spot { provider: Some(one.provider.id), theme: about, source: None };
        let name = &one.provider.name;
        let row = one.rows.get(place);
        let cells = row.map_or(&[][..], |row| row.cells.as_slice()).iter();
        let cells = cells.map(|held| cell(held, Spot { source: Some(held.source), ..spot }, held.words(name)));
        let verdicts: Vec<String> = [Verdict::Corroborated, Verdict::SingleSource, Verdict::Blind]
            .into_iter()
            .filter(|verdict| one.count(*verdict) > 0)
            .map(|verdict| format!("{} {}", one.count(verdict), verdict.word()))
            .collect();
        let aside = if verdicts.is_empty() { "no theme signals".to_owned() } else { verdicts.join(", ") };
        let watch = one.provider.watch.map_or_else(
            || Badge { word: "Not said".into(), tone: crate::ui::theme::Tone::Grey, shape: None },
            Badge::watch,
        );
        Line {
            spot,
            title: name.clone(),
            spoken: format!("{name}, watch: {}; themes: {aside}", watch.word.to_lowercase()),
            aside,
            badge: Some(watch),
            beside: String::new(),
            is_total: false,
            cells: cells.collect(),
        }
    });
    lines.collect()
}

/// Gives the cells of a column their tints: by the largest number of its themes, or of all its lines.
fn tint(lines: &mut [Line], column: usize, all_lines: bool) {
    let counts = |line: &Line| all_lines || line.spot.theme.id().is_some();
    let weights = lines.iter().filter(|line| counts(line)).filter_map(|line| line.cells.get(column)?.weight);
    let most = weights.fold(0.0_f64, f64::max);
    for line in lines.iter_mut() {
        let has_tint = counts(line);
        let Some(cell) = line.cells.get_mut(column) else { continue };
        if let (Ground::Tint(share), Some(weight)) = (&mut cell.ground, cell.weight.filter(|_| has_tint && most > 0.0))
        {
            *share = (weight / most).clamp(0.0, 1.0) as f32;
        }
    }
}

/// What is in no cell, in words.
pub(super) fn unplaced_words(unplaced: &Unplaced) -> Vec<String> {
    let parts = [
        (unplaced.no_provider, "of no known provider"),
        (unplaced.no_month, "without a month"),
        (unplaced.no_subject, "without a subject"),
        (unplaced.not_received, "in months marked as not received"),
    ];
    parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect()
}

/// What a column is headed by, short enough for it.
pub(super) fn head(source: Source) -> &'static str {
    match source {
        Source::Complaint => "Complaints",
        Source::Pals => "PALS",
        Source::Incident => "Incidents",
        Source::SeriousIncident => "Serious incidents",
        Source::PatientSurvey => "Patient survey",
        Source::StaffSurvey => "Staff survey",
        Source::FriendsAndFamily => "FFT",
        Source::Cqc => "CQC",
        Source::Healthwatch => "Healthwatch",
        Source::GpAlert => "GP alerts",
        Source::QualityVisit => "Visits",
        Source::PatientStory => "Stories",
    }
}
