//! The sheet Contests: one contest in each row.

use salesfloor::facts::{Contest, ContestFormat, Contestants, MetricId, Prize, Scope};

use super::builder::Builder;
use super::fields::Field;
use super::periods;
use super::reader::Reader;
use super::sheets::Kind;
use crate::table::{Cell, Grid, Row, words};
use crate::text::short;

pub fn read(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Contests) else { return };
    let places = prize_columns(&reader);
    reader.header.others.retain(|(at, _)| !places.iter().any(|(column, _)| column == at));
    let (mut rows, mut count) = (0, 0);
    for row in reader.rows() {
        rows += 1;
        if let Some(contest) = contest(builder, &mut reader, row, &places) {
            builder.floor.contests.push(contest);
            count += 1;
        }
    }
    builder.close(reader, format!("{count} of {rows} contests"));
}

fn contest<'g>(
    builder: &mut Builder<'_>,
    reader: &mut Reader<'g>,
    row: &'g Row,
    places: &[(usize, u32)],
) -> Option<Contest> {
    let title = reader.text(row, Field::Title)?;
    let metrics = metrics(builder, reader, row)?;
    let format = format(reader, row)?;
    let of = contestants(builder, reader, row, format)?;
    let goal = match reader.cell(row, Field::Goal) {
        Cell::Empty => None,
        _ => Some(reader.number(row, Field::Goal)?),
    };
    if let Some(goal) = goal.filter(|goal| *goal <= 0.0) {
        reader.wrong(row, Field::Goal, format!("expected a goal above 0, found {goal}"));
        return None;
    }
    if goal.is_none() && matches!(format, ContestFormat::FirstTo | ContestFormat::Threshold) {
        reader.wrong(row, Field::Goal, "this format needs a goal: how many");
        return None;
    }
    let settings = builder.floor.settings.clone();
    // One period in words is start and end.
    let words_of = |field: Field| {
        reader.cell(row, field).as_text().and_then(|text| periods::days(text, builder.today(), &settings))
    };
    let (start, end) = match (words_of(Field::Since), reader.cell(row, Field::Until).is_empty()) {
        (Some(days), true) => (builder.at(days.start, None), Some(builder.at(days.end, None))),
        _ => {
            let start = match reader.cell(row, Field::Since) {
                Cell::Empty => {
                    reader.wrong(row, Field::Since, "a contest needs its first day");
                    return None;
                }
                _ => reader.moment(row, Field::Since)?,
            };
            let end = match reader.cell(row, Field::Until) {
                Cell::Empty => None,
                _ => Some(reader.moment(row, Field::Until)?),
            };
            // The last day counts whole; an hour is the end.
            let end = end.and_then(|(day, time)| match time {
                Some(time) => Some(builder.at(day, Some(time))),
                None => Some(builder.at(day.tomorrow().ok()?, None)),
            });
            (builder.at(start.0, start.1), end)
        }
    };
    if end.is_none() && goal.is_none() {
        reader.wrong(row, Field::Until, "a contest needs its last day, or a goal that ends it");
        return None;
    }
    if end.is_some_and(|end| end <= start) {
        reader.wrong(row, Field::Until, "the contest ends before it starts");
        return None;
    }
    let confirmed = reader.column(Field::Confirmed).map(|_| reader.yes(row, Field::Confirmed) == Some(true));
    let points = !matches!(metrics.as_slice(), [(_, 1)]);
    let goal = goal.map(|goal| if points { goal.round() as i64 } else { builder.minor(metrics[0].0, goal) });
    let prizes = prizes(reader, row, places);
    let rules = reader.text(row, Field::Rules);
    let key = words(&title).join("-");
    let key = if key.is_empty() { row.number.to_string() } else { key };
    let taken = |key: &str| builder.floor.contests.iter().any(|other| other.key == key);
    let key = if taken(&key) { format!("{key}-{}", row.number) } else { key };
    Some(Contest { key, title, format, metrics, of, start, end, goal, prizes, rules, confirmed })
}

/// `Demos`, or points: `3 Meetings + 1 Calls`.
fn metrics<'g>(builder: &mut Builder<'_>, reader: &mut Reader<'g>, row: &'g Row) -> Option<Vec<(MetricId, u32)>> {
    let Some(text) = reader.text(row, Field::What) else {
        return reader.cell(row, Field::What).is_empty().then(|| vec![(builder.sold(None), 1)]);
    };
    let mut metrics = Vec::new();
    for part in text.split(['+', '＋']).map(str::trim).filter(|part| !part.is_empty()) {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let (points, name) = part.split_at(digits);
        let name = name.trim_start_matches([' ', '×', 'x', '*']).trim();
        let points = if points.is_empty() { 1 } else { points.parse::<u32>().ok().filter(|points| *points > 0)? };
        match builder.metric(name) {
            Some(id) => metrics.push((id, points)),
            None => {
                reader.wrong(row, Field::What, format!("no sheet has the indicator {:?}", short(name, 60)));
                return None;
            }
        }
    }
    (!metrics.is_empty()).then_some(metrics)
}

