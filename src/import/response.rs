//! The government's response: the status split from the words.

use crate::model::Acceptance;
use crate::model::text::fold;

/// The answers as documents word them, the longer first.
const STATUSES: &[&str] = &[
    "accepted in principle",
    "accept in principle",
    "agreed in principle",
    "agree in principle",
    "accepted in part",
    "accept in part",
    "agreed in part",
    "agree in part",
    "partially accepted",
    "partly accepted",
    "not accepted",
    "not agreed",
    "under consideration",
    "accepted",
    "accept",
    "agreed",
    "agree",
    "rejected",
    "noted",
];

/// What documents put before it.
const BEFORE: &[&str] = &[
    "department of health response",
    "doh response",
    "dh response",
    "government response",
    "government's response",
    "the government's response",
    "doh",
    "dh",
    "response",
];

/// Whether a text begins as an answer of the government does.
pub(super) fn looks_like_one(text: &str) -> bool {
    labelled(text).is_some() || split(text).0.len() > "agreed".len()
}

/// The status as written, and the words after it. A text without a status is all words.
pub(super) fn split(text: &str) -> (String, String) {
    let rest = without_label(text);
    for status in STATUSES {
        // folding such words keeps their length: the cut is the same in both
        let Some(head) = rest.get(..status.len()).filter(|head| fold(head) == *status) else { continue };
        let tail = &rest[status.len()..];
        if tail.starts_with(char::is_alphanumeric) {
            continue;
        }
        let words = tail.trim_start_matches(['.', ',', ';', ':', '-', '–', ' ', '\n', '•']);
        return (head.to_owned(), words.to_owned());
    }
    (String::new(), rest.to_owned())
}

fn without_label(text: &str) -> &str {
    labelled(text).unwrap_or_else(|| text.trim().trim_start_matches(['•', ' ']))
}

/// What stands after "DoH response:" and its like.
fn labelled(text: &str) -> Option<&str> {
    let text = text.trim().trim_start_matches(['•', ' ']);
    let colon = text.find([':', '–']).filter(|at| *at < 60)?;
    let label = fold(text[..colon].trim());
    let label = label.strip_prefix("initial ").unwrap_or(&label);
    BEFORE.contains(&label).then(|| text[colon..].trim_start_matches([':', '–', ' ']))
}

/// The CCG's own answer, in one of the ways people write it.
pub(super) fn acceptance(text: &str) -> Option<Acceptance> {
    let text = text.trim().trim_end_matches('.');
    Acceptance::from_word(text).or_else(|| match fold(text).as_str() {
        "yes" | "y" | "accept" | "agreed" | "agree" => Some(Acceptance::Accepted),
        "no" | "n" | "rejected" => Some(Acceptance::NotAccepted),
        "in part" | "partially accepted" | "partly" => Some(Acceptance::InPart),
        "in principle" => Some(Acceptance::InPrinciple),
        "not applicable" | "n/a" => Some(Acceptance::NotForUs),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_split_from_the_words() {
        let cases = [
            ("DoH response: Accepted.", "Accepted", ""),
            ("DoH response: Accepted in principle. Concerned that", "Accepted in principle", "Concerned that"),
            ("DoH response: Agree in part but consider", "Agree in part", "but consider"),
            ("Government response – Not accepted\nBecause", "Not accepted", "Because"),
            ("Accepted", "Accepted", ""),
            ("Acceptedly odd", "", "Acceptedly odd"),
            ("The Department will consult", "", "The Department will consult"),
            ("", "", ""),
        ];
        for (text, status, words) in cases {
            assert_eq!(split(text), (status.to_owned(), words.to_owned()), "{text}");
        }
        assert!(looks_like_one("DoH response: it will consult"), "by its label");
        assert!(!looks_like_one("• Agreed with the lead that"), "agreed with somebody is no answer");
    }
}
