//! Training a facet of one's own, measuring it, and reading it beside the built-in ones; measuring the engine.

use crate::tool::{file, run};

fn rows(count: usize) -> String {
    let good = ["味道很好", "送得快", "很满意", "下次还来", "态度亲切"];
    let bad = ["太难吃", "等了两小时", "很失望", "不会再来", "态度恶劣"];
    (0..count)
        .map(|number| {
            let (words, label) = if number % 2 == 0 { (good, 1) } else { (bad, 0) };
            let (first, second) = (words[number / 2 % 5], words[number / 10 % 5]);
            format!("{{\"text\":\"{first},{second}\",\"label\":{label}}}\n")
        })
        .collect()
}

#[test]
fn a_facet_of_ones_own_is_trained_measured_and_read() {
    let (folder, data) = file("train.jsonl", rows(200));
    let model = folder.path().join("mood.model").display().to_string();
    let trained = run(
        &[
            "train", "--facet", "mood", "--data", &data, "--valid", &data, "--out", &model,
        ],
        "",
    )
    .ok();
    assert!(
        trained.out.contains("facet mood from 200 texts"),
        "{}",
        trained.out
    );
    let scores = run(&["eval", "--facet-model", &model, &data, "--output", "json"], "").ok();
    let score = &scores.json()[0];
    assert_eq!(score["facet"], "mood");
    assert!(score["accuracy"].as_f64().unwrap() > 0.95 && score["macro_f1"].as_f64().unwrap() > 0.95);
    assert!(score["texts_per_second"].as_f64().unwrap() > 0.0);
    let read = run(&["analyze", "--facet-model", &model], "等了两小时,很失望\n").ok();
    assert_eq!(read.json()[0]["facets"]["mood"]["value"], "0");
    let csv = run(
        &["analyze", "--facet-model", &model, "--output", "csv"],
        "送得快\n",
    )
    .ok();
    assert!(csv.out.lines().next().unwrap().ends_with(",doubts,mood"));
}

#[test]
fn data_that_nothing_can_be_learned_from_are_wrong_usage() {
    let (folder, data) = file(
        "train.jsonl",
        "{\"text\":\"好\",\"label\":1}\n{\"text\":\"好\"}\n",
    );
    let model = folder.path().join("m").display().to_string();
    let ran = run(
        &["train", "--facet", "mood", "--data", &data, "--out", &model],
        "",
    );
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(
        ran.err.contains("line 2, field label: is missing") && !std::path::Path::new(&model).exists(),
        "{}",
        ran.err
    );
    assert_eq!(run(&["train", "--facet", "mood", "--out", &model], "").code, 2);
    assert_eq!(run(&["eval", "--facet-model", &data, &data], "").code, 2);
}

#[test]
fn two_models_of_one_facet_are_refused_by_name() {
    let (folder, data) = file("train.jsonl", rows(40));
    let model = |name: &str| folder.path().join(name).display().to_string();
    let (first, second) = (model("first.model"), model("second.model"));
    for out in [&first, &second] {
        run(&["train", "--facet", "mood", "--data", &data, "--out", out], "").ok();
    }
    let ran = run(
        &["analyze", "--facet-model", &first, "--facet-model", &second],
        "慢\n",
    );
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains(&first) && ran.err.contains(&second) && ran.err.contains("facet mood"),
        "{}",
        ran.err
    );
}

#[test]
fn lines_that_are_no_labels_are_told_as_analyze_tells_them() {
    let lines =
        "{oops\n[1]\n{\"psy\":\"vent\"}\n{\"text\":\"差\",\"mot\":\"refund\"}\n{\"text\":\"差\",\"c\":1}\n";
    let (_folder, path) = file("gold.jsonl", lines);
    let ran = run(&["eval", &path, "--output", "json"], "");
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.err.lines().collect::<Vec<_>>(),
        [
            "tingsu: line 1: is no JSON at column 2: write one object per line",
            "tingsu: line 2: is no JSON object: write one object per line",
            "tingsu: line 3, field text: is missing: give the text in it, or a conversation in `turns`",
            "tingsu: line 4, field mot: must be a list of values, such as [] for none",
            "tingsu: 4 record(s) refused, the rest was processed",
        ]
    );
    assert_eq!(ran.json()[0]["texts"], 1);
    assert_eq!(run(&["eval", &path, "--output", "csv"], "").code, 2);
}

#[test]
fn the_engine_is_measured_on_labeled_texts() {
    let gold = concat!(
        "{\"text\":\"我要退款,还要赔偿\",\"c\":1,\"psy\":\"redress\",\"mot\":[\"refund\",\"compensation\"]}\n",
        "{\"text\":\"今天天气不错\",\"c\":0,\"psy\":\"none\",\"unknown_key\":7}\n",
        "{\"text\":\"差\",\"psy\":\"happy\"}\n",
    );
    let (_folder, path) = file("gold.jsonl", gold);
    let ran = run(&["eval", &path, "--output", "json"], "");
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("line 3, field psy: has no value \"happy\": write one of solve, "),
        "{}",
        ran.err
    );
    let report = &ran.json()[0];
    assert_eq!(report["texts"], 2);
    assert_eq!(report["facets"]["psy"]["texts"], 2);
    assert!(report["facets"]["emo"].is_null());
    let table = run(&["eval", &path], "");
    assert!(
        table.out.contains("macro-F1") && table.out.contains("evidence F1"),
        "{}",
        table.out
    );
}
