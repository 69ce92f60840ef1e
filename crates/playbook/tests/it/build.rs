//! Analyses and situations built by hand.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{
    Analysis, AngerType, Because, Behavior, CaseState, Cause, Channel, Derived, Emotion, EmotionStage,
    Entity, EntityKind, Evidence, Evidenced, Expectation, Finding, Intensity, Loyalty, Money, Motive, Nature,
    Needs, Outcome, Plan, Psychology, PsychologyReading, Quote, Risk, Role, Severity, Situation, Span,
    Stance, Subject, Temperament, Tier, Timestamp,
};
use tingsu_playbook::{FILES, Playbook};

/// The default playbook, read once.
pub static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::load_default);

/// The words of `text` as a quote.
pub fn quote(text: &str, words: &str) -> Quote {
    let byte = text
        .find(words)
        .unwrap_or_else(|| panic!("“{words}” does not stand in “{text}”"));
    let start = text[..byte].chars().count() as u32;
    let end = start + words.chars().count() as u32;
    Quote::of(text, Span { start, end }).expect("not empty")
}

fn finding<V: Evidenced>(value: V, quotes: Vec<Quote>) -> Finding<V> {
    match Evidence::of(quotes) {
        Some(evidence) => Finding::found(value, 0.9, evidence, Tier::Model),
        None => Finding::by_person(value, Vec::new()),
    }
}

fn derived<V>(value: V) -> Derived<V> {
    Derived {
        value,
        p: 0.8,
        tier: Tier::Rules,
        because: vec![Because::Channel],
    }
}

/// An analysis in the making; every finding quotes the given words of the text, or none for `""`.
#[derive(Clone, Debug)]
pub struct Reading {
    text: String,
    pub analysis: Analysis,
}

impl Reading {
    /// A complaint of which nothing but the text is known.
    pub fn of(text: &str) -> Self {
        let analysis = Analysis {
            engine: "by hand".to_owned(),
            complaint: finding(true, Vec::new()),
            psychology: PsychologyReading {
                primary: finding(Psychology::Solve, Vec::new()),
                secondary: None,
                distribution: Vec::new(),
            },
            motives: Vec::new(),
            emotion: Emotion {
                stage: finding(EmotionStage::Calm, Vec::new()),
                intensity: Intensity::Mild,
                intensity_p: 0.8,
            },
            subjects: Vec::new(),
            nature: finding(Nature::Valid, Vec::new()),
            stance: derived(Stance::None),
            anger_type: derived(AngerType::None),
            behavior: derived(Behavior::Direct),
            causes: Vec::new(),
            risks: Vec::new(),
            temperament: derived(Temperament::Unknown),
            needs: Needs::default(),
            expectation: Expectation {
                expected: None,
                received: None,
                outcome: finding(Outcome::Below, Vec::new()),
                promises: Vec::new(),
            },
            entities: Vec::new(),
            doubts: Vec::new(),
        };
        Self {
            text: text.to_owned(),
            analysis,
        }
    }

    fn quotes(&self, words: &str) -> Vec<Quote> {
        let words = Some(words).filter(|words| !words.is_empty());
        words.map(|words| quote(&self.text, words)).into_iter().collect()
    }

    pub fn goal(mut self, value: Psychology, words: &str) -> Self {
        self.analysis.psychology.primary = finding(value, self.quotes(words));
        self
    }

    pub fn second(mut self, value: Psychology) -> Self {
        self.analysis.psychology.secondary = Some(value);
        self
    }

    pub fn feeling(mut self, stage: EmotionStage, intensity: Intensity, words: &str) -> Self {
        self.analysis.emotion.stage = finding(stage, self.quotes(words));
        self.analysis.emotion.intensity = intensity;
        self
    }

    pub fn subject(mut self, value: Subject, words: &str) -> Self {
        self.analysis.subjects.push(finding(value, self.quotes(words)));
        self
    }

    pub fn motive(mut self, value: Motive, words: &str) -> Self {
        self.analysis.motives.push(finding(value, self.quotes(words)));
        self
    }

    pub fn cause(mut self, value: Cause, words: &str) -> Self {
        self.analysis.causes.push(finding(value, self.quotes(words)));
        self
    }

