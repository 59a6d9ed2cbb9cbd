//! A cell with one subject or several.

use crate::model::text::fold;
use crate::model::theme_map::ThemeMap;

/// The subjects of a cell. Line breaks, semicolons and strokes always part them; a comma does unless it
/// belongs to a subject: to one that is known, to words in brackets, or what goes on in small letters and
/// is no subject itself ("Manner, tone, behaviour").
pub(super) fn split(cell: &str, known: &ThemeMap) -> Vec<String> {
    let mut subjects: Vec<String> = Vec::new();
    let pieces = cell.split(['\n', '\u{2028}', ';', '|']).map(tidy).filter(|piece| !piece.is_empty());
    for piece in pieces {
        for subject in of_piece(&piece, known) {
            // a complaint counts once under a subject, however often that is named
            if !subjects.iter().any(|other| fold(other) == fold(&subject)) {
                subjects.push(subject);
            }
        }
    }
    subjects
}

/// The subjects of a cell that has each on a line of its own.
pub(super) fn lines(cell: &str) -> Vec<String> {
    cell.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn tidy(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_matches(|c: char| matches!(c, ',' | '•' | '-' | ' ')).to_owned()
}

fn of_piece(piece: &str, known: &ThemeMap) -> Vec<String> {
    let parts = at_commas(piece);
    if parts.len() == 1 || known.is_subject(piece) {
        return vec![piece.to_owned()];
    }
    let mut subjects: Vec<String> = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        // the longest run of parts that is known as one
        let run = (at + 2..=parts.len()).rev().find(|end| known.is_subject(&parts[at..*end].join(", ")));
        let end = run.unwrap_or(at + 1);
        let text = parts[at..end].join(", ");
        let goes_on = run.is_none() && begins_small(&text) && !known.is_subject(&text);
        match subjects.last_mut() {
            // in a list that begins with a capital, small letters go on with what stands before
            Some(last) if goes_on && !begins_small(last) => {
                last.push_str(", ");
                last.push_str(&text);
            }
            _ => subjects.push(text),
        }
        at = end;
    }
    subjects
}

fn begins_small(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
}

/// The parts between commas that stand in no brackets.
fn at_commas(piece: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0usize, 0, Vec::new());
    for (at, c) in piece.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&piece[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&piece[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_subjects_of_a_cell_are_parted_and_one_with_commas_is_not() {
        let known = ThemeMap::shipped();
        for (cell, subjects) in [
            ("Communications", &["Communications"][..]),
            ("Communications, Waiting times", &["Communications", "Waiting times"]),
            ("Communications; Waiting times", &["Communications", "Waiting times"]),
            ("Communications\nWaiting times\n", &["Communications", "Waiting times"]),
            ("Privacy, dignity and wellbeing", &["Privacy, dignity and wellbeing"]),
            (
                "Communications, Privacy, dignity and wellbeing, Waiting times",
                &["Communications", "Privacy, dignity and wellbeing", "Waiting times"],
            ),
            (
                "Admissions, discharges and transfers (excluding delayed discharge due to absence of care package), Consent",
                &[
                    "Admissions, discharges and transfers (excluding delayed discharge due to absence of care package)",
                    "Consent",
                ],
            ),
            ("Appointments (delays, cancellations), Food", &["Appointments (delays, cancellations)", "Food"]),
            ("Access, admission, transfer, discharge", &["Access, admission, transfer, discharge"]),
            ("Manner, tone, behaviour", &["Manner, tone, behaviour"]),
            ("Communications, waiting times", &["Communications", "waiting times"]),
            ("staffing, food, noise", &["staffing", "food", "noise"]),
            ("Communications,  communications", &["Communications"]),
            ("Brackets (never, closed", &["Brackets (never, closed"]),
            (" , ; ", &[]),
            ("", &[]),
        ] {
            assert_eq!(split(cell, &known), subjects, "{cell:?}");
        }
    }
}
