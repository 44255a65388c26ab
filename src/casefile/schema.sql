-- name: schema
-- One case is one file. Sealed tables hold what came in and what people
-- decided: their rows are never changed, only erased by law, and the ledger
-- holds a commitment to each. Derived tables hold what a reader made of it;
-- `madai reread` makes them anew. docs/case-file-format.md tells how a
-- stranger checks all of this. Hashes in text are SHA-256, 64 lower-case
-- digits; times are UTC, 2026-01-31T12:00:00Z; places are bytes, [begin, end).

-- Sealed ---------------------------------------------------------------

CREATE TABLE ledger (
    -- All that was done to the case, in order; leaves of an RFC 6962 tree.
    position INTEGER PRIMARY KEY,  -- 0, 1, 2, ... without a gap
    kind TEXT NOT NULL,            -- case, key, document, text, reading,
                                   -- review, erase, import, export
    time TEXT NOT NULL,            -- when it was done, by this machine's clock
    key BLOB NOT NULL,             -- fingerprint of the key then in force;
                                   -- 32 zeros before there was one
    commitment BLOB NOT NULL,      -- HMAC-SHA256(salt, body)
    salt BLOB,                     -- 32 random bytes; NULL once erased
    body BLOB                      -- JSON: what was done; NULL once erased
) STRICT;

