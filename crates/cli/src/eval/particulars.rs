//! How exactly particulars are read: personal data by characters, values exactly, promises by overlap.

use std::collections::BTreeMap;
use std::ops::Range;

use comfy_table::{Table, presets::UTF8_FULL_CONDENSED};
use domain::{EntityKind, Vocabulary};
use serde_json::{Map, Value, json};
use wire::analysis::{Entity, EntityValue, PromiseFound};
use wire::quote::Quote;

use super::marked::{MarkedPromise, MarkedSpan, MarkedText, Marks};

/// Two places that share at least this much of what they cover together are the same place.
const SAME: f64 = 0.5;

/// What was read out of one text, in the shapes that leave the product.
pub(super) struct Read {
    pub(super) entities: Vec<Entity>,
    pub(super) promises: Vec<PromiseFound>,
    pub(super) expected: Option<Quote>,
    pub(super) received: Option<Quote>,
}

/// What was marked, what was found, and what is both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    marked: usize,
    found: usize,
    both: usize,
}

impl Counts {
    fn add(&mut self, marked: usize, found: usize, both: usize) {
        self.marked += marked;
        self.found += found;
        self.both += both;
    }

    fn recall(self) -> f64 {
        share(self.both, self.marked)
    }

    fn precision(self) -> f64 {
        share(self.both, self.found)
    }

    fn f1(self) -> f64 {
        share(2 * self.both, self.marked + self.found)
    }
}

/// The share; 1 where there was nothing to find.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// The scores by what was looked for.
#[derive(Default)]
pub(super) struct Report {
    texts: usize,
    scores: BTreeMap<String, Counts>,
    /// Texts that were not read as marked.
    pub(super) misread: Vec<String>,
}

impl Report {
    /// Compares one text's reading with its marks.
    pub(super) fn compare(&mut self, text: &MarkedText, read: &Read) {
        self.texts += 1;
        let before = self.scores.clone();
        match &text.marks {
            Marks::Personal(spans) => self.compare_personal(text, spans, read),
            Marks::Values(spans) => self.compare_values(spans, read),
            Marks::Promises {
                promises,
                expected,
                received,
            } => {
                self.compare_promises(promises, &read.promises);
                self.compare_pair("expected", expected.as_ref(), read.expected.as_ref());
                self.compare_pair("received", received.as_ref(), read.received.as_ref());
            }
        }
        let missed = |(key, now): (&String, &Counts)| {
            let was = before.get(key).copied().unwrap_or_default();
            now.both - was.both < (now.marked - was.marked).max(now.found - was.found)
        };
        if self.scores.iter().any(missed) {
            self.misread.push(text.id.clone());
        }
    }

    fn add(&mut self, key: &str, marked: usize, found: usize, both: usize) {
        self.scores
            .entry(key.to_owned())
            .or_default()
            .add(marked, found, both);
    }

    /// By characters: each kind, and all personal data whatever its kind.
    fn compare_personal(&mut self, text: &MarkedText, spans: &[MarkedSpan], read: &Read) {
        let length = text.text.chars().count();
        let personal = |key: &str| EntityKind::from_key(key).is_some_and(EntityKind::is_personal);
        let kinds = EntityKind::ALL
            .iter()
            .filter(|kind| kind.is_personal() || **kind == EntityKind::Order);
        for key in kinds.map(|kind| kind.key()) {
            let marked = cover(
                length,
                spans
                    .iter()
                    .filter(|span| span.kind == key)
                    .map(|span| span.place.clone()),
            );
            let found = cover(
                length,
                read.entities
                    .iter()
                    .filter(|one| one.kind.0.key() == key)
                    .map(place_of),
            );
            self.add_covered(key, &marked, &found);
        }
        let marked = cover(
            length,
            spans
                .iter()
                .filter(|span| personal(&span.kind))
                .map(|span| span.place.clone()),
        );
        let found = cover(
            length,
            read.entities
                .iter()
                .filter(|one| one.kind.0.is_personal())
                .map(place_of),
        );
        self.add_covered("personal", &marked, &found);
    }

