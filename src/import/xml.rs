//! The XML of Word and Excel packages, tag by tag, from text that was unpacked before.
//!
//! A reader of its own because what is read here may have been made to do harm: it borrows from the
//! text, expands no entity but the five of XML, and has no depth that a stack could run out of.

use std::borrow::Cow;

/// What comes next in a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event<'x> {
    /// A tag opens; one that closes itself gives an [`Event::End`] of its own.
    Start(Tag<'x>),
    /// A tag closes; its name without the prefix.
    End(&'x str),
    /// Words between tags.
    Text(Cow<'x, str>),
}

/// A tag that opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'x> {
    /// Its name without the prefix: "p" for "w:p".
    pub(super) name: &'x str,
    attributes: &'x str,
}

impl<'x> Tag<'x> {
    /// An attribute by its name without the prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'x, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start();
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, after) = after[1..].split_once(quote)?;
            if local(key.trim()) == name {
                return Some(unescape(value));
            }
            rest = after;
        }
    }

    /// An attribute that is a whole number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether a switch of Word's is on: `<w:b/>` is, `<w:b w:val="0"/>` is not.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Reads a part from its beginning to its end. What is no XML in it is passed over.
pub(super) struct Reader<'x> {
    rest: &'x str,
    /// The name of a tag that closed itself, for the end that comes next.
    closing: Option<&'x str>,
}

impl<'x> Reader<'x> {
    pub(super) fn new(text: &'x str) -> Self {
        Self { rest: text, closing: None }
    }

    /// Passes over everything up to the end of the tag that opened last.
    pub(super) fn pass_over(&mut self) {
        let mut depth = 1usize;
        for event in self.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(_) => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn tag(&mut self) -> Option<Event<'x>> {
        let body = self.rest.get(1..)?;
        if let Some(after) = body.strip_prefix("!--") {
            self.rest = after.split_once("-->").map_or("", |(_, after)| after);
            return None;
        }
        if let Some(after) = body.strip_prefix("![CDATA[") {
            let (words, after) = after.split_once("]]>").unwrap_or((after, ""));
            self.rest = after;
            return Some(Event::Text(Cow::Borrowed(words)));
        }
        let end = end_of_tag(body);
        let inner = body.get(..end).unwrap_or(body);
        self.rest = body.get(end + 1..).unwrap_or("");
        if inner.starts_with(['?', '!']) {
            return None;
        }
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Event::End(local(name.trim())));
        }
        let (inner, closes) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
        let (name, attributes) = inner.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inner, ""));
        let name = local(name);
        self.closing = closes.then_some(name);
        Some(Event::Start(Tag { name, attributes }))
    }
}

impl<'x> Iterator for Reader<'x> {
    type Item = Event<'x>;

    fn next(&mut self) -> Option<Event<'x>> {
        if let Some(name) = self.closing.take() {
            return Some(Event::End(name));
        }
        while !self.rest.is_empty() {
            if self.rest.starts_with('<') {
                if let Some(event) = self.tag() {
                    return Some(event);
                }
            } else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (words, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Event::Text(unescape(words)));
            }
        }
        None
    }
}

/// Where a tag ends: the next `>` outside quotes.
fn end_of_tag(body: &str) -> usize {
    let mut quote = None;
    for (at, byte) in body.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at,
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    body.len()
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The five entities of XML and characters by number; any other stays as it is written.
fn unescape(words: &str) -> Cow<'_, str> {
    if !words.contains('&') {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // no entity is longer: a stray & must not look through the whole text
        let end = after.bytes().take(12).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((entity(after.get(..end)?)?, after.get(end + 1..)?)));
        match found {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// Bytes of a part to text: UTF-8, or what its mark says.
pub(super) fn text(bytes: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    encoding.decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_attributes_and_words_come_in_order() {
        let source = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><w:p a='1>2' w:val=\"x &amp; y\"><w:t>A &lt;B &#8217;&b;</w:t><!-- no --><w:br/><![CDATA[<c>]]></w:p>";
        let events: Vec<Event<'_>> = Reader::new(source).collect();
        let Event::Start(tag) = &events[1] else { panic!("a tag: {events:?}") };
        assert_eq!((tag.name, tag.attribute("val").as_deref()), ("p", Some("x & y")), "by its local name");
        assert_eq!(tag.attribute("a").as_deref(), Some("1>2"), "a sign inside quotes ends nothing");
        assert_eq!(events[3], Event::Text("A <B ’&b;".into()), "no entity is made up");
        assert!(matches!(events[5], Event::Start(Tag { name: "br", .. })) && events[6] == Event::End("br"));
        assert_eq!(events[7], Event::Text("<c>".into()), "words as they stand");
        assert_eq!(events[8], Event::End("p"));
    }

    #[test]
    fn what_is_cut_off_ends_and_does_not_fail() {
        for source in ["<", "<a", "<a b='", "<a b=\"c\" ", "<!--", "<![CDATA[x", "</", "a&", "&#x;", "<a/", "<é>é</é"]
        {
            assert!(Reader::new(source).count() < 5, "{source}");
        }
        let mut reader = Reader::new("<a><b><c/></b>d</a>e");
        reader.next();
        reader.pass_over();
        assert_eq!(reader.next(), Some(Event::Text("e".into())), "all of it was passed over");
    }
}
