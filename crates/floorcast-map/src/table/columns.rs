//! Recognises a column's role by the words of its name.

use std::cell::RefCell;
use std::collections::HashMap;

use super::lists::{has, is_one, is_phrase, parts};
use super::name::{bracketed, words};
use super::vocabulary as say;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Who made the deal.
    Person,
    /// A name that may be the person's.
    Name,
    /// The first name.
    Given,
    /// The family name.
    Family,
    /// What the deal is worth.
    Amount,
    /// The day of the deal.
    Date,
    /// The stage, or how the deal ended.
    Stage,
    /// True where the deal is won.
    IsWon,
    /// The team or place.
    Team,
    /// The currency of the amount.
    Currency,
    /// Something else that lists of deals have.
    Other,
}

/// How well a name fits a role: 0 is best. From [`WEAK`] on the column's cells have to confirm it.
pub type Priority = u16;

/// The first rank that is little more than a guess.
pub const WEAK: Priority = 50;

/// A rank from which on a column of stages is hardly a deal's own: that of a contact, a reason.
pub const FAR: Priority = 10;

/// A date of this rank or better is the day of a sale by its name: its rows need no stage.
pub const SALE: Priority = 9;

/// A date from this rank on is a day by its name, and nothing says of what.
pub const PLAIN_DAY: Priority = 20;

/// The vocabulary, which remembers what it was asked.
#[derive(Default)]
pub struct Vocabulary {
    known: RefCell<HashMap<String, Vec<(Role, Priority)>>>,
}

/// Amounts that say less than "amount": alone, or beside words that belong to amounts.
const WEAK_AMOUNT: &str = "sales total sum net gross price subtotal ventes vente venta ventas vendas vendite gesamt netto brutto ca som somme \
    cantidad income bookings booking booked 合計 worth";
/// Words beside an amount that change nothing.
const BESIDE_AMOUNT: &str = "won closed actual deal deals contract order invoice annual monthly recurring new total net gross sales amount value \
    revenue paid eur usd gbp chf jpy € $ £ ¥ euro euros dollar usd ht ttc excl incl ex netto brutto gewonnen gewonnener geschaft auftrag vertrag \
    gesamt gagne ganado ganho vinto arr acv tcv mrr generated booked signed";
/// Words beside a person that change nothing.
const BESIDE_PERSON: &str = "sales deal our primary main current field inside outside key regional senior junior local lead vertrieb ventes ventas vendas \
    vendite verkoop crm user 1 venta comercial commercial";

impl Vocabulary {
    /// The roles that a column of this name may have.
    pub fn roles(&self, header: &str) -> Vec<(Role, Priority)> {
        // Amounts, dates and whole sentences are no names of columns.
        if header.len() > 120 || !header.chars().any(char::is_alphabetic) {
            return Vec::new();
        }
        if let Some(roles) = self.known.borrow().get(header) {
            return roles.clone();
        }
        let roles = self.find(header);
        self.known.borrow_mut().insert(header.to_owned(), roles.clone());
        roles
    }

    fn find(&self, header: &str) -> Vec<(Role, Priority)> {
        let all = words(header);
        if all.is_empty() || all.len() > 8 {
            return Vec::new();
        }
        let phrase = all.join(" ");
        let mut roles = Vec::new();
        let mut add = |role: Role, rank: Option<Priority>| {
            if let Some(rank) = rank {
                roles.push((role, rank));
            }
            rank.is_some()
        };
        let (core, entity) = self.core(&all);
        // The first of these that fits is what the column is.
        if !add(Role::Currency, self.currency(&all))
            && !add(Role::IsWon, is_phrase(say::IS_WON, &phrase).then_some(5))
            && !add(Role::Date, self.date(&all, &core))
            && !add(Role::Stage, self.stage(&all, entity))
            && !add(Role::Person, self.person(&all, &core, entity).or(is_one(say::WHO, phrase.as_str()).then_some(20)))
            && !add(Role::Team, self.team(&all, &core))
        {
            add(Role::Amount, self.amount(header, &all, &core));
        }
        for (role, names, rank) in
            [(Role::Given, say::GIVEN, 0), (Role::Family, say::FAMILY, 0), (Role::Name, say::NAME, WEAK)]
        {
            add(role, is_phrase(names, &phrase).then_some(rank));
        }
        if roles.is_empty() && is_phrase(say::OTHER, &phrase) {
            roles.push((Role::Other, 0));
        }
        roles
    }

