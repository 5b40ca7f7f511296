//! Words, numbers, money, times: what each language writes, as tables.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use floorcast::board::{Better, Metric, MetricKind, Unit};
use floorcast::words::{CURRENCIES, Locale, NumberStyle, Part};
use jiff::civil::{date, time};
use proptest::prelude::*;

fn metric(unit: Unit, decimals: u8) -> Metric {
    Metric { label: String::new(), unit, decimals, kind: MetricKind::Lagging, better: Better::Up }
}

fn money(code: &str, decimals: u8) -> Metric {
    metric(Unit::Currency(code.into()), decimals)
}

/// The column as written, and its short and long unit.
fn column(tag: &str, metric: &Metric, values: &[f64]) -> (Vec<String>, String, String) {
    let style = NumberStyle::for_values(metric, values, &Locale::new(tag));
    let texts = values.iter().map(|value| style.format(*value)).collect();
    (texts, style.unit_short().to_owned(), style.unit_long().to_owned())
}

#[test]
fn columns_have_one_scale() {
    let yen = money("JPY", 0);
    let usd = money("USD", 2);
    let euro = money("EUR", 2);
    let (count, ratio, percent) = (metric(Unit::Count, 0), metric(Unit::Ratio, 3), metric(Unit::PercentPoints, 1));
    type Case<'a> = (&'a str, &'a Metric, &'a [f64], &'a [&'a str], &'a str, &'a str);
    let cases: &[Case<'_>] = &[
        ("en", &yen, &[18_420_000.0, 17_960_000.0, 7_600_000.0], &["18.42", "17.96", "7.60"], "¥M", "¥ MILLION"),
        ("en", &yen, &[184_200_000.0, 9_870_000.0], &["184.2", "9.9"], "¥M", "¥ MILLION"),
        ("en", &usd, &[48_250.0, 7_000.0], &["48.25", "7.00"], "$K", "$ THOUSAND"),
        ("en", &usd, &[999_960.0, 5_000.0], &["1.000", "0.005"], "$M", "$ MILLION"),
        ("en", &usd, &[9_840.4, 120.5], &["9,840", "121"], "$", "$"),
        ("en", &usd, &[99.5, 12.0], &["99.50", "12.00"], "$", "$"),
        ("en", &usd, &[0.0], &["0.00"], "$", "$"),
        ("en", &usd, &[], &[], "$", "$"),
        ("en", &usd, &[-18_420.0, 5_000.0], &["−18.42", "5.00"], "$K", "$ THOUSAND"),
        ("en", &money("SEK", 2), &[2_500_000.0], &["2.500"], "M\u{A0}kr", "MILLION kr"),
        ("en", &money("CHF", 2), &[2_500_000.0], &["2.500"], "CHF\u{A0}M", "CHF MILLION"),
        ("en", &money("XTS", 2), &[2_500_000_000.0], &["2.500"], "XTS\u{A0}B", "XTS BILLION"),
        ("en", &usd, &[1e15], &["1,000"], "$T", "$ TRILLION"),
        ("de", &usd, &[48_250.0], &["48,25"], "Tsd.\u{A0}$", "TSD. $"),
        ("de", &euro, &[66_030.0], &["66,03"], "Tsd.\u{A0}€", "TSD. €"),
        ("de-AT", &euro, &[1_200_000.0], &["1,200"], "Mio.\u{A0}€", "MIO. €"),
        ("fr", &euro, &[66_030.0], &["66,03"], "k€", "k€"),
        ("fr", &euro, &[1_200_000.0], &["1,200"], "M€", "M€"),
        ("fr", &money("CHF", 2), &[66_030.0], &["66,03"], "k\u{A0}CHF", "k\u{A0}CHF"),
        ("es", &euro, &[66_030.0], &["66,03"], "mil\u{A0}€", "MILES DE €"),
        ("it", &euro, &[1_200_000.0], &["1,200"], "mln\u{A0}€", "MILIONI DI €"),
        ("nl", &euro, &[66_030.0], &["66,03"], "dzd.\u{A0}€", "€ DUIZEND"),
        ("pt", &euro, &[66_030.0], &["66,03"], "mil\u{A0}€", "MILHARES DE €"),
        ("pt-BR", &money("BRL", 2), &[1_200_000.0], &["1,200"], "R$\u{A0}mi", "R$ MILHÕES"),
        ("de", &count, &[1_234_567.0], &["1,235"], "Mio.", "MIO."),
        ("sv", &usd, &[48_250.0], &["48,25"], "$K", "$ THOUSAND"),
        ("fr", &count, &[48_250.0], &["48\u{A0}250"], "", ""),
        ("ja", &yen, &[18_420_000.0, 9_870_000.0], &["1,842", "987"], "万円", "万円"),
        ("ja", &yen, &[184_200.0, 21_000.0], &["184,200", "21,000"], "円", "円"),
        ("ja", &yen, &[9_800.0], &["9,800"], "円", "円"),
        ("ja", &yen, &[136_250_000.0], &["1.363"], "億円", "億円"),
        ("ja", &usd, &[48_250.0], &["48,250"], "ドル", "ドル"),
        ("en", &count, &[12.0, 7.0, 0.0], &["12", "7", "0"], "", ""),
        ("en", &count, &[99_999.0], &["99,999"], "", ""),
        ("en", &count, &[1_000_000_000.0], &["1.000"], "B", "BILLION"),
        ("ja", &count, &[123_456.0], &["12.35"], "万", "万"),
        ("en", &metric(Unit::Number, 1), &[3.25, 3.0], &["3.3", "3.0"], "", ""),
        ("en", &ratio, &[0.184, 1.0, 0.0005], &["18.4", "100.0", "0.1"], "%", "%"),
        ("en", &percent, &[18.45, -0.25], &["18.5", "−0.3"], "%", "%"),
        ("en", &metric(Unit::Days, 0), &[31.0], &["31"], "DAYS", "DAYS"),
        ("ja", &metric(Unit::Days, 1), &[3.5], &["3.5"], "日", "日"),
        ("en", &metric(Unit::Points, 0), &[4_200.0], &["4,200"], "PTS", "PTS"),
        ("en", &metric(Unit::Points, 0), &[4_200_000.0], &["4.200"], "M PTS", "MILLION PTS"),
        ("en", &metric(Unit::DurationS, 0), &[7_260.0, 90.0], &["2:01", "0:02"], "", "H:MM"),
        ("en", &metric(Unit::DurationS, 0), &[3_599.0, 61.0, 0.0], &["59:59", "1:01", "0:00"], "", "M:SS"),
        ("ja", &metric(Unit::DurationS, 0), &[360_000.0], &["100:00"], "", "時:分"),
    ];
    for (tag, metric, values, texts, short, long) in cases {
        let (came, came_short, came_long) = column(tag, metric, values);
        assert_eq!((came, &*came_short, &*came_long), (texts.iter().map(|t| (*t).to_owned()).collect(), *short, *long));
    }
}

