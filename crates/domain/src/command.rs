//! What people ask a case to do, and how it refuses.

use crate::{
    AngerType, Attachment, Bilingual, CaseId, CaseState, Cause, EmotionStage, Intensity, Motive, Nature,
    Outcome, Person, Psychology, RemedyOffer, Risk, Stance, Subject, Temperament, ThreeChange,
    TimeRequestKind, Timestamp,
};

/// A facet's value as set by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetValue {
    /// A1.
    Complaint(bool),
    /// A2: primary and secondary.
    Psychology(Psychology, Option<Psychology>),
    /// A3.
    Motives(Vec<Motive>),
    /// A4.
    Emotion(EmotionStage, Intensity),
    /// A5, primary first.
    Subjects(Vec<Subject>),
    /// A6.
    Nature(Nature),
    /// A7.
    Stance(Stance),
    /// A8.
    AngerType(AngerType),
    /// A9.
    Causes(Vec<Cause>),
    /// A10.
    Risks(Vec<Risk>),
    /// A11.
    Temperament(Temperament),
    /// A13: the outcome.
    Expectation(Outcome),
}

/// A change asked for.
#[expect(missing_docs, reason = "the fields are named after what they hold")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Give the first answer; the message goes to the customer.
    Acknowledge {
        message: Option<String>,
        overrule: Option<String>,
    },
    /// Name the owner.
    Assign { owner: Person },
    /// Confirm what was read, with corrections; corrections need a reason.
    ConfirmFacets {
        corrections: Vec<FacetValue>,
        reason: Option<String>,
    },
    /// Decide validity and register.
    VerifyValidity { valid: bool, reason: String },
    /// Start checking the facts.
    StartInvestigation { question: Option<String> },
    /// Propose remedies; the bottom line is recorded with the first proposal.
    Propose {
        offers: Vec<RemedyOffer>,
        summary: String,
        core_position: Option<String>,
    },
    /// Approve a proposal beyond authority.
    Approve { reason: Option<String> },
    /// Send a proposal that waits for approval back; never one's own.
    SendBack { reason: String },
    /// The customer agreed.
    Agree,
    /// The remedy was carried out.
    Remedy { note: Option<String> },
    /// The result was checked.
    Verify { note: Option<String> },
    /// Close with the customer's verdict, or with the recorded attempts to get one.
    Close {
        expected: String,
        received: String,
        outcome: Outcome,
        csat: Option<u8>,
        attempts: Option<String>,
    },
    /// The follow-up after closing.
    FollowUp { note: String, satisfied: Option<bool> },
    /// Open again.
    Reopen { reason: String },
    /// Refuse by rule.
    Refuse { reason: String, rule: String },
    /// The customer withdrew.
    Withdraw { reason: Option<String> },
    /// Join into another case.
    Merge { into: CaseId },
    /// Enter a promise.
    Promise { what: String, until: Option<Timestamp> },
    /// A promise of the ledger was kept.
    KeepPromise { number: u32 },
    /// Tell the customer how things stand.
    ReportProgress {
        message: String,
        next_at: Option<Timestamp>,
        overrule: Option<String>,
    },
    /// Change person, place or time.
    Change {
        what: ThreeChange,
        to: String,
        owner: Option<Person>,
    },
    /// Send the customer a message; warnings need a reason to overrule.
    SendMessage { text: String, overrule: Option<String> },
    /// An internal note.
    Note { text: String },
    /// See the unmasked text.
    Unmask { reason: String },
    /// Link to the incident case this one belongs to.
    LinkParent { parent: CaseId },
    /// Say which rule packs set clocks beside the house's.
    ApplyPacks { packs: Vec<String>, reason: String },
    /// Ask for an extension, a pause or a fresh start; `notice` is what the customer will be told.
    RequestTime {
        what: TimeRequestKind,
        reason: String,
        notice: Option<String>,
    },
    /// Grant what was asked, or turn it down; never by the one who asked.
    DecideTime { granted: bool, reason: Option<String> },
    /// The appraisal is over.
    ResumeClock { note: String },
    /// Undo a joining.
    Unmerge { reason: String },
    /// Attach a file that was uploaded.
    Attach { attachment: Attachment },
    /// Draft the one statement of an incident.
    ProposeStatement { text: String },
    /// Approve that statement; never by the one who drafted it.
    ApproveStatement,
    /// Tell the customer that the cause was removed.
    TellPrevention {
        action: String,
        message: Option<String>,
        overrule: Option<String>,
    },
}

/// Why a command was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalCode {
    /// The state does not allow the command.
    WrongState,
    /// The case is finished; reopen it first.
    Finished,
    /// The role does not allow it.
    NotAllowed,
    /// A field is missing or wrong.
    InvalidField,
    /// It waits for approval.
    NeedsApproval,
    /// Nothing of that kind is there.
    NotFound,
    /// A rule of the desk forbids it.
    RuleViolated,
}

/// A rule said no: which, about which field, why, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of refusal.
    pub code: RefusalCode,
    /// The field at fault, if one is.
    pub field: Option<&'static str>,
    /// The state the case was in.
    pub state: Option<CaseState>,
    /// What is wrong and what to do, in both languages.
    pub because: Bilingual,
}
