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
fn a_label_that_a_facet_does_not_know_is_named_by_its_line() {
    let (folder, data) = file("train.jsonl", rows(40));
    let name = |name: &str| folder.path().join(name).display().to_string();
    let (model, gold, other) = (name("mood.model"), name("gold.jsonl"), name("other.jsonl"));
    run(
        &["train", "--facet", "mood", "--data", &data, "--out", &model],
        "",
    )
    .ok();
    std::fs::write(&gold, rows(20) + "{\"text\":\"一般\",\"label\":2}\n").unwrap();
    let ran = run(&["eval", "--facet-model", &model, &gold, "--output", "json"], "");
    assert_eq!((ran.code, &ran.json()[0]["texts"]), (1, &serde_json::json!(20)));
    assert_eq!(
        ran.err.lines().next().unwrap(),
        format!("tingsu: {gold}: line 21, field label: holds none of its values: write one of 0, 1")
    );
    // The same where settings are chosen by other texts.
    let arguments = [
        "train", "--facet", "mood", "--data", &data, "--valid", &gold, "--out", &model,
    ];
    let ran = run(&arguments, "");
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("line 21, field label: holds none of its values"),
        "{}",
        ran.err
    );
    // With no other labels at all there is nothing to measure.
    std::fs::write(&other, "{\"text\":\"一般\",\"label\":2}\n").unwrap();
    assert_eq!(run(&["eval", "--facet-model", &model, &other], "").code, 2);
}

/// Texts of two moods without labels: words of the labeled ones, and others beside them.
fn unlabeled(count: usize) -> String {
    let good = ["味道很好,回味悠长", "送得快,包装也精致", "很满意,值得推荐"];
    let bad = ["太难吃,一股怪味", "等了两小时,全都凉透", "很失望,白花冤枉钱"];
    (0..count)
        .map(|number| {
            let said = if number % 2 == 0 { good } else { bad };
            format!("{{\"text\":\"{},{number}\"}}\n", said[number / 2 % 3])
        })
        .collect()
}

#[test]
fn a_facet_learns_from_texts_without_labels_where_it_is_sure() {
    let (folder, data) = file("train.jsonl", rows(200));
    let name = |name: &str| folder.path().join(name).display().to_string();
    let (more, alone, both, gold) = (name("more.jsonl"), name("a.model"), name("b.model"), name("gold"));
    std::fs::write(&more, unlabeled(300) + "{oops\n").unwrap();
    let train = |out: &str, more: &[&str]| {
        let arguments = [&["train", "--facet", "mood", "--data", &data, "--out", out], more].concat();
        run(&arguments, "")
    };
    train(&alone, &[]).ok();
    let ran = train(&both, &["--unlabeled", &more]);
    // What is no text is named by its line; the rest is learned from.
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("line 301"), "{}", ran.err);
    // It is no worse for them.
    let gold_rows: String = [
        ("一股怪味", 0),
        ("全都凉透", 0),
        ("白花冤枉钱", 0),
        ("回味悠长", 1),
        ("值得推荐", 1),
    ]
    .iter()
    .map(|(text, label)| format!("{{\"text\":\"{text}\",\"label\":{label}}}\n"))
    .collect();
    std::fs::write(&gold, gold_rows).unwrap();
    let accuracy = |model: &str| {
        let ran = run(&["eval", "--facet-model", model, &gold, "--output", "json"], "").ok();
        ran.json()[0]["accuracy"].as_f64().unwrap()
    };
    let (before, after) = (accuracy(&alone), accuracy(&both));
    assert!(after >= before && before > 0.0, "{before} {after}");
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
            .contains("line 3, field psy: holds none of its values: write one of solve, "),
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

#[test]
fn errors_about_a_line_never_show_its_words() {
    let lines = [
        (
            "[\"栾晓峰13900000127\"]\n{\"text\":\"好\",\"psy\":\"栾晓峰13900000127\"}\n{\"text\":\"差\",\"c\":1}\n",
            1,
        ),
        (
            "{\"text\":\"差\",\"spans\":[]}\n\"栾晓峰13900000127\"\n{\"text\":\"栾晓峰\",\"spans\":[{\"kind\":\"栾晓峰\"}]}\n",
            1,
        ),
        ("栾晓峰13900000127\n", 2),
    ];
    for (gold, code) in lines {
        let (_folder, path) = file("gold.jsonl", gold);
        let (_model_folder, model) = file("x.facet", "");
        for arguments in [
            vec!["eval", &path],
            vec!["train", "--facet", "x", "--data", &path, "--out", &model],
            vec!["train", "--data", &path, "--out", &model],
        ] {
            let ran = run(&arguments, "");
            let told = format!("{}{}", ran.out, ran.err);
            assert!(ran.code > 0, "{arguments:?}: {told}");
            assert!(
                !told.contains("栾晓峰") && !told.contains("1390000"),
                "{arguments:?}: {told}"
            );
        }
        assert_eq!(run(&["eval", &path], "").code, code, "{gold}");
    }
}
