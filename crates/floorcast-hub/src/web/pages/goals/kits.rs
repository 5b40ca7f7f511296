//! Ways to sell, each as the figures that lead to a deal, and one for a floor that knows of deals only: a beginning that is
//! changed afterwards.

use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{MetricId, Scope};
use salesfloor::figures::Value;
use salesfloor::period::Days;

use crate::access::Viewer;
use crate::store::figures::Loaded;
use crate::store::metrics::{self, MetricRow};
use crate::store::targets::{CardRow, LineRow};
use crate::store::{Error, Result, Tx};
use crate::web::pages::floor;
use crate::web::pages::numbers::one;
use crate::web::words::{Words, fill};

/// Id, English and Japanese label, a month's target of a person, weight.
type Step = (&'static str, &'static str, &'static str, i64, i64);

/// In the order of the chain: each leads to the next, the last to deals.
const KITS: [(&str, &[Step]); 4] = [
    (
        "calls",
        &[
            ("calls", "New calls", "新規架電", 240, 30),
            ("meetings", "Meetings held", "商談", 60, 25),
            ("demos", "Demos held", "デモ", 40, 25),
        ],
    ),
    (
        "field",
        &[
            ("visits", "Visits", "訪問", 60, 30),
            ("needs", "Needs understood", "課題確認", 30, 25),
            ("offers", "Offers made", "見積提出", 20, 25),
        ],
    ),
    (
        "inside",
        &[
            ("talks", "Conversations", "会話", 160, 30),
            ("followups", "Follow-ups", "追客", 80, 25),
            ("offers", "Offers made", "見積提出", 30, 25),
        ],
    ),
    (ONLY_DEALS, &[]),
];

/// The kit without activities: what was won, in number and amount.
const ONLY_DEALS: &str = "deals";

/// The weight of each of its figures.
const HALF: i64 = 50;

/// Won deals of a person and month, and their weight.
const DEALS: (i64, i64) = (9, 20);

/// Of so many whole months before this one a target is proposed.
const MONTHS: i64 = 3;

/// With fewer months of people the kit's own target stands.
const FEWEST: usize = 3;

/// What half of the people who did any of it reached in a month, of the floor's last months; `None`: too little is known.
fn usual(loaded: &Loaded, now: Timestamp, metric: &str) -> Option<i64> {
    let (metric, figures) = (loaded.metric(metric)?, loaded.at(now));
    let this = figures.today().first_of_month();
    let mut all: Vec<f64> = Vec::new();
    for back in 1..=MONTHS {
        let (start, end) = (this.saturating_sub(back.months()), this.saturating_sub((back - 1).months()));
        let span = figures.span(Days { start, end });
        let people = loaded.floor.person_ids().filter(|id| loaded.floor.person(*id).works_on(figures.today()));
        let values = people.filter_map(|id| figures.value(metric, Scope::Person(id), span)).map(Value::as_f64);
        all.extend(values.filter(|value| *value > 0.0));
    }
    if all.len() < FEWEST {
        return None;
    }
    all.sort_by(f64::total_cmp);
    Some(rounded(all[all.len() / 2]))
}

/// A target that people can say: two digits, then zeros.
fn rounded(n: f64) -> i64 {
    let step = 10_f64.powf((n.max(1.0).log10().floor() - 1.0).max(0.0));
    ((n / step).round() * step).max(1.0) as i64
}

/// Id, name, and its figures with the targets that it proposes, in one line. Where there are deals and nothing that leads to
/// them, the kit for deals only comes first.
pub fn all(w: &Words, loaded: &Loaded, now: Timestamp) -> Vec<(&'static str, String, String)> {
    let kit = |(id, steps): &(&'static str, &[Step])| {
        let text =
            |step: &Step| format!("{} {}", label(w, step), w.count(usual(loaded, now, step.0).unwrap_or(step.3)));
        let labels: Vec<String> = steps.iter().map(text).collect();
        let name = match *id {
            "calls" => w.template_calls,
            "field" => w.template_field,
            "inside" => w.template_inside,
            _ => w.template_deals,
        };
        let text = if *id == ONLY_DEALS { deals_text(w, loaded, now) } else { labels.join(" → ") };
        (*id, fill(w.take_template, &[("name", name)]), text)
    };
    let mut all: Vec<_> = KITS.iter().map(kit).collect();
    let is_done = |id: &MetricId| loaded.ledger.days_of(*id).is_some();
    if loaded.metric("won").as_ref().is_some_and(is_done) && !loaded.leading().iter().any(is_done) {
        all.rotate_right(1);
    }
    all
}

/// The targets of the kit without activities, as far as something is known of them.
fn deals_text(w: &Words, loaded: &Loaded, now: Timestamp) -> String {
    let target = |key: &str, other: Option<i64>| {
        let of = loaded.floor.metric(loaded.metric(key)?);
        let n = usual(loaded, now, key).or(other)?;
        Some(format!("{} {}", of.label, one(of, n as f64, w.lang)))
    };
    let both = [target("deals", Some(DEALS.0)), target("won", None)];
    both.into_iter().flatten().collect::<Vec<_>>().join(if w.lang == "ja" { "、" } else { ", " })
}

fn label(w: &Words, step: &Step) -> &'static str {
    if w.lang == "ja" { step.2 } else { step.1 }
}

