//! The actions, responsibilities, timescales and open questions of a document, held against a plan.

use super::items;
use super::printed_cells::Item;
use super::proposal::{
    Level, ProposedAction, ProposedChoice, ProposedField, ProposedRemark, ProposedResponsibility, ProposedTimescale,
    Status,
};
use super::propose::Against;
use super::resolve::Answer;
use super::understood::{KeptCell, Manner, PrintedTimescale, ResponsibilityRow, Segment, Understood};
use crate::model::due::{self, Due};
use crate::model::printed::{Facts, TimescaleFacts};
use crate::model::text::{blocks, fold, same_words, words_key};
use crate::model::{Action, ActionState, Choice, ChoiceKind, Entity, Id, Responsibility, Timescale, Update};
use std::collections::{BTreeMap, HashMap};

/// Where actions stand: under a recommendation, a responsibility, or alone.
struct Place<'p> {
    /// The row whose id theirs are derived from.
    id: Id,
    responsibility: Option<Id>,
    /// The plan's actions there, by their words, in their order.
    existing: HashMap<String, Vec<&'p Action>>,
    /// The row that keeps what stands beside actions and belongs to none.
    keeper: Option<Id>,
}

fn keyed(actions: Vec<&Action>) -> HashMap<String, Vec<&Action>> {
    let mut found: HashMap<String, Vec<&Action>> = HashMap::new();
    for action in actions {
        found.entry(words_key(&action.text)).or_default().push(action);
    }
    found
}

/// An action's own part of the cells of its row.
#[derive(Clone, Copy)]
struct Parts<'s> {
    text: &'s str,
    facts: Option<&'s Facts>,
    partners: &'s str,
    due: &'s str,
    owner: &'s str,
}

impl<'a> Against<'a> {
    /// The actions of a recommendation's row.
    pub(super) fn row_actions(
        &mut self,
        segments: &[Segment],
        recommendation: Id,
    ) -> (Vec<ProposedAction>, Vec<ProposedRemark>) {
        let existing = keyed(self.index.actions(self.plan, recommendation));
        let keeper = Some(recommendation);
        self.actions(segments, &Place { id: recommendation, responsibility: None, existing, keeper })
    }

    /// Actions of tables that have neither recommendations nor responsibilities.
    pub(super) fn loose_actions(&mut self, segments: &[Segment]) {
        let id = self.plan.id().derive(&["alone"]);
        let existing = keyed(self.index.actions_under(self.plan, None));
        let place = Place { id, responsibility: None, existing, keeper: None };
        let (actions, _) = self.actions(segments, &place);
        self.proposal.actions.extend(actions);
    }

    /// The recommendations whose row a segment is.
    fn served(&self, segment: &Segment) -> Vec<Id> {
        segment.serves.iter().filter_map(|reference| self.known.get(&fold(reference)).copied()).collect()
    }

    fn actions(&mut self, segments: &[Segment], place: &Place<'_>) -> (Vec<ProposedAction>, Vec<ProposedRemark>) {
        let mut actions: Vec<ProposedAction> = Vec::new();
        // how often each text came already: a table of thousands is compared by key, not row by row
        let mut ordinals: HashMap<String, usize> = HashMap::new();
        let mut remarks = Vec::new();
        for segment in segments {
            let texts = self.action_texts(segment);
            let dues: Vec<&str> = blocks(&segment.due).map(|block| block.text).collect();
            let marked_dues = items::paired(&segment.due, &segment.action, texts.len());
            let owners = items::paired(&segment.owner, &segment.action, texts.len());
            // due words of a responsibility are timescales of their own
            let own_due = place.responsibility.is_none() || segment.manner == Manner::OneARow;
            let one_due = own_due && (texts.len() == 1 || all_same(&dues));
            let due = if one_due { segment.due.clone() } else { String::new() };
            let due = if dues.len() > 1 && all_same(&dues) { dues[0].to_owned() } else { due };
            let due = if own_due { due } else { String::new() };
            let from = actions.len();
            for (nth, item) in texts.iter().enumerate() {
                let text = item.text.as_str();
                let seen = ordinals.get(&words_key(text)).copied().unwrap_or(0);
                let (its_due, its_owner) = (nth_of(marked_dues.as_ref(), nth), nth_of(owners.as_ref(), nth));
                let beside = Parts {
                    text,
                    facts: item.facts.as_ref(),
                    partners: &segment.partners,
                    due: its_due.filter(|_| own_due).unwrap_or(&due),
                    owner: its_owner.unwrap_or(&segment.owner),
                };
                let parts = match &item.facts {
                    Some(facts) => Parts { owner: &facts.owner, partners: &facts.partners, due: &facts.due, ..beside },
                    None => beside,
                };
                let action = self.action(segment, parts, seen, place);
                *ordinals.entry(words_key(&action.row.text)).or_default() += 1;
                actions.push(action);
            }
            let unpaired = dues.len() > 1 && !all_same(&dues) && marked_dues.is_none();
            if place.responsibility.is_none() && actions.len() - from > 1 && unpaired {
                let subject = self.served(segment).first().copied();
                let text = format!("{}\n{}", dues.join("\n"), segment.action);
                self.ask(segment.line, ChoiceKind::Pairing, subject, "due_words", &text, Vec::new());
            }
            let count = actions.len() - from;
            let cells = self.segment_remarks(segment, count, place.responsibility.is_some());
            remarks.extend(self.keep(&cells, &mut actions[from..], place));
        }
        (actions, remarks)
    }

