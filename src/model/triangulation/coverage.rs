//! Whether a provider's data of a source came. No data is no zero.

use crate::model::value::vocabulary;

vocabulary!(
    /// Whether a provider's data of one source for one month came.
    Receipt, "a state of a receipt", {
        /// They came, be they a zero.
        Received = "received",
        /// Asked for, and not due yet.
        Expected = "expected",
        /// Asked for, due, and not here.
        Late = "late",
        /// Nobody asked for them.
        NeverAsked = "never asked",
        /// Such a provider has none.
        NotApplicable = "not applicable",
    }
);

/// What came of a source for the months of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Covered {
    /// For the whole period: received only where every month that applies was, else what is worst of those
    /// that were not: late, then expected, then never asked.
    pub receipt: Receipt,
    /// How many months were received.
    pub received: u32,
    /// How many months there should be: those in which it applies.
    pub of: u32,
}

impl Covered {
    /// A period by its months; one without months was never asked for.
    #[must_use]
    pub fn over(months: impl IntoIterator<Item = Receipt>) -> Self {
        let months: Vec<Receipt> = months.into_iter().collect();
        let count = |wanted: Receipt| months.iter().filter(|month| **month == wanted).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let received = count(Receipt::Received);
        let of = months.len() - count(Receipt::NotApplicable);
        let worst = [Receipt::Late, Receipt::Expected, Receipt::NeverAsked].into_iter().find(|state| count(*state) > 0);
        let receipt = match worst {
            Some(worst) => worst,
            None if received > 0 => Receipt::Received,
            None if months.is_empty() => Receipt::NeverAsked,
            None => Receipt::NotApplicable,
        };
        Self { receipt, received: number(received), of: number(of) }
    }

    /// One month, or a period that is known as a whole.
    #[must_use]
    pub fn whole(receipt: Receipt) -> Self {
        Self::over([receipt])
    }

    /// Whether anything came.
    #[must_use]
    pub fn has_data(self) -> bool {
        self.received > 0
    }

    /// Whether something came and something did not.
    #[must_use]
    pub fn is_part(self) -> bool {
        self.has_data() && self.receipt != Receipt::Received
    }
}
