/*
 * bag_check.c - the order of the checks.
 *
 * What comes later rests on what comes before: while files are not what the
 * manifests say there is no use in asking what the manifests are worth.
 */
#include "bag_check.h"

#include "bag_ledger.h"

static bool check_all(struct check *check, const struct bag_trust *trust,
                      struct error *error)
{
    struct merkle_levels levels;
    bool is_sound = false;
    if (!check_folder(check, error))
        return false;
    if (check->bag->fault_count > 0)
        return true;
    return check_tree(check, &levels, &is_sound, error) &&
           (!is_sound || (check_entries(check, error) &&
                          check_earlier(check, &levels, trust, error)));
}

bool bag_check(const char *folder, const struct bag_trust *trust,
               const struct bag_faults *faults, const struct progress *progress,
               struct arena *arena, struct bag *bag, struct error *error)
{
    struct check check = {arena, bag, faults, progress};
    *bag = (struct bag){.folder = folder};
    return check_all(&check, trust, error);
}
