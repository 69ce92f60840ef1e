//! The rubric as a file writes it, checked on the way in.

use domain::{Bilingual, Condition, Mode, Operator, QualityRule, Range, Rubric, Vocabulary};
use serde::Deserialize;

use crate::quality::{expression, keys, parse_expression};

/// Why a rubric cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct RubricError {
    /// The rule and condition, or the line.
    pub place: String,
    /// What is wrong and what to do.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    pass_mark: f32,
    rule: Vec<RuleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    id: String,
    zh: String,
    en: String,
    weight: f32,
    #[serde(default)]
    fatal: bool,
    #[serde(default)]
    each: bool,
    most: Option<f32>,
    applies_when: Option<String>,
    when: String,
    condition: Vec<ConditionRow>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionRow {
    id: String,
    role: Option<String>,
    from: Option<i32>,
    to: Option<i32>,
    all: Option<Vec<String>>,
    any: Option<Vec<String>>,
    none: Option<Vec<String>>,
    times: Option<u32>,
    regex: Option<String>,
    similar: Option<Vec<String>>,
    likeness: Option<f32>,
    repeats: Option<f32>,
    silence_ms: Option<i64>,
    overlap_ms: Option<i64>,
    faster: Option<f32>,
    slower: Option<f32>,
    turns: Option<u32>,
    act: Option<String>,
    fault: Option<String>,
    feeling: Option<String>,
    height: Option<f32>,
    signal: Option<String>,
    course: Option<String>,
    psychology: Option<String>,
}

/// The rubric of a TOML text.
///
/// # Errors
/// Names the rule and what is wrong with it.
pub fn load_rubric(words: &str) -> Result<Rubric, RubricError> {
    let file: File = toml::from_str(words).map_err(|error| RubricError {
        place: "the file".to_owned(),
        reason: error.to_string(),
    })?;
    let rules: Result<Vec<QualityRule>, RubricError> = file.rule.into_iter().map(rule_of).collect();
    Ok(Rubric {
        version: file.version,
        pass_mark: file.pass_mark,
        rules: rules?,
    })
}

fn rule_of(row: RuleRow) -> Result<QualityRule, RubricError> {
    let id = row.id.clone();
    let error = |reason: String| RubricError {
        place: format!("rule {id}"),
        reason,
    };
    if !(-100.0..=100.0).contains(&row.weight) {
        return Err(error("weight must lie within -100 and 100".to_owned()));
    }
    let when = parse_expression(&row.when).map_err(&error)?;
    let applies_when = row
        .applies_when
        .as_deref()
        .map(parse_expression)
        .transpose()
        .map_err(&error)?;
    let conditions: Result<Vec<Condition>, String> = row.condition.into_iter().map(condition_of).collect();
    let conditions = conditions.map_err(&error)?;
    let named = expression::names(&when)
        .into_iter()
        .chain(applies_when.iter().flat_map(expression::names));
    for name in named {
        if !conditions.iter().any(|condition| condition.id == name) {
            return Err(error(format!("there is no condition `{name}`")));
        }
    }
    Ok(QualityRule {
        name: Bilingual::new(row.zh, row.en),
        weight: row.weight,
        fatal: row.fatal,
        each: row.each,
        most: row.most.unwrap_or(row.weight),
        id: row.id,
        conditions,
        applies_when,
        when,
    })
}

fn value_of<V: Vocabulary>(word: &str) -> Result<V, String> {
    V::from_word(word).ok_or_else(|| format!("`{word}` is none of {}", keys::<V>()))
}

fn condition_of(row: ConditionRow) -> Result<Condition, String> {
    let range = Range {
        role: row.role.as_deref().map(value_of).transpose()?,
        from: row.from,
        to: row.to,
    };
    let id = row.id.clone();
    let mut operators = operators_of(row)?;
    match (operators.pop(), operators.is_empty()) {
        (Some(operator), true) => Ok(Condition { id, range, operator }),
        _ => Err(format!("condition `{id}` must ask for exactly one thing")),
    }
}

fn operators_of(row: ConditionRow) -> Result<Vec<Operator>, String> {
    if let Some(pattern) = &row.regex {
        regex::Regex::new(pattern).map_err(|error| format!("regex: {error}"))?;
    }
    let words = [
        row.all.map(|words| Operator::Keywords(words, Mode::All)),
        row.any
            .map(|words| Operator::Keywords(words, Mode::Any(row.times.unwrap_or(1)))),
        row.none.map(|words| Operator::Keywords(words, Mode::None)),
        row.regex.map(Operator::Regex),
        row.similar
            .map(|phrases| Operator::Similar(phrases, row.likeness.unwrap_or(0.6))),
        row.repeats
            .map(|least| Operator::Repeats(least, row.times.unwrap_or(2))),
    ];
    let times = [
        row.silence_ms.map(Operator::Silence),
        row.overlap_ms.map(Operator::Overlap),
        row.faster.map(Operator::Faster),
        row.slower.map(Operator::Slower),
        row.turns.map(Operator::Turns),
    ];
    let heard = [
        row.act
            .as_deref()
            .map(value_of)
            .transpose()?
            .map(|act| Operator::Act(act, row.times.unwrap_or(1))),
        row.fault
            .as_deref()
            .map(value_of)
            .transpose()?
            .map(Operator::Fault),
        row.feeling
            .as_deref()
            .map(value_of)
            .transpose()?
            .map(|stage| Operator::Feeling(stage, row.height.unwrap_or(0.0))),
        row.signal
            .as_deref()
            .map(value_of)
            .transpose()?
            .map(Operator::Signal),
        row.course
            .as_deref()
            .map(value_of)
            .transpose()?
            .map(Operator::Ran),
        row.psychology
            .as_deref()
            .map(value_of)
            .transpose()?
            .map(Operator::After),
    ];
    Ok(words.into_iter().chain(times).chain(heard).flatten().collect())
}
