//! Every page in Japanese, on a floor in use: no English word is left but what people wrote themselves, and names of products.

use jiff::ToSpan as _;

use crate::access::Role;
use crate::clock;
use crate::store::contests::{self, ContestRow};
use crate::store::floor;
use crate::store::ramps::{self, PlanRow};
use crate::store::targets::{self, GoalRow};
use crate::web::pages::testing::{Browser, Hub, field};

/// Names of things and formats, sources and names that people of this floor have. The two languages call themselves by their
/// own name.
const KNOWN: &str = "floorcast CRM CSV TSV XLSX ODS EUR JPY UTC ID QR URL API HubSpot Europe Asia Tokyo Berlin English \
    public_url hub backup_dir AA BB CC DD Ana Alves Ben Brand Cleo Costa Dora Dahl North South Won Deals Month Sprint Lunch \
    crm test file Kitchen Win";

/// What people of this floor wrote.
const WRITTEN: [&str; 6] = ["Demo floor", "New calls", "Customer of", "First weeks", "file.csv", "[hub]"];

/// The words that somebody reads or hears: text, and what attributes say.
fn words(html: &str) -> Vec<String> {
    let mut all = String::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let is_code = ["script", "style", "code", "textarea"].iter().any(|name| tag.starts_with(name));
        for name in ["aria-label=\"", "alt=\"", "placeholder=\"", "title=\""] {
            for value in tag.split(name).skip(1) {
                all += value.split('"').next().unwrap_or_default();
                all.push('\n');
            }
        }
        if !is_code {
            all += text;
            all.push('\n');
        }
    }
    let all = WRITTEN.iter().fold(all, |all, text| all.replace(text, " "));
    // Addresses of mail and entities are no words.
    let all = all
        .replace("&#38;", " ")
        .replace("&amp;", " ")
        .replace("&#39;", " ")
        .replace("&#34;", " ")
        .replace("&quot;", " ");
    let tokens = all.split(|c: char| c.is_whitespace() || "「」（）、。：／・()[]:,;\u{201c}\u{201d}".contains(c));
    let is_mail = |token: &&str| token.contains('@') || token.contains("::") || token.starts_with("/");
    let words = tokens
        .filter(|token| !is_mail(token))
        .flat_map(|token| token.split(|c: char| !c.is_ascii_alphabetic() && c != '_'));
    words.filter(|word| word.len() > 1).map(str::to_owned).collect()
}

async fn read(browser: &mut Browser, address: &str, wrong: &mut Vec<String>) -> String {
    let page = browser.get(address).await;
    assert!(page.status < 500, "{address}: {}", page.status);
    check(address, &page.text, "", wrong);
    page.text
}

/// Notes the English words of a page, but for some that were typed just before.
fn check(address: &str, html: &str, typed: &str, wrong: &mut Vec<String>) {
    if !html.contains("<html") {
        return;
    }
    assert!(html.contains("lang=\"ja\""), "{address} is in Japanese: {html}");
    let is_known = |word: &str| KNOWN.split_whitespace().chain(typed.split_whitespace()).any(|known| known == word);
    let mut left: Vec<String> = words(html).into_iter().filter(|word| !is_known(word)).collect();
    left.sort();
    left.dedup();
    if !left.is_empty() {
        wrong.push(format!("{address}: {}", left.join(" ")));
    }
}

/// A floor whose board and settings are in English, with something on each page.
fn in_use() -> Hub {
    let hub = Hub::demo();
    let (now, day) = (clock::now().as_microsecond(), 86_400_000_000);
    let month = jiff::tz::TimeZone::UTC.to_datetime(clock::now()).date().first_of_month();
    let goal = |scope: &str, who: &str| GoalRow {
        id: format!("g-{scope}-{who}"),
        scope: scope.into(),
        who: who.into(),
        metric: "won".into(),
        period_start: month.to_string(),
        period_end: month.saturating_add(1.month()).to_string(),
        level: "must".into(),
        target: 1_000_000,
    };
    let contest = |id: &str, stage: &str, format: &str, days: [i64; 2]| ContestRow {
        id: id.into(),
        title: "Sprint".into(),
        format: format.into(),
        of_whom: "people".into(),
        starts: now + days[0] * day,
        ends: Some(now + days[1] * day),
        stage: stage.into(),
        metrics: vec![("calls".into(), 1)],
        prizes: vec![(1, "Lunch".into())],
        ..ContestRow::default()
    };
    for (id, person, n, days) in [("a", "p1", 7, 12), ("b", "p2", 4, 5), ("c", "p3", 9, 2), ("d", "p1", 5, 0)] {
        hub.add_calls(id, person, n, days);
    }
    hub.add_screen("w1", "Kitchen", "token");
    hub.store
        .write(|tx| {
            targets::put_goal(tx, &goal("company", ""))?;
            targets::put_goal(tx, &goal("team", "t1"))?;
            targets::put_goal(tx, &goal("person", "p1"))?;
            contests::put(tx, &contest("c1", "open", "most", [-3, 3]))?;
            contests::put(tx, &contest("c2", "draft", "bracket", [1, 6]))?;
            contests::put(tx, &contest("c3", "open", "threshold", [-9, -2]))?;
            contests::put(tx, &contest("c4", "cancelled", "most", [-9, -2]))?;
            ramps::put_plan(
                tx,
                &PlanRow { id: "r1".into(), title: "First weeks".into(), days: 60, ..PlanRow::default() },
            )?;
            floor::changed(tx)
        })
        .unwrap();
    hub.publisher.rebuild().unwrap();
    hub
}

