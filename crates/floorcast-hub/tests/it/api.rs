//! The hub over HTTP, on a socket of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use floorcast_hub::access::{TokenRole, Viewer};
use floorcast_hub::publish::{Publisher, Renderer};
use floorcast_hub::standings::{By, Question, Rank, standings};
use floorcast_hub::store::private::Private;
use floorcast_hub::store::tokens::TokenRow;
use floorcast_hub::store::{Store, tokens};
use floorcast_hub::web::{router, state::App};
use jiff::civil::date;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{Folder, now};

static NEXT: AtomicU32 = AtomicU32::new(0);

pub struct Hub {
    pub at: SocketAddr,
    pub store: Arc<Store>,
    pub private: Arc<Private>,
    pub publisher: Arc<Publisher>,
    _folder: Option<Folder>,
    _runtime: tokio::runtime::Runtime,
}

pub struct Answer {
    pub status: u16,
    pub headers: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let of = |line: &&str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name));
        self.headers.lines().find(of)?.split_once(':').map(|(_, value)| value.trim())
    }
}

impl Hub {
    pub fn start() -> Hub {
        let folder = Folder::new();
        let hub = Hub::start_on(&folder.0.join("db"));
        Hub { _folder: Some(folder), ..hub }
    }

    /// A node on the floor in a place, where others may be too.
    pub fn start_on(place: &std::path::Path) -> Hub {
        let store = Arc::new(Store::open(place, now()).unwrap());
        let publisher = Arc::new(Publisher::new(store.clone()).unwrap());
        let private = Arc::new(Private::open(place, now()).unwrap());
        let app = App {
            store: store.clone(),
            private: private.clone(),
            publisher: publisher.clone(),
            renderer: Arc::new(Renderer::new(None)),
            decoder: floorcast_hub::sources::decode::Decoder::here(),
            calls: Arc::default(),
            previews: Arc::default(),
            own_wall: Arc::default(),
            version: "test",
            options: Arc::default(),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let at = listener.local_addr().unwrap();
        runtime.spawn(publisher.clone().run());
        let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
        runtime.spawn(async move { axum::serve(listener, service).await });
        Hub { at, store, private, publisher, _folder: None, _runtime: runtime }
    }

    pub fn token(&self, role: TokenRole) -> String {
        let secret = format!("secret-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let hash: String = Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let row = TokenRow {
            id: secret.clone(),
            role,
            scope: String::new(),
            label: "test".into(),
            made: 0,
            expires: None,
            used: None,
        };
        self.store.write(|tx| tokens::put(tx, &hash, &row)).unwrap();
        secret
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.at,
            body.len()
        );
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let headers = String::from_utf8(all[..end].to_vec()).unwrap();
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, headers, body: all[end + 4..].to_vec() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    pub fn post(&self, token: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        self.ask(
            "POST",
            "/api/v1/activities",
            &[("authorization", &bearer), ("content-type", "application/json")],
            &body.to_string(),
        )
    }
}

fn deal(id: &str, owner: &str, value: f64) -> Value {
    json!({"ext_id": id, "metric": "won", "owner": owner, "at": "2026-11-02", "value": value})
}

#[test]
fn a_hub_says_that_it_lives() {
    let hub = Hub::start();
    let answer = hub.get("/healthz");
    assert_eq!((answer.status, answer.json()["status"].as_str()), (200, Some("ok")));
}

#[test]
fn facts_that_come_twice_count_once_and_a_correction_corrects() {
    let hub = Hub::start();
    let token = hub.token(TokenRole::Ingest);
    let body = json!({"activities": [deal("1", "Ana", 10.0), deal("2", "Ana", 20.5)]});
    assert_eq!(
        hub.post(&token, &body).json(),
        json!({"created": 2, "updated": 0, "unchanged": 0, "without_person": 2})
    );
    assert_eq!(
        hub.post(&token, &body).json(),
        json!({"created": 0, "updated": 0, "unchanged": 2, "without_person": 2})
    );
    let corrected = json!({"activities": [deal("2", "Ana", 21.0)]});
    assert_eq!(hub.post(&token, &corrected).json()["updated"], 1);
    let mut gone = deal("1", "Ana", 10.0);
    gone["revoked"] = json!(true);
    assert_eq!(hub.post(&token, &json!({"activities": [gone.clone()]})).json()["updated"], 1);
    assert_eq!(hub.post(&token, &json!({"activities": [gone]})).json()["unchanged"], 1);
    let question = Question {
        metric: "won".into(),
        from: date(2026, 11, 1),
        to: date(2026, 12, 1),
        by: By::Person,
        rank: Rank::Dense,
    };
    let found = hub.store.read(|tx| standings(tx, &Viewer::Owner, &question, now())).unwrap();
    assert_eq!(found.rows, [], "nobody said who Ana is");
}

#[test]
fn what_is_wrong_is_named_by_field_and_nothing_is_kept() {
    let hub = Hub::start();
    let token = hub.token(TokenRole::Ingest);
    let body = json!({"activities": [deal("1", "Ana", 10.0), {"ext_id": "", "metric": "calls", "at": "soon", "value": 1e300}]});
    let answer = hub.post(&token, &body);
    assert_eq!((answer.status, answer.header("content-type")), (422, Some("application/problem+json")));
    let fields: Vec<String> = answer.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(fields, ["activities[1].ext_id", "activities[1].metric", "activities[1].at", "activities[1].value"]);
    let good = json!({"activities": [deal("1", "Ana", 10.0)]});
    assert_eq!(hub.post(&token, &good).json()["created"], 1, "the good one of the refused call was not kept");
    let many: Vec<Value> = (0..1_001).map(|at| deal(&at.to_string(), "Ana", 1.0)).collect();
    assert_eq!(hub.post(&token, &json!({"activities": many})).status, 413);
    assert_eq!(
        hub.ask(
            "POST",
            "/api/v1/activities",
            &[("authorization", &format!("Bearer {token}")), ("content-type", "application/json")],
            "{"
        )
        .status,
        400
    );
}

#[test]
fn a_token_corrects_what_tokens_sent_and_nothing_else() {
    let hub = Hub::start();
    let token = hub.token(TokenRole::Ingest);
    let sent: floorcast_hub::sources::facts::NewFact = serde_json::from_value(deal("1", "Ana", 10.0)).unwrap();
    let sent = std::slice::from_ref(&sent);
    let kept = hub.store.write(|tx| floorcast_hub::sources::facts::keep(tx, "api", sent, &Viewer::Owner, now()));
    kept.unwrap().unwrap();
    let mut gone = deal("1", "Ben", 999.0);
    gone["revoked"] = json!(true);
    for taken in [deal("1", "Ben", 999.0), gone] {
        let answer = hub.post(&token, &json!({"activities": [deal("2", "Ben", 1.0), taken]}));
        assert_eq!((answer.status, answer.json()["errors"][0]["field"].as_str()), (422, Some("activities[1].ext_id")));
    }
    let known = hub.store.read(|tx| floorcast_hub::store::facts::of_ids(tx, "api", &["1", "2"])).unwrap();
    assert_eq!((known.len(), known["1"][0].amount, known["1"][0].revoked), (1, 1_000, None), "nothing was kept");
}

#[test]
fn all_that_is_wrong_is_told_at_once_in_words_and_no_cache_keeps_an_answer() {
    let hub = Hub::start();
    let token = hub.token(TokenRole::Ingest);
    let body = json!({"activities": [{"ext_id": 1, "metric": "won", "at": "2026-11-02", "value": "12"}, {"metric": "won", "at": "2026-11-02", "value": 1}]});
    let answer = hub.post(&token, &body);
    let errors = answer.json()["errors"].clone();
    let expected = json!([
        {"field": "activities[0].ext_id", "reason": "expected a text, came the number 1"},
        {"field": "activities[0].value", "reason": "expected a number, came the text \"12\""},
        {"field": "activities[1].ext_id", "reason": "is missing"},
    ]);
    assert_eq!((answer.status, &errors), (422, &expected));
    let read = format!("Bearer {}", hub.token(TokenRole::Read));
    let people = hub.ask("GET", "/api/v1/people", &[("authorization", &read)], "");
    assert_eq!(
        (people.header("x-content-type-options"), people.header("cache-control")),
        (Some("nosniff"), Some("no-store"))
    );
    let asked = hub.ask("GET", "/api/v1/standings?from=2026-01-01&to=2026-02-01", &[("authorization", &read)], "");
    assert_eq!((asked.status, asked.json()["errors"][0]["field"].as_str()), (400, Some("metric")));
}

#[test]
fn who_may_not_send_is_told_why() {
    let hub = Hub::start();
    let body = json!({"activities": []});
    assert_eq!(hub.post("nobody", &body).status, 401);
    assert_eq!(
        hub.ask("POST", "/api/v1/activities", &[("content-type", "application/json")], &body.to_string()).status,
        401
    );
    assert_eq!(hub.post(&hub.token(TokenRole::Read), &body).status, 403);
}

#[test]
fn a_board_follows_its_facts_and_is_sent_once() {
    let hub = Hub::start();
    let first = hub.get("/boards/main");
    assert_eq!(first.status, 200);
    assert_eq!(first.header("link"), Some("</boards/main/stream>; rel=\"stream\""));
    let etag = first.header("etag").unwrap().to_owned();
    assert_eq!(hub.ask("GET", "/boards/main", &[("if-none-match", &etag)], "").status, 304);
    let mut stream = BufReader::new(TcpStream::connect(hub.at).unwrap());
    stream.get_ref().set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let request = format!("GET /boards/main/stream HTTP/1.1\r\nhost: {}\r\n\r\n", hub.at);
    stream.get_mut().write_all(request.as_bytes()).unwrap();
    let mut revs = |wanted: u64| loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        if let Some(data) = line.strip_prefix("data: ") {
            let board: Value = serde_json::from_str(data).unwrap();
            if board["rev"] == wanted {
                return board;
            }
        }
    };
    assert_eq!(revs(1), first.json());
    hub.store
        .write(|tx| {
            use floorcast_hub::store::people::{PersonRow, put};
            put(
                tx,
                &PersonRow { id: "p1".into(), name: "Ana Souza".into(), shown: "name".into(), ..PersonRow::default() },
            )
        })
        .unwrap();
    hub.post(&hub.token(TokenRole::Ingest), &json!({"activities": [deal("1", "Ana Souza", 1_234.0)]}));
    let board = revs(2);
    assert_eq!(board["slides"][0]["rows"][0], json!({"who": "p:p1", "value": 1_234}));
    let zipped = hub.ask("GET", "/boards/main", &[("accept-encoding", "gzip")], "");
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    let mut plain = String::new();
    flate2::read::GzDecoder::new(&zipped.body[..]).read_to_string(&mut plain).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&plain).unwrap(), board);
    // What changes nothing on the board makes no new one.
    hub.post(&hub.token(TokenRole::Ingest), &json!({"activities": [deal("1", "Ana Souza", 1_234.0)]}));
    std::thread::sleep(Duration::from_millis(1_500));
    assert_eq!(hub.get("/boards/main").json()["rev"], 2);
}

#[test]
fn a_board_is_not_for_everybody() {
    let hub = Hub::start();
    assert_eq!(hub.ask("GET", "/boards/main", &[("x-forwarded-for", "203.0.113.9")], "").status, 401);
    let bearer = |role| format!("Bearer {}", hub.token(role));
    let with = |role| {
        hub.ask("GET", "/boards/main", &[("x-forwarded-for", "203.0.113.9"), ("authorization", &bearer(role))], "")
            .status
    };
    assert_eq!([with(TokenRole::Screen), with(TokenRole::Read), with(TokenRole::Ingest)], [200, 200, 403]);
    assert_eq!(hub.get("/boards/other").status, 404);
}

#[test]
fn the_api_describes_itself() {
    let hub = Hub::start();
    let document = hub.get("/api/v1/openapi.json").json();
    assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    let answers = document["paths"]["/api/v1/activities"]["post"]["responses"].as_object().unwrap();
    assert!(["200", "401", "403", "422"].iter().all(|status| answers.contains_key(*status)), "{answers:?}");
}