/// Makes the figures of a kit where they are missing, and its scorecard.
///
/// # Errors
/// There is no such kit, or the store's.
pub fn make(tx: &mut Tx<'_>, w: &Words, kit: &str, now: Timestamp) -> Result<CardRow> {
    let loaded = floor::load(tx, &Viewer::Publisher, now)?;
    let found = KITS.iter().find(|(id, _)| *id == kit);
    let (_, steps) = found.ok_or_else(|| Error::Missing(format!("kit {kit:?}")))?;
    let mut leads_to = Some("deals".to_owned());
    // From the end, so that what is led to is there.
    for (at, step) in steps.iter().enumerate().rev() {
        if metrics::get(tx, step.0)?.is_none() {
            let row = MetricRow {
                id: step.0.into(),
                label: label(w, step).into(),
                unit: "count".into(),
                kind: "leading".into(),
                better: "up".into(),
                agg: "sum".into(),
                leads_to,
                position: 10 + at as i64,
                ..MetricRow::default()
            };
            metrics::put(tx, &row)?;
        }
        leads_to = Some(step.0.to_owned());
    }
    let line = |(at, step): (usize, &Step)| LineRow {
        metric: step.0.into(),
        position: at as i64,
        weight: step.4,
        target: Some(usual(&loaded, now, step.0).unwrap_or(step.3)),
        ..LineRow::default()
    };
    let mut lines: Vec<LineRow> = steps.iter().enumerate().map(line).collect();
    let only = kit == ONLY_DEALS;
    lines.push(LineRow {
        metric: "deals".into(),
        position: 3,
        weight: if only { HALF } else { DEALS.1 },
        target: Some(usual(&loaded, now, "deals").unwrap_or(DEALS.0)),
        ..LineRow::default()
    });
    // An amount that nobody knows would be made up, and a figure without a target leaves everybody without a score.
    let won = loaded.metric("won").filter(|_| only);
    if let Some((metric, target)) = won.zip(usual(&loaded, now, "won")) {
        let unit = 10_i64.pow(u32::from(loaded.floor.metric(metric).decimals));
        let target = Some(target.saturating_mul(unit));
        lines.push(LineRow { metric: "won".into(), position: 4, weight: HALF, target, ..LineRow::default() });
    }
    Ok(CardRow { id: "floor".into(), title: String::new(), team: None, period: "month".into(), lines })
}

