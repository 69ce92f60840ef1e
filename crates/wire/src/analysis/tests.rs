//! The analysis JSON, held to the contract letter by letter.

use domain::{
    AngerType, BasicNeed, Behavior, Cause, Currency, Date, Derived, EmotionStage, Entity, EntityKind,
    EntityValue, Evidence, Facet, Finding, Intensity, Maslow, Money, Motive, Nature, Needs, Outcome,
    Psychology, Quote, RationalNeed, Risk, Span, Stance, Subject, Temperament, Tier, Vocabulary,
};
use expect_test::expect;

use super::Analysis;

const TEXT: &str = "说好三天到😡赔我299元";

fn quote(start: u32, end: u32) -> Quote {
    Quote::of(TEXT, Span { start, end }).unwrap()
}

fn evidence(start: u32, end: u32) -> Evidence {
    Evidence::of(vec![quote(start, end)]).unwrap()
}

fn derived<V>(value: V, because: domain::Because) -> Derived<V> {
    Derived {
        value,
        p: 2.0 / 3.0,
        tier: Tier::Rules,
        because: vec![because],
    }
}

fn analysis() -> domain::Analysis {
    let model = Tier::Model;
    domain::Analysis {
        engine: "tingsu 0.1.0 / model test".to_owned(),
        complaint: Finding::found(true, 0.98, evidence(0, 5), model),
        psychology: domain::PsychologyReading {
            primary: Finding::found(Psychology::Redress, 0.61, evidence(6, 12), model),
            secondary: Some(Psychology::Vent),
            distribution: Psychology::ALL.iter().map(|value| (*value, 0.125)).collect(),
        },
        motives: vec![Finding::found(Motive::Compensation, 0.97, evidence(6, 8), model)],
        emotion: domain::Emotion {
            stage: Finding::found(EmotionStage::Angry, 0.8, evidence(5, 6), model),
            intensity: Intensity::Strong,
            intensity_p: 0.7,
        },
        subjects: vec![Finding::found(Subject::Service, 0.9, evidence(0, 5), model)],
        nature: Finding::by_person(Nature::Valid, Vec::new()),
        stance: derived(Stance::Bargain, domain::Because::Facet(Facet::Emotion)),
        anger_type: derived(
            AngerType::Emotional,
            domain::Because::Person("听过录音".to_owned()),
        ),
        behavior: derived(Behavior::Direct, domain::Because::Channel),
        causes: vec![Finding::found(
            Cause::BrokenPromise,
            0.123_456,
            evidence(0, 5),
            model,
        )],
        risks: vec![Finding::found(Risk::Repeat, 0.5, evidence(0, 2), model)],
        temperament: derived(Temperament::Choleric, domain::Because::Quote(quote(5, 6))),
        needs: Needs {
            basic: vec![BasicNeed::Respected],
            special: vec![Motive::Compensation],
            rational: vec![RationalNeed::Redress],
            emotional: Vec::new(),
            maslow: Some(Maslow::Safety),
        },
        expectation: domain::Expectation {
            expected: Some(quote(0, 5)),
            received: None,
            outcome: Finding::found(Outcome::Below, 0.9, evidence(0, 5), model),
            promises: Vec::new(),
        },
        entities: vec![
            entity(
                EntityKind::Money,
                8,
                12,
                EntityValue::Money(Money {
                    minor: 29_900,
                    currency: Currency::CNY,
                }),
            ),
            entity(
                EntityKind::Date,
                0,
                2,
                EntityValue::Date(Date::new(2026, 11, 3).unwrap()),
            ),
            entity(
                EntityKind::Duration,
                2,
                4,
                EntityValue::Duration("P3D".to_owned()),
            ),
        ],
        doubts: vec![domain::Doubt::ShortText],
    }
}

fn entity(kind: EntityKind, start: u32, end: u32, value: EntityValue) -> Entity {
    Entity {
        kind,
        quote: quote(start, end),
        value: Some(value),
        nuance: domain::Nuance::default(),
    }
}

