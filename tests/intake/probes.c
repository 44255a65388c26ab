/*
 * probes.c - see probes.h. Each does what its name says and looks whether it
 * came off; most never come back.
 */
#include "probes.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static bool opens(const char *path, int flags)
{
    return open(path, flags | O_CLOEXEC, 0600) >= 0;
}

static bool open_passwords(void) { return opens("/etc/passwd", O_RDONLY); }
static bool open_folder(void) { return opens("/", O_RDONLY | O_DIRECTORY); }
static bool open_fonts(void) { return opens("/usr/share", O_RDONLY); }
static bool open_to_write(void)
{
    return opens("/tmp/madai-probe", O_WRONLY | O_CREAT);
}
static bool open_without_name(void)
{
    return opens("/tmp", O_TMPFILE | O_RDWR);
}
static bool open_by_newer_call(void)
{
    const struct {
        uint64_t flags, mode, resolve;
    } how = {0};
    return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", &how, sizeof how) >= 0;
}
static bool open_own_memory(void) { return opens("/proc/self/mem", O_RDWR); }
static bool open_first_process(void)
{
    return opens("/proc/1/environ", O_RDONLY);
}
static bool open_descriptor_again(void)
{
    return opens("/proc/self/fd/0", O_RDWR);
}
static bool make_folder(void) { return mkdir("/tmp/madai-probe.d", 0700) == 0; }
static bool make_link(void)
{
    return symlink("/etc/passwd", "/tmp/madai-probe.l") == 0;
}
static bool remove_file(void) { return unlink("/tmp/madai-probe") == 0; }
static bool rename_file(void)
{
    return rename("/tmp/madai-probe", "/tmp/madai-probe2") == 0;
}
static bool change_mode(void) { return chmod("/tmp", 01777) == 0; }
static bool make_device(void)
{
    return mknod("/tmp/madai-probe.n", S_IFIFO | 0600, 0) == 0;
}

static bool socket_of_net(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }
static bool socket_of_names(void)
{
    return socket(AF_INET, SOCK_DGRAM, 0) >= 0;
}
static bool socket_of_machine(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}
static bool socket_of_kernel(void)
{
    return socket(AF_NETLINK, SOCK_RAW, 0) >= 0;
}
static bool socket_pair(void)
{
    int ends[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0;
}
static bool connect_on_standard_input(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
    return connect(0, (struct sockaddr *)&to, sizeof to) == 0;
}

static bool execute(void)
{
    char *const argv[] = {(char *)(uintptr_t) "/bin/true", NULL};
    execve(argv[0], argv, argv + 1);
    return false; /* outside, the program becomes another, which ends well */
}
static bool execute_by_descriptor(void)
{
    char *const argv[] = {NULL};
    return syscall(SYS_execveat, 0, "", argv, argv, AT_EMPTY_PATH) == 0;
}
static bool split(void)
{
    pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child;
}
static bool fork_bomb(void)
{
    bool is_split = false;
    for (int i = 0; i < 8; i++) {
        pid_t child = fork();
        if (child == 0)
            _exit(0);
        is_split = is_split || child > 0;
    }
    while (wait(NULL) > 0)
        ;
    return is_split;
}
static void *do_nothing(void *context) { return context; }
static bool start_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, do_nothing, NULL) == 0 &&
           pthread_join(thread, NULL) == 0;
}
static bool split_by_newer_call(void)
{
    struct {
        uint64_t words[11];
    } how = {.words = {[4] = SIGCHLD}};
    long child = syscall(SYS_clone3, &how, sizeof how);
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid((pid_t)child, NULL, 0) == child;
}

static bool trace_parent(void)
{
    return ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0;
}
static bool trace_self(void) { return ptrace(PTRACE_TRACEME, 0, 0, 0) == 0; }
static bool read_parent(void)
{
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)(uintptr_t)0x400000, 1};
    return process_vm_readv(getppid(), &here, 1, &there, 1, 0) == 1;
}
static bool signal_parent(void) { return kill(getppid(), 0) == 0; }
static bool signal_all(void) { return kill(-1, 0) == 0; }
static bool signal_thread_of_parent(void)
{
    return syscall(SYS_tgkill, getppid(), getppid(), 0) == 0;
}
static bool open_process(void)
{
    return syscall(SYS_pidfd_open, getppid(), 0) >= 0;
}
static bool queue_signal(void)
{
    siginfo_t about = {.si_code = -1};
    return syscall(SYS_rt_sigqueueinfo, getppid(), SIGUSR1, &about) == 0;
}

