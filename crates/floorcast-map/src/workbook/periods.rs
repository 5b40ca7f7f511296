//! Reads periods, months and weekdays in words: `November`, `Q4 2026`, `2026-11`, `this week`, `every Monday`.

use jiff::civil::{Date, Weekday};
use salesfloor::facts::Settings;
use salesfloor::period::{Days, PeriodKind};

use crate::table::words;

/// The months, January first.
const MONTHS: [&str; 12] = [
    "january|jan|januar|janner|janvier|janv|enero|ene|gennaio|gen|januari|janeiro|1月",
    "february|feb|februar|fevrier|fevr|febrero|febbraio|februari|fevereiro|fev|2月",
    "march|mar|marz|mrz|mars|marzo|maart|mrt|marco|3月",
    "april|apr|avril|avr|abril|abr|aprile|4月",
    "may|mai|mayo|maggio|mag|mei|maio|5月",
    "june|jun|juni|juin|junio|giugno|giu|junho|6月",
    "july|jul|juli|juillet|juil|julio|luglio|lug|julho|7月",
    "august|aug|aout|agosto|ago|augustus|8月",
    "september|sep|sept|septembre|septiembre|settembre|set|setembro|9月",
    "october|oct|oktober|okt|octobre|octubre|ottobre|ott|outubro|out|10月",
    "november|nov|novembre|noviembre|novembro|11月",
    "december|dec|dezember|dez|decembre|diciembre|dic|dicembre|dezembro|12月",
];

/// The weekdays, Monday first.
const WEEKDAYS: [&str; 7] = [
    "monday|mondays|mon|montag|montags|mo|lundi|lundis|lun|lunes|lunedi|maandag|ma|segunda|segunda feira|seg|月曜日|月曜|月",
    "tuesday|tuesdays|tue|tues|dienstag|dienstags|di|mardi|mardis|mar|martes|martedi|dinsdag|terca|terca feira|ter|火曜日|火曜|火",
    "wednesday|wednesdays|wed|mittwoch|mittwochs|mi|mercredi|mercredis|mer|miercoles|mie|mercoledi|woensdag|wo|quarta|quarta feira|qua|水曜日|水曜|水",
    "thursday|thursdays|thu|thur|thurs|donnerstag|donnerstags|do|jeudi|jeudis|jeu|jueves|jue|giovedi|gio|donderdag|quinta|quinta feira|qui|木曜日|木曜|木",
    "friday|fridays|fri|freitag|freitags|fr|vendredi|vendredis|ven|viernes|vie|venerdi|vrijdag|vr|sexta|sexta feira|sex|金曜日|金曜|金",
    "saturday|saturdays|sat|samstag|samstags|sonnabend|sa|samedi|samedis|sam|sabado|sab|sabato|zaterdag|za|土曜日|土曜|土",
    "sunday|sundays|sun|sonntag|sonntags|so|dimanche|dimanches|dim|domingo|dom|domenica|zondag|zo|日曜日|日曜|日",
];

/// The number of a month by its name.
pub fn month(name: &str) -> Option<i8> {
    let phrase = words(name).join(" ");
    let at = MONTHS.iter().position(|names| names.split('|').any(|known| known == phrase))?;
    Some(at as i8 + 1)
}

pub fn weekday(name: &str) -> Option<Weekday> {
    let phrase = words(name).join(" ");
    let at = WEEKDAYS.iter().position(|names| names.split('|').any(|known| known == phrase))?;
    Weekday::from_monday_zero_offset(at as i8).ok()
}

