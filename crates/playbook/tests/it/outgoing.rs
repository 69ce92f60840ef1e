//! Messages against what was said, cleared and approved before, and what is said in public (C8, C9).

use domain::{
    Bilingual, Channel, Currency, Date, Dealings, Entity, EntityKind, EntityValue, Money, Nuance, Situation,
    Subject,
};

use crate::build::{PLAYBOOK, Reading, known_situation, quote, situation};

fn found(message: &str, situation: &Situation, particulars: &[Entity]) -> Vec<(String, String)> {
    PLAYBOOK
        .check_outgoing(message, situation, particulars)
        .into_iter()
        .map(|finding| (finding.rule, finding.quote.words().to_owned()))
        .collect()
}

fn has(message: &str, situation: &Situation, rule: &str, words: &str) {
    let found = found(message, situation, &[]);
    assert!(
        found.contains(&(rule.to_owned(), words.to_owned())),
        "{message}: {found:?}"
    );
}

fn has_not(message: &str, situation: &Situation, rule: &str) {
    let found = found(message, situation, &[]);
    assert!(
        found.iter().all(|(found, _)| found != rule),
        "{message}: {found:?}"
    );
}

fn told(said: &str) -> Situation {
    Situation {
        dealings: Dealings {
            said: vec![said.to_owned()],
            ..Dealings::default()
        },
        ..situation()
    }
}

#[test]
fn another_sum_than_before_is_stopped_and_the_same_one_passes() {
    let before = told("您好，我们今天会给您退80元。");
    has("明天18:00前给您退50元", &before, "contradicts_earlier", "50");
    has_not("明天18:00前给您退80元", &before, "contradicts_earlier");
    has_not(
        "您付的150元，我们明天18:00前核实清楚",
        &before,
        "contradicts_earlier",
    );
    let finding = &PLAYBOOK.check_message("明天给您退50元", &before)[0];
    assert!(finding.because.zh.contains("80元"), "{}", finding.because.zh);
}

#[test]
fn taking_back_what_was_granted_is_stopped() {
    let before = told("这一单可以退，我明天来办。");
    has(
        "抱歉，这一单不能退，我今天再核实",
        &before,
        "contradicts_earlier",
        "不能退",
    );
    has_not("这一单可以退，明天18:00前办好", &before, "contradicts_earlier");
    // A text that weighs one against the other is no plain word either way.
    let weighed = told("拆封的不能退，没拆封的可以退，我明天告诉您。");
    has_not("您这一单可以退，明天办", &weighed, "contradicts_earlier");
}

#[test]
fn the_approved_statement_is_not_turned_round() {
    let situation = Situation {
        approved_statement: Some(Bilingual::new(
            "航班因雷雨取消，全额退票款。",
            "Storms; we will refund all.",
        )),
        ..situation()
    };
    has(
        "这种情况无法退，我今天回您电话",
        &situation,
        "contradicts_statement",
        "无法退",
    );
}

#[test]
fn a_cleared_sum_may_be_told_and_a_quoted_one_is_no_promise() {
    let cleared = Situation {
        dealings: Dealings {
            cleared: Some(Money::yuan(800)),
            ..Dealings::default()
        },
        ..situation()
    };
    has_not("明天18:00前给您退800元", &cleared, "beyond_authority");
    has("明天18:00前给您退900元", &cleared, "beyond_authority", "900");
    has_not(
        "关于“多扣了3000元”这件事，我今天去核实",
        &situation(),
        "beyond_authority",
    );
}

fn money(message: &str, words: &str, amount: Money) -> Entity {
    Entity {
        kind: EntityKind::Money,
        quote: quote(message, words),
        value: Some(EntityValue::Money(amount)),
        nuance: Nuance::default(),
    }
}

#[test]
fn sums_in_words_and_in_foreign_money_are_seen() {
    let message = "我们明天给您补五百元";
    let sum = money(message, "五百元", Money::yuan(500));
    assert!(found(message, &situation(), &[sum]).contains(&("beyond_authority".into(), "五百元".into())));
    let message = "We will pay you US$ 20 tomorrow";
    let dollars = Money {
        minor: 2_000,
        currency: Currency::from_code("USD").expect("a currency"),
    };
    let sum = money(message, "US$ 20", dollars);
    assert!(found(message, &situation(), &[sum]).contains(&("beyond_authority".into(), "US$ 20".into())));
}

#[test]
fn every_kind_of_personal_data_is_stopped_but_a_greeting_by_name() {
    let message = "陈女士您好，我们今天寄到幸福路8号3单元501";
    let one = |kind, words| Entity {
        kind,
        quote: quote(message, words),
        value: None,
        nuance: Nuance::default(),
    };
    let particulars = [
        one(EntityKind::Name, "陈女士"),
        one(EntityKind::Address, "幸福路8号3单元501"),
    ];
    let found = found(message, &situation(), &particulars);
    let personal: Vec<_> = found.iter().filter(|(rule, _)| rule == "personal_data").collect();
    assert_eq!(
        personal,
        [&("personal_data".to_owned(), "幸福路8号3单元501".to_owned())]
    );
}

