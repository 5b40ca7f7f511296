//! Reads the frame on the screen back, for a desk and for the visual watchdog: one at a time, and nobody waits for it.

use super::kiosk::Kiosk;
use crate::motion::Now;
use crate::remote::{Answer, Picture};

/// A window that shows nothing gives no picture: after so long it is given up.
const PATIENCE_S: f64 = 10.0;
/// How soon the loop looks again for a picture that is on its way.
pub(super) const LOOK_S: f64 = 0.01;

impl Kiosk {
    /// Asks for a picture where somebody wants one, and hands out the one that has come.
    pub(super) fn take_pictures(&mut self, now: Now) {
        self.desk.pictures.retain(|request| !request.is_over());
        if self.darkness.is_dark() {
            self.eye.rest();
        }
        let looks = self.seen && !self.darkness.is_dark() && self.eye.wants(now.t);
        let Some(gpu) = &mut self.gpu else { return };
        let Some(since) = self.reads_since else {
            if looks || !self.desk.pictures.is_empty() {
                gpu.capture();
                if looks {
                    self.eye.asked(now.t);
                }
                self.reads_since = Some(now.t);
                self.redraw();
            }
            return;
        };
        match gpu.captured() {
            None if now.t.since(since) < PATIENCE_S => return,
            None => {}
            Some(Err(error)) => tracing::warn!("the picture cannot be read back: {error}"),
            Some(Ok(picture)) => {
                // What a desk asked for is a look too.
                let frozen = self.eye.see(&picture, self.director.clock_text(now));
                if let Some(frozen) = frozen.filter(|_| !self.darkness.is_dark()) {
                    self.pulse.set_frozen(frozen);
                }
                let (width, height) = picture.dimensions();
                for request in self.desk.pictures.drain(..) {
                    let rgba = picture.as_raw().clone();
                    request.answer(Answer::Picture(Picture { width, height, rgba }));
                }
            }
        }
        self.desk.pictures.clear();
        self.reads_since = None;
    }
}