/// The days that a period in words means. A month without a year is that of the current year; `Q4` is the fiscal one.
pub fn days(text: &str, today: Date, settings: &Settings) -> Option<Days> {
    let all = words(text);
    let phrase = all.join(" ");
    let current = |kind: PeriodKind| Some(kind.containing(today, settings));
    let is = |list: &str| list.split('|').any(|word| word == phrase);
    if is("today|heute|aujourd hui|hoy|oggi|vandaag|hoje|本日|今日") {
        return current(PeriodKind::Day);
    }
    if is(
        "week|this week|woche|diese woche|semaine|cette semaine|semana|esta semana|settimana|questa settimana|deze week|今週|週",
    ) {
        return current(PeriodKind::Week);
    }
    if is("month|this month|monat|dieser monat|mois|ce mois|mes|este mes|mese|questo mese|maand|deze maand|今月|月")
    {
        return current(PeriodKind::Month);
    }
    if is(
        "quarter|this quarter|quartal|dieses quartal|trimestre|ce trimestre|este trimestre|questo trimestre|kwartaal|dit kwartaal|今四半期|四半期",
    ) {
        return current(PeriodKind::Quarter);
    }
    if is(
        "year|this year|jahr|dieses jahr|annee|cette annee|ano|este ano|anno|quest anno|jaar|dit jaar|今年|年|今年度|年度",
    ) {
        return current(PeriodKind::Year);
    }
    let year_of = |text: &str| text.parse::<i16>().ok().filter(|year| (1990..=2100).contains(year));
    // 2026年11月
    if let Some((year, rest)) = phrase.split_once('年')
        && let Some(year) = year_of(year.trim())
    {
        return of_month(month(rest.trim())?, year);
    }
    let years: Vec<i16> = all.iter().filter_map(|word| year_of(word)).collect();
    let rest: Vec<&str> = all.iter().map(String::as_str).filter(|word| year_of(word).is_none()).collect();
    let year = match years.as_slice() {
        [] => None,
        [year] => Some(*year),
        _ => return None,
    };
    match (rest.as_slice(), year) {
        ([], Some(year)) => {
            Some(PeriodKind::Year.containing(Date::new(year, settings.fiscal_month, 1).ok()?, settings))
        }
        ([word], year) => {
            if let Some(month) = month(word) {
                return of_month(month, year.unwrap_or(today.year()));
            }
            // 2026-11
            if let (Some(year), Ok(month)) = (year, word.parse::<i8>()) {
                return of_month(month, year);
            }
            let quarter = word.strip_prefix(['q', 't', 'k'])?.parse::<i8>().ok().filter(|q| (1..=4).contains(q))?;
            of_quarter(quarter, year, today, settings)
        }
        _ => None,
    }
}

fn of_month(month: i8, year: i16) -> Option<Days> {
    let start = Date::new(year, month, 1).ok()?;
    Some(Days { start, end: start.checked_add(jiff::Span::new().months(1)).ok()? })
}

/// A quarter of the fiscal year that begins in a year, or of the current one.
fn of_quarter(quarter: i8, year: Option<i16>, today: Date, settings: &Settings) -> Option<Days> {
    let first = match year {
        Some(year) => Date::new(year, settings.fiscal_month, 1).ok()?,
        None => PeriodKind::Year.containing(today, settings).start,
    };
    let start = first.checked_add(jiff::Span::new().months(i64::from(quarter - 1) * 3)).ok()?;
    Some(Days { start, end: start.checked_add(jiff::Span::new().months(3)).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_are_read_as_people_write_them() {
        let today = date(2026, 11, 29);
        let settings = Settings::default();
        let read = |text: &str| days(text, today, &settings).map(|days| [days.start, days.end]);
        let november = Some([date(2026, 11, 1), date(2026, 12, 1)]);
        for text in
            ["November", "nov", "November 2026", "2026-11", "11/2026", "this month", "2026年11月", "11月", "Noviembre"]
        {
            assert_eq!(read(text), november, "{text}");
        }
        assert_eq!(read("März"), Some([date(2026, 3, 1), date(2026, 4, 1)]));
        assert_eq!(read("Q4"), Some([date(2026, 10, 1), date(2027, 1, 1)]));
        assert_eq!(read("Q1 2027"), Some([date(2027, 1, 1), date(2027, 4, 1)]));
        assert_eq!(read("2027"), Some([date(2027, 1, 1), date(2028, 1, 1)]));
        assert_eq!(read("diese Woche"), Some([date(2026, 11, 23), date(2026, 11, 30)]));
        assert_eq!([read("soon"), read("13/2026"), read("Q5"), read("2026 2027")], [None; 4]);
        let april = Settings { fiscal_month: 4, ..Settings::default() };
        let q4 = days("Q4", today, &april).unwrap();
        assert_eq!([q4.start, q4.end], [date(2027, 1, 1), date(2027, 4, 1)]);
    }

    #[test]
    fn weekdays_are_read_in_the_languages_of_the_wall() {
        for name in ["Monday", "mondays", "Montag", "lundi", "月曜"] {
            assert_eq!(weekday(name), Some(Weekday::Monday), "{name}");
        }
        assert_eq!(weekday("day"), None);
    }
}
