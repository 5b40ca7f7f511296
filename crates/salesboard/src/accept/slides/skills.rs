//! Reads team strengths, and keeps out what would point at a person (FEED §7).

use std::collections::HashMap;

use super::super::limits;
use super::super::report::At;
use super::super::who::Once;
use super::super::wire::{self, Opt};
use super::{Around, aligned};
use crate::board::{Identity, Of, Scale, Skills, SkillsRow};

pub(super) fn read(at: &At, wire: &wire::Skills, around: &Around) -> Skills {
    if at.key("of").word_or(&wire.of, Of::Teams) == Of::People {
        at.key("of").say("skills are those of teams, never of people; the rows are taken for teams");
    }
    let axes = at.key("axes").each(&wire.axes, limits::ROWS, |at, text| {
        // An empty name keeps its place: figures belong to axes by index.
        Some(at.text(&Some(wire::Field::Good(text.clone())), limits::NAME).unwrap_or_default())
    });
    let mut once = Once::default();
    let rows = at.key("rows").rows(&wire.rows, limits::ROWS, |at, wire| {
        let who = around.directory.row(&at, Of::Teams, &wire.who, &wire.name)?;
        let n = at.key("n").whole(&wire.n);
        if n.is_some_and(|n| n < limits::SKILLS_N) {
            at.key("n").left_out(format!("means of fewer than {} people are not shown", limits::SKILLS_N));
            return None;
        }
        let row = SkillsRow {
            now: aligned(&at.key("now"), &wire.now, axes.len(), |at, num| at.num(num)),
            before: aligned(&at.key("before"), &wire.before, axes.len(), |at, num| at.num(num)),
            who,
            n,
        };
        once.first(&at, row.who.id.clone(), &row.who.name).then_some(row)
    });
    let focus = at.key("focus").each(&wire.focus, limits::ROWS, |at, wire| {
        let axis = axis(&at.key("axis"), &wire.axis, axes.len())?;
        Some((axis, at.key("text").text(&wire.text, limits::TEXT)?))
    });
    Skills { scale: scale(&at.key("scale"), &wire.scale), ask: ask(at, wire, around, axes.len()), focus, axes, rows }
}

/// Whom to learn an axis from: of a person only the strongest, or a weaker one would show by comparison.
fn ask(at: &At, wire: &wire::Skills, around: &Around, axes: usize) -> Vec<(usize, Identity, Option<f64>)> {
    let mut best: HashMap<String, usize> = HashMap::new();
    let mut out: Vec<(usize, Identity, Option<f64>)> = Vec::new();
    at.key("ask").each(&wire.ask, limits::ROWS, |at, wire| -> Option<()> {
        let axis = axis(&at.key("axis"), &wire.axis, axes)?;
        let who = around.directory.one(&at.key("who"), Of::People, &wire.who)?;
        let value = at.key("value").num(&wire.value);
        match best.get(&who.id) {
            None => {
                best.insert(who.id.clone(), out.len());
                out.push((axis, who, value));
            }
            Some(&i) => {
                at.left_out("a person is asked for the strongest axis only; the weaker one is left out");
                if value > out[i].2 {
                    out[i] = (axis, who, value);
                }
            }
        }
        None
    });
    out
}

fn axis(at: &At, field: &Opt<wire::Whole>, axes: usize) -> Option<usize> {
    let axis = at.whole(field)? as usize;
    if axis >= axes {
        at.say(format!("there are {axes} axes, counted from 0"));
        return None;
    }
    Some(axis)
}

fn scale(at: &At, field: &Opt<wire::Scale>) -> Scale {
    let Some(wire) = at.get(field) else { return Scale::default() };
    let usual = Scale::default();
    let mut min = at.key("min").num(&wire.min).unwrap_or(usual.min);
    let mut max = at.key("max").num(&wire.max).unwrap_or(usual.max);
    if min >= max {
        at.say(format!("{min} to {max} is no scale; 0 to 100 is taken"));
        (min, max) = (usual.min, usual.max);
    }
    let at_par = at.key("par");
    let par = at_par.num(&wire.par).filter(|par| {
        let inside = (min..=max).contains(par);
        if !inside {
            at_par.say(format!("{par} is not between {min} and {max}; the middle is taken"));
        }
        inside
    });
    Scale { min, max, par: par.unwrap_or(f64::midpoint(min, max)), unit: at.key("unit").text(&wire.unit, limits::NAME) }
}
