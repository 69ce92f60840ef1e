//! What people put right: written out, learned from, and refused when the model gets worse.

use std::path::Path;

use crate::tool::{file, run};

fn lines(name: &str, count: usize) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../corpus/authored")
        .join(name);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().take(count).map(|line| format!("{line}\n")).collect()
}

#[test]
fn corrections_are_written_out_as_labeled_texts_without_personal_data() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("desk.db").display());
    let seed = [
        "seed",
        "--database",
        &database,
        "--cases",
        "120",
        "--at",
        "2026-11-20T08:00:00Z",
    ];
    run(&seed, "").ok();
    let export = ["export", "--corrections", "--database", &database];
    let exported = run(&export, "").ok();
    let rows = exported.json();
    assert!(!rows.is_empty(), "the demonstration holds overruled facets");
    for row in &rows {
        assert!(row["text"].as_str().is_some_and(|text| !text.is_empty()), "{row}");
        assert!(row.as_object().unwrap().len() > 3, "{row}");
    }
    let digits = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit())
            .any(|run| run.len() == 11)
    };
    assert!(!digits(&exported.out), "a telephone number left the desk");
    let (_folder, path) = file("corrections.jsonl", &exported.out);
    let read = run(&["eval", &path, "--output", "json"], "").ok();
    assert_eq!(read.json()[0]["texts"], rows.len());
    assert_eq!(run(&["export", "--database", &database], "").code, 2);
}

#[test]
fn a_model_that_learned_from_corrections_takes_the_place_of_the_old_one() {
    let (folder, good) = file("good.jsonl", lines("train.jsonl", 120));
    let name = |name: &str| folder.path().join(name).display().to_string();
    let (dev, corrections, out) = (name("dev.jsonl"), name("corrections.jsonl"), name("own.model"));
    std::fs::write(&dev, lines("dev.jsonl", 220)).unwrap();
    let more = lines("train.jsonl", 480);
    let more: Vec<&str> = more.lines().skip(120).collect();
    std::fs::write(&corrections, more.join("\n")).unwrap();
    run(&["train", "--data", &good, "--out", &out], "").ok();
    let old = std::fs::read(&out).unwrap();
    let arguments = [
        "train",
        "--data",
        &good,
        "--with-corrections",
        &corrections,
        "--dev",
        &dev,
        "--out",
        &out,
    ];
    let ran = run(&arguments, "").ok();
    // The effect on dev is shown for every facet, and what is better takes the place of the old model.
    let shown: Vec<&str> = ran.out.lines().filter(|line| line.starts_with('│')).collect();
    assert!(shown[0].contains("before") && shown[0].contains("after") && shown[0].contains("change"));
    let change = |facet: &str| -> f64 {
        let row = shown.iter().find(|row| row.contains(&format!("│ {facet} ")));
        let cells: Vec<&str> = row.unwrap().split(['│', '┆']).map(str::trim).collect();
        cells[5].parse().unwrap()
    };
    assert!(change("psy") > 0.0, "{}", ran.out);
    assert!(
        ran.out.contains("own.model: ") && std::fs::read(&out).unwrap() != old,
        "{}",
        ran.out
    );
    let manifest = std::fs::read_to_string(name("own.toml")).unwrap();
    assert!(
        manifest.contains("name = \"corrections.jsonl\"") && manifest.contains("texts = 360"),
        "{manifest}"
    );
}

#[test]
fn a_model_worse_on_dev_is_refused_and_not_written() {
    let (folder, good) = file("good.jsonl", lines("train.jsonl", 240));
    let name = |name: &str| folder.path().join(name).display().to_string();
    let (dev, corrections, out) = (name("dev.jsonl"), name("corrections.jsonl"), name("own.model"));
    std::fs::write(&dev, lines("dev.jsonl", 120)).unwrap();
    std::fs::write(
        &corrections,
        "{\"text\":\"你们到底管不管\",\"psy\":\"vent\",\"nat\":\"valid\"}\n",
    )
    .unwrap();
    let train = |data: &str| {
        let arguments = [
            "train",
            "--data",
            data,
            "--with-corrections",
            &corrections,
            "--dev",
            &dev,
            "--out",
            &out,
        ];
        run(&arguments, "")
    };
    // A few hundred texts make no model as good as the one that comes with the product.
    let refused = train(&good);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(
        refused.err.contains("is worse and is not written") && refused.out.contains("before"),
        "{}{}",
        refused.out,
        refused.err
    );
    assert!(!Path::new(&out).exists());
}
