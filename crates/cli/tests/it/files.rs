//! Files as they come: compressed, in other encodings, with broken records; and pipes that close.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use encoding_rs::GB18030;

use crate::tool::{command, file, run};

fn ids(ran: &crate::tool::Ran) -> Vec<String> {
    ran.json()
        .iter()
        .map(|analysis| analysis["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn gzip_is_read_through_and_order_is_kept() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for number in 0..1000 {
        writeln!(
            gzip,
            r#"{{"id":"r{number}","text":"第{number}次了，还没退款","label":"0"}}"#
        )
        .unwrap();
    }
    let (_folder, path) = file("rows.jsonl.gz", gzip.finish().unwrap());
    let ran = run(&["analyze", &path], "").ok();
    let wanted: Vec<String> = (0..1000).map(|number| format!("r{number}")).collect();
    assert_eq!(ids(&ran), wanted);
    assert_eq!(ran.err, "");
}

#[test]
fn half_a_character_is_refused_by_its_line() {
    let lines = concat!(
        r#"{"text":"退款\ud83d\ude21"}"#,
        "\n",
        r#"{"text":"退款\ud83d"}"#,
        "\n",
        r#"{"text":"\ude21退款"}"#,
        "\n",
        r#"{"text":"\ud800\ud800"}"#,
        "\n",
        r#"{"text":"退款","\ud800":1}"#,
        "\n",
        r#"{"text":"好"}"#,
        "\n",
    );
    let ran = run(&["analyze", "--input", "jsonl"], lines);
    assert_eq!((ran.code, ids(&ran)), (1, vec!["1".to_owned(), "6".to_owned()]));
    let told: Vec<&str> = ran.err.lines().collect();
    assert_eq!(told.len(), 5, "{}", ran.err);
    for (line, words) in (2..=5).zip(&told) {
        let begins =
            format!("tingsu: line {line}: holds half of a character (\\ud800 to \\udfff) at column ");
        assert!(words.starts_with(&begins), "{words}");
    }
    assert_eq!(told[4], "tingsu: 4 record(s) refused, the rest was processed");
}

#[test]
fn half_a_character_is_refused_by_the_api() {
    let fresh = crate::fresh::Fresh::sqlite();
    let server = crate::http::Server::start(&fresh.url, &[]);
    let mut line = crate::http::Line::open(&server.addr, &fresh.token).unwrap();
    for body in [
        r#"{"text":"退款\ud83d"}"#,
        r#"{"text":"\ude21退款"}"#,
        r#"{"text":"\ud800\ud800"}"#,
    ] {
        let reply = line
            .post_words("/api/v1/cases", &[("idempotency-key", "half")], body)
            .unwrap();
        assert_eq!(
            (reply.status, &reply.json()["code"]),
            (400, &"malformed_json".into()),
            "{}",
            reply.body
        );
        assert!(reply.body.contains("第 1 行第 "), "{}", reply.body);
    }
    // Both halves are a character, and the key is still free.
    let whole = r#"{"text":"退款\ud83d\ude21","channel":"web_form"}"#;
    let reply = line
        .post_words("/api/v1/cases", &[("idempotency-key", "half")], whole)
        .unwrap();
    assert_eq!(reply.status, 201, "{}", reply.body);
}

#[test]
fn a_broken_record_is_named_and_the_rest_goes_on() {
    let lines = "{\"text\":\"慢\"}\n{oops\n\n{\"title\":\"x\"}\n{\"text\":\"差\",\"received_at\":\"2026-02-30\"}\n{\"text\":\"好\"}\n";
    let ran = run(&["analyze", "--input", "jsonl"], lines);
    assert_eq!(ran.code, 1);
    assert_eq!(ids(&ran), ["1", "6"]);
    assert_eq!(
        ran.err.lines().collect::<Vec<_>>(),
        [
            "tingsu: line 2: is no JSON at column 2: write one object per line",
            "tingsu: line 4, field text: is missing: give the text in it, or name its field with --column",
            "tingsu: line 5, field received_at: \"2026-02-30\" is no existing time: write 2026-11-22T09:00:00+08:00 or 2026-11-22 09:00",
            "tingsu: 3 record(s) refused, the rest was processed",
        ]
    );
    let ran = run(&["analyze"], b"good\nba\0d\nlast\n");
    assert_eq!((ran.code, ids(&ran)), (1, vec!["1".to_owned(), "3".to_owned()]));
    assert!(
        ran.err.contains("line 2: a NUL byte stands at byte 2"),
        "{}",
        ran.err
    );
}

#[test]
fn tables_in_gb18030_and_named_columns() {
    let (bytes, ..) = GB18030.encode("编号,投诉内容\nA1,\"退款,立刻退款\"\nA2,态度差\n");
    let (_folder, path) = file("rows.csv", bytes);
    assert_eq!(ids(&run(&["analyze", &path], "").ok()), ["A1", "A2"]);
    let (_folder, path) = file("rows.csv", "id,say\n7,慢\n");
    assert_eq!(ids(&run(&["analyze", &path, "--column", "say"], "").ok()), ["7"]);
    let ran = run(&["analyze", &path, "--column", "words"], "");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(
        ran.err,
        "tingsu: there is no column words; the columns are: id, say\n"
    );
    let ran = run(&["analyze", &path], "");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("name it with --column"), "{}", ran.err);
}

