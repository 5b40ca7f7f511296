//! Random tables made from known facts, as people and programs write them: the right sums, or a refusal that says why.

use std::collections::BTreeMap;

use encoding_rs::WINDOWS_1252;
use floorcast::map::table::{ReadOptions, deals};
use floorcast::map::{SourceBody, TableSettings, decode};
use proptest::prelude::*;

/// Names that Windows-1252 can write.
const PEOPLE: [&str; 6] = ["Jürgen Müller", "Zoë Åkesson", "María León", "Anna Schmidt", "Seán O'Brien", "Max Weiß"];

/// Person, amount, date and stage; then a stage that is won, one that is lost, one that is open; the word of a total.
const LANGUAGES: [[&str; 8]; 8] = [
    ["Deal Owner", "Amount", "Close Date", "Stage", "Closed Won", "Closed Lost", "Negotiation", "Grand Total"],
    [
        "Verkäufer",
        "Umsatz",
        "Abschlussdatum",
        "Phase",
        "Gewonnen (100%)",
        "Verloren",
        "In Bearbeitung",
        "Gesamtergebnis",
    ],
    ["Vendeur", "Montant", "Date de clôture", "Étape", "Gagné", "Perdu", "En cours", "Total général"],
    ["Vendedor", "Importe", "Fecha de cierre", "Etapa", "Cerrado ganado", "Perdido", "En curso", "Suma"],
    ["Verkoper", "Bedrag", "Sluitingsdatum", "Fase", "Gewonnen", "Verloren", "Lopend", "Totaal"],
    ["Responsável", "Valor", "Data de fechamento", "Estágio", "Ganho", "Perdido", "Em aberto", "Total geral"],
    ["Venditore", "Importo", "Data di chiusura", "Stato", "Chiuso vinto", "Perso", "In corso", "Totale"],
    ["Deal - Owner", "Deal - Value", "Deal - Won time", "Deal - Status", "Won", "Lost", "Open", "Total"],
];

/// One deal: who, cents, days from the first of October 2026, and 0 won, 1 lost, 2 open.
type Fact = (usize, i64, i64, usize);

/// How the table is written.
#[derive(Debug, Clone)]
struct Style {
    language: usize,
    separator: char,
    decimal: usize,
    dates: usize,
    charset: usize,
    titles: usize,
    total: bool,
    footer: bool,
    spelling: bool,
    quoted: bool,
    crlf: bool,
    turned: bool,
}

fn style(languages: std::ops::Range<usize>) -> impl Strategy<Value = Style> {
    let first =
        (languages, prop::sample::select(vec![',', ';', '\t', '|']), 0..5_usize, 0..5_usize, 0..4_usize, 0..4_usize);
    (first, any::<[bool; 6]>()).prop_map(
        |((language, separator, decimal, dates, charset, titles), [total, footer, spelling, quoted, crlf, turned])| {
            Style {
                language,
                separator,
                decimal,
                dates,
                charset,
                titles,
                total,
                footer,
                spelling,
                quoted,
                crlf,
                turned,
            }
        },
    )
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec((0..PEOPLE.len(), -500_000..9_000_000_i64, 0..90_i64, 0..3_usize), 1..25)
}

fn money(cents: i64, style: usize) -> String {
    let (sign, cents) = (if cents < 0 { "-" } else { "" }, cents.abs());
    let (whole, rest) = (cents / 100, cents % 100);
    let grouped = |group: &str| {
        let digits = whole.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                out.push_str(group);
            }
            out.push(digit);
        }
        out
    };
    match style {
        0 => format!("{sign}{whole}.{rest:02}"),
        1 => format!("{sign}{},{rest:02}", grouped(".")),
        2 => format!("{sign}{}.{rest:02}", grouped(",")),
        3 => format!("{sign}{},{rest:02}", grouped("\u{a0}")),
        _ => format!("{sign}{whole},{rest:02}"),
    }
}

fn day(days: i64) -> jiff::civil::Date {
    jiff::civil::date(2026, 10, 1).checked_add(jiff::Span::new().days(days)).unwrap()
}

fn date(days: i64, style: usize) -> String {
    let day = day(days);
    let (y, m, d) = (day.year(), day.month(), day.day());
    match style {
        0 => day.to_string(),
        1 => format!("{d:02}.{m:02}.{y}"),
        2 => format!("{d:02}/{m:02}/{y}"),
        3 => format!("{m}/{d}/{y}"),
        _ => day.strftime("%-d %b %Y").to_string(),
    }
}

fn spelled(name: &str, at: usize, style: &Style) -> String {
    let name = match name.split_once(' ').filter(|_| style.turned) {
        Some((given, family)) => format!("{family}, {given}"),
        None => name.to_owned(),
    };
    match (style.spelling, at % 4) {
        (true, 1) => name.to_uppercase(),
        (true, 2) => name.replace(' ', "  "),
        (true, 3) => format!("{} ", name.to_lowercase()),
        _ => name,
    }
}

