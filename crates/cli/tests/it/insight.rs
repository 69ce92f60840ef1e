//! `tingsu insight`: outbreaks, silent leavers, causes, economics, process and report from plain files.

use std::fmt::Write;

use serde_json::Value;

use crate::tool::{Ran, file, run};

fn insight(arguments: &[&str]) -> Ran {
    run(&[&["insight"], arguments].concat(), "")
}

fn one(arguments: &[&str]) -> Value {
    let ran = insight(arguments).ok();
    let [found] = ran.json().try_into().unwrap();
    found
}

/// The day so many days after 1 August 2026.
pub(crate) fn date(day: usize) -> String {
    let months = [(8, 31), (9, 30), (10, 31), (11, 30)];
    let mut left = day;
    for (month, length) in months {
        if left < length {
            return format!("2026-{month:02}-{:02}", left + 1);
        }
        left -= length;
    }
    panic!("no such day")
}

/// Sixteen weeks of complaints with a swelling power bank in the last ten days, and some rows nobody can read.
fn complaints() -> String {
    let mut csv = String::from("编号,投诉时间,产品,门店,批次,投诉内容\n");
    let mut number = 0;
    for day in 0..112 {
        for place in 0..12 {
            let (kind, shop) = ((day * 7 + place * 5) % 4, (day + place * 3) % 5);
            let product = ["净水器", "扫地机", "电饭煲", "充电宝"][kind];
            let text = ["送货太慢", "客服不理人", "按键失灵", "发票开错了"][(day + place) % 4];
            number += 1;
            writeln!(csv, "A{number},{},{product},门店{shop},,{text}", date(day)).unwrap();
        }
        for extra in 0..day.saturating_sub(101) {
            let text = ["外壳鼓包，摸着烫手", "鼓包还冒烟，吓人", "外壳鼓包裂开了"][extra % 3];
            number += 1;
            writeln!(csv, "A{number},{},充电宝,门店2,A2307,{text}", date(day)).unwrap();
        }
    }
    csv + "A1,2026-08-01,净水器,门店0,,送货太慢\nX1,someday,净水器,门店1,,没有日期\n"
}

#[test]
fn a_planted_outbreak_is_found_and_bad_rows_are_named() {
    let (_folder, path) = file("c.csv", complaints());
    let ran = insight(&["outbreaks", &path]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("someday") && ran.err.contains("2026-11-22"),
        "{}",
        ran.err
    );
    let [found] = ran.json().try_into().unwrap();
    assert_eq!(found["duplicates"], 1);
    assert_eq!(found["outbreaks"].as_array().unwrap().len(), 1, "{found}");
    let outbreak = &found["outbreaks"][0];
    assert_eq!(outbreak["slice"]["batch"], "A2307");
    assert!(outbreak["since"].as_str().unwrap() >= "2026-11-10");
    assert!(outbreak["excess"]["low"].as_f64().unwrap() > 20.0);
    assert!(outbreak["first"][0]["text"].as_str().unwrap().contains("鼓包"));
    let table = insight(&["outbreaks", &path, "--output", "table", "--language", "en"]);
    assert!(
        table.out.contains("A2307") && table.out.contains("independent"),
        "{}",
        table.out
    );
}

#[test]
fn the_report_is_a_page_of_five_findings_in_both_languages() {
    let (folder, path) = file("c.csv", complaints());
    let page = folder.path().join("week.html");
    let page = page.to_str().unwrap();
    for (language, words) in [("zh", "突发："), ("en", "Outbreak: ")] {
        let ran = insight(&["report", &path, "--html", page, "--language", language]);
        let [found] = ran.json().try_into().unwrap();
        assert_eq!(found["findings"].as_array().unwrap().len(), 5);
        let html = std::fs::read_to_string(page).unwrap();
        let first = found["findings"][0]["headline"].as_str().unwrap();
        assert!(
            html.contains(first) && !html.contains("NaN") && !html.contains("<script"),
            "{html}"
        );
        let (kind, value) = words.split_once('：').or_else(|| words.split_once(": ")).unwrap();
        assert!(
            first.contains(kind) && first.contains(value.trim_start_matches("batch=")),
            "{first}"
        );
    }
}

#[test]
fn causes_name_the_words_the_groups_and_the_batch() {
    let (_folder, path) = file("c.csv", complaints());
    let ran = insight(&["causes", &path, "--slice", "batch=A2307"]);
    let [found] = ran.json().try_into().unwrap();
    let phrases = found["slice"]["phrases"].to_string();
    assert!(phrases.contains("鼓包") && !phrases.contains("送货"), "{phrases}");
    assert!(found["rising"].to_string().contains("鼓包"));
    assert!(found["clusters"].as_array().unwrap().len() > 2, "{found}");
    assert_eq!(found["defect_candidates"][0]["batch"], "A2307");
    let wrong = insight(&["causes", &path, "--slice", "planet=Mars"]);
    assert_eq!(wrong.code, 2);
}

