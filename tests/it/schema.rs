//! The JSON Schema of the contract: boards that are fine hold against it, broken ones do not.

use floorcast::schema::schema;
use serde_json::{Value, json};

/// What is wrong with a value by a schema. Knows the keywords that the schema uses and fails on any other, so that
/// nothing is taken for checked that is not.
fn faults(root: &Value, schema: &Value, value: &Value, path: &str, out: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else {
        assert_eq!(schema, &json!(true), "{path}: a schema is an object or true");
        return;
    };
    for (keyword, rule) in rules {
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "format" | "pattern" => true,
            "$ref" => {
                let name = rule.as_str().and_then(|r| r.strip_prefix("#/$defs/")).expect("a local reference");
                faults(root, &root["$defs"][name], value, path, out);
                true
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|t| is(t, value)),
                one => is(one, value),
            },
            "const" => rule == value,
            "enum" => rule.as_array().expect("a list").contains(value),
            "required" => value.as_object().is_none_or(|object| {
                rule.as_array().expect("a list").iter().all(|key| object.contains_key(key.as_str().expect("a key")))
            }),
            "properties" => {
                for (key, rule) in rule.as_object().expect("an object") {
                    if let Some(value) = value.get(key) {
                        faults(root, rule, value, &format!("{path}.{key}"), out);
                    }
                }
                true
            }
            "additionalProperties" => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    faults(root, rule, value, &format!("{path}.{key}"), out);
                }
                true
            }
            "items" => {
                for (i, value) in value.as_array().into_iter().flatten().enumerate() {
                    faults(root, rule, value, &format!("{path}[{i}]"), out);
                }
                true
            }
            "anyOf" | "oneOf" => {
                let fits = |rule: &&Value| {
                    let mut inner = Vec::new();
                    faults(root, rule, value, path, &mut inner);
                    inner.is_empty()
                };
                let n = rule.as_array().expect("a list").iter().filter(fits).count();
                if keyword == "anyOf" { n > 0 } else { n == 1 }
            }
            "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= rule.as_u64().expect("a number")),
            "maxItems" => value.as_array().is_none_or(|list| list.len() as u64 <= rule.as_u64().expect("a number")),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() as u64 <= rule.as_u64().expect("n")),
            "minimum" => value.as_f64().is_none_or(|v| v >= rule.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_none_or(|v| v <= rule.as_f64().expect("a number")),
            "exclusiveMinimum" => value.as_f64().is_none_or(|v| v > rule.as_f64().expect("a number")),
            other => panic!("the schema uses {other}, which this test does not know"),
        };
        if !holds {
            out.push(format!("{path}: {keyword}"));
        }
    }
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("a type") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|v| v.fract() == 0.0),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    }
}

fn check(document: &Value) -> Vec<String> {
    let schema = schema();
    let mut out = Vec::new();
    faults(&schema, &schema, document, "", &mut out);
    out
}

fn full() -> Value {
    serde_json::from_str(include_str!("../boards/full.json")).expect("json")
}

#[test]
fn it_says_what_it_is() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["title"], "salesboard/1");
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(required, ["format", "slides"]);
    assert!(!schema.to_string().contains("Field"), "how documents are read is nobody's business");
}

#[test]
fn boards_that_are_fine_hold() {
    assert_eq!(check(&full()), Vec::<String>::new());
    let least = json!({"format": "salesboard/1",
        "slides": [{"type": "ranking", "title": "Deals", "rows": [{"name": "Ana", "value": 3}]}]});
    assert_eq!(check(&least), Vec::<String>::new());
}

#[test]
fn every_kind_is_described_with_its_own_rows() {
    let mut kinds = 0;
    for (i, slide) in full()["slides"].as_array().expect("a list").iter().enumerate() {
        kinds += 1;
        let mut document = full();
        // A number where the kind has a list or a text of its own.
        let own =
            ["rows", "rounds", "items", "text"].into_iter().find(|key| slide.get(*key).is_some()).expect("a field");
        document["slides"][i][own] = json!(5);
        assert_eq!(check(&document), [".slides[".to_owned() + &i.to_string() + "]: oneOf"], "{}", slide["type"]);
    }
    assert_eq!(kinds, 11);
}

#[test]
fn broken_boards_do_not_hold() {
    let broken = |edit: &dyn Fn(&mut Value)| {
        let mut document = full();
        edit(&mut document);
        assert!(!check(&document).is_empty(), "{document}");
    };
    broken(&|d| d["slides"] = json!([]));
    broken(&|d| d["slides"] = Value::Null);
    broken(&|d| d["rev"] = json!("12"));
    broken(&|d| d["slides"][0]["type"] = json!("map"));
    broken(&|d| d["slides"][0]["rows"][0]["value"] = json!("12,000"));
    broken(&|d| d["slides"][0]["rows"][0]["target"] = json!(0));
    broken(&|d| d["slides"][0]["by"] = json!("mood"));
    broken(&|d| d["metrics"]["sold"]["better"] = json!("sideways"));
    broken(&|d| d["events"][0]["tier"] = json!(4));
    broken(&|d| {
        d["events"][0].as_object_mut().expect("an object").remove("id");
    });
}
