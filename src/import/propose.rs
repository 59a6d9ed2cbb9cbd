//! What a document says, held against a plan.

use super::document::Document;
use super::keep::{self, KeptColumn};
use super::pointer::{self, PointsTo};
use super::proposal::{
    DateSource, Level, Note, Options, Proposal, ProposedField, ProposedPaper, ProposedPointer, ProposedPosition,
    ProposedRow, ProposedTheme, Status, Wording,
};
use super::resolve::Answer;
use super::state::Key;
use super::understand::{is_timeline, understand};
use super::understood::{RecommendationRow, Understood};
use super::{ImportError, names, response};
use crate::model::catalogue::CatalogueEntry;
use crate::model::reference::natural_cmp;
use crate::model::text::{fold, same_words, words_key};
use crate::model::{
    Acceptance, Choice, ChoiceKind, CrossReference, Entity, Id, Index, PaperField, Plan, Position, PositionState,
    Recommendation, Theme,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Holds a document against a plan.
///
/// # Errors
/// When neither recommendations nor actions nor a summary sheet are in the document; the message
/// says what was looked for.
pub fn propose(plan: &Plan, document: &Document, options: &Options<'_>) -> Result<Proposal, ImportError> {
    if is_timeline(document) {
        return Err(ImportError::Timeline(document.name.clone()));
    }
    let mut found = understand(document, options, &crate::model::state::StateWords::of(plan));
    if found.rows.is_empty()
        && found.responsibilities.is_empty()
        && found.actions.is_empty()
        && found.candidates.is_empty()
        && found.paper.is_empty()
    {
        return Err(ImportError::NothingFound { name: document.name.clone(), seen: what_was_seen(document) });
    }
    add_served(plan, options, &mut found);
    let mut against = Against::new(plan, document, options, &found);
    against.themes(&found);
    for row in &found.rows {
        against.recommendation(row);
    }
    for row in &found.responsibilities {
        against.responsibility(row);
    }
    against.loose_actions(&found.actions);
    against.paper(&found);
    against.candidates(&found);
    Ok(against.finish(found))
}

/// The recommendations that only an action's row names come in, too: as they are published.
fn add_served(plan: &Plan, options: &Options<'_>, found: &mut Understood) {
    let report = &options.catalogue.report.key;
    let mine = plan.recommendations.values().filter(|row| row.report == *report).map(|row| fold(&row.reference));
    let said = found.rows.iter().flat_map(|row| &row.references).map(|reference| fold(reference));
    let mut known: BTreeSet<String> = mine.chain(said).collect();
    let under = found.responsibilities.iter().flat_map(|row| &row.segments);
    let mut rows = Vec::new();
    for segment in under.chain(&found.actions) {
        for reference in segment.serves.iter().filter(|reference| known.insert(fold(reference))) {
            let references = vec![reference.clone()];
            rows.push(RecommendationRow { line: segment.line, references, ..RecommendationRow::default() });
        }
    }
    rows.sort_by(|a, b| natural_cmp(&a.references[0], &b.references[0]));
    found.rows.extend(rows);
}

fn what_was_seen(document: &Document) -> String {
    let headers: Vec<String> = document
        .tables()
        .filter_map(|table| table.rows.first())
        .map(|row| row.cells.iter().map(|cell| cell.text.replace('\n', " ")).collect::<Vec<_>>().join(" | "))
        .map(|words| words.chars().take(80).collect())
        .collect();
    match headers.len() {
        0 => "There is no table in it.".to_owned(),
        1 => format!("It has one table, which begins: {}", headers[0]),
        count => format!("It has {count} tables; the first begins: {}", headers[0]),
    }
}

/// A document on its way to a proposal.
pub(super) struct Against<'a> {
    pub(super) plan: &'a Plan,
    pub(super) document: &'a Document,
    pub(super) options: &'a Options<'a>,
    pub(super) date: Option<NaiveDate>,
    /// Whether the document is a paper of ours.
    ours: bool,
    pub(super) proposal: Proposal,
    /// The row ids of the recommendations in plan and document, by reference.
    pub(super) known: BTreeMap<String, Id>,
    /// The plan's rows by what they belong to.
    pub(super) index: Index,
    /// The open questions for a position's date, by position.
    undated: BTreeMap<Id, &'a Choice>,
    /// Where each action's words stood first in the document, and which action they are.
    pub(super) said: BTreeMap<String, (usize, Id)>,
    /// What the document says that its colours mean.
    pub(super) key: Key,
    /// The columns that are kept as they are, by heading.
    pub(super) kept_columns: BTreeMap<String, KeptColumn>,
    /// The plan's evidence by its words.
    pub(super) evidence_by_words: BTreeMap<String, Id>,
}

