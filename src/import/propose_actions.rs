//! The actions, responsibilities, timescales and open questions of a document, held against a plan.

use super::proposal::{
    Level, ProposedAction, ProposedChoice, ProposedField, ProposedResponsibility, ProposedTimescale, Status,
};
use super::propose::Against;
use super::resolve::Answer;
use super::understood::{ResponsibilityRow, Segment, Understood};
use crate::model::due::{self, Due, Every};
use crate::model::text::{blocks, fold, same_words, words_key};
use crate::model::{Action, ActionState, Choice, ChoiceKind, Entity, Id, Responsibility, Timescale, Update};
use std::collections::BTreeMap;

/// Where actions stand: under a recommendation, a responsibility, or alone.
struct Place<'p> {
    /// The row whose id theirs are derived from.
    id: Id,
    responsibility: Option<Id>,
    /// The plan's actions there.
    existing: Vec<&'p Action>,
}

impl<'a> Against<'a> {
    /// The actions of a recommendation's row.
    pub(super) fn row_actions(&mut self, segments: &[Segment], recommendation: Id) -> Vec<ProposedAction> {
        let existing = self.index.actions(self.plan, recommendation);
        self.actions(segments, &Place { id: recommendation, responsibility: None, existing })
    }

    /// Actions of tables that have neither recommendations nor responsibilities.
    pub(super) fn loose_actions(&mut self, segments: &[Segment]) {
        let id = self.plan.id().derive(&["alone"]);
        let existing = self.index.actions_under(self.plan, None);
        let actions = self.actions(segments, &Place { id, responsibility: None, existing });
        self.proposal.actions.extend(actions);
    }

    /// The recommendations whose row a segment is.
    fn served(&self, segment: &Segment) -> Vec<Id> {
        segment.serves.iter().filter_map(|reference| self.known.get(&fold(reference)).copied()).collect()
    }

    fn actions(&mut self, segments: &[Segment], place: &Place<'_>) -> Vec<ProposedAction> {
        let mut actions: Vec<ProposedAction> = Vec::new();
        for segment in segments {
            let texts = self.action_texts(segment);
            let dues: Vec<&str> = blocks(&segment.due).map(|block| block.text).collect();
            // due words of a responsibility are timescales of their own
            let one_due = place.responsibility.is_none() && (texts.len() == 1 || all_same(&dues));
            let due = if one_due { segment.due.clone() } else { String::new() };
            let due = if dues.len() > 1 && all_same(&dues) { dues[0].to_owned() } else { due };
            let due = if place.responsibility.is_some() { String::new() } else { due };
            let from = actions.len();
            for text in texts {
                let ordinal = actions.iter().filter(|action| same_words(&action.row.text, text)).count();
                let action = self.action(segment, text, &due, ordinal, place);
                actions.push(action);
            }
            if place.responsibility.is_none() && actions.len() - from > 1 && dues.len() > 1 && !all_same(&dues) {
                let subject = self.served(segment).first().copied();
                let text = format!("{}\n{}", dues.join("\n"), segment.action);
                self.ask(segment.line, ChoiceKind::Pairing, subject, "due_words", &text, Vec::new());
            }
            self.note_rest(segment, actions.len() - from, &dues, place);
        }
        actions
    }

