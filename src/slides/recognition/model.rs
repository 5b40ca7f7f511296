//! Turns recognitions into pages: which form an item takes, and its words and figures.

#[cfg(test)]
mod tests;

use super::badge::Badge;
use super::chips::Chip;
use super::milestone::{self, Milestone};
use super::standing;
use super::top::{self, Top};
use crate::board::{Fact, Recognition, RecognitionItem};
use crate::slides::context::Ctx;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::face::Face;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::podium::{Column, Podium};
use crate::words::NumberStyle;

#[derive(Debug, Clone, PartialEq)]
pub struct RecognitionModel {
    pub header: Header,
    /// One for each item; a single empty one while there is none.
    pub pages: Vec<Form>,
}

/// The forms of a recognition, chosen from what the item says.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// One person with a figure.
    Top(Top),
    /// Two or three with a figure each, or winners of a trophy.
    Podium(Podium),
    /// A threshold that was passed.
    Milestone(Milestone),
    /// Thanks or praise in words.
    Shout(Shout),
    Empty,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Shout {
    /// Faces and names; four at most.
    pub people: Vec<(Face, String, String)>,
    /// People who have no room.
    pub more: usize,
    pub badge: Option<Badge>,
    /// Word on the plate.
    pub tag: String,
    /// Headline in capitals; may be empty.
    pub headline: String,
    /// The sentence as it was sent; may be empty.
    pub text: String,
    /// From whom; may be empty.
    pub from: String,
    /// When it was said; may be empty.
    pub when: String,
    /// Evidence, three at most.
    pub chips: Vec<Chip>,
}

/// Chips that a page has room for.
const CHIPS: usize = 3;
/// Faces beside each other on a shout-out.
const FACES: usize = 4;

/// The model of a slide.
pub fn model(ctx: &Ctx, recognition: &Recognition) -> RecognitionModel {
    let items = &recognition.items;
    let mut pages: Vec<Form> = items.iter().map(|item| form(ctx, item)).collect();
    let header = header(ctx, items, &pages);
    if pages.is_empty() {
        pages.push(Form::Empty);
    }
    RecognitionModel { header, pages }
}

/// Facts of the board for which its pages have no chip.
pub fn left_out<'d>(recognition: &'d Recognition, model: &RecognitionModel) -> Vec<&'d Fact> {
    let items = recognition.items.iter().zip(&model.pages);
    let of_item = |(item, form): (&'d RecognitionItem, &Form)| {
        let shown = match form {
            Form::Podium(_) if item.facts.len() == item.who.len() => item.facts.len(),
            // The figure is a chip too.
            Form::Shout(_) => CHIPS - usize::from(item.value.is_some()),
            Form::Top(_) => CHIPS,
            Form::Podium(_) => 0,
            // Who took us over, by how much.
            Form::Milestone(_) => 1,
            Form::Empty => item.facts.len(),
        };
        item.facts.iter().skip(shown)
    };
    items.flat_map(of_item).collect()
}

fn header(ctx: &Ctx, items: &[RecognitionItem], pages: &[Form]) -> Header {
    let w = ctx.locale.words();
    let measured = |f: &Form| matches!(f, Form::Top(_) | Form::Milestone(_));
    // The measure is only said where it holds on every page.
    let one = items.first().and_then(|i| i.metric.as_deref());
    let shared = one.is_some() && items.iter().all(|i| i.metric.as_deref() == one) && pages.iter().all(measured);
    let measure = shared.then(|| {
        let metric = ctx.board.metric(one);
        let unit = match &pages[0] {
            Form::Milestone(m) => m.rail_unit.clone(),
            _ => {
                let value = items[0].value.unwrap_or(0.0);
                NumberStyle::for_values(metric, &[value], ctx.locale).unit_short().to_owned()
            }
        };
        (w.caption)(&ctx.locale.caps(&metric.label), &unit)
    });
    Header {
        measure: measure.unwrap_or_default(),
        until: pages.iter().any(|f| matches!(f, Form::Top(_))).then_some(top::HEADER_RIGHT),
        ..Header::of(ctx)
    }
}