#[test]
fn halves_round_away_from_zero_in_the_decimal_sense() {
    for (value, text) in [(0.285, "0.29"), (1.005, "1.01"), (-1.005, "−1.01"), (2.675, "2.68"), (0.125, "0.13")] {
        let style = NumberStyle::for_values(&metric(Unit::Number, 2), &[value], &Locale::new("en"));
        assert_eq!(style.format(value), text);
    }
}

#[test]
fn neighbours_that_would_read_alike_get_more_digits() {
    let (texts, ..) = column("en", &money("JPY", 0), &[18_421_000.0, 18_420_000.0, 15_300_000.0, 4_000.0, 0.0]);
    assert_eq!(texts, ["18.421", "18.420", "15.300", "0.004", "0.000"]);
    let (texts, ..) = column("en", &money("USD", 2), &[840.4, 840.3, 120.5]);
    assert_eq!(texts, ["840.40", "840.30", "120.50"]);
    let (texts, ..) = column("en", &metric(Unit::DurationS, 0), &[7_265.0, 7_261.0, 3_600.0]);
    assert_eq!(texts, ["2:01:05", "2:01:01", "1:00:00"]);
    let (texts, ..) = column("en", &money("JPY", 0), &[18_420_000.0, 18_420_000.4]);
    assert_eq!(texts, ["18.42", "18.42"], "equal in the metric's decimals is equal");
}

