//! The deals that an import would change: what each said until now, and what it says from then on.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use crate::access::Viewer;
use crate::sources::plan::{BY_CONTENT, Plan, day, day_ja, money};
use crate::store::facts::{Fact, PipelineDeal};
use crate::store::metrics::{self, MetricRow};
use crate::store::records::Record;
use crate::store::{Result, Tx, figures, floor, people};
use crate::web::pages::amounts::major;
use crate::web::words::Words;

/// Deals that are listed; the number tells of all.
const SHOWN: usize = 20;

/// What differs of a deal.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its name, before the first of its differences.
    pub deal: String,
    pub what: String,
    pub old: String,
    pub new: String,
}

/// The differences of the first deals that change, and how many deals do in all.
#[derive(Debug, Default)]
pub struct Changed {
    pub rows: Vec<Difference>,
    pub deals: usize,
    pub shown: usize,
}

/// What a deal says, as far as it changes.
#[derive(Default)]
struct Deal<'p> {
    facts: BTreeMap<&'p str, &'p Fact>,
    open: Option<&'p PipelineDeal>,
}

impl Deal<'_> {
    fn take<'p>(deals: &mut [Deal<'p>; 2], side: usize, record: Option<&'p Record>) {
        match record {
            Some(Record::Fact(fact)) => _ = deals[side].facts.insert(fact.metric.as_str(), fact),
            Some(Record::Pipeline(deal)) => deals[side].open = Some(deal),
            _ => {}
        }
    }

    fn counting(&self) -> impl Iterator<Item = &&Fact> {
        self.facts.values().filter(|fact| fact.revoked.is_none())
    }

    fn is_there(&self) -> bool {
        self.counting().next().is_some() || self.open.is_some()
    }

    fn label(&self) -> Option<&str> {
        self.facts.values().find_map(|fact| fact.label.as_deref()).or_else(|| self.open?.label.as_deref())
    }
}

struct Writer<'t> {
    w: &'t Words,
    tz: jiff::tz::TimeZone,
    currency: String,
    metrics: HashMap<String, MetricRow>,
    people: HashMap<String, String>,
}

