//! The language of a map: jq without everything that is not a function of its input, plus the house's helpers.

use std::io::Write;

use jaq_core::data::{DataT, HasLut};
use jaq_core::load::parse::Def;
use jaq_core::load::{Arena, Error as LoadError, File, Loader, span};
use jaq_core::{Compiler, Ctx, Filter, Lut, Vars, unwrap_valr};
use jaq_json::Val;

use super::decode::{kind, plain};
use super::{limits, natives, short};

/// Words of jq that are no part of a map, and why.
const REMOVED: &[(&str, &str)] = &[
    ("env", IMPURE),
    ("$ENV", IMPURE),
    ("input", "everything is in .sources"),
    ("inputs", "everything is in .sources"),
    ("input_line_number", "everything is in .sources"),
    ("input_filename", "everything is in .sources"),
    ("halt", IMPURE),
    ("halt_error", "use error(\"…\")"),
    ("debug", "see what the map gets and makes with `floorcast map`"),
    ("debug_empty", IMPURE),
    ("stderr", "see what the map gets and makes with `floorcast map`"),
    ("stderr_empty", IMPURE),
    ("now", "use $now"),
    ("localtime", "use $tz and the helpers of dates"),
    ("strflocaltime", "use $tz and the helpers of dates"),
];

const IMPURE: &str = "a map is a function of its sources and of nothing else";

/// The house's helpers.
const PRELUDE: &str = include_str!("prelude.jq");

/// Variables that every map has.
const VARIABLES: [&str; 3] = ["$now", "$tz", "$date_order"];

/// What filters work on: JSON values, and the context of the run.
pub(super) struct Data;

impl DataT for Data {
    type V<'a> = Val;
    type Data<'a> = RunData<'a>;
}

/// What native filters can reach besides their arguments.
#[derive(Clone, Copy)]
pub(super) struct RunData<'a> {
    lut: &'a Lut<Data>,
    pub(super) context: &'a Context,
}

impl<'a> HasLut<'a, Data> for RunData<'a> {
    fn lut(&self) -> &'a Lut<Data> {
        self.lut
    }
}

/// What a run knows besides its input and variables.
#[derive(Default)]
pub struct Context {
    /// The sources that are tables, by name.
    pub tables: std::collections::HashMap<String, super::table::Grid>,
    /// How tables are read.
    pub settings: super::TableSettings,
    /// What the tables said of themselves.
    pub said: std::cell::RefCell<super::table::Said>,
}

/// A map ready to run.
pub struct Program {
    name: String,
    filter: Filter<Data>,
}

fn kept(name: &str) -> bool {
    REMOVED.iter().all(|(removed, _)| *removed != name)
}

/// Reads a program. `name` is its file.
///
/// # Errors
/// One line with the program's name, line and column.
pub fn compile(name: &str, text: &str) -> Result<Program, String> {
    let prelude: Vec<Def<&str>> = jaq_core::load::parse(PRELUDE, |p| p.defs()).ok_or("the prelude is broken")?;
    let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs()).chain(prelude);
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs()).chain(natives::funs());
    let arena = Arena::default();
    let file = File { code: text, path: () };
    let loaded = Loader::new(defs.filter(|def| kept(def.name))).load(&arena, file);
    let modules = loaded.map_err(|errors| {
        let (at, message) = errors.first().map_or((None, "broken".into()), |(_, error)| syntax(text, error));
        wrong(name, text, at, &message)
    })?;
    // The loader reads no data of another file, and would leave it at that.
    let no_data = jaq_core::load::import(&modules, |_| Err::<(), String>("no data".into()));
    no_data.map_err(|errors| {
        let (at, message) = errors.first().map_or((None, "broken".into()), |(_, error)| syntax(text, error));
        wrong(name, text, at, &message)
    })?;
    let compiler = Compiler::default().with_funs(funs.filter(|(name, ..)| kept(name))).with_global_vars(VARIABLES);
    let filter = compiler.compile(modules).map_err(|errors| {
        let first = errors
            .into_iter()
            .flat_map(|(file, errors)| errors.into_iter().map(move |error| (file.code, error)))
            .next();
        match first {
            Some((code, (word, what))) if std::ptr::eq(code, text) => {
                wrong(name, text, Some(span(text, word).start), &undefined(word, what.as_str()))
            }
            Some((_, (word, _))) => format!("{name}: the prelude is broken at {word}"),
            None => format!("{name}: broken"),
        }
    })?;
    Ok(Program { name: name.to_owned(), filter })
}