fn form(ctx: &Ctx, item: &RecognitionItem) -> Form {
    if let Some(milestone) = milestone::model(ctx, item) {
        return Form::Milestone(milestone);
    }
    let badge = item.badge.as_deref().and_then(Badge::named);
    let several = (2..=3).contains(&item.who.len());
    // The contract has no places here: winners stand in the source's order, and only where it gives each a figure of
    // his own, or the trophy.
    let each = item.facts.len() == item.who.len();
    if several && item.value.is_some() && (each || badge.is_some_and(Badge::is_won)) {
        return Form::Podium(podium(ctx, item, badge, each));
    }
    match (&item.who[..], item.value) {
        ([_], Some(value)) if item.text.is_none() && item.from.is_none() => Form::Top(top(ctx, item, value, badge)),
        _ => Form::Shout(shout(ctx, item, badge)),
    }
}

fn top(ctx: &Ctx, item: &RecognitionItem, value: f64, badge: Option<Badge>) -> Top {
    let w = &ctx.locale.words().recognition;
    let who = &item.who[0];
    let metric = ctx.board.metric(item.metric.as_deref());
    let standing = standing::of(ctx, item, value);
    let style =
        standing.as_ref().map_or_else(|| NumberStyle::for_values(metric, &[value], ctx.locale), |s| s.style.clone());
    let place = standing.as_ref().map(|s| (w.no_of)(&s.place, &ctx.locale.whole(s.of as i64)));
    let headline = item.headline.as_ref().map(|text| ctx.locale.caps(text));
    // What the title has said already need not be said again.
    let headline = headline.filter(|text| *text != ctx.locale.caps(&ctx.data.title));
    let office = ctx.office(&who.id);
    let (kicker, second) = match (headline, place) {
        (Some(headline), place) => (headline, place.unwrap_or_default()),
        (None, Some(place)) => (place, String::new()),
        (None, None) => (badge.map(|b| b.word(ctx.locale).to_owned()).unwrap_or_default(), String::new()),
    };
    let (kicker, office) = if kicker.is_empty() { (office, String::new()) } else { (kicker, office) };
    let side = [second, office].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ");
    let (percent, verdict) = standing.as_ref().and_then(|s| s.goal(ctx, value)).unzip();
    let [figure, unit] = style.parts(&style.format(value));
    let unit = if style.unit_short().is_empty() { ctx.locale.caps(&metric.label) } else { unit };
    Top {
        id: who.id.clone(),
        face: Face::of(ctx, who),
        badge,
        kicker,
        side,
        name: ctx.locale.caps(&who.name),
        value: Odometer::still(&figure),
        unit,
        percent: percent.unwrap_or_default(),
        verdict,
        chips: chips(ctx, &item.facts),
        next: standing.map(|s| s.next).unwrap_or_default(),
    }
}

/// Evidence as it is drawn.
fn chips(ctx: &Ctx, facts: &[Fact]) -> Vec<Chip> {
    facts.iter().take(CHIPS).map(|f| chip(ctx, &f.label, &f.value)).collect()
}

/// "6 weeks" is a figure with its unit; any other text is a value as it is.
fn chip(ctx: &Ctx, label: &str, value: &str) -> Chip {
    let (value, unit) = split_unit(value);
    Chip { label: ctx.locale.caps(label), value: ctx.locale.caps(value), unit: ctx.locale.caps(unit) }
}

fn split_unit(value: &str) -> (&str, &str) {
    match value.split_once(' ') {
        Some((figure, unit))
            if figure.chars().all(|c| c.is_ascii_digit() || ".,−-+".contains(c))
                && figure.chars().any(|c| c.is_ascii_digit())
                && unit.chars().all(|c| c.is_alphabetic() || c == ' ') =>
        {
            (figure, unit)
        }
        _ => (value, ""),
    }
}