    /// Puts what is kept of a row to its action; to what its actions stand under where it has several
    /// or none.
    fn keep(&mut self, cells: &[KeptCell], actions: &mut [ProposedAction], place: &Place<'_>) -> Vec<ProposedRemark> {
        let mut beside = Vec::new();
        for cell in cells {
            match (&mut *actions, place.keeper) {
                ([only], _) => {
                    let remark = self.remark(only.row.id, cell);
                    only.remarks.push(remark);
                }
                (_, Some(keeper)) => beside.push(self.remark(keeper, cell)),
                ([first, ..], None) => {
                    let remark = self.remark(first.row.id, cell);
                    first.remarks.push(remark);
                }
                ([], None) => {
                    let text = format!("Not taken, from \"{}\": {}", cell.label, cell.text.replace('\n', " / "));
                    self.note(cell.line, text, Level::Unread);
                }
            }
        }
        beside
    }

    /// Each paragraph and bullet of an actions cell, but for an answer that there are none.
    fn action_texts(&mut self, segment: &Segment) -> Vec<Item> {
        let answer = |item: &Item| item.facts.is_none() && items::is_answer(&item.text);
        let (answers, texts): (Vec<Item>, Vec<Item>) = segment.items().into_iter().partition(answer);
        for Item { text: answer, .. } in answers {
            // alone in its cell it is kept; beside actions it says nothing
            let level = if items::is_answer(&segment.action) { Level::Kept } else { Level::Unread };
            let kept = if level == Level::Kept { "; the words are kept" } else { "" };
            let text = format!("Under actions stands \"{answer}\": no action is made of it{kept}");
            self.note(segment.line, text, level);
        }
        texts
    }

    fn action(&mut self, segment: &Segment, parts: Parts<'_>, ordinal: usize, place: &Place<'_>) -> ProposedAction {
        let text = parts.text;
        let derived = place.id.derive(&["action", &words_key(text), &ordinal.to_string()]);
        let by_words = place.existing.get(&words_key(text)).and_then(|rows| rows.get(ordinal)).copied();
        // what an earlier import made of these very words comes before another action of the same words
        let made = self.plan.actions.get(&derived);
        let existing = made.filter(|row| same_words(&row.text, text)).or(by_words).or(made);
        let fields = existing.map(|mine| self.action_fields(segment, parts, mine)).unwrap_or_default();
        let row = existing.cloned().unwrap_or_else(|| Action {
            id: derived,
            responsibility: place.responsibility,
            ..self.new_action(segment, parts)
        });
        self.note_repeated(segment, text, row.id);
        let new = existing.is_none() || fields.iter().any(|field| field.field == "due_words");
        self.ask_interval(segment.line, row.id, "due_reading", &row.due_words, &row.due_reading, new);
        let differs = fields.iter().map(|field| field.status).max();
        let status = if existing.is_some() { differs.unwrap_or(Status::Same) } else { Status::Added };
        let progress = self.progress(segment, row.id);
        let serves = self.served(segment);
        ProposedAction { line: segment.line, status, take: true, row, fields, serves, progress, remarks: Vec::new() }
    }

