//! When something that did not go out is tried again, and when it is given up.

use crate::web::pages::mails::About;

/// Minutes after each try; the last one again and again.
const MINUTES: [i64; 7] = [1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60];

/// Given up so many hours after it was made.
const HOURS: i64 = 72;

/// Who is behind today is no news tomorrow.
const HOURS_BEHIND: i64 = 6;

const MINUTE_US: i64 = 60_000_000;

/// The next try; `None`: it is given up.
pub fn next(kind: &str, tries: i64, made: i64, now: i64) -> Option<i64> {
    let at = usize::try_from(tries - 1).unwrap_or(0).min(MINUTES.len() - 1);
    let due = now + MINUTES[at] * MINUTE_US;
    let hours = if kind == About::Behind.job() { HOURS_BEHIND } else { HOURS };
    (due <= made + hours * 60 * MINUTE_US).then_some(due)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_grow_apart_and_end_after_three_days() {
        let (mut now, mut all) = (0, Vec::new());
        while let Some(due) = next("mail.week", all.len() as i64 + 1, 0, now) {
            all.push((due - now) / MINUTE_US);
            now = due;
        }
        assert_eq!(all, [1, 5, 15, 60, 180, 360, 720, 720, 720, 720, 720]);
        assert!(now <= 72 * 60 * MINUTE_US);
        assert_eq!(next("mail.behind", 6, 0, 6 * 60 * MINUTE_US), None);
    }
}
