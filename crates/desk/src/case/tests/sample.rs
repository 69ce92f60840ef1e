//! Analyses, actors and scripts to test with.

use std::fmt::Write;

use domain::{
    Actor, Analysis, AngerType, Behavior, Bilingual, Case, Channel, Command, Complaint, Derived, Emotion,
    EmotionStage, Event, EventKind, Evidence, Expectation, Finding, Intensity, Nature, Needs, Outcome,
    Person, Psychology, PsychologyReading, Quote, Risk, Role, Span, Stance, Temperament, Tier, Timestamp,
    Vocabulary,
};

use crate::{
    case::{Context, NewCase, apply, decide, open, replay, tick},
    deadline::spell,
    rules::Rules,
};

/// Friday 20 November 2026, 16:30 in Beijing.
pub(super) const START: Timestamp = Timestamp(1_795_163_400_000);
pub(super) const TEXT: &str = "充电宝用了两天就鼓包，要求退款";

/// What was read of [`TEXT`]: a valid complaint without risks.
pub(super) fn analysis() -> Analysis {
    let quote = Quote::of(TEXT, Span { start: 8, end: 10 }).expect("the text is longer");
    let evidence = || Evidence::of(vec![quote.clone()]).expect("one quote");
    Analysis {
        engine: "test".into(),
        complaint: Finding::found(true, 0.9, evidence(), Tier::Model),
        psychology: PsychologyReading {
            primary: Finding::found(Psychology::Redress, 0.8, evidence(), Tier::Model),
            secondary: None,
            distribution: Vec::new(),
        },
        motives: Vec::new(),
        emotion: Emotion {
            stage: Finding::found(EmotionStage::Angry, 0.7, evidence(), Tier::Model),
            intensity: Intensity::Strong,
            intensity_p: 0.6,
        },
        subjects: Vec::new(),
        nature: Finding::found(Nature::Valid, 0.8, evidence(), Tier::Model),
        stance: derived(Stance::Bargain),
        anger_type: derived(AngerType::Rational),
        behavior: derived(Behavior::Direct),
        causes: Vec::new(),
        risks: Vec::new(),
        temperament: derived(Temperament::Choleric),
        needs: Needs::default(),
        expectation: Expectation {
            expected: None,
            received: None,
            outcome: Finding::found(Outcome::Below, 0.8, evidence(), Tier::Model),
            promises: Vec::new(),
        },
        entities: Vec::new(),
        doubts: Vec::new(),
    }
}

fn derived<V>(value: V) -> Derived<V> {
    Derived {
        value,
        p: 0.6,
        tier: Tier::Rules,
        because: Vec::new(),
    }
}

pub(super) fn with_nature(mut analysis: Analysis, nature: Nature) -> Analysis {
    analysis.nature = Finding::by_person(nature, Vec::new());
    analysis
}

pub(super) fn with_risk(mut analysis: Analysis, risk: Risk) -> Analysis {
    analysis.risks.push(Finding::by_person(risk, Vec::new()));
    analysis
}

pub(super) fn user(role: Role) -> Actor {
    let person = Person {
        id: role.key().into(),
        name: role.entry().zh.into(),
    };
    Actor::User { person, role }
}

pub(super) fn new_case(analysis: Analysis) -> NewCase {
    NewCase {
        id: "c1".into(),
        number: "TS-20261120-0001".into(),
        title: "充电宝鼓包".into(),
        complaint: Complaint::new(TEXT, Channel::App),
        customer: None,
        analysis,
        packs: Vec::new(),
        demo: false,
    }
}

/// The rules with limits of authority, which the guarantee table sets in the product.
pub(super) fn rules() -> Rules {
    let mut rules = Rules::load_default();
    let limits = [
        (Role::Agent, 200),
        (Role::Specialist, 2_000),
        (Role::Supervisor, 20_000),
        (Role::Admin, 1_000_000),
    ];
    for (role, yuan) in limits {
        rules.set_authority(role, domain::Money::yuan(yuan));
    }
    rules
}

/// A case under test: its rules, its events so far and the clock of the test.
pub(super) struct Desk {
    pub(super) rules: Rules,
    pub(super) case: Case,
    pub(super) events: Vec<Event>,
    pub(super) now: Timestamp,
    pub(super) corrected: Option<Analysis>,
    log: String,
}

impl Desk {
    pub(super) fn open(analysis: Analysis) -> Self {
        Self::open_under(analysis, &[])
    }

