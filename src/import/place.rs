//! How a document's places are named for a person: a text has lines, Word has paragraphs and tables,
//! a workbook has sheets with rows.

use std::sync::Arc;

/// The places of one document; `line` in blocks, rows and notes counts through them from 1.
#[derive(Debug, Clone, Default)]
pub enum Places {
    /// Each is a line of the text.
    #[default]
    Lines,
    /// Paragraphs and rows of tables, in reading order.
    Word(Arc<[WordPlace]>),
    /// For each sheet the number before its first row, and its name.
    Sheets(Arc<[(usize, String)]>),
}

/// A place in a Word document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordPlace {
    /// A paragraph outside tables, from 1; headings and bullets count, blank ones do not.
    Paragraph(usize),
    /// A row of a table, both from 1.
    Row {
        /// The table.
        table: usize,
        /// Its row.
        row: usize,
    },
}

impl Places {
    /// One place: "line 12", "table 2, row 3", "Actions, row 12".
    #[must_use]
    pub fn name(&self, line: usize) -> String {
        self.all(&[line])
    }

    /// Several, each part said once: "lines 21 and 23", "table 2, rows 3 and 5".
    #[must_use]
    pub fn all(&self, lines: &[usize]) -> String {
        let mut groups: Vec<(String, &'static str, Vec<usize>)> = Vec::new();
        for line in lines {
            let (part, unit, number) = self.parts(*line);
            match groups.last_mut() {
                Some((last, same, numbers)) if *last == part && *same == unit => numbers.push(number),
                _ => groups.push((part, unit, vec![number])),
            }
        }
        let named = groups.into_iter().map(|(part, unit, numbers)| {
            let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let part = if part.is_empty() { part } else { format!("{part}, ") };
            match words.split_last() {
                Some((only, [])) => format!("{part}{unit} {only}"),
                Some((last, rest)) => format!("{part}{unit}s {} and {last}", rest.join(", ")),
                None => part,
            }
        });
        named.collect::<Vec<_>>().join(" and ")
    }

    /// The place of a further line of what stands at one: only a text counts by lines.
    pub(super) fn further(&self, line: usize, lines: usize) -> usize {
        if matches!(self, Self::Lines) { line + lines } else { line }
    }

    /// From one place to another: "lines 3 and 90".
    pub(super) fn ends(&self, first: usize, last: usize) -> String {
        self.all(&[first, last])
    }

    fn parts(&self, line: usize) -> (String, &'static str, usize) {
        match self {
            Self::Lines => (String::new(), "line", line),
            Self::Word(places) => match line.checked_sub(1).and_then(|at| places.get(at)) {
                Some(WordPlace::Row { table, row }) => (format!("table {table}"), "row", *row),
                Some(WordPlace::Paragraph(number)) => (String::new(), "paragraph", *number),
                None => (String::new(), "place", line),
            },
            Self::Sheets(sheets) => {
                let after = sheets.partition_point(|(before, _)| *before < line);
                match after.checked_sub(1).and_then(|at| sheets.get(at)) {
                    Some((before, name)) => (name.clone(), "row", line - before),
                    None => (String::new(), "row", line),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_a_person_finds_them() {
        assert_eq!(Places::Lines.all(&[21, 23]), "lines 21 and 23", "a text");
        let word = Places::Word(Arc::new([
            WordPlace::Paragraph(1),
            WordPlace::Row { table: 1, row: 1 },
            WordPlace::Row { table: 1, row: 2 },
            WordPlace::Row { table: 2, row: 1 },
        ]));
        assert_eq!(word.name(1), "paragraph 1", "Word");
        assert_eq!(word.all(&[2, 3, 4]), "table 1, rows 1 and 2 and table 2, row 1", "each table once");
        let book = Places::Sheets(Arc::new([(0, "Summary".to_owned()), (40, "Actions".to_owned())]));
        assert_eq!([book.name(40), book.name(52)], ["Summary, row 40", "Actions, row 12"], "a workbook");
    }
}
