//! Commands of a case: the request bodies and their way into the domain.

use domain::{
    CaseId, Command, CommandKind, EmotionStage, FacetValue, Intensity, Money, Outcome, Person, Psychology,
    Remedy, ThreeChange, TimeRequestKind, UserId, Vocabulary,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    fields::{FieldError, Fields},
    key::{
        AngerTypeKey, CauseKey, EmotionStageKey, MotiveKey, NatureKey, OutcomeKey, PsychologyKey, RemedyKey,
        RiskKey, StanceKey, SubjectKey, TemperamentKey,
    },
    limits,
};

mod shapes;

pub use shapes::CommandRequest;

/// The psychology as corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PsychologyCorrection {
    /// The dominating goal.
    pub primary: PsychologyKey,
    /// A second goal beside it.
    pub secondary: Option<PsychologyKey>,
}

/// The emotion as corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EmotionCorrection {
    /// The stage.
    pub stage: EmotionStageKey,
    /// The strength, 0–3.
    #[schema(minimum = 0, maximum = 3)]
    pub intensity: u8,
}

/// Corrected facets; those left out stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[expect(missing_docs, reason = "the fields are the facets")]
pub struct Corrections {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub psychology: Option<PsychologyCorrection>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motives: Option<Vec<MotiveKey>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emotion: Option<EmotionCorrection>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subjects: Option<Vec<SubjectKey>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nature: Option<NatureKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stance: Option<StanceKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anger_type: Option<AngerTypeKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub causes: Option<Vec<CauseKey>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risks: Option<Vec<RiskKey>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperament: Option<TemperamentKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expectation: Option<OutcomeKey>,
}

/// One remedy to be offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfferRequest {
    /// What is offered.
    pub remedy: RemedyKey,
    /// How much, a decimal such as `50.00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// The currency by its three letters; CNY when left out. Foreign money always waits for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// The command of a body, or every field error. A person is named by id only; the use case fills in the name.
pub fn parse_command(body: &Value) -> Result<Command, Vec<FieldError>> {
    let mut fields = Fields::of(body);
    let command = fields
        .key::<CommandKind>("command")
        .and_then(|kind| read_command(kind, &mut fields));
    fields.finish(command)
}

fn read_command(kind: CommandKind, fields: &mut Fields) -> Option<Command> {
    Some(match kind {
        CommandKind::Acknowledge => Command::Acknowledge {
            message: fields.optional_text("message", limits::TEXT_CHARS),
            overrule: fields.optional_short("overrule"),
        },
        CommandKind::Assign => Command::Assign {
            owner: read_person(fields, "owner"),
        },
        CommandKind::ConfirmFacets => Command::ConfirmFacets {
            corrections: fields.object("corrections", read_corrections).unwrap_or_default(),
            reason: fields.optional_short("reason"),
        },
        CommandKind::VerifyValidity => Command::VerifyValidity {
            valid: fields.flag("valid"),
            reason: fields.short("reason"),
        },
        CommandKind::StartInvestigation => Command::StartInvestigation {
            question: fields.optional_short("question"),
        },
        CommandKind::Propose => Command::Propose {
            offers: fields.objects("offers", read_offer),
            summary: fields.short("summary"),
            core_position: fields.optional_short("core_position"),
        },
        CommandKind::Approve => Command::Approve {
            reason: fields.optional_short("reason"),
        },
        CommandKind::SendBack => Command::SendBack {
            reason: fields.short("reason"),
        },
        CommandKind::Agree => Command::Agree,
        CommandKind::Remedy => Command::Remedy {
            note: fields.optional_short("note"),
        },
        CommandKind::Verify => Command::Verify {
            note: fields.optional_short("note"),
        },
        CommandKind::Close => return read_close(fields),
        other => return read_later_command(other, fields),
    })
}

/// Commands around the main line: reopening, refusing, promises, changes, messages.
fn read_later_command(kind: CommandKind, fields: &mut Fields) -> Option<Command> {
    Some(match kind {
        CommandKind::FollowUp => Command::FollowUp {
            note: fields.short("note"),
            satisfied: fields.optional_flag("satisfied"),
        },
        CommandKind::Reopen => Command::Reopen {
            reason: fields.short("reason"),
        },
        CommandKind::Refuse => Command::Refuse {
            reason: fields.short("reason"),
            rule: fields.short("rule"),
        },
        CommandKind::Withdraw => Command::Withdraw {
            reason: fields.optional_short("reason"),
        },
        CommandKind::Merge => Command::Merge {
            into: CaseId(fields.short("into")),
        },
        CommandKind::LinkParent => Command::LinkParent {
            parent: CaseId(fields.short("parent")),
        },
        CommandKind::KeepPromise => return read_keep_promise(fields),
        CommandKind::Promise => Command::Promise {
            what: fields.short("what"),
            until: fields.optional_time("until"),
        },
        CommandKind::ReportProgress => Command::ReportProgress {
            message: fields.text("message", limits::TEXT_CHARS),
            next_at: fields.optional_time("next_at"),
            overrule: fields.optional_short("overrule"),
        },
        CommandKind::ChangePerson => {
            let owner = read_person(fields, "owner");
            let to = fields.optional_short("to").unwrap_or_default();
            Command::Change {
                what: ThreeChange::Person,
                to,
                owner: Some(owner),
            }
        }
        CommandKind::ChangePlace => read_change(ThreeChange::Place, fields),
        CommandKind::ChangeTime => read_change(ThreeChange::Time, fields),
        CommandKind::SendMessage => Command::SendMessage {
            text: fields.text("text", limits::TEXT_CHARS),
            overrule: fields.optional_short("overrule"),
        },
        CommandKind::Note => Command::Note {
            text: fields.text("text", limits::TEXT_CHARS),
        },
        CommandKind::Unmask => Command::Unmask {
            reason: fields.short("reason"),
        },
        other => return read_keeping_command(other, fields),
    })
}

