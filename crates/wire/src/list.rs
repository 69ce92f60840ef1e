//! Lists of cases: the query, its rows and its pages.

use domain::{
    AngerType, BasicNeed, Behavior, CaseState, Cause, Channel, DeadlineState, EmotionStage, EmotionalNeed,
    Intensity, Maslow, Motive, Nature, Outcome, Priority, Psychology, RationalNeed, Risk, Severity, Stance,
    Subject, Timestamp, Vocabulary, Waiting,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    case::{Matter, Person},
    fields::FieldError,
    key::{
        AngerTypeKey, BasicNeedKey, BehaviorKey, CaseStateKey, CauseKey, ChannelKey, DeadlineKindKey,
        DeadlineStateKey, EmotionStageKey, EmotionalNeedKey, MaslowKey, MotiveKey, NatureKey, OutcomeKey,
        PsychologyKey, RationalNeedKey, RiskKey, StanceKey, SubjectKey, WaitingKey, unknown_key,
    },
    limits,
    query::{
        AnsweredWanted, ClockWanted, DayOrTime, FeelingGrade, Grade, MarkGiven, OrderWanted, PlaceMissing,
        StateWanted,
    },
    time,
};

/// The customer of a row, masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowCustomer {
    /// The identity.
    pub id: String,
    /// The name, masked.
    pub name: String,
}

/// The clock of a row that is due first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowDeadline {
    /// What it counts down to.
    pub kind: DeadlineKindKey,
    /// When it is due.
    pub due_at: String,
    /// How it stands.
    pub state: DeadlineStateKey,
}

/// One case in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseRow {
    /// The identity.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// To be sent as `If-Match` with a command.
    pub version: u32,
    /// A short title, masked.
    pub title: String,
    /// The beginning of the text, or the place that was searched for, masked.
    pub excerpt: String,
    /// Where the words searched for stand in the excerpt: pairs of code point offsets.
    pub highlights: Vec<[u32; 2]>,
    /// Where it came from.
    pub channel: ChannelKey,
    /// How far it is.
    pub state: CaseStateKey,
    /// How serious, 1–4.
    pub severity: u8,
    /// How soon, 1–4.
    pub priority: u8,
    /// What the customer is after.
    pub psychology: PsychologyKey,
    /// How far the feeling has gone.
    pub emotion: EmotionStageKey,
    /// How strong it is, 0–3.
    pub intensity: u8,
    /// The nature.
    pub nature: NatureKey,
    /// What it is about, primary first.
    pub subjects: Vec<SubjectKey>,
    /// Where it may go.
    pub risks: Vec<RiskKey>,
    /// The customer.
    pub customer: Option<RowCustomer>,
    /// The owner.
    pub owner: Option<Person>,
    /// What it is about in the organization's terms.
    pub matter: Matter,
    /// The clock that is due first.
    pub next_deadline: Option<RowDeadline>,
    /// When it was opened.
    pub opened_at: String,
    /// When the last event happened.
    pub updated_at: String,
    /// Whether the record was made for demonstration.
    pub demo: bool,
}

/// One page of cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CasePage {
    /// The rows.
    pub items: Vec<CaseRow>,
    /// To be sent as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// How many cases match in all.
    pub total: u64,
}

