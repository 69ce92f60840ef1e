//! A planted person stays covered in the files that leave the desk, in reports on files, and in what is refused.

use std::fmt::Write;
use std::fs;

use crate::desk::database;
use crate::insight::date;
use crate::tool::{Ran, file, run};

/// Known by the words alone.
const PLANTED: &str = "我叫欧阳倩，身份证110101199003077715，邮箱qian.ouyang@example.com，电话13712345678";
/// Known by the card alone: no reader could tell that these are a name, a number and an address.
const CARD: [&str; 3] = ["春风十里", "77-20-46", "pigeon_at_home"];
const SECRETS: [&str; 7] = [
    "欧阳倩",
    "110101199003077715",
    "qian.ouyang@example.com",
    "13712345678",
    CARD[0],
    CARD[1],
    CARD[2],
];

#[track_caller]
fn shows_no_secret(place: &str, shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{place} shows {secret}: {shown}");
    }
}

#[test]
fn what_is_extracted_tells_nothing_of_a_planted_person() {
    let [name, phone, email] = CARD;
    let text = format!("等了十天，{name}的单子没人管，{phone}也没人接，{email}也没人回；{PLANTED}");
    let covered = run(&["analyze", "--mask"], format!("{text}\n")).ok();
    assert!(
        CARD.iter().all(|secret| covered.out.contains(secret)),
        "only the card knows them: {}",
        covered.out
    );
    let row = serde_json::json!({"id": "p1", "text": text, "customer_name": name, "phone": phone, "email": email,
        "product": "充电宝", "site": format!("{name}家的店")});
    let (folder, url) = database();
    run(
        &["import", "--input", "jsonl", "--database", &url],
        format!("{row}\n"),
    )
    .ok();
    let to = folder.path().join("out").display().to_string();
    run(&["insight", "extract", "--database", &url, "--to", &to], "").ok();
    let [cases, events] =
        ["cases.jsonl", "events.jsonl"].map(|name| fs::read_to_string(format!("{to}/{name}")).unwrap());
    shows_no_secret("cases.jsonl", &cases);
    shows_no_secret("events.jsonl", &events);
    let case: serde_json::Value = serde_json::from_str(cases.lines().next().unwrap()).unwrap();
    let shown = case["text"].as_str().unwrap();
    assert_eq!(
        shown.chars().count(),
        text.chars().count(),
        "spans stay true: {shown}"
    );
    assert!(
        shown.contains("等了十天，＊＊＊＊的单子") && shown.contains("也没人接"),
        "{shown}"
    );
    assert_eq!(
        (&case["product"], &case["site"]),
        (&"充电宝".into(), &"＊＊＊＊家的店".into())
    );
    // There is no way to bare words here, and none is offered.
    let help = run(&["insight", "extract", "--help"], "").ok().out;
    assert!(!help.contains("mask"), "{help}");
}

/// Sixteen weeks in which every text has the planted person in it, and a batch that explodes at the end.
fn complaints() -> String {
    let mut csv = String::from("编号,投诉时间,产品,门店,批次,投诉内容\n");
    let mut number = 0;
    for day in 0..112 {
        let times = if day < 105 { usize::from(day % 2 == 0) } else { 6 };
        for time in 0..times {
            let fault = ["屏幕裂了", "充不进电", "发热烫手", "外壳鼓起来", "按键失灵"][(day + time) % 5];
            let (product, batch) = if day < 105 {
                ("水杯", "A1")
            } else {
                ("充电宝", "B7")
            };
            number += 1;
            let date = date(day);
            writeln!(
                csv,
                "A{number},{date},{product},西门店,{batch},\"{PLANTED}。{product}{fault}\""
            )
            .unwrap();
        }
    }
    csv
}

