//! Rule packs as JSON: where deadlines come from, what starts, ends and moves them.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    fields::{FieldError, Fields},
    key::{ChannelKey, DeadlineKindKey, RoleKey},
    limits,
};

/// One step by which a term may be made longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PackExtension {
    /// The whole term after it, from the same start.
    pub total: u32,
    /// `hours`, `calendar` or `working`.
    pub unit: &'static str,
    /// In which case.
    pub when: String,
    /// Who grants it, in the rule's words.
    pub approver: String,
    /// The roles that may grant it here.
    pub roles: Vec<RoleKey>,
    /// Whether the customer has to be told.
    pub notice: bool,
}

/// One clock of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PackClock {
    /// What it counts down to.
    pub kind: DeadlineKindKey,
    /// The least severity of the cases it is for; only the house grades.
    #[schema(minimum = 1, maximum = 4)]
    pub from_severity: u8,
    /// How many hours or days.
    pub amount: u32,
    /// `hours`, `calendar` or `working`.
    pub unit: &'static str,
    /// The share of the time, in percent, after which it warns.
    pub near_percent: u8,
    /// The article, in our words.
    pub article: String,
    /// What starts it.
    pub start: &'static str,
    /// What ends it.
    pub stop: Vec<&'static str>,
    /// The rule about the time of an appraisal outside, when it is left out.
    pub pause: Option<String>,
    /// How it may be made longer.
    pub extensions: Vec<PackExtension>,
}

/// The deadlines of one law, platform or house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RulePack {
    /// The stable name.
    pub key: String,
    /// The name shown.
    pub name: String,
    /// The rule it comes from.
    pub source: String,
    /// Since when the rule holds, or when it was looked up.
    pub version: String,
    /// The day it stopped holding.
    pub until: Option<String>,
    /// Whether the numbers were checked against the text of the rule.
    pub confirmed: bool,
    /// Whether new cases fall under it by themselves.
    pub in_force: bool,
    /// The calendar that counts its days.
    pub calendar: String,
    /// The channels it is for; empty means all.
    pub channels: Vec<ChannelKey>,
    /// Whether new facts let the term begin anew.
    pub restart_on_new_facts: bool,
    /// Where it can be read.
    pub links: Vec<String>,
    /// What else the rule asks for.
    pub notes: Vec<String>,
    /// The clocks.
    pub clocks: Vec<PackClock>,
}

/// Which packs new cases fall under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PacksInForce {
    /// The packs by key; the house's is always in force and not named.
    #[schema(max_items = 20)]
    pub packs: Vec<String>,
}

impl PacksInForce {
    /// The list asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        fields.require("packs");
        let packs = fields.texts("packs", limits::LIST_ENTRIES);
        fields.finish(Some(Self { packs }))
    }
}
