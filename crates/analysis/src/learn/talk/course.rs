//! Learns what escalates and what handling is worth, from scores of unseen turns.

use crate::block::Choice;
use crate::learn::logistic::{Lesson, Weights, fit};
use crate::learn::sparse::Sparse;
use crate::learn::talk::second::Second;
use crate::learn::talk::{Class, FOLDS};
use crate::talk::course::{COURSE, CourseTable, SoFar};

/// What was learned of whole conversations.
pub(super) struct CourseLearned {
    pub(super) table: CourseTable,
    /// By conversation and turn: the probability of escalation told by what had not seen the conversation.
    pub(super) escalation: Vec<Vec<f32>>,
    /// By conversation, likewise: the handling's worth, 0–100.
    pub(super) worth: Vec<f32>,
}

pub(super) fn learn(class: &Class, second: &Second) -> CourseLearned {
    let live: Vec<Vec<[f32; COURSE]>> = (0..class.talks.len())
        .map(|talk| numbers_of(class, second, talk, 0))
        .collect();
    let whole: Vec<[f32; COURSE]> = (0..class.talks.len())
        .map(|talk| {
            numbers_of(class, second, talk, 1)
                .last()
                .copied()
                .unwrap_or([0.0; COURSE])
        })
        .collect();
    let mut learned = CourseLearned {
        table: CourseTable::empty(),
        escalation: Vec::new(),
        worth: Vec::new(),
    };
    let escalation: Vec<Vec<f32>> = (0..=FOLDS)
        .map(|fold| learn_escalation(class, &live, fold))
        .collect();
    let worth: Vec<Vec<f32>> = (0..=FOLDS).map(|fold| learn_worth(class, &whole, fold)).collect();
    for talk in 0..class.talks.len() {
        let fold = class.folds[talk];
        let table = CourseTable {
            escalation: escalation[fold].clone(),
            worth: worth[fold].clone(),
        };
        let mut places = Vec::new();
        let mut heard = live[talk].iter();
        let mut last = 0.0;
        for facts in &class.facts[talk] {
            if facts.side.is_some() {
                last = heard.next().map_or(last, |numbers| table.escalation_of(numbers));
            }
            places.push(last);
        }
        learned.escalation.push(places);
        learned.worth.push(table.worth_of(&whole[talk]));
    }
    learned.table = CourseTable {
        escalation: escalation[FOLDS].clone(),
        worth: worth[FOLDS].clone(),
    };
    learned
}

/// The conversation in numbers after each of its turns.
fn numbers_of(class: &Class, second: &Second, talk: usize, way: usize) -> Vec<[f32; COURSE]> {
    let mut so_far = SoFar::new();
    let read = class.facts[talk]
        .iter()
        .filter_map(|facts| Some((facts.side?, facts)));
    read.zip(&second.unseen[way][talk])
        .map(|((side, facts), scores)| {
            so_far.hear(side, facts, scores);
            so_far.numbers()
        })
        .collect()
}

/// Every turn of a conversation asks whether it escalates; together they count as one.
fn learn_escalation(class: &Class, live: &[Vec<[f32; COURSE]>], left_out: usize) -> Vec<f32> {
    let mut sample = Sample::new();
    for (talk, turns) in live
        .iter()
        .enumerate()
        .filter(|(talk, _)| class.folds[*talk] != left_out)
    {
        for numbers in turns {
            let weight = 3.0 / turns.len() as f32;
            sample.push(numbers, class.talks[talk].escalated, weight);
        }
    }
    sample.learn(class, class.recipe.course_ridge)
}

/// A rating of 70 counts as seven good conversations of ten.
fn learn_worth(class: &Class, whole: &[[f32; COURSE]], left_out: usize) -> Vec<f32> {
    let mut sample = Sample::new();
    for (talk, numbers) in whole
        .iter()
        .enumerate()
        .filter(|(talk, _)| class.folds[*talk] != left_out)
    {
        let share = class.talks[talk].score / 100.0;
        sample.push(numbers, true, share);
        sample.push(numbers, false, 1.0 - share);
    }
    sample.learn(class, class.recipe.course_ridge * 0.25)
}

struct Sample {
    matrix: Sparse,
    labels: Vec<u32>,
    weights: Vec<f32>,
}

impl Sample {
    fn new() -> Self {
        Self {
            matrix: Sparse::new(COURSE),
            labels: Vec::new(),
            weights: Vec::new(),
        }
    }

    fn push(&mut self, numbers: &[f32; COURSE], label: bool, weight: f32) {
        let filled = numbers.iter().zip(0u32..).filter(|(number, _)| **number != 0.0);
        self.matrix.push(filled.map(|(number, column)| (column, *number)));
        self.labels.push(u32::from(label));
        self.weights.push(weight);
    }

    fn learn(&self, class: &Class, ridge: f32) -> Vec<f32> {
        let rows: Vec<u32> = (0..self.labels.len() as u32).collect();
        let lesson = Lesson {
            rows: &rows,
            labels: &self.labels,
            weights: &self.weights,
            choice: Choice::Many,
            values: 1,
            ridge,
            patience: class.recipe.patience,
        };
        let weights: Weights = fit(&self.matrix, &lesson);
        (0..=COURSE).map(|column| weights.of(column)[0]).collect()
    }
}
