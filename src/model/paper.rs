//! The paper's summary sheet: the fields a governing body's cover sheet has, and how forms word them.

use super::text::fold;

/// A field of the summary sheet that the program knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownField {
    /// Its key in the file and in JSON.
    pub key: &'static str,
    /// What our own form calls it.
    pub label: &'static str,
    /// What a form's label must contain, folded, to be this field; alternatives.
    names: &'static [&'static str],
}

const fn field(key: &'static str, label: &'static str, names: &'static [&'static str]) -> KnownField {
    KnownField { key, label, names }
}

/// The known fields in the order our own form has them. The first match of a label wins, so that
/// "Executive summary and recommendation" is the summary.
pub const KNOWN: &[KnownField] = &[
    field("heading", "Meeting", &["meeting name", "name of meeting", "committee"]),
    field("date_of_meeting", "Date of meeting", &["date of meeting", "meeting date"]),
    field("purpose", "For", &["purpose", "for:", "for decision", "action required", "this paper is for"]),
    field("session", "Session", &["public session", "private session", "session"]),
    field("agenda_item", "Agenda item and title", &["agenda item", "agenda", "enclosure", "title of paper"]),
    field("author", "Author", &["author", "report by", "prepared by", "written by"]),
    field(
        "lead_director",
        "Lead director",
        &["lead director", "executive lead", "clinical lead", "sponsor", "presented by"],
    ),
    field(
        "executive_summary",
        "Executive summary",
        &["executive summary", "summary of paper", "key points", "purpose of report"],
    ),
    field("evidence", "Evidence in support of arguments", &["evidence"]),
    field(
        "contributors",
        "Who has been involved or contributed",
        &["who has been involved", "contribut", "consulted", "previously considered"],
    ),
    field(
        "strategic_objectives",
        "Cross reference to strategic objectives",
        &["strategic objective", "corporate objective", "strategic aim"],
    ),
    field("engagement", "Engagement and involvement", &["engagement", "involvement"]),
    field("communications", "Communications issues", &["communication", "foi", "freedom of information"]),
    field("financial", "Financial implications", &["financ", "resource implication"]),
    field("review", "Review arrangements", &["review"]),
    field("risk", "Risk management", &["risk"]),
    field("policy", "National policy or legislation", &["policy", "legislation", "legal"]),
    field("equality", "Equality and diversity", &["equality", "diversity"]),
    field("external_assessment", "Other external assessment", &["external assessment"]),
    field("conflicts", "Conflicts of interest", &["conflict"]),
    field("subject", "Subject", &["subject"]),
    field("ask", "What the governing body is asked", &["is asked to", "recommendation", "decision sought"]),
    field("decision", "Decision", &["decision"]),
    field("decision_date", "Date of decision", &["date of decision", "decided on"]),
];

/// The known field that a form's label means.
#[must_use]
pub fn by_label(label: &str) -> Option<&'static KnownField> {
    let label = fold(label);
    // a label that is one of our own words beats one that merely contains another's
    KNOWN
        .iter()
        .find(|known| fold(known.label) == label.trim_end_matches(':').trim())
        .or_else(|| KNOWN.iter().find(|known| known.names.iter().any(|name| label.contains(name))))
}

/// The known field with a key.
#[must_use]
pub fn by_key(key: &str) -> Option<&'static KnownField> {
    KNOWN.iter().find(|known| known.key == key)
}

/// The key for a label that the program does not know: its words in lower case, joined by `_`.
#[must_use]
pub fn key_for(label: &str) -> String {
    let folded = fold(label);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_word_their_fields_in_many_ways() {
        let cases = [
            ("Agenda Item & Title:", "agenda_item"),
            ("Author:", "author"),
            ("Lead Director/GP from CCG:", "lead_director"),
            ("Executive summary – (what is proposed and intended impact) and recommendation:", "executive_summary"),
            ("Evidence in support of arguments:", "evidence"),
            ("Who has been involved/contributed:", "contributors"),
            ("Cross Reference to Strategic Objectives:", "strategic_objectives"),
            ("Engagement & Involvement", "engagement"),
            ("Communications Issues:", "communications"),
            ("Financial Implications:", "financial"),
            ("Review arrangements:", "review"),
            ("Risk Management:", "risk"),
            ("National Policy / Legislation:", "policy"),
            ("Equality & Diversity:", "equality"),
            ("Other External Assessment", "external_assessment"),
            ("Date of decision", "decision_date"),
        ];
        for (label, key) in cases {
            assert_eq!(by_label(label).map(|known| known.key), Some(key), "{label}");
        }
        assert_eq!(by_label("Carbon impact"), None, "an unknown label stays unknown");
        assert_eq!(key_for("Carbon impact:"), "carbon_impact", "and gets a key of its own");
    }
}
