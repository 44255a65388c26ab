/*
 * passphrase.c - see passphrase.h.
 */
#include "passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

void passphrase_wipe(struct passphrase *passphrase)
{
    explicit_bzero(passphrase, sizeof *passphrase);
}

/* One line without its end. */
static bool read_line(int descriptor, struct passphrase *passphrase,
                      struct error *error)
{
    passphrase->length = 0;
    for (;;) {
        char byte;
        ssize_t count = read(descriptor, &byte, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return error_errno(error, errno, "cannot read the passphrase");
        if (count == 0 || byte == '\n')
            break;
        if (passphrase->length == sizeof passphrase->bytes)
            return error_set(error, ERROR_USAGE, "the passphrase is too long");
        passphrase->bytes[passphrase->length++] = byte;
    }
    return passphrase->length > 0 ||
           error_set(error, ERROR_USAGE, "the passphrase is empty");
}

static bool ask(int terminal, const char *words, struct passphrase *passphrase,
                struct error *error)
{
    struct termios before, silent;
    if (tcgetattr(terminal, &before) != 0)
        return error_errno(error, errno, "cannot ask for the passphrase");
    silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    silent.c_lflag |= ECHONL;
    bool is_asked = write(terminal, words, strlen(words)) >= 0 &&
                    tcsetattr(terminal, TCSAFLUSH, &silent) == 0;
    bool is_read = is_asked && read_line(terminal, passphrase, error);
    tcsetattr(terminal, TCSAFLUSH, &before);
    return is_read || (is_asked ? false
                                : error_errno(error, errno,
                                              "cannot ask for the passphrase"));
}

static bool ask_for(bool is_new, struct passphrase *passphrase,
                    struct error *error)
{
    struct passphrase again = {.length = 0};
    int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0)
        return error_set(error, ERROR_USAGE,
                         "no terminal to ask for the passphrase on; use "
                         "--passphrase-file");
    bool is_well = ask(terminal, "Passphrase: ", passphrase, error) &&
                   (!is_new || ask(terminal, "Again: ", &again, error));
    close(terminal);
    if (is_well && is_new &&
        (again.length != passphrase->length ||
         memcmp(again.bytes, passphrase->bytes, again.length) != 0))
        is_well = error_set(error, ERROR_USAGE, "the two are not the same");
    passphrase_wipe(&again);
    return is_well;
}

bool passphrase_get(const char *file, bool is_new,
                    struct passphrase *passphrase, struct error *error)
{
    if (file == NULL)
        return ask_for(is_new, passphrase, error);
    int descriptor = open(file, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return error_errno(error, errno, "cannot open the passphrase's file");
    bool is_read = read_line(descriptor, passphrase, error);
    close(descriptor);
    return is_read;
}
