/*
 * picture_facts.h - what a picture's file says of itself: who took it, when,
 * where, with what (Exif by libexif, the words of a PNG), and whether it
 * carries a C2PA manifest. Claims all of them: any program can write any of
 * it, and that a manifest is there says not that it holds.
 */
#ifndef MADAI_PICTURE_FACTS_H
#define MADAI_PICTURE_FACTS_H

#include "writer.h"

/* Says them. How the camera was held, as Exif counts it: 1 to 8; 1 where
 * nothing is said. JPEG, PNG and WebP; of others only C2PA. */
unsigned picture_facts_say(struct slice bytes, struct writer *);

#endif
