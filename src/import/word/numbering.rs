//! The marks of lists: bullets, and the numbers that Word counts itself and writes nowhere.

use crate::import::xml::{Event, Reader, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// The levels of a list.
const LEVELS: usize = 9;
/// The longest mark.
const LONGEST: usize = 40;

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// "%1.%2": the counts of its own and outer levels.
    text: String,
    start: usize,
    style: String,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: BTreeMap<String, Vec<Level>>,
    /// The kind of each list, and where its levels begin anew.
    lists: BTreeMap<String, (String, BTreeMap<usize, usize>)>,
    counts: BTreeMap<String, [Option<usize>; LEVELS]>,
    begun: BTreeSet<String>,
}

/// What stands before a paragraph of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bullet, on this level from 0.
    Bullet(usize),
    /// A number or letter: "2.1", "(a)".
    Number(String),
    /// Nothing.
    None,
}

impl Numbering {
    pub(super) fn read(part: &str) -> Self {
        let mut numbering = Self::default();
        let (mut kind, mut list, mut level) = (None::<String>, None::<String>, 0usize);
        for event in Reader::new(part) {
            match event {
                Event::Start(tag) => {
                    let value = || tag.attribute("val").map(|value| value.into_owned()).unwrap_or_default();
                    match tag.name {
                        "abstractNum" => kind = tag.attribute("abstractNumId").map(|id| id.into_owned()),
                        "num" => list = tag.attribute("numId").map(|id| id.into_owned()),
                        "abstractNumId" => {
                            if let Some(list) = &list {
                                numbering.lists.insert(list.clone(), (value(), BTreeMap::new()));
                            }
                        }
                        "lvl" | "lvlOverride" => level = tag.number("ilvl").unwrap_or(0).min(LEVELS - 1),
                        "startOverride" => {
                            let list = list.as_ref().and_then(|list| numbering.lists.get_mut(list));
                            if let Some((_, starts)) = list {
                                starts.insert(level, tag.number("val").unwrap_or(1));
                            }
                        }
                        _ => {
                            if let Some(kind) = &kind {
                                let levels = numbering.kinds.entry(kind.clone()).or_default();
                                levels.resize(LEVELS, Level { start: 1, ..Level::default() });
                                levels[level].take(&tag, value());
                            }
                        }
                    }
                }
                Event::End("abstractNum") => kind = None,
                Event::End("num") => list = None,
                _ => {}
            }
        }
        numbering
    }

    /// The mark of the next paragraph of a list. `style` is the paragraph's, which may say the level.
    pub(super) fn mark(&mut self, list: &str, level: Option<usize>, style: &str) -> Mark {
        let Some((kind, starts)) = self.lists.get(list) else { return Mark::None };
        let Some(levels) = self.kinds.get(kind) else { return Mark::None };
        let styled = || levels.iter().position(|level| !style.is_empty() && level.style == style);
        let level = level.or_else(styled).unwrap_or(0).min(LEVELS - 1);
        let own = &levels[level];
        match own.format.as_str() {
            "bullet" => return Mark::Bullet(level),
            "none" => return Mark::None,
            _ => {}
        }
        let counts = self.counts.entry(kind.clone()).or_default();
        if !self.begun.contains(list) {
            self.begun.insert(list.to_owned());
            for (level, start) in starts {
                counts[*level] = start.checked_sub(1);
                counts[level + 1..].fill(None);
            }
        }
        counts[level] = Some(counts[level].map_or(own.start, |count| count + 1));
        counts[level + 1..].fill(None);
        let mut text = own.text.clone();
        for (at, level) in levels.iter().enumerate() {
            let sign = format!("%{}", at + 1);
            if text.contains(&sign) {
                text = text.replace(&sign, &written(counts[at].unwrap_or(level.start), &level.format));
            }
        }
        let text: String = text.trim().chars().take(LONGEST).collect();
        if text.is_empty() { Mark::None } else { Mark::Number(text) }
    }
}

impl Level {
    fn take(&mut self, tag: &Tag<'_>, value: String) {
        match tag.name {
            "start" => self.start = value.parse().unwrap_or(1),
            "numFmt" => self.format = value,
            "lvlText" => self.text = value.chars().take(LONGEST).collect(),
            "pStyle" => self.style = value,
            _ => {}
        }
    }
}

/// A count as the list writes it.
fn written(count: usize, format: &str) -> String {
    match format {
        "lowerLetter" => letter(count),
        "upperLetter" => letter(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

/// a to z, aa to zz.
fn letter(count: usize) -> String {
    let Some(at) = count.checked_sub(1) else { return "0".to_owned() };
    let letter = u8::try_from(at % 26).map_or('z', |at| char::from(b'a' + at));
    String::from(letter).repeat((at / 26 + 1).min(LONGEST))
}

fn roman(count: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    // no list goes so far, and its number would be long
    if count > 5_000 {
        return count.to_string();
    }
    let (mut rest, mut text) = (count, String::new());
    for (worth, sign) in SIGNS {
        while rest >= worth {
            text.push_str(sign);
            rest -= worth;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_as_word_counts_them() {
        let level = |at: usize, format: &str, text: &str| {
            format!(
                "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/></w:lvl>"
            )
        };
        let part = format!(
            "<w:numbering><w:abstractNum w:abstractNumId='7'>{}{}{}</w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
             <w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>",
            level(0, "decimal", "%1."),
            level(1, "lowerLetter", "%1.%2)"),
            level(2, "bullet", "x"),
        );
        let mut numbering = Numbering::read(&part);
        let mut mark = |list: &str, level: usize| match numbering.mark(list, Some(level), "") {
            Mark::Number(text) => text,
            other => format!("{other:?}"),
        };
        let marks = [mark("1", 0), mark("1", 1), mark("1", 1), mark("1", 0), mark("1", 1), mark("1", 2), mark("2", 0)];
        assert_eq!(marks, ["1.", "1.a)", "1.b)", "2.", "2.a)", "Bullet(2)", "5."]);
        assert_eq!(mark("9", 0), "None", "a list that is not there");
        assert_eq!([roman(14), letter(28)], ["xiv", "bb"]);
    }
}
