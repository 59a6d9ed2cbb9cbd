//! What goes, as SQLite lays it down: every row of every table and index as the bytes of its cell.
//!
//! The columns of a row stand one behind the other without a gap, after a header that says their lengths. A short
//! withheld text that happens to stand across two columns, or in those lengths, is thereby known to be none.

use super::super::error::Fault;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// SQLite's variable-length number, big end first, seven bits a byte. Lengths and row numbers are below 2^56.
fn varint(number: u64, to: &mut Vec<u8>) {
    let sevens = (1..9).find(|count| number >> (7 * count) == 0).unwrap_or(8);
    for place in (0..sevens).rev() {
        let seven = u8::try_from((number >> (7 * place)) & 0x7f).unwrap_or(0);
        to.push(if place == 0 { seven } else { seven | 0x80 });
    }
}

/// The bytes of a whole number, as few as hold it, and the type that says how many.
fn integer(number: i64) -> (u64, usize) {
    match number {
        0 => (8, 0),
        1 => (9, 0),
        -0x80..=0x7f => (1, 1),
        -0x8000..=0x7fff => (2, 2),
        -0x80_0000..=0x7f_ffff => (3, 3),
        -0x8000_0000..=0x7fff_ffff => (4, 4),
        -0x8000_0000_0000..=0x7fff_ffff_ffff => (5, 6),
        _ => (6, 8),
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// A row as it lies in its page: length, row number where it has one, header, columns.
#[derive(Default)]
struct Cell {
    header: Vec<u8>,
    body: Vec<u8>,
    whole: Vec<u8>,
}

impl Cell {
    fn begin(&mut self) {
        self.header.clear();
        self.body.clear();
    }

    fn column(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => varint(0, &mut self.header),
            ValueRef::Integer(number) => {
                let (kind, bytes) = integer(number);
                varint(kind, &mut self.header);
                self.body.extend_from_slice(&number.to_be_bytes()[8 - bytes..]);
            }
            ValueRef::Real(number) => {
                varint(7, &mut self.header);
                self.body.extend_from_slice(&number.to_be_bytes());
            }
            ValueRef::Text(text) => {
                varint(13 + 2 * length(text), &mut self.header);
                self.body.extend_from_slice(text);
            }
            ValueRef::Blob(bytes) => {
                varint(12 + 2 * length(bytes), &mut self.header);
                self.body.extend_from_slice(bytes);
            }
        }
    }

    fn end(&mut self, row: Option<i64>) -> &[u8] {
        // the header's length counts itself
        let header = length(&self.header) + if self.header.len() < 127 { 1 } else { 2 };
        self.whole.clear();
        varint(header + length(&self.body), &mut self.whole);
        if let Some(row) = row {
            varint(u64::try_from(row).unwrap_or(0), &mut self.whole);
        }
        varint(header, &mut self.whole);
        self.whole.extend_from_slice(&self.header);
        self.whole.extend_from_slice(&self.body);
        &self.whole
    }
}

/// A table or index, and what selects its columns in the order in which they are laid down.
struct Store {
    sql: String,
    /// Whether the first column that is selected is the row's number.
    numbered: bool,
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn names(file: &Connection, sql: &str, of: &str) -> Result<Vec<String>, Fault> {
    Ok(file.prepare(sql)?.query_map([of], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn stores(file: &Connection) -> Result<Vec<Store>, Fault> {
    let mut stores = vec![Store {
        sql: "SELECT rowid, type, name, tbl_name, rootpage, sql FROM sqlite_schema".to_owned(),
        numbered: true,
    }];
    let tables = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> ?1";
    let mut statement = file.prepare(tables)?;
    let mut found: Vec<(String, bool)> = statement
        .query_map(["sqlite_schema"], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, rusqlite::Error>>()?;
    // what the journal says stands in the rows too, which are shorter
    found.sort_by_key(|(table, _)| table == "entry");
    for (table, without_rowid) in found {
        let columns =
            "SELECT CASE WHEN pk = 1 AND type = 'INTEGER' AND NOT ?2 THEN 'NULL' ELSE '\"' || name || '\"' END
                       FROM pragma_table_info(?1) ORDER BY cid";
        let columns: Vec<String> = file
            .prepare(columns)?
            .query_map(rusqlite::params![table, without_rowid], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let columns = columns.join(", ");
        let number = if without_rowid { "" } else { "rowid, " };
        stores
            .push(Store { sql: format!("SELECT {number}{columns} FROM {}", quoted(&table)), numbered: !without_rowid });
        let indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1";
        for index in names(file, indexes, &table)? {
            let columns = "SELECT CASE WHEN cid = -1 THEN 'rowid' ELSE '\"' || name || '\"' END
                           FROM pragma_index_xinfo(?1) ORDER BY seqno";
            let columns = names(file, columns, &index)?.join(", ");
            stores.push(Store { sql: format!("SELECT {columns} FROM {}", quoted(&table)), numbered: false });
        }
    }
    Ok(stores)
}

/// Gives every cell of the file, until the answer is that it was enough.
pub(super) fn each(file: &Connection, go_on: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), Fault> {
    if !go_on(b"SQLite format 3\0") {
        return Ok(());
    }
    let mut cell = Cell::default();
    for store in stores(file)? {
        let mut statement = file.prepare(&store.sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            cell.begin();
            let number = if store.numbered { Some(row.get(0)?) } else { None };
            for column in usize::from(store.numbered)..columns {
                cell.column(row.get_ref(column)?);
            }
            if !go_on(cell.end(number)) {
                return Ok(());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::params;

    #[test]
    fn every_cell_stands_in_the_file_as_it_is_given() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let file = Connection::open(&path).expect("opens");
        file.execute_batch(
            "CREATE TABLE plain (number INTEGER PRIMARY KEY, word TEXT, amount INTEGER, share REAL) STRICT;
             CREATE INDEX by_word ON plain (word, amount);
             CREATE TABLE keyed (id TEXT PRIMARY KEY NOT NULL, text TEXT, done INTEGER) STRICT, WITHOUT ROWID;",
        )
        .expect("makes tables");
        for (number, amount) in [(1, 0_i64), (200, 1), (70_000, -3), (70_001, 1_000), (70_002, i64::MAX)] {
            file.execute("INSERT INTO plain VALUES (?1, ?2, ?3, 0.5)", params![number, "word ".repeat(30), amount])
                .expect("writes");
            file.execute("INSERT INTO keyed VALUES (?1, ?2, ?3)", params![format!("id {number}"), "text", amount])
                .expect("writes");
        }
        let mut cells: Vec<Vec<u8>> = Vec::new();
        let mut keep = |cell: &[u8]| {
            cells.push(cell.to_vec());
            true
        };
        each(&file, &mut keep).expect("reads");
        file.close().expect("closes");
        let bytes = std::fs::read(&path).expect("reads");
        // the header, three tables' and an index's rows in the schema, and five rows in each of three stores
        assert_eq!(cells.len(), 1 + 3 + 15, "all of them");
        for cell in cells {
            let stands = bytes.windows(cell.len()).any(|window| window == cell);
            assert!(stands, "a cell of {} bytes is laid down otherwise: {cell:?}", cell.len());
        }
    }
}
