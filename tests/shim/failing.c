/* Lets the n-th call of one kind fail, for LD_PRELOAD: FAIL_CALL=write FAIL_AT=3 FAIL_ERRNO=32 [FAIL_FOR=2]. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;
static const char *kind;
static long at = -1, last = -1;
static int error;

__attribute__((constructor)) static void begin(void) {
    const char *n = getenv("FAIL_AT"), *e = getenv("FAIL_ERRNO"), *f = getenv("FAIL_FOR");
    kind = getenv("FAIL_CALL");
    error = e ? atoi(e) : EIO;
    at = n ? atol(n) : -1;
    last = at + (f ? atol(f) : 1) - 1;
    /* Children are not meant. */
    unsetenv("LD_PRELOAD");
}

static int fails(const char *name) {
    if (at < 0 || !kind || strcmp(kind, name)) return 0;
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (call < at || call > last) return 0;
    errno = error;
    return 1;
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
