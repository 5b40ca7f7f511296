//! Defines the template's sheets. Lists of eight are the languages in the order of [`LANGUAGES`](super::LANGUAGES).

use jiff::civil::Date;

mod expected;
mod people;
mod texts;
mod work;

use expected::{contests, goals, scorecard};
pub use people::ZONES;
use people::{calendar, people, settings};
use texts::{news, onboarding, plays, recognition};
use work::{activities, deals};

/// A text in each language.
pub type Words = [&'static str; 8];

pub struct Sheet {
    pub name: Words,
    pub note: Words,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

pub struct Column {
    pub head: Words,
    /// In characters.
    pub width: u8,
    pub kind: Kind,
}

/// What a column holds: its format, and what there is to choose from.
pub enum Kind {
    Text,
    Person,
    Date,
    Number,
    Money,
    Percent,
    Choice(&'static [Words]),
}

pub enum Value {
    Empty,
    Text(&'static str),
    Words(Words),
    Owned(String),
    Number(f64),
    /// So many days from today.
    Day(i64),
    On(Date),
}

pub const PEOPLE: Words = ["People", "Personen", "Personnes", "Personas", "Persone", "Mensen", "Pessoas", "メンバー"];

const NAME: Words = ["Name", "Name", "Nom", "Nombre", "Nome", "Naam", "Nome", "氏名"];
const WHO: Words = ["Who", "Wer", "Qui", "Quién", "Chi", "Wie", "Quem", "担当者"];
const TEAM: Words = ["Team", "Team", "Équipe", "Equipo", "Squadra", "Team", "Equipe", "チーム"];
const DATE: Words = ["Date", "Datum", "Date", "Fecha", "Data", "Datum", "Data", "日付"];
const FROM: Words = ["From", "Von", "Du", "Desde", "Dal", "Van", "De", "開始日"];
const TO: Words = ["To", "Bis", "Au", "Hasta", "Al", "Tot", "Até", "終了日"];
const WHAT: Words = ["What", "Was", "Quoi", "Qué", "Cosa", "Wat", "O que", "指標"];
const TARGET: Words = ["Target", "Ziel", "Objectif", "Objetivo", "Obiettivo", "Doel", "Meta", "目標"];
const TITLE: Words = ["Title", "Titel", "Titre", "Título", "Titolo", "Titel", "Título", "タイトル"];
const HEADLINE: Words = ["Headline", "Überschrift", "Titre", "Titular", "Titolo", "Kop", "Manchete", "見出し"];
const TEXT: Words = ["Text", "Text", "Texte", "Texto", "Testo", "Tekst", "Texto", "本文"];
const STARTED: Words = [
    "Start date",
    "Eintritt",
    "Date d’arrivée",
    "Fecha de inicio",
    "Data di inizio",
    "Startdatum",
    "Data de início",
    "入社日",
];

const CALLS: Words = ["Calls", "Anrufe", "Appels", "Llamadas", "Chiamate", "Telefoontjes", "Ligações", "架電"];
const MEETINGS: Words =
    ["Meetings", "Termine", "Rendez-vous", "Reuniones", "Incontri", "Afspraken", "Reuniões", "商談数"];
const DEMOS: Words =
    ["Demos", "Vorführungen", "Démos", "Demostraciones", "Dimostrazioni", "Demo’s", "Demonstrações", "デモ"];
pub const SALES: Words = ["Sales", "Umsatz", "Ventes", "Ventas", "Vendite", "Omzet", "Vendas", "売上"];
pub const DEALS: Words = ["Deals", "Abschlüsse", "Contrats", "Operaciones", "Contratti", "Deals", "Negócios", "件数"];
const COMPANY: Words = ["Company", "Firma", "Entreprise", "Empresa", "Azienda", "Bedrijf", "Empresa", "会社"];
pub const WON: Words = ["Won", "Gewonnen", "Gagné", "Ganado", "Vinto", "Gewonnen", "Ganho", "受注"];
const LOST: Words = ["Lost", "Verloren", "Perdu", "Perdido", "Perso", "Verloren", "Perdido", "失注"];
const OPEN: Words = ["Open", "Offen", "Ouvert", "Abierto", "Aperto", "Open", "Aberto", "商談中"];
const YES: Words = ["yes", "ja", "oui", "sí", "sì", "ja", "sim", "はい"];
const NO: Words = ["no", "nein", "non", "no", "no", "nee", "não", "いいえ"];
const NORTH: Words = ["North", "Nord", "Nord", "Norte", "Nord", "Noord", "Norte", "東京"];
const SOUTH: Words = ["South", "Süd", "Sud", "Sur", "Sud", "Zuid", "Sul", "大阪"];
const MONTH: Words =
    ["this month", "dieser Monat", "ce mois", "este mes", "questo mese", "deze maand", "este mês", "今月"];

const NAMES: [&str; 8] =
    ["Mara Quill", "Tiago Brandt", "Ines Falk", "Jonas Reed", "Lena Ortiz", "Sora Abe", "Nils Hagen", "Priya Nair"];
const NAMES_JA: [&str; 8] =
    ["三浦 葵", "佐伯 健", "遠野 美咲", "葉山 蓮", "藤代 結衣", "有村 翔太", "白石 陸", "森野 楓"];

/// The people of the examples in a language.
fn name(language: usize, at: usize) -> Value {
    Value::Text(if language == 7 { NAMES_JA[at % 8] } else { NAMES[at % 8] })
}

fn column(head: Words, width: u8, kind: Kind) -> Column {
    Column { head, width, kind }
}

/// All sheets in a language, with examples around a day.
pub fn all(language: usize, today: Date) -> Vec<Sheet> {
    vec![
        people(language),
        deals(language, today),
        activities(language, today),
        goals(language),
        scorecard(),
        contests(),
        onboarding(),
        recognition(language),
        news(),
        plays(language),
        calendar(today),
        settings(),
    ]
}
