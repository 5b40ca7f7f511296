//! Unpacks gzip under the size and ratio limits of FEED §5.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::limits::Limits;

/// Unpacks an answer. `gzip`: the sender declares it. Bytes that begin like gzip are unpacked too, as no board begins like
/// that. The error is one line for the log.
pub(super) fn unpack(wire: Vec<u8>, gzip: bool, limits: &Limits) -> Result<Vec<u8>, String> {
    if wire.len() > limits.wire_bytes {
        return Err(too_large(limits.wire_bytes));
    }
    if !gzip && !wire.starts_with(&[0x1f, 0x8b]) {
        return Ok(wire);
    }
    // The ratio is a smaller limit on small answers; both are known before the first byte is unpacked.
    let by_ratio = wire.len().saturating_mul(limits.ratio);
    let max = by_ratio.min(limits.plain_bytes);
    let mut plain = Vec::with_capacity(wire.len().saturating_mul(4).min(max));
    MultiGzDecoder::new(wire.as_slice())
        .take(max as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|error| format!("the gzip body is damaged: {error}"))?;
    if plain.len() <= max {
        return Ok(plain);
    }
    Err(if by_ratio < limits.plain_bytes {
        format!("the gzip body unpacks to more than {} times its size", limits.ratio)
    } else {
        format!("the body unpacks to more than {}", size(limits.plain_bytes))
    })
}

/// The reason for refusing an answer over the wire limit.
pub(super) fn too_large(limit: usize) -> String {
    format!("the answer is larger than {}", size(limit))
}

/// A limit for a message.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        bytes if bytes >= 1 << 20 && bytes % (1 << 20) == 0 => format!("{} MiB", bytes >> 20),
        bytes if bytes >= 1 << 10 && bytes % (1 << 10) == 0 => format!("{} KiB", bytes >> 10),
        bytes => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    /// Bytes that hardly compress.
    fn noise(len: usize) -> Vec<u8> {
        let mut state = 1_u32;
        std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(len)
        .collect()
    }

    #[test]
    fn plain_and_gzip_come_out_alike() {
        let board = br#"{"format":"salesboard/1"}"#;
        for (wire, declared) in [(board.to_vec(), false), (gzip(board), true), (gzip(board), false)] {
            assert_eq!(unpack(wire, declared, &Limits::default()), Ok(board.to_vec()));
        }
    }

    #[test]
    fn each_limit_has_its_own_reason() {
        let limits = Limits::default();
        let refused = |wire: Vec<u8>| unpack(wire, true, &limits).unwrap_err();
        assert!(refused(vec![0; (1 << 20) + 1]).contains("larger than 1 MiB"));
        assert!(refused(gzip(&vec![b' '; 3 << 20])).contains("100 times"), "a bomb below the size limit");
        let mut five_mib = noise(600 << 10);
        five_mib.resize(5 << 20, b' ');
        assert!(refused(gzip(&five_mib)).contains("more than 4 MiB"));
        let whole = gzip(&noise(10_000));
        assert!(refused(whole[..whole.len() / 2].to_vec()).contains("damaged"));
        assert!(refused(b"<html>".to_vec()).contains("damaged"));
        let mut wrong_sum = whole.clone();
        let at = wrong_sum.len() - 6;
        wrong_sum[at] ^= 1;
        assert!(refused(wrong_sum).contains("damaged"));
    }

    #[test]
    fn exactly_the_limit_passes() {
        let mut four_mib = noise(600 << 10);
        four_mib.resize(4 << 20, b' ');
        assert_eq!(unpack(gzip(&four_mib), true, &Limits::default()).map(|plain| plain.len()), Ok(4 << 20));
    }
}
