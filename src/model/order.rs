//! Sort keys with room between any two, so that a move changes one row only.

const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

fn digit(byte: Option<&u8>) -> usize {
    byte.and_then(|b| DIGITS.iter().position(|d| d == b)).unwrap_or(0)
}

/// A key that sorts after `low` and before `high`; an empty `high` has no end, an empty `low` no
/// beginning. Keys are base-36 fractions and never end in `0`. If `high` is not above `low` (two
/// sides made the same key), the result sorts after `low`.
#[must_use]
pub fn between(low: &str, high: &str) -> String {
    let (low, high) = (low.as_bytes(), high.as_bytes());
    let bounded = !high.is_empty() && low < high;
    let mut key = Vec::new();
    let mut tight = bounded;
    for place in 0.. {
        let floor = digit(low.get(place));
        let ceiling = if tight { digit(high.get(place)) } else { DIGITS.len() };
        if ceiling > floor + 1 {
            // appending (no upper bound) steps by little, so that a long list keeps short keys
            let step = if tight { (ceiling - floor) / 2 } else { 1 };
            key.push(DIGITS[floor + step]);
            break;
        }
        key.push(DIGITS[floor]);
        // keys that nothing fits between (`5` and `50`, or signs that are no digits) are no reason to go on for ever
        if ceiling > floor || place >= high.len() {
            tight = false;
        }
    }
    String::from_utf8_lossy(&key).into_owned()
}

/// `count` keys in order between two, as [`between`] gives one: short even where many go into one place.
#[must_use]
pub fn several(low: &str, high: &str, count: usize) -> Vec<String> {
    if high.is_empty() && count > 8 {
        return after(low, count);
    }
    let mut keys = vec![String::new(); count];
    halve(low, high, &mut keys);
    keys
}

fn halve(low: &str, high: &str, keys: &mut [String]) {
    let (before, rest) = keys.split_at_mut(keys.len() / 2);
    let Some((middle, beyond)) = rest.split_first_mut() else { return };
    *middle = between(low, high);
    halve(low, middle, before);
    halve(middle, high, beyond);
}

/// New keys for rows that are put between others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// How many of the rows before keep their keys: all of them, but for keys that no program of ours made.
    pub kept: usize,
    /// The keys of the rows before that do not keep theirs, then of those put in, then of as many of the rows after
    /// as must change: none, but where several rows share one key.
    pub keys: Vec<String>,
}

/// Keys for `count` rows between rows with the keys `before` and rows with the keys `after`, each in order. As few
/// others as possible get a new key.
#[must_use]
pub fn fit(before: &[&str], count: usize, after: &[&str]) -> Fit {
    let low = before.last().copied().unwrap_or_default();
    // rows that share a key stand by their numbers: what is put among them can only be told apart by keys of their own
    for changed in 0..=after.len() {
        let high = after.get(changed).copied();
        if high.is_some_and(|high| high <= low) {
            continue;
        }
        let keys = several(low, high.unwrap_or_default(), count + changed);
        if in_order(low, &keys, high) {
            return Fit { kept: before.len(), keys };
        }
    }
    Fit { kept: 0, keys: self::after("", before.len() + count + after.len()) }
}

fn in_order(low: &str, keys: &[String], high: Option<&str>) -> bool {
    let above = keys.first().is_none_or(|first| first.as_str() > low);
    let below = keys.last().is_none_or(|last| high.is_none_or(|high| last.as_str() < high));
    above && below && keys.windows(2).all(|pair| pair[0] < pair[1])
}

/// `count` keys in order, after `low`.
#[must_use]
pub fn after(low: &str, count: usize) -> Vec<String> {
    let mut keys = Vec::with_capacity(count);
    let width = (count.max(1) as f64).log(34.0).ceil().max(1.0) as usize;
    // fixed-width counting: 20,000 rows get keys of three digits instead of a staircase
    let mut number = 0usize;
    while keys.len() < count {
        number += 1;
        let mut digits = Vec::with_capacity(width + 1);
        let mut rest = number;
        for _ in 0..=width {
            digits.push(DIGITS[rest % DIGITS.len()]);
            rest /= DIGITS.len();
        }
        digits.reverse();
        if digits.last() == Some(&b'0') {
            continue;
        }
        keys.push(format!("{}{}", prefix_above(low), String::from_utf8_lossy(&digits)));
    }
    keys
}

/// A prefix under which every key sorts after `low`.
fn prefix_above(low: &str) -> String {
    if low.is_empty() { String::new() } else { between(low, "") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_come_out_in_order() {
        for low in ["", "5", "zz", "az1"] {
            let keys = after(low, 3000);
            assert_eq!(keys.len(), 3000, "as many as asked for");
            assert!(keys.iter().all(|key| key.as_str() > low), "all after {low:?}");
            assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "in order");
            assert!(keys.iter().all(|key| key.len() <= low.len() + 6), "and short");
        }
    }

    proptest! {
        #[test]
        fn there_is_always_room_between(places in proptest::collection::vec(0usize..200, 1..200)) {
            let mut keys: Vec<String> = Vec::new();
            for place in places {
                let at = place.min(keys.len());
                let low = if at == 0 { "" } else { keys[at - 1].as_str() };
                let high = keys.get(at).map_or("", String::as_str);
                let key = between(low, high);
                prop_assert!(key.as_str() > low, "{key} after {low}");
                prop_assert!(high.is_empty() || key.as_str() < high, "{key} before {high}");
                prop_assert!(!key.ends_with('0'), "room is left below {key}");
                keys.insert(at, key);
            }
        }

        #[test]
        fn what_is_put_in_fits_whatever_keys_stand_there(
            mut keys in proptest::collection::vec("[0-2zA]{0,3}", 0..12),
            place in 0usize..12,
            count in 1usize..30,
        ) {
            keys.sort();
            let all: Vec<&str> = keys.iter().map(String::as_str).collect();
            let (before, behind) = all.split_at(place.min(all.len()));
            let fit = fit(before, count, behind);
            let changed_behind = fit.keys.len() - count - (before.len() - fit.kept);
            let new: Vec<&str> =
                fit.keys.iter().map(String::as_str).chain(behind[changed_behind..].iter().copied()).collect();
            let low = before[..fit.kept].last().copied();
            prop_assert!(new.windows(2).take(fit.keys.len()).all(|pair| pair[0] < pair[1]), "{new:?}");
            prop_assert!(low.is_none_or(|low| low < new[0]), "{low:?} before {new:?}");
        }
    }

    #[test]
    fn rows_with_keys_of_their_own_are_left_alone() {
        let cases: &[(&[&str], usize, &[&str], usize)] = &[
            (&["1", "2"], 1, &["3"], 1),
            (&[], 3, &["1"], 3),
            (&["1"], 20, &[], 20),
            (&[], 1, &[], 1),
            // two rows of one key: the one behind needs another
            (&["1"], 1, &["1", "2"], 2),
            // blank keys come first: nothing fits before them
            (&[], 1, &["", "", "5"], 3),
            (&["5"], 1, &["50", "6"], 2),
        ];
        for (before, count, behind, keys) in cases {
            let fit = fit(before, *count, behind);
            assert_eq!((fit.kept, fit.keys.len()), (before.len(), *keys), "{before:?} {behind:?}: {fit:?}");
        }
    }

    #[test]
    fn many_in_one_place_get_short_keys() {
        let keys = several("1", "2", 5000);
        assert!(keys.iter().all(|key| key.len() < 16), "{:?}", keys.iter().max_by_key(|key| key.len()));
    }
}
