//! Share out: the month before adds up to the company, and whoever manages a team sets the targets of its people, no others.

use crate::access::Role;
use crate::clock;
use crate::store::facts::{self, Fact};
use crate::store::people::{self, Membership, PersonRow};
use crate::store::targets::{self, GoalRow};
use crate::store::{Tx, floor};
use crate::web::pages::testing::{Hub, field};

fn this_month() -> jiff::civil::Date {
    jiff::tz::TimeZone::UTC.to_datetime(clock::now()).date().first_of_month()
}

/// An amount of the last day of the month before.
fn sold(tx: &mut Tx<'_>, id: &str, person: Option<&str>, amount: i64) -> crate::store::Result<()> {
    let day = this_month().yesterday().unwrap();
    let fact = Fact {
        source: "crm".into(),
        ext_id: format!("last-{id}"),
        metric: "won".into(),
        person: person.map(str::to_owned),
        owner_key: person.is_none().then(|| "nobody".to_owned()),
        at: day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_microsecond(),
        amount,
        ..Fact::default()
    };
    facts::put(tx, &[fact], clock::now().as_microsecond())
}

/// The figures of the month before, by the names of the rows.
fn last_month(page: &str) -> Vec<(String, i64)> {
    let rows = page.split("class=\"shares\"").nth(1).unwrap().split("</table>").next().unwrap().split("<tr");
    let cell = |row: &str, of: &str| Some(row.split(of).nth(1)?.split('<').next()?.to_owned());
    rows.filter_map(|row| {
        let name = cell(row, "scope=\"row\">").or_else(|| cell(row, "><td>"))?;
        Some((name, cell(row, "right n opt\">")?.replace(',', "").parse().ok()?))
    })
    .collect()
}

#[tokio::test]
async fn the_month_before_counts_for_the_team_of_each_day() {
    let hub = Hub::demo();
    hub.store
        .write(|tx| {
            let gone = PersonRow {
                id: "p9".into(),
                name: "Dora Dahl".into(),
                shown: "name".into(),
                ended: Some(this_month().to_string()),
                ..PersonRow::default()
            };
            people::put(tx, &gone)?;
            let member = Membership { person: "p9".into(), team: "t1".into(), since: String::new(), until: None };
            people::put_membership(tx, &member)?;
            // Thirds, which round to one less than the company has.
            sold(tx, "1", Some("p1"), 33_340)?;
            sold(tx, "2", Some("p2"), 33_340)?;
            sold(tx, "3", Some("p3"), 33_340)?;
            sold(tx, "4", Some("p9"), 50_000)?;
            sold(tx, "5", None, 7_000)?;
            people::join(tx, "p2", Some("t2"), &this_month().to_string())?;
            let target = |id: &str, scope: &str, who: &str, target| GoalRow {
                id: id.into(),
                scope: scope.into(),
                who: who.into(),
                metric: "won".into(),
                period_start: this_month().to_string(),
                period_end: this_month().last_of_month().tomorrow().unwrap().to_string(),
                level: "must".into(),
                target,
            };
            targets::put_goal(tx, &target("g1", "team", "t2", 900_000))?;
            targets::put_goal(tx, &target("g2", "person", "p2", 1_000))?;
            floor::changed(tx)
        })
        .unwrap();
    let month = this_month();
    let address = format!("/goals/spread?month={month}");
    let page = hub.signed_in(Role::Admin, None).get(&address).await.text;
    let rows = last_month(&page);
    let of = |name: &str| rows.iter().find(|row| row.0 == name).unwrap_or_else(|| panic!("{name}: {rows:?}")).1;
    // Dora has left since, Ben is in the South since this month: what they did stays with the North.
    assert_eq!([of("Company"), of("Without a team or a person")], [1_570, 70]);
    assert_eq!([of("North"), of("South"), of("Ana Alves"), of("Ben Brand")], [1_167, 333, 333, 333]);
    assert!(rows.iter().position(|row| row.0 == "Ben Brand") > rows.iter().position(|row| row.0 == "South"));
    assert!(page.contains("counts each deal for the team of its day"), "{page}");
    // Who sees one person of a team only gets the team's own total, and no sum of some of its people.
    let page = hub.signed_in(Role::Manager, Some("p2")).get(&address).await.text;
    assert!(!page.contains("of nobody") && !page.contains("Cleo Costa"), "{page}");
    let rows = last_month(&page);
    assert!(rows.contains(&("South".to_owned(), 333)) && rows.contains(&("North".to_owned(), 1_167)), "{rows:?}");
    assert!(!page.contains(" below</td>") && !page.contains("✓ "), "{page}");
}