    pub fn risk(mut self, value: Risk, words: &str) -> Self {
        self.analysis.risks.push(finding(value, self.quotes(words)));
        self
    }

    pub fn nature(mut self, value: Nature) -> Self {
        self.analysis.nature = finding(value, Vec::new());
        self
    }

    pub fn manner(mut self, stance: Stance, anger: AngerType) -> Self {
        self.analysis.stance.value = stance;
        self.analysis.anger_type.value = anger;
        self
    }

    pub fn temperament(mut self, value: Temperament) -> Self {
        self.analysis.temperament.value = value;
        self
    }

    pub fn public(mut self) -> Self {
        self.analysis.behavior.value = Behavior::Indirect;
        self
    }

    pub fn hidden(mut self) -> Self {
        self.analysis.behavior.value = Behavior::Hidden;
        self
    }

    pub fn no_complaint(mut self, goal: Psychology, nature: Nature) -> Self {
        self.analysis.complaint = finding(false, Vec::new());
        self.goal(goal, "").nature(nature)
    }

    pub fn entity(mut self, kind: EntityKind, words: &str) -> Self {
        let quote = quote(&self.text, words);
        self.analysis.entities.push(Entity {
            kind,
            quote,
            value: None,
            nuance: domain::Nuance::default(),
        });
        self
    }

    pub fn plan(&self) -> Plan {
        PLAYBOOK.plan(&self.analysis, &situation())
    }
}

/// A quiet situation: an agent answers a chat message of an unknown customer.
pub fn situation() -> Situation {
    Situation {
        now: Timestamp(1_790_000_000_000),
        channel: Channel::Chat,
        state: CaseState::Received,
        loyalty: Loyalty::Regular,
        severity: Severity::Moderate,
        customer_name: None,
        owner_name: Some("周敏".to_owned()),
        actor_role: Role::Agent,
        next_due: Some(domain::Bilingual::new("11月23日18:00", "18:00 on 23 November")),
        amount: None,
        product: None,
        order: None,
        place: None,
        earlier_complaints: 0,
        earlier_remedies: Vec::new(),
        stuck: false,
        changes_made: Vec::new(),
        broken_promise: false,
        approved_statement: None,
        use_temperament: true,
        dealings: domain::Dealings::default(),
    }
}

/// A situation with every fact known.
pub fn known_situation() -> Situation {
    Situation {
        customer_name: Some("陈女士".to_owned()),
        amount: Some(Money::yuan(299)),
        product: Some("K9 Lite".to_owned()),
        order: Some("DD20261120".to_owned()),
        place: Some("人民路店".to_owned()),
        ..situation()
    }
}

/// All moves of a plan.
pub fn moves_of(plan: &Plan) -> Vec<&str> {
    plan.steps
        .iter()
        .flat_map(|step| &step.moves)
        .map(String::as_str)
        .collect()
}

/// An embedded file as plain TOML, read apart from the code under test.
pub fn table(file: &str) -> toml::Table {
    let source = FILES
        .iter()
        .find(|source| source.file == file)
        .expect("an embedded file");
    source.text.parse().expect("valid TOML")
}

/// The pairs of the table of conflicts.
pub static CONFLICTS: LazyLock<Vec<[String; 2]>> = LazyLock::new(|| {
    let pairs = table("conflicts.toml")["pair"].as_array().expect("pairs").clone();
    let moves = |pair: &toml::Value| pair["moves"].clone().try_into().expect("two keys");
    pairs.iter().map(moves).collect()
});

/// What every don't forbids, by its Chinese text.
pub static FORBIDS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut forbids = HashMap::new();
    for source in FILES {
        let file: toml::Table = source.text.parse().expect("valid TOML");
        for key in ["entry", "topic"] {
            let entries = file
                .get(key)
                .and_then(toml::Value::as_array)
                .cloned()
                .unwrap_or_default();
            for dont in entries
                .iter()
                .filter_map(|entry| entry.get("dont")?.as_array())
                .flatten()
            {
                let text = dont["zh"].as_str().expect("a text").to_owned();
                forbids.insert(text, dont["forbids"].clone().try_into().expect("keys"));
            }
        }
    }
    forbids
});
