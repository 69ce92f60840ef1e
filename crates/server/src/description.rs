//! What the description of the API says of every operation alike: the errors it may answer with, the headers that tell
//! how much may still be asked, and that request bodies hold nothing unknown.

use std::collections::BTreeSet;

use utoipa::openapi::{
    ContentBuilder, Header, HeaderBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder,
    Schema,
    path::{Operation, Parameter, ParameterIn},
    schema::{AdditionalProperties, ArrayItems, Object, OneOfBuilder, SchemaType, Type},
};

use crate::examples;

/// Something other than blanks; that no text may hold a NUL is said in the description of the API.
const NOT_BLANK: &str = "[^\\s\\x85]";
/// Fields that hold whole texts; the body's size is their limit.
const LONG: [&str; 4] = ["text", "texts", "message", "notice"];

/// A version as an entity tag, or bare.
const VERSION: &str = "^(\"[0-9]{1,9}\"|[0-9]{1,9})$";

/// When an operation can answer with an error.
#[derive(Clone, Copy, PartialEq)]
enum When {
    Always,
    Signed,
    Named,
    Writing,
    WithBody,
    Versioned,
    Checked,
}

/// Status, name of the response, when, what it means.
const ERRORS: &[(u16, &str, When, &str)] = &[
    (400, "Malformed", When::Always, "The request cannot be read"),
    (
        401,
        "Unauthenticated",
        When::Signed,
        "Nobody is signed in, or the session or token has ended",
    ),
    (
        403,
        "Forbidden",
        When::Signed,
        "The role or the token's scopes do not allow it, or the CSRF token is missing",
    ),
    (404, "NotFound", When::Named, "There is no such thing"),
    (
        409,
        "Conflict",
        When::Writing,
        "It does not fit the present state, or changed meanwhile",
    ),
    (413, "TooLarge", When::WithBody, "The body is larger than allowed"),
    (
        415,
        "UnsupportedType",
        When::WithBody,
        "The content type is not understood",
    ),
    (
        422,
        "Invalid",
        When::Checked,
        "Fields are missing or wrong; `errors` names all of them",
    ),
    (
        428,
        "PreconditionRequired",
        When::Versioned,
        "`If-Match` is missing",
    ),
    (
        429,
        "TooMany",
        When::Always,
        "Too many requests; `Retry-After` says when to come back",
    ),
    (500, "Failed", When::Always, "The product itself failed"),
    (
        503,
        "Unavailable",
        When::Always,
        "The database does not answer, or too much waits to be stored",
    ),
];

/// Completes the description.
pub(crate) fn complete(document: &mut OpenApi) {
    for (status, name, _, words) in ERRORS {
        let response = problem(*status, words);
        document
            .components
            .get_or_insert_default()
            .responses
            .insert((*name).to_owned(), response.into());
    }
    let mut bodies = BTreeSet::new();
    for (path, item) in &mut document.paths.paths {
        let operations = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("delete", &mut item.delete),
            ("patch", &mut item.patch),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                add_errors(method, path, operation);
                name_versions(operation);
                name_keys(operation);
                refuse_null(operation);
                add_rates(operation);
                add_example(method, path, operation);
                name_bodies(operation, &mut bodies);
            }
        }
    }
    close_bodies(document, bodies);
}

fn problem(status: u16, words: &str) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .build();
    let mut response = ResponseBuilder::new()
        .description(words)
        .content("application/problem+json", content);
    if status == 429 {
        response = response.header("Retry-After", number_header("Seconds to wait"));
    }
    response.build()
}

fn number_header(words: &str) -> Header {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    HeaderBuilder::new()
        .schema(Some(number))
        .description(Some(words))
        .build()
}

fn add_errors(method: &str, path: &str, operation: &mut Operation) {
    // Only operations that ask nobody who they are say something of their own about security.
    let open = operation.security.is_some();
    let logs_in = path.contains("/login") || path.ends_with("/setup");
    let has = |when: When| match when {
        When::Always => true,
        When::Signed => !open || logs_in,
        When::Named => path.contains('{') || operation.request_body.is_some() || names_case(operation),
        When::Writing => method != "get",
        When::WithBody => operation.request_body.is_some(),
        When::Versioned => parameters(operation).any(|one| one.name.eq_ignore_ascii_case("if-match")),
        When::Checked => operation.request_body.is_some() || parameters(operation).next().is_some(),
    };
    let wanted: Vec<_> = ERRORS.iter().filter(|(_, _, when, _)| has(*when)).collect();
    for (status, name, _, _) in wanted {
        let responses = &mut operation.responses.responses;
        responses
            .entry(status.to_string())
            .or_insert_with(|| RefOr::Ref(Ref::from_response_name(*name)));
    }
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let all = operation.parameters.iter().flatten();
    all.filter_map(|one| match one {
        RefOr::T(parameter) if parameter.parameter_in != ParameterIn::Path => Some(parameter),
        _ => None,
    })
}

fn names_case(operation: &Operation) -> bool {
    parameters(operation).any(|one| one.name == "case")
}

/// A parameter is there or left out; only bodies know null.
fn refuse_null(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(RefOr::T(Schema::Object(object))) = &mut parameter.schema
            && let SchemaType::Array(kinds) = &mut object.schema_type
        {
            kinds.retain(|kind| *kind != Type::Null);
            if let [only] = kinds.as_slice() {
                object.schema_type = SchemaType::Type(only.clone());
            }
        }
    }
}

/// What an `Idempotency-Key` holds.
fn name_keys(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && parameter.name == "Idempotency-Key"
        {
            let key = ObjectBuilder::new()
                .schema_type(Type::String)
                .min_length(Some(1))
                .max_length(Some(200));
            parameter.schema = Some(Schema::from(key).into());
        }
    }
}

