//! Writes the sheets of people, free days and settings.

use jiff::civil::Date;

use super::Value::{Day, Empty, Number, Words as W};
use super::{DATE, Kind, NAME, NO, NORTH, PEOPLE, SOUTH, STARTED, Sheet, TEAM, Value, Words, YES, column, name};

pub fn people(language: usize) -> Sheet {
    let row = |at: usize| {
        let new = at == 7;
        vec![
            name(language, at),
            W(if at.is_multiple_of(2) { NORTH } else { SOUTH }),
            Day(if new { -12 } else { -400 - 90 * at as i64 }),
            if at == 2 { Day(0) } else { Day(-(at as i64) * 37 - 10) },
            if new { name(language, 0) } else { Empty },
            Empty,
            Empty,
            Empty,
            Empty,
        ]
    };
    Sheet {
        name: PEOPLE,
        note: [
            "One row for each person. Everything but the name may stay empty. Of a birthday only day and month are shown. A second row with a date in \"Team since\" is a change of team.",
            "Eine Zeile für jede Person. Alles außer dem Namen darf leer bleiben. Vom Geburtstag werden nur Tag und Monat gezeigt. Eine zweite Zeile mit Datum unter \"Im Team seit\" ist ein Wechsel des Teams.",
            "Une ligne par personne. Seul le nom est nécessaire. Du jour de naissance, seuls le jour et le mois sont montrés. Une deuxième ligne avec une date dans « Depuis » est un changement d’équipe.",
            "Una fila por persona. Solo el nombre es necesario. Del cumpleaños se muestran solo día y mes. Una segunda fila con fecha en «Desde» es un cambio de equipo.",
            "Una riga per persona. Serve solo il nome. Del compleanno si mostrano solo giorno e mese. Una seconda riga con una data in «Dal» è un cambio di squadra.",
            "Eén rij per persoon. Alleen de naam is nodig. Van een verjaardag worden alleen dag en maand getoond. Een tweede rij met een datum bij \"Sinds\" is een ander team.",
            "Uma linha por pessoa. Só o nome é necessário. Do aniversário mostram-se só dia e mês. Uma segunda linha com data em «Desde» é uma troca de equipe.",
            "1人1行。氏名以外は空欄でも構いません。誕生日は月日だけを表示します。「配属日」に日付のある2行目はチームの異動です。",
        ],
        columns: vec![
            column(NAME, 22, Kind::Person),
            column(TEAM, 14, Kind::Text),
            column(STARTED, 14, Kind::Date),
            column(
                [
                    "Birthday",
                    "Geburtstag",
                    "Anniversaire",
                    "Cumpleaños",
                    "Compleanno",
                    "Verjaardag",
                    "Aniversário",
                    "誕生日",
                ],
                14,
                Kind::Date,
            ),
            column(["Mentor", "Mentor", "Tuteur", "Mentor", "Tutor", "Mentor", "Mentor", "メンター"], 18, Kind::Person),
            column(["Photo", "Foto", "Photo", "Foto", "Foto", "Foto", "Foto", "写真"], 24, Kind::Text),
            column(
                ["Alias", "Anzeigename", "Pseudonyme", "Alias", "Soprannome", "Bijnaam", "Apelido", "表示名"],
                16,
                Kind::Text,
            ),
            column(
                ["Hidden", "Ausgeblendet", "Masqué", "Oculto", "Nascosto", "Verborgen", "Oculto", "非表示"],
                12,
                Kind::Choice(&[YES, NO]),
            ),
            column(
                ["Team since", "Im Team seit", "Depuis", "Desde", "Dal", "Sinds", "Desde", "配属日"],
                14,
                Kind::Date,
            ),
        ],
        rows: (0..8).map(row).collect(),
    }
}

pub fn calendar(today: Date) -> Sheet {
    let year = today.year();
    let day = |month: i8, day: i8| -> Value {
        let on = Date::new(year, month, day).unwrap_or(today);
        Day(today.until(on).map_or(0, |span| i64::from(span.get_days())))
    };
    const CHRISTMAS: Words =
        ["Christmas", "Weihnachten", "Noël", "Navidad", "Natale", "Kerstmis", "Natal", "クリスマス"];
    const EVE: Words = [
        "Christmas Eve",
        "Heiligabend",
        "Veille de Noël",
        "Nochebuena",
        "Vigilia",
        "Kerstavond",
        "Véspera de Natal",
        "イブ",
    ];
    Sheet {
        name: ["Calendar", "Kalender", "Calendrier", "Calendario", "Calendario", "Kalender", "Feriados", "カレンダー"],
        note: [
            "Days on which nobody works. 0.5 under \"Work\" is a half day; with a team it holds for that team.",
            "Tage, an denen niemand arbeitet. 0,5 unter \"Arbeit\" ist ein halber Tag; mit einem Team gilt es für dieses.",
            "Jours où personne ne travaille. 0,5 sous « Travail » est une demi-journée ; avec une équipe, pour elle seule.",
            "Días en que nadie trabaja. 0,5 en «Trabajo» es medio día; con un equipo vale solo para él.",
            "Giorni in cui nessuno lavora. 0,5 in «Lavoro» è mezza giornata; con una squadra vale solo per quella.",
            "Dagen waarop niemand werkt. 0,5 onder \"Werk\" is een halve dag; met een team geldt het voor dat team.",
            "Dias em que ninguém trabalha. 0,5 em «Trabalho» é meio dia; com uma equipe vale só para ela.",
            "休日です。「稼働」の0.5は半日。チームを書くとそのチームだけに適用します。",
        ],
        columns: vec![
            column(DATE, 14, Kind::Date),
            column(["Label", "Anlass", "Libellé", "Motivo", "Motivo", "Naam", "Name", "名称"], 24, Kind::Text),
            column(["Work", "Arbeit", "Travail", "Trabajo", "Lavoro", "Werk", "Trabalho", "稼働"], 10, Kind::Number),
            column(TEAM, 14, Kind::Text),
        ],
        rows: vec![vec![day(12, 24), W(EVE), Number(0.5), Empty], vec![day(12, 25), W(CHRISTMAS), Number(0.0), Empty]],
    }
}