    fn add_covered(&mut self, key: &str, marked: &[bool], found: &[bool]) {
        let count = |covered: &[bool]| covered.iter().filter(|&&one| one).count();
        let both = marked
            .iter()
            .zip(found)
            .filter(|(marked, found)| **marked && **found)
            .count();
        self.add(key, count(marked), count(found), both);
    }

    /// A value counts when a particular of its kind overlaps it and says exactly the same.
    fn compare_values(&mut self, spans: &[MarkedSpan], read: &Read) {
        for kind in [EntityKind::Money, EntityKind::Date, EntityKind::Duration] {
            let marked: Vec<&MarkedSpan> = spans.iter().filter(|span| span.kind == kind.key()).collect();
            let found: Vec<&Entity> = read.entities.iter().filter(|one| one.kind.0 == kind).collect();
            let is_read = |span: &&&MarkedSpan| {
                let meets = |one: &&&Entity| overlap(&span.place, &place_of(one)) > 0.0;
                found
                    .iter()
                    .find(meets)
                    .is_some_and(|one| value_of(one) == span.value)
            };
            let both = marked.iter().filter(is_read).count();
            self.add(kind.key(), marked.len(), found.len(), both);
        }
    }

    fn compare_promises(&mut self, marked: &[MarkedPromise], found: &[PromiseFound]) {
        let mut free: Vec<&PromiseFound> = found.iter().collect();
        let mut pairs: Vec<(&MarkedPromise, &PromiseFound)> = Vec::new();
        for promise in marked {
            let same = |one: &&PromiseFound| {
                overlap(&promise.place, &(one.start as usize..one.end as usize)) >= SAME
            };
            if let Some(at) = free.iter().position(same) {
                pairs.push((promise, free.remove(at)));
            }
        }
        self.add("promises", marked.len(), found.len(), pairs.len());
        let all = pairs.len();
        let count = |right: fn(&MarkedPromise, &PromiseFound) -> bool| {
            pairs
                .iter()
                .filter(|(marked, found)| right(marked, found))
                .count()
        };
        let by = count(|marked, found| marked.by.as_deref().unwrap_or_default() == found.by);
        let until = count(|marked, found| marked.until == found.due);
        let state =
            count(|marked, found| found.told.as_ref().map_or("open", |state| state.0.key()) == marked.state);
        for (key, right) in [
            ("promise by", by),
            ("promise until", until),
            ("promise state", state),
        ] {
            self.add(key, all, all, right);
        }
    }

    fn compare_pair(&mut self, key: &str, marked: Option<&Range<usize>>, found: Option<&Quote>) {
        let same = marked.zip(found).is_some_and(|(marked, found)| {
            overlap(marked, &(found.start as usize..found.end as usize)) >= SAME
        });
        self.add(
            key,
            usize::from(marked.is_some()),
            usize::from(found.is_some()),
            usize::from(same),
        );
    }

    /// The scores for the eye.
    pub(super) fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(UTF8_FULL_CONDENSED);
        table.set_header(["particulars", "marked", "found", "recall", "precision", "F1"]);
        for (key, counts) in self
            .scores
            .iter()
            .filter(|(_, counts)| counts.marked + counts.found > 0)
        {
            let mut row = vec![key.clone(), counts.marked.to_string(), counts.found.to_string()];
            row.extend([counts.recall(), counts.precision(), counts.f1()].map(|score| format!("{score:.4}")));
            table.add_row(row);
        }
        table
    }

    /// The scores as JSON.
    pub(super) fn json(&self, engine: &str, speed: f64) -> Value {
        let scores: Map<String, Value> = self
            .scores
            .iter()
            .map(|(key, counts)| {
                let scores = json!({
                    "marked": counts.marked,
                    "found": counts.found,
                    "recall": counts.recall(),
                    "precision": counts.precision(),
                    "f1": counts.f1(),
                });
                (key.clone(), scores)
            })
            .collect();
        json!({
            "engine": engine,
            "texts": self.texts,
            "texts_per_second": speed.round(),
            "misread": self.misread.len(),
            "particulars": scores,
        })
    }
}

