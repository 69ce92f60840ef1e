//! The stored form of a case and of what it is made of.

use domain::{
    Actor, Analysis, Attachment, Bilingual, Case, CaseId, CaseState, Channel, Closure, CustomerId, Deadline,
    DeadlineKind, DeadlineState, Joined, Matter, Message, MessageDirection, Money, Nature, Notice, Outcome,
    Party, Person, Priority, Promise, PromiseState, Proposal, Quote, Remedy, RemedyOffer, Role, Severity,
    Statement, ThreeChange, TimeRequest, TimeRequestKind, Timestamp, UserId, Verdict,
};
use serde::{Deserialize, Serialize};

use super::{Mirror, Unreadable, is_default};

mirror_struct! { Person as PersonRecord { id: UserId, name: String, } }

/// Who acted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ActorRecord {
    User { person: PersonRecord, role: String },
    System,
}

impl Mirror for Actor {
    type Record = ActorRecord;

    fn to_record(&self) -> ActorRecord {
        match self {
            Self::User { person, role } => ActorRecord::User {
                person: person.to_record(),
                role: role.to_record(),
            },
            Self::System => ActorRecord::System,
        }
    }

    fn from_record(record: ActorRecord) -> Result<Self, Unreadable> {
        Ok(match record {
            ActorRecord::User { person, role } => Self::User {
                person: Person::from_record(person)?,
                role: Role::from_record(role)?,
            },
            ActorRecord::System => Self::System,
        })
    }
}

impl Mirror for MessageDirection {
    type Record = String;

    fn to_record(&self) -> String {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Internal => "internal",
        }
        .to_owned()
    }

    fn from_record(record: String) -> Result<Self, Unreadable> {
        match record.as_str() {
            "inbound" => Ok(Self::Inbound),
            "outbound" => Ok(Self::Outbound),
            "internal" => Ok(Self::Internal),
            other => Err(Unreadable(format!("`{other}` is no direction of a message"))),
        }
    }
}

mirror_struct! { Matter as MatterRecord {
    #[serde(default, skip_serializing_if = "is_default")]
    product: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    batch: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    site: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    team: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    order: Option<String>,
} }

mirror_struct! { RemedyOffer as RemedyOfferRecord {
    remedy: Remedy,
    #[serde(default, skip_serializing_if = "is_default")]
    amount: Option<Money>,
} }

mirror_struct! { Proposal as ProposalRecord {
    offers: Vec<RemedyOffer>,
    summary: String,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Option<Person>,
    at: Timestamp,
    needs_approval: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    approved_by: Option<Person>,
    #[serde(default, skip_serializing_if = "is_default")]
    rulebook: Option<String>,
} }

mirror_struct! { Closure as ClosureRecord {
    expected: String,
    received: String,
    outcome: Outcome,
    #[serde(default, skip_serializing_if = "is_default")]
    csat: Option<u8>,
    #[serde(default, skip_serializing_if = "is_default")]
    attempts: Option<String>,
    at: Timestamp,
} }

mirror_struct! { Verdict as VerdictRecord {
    expected: String,
    received: String,
    outcome: Outcome,
    #[serde(default, skip_serializing_if = "is_default")]
    csat: Option<u8>,
    settled: bool,
    by_customer: bool,
    at: Timestamp,
} }

mirror_struct! { Notice as NoticeRecord {
    party: Party,
    #[serde(default, skip_serializing_if = "is_default")]
    who: Option<String>,
    what: Bilingual,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Option<Person>,
    at: Timestamp,
} }

mirror_struct! { Message as MessageRecord {
    direction: MessageDirection,
    text: String,
    channel: Channel,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Option<Person>,
    at: Timestamp,
} }

mirror_struct! { Deadline as DeadlineRecord {
    kind: DeadlineKind,
    policy: String,
    started_at: Timestamp,
    near_at: Timestamp,
    due_at: Timestamp,
    state: DeadlineState,
    because: Bilingual,
    #[serde(default, skip_serializing_if = "is_default")]
    extensions: u8,
    #[serde(default, skip_serializing_if = "is_default")]
    days_out: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    paused_at: Option<Timestamp>,
} }

