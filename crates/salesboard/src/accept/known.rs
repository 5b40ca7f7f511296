//! Fields that the contract does not know: they are ignored, and told with the field that was probably meant.
//!
//! What it knows is read from its JSON Schema, which is made of the types that documents are read into.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::limits;
use super::report::{At, Problem};
use crate::board::Weight;
use crate::suggest::{nearest, one_of};

/// The contract as far as its names go.
struct Contract {
    shapes: Vec<Shape>,
    document: Option<usize>,
    event: Option<usize>,
    /// The slide types, in the order of the contract.
    kinds: Vec<String>,
}

/// What may stand in an object or a list.
#[derive(Default)]
struct Shape {
    /// Names of the fields, sorted, and the shapes of what is in them; `None`: nothing with names.
    fields: Vec<(String, Option<usize>)>,
    /// The keys are ids: any may come.
    ids: bool,
    /// What is in each entry of a list, or of a map by ids.
    entry: Option<usize>,
    /// By the value of `type`, where that decides.
    kinds: Vec<(String, usize)>,
}

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| Contract::of(&super::schema::schema()));

/// The slide types that there are.
pub(super) fn kinds() -> &'static [String] {
    &CONTRACT.kinds
}

/// Every unknown field of a document, each kind of them once, in the order of the document.
pub(super) fn in_document(at: &At, document: &Value) -> Vec<Problem> {
    CONTRACT.unknown(CONTRACT.document, at, document)
}

/// The same of a celebration.
pub(super) fn in_event(at: &At, event: &Value) -> Vec<Problem> {
    CONTRACT.unknown(CONTRACT.event, at, event)
}

impl Contract {
    fn of(schema: &Value) -> Contract {
        let mut made = Making { defs: &schema["$defs"], known: HashMap::new(), shapes: Vec::new() };
        let document = made.shape(schema);
        let event = made.shape(&schema["properties"]["events"]["items"]);
        let kinds = made.shapes.iter().flat_map(|shape| &shape.kinds).map(|(kind, _)| kind.clone()).collect();
        Contract { shapes: made.shapes, document, event, kinds }
    }

    fn unknown(&self, shape: Option<usize>, at: &At, value: &Value) -> Vec<Problem> {
        let mut found = Found::default();
        if let Some(shape) = shape {
            self.walk(shape, at, value, &mut found);
        }
        found.problems()
    }

    fn walk<'v>(&self, shape: usize, at: &At, value: &'v Value, found: &mut Found<'v>) {
        match value {
            Value::Array(list) => {
                let Some(entry) = self.shapes[shape].entry else { return };
                for (i, value) in list.iter().enumerate() {
                    self.walk(entry, &at.index(i), value, found);
                }
            }
            Value::Object(object) => {
                let kinds = &self.shapes[shape].kinds;
                let kind = object.get("type").and_then(Value::as_str);
                let shape = match kind.and_then(|kind| kinds.iter().find(|(known, _)| known == kind)) {
                    Some((_, of_kind)) => *of_kind,
                    // A slide of an unknown type is told where it is skipped.
                    None if !kinds.is_empty() => return,
                    None => shape,
                };
                let own = &self.shapes[shape];
                for (key, value) in object {
                    let at = at.key(key);
                    match own.fields.binary_search_by(|(name, _)| name.as_str().cmp(key)) {
                        Ok(i) => own.fields[i].1.into_iter().for_each(|inner| self.walk(inner, &at, value, found)),
                        Err(_) if own.ids => {
                            own.entry.into_iter().for_each(|inner| self.walk(inner, &at, value, found))
                        }
                        Err(_) if is_note(key) || own.is_of_maps(key) => {}
                        Err(_) => found.add(shape, key, &at, || {
                            self.elsewhere(shape, key).unwrap_or_else(|| own.hint(key, value, object))
                        }),
                    }
                }
            }
            _ => {}
        }
    }
}

impl Contract {
    /// The slide types that have a field which this one has not.
    fn elsewhere(&self, shape: usize, key: &str) -> Option<String> {
        let kinds = || self.shapes.iter().flat_map(|shape| &shape.kinds);
        kinds().find(|(_, of_kind)| *of_kind == shape)?;
        let others: Vec<&str> =
            kinds().filter(|(_, at)| self.shapes[*at].knows(key)).map(|(kind, _)| kind.as_str()).collect();
        (!others.is_empty()).then(|| format!("only {} has it", one_of(&others)))
    }
}

impl Shape {
    /// What the filter `period` of maps puts beside what the contract knows: its days as dates, for the map itself.
    fn is_of_maps(&self, key: &str) -> bool {
        matches!(key, "from" | "to") && self.knows("days_total")
    }

    fn knows(&self, name: &str) -> bool {
        self.fields.binary_search_by(|(known, _)| known.as_str().cmp(name)).is_ok()
    }

