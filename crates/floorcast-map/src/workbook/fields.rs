//! Recognises a sheet's columns by their names in eight languages.

use std::collections::BTreeMap;

use super::sheets::Kind;
use crate::table::{Grid, words};
use crate::text::short;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Who,
    Team,
    Since,
    Until,
    Started,
    Birthday,
    Photo,
    Alias,
    Hidden,
    Mentor,
    Date,
    What,
    HowMany,
    Target,
    Level,
    Weight,
    Per,
    Cap,
    LeadsTo,
    Title,
    Format,
    Goal,
    Prize,
    Rules,
    Confirmed,
    Period,
    Plan,
    Stage,
    DueDay,
    Done,
    Headline,
    Text,
    FromWhom,
    Badge,
    Repeats,
    Work,
    Key,
    Value,
}

use Field::{
    Alias, Badge, Birthday, Cap, Confirmed, Date, Done, DueDay, Format, FromWhom, Goal, Headline, Hidden, HowMany, Key,
    LeadsTo, Level, Mentor, Per, Period, Photo, Plan, Prize, Repeats, Rules, Since, Stage, Started, Target, Team, Text,
    Title, Until, Value, Weight, What, Who, Work,
};

const WHO: &str = "who|name|person|rep|sales rep|salesperson|full name|employee|colleague|owner|wer|mitarbeiter|verkaufer|verkauferin|qui|nom|personne|commercial|\
    quien|nombre|persona|vendedor|comercial|chi|nome|venditore|wie|naam|persoon|verkoper|quem|pessoa|担当者|担当|氏名|名前|社員|誰";
const TEAM: &str = "team|group|office|region|branch|department|gruppe|buro|standort|abteilung|equipe|groupe|bureau|agence|equipo|grupo|oficina|squadra|gruppo|ufficio|\
    kantoor|groep|afdeling|escritorio|filial|チーム|部署|拠点|支店|課";
const FROM: &str = "from|since|start|starts|starting|begin|begins|von|ab|seit|beginn|de|du|depuis|debut|desde|inicio|da|dal|inizio|van|vanaf|sinds|a partir de|開始|開始日|から";
const UNTIL: &str = "to|until|till|end|ends|ending|last day|bis|ende|au|a|jusqu au|jusqu a|fin|hasta|al|fino al|fino a|fine|tot|tot en met|eind|einde|ate|fim|終了|終了日|まで|期限";
const TEXT: &str = "text|message|details|body|nachricht|texte|texto|mensaje|testo|messaggio|tekst|bericht|mensagem|本文|内容|メッセージ|詳細";
const TITLE: &str = "title|name|titel|titre|nom|titulo|nombre|titolo|nome|naam|タイトル|件名|題名|名称";
const HEADLINE: &str = "headline|title|what for|achievement|uberschrift|titel|schlagzeile|titre|titular|titulo|titolo|kop|manchete|見出し|タイトル|件名";
const WHAT: &str = "what|metric|indicator|activity|kpi|measure|type|was|kennzahl|aktivitat|art|quoi|indicateur|activite|mesure|que|indicador|actividad|metrica|medida|cosa|\
    indicatore|attivita|wat|activiteit|maatstaf|o que|atividade|何を|指標|活動|項目|種類|対象";
const TARGET: &str = "target|goal|quota|ziel|zielwert|soll|objectif|cible|objetivo|meta|cuota|obiettivo|doel|streefwaarde|目標|目標値|ノルマ";
const DATE: &str = "date|day|on|when|datum|tag|am|jour|le|fecha|dia|data|giorno|dag|日付|日|年月日";

