//! Reads a table of people: each with a team, and who leads it.

use serde::{Deserialize, Serialize};

use super::picks::Picked;
use super::{Column, LeftOut, filled, leave_out};
use crate::table::{Grid, Role, cleaned, is_error, is_nobody, is_total, words};
use crate::text::{Said, short};

/// Names of columns with whoever leads a person.
const LEAD: &str = "manager|sales manager|team manager|line manager|direct manager|supervisor|team lead|team leader|lead|leader|head|boss|reports to|\
    vorgesetzter|vorgesetzte|teamleiter|teamleitung|leiter|leitung|fuhrungskraft|chef|chef d equipe|responsable|manageur|superieur|jefe|jefe de equipo|\
    supervisor|gerente|encargado|responsabile|capo|caposquadra|capogruppo|leidinggevende|teamleider|gestor|lider|chefe|マネージャー|上司|リーダー|課長|部長|上長";
/// Names of columns with a team in so many words: they go before a lead, a place does not.
const TEAM: &str = "team|sales team|team name|squad|group|vertriebsteam|verkaufsteam|equipe|equipe commerciale|equipo|equipo de ventas|squadra|verkoopteam|\
    equipa|equipe de vendas|チーム|グループ|团队";
const EMAIL: &str = "email|e mail|mail|email address|e mail adresse|courriel|correo|correo electronico|e mailadres|メール|メールアドレス";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonTable {
    pub columns: Vec<Column>,
    pub people: Vec<PersonRecord>,
    pub left_out: Vec<LeftOut>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PersonRecord {
    pub line: u32,
    pub name: String,
    /// The team by its own name; where no column has one the lead's, else the place.
    pub team: Option<String>,
    pub lead: Option<String>,
    pub email: Option<String>,
}

/// # Errors
/// No column has names, or it says nothing of anybody.
pub fn read(grid: &Grid, picked: &Picked) -> Result<PersonTable, String> {
    let header = &picked.header;
    let named = |list: &str| {
        let is = |name: &String| list.split('|').any(|known| known.trim() == words(name).join(" "));
        header.names.iter().position(is)
    };
    let lead = named(LEAD);
    let person = header.columns(Role::Person).iter().map(|(column, _)| *column).find(|column| Some(*column) != lead);
    let person = person.or_else(|| header.column(Role::Name));
    let pair = header.column(Role::Given).zip(header.column(Role::Family)).filter(|_| person.is_none());
    let (first, second) = match (person, pair) {
        (Some(person), _) => (person, None),
        (None, Some((given, family))) => (given, Some(family)),
        _ => return Err("no column with the names of people".into()),
    };
    let place = header.column(Role::Team).filter(|column| *column != first);
    let team = match picked.said("team") {
        Some(said) => said,
        None => named(TEAM).or(lead).or(place),
    };
    let email = named(EMAIL);
    if team.is_none() && email.is_none() {
        let names: Vec<String> =
            header.names.iter().filter(|name| !name.is_empty()).map(|name| format!("{:?}", short(name, 40))).collect();
        return Err(format!(
            "neither a list of deals nor one of people: expected a column with amounts, stages or dates of sales, or one with teams; found {}",
            names.join(", ")
        ));
    }
    let mut table = PersonTable { columns: Vec::new(), people: Vec::new(), left_out: Vec::new() };
    let uses = [
        ("person", Some(first)),
        ("person", second),
        ("lead", lead),
        ("team", team.filter(|team| Some(*team) != lead)),
        ("email", email),
    ];
    for (meaning, column) in uses {
        if let Some(column) = column {
            table.columns.push(Column {
                name: picked.headings[column].clone(),
                meaning: meaning.to_owned(),
                filled: filled(grid, header.at, column),
            });
        }
    }
    for row in grid.rows.iter().skip(header.at + 1) {
        let text = |column: usize| row.cell(column).shown().map(|text| cleaned(&text)).filter(|text| !text.is_empty());
        let parts: Vec<String> = [Some(first), second].into_iter().flatten().filter_map(text).collect();
        let name = parts.join(" ");
        let why = if name.is_empty() {
            Some(Said::new("no name", "名前がありません"))
        } else if is_nobody(&name) || is_error(&name) || is_total(&name) {
            let name = short(&name, 60);
            Some(Said::new(format!("{name:?} is nobody's name"), format!("「{name}」は人の名前ではありません")))
        } else {
            None
        };
        if let Some(why) = why {
            leave_out(&mut table.left_out, row, why);
            continue;
        }
        let word = |column: Option<usize>| text(column?).filter(|text| !is_nobody(text) && !is_error(text));
        table.people.push(PersonRecord {
            line: row.line,
            name,
            team: word(team),
            lead: word(lead),
            email: word(email),
        });
    }
    Ok(table)
}
