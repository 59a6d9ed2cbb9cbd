//! Edits of evidence and of what was kept from documents.

use super::row_name;
use crate::model::{Edit, EditBuilder, Entity, Evidence, EvidenceLink, Id, Plan, Remark, delete, order};

/// Adds evidence, standing behind a recommendation or behind none yet.
#[must_use]
pub fn add_evidence(plan: &Plan, mut evidence: Evidence, behind: Option<Id>) -> Edit {
    let mut edit = EditBuilder::new(plan, "Add evidence");
    if evidence.order.is_empty() {
        let last = plan.evidence_in_order().last().map_or_else(String::new, |row| row.order.clone());
        evidence.order = order::between(&last, "");
    }
    edit.put(&evidence);
    if let Some(recommendation) = behind {
        put_evidence_link(&mut edit, recommendation, evidence.id);
    }
    edit.finish()
}

/// Puts evidence behind a recommendation, after what stands there.
#[must_use]
pub fn link_evidence(plan: &Plan, recommendation: Id, evidence: Id) -> Edit {
    let label = format!("Link evidence to {}", row_name(plan, Entity::Recommendation, recommendation));
    let mut edit = EditBuilder::new(plan, label);
    put_evidence_link(&mut edit, recommendation, evidence);
    edit.finish()
}

/// Links evidence to a recommendation, at the end of its evidence; a link that exists stays as it is.
pub fn put_evidence_link(edit: &mut EditBuilder<'_>, recommendation: Id, evidence: Id) {
    let id = EvidenceLink::id_of(recommendation, evidence);
    if edit.current::<EvidenceLink>(id).is_some() {
        return;
    }
    let links = edit.plan().evidence_links.values().filter(|link| link.recommendation == recommendation);
    let last = links.map(|link| link.order.clone()).max().unwrap_or_default();
    edit.put(&EvidenceLink { id, recommendation, evidence, order: order::between(&last, "") });
}

/// Takes evidence off a recommendation; the evidence itself stays.
#[must_use]
pub fn unlink_evidence(plan: &Plan, recommendation: Id, evidence: Id) -> Edit {
    let name = row_name(plan, Entity::Recommendation, recommendation);
    let mut edit = EditBuilder::new(plan, format!("Take evidence off {name}"));
    edit.delete::<EvidenceLink>(EvidenceLink::id_of(recommendation, evidence));
    edit.finish()
}

/// Deletes evidence with its links.
#[must_use]
pub fn delete_evidence(plan: &Plan, evidence: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, "Delete evidence");
    delete::row(&mut edit, Entity::Evidence, evidence);
    edit.finish()
}

/// Deletes what was kept from a document.
#[must_use]
pub fn delete_remark(plan: &Plan, remark: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, "Delete a remark");
    edit.delete::<Remark>(remark);
    edit.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, Recommendation, intent};

    /// A plan with a recommendation, an action that serves it, evidence behind it, and a remark at each.
    fn plan() -> (Plan, Id, Id, Id) {
        let mut plan = Plan::default();
        let id = |name: &str| Id::NIL.derive(&[name]);
        let (row, action, evidence) = (id("9"), id("a"), id("e"));
        let mut edit = EditBuilder::new(&plan, "Fill");
        edit.put(&Recommendation { id: row, reference: "9".into(), ..Recommendation::default() });
        for of in [row, action] {
            let text = "Quality Committee".into();
            edit.put(&Remark { id: of.derive(&["r"]), row: of, label: "Assurance".into(), text, ..Remark::default() });
        }
        edit.finish().apply(&mut plan).expect("fits");
        let new = Action { id: action, text: "Agree it".into(), ..Action::default() };
        intent::add_action(&plan, new, Some(row)).apply(&mut plan).expect("fits");
        let new = Evidence { id: evidence, text: "Minutes of April".into(), ..Evidence::default() };
        add_evidence(&plan, new, Some(row)).apply(&mut plan).expect("fits");
        (plan, row, action, evidence)
    }

    #[test]
    fn what_hangs_on_a_row_goes_with_it_and_evidence_stays() {
        let (full, row, action, evidence) = plan();
        let mut plan = full.clone();
        intent::delete_action(&plan, action).apply(&mut plan).expect("fits");
        assert_eq!(plan.remarks.values().map(|remark| remark.row).collect::<Vec<_>>(), [row], "the action's remark");
        let edit = intent::delete_recommendation(&plan, row);
        edit.apply(&mut plan).expect("fits");
        assert!(plan.remarks.is_empty() && plan.evidence_links.is_empty(), "no row points at it");
        assert_eq!(plan.evidence.len(), 1, "the evidence stays: it may stand behind others");
        edit.inverse("Undo").apply(&mut plan).expect("fits");
        assert_eq!(plan.evidence_links, full.evidence_links, "undo brings the link back");
        delete_evidence(&plan, evidence).apply(&mut plan).expect("fits");
        assert!(plan.evidence.is_empty() && plan.evidence_links.is_empty(), "evidence goes with its links");
    }

    #[test]
    fn linking_twice_changes_nothing() {
        let (plan, row, _, evidence) = plan();
        assert!(link_evidence(&plan, row, evidence).is_empty(), "it stands there already");
        assert_eq!(unlink_evidence(&plan, row, evidence).changes.len(), 4, "the link's fields and the link");
    }
}
