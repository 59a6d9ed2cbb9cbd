//! All-day events as an iCalendar file (RFC 5545), for Outlook and whatever else keeps a calendar.
//!
//! A file that is imported again should change the events that are there, not double them. Calendars know
//! an event by its `UID` and take the one with the higher `SEQUENCE` (RFC 5546, 2.1.4 and 2.1.5), so an
//! event keeps the one and counts up the other. Microsoft documents that Outlook 2007 to 2019 goes by
//! both for meetings it is sent; of a file of plain events people report that some versions add them
//! again. What helps there is a calendar of its own, which the name in `X-WR-CALNAME` offers: the old
//! one is removed before the new file is opened.
//!
//! Nothing here asks the clock: the same events and the same stamp give the same bytes.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// One all-day event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What the event is known by, for ever; see [`uid`].
    pub uid: String,
    /// Its day.
    pub date: NaiveDate,
    /// One line.
    pub summary: String,
    /// Lines of text; blank for none.
    pub description: String,
    /// Words a calendar can colour by.
    pub categories: Vec<String>,
    /// A reminder so many days before its day begins; `None` for none, so that no one's calendar rings
    /// unasked.
    pub alarm_days: Option<u32>,
    /// How many times the event has changed; the higher replaces the lower.
    pub sequence: u32,
    /// When it was changed last.
    pub last_modified: DateTime<Utc>,
    /// It no longer takes place: a calendar that has it crosses it out.
    pub cancelled: bool,
}

/// What an event of a row is known by: the row's id, and what of the row it shows where there is more
/// than one event (a recurring due has one a month: "2013-09").
#[must_use]
pub fn uid(row: &str, what: &str) -> String {
    if what.is_empty() { format!("{row}@recap.invalid") } else { format!("{row}-{what}@recap.invalid") }
}

/// The bytes a content line holds at most, without its line end (RFC 5545, 3.1).
const LINE: usize = 75;

/// The calendar of events under a name. `stamp` is when it is made.
#[must_use]
pub fn calendar(name: &str, events: &[Event], stamp: DateTime<Utc>) -> String {
    let mut out = Lines::default();
    out.raw("BEGIN", "VCALENDAR");
    out.raw("VERSION", "2.0");
    out.raw("PRODID", "-//Recap//Action plan//EN");
    out.raw("CALSCALE", "GREGORIAN");
    // events to take over, not invitations to answer
    out.raw("METHOD", "PUBLISH");
    out.text("NAME", name);
    out.text("X-WR-CALNAME", name);
    for event in events {
        write(&mut out, event, stamp);
    }
    out.raw("END", "VCALENDAR");
    out.0
}

fn write(out: &mut Lines, event: &Event, stamp: DateTime<Utc>) {
    out.raw("BEGIN", "VEVENT");
    out.text("UID", &event.uid);
    out.raw("DTSTAMP", &moment(stamp));
    out.raw("LAST-MODIFIED", &moment(event.last_modified));
    out.raw("SEQUENCE", &event.sequence.to_string());
    out.raw("DTSTART;VALUE=DATE", &day(event.date));
    // the end is the first day after it
    let after = event.date.checked_add_days(Days::new(1)).unwrap_or(event.date);
    out.raw("DTEND;VALUE=DATE", &day(after));
    out.text("SUMMARY", &one_line(&event.summary));
    if !event.description.is_empty() {
        out.text("DESCRIPTION", &event.description);
    }
    if !event.categories.is_empty() {
        let categories: Vec<String> = event.categories.iter().map(|word| escape(&one_line(word))).collect();
        out.raw("CATEGORIES", &categories.join(","));
    }
    out.raw("STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    // a due takes nobody's time; Outlook goes by its own property and would show an all-day event as busy
    out.raw("TRANSP", "TRANSPARENT");
    out.raw("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
    out.raw("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE");
    if let Some(days) = event.alarm_days.filter(|_| !event.cancelled) {
        out.raw("BEGIN", "VALARM");
        out.raw("ACTION", "DISPLAY");
        out.text("DESCRIPTION", &one_line(&event.summary));
        out.raw("TRIGGER", &if days == 0 { "PT0S".to_owned() } else { format!("-P{days}D") });
        out.raw("END", "VALARM");
    }
    out.raw("END", "VEVENT");
}

/// Content lines, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is written as it is.
    fn raw(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut rest = line.as_str();
        let mut room = LINE;
        while rest.len() > room {
            let cut = rest.floor_char_boundary(room);
            self.0.push_str(&rest[..cut]);
            self.0.push_str("\r\n ");
            rest = &rest[cut..];
            // the space that marks a continued line counts
            room = LINE - 1;
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }

    /// A property whose value is text.
    fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &escape(value));
    }
}

