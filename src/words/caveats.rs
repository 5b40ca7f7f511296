//! Words for what the figures cannot be trusted in: they stand in the header where a sound board says LIVE.

/// What a header says of a board whose table lacks something, in one language: short, in capitals.
#[derive(Debug)]
pub struct Caveats {
    /// There is no column of dates, so rows of all time count.
    pub all_dates: &'static str,
    /// There is no column of stages, so every row counts as won.
    pub no_stages: &'static str,
    /// Neither: every row of all time counts as won.
    pub every_row: &'static str,
    /// The newest deal is in an earlier month.
    pub past: &'static str,
    /// The same with the month of the newest deal, as [`month`](super::Locale::month) writes it.
    pub none_since: fn(&str) -> String,
}

pub(super) const EN: Caveats = Caveats {
    all_dates: "ALL DATES COUNT",
    no_stages: "NO STAGE COLUMN",
    every_row: "EVERY ROW COUNTS",
    past: "NO DEALS THIS MONTH",
    none_since: |month| format!("NO DEALS SINCE {month}"),
};

pub(super) const JA: Caveats = Caveats {
    all_dates: "日付なし・全件集計",
    no_stages: "商談段階の列なし",
    every_row: "全行を集計",
    past: "今月の受注なし",
    none_since: |month| format!("{month}以降の受注なし"),
};