/// One whale and many small fish, in euros.
const WHALE: [f64; 10] = [12_400_000.0, 980_000.0, 12_400.0, 12_350.0, 900.0, 850.0, 12.0, 11.0, 0.0, -40.0];

#[test]
fn a_column_of_many_magnitudes_has_a_unit_in_which_all_can_be_read() {
    let euro = money("EUR", 2);
    let (texts, short, long) = column("en", &euro, &WHALE);
    assert_eq!(texts, ["12,400", "980", "12.40", "12.35", "0.90", "0.85", "0.012", "0.011", "0", "−0.04"]);
    assert_eq!((&*short, &*long), ("€K", "€ THOUSAND"));
    let style = NumberStyle::for_values(&euro, &WHALE, &Locale::new("en"));
    let gaps: Vec<String> = WHALE.windows(2).map(|pair| style.gap(pair[0], pair[1])).collect();
    assert_eq!(
        gaps,
        ["+11,420", "+967.60", "+0.05", "+11.45", "+0.05", "+0.838", "+0.001", "+0.011", "+0.04"],
        "what is shown, one from the other"
    );
    let (texts, short, _) = column("ja", &euro, &WHALE);
    assert_eq!(texts, ["1,240", "98", "1.240", "1.235", "0.090", "0.085", "0.0012", "0.0011", "0", "−0.004"]);
    assert_eq!(short, "万ユーロ");
    let (texts, short, _) = column("en", &money("USD", 2), &[2_500_000.0, 1600.0, 1500.0, 400.0, 30.0, 20.0]);
    assert_eq!((texts.join(" ").as_str(), short.as_str()), ("2,500 1.6 1.5 0.4 0.03 0.02", "$K"));
}

#[test]
fn what_is_too_fine_to_be_read_says_so() {
    let yen = money("JPY", 0);
    let values = [1e15, 1_000_000.0, 999_999.0, 123_456.0, -1.0, -1_000_000.0];
    let (texts, short, _) = column("en", &yen, &values);
    assert_eq!((texts.join(" ").as_str(), short.as_str()), ("1,000,000 0.001 0.001 0.0001 >−0.0001 −0.001", "¥B"));
    let style = NumberStyle::for_values(&yen, &values, &Locale::new("en"));
    assert_eq!(style.gap(values[1], values[2]), "<0.001", "the two read alike, though one is ahead");
    // A figure that stands elsewhere and is quoted in the column's style.
    let style = NumberStyle::for_values(&yen, &[18_420_000.0, 9_000_000.0], &Locale::new("en"));
    assert_eq!(style.format(4_000.0), "<0.01");
    assert_eq!(style.figure(-4_000.0).to_string(), ">−0.01¥M");
    assert_eq!(style.format(0.0), "0.00");
}

#[test]
fn a_column_beside_another_has_its_unit() {
    let euro = money("EUR", 2);
    let sums = NumberStyle::for_values(&euro, &WHALE, &Locale::new("en"));
    let heads = sums.beside(&money("EUR", 3), &[12_400_000.0, 3_100_000.0]);
    assert_eq!((heads.format(3_100_000.0).as_str(), heads.unit_short()), ("3,100", "€K"));
}

/// The least and the most that a figure as it is written can mean.
fn meant(text: &str) -> [f64; 2] {
    let number = |text: &str| text.replace(',', "").replace('−', "-").parse::<f64>().expect(text);
    match text.strip_prefix('<') {
        Some(text) => [0.0, number(text)],
        None => text.strip_prefix('>').map_or_else(|| [number(text); 2], |text| [number(text), 0.0]),
    }
}

