//! Signals of a shared file as counts, as they may be published.

use super::super::error::Fault;
use super::super::rows::text;
use rusqlite::{Connection, params};

/// A cell of the table of counts: words throughout, as it may be read by anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedCount {
    /// The provider's name.
    pub provider: String,
    /// The kind of source, in words.
    pub source: String,
    /// The theme's title.
    pub theme: String,
    /// The first month, `2013-04`.
    pub from: String,
    /// The last one.
    pub to: String,
    /// A number, a share ("87%"), `*` for a small number, or why there is none: "no data", "not asked".
    pub count: String,
}

pub(super) fn write(file: &Connection, counts: &[SharedCount]) -> Result<(), Fault> {
    let mut insert = file.prepare(
        "INSERT INTO shared_count (provider, source, theme, \"from\", \"to\", \"count\") VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for one in counts {
        insert.execute(params![one.provider, one.source, one.theme, one.from, one.to, one.count])?;
    }
    Ok(())
}

/// The counts of a shared file, in the order in which they were written.
pub(in super::super) fn read(file: &Connection) -> Result<Vec<SharedCount>, Fault> {
    let sql = "SELECT provider, source, theme, \"from\", \"to\", \"count\" FROM shared_count ORDER BY number";
    let mut statement = file.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut counts = Vec::new();
    while let Some(row) = rows.next()? {
        let own = |place: usize| Ok::<_, Fault>(text(row.get_ref(place)?)?.to_owned());
        counts.push(SharedCount {
            provider: own(0)?,
            source: own(1)?,
            theme: own(2)?,
            from: own(3)?,
            to: own(4)?,
            count: own(5)?,
        });
    }
    Ok(counts)
}
