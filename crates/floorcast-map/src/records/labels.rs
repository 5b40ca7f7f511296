//! Columns that only records need: what identifies a deal, and what it is called.

use std::collections::{BTreeMap, HashSet};

use crate::table::{Grid, cleaned, words};

/// Words that name an identifier.
const ID: &[&str] =
    &["id", "ids", "key", "uuid", "guid", "number", "no", "nr", "num", "nummer", "numero", "ref", "reference", "番号"];

/// Words that name a deal, for a column of identifiers: `opportunity_id`.
const OF_DEAL: &[&str] = &[
    "deal",
    "opportunity",
    "opp",
    "record",
    "lead",
    "sale",
    "order",
    "invoice",
    "transaction",
    "contract",
    "geschaft",
    "verkaufschance",
    "auftrag",
    "rechnung",
    "affaire",
    "opportunite",
    "commande",
    "negocio",
    "oportunidad",
    "oportunidade",
    "pedido",
    "trattativa",
    "opportunita",
    "ordine",
    "verkoopkans",
    "opdracht",
    "案件",
    "商談",
    "取引",
];

/// Names of columns with what a deal is called, the best first.
const LABELS: &[&str] = &[
    "deal name|deal title|opportunity name|opportunity|deal|title|subject|topic|name of deal|geschaft|verkaufschance|affaire|opportunite|negocio|\
     oportunidad|oportunidade|trattativa|verkoopkans|案件名|商談名|件名",
    "account|account name|customer|customer name|client|client name|company|company name|kunde|kundenname|firma|client|societe|entreprise|cliente|\
     empresa|azienda|klant|bedrijf|顧客|顧客名|会社名|取引先|取引先名",
    "product|product name|item|produkt|artikel|produit|article|producto|produto|prodotto|articolo|商品|商品名|製品",
];

/// The column that identifies a deal: known by its name, and most of its cells come once. A few that come twice are rows too
/// many, not another column.
pub fn id(names: &[String], grid: &Grid, header: usize) -> Option<usize> {
    candidates(names).into_iter().find(|column| identifies(grid, header, *column))
}

/// A column that is called like one that identifies deals, of which most cells come again.
pub struct Repeats {
    pub column: usize,
    /// The text that comes most often, and in how many rows.
    pub text: String,
    pub rows: usize,
}

/// Why no column identifies the deals, where one is called so.
pub fn repeats(names: &[String], grid: &Grid, header: usize) -> Option<Repeats> {
    candidates(names).into_iter().find_map(|column| {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let texts = grid.rows.iter().skip(header + 1).filter_map(|row| row.cell(column).shown());
        texts.for_each(|text| *times.entry(cleaned(&text)).or_default() += 1);
        let (text, rows) = times.into_iter().max_by_key(|(_, rows)| *rows).filter(|(_, rows)| *rows > 1)?;
        Some(Repeats { column, text, rows })
    })
}

/// Whether a column is called like the id of a deal, whatever stands in it.
pub fn names_id(names: &[String]) -> bool {
    !candidates(names).is_empty()
}

/// The columns that are called like one that identifies deals, the best first.
fn candidates(names: &[String]) -> Vec<usize> {
    let rank = |name: &str| {
        let words = words(name);
        let is = |list: &[&str], word: &String| list.contains(&word.as_str());
        let id = words.iter().any(|word| is(ID, word)) || name.ends_with("番号");
        let of_deal =
            words.iter().any(|word| is(OF_DEAL, word)) || OF_DEAL.iter().any(|of| !of.is_ascii() && name.contains(of));
        match (id, of_deal, words.len()) {
            (true, true, _) => Some(0),
            (true, false, 1) => Some(1),
            _ => None,
        }
    };
    let mut candidates: Vec<(u8, usize)> =
        names.iter().enumerate().filter_map(|(column, name)| Some((rank(name)?, column))).collect();
    candidates.sort_unstable();
    candidates.into_iter().map(|(_, column)| column).collect()
}

fn identifies(grid: &Grid, header: usize, column: usize) -> bool {
    let texts: Vec<_> = grid.rows.iter().skip(header + 1).filter_map(|row| row.cell(column).shown()).collect();
    let different: HashSet<_> = texts.iter().collect();
    different.len() * 2 > texts.len()
}

/// The column with what a deal is called.
pub fn label(names: &[String], taken: &[usize]) -> Option<usize> {
    LABELS.iter().find_map(|list| {
        names.iter().enumerate().find_map(|(column, name)| {
            let phrase = words(name).join(" ");
            let fits = !phrase.is_empty() && list.split('|').any(|known| known.trim() == phrase);
            (fits && !taken.contains(&column)).then_some(column)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Row};

    fn grid(rows: &[[&str; 3]]) -> Grid {
        let row = |(at, cells): (usize, &[&str; 3])| Row {
            number: at as u32 + 1,
            line: at as u32 + 1,
            cells: cells.iter().map(|cell| Cell::text(cell)).collect(),
        };
        Grid { sheet: None, rows: rows.iter().enumerate().map(row).collect() }
    }

    #[test]
    fn an_id_is_known_by_its_name_and_rarely_comes_twice() {
        let names = ["Account ID", "opportunity_id", "Amount"].map(str::to_owned);
        let one = grid(&[["", "", ""], ["7", "A", "1"], ["7", "B", "1"]]);
        assert_eq!(id(&names, &one, 0), Some(1));
        let twice = grid(&[["", "", ""], ["7", "A", "1"], ["7", "A", "1"]]);
        assert_eq!(id(&names, &twice, 0), None);
        let repeats = repeats(&names, &twice, 0).unwrap();
        assert_eq!((repeats.column, repeats.text.as_str(), repeats.rows), (1, "A", 2));
        let once_more = grid(&[["", "", ""], ["7", "A", "1"], ["7", "B", "1"], ["7", "B", "1"]]);
        assert_eq!(id(&names, &once_more, 0), Some(1));
    }

    #[test]
    fn a_deal_is_called_by_its_own_name_before_its_customers() {
        let names = ["Product", "Account", "Deal name"].map(str::to_owned);
        assert_eq!(label(&names, &[]), Some(2));
        assert_eq!(label(&names, &[2]), Some(1));
    }
}
