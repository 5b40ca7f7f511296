//! Draws one frame, and judges what became of it.

use winit::event_loop::ActiveEventLoop;

use super::frame_log::Frame;
use super::health::Next;
use super::kiosk::Kiosk;
use crate::cli::{Fault, FaultKind};
use crate::gpu::{self, FrameOutcome};
use crate::motion::Time;

/// Where nothing moves for so long there is time to tidy up.
const REST_S: f64 = 0.5;

impl Kiosk {
    pub(super) fn draw(&mut self, el: &ActiveEventLoop) {
        if self.waits_for_screen {
            return;
        }
        let now = self.now();
        if self.pace.first_board(self.director.is_waiting(now)).is_some_and(|until| now.t < until) {
            return;
        }
        let (Some(gpu), Some(window)) = (&mut self.gpu, &self.window) else { return };
        self.pace.frames += 1;
        self.frame_count.want();
        let scene = match self.darkness.scene(gpu.size()) {
            Some(black) => black,
            None => {
                self.director.advance(now, &mut self.fonts);
                self.hearing.follow(|| self.director.cue(now), &self.config, now);
                self.nothing_to_show.log(self.director.nothing_to_show(now));
                let mut scene = self.director.frame(now, &mut self.fonts);
                scene.darken(1.0 - self.darkness.brightness(&self.config));
                scene
            }
        };
        let next = scene.next;
        let fault = injected(self.fault, self.pace.frames);
        let outcome = match fault.and_then(without_drawing) {
            Some(outcome) => outcome,
            None => {
                match fault {
                    Some(FaultKind::DeviceDestroy) => gpu.fault(gpu::Fault::DestroyDevice),
                    Some(FaultKind::SurfaceLost) => gpu.fault(gpu::Fault::LoseSurface),
                    Some(FaultKind::Frozen) => gpu.fault(gpu::Fault::Freeze),
                    _ => {}
                }
                let window = window.clone();
                gpu.draw(scene, &mut self.fonts, |moment| {
                    if moment == gpu::FrameEvent::Presenting {
                        window.pre_present_notify();
                    }
                })
            }
        };
        for missing in self.fonts.diagnostics.take_newly_missing() {
            tracing::warn!("{missing}");
        }
        if self.frame_log.is_open() {
            let wanted = self.pace.wanted_at.unwrap_or(now.t);
            let frame = Frame { number: self.pace.frames, wanted, drawn: now.t, done: self.elapsed() };
            self.frame_log.add(&frame, &outcome);
        }
        match self.pace.drew(outcome, next, now) {
            Next::Shown => {
                let rests = next.is_none_or(|next| next.since(now.t) >= REST_S);
                if let Some(gpu) = self.gpu.as_mut().filter(|_| rests) {
                    gpu.trim(&mut self.fonts);
                }
                self.pulse.showed();
                self.on_screen.showed();
                self.frame_count.show();
                self.darkness.drawn();
                self.shown(self.elapsed());
            }
            Next::Rest => {
                self.pulse.showed();
                self.on_screen.showed();
                self.frame_count.show();
                self.darkness.drawn();
            }
            Next::Retry(_) => {}
            Next::GiveUp(why) => self.lost(el, why),
        }
    }

    /// A picture was handed to the display at `t`.
    fn shown(&mut self, t: Time) {
        if !self.seen {
            self.seen = true;
            if let Some(gpu) = &mut self.gpu {
                gpu.warm_up(gpu::WarmUp::Rest, &mut self.fonts);
            }
            tracing::info!("first picture after {:.0} ms", t.as_s() * 1000.0);
        }
    }
}

/// The fault that is asked for with this frame. One of validation stays from then on.
fn injected(fault: Option<Fault>, frame: u64) -> Option<FaultKind> {
    let fault = fault.filter(|f| f.frame == frame || (f.kind == FaultKind::Validation && f.frame < frame));
    fault.map(|fault| fault.kind)
}

/// The outcome of a fault for which nothing has to be drawn.
fn without_drawing(fault: FaultKind) -> Option<FrameOutcome> {
    match fault {
        FaultKind::Panic => panic!("a fault was asked for"),
        FaultKind::Outdated => Some(FrameOutcome::Outdated),
        FaultKind::Timeout => Some(FrameOutcome::Timeout),
        FaultKind::Occluded => Some(FrameOutcome::Occluded),
        FaultKind::Validation => Some(FrameOutcome::Failed("a fault was asked for".into())),
        FaultKind::DeviceDestroy | FaultKind::SurfaceLost | FaultKind::Frozen => None,
    }
}