impl<'a> Against<'a> {
    fn new(plan: &'a Plan, document: &'a Document, options: &'a Options<'a>, found: &Understood) -> Self {
        let stated = found.date.as_ref();
        let date = stated.map(|stated| stated.date).or(options.as_at);
        let as_at_source = match stated {
            Some(stated) => DateSource::Document { line: stated.line, words: stated.words.clone() },
            None if date.is_some() => DateSource::Given,
            None => DateSource::None,
        };
        let lacks_date = !plan.infos.is_empty() && plan.info().as_at.is_none();
        let lacks_date = lacks_date && (!found.ours || plan.recommendations.is_empty());
        let proposal = Proposal {
            name: document.name.clone(),
            cleaned: document.cleaned,
            encoding: document.encoding,
            places: document.places.clone(),
            as_at: date,
            as_at_source,
            plan_date: stated.map(|stated| stated.date).filter(|_| lacks_date),
            report: None,
            themes: Vec::new(),
            rows: Vec::new(),
            responsibilities: Vec::new(),
            actions: Vec::new(),
            paper: Vec::new(),
            candidates: Vec::new(),
            choices: Vec::new(),
            names: Vec::new(),
            notes: Vec::new(),
            tables: Vec::new(),
        };
        let report = &options.catalogue.report.key;
        let mut known: BTreeMap<String, Id> = plan
            .recommendations
            .values()
            .filter(|row| row.report == *report)
            .map(|row| (fold(&row.reference), row.id))
            .collect();
        for reference in found.rows.iter().flat_map(|row| &row.references) {
            known.entry(fold(reference)).or_insert_with(|| Recommendation::id_of(plan.id(), report, reference));
        }
        let undated = plan
            .choices
            .values()
            .filter(|choice| choice.kind == ChoiceKind::UndatedPosition && choice.answer.is_empty());
        let undated = undated.filter_map(|choice| Some((choice.subject?, choice))).collect();
        let index = Index::of(plan);
        Self {
            plan,
            document,
            options,
            date,
            ours: found.ours,
            proposal,
            known,
            index,
            undated,
            said: BTreeMap::new(),
            key: Key::of(document),
            kept_columns: BTreeMap::new(),
            evidence_by_words: keep::evidence_by_words(plan),
        }
    }

    fn themes(&mut self, found: &Understood) {
        for heading in &found.themes {
            let key = words_key(&heading.title);
            let derived = self.plan.id().derive(&["theme", &heading.title]);
            let existing = self.plan.themes.values().find(|theme| words_key(&theme.title) == key);
            let existing = existing.or_else(|| self.plan.themes.get(&derived));
            let (status, row) = match existing {
                Some(theme) => (Status::Same, theme.clone()),
                None => (Status::Added, Theme { id: derived, title: heading.title.clone(), ..Theme::default() }),
            };
            self.proposal.themes.push(ProposedTheme { line: heading.line, status, take: true, row });
        }
    }

