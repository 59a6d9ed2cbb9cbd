//! Whether a provider's data of a source came. No data is no zero.

use crate::model::value::vocabulary;

vocabulary!(
    /// Whether a provider's data of one source for one month came.
    ReceiptState, "a state of a receipt", {
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
    pub receipt: ReceiptState,
    /// How many months were received.
    pub received: u32,
    /// How many months there should be: those in which it applies.
    pub of: u32,
}

impl Covered {
    /// A period by its months; one without months was never asked for.
    #[must_use]
    pub fn over(months: impl IntoIterator<Item = ReceiptState>) -> Self {
        let months: Vec<ReceiptState> = months.into_iter().collect();
        let count = |wanted: ReceiptState| months.iter().filter(|month| **month == wanted).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let received = count(ReceiptState::Received);
        let of = months.len() - count(ReceiptState::NotApplicable);
        let worst = [ReceiptState::Late, ReceiptState::Expected, ReceiptState::NeverAsked]
            .into_iter()
            .find(|state| count(*state) > 0);
        let receipt = match worst {
            Some(worst) => worst,
            None if received > 0 => ReceiptState::Received,
            None if months.is_empty() => ReceiptState::NeverAsked,
            None => ReceiptState::NotApplicable,
        };
        Self { receipt, received: number(received), of: number(of) }
    }

    /// One month, or a period that is known as a whole.
    #[must_use]
    pub fn whole(receipt: ReceiptState) -> Self {
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
        self.has_data() && self.receipt != ReceiptState::Received
    }
}
