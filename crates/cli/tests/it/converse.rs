//! `tingsu converse`: transcripts in, one review each with inspection and advice; odd records refused by line.

use serde_json::Value;

use crate::tool::run;

const TALK: &str = "客户：洗衣机修了三次还是漏水，气死我了！你们到底管不管！\n客服：您自己没用对吧，别人家都没事。\n客户：什么态度！叫你们经理来，不然我打12315！\n";

#[test]
fn a_transcript_is_heard_inspected_and_coached() {
    let ran = run(&["converse", "--output", "jsonl", "--live"], TALK);
    let review: Value = ran.ok().json().remove(0);
    assert_eq!(review["turns"][0]["emotion"]["stage"], "angry");
    assert_eq!(review["turns"][1]["role"], "agent");
    assert!(review["inspection"]["points"].as_f64().unwrap() <= 100.0);
    assert_eq!(review["advice"]["rule"], "superior");
    assert_eq!(review["escalated_at"], 2);
}

#[test]
fn the_report_is_for_the_eye_in_both_languages() {
    let zh = run(&["converse"], TALK).ok().out;
    let en = run(&["converse", "--language", "en"], TALK).ok().out;
    assert!(zh.contains("愤怒") && zh.contains("质检"), "{zh}");
    assert!(en.contains("Angry") && en.contains("inspection"), "{en}");
}

#[test]
fn refused_lines_are_named_and_the_rest_goes_on() {
    let lines = "{\"turns\":[{\"role\":\"customer\",\"text\":\"退钱\"}]}\n{oops\n";
    let ran = run(&["converse", "--output", "jsonl"], lines);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1));
    assert!(ran.err.contains("line 2: is no JSON"), "{}", ran.err);
}
