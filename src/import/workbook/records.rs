//! The records that a workbook of Excel 97 to 2003 is written in (BIFF8): one after the other, long
//! ones continued in the next.

use crate::import::compound::{u16_at, u32_at};

/// One record.
#[derive(Clone, Copy)]
pub(super) struct Record<'b> {
    pub(super) kind: u16,
    pub(super) data: &'b [u8],
}

/// The records from a place in a stream on.
pub(super) struct Records<'b> {
    stream: &'b [u8],
    at: usize,
}

impl<'b> Records<'b> {
    pub(super) fn new(stream: &'b [u8], at: usize) -> Self {
        Self { stream, at }
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let kind = u16_at(self.stream, self.at)?;
        let start = self.at + 4;
        let end = start + usize::from(u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(start..end)?;
        self.at = end;
        Some(Record { kind, data })
    }
}

/// The strings that cells share, from their record and those that continue it.
pub(super) fn shared_strings(parts: &[&[u8]]) -> Vec<String> {
    let mut input = Parts { parts, part: 0, at: 8 };
    let said = parts.first().and_then(|part| u32_at(part, 4)).unwrap_or(0);
    let mut strings = Vec::new();
    for _ in 0..said {
        let Some(text) = input.string() else { break };
        strings.push(text);
    }
    strings
}

/// Bytes that lie in several records.
struct Parts<'p, 'b> {
    parts: &'p [&'b [u8]],
    part: usize,
    at: usize,
}

impl Parts<'_, '_> {
    /// The next byte; whether it is the first of its record.
    fn byte(&mut self) -> Option<u8> {
        self.turn();
        let byte = *self.parts.get(self.part)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// Goes to the next record, where this one is at its end; whether it did.
    fn turn(&mut self) -> bool {
        let before = self.part;
        while self.parts.get(self.part).is_some_and(|part| self.at >= part.len()) {
            self.part += 1;
            self.at = 0;
        }
        self.part != before
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for place in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * place);
        }
        Some(number)
    }

    fn string(&mut self) -> Option<String> {
        let length = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let more = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut units: Vec<u16> = Vec::new();
        for at in 0..length {
            // a string that goes on in the next record says there again how wide its signs are
            if at > 0 && self.turn() {
                wide = self.byte()? & 1 != 0;
            }
            units.push(u16::try_from(self.number(if wide { 2 } else { 1 })?).ok()?);
        }
        self.pass(runs * 4)?;
        self.pass(more)?;
        Some(String::from_utf16_lossy(&units))
    }

    fn pass(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            self.turn();
            let left = self.parts.get(self.part)?.len() - self.at;
            let step = left.min(bytes);
            self.at += step;
            bytes -= step;
        }
        Some(())
    }
}

/// A string with its length before it, in `size` bytes.
pub(super) fn string(data: &[u8], size: usize) -> Option<String> {
    let length = if size == 1 { usize::from(*data.first()?) } else { usize::from(u16_at(data, 0)?) };
    let wide = data.get(size)? & 1 != 0;
    let signs = data.get(size + 1..)?;
    if wide {
        let units: Vec<u16> =
            signs.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        return Some(String::from_utf16_lossy(&units));
    }
    Some(signs.iter().take(length).map(|sign| char::from(*sign)).collect())
}

/// A number in four bytes: thirty bits of it, whole or not, perhaps in hundredths.
pub(super) fn short_number(packed: u32) -> f64 {
    let number = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        // the sign stands in the highest bit
        f64::from(i32::from_le_bytes(packed.to_le_bytes()) >> 2)
    };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_goes_on_in_the_next_record() {
        let first: &[u8] = &[2, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, b'T', b'r'];
        let second: &[u8] = &[1, b'u', 0, 0x19, 0x20, 1, 0, 0, b'x'];
        assert_eq!(shared_strings(&[first, second]), ["Tru’", "x"], "and says its width again");
        assert_eq!(shared_strings(&[first]), Vec::<String>::new(), "cut off");
    }

    #[test]
    fn short_numbers_are_unpacked() {
        assert_eq!(short_number((123 << 2) | 2), 123.0, "whole");
        assert_eq!(short_number((1234 << 2) | 3), 12.34, "hundredths");
        assert_eq!(short_number(0xFFFF_FFFE), -1.0, "below zero");
        assert_eq!(short_number(0x3FF0_0000), 1.0, "the front of a long one");
    }
}
