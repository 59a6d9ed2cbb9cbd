//! The system's clipboard, on a thread of its own: another program can hold it, and keep whoever asks waiting.

use crate::app::{Clip, Trouble};
use crate::report::clipboard::Copied;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What makes the text and the page that are copied.
pub type Make = Box<dyn FnOnce() -> Copied + Send>;

/// What the clipboard has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Something is on it; what, in words.
    Copied(String),
    /// What is on it.
    Pasted(Clip),
    /// It could not be had.
    Trouble(Trouble),
}

/// Takes and gives what people copy and paste.
pub trait Clipboard {
    /// Puts something on the clipboard: `what` says it in words, `make` makes it, perhaps on another thread.
    fn copy(&mut self, what: String, make: Make);
    /// Asks what is on it; the answer comes from [`Clipboard::told`]. `text` is what is known of it already.
    fn ask(&mut self, text: String);
    /// The next answer.
    fn told(&mut self) -> Option<Told>;
}

/// A clipboard that is not there: copying and pasting say so.
#[derive(Debug, Default)]
pub struct NoClipboard(Vec<Told>);

impl Clipboard for NoClipboard {
    fn copy(&mut self, _what: String, _make: Make) {
        self.0.push(Told::Trouble(trouble("there is none")));
    }

    fn ask(&mut self, text: String) {
        self.0.push(Told::Pasted(Clip { html: None, text }));
    }

    fn told(&mut self) -> Option<Told> {
        self.0.pop()
    }
}

fn trouble(why: &str) -> Trouble {
    let what = format!("The clipboard could not be used: {why}");
    Trouble::new(what, "Try again; if another program holds it, close that program first.")
}

enum Wanted {
    Copy(String, Make),
    Ask(String),
}

/// The system's own.
pub struct SystemClipboard {
    wanted: Option<Sender<Wanted>>,
    told: Receiver<Told>,
}

impl SystemClipboard {
    /// Starts the thread; `ctx` is woken when there is an answer.
    #[must_use]
    pub fn new(ctx: egui::Context) -> Self {
        let (wanted, inbox) = channel();
        let (outbox, told) = channel();
        let thread = std::thread::Builder::new().name("clipboard".into()).spawn(move || serve(&inbox, &outbox, &ctx));
        Self { wanted: thread.is_ok().then_some(wanted), told }
    }

    fn send(&self, wanted: Wanted) {
        if self.wanted.as_ref().is_none_or(|thread| thread.send(wanted).is_err()) {
            log::error!("the clipboard's thread has ended");
        }
    }
}

impl Clipboard for SystemClipboard {
    fn copy(&mut self, what: String, make: Make) {
        self.send(Wanted::Copy(what, make));
    }

    fn ask(&mut self, text: String) {
        self.send(Wanted::Ask(text));
    }

    fn told(&mut self) -> Option<Told> {
        self.told.try_recv().ok()
    }
}

/// What is copied is ours to give until somebody else copies: the handle is kept.
fn serve(inbox: &Receiver<Wanted>, outbox: &Sender<Told>, ctx: &egui::Context) {
    let mut held: Option<arboard::Clipboard> = None;
    while let Ok(wanted) = inbox.recv() {
        if held.is_none() {
            held = arboard::Clipboard::new().map_err(|error| log::warn!("no clipboard: {error}")).ok();
        }
        let told = match wanted {
            Wanted::Copy(what, make) => {
                let Copied { text, html } = make();
                let done = held.as_mut().map(|clipboard| clipboard.set().html(html, Some(text.clone())));
                match done {
                    Some(Ok(())) => Told::Copied(what),
                    failed => {
                        log::warn!("only text could be copied: {failed:?}");
                        ctx.copy_text(text);
                        Told::Copied(format!("{what}, as text only"))
                    }
                }
            }
            Wanted::Ask(known) => {
                let html = held.as_mut().and_then(|clipboard| clipboard.get().html().ok());
                let text = held.as_mut().and_then(|clipboard| clipboard.get().text().ok()).unwrap_or(known);
                if html.is_none() && text.trim().is_empty() {
                    let what = "There is no table and no text on the clipboard";
                    Told::Trouble(Trouble::new(what, "Copy a table in Word, Excel or a web page first."))
                } else {
                    Told::Pasted(Clip { html, text })
                }
            }
        };
        if outbox.send(told).is_err() {
            break;
        }
        ctx.request_repaint();
    }
}
