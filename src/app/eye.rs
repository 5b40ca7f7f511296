//! The visual watchdog: what is drawn must change when the clock does (KIOSK rule 18).

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use image::RgbaImage;

use crate::motion::Time;

/// Between two looks, and how soon the second one comes where the first found no change.
const EVERY_S: f64 = 300.0;
const AGAIN_S: f64 = 65.0;
/// Looks without a change after which it is no accident.
const FROZEN: u32 = 2;

/// Looks at the picture now and then.
#[derive(Debug)]
pub(super) struct Eye {
    every_s: f64,
    again_s: f64,
    looked_at: Option<Time>,
    last: Option<Look>,
    /// Looks in a row that found the clock changed and the picture not.
    same: u32,
}

#[derive(Debug, PartialEq, Eq)]
struct Look {
    pixels: u64,
    clock: String,
}

impl Eye {
    /// One that looks every few minutes, or as often as a test says.
    pub fn new(every_s: Option<f64>) -> Eye {
        let (every, again) = every_s.map_or((EVERY_S, AGAIN_S), |s| (s, s));
        Eye { every_s: every, again_s: again, looked_at: None, last: None, same: 0 }
    }

    /// Whether it is time for a look.
    pub fn wants(&self, t: Time) -> bool {
        let wait = if self.same > 0 { self.again_s } else { self.every_s };
        self.looked_at.is_none_or(|at| t.since(at) >= wait)
    }

    /// A look was asked for; it may not come about.
    pub fn asked(&mut self, t: Time) {
        self.looked_at = Some(t);
    }

    /// Sees the picture that is on, and what the clock on it should show. Whether the picture is frozen; `None`: that cannot be
    /// told.
    pub fn see(&mut self, picture: &RgbaImage, clock: String) -> Option<bool> {
        let mut hasher = DefaultHasher::new();
        picture.as_raw().hash(&mut hasher);
        let now = Look { pixels: hasher.finish(), clock };
        let before = self.last.as_ref().filter(|before| before.clock != now.clock).map(|before| before.pixels);
        let told = before.map(|before| {
            self.same = if before == now.pixels { self.same + 1 } else { 0 };
            self.same >= FROZEN
        });
        if self.last.as_ref().is_none_or(|last| last.clock != now.clock) {
            self.last = Some(now);
        }
        told
    }

    /// The wall is dark: nothing has to change.
    pub fn rest(&mut self) {
        (self.last, self.same) = (None, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_ticks_unseen_twice_is_a_frozen_picture() {
        let picture = |level: u8| RgbaImage::from_pixel(8, 8, image::Rgba([level, 0, 0, 255]));
        let mut eye = Eye::new(None);
        assert_eq!(eye.see(&picture(1), "12:00".into()), None, "the first look");
        assert_eq!(eye.see(&picture(1), "12:00".into()), None, "the clock has not ticked");
        assert_eq!(eye.see(&picture(1), "12:05".into()), Some(false), "once may be an accident");
        eye.asked(Time::ZERO);
        assert!(!eye.wants(Time::from_s(60.0)) && eye.wants(Time::from_s(66.0)), "it looks again soon");
        assert_eq!(eye.see(&picture(1), "12:06".into()), Some(true));
        assert_eq!(eye.see(&picture(2), "12:07".into()), Some(false), "it moves again");
        eye.asked(Time::ZERO);
        assert!(!eye.wants(Time::from_s(299.0)) && eye.wants(Time::from_s(300.0)));
        eye.rest();
        assert_eq!(eye.see(&picture(2), "07:00".into()), None, "after a dark night it begins anew");
    }
}
