//! Requests that bring text in: analyses, plans and new cases.

use domain::{Channel, Complaint, Timestamp};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    analysis::Analysis,
    case::Matter,
    fields::{FieldError, Fields},
    key::ChannelKey,
    limits,
};

/// A text to be read; nothing is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct OneText {
    /// The text.
    #[schema(pattern = "")]
    pub text: String,
    /// Where it came from; `web_form` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelKey>,
    /// When it was received (RFC 3339); relative dates count from here.
    #[schema(format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_at: Option<String>,
}

/// Texts to be read, up to 500 of them; nothing is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct SeveralTexts {
    /// The texts.
    #[schema(max_items = 500)]
    pub texts: Vec<String>,
    /// Where they came from; `web_form` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelKey>,
    /// When they were received (RFC 3339); relative dates count from here.
    #[schema(format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_at: Option<String>,
}

/// One text, or several.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AnalysisRequest {
    /// One text.
    One(OneText),
    /// Several.
    Several(SeveralTexts),
}

/// The texts of an analysis request as complaints.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisInput {
    /// What to read, in order.
    pub complaints: Vec<Complaint>,
    /// Whether one text was sent, so that one analysis is the answer.
    pub single: bool,
}

/// The answer to one text, or to several.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AnalysisAnswer {
    /// For `text`.
    One(Box<Analysis>),
    /// For `texts`.
    Many(AnalysisList),
}

/// Analyses in the order of the texts.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AnalysisList {
    /// The analyses.
    pub items: Vec<Analysis>,
}

impl AnalysisRequest {
    /// The complaints of a body, or every field error.
    pub fn parse(body: &Value) -> Result<AnalysisInput, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let single = !fields.has("texts");
        if !single {
            fields.require("texts");
        }
        let texts = match single {
            true => vec![fields.raw_text("text", limits::TEXT_CHARS)],
            false => fields.texts("texts", limits::TEXTS_PER_REQUEST),
        };
        if !single && fields.value("text").is_some() {
            fields.refuse("text", "text 与 texts 只能选一个", "send either text or texts");
        }
        let channel = fields.optional_key("channel").unwrap_or(Channel::WebForm);
        let received_at = fields.optional_time("received_at");
        let complaints = texts.into_iter().map(|text| Complaint {
            received_at,
            ..Complaint::new(text, channel)
        });
        let complaints = complaints.collect();
        fields.finish(Some(AnalysisInput { complaints, single }))
    }
}

/// A text to make a plan for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct TextToPlan {
    /// The text.
    pub text: String,
    /// Where the text came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelKey>,
}

/// A case to make a plan for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CaseToPlan {
    /// The case, by id or number.
    pub case_id: String,
}

/// A text or a case to make a plan for.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum PlanRequest {
    /// A text.
    Text(TextToPlan),
    /// A case.
    Case(CaseToPlan),
}

/// What a plan is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanInput {
    /// A bare text.
    Text(Complaint),
    /// A case.
    Case(String),
}

impl PlanRequest {
    /// What the body asks a plan for, or every field error.
    pub fn parse(body: &Value) -> Result<PlanInput, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let channel = fields.optional_key("channel").unwrap_or(Channel::WebForm);
        let text = fields.optional_text("text", limits::TEXT_CHARS);
        let case_id = fields.optional_short("case_id");
        let input = match (text, case_id) {
            (Some(text), None) => Some(PlanInput::Text(Complaint::new(text, channel))),
            (None, Some(id)) => Some(PlanInput::Case(id)),
            _ => {
                fields.refuse(
                    "text",
                    "text 与 case_id 须且只能给一个",
                    "send either text or case_id",
                );
                None
            }
        };
        fields.finish(input)
    }
}

/// Who complains, as far as the channel knows: a known customer's id, or the particulars of a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct NewCustomer {
    /// The identity of a known customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The telephone number; joins the complaint to a customer with the same one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A complaint to be taken in.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct IntakeRequest {
    /// The words as received.
    pub text: String,
    /// Where they came from.
    pub channel: ChannelKey,
    /// Who complains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<NewCustomer>,
    /// When they were received (RFC 3339); now when left out.
    #[schema(format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_at: Option<String>,
    /// A title; made from the text when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter: Option<Matter>,
}

/// A complaint as taken in.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// The complaint.
    pub complaint: Complaint,
    /// Who complains.
    pub customer: Option<NewCustomer>,
    /// The title given.
    pub title: Option<String>,
}

impl IntakeRequest {
    /// The intake of a body, or every field error. A time later than `now` is refused.
    pub fn parse(body: &Value, now: Timestamp) -> Result<Intake, Vec<FieldError>> {
        let mut fields = Fields::of(body);
        let intake = Self::read(&mut fields, now);
        fields.finish(intake)
    }

    /// The intake of an object, which may stand inside a larger body.
    pub(crate) fn read(fields: &mut Fields, now: Timestamp) -> Option<Intake> {
        let text = fields.text("text", limits::TEXT_CHARS);
        let channel = fields.key::<Channel>("channel");
        let customer = fields.object("customer", read_customer);
        let received_at = fields.optional_time("received_at");
        if received_at.is_some_and(|at| at > now) {
            fields.refuse("received_at", "不能晚于现在", "must not be in the future");
        }
        let title = fields.optional_short("title");
        let matter = fields.object("matter", read_matter).unwrap_or_default();
        let complaint = channel.map(|channel| Complaint {
            text,
            channel,
            received_at,
            matter,
        });
        complaint.map(|complaint| Intake {
            complaint,
            customer,
            title,
        })
    }
}

fn read_customer(fields: &mut Fields) -> Option<NewCustomer> {
    let customer = NewCustomer {
        id: fields.optional_short("id"),
        name: fields.optional_short("name"),
        phone: fields.optional_short("phone"),
        email: fields.optional_short("email"),
    };
    if customer == NewCustomer::default() {
        fields.refuse(
            "id",
            "客户须有 id、姓名、电话或邮箱之一",
            "a customer needs an id, a name, a phone or an e-mail",
        );
    }
    Some(customer)
}

fn read_matter(fields: &mut Fields) -> Option<domain::Matter> {
    Some(domain::Matter {
        product: fields.optional_short("product"),
        batch: fields.optional_short("batch"),
        site: fields.optional_short("site"),
        team: fields.optional_short("team"),
        order: fields.optional_short("order"),
    })
}
