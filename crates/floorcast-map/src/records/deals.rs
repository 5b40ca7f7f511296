//! Reads a table of deals: won, lost and open ones, each with an id that is the same when the file comes again.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::amounts::{Found, Others, Own};
use super::doubts::Doubts;
use super::picks::Picked;
use super::uses::{Extra, uses};
use super::{Column, LeftOut, ReadOptions, labels, leave_out};
use crate::table::{
    Dates, Day, Deal, Fate, Grid, Meaning, Part, Reading, Row, cleaned, currency_of_worthless, meaning,
};
use crate::text::{Said, first_of, short};

/// An amount that no board carries is none.
const MAX_AMOUNT: f64 = 1e13;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DealTable {
    pub columns: Vec<Column>,
    pub deals: Vec<DealRecord>,
    pub left_out: Vec<LeftOut>,
    /// What holds for the whole table.
    pub notes: Vec<String>,
    /// Likewise in Japanese.
    pub notes_ja: Vec<String>,
    /// Whether a column of the file identifies its deals. Where none does, a deal is known by what it says.
    pub has_ids: bool,
    /// What its cells leave open.
    pub doubts: Box<Doubts>,
    /// Other columns of amounts, which do not count.
    pub more_amounts: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Won,
    Lost,
    Open,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DealRecord {
    pub line: u32,
    pub id: String,
    pub owner: Option<String>,
    pub team: Option<String>,
    pub outcome: Outcome,
    /// Won deals always have one.
    pub day: Option<Date>,
    pub amount: Option<f64>,
    pub currency: Option<String>,
    pub label: Option<String>,
    pub stage: Option<String>,
}

/// # Errors
/// No column has the day of the deal.
pub fn read(grid: &Grid, picked: &Picked, options: ReadOptions<'_>) -> Result<DealTable, String> {
    let (header, tz) = (&picked.header, options.tz);
    let told = Reading { grid, header, settings: &picked.settings, tz, date_order: options.date_order, asks: true };
    // Where the dates themselves say how they are written, no answer of an earlier file counts.
    let proven = told.columns().date.map_or("", |(column, _)| Dates::proven(told.cells(column), tz));
    let reading = Reading { date_order: if proven.is_empty() { options.date_order } else { proven }, ..told };
    let mut deals = reading.read();
    let others = Others::of(&reading, &deals.columns, picked);
    let doubts = Doubts::of(&reading, &deals, &picked.headings, &others.twins());
    // What a cell says of its currency holds for that cell: the others are in that of the floor.
    let is_bare = |deal: &Deal| deal.amount.is_some() && deal.currency.is_none();
    if !deals.rows.iter().any(|deal| matches!(deal.fate, Fate::Deal | Fate::NotWon) && is_bare(deal)) {
        currency_of_worthless(&mut deals);
    }
    let columns = &deals.columns;
    if columns.date.is_none() {
        return Err(
            "no column with the day of the deal: expected one like Close date, Won on, Abschlussdatum or 受注日".into(),
        );
    }
    let extra = Extra::of(grid, picked, columns);
    let (id, label) = (extra.id, extra.label);
    let stage = columns.stage.map(|(column, _)| column);
    let amount_name = columns.amount.map(|column| picked.headings[column].as_str()).unwrap_or_default();
    let mut table = DealTable {
        columns: uses(grid, picked, columns, &extra, &others.twins()),
        deals: Vec::new(),
        left_out: Vec::new(),
        notes: Vec::new(),
        notes_ja: Vec::new(),
        has_ids: id.is_some(),
        doubts: Box::new(doubts),
        more_amounts: others.unread(&reading),
    };
    if id.is_none() {
        let (why, why_ja) = not_identified(grid, picked);
        table.notes.push(format!("{why}: one whose owner, day, amount or name changes will be a new deal"));
        table.notes_ja.push(format!("{why_ja}。担当者・日付・金額・名前が変わると新しい案件になります"));
    }
    if stage.is_none() && !columns.date_means_sale() {
        table.notes.push("no column says how the deals ended: every row counts as won".into());
        table.notes_ja.push("案件の結果を示す列がありません。すべての行を成約として数えます".into());
    }
    let faults: HashMap<(usize, Part), &Said> =
        deals.unread.iter().map(|unread| ((unread.row, unread.part), &unread.what)).collect();
    let mut dates = columns.date.map(|(column, _)| (column, Dates::of(reading.cells(column), tz, reading.date_order)));
    let mut without: Vec<String> = Vec::new();
    let mut times: HashMap<String, u32> = HashMap::new();
    let mut lines: HashMap<String, (u32, String)> = HashMap::new();
    let means = |stage: &str| meaning(stage).or_else(|| reading.said_stage(stage));
    for deal in &deals.rows {
        let row = &grid.rows[deal.row];
        let text = |column: Option<usize>| {
            row.cell(column?).shown().map(|text| cleaned(&text)).filter(|text| !text.is_empty())
        };
        let fault = |part: Part| faults.get(&(deal.row, part)).map(|what| (*what).clone());
        let said = text(stage);
        let outcome = match deal.fate {
            Fate::Deal => Ok(Outcome::Won),
            Fate::NotWon if said.as_deref().and_then(means) == Some(Meaning::Lost) => Ok(Outcome::Lost),
            Fate::NotWon => Ok(Outcome::Open),
            Fate::UnknownStage => {
                let stage = short(said.as_deref().unwrap_or_default(), 40);
                Err(Said::new(
                    format!("it is not known what the stage {stage:?} means"),
                    format!("ステージ「{stage}」の意味が分かりません"),
                ))
            }
            Fate::NoStage => {
                Err(Said::new("no stage, where the other rows have one", "ほかの行にあるステージがありません"))
            }
            Fate::NoDate => Err(Said::new("won, but no day", "成約ですが、日付がありません")),
            Fate::BadDate => {
                let either = |(column, dates): &mut (usize, Dates<'_>)| {
                    (dates.day(row.cell(*column)) == Day::Either).then_some(*column)
                };
                Err(match dates.as_mut().and_then(either) {
                    Some(column) => {
                        let day = short(&text(Some(column)).unwrap_or_default(), 40);
                        let ja = format!("「{day}」は二通りの日付に読めます。日と月のどちらが先か分かりません");
                        Said::new(
                            format!(
                                "{day:?} could be two days: it is not known whether the day or the month stands first"
                            ),
                            ja,
                        )
                    }
                    None => {
                        fault(Part::Date).unwrap_or_else(|| Said::new("its day cannot be read", "日付を読めません"))
                    }
                })
            }
            Fate::Total => Err(Said::new("a total of other rows", "ほかの行の合計です")),
            Fate::Footer => Err(Said::new("a line of text, no deal", "文章の行で、案件ではありません")),
            Fate::Header => Err(Said::new("the heading once more", "見出しの繰り返しです")),
        };
        // A lost deal may have any amount; one that counts may not.
        let unreadable = || [Part::Person, Part::Amount, Part::Currency].into_iter().find_map(fault);
        let outcome = match outcome {
            Ok(Outcome::Won) => unreadable().map_or(Ok(Outcome::Won), Err),
            other => other,
        };
        let (mut amount, mut currency) = (deal.amount, deal.currency.clone());
        let find = |row: &Row, amount: Option<f64>| {
            let Some(column) = columns.amount else { return Found::Own };
            let own = Own { column, name: amount_name, amount, currency: columns.currency };
            others.find(&reading, row, &own)
        };
        let is_empty = columns.amount.is_some_and(|column| row.cell(column).is_empty());
        let outcome = match outcome {
            Ok(of) if is_empty || amount.is_some() => match find(row, amount) {
                Found::Own => Ok(of),
                Found::Amount(n, code) => {
                    (amount, currency) = (Some(n), code);
                    Ok(of)
                }
                Found::Doubtful(why) if of == Outcome::Won => Err(why),
                Found::Doubtful(_) => Ok(of),
            },
            other => other,
        };
        let too_much = amount.filter(|amount| amount.abs() > MAX_AMOUNT);
        let outcome = match too_much {
            Some(amount) if outcome == Ok(Outcome::Won) => Err(Said::new(
                format!("{amount:e} is too large for an amount"),
                format!("{amount:e}は金額として大きすぎます"),
            )),
            _ => outcome,
        };
        match outcome {
            Err(why) => leave_out(&mut table.left_out, row, why),
            Ok(outcome) => {
                // One that is not won may have any amount; that it is not kept is said all the same.
                let written = text(columns.amount).filter(|_| amount.is_none() && outcome != Outcome::Won);
                without.extend(written.map(|text| format!("line {}: {:?}", row.line, short(&text, 40))));
                let owner = deal.person.map(|person| match columns.person.and_then(|column| text(Some(column))) {
                    Some(written) if !deals.people.is_turned() => written,
                    _ => deals.people.name(person).to_owned(),
                });
                let id = match text(id) {
                    Some(id) => match lines.entry(id.clone()) {
                        Entry::Vacant(new) => {
                            new.insert((row.line, content(row)));
                            id
                        }
                        Entry::Occupied(known) => {
                            let (line, same) = known.get();
                            let why = match *same == content(row) {
                                true => {
                                    Said::new(format!("the same row as line {line}"), format!("{line}行目と同じ行です"))
                                }
                                false => {
                                    let id = short(&id, 40);
                                    Said::new(
                                        format!("line {line} has the deal {id:?} with other values already"),
                                        format!("案件「{id}」は{line}行目に別の内容ですでにあります"),
                                    )
                                }
                            };
                            leave_out(&mut table.left_out, row, why);
                            continue;
                        }
                    },
                    None => by_content(row, &mut times),
                };
                table.deals.push(DealRecord {
                    line: row.line,
                    id,
                    owner,
                    team: deal.team.clone(),
                    outcome,
                    day: deal.day,
                    amount: amount.filter(|amount| amount.abs() <= MAX_AMOUNT),
                    currency,
                    label: text(label),
                    stage: said,
                });
            }
        }
    }
    if !without.is_empty() {
        let listed = first_of(&without, 3);
        table.notes.push(format!("open and lost deals whose amount cannot be read are kept without it ({listed})"));
        let ja = format!("進行中・失注の案件は、読めない金額なしで保存します（{listed}）");
        table.notes_ja.push(ja);
    }
    Ok(table)
}

/// That no column identifies the deals, or which one is called so and does not, in both languages.
fn not_identified(grid: &Grid, picked: &Picked) -> (String, String) {
    let header = &picked.header;
    let repeats = if picked.said("id").is_some() { None } else { labels::repeats(&header.names, grid, header.at) };
    match repeats {
        None => ("no column identifies the deals".into(), "案件を識別する列がありません".into()),
        Some(of) => {
            let (name, text, n) = (&picked.headings[of.column], short(&of.text, 40), of.rows);
            (
                format!("{name:?} does not identify the deals, because {text:?} stands in {n} rows"),
                format!("「{name}」では案件を識別できません（「{text}」が{n}行にあります）"),
            )
        }
    }
}

/// The cells of a row as one text.
fn content(row: &Row) -> String {
    let cells: Vec<String> =
        row.cells.iter().map(|cell| cell.shown().map(|text| cleaned(&text)).unwrap_or_default()).collect();
    cells.join("\u{1f}").trim_end_matches('\u{1f}').to_owned()
}

/// What a row without an id is known by: its cells, and how often they came before.
fn by_content(row: &Row, times: &mut HashMap<String, u32>) -> String {
    let content = content(row);
    let before = times.entry(content.clone()).or_insert(0);
    *before += 1;
    if *before == 1 { format!("row:{content}") } else { format!("row:{content}\u{1f}#{before}") }
}
