/*
 * helper.c - see helper.h.
 *
 * The helper is begun as posix_spawn does it: a child that borrows our memory
 * until it execs (CLONE_VFORK), so that a large parent costs nothing; but in
 * namespaces of its own, which posix_spawn cannot give. Such a child may call
 * only the kernel.
 */
#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sanitizer.h"

enum { STACK_BYTES = 65536, READ_BYTES = 65536 };

#define NAMESPACES                                                             \
    (CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID |               \
     CLONE_NEWIPC | CLONE_NEWUTS)

struct spawn {
    const char *program;
    char *const *argv;
    int input, output, errors; /* descriptors, all 3 or above */
    char user_map[32], group_map[32];
    bool has_namespaces;
    sigset_t mask; /* of the parent before */
    int failed;    /* errno, from the child */
};

static void write_small(const char *path, const char *words)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return;
    ssize_t ignored = write(file, words, strlen(words));
    (void)ignored;
    close(file);
}

/* In the child, in the parent's memory: nothing here may allocate or lock.
 * Inside its namespaces it is root over nothing, which is what it takes to
 * give away the file system; the helper drops that too. */
__attribute__((no_sanitize("address", "thread", "undefined"))) static int
begin_child(void *context)
{
    struct spawn *spawn = context;
    /* No threads: the sandbox would not let them be. */
    static char *const environment[] = {
        (char *)(uintptr_t) "OMP_THREAD_LIMIT=1",
        (char *)(uintptr_t) "OMP_NUM_THREADS=1", NULL};
    if (spawn->has_namespaces) {
        write_small("/proc/self/setgroups", "deny");
        write_small("/proc/self/uid_map", spawn->user_map);
        write_small("/proc/self/gid_map", spawn->group_map);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(spawn->input, 0) < 0 || dup2(spawn->output, 1) < 0 ||
        dup2(spawn->errors, 2) < 0)
        goto failed;
    syscall(SYS_close_range, 3U, ~0U, 0U);
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++)
        sigaction(number, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(spawn->program, spawn->argv, environment);
failed:
    spawn->failed = errno;
    _exit(127);
}

/* The pid, or -1 with the error. */
static pid_t spawn_child(struct spawn *spawn, struct error *error)
{
    char *stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (stack == MAP_FAILED) {
        error_set(error, ERROR_LIMIT, "no memory for a helper");
        return -1;
    }
    const int flags = CLONE_VM | CLONE_VFORK | SIGCHLD;
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &spawn->mask);
    spawn->has_namespaces = true;
    pid_t child =
        clone(begin_child, stack + STACK_BYTES, flags | NAMESPACES, spawn);
    if (child < 0) { /* the system does not let its users */
        spawn->has_namespaces = false;
        child = clone(begin_child, stack + STACK_BYTES, flags, spawn);
    }
    int number = child < 0 ? errno : spawn->failed;
    pthread_sigmask(SIG_SETMASK, &spawn->mask, NULL);
    munmap(stack, STACK_BYTES);
    if (child > 0 && number != 0) {
        waitpid(child, NULL, 0);
        child = -1;
    }
    if (child < 0)
        error_errno(error, number, "cannot start a helper");
    return child;
}