#[test]
fn all_upside_without_a_limit_is_warned_of() {
    has(
        "我们今天给您免费升级，还送您优惠券",
        &situation(),
        "all_upside",
        "升级",
    );
    has_not(
        "我们今天给您免费升级，还送您优惠券，但只限本月使用",
        &situation(),
        "all_upside",
    );
    has_not("我们今天免费上门检查", &situation(), "all_upside");
}

#[test]
fn a_public_complaint_gets_a_public_line_and_a_private_message() {
    let reading = Reading::of("这家店态度太差，订单DD20261120到现在没发")
        .subject(Subject::Service, "没发")
        .public();
    let situation = Situation {
        channel: Channel::Review,
        ..known_situation()
    };
    let plan = PLAYBOOK.plan(&reading.analysis, &situation);
    let reply = plan.public.expect("it was made in public");
    for text in [&reply.line, &reply.closing] {
        for personal in ["陈女士", "DD20261120", "299"] {
            assert!(
                !text.zh.contains(personal) && !text.en.contains(personal),
                "{text:?}"
            );
        }
        let heavy = PLAYBOOK
            .check_message(&text.zh, &situation)
            .into_iter()
            .find(|finding| finding.severity == tingsu_playbook::MessageSeverity::Block);
        assert_eq!(heavy, None);
    }
    assert!(reply.line.zh.chars().count() <= 80, "{}", reply.line.zh);
    assert!(reply.private.zh.contains("陈女士"), "{}", reply.private.zh);
    assert_eq!(plan.acknowledgement, reply.line);
    assert!(!reply.never.is_empty());
    assert_eq!(
        PLAYBOOK.plan(&Reading::of("没发货").analysis, &situation).public,
        None
    );
}

/// What was approved, with the days a reader of texts would find in it.
fn approved(statement: &str, days: &[(&str, EntityValue)]) -> Situation {
    Situation {
        approved_statement: Some(Bilingual::new(statement, statement)),
        dealings: Dealings {
            statement_particulars: particulars(statement, days),
            ..Dealings::default()
        },
        ..situation()
    }
}

fn particulars(message: &str, days: &[(&str, EntityValue)]) -> Vec<Entity> {
    let entity = |(words, value): &(&str, EntityValue)| Entity {
        kind: match value {
            EntityValue::Duration(_) => EntityKind::Duration,
            _ => EntityKind::Date,
        },
        quote: quote(message, words),
        value: Some(value.clone()),
        nuance: Nuance::default(),
    };
    days.iter().map(entity).collect()
}

fn day(month: u8, day: u8) -> EntityValue {
    EntityValue::Date(Date::new(2026, month, day).expect("a day"))
}

fn term(days: u32) -> EntityValue {
    EntityValue::Duration(format!("P{days}D"))
}

fn words_of(message: &str, situation: &Situation, days: &[(&str, EntityValue)], rule: &str) -> Vec<String> {
    let found = found(message, situation, &particulars(message, days));
    let of_rule = found.into_iter().filter(|(found, _)| found == rule);
    of_rule.map(|(_, words)| words).collect()
}

#[test]
fn a_cost_does_not_change_sides() {
    let before = told("来回运费由我们承担，明天安排快递上门。");
    has(
        "运费需要您自理，我明天安排",
        &before,
        "contradicts_earlier",
        "自理",
    );
    has(
        "寄回的费用您承担，我明天安排",
        &before,
        "contradicts_earlier",
        "您承担",
    );
    has_not("运费不用您承担，我明天安排快递", &before, "contradicts_earlier");
    has_not("检测费您自理，我明天安排", &before, "contradicts_earlier");
    let theirs = told("检测费由您先付，明天告诉您结果。");
    has(
        "检测费我们承担，明天安排",
        &theirs,
        "contradicts_earlier",
        "我们承担",
    );
    // The side stands in the clause behind; a text that names both sides is no plain word.
    let split = told("运费这一块，我们承担。");
    has("邮费，得您出，我今天安排", &split, "contradicts_earlier", "您出");
    let both = told("运费我们承担一半，另一半运费您承担。");
    has_not("运费您承担，我今天安排", &both, "contradicts_earlier");
    let finding = &PLAYBOOK.check_message("运费您自理，我明天安排", &before)[0];
    assert!(
        finding.because.zh.contains("来回运费由我们承担"),
        "{}",
        finding.because.zh
    );
    assert!(
        finding.because.en.contains("Before it was"),
        "{}",
        finding.because.en
    );
    has(
        "You pay the postage, I will arrange it tomorrow.",
        &told("We will cover the shipping."),
        "contradicts_earlier",
        "You pay",
    );
}

