//! Draws paper that falls from both upper corners, behind what is said: only for a contest and a goal of all (DESIGN 5).

use crate::motion::{Anim, Curve, Time};
use crate::scene::{Canvas, Color, SLANT, Vec2, vec2};
use crate::slides::context::Look;
use crate::theme::WHITE;

const STRIPS: u32 = 160;
/// It is gone after so long.
const GONE_S: f64 = 3.0;
/// A strip, in units.
const SIZE: Vec2 = vec2(10.0, 26.0);

/// Paints it, thrown at `start`; with reduced motion there is none, as there is none at the end.
pub fn draw(c: &mut Canvas, look: &Look, start: Time) {
    if look.screen.reduced_motion || !c.reached(start) {
        return;
    }
    let age = c.now().t.since(start);
    // It moves as long as this does.
    c.sample(&Anim::new(0.0, 1.0, 0.0, start, Curve::Ease(GONE_S), 0.0));
    if age >= GONE_S {
        return;
    }
    let Vec2 { x: wide, y: high } = c.stage().units;
    let inks = [look.theme.accent, look.theme.accent.mix(WHITE, 0.55), WHITE];
    let fade = ((GONE_S - age) / 0.5).min(1.0);
    c.layer("paper");
    for i in 0..STRIPS {
        strip(c, i, age as f32, [wide, high], inks[i as usize % inks.len()].fade(fade));
    }
}

/// One strip after `age` seconds: thrown from its corner, slowed by the air, turning about its long side. All of it follows
/// from its number and its age.
fn strip(c: &mut Canvas, i: u32, age: f32, [wide, high]: [f32; 2], ink: Color) {
    let part = |salt: u32| chance(i, salt);
    let born = part(1) * 0.45;
    let t = age - born;
    if t <= 0.0 {
        return;
    }
    let left = i.is_multiple_of(2);
    // Drag in closed form: v/k (1 − e^−kt), and a steady fall.
    let (k, speed, fall) = (1.7, 520.0 + 980.0 * part(2), 300.0 + 190.0 * part(3));
    let slowed = (1.0 - (-k * t).exp()) / k;
    let angle = 0.10 + 0.75 * part(4);
    let (dx, dy) =
        (speed * angle.cos() * slowed, -speed * angle.sin() * slowed * 0.28 + fall * t * (1.0 - (-2.2 * t).exp()));
    let sway = (t * (3.0 + 3.0 * part(5)) + part(6) * 6.0).sin() * 22.0;
    let x = if left { -20.0 + dx + sway } else { wide + 20.0 - dx - sway };
    let y = high * 0.02 + dy;
    let turn = (t * (5.0 + 7.0 * part(7)) + part(8) * 6.0).cos();
    let (half, lean) = (SIZE.x / 2.0 * turn, SIZE.y * SLANT);
    c.poly(
        &[vec2(x - half + lean, y), vec2(x + half + lean, y), vec2(x + half, y + SIZE.y), vec2(x - half, y + SIZE.y)],
        ink,
    );
}

/// A number from 0 to 1 that looks like chance, and is the same every time.
fn chance(i: u32, salt: u32) -> f32 {
    let mut h = i.wrapping_mul(0x9E37_79B9) ^ salt.wrapping_mul(0x85EB_CA6B);
    for factor in [0x7FEB_352D, 0x846C_A68B] {
        h = (h ^ (h >> 15)).wrapping_mul(factor);
    }
    ((h ^ (h >> 16)) & 0xFFFF) as f32 / 65_535.0
}