CREATE TABLE node (
    -- Complete subtrees of the ledger's tree, so that an entry is appended,
    -- and proved, without reading the others.
    level INTEGER NOT NULL,   -- 0: a leaf; it covers 2^level leaves
    number INTEGER NOT NULL,  -- the first of them is number * 2^level
    digest BLOB NOT NULL,     -- 32 bytes
    PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_key (
    -- Keys that sign checkpoints. The secret is sealed under a passphrase.
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL UNIQUE REFERENCES ledger (position),
    fingerprint BLOB NOT NULL UNIQUE,  -- SHA-256 of the public key
    public TEXT NOT NULL,              -- verifier's key, c2sp.org/signed-note
    sealed TEXT NOT NULL               -- madai/sealed-key/v1
) STRICT;

CREATE TABLE checkpoint (
    -- The tree at a moment, signed; give a copy to somebody else.
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,  -- how many entries it covers
    note TEXT NOT NULL      -- signed note, c2sp.org/tlog-checkpoint
) STRICT;

CREATE TABLE stamp (
    -- A time-stamping authority's word that a checkpoint existed (RFC 3161).
    id INTEGER PRIMARY KEY,
    checkpoint INTEGER NOT NULL REFERENCES checkpoint (id),
    query BLOB NOT NULL,  -- what was asked, DER
    answer BLOB,          -- what was answered, DER; NULL until it came
    trusted TEXT,         -- the certificates it was checked against, PEM
    time TEXT,            -- what the answer says
    authority TEXT        -- who signed it
) STRICT;

CREATE TABLE content (
    -- Bytes, known by their hash: originals and texts. A text that is its
    -- original, byte for byte, is kept once.
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE chunk (
    -- Content in pieces of 65536 bytes, the last one shorter.
    id INTEGER PRIMARY KEY,  -- content.id * 16777216 + number, from 0
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE document (
    -- What came in, and from where.
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL UNIQUE REFERENCES ledger (position),
    sha256 TEXT NOT NULL UNIQUE,  -- of the original
    bytes INTEGER NOT NULL,       -- its length
    content INTEGER REFERENCES content (id),  -- NULL: it is held elsewhere
    name TEXT NOT NULL,      -- file name, with folders below the one added
    date TEXT,               -- when it was published or signed, as given
    source TEXT,             -- who published or wrote it, as given
    url TEXT,                -- where it was found
    note TEXT,               -- whatever else its keeper wants to say
    obtained_by TEXT,        -- custody: who got hold of it,
    obtained_at TEXT,        -- when,
    obtained_from TEXT,      -- and from whom
    shard_root TEXT          -- read elsewhere: root over the shard it came in
) STRICT;
CREATE INDEX document_name ON document (name);
CREATE INDEX document_content ON document (content);

CREATE TABLE text (
    -- The UTF-8 text of a document; a better one is a new version.
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL UNIQUE REFERENCES ledger (position),
    document INTEGER NOT NULL REFERENCES document (id),
    version INTEGER NOT NULL,  -- 1, 2, ...; the last one is read
    content INTEGER NOT NULL REFERENCES content (id),
    method TEXT NOT NULL,      -- same: the original's bytes; given: came
                               -- with a reading made elsewhere;
                               -- drawn: from the original, by a converter
    map INTEGER REFERENCES content (id),  -- where each piece of it stands
                               -- in the original (JSON); NULL: none
    UNIQUE (document, version)
) STRICT;
CREATE INDEX text_content ON text (content);
CREATE INDEX text_map ON text (map) WHERE map IS NOT NULL;

CREATE TABLE review (
    -- What a person decided about a finding. Never overwritten: a later one
    -- stands above it, or undoes it.
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL UNIQUE REFERENCES ledger (position),
    key TEXT NOT NULL UNIQUE,  -- short name, r-...
    document INTEGER NOT NULL REFERENCES document (id),
    finding TEXT NOT NULL,     -- key of the finding it was made on
    kind TEXT NOT NULL,        -- of that finding
    decision TEXT NOT NULL,    -- accepted, corrected, rejected, added,
                               -- merged, split, undone
    fields TEXT,               -- JSON: values corrected or added; the other
                               -- findings of a merge or split
    undoes TEXT,               -- key of the review that it takes back
    text_sha256 TEXT NOT NULL, -- the passage, as W3C Web Annotation has it:
    "begin" INTEGER NOT NULL,  -- the place in that text,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,       -- the words,
    prefix TEXT NOT NULL,      -- and some before
    suffix TEXT NOT NULL,      -- and after them
    reviewer TEXT NOT NULL,    -- who
    time TEXT NOT NULL,        -- when
    why TEXT                   -- why
) STRICT;
CREATE INDEX review_document ON review (document);
CREATE INDEX review_finding ON review (finding);
CREATE INDEX review_undoes ON review (undoes) WHERE undoes IS NOT NULL;

-- Derived --------------------------------------------------------------

CREATE TABLE reading (
    -- What a reader made of a text: one a document, the last.
    document INTEGER PRIMARY KEY REFERENCES document (id),
    entry INTEGER NOT NULL REFERENCES ledger (position),
    text INTEGER NOT NULL REFERENCES text (id),
    reader TEXT NOT NULL,   -- version and model that made it
    date TEXT,              -- the document's, as the reading has it
    sha256 TEXT NOT NULL,   -- of the body
    body BLOB NOT NULL      -- JSON, as docs/reading.md describes it
) STRICT;
CREATE INDEX reading_text ON reading (text);

CREATE TABLE passage (
    -- What search finds: paragraphs and headings, long ones in pieces.
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    "begin" INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX passage_document ON passage (document, "begin");

CREATE VIRTUAL TABLE passage_index USING fts5 (
    words,  -- of the passage; beginnings of 3 and of 5 letters have a list
    content = '', prefix = '3 5', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE finding (
    -- What a reading says, and what reviews made of it.
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,  -- short name from document, kind and passage
    document INTEGER NOT NULL REFERENCES document (id),
    kind TEXT NOT NULL,     -- actor, claim, act, figure, time, place,
                            -- intervention, citation
    local TEXT,             -- its id in the reading; NULL: added by hand
    who TEXT,               -- actors: who speaks, does, suffers, is asked
    says TEXT,              -- speech act of a claim
    act TEXT,               -- codes of acts, harms, interventions
    place TEXT,             -- names of places
    first TEXT,             -- the dates it may be about
    last TEXT,
    "begin" INTEGER NOT NULL,  -- its passage
    "end" INTEGER NOT NULL,
    quote_sha256 BLOB NOT NULL,  -- of the bytes there
    confidence REAL,
    status TEXT NOT NULL,   -- unreviewed, accepted, corrected, rejected, added
    passage INTEGER         -- where search finds it
) STRICT;
CREATE INDEX finding_document ON finding (document, "begin");
CREATE INDEX finding_passage ON finding (passage);
CREATE INDEX finding_dates
    ON finding (coalesce(first, last), coalesce(last, first));
CREATE INDEX finding_kind ON finding (kind);
CREATE INDEX finding_reviewed ON finding (status)
    WHERE status <> 'unreviewed';

CREATE VIRTUAL TABLE finding_index USING fts5 (
    who, says, act, place,  -- the columns of finding
    content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE name_word (
    -- Words in names of actors and places, to find those spelt otherwise.
    word TEXT PRIMARY KEY,     -- folded
    uses INTEGER NOT NULL      -- how many findings have it
) STRICT, WITHOUT ROWID;

CREATE TABLE review_target (
    -- Which finding a review holds for now; none: it is stranded.
    review INTEGER PRIMARY KEY REFERENCES review (id) ON DELETE CASCADE,
    finding INTEGER NOT NULL REFERENCES finding (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX review_target_finding ON review_target (finding);
