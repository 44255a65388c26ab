/*
 * format_ocr.c - pictures of pages: tesseract reads English and Swahili in
 * them, word by word, each with its place and how sure it is.
 *
 * A picture is first put upright as its Exif data say, and small skew is
 * undone; places are told in the upright picture as it came, skew and all. One
 * of several pages (TIFF) gives them to the parent one after the other, as a
 * PDF does, so that each has the time of a page.
 */
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <tesseract/capi.h>

#include "child.h"
#include "pdf_lines.h"
#include "picture_facts.h"

enum {
    UNSURE_BELOW = 60,    /* percent: told as unsure */
    LINE_SURE_LEAST = 35, /* below it a line is noise of a photo */
    SIDE_MIN = 16,
    SIDE_MAX = 12000,
    DOTS_PER_INCH = 200, /* where the picture does not say */
    TIFF_PAGES_MAX = 200,
    WORD_BYTES_MAX = 400,
};
#define PIXELS_MAX ((l_uint64)80 << 20)

static TessBaseAPI *reader;

/* The languages' data is read here: later no file can be. */
static void prepare_ocr(void)
{
    reader = TessBaseAPICreate();
    if (reader != NULL &&
        TessBaseAPIInit2(reader, NULL, "eng+swa", OEM_LSTM_ONLY) != 0 &&
        TessBaseAPIInit2(reader, NULL, "eng", OEM_LSTM_ONLY) != 0) {
        TessBaseAPIDelete(reader);
        reader = NULL;
    }
    setMsgSeverity(L_SEVERITY_NONE);
}

/* How the page lay: to find places of the turned picture in the one that
 * came. */
struct upright {
    PIX *grey;
    float sine, cosine; /* of the skew that was undone */
    float scale;        /* points a pixel */
    int resolution;
};

static void replace(PIX **pix, PIX *better)
{
    if (better == NULL)
        return;
    pixDestroy(pix);
    *pix = better;
}

/* As Exif counts ways to hold a camera: 1 is upright. */
static void turn(PIX **pix, unsigned orientation)
{
    static const unsigned char quarters[] = {0, 0, 0, 2, 2, 1, 1, 3, 3};
    if (orientation < 2 || orientation > 8)
        return;
    if (quarters[orientation] > 0)
        replace(pix, pixRotateOrth(*pix, quarters[orientation]));
    if (orientation == 2 || orientation == 4 || orientation == 5 ||
        orientation == 7)
        replace(pix, pixFlipLR(NULL, *pix));
}

/* Within half a degree nothing is done: turning costs sharpness. */
static void undo_skew(struct upright *page)
{
    enum { SURE_LEAST = 3 };
    l_float32 angle = 0, sure = 0;
    PIX *black = pixThresholdToBinary(page->grey, 128);
    if (black != NULL && pixFindSkew(black, &angle, &sure) == 0 &&
        sure > SURE_LEAST && fabsf(angle) > 0.5F) {
        const float radians = angle * 3.14159265F / 180;
        PIX *turned = pixRotateAMGray(page->grey, radians, 255);
        if (turned != NULL) {
            replace(&page->grey, turned);
            page->sine = sinf(radians);
            page->cosine = cosf(radians);
        }
    }
    pixDestroy(&black);
}

static bool has_page_size(l_int32 width, l_int32 height)
{
    return width >= SIDE_MIN && height >= SIDE_MIN && width <= SIDE_MAX &&
           height <= SIDE_MAX &&
           (l_uint64)width * (l_uint64)height <= PIXELS_MAX;
}

/* The head is asked first: a few bytes may promise a picture that no memory
 * holds. */
static bool is_of_page_size(struct slice bytes)
{
    l_int32 format, width, height;
    return pixReadHeaderMem((const l_uint8 *)bytes.data, bytes.length, &format,
                            &width, &height, NULL, NULL, NULL) == 0 &&
           has_page_size(width, height);
}

/* Transparent parts are paper. */
static PIX *grey_of(PIX *found)
{
    PIX *flat = found != NULL && pixGetSpp(found) == 4
                    ? pixAlphaBlendUniform(found, 0xFFFFFF00)
                    : NULL;
    PIX *grey =
        found != NULL ? pixConvertTo8(flat != NULL ? flat : found, 0) : NULL;
    pixDestroy(&flat);
    return grey;
}

