//! What the desk remembers of a customer: earlier cases, what was said, what worked (C7). Facts only.

use crate::{Bilingual, CaseId, CaseState, Channel, Entity, Money, Outcome, RemedyOffer, Timestamp};

/// One earlier case of the same customer.
#[derive(Clone, Debug, PartialEq)]
pub struct PastCase {
    /// The identity.
    pub id: CaseId,
    /// The number people say.
    pub number: String,
    /// What it was about, in a line; masked.
    pub title: String,
    /// When it was opened.
    pub at: Timestamp,
    /// The day it was opened, in words.
    pub day: Bilingual,
    /// Where it came from.
    pub channel: Channel,
    /// How far it came.
    pub state: CaseState,
    /// What was proposed.
    pub offers: Vec<RemedyOffer>,
    /// Whether the customer got what was proposed.
    pub granted: bool,
    /// The customer's verdict at closing.
    pub outcome: Option<Outcome>,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayPart {
    /// From 6 to 12.
    Morning,
    /// From 12 to 18.
    Afternoon,
    /// From 18 to 24.
    Evening,
    /// From 0 to 6.
    Night,
}

impl DayPart {
    /// The part of the day of an hour, 0–23.
    pub fn of_hour(hour: u8) -> Self {
        match hour {
            6..=11 => Self::Morning,
            12..=17 => Self::Afternoon,
            18..=23 => Self::Evening,
            _ => Self::Night,
        }
    }

    /// Its name in a sentence such as "call in the …".
    pub fn name(self) -> Bilingual {
        let (zh, en) = match self {
            Self::Morning => ("上午", "in the morning"),
            Self::Afternoon => ("下午", "in the afternoon"),
            Self::Evening => ("晚上", "in the evening"),
            Self::Night => ("夜间", "at night"),
        };
        Bilingual::new(zh, en)
    }
}

/// What earlier dealings tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dealings {
    /// Earlier cases, newest first.
    pub past: Vec<PastCase>,
    /// What was written to the customer in this case, oldest first.
    pub said: Vec<String>,
    /// The particulars of what was written, message by message; empty where nobody read them.
    pub said_particulars: Vec<Vec<Entity>>,
    /// The particulars of the approved statement.
    pub statement_particulars: Vec<Entity>,
    /// The sum of a proposal of this case that needs no approval any more: it may be told.
    pub cleared: Option<Money>,
    /// The channel the customer used most, when one stands out over two cases or more.
    pub channel: Option<Channel>,
    /// When the customer usually writes, when one part of the day stands out over two cases or more.
    pub hours: Option<DayPart>,
}
