//! What a file of Word or Excel is, by what is in it, and whether it may be unpacked: looked at
//! before any library reads it.

use super::compound::Compound;
use super::decode::LIMIT_MB;
use super::xml::{self, Event, Reader};
use super::{ImportError, Level, Note};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;
use zip::result::ZipError;

/// The most that a package may unpack to, and the most that one part of it may.
const MOST_UNPACKED_MB: u64 = 200;
const MOST_PART_MB: u64 = 100;
/// The most parts: a document of 300 pages with a picture on each has some 400.
const MOST_PARTS: usize = 10_000;

/// The kinds of package that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Xlsx,
    Ods,
    Xls,
}

impl Kind {
    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Word => "Word document",
            Self::Xlsx | Self::Xls => "Excel workbook",
            Self::Ods => "OpenDocument spreadsheet",
        }
    }

    /// By the ending of a file's name.
    pub(super) fn by_ending(ending: &str) -> Option<Self> {
        Some(match ending {
            "docx" | "docm" | "dotx" | "dotm" => Self::Word,
            "xlsx" | "xlsm" | "xltx" | "xltm" => Self::Xlsx,
            "xls" | "xlt" => Self::Xls,
            "ods" | "ots" => Self::Ods,
            _ => return None,
        })
    }
}

/// A file of Word or Excel that may be read.
pub(super) enum Package<'b> {
    /// A zip package.
    Zip(Zip<'b>),
    /// An old workbook.
    Compound(Compound<'b>),
}

/// A zip package whose parts were all unpacked once, to nowhere, and counted.
pub(super) struct Zip<'b> {
    pub(super) kind: Kind,
    pub(super) bytes: &'b [u8],
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Each part's name and what it unpacks to, as it did, not as it says.
    sizes: Vec<(String, u64)>,
    /// Part names by their content type.
    types: Vec<(String, String)>,
}

/// Opens a package, where the bytes are one.
pub(super) fn open<'b>(name: &str, bytes: &'b [u8]) -> Result<Option<Package<'b>>, ImportError> {
    let zipped = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    let compound = bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    if !zipped && !compound {
        return Ok(None);
    }
    if bytes.len() > LIMIT_MB * 1024 * 1024 {
        let megabytes = bytes.len() / (1024 * 1024);
        return Err(ImportError::TooLarge { megabytes, limit: LIMIT_MB, name: name.to_owned() });
    }
    if zipped { Zip::open(name, bytes).map(Package::Zip).map(Some) } else { old(name, bytes).map(Some) }
}

/// A compound file: an old workbook, or what is refused with its own sentence.
fn old<'b>(name: &str, bytes: &'b [u8]) -> Result<Package<'b>, ImportError> {
    let name = name.to_owned();
    let Some(compound) = Compound::open(bytes) else {
        return Err(ImportError::Damaged {
            what: "it begins like an old Word or Excel file, and its list of parts cannot be read",
            name,
        });
    };
    if compound.has("EncryptedPackage") {
        return Err(ImportError::Protected { name });
    }
    if compound.has("Workbook") {
        return Ok(Package::Compound(compound));
    }
    let (found, save_as) = if compound.has("WordDocument") {
        ("a Word document of the old kind (.doc)", ".docx")
    } else if compound.has("Book") {
        ("a workbook of Excel 95 or older", ".xlsx")
    } else {
        ("a file of an old Office program that is neither Word nor Excel", ".docx, .xlsx or text")
    };
    Err(ImportError::OtherKind { found, save_as, name })
}

impl<'b> Zip<'b> {
    fn open(name: &str, bytes: &'b [u8]) -> Result<Self, ImportError> {
        let damaged = |what| ImportError::Damaged { what, name: name.to_owned() };
        // counted before the library makes room for each
        let parts = bytes.windows(4).filter(|window| window == b"PK\x01\x02").take(MOST_PARTS + 1).count();
        if parts > MOST_PARTS {
            return Err(ImportError::TooManyParts { limit: MOST_PARTS, name: name.to_owned() });
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| damaged("it begins like a Word or Excel file, and its list of parts cannot be read"))?;
        let sizes = unpacked_sizes(name, &mut archive)?;
        let mut zip = Self { kind: Kind::Word, bytes, archive, sizes, types: Vec::new() };
        zip.kind = zip.find_kind(name)?;
        Ok(zip)
    }

    /// The text of a part.
    pub(super) fn part(&mut self, part: &str) -> Option<String> {
        let part = part.trim_start_matches('/');
        let exact = self.sizes.iter().find(|(name, _)| name == part);
        let found = exact.or_else(|| self.sizes.iter().find(|(name, _)| name.eq_ignore_ascii_case(part)))?.0.clone();
        let mut bytes = Vec::new();
        let entry = self.archive.by_name(&found).ok()?;
        entry.take(MOST_PART_MB * 1024 * 1024).read_to_end(&mut bytes).ok()?;
        Some(xml::text(&bytes))
    }