/// The columns that a kind of sheet may have, the more particular ones first.
fn fields(kind: Kind) -> &'static [(Field, &'static str)] {
    match kind {
        Kind::People => &[
            (
                Alias,
                "alias|nickname|shown as|display name|wall name|anzeigename|spitzname|pseudonyme|surnom|apodo|soprannome|bijnaam|weergavenaam|apelido|nome exibido|表示名|ニックネーム",
            ),
            (
                Hidden,
                "hidden|hide|verborgen|ausgeblendet|nicht zeigen|cache|masque|oculto|nascosto|verbergen|ocultar|非表示",
            ),
            (Mentor, "mentor|coach|buddy|mentorin|pate|tuteur|tutor|tutore|begeleider|メンター|指導者"),
            (
                Birthday,
                "birthday|birth date|date of birth|geburtstag|geburtsdatum|anniversaire|date de naissance|cumpleanos|fecha de nacimiento|compleanno|data di nascita|verjaardag|\
                geboortedatum|aniversario|data de nascimento|誕生日|生年月日",
            ),
            (
                Started,
                "start date|started|first day|joined|hire date|hired|start|eintritt|eintrittsdatum|erster tag|arrivee|date d arrivee|embauche|fecha de inicio|ingreso|fecha de ingreso|\
                data di inizio|assunzione|assunto il|startdatum|in dienst|data de inicio|admissao|entrada|入社日|入社",
            ),
            (Since, "since|in team since|team since|from|seit|im team seit|depuis|desde|dal|sinds|異動日|配属日"),
            (
                Until,
                "until|left|last day|end date|bis|austritt|letzter tag|jusqu au|depart|hasta|salida|fino al|uscita|tot|uit dienst|ate|saida|退職日|まで",
            ),
            (Photo, "photo|picture|image|foto|bild|imagen|immagine|afbeelding|imagem|写真|顔写真|画像"),
            (Team, TEAM),
            (Plan, "plan|onboarding|ramp|einarbeitung|parcours|piano|plano|計画|研修"),
            (Who, WHO),
        ],
        Kind::Activities => &[
            (
                HowMany,
                "how many|count|number|quantity|qty|amount|value|anzahl|menge|wert|combien|nombre|quantite|valeur|cuantos|cantidad|numero|valor|quanti|quantita|valore|hoeveel|aantal|\
                waarde|quantos|quantidade|件数|数量|数|回数|値",
            ),
            (Date, DATE),
            (What, WHAT),
            (Team, TEAM),
            (Who, WHO),
        ],
        Kind::Goals => &[
            (Target, TARGET),
            (Level, "level|kind|stufe|niveau|nivel|livello|レベル|区分|種別"),
            (Period, "period|month|quarter|for|zeitraum|monat|periode|mois|periodo|mes|mese|maand|期間|月"),
            (Since, FROM),
            (Until, UNTIL),
            (What, WHAT),
            (
                Who,
                "who|whose|scope|for whom|name|team|person|wer|wessen|fur wen|qui|pour qui|nom|quien|para quien|nombre|chi|per chi|nome|wie|voor wie|naam|quem|para quem|誰|対象者|担当者|氏名|チーム",
            ),
        ],
        Kind::Scorecard => &[
            (Weight, "weight|weighting|gewicht|gewichtung|poids|peso|ponderacion|gewicht|weging|重み|比重|ウェイト"),
            (Cap, "cap|capped at|max|maximum|obergrenze|hochstens|plafond|tope|limite|massimo|plafond|teto|上限"),
            (LeadsTo, "leads to|feeds|fuhrt zu|mene a|conduit a|lleva a|porta a|leidt tot|leva a|つながる先|次の指標"),
            (Per, "per|every|period|pro|je|zeitraum|par|periode|por|cada|periodo|per ogni|期間|単位期間"),
            (
                Target,
                "target|goal|target per day|target per week|target per month|daily target|weekly target|monthly target|ziel|soll|ziel pro tag|ziel pro woche|ziel pro monat|objectif|cible|\
                objectif par jour|objectif par semaine|objectif par mois|objetivo|meta|objetivo por dia|objetivo por semana|objetivo por mes|obiettivo|obiettivo al giorno|obiettivo a settimana|\
                obiettivo al mese|doel|doel per dag|doel per week|doel per maand|meta por dia|meta por semana|meta por mes|目標|目標値|日次目標|週次目標|月次目標",
            ),
            (What, WHAT),
        ],
        Kind::Contests => &[
            (
                Prize,
                "prize|prizes|reward|1st prize|first prize|1 prize|prize 1|preis|preise|1 preis|gewinn|prix|lot|lots|1er prix|premio|premios|1er premio|premi|1 premio|prijs|prijzen|1e prijs|\
                premiacao|賞品|景品|1位賞品|商品",
            ),
            (Format, "format|rule|how|type|mode|art|modus|formato|modalita|vorm|形式|方式"),
            (Goal, "goal|first to|target|needed|ziel|objectif|but|objetivo|meta|obiettivo|doel|目標|到達目標"),
            (Rules, "rules|note|notes|regeln|hinweis|regles|reglas|regole|regels|regras|ルール|備考"),
            (Confirmed, "confirmed|final|result confirmed|bestatigt|confirme|confirmado|confermato|bevestigd|確定"),
            (Title, TITLE),
            (
                What,
                "what|counts|metric|metrics|points|was|zahlt|kennzahl|quoi|indicateur|que|indicador|cosa|indicatore|wat|telt|o que|何を|指標|対象",
            ),
            (
                Who,
                "who|for whom|participants|teams|people|wer|teilnehmer|qui|participants|quien|participantes|chi|partecipanti|wie|deelnemers|quem|誰|参加者|担当者|対象者",
            ),
            (Since, FROM),
            (Until, UNTIL),
        ],
        Kind::Onboarding => &[
            (
                DueDay,
                "due day|due|day|by day|fallig|falliger tag|tag|bis tag|jour|echeance|dia|vence|giorno|scadenza|dag|uiterlijk|prazo|期日|日目|期限",
            ),
            (
                Stage,
                "stage|step|milestone|task|stufe|schritt|aufgabe|etape|tache|etapa|paso|tarea|fase|passo|compito|stap|taak|tarefa|段階|ステップ|課題",
            ),
            (Done, "done|done on|completed|erledigt|erledigt am|fait|fait le|hecho|fatto|gedaan|feito|完了|完了日"),
            (
                Target,
                "target|how many|goal|ziel|anzahl|objectif|combien|objetivo|cuantos|obiettivo|quanti|doel|hoeveel|meta|quantos|目標|数量",
            ),
            (What, WHAT),
            (Mentor, "mentor|coach|buddy|pate|tuteur|tutor|tutore|begeleider|メンター|指導者"),
            (
                Started,
                "start date|started|first day|start|eintritt|erster tag|arrivee|fecha de inicio|data di inizio|startdatum|data de inicio|入社日|開始日",
            ),
            (Plan, "plan|onboarding|einarbeitung|parcours|piano|plano|計画"),
            (Who, WHO),
        ],
        Kind::Recognition => &[
            (Headline, HEADLINE),
            (Text, TEXT),
            (
                FromWhom,
                "from|by|from whom|said by|von|de|de la part de|par|por|da|da parte di|van|de quem|から|発信者|送り主",
            ),
            (Badge, "badge|kind|type|abzeichen|art|insigne|insignia|distintivo|badge|insignia|バッジ|種類"),
            (Date, DATE),
            (Who, WHO),
        ],
        Kind::News | Kind::Plays => &[
            (FromWhom, "by|from whom|author|said by|verfasser|auteur|autor|autore|発信者"),
            (
                Repeats,
                "repeats|repeat|every|recurs|wiederholt|jeden|wiederholung|repete|chaque|repite|cada|ripete|ogni|herhaalt|elke|repetir|繰り返し|毎週",
            ),
            (Team, TEAM),
            (Since, FROM),
            (Until, UNTIL),
            (Text, TEXT),
            (Title, HEADLINE),
            (Who, "who|shown by|run by|wer|qui|quien|chi|wie|quem|誰|担当者"),
        ],
        Kind::Calendar => &[
            (
                Work,
                "work|working day|share|open|arbeit|arbeitstag|anteil|travail|trabajo|lavoro|werk|trabalho|稼働|出勤",
            ),
            (Team, TEAM),
            (Date, DATE),
            (
                Text,
                "label|holiday|what|name|anlass|feiertag|bezeichnung|was|libelle|fete|festivo|motivo|festivita|feestdag|naam|feriado|nome|名称|祝日|内容",
            ),
        ],
        Kind::Settings => &[
            (
                Key,
                "setting|key|name|option|einstellung|parametre|reglage|ajuste|parametro|impostazione|instelling|configuracao|設定|項目",
            ),
            (Value, "value|wert|valeur|valor|valore|waarde|値|内容"),
        ],
        Kind::Deals => &[],
    }
}

