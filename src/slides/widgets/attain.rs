//! Computes how far a figure has come: against its target, its pace and its forecast, and what is needed a day (FEED
//! §3).

use std::cmp::Ordering;

use crate::board::{Better, Cell, Metric, Unit};
use crate::slides::context::Ctx;
use crate::words::{Locale, NumberStyle};

/// Where a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing is expected of it, or it is missing.
    Unknown,
    /// Less than expected by now.
    Behind,
    /// As much as expected by now.
    OnPace,
    /// More than expected by now.
    Ahead,
    /// The target is reached.
    Met,
}

/// A figure with everything that is said about it; what is missing is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub state: State,
    pub raw: Option<f64>,
    /// "13.75"; a dash where it is missing.
    pub value: String,
    /// "15"
    pub target: String,
    /// "¥M"
    pub unit: String,
    /// The same in full: "¥ MILLION", "H:MM".
    pub scale: String,
    /// Distance to the pace, without a sign.
    pub off: String,
    /// "2 LEFT TODAY", where a slide says so.
    pub need: String,
    /// "11.85"
    pub pace_text: String,
    /// "17.4"
    pub forecast_text: String,
    /// Attainment; 1 is the target.
    pub share: Option<f64>,
    /// The pace as an attainment.
    pub pace: Option<f64>,
    /// The forecast as an attainment.
    pub forecast: Option<f64>,
}

/// What stands for a figure that is missing.
pub const MISSING: &str = "–";
/// Percentages from here on say nothing more.
const MAX_SHARE: f64 = 99.995;

/// Attainment: value / target, or target / value where less is better. `None` without a target above 0.
pub fn attained(value: f64, target: Option<f64>, better: Better) -> Option<f64> {
    let target = target.filter(|t| *t > 0.0)?;
    match better {
        Better::Up => Some(value / target),
        Better::Down => (value > 0.0).then(|| target / value),
    }
}

/// The style of one cell alone: as many digits as its own figures need.
pub fn style_of(ctx: &Ctx, metric: &Metric, cell: &Cell) -> NumberStyle {
    let all: Vec<f64> = [cell.value, cell.target, cell.pace, cell.forecast].into_iter().flatten().collect();
    let exact: Vec<f64> = [cell.value, cell.target].into_iter().flatten().collect();
    NumberStyle::for_goals(metric, &[all], &exact, ctx.locale)
}

impl Standing {
    /// Of a cell in a style.
    pub fn new(cell: &Cell, metric: &Metric, style: &NumberStyle) -> Standing {
        let share = |v: Option<f64>| v.and_then(|v| attained(v, cell.target, metric.better));
        let better = |a: f64, b: f64| {
            let order = style.difference(a, b).order;
            if metric.better == Better::Down { order.reverse() } else { order }
        };
        let met = cell.value.zip(cell.target).is_some_and(|(v, t)| better(v, t) != Ordering::Less);
        let state = match cell.value.zip(cell.pace).map(|(v, p)| better(v, p)) {
            _ if met => State::Met,
            None => State::Unknown,
            Some(Ordering::Less) => State::Behind,
            Some(Ordering::Equal) => State::OnPace,
            Some(Ordering::Greater) => State::Ahead,
        };
        let off = cell.value.zip(cell.pace).map(|(v, p)| style.difference(v, p).figure.to_string());
        let text = |v: Option<f64>| v.map(|v| style.trimmed(v)).unwrap_or_default();
        Standing {
            state,
            raw: cell.value,
            value: cell.value.map_or_else(|| MISSING.to_owned(), |v| style.format(v)),
            target: text(cell.target),
            unit: style.unit_short().to_owned(),
            scale: style.unit_long().to_owned(),
            off: off.unwrap_or_default(),
            need: String::new(),
            pace_text: text(cell.pace),
            forecast_text: text(cell.forecast),
            share: share(cell.value),
            pace: share(cell.pace),
            forecast: share(cell.forecast),
        }
    }

    /// How far it is behind its pace, as an attainment; `None` where it is not.
    pub fn gap(&self) -> Option<f64> {
        (self.state == State::Behind).then(|| self.pace.unwrap_or(1.0) - self.share.unwrap_or(0.0))
    }

