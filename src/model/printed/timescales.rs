//! The line of timescales under a responsibility.

/// A timescale of a responsibility, as papers say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimescaleFacts {
    /// As it was written.
    pub words: String,
    /// Done, by its tick or by its actions.
    pub done: bool,
    /// Its last day is past.
    pub overdue: bool,
    /// The words before the first revision.
    pub was: String,
    /// Why they were revised.
    pub reason: String,
}

const REASON: &str = "reason: ";

impl TimescaleFacts {
    /// What stands after the words, in brackets: "overdue; was June 2013; reason: the contract is late".
    #[must_use]
    pub fn remarks(&self) -> String {
        let done = if self.done { "done" } else { "" };
        let overdue = if self.overdue { "overdue" } else { "" };
        let was = if self.was.is_empty() { String::new() } else { format!("was {}", self.was) };
        let reason = if self.reason.is_empty() { String::new() } else { format!("{REASON}{}", self.reason) };
        let parts = [done, overdue, was.as_str(), reason.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }

    /// One timescale: its words, and what is said of it in brackets.
    #[must_use]
    pub fn text(&self) -> String {
        let remarks = self.remarks();
        if remarks.is_empty() { self.words.clone() } else { format!("{} ({remarks})", self.words) }
    }

    /// Reads what [`TimescaleFacts::text`] wrote; brackets of another kind belong to the words.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let plain = Self { words: text.trim().to_owned(), ..Self::default() };
        let Some(body) = plain.words.strip_suffix(')') else { return plain };
        for (at, _) in body.match_indices(" (") {
            let mut found = Self { words: body[..at].to_owned(), ..Self::default() };
            let mut rest = &body[at + 2..];
            let (remarks, reason) = match rest.find(REASON).filter(|at| *at == 0 || rest[..*at].ends_with("; ")) {
                Some(at) => (rest[..at].trim_end_matches("; "), &rest[at + REASON.len()..]),
                None => (rest, ""),
            };
            rest = remarks;
            reason.clone_into(&mut found.reason);
            for word in ["done", "overdue"] {
                let after = rest.strip_prefix(word).filter(|after| after.is_empty() || after.starts_with("; "));
                let Some(after) = after else { continue };
                *(if word == "done" { &mut found.done } else { &mut found.overdue }) = true;
                rest = after.trim_start_matches("; ");
            }
            if let Some(was) = rest.strip_prefix("was ") {
                was.clone_into(&mut found.was);
                rest = "";
            }
            if rest.is_empty() && found != (Self { words: found.words.clone(), ..Self::default() }) {
                return found;
            }
        }
        plain
    }
}

/// The lines that timescales take under their responsibility: one for all, where it reads back; else
/// one for each.
#[must_use]
pub fn timescale_lines(rows: &[TimescaleFacts]) -> Vec<&[TimescaleFacts]> {
    let whole = rows.iter().map(TimescaleFacts::text).collect::<Vec<_>>().join("; ");
    match rows {
        [] => Vec::new(),
        [_] => vec![rows],
        _ if split_timescales(&whole) == rows => vec![rows],
        _ => rows.chunks(1).collect(),
    }
}

/// The label of such a line.
#[must_use]
pub fn timescale_label(rows: &[TimescaleFacts]) -> &'static str {
    if rows.len() == 1 { "Timescale: " } else { "Timescales: " }
}

/// Reads such a line; `None` for any other.
#[must_use]
pub fn read_timescales(line: &str) -> Option<Vec<TimescaleFacts>> {
    if let Some(text) = line.strip_prefix("Timescale: ") {
        return Some(vec![TimescaleFacts::read(text)]);
    }
    line.strip_prefix("Timescales: ").map(split_timescales)
}

/// Several timescales, parted by semicolons outside brackets.
fn split_timescales(text: &str) -> Vec<TimescaleFacts> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0usize, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 && text[at..].starts_with("; ") => {
                parts.push(&text[from..at]);
                from = at + 2;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(TimescaleFacts::read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timescales_are_told_apart_or_stand_on_a_line_each() {
        let words = |words: &str| TimescaleFacts { words: words.into(), ..TimescaleFacts::default() };
        let full = TimescaleFacts {
            words: "July 2013".into(),
            overdue: true,
            was: "May 2013".into(),
            reason: "the contract is late; see the minutes".into(),
            done: false,
        };
        let done = TimescaleFacts { done: true, ..words("From June 2013 (if agreed)") };
        let cases =
            [vec![words("May 2013")], vec![words("May 2013"), full, done], vec![words("May; or June"), words("TBC")]];
        for rows in cases {
            let lines: Vec<String> = timescale_lines(&rows)
                .into_iter()
                .map(|rows| {
                    let texts: Vec<String> = rows.iter().map(TimescaleFacts::text).collect();
                    format!("{}{}", timescale_label(rows), texts.join("; "))
                })
                .collect();
            let read: Vec<TimescaleFacts> = lines.iter().filter_map(|line| read_timescales(line)).flatten().collect();
            assert_eq!(read, rows, "{lines:?}");
        }
        assert_eq!(read_timescales("Timescales are agreed"), None, "somebody's prose");
    }
}
