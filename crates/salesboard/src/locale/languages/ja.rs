//! Writes dates, numbers and money in Japanese.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, UnitWords, Units};

pub(super) const LANGUAGE: Language = Language {
    tag: "ja",
    dates: Dates {
        day: |date, _| day(date),
        days: |first, last, _| match (first.year(), first.month()) == (last.year(), last.month()) {
            true => format!("{}〜{}日", day(first), last.day()),
            false => format!("{}〜{}", day(first), day(last)),
        },
        month: |date| format!("{}年{}月", date.year(), date.month()),
        twelve_hours: true,
    },
    numbers: Numbers {
        units: Units::Myriads,
        words: UnitWords { days: "日", points: "点", hours_minutes: "時:分", minutes_seconds: "分:秒" },
        gap: "",
        percent: "%",
        sign: |_, _| Sign::Own,
        currency,
    },
};

fn day(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// Names that stand behind a figure; the code says the others better.
fn currency(code: &str) -> Option<&'static str> {
    Some(match code {
        "AUD" => "豪ドル",
        "CAD" => "カナダドル",
        "CHF" => "スイスフラン",
        "CNY" => "元",
        "EUR" => "ユーロ",
        "GBP" => "ポンド",
        "HKD" => "香港ドル",
        "IDR" => "ルピア",
        "INR" => "ルピー",
        "JPY" => "円",
        "KRW" => "ウォン",
        "MYR" => "リンギット",
        "PHP" => "ペソ",
        "SGD" => "シンガポールドル",
        "THB" => "バーツ",
        "TWD" => "台湾ドル",
        "USD" => "ドル",
        "VND" => "ドン",
        _ => return None,
    })
}
