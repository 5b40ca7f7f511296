//! Turns plays of the week into pages: one per tip or per few steps, each with its window.

use jiff::{Timestamp, ToSpan, Zoned};

use crate::board::{Coaching, Identity, Metric, Play, Unit};
use crate::slides::context::Ctx;
use crate::slides::widgets::header::Header;
use crate::words::NumberStyle;

/// Steps on one page, and on all pages of one play.
const STEPS: usize = 4;
const MAX_STEPS: usize = 12;
/// Names in the panel.
const NAMES: usize = 4;

/// One page as it stands at rest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Shown from, in microseconds since 1970.
    pub from: Option<i64>,
    /// Shown until, likewise.
    pub until: Option<i64>,
    /// In capitals, not yet broken.
    pub headline: String,
    /// Who showed it.
    pub names: Vec<String>,
    /// How many more showed it.
    pub more: usize,
    /// Their office, where it is one.
    pub office: String,
    /// Key of the photo of the first.
    pub photo: Option<String>,
    /// What to do, and the words for it in quotes.
    pub steps: Vec<(String, String)>,
    /// Number of the first of these steps.
    pub first_step: usize,
    pub proof: Option<Proof>,
    /// More about it.
    pub text: String,
    /// "UNTIL FRIDAY", where the header does not say it.
    pub last_day: String,
}

/// Evidence, written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Proof {
    pub label: String,
    /// Figures before and after, without their unit.
    pub before: Option<String>,
    /// As above.
    pub after: String,
    /// "%", or in words.
    pub unit: String,
    /// Both in a sentence.
    pub sentence: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct CoachingModel {
    pub header: Header,
    /// Pages of plays that are not over, in the feed's order.
    pub pages: Vec<Page>,
    /// When the next play opens, and its day, for each that has not yet.
    pub openings: Vec<(i64, String)>,
    /// How many pages are open at the same time at most.
    pub most_open: usize,
}

impl CoachingModel {
    /// The page in view at an instant of the wall clock, of those whose window is open then.
    pub fn page_at(&self, turn: usize, wall_us: i64) -> Option<&Page> {
        let open: Vec<&Page> = self.pages.iter().filter(|p| p.open(wall_us)).collect();
        open.get(turn % open.len().max(1)).copied()
    }
}

/// The model of a slide.
pub fn model(ctx: &Ctx, coaching: &Coaching) -> CoachingModel {
    let now = ctx.now.wall_us;
    let us = |t: Option<Timestamp>| t.map(|t| t.as_microsecond());
    let plays: Vec<&Play> = coaching.items.iter().filter(|p| us(p.end).is_none_or(|end| end > now)).collect();
    // Said once in the header where it is true of all.
    let ends: Vec<String> = plays.iter().map(|p| p.end.map(|e| last_day(ctx, e)).unwrap_or_default()).collect();
    let common = ends.first().filter(|first| ends.iter().all(|e| e == *first)).cloned().unwrap_or_default();
    let mut pages = Vec::new();
    for (play, end) in plays.iter().zip(&ends) {
        let last_day = if *end == common { String::new() } else { end.clone() };
        pages.extend(of_play(ctx, play, last_day));
    }
    let openings: Vec<(i64, String)> =
        plays.iter().filter_map(|p| Some((us(p.start).filter(|s| *s > now)?, ctx.date(p.start?)))).collect();
    let most_open =
        openings.iter().map(|(at, _)| *at).chain([now]).map(|at| pages.iter().filter(|p| p.open(at)).count()).max();
    CoachingModel { header: header(ctx, common), most_open: most_open.unwrap_or(0), pages, openings }
}

/// Steps of the board beyond what a play has room for.
pub fn left_out(coaching: &Coaching) -> impl Iterator<Item = &str> {
    coaching.items.iter().flat_map(|play| play.steps.iter().skip(MAX_STEPS)).map(|(action, _)| action.as_str())
}

fn header(ctx: &Ctx, until: String) -> Header {
    let label = ctx.data.period.as_ref().and_then(|p| p.label.as_deref()).unwrap_or("");
    let label = ctx.locale.caps(label);
    let (period, measure) = if label.is_empty() { (until, String::new()) } else { (label, until) };
    Header { title: ctx.locale.caps(&ctx.data.title), period, measure, ..Header::default() }
}

/// "UNTIL FRIDAY": the last day on which it is still shown; further off than a week, its date.
fn last_day(ctx: &Ctx, end: Timestamp) -> String {
    let w = &ctx.locale.words().coaching;
    let zone = ctx.zone();
    let last: Zoned = end.checked_sub(1.microsecond()).unwrap_or(end).to_zoned(zone.clone());
    let today = ctx.instant().to_zoned(zone).date();
    let day = last.date();
    let near = day >= today && today.checked_add(6.days()).is_ok_and(|week| day <= week);
    let weekday = day.weekday().to_monday_zero_offset().unsigned_abs();
    let name = if near { w.weekdays[usize::from(weekday)].to_owned() } else { ctx.locale.date(day) };
    (w.until)(&name)
}

