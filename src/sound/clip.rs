//! Reads a person's own sound: a WAV, Ogg Vorbis or MP3 file, bounded in bytes and seconds, decoded as it is played.

use std::io::Cursor;
use std::sync::Arc;

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

use super::{Blocks, Format};

/// Longest file.
pub const MAX_CLIP_BYTES: usize = 1 << 20;
/// Longest sound in seconds: a takeover is on for 7 to 10.
const MAX_S: u32 = 10;
/// A file that tells of less is none for people; one that tells of more, none for speakers.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=96_000;
/// Damaged packets that are passed over.
const MAX_DAMAGED: u32 = 16;

/// A clip that sounds.
pub(super) struct Clip {
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    format: Format,
    /// The first block, by which the format is known.
    first: Option<Vec<f32>>,
    /// Frames that may still come.
    left: usize,
    /// There was more than may come.
    is_cut: bool,
    damaged: u32,
}

/// Looks whether these bytes are a clip that may be heard: everything of it is decoded once.
///
/// # Errors
/// One line: too large, too long, or no such sound.
pub fn check_clip(bytes: &Arc<[u8]>) -> Result<(), String> {
    if bytes.len() > MAX_CLIP_BYTES {
        return Err(format!("larger than {} KiB", MAX_CLIP_BYTES >> 10));
    }
    let mut clip = Clip::open(bytes.clone())?;
    while clip.next().is_some() {}
    if clip.is_cut {
        return Err(format!("longer than {MAX_S} s"));
    }
    Ok(())
}

impl Clip {
    pub(super) fn open(bytes: Arc<[u8]>) -> Result<Clip, String> {
        let none = || format!("not a WAV, Ogg Vorbis or MP3 sound{}", kind(&bytes));
        let source = MediaSourceStream::new(Box::new(Cursor::new(bytes.clone())), Default::default());
        let (format, meta) = (FormatOptions::default(), MetadataOptions::default());
        let probed = symphonia::default::get_probe().probe(&Hint::new(), source, format, meta);
        let reader = probed.map_err(|_| none())?;
        let track = reader.default_track(TrackType::Audio).ok_or_else(none)?;
        let params = track.codec_params.as_ref().and_then(|params| params.audio()).ok_or_else(none)?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(params, &AudioDecoderOptions::default())
            .map_err(|_| none())?;
        let mut clip = Clip {
            track: track.id,
            reader,
            decoder,
            format: Format { rate: 0, channels: 0 },
            first: None,
            left: usize::MAX,
            is_cut: false,
            damaged: 0,
        };
        let (format, first) = clip.decode().ok_or("there is nothing to hear in it")?;
        if !RATES.contains(&format.rate) || !(1..=2).contains(&format.channels) {
            let Format { rate, channels } = format;
            return Err(format!("{channels} channels of {rate} Hz: expected one or two of 8000 to 96000 Hz"));
        }
        (clip.format, clip.left, clip.first) = (format, (format.rate * MAX_S) as usize, Some(first));
        Ok(clip)
    }

    /// The next packet's samples that can be decoded, and their format.
    fn decode(&mut self) -> Option<(Format, Vec<f32>)> {
        loop {
            let packet = self.reader.next_packet().ok().flatten()?;
            if packet.track_id != self.track {
                continue;
            }
            match self.decoder.decode(&packet) {
                Ok(buffer) if buffer.is_empty() => {}
                Ok(buffer) => {
                    let format = Format {
                        rate: buffer.spec().rate(),
                        channels: buffer.spec().channels().count().try_into().unwrap_or(u16::MAX),
                    };
                    let mut samples = Vec::new();
                    buffer.copy_to_vec_interleaved(&mut samples);
                    return Some((format, samples));
                }
                Err(Error::DecodeError(_)) if self.damaged < MAX_DAMAGED => self.damaged += 1,
                Err(_) => return None,
            }
        }
    }
}

impl Blocks for Clip {
    fn format(&self) -> Format {
        self.format
    }

    fn next(&mut self) -> Option<Vec<f32>> {
        let format = self.format;
        let mut samples = match self.first.take() {
            Some(first) => first,
            // A clip that changes its format midway ends there.
            None => self.decode().filter(|(came, _)| *came == format)?.1,
        };
        let channels = usize::from(format.channels);
        let frames = samples.len() / channels;
        self.is_cut |= frames > self.left;
        samples.truncate(frames.min(self.left) * channels);
        self.left -= frames.min(self.left);
        (!samples.is_empty()).then_some(samples)
    }
}

