/*
 * Preloaded into a process, lets calls on the files below one directory fail: the n-th write, sync, truncation, open, read or memory mapping, once
 * or from then on.
 *
 * ROWKEEP_TRACED is the directory, an absolute path without links; ROWKEEP_FAULTS is a file elsewhere of at least the size of the struct
 * below, through which the process says at any time what is to fail. A read that fails, or reads half, is a call: what is
 * read through a mapping that is there cannot fail.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 65536

enum { NOTHING, WRITE, SYNC, TRUNCATE, OPEN, READ, MAP };

/* What is answered instead of an errno: half, the former to reads too. */
enum { HALF = -1, HALF_THEN_FULL = -2 };

struct control {
    int32_t call;     /* which calls are counted and fail; NOTHING for none */
    int32_t number;   /* the first one that fails, from 1 */
    int32_t answer;   /* an errno, or one of the above */
    int32_t sticky;   /* whether all later ones fail as well */
    int32_t counted;  /* how many there were */
    int32_t injected; /* how many of them failed */
};

static char is_traced_descriptor[MOST_DESCRIPTORS];
static const char *traced;
static size_t traced_length;
static struct control *control;

__attribute__((constructor)) static void start(void) {
    traced = getenv("ROWKEEP_TRACED");
    const char *file = getenv("ROWKEEP_FAULTS");
    int descriptor = traced && file ? syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC) : -1;
    void *mapped = descriptor < 0
            ? MAP_FAILED
            : mmap(0, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (mapped == MAP_FAILED) {
        dprintf(2, "faults: ROWKEEP_TRACED and ROWKEEP_FAULTS must be set, and the latter be a file: %s\n", strerror(errno));
        _exit(99);
    }
    syscall(SYS_close, descriptor);
    traced_length = strlen(traced);
    control = mapped;
}

/* What this call has to answer; 0 if it is to be made. */
static int fault(int call) {
    if (!control || __atomic_load_n(&control->call, __ATOMIC_ACQUIRE) != call) {
        return 0;
    }
    int counted = __atomic_add_fetch(&control->counted, 1, __ATOMIC_RELAXED);
    int past = counted - control->number;
    if (past < 0) {
        return 0;
    }
    int answer = control->answer;
    if (answer == HALF_THEN_FULL && (past == 1 || (past > 1 && control->sticky))) {
        answer = ENOSPC;
    } else if (past > 0 && !control->sticky) {
        return 0;
    }
    __atomic_add_fetch(&control->injected, 1, __ATOMIC_RELAXED);
    return answer;
}

static int is_traced(const char *path) {
    return traced && path && strncmp(path, traced, traced_length) == 0
            && (path[traced_length] == '/' || path[traced_length] == 0);
}

static int has_traced(int descriptor) {
    return descriptor >= 0 && descriptor < MOST_DESCRIPTORS && is_traced_descriptor[descriptor];
}

static int open_traced(int directory, const char *path, int flags, mode_t mode) {
    int matters = is_traced(path);
    int answer = matters ? fault(OPEN) : 0;
    if (answer) {
        errno = answer;
        return -1;
    }
    int descriptor = syscall(SYS_openat, directory, path, flags, mode);
    if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) {
        is_traced_descriptor[descriptor] = matters;
    }
    return descriptor;
}

#define OPENING(directory, more_flags)                                    \
    {                                                                     \
        mode_t mode = 0;                                                  \
        if (flags & (O_CREAT | O_TMPFILE)) {                              \
            va_list more;                                                 \
            va_start(more, flags);                                        \
            mode = va_arg(more, mode_t);                                  \
            va_end(more);                                                 \
        }                                                                 \
        return open_traced(directory, path, flags | (more_flags), mode);  \
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
        is_traced_descriptor[descriptor] = 0;
    }
    return syscall(SYS_close, descriptor);
}

/* How many bytes are to be written or read; -1 with errno set if the call fails. */
static ssize_t fitting(int call, int descriptor, size_t length) {
    int answer = has_traced(descriptor) ? fault(call) : 0;
    if (answer == HALF && length > 1) {
        return length / 2;
    }
    if (answer == HALF_THEN_FULL) {
        if (length > 1) {
            return length / 2;
        }
        answer = ENOSPC;
    }
    if (answer > 0) {
        errno = answer;
        return -1;
    }
    return length;
}

static ssize_t pwrite_traced(int descriptor, const void *bytes, size_t length, int64_t offset) {
    ssize_t fits = fitting(WRITE, descriptor, length);
    return fits < 0 ? -1 : syscall(SYS_pwrite64, descriptor, bytes, fits, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
    return pwrite_traced(descriptor, bytes, length, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    return pwrite_traced(descriptor, bytes, length, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    ssize_t fits = fitting(WRITE, descriptor, length);
    return fits < 0 ? -1 : syscall(SYS_write, descriptor, bytes, fits);
}

static ssize_t pread_traced(int descriptor, void *bytes, size_t length, int64_t offset) {
    ssize_t fits = fitting(READ, descriptor, length);
    return fits < 0 ? -1 : syscall(SYS_pread64, descriptor, bytes, fits, offset);
}

ssize_t pread(int descriptor, void *bytes, size_t length, off_t offset) {
    return pread_traced(descriptor, bytes, length, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t length, off64_t offset) {
    return pread_traced(descriptor, bytes, length, offset);
}

ssize_t read(int descriptor, void *bytes, size_t length) {
    ssize_t fits = fitting(READ, descriptor, length);
    return fits < 0 ? -1 : syscall(SYS_read, descriptor, bytes, fits);
}

static void *mmap_traced(void *address, size_t length, int protection, int flags, int descriptor, int64_t offset) {
    int answer = has_traced(descriptor) ? fault(MAP) : 0;
    if (answer) {
        errno = answer;
        return MAP_FAILED;
    }
    return (void *) syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    return mmap_traced(address, length, protection, flags, descriptor, offset);
}

void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    return mmap_traced(address, length, protection, flags, descriptor, offset);
}

static int unless_fault(int call, int descriptor, int system_call, int64_t argument) {
    int answer = has_traced(descriptor) ? fault(call) : 0;
    if (answer) {
        errno = answer;
        return -1;
    }
    return syscall(system_call, descriptor, argument);
}

int fsync(int descriptor) {
    return unless_fault(SYNC, descriptor, SYS_fsync, 0);
}

int fdatasync(int descriptor) {
    return unless_fault(SYNC, descriptor, SYS_fdatasync, 0);
}

int ftruncate(int descriptor, off_t length) {
    return unless_fault(TRUNCATE, descriptor, SYS_ftruncate, length);
}

int ftruncate64(int descriptor, off64_t length) {
    return unless_fault(TRUNCATE, descriptor, SYS_ftruncate, length);
}
