//! Data: a preview writes nothing, an import can be undone, an unknown name is given to somebody once.

use crate::access::Role;
use crate::clock;
use crate::sources::poll::{PollOutcome, Tools, poll};
use crate::store::sources::{self, SourceRow};
use crate::store::{facts, logins, people, runs};
use crate::web::pages::testing::{Hub, field};

const DEALS: &str = "id,owner,stage,close_date,amount\nA1,Dora Dahl,Won,2026-01-14,1000\nA2,Dora Dahl,Won,n/a,5\n";

#[tokio::test]
async fn nothing_is_written_before_the_button_and_everything_comes_back() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let names = |hub: &Hub| hub.store.read(|tx| people::list(tx, &crate::access::Viewer::Owner)).unwrap().len();
    let page = boss.upload("/data/preview", &csrf, "deals.csv", DEALS).await;
    assert!(
        page.status == 200 && page.text.contains("Facts: 2 new") && page.text.contains("Import 1 deal<"),
        "{}",
        page.text
    );
    assert!(
        page.text.contains("2 rows read: 1 won, 1 left out") && page.text.contains("<li>Dora Dahl</li>"),
        "{}",
        page.text
    );
    assert!(
        page.text.contains("A2 · Dora Dahl · Won · n/a · 5") && page.text.contains("Won: 1,000 EUR in 1 deal<"),
        "{}",
        page.text
    );
    assert_eq!((names(&hub), hub.store.read(|tx| runs::list(tx, 9)).unwrap().len()), (0, 0), "only looked at");
    let key = field(&page.text, "key");
    let done = boss.post("/data/import", &[("csrf", &csrf), ("key", &key)]).await;
    let run = hub.store.read(|tx| runs::list(tx, 9)).unwrap().remove(0).id;
    assert_eq!(done.location, Some(format!("/data?imported={run}")));
    assert_eq!(names(&hub), 1);
    let facts = "/facts?metric=won&from=2026-01-01&to=2026-02-01";
    assert!(boss.get(facts).await.text.contains("deals.csv, line 2 · A1"));
    let page = boss.get(&done.location.unwrap()).await;
    assert!(page.text.contains("Imported: 2 new facts.") && page.text.contains(">deals.csv</b>"), "{}", page.text);
    // The list asks before it takes an import back, and says what that means; no script is needed.
    let asks = page.text.split("<details class=\"ask\">").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(asks.contains("This deletes what it created (2)") && asks.contains("Yes, take it back"), "{asks}");
    assert!(asks.contains(&format!("name=\"run\" value=\"{run}\"")), "{asks}");
    let page = boss.post("/data/undo", &[("csrf", &csrf), ("run", &run)]).await;
    assert!(page.status == 200 && page.text.contains("role=\"status\"><span>Undone</span>"), "{}", page.text);
    assert_eq!(names(&hub), 0);
    assert_eq!(boss.post("/data/undo", &[("csrf", &csrf), ("run", &run)]).await.status, 422, "it is undone already");
}

#[tokio::test]
async fn who_changes_the_team_by_a_list_is_named_before_it_is_imported() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let list = "Name,Team\nAna Reis,North\nBen Moe,North\nChi Lo,South\n";
    let page = boss.upload("/data/preview", &csrf, "people.csv", list).await.text;
    assert!(!page.contains("change the team") && !page.contains("changes the team"), "{page}");
    boss.post("/data/import", &[("csrf", &csrf), ("key", &field(&page, "key"))]).await;
    let moved = list.replace("Ana Reis,North", "Ana Reis,South");
    let page = boss.upload("/data/preview", &csrf, "people.csv", &moved).await.text;
    assert!(page.contains("1 person changes the team: Ana Reis from North to South on 18 Nov 2026"), "{page}");
}

