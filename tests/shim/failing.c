/* Lets calls to the system fail, for LD_PRELOAD, by where in the program they are made.
 *
 * A site is a kind of call and the stack that leads to it, as places within their files: the same in each run.
 * FAIL_COUNT=FILE writes each site down when it is first met: "kind site own", own being 1 where the program itself calls and
 * not a library of the system. FAIL_SITES=kind:site:errno,... lets the first call at each of these sites fail, and
 * FAIL_LOG=FILE takes down which did. FAIL_FOR=n lets n calls in a row fail there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FRAMES 14
#define SEEN (1 << 16)
#define SITES 256

/* Raw stacks that were met, and which site each is. */
static _Atomic uint64_t raws[SEEN], sites[SEEN];
static _Atomic uint64_t known[SEEN];
static struct site {
    char kind[8];
    uint64_t site;
    int error;
    atomic_int left;
} failing[SITES];
static int count, counts = -1, logs = -1;
static _Thread_local int inside;
static atomic_int begun;

/* Not by the calls that are watched here. */
static int open_file(const char *path) {
    return path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

static void say(int fd, const char *kind, uint64_t site, int last) {
    char line[64];
    int n = snprintf(line, sizeof line, "%s %016lx %d\n", kind, (unsigned long)site, last);
    syscall(SYS_write, fd, line, (size_t)n);
}

__attribute__((constructor)) static void begin(void) {
    const char *list = getenv("FAIL_SITES"), *times = getenv("FAIL_FOR");
    void *stack[2];
    inside = 1;
    /* The first call loads the unwinder. */
    backtrace(stack, 2);
    counts = open_file(getenv("FAIL_COUNT"));
    logs = open_file(getenv("FAIL_LOG"));
    while (list && *list && count < SITES) {
        struct site *s = &failing[count];
        unsigned long site;
        if (sscanf(list, "%7[a-z]:%lx:%d", s->kind, &site, &s->error) != 3) break;
        s->site = site;
        atomic_store(&s->left, times ? atoi(times) : 1);
        count++;
        list = strchr(list, ',');
        if (list) list++;
    }
    /* Neither children nor the program that this one becomes are meant. */
    unsetenv("LD_PRELOAD");
    unsetenv("FAIL_SITES");
    inside = 0;
    atomic_store(&begun, 1);
}

static uint64_t mix(uint64_t h, uint64_t x) { return (h ^ x) * 1099511628211u; }

/* The site of this stack; whose the caller is, where the stack is new. */
static uint64_t site_of(const char *kind, void **stack, int n, int *is_own) {
    uint64_t h = 14695981039346656037u;
    *is_own = -1;
    for (const char *c = kind; *c; c++) h = mix(h, (uint64_t)*c);
    uint64_t raw = h;
    for (int i = 0; i < n; i++) raw = mix(raw, (uint64_t)(uintptr_t)stack[i]);
    if (!raw) raw = 1;
    size_t at = raw % SEEN;
    for (int tries = 0; tries < 64; tries++, at = (at + 1) % SEEN) {
        uint64_t found = atomic_load(&raws[at]);
        if (found == raw && atomic_load(&sites[at])) return atomic_load(&sites[at]);
        if (!found) break;
    }
    for (int i = 0; i < n; i++) {
        Dl_info info;
        if (!dladdr(stack[i], &info) || !info.dli_fname) continue;
        const char *name = strrchr(info.dli_fname, '/');
        name = name ? name + 1 : info.dli_fname;
        /* The first whose the call is, behind the C library. */
        if (*is_own < 0 && strncmp(name, "libc.", 5) && strncmp(name, "failing", 7)) *is_own = !strcmp(name, "floorcast");
        for (const char *c = name; *c; c++) h = mix(h, (uint64_t)*c);
        h = mix(h, (uint64_t)((char *)stack[i] - (char *)info.dli_fbase));
    }
    if (!h) h = 1;
    uint64_t none = 0;
    if (atomic_compare_exchange_strong(&raws[at], &none, raw)) atomic_store(&sites[at], h);
    return h;
}

static int is_new(uint64_t site) {
    for (size_t at = site % SEEN, tries = 0; tries < SEEN; tries++, at = (at + 1) % SEEN) {
        uint64_t none = 0;
        if (atomic_compare_exchange_strong(&known[at], &none, site)) return 1;
        if (none == site) return 0;
    }
    return 0;
}

static int fails(const char *kind) {
    if (!atomic_load(&begun) || inside || (counts < 0 && !count)) return 0;
    inside = 1;
    int before = errno, failed = 0, is_own;
    void *stack[FRAMES];
    int n = backtrace(stack, FRAMES);
    uint64_t site = site_of(kind, stack + 2, n > 2 ? n - 2 : 0, &is_own);
    if (counts >= 0 && is_new(site)) say(counts, kind, site, is_own > 0);
    for (int i = 0; i < count; i++) {
        struct site *s = &failing[i];
        if (s->site == site && !strcmp(s->kind, kind) && atomic_fetch_sub(&s->left, 1) > 0) {
            if (logs >= 0) say(logs, kind, site, s->error);
            before = s->error;
            failed = 1;
            break;
        }
    }
    errno = before;
    inside = 0;
    return failed;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *b, size_t n) { REAL(write); return fails("write") ? -1 : real(fd, b, n); }
ssize_t writev(int fd, const struct iovec *v, int n) { REAL(writev); return fails("write") ? -1 : real(fd, v, n); }
int fsync(int fd) { REAL(fsync); return fails("fsync") ? -1 : real(fd); }
int rename(const char *a, const char *b) { REAL(rename); return fails("rename") ? -1 : real(a, b); }
ssize_t send(int s, const void *b, size_t n, int f) { REAL(send); return fails("send") ? -1 : real(s, b, n, f); }
ssize_t sendto(int s, const void *b, size_t n, int f, const struct sockaddr *a, socklen_t l) {
    REAL(sendto);
    return fails("send") ? -1 : real(s, b, n, f, a, l);
}
ssize_t sendmsg(int s, const struct msghdr *m, int f) { REAL(sendmsg); return fails("send") ? -1 : real(s, m, f); }
ssize_t recv(int s, void *b, size_t n, int f) { REAL(recv); return fails("recv") ? -1 : real(s, b, n, f); }
ssize_t recvfrom(int s, void *b, size_t n, int f, struct sockaddr *a, socklen_t *l) {
    REAL(recvfrom);
    return fails("recv") ? -1 : real(s, b, n, f, a, l);
}
ssize_t recvmsg(int s, struct msghdr *m, int f) { REAL(recvmsg); return fails("recv") ? -1 : real(s, m, f); }
int clock_gettime(clockid_t c, struct timespec *t) { REAL(clock_gettime); return fails("clock") ? -1 : real(c, t); }

static int mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; }

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        int mode = mode_of(flags, rest); \
        va_end(rest); \
        return fails("open") ? -1 : real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define MAP(name, offset) \
    void *name(void *a, size_t n, int p, int f, int fd, offset o) { \
        REAL(name); \
        return fails("mmap") ? MAP_FAILED : real(a, n, p, f, fd, o); \
    }
MAP(mmap, off_t)
MAP(mmap64, off64_t)
