//! Draws a team's crest (DESIGN 6.1): its logo, whole, on a plate where its colours are lost on the ground.

use std::sync::Arc;

use crate::board::Logo;
use crate::scene::{Canvas, Color, Rect, Slab};
use crate::slides::context::Look;
use crate::theme::contrast::ratio;
use crate::theme::{BLACK, WHITE};

/// Height in units, and how wide it may be.
pub const SIZE: f32 = 48.0;
const WIDEST: f32 = 96.0;
/// Beyond the crest, where it stands on a plate.
const PAD: f32 = 5.0;
/// A picture with fewer pixels across or down would be blocks: the team has its code alone.
const FEWEST_PX: u32 = 32;
/// Less contrast than this between a logo's colours and its ground, and it stands on a plate.
const SEEN: f64 = 3.0;
/// Points across and down at which its colours are looked at.
const SAMPLES: u32 = 16;

/// The crest of this key, once it has arrived, if it can be drawn. Old data has no hue: then tab and code tell the team alone.
pub fn arrived<'l>(look: &'l Look, key: Option<&str>) -> Option<&'l Arc<Logo>> {
    let crest = look.crests.get(key?)?;
    (!look.theme.grey && crest.image.width().min(crest.image.height()) >= FEWEST_PX).then_some(crest)
}

/// How wide a crest is, with the room around it that a plate may take.
pub fn width(crest: &Logo) -> f32 {
    fitted(crest)[0] + 2.0 * PAD
}

fn fitted(crest: &Logo) -> [f32; 2] {
    let (w, h) = (crest.image.width().max(1) as f32, crest.image.height().max(1) as f32);
    let scale = (SIZE / h).min(WIDEST / w);
    [w * scale, h * scale]
}

/// Paints it from `x` on, its middle at `y`, on a ground of this colour.
pub fn draw(c: &mut Canvas, crest: &Logo, [x, y]: [f32; 2], ground: Color) {
    let [w, h] = fitted(crest);
    if let Some(plate) = plate(crest, ground) {
        c.slab(Slab::rect(x, y - SIZE / 2.0 - PAD, w + 2.0 * PAD, SIZE + 2.0 * PAD), plate);
    }
    let place = Rect::sized(x + PAD, y - h / 2.0, w, h);
    let whole = Rect::new(0.0, 0.0, 1.0, 1.0);
    c.picture(&crest.key, &crest.image, place, whole);
}

/// What a logo needs under it: nothing where most of it is seen, else the one of white and black on which more of it is.
fn plate(crest: &Logo, ground: Color) -> Option<Color> {
    let image = &crest.image;
    let (w, h) = image.dimensions();
    let at = |i: u32, size: u32| (2 * i + 1) * size / (2 * SAMPLES);
    let points = (0..SAMPLES).flat_map(|i| (0..SAMPLES).map(move |j| (i, j)));
    let inks = points.map(|(i, j)| image.get_pixel(at(i, w).min(w - 1), at(j, h).min(h - 1)).0);
    let inks: Vec<Color> = inks.filter(|p| p[3] > 127).map(|[r, g, b, _]| Color::rgb([r, g, b])).collect();
    let seen = |ground: Color| inks.iter().filter(|ink| ratio(**ink, ground) >= SEEN).count();
    if inks.is_empty() || 2 * seen(ground) >= inks.len() {
        return None;
    }
    Some(if seen(WHITE) >= seen(BLACK) { WHITE } else { BLACK })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logo(color: [u8; 4]) -> Logo {
        Logo { key: "k".into(), image: Arc::new(image::RgbaImage::from_pixel(64, 64, image::Rgba(color))) }
    }

    #[test]
    fn a_logo_that_is_lost_on_its_ground_stands_on_a_plate() {
        let lime = Color::hex(0xD4FF3A);
        assert_eq!(plate(&logo([10, 20, 30, 255]), lime), None);
        assert_eq!(plate(&logo([220, 255, 60, 255]), lime), Some(BLACK));
        assert_eq!(plate(&logo([20, 30, 60, 255]), Color::hex(0x0A1020)), Some(WHITE));
        assert_eq!(plate(&logo([20, 30, 60, 0]), lime), None, "nothing is seen of it anyway");
    }

    #[test]
    fn it_is_whole_within_its_bounds() {
        let wide = Logo { key: "k".into(), image: Arc::new(image::RgbaImage::new(400, 100)) };
        assert_eq!(fitted(&wide), [96.0, 24.0]);
        assert_eq!(fitted(&logo([0; 4])), [48.0, 48.0]);
    }
}