#[tokio::test]
async fn the_undo_of_an_older_import_names_the_newer_one() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    for (name, body) in [("day1.csv", DEALS.to_owned()), ("day2.csv", DEALS.replace("1000", "2000"))] {
        let page = boss.upload("/data/preview", &csrf, name, &body).await.text;
        boss.post("/data/import", &[("csrf", &csrf), ("key", &field(&page, "key"))]).await;
    }
    let page = boss.get("/data").await.text;
    let asks: Vec<&str> = page.split("<details class=\"ask\">").skip(1).collect();
    let newer = "day2.csv was imported later from the same source.";
    assert!(asks.len() == 2 && !asks[0].contains("was imported later") && asks[1].contains(newer), "{page}");
    let run = field(asks[0], "run");
    boss.post("/data/undo", &[("csrf", &csrf), ("run", &run)]).await;
    assert!(!boss.get("/data").await.text.contains("was imported later"), "one that is undone has nothing to say");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_a_foreign_form_is_refused() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let page = boss.upload("/data/preview", &csrf, "odd.csv", "just one line").await;
    assert!(page.status == 422 && page.text.contains("odd.csv: "), "{}", page.text);
    assert!(boss.upload("/data/preview", &csrf, "e.csv", "").await.text.contains("Choose a file or paste a table"));
    assert_eq!(boss.upload("/data/preview", "guess", "deals.csv", DEALS).await.status, 403);
    let gone = boss.post("/data/import", &[("csrf", &csrf), ("key", "k000")]).await;
    assert!(gone.status == 422 && gone.text.contains("choose the files again"), "{}", gone.text);
    let mut rep = hub.signed_in(Role::Rep, None);
    let own = hub.csrf(&rep);
    assert_eq!(rep.get("/data").await.status, 404);
    assert_eq!(rep.upload("/data/preview", &own, "deals.csv", DEALS).await.status, 404);
    for address in ["import", "undo", "map", "deals"] {
        assert_eq!(rep.post(&format!("/data/{address}"), &[("csrf", &own)]).await.status, 404, "{address}");
    }
}

#[tokio::test]
async fn an_unknown_owner_is_mapped_once_for_ever() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let fact = facts::Fact {
        source: "crm".into(),
        ext_id: "x1".into(),
        metric: "won".into(),
        person: None,
        owner_key: Some("ana@old".into()),
        at: crate::clock::now().as_microsecond(),
        amount: 1,
        ..facts::Fact::default()
    };
    hub.store.write(|tx| facts::put(tx, &[fact], 0)).unwrap();
    assert!(boss.get("/data").await.text.contains("<b>ana@old</b>"));
    let fields = [("csrf", csrf.as_str()), ("source", "crm"), ("key", "ana@old"), ("person", "p1")];
    let done = boss.post("/data/map", &fields).await;
    let page = boss.get(&done.location.unwrap()).await;
    assert!(
        page.text.contains("ana@old is Ana Alves from now on: 1 fact.")
            && page.text.contains("Every deal has a person"),
        "{}",
        page.text
    );
    let key = || hub.store.read(|tx| people::get_key(tx, "crm", "ana@old")).unwrap().map(|key| key.person);
    assert_eq!(key().as_deref(), Some("p1"));
    let run = field(&page.text, "run");
    let page = boss.post("/data/undo", &[("csrf", &csrf), ("run", &run)]).await;
    assert!(page.text.contains("<b>ana@old</b>") && key().is_none(), "{}", page.text);
}

