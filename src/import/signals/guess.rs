//! The kind of source a file is, as far as it gives itself away. A guess is shown and can be changed; it is
//! never the last word.

use super::Proposal;
use crate::model::Plan;
use crate::model::signal::Source;
use crate::model::text::fold;
use crate::model::theme_map::ThemeMap;
use crate::model::{SignalTheme, Subject};
use std::collections::HashMap;

/// Words that give a source away, the surest first; all of one entry must stand there.
const WORDS: &[(Source, &[&str])] = &[
    (Source::FriendsAndFamily, &["fft"]),
    (Source::FriendsAndFamily, &["friends", "family"]),
    (Source::SeriousIncident, &["steis"]),
    (Source::SeriousIncident, &["serious", "incident"]),
    (Source::SeriousIncident, &["serious", "incidents"]),
    (Source::SeriousIncident, &["si"]),
    (Source::StaffSurvey, &["staff", "survey"]),
    (Source::PatientSurvey, &["survey"]),
    (Source::Complaint, &["complaint"]),
    (Source::Complaint, &["complaints"]),
    (Source::Complaint, &["ko41a"]),
    (Source::Pals, &["pals"]),
    (Source::GpAlert, &["gp", "alert"]),
    (Source::GpAlert, &["gp", "alerts"]),
    (Source::Healthwatch, &["healthwatch"]),
    (Source::Cqc, &["cqc"]),
    (Source::QualityVisit, &["visit"]),
    (Source::QualityVisit, &["visits"]),
    (Source::PatientStory, &["story"]),
    (Source::PatientStory, &["stories"]),
    (Source::Incident, &["incident"]),
    (Source::Incident, &["incidents"]),
];

/// Phrases in headings that only one kind of source has.
const HEADINGS: &[(Source, &[&str])] = &[
    (Source::FriendsAndFamily, &["recommend", "extremely likely", "very good"]),
    (Source::SeriousIncident, &["steis", "never event"]),
    (Source::Complaint, &["complaint"]),
    (Source::Incident, &["incident date", "date of incident", "harm", "severity"]),
    (Source::Pals, &["pals"]),
];

/// What a file's name says.
#[must_use]
pub fn source_by_name(name: &str) -> Option<Source> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    WORDS.iter().find(|(_, all)| all.iter().all(|word| words.contains(word))).map(|(source, _)| *source)
}

/// The kind of source of a file that was read as some kind: that of the last import with these headings, else
/// what its name says, else its headings. `None` where nothing does.
#[must_use]
pub fn guess_source(plan: &Plan, proposal: &Proposal) -> Option<Source> {
    let header = &proposal.reading.mapping.header;
    let same = plan.batches.values().filter(|batch| !batch.header.is_empty() && batch.header == *header);
    if let Some(source) = same.max_by_key(|batch| (batch.taken_on, batch.id)).and_then(|batch| batch.source) {
        return Some(source);
    }
    source_by_name(&proposal.name).or_else(|| {
        let headings: Vec<String> = proposal.reading.columns.iter().map(|column| fold(&column.label)).collect();
        let has = |phrases: &[&str]| headings.iter().any(|heading| phrases.iter().any(|one| heading.contains(one)));
        HEADINGS.iter().find(|(_, phrases)| has(phrases)).map(|(source, _)| *source)
    })
}

impl Proposal {
    /// The subjects that lead to no theme of the plan, with how many signals have each, the most frequent first.
    /// One that a person set apart is settled and not among them.
    #[must_use]
    pub fn unmapped(&self, plan: &Plan) -> Vec<(String, usize)> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for subject in self.signals.iter().flat_map(|held| &held.signal.subjects) {
            *counts.entry(subject).or_default() += 1;
        }
        let shipped = ThemeMap::shipped();
        let themes = crate::model::intelligence::themes_of(plan);
        let stands = |title: &str| themes.iter().any(|row| row.id == SignalTheme::id_of(plan.id(), title));
        let leads = |subject: &str| {
            plan.subjects.contains_key(&Subject::id_of(plan.id(), subject))
                || themes.iter().any(|row| fold(&row.title) == fold(subject))
                || shipped.find(subject).is_some_and(|(mapped, _)| stands(&mapped.theme))
        };
        let mut list: Vec<(String, usize)> = counts
            .into_iter()
            .filter(|(subject, _)| !leads(subject))
            .map(|(subject, count)| (subject.to_owned(), count))
            .collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::signals::{Options, propose};

    #[test]
    fn a_name_gives_the_kind_away_by_whole_words() {
        for (name, source) in [
            ("Complaints 2013-14.csv", Some(Source::Complaint)),
            ("northmoor_pals_q1.csv", Some(Source::Pals)),
            ("SI log.xlsx", Some(Source::SeriousIncident)),
            ("Serious incidents (StEIS).csv", Some(Source::SeriousIncident)),
            ("staff-survey.csv", Some(Source::StaffSurvey)),
            ("FFT March 2014.xls", Some(Source::FriendsAndFamily)),
            ("mission.csv", None),
        ] {
            assert_eq!(source_by_name(name), source, "{name}");
        }
    }

    #[test]
    fn headings_give_it_away_where_the_name_does_not() {
        let plan = Plan::default();
        for (text, source) in [
            ("Datix ID,Category,Actual Harm,Incident Date\n1,Falls,Low,03/05/2013\n", Some(Source::Incident)),
            ("Reference,Complaint received,Subject\n1,03/05/2013,Food\n", Some(Source::Complaint)),
            ("Reference,Received,Subject\n1,03/05/2013,Food\n", None),
        ] {
            let read = propose(&plan, "export.csv", text.as_bytes(), &Options::new(Source::Cqc), &mut |_, _| true);
            assert_eq!(guess_source(&plan, &read.expect("reads")), source, "{text}");
        }
    }

    #[test]
    fn what_leads_to_no_theme_is_counted_most_frequent_first() {
        let text = "Reference,Received,Subject\n1,03/05/2013,Communications; Parking meters\n2,04/05/2013,Parking meters\n3,04/05/2013,Lift music\n";
        let plan = Plan::default();
        let read = propose(&plan, "a.csv", text.as_bytes(), &Options::new(Source::Complaint), &mut |_, _| true);
        let unmapped = read.expect("reads").unmapped(&plan);
        assert_eq!(unmapped, [("Parking meters".to_owned(), 2), ("Lift music".to_owned(), 1)]);
    }
}
