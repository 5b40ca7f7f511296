//! Texts that are not drawn yet: one call draws those of many layers, as long as nothing painted later touches them.

use crate::scene::{Item, Layer, Text};

/// Texts in painter's order that wait for their call.
#[derive(Default)]
pub(super) struct Waiting<'t> {
    texts: Vec<&'t Text>,
    /// Where each paints: x0, y0, x1, y1.
    boxes: Vec<[f32; 4]>,
}

impl<'t> Waiting<'t> {
    /// Takes the texts of a layer.
    pub fn add(&mut self, layer: &'t Layer) {
        for item in &layer.items {
            if let Item::Text(text) = item {
                self.texts.push(text);
                self.boxes.push(text.reach());
            }
        }
    }

    /// Whether an item painted now would have to cover one of them.
    pub fn under(&self, item: &Item) -> bool {
        !self.boxes.is_empty() && item.reach().iter().any(|a| self.boxes.iter().any(|b| meet(a, b)))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// All of them; none wait afterwards.
    pub fn take(&mut self) -> std::vec::Drain<'_, &'t Text> {
        self.boxes.clear();
        self.texts.drain(..)
    }
}

fn meet(a: &[f32; 4], b: &[f32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::{Now, Time};
    use crate::scene::{Align, Canvas, Color, Fonts, Slab, Stage, Style, Weight};

    #[test]
    fn rows_side_by_side_are_written_together_and_a_row_on_top_is_not() {
        let mut fonts = Fonts::new(false);
        let now = Now { t: Time::from_s(0.0), wall_us: 0 };
        let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, [0.0; 2]), now, &mut fonts);
        for y in [100.0, 170.0, 140.0] {
            c.layer("row");
            c.slab(Slab::lean(100.0, y, 800.0, 62.0), Color::hex(0x20_3040));
            c.text(200.0, y + 50.0, "Ájgy", Style::new(54.0, Weight::Semi), Color::hex(0xFF_FFFF), Align::Left);
        }
        let scene = c.finish();
        let [first, second, over] = &scene.layers[..] else { panic!("{scene:?}") };
        let mut waiting = Waiting::default();
        waiting.add(first);
        assert!(!waiting.under(&second.items[0]));
        waiting.add(second);
        assert!(waiting.under(&over.items[0]));
        assert_eq!(waiting.take().count(), 2);
        assert!(waiting.is_empty() && !waiting.under(&over.items[0]));
    }
}