/// What `If-Match` holds: a version, which our answers give as `ETag`.
fn name_versions(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && parameter.name.eq_ignore_ascii_case("if-match")
        {
            let version = ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some(VERSION));
            parameter.schema = Some(Schema::from(version).into());
        }
    }
}

fn add_rates(operation: &mut Operation) {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let words =
        "How much may still be asked, as `limit`, `remaining`, `reset` in seconds; left out without a limit";
    let rate = HeaderBuilder::new()
        .schema(Some(text))
        .description(Some(words))
        .build();
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && status.starts_with('2')
        {
            response
                .headers
                .insert("RateLimit".to_owned(), rate.clone().into());
        }
    }
}

fn add_example(method: &str, path: &str, operation: &mut Operation) {
    let Some(RefOr::T(body)) = &mut operation.request_body else {
        return;
    };
    let example = examples::example_of(method, path);
    for content in body.content.values_mut() {
        if let RefOr::T(content) = content {
            content.example.clone_from(&example);
        }
    }
}

/// The names of the schemas that bodies are made of.
fn name_bodies(operation: &Operation, names: &mut BTreeSet<String>) {
    let Some(RefOr::T(body)) = &operation.request_body else {
        return;
    };
    for content in body.content.values() {
        if let RefOr::T(content) = content
            && let Some(RefOr::Ref(reference)) = &content.schema
        {
            names.insert(name_of(reference));
        }
    }
}

fn name_of(reference: &Ref) -> String {
    let path = &reference.ref_location;
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Bodies refuse fields they do not know, and blanks where words are needed. Shapes that answers build upon stay open,
/// since an answer has more fields than they.
fn close_bodies(document: &mut OpenApi, mut waiting: BTreeSet<String>) {
    let mut done = built_upon(document);
    while let Some(name) = waiting.pop_first() {
        if !done.insert(name.clone()) {
            continue;
        }
        let components = document.components.get_or_insert_default();
        if let Some(RefOr::T(schema)) = components.schemas.get_mut(&name) {
            close(schema, Place::default(), &mut waiting);
        }
    }
}

/// Where in a body a schema stands.
#[derive(Clone, Copy, Default)]
struct Place {
    needed: bool,
    long: bool,
}

/// The names of schemas that others are made of by adding fields.
fn built_upon(document: &mut OpenApi) -> BTreeSet<String> {
    let schemas = &document.components.get_or_insert_default().schemas;
    let parts = schemas.values().filter_map(|schema| match schema {
        RefOr::T(Schema::AllOf(all)) => Some(&all.items),
        _ => None,
    });
    let names = parts.flatten().filter_map(|part| match part {
        RefOr::Ref(reference) => Some(name_of(reference)),
        RefOr::T(_) => None,
    });
    names.collect()
}

fn close_or_name(schema: &mut RefOr<Schema>, place: Place, names: &mut BTreeSet<String>) {
    match schema {
        RefOr::Ref(reference) => {
            names.insert(name_of(reference));
        }
        RefOr::T(schema) => close(schema, place, names),
    }
}

fn close(schema: &mut Schema, place: Place, names: &mut BTreeSet<String>) {
    match schema {
        Schema::Object(object) => close_object(object, place, names),
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                close_or_name(
                    items,
                    Place {
                        needed: false,
                        ..place
                    },
                    names,
                );
            }
        }
        Schema::OneOf(one) => one
            .items
            .iter_mut()
            .for_each(|item| close_or_name(item, place, names)),
        Schema::AllOf(all) => all
            .items
            .iter_mut()
            .for_each(|item| close_or_name(item, place, names)),
        Schema::AnyOf(any) => any
            .items
            .iter_mut()
            .for_each(|item| close_or_name(item, place, names)),
        _ => {}
    }
}

fn close_object(object: &mut Object, place: Place, names: &mut BTreeSet<String>) {
    let texts = match &object.schema_type {
        SchemaType::Type(only) => *only == Type::String,
        SchemaType::Array(several) => several.contains(&Type::String),
        SchemaType::AnyValue => false,
    };
    if texts && object.enum_values.is_none() && object.format.is_none() {
        if place.needed && object.pattern.is_none() {
            object.pattern = Some(NOT_BLANK.to_owned());
        }
        if !place.long {
            object.max_length.get_or_insert(wire::limits::SHORT_CHARS);
        }
    }
    if object.properties.is_empty() {
        return;
    }
    object
        .additional_properties
        .get_or_insert_with(|| Box::new(AdditionalProperties::FreeForm(false)));
    let required = object.required.clone();
    for (name, property) in &mut object.properties {
        let needed = required.contains(name);
        let long = LONG.contains(&name.as_str());
        close_or_name(property, Place { needed, long }, names);
        if !needed {
            allow_null(property);
        }
    }
}

/// Null stands for what is left out.
fn allow_null(schema: &mut RefOr<Schema>) {
    let kind = match schema {
        RefOr::T(Schema::Object(object)) => &mut object.schema_type,
        RefOr::T(Schema::Array(array)) => &mut array.schema_type,
        RefOr::Ref(reference) => {
            let null = ObjectBuilder::new().schema_type(Type::Null);
            *schema = Schema::from(OneOfBuilder::new().item(null).item(reference.clone())).into();
            return;
        }
        RefOr::T(_) => return,
    };
    if let SchemaType::Type(only) = kind {
        *kind = SchemaType::Array(vec![only.clone(), Type::Null]);
    }
}
