/*
 * Preloaded into a process, records what it does to the files and directories below one directory, in the order in which it
 * happens: creations, writes, truncations, syncs, renames and removals. Memory mappings are not seen: SQLite maps its
 * -shm file, which is made anew after a crash, and RowKeep its counters, which mean nothing after one. Images get noise for them.
 *
 * ROWKEEP_TRACED is the directory, an absolute path without links; ROWKEEP_TRACE is the file that the record goes to, elsewhere.
 * A record is, in the machine's byte order: one byte what, int32 file, int64 offset, int32 length, and that many bytes.
 *
 *   C  a file comes into sight, or is created; the bytes are its path. offset 1: it is new. The directory that it is in has come
 *      into sight before
 *   D  a directory does
 *   W  the bytes are written at the offset
 *   T  the file's length is set to the offset
 *   F  the file or directory is synced
 *   R  the file or directory is renamed; the bytes are its new path
 *   U  the file or directory is removed
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 65536
#define MOST_DESCRIPTORS 65536
#define LONGEST_PATH 1024

struct entry {
    char path[LONGEST_PATH];
    int is_there;
};

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct entry entries[MOST_FILES];
static int entry_count = 1; /* 0 is no file */
static int file_of[MOST_DESCRIPTORS];
static const char *traced;
static size_t traced_length;
static int trace = -1;

static void fail(const char *what) {
    dprintf(2, "recorder: %s: %s\n", what, strerror(errno));
    _exit(99);
}

static void start(void) {
    if (trace >= 0) {
        return;
    }
    traced = getenv("ROWKEEP_TRACED");
    const char *to = getenv("ROWKEEP_TRACE");
    if (!traced || !to) {
        errno = EINVAL;
        fail("ROWKEEP_TRACED and ROWKEEP_TRACE must be set");
    }
    traced_length = strlen(traced);
    trace = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (trace < 0) {
        fail(to);
    }
}

static void record(char what, int file, int64_t offset, const void *bytes, size_t length) {
    char head[17];
    int32_t file32 = file;
    int32_t length32 = (int32_t) length;
    head[0] = what;
    memcpy(head + 1, &file32, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length32, 4);
    struct iovec parts[2] = {{head, sizeof head}, {(void *) bytes, length}};
    if (syscall(SYS_writev, trace, parts, 2) != (ssize_t) (sizeof head + length)) {
        fail("the trace cannot be written");
    }
}

static int is_traced(const char *path) {
    return path && strncmp(path, traced, traced_length) == 0
            && (path[traced_length] == '/' || path[traced_length] == 0);
}

static int find(const char *path) {
    for (int i = entry_count - 1; i > 0; i--) {
        if (entries[i].is_there && strcmp(entries[i].path, path) == 0) {
            return i;
        }
    }
    return 0;
}

static void parent_comes_into_sight(const char *path);

static int come_into_sight(const char *path, char what, int is_new) {
    if (entry_count == MOST_FILES || strlen(path) >= LONGEST_PATH) {
        errno = ENFILE;
        fail("too many files or too long a path");
    }
    parent_comes_into_sight(path);
    int file = entry_count++;
    strcpy(entries[file].path, path);
    entries[file].is_there = 1;
    record(what, file, is_new, path, strlen(path));
    return file;
}

static void parent_comes_into_sight(const char *path) {
    char parent[LONGEST_PATH];
    snprintf(parent, LONGEST_PATH, "%s", path);
    char *end = strrchr(parent, '/');
    if (end && end >= parent + traced_length) {
        *end = 0;
        if (!find(parent)) {
            come_into_sight(parent, 'D', 0);
        }
    }
}

/* The file at the path, which was there before anything was done to it. */
static int left_by_others(const char *path, char what) {
    int file = find(path);
    return file ? file : come_into_sight(path, what, 0);
}

static int traced_file(int descriptor) {
    return descriptor >= 0 && descriptor < MOST_DESCRIPTORS ? file_of[descriptor] : 0;
}

static int opened(int descriptor, const char *path, int existed, int flags) {
    if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS && is_traced(path)) {
        int file = find(path);
        if (!file) {
            struct stat now;
            int is_directory = fstat(descriptor, &now) == 0 && S_ISDIR(now.st_mode);
            file = come_into_sight(path, is_directory ? 'D' : 'C', !existed);
        }
        if (existed && (flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY) {
            record('T', file, 0, "", 0);
        }
        file_of[descriptor] = file;
    }
    return descriptor;
}

