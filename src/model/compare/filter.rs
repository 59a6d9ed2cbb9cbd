//! Which rows of a comparison are shown, and how many there are of each kind.

use super::{Comparison, Kind, Pair, Part, Row, Side, Status};
use crate::model::text::fold;

/// Of joint actions: all rows, those with one, or those where they tell something new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Joint {
    /// Every row.
    #[default]
    Any,
    /// Rows with an action that is in both plans under one id.
    Joint,
    /// Rows where they tell something of such an action that we do not know.
    Progress,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only rows of this status.
    pub status: Option<Status>,
    /// Only rows that hold these words, in either plan.
    pub text: String,
    /// Only rows under a theme of this title, ours or where only they have the row theirs; blank for those under
    /// none.
    pub theme: Option<String>,
    /// Only rows with joint actions.
    pub joint: Joint,
}

/// How many rows there are of each kind, among those that the rest of the filter lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Say the same.
    pub same: usize,
    /// Something differs.
    pub differs: usize,
    /// Only ours.
    pub only_mine: usize,
    /// Only theirs.
    pub only_theirs: usize,
    /// Have a joint action.
    pub joint: usize,
    /// They tell something new of one.
    pub progress: usize,
}

impl Counts {
    /// Of one status, or all.
    #[must_use]
    pub fn of(&self, status: Option<Status>) -> usize {
        match status {
            None => self.all,
            Some(Status::Same) => self.same,
            Some(Status::Differs) => self.differs,
            Some(Status::OnlyMine) => self.only_mine,
            Some(Status::OnlyTheirs) => self.only_theirs,
        }
    }
}

impl Filter {
    /// Whether everything is shown.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.status.is_none() && self.text.trim().is_empty() && self.theme.is_none() && self.joint == Joint::Any
    }

    /// The places of the rows that are shown, and the counts for every other choice. `texts` are those of
    /// [`texts`]; without a search they are not asked for.
    #[must_use]
    pub fn rows(
        &self,
        comparison: &Comparison,
        mine: Side<'_>,
        theirs: Side<'_>,
        texts: &[String],
    ) -> (Vec<usize>, Counts) {
        let wanted = fold(self.text.trim());
        let mut counts = Counts::default();
        let mut shown = Vec::new();
        for (place, row) in comparison.rows.iter().enumerate() {
            let found = wanted.is_empty() || texts.get(place).is_some_and(|text| text.contains(&wanted));
            let themed = self.theme.as_ref().is_none_or(|theme| *theme == row.theme(mine, theirs));
            if !found || !themed {
                continue;
            }
            let of_status = self.status.is_none_or(|status| status == row.status);
            if of_status {
                counts.joint += usize::from(row.is_joint());
                counts.progress += usize::from(row.has_progress());
            }
            let of_joint = match self.joint {
                Joint::Any => true,
                Joint::Joint => row.is_joint(),
                Joint::Progress => row.has_progress(),
            };
            if of_joint {
                counts.all += 1;
                *match row.status {
                    Status::Same => &mut counts.same,
                    Status::Differs => &mut counts.differs,
                    Status::OnlyMine => &mut counts.only_mine,
                    Status::OnlyTheirs => &mut counts.only_theirs,
                } += 1;
            }
            if of_status && of_joint {
                shown.push(place);
            }
        }
        (shown, counts)
    }
}

impl Row {
    /// The title of the theme it stands under, ours before theirs; blank for none.
    #[must_use]
    pub fn theme<'p>(&self, mine: Side<'p>, theirs: Side<'p>) -> &'p str {
        let of = |side: Side<'p>, id: Option<super::Id>| {
            let theme = side.plan.recommendations.get(&id?)?.theme?;
            Some(side.plan.themes.get(&theme)?.title.as_str())
        };
        match self.mine {
            Some(_) => of(mine, self.mine),
            None => of(theirs, self.theirs),
        }
        .unwrap_or_default()
    }

    /// Its number and title, as whichever plan has it says them, ours first.
    #[must_use]
    pub fn name<'p>(&self, mine: Side<'p>, theirs: Side<'p>) -> (String, &'p str) {
        let sides = [(mine, self.mine), (theirs, self.theirs)];
        let mut found = sides.iter().filter_map(|(side, id)| id.map(|id| (side.plan, id)));
        let Some((plan, id)) = found.next() else { return (String::new(), "Actions that stand alone") };
        match self.kind {
            Kind::Recommendation => plan
                .recommendations
                .get(&id)
                .map_or((String::new(), ""), |row| (plan.reference_name(row), row.shown_title())),
            Kind::Responsibility => (String::new(), plan.responsibilities.get(&id).map_or("", |row| row.text.as_str())),
            Kind::Alone => (String::new(), "Actions that stand alone"),
        }
    }
}

/// The words of every row in both plans, folded: what the search looks in.
#[must_use]
pub fn texts(comparison: &Comparison, mine: Side<'_>, theirs: Side<'_>) -> Vec<String> {
    let text = |row: &Row| {
        let (reference, title) = row.name(mine, theirs);
        let mut words = format!("{reference}\n{title}\n");
        for (side, id) in [(mine, row.mine), (theirs, row.theirs)] {
            let Some(id) = id else { continue };
            if let Some(recommendation) = side.plan.recommendations.get(&id) {
                for text in [&recommendation.title, &recommendation.text] {
                    words.push_str(text);
                    words.push('\n');
                }
            }
            for part in [Part::Wording, Part::Acceptance, Part::Response, Part::Position, Part::State] {
                words.push_str(side.told(part, id).text());
                words.push('\n');
            }
        }
        for Pair { mine: ours, theirs: other, .. } in &row.pairs {
            for (side, id) in [(mine, ours), (theirs, other)] {
                let Some(action) = id.and_then(|id| side.plan.actions.get(&id)) else { continue };
                for part in [Part::Actions, Part::Progress, Part::Owner, Part::Due] {
                    words.push_str(side.told_of(part, action).text());
                    words.push('\n');
                }
            }
        }
        fold(&words)
    };
    comparison.rows.iter().map(text).collect()
}
