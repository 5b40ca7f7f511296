//! Deliveries of another system: each is taken once.

use floorcast_hub::sources::webhook::signature;
use floorcast_hub::store::hash;
use floorcast_hub::store::sources::{SourceRow, put};
use serde_json::json;

use crate::api::Hub;

fn deliver(hub: &Hub, id: &str, seconds_ago: i64, secret: &str, body: &str) -> u16 {
    #[expect(clippy::disallowed_methods, reason = "the hub looks at its clock, and so does whoever sends to it")]
    let at = (jiff::Timestamp::now().as_second() - seconds_ago).to_string();
    let signed = signature(id, &at, body.as_bytes(), secret).unwrap();
    let headers = [("webhook-id", id), ("webhook-timestamp", at.as_str()), ("webhook-signature", signed.as_str())];
    hub.ask("POST", "/hooks/crm", &headers, body).status
}

#[test]
fn a_delivery_that_comes_twice_counts_once_and_a_forged_one_never() {
    let hub = Hub::start();
    let row = SourceRow { id: "crm".into(), kind: "webhook".into(), settings: "s3cret".into(), ..SourceRow::default() };
    hub.store.write(|tx| put(tx, &row)).unwrap();
    let body = |value: i64| {
        json!({"activities": [{"ext_id": "1", "metric": "won", "at": "2026-11-02", "value": value}]}).to_string()
    };
    let facts = || hub.store.read(hash::floor).unwrap();
    assert_eq!(deliver(&hub, "a", 0, "s3cret", &body(5)), 202);
    let once = facts();
    assert_eq!(once.facts, 1);
    // The same delivery with another content, however it came about, is the same delivery.
    assert_eq!(deliver(&hub, "a", 0, "s3cret", &body(6)), 202);
    assert_eq!(facts(), once);
    assert_eq!(deliver(&hub, "b", 0, "wrong", &body(7)), 401);
    assert_eq!(deliver(&hub, "b", 301, "s3cret", &body(7)), 401);
    assert_eq!(deliver(&hub, "b", -400, "s3cret", &body(7)), 401);
    assert_eq!(facts(), once);
    // One that was refused for its content may come again, corrected.
    assert_eq!(
        deliver(
            &hub,
            "b",
            0,
            "s3cret",
            "{\"activities\":[{\"ext_id\":\"2\",\"metric\":\"none\",\"at\":\"2026-11-02\"}]}"
        ),
        422
    );
    assert_eq!(deliver(&hub, "b", 0, "s3cret", &body(8)), 202);
    assert_ne!(facts(), once);
    assert_eq!(hub.ask("POST", "/hooks/other", &[("webhook-id", "x")], "{}").status, 401);
}
