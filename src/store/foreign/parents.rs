//! Rows that point at rows which are not there: the foreign keys of a file that is not ours hold nothing.

use super::BadRow;
use crate::model::{
    Action, Batch, CrossReference, Evidence, EvidenceLink, FindingLink, Id, InPlan, Link, NotedFinding, Plan, Position,
    Provider, Rebase, Receipt, Recommendation, Responsibility, Revision, SignalTheme, Subject, Theme, Timescale,
    Update, WatchLevel,
};
use std::collections::BTreeSet;

/// Takes out rows whose row is missing, and lists them; a row that can stand without the other loses only the
/// pointer. Parents first, so that what a taken-out row held goes too.
pub(super) fn take_out_orphans(plan: &mut Plan, bad: &mut Vec<BadRow>) {
    loosen::<Recommendation, Theme>(plan, bad, |row| &mut row.theme);
    drop_without::<Position, Recommendation>(plan, bad, |row| row.recommendation);
    loosen::<Action, Responsibility>(plan, bad, |row| &mut row.responsibility);
    drop_without::<Timescale, Responsibility>(plan, bad, |row| row.responsibility);
    loosen::<Timescale, Action>(plan, bad, |row| &mut row.action);
    drop_without::<Revision, Timescale>(plan, bad, |row| row.timescale);
    drop_without::<Update, Action>(plan, bad, |row| row.action);
    drop_without::<Link, Recommendation>(plan, bad, |row| row.recommendation);
    drop_without::<Link, Action>(plan, bad, |row| row.action);
    drop_without::<CrossReference, Recommendation>(plan, bad, |row| row.recommendation);
    loosen::<CrossReference, Recommendation>(plan, bad, |row| &mut row.target);
    drop_without::<EvidenceLink, Recommendation>(plan, bad, |row| row.recommendation);
    drop_without::<EvidenceLink, Evidence>(plan, bad, |row| row.evidence);
    loosen::<Subject, SignalTheme>(plan, bad, |row| &mut row.theme);
    drop_without::<Receipt, Provider>(plan, bad, |row| row.provider);
    loosen::<Batch, Provider>(plan, bad, |row| &mut row.provider);
    loosen::<NotedFinding, Provider>(plan, bad, |row| &mut row.provider);
    loosen::<NotedFinding, SignalTheme>(plan, bad, |row| &mut row.theme);
    drop_without::<FindingLink, NotedFinding>(plan, bad, |row| row.finding);
    drop_without::<WatchLevel, Provider>(plan, bad, |row| row.provider);
    loosen::<WatchLevel, NotedFinding>(plan, bad, |row| &mut row.finding);
    drop_without::<Rebase, Provider>(plan, bad, |row| row.provider);
    loosen::<Rebase, SignalTheme>(plan, bad, |row| &mut row.theme);
    soft(plan, bad);
}

fn listed<T: InPlan>(id: Id, why: String) -> BadRow {
    BadRow { table: T::ENTITY.word(), id: id.to_string(), why }
}

fn drop_without<T: InPlan, P: InPlan>(plan: &mut Plan, bad: &mut Vec<BadRow>, parent: impl Fn(&T) -> Id) {
    let parents = P::rows(plan);
    let lost = T::rows(plan).values().filter(|row| !parents.contains_key(&parent(row)));
    let lost: Vec<Id> = lost.map(T::id).collect();
    for id in lost {
        T::rows_mut(plan).remove(&id);
        let noun = crate::model::intent::noun(P::ENTITY);
        bad.push(listed::<T>(id, format!("its {noun} is not there; left out")));
    }
}

fn loosen<T: InPlan, P: InPlan>(plan: &mut Plan, bad: &mut Vec<BadRow>, pointer: impl Fn(&mut T) -> &mut Option<Id>) {
    let known: BTreeSet<Id> = P::rows(plan).keys().copied().collect();
    for row in T::rows_mut(plan).values_mut() {
        let id = row.id();
        let pointer = pointer(row);
        if pointer.is_some_and(|to| !known.contains(&to)) {
            *pointer = None;
            let noun = crate::model::intent::noun(P::ENTITY);
            bad.push(listed::<T>(id, format!("its {noun} is not there; kept without it")));
        }
    }
}

/// What stands at one of several kinds of row.
fn soft(plan: &mut Plan, bad: &mut Vec<BadRow>) {
    let stands = |plan: &Plan, row: Id| {
        plan.recommendations.contains_key(&row)
            || plan.actions.contains_key(&row)
            || plan.responsibilities.contains_key(&row)
    };
    let lost: Vec<Id> = plan.remarks.values().filter(|row| !stands(plan, row.row)).map(|row| row.id).collect();
    for id in lost {
        plan.remarks.remove(&id);
        bad.push(listed::<crate::model::Remark>(id, "the row it stands at is not there; left out".into()));
    }
    let lost: Vec<Id> = plan.finding_links.values().filter(|row| !stands(plan, row.row)).map(|row| row.id).collect();
    for id in lost {
        plan.finding_links.remove(&id);
        bad.push(listed::<FindingLink>(id, "the row it leads to is not there; left out".into()));
    }
}
