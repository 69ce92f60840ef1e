//! What lists and rollups can be asked for, and what they answer.

use domain::{
    AngerType, BasicNeed, Behavior, CaseId, CaseState, Cause, Channel, CustomerId, DeadlineKind,
    DeadlineState, EmotionStage, EmotionalNeed, Intensity, Maslow, Matter, Motive, Nature, Outcome, Person,
    Priority, Psychology, RationalNeed, Risk, Severity, Stance, Subject, Timestamp, UserId, Waiting,
};

use crate::GroupBy;

/// The most rows one page of a list can have.
pub const LIST_LIMIT: u32 = 200;

/// Whose cases are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerFilter {
    /// Cases of this person.
    Person(UserId),
    /// Cases without an owner.
    Nobody,
    /// Cases that this team carries: those of its people, and those about it that nobody owns.
    Team(String),
}

/// When a case was first answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Within 24 hours.
    InDay,
    /// Later than that.
    Later,
    /// Not so far.
    NotYet,
}

/// When a case was opened, by a clock `offset_minutes` ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The day of the week, 0 for Monday.
    pub weekday: Option<u8>,
    /// The hour of the day.
    pub hour: Option<u8>,
    /// How far the clock is ahead of UTC.
    pub offset_minutes: i32,
}

/// Which cases are meant; an empty list or nothing means no restriction. Several values of one field are
/// alternatives, several fields restrict each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// All of these search tokens occur; as made by the same tokenizer that made the stored tokens.
    pub tokens: Vec<String>,
    /// The state.
    pub states: Vec<CaseState>,
    /// The primary psychology.
    pub psychologies: Vec<Psychology>,
    /// The emotion stage.
    pub emotions: Vec<EmotionStage>,
    /// The intensity.
    pub intensities: Vec<Intensity>,
    /// Any of the subjects.
    pub subjects: Vec<Subject>,
    /// The first of the subjects, by which cases are counted.
    pub topic: Option<Subject>,
    /// The nature.
    pub natures: Vec<Nature>,
    /// The stance.
    pub stances: Vec<Stance>,
    /// The anger type.
    pub anger_types: Vec<AngerType>,
    /// The behavior.
    pub behaviors: Vec<Behavior>,
    /// How what came compares with what was expected.
    pub expectations: Vec<Outcome>,
    /// The level of need by Maslow.
    pub maslows: Vec<Maslow>,
    /// Any of the basic needs.
    pub basic_needs: Vec<BasicNeed>,
    /// Any of the rational needs.
    pub rational_needs: Vec<RationalNeed>,
    /// Any of the emotional needs.
    pub emotional_needs: Vec<EmotionalNeed>,
    /// Any of the risks.
    pub risks: Vec<Risk>,
    /// Any of the causes.
    pub causes: Vec<Cause>,
    /// Any of the motives.
    pub motives: Vec<Motive>,
    /// The channel.
    pub channels: Vec<Channel>,
    /// The severity.
    pub severities: Vec<Severity>,
    /// The priority.
    pub priorities: Vec<Priority>,
    /// Some clock of the case stands like this.
    pub clocks: Vec<DeadlineState>,
    /// Something of this kind waits for a decision.
    pub waiting: Vec<Waiting>,
    /// The owner.
    pub owner: Option<OwnerFilter>,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The incident case it belongs to.
    pub parent: Option<CaseId>,
    /// The product.
    pub product: Option<String>,
    /// The site.
    pub site: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// The batch.
    pub batch: Option<String>,
    /// The customer's verdict.
    pub outcomes: Vec<Outcome>,
    /// When it was first answered.
    pub answered: Option<Answered>,
    /// Any of these marks for satisfaction, 1–5.
    pub marks: Vec<u8>,
    /// Nothing is known of this: product, site, team or topic.
    pub unnamed: Option<GroupBy>,
    /// The day of the week and the hour it was opened in.
    pub local: Option<LocalTime>,
    /// The states it has come through so far, these and no others, in order; empty for any.
    pub way: Vec<CaseState>,
    /// A state that it came into more than once.
    pub again: Option<CaseState>,
    /// Opened at or after.
    pub opened_from: Option<Timestamp>,
    /// Opened before.
    pub opened_to: Option<Timestamp>,
    /// The most pressing clock is due at or after.
    pub due_from: Option<Timestamp>,
    /// The most pressing clock is due before.
    pub due_before: Option<Timestamp>,
    /// Made for demonstration, or not.
    pub demo: Option<bool>,
}

/// How a list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaseSort {
    /// The most pressing clock first; cases without a clock last.
    #[default]
    Due,
    /// The newest first.
    OpenedDescending,
    /// The highest priority first, within it the most pressing clock.
    Priority,
    /// The best match of the search tokens first; without tokens the same as [`CaseSort::OpenedDescending`].
    Relevance,
}

/// One page of a list asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Which cases.
    pub filter: CaseFilter,
    /// In which order.
    pub sort: CaseSort,
    /// Where the last page ended; `next_cursor` of that page.
    pub cursor: Option<String>,
    /// How many rows, 1 to [`LIST_LIMIT`]; clamped.
    pub limit: u32,
}

/// The most pressing clock of a case: the earliest that is running, near or breached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextDeadline {
    /// What it counts down to.
    pub kind: DeadlineKind,
    /// When it is due.
    pub due_at: Timestamp,
    /// How it stands.
    pub state: DeadlineState,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseRow {
    /// The identity.
    pub id: CaseId,
    /// The number people say.
    pub number: String,
    /// The version.
    pub version: u32,
    /// The title.
    pub title: String,
    /// The words as received, unmasked.
    pub text: String,
    /// The channel.
    pub channel: Channel,
    /// The state.
    pub state: CaseState,
    /// The severity.
    pub severity: Severity,
    /// The priority.
    pub priority: Priority,
    /// The primary psychology.
    pub psychology: Psychology,
    /// The emotion stage.
    pub emotion: EmotionStage,
    /// The intensity.
    pub intensity: Intensity,
    /// The nature.
    pub nature: Nature,
    /// The stance.
    pub stance: Stance,
    /// The subjects, primary first.
    pub subjects: Vec<Subject>,
    /// The risks, by probability.
    pub risks: Vec<Risk>,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The customer's name, when the customer is on file; unmasked.
    pub customer_name: Option<String>,
    /// The telephone number and e-mail address on file for the customer; unmasked.
    pub customer_contacts: Vec<String>,
    /// The owner.
    pub owner: Option<Person>,
    /// What it is about.
    pub matter: Matter,
    /// The most pressing clock.
    pub next_deadline: Option<NextDeadline>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Made for demonstration.
    pub demo: bool,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct CasePage {
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// Where the next page starts; nothing on the last page.
    pub next_cursor: Option<String>,
    /// How many cases match in all.
    pub total: u64,
}
