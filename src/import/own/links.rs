//! Which recommendations an action serves, evidence stands behind or a finding bears on: numbers in one cell.

use super::compare::Compare;
use crate::import::number;
use crate::model::{
    Action, Entity, Evidence, EvidenceLink, FieldValue as _, FindingLink, Id, Link, NotedFinding, Recommendation,
};
use std::collections::{BTreeMap, BTreeSet};

/// A changed cell of numbers.
pub(super) struct Serves {
    /// [`Entity::Action`], [`Entity::Evidence`] or [`Entity::NotedFinding`].
    pub(super) entity: Entity,
    pub(super) row: Id,
    pub(super) names: String,
    /// Where it stands, for what is to be said of it.
    pub(super) place: String,
}

impl Compare<'_> {
    /// Sets the links, once every row is there.
    pub(super) fn links(&mut self) {
        if self.fresh {
            self.known_links();
        }
        let cells = std::mem::take(&mut self.serves);
        if cells.is_empty() {
            return;
        }
        let (mut links, mut evidence) = (BTreeMap::<Id, Vec<Link>>::new(), BTreeMap::<Id, Vec<EvidenceLink>>::new());
        for link in self.all::<Link>() {
            links.entry(link.action).or_default().push(link);
        }
        for link in self.all::<EvidenceLink>() {
            evidence.entry(link.evidence).or_default().push(link);
        }
        let mut refused = BTreeSet::new();
        for cell in cells {
            match self.wanted(&cell.names) {
                Ok(wanted) if cell.entity == Entity::Evidence => {
                    self.stand_behind(cell.row, &wanted, evidence.get(&cell.row).map_or(&[], Vec::as_slice));
                }
                Ok(wanted) if cell.entity == Entity::NotedFinding => self.bear_on(cell.row, &wanted),
                Ok(wanted) => self.serve(cell.row, &wanted, links.get(&cell.row).map_or(&[], Vec::as_slice)),
                Err(problem) => {
                    self.warnings.push(format!("{}: {problem}; the cell was passed over", cell.place));
                    refused.insert(cell.place);
                }
            }
        }
        self.taken.retain(|taken| !refused.contains(&taken.place));
    }

    /// The links of a plan that is made anew, whose both ends are in the workbook.
    fn known_links(&mut self) {
        for ((entity, id), known) in &self.book.known {
            let (entity, id) = (*entity, *id);
            let end = |field: &str| known.values.get(field).and_then(|value| Id::from_value(value).ok());
            let order = known.values.get("order").map(ToString::to_string).unwrap_or_default();
            if let (Entity::FindingLink, Some(finding), Some(row)) = (entity, end("finding"), end("row")) {
                let there =
                    self.edit.current::<Action>(row).is_some() || self.edit.current::<Recommendation>(row).is_some();
                if there && self.edit.current::<NotedFinding>(finding).is_some() {
                    self.edit.put(&FindingLink { id, finding, row });
                    self.added.insert((entity, id));
                }
                continue;
            }
            let Some(recommendation) = end("recommendation") else { continue };
            if self.edit.current::<Recommendation>(recommendation).is_none() {
                continue;
            }
            match (entity, end("action"), end("evidence")) {
                (Entity::Link, Some(action), _) if self.edit.current::<Action>(action).is_some() => {
                    self.edit.put(&Link { id, recommendation, action, order });
                }
                (Entity::EvidenceLink, _, Some(evidence)) if self.edit.current::<Evidence>(evidence).is_some() => {
                    self.edit.put(&EvidenceLink { id, recommendation, evidence, order });
                }
                _ => continue,
            }
            self.added.insert((entity, id));
        }
    }

    fn wanted(&mut self, names: &str) -> Result<BTreeSet<Id>, String> {
        let names = names.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
        let mut wanted = BTreeSet::new();
        for name in names {
            // as the plan calls it, else as people write several: "124 & 125", "Recs 123-125"
            let written = || number::whole_cell(name).filter(|all| all.len() > 1 || all.iter().all(|one| one != name));
            match (self.recommendation(name), written()) {
                (Ok(id), _) => wanted.extend([id]),
                (Err(_), Some(all)) => {
                    for one in all {
                        wanted.insert(self.recommendation(&one)?);
                    }
                }
                (Err(problem), None) => return Err(problem),
            }
        }
        Ok(wanted)
    }

    fn serve(&mut self, action: Id, wanted: &BTreeSet<Id>, links: &[Link]) {
        for link in links.iter().filter(|link| !wanted.contains(&link.recommendation)) {
            self.edit.delete::<Link>(link.id);
        }
        let has: BTreeSet<Id> = links.iter().map(|link| link.recommendation).collect();
        for recommendation in wanted.difference(&has).copied() {
            let id = Link::id_of(recommendation, action);
            let plan = self.plan;
            let at = || plan.links.values().filter(|link| link.recommendation == recommendation);
            let last = || at().map(|link| link.order.clone()).max().unwrap_or_default();
            let order = self.keys.next(Entity::Link, Some(recommendation), last);
            self.added.insert((Entity::Link, id));
            self.edit.put(&Link { id, recommendation, action, order });
        }
    }

    /// What a finding bears on; the actions that it leads to stay.
    fn bear_on(&mut self, finding: Id, wanted: &BTreeSet<Id>) {
        let links = self.all::<FindingLink>().into_iter().filter(|link| link.finding == finding);
        let mut missing = wanted.clone();
        for link in links.collect::<Vec<_>>() {
            if !missing.remove(&link.row) && self.edit.current::<Recommendation>(link.row).is_some() {
                self.edit.delete::<FindingLink>(link.id);
            }
        }
        for row in missing {
            let id = FindingLink::id_of(finding, row);
            self.added.insert((Entity::FindingLink, id));
            self.edit.put(&FindingLink { id, finding, row });
        }
    }

    fn stand_behind(&mut self, evidence: Id, wanted: &BTreeSet<Id>, links: &[EvidenceLink]) {
        for link in links.iter().filter(|link| !wanted.contains(&link.recommendation)) {
            self.edit.delete::<EvidenceLink>(link.id);
        }
        let has: BTreeSet<Id> = links.iter().map(|link| link.recommendation).collect();
        for recommendation in wanted.difference(&has).copied() {
            let id = EvidenceLink::id_of(recommendation, evidence);
            let plan = self.plan;
            let at = || plan.evidence_links.values().filter(|link| link.recommendation == recommendation);
            let last = || at().map(|link| link.order.clone()).max().unwrap_or_default();
            let order = self.keys.next(Entity::EvidenceLink, Some(recommendation), last);
            self.added.insert((Entity::EvidenceLink, id));
            self.edit.put(&EvidenceLink { id, recommendation, evidence, order });
        }
    }
}
