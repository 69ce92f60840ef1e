//! Which complaints there will be: text, time, channel, customer, matter — before anything is read or handled.

use domain::{CaseId, Channel, Matter, Psychology, Timestamp, Vocabulary};

use super::{
    data::{Line, Outbreak, Pains, WorldFile},
    dice::Dice,
    people, texts,
    texts::Text,
    volume::{self, Day},
};

const HOUR_MS: i64 = 3_600_000;
/// The incident case is opened on the third day before the last, at ten in the morning.
const INCIDENT_DAYS_AGO: i64 = 3;
/// Reports of a day from which on somebody makes an incident of them.
const INCIDENT_REPORTS: usize = 3;

/// The place where the chance of planted pains begins.
const PAINS: u64 = 0x9A14_0000_0000;

/// What part a case plays.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    /// An ordinary complaint.
    Ordinary,
    /// The same complaint of the same customer once more, in another channel.
    Again(CaseId),
    /// A report of the outbreak; belongs to the incident when there is one, from this time on.
    Report(Option<(CaseId, Timestamp)>),
    /// The incident the reports belong to.
    Incident,
}

/// A case before it is told.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    pub(crate) id: CaseId,
    pub(crate) part: Part,
    pub(crate) opened_at: Timestamp,
    pub(crate) title: Option<String>,
    pub(crate) text: String,
    pub(crate) channel: Channel,
    pub(crate) matter: Matter,
    /// The place of the customer.
    pub(crate) customer: Option<usize>,
    /// What an annotator read.
    pub(crate) psychology: Option<Psychology>,
    /// The least and the most that is paid in this line, in yuan.
    pub(crate) price: [i64; 2],
    /// Chance for the telling.
    pub(crate) dice: Dice,
}

/// Makes the sketches of one day after the other.
pub(crate) struct Sketcher<'w> {
    pub(crate) world: &'w WorldFile,
    pub(crate) outbreak: &'w Outbreak,
    pub(crate) pains: &'w Pains,
    pub(crate) texts: &'w [Text],
    pub(crate) customers: usize,
    pub(crate) at: Timestamp,
    pub(crate) seed: u64,
    incident: Option<(CaseId, Timestamp)>,
    used: usize,
    made: u64,
}

impl<'w> Sketcher<'w> {
    pub(crate) fn new(
        world: &'w WorldFile,
        (outbreak, pains): (&'w Outbreak, &'w Pains),
        texts: &'w [Text],
        days: &[Day],
        (customers, at, seed): (usize, Timestamp, u64),
    ) -> Self {
        let day = days.iter().rev().nth(INCIDENT_DAYS_AGO as usize);
        let incident = day.filter(|day| day.outbreak >= INCIDENT_REPORTS).map(|day| {
            let opened_at = day.start.plus_ms(10 * HOUR_MS);
            (identity(opened_at, &mut Dice::of(seed, u64::MAX)), opened_at)
        });
        Self {
            world,
            outbreak,
            pains,
            texts,
            customers,
            at,
            seed,
            incident,
            used: 0,
            made: 0,
        }
    }

    /// The complaints of a day in the order they came in.
    pub(crate) fn sketch(&mut self, day: &Day) -> Vec<Sketch> {
        let mut sketches = Vec::with_capacity(day.ordinary + day.outbreak);
        for _ in 0..day.ordinary {
            let sketch = self.ordinary(day);
            sketches.push(sketch);
        }
        for _ in 0..day.outbreak {
            let sketch = self.report(day);
            sketches.push(sketch);
        }
        if let Some((id, opened_at)) = self.incident.clone().filter(|(_, at)| is_of(day, *at)) {
            let incident = self.incident_case(id, opened_at);
            sketches.pop();
            sketches.push(incident);
        }
        sketches.sort_by(|a, b| (a.opened_at, &a.id).cmp(&(b.opened_at, &b.id)));
        repeat_some(&mut sketches);
        sketches
    }

    fn next_dice(&mut self) -> Dice {
        self.made += 1;
        Dice::of(self.seed, self.made)
    }

