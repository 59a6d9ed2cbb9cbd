//! What a person decided in one reading of a document, carried over to the next reading of it: a
//! column that gets another meaning must not undo the ticks and answers made before.

use super::names::ProposedName;
use super::proposal::{Proposal, ProposedAction, ProposedField, ProposedRemark};
use super::resolve::Answer;
use crate::model::Id;
use std::collections::BTreeMap;

/// A row of the proposal, or one field of it.
type Place = (Id, &'static str);

impl Proposal {
    /// Ticks and answers as they were in an earlier reading, for what is in both.
    pub fn keep_decisions(&mut self, mut before: Self) {
        let mut ticks: BTreeMap<Place, bool> = BTreeMap::new();
        before.each_tick(&mut |place, take| {
            ticks.insert(place, *take);
        });
        self.each_tick(&mut |place, take| {
            if let Some(was) = ticks.get(&place) {
                *take = *was;
            }
        });
        for name in &mut self.names {
            let same = |other: &&ProposedName| (other.field, &other.written) == (name.field, &name.written);
            name.take = before.names.iter().find(same).map_or(name.take, |other| other.take);
        }
        let answers: BTreeMap<Id, Option<Answer>> =
            before.candidates.into_iter().chain(before.choices).map(|choice| (choice.row.id, choice.answer)).collect();
        for choice in self.candidates.iter_mut().chain(&mut self.choices) {
            if let Some(Some(answer)) = answers.get(&choice.row.id) {
                choice.answer = Some(answer.clone());
            }
        }
    }

    fn each_tick(&mut self, visit: &mut impl FnMut(Place, &mut bool)) {
        for theme in &mut self.themes {
            visit((theme.row.id, ""), &mut theme.take);
        }
        for row in &mut self.rows {
            visit((row.row.id, ""), &mut row.take);
            if let Some(position) = &mut row.position {
                visit((position.row.id, ""), &mut position.take);
            }
            for evidence in &mut row.evidence {
                visit((evidence.row.id, ""), &mut evidence.take);
            }
            remarks(&mut row.remarks, visit);
            fields(&mut row.fields, visit);
            actions(&mut row.actions, visit);
        }
        for row in &mut self.responsibilities {
            visit((row.row.id, ""), &mut row.take);
            for timescale in &mut row.timescales {
                visit((timescale.row.id, ""), &mut timescale.take);
            }
            remarks(&mut row.remarks, visit);
            fields(&mut row.fields, visit);
            actions(&mut row.actions, visit);
        }
        actions(&mut self.actions, visit);
        for field in &mut self.paper {
            visit((field.row.id, ""), &mut field.take);
            fields(&mut field.fields, visit);
        }
    }
}

fn actions(all: &mut [ProposedAction], visit: &mut impl FnMut(Place, &mut bool)) {
    for action in all {
        visit((action.row.id, ""), &mut action.take);
        remarks(&mut action.remarks, visit);
        fields(&mut action.fields, visit);
    }
}

fn remarks(all: &mut [ProposedRemark], visit: &mut impl FnMut(Place, &mut bool)) {
    for remark in all {
        visit((remark.row.id, ""), &mut remark.take);
    }
}

fn fields(all: &mut [ProposedField], visit: &mut impl FnMut(Place, &mut bool)) {
    for field in all {
        visit((field.row, field.field), &mut field.take);
    }
}
