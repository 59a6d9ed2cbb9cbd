//! What a document's styles say of a paragraph: whether it is a heading, a list, hidden.

use crate::import::xml::{Event, Reader};
use std::collections::BTreeMap;

/// How far a style may be based on another, and that on the next.
const DEEPEST: usize = 20;

/// A style by itself.
#[derive(Debug, Default, Clone)]
struct Style {
    name: String,
    based_on: String,
    outline: Option<usize>,
    list: Option<String>,
    level: Option<usize>,
    hidden: Option<bool>,
}

/// The styles of a document by their id.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

/// What a style comes to with all that it is based on.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) heading: bool,
    /// A line of the table of contents.
    pub(super) contents: bool,
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    pub(super) hidden: bool,
    /// How far in a list by its name stands, "List Bullet 2": such lists have one level each.
    pub(super) depth: usize,
}

impl Styles {
    pub(super) fn read(part: &str) -> Self {
        let mut styles = BTreeMap::new();
        let mut open: Option<(String, Style)> = None;
        for event in Reader::new(part) {
            match event {
                Event::Start(tag) if tag.name == "style" => {
                    open = tag.attribute("styleId").map(|id| (id.into_owned(), Style::default()));
                }
                Event::Start(tag) => {
                    let Some((_, style)) = &mut open else { continue };
                    let value = || tag.attribute("val").map(|value| value.into_owned());
                    match tag.name {
                        "name" => style.name = value().unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = value().unwrap_or_default(),
                        "outlineLvl" => style.outline = tag.number("val"),
                        "numId" => style.list = value(),
                        "ilvl" => style.level = tag.number("val"),
                        "vanish" => style.hidden = Some(tag.is_on()),
                        _ => {}
                    }
                }
                Event::End("style") => styles.extend(open.take()),
                _ => {}
            }
        }
        Self(styles)
    }

    /// What a style comes to. Its id is in the language of the Word that made it; its name is not.
    pub(super) fn look(&self, id: &str) -> Look {
        let mut look = Look::default();
        let (mut outline, mut hidden, mut at) = (None, None, id);
        for _ in 0..DEEPEST {
            let Some(style) = self.0.get(at) else {
                // a document without its styles has only the ids
                let id = at.to_ascii_lowercase();
                look.heading |= id.starts_with("heading") || id == "title";
                break;
            };
            let named = ["heading ", "title", "subtitle"].iter().any(|name| style.name.starts_with(name));
            look.heading |= named && outline.is_none();
            look.contents |= style.name.starts_with("toc ") && !style.name.starts_with("toc heading");
            look.depth = look.depth.max(depth_of(&style.name));
            outline = outline.or(style.outline);
            hidden = hidden.or(style.hidden);
            look.list = look.list.or_else(|| style.list.clone());
            look.level = look.level.or(style.level);
            at = &style.based_on;
            if at.is_empty() {
                break;
            }
        }
        // the tenth level is body text
        look.heading |= outline.is_some_and(|level| level < 9);
        look.heading &= !look.contents;
        look.hidden = hidden.unwrap_or(false);
        look
    }
}

/// "list bullet 2", "list number 3": 1, 2; any other name 0.
fn depth_of(name: &str) -> usize {
    let number = name.strip_prefix("list bullet ").or_else(|| name.strip_prefix("list number "));
    number.and_then(|number| number.trim().parse::<usize>().ok()).map_or(0, |number| number.saturating_sub(1).min(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_one_in_any_language_and_through_what_it_is_based_on() {
        let styles = Styles::read(
            "<w:styles><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
             <w:style w:styleId='Own'><w:name w:val='CCG heading'/><w:basedOn w:val='berschrift1'/></w:style>\
             <w:style w:styleId='Body'><w:name w:val='Body'/><w:basedOn w:val='berschrift1'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>\
             <w:style w:styleId='L'><w:name w:val='List Bullet'/><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr></w:style>\
             <w:style w:styleId='Loop'><w:name w:val='loop'/><w:basedOn w:val='Loop'/></w:style></w:styles>",
        );
        assert!(
            styles.look("berschrift1").heading && styles.look("Own").heading,
            "by name, and by what it is based on"
        );
        assert!(styles.look("Heading2").heading, "by its id where there is no more");
        assert_eq!(styles.look("L").list.as_deref(), Some("3"), "a list");
        assert_eq!(styles.look("Loop"), Look::default(), "one that is based on itself ends");
    }
}