/// The time zone that each language begins with.
pub const ZONES: Words = [
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Amsterdam",
    "America/Sao_Paulo",
    "Asia/Tokyo",
];

pub fn settings() -> Sheet {
    const LANGUAGE: Words = ["en-GB", "de", "fr", "es", "it", "nl", "pt-BR", "ja"];
    const CURRENCY: Words = ["GBP", "EUR", "EUR", "EUR", "EUR", "EUR", "BRL", "JPY"];
    const MONDAY: Words = ["Monday", "Montag", "Lundi", "Lunes", "Lunedì", "Maandag", "Segunda-feira", "月曜日"];
    const JANUARY: Words = ["January", "Januar", "Janvier", "Enero", "Gennaio", "Januari", "Janeiro", "1月"];
    const LOG: Words = ["daily log", "Tagebuch", "journal", "diario", "al giorno", "dagelijks", "diário", "日次"];
    let row = |key: Words, value: Words| vec![W(key), W(value)];
    Sheet {
        name: [
            "Settings",
            "Einstellungen",
            "Paramètres",
            "Ajustes",
            "Impostazioni",
            "Instellingen",
            "Configurações",
            "設定",
        ],
        note: [
            "What holds for the whole floor.",
            "Was für alle gilt.",
            "Ce qui vaut pour tous.",
            "Lo que vale para todos.",
            "Ciò che vale per tutti.",
            "Wat voor iedereen geldt.",
            "O que vale para todos.",
            "全体に適用される設定です。",
        ],
        columns: vec![
            column(
                ["Setting", "Einstellung", "Paramètre", "Ajuste", "Impostazione", "Instelling", "Configuração", "項目"],
                26,
                Kind::Text,
            ),
            column(["Value", "Wert", "Valeur", "Valor", "Valore", "Waarde", "Valor", "値"], 26, Kind::Text),
        ],
        rows: vec![
            row(
                ["Company", "Firma", "Entreprise", "Empresa", "Azienda", "Bedrijf", "Empresa", "会社名"],
                ["Acme", "Acme", "Acme", "Acme", "Acme", "Acme", "Acme", "アクメ"],
            ),
            row(["Language", "Sprache", "Langue", "Idioma", "Lingua", "Taal", "Idioma", "言語"], LANGUAGE),
            row(
                [
                    "Time zone",
                    "Zeitzone",
                    "Fuseau horaire",
                    "Zona horaria",
                    "Fuso orario",
                    "Tijdzone",
                    "Fuso horário",
                    "タイムゾーン",
                ],
                ZONES,
            ),
            row(["Currency", "Währung", "Devise", "Moneda", "Valuta", "Valuta", "Moeda", "通貨"], CURRENCY),
            row(
                [
                    "Week start",
                    "Wochenbeginn",
                    "Début de semaine",
                    "Inicio de semana",
                    "Inizio settimana",
                    "Weekbegin",
                    "Início da semana",
                    "週の開始",
                ],
                MONDAY,
            ),
            row(
                [
                    "Celebrate deals",
                    "Abschlüsse feiern",
                    "Fêter les contrats",
                    "Celebrar operaciones",
                    "Festeggia i contratti",
                    "Vier deals",
                    "Celebrar negócios",
                    "お祝い",
                ],
                ["yes", "ja", "oui", "sí", "sì", "ja", "sim", "はい"],
            ),
            row(
                [
                    "Fiscal year starts",
                    "Geschäftsjahr beginnt",
                    "Exercice",
                    "Año fiscal",
                    "Anno fiscale",
                    "Boekjaar",
                    "Ano fiscal",
                    "年度開始月",
                ],
                JANUARY,
            ),
            row(
                [
                    "Activities",
                    "Aktivitäten",
                    "Activités",
                    "Actividades",
                    "Attività",
                    "Activiteiten",
                    "Atividades",
                    "活動",
                ],
                LOG,
            ),
        ],
    }
}
