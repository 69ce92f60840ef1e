//! The seven labels that inspection products give a customer's part, told from what was heard.

use domain::{Conversation, CustomerLabel, EmotionStage, Review, TalkSignal};

/// Each label once, with the first turn that shows it.
pub(super) fn labels_of(conversation: &Conversation, review: &Review) -> Vec<(CustomerLabel, usize)> {
    let mut labels: Vec<(CustomerLabel, usize)> = Vec::new();
    for (place, turn) in review.turns.iter().enumerate() {
        let Some(customer) = turn.customer() else { continue };
        let says = |signal: TalkSignal| customer.signals.iter().any(|heard| heard.value == signal);
        let upset = customer.stage.value != EmotionStage::Calm;
        let shown = [
            (
                CustomerLabel::Complains,
                conversation.turns[place].text.contains("投诉"),
            ),
            (
                CustomerLabel::Escalates,
                upset
                    && (says(TalkSignal::Superior) || says(TalkSignal::Regulator) || says(TalkSignal::Legal)),
            ),
            (CustomerLabel::Questions, upset && says(TalkSignal::Question)),
            (CustomerLabel::Publicizes, upset && says(TalkSignal::Exposure)),
            (CustomerLabel::Praises, !upset && says(TalkSignal::Praise)),
            (
                CustomerLabel::Abuses,
                customer.stage.value == EmotionStage::Angry && says(TalkSignal::Abuse),
            ),
            (
                CustomerLabel::Rages,
                customer.stage.value == EmotionStage::Angry && customer.strength >= 1.3,
            ),
        ];
        for (label, holds) in shown {
            if holds && !labels.iter().any(|(known, _)| *known == label) {
                labels.push((label, place));
            }
        }
    }
    labels
}
