//! The use cases at their border: the engine, playbook and rules that ship, over a real database.

mod contradictions;
mod fuzz;
mod inspection;
mod scenarios;
