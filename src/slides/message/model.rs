//! Turns a message into lines that fit.

use super::layout::Layout;
use super::window::{Phase, phases};
use crate::board::Message;
use crate::scene::text::is_cjk;
use crate::scene::{Fonts, Style, Weight};
use crate::slides::context::Ctx;
use crate::slides::widgets::accents;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::lines::{self, Fitted, Room};
use crate::slides::widgets::qr::Qr;

/// Title of a message.
pub const TITLE: Style = Style::new(250.0, Weight::Heavy).tracked(0.005);
pub const TEXT: Style = Style::new(100.0, Weight::Semi);
/// Its text over cards: capitals.
pub const TEXT_CAPS: Style = Style::new(112.0, Weight::Bold).tracked(0.01);
/// Largest title with kanji in it (DESIGN 6.15).
const CJK_TITLE: f32 = 200.0;

/// A message as it stands on the wall.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageModel {
    pub header: Header,
    /// What it says about time.
    pub phases: Vec<Phase>,
    pub title: Fitted,
    pub text: Fitted,
    /// Whether the text is in capitals.
    pub caps: bool,
    /// Label and value of each card.
    pub facts: Vec<[String; 2]>,
    /// Its address, for phones.
    pub code: Option<Qr>,
    /// Whether it has nothing to say.
    pub empty: bool,
}

/// How many cards there are room for; on a portrait screen a code takes the place of the others.
pub const CARDS: usize = 3;
const CARDS_UNDER_CODE: usize = 1;

/// The model of a slide.
pub fn model(ctx: &Ctx, message: &Message, fonts: &mut Fonts) -> MessageModel {
    let m = message;
    let w = &ctx.locale.words().message;
    let text = m.text.as_deref().unwrap_or("");
    // A text without a title is the title.
    let (title, text) = if ctx.data.title.is_empty() { (text, "") } else { (ctx.data.title.as_str(), text) };
    let portrait = ctx.screen.stage.portrait();
    let code = m.link.as_deref().and_then(Qr::of);
    let most = if portrait && code.is_some() { CARDS_UNDER_CODE } else { CARDS };
    let facts: Vec<[String; 2]> =
        m.facts.iter().take(most).map(|f| [ctx.locale.caps(&f.label), ctx.locale.caps(&f.value)]).collect();
    for fact in m.facts.iter().skip(most) {
        fonts.diagnostics.leave_out(&ctx.data.id, fact.name());
    }
    let empty = title.is_empty() && facts.is_empty();
    let layout = Layout::new(portrait, facts.len(), code.is_some());
    let text_fit = text_lines(ctx, fonts, text, &layout, !facts.is_empty());
    let room = layout.title((text_fit.0.lines.len(), text_fit.0.size));
    MessageModel {
        header: header(ctx, m.from.as_deref()),
        phases: phases(ctx.instant(), ctx.data.end, &ctx.zone(), ctx.locale),
        title: if empty {
            let lines = w.empty.map(str::to_owned).to_vec();
            let widest = lines.iter().map(|l| fonts.width(l, TITLE.sized(100.0))).fold(1.0, f32::max);
            Fitted { size: (room.w / widest * 100.0).min(190.0), lines, cut: false }
        } else {
            let mut title = title_lines(ctx, fonts, title, &layout, room);
            title.lines.retain(|l| !l.is_empty());
            title
        },
        text: text_fit.0,
        caps: text_fit.1,
        facts,
        code,
        empty,
    }
}

fn title_lines(ctx: &Ctx, fonts: &mut Fonts, title: &str, layout: &Layout, mut room: Room) -> Fitted {
    if title.chars().any(is_cjk) {
        room.sizes[1] = room.sizes[1].min(CJK_TITLE);
    }
    let mut fitted = lines::fit(fonts, &ctx.locale.caps(title), TITLE, room);
    // Marks on the first line keep clear of the tag.
    let rise = fitted.lines.first().map_or(0.0, |line| accents::rise_em(line));
    if rise > 0.0 {
        let bottom = layout.tag[1] + layout.tag[2] + 6.0;
        let most = match fitted.lines.len() {
            1 => (layout.title_mid - bottom) / (0.35 + rise),
            _ => (layout.block[0] - bottom) / rise,
        };
        fitted.size = fitted.size.min(most).max(room.sizes[0].min(fitted.size));
    }
    fitted
}

/// The text's lines, and whether they are in capitals: over cards one short line is, as a headline.
fn text_lines(ctx: &Ctx, fonts: &mut Fonts, text: &str, layout: &Layout, cards: bool) -> (Fitted, bool) {
    if cards {
        let room = Room { lines: 1, sizes: [84.0, TEXT_CAPS.size], ..layout.text() };
        let fitted = lines::fit(fonts, &ctx.locale.caps(text), TEXT_CAPS, room);
        if !fitted.cut {
            return (fitted, true);
        }
    }
    (lines::fit(fonts, text, TEXT, layout.text()), false)
}

fn header(ctx: &Ctx, from: Option<&str>) -> Header {
    let w = &ctx.locale.words().message;
    let from = from.filter(|f| !f.is_empty());
    // Whose name it is says where they sit, if only one person has it.
    let mut named =
        ctx.board.people.iter().filter(|(id, p)| Some(p.name.as_str()) == from || Some(id.as_str()) == from);
    let (who, office) = match (named.next(), named.next()) {
        (Some((id, person)), None) => (Some(person.name.as_str()), ctx.office(id)),
        _ => (from, String::new()),
    };
    Header {
        title: w.news.to_owned(),
        period: who.map(|who| (w.from)(&ctx.locale.caps(who))).unwrap_or_default(),
        measure: office,
        ..Header::default()
    }
}