#[tokio::test]
async fn each_source_says_how_it_is_and_what_it_brought_today() {
    let hub = Hub::demo();
    let mut boss = hub.signed_in(Role::Admin, None);
    let now = clock::now().as_microsecond();
    let fact = facts::Fact {
        source: "phones".into(),
        ext_id: "x1".into(),
        metric: "calls".into(),
        person: Some("p1".into()),
        owner_key: None,
        at: now,
        amount: 1,
        ..facts::Fact::default()
    };
    hub.store
        .write(|tx| {
            for (id, kind, every_s, error) in
                [("phones", "webhook", None, None), ("crm", "map", Some(300), Some("it answers 401 Unauthorized"))]
            {
                let row = SourceRow {
                    id: id.into(),
                    kind: kind.into(),
                    settings: "s3cret".into(),
                    every_s,
                    ..SourceRow::default()
                };
                sources::put(tx, &row)?;
                sources::note_outcome(tx, id, now, error)?;
            }
            facts::put(tx, &[fact], now)
        })
        .unwrap();
    let page = boss.get("/data").await.text;
    let row = |name: &str| {
        let from = page.find(&format!("<b>{name}</b>")).unwrap_or_else(|| panic!("{name}: {page}"));
        page[from..].split("</tr>").next().unwrap().to_owned()
    };
    let [phones, crm, hand] = ["phones", "crm", "By hand"].map(row);
    assert!(
        phones.contains("sends facts to the hub") && phones.contains("● Good") && phones.contains(">1</td>"),
        "{phones}"
    );
    assert!(crm.contains("asked every 5 min") && crm.contains("✕ Failed") && crm.contains("401 Unauthorized"), "{crm}");
    assert!(hand.contains("taps on My day") && !page.contains("s3cret"), "{page}");
}

/// Rows that name nobody are said, and rows that were left out are never called known.
#[tokio::test]
async fn what_was_not_understood_is_not_called_good() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let file = "id,owner,stage,close_date,amount\nA1,Dora Dahl,Won,2026-01-14,1 250\nA2,,Won,2026-01-15,7\n";
    let page = boss.upload("/data/preview", &csrf, "deals.csv", file).await;
    boss.post("/data/import", &[("csrf", &csrf), ("key", &field(&page.text, "key"))]).await;
    let page = boss.get("/data").await.text;
    assert!(page.contains("Deals that name no person") && !page.contains("Every deal has a person"), "{page}");
    // It is given to her, taken back, and left out for ever: each is a line of the imports.
    let dora = hub.store.read(|tx| people::list(tx, &crate::access::Viewer::Owner)).unwrap().remove(0).id;
    let deal = r#"["file","A2"]"#;
    assert!(page.contains("value=\"[&#34;file&#34;,&#34;A2&#34;]\""), "{page}");
    let give = [("csrf", csrf.as_str()), ("deal", deal), ("person", &dora), ("do", "give")];
    let address = boss.post("/data/deals", &give).await.location.unwrap();
    let page = boss.get(&address).await.text;
    assert!(page.contains("Deals given to Dora Dahl: 1.") && page.contains("Every deal has a person"), "{page}");
    let run = field(&page, "run");
    assert!(
        boss.post("/data/undo", &[("csrf", &csrf), ("run", &run)]).await.text.contains("Deals that name no person")
    );
    let out = [("csrf", csrf.as_str()), ("deal", deal), ("person", &dora), ("do", "out")];
    let address = boss.post("/data/deals", &out).await.location.unwrap();
    assert!(boss.get(&address).await.text.contains("Deals left out for ever: 1."));
    let none = boss.post("/data/deals", &[("csrf", csrf.as_str()), ("do", "out")]).await.location.unwrap();
    assert!(boss.get(&none).await.text.contains("Choose deals first."));
    let known = boss.upload("/data/preview", &csrf, "deals.csv", file).await.text;
    assert!(known.contains("Everything in it is already here"), "{known}");
    let odd = boss.upload("/data/preview", &csrf, "deals.csv", &format!("{file}A3,Dora Dahl,Won,n/a,5\n")).await.text;
    assert!(odd.contains("1 row left out") && !odd.contains("Everything in it is already here"), "{odd}");
}

/// Two hubs of one process, as in tests and in a program that serves two floors, share neither previews nor counted calls.
#[tokio::test]
async fn two_hubs_share_nothing() {
    let (one, other) = (Hub::new(), Hub::new());
    let mut boss = one.signed_in(Role::Admin, None);
    let page = boss.upload("/data/preview", &one.csrf(&boss), "deals.csv", DEALS).await;
    let key = field(&page.text, "key");
    // The same login, as two nodes of one floor would have it.
    let login = one.store.read(logins::list).unwrap().remove(0).id;
    let called = |hub: &Hub| hub.app.calls.add("token", 1).0;
    assert!((1..25).all(|_| called(&one) == 0) && called(&other) == 0 && called(&one) == 25);
    let found = |hub: &Hub| hub.app.previews.get(&key, &login, clock::now()).is_some();
    assert_eq!((found(&one), found(&other)), (true, false));
}

