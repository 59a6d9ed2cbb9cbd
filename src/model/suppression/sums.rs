//! Numbers of one report that hang together: a total, what it falls into in one table and in another, the months
//! that it is drawn by. Read together they must not give a hidden one away.
//!
//! The sums make a tree: no two of them have more than one number in common, and none leads back to where it began.
//! There what a reader can find out is exact by going over the sums until nothing more follows, each time with the
//! least and the most that the other numbers leave.

use super::{OPEN, ROUND_TO, SMALL, Shown, rounded};

/// What a number is on paper. When one must be hidden, the first of these is taken first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A cell of a table. Of a hidden one a reader knows whether it is small.
    Cell,
    /// A total.
    Total,
    /// A value of a chart; the values of one chart are drawn or not, all of them.
    Drawn(usize),
    /// Not printed at all.
    Unprinted,
}

/// How a whole and its parts hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Adds {
    /// The parts make the whole.
    Exactly,
    /// Some count under several parts: together they are the whole or more.
    OrMore,
}

/// A number of the report, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number(usize);

#[derive(Debug, Clone, Copy)]
struct Entry {
    count: u64,
    role: Role,
    hidden: bool,
}

#[derive(Debug, Clone)]
struct Sum {
    whole: usize,
    parts: Vec<usize>,
    adds: Adds,
}

/// The least and the most that a number can be.
type Range = (u64, u64);

/// Numbers, and the sums that a reader can hold them against.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    entries: Vec<Entry>,
    sums: Vec<Sum>,
}

impl Sums {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A number; small ones that are printed are hidden from the start.
    pub fn add(&mut self, count: u64, role: Role) -> Number {
        let hidden = matches!(role, Role::Cell | Role::Total) && SMALL.contains(&count);
        self.entries.push(Entry { count, role, hidden });
        Number(self.entries.len() - 1)
    }

    /// Says that parts add up to a whole. Whether they do so exactly is seen from the numbers: where they come to
    /// more, a reader knows no more than that. Parts that come to less are no sum of it, and nothing is said.
    pub fn adds_up(&mut self, whole: Number, parts: &[Number]) {
        let sum: u64 = parts.iter().map(|part| self.entries[part.0].count).fold(0, u64::saturating_add);
        let adds = match sum.cmp(&self.entries[whole.0].count) {
            std::cmp::Ordering::Less => return,
            std::cmp::Ordering::Equal => Adds::Exactly,
            std::cmp::Ordering::Greater => Adds::OrMore,
        };
        if !parts.is_empty() {
            self.sums.push(Sum { whole: whole.0, parts: parts.iter().map(|part| part.0).collect(), adds });
        }
    }

    /// Hides more until no hidden number can be told more closely than to [`OPEN`] values. It ends: each turn hides a
    /// number, and with none left that is shown nothing more can be done, nor need be.
    pub fn guard(&mut self) {
        loop {
            let ranges = self.ranges();
            let is_open = |place: &usize| {
                let (low, high) = ranges[*place];
                high.saturating_sub(low) >= OPEN - 1
            };
            let told = (0..self.entries.len()).find(|place| self.entries[*place].hidden && !is_open(place));
            let Some(next) = told.and_then(|told| self.next_to_hide(told)) else { return };
            self.hide(next);
        }
    }

    /// How a number is printed.
    #[must_use]
    pub fn shown(&self, number: Number) -> Shown {
        let entry = self.entries[number.0];
        if entry.hidden { Shown::Hidden } else { Shown::Number(rounded(entry.count)) }
    }

    /// Whether a chart is still drawn.
    #[must_use]
    pub fn is_drawn(&self, chart: usize) -> bool {
        self.entries.iter().any(|entry| entry.role == Role::Drawn(chart))
    }

    fn hide(&mut self, place: usize) {
        match self.entries[place].role {
            Role::Drawn(chart) => {
                let of_it = self.entries.iter_mut().filter(|entry| entry.role == Role::Drawn(chart));
                of_it.for_each(|entry| entry.role = Role::Unprinted);
            }
            _ => self.entries[place].hidden = true,
        }
    }