proptest! {
    #[test]
    fn figures_read_in_the_order_that_they_have(
        fish in prop::collection::vec((1i64..2_000, 0i32..13, prop::bool::weighted(0.1)), 1..14),
        decimals in 0u8..4,
    ) {
        let mut values: Vec<f64> =
            fish.iter().map(|(lead, power, minus)| *lead as f64 * 10f64.powi(power - 2) * if *minus { -1.0 } else { 1.0 }).collect();
        values.sort_by(f64::total_cmp);
        for metric in [money("EUR", decimals), metric(Unit::Number, decimals), metric(Unit::Count, 0)] {
            let unit = 10f64.powi(-i32::from(metric.decimals));
            let ticks = |value: f64| (value / unit * (1.0 + 1e-12)).round();
            let (texts, ..) = column("en", &metric, &values);
            for (pair, text) in values.windows(2).zip(texts.windows(2)) {
                let [low, high] = [meant(&text[0]), meant(&text[1])];
                prop_assert!(low[1] <= high[0] || text[0] == text[1], "{pair:?} read {text:?}");
            }
            for (value, text) in values.iter().zip(&texts) {
                let [least, most] = meant(text);
                prop_assert!(ticks(*value) == 0.0 || least.min(most) < 0.0 || least.max(most) > 0.0, "{value} reads {text}");
                // A sign, seven digits and their separators; a plain number keeps its metric's decimals.
                prop_assert!(text.chars().count() <= 11, "{value} reads {text}");
            }
        }
    }

    /// What stands on most walls: whole amounts of up to ten millions.
    #[test]
    fn ordinary_amounts_are_all_told_apart(fish in prop::collection::btree_set((1i64..100, 0u32..6), 1..12)) {
        let values: Vec<f64> =
            fish.iter().map(|(lead, power)| lead * 10i64.pow(*power)).collect::<BTreeSet<i64>>().iter().map(|v| *v as f64).collect();
        for tag in ["en", "ja"] {
            let (texts, ..) = column(tag, &money("JPY", 0), &values);
            let told: BTreeSet<&String> = texts.iter().collect();
            prop_assert_eq!(told.len(), values.len(), "{:?}", texts);
        }
    }
}

#[test]
fn a_gap_is_the_difference_of_what_is_shown() {
    let values = [18_424_900.0, 17_955_100.0, 15_300_000.0];
    let style = NumberStyle::for_values(&money("JPY", 0), &values, &Locale::new("en"));
    assert_eq!((style.format(values[0]), style.format(values[1])), ("18.42".into(), "17.96".into()));
    assert_eq!(style.gap(values[0], values[1]), "+0.46", "the raw difference would round to 0.47");
    assert_eq!(style.gap(values[1], values[0]), "+0.46");
    let close = [18_421_000.0, 18_420_000.0, 15_300_000.0];
    let style = NumberStyle::for_values(&money("JPY", 0), &close, &Locale::new("en"));
    assert_eq!(style.gap(close[0], close[1]), "+0.001");
    assert_eq!(style.gap(close[1], close[2]), "+3.120");
    let times = [7_265.0, 7_261.0, 3_600.0];
    let style = NumberStyle::for_values(&metric(Unit::DurationS, 0), &times, &Locale::new("en"));
    assert_eq!((style.gap(times[0], times[1]), style.gap(times[1], times[2])), ("+0:00:04".into(), "+1:01:01".into()));
}

#[test]
fn totals_and_their_pace() {
    let (total, target, pace) = (152_120_000.0, 180_000_000.0, 142_100_000.0);
    let style = NumberStyle::for_total(&money("JPY", 0), &[total, target, pace], &Locale::new("en"));
    assert_eq!((style.format(total), style.trimmed(target), style.unit_short()), ("152.1".into(), "180".into(), "¥M"));
    let ahead = style.difference(total, pace);
    assert_eq!((ahead.figure.to_string(), ahead.order), ("10.0".into(), Ordering::Greater));
    assert_eq!(style.difference(pace, pace + 10_000.0).order, Ordering::Equal, "it reads the same");
}