/// Purchases of 400 customers over sixteen weeks, each with an own rhythm; every purchase may be the last.
fn purchases() -> String {
    let mut state = 88_172_645_463_325_252_u64;
    let mut share = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut csv = String::from("customer,date,amount\n");
    for customer in 0..400 {
        let gap = 4.0 + 30.0 * share();
        let leaves = 0.4 * share();
        let mut day = 20.0 * share();
        while day < 112.0 {
            let amount = 20.0 + 80.0 * share();
            writeln!(csv, "K{customer},{},{amount:.2}", date(day as usize)).unwrap();
            if share() < leaves {
                break;
            }
            day += -gap * (1.0 - share()).ln();
        }
    }
    csv
}

#[test]
fn silent_leavers_come_with_reasons_and_the_talkative_are_left_out() {
    let csv = purchases() + "K1,2026-11-01,-5\nK1,2026-11-02,cheap\n";
    let (_folder, path) = file("p.csv", csv);
    let ran = insight(&["silent", &path]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("refund") && ran.err.contains("cheap"),
        "{}",
        ran.err
    );
    let [found] = ran.json().try_into().unwrap();
    assert_eq!(found["is"], "疑似沉默流失");
    assert!(found["purchase_law_per_week"]["r"].is_number(), "{found}");
    let calls = found["calls"].as_array().unwrap();
    let first = &calls[0];
    assert!(first["p_left"].as_f64().unwrap() >= 0.5 && first["at_stake"].as_f64().unwrap() > 0.0);
    assert!(
        first["reasons"][0].as_str().unwrap().contains("没有购买"),
        "{first}"
    );
    let name = first["customer"].as_str().unwrap();
    let (_other, contacts) = file(
        "k.csv",
        format!("customer,date,complaint\n{name},2026-09-20,是\n"),
    );
    let ran = insight(&["silent", &path, "--contacts", &contacts]);
    let [found] = ran.json().try_into().unwrap();
    let calls = found["calls"].as_array().unwrap();
    assert!(calls.iter().all(|call| call["customer"] != name));
    let (_third, few) = file("few.csv", "customer,date\nA,2026-08-01\n");
    let found = one(&["silent", &few]);
    assert_eq!(found["purchase_law_per_week"]["reason"], "too_few");
}

#[test]
fn economics_start_from_the_survey_and_move_to_own_rates() {
    let found = one(&["economics", "--value", "1000", "--speed-cost", "50"]);
    let stays = found["what_if"]["stays"]["value"].as_f64().unwrap();
    assert!((stays - 0.2295).abs() < 1e-9, "{stays}");
    let ceiling = found["break_even"][1]["ceiling"]["value"].as_f64().unwrap();
    assert!((ceiling - 280.0).abs() < 1e-6, "{ceiling}");
    assert!(found["survey_source"].as_str().unwrap().contains("intentions"));
    let mut csv = String::from("outcome,value,stayed\nlost in space,1,1\n");
    (0..450).for_each(|place| writeln!(csv, "resolved,100,{}", u8::from(place % 10 != 0)).unwrap());
    let (_folder, path) = file("e.csv", csv);
    let ran = insight(&["economics", &path]);
    assert!(ran.code == 1 && ran.err.contains("resolved_fast"), "{}", ran.err);
    let [found] = ran.json().try_into().unwrap();
    let own = found["rates"][2]["stays"]["value"].as_f64().unwrap();
    assert!((own - (405.0 + 27.0) / 500.0).abs() < 1e-9, "{own}");
    assert!(found["word_of_mouth"].is_null());
}

#[test]
fn the_process_shows_waits_breaches_and_xes() {
    let mut log = String::new();
    for case in 0..20 {
        let mut add = |state: &str, hour: usize| {
            let at = format!("2026-11-{:02} {:02}:00", 1 + hour / 24, hour % 24);
            let line = serde_json::json!({"case": format!("C{case}"), "activity": state, "at": at});
            writeln!(log, "{line}").unwrap();
        };
        add("received", 0);
        add("acknowledged", 2);
        add(if case == 7 { "closed" } else { "understood" }, 50 + case);
    }
    let (folder, path) = file("events.jsonl", log);
    let xes = folder.path().join("log.xes");
    let found = one(&["process", &path, "--xes", xes.to_str().unwrap()]);
    assert_eq!(found["cases"], 20);
    assert_eq!(found["steps"][0]["from"], "acknowledged");
    assert_eq!(found["conformance"]["breaches"][0]["examples"][0], "C7");
    let xml = std::fs::read_to_string(xes).unwrap();
    assert_eq!(xml.matches("<trace>").count(), 20);
    assert!(xml.contains("2026-10-31T16:00:00.000+00:00"), "{}", &xml[..2_000]);
}