#define OPEN(name, ...)                                                              \
    {                                                                                \
        mode_t mode = 0;                                                             \
        if (flags & (O_CREAT | O_TMPFILE)) {                                         \
            va_list more;                                                            \
            va_start(more, flags);                                                   \
            mode = va_arg(more, mode_t);                                             \
            va_end(more);                                                            \
        }                                                                            \
        pthread_mutex_lock(&lock);                                                   \
        start();                                                                     \
        struct stat before;                                                          \
        int existed = is_traced(path) && stat(path, &before) == 0;                   \
        int descriptor = opened(__VA_ARGS__, path, existed, flags);                  \
        int problem = errno;                                                         \
        pthread_mutex_unlock(&lock);                                                 \
        errno = problem;                                                             \
        return descriptor;                                                           \
    }

int open(const char *path, int flags, ...)
    OPEN(open, syscall(SYS_openat, AT_FDCWD, path, flags, mode))

int open64(const char *path, int flags, ...)
    OPEN(open64, syscall(SYS_openat, AT_FDCWD, path, flags | O_LARGEFILE, mode))

int openat(int directory, const char *path, int flags, ...)
    OPEN(openat, syscall(SYS_openat, directory, path, flags, mode))

int openat64(int directory, const char *path, int flags, ...)
    OPEN(openat64, syscall(SYS_openat, directory, path, flags | O_LARGEFILE, mode))

int close(int descriptor) {
    pthread_mutex_lock(&lock);
    if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) {
        file_of[descriptor] = 0;
    }
    int result = syscall(SYS_close, descriptor);
    int problem = errno;
    pthread_mutex_unlock(&lock);
    errno = problem;
    return result;
}

static ssize_t written(int descriptor, const void *bytes, ssize_t result, int64_t offset) {
    int file = traced_file(descriptor);
    if (file && result > 0) {
        record('W', file, offset, bytes, result);
    }
    return result;
}

