//! What is counted, read in one pass.

use super::super::error::Fault;
use super::{held, live};
use crate::model::Id;
use crate::model::due::Month;
use crate::model::signal::{CountedBy, Fact, Facts, Hardness, Harm, Outcome, Place};
use rusqlite::Connection;
use std::collections::HashMap;

/// Texts that many rows have, each once.
#[derive(Default)]
struct Texts {
    places: HashMap<String, Place>,
    /// That of the row before: rows lie together that are alike.
    last: Option<(String, Place)>,
}

impl Texts {
    /// The place of a text; `add` is called for one that is new.
    fn place(&mut self, text: &str, add: impl FnOnce(&str)) -> Place {
        if let Some((last, place)) = &self.last
            && last == text
        {
            return *place;
        }
        let place = match self.places.get(text) {
            Some(place) => *place,
            None => {
                let place = Place::try_from(self.places.len()).unwrap_or(Place::MAX);
                self.places.insert(text.to_owned(), place);
                add(text);
                place
            }
        };
        self.last = Some((text.to_owned(), place));
        place
    }
}

/// Providers, each once.
fn provider_place(providers: &mut Vec<Option<Id>>, provider: Option<Id>) -> Place {
    let at = providers.iter().position(|one| *one == provider).unwrap_or_else(|| {
        providers.push(provider);
        providers.len() - 1
    });
    Place::try_from(at).unwrap_or(Place::MAX)
}

const FACTS: &str = "SELECT number, batch, stream, gone, adverse, handling_concern, hard, received, happened, due, \
     closed, \"month\", subjects, service, outcome, grade, learning IS NOT NULL, improvement IS NOT NULL \
     FROM signal WHERE old = 0 ORDER BY number";

pub(super) fn read(file: &Connection) -> Result<Facts, Fault> {
    let (live, streams) = (live(file)?, held::streams(file)?);
    let mut facts = Facts { measures: held::measures(file)?, ..Facts::default() };
    let places: HashMap<i64, Place> = streams
        .iter()
        .map(|(number, (_, provider))| (*number, provider_place(&mut facts.providers, *provider)))
        .collect();
    let (mut subjects, mut services, mut outcomes, mut grades) =
        (Texts::default(), Texts::default(), Texts::default(), Texts::default());
    let (mut read_outcomes, mut read_grades): (Vec<Option<Outcome>>, Vec<Option<Harm>>) = (Vec::new(), Vec::new());
    let mut statement = file.prepare(FACTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if !live.contains(&row.get(1)?) || row.get(3)? {
            continue;
        }
        let stream: i64 = row.get(2)?;
        let Some((source, _)) = streams.get(&stream).copied() else {
            return Err(Fault::Damaged("a signal is of no source".into()));
        };
        let (received, happened) = (held::date(row.get_ref(7)?)?, held::date(row.get_ref(8)?)?);
        // as Signal::counted_month has it
        let counts = match source.counted_by() {
            CountedBy::Received => received,
            CountedBy::Happened => happened,
        };
        let month = match counts.map(Month::of) {
            Some(month) => Some(month),
            None => held::month(row.get_ref(11)?)?.or_else(|| received.or(happened).map(Month::of)),
        };
        let about = subjects.place(held::words(row.get_ref(12)?)?, |text| {
            facts.subjects.push(text.split('\n').filter(|one| !one.is_empty()).map(str::to_owned).collect());
        });
        let outcome = outcomes.place(held::words(row.get_ref(14)?)?, |text| read_outcomes.push(Outcome::read(text)));
        let grade = grades.place(held::words(row.get_ref(15)?)?, |text| read_grades.push(Harm::read(text)));
        let hard: bool = row.get(6)?;
        facts.signals.push(Fact {
            number: row.get(0)?,
            source,
            provider: places.get(&stream).copied().unwrap_or_default(),
            month,
            received,
            due: held::date(row.get_ref(9)?)?,
            closed: held::date(row.get_ref(10)?)?,
            subjects: about,
            service: services.place(held::words(row.get_ref(13)?)?, |text| facts.services.push(text.to_owned())),
            outcome: read_outcomes.get(outcome as usize).copied().flatten(),
            harm: read_grades.get(grade as usize).copied().flatten(),
            adverse: held::truth(row.get_ref(4)?)?,
            handling_concern: held::truth(row.get_ref(5)?)?,
            hardness: if hard { Hardness::Hard } else { Hardness::Soft },
            has_learning: row.get(16)?,
            has_improvement: row.get(17)?,
        });
    }
    for measure in &facts.measures {
        provider_place(&mut facts.providers, measure.provider);
    }
    Ok(facts)
}