fn podium(ctx: &Ctx, item: &RecognitionItem, badge: Option<Badge>, each: bool) -> Podium {
    let w = &ctx.locale.words().recognition;
    let metric = ctx.board.metric(item.metric.as_deref());
    let style = NumberStyle::for_values(metric, &[item.value.unwrap_or(0.0)], ctx.locale);
    let figure = |value: f64| match style.parts(&style.format(value)) {
        [figure, _] if style.unit_short().is_empty() => [figure, ctx.locale.caps(&metric.label)],
        figure => figure,
    };
    let columns = item.who.iter().enumerate().map(|(i, who)| {
        let fact = each.then(|| chip(ctx, &item.facts[i].label, &item.facts[i].value));
        let (score, unit) = match (fact, i) {
            (Some(fact), _) if fact.unit.is_empty() => (fact.value, String::new()),
            (Some(fact), _) => (fact.value, fact.unit),
            (None, 0) => item.value.map(figure).unwrap_or_default().into(),
            (None, _) => Default::default(),
        };
        Column { place: ctx.locale.whole(i as i64 + 1), name: ctx.locale.caps(&who.name), score, unit }
    });
    let said = item.headline.as_ref().or(item.text.as_ref());
    Podium {
        kicker: w.winner.to_owned(),
        columns: columns.collect(),
        prize: said.map(|text| [badge.map_or(w.winner, |b| b.word(ctx.locale)).to_owned(), ctx.locale.caps(text)]),
        ..Podium::default()
    }
}

fn shout(ctx: &Ctx, item: &RecognitionItem, badge: Option<Badge>) -> Shout {
    let w = &ctx.locale.words().recognition;
    let people = item.who.iter().take(if item.who.len() > FACES { FACES - 1 } else { FACES });
    let people: Vec<_> =
        people.map(|who| (Face::of(ctx, who), ctx.locale.caps(&who.name), ctx.office(&who.id))).collect();
    let metric = ctx.board.metric(item.metric.as_deref());
    let mut evidence = Vec::new();
    if let Some(value) = item.value {
        let style = NumberStyle::for_values(metric, &[value], ctx.locale);
        let [value, unit] = style.parts(&style.format(value));
        evidence.push(Chip { label: ctx.locale.caps(&metric.label), value, unit });
    }
    evidence.extend(chips(ctx, &item.facts));
    evidence.truncate(CHIPS);
    let when = item.at.map(|at| {
        let zone = ctx.zone();
        ctx.locale.moment(&at.to_zoned(zone.clone()), &ctx.instant().to_zoned(zone))
    });
    let tag = badge.map_or(w.shout_out, |badge| badge.word(ctx.locale));
    Shout {
        more: item.who.len() - people.len(),
        people,
        badge,
        tag: tag.to_owned(),
        headline: item.headline.as_ref().map(|text| ctx.locale.caps(text)).unwrap_or_default(),
        text: item.text.clone().unwrap_or_default(),
        from: item.from.as_ref().map(|text| ctx.locale.caps(text)).unwrap_or_default(),
        when: when.unwrap_or_default(),
        chips: evidence,
    }
}

impl RecognitionModel {
    /// Takes over from an older model: figures of the same person roll. Gives back which pages are new.
    pub fn roll_from(
        &mut self,
        old: &RecognitionModel,
        start: crate::motion::Time,
        curve: crate::motion::Curve,
    ) -> Vec<bool> {
        let mut fresh = Vec::with_capacity(self.pages.len());
        for (i, page) in self.pages.iter_mut().enumerate() {
            fresh.push(match (page, old.pages.get(i)) {
                (Form::Top(new), Some(Form::Top(was))) if new.id == was.id => {
                    let curve = if new.unit == was.unit { curve } else { crate::motion::Curve::Cut };
                    new.value = was.value.roll(new.value.text(), start, curve);
                    false
                }
                (Form::Milestone(new), Some(Form::Milestone(was))) => new.figure != was.figure,
                (Form::Podium(new), Some(Form::Podium(was))) => {
                    let names = |p: &Podium| p.columns.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
                    names(new) != names(was)
                }
                (Form::Shout(new), Some(Form::Shout(was))) => {
                    (&new.headline, &new.text, &new.people) != (&was.headline, &was.text, &was.people)
                }
                (new, was) => Some(&*new) != was,
            });
        }
        fresh
    }

    /// Whether both say the same; what rolls does not count.
    pub fn says(&self, other: &RecognitionModel) -> bool {
        let still = |m: &RecognitionModel| {
            let mut m = m.clone();
            for page in &mut m.pages {
                if let Form::Top(top) = page {
                    top.value = Odometer::still(top.value.text());
                }
            }
            m
        };
        still(self) == still(other)
    }
}
