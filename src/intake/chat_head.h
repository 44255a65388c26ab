/*
 * chat_head.h - the head of a message in a chat that WhatsApp exported:
 * "[14/05/2019, 09:30:12] Wanjiru: text" on one kind of telephone, "5/14/19,
 * 9:30 AM - Wanjiru: text" on the other. Pure, and shared by who tells what a
 * file is and who reads it.
 */
#ifndef MADAI_CHAT_HEAD_H
#define MADAI_CHAT_HEAD_H

#include "slice.h"

struct chat_head {
    unsigned first, second, year; /* day and month, in the telephone's order */
    unsigned hour, minute;        /* of the day, 0 to 23 */
    struct slice sender;          /* empty: a notice of the program */
    struct slice rest;
};

/* Whether the line begins a message. Linear in its head. */
bool chat_head_of(struct slice line, struct chat_head *);

/* Whether the text is such an export: it begins with a message, and another
 * begins among its first lines. */
bool chat_is_one(struct slice start);

#endif
