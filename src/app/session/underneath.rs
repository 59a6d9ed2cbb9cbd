//! What others do to the open plan and its file: taken in, told, and decided by the person.

use super::Session;
use super::documents::Task;
use crate::app::draft::DraftKey;
use crate::app::open_plan::{OpenPlan, Pending, Step};
use crate::app::others::{person, things, who};
use crate::app::worker::{Opened, Refusal, Request, Rescued, Worker};
use crate::app::{ConflictKey, Decision, Notice, Trouble, Way, away};
use crate::model::intent::{place_name, row_name, value_words};
use crate::model::text::{count, excerpt, sentence_case};
use crate::model::{Edit, EditError, Entity, Value};
use crate::store::{Away, Presence, Underneath};
use chrono::Local;
use std::path::Path;
use std::sync::Arc;

/// An answer that takes longer than this, in seconds, is not on its way any more.
const SILENCE_SECONDS: i64 = 10;

impl Session {
    /// Looks at once whether others changed the plan: when the window gets the focus again.
    pub fn look(&self) {
        if self.open.is_some() {
            self.worker.look();
        }
    }

    /// Tries again to save what could not be saved.
    pub fn retry(&mut self) {
        match &self.open {
            Some(open) if self.without_file => self.worker.send(Request::GoOnIn(open.path.clone())),
            _ => self.worker.send(Request::LookAgain),
        }
        if let Some(open) = &mut self.open {
            open.retry();
        }
        self.flush(true);
    }

    /// Writes the plan as one sound file elsewhere. Where its own file is not to be had, work goes on in the
    /// copy, which then holds all that was typed.
    pub fn copy_to(&mut self, to: &Path) {
        if self.silent_for().is_some() {
            self.leave_alone();
        }
        if let Some(open) = self.open.as_ref().filter(|open| open.away.is_some()) {
            let plan = Arc::clone(&open.plan);
            self.worker.send(Request::Rescue { to: to.to_path_buf(), plan });
            return;
        }
        self.when_saved(Task::CopyTo(to.to_path_buf()));
    }

    /// Others changed the plan: what they did is told, and what was typed and done here is held against it.
    pub(super) fn came_underneath(&mut self, underneath: Underneath) {
        let me = self.settings.who();
        let Some(open) = &mut self.open else { return };
        let Underneath { plan, entries, extended, reversible } = underneath;
        open.reversible = reversible;
        let changed = !entries.is_empty() || *open.plan != plan;
        let before = Arc::clone(&open.plan);
        open.others.came(entries, extended, &before);
        let held = open.replace(plan);
        if changed {
            self.notices.retain(|notice| notice.way != Some(Way::Changes));
            self.notices.extend(self.open.as_ref().map(|open| changes_notice(open, &me)));
        }
        if !held.beside.is_empty() {
            let open = self.open.as_ref();
            let told = held.beside.iter().filter_map(|(key, _)| open.map(|open| beside_notice(open, *key)));
            let told: Vec<Notice> = told.collect();
            self.notices.extend(told);
        }
        self.tell_undecided();
        self.send_next();
    }

    /// Says that something waits for a person's decision; once, however much it is.
    fn tell_undecided(&mut self) {
        self.notices.retain(|notice| notice.way != Some(Way::Decide));
        let undecided = self.open.as_ref().map(OpenPlan::conflicts).unwrap_or_default();
        let Some(first) = undecided.first() else { return };
        let text = match (undecided.len(), &first.theirs) {
            (1, theirs) => {
                let who = person(&first.who, &self.settings.who());
                let they = match theirs {
                    Some(theirs) => format!("{who} wrote “{}”", excerpt(theirs, &first.base, 60)),
                    None => format!("{who} deleted it"),
                };
                format!(
                    "Which shall stand? {}: {they}, you wrote “{}”",
                    sentence_case(&first.name),
                    excerpt(&first.mine, &first.base, 60)
                )
            }
            (several, _) => format!("{several} things were changed here and elsewhere: which shall stand?"),
        };
        let hint = "Nothing was overwritten. What you did is kept, not saved, until you decide.";
        self.notices.push(Notice::problem(text, hint).leading(Way::Decide));
    }

    /// A person looked at what others changed.
    pub fn looked_at_changes(&mut self) {
        if let Some(open) = &mut self.open {
            open.others.looked();
        }
        self.notices.retain(|notice| notice.way != Some(Way::Changes));
    }

    /// Forgets what was typed into a field: Esc takes it back, whatever others made of it.
    pub fn forget(&mut self, key: DraftKey) {
        if let Some(open) = &mut self.open {
            open.drafts.drop(key);
            self.tell_undecided();
        }
    }