#[cfg(test)]
mod tests {
    use super::rounded;
    use crate::access::{Role, Viewer};
    use crate::sources::facts::{NewFact, keep};
    use crate::store::people::{self, PersonRow};
    use crate::store::{metrics, targets};
    use crate::web::pages::testing::Hub;

    #[test]
    fn targets_have_two_digits() {
        assert_eq!([0.4, 7.0, 13.6, 146.0, 1_234.0].map(rounded), [1, 7, 14, 150, 1_200]);
    }

    #[tokio::test]
    async fn a_floor_that_knows_of_deals_only_begins_with_them() {
        let hub = Hub::new();
        let mut boss = hub.signed_in(Role::Admin, None);
        let csrf = hub.csrf(&boss);
        // With nothing known a chain stands first.
        let kits = |page: &str| {
            page.split("name=\"kit\" value=\"").skip(1).map(|rest| rest[..4].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(kits(&boss.get("/goals").await.text), ["call", "fiel", "insi", "deal"]);
        let last =
            jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date().first_of_month().yesterday().unwrap();
        let sold = |n: usize| NewFact {
            ext_id: format!("d{n}"),
            metric: "won".into(),
            owner: Some(["Ann", "Bea", "Cid"][n % 3].into()),
            at: last.to_string(),
            value: Some(1_500.0),
            currency: None,
            label: None,
            revoked: false,
        };
        let deals: Vec<NewFact> =
            (0..6).flat_map(|n| [sold(n), NewFact { metric: "deals".into(), value: Some(1.0), ..sold(n) }]).collect();
        let now = crate::clock::now();
        hub.store
            .write(|tx| {
                for name in ["Ann", "Bea", "Cid"] {
                    people::put(
                        tx,
                        &PersonRow { id: name.into(), name: name.into(), shown: "name".into(), ..PersonRow::default() },
                    )?;
                }
                keep(tx, "t", &deals, &Viewer::Owner, now)
            })
            .unwrap()
            .unwrap();
        let page = boss.get("/goals").await.text;
        assert_eq!(kits(&page)[0], "deal");
        assert!(page.contains("Start with Deals only") && page.contains(" 2, Won €3,000"), "{page}");
        assert_eq!(boss.post("/goals/kit", &[("csrf", &csrf), ("kit", "deals")]).await.status, 303);
        let card = hub.store.read(super::super::card).unwrap().unwrap();
        let lines: Vec<_> = card.lines.iter().map(|line| (line.metric.as_str(), line.target, line.weight)).collect();
        assert_eq!(lines, [("deals", Some(2), 50), ("won", Some(300_000), 50)]);
        assert!(hub.store.read(|tx| metrics::get(tx, "calls")).unwrap().is_none(), "no activity was made up");
    }

    #[tokio::test]
    async fn a_kit_proposes_what_the_floor_reached_in_its_last_months() {
        let hub = Hub::demo();
        let today = jiff::tz::TimeZone::UTC.to_datetime(crate::clock::now()).date();
        let into_last_month = i64::from(today.day()) + 3;
        for (person, n) in [("p1", 118), ("p2", 96), ("p3", 41)] {
            hub.add_calls(person, person, n, into_last_month);
        }
        hub.store.write(|tx| targets::delete_card(tx, "card").and_then(|()| crate::store::floor::changed(tx))).unwrap();
        let mut boss = hub.signed_in(Role::Admin, None);
        let csrf = hub.csrf(&boss);
        assert!(boss.get("/goals").await.text.contains("New calls 96 →"));
        assert_eq!(boss.post("/goals/kit", &[("csrf", &csrf), ("kit", "calls")]).await.status, 303);
        let card = hub.store.read(targets::cards).unwrap().remove(0);
        let of = |metric: &str| card.lines.iter().find(|line| line.metric == metric).and_then(|line| line.target);
        assert_eq!((of("calls"), of("meetings")), (Some(96), Some(60)), "nothing is known of meetings");
    }
}