fn of_play(ctx: &Ctx, play: &Play, last_day: String) -> Vec<Page> {
    let us = |t: Option<Timestamp>| t.map(|t| t.as_microsecond());
    let w = &ctx.locale.words().coaching;
    let page = Page {
        from: us(play.start),
        until: us(play.end),
        headline: ctx.locale.caps(&play.headline),
        names: play.who.iter().take(NAMES).map(|who| ctx.locale.caps(&who.name)).collect(),
        more: play.who.len().saturating_sub(NAMES),
        office: office(ctx, &play.who),
        photo: play.who.first().and_then(|who| ctx.photo(&who.id)).map(|p| p.key().to_owned()),
        proof: proof(ctx, play),
        text: play.text.clone().unwrap_or_default(),
        last_day,
        ..Page::default()
    };
    let quoted = |say: &String| {
        if say.starts_with(['“', '"', '「', '„', '«']) { say.clone() } else { (w.quote)(say) }
    };
    let steps: Vec<(String, String)> = play
        .steps
        .iter()
        .take(MAX_STEPS)
        .map(|(action, say)| (ctx.locale.caps(action), say.as_ref().map(quoted).unwrap_or_default()))
        .collect();
    if steps.is_empty() {
        return vec![page];
    }
    // As many on each page as on any other, the first pages one more.
    let n = steps.len().div_ceil(STEPS);
    let each = steps.len().div_ceil(n);
    steps
        .chunks(each)
        .enumerate()
        .map(|(i, steps)| Page { steps: steps.to_vec(), first_step: i * each + 1, ..page.clone() })
        .collect()
}

/// The office of all who are named; nothing where they have several.
fn office(ctx: &Ctx, who: &[Identity]) -> String {
    let first = who.first().map(|w| ctx.office(&w.id)).unwrap_or_default();
    if who.iter().all(|w| ctx.office(&w.id) == first) { first } else { String::new() }
}

fn proof(ctx: &Ctx, play: &Play) -> Option<Proof> {
    let proof = play.proof.as_ref()?;
    let w = &ctx.locale.words().coaching;
    // Without a result there is no evidence.
    let after = proof.after?;
    let values: Vec<f64> = proof.before.into_iter().chain([after]).collect();
    let (unit, words) = unit(proof.unit.as_deref().unwrap_or(""));
    let decimals = decimals(&values, if unit == Unit::Ratio { 2 } else { 0 });
    let metric = Metric { unit, decimals, ..Metric::default() };
    let style = NumberStyle::for_values(&metric, &values, ctx.locale);
    let unit = [style.unit_short(), words].iter().filter(|u| !u.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let with_unit = |v: f64| match unit.as_str() {
        "%" => ctx.locale.with_percent(&style.format(v)),
        "" => style.format(v),
        unit => format!("{}\u{A0}{unit}", style.format(v)),
    };
    let sentence = match proof.before {
        Some(before) if unit == "%" => (w.became)(&with_unit(before), &with_unit(after)),
        Some(before) => (w.became)(&style.format(before), &with_unit(after)),
        None => (w.now)(&with_unit(after)),
    };
    Some(Proof {
        label: proof.label.clone(),
        before: proof.before.map(|v| style.format(v)),
        after: style.format(after),
        unit,
        sentence,
    })
}

/// The contract's units by name; any other is a word behind the figure.
fn unit(word: &str) -> (Unit, &str) {
    match word {
        "ratio" => (Unit::Ratio, ""),
        "percent_points" | "%" => (Unit::PercentPoints, ""),
        "duration_s" => (Unit::DurationS, ""),
        "days" => (Unit::Days, ""),
        "points" => (Unit::Points, ""),
        "count" | "number" => (Unit::Number, ""),
        word => (Unit::Number, word),
    }
}

/// The fewest decimals, from `least` on, in which all values are whole; at most one more.
fn decimals(values: &[f64], least: u8) -> u8 {
    let scale = 10f64.powi(i32::from(least));
    let whole = values.iter().all(|v| ((v * scale).round() - v * scale).abs() < 1e-6 * scale.max(v.abs()));
    least + u8::from(!whole)
}

impl Page {
    /// Whether it is shown at an instant of the wall clock.
    pub fn open(&self, wall_us: i64) -> bool {
        self.from.is_none_or(|from| from <= wall_us) && self.until.is_none_or(|until| until > wall_us)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_its_first_instant_and_not_its_last() {
        let page = Page { from: Some(10), until: Some(20), ..Page::default() };
        assert_eq!([9, 10, 19, 20].map(|t| page.open(t)), [false, true, true, false]);
        assert!(Page::default().open(i64::MIN));
    }

    #[test]
    fn evidence_has_the_digits_that_it_needs() {
        assert_eq!((decimals(&[0.31, 0.44], 2), decimals(&[0.315, 0.44], 2)), (2, 3));
        assert_eq!((decimals(&[12.0, 18.0], 0), decimals(&[12.5, 18.0], 0), decimals(&[0.29], 2)), (0, 1, 2));
    }
}
