//! Identifiers that are letters, or letters and digits.

/// Postcode areas of the United Kingdom (Royal Mail, 124 with the crown dependencies).
const AREAS: &[&str] = &[
    "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CO", "CR",
    "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY",
    "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT",
    "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP",
    "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK", "SL",
    "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB", "W",
    "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

/// The length of a full postcode that begins a text, in capitals throughout or in none: ZE1 0AA, ze1 0aa.
pub(super) fn postcode(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let letters = bytes.iter().take(3).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let digits = bytes.get(letters..)?.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let area = text.get(..letters)?;
    if !(1..=2).contains(&letters) || digits == 0 || !AREAS.contains(&area.to_ascii_uppercase().as_str()) {
        return None;
    }
    // ZE1 0AA, ZE10 0AA, and EC1A 0AA; without a space the last digit is the second half's
    let from = letters + digits;
    let spaces = bytes[from..].iter().take(3).take_while(|byte| **byte == b' ').count();
    let (outward, inward) = match bytes.get(from)? {
        b' ' if digits <= 2 && spaces <= 2 => (from, from + spaces),
        byte if byte.is_ascii_alphabetic() && digits == 1 && bytes.get(from + 1) == Some(&b' ') => (from + 1, from + 2),
        byte if byte.is_ascii_alphabetic() && digits == 1 => (from + 1, from + 1),
        byte if byte.is_ascii_alphabetic() && digits > 1 => (from - 1, from - 1),
        _ => return None,
    };
    let end = inward + 3;
    let second = bytes.get(inward..end)?;
    let ends = !text.get(end..)?.starts_with(|c: char| c.is_alphanumeric());
    let fits = second[0].is_ascii_digit()
        && second[1..].iter().all(|byte| byte.is_ascii_alphabetic() && !b"CIKMOV".contains(&byte.to_ascii_uppercase()));
    let whole = &text[..end];
    let one_case = !whole.bytes().any(|byte| byte.is_ascii_lowercase())
        || (!whole.bytes().any(|byte| byte.is_ascii_uppercase()) && inward > outward);
    (fits && ends && one_case).then_some(end)
}

/// Whether what looks like a postcode is where in a building something is: "Ward B2 2ND FLOOR".
pub(super) fn is_of_a_ward(before: &str, code: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default().to_ascii_lowercase();
    let place = ["ward", "bay", "room", "unit", "level", "block", "bed", "theatre", "clinic"].contains(&last.as_str());
    let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| code.to_ascii_lowercase().ends_with(end));
    place && ordinal
}

/// The length of an e-mail address that begins a text.
pub(super) fn email(text: &str) -> Option<usize> {
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-'".contains(byte);
    let before = text.bytes().take(65).take_while(|byte| local(byte)).count();
    if before == 0 || before > 64 || text.as_bytes().get(before) != Some(&b'@') {
        return None;
    }
    let domain = &text[before + 1..];
    let length =
        domain.bytes().take(255).take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
    let domain = domain[..length].trim_end_matches(['.', '-']);
    let (name, top) = domain.rsplit_once('.')?;
    (!name.is_empty() && top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .then_some(before + 1 + domain.len())
}

/// Titles that a name follows. "Sir" and "Lord" are left out: in papers they are the authors of reports.
const TITLES: &[&str] = &[
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Mx",
    "Master",
    "Dr",
    "Doctor",
    "Prof",
    "Professor",
    "Nurse",
    "Sister",
    "Matron",
    "Rev",
    "MR",
    "MRS",
    "MS",
    "MISS",
    "DR",
    "PROF",
];

/// Words that follow a title and are no name.
const NO_NAMES: &[&str] = &[
    "a",
    "access",
    "advisor",
    "and",
    "appointment",
    "appointments",
    "associate",
    "at",
    "bank",
    "call",
    "class",
    "consultant",
    "copy",
    "file",
    "for",
    "foster",
    "hospital",
    "in",
    "is",
    "led",
    "list",
    "manager",
    "of",
    "on",
    "or",
    "plan",
    "practice",
    "practitioner",
    "prescriber",
    "specialist",
    "staffing",
    "surgery",
    "the",
    "to",
    "unit",
    "vote",
    "ward",
    "was",
    "who",
];

/// The length of a title and the names after it that begin a text: "Mrs A. Example", "Dr O'Made-Up".
pub(super) fn titled_name(text: &str) -> Option<usize> {
    let length = text.bytes().take(10).take_while(u8::is_ascii_alphabetic).count();
    let title = &text[..length];
    if !TITLES.contains(&title) {
        return None;
    }
    let mut end = None;
    let mut at = length + usize::from(text[length..].starts_with('.'));
    for _ in 0..4 {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
        let word: &str = &rest[blank..];
        let long = word.find(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))).unwrap_or(word.len());
        let word = word[..long].trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’', '-']);
        let long = word.len();
        // an initial is a name's beginning, not a name
        let initial = word.chars().count() == 1;
        let no_name = !initial && NO_NAMES.contains(&word.to_lowercase().as_str());
        if blank == 0 || !word.starts_with(char::is_uppercase) || no_name {
            break;
        }
        at += blank + long;
        if initial {
            at += usize::from(text[at..].starts_with('.'));
        } else {
            end = Some(at);
        }
    }
    // "Mrs S" hides a name as half of the letters do; it is one all the same
    let alone = at > length + 1 && text[..at].trim_end_matches('.').ends_with(char::is_uppercase);
    end.or_else(|| alone.then_some(at))
}