fn format<'g>(reader: &mut Reader<'g>, row: &'g Row) -> Option<ContestFormat> {
    const FORMATS: [(ContestFormat, &str); 7] = [
        (ContestFormat::Most, "most|highest|meiste|am meisten|le plus|mas|piu|meeste|mais|最多"),
        (ContestFormat::FirstTo, "first to|first|race|wer zuerst|zuerst|premier|primero|primo|eerste|primeiro|先着"),
        (
            ContestFormat::Threshold,
            "threshold|everyone who|all who reach|schwelle|alle ab|seuil|umbral|soglia|drempel|limite|達成者全員|到達",
        ),
        (
            ContestFormat::TeamTotal,
            "team total|teams|team|teamsumme|total par equipe|total por equipo|totale squadra|teamtotaal|total da equipe|チーム合計",
        ),
        (
            ContestFormat::TeamAverage,
            "team average|per head|per person|teamdurchschnitt|pro kopf|moyenne par equipe|media por equipo|media squadra|teamgemiddelde|media da equipe|チーム平均",
        ),
        (ContestFormat::Versus, "versus|vs|duel|duell|duelo|duello|対決"),
        (
            ContestFormat::Bracket,
            "bracket|knock out|knockout|tournament|cup|ko|turnier|pokal|tournoi|torneo|eliminatoria|toernooi|torneio|トーナメント|勝ち抜き",
        ),
    ];
    let Some(text) = reader.text(row, Field::Format) else { return Some(ContestFormat::Most) };
    let phrase = words(&text).join(" ");
    let found =
        FORMATS.iter().find(|(_, names)| names.split('|').any(|name| name == phrase)).map(|(format, _)| *format);
    if found.is_none() {
        let known = "most, first to, threshold, team total, team average, versus, bracket";
        reader.wrong(row, Field::Format, format!("{:?} is no format: {known}", short(&text, 60)));
    }
    found
}

/// Everybody, all teams, or those who are named.
fn contestants<'g>(
    builder: &Builder<'_>,
    reader: &mut Reader<'g>,
    row: &'g Row,
    format: ContestFormat,
) -> Option<Contestants> {
    const PEOPLE: &str = "people|everyone|everybody|all|reps|personen|alle|tous|personnes|todos|personas|tutti|persone|iedereen|pessoas|全員|個人";
    const TEAMS: &str = "teams|all teams|offices|alle teams|equipes|equipos|squadre|チーム|全チーム";
    let by_team = matches!(format, ContestFormat::TeamTotal | ContestFormat::TeamAverage);
    let names = reader.names(row, Field::Who);
    let is = |list: &str, name: &str| {
        let phrase = words(name).join(" ");
        list.split('|').any(|word| word == phrase)
    };
    match names.as_slice() {
        [] if by_team => return Some(Contestants::Teams(Vec::new())),
        [] => return Some(Contestants::People(Vec::new())),
        [one] if is(TEAMS, one) => return Some(Contestants::Teams(Vec::new())),
        [one] if is(PEOPLE, one) && !by_team => return Some(Contestants::People(Vec::new())),
        _ => {}
    }
    let (mut people, mut teams) = (Vec::new(), Vec::new());
    for name in &names {
        match builder.scope(name) {
            Some(Scope::Team(team)) => teams.push(team),
            Some(Scope::Person(person)) => people.push(person),
            _ => {
                reader.wrong(
                    row,
                    Field::Who,
                    format!("{:?}: expected a team or a person of the sheet People", short(name, 60)),
                );
                return None;
            }
        }
    }
    match (people.is_empty(), teams.len()) {
        (false, 0) => Some(Contestants::People(people)),
        // A contest of one team is one of its people.
        (true, 1) if !by_team => {
            let today = builder.today();
            let members =
                builder.floor.person_ids().filter(|id| builder.floor.person(*id).team_on(today) == Some(teams[0]));
            Some(Contestants::People(members.collect()))
        }
        (true, _) => Some(Contestants::Teams(teams)),
        (false, _) => {
            reader.wrong(row, Field::Who, "people and teams cannot compete with each other");
            None
        }
    }
}

/// `2nd prize`, `Prize 3`: columns of further prizes, with their places.
fn prize_columns(reader: &Reader<'_>) -> Vec<(usize, u32)> {
    const PRIZE: &str = "prize|preis|prix|premio|prijs|lot|賞品|位賞品|位";
    let place = |name: &str| {
        let all = words(name);
        let prize = all.iter().any(|word| {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
            PRIZE.split('|').any(|known| bare.ends_with(known))
        });
        let number: String = name.chars().filter(char::is_ascii_digit).collect();
        prize.then(|| number.parse::<u32>().ok().filter(|place| (1..=20).contains(place))).flatten()
    };
    reader.header.others.iter().filter_map(|(at, name)| Some((*at, place(name)?))).collect()
}

/// `Dinner`, or `1: Dinner; 2: Cinema`.
fn prizes<'g>(reader: &mut Reader<'g>, row: &'g Row, places: &[(usize, u32)]) -> Vec<Prize> {
    let mut prizes = Vec::new();
    if let Some(text) = reader.text(row, Field::Prize) {
        for (at, part) in text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()).enumerate() {
            let numbered = part.split_once([':', '：']).and_then(|(place, label)| {
                let digits: String = place.chars().filter(char::is_ascii_digit).collect();
                Some((digits.parse::<u32>().ok()?, label.trim()))
            });
            let (place, label) = numbered.unwrap_or((at as u32 + 1, part));
            prizes.push(Prize { place, label: label.to_owned() });
        }
    }
    for (column, place) in places {
        if let Some(label) = reader.text_at(row, *column) {
            prizes.push(Prize { place: *place, label });
        }
    }
    prizes.sort_by_key(|prize| prize.place);
    prizes.dedup_by_key(|prize| prize.place);
    prizes
}
