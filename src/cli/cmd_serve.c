/*
 * cmd_serve.c - `madai serve`: the case in the browser of this machine.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "add_telling.h"
#include "print.h"
#include "serve.h"

enum {
    SERVE_PORT = ADD_OWN,
    SERVE_OPEN,
    SERVE_BY,
    SERVE_WEB,
};

static const struct option_rule serve_rules[] = {
    {SERVE_PORT, "port", 0, "number"},
    {SERVE_OPEN, "open", 0, NULL},
    {SERVE_BY, "by", 0, "name"},
    {SERVE_WEB, "web-dir", 0, "folder"},
    {ADD_THREADS, "jobs", 'j', "number of threads"},
    {ADD_MODEL, "model", 0, "file"},
    {ADD_GAZETTEER, "gazetteer", 0, "file"},
};

static const char serve_help[] =
    "madai serve - read, check and decide in the browser\n"
    "\n"
    "Usage: madai serve [OPTION]... [CASE]\n"
    "\n"
    "Opens the CASE, or makes it where it is not there yet, for the browser\n"
    "of this machine alone, and prints the address, which one browser can use\n"
    "once. The Enter key prints another. It runs until it is ended (Ctrl-C);\n"
    "opened by a click, until ten minutes after the last page was closed.\n"
    "Without a CASE it is my-case.madai in your home. Nothing leaves the\n"
    "machine, and nobody else can look in.\n"
    "\n"
    "  --open               open the browser there\n"
    "  --port N             listen on this port, not on one that is free\n"
    "  --by NAME            who decides ($MADAI_BY, or your login name)\n"
    "  -j, --jobs N         read with N threads (all of the machine's)\n"
    "  --model FILE, --gazetteer FILE\n"
    "                       what to read with\n"
    "  --web-dir FOLDER     the page from there, to work on it\n"
    "  -h, --help           this text\n"
    "\n"
    "Examples:\n"
    "  madai serve --open nakuru.madai\n"
    "  madai serve --port 8437 nakuru.madai\n"
    "\n"
    "Exit codes: 0 it was ended, 2 wrong usage, 4 a limit or the machine.\n"
    "More: man madai\n";

struct knowing {
    const struct case_arguments *arguments;
    struct add_knowledge knowledge;
};

static bool know(void *context, const struct model **model,
                 const struct gazetteer **gazetteer, struct error *error)
{
    struct knowing *knowing = context;
    if (!add_knowledge_open(knowing->arguments, &knowing->knowledge, error))
        return false;
    *model = knowing->knowledge.model;
    *gazetteer = knowing->knowledge.gazetteer;
    return true;
}

/* xdg-open is what a Linux desktop has; where there is none the address stands
 * on the screen. */
static void open_browser(const char *address)
{
    extern char **environ;
    char program[] = "xdg-open", word[SERVE_ADDRESS_SIZE];
    char *words[] = {program, word, NULL};
    pid_t process;
    posix_spawnattr_t how;
    sigset_t none;
    sigemptyset(&none); /* ours are blocked */
    snprintf(word, sizeof word, "%s", address);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    if (posix_spawnp(&process, program, NULL, &how, words, environ) != 0)
        fputs("madai: no xdg-open here; open the address yourself\n", stderr);
    posix_spawnattr_destroy(&how);
}

static bool tell_address(struct server *server, bool opens, struct error *error)
{
    char address[SERVE_ADDRESS_SIZE];
    if (!serve_address(server, address, error))
        return false;
    printf("%s\n", address);
    if (fflush(stdout) != 0)
        return error_errno(error, errno, "standard output");
    if (opens)
        open_browser(address);
    return true;
}

/* Signals as bytes to read; -1 where the system has none. */
static int watch_signals(void)
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ending, NULL);
    return signalfd(-1, &ending, SFD_CLOEXEC);
}

/* Enter: another address. False: nobody is at the terminal any more. */
static bool take_line(struct server *server, struct error *error)
{
    char bytes[256];
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
    return count > 0 && tell_address(server, false, error);
}

