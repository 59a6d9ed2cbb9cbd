//! Recommendation numbers as people write them.

/// The references a cell holds, where it holds nothing else: `123`, `Rec 123`, `R123.`, `123 & 124`,
/// `123-125`, `2.5.3`, `123 (cont.)`.
pub(super) fn whole_cell(text: &str) -> Option<Vec<String>> {
    let text = text.trim().trim_start_matches(['•', ' ']);
    if text.is_empty() || text.chars().count() > 60 {
        return None;
    }
    let folded = crate::model::text::fold(without_item(text).unwrap_or(text));
    let mut references: Vec<String> = Vec::new();
    let mut range = false;
    let spaced = folded.replace("cont'd", " ").replace(['&', '+', ',', ';', '(', ')', '[', ']', ':', '\n', '#'], " ");
    let spaced = apart(&spaced);
    for word in spaced.split_whitespace().flat_map(split_range) {
        match word.trim_end_matches('.') {
            "" | "and" | "rec" | "recs" | "recommendation" | "recommendations" | "no" | "nos" | "number" | "cont"
            | "contd" | "continued" | "inclusive" | "francis" | "r" => {}
            "-" | "to" => range = !references.is_empty(),
            word => {
                let reference = reference(word)?;
                if range && let Some(last) = references.last().cloned() {
                    references.extend(between(&last, &reference)?);
                }
                range = false;
                references.push(reference);
            }
        }
    }
    (!references.is_empty() && !range).then_some(references)
}

/// A number without the part of the recommendation that is named behind it: "138 (i)", "124(b)".
pub(super) fn without_item(text: &str) -> Option<&str> {
    let (head, item) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let letter = item.len() == 1 && item.chars().all(|c| c.is_ascii_lowercase());
    let roman = (1..=5).contains(&item.len()) && item.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let head = head.trim_end();
    ((letter || roman) && head.ends_with(|c: char| c.is_ascii_digit())).then_some(head)
}

/// What stands before "(cont.)", "(cont'd)" or "(continued)" at the end of a text that says so.
pub(super) fn continued(text: &str) -> Option<&str> {
    let body = text.trim_end().trim_end_matches([')', ']', '.', '…']);
    let folded = crate::model::text::fold(body);
    let word = ["continued", "cont'd", "contd", "cont"].into_iter().find(|word| folded.ends_with(word))?;
    // folding changes how long a letter is written, not how many there are in these words
    let cut = body.char_indices().rev().nth(word.chars().count() - 1).map(|(at, _)| at)?;
    let head = &body[..cut];
    let bare = head.trim_end_matches(['(', '[', '-', '–', '…', ' ']);
    (bare.len() < head.len() || head.is_empty()).then_some(bare)
}

/// `123-125` to its parts.
fn split_range(word: &str) -> Vec<&str> {
    match word.split_once('-') {
        Some((a, b)) if !a.is_empty() && !b.is_empty() => vec![a, "-", b],
        _ => vec![word],
    }
}