mirror_struct! { TimeRequest as TimeRequestRecord {
    what: TimeRequestKind,
    reason: String,
    #[serde(default, skip_serializing_if = "is_default")]
    notice: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Option<Person>,
    at: Timestamp,
} }

mirror_struct! { Joined as JoinedRecord {
    from: CaseState,
    #[serde(default, skip_serializing_if = "is_default")]
    clocks: Vec<Deadline>,
} }

mirror_struct! { Statement as StatementRecord {
    text: String,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Option<Person>,
    at: Timestamp,
    #[serde(default, skip_serializing_if = "is_default")]
    approved_by: Option<Person>,
} }

mirror_struct! { Attachment as AttachmentRecord {
    hash: String,
    name: String,
    media_type: String,
    bytes: u64,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Option<Person>,
    at: Timestamp,
} }

mirror_struct! { Promise as PromiseRecord {
    number: u32,
    by: String,
    what: String,
    #[serde(default, skip_serializing_if = "is_default")]
    until: Option<Timestamp>,
    made_at: Timestamp,
    state: PromiseState,
    #[serde(default, skip_serializing_if = "is_default")]
    quote: Option<Quote>,
} }

mirror_struct! { Case as CaseRecord {
    id: CaseId,
    number: String,
    version: u32,
    state: CaseState,
    title: String,
    text: String,
    channel: Channel,
    #[serde(default = "empty_matter", skip_serializing_if = "is_empty_matter")]
    matter: Matter,
    #[serde(default, skip_serializing_if = "is_default")]
    customer: Option<CustomerId>,
    #[serde(default, skip_serializing_if = "is_default")]
    owner: Option<Person>,
    analysis: Analysis,
    #[serde(default, skip_serializing_if = "is_default")]
    earlier_natures: Vec<Nature>,
    #[serde(default, skip_serializing_if = "is_default")]
    valid: Option<bool>,
    #[serde(default, skip_serializing_if = "is_default")]
    accepted_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "is_default")]
    remedied_at: Option<Timestamp>,
    severity: Severity,
    #[serde(default, skip_serializing_if = "is_default")]
    severity_because: Vec<Bilingual>,
    priority: Priority,
    #[serde(default, skip_serializing_if = "is_default")]
    deadlines: Vec<Deadline>,
    #[serde(default, skip_serializing_if = "is_default")]
    packs: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    time_request: Option<TimeRequest>,
    #[serde(default, skip_serializing_if = "is_default")]
    promises: Vec<Promise>,
    #[serde(default, skip_serializing_if = "is_default")]
    core_position: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    proposal: Option<Proposal>,
    #[serde(default, skip_serializing_if = "is_default")]
    changes: Vec<ThreeChange>,
    #[serde(default, skip_serializing_if = "is_default")]
    messages: Vec<Message>,
    #[serde(default, skip_serializing_if = "is_default")]
    closure: Option<Closure>,
    #[serde(default, skip_serializing_if = "is_default")]
    verdict: Option<Verdict>,
    #[serde(default, skip_serializing_if = "is_default")]
    parent: Option<CaseId>,
    #[serde(default, skip_serializing_if = "is_default")]
    merged_into: Option<CaseId>,
    #[serde(default, skip_serializing_if = "is_default")]
    joined: Option<Joined>,
    #[serde(default, skip_serializing_if = "is_default")]
    attachments: Vec<Attachment>,
    #[serde(default, skip_serializing_if = "is_default")]
    statement: Option<Statement>,
    #[serde(default, skip_serializing_if = "is_default")]
    preventions: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    erased: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    reopened: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    rulebook: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    investigated_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "is_default")]
    demo: bool,
    received_at: Timestamp,
    opened_at: Timestamp,
    updated_at: Timestamp,
} }

fn empty_matter() -> MatterRecord {
    Matter::default().to_record()
}

fn is_empty_matter(record: &MatterRecord) -> bool {
    *record == empty_matter()
}
