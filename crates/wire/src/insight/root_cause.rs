//! The tree of causes: what was found, who does what about it, whether it helped, and what the customers hurt were told.

use domain::{Bilingual, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CaseLink, Figure, SliceValue};
use crate::{FieldError, Fields, Value, case::Person, key::SubjectKey, limits, time};

/// How far a cause is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CauseStatus {
    /// Somebody thinks so.
    #[default]
    Suspected,
    /// It was shown.
    Confirmed,
    /// Something was done about it.
    Acted,
    /// It was something else.
    Rejected,
}

impl CauseStatus {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Suspected, Self::Confirmed, Self::Acted, Self::Rejected];

    /// The key on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Self::Suspected => "suspected",
            Self::Confirmed => "confirmed",
            Self::Acted => "acted",
            Self::Rejected => "rejected",
        }
    }
}

/// A cause as a person writes it down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CauseWords {
    /// The cause in a few words.
    pub title: String,
    /// What is known of it.
    #[serde(default)]
    pub detail: String,
    /// The cause it stands under, by id.
    #[serde(default)]
    pub parent: Option<String>,
    /// How far it is.
    #[serde(default)]
    pub status: CauseStatus,
    /// Who sees to it, by id.
    #[serde(default)]
    pub owner: Option<String>,
    /// What is done about it.
    #[serde(default)]
    pub action: String,
    /// The day it was done, `YYYY-MM-DD`.
    #[serde(default)]
    pub acted_on: Option<String>,
    /// What keeps it from happening again, in words for the customers hurt.
    #[serde(default)]
    pub prevention: String,
    /// Whose complaints it explains: the first subject.
    #[serde(default)]
    pub topic: Option<String>,
    /// The product.
    #[serde(default)]
    pub product: Option<String>,
    /// The site.
    #[serde(default)]
    pub site: Option<String>,
    /// The batch.
    #[serde(default)]
    pub batch: Option<String>,
    /// The team.
    #[serde(default)]
    pub team: Option<String>,
}

/// What a request that writes a cause down looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct CauseAsked {
    /// The cause in a few words.
    #[schema(max_length = 200)]
    pub title: String,
    /// What is known of it.
    pub detail: Option<String>,
    /// The cause it stands under, by id.
    #[schema(max_length = 200)]
    pub parent: Option<String>,
    /// How far it is.
    pub status: Option<CauseStatus>,
    /// Who sees to it, by id.
    #[schema(max_length = 200)]
    pub owner: Option<String>,
    /// What is done about it.
    pub action: Option<String>,
    /// The day it was done, `YYYY-MM-DD`.
    #[schema(pattern = "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]))?$")]
    pub acted_on: Option<String>,
    /// What keeps it from happening again, in words for the customers hurt.
    pub prevention: Option<String>,
    /// Whose complaints it explains: the first subject.
    pub topic: Option<SubjectKey>,
    /// The product.
    #[schema(max_length = 200)]
    pub product: Option<String>,
    /// The site.
    #[schema(max_length = 200)]
    pub site: Option<String>,
    /// The batch.
    #[schema(max_length = 200)]
    pub batch: Option<String>,
    /// The team.
    #[schema(max_length = 200)]
    pub team: Option<String>,
}

/// What was told to the customers hurt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Told {
    /// When.
    pub at: String,
    /// By whom.
    pub by: String,
    /// The words.
    pub words: String,
    /// Cases whose customers got it as a message.
    pub messaged: u64,
    /// Cases whose customers had been told before.
    #[serde(default)]
    pub already: u64,
    /// Cases whose customers could not be told.
    pub unreached: u64,
}

/// Whether the action helped.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Effect {
    /// Cases in the days before the action.
    pub before: u64,
    /// How many days.
    pub before_days: u64,
    /// Cases since the action.
    pub after: u64,
    /// How many days.
    pub after_days: u64,
    /// Cases per day since, as a multiple of those before.
    pub ratio: Figure,
    /// What that says, in words.
    pub verdict: String,
    /// The filters that show the cases before.
    pub before_cases: CaseLink,
    /// The filters that show those since.
    pub after_cases: CaseLink,
}

