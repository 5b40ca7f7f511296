//! Finds where a run failed: runs the program again with each of its parts inside a filter that notices errors.
//!
//! The interpreter keeps no places. A run that fails is repeated (a map is a function of its input, so it fails again)
//! with `_at(PLACE; part)` around the parts: the innermost one that an error leaves is where it arose.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use jaq_core::load::lex::StrPart;
use jaq_core::load::parse::{BinaryOp, Def, Term};
use jaq_core::load::{Arena, parse, span};
use jaq_core::path::{Part, Path};

/// What is known of the last error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The byte of the program where it arose.
    At(usize),
    /// The map raised it itself, by `error(…)`: its text is shown as it is.
    Raised,
}

/// The program as a definition called [`NAME`], with its places; `None`: it cannot be read.
pub(super) fn marked<'s>(text: &'s str, arena: &'s Arena) -> Option<Def<&'s str>> {
    let term = parse(text, |p| p.term())?;
    let marks = Marks { text, arena, own: RefCell::default(), near: Cell::new(None) };
    Some(Def { name: NAME, args: Vec::new(), body: marks.mark(term, false) })
}

/// What the program is called where it is a definition.
pub(super) const NAME: &str = "_main";

struct Marks<'s> {
    text: &'s str,
    arena: &'s Arena,
    /// The program's own filters. A call of one at the end of another must stay the last thing that is done, else a
    /// loop of many rounds would need more stack than there is.
    own: RefCell<HashSet<&'s str>>,
    /// The last word so far: the place of what has none of its own, like `.[]`.
    near: Cell<Option<usize>>,
}

