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
        if ceiling > floor {
            tight = false;
        }
    }
    String::from_utf8_lossy(&key).into_owned()
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
    }
}
