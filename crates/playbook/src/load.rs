//! From guidance files to guidance: every mistake is named with file, place and remedy.

use std::collections::HashSet;

use domain::{Appeal, Bilingual, Role, Stage, Vocabulary};

use crate::error::PlaybookError;
use crate::guidance::{Do, Dont, Entry, EscalationRule, FACETS, FacetKind, Guidance, Saying, Topic};
use crate::moves::MoveSet;
use crate::schema::{
    DoRow, DontRow, EntryRow, EscalateRow, FacetFile, PhraseFile, PhraseRow, TopicFile, TopicRow,
};
use crate::template::Phrase;

/// Texts already seen, so that no string is used twice.
#[derive(Default)]
pub(crate) struct Texts(HashSet<String>);

/// Where in which file the reading stands, for clear errors.
struct Place<'f> {
    file: &'f str,
    value: String,
}

impl Place<'_> {
    fn error(&self, what: &str, number: usize, problem: impl Into<String>) -> PlaybookError {
        PlaybookError::content(
            self.file,
            format!("{}, {what} {}", self.value, number + 1),
            problem,
        )
    }
}

/// Parses one file, naming it in the error.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(file: &str, source: &str) -> Result<T, PlaybookError> {
    toml::from_str(source).map_err(|error| PlaybookError::Syntax {
        file: file.to_owned(),
        message: error.to_string(),
    })
}

/// Reads all facet files; `source` gives the text of a file by its name.
pub(crate) fn load_guidance<'s>(
    source: impl Fn(&str) -> Result<&'s str, PlaybookError>,
    texts: &mut Texts,
) -> Result<Guidance, PlaybookError> {
    let read = |kind: &FacetKind| {
        let file = format!("{}.toml", kind.name);
        load_facet(kind, &file, parse(&file, source(&file)?)?, texts)
    };
    let by_facet: Result<Vec<_>, _> = FACETS.iter().map(read).collect();
    Guidance::of(by_facet?)
}

fn load_facet(
    kind: &FacetKind,
    file: &str,
    rows: FacetFile,
    texts: &mut Texts,
) -> Result<Vec<Entry>, PlaybookError> {
    if rows.facet != kind.name {
        let problem = format!("says “{}”, “{}” is expected", rows.facet, kind.name);
        return Err(PlaybookError::content(file, "facet", problem));
    }
    let keys = (kind.keys)();
    if let Some(row) = rows.entry.iter().find(|row| !keys.contains(&row.value.as_str())) {
        let problem = format!("no such value; known are {}", keys.join(", "));
        return Err(PlaybookError::content(file, row.value.clone(), problem));
    }
    keys.iter()
        .map(|key| {
            let mut found = rows.entry.iter().filter(|row| row.value == **key);
            match (found.next(), found.next()) {
                (Some(row), None) => load_entry(kind, file, row, texts),
                (None, _) => Err(PlaybookError::content(file, *key, "has no entry")),
                (Some(_), Some(_)) => Err(PlaybookError::content(file, *key, "has two entries")),
            }
        })
        .collect()
}

fn load_entry(
    kind: &FacetKind,
    file: &str,
    row: &EntryRow,
    texts: &mut Texts,
) -> Result<Entry, PlaybookError> {
    for (what, has, needs) in [
        ("do", row.dos.len(), 3),
        ("dont", row.donts.len(), 3),
        ("phrase", row.phrases.len(), 4),
    ] {
        if has < needs {
            let problem = format!("has {has} of “{what}”, at least {needs} are needed");
            return Err(PlaybookError::content(file, row.value.clone(), problem));
        }
    }
    let place = Place {
        file,
        value: row.value.clone(),
    };
    let prefix = format!("{}.{}", kind.name, row.value);
    let mut entry = load_parts(&place, &prefix, &row.dos, &row.donts, &row.phrases, texts)?;
    entry.escalation = Some(load_escalation(&place, &row.escalate, texts)?);
    Ok(entry)
}

fn load_parts(
    place: &Place<'_>,
    prefix: &str,
    dos: &[DoRow],
    donts: &[DontRow],
    phrases: &[PhraseRow],
    texts: &mut Texts,
) -> Result<Entry, PlaybookError> {
    let enumerate_dos = dos.iter().enumerate();
    let dos: Vec<Do> = enumerate_dos
        .map(|(number, row)| load_do(place, prefix, number, row, texts))
        .collect::<Result<_, _>>()?;
    let donts: Vec<Dont> = (donts.iter().enumerate())
        .map(|(number, row)| load_dont(place, number, row, texts))
        .collect::<Result<_, _>>()?;
    let sayings = (phrases.iter().enumerate())
        .map(|(number, row)| load_saying(place, number, row, texts))
        .collect::<Result<_, _>>()?;
    let own = dos
        .iter()
        .fold(MoveSet::default(), |set, act| set.union(act.moves));
    match donts.iter().position(|dont| dont.forbids.meets(own)) {
        Some(number) => Err(place.error("dont", number, "forbids a move that the same value asks for")),
        None => Ok(Entry {
            escalation: None,
            dos,
            donts,
            sayings,
        }),
    }
}

