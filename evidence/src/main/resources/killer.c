/*
 * Preloaded into a process, kills it at the n-th call that changes a file of some name: a write, a sync, a truncation, a renaming or a
 * removal.
 *
 * ROWKEEP_KILL_FILES is a pattern as a shell's, in which a star stands for slashes too. ROWKEEP_KILL_NUMBER is n, from 1. It is counted from
 * the moment on when a file ROWKEEP_KILL_FROM is opened, or from the start where that is not set. ROWKEEP_KILL_MOMENT is "before" or
 * "after" the call, or "amid" it: then half of what was to be written is there. The last words are a line on standard error.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 65536

enum moment { NEVER, BEFORE, AMID, AFTER };

static char is_meant_descriptor[MOST_DESCRIPTORS];
static const char *files;
static const char *from;
static long number;
static enum moment moment;
static int is_counting;
static long counted;

__attribute__((constructor)) static void start(void) {
    files = getenv("ROWKEEP_KILL_FILES");
    from = getenv("ROWKEEP_KILL_FROM");
    const char *text = getenv("ROWKEEP_KILL_NUMBER");
    const char *when = getenv("ROWKEEP_KILL_MOMENT");
    number = text ? atol(text) : 0;
    moment = !when ? NEVER
            : !strcmp(when, "before") ? BEFORE
            : !strcmp(when, "amid") ? AMID
            : !strcmp(when, "after") ? AFTER : NEVER;
    if (!files || number < 1 || moment == NEVER) {
        dprintf(2, "killer: ROWKEEP_KILL_FILES, ROWKEEP_KILL_NUMBER and ROWKEEP_KILL_MOMENT must be set\n");
        _exit(99);
    }
    is_counting = !from;
}

static int is_meant(const char *path) {
    return files && path && fnmatch(files, path, 0) == 0;
}

static int has_meant(int descriptor) {
    return descriptor >= 0 && descriptor < MOST_DESCRIPTORS && is_meant_descriptor[descriptor];
}

/* When this call on what is meant has to end the process. */
static enum moment deadly(void) {
    return __atomic_load_n(&is_counting, __ATOMIC_ACQUIRE)
                    && __atomic_add_fetch(&counted, 1, __ATOMIC_RELAXED) == number
            ? moment
            : NEVER;
}

static void die(const char *call) {
    dprintf(2, "killer: killed at %s\n", call);
    syscall(SYS_kill, getpid(), SIGKILL);
    pause();
}

/* Makes a call that has no half. */
#define CALL(name, meant, call)                    \
    {                                              \
        enum moment when = meant ? deadly() : NEVER; \
        if (when == BEFORE) {                      \
            die(name);                             \
        }                                          \
        long result = call;                        \
        int problem = errno;                       \
        if (when != NEVER) {                       \
            die(name);                             \
        }                                          \
        errno = problem;                           \
        return result;                             \
    }

/* Makes a call that writes some length, which the call given names. */
#define WRITING(name, whole, call)                                     \
    {                                                                  \
        enum moment when = has_meant(descriptor) ? deadly() : NEVER;   \
        if (when == BEFORE) {                                          \
            die(name);                                                 \
        }                                                              \
        size_t length = when == AMID ? (whole) / 2 : (whole);          \
        long result = call;                                            \
        int problem = errno;                                           \
        if (when != NEVER) {                                           \
            die(name);                                                 \
        }                                                              \
        errno = problem;                                               \
        return result;                                                 \
    }

static int opened(const char *path, int descriptor) {
    if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) {
        is_meant_descriptor[descriptor] = is_meant(path);
        if (from && path && !strcmp(path, from)) {
            __atomic_store_n(&is_counting, 1, __ATOMIC_RELEASE);
        }
    }
    return descriptor;
}

#define OPENING(directory, more_flags)                                                          \
    {                                                                                           \
        mode_t mode = 0;                                                                        \
        if (flags & (O_CREAT | O_TMPFILE)) {                                                    \
            va_list more;                                                                       \
            va_start(more, flags);                                                              \
            mode = va_arg(more, mode_t);                                                        \
            va_end(more);                                                                       \
        }                                                                                       \
        return opened(path, syscall(SYS_openat, directory, path, flags | (more_flags), mode));  \
    }

int open(const char *path, int flags, ...)
    OPENING(AT_FDCWD, 0)

int open64(const char *path, int flags, ...)
    OPENING(AT_FDCWD, O_LARGEFILE)

int openat(int directory, const char *path, int flags, ...)
    OPENING(directory, 0)

int openat64(int directory, const char *path, int flags, ...)
    OPENING(directory, O_LARGEFILE)

int close(int descriptor) {
    if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) {
        is_meant_descriptor[descriptor] = 0;
    }
    return syscall(SYS_close, descriptor);
}

ssize_t write(int descriptor, const void *bytes, size_t all)
    WRITING("write", all, syscall(SYS_write, descriptor, bytes, length))

ssize_t pwrite(int descriptor, const void *bytes, size_t all, off_t offset)
    WRITING("pwrite", all, syscall(SYS_pwrite64, descriptor, bytes, length, offset))

ssize_t pwrite64(int descriptor, const void *bytes, size_t all, off64_t offset)
    WRITING("pwrite", all, syscall(SYS_pwrite64, descriptor, bytes, length, offset))

ssize_t writev(int descriptor, const struct iovec *parts, int count)
    CALL("writev", has_meant(descriptor), syscall(SYS_writev, descriptor, parts, count))

int fsync(int descriptor)
    CALL("fsync", has_meant(descriptor), syscall(SYS_fsync, descriptor))

int fdatasync(int descriptor)
    CALL("fdatasync", has_meant(descriptor), syscall(SYS_fdatasync, descriptor))

int ftruncate(int descriptor, off_t length)
    CALL("ftruncate", has_meant(descriptor), syscall(SYS_ftruncate, descriptor, length))

int ftruncate64(int descriptor, off64_t length)
    CALL("ftruncate", has_meant(descriptor), syscall(SYS_ftruncate, descriptor, length))

int rename(const char *old, const char *new)
    CALL("rename", is_meant(old) || is_meant(new), syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0))

int unlink(const char *path)
    CALL("unlink", is_meant(path), syscall(SYS_unlinkat, AT_FDCWD, path, 0))
