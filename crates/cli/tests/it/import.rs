//! `tingsu import`: what opens a case, what is refused, and what is known already.

use crate::desk::{database, first_number};
use crate::tool::{Ran, file, run};

#[test]
fn an_import_opens_cases_and_names_what_it_refuses() {
    let (_folder, url) = database();
    let rows = "id,text,phone\n1,等了三天还没退款,13900000000\n1,重复编号,\n2,,\n3,客服态度太差了,\n";
    let (_file_folder, path) = file("rows.csv", rows);
    let ran = run(&["import", &path, "--database", &url], "");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("line 3, field id: 1 stood on line 2 already"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("line 4, field text: is blank"), "{}", ran.err);
    assert!(ran.err.contains("2 case(s) opened"), "{}", ran.err);
    let number = first_number(&url);
    let plan = run(&["plan", "--case", &number, "--database", &url], "").ok();
    assert_eq!(plan.json()[0]["id"], number.as_str());
    assert_eq!(
        run(&["plan", "--case", "TS-nothing", "--database", &url], "").code,
        2
    );
    let doctor = run(&["doctor", "--events", "--database", &url], "").ok();
    assert!(doctor.out.contains("none of them changed"), "{}", doctor.out);
}

#[test]
fn a_channel_nobody_knows_and_a_time_that_is_none_cost_one_row() {
    let (_folder, url) = database();
    let rows = "text,channel,received_at\n慢,电话,2026-11-20 09:00\n慢慢,某处,\n差,,昨天\n很差,wecom,\n";
    let (_file_folder, path) = file("rows.csv", rows);
    let ran = run(&["import", &path, "--database", &url], "");
    assert_eq!(ran.code, 1, "{}", ran.err);
    for told in [
        "line 3, field channel: \"某处\" is no channel: write one of phone, chat, ",
        "line 4, field received_at: \"昨天\" is no existing time: write ",
        "2 case(s) opened",
        "2 record(s) refused, the rest was processed",
    ] {
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    let missing = run(&["import", &path, "--column", "words", "--database", &url], "");
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("there is no column words"),
        "{}",
        missing.err
    );
}

#[test]
fn a_row_is_imported_once_however_often_its_file_is() {
    let (_folder, url) = database();
    let import = |path: &str, more: &[&str], input: &str| -> Ran {
        run(&[&["import", path, "--database", &url], more].concat(), input)
    };
    let told = |ran: Ran, words: &str| assert!(ran.err.contains(words), "{}", ran.err);
    let (folder, path) = file(
        "rows.jsonl",
        "{\"id\":1,\"text\":\"慢\"}\n{\"text\":\"差\"}\n{\"text\":\"差\"}\n",
    );
    told(import(&path, &[], "").ok(), "tingsu: 3 case(s) opened\n");
    told(
        import(&path, &[], "").ok(),
        "tingsu: 0 case(s) opened, 3 already there",
    );
    // Another text under a known name is told, not lost; what is new is opened.
    let changed = "{\"id\":1,\"text\":\"太慢了\"}\n{\"text\":\"差\"}\n{\"id\":2,\"text\":\"慢\"}\n";
    std::fs::write(folder.path().join("rows.jsonl"), changed).unwrap();
    let ran = import(&path, &[], "");
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("line 1, field id: 1 was imported from this source before"),
        "{}",
        ran.err
    );
    told(ran, "1 case(s) opened, 1 already there");
    told(
        import(&path, &["--source", "elsewhere"], "").ok(),
        "tingsu: 3 case(s) opened\n",
    );
    // Standard input is no file that comes twice, unless it is given a name.
    for _ in 0..2 {
        told(import("-", &[], "差\n").ok(), "tingsu: 1 case(s) opened\n");
    }
    told(
        import("-", &["--source", "hotline"], "差\n").ok(),
        "tingsu: 1 case(s) opened\n",
    );
    told(
        import("-", &["--source", "hotline"], "差\n差\n").ok(),
        "1 case(s) opened, 1 already there",
    );
    run(&["doctor", "--events", "--database", &url], "").ok();
}
