//! The check of messages before they are sent.

use domain::{Bilingual, Channel, Situation};
use tingsu_playbook::MessageSeverity;

use crate::build::{PLAYBOOK, known_situation, situation};

fn rules(message: &str, situation: &Situation) -> Vec<(String, String)> {
    let findings = PLAYBOOK.check_message(message, situation);
    findings
        .into_iter()
        .map(|finding| (finding.rule, finding.quote.words().to_owned()))
        .collect()
}

fn finds(message: &str, rule: &str, quote: &str) {
    let found = rules(message, &situation());
    assert!(
        found.contains(&(rule.to_owned(), quote.to_owned())),
        "{message}: {found:?}"
    );
}

#[test]
fn a_good_message_passes() {
    let message = "陈女士您好，屏幕点不动确实耽误事。我先请检测的同事查一遍，今天18:00前给您回电话。";
    assert_eq!(rules(message, &situation()), []);
}

#[test]
fn words_that_pour_oil_are_blocked() {
    finds("您冷静一下，我今天回复您", "taboo", "冷静一下");
    finds("是您自己点错了，我明天告诉您", "provoking", "是您自己");
    finds("Please CALM DOWN, I'll call today.", "taboo", "CALM DOWN");
    finds("给个好评的话，我今天就安排", "review_for_favor", "给个好评");
    finds("您属于报复型，我今天跟进", "label", "报复型");
}

#[test]
fn promises_beyond_knowledge_and_authority_are_blocked() {
    finds("我保证解决，今天就去安排", "overpromise", "保证解决");
    finds("我们会在明天赔您800元", "beyond_authority", "800");
    finds("明天我们会赔您1.5万", "beyond_authority", "1.5");
    assert_eq!(rules("我们会在明天补您150元", &situation()), []);
}

#[test]
fn personal_data_is_blocked_and_names_are_private() {
    finds("我会在今天打13800138000", "personal_data", "13800138000");
    let public = Situation {
        channel: Channel::Review,
        ..known_situation()
    };
    let found = rules("陈女士，我们今天会私信联系您", &public);
    assert!(
        found.contains(&("public_personal".to_owned(), "陈女士".to_owned())),
        "{found:?}"
    );
    assert_eq!(rules("陈女士，我们今天会私信联系您", &known_situation()), []);
}

#[test]
fn a_message_says_what_next_and_when() {
    finds("知道了。", "no_next_step", "知道了。");
    finds("您好。这件事我会跟进。", "no_date", "这件事我会跟进。");
    let found = PLAYBOOK.check_message("知道了", &situation());
    assert!(
        found
            .iter()
            .all(|finding| finding.severity == MessageSeverity::Warn)
    );
}

#[test]
fn the_approved_statement_is_kept_to() {
    let statement = Bilingual::new("因雷雨延误，每人补偿300元。", "Delayed by storms; CNY 300 each.");
    let situation = Situation {
        approved_statement: Some(statement),
        ..situation()
    };
    let found = rules("补偿每人150元，我今天跟进", &situation);
    assert!(
        found.contains(&("contradicts_statement".to_owned(), "150".to_owned())),
        "{found:?}"
    );
    let kept = rules("补偿每人300元，我今天跟进", &situation);
    assert!(
        !kept.iter().any(|(rule, _)| rule == "contradicts_statement"),
        "{kept:?}"
    );
}

#[test]
fn slots_left_open_and_blank_messages() {
    finds("您好{name}，我今天回复您", "unfilled_slot", "{");
    assert_eq!(rules("  \n", &situation()), []);
}

#[test]
fn heavy_findings_come_first() {
    let found = PLAYBOOK.check_message("亲，请耐心等待。不归我管", &situation());
    assert!(found.windows(2).all(|pair| pair[0].severity >= pair[1].severity));
    assert_eq!(found[0].rule, "taboo");
}