static bool write_all(int file, struct slice bytes)
{
    while (bytes.length > 0) {
        ssize_t count = write(file, bytes.data, bytes.length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes.data += count;
        bytes.length -= (size_t)count;
    }
    return true;
}

/* A file without a name that nobody can change any more; -1 with the error. */
static int sealed_file(struct slice bytes, struct error *error)
{
    const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    int file = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file >= 0 && write_all(file, bytes) &&
        fcntl(file, F_ADD_SEALS, seals) == 0)
        return file;
    error_errno(error, errno, "cannot hand a document to its helper");
    if (file >= 0)
        close(file);
    return -1;
}

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Everything that the helper writes, until it closes its end. */
static bool listen_to(const struct helper_job *job, int output,
                      struct error *error)
{
    int64_t deadline = milliseconds() + HELPER_WALL_SECONDS * 1000;
    char *bytes = malloc(READ_BYTES);
    if (bytes == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for a helper");
    bool is_well = true;
    while (is_well) {
        int64_t left = deadline - milliseconds();
        struct pollfd ready = {.fd = output, .events = POLLIN};
        int count = poll(&ready, 1, left > 0 ? (int)left : 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count == 0) {
            is_well = error_set(error, ERROR_BAD_INPUT,
                                "takes more than %d s to convert",
                                HELPER_WALL_SECONDS);
            break;
        }
        ssize_t length = read(output, bytes, READ_BYTES);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            break;
        /* What is done with it takes no time of the helper's. */
        const int64_t before = milliseconds();
        is_well = job->take(job->context, (struct slice){bytes, (size_t)length},
                            error);
        deadline += milliseconds() - before;
    }
    free(bytes);
    return is_well;
}

/* How it ended, in words that say what the document did. */
static bool tell_end(const struct helper_job *job, int status,
                     const struct rusage *usage, struct error *error)
{
    unsigned limit =
        job->cpu_seconds > 0 ? job->cpu_seconds : HELPER_CPU_SECONDS;
    size_t memory = job->memory > 0 ? job->memory : HELPER_MEMORY;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
        return error_set(error, ERROR_BAD_INPUT,
                         "needs more than %zu MiB of memory to convert",
                         memory >> 20);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        return error_set(error, ERROR_BAD_INPUT,
                         "its converter tried what it may not and was stopped: "
                         "the file may be made to do harm");
    if (WIFSIGNALED(status) &&
        (WTERMSIG(status) == SIGXCPU ||
         usage->ru_utime.tv_sec + usage->ru_stime.tv_sec >= (time_t)limit))
        return error_set(error, ERROR_BAD_INPUT,
                         "needs more than %u s of computing to convert", limit);
    if (WIFSIGNALED(status))
        return error_set(error, ERROR_BAD_INPUT,
                         "its converter crashed (signal %d)", WTERMSIG(status));
    return error_set(error, ERROR_IO, "its converter cannot run (%d)",
                     WEXITSTATUS(status));
}

static bool reap(const struct helper_job *job, pid_t child, bool is_heard,
                 struct error *error)
{
    int status;
    struct rusage usage = {0};
    pid_t ended;
    if (!is_heard)
        kill(child, SIGKILL);
    do
        ended = wait4(child, &status, 0, &usage);
    while (ended < 0 && errno == EINTR);
    if (!is_heard)
        return false; /* the error says why */
    if (ended < 0)
        return error_errno(error, errno, "cannot wait for a helper");
    return tell_end(job, status, &usage, error);
}

static bool run_with(const struct helper_job *job, int input, int errors,
                     int pipe_ends[2], struct error *error)
{
    char cpu[16], memory[24];
    unsigned seconds =
        job->cpu_seconds > 0 ? job->cpu_seconds : HELPER_CPU_SECONDS;
    snprintf(cpu, sizeof cpu, "%u", seconds);
    snprintf(memory, sizeof memory, "%zu",
             job->memory > 0 ? job->memory : HELPER_MEMORY);
    char *argv[] = {(char *)(uintptr_t)job->program,
                    (char *)(uintptr_t)job->kind,
                    cpu,
                    memory,
                    (char *)(uintptr_t)(job->is_unsafe ? "unsafe" : "safe"),
                    NULL};
    struct spawn spawn = {.program = job->program,
                          .argv = argv,
                          .input = input,
                          .output = pipe_ends[1],
                          .errors = errors};
    snprintf(spawn.user_map, sizeof spawn.user_map, "0 %u 1", geteuid());
    snprintf(spawn.group_map, sizeof spawn.group_map, "0 %u 1", getegid());
    pid_t child = spawn_child(&spawn, error);
    close(pipe_ends[1]);
    if (child < 0)
        return false;
    return reap(job, child, listen_to(job, pipe_ends[0], error), error);
}

/* What libraries say on stderr is no business of the person's terminal; of
 * sanitizers we want to hear. */
static int open_errors(void)
{
    return HAS_SANITIZER ? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
                         : open("/dev/null", O_WRONLY | O_CLOEXEC);
}

bool helper_run(const struct helper_job *job, struct error *error)
{
    int ends[2];
    int input = sealed_file(job->input, error);
    if (input < 0)
        return false;
    int errors = open_errors();
    bool is_well = errors >= 0 && pipe2(ends, O_CLOEXEC) == 0;
    if (!is_well) {
        error_errno(error, errno, "cannot start a helper");
    } else {
        is_well = run_with(job, input, errors, ends, error);
        close(ends[0]);
    }
    if (errors >= 0)
        close(errors);
    close(input);
    return is_well;
}

static bool own_folder(char folder[PATH_MAX])
{
    if (realpath("/proc/self/exe", folder) == NULL)
        return false;
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    return true;
}

static bool is_there(const char *folder, const char *place, const char *name,
                     char path[PATH_MAX])
{
    int length =
        snprintf(path, PATH_MAX, "%s/%s/madai-convert-%s", folder, place, name);
    return length > 0 && length < PATH_MAX && access(path, X_OK) == 0;
}

bool helper_find(const char *name, char path[PATH_MAX], struct error *error)
{
    static const char *const places[] = {
        "src/intake/formats",    "../libexec/madai",
        "../src/intake/formats", "../../src/intake/formats",
        "../../libexec/madai",
    };
    char folder[PATH_MAX];
    const char *given = getenv("MADAI_HELPERS");
    if (given != NULL && *given != '\0')
        return is_there(given, ".", name, path) ||
               error_set(error, ERROR_NOT_FOUND,
                         "MADAI_HELPERS has no madai-convert-%s", name);
    if (own_folder(folder))
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            if (is_there(folder, places[i], name, path))
                return true;
    return error_set(error, ERROR_NOT_FOUND,
                     "the converter madai-convert-%s is not installed", name);
}
