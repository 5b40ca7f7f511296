//! Ends the program with its own exit code when the X server is gone: Xlib itself would end it with 1.

use std::sync::OnceLock;

use x11_dl::xlib::{Display, Xlib};

use super::ending::end_at_once;
use super::lifetime::Lifetime;
use crate::exit::Exit;

static LIFETIME: OnceLock<Lifetime> = OnceLock::new();

/// Has the process end with 75 when the connection to the X server breaks.
pub(super) fn end_with_75(lifetime: Lifetime) {
    // Unloading the library would leave the handler to nobody.
    let Ok(xlib) = Xlib::open().map(std::mem::ManuallyDrop::new) else { return };
    if LIFETIME.set(lifetime).is_err() {
        return;
    }
    #[expect(unsafe_code, reason = "Xlib ends the process itself unless it is told otherwise, and offers no other way")]
    // SAFETY: a function of the library that is loaded, with a function that lives as long as the program.
    unsafe {
        (xlib.XSetIOErrorHandler)(Some(gone));
    }
}

/// Xlib calls this on the thread that noticed, and ends the process itself when it returns.
extern "C" fn gone(_: *mut Display) -> std::ffi::c_int {
    let why = "the display was lost: the X server has gone";
    match LIFETIME.get() {
        Some(lifetime) => end_at_once(lifetime, why),
        None => Exit::TempFail.at_once(),
    }
}
