//! What stays: which layers are the same as in the last frame, and which of them are kept as pixels. A layer over one that
//! moves can be kept too, as long as neither touches the other.

use crate::scene::{Layer, Scene};

/// Frames for which a layer must have been the same before kept pixels grow by it: what moves and rests by turns would
/// else cost a repaint of all that is kept.
const PATIENCE: u32 = 20;
/// The same for layers over others that move: longer than a second, in which a header's countdown stands still.
const LONG_PATIENCE: u32 = 90;

/// Memory of the last frame.
#[derive(Debug, Default)]
pub(super) struct Kept {
    size: [u32; 2],
    layers: Vec<Layer>,
    /// For how many frames each layer has been the same.
    calm: Vec<u32>,
    /// Which layers are painted in the kept texture, in order.
    painted: Vec<usize>,
    /// The screen lost the last frame.
    gone: bool,
}

/// How to paint a frame with the kept texture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// Whether the texture begins empty.
    pub anew: bool,
    /// Layers to paint into it, in order.
    pub add: Vec<usize>,
    /// Whether there is anything in it then.
    pub kept: bool,
    /// Layers to paint over it, in order.
    pub rest: Vec<usize>,
}

impl Kept {
    /// Whether the last frame looked like this.
    pub fn shows(&self, scene: &Scene) -> bool {
        !self.gone && self.size == scene.size && self.layers == scene.layers && !scene.layers.is_empty()
    }

    /// The layers of the last frame.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The size of the last frame.
    pub fn size(&self) -> [u32; 2] {
        self.size
    }

    /// Takes in the next frame.
    pub fn next(&mut self, scene: Scene) -> Plan {
        if self.size != scene.size {
            self.forget();
            self.size = scene.size;
        }
        self.gone = false;
        self.learn(scene.layers);
        self.plan()
    }

    /// The same frame with nothing in the texture.
    pub fn again(&mut self) -> Plan {
        self.painted.clear();
        self.plan()
    }

    fn plan(&mut self) -> Plan {
        let want = self.want();
        let boxes = |i: &usize| reach(&self.layers[*i]);
        // What is new in the texture lies over all that is there already.
        let fits = |i: &usize| self.painted.iter().all(|k| k < i || !meet(&boxes(k), &boxes(i)));
        let stays = !self.painted.is_empty() && self.painted.iter().all(|k| want.contains(k));
        let more: Vec<usize> = want.iter().copied().filter(|i| !self.painted.contains(i)).collect();
        let anew = !stays || !more.iter().all(fits);
        let rest = (0..self.layers.len()).filter(|i| !want.contains(i)).collect();
        let add = if anew { want.clone() } else { more };
        self.painted = want;
        Plan { anew, add, kept: !self.painted.is_empty(), rest }
    }

