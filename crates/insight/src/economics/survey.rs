//! The published survey: how many unhappy customers said they would buy again, by what became of their complaint and
//! by how much was lost.

use domain::Bilingual;

/// What became of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The customer was unhappy and said nothing.
    Silent,
    /// Complained, not solved.
    Unresolved,
    /// Complained, solved.
    Resolved,
    /// Complained, solved quickly.
    ResolvedFast,
}

impl Outcome {
    /// All of them, from the worst to the best.
    pub const ALL: [Self; 4] = [Self::Silent, Self::Unresolved, Self::Resolved, Self::ResolvedFast];

    /// The key that files and programs see.
    pub fn key(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Unresolved => "unresolved",
            Self::Resolved => "resolved",
            Self::ResolvedFast => "resolved_fast",
        }
    }

    /// The name in words.
    pub fn words(self) -> Bilingual {
        match self {
            Self::Silent => Bilingual::new("不满但未投诉", "unhappy, silent"),
            Self::Unresolved => Bilingual::new("投诉未解决", "complained, unresolved"),
            Self::Resolved => Bilingual::new("投诉已解决", "complained, resolved"),
            Self::ResolvedFast => Bilingual::new("投诉迅速解决", "complained, resolved quickly"),
        }
    }

    /// The outcome meant by a key or a Chinese name.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.key().eq_ignore_ascii_case(word) || outcome.words().zh == word)
    }

    fn place(self) -> usize {
        self as usize
    }
}

/// How much was lost, in dollars of the survey's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LossBand {
    /// Over 100 dollars.
    #[default]
    Large,
    /// Under 5 dollars.
    Small,
}

/// Where the survey's figures come from, said wherever they are shown.
pub const SURVEY_SOURCE: &str = "TARP for the White House Office of Consumer Affairs, United States, 1979-1986; stated \
                                 intentions, as reported by Fast Company (fastcompany.com/663494)";

/// The share, 0–1, that said they would buy again.
pub fn survey_rate(band: LossBand, outcome: Outcome) -> f64 {
    let rates = match band {
        LossBand::Large => [0.09, 0.19, 0.54, 0.82],
        LossBand::Small => [0.37, 0.46, 0.70, 0.95],
    };
    rates[outcome.place()]
}

/// Whether an unhappy customer is heard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Voice {
    /// The share that complains formally.
    pub formal: f64,
    /// The share that only mutters to somebody at hand.
    pub muttered: f64,
    /// The share that says nothing.
    pub silent: f64,
}

/// The survey's shares: of the unhappy, 5 % complain formally, 26 % mutter, 69 % leave without a word.
pub const HEARD_SHARES: Voice = Voice {
    formal: 0.05,
    muttered: 0.26,
    silent: 0.69,
};
