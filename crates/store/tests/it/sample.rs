//! Cases made from a seed, varied enough that every field and every kind of event is stored somewhere.

use domain::*;
use tingsu_store::{CaseWrite, Store};

/// 2026-11-22T00:00:00Z.
pub(crate) const START: Timestamp = Timestamp(1_795_305_600_000);
const HOUR: i64 = 3_600_000;

/// A stream of numbers from a seed (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    pub(crate) fn one<V: Vocabulary>(&mut self) -> V {
        V::ALL[self.below(V::ALL.len())]
    }

    fn some<V: Vocabulary>(&mut self, most: usize) -> Vec<V> {
        let mut values: Vec<V> = (0..self.below(most + 1)).map(|_| self.one()).collect();
        values.dedup();
        values.sort();
        values.dedup();
        values
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(2) == 0).then(|| make(self))
    }

    fn p(&mut self) -> f32 {
        self.below(1_000_003) as f32 / 1_000_003.0
    }
}

pub(crate) const TEXT: &str =
    "我要退款😡，你们客服态度太差了！等了三天没人理，答应周一回电也没有。再不处理我就曝光。";

fn quote(dice: &mut Dice) -> Quote {
    let start = dice.below(20) as u32;
    Quote::of(
        TEXT,
        Span {
            start,
            end: start + 1 + dice.below(6) as u32,
        },
    )
    .expect("inside the text")
}

fn finding<V: Evidenced>(dice: &mut Dice, value: V) -> Finding<V> {
    match dice.below(3) {
        0 => Finding::by_person(value, Vec::new()),
        _ if value.is_absence() => Finding::absent(value, dice.p(), Tier::Model).expect("an absence"),
        _ => {
            let quotes = Evidence::of(vec![quote(dice), quote(dice)]).expect("two quotes");
            Finding::found(value, dice.p(), quotes, dice.one())
        }
    }
}

fn findings<V: Evidenced + Vocabulary>(dice: &mut Dice) -> Vec<Finding<V>> {
    let values: Vec<V> = dice.some(3);
    values.into_iter().map(|value| finding(dice, value)).collect()
}

fn derived<V: Vocabulary>(dice: &mut Dice) -> Derived<V> {
    let because = vec![
        Because::Facet(dice.one()),
        Because::Channel,
        Because::Quote(quote(dice)),
        Because::Person("听过录音".into()),
    ];
    Derived {
        value: dice.one(),
        p: dice.p(),
        tier: dice.one(),
        because,
    }
}

pub(crate) fn analysis(dice: &mut Dice) -> Analysis {
    let psychology: Psychology = dice.one();
    let stage: EmotionStage = dice.one();
    let nature: Nature = dice.one();
    let outcome: Outcome = dice.one();
    Analysis {
        engine: "tingsu 0.1.0 / model zh-2026.11".into(),
        complaint: finding(dice, true),
        psychology: PsychologyReading {
            primary: finding(dice, psychology),
            secondary: dice.maybe(Dice::one),
            distribution: Psychology::ALL.iter().map(|value| (*value, dice.p())).collect(),
        },
        motives: findings(dice),
        emotion: Emotion {
            stage: finding(dice, stage),
            intensity: dice.one(),
            intensity_p: dice.p(),
        },
        subjects: findings(dice),
        nature: finding(dice, nature),
        stance: derived(dice),
        anger_type: derived(dice),
        behavior: derived(dice),
        causes: findings(dice),
        risks: findings(dice),
        temperament: derived(dice),
        needs: Needs {
            basic: dice.some(2),
            special: dice.some(2),
            rational: dice.some(2),
            emotional: dice.some(2),
            maslow: dice.maybe(Dice::one),
        },
        expectation: Expectation {
            expected: dice.maybe(quote),
            received: dice.maybe(quote),
            outcome: finding(dice, outcome),
            promises: vec![PromiseFound {
                quote: quote(dice),
                by: "客服".into(),
                until: "周一".into(),
                broken: true,
                due: Date::new(2026, 3, 2),
                told: Some(dice.one()),
            }],
        },
        entities: entities(dice),
        doubts: dice.some(2),
    }
}

