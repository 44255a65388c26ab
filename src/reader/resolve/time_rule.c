/*
 * time_rule.c - see time_rule.h: reading the rules.
 */
#include "time_rule.h"

#include <assert.h>

#include "time_grammar.h"

static const char *const slot_names[SLOTS] = {
    "year",    "month",    "day",    "weekday",  "hour",    "minute",
    "second",  "meridiem", "zone",   "part",     "count",   "unit",
    "count2",  "unit2",    "vague",  "rel",      "ord",     "mod",
    "quarter", "half",     "season", "decade",   "century", "holiday",
    "ref",     "base",     "bc",     "weekdays", "from",
};

/* Classes of which the word's value goes into a slot of another name. */
static const struct {
    const char *class;
    enum time_slot slot;
} other_slots[] = {
    {"dth", SLOT_DAY},
    {"monthnum", SLOT_MONTH},
    {"yearany", SLOT_YEAR},
    {"yy", SLOT_YEAR},
    {"years", SLOT_YEAR},
    {"foreign", SLOT_MONTH},
    {"short", SLOT_MONTH},
    {"units", SLOT_UNIT},
    {"parts", SLOT_PART},
    {"light", SLOT_PART},
    {"mark", SLOT_HOUR},
    {"ordinals", SLOT_ORDINAL},
    {"number", SLOT_COUNT_TENTHS},
    {"decades", SLOT_DECADE},
    {"seasons", SLOT_SEASON},
    {"that", SLOT_REL},
    {"pairof", SLOT_COUNT_TENTHS},
    {"hourword", SLOT_HOUR},
    {"hhmm", SLOT_HOUR},
    {"longday", SLOT_WEEKDAY},
    {"longmonth", SLOT_MONTH},
    {"shortday", SLOT_WEEKDAY},
    {"long", SLOT_UNIT},
    {"yearlate", SLOT_YEAR},
};

enum { TIME_WORD_ROOM = 32 }; /* no word of a rule is longer */

struct reader {
    struct arena *arena;
    struct time_grammar *grammar;
    const char *at; /* in a pattern */
    struct error *error;
};

static bool is_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           byte == '_';
}

static struct slice take_name(struct reader *reader)
{
    const char *begin = reader->at;
    while (is_name(*reader->at))
        reader->at++;
    return (struct slice){begin, (size_t)(reader->at - begin)};
}

static uint8_t slot_named(struct slice name)
{
    for (uint8_t i = 0; i < SLOTS; i++)
        if (slice_equals(name, slice_of(slot_names[i])))
            return i;
    return SLOTS;
}

static uint8_t slot_of_class(struct slice class)
{
    for (size_t i = 0; i < sizeof other_slots / sizeof *other_slots; i++)
        if (slice_equals(class, slice_of(other_slots[i].class)))
            return (uint8_t)other_slots[i].slot;
    return slot_named(class);
}

static int32_t take_value(struct reader *reader)
{
    bool is_below = *reader->at == '-';
    reader->at += is_below;
    if (!is_below && (*reader->at < '0' || *reader->at > '9'))
        return *reader->at++;
    int32_t value = 0;
    while (*reader->at >= '0' && *reader->at <= '9')
        value = value * 10 + (*reader->at++ - '0');
    return is_below ? -value : value;
}

static uint32_t hash_of(struct slice name, bool is_class)
{
    uint32_t hash = is_class ? 5381 : 33;
    for (size_t i = 0; i < name.length; i++)
        hash = hash * 33 + (unsigned char)name.data[i];
    return hash ^ hash >> 15;
}

/* The slot of a name in the table of symbols: its own, or a free one. */
static size_t symbol_slot(const struct time_grammar *grammar, struct slice name,
                          bool is_class)
{
    size_t at = hash_of(name, is_class) % TIME_SYMBOLS_MOST;
    while (grammar->symbols[at].name.length > 0 &&
           (grammar->symbols[at].is_class != is_class ||
            !slice_equals(grammar->symbols[at].name, name)))
        at = (at + 1) % TIME_SYMBOLS_MOST;
    return at;
}

static uint16_t symbol_find(const struct time_grammar *grammar,
                            struct slice name, bool is_class)
{
    size_t at = symbol_slot(grammar, name, is_class);
    return grammar->symbols[at].name.length > 0 ? (uint16_t)(at + SYMBOL_FIRST)
                                                : SYMBOL_NONE;
}

