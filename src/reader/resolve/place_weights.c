/*
 * place_weights.c - how much each sign counts; see place_parts.h. Found by
 * going from weight to weight on the train parts (docs/measurements.md).
 */
#include "place_parts.h"

const double place_weights[WEIGHT_COUNT] = {
    [WEIGHT_SIZE] = 0.25,
    [WEIGHT_COUNTRY] = 8.3,
    [WEIGHT_CONTINENT] = 7.2,
    [WEIGHT_FIRST] = 6.9,
    [WEIGHT_SECOND] = 4.5,
    [WEIGHT_MINOR] = 2.4,
    [WEIGHT_ANOTHER] = -2.5,
    [WEIGHT_SHORT] = -1.65,
    [WEIGHT_SEAT_OF_COUNTRY] = 0.95,
    [WEIGHT_SEAT_OF_FIRST] = 0.75,
    [WEIGHT_SEAT_OF_SECOND] = 0.4,
    [WEIGHT_IN_COUNTRY] = 3.4,
    [WEIGHT_IN_FIRST] = 4,
    [WEIGHT_IN_SECOND] = 2,
    [WEIGHT_BESIDE] = 2.6,
    [WEIGHT_HOLDS] = 8,
    [WEIGHT_ADJECTIVE] = -2,
    [WEIGHT_COMMA] = -5.5,
    [WEIGHT_SLIP] = -4.8,
    [WEIGHT_EVIDENCE] = 0.56,
    [WEIGHT_HALF] = 0.76,
    [WEIGHT_NOWHERE] = 4,
    [WEIGHT_NOWHERE_HERE] = 1.5,
    [WEIGHT_SAME_NAME] = 8,
};
