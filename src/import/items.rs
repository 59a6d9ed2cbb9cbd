//! Several things in one cell: actions by letters, numbers or semicolons; and answers that are no text.

use crate::model::text::{Block, blocks, fold};

/// Whether a cell says that there is nothing, in one of the ways people say it. Each is kept as it is
/// written: "None" was looked for and not found, "N/A" does not apply, "-" says neither.
pub(super) fn is_answer(text: &str) -> bool {
    matches!(
        fold(text.trim().trim_end_matches('.')).as_str(),
        "none"
            | "nil"
            | "n/a"
            | "na"
            | "n.a"
            | "-"
            | "--"
            | "no action"
            | "no actions"
            | "not applicable"
            | "none identified"
            | "no action required"
            | "none required"
    )
}

/// The actions of a cell: each paragraph and bullet, and the parts of one that holds several. What
/// stands in a list under one of them is its own: deeper bullets, and the items after a colon.
pub(super) fn actions(cell: &str) -> Vec<String> {
    let cell: Vec<Block<'_>> = blocks(cell).collect();
    let lines: Vec<&str> = cell.iter().map(|block| block.text).collect();
    if let Some(items) = numbered_lines(&lines) {
        return items.into_iter().map(str::to_owned).collect();
    }
    let mut found = Vec::new();
    let mut rest = &cell[..];
    while let Some((head, after)) = rest.split_first() {
        let under = under(head, after);
        if under == 0 {
            let parts = enumerated(head.text, 2).or_else(|| clauses(head.text)).unwrap_or_else(|| vec![head.text]);
            found.extend(parts.into_iter().map(str::to_owned));
        } else {
            found.push(with_list(head, &after[..under]));
        }
        rest = &after[under..];
    }
    found
}

/// How many of the next blocks are a list that belongs to this one.
fn under(head: &Block<'_>, after: &[Block<'_>]) -> usize {
    let opens = head.text.ends_with(':');
    let counted = opens && after.first().is_some_and(|next| first_mark(next.text).is_some());
    let belongs = |(nth, next): (usize, &Block<'_>)| match (head.bullet, next.bullet) {
        (Some(own), Some(level)) => level > own,
        (None, Some(_)) => opens,
        (_, None) => counted && first_mark(after[0].text).is_some_and(|count| count.is_nth(next.text, nth)),
    };
    after.iter().enumerate().take_while(|next| belongs(*next)).count()
}

/// A line and the list under it, its bullets no deeper than they have to be.
fn with_list(head: &Block<'_>, list: &[Block<'_>]) -> String {
    let least = list.iter().filter_map(|block| block.bullet).min().unwrap_or(0);
    let line = |block: &Block<'_>| match block.bullet {
        Some(level) => format!("\n{}• {}", "  ".repeat(usize::from(level - least)), block.text),
        None => format!("\n{}", block.text),
    };
    std::iter::once(head.text.to_owned()).chain(list.iter().map(line)).collect()
}

/// The parts of a cell beside actions, where both are marked `(a) … (b) …` and there are as many: the
/// document itself says which belongs to which.
pub(super) fn paired<'t>(cell: &'t str, actions: &str, count: usize) -> Option<Vec<&'t str>> {
    marked(actions, 2)?;
    marked(cell, 1).filter(|parts| parts.len() == count)
}

/// The parts of a cell that are marked, in lines or in one, each of at least so many words.
fn marked(cell: &str, words: usize) -> Option<Vec<&str>> {
    let lines: Vec<&str> = blocks(cell).map(|block| block.text).collect();
    match &lines[..] {
        [line] => enumerated(line, words),
        _ => numbered_lines(&lines),
    }
}

/// How items are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Number,
    Letter,
    Roman,
}

const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

