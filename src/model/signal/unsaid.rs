//! What a source does not say of its signals: it has no column for it.

use super::Signal;

/// What can be said of a signal, beside what it is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// [`Signal::received`]
    Received,
    /// [`Signal::happened`]
    Happened,
    /// [`Signal::due`]
    Due,
    /// [`Signal::closed`]
    Closed,
    /// [`Signal::subjects`]
    Subjects,
    /// [`Signal::service`]
    Service,
    /// [`Signal::specialty`]
    Specialty,
    /// [`Signal::site`]
    Site,
    /// [`Signal::state`]
    State,
    /// [`Signal::outcome`]
    Outcome,
    /// [`Signal::grade`]
    Grade,
    /// [`Signal::adverse`]
    Adverse,
    /// [`Signal::handling_concern`]
    HandlingConcern,
    /// [`Signal::learning`]
    Learning,
    /// [`Signal::improvement`]
    Improvement,
    /// [`Signal::hardness`]
    Hardness,
    /// [`Signal::text`]
    Text,
}

/// The things that a source has no column for. They are no blanks: where the signal is known already, what
/// is known of them stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unsaid(u32);

impl Unsaid {
    /// With one more.
    #[must_use]
    pub fn and(self, what: Facet) -> Self {
        Self(self.0 | 1 << what as u32)
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn has(self, what: Facet) -> bool {
        self.0 & 1 << what as u32 != 0
    }

    /// Whether the source says everything.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl Signal {
    /// The signal with what its source does not say as it is known.
    #[must_use]
    pub fn filled_from(&self, known: &Self) -> Self {
        macro_rules! either {
            ($field:ident, $what:ident) => {
                if self.unsaid.has(Facet::$what) { known.$field.clone() } else { self.$field.clone() }
            };
        }
        Self {
            received: either!(received, Received),
            happened: either!(happened, Happened),
            due: either!(due, Due),
            closed: either!(closed, Closed),
            subjects: either!(subjects, Subjects),
            service: either!(service, Service),
            specialty: either!(specialty, Specialty),
            site: either!(site, Site),
            state: either!(state, State),
            outcome: either!(outcome, Outcome),
            grade: either!(grade, Grade),
            adverse: either!(adverse, Adverse),
            handling_concern: either!(handling_concern, HandlingConcern),
            learning: either!(learning, Learning),
            improvement: either!(improvement, Improvement),
            hardness: either!(hardness, Hardness),
            text: either!(text, Text),
            unsaid: Unsaid::default(),
            ..self.clone()
        }
    }
}