/// Columns without which a sheet says nothing. Of a list in a list, one is enough.
fn required(kind: Kind) -> &'static [&'static [Field]] {
    match kind {
        Kind::People => &[&[Who], &[Team, Started, Birthday, Photo, Alias, Hidden, Mentor, Since, Until, Plan]],
        Kind::Activities => &[&[Who], &[Date]],
        Kind::Goals => &[&[Target], &[What, Who]],
        Kind::Scorecard => &[&[What], &[Target, Weight]],
        Kind::Contests => &[&[Title], &[What, Goal, Until, Prize]],
        Kind::Onboarding => &[&[Stage], &[DueDay]],
        Kind::Recognition => &[&[Who], &[Headline, Text]],
        Kind::News => &[&[Title, Text], &[Text, Since, Until, Repeats]],
        Kind::Plays => &[&[Title], &[Text, Who, Since, Until]],
        Kind::Calendar => &[&[Date]],
        Kind::Settings => &[&[Key], &[Value]],
        Kind::Deals => &[],
    }
}

/// The header of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Place in [`Grid::rows`].
    pub at: usize,
    pub columns: BTreeMap<Field, usize>,
    /// Columns with a name that is not known.
    pub others: Vec<(usize, String)>,
}

/// Rows in which the header is looked for.
const FIRST_ROWS: usize = 20;

