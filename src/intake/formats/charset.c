/*
 * charset.c - see charset.h.
 */
#include "charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "table.h"
#include "utf8.h"

enum { NAME_SIZE = 40 };

/* As iconv knows them; several names a module. */
static struct {
    const char *const names;
    const char *const module;
    iconv_t open;
} wide[] = {
    {" gb18030 gbk gb2312 x-gbk hz-gb-2312 cp936 ", "GB18030", NULL},
    {" big5 big5-hkscs x-x-big5 cp950 ", "BIG5-HKSCS", NULL},
    {" shift_jis sjis windows-31j cp932 x-sjis ", "CP932", NULL},
    {" euc-jp x-euc-jp ", "EUC-JP", NULL},
    {" iso-2022-jp ", "ISO-2022-JP", NULL},
    {" euc-kr ks_c_5601-1987 uhc cp949 windows-949 ", "UHC", NULL},
};

void charset_prepare(void)
{
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (wide[i].open == NULL)
            wide[i].open = iconv_open("UTF-8", wide[i].module);
}

static void fold(const char *name, char folded[NAME_SIZE])
{
    size_t length = 0;
    while (isspace((unsigned char)*name))
        name++;
    for (; name[length] != '\0' && length < NAME_SIZE - 1; length++)
        folded[length] = (char)tolower((unsigned char)name[length]);
    while (length > 0 && isspace((unsigned char)folded[length - 1]))
        length--;
    folded[length] = '\0';
}

/* Memory for `most` bytes, and what of it is used. */
struct decoded {
    char *bytes;
    size_t length;
};

static void add(struct decoded *decoded, uint32_t code_point)
{
    bool is_one = code_point <= 0x10FFFF &&
                  !(code_point >= 0xD800 && code_point < 0xE000);
    decoded->length += utf8_encode(is_one ? code_point : 0xFFFD,
                                   decoded->bytes + decoded->length);
}

static struct decoded room_for(size_t units)
{
    return (struct decoded){malloc(units * 3 + 4), 0};
}

static struct slice decode_single(struct slice bytes,
                                  const struct table_row *row)
{
    uint32_t upper[128];
    const char *at = row->columns[0];
    for (size_t i = 0; i < 128; i++) {
        char *end;
        upper[i] = (uint32_t)strtoul(at, &end, 16);
        at = end;
    }
    struct decoded decoded = room_for(bytes.length);
    if (decoded.bytes == NULL)
        return (struct slice){NULL, 0};
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        add(&decoded, byte < 0x80 ? byte : upper[byte - 0x80]);
    }
    return (struct slice){decoded.bytes, decoded.length};
}

static uint32_t unit_at(const unsigned char *bytes, size_t width, bool is_big)
{
    uint32_t value = 0;
    for (size_t i = 0; i < width; i++)
        value |= (uint32_t)bytes[i] << (8 * (is_big ? width - 1 - i : i));
    return value;
}

static struct slice decode_units(struct slice bytes, size_t width, bool is_big)
{
    const unsigned char *data = (const unsigned char *)bytes.data;
    size_t count = bytes.length / width;
    struct decoded decoded = room_for(count * (width == 4 ? 2 : 1));
    if (decoded.bytes == NULL)
        return (struct slice){NULL, 0};
    for (size_t i = 0; i < count; i++) {
        uint32_t unit = unit_at(data + i * width, width, is_big);
        if (i == 0 && unit == 0xFEFF)
            continue;
        if (width == 2 && (unit & 0xFC00) == 0xD800 && i + 1 < count) {
            uint32_t low = unit_at(data + (i + 1) * width, width, is_big);
            if ((low & 0xFC00) == 0xDC00) {
                unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
                i++;
            }
        }
        add(&decoded, unit);
    }
    return (struct slice){decoded.bytes, decoded.length};
}

static struct slice decode_utf8(struct slice bytes)
{
    struct decoded decoded = room_for(bytes.length);
    if (decoded.bytes == NULL)
        return (struct slice){NULL, 0};
    for (size_t at = 0; at < bytes.length;) {
        struct utf8 unit = utf8_at(bytes, at);
        if (at > 0 || unit.code_point != 0xFEFF)
            add(&decoded, unit.code_point);
        at += unit.length;
    }
    return (struct slice){decoded.bytes, decoded.length};
}

static struct slice decode_wide(struct slice bytes, iconv_t open)
{
    struct decoded decoded = room_for(bytes.length);
    if (decoded.bytes == NULL)
        return (struct slice){NULL, 0};
    char *from = (char *)(uintptr_t)bytes.data, *to = decoded.bytes;
    size_t left = bytes.length, room = bytes.length * 3;
    iconv(open, NULL, NULL, NULL, NULL);
    while (left > 0 && iconv(open, &from, &left, &to, &room) == (size_t)-1) {
        if (errno == E2BIG || room < 3 || left == 0)
            break;
        memcpy(to, "\xEF\xBF\xBD", 3); /* this byte is none; on with the next */
        to += 3;
        room -= 3;
        from++;
        left--;
    }
    return (struct slice){decoded.bytes, (size_t)(to - decoded.bytes)};
}

struct slice charset_decode(struct slice bytes, const char *name)
{
    char folded[NAME_SIZE], spaced[NAME_SIZE + 2];
    fold(name, folded);
    if (strcmp(folded, "utf-8") == 0 || strcmp(folded, "utf8") == 0)
        return decode_utf8(bytes);
    if (strncmp(folded, "utf-16", 6) == 0 || strcmp(folded, "ucs-2") == 0) {
        const char *mark = charset_of_mark(bytes);
        bool is_marked = mark != NULL && strncmp(mark, "utf-16", 6) == 0;
        return decode_units(bytes, 2,
                            strcmp(is_marked ? mark : folded, "utf-16be") == 0);
    }
    if (strncmp(folded, "utf-32", 6) == 0)
        return decode_units(bytes, 4, strcmp(folded, "utf-32le") != 0);
    const struct table_row *row = table_find(&charset_table, slice_of(folded));
    if (row != NULL)
        return decode_single(bytes, row);
    snprintf(spaced, sizeof spaced, " %s ", folded);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (wide[i].open != NULL && wide[i].open != (iconv_t)-1 &&
            strstr(wide[i].names, spaced) != NULL)
            return decode_wide(bytes, wide[i].open);
    return (struct slice){NULL, 0};
}

const char *charset_of_mark(struct slice bytes)
{
    static const struct {
        const char *mark;
        size_t length;
        const char *name;
    } marks[] = {{"\xEF\xBB\xBF", 3, "utf-8"},
                 {"\xFF\xFE\0\0", 4, "utf-32le"},
                 {"\0\0\xFE\xFF", 4, "utf-32be"},
                 {"\xFF\xFE", 2, "utf-16le"},
                 {"\xFE\xFF", 2, "utf-16be"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (bytes.length >= marks[i].length &&
            memcmp(bytes.data, marks[i].mark, marks[i].length) == 0)
            return marks[i].name;
    return NULL;
}