#[test]
fn only_the_remedies_of_the_statement_are_promised() {
    let statement = approved("这一批次统一免费换货，来回运费由我们承担。", &[]);
    let rule = "contradicts_statement";
    assert_eq!(words_of("我们今天给您退款", &statement, &[], rule), ["退款"]);
    assert_eq!(words_of("我今天安排维修", &statement, &[], rule), ["维修"]);
    assert_eq!(
        words_of("运费您自理，我今天安排换货", &statement, &[], rule),
        ["自理"]
    );
    assert_eq!(
        words_of("今天给您安排换新，运费我们承担", &statement, &[], rule),
        [""; 0]
    );
    assert_eq!(words_of("今天给您安排退换", &statement, &[], rule), [""; 0]);
    assert_eq!(
        words_of("您要求的退款我们今天核实后答复", &statement, &[], rule),
        [""; 0]
    );
    assert_eq!(
        words_of("您说的“给我退款”我记下了，今天回电", &statement, &[], rule),
        [""; 0]
    );
    let silent = approved("这一批次已停售，正在查明原因。", &[]);
    assert_eq!(words_of("我们今天给您退款", &silent, &[], rule), [""; 0]);
}

#[test]
fn days_and_terms_of_the_statement_are_kept() {
    let text = "停水因管道爆裂，11月25日前恢复供水，赔偿7天内打款。";
    let statement = approved(text, &[("11月25日前", day(11, 25)), ("7天内", term(7))]);
    let rule = "contradicts_statement";
    let other = "11月27日前恢复，我今天跟进";
    assert_eq!(
        words_of(other, &statement, &[("11月27日前", day(11, 27))], rule),
        ["11月27日前", "27"]
    );
    let same = "我们11月25日前恢复供水";
    assert_eq!(
        words_of(same, &statement, &[("11月25日前", day(11, 25))], rule),
        [""; 0]
    );
    let sooner = "赔偿3天内打款给您";
    assert_eq!(
        words_of(sooner, &statement, &[("3天内", term(3))], rule),
        ["3", "3天内"]
    );
}

#[test]
fn a_day_that_was_told_is_not_put_off_in_silence() {
    let said = "退款11月25日前到账，运费我们承担。";
    let before = Situation {
        dealings: Dealings {
            said: vec![said.to_owned()],
            said_particulars: vec![particulars(said, &[("11月25日前", day(11, 25))])],
            ..Dealings::default()
        },
        ..situation()
    };
    let rule = "contradicts_earlier";
    let check = |message: &str, words: &str, value| words_of(message, &before, &[(words, value)], rule);
    assert_eq!(
        check("退款11月30日前到账", "11月30日前", day(11, 30)),
        ["11月30日前"]
    );
    assert_eq!(
        check("退款11月24日就能到账", "11月24日", day(11, 24)),
        [""; 0],
        "sooner is no harm"
    );
    assert_eq!(
        check("退款改到11月30日前到账，抱歉", "11月30日前", day(11, 30)),
        [""; 0],
        "said openly"
    );
    assert_eq!(
        check("师傅11月30日上门", "11月30日", day(11, 30)),
        [""; 0],
        "another thing"
    );
    // What was told is over: a new day is news.
    let late = Situation {
        now: domain::Timestamp(1_795_800_000_000),
        ..before.clone()
    };
    assert_eq!(
        words_of("退款11月30日前到账", &late, &[("11月30日前", day(11, 30))], rule),
        [""; 0]
    );
}

#[test]
fn a_claim_is_taken_back_in_other_words() {
    let statement = approved("送检结果合格，产品不存在质量问题，责任不在我司。", &[]);
    let rule = "contradicts_statement";
    assert_eq!(
        words_of("您买的这一批存在质量缺陷，我明天取回", &statement, &[], rule),
        ["质量缺陷"]
    );
    for kept in [
        "检测报告显示质量是合格的，今天发给您",
        "您觉得质量有问题，我今天安排复检",
        "质量有没有问题，周四出结果",
        "您说“质量有缺陷”，我记下了，今天回电",
    ] {
        assert_eq!(words_of(kept, &statement, &[], rule), [""; 0], "{kept}");
    }
    let before = told("屏幕在保修期内。您的包裹还没发货。");
    let rule = "contradicts_earlier";
    has("屏幕不在保修范围，明天报价给您", &before, rule, "不在保修范围");
    has_not("电池已经过保了，价格明天告诉您", &before, rule);
    has_not("包裹已经发货，明天派送", &before, rule);
    has_not("更正一下：屏幕不在保修范围，是我看错了，今天报价", &before, rule);
}
