//! Classifies a deal's stage as won, lost or open, in the words of the pipelines that people build.

use super::lists::has;
use super::name::{bracketed, words};

/// What a stage means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The deal is made.
    Won,
    /// It never will be.
    Lost,
    /// It is not yet, in so many words: "open".
    Open,
    /// It is somewhere on the way: "Negotiation". Beside another column that says how the deal ended it says nothing.
    Underway,
}

const WON: &str = "won win closedwon wonclosed dealwon signed countersigned sold booked paid invoiced ordered gewonnen unterschrieben unterzeichnet verkauft beauftragt \
    erfolgreich fakturiert bezahlt gagne gagnee gagnes gagnees signe signee vendu vendue remporte remportee facture facturee paye payee ganado ganada \
    ganados firmado firmada vendido vendida facturado facturada pagado pagada vinto vinta vinti firmato firmata venduto venduta aggiudicato \
    aggiudicata pagato pagata ganho ganha ganhos assinado assinada faturado faturada pago paga getekend ondertekend verkocht gefactureerd \
    betaald 受注 受注済 受注済み 成約 成約済 成約済み 契約済 契約済み 契約締結 契約締結済 契約締結済み 獲得 成立 商談成立 受注確定 完了受注 赢单 成交 已成交 已赢单";
const WON_PHRASES: &[&str] = &[
    "auftrag erteilt",
    "auftrag erhalten",
    "auftrag erteilt",
    "order received",
    "po received",
    "purchase order received",
    "contract closed",
    "verbal won",
    "bon de commande recu",
    "pedido recibido",
    "ordine ricevuto",
    "pedido recebido",
    "order ontvangen",
];

const LOST: &str = "lost loss lose closedlost lostclosed deallost dead rejected declined abandoned cancelled canceled disqualified unqualified junk \
    dropped failed churned refused withdrawn unsuccessful duplicate expired deleted outsold void verloren abgelehnt abgesagt abgebrochen \
    storniert disqualifiziert ungultig gescheitert perdu perdue perdus perdues refuse refusee annule annulee abandonne abandonnee rejete rejetee \
    perdido perdida perdidos rechazado rechazada cancelado cancelada descartado descartada anulado anulada perso persa persi rifiutato \
    rifiutata annullato annullata scartato afgewezen geannuleerd vervallen afgevallen recusado recusada rejeitado rejeitada desistiu \
    desqualificado 失注 失注済 失注済み 却下 中止 キャンセル 取消 取り消し 見送り 敗北 不成立 辞退 解約 输单 丢单 失败";
const LOST_PHRASES: &[&str] = &[
    "no deal",
    "out sold",
    "no decision",
    "not interested",
    "no go",
    "kein interesse",
    "pas interesse",
    "sin interes",
    "geen interesse",
    "no interest",
    "sem interesse",
    "non interessato",
];

const OPEN: &str = "open opened reopened new active pending ongoing working unassigned draft stalled awaiting waiting offen neu laufend aktiv wartend ausstehend \
    ouvert ouverte nouveau nouvelle abierto abierta nuevo nueva pendiente activo activa aperto aperta nuovo nuova sospeso attivo attiva \
    aberto aberta novo nova pendente ativo ativa lopend nieuw openstaand actief 進行中 商談中 未成約 新規 保留 未着手 対応中 未受注 未契約 未完了 \
    unsigned unpaid";
const OPEN_PHRASES: &[&str] = &[
    "in progress",
    "in process",
    "on hold",
    "not started",
    "to do",
    "in bearbeitung",
    "in arbeit",
    "en cours",
    "en attente",
    "en curso",
    "en proceso",
    "en espera",
    "in corso",
    "in attesa",
    "em aberto",
    "em andamento",
    "em espera",
    "in behandeling",
    "in afwachting",
];

/// Beginnings of the words for steps on the way.
const UNDERWAY: &[&str] = &[
    "qualif",
    "prequalif",
    "prospect",
    "discover",
    "demo",
    "propos",
    "quot",
    "negoti",
    "contacted",
    "contact made",
    "appoint",
    "present",
    "meeting",
    "evaluat",
    "needs",
    "analysis",
    "review",
    "verbal",
    "commit",
    "perception",
    "decision",
    "id decision",
    "value prop",
    "contract sent",
    "contractsent",
    "sent",
    "forecast",
    "upside",
    "pipeline",
    "best case",
    "nurtur",
    "follow",
    "trial",
    "poc",
    "pilot",
    "lead",
    "inbound",
    "incoming",
    "scheduled",
    "intro",
    "scoping",
    "scope",
    "solution",
    "shortlist",
    "onsite",
    "interest",
    "engag",
    "closing",
    "legal",
    "procurement",
    "approval",
    "erstkontakt",
    "bedarf",
    "angebot",
    "verhandl",
    "prasentation",
    "termin",
    "kontaktiert",
    "interessent",
    "anfrage",
    "vertrag gesendet",
    "vertrag versendet",
    "besichtig",
    "entscheid",
    "negoci",
    "devis",
    "decouverte",
    "a contacter",
    "rendez",
    "rdv",
    "relance",
    "cualific",
    "calific",
    "propuesta",
    "presupuesto",
    "cita",
    "reunion",
    "visita",
    "proposta",
    "trattativa",
    "negoz",
    "preventiv",
    "offert",
    "incontro",
    "orcamento",
    "qualificacao",
    "reuniao",
    "kwalific",
    "voorstel",
    "onderhandel",
    "afspraak",
    "gesprek",
    "benader",
];
/// The same where no spaces part the words.
const UNDERWAY_EAST: &[&str] = &[
    "提案",
    "見積",
    "交渉",
    "検討",
    "訪問",
    "アポ",
    "ヒアリング",
    "見込",
    "内示",
    "リード",
    "デモ",
    "稟議",
    "最終",
    "商談",
    "初回",
    "接触",
    "跟进",
    "谈判",
    "报价",
];

