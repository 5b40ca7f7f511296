//! After a lower third its slide is wiped in first; then the result plays.

use super::*;

/// A board with a banner about `ben` came while the other slide was on; it leaves at 26 s.
fn elsewhere() -> Wall {
    let mut wall =
        Wall::new("[playlist]\nslides = [{ id = \"rank\", dwell_s = 10 }, { id = \"other\", dwell_s = 30 }]");
    wall.board(0.0, &body(1, [10, 9, 3], &[]));
    assert_eq!(wall.title(19.0), "OTHER");
    wall.board(20.0, &body(2, [10, 14, 3], &[event("d", 20, "ben", 2)]));
    assert_eq!(wall.celebrated(25.9), one(Tier::Banner, "d"));
    wall
}

#[test]
fn the_result_waits_until_its_slide_is_wiped_in() {
    let mut wall = elsewhere();
    assert_eq!((wall.title(25.9), wall.rev()), ("OTHER".into(), Some(1)));
    assert_eq!((wall.title(26.01), wall.rev()), ("RANKING".into(), Some(1)), "the slide turns at once");
    assert_eq!((wall.title(26.69), wall.rev()), ("RANKING".into(), Some(1)), "and is still being wiped in");
    // The picture before says when to look again.
    assert!(wall.scene(26.65).next.is_some_and(|next| next <= Time::from_s(26.7)));
    assert_eq!((wall.title(26.71), wall.rev()), ("RANKING".into(), Some(2)));
    // Cause, then effect: the rows move only now.
    assert_ne!(wall.scene(27.6), wall.scene(28.4));
}

#[test]
fn a_board_that_comes_meanwhile_waits_with_the_result() {
    let mut wall = elsewhere();
    assert_eq!(wall.title(26.2), "RANKING");
    wall.board(26.3, &body(3, [10, 14, 8], &[event("d", 20, "ben", 2)]));
    assert_eq!((wall.title(26.69), wall.rev()), ("RANKING".into(), Some(1)));
    assert_eq!((wall.title(26.71), wall.rev()), ("RANKING".into(), Some(3)), "the newest is what plays");
}

#[test]
fn a_slide_that_is_on_has_nothing_to_wait_for() {
    let mut wall = Wall::new("[playlist]\nslides = [{ id = \"rank\", dwell_s = 60 }]");
    wall.board(0.0, &body(1, [10, 9, 3], &[]));
    wall.board(20.0, &body(2, [10, 14, 3], &[event("d", 20, "ben", 2)]));
    assert_eq!((wall.title(25.99), wall.rev()), ("RANKING".into(), Some(1)));
    assert_eq!((wall.title(26.01), wall.rev()), ("RANKING".into(), Some(2)));
}
