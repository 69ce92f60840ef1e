//! The rubric that comes with the product, asked of the project's own conversations.

use analysis::{Engine, LabeledTalk, TurnLabel, read_labeled_talks};
use domain::{AgentFault, Vocabulary};
use tingsu_app::quality::{default_rubric, inspect};

const TALKS: [&str; 4] = [
    include_str!("../../../../corpus/dialogues/train.jsonl"),
    include_str!("../../../../corpus/dialogues/more-a.jsonl"),
    include_str!("../../../../corpus/dialogues/more-b.jsonl"),
    include_str!("../../../../corpus/dialogues/more-c.jsonl"),
];

fn is_harsh(talk: &LabeledTalk, place: usize) -> bool {
    let harsh = [AgentFault::Provoke, AgentFault::Argue, AgentFault::Cold];
    match talk.labels[place] {
        TurnLabel::Agent(_, faults, _) => harsh.iter().any(|fault| faults >> fault.index() & 1 == 1),
        _ => false,
    }
}

#[test]
fn no_agent_fails_for_an_insult_that_a_reader_did_not_hear() {
    let engine = Engine::default_model();
    let rubric = default_rubric();
    let mut asked = 0;
    for talk in TALKS.iter().flat_map(|lines| read_labeled_talks(lines).0) {
        let review = engine.listen(&talk.conversation);
        let card = inspect(&talk.conversation, &review, &rubric);
        for deduction in card
            .deductions
            .iter()
            .filter(|deduction| deduction.rule == "abuse")
        {
            for proof in &deduction.proofs {
                let words = &talk.conversation.turns[proof.turn].text;
                assert!(is_harsh(&talk, proof.turn), "{}: {words}", talk.conversation.id);
            }
        }
        asked += 1;
    }
    assert!(asked > 500, "{asked} conversations");
}
