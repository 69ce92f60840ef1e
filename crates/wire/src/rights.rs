//! A person's rights as JSON: consents, correction, export, erasure, how a reading is explained, and the switches.

use domain::{ConsentPurpose, Language};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    analysis::Analysis,
    case::{Closure, Deadline, Matter, Promise, Proposal, deadline_of, promise_of},
    customer::Purchase,
    event::CaseEvent,
    fields::{FieldError, Fields},
    keeping::Attachment,
    key::{CaseStateKey, ChannelKey, ConsentPurposeKey, FacetKey, Key, LoyaltyKey, TierKey},
    message::Message,
    quote::Quote,
    time::rfc3339,
};

/// The last word of a customer on one purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Consent {
    /// For what.
    pub purpose: ConsentPurposeKey,
    /// Allowed, or refused.
    pub granted: bool,
    /// When it was told.
    pub at: String,
}

impl From<&domain::Consent> for Consent {
    fn from(consent: &domain::Consent) -> Self {
        Self {
            purpose: Key(consent.purpose),
            granted: consent.granted,
            at: rfc3339(consent.at),
        }
    }
}

/// What a customer said about one purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConsentRequest {
    /// For what.
    pub purpose: ConsentPurposeKey,
    /// Allowed, or refused.
    pub granted: bool,
    /// How it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl ConsentRequest {
    /// What was said, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let purpose = fields.key::<ConsentPurpose>("purpose");
        let granted = fields.flag("granted");
        let note = fields.optional_short("note");
        fields.finish(purpose.map(|purpose| Self {
            purpose: Key(purpose),
            granted,
            note,
        }))
    }
}

/// What is wrong about a customer on file; what is left out stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CorrectionRequest {
    /// The right name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The right telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The right e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Why it is corrected.
    pub reason: String,
}

impl CorrectionRequest {
    /// The correction asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let correction = Self {
            name: fields.optional_short("name"),
            phone: fields.optional_short("phone"),
            email: fields.optional_short("email"),
            reason: fields.short("reason"),
        };
        if correction.name.is_none() && correction.phone.is_none() && correction.email.is_none() {
            fields.refuse(
                "name",
                "请写明要更正的姓名、电话或邮箱",
                "name what is to be corrected: name, phone or email",
            );
        }
        fields.finish(Some(correction))
    }
}

/// Why a person's data are erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErasureRequest {
    /// Why.
    pub reason: String,
}

impl ErasureRequest {
    /// The request, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let reason = fields.short("reason");
        fields.finish(Some(Self { reason }))
    }
}

/// What was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Erasure {
    /// Cases whose words are gone.
    pub cases: usize,
}

/// One case as its customer may have it: what was told, promised, read and decided, not what the desk keeps to itself.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PersonCase {
    /// The identity.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// Where it stands.
    pub state: CaseStateKey,
    /// A short title.
    pub title: String,
    /// What was complained about, in the customer's words.
    pub text: String,
    /// By which way it came.
    pub channel: ChannelKey,
    /// What it is about.
    pub matter: Matter,
    /// What was read.
    pub analysis: Analysis,
    /// Whether it was found to stand; null while nobody looked.
    pub valid: Option<bool>,
    /// The clocks.
    pub deadlines: Vec<Deadline>,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// What was offered; null before it may be told.
    pub proposal: Option<Proposal>,
    /// How it ended.
    pub closure: Option<Closure>,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// What was done so that it does not happen again.
    pub preventions: Vec<String>,
    /// Whether the words were erased.
    pub erased: bool,
    /// When the complaint came.
    pub received_at: String,
    /// When the last event happened.
    pub updated_at: String,
}

