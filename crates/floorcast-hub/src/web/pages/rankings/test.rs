//! Rankings: the figures are those of the standings, hidden people stay hidden, and links go only where one may look.

use jiff::ToSpan as _;

use crate::access::{Role, Viewer};
use crate::standings::{By, Question, Rank, standings};
use crate::store::facts::{self, Fact};
use crate::store::floor;
use crate::store::people::{self, PersonRow};
use crate::web::pages::testing::{Hub, field};

#[tokio::test]
async fn every_row_is_that_of_the_standings() {
    let hub = Hub::demo();
    let page = hub.signed_in(Role::Rep, Some("p1")).get("/rankings").await;
    let now = crate::clock::now();
    let from = jiff::tz::TimeZone::UTC.to_datetime(now).date().first_of_month();
    let to = from.saturating_add(1.month());
    let question = Question { metric: "won".into(), from, to, by: By::Person, rank: Rank::Competition };
    let said = hub.store.read(|tx| standings(tx, &Viewer::Owner, &question, now)).unwrap();
    assert_eq!(said.rows.len(), 3);
    // What the figures are stands over them, with their unit.
    assert!(page.text.contains("<th class=\"right\">Won (€)</th>"), "{}", page.text);
    let mut rest = page.text.as_str();
    for row in &said.rows {
        let plate = format!(">{}</span></td>", row.rank);
        rest = &rest[rest.find(&plate).unwrap_or_else(|| panic!("{plate} in {rest}"))..];
        rest = &rest[rest.find(&row.name).unwrap()..];
        let value = format!("{},{}", row.value as u32 / 1000, row.value as u32 % 1000);
        assert!(rest.split("</tr>").next().unwrap().contains(&value), "{value} in {rest}");
    }
}

#[tokio::test]
async fn only_ones_own_figure_leads_to_facts_and_hidden_people_have_no_row() {
    let hub = Hub::demo();
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    let page = ana.get("/rankings?period=month&metric=won").await.text;
    assert!(page.contains("person=p1") && !page.contains("person=p2") && page.contains("Ana Alves (you)"), "{page}");
    let hidden =
        PersonRow { id: "p3".into(), name: "Cleo Costa".into(), shown: "hidden".into(), ..PersonRow::default() };
    hub.store.write(|tx| people::put(tx, &hidden)).unwrap();
    for mut browser in [ana, hub.signed_in(Role::Manager, Some("p2"))] {
        let page = browser.get("/rankings").await.text;
        assert!(!page.contains("Cleo") && page.contains("Ben Brand"), "{page}");
    }
    assert_eq!(hub.signed_in(Role::Rep, Some("p1")).get("/rankings?metric=nope").await.status, 404);
}

/// A list of years ago is not shown as if it were of now: its year stands in the heading, in the choices and beside the date.
#[tokio::test]
async fn old_figures_say_their_year() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let file = "id,owner,stage,close_date,amount\nA1,Dora Dahl,Won,2017-12-31,1000\n";
    let page = boss.upload("/data/preview", &csrf, "old.csv", file).await.text;
    assert!(page.contains("the newest deal is of 31 Dec 2017"), "{page}");
    boss.post("/data/import", &[("csrf", &csrf), ("key", &field(&page, "key"))]).await;
    let page = boss.get("/rankings").await.text;
    assert!(page.contains("Figures as of Sun 31 Dec 2017") && page.contains("Won, December 2017"), "{page}");
    assert!(page.contains(">2017</option>") && !page.contains("This year") && !page.contains("This week"), "{page}");
}

#[tokio::test]
async fn those_below_the_first_twelve_are_a_click_away() {
    let hub = Hub::new();
    let now = crate::clock::now().as_microsecond();
    hub.store
        .write(|tx| {
            for n in 0..15 {
                let id = format!("p{n}");
                let row = PersonRow {
                    id: id.clone(),
                    name: format!("Rep {n:02}"),
                    shown: "name".into(),
                    ..PersonRow::default()
                };
                people::put(tx, &row)?;
                let fact = Fact {
                    source: "crm".into(),
                    ext_id: id.clone(),
                    metric: "won".into(),
                    person: Some(id),
                    at: now,
                    amount: 100_000 - n,
                    ..Fact::default()
                };
                facts::put(tx, &[fact], now)?;
            }
            floor::changed(tx)
        })
        .unwrap();
    let mut boss = hub.signed_in(Role::Admin, None);
    let top = boss.get("/rankings").await.text;
    let table = |page: &str| page.split("</table>").next().unwrap_or_default().to_owned();
    assert!(table(&top).contains("Rep 11") && !table(&top).contains("Rep 12") && top.contains("Show all 15"), "{top}");
    let link = "/rankings?metric=won&period=month&all=1";
    assert!(top.contains(&link.replace('&', "&#38;")) || top.contains(&link.replace('&', "&amp;")), "{top}");
    let all = boss.get(link).await.text;
    assert!(table(&all).contains("Rep 14") && !all.contains("Show all"), "{all}");
}

#[tokio::test]
async fn an_empty_floor_says_what_belongs_here() {
    let hub = Hub::new();
    let page = hub.signed_in(Role::Admin, None).get("/rankings").await;
    assert!(page.status == 200 && page.text.contains("The list appears with the first fact"), "{}", page.text);
}