#[test]
fn the_shape_is_the_contract() {
    let json = serde_json::to_string_pretty(&Analysis::of(&analysis(), Some("g0001".to_owned()))).unwrap();
    expect![[r#"
        {
          "id": "g0001",
          "engine": "tingsu 0.1.0 / model test",
          "complaint": {
            "value": true,
            "p": 0.98,
            "evidence": [
              {
                "start": 0,
                "end": 5,
                "quote": "说好三天到"
              }
            ],
            "tier": "model"
          },
          "psychology": {
            "primary": "redress",
            "secondary": "vent",
            "p": {
              "solve": 0.125,
              "vent": 0.125,
              "respect": 0.125,
              "redress": 0.125,
              "recognition": 0.125,
              "revenge": 0.125,
              "exchange": 0.125,
              "none": 0.125
            },
            "evidence": [
              {
                "start": 6,
                "end": 12,
                "quote": "赔我299元"
              }
            ],
            "tier": "model"
          },
          "motives": [
            {
              "value": "compensation",
              "p": 0.97,
              "evidence": [
                {
                  "start": 6,
                  "end": 8,
                  "quote": "赔我"
                }
              ],
              "tier": "model"
            }
          ],
          "emotion": {
            "stage": "angry",
            "intensity": 2,
            "p": 0.8,
            "intensity_p": 0.7,
            "evidence": [
              {
                "start": 5,
                "end": 6,
                "quote": "😡"
              }
            ],
            "tier": "model"
          },
          "subjects": [
            {
              "value": "service",
              "p": 0.9,
              "evidence": [
                {
                  "start": 0,
                  "end": 5,
                  "quote": "说好三天到"
                }
              ],
              "tier": "model"
            }
          ],
          "nature": {
            "value": "valid",
            "p": 1.0,
            "evidence": [],
            "tier": "person"
          },
          "stance": {
            "value": "bargain",
            "p": 0.6667,
            "tier": "rules",
            "because": [
              "emotion"
            ]
          },
          "anger_type": {
            "value": "emotional",
            "p": 0.6667,
            "tier": "rules",
            "because": [
              {
                "person": "听过录音"
              }
            ]
          },
          "behavior": {
            "value": "direct",
            "p": 0.6667,
            "tier": "rules",
            "because": [
              "channel"
            ]
          },
          "causes": [
            {
              "value": "broken_promise",
              "p": 0.1235,
              "evidence": [
                {
                  "start": 0,
                  "end": 5,
                  "quote": "说好三天到"
                }
              ],
              "tier": "model"
            }
          ],
          "risks": [
            {
              "value": "repeat",
              "p": 0.5,
              "evidence": [
                {
                  "start": 0,
                  "end": 2,
                  "quote": "说好"
                }
              ],
              "tier": "model"
            }
          ],
          "temperament": {
            "value": "choleric",
            "p": 0.6667,
            "hint": true,
            "tier": "rules",
            "because": [
              {
                "start": 5,
                "end": 6,
                "quote": "😡"
              }
            ]
          },
          "needs": {
            "basic": [
              "respected"
            ],
            "special": [
              "compensation"
            ],
            "rational": [
              "redress"
            ],
            "emotional": [],
            "maslow": "safety",
            "tier": "rules"
          },
          "expectation": {
            "expected": {
              "start": 0,
              "end": 5,
              "quote": "说好三天到"
            },
            "received": null,
            "outcome": "below",
            "p": 0.9,
            "evidence": [
              {
                "start": 0,
                "end": 5,
                "quote": "说好三天到"
              }
            ],
            "promises": [],
            "tier": "model"
          },
          "entities": [
            {
              "kind": "money",
              "start": 8,
              "end": 12,
              "quote": "299元",
              "value": {
                "amount": "299.00",
                "currency": "CNY"
              },
              "tier": "rules"
            },
            {
              "kind": "date",
              "start": 0,
              "end": 2,
              "quote": "说好",
              "value": "2026-11-03",
              "tier": "rules"
            },
            {
              "kind": "duration",
              "start": 2,
              "end": 4,
              "quote": "三天",
              "value": "P3D",
              "tier": "rules"
            }
          ],
          "doubts": [
            "short_text"
          ]
        }"#]]
    .assert_eq(&json);
}