/// Filters of a list; lists of keys are separated by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseListParams {
    /// Words to search for, in any of text, title and number.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// States, or `open` for all that are not final.
    #[param(inline, value_type = Vec<StateWanted>, style = Form, explode = false, required = false)]
    pub state: Option<String>,
    /// Psychologies.
    #[param(value_type = Vec<PsychologyKey>, style = Form, explode = false, required = false)]
    pub psychology: Option<String>,
    /// Emotion stages.
    #[param(value_type = Vec<EmotionStageKey>, style = Form, explode = false, required = false)]
    pub emotion: Option<String>,
    /// Subjects.
    #[param(value_type = Vec<SubjectKey>, style = Form, explode = false, required = false)]
    pub subject: Option<String>,
    /// Natures.
    #[param(value_type = Vec<NatureKey>, style = Form, explode = false, required = false)]
    pub nature: Option<String>,
    /// Stances.
    #[param(value_type = Vec<StanceKey>, style = Form, explode = false, required = false)]
    pub stance: Option<String>,
    /// Anger types.
    #[param(value_type = Vec<AngerTypeKey>, style = Form, explode = false, required = false)]
    pub anger_type: Option<String>,
    /// Behaviors.
    #[param(value_type = Vec<BehaviorKey>, style = Form, explode = false, required = false)]
    pub behavior: Option<String>,
    /// How what came compares with what was expected, by the words of the customer.
    #[param(value_type = Vec<OutcomeKey>, style = Form, explode = false, required = false)]
    pub expectation: Option<String>,
    /// Levels of need by Maslow.
    #[param(value_type = Vec<MaslowKey>, style = Form, explode = false, required = false)]
    pub maslow: Option<String>,
    /// Basic needs.
    #[param(value_type = Vec<BasicNeedKey>, style = Form, explode = false, required = false)]
    pub basic_need: Option<String>,
    /// Rational needs.
    #[param(value_type = Vec<RationalNeedKey>, style = Form, explode = false, required = false)]
    pub rational_need: Option<String>,
    /// Emotional needs.
    #[param(value_type = Vec<EmotionalNeedKey>, style = Form, explode = false, required = false)]
    pub emotional_need: Option<String>,
    /// Risks.
    #[param(value_type = Vec<RiskKey>, style = Form, explode = false, required = false)]
    pub risk: Option<String>,
    /// Causes.
    #[param(value_type = Vec<CauseKey>, style = Form, explode = false, required = false)]
    pub cause: Option<String>,
    /// Motives.
    #[param(value_type = Vec<MotiveKey>, style = Form, explode = false, required = false)]
    pub motive: Option<String>,
    /// Intensities of feeling 0–3.
    #[param(inline, value_type = Vec<FeelingGrade>, style = Form, explode = false, required = false)]
    pub intensity: Option<String>,
    /// Channels.
    #[param(value_type = Vec<ChannelKey>, style = Form, explode = false, required = false)]
    pub channel: Option<String>,
    /// `me`, `none`, a user's id, or for the cases that a team carries `team` (the caller's own) or `team:` and its name.
    pub owner: Option<String>,
    /// Severities 1–4.
    #[param(inline, value_type = Vec<Grade>, style = Form, explode = false, required = false)]
    pub severity: Option<String>,
    /// Priorities 1–4.
    #[param(inline, value_type = Vec<Grade>, style = Form, explode = false, required = false)]
    pub priority: Option<String>,
    /// `running`, `near` or `breached`.
    #[param(inline, value_type = Option<ClockWanted>)]
    pub clock: Option<String>,
    /// What waits for somebody else's decision.
    #[param(value_type = Vec<WaitingKey>, style = Form, explode = false, required = false)]
    pub waiting: Option<String>,
    /// The product, letter for letter.
    pub product: Option<String>,
    /// The site, letter for letter.
    pub site: Option<String>,
    /// The team, letter for letter.
    pub team: Option<String>,
    /// The batch, letter for letter.
    pub batch: Option<String>,
    /// The first subject, by which cases are counted.
    #[param(value_type = Option<SubjectKey>)]
    pub topic: Option<String>,
    /// When the first answer came: `in_day` (within 24 hours), `later` or `not_yet`.
    #[param(inline, value_type = Option<AnsweredWanted>)]
    pub answered: Option<String>,
    /// Marks for satisfaction 1–5.
    #[param(inline, value_type = Vec<MarkGiven>, style = Form, explode = false, required = false)]
    pub mark: Option<String>,
    /// What is not given: `product`, `site`, `team` or `topic`.
    #[param(inline, value_type = Option<PlaceMissing>)]
    pub missing: Option<String>,
    /// The day of the week a case was opened on in China, 0 for Monday to 6 for Sunday.
    #[param(value_type = Option<u64>, minimum = 0, maximum = 6)]
    pub weekday: Option<String>,
    /// The hour of the day a case was opened in, in China.
    #[param(value_type = Option<u64>, minimum = 0, maximum = 23)]
    pub hour: Option<String>,
    /// The states that a case has come through so far, these and no others, in order and beginning with `received`.
    #[param(value_type = Vec<CaseStateKey>, style = Form, explode = false, required = false)]
    pub way: Option<String>,
    /// A state that a case came into more than once.
    #[param(value_type = Option<CaseStateKey>)]
    pub again: Option<String>,
    /// The customers' verdicts.
    #[param(value_type = Vec<OutcomeKey>, style = Form, explode = false, required = false)]
    pub outcome: Option<String>,
    /// Opened at or after this time or day.
    #[param(inline, value_type = Option<DayOrTime>)]
    pub opened_from: Option<String>,
    /// Opened before this time, or on this day or before.
    #[param(inline, value_type = Option<DayOrTime>)]
    pub opened_to: Option<String>,
    /// With a clock due before this time or day.
    #[param(inline, value_type = Option<DayOrTime>)]
    pub due_before: Option<String>,
    /// `due`, `-opened`, `priority` or `relevance`.
    #[param(inline, value_type = Option<OrderWanted>)]
    pub sort: Option<String>,
    /// The place to go on from.
    pub cursor: Option<String>,
    /// Rows per page, at most 200.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    pub limit: Option<String>,
    /// Rows to leave out first, at most 1,000,000: a jump where `cursor` goes on row by row.
    #[param(value_type = Option<u64>, minimum = 0, maximum = 1_000_000)]
    pub skip: Option<String>,
}

