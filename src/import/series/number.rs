//! Numbers as people in the UK write them.

/// A number of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// As it stands there: 85% is 85.
    pub(super) value: f64,
    /// With a % sign.
    pub(super) percent: bool,
}

/// Whether a cell says that there is no data.
pub(super) fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || ["no data", "n/a", "na", "not available"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Reads `1,234.5`, `-3`, `12%`, `1 234`, `1e3`; `None` for anything else, NaN and infinity among it.
pub(super) fn read(text: &str) -> Option<Number> {
    let text = text.trim();
    let (text, percent) = match text.strip_suffix('%') {
        Some(text) => (text.trim_end(), true),
        None => (text, false),
    };
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(text) => (true, text.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(one, other)| (one, Some(other)));
    let (whole, places) = mantissa.split_once('.').map_or((mantissa, None), |(one, other)| (one, Some(other)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = match without_separators(whole) {
        Some(whole) => whole,
        // ".5" is a number, "." is none
        None if whole.is_empty() && places.is_some_and(digits) => "0".to_owned(),
        None => return None,
    };
    if !places.is_none_or(|places| places.is_empty() || digits(places)) {
        return None;
    }
    if !exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))) {
        return None;
    }
    let plain = format!("{whole}.{}e{}", places.unwrap_or_default(), exponent.unwrap_or("0"));
    let value: f64 = plain.parse().ok().filter(|value: &f64| value.is_finite())?;
    Some(Number { value: if negative { -value } else { value }, percent })
}

/// The digits of a whole number, in threes where they are separated by commas or spaces.
fn without_separators(text: &str) -> Option<String> {
    let separator = if text.contains(',') { ',' } else { ' ' };
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let threes = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
    (digits(first) && rest.iter().all(|group| digits(group)) && threes).then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written_and_nothing_else_is_one() {
        for (text, value, percent) in [
            ("12", 12.0, false),
            (" 1,234.5 ", 1234.5, false),
            ("1,234,567", 1_234_567.0, false),
            ("12 345", 12_345.0, false),
            ("-3", -3.0, false),
            ("−3.25", -3.25, false),
            ("+4", 4.0, false),
            (".5", 0.5, false),
            ("5.", 5.0, false),
            ("85%", 85.0, true),
            ("99.5 %", 99.5, true),
            ("1E+05", 100_000.0, false),
            ("0", 0.0, false),
        ] {
            assert_eq!(read(text), Some(Number { value, percent }), "{text}");
        }
        for text in [
            "",
            "-",
            "*",
            ".",
            "%",
            "NaN",
            "inf",
            "-infinity",
            "1,23",
            "12,3456",
            "1,234 567",
            "1.2.3",
            "1e",
            "1e400",
            "0x10",
            "5 per month",
            "£5",
            "1/2",
            "--5",
            ",5",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn no_data_is_said_in_a_few_ways() {
        for (text, blank) in [("", true), (" ", true), ("N/A", true), ("no data", true), ("0", false), ("-", false)] {
            assert_eq!(is_blank(text), blank, "{text}");
        }
    }
}
