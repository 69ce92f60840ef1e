//! The request bodies of the commands, one per value of the command vocabulary.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Corrections, OfferRequest};
use crate::key::{OutcomeKey, TimeRequestKindKey};

/// A change asked for; send the version you saw as `If-Match`.
#[expect(missing_docs, reason = "the fields are named after what they hold")]
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum CommandRequest {
    /// Give the first answer; the message goes to the customer, and findings that block need a reason to overrule.
    Acknowledge {
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        overrule: Option<String>,
    },
    /// Name the owner by id.
    Assign { owner: String },
    /// Confirm what was read; corrections need a reason.
    ConfirmFacets {
        #[serde(skip_serializing_if = "Option::is_none")]
        corrections: Option<Corrections>,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Decide validity and register.
    VerifyValidity { valid: bool, reason: String },
    /// Start checking the facts.
    StartInvestigation {
        #[serde(skip_serializing_if = "Option::is_none")]
        question: Option<String>,
    },
    /// Propose remedies; the bottom line is recorded with the first proposal.
    Propose {
        offers: Vec<OfferRequest>,
        summary: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        core_position: Option<String>,
    },
    /// Approve a proposal beyond authority.
    Approve {
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Send a proposal that waits for approval back; never one's own.
    SendBack { reason: String },
    /// The customer agreed.
    Agree {},
    /// The remedy was carried out.
    Remedy {
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// The result was checked.
    Verify {
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Close with the customer's verdict, or with the recorded attempts to get one.
    Close {
        #[serde(skip_serializing_if = "Option::is_none")]
        expected: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        received: Option<String>,
        outcome: OutcomeKey,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(minimum = 1, maximum = 5)]
        csat: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        attempts: Option<String>,
    },
    /// The follow-up after closing.
    FollowUp {
        note: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        satisfied: Option<bool>,
    },
    /// Open again.
    Reopen { reason: String },
    /// Refuse by rule.
    Refuse { reason: String, rule: String },
    /// The customer withdrew.
    Withdraw {
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Join into another case, by id or number.
    Merge { into: String },
    /// Put under the case of an incident, by id or number.
    LinkParent { parent: String },
    /// Enter a promise.
    Promise {
        what: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<String>,
    },
    /// A promise of the ledger was kept.
    KeepPromise { number: u32 },
    /// Tell the customer how things stand; findings that block need a reason to overrule.
    ReportProgress {
        message: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        next_at: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        overrule: Option<String>,
    },
    /// Let somebody else talk; the owner by id.
    ChangePerson {
        owner: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// Talk in another place or channel.
    ChangePlace { to: String },
    /// Talk at another time.
    ChangeTime { to: String },
    /// Send the customer a message; findings that block need a reason to overrule.
    SendMessage {
        text: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        overrule: Option<String>,
    },
    /// An internal note.
    Note { text: String },
    /// See the unmasked text.
    Unmask { reason: String },
    /// Say which rule packs set clocks beside the house's, by key; an empty list takes them all away.
    ApplyPacks { packs: Vec<String>, reason: String },
    /// Ask for an extension, a pause or a fresh start of the decision clock; some rules want a notice to the customer.
    RequestTime {
        what: TimeRequestKindKey,
        reason: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        notice: Option<String>,
    },
    /// Grant what was asked, or turn it down with a reason; never by the one who asked.
    DecideTime {
        granted: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The appraisal is over.
    ResumeClock { note: String },
    /// Undo a joining.
    Unmerge { reason: String },
    /// Attach a file that was uploaded, by hash.
    Attach { hash: String, name: String },
    /// Draft the one statement of an incident.
    ProposeStatement { text: String },
    /// Approve that statement; never by the one who drafted it.
    ApproveStatement {},
    /// Tell the customer that the cause was removed; findings that block need a reason to overrule.
    TellPrevention {
        action: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        overrule: Option<String>,
    },
}
