//! Defines the language of a map: jq without everything that is not a function of its input, plus the house's helpers.

mod context;
mod fault;
mod place;

use std::io::Write;

use jaq_core::load::parse::Def;
use jaq_core::load::{Arena, Error as LoadError, File, Loader, span};
use jaq_core::{Compiler, Ctx, Filter, Vars, unwrap_valr};
use jaq_json::Val;

pub use self::context::Context;
pub(super) use self::context::Data;
use self::context::RunData;
pub use self::place::Place;
use super::notes::weight_named;
use super::value::{kind, member as member_of, plain, take};
use super::{Note, cpu, limits, natives};
use crate::text::short;

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

const IMPURE: &str = "a map may use only its sources";

/// The house's helpers.
const PRELUDE: &str = include_str!("prelude.jq");

/// Variables that every map has.
const VARIABLES: [&str; 3] = ["$now", "$tz", "$date_order"];

/// A map ready to run.
pub struct Program {
    name: String,
    text: String,
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
    let arena = Arena::default();
    let file = File { code: text, path: () };
    let loaded = Loader::new(definitions()?).load(&arena, file);
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
    let filter = compiler().compile(modules).map_err(|errors| {
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
    Ok(Program { name: name.to_owned(), text: text.to_owned(), filter })
}

/// The same program with a place around each of its parts.
fn marked(text: &str) -> Option<Filter<Data>> {
    let arena = Arena::default();
    let main = place::marked(text, &arena)?;
    let mut defs: Vec<Def<&str>> = definitions().ok()?.collect();
    defs.push(main);
    let modules = Loader::new(defs).load(&arena, File { code: place::NAME, path: () }).ok()?;
    compiler().compile(modules).ok()
}

/// All filters that are written in jq.
fn definitions() -> Result<impl Iterator<Item = Def<&'static str>>, String> {
    let prelude: Vec<Def<&str>> = jaq_core::load::parse(PRELUDE, |p| p.defs()).ok_or("the prelude is broken")?;
    let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs()).chain(prelude);
    Ok(defs.filter(|def| kept(def.name)))
}

/// A compiler that knows all filters that are not.
fn compiler<'s>() -> Compiler<&'s str, Data> {
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs()).chain(natives::funs());
    Compiler::default().with_funs(funs.filter(|(name, ..)| kept(name))).with_global_vars(VARIABLES)
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
    /// notes and its `problems`).
    ///
    /// # Errors
    /// One line: the map failed, or gave something else than one object.
    pub fn run(&self, input: Val, variables: [&str; 3], context: &Context) -> Result<(Vec<u8>, Vec<Note>), String> {
        let name = &self.name;
        let (first, second) = results(&self.filter, input.clone(), variables, context);
        let board = match (first, second) {
            (None, _) => return Err(format!("{name}: the map gave nothing; expected one board")),
            (Some(Err(error)), _) | (_, Some(Err(error))) => return Err(self.fault(&error, input, variables, context)),
            (_, Some(Ok(_))) => return Err(format!("{name}: the map gave more than one result; expected one board")),
            (Some(Ok(board)), None) => board,
        };
        let Val::Obj(mut object) = board else {
            return Err(format!("{name}: the map gave {}; expected a board: an object", kind(&board)));
        };
        let mut notes: Vec<Note> = context.notes.take().into_list();
        match take(&mut object, "problems") {
            None | Some(Val::Null) => {}
            Some(Val::Arr(list)) => notes.extend(list.iter().map(problem)),
            Some(other) => {
                return Err(format!("{name}: `problems` of the board is {}; expected a list of texts", kind(&other)));
            }
        }
        for note in &mut notes {
            note.text.insert_str(0, &format!("{name}: "));
        }
        let mut out = Bounded(Vec::new());
        write!(out, "{}", Val::Obj(object))
            .map_err(|_| format!("{name}: the map's board is larger than {} MiB", limits::OUTPUT >> 20))?;
        Ok((out.0, notes))
    }

    /// What went wrong, and where: the run is repeated with places, where there is time for that.
    fn fault(&self, error: &jaq_core::Error<Val>, input: Val, variables: [&str; 3], context: &Context) -> String {
        let has_time = cpu::used_ms() < limits::CPU_S as f64 * 1e3 / 3.0;
        let filter = if has_time { marked(&self.text) } else { None };
        if let Some(filter) = &filter {
            *context.fault.borrow_mut() = None;
            results(filter, input, variables, context);
        }
        let place = context.fault.take().filter(|(known, _)| known == error).map(|(_, place)| place);
        let text = plain(&error.clone().into_val());
        match place {
            Some(Place::Raised) => format!("{}: {}", self.name, fault::raised(&text)),
            Some(Place::At(at)) => wrong(&self.name, &self.text, Some(at), &fault::scrubbed(&text)),
            None => format!("{}: {}", self.name, fault::scrubbed(&text)),
        }
    }
}

type Outcome = Option<Result<Val, jaq_core::Error<Val>>>;

/// The first two results of a program.
fn results(filter: &Filter<Data>, input: Val, variables: [&str; 3], context: &Context) -> (Outcome, Outcome) {
    let vars = Vars::new(variables.map(|text| Val::utf8_str(text.to_owned())));
    let ctx = Ctx::<Data>::new(RunData { lut: &filter.lut, context }, vars);
    let mut results = filter.id.run((ctx, input)).map(unwrap_valr);
    let first = results.next();
    let second = if matches!(first, Some(Ok(_))) { results.next() } else { None };
    (first, second)
}

/// A problem as a map writes it into its board: a text, or `{"weight": "left_out", "text": …}`.
fn problem(value: &Val) -> Note {
    let member = |name: &str| member_of(value, &[name]).map(plain);
    match member("text") {
        Some(text) => {
            let weight = member("weight").and_then(|weight| weight_named(&weight)).unwrap_or_default();
            Note::new(weight, short(&text, 200))
        }
        None => Note::from(short(&plain(value), 200)),
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
