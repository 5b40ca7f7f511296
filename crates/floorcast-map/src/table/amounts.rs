//! Reads the amounts of a column together: one that is clear says how the others are written.

use super::cell::Cell;
use crate::reading::number::{Written, signs, written};
use crate::text::{Said, short};

/// How the numbers of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Writing {
    /// Some number has a point in front of its decimals.
    point: bool,
    /// Some number has a comma there.
    comma: bool,
    /// Some number could have a point there, or between its thousands; some a comma.
    either_point: bool,
    either_comma: bool,
    /// Some number has commas between its thousands; some has a point before three decimals as well.
    comma_groups: bool,
    three_decimals: bool,
    /// Somebody can be asked: a number that only its own spelling explains is not guessed.
    asks: bool,
    /// What somebody said three digits are where that is unclear: thousands, else decimals.
    thousands: Option<bool>,
}

/// An amount, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// Nothing is written there.
    Nothing,
    /// This much.
    Is(f64),
    /// Something else than a number.
    NoNumber,
    /// A percentage.
    Percent,
    /// It could be either of two numbers: the column writes both ways, or its comma stands before decimals elsewhere and before
    /// three digits here.
    Unclear,
    /// An error value or a word in the place of one.
    Error,
    /// A formula whose result was never stored.
    Uncalculated,
}

/// What to do about a formula that was written by a program that does not calculate.
pub const UNCALCULATED: &str =
    "a formula whose result was never stored: open the workbook, let it calculate, and save it";

pub const UNCALCULATED_JA: &str = "数式の結果が保存されていません。ブックを開いて再計算し、保存してください";

impl Amount {
    /// What is wrong with an amount that is written so; `None`: nothing.
    pub fn fault(self, written: &str) -> Option<String> {
        let written = short(written, 60);
        Some(match self {
            Amount::Nothing | Amount::Is(_) => return None,
            Amount::NoNumber => format!("{written:?} is not a number"),
            Amount::Percent => format!("{written:?} is a share, not an amount"),
            Amount::Unclear => {
                format!(
                    "{written:?} could be two numbers: with thousands or with decimals, because its column writes both ways"
                )
            }
            Amount::Error => format!("{written:?} is an error, not a number"),
            Amount::Uncalculated => UNCALCULATED.to_owned(),
        })
    }
}

impl Amount {
    /// What [`Amount::fault`] says, in both languages of the hub's pages.
    pub fn said(self, written: &str) -> Option<Said> {
        let en = self.fault(written)?;
        let written = short(written, 60);
        let ja = match self {
            Amount::Percent => format!("「{written}」は割合で、金額ではありません"),
            Amount::Unclear => {
                format!("「{written}」は二通りに読めます。列に桁区切りと小数の両方の書き方があるためです")
            }
            Amount::Error => format!("「{written}」はエラーで、数値ではありません"),
            Amount::Uncalculated => UNCALCULATED_JA.to_owned(),
            Amount::Nothing | Amount::Is(_) | Amount::NoNumber => format!("「{written}」は数値ではありません"),
        };
        Some(Said { en, ja })
    }
}

impl Writing {
    /// With what somebody said of the three digits of `1.980`: `thousands` or `decimals`.
    pub fn told(self, three_digits: Option<&str>) -> Writing {
        let thousands = match three_digits {
            Some("thousands") => Some(true),
            Some("decimals") => Some(false),
            _ => None,
        };
        Writing { thousands, ..self }
    }

    /// Of a table whose reader can ask somebody.
    pub fn asking(self, asks: bool) -> Writing {
        Writing { asks, ..self }
    }