/// Finds the header: the first of the rows with the most known columns.
///
/// # Errors
/// One line: which columns are missing and which were found.
pub fn find(grid: &Grid, kind: Kind) -> Result<Header, String> {
    let mut best: Option<Header> = None;
    for at in 0..grid.rows.len().min(FIRST_ROWS) {
        let header = header(grid, kind, at);
        if best.as_ref().is_none_or(|best| header.columns.len() > best.columns.len()) {
            best = Some(header);
        }
    }
    let header = best.filter(|header| !header.columns.is_empty());
    let missing = |header: &Header| {
        required(kind).iter().find(|any| !any.iter().any(|field| header.columns.contains_key(field))).copied()
    };
    let name_of = |field: &Field| {
        let words = fields(kind).iter().find(|(known, _)| known == field).map_or("", |(_, words)| words);
        format!("{:?}", words.split('|').next().unwrap_or_default())
    };
    match header {
        None => {
            let needs: Vec<String> = required(kind).iter().map(|any| name_of(&any[0])).collect();
            Err(format!("no row names its columns; it needs {}", needs.join(" and ")))
        }
        Some(header) => match missing(&header) {
            None => Ok(header),
            Some(any) => {
                let any: Vec<String> = any.iter().take(3).map(name_of).collect();
                let row = &grid.rows[header.at];
                let found: Vec<String> = row
                    .cells
                    .iter()
                    .filter_map(|cell| cell.shown())
                    .map(|name| format!("{:?}", short(&name, 30)))
                    .collect();
                Err(format!("no column {}; found {}", any.join(" or "), found.join(", ")))
            }
        },
    }
}

fn header(grid: &Grid, kind: Kind, at: usize) -> Header {
    let mut header = Header { at, columns: BTreeMap::new(), others: Vec::new() };
    for (column, cell) in grid.rows[at].cells.iter().enumerate() {
        let Some(name) = cell.as_text() else { continue };
        let phrase = words(name).join(" ");
        let fits = |(field, words): &&(Field, &str)| {
            !header.columns.contains_key(field) && words.split('|').any(|known| known.trim() == phrase)
        };
        match fields(kind).iter().find(fits) {
            Some((field, _)) => {
                header.columns.insert(*field, column);
            }
            None => header.others.push((column, name.to_owned())),
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Cell, Row};

    fn grid(rows: &[&[&str]]) -> Grid {
        let row = |(at, cells): (usize, &&[&str])| Row {
            number: at as u32 + 1,
            line: at as u32 + 1,
            cells: cells.iter().map(|cell| Cell::text(cell)).collect(),
        };
        Grid { sheet: Some("x".into()), rows: rows.iter().enumerate().map(row).collect() }
    }

    #[test]
    fn headers_are_found_behind_titles_and_in_other_languages() {
        let people = grid(&[&["Unser Team"], &["Name", "Team", "Eintritt", "Geburtstag"], &["Ana", "Nord"]]);
        let header = find(&people, Kind::People).unwrap();
        assert_eq!((header.at, header.columns[&Started], header.columns[&Birthday]), (1, 2, 3));
        let goals = grid(&[&["担当者", "指標", "月", "目標"]]);
        assert_eq!(find(&goals, Kind::Goals).unwrap().columns[&Period], 2);
    }

    #[test]
    fn a_missing_column_is_named() {
        let goals = grid(&[&["Who", "Metric", "Number"]]);
        let error = find(&goals, Kind::Goals).unwrap_err();
        assert_eq!(error, "no column \"target\"; found \"Who\", \"Metric\", \"Number\"");
    }

    #[test]
    fn names_of_columns_are_written_as_they_are_compared() {
        for kind in Kind::ALL {
            for (_, names) in fields(kind) {
                for name in names.split('|') {
                    assert_eq!(words(name).join(" "), name.trim(), "{kind:?}");
                }
            }
        }
    }
}
