//! Identifiers that are digits.

use crate::model::due::Month;

/// The length of an NHS number that begins a text: 9434765919, 943 476 5919, 943-476-5919.
pub(super) fn nhs_number_at(text: &str) -> Option<usize> {
    let mut digits = [0u32; 10];
    let (mut count, mut end, mut last_mark) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        if let Some(digit) = c.to_digit(10) {
            *digits.get_mut(count)? = digit;
            count += 1;
            end = at + 1;
        } else if matches!(c, ' ' | '-') && matches!(count, 3 | 6) && last_mark != count {
            last_mark = count;
        } else {
            break;
        }
    }
    // one more character of the same word, and it is another number
    let after = text[end..].chars().next();
    let goes_on = after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        || (matches!(after, Some('-' | '/')) && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()));
    (count == 10 && !goes_on && checks(&digits)).then_some(end)
}

/// Whether the last of ten digits is what the others make it.
fn checks(digits: &[u32; 10]) -> bool {
    if digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    // a check digit of 10 is never issued
    match 11 - sum % 11 {
        11 => digits[9] == 0,
        check => digits[9] == check,
    }
}

/// Whether the words before a number call it an NHS number. One that begins with 0, 1 or 2 is more
/// often a date or a reference, unless it is called one.
pub(super) fn is_labelled_nhs(before: &str) -> bool {
    let start = before.char_indices().rev().nth(19).map_or(0, |(at, _)| at);
    before[start..].to_lowercase().contains("nhs")
}

/// The length of a British telephone number that begins a text.
pub(super) fn phone_at(text: &str) -> Option<usize> {
    let (digits, end, first_group) = run(text);
    let national = if let Some(rest) = digits.strip_prefix("+44").or_else(|| digits.strip_prefix("0044")) {
        rest.strip_prefix('0').unwrap_or(rest).to_owned()
    } else {
        // a code has three digits at least: "01 02 2013" is none
        digits.strip_prefix('0').filter(|_| first_group >= 3)?.to_owned()
    };
    let grouped = text[..end].chars().filter(|c| !c.is_ascii_digit() && *c != '+').count() > 0;
    let length = national.len() == 10 || national.len() == 9 && grouped;
    let kind = national.starts_with(['1', '2', '3', '5', '7', '8', '9']);
    let goes_on = text[end..].chars().next().is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_'));
    (length && kind && !goes_on).then_some(end)
}

/// The digits that begin a text, where they end, and how many stand in their first group. Single
/// spaces, hyphens and brackets part groups.
fn run(text: &str) -> (String, usize, usize) {
    let mut digits = String::new();
    let (mut end, mut first_group, mut marks) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => {
                digits.push(c);
                end = at + 1;
                marks = 0;
            }
            '+' if digits.is_empty() => digits.push(c),
            ' ' | '-' | '(' | ')' if marks < 2 => {
                if first_group == 0 {
                    first_group = digits.len();
                }
                marks += 1;
            }
            _ => break,
        }
        if digits.len() > 15 {
            break;
        }
    }
    (digits, end, if first_group == 0 { end } else { first_group })
}

/// The length and the year of a full date that begins a text: 3/4/1941, 03-04-41 (no year), 3rd April 1941.
pub(super) fn date_at(text: &str) -> Option<(usize, i32)> {
    let (day, after) = number(text)?;
    if !(1..=31).contains(&day) {
        return None;
    }
    let rest = &text[after..];
    let (month_end, mark) = match rest.chars().next()? {
        mark @ ('/' | '-' | '.') => {
            let (month, length) = number(&rest[1..])?;
            if !(1..=12).contains(&month) || !rest[1 + length..].starts_with(mark) {
                return None;
            }
            (after + 1 + length + 1, true)
        }
        _ => (after + month_name(rest)?, false),
    };
    let (year, length) = number(&text[month_end..])?;
    let end = month_end + length;
    let whole = !text[end..].starts_with(|c: char| c.is_alphanumeric());
    match length {
        4 if (1880..=2100).contains(&year) && whole => Some((end, i32::try_from(year).ok()?)),
        // of two digits the century is anybody's guess
        2 if mark && whole => Some((end, i32::MAX)),
        _ => None,
    }
}

/// The length of "th April ", with the spaces around it.
fn month_name(text: &str) -> Option<usize> {
    let mut rest = text;
    for ordinal in ["st", "nd", "rd", "th"] {
        rest = rest.strip_prefix(ordinal).unwrap_or(rest);
    }
    let rest = rest.trim_start_matches([' ', '-']);
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    let word = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let name = rest[..word].to_ascii_lowercase();
    if !(3..=9).contains(&word) || !Month::NAMES.iter().any(|month| name.starts_with(&month[..3])) {
        return None;
    }
    let rest = rest[word..].trim_start_matches([' ', '-', ',']);
    Some(text.len() - rest.len())
}

fn number(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, length))
}