    /// What a part unpacks to.
    pub(super) fn size(&self, part: &str) -> u64 {
        let part = part.trim_start_matches('/');
        self.sizes.iter().find(|(name, _)| name.eq_ignore_ascii_case(part)).map_or(0, |(_, size)| *size)
    }

    /// The part whose content type ends so.
    pub(super) fn part_of_type(&self, ending: &str) -> Option<String> {
        self.types.iter().find(|(_, kind)| kind.ends_with(ending)).map(|(part, _)| part.clone())
    }

    /// What to say of the package itself.
    pub(super) fn notes(&self) -> Vec<Note> {
        let macros = self
            .sizes
            .iter()
            .any(|(name, _)| name.to_ascii_lowercase().ends_with("vbaproject.bin") || name.starts_with("Basic/"));
        let text = "It has macros; they were not run, and nothing of them is taken".to_owned();
        macros.then_some(Note { line: 0, text, level: Level::Info }).into_iter().collect()
    }

    fn find_kind(&mut self, name: &str) -> Result<Kind, ImportError> {
        if let Some(kind) = self.part("mimetype") {
            return self.open_document(name, kind.trim());
        }
        let types = self.part("[Content_Types].xml").unwrap_or_default();
        for event in Reader::new(&types) {
            let Event::Start(tag) = event else { continue };
            if let (Some(part), Some(kind)) = (tag.attribute("PartName"), tag.attribute("ContentType")) {
                self.types.push((part.into_owned(), kind.into_owned()));
            }
        }
        let has = |ending: &str| self.types.iter().any(|(_, kind)| kind.ends_with(ending));
        let word =
            ["document.main+xml", "document.macroEnabled.main+xml", "word.template.macroEnabledTemplate.main+xml"];
        let excel = ["sheet.main+xml", "sheet.macroEnabled.main+xml", "excel.template.macroEnabled.main+xml"];
        if word.iter().any(|kind| has(kind)) || has("wordprocessingml.template.main+xml") {
            return Ok(Kind::Word);
        }
        if excel.iter().any(|kind| has(kind)) || has("spreadsheetml.template.main+xml") {
            return Ok(Kind::Xlsx);
        }
        let refused = |found, save_as| Err(ImportError::OtherKind { found, save_as, name: name.to_owned() });
        if has("sheet.binary.macroEnabled.main") {
            return refused("a binary workbook (.xlsb)", ".xlsx");
        }
        if self.types.iter().any(|(_, kind)| kind.contains("presentation")) {
            return refused("a PowerPoint presentation", ".docx or text, with its tables");
        }
        Err(ImportError::NotText { found: "a zip file without a document in it", name: name.to_owned() })
    }

    fn open_document(&mut self, name: &str, kind: &str) -> Result<Kind, ImportError> {
        let name = name.to_owned();
        if self.part("META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data")) {
            return Err(ImportError::Protected { name });
        }
        match kind.strip_prefix("application/vnd.oasis.opendocument.") {
            Some("spreadsheet" | "spreadsheet-template") => Ok(Kind::Ods),
            Some("text" | "text-template") => {
                Err(ImportError::OtherKind { found: "an OpenDocument text (.odt)", save_as: ".docx", name })
            }
            _ => Err(ImportError::NotText { found: "a zip file without a document in it", name }),
        }
    }
}

/// Unpacks each part to nowhere, and says what came out; what a part says of its size may be a lie.
fn unpacked_sizes(name: &str, archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<(String, u64)>, ImportError> {
    let too_much = || ImportError::UnpacksTooLarge { limit: MOST_UNPACKED_MB, name: name.to_owned() };
    let (most, most_part) = (MOST_UNPACKED_MB * 1024 * 1024, MOST_PART_MB * 1024 * 1024);
    let mut sizes = Vec::with_capacity(archive.len());
    let mut total = 0;
    for at in 0..archive.len() {
        let entry = match archive.by_index(at) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ImportError::Protected { name: name.to_owned() });
            }
            Err(_) => {
                return Err(ImportError::Damaged {
                    what: "one of its parts cannot be unpacked",
                    name: name.to_owned(),
                });
            }
        };
        let part = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let mut limited = entry.take(most_part + 1);
        let Ok(size) = std::io::copy(&mut limited, &mut std::io::sink()) else {
            return Err(ImportError::Damaged { what: "one of its parts cannot be unpacked", name: name.to_owned() });
        };
        total += size;
        if size > most_part || total > most {
            return Err(too_much());
        }
        sizes.push((part, size));
    }
    Ok(sizes)
}
