//! The rules of the desk as data: policies, calendar, severity, permissions. Reads no file and no environment.

mod files;
mod raw;

pub use files::FILES;

pub(crate) use raw::read_toml;

use std::collections::BTreeMap;

use domain::{
    Channel, CommandKind, Currency, DeadlineKind, DeadlineState, Money, Priority, Risk, Role, Severity,
    Subject, Vocabulary,
};

use crate::deadline::{Calendar, Policy};

/// Why rules could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The file is no TOML of the expected shape.
    #[error("{file} cannot be read")]
    Shape {
        /// The data file.
        file: &'static str,
        /// What the parser said, with line and column.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A value is unknown, missing or out of range.
    #[error("{file}: {what}")]
    Value {
        /// The data file.
        file: &'static str,
        /// What is wrong, and where.
        what: String,
    },
}

impl RulesError {
    pub(crate) fn value(file: &'static str, what: impl Into<String>) -> Self {
        Self::Value {
            file,
            what: what.into(),
        }
    }
}

/// What a risk adds to severity and priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiskWeight {
    /// The least severity of a case with this risk.
    pub severity: Severity,
    /// The least priority of a case with this risk.
    pub priority: Priority,
}

/// The table behind severity and priority. It has no place for psychology, temperament, stance or anger.
#[derive(Clone, Debug, PartialEq)]
pub struct Grading {
    /// The severity every case starts from.
    pub base: Severity,
    /// The severity a valid complaint starts from.
    pub valid: Severity,
    /// From which amount on, in CNY, which severity; ascending.
    pub money: Vec<(Money, Severity)>,
    /// What each risk adds.
    pub risks: BTreeMap<Risk, RiskWeight>,
    /// The least severity by subject.
    pub subjects: BTreeMap<Subject, Severity>,
    /// The least severity by channel.
    pub channels: BTreeMap<Channel, Severity>,
    /// The least priority by a clock and its state.
    pub clocks: BTreeMap<(DeadlineKind, DeadlineState), Priority>,
}

/// Everything `desk` decides by.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// How long what may take.
    pub policies: Vec<Policy>,
    /// Working days and business hours.
    pub calendar: Calendar,
    /// What makes a case serious or urgent.
    pub grading: Grading,
    authority: BTreeMap<Role, Money>,
    may: BTreeMap<CommandKind, Vec<Role>>,
    refuse_safety: Vec<Role>,
    assign_others: Vec<Role>,
    version: Option<String>,
    doubt: Option<DoubtSums>,
}

/// The sums that decide how far a claim is believed without a check (C3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoubtSums {
    /// Below this nobody haggles.
    pub no_haggling_below: Money,
    /// Above this facts and history are checked before a sum is named.
    pub investigate_above: Money,
}

impl Rules {
    /// The rules that come with the product.
    pub fn load_default() -> Self {
        Self::parse(
            include_str!("../data/policies.toml"),
            include_str!("../data/calendar-cn.toml"),
            include_str!("../data/severity.toml"),
            include_str!("../data/permissions.toml"),
        )
        .expect("a test reads the embedded rules")
    }

    /// The rules in these four TOML texts; fails on unknown keys and incomplete tables.
    pub fn parse(
        policies: &str,
        calendar: &str,
        severity: &str,
        permissions: &str,
    ) -> Result<Self, RulesError> {
        let permissions = raw::permissions(permissions)?;
        Ok(Self {
            policies: raw::policies(policies)?,
            calendar: Calendar::parse(calendar)?,
            grading: raw::grading(severity)?,
            authority: permissions.authority,
            may: permissions.may,
            refuse_safety: permissions.refuse_safety,
            assign_others: permissions.assign_others,
            version: None,
            doubt: None,
        })
    }

    /// Whether the role may give this command at all.
    pub fn may(&self, role: Role, command: CommandKind) -> bool {
        self.may.get(&command).is_some_and(|roles| roles.contains(&role))
    }

    /// The money the role may grant alone, in CNY.
    pub fn authority(&self, role: Role) -> Money {
        self.authority.get(&role).copied().unwrap_or(Money {
            minor: 0,
            currency: Currency::CNY,
        })
    }

    /// Sets the money a role may grant alone, so that playbook and desk speak with one voice.
    pub fn set_authority(&mut self, role: Role, money: Money) {
        self.authority.insert(role, money);
    }

    /// Which rulebook these rules are part of; nothing while nobody named one.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Names the rulebook, and the sums below which nobody haggles and above which is checked first.
    pub fn set_rulebook(&mut self, version: String, doubt: DoubtSums) {
        self.version = Some(version);
        self.doubt = Some(doubt);
    }

    /// The sums that decide how far a claim is believed without a check; nothing while no rulebook was named.
    pub fn doubt(&self) -> Option<DoubtSums> {
        self.doubt
    }

    /// Whether the role may turn down a complaint in which somebody's safety is at stake.
    pub fn may_refuse_safety(&self, role: Role) -> bool {
        self.refuse_safety.contains(&role)
    }

    /// Whether the role may hand a case to somebody else.
    pub fn may_assign_others(&self, role: Role) -> bool {
        self.assign_others.contains(&role)
    }

    /// The policy of a clock at a severity: the row with the highest threshold that is reached.
    pub fn policy(&self, kind: DeadlineKind, severity: Severity) -> Option<&Policy> {
        self.policies
            .iter()
            .filter(|row| row.rule.kind == kind && row.from_severity <= severity)
            .max_by_key(|row| row.from_severity)
    }
}

/// The value a data file names by key, or the error that says which key is unknown.
pub(crate) fn keyed<V: Vocabulary>(file: &'static str, key: &str) -> Result<V, RulesError> {
    V::from_key(key)
        .ok_or_else(|| RulesError::value(file, format!("`{key}` is no value of {}", V::HEADING.key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rules_are_complete() {
        let rules = Rules::load_default();
        for kind in DeadlineKind::ALL {
            assert!(
                rules.policy(*kind, Severity::Minor).is_some(),
                "no policy for {kind:?}"
            );
        }
        for command in CommandKind::ALL {
            assert!(rules.may(Role::Admin, *command), "nobody may {command:?}");
        }
        for risk in Risk::ALL {
            assert!(rules.grading.risks.contains_key(risk), "{risk:?} has no weight");
        }
    }

    #[test]
    fn a_graver_case_never_has_more_time() {
        let rules = Rules::load_default();
        let start = domain::Timestamp(1_790_000_000_000);
        for kind in DeadlineKind::ALL {
            let due = |severity: &Severity| {
                let policy = rules.policy(*kind, *severity).expect("every clock has a policy");
                crate::set_clock(policy, &rules.calendar, start).due_at
            };
            let dues: Vec<_> = Severity::ALL.iter().map(due).collect();
            assert!(dues.is_sorted_by(|a, b| a >= b), "{kind:?}: {dues:?}");
        }
    }

    #[test]
    fn a_wrong_row_is_named() {
        let text = include_str!("../data/severity.toml").replace("key = \"herd\"", "key = \"crowd\"");
        let error = Rules::parse(
            include_str!("../data/policies.toml"),
            include_str!("../data/calendar-cn.toml"),
            &text,
            include_str!("../data/permissions.toml"),
        )
        .expect_err("there is no risk called crowd");
        assert_eq!(error.to_string(), "severity.toml: `crowd` is no value of risk");
    }
}
