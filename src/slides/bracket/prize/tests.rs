//! Tests where the prize of a bracket stands.

use crate::testing::texts::{says, texts};

const SIZE: [u32; 2] = [1920, 1080];

fn pose(name: &str) -> String {
    crate::testing::poses::of("bracket", name).first_body().to_owned()
}

#[test]
fn the_prize_stands_between_the_seats_of_the_final() {
    for name in ["rest", "champion", "final"] {
        says(&texts(&pose(name), SIZE), &["PRIZE", "LAKE HOUSE", "FOR TWO"]);
    }
    says(&texts(&pose("four"), SIZE), &["PRIZE", "LAKE HOUSE FOR TWO"]);
    says(&texts(&pose("portrait"), [1080, 1920]), &["PRIZE"]);
    let large = texts(&pose("large"), SIZE);
    assert!(!large.iter().any(|t| t == "PRIZE"), "this branch does not reach the final");
    let without = pose("rest").replace("prizes", "_prizes");
    assert!(!texts(&without, SIZE).iter().any(|t| t == "PRIZE"));
}

#[test]
fn where_label_and_worth_have_no_room_the_label_stands_alone() {
    let with = |label: &str| {
        let mut body: serde_json::Value = serde_json::from_str(&pose("rest")).unwrap();
        body["slides"][0]["prizes"][0]["label"] = label.into();
        body["slides"][0]["prizes"][0]["worth"] = serde_json::json!([1200, "EUR"]);
        texts(&body.to_string(), SIZE).join(" ")
    };
    assert!(with("Bicycle").contains("BICYCLE · €1,200"), "{}", with("Bicycle"));
    let long = with("Weekend in the mountains for two");
    assert!(long.contains("WEEKEND IN THE MOUNTAINS FOR TWO · €1,200"), "{long}");
    let longer = with("Weekend in the mountains for our winners");
    assert!(longer.contains("WEEKEND IN THE MOUNTAINS FOR OUR WINNERS"), "{longer}");
    assert!(!longer.contains("1,200"), "{longer}");
}

#[test]
fn a_round_that_is_named_by_a_number_has_its_matches_numbered_in_words() {
    let named = |label: &str| {
        let mut body: serde_json::Value = serde_json::from_str(&pose("rest")).unwrap();
        body["slides"][0]["rounds"][1]["label"] = label.into();
        texts(&body.to_string(), SIZE)
    };
    says(&named("Round 2"), &["ROUND 2 · MATCH 2"]);
    says(&named("Semi-final"), &["SEMI-FINAL 2"]);
}
