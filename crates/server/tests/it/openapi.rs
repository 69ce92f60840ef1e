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

/// Method, path and operation of everything described.
fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, operations)| {
        let operations = operations.as_object().unwrap().iter();
        operations.map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
    })
}

/// Nothing hides behind a default: each status an operation can answer with is named, and errors are problem documents.
#[test]
fn every_operation_describes_its_errors() {
    let document = described();
    let shared = &document["components"]["responses"];
    for (method, path, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        assert!(!responses.contains_key("default"), "{method} {path}");
        for (status, response) in responses.iter().filter(|(status, _)| !status.starts_with('2')) {
            let response = match response["$ref"].as_str() {
                Some(reference) => &shared[reference.rsplit('/').next().unwrap()],
                None => response,
            };
            let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{method} {path} {status}");
        }
        let mut expected = vec!["400", "429", "500", "503"];
        // Open to everybody: nobody has to say who they are.
        if !operation["security"].is_array() {
            expected.extend(["401", "403"]);
        }
        if operation["requestBody"].is_object() {
            expected.extend(["413", "415", "422"]);
        }
        for status in expected {
            assert!(
                responses.contains_key(status),
                "{method} {path} does not tell of {status}"
            );
        }
    }
}

/// Every JSON body has an example, holds nothing that is not described, and says so.
#[test]
fn every_body_has_an_example_and_is_closed() {
    let document = described();
    let mut bodies = 0;
    for (method, path, operation) in operations(&document) {
        let content = &operation["requestBody"]["content"]["application/json"];
        if !content.is_object() {
            continue;
        }
        bodies += 1;
        assert!(content["example"].is_object(), "{method} {path} has no example");
        let name = content["schema"]["$ref"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap();
        let schema = &document["components"]["schemas"][name];
        let built_upon = document
            .to_string()
            .matches(&format!("\"allOf\":[{{\"$ref\":\"#/components/schemas/{name}\""))
            .count();
        if schema["properties"].is_object() && built_upon == 0 {
            assert_eq!(schema["additionalProperties"], false, "{method} {path}: {name}");
        }
    }
    assert!(bodies > 25, "{bodies}");
}

#[test]
fn the_page_of_errors_is_the_table_of_codes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ERRORS.md");
    let page = std::fs::read_to_string(path).unwrap_or_default();
    for code in app::Code::ALL {
        let row = code.row();
        let line = format!(
            "| `{}` | {} | {} | {} |",
            row.key,
            tingsu_server::status_of_code(*code),
            row.what.en,
            row.next.en
        );
        assert!(page.contains(&line), "docs/ERRORS.md lacks this line:\n{line}");
    }
    let rows = page.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(
        rows,
        app::Code::ALL.len(),
        "docs/ERRORS.md tells of codes that do not exist"
    );
}
