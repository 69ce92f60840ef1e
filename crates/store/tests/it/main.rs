//! The store at its border: the same tests on SQLite and on PostgreSQL, each with a fresh database.

mod cases;
mod crash;
mod feed;
mod format;
mod ledgers;
mod lists;
mod people;
mod rollups;
mod sample;
mod search;
mod temporary;
