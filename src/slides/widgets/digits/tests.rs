//! Figures that roll: which digit becomes which, what leaves, and how wide they are meanwhile.

use super::*;
use crate::motion::Now;
use crate::scene::{Fonts, Item, Stage, Weight};
use crate::theme::{WHITE, spring};

const ROLL: Curve = Curve::Spring(spring::ROLL);

fn positions(o: &Odometer, t: Time) -> Vec<f64> {
    o.columns.iter().filter_map(|c| if let Column::Digit(a) = c { Some(a.value_at(t)) } else { None }).collect()
}

#[test]
fn digits_go_the_short_way_and_arrive_in_time() {
    let o = Odometer::still("18.92").roll("19.01", Time::ZERO, ROLL);
    assert_eq!(o.text(), "19.01");
    let targets: Vec<f64> = positions(&o, Time::from_s(60.0));
    // From the right: 2→1, 9→10 (shown as 0), 8→9, 1.
    assert_eq!(targets, vec![1.0, 10.0, 9.0, 1.0]);
    assert!(o.end() < Time::from_s(2.0));
    for p in positions(&o, Time::from_s(0.9)).iter().zip(&targets) {
        assert!((p.0 - p.1).abs() < 0.05, "shown by 0.9 s");
    }
}

#[test]
fn a_new_digit_in_front_comes_from_nothing() {
    let o = Odometer::still("9.8").roll("10.2", Time::ZERO, ROLL);
    assert_eq!(positions(&o, Time::ZERO), [8.0, 9.0, 0.0], "09.8");
    let shown: Vec<f64> = positions(&o, Time::from_s(3.0)).iter().map(|p| p.rem_euclid(10.0)).collect();
    assert_eq!(shown, [2.0, 0.0, 1.0]);
}

