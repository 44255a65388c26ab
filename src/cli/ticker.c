/*
 * ticker.c - see ticker.h. A thread of its own, so that it also moves while
 * one long document is read.
 */
#include "ticker.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "terminal.h"

struct ticker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool is_stopped;
    bool is_terminal;
    uint64_t total;
    const struct tally *tally;
};

/* How much of what was counted so far, and of documents how long the rest will
 * take, if they are like those before. */
static void describe_speed(const struct ticker *ticker, uint64_t documents,
                           unsigned seconds, char *words, size_t size)
{
    const uint64_t read = atomic_load(&ticker->tally->words);
    int length = 0;
    words[0] = '\0';
    if (read > 0)
        length = snprintf(words, size, ", %llu words, %llu a second",
                          (unsigned long long)read,
                          (unsigned long long)(read / seconds));
    if (ticker->total > documents && documents > 0) {
        const uint64_t left = (ticker->total - documents) * seconds / documents;
        snprintf(words + length, size - (size_t)length,
                 ", about %llu:%02llu left", (unsigned long long)(left / 60),
                 (unsigned long long)(left % 60));
    }
}

static void describe(const struct ticker *ticker, unsigned seconds, char *words,
                     size_t size)
{
    char speed[100];
    uint64_t documents = atomic_load(&ticker->tally->documents);
    double megabytes = (double)atomic_load(&ticker->tally->bytes) / 1e6;
    char of[32] = "";
    if (ticker->total > 0)
        snprintf(of, sizeof of, " of %llu", (unsigned long long)ticker->total);
    describe_speed(ticker, documents, seconds, speed, sizeof speed);
    snprintf(words, size, "madai: %llu%s documents read, %.1f MB%s, %u:%02u",
             (unsigned long long)documents, of, megabytes, speed, seconds / 60,
             seconds % 60);
}

static void *tick(void *context)
{
    struct ticker *ticker = context;
    struct timespec when;
    clock_gettime(CLOCK_MONOTONIC, &when);
    pthread_mutex_lock(&ticker->lock);
    for (unsigned seconds = 1; !ticker->is_stopped; seconds++) {
        char words[240];
        when.tv_sec++;
        while (!ticker->is_stopped &&
               pthread_cond_timedwait(&ticker->stop, &ticker->lock, &when) == 0)
            ;
        if (ticker->is_stopped)
            break;
        describe(ticker, seconds, words, sizeof words);
        if (ticker->is_terminal)
            terminal_status(words);
        else if (seconds % 10 == 0)
            fprintf(stderr, "%s\n", words);
    }
    pthread_mutex_unlock(&ticker->lock);
    return NULL;
}

struct ticker *ticker_start(const struct tally *tally, uint64_t total)
{
    struct ticker *ticker = calloc(1, sizeof *ticker);
    pthread_condattr_t attributes;
    if (ticker == NULL)
        return NULL;
    ticker->tally = tally;
    ticker->total = total;
    ticker->is_terminal = isatty(STDERR_FILENO) == 1;
    pthread_mutex_init(&ticker->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&ticker->stop, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&ticker->thread, NULL, tick, ticker) == 0)
        return ticker;
    pthread_cond_destroy(&ticker->stop);
    pthread_mutex_destroy(&ticker->lock);
    free(ticker);
    return NULL;
}

void ticker_stop(struct ticker *ticker)
{
    if (ticker == NULL)
        return;
    pthread_mutex_lock(&ticker->lock);
    ticker->is_stopped = true;
    pthread_cond_signal(&ticker->stop);
    pthread_mutex_unlock(&ticker->lock);
    pthread_join(ticker->thread, NULL);
    pthread_cond_destroy(&ticker->stop);
    pthread_mutex_destroy(&ticker->lock);
    free(ticker);
    terminal_status(NULL);
}
