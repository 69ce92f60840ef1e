//! The texts that decide — playbook, guarantee table, rules of the desk — as documents that can be changed.

use domain::{Bilingual, Language, Loyalty, Remedy, Role, Subject};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    case::Person,
    fields::{FieldError, Fields},
    key::{Key, LoyaltyKey, RemedyKey, RoleKey, SubjectKey},
    limits,
    time::rfc3339,
};

/// One document in the list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DocumentRow {
    /// Its name, such as `guarantee.toml`.
    pub name: String,
    /// What it decides.
    pub title: String,
    /// Counts its changes; 0 while the seed file was never changed. Send it back as `If-Match`.
    pub revision: u32,
    /// Whether a text of your own holds instead of the seed file.
    pub overridden: bool,
    /// When it was last changed.
    pub changed_at: Option<String>,
    /// Who changed it last.
    pub changed_by: Option<Person>,
}

/// Every document.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct DocumentList {
    /// The rulebook in force: one version for all documents together.
    pub rulebook: String,
    /// The documents.
    pub items: Vec<DocumentRow>,
}

/// A document with its text.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Document {
    /// What the list tells of it.
    #[serde(flatten)]
    pub row: DocumentRow,
    /// The rulebook in force.
    pub rulebook: String,
    /// Its TOML text.
    pub text: String,
    /// The same as data.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// One change of a document.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RevisionRow {
    /// Counts from 1.
    pub revision: u32,
    /// When.
    pub at: String,
    /// Who.
    pub by: Person,
    /// Why.
    pub note: String,
    /// The revision that was brought back, 0 for the seed file; null when the text is new.
    pub restores: Option<u32>,
}

/// The changes of a document, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RevisionList {
    /// The changes.
    pub items: Vec<RevisionRow>,
}

/// A document as the use case found it.
#[derive(Clone, Debug)]
pub struct DocumentParts {
    /// Its name.
    pub name: String,
    /// What it decides.
    pub title: Bilingual,
    /// Counts its changes.
    pub revision: u32,
    /// Whether a text of its own holds.
    pub overridden: bool,
    /// When and by whom it was changed last.
    pub changed: Option<(domain::Timestamp, domain::Person)>,
    /// Its text.
    pub text: String,
    /// The same as data.
    pub data: Value,
    /// The rulebook in force.
    pub rulebook: String,
}

impl DocumentRow {
    /// The JSON shape in one language.
    pub fn of(parts: &DocumentParts, language: Language) -> Self {
        let changed = parts.changed.as_ref();
        Self {
            name: parts.name.clone(),
            title: parts.title.in_language(language).to_owned(),
            revision: parts.revision,
            overridden: parts.overridden,
            changed_at: changed.map(|(at, _)| rfc3339(*at)),
            changed_by: changed.map(|(_, by)| Person::from(by)),
        }
    }
}

impl Document {
    /// The JSON shape in one language.
    pub fn of(parts: &DocumentParts, language: Language) -> Self {
        Self {
            row: DocumentRow::of(parts, language),
            rulebook: parts.rulebook.clone(),
            text: parts.text.clone(),
            data: parts.data.clone(),
        }
    }
}

/// A remedy of a guarantee row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OptionEdit {
    /// The remedy.
    pub remedy: RemedyKey,
    /// Least and most percent of the sum in dispute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<[u32; 2]>,
    /// Least and most yuan when no sum is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yuan: Option<[u32; 2]>,
    /// Only when the customer asks for money back.
    pub asked: bool,
}

/// A change of one place of a document; everything else of its text stays as it is, comments included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum DocumentEdit {
    /// The words of a rule of `taboo.toml`, or of one of its lists.
    Words {
        /// The rule's key, or the list's name.
        rule: String,
        /// All words it holds from now on.
        words: Vec<String>,
    },
    /// The remedies of a row of `guarantee.toml`.
    Guarantee {
        /// The subject.
        subject: SubjectKey,
        /// The severity.
        #[schema(minimum = 1, maximum = 4)]
        severity: u8,
        /// All remedies from now on, best first.
        options: Vec<OptionEdit>,
    },
    /// What a loyalty adds in `guarantee.toml`; the row is made when there is none.
    Loyalty {
        /// The loyalty.
        loyalty: LoyaltyKey,
        /// All remedies it adds from now on.
        options: Vec<OptionEdit>,
    },
    /// What a role may grant alone, in yuan.
    Authority {
        /// The role.
        role: RoleKey,
        /// The limit.
        yuan: u32,
    },
    /// The sum below which nobody haggles and the one above which is checked first, in yuan.
    Doubt {
        /// Below this nobody haggles.
        no_haggling_below: u32,
        /// Above this is checked first.
        investigate_above: u32,
    },
}

/// A change of a document: a whole text, or edits of places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentChange {
    /// The whole text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Edits of places, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<DocumentEdit>,
    /// Why; needed to save, not to preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl DocumentChange {
    /// The change of a body, or every field error; `saves` asks for a note.
    pub fn parse(body: &Value, saves: bool) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let text = fields.optional_text("text", limits::TEXT_CHARS);
        let edits = match fields.has("edits") {
            true => fields.objects("edits", read_edit),
            false => Vec::new(),
        };
        if text.is_some() != edits.is_empty() {
            fields.refuse(
                "text",
                "text 与 edits 须且只能给一个",
                "send either text or edits",
            );
        }
        let note = match saves {
            true => Some(fields.short("note")),
            false => fields.optional_short("note"),
        };
        fields.finish(Some(Self { text, edits, note }))
    }
}

