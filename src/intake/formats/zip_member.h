/*
 * zip_member.h - files in a ZIP archive that lies in memory, unpacked within
 * limits whatever its directory claims.
 */
#ifndef MADAI_ZIP_MEMBER_H
#define MADAI_ZIP_MEMBER_H

#include <zip.h>

#include "slice.h"

/* NULL where it is none. Yours to zip_discard; the bytes are borrowed. */
zip_t *zip_of(struct slice bytes);

/* How much may be unpacked of an archive in all: what conversion.h allows. */
struct zip_budget {
    size_t left;
};
struct zip_budget zip_budget_of(struct slice bytes);

/* The whole member in memory that is yours to free; data is NULL where it is
 * not there, broken, encrypted, or above the budget. */
struct slice zip_read(zip_t *, zip_uint64_t index, struct zip_budget *);
struct slice zip_read_named(zip_t *, const char *name, struct zip_budget *);

#endif
