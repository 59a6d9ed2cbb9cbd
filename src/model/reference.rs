//! Natural order of references: runs of digits compare as numbers.

use std::cmp::Ordering;

/// Compares two references as people count: `9` before `10`, `2.5.3` before `2.5.10`, `R9` before `R10`.
#[must_use]
pub fn natural_cmp(a: &str, b: &str) -> Ordering {
    let (mut a_parts, mut b_parts) = (parts(a), parts(b));
    loop {
        match (a_parts.next(), b_parts.next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => match compare_part(x, y) {
                Ordering::Equal => {}
                order => return order,
            },
        }
    }
}

fn compare_part(a: &str, b: &str) -> Ordering {
    let number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    match (number(a), number(b)) {
        (true, true) => {
            // by length then digit by digit: a number of any size, with no overflow
            let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
            a.len().cmp(&b.len()).then_with(|| a.cmp(b))
        }
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.to_lowercase().cmp(&b.to_lowercase()),
    }
}

/// Runs of digits and runs of anything else.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        rest = tail;
        Some(part)
    })
}

/// The places in a list of references that are meant by what was typed, the nearest first: those that are it, then
/// the nearest number, then those that begin with it. None for blank words.
#[must_use]
pub fn nearest(references: &[&str], typed: &str) -> Vec<usize> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Vec::new();
    }
    let mut places: Vec<usize> = (0..references.len()).collect();
    places.sort_by(|a, b| natural_cmp(references[*a], references[*b]));
    let is = |place: &usize| references[*place].trim().eq_ignore_ascii_case(typed);
    let mut found: Vec<usize> = places.iter().copied().filter(is).collect();
    if found.is_empty() {
        let behind = places.partition_point(|place| natural_cmp(references[*place], typed).is_lt());
        let above = behind.checked_sub(1).and_then(|at| places.get(at)).copied();
        let below = places.get(behind).copied();
        let far = |place: Option<usize>| distance(references[place?], typed);
        let nearer_above = match (far(above), far(below)) {
            (Some(above), Some(below)) => above < below,
            (Some(_), None) => true,
            (None, _) => below.is_none(),
        };
        found.extend(if nearer_above { above } else { below });
    }
    let begins = |place: &usize| references[*place].to_lowercase().starts_with(&typed.to_lowercase());
    let begin: Vec<usize> = places.into_iter().filter(|place| begins(place) && !found.contains(place)).collect();
    found.extend(begin);
    found
}

/// How far two references lie apart, where both are plain numbers.
fn distance(a: &str, b: &str) -> Option<u64> {
    Some(a.trim().parse::<u64>().ok()?.abs_diff(b.trim().parse::<u64>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn references_sort_as_people_count() {
        let sorted = ["", "1", "2", "2.5", "2.5.3", "2.5.10", "9", "10", "10a", "10b", "123", "R2", "R10"];
        for pair in sorted.windows(2) {
            assert_eq!(natural_cmp(pair[0], pair[1]), Ordering::Less, "{} before {}", pair[0], pair[1]);
        }
        assert_eq!(natural_cmp("99999999999999999999", "100000000000000000000"), Ordering::Less, "no overflow");
    }

    #[test]
    fn what_was_typed_leads_to_the_nearest_reference() {
        let all = ["1", "9", "13", "120", "127", "133", "2.5.3", "2.5.10", "R7"];
        let cases: &[(&str, &[&str])] = &[
            ("9", &["9"]),
            (" 133 ", &["133"]),
            ("r7", &["R7"]),
            ("1", &["1", "13", "120", "127", "133"]),
            ("12", &["13", "120", "127"]),
            ("10", &["9"]),
            ("125", &["127"]),
            ("122", &["120"]),
            ("999", &["133"]),
            ("0", &["1"]),
            ("2.5", &["2.5.3", "2.5.10"]),
            ("2.5.9", &["2.5.10"]),
            ("", &[]),
        ];
        for (typed, expected) in cases {
            let found: Vec<&str> = nearest(&all, typed).into_iter().map(|place| all[place]).collect();
            assert_eq!(found, *expected, "{typed:?}");
        }
        assert!(nearest(&[], "1").is_empty(), "an empty plan");
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in "[0-9a-c.]{0,6}", b in "[0-9a-c.]{0,6}", c in "[0-9a-c.]{0,6}") {
            prop_assert_eq!(natural_cmp(&a, &b), natural_cmp(&b, &a).reverse());
            if natural_cmp(&a, &b).is_le() && natural_cmp(&b, &c).is_le() {
                prop_assert!(natural_cmp(&a, &c).is_le());
            }
            prop_assert_eq!(natural_cmp(&a, &b).is_eq(), a == b);
        }
    }
}