static uint16_t symbol_of(struct time_grammar *grammar, struct slice name,
                          bool is_class)
{
    size_t at = symbol_slot(grammar, name, is_class);
    if (grammar->symbols[at].name.length == 0) {
        assert(++grammar->symbol_count <= TIME_SYMBOLS_MOST / 2);
        grammar->symbols[at].name = name;
        grammar->symbols[at].is_class = is_class;
    }
    return (uint16_t)(at + SYMBOL_FIRST);
}

static uint32_t new_node(struct reader *reader, struct time_node node)
{
    node.next = node.other = node.next; /* both none */
    if (!list_push(reader->arena, &reader->grammar->nodes, node, reader->error))
        return TIME_NODE_NONE;
    return (uint32_t)reader->grammar->nodes.count - 1;
}

/* "#month:month", "@clock", "=unit:d", or a word. */
static uint32_t take_atom(struct reader *reader)
{
    struct time_node node = {.next = TIME_NODE_NONE};
    char sign = *reader->at;
    if (!is_name(sign == '\0' ? sign : reader->at[1]))
        sign = '\0'; /* the mark itself */
    if (sign == '#' || sign == '=' || sign == '@') {
        reader->at++;
        node.name = take_name(reader);
    }
    if (sign == '#') {
        node.kind = TIME_NODE_CLASS;
        node.builtin = time_builtin_named(node.name);
        if (node.builtin == BUILTIN_NONE)
            node.symbol = symbol_of(reader->grammar, node.name, true);
        node.slot = slot_of_class(node.name);
        if (*reader->at == ':') {
            reader->at++;
            node.slot = slot_named(take_name(reader));
            assert(node.slot < SLOTS);
        }
    } else if (sign == '=') {
        node.kind = TIME_NODE_FILL;
        node.slot = slot_named(node.name);
        assert(node.slot < SLOTS && *reader->at == ':');
        reader->at++;
        node.value = take_value(reader);
    } else if (sign == '@') {
        node.kind = TIME_NODE_RULE;
        node.value = -1; /* found when all rules are read */
    } else {
        const char *begin = reader->at;
        while (*reader->at != '\0' && *reader->at != ' ' &&
               *reader->at != '|' && *reader->at != '?')
            reader->at++;
        node.kind = TIME_NODE_WORD;
        node.name = (struct slice){begin, (size_t)(reader->at - begin)};
        assert(node.name.length > 0);
        node.symbol = symbol_of(reader->grammar, node.name, false);
    }
    return new_node(reader, node);
}

static uint8_t take_signs(struct reader *reader)
{
    static const char signs[] = "<!&~^";
    uint8_t flags = 0;
    for (;;) {
        const char *found =
            *reader->at == '\0' ? NULL : strchr(signs, *reader->at);
        if (found == NULL || reader->at[1] == ' ' || reader->at[1] == '\0')
            return flags;
        if (*reader->at == '<' && (flags & TIME_SIGN_BEHIND))
            flags |= TIME_SIGN_BEHIND_TWO;
        flags |= (uint8_t)(1u << (found - signs));
        reader->at++;
    }
}

static uint32_t take_sequence(struct reader *);

/* One element with its signs before and "?" behind. */
static uint32_t take_element(struct reader *reader)
{
    uint8_t flags = take_signs(reader);
    uint32_t first = TIME_NODE_NONE;
    if (reader->at[0] == '(' && reader->at[1] == ' ') {
        reader->at += 2;
        struct time_node group = {.kind = TIME_NODE_GROUP,
                                  .next = TIME_NODE_NONE};
        first = new_node(reader, group);
        uint32_t child = take_sequence(reader);
        assert(*reader->at == ')');
        reader->at++;
        if (first == TIME_NODE_NONE || child == TIME_NODE_NONE)
            return TIME_NODE_NONE;
        reader->grammar->nodes.items[first].child = child;
    } else {
        uint32_t last = first = take_atom(reader);
        while (last != TIME_NODE_NONE && *reader->at == '|') {
            reader->at++;
            uint32_t other = take_atom(reader);
            if (other == TIME_NODE_NONE)
                return TIME_NODE_NONE;
            reader->grammar->nodes.items[last].other = other;
            last = other;
        }
    }
    if (*reader->at == '?') {
        flags |= TIME_SIGN_OPTIONAL;
        reader->at++;
    }
    if (first != TIME_NODE_NONE)
        reader->grammar->nodes.items[first].signs = flags;
    return first;
}

