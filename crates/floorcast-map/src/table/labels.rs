//! Titles and labels of a board that is made of a table, in the language of the floor.

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// Title of the ranking of people.
    pub people: &'static str,
    /// Title of the ranking of teams.
    pub teams: &'static str,
    /// Label of the count of deals.
    pub deals: &'static str,
    /// Label of the amounts.
    pub amount: &'static str,
    /// The months.
    months: [&'static str; 12],
    /// Whether the year stands in front: `2026年11月`.
    year_first: bool,
}

impl Labels {
    /// A month: `November 2026`.
    pub fn month(&self, year: i16, month: i8) -> String {
        let name = self.months[usize::from(month.unsigned_abs()).clamp(1, 12) - 1];
        if self.year_first { format!("{year}年{name}") } else { format!("{name} {year}") }
    }
}

/// The labels of a language, by its BCP 47 tag. A table with Japanese columns is Japanese where nobody says otherwise.
pub fn labels(locale: &str, japanese_header: bool) -> &'static Labels {
    let language = locale.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    match language.as_str() {
        "de" => &DE,
        "fr" => &FR,
        "es" => &ES,
        "it" => &IT,
        "nl" => &NL,
        "pt" => &PT,
        "ja" => &JA,
        _ if japanese_header => &JA,
        _ => &EN,
    }
}

/// Whether a name of a column is Japanese: kana, or words that Chinese writes otherwise.
pub fn is_japanese(name: &str) -> bool {
    const WORDS: [&str; 9] = ["担当", "金額", "売上", "受注", "氏名", "日付", "営業", "社員", "契約"];
    name.chars().any(|c| ('\u{3041}'..='\u{30fe}').contains(&c)) || WORDS.iter().any(|word| name.contains(word))
}

#[rustfmt::skip]
const EN: Labels = Labels {
    people: "Sales", teams: "Teams", deals: "Deals", amount: "Sales", year_first: false,
    months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};
#[rustfmt::skip]
const DE: Labels = Labels {
    people: "Umsatz", teams: "Teams", deals: "Abschlüsse", amount: "Umsatz", year_first: false,
    months: ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
};
#[rustfmt::skip]
const FR: Labels = Labels {
    people: "Ventes", teams: "Équipes", deals: "Contrats", amount: "Ventes", year_first: false,
    months: ["Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre", "Octobre", "Novembre", "Décembre"],
};
#[rustfmt::skip]
const ES: Labels = Labels {
    people: "Ventas", teams: "Equipos", deals: "Operaciones", amount: "Ventas", year_first: false,
    months: ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"],
};
#[rustfmt::skip]
const IT: Labels = Labels {
    people: "Vendite", teams: "Squadre", deals: "Contratti", amount: "Vendite", year_first: false,
    months: ["Gennaio", "Febbraio", "Marzo", "Aprile", "Maggio", "Giugno", "Luglio", "Agosto", "Settembre", "Ottobre", "Novembre", "Dicembre"],
};
#[rustfmt::skip]
const NL: Labels = Labels {
    people: "Omzet", teams: "Teams", deals: "Deals", amount: "Omzet", year_first: false,
    months: ["Januari", "Februari", "Maart", "April", "Mei", "Juni", "Juli", "Augustus", "September", "Oktober", "November", "December"],
};
#[rustfmt::skip]
const PT: Labels = Labels {
    people: "Vendas", teams: "Equipes", deals: "Negócios", amount: "Vendas", year_first: false,
    months: ["Janeiro", "Fevereiro", "Março", "Abril", "Maio", "Junho", "Julho", "Agosto", "Setembro", "Outubro", "Novembro", "Dezembro"],
};
#[rustfmt::skip]
const JA: Labels = Labels {
    people: "売上ランキング", teams: "チーム別", deals: "件数", amount: "売上", year_first: true,
    months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_named_in_the_language_of_the_floor() {
        assert_eq!(labels("de-AT", false).month(2026, 3), "März 2026");
        assert_eq!(labels("en", true).month(2026, 11), "2026年11月");
        assert_eq!(labels("sv", false).month(2026, 11), "November 2026");
    }
}
