//! How a case goes: who does what when, drawn by chance from the facts of the case, never from labels on the person.

mod ending;
mod settle;

use desk::{NewCase, Rules};
use domain::{
    Actor, Analysis, CaseState, Channel, Command, Complaint, DeadlineKind, FacetValue, Nature, Psychology,
    Risk, Role, Severity, ThreeChange, Timestamp, Vocabulary,
};

use super::{
    data::{Outbreak, Words},
    dice::Dice,
    people::Member,
    sketch::{Part, Sketch},
    story::{Story, Told},
    volume::midnight,
};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// The last days, in which work has piled up.
const RECENT_MS: i64 = 60 * HOUR_MS;
/// How old a case is whose first answer is about to be late.
const PRESSING_MS: std::ops::Range<i64> = 18 * HOUR_MS + HOUR_MS / 2..23 * HOUR_MS + HOUR_MS / 2;

/// What reads texts; the engine.
pub trait Reader: Sync {
    /// What one complaint says.
    fn read(&self, complaint: &Complaint) -> Analysis;
    /// The reading after a person's corrections.
    fn correct(&self, analysis: &Analysis, text: &str, corrections: &[FacetValue]) -> Analysis;
}

/// What every course needs.
pub(crate) struct Stage<'s> {
    pub(crate) reader: &'s dyn Reader,
    pub(crate) rules: &'s Rules,
    pub(crate) words: &'s Words,
    pub(crate) outbreak: &'s Outbreak,
    pub(crate) staff: &'s [Member],
    pub(crate) until: Timestamp,
}

/// One case under way.
struct Course<'s> {
    stage: &'s Stage<'s>,
    story: Story<'s>,
    dice: Dice,
    now: Timestamp,
    owner: Actor,
    sketch: Sketch,
    linked: bool,
}

/// Tells a case from its sketch up to the end of the stage. `customer` is the customer's identity.
pub(crate) fn tell(
    stage: &Stage<'_>,
    sketch: Sketch,
    number: String,
    title: String,
    customer: Option<domain::CustomerId>,
) -> Told {
    let mut complaint = Complaint::new(sketch.text.clone(), sketch.channel);
    complaint.received_at = Some(sketch.opened_at);
    complaint.matter = sketch.matter.clone();
    let new = NewCase {
        id: sketch.id.clone(),
        number,
        title,
        analysis: stage.reader.read(&complaint),
        complaint,
        customer,
        packs: Vec::new(),
        demo: true,
    };
    let mut dice = sketch.dice.clone();
    let agents: Vec<&Member> = stage
        .staff
        .iter()
        .filter(|member| member.role == Role::Agent)
        .collect();
    let taken_by = match sketch.channel {
        Channel::Phone | Channel::Store | Channel::Letter => dice.pick(&agents).actor(),
        _ => Actor::System,
    };
    let mut course = Course {
        stage,
        now: sketch.opened_at,
        story: Story::open(new, &taken_by, sketch.opened_at, stage.rules, stage.until),
        dice,
        owner: taken_by,
        sketch,
        linked: false,
    };
    let _ended_early = course.run();
    course.link_by(stage.until);
    course.story.finish()
}