/// Commands about clocks of rules, incidents and files.
fn read_keeping_command(kind: CommandKind, fields: &mut Fields) -> Option<Command> {
    Some(match kind {
        CommandKind::ApplyPacks => Command::ApplyPacks {
            packs: fields.texts("packs", limits::LIST_ENTRIES),
            reason: fields.short("reason"),
        },
        CommandKind::RequestTime => {
            let what = fields.key::<TimeRequestKind>("what");
            let reason = fields.short("reason");
            let notice = fields.optional_text("notice", limits::TEXT_CHARS);
            Command::RequestTime {
                what: what?,
                reason,
                notice,
            }
        }
        CommandKind::DecideTime => Command::DecideTime {
            granted: fields.flag("granted"),
            reason: fields.optional_short("reason"),
        },
        CommandKind::ResumeClock => Command::ResumeClock {
            note: fields.short("note"),
        },
        CommandKind::Unmerge => Command::Unmerge {
            reason: fields.short("reason"),
        },
        CommandKind::Attach => read_attach(fields),
        CommandKind::ProposeStatement => Command::ProposeStatement {
            text: fields.text("text", limits::TEXT_CHARS),
        },
        CommandKind::ApproveStatement => Command::ApproveStatement,
        CommandKind::TellPrevention => Command::TellPrevention {
            action: fields.short("action"),
            message: fields.optional_text("message", limits::TEXT_CHARS),
            overrule: fields.optional_short("overrule"),
        },
        _ => return None,
    })
}

/// A file is named by hash; the use case fills in what the bytes told when they were uploaded.
fn read_attach(fields: &mut Fields) -> Command {
    Command::Attach {
        attachment: domain::Attachment {
            hash: fields.short("hash"),
            name: fields.short("name"),
            media_type: String::new(),
            bytes: 0,
            by: None,
            at: domain::Timestamp(0),
        },
    }
}

fn read_keep_promise(fields: &mut Fields) -> Option<Command> {
    let number = fields.number("number", 1, u64::from(u32::MAX))?;
    Some(Command::KeepPromise {
        number: u32::try_from(number).ok()?,
    })
}

fn read_person(fields: &mut Fields, name: &'static str) -> Person {
    Person {
        id: UserId(fields.short(name)),
        name: String::new(),
    }
}

fn read_change(what: ThreeChange, fields: &mut Fields) -> Command {
    Command::Change {
        what,
        to: fields.short("to"),
        owner: None,
    }
}

fn read_offer(fields: &mut Fields) -> Option<domain::RemedyOffer> {
    let remedy = fields.key::<Remedy>("remedy");
    let amount = fields.optional_money("amount");
    let currency = fields.optional_currency("currency");
    let amount = amount.map(|money| Money {
        currency: currency.unwrap_or(money.currency),
        ..money
    });
    remedy.map(|remedy| domain::RemedyOffer { remedy, amount })
}

fn read_close(fields: &mut Fields) -> Option<Command> {
    let expected = fields.optional_short("expected").unwrap_or_default();
    let received = fields.optional_short("received").unwrap_or_default();
    let outcome = fields.key::<Outcome>("outcome");
    let csat = fields
        .optional_number("csat", 1, 5)
        .and_then(|number| u8::try_from(number).ok());
    let attempts = fields.optional_short("attempts");
    Some(Command::Close {
        expected,
        received,
        outcome: outcome?,
        csat,
        attempts,
    })
}

fn read_corrections(fields: &mut Fields) -> Option<Vec<FacetValue>> {
    let psychology = fields.object("psychology", |inner| {
        let primary = inner.key::<Psychology>("primary");
        let secondary = inner.optional_key::<Psychology>("secondary");
        primary.map(|primary| FacetValue::Psychology(primary, secondary))
    });
    let emotion = fields.object("emotion", |inner| {
        let stage = inner.key::<EmotionStage>("stage");
        let intensity = inner.key::<Intensity>("intensity");
        Some(FacetValue::Emotion(stage?, intensity?))
    });
    let corrections = [
        fields.optional_flag("complaint").map(FacetValue::Complaint),
        psychology,
        read_list(fields, "motives").map(FacetValue::Motives),
        emotion,
        read_list(fields, "subjects").map(FacetValue::Subjects),
        fields.optional_key("nature").map(FacetValue::Nature),
        fields.optional_key("stance").map(FacetValue::Stance),
        fields.optional_key("anger_type").map(FacetValue::AngerType),
        read_list(fields, "causes").map(FacetValue::Causes),
        read_list(fields, "risks").map(FacetValue::Risks),
        fields.optional_key("temperament").map(FacetValue::Temperament),
        fields.optional_key("expectation").map(FacetValue::Expectation),
    ];
    Some(corrections.into_iter().flatten().collect())
}

/// A list that was given, even when it is empty: an empty list says that there is none of the kind.
fn read_list<V: Vocabulary>(fields: &mut Fields, name: &'static str) -> Option<Vec<V>> {
    let given = fields.has(name);
    let values = fields.keys(name);
    given.then_some(values)
}

#[cfg(test)]
mod tests;