static bool page_open(struct slice bytes, unsigned orientation,
                      struct upright *page)
{
    *page = (struct upright){.cosine = 1};
    if (!is_of_page_size(bytes))
        return false;
    PIX *found = pixReadMem((const l_uint8 *)bytes.data, bytes.length);
    const int said = found != NULL ? pixGetXRes(found) : 0;
    page->grey = grey_of(found);
    pixDestroy(&found);
    if (page->grey == NULL)
        return false;
    page->resolution = said < 70 || said > 1200 ? DOTS_PER_INCH : said;
    page->scale = 72 / (float)page->resolution;
    turn(&page->grey, orientation);
    undo_skew(page);
    return true;
}

struct recognised {
    const struct upright *page;
    struct page_lines lines;
    struct arena *arena;
    struct {
        struct page_word *items;
        size_t count, capacity;
    } words; /* of the line that is open */
    struct {
        char *items;
        size_t count, capacity;
    } text;
    unsigned sum; /* of its words' confidences */
    unsigned all, unsure, noise;
    struct error error;
};

/* The middle of the box is turned back, its size stays: skew is small. */
static void place(const struct recognised *to, int left, int top, int right,
                  int bottom, struct page_word *word)
{
    const struct upright *page = to->page;
    const float across = (float)pixGetWidth(page->grey) / 2;
    const float down = (float)pixGetHeight(page->grey) / 2;
    const float x = (float)(left + right) / 2 - across;
    const float y = (float)(top + bottom) / 2 - down;
    const float x_then = across + x * page->cosine + y * page->sine;
    const float y_then = down + y * page->cosine - x * page->sine;
    const float half_width = (float)(right - left) / 2;
    const float half_height = (float)(bottom - top) / 2;
    word->left = (x_then - half_width) * page->scale;
    word->right = (x_then + half_width) * page->scale;
    word->top = (y_then - half_height) * page->scale;
    word->bottom = (y_then + half_height) * page->scale;
}

static float least(float a, float b) { return a < b ? a : b; }
static float most(float a, float b) { return a > b ? a : b; }

/* What the words make. A line whose words are mere guesses is what tesseract
 * sees in leaves and faces. */
static bool end_line(struct recognised *to)
{
    const size_t count = to->words.count;
    struct page_line line = {.page = 1, .left = 1e9F, .top = 1e9F};
    bool is_noise = to->sum < LINE_SURE_LEAST * count;
    to->noise += is_noise;
    if (count > 0 && !is_noise) {
        for (size_t i = 0; i < count; i++) {
            const struct page_word *word = &to->words.items[i];
            line.left = least(line.left, word->left);
            line.top = least(line.top, word->top);
            line.right = most(line.right, word->right);
            line.bottom = most(line.bottom, word->bottom);
            to->unsure += word->confidence < UNSURE_BELOW;
        }
        to->all += (unsigned)count;
        line.height = line.bottom - line.top;
        line.text = (struct slice){to->text.items, to->text.count};
        line.words = to->words.items;
        line.word_count = count;
        if (!list_push(to->arena, &to->lines, line, &to->error))
            return false;
    }
    memset(&to->words, 0, sizeof to->words);
    memset(&to->text, 0, sizeof to->text);
    to->sum = 0;
    return true;
}

static bool add_text(struct recognised *to, struct slice word)
{
    const size_t begin = to->text.count + (to->text.count > 0);
    if (!list_reserve_(to->arena, (void **)&to->text.items, &to->text.capacity,
                       begin + word.length, 1, &to->error))
        return false;
    if (to->text.count > 0)
        to->text.items[to->text.count] = ' ';
    memcpy(to->text.items + begin, word.data, word.length);
    to->text.count = begin + word.length;
    return true;
}

static bool add_word(struct recognised *to, TessResultIterator *result)
{
    int left, top, right, bottom;
    const TessPageIterator *where =
        TessResultIteratorGetPageIteratorConst(result);
    char *found = TessResultIteratorGetUTF8Text(result, RIL_WORD);
    struct slice word = slice_of(found != NULL ? found : "");
    bool is_well = true;
    if (TessPageIteratorIsAtBeginningOf(where, RIL_TEXTLINE))
        is_well = end_line(to);
    if (is_well && word.length > 0 && word.length <= WORD_BYTES_MAX &&
        word.data[strspn(word.data, " \t\r\n")] != '\0' &&
        TessPageIteratorBoundingBox(where, RIL_WORD, &left, &top, &right,
                                    &bottom)) {
        const float sure = TessResultIteratorConfidence(result, RIL_WORD);
        struct page_word placed = {.confidence = sure > 99  ? 99
                                                 : sure > 1 ? (uint8_t)sure
                                                            : 1};
        place(to, left, top, right, bottom, &placed);
        is_well = add_text(to, word);
        placed.end = (uint32_t)to->text.count;
        placed.begin = placed.end - (uint32_t)word.length;
        to->sum += placed.confidence;
        is_well =
            is_well && list_push(to->arena, &to->words, placed, &to->error);
    }
    TessDeleteText(found);
    return is_well;
}

