//! One hub for each folder: a lock that ends with the process, whatever ends it.

use std::fs::{File, TryLockError};
use std::path::Path;

/// Held for as long as the floor is served.
pub struct Lock(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] File);

/// # Errors
/// Another program serves the floor, or the file cannot be made.
pub fn take(folder: &Path) -> Result<Lock, String> {
    let path = folder.join("hub.lock");
    let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => {
            Err(format!("another hub serves the floor in {}: end it first, or use its address", folder.display()))
        }
        Err(TryLockError::Error(error)) => Err(format!("{}: {error}", path.display())),
    }
}
