//! The stored form of what happened to a case.

use domain::{
    Analysis, Attachment, Bilingual, CaseId, CaseState, Channel, Closure, CustomerId, Deadline, DeadlineKind,
    EventKind, FacetValue, Matter, Message, Nature, Person, Priority, Promise, PromiseState, Proposal,
    Severity, Statement, ThreeChange, TimeRequest, Timestamp,
};

mirror_enum! { EventKind as EventKindRecord {
    Received {
        id: CaseId, number: String, title: String, text: String, channel: Channel, matter: Matter,
        customer: Option<CustomerId>, analysis: Box<Analysis>, received_at: Timestamp, demo: bool,
        rulebook: Option<String>
    }
    StateChanged { to: CaseState, because: Option<String> }
    Graded { severity: Severity, priority: Priority, because: Vec<Bilingual> }
    Assigned { owner: Person }
    FacetsConfirmed { corrections: Vec<FacetValue>, reason: Option<String>, analysis: Box<Analysis> }
    ValidityVerified { valid: bool, reason: String }
    InvestigationStarted { question: Option<String> }
    CorePositionSet { position: String }
    Proposed { proposal: Proposal }
    Approved { by: Option<Person>, reason: Option<String> }
    SentBack { by: Option<Person>, reason: String }
    DeadlineSet { deadline: Deadline }
    DeadlineMet { kind: DeadlineKind }
    DeadlineNear { kind: DeadlineKind }
    DeadlineBreached { kind: DeadlineKind }
    DeadlineStopped { kind: DeadlineKind }
    PromiseMade { promise: Promise }
    PromiseSettled { number: u32, state: PromiseState }
    MessageAdded { message: Message }
    Changed { what: ThreeChange, to: String }
    Closed { closure: Closure }
    FollowedUp { note: String, satisfied: Option<bool> }
    Merged { into: CaseId }
    ParentLinked { parent: CaseId }
    Unmasked { reason: String }
    WarningOverruled { reason: String, overruled: Option<Vec<String>> }
    RulebookChanged { version: String }
    Escalated { because: Bilingual }
    PacksApplied { packs: Vec<String>, reason: Option<String> }
    TimeRequested { request: TimeRequest }
    TimeDecided { granted: bool, reason: Option<String> }
    Unmerged { reason: String }
    NatureTurned { from: Nature, because: Bilingual }
    Attached { attachment: Attachment }
    StatementProposed { statement: Statement }
    StatementApproved { by: Option<Person> }
    PreventionTold { action: String }
    Erased { reason: String }
} }