    /// Does as a person decided about something that both sides changed.
    pub fn decide(&mut self, key: ConflictKey, decision: &Decision) {
        let Some(open) = &mut self.open else { return };
        if let Err(why) = open.decide(key, decision) {
            self.notices.push(Notice::problem("That could not be done", why));
        }
        self.tell_undecided();
        self.flush(true);
    }

    /// Nothing was written yet: what was sent is held against the plan as it is now and goes first.
    pub(super) fn not_yet(&mut self) {
        if let Some(open) = &mut self.open
            && let Some(step) = open.sent.take()
        {
            open.put_back(step);
        }
        self.tell_undecided();
        self.send_next();
    }

    /// An edit is not in the file: it goes again if it only started from something older, it is kept if the
    /// same may yet succeed, and what was typed stays on screen in any case.
    pub(super) fn refused(&mut self, edit: &Edit, trouble: Trouble, why: Refusal) {
        let Some(open) = &mut self.open else { return };
        if why == Refusal::Stale
            && let Some(step) = open.sent.take()
        {
            if open.put_back(step) {
                self.tell_undecided();
                self.send_next();
                return;
            }
            // memory is not what the file is: the file counts, and then it is held against that
            self.worker.send(Request::Reload);
            if let Some(Step::Edit(pending)) = open.take_first() {
                self.keep(pending, &trouble);
            }
        } else if let Some(Step::Edit(pending)) = open.sent.take()
            && (pending.draft.is_some() || why == Refusal::Later)
        {
            self.keep(pending, &trouble);
        }
        log::warn!("an edit of {} rows was refused", edit.rows().len());
        let what = format!("Not saved: {}. {}", edit.label, trouble.what);
        let notice = Notice::from(Trouble { what, ..trouble });
        if !self.notices.iter().any(|one| one.text == notice.text) {
            self.notices.push(notice);
        }
        self.worker.look();
        self.send_next();
    }

    fn keep(&mut self, pending: Pending, trouble: &Trouble) {
        let Some(open) = &mut self.open else { return };
        open.problem = Some(trouble.what.clone());
        match pending.draft {
            Some((key, _)) => open.drafts.failed(key, trouble.what.clone()),
            None => open.kept.push(pending),
        }
    }

    /// Undo or redo would write over what was changed since: it is refused, with both texts.
    pub(super) fn not_reversed(&mut self, trouble: Trouble, differs: Option<&EditError>) {
        let notice = match (differs, &self.open) {
            (Some(EditError::Stale { entity, row, field, before, found, after }), Some(open)) => {
                let name = place_name(&open.plan, *entity, *row, field);
                let shown = |value: &Value| format!("“{}”", excerpt(&value_words(&open.plan, field, value), "", 160));
                let who = open.others.of(*row, field).map(|entry| person(&entry.who, &self.settings.who()));
                let text = match who {
                    Some(who) => format!("Not taken back: {who} changed the {name} since"),
                    None => format!("Not taken back: the {name} was changed since"),
                };
                let hint = if *field == crate::model::EXISTS {
                    "Nothing was changed.".to_owned()
                } else {
                    format!(
                        "It says now: {}. When you changed it, it said {}, and you would have had back {}. Nothing was \
                         changed.",
                        shown(found),
                        shown(before),
                        shown(after)
                    )
                };
                Notice::problem(text, hint).leading(Way::HistoryOf(*row))
            }
            _ => trouble.into(),
        };
        self.notices.push(notice);
        self.arrived();
    }

    /// The file is not to be had: said once, and nothing is sent to it until it is back.
    pub(super) fn went_away(&mut self, away: Away) {
        let Some(open) = &mut self.open else { return };
        let notice = Notice::problem(away::what(&away), away::to_do(&away)).about(&open.path).leading(Way::Away);
        open.away = Some(away);
        self.notices.retain(|notice| notice.way != Some(Way::Away));
        self.notices.push(notice);
    }

    /// The file is there again: what waited is saved.
    pub(super) fn came_back(&mut self) {
        let Some(open) = &mut self.open else { return };
        if open.away.take().is_none() {
            return;
        }
        open.retry();
        let unsaved = open.unsaved();
        let path = open.path.clone();
        self.notices.retain(|notice| notice.way != Some(Way::Away));
        let text = if unsaved == 0 {
            "The plan's file is there again"
        } else {
            "The plan's file is there again: saving goes on"
        };
        self.notices.push(Notice::done(text).about(&path));
        self.flush(true);
    }

