//! How often passwords may be tried: ten times for an account from an address, and generously for either alone. A device that
//! was in before has tries of its own, which others cannot use up.

use crate::random;
use crate::store::{Result, Tx, devices, logins, rates};

/// Tries before a pause, which doubles with each one more.
pub const TRIES: i64 = 10;
const MAX_MINUTES: i64 = 60;

/// Wrong passwords an hour of one address for all accounts, and for one account from all addresses.
pub const TRIES_OF_MANY: i64 = 100;

const HOUR_US: i64 = 3_600_000_000;

/// The name under which tries are counted one by one, and by the hour.
pub const WHAT: &str = "sign-in";
const WHAT_HOUR: &str = "sign-in-hour";

/// Somebody who tries a password.
pub struct Asker {
    /// Whose tries are counted one by one.
    own: String,
    /// Whose tries of this hour are counted; none for a device that was in before.
    many: Vec<String>,
    window: i64,
    now: i64,
}

/// What became of a wrong password.
pub struct Wrong {
    pub left: i64,
    /// Seconds to wait, where there was one too many.
    pub wait: Option<i64>,
}

impl Asker {
    /// `address` is what limits count by, `device` the hash of the secret in the cookie of the browser.
    pub fn new(tx: &mut Tx<'_>, email: &str, address: &str, device: Option<&str>, now: i64) -> Result<Asker> {
        let login = logins::by_email(tx, email)?;
        let known = match (login, device) {
            (Some(login), Some(hash)) if devices::is_known(tx, hash, &login.id, now)? => Some((hash, login.id)),
            _ => None,
        };
        let account = random::hash(email);
        let (own, many) = match known {
            Some((hash, login)) => (format!("device:{login}:{hash}"), Vec::new()),
            None => {
                (format!("pair:{account}:{address}"), vec![format!("address:{address}"), format!("account:{account}")])
            }
        };
        Ok(Asker { own, many, window: now / HOUR_US * HOUR_US, now })
    }

    /// Seconds until this one may try again.
    fn wait(&self, tx: &mut Tx<'_>) -> Result<Option<i64>> {
        let tries = rates::get(tx, &self.own, WHAT, self.now)?;
        let mut until = if tries.n >= TRIES { tries.last + pause_us(tries.n) } else { 0 };
        for of in &self.many {
            if rates::of_window(tx, of, WHAT_HOUR, self.window)? >= TRIES_OF_MANY {
                until = until.max(self.window + HOUR_US);
            }
        }
        let left = until - self.now;
        Ok((left > 0).then_some((left + 999_999) / 1_000_000))
    }

    /// Counts a try before its password is looked at: many at once are no way round. `Some`: it has to wait so many seconds.
    pub fn begin(&self, tx: &mut Tx<'_>) -> Result<Option<i64>> {
        if let Some(seconds) = self.wait(tx)? {
            return Ok(Some(seconds));
        }
        rates::count(tx, &self.own, WHAT, self.now)?;
        for of in &self.many {
            rates::add(tx, of, WHAT_HOUR, (self.window, 1))?;
        }
        Ok(None)
    }

    /// The password was right: what was counted of this one is forgotten, and of the others this try.
    pub fn right(&self, tx: &mut Tx<'_>) -> Result<()> {
        rates::forget(tx, &self.own, WHAT)?;
        self.many.iter().try_for_each(|of| rates::take_back(tx, of, WHAT_HOUR, self.window))
    }

    pub fn wrong(&self, tx: &mut Tx<'_>) -> Result<Wrong> {
        let left = TRIES - rates::get(tx, &self.own, WHAT, self.now)?.n;
        let wait = if left > 0 { None } else { Some(self.wait(tx)?.unwrap_or(60)) };
        Ok(Wrong { left, wait })
    }
}

/// How long so many wrong tries have to wait.
pub fn pause_us(tries: i64) -> i64 {
    (1_i64 << (tries - TRIES).clamp(0, 6)).min(MAX_MINUTES) * 60_000_000
}