    /// What the document says of an action that the plan has.
    fn action_fields(&self, segment: &Segment, parts: Parts<'_>, mine: &Action) -> Vec<ProposedField> {
        let Parts { text, facts, partners, due, owner } = parts;
        // the same due may stand at its responsibility
        let known =
            same_words(due, &mine.original_due_words) || same_words(due, &self.index.due(self.plan, mine).text());
        let due = if known { "" } else { due };
        let (state, done_on, was) = said(segment, facts);
        let mine_done_on = mine.done_on.map_or_else(String::new, |day| day.to_string());
        let all = [
            ("text", mine.text.as_str(), text),
            ("owner", &mine.owner, owner),
            ("partners", &mine.partners, partners),
            ("due_words", &mine.due_words, due),
            ("original_due_words", &mine.original_due_words, was),
            ("state", mine.state.word(), state),
            ("done_on", &mine_done_on, &done_on),
        ];
        let field = |(name, mine_text, theirs): (&'static str, &str, &str)| {
            self.field(segment.line, Entity::Action, mine.id, name, mine_text, theirs)
        };
        all.into_iter().filter_map(field).collect()
    }

    fn new_action(&self, segment: &Segment, Parts { text, facts, partners, due, owner }: Parts<'_>) -> Action {
        Action {
            text: text.to_owned(),
            owner: owner.to_owned(),
            partners: partners.to_owned(),
            tentative: facts.map_or_else(|| text.starts_with('?'), |facts| is_tentative(facts, text)),
            due_words: due.to_owned(),
            original_due_words: facts.map(|facts| facts.was.clone()).unwrap_or_default(),
            done_on: facts.and_then(|facts| facts.done_on),
            state: match facts {
                Some(facts) => facts.state,
                None => self.key.action(&segment.state).map(|read| read.state).unwrap_or_default(),
            },
            ..Action::default()
        }
    }

    fn progress(&self, segment: &Segment, action: Id) -> Option<Update> {
        let alone = segment.items().len() == 1;
        let known =
            self.index.updates(self.plan, action).iter().any(|update| same_words(&update.note, &segment.progress));
        (alone && !segment.progress.is_empty() && !known).then(|| Update {
            id: action.derive(&["update", &words_key(&segment.progress)]),
            action,
            date: self.date,
            note: segment.progress.clone(),
            ..Update::default()
        })
    }

    /// The same words in two places stay two actions; one may serve both, if a person says so.
    fn note_repeated(&mut self, segment: &Segment, text: &str, id: Id) {
        let line = segment.line;
        if segment.serves.is_empty() {
            return;
        }
        match self.said.get(&words_key(text)) {
            // one action of the plan that serves both is one already
            Some((first, known)) if *first != line && *known != id => {
                let words: String = text.chars().take(60).collect();
                let place = self.document.place(*first);
                let text = format!("The action \"{words}\" stands at {place} too; they stay two until they are linked");
                self.note(line, text, Level::Info);
            }
            Some(_) => {}
            None => {
                self.said.insert(words_key(text), (line, id));
            }
        }
    }

    /// A key responsibility with its actions and timescales.
    pub(super) fn responsibility(&mut self, row: &ResponsibilityRow) {
        let derived = self.plan.id().derive(&["responsibility", &words_key(&row.text)]);
        let by_words = self.plan.responsibilities.values().find(|mine| same_words(&mine.text, &row.text));
        let existing = by_words.or_else(|| self.plan.responsibilities.get(&derived));
        let id = existing.map_or(derived, |mine| mine.id);
        let fields: Vec<ProposedField> = existing
            .and_then(|mine| self.field(row.line, Entity::Responsibility, id, "text", &mine.text, &row.text))
            .into_iter()
            .collect();
        let under = self.index.actions_under(self.plan, Some(id));
        let place = Place { id, responsibility: Some(id), existing: keyed(under), keeper: Some(id) };
        let (actions, mut remarks) = self.actions(&row.segments, &place);
        remarks.extend(row.kept.iter().map(|cell| self.remark(id, cell)).collect::<Vec<_>>());
        let timescales = self.timescales(row, id, &actions);
        // our own papers say which timescale is whose, and which is nobody's yet
        let paired = !row.timescales.is_empty() || timescales.iter().all(|timescale| timescale.row.action.is_some());
        if timescales.len() > 1 && !actions.is_empty() && !paired {
            let words: Vec<&str> = timescales.iter().map(|timescale| timescale.row.words.as_str()).collect();
            self.ask(row.line, ChoiceKind::Pairing, Some(id), "action", &words.join("\n"), Vec::new());
        }
        let parts = fields.iter().map(|field| field.status).chain(actions.iter().map(|action| action.status));
        let kept = remarks.iter().chain(actions.iter().flat_map(|action| &action.remarks)).map(|row| row.status);
        let part =
            parts.chain(kept).chain(timescales.iter().map(|timescale| timescale.status)).max().unwrap_or_default();
        self.proposal.responsibilities.push(ProposedResponsibility {
            line: row.line,
            joins: row.joins.clone(),
            status: if existing.is_some() { part } else { Status::Added },
            take: true,
            row: existing.cloned().unwrap_or(Responsibility {
                id,
                text: row.text.clone(),
                ..Responsibility::default()
            }),
            fields,
            actions,
            timescales,
            remarks,
        });
    }

