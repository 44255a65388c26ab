/*
 * terminal.c - see terminal.h.
 */
#include "terminal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <utf8proc.h>

#include "utf8.h"

/* The pager's process, or 0; and whether a status line stands on stderr.
 * Both are of the process, as standard output itself is. */
static volatile sig_atomic_t pager;
static volatile sig_atomic_t has_status;
static pthread_mutex_t status_lock = PTHREAD_MUTEX_INITIALIZER;

static unsigned columns_of(const char *digits)
{
    char *end;
    unsigned long value = strtoul(digits, &end, 10);
    bool is_number = *digits >= '0' && *digits <= '9' && *end == '\0';
    return is_number && value <= 10000 ? (unsigned)value : 0;
}

struct terminal terminal_look(void)
{
    /* Lines longer than a book's are tiring to read. */
    enum { PIPE_WIDTH = 80, NARROWEST = 32, WIDEST = 100 };
    struct terminal terminal = {.width = PIPE_WIDTH};
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    const char *name = getenv("TERM");
    const char *no_colour = getenv("NO_COLOR");
    terminal.is_terminal = isatty(STDOUT_FILENO) == 1;
    if (columns != NULL && columns_of(columns) > 0)
        terminal.width = columns_of(columns);
    else if (terminal.is_terminal &&
             ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        terminal.width = size.ws_col;
    if (terminal.width < NARROWEST)
        terminal.width = NARROWEST;
    if (terminal.width > WIDEST)
        terminal.width = WIDEST;
    /* https://no-color.org: set and not empty, whatever it says. */
    terminal.has_colour = terminal.is_terminal &&
                          (no_colour == NULL || *no_colour == '\0') &&
                          (name == NULL || strcmp(name, "dumb") != 0);
    return terminal;
}

/* On a signal: let the pager put the screen right, then die of the same. */
static void end_by_signal(int number)
{
    if (has_status && write(STDERR_FILENO, "\r\033[K", 4) < 0)
        _exit(128 + number);
    if (pager > 0) {
        close(STDOUT_FILENO);
        waitpid((pid_t)pager, NULL, 0);
    }
    signal(number, SIG_DFL);
    raise(number);
}

/* What was to be ignored (nohup) stays so. Calling it again does no harm. */
static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = end_by_signal};
    struct sigaction before;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 &&
            before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
}

static _Noreturn void become_pager(const char *command, const int ends[2])
{
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);
    signal(SIGPIPE, SIG_DFL);
    /* -F: no paging of what fits; -R: our colours; -X: leave it standing. */
    setenv("LESS", "FRX", 0);
    setenv("LESSCHARSET", "utf-8", 0);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* Whether the shell would find the first word of the command. */
static bool has_command(const char *name)
{
    const char *path = getenv("PATH");
    char file[512];
    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");
        snprintf(file, sizeof file, "%.*s/%s", (int)length, path, name);
        if (access(file, X_OK) == 0)
            return true;
        path += length + (path[length] == ':' ? 1 : 0);
    }
    return false;
}

void terminal_page(const struct terminal *terminal)
{
    const char *command = getenv("PAGER");
    int ends[2];
    if (!terminal->is_terminal)
        return;
    if (command == NULL)
        command = has_command("less") ? "less" : "";
    if (*command == '\0' || strcmp(command, "cat") == 0 || pipe(ends) != 0)
        return;
    pid_t child = fork();
    if (child == 0)
        become_pager(command, ends);
    if (child > 0) {
        pager = (sig_atomic_t)child;
        dup2(ends[1], STDOUT_FILENO);
        catch_signals();
    }
    close(ends[0]);
    close(ends[1]);
}

void terminal_end(void)
{
    terminal_status(NULL);
    if (pager <= 0)
        return;
    close(STDOUT_FILENO);
    /* Ctrl-C is for the pager now: less ends a search with it. */
    signal(SIGINT, SIG_IGN);
    while (waitpid((pid_t)pager, NULL, 0) < 0 && errno == EINTR)
        ;
    pager = 0;
}

/* Marks that turn the direction of what follows, or hide it (the "Trojan
 * Source" marks, CVE-2021-42574). A right-to-left letter does no harm. */
static bool is_direction_mark(uint32_t code_point)
{
    return (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

static bool is_space(uint32_t code_point)
{
    switch (utf8proc_category((utf8proc_int32_t)code_point)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return (code_point >= 0x09 && code_point <= 0x0D) ||
               code_point == 0x85 || code_point == 0xFEFF;
    }
}

/* The visible mark of a control, or the code point itself. */
static uint32_t visible(uint32_t code_point)
{
    if (code_point < 0x20)
        return 0x2400 + code_point; /* U+241B for escape, and so on */
    if (code_point == 0x7F)
        return 0x2421;
    /* U+0080..9F: a terminal may take them for two-byte escapes. */
    if (code_point == UTF8_INVALID || (code_point >= 0x80 && code_point < 0xA0))
        return 0xFFFD;
    return code_point;
}

struct terminal_glyph terminal_glyph(uint32_t code_point)
{
    struct terminal_glyph glyph = {.columns = 1};
    if (code_point != UTF8_INVALID && is_space(code_point)) {
        glyph.bytes[0] = ' ';
        glyph.length = 1;
        glyph.is_space = true;
        return glyph;
    }
    if (is_direction_mark(code_point)) {
        glyph.length = (uint8_t)snprintf(glyph.bytes, sizeof glyph.bytes,
                                         "<%04X>", code_point);
        glyph.columns = glyph.length;
        glyph.is_substitute = true;
        return glyph;
    }
    uint32_t shown = visible(code_point);
    int columns = utf8proc_charwidth((utf8proc_int32_t)shown);
    glyph.is_substitute = shown != code_point;
    glyph.length = (uint8_t)utf8_encode(shown, glyph.bytes);
    glyph.columns = (uint8_t)(columns < 0 ? 0 : columns);
    return glyph;
}

/* Copies the words, made safe, as far as they go; returns the length. */
static size_t make_safe(char *room, size_t size, const char *words)
{
    struct slice text = slice_of(words);
    size_t length = 0;
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        struct terminal_glyph glyph = terminal_glyph(unit.code_point);
        if (length + glyph.length > size)
            break;
        memcpy(room + length, glyph.bytes, glyph.length);
        length += glyph.length;
        at += unit.length;
    }
    return length;
}

void terminal_complain(int descriptor, const char *words)
{
    char line[1024] = "madai: ";
    size_t length = strlen(line);
    length += make_safe(line + length, sizeof line - length - 1, words);
    line[length++] = '\n';
    terminal_status(NULL);
    /* Where even this cannot be said, nobody is left to tell. */
    if (write(descriptor, line, length) < 0)
        return;
}

void terminal_status(const char *words)
{
    char line[256] = "\r\033[K";
    size_t length = strlen(line);
    pthread_mutex_lock(&status_lock);
    if (words != NULL)
        catch_signals();
    if (words != NULL)
        length += make_safe(line + length, sizeof line - length, words);
    if ((words != NULL || has_status) && write(STDERR_FILENO, line, length) < 0)
        has_status = 0;
    has_status = words != NULL;
    pthread_mutex_unlock(&status_lock);
}
