//! What a scenario says must be read, compared with what was read. `learn`, which tells what many cases show together,
//! is not compared.

use domain::{
    AgentAct, AgentTurn, Analysis, AngerType, Cause, EmotionStage, Evidenced, FacetValue, Finding, Intensity,
    Motive, Nature, Outcome, Psychology, Review, Risk, Stage, Stance, Subject, Vocabulary,
};
use serde_json::{Map, Value};

/// The keys of `expect` that are compared here; there must be no other one.
const COMPARED: &[&str] = &[
    "psy",
    "psy_alt",
    "nat",
    "sub",
    "motives",
    "risks",
    "cau",
    "emo",
    "emo_first",
    "emo_last",
    "int_min",
    "stn",
    "typ",
    "typ_alt",
    "behavior",
    "out",
    "acts",
    "stages_in_order",
    "esc",
];

/// The `expect` of one scenario.
pub struct Expected {
    keys: Map<String, Value>,
}

impl Expected {
    /// The expectations; a key nobody knows is a mistake in the file.
    pub fn of(scenario: &Value) -> Self {
        let keys = scenario["expect"]
            .as_object()
            .expect("expect is an object")
            .clone();
        for key in keys.keys() {
            let known = COMPARED.contains(&key.as_str());
            assert!(known, "{key} of expect is not compared");
        }
        Self { keys }
    }

    /// The values under a key and its `_alt`; a single value counts as a list of one.
    fn words(&self, key: &str) -> Vec<&str> {
        let alternative = format!("{key}_alt");
        let given = [key, &alternative]
            .into_iter()
            .filter_map(|key| self.keys.get(key));
        let words = given.flat_map(|value| match value {
            Value::Array(values) => values.iter().collect(),
            single => vec![single],
        });
        words
            .map(|word| word.as_str().expect("a key of a vocabulary"))
            .collect()
    }

    fn values<V: Vocabulary>(&self, key: &str) -> Vec<V> {
        let known = |word: &str| V::from_key(word).unwrap_or_else(|| panic!("{key}: no value {word}"));
        self.words(key).into_iter().map(known).collect()
    }

    /// One miss when something is expected and the value is none of it.
    fn one<V: Vocabulary>(&self, key: &str, read: V) -> Vec<String> {
        let accepted: Vec<V> = self.values(key);
        let missed = !accepted.is_empty() && !accepted.contains(&read);
        missed.then(|| key.to_owned()).into_iter().collect()
    }

    /// One miss for every expected value that was not found.
    fn each<V: Vocabulary + Evidenced>(&self, key: &str, found: &[Finding<V>]) -> Vec<String> {
        let wanted: Vec<V> = self.values(key);
        let missed = wanted
            .into_iter()
            .filter(|value| !found.iter().any(|finding| finding.value() == *value));
        missed.map(|value| format!("{key} {}", value.key())).collect()
    }

    /// What was not read in the whole text, without the risks.
    pub fn misses_in(&self, read: &Analysis) -> Vec<String> {
        let emotion = read.emotion.stage.value();
        let least = self
            .keys
            .get("int_min")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        let weak = (read.emotion.intensity.index() as u64) < least;
        let mut misses: Vec<String> = [
            self.one("psy", read.psychology.primary.value()),
            self.one("nat", read.nature.value()),
            self.one("emo", emotion),
            self.one("stn", read.stance.value),
            self.one("typ", read.anger_type.value),
            self.one("behavior", read.behavior.value),
            self.one("out", read.expectation.outcome.value()),
            self.each("sub", &read.subjects),
            self.each("motives", &read.motives),
            self.each("cau", &read.causes),
        ]
        .concat();
        let primary = read.subjects.first().map(|finding| finding.value().key());
        let subjects = self.words("sub");
        if !subjects.is_empty() && !primary.is_some_and(|primary| subjects.contains(&primary)) {
            misses.push("sub first".to_owned());
        }
        misses.extend(weak.then(|| "int_min".to_owned()));
        misses
    }