#[tokio::test]
async fn a_source_is_added_and_taken_away_and_what_is_wrong_is_said_at_once() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let folder = hub.folder().to_str().unwrap().to_owned();
    let form = |name: &'static str, kind: &'static str, path: &str, minutes: &'static str| {
        [("name", name), ("kind", kind), ("path", path), ("minutes", minutes)].map(|(key, of)| (key, of.to_owned()))
    };
    for (fields, says) in [
        (form("a b", "folder", &folder, "5"), "A name has"),
        (form("crm", "folder", "relative", "5"), "no such folder"),
        (form("crm", "system", &folder, "5"), "no such file"),
        (form("crm", "folder", &folder, "0"), "from 1 to 1,440"),
    ] {
        let mut given: Vec<(&str, &str)> = fields.iter().map(|(key, of)| (*key, of.as_str())).collect();
        given.push(("csrf", &csrf));
        let answer = boss.post("/data/source", &given).await;
        assert!(answer.status == 422 && answer.text.contains(says), "{says}: {}", answer.text);
    }
    let add = [("csrf", csrf.as_str()), ("name", "crm"), ("kind", "folder"), ("path", &folder), ("minutes", "5")];
    assert_eq!(boss.post("/data/source", &add).await.location.as_deref(), Some("/data?added=1"));
    let row = hub.store.read(|tx| sources::get(tx, "crm")).unwrap().unwrap();
    assert_eq!((row.kind.as_str(), row.every_s), ("folder", Some(300)));
    assert!(boss.post("/data/source", &add).await.text.contains("crm is there already"));
    let hook = [("csrf", csrf.as_str()), ("name", "phone"), ("kind", "sends")];
    let shown = boss.post("/data/source", &hook).await.text;
    let secret = shown.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(hub.store.read(|tx| sources::get(tx, "phone")).unwrap().unwrap().settings, secret);
    assert!(!boss.get("/data").await.text.contains(&secret), "shown once");
    boss.post("/data/source/remove", &[("csrf", &csrf), ("source", "crm")]).await;
    assert_eq!(hub.store.read(|tx| sources::get(tx, "crm")).unwrap(), None);
}

#[tokio::test]
async fn two_spellings_are_made_one_person_or_told_apart_and_either_is_taken_back() {
    let hub = Hub::demo();
    let twin =
        people::PersonRow { id: "p9".into(), name: "ana  alves".into(), shown: "name".into(), ..Default::default() };
    hub.store.write(|tx| people::put(tx, &twin)).unwrap();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let names = || hub.store.read(|tx| people::list(tx, &crate::access::Viewer::Owner)).unwrap().len();
    let asks = "Merge into Ana Alves";
    assert!(boss.get("/data").await.text.contains(asks), "who has more facts stays");
    let two = [("csrf", csrf.as_str()), ("kept", "p1"), ("gone", "p9"), ("do", "two")];
    let address = boss.post("/data/people", &two).await.location.unwrap();
    let page = boss.get(&address).await.text;
    assert!(!page.contains(asks) && page.contains("Kept as two people"), "{page}");
    boss.post("/data/people/undo", &[("csrf", &csrf), ("what", "p1/p9")]).await;
    assert!(boss.get("/data").await.text.contains(asks));
    let one = [("csrf", csrf.as_str()), ("kept", "p1"), ("gone", "p9"), ("do", "one")];
    let address = boss.post("/data/people", &one).await.location.unwrap();
    assert_eq!(names(), 3);
    let merge = address.split_once('=').unwrap().1.to_owned();
    boss.post("/data/people/undo", &[("csrf", &csrf), ("what", &merge)]).await;
    assert_eq!(names(), 4);
    let said = boss.get("/settings").await.text;
    assert!(said.contains("merged two people: Ana Alves."), "{said}");
}