impl Course<'_> {
    /// The whole course; nothing when time ends first.
    fn run(&mut self) -> Option<()> {
        self.choose_owner()?;
        self.answer()?;
        if let Part::Again(first) = self.sketch.part.clone() {
            self.work(60.0, 0.6);
            return self.act(Command::Merge { into: first });
        }
        self.understand()?;
        if self.sketch.part == Part::Incident {
            return self.keep_reporting();
        }
        if self.dice.chance(0.03) {
            self.work(600.0, 0.8);
            let reason = Some(self.phrase(|words| &words.withdraw_reason));
            return self.act(Command::Withdraw { reason });
        }
        self.promise()?;
        self.settle()?;
        self.after_closing()
    }

    /// The owner acts.
    fn act(&mut self, command: Command) -> Option<()> {
        let owner = self.owner.clone();
        self.act_as(&owner, command)
    }

    fn act_as(&mut self, actor: &Actor, command: Command) -> Option<()> {
        self.act_corrected(actor, command, None)
    }

    fn act_corrected(&mut self, actor: &Actor, command: Command, corrected: Option<Analysis>) -> Option<()> {
        self.link_by(self.now);
        self.story.act(self.now, actor, command, corrected)
    }

    /// Reports of the outbreak are linked to the incident once it is there.
    fn link_by(&mut self, now: Timestamp) {
        let Part::Report(Some((parent, since))) = &self.sketch.part else {
            return;
        };
        let noticed_at = (*since).max(self.sketch.opened_at).plus_ms(10 * MINUTE_MS);
        if self.linked || noticed_at > now {
            return;
        }
        let command = Command::LinkParent {
            parent: parent.clone(),
        };
        let at = noticed_at.max(self.story.case().updated_at);
        let supervisor = self.somebody(Role::Supervisor);
        self.linked = self.story.act(at, &supervisor, command, None).is_some();
    }

    /// Lets business time pass.
    fn work(&mut self, median_minutes: f64, spread: f64) {
        // Grave cases are not left lying.
        let pace = if self.grave() { 0.6 } else { 1.0 };
        let minutes = self.dice.around(median_minutes * pace, spread).max(1);
        let calendar = &self.stage.rules.calendar;
        let seconds = self.dice.between(0, 59_999);
        self.now = calendar.add_business_minutes(self.now, minutes).plus_ms(seconds);
    }

    /// Lets time pass at a desk that answers customers every day from eight to ten in the evening.
    fn shift(&mut self, median_minutes: f64, spread: f64) {
        let minutes = self.dice.around(median_minutes, spread).max(1);
        self.now = self
            .now
            .plus_ms(minutes * MINUTE_MS + self.dice.between(0, 59_999));
        let midnight = midnight(&self.stage.rules.calendar, self.now);
        let minute = self.now.since_ms(midnight) / MINUTE_MS;
        let opening = match minute {
            ..480 => Some(480),
            1_320.. => Some(24 * 60 + 480),
            _ => None,
        };
        if let Some(opening) = opening {
            self.now = midnight.plus_ms((opening + self.dice.between(0, 50)) * MINUTE_MS);
        }
    }

    fn somebody(&mut self, role: Role) -> Actor {
        let members: Vec<&Member> = self
            .stage
            .staff
            .iter()
            .filter(|member| member.role == role)
            .collect();
        self.dice.pick(&members).actor()
    }

    fn phrase(&mut self, from: impl Fn(&Words) -> &Vec<String>) -> String {
        let template = self.dice.pick(from(self.stage.words)).clone();
        let (due, _) = self.stage.rules.calendar.add_working_days(self.now, 1);
        let date = self.stage.rules.calendar.date_of(due);
        let owner = self.owner.person().map_or("客服", |person| person.name.as_str());
        let product = self.sketch.matter.product.as_deref().unwrap_or("您说的事");
        template
            .replace("{owner}", owner)
            .replace("{product}", product)
            .replace("{when}", &format!("{}月{}日", date.month(), date.day()))
    }

    fn grave(&self) -> bool {
        self.story.case().severity >= Severity::Serious
    }

    /// Grave cases go to specialists; of the others the supervisor assigns half, the rest is taken by who answers.
    fn choose_owner(&mut self) -> Option<()> {
        let role = if self.grave() {
            Role::Specialist
        } else {
            Role::Agent
        };
        self.owner = self.somebody(role);
        if self.grave() || self.dice.chance(0.5) {
            self.shift(12.0, 0.7);
            let supervisor = self.somebody(Role::Supervisor);
            let owner = self.owner.person().cloned()?;
            self.act_as(&supervisor, Command::Assign { owner })?;
        }
        Some(())
    }

    /// Most are answered within hours, a few are forgotten for days; towards the end more of them still wait.
    fn answer(&mut self) -> Option<()> {
        let age_at_end = self.stage.until.since_ms(self.sketch.opened_at);
        let forgotten = self.dice.chance(match age_at_end {
            _ if PRESSING_MS.contains(&age_at_end) => 0.7,
            _ if age_at_end < RECENT_MS => 0.3,
            _ => 0.05,
        });
        match forgotten {
            true => self.shift(2_600.0, 0.5),
            false if self.story.case().severity == Severity::Critical => self.shift(35.0, 0.6),
            false => self.shift(150.0, 0.9),
        }
        let spoken = matches!(self.sketch.channel, Channel::Phone | Channel::Store) && self.dice.chance(0.5);
        let text = match self.sketch.part {
            Part::Report(_) | Part::Incident => self.stage.outbreak.statement.clone(),
            _ => self.phrase(|words| &words.acknowledge),
        };
        self.act(Command::Acknowledge {
            message: (!spoken).then_some(text),
            overrule: None,
        })
    }

    /// Facets are confirmed, with corrections where a person sees them differently.
    fn understand(&mut self) -> Option<()> {
        self.work(90.0, 0.8);
        if self.dice.chance(0.2) {
            let text = self.phrase(|words| &words.note);
            self.act(Command::Note { text })?;
        }
        let corrections = self.corrections();
        let corrected = (!corrections.is_empty()).then(|| {
            let case = self.story.case();
            self.stage
                .reader
                .correct(&case.analysis, &case.text, &corrections)
        });
        let reason = (!corrections.is_empty()).then(|| self.phrase(|words| &words.correction_reason));
        let owner = self.owner.clone();
        self.act_corrected(&owner, Command::ConfirmFacets { corrections, reason }, corrected)
    }

    /// What the person at the desk sees differently from the engine.
    fn corrections(&mut self) -> Vec<FacetValue> {
        let analysis = &self.story.case().analysis;
        let read = analysis.psychology.primary.value();
        if matches!(self.sketch.part, Part::Report(_) | Part::Incident) && !analysis.has_risk(Risk::Safety) {
            let risks = analysis.risks.iter().map(|finding| finding.value());
            return vec![FacetValue::Risks(
                [Risk::Safety].into_iter().chain(risks).collect(),
            )];
        }
        let differs = |gold: &Psychology| *gold != read && ![read, *gold].contains(&Psychology::None);
        let gold = self
            .sketch
            .psychology
            .filter(differs)
            .filter(|_| self.dice.chance(0.4));
        gold.into_iter()
            .map(|gold| FacetValue::Psychology(gold, None))
            .collect()
    }

    /// An incident is investigated and reported on; it is not over.
    fn keep_reporting(&mut self) -> Option<()> {
        let question = Some(self.stage.outbreak.title.clone());
        self.act(Command::StartInvestigation { question })?;
        loop {
            self.work(400.0, 0.2);
            self.report_if_due(self.now.plus_ms(24 * HOUR_MS))?;
        }
    }

    /// Lets business time pass, with the progress reports that fall due on the way; one in ten is forgotten.
    fn pass(&mut self, median_minutes: f64, spread: f64) -> Option<()> {
        let start = self.now;
        self.work(median_minutes, spread);
        let target = self.now;
        self.now = start;
        self.report_if_due(target)?;
        self.now = self.now.max(target);
        Some(())
    }

    fn report_if_due(&mut self, target: Timestamp) -> Option<()> {
        while let Some(due) = self.story.clock(DeadlineKind::Progress).map(|clock| clock.due_at) {
            if due >= target || self.dice.chance(0.07) {
                break;
            }
            self.now = self.now.max(due.plus_ms(-self.dice.between(40, 520) * MINUTE_MS));
            let message = self.phrase(|words| &words.progress);
            self.act(Command::ReportProgress {
                message,
                next_at: None,
                overrule: None,
            })?;
        }
        Some(())
    }

    /// Now and then something is promised; most promises are kept in time.
    fn promise(&mut self) -> Option<()> {
        if !self.dice.chance(0.16) {
            return Some(());
        }
        let what = self.phrase(|words| &words.promise);
        let (until, _) = self.stage.rules.calendar.add_working_days(self.now, 1);
        self.act(Command::Promise {
            what,
            until: Some(until),
        })?;
        let number = self
            .story
            .case()
            .promises
            .last()
            .map_or(0, |promise| promise.number);
        let kept_after = match self.dice.weighted(&[0.84, 0.09, 0.07]) {
            0 => until.since_ms(self.now) / HOUR_MS * self.dice.between(20, 95) / 100,
            1 => until.since_ms(self.now) / HOUR_MS + self.dice.between(2, 30),
            _ => return Some(()),
        };
        self.now = self.now.plus_ms(kept_after * HOUR_MS);
        self.act(Command::KeepPromise { number })
    }

    /// A contact that is stuck gets another person, place or time.
    fn change_something(&mut self) -> Option<()> {
        let what = *self.dice.pick(ThreeChange::ALL);
        let (to, owner) = match what {
            ThreeChange::Person => {
                let next = self.somebody(Role::Specialist);
                let other = next
                    .person()
                    .filter(|person| self.owner.person() != Some(person))
                    .cloned();
                let Some(person) = other else { return Some(()) };
                let previous = std::mem::replace(&mut self.owner, next);
                let command = Command::Change {
                    what,
                    to: person.name.clone(),
                    owner: Some(person),
                };
                return self.act_as(&previous, command);
            }
            ThreeChange::Place => (self.phrase(|words| &words.change_place), None),
            ThreeChange::Time => (self.phrase(|words| &words.change_time), None),
        };
        self.act(Command::Change { what, to, owner })
    }

    fn is_valid(&self) -> bool {
        self.story.case().analysis.nature.value() == Nature::Valid
    }

    fn in_state(&self, state: CaseState) -> bool {
        self.story.case().state == state
    }
}