    /// The words without the entity in front or behind, and which it was.
    fn core(&self, all: &[String]) -> (Vec<String>, Entity) {
        let mut entity = Entity::None;
        let mut rest: Vec<&String> = all.iter().collect();
        while rest.len() > 1 {
            let (of_deals, of_others) = (|w: &str| has(say::ENTITIES, w), |w: &str| has(say::OTHER_ENTITIES, w));
            let (first, last) = (rest[0].as_str(), rest[rest.len() - 1].as_str());
            let joined = has(say::SMALL, rest[rest.len() - 2].as_str());
            if of_deals(first) || of_others(first) {
                entity = if of_deals(first) { Entity::Deal } else { entity.or_other() };
                rest.remove(0);
            } else if rest.len() > 2 && joined && (of_deals(last) || of_others(last)) {
                entity = if of_deals(last) { Entity::Deal } else { entity.or_other() };
                rest.truncate(rest.len() - 2);
            } else if of_deals(last) && is_one(say::PERSON, rest[rest.len() - 2].as_str()) {
                entity = Entity::Deal;
                rest.pop();
            } else {
                break;
            }
        }
        let core: Vec<String> =
            rest.iter().filter(|word| !has(say::SMALL, word.as_str())).map(|w| (*w).clone()).collect();
        if core.is_empty() { (rest.into_iter().cloned().collect(), entity) } else { (core, entity) }
    }

    fn currency(&self, all: &[String]) -> Option<Priority> {
        let names = all.iter().any(|word| has(say::CURRENCY, word));
        // "Amount in company currency" is an amount.
        let base = all.iter().any(|word| has(say::BASE, word) || word == "in");
        let amount = all.iter().any(|word| is_one(say::AMOUNT, word.as_str()));
        (names
            && !(base && amount)
            && !all.iter().any(|word| matches!(word.as_str(), "exchange" | "rate" | "symbol" | "id")))
        .then_some(if base { WEAK } else { 0 })
    }

    fn date(&self, all: &[String], core: &[String]) -> Option<Priority> {
        let joined = all.join("");
        let is_one_of = |list: &'static str| has(list, &joined) || all.iter().any(|word| has(list, word));
        // The Japanese standard name of the day of closing has the word for a plan in it.
        if is_one_of(say::CLOSED_DATE) && !all.iter().any(|word| has(say::NO_DATE, word)) {
            return Some(10);
        }
        if all.iter().any(|word| has(say::NO_DATE, word))
            || parts(say::NO_DATE).any(|no| !no.is_ascii() && joined.contains(no))
        {
            return None;
        }
        if is_one_of(say::SOLD_DATE) {
            return Some(0);
        }
        let has_date = all.iter().any(|word| has(say::DATE, word));
        let (sold, closed) =
            (all.iter().any(|word| has(say::SOLD, word)), all.iter().any(|word| has(say::CLOSED, word)));
        if has_date && (sold || closed) {
            return Some(if sold { 1 } else { 11 });
        }
        let core = core.join(" ");
        if closed && all.len() == 1 {
            return Some(14);
        }
        if is_phrase(say::PLAIN_DATE, &core) {
            return Some(
                if matches!(core.as_str(), "month" | "monat" | "mois" | "mes" | "maand" | "mese" | "月" | "年月") {
                    40
                } else {
                    30
                },
            );
        }
        let noun = |word: &String| matches!(word.as_str(), "date" | "datum" | "fecha" | "data" | "日付" | "日期");
        (all.len() <= 4 && (all.first().is_some_and(noun) || all.last().is_some_and(noun))).then_some(WEAK)
    }