/// # Errors
/// The store's.
pub fn changed(tx: &mut Tx<'_>, w: &Words, plan: &Plan) -> Result<Changed> {
    let floor = floor::get(tx)?;
    let mut writer = Writer {
        w,
        tz: figures::zone(&floor)?,
        currency: floor.currency,
        metrics: metrics::list(tx)?.into_iter().map(|of| (of.id.clone(), of)).collect(),
        people: people::list(tx, &Viewer::Owner)?.into_iter().map(|of| (of.id, of.name)).collect(),
    };
    let mut order: Vec<&str> = Vec::new();
    let mut deals: HashMap<&str, [Deal<'_>; 2]> = HashMap::new();
    for change in &plan.changes {
        match &change.after {
            Some(Record::Person(of)) => _ = writer.people.insert(of.id.clone(), of.name.clone()),
            Some(Record::Metric(of)) => _ = writer.metrics.insert(of.id.clone(), of.clone()),
            _ => {}
        }
        let id = match change.before.as_ref().or(change.after.as_ref()) {
            Some(Record::Fact(fact)) => fact.ext_id.as_str(),
            Some(Record::Pipeline(deal)) => deal.ext_id.as_str(),
            _ => continue,
        };
        let both = deals.entry(id).or_insert_with(|| {
            order.push(id);
            Default::default()
        });
        Deal::take(both, 0, change.before.as_ref());
        Deal::take(both, 1, change.after.as_ref());
    }
    let mut out = Changed::default();
    for id in order {
        let Some([old, new]) = deals.get(id).filter(|[old, _]| old.is_there()) else { continue };
        let rows = writer.differences(id, old, new);
        if rows.is_empty() {
            continue;
        }
        out.deals += 1;
        if out.shown < SHOWN {
            out.shown += 1;
            out.rows.extend(rows);
        }
    }
    Ok(out)
}

impl Writer<'_> {
    fn differences(&self, id: &str, old: &Deal<'_>, new: &Deal<'_>) -> Vec<Difference> {
        let d = self.w.of_data();
        let mut all = vec![(d.outcome.to_owned(), self.outcome(old), self.outcome(new))];
        if new.is_there() {
            all.extend(self.amounts(old, new));
            all.push((d.role_date.to_owned(), self.day(old), self.day(new)));
            all.push((d.role_person.to_owned(), self.who(old), self.who(new)));
            all.push((d.role_stage.to_owned(), stage(old, new), stage(new, old)));
            let label = |of: &Deal<'_>| of.label().unwrap_or("–").to_owned();
            all.push((d.role_label.to_owned(), label(old), label(new)));
        }
        let name = old.label().or(new.label()).unwrap_or(d.a_deal);
        // What is known by its content has an id that says nothing to people.
        let name = if id.starts_with(BY_CONTENT) { name.to_owned() } else { format!("{name} ({id})") };
        let differ = all.into_iter().filter(|(_, old, new)| old != new);
        differ
            .enumerate()
            .map(|(at, (what, old, new))| Difference {
                deal: if at == 0 { name.clone() } else { String::new() },
                what,
                old,
                new,
            })
            .collect()
    }

    fn outcome(&self, of: &Deal<'_>) -> String {
        let d = self.w.of_data();
        let is_result = |fact: &&&Fact| self.metrics.get(&fact.metric).is_none_or(|of| of.kind != "leading");
        match (of.counting().find(is_result), of.counting().next(), of.open) {
            (Some(_), ..) => d.is_won,
            (None, Some(_), _) => d.is_counted,
            (None, None, Some(open)) if open.outcome == "lost" => d.is_lost,
            (None, None, Some(_)) => d.is_open,
            (None, None, None) => d.is_taken_back,
        }
        .to_owned()
    }

    /// Each amount on both sides; of a deal that is won now, or no more, that of the open one.
    fn amounts(&self, old: &Deal<'_>, new: &Deal<'_>) -> Vec<(String, String, String)> {
        let is_amount = |fact: &&&Fact| self.metrics.get(&fact.metric).is_none_or(|of| of.agg != "count");
        let money = |of: &Deal<'_>| {
            let won = of.counting().find(|fact| fact.metric == "won").map(|fact| self.amount(fact));
            won.or_else(|| of.open.and_then(|open| self.asked(open)))
        };
        let mut all: Vec<(String, String, String)> = Vec::new();
        for before in old.counting().filter(is_amount).filter(|fact| fact.metric != "won") {
            if let Some(after) = new.counting().find(|fact| fact.metric == before.metric) {
                let label = self.metrics.get(&before.metric).map_or(before.metric.as_str(), |of| of.label.as_str());
                all.push((label.to_owned(), self.amount(before), self.amount(after)));
            }
        }
        if let (Some(before), Some(after)) = (money(old), money(new)) {
            all.push((self.w.of_data().role_amount.to_owned(), before, after));
        }
        all
    }

    fn amount(&self, fact: &Fact) -> String {
        let of = self.metrics.get(&fact.metric);
        let decimals = of.map_or(0, |of| of.decimals);
        match of.filter(|of| of.unit == "currency") {
            Some(of) => {
                let code = fact.currency.as_deref().or(of.currency.as_deref()).unwrap_or(&self.currency);
                money(fact.amount as f64 / 10f64.powi(decimals.clamp(0, 9) as i32), code)
            }
            None => major(fact.amount, decimals),
        }
    }

    /// The amount of a deal that is open or lost.
    fn asked(&self, deal: &PipelineDeal) -> Option<String> {
        let code = deal.currency.as_deref().unwrap_or(&self.currency);
        let decimals = metrics::decimals_of(code).clamp(0, 9) as i32;
        Some(money(deal.amount? as f64 / 10f64.powi(decimals), code))
    }

    fn day(&self, of: &Deal<'_>) -> String {
        let at = of.counting().map(|fact| fact.at).next().or(of.open.and_then(|open| open.at));
        let at = at.and_then(|at| Timestamp::from_microsecond(at).ok()).map(|at| self.tz.to_datetime(at).date());
        at.map_or_else(|| "–".to_owned(), |at| if self.w.lang == "ja" { day_ja(at) } else { day(at) })
    }

    fn who(&self, of: &Deal<'_>) -> String {
        let first = of.counting().next().map(|fact| (&fact.person, &fact.owner_key));
        let Some((person, key)) = first.or(of.open.map(|open| (&open.person, &open.owner_key))) else {
            return "–".to_owned();
        };
        let name = person.as_ref().and_then(|id| self.people.get(id)).or(key.as_ref());
        name.map_or_else(|| "–".to_owned(), Clone::clone)
    }
}