#[test]
fn japanese_totals_are_written_out() {
    let style = NumberStyle::for_total(&money("JPY", 0), &[136_250_000.0, 126_320_000.0], &Locale::new("ja"));
    let figure = style.figure(136_250_000.0);
    let (d, u) = (|s: &str| Part::Digits(s.into()), |s: &str| Part::Unit(s.into()));
    assert_eq!(figure.0, [d("1"), u("億"), d("3,625"), u("万円")]);
    assert_eq!(style.difference(136_250_000.0, 126_320_000.0).figure.to_string(), "993万円");
    for (value, text) in [
        (100_000_000.0, "1億円"),
        (0.0, "0円"),
        (-250_000_000.0, "−2億5,000万円"),
        (2_000_100_000_000.0, "2兆1億円"),
        (90_000.0, "9万円"),
    ] {
        assert_eq!(style.figure(value).to_string(), text);
        assert_eq!(style.format(value), text);
    }
    let small = NumberStyle::for_total(&money("JPY", 0), &[9_930_000.0], &Locale::new("ja"));
    assert_eq!(small.figure(9_930_000.0).to_string(), "993万円");
    assert_eq!(small.difference(9_930_000.0, 0.0).figure.to_string(), "993万円");
}

#[test]
fn numbers_that_no_feed_may_send_do_not_panic() {
    let style = NumberStyle::for_values(&money("JPY", 0), &[f64::NAN, f64::INFINITY, 5.0], &Locale::new("en"));
    for value in [f64::NAN, f64::INFINITY, f64::MIN, f64::MAX, f64::MIN_POSITIVE, -0.0] {
        assert!(!style.format(value).is_empty());
        assert!(style.gap(value, 1.0).starts_with('+'));
    }
    let wide = metric(Unit::Number, 255);
    assert!(!NumberStyle::for_values(&wide, &[1.5], &Locale::new("en")).gap(1.5, 0.1).is_empty());
}

#[test]
fn percentages_never_claim_what_is_not_reached() {
    let en = Locale::new("en");
    for (share, text) in
        [(0.8451, "84.5%"), (0.99999, "99.9%"), (1.0, "100.0%"), (1.19, "119.0%"), (-0.02, "−2.0%"), (f64::NAN, "0.0%")]
    {
        assert_eq!(en.percent(share), text);
    }
    let halves = ["de", "fr", "es", "it", "nl", "pt", "sv"].map(|tag| Locale::new(tag).percent(0.5));
    assert_eq!(halves, ["50,0\u{A0}%", "50,0\u{A0}%", "50,0\u{A0}%", "50,0%", "50,0%", "50,0%", "50,0%"]);
}

#[test]
fn capitals_follow_the_language() {
    for (tag, text, caps) in [
        ("de", "Straße", "STRASSE"),
        ("tr", "Işık ilgi", "IŞIK İLGİ"),
        ("en", "ilgi", "ILGI"),
        ("el", "Μαΐου", "ΜΑΪΟΥ"),
        ("nl", "ijs", "IJS"),
        ("ja", "東京 Ana", "東京 ANA"),
        ("not a tag!", "ana", "ANA"),
        ("az", "Əliyev ilqar", "ƏLİYEV İLQAR"),
        ("lt", "i\u{307}\u{301}", "I\u{301}"),
        ("en", "Ναταλία Ψαρρού", "ΝΑΤΑΛΙΑ ΨΑΡΡΟΥ"),
        ("de", "Jörg Weißenböck · Μαΐου", "JÖRG WEISSENBÖCK · ΜΑΪΟΥ"),
        ("en", "Անդրեև", "ԱՆԴՐԵԵՎ"),
        ("nl", "IJsbrand van 't Hof", "IJSBRAND VAN 'T HOF"),
        ("en", "Hlöðver Þórsson", "HLÖÐVER ÞÓRSSON"),
        ("en", "ნინო ბერიძე", "ნინო ბერიძე"),
        ("ka", "Giorgi გელაშვილი", "Giorgi გელაშვილი"),
        ("en", "ꮳꮃꭹ", "ꮳꮃꭹ"),
        ("en", "สมชาย ü", "สมชาย Ü"),
    ] {
        assert_eq!(Locale::new(tag).caps(text), caps, "{tag}");
    }
    assert_eq!(Locale::new("de").keep_case(true).caps("Straße"), "Straße");
}

