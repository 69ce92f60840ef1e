//! 契约: the only public JSON shapes, shared by HTTP and `--output jsonl`; knows the nouns and nothing else.

pub mod account;
pub mod analysis;
pub mod board;
pub mod case;
pub mod command;
pub mod conversation;
pub mod customer;
pub mod customer_list;
pub mod dashboard;
pub mod event;
pub mod fields;
pub mod insight;
pub mod intake;
pub mod keeping;
pub mod key;
pub mod legend;
pub mod limits;
pub mod list;
pub mod message;
pub mod pack;
pub mod plan;
pub mod presence;
pub mod preset;
pub mod problem;
pub mod progress;
pub mod quote;
pub mod redress;
pub mod review;
pub mod rights;
pub mod session;
pub mod settings;
pub mod setup;
pub mod staff;
pub mod time;

pub use analysis::Analysis;
pub use case::{Case, CaseParts};
pub use fields::{FieldError, Fields};
pub use plan::Plan;
pub use problem::Problem;
pub use review::Review;

pub use serde_json::Value;