    /// Each paragraph and bullet of an actions cell, but for an answer that there are none.
    fn action_texts<'s>(&mut self, segment: &'s Segment) -> Vec<&'s str> {
        let mut texts = Vec::new();
        for block in blocks(&segment.action) {
            if matches!(
                fold(block.text.trim_end_matches('.')).as_str(),
                "none" | "nil" | "n/a" | "na" | "-" | "–" | "no action" | "not applicable"
            ) {
                let text = format!("Under actions stands \"{}\": no action is made of it", block.text);
                self.note(segment.line, text, Level::Unread);
            } else {
                texts.push(block.text);
            }
        }
        texts
    }

    /// What stands beside actions and has no place with them.
    fn note_rest(&mut self, segment: &Segment, count: usize, dues: &[&str], place: &Place<'_>) {
        let mut rest: Vec<(&str, &str)> = Vec::new();
        if count == 0 {
            rest.extend([("owner", segment.owner.as_str()), ("partners", segment.partners.as_str())]);
            if place.responsibility.is_none() {
                rest.push(("due words", if dues.is_empty() { "" } else { segment.due.as_str() }));
            }
        }
        if !segment.state.is_empty() && (state_of(&segment.state).is_none() || count == 0) {
            rest.push(("state", &segment.state));
        }
        if count != 1 {
            rest.push(("progress", &segment.progress));
        }
        for (name, words) in rest.into_iter().filter(|(_, words)| !words.is_empty()) {
            let text = format!("Not taken, the {name} beside the actions: {}", words.replace('\n', " / "));
            self.note(segment.line, text, Level::Unread);
        }
    }

    fn action(
        &mut self,
        segment: &Segment,
        text: &str,
        due: &str,
        ordinal: usize,
        place: &Place<'_>,
    ) -> ProposedAction {
        let derived = place.id.derive(&["action", &words_key(text), &ordinal.to_string()]);
        let by_words = place.existing.iter().filter(|row| same_words(&row.text, text)).nth(ordinal).copied();
        let existing = by_words.or_else(|| self.plan.actions.get(&derived));
        let mut fields: Vec<ProposedField> = Vec::new();
        let row = match existing {
            Some(mine) => {
                let due = if same_words(due, &mine.original_due_words) { "" } else { due };
                for (field, mine_text, theirs) in [
                    ("text", &mine.text, text),
                    ("owner", &mine.owner, &segment.owner),
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
                owner: segment.owner.clone(),
                partners: segment.partners.clone(),
                tentative: text.starts_with('?'),
                due_words: due.to_owned(),
                state: state_of(&segment.state).unwrap_or_default(),
                ..Action::default()
            },
        };
        self.note_repeated(segment, text);
        self.ask_interval(segment.line, row.id, "due_reading", &row.due_words, &row.due_reading);
        let differs = fields.iter().map(|field| field.status).max();
        let status = if existing.is_some() { differs.unwrap_or(Status::Same) } else { Status::Added };
        let progress = self.progress(segment, row.id);
        let serves = self.served(segment);
        ProposedAction { line: segment.line, status, take: true, row, fields, serves, progress }
    }

    fn progress(&self, segment: &Segment, action: Id) -> Option<Update> {
        let alone = blocks(&segment.action).count() == 1;
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
        let place = Place { id, responsibility: Some(id), existing: under };
        let actions = self.actions(&row.segments, &place);
        let timescales = self.timescales(row, id, &actions);
        let paired = timescales.iter().all(|timescale| timescale.row.action.is_some());
        if timescales.len() > 1 && !actions.is_empty() && !paired {
            let words: Vec<&str> = timescales.iter().map(|timescale| timescale.row.words.as_str()).collect();
            self.ask(row.line, ChoiceKind::Pairing, Some(id), "action", &words.join("\n"), Vec::new());
        }
        let parts = fields.iter().map(|field| field.status).chain(actions.iter().map(|action| action.status));
        let part = parts.chain(timescales.iter().map(|timescale| timescale.status)).max().unwrap_or_default();
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
        let due = due::read(words);
        let Due::Recurring { every: None, start } = due else { return };
        if !reading.is_empty() {
            return;
        }
        let weekly = fold(words).contains("week");
        let readings = if weekly {
            [("every two weeks", Every::TwoWeeks), ("twice a week", Every::HalfWeek)]
        } else {
            [("every two months", Every::TwoMonths), ("twice a month", Every::HalfMonth)]
        };
        let options = readings
            .map(|(name, every)| (name.to_owned(), Answer::Reading(Due::Recurring { every: Some(every), start })));
        self.ask(line, ChoiceKind::Interval, Some(subject), field, words, options.to_vec());
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
    let one = |text: &str| blocks(text).count() == 1;
    segments.len() > 1 && segments.iter().all(|segment| one(&segment.action) && one(&segment.due))
}

fn all_same(dues: &[&str]) -> bool {
    dues.windows(2).all(|pair| same_words(pair[0], pair[1]))
}

/// The state that a word or a colour of a plan stands for; a colour alone is none.
fn state_of(text: &str) -> Option<ActionState> {
    let text = text.trim().trim_end_matches('.');
    ActionState::from_word(text).or_else(|| match fold(text).as_str() {
        "completed" | "done" | "delivered" | "closed" | "achieved" => Some(ActionState::Complete),
        "started" | "under way" | "underway" | "on track" | "in hand" | "on-going" | "ongoing" => {
            Some(ActionState::InProgress)
        }
        "not yet started" | "to start" | "planned" => Some(ActionState::NotStarted),
        "paused" | "deferred" | "suspended" => Some(ActionState::OnHold),
        _ => None,
    })
}
