/*
 * sandbox.c - see sandbox.h. Kernel interfaces: Documentation/userspace-api,
 * landlock.rst and seccomp_filter.rst; user_namespaces(7), pivot_root(2).
 */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sanitizer.h"

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define OWN_ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

static bool limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
    const struct rlimit value = {soft, hard};
    return setrlimit(what, &value) == 0;
}

static bool set_limits(const struct sandbox_plan *plan)
{
    const rlim_t descriptors = plan->folders != NULL ? 64 : 3;
    bool is_set = limit(RLIMIT_CPU, plan->cpu_seconds, plan->cpu_seconds + 1) &&
                  limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0) &&
                  limit(RLIMIT_NPROC, 0, 0) && limit(RLIMIT_MEMLOCK, 0, 0) &&
                  limit(RLIMIT_MSGQUEUE, 0, 0) &&
                  limit(RLIMIT_NOFILE, descriptors, descriptors);
    return is_set &&
           (HAS_SANITIZER || limit(RLIMIT_AS, plan->memory, plan->memory));
}

/* Only in namespaces of our own may we do this; elsewhere it fails. */
static bool empty_mounts(void)
{
    static const char place[] = "/tmp";
    const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY;
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("none", place, "tmpfs", flags, "size=4k") == 0 &&
           chdir(place) == 0 && syscall(SYS_pivot_root, ".", ".") == 0 &&
           umount2(".", MNT_DETACH) == 0 && chdir("/") == 0;
}

/* A first process has the name of its namespace's first: number 1. */
static bool has_namespaces(void) { return getpid() == 1; }

static bool drop_privileges(void)
{
    struct __user_cap_header_struct head = {.version =
                                                _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {{0}, {0}};
    bool is_dropped = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                      prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    return is_dropped && syscall(SYS_capset, &head, none) == 0;
}

/* The newest form; older kernels take as many bytes of it as they know. */
struct ruleset {
    uint64_t files, tcp, scopes;
};

/* All rights of a version of Landlock's interface. */
static struct ruleset rights_of(long version, size_t *size)
{
    struct ruleset all = {.files = ((uint64_t)1 << 13) - 1};
    *size = sizeof all.files;
    if (version >= 2)
        all.files |= (uint64_t)1 << 13; /* links between folders */
    if (version >= 3)
        all.files |= (uint64_t)1 << 14; /* truncate */
    if (version >= 5)
        all.files |= (uint64_t)1 << 15; /* calls to devices */
    if (version >= 4) {
        all.tcp = 3; /* bind, connect */
        *size = sizeof all.files + sizeof all.tcp;
    }
    if (version >= 6) {
        all.scopes = 3; /* abstract sockets, signals */
        *size = sizeof all;
    }
    return all;
}

static void allow_folder(int rules, const char *folder)
{
    struct landlock_path_beneath_attr rule = {
        .allowed_access =
            LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = open(folder, O_PATH | O_CLOEXEC)};
    if (rule.parent_fd < 0)
        return; /* not there: nothing to allow */
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
}

static bool set_landlock(const struct sandbox_plan *plan)
{
    size_t size;
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
                           LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return false;
    const struct ruleset all = rights_of(version, &size);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
    if (rules < 0)
        return false;
    for (const char *const *folder = plan->folders;
         folder != NULL && *folder != NULL; folder++)
        allow_folder(rules, *folder);
    bool is_set = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return is_set;
}

#ifdef OWN_ARCHITECTURE

/* What a parser needs that only computes. */
static const int allowed[] = {
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_lseek,
    SYS_close,
    SYS_fstat,
    SYS_munmap,
    SYS_mremap,
    SYS_brk,
    SYS_madvise,
    SYS_exit,
    SYS_exit_group,
    SYS_futex,
    SYS_rt_sigreturn,
    SYS_rt_sigprocmask,
    SYS_restart_syscall,
    SYS_clock_gettime,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getrandom,
    SYS_getpid,
    SYS_gettid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_sysinfo,
    SYS_sigaltstack,
#ifdef SYS_time
    SYS_time,
#endif
};

/* What libraries try in passing and can do without: refused, not fatal. */
static const int refused[] = {
    SYS_openat,       SYS_openat2,    SYS_newfstatat, SYS_statx,
    SYS_faccessat,    SYS_faccessat2, SYS_readlinkat, SYS_getdents64,
    SYS_getcwd,       SYS_ioctl,      SYS_fcntl,      SYS_uname,
    SYS_rt_sigaction, SYS_prctl,      SYS_statfs,     SYS_fstatfs,
    SYS_fadvise64,    SYS_membarrier, SYS_rseq,       SYS_set_robust_list,
    SYS_getrusage,    SYS_times,      SYS_msync,      SYS_mlock,
#ifdef SYS_open
    SYS_open,         SYS_stat,       SYS_lstat,      SYS_access,
    SYS_readlink,     SYS_getdents,
#endif
};

/* Besides, where files may be read: Landlock says which. */
static const int for_reading[] = {
    SYS_newfstatat, SYS_statx,      SYS_faccessat, SYS_faccessat2,
    SYS_readlinkat, SYS_getdents64, SYS_fadvise64, SYS_statfs,
    SYS_fstatfs,
#ifdef SYS_open
    SYS_stat,       SYS_lstat,      SYS_access,    SYS_readlink,
#endif
};

enum { PROGRAM_MAX = 256 };
struct program {
    struct sock_filter steps[PROGRAM_MAX];
    unsigned short count;
};

static void put(struct program *program, uint16_t code, uint8_t if_true,
                uint8_t if_false, uint32_t value)
{
    program->steps[program->count++] =
        (struct sock_filter){code, if_true, if_false, value};
}

static void load(struct program *program, size_t offset)
{
    put(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

static void answer(struct program *program, uint32_t answer)
{
    put(program, BPF_RET | BPF_K, 0, 0, answer);
}

/* If this call: this answer. The number is in the register before and after. */
static void call(struct program *program, int number, uint32_t what)
{
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (uint32_t)number);
    answer(program, what);
}

/* Low half of an argument: the halves above must not matter to the call. */
static size_t argument(unsigned index)
{
    return offsetof(struct seccomp_data, args) + index * sizeof(uint64_t);
}

/* If this call: allowed where none of the bits of its argument are set. */
static void call_without(struct program *program, int number, unsigned index,
                         uint32_t bits, uint32_t otherwise)
{
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (uint32_t)number);
    load(program, argument(index));
    put(program, BPF_JMP | BPF_JSET | BPF_K, 1, 0, bits);
    answer(program, SECCOMP_RET_ALLOW);
    answer(program, otherwise);
}

/* If this call: allowed where its argument is this. */
static void call_with(struct program *program, int number, unsigned index,
                      uint32_t value, uint32_t otherwise)
{
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (uint32_t)number);
    load(program, argument(index));
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
    answer(program, SECCOMP_RET_ALLOW);
    answer(program, otherwise);
}

