//! A cell's markup to paragraphs and bullets.

use super::decode::SOFT_BREAK;
use crate::model::text::tidy;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

/// Tags that documents have in cells; anything else in angle brackets is the person's words.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "input",
    "ins",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "o:p",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "script",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
];

/// Marks that are bullets wherever they stand in a cell.
const BULLETS: [char; 5] = ['•', '◦', '▪', '●', '‣'];

/// A cell's source to its written form.
pub(super) fn lines(source: &str) -> String {
    if source.trim().is_empty() {
        return String::new();
    }
    let mut lines = Lines::default();
    if source.contains(['<', '&']) {
        let html = Html::parse_fragment(&keep_words(source));
        walk(html.root_element(), &mut lines);
    } else {
        lines.text(source);
    }
    lines.finish()
}

/// The same for an element that was parsed already.
pub(super) fn element_lines(element: ElementRef<'_>) -> String {
    let mut lines = Lines::default();
    walk(element, &mut lines);
    lines.finish()
}

/// Escapes what only looks like markup, so that a parser takes no words away: `<https://…>`, `<5 days`,
/// `Q&A`. Elements that stand deeper in each other than any page has are left out, but for their
/// words: a parser takes a time for them that grows with the square of their number.
pub(super) fn keep_words(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    let mut nesting = 0usize;
    let mut rest = source;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        let mark = &rest[at..=at];
        rest = &rest[at + 1..];
        if mark == "<" && is_tag(rest) {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            let deep = match nests(rest) {
                Some(1) => {
                    nesting += 1;
                    nesting > DEEPEST
                }
                Some(_) => {
                    nesting = nesting.saturating_sub(1);
                    nesting >= DEEPEST
                }
                None => false,
            };
            if !deep {
                out.push('<');
                out.push_str(&rest[..end]);
            }
            rest = &rest[end..];
        } else if mark == "&" && is_entity(rest) {
            out.push('&');
        } else {
            out.push_str(if mark == "<" { "&lt;" } else { "&amp;" });
        }
    }
    out.push_str(rest);
    out
}

/// Whether a tag opens or closes an element that others can stand in to any depth.
fn nests(tag: &str) -> Option<i8> {
    let (step, name) = tag.strip_prefix('/').map_or((1, tag), |name| (-1, name));
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':')).unwrap_or(name.len());
    let name = name[..end].to_ascii_lowercase();
    let alone = ["br", "hr", "img", "input", "meta", "link", "col", "p", "li", "td", "th", "tr", "dd", "dt", ""];
    (!alone.contains(&name.as_str())).then_some(step)
}

fn is_tag(rest: &str) -> bool {
    if rest.starts_with("!--") || rest.starts_with("!DOCTYPE") || rest.starts_with("!doctype") {
        return true;
    }
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':')).unwrap_or(rest.len());
    TAGS.contains(&rest[..end].to_ascii_lowercase().as_str())
        && rest[end..].starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/')
}

fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    (1..=10).contains(&end) && name[end..].starts_with(';')
}

/// How deep elements may stand in each other before only their words are taken.
pub(super) const DEEPEST: usize = 200;

fn walk(element: ElementRef<'_>, lines: &mut Lines) {
    if lines.nesting > DEEPEST {
        element.text().for_each(|text| lines.text(text));
        return;
    }
    lines.nesting += 1;
    children(element, lines);
    lines.nesting -= 1;
}

fn children(element: ElementRef<'_>, lines: &mut Lines) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => lines.text(text),
            Node::Element(tag) => {
                let Some(inner) = ElementRef::wrap(child) else { continue };
                walk_element(tag, inner, lines);
            }
            _ => {}
        }
    }
}

fn walk_element(tag: &Element, element: ElementRef<'_>, lines: &mut Lines) {
    match tag.name() {
        "style" | "script" | "head" | "title" => {}
        "br" => lines.end(),
        "ul" | "ol" => {
            lines.end();
            lines.depth += 1;
            walk(element, lines);
            lines.end();
            lines.depth -= 1;
        }
        "li" => {
            lines.end();
            lines.bullet = Some(lines.depth.saturating_sub(1));
            walk(element, lines);
            lines.end();
            lines.bullet = None;
        }
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "tr" | "table" | "blockquote" | "pre" | "section"
        | "article" | "dt" | "dd" | "hr" => {
            lines.end();
            walk(element, lines);
            lines.end();
        }
        "td" | "th" => {
            walk(element, lines);
            lines.line.push(' ');
        }
        // a line of its own by its style, as our own pages have it under each action
        "span" if tag.attr("class") == Some("facts") => {
            lines.end();
            walk(element, lines);
            lines.end();
        }
        "img" => lines.text(tag.attr("alt").unwrap_or_default()),
        "input" => lines.text(match (tag.attr("type"), tag.attr("checked")) {
            (Some("checkbox"), Some(_)) => "☑ ",
            (Some("checkbox"), None) => "☐ ",
            _ => "",
        }),
        _ => walk(element, lines),
    }
}

/// Lines as they come out of markup.
#[derive(Default)]
struct Lines {
    done: Vec<String>,
    line: String,
    /// How many elements are open.
    nesting: usize,
    /// How many lists are open.
    depth: usize,
    /// The level of the bullet that the next line is.
    bullet: Option<usize>,
}

impl Lines {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                SOFT_BREAK => self.end(),
                _ if BULLETS.contains(&c) => {
                    // a list item's own mark is no second bullet
                    if !(self.bullet.is_some() && self.line.trim().is_empty()) {
                        self.end();
                        self.line.push(c);
                        self.line.push(' ');
                    }
                }
                _ if c.is_whitespace() => {
                    if !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                _ => self.line.push(c),
            }
        }
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if line.trim_matches(BULLETS).is_empty() {
            return;
        }
        match self.bullet.take() {
            Some(level) => self.done.push(format!("{}• {line}", "  ".repeat(level.min(3)))),
            None => self.done.push(line.to_owned()),
        }
    }

    fn finish(mut self) -> String {
        self.end();
        tidy(&self.done.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_paragraphs_and_bullets() {
        let cases = [
            ("<p>One</p> <p>Two &amp; three</p>", "One\nTwo & three"),
            ("<ul style=\"x\"><li>• One</li><li>Two</li></ul>", "• One\n• Two"),
            ("Before <ul><li>A<ul><li>B</li></ul></li></ul> after", "Before\n• A\n  • B\nafter"),
            ("<p>It needs:</p> <ul> •One thing. •Another. <p>Last</p>", "It needs:\n• One thing.\n• Another.\nLast"),
            ("June 2013<br><br>July 2013", "June 2013\nJuly 2013"),
            ("• a • b", "• a\n• b"),
            ("• a • • b •", "• a\n• b"),
            ("waits of <18 weeks & Q&A at <http://a.b/c>", "waits of <18 weeks & Q&A at <http://a.b/c>"),
            ("<b>Bold</b> <span>and</span> plain", "Bold and plain"),
            ("<p class=M><span>·<span>   </span></span>Word's bullet</p>", "• Word's bullet"),
            ("line one\u{2028}line two", "line one\nline two"),
            ("  ", ""),
        ];
        for (source, text) in cases {
            assert_eq!(lines(source), text, "{source}");
        }
    }
}
