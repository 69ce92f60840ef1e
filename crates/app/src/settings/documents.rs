//! Which documents there are, what each decides, and the rulebook they make together.

use std::collections::BTreeMap;

use desk::{
    Rules, RulesError,
    quality::{RUBRIC, RubricError, load_rubric},
};
use domain::Bilingual;
use playbook::{Playbook, PlaybookError, Source};

use crate::app::Rulebook;

/// Texts that hold instead of seed files, by name.
pub(crate) type OwnTexts = BTreeMap<String, String>;

/// A document that cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DocumentError {
    /// It belongs to the playbook.
    #[error(transparent)]
    Playbook(#[from] PlaybookError),
    /// It belongs to the rules of the desk.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// It is the rubric of inspection.
    #[error("{RUBRIC_FILE}: {0}")]
    Rubric(#[from] RubricError),
}

/// The rubric of inspection by its name.
pub(crate) const RUBRIC_FILE: &str = "rubric.toml";

/// Names and texts of all seed files, the playbook's first.
pub(crate) fn seeds() -> impl Iterator<Item = (String, &'static str)> {
    let playbook = playbook::FILES
        .iter()
        .map(|source| (source.file.to_owned(), source.text));
    let rubric = std::iter::once((RUBRIC_FILE.to_owned(), RUBRIC));
    playbook.chain(desk::files()).chain(rubric)
}

/// Whether an organization may give a document this name: that of a rule pack or a calendar of its own.
pub(crate) fn may_be_own(name: &str) -> bool {
    let stem = name.strip_suffix(".toml").unwrap_or_default();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (3..=LONGEST_NAME).contains(&stem.len()) && stem.chars().all(plain)
}

/// The longest name of a document of one's own, without its ending.
const LONGEST_NAME: usize = 40;

/// The text of a seed file, or nothing when there is none of that name.
pub(crate) fn seed(name: &str) -> Option<&'static str> {
    seeds().find(|(known, _)| *known == name).map(|(_, text)| text)
}

/// The rulebook of the seed files with some replaced.
pub(crate) fn build(own: &OwnTexts) -> Result<Rulebook, DocumentError> {
    let rubric = load_rubric(own.get(RUBRIC_FILE).map_or(RUBRIC, String::as_str))?;
    let (ours, theirs): (Vec<_>, Vec<_>) = own
        .iter()
        .filter(|(name, _)| *name != RUBRIC_FILE)
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .partition(|(name, _)| playbook::FILES.iter().any(|source| source.file == *name));
    let sources: Vec<Source<'_>> = ours.iter().map(|(file, text)| Source { file, text }).collect();
    let rules = Rules::from_files(&theirs)?;
    let playbook = Playbook::from_toml(&sources)?;
    Ok(Rulebook::of(playbook, rules, rubric, desk_fingerprint(own)))
}

/// FNV-1a over the texts of the desk: another text, another rulebook.
pub(crate) fn desk_fingerprint(own: &OwnTexts) -> u32 {
    let seeds = desk::files();
    let held = seeds
        .iter()
        .map(|(name, text)| own.get(name).map_or(*text, String::as_str));
    let added = own
        .iter()
        .filter(|(name, _)| seed(name).is_none() || name.as_str() == RUBRIC_FILE)
        .map(|(_, text)| text.as_str());
    held.chain(added)
        .flat_map(str::bytes)
        .fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
}

/// What a document decides.
pub(crate) fn title(name: &str) -> Bilingual {
    let (zh, en) = match name {
        "taboo.toml" => ("对外消息的禁忌词与检查", "Taboo words and the check of messages"),
        "guarantee.toml" => (
            "服务保证表：补救、权限与门槛",
            "Service guarantee: remedies, limits and thresholds",
        ),
        "acknowledgement.toml" => ("首次响应与公开回复", "First answers and public replies"),
        "principles.toml" => ("补救与处理原则", "Recovery and handling principles"),
        "changes.toml" => ("三换", "The three changes"),
        "conflicts.toml" => ("不能并存的做法", "Moves that never stand together"),
        "phrases.toml" => ("通用话术", "Phrases for everybody"),
        "topics.toml" => ("专门事项", "Special matters"),
        "wording.toml" => ("称呼与短语", "Short wordings"),
        "house.toml" => ("内部时限", "Deadlines of the house"),
        "calendar-uk.toml" => ("英国日历", "Calendar of the United Kingdom"),
        "calendar-us.toml" => ("美国日历", "Calendar of the United States"),
        "calendar-cn.toml" => ("工作日历", "Working calendar"),
        "severity.toml" => ("严重程度与优先级", "Severity and priority"),
        "permissions.toml" => ("操作权限", "Who may do what"),
        "coach.toml" => ("会话中的实时提示", "The coach beside a live conversation"),
        RUBRIC_FILE => ("质检评分表", "The rubric of inspection"),
        other => return facet_title(other),
    };
    Bilingual::new(zh, en)
}

fn facet_title(name: &str) -> Bilingual {
    let key = name.trim_end_matches(".toml");
    match domain::all_tables().iter().find(|table| table.heading.key == key) {
        Some(table) => Bilingual::new(
            format!("{}的应对", table.heading.zh),
            format!("Guidance for {}", table.heading.en.to_lowercase()),
        ),
        // What is left are rule packs, whose key is their name.
        None => Bilingual::new(format!("时限规则：{key}"), format!("Rule pack {key}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeds_make_a_rulebook_and_every_change_another_one() {
        let seed_book = build(&OwnTexts::new()).expect("the seeds are right");
        let mut own = OwnTexts::new();
        for name in ["taboo.toml", "severity.toml", RUBRIC_FILE] {
            let text = format!("{}\n# changed\n", seed(name).expect("a seed"));
            own.insert(name.to_owned(), text);
            let changed = build(&own).expect("a comment changes nothing");
            assert_ne!(changed.rules.version(), seed_book.rules.version(), "{name}");
            own.clear();
        }
    }

    #[test]
    fn names_are_unique_and_titled() {
        let names: Vec<String> = seeds().map(|(name, _)| name).collect();
        let unique: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(names.len(), unique.len());
        for name in names {
            assert!(!title(&name).zh.ends_with(".toml"), "{name} has no title");
        }
    }

    #[test]
    fn a_pack_of_ones_own_joins_the_others() {
        let text = seed("express.toml").expect("a seed");
        let text = text.replace("key = \"express\"", "key = \"water-supply\"");
        let own = OwnTexts::from([("water-supply.toml".to_owned(), text.clone())]);
        let book = build(&own).expect("it can be read");
        assert!(book.rules.packs.contains_key("water-supply") && book.rules.packs.contains_key("express"));
        let seeds = build(&OwnTexts::new()).expect("the seeds are right");
        assert_ne!(book.rules.version(), seeds.rules.version());
        let wrong = OwnTexts::from([("gas-supply.toml".to_owned(), text)]);
        let error = build(&wrong).err().expect("another key").to_string();
        assert!(
            error.contains("gas-supply.toml holds the pack `water-supply`"),
            "{error}"
        );
        for name in [
            "a.toml",
            "../etc.toml",
            "Packs.toml",
            "water",
            "water_supply.toml",
        ] {
            assert!(!may_be_own(name), "{name}");
        }
        assert!(may_be_own("water-supply.toml"));
    }

    #[test]
    fn a_mistake_names_its_file() {
        let own = OwnTexts::from([(
            "guarantee.toml".to_owned(),
            "[authority]\nagent = -1\n".to_owned(),
        )]);
        let error = build(&own).err().expect("it lacks everything").to_string();
        assert!(error.contains("guarantee.toml"), "{error}");
    }
}
