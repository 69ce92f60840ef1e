//! The shape of a pack's file, private to this crate, and its way into a pack.

use std::collections::BTreeMap;

use domain::{Bilingual, Channel, DayKind, DeadlineKind, DeadlinePolicy, Role, Severity};
use serde::Deserialize;

use super::{
    RulesError, keyed,
    raw::{Both, read_toml, severity},
};
use crate::deadline::{Calendar, ClockEvent, Extension, Pack, PackClock, Pause, Policy};

/// How errors name a pack's file; its own name stands in the message.
const FILE: &str = "packs";
/// The longest term, in hours or days: a century of days.
const LONGEST: u32 = 36_525;

/// The packs that come with the product, by file name.
pub(super) const SEEDS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    key: String,
    name: Both,
    source: Both,
    version: String,
    until: Option<String>,
    confirmed: bool,
    calendar: String,
    #[serde(default)]
    channels: Vec<String>,
    #[serde(default)]
    restart_on_new_facts: bool,
    #[serde(default)]
    links: Vec<String>,
    #[serde(default)]
    notes: Vec<Both>,
    clock: Vec<RawClock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClock {
    key: Option<String>,
    kind: String,
    #[serde(default = "lowest")]
    from_severity: u8,
    amount: u32,
    unit: String,
    near_percent: u8,
    source: Option<Both>,
    article: Both,
    start: String,
    #[serde(default)]
    stop: Vec<String>,
    pause: Option<RawPause>,
    #[serde(default)]
    extension: Vec<RawExtension>,
}

fn lowest() -> u8 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPause {
    roles: Vec<String>,
    notice: bool,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExtension {
    total: u32,
    unit: Option<String>,
    roles: Vec<String>,
    notice: bool,
    when: Both,
    approver: Both,
}

/// The pack in a TOML text; `calendars` are those there are.
pub(super) fn parse(text: &str, calendars: &BTreeMap<String, Calendar>) -> Result<Pack, RulesError> {
    let raw: RawPack = read_toml(FILE, text)?;
    let wrong = |what: &str| RulesError::value(FILE, format!("{}: {what}", raw.key));
    if !calendars.contains_key(&raw.calendar) {
        return Err(wrong(&format!("there is no calendar `{}`", raw.calendar)));
    }
    for day in [Some(&raw.version), raw.until.as_ref()].into_iter().flatten() {
        let date: Result<jiff::civil::Date, _> = day.parse();
        if date.is_err() || day.len() != 10 {
            return Err(wrong(&format!("`{day}` is no date")));
        }
    }
    let (key, source) = (raw.key.clone(), Bilingual::from(raw.source));
    let origin = Origin {
        key: &key,
        source: &source,
        version: &raw.version,
        confirmed: raw.confirmed,
    };
    let clocks = raw.clock.into_iter().map(|clock| read_clock(clock, &origin));
    let clocks = clocks.collect::<Result<_, _>>()?;
    let channels = raw.channels.iter().map(|key| keyed::<Channel>(FILE, key));
    Ok(Pack {
        clocks,
        channels: channels.collect::<Result<_, _>>()?,
        source,
        key,
        name: raw.name.into(),
        version: raw.version,
        until: raw.until,
        confirmed: raw.confirmed,
        calendar: raw.calendar,
        restart_on_new_facts: raw.restart_on_new_facts,
        links: raw.links,
        notes: raw.notes.into_iter().map(Bilingual::from).collect(),
    })
}

/// What every clock of a pack says about where it comes from.
struct Origin<'p> {
    key: &'p str,
    source: &'p Bilingual,
    version: &'p str,
    confirmed: bool,
}

impl Origin<'_> {
    /// The rule in words: its name, and for rules of others its date and whether it was checked.
    fn spell(&self, own: Option<Bilingual>, article: &Bilingual) -> Bilingual {
        if let Some(own) = own {
            return own;
        }
        if self.key == Pack::HOUSE {
            return Bilingual::new(
                format!("{}：{}", self.source.zh, article.zh),
                format!("{}: {}", self.source.en, article.en),
            );
        }
        let (zh, en) = match self.confirmed {
            true => ("", ""),
            false => ("，未经原文核实", ", not checked against the text"),
        };
        Bilingual::new(
            format!("{}，{} 版{zh}，{}", self.source.zh, self.version, article.zh),
            format!("{}, version {}{en}, {}", self.source.en, self.version, article.en),
        )
    }
}

fn read_clock(raw: RawClock, origin: &Origin<'_>) -> Result<PackClock, RulesError> {
    let wrong = |what: String| RulesError::value(FILE, format!("{}: {what}", origin.key));
    if raw.near_percent > 100 {
        return Err(wrong("near_percent over 100".into()));
    }
    if origin.key != Pack::HOUSE && raw.from_severity != 1 {
        return Err(wrong("only the house grades its terms by severity".into()));
    }
    let kind: DeadlineKind = keyed(FILE, &raw.kind)?;
    let unit = read_unit(&raw.unit)?;
    let longest = raw.extension.iter().map(|step| step.total).max().unwrap_or(0);
    if raw.amount.max(longest) > LONGEST {
        return Err(wrong(format!("a term of more than {LONGEST}")));
    }
    let article = Bilingual::from(raw.article);
    let steps = raw.extension.into_iter().map(|step| read_extension(step, unit));
    Ok(PackClock {
        extensions: steps.collect::<Result<_, _>>()?,
        policy: Policy {
            from_severity: severity(FILE, raw.from_severity)?,
            rule: DeadlinePolicy {
                key: raw.key.unwrap_or_else(|| origin.key.to_owned()),
                kind,
                amount: raw.amount,
                unit,
                near_percent: raw.near_percent,
                source: origin.spell(raw.source.map(Bilingual::from), &article),
            },
        },
        article,
        start: read_event(&raw.start)?,
        stop: raw
            .stop
            .iter()
            .map(|key| read_event(key))
            .collect::<Result<_, _>>()?,
        pause: raw.pause.map(read_pause).transpose()?,
    })
}

fn read_extension(raw: RawExtension, unit: DayKind) -> Result<Extension, RulesError> {
    Ok(Extension {
        total: raw.total,
        unit: raw.unit.as_deref().map_or(Ok(unit), read_unit)?,
        roles: read_roles(&raw.roles)?,
        notice: raw.notice,
        when: raw.when.into(),
        approver: raw.approver.into(),
    })
}

fn read_pause(raw: RawPause) -> Result<Pause, RulesError> {
    Ok(Pause {
        roles: read_roles(&raw.roles)?,
        notice: raw.notice,
        because: Bilingual::new(raw.zh, raw.en),
    })
}

fn read_roles(keys: &[String]) -> Result<Vec<Role>, RulesError> {
    keys.iter().map(|key| keyed(FILE, key)).collect()
}

fn read_event(key: &str) -> Result<ClockEvent, RulesError> {
    ClockEvent::from_key(key)
        .ok_or_else(|| RulesError::value(FILE, format!("`{key}` starts or ends no clock")))
}

fn read_unit(key: &str) -> Result<DayKind, RulesError> {
    match key {
        "hours" => Ok(DayKind::Hours),
        "calendar" => Ok(DayKind::Calendar),
        "working" => Ok(DayKind::Working),
        other => Err(RulesError::value(FILE, format!("`{other}` is no unit"))),
    }
}

/// The lowest severity, which every pack but the house's asks at.
pub(super) const ANY: Severity = Severity::Minor;
