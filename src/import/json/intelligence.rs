//! Providers, themes of signals, and what hangs on them.

use super::node::Node;
use super::rows::with;
use super::{JsonError, Reader};
use crate::model::{
    Action, Batch, FindingLink, Id, InPlan, NotedFinding, Provider, Rebase, Receipt, Recommendation, SignalTheme,
    Subject, WatchLevel, text,
};

const PROVIDER: &[&str] = &["name", "kind", "board_response", "action_plan"];
const WATCH: &[&str] = &["level", "date", "reason", "review", "shared"];
const RECEIPT: &[&str] = &["source", "month", "state", "note"];
const BATCH: &[&str] = &["name", "source", "taken_on", "by_hand", "from", "to", "header", "outcome"];
const FINDING: &[&str] = &["from", "to", "verdict", "judgement", "date"];
const REBASE: &[&str] = &["source", "month", "reason"];

impl Reader<'_> {
    pub(super) fn providers(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted = Vec::new();
        for node in root.rows("providers")? {
            node.unknown(&with(PROVIDER, &["aliases", "watch"]), &mut self.warnings);
            let name = node.text("name")?;
            let given = self.own_id(&node, self.id, &["provider", &name])?;
            let id = self.same_name(given, &name, |row: &Provider| &row.name);
            let mut row: Provider = self.start(&node, id)?;
            node.fill(&mut row, PROVIDER)?;
            row.aliases = node.lines("aliases")?.unwrap_or(row.aliases);
            self.put_here(&node, row, given);
            wanted.push(id);
        }
        self.place::<Provider>(&wanted, self.plan.providers_in_order());
        Ok(())
    }

    /// The id of a row of the file here: its own, or in another plan that of the row that is called so.
    fn same_name<T: InPlan>(&mut self, given: Id, name: &str, of: impl Fn(&T) -> &String) -> Id {
        if self.own || name.is_empty() || self.plan.row::<T>(given).is_some() {
            return given;
        }
        // of two that are called alike in the file, the second is a row of its own
        let free = |row: &&T| !self.seen.contains(&(T::ENTITY, row.id()));
        let mut rows = T::rows(self.plan).values().filter(free);
        let id = rows.find(|row| text::same_words(of(row), name)).map_or(given, |row| row.id());
        self.here.insert(given, id);
        id
    }

    /// Puts a row of the file that goes by its own id or, matched by something else, by another one.
    fn put_here<T: InPlan>(&mut self, node: &Node<'_>, row: T, given: Id) {
        if row.id() == given {
            self.edit.put(&row);
        } else {
            self.put_matched(node, row);
        }
    }

    pub(super) fn signal_themes(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        let mut wanted = Vec::new();
        for node in root.rows("signal_themes")? {
            node.unknown(&with(&["title"], &["not_asked", "subjects"]), &mut self.warnings);
            let title = node.text("title")?;
            let given = self.own_id(&node, self.id, &["signal theme", &title])?;
            let id = self.theme_here(given, &title);
            let mut row: SignalTheme = self.start(&node, id)?;
            node.fill(&mut row, &["title"])?;
            row.not_asked = node.lines("not_asked")?.unwrap_or(row.not_asked);
            self.put_here(&node, row, given);
            wanted.push(id);
            self.subjects(&node, Some(id))?;
        }
        self.place::<SignalTheme>(&wanted, self.plan.signal_themes_in_order());
        self.subjects(root, None)
    }

    /// A theme by its title; one that every plan is offered has its own id in each of them.
    fn theme_here(&mut self, given: Id, title: &str) -> Id {
        let id = self.same_name(given, title, |row: &SignalTheme| &row.title);
        if self.own || id != given || given != SignalTheme::id_of(self.theirs, title) {
            return id;
        }
        let ours = SignalTheme::id_of(self.id, title);
        self.here.insert(given, ours);
        ours
    }

    fn subjects(&mut self, node: &Node<'_>, theme: Option<Id>) -> Result<(), JsonError> {
        for node in node.rows("subjects")? {
            node.unknown(&with(&["text"], &[]), &mut self.warnings);
            let text = node.text("text")?;
            let ours = Subject::id_of(self.id, &text);
            let given = node.id("id")?.unwrap_or(ours);
            let id = if self.own || self.plan.subjects.contains_key(&given) { given } else { ours };
            let mut row: Subject = self.start(&node, id)?;
            (row.text, row.theme) = (text, theme);
            self.put_here(&node, row, given);
        }
        Ok(())
    }

    pub(super) fn receipts(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("receipts")? {
            node.unknown(&with(RECEIPT, &["provider"]), &mut self.warnings);
            let provider = self.provider(&node)?.ok_or_else(|| node.wrong("provider", NO_PROVIDER))?;
            let (source, month) = (node.needed("source", "a kind of source")?, node.needed("month", MONTH)?);
            let ours = Receipt::id_of(provider, source, month);
            let given = node.id("id")?.unwrap_or(ours);
            let id = if self.own || self.plan.receipts.contains_key(&given) { given } else { ours };
            let mut row: Receipt = self.start(&node, id)?;
            node.fill(&mut row, RECEIPT)?;
            if row.state.is_none() {
                return Err(node.wrong("state", "this should say whether it came"));
            }
            row.provider = provider;
            self.put_here(&node, row, given);
        }
        Ok(())
    }

    pub(super) fn batches(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("batches")? {
            node.unknown(&with(BATCH, &["provider", "kept", "roles"]), &mut self.warnings);
            let parts = ["batch", &node.text("name")?, &node.text("taken_on")?, &node.text("source")?];
            let id = self.own_id(&node, self.id, &parts)?;
            let mut row: Batch = self.start(&node, id)?;
            node.fill(&mut row, BATCH)?;
            row.kept = node.lines("kept")?.unwrap_or(row.kept);
            row.roles = node.lines("roles")?.unwrap_or(row.roles);
            if node.has("provider") {
                row.provider = self.provider(&node)?;
            }
            self.edit.put(&row);
        }
        Ok(())
    }

    pub(super) fn findings(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("findings")? {
            let more = ["provider", "theme", "sources", "actions", "recommendations"];
            node.unknown(&with(FINDING, &more), &mut self.warnings);
            let id = self.own_id(&node, self.id, &["finding", &node.text("date")?, &node.text("judgement")?])?;
            let mut row: NotedFinding = self.start(&node, id)?;
            node.fill(&mut row, FINDING)?;
            row.sources = node.lines("sources")?.unwrap_or(row.sources);
            if node.has("provider") {
                row.provider = self.provider(&node)?;
            }
            if node.has("theme") {
                row.theme = self.signal_theme(&node)?;
            }
            self.edit.put(&row);
            self.finding_links::<Action>(&node, id, "actions", "action")?;
            self.finding_links::<Recommendation>(&node, id, "recommendations", "recommendation")?;
        }
        Ok(())
    }

    fn finding_links<T: InPlan>(
        &mut self,
        node: &Node<'_>,
        finding: Id,
        key: &str,
        what: &str,
    ) -> Result<(), JsonError> {
        for given in node.ids(key)? {
            let row = self.here(given);
            if !self.has::<T>(row) {
                let problem = format!("no {what} of the file or the plan has the id {given}");
                return Err(node.wrong(key, problem));
            }
            self.edit.put(&FindingLink { id: FindingLink::id_of(finding, row), finding, row });
        }
        Ok(())
    }

    /// How closely providers are watched: findings may have led to it, so they come first.
    pub(super) fn watch_levels(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("providers")? {
            let provider = self.own_id(&node, self.id, &["provider", &node.text("name")?])?;
            let provider = self.here(provider);
            for node in node.rows("watch")? {
                node.unknown(&with(WATCH, &["finding"]), &mut self.warnings);
                let id = self.own_id(&node, provider, &["watch", &node.text("date")?, &node.text("level")?])?;
                let mut row: WatchLevel = self.start(&node, id)?;
                node.fill(&mut row, WATCH)?;
                row.provider = provider;
                if node.has("finding") {
                    row.finding = node.id("finding")?;
                }
                if row.finding.is_some_and(|finding| !self.has::<NotedFinding>(finding)) {
                    return Err(node.wrong("finding", "no finding of the file or the plan has this id"));
                }
                self.edit.put(&row);
            }
        }
        Ok(())
    }

    pub(super) fn rebases(&mut self, root: &Node<'_>) -> Result<(), JsonError> {
        for node in root.rows("rebases")? {
            node.unknown(&with(REBASE, &["provider", "theme"]), &mut self.warnings);
            let provider = self.provider(&node)?.ok_or_else(|| node.wrong("provider", NO_PROVIDER))?;
            let parts = ["rebase", &node.text("source")?, &node.text("theme")?, &node.text("month")?];
            let id = self.own_id(&node, provider, &parts)?;
            let mut row: Rebase = self.start(&node, id)?;
            node.fill(&mut row, REBASE)?;
            if row.source.is_none() {
                return Err(node.wrong("source", "this should be a kind of source"));
            }
            if row.month.is_none() {
                return Err(node.wrong("month", format!("this should be {MONTH}")));
            }
            row.provider = provider;
            if node.has("theme") {
                row.theme = self.signal_theme(&node)?;
            }
            self.edit.put(&row);
        }
        Ok(())
    }

    /// The provider that a row of the file names, as it goes here.
    fn provider(&self, node: &Node<'_>) -> Result<Option<Id>, JsonError> {
        let id = node.id("provider")?.map(|id| self.here(id));
        if id.is_some_and(|id| !self.has::<Provider>(id)) {
            return Err(node.wrong("provider", NO_PROVIDER));
        }
        Ok(id)
    }

    fn signal_theme(&self, node: &Node<'_>) -> Result<Option<Id>, JsonError> {
        let id = node.id("theme")?.map(|id| self.here(id));
        if id.is_some_and(|id| !self.has::<SignalTheme>(id)) {
            return Err(node.wrong("theme", "no theme of signals of the file or the plan has this id"));
        }
        Ok(id)
    }
}

const NO_PROVIDER: &str = "no provider of the file or the plan has this id";
const MONTH: &str = "a month (YYYY-MM)";
