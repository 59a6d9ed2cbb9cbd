//! Evidence with what it stands behind, and what earlier documents said that a plan has no field for.

use super::node::Node;
use super::rows::with;
use super::{JsonError, Reader};
use crate::model::{Action, Evidence, EvidenceLink, Id, Recommendation, Remark, Responsibility, Revision, StateWord};
use std::collections::BTreeMap;

const EVIDENCE: &[&str] = &["text", "kind", "date", "held", "valid_until"];
const REMARK: &[&str] = &["row", "label", "text", "source"];
const REVISION: &[&str] = &["date", "words", "reason"];
const STATE_WORD: &[&str] = &["key", "word", "letter"];

impl Reader<'_> {
    pub(super) fn evidence(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted = Vec::new();
        for node in root.rows("evidence")? {
            node.unknown(&with(EVIDENCE, &["recommendations"]), &mut self.warnings);
            let id = self.own_id(&node, self.id, &["evidence", &node.text("text")?])?;
            let mut row: Evidence = self.start(&node, id)?;
            node.fill(&mut row, EVIDENCE)?;
            self.edit.put(&row);
            wanted.push(id);
        }
        self.place::<Evidence>(&wanted, self.plan.evidence_in_order());
        self.evidence_links(root)
    }

    /// Which evidence stands behind which recommendation: what either of the two says.
    fn evidence_links(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut behind: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for node in root.rows("recommendations")? {
            let recommendation = self.recommendation_of(&node)?;
            for evidence in node.ids("evidence")? {
                if !self.has::<Evidence>(evidence) {
                    let problem = format!("no evidence of the file or the plan has the id {evidence}");
                    return Err(node.wrong("evidence", problem));
                }
                behind.entry(recommendation).or_default().push(evidence);
            }
        }
        for node in root.rows("evidence")? {
            let evidence = self.own_id(&node, self.id, &["evidence", &node.text("text")?])?;
            for recommendation in node.ids("recommendations")? {
                let here = self.here(recommendation);
                if !self.has::<Recommendation>(here) {
                    let problem = format!("no recommendation of the file or the plan has the id {recommendation}");
                    return Err(node.wrong("recommendations", problem));
                }
                behind.entry(here).or_default().push(evidence);
            }
        }
        for (recommendation, items) in behind {
            let mut wanted = Vec::new();
            for evidence in items {
                let id = EvidenceLink::id_of(recommendation, evidence);
                if !wanted.contains(&id) {
                    wanted.push(id);
                    let order = self.plan.evidence_links.get(&id).map(|row| row.order.clone()).unwrap_or_default();
                    self.edit.put(&EvidenceLink { id, recommendation, evidence, order });
                }
            }
            let all = self.plan.evidence_links.values().filter(|row| row.recommendation == recommendation);
            let mut all: Vec<&EvidenceLink> = all.collect();
            all.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
            self.place::<EvidenceLink>(&wanted, all);
        }
        Ok(())
    }

    pub(super) fn remarks(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted = Vec::new();
        for node in root.rows("remarks")? {
            node.unknown(&with(REMARK, &[]), &mut self.warnings);
            let of =
                node.id("row")?.ok_or_else(|| node.wrong("row", "this should be the id of the row it stands at"))?;
            let of = self.here(of);
            if !self.has::<Recommendation>(of) && !self.has::<Action>(of) && !self.has::<Responsibility>(of) {
                let problem = "no recommendation, action or responsibility of the file or the plan has this id";
                return Err(node.wrong("row", problem));
            }
            let parts = ["remark", &node.text("label")?, &node.text("text")?];
            let id = self.own_id(&node, of, &parts)?;
            let mut row: Remark = self.start(&node, id)?;
            node.fill(&mut row, REMARK)?;
            row.row = of;
            self.edit.put(&row);
            wanted.push(id);
        }
        self.place::<Remark>(&wanted, self.plan.remarks_in_order());
        Ok(())
    }

    /// How a timescale was revised.
    pub(super) fn revisions(&mut self, node: &Node<'_>, timescale: Id) -> Result<(), JsonError> {
        for node in node.rows("revisions")? {
            node.unknown(&with(REVISION, &[]), &mut self.warnings);
            let id = self.own_id(&node, timescale, &["revision", &node.text("date")?, &node.text("words")?])?;
            let mut row: Revision = self.start(&node, id)?;
            node.fill(&mut row, REVISION)?;
            row.timescale = timescale;
            self.edit.put(&row);
        }
        Ok(())
    }

    /// The plan's own words for states; another plan's stay there.
    pub(super) fn state_words(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("state_words")? {
            node.unknown(&with(STATE_WORD, &[]), &mut self.warnings);
            if self.own {
                let id = self.own_id(&node, self.id, &["state word", &node.text("key")?])?;
                let mut row: StateWord = self.start(&node, id)?;
                node.fill(&mut row, STATE_WORD)?;
                self.edit.put(&row);
            }
        }
        Ok(())
    }
}
