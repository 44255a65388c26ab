/*
 * child_main.c - main of every helper program; its format names the rest.
 */
#include "child.h"

extern const struct converter converter;

int main(int argc, char **argv) { child_run(&converter, argc, argv); }
