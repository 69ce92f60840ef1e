//! The eleven scenarios: the moves each plan needs, those it must not make, and those that must not come first.

use std::sync::LazyLock;

use domain::{
    AngerType, Cause, Channel, EmotionStage, EntityKind, Facet, Intensity, Loyalty, Motive, Nature, Plan,
    Psychology, Remedy, Risk, Role, Situation, Stance, Subject,
};

use crate::build::{PLAYBOOK, Reading, moves_of, situation};

/// What the plans are held to, by the scenario's id.
static EXPECTED: LazyLock<toml::Table> =
    LazyLock::new(|| include_str!("../scenarios.toml").parse().expect("valid TOML"));

fn expected(id: &str, key: &str) -> Vec<String> {
    EXPECTED[id][key].clone().try_into().expect("a list of texts")
}

fn check(reading: &Reading, situation: &Situation, id: &str) -> Plan {
    let plan = PLAYBOOK.plan(&reading.analysis, situation);
    let moves = moves_of(&plan);
    for needed in expected(id, "needed") {
        assert!(
            moves.contains(&needed.as_str()),
            "{id}: {needed} is needed: {moves:?}"
        );
    }
    for forbidden in expected(id, "forbidden") {
        assert!(
            !moves.contains(&forbidden.as_str()),
            "{id}: {forbidden} must not be: {moves:?}"
        );
    }
    let late = expected(id, "not_first");
    for step in plan.steps.iter().take(2) {
        assert!(
            !step.moves.iter().any(|key| late.contains(key)),
            "{id}: too early: {}",
            step.act.zh
        );
    }
    for words in expected(id, "words") {
        let told = plan
            .steps
            .iter()
            .flat_map(|step| step.dont.iter().chain([&step.act]));
        assert!(
            told.into_iter().any(|text| text.zh.contains(&words)),
            "{id}: {words} is not told"
        );
    }
    plan
}

fn on(channel: Channel) -> Situation {
    Situation {
        channel,
        ..situation()
    }
}

#[test]
fn s01_screen_fails() {
    let text = "手机屏幕这一周老是点不动,接电话都费劲。型号是 K9 Lite,上周二左右开始的";
    let reading = Reading::of(text)
        .goal(Psychology::Solve, "老是点不动")
        .feeling(EmotionStage::Disappointed, Intensity::Mild, "接电话都费劲")
        .subject(Subject::Product, "点不动")
        .manner(Stance::Reason, AngerType::Rational)
        .entity(EntityKind::Date, "上周二");
    check(&reading, &on(Channel::Chat), "s01");
}

#[test]
fn s02_public_rant_about_sizes() {
    let text = "女装店的售后我真是开了眼了!尺码表写着M,寄来的小,换一次要我自己贴邮费,气得我晚饭都没吃,姐妹们你们评评理!!";
    let reading = Reading::of(text)
        .goal(Psychology::Vent, "气得我晚饭都没吃")
        .second(Psychology::Revenge)
        .feeling(EmotionStage::Angry, Intensity::Strong, "真是开了眼了")
        .subject(Subject::Service, "售后")
        .subject(Subject::Product, "寄来的小")
        .subject(Subject::Policy, "换一次要我自己贴邮费")
        .risk(Risk::Exposure, "姐妹们你们评评理")
        .manner(Stance::Grumble, AngerType::Emotional)
        .public();
    check(&reading, &on(Channel::Social), "s02");
}

#[test]
fn s03_cold_after_sales_in_public() {
    let text = "我客客气气去问,售后眼皮都不抬,一个说找厂家,厂家说找店里。你们是不是觉得顾客都没脾气?";
    let reading = Reading::of(text)
        .goal(Psychology::Respect, "售后眼皮都不抬")
        .feeling(EmotionStage::Angry, Intensity::Strong, "顾客都没脾气")
        .subject(Subject::Attitude, "眼皮都不抬")
        .cause(Cause::NoOwner, "一个说找厂家,厂家说找店里")
        .risk(Risk::Exposure, "觉得顾客都没脾气")
        .manner(Stance::Grumble, AngerType::Emotional)
        .public();
    check(&reading, &on(Channel::Social), "s03");
}

#[test]
fn s04_marketing_calls() {
    let text = "这个商家一天给我打五六个推销电话,向平台反映了两次。除了马上停止,总得给个说法、补偿一点吧。";
    let reading = Reading::of(text)
        .goal(Psychology::Redress, "补偿一点吧")
        .feeling(EmotionStage::Angry, Intensity::Mild, "总得给个说法")
        .subject(Subject::Service, "打五六个推销电话")
        .motive(Motive::Compensation, "补偿一点")
        .risk(Risk::Repeat, "反映了两次")
        .manner(Stance::Reason, AngerType::Rational);
    let plan = check(&reading, &on(Channel::Regulator), "s04");
    assert!(!plan.redress.options.is_empty());
}

