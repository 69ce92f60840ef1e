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
    let zh = run(&["converse", "--output", "report"], TALK).ok().out;
    let en = run(&["converse", "--output", "report", "--language", "en"], TALK)
        .ok()
        .out;
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

#[test]
fn subtitles_in_a_pipe_give_one_object_each() {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\n客户：怎么还没到\n\n2\n00:00:03,000 --> 00:00:05,000\n客服：马上给您查\n";
    let ran = run(&["converse", "--input", "srt"], srt);
    let value: serde_json::Value = serde_json::from_str(ran.ok().out.trim()).unwrap();
    assert_eq!(value["turns"].as_array().unwrap().len(), 2);
    // Times that no clock shows are words.
    let odd = run(
        &["converse", "--input", "text"],
        "1234567890123456789:0 客服：您好\n客户：在吗\n",
    );
    assert!(odd.ok().out.contains("turns"));
}

#[test]
fn two_readers_are_compared() {
    let first = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/dialogues/more-a.jsonl");
    let second = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/dialogues/second.jsonl");
    let ran = run(&["eval", first, "--against", second, "--output", "json"], "");
    let value: serde_json::Value = serde_json::from_str(ran.ok().out.trim()).unwrap();
    assert_eq!(value["conversations"], 60);
    assert!(
        value["labels"]["emotion"]["kappa"].as_f64().unwrap() > 0.6,
        "{value}"
    );
    assert!(
        value["labels"]["apologize"]["first"].as_u64().unwrap() > 10,
        "{value}"
    );
}