    fn stage(&self, all: &[String], entity: Entity) -> Option<Priority> {
        if all.iter().any(|word| has(say::NO_STAGE, word)) {
            return None;
        }
        let noun = all.iter().find(|word| has(say::STAGE, word))?;
        let rank = match noun.as_str() {
            "status" | "outcome" | "result" | "ergebnis" | "statut" | "resultat" | "estatus" | "resultado"
            | "esito" | "resultaat" | "ステータス" | "結果" => 2,
            _ => 4,
        };
        let rank = if all.iter().any(|word| word == "type") && noun == "status" { 0 } else { rank };
        let reason =
            all.iter().any(|word| matches!(word.as_str(), "reason" | "grund" | "raison" | "motivo" | "reden" | "理由"));
        Some(rank + if reason { 30 } else { 0 } + if entity == Entity::Other { 20 } else { 0 })
    }

    fn person(&self, all: &[String], core: &[String], entity: Entity) -> Option<Priority> {
        let full = all.join(" ");
        if all.iter().any(|word| has(say::NO_PERSON, word)) && !is_one(say::PERSON, full.as_str()) {
            return None;
        }
        let rank = match entity {
            Entity::Deal => 0,
            Entity::None => 10,
            Entity::Other => 40,
        };
        let phrases = [full.as_str(), &core.join(" "), full.strip_suffix(" name").unwrap_or(&full)].map(str::to_owned);
        if phrases.iter().any(|phrase| is_one(say::PERSON, phrase.as_str())) {
            let account_owner = entity == Entity::Other && !is_one(say::PERSON, full.as_str());
            return Some(if account_owner { 40 } else { rank.min(10) });
        }
        let noun = |word: &String| is_one(say::PERSON, word.as_str());
        let beside = |word: &String| has(BESIDE_PERSON, word) || noun(word);
        (core.iter().any(noun) && core.iter().all(beside)).then_some(rank + 5)
    }

    fn team(&self, all: &[String], core: &[String]) -> Option<Priority> {
        if is_phrase(say::TEAM, &all.join(" ")) || is_phrase(say::TEAM, &core.join(" ")) {
            return Some(0);
        }
        let rest: Vec<&str> =
            core.iter().map(String::as_str).filter(|word| !is_one(say::PERSON, word) && *word != "sales").collect();
        (rest.len() < core.len() && is_phrase(say::TEAM, &rest.join(" "))).then_some(5)
    }

    fn amount(&self, header: &str, all: &[String], core: &[String]) -> Option<Priority> {
        let inner = bracketed(header).map(words).unwrap_or_default();
        let base = |words: &[String]| words.iter().any(|word| has(say::BASE, word));
        let base = base(all) || base(&inner);
        let not = |word: &&String| {
            has(say::NO_AMOUNT, word)
                && !(base && matches!(word.as_str(), "currency" | "wahrung" | "devise" | "moneda"))
        };
        if all.iter().chain(&inner).any(|word| not(&word))
            || all
                .iter()
                .any(|word| !word.is_ascii() && parts(say::NO_AMOUNT).any(|no| !no.is_ascii() && word.contains(no)))
        {
            return None;
        }
        let far = if base { 80 } else { 0 };
        let (full, phrase) = (all.join(" "), core.join(" "));
        if [&full, &phrase].into_iter().any(|phrase| is_one(say::AMOUNT, phrase.as_str())) {
            let rank = if has(WEAK_AMOUNT, &phrase) {
                20
            } else if matches!(phrase.as_str(), "acv" | "arr" | "mrr" | "tcv" | "tav") {
                15
            } else {
                0
            };
            return Some(rank + far);
        }
        let noun = |word: &String| is_one(say::AMOUNT, word.as_str());
        let strong = |word: &String| noun(word) && !has(WEAK_AMOUNT, word);
        let others: Vec<&String> = core.iter().filter(|word| !noun(word)).collect();
        let known = others.iter().filter(|word| has(BESIDE_AMOUNT, word) || has(say::ENTITIES, word.as_str())).count();
        let edge = core.first().is_some_and(strong) || core.last().is_some_and(strong);
        if edge && core.len() <= 5 {
            return Some(5 + 10 * (others.len() - known) as Priority + far);
        }
        (core.iter().any(noun) && known == others.len()).then_some(25 + far)
    }
}

/// Whose column it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entity {
    None,
    Deal,
    Other,
}

impl Entity {
    fn or_other(self) -> Entity {
        if self == Entity::Deal { Entity::Deal } else { Entity::Other }
    }
}