fn day(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as RFC 5545, 3.3.11 has it. Line ends of any kind are one; other controls go.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for character in text.chars() {
        let ends_return = std::mem::replace(&mut after_return, character == '\r');
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' if ends_return => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            '\t' => out.push(' '),
            '\u{feff}' => {}
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn event(summary: &str, description: &str) -> Event {
        Event {
            uid: uid("0190aa00-0000-7000-8000-000000000001", ""),
            date: NaiveDate::from_ymd_opt(2013, 7, 31).expect("a date"),
            summary: summary.into(),
            description: description.into(),
            categories: Vec::new(),
            alarm_days: None,
            sequence: 3,
            last_modified: at("2013-05-28T09:30:00Z"),
            cancelled: false,
        }
    }

    fn one(event: &Event) -> String {
        calendar("Action plan", std::slice::from_ref(event), at("2013-06-01T08:00:00Z"))
    }

    /// The content lines as a reader has them: unfolded, name and value apart, text read back.
    fn read(file: &str) -> Vec<(String, String)> {
        let unfolded = file.replace("\r\n ", "");
        let lines = unfolded.split("\r\n").filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let (name, value) = line.split_once(':').expect("a property");
                let mut text = String::new();
                let mut characters = value.chars();
                while let Some(character) = characters.next() {
                    text.push(match character {
                        '\\' => match characters.next().expect("an escaped character") {
                            'n' | 'N' => '\n',
                            other => other,
                        },
                        other => other,
                    });
                }
                (name.to_owned(), text)
            })
            .collect()
    }

    fn value(file: &str, name: &str) -> Option<String> {
        read(file).into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
    }

    #[test]
    fn an_event_is_all_day_free_and_known_by_its_row() {
        let file = one(&event("Share the report", ""));
        let expected = [
            ("METHOD", "PUBLISH"),
            ("X-WR-CALNAME", "Action plan"),
            ("UID", "0190aa00-0000-7000-8000-000000000001@recap.invalid"),
            ("DTSTAMP", "20130601T080000Z"),
            ("LAST-MODIFIED", "20130528T093000Z"),
            ("SEQUENCE", "3"),
            ("DTSTART;VALUE=DATE", "20130731"),
            ("DTEND;VALUE=DATE", "20130801"),
            ("SUMMARY", "Share the report"),
            ("STATUS", "CONFIRMED"),
            ("TRANSP", "TRANSPARENT"),
            ("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
        ];
        for (name, expected) in expected {
            assert_eq!(value(&file, name).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(value(&file, "DESCRIPTION"), None, "what is blank is left out");
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "as readers expect it");
        assert!(file.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"), "and it is closed");
    }

    #[test]
    fn text_survives_whatever_is_in_it() {
        let nasty = "a, b; c\\d\\n \"e\": f\r\nnext\nBEGIN:VEVENT\tx";
        let file = one(&event("s", nasty));
        let expected = "a, b; c\\d\\n \"e\": f\nnext\nBEGIN:VEVENT x";
        assert_eq!(value(&file, "DESCRIPTION").as_deref(), Some(expected), "escaped and read back");
        assert_eq!(read(&file).iter().filter(|(name, _)| name == "BEGIN").count(), 2, "text opens no component");
        let file = one(&event("two\nlines\u{7}\u{0}", ""));
        assert_eq!(value(&file, "SUMMARY").as_deref(), Some("two lines"), "a summary is one line without controls");
        let mut grouped = event("s", "");
        grouped.categories = vec!["Quality, safety".into(), "Overdue".into()];
        let file = one(&grouped);
        assert!(file.contains("CATEGORIES:Quality\\, safety,Overdue\r\n"), "a comma inside, a comma between: {file}");
    }

    #[test]
    fn an_alarm_rings_days_before_and_never_for_what_is_cancelled() {
        let mut event = event("s", "");
        assert!(!one(&event).contains("VALARM"), "unasked");
        event.alarm_days = Some(7);
        assert_eq!(value(&one(&event), "TRIGGER").as_deref(), Some("-P7D"), "a week before");
        event.alarm_days = Some(0);
        assert_eq!(value(&one(&event), "TRIGGER").as_deref(), Some("PT0S"), "on the day");
        event.cancelled = true;
        assert!(!one(&event).contains("VALARM"), "cancelled");
        assert_eq!(value(&one(&event), "STATUS").as_deref(), Some("CANCELLED"), "it says so");
    }

    #[test]
    fn the_same_row_has_the_same_uid_however_it_changed() {
        let first = one(&event("Share the report", ""));
        assert_eq!(first, one(&event("Share the report", "")), "the same twice");
        let mut moved = event("Share the final report", "Moved");
        moved.date = moved.date + Days::new(30);
        moved.sequence += 1;
        assert_eq!(value(&first, "UID"), value(&one(&moved), "UID"), "it is the same event");
        assert_ne!(value(&first, "SEQUENCE"), value(&one(&moved), "SEQUENCE"), "in a later form");
        assert_ne!(uid("a", "2013-09"), uid("a", "2013-12"), "each occurrence has its own");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_folds_to_short_lines_and_reads_back(text in any::<String>(), long in "[a-z é€🎉,;\\\\\n]{0,400}") {
            let words: String = format!("{text}{long}")
                .chars()
                .filter(|c| *c == '\n' || !(c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')))
                .collect();
            let file = one(&event("s", &words));
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= LINE, "{} bytes: {line}", line.len());
                prop_assert!(!line.contains(['\n', '\r']), "a bare line end in {line:?}");
            }
            let expected = (!words.is_empty()).then_some(words);
            prop_assert_eq!(value(&file, "DESCRIPTION"), expected);
        }
    }
}