/// `123/124`, of three digits each: shorter figures with a stroke are a date or a year.
fn apart(text: &str) -> String {
    let numbers = |word: &&str| word.len() == 3 && word.chars().all(|c| c.is_ascii_digit());
    let word = |word: &str| {
        let all = word.contains('/') && word.split('/').collect::<Vec<_>>().iter().all(numbers);
        if all { word.replace('/', " ") } else { word.to_owned() }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `123`, `R123`, `rec123`, `2.5.3`, `10a`; written without the letters before it.
fn reference(word: &str) -> Option<String> {
    let body = word.strip_prefix("rec").or_else(|| word.strip_prefix('r')).unwrap_or(word).trim_start_matches('.');
    let digits = body.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(body);
    let good = !digits.is_empty()
        && digits
            .split('.')
            .all(|part| !part.is_empty() && part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit()));
    good.then(|| body.to_owned())
}

/// The whole numbers between two.
fn between(first: &str, last: &str) -> Option<Vec<String>> {
    let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    (first < last && last - first < 300).then(|| (first + 1..last).map(|number| number.to_string()).collect())
}

/// The reference that a text begins with, and the text after it: `120. Title …`, `Rec 120 – Title`.
pub(super) fn leading(text: &str) -> Option<(String, &str)> {
    let body = text.trim_start_matches(['•', ' ']);
    let (body, named) = strip_word(body);
    let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(body.len());
    let (number, rest) = body.split_at(end);
    let dotted = number.ends_with('.');
    let reference = reference(&number.trim_end_matches('.').to_ascii_lowercase())?;
    if reference.len() > 12 || !number.starts_with(|c: char| c.is_ascii_digit() || c.eq_ignore_ascii_case(&'r')) {
        return None;
    }
    let marked = rest.trim_start();
    let stripped = marked.trim_start_matches([':', ')', '–', '-', '—']).trim_start();
    let separated = dotted || named || stripped.len() < marked.len() || rest.starts_with(['\n', '\t']);
    // "14 days" and "2013/14 contracts" are no numbers of recommendations
    let titled = stripped.chars().next().is_none_or(|c| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\''));
    (separated && titled && !rest.starts_with('/')).then_some((reference, stripped))
}

fn strip_word(text: &str) -> (&str, bool) {
    for word in ["Recommendation", "recommendation", "RECOMMENDATION", "Rec.", "Rec", "rec", "REC"] {
        if let Some(rest) = text.strip_prefix(word) {
            let rest = rest.trim_start_matches([' ', '.']).trim_start_matches("No").trim_start_matches("no");
            let rest = rest.trim_start_matches([' ', '.', ':', '#']);
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                return (rest, true);
            }
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        let cases = [
            ("123", "123"),
            ("123.", "123"),
            ("Rec 123", "123"),
            ("R123", "123"),
            ("R 123.", "123"),
            ("Recommendation No. 9", "9"),
            ("123 & 124", "123 124"),
            ("123, 125 and 127", "123 125 127"),
            ("123-125", "123 124 125"),
            ("123 – 125", "123 124 125"),
            ("123 (cont.)", "123"),
            ("Rec 123 (cont'd)", "123"),
            ("Recs 123–125 inclusive", "123 124 125"),
            ("123/124", "123 124"),
            ("R123, R124", "123 124"),
            ("2.5.3", "2.5.3"),
            ("10a", "10a"),
            ("138 (i)", "138"),
            ("Rec 124(b)", "124"),
        ];
        for (cell, references) in cases {
            assert_eq!(whole_cell(cell).map(|found| found.join(" ")).as_deref(), Some(references), "{cell}");
        }
        for cell in
            ["", "Complaints", "June 2013", "No", "14 days", "2013/14", "13/14", "Ongoing", "N/A", "-", "31/07/2013"]
        {
            assert_eq!(whole_cell(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_continued_row_says_so() {
        let cases = [
            ("Complaints (cont.)", Some("Complaints")),
            ("Complaints (cont’d)", Some("Complaints")),
            ("Complaints – continued", Some("Complaints")),
            ("Complaints (Continued)", Some("Complaints")),
            ("(cont)", Some("")),
            ("Complaints", None),
            ("This has to be continued", Some("This has to be")),
            ("Discontinued", None),
            ("", None),
        ];
        for (text, head) in cases {
            assert_eq!(continued(text), head, "{text}");
        }
    }

    #[test]
    fn a_number_may_lead_its_text() {
        assert_eq!(leading("120. Access. They should"), Some(("120".into(), "Access. They should")));
        assert_eq!(leading("Rec 9 – Title"), Some(("9".into(), "Title")));
        assert_eq!(leading("2.5.3 \nTitle"), None, "without a mark a space is not enough");
        assert_eq!(leading("2.5.3\nTitle"), Some(("2.5.3".into(), "Title")));
        for text in ["14 days after", "2013/14 contracts", "From 1. April", "3.5 people", "1781 pages"] {
            assert_eq!(leading(text), None, "{text}");
        }
    }
}
