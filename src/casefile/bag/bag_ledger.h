/*
 * bag_ledger.h - the second half of a check: that the files are those which
 * the ledger recorded, and that its key signed for it.
 */
#ifndef MADAI_BAG_LEDGER_H
#define MADAI_BAG_LEDGER_H

#include "bag_folder.h"
#include "merkle.h"

/* Keys, checkpoint and leaf hashes: what all else rests on. `is_sound` is
 * false where one of them is at fault, and nothing more can be asked. False
 * where the machine failed. */
MUST_CHECK bool check_tree(struct check *, struct merkle_levels *,
                           bool *is_sound, struct error *);

/* The entries with their proofs, the export entry, the chain of keys, and
 * that originals and texts are held by an entry. */
MUST_CHECK bool check_entries(struct check *, struct error *);

/* Checkpoints of before, and what the one who checks holds himself. */
MUST_CHECK bool check_earlier(struct check *, struct merkle_levels *,
                              const struct bag_trust *, struct error *);

#endif
