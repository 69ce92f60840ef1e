//! A conversation heard: facts of every turn, both layers, then everything that follows.

use domain::{
    AgentAct, AgentFault, AgentTurn, Conversation, CustomerTurn, EmotionStage, Heard, Intensity, Motive,
    Pace, Psychology, Review, Stage, TalkSignal, Turn, TurnReading, TurnReview, Vocabulary,
};

use crate::block::Block;
use crate::chances::chance;
use crate::engine::Engine;
use crate::model::LoadError;
use crate::talk::course::{SoFar, mean_strength, softmax};
use crate::talk::evidence::Quoted;
use crate::talk::facts::{Facts, Side};
use crate::talk::first::WIDEST;
use crate::talk::model::TalkModel;
use crate::talk::words::{TalkWords, class_of};
use crate::talk::{doubts, pace, promise, six, trajectory};

/// Most turns that are heard.
const MOST_TURNS: usize = 5_000;
/// Most bytes of a customer's words by which their aim is told.
const MOST_WORDS: usize = 1_800;
/// Signals that are an escalation by themselves.
const ESCALATES: [TalkSignal; 4] = [
    TalkSignal::Superior,
    TalkSignal::Regulator,
    TalkSignal::Legal,
    TalkSignal::Exposure,
];

/// What hearing needs beside the engine's own models.
pub(crate) struct Ears {
    pub(crate) model: TalkModel,
    pub(crate) words: TalkWords,
}

impl Ears {
    pub(crate) fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        Ok(Self {
            model: TalkModel::from_bytes(bytes)?,
            words: TalkWords::load(),
        })
    }
}

/// Hears a conversation: as one that is over, or as one that goes on.
pub(crate) fn hear(engine: &Engine, conversation: &Conversation, over: bool) -> Review {
    let cut = conversation.turns.len() > MOST_TURNS;
    let turns = &conversation.turns[..conversation.turns.len().min(MOST_TURNS)];
    let ears = &engine.ears;
    let facts: Vec<Facts> = turns
        .iter()
        .map(|turn| Facts::of(turn, &engine.models, &engine.cues, &ears.words))
        .collect();
    let spoken = conversation.channel == domain::Channel::Phone;
    let (track, places) = ears.model.track(&facts, spoken);
    let score = |way: usize| -> Vec<[f32; WIDEST]> {
        let inputs = track.inputs(way == 1);
        let sides = track.turns.iter().map(|turn| turn.side);
        sides
            .zip(&inputs)
            .map(|(side, inputs)| ears.model.second[side as usize][way].score(inputs))
            .collect()
    };
    let live = score(0);
    let shown = if over { score(1) } else { live.clone() };
    let mut heard = Hearing {
        engine,
        turns,
        facts: &facts,
        way: usize::from(over),
        aim: Aim::new(),
    };
    let escalation = heard.escalation(&places, &live);
    let paces = pace::pace(conversation);
    let mut reviews: Vec<TurnReview> = (0..turns.len())
        .map(|place| TurnReview {
            reading: TurnReading::Other,
            escalation: escalation[place],
            pace: paces.get(place).copied().unwrap_or(Pace::default()),
        })
        .collect();
    for (&place, scores) in places.iter().zip(&shown) {
        reviews[place].reading = heard.read(place, scores);
    }
    let worth = heard.worth(&places, &shown);
    let trajectory = trajectory::trajectory(&reviews);
    let promises = reviews
        .iter()
        .enumerate()
        .filter_map(|(place, turn)| Some((place, turn.agent()?)));
    let promises = promises
        .flat_map(|(place, turn)| promise::promises(place, &turns[place].text, turn, turns[place].at));
    Review {
        engine: format!("{} + {}", engine.version, ears.model.name),
        escalation: escalation.last().copied().unwrap_or(0.0),
        escalated_at: escalated_at(&reviews),
        psychology: heard.aim.psychology,
        demands: heard.aim.demands.clone(),
        score: worth,
        six_c: six::six_c(&reviews, heard.aim.psychology.0, trajectory.course),
        promises: promises.collect(),
        doubts: doubts::doubts(conversation, &facts, cut),
        trajectory,
        turns: reviews,
    }
}

/// The first turn in which the customer escalates by words or breaks off.
fn escalated_at(turns: &[TurnReview]) -> Option<usize> {
    turns.iter().position(|turn| {
        turn.customer().is_some_and(|customer| {
            let says = |signal: TalkSignal| customer.signals.iter().any(|heard| heard.value == signal);
            let upset = customer.strength >= 1.0;
            (upset && ESCALATES.into_iter().any(says))
                || (customer.stage.value == EmotionStage::Despair && says(TalkSignal::Leave))
        })
    })
}

/// What the customer is after as far as their words have shown it.
struct Aim {
    words: String,
    psychology: (Psychology, f32),
    demands: Vec<(Motive, f32)>,
}

impl Aim {
    fn new() -> Self {
        Self {
            words: String::new(),
            psychology: (Psychology::None, 0.0),
            demands: Vec::new(),
        }
    }

    fn hear(&mut self, engine: &Engine, said: &str) {
        if self.words.len() + said.len() < MOST_WORDS {
            self.words.push_str(said);
            self.words.push('\n');
        } else if !self.words.is_empty() {
            return;
        } else {
            let end = said
                .char_indices()
                .map(|(byte, _)| byte)
                .take_while(|byte| *byte < MOST_WORDS)
                .last();
            self.words.push_str(&said[..end.unwrap_or(0)]);
        }
        let reading = text::read(&self.words);
        let scored = engine.models.score(&reading, &engine.cues);
        let decision = engine.decide(&scored);
        let honesty = &scored.model.honesty;
        let chances = honesty.chances(&scored.scores, &decision, scored.own);
        let aim = decision.of(Block::Psychology) as usize;
        self.psychology = (Psychology::ALL[aim], chances.at(Block::Psychology.offset() + aim));
        let named = decision.of(Block::Motives);
        let demands = Motive::ALL
            .iter()
            .filter(|motive| named >> motive.index() & 1 == 1);
        self.demands = demands
            .map(|&motive| (motive, chances.at(Block::Motives.offset() + motive.index())))
            .collect();
        self.demands.sort_by(|a, b| b.1.total_cmp(&a.1));
    }
}

