//! The rules of the desk as data: packs, calendars, severity, permissions. Reads no file and no environment.

mod files;
mod packs;
mod raw;

pub use files::files;

pub(crate) use raw::read_toml;

use std::collections::BTreeMap;

use domain::{
    Channel, CommandKind, Currency, DeadlineKind, DeadlineState, Money, Priority, Risk, Role, Severity,
    Subject, Vocabulary,
};

use crate::deadline::{Calendar, Pack, PackClock, Policy};

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
    /// How long what may take, by key: the house's own rules and those of laws and platforms.
    pub packs: BTreeMap<String, Pack>,
    /// Working days and business hours of the house.
    pub calendar: Calendar,
    /// What makes a case serious or urgent.
    pub grading: Grading,
    calendars: BTreeMap<String, Calendar>,
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
            packs::SEEDS,
            CALENDARS,
            include_str!("../data/severity.toml"),
            include_str!("../data/permissions.toml"),
        )
        .expect("a test reads the embedded rules")
    }

    /// The rules in these TOML texts, packs by file and calendars by name; fails on unknown keys and incomplete tables.
    pub fn parse(
        packs: &[(&str, &str)],
        calendars: &[(&str, &str)],
        severity: &str,
        permissions: &str,
    ) -> Result<Self, RulesError> {
        let permissions = raw::permissions(permissions)?;
        let calendars: BTreeMap<String, Calendar> = calendars
            .iter()
            .map(|(name, text)| Ok(((*name).to_owned(), Calendar::parse(text)?)))
            .collect::<Result<_, RulesError>>()?;
        let calendar = calendars.get(HOME).cloned();
        let mut read = BTreeMap::new();
        for (file, text) in packs {
            let pack = packs::parse(text, &calendars)?;
            if file.trim_end_matches(".toml") != pack.key {
                return Err(RulesError::value(
                    "packs",
                    format!("{file} holds the pack `{}`", pack.key),
                ));
            }
            read.insert(pack.key.clone(), pack);
        }
        check_house(read.get(Pack::HOUSE))?;
        Ok(Self {
            packs: read,
            calendar: calendar.ok_or_else(|| RulesError::value("calendars", "there is no calendar `cn`"))?,
            calendars,
            grading: raw::grading(severity)?,
            authority: BTreeMap::new(),
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

    /// The money the role may grant alone, in CNY; nothing until the guarantee table said how much.
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

    /// The house's policy of a clock at a severity: the row with the highest threshold that is reached.
    pub fn policy(&self, kind: DeadlineKind, severity: Severity) -> Option<&Policy> {
        let house = self.packs.get(Pack::HOUSE)?;
        house.clock(kind, severity).map(|clock| &clock.policy)
    }

    /// The pack in a TOML text, as it would be read; nothing is kept.
    pub fn read_pack(&self, text: &str) -> Result<Pack, RulesError> {
        packs::parse(text, &self.calendars)
    }

    /// The calendar that counts the days of a pack; the house's when the pack is not known.
    pub fn calendar_of(&self, pack: &str) -> &Calendar {
        let named = self
            .packs
            .get(pack)
            .and_then(|pack| self.calendars.get(&pack.calendar));
        named.unwrap_or(&self.calendar)
    }

    /// Whether a pack holds at a time, by the day of its own calendar; a pack that is not known does not.
    pub fn holds_at(&self, pack: &str, at: domain::Timestamp) -> bool {
        let day = crate::deadline::day_of(self.calendar_of(pack).zone(), at);
        self.packs.get(pack).is_some_and(|pack| pack.holds_on(&day))
    }

    /// The row of a pack that set a clock of this kind.
    pub fn pack_clock(&self, pack: &str, kind: DeadlineKind) -> Option<(&Pack, &PackClock)> {
        let pack = self.packs.get(pack).filter(|pack| pack.key != Pack::HOUSE)?;
        pack.clock(kind, packs::ANY).map(|clock| (pack, clock))
    }
}

/// Every case has the clocks of the house, so none of them may be missing; what a law sets alone is left to packs.
fn check_house(house: Option<&Pack>) -> Result<(), RulesError> {
    let house = house.ok_or_else(|| RulesError::value(HOUSE_FILE, "there is no pack `house`"))?;
    let by_law = |kind: &&DeadlineKind| matches!(kind, DeadlineKind::Acceptance | DeadlineKind::Decision);
    let mut kinds = DeadlineKind::ALL.iter().filter(|kind| !by_law(kind));
    match kinds.find(|kind| house.clock(**kind, Severity::Minor).is_none()) {
        Some(kind) => Err(RulesError::value(
            HOUSE_FILE,
            format!("there is no clock `{}` from severity 1 on", kind.key()),
        )),
        None => Ok(()),
    }
}

/// The pack of the house by its file.
const HOUSE_FILE: &str = "house.toml";

/// The calendar of the house.
const HOME: &str = "cn";

/// The calendars that come with the product, by the name packs use.
const CALENDARS: &[(&str, &str)] = &[
    (HOME, include_str!("../data/calendar-cn.toml")),
    ("uk", include_str!("../data/calendar-uk.toml")),
    ("us", include_str!("../data/calendar-us.toml")),
];

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
            // What a law sets is set by its pack only.
            let by_law = matches!(kind, DeadlineKind::Acceptance | DeadlineKind::Decision);
            let by_house = rules.policy(*kind, Severity::Minor).is_some();
            assert!(by_house != by_law, "{kind:?}");
            let packs = || rules.packs.values();
            assert!(packs().any(|pack| pack.clock(*kind, Severity::Critical).is_some()));
        }
        for command in CommandKind::ALL {
            assert!(rules.may(Role::Admin, *command), "nobody may {command:?}");
        }
        for risk in Risk::ALL {
            assert!(rules.grading.risks.contains_key(risk), "{risk:?} has no weight");
        }
    }

    #[test]
    fn a_house_without_one_of_its_clocks_is_refused() {
        let house = packs::SEEDS.iter().find(|(file, _)| *file == HOUSE_FILE);
        let text = house.expect("a house").1;
        let cut = text.replace("kind = \"first_response\"", "kind = \"acceptance\"");
        let error = Rules::from_files(&[(HOUSE_FILE, &cut)]).expect_err("nobody would be answered in time");
        assert_eq!(
            error.to_string(),
            "house.toml: there is no clock `first_response` from severity 1 on"
        );
    }

    #[test]
    fn a_graver_case_never_has_more_time() {
        let rules = Rules::load_default();
        let start = domain::Timestamp(1_790_000_000_000);
        for kind in DeadlineKind::ALL
            .iter()
            .filter(|kind| rules.policy(**kind, Severity::Minor).is_some())
        {
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
            packs::SEEDS,
            CALENDARS,
            &text,
            include_str!("../data/permissions.toml"),
        )
        .expect_err("there is no risk called crowd");
        assert_eq!(error.to_string(), "severity.toml: `crowd` is no value of risk");
    }
}
