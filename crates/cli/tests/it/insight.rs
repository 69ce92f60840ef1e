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
