//! The data is complete, in both languages, and nothing stands in it twice.

use std::collections::HashMap;

use tingsu_playbook::{FILES, Playbook, PlaybookError, Source};

use crate::build::{PLAYBOOK, table};

const FACET_FILES: [&str; 11] = [
    "psychology",
    "motive",
    "emotion",
    "subject",
    "nature",
    "stance",
    "anger_type",
    "cause",
    "risk",
    "temperament",
    "behavior",
];

fn texts(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value {
                    toml::Value::String(text) if key.ends_with("zh") || key.ends_with("en") => {
                        found.push(text.clone());
                    }
                    other => texts(other, found),
                }
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// Letters and digits only, in lower case: what is left when a text is varied by its punctuation alone.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[test]
fn the_embedded_playbook_loads_and_has_a_version() {
    assert!(PLAYBOOK.version().starts_with("2026."), "{}", PLAYBOOK.version());
}

#[test]
fn no_text_stands_twice_in_any_file() {
    let mut seen: HashMap<String, String> = HashMap::new();
    for source in FILES {
        let mut found = Vec::new();
        texts(&toml::Value::Table(table(source.file)), &mut found);
        for text in found.into_iter().filter(|text| bare(text).chars().count() > 3) {
            let earlier = seen.insert(bare(&text), source.file.to_owned());
            assert_eq!(earlier, None, "“{text}” of {} stands twice", source.file);
        }
    }
    assert!(seen.len() > 1500, "only {} texts", seen.len());
}

#[test]
fn every_value_can_be_said_without_facts_and_with_them() {
    for facet in FACET_FILES {
        for entry in table(&format!("{facet}.toml"))["entry"]
            .as_array()
            .expect("entries")
        {
            let phrases = entry["phrase"].as_array().expect("phrases");
            let asks = |phrase: &&toml::Value| {
                let text = phrase["zh"].as_str().expect("a text");
                let always = ["{owner}", "{due}", "{next_step}"];
                always
                    .iter()
                    .fold(text.to_owned(), |text, slot| text.replace(slot, ""))
                    .contains('{')
            };
            let with_facts = phrases.iter().filter(asks).count();
            let place = format!("{facet}.{}", entry["value"]);
            assert!(with_facts >= 1, "{place} never uses a fact");
            assert!(phrases.len() - with_facts >= 2, "{place} is silent without facts");
        }
    }
}

#[test]
fn mistakes_are_named_with_file_and_place() {
    let original = FILES
        .iter()
        .find(|source| source.file == "stance.toml")
        .expect("embedded")
        .text;
    let broken = |from: &str, to: &str| {
        let text = original.replacen(from, to, 1);
        assert_ne!(text, original, "“{from}” is not there to break");
        Playbook::from_toml(&[Source {
            file: "stance.toml",
            text: &text,
        }])
        .expect_err("broken")
        .to_string()
    };
    for (from, to, expected) in [
        (
            "value = \"grumble\"",
            "value = \"groan\"",
            "stance.toml, groan: no such value",
        ),
        (
            "value = \"bargain\"",
            "value = \"grumble\"",
            "stance.toml, grumble: has two entries",
        ),
        (
            "moves = [\"listen\"",
            "moves = [\"shout\"",
            "stance.toml, grumble, do 1: “shout” is no move",
        ),
        (
            "to = \"specialist\"",
            "to = \"king\"",
            "`to` is agent, specialist or supervisor",
        ),
        (
            "facet = \"stance\"",
            "facet = \"mood\"",
            "says “mood”, “stance” is expected",
        ),
        (
            "stage = \"empathize\"",
            "stage = \"nap\"",
            "“nap” is no step of the flow",
        ),
        ("[[entry]]", "[[entry", "stance.toml: "),
    ] {
        let message = broken(from, to);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn unknown_files_are_refused() {
    let error = Playbook::from_toml(&[Source {
        file: "moods.toml",
        text: "",
    }])
    .expect_err("unknown");
    assert!(matches!(error, PlaybookError::Content { .. }), "{error}");
}

#[test]
fn another_text_is_another_version() {
    let wording = FILES
        .iter()
        .find(|source| source.file == "wording.toml")
        .expect("embedded");
    let text = wording.text.replacen("负责的同事", "值班的同事", 1);
    let own = Playbook::from_toml(&[Source {
        file: "wording.toml",
        text: &text,
    }])
    .expect("valid");
    assert_ne!(own.version(), PLAYBOOK.version());
}

#[test]
fn acts_that_contradict_themselves_are_refused() {
    let original = FILES
        .iter()
        .find(|source| source.file == "stance.toml")
        .expect("embedded")
        .text;
    let text = original.replacen(
        "moves = [\"listen\"",
        "moves = [\"settle_quickly\", \"listen\"",
        1,
    );
    let error = Playbook::from_toml(&[Source {
        file: "stance.toml",
        text: &text,
    }])
    .expect_err("contradicts");
    assert!(error.to_string().contains("stance.grumble.1"), "{error}");
}
