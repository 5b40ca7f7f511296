//! What a celebration sounds like: gongs and a fanfare that are computed, and people's own clips. Pure: it plays nothing.

mod clip;
mod fanfare;
mod gong;
#[cfg(test)]
mod spectrum;

use std::sync::Arc;

pub use clip::{MAX_CLIP_BYTES, check_clip};

/// Samples a second of what is computed.
pub const RATE: u32 = 48_000;

/// What is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sound {
    /// One line at the bottom.
    Chime,
    /// The lower third.
    Gong,
    /// The whole screen.
    GreatGong,
    /// A contest is decided.
    Fanfare,
    /// A person's own: the bytes of a WAV, Ogg or MP3 file.
    Clip(Arc<[u8]>),
}

/// How samples follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Frames a second.
    pub rate: u32,
    /// Samples of a frame.
    pub channels: u16,
}

/// A sound as it is played: block after block, so that it begins at once and is never whole in memory.
pub trait Blocks: Send {
    fn format(&self) -> Format;
    /// The next samples, from -1 to 1, the channels of a frame side by side; `None`: it is over.
    fn next(&mut self) -> Option<Vec<f32>>;
}

impl Sound {
    /// Its samples.
    ///
    /// # Errors
    /// One line: a clip that is none.
    pub fn blocks(&self) -> Result<Box<dyn Blocks>, String> {
        Ok(match self {
            Sound::Chime => Box::new(gong::Gong::new(&gong::CHIME)),
            Sound::Gong => Box::new(gong::Gong::new(&gong::GONG)),
            Sound::GreatGong => Box::new(gong::Gong::new(&gong::GREAT_GONG)),
            Sound::Fanfare => Box::new(fanfare::Fanfare::new()),
            Sound::Clip(bytes) => Box::new(clip::Clip::open(bytes.clone())?),
        })
    }
}

/// How far a volume in percent turns samples down: by ear, half of it is half as loud.
pub fn gain(percent: u8) -> f32 {
    (f32::from(percent.min(100)) / 100.0).powi(2)
}

/// Samples as 16 bit numbers, little end first.
pub fn pcm(samples: &[f32], gain: f32) -> Vec<u8> {
    let whole = |sample: &f32| (sample * gain * 32_767.0).round().clamp(-32_768.0, 32_767.0) as i16;
    samples.iter().flat_map(|sample| whole(sample).to_le_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_computed_never_clips_ends_in_silence_and_is_the_same_each_time() {
        let [chime, gong, great, fanfare] =
            [Sound::Chime, Sound::Gong, Sound::GreatGong, Sound::Fanfare].map(|sound| {
                let samples = spectrum::all(&sound);
                assert_eq!(samples, spectrum::all(&sound), "{sound:?}");
                let peak = spectrum::peak(&samples);
                assert!((0.08..0.95).contains(&peak), "{sound:?}: {peak}");
                assert!(spectrum::peak(&samples[..8]) < 0.06 * peak, "{sound:?} begins with a click");
                assert!(spectrum::peak(&samples[samples.len() - 16..]) < 0.002, "{sound:?} ends with a click");
                (samples.len() as f64 / f64::from(RATE), spectrum::level(&samples[..RATE as usize / 2]))
            });
        assert!(chime.0 < gong.0 && gong.0 < great.0 && great.0 <= 6.0, "the louder, the longer");
        assert!(chime.1 < gong.1 && gong.1 < great.1, "{chime:?} {gong:?} {great:?}");
        assert!((2.0..4.0).contains(&fanfare.0), "{fanfare:?}");
    }

    #[test]
    fn a_volume_turns_down_by_ear_and_nothing_wraps_around() {
        assert_eq!([gain(0), gain(50), gain(100), gain(200)], [0.0, 0.25, 1.0, 1.0]);
        let numbers = |samples: &[f32], gain| {
            let bytes = pcm(samples, gain);
            bytes.chunks(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect::<Vec<_>>()
        };
        assert_eq!(numbers(&[0.0, 0.5, -1.0, 3.0, -3.0], 1.0), [0, 16_384, -32_767, 32_767, -32_768]);
        assert_eq!(numbers(&[1.0, f32::NAN], 0.25), [8192, 0]);
    }
}