    /// The smallest number that is shown and no zero: in a sum with the other first, cells before totals.
    fn next_to_hide(&self, beside: usize) -> Option<usize> {
        let can = |place: &usize| {
            let entry = self.entries[*place];
            !entry.hidden && entry.role != Role::Unprinted && entry.count > 0
        };
        let is_beside = |place: usize| {
            self.sums.iter().any(|sum| {
                let has = |one: usize| sum.whole == one || sum.parts.contains(&one);
                has(place) && has(beside)
            })
        };
        let order = |place: &usize| {
            let entry = self.entries[*place];
            (!is_beside(*place), entry.role, entry.count, *place)
        };
        (0..self.entries.len()).filter(can).min_by_key(order)
    }

    /// What a reader who knows these rules can tell of each number.
    fn ranges(&self) -> Vec<Range> {
        let mut ranges: Vec<Range> = self.entries.iter().map(alone).collect();
        loop {
            let before = ranges.clone();
            for sum in &self.sums {
                narrow(sum, &mut ranges);
            }
            if ranges == before {
                return ranges;
            }
        }
    }
}

/// What is known of a number by itself.
fn alone(entry: &Entry) -> Range {
    match entry.role {
        Role::Unprinted => (0, u64::MAX),
        Role::Total if entry.hidden => (*SMALL.start(), u64::MAX),
        _ if entry.hidden && SMALL.contains(&entry.count) => (*SMALL.start(), *SMALL.end()),
        _ if entry.hidden => (SMALL.end() + 1, u64::MAX),
        _ if entry.count == 0 => (0, 0),
        _ => {
            let shown = rounded(entry.count);
            (shown.saturating_sub(ROUND_TO / 2).max(SMALL.end() + 1), shown.saturating_add(ROUND_TO / 2))
        }
    }
}