    fn timescales(&mut self, row: &ResponsibilityRow, id: Id, actions: &[ProposedAction]) -> Vec<ProposedTimescale> {
        let mut ordinals: BTreeMap<String, usize> = BTreeMap::new();
        let by_row = stands_by_row(&row.segments);
        let mut found: Vec<PrintedTimescale> = Vec::new();
        for segment in row.segments.iter().filter(|segment| segment.manner != Manner::OneARow) {
            let beside = by_row.then_some(segment.line);
            found.extend(blocks(&segment.due).map(|block| {
                let facts = TimescaleFacts { words: block.text.to_owned(), ..TimescaleFacts::default() };
                PrintedTimescale { line: segment.line, facts, beside }
            }));
        }
        let found = found.iter().chain(&row.timescales);
        found.map(|timescale| self.timescale(timescale, id, actions, &mut ordinals)).collect()
    }

    fn timescale(
        &mut self,
        PrintedTimescale { line, facts, beside }: &PrintedTimescale,
        responsibility: Id,
        actions: &[ProposedAction],
        ordinals: &mut BTreeMap<String, usize>,
    ) -> ProposedTimescale {
        let words = facts.words.as_str();
        let ordinal = ordinals.entry(words_key(words)).or_default();
        let same = |mine: &&Timescale| same_words(&mine.words, words) || same_words(&mine.original, words);
        let derived = responsibility.derive(&["timescale", &words_key(words), &ordinal.to_string()]);
        let existing = self.index.timescales(self.plan, responsibility);
        let mine = existing.into_iter().filter(same).nth(*ordinal).or_else(|| self.plan.timescales.get(&derived));
        *ordinal += 1;
        let beside = beside.and_then(|line| actions.iter().find(|action| action.line == line));
        let new = Timescale {
            id: derived,
            responsibility,
            words: words.to_owned(),
            original: facts.was.clone(),
            reason: facts.reason.clone(),
            done: facts.done,
            action: beside.map(|action| action.row.id),
            ..Timescale::default()
        };
        let status = if mine.is_some() { Status::Same } else { Status::Added };
        let kept = mine.cloned().unwrap_or(new);
        if !same(&&kept) {
            let text = format!("The plan says \"{}\" for the timescale \"{words}\"; it stays", kept.words);
            self.note(*line, text, Level::Info);
        }
        self.ask_interval(*line, kept.id, "reading", &kept.words, &kept.reading, mine.is_none());
        ProposedTimescale { line: *line, status, take: true, row: kept }
    }

    /// Asks what "bi monthly" means, where due words say it and nobody has answered; of words that are
    /// not new to the plan only what is asked there already.
    fn ask_interval(&mut self, line: usize, subject: Id, field: &'static str, words: &str, reading: &str, new: bool) {
        if !reading.is_empty() {
            return;
        }
        // a plan without a date takes the document's in this import
        let anchor = self.plan.due_anchor().or(self.proposal.plan_date);
        let options: Vec<_> = due::meanings(words, anchor)
            .into_iter()
            .filter_map(|due| match due {
                Due::Recurring { every: Some(every), .. } => Some((every.words(), Answer::Reading(due))),
                _ => None,
            })
            .collect();
        if options.is_empty() {
            return;
        }
        let choice = self.question(line, ChoiceKind::Interval, Some(subject), field, words, options);
        if new || choice.status == Status::Same {
            self.proposal.choices.push(choice);
        }
    }

