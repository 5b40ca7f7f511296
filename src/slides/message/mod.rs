//! Shows a message (DESIGN 6.15): a full-bleed slab with a headline, and up to three cards. It is not data: no LIVE, no figures
//! of the floor.

mod cards;
mod draw;
mod layout;
mod model;
mod window;

use crate::board::{Body, Message};
use crate::motion::Time;
use crate::scene::{Canvas, Fonts};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::Slide;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::live::Live;
use crate::theme::spring;
use cards::Cards;
use model::MessageModel;

/// How long a message stays (DESIGN 6.15), in seconds.
const DWELL_S: f64 = 10.0;
/// How long a changed message is news, in seconds.
const MESSAGE_NEWS_S: f64 = 1.5;

/// How many cards it has room for.
pub(super) const ROOM: usize = model::CARDS;

pub(super) fn build(ctx: &Ctx, message: &Message, fonts: &mut Fonts) -> Box<dyn Slide> {
    let model = model::model(ctx, message, fonts);
    let cards = Cards::new(ctx, fonts, &model.facts);
    Box::new(MessageSlide { model: Live::still(model), cards, before: None })
}

struct MessageSlide {
    model: Live<MessageModel>,
    cards: Cards,
    /// What was there until an instant, if it said something else; the new one wipes over it.
    before: Option<(MessageModel, Time)>,
}

impl Slide for MessageSlide {
    fn update(&mut self, ctx: &Ctx, fonts: &mut Fonts) {
        let Body::Message(message) = &ctx.data.body else { return };
        let t = ctx.now.t;
        let model = model::model(ctx, message, fonts);
        if model == *self.model {
            return;
        }
        let said = |m: &MessageModel| (m.title.clone(), m.text.clone(), m.empty);
        let still = ctx.quiet || ctx.screen.reduced_motion;
        if said(&model) != said(&self.model) && !still {
            self.before = Some((self.model.clone(), t));
        } else if still {
            self.before = None;
        }
        if model.facts != self.model.facts {
            let cards = Cards::new(ctx, fonts, &model.facts);
            self.cards = if ctx.quiet { cards } else { self.cards.toward(cards, t, spring_of(ctx)) };
        }
        if !ctx.quiet && (said(&self.model), &self.model.facts) != (said(&model), &model.facts) {
            self.model.take(model, ctx);
        } else {
            self.model.amend(model);
        }
    }

    fn header(&self, _t: Time) -> &Header {
        &self.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        draw::draw(c, look, &self.model, &self.cards, self.before.as_ref().map(|(m, t)| (m, *t)));
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn busy_until(&self) -> Option<Time> {
        self.model.news_until(MESSAGE_NEWS_S)
    }
}

fn spring_of(ctx: &Ctx) -> impl Fn(crate::motion::Spring) -> crate::motion::Curve {
    let reduced = ctx.screen.reduced_motion;
    move |s| spring::curve(s, reduced)
}
