//! What stands on a screen that nobody has paired yet: its letters, where they are entered, and a code that a phone reads.

use serde_json::{Value as Json, json};

/// Where the pages of the hub are, as the screen can say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingPlace {
    /// As people type it.
    pub shown: String,
    /// For phones; `None`: no other machine reaches it.
    pub origin: Option<String>,
}

/// What is said over the code, without one, and before the address.
struct Said {
    language: &'static str,
    scan: &'static str,
    letters: &'static str,
    page: &'static str,
}

const fn said(language: &'static str, scan: &'static str, letters: &'static str, page: &'static str) -> Said {
    Said { language, scan, letters, page }
}

/// The languages of walls; the page is called as its own languages call it. English is the first.
const SAID: [Said; 8] = [
    said(
        "en",
        "To pair this screen, scan the code, or enter these letters on the page Screens of the hub.",
        "To pair this screen, enter these letters on the page Screens of the hub.",
        "Page",
    ),
    said(
        "de",
        "Zum Koppeln den Code scannen oder diese Buchstaben auf der Seite Screens des Hubs eingeben.",
        "Zum Koppeln diese Buchstaben auf der Seite Screens des Hubs eingeben.",
        "Seite",
    ),
    said(
        "fr",
        "Pour associer cet écran, scannez le code ou saisissez ces lettres sur la page Screens du hub.",
        "Pour associer cet écran, saisissez ces lettres sur la page Screens du hub.",
        "Page",
    ),
    said(
        "es",
        "Para vincular esta pantalla, escanee el código o escriba estas letras en la página Screens del hub.",
        "Para vincular esta pantalla, escriba estas letras en la página Screens del hub.",
        "Página",
    ),
    said(
        "it",
        "Per associare lo schermo, inquadrare il codice o inserire le lettere nella pagina Screens dell'hub.",
        "Per associare lo schermo, inserire queste lettere nella pagina Screens dell'hub.",
        "Pagina",
    ),
    said(
        "pt",
        "Para associar este ecrã, leia o código ou escreva estas letras na página Screens do hub.",
        "Para associar este ecrã, escreva estas letras na página Screens do hub.",
        "Página",
    ),
    said(
        "nl",
        "Scan de code om dit scherm te koppelen, of voer deze letters in op de pagina Screens van de hub.",
        "Voer deze letters in op de pagina Screens van de hub om dit scherm te koppelen.",
        "Pagina",
    ),
    said(
        "ja",
        "コードを読み取るか、ハブの「画面」ページでこの文字を入力してください。",
        "この画面をつなぐには、ハブの「画面」ページでこの文字を入力してください。",
        "ページ",
    ),
];

/// The board of a screen that nobody has paired yet.
pub fn pairing_board(code: &str, place: &PairingPlace, (tz, locale): (&str, &str)) -> Json {
    let (first, last) = code.split_at(code.len() / 2);
    let said = SAID.iter().find(|said| locale.starts_with(said.language)).unwrap_or(&SAID[0]);
    // In capitals, which the code of a phone holds in larger modules.
    let link = place.origin.as_ref().map(|origin| format!("{origin}/PAIR/{code}"));
    let mut slide = json!({
        "type": "message", "id": "pair", "title": format!("{first} {last}"),
        "text": if link.is_some() { said.scan } else { said.letters },
        "facts": [{"label": said.page, "value": place.shown}],
    });
    if let Some(link) = link {
        slide["link"] = json!(link);
    }
    json!({"format": "salesboard/1", "tz": tz, "locale": locale, "slides": [slide]})
}
