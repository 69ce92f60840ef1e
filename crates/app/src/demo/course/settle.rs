//! From facts to a remedy that was carried out: verification, investigation, proposals, agreement.

use domain::{Command, Currency, Money, Remedy, RemedyOffer, Risk, Role, Subject};

use super::Course;

impl Course<'_> {
    /// Everything from the confirmed facets to the closed case.
    pub(super) fn settle(&mut self) -> Option<()> {
        if self.dice.chance(0.03) {
            // Left lying for weeks: this is what clocks are for.
            self.work(5_000.0, 0.4);
        }
        if !self.is_valid() {
            self.pass(240.0, 0.8)?;
            return self.close_with_words();
        }
        let stands = self.dice.chance(0.88);
        self.check_facts(stands)?;
        if !stands {
            return self.end_without_fault();
        }
        self.agree_on_remedy()?;
        if self.in_state(domain::CaseState::Closed) {
            return Some(());
        }
        self.pass(260.0, 0.8)?;
        self.act(Command::Remedy { note: None })?;
        self.pass(110.0, 0.7)?;
        let checker = self.somebody(Role::Specialist);
        self.act_as(&checker, Command::Verify { note: None })?;
        self.close_by_verdict()
    }

    fn check_facts(&mut self, stands: bool) -> Option<()> {
        if self.grave() || self.dice.chance(0.25) {
            let question = Some(self.phrase(|words| &words.question));
            self.act(Command::StartInvestigation { question })?;
            self.pass(520.0, 0.6)?;
        }
        self.pass(150.0, 0.8)?;
        let reason = match stands {
            true => self.phrase(|words| &words.valid_reason),
            false => self.phrase(|words| &words.invalid_reason),
        };
        let specialist = self.somebody(Role::Specialist);
        self.act_as(
            &specialist,
            Command::VerifyValidity {
                valid: stands,
                reason,
            },
        )
    }

    /// No failing was found: turned down by rule, or explained and closed.
    fn end_without_fault(&mut self) -> Option<()> {
        self.pass(200.0, 0.7)?;
        if !self.dice.chance(0.45) {
            return self.close_with_words();
        }
        let row = self.dice.pick(&self.stage.words.refuse);
        let command = Command::Refuse {
            reason: row.reason.clone(),
            rule: row.rule.clone(),
        };
        let actor = match self.story.case().analysis.has_risk(Risk::Safety) {
            true => self.somebody(Role::Supervisor),
            false => self.owner.clone(),
        };
        self.act_as(&actor, command)?;
        None
    }

    /// Proposes until the customer agrees; a few never do, and the case is closed with their verdict.
    fn agree_on_remedy(&mut self) -> Option<()> {
        self.pass(180.0, 0.8)?;
        self.propose()?;
        let answer = self.dice.weighted(&[0.84, 0.11, 0.05]);
        self.shift(1_000.0, 0.8);
        if answer > 0 {
            if self.dice.chance(0.5) {
                self.change_something()?;
            }
            self.pass(240.0, 0.6)?;
            self.propose()?;
            self.shift(900.0, 0.8);
        }
        match answer {
            2 => self.close_by_verdict(),
            _ => self.act(Command::Agree),
        }
    }

    fn propose(&mut self) -> Option<()> {
        let offers = self.offers();
        let names: Vec<&str> = offers
            .iter()
            .map(|offer| domain::Vocabulary::entry(offer.remedy).zh)
            .collect();
        let summary = names.join("、");
        let core_position = self
            .dice
            .chance(0.85)
            .then(|| self.phrase(|words| &words.core_position));
        self.act(Command::Propose {
            offers,
            summary,
            core_position,
        })?;
        if self
            .story
            .case()
            .proposal
            .as_ref()
            .is_some_and(|proposal| proposal.needs_approval)
        {
            self.pass(150.0, 0.8)?;
            let supervisor = self.somebody(Role::Supervisor);
            self.act_as(&supervisor, Command::Approve { reason: None })?;
        }
        Some(())
    }

    /// What is offered follows from the subject and the sum at stake alone.
    fn offers(&mut self) -> Vec<RemedyOffer> {
        let subject = self
            .story
            .case()
            .analysis
            .subjects
            .first()
            .map(|finding| finding.value());
        let full = self.sum_at_stake();
        let share = |percent: i64| Some(Money::fen((full.minor * percent / 100).max(100)));
        let offer = |remedy, amount| RemedyOffer { remedy, amount };
        let first = match (subject, self.dice.below(3)) {
            (Some(Subject::Product), 0) => offer(Remedy::Replacement, None),
            (Some(Subject::Product), 1) => offer(Remedy::Repair, None),
            (Some(Subject::Product), _) => offer(Remedy::Refund, Some(full)),
            (Some(Subject::Attitude), 0) => offer(Remedy::StaffAction, None),
            (Some(Subject::Attitude), _) => offer(Remedy::FormalApology, None),
            (Some(Subject::Policy), 0) => offer(Remedy::Explanation, None),
            (Some(Subject::Policy), _) => offer(Remedy::FeeWaiver, share(100)),
            (Some(Subject::Incident), _) => offer(Remedy::Compensation, share(60)),
            (_, 0) => offer(Remedy::Coupon, Some(Money::yuan(self.dice.between(1, 5) * 10))),
            (_, 1) => offer(Remedy::PartialRefund, share(30)),
            _ => offer(Remedy::SameService, None),
        };
        let second = match self.dice.below(3) {
            0 if first.remedy != Remedy::FormalApology => Some(offer(Remedy::Apology, None)),
            1 => Some(offer(Remedy::Correction, None)),
            _ => None,
        };
        [first].into_iter().chain(second).collect()
    }

    /// The amount the text names, when it is plausible, or a price of the line; at most what a supervisor may approve.
    fn sum_at_stake(&mut self) -> Money {
        let named = self.story.case().analysis.largest_amount();
        let plausible =
            |money: &Money| money.currency == Currency::CNY && (500..=1_500_000).contains(&money.minor);
        let [least, most] = self.sketch.price;
        let price = Money::yuan(self.dice.between(least, most.min(least.saturating_mul(8))));
        named.filter(plausible).unwrap_or(price)
    }
}
