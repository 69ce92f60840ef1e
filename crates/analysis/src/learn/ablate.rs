//! What each part of the engine gives: the second layer learned again without it, and labeled texts that nothing has
//! learned from read by what comes out. The weights of word pieces are learned once for all variants.

use crate::block::{Block, OUTPUTS, WORD_OUTPUTS};
use crate::cues::Cues;
use crate::decide::{Decision, Offsets, decide_apart, decide_kind};
use crate::engine::Engine;
use crate::evaluation::{Read, Report, compare};
use crate::labeled::LabeledText;
use crate::learn::origins::Origins;
use crate::learn::recipe::{DataFile, Recipe, TrainError, read_files};
use crate::learn::second::SecondLesson;
use crate::learn::thresholds::choose_offsets;
use crate::learn::words::{WordLesson, Words, second_inputs};
use crate::model::{CUE_INPUTS, Honesty, INPUTS, Model, SHAPE_INPUTS, Second};
use crate::models::{DEFAULT, Models};

/// A variant of the engine: what it lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Variant {
    name: &'static str,
    /// Cue words are counted.
    cues: bool,
    /// A denied cue word shows nothing.
    denials: bool,
    /// Length, marks, numbers and address are measured.
    shape: bool,
    /// Facets are read again from all facets' scores.
    second: bool,
    /// Facets are decided together.
    joint: bool,
    /// Which of the two models reads everything; the one for the text, when neither does.
    alone: Option<usize>,
}

const WHOLE: Variant = Variant {
    name: "whole",
    cues: true,
    denials: true,
    shape: true,
    second: true,
    joint: true,
    alone: None,
};

/// The variants, the whole engine first.
const VARIANTS: [Variant; 10] = [
    WHOLE,
    Variant {
        name: "without cue words",
        cues: false,
        ..WHOLE
    },
    Variant {
        name: "without negation",
        denials: false,
        ..WHOLE
    },
    Variant {
        name: "without shape",
        shape: false,
        ..WHOLE
    },
    Variant {
        name: "without cue words and shape",
        cues: false,
        shape: false,
        ..WHOLE
    },
    Variant {
        name: "without the second layer",
        second: false,
        ..WHOLE
    },
    Variant {
        name: "without joint decoding",
        joint: false,
        ..WHOLE
    },
    Variant {
        name: "hashed n-grams alone",
        second: false,
        joint: false,
        ..WHOLE
    },
    Variant {
        name: "the model for what is told to the organization reads all",
        alone: Some(0),
        ..WHOLE
    },
    Variant {
        name: "the model for what is written for the public reads all",
        alone: Some(1),
        ..WHOLE
    },
];

/// What a variant reads of each set of texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Ablated {
    /// What it lacks.
    pub name: &'static str,
    /// The scores on each set; those of evidence and calibration are not measured.
    pub reports: Vec<Report>,
}

/// Learns both Chinese models by these recipes once for their word pieces, then the second layer once for each variant,
/// and measures every variant on the sets. The seed draws the samples of the intervals.
///
/// # Errors
/// When a file cannot be learned from.
pub fn ablate(
    files: &[DataFile],
    recipes: [&Recipe; 2],
    sets: &[Vec<LabeledText>],
    threads: usize,
    seed: u64,
) -> Result<Vec<Ablated>, TrainError> {
    let (texts, _) = read_files(files)?;
    let pupils = recipes.map(|recipe| Pupil::new(&texts, recipe, threads));
    let mut known: Vec<(Variant, Engine)> = Vec::new();
    let ablated = VARIANTS.map(|variant| {
        let learned = Variant {
            name: "",
            joint: true,
            alone: None,
            ..variant
        };
        if !known.iter().any(|(same, _)| *same == learned) {
            let models = pupils.each_ref().map(|pupil| pupil.learn(&learned, threads));
            known.push((learned, engine_of(models, learned.denials)));
        }
        let engine = known.iter().find(|(same, _)| *same == learned);
        let engine = &engine.expect("it was learned just now").1;
        let reports = sets.iter().map(|texts| {
            let reads: Vec<Read> = texts.iter().map(|text| read(engine, &variant, text)).collect();
            compare(&reads, seed)
        });
        Ablated {
            name: variant.name,
            reports: reports.collect(),
        }
    });
    Ok(ablated.into())
}

/// The product's engine with these two models in the places of its own.
fn engine_of([direct, public]: [Model; 2], denials: bool) -> Engine {
    let mut engine = Engine::load(DEFAULT).expect("the committed models load, as a test checks");
    engine.models = Models::of_chinese(engine.models, direct, public);
    engine.cues = if denials { Cues::load() } else { Cues::undenied() };
    engine
}

fn read<'t>(engine: &Engine, variant: &Variant, text: &'t LabeledText) -> Read<'t> {
    let reading = text::read(&text.text);
    let scored = engine.models.score_by(variant.alone, &reading, &engine.cues);
    let (scores, offsets) = (&scored.scores, &scored.model.offsets);
    let mut decision: Decision = match variant.joint {
        true => decide_kind(scores, offsets, scored.own),
        false => decide_apart(scores, offsets, scored.own),
    };
    if variant.second {
        let pairs = engine.pairs.find(reading.normalized(), &scored.found.halves);
        decision.add_risks(engine.sure_risks(&scored, &pairs));
    }
    let mut values = [0; Block::ALL.len()];
    for &block in Block::ALL {
        values[block as usize] = decision.of(block);
    }
    Read {
        text,
        values,
        chances: [0.0; OUTPUTS],
        evidence: Vec::new(),
        without: None,
    }
}

