/*
 * document_answers.h - which letter a letter answers: "your letter Ref. A/5
 * of 22 May 2019".
 */
#ifndef MADAI_DOCUMENT_ANSWERS_H
#define MADAI_DOCUMENT_ANSWERS_H

#include "reading.h"

/* Fills document.answers, once kind and addressees are there: of a letter or
 * a reply, by the first words for the other's paper in its opening. Looks at
 * a bounded number of tokens. */
void document_answers(struct reading *);

#endif