/// Words by which a deal is not won yet, or perhaps: what such a stage means nobody can know from its words.
const PERHAPS: &str = "later soon nearly almost likely probably probable expected expecting maybe perhaps if unless until bald fast vielleicht wahrscheinlich \
    voraussichtlich bientot presque probablement pronto casi quiza quizas probablemente presto quasi forse probabilmente quase breve talvez \
    provavelmente binnenkort bijna misschien waarschijnlijk 見込 予定 多分";

const NOT: &str = "not nicht non no niet nao pas noch never nie nunca mai un kein keine ikke";

/// What a text in a stage column means; `None`: that is not known.
pub fn meaning(text: &str) -> Option<Meaning> {
    let outside = of_words(&words(text));
    // "Closed (Won)" says it inside, "Closed Won (Sales Pipeline)" outside.
    outside.or_else(|| of_words(&words(bracketed(text)?)))
}

fn of_words(words: &[String]) -> Option<Meaning> {
    let has = |list: &'static str| words.iter().any(|word| has(list, word));
    let phrase = words.join(" ");
    let says = |phrases: &[&str]| phrases.iter().any(|known| phrase.contains(known));
    let joined = words.concat();
    let (lost, won) = (has(LOST) || says(LOST_PHRASES), has(WON) || says(WON_PHRASES) || joined.contains("closedwon"));
    if lost || joined.contains("closedlost") {
        return Some(Meaning::Lost);
    }
    if has(OPEN) || says(OPEN_PHRASES) || won && has(NOT) {
        return Some(Meaning::Open);
    }
    if won && has(PERHAPS) {
        return None;
    }
    if won {
        return Some(Meaning::Won);
    }
    let begins = |begin: &&str| phrase.starts_with(*begin) || phrase.contains(&format!(" {begin}"));
    let east = |part: &&str| phrase.contains(*part);
    (UNDERWAY.iter().any(begins) || UNDERWAY_EAST.iter().any(east)).then_some(Meaning::Underway)
}

/// What a cell of a column "Won" means: `None`: neither yes nor no.
pub fn yes(text: &str) -> Option<bool> {
    const YES: &str =
        "true yes y 1 x ja oui si sim vero verdadero verdadeiro wahr vrai waar won gewonnen はい ✓ ✔ ○ 是 1.0";
    const NO: &str = "false no n 0 nein non nao nee falso falsch faux onwaar lost いいえ × ✗ ✘ 否 - 0.0";
    let low = text.trim().to_lowercase();
    let bare = words(&low).join(" ");
    let is = |list: &'static str| has(list, &bare) || has(list, &low);
    if is(YES) {
        Some(true)
    } else if is(NO) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_known_by_their_meaning() {
        for (text, expected) in [
            ("Closed Won (Sales Pipeline)", Some(Meaning::Won)),
            ("Gewonnen (100%)", Some(Meaning::Won)),
            ("Closed (Won)", Some(Meaning::Won)),
            ("7 - Closed/Won", Some(Meaning::Won)),
            ("closedwon", Some(Meaning::Won)),
            ("Contract signed", Some(Meaning::Won)),
            ("Cerrado ganado", Some(Meaning::Won)),
            ("受注", Some(Meaning::Won)),
            ("Closed Lost to Competition", Some(Meaning::Lost)),
            ("Perdido", Some(Meaning::Lost)),
            ("Nicht gewonnen", Some(Meaning::Open)),
            ("Not signed yet", Some(Meaning::Open)),
            ("Pending signature", Some(Meaning::Open)),
            ("受注見込", Some(Meaning::Underway)),
            ("Negotiation/Review", Some(Meaning::Underway)),
            ("appointmentscheduled", Some(Meaning::Underway)),
            ("Angebot gesendet", Some(Meaning::Underway)),
            ("Won back later", None),
            ("Almost won", None),
            ("Closed Won - Renewal", Some(Meaning::Won)),
            ("Closed", None),
            ("Umbrella", None),
            ("", None),
        ] {
            assert_eq!(meaning(text), expected, "{text}");
        }
        assert_eq!(
            ["TRUE", "Ja", "x", "0", "Nein", "maybe"].map(yes),
            [Some(true), Some(true), Some(true), Some(false), Some(false), None]
        );
    }
}
