//! The service guarantee table (C6): what may be offered, by subject, severity and loyalty.

use std::collections::HashMap;

use domain::{Bilingual, Loyalty, Money, RedressRange, Remedy, Role, Severity, Subject, Vocabulary};
use serde::Deserialize;

use crate::error::PlaybookError;
use crate::load::parse;
use crate::schema::TextRow;
use crate::wording::by_value;

const FILE: &str = "guarantee.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuaranteeFile {
    authority: HashMap<String, i64>,
    doubt: DoubtRow,
    retention: Retention,
    guarantee: Vec<GuaranteeRow>,
    loyalty: Vec<LoyaltyRow>,
    reason: HashMap<String, TextRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DoubtRow {
    no_haggling_below: i64,
    investigate_above: i64,
}

/// What is assumed about customers who stay (F5), all in percent but the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// What is earned on sales.
    pub margin_percent: u8,
    /// Years looked ahead.
    pub years: u8,
    /// How many complainers stay when nothing is settled.
    pub stay_unsettled_percent: u8,
    /// How many stay when it is settled.
    pub stay_settled_percent: u8,
    /// How many stay when it is settled fast.
    pub stay_fast_percent: u8,
}

impl Retention {
    fn check(self) -> Result<Self, PlaybookError> {
        let shares = [
            self.margin_percent,
            self.stay_unsettled_percent,
            self.stay_settled_percent,
            self.stay_fast_percent,
        ];
        match shares.iter().all(|share| *share <= 100) {
            true => Ok(self),
            false => Err(error("retention", "a share is above 100 percent")),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuaranteeRow {
    subject: String,
    severity: u8,
    options: Vec<OptionRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LoyaltyRow {
    loyalty: String,
    options: Vec<OptionRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionRow {
    remedy: String,
    percent: Option<[i64; 2]>,
    yuan: Option<[i64; 2]>,
    #[serde(default)]
    asked: bool,
}

/// One remedy of the table with its measure of money.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) remedy: Remedy,
    percent: Option<[i64; 2]>,
    yuan: Option<[i64; 2]>,
    /// Only when the customer asks for money back.
    pub(crate) if_asked: bool,
}

impl Grant {
    /// The range for an amount in dispute: percent of it, or the fixed sums when it is not known.
    pub(crate) fn range(&self, amount: Option<Money>) -> Option<RedressRange> {
        let [least, most] = match (amount.filter(|amount| amount.minor > 0), self.percent) {
            (Some(amount), Some(percent)) => percent.map(|percent| share(amount, percent)),
            _ => self.yuan?.map(Money::yuan),
        };
        Some(RedressRange { least, most })
    }

    /// All of the money back.
    pub(crate) fn full_refund() -> Self {
        Self {
            remedy: Remedy::Refund,
            percent: Some([100, 100]),
            yuan: None,
            if_asked: false,
        }
    }
}

/// A percentage of an amount, rounded to the nearest hundredth of the unit, half up; saturates.
fn share(amount: Money, percent: i64) -> Money {
    let hundredfold = i128::from(amount.minor) * i128::from(percent) + 50;
    Money {
        minor: i64::try_from(hundredfold.div_euclid(100)).unwrap_or(i64::MAX),
        currency: amount.currency,
    }
}

/// The whole table.
#[derive(Clone, Debug)]
pub(crate) struct Guarantee {
    authority: Vec<Money>,
    /// Up to this amount nobody haggles.
    pub(crate) no_haggling_below: Money,
    /// Above this amount facts are checked before a sum is named.
    pub(crate) investigate_above: Money,
    /// What is assumed about customers who stay.
    pub(crate) retention: Retention,
    grants: Vec<Vec<Grant>>,
    loyalty: Vec<(Loyalty, Vec<Grant>)>,
    reasons: Vec<Bilingual>,
}

impl Guarantee {
    /// Reads `guarantee.toml`.
    pub(crate) fn load(source: &str) -> Result<Self, PlaybookError> {
        let mut file: GuaranteeFile = parse(FILE, source)?;
        let doubt = [file.doubt.no_haggling_below, file.doubt.investigate_above];
        if doubt[0] > doubt[1] {
            return Err(error("doubt", "the lower sum is above the higher one"));
        }
        Ok(Self {
            authority: read_authority(&file.authority)?,
            no_haggling_below: Money::yuan(doubt[0]),
            investigate_above: Money::yuan(doubt[1]),
            retention: file.retention.check()?,
            grants: read_grants(&file.guarantee)?,
            loyalty: file.loyalty.iter().map(read_loyalty).collect::<Result<_, _>>()?,
            reasons: by_value::<Remedy>(FILE, &mut file.reason)?,
        })
    }

    /// What a role may grant alone.
    pub(crate) fn authority(&self, role: Role) -> Money {
        self.authority[role.index()]
    }

    /// The remedies for a subject at a severity.
    pub(crate) fn grants(&self, subject: Subject, severity: Severity) -> &[Grant] {
        &self.grants[subject.index() * Severity::ALL.len() + severity.index()]
    }

    /// What is added for a customer's loyalty.
    pub(crate) fn loyalty_grants(&self, loyalty: Loyalty) -> &[Grant] {
        let row = self.loyalty.iter().find(|(of, _)| *of == loyalty);
        row.map_or(&[], |(_, grants)| grants)
    }

    /// Why a remedy is offered.
    pub(crate) fn reason(&self, remedy: Remedy) -> &Bilingual {
        &self.reasons[remedy.index()]
    }
}

fn error(place: impl Into<String>, problem: &str) -> PlaybookError {
    PlaybookError::content(FILE, place, problem)
}

fn read_authority(rows: &HashMap<String, i64>) -> Result<Vec<Money>, PlaybookError> {
    for (key, yuan) in rows {
        if Role::from_key(key).is_none() {
            return Err(error(format!("authority, {key}"), "is no role"));
        }
        if *yuan < 0 {
            return Err(error(format!("authority, {key}"), "is below zero"));
        }
    }
    let limit = |role: &Role| Money::yuan(rows.get(role.key()).copied().unwrap_or(0));
    Ok(Role::ALL.iter().map(limit).collect())
}

/// One row for each subject and severity, in vocabulary order.
fn read_grants(rows: &[GuaranteeRow]) -> Result<Vec<Vec<Grant>>, PlaybookError> {
    let mut grants = Vec::new();
    for (subject, severity) in Subject::ALL
        .iter()
        .flat_map(|s| Severity::ALL.iter().map(move |v| (s, v)))
    {
        let place = format!("{}, severity {}", subject.key(), severity.level());
        let is_it = |row: &&GuaranteeRow| row.subject == subject.key() && row.severity == severity.level();
        let mut found = rows.iter().filter(is_it);
        match (found.next(), found.next()) {
            (Some(row), None) => grants.push(read_options(&place, &row.options)?),
            (None, _) => return Err(error(place, "has no row")),
            (Some(_), Some(_)) => return Err(error(place, "has two rows")),
        }
    }
    match grants.len() == rows.len() {
        true => Ok(grants),
        false => Err(error("guarantee", "a row names no subject or no severity 1–4")),
    }
}

fn read_loyalty(row: &LoyaltyRow) -> Result<(Loyalty, Vec<Grant>), PlaybookError> {
    let loyalty = Loyalty::from_key(&row.loyalty);
    let loyalty = loyalty.ok_or_else(|| error(format!("loyalty, {}", row.loyalty), "is no loyalty"))?;
    Ok((loyalty, read_options(&row.loyalty, &row.options)?))
}

fn read_options(place: &str, rows: &[OptionRow]) -> Result<Vec<Grant>, PlaybookError> {
    let read = |row: &OptionRow| {
        let remedy = Remedy::from_key(&row.remedy);
        let remedy = remedy.ok_or_else(|| error(format!("{place}, {}", row.remedy), "is no remedy"))?;
        let wrong = |range: &Option<[i64; 2]>| range.is_some_and(|[least, most]| least < 0 || least > most);
        if wrong(&row.percent) || wrong(&row.yuan) {
            return Err(error(
                format!("{place}, {}", row.remedy),
                "a range goes from less to more, not below zero",
            ));
        }
        Ok(Grant {
            remedy,
            percent: row.percent,
            yuan: row.yuan,
            if_asked: row.asked,
        })
    };
    rows.iter().map(read).collect()
}
