//! Messages against an approved statement or an earlier word, on pairs written for it: one half was looked at while the
//! words were chosen, the other only counted.

use domain::{Bilingual, Channel, Complaint, Entity, Role, Situation, Timestamp};
use playbook::Playbook;
use serde_json::Value;
use tingsu_app::situation_of_text;

const PAIRS: &str = include_str!("../../../../corpus/contradictions.jsonl");
const TALKS: [&str; 4] = [
    include_str!("../../../../corpus/dialogues/train.jsonl"),
    include_str!("../../../../corpus/dialogues/more-a.jsonl"),
    include_str!("../../../../corpus/dialogues/more-b.jsonl"),
    include_str!("../../../../corpus/dialogues/more-c.jsonl"),
];
/// Wednesday 25 November 2026, 10:00 in Beijing.
const NOW: Timestamp = Timestamp(1_795_572_000_000);

/// What was found, in pairs of texts and what is meant.
#[derive(Debug, Default)]
struct Counts {
    right: f64,
    alarms: f64,
    missed: f64,
}

impl Counts {
    fn precision(&self) -> f64 {
        self.right / (self.right + self.alarms)
    }

    fn recall(&self) -> f64 {
        self.right / (self.right + self.missed)
    }
}

fn read(text: &str) -> Vec<Entity> {
    text::entities(&text::read(text), Some(NOW))
}

fn situation(kind: &str, before: &[String]) -> Situation {
    let mut situation = situation_of_text(&Complaint::new("", Channel::Chat), Role::Admin, NOW);
    if kind == "statement" {
        situation.approved_statement = Some(Bilingual::new(&before[0], &before[0]));
        situation.dealings.statement_particulars = read(&before[0]);
    } else {
        situation.dealings.said = before.to_vec();
        situation.dealings.said_particulars = before.iter().map(|text| read(text)).collect();
    }
    situation
}

fn is_stopped(playbook: &Playbook, message: &str, situation: &Situation) -> bool {
    let findings = playbook.check_outgoing(message, situation, &read(message));
    findings
        .iter()
        .any(|finding| finding.rule.starts_with("contradicts_"))
}

fn counts(half: &str) -> Counts {
    let playbook = Playbook::load_default();
    let mut counts = Counts::default();
    for line in PAIRS.lines() {
        let pair: Value = serde_json::from_str(line).expect("a line of JSON");
        let words = |key: &str| pair[key].as_str().expect("a text").to_owned();
        if words("half") != half {
            continue;
        }
        let situation = situation(&words("kind"), &[words("before")]);
        let stopped = is_stopped(&playbook, &words("message"), &situation);
        match (pair["contradicts"] == true, stopped) {
            (true, true) => counts.right += 1.0,
            (false, true) => counts.alarms += 1.0,
            (true, false) => counts.missed += 1.0,
            (false, false) => {}
        }
    }
    counts
}

#[test]
fn most_of_what_turns_a_word_round_is_stopped_and_little_else() {
    // Floors of what was measured; a change that reads worse fails.
    for (half, precision, recall) in [("dev", 0.95, 0.95), ("held", 0.9, 0.65)] {
        let counts = counts(half);
        println!(
            "{half}: {counts:?}, precision {:.3}, recall {:.3}",
            counts.precision(),
            counts.recall()
        );
        assert!(counts.precision() >= precision, "{half}: {counts:?}");
        assert!(counts.recall() >= recall, "{half}: {counts:?}");
    }
}

#[test]
fn agents_who_keep_to_their_word_are_seldom_stopped() {
    let playbook = Playbook::load_default();
    let (mut turns, mut stopped) = (0, 0);
    for line in TALKS.iter().flat_map(|talks| talks.lines()) {
        let talk: Value = serde_json::from_str(line).expect("a line of JSON");
        let mut said: Vec<String> = Vec::new();
        for turn in talk["turns"].as_array().expect("turns") {
            if turn["role"] != "agent" {
                continue;
            }
            let text = turn["text"].as_str().expect("a text").to_owned();
            let labels = turn["faults"].to_string();
            if !said.is_empty() && !labels.contains("inconsistent") {
                turns += 1;
                stopped += usize::from(is_stopped(&playbook, &text, &situation("earlier", &said)));
            }
            said.push(text);
        }
    }
    println!("{stopped} of {turns} turns stopped");
    assert!(turns > 3_000, "{turns}");
    assert!(
        stopped * 1_000 <= turns * 12,
        "{stopped} of {turns} turns stopped"
    );
}