struct Hearing<'h> {
    engine: &'h Engine,
    turns: &'h [Turn],
    facts: &'h [Facts],
    way: usize,
    aim: Aim,
}

impl Hearing<'_> {
    /// The probability of escalation after every turn, from what came before alone.
    fn escalation(&self, places: &[usize], live: &[[f32; WIDEST]]) -> Vec<f32> {
        let mut after = vec![0f32; self.turns.len()];
        let mut so_far = SoFar::new();
        let mut read = places.iter().zip(live).peekable();
        let mut last = 0.0;
        for (place, p) in after.iter_mut().enumerate() {
            if let Some((_, scores)) = read.next_if(|(at, _)| **at == place)
                && let Some(side) = self.facts[place].side
            {
                so_far.hear(side, &self.facts[place], scores);
                last = self.engine.ears.model.course.escalation_of(&so_far.numbers());
            }
            *p = last;
        }
        after
    }

    fn worth(&self, places: &[usize], shown: &[[f32; WIDEST]]) -> f32 {
        let mut so_far = SoFar::new();
        for (&place, scores) in places.iter().zip(shown) {
            if let Some(side) = self.facts[place].side {
                so_far.hear(side, &self.facts[place], scores);
            }
        }
        self.engine.ears.model.course.worth_of(&so_far.numbers())
    }

    fn read(&mut self, place: usize, scores: &[f32; WIDEST]) -> TurnReading {
        match self.facts[place].side {
            Some(Side::Customer) => TurnReading::Customer(self.read_customer(place, scores)),
            Some(Side::Agent) => TurnReading::Agent(self.read_agent(place, scores)),
            None => TurnReading::Other,
        }
    }

    fn read_customer(&mut self, place: usize, scores: &[f32; WIDEST]) -> CustomerTurn {
        let said = &self.turns[place].text;
        self.aim.hear(self.engine, said);
        let stages: [f32; 4] = softmax(&scores[..4]);
        let strengths: [f32; 4] = softmax(&scores[4..8]);
        let (stage, strength) = (best(&stages), best(&strengths));
        let quoted = Quoted::of(said);
        let table = &self.engine.ears.model.first[Side::Customer as usize];
        let quote = |output: usize| quoted.clause_for(table, output);
        CustomerTurn {
            stage: Heard {
                value: EmotionStage::ALL[stage],
                p: stages[stage],
                quote: (stage > 0).then(|| quote(stage)).flatten(),
            },
            intensity: Heard {
                value: Intensity::ALL[strength],
                p: strengths[strength],
                quote: None,
            },
            strength: mean_strength(&strengths),
            stages,
            psychology: self.aim.psychology,
            demands: self.aim.demands.clone(),
            signals: self.signals(&quoted),
        }
    }

    fn signals(&self, quoted: &Quoted<'_>) -> Vec<Heard<TalkSignal>> {
        let normalized = quoted.reading().normalized();
        let found = self.engine.ears.words.meant(normalized);
        let signal = |&value: &TalkSignal| {
            let hit = found.iter().find(|hit| hit.classes >> class_of(value) & 1 == 1)?;
            Some(Heard {
                value,
                p: 1.0,
                quote: quoted.reading().quote(hit.start..hit.end),
            })
        };
        TalkSignal::ALL.iter().filter_map(signal).collect()
    }

    fn read_agent(&self, place: usize, scores: &[f32; WIDEST]) -> AgentTurn {
        let model = &self.engine.ears.model;
        let (table, second) = (
            &model.first[Side::Agent as usize],
            &model.second[Side::Agent as usize][self.way],
        );
        let quoted = Quoted::of(&self.turns[place].text);
        let over = |output: usize| scores[output] > second.thresholds[output];
        let p = |output: usize| chance(scores[output]);
        let mut acts: Vec<Heard<AgentAct>> = Vec::new();
        for &value in AgentAct::ALL.iter().filter(|act| over(act.index())) {
            let output = value.index();
            acts.push(Heard {
                value,
                p: p(output),
                quote: quoted.clause_for(table, output),
            });
        }
        let mut faults: Vec<Heard<AgentFault>> = Vec::new();
        for &value in AgentFault::ALL.iter().filter(|fault| over(11 + fault.index())) {
            let output = 11 + value.index();
            faults.push(Heard {
                value,
                p: p(output),
                quote: quoted.clause_for(table, output),
            });
        }
        acts.sort_by(|a, b| b.p.total_cmp(&a.p));
        faults.sort_by(|a, b| b.p.total_cmp(&a.p));
        let flow: [f32; 6] = softmax(&scores[22..28]);
        let stage = best(&flow);
        let values: Vec<AgentAct> = acts.iter().map(|act| act.value).collect();
        AgentTurn {
            six_c: six::served(&values, Stage::ALL[stage]),
            stage: Heard {
                value: Stage::ALL[stage],
                p: flow[stage],
                quote: None,
            },
            acts,
            faults,
        }
    }
}

fn best(shares: &[f32]) -> usize {
    let mut best = 0;
    for (index, share) in shares.iter().enumerate() {
        if *share > shares[best] {
            best = index;
        }
    }
    best
}