/// What a file that is no clip looks like, for a message.
fn kind(bytes: &[u8]) -> &'static str {
    let brand = bytes.get(4..8).filter(|four| *four == b"ftyp");
    match (brand, bytes) {
        (Some(_), _) => ": it is an MP4 or M4A",
        (_, [b'f', b'L', b'a', b'C', ..]) => ": it is a FLAC",
        (_, [b'F', b'O', b'R', b'M', ..]) => ": it is an AIFF",
        (_, [b'<', ..]) => ": it is a web page: does the address need a login?",
        (_, []) => ": it is empty",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::spectrum::{all, level, power};
    use crate::sound::{RATE, Sound, pcm};

    /// A WAV file of a sine.
    fn wav(seconds: f64, rate: u32, channels: u16, frequency: f64) -> Arc<[u8]> {
        let frames = (seconds * f64::from(rate)) as usize;
        let sine = |n: usize| (std::f64::consts::TAU * frequency * n as f64 / f64::from(rate)).sin() as f32 * 0.5;
        let samples: Vec<f32> = (0..frames).flat_map(|n| vec![sine(n); usize::from(channels)]).collect();
        let data = pcm(&samples, 1.0);
        let align = channels * 2;
        let mut out = b"RIFF".to_vec();
        out.extend((36 + data.len() as u32).to_le_bytes());
        out.extend(b"WAVEfmt \x10\0\0\0\x01\0");
        out.extend(channels.to_le_bytes());
        out.extend(rate.to_le_bytes());
        out.extend((rate * u32::from(align)).to_le_bytes());
        out.extend(align.to_le_bytes());
        out.extend(b"\x10\0data");
        out.extend((data.len() as u32).to_le_bytes());
        out.extend(data);
        out.into()
    }

    #[test]
    fn a_clip_is_heard_as_it_was_recorded() {
        let bytes = wav(2.0, RATE, 1, 440.0);
        assert_eq!(check_clip(&bytes), Ok(()));
        let samples = all(&Sound::Clip(bytes));
        assert_eq!(samples.len(), 2 * RATE as usize);
        assert!(power(&samples, 440.0) > 100.0 * power(&samples, 550.0));
        assert!((level(&samples) - 0.3535).abs() < 0.01);
        for (name, bytes) in [
            ("ogg", &include_bytes!("../../tests/sounds/beep.ogg")[..]),
            ("mp3", &include_bytes!("../../tests/sounds/beep.mp3")[..]),
        ] {
            let sound = Sound::Clip(bytes.into());
            assert_eq!(check_clip(&bytes.into()), Ok(()), "{name}");
            let samples = all(&sound);
            let Format { rate, channels } = sound.blocks().unwrap().format();
            let seconds = samples.len() as f64 / f64::from(rate) / f64::from(channels);
            assert!((0.45..0.65).contains(&seconds), "{name}: {seconds} s of {rate} Hz");
            assert!(level(&samples) > 0.05, "{name}");
        }
    }

    #[test]
    fn what_is_too_much_or_no_sound_is_refused_in_words() {
        let text = |bytes: &[u8]| check_clip(&bytes.into()).unwrap_err();
        assert_eq!(check_clip(&wav(11.0, 8_000, 1, 440.0)), Err("longer than 10 s".into()));
        assert_eq!(check_clip(&wav(10.0, 8_000, 2, 440.0)), Ok(()));
        assert_eq!(text(&vec![0; MAX_CLIP_BYTES + 1]), "larger than 1024 KiB");
        assert!(check_clip(&wav(0.1, 4_000, 1, 440.0)).unwrap_err().contains("1 channels of 4000 Hz"));
        assert!(text(b"").ends_with("it is empty"));
        assert!(text(b"fLaC\0\0\0\x22").ends_with("it is a FLAC"));
        assert!(text(b"<!doctype html>").contains("web page"));
        assert!(text(b"\0\0\0\x18ftypM4A ").contains("M4A"));
        assert!(text(b"RIFF\0\0\0\0WAVE").starts_with("not a WAV"));
        let whole = wav(0.2, RATE, 1, 440.0);
        for end in (0..whole.len()).step_by(97) {
            // Half of one is heard as far as it goes, or refused; it never panics.
            check_clip(&whole[..end].into()).ok();
        }
    }
}