static bool add_all(struct recognised *to)
{
    TessResultIterator *result = TessBaseAPIGetIterator(reader);
    bool is_well = true;
    if (result == NULL)
        return true;
    do
        is_well = add_word(to, result);
    while (is_well && TessResultIteratorNext(result, RIL_WORD));
    TessResultIteratorDelete(result);
    return is_well && end_line(to);
}

/* The heights of letters in a line differ with its letters: a line without
 * any that go up or down looks smaller than the next. */
static void even_heights(struct page_lines *lines)
{
    float sum = 0;
    for (size_t i = 0; i < lines->count; i++)
        sum += lines->items[i].height;
    const float mean = lines->count > 0 ? sum / (float)lines->count : 0;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].height > mean * 0.6F &&
            lines->items[i].height < mean * 1.5F)
            lines->items[i].height = mean;
}

static void tell(const struct recognised *to, struct writer *writer)
{
    if (to->all > 0)
        writer_warn(writer,
                    "recognised from a picture: %u of %u words are not sure",
                    to->unsure, to->all);
    if (to->noise > 0)
        writer_warn(writer,
                    "%u lines of a picture were mere guesses, and left out",
                    to->noise);
}

static void read_page(const struct upright *page, struct writer *writer)
{
    struct recognised to = {.page = page,
                            .arena = arena_new((size_t)256 << 20)};
    const float height = (float)pixGetHeight(page->grey) * page->scale;
    TessBaseAPISetPageSegMode(reader, PSM_AUTO);
    TessBaseAPISetImage2(reader, page->grey);
    TessBaseAPISetSourceResolution(reader, page->resolution);
    bool is_well = to.arena != NULL &&
                   TessBaseAPIRecognize(reader, NULL) == 0 && add_all(&to);
    even_heights(&to.lines);
    is_well = is_well && page_lines_say(&to.lines, &height, 1, to.arena, writer,
                                        &to.error);
    if (!is_well)
        writer_refuse(writer, "the writing in it could not be recognised");
    else
        tell(&to, writer);
    TessBaseAPIClear(reader);
    arena_release(to.arena);
}

static void send_page(PIX *found, uint32_t number, struct writer *writer)
{
    l_uint8 *bytes = NULL;
    size_t length = 0;
    PIX *grey = grey_of(found);
    if (grey != NULL && pixWriteMemPnm(&bytes, &length, grey) == 0) {
        writer_picture(writer, number);
        writer_member_bytes(writer,
                            (struct slice){(const char *)bytes, length});
    }
    lept_free(bytes);
    pixDestroy(&grey);
}

/* True where it has several pages, which were sent. A PGM says nothing of its
 * resolution: the boxes of such pages count as of DOTS_PER_INCH. */
static bool send_pages(struct slice bytes, struct writer *writer)
{
    uint32_t count = 0;
    size_t offset = 0;
    bool is_first = true;
    do {
        const size_t before = offset;
        PIX *found = pixReadMemFromMultipageTiff((const l_uint8 *)bytes.data,
                                                 bytes.length, &offset);
        bool is_sound = found != NULL &&
                        has_page_size(pixGetWidth(found), pixGetHeight(found));
        if (is_first && offset == 0) {
            pixDestroy(&found);
            return false;
        }
        is_first = false;
        count++;
        if (is_sound)
            send_page(found, count, writer);
        pixDestroy(&found);
        if (offset == before)
            break;
    } while (offset != 0 && count < TIFF_PAGES_MAX);
    writer_scan(writer);
    return true;
}

static bool is_tiff(struct slice bytes)
{
    return bytes.length > 8 && (memcmp(bytes.data, "II*\0", 4) == 0 ||
                                memcmp(bytes.data, "MM\0*", 4) == 0);
}

static void convert_ocr(struct slice bytes, enum file_kind kind,
                        struct writer *writer)
{
    struct upright page;
    (void)kind;
    const unsigned orientation = picture_facts_say(bytes, writer);
    if (reader == NULL) {
        writer_refuse(writer, "no language data for tesseract is installed");
        return;
    }
    if (!is_of_page_size(bytes)) {
        writer_refuse(writer, "is broken, or of a size that no page has");
        return;
    }
    if (is_tiff(bytes) && send_pages(bytes, writer))
        return;
    if (!page_open(bytes, orientation, &page)) {
        writer_refuse(writer, "is broken, or of a size that no page has");
        return;
    }
    read_page(&page, writer);
    pixDestroy(&page.grey);
}

const struct converter converter = {.prepare = prepare_ocr,
                                    .convert = convert_ocr};