    /// For how many seconds the file has not answered what was sent to it, once that is longer than it
    /// should take: a share that is gone keeps the system waiting without a word.
    #[must_use]
    pub fn silent_for(&self) -> Option<i64> {
        let waits = self.open.as_ref().and_then(|open| open.sent.as_ref()).is_some_and(|step| !step.is_long());
        let seconds = (self.now() - self.sent_at).num_seconds();
        (waits && seconds >= SILENCE_SECONDS).then_some(seconds)
    }

    /// Gives up on a file that does not answer: another thread goes on without it.
    pub(super) fn leave_alone(&mut self) {
        let Some(open) = &mut self.open else { return };
        log::warn!("the plan's file does not answer, its thread is left alone");
        let fresh = Worker::start(self.folders.clone(), self.settings.who(), Arc::clone(&self.wake));
        std::mem::replace(&mut self.worker, fresh).abandon();
        open.away = Some(Away::Unreachable("it does not answer".to_owned()));
        if let Some(step) = open.sent.take() {
            open.put_back(step);
        }
        self.without_file = true;
    }

    pub(super) fn also_open(&mut self, who: &Presence) {
        let hint =
            "What one of you changes, the other sees within seconds. Where you both change one text, you are asked.";
        self.notices.push(Notice::note(format!("Somebody else opened this plan for editing, too: {who}"), hint));
    }

    /// Goes on in the file that is in the plan's place now. What is not saved is held against it. Another
    /// plan is opened in this one's place instead.
    pub fn open_what_is_there(&mut self) {
        let Some(open) = &self.open else { return };
        let path = open.path.clone();
        match &open.away {
            Some(away) if away::is_this_plan(away) => self.worker.send(Request::GoOnIn(path)),
            _ => self.open_plan(&path, crate::app::worker::OpenFor::Editing),
        }
    }

    /// Work goes on in another file: what is not saved goes there, too.
    pub(super) fn went_on(&mut self, opened: Opened, how: Option<&Rescued>) {
        self.without_file = false;
        let me = self.settings.who();
        let today = self.today();
        let Some(old) = self.open.take() else { return };
        let theirs = opened.theirs;
        let mut open = OpenPlan::new(opened.path, opened.plan, opened.access, opened.reversible, today);
        let plan = open.plan.as_ref().clone();
        let changed = *old.plan != plan;
        open.go_on_from(old);
        let before = Arc::clone(&open.plan);
        open.others.came(theirs, false, &before);
        open.replace(plan);
        let info = open.plan.info();
        self.settings.remember(&open.path, &info.organisation, info.as_at);
        self.notices.retain(|notice| notice.way != Some(Way::Away));
        let told = match how {
            None => Notice::done("You now work in the file that is there").about(&open.path),
            Some(how) => rescued_notice(how).about(&open.path),
        };
        self.notices.push(told);
        if changed && how.is_none() {
            self.notices.push(changes_notice(&open, &me));
        }
        self.open = Some(open);
        self.save_settings();
        self.tell_undecided();
        self.flush(true);
    }
}

fn changes_notice(open: &OpenPlan, me: &str) -> Notice {
    let new = open.others.unseen();
    let hint = "What you see is what the file holds now. What you are typing is kept.";
    let text = if new.is_empty() {
        "This plan was changed by another program".to_owned()
    } else {
        format!("{} changed {}", who(new, me), count(things(new), "thing"))
    };
    let notice = Notice::note(text, hint);
    if new.is_empty() { notice } else { notice.leading(Way::Changes) }
}

fn beside_notice(open: &OpenPlan, key: DraftKey) -> Notice {
    let DraftKey::Position(id, as_at) = key else { return Notice::note("Both texts are kept", "") };
    let name = row_name(&open.plan, Entity::Recommendation, id);
    let text = format!("There is another new position on {name} as at {}: both are kept", as_at.format("%-d %B %Y"));
    Notice::note(
        text,
        "They stand one below the other in the editor. Put them together, or delete one, when it suits you.",
    )
}

fn rescued_notice(how: &Rescued) -> Notice {
    let text = "Saved as a copy, which you now work in";
    let hint = match how {
        Rescued::File => "It holds the whole plan with its history, and what you typed since.".to_owned(),
        Rescued::Backup(made, lost) => {
            let when = made.with_timezone(&Local).format("%-d %B %Y at %H:%M");
            let lost = match lost {
                0 => String::new(),
                lost => format!(" {} came in later and have to be imported again.", count(*lost, "import of signals")),
            };
            format!(
                "The file could not be read any more. The copy holds the whole plan as it stood here, with the \
                 history and the signals up to the backup of {when}; what came after that is one entry of its \
                 history.{lost}"
            )
        }
        Rescued::Memory => {
            "The file could not be read any more, and there is no backup. The copy holds the whole plan \
                            as it stood here, without its history and without signals."
                .to_owned()
        }
    };
    Notice::note(text, hint)
}
