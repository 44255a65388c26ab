-- All SQL of madai but the tables (schema.sql). Each block is compiled once a
-- connection; a test compiles all of them, another looks for unwanted scans.

-- name: settings_new
PRAGMA page_size = 16384;
PRAGMA application_id = 1835099233;
PRAGMA user_version = 3;
-- name: settings
PRAGMA trusted_schema = OFF;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
-- EXTRA: a commit is the removal of the journal, which FULL leaves to the
-- system; a power cut just after would bring the journal back, and undo it.
PRAGMA synchronous = EXTRA;
PRAGMA fullfsync = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA cache_size = -16000;
-- name: settings_unsafe
PRAGMA synchronous = OFF;
-- name: settings_journal
PRAGMA journal_mode = DELETE;
-- name: application_id
PRAGMA application_id;
-- name: schema_version
PRAGMA user_version;
-- name: settings_migration
PRAGMA foreign_keys = OFF;
-- name: migrate_0
-- A checkpoint's time was nobody's word but this machine's; its entries, and
-- a stamp, have better ones.
CREATE TABLE checkpoint_new (
    -- The tree at a moment, signed; give a copy to somebody else.
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,  -- how many entries it covers
    note TEXT NOT NULL      -- signed note, c2sp.org/tlog-checkpoint
) STRICT;
INSERT INTO checkpoint_new SELECT id, size, note FROM checkpoint;
DROP TABLE checkpoint;
ALTER TABLE checkpoint_new RENAME TO checkpoint;
PRAGMA user_version = 1;
-- name: migrate_1
-- Beginnings of words, names of documents, and what findings are looked up by
-- got an index; a finding's kind is no word any more, and an act's code counts
-- beside one that it is a part of. What is derived is made anew.
DELETE FROM review_target;
DELETE FROM finding;
DELETE FROM name_word;
DELETE FROM passage;
DROP TABLE passage_index;
CREATE VIRTUAL TABLE passage_index USING fts5 (
    words,  -- of the passage; beginnings of 3 and of 5 letters have a list
    content = '', prefix = '3 5', tokenize = 'unicode61 remove_diacritics 2'
);
DROP TABLE finding_index;
CREATE VIRTUAL TABLE finding_index USING fts5 (
    who, says, act, place,  -- the columns of finding
    content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
DROP INDEX finding_first;
CREATE INDEX finding_dates
    ON finding (coalesce(first, last), coalesce(last, first));
CREATE INDEX finding_kind ON finding (kind);
CREATE INDEX document_name ON document (name);
CREATE INDEX document_content ON document (content);
CREATE INDEX review_undoes ON review (undoes) WHERE undoes IS NOT NULL;
PRAGMA user_version = 2;
-- name: migrate_2
-- A text that a converter drew has a map.
CREATE TABLE text_new (
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
INSERT INTO text_new SELECT id, entry, document, version, content, method, NULL
FROM text;
DROP TABLE text;
ALTER TABLE text_new RENAME TO text;
CREATE INDEX text_content ON text (content);
CREATE INDEX text_map ON text (map) WHERE map IS NOT NULL;
PRAGMA user_version = 3;
-- name: foreign_key_check
PRAGMA foreign_key_check;
-- name: quick_check
PRAGMA quick_check(20);
-- name: begin
BEGIN IMMEDIATE;
-- name: commit
COMMIT;
-- name: rollback
ROLLBACK;
-- name: begin_read
BEGIN;
-- name: vacuum
VACUUM;

-- name: ledger_size
SELECT coalesce(max(position) + 1, 0) FROM ledger;
-- name: ledger_rows
SELECT count(*) FROM ledger;
-- name: ledger_insert
INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- name: ledger_entry
SELECT position, kind, time, key, commitment, salt, body FROM ledger
WHERE position = ?1;
-- name: ledger_entries
SELECT position, kind, time, key, commitment, salt, body FROM ledger
WHERE position >= ?1 ORDER BY position;
-- name: ledger_entries_last
SELECT position, kind, time, key, commitment, salt, body FROM ledger
ORDER BY position DESC LIMIT ?1;
-- name: ledger_erase
UPDATE ledger SET salt = NULL, body = NULL WHERE position = ?1;
-- name: node_insert
INSERT INTO node VALUES (?1, ?2, ?3);
-- name: node_get
SELECT digest FROM node WHERE level = ?1 AND number = ?2;
-- name: node_count
SELECT count(*) FROM node;

-- name: key_in_force
SELECT fingerprint, public, sealed FROM signing_key
ORDER BY entry DESC LIMIT 1;
-- name: key_list
SELECT fingerprint, public, sealed, entry FROM signing_key ORDER BY entry;
-- name: key_insert
INSERT INTO signing_key VALUES (NULL, ?1, ?2, ?3, ?4);
-- name: key_reseal
UPDATE signing_key SET sealed = ?2 WHERE fingerprint = ?1;
-- name: checkpoint_insert
INSERT INTO checkpoint VALUES (NULL, ?1, ?2);
-- name: checkpoint_list
SELECT id, size, note FROM checkpoint ORDER BY id;
-- name: checkpoint_by_size
SELECT c.size, c.note, s.answer, s.trusted FROM checkpoint c
LEFT JOIN stamp s ON s.checkpoint = c.id AND s.answer IS NOT NULL
AND s.trusted IS NOT NULL ORDER BY c.size, s.id IS NULL, c.id DESC, s.id DESC;
-- name: checkpoint_last
SELECT id, size, note FROM checkpoint ORDER BY id DESC LIMIT 1;
-- name: stamp_insert
INSERT INTO stamp VALUES (NULL, ?1, ?2, NULL, NULL, NULL, NULL);
-- name: stamp_waiting
SELECT s.id, s.query, c.note FROM stamp s JOIN checkpoint c
ON c.id = s.checkpoint WHERE s.answer IS NULL ORDER BY s.id DESC LIMIT 1;
-- name: stamp_answer
UPDATE stamp SET answer = ?2, trusted = ?3, time = ?4, authority = ?5
WHERE id = ?1;
-- name: stamp_list
SELECT s.id, s.query, s.answer, s.trusted, s.time, s.authority, c.note, c.id
FROM stamp s JOIN checkpoint c ON c.id = s.checkpoint ORDER BY s.id;

-- name: content_find
SELECT id, bytes FROM content WHERE sha256 = ?1;
-- name: content_insert
INSERT INTO content (sha256, bytes) VALUES (?1, ?2);
-- name: content_get
SELECT sha256, bytes FROM content WHERE id = ?1;
-- name: content_list
SELECT id, sha256, bytes FROM content ORDER BY id;
-- name: content_delete
DELETE FROM content WHERE id = ?1
AND NOT EXISTS (SELECT 1 FROM document WHERE content = ?1)
AND NOT EXISTS (SELECT 1 FROM text WHERE content = ?1)
AND NOT EXISTS (SELECT 1 FROM text WHERE map = ?1);
-- name: content_unused
SELECT count(*) FROM content c
WHERE NOT EXISTS (SELECT 1 FROM text t WHERE t.content = c.id)
AND NOT EXISTS (SELECT 1 FROM text t WHERE t.map = c.id)
AND c.id NOT IN (SELECT content FROM document WHERE content IS NOT NULL);
-- name: chunk_insert
INSERT INTO chunk VALUES (?1, ?2);
-- name: chunk_get
SELECT bytes FROM chunk WHERE id = ?1;
-- name: chunk_list
SELECT id, bytes FROM chunk WHERE id >= ?1 AND id < ?2 ORDER BY id;
-- name: chunk_count
SELECT count(*) FROM chunk WHERE id >= ?1 AND id < ?2;
-- name: chunk_delete
DELETE FROM chunk WHERE id >= ?1 AND id < ?2;
-- name: chunk_lost
SELECT id / 16777216 FROM chunk
WHERE id / 16777216 NOT IN (SELECT id FROM content) LIMIT 1;

-- name: document_insert
INSERT INTO document VALUES
(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
-- name: document_by_hash
SELECT * FROM document WHERE sha256 = ?1;
-- name: document_by_id
SELECT * FROM document WHERE id = ?1;
-- name: document_by_entry
SELECT * FROM document WHERE entry = ?1;
-- name: document_by_name
SELECT * FROM document WHERE name = ?1 ORDER BY id LIMIT 2;
-- name: document_by_prefix
SELECT * FROM document WHERE sha256 >= ?1 AND sha256 < ?1 || 'g' LIMIT 2;
-- name: document_after
SELECT * FROM document WHERE id > ?1 ORDER BY id LIMIT 1;
-- name: document_hashes
SELECT sha256 FROM document ORDER BY id;
-- name: document_count
SELECT count(*) FROM document;
-- name: document_delete
DELETE FROM document WHERE id = ?1;
-- name: document_unread
SELECT d.id FROM document d WHERE d.id > ?1
AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.document = d.id)
ORDER BY d.id LIMIT 1;
-- name: text_insert
INSERT INTO text (entry, document, version, content, method, map)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- name: text_last
SELECT t.id, t.version, t.content, c.sha256, c.bytes, t.method, t.entry,
t.document, t.map, m.sha256, m.bytes
FROM text t JOIN content c ON c.id = t.content
LEFT JOIN content m ON m.id = t.map
WHERE t.document = ?1 ORDER BY t.version DESC LIMIT 1;
-- name: text_by_id
SELECT t.id, t.version, t.content, c.sha256, c.bytes, t.method, t.entry,
t.document, t.map, m.sha256, m.bytes
FROM text t JOIN content c ON c.id = t.content
LEFT JOIN content m ON m.id = t.map WHERE t.id = ?1;
-- name: text_by_entry
SELECT t.id, t.version, t.content, c.sha256, c.bytes, t.method, t.entry,
t.document, t.map, m.sha256, m.bytes
FROM text t JOIN content c ON c.id = t.content
LEFT JOIN content m ON m.id = t.map WHERE t.entry = ?1;
-- name: text_of_document
SELECT t.id, t.version, t.content, c.sha256, c.bytes, t.method, t.entry, t.map
FROM text t JOIN content c ON c.id = t.content
WHERE t.document = ?1 ORDER BY t.version;
-- name: text_count
SELECT count(*) FROM text;
-- name: text_delete
DELETE FROM text WHERE document = ?1;

-- name: reading_insert
INSERT INTO reading VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- name: reading_of_document
SELECT entry, text, reader, sha256, body FROM reading WHERE document = ?1;
-- name: reading_about
SELECT entry, text, reader, sha256 FROM reading WHERE document = ?1;
-- name: reading_delete
DELETE FROM reading WHERE document = ?1;
-- name: reading_count
SELECT count(*) FROM reading;
-- name: reading_list
SELECT document, entry, text, reader, sha256 FROM reading ORDER BY document;

-- name: passage_insert
INSERT INTO passage (document, "begin", "end") VALUES (?1, ?2, ?3);
-- name: passage_of_document
SELECT id, "begin", "end" FROM passage WHERE document = ?1 ORDER BY "begin";
-- name: passage_at
SELECT id, "begin", "end" FROM passage WHERE document = ?1 AND "begin" <= ?2
ORDER BY "begin" DESC LIMIT 1;
-- name: passage_get
SELECT p.document, p."begin", p."end", t.content FROM passage p
JOIN reading r ON r.document = p.document JOIN text t ON t.id = r.text
WHERE p.id = ?1;
-- name: passage_delete
DELETE FROM passage WHERE document = ?1;
-- name: passage_index_insert
INSERT INTO passage_index (rowid, words) VALUES (?1, ?2);
-- name: passage_index_delete
INSERT INTO passage_index (passage_index, rowid, words)
VALUES ('delete', ?1, ?2);
-- name: passage_index_clear
INSERT INTO passage_index (passage_index) VALUES ('delete-all');

-- name: passage_words_new
CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_words
USING fts5vocab (main, passage_index, instance);
-- name: passage_words
SELECT doc, offset, col, term FROM temp.passage_words;

-- name: finding_insert
INSERT INTO finding VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
?11, ?12, ?13, ?14, ?15, ?16);
-- name: finding_change
UPDATE finding SET who = ?2, says = ?3, act = ?4, place = ?5, first = ?6,
last = ?7, "begin" = ?8, "end" = ?9, quote_sha256 = ?10, status = ?11,
passage = ?12 WHERE id = ?1;
-- name: finding_of_document
SELECT * FROM finding WHERE document = ?1 ORDER BY "begin", id;
-- name: finding_by_key
SELECT * FROM finding WHERE key = ?1;
-- name: finding_by_prefix
SELECT * FROM finding WHERE key >= ?1 AND key < ?1 || '{' LIMIT 2;
-- name: finding_by_id
SELECT * FROM finding WHERE id = ?1;
-- name: finding_by_local
SELECT * FROM finding WHERE document = ?1 AND local = ?2 LIMIT 1;
-- name: finding_count
SELECT count(*) FROM finding WHERE document = ?1;
-- name: finding_delete
DELETE FROM finding WHERE document = ?1;
-- name: finding_passage
UPDATE finding SET passage = ?2 WHERE id = ?1;
-- name: finding_index_insert
INSERT INTO finding_index (rowid, who, says, act, place)
VALUES (?1, ?2, ?3, replace(?4, '-', ''), ?5);
-- name: finding_index_delete
INSERT INTO finding_index (finding_index, rowid, who, says, act, place)
SELECT 'delete', id, who, says, replace(act, '-', ''), place
FROM finding WHERE id = ?1;
-- name: finding_index_clear
INSERT INTO finding_index (finding_index) VALUES ('delete-all');
-- name: finding_words_new
CREATE VIRTUAL TABLE IF NOT EXISTS temp.finding_words
USING fts5vocab (main, finding_index, instance);
-- name: finding_words
SELECT doc, offset, col, term FROM temp.finding_words;
-- name: name_word_add
INSERT INTO name_word VALUES (?1, ?2)
ON CONFLICT (word) DO UPDATE SET uses = uses + ?2;
-- name: name_word_drop
UPDATE name_word SET uses = uses - ?2 WHERE word = ?1;
-- name: name_word_sweep
DELETE FROM name_word WHERE word = ?1 AND uses <= 0;
-- name: name_word_has
SELECT 1 FROM name_word WHERE word >= ?1 AND word < ?1 || char(1114111)
LIMIT 1;
-- name: name_word_all
SELECT word FROM name_word;
-- name: name_word_uses
SELECT word, uses FROM name_word;

-- name: search_passages
SELECT y.id, y.score, y.seen, coalesce(d.date, r.date, '') FROM (
    SELECT x.id AS id, x.score AS score, count(*) OVER () AS seen
    FROM (SELECT rowid AS id, passage_rank(passage_index) AS score
          FROM passage_index WHERE passage_index MATCH ?1
          ORDER BY rowid DESC LIMIT ?2) x
    ORDER BY x.score DESC, x.id LIMIT ?4 OFFSET ?5) y
CROSS JOIN passage p ON p.id = y.id
CROSS JOIN document d ON d.id = p.document
LEFT JOIN reading r ON r.document = d.id
ORDER BY y.score DESC, y.id;
-- name: search_passages_by_date
SELECT id, score, seen, date FROM (
    SELECT x.id AS id, x.score AS score, count(*) OVER () AS seen,
    coalesce(d.date, r.date, '') AS date
    FROM (SELECT rowid AS id, passage_rank(passage_index) AS score
          FROM passage_index WHERE passage_index MATCH ?1
          ORDER BY rowid DESC LIMIT ?2) x
    CROSS JOIN passage p ON p.id = x.id
    CROSS JOIN document d ON d.id = p.document
    LEFT JOIN reading r ON r.document = d.id)
ORDER BY date DESC, score DESC, id LIMIT ?4 OFFSET ?5;
-- name: search_findings
-- What is rarest leads (?11) and is looked up in an index of its own; the rest
-- is asked of what it gives. The other arms cost nothing: their condition is
-- known before they begin. Few findings (?12) are asked one by one whether
-- their passage has the words; else all passages with them are listed once.
SELECT id, 0.0, count(*) OVER (), date FROM (
    SELECT f.id AS id, coalesce(f.first, '') AS date FROM (
        SELECT id FROM (
            SELECT rowid AS id FROM finding_index
            WHERE finding_index MATCH ?1 ORDER BY rowid DESC)
        WHERE ?11 = 'names'
        UNION ALL SELECT id FROM (
            SELECT g.id AS id FROM passage_index x
            CROSS JOIN finding g ON g.passage = x.rowid
            WHERE passage_index MATCH ?9 ORDER BY x.rowid DESC)
        WHERE ?11 = 'words'
        UNION ALL SELECT id FROM (
            SELECT g.id AS id FROM finding g
            WHERE coalesce(g.first, g.last) <= ?7
            AND coalesce(g.last, g.first) >= ?6
            ORDER BY coalesce(g.first, g.last) DESC)
        WHERE ?11 = 'dates'
        UNION ALL SELECT id FROM (
            SELECT g.id AS id FROM finding g
            WHERE g.status = ?8 AND g.status <> 'unreviewed'
            ORDER BY g.id DESC)
        WHERE ?11 = 'status'
        UNION ALL SELECT id FROM (
            SELECT g.id AS id FROM finding g
            WHERE g.kind = trim(?10) ORDER BY g.id DESC)
        WHERE ?11 = 'kind'
        UNION ALL SELECT id FROM (
            SELECT g.id AS id FROM finding g ORDER BY g.id DESC)
        WHERE ?11 = 'all') x
    CROSS JOIN finding f ON f.id = x.id
    WHERE (?6 IS NULL OR (coalesce(f.last, f.first) >= ?6
                          AND coalesce(f.first, f.last) <= ?7))
    AND (?8 IS NULL OR f.status = ?8)
    AND (?10 IS NULL OR instr(?10, ' ' || f.kind || ' ') > 0)
    AND (?9 IS NULL OR ?11 = 'words' OR iif(?12,
        EXISTS (SELECT 1 FROM passage_index
                WHERE passage_index MATCH ?9 AND rowid = f.passage),
        f.passage IN (SELECT rowid FROM passage_index
                      WHERE passage_index MATCH ?9)))
    LIMIT ?2)
ORDER BY iif(?3, date, '') DESC, id DESC LIMIT ?4 OFFSET ?5;
-- name: search_named
SELECT count(*) FROM (SELECT 1 FROM finding_index
                      WHERE finding_index MATCH ?1 LIMIT ?2);
-- name: shown_new
-- The passages of one answer, so that their marks are looked for among a few.
CREATE VIRTUAL TABLE IF NOT EXISTS temp.shown USING fts5 (
    words, content = '', tokenize = 'unicode61 remove_diacritics 2');
-- name: shown_clear
INSERT INTO temp.shown (shown) VALUES ('delete-all');
-- name: shown_insert
INSERT INTO temp.shown (rowid, words) VALUES (?1, ?2);
-- name: shown_marks
SELECT rowid, passage_marks(shown) FROM temp.shown WHERE shown MATCH ?1;

-- name: review_insert
INSERT INTO review VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
?11, ?12, ?13, ?14, ?15, ?16, ?17);
-- name: review_of_document
SELECT * FROM review WHERE document = ?1 ORDER BY id;
-- name: review_of_finding
SELECT * FROM review WHERE finding = ?1 OR id IN
(SELECT t.review FROM review_target t JOIN finding f ON f.id = t.finding
WHERE f.key = ?1) ORDER BY id;
-- name: review_holding
SELECT r.* FROM review_target t JOIN review r ON r.id = t.review
WHERE t.finding = ?1 ORDER BY r.id;
-- name: review_by_key
SELECT * FROM review WHERE key = ?1;
-- name: review_by_entry
SELECT * FROM review WHERE entry = ?1;
-- name: review_after
SELECT * FROM review WHERE id > ?1 ORDER BY id LIMIT 1;
-- name: review_last
SELECT * FROM review WHERE id < ?1 ORDER BY id DESC LIMIT ?2;
-- name: review_undone
SELECT 1 FROM review WHERE undoes = ?1 LIMIT 1;
-- name: review_has_target
SELECT finding FROM review_target WHERE review = ?1;
-- name: review_target_insert
INSERT OR REPLACE INTO review_target VALUES (?1, ?2);
-- name: review_target_delete
DELETE FROM review_target WHERE review = ?1;
-- name: review_delete
DELETE FROM review WHERE id = ?1;
-- name: review_count
SELECT count(*) FROM review;
-- name: fts5_api
SELECT fts5(?1);

