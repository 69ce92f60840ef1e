//! The use cases over a real database, with the engine, the playbook and the rules that ship.

mod scenarios;