    fn recommendation(&mut self, row: &RecommendationRow) {
        let Some(reference) = row.references.first() else { return };
        let entry = self.options.catalogue.entry(reference);
        let (stated, wording) = self.stated(row, reference, entry);
        let existing = self.plan.recommendations.get(&stated.id);
        let theme = row.theme.and_then(|theme| self.proposal.themes.get(theme)).map(|theme| theme.row.id);
        let mut fields = Vec::new();
        let mut kept = stated.clone();
        if let Some(mine) = existing {
            fields = self.differences(row, mine, &stated);
            kept = mine.clone();
            self.note_theme(row, mine, theme);
        }
        kept.theme = kept.theme.or(theme);
        let state = self.position_state(row);
        let position = self.position(row, kept.id, state);
        let mut pointers = self.pointers(row, &kept, entry.is_some());
        if existing.is_some() && position.as_ref().is_some_and(|position| position.status == Status::Same) {
            // what the plan says already says nothing new of where it points
            pointers.retain(|pointer| pointer.status == Status::Same);
        }
        fields.extend(position.as_ref().and_then(|position| self.state_field(row.line, position, state)));
        let mut remarks = self.row_remarks(row, kept.id);
        let (actions, beside) = self.row_actions(&row.segments, kept.id);
        remarks.extend(beside);
        let evidence = self.evidence(row, kept.id);
        let mut status = Status::Added;
        if let Some(mine) = existing {
            let mut parts: Vec<Status> = fields.iter().map(|field| field.status).collect();
            parts.extend(position.as_ref().map(|position| position.status));
            parts.extend(actions.iter().map(|action| action.status));
            parts.extend(evidence.iter().map(|evidence| evidence.status));
            parts.extend(remarks.iter().chain(actions.iter().flat_map(|action| &action.remarks)).map(|row| row.status));
            parts.extend((mine.theme != kept.theme).then_some(Status::Added));
            status = parts.into_iter().max().unwrap_or_default();
        }
        self.proposal.rows.push(ProposedRow {
            line: row.line,
            joins: row.joins.clone(),
            row: kept,
            status,
            take: true,
            exists: existing.is_some(),
            wording,
            fields,
            position,
            actions,
            pointers,
            evidence,
            remarks,
        });
    }

    /// The recommendation as the document has it, on top of the catalogue.
    fn stated(
        &mut self,
        row: &RecommendationRow,
        reference: &str,
        entry: Option<&CatalogueEntry>,
    ) -> (Recommendation, Wording) {
        let catalogue = self.options.catalogue;
        let mut stated = match entry {
            Some(entry) => catalogue.recommendation_row(self.plan.id(), entry),
            None => Recommendation {
                report: catalogue.report.key.clone(),
                reference: reference.to_owned(),
                ..Recommendation::default()
            },
        };
        if let Some(id) = self.known.get(&fold(reference)) {
            stated.id = *id;
        }
        let text = if pointer::is_all(&row.text) { "" } else { row.text.as_str() };
        let wording = match entry {
            None => {
                stated.title.clone_from(&row.title);
                text.clone_into(&mut stated.text);
                Wording::NotInCatalogue
            }
            Some(entry) => {
                if !same_words(&row.title, &entry.title) {
                    stated.local_title.clone_from(&row.title);
                }
                let wording = wording_of(text, &entry.text);
                if matches!(wording, Wording::Local | Wording::Shortened) {
                    text.clone_into(&mut stated.local_text);
                }
                wording
            }
        };
        let (status, words) = match &row.response_status {
            Some(status) => (status.clone(), row.response.clone()),
            None => response::split(&row.response),
        };
        let same = same_words(&status, &stated.response_status) && same_words(&words, &stated.response);
        // in a paper of ours a blank cell is an answer, too
        let none = status.is_empty() && words.is_empty() && row.response_status.is_none();
        if !(same || none) {
            (stated.response_status, stated.response) = (status, words);
            stated.response_by.clear();
        }
        if !none && !row.response_by.is_empty() {
            stated.response_by.clone_from(&row.response_by);
        }
        stated.acceptance = response::acceptance(&row.acceptance);
        (stated.acceptance_date, stated.acceptance_reason) = (row.answered, row.reasons.clone());
        (stated, wording)
    }