    /// What was meant by a field that is not known here.
    fn hint(&self, key: &str, value: &Value, beside: &Map<String, Value>) -> String {
        let names = || self.fields.iter().map(|(name, _)| name.as_str());
        let plain = key.get(..key.len().min(64)).unwrap_or_default().to_lowercase().replace(['-', ' '], "_");
        let free = |name: &str| self.knows(name) && !beside.contains_key(name);
        if let Some(name) = nearest(&plain, names()) {
            return format!("did you mean `{name}`?");
        }
        let is_person =
            ["name", "names", "person", "people", "rep", "owner", "user", "seller", "team"].contains(&plain.as_str());
        match value {
            Value::String(_) | Value::Array(_) if is_person && free("name") => "did you mean `name`?".into(),
            Value::String(_) | Value::Array(_) if is_person && free("who") => {
                "did you mean `who`, with ids of `people`?".into()
            }
            Value::Number(_) if free("value") => "did you mean `value`?".into(),
            Value::Number(_) if free("cells") => "did you mean `cells`, one {\"value\": …} per column?".into(),
            _ => {
                let names: Vec<String> = names().map(|name| format!("`{name}`")).collect();
                format!("expected {}", one_of(&names))
            }
        }
    }
}

/// Whether a key says of itself that it is for people only: `_comment`, `$schema`, `//`, `x-source`.
fn is_note(key: &str) -> bool {
    key.starts_with(['_', '$', '#']) || key.starts_with("//") || key.starts_with("x-") || key.starts_with("x_")
}

/// What was found, each name in each kind of place once: a board from a program makes one mistake in every row.
#[derive(Default)]
struct Found<'a> {
    problems: Vec<(Problem, usize)>,
    places: HashMap<(usize, &'a str), usize>,
    over: usize,
}

impl<'a> Found<'a> {
    fn add(&mut self, shape: usize, key: &'a str, at: &At, hint: impl FnOnce() -> String) {
        if let Some(place) = self.places.get(&(shape, key)) {
            self.problems[*place].1 += 1;
        } else if self.problems.len() < limits::UNKNOWN {
            self.places.insert((shape, key), self.problems.len());
            let problem = Problem::wrong(at.path(), format!("unknown field, ignored; {}", hint()));
            self.problems.push((problem.weighing(Weight::LeftOut), 0));
        } else {
            self.over += 1;
        }
    }

    fn problems(self) -> Vec<Problem> {
        let over = self.over;
        let mut problems: Vec<Problem> =
            self.problems.into_iter().map(|(problem, more)| and_more(problem, more)).collect();
        if over > 0 {
            problems.push(Problem::wrong("", format!("and {over} more unknown fields")).weighing(Weight::LeftOut));
        }
        problems
    }
}

fn and_more(mut problem: Problem, more: usize) -> Problem {
    match more {
        0 => {}
        1 => problem.message += " (and in 1 more place)",
        more => problem.message += &format!(" (and in {more} more places)"),
    }
    problem
}

/// The shapes of a schema while they are made.
struct Making<'a> {
    defs: &'a Value,
    known: HashMap<&'a str, Option<usize>>,
    shapes: Vec<Shape>,
}

impl<'a> Making<'a> {
    /// The shape of a schema; `None` for what has no names in it.
    fn shape(&mut self, schema: &'a Value) -> Option<usize> {
        if let Some(either) = schema["anyOf"].as_array() {
            return either.iter().find_map(|schema| self.shape(schema));
        }
        let name = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/"));
        let target = name.map(|name| &self.defs[name]);
        match (name, target) {
            (Some(name), Some(target)) if schema.get("properties").is_none() => {
                if let Some(known) = self.known.get(name) {
                    return *known;
                }
                let made = self.shape(target);
                self.known.insert(name, made);
                made
            }
            _ => {
                let mut shape = Shape::default();
                let properties =
                    [Some(schema), target].into_iter().flatten().filter_map(|s| s["properties"].as_object());
                for (name, inner) in properties.flatten() {
                    let inner = self.shape(inner);
                    shape.fields.push((name.clone(), inner));
                }
                shape.fields.sort();
                shape.ids = schema.get("additionalProperties").is_some();
                let entry = schema.get("additionalProperties").or(schema.get("items"));
                shape.entry = entry.and_then(|inner| self.shape(inner));
                for one in schema["oneOf"].as_array().into_iter().flatten() {
                    let kind = one["properties"]["type"]["const"].as_str();
                    let of_kind = self.shape(one);
                    shape.kinds.extend(kind.map(str::to_owned).zip(of_kind));
                }
                let has_names =
                    !shape.fields.is_empty() || shape.entry.is_some() || !shape.kinds.is_empty() || shape.ids;
                has_names.then(|| {
                    self.shapes.push(shape);
                    self.shapes.len() - 1
                })
            }
        }
    }
}
