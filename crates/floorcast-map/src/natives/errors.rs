//! Collects a map's notes and refusals, and where in the map an error arose.

use jaq_core::box_iter::box_once;
use jaq_core::native::{Fun, bome, v};
use jaq_core::{Bind, Cv, Exn, Native, RunPtr};
use jaq_json::{Map, Val};

use crate::notes::weight_named;
use crate::program::{Context, Data, Place};
use crate::server_error;
use crate::text::short;
use crate::value::{Error, plain, text};

/// All of them, as the compiler takes them.
pub(super) fn funs() -> impl Iterator<Item = Fun<Data>> {
    let plain: [(&'static str, usize, RunPtr<Data>); 4] = [
        ("_note", 3, |mut cv| bome(note(&mut cv).map(|()| cv.1))),
        ("_refuse", 1, |mut cv| {
            let text = plain(&cv.0.pop_var());
            bome(Err(raise(cv.0.data().context, &text)))
        }),
        ("_refusal", 0, |cv| box_once(Ok(refusal(&cv.1).map_or(Val::Null, text)))),
        ("_caught", 0, |cv| {
            *cv.0.data().context.fault.borrow_mut() = None;
            box_once(Ok(cv.1))
        }),
    ];
    let plain = plain.into_iter().map(|(name, args, fun)| (name, v(args), Native::<Data>::new(fun)));
    let at = Native::<Data>::new(|mut cv| {
        let ((f, fc), at, context) = (cv.0.pop_fun(), place(&cv.0.pop_var()), cv.0.data().context);
        Box::new(f.run((fc, cv.1)).map(move |result| result.map_err(|error| noticed(context, error, at))))
    })
    .with_paths(|mut cv| {
        let ((f, fc), at, context) = (cv.0.pop_fun(), place(&cv.0.pop_var()), cv.0.data().context);
        Box::new(f.paths((fc, cv.1)).map(move |result| result.map_err(|error| noticed(context, error, at))))
    })
    .with_update(|mut cv, update| {
        let ((f, fc), at, context) = (cv.0.pop_fun(), place(&cv.0.pop_var()), cv.0.data().context);
        Box::new(f.update((fc, cv.1), update).map(move |result| result.map_err(|error| noticed(context, error, at))))
    });
    let raised = Native::<Data>::new(|mut cv| {
        let ((f, fc), context) = (cv.0.pop_fun(), cv.0.data().context);
        Box::new(f.run((fc, cv.1)).map(move |result| result.map_err(|error| noticed(context, error, Place::Raised))))
    });
    let around = [("_at", [Bind::Var(()), Bind::Fun(())].into(), at), ("_raised", [Bind::Fun(())].into(), raised)];
    plain.chain(around)
}

/// An error that is told as it is.
pub(super) fn raise(context: &Context, text: &str) -> Error {
    let error = Error::str(text);
    remember(context, &error, Place::Raised, true);
    error
}

fn place(at: &Val) -> Place {
    Place::At(plain(at).parse().unwrap_or_default())
}

/// Remembers where an error arose that leaves a part of the program.
fn noticed<'a>(context: &Context, error: Exn<'a, Val>, at: Place) -> Exn<'a, Val> {
    match error.get_err() {
        Ok(error) => {
            remember(context, &error, at, false);
            error.into()
        }
        Err(other) => other,
    }
}

/// The innermost part that an error leaves is where it arose: those around it see the same error once more.
fn remember(context: &Context, error: &Error, at: Place, anew: bool) {
    let mut fault = context.fault.borrow_mut();
    if anew || fault.as_ref().is_none_or(|(known, _)| known != error) {
        *fault = Some((error.clone(), at));
    }
}

/// `_note`: weight, group and text.
fn note(cv: &mut Cv<'_, Data>) -> Result<(), Error> {
    let [text, group, weight] = [(); 3].map(|()| plain(&cv.0.pop_var()));
    let weight = match weight_named(&weight) {
        Some(weight) => weight,
        None => {
            let text = "note: expected \"wrong\", \"left_out\" or \"smaller\" in front of the text";
            return Err(raise(cv.0.data().context, text));
        }
    };
    let text = short(&text, 200);
    cv.0.data().context.notes.borrow_mut().add(weight, &short(&group, 60), text);
    Ok(())
}

/// What a source's answer says that is an error; only its few members that can say so are looked at.
pub(crate) fn refusal(value: &Val) -> Option<String> {
    server_error::refusal(&serde_json::from_str(&outline(value)?).ok()?)
}

/// What a source's answer complains of although it has data.
pub(crate) fn complaint(value: &Val) -> Option<String> {
    server_error::complaint(&serde_json::from_str(&outline(value)?).ok()?)
}

/// A value as JSON where it may be a short error; what is long is written as a list that is not empty.
fn outline(value: &Val) -> Option<String> {
    const LONG: usize = 20;
    match value {
        Val::Arr(list) if (1..=LONG).contains(&list.len()) && list.iter().all(|one| matches!(one, Val::Obj(_))) => {
            Some(value.to_string())
        }
        Val::Obj(map) if map.len() <= LONG => {
            let short = |value: &Val| match value {
                Val::Arr(list) => list.len() <= LONG,
                _ => true,
            };
            let outlined = |(name, value): (&Val, &Val)| {
                let value = if short(value) { value.clone() } else { [Val::Bool(true)].into_iter().collect() };
                (name.clone(), value)
            };
            Some(Val::obj(map.iter().map(outlined).collect::<Map>()).to_string())
        }
        _ => None,
    }
}