    /// What the document says in fields that the plan's row has.
    fn differences(
        &self,
        row: &RecommendationRow,
        mine: &Recommendation,
        stated: &Recommendation,
    ) -> Vec<ProposedField> {
        // what the catalogue has of its own is no word of the document
        let (line, said_by) = (row.line, row.response_by.as_str());
        let mut fields = Vec::new();
        let mut hold = |field: &'static str, mine_text: &str, also: &[&str], theirs: &str| {
            let known = theirs.is_empty()
                || same_words(theirs, mine_text)
                || also.iter().any(|other| same_words(theirs, other));
            if !known {
                fields.extend(self.field(line, Entity::Recommendation, mine.id, field, mine_text, theirs));
            }
        };
        hold("title", &mine.title, &[&mine.local_title], &stated.title);
        hold("text", &mine.text, &[&mine.local_text], &stated.text);
        hold("local_title", &mine.local_title, &[&mine.title], &stated.local_title);
        hold("local_text", &mine.local_text, &[&mine.text], &stated.local_text);
        // a row that says nothing of it is not filled with what the catalogue says
        if !(row.response.is_empty() && row.response_status.as_deref().unwrap_or_default().is_empty()) {
            hold("response_status", &mine.response_status, &[], &stated.response_status);
            hold("response", &mine.response, &[], &stated.response);
        }
        let accepted = |row: &Recommendation| row.acceptance.map_or("", Acceptance::word);
        hold("response_by", &mine.response_by, &[], said_by);
        hold("acceptance", accepted(mine), &[], accepted(stated));
        let day = |row: &Recommendation| row.acceptance_date.map_or_else(String::new, |day| day.to_string());
        hold("acceptance_date", &day(mine), &[], &day(stated));
        hold("acceptance_reason", &mine.acceptance_reason, &[], &stated.acceptance_reason);
        fields
    }

    /// One field of a row that the plan has, where the document says it otherwise.
    pub(super) fn field(
        &self,
        line: usize,
        entity: Entity,
        row: Id,
        field: &'static str,
        mine: &str,
        theirs: &str,
    ) -> Option<ProposedField> {
        if theirs.is_empty() || same_words(mine, theirs) {
            return None;
        }
        let status = if mine.is_empty() { Status::Added } else { Status::Differs };
        let settled = status == Status::Differs && self.is_settled(row, field, theirs);
        Some(ProposedField {
            line,
            entity,
            row,
            field,
            mine: mine.to_owned(),
            theirs: theirs.to_owned(),
            status: if settled { Status::Same } else { status },
            take: status == Status::Added,
            settled,
        })
    }

    /// Whether a person said before that the plan's words stay.
    fn is_settled(&self, row: Id, field: &str, theirs: &str) -> bool {
        let id = differs_id(self.plan.id(), row, field, theirs);
        self.plan.choices.get(&id).is_some_and(|choice| !choice.answer.is_empty())
    }

    fn note_theme(&mut self, row: &RecommendationRow, mine: &Recommendation, theme: Option<Id>) {
        let (Some(mine_theme), Some(theme)) = (mine.theme, theme) else { return };
        if mine_theme != theme {
            let title = |id: Id| {
                let proposed = self.proposal.themes.iter().find(|theme| theme.row.id == id).map(|theme| &theme.row);
                proposed.or_else(|| self.plan.themes.get(&id)).map_or_else(String::new, |theme| theme.title.clone())
            };
            let (mine_title, title) = (title(mine_theme), title(theme));
            let text =
                format!("{} stays under \"{mine_title}\"; the document has it under \"{title}\"", mine.reference);
            self.note(row.line, text, Level::Info);
        }
    }

    fn position(
        &mut self,
        row: &RecommendationRow,
        recommendation: Id,
        state: Option<PositionState>,
    ) -> Option<ProposedPosition> {
        let (line, text, as_at) = (row.line, row.position.as_str(), row.as_at.or(self.date));
        if text.is_empty() {
            // a state alone is said of the position there is, or is one in a word
            state?;
            if let Some(known) = self.known_position(recommendation, text, as_at).cloned() {
                return Some(position_of(line, Status::Same, known));
            }
        }
        let existing = self.index.positions(self.plan, recommendation);
        let date = as_at.map_or_else(String::new, |date| date.to_string());
        let derived = recommendation.derive(&["position", &date, &words_key(text)]);
        let same = existing.iter().find(|row| same_words(&row.text, text));
        if let Some(same) = same {
            self.date_undated(line, same);
            return Some(position_of(line, Status::Same, (*same).clone()));
        }
        let other =
            existing.iter().find(|row| row.as_at == as_at).copied().or_else(|| self.plan.positions.get(&derived));
        if let Some(other) = other {
            let settled = self.is_settled(other.id, "text", text);
            let row = Position { text: text.to_owned(), ..other.clone() };
            let status = if settled { Status::Same } else { Status::Differs };
            return Some(ProposedPosition {
                mine: other.text.clone(),
                settled,
                take: false,
                ..position_of(line, status, row)
            });
        }
        let row = Position { id: derived, recommendation, as_at, text: text.to_owned(), state };
        if as_at.is_none() {
            self.ask(line, ChoiceKind::UndatedPosition, Some(row.id), "as_at", text, Vec::new());
        }
        Some(position_of(line, Status::Added, row))
    }

    /// The state that the document gives a position of the plan. One that the import does not bring
    /// or replace keeps the state it has, until a person says otherwise.
    fn state_field(
        &self,
        line: usize,
        position: &ProposedPosition,
        state: Option<PositionState>,
    ) -> Option<ProposedField> {
        let word = |state: Option<PositionState>| state.map_or("", PositionState::word);
        let mine = self.plan.positions.get(&position.row.id)?;
        self.field(line, Entity::Position, mine.id, "state", word(mine.state), word(state))
    }

    /// The question for a position's date stays, unless a date given now answers it.
    fn date_undated(&mut self, line: usize, position: &Position) {
        if let (None, Some(choice)) = (position.as_at, self.undated.get(&position.id)) {
            let date = self.date.filter(|_| !self.ours);
            self.again(line, (*choice).clone(), date.map(Answer::Date));
        }
    }

    /// The words in a row that point at another.
    fn pointers(&mut self, row: &RecommendationRow, kept: &Recommendation, published: bool) -> Vec<ProposedPointer> {
        let mut found = Vec::new();
        let in_text = if pointer::is_all(&row.text) { pointer::find(&row.text) } else { Vec::new() };
        for (place, pointer) in in_text.iter().chain(&pointer::find(&row.position)).enumerate() {
            let of_text = place < in_text.len();
            let target = match &pointer.to {
                _ if of_text => None,
                PointsTo::Number(number) => self.known.get(&fold(number)).copied(),
                PointsTo::Above => row.before.as_ref().and_then(|before| self.known.get(&fold(before)).copied()),
                PointsTo::Below => None,
            };
            let id = kept.id.derive(&["cross reference", &place.to_string(), &words_key(&pointer.words)]);
            let status = if self.plan.has(Entity::CrossReference, id) { Status::Same } else { Status::Added };
            let new = CrossReference { id, recommendation: kept.id, words: pointer.words.clone(), target };
            if of_text && published {
                let text = format!(
                    "{}: \"{}\" stands for its text; the published text is taken",
                    kept.reference, pointer.words
                );
                self.note(row.line, text, Level::Info);
            } else if target.is_none() {
                self.ask(row.line, ChoiceKind::CrossReference, Some(id), "target", &pointer.words, Vec::new());
            }
            found.push(ProposedPointer { status, row: new });
        }
        found
    }

    fn paper(&mut self, found: &Understood) {
        for field in &found.paper {
            let existing = self.plan.paper.values().find(|row| row.key == field.key);
            let id = self.plan.id().derive(&["paper", &field.key]);
            let new = PaperField {
                id: existing.map_or(id, |row| row.id),
                key: field.key.clone(),
                label: field.label.clone(),
                text: field.text.clone(),
                ..PaperField::default()
            };
            let fields: Vec<ProposedField> = existing
                .and_then(|mine| self.field(field.line, Entity::PaperField, mine.id, "text", &mine.text, &field.text))
                .into_iter()
                .collect();
            let status = match existing {
                None => Status::Added,
                Some(_) => fields.first().map_or(Status::Same, |field| field.status),
            };
            self.proposal.paper.push(ProposedPaper { line: field.line, status, take: true, row: new, fields });
        }
    }

    pub(super) fn note(&mut self, line: usize, text: String, level: Level) {
        self.proposal.notes.push(Note { line, text, level });
    }

    fn finish(mut self, found: Understood) -> Proposal {
        let report = &self.options.catalogue.report.key;
        let answered = self.plan.reports.values().any(|row| row.key == *report);
        if !answered && self.proposal.rows.iter().any(|row| !row.exists) {
            self.proposal.report = Some(self.options.catalogue.report_row(self.plan.id()));
        }
        // a theme that no row comes to stand under is none
        let used: Vec<Id> = self.proposal.rows.iter().filter_map(|row| row.row.theme).collect();
        self.proposal.themes.retain(|theme| used.contains(&theme.row.id));
        self.kept_notes();
        self.proposal.names = names::find(self.plan, &self.proposal);
        self.proposal.tables = found.tables;
        self.proposal.notes.extend(found.notes);
        self.proposal.notes.extend(self.document.notes.iter().cloned());
        if let Some(note) = cleaned_note(self.document) {
            self.proposal.notes.push(note);
        }
        self.proposal.notes.sort_by_key(|note| note.line);
        // a row for several recommendations is told once
        self.proposal.notes.dedup();
        self.proposal
    }
}

