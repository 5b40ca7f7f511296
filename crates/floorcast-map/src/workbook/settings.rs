//! The sheet Settings: one setting in each row.

use super::builder::Builder;
use super::fields::Field;
use super::sheets::Kind;
use crate::table::{Amount, Cell, Grid, Writing, words};
use crate::text::short;

const KEYS: [(&str, &str); 14] = [
    (
        "zone",
        "zone|time zone|timezone|zeitzone|fuseau|fuseau horaire|zona|zona horaria|fuso|fuso orario|tijdzone|fuso horario|タイムゾーン|時間帯",
    ),
    (
        "week",
        "week start|week starts|first day of the week|wochenbeginn|wochenstart|debut de semaine|inicio de semana|inizio settimana|weekbegin|inicio da semana|週の開始|週の始まり",
    ),
    (
        "fiscal",
        "fiscal month|fiscal year starts|fiscal year|geschaftsjahr|geschaftsjahr beginnt|exercice|ano fiscal|anno fiscale|boekjaar|会計年度|期首月|年度開始月",
    ),
    ("currency", "currency|wahrung|devise|moneda|valuta|moeda|通貨"),
    ("title", "title|titel|titre|titulo|titolo|タイトル"),
    ("company", "company|company name|name|firma|unternehmen|entreprise|societe|empresa|azienda|bedrijf|会社|会社名"),
    ("language", "language|sprache|langue|idioma|lingua|taal|言語"),
    ("activities", "activities|aktivitaten|activites|actividades|attivita|activiteiten|atividades|活動"),
    (
        "targets",
        "targets on the wall|show targets|people s targets|ziele zeigen|afficher les objectifs|mostrar objetivos|mostra obiettivi|doelen tonen|mostrar metas|目標を表示",
    ),
    (
        "mean",
        "fewest people of a mean|smallest group|kleinste gruppe|plus petit groupe|grupo minimo|gruppo minimo|kleinste groep|最小人数",
    ),
    (
        "playlist",
        "playlist|slides|slides on the wall|show|folien|seiten|anzeige|abfolge|diapositives|pages|diapositivas|pantallas|diapositive|pagine|schermate|dia s|schermen|telas|プレイリスト|スライド|表示順",
    ),
    (
        "top",
        "people on rankings|top|top n|ranking length|leute auf ranglisten|personen auf ranglisten|personnes au classement|personas en el ranking|persone in classifica|mensen op ranglijsten|pessoas no ranking|上位人数|表示人数",
    ),
    (
        "celebrate",
        "celebrate deals from|celebrate deals|celebrations|abschlusse feiern ab|abschlusse feiern|feiern ab|feter les contrats des|feter les contrats|celebrar operaciones desde|celebrar operaciones|festeggia i contratti da|festeggia i contratti|vier deals vanaf|vier deals|celebrar negocios a partir de|celebrar negocios|お祝いする受注額|お祝い",
    ),
    (
        "workdays",
        "working days|workdays|arbeitstage|jours ouvres|dias laborables|giorni lavorativi|werkdagen|dias uteis|営業日|稼働日",
    ),
];

pub fn read(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Settings) else { return };
    let mut set = 0;
    for row in reader.rows() {
        let (Some(key), Some(value)) = (reader.text(row, Field::Key), reader.text(row, Field::Value)) else { continue };
        let phrase = words(&key).join(" ");
        let known = KEYS.iter().find(|(_, names)| names.split('|').any(|name| name == phrase));
        let Some((known, _)) = known else {
            reader.wrong(row, Field::Key, format!("{:?} is no setting", short(&key, 60)));
            continue;
        };
        match apply(builder, known, &value) {
            Ok(()) => set += 1,
            Err(expected) => {
                reader.wrong(row, Field::Value, format!("{:?} is not {expected}", short(&value, 60)));
            }
        }
    }
    builder.close(reader, format!("{set} settings"));
}

/// # Errors
/// What was expected.
fn apply(builder: &mut Builder<'_>, key: &str, value: &str) -> Result<(), &'static str> {
    let settings = &mut builder.floor.settings;
    match key {
        "zone" => {
            jiff::tz::TimeZone::get(value).map_err(|_| "a time zone such as Europe/Berlin")?;
            settings.tz = value.to_owned();
        }
        "week" => {
            settings.week_start = super::periods::weekday(value).ok_or("a day of the week")?.to_monday_one_offset()
        }
        "fiscal" => {
            let number = value.parse::<i8>().ok().filter(|month| (1..=12).contains(month));
            settings.fiscal_month = number.or_else(|| super::periods::month(value)).ok_or("a month")?;
        }
        "currency" => settings.currency = crate::reading::sign::named(value).ok_or("a currency such as EUR")?,
        "title" => builder.title = Some(value.to_owned()),
        "company" => settings.name = value.to_owned(),
        "language" => {
            let tag = value.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            salesfloor::board::Labels::LANGUAGES
                .contains(&tag.as_str())
                .then_some(())
                .ok_or("a language: en, de, fr, es, it, nl, pt, ja")?;
            settings.locale = value.to_owned();
        }
        "activities" => {
            const LOG: &str = "log|daily log|each day|per day|tagebuch|pro tag|taglich|journal|par jour|diario|por dia|al giorno|per dag|dagelijks|日次|毎日";
            const TOTALS: &str = "running totals|totals|totals to date|cumulative|laufende summen|summen|cumul|cumuls|acumulado|acumulados|cumulato|totali|cumulatief|累計";
            let phrase = words(value).join(" ");
            let is = |list: &str| list.split('|').any(|word| word == phrase);
            builder.running_totals = match (is(LOG), is(TOTALS)) {
                (true, _) => false,
                (_, true) => true,
                _ => return Err("\"daily log\" or \"running totals\""),
            };
        }
        "targets" => {
            builder.targets = super::reader::yes_or_no(value).ok_or("yes or no")?;
        }
        "playlist" => {
            builder.playlist = super::playlist::read(value).ok_or("a list of sheets such as Deals, Goals, News")?;
        }
        "top" => {
            let n = value.parse::<u32>().ok().filter(|n| (1..=500).contains(n));
            builder.top = Some(n.ok_or("a number from 1 to 500")?);
        }
        "celebrate" => {
            builder.deal_min = match super::reader::yes_or_no(value) {
                Some(all) => all.then_some(0.0),
                None => Some(least(value).ok_or("an amount, yes or no")?),
            };
        }
        "mean" => {
            let n = value.parse::<u32>().ok().filter(|n| *n >= 5);
            settings.fewest_of_a_mean = n.ok_or("a number from 5 on")?;
        }
        _ => {
            let days: Option<Vec<_>> =
                value.split([',', ';', '、', ' ']).filter(|d| !d.is_empty()).map(super::periods::weekday).collect();
            let days = days.filter(|days| !days.is_empty()).ok_or("a list of days of the week")?;
            builder.floor.calendar.week = [0.0; 7];
            for day in days {
                builder.floor.calendar.week[usize::from(day.to_monday_zero_offset().unsigned_abs())] = 1.0;
            }
        }
    }
    Ok(())
}

/// An amount above 0, as a sheet writes it.
fn least(text: &str) -> Option<f64> {
    match Writing::default().amount(&Cell::text(text)) {
        Amount::Is(amount) if amount > 0.0 => Some(amount),
        _ => None,
    }
}
