//! `tingsu analyze` and `tingsu plan` on texts.

use serde_json::Value;

use crate::tool::run;

fn values(found: &Value) -> Vec<&str> {
    found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["value"].as_str().unwrap())
        .collect()
}

/// Every object with a place must quote the text at that place.
fn check_quotes(value: &Value, text: &[char]) -> usize {
    match value {
        Value::Object(object) => {
            let mut seen = 0;
            if let (Some(start), Some(end), Some(quote)) =
                (object.get("start"), object.get("end"), object.get("quote"))
            {
                let range = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
                assert_eq!(text[range].iter().collect::<String>(), quote.as_str().unwrap());
                seen = 1;
            }
            seen + object
                .values()
                .map(|value| check_quotes(value, text))
                .sum::<usize>()
        }
        Value::Array(items) => items.iter().map(|value| check_quotes(value, text)).sum(),
        _ => 0,
    }
}

#[test]
fn a_threat_for_money_is_read_with_its_words() {
    let text = "我要退款,还要赔偿!态度太差,再不处理我就曝光";
    let ran = run(&["analyze", "--output", "jsonl", "--plan"], format!("{text}\n")).ok();
    let [analysis] = ran.json().try_into().unwrap();
    assert_eq!(analysis["id"], "1");
    assert_eq!(analysis["complaint"]["value"], true);
    assert_eq!(analysis["psychology"]["primary"], "redress");
    let motives = values(&analysis["motives"]);
    assert!(
        motives.contains(&"refund") && motives.contains(&"compensation"),
        "{motives:?}"
    );
    assert!(values(&analysis["subjects"]).contains(&"attitude"));
    assert!(values(&analysis["risks"]).contains(&"exposure"));
    let quotes = analysis["psychology"]["evidence"].to_string();
    assert!(quotes.contains("退款") || quotes.contains("赔偿"), "{quotes}");
    assert!(check_quotes(&analysis, &text.chars().collect::<Vec<_>>()) > 3);
    assert!(!analysis["plan"]["steps"].as_array().unwrap().is_empty());
    assert!(
        analysis["plan"]["summary"]
            .as_str()
            .is_some_and(|summary| !summary.is_empty())
    );
}

#[test]
fn offsets_count_code_points_of_the_text_as_received() {
    let text = "😡😡態度太差！！！！！！退我１９９元，電話138 0000 0000";
    let ran = run(&["analyze"], format!("{text}\n")).ok();
    let [analysis] = ran.json().try_into().unwrap();
    assert!(check_quotes(&analysis, &text.chars().collect::<Vec<_>>()) > 2);
    let entities = analysis["entities"].as_array().unwrap();
    let money = entities.iter().find(|entity| entity["kind"] == "money").unwrap();
    assert_eq!(
        (&money["quote"], &money["value"]["amount"]),
        (&"１９９元".into(), &"199.00".into())
    );
    assert!(
        entities
            .iter()
            .any(|entity| entity["kind"] == "phone" && entity["quote"] == "138 0000 0000")
    );
}

#[test]
fn blank_and_strange_texts_are_read_with_doubts() {
    let ran = run(&["analyze"], "\n   \n!!!!????\nplease refund me asap\n").ok();
    let analyses = ran.json();
    assert_eq!(analyses.len(), 4);
    let doubts = |index: usize| analyses[index]["doubts"].to_string();
    assert!(
        doubts(0).contains("empty") && doubts(1).contains("empty"),
        "{}",
        doubts(0)
    );
    assert_ne!(doubts(2), "[]");
    let ids: Vec<&str> = analyses
        .iter()
        .map(|analysis| analysis["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["1", "2", "3", "4"]);
}

#[test]
fn masking_covers_personal_data_and_keeps_the_places() {
    let text = "王先生要退299元,电话13800000000";
    let masked = "＊＊＊要退299元,电话＊＊＊＊＊＊＊＊＊＊＊";
    let ran = run(&["analyze", "--mask", "--plan"], text).ok();
    let [analysis] = ran.json().try_into().unwrap();
    check_quotes(&analysis, &masked.chars().collect::<Vec<_>>());
    assert!(!ran_holds(&analysis, "13800000000") && !ran_holds(&analysis, "王先生"));
    let ran = run(&["analyze", "--mask", "--output", "csv"], text).ok();
    assert!(ran.out.contains(masked) && !ran.out.contains("13800000000"));
}

fn ran_holds(analysis: &Value, words: &str) -> bool {
    analysis.to_string().contains(words)
}

#[test]
fn tables_and_csv_have_a_row_for_each_record() {
    let table = run(&["analyze", "--output", "table"], "我要退款\n态度太差\n").ok();
    assert!(
        table.out.contains("投诉心理") && table.out.matches("│ 2").count() == 1,
        "{}",
        table.out
    );
    let english = run(
        &["analyze", "--output", "table", "--language", "en"],
        "我要退款\n",
    )
    .ok();
    assert!(english.out.contains("psychology"));
    let csv = run(&["analyze", "--output", "csv", "--plan"], "我要退款,\"快\"\n\n").ok();
    let lines: Vec<&str> = csv.out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("id,text,complaint,") && lines[0].ends_with(",plan"));
    assert!(lines[1].starts_with("1,\"我要退款,\"\"快\"\"\","));
}

#[test]
fn relative_dates_count_from_the_time_of_receipt() {
    let ran = run(&["analyze", "--received-at", "2026-11-22 09:00"], "昨天下的单\n").ok();
    assert!(ran.out.contains("\"2026-11-21\""), "{}", ran.out);
    assert_eq!(run(&["analyze", "--received-at", "2026-02-30"], "").code, 2);
}

#[test]
fn a_plan_says_what_it_answers() {
    let ran = run(&["plan", "--text", "我要退款,还要赔偿!"], "").ok();
    let [plan] = ran.json().try_into().unwrap();
    for step in plan["plan"]["steps"].as_array().unwrap() {
        assert!(!step["because"].as_array().unwrap().is_empty());
    }
    let report = run(
        &["plan", "--output", "table", "--language", "en"],
        "我要退款,还要赔偿!\n",
    )
    .ok();
    assert!(
        report.out.contains("1. [") && report.out.contains("because: psychology="),
        "{}",
        report.out
    );
}