-- name: list_documents_added
SELECT x.id, d.sha256, d.name, coalesce(d.date, r.date), d.bytes,
d.content IS NOT NULL, r.document IS NOT NULL,
(SELECT count(*) FROM finding f WHERE f.document = x.id),
(SELECT count(*) FROM finding f WHERE f.document = x.id AND +f.kind = 'claim'),
(SELECT count(*) FROM finding f WHERE f.document = x.id
 AND f.status <> 'unreviewed'), x.total
FROM (SELECT id, 0 AS total FROM document
      ORDER BY id DESC LIMIT ?2 OFFSET ?3) x
CROSS JOIN document d ON d.id = x.id
LEFT JOIN reading r ON r.document = x.id ORDER BY x.id DESC;
-- name: list_documents_sorted
SELECT x.id, d.sha256, d.name, coalesce(d.date, r.date), d.bytes,
d.content IS NOT NULL, r.document IS NOT NULL,
(SELECT count(*) FROM finding f WHERE f.document = x.id),
(SELECT count(*) FROM finding f WHERE f.document = x.id AND +f.kind = 'claim'),
(SELECT count(*) FROM finding f WHERE f.document = x.id
 AND f.status <> 'unreviewed'), x.total
FROM (SELECT e.id AS id, count(*) OVER () AS total, CASE ?4
          WHEN 0 THEN -e.id WHEN 1 THEN e.name
          ELSE coalesce(e.date, q.date, '~') END AS rank
      FROM document e LEFT JOIN reading q ON q.document = e.id
      WHERE ?1 IS NULL OR instr(lower(e.name), lower(?1)) > 0
      ORDER BY rank, e.id LIMIT ?2 OFFSET ?3) x
