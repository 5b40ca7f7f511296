//! What there is to say of a plan, in sentences of both languages of the pages.

use jiff::civil::Date;

use crate::sources::identity::Move;

#[derive(Debug, Clone, PartialEq)]
pub enum Remark {
    /// Amounts without a currency; `mixed`: others of their file name one.
    CountAs {
        n: usize,
        code: String,
        mixed: bool,
    },
    /// Won deals in a currency that is not the floor's.
    Foreign {
        n: usize,
        code: String,
        sum: f64,
    },
    /// Deals that more than one file tells of.
    InTwoFiles {
        n: usize,
    },
    /// Deals of earlier files of the source that these have no more, with the ids of the first.
    Gone {
        n: usize,
        names: Vec<String>,
    },
    /// People who leave a team for another one, with the first of them.
    Moved {
        n: usize,
        first: Vec<Move>,
    },
    BelowZero {
        n: usize,
    },
    /// Won on a day that is still to come.
    ToCome {
        n: usize,
        last: Date,
    },
    /// The newest won deal is of an earlier year.
    LastYears {
        newest: Date,
    },
    /// Some are older than a year.
    Old {
        n: usize,
        first: Date,
    },
    /// A sheet with rows that is not read.
    OtherSheet {
        name: String,
        rows: usize,
        is_hidden: bool,
    },
    MoreAmounts {
        used: String,
        others: Vec<String>,
    },
    NotUsed {
        names: Vec<String>,
    },
    /// Names of deals in which somebody stands who was erased.
    ErasedLabels {
        n: usize,
    },
    /// Somebody of this name was erased; `is_back`: a list of people has the name, and somebody new is made of it.
    Erased {
        name: String,
        deals: usize,
        is_back: bool,
    },
}

impl Remark {
    /// In English, or in Japanese (`ja`).
    pub fn text(&self, lang: &str) -> String {
        if lang == "ja" { self.japanese() } else { self.english() }
    }

    fn english(&self) -> String {
        match self {
            Remark::CountAs { n, code, mixed } => {
                let others = if *mixed { ", but others of the file do" } else { "" };
                let code = if code.is_empty() { "plain numbers, because the floor has no currency" } else { code };
                match n {
                    1 => format!("1 amount names no currency{others}: it counts as {code}"),
                    _ => format!("{} amounts name no currency{others}: they count as {code}", counted(*n)),
                }
            }
            Remark::Foreign { n, code, sum } => format!(
                "{} in {code}, {} in all: a figure of its own, \"Won {code}\", because currencies are never added",
                deals(*n),
                money(*sum, code)
            ),
            Remark::InTwoFiles { n } => format!(
                "{} in more than one file, and {} once, with the values of the last file",
                of_verb(*n, "stands", "stand"),
                if *n == 1 { "counts" } else { "each counts" }
            ),
            Remark::Gone { n, names } => format!(
                "{} in earlier files of this source but not in this one: {}{}. Counted deals still count: take them back in their list of facts, or import them as lost",
                of_verb(*n, "is", "are"),
                names.join(", "),
                if *n > names.len() { ", …" } else { "" }
            ),
            Remark::Moved { n, first } => {
                let since = |of: &Move| of.since.map(|since| format!(" on {}", day(since))).unwrap_or_default();
                let moves = first.iter().map(|of| format!("{} from {} to {}{}", of.name, of.from, of.to, since(of)));
                format!(
                    "{}: {}{}",
                    if *n == 1 {
                        "1 person changes the team".to_owned()
                    } else {
                        format!("{n} people change the team")
                    },
                    moves.collect::<Vec<_>>().join(", "),
                    if *n > first.len() { ", …" } else { "" }
                )
            }
            Remark::BelowZero { n } => {
                format!("won deals with a negative amount: {n}; the amount is subtracted, and each counts as a deal")
            }
            Remark::ToCome { n: 1, last } => {
                format!("1 won deal has a date in the future, {}: it counts from that day on", day(*last))
            }
            Remark::ToCome { n, last } => format!(
                "{} won deals have dates in the future, the last on {}: each counts from its day on",
                counted(*n),
                day(*last)
            ),
            Remark::LastYears { newest } => format!(
                "the newest deal is of {}: no deal is in this year's figures, and Rankings shows of which day its figures are",
                day(*newest)
            ),
            Remark::Old { n, first } => {
                format!(
                    "{}, the first of {}",
                    of_verb(*n, "is older than a year", "are older than a year"),
                    day(*first)
                )
            }
            Remark::OtherSheet { name, rows, is_hidden } => {
                let hidden = if *is_hidden { "hidden sheet" } else { "sheet" };
                format!("the {hidden} {name:?} is not read: {} with cells", of_noun(*rows, "row", "rows"))
            }
            Remark::MoreAmounts { used, others } => format!(
                "{used:?} is the amount; {} could be one too and {} not counted",
                quoted(others),
                if others.len() == 1 { "is" } else { "are" }
            ),
            Remark::NotUsed { names } => format!("Not used: {}", names.join(", ")),
            Remark::ErasedLabels { n } => format!(
                "{} of {} {} somebody who was erased: \"(erased)\" is kept instead",
                if *n == 1 { "the name" } else { "the names" },
                deals(*n),
                if *n == 1 { "names" } else { "name" }
            ),
            Remark::Erased { name, deals: 0, is_back: _ } => {
                format!("somebody called {name:?} was erased: this file adds a new person with this name")
            }
            Remark::Erased { name, deals: n, is_back } => {
                let kept = of_verb(*n, "is kept without the name", "are kept without the name");
                let made = if *is_back { ", and the list of people adds a new person with this name" } else { "" };
                format!("somebody called {name:?} was erased: {kept}{made}")
            }
        }
    }

