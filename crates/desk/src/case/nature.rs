//! A communicative complaint that is handled badly turns valid (A6), and the case keeps that history.

use domain::{
    Bilingual, Case, DeadlineKind, DeadlineState, EventKind, Evidence, Finding, Nature, PromiseState, Tier,
};

use super::draft::Draft;

/// Turns the nature of a case that was handled badly, once.
pub(super) fn turn_nature(draft: &mut Draft<'_>) {
    let from = draft.case.analysis.nature.value();
    let communicative = matches!(from, Nature::Help | Nature::Inquiry | Nature::Vent);
    // A person who looked and found no failing has the last word.
    if !communicative || draft.case.state.is_final() || draft.case.valid == Some(false) {
        return;
    }
    let Some(because) = handled_badly(&draft.case) else {
        return;
    };
    draft.push(EventKind::NatureTurned { from, because });
    draft.grade();
    draft.tighten();
}

fn handled_badly(case: &Case) -> Option<Bilingual> {
    let late = |kind| {
        let clock = case.deadlines.iter().find(|clock| clock.kind == kind);
        clock.is_some_and(|clock| clock.state == DeadlineState::Breached)
    };
    let ours = |promise: &&domain::Promise| promise.quote.is_none() && promise.state == PromiseState::Broken;
    if late(DeadlineKind::FirstResponse) {
        return Some(Bilingual::new(
            "首次响应超时，沟通性投诉转为有效投诉",
            "The first answer came too late: the communicative complaint counts as valid.",
        ));
    }
    if let Some(promise) = case.promises.iter().find(ours) {
        return Some(Bilingual::new(
            format!("承诺“{}”没有兑现，沟通性投诉转为有效投诉", promise.what),
            format!(
                "The promise “{}” was broken: the communicative complaint counts as valid.",
                promise.what
            ),
        ));
    }
    (case.reopened > 0).then(|| {
        Bilingual::new(
            "结案后客户再次投诉，沟通性投诉转为有效投诉",
            "The customer came back after closing: the communicative complaint counts as valid.",
        )
    })
}

/// The nature after it turned: it rests on the words that carried the nature before.
pub(super) fn valid_after(before: &Finding<Nature>) -> Finding<Nature> {
    match Evidence::of(before.quotes().to_vec()) {
        Some(evidence) => Finding::found(Nature::Valid, 1.0, evidence, Tier::Rules),
        // No words of the customer say so; what happened at the desk does, and the event tells it.
        None => Finding::by_rule(Nature::Valid),
    }
}
