//! Writes the answer of `check` as people read it: what matters most first.

use std::fmt;

use super::{CheckReport, CheckedProblem, CheckedSlide};
use crate::board::{Metric, Unit, Weight, currency};

impl fmt::Display for CheckReport {
    /// The board, what its tables say, what is wrong by its weight, and the slides with their rows.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match (&self.board, &self.boards) {
            (_, Some(boards)) => {
                for (feed, board) in boards {
                    let slides = self.slides.iter().filter(|slide| slide.feed.as_ref() == Some(feed)).count();
                    match board {
                        Some(board) => writeln!(f, "{feed}: board {}: {}", plain(board), Count(slides, "slide"))?,
                        None => writeln!(f, "{feed}: refused")?,
                    }
                }
            }
            (Some(board), None) => writeln!(f, "board {}: {}", plain(board), Count(self.slides.len(), "slide"))?,
            (None, None) => writeln!(f, "refused")?,
        }
        self.summary.iter().try_for_each(|line| writeln!(f, "{}", plain(line)))?;
        write!(f, "\n{}", Problems(&self.problems))?;
        self.slides.iter().try_for_each(|slide| slide.fmt(f))
    }
}

impl fmt::Display for CheckedSlide {
    /// Its head and its rows.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let hidden = self.rows.iter().filter(|row| !row.shown).count();
        let feed = self.feed.as_ref().map(|feed| format!("{feed}: ")).unwrap_or_default();
        write!(f, "\n{feed}{}", self.kind)?;
        if let Some(id) = self.own_id() {
            write!(f, " {}", plain(id))?;
        }
        write!(f, " \"{}\"", self.title)?;
        if !self.rows.is_empty() {
            write!(f, ", {}", Count(self.rows.len(), "row"))?;
        }
        if hidden > 0 && self.shown {
            write!(f, ", {hidden} of them not on the wall")?;
        }
        if !self.unit.is_empty() {
            write!(f, ", in {}", self.unit)?;
        }
        match &self.off {
            Some(why) => writeln!(f, ", not on the wall: {why}")?,
            None => writeln!(f)?,
        }
        for row in &self.rows {
            let rank = match row.rank {
                Some(rank) if row.tied => format!("={rank}"),
                Some(rank) => rank.to_string(),
                None => "–".to_owned(),
            };
            let value = if row.figure.is_empty() { "–" } else { &row.figure };
            let mark = if row.shown { ' ' } else { '·' };
            writeln!(f, "{mark} {rank:>4}  {value:>15}  {}", row.name)?;
        }
        Ok(())
    }
}

impl CheckedSlide {
    /// The id that the source gave it; one that was made of its type and title tells nobody anything.
    fn own_id(&self) -> Option<&str> {
        let made = self.id.strip_prefix(self.kind).and_then(|rest| rest.strip_prefix(':'));
        let made = made.is_some_and(|hash| hash.len() >= 16 && hash.bytes().take(16).all(|b| b.is_ascii_hexdigit()));
        (!made).then_some(self.id.as_str())
    }
}

/// Problems as a list, the heaviest first.
pub(super) struct Problems<'a>(pub(super) &'a [CheckedProblem]);

impl fmt::Display for Problems<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.0.is_empty() {
            return writeln!(f, "no problems");
        }
        writeln!(f, "{}", Count(self.0.len(), "problem"))?;
        for (weight, heading) in [
            (Weight::Wrong, "Wrong or missing on the wall:"),
            (Weight::LeftOut, "Left out (the rest is correct):"),
            (Weight::Smaller, "Shown, but shrunk or cut:"),
        ] {
            let mut of_weight = self.0.iter().filter(|problem| problem.problem.weight == weight).peekable();
            if of_weight.peek().is_some() {
                writeln!(f, "\n{heading}")?;
            }
            for CheckedProblem { feed, problem } in of_weight {
                match feed {
                    Some(feed) => writeln!(f, "  {feed}: {problem}")?,
                    None => writeln!(f, "  {problem}")?,
                }
            }
        }
        Ok(())
    }
}

/// So many of a thing.
pub(super) struct Count(pub(super) usize, pub(super) &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}

/// A text of the feed as a terminal may get it.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() }).collect()
}

/// A figure as a person writes it: without what adding up leaves behind the last digit, thousands apart.
pub(super) fn figure(value: f64, metric: &Metric) -> String {
    let (digits, money) = match &metric.unit {
        Unit::Currency(code) => (usize::from(metric.decimals.max(currency::exponent(code))), true),
        _ => (6, false),
    };
    let written = format!("{:.digits$}", value.abs());
    let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
    let part = match part.trim_end_matches('0') {
        "" => "",
        _ if money => part,
        short => short,
    };
    let is_zero = part.is_empty() && whole == "0";
    let mut out = if value < 0.0 && !is_zero { "-".to_owned() } else { String::new() };
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out += &format!(".{part}");
    }
    out
}

/// What the figures of a metric are in, where their digits do not say it.
pub(super) fn unit(metric: &Metric) -> String {
    match &metric.unit {
        Unit::Currency(code) => code.clone(),
        Unit::DurationS => "seconds".into(),
        Unit::Days => "days".into(),
        Unit::Ratio => "fractions (1 = 100 %)".into(),
        Unit::PercentPoints => "percent".into(),
        Unit::Count | Unit::Number | Unit::Points => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Problem;

    #[test]
    fn figures_are_written_as_people_write_them() {
        let euros = Metric { unit: Unit::Currency("EUR".into()), decimals: 0, ..Metric::default() };
        let yen = Metric { unit: Unit::Currency("JPY".into()), decimals: 0, ..Metric::default() };
        for (value, metric, wanted) in [
            (53_371.749_999_999_99, &euros, "53,371.75"),
            (1_200.5, &euros, "1,200.50"),
            (9_000.0, &euros, "9,000"),
            (-1_234_567.0, &euros, "-1,234,567"),
            (-0.001, &euros, "0"),
            (1_838_000.4, &yen, "1,838,000"),
            (0.1 + 0.2, &Metric::default(), "0.3"),
            (1_200.5, &Metric::default(), "1,200.5"),
            (0.0, &Metric::default(), "0"),
            (999.0, &Metric::default(), "999"),
            (1e15, &Metric::default(), "1,000,000,000,000,000"),
        ] {
            assert_eq!(figure(value, metric), wanted);
        }
    }

    #[test]
    fn the_heaviest_problems_come_first_under_their_headings() {
        let problem = |weight, text: &str| CheckedProblem::from(Problem::wrong("slides[0]", text).weighing(weight));
        let list = [problem(Weight::Smaller, "a"), problem(Weight::Wrong, "b"), problem(Weight::Smaller, "c")];
        let wanted = "3 problems\n\nWrong or missing on the wall:\n  slides[0]: b\n\n\
                      Shown, but shrunk or cut:\n  slides[0]: a\n  slides[0]: c\n";
        assert_eq!(Problems(&list).to_string(), wanted);
        assert_eq!(Problems(&[]).to_string(), "no problems\n");
        assert!(Problems(&list[..1]).to_string().starts_with("1 problem\n"));
    }
}
