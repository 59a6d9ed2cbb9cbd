use super::*;
use proptest::prelude::*;

fn found(text: &str) -> Vec<(Identifier, &str)> {
    find(text).into_iter().map(|finding| (finding.kind, &text[finding.at])).collect()
}

#[test]
fn what_says_who_somebody_is_is_found() {
    use Identifier::{DateOfBirth, Email, Name, NhsNumber, Phone, Postcode};
    for (text, kind, part) in [
        // NHS numbers of the range for tests, and made-up ones
        ("NHS number 9990000018 was given", NhsNumber, "9990000018"),
        ("(999 000 0018)", NhsNumber, "999 000 0018"),
        ("999-000-0018", NhsNumber, "999-000-0018"),
        ("NHS no: 0123456789, seen", NhsNumber, "0123456789"),
        ("DOB 3/4/12", DateOfBirth, "3/4/12"),
        ("date of birth: 03.04.2009", DateOfBirth, "03.04.2009"),
        ("born on 3rd April 2001 in", DateOfBirth, "3rd April 2001"),
        ("patient (12/03/1941) fell", DateOfBirth, "12/03/1941"),
        ("lives at ZE99 9ZZ now", Postcode, "ZE99 9ZZ"),
        ("ZE999ZZ", Postcode, "ZE999ZZ"),
        ("ze9 9zz", Postcode, "ze9 9zz"),
        ("EC9Z 9ZZ", Postcode, "EC9Z 9ZZ"),
        ("W9Z 9ZZ", Postcode, "W9Z 9ZZ"),
        // numbers that Ofcom keeps for drama
        ("ring 01632 960123.", Phone, "01632 960123"),
        ("07700900123", Phone, "07700900123"),
        ("+44 7700 900123", Phone, "+44 7700 900123"),
        ("+44 (0)20 7946 0123", Phone, "+44 (0)20 7946 0123"),
        ("020 7946 0123", Phone, "020 7946 0123"),
        ("write to a.person@example.org.", Email, "a.person@example.org"),
        ("Mrs Example was left", Name, "Mrs Example"),
        ("seen by Dr. A. O'Made-Up today", Name, "Dr. A. O'Made-Up"),
        ("Mr J B Nobody", Name, "Mr J B Nobody"),
        ("Sister Madeup said", Name, "Sister Madeup"),
        ("MRS EXAMPLE", Name, "MRS EXAMPLE"),
        ("told Mr X that", Name, "Mr X"),
    ] {
        assert_eq!(found(text), [(kind, part)], "{text}");
    }
}

#[test]
fn what_only_looks_so_is_left_alone() {
    for text in [
        "reference 9990000019", // the check digit is wrong
        "ref 1234567881",       // checks, and begins as no NHS number does
        "99900000181",          // eleven digits
        "COMP9990000018",       // part of a longer word
        "2013/9990000018-1",    // part of a longer number
        "0000000000",           // all the same
        "StEIS 2013/12345",     // a serious incident
        "received 03/04/2013",  // a date
        "on 3 April 2013 at 14:30",
        "01/02/2013 03/04/2013",
        "01 02 2013",
        "01-02-2013 14:30",
        "Ward B2",
        "Ward B2 2ND floor",
        "Ward B2 2nd floor",
        "Bay E3 1ST",
        "Ward 7A and Ward 12",
        "H1 2AB", // no such area
        "B1 2CV", // letters that no second half has
        "Rec 123 and para 1.194",
        "£1,200.50 for 10 beds",
        "Dr Foster's mortality data",
        "Nurse Practitioner and Nurse Specialist",
        "the Matron was told; Sister in charge",
        "did not Miss",
        "Master plan and MS",
        "St Elsewhere's Hospital",
        "@northmoor and a@b",
        "version 1.2.2013",
        "",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn several_in_one_text_are_all_found_in_order() {
    let text = "Mrs Example (DOB 1/2/1950, NHS 999 000 0018) of ZE99 9ZZ, tel 01632 960123, a@example.org";
    let kinds: Vec<Identifier> = find(text).into_iter().map(|finding| finding.kind).collect();
    assert_eq!(
        kinds,
        [
            Identifier::Name,
            Identifier::DateOfBirth,
            Identifier::NhsNumber,
            Identifier::Postcode,
            Identifier::Phone,
            Identifier::Email
        ]
    );
}

#[test]
fn a_cell_is_an_identifier_as_a_whole_or_not_at_all() {
    assert_eq!(whole(" 999 000 0018 "), Some(Identifier::NhsNumber), "a number");
    assert_eq!(whole("Mrs Example"), Some(Identifier::Name), "a name");
    assert_eq!(whole("Mrs Example was left"), None, "a sentence");
    assert_eq!(whole("Discharge"), None, "a subject");
    assert!(!is_nhs_number("9990000018 and more"), "more than a number");
}

proptest! {
    #[test]
    fn one_changed_digit_is_never_an_nhs_number(number in 300_000_000u64..1_000_000_000, at in 0usize..10, by in 1u32..10) {
        let sum: u64 = number.to_string().bytes().zip((2..=10u64).rev()).map(|(b, w)| u64::from(b - b'0') * w).sum();
        let check = (11 - sum % 11) % 11;
        prop_assume!(check < 10);
        let right = format!("{number}{check}");
        prop_assume!(right.bytes().any(|b| b != right.as_bytes()[0]));
        prop_assert!(is_nhs_number(&right), "{} checks", right);
        let mut wrong: Vec<u32> = right.chars().filter_map(|c| c.to_digit(10)).collect();
        wrong[at] = (wrong[at] + by) % 10;
        let wrong: String = wrong.iter().map(u32::to_string).collect();
        prop_assert!(!is_nhs_number(&wrong), "{} does not", wrong);
    }

    #[test]
    fn any_text_is_searched_without_fault(text in "[ -~£éß\u{a0}\n0-9MrsDr.@+()]{0,80}") {
        let mut last = 0;
        for finding in find(&text) {
            prop_assert!(finding.at.start >= last && finding.at.end > finding.at.start, "in order, apart");
            prop_assert!(text.get(finding.at.clone()).is_some(), "at whole characters");
            last = finding.at.end;
        }
    }
}