/// What is read of a figure that is painted at 300, 300, from the left, and its width.
fn seen(o: &Odometer, s: f64, align: Align) -> (String, f32) {
    let mut fonts = Fonts::new(false);
    let now = Now { t: Time::from_s(s), wall_us: 0 };
    let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, Default::default()), now, &mut fonts);
    let w = o.paint(&mut c, 300.0, 300.0, Style::new(60.0, Weight::Bold), WHITE, align);
    let scene = c.finish();
    let texts = scene.layers.iter().flat_map(|layer| &layer.items);
    let mut found: Vec<(f32, &str)> = texts
        .filter_map(|item| match item {
            // Those on their way up or down the wheel are not at the baseline.
            Item::Text(text) if (text.y - 300).abs() < 4 && text.clip.x1 - text.clip.x0 > 8 => {
                Some((text.x, text.run.text()))
            }
            _ => None,
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    (found.iter().map(|(_, text)| *text).collect(), w)
}

fn rolled(old: &str, new: &str) -> Odometer {
    Odometer::still(old).roll(new, Time::ZERO, ROLL)
}

#[test]
fn a_figure_begins_as_the_one_before_it() {
    for (old, new, reads) in [
        ("1.84", "1.561", "1.840"),
        ("1.561", "1.84", "1.56"),
        ("214", "124.9", "214.0"),
        ("124.9", "214", "124"),
        ("1,5", "12", "01"),
        ("1,240.5", "1,241", "1,240"),
        ("980", "1,020", "0,980"),
        ("9.8", "10.2", "09.8"),
        ("10.5", "6.0", "10.5"),
        ("1,020", "980", "1,020"),
        ("1\u{a0}020", "980", "1\u{a0}020"),
        ("1'020", "980", "1'020"),
        ("12\u{a0}345,5", "73,0", "12\u{a0}345,5"),
        ("1,234,567", "98,765", "1,234,567"),
        // Groups from five digits on only.
        ("12.345", "9876", "12345"),
        ("9876", "12.345", "09.876"),
        ("+1,020", "+980", "+1,020"),
        ("−1,020", "−980", "−1,020"),
        ("¥1,200,000", "¥980,000", "¥1,200,000"),
        ("あと120件", "あと5件", "あと120件"),
        ("10:02", "9:59", "10:02"),
        ("10:02:11", "9:59:40", "10:02:11"),
        ("103%", "97%", "103%"),
        ("1億3,625万円", "1億3,700万円", "1億3,625万円"),
    ] {
        let o = rolled(old, new);
        assert_eq!(seen(&o, 0.0, Align::Left).0, reads, "{old} to {new}");
        assert_eq!(seen(&o, 3.0, Align::Left).0, new, "{old} to {new}");
        assert!(o.end() < Time::from_s(2.0), "{old} to {new}: {:?}", o.end());
    }
}

#[test]
fn another_kind_of_figure_comes_at_once_and_not_before_its_time() {
    for (old, new) in [
        // A sign, a unit, a word: what rolls under the new one would be a figure that nobody has.
        ("−5", "3"),
        ("123", "−9"),
        ("950 K", "1.02 M"),
        ("99", "99.5%"),
        ("10.5", "–"),
        ("–", "10.5"),
        ("", "12"),
        ("9,900万円", "1億20万円"),
        ("1億9,850万円", "2億30万円"),
        ("1億3,625万円", "9,850万円"),
        // Minutes are no places of hours.
        ("1:05", "1:05:30"),
        ("59:59", "1:00:00"),
        // The point of one is the other's group: nobody can say of which.
        ("1,234", "1.234"),
        ("1.5", "2,5"),
    ] {
        let at = Time::from_s(0.5);
        let o = Odometer::still(old).roll(new, at, ROLL);
        assert!(o.held.is_some(), "{old} to {new}");
        assert_eq!([0.4, 0.5].map(|s| seen(&o, s, Align::Left).0), [old, new], "{old} to {new}");
        assert_eq!(o.end(), at);
    }
}

#[test]
fn what_ends_at_its_place_has_no_room_for_more_digits() {
    let o = Odometer::still("1,020").roll("980", Time::from_s(0.5), ROLL);
    assert_eq!([0.4, 0.5, 0.7].map(|s| seen(&o, s, Align::Right).0), ["1,020", "980", "980"]);
    // What hangs on its width slides all the same.
    let [wide, own] = ["1,020", "980"].map(|text| seen(&Odometer::still(text), 0.0, Align::Right).1);
    let widths = [0.4, 0.5, 0.7, 1.0, 3.0].map(|s| seen(&o, s, Align::Right).1);
    assert!((widths[1] - wide).abs() < 0.01 && widths.is_sorted_by(|a, b| a + 0.01 >= *b), "{widths:?}");
    assert_eq!((widths[0], widths[4]), (wide, own));
}

#[test]
fn digits_that_leave_roll_away_and_then_the_figure_closes_up() {
    let o = rolled("1,234,567", "98,765");
    let wide = seen(&Odometer::still("1,234,567"), 0.0, Align::Left).1;
    assert!((seen(&o, 0.3, Align::Left).1 - wide).abs() < 0.01, "as wide as before while they roll");
    let widths: Vec<f32> = (0..300).map(|i| seen(&o, f64::from(i) / 100.0, Align::Left).1).collect();
    assert!(widths.windows(2).all(|w| (-0.01..20.0).contains(&(w[0] - w[1]))), "{widths:?}");
    assert_eq!(widths[299], seen(&Odometer::still("98,765"), 0.0, Align::Left).1);
    // Needed again, they come back from where they are.
    let t = Time::from_s(0.1);
    let again = rolled("10.5", "6.0").roll("11.0", t, ROLL);
    let Column::Digit(was) = &rolled("10.5", "6.0").leaving[0].0 else { panic!("a digit") };
    assert!((positions(&again, t)[2] - was.value_at(t)).abs() < 1e-9);
    assert!(again.leaving.is_empty());
}

#[test]
fn nothing_jumps_where_a_figure_changes_while_it_closes_up() {
    let cases = [
        ("10.5", "6.0", "5.9"),
        ("1,234,567", "98,765", "7"),
        ("+1,020", "+980", "+9"),
        // Wider at once, and narrower again.
        ("9", "10.5", "10"),
        ("9.5", "10.5", "10"),
    ];
    for (first, second, third) in cases {
        for cut in [0.1, 0.3, 0.45, 0.5, 0.6, 0.7, 0.9] {
            let old = rolled(first, second);
            let new = old.roll(third, Time::from_s(cut), ROLL);
            let (was, is) = (seen(&old, cut, Align::Left).1, seen(&new, cut, Align::Left).1);
            assert!((was - is).abs() < 0.6, "{first}, {second}, at {cut} {third}: {was} to {is}");
        }
    }
}

#[test]
fn news_without_end_do_not_keep_a_figure_wide() {
    let (mut o, mut t) = (rolled("1,020", "980"), 0.0);
    for value in (900..980).rev() {
        t += 0.3;
        o = o.roll(&value.to_string(), Time::from_s(t), ROLL);
    }
    let own = seen(&Odometer::still("900"), 0.0, Align::Left).1;
    assert!((seen(&o, t, Align::Left).1 - own).abs() < 1.0);
}

#[test]
fn a_new_figure_in_mid_flight_goes_on_from_where_the_wheels_are() {
    let first = Odometer::still("11").roll("44", Time::ZERO, ROLL);
    let t = Time::from_s(0.2);
    let second = first.roll("49", t, ROLL);
    for (a, b) in positions(&first, t).iter().zip(positions(&second, t)) {
        assert!((a - b).abs() < 1e-9);
    }
}

#[test]
fn what_stands_beside_a_figure_slides_when_it_becomes_narrower() {
    let mut fonts = Fonts::new(false);
    let mut width = |o: &Odometer, s: f64| {
        let now = Now { t: Time::from_s(s), wall_us: 0 };
        let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, Default::default()), now, &mut fonts);
        o.paint(&mut c, 300.0, 300.0, Style::new(60.0, Weight::Bold), WHITE, Align::Left)
    };
    let old = Odometer::still("10.2");
    let new = old.roll("9.8", Time::ZERO, ROLL);
    let newer = new.roll("7", Time::from_s(0.1), ROLL);
    let (wide, narrow) = (width(&old, -1.0), width(&new, 3.0));
    assert!(wide > narrow + 20.0);
    assert_eq!(width(&new, 0.0), wide);
    assert!((width(&newer, 0.1) - width(&new, 0.1)).abs() < 0.01, "from where it is");
    let widths: Vec<f32> = (0..200).map(|i| width(&new, f64::from(i) / 100.0)).collect();
    assert!(widths.windows(2).all(|w| (0.0..2.0).contains(&(w[0] - w[1]))), "{widths:?}");
    // A wider one needs its room at once, and digits of one width move nothing.
    assert_eq!(width(&Odometer::still("9.8").roll("10.2", Time::ZERO, ROLL), 0.0), wide);
    assert_eq!(width(&old.roll("11.3", Time::ZERO, ROLL), 0.2), wide);
}

#[test]
fn equal_text_changes_nothing() {
    let first = Odometer::still("11").roll("44", Time::ZERO, ROLL);
    assert_eq!(first.roll("44", Time::from_s(0.2), ROLL), first);
}