/// The id of the open choice between the plan's words and a document's.
pub(super) fn differs_id(plan: Id, row: Id, field: &str, theirs: &str) -> Id {
    plan.derive(&["choice", ChoiceKind::Differs.word(), &row.to_string(), field, &words_key(theirs)])
}

fn position_of(line: usize, status: Status, row: Position) -> ProposedPosition {
    ProposedPosition { line, status, take: status == Status::Added, row, mine: String::new(), settled: false }
}

fn wording_of(text: &str, published: &str) -> Wording {
    if text.is_empty() {
        return Wording::Missing;
    }
    if same_words(text, published) {
        return Wording::Published;
    }
    // a comma more or less is no wording
    let words = |text: &str| -> Vec<String> {
        words_key(text).split(' ').map(|word| word.trim_end_matches(PAUSES).to_owned()).collect()
    };
    let (text, published) = (words(text), words(published));
    let mut rest = published.iter();
    let shortened = text.iter().all(|word| rest.any(|other| other == word));
    match shortened {
        true if text.len() == published.len() => Wording::Published,
        true => Wording::Shortened,
        false => Wording::Local,
    }
}

/// What may stand at the end of a word.
const PAUSES: [char; 4] = ['.', ',', ';', ':'];

fn cleaned_note(document: &Document) -> Option<Note> {
    let cleaned = document.cleaned;
    let parts = [
        (cleaned.nul, "NUL"),
        (cleaned.control, "control"),
        (cleaned.private_use, "private-use"),
        (cleaned.non_characters, "non-character"),
        (cleaned.undecodable, "undecodable"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
    let text = format!("Characters cleaned: {}", said.join(", "));
    (!said.is_empty()).then_some(Note { line: 0, text, level: Level::Info })
}