    /// The same with the sign of the currency where people write it: "¥13.75M" of "¥15M". A value that is less than one of
    /// the target's unit is told in a smaller one, and its pace with it.
    pub fn written_out(self, ctx: &Ctx, cell: &Cell, metric: &Metric, style: &NumberStyle) -> Standing {
        if style.signed("").is_none() {
            return self;
        }
        let of = |values: &[f64]| NumberStyle::for_goals(metric, &[values.to_vec()], values, ctx.locale);
        let own: Vec<f64> = [cell.value, cell.pace].into_iter().flatten().collect();
        let small = cell.value.filter(|v| style.is_fraction(*v)).map(|_| of(&own));
        let near = small.as_ref().unwrap_or(style);
        let told = |style: &NumberStyle, v: f64| style.signed(&style.trimmed(v)).unwrap_or_default();
        let far = |v: f64| if style.is_fraction(v) { told(&of(&[v]), v) } else { told(style, v) };
        let off = cell.value.zip(cell.pace).map(|(v, p)| near.difference(v, p).figure.to_string());
        Standing {
            value: cell.value.and_then(|v| near.signed(&near.format(v))).unwrap_or(self.value),
            target: cell.target.map(far).unwrap_or_default(),
            scale: near.unit_long().to_owned(),
            off: off.and_then(|off| near.signed(&off)).unwrap_or_default(),
            pace_text: cell.pace.map(|v| told(near, v)).unwrap_or_default(),
            forecast_text: cell.forecast.map(far).unwrap_or_default(),
            unit: String::new(),
            ..self
        }
    }

    /// "OF 15 ¥M"; where there is no target, the unit.
    pub fn of(&self, words: &Locale) -> String {
        let w = words.words();
        if self.target.is_empty() {
            return self.unit.clone();
        }
        (w.of)(&(w.goals.amount)(&self.target, &self.unit))
    }
}

/// A share as a percentage with one digit and without its sign.
pub fn percent(words: &Locale, share: f64) -> String {
    if share > MAX_SHARE {
        return format!("{}+", words.whole(9999));
    }
    words.percent(share.max(-9.999)).trim_end_matches(['%', '\u{A0}']).to_owned()
}

/// A share as a whole percentage without its sign. One that is not reached never reads as 100.
pub fn percent_whole(words: &Locale, share: f64) -> String {
    if share > MAX_SHARE {
        return format!("{}+", words.whole(9999));
    }
    let whole = (share.max(-9.99) * 100.0).round() as i64;
    words.whole(if share < 1.0 { whole.min(99) } else { whole })
}

/// What is needed on each day left to reach the target: whole things rounded up, amounts to two or three digits, upward.
/// `None` where nothing is missing, or where a sum over days means nothing.
pub fn need_a_day(cell: &Cell, metric: &Metric, days_left: Option<u32>) -> Option<f64> {
    let (value, target) = cell.value.zip(cell.target)?;
    let additive = !matches!(metric.unit, Unit::Ratio | Unit::PercentPoints | Unit::Days);
    if metric.better == Better::Down || !additive || value >= target {
        return None;
    }
    // On the last day, all of it.
    let need = (target - value) / f64::from(days_left?.max(1));
    Some(match metric.unit {
        Unit::Count => (need - 1e-9).ceil(),
        // Money is written in its smallest coin at the finest: what is less would be rounded away.
        Unit::Currency(_) => {
            let coins = 10f64.powi(i32::from(metric.decimals));
            (upward(need) * coins - 1e-6).ceil() / coins
        }
        _ => upward(need),
    })
}

/// Rounded up to two digits, to three where the first is a 1: never less than what is needed, and soon read.
fn upward(x: f64) -> f64 {
    let power = x.log10().floor() as i32;
    let lead = x / 10f64.powi(power);
    let digits = if lead < 2.0 { 2 } else { 1 };
    let step = 10f64.powi(power - digits);
    // Tenths as tenths: 38 × 0.1 is not 3.8.
    let n = (x / step - 1e-9).ceil();
    if step < 1.0 { n / 10f64.powi(digits - power) } else { n * step }
}

