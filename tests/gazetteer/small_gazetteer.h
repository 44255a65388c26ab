/*
 * small_gazetteer.h - a gazetteer of a few places, made in memory after
 * docs/gazetteer-format.md by other code than train/gazetteer.
 */
#ifndef MADAI_SMALL_GAZETTEER_H
#define MADAI_SMALL_GAZETTEER_H

#include "gazetteer.h"

/* The bytes; yours to free. Two Parises, two Georgias, Kenya with Nairobi,
 * its Pipeline, Embakasi South, Kisumu and Nakuru, and a few towns that begin
 * alike; see small_gazetteer.c. */
struct slice small_gazetteer(void);

/* Makes length and checksum right after the bytes were altered. */
void small_gazetteer_seal(struct slice);

#endif
