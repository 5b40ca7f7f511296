//! Draws the change from one slide to the next (DESIGN 5, Slide change).

use std::sync::Arc;

use crate::motion::{Anim, Curve, Time};
use crate::scene::{Canvas, Layer, Scene, Slab, Vec2};
use crate::slides::Look;

/// How long the slanted edge wipes.
pub(super) const WIPE_S: f64 = 0.52;
/// With reduced motion the new slide dissolves over the old one in this time.
const DISSOLVE_S: f64 = 0.2;
/// Width of the edge in units.
const EDGE_U: f32 = 60.0;

/// A slide, and what it is drawn with.
pub(super) struct Side<'a> {
    pub look: &'a Look<'a>,
    pub scene: Option<Scene>,
}

/// How much of the old slide is left at the canvas' instant, from 1 to 0, when the new one is on `since` then.
pub(super) fn old_part(c: &mut Canvas, look: &Look, since: Time) -> f64 {
    let length = if look.screen.reduced_motion { DISSOLVE_S } else { WIPE_S };
    c.sample(&Anim::new(1.0, 0.0, 0.0, since, Curve::Ease(length), 1e-3))
}

/// Draws the old slide, frozen, left of the edge that runs from right to left in front of the new one. The footers stay
/// where they are, and only what they say changes. With reduced motion the new slide dissolves in.
pub(super) fn change(c: &mut Canvas, old: Side, new: Side, at: f64) {
    let (was_look, look) = (old.look, new.look);
    let (Some(mut old), Some(mut new)) = (old.scene, new.scene) else { return };
    if let Some(next) = new.next {
        c.redraw_at(next);
    }
    if look.screen.reduced_motion {
        c.append(Scene { next: None, ..old });
        new.fade(1.0 - at);
        return c.append(new);
    }
    let (was, is) = (take_footer(&mut old), take_footer(&mut new));
    c.append(new);
    let stage = *c.stage();
    let mut ground = Canvas::new(stage, c.now(), c.fonts);
    ground.layer("backdrop");
    ground.backdrop(was_look.theme.backdrop(&stage, look.screen.dither));
    let mut layers = ground.finish().layers;
    layers.append(&mut old.layers);
    edge(c, look, layers, at as f32);
    let same = was == is;
    // One goes before the other comes: two texts are never in one place.
    let (mut shown, alpha) = if same || at < 0.5 { (is, 1.0 - at * 2.0) } else { (was, at * 2.0 - 1.0) };
    if !same {
        shown.fade(alpha);
    }
    c.append(shown);
}

/// A frozen picture left of the accent edge, which runs from beyond the right end (`at` 1) to beyond the left (0).
pub(super) fn edge(c: &mut Canvas, look: &Look, layers: Vec<Layer>, at: f32) {
    if at <= 0.0 {
        return;
    }
    let Vec2 { x: w, y: h } = c.stage().units;
    let lean = h * crate::scene::SLANT;
    let x = -lean - EDGE_U + (w + 2.0 * lean + 2.0 * EDGE_U) * at;
    c.layer("wipe");
    c.snapshot(Arc::new(layers), x);
    c.slab(Slab::lean(x - lean / 2.0, 0.0, EDGE_U + lean, h), look.theme.accent_paint());
}

/// Takes the footer out of a slide.
fn take_footer(scene: &mut Scene) -> Scene {
    let (footer, rest) = std::mem::take(&mut scene.layers).into_iter().partition(|layer| layer.name == "footer");
    scene.layers = rest;
    Scene { size: scene.size, layers: footer, next: None }
}
