//! Recognises a sheet of the workbook by its name in eight languages.

use crate::table::words;

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Settings,
    Calendar,
    People,
    Deals,
    Activities,
    Goals,
    Scorecard,
    Contests,
    Onboarding,
    Recognition,
    News,
    Plays,
}

impl Kind {
    pub const ALL: [Kind; 12] = [
        Kind::Settings,
        Kind::Calendar,
        Kind::People,
        Kind::Deals,
        Kind::Activities,
        Kind::Goals,
        Kind::Scorecard,
        Kind::Contests,
        Kind::Onboarding,
        Kind::Recognition,
        Kind::News,
        Kind::Plays,
    ];

    /// Names of the sheet, without accents, with bars between them. The first is English.
    fn names(self) -> &'static str {
        match self {
            Kind::Settings => {
                "settings|options|einstellungen|parametres|reglages|ajustes|configuracion|impostazioni|instellingen|configuracoes|設定"
            }
            Kind::Calendar => {
                "calendar|holidays|kalender|feiertage|calendrier|jours feries|calendario|festivos|festivi|feestdagen|feriados|カレンダー|休日|祝日"
            }
            Kind::People => {
                "people|team|teams|staff|reps|sales reps|members|team members|employees|personen|leute|mitarbeiter|personal|personnes|equipe|equipes|collaborateurs|\
                personas|equipo|equipos|vendedores|persone|squadra|squadre|mensen|medewerkers|pessoas|colaboradores|社員|メンバー|担当者"
            }
            Kind::Deals => {
                "deals|sales|won deals|orders|opportunities|abschlusse|verkaufe|auftrage|umsatz|ventes|contrats|affaires|ventas|operaciones|contratos|vendite|contratti|\
                verkopen|orders|vendas|negocios|受注|売上|案件|商談"
            }
            Kind::Activities => {
                "activities|activity|activity log|leading indicators|aktivitaten|aktivitat|activites|activite|actividades|actividad|attivita|activiteiten|atividades|atividade|活動|行動"
            }
            Kind::Goals => "goals|targets|quotas|ziele|objectifs|objetivos|metas|obiettivi|doelen|doelstellingen|目標",
            Kind::Scorecard => {
                "scorecard|scorecards|kpis|indicators|kennzahlen|indikatoren|indicateurs|tableau de bord|indicadores|indicatori|scorekaart|scorekaarten|indicatoren|指標|行動指標|スコアカード"
            }
            Kind::Contests => {
                "contests|contest|competitions|wettbewerbe|wettbewerb|concours|challenges|concursos|concurso|gare|concorsi|wedstrijden|competicoes|campanhas|コンテスト|競争"
            }
            Kind::Onboarding => {
                "onboarding|ramp|new hires|einarbeitung|integration|parcours d integration|incorporacion|inserimento|inwerken|integracao|研修|オンボーディング|新人"
            }
            Kind::Recognition => {
                "recognition|shout outs|shoutouts|kudos|anerkennung|lob|reconnaissance|felicitations|reconocimientos|reconocimiento|riconoscimenti|erkenning|waardering|reconhecimento|\
                reconhecimentos|称賛|表彰"
            }
            Kind::News => {
                "news|messages|announcements|notices|neuigkeiten|nachrichten|meldungen|actualites|annonces|noticias|avisos|notizie|annunci|nieuws|mededelingen|お知らせ|ニュース|連絡"
            }
            Kind::Plays => {
                "plays|tips|play of the week|coaching|spielzuge|tipps|gestes|conseils|jugadas|consejos|mosse|consigli|jogadas|dicas|今週の一手|コツ"
            }
        }
    }

    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Settings => "Settings",
            Kind::Calendar => "Calendar",
            Kind::People => "People",
            Kind::Deals => "Deals",
            Kind::Activities => "Activities",
            Kind::Goals => "Goals",
            Kind::Scorecard => "Scorecard",
            Kind::Contests => "Contests",
            Kind::Onboarding => "Onboarding",
            Kind::Recognition => "Recognition",
            Kind::News => "News",
            Kind::Plays => "Plays",
        }
    }
}

/// What a sheet of this name holds; of a file `People.csv`, and of a sheet in one of several files `floor.xlsx/People`. A
/// file may have a date or a number in its name, as a browser and a CRM write them; a sheet `Goals 2025` beside `Goals` is
/// an old one.
pub fn kind_of(name: &str) -> Option<Kind> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let known = |phrase: String| Kind::ALL.into_iter().find(|kind| kind.names().split('|').any(|name| name == phrase));
    match name.rsplit_once('.') {
        Some((stem, end)) if is_table(end) => {
            known(words(stem).join(" ")).or_else(|| known(without_number(words(stem))?.join(" ")))
        }
        _ => known(words(name).join(" ")),
    }
}

/// Words that a copy or an export of a file has beside its name.
const COPY: [&str; 12] =
    ["export", "exports", "exported", "copy", "kopie", "copie", "copia", "copiar", "von", "of", "neu", "new"];

/// The words of a name without numbers, also at the end of a word, and without those of a copy. `None`: its only number is a
/// year, and the file may be an old one beside that of today.
fn without_number(words: Vec<String>) -> Option<Vec<String>> {
    let numbers: Vec<&String> = words.iter().filter(|word| word.chars().all(|c| c.is_ascii_digit())).collect();
    if let [year] = numbers.as_slice()
        && year.parse().is_ok_and(|year| (1900..2100).contains(&year))
    {
        return None;
    }
    let plain = words.into_iter().map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned());
    Some(plain.filter(|word| !word.is_empty() && !COPY.contains(&word.as_str())).collect())
}

/// Whether a file of this ending is a table.
pub fn is_table(ending: &str) -> bool {
    ["csv", "tsv", "tab", "xlsx", "xlsm", "ods"].iter().any(|kind| ending.eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_known_by_their_names() {
        for (name, kind) in [
            ("People", Some(Kind::People)),
            (" GOALS ", Some(Kind::Goals)),
            ("Aktivitäten", Some(Kind::Activities)),
            ("Jours fériés", Some(Kind::Calendar)),
            ("目標", Some(Kind::Goals)),
            ("Shout-outs", Some(Kind::Recognition)),
            ("people.CSV", Some(Kind::People)),
            ("floor.xlsx/Ziele", Some(Kind::Goals)),
            ("Aktivitäten_2026-11-30.csv", Some(Kind::Activities)),
            ("Aktivitäten2.csv", Some(Kind::Activities)),
            ("People (1).xlsx", Some(Kind::People)),
            ("Copy of goals.csv", Some(Kind::Goals)),
            ("2026-11 Kennzahlen.tsv", Some(Kind::Scorecard)),
            ("20261130.csv", None),
            ("Goals 2025.csv", None),
            ("People.txt", None),
            ("Sheet1", None),
            ("Goals 2025", None),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }

    #[test]
    fn no_name_means_two_kinds() {
        let mut all: Vec<&str> = Kind::ALL
            .into_iter()
            .flat_map(|kind| {
                let mut names: Vec<&str> = kind.names().split('|').collect();
                names.sort_unstable();
                names.dedup();
                names
            })
            .collect();
        all.sort_unstable();
        let twice: Vec<&&str> = all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
