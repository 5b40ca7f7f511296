//! Draws faces: the photo of a person in a box, lit like every other (DESIGN 4, Faces), or two glyphs of the name until
//! there is one (DESIGN 6.1, 6.4).

use crate::board::{Identity, Photo};
use crate::motion::{Anim, Curve};
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Rect, Style, Tone, Vec2, Weight, vec2};
use crate::slides::context::{Ctx, Look};

use unicode_segmentation::UnicodeSegmentation;

/// Whose face it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Face {
    /// Key of the photo, if there is to be one.
    pub photo: Option<String>,
    pub glyphs: String,
}

impl Face {
    /// The face of a person on the board.
    pub fn of(ctx: &Ctx, who: &Identity) -> Face {
        let photo = ctx.photo(&who.id).map(|p| p.key().to_owned());
        Face { photo, glyphs: ctx.locale.caps(&monogram(&who.name)) }
    }

    /// The photo, once it has arrived.
    pub fn picture<'l>(&self, look: &'l Look) -> Option<&'l Photo> {
        arrived(look, self.photo.as_deref())
    }
}

/// A photo with fewer pixels across or down would be blocks on the wall: a monogram is shown instead.
const FEWEST_PX: u32 = 240;

/// The photo of this key, once it has arrived, if it has the pixels that a face on a wall needs.
pub fn arrived<'l>(look: &'l Look, key: Option<&str>) -> Option<&'l Photo> {
    let photo = look.photos.get(key?)?;
    (photo.image.width().min(photo.image.height()) >= FEWEST_PX).then_some(&**photo)
}

/// How much smaller a face comes on than it is at rest.
const COMES_FROM: f64 = 0.962;
/// How long it grows.
const PUSH_S: f64 = 6.0;

/// A slow push toward the face, and then it stands still: the size it has now against that at rest.
pub fn push(c: &mut Canvas, look: &Look) -> f32 {
    match look.entered.filter(|_| !look.screen.reduced_motion) {
        Some(at) => c.sample(&Anim::new(COMES_FROM, 1.0, 0.0, at, Curve::Ease(PUSH_S), 1e-4)) as f32,
        None => 1.0,
    }
}

/// A standing figure at a share of its size: its foot stays.
pub fn scaled(Rect { x0, y0, x1, y1 }: Rect, size: f32) -> Rect {
    let (middle, half) = ((x0 + x1) / 2.0, (x1 - x0) / 2.0 * size);
    Rect::new(middle - half, y1 - (y1 - y0) * size, middle + half, y1)
}

/// How long a photo that comes late takes to come in over its monogram.
const ARRIVES_S: f64 = 0.3;

/// Paints the photo of a face with `photo`, and until that is all there its monogram with `glyphs`: one that comes late
/// fades in, nothing else moves.
pub fn either(
    c: &mut Canvas,
    look: &Look,
    face: &Face,
    photo: impl FnOnce(&mut Canvas, &Photo),
    glyphs: impl FnOnce(&mut Canvas, &str),
) {
    let Some(picture) = face.picture(look) else { return glyphs(c, &face.glyphs) };
    let late = face.photo.as_ref().and_then(|key| look.arrived.get(key));
    let here = late.map_or(1.0, |at| c.sample(&Anim::new(0.0, 1.0, 0.0, *at, Curve::Ease(ARRIVES_S), 1e-3)));
    if here < 1.0 {
        c.group(0.0, 0.0, 1.0 - here, |c| glyphs(c, &face.glyphs));
    }
    c.group(0.0, 0.0, here, |c| photo(c, picture));
}

/// Two glyphs of a name: the initials of the first and the last word, or what stands before the space of a name in kana
/// or kanji, two of it at most.
pub fn monogram(name: &str) -> String {
    let mut words = name.split_whitespace();
    let Some(first) = words.next() else { return String::new() };
    if first.chars().next().is_some_and(is_cjk) {
        return first.graphemes(true).take(2).collect();
    }
    let initial = |word: &str| {
        let letters = |g: &&str| g.chars().next().is_some_and(char::is_alphanumeric);
        let found = word.graphemes(true).find(letters).or_else(|| word.graphemes(true).next());
        found.unwrap_or_default().to_owned()
    };
    let last = words.last().map(initial).unwrap_or_default();
    initial(first) + &last
}

/// The part of a picture, `iw` by `ih`, that covers a box: u0, v0, u1, v1. What is cut off is cut at the sides and at the
/// bottom: the face is in the upper middle.
pub fn cover(Vec2 { x: iw, y: ih }: Vec2, Rect { x0, y0, x1, y1 }: Rect) -> Rect {
    let (iw, ih, bw, bh) = (iw.max(1.0), ih.max(1.0), (x1 - x0).max(1.0), (y1 - y0).max(1.0));
    let scale = (bw / iw).max(bh / ih);
    let (u, v) = (bw / (iw * scale), bh / (ih * scale));
    let u0 = (1.0 - u) / 2.0;
    Rect::new(u0, 0.0, u0 + u, v)
}