fn place_of(entity: &Entity) -> Range<usize> {
    entity.start as usize..entity.end as usize
}

fn cover(length: usize, places: impl Iterator<Item = Range<usize>>) -> Vec<bool> {
    let mut covered = vec![false; length];
    for at in places.flatten().filter(|&at| at < length) {
        covered[at] = true;
    }
    covered
}

/// What two places share, measured by what they cover together.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let together = a.end.max(b.end) - a.start.min(b.start);
    share(shared, together)
}

/// The value as marks write it.
pub(super) fn value_of(entity: &Entity) -> Value {
    let Some(value) = &entity.value else {
        return Value::Null;
    };
    let mut object = match value {
        EntityValue::Money(money) => json!({"amount": money.amount, "currency": money.currency}),
        EntityValue::Text(text) => match (entity.kind.0, text.len()) {
            (EntityKind::Date, 4) => json!({ "year": text }),
            (EntityKind::Date, 7) => json!({ "month": text }),
            (EntityKind::Date, 10) => json!({ "date": text }),
            (EntityKind::Date, _) => json!({ "at": text }),
            _ => json!({ "iso": text }),
        },
    };
    match &entity.to {
        Some(EntityValue::Money(money)) => object["to"] = money.amount.clone().into(),
        Some(EntityValue::Text(text)) => object["to"] = text.clone().into(),
        None => {}
    }
    for (name, holds) in [("approximate", entity.approximate), ("working", entity.working)] {
        if holds {
            object[name] = true.into();
        }
    }
    object
}

#[cfg(test)]
mod tests {
    use super::super::marked::read_marked;
    use super::*;

    fn read_with(text: &str, at: Option<domain::Timestamp>) -> Read {
        let reading = text::read(text);
        let entities = text::particulars(&reading, at).entities;
        Read {
            entities: entities.iter().map(Entity::from).collect(),
            promises: Vec::new(),
            expected: None,
            received: None,
        }
    }

    fn score(line: &str, key: &str) -> Counts {
        let (texts, errors) = read_marked(line);
        assert_eq!(errors, Vec::<String>::new());
        let mut report = Report::default();
        report.compare(&texts[0], &read_with(&texts[0].text, texts[0].received_at));
        report.scores[key]
    }

    #[test]
    fn personal_data_is_counted_by_characters() {
        let row = r#"{"text": "电话13800138000", "spans": [{"kind": "phone", "start": 0, "end": 13}]}"#;
        assert_eq!(
            score(row, "personal"),
            Counts {
                marked: 13,
                found: 11,
                both: 11
            }
        );
        assert_eq!(score(row, "phone").recall(), 11.0 / 13.0);
        assert_eq!(score(row, "name"), Counts::default());
    }

    #[test]
    fn a_value_counts_only_when_it_is_exact() {
        let row = |amount: &str| {
            format!(
                r#"{{"text": "退我299元", "received_at": "2026-03-11T09:05:00+08:00", "spans":
                [{{"kind": "money", "start": 2, "end": 6, "value": {{"amount": "{amount}", "currency": "CNY"}}}}]}}"#
            )
            .replace('\n', "")
        };
        assert_eq!(
            score(&row("299.00"), "money"),
            Counts {
                marked: 1,
                found: 1,
                both: 1
            }
        );
        assert_eq!(score(&row("299.50"), "money").both, 0);
    }

    #[test]
    fn rows_that_mark_outside_of_the_text_are_refused() {
        let (texts, errors) =
            read_marked(r#"{"text": "差", "spans": [{"kind": "name", "start": 0, "end": 2}]}"#);
        assert!(texts.is_empty());
        assert_eq!(errors, ["line 1: a mark has no start and end inside of the text"]);
    }
}
