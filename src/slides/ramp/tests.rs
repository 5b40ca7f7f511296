//! What a ramp says of its stages: the next one always, the earlier ones where there is room.

use serde_json::{Value, json};

use crate::testing::texts::{says, texts};

fn body(stages: Value) -> String {
    json!({
        "format": "salesboard/1", "tz": "Asia/Tokyo", "locale": "en-GB", "as_of": "2026-11-24T15:20:00+09:00", "fresh_for_s": 86_400,
        "slides": [{"type": "ramp", "title": "New hires", "rows": [{
            "name": "Dee Park", "started": "2026-10-05", "day": 50, "days": 90, "stages": stages,
            "series": [{"day": 0, "plan": 0, "actual": 0}, {"day": 30, "plan": 2000, "actual": 1500},
                {"day": 50, "plan": 7000, "actual": 9000}, {"day": 60, "plan": 10_000}, {"day": 90, "plan": 20_000}],
        }]}],
    })
    .to_string()
}

fn done() -> Vec<Value> {
    vec![
        json!({"label": "Product", "due_day": 30, "state": "done"}),
        json!({"label": "First deal", "on_day": 38, "state": "done"}),
    ]
}

#[test]
fn the_next_stage_is_said_on_the_line_or_as_the_next_goal() {
    let with = |due: u32| {
        let next = json!({"label": "Half quota", "due_day": due, "state": "open"});
        body(done().into_iter().chain([next]).collect())
    };
    for size in [[1920, 1080], [1080, 1920]] {
        // On the goal itself there is no place for a ring.
        says(&texts(&with(90), size), &["NEXT GOAL", "HALF QUOTA BY 2 JAN"]);
        let early = texts(&with(62), size);
        let ring = early.iter().any(|t| t == "NEXT · WEEK 9") && early.iter().any(|t| t == "HALF QUOTA");
        assert!(ring || early.iter().any(|t| t.starts_with("HALF QUOTA BY")), "{early:?}");
    }
    says(&texts(&with(62), [1920, 1080]), &["HALF QUOTA", "NEXT · WEEK 9", "50% BY 3 DEC"]);
}

#[test]
fn a_long_next_goal_keeps_its_day_and_one_without_room_leaves_the_share() {
    let with = |label: &str| {
        let next = json!({"label": label, "due_day": 90, "state": "open"});
        texts(&body(done().into_iter().chain([next]).collect()), [1080, 1920])
    };
    let long = with("Half quota for one month");
    let said = long.iter().find(|t| t.starts_with("HALF QUOTA")).unwrap();
    assert!(said.contains('…') && said.ends_with(" BY 2 JAN"), "{said}");
    let endless = with("Half of the quota of a seller who has been here for more than two years");
    says(&endless, &["50% BY 3 DEC"]);
    assert!(!endless.iter().any(|t| t.contains("JAN") && t.contains("HALF")), "{endless:?}");
}

#[test]
fn the_next_stage_is_never_said_twice() {
    for (size, due) in [[1920, 1080], [1080, 1920]].into_iter().flat_map(|size| (51..91).map(move |due| (size, due))) {
        for label in ["Half quota", "Half quota for one month"] {
            let next = json!({"label": label, "due_day": due, "state": "open"});
            let texts = texts(&body(done().into_iter().chain([next]).collect()), size);
            let said = texts.iter().filter(|t| t.starts_with("HALF QUOTA")).count();
            assert!(said <= 1, "{label} on day {due}: {texts:?}");
        }
    }
}

#[test]
fn stages_that_are_done_are_named_on_the_line_where_there_is_room() {
    let texts = texts(&body(done().into()), [1920, 1080]);
    // Each stands in the footer too.
    for label in ["PRODUCT", "FIRST DEAL"] {
        assert_eq!(texts.iter().filter(|t| *t == label).count(), 2, "{label} in {texts:?}");
    }
}

#[test]
fn the_first_day_is_day_one_and_stages_alone_say_nothing_of_the_plan() {
    let stages = json!([
        {"label": "Product", "due_day": 1, "on_day": 1, "state": "done"},
        {"label": "First deal", "due_day": 17, "on_day": 17, "state": "done"},
        {"label": "Own region", "due_day": 58, "state": "open"},
    ]);
    let row = json!({"name": "Dee Park", "started": "2026-10-05", "day": 57, "days": 84, "stages": stages});
    let board = json!({
        "format": "salesboard/1", "tz": "Asia/Tokyo", "locale": "en-GB", "as_of": "2026-11-30T15:20:00+09:00", "fresh_for_s": 86_400,
        "slides": [{"type": "ramp", "title": "New hires", "rows": [row]}],
    });
    let said = texts(&board.to_string(), [1920, 1080]);
    for day in ["5 OCT", "21 OCT", "1 DEC"] {
        assert!(said.iter().any(|text| text.ends_with(day)), "{day} in {said:?}");
    }
    assert!(!said.iter().any(|text| text.contains("ON PLAN")), "{said:?}");
}
