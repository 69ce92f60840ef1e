//! Messages against what was said, cleared and approved before, and what is said in public (C8, C9).

use domain::{
    Bilingual, Channel, Currency, Dealings, Entity, EntityKind, EntityValue, Money, Nuance, Situation,
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
