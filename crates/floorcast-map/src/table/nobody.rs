//! Rows that are nobody's deal: totals and subtotals, footers, legal lines, error words.

use super::lists::is_phrase;
use super::name::words;

/// Words by which a row is a total, in the languages that the reader knows.
const TOTAL: &str = "total|totals|subtotal|sub total|grand total|sum|sums|overall|all|average|avg|mean|count|counts|median|\
    gesamt|gesamtsumme|gesamtergebnis|gesamtbetrag|summe|zwischensumme|teilergebnis|insgesamt|ergebnis|endsumme|mittelwert|durchschnitt|anzahl|\
    total general|totaux|sous total|somme|ensemble|moyenne|nombre|total partiel|\
    totales|suma|suma total|subtotales|total parcial|promedio|media|recuento|cuenta|\
    totaal|subtotaal|eindtotaal|som|algemeen totaal|gemiddelde|aantal|\
    total geral|totais|soma|conta|\
    totale|totali|totale complessivo|totale generale|subtotale|somma|totale parziale|conteggio|\
    合計|総計|小計|計|総合計|平均|件数|個数|合計金額|累計|总计|合计|小计";

/// Words that begin a total whatever follows: "Total for North", "Grand Total: 21,000".
const BEGINS: &[&str] = &[
    "grand total",
    "sub total",
    "subtotal",
    "total",
    "gesamtergebnis",
    "gesamtsumme",
    "zwischensumme",
    "summe",
    "sous total",
    "total general",
    "totaal",
    "subtotaal",
    "eindtotaal",
    "totale",
    "subtotale",
    "合計",
    "総計",
    "小計",
    "总计",
    "合计",
];
/// Words that nobody is called by: whatever follows them is what a total is of, `Subtotal Ann`.
const TOTAL_OF: &[&str] = &[
    "grand total",
    "sub total",
    "subtotal",
    "zwischensumme",
    "gesamtsumme",
    "gesamtergebnis",
    "sous total",
    "subtotaal",
    "eindtotaal",
    "subtotale",
    "totale parziale",
    "total parcial",
];

/// Words that end a subtotal behind the name that it is of: "Mara Quill Total", "Ana Ergebnis".
const ENDS: &[&str] = &[
    "total",
    "subtotal",
    "ergebnis",
    "summe",
    "gesamt",
    "totaal",
    "totale",
    "集計",
    "合計",
    "小計",
    "average",
    "count",
    "sum",
    "mittelwert",
];

/// Whether a text is the word of a total alone.
pub fn is_total(text: &str) -> bool {
    let phrase = words(text).join(" ");
    let bare = phrase.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    is_phrase(TOTAL, &phrase) || is_phrase(TOTAL, bare)
}

