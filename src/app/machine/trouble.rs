//! Troubles of the machine itself, as its kernel writes them, each with a code.

use std::fmt;

/// What will end the wall sooner or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trouble {
    GpuHang,
    UnderVoltage,
    Heat,
    Card,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Trouble::GpuHang => "F601: the graphics unit hangs and is reset by the kernel",
            Trouble::UnderVoltage => "F602: the power supply is too weak (under-voltage): use the machine's own",
            Trouble::Heat => "F603: the machine is too hot and slows down: give it air",
            Trouble::Card => "F604: the card or disk fails: copy what matters and replace it",
        })
    }
}

/// Parts of lines, in lower case, and what they mean. All parts of an entry must be there.
const SIGNS: &[(&[&str], Trouble)] = &[
    (&["resetting gpu for hang"], Trouble::GpuHang),
    (&["gpu hang"], Trouble::GpuHang),
    (&["amdgpu", "timeout", "ring"], Trouble::GpuHang),
    (&["gpu reset begin"], Trouble::GpuHang),
    (&["undervoltage detected"], Trouble::UnderVoltage),
    (&["under-voltage detected"], Trouble::UnderVoltage),
    (&["temperature above threshold"], Trouble::Heat),
    (&["critical temperature reached"], Trouble::Heat),
    (&["i/o error", "dev mmcblk"], Trouble::Card),
    (&["i/o error", "dev sd"], Trouble::Card),
    (&["i/o error", "dev nvme"], Trouble::Card),
    (&["ext4-fs error"], Trouble::Card),
    (&["mmc", "card stuck"], Trouble::Card),
    (&["mmc", "timeout waiting for hardware"], Trouble::Card),
];

/// A line of the kernel that tells of trouble: when it was written in seconds since the machine was started, and what it
/// tells. Both forms are read, `[  12.345678] host kernel: text` of the journal and `6,339,12345678,-;text` of the kernel.
pub(super) fn read(line: &str) -> Option<(f64, Trouble)> {
    let (at_s, text) = match line.strip_prefix('[') {
        Some(rest) => {
            let (at, text) = rest.split_once(']')?;
            (at.trim().parse().ok()?, text)
        }
        None => {
            let (head, text) = line.split_once(';')?;
            (head.split(',').nth(2)?.parse::<f64>().ok()? / 1e6, text)
        }
    };
    let text = text.to_lowercase();
    let sign = SIGNS.iter().find(|(parts, _)| parts.iter().all(|part| text.contains(part)));
    sign.map(|(_, trouble)| (at_s, *trouble))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_lines_are_known() {
        for (line, found) in [
            (
                "[ 1234.567890] pi kernel: [drm:v3d_reset [v3d]] *ERROR* Resetting GPU for hang.",
                Some((1234.56789, Trouble::GpuHang)),
            ),
            (
                "3,1022,98765432,-;v3d fec00000.v3d: [drm] *ERROR* Resetting GPU for hang.",
                Some((98.765432, Trouble::GpuHang)),
            ),
            (
                "[   10.0] box kernel: i915 0000:00:02.0: [drm] GPU HANG: ecode 9:1:85dffffb",
                Some((10.0, Trouble::GpuHang)),
            ),
            (
                "[   11.0] box kernel: [drm:amdgpu_job_timedout] *ERROR* amdgpu: ring gfx timeout, signaled seq=5",
                Some((11.0, Trouble::GpuHang)),
            ),
            ("[   77.1] pi kernel: hwmon hwmon1: Undervoltage detected!", Some((77.1, Trouble::UnderVoltage))),
            ("[   80.0] pi kernel: Under-voltage detected! (0x00050005)", Some((80.0, Trouble::UnderVoltage))),
            (
                "[    9.0] box kernel: CPU2: Core temperature above threshold, cpu clock throttled",
                Some((9.0, Trouble::Heat)),
            ),
            (
                "[    5.5] pi kernel: I/O error, dev mmcblk0, sector 1234 op 0x1:(WRITE) flags 0x800",
                Some((5.5, Trouble::Card)),
            ),
            (
                "[    5.6] pi kernel: EXT4-fs error (device mmcblk0p2): ext4_find_entry:1455: inode #2",
                Some((5.6, Trouble::Card)),
            ),
            ("[    5.7] pi kernel: hwmon hwmon1: Voltage normalised", None),
            ("[    5.8] pi kernel: usb 1-1: device descriptor read/64, error -71", None),
            ("[ soon] pi kernel: Undervoltage detected!", None),
            ("Undervoltage detected!", None),
            ("", None),
        ] {
            assert_eq!(read(line), found, "{line}");
        }
    }
}