/* Whoever started it by a click has nowhere to end it: some minutes after the
 * last page was closed it ends by itself. */
struct leaving {
    bool is_meant;
    unsigned unwatched; /* ticks */
};

static bool is_left(struct leaving *leaving, struct server *server)
{
    enum { TICKS_MAX = 60 };
    serve_tick(server);
    leaving->unwatched = serve_is_watched(server) ? 0 : leaving->unwatched + 1;
    return leaving->is_meant && leaving->unwatched > TICKS_MAX;
}

static bool wait_for_end(struct server *server, int signals, bool may_leave,
                         struct error *error)
{
    enum { TICK = 10000 };
    struct leaving leaving = {.is_meant = may_leave && !isatty(STDIN_FILENO)};
    struct pollfd watched[2] = {
        {.fd = signals, .events = POLLIN},
        {.fd = isatty(STDIN_FILENO) ? STDIN_FILENO : -1, .events = POLLIN}};
    while (error->kind == ERROR_NONE) {
        int count = poll(watched, 2, TICK);
        if (count < 0 && errno != EINTR)
            return error_errno(error, errno, "waiting");
        if (count == 0 && is_left(&leaving, server))
            return true;
        if (count > 0 && watched[0].revents != 0)
            return true;
        if (count > 0 && watched[1].revents != 0 && !take_line(server, error))
            watched[1].fd = -1;
    }
    return false;
}

static bool make_if_missing(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) == 0 || errno != ENOENT)
        return true;
    struct casefile *casefile = casefile_create(path, error);
    casefile_close(casefile);
    return casefile != NULL || error_prefix(error, "%.150s", path);
}

/* For whoever opened the program, not a case. */
static void usual_case(char path[PATH_MAX])
{
    const char *home = getenv("HOME"); /* nobody changes it */
    snprintf(path, PATH_MAX, "%s/my-case.madai",
             home != NULL && *home != '\0' ? home : ".");
}

static bool options_of(const struct case_arguments *arguments,
                       struct serve *options, struct error *error)
{
    uint64_t port = 0;
    const char *word = arguments->values[SERVE_PORT];
    if (word != NULL && !case_number("--port", word, UINT16_MAX, &port, error))
        return false;
    options->case_path = arguments->path;
    options->reviewer = case_reviewer(arguments->values[SERVE_BY]);
    options->web_folder = arguments->values[SERVE_WEB];
    options->port = (uint16_t)port;
    return case_threads(arguments->values[ADD_THREADS], &options->threads,
                        error);
}

static enum exit_code serve(struct casefile *none,
                            const struct case_arguments *arguments,
                            struct error *error)
{
    struct knowing knowing = {.arguments = arguments};
    struct serve options = {.know = know, .context = &knowing};
    bool opens = arguments->values[SERVE_OPEN] != NULL;
    char usual[PATH_MAX];
    (void)none;
    if (!options_of(arguments, &options, error))
        return EXIT_USAGE;
    if (options.case_path == NULL) {
        usual_case(usual);
        options.case_path = usual;
    }
    int signals = watch_signals();
    if (!make_if_missing(options.case_path, error))
        return EXIT_MACHINE;
    struct server *server = serve_start(&options, error);
    bool is_ended = server != NULL && tell_address(server, opens, error) &&
                    wait_for_end(server, signals, opens, error);
    serve_stop(server);
    add_knowledge_close(&knowing.knowledge);
    return is_ended ? EXIT_ALL_WELL : EXIT_MACHINE;
}

static const struct case_command serve_command = {
    .name = "serve",
    .help = serve_help,
    .rules = serve_rules,
    .rule_count = sizeof serve_rules / sizeof *serve_rules,
    .run = serve,
    .guesses = true,
};

static enum exit_code run_serve(int argc, char **argv)
{
    return case_command_run(&serve_command, argc, argv);
}

const struct command command_serve = {
    .name = "serve",
    .summary = "read, check and decide in the browser",
    .run = run_serve,
};