#[test]
fn exit_codes_tell_usage_from_environment() {
    assert_eq!(run(&["analyze", "/nowhere/rows.jsonl"], "").code, 3);
    assert_eq!(run(&["analyze", "--nonsense"], "").code, 2);
    assert_eq!(run(&["analyze", "--output", "parquet"], "").code, 2);
    let ran = run(&["analyze", "--input", "parquet"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("save the table as CSV"), "{}", ran.err);
    let ran = run(&["analyze", "--input", "xlsx"], "no workbook");
    assert_eq!(ran.code, 3);
    assert!(
        ran.err.contains("cannot be read as an .xlsx workbook"),
        "{}",
        ran.err
    );
    assert_eq!(run(&[], "").code, 2);
    assert_eq!(run(&["--version"], "").code, 0);
    let cut = {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        (0..2000).for_each(|number| writeln!(gzip, "第{number}次投诉了").unwrap());
        let bytes = gzip.finish().unwrap();
        bytes[..bytes.len() / 2].to_vec()
    };
    let (_folder, path) = file("rows.txt.gz", cut);
    let ran = run(&["analyze", &path], "");
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("damaged or cut short"), "{}", ran.err);
}

#[test]
fn nothing_in_gives_nothing_out_in_every_format() {
    for (name, content) in [
        ("a.txt", ""),
        ("a.jsonl", ""),
        ("a.csv", ""),
        ("b.csv", "id,text\n"),
    ] {
        let (_folder, path) = file(name, content);
        let ran = run(&["analyze", &path], "").ok();
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""), "{name}");
        assert_eq!(run(&["analyze", &path, "--output", "json"], "").ok().out, "[]\n");
        assert_eq!(run(&["plan", &path, "--output", "json"], "").ok().out, "[]\n");
    }
}

#[test]
fn workbooks_are_read_by_name_and_by_format() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [["编号", "投诉内容"], ["A1", "退款,立刻退款"], ["A2", "态度差"]];
    for (row, cells) in (0..).zip(rows) {
        for (column, words) in (0..).zip(cells) {
            sheet.write(row, column, words).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let (_folder, path) = file("rows.xlsx", &bytes);
    assert_eq!(ids(&run(&["analyze", &path], "").ok()), ["A1", "A2"]);
    let piped = run(&["analyze", "--input", "xlsx"], &bytes).ok();
    assert_eq!(ids(&piped), ["A1", "A2"]);
    let ran = run(&["analyze", &path, "--column", "words"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("the columns are: 编号, 投诉内容"), "{}", ran.err);
}

#[test]
fn json_is_one_value() {
    let all = |arguments: &[&str]| -> serde_json::Value {
        let ran = run(arguments, "慢\n差\n").ok();
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out))
    };
    let (_folder, gold) = file("gold.jsonl", "{\"text\":\"我要退款\",\"c\":1}\n");
    assert_eq!(all(&["analyze", "--output", "json"]).as_array().unwrap().len(), 2);
    assert_eq!(all(&["plan", "--output", "json"]).as_array().unwrap().len(), 2);
    assert_eq!(all(&["plan", "--text", "慢", "--output", "json"])["id"], "1");
    assert_eq!(all(&["eval", &gold, "--output", "json"])["texts"], 1);
    assert!(all(&["openapi"])["paths"].is_object());
}

#[test]
fn a_closed_pipe_is_success() {
    let (_folder, path) = file("rows.txt", "等了三天还没退款，太过分了\n".repeat(20_000));
    for output in ["jsonl", "csv", "table"] {
        let mut child = command(&["analyze", &path, "--output", output])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut first)
            .unwrap();
        let ended = child.wait_with_output().unwrap();
        assert!(!first.is_empty());
        assert_eq!(
            ended.status.code(),
            Some(0),
            "{output}: {}",
            String::from_utf8_lossy(&ended.stderr)
        );
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    }
}