    fn japanese(&self) -> String {
        match self {
            Remark::CountAs { n, code, mixed } => {
                let others = if *mixed { "（同じファイルの他の金額にはあります）" } else { "" };
                let code = if code.is_empty() { "フロアに通貨がないため、ただの数" } else { code };
                format!("通貨の書かれていない金額が{}件あります{others}。{code}として数えます", counted(*n))
            }
            Remark::Foreign { n, code, sum } => format!(
                "{code}の案件が{}件、合計{}。通貨は合算しないため、「Won {code}」として別に数えます",
                counted(*n),
                money(*sum, code)
            ),
            Remark::InTwoFiles { n } => {
                format!("{}件の案件が複数のファイルにあります。最後のファイルの内容で1回だけ数えます", counted(*n))
            }
            Remark::Gone { n, names } => format!(
                "この取り込み元の以前のファイルにあった案件が{}件、このファイルにありません: {}{}。数えた分は残ります。記録の一覧で取り消すか、失注として取り込んでください",
                counted(*n),
                names.join("、"),
                if *n > names.len() { "…" } else { "" }
            ),
            Remark::Moved { n, first } => {
                let since = |of: &Move| of.since.map(|since| format!("（{}から）", day_ja(since))).unwrap_or_default();
                let moves = first.iter().map(|of| format!("{}: {} → {}{}", of.name, of.from, of.to, since(of)));
                let more = if *n > first.len() { "、ほか" } else { "" };
                format!("{n}人のチームが変わります: {}{more}", moves.collect::<Vec<_>>().join("、"))
            }
            Remark::BelowZero { n } => {
                format!("金額が0未満の成約が{}件あります。金額は差し引き、件数には数えます", counted(*n))
            }
            Remark::ToCome { n, last } => {
                format!(
                    "これからの日付の成約が{}件あります（最後は{}）。その日から数えます",
                    counted(*n),
                    day_ja(*last)
                )
            }
            Remark::LastYears { newest } => {
                format!(
                    "最も新しい案件は{}です。今年の数字には入りません。ランキングにはその時点の日付が出ます",
                    day_ja(*newest)
                )
            }
            Remark::Old { n, first } => {
                format!("1年以上前の案件が{}件あります（最初は{}）", counted(*n), day_ja(*first))
            }
            Remark::OtherSheet { name, rows, is_hidden } => {
                let hidden = if *is_hidden { "非表示のシート" } else { "シート" };
                format!("{hidden}「{name}」（{}行）は読み込みません", counted(*rows))
            }
            Remark::MoreAmounts { used, others } => {
                format!("金額は「{used}」です。{}も金額のようですが、数えません", quoted_ja(others))
            }
            Remark::NotUsed { names } => format!("使わない列: {}", names.join("、")),
            Remark::ErasedLabels { n } => {
                format!("案件{}件の名前に、消去された人の名前があります。代わりに「(erased)」を保存します", counted(*n))
            }
            Remark::Erased { name, deals: 0, is_back: _ } => {
                format!("「{name}」という人は消去されています。このファイルで同じ名前の新しい人が作られます")
            }
            Remark::Erased { name, deals: n, is_back } => {
                let made = if *is_back {
                    "名簿からは新しい人が作られます"
                } else {
                    "新しい人は作りません"
                };
                format!("「{name}」という人は消去されています。案件{}件は名前なしで保存し、{made}", counted(*n))
            }
        }
    }
}

/// `1 deal`, `1,200 deals`.
pub fn deals(n: usize) -> String {
    of_noun(n, "deal", "deals")
}

/// A count with its noun.
pub fn of_noun(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", counted(n), if n == 1 { one } else { many })
}

fn of_verb(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", deals(n), if n == 1 { one } else { many })
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    quoted.join(", ")
}

fn quoted_ja(names: &[String]) -> String {
    names.iter().map(|name| format!("「{name}」")).collect()
}

/// A count with commas between its thousands, as both languages have them.
pub fn counted(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// An amount to the cent, with its code: `1,200.50 EUR`.
pub fn money(amount: f64, code: &str) -> String {
    let text = format!("{:.2}", amount.abs());
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), counted);
    let cents = if cents == "00" { String::new() } else { format!(".{cents}") };
    let sign = if amount < 0.0 { "−" } else { "" };
    format!("{sign}{whole}{cents} {code}").trim_end().to_owned()
}

/// `31 Dec 2017`
pub fn day(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// `2017年12月31日`
pub fn day_ja(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn one_of_a_kind_is_said_as_one() {
        let text = |remark: Remark| remark.text("en");
        assert_eq!(
            text(Remark::CountAs { n: 3, code: "EUR".into(), mixed: false }),
            "3 amounts name no currency: they count as EUR"
        );
        assert_eq!(
            text(Remark::CountAs { n: 1, code: "EUR".into(), mixed: true }),
            "1 amount names no currency, but others of the file do: it counts as EUR"
        );
        let foreign = text(Remark::Foreign { n: 1, code: "USD".into(), sum: 1_234_567.5 });
        assert!(foreign.starts_with("1 deal in USD, 1,234,567.50 USD in all: "), "{foreign}");
        assert!(text(Remark::LastYears { newest: date(2017, 12, 31) }).contains("of 31 Dec 2017: "));
        assert_eq!([counted(0), counted(999), counted(1_000), counted(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([money(-0.5, "EUR"), money(12.0, "")], ["−0.50 EUR", "12"]);
    }
}
