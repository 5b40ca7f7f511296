//! What programs change over the API: every answer is on the disk, wrong fields are named, and a key does a call once.

use floorcast_hub::access::TokenRole;
use floorcast_hub::store::{audit, people};
use serde_json::{Value, json};

use crate::api::Hub;
use crate::support::{Floor, Folder};

struct Admin<'h> {
    hub: &'h Hub,
    bearer: String,
}

impl Admin<'_> {
    fn ask(&self, method: &str, address: &str, body: &Value) -> (u16, Value) {
        self.with(method, address, body, &[])
    }

    fn with(&self, method: &str, address: &str, body: &Value, more: &[(&str, &str)]) -> (u16, Value) {
        let mut headers = vec![("authorization", self.bearer.as_str()), ("content-type", "application/json")];
        headers.extend_from_slice(more);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = self.hub.ask(method, &format!("/api/v1/{address}"), &headers, &body);
        (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
    }
}

#[test]
fn a_floor_is_set_up_and_taken_down_by_a_program() {
    let hub = Hub::start();
    let admin = Admin { hub: &hub, bearer: format!("Bearer {}", hub.token(TokenRole::Admin)) };
    let made = |address: &str, body: Value, status: u16| {
        let (found, of) = admin.ask("POST", address, &body);
        assert_eq!(found, status, "{address}: {of}");
        of["id"].as_str().unwrap_or_default().to_owned()
    };
    let north = made("teams", json!({"name": "North", "lead": "Rui", "color": "#3A86FF"}), 201);
    let ana = made("people", json!({"name": "Ana", "team": north, "started": "2026-01-05"}), 201);
    made("metrics", json!({"id": "calls", "label": "Calls", "unit": "count", "leads_to": "won"}), 201);
    let goal = made(
        "goals",
        json!({"scope": "team", "who": north, "metric": "won", "from": "2026-12-01", "to": "2027-01-01", "target": 5000.5}),
        200,
    );
    let again = made(
        "goals",
        json!({"scope": "team", "who": north, "metric": "won", "from": "2026-12-01", "to": "2027-01-01", "target": 6000}),
        200,
    );
    assert_eq!(goal, again, "one goal for a figure and period");
    let card = made(
        "scorecards",
        json!({"title": "Month", "period": "month", "lines": [{"metric": "calls", "weight": 100, "target": 310, "cap": 1.5}]}),
        201,
    );
    let contest = made(
        "contests",
        json!({"title": "Dial", "format": "most", "of_whom": "people", "who": [ana], "starts": "2026-12-01T00:00:00Z", "ends": "2026-12-24T00:00:00Z", "stage": "open", "metrics": [{"metric": "calls", "points": 1}], "prizes": [{"place": 1, "label": "Dinner"}]}),
        201,
    );
    let shout = made("recognitions", json!({"who": [ana], "badge": "shout_out", "headline": "Great demo"}), 201);
    let notice = made("notices", json!({"title": "Stand-up", "text": "9:30", "team": north}), 201);
    let token = made("tokens", json!({"role": "read", "label": "BI", "days": 30}), 201);
    for (address, id) in [
        ("people", &ana),
        ("teams", &north),
        ("goals", &goal),
        ("scorecards", &card),
        ("contests", &contest),
        ("recognitions", &shout),
        ("notices", &notice),
        ("tokens", &token),
    ] {
        let (_, list) = admin.ask("GET", address, &Value::Null);
        assert!(list.as_array().unwrap().iter().any(|of| of["id"] == **id), "{address}: {list}");
        assert!(list.as_array().unwrap().iter().all(|of| of.get("secret").is_none()), "{address}");
    }
    let (status, changed) =
        admin.ask("PATCH", &format!("people/{ana}"), &json!({"name": "Ana Souza", "ended": "2026-12-31"}));
    assert_eq!((status, &changed["name"]), (200, &json!("Ana Souza")));
    let (status, refused) = admin.ask("PATCH", &format!("people/{ana}"), &json!({"started": "2027-01-04"}));
    let why = "started: nobody leaves before the first day: came started 2027-01-04 and ended 2026-12-31";
    assert!(status == 422 && refused.to_string().contains(why), "{refused}");
    assert_eq!(admin.ask("DELETE", &format!("teams/{north}"), &Value::Null).0, 422, "people are in it");
    for (address, id) in [
        ("tokens", &token),
        ("notices", &notice),
        ("recognitions", &shout),
        ("contests", &contest),
        ("scorecards", &card),
        ("goals", &goal),
    ] {
        assert_eq!(admin.ask("DELETE", &format!("{address}/{id}"), &Value::Null).0, 204, "{address}");
        assert_eq!(admin.ask("DELETE", &format!("{address}/{id}"), &Value::Null).0, 404, "{address}: gone");
    }
    assert_eq!(admin.ask("DELETE", &format!("people/{ana}"), &Value::Null).0, 204);
    let deeds = hub.store.read(|tx| audit::list(tx, 100)).unwrap();
    let whats: Vec<&str> = deeds.iter().map(|of| of.what.as_str()).collect();
    assert!(["team.add", "person.remove", "token.add"].iter().all(|what| whats.contains(what)), "{whats:?}");
    assert!(deeds.iter().all(|of| of.who == "token:admin:test" && of.address.as_deref() == Some("127.0.0.1")));
}

