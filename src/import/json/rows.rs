//! The file's rows, kind by kind, parents before what hangs on them.

use super::node::Node;
use super::{JsonError, Reader};
use crate::model::{
    Action, Choice, CrossReference, Id, Link, PaperField, PlanInfo, Position, Recommendation, Report, Responsibility,
    Theme, Timescale, Update, paper, text,
};
use std::collections::BTreeMap;

const ROOT: &[&str] = &[
    "format",
    "plan",
    "paper",
    "paper_fields",
    "reports",
    "themes",
    "recommendations",
    "actions",
    "responsibilities",
    "choices",
    "evidence",
    "remarks",
    "state_words",
    "providers",
    "signal_themes",
    "subjects",
    "receipts",
    "batches",
    "findings",
    "rebases",
    "shares",
    "merge_marks",
    "saved_views",
    "gap_answers",
];
const INFO: &[&str] = &["organisation", "title", "version", "status", "as_at"];
const REPORT: &[&str] = &["key", "title", "short_title", "published"];
const RECOMMENDATION: &[&str] = &[
    "report",
    "reference",
    "theme",
    "section",
    "title",
    "text",
    "local_title",
    "local_text",
    "response_status",
    "response",
    "response_by",
    "acceptance",
    "acceptance_date",
    "acceptance_reason",
];
const POSITION: &[&str] = &["as_at", "text", "state"];
const ACTION: &[&str] = &[
    "text",
    "responsibility",
    "owner",
    "partners",
    "state",
    "tentative",
    "due_words",
    "original_due_words",
    "done_on",
    "starts_on",
    "next_review",
];
const UPDATE: &[&str] = &["date", "note", "state", "due", "reason"];
const TIMESCALE: &[&str] = &["words", "original", "reason", "action", "done_on"];
const CROSS_REFERENCE: &[&str] = &["words", "target"];
const CHOICE: &[&str] = &["kind", "subject", "field", "text", "source", "answer"];

