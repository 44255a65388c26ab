/*
 * recovery_sheet.h - the signing key on paper, for the day when the machine
 * or the passphrase is gone.
 *
 * The secret's 32 bytes stand in four lines of 16 hexadecimal digits, each
 * with four digits that check it: the first two bytes of
 * SHA-256("madai/recovery/v1" || number of the line || its 8 bytes).
 * The key's id stands under them and checks the name too.
 */
#ifndef MADAI_RECOVERY_SHEET_H
#define MADAI_RECOVERY_SHEET_H

#include "signing_key.h"

#define RECOVERY_SHEET_SIZE 2048               /* of the text, with a NUL */
#define RECOVERY_SHEET_MAX ((size_t)64 * 1024) /* of what is typed in */

/* Whoever has the sheet can sign: wipe it (sodium_memzero) once printed. */
void recovery_sheet_write(const struct signing_key *,
                          char sheet[RECOVERY_SHEET_SIZE]);

/* Finds the lines `name`, `1` to `4` and `id` in what was typed in; other
 * lines, capitals, blanks and carriage returns do not matter.
 * ERROR_BAD_INPUT says which line is missing or mistyped. */
MUST_CHECK bool recovery_sheet_read(struct slice sheet, struct signing_key *,
                                    struct error *);

#endif
