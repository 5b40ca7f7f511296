//! Takes from the child what no map needs: files, the network, other processes. Twice: by landlock, which knows files and
//! processes, and by a filter of calls. Where the kernel has neither, the limits of the child stand alone.

use std::collections::BTreeMap;

use landlock::{ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, RulesetStatus, Scope};
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

/// Restricts this thread for good; what it starts would be restricted too. What the system does not have for that.
pub(crate) fn enter() -> Vec<String> {
    // The filter allows no other restriction after it.
    let tried = [("landlock", no_files()), ("seccomp", few_calls())];
    tried.into_iter().filter_map(|(name, done)| Some(format!("{name} ({})", done.err()?))).collect()
}

/// No file and no port, not even one that is known by a handle; no signal to and no look into another process.
fn no_files() -> Result<(), Box<dyn std::error::Error>> {
    // An older kernel knows some of these, and gives what it has.
    const ASKED: ABI = ABI::V6;
    let rules = Ruleset::default()
        .handle_access(AccessFs::from_all(ASKED))?
        .handle_access(AccessNet::from_all(ASKED))?
        .scope(Scope::from_all(ASKED))?;
    match rules.create()?.restrict_self()?.ruleset {
        RulesetStatus::NotEnforced => Err("the kernel does not have it".into()),
        RulesetStatus::PartiallyEnforced | RulesetStatus::FullyEnforced => Ok(()),
    }
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
    use std::os::fd::AsFd as _;
    use std::process::{Child, Command, Stdio};

    use rustix::process::{Pid, PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};

    /// On a thread of its own: it is restricted for good.
    fn inside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
        std::thread::Builder::new().name("inside".into()).spawn(work).unwrap().join().unwrap()
    }

    fn kinds<const N: usize>(results: [std::io::Result<()>; N]) -> [Option<ErrorKind>; N] {
        results.map(|result| result.err().map(|error| error.kind()))
    }

    #[test]
    fn no_file_no_network_no_process_but_everything_that_computes() {
        let (missing, computes, refused) = inside(|| {
            let missing = enter();
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
            (missing, computes, kinds(refused))
        });
        // This kernel may have no landlock; the filter does all of it too.
        assert!(missing.iter().all(|name| name.starts_with("landlock")), "{missing:?}");
        assert_eq!(computes, (Some("Europe/Berlin".to_owned()), 1000, true));
        assert_eq!(refused, [Some(ErrorKind::PermissionDenied); 7]);
        assert!(std::fs::read("/etc/passwd").is_ok(), "other threads are free");
    }

    /// Another process, for as long as a test runs.
    struct Other(Child);

    impl Other {
        /// Takes its standard input from it: what a debugger may do.
        fn look_into(pid: u32) -> std::io::Result<()> {
            let pid = Pid::from_raw(pid.try_into().unwrap()).unwrap();
            let other = pidfd_open(pid, PidfdFlags::empty())?;
            Ok(pidfd_getfd(other.as_fd(), 0, PidfdGetfdFlags::empty()).map(drop)?)
        }
    }

    impl Drop for Other {
        fn drop(&mut self) {
            self.0.kill().ok();
            self.0.wait().ok();
        }
    }

    /// Each of the two would do alone: a kernel may lack the other one.
    #[test]
    fn landlock_alone_leaves_neither_files_nor_ports_nor_other_processes() {
        let other = Other(Command::new("sleep").arg("60").stdin(Stdio::null()).spawn().unwrap());
        let pid = other.0.id();
        let free = Other::look_into(pid);
        let refused = inside(move || {
            let missing = no_files().err().map(|error| error.to_string());
            let refused = kinds([
                std::fs::read("/etc/passwd").map(drop),
                std::fs::write("/tmp/floorcast-sandbox", "x"),
                std::net::TcpListener::bind("127.0.0.1:0").map(drop),
                Other::look_into(pid),
            ]);
            (missing, refused)
        });
        match refused {
            (Some(missing), _) => eprintln!("SKIPPED: {missing}"),
            (None, refused) => assert_eq!(refused, [Some(ErrorKind::PermissionDenied); 4], "free: {free:?}"),
        }
    }

    #[test]
    fn the_filter_alone_leaves_neither_files_nor_sockets_nor_other_processes() {
        let refused = inside(|| {
            few_calls().unwrap();
            kinds([
                std::fs::read("/etc/passwd").map(drop),
                std::net::UdpSocket::bind("127.0.0.1:0").map(drop),
                Other::look_into(std::process::id()),
            ])
        });
        assert_eq!(refused, [Some(ErrorKind::PermissionDenied); 3]);
        for call in [libc::SYS_ptrace, libc::SYS_process_vm_readv, libc::SYS_socket, libc::SYS_openat, libc::SYS_execve]
        {
            assert!(!CALLS.contains(&call), "call {call}");
        }
    }
}