fn entities(dice: &mut Dice) -> Vec<Entity> {
    let values = [
        None,
        Some(EntityValue::Money(Money::fen(29_900))),
        Some(EntityValue::Date(Date::new(2026, 2, 28).expect("a day"))),
        Some(EntityValue::Moment(Timestamp(1_772_236_800_000))),
        Some(EntityValue::Calendar("2026-02".into())),
        Some(EntityValue::Duration("P3D".into())),
        Some(EntityValue::Text("SF123".into())),
    ];
    values
        .into_iter()
        .map(|value| Entity {
            kind: dice.one(),
            quote: quote(dice),
            nuance: Nuance {
                to: value.clone(),
                approximate: value.is_some(),
                working: false,
            },
            value,
        })
        .collect()
}

pub(crate) fn person(dice: &mut Dice) -> Person {
    let number = dice.below(4);
    Person {
        id: UserId(format!("u{number}")),
        name: format!("坐席{number}"),
    }
}

fn deadline(dice: &mut Dice, opened_at: Timestamp) -> Deadline {
    let due_at = opened_at.plus_hours(dice.below(400) as i64);
    Deadline {
        kind: dice.one(),
        policy: "house".into(),
        started_at: opened_at,
        near_at: due_at.plus_hours(-4),
        due_at,
        state: dice.one(),
        because: Bilingual::new("二十四小时内首次响应", "a first answer within 24 hours"),
        extensions: 1,
        days_out: 2,
        paused_at: Some(START),
    }
}

fn promise(dice: &mut Dice) -> Promise {
    Promise {
        number: 1,
        by: "店长".into(),
        what: "周一回电".into(),
        until: dice.maybe(|_| START),
        made_at: START,
        state: dice.one(),
        quote: dice.maybe(quote),
    }
}

fn message(dice: &mut Dice, direction: MessageDirection) -> Message {
    Message {
        direction,
        text: "\0您好".into(),
        channel: dice.one(),
        by: dice.maybe(person),
        at: START,
    }
}

fn proposal(dice: &mut Dice) -> Proposal {
    let offer = RemedyOffer {
        remedy: dice.one(),
        amount: dice.maybe(|_| Money::yuan(50)),
    };
    Proposal {
        offers: vec![offer],
        summary: "退款并致歉".into(),
        by: dice.maybe(person),
        at: START,
        needs_approval: true,
        approved_by: dice.maybe(person),
        rulebook: Some("2026.11-0a1b2c3d".into()),
    }
}

fn time_request(dice: &mut Dice) -> TimeRequest {
    TimeRequest {
        what: dice.one(),
        reason: "情况复杂".into(),
        notice: dice.maybe(|_| "办理期限延长至 30 日".into()),
        by: dice.maybe(person),
        at: START,
    }
}

fn attachment(dice: &mut Dice) -> Attachment {
    Attachment {
        hash: "ab".repeat(32),
        name: "发票.png".into(),
        media_type: "image/png".into(),
        bytes: dice.below(1_000_000) as u64,
        by: dice.maybe(person),
        at: START,
    }
}

fn statement(dice: &mut Dice) -> Statement {
    Statement {
        text: "我们正在召回这一批次".into(),
        by: dice.maybe(person),
        at: START,
        approved_by: dice.maybe(person),
    }
}

fn closure(dice: &mut Dice) -> Closure {
    Closure {
        expected: "当天退款".into(),
        received: "三天后退款".into(),
        outcome: dice.one(),
        csat: dice.maybe(|dice| 1 + dice.below(5) as u8),
        attempts: dice.maybe(|_| "电话三次未接".into()),
        at: START,
    }
}