fn written(facts: &[Fact], style: &Style) -> Vec<u8> {
    let words = LANGUAGES[style.language];
    let cell = |text: String| {
        let must = text.contains(style.separator) || text.contains('"');
        if must || style.quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let line =
        |cells: &[String]| cells.iter().cloned().map(cell).collect::<Vec<_>>().join(&style.separator.to_string());
    let mut lines: Vec<String> = Vec::new();
    for title in ["Report of the quarter", "29.11.2026", ""].iter().take(style.titles) {
        lines.push(line(&[(*title).to_owned()]));
    }
    // The amount stands last, so that a decimal comma cannot be taken for a separator of the header's width by luck.
    lines.push(line(&[words[0], words[2], words[3], words[1]].map(str::to_owned)));
    for (at, (who, cents, days, stage)) in facts.iter().enumerate() {
        let cells = [
            spelled(PEOPLE[*who], at, style),
            date(*days, style.dates),
            words[4 + stage].to_owned(),
            money(*cents, style.decimal),
        ];
        lines.push(line(&cells));
    }
    if style.total {
        let sum = facts.iter().map(|(_, cents, _, _)| cents).sum();
        lines.push(line(&[words[7].to_owned(), String::new(), String::new(), money(sum, style.decimal)]));
    }
    if style.footer {
        lines.push(String::new());
        lines.push(line(&["Confidential Information - Do Not Distribute".to_owned()]));
    }
    let end = if style.crlf { "\r\n" } else { "\n" };
    let text = lines.join(end) + end;
    match style.charset {
        0 => text.into_bytes(),
        1 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        2 => "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        _ => WINDOWS_1252.encode(&text).0.into_owned(),
    }
}

/// Cents by person of what is won in November.
fn expected(facts: &[Fact]) -> BTreeMap<&'static str, i64> {
    let mut sums = BTreeMap::new();
    for (who, cents, days, stage) in facts {
        if *stage == 0 && day(*days).month() == 11 {
            *sums.entry(PEOPLE[*who]).or_insert(0) += cents;
        }
    }
    sums
}

fn agrees(facts: &[Fact], style: &Style) -> Result<(), TestCaseError> {
    let source = SourceBody { pages: vec![written(facts, style)], ..SourceBody::default() };
    let settings = TableSettings { period: Some("month".into()), ..TableSettings::default() };
    let text = || String::from_utf8_lossy(&source.pages[0]).into_owned();
    let (grid, _) = decode::grid(&source, &settings, &mut Vec::new())
        .map_err(|error| TestCaseError::fail(format!("{error}\n{}", text())))?;
    let options = ReadOptions { settings: &settings, now: "2026-11-29T12:00:00Z", tz: "Europe/Berlin", date_order: "" };
    let (board, said) = match deals(&grid, options) {
        Ok(answer) => answer,
        Err(reason) => {
            let slashes = matches!(style.dates, 2 | 3);
            prop_assert!(slashes && reason.contains("day or month first?"), "{reason}\n{}", text());
            return Ok(());
        }
    };
    let slide = &board["slides"][0];
    let key = |name: &str| name.to_lowercase().replace('ß', "ss").split_whitespace().collect::<Vec<_>>().join(" ");
    let rows: BTreeMap<String, i64> = slide["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (key(row["who"].as_str().unwrap()), (row["value"].as_f64().unwrap_or(0.0) * 100.0).round() as i64))
        .collect();
    let wanted: BTreeMap<String, i64> = expected(facts).into_iter().map(|(name, cents)| (key(name), cents)).collect();
    let unclear = said
        .notes
        .iter()
        .any(|note| note.text.contains("day or month first?") || note.text.contains("could be two numbers"));
    prop_assert!(rows == wanted || unclear, "{rows:?} is not {wanted:?}\n{said:?}\n{}", text());
    Ok(())
}

// Ten thousand tables in four tests: they are read at the same time, and each has languages of its own.
proptest! {
    #![proptest_config(ProptestConfig { cases: 2_500, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_of_known_facts_in_english_or_german_has_the_right_sums(facts in facts(), style in style(0..2)) {
        agrees(&facts, &style)?;
    }

    #[test]
    fn a_table_of_known_facts_in_french_or_spanish_has_the_right_sums(facts in facts(), style in style(2..4)) {
        agrees(&facts, &style)?;
    }

    #[test]
    fn a_table_of_known_facts_in_dutch_or_portuguese_has_the_right_sums(facts in facts(), style in style(4..6)) {
        agrees(&facts, &style)?;
    }

    #[test]
    fn a_table_of_known_facts_in_italian_or_of_a_crm_has_the_right_sums(facts in facts(), style in style(6..8)) {
        agrees(&facts, &style)?;
    }
}
