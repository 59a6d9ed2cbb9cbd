//! Words that point at another recommendation: "See above", "As stated in section 127 above".

use crate::model::text::fold;

/// Words that point, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pointer {
    /// As written.
    pub(super) words: String,
    /// Where to.
    pub(super) to: PointsTo,
}

/// Where words point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PointsTo {
    /// At a number.
    Number(String),
    /// At what stands before.
    Above,
    /// At what comes after: which, the words do not say.
    Below,
}

/// Words that may stand between "as" or "see" and where it points.
const BETWEEN: &[&str] = &[
    "stated",
    "described",
    "noted",
    "mentioned",
    "outlined",
    "detailed",
    "discussed",
    "set",
    "out",
    "in",
    "under",
    "for",
    "per",
    "to",
    "section",
    "sections",
    "recommendation",
    "recommendations",
    "rec",
    "no",
    "number",
    "the",
    "response",
    "position",
    "also",
    "comments",
    "item",
];

/// The pointers in a text.
pub(super) fn find(text: &str) -> Vec<Pointer> {
    let mut found = Vec::new();
    for line in text.lines() {
        let words: Vec<(usize, &str)> =
            line.split([' ', '/', '(']).map(|word| (word.as_ptr() as usize - line.as_ptr() as usize, word)).collect();
        let mut at = 0;
        while at < words.len() {
            match pointer_at(line, &words[at..]) {
                Some((pointer, taken)) => {
                    found.push(pointer);
                    at += taken;
                }
                None => at += 1,
            }
        }
    }
    found
}

fn plain(word: &str) -> String {
    fold(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn pointer_at(line: &str, words: &[(usize, &str)]) -> Option<(Pointer, usize)> {
    if !matches!(plain(words[0].1).as_str(), "as" | "see" | "refer") {
        return None;
    }
    let mut number = None;
    for (taken, (start, word)) in words.iter().enumerate().skip(1).take(7) {
        let key = plain(word);
        let direction = match key.as_str() {
            "above" | "previous" => Some(PointsTo::Above),
            "below" => Some(PointsTo::Below),
            _ => None,
        };
        let is_number = key.starts_with(|c: char| c.is_ascii_digit())
            && super::number::whole_cell(&key).is_some()
            && !key.parse::<u32>().is_ok_and(|year| (1990..2100).contains(&year));
        if direction.is_none() && !is_number && !BETWEEN.contains(&key.as_str()) {
            return None;
        }
        if is_number {
            number = Some(key.clone());
        }
        let next_is_direction =
            words.get(taken + 1).is_some_and(|(_, next)| matches!(plain(next).as_str(), "above" | "below"));
        if direction.is_some() || (is_number && !next_is_direction) {
            let end = start + word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            let to = number.map(PointsTo::Number).or(direction).unwrap_or(PointsTo::Above);
            let first =
                words[0].0 + words[0].1.len() - words[0].1.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
            return Some((Pointer { words: line[first..end].to_owned(), to }, taken + 1));
        }
    }
    None
}

/// Whether a cell holds nothing but words that point elsewhere.
pub(super) fn is_all(text: &str) -> bool {
    let pointers = find(text);
    let said: usize = pointers.iter().map(|pointer| pointer.words.split_whitespace().count()).sum();
    let words = text.split_whitespace().filter(|word| !plain(word).is_empty()).count();
    !pointers.is_empty() && said >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_point_are_found_with_where() {
        let number = |n: &str| PointsTo::Number(n.to_owned());
        let cases = [
            ("See above\nFramework", "See above", PointsTo::Above),
            ("• As above", "As above", PointsTo::Above),
            ("As stated in section 127 above, the CCG has", "As stated in section 127 above", number("127")),
            ("quality; and, as stated above, it is", "as stated above", PointsTo::Above),
            ("Monitored (see recommendation 12).", "see recommendation 12", number("12")),
            ("see below", "see below", PointsTo::Below),
        ];
        for (text, words, to) in cases {
            assert_eq!(find(text), [Pointer { words: words.to_owned(), to }], "{text}");
        }
        for text in ["as at 28 May 2013", "such as above-average waits", "as set out in 2012", "see the board"] {
            assert!(find(text).is_empty(), "{text}: {:?}", find(text));
        }
        assert!(is_all("• As above") && !is_all("As above, and more"), "nothing but the words");
    }
}