/// Keys of a row beside its fields.
pub(super) fn with<'k>(fields: &[&'k str], more: &[&'k str]) -> Vec<&'k str> {
    fields.iter().chain(more).chain(&["id"]).copied().collect()
}

impl Reader<'_> {
    pub(super) fn plan_info(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let Some(node) = root.object("plan")? else { return Ok(()) };
        node.unknown(&with(INFO, &[]), &mut self.warnings);
        if !self.own {
            let whose = node.text("organisation")?;
            let kept = "this plan keeps its own name, status and summary sheet";
            self.warnings.push(format!("plan: the file is another plan, of \"{whose}\"; {kept}"));
            return Ok(());
        }
        let before = self.plan.id();
        if before != self.id && self.plan.infos.contains_key(&before) {
            self.edit.delete::<PlanInfo>(before);
        }
        let mut row: PlanInfo = self.start(&node, self.id)?;
        node.fill(&mut row, INFO)?;
        self.edit.put(&row);
        Ok(())
    }

    pub(super) fn paper(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        if !self.own {
            return Ok(());
        }
        let mut wanted = Vec::new();
        let mut keys = BTreeMap::new();
        for node in root.rows("paper_fields")? {
            node.unknown(&with(&["key", "label", "text"], &[]), &mut self.warnings);
            let key = node.text("key")?;
            let id = self.own_id(&node, self.id, &["paper", &key])?;
            let mut row: PaperField = self.start(&node, id)?;
            node.fill(&mut row, &["key", "label", "text"])?;
            keys.insert(key, row.text.clone());
            self.edit.put(&row);
            wanted.push(id);
        }
        let Some(short) = root.object("paper")? else {
            self.place::<PaperField>(&wanted, self.plan.paper_in_order());
            return Ok(());
        };
        for (key, text) in short.texts()? {
            match keys.get(key) {
                Some(known) if *known == text => continue,
                Some(_) => {
                    let problem = "it differs from the field of that key in \"paper_fields\", which was taken";
                    self.warnings.push(short.wrong(key, problem).to_string());
                    continue;
                }
                None => {}
            }
            let id = self.id.derive(&["paper", key]);
            let label = paper::by_key(key).map_or_else(|| key.replace('_', " "), |known| known.label.to_owned());
            let order = String::new();
            self.edit.put(&PaperField { id, order, key: key.to_owned(), label, text });
            wanted.push(id);
        }
        self.place::<PaperField>(&wanted, self.plan.paper_in_order());
        Ok(())
    }

    pub(super) fn reports(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("reports")? {
            node.unknown(&with(REPORT, &[]), &mut self.warnings);
            let key = node.text("key")?;
            let given = self.own_id(&node, self.id, &["report", &key])?;
            let same = self.plan.reports.values().find(|row| row.id == given || row.key == key);
            let id = same.map_or(given, |row| row.id);
            let mut row: Report = self.start(&node, id)?;
            node.fill(&mut row, REPORT)?;
            if id == given { self.edit.put(&row) } else { self.put_matched(&node, row) }
        }
        Ok(())
    }

    pub(super) fn themes(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted = Vec::new();
        for node in root.rows("themes")? {
            node.unknown(&with(&["title"], &[]), &mut self.warnings);
            let title = node.text("title")?;
            let given = self.own_id(&node, self.id, &["theme", &title])?;
            let mut id = given;
            if !self.own && !self.plan.themes.contains_key(&given) {
                let same = self.plan.themes.values().find(|row| text::same_words(&row.title, &title));
                id = same.map_or(given, |row| row.id);
                self.here.insert(given, id);
            }
            let mut row: Theme = self.start(&node, id)?;
            if id == given {
                row.title = title;
                self.edit.put(&row);
            }
            wanted.push(id);
        }
        self.place::<Theme>(&wanted, self.plan.themes_in_order());
        Ok(())
    }

    pub(super) fn recommendations(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted: BTreeMap<Option<Id>, Vec<Id>> = BTreeMap::new();
        for node in root.rows("recommendations")? {
            node.unknown(
                &with(RECOMMENDATION, &["positions", "actions", "evidence", "cross_references"]),
                &mut self.warnings,
            );
            let (report, reference) = (node.text("report")?, node.text("reference")?);
            let given = node.id("id")?.unwrap_or_else(|| Recommendation::id_of(self.id, &report, &reference));
            let same = match self.plan.recommendations.get(&given) {
                Some(row) => Some(row),
                None => self.plan.recommendation(&report, &reference),
            };
            let id = same.map_or(given, |row| row.id);
            self.here.insert(given, id);
            let mut row: Recommendation = self.start(&node, id)?;
            node.fill(&mut row, RECOMMENDATION)?;
            row.theme = row.theme.map(|theme| self.here(theme));
            if row.theme.is_some_and(|theme| !self.has::<Theme>(theme)) {
                return Err(node.wrong("theme", "no theme of the file or the plan has this id"));
            }
            if id == given {
                self.edit.put(&row);
            } else {
                self.put_matched(&node, row);
            }
            let theme = self.edit.current::<Recommendation>(id).and_then(|row| row.theme);
            wanted.entry(theme).or_default().push(id);
            self.positions(&node, id)?;
        }
        let all = self.plan.recommendations_in_order();
        for (theme, wanted) in wanted {
            self.place::<Recommendation>(&wanted, all.iter().copied().filter(|row| row.theme == theme));
        }
        Ok(())
    }

    fn positions(&mut self, node: &Node<'_>, recommendation: Id) -> Result<(), JsonError> {
        for node in node.rows("positions")? {
            node.unknown(&with(POSITION, &[]), &mut self.warnings);
            let parts = ["position", &node.text("as_at")?, &node.text("text")?];
            let id = self.own_id(&node, recommendation, &parts)?;
            let mut row: Position = self.start(&node, id)?;
            node.fill(&mut row, POSITION)?;
            row.recommendation = recommendation;
            self.edit.put(&row);
        }
        Ok(())
    }

    pub(super) fn responsibilities(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted = Vec::new();
        for node in root.rows("responsibilities")? {
            node.unknown(&with(&["text"], &["actions", "timescales"]), &mut self.warnings);
            let id = self.own_id(&node, self.id, &["responsibility", &node.text("text")?])?;
            let mut row: Responsibility = self.start(&node, id)?;
            node.fill(&mut row, &["text"])?;
            self.edit.put(&row);
            wanted.push(id);
        }
        self.place::<Responsibility>(&wanted, self.plan.responsibilities_in_order());
        Ok(())
    }

    pub(super) fn actions(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        // where a responsibility lists its actions: membership for those that name none, and their order
        let mut wanted: BTreeMap<Option<Id>, Vec<Id>> = BTreeMap::new();
        let mut listed_under: BTreeMap<Id, Id> = BTreeMap::new();
        for node in root.rows("responsibilities")? {
            let under = self.own_id(&node, self.id, &["responsibility", &node.text("text")?])?;
            for action in node.ids("actions")? {
                listed_under.entry(action).or_insert(under);
                wanted.entry(Some(under)).or_default().push(action);
            }
        }
        for node in root.rows("actions")? {
            node.unknown(&with(ACTION, &["due", "updates", "recommendations"]), &mut self.warnings);
            let id = self.own_id(&node, self.id, &["action", &node.text("text")?])?;
            let mut row: Action = self.start(&node, id)?;
            node.fill(&mut row, ACTION)?;
            if let Some(reading) = node.reading("due")? {
                row.due_reading = reading;
            }
            row.responsibility = row.responsibility.or_else(|| listed_under.get(&id).copied());
            if row.responsibility.is_some_and(|under| !self.has::<Responsibility>(under)) {
                return Err(node.wrong("responsibility", "no responsibility of the file or the plan has this id"));
            }
            self.edit.put(&row);
            wanted.entry(row.responsibility).or_default().push(id);
            self.updates(&node, id)?;
        }
        for (under, mut ids) in wanted {
            let mut seen = std::collections::BTreeSet::new();
            ids.retain(|id| {
                let stands_here = self.edit.current::<Action>(*id).is_some_and(|row| row.responsibility == under);
                stands_here && seen.insert(*id)
            });
            self.place::<Action>(&ids, self.plan.actions_under(under));
        }
        Ok(())
    }

    fn updates(&mut self, node: &Node<'_>, action: Id) -> Result<(), JsonError> {
        for node in node.rows("updates")? {
            node.unknown(&with(UPDATE, &[]), &mut self.warnings);
            let id = self.own_id(&node, action, &["update", &node.text("date")?, &node.text("note")?])?;
            let mut row: Update = self.start(&node, id)?;
            node.fill(&mut row, UPDATE)?;
            row.action = action;
            self.edit.put(&row);
        }
        Ok(())
    }

    pub(super) fn timescales(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("responsibilities")? {
            let responsibility = self.own_id(&node, self.id, &["responsibility", &node.text("text")?])?;
            let mut wanted = Vec::new();
            for (place, node) in node.rows("timescales")?.iter().enumerate() {
                node.unknown(&with(TIMESCALE, &["due", "state", "revisions"]), &mut self.warnings);
                let id = self.own_id(node, responsibility, &["timescale", &place.to_string()])?;
                let mut row: Timescale = self.start(node, id)?;
                node.fill(&mut row, TIMESCALE)?;
                if let Some(reading) = node.reading("due")? {
                    row.reading = reading;
                }
                row.done = match node.text("state")?.as_str() {
                    "done" => true,
                    "open" | "" => false,
                    _ => return Err(node.wrong("state", "this should be \"open\" or \"done\"")),
                };
                row.responsibility = responsibility;
                if row.action.is_some_and(|action| !self.has::<Action>(action)) {
                    return Err(node.wrong("action", "no action of the file or the plan has this id"));
                }
                self.edit.put(&row);
                self.revisions(node, id)?;
                wanted.push(id);
            }
            self.place::<Timescale>(&wanted, self.plan.timescales_of(responsibility));
        }
        Ok(())
    }

    /// Which action serves which recommendation: what either of the two says.
    pub(super) fn links(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut serving: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for node in root.rows("recommendations")? {
            let recommendation = self.recommendation_of(&node)?;
            for action in node.ids("actions")? {
                if !self.has::<Action>(action) {
                    return Err(node.wrong("actions", format!("no action of the file or the plan has the id {action}")));
                }
                serving.entry(recommendation).or_default().push(action);
            }
        }
        for node in root.rows("actions")? {
            let action = self.own_id(&node, self.id, &["action", &node.text("text")?])?;
            for recommendation in node.ids("recommendations")? {
                let here = self.here(recommendation);
                if !self.has::<Recommendation>(here) {
                    let problem = format!("no recommendation of the file or the plan has the id {recommendation}");
                    return Err(node.wrong("recommendations", problem));
                }
                serving.entry(here).or_default().push(action);
            }
        }
        for (recommendation, actions) in serving {
            let mut wanted = Vec::new();
            for action in actions {
                let id = Link::id_of(recommendation, action);
                if !wanted.contains(&id) {
                    wanted.push(id);
                    let order = self.plan.links.get(&id).map(|row| row.order.clone()).unwrap_or_default();
                    self.edit.put(&Link { id, recommendation, action, order });
                }
            }
            let mut all: Vec<&Link> =
                self.plan.links.values().filter(|row| row.recommendation == recommendation).collect();
            all.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
            self.place::<Link>(&wanted, all);
        }
        Ok(())
    }

    pub(super) fn recommendation_of(&self, node: &Node<'_>) -> Result<Id, JsonError> {
        let (report, reference) = (node.text("report")?, node.text("reference")?);
        let given = node.id("id")?.unwrap_or_else(|| Recommendation::id_of(self.id, &report, &reference));
        Ok(self.here(given))
    }

    pub(super) fn cross_references(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("recommendations")? {
            let recommendation = self.recommendation_of(&node)?;
            for node in node.rows("cross_references")? {
                node.unknown(&with(CROSS_REFERENCE, &[]), &mut self.warnings);
                let id = self.own_id(&node, recommendation, &["points", &node.text("words")?])?;
                let mut row: CrossReference = self.start(&node, id)?;
                node.fill(&mut row, CROSS_REFERENCE)?;
                row.recommendation = recommendation;
                row.target = row.target.map(|target| self.here(target));
                if row.target.is_some_and(|target| !self.has::<Recommendation>(target)) {
                    return Err(node.wrong("target", "no recommendation of the file or the plan has this id"));
                }
                self.edit.put(&row);
            }
        }
        Ok(())
    }

    pub(super) fn choices(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted = Vec::new();
        for node in root.rows("choices")? {
            node.unknown(&with(CHOICE, &[]), &mut self.warnings);
            let parts = ["choice", &node.text("kind")?, &node.text("text")?, &node.text("source")?];
            let id = self.own_id(&node, self.id, &parts)?;
            let mut row: Choice = self.start(&node, id)?;
            node.fill(&mut row, CHOICE)?;
            row.subject = row.subject.map(|subject| self.here(subject));
            self.edit.put(&row);
            wanted.push(id);
        }
        let mut all: Vec<&Choice> = self.plan.choices.values().collect();
        all.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
        self.place::<Choice>(&wanted, all);
        Ok(())
    }

    /// What the file has that no plan holds.
    pub(super) fn rest(&mut self, root: &Node<'_>) {
        root.unknown(ROOT, &mut self.warnings);
    }
}