fn load_escalation(
    place: &Place<'_>,
    row: &EscalateRow,
    texts: &mut Texts,
) -> Result<EscalationRule, PlaybookError> {
    let to = Role::from_key(&row.to)
        .filter(|role| *role <= Role::Supervisor)
        .ok_or_else(|| place.error("escalate", 0, "`to` is agent, specialist or supervisor"))?;
    let when = texts
        .take(&row.when_zh, &row.when_en)
        .map_err(|problem| place.error("escalate", 0, problem))?;
    Ok(EscalationRule {
        to,
        always: row.always,
        when,
    })
}

fn load_do(
    place: &Place<'_>,
    prefix: &str,
    number: usize,
    row: &DoRow,
    texts: &mut Texts,
) -> Result<Do, PlaybookError> {
    let error = |problem: String| place.error("do", number, problem);
    let moves = move_set(&row.moves).map_err(error)?;
    if moves.is_empty() {
        return Err(error("makes no move".to_owned()));
    }
    Ok(Do {
        id: format!("{prefix}.{}", number + 1),
        stage: stage(&row.stage).map_err(error)?,
        appeal: Appeal::from_key(&row.appeal)
            .ok_or_else(|| error(format!("“{}” is no appeal", row.appeal)))?,
        moves,
        text: texts.take(&row.zh, &row.en).map_err(error)?,
    })
}

fn load_dont(
    place: &Place<'_>,
    number: usize,
    row: &DontRow,
    texts: &mut Texts,
) -> Result<Dont, PlaybookError> {
    let error = |problem: String| place.error("dont", number, problem);
    Ok(Dont {
        forbids: move_set(&row.forbids).map_err(error)?,
        text: texts.take(&row.zh, &row.en).map_err(error)?,
    })
}

fn load_saying(
    place: &Place<'_>,
    number: usize,
    row: &PhraseRow,
    texts: &mut Texts,
) -> Result<Saying, PlaybookError> {
    let error = |problem: String| place.error("phrase", number, problem);
    texts.take(&row.zh, &row.en).map_err(error)?;
    Ok(Saying {
        stage: stage(&row.stage).map_err(error)?,
        phrase: Phrase::parse(&row.zh, &row.en).map_err(error)?,
    })
}

/// The topics of `topics.toml`.
pub(crate) fn load_topics(source: &str, texts: &mut Texts) -> Result<Vec<Topic>, PlaybookError> {
    let file = "topics.toml";
    let read = |row: &TopicRow| {
        let place = Place {
            file,
            value: row.key.clone(),
        };
        if row.words.iter().all(|word| word.trim().is_empty()) {
            return Err(place.error("words", 0, "at least one word is needed"));
        }
        let prefix = format!("topic.{}", row.key);
        let entry = load_parts(&place, &prefix, &row.dos, &row.donts, &row.phrases, texts)?;
        Ok(Topic {
            words: row.words.clone(),
            entry,
        })
    };
    parse::<TopicFile>(file, source)?.topic.iter().map(read).collect()
}

/// The phrases of `phrases.toml`, at least two for each stage.
pub(crate) fn load_general(source: &str, texts: &mut Texts) -> Result<Vec<Saying>, PlaybookError> {
    let file = "phrases.toml";
    let place = Place {
        file,
        value: "general".to_owned(),
    };
    let rows = parse::<PhraseFile>(file, source)?.phrase;
    let sayings: Vec<Saying> = (rows.iter().enumerate())
        .map(|(number, row)| load_saying(&place, number, row, texts))
        .collect::<Result<_, _>>()?;
    for stage in &Stage::ALL[..5] {
        if sayings.iter().filter(|saying| saying.stage == *stage).count() < 2 {
            return Err(PlaybookError::content(
                file,
                stage.key(),
                "fewer than two phrases",
            ));
        }
    }
    Ok(sayings)
}

/// The set of moves named, or a sentence about the first unknown one.
pub(crate) fn move_set(keys: &[String]) -> Result<MoveSet, String> {
    MoveSet::of(keys.iter().map(String::as_str)).map_err(|key| format!("“{key}” is no move"))
}

fn stage(key: &str) -> Result<Stage, String> {
    Stage::from_key(key)
        .filter(|stage| *stage != Stage::Other)
        .ok_or_else(|| format!("“{key}” is no step of the flow"))
}

impl Texts {
    /// Both texts, unless one is blank or was used before.
    fn take(&mut self, zh: &str, en: &str) -> Result<Bilingual, String> {
        for text in [zh, en] {
            if text.trim().is_empty() {
                return Err("a text is blank".to_owned());
            }
            if !self.0.insert(text.to_owned()) {
                return Err(format!("“{text}” is used twice"));
            }
        }
        Ok(Bilingual::new(zh, en))
    }
}
