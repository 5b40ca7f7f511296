//! Decodes what comes from outside in a process of its own, which is bounded in memory and time.

use std::sync::Arc;

use floorcast_map::{Answer, Child, MapLimits, Request, run};

/// What decodes a request.
type Run = dyn Fn(Request) -> Result<Answer, String> + Send + Sync;

#[derive(Clone)]
pub struct Decoder(Arc<Run>);

impl Default for Decoder {
    /// This program once more, as a child.
    fn default() -> Decoder {
        Decoder::child(Child::default())
    }
}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Decoder")
    }
}

impl Decoder {
    /// Starts this program for each request.
    pub fn child(program: Child) -> Decoder {
        Decoder(Arc::new(move |request| run(request, &program, &MapLimits::default())))
    }

    /// Decodes in this process, without bounds: only for files that one has written oneself.
    pub fn here() -> Decoder {
        Decoder(Arc::new(|request| floorcast_map::child::answer(&request)))
    }

    /// # Errors
    /// One line: what is wrong with the request, or that it went beyond the bounds.
    pub fn run(&self, request: Request) -> Result<Answer, String> {
        (self.0)(request)
    }
}