    /// A desk on which rule packs are in force.
    pub(super) fn open_under(analysis: Analysis, packs: &[&str]) -> Self {
        let rules = rules();
        let mut new = new_case(analysis);
        new.packs = packs.iter().map(|pack| (*pack).to_owned()).collect();
        let events = open(new, &Actor::System, START, &rules);
        let case = replay(&events).expect("a complaint was received");
        let mut desk = Self {
            rules,
            case,
            events: Vec::new(),
            now: START,
            corrected: None,
            log: String::new(),
        };
        for event in events {
            desk.record(event);
        }
        desk
    }

    fn record(&mut self, event: Event) {
        let line = spell_event(&event.kind, &self.rules);
        writeln!(self.log, "{line}").expect("a string takes all");
        self.events.push(event);
    }

    /// Lets time pass, then lets somebody give a command.
    pub(super) fn step(&mut self, hours: i64, role: Role, command: Command) -> bool {
        self.wait(hours);
        let context = Context {
            now: self.now,
            rules: &self.rules,
            corrected: self.corrected.clone(),
            warnings: Vec::new(),
        };
        let outcome = decide(&self.case, command, &user(role), &context);
        match outcome {
            Ok(events) => {
                self.apply_all(events);
                true
            }
            Err(refusal) => {
                let code = format!("{:?}", refusal.code);
                writeln!(self.log, "✗ {code}: {}", refusal.because.zh).expect("a string takes all");
                false
            }
        }
    }

    pub(super) fn wait(&mut self, hours: i64) {
        self.now = self.now.plus_hours(hours);
        let events = tick(&self.case, self.now, &self.rules);
        self.apply_all(events);
    }

    fn apply_all(&mut self, events: Vec<Event>) {
        for event in events {
            apply(&mut self.case, &event);
            self.record(event);
        }
    }

    /// The log since the last call.
    pub(super) fn take_log(&mut self) -> String {
        std::mem::take(&mut self.log)
    }
}

fn spell_event(kind: &EventKind, rules: &Rules) -> String {
    match kind {
        EventKind::Received { number, .. } => format!("received {number}"),
        EventKind::StateChanged { to, .. } => format!("→ {}", to.key()),
        EventKind::Graded {
            severity,
            priority,
            because,
        } => {
            format!(
                "severity {} priority {}: {}",
                severity.key(),
                priority.key(),
                join(because)
            )
        }
        EventKind::Assigned { owner } => format!("owner {}", owner.id),
        EventKind::FacetsConfirmed { corrections, .. } => {
            format!("facets confirmed, {} corrected", corrections.len())
        }
        EventKind::ValidityVerified { valid, .. } => format!("valid: {valid}"),
        EventKind::Proposed { proposal } => format!("proposed, approval needed: {}", proposal.needs_approval),
        EventKind::DeadlineSet { deadline } if deadline.paused_at.is_some() => {
            format!("clock {} paused", deadline.kind.key())
        }
        EventKind::DeadlineSet { deadline } => {
            format!(
                "clock {} due {}",
                deadline.kind.key(),
                spell(rules.calendar.zone(), deadline.due_at).en
            )
        }
        EventKind::DeadlineMet { kind } => format!("clock {} met", kind.key()),
        EventKind::DeadlineNear { kind } => format!("clock {} near", kind.key()),
        EventKind::DeadlineBreached { kind } => format!("clock {} breached", kind.key()),
        EventKind::DeadlineStopped { kind } => format!("clock {} stopped", kind.key()),
        EventKind::PromiseMade { promise } => format!("promise {} {}", promise.number, promise.what),
        EventKind::PromiseSettled { number, state } => format!("promise {number} {}", state.key()),
        EventKind::MessageAdded { message } => format!("{:?}: {}", message.direction, message.text),
        EventKind::Changed { what, to } => format!("changed {}: {to}", what.key()),
        EventKind::Closed { closure } => format!("closed, {}", closure.outcome.key()),
        EventKind::Escalated { because } => format!("escalated: {}", because.zh),
        EventKind::PacksApplied { packs, .. } => format!("packs {}", packs.join(" ")),
        EventKind::TimeRequested { request } => format!("asked for {}", request.what.key()),
        EventKind::TimeDecided { granted, .. } => format!("granted: {granted}"),
        EventKind::NatureTurned { from, because } => format!("{} turned valid: {}", from.key(), because.zh),
        other => format!("{other:?}").chars().take_while(|c| *c != ' ').collect(),
    }
}

fn join(because: &[Bilingual]) -> String {
    because
        .iter()
        .map(|reason| reason.zh.as_str())
        .collect::<Vec<_>>()
        .join("；")
}
