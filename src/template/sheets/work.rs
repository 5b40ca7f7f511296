//! Writes the sheets of past work: deals and activities.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Value::{Day, Empty, Number, Owned, Words as W};
use super::{CALLS, DATE, DEMOS, Kind, LOST, MEETINGS, OPEN, Sheet, WHO, WON, column, name};

/// Numbers that look like work and are the same each time.
fn figure(n: usize, from: usize, to: usize) -> f64 {
    let mixed = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
    (from as u64 + mixed % (to - from) as u64) as f64
}

fn is_workday(today: Date, days: i64) -> bool {
    let day = today.saturating_add(days.days());
    day.weekday().to_monday_zero_offset() < 5
}

/// A deal in yen has two digits more.
pub fn money(language: usize) -> f64 {
    if language == 7 { 100.0 } else { 1.0 }
}

pub fn deals(language: usize, today: Date) -> Sheet {
    let mut rows = Vec::new();
    for back in (0..75).rev().filter(|back| is_workday(today, -back)) {
        for n in 0..2 {
            let at = back as usize * 2 + n;
            let stage = [WON, WON, WON, LOST, OPEN][at * 7 % 5];
            let who = name(language, figure(at, 0, 997) as usize);
            let amount = Number(figure(at + 500, 12, 96) * 100.0 * money(language));
            rows.push(vec![Day(-back), who, amount, Empty, Owned(format!("K-{}", 1000 + at)), W(stage)]);
        }
    }
    Sheet {
        name: ["Deals", "Abschlüsse", "Contrats", "Operaciones", "Contratti", "Deals", "Negócios", "受注"],
        note: [
            "Paste the export of your CRM here, with its own headings. Only deals that are won count, on the day of their date.",
            "Hier den Export des CRM mit seinen Überschriften einfügen. Nur gewonnene Abschlüsse zählen, am Tag ihres Datums.",
            "Collez ici l’export de votre CRM, avec ses titres. Seuls les contrats gagnés comptent, au jour de leur date.",
            "Pegue aquí la exportación de su CRM, con sus títulos. Solo cuentan las operaciones ganadas, en su fecha.",
            "Incollare qui l’esportazione del CRM, con i suoi titoli. Contano solo i contratti vinti, nel giorno della data.",
            "Plak hier de export van het CRM, met eigen koppen. Alleen gewonnen deals tellen, op de dag van hun datum.",
            "Cole aqui a exportação do CRM, com seus títulos. Só os negócios ganhos contam, no dia da data.",
            "CRMの出力を見出しごと貼り付けてください。受注した案件だけが日付の日に数えられます。",
        ],
        columns: vec![
            column(
                [
                    "Close date",
                    "Abschlussdatum",
                    "Date de clôture",
                    "Fecha de cierre",
                    "Data di chiusura",
                    "Sluitingsdatum",
                    "Data de fechamento",
                    "受注日",
                ],
                14,
                Kind::Date,
            ),
            column(
                ["Owner", "Verkäufer", "Commercial", "Vendedor", "Venditore", "Verkoper", "Vendedor", "担当者"],
                20,
                Kind::Person,
            ),
            column(["Amount", "Betrag", "Montant", "Importe", "Importo", "Bedrag", "Valor", "金額"], 12, Kind::Money),
            column(["Currency", "Währung", "Devise", "Moneda", "Valuta", "Valuta", "Moeda", "通貨"], 10, Kind::Text),
            column(["Customer", "Kunde", "Client", "Cliente", "Cliente", "Klant", "Cliente", "顧客"], 18, Kind::Text),
            column(
                ["Stage", "Phase", "Étape", "Etapa", "Fase", "Fase", "Etapa", "ステージ"],
                12,
                Kind::Choice(&[WON, LOST, OPEN]),
            ),
        ],
        rows,
    }
}

pub fn activities(language: usize, today: Date) -> Sheet {
    let mut rows = Vec::new();
    for back in (0..26).rev().filter(|back| is_workday(today, -back)) {
        for person in 0..8 {
            let at = back as usize * 8 + person;
            rows.push(vec![
                Day(-back),
                name(language, person),
                Number(figure(at, 14, 38)),
                Number(figure(at + 900, 1, 6)),
                Number(figure(at + 1800, 0, 3)),
            ]);
        }
    }
    Sheet {
        name: [
            "Activities",
            "Aktivitäten",
            "Activités",
            "Actividades",
            "Attività",
            "Activiteiten",
            "Atividades",
            "活動",
        ],
        note: [
            "What each person did on each day. Name the columns as you like: each is an indicator. Or one row for each activity: Date, Who, What, How many.",
            "Was jede Person an jedem Tag getan hat. Die Spalten heißen, wie Sie wollen: jede ist eine Kennzahl. Oder eine Zeile für jede Aktivität: Datum, Wer, Was, Anzahl.",
            "Ce que chacun a fait chaque jour. Nommez les colonnes librement : chacune est un indicateur. Ou une ligne par activité : Date, Qui, Quoi, Combien.",
            "Lo que hizo cada persona cada día. Nombre las columnas como quiera: cada una es un indicador. O una fila por actividad: Fecha, Quién, Qué, Cuántos.",
            "Che cosa ha fatto ognuno ogni giorno. Le colonne hanno il nome che volete: ognuna è un indicatore. Oppure una riga per attività: Data, Chi, Cosa, Quanti.",
            "Wat iedereen elke dag deed. Noem de kolommen zoals u wilt: elk is een indicator. Of één rij per activiteit: Datum, Wie, Wat, Aantal.",
            "O que cada pessoa fez em cada dia. Dê às colunas o nome que quiser: cada uma é um indicador. Ou uma linha por atividade: Data, Quem, O que, Quantidade.",
            "毎日の各自の活動です。列名は自由で、1列が1つの指標になります。または1行1件で：日付、担当者、項目、件数。",
        ],
        columns: vec![
            column(DATE, 14, Kind::Date),
            column(WHO, 20, Kind::Person),
            column(CALLS, 14, Kind::Number),
            column(MEETINGS, 14, Kind::Number),
            column(DEMOS, 16, Kind::Number),
        ],
        rows,
    }
}
