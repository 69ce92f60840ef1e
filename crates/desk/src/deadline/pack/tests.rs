//! Every pack against dates computed by hand from its article, which stands beside each row in our words.

use domain::{DeadlineKind, Severity, Timestamp};

use crate::{
    deadline::{local::local, set_pack_clock},
    rules::Rules,
};

/// A day computed by hand.
struct Row {
    /// The pack's file.
    file: &'static str,
    /// The article, in our words.
    article: &'static str,
    kind: DeadlineKind,
    /// When it starts, on the wall where the pack's calendar hangs.
    start: &'static str,
    extensions: u8,
    days_out: u32,
    /// When it is due, on the same wall.
    due: &'static str,
}

use DeadlineKind::{Acceptance, Decision, FirstResponse};

const fn row(
    file: &'static str,
    article: &'static str,
    kind: DeadlineKind,
    start: &'static str,
    (extensions, days_out): (u8, u32),
    due: &'static str,
) -> Row {
    Row {
        file,
        article,
        kind,
        start,
        extensions,
        days_out,
        due,
    }
}

/// Calendar days end at the end of the last day, told as midnight after it; when that day is not worked, at 18:00 of
/// the next working day. Working days end at 18:00.
#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("house.toml", "24 hours by the clock, nights and holidays included", FirstResponse, "2026-09-30T20:00", (0, 0), "2026-10-01T20:00"),
    // 2 November and 15 days: the 17th, a Tuesday.
    row("bank-insurance-2020.toml", "simple and clear: 15 days from receipt", Decision, "2026-11-02T09:00", (0, 0), "2026-11-18T00:00"),
    // 30 days: Wednesday 2 December.
    row("bank-insurance-2020.toml", "complex: 30 days", Decision, "2026-11-02T09:00", (1, 0), "2026-12-03T00:00"),
    // 60 days: New Year's Day 2027; no table for 2027 is on file, so Friday 1 January counts as worked, with a warning.
    row("bank-insurance-2020.toml", "specially complex: another 30 days", Decision, "2026-11-02T09:00", (2, 0), "2027-01-02T00:00"),
    // 15 days from 20 September: 5 October, inside the holiday of the 1st to the 7th; the 8th is worked.
    row("bank-insurance-2020.toml", "the last day is a holiday: the next working day", Decision, "2026-09-20T09:00", (0, 0), "2026-10-08T18:00"),
    // 15 days and 4 days of an appraisal: 21 November, a Saturday; Monday the 23rd.
    row("bank-insurance-2020.toml", "days of an appraisal are left out", Decision, "2026-11-02T09:00", (0, 4), "2026-11-23T18:00"),
    // Leap day: 14 February 2028 and 15 days is 29 February, a Tuesday.
    row("bank-insurance-2020.toml", "a leap day is a day", Decision, "2028-02-14T09:00", (0, 0), "2028-03-01T00:00"),
    // From 2 November 2020, no table: the 3rd, 4th, 5th, 6th, 9th … the tenth working day is the 16th.
    row("insurance-2013.toml", "simple: 10 working days", Decision, "2020-11-02T09:00", (0, 0), "2020-11-16T18:00"),
    row("insurance-2013.toml", "others: 30 days", Decision, "2020-11-03T09:00", (1, 0), "2020-12-04T00:00"),
    row("pboc-2020.toml", "forwarded: 15 days (not confirmed)", Decision, "2026-11-02T09:00", (0, 0), "2026-11-18T00:00"),
    row("telecom-2016.toml", "the operator answers within 15 days", Decision, "2026-11-10T22:00", (0, 0), "2026-11-26T00:00"),
    // From Monday 9 February: 10, 11, 12, 13 and the make-up Saturday the 14th, before the Spring Festival.
    row("telecom-appeal-2016.toml", "accepted or not within 5 working days", Acceptance, "2026-02-09T10:00", (0, 0), "2026-02-14T18:00"),
    row("telecom-appeal-2016.toml", "answered within 30 days of full material", Decision, "2026-11-02T10:00", (0, 0), "2026-12-03T00:00"),
    // From Tuesday 29 September: the 30th, then 8, 9, make-up Saturday 10, 12, 13, 14 October.
    row("market-regulation-2022.toml", "art. 14: accepted or not within 7 working days", Acceptance, "2026-09-29T10:00", (0, 0), "2026-10-14T18:00"),
    // 45 working days from 1 June: 20 left in June (21 weekdays, without the 19th), 23 in July, then 3 and 4 August.
    row("market-regulation-2022.toml", "art. 21: mediation ends after 45 working days", Decision, "2026-06-01T10:00", (0, 0), "2026-08-04T18:00"),
    row("consumer-law-2013.toml", "art. 46: handled and told within 7 working days", Decision, "2026-11-20T10:00", (0, 0), "2026-12-01T18:00"),
    // 30 April, 6, 7, 8, make-up Saturday 9, 11, 12 May around Labor Day.
    row("consumer-law-2013.toml", "art. 46 over Labor Day", Decision, "2026-04-29T10:00", (0, 0), "2026-05-12T18:00"),
    row("wechat-pay.toml", "first reply within 24 hours", FirstResponse, "2026-10-03T23:30", (0, 0), "2026-10-04T23:30"),
    row("wechat-pay.toml", "finished within 72 hours", Decision, "2026-10-03T23:30", (0, 0), "2026-10-06T23:30"),
    row("wechat-mini-program.toml", "the state waits 48 hours", FirstResponse, "2026-10-03T23:30", (0, 0), "2026-10-05T23:30"),
    row("express.toml", "art. 28: within 7 days", Decision, "2026-11-02T10:00", (0, 0), "2026-11-10T00:00"),
    row("credit-bureau.toml", "an objection within 20 days", Decision, "2026-11-03T10:00", (0, 0), "2026-11-24T00:00"),
    row("civil-airport.toml", "art. 40: in writing within 10 working days", Decision, "2026-11-02T10:00", (0, 0), "2026-11-16T18:00"),
    row("petition-2022.toml", "registered and routed within 15 days", Acceptance, "2026-11-02T10:00", (0, 0), "2026-11-18T00:00"),
    // 60 days from 1 September: 31 October, a Saturday; Monday 2 November.
    row("petition-2022.toml", "finished within 60 days", Decision, "2026-09-01T10:00", (0, 0), "2026-11-02T18:00"),
    // 90 days: Monday 30 November.
    row("petition-2022.toml", "extended by 30 days", Decision, "2026-09-01T10:00", (1, 0), "2026-12-01T00:00"),
    row("hotline-12345.toml", "answered within 5 working days (not confirmed)", Decision, "2026-11-20T10:00", (0, 0), "2026-11-27T18:00"),
    row("delay-of-remedy.toml", "withheld for more than 15 days (start not confirmed)", Decision, "2026-11-02T10:00", (0, 0), "2026-11-18T00:00"),
    // Eight weeks from 1 March, over the change to summer time on the 29th: 26 April, a Sunday; the term does not roll.
    row("fca-disp.toml", "final response within eight weeks", Decision, "2026-03-01T10:00", (0, 0), "2026-04-27T00:00"),
    // Working days from 25 March, without Good Friday (3 April) and Easter Monday (6): the fifteenth is 17 April.
    row("fca-disp-payments.toml", "15 business days over Easter", Decision, "2026-03-25T10:00", (0, 0), "2026-04-17T17:30"),
    row("fca-disp-payments.toml", "35 business days in exceptional cases", Decision, "2026-06-01T10:00", (1, 0), "2026-07-20T17:30"),
    // Over the end of summer time on 1 November.
    row("cfpb.toml", "a response within 15 calendar days", FirstResponse, "2026-10-25T10:00", (0, 0), "2026-11-10T00:00"),
    row("cfpb.toml", "final within 60 calendar days", Decision, "2026-10-25T10:00", (0, 0), "2026-12-25T00:00"),
];