/// What a file leaves open is asked, the answer is seen before it counts, and holds for the next file.
#[tokio::test]
async fn ambiguous_dates_amounts_and_columns_are_answered_on_the_page() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let file = "Deal ID;Closer;Worth;Closed\n1;Ana Alves;1.980 €;03/04/2026\n2;Ana Alves;12,50;05/04/2026\n3;Ben Brand;7.25;04/05/2026\n";
    let page = boss.upload("/data/preview", &csrf, "mine.csv", file).await;
    assert!(page.text.contains("does the day or the month come first?"), "{}", page.text);
    assert!(
        page.text.contains("Day first: 3 Apr 2026") && page.text.contains("Month first: 4 Mar 2026"),
        "{}",
        page.text
    );
    assert!(page.text.contains("thousands or decimals?") && page.text.contains("Thousands: 1,980"), "{}", page.text);
    assert!(page.text.contains("every row is left out") && !page.text.contains("[feed]"), "{}", page.text);
    let key = field(&page.text, "key");
    let post = async |boss: &mut crate::web::pages::testing::Browser, path: &str, answers: &[(&str, &str)]| {
        let fields = [("csrf", csrf.as_str()), ("key", key.as_str())];
        boss.post(path, &fields.iter().chain(answers).copied().collect::<Vec<_>>()).await
    };
    // An import with answers that nobody has seen yet is a preview.
    let answers = [("date_order", "dmy"), ("three_digits", "thousands")];
    let early = post(&mut boss, "/data/import", &answers).await;
    assert!(early.status == 422 && early.text.contains("Nothing has been imported yet"), "{}", early.text);
    let page = post(&mut boss, "/data/preview/answers", &answers).await.text;
    assert!(page.contains("3 rows read: 3 won") && page.contains("Won: 1,999.75 EUR in 3 deals"), "{page}");
    assert!(page.contains("Won from 3 Apr 2026 to 4 May 2026") && page.contains("value=\"dmy\" checked"), "{page}");
    assert!(post(&mut boss, "/data/import", &answers).await.location.is_some());
    // The next file of another month is read likewise, and a column can be another one.
    let next = "Deal ID;Closer;Worth;Discount value;Closed\n8;Ana Alves;9;5;06/07/2026\n";
    let page = boss.upload("/data/preview", &csrf, "next.csv", next).await;
    assert!(page.text.contains("Won on 6 Jul 2026") && page.text.contains("1 row read: 1 won"), "{}", page.text);
    let swap = [("column.0.amount", "Discount value"), ("was.0.amount", "Worth")];
    let fields = [("csrf", csrf.as_str()), ("key", &field(&page.text, "key"))];
    let page = boss.post("/data/preview/answers", &fields.iter().chain(&swap).copied().collect::<Vec<_>>()).await.text;
    assert!(page.contains("Won: 5 EUR in 1 deal<") && page.contains("Not used: Worth"), "{page}");
    // What was said of a column, or answered, is taken back on the page.
    assert!(page.contains("<option value=\"+files\">as the files themselves say</option>"), "{page}");
    let back = [("column.0.amount", "+files"), ("was.0.amount", "Discount value"), ("date_order", "+files")];
    let page = boss.post("/data/preview/answers", &fields.iter().chain(&back).copied().collect::<Vec<_>>()).await.text;
    assert!(!page.contains("+files") && page.contains("does the day or the month come first?"), "{page}");
    let page = boss.post("/data/preview/answers", &[fields[0], fields[1], ("date_order", "dmy")]).await.text;
    assert!(page.contains("Won: 9 EUR in 1 deal<"), "{page}");
    let wrong = [("currency", "euro"), ("currency_was", "EUR")];
    let page = boss.post("/data/preview/answers", &fields.iter().chain(&wrong).copied().collect::<Vec<_>>()).await;
    assert!(page.status == 422 && page.text.contains("three letters of a currency"), "{}", page.text);
}