#[tokio::test]
async fn whoever_manages_a_team_shares_its_target_out_over_its_people() {
    let hub = Hub::demo();
    let month = this_month();
    let until = month.last_of_month().tomorrow().unwrap().to_string();
    let goal = |scope: &str, who: &str, target: i64| GoalRow {
        id: format!("g-{scope}{who}"),
        scope: scope.into(),
        who: who.into(),
        metric: "won".into(),
        period_start: month.to_string(),
        period_end: until.clone(),
        level: "must".into(),
        target,
    };
    let all = || {
        let goals = hub.store.read(targets::goals).unwrap();
        let mut all: Vec<_> = goals.into_iter().map(|goal| (goal.scope, goal.who, goal.target)).collect();
        all.sort();
        all
    };
    let mut lead = hub.signed_in(Role::Manager, Some("p2"));
    let csrf = hub.csrf(&lead);
    let month = month.to_string();
    let with = |fields: &[(&'static str, &'static str)]| {
        let mut all = vec![("csrf", csrf.as_str()), ("month", month.as_str())];
        all.extend(fields);
        all
    };
    // Without a target of the team there is nothing to share out, and it is said who sets it.
    let none = lead.post("/goals/spread/preview", &with(&[("do", "share")])).await;
    assert!(none.status == 422 && none.text.contains("North has no target for this month yet"), "{}", none.text);
    hub.store
        .write(|tx| {
            targets::put_goal(tx, &goal("company", "", 300_000))?;
            targets::put_goal(tx, &goal("team", "t1", 200_000))?;
            targets::put_goal(tx, &goal("team", "t2", 100_000))?;
            floor::changed(tx)
        })
        .unwrap();
    let page = lead.get(&format!("/goals/spread?month={month}")).await.text;
    assert!(page.contains("You set the targets of your people") && page.contains("name=\"target-p:p1\""), "{page}");
    assert!(!page.contains("name=\"target-c:\"") && !page.contains("name=\"target-t:t1\""), "{page}");
    let before = all();
    // What is not theirs to set stays, whatever is sent.
    let foreign =
        [("do", "typed"), ("target-c:", "9"), ("target-t:t1", "9"), ("target-t:t2", "9"), ("target-p:p3", "9")];
    assert_eq!(lead.post("/goals/spread/save", &with(&foreign)).await.status, 303);
    assert_eq!(all(), before);
    let saved = lead.post("/goals/spread/save", &with(&[("do", "share"), ("target-p:p1", "500")])).await;
    let of = |who: &str| all().iter().find(|goal| goal.1 == who).map(|goal| goal.2);
    assert_eq!([of("p1"), of("p2"), of("p3"), of("t1")], [Some(50_000), Some(150_000), None, Some(200_000)]);
    let page = lead.get(&saved.location.unwrap()).await.text;
    assert!(page.contains("adds up"), "{page}");
    let undo = [("csrf", csrf.as_str()), ("undo", &field(&page, "undo"))];
    assert_eq!(lead.post("/goals/spread/undo", &undo).await.status, 303);
    assert_eq!(all(), before);
    let mut rep = hub.signed_in(Role::Rep, Some("p1"));
    let theirs = hub.csrf(&rep);
    let asked = [("csrf", theirs.as_str()), ("do", "typed"), ("target-p:p1", "1")];
    assert_eq!(rep.post("/goals/spread/save", &asked).await.status, 404);
}
