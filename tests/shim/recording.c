/* Takes down, for LD_PRELOAD, what a program does to the files of one folder, in its order.
 *
 * RECORD_FOLDER=DIR says which files are meant and RECORD_LOG=FILE where it is written: records of a kind, the inode, a
 * place within the file, the length of what follows, and then that. What the program says on its standard output stands
 * between them. One call is made and taken down at a time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define HANDLES 4096

static int out = -1;
static const char *folder;
static size_t folder_length;
static char watched[HANDLES];
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("RECORD_LOG");
    folder = getenv("RECORD_FOLDER");
    if (!path || !folder) return;
    folder_length = strlen(folder);
    out = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    /* Children are not meant. */
    unsetenv("LD_PRELOAD");
}

static void put(const void *data, size_t n) {
    for (const char *at = data; n;) {
        long done = syscall(SYS_write, out, at, n);
        if (done <= 0) abort();
        at += done;
        n -= (size_t)done;
    }
}

static void record(char kind, uint64_t inode, uint64_t place, const void *data, uint64_t n) {
    struct __attribute__((packed)) {
        char kind;
        uint64_t inode, place, n;
    } head = {kind, inode, place, n};
    put(&head, sizeof head);
    put(data, n);
}

static int is_ours(const char *path) { return out >= 0 && path && !strncmp(path, folder, folder_length); }
static int is_watched(int fd) { return out >= 0 && fd >= 0 && fd < HANDLES && watched[fd]; }

static uint64_t inode(int fd) {
    struct stat file;
    return fstat(fd, &file) ? 0 : file.st_ino;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define LOCKED pthread_mutex_lock(&one)
#define DONE(result, kept) do { int error = errno; kept; errno = error; pthread_mutex_unlock(&one); return result; } while (0)

static int opened(int fd, const char *path, int flags) {
    if (fd < 0 || fd >= HANDLES) return fd;
    watched[fd] = (char)is_ours(path);
    if (watched[fd]) {
        record('o', inode(fd), 0, path, strlen(path));
        if (flags & O_TRUNC) record('t', inode(fd), 0, "", 0);
    }
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
        va_end(rest); \
        LOCKED; \
        int fd = real(path, flags, mode); \
        DONE(fd, opened(fd, path, flags)); \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(close);
    LOCKED;
    if (fd >= 0 && fd < HANDLES) watched[fd] = 0;
    int result = real(fd);
    DONE(result, (void)0);
}

static void wrote(int fd, const void *data, ssize_t n, off_t place) {
    if (n <= 0) return;
    if (fd == 1 && out >= 0) record('s', 0, 0, data, (uint64_t)n);
    else if (is_watched(fd)) record('w', inode(fd), (uint64_t)place, data, (uint64_t)n);
}

ssize_t write(int fd, const void *data, size_t n) {
    REAL(write);
    LOCKED;
    ssize_t done = real(fd, data, n);
    DONE(done, wrote(fd, data, done, is_watched(fd) ? lseek(fd, 0, SEEK_CUR) - done : 0));
}

ssize_t writev(int fd, const struct iovec *parts, int n) {
    REAL(writev);
    /* As few bytes may be taken as one likes: the caller comes again. */
    if (is_watched(fd) || fd == 1) return n ? write(fd, parts[0].iov_base, parts[0].iov_len) : 0;
    return real(fd, parts, n);
}

#define PWRITE(name, offset) \
    ssize_t name(int fd, const void *data, size_t n, offset place) { \
        REAL(name); \
        LOCKED; \
        ssize_t done = real(fd, data, n, place); \
        DONE(done, wrote(fd, data, done, place)); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset) \
    int name(int fd, offset n) { \
        REAL(name); \
        LOCKED; \
        int result = real(fd, n); \
        DONE(result, if (!result && is_watched(fd)) record('t', inode(fd), (uint64_t)n, "", 0)); \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
    int name(int fd) { \
        REAL(name); \
        LOCKED; \
        int result = real(fd); \
        DONE(result, if (!result && is_watched(fd)) record('f', inode(fd), 0, "", 0)); \
    }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to) {
    REAL(rename);
    LOCKED;
    int result = real(from, to);
    DONE(result, if (!result && is_ours(to)) {
        record('n', 0, 0, from, strlen(from));
        record('r', 0, 0, to, strlen(to));
    });
}

static int linked(const char *from, const char *to) {
    record('n', 0, 0, from, strlen(from));
    record('l', 0, 0, to, strlen(to));
    return 0;
}

int link(const char *from, const char *to) {
    REAL(link);
    LOCKED;
    int result = real(from, to);
    DONE(result, if (!result && is_ours(to)) linked(from, to));
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(linkat);
    LOCKED;
    int result = real(a, from, b, to, flags);
    DONE(result, if (!result && is_ours(to)) linked(from, to));
}

#define NAMED(name, kind, params, args) \
    int name params { \
        REAL(name); \
        LOCKED; \
        int result = real args; \
        DONE(result, if (!result && is_ours(path)) record(kind, 0, 0, path, strlen(path))); \
    }
NAMED(unlink, 'u', (const char *path), (path))
NAMED(rmdir, 'x', (const char *path), (path))
NAMED(mkdir, 'm', (const char *path, mode_t mode), (path, mode))

/* As whole folders are removed. */
int unlinkat(int at, const char *name, int flags) {
    REAL(unlinkat);
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    ssize_t n = at == AT_FDCWD || *name == '/' ? 0 : readlink(link, path, sizeof path - 1);
    if (n < 0) n = 0;
    snprintf(path + n, sizeof path - (size_t)n, n ? "/%s" : "%s", name);
    LOCKED;
    int result = real(at, name, flags);
    DONE(result, if (!result && is_ours(path)) record(flags & AT_REMOVEDIR ? 'x' : 'u', 0, 0, path, strlen(path)));
}

/* Whoever copies so copies again by reading and writing. */
ssize_t copy_file_range(int a, off64_t *b, int c, off64_t *d, size_t e, unsigned f) {
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile64(int a, int b, off64_t *c, size_t d) {
    (void)a, (void)b, (void)c, (void)d;
    errno = EINVAL;
    return -1;
}