/// Whose cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerFilter {
    /// The caller's.
    Me,
    /// Nobody's.
    Nobody,
    /// This user's.
    User(String),
    /// Those that the caller's team carries.
    OwnTeam,
    /// Those that this team carries.
    Team(String),
}

/// When the first answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Within 24 hours.
    InDay,
    /// Later than that.
    Later,
    /// Not so far.
    NotYet,
}

/// The keys of [`Answered`].
pub(crate) const ANSWERED: [(&str, Answered); 3] = [
    ("in_day", Answered::InDay),
    ("later", Answered::Later),
    ("not_yet", Answered::NotYet),
];

/// What a case may not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The product.
    Product,
    /// The site.
    Site,
    /// The team.
    Team,
    /// The first subject.
    Topic,
}

/// The keys of [`Place`].
pub(crate) const PLACES: [(&str, Place); 4] = [
    ("product", Place::Product),
    ("site", Place::Site),
    ("team", Place::Team),
    ("topic", Place::Topic),
];

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaseSort {
    /// The next clock first.
    Due,
    /// The newest first.
    #[default]
    Newest,
    /// The highest priority first.
    Priority,
    /// The best match first.
    Relevance,
}

/// Filters of a list, read and checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of CaseListParams")]
pub struct CaseFilter {
    pub q: Option<String>,
    pub states: Vec<CaseState>,
    pub psychologies: Vec<Psychology>,
    pub emotions: Vec<EmotionStage>,
    pub subjects: Vec<Subject>,
    pub natures: Vec<Nature>,
    pub stances: Vec<Stance>,
    pub anger_types: Vec<AngerType>,
    pub behaviors: Vec<Behavior>,
    pub expectations: Vec<Outcome>,
    pub maslows: Vec<Maslow>,
    pub basic_needs: Vec<BasicNeed>,
    pub rational_needs: Vec<RationalNeed>,
    pub emotional_needs: Vec<EmotionalNeed>,
    pub risks: Vec<Risk>,
    pub causes: Vec<Cause>,
    pub motives: Vec<Motive>,
    pub intensities: Vec<Intensity>,
    pub channels: Vec<Channel>,
    pub owner: Option<OwnerFilter>,
    pub severities: Vec<Severity>,
    pub priorities: Vec<Priority>,
    pub clock: Option<DeadlineState>,
    pub waiting: Vec<Waiting>,
    pub product: Option<String>,
    pub site: Option<String>,
    pub team: Option<String>,
    pub batch: Option<String>,
    pub topic: Option<Subject>,
    pub answered: Option<Answered>,
    pub marks: Vec<u8>,
    pub missing: Option<Place>,
    pub weekday: Option<u8>,
    pub hour: Option<u8>,
    pub way: Vec<CaseState>,
    pub again: Option<CaseState>,
    pub outcomes: Vec<Outcome>,
    pub opened_from: Option<Timestamp>,
    pub opened_before: Option<Timestamp>,
    pub due_before: Option<Timestamp>,
    pub sort: CaseSort,
    pub cursor: Option<String>,
    pub limit: u64,
    pub skip: u64,
}

const DAY_MS: i64 = 86_400_000;

