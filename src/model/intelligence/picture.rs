//! The whole view: themes down and sources across, for each provider and for all.

use super::cells::MatrixCell;
use super::lines::Counting;
use super::tally::Unplaced;
use super::themes::{ALL, ThemeName};
use super::told::Found;
use super::view::{ThemeKey, View};
use super::{Intelligence, Named};
use crate::model::Id;
use crate::model::signal::Source;
use crate::model::triangulation::{Cell, Covered, Finding, Given, Reading, Verdict};

/// Everything that a view shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What was looked at.
    pub view: View,
    /// The columns: sources that any provider of the view has data or receipts for.
    pub sources: Vec<Source>,
    /// The rows: all, the themes, and what is not mapped where there is any.
    pub themes: Vec<ThemeName>,
    /// Each provider of the view, in the plan's order.
    pub providers: Vec<ProviderPicture>,
    /// The rows over all providers of the view. Counts are summed, verdicts are not: signals of two providers
    /// corroborate nothing.
    pub overall: Vec<RolledRow>,
    /// What is in no cell.
    pub unplaced: Unplaced,
}

/// One provider's matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderPicture {
    /// Who.
    pub provider: Named,
    /// A row for each of [`Picture::themes`].
    pub rows: Vec<Row>,
    /// How many themes have each verdict, in the order of [`Verdict::ALL`].
    pub verdicts: [usize; 5],
}

impl ProviderPicture {
    /// How many themes have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        Verdict::ALL.iter().position(|one| *one == verdict).map_or(0, |place| self.verdicts[place])
    }

    /// The cells over all themes: a row of the view with providers down.
    #[must_use]
    pub fn totals(&self) -> &[MatrixCell] {
        self.rows.first().map_or(&[], |row| &row.cells)
    }

    /// The findings on themes, the most pressing first.
    #[must_use]
    pub fn findings(&self) -> Vec<&Found> {
        let themes = self.rows.iter().filter(|row| row.theme.id().is_some());
        let mut found: Vec<&Found> = themes.filter_map(|row| row.found.as_ref()).collect();
        found.sort_by_key(|one| one.verdict());
        found
    }
}

/// A theme of a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which.
    pub theme: ThemeKey,
    /// A cell for each of [`Picture::sources`].
    pub cells: Vec<MatrixCell>,
    /// What the sources say together; `None` for what is not mapped, which is not about one thing.
    pub found: Option<Found>,
}

/// A theme over all providers.
#[derive(Debug, Clone, PartialEq)]
pub struct RolledRow {
    /// Which.
    pub theme: ThemeKey,
    /// A cell for each of [`Picture::sources`].
    pub cells: Vec<RolledCell>,
    /// The most pressing of the providers' verdicts.
    pub verdict: Option<Verdict>,
    /// Which provider has which, the most pressing first.
    pub verdicts: Vec<(Id, Verdict)>,
}

/// A source of a theme over all providers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RolledCell {
    /// The column.
    pub source: Source,
    /// The sum of the counts that came; `None` where none came.
    pub count: Option<u64>,
    /// The share or rate over all that came, where it has one base everywhere.
    pub value: Option<f64>,
    /// What [`RolledCell::value`] or the count is.
    pub unit: super::view::Unit,
    /// How many providers of the view have data.
    pub with_data: usize,
    /// How many of those with data show an adverse signal.
    pub adverse: usize,
    /// How many moved where neither direction is good.
    pub moved: usize,
    /// How many sent nothing though they were asked.
    pub no_data: usize,
    /// How many were never asked, or the source does not cover the theme.
    pub not_asked: usize,
    /// To how many it does not apply.
    pub not_applicable: usize,
    /// How many sent for a part of the period only.
    pub part: usize,
}

impl RolledCell {
    /// What stands in the cell: a number, or why there is none.
    #[must_use]
    pub fn shown(&self) -> String {
        match (self.value, self.with_data) {
            (Some(value), 1..) => self.unit.words(value),
            (None, 1..) => "no number".to_owned(),
            _ if self.no_data > 0 => "no data".to_owned(),
            _ if self.not_asked > 0 => "not asked".to_owned(),
            _ => "not applicable".to_owned(),
        }
    }

    fn of<'c>(source: Source, cells: impl Iterator<Item = &'c MatrixCell>) -> Self {
        let mut all = Self {
            source,
            count: None,
            value: None,
            unit: super::view::Unit::Count,
            with_data: 0,
            adverse: 0,
            moved: 0,
            no_data: 0,
            not_asked: 0,
            not_applicable: 0,
            part: 0,
        };
        let mut held: Vec<&MatrixCell> = Vec::new();
        for cell in cells {
            match cell.cell {
                Cell::Data { part, reading } => {
                    all.with_data += 1;
                    all.part += usize::from(part);
                    all.adverse += usize::from(reading == Reading::Adverse);
                    all.moved += usize::from(reading == Reading::Moved);
                    held.push(cell);
                }
                Cell::NoData => all.no_data += 1,
                Cell::NotAsked => all.not_asked += 1,
                Cell::NotApplicable => all.not_applicable += 1,
            }
        }
        all.pool(&held);
        all
    }

    /// The numbers of several providers as one, where they count the same.
    fn pool(&mut self, cells: &[&MatrixCell]) {
        let counts: Vec<u64> = cells.iter().filter_map(|cell| cell.count).collect();
        self.count = (!counts.is_empty()).then(|| counts.iter().sum());
        let numbers: Vec<&&MatrixCell> = cells.iter().filter(|cell| cell.value.is_some()).collect();
        let Some(first) = numbers.first() else { return };
        let alike = |cell: &&&MatrixCell| (cell.unit, cell.scoring) == (first.unit, first.scoring);
        let bases: Option<Vec<(f64, f64)>> = numbers.iter().map(|cell| cell.of).collect();
        match (bases, self.count) {
            (Some(bases), _) if numbers.iter().all(alike) => {
                let (sum, base) = bases.iter().fold((0.0, 0.0), |(sum, base), one| (sum + one.0, base + one.1));
                let times = if first.unit == super::view::Unit::PerThousand { 1000.0 } else { 100.0 };
                self.unit = first.unit;
                self.value = (base > 0.0).then(|| sum / base * times);
            }
            (_, Some(count)) => self.value = Some(count as f64),
            _ if numbers.len() == 1 => {
                self.unit = first.unit;
                self.value = first.value;
            }
            // scores without a base have no mean over providers
            _ => {}
        }
    }
}