/// The case number `number`, varied by it.
pub(crate) fn case(number: u64) -> Case {
    let mut seeded = Dice(number);
    let dice = &mut seeded;
    // A stream of its own, so that the other fields stay what they were before these were there.
    let kept = &mut Dice(!number);
    let opened_at = START.plus_ms(dice.below(40 * 24) as i64 * HOUR + 1_234_567);
    let deadlines = (0..dice.below(4)).map(|_| deadline(dice, opened_at)).collect();
    let matter = Matter {
        product: dice.maybe(|dice| format!("酸奶{}", dice.below(5))),
        batch: dice.maybe(|_| "B7".into()),
        site: dice.maybe(|dice| format!("城西{}店", dice.below(3))),
        team: dice.maybe(|_| "夜班".into()),
        order: dice.maybe(|_| "2026112200017".into()),
    };
    Case {
        id: CaseId(format!("case-{number:05}")),
        number: format!("TS-20261122-{number:05}"),
        version: 0,
        state: dice.one(),
        title: "退款被拖\0延".into(),
        text: TEXT.into(),
        channel: dice.one(),
        matter,
        customer: dice.maybe(|dice| CustomerId(format!("c{}", dice.below(5)))),
        owner: dice.maybe(person),
        analysis: analysis(dice),
        earlier_natures: dice.some(2),
        valid: dice.maybe(|dice| dice.below(2) == 0),
        severity: dice.one(),
        severity_because: vec![Bilingual::new("涉及食品安全", "food safety")],
        priority: dice.one(),
        deadlines,
        packs: kept.maybe(|_| "telecom-2016".to_owned()).into_iter().collect(),
        time_request: kept.maybe(time_request),
        promises: vec![promise(dice)],
        core_position: dice.maybe(|_| "最多退一赔三".into()),
        proposal: dice.maybe(proposal),
        changes: dice.some(2),
        messages: vec![
            message(dice, MessageDirection::Inbound),
            message(dice, MessageDirection::Internal),
        ],
        closure: dice.maybe(closure),
        parent: dice.maybe(|dice| CaseId(format!("case-{:05}", dice.below(3)))),
        merged_into: dice.maybe(|_| CaseId("case-00001".into())),
        joined: kept.maybe(|dice| Joined {
            from: dice.one(),
            clocks: vec![deadline(dice, opened_at)],
        }),
        attachments: kept.maybe(attachment).into_iter().collect(),
        statement: kept.maybe(statement),
        preventions: kept.maybe(|_| "更换了供应商".to_owned()).into_iter().collect(),
        erased: kept.below(2) == 0,
        reopened: dice.below(3) as u32,
        rulebook: Some("2026.11-0a1b2c3d".into()),
        investigated_at: Some(START),
        demo: dice.below(2) == 0,
        received_at: opened_at.plus_hours(-1),
        opened_at,
        updated_at: opened_at.plus_hours(5),
    }
}

/// The event that opens the case.
pub(crate) fn received(case: &Case) -> Event {
    let kind = EventKind::Received {
        id: case.id.clone(),
        number: case.number.clone(),
        title: case.title.clone(),
        text: case.text.clone(),
        channel: case.channel,
        matter: case.matter.clone(),
        customer: case.customer.clone(),
        analysis: Box::new(case.analysis.clone()),
        received_at: case.received_at,
        demo: case.demo,
        rulebook: case.rulebook.clone(),
    };
    Event {
        at: case.opened_at,
        actor: Actor::System,
        kind,
    }
}

/// The answer to the customer, `hours` after the case was opened.
pub(crate) fn answered(case: &Case, hours: i64) -> Event {
    let at = case.opened_at.plus_hours(hours);
    Event {
        at,
        actor: Actor::System,
        kind: EventKind::DeadlineMet {
            kind: DeadlineKind::FirstResponse,
        },
    }
}

/// One event of every kind but the first.
pub(crate) fn every_kind(case: &Case) -> Vec<Event> {
    let dice = &mut Dice(7);
    let mut kinds = every_small_kind(dice);
    kinds.extend([
        EventKind::FacetsConfirmed {
            corrections: every_correction(),
            reason: Some("客户原话".into()),
            analysis: Box::new(analysis(dice)),
        },
        EventKind::Proposed {
            proposal: proposal(dice),
        },
        EventKind::DeadlineSet {
            deadline: deadline(dice, START),
        },
        EventKind::PromiseMade {
            promise: promise(dice),
        },
        EventKind::MessageAdded {
            message: message(dice, MessageDirection::Outbound),
        },
        EventKind::Closed {
            closure: closure(dice),
        },
    ]);
    kinds.extend(every_keeping_kind());
    let actor = Actor::User {
        person: person(dice),
        role: Role::Supervisor,
    };
    kinds
        .into_iter()
        .map(|kind| Event {
            at: case.opened_at,
            actor: actor.clone(),
            kind,
        })
        .collect()
}

/// Clocks of rules, incidents, files and erasure.
fn every_keeping_kind() -> Vec<EventKind> {
    let dice = &mut Dice(11);
    vec![
        EventKind::PacksApplied {
            packs: vec!["telecom-2016".into()],
            reason: Some("宽带业务".into()),
        },
        EventKind::TimeRequested {
            request: time_request(dice),
        },
        EventKind::TimeDecided {
            granted: true,
            reason: None,
        },
        EventKind::Unmerged {
            reason: "是两件事".into(),
        },
        EventKind::NatureTurned {
            from: Nature::Help,
            because: Bilingual::new("首次响应超时", "answered too late"),
        },
        EventKind::Attached {
            attachment: attachment(dice),
        },
        EventKind::StatementProposed {
            statement: statement(dice),
        },
        EventKind::StatementApproved {
            by: Some(person(dice)),
        },
        EventKind::PreventionTold {
            action: "更换了供应商".into(),
        },
        EventKind::Erased {
            reason: "客户要求".into(),
        },
    ]
}