/// A Japanese page gives its reasons in Japanese: for each row that is left out, and for the file.
#[tokio::test]
async fn reasons_are_in_the_language_of_the_page() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let ja = boss.post("/settings/you", &[("csrf", &csrf), ("lang", "ja"), ("look", "")]).await;
    assert!(ja.location.is_some(), "{}", ja.text);
    let file = "Deal ID,Owner,Stage,Amount,Currency,Close date\n1,Ana Alves,Won,12 TSD,EUR,2026-04-13\n2,Ana Alves,Phase B,5,EUR,2026-04-13\n\
                3,Ana Alves,Won,5,N/A,2026-04-13\n4,Ana Alves,Won,5,EUR,03/04/2026\n5,Ana Alves,Won,5,EUR,\n6,Ana Alves,Won,5,EUR,soon\n\
                7,Ana Alves,Won,5,EUR,2026-04-13\n7,Ana Alves,Won,6,EUR,2026-04-13\n8,Ana Alves,,6,EUR,2026-04-13\n";
    let page = boss.upload("/data/preview", &csrf, "deals.csv", file).await.text;
    let reasons: Vec<&str> = page.split("down\">✕ ").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(reasons.len(), 8, "{page}");
    for why in reasons {
        assert!(why.chars().any(|c| ('ぁ'..='ん').contains(&c)), "{why}");
    }
}

/// A table in which nobody is found can be saved by saying who is who; a PDF is called one.
#[tokio::test]
async fn a_table_whose_words_nobody_knows_is_read_by_what_one_says() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let file = "Hunter,Amount,Close date\nAna Alves,7,2026-04-13\n";
    let page = boss.upload("/data/preview", &csrf, "odd.csv", file).await;
    assert!(page.status == 422 && page.text.contains("odd.csv: no column with the person"), "{}", page.text);
    assert!(!page.text.contains("[feed]") && page.text.contains("<details open>"), "{}", page.text);
    let fields = [("csrf", csrf.as_str()), ("key", &field(&page.text, "key"))];
    let who = [("column.0.who", "Hunter"), ("was.0.who", "-")];
    let page = boss.post("/data/preview/answers", &fields.iter().chain(&who).copied().collect::<Vec<_>>()).await;
    assert!(page.status == 200 && page.text.contains("1 row read: 1 won"), "{}", page.text);
    let page = boss.upload("/data/preview", &csrf, "offer.pdf", "%PDF-1.7 …").await;
    assert!(page.text.contains("this is a PDF; a table is expected"), "{}", page.text);
}

/// A folder whose dates leave it open says so at its source until they are answered there: it is not called good.
#[tokio::test]
async fn a_folder_is_answered_where_it_is_added() {
    let hub = Hub::new();
    let mut boss = hub.signed_in(Role::Admin, None);
    let csrf = hub.csrf(&boss);
    let folder = hub.folder().join("exports");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("deals.csv"), "Deal ID,Owner,Amount,Close date\n1,Ana,5,03/04/2026\n").unwrap();
    let path = folder.to_str().unwrap().to_owned();
    let tools = Tools { decoder: crate::sources::decode::Decoder::here(), program: None };
    for (name, order) in [("open", ""), ("said", "dmy")] {
        let fields = [("name", name), ("kind", "folder"), ("path", &path), ("minutes", "5"), ("date_order", order)];
        let fields: Vec<(&str, &str)> = fields.into_iter().chain([("csrf", csrf.as_str())]).collect();
        assert!(boss.post("/data/source", &fields).await.location.is_some());
    }
    let look = |name: &str| {
        let row = hub.store.read(|tx| sources::get(tx, name)).unwrap().unwrap();
        poll(&hub.store, &tools, &row, false, clock::now())
    };
    let why = look("open").unwrap_err();
    assert!(why.contains("deals.csv: every row is left out; line 2:") && why.contains("could be two days"), "{why}");
    let PollOutcome::Written(_, plan) = look("said").unwrap() else { panic!("it is new") };
    assert_eq!((plan.won, plan.days.unwrap().0.to_string()), (1, "2026-04-03".to_owned()));
}