impl Intelligence {
    /// Works out all that a view shows.
    #[must_use]
    pub fn picture(&self, view: &View) -> Picture {
        let counting = self.counting(view);
        let sources = self.sources_of(view);
        let providers = self.providers_of(view);
        let months = view.months();
        let places = self.axis.places(view.from, view.to);
        let has_unmapped = providers.iter().any(|provider| {
            sources.iter().any(|source| {
                let counts = counting.tally.months(*provider, *source, self.themes.unmapped());
                counts.get(places.clone()).is_some_and(|counts| counts.iter().any(|count| *count > 0))
                    || counting.measures.is_about(*source, self.themes.unmapped())
            })
        });
        let rows = self.themes.len() - usize::from(!has_unmapped);
        let pictures: Vec<ProviderPicture> = providers
            .iter()
            .map(|provider| self.provider_picture(&counting, *provider, &sources, rows, &months))
            .collect();
        let overall = (0..rows).map(|theme| rolled(&pictures, theme, &sources)).collect();
        Picture {
            view: view.clone(),
            sources,
            themes: self.themes.names[..rows].to_vec(),
            providers: pictures,
            overall,
            unplaced: self.unplaced(&counting, &providers),
        }
    }

    fn provider_picture(
        &self,
        counting: &Counting<'_>,
        provider: usize,
        sources: &[Source],
        rows: usize,
        months: &[crate::model::due::Month],
    ) -> ProviderPicture {
        let covered: Vec<Covered> =
            sources.iter().map(|source| self.receipts.covered(provider, *source, months, &self.rules)).collect();
        let mut verdicts = [0; 5];
        let rows = (0..rows).map(|theme| {
            let mut givens: Vec<Given<Source>> = Vec::new();
            let cells = sources.iter().zip(&covered).map(|(source, covered)| {
                let (cell, given) = counting.cell(provider, *source, theme, *covered);
                givens.extend(given);
                cell
            });
            let cells: Vec<MatrixCell> = cells.collect();
            let key = self.themes.names[theme].key;
            let finding = Finding::of(&givens, &self.rules.thresholds);
            let found = Found::of(&cells, finding, (counting.view.from, counting.view.to));
            let found = found.filter(|_| key != ThemeKey::Unmapped);
            if let (ThemeKey::Theme(_), Some(found)) = (key, &found)
                && let Some(place) = Verdict::ALL.iter().position(|one| *one == found.verdict())
            {
                verdicts[place] += 1;
            }
            Row { theme: key, cells, found }
        });
        let rows = rows.collect();
        ProviderPicture { provider: self.providers[provider].clone(), rows, verdicts }
    }

    fn unplaced(&self, counting: &Counting<'_>, providers: &[usize]) -> Unplaced {
        let mut unplaced = Unplaced {
            no_provider: counting.tally.no_provider,
            no_month: counting.tally.no_month,
            ..Unplaced::default()
        };
        let places = self.axis.places(counting.view.from, counting.view.to);
        for (provider, source) in providers.iter().flat_map(|one| Source::ALL.iter().map(move |source| (*one, *source)))
        {
            if !self.shows(counting.view, source) {
                continue;
            }
            let counts = counting.tally.months(provider, source, ALL);
            for place in places.clone().filter(|place| !self.receipts.is_received(provider, source, *place)) {
                unplaced.not_received += u64::from(counts.get(place).copied().unwrap_or(0));
            }
        }
        unplaced.no_subject = self.without_subject(counting.view, providers);
        unplaced
    }
}

fn rolled(pictures: &[ProviderPicture], theme: usize, sources: &[Source]) -> RolledRow {
    let rows = || pictures.iter().filter_map(|picture| picture.rows.get(theme));
    let column =
        |(place, source): (usize, &Source)| RolledCell::of(*source, rows().filter_map(move |row| row.cells.get(place)));
    let cells = sources.iter().enumerate().map(column).collect();
    let mut verdicts: Vec<(Id, Verdict)> =
        rows().filter_map(|row| row.found.as_ref()).map(|found| (found.provider, found.verdict())).collect();
    verdicts.sort_by_key(|(_, verdict)| *verdict);
    let theme = rows().next().map_or(ThemeKey::All, |row| row.theme);
    RolledRow { theme, cells, verdict: verdicts.first().map(|(_, verdict)| *verdict), verdicts }
}
