//! Dates whose month is a word: `5 Nov 2026`, `Nov 5, 2026`, `5. November 2026`, `5 de noviembre de 2026`.

use jiff::civil::Date;

/// The months in English, German, French, Spanish, Dutch, Portuguese and Italian, and short.
const MONTHS: [&str; 12] = [
    "jan january januar jänner janvier janv enero ene januari janeiro gennaio gen",
    "feb february februar février fevrier févr fevr febrero februari fevereiro fev febbraio",
    "mar march märz marz mrz mars marzo maart mrt março marco",
    "apr april avril avr abril abr aprile",
    "may mai mayo mei maio maggio mag",
    "jun june juni juin junio junho giugno giu",
    "jul july juli juillet juil julio julho luglio lug",
    "aug august août aout agosto ago augustus",
    "sep sept september septembre septiembre setembro set settembre",
    "oct october okt oktober octobre octubre outubro out ottobre ott",
    "nov november novembre noviembre novembro",
    "dec december dez dezember décembre decembre déc diciembre dic dezembro dicembre",
];

/// Words between the parts.
const BETWEEN: [&str; 3] = ["de", "del", "of"];

/// The day, and what stands behind it: a time. `None`: no month is named.
pub(super) fn date(text: &str) -> Option<(Date, Option<&str>)> {
    let time = text.find(':').map(|colon| text[..colon].rfind(char::is_whitespace).unwrap_or(colon));
    let (day, time) = time.map_or((text, None), |at| (&text[..at], Some(text[at..].trim())));
    let words = day.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty() && !BETWEEN.contains(word)).collect();
    let [a, b, c] = words.as_slice() else { return None };
    let (month, day, year) = match (month(a), month(b)) {
        (Some(month), _) => (month, b, c),
        (None, Some(month)) if a.len() == 4 => (month, c, a),
        (None, Some(month)) => (month, a, c),
        _ => return None,
    };
    let day = ["st", "nd", "rd", "th", "er"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    let number = |text: &str| text.parse::<i16>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let year = match year.len() {
        2 => 2000 + number(year)?,
        4 => number(year)?,
        _ => return None,
    };
    let day = i8::try_from(number(day)?).ok()?;
    Date::new(year, month, day).ok().map(|date| (date, time))
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.split(' ').any(|name| name == word))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_by_their_names() {
        for text in [
            "5 Nov 2026",
            "Nov 5, 2026",
            "November 5th, 2026",
            "5-Nov-26",
            "05. November 2026",
            "5 nov. 2026",
            "5 novembre 2026",
            "5 de noviembre de 2026",
            "5 de novembro de 2026",
            "5 NOVEMBER 2026",
            "2026-Nov-05",
        ] {
            assert_eq!(
                date(text).map(|(date, time)| (date.to_string(), time)),
                Some(("2026-11-05".into(), None)),
                "{text}"
            );
        }
        let (day, time) = date("Mar 1, 2026 2:30 PM").unwrap();
        assert_eq!((day.to_string().as_str(), time), ("2026-03-01", Some("2:30 PM")));
        let month = |word: &str| super::month(word);
        assert_eq!(["août", "Mrz", "dic", "set", "Décembre"].map(month), [8, 3, 12, 9, 12].map(Some));
        for no in
            ["5 Now 2026", "31 Nov 2026", "Nov 2026", "5 11 2026", "Nov Nov 2026", "5 Nov 2", "a Nov b", "12:30", ""]
        {
            assert_eq!(date(no), None, "{no}");
        }
    }
}
