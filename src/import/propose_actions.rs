//! The actions, responsibilities, timescales and open questions of a document, held against a plan.

use super::items;
use super::proposal::{
    Level, ProposedAction, ProposedChoice, ProposedField, ProposedRemark, ProposedResponsibility, ProposedTimescale,
    Status,
};
use super::propose::Against;
use super::resolve::Answer;
use super::understood::{KeptCell, ResponsibilityRow, Segment, Understood};
use crate::model::due::{self, Due};
use crate::model::text::{blocks, fold, same_words, words_key};
use crate::model::{Action, Choice, ChoiceKind, Entity, Id, Responsibility, Timescale, Update};
use std::collections::BTreeMap;

/// Where actions stand: under a recommendation, a responsibility, or alone.
struct Place<'p> {
    /// The row whose id theirs are derived from.
    id: Id,
    responsibility: Option<Id>,
    /// The plan's actions there.
    existing: Vec<&'p Action>,
    /// The row that keeps what stands beside actions and belongs to none.
    keeper: Option<Id>,
}

/// An action's own part of the cells of its row.
#[derive(Clone, Copy)]
struct Parts<'s> {
    text: &'s str,
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
        let existing = self.index.actions(self.plan, recommendation);
        let keeper = Some(recommendation);
        self.actions(segments, &Place { id: recommendation, responsibility: None, existing, keeper })
    }

    /// Actions of tables that have neither recommendations nor responsibilities.
    pub(super) fn loose_actions(&mut self, segments: &[Segment]) {
        let id = self.plan.id().derive(&["alone"]);
        let existing = self.index.actions_under(self.plan, None);
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
        let mut remarks = Vec::new();
        for segment in segments {
            let texts = self.action_texts(segment);
            let dues: Vec<&str> = blocks(&segment.due).map(|block| block.text).collect();
            let marked_dues = items::paired(&segment.due, &segment.action, texts.len());
            let owners = items::paired(&segment.owner, &segment.action, texts.len());
            // due words of a responsibility are timescales of their own
            let one_due = place.responsibility.is_none() && (texts.len() == 1 || all_same(&dues));
            let due = if one_due { segment.due.clone() } else { String::new() };
            let due = if dues.len() > 1 && all_same(&dues) { dues[0].to_owned() } else { due };
            let due = if place.responsibility.is_some() { String::new() } else { due };
            let from = actions.len();
            for (nth, text) in texts.into_iter().enumerate() {
                let ordinal = actions.iter().filter(|action| same_words(&action.row.text, text)).count();
                let (its_due, its_owner) = (nth_of(marked_dues.as_ref(), nth), nth_of(owners.as_ref(), nth));
                let parts = Parts {
                    text,
                    due: its_due.filter(|_| place.responsibility.is_none()).unwrap_or(&due),
                    owner: its_owner.unwrap_or(&segment.owner),
                };
                let action = self.action(segment, parts, ordinal, place);
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
    fn action_texts<'s>(&mut self, segment: &'s Segment) -> Vec<&'s str> {
        let (answers, texts): (Vec<&str>, Vec<&str>) =
            items::actions(&segment.action).into_iter().partition(|text| items::is_answer(text));
        for answer in answers {
            // alone in its cell it is kept; beside actions it says nothing
            let level = if items::is_answer(&segment.action) { Level::Kept } else { Level::Unread };
            let kept = if level == Level::Kept { "; the words are kept" } else { "" };
            let text = format!("Under actions stands \"{answer}\": no action is made of it{kept}");
            self.note(segment.line, text, level);
        }
        texts
    }

    fn action(
        &mut self,
        segment: &Segment,
        Parts { text, due, owner }: Parts<'_>,
        ordinal: usize,
        place: &Place<'_>,
    ) -> ProposedAction {
        let derived = place.id.derive(&["action", &words_key(text), &ordinal.to_string()]);
        let by_words = place.existing.iter().filter(|row| same_words(&row.text, text)).nth(ordinal).copied();
        // what an earlier import made of these very words comes before another action of the same words
        let made = self.plan.actions.get(&derived);
        let existing = made.filter(|row| same_words(&row.text, text)).or(by_words).or(made);
        let mut fields: Vec<ProposedField> = Vec::new();
        let row = match existing {
            Some(mine) => {
                let due = if same_words(due, &mine.original_due_words) { "" } else { due };
                for (field, mine_text, theirs) in [
                    ("text", &mine.text, text),
                    ("owner", &mine.owner, owner),
                    ("partners", &mine.partners, &segment.partners),
                    ("due_words", &mine.due_words, due),
                ] {
                    fields.extend(self.field(segment.line, Entity::Action, mine.id, field, mine_text, theirs));
                }
                mine.clone()
            }
            None => Action {
                id: derived,
                text: text.to_owned(),
                responsibility: place.responsibility,
                owner: owner.to_owned(),
                partners: segment.partners.clone(),
                tentative: text.starts_with('?'),
                due_words: due.to_owned(),
                state: self.key.action(&segment.state).map(|read| read.state).unwrap_or_default(),
                ..Action::default()
            },
        };
        self.note_repeated(segment, text);
        self.ask_interval(segment.line, row.id, "due_reading", &row.due_words, &row.due_reading);
        let differs = fields.iter().map(|field| field.status).max();
        let status = if existing.is_some() { differs.unwrap_or(Status::Same) } else { Status::Added };
        let progress = self.progress(segment, row.id);
        let serves = self.served(segment);
        ProposedAction { line: segment.line, status, take: true, row, fields, serves, progress, remarks: Vec::new() }
    }

    fn progress(&self, segment: &Segment, action: Id) -> Option<Update> {
        let alone = items::actions(&segment.action).len() == 1;
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
    fn note_repeated(&mut self, segment: &Segment, text: &str) {
        let line = segment.line;
        if segment.serves.is_empty() {
            return;
        }
        match self.said.get(&words_key(text)) {
            Some(first) if *first != line => {
                let words: String = text.chars().take(60).collect();
                let place = self.document.place(*first);
                let text = format!("The action \"{words}\" stands at {place} too; they stay two until they are linked");
                self.note(line, text, Level::Info);
            }
            Some(_) => {}
            None => {
                self.said.insert(words_key(text), line);
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
        let place = Place { id, responsibility: Some(id), existing: under, keeper: Some(id) };
        let (actions, mut remarks) = self.actions(&row.segments, &place);
        remarks.extend(row.kept.iter().map(|cell| self.remark(id, cell)).collect::<Vec<_>>());
        let timescales = self.timescales(row, id, &actions);
        let paired = timescales.iter().all(|timescale| timescale.row.action.is_some());
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
        let mut timescales = Vec::new();
        let mut ordinals: BTreeMap<String, usize> = BTreeMap::new();
        let existing = self.index.timescales(self.plan, id);
        let by_row = stands_by_row(&row.segments);
        for segment in &row.segments {
            for block in blocks(&segment.due) {
                let ordinal = ordinals.entry(words_key(block.text)).or_default();
                let same =
                    |mine: &&&Timescale| same_words(&mine.words, block.text) || same_words(&mine.original, block.text);
                let derived = id.derive(&["timescale", &words_key(block.text), &ordinal.to_string()]);
                let mine =
                    existing.iter().filter(same).nth(*ordinal).copied().or_else(|| self.plan.timescales.get(&derived));
                *ordinal += 1;
                let words = block.text.to_owned();
                let mut new = Timescale { id: derived, responsibility: id, words, ..Timescale::default() };
                if by_row {
                    let beside = actions.iter().find(|action| action.line == segment.line);
                    new.action = beside.map(|action| action.row.id);
                }
                let status = if mine.is_some() { Status::Same } else { Status::Added };
                let kept = mine.cloned().unwrap_or(new);
                if !same(&&&kept) {
                    let text =
                        format!("The plan says \"{}\" for the timescale \"{}\"; it stays", kept.words, block.text);
                    self.note(segment.line, text, Level::Info);
                }
                self.ask_interval(segment.line, kept.id, "reading", &kept.words, &kept.reading);
                timescales.push(ProposedTimescale { line: segment.line, status, take: true, row: kept });
            }
        }
        timescales
    }

    /// Asks what "bi monthly" means, where due words say it and nobody has answered.
    fn ask_interval(&mut self, line: usize, subject: Id, field: &'static str, words: &str, reading: &str) {
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
        self.ask(line, ChoiceKind::Interval, Some(subject), field, words, options);
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
    let one = |segment: &Segment| items::actions(&segment.action).len() == 1 && blocks(&segment.due).count() == 1;
    segments.len() > 1 && segments.iter().all(one)
}

fn nth_of<'s>(parts: Option<&Vec<&'s str>>, nth: usize) -> Option<&'s str> {
    parts.and_then(|parts| parts.get(nth).copied())
}

fn all_same(dues: &[&str]) -> bool {
    dues.windows(2).all(|pair| same_words(pair[0], pair[1]))
}