impl Count {
    /// The mark of the nth item, from 0.
    fn nth(self, nth: usize) -> Option<String> {
        match self {
            Self::Number => Some((nth + 1).to_string()),
            Self::Letter => u8::try_from(nth).ok().filter(|n| *n < 26).map(|n| char::from(b'a' + n).to_string()),
            Self::Roman => ROMAN.get(nth).map(|mark| (*mark).to_owned()),
        }
    }
}

impl Count {
    /// Whether a line begins with the mark of the nth item.
    fn is_nth(self, line: &str, nth: usize) -> bool {
        self.nth(nth).is_some_and(|mark| strip_mark(line, &mark).is_some_and(|rest| !rest.is_empty()))
    }
}

/// How a line counts that begins with the first mark of a list.
fn first_mark(line: &str) -> Option<Count> {
    [Count::Number, Count::Roman, Count::Letter].into_iter().find(|count| count.is_nth(line, 0))
}

/// A mark at the beginning of a text: `(a)`, `a)`, `1.`, and what stands after it.
fn strip_mark<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let (open, body) = text.strip_prefix('(').map_or((false, text), |body| (true, body));
    let head = body.get(..mark.len()).filter(|head| head.eq_ignore_ascii_case(mark))?;
    let rest = &body[head.len()..];
    let rest = match rest.strip_prefix(')') {
        Some(rest) => rest,
        // "a." ends a sentence more often than it begins an item
        None if !open && mark.starts_with(|c: char| c.is_ascii_digit()) => {
            rest.strip_prefix('.').filter(|rest| rest.starts_with(char::is_whitespace))?
        }
        None => return None,
    };
    Some(rest.trim_start())
}

/// Lines that count themselves from the first on: their words without the marks.
fn numbered_lines<'t>(lines: &[&'t str]) -> Option<Vec<&'t str>> {
    if lines.len() < 2 {
        return None;
    }
    [Count::Number, Count::Roman, Count::Letter].into_iter().find_map(|count| {
        let item = |(nth, line): (usize, &&'t str)| strip_mark(line, &count.nth(nth)?);
        lines
            .iter()
            .enumerate()
            .map(item)
            .collect::<Option<Vec<&str>>>()
            .filter(|all| all.iter().all(|i| !i.is_empty()))
    })
}

/// One line that counts its items from its first word on. Words before the first mark belong to all
/// items, so such a line stays whole.
fn enumerated(line: &str, words: usize) -> Option<Vec<&str>> {
    [Count::Number, Count::Roman, Count::Letter].into_iter().find_map(|count| {
        let mut rest = strip_mark(line, &count.nth(0)?)?;
        let mut items = Vec::new();
        while let Some(mark) = count.nth(items.len() + 1) {
            let mut starts = rest.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
            let next = starts.find_map(|at| Some((at, strip_mark(&rest[at..], &mark)?)));
            let Some((at, after)) = next else { break };
            items.push(without_joint(&rest[..at]));
            rest = after;
        }
        items.push(without_joint(rest));
        // "(a)" alone is a reference, and "1. 2." are figures
        let told = |item: &&str| item.split_whitespace().count() >= words;
        (items.len() > 1 && items.iter().all(told)).then_some(items)
    })
}

/// An item without what joined it to the next.
fn without_joint(item: &str) -> &str {
    let item = item.trim();
    let cut = ["; and", ", and", ";and", " and"].iter().find_map(|joint| item.strip_suffix(joint));
    cut.unwrap_or(item).trim_end_matches([';', ',', ' '])
}