impl CaseListParams {
    /// The filters, or every error of the query.
    pub fn parse(self) -> Result<CaseFilter, Vec<FieldError>> {
        let mut errors = Vec::new();
        let sort = read_sort(self.sort.as_deref(), self.q.is_some(), &mut errors);
        let filter = CaseFilter {
            states: read_states(self.state.as_deref(), &mut errors),
            psychologies: read_keys("psychology", self.psychology.as_deref(), &mut errors),
            emotions: read_keys("emotion", self.emotion.as_deref(), &mut errors),
            subjects: read_keys("subject", self.subject.as_deref(), &mut errors),
            natures: read_keys("nature", self.nature.as_deref(), &mut errors),
            stances: read_keys("stance", self.stance.as_deref(), &mut errors),
            anger_types: read_keys("anger_type", self.anger_type.as_deref(), &mut errors),
            behaviors: read_keys("behavior", self.behavior.as_deref(), &mut errors),
            expectations: read_keys("expectation", self.expectation.as_deref(), &mut errors),
            maslows: read_keys("maslow", self.maslow.as_deref(), &mut errors),
            basic_needs: read_keys("basic_need", self.basic_need.as_deref(), &mut errors),
            rational_needs: read_keys("rational_need", self.rational_need.as_deref(), &mut errors),
            emotional_needs: read_keys("emotional_need", self.emotional_need.as_deref(), &mut errors),
            risks: read_keys("risk", self.risk.as_deref(), &mut errors),
            causes: read_keys("cause", self.cause.as_deref(), &mut errors),
            motives: read_keys("motive", self.motive.as_deref(), &mut errors),
            intensities: read_keys("intensity", self.intensity.as_deref(), &mut errors),
            channels: read_keys("channel", self.channel.as_deref(), &mut errors),
            severities: read_keys("severity", self.severity.as_deref(), &mut errors),
            priorities: read_keys("priority", self.priority.as_deref(), &mut errors),
            clock: read_key("clock", self.clock.as_deref(), &mut errors),
            waiting: read_keys("waiting", self.waiting.as_deref(), &mut errors),
            owner: self.owner.map(read_owner),
            opened_from: read_time("opened_from", self.opened_from.as_deref(), 0, &mut errors),
            opened_before: read_time("opened_to", self.opened_to.as_deref(), DAY_MS, &mut errors),
            due_before: read_time("due_before", self.due_before.as_deref(), 0, &mut errors),
            limit: read_limit(self.limit.as_deref(), &mut errors),
            skip: read_skip(self.skip.as_deref(), &mut errors),
            q: self.q.filter(|q| !q.trim().is_empty()),
            product: self.product,
            site: self.site,
            team: self.team,
            batch: self.batch,
            topic: read_key("topic", self.topic.as_deref(), &mut errors),
            answered: read_one("answered", self.answered.as_deref(), &ANSWERED, &mut errors),
            marks: read_marks(self.mark.as_deref(), &mut errors),
            missing: read_one("missing", self.missing.as_deref(), &PLACES, &mut errors),
            weekday: read_part("weekday", self.weekday.as_deref(), 6, &mut errors),
            hour: read_part("hour", self.hour.as_deref(), 23, &mut errors),
            way: read_keys("way", self.way.as_deref(), &mut errors),
            again: read_key("again", self.again.as_deref(), &mut errors),
            outcomes: read_keys("outcome", self.outcome.as_deref(), &mut errors),
            cursor: self.cursor,
            sort,
        };
        let most = limits::QUERY_CHARS;
        if filter.q.as_ref().is_some_and(|q| q.chars().count() > most) {
            errors.push(FieldError::new(
                "q",
                format!("超过 {most} 字，请缩短"),
                format!("is longer than {most} characters; shorten it"),
            ));
        }
        if errors.is_empty() {
            Ok(filter)
        } else {
            Err(errors)
        }
    }
}

/// The words of a comma list; an empty one has none, and no word is empty.
fn words_of(list: Option<&str>) -> impl Iterator<Item = &str> {
    let told = list.filter(|list| !list.is_empty());
    told.into_iter().flat_map(|list| list.split(',').map(str::trim))
}

/// The values of a comma list.
pub(crate) fn read_keys<V: Vocabulary>(
    field: &str,
    list: Option<&str>,
    errors: &mut Vec<FieldError>,
) -> Vec<V> {
    words_of(list)
        .filter_map(|word| read_key(field, Some(word), errors))
        .collect()
}

/// The value that a word names.
fn read_key<V: Vocabulary>(field: &str, word: Option<&str>, errors: &mut Vec<FieldError>) -> Option<V> {
    let word = word?;
    let value = V::from_key(word);
    if value.is_none() {
        errors.push(FieldError {
            field: field.to_owned(),
            message: unknown_key::<V>(word),
        });
    }
    value
}

