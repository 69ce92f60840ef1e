//! The shapes of query parameters, for the description of the API; their reading is beside the queries.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat,
        schema::{AnyOfBuilder, Type},
    },
};

use domain::{CaseState, Role, Vocabulary};

/// A day as `YYYY-MM-DD`, or an RFC 3339 time with offset.
#[derive(Clone, Copy, Debug)]
pub struct DayOrTime;

impl PartialSchema for DayOrTime {
    fn schema() -> RefOr<Schema> {
        let text = |format| {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(SchemaFormat::KnownFormat(format)))
        };
        AnyOfBuilder::new()
            .item(text(KnownFormat::Date))
            .item(text(KnownFormat::DateTime))
            .into()
    }
}

impl ToSchema for DayOrTime {}

fn whole_number(least: u8, most: u8) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(least))
        .maximum(Some(most))
        .into()
}

fn one_of<'k>(keys: impl IntoIterator<Item = &'k str>) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(keys))
        .into()
}

/// A severity or priority, 1–4.
#[derive(Clone, Copy, Debug)]
pub struct Grade;

impl PartialSchema for Grade {
    fn schema() -> RefOr<Schema> {
        whole_number(1, 4)
    }
}

impl ToSchema for Grade {}

/// A strength of feeling, 0–3.
#[derive(Clone, Copy, Debug)]
pub struct FeelingGrade;

impl PartialSchema for FeelingGrade {
    fn schema() -> RefOr<Schema> {
        whole_number(0, 3)
    }
}

impl ToSchema for FeelingGrade {}

/// A mark for satisfaction, 1–5.
#[derive(Clone, Copy, Debug)]
pub struct MarkGiven;

impl PartialSchema for MarkGiven {
    fn schema() -> RefOr<Schema> {
        whole_number(1, 5)
    }
}

impl ToSchema for MarkGiven {}

/// When the first answer came.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredWanted;

impl PartialSchema for AnsweredWanted {
    fn schema() -> RefOr<Schema> {
        one_of(crate::list::ANSWERED.map(|(key, _)| key))
    }
}

impl ToSchema for AnsweredWanted {}

/// What a case may not say.
#[derive(Clone, Copy, Debug)]
pub struct PlaceMissing;

impl PartialSchema for PlaceMissing {
    fn schema() -> RefOr<Schema> {
        one_of(crate::list::PLACES.map(|(key, _)| key))
    }
}

impl ToSchema for PlaceMissing {}

/// How a clock that still runs stands.
#[derive(Clone, Copy, Debug)]
pub struct ClockWanted;

impl PartialSchema for ClockWanted {
    fn schema() -> RefOr<Schema> {
        one_of(domain::DeadlineState::ALL.iter().map(|state| state.key()))
    }
}

impl ToSchema for ClockWanted {}

/// A state, or `open` for all that are not final.
#[derive(Clone, Copy, Debug)]
pub struct StateWanted;

impl PartialSchema for StateWanted {
    fn schema() -> RefOr<Schema> {
        one_of(CaseState::ALL.iter().map(|state| state.key()).chain(["open"]))
    }
}

impl ToSchema for StateWanted {}

/// The order of a list.
#[derive(Clone, Copy, Debug)]
pub struct OrderWanted;

impl PartialSchema for OrderWanted {
    fn schema() -> RefOr<Schema> {
        one_of(["due", "-opened", "priority", "relevance"])
    }
}

impl ToSchema for OrderWanted {}

/// A role that an account can have; a customer's link has none.
#[derive(Clone, Copy, Debug)]
pub struct StaffRole;

impl PartialSchema for StaffRole {
    fn schema() -> RefOr<Schema> {
        let roles = Role::ALL.iter().filter(|role| **role != Role::CustomerLink);
        one_of(roles.map(|role| role.key()))
    }
}

impl ToSchema for StaffRole {}

/// A language of the interface.
#[derive(Clone, Copy, Debug)]
pub struct LanguageWanted;

impl PartialSchema for LanguageWanted {
    fn schema() -> RefOr<Schema> {
        one_of(["zh", "en"])
    }
}

impl ToSchema for LanguageWanted {}

/// How a piece of work stands.
#[derive(Clone, Copy, Debug)]
pub struct WorkState;

impl PartialSchema for WorkState {
    fn schema() -> RefOr<Schema> {
        one_of(["waiting", "done", "shelved"])
    }
}

impl ToSchema for WorkState {}

/// A kind of events, as in the history of a case.
#[derive(Clone, Copy, Debug)]
pub struct EventKindWanted;

impl PartialSchema for EventKindWanted {
    fn schema() -> RefOr<Schema> {
        one_of(crate::event::KINDS.iter().copied())
    }
}

impl ToSchema for EventKindWanted {}