#[test]
fn names_from_right_to_left_are_kept_apart_from_what_stands_around() {
    for keep in [true, false] {
        let locale = Locale::new("en").keep_case(keep);
        assert_eq!(locale.caps("יוסי כהן (2)"), "\u{2068}יוסי כהן (2)\u{2069}");
        assert_eq!(locale.caps("佐藤"), "佐藤");
    }
}

#[test]
fn clocks_and_dates() {
    let cases = [
        ("en", "14:05", "1 DEC"),
        ("en-GB", "14:05", "1 DEC"),
        ("en-US", "2:05\u{A0}PM", "DEC 1"),
        ("en-US-u-hc-h23", "14:05", "DEC 1"),
        ("ja", "14:05", "12月1日"),
        ("ja-JP", "14:05", "12月1日"),
        ("sv-SE", "14:05", "1 DEC"),
        ("de-DE", "14:05", "1. DEZ"),
        ("fr-CA", "14:05", "1ER DÉC."),
        ("es", "14:05", "1 DIC"),
        ("it", "14:05", "1 DIC"),
        ("nl", "14:05", "1 DEC"),
        ("pt-BR", "14:05", "1 DEZ"),
    ];
    for (tag, clock, day) in cases {
        let locale = Locale::new(tag);
        assert_eq!((&*locale.clock(time(14, 5, 59, 0)), &*locale.date(date(2026, 12, 1))), (clock, day), "{tag}");
    }
    let us = Locale::new("en-US");
    for (hour, text) in [(0, "12:00\u{A0}AM"), (11, "11:00\u{A0}AM"), (12, "12:00\u{A0}PM"), (23, "11:00\u{A0}PM")] {
        assert_eq!(us.clock(time(hour, 0, 0, 0)), text);
    }
}

#[test]
fn stretches_of_days() {
    let (first, last, later) = (date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 5));
    for (tag, in_month, over_months) in [
        ("en-GB", "1–30 NOV", "1 NOV–5 DEC"),
        ("en-US", "NOV 1–30", "NOV 1–DEC 5"),
        ("ja", "11月1日〜30日", "11月1日〜12月5日"),
        ("de", "1.–30. NOV", "1. NOV–5. DEZ"),
        ("fr", "1ER–30 NOV.", "1ER NOV.–5 DÉC."),
        ("nl", "1–30 NOV", "1 NOV–5 DEC"),
    ] {
        let locale = Locale::new(tag);
        assert_eq!((locale.dates(first, last).as_str(), locale.dates(first, later).as_str()), (in_month, over_months));
        assert_eq!(locale.dates(first, first), locale.date(first));
    }
}

#[test]
fn a_moment_of_another_day_has_its_date() {
    let now = date(2026, 11, 4).at(14, 32, 0, 0).in_tz("Asia/Tokyo").unwrap();
    let utc = |text: &str| text.parse::<jiff::Timestamp>().unwrap().to_zoned(jiff::tz::TimeZone::UTC);
    let en = Locale::new("en");
    assert_eq!(en.moment(&utc("2026-11-04T04:58:00Z"), &now), "13:58");
    assert_eq!(en.moment(&utc("2026-11-03T14:59:00Z"), &now), "3 NOV 23:59");
    assert_eq!(Locale::new("ja").moment(&utc("2026-11-03T14:59:00Z"), &now), "11月3日 23:59");
}