/// Verbs that actions begin with. A part that does not begin so is no action of its own.
const VERBS: &[&str] = &[
    "add",
    "adopt",
    "agree",
    "appoint",
    "arrange",
    "ask",
    "assess",
    "attend",
    "audit",
    "brief",
    "build",
    "carry",
    "check",
    "circulate",
    "collect",
    "commission",
    "complete",
    "confirm",
    "consider",
    "consult",
    "continue",
    "contact",
    "create",
    "decide",
    "define",
    "deliver",
    "design",
    "develop",
    "discuss",
    "draft",
    "draw",
    "embed",
    "ensure",
    "establish",
    "evaluate",
    "explore",
    "feed",
    "finalise",
    "follow",
    "hold",
    "identify",
    "implement",
    "improve",
    "include",
    "incorporate",
    "inform",
    "introduce",
    "invite",
    "issue",
    "join",
    "keep",
    "launch",
    "lead",
    "link",
    "maintain",
    "make",
    "map",
    "meet",
    "monitor",
    "name",
    "negotiate",
    "nominate",
    "obtain",
    "offer",
    "organise",
    "plan",
    "prepare",
    "present",
    "produce",
    "propose",
    "provide",
    "publish",
    "put",
    "raise",
    "read",
    "receive",
    "recruit",
    "refresh",
    "report",
    "request",
    "require",
    "review",
    "revise",
    "roll",
    "run",
    "schedule",
    "secure",
    "seek",
    "send",
    "set",
    "share",
    "specify",
    "start",
    "strengthen",
    "submit",
    "support",
    "survey",
    "take",
    "test",
    "train",
    "update",
    "use",
    "verify",
    "visit",
    "work",
    "write",
];

/// Words that lean on what was said before them.
const LEANING: &[&str] = &["it", "its", "them", "this", "these", "those", "that", "they", "their", "same", "such"];