impl PersonCase {
    /// The copy of a case, unmasked.
    pub fn of(case: &domain::Case, language: Language) -> Self {
        let clock = |clock: &domain::Deadline| deadline_of(clock, language);
        Self {
            id: case.id.0.clone(),
            number: case.number.clone(),
            state: Key(case.state),
            title: case.title.clone(),
            text: case.text.clone(),
            channel: Key(case.channel),
            matter: (&case.matter).into(),
            analysis: Analysis::of(&case.analysis, None),
            valid: case.valid,
            deadlines: case.deadlines.iter().map(clock).collect(),
            promises: case.promises.iter().map(promise_of).collect(),
            proposal: case.proposal.as_ref().map(Proposal::from),
            closure: case.closure.as_ref().map(Closure::from),
            attachments: case.attachments.iter().map(Attachment::from).collect(),
            preventions: case.preventions.clone(),
            erased: case.erased,
            received_at: rfc3339(case.received_at),
            updated_at: rfc3339(case.updated_at),
        }
    }
}

/// One case in an export, unmasked.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExportedCase {
    /// The case.
    pub case: PersonCase,
    /// What happened to it, but for what stays between colleagues.
    pub events: Vec<CaseEvent>,
    /// Its messages, but for those between colleagues.
    pub messages: Vec<Message>,
}

/// Everything on file about a person, for the person (PIPL, art. 45).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PersonExport {
    /// The identity.
    pub id: String,
    /// The name.
    pub name: String,
    /// The telephone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// How close the customer is.
    pub loyalty: LoyaltyKey,
    /// Since when the customer is known.
    pub since: String,
    /// What was allowed and refused.
    pub consents: Vec<Consent>,
    /// Purchases, newest first.
    pub purchases: Vec<Purchase>,
    /// Cases, oldest first.
    pub cases: Vec<ExportedCase>,
    /// When it was exported.
    pub exported_at: String,
}

/// One label that the product read, and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedLabel {
    /// Which facet.
    pub facet: FacetKey,
    /// Its name.
    pub name: String,
    /// The value in words.
    pub value: String,
    /// How sure, 0–1.
    pub p: f32,
    /// What decided it.
    pub tier: TierKey,
    /// The words it rests on, masked.
    pub quotes: Vec<Quote>,
}

/// How a case was read by a machine, told so that the customer can understand and refuse it (PIPL, art. 24).
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Explanation {
    /// What the product read.
    pub labels: Vec<ExplainedLabel>,
    /// What the labels are used for.
    pub used_for: Vec<String>,
    /// What they never decide.
    pub never_decides: Vec<String>,
    /// How the customer refuses.
    pub how_to_refuse: String,
    /// Whether the customer has refused.
    pub refused: bool,
}

/// The switches of privacy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PrivacySettings {
    /// Whether temperament is shown and used as a hint.
    pub use_temperament: bool,
    /// Days after which the words of an ended case are erased; null keeps them until somebody asks.
    #[schema(minimum = 30, maximum = 36500)]
    pub retention_days: Option<u32>,
}

impl PrivacySettings {
    /// The switches asked for, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let use_temperament = fields.flag("use_temperament");
        let days = fields.optional_number("retention_days", 30, 36_500);
        fields.finish(Some(Self {
            use_temperament,
            retention_days: days.and_then(|days| u32::try_from(days).ok()),
        }))
    }
}

/// An impact assessment to be kept (PIPL, arts. 55–56).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AssessmentRequest {
    /// What was assessed.
    pub title: String,
    /// Purpose, necessity, risks and measures.
    pub text: String,
}

impl AssessmentRequest {
    /// The assessment, or every field error.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let title = fields.short("title");
        let text = fields.text("text", crate::limits::TEXT_CHARS);
        fields.finish(Some(Self { title, text }))
    }
}

/// An impact assessment on file; it cannot be changed or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Assessment {
    /// What was assessed.
    pub title: String,
    /// Purpose, necessity, risks and measures.
    pub text: String,
    /// Who wrote it, by id.
    pub by: String,
    /// When.
    pub at: String,
    /// Until when the law wants it kept: three years.
    pub keep_until: String,
}
