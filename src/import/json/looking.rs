//! Views that were saved, and what a person said to gaps. Another plan's answers stay there: they were said of its
//! gaps.

use super::node::Node;
use super::rows::with;
use super::{JsonError, Reader};
use crate::model::{Action, GapAnswer, Recommendation, SavedView};

const SAVED_VIEW: &[&str] = &["name", "definition"];
const GAP_ANSWER: &[&str] = &["rule", "row", "about", "reason", "date"];

impl Reader<'_> {
    pub(super) fn saved_views(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted = Vec::new();
        for node in root.rows("saved_views")? {
            node.unknown(&with(SAVED_VIEW, &[]), &mut self.warnings);
            if self.own {
                let id = self.own_id(&node, self.id, &["view", &node.text("name")?])?;
                let mut row: SavedView = self.start(&node, id)?;
                node.fill(&mut row, SAVED_VIEW)?;
                self.edit.put(&row);
                wanted.push(id);
            }
        }
        self.place::<SavedView>(&wanted, self.plan.saved_views_in_order());
        Ok(())
    }

    pub(super) fn gap_answers(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("gap_answers")? {
            node.unknown(&with(GAP_ANSWER, &[]), &mut self.warnings);
            if !self.own {
                continue;
            }
            let of =
                node.id("row")?.ok_or_else(|| node.wrong("row", "this should be the id of the row it is about"))?;
            let of = self.here(of);
            if !self.has::<Recommendation>(of) && !self.has::<Action>(of) {
                return Err(node.wrong("row", "no recommendation or action of the file or the plan has this id"));
            }
            let id = GapAnswer::id_of(self.id, &node.text("rule")?, of, &node.text("about")?);
            let mut row: GapAnswer = self.start(&node, id)?;
            node.fill(&mut row, GAP_ANSWER)?;
            row.row = of;
            self.edit.put(&row);
        }
        Ok(())
    }
}