static ssize_t pwrite_traced(int descriptor, const void *bytes, size_t length, int64_t offset) {
    if (!traced_file(descriptor)) {
        return syscall(SYS_pwrite64, descriptor, bytes, length, offset);
    }
    pthread_mutex_lock(&lock);
    ssize_t result = written(
            descriptor, bytes, syscall(SYS_pwrite64, descriptor, bytes, length, offset), offset);
    int problem = errno;
    pthread_mutex_unlock(&lock);
    errno = problem;
    return result;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
    return pwrite_traced(descriptor, bytes, length, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    return pwrite_traced(descriptor, bytes, length, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    if (!traced_file(descriptor)) {
        return syscall(SYS_write, descriptor, bytes, length);
    }
    pthread_mutex_lock(&lock);
    ssize_t result = syscall(SYS_write, descriptor, bytes, length);
    int problem = errno;
    if (result > 0) {
        written(descriptor, bytes, result, syscall(SYS_lseek, descriptor, 0, SEEK_CUR) - result);
    }
    pthread_mutex_unlock(&lock);
    errno = problem;
    return result;
}

static ssize_t writev_traced(int descriptor, const struct iovec *parts, int count, int64_t offset) {
    int64_t at = offset < 0 ? syscall(SYS_lseek, descriptor, 0, SEEK_CUR) : offset;
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t one = pwrite_traced(descriptor, parts[i].iov_base, parts[i].iov_len, at + all);
        if (one < 0) {
            return all ? all : one;
        }
        all += one;
        if ((size_t) one < parts[i].iov_len) {
            break;
        }
    }
    if (offset < 0) {
        syscall(SYS_lseek, descriptor, at + all, SEEK_SET);
    }
    return all;
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    return traced_file(descriptor) ? writev_traced(descriptor, parts, count, -1)
                                   : syscall(SYS_writev, descriptor, parts, count);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
    return writev_traced(descriptor, parts, count, offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t offset) {
    return writev_traced(descriptor, parts, count, offset);
}

static int after(int descriptor, char what, int64_t offset, int result) {
    int file = traced_file(descriptor);
    if (file && result == 0) {
        record(what, file, offset, "", 0);
    }
    return result;
}

#define LOCKED(type, expression)      \
    {                                 \
        pthread_mutex_lock(&lock);    \
        start();                      \
        type result = expression;     \
        int problem = errno;          \
        pthread_mutex_unlock(&lock);  \
        errno = problem;              \
        return result;                \
    }

int ftruncate(int descriptor, off_t length)
    LOCKED(int, after(descriptor, 'T', length, syscall(SYS_ftruncate, descriptor, length)))

int ftruncate64(int descriptor, off64_t length)
    LOCKED(int, after(descriptor, 'T', length, syscall(SYS_ftruncate, descriptor, length)))

int fsync(int descriptor)
    LOCKED(int, after(descriptor, 'F', 0, syscall(SYS_fsync, descriptor)))

int fdatasync(int descriptor)
    LOCKED(int, after(descriptor, 'F', 0, syscall(SYS_fdatasync, descriptor)))

static void record_zeros(int file, int64_t offset, int64_t length) {
    void *zeros = length > 0 ? calloc(1, length) : 0;
    if (zeros) {
        record('W', file, offset, zeros, length);
        free(zeros);
    }
}

static int allocated(int descriptor, int mode, int64_t offset, int64_t length, int result) {
    struct stat now;
    int file = traced_file(descriptor);
    if (result != 0 || !file || fstat(descriptor, &now) != 0) {
        return result;
    }
    if (mode & FALLOC_FL_PUNCH_HOLE) {
        int64_t end = offset + length < now.st_size ? offset + length : now.st_size;
        record_zeros(file, offset, end - offset);
    } else if (now.st_size <= offset + length) {
        record('T', file, now.st_size, "", 0);
    }
    return result;
}

int fallocate(int descriptor, int mode, off_t offset, off_t length)
    LOCKED(int, allocated(descriptor, mode, offset, length,
            syscall(SYS_fallocate, descriptor, mode, offset, length)))

int fallocate64(int descriptor, int mode, off64_t offset, off64_t length)
    LOCKED(int, allocated(descriptor, mode, offset, length,
            syscall(SYS_fallocate, descriptor, mode, offset, length)))

int posix_fallocate(int descriptor, off_t offset, off_t length)
    LOCKED(int, allocated(descriptor, 0, offset, length,
            syscall(SYS_fallocate, descriptor, 0, offset, length) == 0 ? 0 : errno))

static int made(const char *path, int result) {
    if (result == 0 && is_traced(path)) {
        come_into_sight(path, 'D', 1);
    }
    return result;
}

int mkdir(const char *path, mode_t mode)
    LOCKED(int, made(path, syscall(SYS_mkdirat, AT_FDCWD, path, mode)))

static int removed(const char *path, char what, int result) {
    if (result == 0 && is_traced(path)) {
        int file = left_by_others(path, what);
        entries[file].is_there = 0;
        record('U', file, 0, "", 0);
    }
    return result;
}

static int unlink_traced(int directory, const char *path, int flags) {
    return removed(path, flags & AT_REMOVEDIR ? 'D' : 'C', syscall(SYS_unlinkat, directory, path, flags));
}

int unlink(const char *path)
    LOCKED(int, unlink_traced(AT_FDCWD, path, 0))

int unlinkat(int directory, const char *path, int flags)
    LOCKED(int, unlink_traced(directory, path, flags))

int rmdir(const char *path)
    LOCKED(int, unlink_traced(AT_FDCWD, path, AT_REMOVEDIR))

static int remove_traced(const char *path) {
    int result = unlink_traced(AT_FDCWD, path, 0);
    return result != 0 && errno == EISDIR ? unlink_traced(AT_FDCWD, path, AT_REMOVEDIR) : result;
}

int remove(const char *path)
    LOCKED(int, remove_traced(path))

/* What was below one path is below another. */
static void move(const char *from, const char *to) {
    size_t length = strlen(from);
    for (int i = 1; i < entry_count; i++) {
        char *path = entries[i].path;
        if (entries[i].is_there && strncmp(path, from, length) == 0 && (path[length] == '/' || path[length] == 0)) {
            char below[LONGEST_PATH];
            strcpy(below, path + length);
            if (snprintf(path, LONGEST_PATH, "%s%s", to, below) >= LONGEST_PATH) {
                errno = ENAMETOOLONG;
                fail("too long a path");
            }
        }
    }
}

static int renamed(const char *from, const char *to, int result) {
    struct stat now;
    if (result == 0 && is_traced(to)) {
        int replaced = find(to);
        if (replaced) {
            entries[replaced].is_there = 0;
        }
        int file = left_by_others(from, stat(to, &now) == 0 && S_ISDIR(now.st_mode) ? 'D' : 'C');
        move(from, to);
        record('R', file, 0, to, strlen(to));
    }
    return result;
}

static int rename_traced(int from_directory, const char *from, int to_directory, const char *to) {
    return renamed(from, to, syscall(SYS_renameat2, from_directory, from, to_directory, to, 0));
}

int rename(const char *from, const char *to)
    LOCKED(int, rename_traced(AT_FDCWD, from, AT_FDCWD, to))

int renameat(int from_directory, const char *from, int to_directory, const char *to)
    LOCKED(int, rename_traced(from_directory, from, to_directory, to))

/* Asserts when the library is loaded that the calls above can be found where they are needed. */
__attribute__((constructor)) static void loaded(void) {
    pthread_mutex_lock(&lock);
    start();
    pthread_mutex_unlock(&lock);
}
