//! Invents what everybody did in three months: the same for the same day.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::{Person, STEPS};
use crate::store::facts::Fact;

const DAYS: i64 = 92;

/// The same numbers for the same day.
struct Rng(u64);

impl Rng {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below.max(1)
    }
}

pub fn activities(today: Date, now: Timestamp, tz: &TimeZone, people: &[Person]) -> Vec<Fact> {
    let mut made: Vec<Fact> = Vec::new();
    let mut add = |metric: &str, person: &Person, day: Date, at: Timestamp, amount: i64| {
        if at <= now && person.started <= day {
            made.push(Fact {
                source: "demo".into(),
                ext_id: format!("{}", made.len()),
                metric: metric.into(),
                person: Some(person.id.clone()),
                owner_key: None,
                at: at.as_microsecond(),
                amount,
                currency: None,
                label: None,
                revoked: None,
                by_whom: Some("demo".into()),
                why: None,
            });
        }
    };
    let mut rng = Rng(20_260_126);
    for back in (0..DAYS).rev() {
        let day = today.saturating_sub(back.days());
        if day.weekday().to_monday_zero_offset() > 4 {
            continue;
        }
        for (at, person) in people.iter().enumerate() {
            // Some are better than others, and each has good and bad days.
            let skill = 60 + (at as u64 * 37) % 80;
            let mut moment = || {
                let minute = 9 * 60 + rng.roll(9 * 60) as i64;
                let zoned = day.to_zoned(tz.clone()).ok()?.checked_add(minute.minutes()).ok()?;
                Some((zoned.timestamp(), rng.roll(100), rng.roll(1_000)))
            };
            for (metric, _, _, usual) in STEPS {
                let Some((when, luck, _)) = moment() else { continue };
                let n = (usual * skill * (50 + luck) / 10_000) as i64;
                if n > 0 {
                    add(metric, person, day, when, n);
                }
            }
            let Some((when, luck, worth)) = moment() else { continue };
            if luck < skill / 4 {
                add("won", person, day, when, (1_800 + (worth * worth / 40) as i64) * 100);
                add("deals", person, day, when, 1);
            }
        }
    }
    made
}