fn read_states(list: Option<&str>, errors: &mut Vec<FieldError>) -> Vec<CaseState> {
    let mut states: Vec<CaseState> = Vec::new();
    for word in words_of(list) {
        match word {
            "open" => states.extend(CaseState::ALL.iter().copied().filter(|state| !state.is_final())),
            named => states.extend(read_key::<CaseState>("state", Some(named), errors)),
        }
    }
    states.sort_unstable();
    states.dedup();
    states
}

fn read_owner(owner: String) -> OwnerFilter {
    match owner.as_str() {
        "me" => OwnerFilter::Me,
        "none" => OwnerFilter::Nobody,
        "team" => OwnerFilter::OwnTeam,
        other => match other.strip_prefix("team:") {
            Some(team) => OwnerFilter::Team(team.to_owned()),
            None => OwnerFilter::User(owner),
        },
    }
}

/// A time of a query; a bare day counts from its first moment plus `day_offset_ms`.
pub(crate) fn read_time(
    field: &str,
    text: Option<&str>,
    day_offset_ms: i64,
    errors: &mut Vec<FieldError>,
) -> Option<Timestamp> {
    let text = text?;
    // A "+" of the offset arrives as a blank when the caller did not escape it.
    let restored = text.trim().replace(' ', "+");
    let day = time::parse_day(&restored).map(|at| at.plus_ms(day_offset_ms));
    let at = day.or_else(|| time::parse_rfc3339(&restored));
    if at.is_none() {
        errors.push(FieldError::new(
            field,
            "应是日期 YYYY-MM-DD 或带时区的 RFC 3339 时间",
            "must be a day YYYY-MM-DD or an RFC 3339 time with offset",
        ));
    }
    at
}

fn read_sort(sort: Option<&str>, searching: bool, errors: &mut Vec<FieldError>) -> CaseSort {
    match sort {
        None if searching => CaseSort::Relevance,
        None | Some("-opened") => CaseSort::Newest,
        Some("due") => CaseSort::Due,
        Some("priority") => CaseSort::Priority,
        Some("relevance") => CaseSort::Relevance,
        Some(other) => {
            errors.push(FieldError::new(
                "sort",
                format!("“{other}”不可用；可用：due, -opened, priority, relevance"),
                format!("\"{other}\" is unknown; allowed: due, -opened, priority, relevance"),
            ));
            CaseSort::Newest
        }
    }
}

/// One of a few words.
fn read_one<T: Copy>(
    field: &str,
    word: Option<&str>,
    known: &[(&str, T)],
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let word = word?;
    let found = known
        .iter()
        .find(|(key, _)| *key == word)
        .map(|(_, value)| *value);
    if found.is_none() {
        let keys: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
        let keys = keys.join(", ");
        errors.push(FieldError::new(
            field,
            format!("“{word}”不可用；可用：{keys}"),
            format!("\"{word}\" is unknown; allowed: {keys}"),
        ));
    }
    found
}

fn read_part(field: &str, text: Option<&str>, most: u64, errors: &mut Vec<FieldError>) -> Option<u8> {
    read_number(field, text?, 0, most, errors).map(|part| part as u8)
}

fn read_marks(list: Option<&str>, errors: &mut Vec<FieldError>) -> Vec<u8> {
    let marks = words_of(list).filter_map(|word| read_number("mark", word, 1, 5, errors));
    marks.map(|mark| mark as u8).collect()
}

pub(crate) fn read_limit(limit: Option<&str>, errors: &mut Vec<FieldError>) -> u64 {
    let number = limit.and_then(|text| read_number("limit", text, 1, limits::PAGE_ROWS, errors));
    number.unwrap_or(limits::PAGE_ROWS_DEFAULT)
}

fn read_skip(skip: Option<&str>, errors: &mut Vec<FieldError>) -> u64 {
    let number = skip.and_then(|text| read_number("skip", text, 0, limits::SKIPPED_ROWS, errors));
    number.unwrap_or_default()
}

fn read_number(field: &str, text: &str, least: u64, most: u64, errors: &mut Vec<FieldError>) -> Option<u64> {
    let number = text.parse().ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        errors.push(FieldError::new(
            field,
            format!("应是 {least}–{most} 的整数"),
            format!("must be a whole number from {least} to {most}"),
        ));
    }
    number
}
