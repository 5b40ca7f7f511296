//! Deliveries of another system: each is taken once.

use floorcast_hub::sources::webhook::{WINDOW_S, signature};
use floorcast_hub::store::hash::{self, FloorHash};
use floorcast_hub::store::sources::{SourceRow, put};
use serde_json::json;

use crate::api::Hub;

const SECRET: &str = "s3cret";

fn deliver(hub: &Hub, id: &str, seconds_ago: i64, secret: &str, body: &str) -> u16 {
    #[expect(clippy::disallowed_methods, reason = "the hub looks at its clock, and so does whoever sends to it")]
    let at = (jiff::Timestamp::now().as_second() - seconds_ago).to_string();
    let signed = signature(id, &at, body.as_bytes(), secret).unwrap();
    let headers = [("webhook-id", id), ("webhook-timestamp", at.as_str()), ("webhook-signature", signed.as_str())];
    hub.ask("POST", "/hooks/crm", &headers, body).status
}

fn start() -> Hub {
    let hub = Hub::start();
    let row = SourceRow { id: "crm".into(), kind: "webhook".into(), settings: SECRET.into(), ..SourceRow::default() };
    hub.store.write(|tx| put(tx, &row)).unwrap();
    hub
}

fn body(metric: &str, value: i64) -> String {
    json!({"activities": [{"ext_id": "1", "metric": metric, "at": "2026-11-02", "value": value}]}).to_string()
}

fn fingerprint(hub: &Hub) -> FloorHash {
    hub.store.read(hash::floor).unwrap()
}

#[test]
fn a_delivery_that_comes_twice_counts_once() {
    let hub = start();
    assert_eq!(deliver(&hub, "a", 0, SECRET, &body("won", 5)), 202);
    let once = fingerprint(&hub);
    assert_eq!(once.facts, 1);
    // A repeated webhook-id is a duplicate, whatever its body.
    assert_eq!(deliver(&hub, "a", 0, SECRET, &body("won", 6)), 202);
    assert_eq!(fingerprint(&hub), once);
}

#[test]
fn what_is_forged_old_or_of_an_unknown_source_never_counts() {
    let hub = start();
    let before = fingerprint(&hub);
    assert_eq!(deliver(&hub, "b", 0, "wrong", &body("won", 7)), 401);
    assert_eq!(deliver(&hub, "b", WINDOW_S + 1, SECRET, &body("won", 7)), 401);
    // From the future. A second or more passes until the hub looks at its clock.
    assert_eq!(deliver(&hub, "b", -(WINDOW_S + 100), SECRET, &body("won", 7)), 401);
    assert_eq!(hub.ask("POST", "/hooks/other", &[("webhook-id", "x")], "{}").status, 401);
    assert_eq!(fingerprint(&hub), before);
}

#[test]
fn a_delivery_that_was_refused_for_its_content_may_come_again_corrected() {
    let hub = start();
    let before = fingerprint(&hub);
    assert_eq!(deliver(&hub, "b", 0, SECRET, &body("none", 8)), 422);
    assert_eq!(fingerprint(&hub), before);
    assert_eq!(deliver(&hub, "b", 0, SECRET, &body("won", 8)), 202);
    assert_ne!(fingerprint(&hub), before);
}
