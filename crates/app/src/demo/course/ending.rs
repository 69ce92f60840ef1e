//! Closing with the customer's verdict, following up, opening again.

use domain::{CaseState, Command, DeadlineKind, DeadlineState, Outcome, Party, Psychology, Role};

use super::{Course, HOUR_MS};

impl Course<'_> {
    /// A complaint without a failing is closed with an explanation or with thanks.
    pub(super) fn close_with_words(&mut self) -> Option<()> {
        let suggestion = self.story.case().analysis.psychology.primary.value() == Psychology::Exchange;
        let text = match suggestion {
            true => self.phrase(|words| &words.thanks),
            false => self.phrase(|words| &words.explain),
        };
        self.act(Command::SendMessage { text, overrule: None })?;
        self.close_by_verdict()
    }

    pub(super) fn close_by_verdict(&mut self) -> Option<()> {
        self.pass(130.0, 0.8)?;
        self.tell_the_others()?;
        let agreed = !self.in_state(CaseState::Proposed);
        let outcome = self.verdict(agreed);
        let attempts = (outcome == Outcome::Unknown).then(|| self.phrase(|words| &words.attempts));
        let received = match outcome {
            Outcome::Below => self.phrase(|words| &words.received_below),
            Outcome::Above => self.phrase(|words| &words.received_above),
            _ => self.phrase(|words| &words.received_met),
        };
        let csat = self.csat(outcome);
        let expected = self.phrase(|words| &words.expected);
        self.act(Command::Close {
            expected,
            received,
            outcome,
            csat,
            attempts,
        })
    }

    /// Whoever else has to know is told before the case is closed; now and then somebody forgets. No chance is drawn, so
    /// that the rest of the demonstration goes as it did before anybody was told.
    fn tell_the_others(&mut self) -> Option<()> {
        let case = self.story.case();
        let telling = desk::Telling {
            told: desk::told(self.story.events()),
            ..desk::Telling::default()
        };
        let lot: usize = case.number.bytes().map(usize::from).sum();
        let who = case.matter.team.clone().unwrap_or_else(|| "运营部".to_owned());
        let waits = desk::informed(case, &telling).into_iter().filter(|one| {
            one.needed && !one.done && matches!(one.party, Party::Supervisor | Party::Department)
        });
        let waits: Vec<Party> = waits.map(|one| one.party).collect();
        let texts = &self.stage.words.inform;
        let text = texts[lot % texts.len()].clone();
        for party in waits.into_iter().filter(|_| !lot.is_multiple_of(9)) {
            self.act(Command::Inform {
                party,
                who: Some(who.clone()).filter(|_| party == Party::Department),
                text: text.clone(),
            })?;
        }
        Some(())
    }

    /// What was late or not agreed pleases less; some customers cannot be reached.
    fn verdict(&mut self, agreed: bool) -> Outcome {
        let late =
            self.story.case().deadlines.iter().any(|clock| {
                clock.kind == DeadlineKind::Resolution && clock.state == DeadlineState::Breached
            });
        let weights = match (agreed, late) {
            (false, _) => [0.85, 0.05, 0.0, 0.1],
            (true, true) => [0.42, 0.43, 0.05, 0.1],
            (true, false) => [0.12, 0.61, 0.2, 0.07],
        };
        [Outcome::Below, Outcome::Met, Outcome::Above, Outcome::Unknown][self.dice.weighted(&weights)]
    }

    fn csat(&mut self, outcome: Outcome) -> Option<u8> {
        let marks: [f64; 5] = match outcome {
            Outcome::Below => [0.35, 0.4, 0.2, 0.05, 0.0],
            Outcome::Met => [0.0, 0.03, 0.17, 0.5, 0.3],
            Outcome::Above => [0.0, 0.0, 0.02, 0.2, 0.78],
            Outcome::Unknown => return None,
        };
        let mark = self.dice.weighted(&marks) as u8 + 1;
        self.dice.chance(0.62).then_some(mark)
    }

    /// Follow-up, and for a few a second round.
    pub(super) fn after_closing(&mut self) -> Option<()> {
        if self.dice.chance(0.03) {
            self.now = self.now.plus_ms(self.dice.between(20, 140) * HOUR_MS);
            return self.second_round();
        }
        if self.dice.chance(0.025) {
            return None;
        }
        self.work(720.0, 0.35);
        let unhappy = self
            .story
            .case()
            .closure
            .as_ref()
            .is_some_and(|closure| closure.outcome == Outcome::Below);
        let note = match unhappy && self.dice.chance(0.6) {
            true => self.phrase(|words| &words.follow_unhappy),
            false => self.phrase(|words| &words.follow_note),
        };
        let by = match self.dice.chance(0.3) {
            true => self.somebody(Role::Quality),
            false => self.owner.clone(),
        };
        let satisfied = Some(!unhappy);
        self.act_as(&by, Command::FollowUp { note, satisfied })
    }

    /// Opened again, with another person, place or time, and settled once more.
    fn second_round(&mut self) -> Option<()> {
        let reason = self.phrase(|words| &words.reopen_reason);
        self.act(Command::Reopen { reason })?;
        self.work(60.0, 0.5);
        self.change_something()?;
        self.settle()
    }
}
