//! What people lay ready: a view of the list, words for a reply, a signature; for oneself or for all.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    case::Person,
    fields::{FieldError, Fields},
    limits,
    list::CaseListParams,
};

/// What kind of thing is laid ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PresetKind {
    /// Filters and order of the list of cases.
    View,
    /// Words that are put into a reply.
    Macro,
    /// What stands under every message to a customer; one's own goes before a shared one.
    Signature,
}

impl PresetKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::View, Self::Macro, Self::Signature];

    /// The key on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Macro => "macro",
            Self::Signature => "signature",
        }
    }

    /// The kind of a key, or nothing.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What a preset holds: filters for a view, words for the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PresetBody {
    /// The filters of a view, as in the query of the list.
    #[serde(default)]
    pub filters: BTreeMap<String, String>,
    /// The words of a macro or a signature.
    #[serde(default)]
    pub text: String,
}

/// A preset as a person lays it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PresetRequest {
    /// The kind; it stays what it was when a preset is changed.
    pub kind: PresetKind,
    /// A name, once for each kind and person.
    pub name: String,
    /// Whether everybody gets it; leaders only.
    #[serde(default)]
    pub shared: bool,
    /// What it holds.
    #[serde(flatten)]
    pub body: PresetBody,
}

/// What a request for a preset looks like: a view holds filters, the others words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PresetRequest)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PresetAsked {
    /// Filters and order of the list of cases.
    View {
        /// A name, once for each kind and person.
        #[schema(max_length = 60)]
        name: String,
        /// Whether everybody gets it; leaders only.
        shared: Option<bool>,
        /// The filters, as in the query of the list; none shows all cases.
        filters: Option<BTreeMap<String, String>>,
    },
    /// Words that are put into a reply.
    Macro {
        /// A name, once for each kind and person.
        #[schema(max_length = 60)]
        name: String,
        /// Whether everybody gets it; leaders only.
        shared: Option<bool>,
        /// The words.
        #[schema(max_length = 4000)]
        text: String,
    },
    /// What stands under every message to a customer; one's own goes before a shared one.
    Signature {
        /// A name, once for each kind and person.
        #[schema(max_length = 60)]
        name: String,
        /// Whether everybody gets it; leaders only.
        shared: Option<bool>,
        /// The words.
        #[schema(max_length = 4000)]
        text: String,
    },
}

/// A preset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Preset {
    /// The identity.
    pub id: String,
    /// The kind.
    pub kind: PresetKind,
    /// The name.
    pub name: String,
    /// Whether everybody has it.
    pub shared: bool,
    /// Whether the caller may change it or throw it away.
    pub editable: bool,
    /// Who made it; nothing when that person is gone.
    pub owner: Option<Person>,
    /// What it holds.
    #[serde(flatten)]
    pub body: PresetBody,
    /// When it was last changed.
    pub updated_at: String,
}

/// The presets of a person and those shared by others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PresetList {
    /// By kind and name.
    pub items: Vec<Preset>,
}

/// The preset of a body, or every field error.
pub fn parse_preset(body: &Value) -> Result<PresetRequest, Vec<FieldError>> {
    let mut fields = Fields::of(body);
    let kind = read_kind(&mut fields);
    let name = fields.text("name", limits::NAME_CHARS);
    let shared = fields.optional_flag("shared").unwrap_or_default();
    let body = match kind {
        Some(PresetKind::View) => PresetBody {
            filters: read_filters(&mut fields),
            text: String::new(),
        },
        _ => PresetBody {
            filters: BTreeMap::new(),
            text: fields.text("text", limits::PRESET_CHARS),
        },
    };
    let request = kind.map(|kind| PresetRequest {
        kind,
        name,
        shared,
        body,
    });
    fields.finish(request)
}

fn read_kind(fields: &mut Fields<'_>) -> Option<PresetKind> {
    let word = fields.text("kind", limits::NAME_CHARS);
    let kind = PresetKind::from_key(&word);
    if kind.is_none() && !word.is_empty() {
        let known = PresetKind::ALL.map(PresetKind::key).join(", ");
        fields.refuse(
            "kind",
            format!("可用：{known}"),
            format!("must be one of {known}"),
        );
    }
    kind
}

/// The filters of a view: what the list takes, but for the place within it.
fn read_filters(fields: &mut Fields<'_>) -> BTreeMap<String, String> {
    let none = || Value::Object(serde_json::Map::default());
    let given = fields.value("filters").cloned().unwrap_or_else(none);
    let Ok(filters) = serde_json::from_value::<BTreeMap<String, String>>(given.clone()) else {
        fields.refuse(
            "filters",
            "应是文本对文本的对象",
            "must be an object of texts by texts",
        );
        return BTreeMap::new();
    };
    let parsed = serde_json::from_value::<CaseListParams>(given);
    let errors = match parsed {
        Ok(params) if params.cursor.is_some() || params.skip.is_some() || params.limit.is_some() => {
            vec![FieldError::new(
                "cursor",
                "视图不记住翻到哪里，请去掉 cursor、skip、limit",
                "a view keeps no place in the list: leave out cursor, skip and limit",
            )]
        }
        Ok(params) => params.parse().err().unwrap_or_default(),
        Err(error) => {
            let message = error.to_string();
            vec![FieldError::new("", message.clone(), message)]
        }
    };
    for FieldError { field, message } in errors {
        let place = format!("filters.{field}");
        fields.refuse(place.trim_end_matches('.'), message.zh, message.en);
    }
    filters
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(body: &Value) -> Vec<String> {
        let errors = parse_preset(body).expect_err("errors");
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_view_holds_what_the_list_takes() {
        let view = json!({"kind": "view", "name": "快到期", "filters": {"state": "open", "sort": "due"}});
        let view = parse_preset(&view).expect("a view");
        assert_eq!(
            (view.kind, view.shared, view.body.filters["sort"].as_str()),
            (PresetKind::View, false, "due")
        );
        let unknown = json!({"kind": "view", "name": "n", "filters": {"colour": "red"}});
        assert_eq!(refused(&unknown), ["filters"]);
        let wrong = json!({"kind": "view", "name": "n", "filters": {"risk": "none_such"}});
        assert_eq!(refused(&wrong), ["filters.risk"]);
        let placed = json!({"kind": "view", "name": "n", "filters": {"skip": "3"}});
        assert_eq!(refused(&placed), ["filters.cursor"]);
        let number = json!({"kind": "view", "name": "n", "filters": {"severity": 3}});
        assert_eq!(refused(&number), ["filters"]);
    }

    #[test]
    fn words_need_words() {
        assert_eq!(refused(&json!({"kind": "macro", "name": "n"})), ["text"]);
        assert_eq!(
            refused(&json!({"kind": "macros", "name": "", "text": "t"})),
            ["kind", "name"]
        );
        let long = json!({"kind": "signature", "name": "n", "text": "字".repeat(limits::PRESET_CHARS + 1)});
        assert_eq!(refused(&long), ["text"]);
    }
}