/// A word that means nothing here.
fn undefined(word: &str, what: &str) -> String {
    match REMOVED.iter().find(|(removed, _)| *removed == word) {
        Some((_, why)) => format!("`{}` is no part of a map: {why}", short(word, 40)),
        None if what == "variable" => {
            format!("there is no variable {}; a map has $now, $tz and $date_order", short(word, 40))
        }
        None => format!("there is no {what} `{}` with so many arguments", short(word, 40)),
    }
}

/// Where the text is no jq, and what was expected.
fn syntax(text: &str, error: &LoadError<&str>) -> (Option<usize>, String) {
    let (place, expected) = match error {
        LoadError::Io(list) => {
            (list.first().map(|(path, _)| *path), "no `import` or `include`: a map is one file".to_owned())
        }
        LoadError::Lex(list) => {
            let first = list.first();
            (
                first.map(|(_, found)| *found),
                first.map_or(String::new(), |(expected, _)| format!("expected {}", expected.as_str())),
            )
        }
        LoadError::Parse(list) => {
            let first = list.first();
            (
                first.map(|(_, found)| *found),
                first.map_or(String::new(), |(expected, _)| format!("expected {}", expected.as_str())),
            )
        }
    };
    let at = place.map(|place| span(text, place).start);
    let found = match place.and_then(|place| place.lines().next()) {
        Some(found) if !found.is_empty() => format!(", found {:?}", short(found, 30)),
        _ => ", found the end".to_owned(),
    };
    (at, if matches!(error, LoadError::Io(_)) { expected } else { expected + &found })
}

/// An error with its place in the program.
fn wrong(name: &str, text: &str, at: Option<usize>, message: &str) -> String {
    let Some(before) = at.and_then(|at| text.get(..at)) else { return format!("{name}: {message}") };
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{name}:{line}:{column}: {message}")
}

impl Program {
    /// Runs the map with `$now`, `$tz` and `$date_order`: the board's document, and what the map itself had to say (its
    /// `problems`).
    ///
    /// # Errors
    /// One line: the map failed, or gave something else than one object.
    pub fn run(&self, input: Val, variables: [&str; 3], context: &Context) -> Result<(Vec<u8>, Vec<String>), String> {
        let name = &self.name;
        let vars = Vars::new(variables.map(|text| Val::utf8_str(text.to_owned())));
        let ctx = Ctx::<Data>::new(RunData { lut: &self.filter.lut, context }, vars);
        let mut results = self.filter.id.run((ctx, input)).map(unwrap_valr);
        let first = results.next().ok_or_else(|| format!("{name}: the map gave nothing; expected one board"))?;
        let board = first.map_err(|error| format!("{name}: {}", short(&plain(&error.into_val()), 300)))?;
        match results.next() {
            None => {}
            Some(Ok(_)) => return Err(format!("{name}: the map gave more than one result; expected one board")),
            Some(Err(error)) => return Err(format!("{name}: {}", short(&plain(&error.into_val()), 300))),
        }
        let Val::Obj(mut object) = board else {
            return Err(format!("{name}: the map gave {}; expected a board: an object", kind(&board)));
        };
        let problems = natives::take(&mut object, "problems");
        let problems = match problems {
            Some(Val::Arr(list)) => list.iter().map(|line| format!("{name}: {}", short(&plain(line), 200))).collect(),
            _ => Vec::new(),
        };
        let mut out = Bounded(Vec::new());
        write!(out, "{}", Val::Obj(object))
            .map_err(|_| format!("{name}: the map's board is larger than {} MiB", limits::OUTPUT >> 20))?;
        Ok((out.0, problems))
    }
}

/// Bytes up to the limit; one more is an error, so that nothing is written out in vain.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > limits::OUTPUT {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[path = "program/tests.rs"]
mod tests;