#[test]
fn s05_loyal_user_and_the_new_version() {
    let text = "从第一版用到现在,八年了。这次更新把批注入口藏到三级菜单里,像回家发现家具全被挪了。有没有人想到过我们这些老用户。";
    let reading = Reading::of(text)
        .goal(Psychology::Recognition, "有没有人想到过我们这些老用户")
        .feeling(EmotionStage::Disappointed, Intensity::Mild, "家具全被挪了")
        .subject(Subject::Product, "批注入口藏到三级菜单里")
        .motive(Motive::Understanding, "有没有人想到过")
        .nature(Nature::Vent);
    let loyal = Situation {
        loyalty: Loyalty::Loyal,
        ..on(Channel::Email)
    };
    let plan = check(&reading, &loyal, "s05");
    let tokens = [Remedy::Coupon, Remedy::Points];
    assert!(
        !plan
            .redress
            .options
            .iter()
            .any(|option| tokens.contains(&option.remedy)),
        "no coupon"
    );
}

#[test]
fn s06_campaign_of_bad_reviews() {
    let text = "第四次送晚了,前三次投诉全是“已记录”。行,你们不改,我来改:每天一条,附上小票,评到你们关门为止。";
    let reading = Reading::of(text)
        .goal(Psychology::Revenge, "评到你们关门为止")
        .feeling(EmotionStage::Angry, Intensity::Extreme, "你们不改,我来改")
        .subject(Subject::Service, "第四次送晚了")
        .cause(Cause::Unheard, "前三次投诉全是“已记录”")
        .risk(Risk::Exposure, "每天一条")
        .risk(Risk::Repeat, "第四次")
        .manner(Stance::Bargain, AngerType::Emotional)
        .public();
    let plan = check(&reading, &on(Channel::Review), "s06");
    assert_eq!(
        plan.escalate.as_ref().map(|escalate| escalate.to),
        Some(Role::Supervisor)
    );
}

#[test]
fn s07_transfer_limit() {
    let text = "我转个货款转不出去,说超限额,我自己的钱我还不能用了?你们凭什么给我降?";
    let reading = Reading::of(text)
        .goal(Psychology::Solve, "转不出去")
        .feeling(EmotionStage::Angry, Intensity::Mild, "凭什么给我降")
        .subject(Subject::Policy, "超限额")
        .manner(Stance::Reason, AngerType::Rational);
    let plan = check(&reading, &on(Channel::Phone), "s07");
    assert!(moves_of(&plan).contains(&"verify_facts") || moves_of(&plan).contains(&"ask_need"));
}

#[test]
fn s08_overdue_card_and_the_credit_record() {
    let text = "就忘了还八十多块钱,你们给我报了逾期,现在房贷批不下来!你们必须把记录给我消了,不消我就去你们大堂坐着不走。";
    let reading = Reading::of(text)
        .goal(Psychology::Solve, "把记录给我消了")
        .feeling(EmotionStage::Angry, Intensity::Strong, "现在房贷批不下来")
        .subject(Subject::Policy, "给我报了逾期")
        .motive(Motive::Leverage, "去你们大堂坐着不走")
        .cause(Cause::Loss, "房贷批不下来")
        .manner(Stance::Bargain, AngerType::Unreasonable);
    let plan = check(&reading, &on(Channel::Phone), "s08");
    assert!(
        plan.steps
            .iter()
            .any(|step| step.id.starts_with("topic.credit_record"))
    );
}

#[test]
fn s09_rude_waiter() {
    let text = "带爸妈吃饭,服务员把菜单往桌上一摔说“急什么急”。我爸后来一口没动。";
    let reading = Reading::of(text)
        .goal(Psychology::Respect, "把菜单往桌上一摔")
        .feeling(EmotionStage::Disappointed, Intensity::Mild, "我爸后来一口没动")
        .subject(Subject::Attitude, "急什么急")
        .manner(Stance::None, AngerType::Emotional);
    let plan = check(&reading, &on(Channel::App), "s09");
    let offered = |remedy| plan.redress.options.iter().any(|option| option.remedy == remedy);
    assert!(offered(Remedy::StaffAction) && offered(Remedy::SameService));
}

#[test]
fn s10_swollen_power_banks() {
    let text = "充电宝充到一半鼓起来了,吓得我扔阳台。批次 A2307。我和同事的都鼓了";
    let reading = Reading::of(text)
        .goal(Psychology::Solve, "充到一半鼓起来了")
        .feeling(EmotionStage::Angry, Intensity::Mild, "吓得我扔阳台")
        .subject(Subject::Product, "鼓起来了")
        .risk(Risk::Safety, "鼓起来了")
        .risk(Risk::Herd, "我和同事的都鼓了");
    let plan = check(&reading, &on(Channel::App), "s10");
    assert_eq!(
        plan.escalate.as_ref().map(|escalate| escalate.to),
        Some(Role::Supervisor)
    );
    assert!(
        plan.steps[0]
            .because
            .iter()
            .any(|reason| reason.facet == Facet::Risks)
    );
}

#[test]
fn s11_delay_without_word() {
    let text = "晚了四个小时,登机口一个人影都没有,我带着两个孩子坐地上,你们是准备让我们住这儿?";
    let reading = Reading::of(text)
        .goal(Psychology::Vent, "你们是准备让我们住这儿")
        .feeling(EmotionStage::Angry, Intensity::Strong, "一个人影都没有")
        .subject(Subject::Incident, "晚了四个小时")
        .subject(Subject::Service, "登机口一个人影都没有")
        .cause(Cause::Loss, "晚了四个小时")
        .manner(Stance::Grumble, AngerType::Emotional);
    check(&reading, &on(Channel::App), "s11");
}
