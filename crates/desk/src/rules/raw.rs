//! The shapes of the data files, private to this crate, and their way into rules.

use std::collections::BTreeMap;

use domain::{Bilingual, CommandKind, Money, Priority, Role, Severity, Vocabulary};
use serde::{Deserialize, de::DeserializeOwned};

use super::{Grading, RiskWeight, RulesError, keyed};

const SEVERITY: &str = "severity.toml";
const PERMISSIONS: &str = "permissions.toml";

/// A text in both languages, as data files write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Both {
    zh: String,
    en: String,
}

impl From<Both> for Bilingual {
    fn from(both: Both) -> Self {
        Self::new(both.zh, both.en)
    }
}

/// The TOML text as a shape.
pub(crate) fn read_toml<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, RulesError> {
    toml::from_str(text).map_err(|source| RulesError::Shape {
        file,
        source: Box::new(source),
    })
}

/// The severity of a level 1–4 as `file` writes it.
pub(super) fn severity(file: &'static str, level: u8) -> Result<Severity, RulesError> {
    match level {
        1..=4 => Ok(Severity::from_level(level)),
        _ => Err(RulesError::value(
            file,
            format!("severity {level} is not within 1–4"),
        )),
    }
}

fn priority(level: u8) -> Result<Priority, RulesError> {
    match level {
        1..=4 => Ok(Priority::from_level(level)),
        _ => Err(RulesError::value(
            SEVERITY,
            format!("priority {level} is not within 1–4"),
        )),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grades {
    base: u8,
    valid: u8,
    money: Vec<MoneyRow>,
    risk: Vec<RiskRow>,
    #[serde(default)]
    subject: Vec<LevelRow>,
    #[serde(default)]
    channel: Vec<LevelRow>,
    clock: Vec<ClockRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyRow {
    at_least_yuan: i64,
    level: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RiskRow {
    key: String,
    severity: u8,
    priority: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelRow {
    key: String,
    severity: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockRow {
    kind: String,
    state: String,
    priority: u8,
}

/// The grading of `severity.toml`.
pub(super) fn grading(text: &str) -> Result<Grading, RulesError> {
    let raw: Grades = read_toml(SEVERITY, text)?;
    let mut grading = Grading {
        base: severity(SEVERITY, raw.base)?,
        valid: severity(SEVERITY, raw.valid)?,
        money: Vec::new(),
        risks: BTreeMap::new(),
        subjects: levels(raw.subject)?,
        channels: levels(raw.channel)?,
        clocks: BTreeMap::new(),
    };
    for row in raw.money {
        grading
            .money
            .push((Money::yuan(row.at_least_yuan), severity(SEVERITY, row.level)?));
    }
    grading.money.sort();
    for row in raw.risk {
        let weight = RiskWeight {
            severity: severity(SEVERITY, row.severity)?,
            priority: priority(row.priority)?,
        };
        grading.risks.insert(keyed(SEVERITY, &row.key)?, weight);
    }
    for row in raw.clock {
        let clock = (keyed(SEVERITY, &row.kind)?, keyed(SEVERITY, &row.state)?);
        grading.clocks.insert(clock, priority(row.priority)?);
    }
    Ok(grading)
}

fn levels<V: Vocabulary>(rows: Vec<LevelRow>) -> Result<BTreeMap<V, Severity>, RulesError> {
    rows.into_iter()
        .map(|row| Ok((keyed(SEVERITY, &row.key)?, severity(SEVERITY, row.severity)?)))
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPermissions {
    may: BTreeMap<String, Vec<String>>,
    limits: Limits,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    refuse_safety: Vec<String>,
    assign_others: Vec<String>,
}

/// What `permissions.toml` says.
pub(super) struct Permissions {
    pub(super) may: BTreeMap<CommandKind, Vec<Role>>,
    pub(super) refuse_safety: Vec<Role>,
    pub(super) assign_others: Vec<Role>,
}

/// The permissions of `permissions.toml`; every command must have its line.
pub(super) fn permissions(text: &str) -> Result<Permissions, RulesError> {
    let raw: RawPermissions = read_toml(PERMISSIONS, text)?;
    let mut permissions = Permissions {
        may: BTreeMap::new(),
        refuse_safety: roles(&raw.limits.refuse_safety)?,
        assign_others: roles(&raw.limits.assign_others)?,
    };
    for (key, names) in &raw.may {
        permissions.may.insert(keyed(PERMISSIONS, key)?, roles(names)?);
    }
    complete(&permissions.may, "may")?;
    Ok(permissions)
}

fn roles(names: &[String]) -> Result<Vec<Role>, RulesError> {
    names.iter().map(|name| keyed(PERMISSIONS, name)).collect()
}

fn complete<V: Vocabulary, T>(table: &BTreeMap<V, T>, name: &str) -> Result<(), RulesError> {
    match V::ALL.iter().find(|value| !table.contains_key(value)) {
        Some(value) => Err(RulesError::value(
            PERMISSIONS,
            format!("[{name}] has no line for {}", value.key()),
        )),
        None => Ok(()),
    }
}
