//! Setting a clock by a policy, with the reason for its time in words.

use domain::{Bilingual, DayKind, Deadline, DeadlinePolicy, DeadlineState, Severity, Timestamp};

use super::{
    calendar::{Calendar, Counted},
    local::{spell, spell_day},
    pack::PackClock,
};

/// A policy and the least severity of the cases it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The least severity.
    pub from_severity: Severity,
    /// How long, and by which rule.
    pub rule: DeadlinePolicy,
}

/// The clock a policy sets when it starts at `start`.
pub fn set_clock(policy: &Policy, calendar: &Calendar, start: Timestamp) -> Deadline {
    let rule = &policy.rule;
    let (due_at, counted) = match rule.unit {
        DayKind::Hours => (start.plus_hours(i64::from(rule.amount)), Counted::default()),
        DayKind::Calendar => calendar.add_calendar_days(start, rule.amount),
        DayKind::Working => calendar.add_working_days(start, rule.amount),
    };
    let due_at = due_at.max(start);
    clock(
        rule,
        start,
        near_at(rule, calendar, start, due_at),
        due_at,
        explain(rule, calendar, start, due_at, &counted),
    )
}

/// The clock a pack sets when it starts at `start`, after so many extensions and with so many days (of the clock's own
/// kind) left out for an appraisal.
pub fn set_pack_clock(
    clock: &PackClock,
    calendar: &Calendar,
    start: Timestamp,
    extensions: u8,
    days_out: u32,
) -> Deadline {
    let mut rule = clock.rule_after(extensions);
    let per_day = if rule.unit == DayKind::Hours {
        HOURS_A_DAY
    } else {
        1
    };
    rule.amount = rule.amount.saturating_add(days_out.saturating_mul(per_day));
    rule.source = moved(clock, rule.source, extensions, days_out);
    let policy = Policy {
        from_severity: clock.policy.from_severity,
        rule,
    };
    Deadline {
        extensions,
        days_out,
        ..set_clock(&policy, calendar, start)
    }
}

const HOURS_A_DAY: u32 = 24;

/// The rule in words, and what moved its end.
fn moved(clock: &PackClock, source: Bilingual, extensions: u8, days_out: u32) -> Bilingual {
    let (mut zh, mut en) = (source.zh, source.en);
    let step = usize::from(extensions).checked_sub(1);
    if let Some(step) = step.and_then(|step| clock.extensions.get(step)) {
        let first = clock.policy.rule.amount;
        zh.push_str(&format!(
            "；已延期 {extensions} 次，原为 {first}：{}",
            step.when.zh
        ));
        let times = if extensions == 1 {
            "once".to_owned()
        } else {
            format!("{extensions} times")
        };
        en.push_str(&format!("; extended {times} from {first}: {}", step.when.en));
    }
    if days_out > 0 {
        zh.push_str(&format!("；外部鉴定 {days_out} 日不计入"));
        en.push_str(&format!("; {days_out} days of an appraisal outside are left out"));
    }
    Bilingual::new(zh, en)
}

/// The clock of a time that was promised; `what` names the promise.
pub fn set_promised(
    policy: &Policy,
    calendar: &Calendar,
    made_at: Timestamp,
    until: Timestamp,
    what: &str,
) -> Deadline {
    let rule = &policy.rule;
    let due_at = until.max(made_at);
    let due = spell(calendar.zone(), due_at);
    let because = Bilingual::new(
        format!(
            "已向客户承诺“{what}”，应在 {} 前兑现（依据：{}）。",
            due.zh, rule.source.zh
        ),
        format!(
            "“{what}” was promised to the customer, so it is due by {} ({}).",
            due.en, rule.source.en
        ),
    );
    clock(rule, made_at, near_share(rule, made_at, due_at), due_at, because)
}

fn clock(
    rule: &DeadlinePolicy,
    started_at: Timestamp,
    near_at: Timestamp,
    due_at: Timestamp,
    because: Bilingual,
) -> Deadline {
    Deadline {
        kind: rule.kind,
        policy: rule.key.clone(),
        started_at,
        near_at: near_at.min(due_at),
        due_at,
        state: DeadlineState::Running,
        because,
        extensions: 0,
        days_out: 0,
        paused_at: None,
    }
}

/// Working-day clocks warn in business time, so that a warning does not come on a Sunday for a Monday.
fn near_at(rule: &DeadlinePolicy, calendar: &Calendar, start: Timestamp, due_at: Timestamp) -> Timestamp {
    match rule.unit {
        DayKind::Hours | DayKind::Calendar => near_share(rule, start, due_at),
        DayKind::Working => {
            let minutes = calendar.business_minutes(start, due_at);
            calendar.add_business_minutes(start, minutes * i64::from(rule.near_percent) / 100)
        }
    }
}

fn near_share(rule: &DeadlinePolicy, start: Timestamp, due_at: Timestamp) -> Timestamp {
    let share = i128::from(due_at.since_ms(start)) * i128::from(rule.near_percent) / 100;
    start.plus_ms(i64::try_from(share).unwrap_or(i64::MAX))
}

fn explain(
    rule: &DeadlinePolicy,
    calendar: &Calendar,
    start: Timestamp,
    due_at: Timestamp,
    counted: &Counted,
) -> Bilingual {
    let (from, due) = (spell(calendar.zone(), start), spell(calendar.zone(), due_at));
    let (amount, facts) = (rule.amount, facts(counted));
    let (zh, en) = match rule.unit {
        DayKind::Hours => (
            format!("自 {} 起 {amount} 小时（自然小时，夜间和节假日照算）", from.zh),
            format!(
                "{amount} hours from {} (wall hours, nights and holidays count)",
                from.en
            ),
        ),
        DayKind::Calendar => (
            format!("自 {} 次日起 {amount} 个自然日", from.zh),
            format!("{amount} calendar days from the day after {}", from.en),
        ),
        DayKind::Working => (
            format!("自 {} 次日起 {amount} 个工作日", from.zh),
            format!("{amount} working days from the day after {}", from.en),
        ),
    };
    Bilingual::new(
        format!(
            "{zh}{}，应在 {} 前完成（依据：{}）。",
            facts.zh, due.zh, rule.source.zh
        ),
        format!("{en}{}, so due by {} ({}).", facts.en, due.en, rule.source.en),
    )
}