#[test]
fn prizes_are_written_whole() {
    for (tag, amount, code, text) in [
        ("en", 50_000.0, "JPY", "¥50,000"),
        ("ja", 50_000.0, "JPY", "50,000円"),
        ("en", 1_500.0, "SEK", "1,500\u{A0}kr"),
        ("en", 1_500.0, "CHF", "CHF\u{A0}1,500"),
        ("en", -20.0, "USD", "−$20"),
        ("sv", 1_500.0, "XTS", "XTS\u{A0}1\u{A0}500"),
        ("de", 1_500.0, "XTS", "1.500\u{A0}XTS"),
        ("de", 28_000.0, "EUR", "28.000\u{A0}€"),
        ("de-AT", 28_000.0, "EUR", "€\u{A0}28\u{A0}000"),
        ("de-CH", 28_000.0, "CHF", "CHF\u{A0}28'000"),
        ("fr", 28_000.0, "EUR", "28\u{A0}000\u{A0}€"),
        ("es", 28_000.0, "EUR", "28.000\u{A0}€"),
        ("es-MX", 28_000.0, "USD", "$28,000"),
        ("it", -28_000.0, "EUR", "−28.000\u{A0}€"),
        ("nl", 28_000.0, "EUR", "€\u{A0}28.000"),
        ("pt", 28_000.0, "EUR", "28.000\u{A0}€"),
        ("pt-BR", 28_000.0, "BRL", "R$\u{A0}28.000"),
    ] {
        assert_eq!(Locale::new(tag).money(amount, code), text);
    }
}

#[test]
fn words_with_figures_read_as_sentences() {
    let (en, ja) = (Locale::new("en-US").words(), Locale::new("ja-JP").words());
    let days: Vec<String> = [0, 1, 5].map(en.days_left).into();
    assert_eq!(days, ["LAST SELLING DAY", "1 SELLING DAY LEFT", "5 SELLING DAYS LEFT"]);
    assert_eq!((ja.days_left)(5), "残り5営業日");
    assert_eq!((en.since)("14:31"), "SINCE 14:31");
    assert_eq!((ja.since)("14:31"), "14:31に浮上");
    assert_eq!((en.caption)("CLOSED REVENUE", "¥ MILLION"), "CLOSED REVENUE · ¥ MILLION");
    assert_eq!((ja.caption)("受注額", "万円"), "受注額（万円）");
    assert_eq!((en.caption)("DEALS", ""), "DEALS");
    assert_eq!((en.ahead)("10.0"), "10.0 AHEAD");
    assert_eq!((ja.ahead)("993万円"), "993万円先行");
    assert_eq!((en.to_beat)(Some("NOVEMBER")), "TO BEAT · NOVEMBER");
}

#[test]
fn times_and_dates_have_their_own_prepositions() {
    let of = |tag: &str| Locale::new(tag).words();
    let [fr, es, it, pt] = ["fr", "es", "it", "pt"].map(of);
    for (said, text) in [
        ((fr.since)("09:12"), "DEPUIS 09:12"),
        ((fr.since)("3 NOV. 09:12"), "DEPUIS LE 3 NOV. 09:12"),
        ((fr.data_from)("1ER NOV. 09:12"), "DONNÉES DU 1ER NOV. 09:12"),
        ((fr.message.shown_until)("16:30"), "AFFICHÉ JUSQU’À 16:30"),
        ((fr.message.shown_until)("3 DÉC. 16:30"), "AFFICHÉ JUSQU’AU 3 DÉC. 16:30"),
        ((es.since)("09:12"), "DESDE LAS 09:12"),
        ((es.since)("3 NOV 09:12"), "DESDE EL 3 NOV 09:12"),
        ((es.at)("1:05 PM"), "A LA 1:05 PM"),
        ((es.message.shown_until)("MEDIANOCHE"), "VISIBLE HASTA MEDIANOCHE"),
        ((es.message.shown_until)("JUE 16:30"), "VISIBLE HASTA EL JUE 16:30"),
        ((it.since)("09:12"), "DALLE 09:12"),
        ((it.since)("3 NOV 09:12"), "DAL 3 NOV 09:12"),
        ((it.data_from)("01:12"), "DATI DELL’01:12"),
        ((it.message.shown_until)("MEZZANOTTE"), "VISIBILE FINO A MEZZANOTTE"),
        ((it.message.this_weekday)(6), "QUESTA DOMENICA"),
        ((pt.at)("13:58"), "ÀS 13:58"),
        ((pt.message.next_weekday)(5), "PRÓXIMO SÁBADO"),
        ((pt.message.shown_until)("MEIA-NOITE"), "VISÍVEL ATÉ À MEIA-NOITE"),
    ] {
        assert_eq!(said, text);
    }
}

