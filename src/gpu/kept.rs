//! What stays: how many of the leading layers are the same as in the last frame, and which of them are kept as pixels.

use crate::scene::{Layer, Scene};

/// Frames for which layers must have been the same before kept pixels grow by them: what moves and rests by turns would
/// else cost a repaint of all that is under it.
const PATIENCE: u32 = 20;

/// Memory of the last frame.
#[derive(Debug, Default)]
pub(super) struct Kept {
    size: [u32; 2],
    layers: Vec<Layer>,
    /// For each layer: for how many frames it and all before it have been the same.
    same: Vec<u32>,
    /// How many leading layers are painted in the kept texture.
    painted: usize,
    /// The screen lost the last frame.
    gone: bool,
}

/// What to paint into the kept texture before the frame, and what it then stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// Layers that are in the texture already.
    pub have: usize,
    /// Layers that shall be in it: all from `have` are to be painted.
    pub want: usize,
}

impl Kept {
    /// Whether the last frame looked like this.
    pub fn shows(&self, scene: &Scene) -> bool {
        !self.gone && self.size == scene.size && self.layers == scene.layers && !scene.layers.is_empty()
    }

    /// Takes in the next frame.
    pub fn next(&mut self, scene: &Scene) -> Plan {
        if self.size != scene.size {
            self.forget();
            self.size = scene.size;
        }
        self.gone = false;
        let same = self.layers.iter().zip(&scene.layers).take_while(|(a, b)| a == b).count();
        self.layers.truncate(scene.layers.len());
        let (over, rest) = scene.layers[same..].split_at(self.layers.len() - same);
        for (old, new) in self.layers[same..].iter_mut().zip(over) {
            old.name = new.name;
            // Into the memory of the last frame.
            old.items.clone_from(&new.items);
        }
        self.layers.extend_from_slice(rest);
        self.same.truncate(same);
        self.same.iter_mut().for_each(|n| *n += 1);
        self.same.resize(scene.layers.len(), 0);
        if self.painted > same {
            self.painted = 0;
        }
        let have = self.painted;
        let enough = if have == 0 { 1 } else { PATIENCE };
        self.painted = have.max(self.same.iter().take_while(|&&n| n >= enough).count());
        Plan { have, want: self.painted }
    }

    /// The screen no longer shows the last frame; the pixels kept are still good.
    pub fn redraw(&mut self) {
        self.gone = true;
    }

    /// Forgets all: the next frame is painted from scratch.
    pub fn forget(&mut self) {
        *self = Kept::default();
    }
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;
    use crate::scene::{Color, Item, Poly};

    /// One layer for each number, each with its own colour.
    fn scene(layers: &[u32]) -> Scene {
        let layer = |&n: &u32| {
            let poly = Poly { points: smallvec![[0.0; 2]; 3], colors: smallvec![Color::hex(n); 3], smooth: 0 };
            Layer { name: "layer", items: vec![Item::Poly(poly)] }
        };
        Scene { size: [10, 10], layers: layers.iter().map(layer).collect(), next: None }
    }

    #[test]
    fn the_leading_layers_are_kept_from_the_second_frame_on() {
        let mut kept = Kept::default();
        assert_eq!(kept.next(&scene(&[1, 2, 30])), Plan { have: 0, want: 0 });
        assert_eq!(kept.next(&scene(&[1, 2, 31])), Plan { have: 0, want: 2 });
        assert_eq!(kept.next(&scene(&[1, 2, 32])), Plan { have: 2, want: 2 });
        assert_eq!(kept.next(&scene(&[1, 9, 33])), Plan { have: 0, want: 1 });
        assert_eq!(kept.next(&scene(&[8, 9, 33])), Plan { have: 0, want: 0 });
    }

    #[test]
    fn layers_that_come_to_rest_are_taken_in_after_a_while() {
        let mut kept = Kept::default();
        kept.next(&scene(&[1, 10, 100]));
        kept.next(&scene(&[1, 11, 101]));
        let grown = (0..2 * PATIENCE).find(|i| kept.next(&scene(&[1, 11, 200 + i])) == Plan { have: 1, want: 2 });
        assert_eq!(grown, Some(PATIENCE - 1));
    }

    #[test]
    fn a_new_size_or_a_forgotten_frame_starts_again() {
        let mut kept = Kept::default();
        kept.next(&scene(&[1, 2]));
        assert!(kept.shows(&scene(&[1, 2])) && !kept.shows(&scene(&[1])));
        let wider = Scene { size: [20, 10], ..scene(&[1, 2]) };
        assert!(!kept.shows(&wider));
        assert_eq!(kept.next(&wider), Plan { have: 0, want: 0 });
        kept.redraw();
        assert!(!kept.shows(&wider));
        assert_eq!(kept.next(&wider), Plan { have: 0, want: 2 }, "lost from the screen, but the same");
        assert!(kept.shows(&wider));
        kept.forget();
        assert!(!kept.shows(&wider));
    }
}