#[test]
fn reports_on_files_tell_nothing_of_a_planted_person() {
    let (folder, path) = file("c.csv", complaints());
    let name = |name: &str| folder.path().join(name).display().to_string();
    let (html, xlsx) = (name("week.html"), name("week.xlsx"));
    let runs: [&[&str]; 6] = [
        &["outbreaks", &path],
        &["outbreaks", &path, "--output", "table"],
        &["causes", &path],
        &["causes", &path, "--slice", "batch=B7", "--output", "table"],
        &["report", &path, "--html", &html, "--xlsx", &xlsx],
        &["report", &path, "--output", "table"],
    ];
    for arguments in runs {
        let ran = run(&[&["insight"], arguments].concat(), "").ok();
        let place = arguments.join(" ");
        assert!(ran.out.contains("充电宝"), "{place}: {}", ran.out);
        shows_no_secret(&place, &ran.out);
    }
    let page = fs::read_to_string(&html).unwrap();
    assert!(page.contains("我叫＊＊＊"), "words are quoted: {page}");
    shows_no_secret("the page", &page);
    shows_no_secret("the workbook", &words_of_workbook(&xlsx));
}

/// All cells of a workbook.
fn words_of_workbook(path: &str) -> String {
    use calamine::Reader;
    let mut book = calamine::open_workbook_auto(path).unwrap();
    let sheets = book.worksheets();
    let cells = sheets.iter().flat_map(|(_, range)| range.cells());
    cells.map(|(_, _, cell)| format!("{cell}\n")).collect()
}

#[test]
fn a_plan_covers_what_it_quotes_when_asked_to() {
    let text = "你们客服欧阳倩骗了我，三天没退款，气死我了，电话13712345678，再不退我就去投诉你们";
    let lines = format!("{text}\n{PLANTED}\n");
    for output in ["jsonl", "table"] {
        let plan = run(&["plan", "--mask", "--output", output], &lines).ok();
        assert!(plan.out.contains("退款"), "{}", plan.out);
        shows_no_secret("a plan", &plan.out);
    }
}

/// What a command says of rows, headers and arguments it refuses, with the planted person in each.
#[track_caller]
fn refused(arguments: &[&str], input: &str) {
    let Ran { code, out, err } = run(arguments, input);
    assert!(
        matches!(code, 1 | 2),
        "{arguments:?} refuses nothing: {code} {err}"
    );
    shows_no_secret(&format!("{arguments:?}"), &err);
    assert!(err.contains('＊'), "{arguments:?} repeats what it refuses: {err}");
    drop(out);
}

#[test]
fn errors_tell_nothing_of_a_planted_person() {
    let (_folder, url) = database();
    let phone = "13712345678";
    let time = format!("{{\"text\":\"慢\",\"received_at\":\"{phone}\"}}\n");
    let channel = format!("{{\"text\":\"慢\",\"channel\":\"欧阳倩 {phone}\"}}\n");
    let twice = format!("{{\"id\":\"{phone}\",\"text\":\"慢\"}}\n{{\"id\":\"{phone}\",\"text\":\"贵\"}}\n");
    let import = ["import", "--input", "jsonl", "--database", &url];
    refused(&["analyze", "--input", "jsonl"], &time);
    refused(&["plan", "--input", "jsonl"], &time);
    for rows in [&time, &channel, &twice] {
        refused(&import, rows);
    }
    // One that was imported before with another text.
    let sourced = [&import[..], &["--source", "crm"]].concat();
    run(&sourced, twice.lines().next().unwrap()).ok();
    refused(&sourced, twice.lines().last().unwrap());
    // A table without a header: its first customer stands where the names of columns are.
    let bare = format!("欧阳倩,{phone},qian.ouyang@example.com\n李雷,13900000000,\n");
    let (folder, table) = file("table.csv", bare);
    for command in ["analyze", "plan"] {
        refused(&[command, &table], "");
        refused(&[command, &table, "--column", "words"], "");
    }
    refused(&["import", &table, "--database", &url], "");
    refused(&["plan", "--case", phone, "--database", &url], "");
    let dated = folder.path().join("dated.csv").display().to_string();
    fs::write(
        &dated,
        format!("date,text,product\n{phone},慢,水杯\n2026-11-22,贵,水杯\n"),
    )
    .unwrap();
    for command in ["outbreaks", "causes", "report"] {
        refused(&["insight", command, &dated], "");
    }
}
