//! Writes the sheets of expectations: goals, scorecards, contests.

use super::Value::{Day, Empty, Number, Words as W};
use super::work::money;
use super::{
    CALLS, COMPANY, DEALS, DEMOS, FROM, Kind, MEETINGS, MONTH, NORTH, SALES, SOUTH, Sheet, TARGET, TITLE, TO, WHAT,
    WHO, Words, column,
};

pub fn goals(language: usize) -> Sheet {
    const LEVELS: [Words; 3] = [
        ["must", "Pflicht", "obligatoire", "obligatorio", "obbligatorio", "verplicht", "obrigatório", "必達"],
        ["stretch", "ehrgeizig", "ambitieux", "ambicioso", "ambizioso", "ambitieus", "ambicioso", "努力"],
        ["challenge", "Herausforderung", "défi", "reto", "sfida", "uitdaging", "desafio", "挑戦"],
    ];
    let row =
        |who: Words, what: Words, target: f64| vec![W(who), W(what), W(MONTH), Empty, Empty, Number(target), Empty];
    Sheet {
        name: ["Goals", "Ziele", "Objectifs", "Objetivos", "Obiettivi", "Doelen", "Metas", "目標"],
        note: [
            "A goal of the company, a team or a person. Period: \"November\", \"Q4 2026\", \"this month\"; or its first and last day. The wall works out the pace from working days.",
            "Ein Ziel der Firma, eines Teams oder einer Person. Zeitraum: \"November\", \"Q4 2026\", \"dieser Monat\"; oder erster und letzter Tag. Das Soll bis heute rechnet die Wand aus den Arbeitstagen.",
            "Un objectif de l’entreprise, d’une équipe ou d’une personne. Période : « Novembre », « T4 2026 », « ce mois » ; ou le premier et le dernier jour. Le rythme est calculé par jours ouvrés.",
            "Un objetivo de la empresa, de un equipo o de una persona. Periodo: «Noviembre», «T4 2026», «este mes»; o primer y último día. El ritmo se calcula con los días laborables.",
            "Un obiettivo dell’azienda, di una squadra o di una persona. Periodo: «Novembre», «T4 2026», «questo mese»; o primo e ultimo giorno. Il ritmo si calcola dai giorni lavorativi.",
            "Een doel van het bedrijf, een team of een persoon. Periode: \"November\", \"K4 2026\", \"deze maand\"; of eerste en laatste dag. Het tempo volgt uit de werkdagen.",
            "Uma meta da empresa, de uma equipe ou de uma pessoa. Período: «Novembro», «T4 2026», «este mês»; ou primeiro e último dia. O ritmo vem dos dias úteis.",
            "会社・チーム・個人の目標です。期間は「11月」「今月」、または開始日と終了日。ペースは稼働日から計算します。",
        ],
        columns: vec![
            column(WHO, 20, Kind::Text),
            column(WHAT, 16, Kind::Text),
            column(
                ["Period", "Zeitraum", "Période", "Periodo", "Periodo", "Periode", "Período", "期間"],
                16,
                Kind::Text,
            ),
            column(FROM, 14, Kind::Date),
            column(TO, 14, Kind::Date),
            column(TARGET, 14, Kind::Money),
            column(
                ["Level", "Stufe", "Niveau", "Nivel", "Livello", "Niveau", "Nível", "レベル"],
                16,
                Kind::Choice(&LEVELS),
            ),
        ],
        rows: vec![
            row(COMPANY, SALES, 150_000.0 * money(language)),
            row(NORTH, SALES, 75_000.0 * money(language)),
            row(SOUTH, SALES, 75_000.0 * money(language)),
            row(COMPANY, MEETINGS, 500.0),
        ],
    }
}

pub fn scorecard() -> Sheet {
    let row = |what: Words, weight: f64, target: f64, to: Words| {
        vec![W(what), Number(weight), Number(target), Number(1.5), W(to)]
    };
    Sheet {
        name: [
            "Scorecard",
            "Kennzahlen",
            "Indicateurs",
            "Indicadores",
            "Indicatori",
            "Scorekaart",
            "Indicadores",
            "行動指標",
        ],
        note: [
            "What counts towards the score, and how much. The target is what one person should do on a working day.",
            "Was in die Punktzahl eingeht, und wie stark. Das Ziel ist, was eine Person an einem Arbeitstag schaffen soll.",
            "Ce qui compte pour le score, et combien. L’objectif est ce qu’une personne doit faire par jour ouvré.",
            "Qué cuenta para la puntuación y cuánto. El objetivo es lo que una persona debe hacer en un día laborable.",
            "Che cosa conta per il punteggio, e quanto. L’obiettivo è ciò che una persona deve fare in un giorno lavorativo.",
            "Wat meetelt voor de score, en hoeveel. Het doel is wat één persoon per werkdag moet doen.",
            "O que conta para a pontuação, e quanto. A meta é o que uma pessoa deve fazer em um dia útil.",
            "スコアに数える指標とその重みです。目標は1人が1営業日に行う数です。",
        ],
        columns: vec![
            column(WHAT, 18, Kind::Text),
            column(["Weight", "Gewicht", "Poids", "Peso", "Peso", "Gewicht", "Peso", "重み"], 10, Kind::Number),
            column(
                [
                    "Target per day",
                    "Ziel pro Tag",
                    "Objectif par jour",
                    "Objetivo por día",
                    "Obiettivo al giorno",
                    "Doel per dag",
                    "Meta por dia",
                    "日次目標",
                ],
                18,
                Kind::Number,
            ),
            column(["Cap", "Obergrenze", "Plafond", "Tope", "Limite", "Plafond", "Teto", "上限"], 10, Kind::Percent),
            column(
                ["Leads to", "Führt zu", "Conduit à", "Lleva a", "Porta a", "Leidt tot", "Leva a", "つながる先"],
                18,
                Kind::Text,
            ),
        ],
        rows: vec![row(CALLS, 30.0, 25.0, MEETINGS), row(MEETINGS, 40.0, 3.0, DEMOS), row(DEMOS, 30.0, 1.0, DEALS)],
    }
}