CROSS JOIN document d ON d.id = x.id
LEFT JOIN reading r ON r.document = x.id ORDER BY x.rank, x.id;
-- name: list_kinds
SELECT kind, count(*), 0, 0, count(*) OVER () FROM finding GROUP BY kind
ORDER BY 2 DESC, 1 LIMIT ?1;
-- name: list_statuses
SELECT status, count(*), 0, 0, count(*) OVER () FROM finding
WHERE status <> 'unreviewed' GROUP BY status ORDER BY 2 DESC, 1 LIMIT ?1;
-- name: list_says
SELECT says, count(*), 0, min(id), count(*) OVER () FROM finding
WHERE kind = 'claim' AND says IS NOT NULL GROUP BY says
ORDER BY 2 DESC, 1 LIMIT ?1;
-- name: list_speakers
SELECT substr(who, 1, instr(who || ';', ';') - 1) AS name, count(*),
count(DISTINCT document), min(id), count(*) OVER () FROM finding
WHERE kind = 'claim' AND who IS NOT NULL GROUP BY name
ORDER BY 2 DESC, 1 LIMIT ?1;
-- name: list_acts
SELECT act, count(*), 0, min(id), count(*) OVER () FROM finding
WHERE kind = 'act' AND act IS NOT NULL GROUP BY act
ORDER BY 2 DESC, 1 LIMIT ?1;
-- name: list_places
SELECT substr(place, 1, instr(place || ';', ';') - 1) AS name, count(*),
count(DISTINCT document), min(id), count(*) OVER () FROM finding
WHERE kind = 'place' AND place IS NOT NULL GROUP BY name
ORDER BY 2 DESC, 1 LIMIT ?1;
-- name: list_months
SELECT substr(coalesce(first, last), 1, 7) AS month, count(*), 0, 0,
count(*) OVER () FROM finding
WHERE coalesce(first, last) IS NOT NULL AND kind = 'act'
AND status <> 'rejected' GROUP BY month ORDER BY month LIMIT ?1;
-- name: list_place_months
SELECT substr(place, 1, instr(place || ';', ';') - 1) AS name,
substr(coalesce(first, last), 1, 7) AS month, count(*) FROM finding
WHERE kind = 'act' AND place IS NOT NULL AND coalesce(first, last) IS NOT NULL
AND status <> 'rejected' GROUP BY name, month ORDER BY name, month LIMIT ?1;
-- name: list_actors
SELECT substr(who, 1, instr(who || ';', ';') - 1) AS name, count(*),
count(DISTINCT document), min(id), count(*) OVER () FROM finding
WHERE kind = 'actor' AND who IS NOT NULL AND status <> 'rejected'
GROUP BY name HAVING ?1 IS NULL OR instr(lower(name), lower(?1)) > 0
ORDER BY 3 DESC, 2 DESC, 1 LIMIT ?2 OFFSET ?3;
-- name: list_actor_findings
SELECT * FROM finding WHERE kind = 'actor'
AND substr(who, 1, instr(who || ';', ';') - 1) = ?1 ORDER BY id LIMIT ?2;
-- name: list_chronology
SELECT * FROM finding WHERE coalesce(first, last) >= ?1
AND coalesce(first, last) <= ?2 || '~' AND kind = 'act'
AND status <> 'rejected'
AND (?3 IS NULL OR instr(lower(who), lower(?3)) > 0)
AND (?4 IS NULL OR instr(' ' || act || ' ', ' ' || ?4 || ' ') > 0)
AND (?5 IS NULL OR instr(lower(place), lower(?5)) > 0)
ORDER BY coalesce(first, last), id LIMIT ?6 OFFSET ?7;
-- name: list_findings_in
SELECT * FROM finding WHERE document = ?1 AND "begin" >= ?2 AND "begin" < ?3
ORDER BY "begin", id LIMIT ?4;
-- name: list_findings_of
SELECT * FROM finding WHERE document = ?1 AND (?2 IS NULL OR kind = ?2)
ORDER BY "begin", id LIMIT ?3 OFFSET ?4;
-- name: finding_locals
SELECT local, key FROM finding WHERE document = ?1 AND local IS NOT NULL;
