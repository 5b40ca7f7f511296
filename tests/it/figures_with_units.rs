//! Figures with their units, as each language writes them in a line of text and in two sizes.

use floorcast::board::{Better, Metric, MetricKind, Unit};
use floorcast::words::{Locale, NumberStyle};

fn metric(unit: Unit, decimals: u8) -> Metric {
    Metric { label: String::new(), unit, decimals, kind: MetricKind::Lagging, better: Better::Up }
}

fn money(code: &str, decimals: u8) -> Metric {
    metric(Unit::Currency(code.into()), decimals)
}

#[test]
fn a_figure_is_spoken_as_people_write_it() {
    // As a duel, a gap or a card has it: alone with its unit, and beside a target.
    let cases: &[(&str, Metric, f64, f64, &str, &str)] = &[
        ("en", money("EUR", 2), 84_200.0, 90_000.0, "€84.20K", "€84.20K OF €90K"),
        ("en", money("USD", 0), 3_610_000.0, 5_000_000.0, "$3.610M", "$3.610M OF $5M"),
        ("en", money("SEK", 0), 84_200.0, 90_000.0, "84.20K\u{A0}kr", "84.20 OF 90K\u{A0}kr"),
        ("en", money("CHF", 0), 84_200.0, 90_000.0, "CHF\u{A0}84.20K", "CHF\u{A0}84.20K OF CHF\u{A0}90K"),
        ("en", metric(Unit::Points, 0), 12.0, 20.0, "12\u{A0}PTS", "12 OF 20\u{A0}PTS"),
        ("en", metric(Unit::Count, 0), 12.0, 20.0, "12", "12 OF 20"),
        ("en", metric(Unit::Ratio, 3), 0.84, 1.0, "84.0%", "84.0 OF 100%"),
        ("de", money("EUR", 2), 84_200.0, 90_000.0, "84,20\u{A0}Tsd.\u{A0}€", "84,20 OF 90\u{A0}Tsd.\u{A0}€"),
        ("de", metric(Unit::Ratio, 3), 0.84, 1.0, "84,0\u{A0}%", "84,0 OF 100\u{A0}%"),
        ("fr", money("EUR", 2), 84_200.0, 90_000.0, "84,20\u{A0}k€", "84,20 OF 90\u{A0}k€"),
        ("es", money("EUR", 2), 84_200.0, 90_000.0, "84,20\u{A0}mil\u{A0}€", "84,20 OF 90\u{A0}mil\u{A0}€"),
        ("es-MX", money("MXN", 2), 84_200.0, 90_000.0, "MX$84.20\u{A0}mil", "MX$84.20\u{A0}mil OF MX$90\u{A0}mil"),
        ("it", money("EUR", 2), 84_200.0, 90_000.0, "84,20\u{A0}mila\u{A0}€", "84,20 OF 90\u{A0}mila\u{A0}€"),
        (
            "nl",
            money("EUR", 2),
            84_200.0,
            90_000.0,
            "€\u{A0}84,20\u{A0}dzd.",
            "€\u{A0}84,20\u{A0}dzd. OF €\u{A0}90\u{A0}dzd.",
        ),
        (
            "pt-BR",
            money("BRL", 2),
            84_200.0,
            90_000.0,
            "R$\u{A0}84,20\u{A0}mil",
            "R$\u{A0}84,20\u{A0}mil OF R$\u{A0}90\u{A0}mil",
        ),
        ("pt", money("EUR", 2), 84_200.0, 90_000.0, "84,20\u{A0}mil\u{A0}€", "84,20 OF 90\u{A0}mil\u{A0}€"),
        ("ja", money("JPY", 0), 3_420_000.0, 9_000_000.0, "342万円", "342万円 OF 900万円"),
        ("ja", metric(Unit::Points, 0), 12.0, 20.0, "12点", "12点 OF 20点"),
    ];
    for (tag, metric, value, target, alone, beside) in cases {
        let style = NumberStyle::for_values(metric, &[*value, *target], &Locale::new(tag));
        let figure = style.format(*value);
        assert_eq!(style.spoken(&figure), *alone, "{tag}");
        assert_eq!(style.with_target(*value, *target, |target| format!("OF {target}")), *beside, "{tag}");
        // Drawn in two sizes it says the same.
        let [digits, unit] = style.parts(&figure);
        let bare = |text: &str| text.replace('\u{A0}', "");
        assert_eq!(bare(&format!("{digits}{unit}")), bare(alone), "{tag}");
    }
}

#[test]
fn no_figure_of_thousands_is_as_long_as_in_full() {
    // Neighbours that differ in their last euro.
    for tag in ["en", "de", "fr", "es", "it", "nl", "pt"] {
        let values = [84_200.0, 84_199.0, 61_000.0];
        let style = NumberStyle::for_values(&money("EUR", 0), &values, &Locale::new(tag));
        assert_eq!(style.unit_short(), "€", "{tag}");
        let digits: String = style.format(values[0]).chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, "84200", "{tag}");
    }
}