/// A cause with everything known of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RootCause {
    /// The identity.
    pub id: String,
    /// The version, to be sent as `If-Match` with a change.
    pub version: u32,
    /// What was written down.
    #[serde(flatten)]
    pub words: CauseWords,
    /// Who sees to it.
    pub owner_name: Option<Person>,
    /// What its cases have in common.
    pub slice: Vec<SliceValue>,
    /// The filters that show its cases; null when it names none.
    pub cases: Option<CaseLink>,
    /// How many cases.
    pub count: u64,
    /// Whether the action helped; null while nothing was done.
    pub effect: Option<Effect>,
    /// What the customers hurt were told; null while they were not.
    pub told: Option<Told>,
    /// When it was written down.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

/// All causes; the tree follows from their parents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct RootCauseList {
    /// The causes, the oldest first.
    pub items: Vec<RootCause>,
}

/// A cause as sent, or every error of the request.
pub fn parse_cause(body: &Value) -> Result<CauseWords, Vec<FieldError>> {
    let mut fields = Fields::of(body);
    let name = |fields: &mut Fields<'_>, field| fields.optional_text(field, limits::QUERY_CHARS);
    let words = CauseWords {
        title: fields.text("title", limits::QUERY_CHARS),
        detail: fields.optional_short("detail").unwrap_or_default(),
        parent: name(&mut fields, "parent"),
        status: read_status(&mut fields),
        owner: name(&mut fields, "owner"),
        action: fields.optional_short("action").unwrap_or_default(),
        acted_on: name(&mut fields, "acted_on"),
        prevention: fields.optional_short("prevention").unwrap_or_default(),
        topic: fields
            .optional_key::<domain::Subject>("topic")
            .map(|topic| domain::Vocabulary::key(topic).to_owned()),
        product: name(&mut fields, "product"),
        site: name(&mut fields, "site"),
        batch: name(&mut fields, "batch"),
        team: name(&mut fields, "team"),
    };
    if let Some(day) = &words.acted_on
        && time::parse_day(day).is_none()
    {
        fields.refuse(
            "acted_on",
            "应是日期，如 2026-11-22",
            "must be a day, such as 2026-11-22",
        );
    }
    if words.status == CauseStatus::Acted && (words.action.is_empty() || words.acted_on.is_none()) {
        let field = if words.action.is_empty() {
            "action"
        } else {
            "acted_on"
        };
        fields.refuse(
            field,
            "已采取措施时必填：做了什么、哪天起",
            "is required once something was done: what, and from which day",
        );
    }
    fields.finish(Some(words))
}

fn read_status(fields: &mut Fields<'_>) -> CauseStatus {
    let Some(key) = fields.value("status") else {
        return CauseStatus::default();
    };
    let key = key.as_str().unwrap_or_default();
    let found = CauseStatus::ALL.into_iter().find(|status| status.key() == key);
    found.unwrap_or_else(|| {
        let known = CauseStatus::ALL.map(CauseStatus::key).join(", ");
        fields.refuse("status", format!("可用：{known}"), format!("allowed: {known}"));
        CauseStatus::default()
    })
}

impl CauseWords {
    /// The filters that show its cases; nothing when it names no slice, which would mean all of them.
    pub fn link(&self) -> Option<CaseLink> {
        let named = [
            ("topic", &self.topic),
            ("product", &self.product),
            ("site", &self.site),
            ("batch", &self.batch),
            ("team", &self.team),
        ];
        let link: CaseLink = named
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value.clone()?)))
            .collect();
        (!link.is_empty()).then_some(link)
    }

    /// The first moment of the day something was done.
    pub fn acted_at(&self) -> Option<Timestamp> {
        time::parse_day(self.acted_on.as_deref()?)
    }

    /// The owner's identity.
    pub fn owner_id(&self) -> Option<UserId> {
        self.owner.as_deref().map(UserId::from)
    }
}

/// What to say when customers cannot be told yet.
pub fn nothing_to_tell() -> Bilingual {
    Bilingual::new(
        "先写明防范措施，并指明涉及哪些案件（产品、门店、批次……），才能告知客户",
        "write down the prevention and whose cases it concerns (product, site, batch …) before customers are told",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_action_needs_its_day() {
        let errors = parse_cause(&json!({"title": "电芯", "status": "acted", "action": "召回"})).unwrap_err();
        assert_eq!(errors[0].field, "acted_on");
        let errors = parse_cause(&json!({"status": "done", "topic": "fax", "acted_on": "soon"})).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["title", "status", "topic", "acted_on"]);
        let cause = parse_cause(&json!({"title": "电芯", "batch": "A1", "acted_on": "2026-11-01"})).unwrap();
        assert_eq!(cause.link().unwrap()["batch"], "A1");
        assert!(cause.acted_at().is_some() && CauseWords::default().link().is_none());
    }
}
