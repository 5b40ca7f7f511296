//! Takes from the child what no map needs: files, the network, other processes. Where the kernel has no such thing the
//! limits of the child stand alone.

use std::collections::BTreeMap;

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};

/// What a program that computes needs: memory, its three pipes, time, random numbers, and an end. Everything else is
/// refused, which libraries take for a system that lacks it.
const CALLS: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_ppoll,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_membarrier,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrusage,
    libc::SYS_times,
    libc::SYS_prlimit64,
    libc::SYS_getrlimit,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Restricts this thread for good; what it starts would be restricted too.
pub(crate) fn enter() {
    // A kernel without filters, or a container that forbids them, leaves the other limits.
    few_calls().ok();
}

fn few_calls() -> Result<(), Box<dyn std::error::Error>> {
    let rules: BTreeMap<i64, Vec<_>> = CALLS.iter().map(|call| (*call, Vec::new())).collect();
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, refuse, SeccompAction::Allow, std::env::consts::ARCH.try_into()?)?;
    let program: BpfProgram = filter.try_into()?;
    Ok(apply_filter(&program)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use std::io::ErrorKind;

    #[test]
    fn no_file_no_network_no_process_but_everything_that_computes() {
        // Of this thread only.
        let inside = || {
            enter();
            let zone = jiff::tz::TimeZone::get("Europe/Berlin").map(|zone| zone.iana_name().map(str::to_owned));
            let many: Vec<u64> = (0..10_000_000).collect();
            let map: HashMap<u64, usize> = (0..1000).map(|n| (n, many.len())).collect();
            let computes = (zone.ok().flatten(), map.len(), std::panic::catch_unwind(|| panic!("caught")).is_err());
            let refused = [
                std::fs::read("/etc/passwd").map(drop),
                std::fs::read_dir("/").map(drop),
                std::fs::write("/tmp/floorcast-sandbox", "x"),
                std::net::TcpListener::bind("127.0.0.1:0").map(drop),
                std::net::UdpSocket::bind("127.0.0.1:0").map(drop),
                std::os::unix::net::UnixStream::pair().map(drop),
                std::process::Command::new("/bin/true").status().map(drop),
            ];
            (computes, refused.map(|result| result.err().map(|error| error.kind())))
        };
        let thread = std::thread::Builder::new().name("inside".into()).spawn(inside).unwrap();
        let (computes, refused) = thread.join().unwrap();
        assert_eq!(computes, (Some("Europe/Berlin".to_owned()), 1000, true));
        assert_eq!(refused, [Some(ErrorKind::PermissionDenied); 7]);
        assert!(std::fs::read("/etc/passwd").is_ok(), "other threads are free");
    }
}
