//! Switches the TV off and on over HDMI (CEC), through the kernel's interface. Each message is given up by the kernel after a
//! second or two; whoever calls has a thread of its own.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use cec_linux::{
    CecDevice, CecLogAddrType, CecLogAddrs, CecLogicalAddress as Address, CecOpcode as Op, CecPhysicalAddress,
    CecPrimDevType, VendorID, Version,
};

/// A machine has one of them for each HDMI output.
const DEVICES: [&str; 4] = ["/dev/cec0", "/dev/cec1", "/dev/cec2", "/dev/cec3"];
/// How often a TV is asked whether it has obeyed, and the pause before each time. Many take their time, and some never answer.
const ASKS: u32 = 3;
const PAUSE: Duration = Duration::from_secs(1);

/// Has the TV turn on or off.
///
/// # Errors
/// No output leads to a TV, it takes no message, or it says that it has not obeyed.
pub(super) fn switch(on: bool) -> Result<(), String> {
    let mut why = None;
    for path in DEVICES {
        match Line::open(path) {
            Ok(line) => return line.switch(on).map_err(|error| format!("{path}: {error}")),
            // Of several the first says most.
            Err(error) => why = why.or(Some(format!("{path}: {error}"))),
        }
    }
    Err(why.unwrap_or_default())
}

/// An output with a TV behind it.
struct Line {
    device: CecDevice,
    /// Where this machine is among the devices of the TV, and where its cable ends.
    own: Address,
    place: CecPhysicalAddress,
}

impl Line {
    fn open(path: &str) -> io::Result<Line> {
        let device = CecDevice::open(path)?;
        let place = device.get_phys()?;
        if place == CecPhysicalAddress::INVALID {
            return Err(io::Error::other("no TV is connected"));
        }
        let claimed = |device: &CecDevice| device.get_log().map(|log| log.addresses().first().copied());
        let own = match claimed(&device)?.filter(|own| *own != Address::UnregisteredBroadcast) {
            Some(own) => own,
            None => {
                let name = "floorcast".to_owned().try_into().map_err(|_| io::Error::other("no name"))?;
                let kinds = (&[CecPrimDevType::PLAYBACK], &[CecLogAddrType::PLAYBACK]);
                device.set_log(CecLogAddrs::new(VendorID::NONE, Version::V1_4, name, kinds.0, kinds.1))?;
                claimed(&device)?.ok_or_else(|| io::Error::other("the TV gives no address"))?
            }
        };
        Ok(Line { device, own, place })
    }

    fn switch(&self, on: bool) -> io::Result<()> {
        let Line { device, own, place } = self;
        if on {
            device.transmit(*own, Address::Tv, Op::ImageViewOn)?;
            device.transmit_data(*own, Address::UnregisteredBroadcast, Op::ActiveSource, &place.to_bytes())?;
        } else {
            device.transmit(*own, Address::Tv, Op::Standby)?;
        }
        let mut obeys = None;
        for _ in 0..ASKS {
            sleep(PAUSE);
            obeys = self.is_on().map(|is_on| is_on == on);
            // Who does not answer once will not do so later.
            if obeys != Some(false) {
                return Ok(());
            }
        }
        match obeys {
            Some(false) => {
                Err(io::Error::other(format!("the TV says that it is still {}", if on { "off" } else { "on" })))
            }
            _ => Ok(()),
        }
    }

    /// What the TV says; `None`: it says nothing.
    fn is_on(&self) -> Option<bool> {
        let asked =
            self.device.request_data(self.own, Address::Tv, Op::GiveDevicePowerStatus, b"", Op::ReportPowerStatus);
        // 0: on, 1: standby, 2: turning on, 3: turning off.
        asked.ok()?.first().map(|state| state % 2 == 0)
    }
}