fn every_small_kind(dice: &mut Dice) -> Vec<EventKind> {
    let because = Bilingual::new("金额较大", "a large sum");
    let kind = DeadlineKind::Resolution;
    vec![
        EventKind::StateChanged {
            to: CaseState::Understood,
            because: Some("已核对".into()),
        },
        EventKind::Graded {
            severity: Severity::Serious,
            priority: Priority::Urgent,
            because: vec![because.clone()],
        },
        EventKind::Assigned { owner: person(dice) },
        EventKind::ValidityVerified {
            valid: true,
            reason: "凭证齐全".into(),
        },
        EventKind::InvestigationStarted {
            question: Some("冷链是否中断".into()),
        },
        EventKind::CorePositionSet {
            position: "最多退一赔三".into(),
        },
        EventKind::Approved {
            by: Some(person(dice)),
            reason: None,
        },
        EventKind::DeadlineMet { kind },
        EventKind::DeadlineNear { kind },
        EventKind::DeadlineBreached { kind },
        EventKind::DeadlineStopped { kind },
        EventKind::PromiseSettled {
            number: 1,
            state: PromiseState::Late,
        },
        EventKind::Changed {
            what: ThreeChange::Place,
            to: "电话".into(),
        },
        EventKind::FollowedUp {
            note: "客户满意".into(),
            satisfied: Some(true),
        },
        EventKind::Merged {
            into: CaseId("case-00002".into()),
        },
        EventKind::ParentLinked {
            parent: CaseId("case-00003".into()),
        },
        EventKind::Unmasked {
            reason: "核对单号".into(),
        },
        EventKind::WarningOverruled {
            reason: "已获授权".into(),
            overruled: Some(vec!["beyond_authority: 800".into()]),
        },
        EventKind::RulebookChanged {
            version: "2026.11-0a1b2c3d".into(),
        },
        EventKind::Escalated { because },
    ]
}

fn every_correction() -> Vec<FacetValue> {
    vec![
        FacetValue::Complaint(true),
        FacetValue::Psychology(Psychology::Respect, Some(Psychology::Redress)),
        FacetValue::Motives(vec![Motive::Apology, Motive::Refund]),
        FacetValue::Emotion(EmotionStage::Angry, Intensity::Extreme),
        FacetValue::Subjects(vec![Subject::Attitude]),
        FacetValue::Nature(Nature::Valid),
        FacetValue::Stance(Stance::Bargain),
        FacetValue::AngerType(AngerType::Rational),
        FacetValue::Causes(vec![Cause::NoOwner]),
        FacetValue::Risks(vec![Risk::Exposure, Risk::Legal]),
        FacetValue::Temperament(Temperament::Choleric),
        FacetValue::Expectation(Outcome::Below),
    ]
}

/// The case as it stands after these events, counted by its version.
pub(crate) fn with_events(mut case: Case, more: Vec<Event>) -> (Case, Vec<Event>) {
    let mut events = vec![received(&case)];
    events.extend(more);
    case.version = events.len() as u32;
    (case, events)
}

/// Single characters and pairs, as the tokenizer outside makes them.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let singles = letters.iter().map(|letter| letter.to_string());
    singles
        .chain(letters.windows(2).map(|pair| pair.iter().collect()))
        .collect()
}

/// A change without words, clock or key.
pub(crate) fn write<'a>(case: &'a Case, events: &'a [Event]) -> CaseWrite<'a> {
    CaseWrite {
        case,
        events,
        search_tokens: None,
        next_check_at: None,
        idempotency: None,
    }
}

/// Stores the cases `0..count`, every third of them answered after so many hours as its number; answers them.
pub(crate) async fn store_many(store: &Store, count: u64) -> Vec<(Case, Vec<Event>)> {
    let all: Vec<_> = (0..count)
        .map(|number| {
            let case = case(number);
            let more = if number % 3 == 0 {
                vec![answered(&case, number as i64)]
            } else {
                Vec::new()
            };
            with_events(case, more)
        })
        .collect();
    let writes: Vec<_> = all.iter().map(|(case, events)| write(case, events)).collect();
    store.create_many(&writes).await.expect("stored");
    all
}
