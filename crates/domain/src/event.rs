//! What happened to a case; appended, never changed.

use crate::{
    Actor, Analysis, Attachment, Bilingual, CaseId, CaseState, Channel, Closure, CustomerId, Deadline,
    DeadlineKind, Matter, Message, Nature, Person, Priority, Promise, PromiseState, Proposal, Severity,
    Statement, ThreeChange, TimeRequest, Timestamp, command::FacetValue,
};

/// What happened.
#[expect(missing_docs, reason = "the fields are named after what they hold")]
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// The complaint came in; holds everything a new case starts from.
    Received {
        /// The new identity.
        id: CaseId,
        /// The number people say.
        number: String,
        /// The title.
        title: String,
        /// The words as received.
        text: String,
        /// The channel.
        channel: Channel,
        /// What it is about.
        matter: Matter,
        /// The customer.
        customer: Option<CustomerId>,
        /// What was read.
        analysis: Box<Analysis>,
        /// When the complaint was received.
        received_at: Timestamp,
        /// Made for demonstration.
        demo: bool,
        /// The rulebook it was opened by.
        rulebook: Option<String>,
    },
    /// The state changed.
    StateChanged { to: CaseState, because: Option<String> },
    /// Severity and priority were set.
    Graded {
        severity: Severity,
        priority: Priority,
        because: Vec<Bilingual>,
    },
    /// The owner changed.
    Assigned { owner: Person },
    /// Facets were confirmed; `analysis` is the reading after the corrections.
    FacetsConfirmed {
        corrections: Vec<FacetValue>,
        reason: Option<String>,
        analysis: Box<Analysis>,
    },
    /// Validity was decided.
    ValidityVerified { valid: bool, reason: String },
    /// An investigation was started.
    InvestigationStarted { question: Option<String> },
    /// The bottom line was recorded.
    CorePositionSet { position: String },
    /// A remedy was proposed.
    Proposed { proposal: Proposal },
    /// The proposal was approved.
    Approved {
        by: Option<Person>,
        reason: Option<String>,
    },
    /// The proposal was sent back instead; it no longer stands.
    SentBack { by: Option<Person>, reason: String },
    /// A clock was set, or set anew.
    DeadlineSet { deadline: Deadline },
    /// A clock was met.
    DeadlineMet { kind: DeadlineKind },
    /// A clock is near.
    DeadlineNear { kind: DeadlineKind },
    /// A clock was missed.
    DeadlineBreached { kind: DeadlineKind },
    /// A clock no longer applies.
    DeadlineStopped { kind: DeadlineKind },
    /// A promise entered the ledger.
    PromiseMade { promise: Promise },
    /// A promise was kept, late or broken.
    PromiseSettled { number: u32, state: PromiseState },
    /// A message was written.
    MessageAdded { message: Message },
    /// A person, place or time was changed.
    Changed { what: ThreeChange, to: String },
    /// The case was closed.
    Closed { closure: Closure },
    /// The follow-up was done.
    FollowedUp { note: String, satisfied: Option<bool> },
    /// The case was joined into another.
    Merged { into: CaseId },
    /// The case was linked to an incident.
    ParentLinked { parent: CaseId },
    /// Somebody saw the unmasked text.
    Unmasked { reason: String },
    /// A warning about an outgoing message was overruled.
    WarningOverruled {
        reason: String,
        /// What was found and overruled, as `rule: words`; unknown for events of older releases.
        overruled: Option<Vec<String>>,
    },
    /// From here on decisions follow another rulebook.
    RulebookChanged { version: String },
    /// Somebody else must come in.
    Escalated { because: Bilingual },
    /// The rule packs of the case were set.
    PacksApplied {
        packs: Vec<String>,
        reason: Option<String>,
    },
    /// Time was asked for.
    TimeRequested { request: TimeRequest },
    /// What was asked was granted, or not; a granted one is followed by the clock set anew.
    TimeDecided { granted: bool, reason: Option<String> },
    /// The joining was undone.
    Unmerged { reason: String },
    /// A communicative complaint was handled badly and counts as valid from now on.
    NatureTurned { from: Nature, because: Bilingual },
    /// A file was attached.
    Attached { attachment: Attachment },
    /// The statement of the incident was drafted.
    StatementProposed { statement: Statement },
    /// The statement was approved.
    StatementApproved { by: Option<Person> },
    /// The customer was told that the cause was removed.
    PreventionTold { action: String },
    /// Words and personal data were erased, here and in the events before.
    Erased { reason: String },
}

/// One thing that happened: when, by whom, what.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub kind: EventKind,
}
