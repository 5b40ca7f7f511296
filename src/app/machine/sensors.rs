//! Reads what the machine's sensors say of heat and voltage.

use std::fs;
use std::path::Path;

use super::trouble::Trouble;
use crate::files;

/// From here on a Pi slows itself down, in thousandths of a degree.
const HOT: i64 = 80_000;
/// Sensors that are looked at.
const MAX_SENSORS: usize = 32;

/// What is wrong now, by the sensors below `sys` (`/sys`).
pub(super) fn look(sys: &Path) -> Vec<Trouble> {
    let any = |class: &str, holds: &dyn Fn(&Path) -> bool| {
        let entries = fs::read_dir(sys.join("class").join(class)).into_iter().flatten().flatten();
        entries.take(MAX_SENSORS).any(|entry| holds(&entry.path()))
    };
    let hot = any("thermal", &|zone| number(&zone.join("temp")).is_some_and(|temp| temp >= HOT));
    let weak = any("hwmon", &|sensor| {
        text(&sensor.join("name")).as_deref() == Some("rpi_volt") && number(&sensor.join("in0_lcrit_alarm")) == Some(1)
    });
    [hot.then_some(Trouble::Heat), weak.then_some(Trouble::UnderVoltage)].into_iter().flatten().collect()
}

fn text(path: &Path) -> Option<String> {
    Some(String::from_utf8(files::read(path, 8192).ok()?).ok()?.trim().to_owned())
}

fn number(path: &Path) -> Option<i64> {
    text(path)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_and_a_weak_supply_are_seen() {
        let held = tempfile::tempdir().unwrap();
        let sys = held.path().join("sensors");
        let write = |path: &str, text: &str| {
            let path = sys.join("class").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        assert_eq!(look(&sys), [], "there are no sensors");
        write("thermal/thermal_zone0/temp", "61234\n");
        write("thermal/thermal_zone1/temp", "warm\n");
        write("hwmon/hwmon0/name", "cpu_thermal\n");
        write("hwmon/hwmon0/in0_lcrit_alarm", "1\n");
        write("hwmon/hwmon1/name", "rpi_volt\n");
        write("hwmon/hwmon1/in0_lcrit_alarm", "0\n");
        assert_eq!(look(&sys), []);
        write("hwmon/hwmon1/in0_lcrit_alarm", "1\n");
        assert_eq!(look(&sys), [Trouble::UnderVoltage]);
        write("thermal/thermal_zone0/temp", "80000\n");
        assert_eq!(look(&sys), [Trouble::Heat, Trouble::UnderVoltage]);
        fs::remove_dir_all(&sys).unwrap();
    }
}
