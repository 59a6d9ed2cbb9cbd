//! Whether the signals of a file are sound: SQLite sees neither a changed byte in a text nor a mark that is
//! wrong.

use super::super::error::Fault;
use super::held;
use rusqlite::Connection;

/// More findings than this help nobody.
const MOST: usize = 20;

/// What is wrong, in words.
pub(in super::super) fn check(file: &Connection) -> Result<Vec<String>, Fault> {
    let mut findings = Vec::new();
    let streams = held::streams(file)?;
    let sql = format!("SELECT number, stream, {}, gone FROM signal ORDER BY number", held::COLUMNS);
    let mut statement = file.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if findings.len() >= MOST {
            return Ok(findings);
        }
        let number: i64 = row.get(0)?;
        match held::signal(row, &streams) {
            Err(Fault::Damaged(what)) => findings.push(format!("signal {number}: {what}")),
            Err(fault) => return Err(fault),
            Ok((held, digest)) => {
                if !row.get::<_, bool>(24)? && digest != held::digest(&held.signal) {
                    findings.push(format!("signal {number} is not as it was written"));
                }
            }
        }
    }
    for (what, sql) in [
        (
            "is marked as replaced or current and is not",
            "SELECT number FROM signal WHERE old <> EXISTS (
                 SELECT 1 FROM signal AS newer
                 JOIN signal_batch AS later ON later.number = newer.batch JOIN \"batch\" ON \"batch\".id = later.id
                 WHERE newer.stream = signal.stream AND newer.\"key\" = signal.\"key\" AND newer.batch > signal.batch)
             AND stream IN (SELECT stream FROM signal_part GROUP BY stream HAVING count(*) > 1)",
        ),
        ("came with no batch", "SELECT number FROM signal WHERE batch NOT IN (SELECT number FROM signal_batch)"),
    ] {
        let mut statement = file.prepare(sql)?;
        for number in statement.query_map([], |row| row.get::<_, i64>(0))?.take(MOST) {
            findings.push(format!("signal {} {what}", number?));
        }
    }
    Ok(findings)
}