impl<'s> Marks<'s> {
    fn mark(&self, term: Term<&'s str>, last: bool) -> Term<&'s str> {
        let at = self.first(&term);
        let inner = |term| self.mark(term, false);
        let boxed = |term: Box<Term<&'s str>>| Box::new(self.mark(*term, false));
        let marked = match term {
            Term::Id | Term::Recurse | Term::Num(_) | Term::Var(_) | Term::Break(_) => return term,
            Term::Str(format, parts) => {
                let part = |part| match part {
                    StrPart::Term(term) => StrPart::Term(inner(term)),
                    other => other,
                };
                Term::Str(format, parts.into_iter().map(part).collect())
            }
            Term::Arr(term) => Term::Arr(term.map(boxed)),
            Term::Obj(members) => Term::Obj(members.into_iter().map(|(key, value)| (key, value.map(inner))).collect()),
            Term::Neg(term) => Term::Neg(boxed(term)),
            Term::BinOp(left, BinaryOp::Pipe(pattern), right) => {
                let right = Box::new(self.mark(*right, last));
                return Term::BinOp(boxed(left), BinaryOp::Pipe(pattern), right);
            }
            Term::BinOp(left, BinaryOp::Comma, right) => {
                return Term::BinOp(boxed(left), BinaryOp::Comma, boxed(right));
            }
            Term::BinOp(left, op, right) => Term::BinOp(boxed(left), op, boxed(right)),
            Term::Label(name, term) => return Term::Label(name, boxed(term)),
            Term::Fold(word, list, pattern, args) => {
                Term::Fold(word, boxed(list), pattern, args.into_iter().map(inner).collect())
            }
            Term::TryCatch(term, caught) => {
                // What is caught is no fault any more.
                let then = caught.map_or_else(|| Term::Call("empty", Vec::new()), |caught| inner(*caught));
                let forget = Box::new(Term::Call("_caught", Vec::new()));
                let caught = Term::BinOp(forget, BinaryOp::Pipe(None), Box::new(then));
                return Term::TryCatch(boxed(term), Some(Box::new(caught)));
            }
            Term::IfThenElse(cases, other) => {
                let cases = cases.into_iter().map(|(test, then)| (inner(test), self.mark(then, last))).collect();
                return Term::IfThenElse(cases, other.map(|other| Box::new(self.mark(*other, last))));
            }
            Term::Def(defs, term) => {
                self.own.borrow_mut().extend(defs.iter().map(|def| def.name));
                let defs = defs.into_iter().map(|def| Def { body: self.mark(def.body, true), ..def }).collect();
                return Term::Def(defs, Box::new(self.mark(*term, last)));
            }
            Term::Call(name, args) => {
                let own = last && self.own.borrow().contains(name);
                let call = Term::Call(name, args.into_iter().map(inner).collect());
                match name {
                    "error" => return Term::Call("_raised", vec![call]),
                    _ if own => return call,
                    _ => call,
                }
            }
            Term::Path(head, path) => return self.path(*head, path),
        };
        self.around(marked, at)
    }

    /// A path, each step with its own place.
    fn path(&self, head: Term<&'s str>, path: Path<Term<&'s str>>) -> Term<&'s str> {
        let mut at = self.first(&head);
        let mut so_far = self.mark(head, false);
        for (part, optional) in path.0 {
            let inner = |term: Term<&'s str>| match term {
                Term::Str(None, _) => term,
                other => self.mark(other, false),
            };
            at = part_first(&part).and_then(|word| self.place(word)).or(at);
            let part = match part {
                Part::Index(term) => Part::Index(inner(term)),
                Part::Range(from, to) => Part::Range(from.map(inner), to.map(inner)),
            };
            so_far = self.around(Term::Path(Box::new(so_far), Path(vec![(part, optional)])), at);
        }
        so_far
    }

    fn around(&self, term: Term<&'s str>, at: Option<usize>) -> Term<&'s str> {
        let Some(at) = at else { return term };
        let at: &'s str = self.arena.alloc(at.to_string());
        Term::Call("_at", vec![Term::Num(at), term])
    }

    /// Where a term begins, or the word in front of it; `None`: there is none.
    fn first(&self, term: &Term<&'s str>) -> Option<usize> {
        first(term).and_then(|word| self.place(word)).or(self.near.get())
    }

    /// The place of a word of the program; with the dot or the quotation mark in front of it.
    fn place(&self, word: &'s str) -> Option<usize> {
        let inside = self.text.as_bytes().as_ptr_range();
        if !inside.contains(&word.as_ptr()) {
            return None;
        }
        let at = span(self.text, word).start;
        let before = |at: usize| at.checked_sub(1).map(|at| self.text.as_bytes()[at]);
        let quoted = if before(at) == Some(b'"') { at - 1 } else { at };
        self.near.set(Some(if before(quoted) == Some(b'.') { quoted - 1 } else { quoted }));
        self.near.get()
    }
}

/// The first word of a term.
fn first<'s>(term: &Term<&'s str>) -> Option<&'s str> {
    match term {
        Term::Id | Term::Recurse => None,
        Term::Num(word) | Term::Break(word) | Term::Var(word) => Some(word),
        Term::Label(word, _) | Term::Fold(word, ..) | Term::Call(word, _) => Some(word),
        Term::Str(format, parts) => format.or_else(|| {
            parts.iter().find_map(|part| match part {
                StrPart::Str(word) => Some(*word),
                StrPart::Term(term) => first(term),
                StrPart::Char(_) => None,
            })
        }),
        Term::Arr(term) => term.as_deref().and_then(first),
        Term::Obj(members) => members.iter().find_map(|(key, _)| first(key)),
        Term::Neg(term) | Term::TryCatch(term, _) | Term::Def(_, term) => first(term),
        Term::BinOp(left, _, right) => first(left).or_else(|| first(right)),
        Term::IfThenElse(cases, _) => cases.iter().find_map(|(test, then)| first(test).or_else(|| first(then))),
        Term::Path(head, path) => first(head).or_else(|| path.0.iter().find_map(|(part, _)| part_first(part))),
    }
}

fn part_first<'s>(part: &Part<Term<&'s str>>) -> Option<&'s str> {
    match part {
        Part::Index(term) => first(term),
        Part::Range(from, to) => from.iter().chain(to).find_map(first),
    }
}
