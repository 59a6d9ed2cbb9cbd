//! Shares and scores as they are published.
//!
//! A share tells a small number to whoever knows how many answered. So where few gave the one answer or the other, it
//! is given to the nearest 5 per cent, and of few answers not at all.

use crate::model::intelligence::Unit;
use crate::model::suppression::SMALL;

/// The fewest answers of which a share to the nearest 5 per cent leaves three numbers open.
const ENOUGH: f64 = 60.0;

/// The number as published; `None` where it is hidden. `of` is what it was worked out from.
pub(super) fn published(unit: Unit, value: f64, of: Option<(f64, f64)>) -> Option<f64> {
    let Some((good, base)) = of else {
        // a score that its source gives alone says nothing of how many there were
        return Some(if unit == Unit::Score { (value * 10.0).round() / 10.0 } else { value.round() });
    };
    let is_small = |count: f64| SMALL.contains(&(count.abs().round() as u64));
    if is_small(base) {
        return None;
    }
    let exact = !is_small(good) && !is_small(base - good.abs());
    match exact {
        true => Some(value.round()),
        false if base < ENOUGH => None,
        false => Some((value / 5.0).round() * 5.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_never_gives_few_people_away() {
        let shown = |good: f64, base: f64| published(Unit::Percent, good / base * 100.0, Some((good, base)));
        for (good, base, wanted) in [
            (60.0, 100.0, Some(60.0)),
            (2.0, 5.0, None),
            (0.0, 5.0, None),
            (57.0, 59.0, None),
            (97.0, 100.0, Some(95.0)),
            (4.0, 100.0, Some(5.0)),
            (100.0, 100.0, Some(100.0)),
            (40.4, 80.0, Some(51.0)),
        ] {
            assert_eq!(shown(good, base), wanted, "{good} of {base}");
        }
        assert_eq!(published(Unit::Score, 3.64, None), Some(3.6), "a score alone");
    }
}
