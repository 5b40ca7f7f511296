//! Decides which layers are cached as pixels: those that have not changed for some frames. A layer above a moving one is
//! cached too, as long as the two do not overlap.

use crate::scene::{Layer, Rect, Scene};

/// Unchanged frames before a layer joins the cache. With less, a layer that moves and rests by turns would cost a repaint
/// of the whole cache each time.
const CACHE_AFTER: u32 = 20;
/// The same for layers above moving ones: longer than a second, since a countdown does not change for that long.
const CACHE_ABOVE_MOVING_AFTER: u32 = 90;

/// Remembers the last frame, and which of its layers are cached.
#[derive(Debug, Default)]
pub(super) struct LayerCache {
    size: [u32; 2],
    layers: Vec<Layer>,
    /// For how many frames each layer has not changed.
    unchanged_frames: Vec<u32>,
    /// Layers in the cache texture, in order.
    cached: Vec<usize>,
    /// The screen no longer shows the last frame.
    screen_stale: bool,
}

/// How to paint a frame with the cache texture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// Whether the texture is cleared first.
    pub clear: bool,
    /// Layers to add to the texture, in order.
    pub add: Vec<usize>,
    /// Whether the frame begins with the texture; false when nothing is cached.
    pub use_cache: bool,
    /// Layers to paint over the texture, in order.
    pub rest: Vec<usize>,
}

impl LayerCache {
    /// Whether the screen shows this scene already.
    pub fn shows(&self, scene: &Scene) -> bool {
        !self.screen_stale && self.size == scene.size && self.layers == scene.layers && !scene.layers.is_empty()
    }

    /// The layers of the last frame.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The size of the last frame.
    pub fn size(&self) -> [u32; 2] {
        self.size
    }

    /// Plans the next frame.
    pub fn next_frame(&mut self, scene: Scene) -> Plan {
        if self.size != scene.size {
            self.clear();
            self.size = scene.size;
        }
        self.screen_stale = false;
        self.compare(scene.layers);
        self.plan()
    }

    /// Plans the same frame again, with an empty texture.
    pub fn replan(&mut self) -> Plan {
        self.cached.clear();
        self.plan()
    }

    fn plan(&mut self) -> Plan {
        let wanted = self.wanted();
        let bounds = |i: &usize| bounds(&self.layers[*i]);
        // A layer added now is painted over everything in the texture, so it must not belong under any of it.
        let can_add = |i: &usize| self.cached.iter().all(|k| k < i || !bounds(k).overlaps(bounds(i)));
        let keep = !self.cached.is_empty() && self.cached.iter().all(|k| wanted.contains(k));
        let missing: Vec<usize> = wanted.iter().copied().filter(|i| !self.cached.contains(i)).collect();
        let clear = !keep || !missing.iter().all(can_add);
        let rest = (0..self.layers.len()).filter(|i| !wanted.contains(i)).collect();
        let add = if clear { wanted.clone() } else { missing };
        self.cached = wanted;
        Plan { clear, add, use_cache: !self.cached.is_empty(), rest }
    }