    /// Risks that none of the texts shows: what many buyers report is seen in many texts.
    pub fn risks_missed(&self, reads: &[&Analysis]) -> Vec<String> {
        let found: Vec<Finding<Risk>> = reads.iter().flat_map(|read| read.risks.clone()).collect();
        self.each("risks", &found)
    }

    /// What was not heard in the conversation: the feeling at both ends, what the agent did, the stages in their order,
    /// and whether the customer escalated.
    pub fn turns_missed(&self, heard: &Review) -> Vec<String> {
        let feelings: Vec<EmotionStage> = heard
            .turns
            .iter()
            .filter_map(|turn| Some(turn.customer()?.stage.value))
            .collect();
        let agents: Vec<&AgentTurn> = heard.turns.iter().filter_map(|turn| turn.agent()).collect();
        let mut misses = Vec::new();
        if let (Some(&first), Some(&last)) = (feelings.first(), feelings.last()) {
            misses.extend(self.one("emo_first", first));
            misses.extend(self.one("emo_last", last));
        }
        let acts: Vec<AgentAct> = self.values("acts");
        let unseen = acts
            .into_iter()
            .filter(|act| !agents.iter().any(|turn| turn.does(*act)));
        misses.extend(unseen.map(|act| format!("acts {}", act.key())));
        let mut stages = agents.iter().map(|turn| turn.stage.value);
        let in_order: Vec<Stage> = self.values("stages_in_order");
        let lost = in_order
            .into_iter()
            .find(|stage| !stages.any(|seen| seen == *stage));
        misses.extend(lost.map(|stage| format!("stages_in_order {}", stage.key())));
        let escalates = self.keys.get("esc").map(|esc| esc == 1);
        misses.extend(
            escalates
                .filter(|esc| *esc != heard.escalated_at.is_some())
                .map(|_| "esc".to_owned()),
        );
        misses
    }

    /// What a person who reads the text as the scenario says would put right: every value expected, beside those
    /// found that nothing is said of.
    pub fn corrections(&self, read: &Analysis) -> Vec<FacetValue> {
        let first = |key: &str| self.words(key).first().map(|word| (*word).to_owned());
        let mut corrections = vec![self.feeling(read)];
        corrections.extend(first("psy").and_then(|word| {
            let (before, after) = (read.psychology.primary.value(), Psychology::from_key(&word)?);
            let second = if before == after {
                read.psychology.secondary
            } else {
                Some(before)
            };
            Some(FacetValue::Psychology(after, second))
        }));
        corrections.extend(first("nat").and_then(|word| Nature::from_key(&word).map(FacetValue::Nature)));
        corrections.extend(first("stn").and_then(|word| Stance::from_key(&word).map(FacetValue::Stance)));
        corrections
            .extend(first("typ").and_then(|word| AngerType::from_key(&word).map(FacetValue::AngerType)));
        corrections
            .extend(first("out").and_then(|word| Outcome::from_key(&word).map(FacetValue::Expectation)));
        corrections.push(FacetValue::Subjects(self.with::<Subject>("sub", &read.subjects)));
        corrections.push(FacetValue::Motives(self.with::<Motive>("motives", &read.motives)));
        corrections.push(FacetValue::Causes(self.with::<Cause>("cau", &read.causes)));
        corrections.push(FacetValue::Risks(self.with::<Risk>("risks", &read.risks)));
        corrections
    }

    fn feeling(&self, read: &Analysis) -> FacetValue {
        let stages: Vec<EmotionStage> = [self.values("emo"), self.values("emo_first")].concat();
        let stage = stages
            .first()
            .copied()
            .unwrap_or_else(|| read.emotion.stage.value());
        let least = self
            .keys
            .get("int_min")
            .and_then(Value::as_u64)
            .unwrap_or_default() as usize;
        let intensity = Intensity::ALL[least.max(read.emotion.intensity.index())];
        FacetValue::Emotion(stage, intensity)
    }

    fn with<V: Vocabulary + Evidenced>(&self, key: &str, found: &[Finding<V>]) -> Vec<V> {
        match self.keys.contains_key(key) {
            true => self.values(key),
            false => found.iter().map(Finding::value).collect(),
        }
    }
}
