//! What stands in the place of an owner: a name, or an id, a mail address, a desk; and names that are spelt nearly alike.

use floorcast_map::table::words;

/// What an owner of a deal looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerKind {
    Name,
    Id,
    Mail,
    /// A queue, a desk, a channel, a team.
    Desk,
}

/// What a name looks like by itself, whoever is known.
pub fn kind_of(name: &str) -> OwnerKind {
    let name = name.trim();
    if mail_in(name).is_some() {
        OwnerKind::Mail
    } else if is_id(name) {
        OwnerKind::Id
    } else if is_desk(name) {
        OwnerKind::Desk
    } else {
        OwnerKind::Name
    }
}

/// The address in `ana@x.example` or `Ana Sousa <ana@x.example>`, in lower case.
pub fn mail_in(text: &str) -> Option<String> {
    let inner = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(text, |(inner, _)| inner);
    let inner = inner.trim().strip_prefix("mailto:").unwrap_or(inner.trim());
    let (local, host) = inner.split_once('@')?;
    let is_mail = !local.is_empty() && !host.is_empty() && !inner.contains(char::is_whitespace) && !host.contains('@');
    is_mail.then(|| inner.to_lowercase())
}

/// Letters, digits and signs in one piece, or more digits than letters: `701`, `005Hs00000F`, `user_12`, `# 4711`. A word with one
/// or two digits behind it, `Rep7`, may be how somebody is called.
fn is_id(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if digits == 0 {
        return false;
    }
    let numbered = |word: &str| has(ACCOUNTS, word) || word.chars().all(|c| c.is_ascii_digit());
    if digits > letters || words(name).iter().all(|word| numbered(word)) {
        return true;
    }
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_word = bare.chars().count() >= 3 && bare.chars().all(char::is_alphabetic) && name.len() - bare.len() <= 2;
    !name.contains(char::is_whitespace) && (!is_word || has(ACCOUNTS, &bare.to_lowercase()))
}

/// Words before the number of an account: `user12` is nobody's name.
const ACCOUNTS: &str =
    "user id uid usr emp owner acct account queue agentid employee benutzer utilisateur usuario gebruiker utente";

/// Words by which a name is that of a desk, whatever stands beside them.
const DESK: &str = "desk helpdesk queue team inbox hotline department dept backlog abteilung warteschlange equipe equipo squadra callcenter \
    unassigned unallocated nonassigned";

/// Words of which alone the names of desks and channels consist.
const OF_DESKS: &str = "web website webshop online onlineshop internet shop store ecommerce commerce house office backoffice back sales sale inside outside \
    field support service services customer customers client clients success marketing partner partners partnership channel reseller resellers distributor \
    direct indirect phone telephone mail email system admin administrator api bot robot automation auto integration user users account accounts key pool \
    group shared general other others misc various unknown open free new default import migration crm salesforce hubspot pipedrive zoho dynamics \
    company corporate head hq main region regional territory area north south east west central northeast northwest southeast southwest emea apac dach amer americas latam anz \
    nordics eu uk us usa international global domestic export inbound outbound bound in out lead leads sdr bdr reception info contact walk walkin counter \
    till register kiosk self portal app mobile social media facebook instagram linkedin google amazon ebay events event trade fair referral referrals \
    night day shift floor development business accounting finance operations ops order orders quote quotes renewal renewals enterprise smb midmarket public sector \
    vertrieb innendienst aussendienst verkauf laden filiale zentrale nord sud ost west mitte allgemein sonstige andere haus geschaft kasse kundenservice kundendienst telefon \
    vente ventes boutique magasin siege commercial commerciale autre autres divers ouest est site ligne en \
    ventas venta tienda comercial otros otro oficina norte sur este oeste linea web \
    verkoop winkel kantoor overig noord zuid oost binnendienst buitendienst \
    vendas venda loja outros outro escritorio sul leste oeste vendite vendita negozio altri altro ufficio ovest \
    of and the de der die das du la le il von y e und et";

/// Parts of such names in Japanese, which has no spaces between words.
const DESK_PARTS: &[&str] = &[
    "チーム",
    "デスク",
    "キュー",
    "窓口",
    "営業部",
    "事業部",
    "営業所",
    "本部",
    "本社",
    "支店",
    "本店",
    "オンライン",
    "ウェブ",
    "未割",
    "共有",
    "グループ",
    "代理店",
];

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|of| of == word)
}

fn is_desk(name: &str) -> bool {
    if DESK_PARTS.iter().any(|part| name.contains(part)) {
        return true;
    }
    let words = words(name);
    let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
    words.iter().any(|word| has(DESK, word))
        || (!words.is_empty() && words.iter().all(|word| has(OF_DESKS, word) || is_number(word)))
}

/// What is left of a name without case, accents, order and spaces: of "Souza, Ana", "ana souza" and "AnaSouza" the same.
pub fn sound(name: &str) -> String {
    let mut words = words(name);
    words.sort_unstable();
    let joined = words.concat();
    if joined.is_empty() { name.to_owned() } else { joined }
}