fn read_edit(fields: &mut Fields) -> Option<DocumentEdit> {
    let kind = fields.short("edit");
    match kind.as_str() {
        "words" => Some(DocumentEdit::Words {
            rule: fields.short("rule"),
            words: fields.texts("words", limits::WORDS),
        }),
        "guarantee" => {
            let subject = fields.key::<Subject>("subject");
            let severity = fields.number("severity", 1, 4).and_then(small);
            let options = fields.objects("options", read_option);
            Some(DocumentEdit::Guarantee {
                subject: Key(subject?),
                severity: severity?,
                options,
            })
        }
        "loyalty" => {
            let loyalty = fields.key::<Loyalty>("loyalty");
            let options = fields.objects("options", read_option);
            Some(DocumentEdit::Loyalty {
                loyalty: Key(loyalty?),
                options,
            })
        }
        "authority" => {
            let role = fields.key::<Role>("role");
            let yuan = yuan(fields, "yuan");
            Some(DocumentEdit::Authority {
                role: Key(role?),
                yuan: yuan?,
            })
        }
        "doubt" => {
            let (low, high) = (
                yuan(fields, "no_haggling_below"),
                yuan(fields, "investigate_above"),
            );
            Some(DocumentEdit::Doubt {
                no_haggling_below: low?,
                investigate_above: high?,
            })
        }
        _ => {
            let known = "words, guarantee, loyalty, authority, doubt";
            fields.refuse("edit", format!("可用：{known}"), format!("allowed: {known}"));
            None
        }
    }
}

fn small(number: u64) -> Option<u8> {
    u8::try_from(number).ok()
}

fn yuan(fields: &mut Fields, name: &'static str) -> Option<u32> {
    let number = fields.number(name, 0, u64::from(limits::MOST_YUAN));
    number.and_then(|number| u32::try_from(number).ok())
}

fn read_option(fields: &mut Fields) -> Option<OptionEdit> {
    let remedy = fields.key::<Remedy>("remedy");
    let percent = range(fields, "percent");
    let yuan = range(fields, "yuan");
    let asked = fields.optional_flag("asked").unwrap_or(false);
    remedy.map(|remedy| OptionEdit {
        remedy: Key(remedy),
        percent,
        yuan,
        asked,
    })
}

/// A pair of whole numbers, the lesser first.
fn range(fields: &mut Fields, name: &'static str) -> Option<[u32; 2]> {
    let value = fields.value(name)?;
    let numbers: Option<Vec<u32>> = value.as_array().and_then(|items| {
        let read = |item: &Value| item.as_u64().and_then(|number| u32::try_from(number).ok());
        items.iter().map(read).collect()
    });
    match numbers.as_deref() {
        Some([least, most]) if least <= most && *most <= limits::MOST_YUAN => Some([*least, *most]),
        _ => {
            fields.refuse(
                name,
                "应是两个不小于零的整数，先小后大",
                "must be two whole numbers, the lesser first",
            );
            None
        }
    }
}

/// What to bring back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct UndoRequest {
    /// The revision to bring back, 0 for the seed file; the one before the present when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl UndoRequest {
    /// The request of a body, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let revision = fields.optional_number("revision", 0, u64::from(u32::MAX));
        let note = fields.optional_short("note");
        fields.finish(Some(Self {
            revision: revision.and_then(|number| u32::try_from(number).ok()),
            note,
        }))
    }
}

/// What would change on one case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CaseChange {
    /// The case.
    pub case_id: String,
    /// The number people say.
    pub number: String,
    /// Its title, masked.
    pub title: String,
    /// What would change, in words.
    pub changes: Vec<String>,
}

/// What a change would do, tried on the newest cases; nothing is kept.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Preview {
    /// The rulebook there would be.
    pub rulebook: String,
    /// How many cases were looked at.
    pub sampled: u32,
    /// How many of them would change.
    pub changed: u32,
    /// The first of them.
    pub cases: Vec<CaseChange>,
    /// What would change for everybody, such as limits.
    pub general: Vec<String>,
}

/// What a preview found.
#[derive(Clone, Debug, Default)]
pub struct PreviewParts {
    /// The rulebook there would be.
    pub rulebook: String,
    /// How many cases were looked at.
    pub sampled: u32,
    /// Id, number and title of each case that would change, and how.
    pub cases: Vec<(domain::CaseId, String, String, Vec<Bilingual>)>,
    /// What would change for everybody.
    pub general: Vec<Bilingual>,
}

impl Preview {
    /// The JSON shape in one language.
    pub fn of(parts: &PreviewParts, language: Language) -> Self {
        let say = |words: &[Bilingual]| crate::plan::localize(words, language);
        let cases = parts.cases.iter().take(limits::PREVIEWED_CASES);
        Self {
            rulebook: parts.rulebook.clone(),
            sampled: parts.sampled,
            changed: u32::try_from(parts.cases.len()).unwrap_or(u32::MAX),
            cases: cases
                .map(|(id, number, title, changes)| CaseChange {
                    case_id: id.0.clone(),
                    number: number.clone(),
                    title: title.clone(),
                    changes: say(changes),
                })
                .collect(),
            general: say(&parts.general),
        }
    }
}
