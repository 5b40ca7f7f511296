//! Titles and labels of boards, in the languages of the wall.

use jiff::civil::Date;

/// What stands between the parts of a title.
const PARTS: &str = " · ";

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// Title of a ranking of deals.
    pub sales: &'static str,
    /// Label of their amounts.
    pub amount: &'static str,
    /// Behind the label of amounts that name no currency, where others do.
    pub no_currency: &'static str,
    pub teams: &'static str,
    /// Label of the number of deals.
    pub deals: &'static str,
    /// Titles of goals by level: must, stretch, challenge.
    pub goals: [&'static str; 3],
    pub scorecard: &'static str,
    pub skills: &'static str,
    pub ramp: &'static str,
    pub recognition: &'static str,
    pub play: &'static str,
    pub today: &'static str,
    pub this_week: &'static str,
    pub birthday: &'static str,
    pub welcome: &'static str,
    /// What a deal is besides: somebody's first, or one that makes the month the best of all.
    pub first_deal: &'static str,
    pub best_month: &'static str,
    /// The best month that anybody has had.
    pub record_month: &'static str,
    /// `1 year here`, `{} years here`.
    years: [&'static str; 2],
    /// Final, semi-final, quarter-final, and any round before.
    rounds: [&'static str; 4],
    /// `Q{q} {year}`.
    quarter: &'static str,
    months: [&'static str; 12],
    year_first: bool,
}

impl Labels {
    /// The languages that there are.
    pub const LANGUAGES: [&str; 8] = ["en", "de", "fr", "es", "it", "nl", "pt", "ja"];

    /// The words of a language by its BCP 47 tag; English for one that is not known.
    pub fn of(locale: &str) -> &'static Labels {
        let language = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match language.as_str() {
            "de" => &DE,
            "fr" => &FR,
            "es" => &ES,
            "it" => &IT,
            "nl" => &NL,
            "pt" => &PT,
            "ja" => &JA,
            _ => &EN,
        }
    }

    /// `November 2026`.
    pub fn month(&self, day: Date) -> String {
        let name = self.months[usize::from(day.month().unsigned_abs()) - 1];
        if self.year_first { format!("{}年{name}", day.year()) } else { format!("{name} {}", day.year()) }
    }

    pub fn quarter(&self, quarter: i8, year: i16) -> String {
        self.quarter.replace("{q}", &quarter.to_string()).replace("{year}", &year.to_string())
    }

    pub fn year(&self, year: i16) -> String {
        if self.year_first { format!("{year}年") } else { year.to_string() }
    }

    pub fn years_here(&self, years: i16) -> String {
        self.years[usize::from(years != 1)].replace("{}", &years.to_string())
    }

    /// A title or a period that was written with these labels, in the words of other ones. What people called something
    /// themselves stays as it is.
    pub fn said_in(&self, other: &Labels, text: &str) -> String {
        let part = |text: &str| self.word_in(other, text).unwrap_or_else(|| text.to_owned());
        text.split(PARTS).map(part).collect::<Vec<_>>().join(PARTS)
    }

    fn word_in(&self, other: &Labels, text: &str) -> Option<String> {
        let pairs = self.titles().into_iter().zip(other.titles());
        if let Some((_, said)) = pairs.into_iter().find(|(word, _)| *word == text) {
            return Some(said.to_owned());
        }
        let digits: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4).collect();
        let [year] = digits.as_slice() else { return None };
        let year: i16 = year.parse().ok()?;
        let months = (1..=12).filter_map(|month| Date::new(year, month, 1).ok());
        let month = months.into_iter().find(|day| self.month(*day) == text).map(|day| other.month(day));
        let quarter = || (1..=4).find(|q| self.quarter(*q, year) == text).map(|q| other.quarter(q, year));
        month.or_else(quarter).or_else(|| (self.year(year) == text).then(|| other.year(year)))
    }

    /// What slides and their periods are called by themselves. The labels of figures are the floor's own.
    fn titles(&self) -> [&'static str; 12] {
        let [must, stretch, challenge] = self.goals;
        let Labels { sales, teams, scorecard, skills, ramp, recognition, play, today, this_week, .. } = *self;
        [sales, teams, must, stretch, challenge, scorecard, skills, ramp, recognition, play, today, this_week]
    }

    /// The name of a round, counted from 0, of so many: the first ones have their number.
    pub fn round(&self, at: usize, all: usize) -> String {
        self.rounds[all.saturating_sub(at).clamp(1, 4) - 1].replace("{}", &(at + 1).to_string())
    }
}

#[rustfmt::skip]
const EN: Labels = Labels {
    sales: "Sales", amount: "Sales", no_currency: "no currency", teams: "Teams", deals: "Deals", goals: ["Goals", "Stretch goals", "Challenge"], scorecard: "Scorecard",
    skills: "What teams are good at", ramp: "New here", recognition: "Well done", play: "Play of the week", today: "Today", this_week: "This week",
    birthday: "Happy birthday", welcome: "Welcome", first_deal: "First deal", best_month: "Best month yet", record_month: "Record month", years: ["1 year here", "{} years here"],
    rounds: ["Final", "Semi-finals", "Quarter-finals", "Round {}"], quarter: "Q{q} {year}", year_first: false,
    months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};
#[rustfmt::skip]
const DE: Labels = Labels {
    sales: "Umsatz", amount: "Umsatz", no_currency: "ohne Währung", teams: "Teams", deals: "Abschlüsse", goals: ["Ziele", "Ehrgeizige Ziele", "Herausforderung"], scorecard: "Scorecard",
    skills: "Stärken der Teams", ramp: "Neu bei uns", recognition: "Gut gemacht", play: "Spielzug der Woche", today: "Heute", this_week: "Diese Woche",
    birthday: "Alles Gute zum Geburtstag", welcome: "Willkommen", first_deal: "Erster Abschluss", best_month: "Bestmonat", record_month: "Rekordmonat", years: ["1 Jahr dabei", "{} Jahre dabei"],
    rounds: ["Finale", "Halbfinale", "Viertelfinale", "Runde {}"], quarter: "Q{q} {year}", year_first: false,
    months: ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
};
#[rustfmt::skip]
const FR: Labels = Labels {
    sales: "Ventes", amount: "Ventes", no_currency: "sans devise", teams: "Équipes", deals: "Contrats", goals: ["Objectifs", "Objectifs ambitieux", "Défi"], scorecard: "Tableau de bord",
    skills: "Forces des équipes", ramp: "Nouveaux arrivés", recognition: "Bravo", play: "Geste de la semaine", today: "Aujourd’hui", this_week: "Cette semaine",
    birthday: "Joyeux anniversaire", welcome: "Bienvenue", first_deal: "Premier contrat", best_month: "Meilleur mois", record_month: "Mois record", years: ["1 an avec nous", "{} ans avec nous"],
    rounds: ["Finale", "Demi-finales", "Quarts de finale", "Tour {}"], quarter: "T{q} {year}", year_first: false,
    months: ["Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre", "Octobre", "Novembre", "Décembre"],
};
#[rustfmt::skip]
const ES: Labels = Labels {
    sales: "Ventas", amount: "Ventas", no_currency: "sin moneda", teams: "Equipos", deals: "Operaciones", goals: ["Objetivos", "Objetivos ambiciosos", "Reto"], scorecard: "Indicadores",
    skills: "Fortalezas de los equipos", ramp: "Nuevos en el equipo", recognition: "Bien hecho", play: "Jugada de la semana", today: "Hoy", this_week: "Esta semana",
    birthday: "Feliz cumpleaños", welcome: "Bienvenida", first_deal: "Primera operación", best_month: "Mejor mes", record_month: "Mes récord", years: ["1 año aquí", "{} años aquí"],
    rounds: ["Final", "Semifinales", "Cuartos de final", "Ronda {}"], quarter: "T{q} {year}", year_first: false,
    months: ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"],
};
#[rustfmt::skip]
const IT: Labels = Labels {
    sales: "Vendite", amount: "Vendite", no_currency: "senza valuta", teams: "Squadre", deals: "Contratti", goals: ["Obiettivi", "Obiettivi ambiziosi", "Sfida"], scorecard: "Indicatori",
    skills: "Punti di forza delle squadre", ramp: "Nuovi arrivati", recognition: "Ben fatto", play: "Mossa della settimana", today: "Oggi", this_week: "Questa settimana",
    birthday: "Buon compleanno", welcome: "Benvenuti", first_deal: "Primo contratto", best_month: "Mese migliore", record_month: "Mese record", years: ["1 anno con noi", "{} anni con noi"],
    rounds: ["Finale", "Semifinali", "Quarti di finale", "Turno {}"], quarter: "T{q} {year}", year_first: false,
    months: ["Gennaio", "Febbraio", "Marzo", "Aprile", "Maggio", "Giugno", "Luglio", "Agosto", "Settembre", "Ottobre", "Novembre", "Dicembre"],
};
#[rustfmt::skip]
const NL: Labels = Labels {
    sales: "Omzet", amount: "Omzet", no_currency: "zonder valuta", teams: "Teams", deals: "Deals", goals: ["Doelen", "Ambitieuze doelen", "Uitdaging"], scorecard: "Scorekaart",
    skills: "Sterke punten van teams", ramp: "Nieuw hier", recognition: "Goed gedaan", play: "Tip van de week", today: "Vandaag", this_week: "Deze week",
    birthday: "Gefeliciteerd", welcome: "Welkom", first_deal: "Eerste deal", best_month: "Beste maand", record_month: "Recordmaand", years: ["1 jaar hier", "{} jaar hier"],
    rounds: ["Finale", "Halve finales", "Kwartfinales", "Ronde {}"], quarter: "K{q} {year}", year_first: false,
    months: ["Januari", "Februari", "Maart", "April", "Mei", "Juni", "Juli", "Augustus", "September", "Oktober", "November", "December"],
};
#[rustfmt::skip]
const PT: Labels = Labels {
    sales: "Vendas", amount: "Vendas", no_currency: "sem moeda", teams: "Equipes", deals: "Negócios", goals: ["Metas", "Metas ambiciosas", "Desafio"], scorecard: "Indicadores",
    skills: "Pontos fortes das equipes", ramp: "Novos na equipe", recognition: "Muito bem", play: "Jogada da semana", today: "Hoje", this_week: "Esta semana",
    birthday: "Feliz aniversário", welcome: "Boas-vindas", first_deal: "Primeiro negócio", best_month: "Melhor mês", record_month: "Mês recorde", years: ["1 ano aqui", "{} anos aqui"],
    rounds: ["Final", "Semifinais", "Quartas de final", "Rodada {}"], quarter: "T{q} {year}", year_first: false,
    months: ["Janeiro", "Fevereiro", "Março", "Abril", "Maio", "Junho", "Julho", "Agosto", "Setembro", "Outubro", "Novembro", "Dezembro"],
};
#[rustfmt::skip]
const JA: Labels = Labels {
    sales: "売上ランキング", amount: "売上", no_currency: "通貨なし", teams: "チーム別", deals: "件数", goals: ["必達目標", "努力目標", "挑戦目標"], scorecard: "行動指標",
    skills: "チームの強み", ramp: "新メンバー", recognition: "称賛", play: "今週の一手", today: "本日", this_week: "今週",
    birthday: "お誕生日おめでとう", welcome: "ようこそ", first_deal: "初受注", best_month: "自己最高の月", record_month: "歴代最高の月", years: ["勤続1年", "勤続{}年"],
    rounds: ["決勝", "準決勝", "準々決勝", "{}回戦"], quarter: "{year}年 第{q}四半期", year_first: true,
    months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
};

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn words_are_those_of_the_language() {
        let day = date(2026, 11, 29);
        assert_eq!(Labels::of("de-AT").month(day), "November 2026");
        assert_eq!(Labels::of("ja").month(day), "2026年11月");
        assert_eq!(Labels::of("sv").years_here(3), "3 years here");
        assert_eq!(Labels::of("fr-CA").quarter(4, 2026), "T4 2026");
        let rounds = [4, 3, 1, 0].map(|at| Labels::of("en").round(at, 5));
        assert_eq!(rounds, ["Final", "Semi-finals", "Round 2", "Round 1"]);
        assert_eq!(Labels::of("ja").round(0, 4), "1回戦");
    }

    #[test]
    fn what_boards_call_something_themselves_is_said_in_another_language() {
        let (en, ja) = (Labels::of("en"), Labels::of("ja"));
        let titles = [
            "Sales",
            "Teams",
            "Teams · Renewals",
            "Deals",
            "Stretch goals",
            "This week",
            "November 2026",
            "Q4 2026",
            "2026",
        ];
        let said = [
            "売上ランキング",
            "チーム別",
            "チーム別 · Renewals",
            "Deals",
            "努力目標",
            "今週",
            "2026年11月",
            "2026年 第4四半期",
            "2026年",
        ];
        assert_eq!(titles.map(|title| en.said_in(ja, title)), said);
        assert_eq!(said.map(|title| ja.said_in(en, title)), titles);
        assert_eq!(en.said_in(ja, "Our November 2026 cup"), "Our November 2026 cup");
    }
}