/// Covers a box of units with a photo, the face kept.
pub fn fill(c: &mut Canvas, look: &Look, photo: &Photo, area: Rect) {
    paint(c, look, photo, area, cover(pixels(photo), area));
}

/// The same, pushed: at rest a little is cut off around it, so that it can come from further off.
pub fn fill_pushed(c: &mut Canvas, look: &Look, photo: &Photo, area: Rect) {
    let Rect { x0, y0, x1, y1 } = cover(pixels(photo), area);
    let share = COMES_FROM as f32 / push(c, look);
    let (middle, half) = ((x0 + x1) / 2.0, (x1 - x0) / 2.0 * share);
    paint(c, look, photo, area, Rect::new(middle - half, y0, middle + half, y0 + (y1 - y0) * share));
}

fn pixels(photo: &Photo) -> Vec2 {
    vec2(photo.image.width() as f32, photo.image.height() as f32)
}

fn paint(c: &mut Canvas, look: &Look, photo: &Photo, area: Rect, part: Rect) {
    let tone = look.theme.face();
    // The corners of a rectangle sink into the ground; a figure has none.
    let tone = if is_cut_out(photo) { Tone { vignette: 0, ..tone } } else { tone };
    c.face(&photo.key, &photo.image, area, part, tone);
}

/// Whether a photo is a figure cut out of its ground: both its upper corners are clear.
pub fn is_cut_out(photo: &Photo) -> bool {
    let image = &photo.image;
    let (w, h) = (image.width(), image.height());
    w > 1 && h > 1 && [0, w - 1].iter().all(|&x| image.get_pixel(x, 0).0[3] < 128)
}

/// Stands a cut-out on a bottom line: its middle, the line, its height, all in units. Narrower than `widest`: what is wider
/// is cut at both sides. Returns the box it takes.
pub fn stand_box(photo: &Photo, middle: f32, bottom: f32, height: f32, widest: f32) -> Rect {
    let (iw, ih) = (photo.image.width().max(1) as f32, photo.image.height().max(1) as f32);
    let w = (height * iw / ih).min(widest);
    Rect::new(middle - w / 2.0, bottom - height, middle + w / 2.0, bottom)
}

/// The monogram: its middle and the height of its capitals, fading from one strength to another.
pub fn glyphs(
    c: &mut Canvas,
    look: &Look,
    text: &str,
    Vec2 { x, y }: Vec2,
    size: f32,
    room: f32,
    [from, to]: [f64; 2],
) {
    let largest = Style::new(size, Weight::Heavy);
    let style = c.fonts.shrink_until(largest, 40.0, 8.0, |fonts, style| fonts.width(text, style) <= room);
    let (line, _) = c.fonts.fit_text(text, style, room);
    let base = y + style.size * 0.35;
    let top = base - style.size * 0.92;
    // As many steps as nobody sees.
    let (bands, height) = ((style.size / 14.0).clamp(8.0, 36.0) as i32, style.size * 1.1);
    for band in 0..bands {
        let at = |b: i32| top + height * b as f32 / bands as f32;
        let alpha = from + (to - from) * (f64::from(band) + 0.5) / f64::from(bands);
        c.clipped(0.0, at(band), 1e5, at(band + 1), |c| {
            c.line(x, base, &line, look.theme.accent_text.fade(alpha), Align::Center);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monograms_are_two_glyphs() {
        for (name, glyphs) in [
            ("Inés Valverde", "IV"),
            ("Damilola van der Okoye", "DO"),
            ("Cher", "C"),
            ("森田 結", "森田"),
            ("長谷川 彩乃", "長谷"),
            ("林 蘭", "林"),
            ("ルシア・モレノ", "ルシ"),
            ("(Anna) Öberg", "AÖ"),
            ("  ", ""),
        ] {
            assert_eq!(monogram(name), glyphs, "{name}");
        }
    }

    #[test]
    fn covering_keeps_the_upper_middle() {
        // A wide picture loses both sides, a tall one its bottom.
        assert_eq!(cover(vec2(200.0, 100.0), Rect::new(0.0, 0.0, 50.0, 50.0)), Rect::new(0.25, 0.0, 0.75, 1.0));
        assert_eq!(cover(vec2(100.0, 200.0), Rect::new(0.0, 0.0, 50.0, 50.0)), Rect::new(0.0, 0.0, 1.0, 0.5));
    }
}
