/*
 * casefile.c - see casefile.h.
 */
#include "casefile.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "casefile_parts.h"
#include "casefile_unsafe.h"
#include "entries.h"
#include "sql.h"

#define APPLICATION_ID 1835099233 /* "mada" */
#define WAIT_USUAL 10000

void casefile_time(char time_text[CASEFILE_TIME_SIZE])
{
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(time_text, CASEFILE_TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

void casefile_wait(struct casefile *casefile, unsigned milliseconds)
{
    casefile->wait = milliseconds;
    sqlite3_busy_timeout(casefile->database, (int)milliseconds);
}

void casefile_share(struct casefile *casefile) { casefile->is_shared = true; }

/* SQLite's locks are fcntl's on these bytes (its os.h), so the system knows
 * who holds one. Our own connection holds none after it was told "busy", so
 * closing a second descriptor, which drops a process's locks, does no harm. */
static pid_t holder_of(const char *path)
{
    struct flock lock = {.l_type = F_WRLCK,
                         .l_whence = SEEK_SET,
                         .l_start = 0x40000000,
                         .l_len = 512};
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return 0;
    bool is_held =
        fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(descriptor);
    return is_held ? lock.l_pid : 0;
}

/* The first word of the process's command line, or an empty string. */
static void name_of_process(pid_t process, char name[32])
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/comm", (long)process);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = descriptor < 0 ? 0 : read(descriptor, name, 31);
    if (descriptor >= 0)
        close(descriptor);
    name[length > 0 ? length : 0] = '\0';
    name[strcspn(name, "\n")] = '\0';
}

bool casefile_say_holder(const struct casefile *casefile, struct error *error)
{
    char name[32];
    pid_t process = casefile->is_shared ? 0 : holder_of(casefile->path);
    if (process <= 0)
        return error_set(error, ERROR_IO,
                         "another program is using the case; waited %u s",
                         casefile->wait / 1000);
    name_of_process(process, name);
    return error_set(error, ERROR_IO,
                     "%s (process %ld) is using the case; waited %u s",
                     *name != '\0' ? name : "another program", (long)process,
                     casefile->wait / 1000);
}

/* Hostile or broken files are told early, and nothing in a schema runs. */
static bool defend(struct casefile *casefile)
{
    sqlite3 *database = casefile->database;
    static const int settings[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (sqlite3_db_config(database, settings[i][0], settings[i][1], NULL) !=
            SQLITE_OK)
            return false;
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    return true;
}

/* A connection with its settings; nothing was read of the file yet. */
static struct casefile *connect_to(const char *path, int flags,
                                   struct error *error)
{
    struct casefile *casefile = calloc(1, sizeof *casefile);
    if (casefile == NULL || (casefile->path = strdup(path)) == NULL) {
        free(casefile);
        error_set(error, ERROR_LIMIT, "no memory for the case");
        return NULL;
    }
    int code = sqlite3_open_v2(
        path, &casefile->database,
        flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (casefile->database == NULL)
        error_set(error, ERROR_LIMIT, "no memory for the case");
    else if (code != SQLITE_OK || !defend(casefile))
        sql_failed(casefile, error);
    else if ((casefile->hash = sha256_new(error)) != NULL) {
        casefile_wait(casefile, WAIT_USUAL);
        return casefile;
    }
    casefile_close(casefile);
    return NULL;
}

void casefile_close(struct casefile *casefile)
{
    if (casefile == NULL)
        return;
    casefile_rollback(casefile);
    for (size_t i = 0; i < QUERY_COUNT; i++)
        sqlite3_finalize(casefile->statements[i]);
    int code = sqlite3_close(casefile->database);
    assert(code == SQLITE_OK);
    (void)code;
    sha256_free(casefile->hash);
    free(casefile->kept_as);
    free(casefile->path);
    free(casefile);
}

const char *casefile_kept_as(const struct casefile *casefile)
{
    return casefile->kept_as;
}

static bool check_is_case(struct casefile *casefile, int64_t *its_version,
                          struct error *error)
{
    int64_t application, version;
    if (!sql_number(casefile, QUERY_APPLICATION_ID, &application, error) ||
        !sql_number(casefile, QUERY_SCHEMA_VERSION, &version, error))
        return false;
    *its_version = version;
    if (application != APPLICATION_ID)
        return error_set(error, ERROR_CORRUPT, "not a case file");
    if (version > CASEFILE_VERSION)
        return error_set(error, ERROR_USAGE,
                         "made by a newer madai (file version %lld, this "
                         "program knows %d); nothing was changed: open it "
                         "with that one",
                         (long long)version, CASEFILE_VERSION);
    if (version < 0)
        return error_set(error, ERROR_CORRUPT, "not a case file");
    return true;
}

/* What the queries say holds for the newest tables alone, so that also to look
 * at an older case one brings it forward. */
static bool bring_forward(struct casefile *casefile, int64_t version,
                          bool can_write, struct error *error)
{
    if (version == CASEFILE_VERSION)
        return true;
    if (!can_write)
        return error_set(error, ERROR_IO,
                         "made by an older madai (file version %lld); it has "
                         "to be brought forward, and cannot be written",
                         (long long)version);
    return casefile_migrate(casefile, version, error);
}

struct casefile *casefile_open(const char *path, enum casefile_mode mode,
                               struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        error_errno(error, errno, "cannot open");
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        error_set(error, ERROR_CORRUPT, "not a case file");
        return NULL;
    }
    /* Also to look at a case one may have to roll back what another program
     * left, which writes. */
    bool can_write = access(path, W_OK) == 0;
    struct casefile *casefile = connect_to(
        path, can_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, error);
    if (casefile == NULL)
        return NULL;
    int64_t version;
    if (!check_is_case(casefile, &version, error) ||
        !bring_forward(casefile, version, can_write, error) ||
        !sql_script(casefile, QUERY_SETTINGS, error) ||
        !search_functions_add(casefile, error) ||
        (mode == CASEFILE_WRITE && !can_write &&
         !error_set(error, ERROR_IO, "the case file cannot be written"))) {
        casefile_close(casefile);
        return NULL;
    }
    return casefile;
}

/* The tables and the first entry, in one transaction. */
static bool fill_new(struct casefile *casefile, struct error *error)
{
    if (!sql_script(casefile, QUERY_SETTINGS_NEW, error) ||
        !sql_script(casefile, QUERY_SETTINGS, error) ||
        !sql_script(casefile, QUERY_SETTINGS_JOURNAL, error) ||
        !sql_script(casefile, QUERY_BEGIN, error))
        return false;
    casefile->is_writing = true;
    return sql_script(casefile, QUERY_SCHEMA, error) &&
           entries_load(casefile, error) && entry_of_case(casefile, error) &&
           casefile_commit(casefile, error) &&
           search_functions_add(casefile, error);
}

struct casefile *casefile_create(const char *path, struct error *error)
{
    /* Made by us alone, and readable by its owner alone. */
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == EEXIST) {
        error_set(error, ERROR_USAGE, "is there already");
        return NULL;
    }
    if (descriptor < 0) {
        error_errno(error, errno, "cannot make");
        return NULL;
    }
    close(descriptor);
    struct casefile *casefile = connect_to(path, SQLITE_OPEN_READWRITE, error);
    if (casefile != NULL && fill_new(casefile, error))
        return casefile;
    casefile_close(casefile);
    unlink(path);
    return NULL;
}

bool casefile_begin(struct casefile *casefile, struct error *error)
{
    assert(!casefile->is_writing);
    if (!sql_do(casefile, QUERY_BEGIN, error))
        return false;
    casefile->is_writing = true;
    if (entries_load(casefile, error))
        return true;
    casefile_rollback(casefile);
    return false;
}

bool casefile_begin_read(struct casefile *casefile, struct error *error)
{
    assert(!casefile->is_writing);
    casefile->is_writing = sql_do(casefile, QUERY_BEGIN_READ, error);
    return casefile->is_writing;
}

bool casefile_commit(struct casefile *casefile, struct error *error)
{
    assert(casefile->is_writing);
    if (sql_do(casefile, QUERY_COMMIT, error)) {
        casefile->is_writing = false;
        return true;
    }
    casefile_rollback(casefile);
    return false;
}

void casefile_rollback(struct casefile *casefile)
{
    struct error ignored;
    /* After some failures SQLite has rolled back by itself. */
    if (casefile->is_writing && !sqlite3_get_autocommit(casefile->database) &&
        !sql_do(casefile, QUERY_ROLLBACK, &ignored))
        sqlite3_exec(casefile->database, query_texts[QUERY_ROLLBACK], NULL,
                     NULL, NULL);
    casefile->is_writing = false;
}

bool casefile_unsynchronised(struct casefile *casefile, struct error *error)
{
    return sql_script(casefile, QUERY_SETTINGS_UNSAFE, error);
}