/* Elements up to the end or to ")". */
static uint32_t take_sequence(struct reader *reader)
{
    uint32_t first = TIME_NODE_NONE;
    uint32_t last = TIME_NODE_NONE;
    while (*reader->at != '\0' && *reader->at != ')') {
        uint32_t element = take_element(reader);
        if (element == TIME_NODE_NONE)
            return TIME_NODE_NONE;
        if (first == TIME_NODE_NONE)
            first = element;
        else
            reader->grammar->nodes.items[last].next = element;
        last = element;
        assert(*reader->at == '\0' || *reader->at == ' ');
        while (*reader->at == ' ')
            reader->at++;
    }
    assert(first != TIME_NODE_NONE);
    return first;
}

static enum time_what what_named(const char *name)
{
    static const char *const names[] = {"-", "point", "duration", "set",
                                        "reference"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return (enum time_what)i;
    assert(false);
    return WHAT_PART_OF_RULE;
}

/* Orders a rule "@name/..." against a name without its "@". */
static int compare_name(const struct time_rule *rule, struct slice name)
{
    if (rule->name[0] != '@')
        return rule->name[0] < '@' ? -1 : 1;
    int order = strncmp(rule->name + 1, name.data, name.length);
    if (order != 0)
        return order;
    char next = rule->name[1 + name.length];
    return next == '\0' || next == '/' ? 0 : next < '/' ? -1 : 1;
}

/* The rules "@name" or "@name/...": they lie together, as the table is
 * sorted. */
static void find_rules(struct time_grammar *grammar, struct time_node *node)
{
    size_t low = 0;
    size_t high = grammar->rules.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_name(&grammar->rules.items[middle], node->name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    node->value = (int32_t)low;
    while (low < grammar->rules.count &&
           compare_name(&grammar->rules.items[low], node->name) == 0)
        low++;
    node->rule_count = (uint16_t)(low - (size_t)node->value);
    assert(node->rule_count > 0);
}

/* All that tells what one rule can begin with. */
struct beginning {
    struct time_grammar *grammar;
    size_t rule;    /* the one that is looked at */
    unsigned depth; /* rules within rules; left recursion has no end */
};

static void begin_with(struct beginning *beginning, uint16_t symbol)
{
    beginning->grammar->begins[symbol].bits[beginning->rule / 64] |=
        (uint64_t)1 << (beginning->rule % 64);
}

static void begin_with_name(struct beginning *beginning, const char *name,
                            bool is_class)
{
    uint16_t symbol = symbol_of(beginning->grammar, slice_of(name), is_class);
    begin_with(beginning, symbol);
}

static void begin_with_builtin(struct beginning *beginning, uint8_t builtin)
{
    switch ((enum time_builtin)builtin) {
    case BUILTIN_HOLIDAY:
        begin_with(beginning, SYMBOL_HOLIDAY);
        break;
    case BUILTIN_CAPITAL:
        begin_with(beginning, SYMBOL_CAPITAL);
        break;
    case BUILTIN_ANYWORD:
    case BUILTIN_SMALL:
        begin_with(beginning, SYMBOL_WORD);
        break;
    case BUILTIN_NUMBER:
    case BUILTIN_YEARS:
    case BUILTIN_ORDINALS:
    case BUILTIN_HOURWORD:
        begin_with_name(beginning, "a", false);
        begin_with_name(beginning, "number", true);
        begin_with_name(beginning, "tens", true);
        begin_with_name(beginning, "ordinal", true);
        begin_with(beginning, SYMBOL_NUMBER);
        break;
    default:
        begin_with(beginning, SYMBOL_NUMBER);
    }
}

static bool begin_sequence(struct beginning *, uint32_t node);

/* What one atom can begin with; whether it may take nothing. */
static bool begin_atom(struct beginning *beginning,
                       const struct time_node *node)
{
    bool is_empty = false;
    switch ((enum time_node_kind)node->kind) {
    case TIME_NODE_WORD:
        begin_with(beginning, node->symbol);
        return false;
    case TIME_NODE_CLASS:
        if (node->builtin == BUILTIN_END || node->builtin == BUILTIN_BREAK)
            return true;
        if (node->builtin == BUILTIN_NONE)
            begin_with(beginning, node->symbol);
        else
            begin_with_builtin(beginning, node->builtin);
        return false;
    case TIME_NODE_RULE:
        assert(++beginning->depth < 20);
        for (uint16_t i = 0; i < node->rule_count; i++)
            is_empty |= begin_sequence(
                beginning,
                beginning->grammar->rules.items[node->value + i].first);
        beginning->depth--;
        return is_empty;
    case TIME_NODE_GROUP:
        return begin_sequence(beginning, node->child);
    case TIME_NODE_FILL:
        break;
    }
    return true;
}

static bool begin_sequence(struct beginning *beginning, uint32_t at)
{
    const struct time_node *nodes = beginning->grammar->nodes.items;
    for (; at != TIME_NODE_NONE; at = nodes[at].next) {
        uint8_t signs = nodes[at].signs;
        if (signs & (TIME_SIGN_BEHIND | TIME_SIGN_NOT | TIME_SIGN_AHEAD))
            continue;
        bool may_be_empty = signs & TIME_SIGN_OPTIONAL;
        for (uint32_t i = at; i != TIME_NODE_NONE; i = nodes[i].other)
            may_be_empty |= begin_atom(beginning, &nodes[i]);
        if (!may_be_empty)
            return false;
    }
    return true;
}

/* The words that open names of holidays: of other capitalised words none of
 * the many rules that can begin with a holiday need be tried. */
static void find_holidays(struct time_grammar *grammar)
{
    for (size_t i = 0; i < holiday_table.count; i++) {
        const char *key = holiday_table.rows[i].key;
        size_t length = strcspn(key, " '-.");
        grammar->opens_holiday[symbol_of(grammar, (struct slice){key, length},
                                         false)] = true;
    }
}

static void find_beginnings(struct time_grammar *grammar)
{
    find_holidays(grammar);
    for (size_t i = 0; i < grammar->rules.count; i++) {
        struct beginning beginning = {.grammar = grammar, .rule = i};
        if (begin_sequence(&beginning, grammar->rules.items[i].first))
            grammar->anywhere.bits[i / 64] |= (uint64_t)1 << (i % 64);
        if (grammar->rules.items[i].what != WHAT_PART_OF_RULE)
            grammar->whole.bits[i / 64] |= (uint64_t)1 << (i % 64);
    }
}

void time_grammar_name(const struct time_grammar *grammar,
                       const struct text *text, struct lexeme *lexeme)
{
    char lower[TIME_WORD_ROOM];
    struct slice word = slice_at(text->bytes, lexeme->bytes);
    if (lexeme->kind == LEXEME_MARK)
        lexeme->symbol = symbol_find(
            grammar, (struct slice){&lexeme->mark, lexeme->mark != '\0'},
            false);
    if (lexeme->kind != LEXEME_WORD || word.length > sizeof lower)
        return;
    for (size_t i = 0; i < word.length; i++) {
        bool is_large = word.data[i] >= 'A' && word.data[i] <= 'Z';
        lower[i] = is_large ? (char)(word.data[i] | 32) : word.data[i];
    }
    lexeme->symbol =
        symbol_find(grammar, (struct slice){lower, word.length}, false);
    for (size_t i = 0; lexeme->row != NULL && i < TABLE_COLUMNS &&
                       lexeme->row->columns[i] != NULL;
         i++) {
        int32_t value;
        struct slice name = lexeme_class_name(lexeme->row->columns[i], &value);
        uint16_t symbol = symbol_find(grammar, name, true);
        if (symbol == SYMBOL_NONE || lexeme->class_count == LEXEME_CLASSES)
            continue;
        lexeme->classes[lexeme->class_count].symbol = symbol;
        lexeme->classes[lexeme->class_count++].value = (int16_t)value;
    }
}

const struct time_grammar *time_grammar_read(struct arena *arena,
                                             struct error *error)
{
    struct time_grammar *grammar = arena_take(arena, 1, sizeof *grammar, error);
    struct reader reader = {arena, grammar, NULL, error};
    if (grammar == NULL)
        return NULL;
    for (size_t i = 0; i < time_rule_table.count; i++) {
        const struct table_row *row = &time_rule_table.rows[i];
        struct time_rule rule = {.name = row->key,
                                 .what = what_named(row->columns[0])};
        reader.at = row->columns[1];
        rule.first = take_sequence(&reader);
        if (rule.first == TIME_NODE_NONE ||
            !list_push(arena, &grammar->rules, rule, error))
            return NULL;
        assert(grammar->rules.count <= TIME_RULES_MOST);
        assert((rule.what == WHAT_PART_OF_RULE) == (rule.name[0] == '@'));
    }
    for (size_t i = 0; i < grammar->nodes.count; i++)
        if (grammar->nodes.items[i].kind == TIME_NODE_RULE)
            find_rules(grammar, &grammar->nodes.items[i]);
    find_beginnings(grammar);
    return grammar;
}

size_t time_rule_count(const struct time_grammar *grammar)
{
    return grammar->rules.count;
}

const struct time_rule *time_rule_at(const struct time_grammar *grammar,
                                     size_t index)
{
    return &grammar->rules.items[index];
}

uint16_t time_rule_index(const struct time_grammar *grammar,
                         const struct time_rule *rule)
{
    return (uint16_t)(rule - grammar->rules.items);
}
