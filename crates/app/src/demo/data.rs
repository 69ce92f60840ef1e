//! The invented organization and its words, from the embedded data files.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorldFile {
    pub(crate) line: Vec<Line>,
    pub(crate) world: World,
    pub(crate) staff: Vec<StaffRow>,
}

/// A line of business.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) industries: Vec<String>,
    pub(crate) products: Vec<String>,
    pub(crate) teams: Vec<String>,
    /// The least and the most paid, in yuan.
    pub(crate) price: [i64; 2],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct World {
    pub(crate) sites: Vec<String>,
    pub(crate) surnames: Vec<String>,
    pub(crate) given: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StaffRow {
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) team: Option<String>,
}

/// What is written in cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) acknowledge: Vec<String>,
    pub(crate) progress: Vec<String>,
    pub(crate) question: Vec<String>,
    pub(crate) core_position: Vec<String>,
    pub(crate) valid_reason: Vec<String>,
    pub(crate) invalid_reason: Vec<String>,
    pub(crate) correction_reason: Vec<String>,
    pub(crate) refuse: Vec<RefuseRow>,
    pub(crate) withdraw_reason: Vec<String>,
    pub(crate) reopen_reason: Vec<String>,
    pub(crate) expected: Vec<String>,
    pub(crate) received_met: Vec<String>,
    pub(crate) received_above: Vec<String>,
    pub(crate) received_below: Vec<String>,
    pub(crate) attempts: Vec<String>,
    pub(crate) follow_note: Vec<String>,
    pub(crate) follow_unhappy: Vec<String>,
    pub(crate) promise: Vec<String>,
    pub(crate) note: Vec<String>,
    pub(crate) change_place: Vec<String>,
    pub(crate) change_time: Vec<String>,
    pub(crate) explain: Vec<String>,
    pub(crate) thanks: Vec<String>,
    /// What supervisors and departments are told.
    pub(crate) inform: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefuseRow {
    pub(crate) reason: String,
    pub(crate) rule: String,
}

/// The planted outbreak.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outbreak {
    pub(crate) product: String,
    pub(crate) batch: String,
    pub(crate) site: String,
    pub(crate) team: String,
    pub(crate) title: String,
    pub(crate) incident: String,
    pub(crate) statement: String,
    pub(crate) days: Vec<String>,
    pub(crate) people: Vec<String>,
    pub(crate) r#use: Vec<String>,
    pub(crate) texts: Vec<String>,
}

/// What hurts time and again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pains {
    pub(crate) days: Vec<String>,
    pub(crate) sum: Vec<String>,
    pub(crate) pain: Vec<Pain>,
}

/// A product whose customers complain of its range or its rules more often than others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pain {
    pub(crate) product: String,
    /// The share of the product's complaints, 0–1.
    pub(crate) share: f64,
    pub(crate) texts: Vec<String>,
}

pub(crate) fn world() -> WorldFile {
    toml::from_str(include_str!("world.toml")).expect("a test reads the embedded file")
}

pub(crate) fn words() -> Words {
    toml::from_str(include_str!("words.toml")).expect("a test reads the embedded file")
}

pub(crate) fn outbreak() -> Outbreak {
    toml::from_str(include_str!("outbreak.toml")).expect("a test reads the embedded file")
}

pub(crate) fn pains() -> Pains {
    toml::from_str(include_str!("pains.toml")).expect("a test reads the embedded file")
}

impl WorldFile {
    /// The line of business of an industry as the corpus names it: the first one of whose words it contains; the last
    /// line takes what no other claims.
    pub(crate) fn line_of(&self, industry: &str) -> &Line {
        let claims = |line: &&Line| {
            line.industries
                .iter()
                .any(|word| industry.contains(word.as_str()))
        };
        self.line
            .iter()
            .find(claims)
            .or(self.line.last())
            .expect("the file has a line for the rest")
    }
}
