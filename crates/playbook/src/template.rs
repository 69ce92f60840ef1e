//! Phrases with slots: filled from the facts of the case, or withheld.

use domain::Bilingual;

/// What a phrase may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Name,
    Matter,
    Order,
    Amount,
    Date,
    Owner,
    Product,
    Place,
    Quote,
    NextStep,
    Due,
    Way,
    Hours,
    Times,
}

const SLOTS: [(&str, Slot); 14] = [
    ("name", Slot::Name),
    ("matter", Slot::Matter),
    ("order", Slot::Order),
    ("amount", Slot::Amount),
    ("date", Slot::Date),
    ("owner", Slot::Owner),
    ("product", Slot::Product),
    ("place", Slot::Place),
    ("quote", Slot::Quote),
    ("next_step", Slot::NextStep),
    ("due", Slot::Due),
    ("way", Slot::Way),
    ("hours", Slot::Hours),
    ("times", Slot::Times),
];

/// The facts that fill the slots; a missing fact withholds the phrase.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts([Option<Bilingual>; SLOTS.len()]);

impl Facts {
    pub(crate) fn set(&mut self, slot: Slot, value: Option<Bilingual>) {
        self.0[slot as usize] = value;
    }

    pub(crate) fn get(&self, slot: Slot) -> Option<&Bilingual> {
        self.0[slot as usize].as_ref()
    }
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Slot(Slot),
}

/// One language's text, cut at its slots.
#[derive(Clone, Debug)]
pub(crate) struct Template(Vec<Part>);

impl Template {
    /// Cuts a text at its slots, or says which slot is not known.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after
                .split_once('}')
                .ok_or_else(|| format!("the brace in “{text}” is not closed"))?;
            let slot = SLOTS.iter().find(|(known, _)| *known == name);
            let (_, slot) = slot.ok_or_else(|| format!("{{{name}}} is no slot"))?;
            parts.extend([Part::Text(before.to_owned()), Part::Slot(*slot)]);
            rest = behind;
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Self(parts))
    }

    /// The slots asked for, each once, in a fixed order.
    fn slots(&self) -> Vec<Slot> {
        let asked = |slot: &Slot| {
            self.0
                .iter()
                .any(|part| matches!(part, Part::Slot(s) if s == slot))
        };
        SLOTS.iter().map(|(_, slot)| *slot).filter(asked).collect()
    }

    fn fill<'f>(
        &self,
        facts: &'f Facts,
        quote: Option<&'f Bilingual>,
        side: fn(&'f Bilingual) -> &'f str,
    ) -> Option<String> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Slot(Slot::Quote) => text.push_str(side(quote?)),
                Part::Slot(slot) => text.push_str(side(facts.get(*slot)?)),
            }
        }
        Some(text)
    }
}

/// A text in both languages with the same slots.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    zh: Template,
    en: Template,
    quotes: bool,
}

impl Phrase {
    /// Reads both texts, or says what is wrong with their slots.
    pub(crate) fn parse(zh: &str, en: &str) -> Result<Self, String> {
        let (zh, en) = (Template::parse(zh)?, Template::parse(en)?);
        if zh.slots() != en.slots() {
            return Err("the two languages do not hold the same slots".to_owned());
        }
        let quotes = zh.slots().contains(&Slot::Quote);
        Ok(Self { zh, en, quotes })
    }

    /// Whether the phrase says back the customer's words.
    pub(crate) fn quotes(&self) -> bool {
        self.quotes
    }

    /// The phrase with every slot filled, or nothing when a fact or the quote is missing.
    pub(crate) fn fill(&self, facts: &Facts, quote: Option<&Bilingual>) -> Option<Bilingual> {
        let zh = self.zh.fill(facts, quote, |fact| &fact.zh)?;
        let en = self.en.fill(facts, quote, |fact| &fact.en)?;
        Some(Bilingual::new(zh, capitalize(en)))
    }
}

/// A sentence that begins with a filled slot still begins with a capital.
fn capitalize(text: String) -> String {
    match text.chars().next() {
        Some(first) if first.is_ascii_lowercase() => first.to_ascii_uppercase().to_string() + &text[1..],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_or_withholds() {
        let phrase = Phrase::parse("{owner}会回话", "{owner} will call").expect("same slots");
        let mut facts = Facts::default();
        assert_eq!(phrase.fill(&facts, None), None);
        facts.set(Slot::Owner, Some(Bilingual::new("周敏", "the owner")));
        assert_eq!(
            phrase.fill(&facts, None),
            Some(Bilingual::new("周敏会回话", "The owner will call"))
        );
    }

    #[test]
    fn refuses_wrong_slots() {
        assert!(Phrase::parse("{owner}", "nobody").is_err());
        assert!(Phrase::parse("{who}", "{who}").is_err());
        assert!(Phrase::parse("{owner", "{owner").is_err());
    }
}