/// What the calendar did on the way: holidays and weekends skipped, make-up days counted, years it knows nothing of.
fn facts(counted: &Counted) -> Bilingual {
    let mut facts = Bilingual::default();
    let mut add = |zh: String, en: String| {
        facts.zh.push_str(&zh);
        facts.en.push_str(&en);
    };
    for holiday in &counted.holidays {
        let (from, to) = (spell_day(holiday.from), spell_day(holiday.to));
        add(
            format!("，跳过{}假期（{}至{}）", holiday.name.zh, from.zh, to.zh),
            format!(", skipping {} ({} to {})", holiday.name.en, from.en, to.en),
        );
    }
    if counted.weekend_days > 0 {
        let days = counted.weekend_days;
        let plural = if days == 1 { "day" } else { "days" };
        add(
            format!("，跳过周末 {days} 天"),
            format!(", skipping {days} weekend {plural}"),
        );
    }
    for day in &counted.make_up {
        let day = spell_day(*day);
        add(
            format!("，{}调休上班，计入", day.zh),
            format!(", counting the make-up working day {}", day.en),
        );
    }
    for year in &counted.without_table {
        add(
            format!("，{year} 年放假安排未录入、仅按周末计"),
            format!(", with weekends only for {year}, whose holidays are not on file"),
        );
    }
    facts
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::rules::Rules;

    /// A start in Beijing time and a kind of clock → when it warns, when it is due, and why.
    fn check(start: &str, kind: domain::DeadlineKind, severity: Severity, expect: Expect) {
        let rules = Rules::load_default();
        let zoned = format!("{start}[Asia/Shanghai]");
        let start: jiff::Zoned = zoned.parse().expect("a local time");
        let policy = rules.policy(kind, severity).expect("every kind has a policy");
        let clock = set_clock(
            policy,
            &rules.calendar,
            Timestamp(start.timestamp().as_millisecond()),
        );
        let near = spell(rules.calendar.zone(), clock.near_at);
        expect.assert_eq(&format!(
            "warns {}\n{}\n{}\n",
            near.en, clock.because.zh, clock.because.en
        ));
    }

    #[test]
    fn first_response_counts_nights_and_weekends() {
        check(
            "2026-11-20T16:30",
            domain::DeadlineKind::FirstResponse,
            Severity::Moderate,
            expect![[r#"
                warns 21 Nov 2026 10:30
                自 2026年11月20日 16:30 起 24 小时（自然小时，夜间和节假日照算），应在 2026年11月21日 16:30 前完成（依据：内部规则：24 小时内首次响应）。
                24 hours from 20 Nov 2026 16:30 (wall hours, nights and holidays count), so due by 21 Nov 2026 16:30 (House rule: a first answer within 24 hours).
            "#]],
        );
    }

    #[test]
    fn resolution_over_the_october_holiday_counts_the_make_up_saturday() {
        check(
            "2026-09-29T10:00",
            domain::DeadlineKind::Resolution,
            Severity::Moderate,
            expect![[r#"
                warns 13 Oct 2026 09:15
                自 2026年9月29日 10:00 次日起 7 个工作日，跳过国庆节假期（10月1日至10月7日），跳过周末 1 天，10月10日调休上班，计入，应在 2026年10月14日 18:00 前完成（依据：内部规则：7 个工作日内办结并告知）。
                7 working days from the day after 29 Sep 2026 10:00, skipping National Day (1 Oct to 7 Oct), skipping 1 weekend day, counting the make-up working day 10 Oct, so due by 14 Oct 2026 18:00 (House rule: settled and told within 7 working days).
            "#]],
        );
    }

    #[test]
    fn resolution_over_the_spring_festival_of_2025() {
        check(
            "2025-01-24T18:30",
            domain::DeadlineKind::Resolution,
            Severity::Serious,
            expect![[r#"
                warns 6 Feb 2025 16:07
                自 2025年1月24日 18:30 次日起 5 个工作日，跳过春节假期（1月28日至2月4日），跳过周末 1 天，1月26日调休上班，计入，应在 2025年2月7日 18:00 前完成（依据：内部规则：严重投诉 5 个工作日内办结并告知）。
                5 working days from the day after 24 Jan 2025 18:30, skipping Spring Festival (28 Jan to 4 Feb), skipping 1 weekend day, counting the make-up working day 26 Jan, so due by 7 Feb 2025 18:00 (House rule: a serious case is settled and told within 5 working days).
            "#]],
        );
    }

    #[test]
    fn a_year_without_a_table_is_said_to_be_weekends_only() {
        check(
            "2026-12-29T09:00",
            domain::DeadlineKind::Resolution,
            Severity::Moderate,
            expect![[r#"
                warns 5 Jan 2027 18:00
                自 2026年12月29日 09:00 次日起 7 个工作日，跳过周末 2 天，2027 年放假安排未录入、仅按周末计，应在 2027年1月7日 18:00 前完成（依据：内部规则：7 个工作日内办结并告知）。
                7 working days from the day after 29 Dec 2026 09:00, skipping 2 weekend days, with weekends only for 2027, whose holidays are not on file, so due by 7 Jan 2027 18:00 (House rule: settled and told within 7 working days).
            "#]],
        );
    }
}