    /// Compares with the last frame and remembers this one. If a painted layer changed or went, none is painted any more.
    fn learn(&mut self, new: Vec<Layer>) {
        let old = &self.layers;
        let front = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let left = old.len().min(new.len()) - front;
        let back = old.iter().rev().zip(new.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
        // Between those the layers have the places they had, as far as there are as many.
        let (old_end, end) = (old.len() - back, new.len() - back);
        let calm = (0..new.len()).map(|i| match i {
            _ if i < front => self.calm[i].saturating_add(1),
            _ if i >= end => self.calm[i - end + old_end].saturating_add(1),
            _ if i < old_end && old[i] == new[i] => self.calm[i].saturating_add(1),
            _ => 0,
        });
        let calm: Vec<u32> = calm.collect();
        let place = |&i: &usize| match i {
            _ if i < front => Some(i),
            _ if i >= old_end => Some(i - old_end + end),
            _ => (i < end && calm[i] > 0).then_some(i),
        };
        self.painted = self.painted.iter().map(place).collect::<Option<_>>().unwrap_or_default();
        (self.layers, self.calm) = (new, calm);
    }

    /// Which layers shall be in the texture.
    fn want(&self) -> Vec<usize> {
        let mut want = Vec::new();
        // Where layers are that are not.
        let mut under: Vec<[f32; 4]> = Vec::new();
        for (i, calm) in self.calm.iter().enumerate() {
            let enough = match (self.painted.is_empty(), under.is_empty()) {
                (true, _) => 1,
                (false, true) => PATIENCE,
                (false, false) => LONG_PATIENCE,
            };
            let ready = *calm >= enough || self.painted.contains(&i);
            if ready && under.is_empty() {
                want.push(i);
                continue;
            }
            let own = reach(&self.layers[i]);
            if ready && !under.iter().any(|b| meet(&own, b)) {
                want.push(i);
            } else {
                under.push(own);
            }
        }
        want
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

/// x0, y0, x1, y1 outside of which a layer paints nothing.
fn reach(layer: &Layer) -> [f32; 4] {
    layer.items.iter().flat_map(|item| item.reach()).fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |a, b| {
        [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
    })
}

fn meet(a: &[f32; 4], b: &[f32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;
    use crate::scene::{Color, Item, Poly};

    /// A layer with a plate of 10 by 10 at a place, in a colour.
    fn plate(x: f32, color: u32) -> Layer {
        let points = smallvec![[x, 0.0], [x + 10.0, 0.0], [x + 10.0, 10.0], [x, 10.0]];
        Layer {
            name: "layer",
            items: vec![Item::Poly(Poly { points, colors: smallvec![Color::hex(color); 4], smooth: 0 })],
        }
    }

    fn of(layers: Vec<Layer>) -> Scene {
        Scene { size: [100, 10], layers, next: None }
    }

    /// One layer over the other for each number, each with its own colour.
    fn scene(layers: &[u32]) -> Scene {
        of(layers.iter().map(|&n| plate(0.0, n)).collect())
    }

    fn plan(anew: bool, add: &[usize], rest: &[usize], kept: bool) -> Plan {
        Plan { anew, add: add.to_vec(), kept, rest: rest.to_vec() }
    }

    #[test]
    fn the_leading_layers_are_kept_from_the_second_frame_on() {
        let mut kept = Kept::default();
        assert_eq!(kept.next(scene(&[1, 2, 30])), plan(true, &[], &[0, 1, 2], false));
        assert_eq!(kept.next(scene(&[1, 2, 31])), plan(true, &[0, 1], &[2], true));
        assert_eq!(kept.next(scene(&[1, 2, 32])), plan(false, &[], &[2], true));
        assert_eq!(kept.next(scene(&[1, 9, 33])), plan(true, &[0], &[1, 2], true));
        assert_eq!(kept.next(scene(&[8, 9, 33])), plan(true, &[], &[0, 1, 2], false));
    }

    #[test]
    fn layers_that_come_to_rest_are_taken_in_after_a_while() {
        let mut kept = Kept::default();
        kept.next(scene(&[1, 10, 100]));
        kept.next(scene(&[1, 11, 101]));
        let grown = (0..2 * PATIENCE).find(|i| kept.next(scene(&[1, 11, 200 + i])) == plan(false, &[1], &[2], true));
        assert_eq!(grown, Some(PATIENCE - 1));
    }

    #[test]
    fn what_lies_over_moving_layers_and_touches_none_is_kept_until_one_comes_near() {
        let mut kept = Kept::default();
        let frame = |x: f32, shade: u32| of(vec![plate(0.0, 1), plate(x, shade), plate(50.0, 3)]);
        kept.next(frame(20.0, 1));
        assert_eq!(kept.next(frame(21.0, 2)), plan(true, &[0, 2], &[1], true));
        assert_eq!(kept.next(frame(22.0, 3)), plan(false, &[], &[1], true));
        // It comes in reach: the one over it has to be painted after it again.
        assert_eq!(kept.next(frame(45.0, 4)), plan(true, &[0], &[1, 2], true));
        let again = (0..2 * LONG_PATIENCE).find(|i| kept.next(frame(20.0, 10 + i)) == plan(false, &[2], &[1], true));
        assert_eq!(again, Some(LONG_PATIENCE - 4), "counted from when it came to rest");
        // It rests itself: it lies under the other, but apart from it.
        let rests = (0..2 * PATIENCE).find(|_| kept.next(frame(20.0, 7)) == plan(false, &[1], &[], true));
        assert_eq!(rests, Some(PATIENCE));
    }

    #[test]
    fn layers_that_come_and_go_in_the_middle_leave_the_others_kept() {
        let mut kept = Kept::default();
        let frame = |shades: &[u32]| {
            let middle = shades.iter().enumerate().map(|(i, &shade)| plate(20.0 + i as f32, shade));
            of([plate(0.0, 1)].into_iter().chain(middle).chain([plate(50.0, 3)]).collect())
        };
        kept.next(frame(&[1]));
        assert_eq!(kept.next(frame(&[2])), plan(true, &[0, 2], &[1], true));
        assert_eq!(kept.next(frame(&[3, 4])), plan(false, &[], &[1, 2], true));
        assert_eq!(kept.next(frame(&[])), plan(false, &[], &[], true));
        assert_eq!(kept.next(frame(&[5])), plan(false, &[], &[1], true));
    }

    #[test]
    fn the_pixels_of_a_layer_that_is_gone_are_not_kept() {
        let mut kept = Kept::default();
        let frame = |shade: u32| of(vec![plate(0.0, 1), plate(50.0, 3), plate(70.0, shade)]);
        kept.next(frame(1));
        assert_eq!(kept.next(frame(2)), plan(true, &[0, 1], &[2], true));
        assert_eq!(kept.next(of(vec![plate(0.0, 1), plate(70.0, 2)])), plan(true, &[0, 1], &[], true));
    }

    #[test]
    fn a_new_size_or_a_forgotten_frame_starts_again() {
        let mut kept = Kept::default();
        kept.next(scene(&[1, 2]));
        assert!(kept.shows(&scene(&[1, 2])) && !kept.shows(&scene(&[1])));
        let wider = Scene { size: [20, 10], ..scene(&[1, 2]) };
        assert!(!kept.shows(&wider));
        assert_eq!(kept.next(wider.clone()), plan(true, &[], &[0, 1], false));
        kept.redraw();
        assert!(!kept.shows(&wider));
        assert_eq!(kept.next(wider.clone()), plan(true, &[0, 1], &[], true), "lost from the screen, but the same");
        assert!(kept.shows(&wider));
        kept.forget();
        assert!(!kept.shows(&wider));
    }
}