/// The parts of a line that semicolons part, where each is an action by itself.
fn clauses(line: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let (mut depth, mut from, mut quoted) = (0usize, 0usize, false);
    for (at, c) in line.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '“' => quoted = true,
            '”' => quoted = false,
            '"' => quoted = !quoted,
            // what a colon opens belongs together
            ':' if depth == 0 && !quoted => return None,
            ';' if depth == 0 && !quoted => {
                parts.push(&line[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&line[from..]);
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = parts.iter().map(|part| part.strip_prefix("and ").unwrap_or(part)).collect();
    (parts.len() > 1 && parts.iter().all(|part| stands_alone(part))).then_some(parts)
}

/// Whether a part is an action without the words around it: "agree …", "to agree …", "Quality lead to
/// agree …"; and leans on nothing before it.
fn stands_alone(part: &str) -> bool {
    let folded = fold(part);
    let words: Vec<&str> =
        folded.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty()).collect();
    let verb = |word: Option<&&str>| word.is_some_and(|word| VERBS.contains(word));
    // "themes are to follow" does nothing to anything
    let led = words.iter().take(6).position(|word| matches!(*word, "to" | "will"));
    let led = led.filter(|at| at + 2 < words.len()).map(|at| words.get(at + 1));
    let begins = verb(words.first()) || led.is_some_and(verb);
    words.len() >= 2 && begins && !words.iter().take(3).any(|word| LEANING.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_split_into_its_actions_and_a_sentence_is_not() {
        let cases: &[(&str, &[&str])] = &[
            // line breaks and bullets
            ("Agree the extract\nReview the contract", &["Agree the extract", "Review the contract"]),
            ("• Agree the extract\n• Review it", &["Agree the extract", "Review it"]),
            // letters, numbers, Roman numbers; in lines or in one
            ("(a) Agree the extract (b) Review the contract", &["Agree the extract", "Review the contract"]),
            ("a) Agree the extract; and b) review it.", &["Agree the extract", "review it."]),
            (
                "(i) Ask the trust; (ii) read its answer; (iii) report",
                &["(i) Ask the trust; (ii) read its answer; (iii) report"],
            ),
            (
                "(i) Ask the trust; (ii) read its answer; (iii) report it",
                &["Ask the trust", "read its answer", "report it"],
            ),
            ("1. Ask the trust 2. Read its answer", &["Ask the trust", "Read its answer"]),
            ("1) Ask the trust\n2) Read it", &["Ask the trust", "Read it"]),
            ("1. Ask\n2. Read", &["Ask", "Read"]),
            ("(A) Ask the trust (B) Read its answer", &["Ask the trust", "Read its answer"]),
            // what stands in a list under an action is its own
            ("Quality team to:\n1. build it\n2. test it", &["Quality team to:\n1. build it\n2. test it"]),
            ("Ask the trust:\n• when\n• how\nRead its answer", &["Ask the trust:\n• when\n• how", "Read its answer"]),
            ("• Ask the trust\n  • when\n    • in June\n• Read it", &["Ask the trust\n• when\n  • in June", "Read it"]),
            ("Actions\n• Ask the trust\n• Read it", &["Actions", "Ask the trust", "Read it"]),
            // what only looks like items
            ("See section 4(a) and (b) of the contract", &["See section 4(a) and (b) of the contract"]),
            ("We will: (a) ask the trust; (b) read it", &["We will: (a) ask the trust; (b) read it"]),
            ("1. April is the start", &["1. April is the start"]),
            ("Agree 1. the extract and 2. the contract", &["Agree 1. the extract and 2. the contract"]),
            ("(a) Agree the extract (c) review it", &["(a) Agree the extract (c) review it"]),
            ("Ask for a plan\n2. Read it", &["Ask for a plan", "2. Read it"]),
            // semicolons between actions
            ("Agree the extract; review the contract", &["Agree the extract", "review the contract"]),
            ("Agree the extract; Review the contract;", &["Agree the extract", "Review the contract"]),
            ("To agree the extract; to review the contract", &["To agree the extract", "to review the contract"]),
            (
                "Quality lead to agree the extract; head of contracting to review the contract",
                &["Quality lead to agree the extract", "head of contracting to review the contract"],
            ),
            ("Agree the extract; and review the contract", &["Agree the extract", "review the contract"]),
            // a sentence's own
            ("Agree the extract; it is late", &["Agree the extract; it is late"]),
            ("Agree the extract; review it monthly", &["Agree the extract; review it monthly"]),
            ("Review: staffing; training; complaints", &["Review: staffing; training; complaints"]),
            ("Review staffing; training; complaints", &["Review staffing; training; complaints"]),
            ("Agree the extract, review the contract, report", &["Agree the extract, review the contract, report"]),
            (
                "Agree the extract (numbers; themes) with the trust",
                &["Agree the extract (numbers; themes) with the trust"],
            ),
            ("Publish “Ask us; tell us” as a leaflet", &["Publish “Ask us; tell us” as a leaflet"]),
            ("Meet the trust; however, not before June", &["Meet the trust; however, not before June"]),
            ("Agree the extract; themes are to follow", &["Agree the extract; themes are to follow"]),
            ("?Need a talk; who leads", &["?Need a talk; who leads"]),
            ("", &[]),
        ];
        for (cell, expected) in cases {
            assert_eq!(actions(cell), *expected, "{cell:?}");
        }
    }

    #[test]
    fn no_word_of_a_split_cell_is_lost_but_its_marks() {
        for cell in ["(a) Agree the extract; and (b) review the contract", "1. Ask the trust 2. Read its answer"] {
            let all = actions(cell).join(" ");
            let marks = ["(a)", "(b)", "1.", "2.", "and"];
            for word in cell.split_whitespace().filter(|word| !marks.contains(word)) {
                assert!(all.contains(word.trim_end_matches(';')), "{word:?} of {cell:?} in {all:?}");
            }
        }
    }

    #[test]
    fn none_and_not_applicable_and_a_dash_are_answers_and_no_is_none_of_them() {
        for text in ["None", "none.", "N/A", "n/a", "-", "–", "Nil", "Not applicable"] {
            assert!(is_answer(text), "{text}");
        }
        for text in ["", "No", "0", "Nonesuch", "None of the wards report", "TBC"] {
            assert!(!is_answer(text), "{text}");
        }
    }
}
