//! Conversations: heard turn by turn in context, their course, escalation and worth.

pub(crate) mod course;
mod doubts;
mod evidence;
pub(crate) mod facts;
pub(crate) mod first;
mod hear;
pub(crate) mod labeled;
pub(crate) mod model;
mod pace;
mod promise;
pub(crate) mod sequence;
mod six;
mod trajectory;
pub(crate) mod words;

pub(crate) use hear::{Ears, hear};