/// Signs outside the bundled fonts would come from whatever the machine has, or not at all.
#[test]
fn every_currency_sign_is_in_the_bundled_font() {
    let in_font = |c: char| c.is_ascii_alphanumeric() || "$€£¥₺₽łč".contains(c);
    for currency in CURRENCIES {
        assert!(currency.symbol.chars().all(in_font), "{}: {}", currency.code, currency.symbol);
    }
}

/// Slides keep styles and are built away from the drawing thread.
#[test]
fn styles_may_cross_threads() {
    fn check<T: Send + Sync>() {}
    check::<Locale>();
    check::<NumberStyle>();
}

#[test]
fn a_board_that_lacks_something_says_what() {
    for (tag, month, none_since) in [
        ("de", "OKTOBER 2026", "KEIN ABSCHLUSS SEIT OKTOBER 2026"),
        ("fr", "OCTOBRE 2026", "AUCUNE VENTE DEPUIS OCTOBRE 2026"),
        ("es", "OCTUBRE DE 2026", "SIN VENTAS DESDE OCTUBRE DE 2026"),
        ("it", "OTTOBRE 2026", "NESSUNA VENDITA DA OTTOBRE 2026"),
        ("nl", "OKTOBER 2026", "GEEN DEALS SINDS OKTOBER 2026"),
        ("pt-BR", "OUTUBRO DE 2026", "SEM VENDAS DESDE OUTUBRO DE 2026"),
        ("en-US", "OCTOBER 2026", "NO DEALS SINCE OCTOBER 2026"),
        ("ja", "2026年10月", "2026年10月以降の受注なし"),
    ] {
        let locale = Locale::new(tag);
        let written = locale.month(date(2026, 10, 31));
        let words = &locale.words().caveats;
        assert_eq!((written.as_str(), (words.none_since)(&written).as_str()), (month, none_since), "{tag}");
        let lacks = [words.all_dates, words.no_stages, words.every_row, words.past];
        let said = BTreeSet::from_iter(lacks.into_iter().chain([words.rehearsal, locale.words().live]));
        assert_eq!(said.len(), 6, "{tag}: each says something else than LIVE and than the others");
    }
}

/// The child that reads tables has titles and months of its own: a language of the wall must not be missing there.
#[test]
fn tables_are_titled_in_each_language_of_the_wall() {
    use floorcast::map::table::{ReadOptions, deals};
    use floorcast::map::{SourceBody, TableSettings, decode};

    let title = |tag: &str| {
        let settings = TableSettings { locale: tag.into(), ..TableSettings::default() };
        let source = SourceBody { pages: vec![b"Owner,Amount\nAna,1\n".to_vec()], ..SourceBody::default() };
        let (grid, _) = decode::grid(&source, &settings, &mut Vec::new()).unwrap();
        let options = ReadOptions { settings: &settings, now: "2026-11-29T12:00:00Z", tz: "UTC", date_order: "" };
        deals(&grid, options).unwrap().0["slides"][0]["title"].clone()
    };
    let letters = || 'a'..='z';
    let tags = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    let spoken: Vec<String> = tags.filter(|tag| tag != "en" && Locale::new(tag).has_words()).collect();
    assert!(spoken.len() >= 7, "{spoken:?}");
    for tag in spoken {
        assert_ne!(title(&tag), title("en"), "{tag}");
    }
}