    /// Compares with the last frame and remembers this one. A cached layer that changed or went empties the cache.
    fn compare(&mut self, new: Vec<Layer>) {
        let old = &self.layers;
        let front = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let left = old.len().min(new.len()) - front;
        let back = old.iter().rev().zip(new.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
        // Layers between the equal front and back are compared index by index.
        let (old_end, end) = (old.len() - back, new.len() - back);
        let unchanged_frames = (0..new.len()).map(|i| match i {
            _ if i < front => self.unchanged_frames[i].saturating_add(1),
            _ if i >= end => self.unchanged_frames[i - end + old_end].saturating_add(1),
            _ if i < old_end && old[i] == new[i] => self.unchanged_frames[i].saturating_add(1),
            _ => 0,
        });
        let unchanged_frames: Vec<u32> = unchanged_frames.collect();
        let new_index = |&i: &usize| match i {
            _ if i < front => Some(i),
            _ if i >= old_end => Some(i - old_end + end),
            _ => (i < end && unchanged_frames[i] > 0).then_some(i),
        };
        self.cached = self.cached.iter().map(new_index).collect::<Option<_>>().unwrap_or_default();
        (self.layers, self.unchanged_frames) = (new, unchanged_frames);
    }

    /// Layers that belong in the texture.
    fn wanted(&self) -> Vec<usize> {
        let mut wanted = Vec::new();
        // Bounds of the layers below that are not cached.
        let mut uncached: Vec<Rect> = Vec::new();
        for (i, unchanged) in self.unchanged_frames.iter().enumerate() {
            let needed = match (self.cached.is_empty(), uncached.is_empty()) {
                (true, _) => 1,
                (false, true) => CACHE_AFTER,
                (false, false) => CACHE_ABOVE_MOVING_AFTER,
            };
            let ready = *unchanged >= needed || self.cached.contains(&i);
            if ready && uncached.is_empty() {
                wanted.push(i);
                continue;
            }
            let own = bounds(&self.layers[i]);
            if ready && !uncached.iter().any(|below| own.overlaps(*below)) {
                wanted.push(i);
            } else {
                uncached.push(own);
            }
        }
        wanted
    }

    /// Says that the screen no longer shows the last frame. The cached pixels stay.
    pub fn screen_lost(&mut self) {
        self.screen_stale = true;
    }

    /// The next frame is painted from scratch.
    pub fn clear(&mut self) {
        *self = LayerCache::default();
    }
}

/// The layer paints nothing outside of these.
fn bounds(layer: &Layer) -> Rect {
    layer.items.iter().flat_map(|item| item.bounds()).fold(Rect::NOTHING, Rect::union)
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;
    use crate::scene::{Color, Item, Poly};

    /// A layer with a plate of 10 by 10 at a place, in a colour.
    fn plate(x: f32, color: u32) -> Layer {
        let points = Rect::sized(x, 0.0, 10.0, 10.0).corners().into_iter().collect();
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

    fn plan(clear: bool, add: &[usize], rest: &[usize], use_cache: bool) -> Plan {
        Plan { clear, add: add.to_vec(), use_cache, rest: rest.to_vec() }
    }

    #[test]
    fn the_leading_layers_are_cached_from_the_second_frame_on() {
        let mut cache = LayerCache::default();
        assert_eq!(cache.next_frame(scene(&[1, 2, 30])), plan(true, &[], &[0, 1, 2], false));
        assert_eq!(cache.next_frame(scene(&[1, 2, 31])), plan(true, &[0, 1], &[2], true));
        assert_eq!(cache.next_frame(scene(&[1, 2, 32])), plan(false, &[], &[2], true));
        assert_eq!(cache.next_frame(scene(&[1, 9, 33])), plan(true, &[0], &[1, 2], true));
        assert_eq!(cache.next_frame(scene(&[8, 9, 33])), plan(true, &[], &[0, 1, 2], false));
    }

    #[test]
    fn layers_that_stop_moving_are_cached_after_a_while() {
        let mut cache = LayerCache::default();
        cache.next_frame(scene(&[1, 10, 100]));
        cache.next_frame(scene(&[1, 11, 101]));
        let grown =
            (0..2 * CACHE_AFTER).find(|i| cache.next_frame(scene(&[1, 11, 200 + i])) == plan(false, &[1], &[2], true));
        assert_eq!(grown, Some(CACHE_AFTER - 1));
    }

    #[test]
    fn a_layer_above_moving_ones_is_cached_until_one_overlaps_it() {
        let mut cache = LayerCache::default();
        let frame = |x: f32, shade: u32| of(vec![plate(0.0, 1), plate(x, shade), plate(50.0, 3)]);
        cache.next_frame(frame(20.0, 1));
        assert_eq!(cache.next_frame(frame(21.0, 2)), plan(true, &[0, 2], &[1], true));
        assert_eq!(cache.next_frame(frame(22.0, 3)), plan(false, &[], &[1], true));
        // They overlap: the one above must be painted after the moving one again.
        assert_eq!(cache.next_frame(frame(45.0, 4)), plan(true, &[0], &[1, 2], true));
        let again = (0..2 * CACHE_ABOVE_MOVING_AFTER)
            .find(|i| cache.next_frame(frame(20.0, 10 + i)) == plan(false, &[2], &[1], true));
        assert_eq!(again, Some(CACHE_ABOVE_MOVING_AFTER - 4), "counted from when it came to rest");
        // The moving one rests: below the other, but apart from it.
        let rests = (0..2 * CACHE_AFTER).find(|_| cache.next_frame(frame(20.0, 7)) == plan(false, &[1], &[], true));
        assert_eq!(rests, Some(CACHE_AFTER));
    }

    #[test]
    fn layers_that_come_and_go_in_the_middle_leave_the_others_cached() {
        let mut cache = LayerCache::default();
        let frame = |shades: &[u32]| {
            let middle = shades.iter().enumerate().map(|(i, &shade)| plate(20.0 + i as f32, shade));
            of([plate(0.0, 1)].into_iter().chain(middle).chain([plate(50.0, 3)]).collect())
        };
        cache.next_frame(frame(&[1]));
        assert_eq!(cache.next_frame(frame(&[2])), plan(true, &[0, 2], &[1], true));
        assert_eq!(cache.next_frame(frame(&[3, 4])), plan(false, &[], &[1, 2], true));
        assert_eq!(cache.next_frame(frame(&[])), plan(false, &[], &[], true));
        assert_eq!(cache.next_frame(frame(&[5])), plan(false, &[], &[1], true));
    }

    #[test]
    fn the_pixels_of_a_removed_layer_are_not_kept() {
        let mut cache = LayerCache::default();
        let frame = |shade: u32| of(vec![plate(0.0, 1), plate(50.0, 3), plate(70.0, shade)]);
        cache.next_frame(frame(1));
        assert_eq!(cache.next_frame(frame(2)), plan(true, &[0, 1], &[2], true));
        assert_eq!(cache.next_frame(of(vec![plate(0.0, 1), plate(70.0, 2)])), plan(true, &[0, 1], &[], true));
    }

    #[test]
    fn a_new_size_or_a_cleared_cache_starts_again() {
        let mut cache = LayerCache::default();
        cache.next_frame(scene(&[1, 2]));
        assert!(cache.shows(&scene(&[1, 2])) && !cache.shows(&scene(&[1])));
        let wider = Scene { size: [20, 10], ..scene(&[1, 2]) };
        assert!(!cache.shows(&wider));
        assert_eq!(cache.next_frame(wider.clone()), plan(true, &[], &[0, 1], false));
        cache.screen_lost();
        assert!(!cache.shows(&wider));
        assert_eq!(
            cache.next_frame(wider.clone()),
            plan(true, &[0, 1], &[], true),
            "lost from the screen, but the same"
        );
        assert!(cache.shows(&wider));
        cache.clear();
        assert!(!cache.shows(&wider));
    }
}
