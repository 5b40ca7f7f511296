//! Tests which form an item takes.

use jiff::Timestamp;

use super::*;
use crate::board::{Board, Body, Identity, Milestone as Step};
use crate::testing::{empty_board, figures, slide};

fn who(names: &[&str]) -> Vec<Identity> {
    names.iter().map(|name| Identity { id: (*name).into(), name: (*name).into() }).collect()
}

/// The name of the form that an item takes.
fn form_of(item: RecognitionItem) -> &'static str {
    let recognition = Recognition { items: vec![item] };
    let board = Board {
        as_of: Some(Timestamp::from_second(1_774_000_000).unwrap()),
        fresh_for_s: 120,
        tz: Some("UTC".into()),
        slides: vec![slide(Body::Recognition(recognition.clone()))],
        ..empty_board(0)
    };
    match &figures::on_screen(&board, |ctx| model(ctx, &recognition)).pages[..] {
        [Form::Top(_)] => "top",
        [Form::Podium(_)] => "podium",
        [Form::Milestone(_)] => "milestone",
        [Form::Shout(_)] => "shout",
        _ => "other",
    }
}

#[test]
fn an_item_takes_its_form_from_what_it_says() {
    let fact = || Fact { label: "Visits".into(), value: "12".into() };
    let one = RecognitionItem { who: who(&["Ana"]), value: Some(3.0), ..Default::default() };
    assert_eq!(form_of(one.clone()), "top");
    assert_eq!(form_of(RecognitionItem { text: Some("Well done".into()), ..one.clone() }), "shout");
    assert_eq!(form_of(RecognitionItem { value: None, ..one.clone() }), "shout");
    let step = |value| Step { value, at: None };
    assert_eq!(form_of(RecognitionItem { milestones: vec![step(2.0), step(5.0)], ..one.clone() }), "milestone");
    assert_eq!(form_of(RecognitionItem { milestones: vec![step(5.0)], ..one.clone() }), "top", "none is passed yet");
    let two = RecognitionItem { who: who(&["Ana", "Ben"]), ..one };
    assert_eq!(form_of(two.clone()), "shout", "one figure for two is no order");
    assert_eq!(form_of(RecognitionItem { badge: Some("trophy".into()), ..two.clone() }), "podium");
    assert_eq!(form_of(RecognitionItem { facts: vec![fact(), fact()], ..two }), "podium");
}

#[test]
fn a_figure_with_a_word_behind_it_has_a_unit() {
    assert_eq!(split_unit("6 weeks"), ("6", "weeks"));
    assert_eq!(split_unit("1,204 calls made"), ("1,204", "calls made"));
    for whole in ["¥4.20M", "14 Jan 2026", "week 9", "14", "2nd floor", ""] {
        assert_eq!(split_unit(whole), (whole, ""), "{whole}");
    }
}
