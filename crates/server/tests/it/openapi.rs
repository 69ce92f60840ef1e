//! The description of the API is complete, and is the committed one.

use domain::Vocabulary;
use serde_json::Value;

fn described() -> Value {
    serde_json::from_str(&tingsu_server::openapi_json()).unwrap()
}

#[test]
fn the_committed_description_is_the_real_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == tingsu_server::openapi_json(),
        "openapi.json is out of date: run `cargo xtask codegen`"
    );
}

#[test]
fn vocabularies_are_named_schemas_with_their_keys() {
    let document = described();
    assert_eq!(document["openapi"], "3.1.0");
    let keys = &document["components"]["schemas"]["Psychology"];
    let expected: Vec<&str> = domain::Psychology::ALL.iter().map(|value| value.key()).collect();
    let named: Vec<&str> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, schema)| {
            schema["enum"]
                .as_array()
                .is_some_and(|keys| keys.iter().eq(expected.iter()))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(named, ["Psychology"], "{keys}");
}

/// Two shapes of one name would silently become one.
#[test]
fn shapes_do_not_hide_behind_each_other() {
    let document = described();
    let schemas = &document["components"]["schemas"];
    let shape_of = |owner: &str, field: &str| {
        let reference = schemas[owner]["properties"][field]["$ref"]
            .as_str()
            .unwrap_or_default();
        document
            .pointer(reference.trim_start_matches('#'))
            .cloned()
            .unwrap_or_default()
    };
    for (owner, field, inner) in [
        ("Analysis", "psychology", "primary"),
        ("Analysis", "emotion", "stage"),
        ("Analysis", "expectation", "outcome"),
        ("Analysis", "nature", "value"),
        ("Case", "plan", "steps"),
        ("Dashboard", "csat", "mean"),
    ] {
        let shape = shape_of(owner, field);
        assert!(shape["properties"][inner].is_object(), "{owner}.{field}: {shape}");
    }
}

/// Every `$ref` leads somewhere.
#[test]
fn references_lead_somewhere() {
    fn check(value: &Value, document: &Value) {
        match value {
            Value::Object(object) => {
                if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                    let pointer = reference.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
                }
                object.values().for_each(|inner| check(inner, document));
            }
            Value::Array(items) => items.iter().for_each(|inner| check(inner, document)),
            _ => {}
        }
    }
    let document = described();
    check(&document, &document);
}

#[test]
fn every_operation_describes_its_errors() {
    let document = described();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let content = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert_eq!(
                content["schema"]["$ref"], "#/components/schemas/Problem",
                "{method} {path}"
            );
        }
    }
}