#[test]
fn the_dates_are_those_computed_by_hand() {
    let rules = Rules::load_default();
    let mut wrong = Vec::new();
    for row in ROWS {
        let pack = &rules.packs[row.file.trim_end_matches(".toml")];
        let calendar = rules.calendar_of(&pack.key);
        let clock = pack.clock(row.kind, Severity::Minor).expect(row.article);
        let start: jiff::civil::DateTime = row.start.parse().expect("a time on the wall");
        let start = start
            .to_zoned(calendar.zone().clone())
            .expect("a time that exists");
        let start = Timestamp(start.timestamp().as_millisecond());
        let deadline = set_pack_clock(clock, calendar, start, row.extensions, row.days_out);
        let due = local(calendar.zone(), deadline.due_at)
            .strftime("%Y-%m-%dT%H:%M")
            .to_string();
        if due != row.due {
            wrong.push(format!(
                "{} ({}): {due} instead of {}",
                row.file, row.article, row.due
            ));
        }
        assert!(
            deadline.near_at <= deadline.due_at && deadline.started_at == start,
            "{}",
            row.article
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_clock_of_every_pack_of_a_law_has_a_row() {
    let rules = Rules::load_default();
    for pack in rules.packs.values().filter(|pack| pack.key != super::Pack::HOUSE) {
        for clock in &pack.clocks {
            let kind = clock.policy.rule.kind;
            let known = |row: &&Row| row.file.trim_end_matches(".toml") == pack.key && row.kind == kind;
            assert!(ROWS.iter().any(|row| known(&row)), "{} {kind:?}", pack.key);
            assert!(!clock.stop.is_empty(), "{} {kind:?} never ends", pack.key);
            let source = &clock.policy.rule.source;
            assert!(source.zh.contains(&pack.version) && source.en.contains(&pack.version));
            assert_eq!(
                source.en.contains("not checked"),
                !pack.confirmed,
                "{}",
                source.en
            );
        }
    }
}

#[test]
fn extensions_grow_and_name_who_grants_them() {
    let rules = Rules::load_default();
    for clock in rules.packs.values().flat_map(|pack| &pack.clocks) {
        for step in &clock.extensions {
            assert!(!step.roles.is_empty() && !step.approver.zh.is_empty() && !step.when.en.is_empty());
        }
        let totals: Vec<u32> = clock.extensions.iter().map(|step| step.total).collect();
        assert!(totals.is_sorted_by(|a, b| a < b));
    }
}

#[test]
fn a_year_without_a_table_is_said_for_calendar_days_too() {
    let rules = Rules::load_default();
    let pack = &rules.packs["bank-insurance-2020"];
    let clock = pack
        .clock(DeadlineKind::Decision, Severity::Minor)
        .expect("it has one");
    // 20 December 2026, 10:00 in Beijing, and 15 days: Monday 4 January 2027.
    let deadline = set_pack_clock(clock, &rules.calendar, Timestamp(1_797_732_000_000), 0, 0);
    assert!(
        deadline.because.zh.contains("2027 年放假安排未录入"),
        "{}",
        deadline.because.zh
    );
    assert!(
        deadline.because.en.contains("not on file"),
        "{}",
        deadline.because.en
    );
}

#[test]
fn wrong_packs_are_refused_with_the_reason() {
    let rules = Rules::load_default();
    let text = include_str!("../../../data/packs/telecom-2016.toml");
    for (from, to, message) in [
        (
            "calendar = \"cn\"",
            "calendar = \"mars\"",
            "packs: telecom-2016: there is no calendar `mars`",
        ),
        (
            "2016-07-30",
            "2016-02-30",
            "packs: telecom-2016: `2016-02-30` is no date",
        ),
        ("\"calendar\"", "\"moons\"", "packs: `moons` is no unit"),
        (
            "start = \"received\"",
            "start = \"dreamed\"",
            "packs: `dreamed` starts or ends no clock",
        ),
        (
            "kind = \"decision\"",
            "kind = \"verdict\"",
            "packs: `verdict` is no value of deadline_kind",
        ),
        (
            "amount = 15",
            "amount = 99999",
            "packs: telecom-2016: a term of more than 36525",
        ),
        (
            "amount = 15",
            "amount = 15\nfrom_severity = 3",
            "packs: telecom-2016: only the house grades its terms by severity",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        let error = rules.read_pack(&text.replace(from, to)).expect_err(message);
        assert_eq!(error.to_string(), message);
    }
}