#[tokio::test]
async fn no_english_is_left_on_japanese_pages() {
    let hub = in_use();
    let mut wrong = Vec::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let mut lead = hub.signed_in(Role::Manager, Some("p2"));
    let mut ana = hub.signed_in(Role::Rep, Some("p1"));
    for browser in [&mut boss, &mut lead, &mut ana] {
        browser.language = "ja";
    }
    let mut stranger = hub.browser();
    stranger.language = "ja";
    let more = [
        "/contests/c1",
        "/contests/c2",
        "/contests/c2/edit",
        "/contests/c3",
        "/contests/c4",
        "/wall?screen=w1",
        "/rankings?metric=calls&period=week",
        "/recognition?preview=1&deal=1",
        "/people?who=p2",
        "/ramps/plan",
        "/ramps/plan?id=r1",
        "/goals/spread",
        "/nothing",
    ];
    let listed = super::walk::PAGES.iter().map(|(_, address, _)| *address).chain(more);
    for address in listed.filter(|address| !address.contains("/static/") && !address.contains("export")) {
        for browser in [&mut boss, &mut lead, &mut ana, &mut stranger] {
            read(browser, address, &mut wrong).await;
        }
    }
    // A preview of an import, with what it leaves out; what is refused; a coaching session.
    let csrf = hub.csrf(&boss);
    let file = "Id,Deal,Owner,Team,Close date,Amount,Currency,Stage\nA1,Win,Dora Dahl,North,2026-01-05,1000,EUR,Won\nA2,Win,Ana Alves,North,soon,n/a,EUR,Won\n";
    let page = boss.upload("/data/preview", &csrf, "file.csv", file).await.text;
    check("the preview", &page, "Id Deal Owner Team Close date Amount Currency Stage soon", &mut wrong);
    boss.post("/data/import", &[("csrf", &csrf), ("key", &field(&page, "key"))]).await;
    read(&mut boss, "/data", &mut wrong).await;
    for (address, fields) in [
        ("/goals/preview", vec![("target-calls", "x"), ("weight-calls", "y")]),
        ("/goals/spread/preview", vec![("do", "share"), ("target-c:", "")]),
        ("/contests/save", vec![("title", ""), ("format", "most")]),
        ("/people/add", vec![("name", "")]),
        ("/people/leave", vec![("person", "p1"), ("day", "9")]),
        ("/screens/pair", vec![("code", "QQ")]),
        ("/wall/playlist", vec![("board", "main"), ("do", "save")]),
        ("/data/source", vec![("name", "%")]),
        ("/settings/token", vec![("label", "")]),
        ("/settings/password", vec![("old", "x"), ("new", "y")]),
        ("/recognition/shout", vec![("whom", "p1"), ("text", "")]),
        ("/ramps/plan/preview", vec![("title", "")]),
        ("/training/course", vec![("title", "")]),
        ("/goals/day", vec![("day", "9")]),
    ] {
        let fields: Vec<(&str, &str)> = fields.into_iter().chain([("csrf", csrf.as_str())]).collect();
        let page = boss.post(address, &fields).await;
        check(&format!("POST {address}"), &page.text, "QQ", &mut wrong);
    }
    let theirs = hub.csrf(&lead);
    let session = lead.post("/coaching/new", &[("csrf", theirs.as_str()), ("person", "p1")]).await.location.unwrap();
    read(&mut lead, &session, &mut wrong).await;
    read(&mut lead, "/coaching", &mut wrong).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