/// Whether a text in the place of a person begins like a total: `Total: 21,000`, `Total (3 rows)`, `Total for North`.
pub fn begins_total(text: &str) -> bool {
    let low = text.trim().to_lowercase();
    if BEGINS.iter().any(|begin| {
        low.strip_prefix(begin).is_some_and(|rest| rest.trim_start().starts_with([':', '(', '=', '：', '（']))
    }) {
        return true;
    }
    let all = words(text);
    let of = [
        "for", "of", "fur", "von", "pour", "de", "del", "voor", "van", "per", "di", "by", "records", "rows", "amount",
        "sales", "deals",
    ];
    let phrase = all.join(" ");
    if TOTAL_OF.iter().any(|begin| phrase.strip_prefix(begin).is_some_and(|rest| rest.starts_with(' '))) {
        return true;
    }
    BEGINS.iter().any(|begin| {
        phrase.strip_prefix(begin).and_then(|rest| rest.strip_prefix(' ')).is_some_and(|rest| {
            let next = rest.split(' ').next().unwrap_or_default();
            of.contains(&next) || next.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

/// The name that a subtotal is of: `Mara Quill` of `Mara Quill Total`.
pub fn subtotal_of(text: &str) -> Option<&str> {
    let text = text.trim();
    let (name, last) = text.rsplit_once([' ', '\u{3000}'])?;
    let last = words(last).join(" ");
    ENDS.contains(&last.as_str()).then(|| name.trim_end_matches([' ', '-', '–', ':', ',']))
}

/// Whether a text stands in the place of a value that a sheet could not work out or has not loaded.
pub fn is_error(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "loading...",
        "loading…",
        "loading",
        "#getting_data",
        "lädt...",
        "wird geladen...",
        "chargement...",
        "cargando...",
        "laden...",
        "caricamento...",
        "carregando...",
        "読み込んでいます...",
    ];
    let low = text.trim().to_lowercase();
    let hash = low.starts_with('#')
        && (low.ends_with(['!', '?'])
            || matches!(
                low.as_str(),
                "#n/a" | "#n/v" | "#nv" | "#n/d" | "#nd" | "#na" | "#unknown" | "#busy" | "#blocked" | "#connect"
            ));
    hash || low.starts_with("err:") || WORDS.contains(&low.as_str())
}

/// Whether a text in the place of a person says that there is none.
pub fn is_nobody(text: &str) -> bool {
    const NONE: &str = "|-|–|—|--|?|n/a|na|none|null|nil|nobody|no owner|unassigned|not assigned|unknown|(blank)|(none)|(empty)|blank|empty|tbd|\
        (leer)|leer|niemand|kein besitzer|nicht zugewiesen|unbekannt|keiner|(vide)|vide|aucun|aucune|non attribue|non assigne|inconnu|personne|\
        (en blanco)|sin asignar|ninguno|desconocido|nadie|(leeg)|leeg|niet toegewezen|onbekend|geen|(vazio)|vazio|sem responsavel|nao atribuido|\
        ninguem|desconhecido|(vuoto)|vuoto|nessuno|non assegnato|sconosciuto|(空白)|なし|未割当|未割り当て|未設定|不明|undefined|nan|#|.|0|";
    let low = text.trim().to_lowercase();
    let bare = words(&low).join(" ");
    let is = |word: &str| NONE.contains(&format!("|{word}|"));
    is(&low) || (!bare.is_empty() && is(&bare))
}

/// Whether a text is a line that programs put under a report.
pub fn is_footer(text: &str) -> bool {
    const PARTS: [&str; 24] = [
        "copyright",
        "all rights reserved",
        "confidential",
        "do not distribute",
        "generated by",
        "generated on",
        "exported by",
        "exported on",
        "export from",
        "report generated",
        "page ",
        "as of ",
        "alle rechte vorbehalten",
        "vertraulich",
        "erstellt am",
        "erstellt von",
        "seite ",
        "tous droits",
        "confidentiel",
        "todos los derechos",
        "tutti i diritti",
        "todos os direitos",
        "alle rechten",
        "全著作権",
    ];
    let low = text.trim().to_lowercase();
    let page = (low.starts_with("page ") || low.starts_with("seite ")) && low.bytes().any(|byte| byte.is_ascii_digit());
    page || low.starts_with(['©', '*']) || PARTS.iter().any(|part| !part.ends_with(' ') && low.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_known_in_all_languages() {
        for text in [
            "Total",
            "GRAND TOTAL",
            "Sub-total",
            "Gesamt",
            "Gesamtergebnis",
            "Zwischensumme",
            "Sous-total",
            "Total général",
            "Suma",
            "Totaal",
            "Total geral",
            "Totale complessivo",
            "合計",
            "小計",
            "Total:",
            "Summe (3)",
            "Average",
            "Durchschnitt",
        ] {
            assert!(is_total(text), "{text}");
        }
        for text in [
            "Subtotal Ann",
            "Zwischensumme Nord",
            "Grand Total: 21,000",
            "Total for North",
            "Total (12 records)",
            "Total 12",
            "Summe: 5",
        ] {
            assert!(is_total(text) || begins_total(text), "{text}");
        }
        for text in ["Ana Sousa", "Summer Total Fitness", "Sam Allen", "Max", "Total Energies"] {
            assert!(!is_total(text) && !begins_total(text), "{text}");
        }
        assert_eq!(subtotal_of("Mara Quill Total"), Some("Mara Quill"));
        assert_eq!(subtotal_of("Ana - Ergebnis"), Some("Ana"));
        assert_eq!(subtotal_of("Total"), None);
    }

    #[test]
    fn error_words_and_footers_are_no_names() {
        for text in ["#REF!", "#N/A", "#¡DIV/0!", "#NOM?", "#WERT!", "Loading...", "#NV", "Err:502"] {
            assert!(is_error(text), "{text}");
        }
        assert!(!is_error("#1 Closer") && !is_error("Ana"));
        assert!(
            is_footer("Confidential Information - Do Not Distribute")
                && is_footer("Page -1 of 1")
                && !is_footer("Paige Quill")
        );
        assert!(is_nobody("(Leer)") && is_nobody("Unassigned") && is_nobody("–") && !is_nobody("Nobuko"));
    }
}
