#include "link_run.h"
bool run_patterns(struct run *run)
{
    (void)run;
    return true;
}