/* getrlimit, and never setrlimit: both halves of the pointer must be 0. */
static void call_limits(struct program *program, uint32_t denied)
{
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 6, SYS_prlimit64);
    load(program, argument(2));
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 0);
    load(program, argument(2) + 4);
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    answer(program, SECCOMP_RET_ALLOW);
    answer(program, denied);
}

static void calls_for_files(struct program *program)
{
    const uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    const uint32_t denied = SECCOMP_RET_ERRNO | EACCES;
    for (size_t i = 0; i < sizeof for_reading / sizeof *for_reading; i++)
        call(program, for_reading[i], SECCOMP_RET_ALLOW);
    call_without(program, SYS_openat, 2, writing, denied);
#ifdef SYS_open
    call_without(program, SYS_open, 1, writing, denied);
#endif
}

static void write_program(struct program *program, bool has_files)
{
    const uint32_t denied = SECCOMP_RET_ERRNO | EPERM;
    load(program, offsetof(struct seccomp_data, arch));
    put(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, OWN_ARCHITECTURE);
    answer(program, SECCOMP_RET_KILL_PROCESS);
    load(program, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        call(program, allowed[i], SECCOMP_RET_ALLOW);
    /* Each of these leaves an argument in the register when it answers, and
     * the number when it does not concern the call. */
    call_without(program, SYS_mmap, 2, PROT_EXEC, SECCOMP_RET_KILL_PROCESS);
    call_without(program, SYS_mprotect, 2, PROT_EXEC, SECCOMP_RET_KILL_PROCESS);
    /* abort() is a signal to oneself. */
    call_with(program, SYS_tgkill, 0, (uint32_t)getpid(),
              SECCOMP_RET_KILL_PROCESS);
    call_limits(program, denied);
    if (has_files)
        calls_for_files(program);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        call(program, refused[i],
             refused[i] == SYS_ioctl ? SECCOMP_RET_ERRNO | ENOTTY
                                     : SECCOMP_RET_ERRNO | EACCES);
    answer(program, SECCOMP_RET_KILL_PROCESS);
}

static bool set_seccomp(bool has_files)
{
    struct program program = {.count = 0};
    write_program(&program, has_files);
    const struct sock_fprog filter = {program.count, program.steps};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                   HAS_SANITIZER ? SECCOMP_FILTER_FLAG_TSYNC : 0, &filter) == 0;
}

#else

static bool set_seccomp(bool has_files)
{
    (void)has_files;
    return false; /* a machine whose numbers we do not know */
}

#endif

uint32_t sandbox_close(const struct sandbox_plan *plan)
{
    uint32_t in_force = 0;
    if (has_namespaces()) {
        in_force |= SANDBOX_NAMESPACES;
        if (plan->folders == NULL && empty_mounts())
            in_force |= SANDBOX_MOUNTS;
    }
    if (drop_privileges())
        in_force |= SANDBOX_PRIVILEGES;
    if (set_landlock(plan))
        in_force |= SANDBOX_LANDLOCK;
    if (set_limits(plan))
        in_force |= SANDBOX_LIMITS;
    if (set_seccomp(plan->folders != NULL))
        in_force |= SANDBOX_SECCOMP;
    return in_force;
}