static bool copy_descriptor(void) { return dup2(1, 2) == 2; }
static bool move_descriptor(void) { return fcntl(1, F_DUPFD, 0) >= 0; }
static bool write_to_document(void) { return pwrite(0, "x", 1, 0) == 1; }
static bool cut_document(void) { return ftruncate(0, 0) == 0; }
static bool map_document_to_write(void)
{
    return mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, 0, 0) !=
           MAP_FAILED;
}
static bool make_file_in_memory(void)
{
    return syscall(SYS_memfd_create, "x", 0U) >= 0;
}
static bool map_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}
static bool make_data_code(void)
{
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED &&
           mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool call_ring(void)
{
    char room[256] = {0};
    return syscall(SYS_io_uring_setup, 1, room) >= 0;
}
static bool call_filter(void)
{
    char room[128] = {0};
    return syscall(SYS_bpf, 5, room, sizeof room) >= 0;
}
static bool call_counters(void)
{
    char room[128] = {0};
    return syscall(SYS_perf_event_open, room, 0, -1, -1, 0) >= 0;
}
static bool catch_faults(void) { return syscall(SYS_userfaultfd, 0) >= 0; }
static bool leave_namespaces(void) { return unshare(CLONE_NEWUSER) == 0; }
static bool join_namespace(void) { return setns(0, 0) == 0; }
static bool mount_something(void)
{
    return mount("none", "/tmp", "tmpfs", 0, NULL) == 0;
}
static bool change_root(void) { return chroot("/") == 0; }
static bool use_keys(void) { return syscall(SYS_keyctl, 0, -3, 1, 0, 0) >= 0; }
static bool share_memory(void)
{
    return shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) >= 0;
}
static bool queue_messages(void)
{
    return msgget(IPC_PRIVATE, IPC_CREAT | 0600) >= 0;
}
static bool watch_files(void) { return inotify_init1(0) >= 0; }
static bool count_events(void) { return eventfd(0, 0) >= 0; }
static bool raise_limits(void)
{
    struct rlimit now;
    if (getrlimit(RLIMIT_CPU, &now) != 0)
        return false;
    now.rlim_cur = now.rlim_max = RLIM_INFINITY;
    return setrlimit(RLIMIT_CPU, &now) == 0;
}
static bool change_personality(void)
{
    return personality(ADDR_NO_RANDOMIZE) != -1;
}
static bool be_dumpable(void) { return prctl(PR_SET_DUMPABLE, 1) == 0; }
static bool push_keys(void) { return ioctl(1, TIOCSTI, "x") == 0; }
static bool become_somebody(void) { return setuid(65534) == 0; }
static bool reboot_machine(void)
{
    return syscall(SYS_reboot, 0xfee1dead, 672274793, 0, NULL) == 0;
}

/* Beyond any limit, and never given back. The sanitizers need more addresses
 * than any limit has, so there it has none. */
static bool take_memory(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#endif
    size_t taken = 0;
    for (; taken < (size_t)3 << 30; taken += (size_t)64 << 20) {
        char *piece = mmap(NULL, (size_t)64 << 20, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (piece == MAP_FAILED)
            return false;
        *piece = 1;
    }
    return true;
}
static bool spin(void)
{
    volatile bool goes_on = true;
    while (goes_on)
        ;
    return true;
}

const struct probe probes[] = {
    {"open passwords", open_passwords, true},
    {"open folder", open_folder, true},
    {"open fonts", open_fonts, true},
    {"open to write", open_to_write, true},
    {"open without name", open_without_name, false},
    {"open by newer call", open_by_newer_call, true},
    {"open own memory", open_own_memory, false},
    {"open first process", open_first_process, false},
    {"open descriptor again", open_descriptor_again, false},
    {"make folder", make_folder, false},
    {"make link", make_link, false},
    {"remove file", remove_file, false},
    {"rename file", rename_file, false},
    {"change mode", change_mode, false},
    {"make device", make_device, false},
    {"socket of net", socket_of_net, true},
    {"socket of names", socket_of_names, true},
    {"socket of machine", socket_of_machine, true},
    {"socket of kernel", socket_of_kernel, false},
    {"socket pair", socket_pair, true},
    {"connect on standard input", connect_on_standard_input, false},
    {"execute", execute, false},
    {"execute by descriptor", execute_by_descriptor, false},
    {"split", split, true},
    {"fork bomb", fork_bomb, true},
    {"start thread", start_thread, true},
    {"split by newer call", split_by_newer_call, false},
    {"trace parent", trace_parent, false},
    {"trace self", trace_self, false},
    {"read parent", read_parent, false},
    {"signal parent", signal_parent, true},
    {"signal all", signal_all, false},
    {"signal thread of parent", signal_thread_of_parent, false},
    {"open process", open_process, false},
    {"queue signal", queue_signal, false},
    {"copy descriptor", copy_descriptor, true},
    {"move descriptor", move_descriptor, true},
    {"write to document", write_to_document, false},
    {"cut document", cut_document, false},
    {"map document to write", map_document_to_write, false},
    {"make file in memory", make_file_in_memory, true},
    {"map code", map_code, true},
    {"make data code", make_data_code, true},
    {"call ring", call_ring, false},
    {"call filter", call_filter, false},
    {"call counters", call_counters, false},
    {"catch faults", catch_faults, false},
    {"leave namespaces", leave_namespaces, false},
    {"join namespace", join_namespace, false},
    {"mount something", mount_something, false},
    {"change root", change_root, false},
    {"use keys", use_keys, false},
    {"share memory", share_memory, true},
    {"queue messages", queue_messages, true},
    {"watch files", watch_files, true},
    {"count events", count_events, true},
    {"raise limits", raise_limits, false},
    {"change personality", change_personality, false},
    {"be dumpable", be_dumpable, true},
    {"push keys", push_keys, false},
    {"become somebody", become_somebody, false},
    {"reboot machine", reboot_machine, false},
    {"take memory", take_memory, false},
    {"spin", spin, false},
};
const size_t probe_count = sizeof probes / sizeof *probes;
