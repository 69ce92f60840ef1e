//! Conversations of the demo: forty from the project's own corpus, spread over the last weeks, inspected like any other.

use domain::{Timestamp, Turn};
use store::StoredTalk;

use crate::{App, AppError};

/// The conversations, written for this project.
const TALKS: &str = include_str!("../../../../corpus/dialogues/more-b.jsonl");
/// How many are told.
pub const COUNT: usize = 40;
/// From one to the next, in milliseconds.
const APART_MS: i64 = 11 * 3_600_000;
/// From turn to turn, in milliseconds.
const TURN_MS: i64 = 40_000;

impl App {
    /// Stores the demo's conversations.
    pub(super) async fn store_talks(&self, at: Timestamp, agents: &[String]) -> Result<usize, AppError> {
        let (talks, _) = analysis::read_labeled_talks(TALKS);
        let mut stored = 0;
        for (index, talk) in talks.into_iter().take(COUNT).enumerate() {
            let mut conversation = talk.conversation;
            conversation.agent = conversation.agent.map(|agent| played_by(&agent, agents));
            let started_at = at.plus_ms(-APART_MS * (index as i64 + 1));
            for (place, turn) in conversation.turns.iter_mut().enumerate() {
                let said_at = started_at.plus_ms(TURN_MS * place as i64);
                *turn = Turn {
                    at: Some(said_at),
                    ..turn.clone()
                };
            }
            let talk = StoredTalk {
                conversation,
                version: 1,
                demo: true,
                started_at,
                updated_at: started_at,
            };
            stored += usize::from(self.store().put_talk(&talk, 0).await?);
        }
        Ok(stored)
    }
}

/// The member of the staff who plays an agent of the corpus, always the same one, so that habits show.
fn played_by(agent: &str, staff: &[String]) -> String {
    let number: usize = agent.trim_start_matches('A').parse().unwrap_or(0);
    let member = staff.get(number % staff.len().max(1));
    member.cloned().unwrap_or_else(|| agent.to_owned())
}