#[test]
fn wrong_use_is_said() {
    let (_folder, path) = file("c.csv", "date,product\n2026-11-01,a\n");
    assert_eq!(insight(&["outbreaks", &path, "--q", "2"]).code, 2);
    assert_eq!(insight(&["outbreaks", &path, "--by", "planet"]).code, 2);
    assert_eq!(insight(&["outbreaks", &path, "--output", "csv"]).code, 2);
    assert_eq!(insight(&["outbreaks", "nowhere.csv"]).code, 3);
    let short = one(&["outbreaks", &path]);
    assert_eq!(short["reason"]["reason"], "too_short");
}

#[test]
fn days_that_are_yet_to_come_are_refused_by_line() {
    let (_folder, path) = file("c.csv", complaints() + "X2,2062-11-22,净水器,门店1,,打错了年份\n");
    let ran = insight(&["outbreaks", &path]);
    assert!(ran.code == 1 && ran.err.contains("2062-11-22"), "{}", ran.err);
    assert!(ran.err.contains("in the future"), "{}", ran.err);
    let [found] = ran.json().try_into().unwrap();
    assert_eq!(found["until"], "2026-11-20");
    // With a last day named, what lies after it was not asked for: it is counted, not refused.
    let (_other, clean) = file("c.csv", "id,date\nA,2026-11-01\nB,2026-11-09\nC,2062-11-22\n");
    let ran = insight(&["outbreaks", &clean, "--until", "2026-11-05"]);
    assert!(
        ran.code == 0 && ran.err.contains("2 row(s) after 2026-11-05"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("line 3"), "{}", ran.err);
    let plain = one(&["silent", &file_of_purchases("").1]);
    let (_third, path) = file_of_purchases("K1,2062-11-01,5\n");
    let ran = insight(&["silent", &path]);
    assert!(ran.code == 1 && ran.err.contains("2062-11-01"), "{}", ran.err);
    let [found] = ran.json().try_into().unwrap();
    assert_eq!(found, plain, "the typing error moves nothing");
    let (_fourth, contacts) = file("k.csv", "customer,date\nK1,2062-11-01\n");
    let ran = insight(&["silent", &path, "--contacts", &contacts]);
    assert_eq!(ran.err.matches("in the future").count(), 2, "{}", ran.err);
}

fn file_of_purchases(more: &str) -> (tempfile::TempDir, String) {
    file("p.csv", purchases() + more)
}

#[test]
fn a_purchase_that_stands_twice_counts_once() {
    let mut rows = String::from("order_id,customer,date,amount\n");
    let plain = purchases();
    for (number, row) in plain.lines().skip(1).enumerate() {
        writeln!(rows, "{number},{row}").unwrap();
    }
    let body = rows.split_once('\n').unwrap().1.to_owned();
    let (_folder, once) = file("p.csv", rows.clone());
    let (_other, twice) = file("p.csv", rows + &body);
    let mut found = [&once, &twice].map(|path| one(&["silent", path]));
    let count = body.lines().count();
    assert_eq!(found[1]["copies_left_out"], count);
    found[1]["copies_left_out"] = 0.into();
    assert_eq!(found[0], found[1]);
    let ran = insight(&["silent", &twice]);
    assert!(ran.err.contains(&format!("{count} purchase(s)")), "{}", ran.err);
}

#[test]
fn what_is_missing_is_said_as_it_is() {
    let (_folder, path) = file("c.csv", "date,product\n2026-11-01,a\n");
    let ran = insight(&["outbreaks", &path]);
    assert!(ran.err.contains("copies cannot be told apart"), "{}", ran.err);
    let (_other, empty) = file("c.csv", "id,date,product,text\n");
    let found = one(&["outbreaks", &empty]);
    assert_eq!(found["reason"]["reason"], "no_cases", "{found}");
    assert!(found["until"].as_str().unwrap() > "2026", "{found}");
    let report = one(&["report", &empty, "--language", "en"]).to_string();
    assert!(report.contains("there are no complaints"), "{report}");
    assert!(
        !report.contains("No rise") && !report.contains("never vary"),
        "{report}"
    );
    let found = one(&["economics", "--speed-cost", "5"]);
    assert_eq!(found["break_even"][1]["ceiling"]["reason"], "no_value", "{found}");
    let (_third, rows) = file("e.csv", "outcome,stayed\nresolved,1\nunresolved,0\n");
    let ran = insight(&["economics", &rows]);
    assert!(ran.err.contains("2 complaint(s) without a value"), "{}", ran.err);
    let [found] = ran.json().try_into().unwrap();
    assert_eq!(found["value_lost"]["reason"], "no_value", "{found}");
    assert_eq!(found["rates"][2]["known"], 1);
    // One case has a middle, but no interval.
    let log = "case,activity,at\nC1,received,2026-11-01 00:00\nC1,closed,2026-11-02 00:00\n";
    let (_fourth, log) = file("l.csv", log);
    let found = one(&["process", &log]);
    let hours = &found["variants"][0]["median_hours"];
    assert!(hours["value"] == 24.0 && hours["low"].is_null(), "{found}");
    assert_eq!(hours["reason"], "too_few");
}

#[test]
fn rules_and_range_that_hurt_are_named_with_their_cases() {
    let mut csv = String::from("id,date,product,topic,text\n");
    let mut add = |count: usize, product: &str, topic: &str, text: &str| {
        for _ in 0..count {
            let number = csv.lines().count();
            writeln!(
                csv,
                "A{number},2026-11-{:02},{product},{topic},{text}",
                1 + number % 20
            )
            .unwrap();
        }
    };
    add(24, "会员卡", "企业政策", "退卡要扣一半手续费");
    add(16, "会员卡", "服务态度", "前台没人理");
    add(12, "服饰", "产品质量", "尺码总是断货");
    add(40, "服饰", "产品质量", "开线了");
    add(60, "外卖", "服务质量", "送错了");
    let (_folder, path) = file("c.csv", csv);
    let found = one(&["causes", &path]);
    let pains = found["pain_points"].as_array().unwrap();
    assert_eq!(pains[0]["product"], "会员卡", "{found}");
    assert_eq!(
        (&pains[0]["kind"], &pains[0]["reports"]),
        (&"policy".into(), &24.into())
    );
    assert_eq!(pains[0]["cases"].as_array().unwrap().len(), 24);
    assert!(pains[0]["quotes"][1].as_str().unwrap().contains("手续费"));
    assert!(pains[0]["share"]["low"].as_f64().unwrap() > pains[0]["other_products"].as_f64().unwrap());
    assert!(
        pains
            .iter()
            .any(|one| one["product"] == "服饰" && one["word"] == "断货"),
        "{found}"
    );
    let table = insight(&["causes", &path, "--output", "table", "--language", "en"]);
    assert!(table.out.contains("prices and rules"), "{}", table.out);
    let groups = found["clusters"].as_array().unwrap();
    let names: Vec<&str> = groups.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(names.iter().all(|name| name.contains(" · ")), "{names:?}");
}

#[test]
fn units_sold_decide_which_batch_stands_out() {
    let mut csv = String::from("id,date,product,batch,text\n");
    for (batch, count) in [("A1", 30), ("A2", 6)] {
        for number in 0..count {
            writeln!(csv, "{batch}-{number},2026-11-02,充电宝,{batch},外壳鼓包发烫").unwrap();
        }
    }
    let (_folder, path) = file("c.csv", csv);
    let plain = one(&["causes", &path]);
    assert_eq!(plain["defect_candidates"][0]["basis"], "equal_batches");
    // Five times as many sold explain five times as many complaints.
    let (_other, sold) = file("u.csv", "产品,批次,售出数量\n充电宝,A1,5000\n充电宝,A2,1000\n");
    let found = one(&["causes", &path, "--units", &sold]);
    assert_eq!(found["defect_candidates"].as_array().unwrap().len(), 0, "{found}");
    // The rare batch stands out, with batches that nobody complained about counted as sold.
    let rows =
        "product,batch,units\n充电宝,A1,100\n充电宝,A2,1000\n充电宝,A3,8900\n充电宝,A3,1\n充电宝,A4,none\n";
    let (_third, sold) = file("u.csv", rows);
    let ran = insight(&["causes", &path, "--units", &sold]);
    assert!(
        ran.code == 1 && ran.err.contains("twice") && ran.err.contains("none"),
        "{}",
        ran.err
    );
    let [found] = ran.json().try_into().unwrap();
    let first = &found["defect_candidates"][0];
    assert_eq!(
        (&first["batch"], &first["basis"]),
        (&"A1".into(), &"units_sold".into())
    );
    assert!(
        (first["expected"].as_f64().unwrap() - 0.36).abs() < 1e-9,
        "{found}"
    );
}

#[test]
fn a_report_links_to_the_cases_of_the_workbench() {
    let (folder, path) = file("c.csv", complaints());
    let page = folder.path().join("week.html");
    let page = page.to_str().unwrap();
    let address = "https://desk.example";
    let ran = insight(&["report", &path, "--html", page, "--public-url", address]);
    let [found] = ran.json().try_into().unwrap();
    let link = found["findings"][0]["link"].as_str().unwrap();
    assert!(
        link.starts_with("https://desk.example/inbox?") && link.contains("batch=A2307"),
        "{link}"
    );
    let html = std::fs::read_to_string(page).unwrap();
    assert!(html.contains(&link.replace('&', "&amp;")), "{html}");
}
