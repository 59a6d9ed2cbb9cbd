//! Copies that were made for others, and how far copies that came back were taken over: what happened to this
//! plan. Another plan's stay there.

use super::node::Node;
use super::rows::with;
use super::{JsonError, Reader};
use crate::model::{MergeMark, Share};

const SHARE: &[&str] = &["date", "for_whom", "why", "goes", "left_out", "file", "sha256", "base", "to_edit"];
const MERGE_MARK: &[&str] = &["entry", "from_whom", "date"];

impl Reader<'_> {
    pub(super) fn shares(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("shares")? {
            node.unknown(&with(SHARE, &[]), &mut self.warnings);
            if self.own {
                let id = self.own_id(&node, self.id, &["share", &node.text("date")?, &node.text("sha256")?])?;
                let mut row: Share = self.start(&node, id)?;
                node.fill(&mut row, SHARE)?;
                self.edit.put(&row);
            }
        }
        Ok(())
    }

    pub(super) fn merge_marks(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("merge_marks")? {
            node.unknown(&with(MERGE_MARK, &[]), &mut self.warnings);
            if self.own {
                let Some(entry) = node.id("entry")? else {
                    return Err(node.wrong("entry", "this should be the id of an entry of a journal"));
                };
                let mut row: MergeMark = self.start(&node, MergeMark::id_of(self.id, entry))?;
                node.fill(&mut row, MERGE_MARK)?;
                self.edit.put(&row);
            }
        }
        Ok(())
    }
}
