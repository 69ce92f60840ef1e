//! 词汇: every noun that crosses a crate border. No IO, no clock, no serialization, no dependency.

pub mod advice;
pub mod analysis;
pub mod attachment;
pub mod bilingual;
pub mod case;
pub mod command;
pub mod complaint;
pub mod conversation;
pub mod customer;
pub mod deadline;
pub mod dealings;
pub mod event;
pub mod ids;
pub mod money;
pub mod people;
pub mod plan;
pub mod quality;
pub mod redress;
pub mod review;
pub mod span;
pub mod time;
pub mod vocabulary;

pub use advice::{Advice, AdviceReason};
pub use analysis::{
    Analysis, Because, Derived, Emotion, Entity, EntityValue, Evidence, Evidenced, Expectation, Finding,
    Needs, Nuance, PromiseFound, PsychologyReading,
};
pub use attachment::Attachment;
pub use bilingual::{Bilingual, Language};
pub use case::{
    Case, Check, Closure, Joined, Message, MessageDirection, Notice, PartyInformed, Proposal, RemedyOffer,
    Statement, Verdict,
};
pub use command::{Command, FacetValue, Refusal, RefusalCode};
pub use complaint::{Complaint, Matter};
pub use conversation::{Conversation, Turn};
pub use customer::{Consent, Customer, Purchase};
pub use deadline::{DayKind, Deadline, DeadlinePolicy, Promise, TimeRequest};
pub use dealings::{DayPart, Dealings, PastCase};
pub use event::{Event, EventKind};
pub use ids::{CaseId, CustomerId, UserId};
pub use money::{Currency, Money};
pub use people::{Actor, Person, StaffProfile};
pub use plan::{
    Escalation, Plan, PlanFact, PlanReason, PlanStep, PublicReply, RedressOption, RedressRange, Situation,
};
pub use quality::{
    Condition, Deduction, DeductionProof, Expression, Mode, Operator, QualityRule, Range, Rubric, Scorecard,
};
pub use redress::{
    BreakEven, Credence, CredenceReason, LikeCases, LikeRemedy, Likeness, Precedent, PrincipleState, Spread,
};
pub use review::{
    AgentTurn, CustomerTurn, Heard, Pace, PromiseGiven, Review, SixCScore, Trajectory, TurnReading,
    TurnReview, TurningPoint,
};
pub use span::{Quote, Span};
pub use time::{Date, Timestamp};
pub use vocabulary::*;
