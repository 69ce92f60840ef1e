//! The playbook as its users see it: plans, redress, first answers and the check of messages.

mod build;
mod completeness;
mod messages;
mod outgoing;
mod personal;
mod plans;
mod properties;
mod redress;
mod scenarios;