/// "2", "3.8 ¥M": a need as it is written.
pub fn need_text(words: &Locale, metric: &Metric, need: f64) -> String {
    let style = NumberStyle::for_goals(metric, &[vec![need]], &[need], words);
    amount(words, &style, need)
}

/// A figure with its unit, as people write it: "¥3.8M", "3,8 Mio. €", "12 H".
fn amount(words: &Locale, style: &NumberStyle, value: f64) -> String {
    let figure = style.trimmed(value);
    style.signed(&figure).unwrap_or_else(|| (words.words().goals.amount)(&figure, style.unit_short()))
}

/// The same in the unit of the card that it stands on, where that tells it; else in its own.
pub fn need_beside(words: &Locale, metric: &Metric, cell: &Cell, need: f64) -> String {
    let all: Vec<f64> = [cell.value, cell.target, cell.pace, cell.forecast].into_iter().flatten().collect();
    let exact: Vec<f64> = [cell.value, cell.target].into_iter().flatten().chain([need]).collect();
    let style = NumberStyle::for_goals(metric, &[all, vec![need]], &exact, words);
    if style.tells(need) {
        return amount(words, &style, need);
    }
    need_text(words, metric, need)
}

/// "DAY 15 OF 19", else the days left: the second line of the header.
pub fn day_line(ctx: &Ctx) -> String {
    let w = ctx.locale.words();
    let Some(period) = &ctx.data.period else { return String::new() };
    match (period.days_total, period.days_left) {
        (Some(total), Some(left)) if total > 0 => {
            (w.goals.day_of)((total + 1).saturating_sub(left).clamp(1, total), total)
        }
        (_, Some(left)) => (w.days_left)(left),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: f64, target: f64, pace: f64) -> Cell {
        Cell { value: Some(value), target: Some(target), pace: Some(pace), forecast: None }
    }

    fn standing(cell: &Cell, metric: &Metric) -> Standing {
        let words = Locale::new("en");
        let all: Vec<f64> = [cell.value, cell.target, cell.pace].into_iter().flatten().collect();
        Standing::new(cell, metric, &NumberStyle::for_values(metric, &all, &words))
    }

    #[test]
    fn states_by_target_and_pace() {
        let count = Metric::default();
        for (value, state) in
            [(15.0, State::Behind), (20.0, State::OnPace), (21.0, State::Ahead), (30.0, State::Met), (44.0, State::Met)]
        {
            assert_eq!(standing(&cell(value, 30.0, 20.0), &count).state, state, "{value}");
        }
        let alone = Cell { value: Some(3.0), ..Cell::default() };
        let s = standing(&alone, &count);
        assert_eq!((s.state, s.share, s.of(&Locale::new("en"))), (State::Unknown, None, String::new()));
        assert_eq!(standing(&Cell::default(), &count).value, MISSING);
    }

    #[test]
    fn where_less_is_better_everything_turns_round() {
        let days = Metric { better: Better::Down, unit: Unit::Days, ..Metric::default() };
        let s = standing(&cell(40.0, 30.0, 36.0), &days);
        assert_eq!((s.state, s.share, s.pace), (State::Behind, Some(0.75), Some(30.0 / 36.0)));
        assert_eq!(standing(&cell(25.0, 30.0, 36.0), &days).state, State::Met);
        // Nothing can be divided by 0, but 0 days are fewer than 30.
        let s = standing(&cell(0.0, 30.0, 36.0), &days);
        assert_eq!((s.state, s.share), (State::Met, None));
    }

    #[test]
    fn needs_are_rounded_up_and_said_only_where_they_mean_something() {
        let count = Metric::default();
        let money = Metric { unit: Unit::Currency("JPY".into()), ..Metric::default() };
        assert_eq!(need_a_day(&cell(31.0, 40.0, 0.0), &count, Some(5)), Some(2.0));
        assert_eq!(need_a_day(&cell(30.0, 40.0, 0.0), &count, Some(5)), Some(2.0));
        assert_eq!(need_a_day(&cell(30.0, 40.0, 0.0), &count, Some(0)), Some(10.0));
        assert_eq!(need_a_day(&cell(61.2e6, 80e6, 0.0), &money, Some(5)), Some(3.8e6));
        assert_eq!(need_a_day(&cell(120e6, 180e6, 0.0), &money, Some(5)), Some(12e6));
        assert_eq!(need_a_day(&cell(119e6, 180e6, 0.0), &money, Some(5)), Some(12.2e6));
        assert_eq!(need_a_day(&cell(40.0, 40.0, 0.0), &count, Some(5)), None);
        assert_eq!(need_a_day(&cell(30.0, 40.0, 0.0), &count, None), None);
        let ratio = Metric { unit: Unit::Ratio, ..Metric::default() };
        assert_eq!(need_a_day(&cell(0.2, 0.4, 0.0), &ratio, Some(5)), None);
        let number = Metric { unit: Unit::Number, decimals: 1, ..Metric::default() };
        assert_eq!(need_a_day(&cell(0.0, 3.76, 0.0), &number, Some(1)), Some(3.8));
        assert_eq!(need_text(&Locale::new("en"), &money, 3.8e6), "¥3.8M");
        assert_eq!(need_text(&Locale::new("ja"), &money, 3.8e6), "380万円");
        let beside = |need: f64| need_beside(&Locale::new("en"), &money, &cell(11.4e6, 15e6, 12e6), need);
        assert_eq!([0.73e6, 3.8e6].map(beside), ["¥0.73M", "¥3.8M"], "in the unit of its card");
        assert_eq!(beside(4_500.0), "¥4,500", "unless that does not tell it");
    }

    #[test]
    fn a_figure_is_told_from_its_own_target_only() {
        let money = Metric { unit: Unit::Currency("JPY".into()), ..Metric::default() };
        let write = |rows: [Vec<f64>; 2]| {
            let (values, exact) = (vec![rows[0][0], rows[1][0]], rows.concat());
            // The company's figure is large: one decimal.
            let groups = [rows[0].clone(), rows[1].clone(), values.clone(), vec![183.9e6, 225e6]];
            let style = NumberStyle::for_goals(&money, &groups, &exact, &Locale::new("en"));
            values.iter().map(|v| style.format(*v)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(write([vec![44.99e6, 60e6], vec![38.6e6, 45e6]]), "45.0 38.6");
        assert_eq!(write([vec![44.99e6, 45e6], vec![38.6e6, 60e6]]), "44.99 38.60", "points stand under each other");
        assert_eq!(write([vec![44.99e6, 60e6], vec![45e6, 60e6]]), "44.99 45.00", "who is ahead is seen");
    }

    #[test]
    fn figures_have_the_digits_that_they_need() {
        let money = Metric { unit: Unit::Currency("JPY".into()), ..Metric::default() };
        let write = |locale: &str, value: f64, target: f64| {
            let words = Locale::new(locale);
            let style =
                NumberStyle::for_goals(&money, &[vec![value, target, target * 0.789]], &[value, target], &words);
            format!("{} {} {}", style.format(value), style.trimmed(target), style.unit_short())
        };
        assert_eq!(write("en", 61.2e6, 80e6), "61.2 80 ¥M");
        assert_eq!(write("en", 13.75e6, 15e6), "13.75 15 ¥M");
        assert_eq!(write("ja", 163.4e6, 210e6), "16,340 21,000 万円");
        assert_eq!(write("ja", 13.75e6, 15e6), "1,375 1,500 万円");
    }

    #[test]
    fn a_percentage_that_is_not_reached_never_reads_as_reached() {
        let words = Locale::new("en");
        assert_eq!(percent_whole(&words, 0.999), "99");
        assert_eq!(percent_whole(&words, 13.75 / 15.0), "92");
        assert_eq!(percent(&words, 0.9999), "99.9");
        assert_eq!((percent(&words, 1e9).as_str(), percent_whole(&words, 1e12).as_str()), ("9,999+", "9,999+"));
    }
}