    /// Texts are used up in a shuffled order before any comes again.
    fn next_text(&mut self) -> &'w Text {
        let (round, place) = (self.used / self.texts.len(), self.used % self.texts.len());
        self.used += 1;
        // A step that shares no divisor with the length visits every place once.
        let mut step = Dice::of(self.seed, 0x7E07 + round as u64)
            .below(self.texts.len())
            .max(1);
        while divisor(step, self.texts.len()) != 1 {
            step += 1;
        }
        &self.texts[(place * step + round * 31) % self.texts.len()]
    }

    fn ordinary(&mut self, day: &Day) -> Sketch {
        let mut dice = self.next_dice();
        let text = self.next_text();
        let line = self.world.line_of(&text.industry);
        let opened_at = volume::moment(day, self.at, &mut dice);
        let public = matches!(text.channel, Channel::Review | Channel::Social);
        let known = dice.chance(if public { 0.35 } else { 0.85 });
        let id = identity(opened_at, &mut dice);
        let channel = if dice.chance(0.02) {
            Channel::Import
        } else {
            text.channel
        };
        let matter = matter(self.world, line, &mut dice);
        // Chance of its own, so that what is planted changes no other part of the story.
        let mut pains = Dice::of(self.seed, PAINS + self.made);
        let product = matter.product.as_deref().unwrap_or_default();
        let pain = texts::pain(self.pains, product, &mut pains);
        Sketch {
            id,
            part: Part::Ordinary,
            opened_at,
            title: None,
            channel,
            matter,
            customer: known.then(|| frequent(self.customers, &mut dice)),
            psychology: text.psychology.filter(|_| pain.is_none()),
            text: pain.unwrap_or_else(|| text.words.clone()),
            price: line.price,
            dice,
        }
    }

    fn report(&mut self, day: &Day) -> Sketch {
        const CHANNELS: [Channel; 6] = [
            Channel::App,
            Channel::Chat,
            Channel::Phone,
            Channel::Social,
            Channel::Review,
            Channel::Store,
        ];
        let mut dice = self.next_dice();
        let opened_at = volume::moment(day, self.at, &mut dice);
        Sketch {
            id: identity(opened_at, &mut dice),
            part: Part::Report(self.incident.clone()),
            opened_at,
            title: None,
            text: texts::report(self.outbreak, &mut dice),
            channel: *dice.pick(&CHANNELS),
            matter: self.outbreak_matter(Some(order(&mut dice))),
            customer: Some(people::outbreak_buyer(self.customers, &mut dice)),
            psychology: None,
            price: [129, 129],
            dice,
        }
    }

    fn incident_case(&mut self, id: CaseId, opened_at: Timestamp) -> Sketch {
        Sketch {
            id,
            part: Part::Incident,
            opened_at,
            title: Some(self.outbreak.title.clone()),
            text: self.outbreak.incident.clone(),
            channel: Channel::Helpdesk,
            matter: self.outbreak_matter(None),
            customer: None,
            psychology: None,
            price: [129, 129],
            dice: self.next_dice(),
        }
    }

    fn outbreak_matter(&self, order: Option<String>) -> Matter {
        Matter {
            product: Some(self.outbreak.product.clone()),
            batch: Some(self.outbreak.batch.clone()),
            site: Some(self.outbreak.site.clone()),
            team: Some(self.outbreak.team.clone()),
            order,
        }
    }
}

fn is_of(day: &Day, at: Timestamp) -> bool {
    (0..24 * HOUR_MS).contains(&at.since_ms(day.start))
}

fn divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// A few customers complain often: the square of an even draw.
fn frequent(customers: usize, dice: &mut Dice) -> usize {
    ((dice.unit().powi(2) * customers as f64) as usize).min(customers.saturating_sub(1))
}

fn matter(world: &WorldFile, line: &Line, dice: &mut Dice) -> Matter {
    Matter {
        product: Some(dice.pick(&line.products).clone()),
        batch: None,
        site: dice.chance(0.7).then(|| dice.pick(&world.world.sites).clone()),
        team: Some(dice.pick(&line.teams).clone()),
        order: dice.chance(0.6).then(|| order(dice)),
    }
}

fn order(dice: &mut Dice) -> String {
    format!("DD{:010}", dice.between(0, 9_999_999_999))
}

/// A time-ordered identity (UUID version 7) made of the seed.
fn identity(at: Timestamp, dice: &mut Dice) -> CaseId {
    let (high, low) = (dice.next().to_le_bytes(), dice.next().to_le_bytes());
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&high);
    bytes[8..].copy_from_slice(&low[..2]);
    let milliseconds = u64::try_from(at.0).unwrap_or_default();
    CaseId(
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes)
            .into_uuid()
            .to_string(),
    )
}

/// Now and then the next complaint is the one before it once more, by another channel.
fn repeat_some(sketches: &mut [Sketch]) {
    for place in 1..sketches.len() {
        let (before, after) = sketches.split_at_mut(place);
        let (first, second) = (&before[place - 1], &mut after[0]);
        let ordinary = first.part == Part::Ordinary && second.part == Part::Ordinary;
        if ordinary && first.customer.is_some() && second.dice.chance(0.015) {
            second.part = Part::Again(first.id.clone());
            second.text.clone_from(&first.text);
            second.matter.clone_from(&first.matter);
            second.customer = first.customer;
            second.psychology = first.psychology;
            let other = second.dice.below(Channel::ALL.len());
            second.channel = Channel::ALL[other];
        }
    }
}