#[test]
fn wrong_fields_are_named_and_nothing_is_written() {
    let hub = Hub::start();
    let admin = Admin { hub: &hub, bearer: format!("Bearer {}", hub.token(TokenRole::Admin)) };
    for (address, body, field) in [
        ("people", json!({"name": " "}), "name"),
        ("people", json!({"name": "Ana", "started": "soon"}), "started"),
        ("people", json!({"name": "Ana", "team": "t0"}), "team"),
        ("people", json!({"name": "Ana", "hue": 1}), "hue"),
        ("people", json!({"name": 7}), "name"),
        ("teams", json!({"name": "N", "color": "red"}), "color"),
        ("metrics", json!({"id": "a b", "label": "x", "unit": "count"}), "id"),
        ("metrics", json!({"id": "a", "label": "x", "unit": "miles"}), "unit"),
        ("metrics", json!({"id": "a", "label": "x", "unit": "count", "agg": "ratio"}), "num"),
        (
            "goals",
            json!({"scope": "company", "metric": "won", "from": "2026-12-01", "to": "2026-12-01", "target": 1}),
            "to",
        ),
        (
            "goals",
            json!({"scope": "company", "metric": "won", "from": "2026-12-01", "to": "2027-01-01", "target": 0}),
            "target",
        ),
        (
            "goals",
            json!({"scope": "company", "metric": "wno", "from": "2026-12-01", "to": "2027-01-01", "target": 1}),
            "metric",
        ),
        (
            "contests",
            json!({"title": "x", "format": "most", "of_whom": "people", "starts": "2026-12-01T00:00:00Z", "stage": "open", "metrics": [{"metric": "won", "points": 1}]}),
            "ends",
        ),
        ("recognitions", json!({"who": ["p0"], "badge": "shout_out", "headline": "x"}), "who"),
        ("tokens", json!({"role": "admin", "label": "x"}), "role"),
        ("screens", json!({"code": "AAAAAA", "name": "x", "board": "main"}), "code"),
    ] {
        let (status, problem) = admin.ask("POST", address, &body);
        let fields: Vec<String> = problem["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|of| format!("{} {}", of["field"], of["reason"]))
            .collect();
        assert!(status == 422 && fields.iter().any(|of| of.contains(field)), "{address} {body}: {status} {problem}");
    }
    assert!(hub.store.read(|tx| people::list(tx, &floorcast_hub::access::Viewer::Owner)).unwrap().is_empty());
    assert!(hub.store.read(|tx| audit::list(tx, 9)).unwrap().is_empty());
}

#[test]
fn a_secret_that_is_shown_once_is_shown_again_to_the_same_call_and_stands_in_no_backup() {
    let hub = Hub::start();
    let admin = Admin { hub: &hub, bearer: format!("Bearer {}", hub.token(TokenRole::Admin)) };
    let make =
        || admin.with("POST", "tokens", &json!({"role": "read", "label": "Report"}), &[("idempotency-key", "k1")]);
    let (first, again) = (make(), make());
    let secret = first.1["secret"].as_str().unwrap_or_else(|| panic!("{first:?}"));
    assert_eq!((first.0, &first), (201, &again));
    let folder = Folder::new();
    let copy = folder.0.join("copy.db");
    hub.store.copy_to(&copy).unwrap();
    let bytes = std::fs::read(&copy).unwrap();
    let has = |text: &str| bytes.windows(text.len()).any(|at| at == text.as_bytes());
    assert!(has("Report") && !has(secret), "the token is there, its secret is not");
}

#[test]
fn a_call_with_a_key_is_done_once_and_lists_have_pages() {
    let hub = Hub::start();
    let admin = Admin { hub: &hub, bearer: format!("Bearer {}", hub.token(TokenRole::Admin)) };
    let key = [("idempotency-key", "k1")];
    let first = admin.with("POST", "people", &json!({"name": "Ana"}), &key);
    let again = admin.with("POST", "people", &json!({"name": "Ana"}), &key);
    assert_eq!((first.0, &first), (201, &again));
    assert_eq!(admin.with("POST", "people", &json!({"name": "Ben"}), &key).0, 422, "another call with the same key");
    for name in ["Ben", "Cleo"] {
        admin.ask("POST", "people", &json!({"name": name}));
    }
    let all = admin.ask("GET", "people", &Value::Null).1;
    assert_eq!(all.as_array().unwrap().len(), 3);
    let one = hub.ask("GET", "/api/v1/people?limit=2", &[("authorization", &admin.bearer)], "");
    let link = one.header("link").unwrap().to_owned();
    let next = link.split(['<', '>']).nth(1).unwrap();
    let two = hub.ask("GET", &format!("/api/v1/people{next}"), &[("authorization", &admin.bearer)], "");
    let names = |text: &[u8]| -> Vec<String> {
        let rows: Value = serde_json::from_slice(text).unwrap();
        rows.as_array().unwrap().iter().map(|of| of["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!([names(&one.body), names(&two.body)].concat(), ["Ana", "Ben", "Cleo"]);
    assert!(two.header("link").is_none());
    let misspelt = "standings?metric=won&from=2026-11-01&to=2026-12-01&bya=team";
    for wrong in ["people?limit=0", "people?limit=x", "people?after=p0", misspelt] {
        let (status, problem) = admin.ask("GET", wrong, &Value::Null);
        assert!([400, 422].contains(&status) && problem["status"] == status, "{wrong}: {problem}");
    }
}

/// What a file leaves open is answered alike by a program and on the command line, and a wrong answer is named by its field.
#[test]
fn files_with_answers_come_in_as_from_the_command_line() {
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        import: floorcast_hub::cli::ImportArgs,
    }
    let file = "Nr;Closer;Worth;Other worth;Closed\n1;Ana;1.980;5;03/04/2026\n2;Ben;12,50;6;05/04/2026\n3;Ben;7.25;7;2026-04-30\n";
    let hub = Hub::start();
    let admin = Admin { hub: &hub, bearer: format!("Bearer {}", hub.token(TokenRole::Admin)) };
    let mut given = json!({
        "files": [{"name": "a.csv", "text": file}], "dry_run": true, "date_order": "dmy", "three_digits": "decimals",
        "currency": "EUR", "columns": {"amount": ["Worth"], "id": ["-"]},
    });
    let (status, seen) = admin.ask("POST", "imports", &given);
    assert_eq!((status, &seen["run"], &seen["deals"]["won"]), (200, &Value::Null, &json!(3)), "{seen}");
    assert_eq!(seen["won"], json!([{"currency": "EUR", "deals": 3, "amount": 21.73}]), "{seen}");
    let line = "import --db x a.csv --date-order dmy --three-digits decimals --currency eur --column amount=Worth --column id=-";
    let line = <Line as clap::Parser>::try_parse_from(line.split(' ')).unwrap();
    let floor = Floor::new();
    // The program that is asked goes by the clock: what it says of old deals is of today.
    #[expect(clippy::disallowed_methods, reason = "the hub looks at its clock")]
    let at = jiff::Timestamp::now();
    let (_, plan) = floor.import_at(&[("a.csv", file)], &line.import.answers.choices(), at);
    let mut typed = plan.as_json(None);
    typed["choices"] = seen["choices"].clone();
    assert_eq!(typed, seen);
    given["dry_run"] = json!(false);
    let (status, done) = admin.ask("POST", "imports", &given);
    assert_eq!(status, 200, "{done}");
    assert_eq!(hub.store.read(floorcast_hub::store::hash::floor).unwrap().hash, floor.hash().hash);
    let (_, listed) = admin.ask("GET", "imports", &Value::Null);
    assert_eq!((&listed[0]["id"], &listed[0]["files"]), (&done["run"], &json!(["a.csv"])), "{listed}");
    // The answers hold for the next file, until it is answered otherwise.
    let next = json!({"files": [{"name": "b.csv", "text": file}], "dry_run": true, "date_order": "mdy"});
    let (_, next) = admin.ask("POST", "imports", &next);
    assert_eq!(
        (&next["choices"]["three_digits"], &next["days"]["last"]),
        (&json!("decimals"), &json!("2026-05-04")),
        "{next}"
    );
    let wrong = json!({
        "files": [{"name": "a.csv"}], "date_order": "ymd", "currency": "euro", "columns": {"whom": ["Ana"]}, "source": "a b"
    });
    let (status, said) = admin.ask("POST", "imports", &wrong);
    let fields: Vec<&str> = said["errors"].as_array().unwrap().iter().filter_map(|of| of["field"].as_str()).collect();
    assert_eq!((status, fields), (422, vec!["date_order", "currency", "columns.whom", "source", "files[0]"]), "{said}");
    let lost = json!({"files": [{"name": "a.csv", "text": file}], "columns": {"who": ["Hunter"]}});
    let (status, said) = admin.ask("POST", "imports", &lost);
    assert!(status == 422 && said["detail"].as_str().unwrap().contains("no file has a column \"Hunter\""), "{said}");
}

#[test]
fn a_program_says_whose_deals_are_and_takes_it_back() {
    let hub = Hub::start();
    let admin = Admin { hub: &hub, bearer: format!("Bearer {}", hub.token(TokenRole::Admin)) };
    let (_, ana) = admin.ask("POST", "people", &json!({"name": "Ana Sousa"}));
    let fact = |id: &str, owner: Value| json!({"ext_id": id, "metric": "won", "owner": owner, "at": "2026-11-02", "value": 10, "label": "Kestrel"});
    let facts = json!({"source": "crm", "activities": [fact("1", json!("Ana Souza")), fact("2", json!("701")), fact("3", Value::Null)]});
    assert_eq!(hub.post(&hub.token(TokenRole::Ingest), &facts).status, 200);
    let (_, names) = admin.ask("GET", "owners", &Value::Null);
    let row = |at: usize| (names[at]["key"].clone(), names[at]["looks_like"].clone(), names[at]["near"].clone());
    assert_eq!(row(0), (json!("701"), json!("id"), json!([])));
    assert_eq!(row(1), (json!("Ana Souza"), json!("name"), json!([ana["id"]])));
    let wrong = json!({"source": "crm", "key": "701", "is": "person"});
    let (status, said) = admin.ask("POST", "owners", &wrong);
    assert_eq!((status, &said["errors"][0]["field"]), (422, &json!("person")), "{said}");
    let is_new = json!({"source": "crm", "key": "701", "is": "new", "name": "Ben Brand"});
    let (status, new) = admin.ask("POST", "owners", &is_new);
    assert_eq!((status, &new["facts"]), (200, &json!(1)), "{new}");
    let (_, deals) = admin.ask("GET", "unnamed", &Value::Null);
    assert_eq!((&deals[0]["ext_id"], &deals[0]["facts"][0]["amount"]), (&json!("3"), &json!(1_000)), "{deals}");
    assert_eq!(admin.ask("POST", "unnamed", &json!({"source": "crm", "deals": ["3"]})).0, 422);
    let (status, given) = admin.ask("POST", "unnamed", &json!({"source": "crm", "deals": ["3"], "person": ana["id"]}));
    assert_eq!((status, &given["person"]), (200, &ana["id"]), "{given}");
    assert_eq!(admin.ask("GET", "unnamed", &Value::Null).1, json!([]));
    for run in [&new["run"], &given["run"]] {
        let (status, undone) = admin.ask("POST", &format!("imports/{}/undo", run.as_str().unwrap()), &Value::Null);
        assert_eq!((status, &undone["kept"]), (200, &json!([])), "{undone}");
    }
    assert_eq!(admin.ask("GET", "unnamed", &Value::Null).1.as_array().unwrap().len(), 1);
    assert_eq!(hub.store.read(|tx| people::list(tx, &floorcast_hub::access::Viewer::Owner)).unwrap().len(), 1);
    let done: Vec<String> = hub.store.read(|tx| audit::list(tx, 9)).unwrap().into_iter().map(|row| row.what).collect();
    assert_eq!(done[..4], ["import.undo", "import.undo", "deal.give", "owner.map"]);
}