    /// Puts a question, or what the plan has of it already.
    pub(super) fn ask(
        &mut self,
        line: usize,
        kind: ChoiceKind,
        subject: Option<Id>,
        field: &str,
        text: &str,
        options: Vec<(String, Answer)>,
    ) {
        let choice = self.question(line, kind, subject, field, text, options);
        self.proposal.choices.push(choice);
    }

    /// A question that the plan has, with an answer that the import brings.
    pub(super) fn again(&mut self, line: usize, row: Choice, answer: Option<Answer>) {
        let heading = String::new();
        let choice = ProposedChoice { line, status: Status::Same, row, heading, options: Vec::new(), answer };
        self.proposal.choices.push(choice);
    }

    fn question(
        &self,
        line: usize,
        kind: ChoiceKind,
        subject: Option<Id>,
        field: &str,
        text: &str,
        options: Vec<(String, Answer)>,
    ) -> ProposedChoice {
        let of = subject.map_or_else(String::new, |id| id.to_string());
        let id = self.plan.id().derive(&["choice", kind.word(), &of, field, &words_key(text)]);
        let known = self.plan.choices.get(&id).cloned();
        let status = if known.is_some() { Status::Same } else { Status::Added };
        let source = format!("{}, {}", self.document.name, self.document.place(line));
        let new =
            Choice { id, kind, subject, field: field.to_owned(), text: text.to_owned(), source, ..Choice::default() };
        ProposedChoice { line, status, row: known.unwrap_or(new), heading: String::new(), options, answer: None }
    }

    /// Words that may be actions; what the plan has as an action already is none.
    pub(super) fn candidates(&mut self, found: &Understood) {
        for candidate in &found.candidates {
            let subject = candidate.reference.as_ref().and_then(|reference| self.known.get(&fold(reference)).copied());
            let mut choice =
                self.question(candidate.line, ChoiceKind::CandidateAction, subject, "", &candidate.text, Vec::new());
            let has = match subject {
                Some(id) => {
                    self.index.actions(self.plan, id).iter().any(|action| same_words(&action.text, &candidate.text))
                }
                None => self.plan.actions.values().any(|action| same_words(&action.text, &candidate.text)),
            };
            if has && choice.status == Status::Added {
                continue;
            }
            choice.heading = match &candidate.reference {
                Some(reference) => format!("recommendation {reference}"),
                None => candidate.heading.clone(),
            };
            if !choice.heading.is_empty() && choice.status == Status::Added {
                choice.row.source = format!("{}, under {}", choice.row.source, choice.heading);
            }
            choice.options =
                vec![("make it an action".to_owned(), Answer::Take), ("leave it".to_owned(), Answer::Dismiss)];
            self.proposal.candidates.push(choice);
        }
    }
}

/// Whether each row of a responsibility has one action and one timescale: then the table pairs them.
fn stands_by_row(segments: &[Segment]) -> bool {
    let one = |segment: &Segment| segment.items().len() == 1 && blocks(&segment.due).count() == 1;
    segments.len() > 1 && segments.iter().all(one)
}

/// State, day of completion and first due words that a paper of ours says of an action.
fn said<'f>(segment: &Segment, facts: Option<&'f Facts>) -> (&'static str, String, &'f str) {
    match facts {
        Some(facts) => {
            let done_on = facts.done_on.map_or_else(String::new, |day| day.to_string());
            (facts.state.word(), done_on, facts.was.as_str())
        }
        None if segment.manner == Manner::OneARow => {
            (ActionState::from_word(&segment.state).map_or("", ActionState::word), String::new(), "")
        }
        None => ("", String::new(), ""),
    }
}

/// Whether an action is only an idea yet; papers do not say it of one that is over.
fn is_tentative(facts: &Facts, text: &str) -> bool {
    let over = matches!(facts.state, ActionState::Complete | ActionState::NoLongerNeeded);
    facts.tentative || (over && text.starts_with('?'))
}

fn nth_of<'s>(parts: Option<&Vec<&'s str>>, nth: usize) -> Option<&'s str> {
    parts.and_then(|parts| parts.get(nth).copied())
}

fn all_same(dues: &[&str]) -> bool {
    dues.windows(2).all(|pair| same_words(pair[0], pair[1]))
}