pub fn contests() -> Sheet {
    const FORMATS: [Words; 7] = [
        ["most", "meiste", "le plus", "más", "più", "meeste", "mais", "最多"],
        ["first to", "zuerst", "premier", "primero", "primo", "eerste", "primeiro", "先着"],
        ["threshold", "Schwelle", "seuil", "umbral", "soglia", "drempel", "limite", "到達"],
        [
            "team total",
            "Teamsumme",
            "total par équipe",
            "total por equipo",
            "totale squadra",
            "teamtotaal",
            "total da equipe",
            "チーム合計",
        ],
        [
            "team average",
            "Teamdurchschnitt",
            "moyenne par équipe",
            "media por equipo",
            "media squadra",
            "teamgemiddelde",
            "média da equipe",
            "チーム平均",
        ],
        ["versus", "Duell", "duel", "duelo", "duello", "duel", "duelo", "対決"],
        ["bracket", "Turnier", "tournoi", "torneo", "torneo", "toernooi", "torneio", "トーナメント"],
    ];
    const SPRINT: Words = [
        "Demo sprint",
        "Demo-Sprint",
        "Sprint démos",
        "Sprint de demos",
        "Sprint delle demo",
        "Demosprint",
        "Sprint de demos",
        "デモ・スプリント",
    ];
    const RACE: Words = [
        "Team race",
        "Teamrennen",
        "Course des équipes",
        "Carrera de equipos",
        "Gara a squadre",
        "Teamrace",
        "Corrida das equipes",
        "チーム対抗",
    ];
    const DINNER: Words = ["Dinner", "Abendessen", "Dîner", "Cena", "Cena", "Diner", "Jantar", "ディナー"];
    const CINEMA: Words = ["Cinema", "Kino", "Cinéma", "Cine", "Cinema", "Bioscoop", "Cinema", "映画"];
    Sheet {
        name: ["Contests", "Wettbewerbe", "Concours", "Concursos", "Gare", "Wedstrijden", "Campanhas", "コンテスト"],
        note: [
            "One row for each contest. It runs from its first to its last day, or until somebody reaches the goal. What: an indicator, Sales, or points such as \"3 Meetings + 1 Calls\". Who: everyone, teams, or names.",
            "Eine Zeile für jeden Wettbewerb. Er läuft vom ersten bis zum letzten Tag oder bis jemand das Ziel erreicht. Was: eine Kennzahl, Umsatz, oder Punkte wie \"3 Termine + 1 Anrufe\". Wer: alle, Teams oder Namen.",
            "Une ligne par concours. Il dure du premier au dernier jour, ou jusqu’à l’objectif. Quoi : un indicateur, Ventes, ou des points comme « 3 Rendez-vous + 1 Appels ». Qui : tous, équipes ou des noms.",
            "Una fila por concurso. Dura del primer al último día, o hasta el objetivo. Qué: un indicador, Ventas, o puntos como «3 Reuniones + 1 Llamadas». Quién: todos, equipos o nombres.",
            "Una riga per gara. Dura dal primo all’ultimo giorno, o fino all’obiettivo. Cosa: un indicatore, Vendite, o punti come «3 Incontri + 1 Chiamate». Chi: tutti, squadre o nomi.",
            "Eén rij per wedstrijd. Hij loopt van de eerste tot de laatste dag, of tot het doel. Wat: een indicator, Omzet, of punten zoals \"3 Afspraken + 1 Telefoontjes\". Wie: iedereen, teams of namen.",
            "Uma linha por campanha. Vai do primeiro ao último dia, ou até a meta. O que: um indicador, Vendas, ou pontos como «3 Reuniões + 1 Ligações». Quem: todos, equipes ou nomes.",
            "1行が1つのコンテストです。開始日から終了日まで、または目標到達まで続きます。指標：活動、売上、または「3 商談数 + 1 架電」。担当者：全員、チーム、または氏名。",
        ],
        columns: vec![
            column(TITLE, 20, Kind::Text),
            column(WHAT, 18, Kind::Text),
            column(
                ["Format", "Format", "Format", "Formato", "Formato", "Format", "Formato", "形式"],
                18,
                Kind::Choice(&FORMATS),
            ),
            column(WHO, 18, Kind::Text),
            column(FROM, 14, Kind::Date),
            column(TO, 14, Kind::Date),
            column(["Goal", "Ziel", "Objectif", "Objetivo", "Obiettivo", "Doel", "Meta", "目標"], 10, Kind::Number),
            column(["Prize", "Preis", "Prix", "Premio", "Premio", "Prijs", "Prêmio", "賞品"], 20, Kind::Text),
            column(
                ["Prize 2", "Preis 2", "Prix 2", "Premio 2", "Premio 2", "Prijs 2", "Prêmio 2", "賞品2"],
                20,
                Kind::Text,
            ),
        ],
        rows: vec![
            vec![W(SPRINT), W(DEMOS), W(FORMATS[0]), Empty, Day(-4), Day(3), Empty, W(DINNER), W(CINEMA)],
            vec![W(RACE), W(SALES), W(FORMATS[3]), Empty, Day(-14), Day(10), Empty, W(DINNER), Empty],
        ],
    }
}