/// How far two spellings are from each other that may be one person's: 0 sounds the same. `None`: these are two names.
pub fn distance(one: &str, other: &str) -> Option<usize> {
    if sound(one) == sound(other) || words(one).concat() == words(other).concat() {
        return Some(0);
    }
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(one) != digits(other) {
        return None;
    }
    let (mut left, mut right) = (words(one), words(other));
    if left.is_empty() || right.is_empty() {
        return None;
    }
    let shorter = left.len().min(right.len());
    // What both have is no difference.
    left.retain(|word| match right.iter().position(|of| of == word) {
        Some(at) => {
            right.remove(at);
            false
        }
        None => true,
    });
    let same = shorter - left.len().min(right.len());
    let mut far = 0;
    let (few, mut many) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    for word in few {
        let best = many.iter().enumerate().filter_map(|(at, of)| Some((misspelt(&word, of, same > 0)?, at))).min()?;
        far += best.0;
        many.remove(best.1);
    }
    // More words are another name for the same person: a second first name, a double surname, first names only.
    (far <= 3).then_some(if many.is_empty() { far } else { far + 3 })
}

/// How far a word is from one that may be meant. A letter alone stands for a name that begins so, beside one that is the same.
fn misspelt(word: &str, of: &str, beside_the_same: bool) -> Option<usize> {
    let (n, m) = (word.chars().count(), of.chars().count());
    let (short, long) = if n <= m { (word, of) } else { (of, word) };
    if n.min(m) == 1 && short.is_ascii() {
        return (beside_the_same && long.starts_with(short)).then_some(2);
    }
    let allowed = match n.max(m) {
        0..=3 => 0,
        4 => usize::from(beside_the_same),
        5..=7 => 1,
        _ => 2,
    };
    Some(strsim::osa_distance(word, of)).filter(|far| *far <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike_and_other_names_do_not() {
        for name in ["Ana Souza", "ana souza", "Souza, Ana", "AnaSouza", "Aña  Souzá"] {
            assert_eq!(sound(name), "anasouza", "{name}");
        }
        assert_ne!(sound("Ana Sousa"), "anasouza");
        assert_ne!(sound("長谷川 ひかる"), sound("長谷川 あかり"));
    }

    #[test]
    fn ids_addresses_and_desks_are_nobody_and_names_are_somebody() {
        use OwnerKind::{Desk, Id, Mail, Name};
        for (kind, all) in [
            (
                Id,
                &[
                    "701",
                    "005Hs00000F",
                    "0055g00000AbCdE",
                    "user_12",
                    "user12",
                    "#4711",
                    "Owner 41288",
                    "a1b2c3d4-0000-4000-8000-abcdefabcdef",
                    "EMP0042",
                    "+49 170 1234567",
                ][..],
            ),
            (Mail, &["ana@x.example", "Ana Sousa <ana@x.example>", "mailto:ana@x.example"][..]),
            (
                Desk,
                &[
                    "Sales Desk",
                    "Web",
                    "Unassigned",
                    "Online Shop",
                    "Team Lisbon",
                    "House Account",
                    "Inside Sales",
                    "SalesQueue",
                    "API User",
                    "Vertrieb Nord",
                    "Boutique en ligne",
                    "営業部",
                    "東京チーム",
                    "Web 2",
                    "System Administrator",
                    "EMEA Inbound",
                ][..],
            ),
            (
                Name,
                &[
                    "Ana Sousa",
                    "Núria Sales",
                    "Gregory House",
                    "Oliver North",
                    "Rep7",
                    "Agent Number07",
                    "Yuki",
                    "長谷川 ひかる",
                    "阿部 健",
                    "Jan Pool",
                    "Peter O'Neill",
                    "Webb, Ann",
                    "von der Leyen",
                    "Max Laden",
                    "J. Office-Smith",
                    "M4rta Szabó",
                ][..],
            ),
        ] {
            for name in all {
                assert_eq!(kind_of(name), kind, "{name}");
            }
        }
    }

    #[test]
    fn near_spellings_are_found_and_other_people_are_left_alone() {
        for (one, other, far) in [
            ("Szabó, Marta", "Marta Szabo", Some(0)),
            ("Pieter van der Berg", "Pieter Vanderberg", Some(0)),
            ("Yuki Tanaba", "Yuki Tanabe", Some(1)),
            ("Anna Schmitt", "Anna Schmidt", Some(1)),
            ("Jörg Müller", "Joerg Mueller", Some(2)),
            ("M. Szabó", "Marta Szabó", Some(2)),
            ("Katherine Hawk", "Catharine Hawk", Some(2)),
            ("Ana", "Ana Sousa", Some(3)),
            ("Ana Maria Sousa", "Ana Sousa", Some(3)),
            ("Ana Sousa", "Ben Sousa", None),
            ("Tom Berg", "Tim Berg", None),
            ("Anna", "Anne", None),
            ("Agent Number01", "Agent Number02", None),
            ("Manager A", "Manager B", None),
            ("長谷川 ひかる", "長谷川 あかり", None),
            ("Hugo Marchetti", "Sofia Lindqvist", None),
        ] {
            assert_eq!((distance(one, other), distance(other, one)), (far, far), "{one} · {other}");
        }
    }
}