/// One model's texts with what its word pieces say of them.
struct Pupil<'a> {
    texts: &'a [LabeledText],
    origins: Origins,
    recipe: &'a Recipe,
    lesson: WordLesson<'a>,
    words: Words,
}

impl<'a> Pupil<'a> {
    fn new(texts: &'a [LabeledText], recipe: &'a Recipe, threads: usize) -> Self {
        let origins = Origins::of(texts);
        let lesson = WordLesson::new(texts, origins, recipe);
        let words = lesson.learn(recipe, threads);
        Self {
            texts,
            origins,
            recipe,
            lesson,
            words,
        }
    }

    fn learn(&self, variant: &Variant, threads: usize) -> Model {
        let (second, unseen) = match variant.second {
            true => self.learn_second(variant, threads),
            false => self.straight(),
        };
        let Self { lesson, recipe, .. } = self;
        Model {
            name: "ablated".to_owned(),
            table: self.words.table.clone(),
            second,
            honesty: Honesty::default(),
            offsets: self.offsets(&unseen, lesson, recipe),
        }
    }

    fn offsets(&self, unseen: &[[f32; OUTPUTS]], lesson: &WordLesson, recipe: &Recipe) -> Offsets {
        choose_offsets(self.texts, self.origins, &lesson.weights, unseen, recipe.caution)
    }

    fn learn_second(&self, variant: &Variant, threads: usize) -> (Second, Vec<[f32; OUTPUTS]>) {
        let cues = if variant.denials {
            Cues::load()
        } else {
            Cues::undenied()
        };
        let mut inputs = second_inputs(self.texts, &self.words.unseen, &cues);
        for row in &mut inputs {
            blank(row, variant);
        }
        let lesson = SecondLesson {
            texts: self.texts,
            origins: self.origins,
            weights: &self.lesson.weights,
            folds: &self.lesson.folds,
            inputs: &inputs,
        };
        lesson.learn(self.recipe, threads)
    }

    /// A second layer that says what the first said.
    fn straight(&self) -> (Second, Vec<[f32; OUTPUTS]>) {
        let mut second = Second::new();
        (0..WORD_OUTPUTS).for_each(|output| second.set(output, output, 1.0));
        let widened = self.words.unseen.iter().map(|words| {
            let mut scores = [0f32; OUTPUTS];
            scores[..WORD_OUTPUTS].copy_from_slice(words);
            scores
        });
        (second, widened.collect())
    }
}

/// Takes away what a variant does not see: a column without numbers gets no weight, so that reading needs no change.
fn blank(row: &mut [f32; INPUTS], variant: &Variant) {
    if !variant.cues {
        row[CUE_INPUTS].fill(0.0);
    }
    if !variant.shape {
        row[SHAPE_INPUTS].fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labeled::read_labeled;

    fn lines(count: usize) -> String {
        let said = [
            ("不是要赔偿,道个歉就行", "respect", "[\"respect\"]"),
            ("要赔偿三倍,少一分都不行!!!", "redress", "[\"compensation\"]"),
            ("快递到哪了,什么时候能到", "solve", "[]"),
        ];
        (0..count)
            .map(|number| {
                let (text, psychology, motives) = said[number % 3];
                format!(
                    "{{\"text\":\"{text}{number}\",\"source\":\"own\",\"c\":1,\"psy\":\"{psychology}\",\"mot\":{motives}}}\n"
                )
            })
            .collect()
    }

    #[test]
    fn every_variant_is_measured_and_what_is_taken_away_has_no_weight() {
        let text = lines(90);
        let file = DataFile {
            name: "own".to_owned(),
            bytes: text.as_bytes(),
        };
        let recipe = Recipe {
            bits: 10,
            folds: 2,
            ..Recipe::direct()
        };
        let (dev, _) = read_labeled(&lines(30));
        let ablated = ablate(&[file], [&recipe; 2], &[dev], 2, 7).unwrap();
        assert_eq!(ablated.len(), VARIANTS.len());
        for variant in &ablated {
            let psychology = variant.reports[0].facets.iter().find(|facet| facet.key == "psy");
            assert!(psychology.unwrap().accuracy.score > 0.6, "{}", variant.name);
        }
        let (texts, _) = read_labeled(&text);
        let pupil = Pupil::new(&texts, &recipe, 2);
        let model = pupil.learn(&VARIANTS[4], 2);
        let weight = |input: usize| model.second.rows().nth(input).unwrap().iter().any(|&w| w != 0.0);
        assert!(SHAPE_INPUTS.chain(CUE_INPUTS).all(|input| !weight(input)));
        let whole = pupil.learn(&WHOLE, 2);
        let weight = |input: usize| whole.second.rows().nth(input).unwrap().iter().any(|&w| w != 0.0);
        assert!(SHAPE_INPUTS.chain(CUE_INPUTS).any(weight));
    }
}