/// The stage of a deal that is open or lost on both sides: one that is won has none, and its outcome says so.
fn stage(of: &Deal<'_>, other: &Deal<'_>) -> String {
    of.open.filter(|_| other.open.is_some()).and_then(|open| open.stage.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::access::Role;
    use crate::web::pages::testing::{Hub, field};

    const HEAD: &str = "Id,Deal,Owner,Team,Close date,Amount,Currency,Stage\n";

    /// The cells of the table of what changes, row by row.
    fn table(page: &str) -> Vec<Vec<String>> {
        let from = page.split("here already would change</h3>").nth(1).unwrap_or_default();
        let rows = from.split("</table>").next().unwrap_or_default().split("<tr>").skip(2);
        let text =
            |cell: &str| cell.split('>').skip(1).collect::<Vec<_>>().join(">").replace("<b>", "").replace("</b>", "");
        rows.map(|row| row.split("<td").skip(1).map(|cell| text(cell.split("</td>").next().unwrap())).collect())
            .collect()
    }

    #[tokio::test]
    async fn deals_that_change_are_listed_with_both_values_before_anything_is_written() {
        let hub = Hub::new();
        let mut boss = hub.signed_in(Role::Admin, None);
        let csrf = hub.csrf(&boss);
        let before = [
            "A1,Mill,Ana Alves,North,2026-01-05,1000,EUR,Won",
            "A2,Dairy,Ana Alves,North,2026-01-06,2000,EUR,Negotiation",
            "A3,Forge,Ben Brand,North,2026-01-07,3000,EUR,Won",
            "A4,Inn,Ben Brand,North,2026-01-08,4000,EUR,Won",
        ];
        let looked =
            boss.upload("/data/preview", &csrf, "one.csv", &format!("{HEAD}{}\n", before.join("\n"))).await.text;
        assert!(!looked.contains("would change"), "what is new changes nothing: {looked}");
        boss.post("/data/import", &[("csrf", &csrf), ("key", &field(&looked, "key"))]).await;
        let after = [
            "A1,Mill,Ana Alves,North,2026-01-05,1250.50,EUR,Won",
            "A2,Dairy,Ana Alves,North,2026-01-16,2000,EUR,Won",
            "A3,Forge,Ana Alves,North,2026-01-07,3000,EUR,Lost",
            "A4,Inn,Ben Brand,North,2026-01-08,4000,EUR,Won",
            "A5,Yard,Ben Brand,North,2026-01-09,5000,EUR,Won",
        ];
        let looked =
            boss.upload("/data/preview", &csrf, "two.csv", &format!("{HEAD}{}\n", after.join("\n"))).await.text;
        assert!(looked.contains("3 deals or entries here already would change"), "{looked}");
        let expected = [
            ["Mill (A1)", "amount", "1,000 EUR", "1,250.50 EUR"],
            ["Dairy (A2)", "Outcome", "open", "won"],
            ["", "date", "6 Jan 2026", "16 Jan 2026"],
            ["Forge (A3)", "Outcome", "won", "lost"],
            ["", "person", "Ben Brand", "Ana Alves"],
        ];
        assert_eq!(table(&looked), expected.map(|row| row.map(str::to_owned).to_vec()), "{looked}");
        // Of many the first are listed, and it is said how many more there are.
        boss.post("/data/import", &[("csrf", &csrf), ("key", &field(&looked, "key"))]).await;
        let rows = |amount: i64| {
            (0..30).map(|n| format!("B{n},Row {n},Ana Alves,North,2026-01-05,{amount},EUR,Won\n")).collect::<String>()
        };
        let looked = boss.upload("/data/preview", &csrf, "many.csv", &format!("{HEAD}{}", rows(10))).await.text;
        boss.post("/data/import", &[("csrf", &csrf), ("key", &field(&looked, "key"))]).await;
        boss.language = "ja";
        let looked = boss.upload("/data/preview", &csrf, "many.csv", &format!("{HEAD}{}", rows(20))).await.text;
        assert!(looked.contains("変更される案件・記録: 30件") && looked.contains("ほか10件"), "{looked}");
    }
}