fn narrow(sum: &Sum, ranges: &mut [Range]) {
    let low = |ranges: &[Range]| sum.parts.iter().map(|part| ranges[*part].0).fold(0, u64::saturating_add);
    let high = |ranges: &[Range]| sum.parts.iter().map(|part| ranges[*part].1).fold(0, u64::saturating_add);
    let exact = sum.adds == Adds::Exactly;
    let (least, most) = (low(ranges), high(ranges));
    let whole = &mut ranges[sum.whole];
    whole.1 = whole.1.min(most);
    if exact {
        whole.0 = whole.0.max(least);
    }
    let whole = *whole;
    for part in &sum.parts {
        let own = ranges[*part];
        let others = sum.parts.iter().filter(|other| *other != part);
        let most = others.clone().map(|other| ranges[*other].1).fold(0, u64::saturating_add);
        let least = others.map(|other| ranges[*other].0).fold(0, u64::saturating_add);
        // what others may come to without end leaves nothing to be said
        let low = if most == u64::MAX { 0 } else { whole.0.saturating_sub(most) };
        let high = if exact && whole.1 != u64::MAX { whole.1.saturating_sub(least) } else { u64::MAX };
        ranges[*part] = (own.0.max(low), own.1.min(high));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A total, its cells, and months that it is drawn by, none of them small.
    fn of(cells: &[u64], months: &[u64], role: Role) -> (Sums, Vec<Number>) {
        let mut sums = Sums::new();
        let total = sums.add(months.iter().sum(), role);
        let mut numbers: Vec<Number> = cells.iter().map(|count| sums.add(*count, Role::Cell)).collect();
        let drawn: Vec<Number> = months.iter().map(|count| sums.add(*count, Role::Drawn(0))).collect();
        sums.adds_up(total, &numbers);
        sums.adds_up(total, &drawn);
        sums.guard();
        numbers.push(total);
        (sums, numbers)
    }

    fn texts(sums: &Sums, numbers: &[Number]) -> Vec<String> {
        numbers.iter().map(|number| sums.shown(*number).text()).collect()
    }

    #[test]
    fn a_cell_that_the_total_and_the_others_would_give_away_gets_company() {
        // 20 less 10: six or seven
        let (sums, numbers) = of(&[12, 6, 0], &[18], Role::Total);
        assert_eq!(texts(&sums, &numbers), ["*", "*", "0", "20"], "another cell is hidden too");
        let (sums, numbers) = of(&[12, 20, 4], &[36], Role::Total);
        assert_eq!(texts(&sums, &numbers), ["10", "20", "*", "35"], "rounding leaves it open");
    }

    #[test]
    fn a_total_that_is_not_printed_is_given_by_its_chart() {
        let (sums, numbers) = of(&[12, 6], &[18, 0, 0], Role::Unprinted);
        assert_eq!(texts(&sums, &numbers)[..2], ["*", "*"], "the months say what the total would");
        assert!(sums.is_drawn(0), "the chart stays");
        let (sums, numbers) = of(&[6], &[8], Role::Unprinted);
        assert_eq!(
            (texts(&sums, &numbers)[0].as_str(), sums.is_drawn(0)),
            ("*", true),
            "less than the whole is no sum"
        );
    }

    #[test]
    fn what_counts_under_several_tells_only_that_it_is_so_many_or_more() {
        // 18 or more less 12 at most: six or seven, though the true sum is larger
        let mut sums = Sums::new();
        let total = sums.add(20, Role::Total);
        let cells = [sums.add(15, Role::Cell), sums.add(7, Role::Cell)];
        sums.adds_up(total, &cells);
        sums.guard();
        assert_eq!(texts(&sums, &cells), ["15", "*"], "18 less 17 leaves all open");
        let mut sums = Sums::new();
        let total = sums.add(19, Role::Total);
        let cells = [sums.add(12, Role::Cell), sums.add(7, Role::Cell), sums.add(1, Role::Cell)];
        sums.adds_up(total, &cells);
        sums.guard();
        let ranges = sums.ranges();
        assert!(cells.iter().all(|cell| ranges[cell.0].1 - ranges[cell.0].0 >= 2), "{ranges:?}");
    }

    /// Every table that agrees with what is shown, for small numbers; what the rule says is known is known.
    fn agrees(shown: &[Shown], known: &[u64], given: &[u64]) -> bool {
        given.iter().zip(shown).zip(known).all(|((count, shown), truth)| match shown {
            Shown::Number(number) => {
                rounded(*count) == *number
                    && SMALL.contains(count) == SMALL.contains(truth)
                    && (*count == 0) == (*truth == 0)
            }
            Shown::Hidden => SMALL.contains(count) == SMALL.contains(truth) && *count > 0,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn no_hidden_cell_can_be_worked_out(cells in proptest::collection::vec(0_u64..16, 1..4)) {
            let total: u64 = cells.iter().sum();
            let (sums, numbers) = of(&cells, &[total], Role::Total);
            let shown: Vec<Shown> = numbers.iter().map(|number| sums.shown(*number)).collect();
            let (whole, shown) = shown.split_last().expect("a total");
            let drawn = sums.is_drawn(0);
            let mut seen = vec![std::collections::BTreeSet::new(); cells.len()];
            let most = 26_u64;
            let mut given = vec![0; cells.len()];
            loop {
                let sum: u64 = given.iter().sum();
                let fits = match whole {
                    Shown::Number(number) => rounded(sum) == *number && !SMALL.contains(&sum) && (sum == 0) == (total == 0),
                    Shown::Hidden => sum > 0,
                };
                let fits = fits && (!drawn || SMALL.contains(&total) || rounded(sum) == rounded(total));
                if fits && agrees(shown, &cells, &given) {
                    given.iter().zip(&mut seen).for_each(|(count, seen)| { seen.insert(*count); });
                }
                let Some(place) = given.iter().position(|count| *count < most) else { break };
                given[..place].fill(0);
                given[place] += 1;
            }
            for ((cell, shown), seen) in cells.iter().zip(shown).zip(&seen) {
                prop_assert!(!SMALL.contains(cell) || *shown == Shown::Hidden, "a small one is shown");
                prop_assert!(*shown != Shown::Hidden || seen.len() as u64 >= OPEN, "{cells:?}: {seen:?}");
            }
        }
    }
}
