//! Every shape of transcript becomes the same table of turns.

use domain::{Channel, Speaker, TalkDoubt, Vocabulary as _};

use super::*;

fn table(words: &str) -> String {
    let transcripts = read_transcripts(words, "file", Channel::Chat, None);
    let mut table = String::new();
    for conversation in &transcripts.conversations {
        table.push_str(&format!("# {} {}\n", conversation.id, conversation.channel.key()));
        for turn in &conversation.turns {
            let sure = if turn.speaker_p < 1.0 { "?" } else { "" };
            let times = match (turn.starts_ms, turn.ends_ms) {
                (Some(start), Some(end)) => format!(" {start}-{end}"),
                (Some(start), None) => format!(" {start}-"),
                _ => String::new(),
            };
            let at = turn.at.map_or(String::new(), |at| format!(" @{}", at.0));
            table.push_str(&format!(
                "{}{sure}{times}{at} {}\n",
                turn.speaker.key(),
                turn.text.replace('\n', "|")
            ));
        }
        for doubt in &conversation.doubts {
            table.push_str(&format!("! {}\n", doubt.key()));
        }
    }
    for refused in &transcripts.refused {
        table.push_str(&format!("x {refused}\n"));
    }
    table
}

fn check(words: &str, expect: &str) {
    assert_eq!(table(words), expect, "{words}");
}

#[test]
fn own_lines() {
    check(
        concat!(
            r#"{"id":"a","channel":"phone","agent":"A17","turns":[{"role":"customer","text":"在吗","at":"2026-11-22T09:05:00+08:00"},{"role":"bot","text":"请稍候"},{"role":"客服","text":""}]}"#,
            "\n{oops\n",
            r#"{"id":"b"}"#,
        ),
        "# a phone\ncustomer @1795309500000 在吗\nbot 请稍候\nagent \nx line 2: is no JSON at column 2: write one conversation per line\nx line 3, field turns: holds no turns: give a list of objects with `role` and `text`\n",
    );
}

#[test]
fn text_with_marks() {
    check(
        "客户：我的单子呢？\n第二行\n客服小王: 您好\n\n[00:01:05] 系统：已转接\n=====\nA：你们怎么还不退款\nB：您好，请问订单号\n",
        "# file chat\ncustomer 我的单子呢？|第二行\nagent 您好\nsystem 65000- 已转接\n# file-2 chat\ncustomer? 你们怎么还不退款\nagent? 您好，请问订单号\n",
    );
}

#[test]
fn text_without_marks_takes_turns() {
    let transcripts = read_transcripts(
        "你们把我的箱子弄坏了\n您好，请问您的订单号\n凭什么还要订单号",
        "x",
        Channel::Chat,
        None,
    );
    let turns = &transcripts.conversations[0].turns;
    let speakers: Vec<Speaker> = turns.iter().map(|turn| turn.speaker).collect();
    assert_eq!(speakers, [Speaker::Customer, Speaker::Agent, Speaker::Customer]);
    assert!(
        turns
            .iter()
            .all(|turn| turn.speaker_p > 0.5 && turn.speaker_p < 1.0)
    );
}

#[test]
fn subtitles() {
    check(
        "1\n00:00:01,000 --> 00:00:02,500\n客服：您好\n\n2\n00:00:03,000 --> 00:00:05,000\n客户：我要退款\n分两行\n",
        "# file chat\nagent 1000-2500 您好\ncustomer 3000-5000 我要退款|分两行\n",
    );
    check(
        "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v 客户>喂</v>\n\n00:03.000 --> 00:04.000\n<v Agent>您好\n",
        "# file chat\ncustomer 1000-2000 喂\nagent 3000-4000 您好\n",
    );
}

#[test]
fn vendors() {
    check(
        r#"{"entries":[{"text":"hi","role":"AGENT","user_id":2,"start_timestamp_usec":1000000},{"text":"我要退款","role":"END_USER","user_id":1,"start_timestamp_usec":2000000}],"conversation_info":{"categories":[]}}"#,
        "# file chat\nagent @1000 hi\ncustomer @2000 我要退款\n",
    );
    check(
        r#"{"ContactId":"c1","Transcript":[{"Id":"1","ParticipantId":"AGENT","Content":"您好","BeginOffsetMillis":0,"EndOffsetMillis":900,"Sentiment":"NEUTRAL"},{"Id":"2","ParticipantRole":"CUSTOMER","Content":"坏了","BeginOffsetMillis":1000,"EndOffsetMillis":1900}]}"#,
        "# c1 chat\nagent 0-900 您好\ncustomer 1000-1900 坏了\n",
    );
    check(
        r#"{"Segments":[{"Transcript":{"ParticipantRole":"CUSTOMER","Content":"喂","BeginOffsetMillis":5,"EndOffsetMillis":9}},{"Categories":{"MatchedCategories":[]}}]}"#,
        "# file chat\ncustomer 5-9 喂\n! broken\n",
    );
    check(
        r#"{"TaskId":"t","Result":{"Sentences":[{"BeginTime":100,"EndTime":900,"ChannelId":0,"Text":"您好，请问有什么可以帮您","EmotionValue":"6.0","SpeechRate":180,"SilenceDuration":1},{"BeginTime":1000,"EndTime":1900,"ChannelId":1,"Text":"你们凭什么扣我的钱"}]}}"#,
        "# file chat\nagent? 100-900 您好，请问有什么可以帮您\ncustomer? 1000-1900 你们凭什么扣我的钱\n",
    );
    check(
        r#"{"Response":{"Data":{"ResultDetail":[{"FinalSentence":"你们怎么还不来","StartMs":0,"EndMs":800,"SpeechSpeed":4.2,"SpeakerId":0},{"FinalSentence":"抱歉，我帮您查一下","StartMs":900,"EndMs":1500,"SpeakerId":1}]}}}"#,
        "# file chat\ncustomer? 0-800 你们怎么还不来\nagent? 900-1500 抱歉，我帮您查一下\n",
    );
    check(
        r#"{"segments":[{"start_time":0,"end_time":700,"result":{"text":"喂","analysis_info":{"role":"USER"}}}]}"#,
        "# file chat\ncustomer? 0-700 喂\n",
    );
}

#[test]
fn odd_files_do_not_stop_the_reading() {
    for words in [
        "",
        "\u{feff}",
        "\n\n",
        "[]",
        "{}",
        "{\"turns\":[]}",
        "：：：",
        "-->",
        "---\n===",
        "[[[[[[[[",
        "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":[{\"text\":\"x\"}]}}}}}}",
    ] {
        let transcripts = read_transcripts(words, "odd", Channel::Import, None);
        assert!(transcripts.conversations.len() <= 1, "{words}");
    }
    let long = "客户：啊\n".repeat(25_000);
    let read = read_transcripts(&long, "long", Channel::Chat, None);
    assert_eq!(read.conversations[0].turns.len(), 20_000);
    assert_eq!(read.conversations[0].doubts, [TalkDoubt::VeryLong]);
}