    /// What the cells of a column say of it.
    pub fn of<'a>(cells: impl Iterator<Item = &'a Cell>) -> Writing {
        let mut writing = Writing::default();
        for text in cells.filter_map(Cell::as_text) {
            let text = text.trim();
            match written(text) {
                Written::Number(_) => match signs(text) {
                    (0, 0) => {}
                    // Several of one sign part groups; the other one is left for the decimals.
                    (0, 1) => writing.comma = true,
                    (1, 0) => writing.point = true,
                    (0, _) => (writing.point, writing.comma_groups) = (true, true),
                    (_, 0) => writing.comma = true,
                    _ if text.rfind('.') > text.rfind(',') => {
                        let decimals = text.rsplit('.').next().unwrap_or_default();
                        writing.three_decimals |= decimals.chars().filter(char::is_ascii_digit).count() == 3;
                        (writing.point, writing.comma_groups) = (true, true);
                    }
                    _ => writing.comma = true,
                },
                Written::Either { sign: b'.', .. } => writing.either_point = true,
                Written::Either { .. } => writing.either_comma = true,
                Written::Nothing | Written::No => {}
            }
        }
        writing
    }

    /// The amount of a cell in such a column.
    pub fn amount(self, cell: &Cell) -> Amount {
        let finite = |n: f64| if n.is_finite() { Amount::Is(n) } else { Amount::NoNumber };
        match cell {
            Cell::Empty => Amount::Nothing,
            Cell::Number(n, _) => finite(*n),
            Cell::Uncalculated => Amount::Uncalculated,
            Cell::Error(_) => Amount::Error,
            Cell::Day(_) | Cell::Moment(_) | Cell::Seconds(_) | Cell::Bool(_) => Amount::NoNumber,
            Cell::Text(text) if super::nobody::is_error(text) => Amount::Error,
            Cell::Text(text) if text.contains(['%', '％']) => Amount::Percent,
            Cell::Text(text) => match written(text) {
                // What somebody wrote instead of an amount is told, not taken for an empty cell.
                Written::Nothing | Written::No => Amount::NoNumber,
                Written::Number(n) => finite(n),
                Written::Either { sign, decimal, group } => {
                    let (mine, other) = if sign == b'.' { (self.point, self.comma) } else { (self.comma, self.point) };
                    let said = self.thousands.map(|thousands| finite(if thousands { group } else { decimal }));
                    match (mine, other) {
                        (true, true) => said.unwrap_or(Amount::Unclear),
                        // Programs write a point before any number of decimals; people write a comma before two.
                        (true, false) if sign == b',' || self.is_by_hand() => said.unwrap_or(Amount::Unclear),
                        (true, false) => finite(decimal),
                        // No cell of the column proves how it is written: whoever knows it does.
                        (false, false) if said.is_some() => said.unwrap_or(Amount::Unclear),
                        // `1.980` beside `1,250`: not both signs part thousands.
                        (false, false) if self.asks && self.either_point && self.either_comma => {
                            said.unwrap_or(Amount::Unclear)
                        }
                        (false, _) => finite(group),
                    }
                }
            },
        }
    }

    /// No program wrote the column: commas part its thousands, so a point before three digits may do so too.
    fn is_by_hand(self) -> bool {
        self.asks && (self.comma_groups || self.either_comma) && !self.three_decimals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(texts: &[&str]) -> Vec<Amount> {
        let cells: Vec<Cell> = texts.iter().map(|text| Cell::text(text)).collect();
        let writing = Writing::of(cells.iter());
        cells.iter().map(|cell| writing.amount(cell)).collect()
    }

    #[test]
    fn the_amounts_of_a_column_are_read_together() {
        use Amount::{Is, NoNumber, Nothing, Unclear};
        assert_eq!(column(&["1.200,50", "96.3", "1234.56", "12.5"]), [Is(1200.5), Is(96.3), Is(1234.56), Is(12.5)]);
        assert_eq!(column(&["1.200", "12,50"]), [Is(1200.0), Is(12.5)]);
        assert_eq!(column(&["1.200", "12.50"]), [Is(1.2), Is(12.5)]);
        assert_eq!(column(&["1.250", "12.500"]), [Is(1250.0), Is(12500.0)], "thousands where nothing says otherwise");
        assert_eq!(column(&["1,200", "1,200,300"]), [Is(1200.0), Is(1_200_300.0)]);
        assert_eq!(column(&["1,200", "3,500", "1,75"]), [Unclear, Unclear, Is(1.75)], "no money has three decimals");
        assert_eq!(column(&["1.200", "1,5", "1.5"]), [Unclear, Is(1.5), Is(1.5)]);
        let told = |said: &str| {
            let cells = ["1.980 €", "1,5", "1.5"].map(Cell::text);
            let writing = Writing::of(cells.iter()).told(Some(said));
            cells.map(|cell| writing.amount(&cell))
        };
        assert_eq!(told("thousands"), [Is(1980.0), Is(1.5), Is(1.5)]);
        assert_eq!(told("decimals"), [Is(1.98), Is(1.5), Is(1.5)]);
        let uniform = |said: &str, texts: [&str; 2]| {
            let cells = texts.map(Cell::text);
            let writing = Writing::of(cells.iter()).told(Some(said));
            cells.map(|cell| writing.amount(&cell))
        };
        assert_eq!(uniform("decimals", ["1.980", "1.250"]), [Is(1.98), Is(1.25)]);
        assert_eq!(uniform("thousands", ["1.980", "1.250"]), [Is(1980.0), Is(1250.0)]);
        assert_eq!(uniform("decimals", ["1.980", "1.250.000"]), [Is(1980.0), Is(1_250_000.0)], "the column proves it");
        assert_eq!(column(&["1.200 kr.", "500 kr."]), [Is(1200.0), Is(500.0)], "the dot of a short form is none");
        assert_eq!(column(&["1.200,-", "500,- €"]), [Is(1200.0), Is(500.0)]);
        let asked = |texts: &[&str]| {
            let cells: Vec<Cell> = texts.iter().map(|text| Cell::text(text)).collect();
            let writing = Writing::of(cells.iter()).asking(true);
            cells.iter().map(|cell| writing.amount(cell)).collect::<Vec<_>>()
        };
        assert_eq!(column(&["1.980", "1,250"]), [Is(1980.0), Is(1250.0)], "a wall has nobody to ask");
        assert_eq!(asked(&["1.980", "1,250"]), [Unclear, Unclear]);
        assert_eq!(asked(&["1.980", "$1,250.00"]), [Unclear, Is(1250.0)]);
        assert_eq!(asked(&["1.980", "1,250.125"]), [Is(1.98), Is(1250.125)], "a currency of three decimals");
        assert_eq!(asked(&["1.980", "12.50"]), [Is(1.98), Is(12.5)]);
        assert_eq!(asked(&["1.980", "1.250"]), [Is(1980.0), Is(1250.0)]);
        assert_eq!(column(&["", "soon", "-", "12 %"]), [Nothing, NoNumber, NoNumber, Amount::Percent]);
        assert_eq!(column(&["#DIV/0!", "Loading..."]), [Amount::Error, Amount::Error]);
    }
}
