//! Compound files: what Word and Excel wrote until 2003, and what they put a document with a
//! password in. Only the list of its streams and one stream are read.
//!
//! calamine has a reader of these too, but no door to it; and it follows a chain of sectors that
//! leads back to itself without end.

/// A sector number from here on ends a chain.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// Streams below this size lie in the small sectors.
const SMALL: usize = 4096;

/// A compound file.
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    next: Vec<u32>,
    small_next: Vec<u32>,
    small: Vec<u8>,
    streams: Vec<Stream>,
}

struct Stream {
    name: String,
    start: u32,
    size: usize,
}

impl<'b> Compound<'b> {
    /// Reads the list of streams; `None` where it is damaged.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file =
            Self { bytes, sector, next: Vec::new(), small_next: Vec::new(), small: Vec::new(), streams: Vec::new() };
        file.read_next(bytes)?;
        let list = file.chain(u32_at(bytes, 48)?, usize::MAX);
        for (at, entry) in list.chunks_exact(128).enumerate() {
            let stream = stream(entry)?;
            if at == 0 {
                file.small = file.chain(stream.start, stream.size);
            } else if matches!(entry[66], 1 | 2) {
                file.streams.push(stream);
            }
        }
        let small_next = file.chain(u32_at(bytes, 60)?, usize::MAX);
        file.small_next = numbers(&small_next);
        (!file.streams.is_empty()).then_some(file)
    }

    /// Whether it has a stream, or a folder, of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|stream| stream.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let stream = self.streams.iter().find(|stream| stream.name.eq_ignore_ascii_case(name))?;
        if stream.size >= SMALL {
            return Some(self.chain(stream.start, stream.size));
        }
        let sector = |at: usize| self.small.get(at * 64..at * 64 + 64);
        Some(follow(stream.start, &self.small_next, stream.size, sector))
    }

    /// The table that says which sector follows which: its own sectors stand in the header, and more
    /// of them in a list of sectors.
    fn read_next(&mut self, bytes: &[u8]) -> Option<()> {
        let mut lists = numbers(bytes.get(76..512)?);
        let mut more = u32_at(bytes, 68)?;
        // no more of them than the file has sectors
        for _ in 0..bytes.len() / self.sector {
            if more >= LAST_SECTOR {
                break;
            }
            let mut list = numbers(self.sector_at(more as usize)?);
            more = list.pop()?;
            lists.extend(list);
        }
        for list in lists.into_iter().filter(|sector| *sector < LAST_SECTOR) {
            let list = numbers(self.sector_at(list as usize)?);
            self.next.extend(list);
            if self.next.len() > bytes.len() {
                return None;
            }
        }
        Some(())
    }

    fn sector_at(&self, at: usize) -> Option<&'b [u8]> {
        let start = at.checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..(start + self.sector).min(self.bytes.len()).max(start))
    }

    fn chain(&self, start: u32, size: usize) -> Vec<u8> {
        follow(start, &self.next, size, |at| self.sector_at(at))
    }
}

/// The sectors of a chain one after the other, up to a size; a chain that leads back to itself ends
/// when it has passed as many sectors as there are.
fn follow<'b>(start: u32, next: &[u32], size: usize, sector: impl Fn(usize) -> Option<&'b [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut at = start;
    for _ in 0..next.len() {
        let Some(part) = sector(at as usize).filter(|_| at < LAST_SECTOR && bytes.len() < size) else { break };
        bytes.extend_from_slice(&part[..part.len().min(size - bytes.len())]);
        let Some(following) = next.get(at as usize) else { break };
        at = *following;
    }
    bytes
}

fn stream(entry: &[u8]) -> Option<Stream> {
    let length = usize::from(u16_at(entry, 64)?).saturating_sub(2).min(62);
    let units: Vec<u16> = entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let name = String::from_utf16_lossy(&units);
    Some(Stream { name, start: u32_at(entry, 116)?, size: u32_at(entry, 120)? as usize })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// Two bytes as a number.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

/// Four bytes as a number.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
