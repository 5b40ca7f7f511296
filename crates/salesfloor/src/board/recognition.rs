//! Collects recognition: what people said of each other lately, birthdays, anniversaries, new people, best months.

use jiff::ToSpan as _;
use serde_json::{Value as Json, json};

use super::Writer;
use crate::facts::{Badge, Scope, Shown};
use crate::figures::{Anniversary, BestNow, Occasion};
use crate::period::{Days, PeriodKind};

/// A shout-out is shown for so many days.
const DAYS: i64 = 7;
/// So many best months are shown.
const BESTS: usize = 3;

impl Writer<'_> {
    pub(super) fn recognition(&self) -> Vec<Json> {
        let today = self.figures.today();
        let tomorrow = today.saturating_add(1.day());
        let recent = Days { start: tomorrow.saturating_sub(DAYS.days()), end: tomorrow };
        let mut items = Vec::new();
        // Those of a free day are congratulated on the working day after it.
        let days = Days { start: self.day_after_last_workday(), end: tomorrow };
        items.extend(self.figures.anniversaries(days).iter().filter_map(|a| self.anniversary(a)));
        let mut recognitions: Vec<_> =
            self.figures.floor.recognitions.iter().filter(|given| recent.contains(given.day)).collect();
        recognitions.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.headline.cmp(&b.headline)));
        for given in recognitions {
            let who: Vec<String> = given.who.iter().filter_map(|id| self.who(Scope::Person(*id))).collect();
            // Hidden people are not praised by name.
            if who.is_empty() && !given.who.is_empty() {
                continue;
            }
            let mut item = json!({"who": who, "badge": badge(given.badge), "headline": given.headline});
            for (key, text) in [("text", &given.text), ("from", &given.from)] {
                if let Some(text) = text {
                    item[key] = json!(text);
                }
            }
            items.push(item);
        }
        items.extend(self.bests());
        if items.is_empty() {
            return Vec::new();
        }
        vec![json!({"type": "recognition", "id": "recognition", "title": self.labels.recognition, "items": items})]
    }

    /// The people who never had a better month in what deals bring, and the one who has the best that anybody ever had.
    fn bests(&self) -> Vec<Json> {
        let floor = self.figures.floor;
        let Some(metric) = floor.sales.or(floor.deals).filter(|metric| self.figures.is_additive(*metric)) else {
            return Vec::new();
        };
        let span = self.figures.span(self.figures.current(PeriodKind::Month));
        let item = |best: BestNow| {
            let headline = if best.is_record { self.labels.record_month } else { self.labels.best_month };
            let (key, value) = (&floor.metric(metric).key, self.value(metric, Some(best.value)));
            let who = self.who(Scope::Person(best.person))?;
            let mut item = json!({"who": [who], "badge": "star", "headline": headline, "metric": key, "value": value});
            if let Some(number) = floor.deals.filter(|number| *number != metric) {
                let deals = self.figures.value(number, Scope::Person(best.person), span);
                let deals = deals.map_or(0, |deals| deals.rounded(0));
                item["facts"] = json!([{"label": floor.metric(number).label, "value": deals.to_string()}]);
            }
            Some(item)
        };
        self.figures.bests_now(metric, PeriodKind::Month).into_iter().filter_map(item).take(BESTS).collect()
    }

    fn anniversary(&self, anniversary: &Anniversary) -> Option<Json> {
        let floor = self.figures.floor;
        let person = floor.person(anniversary.person);
        // An alias has no birthday.
        if person.shown != Shown::Name {
            return None;
        }
        let (badge, headline) = match anniversary.occasion {
            Occasion::Birthday => ("birthday", self.labels.birthday.to_owned()),
            Occasion::Work(years) => ("anniversary", self.labels.years_here(years)),
            Occasion::Start => ("welcome", self.labels.welcome.to_owned()),
        };
        let who = self.who(Scope::Person(anniversary.person))?;
        Some(json!({"who": [who], "badge": badge, "headline": headline}))
    }

    fn day_after_last_workday(&self) -> jiff::civil::Date {
        let today = self.figures.today();
        let mut start = today;
        for _ in 0..7 {
            let before = start.saturating_sub(1.day());
            if self.figures.floor.calendar.work(before, None) > 0.0 {
                break;
            }
            start = before;
        }
        start
    }
}

fn badge(badge: Badge) -> &'static str {
    match badge {
        Badge::ShoutOut => "thanks",
        Badge::TopPerformer => "star",
        Badge::Milestone => "medal",
        Badge::Birthday => "birthday",
        Badge::Anniversary => "anniversary",
        Badge::NewHire => "welcome",
    }
}
