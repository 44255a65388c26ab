"""libmadai from Python: the functions of include/madai.h that reading needs.

Called through cffi without a compiler; tests/archive/test_parts.py holds the
declarations against the header.
"""
import os

DECLARATIONS = """
struct madai_error { int32_t kind; char text[256]; };
struct madai_given { const char *id; const char *date; };
struct madai_model;
struct madai_gazetteer;
struct madai_reader;
struct madai_reading;
typedef bool madai_write(void *context, const char *bytes, size_t length);
const char *madai_version(void);
struct madai_model *madai_model_open(const char *path, struct madai_error *error);
const char *madai_model_sha256(const struct madai_model *model);
struct madai_gazetteer *madai_gazetteer_open(const char *path, struct madai_error *error);
const char *madai_gazetteer_checksum(const struct madai_gazetteer *gazetteer);
struct madai_reader *madai_reader_new(const struct madai_model *model, struct madai_error *error);
void madai_reader_use_gazetteer(struct madai_reader *reader, const struct madai_gazetteer *gazetteer);
void madai_reader_claim_date(struct madai_reader *reader, const char *date);
const struct madai_reading *madai_read(struct madai_reader *reader, const char *bytes, size_t length,
                                       const struct madai_given *given, struct madai_error *error);
bool madai_reading_json(const struct madai_reading *reading, bool with_text, madai_write *write,
                        void *context, struct madai_error *error);
"""
NOT_FOUND = 1  # of enum madai_error_kind


class Failure(Exception):
    """libmadai said no; the words are its own."""


class Library:
    """A model, a gazetteer and one reader: all that one thread needs. They
    live as long as the process."""

    def __init__(self, library=None, model=None, gazetteer=None):
        import cffi
        self._ffi = cffi.FFI()
        self._ffi.cdef(DECLARATIONS)
        try:
            self._madai = self._ffi.dlopen(library or os.environ.get("MADAI_LIBRARY") or "libmadai.so.0")
        except OSError as why:
            raise Failure(f"libmadai cannot be loaded: {why} (name it with --library or MADAI_LIBRARY)") from why
        self._error = self._ffi.new("struct madai_error *")
        self._model = self._take(self._madai.madai_model_open(_path(self._ffi, model), self._error))
        self._gazetteer = self._open_gazetteer(gazetteer)
        self._reader = self._take(self._madai.madai_reader_new(self._model, self._error))
        if self._gazetteer:
            self._madai.madai_reader_use_gazetteer(self._reader, self._gazetteer)
        self._pieces = []
        self._write = self._ffi.callback("madai_write", self._keep)

    def _take(self, pointer):
        if pointer == self._ffi.NULL:
            raise Failure(self._ffi.string(self._error.text).decode(errors="replace"))
        return pointer

    def _open_gazetteer(self, path):
        """As `madai read` does: "none" for none; none is no fault where none
        was named."""
        path = path or os.environ.get("MADAI_GAZETTEER")
        if path == "none":
            return None
        found = self._madai.madai_gazetteer_open(_path(self._ffi, path), self._error)
        if found == self._ffi.NULL and not path and self._error.kind == NOT_FOUND:
            return None
        return self._take(found)

    def _keep(self, _context, data, length):
        self._pieces.append(self._ffi.buffer(data, length)[:])
        return True

    def reader_name(self):
        """What stands for who read, as in a case: a reading is another one
        when any of these is another."""
        word = self._ffi.string
        name = (f"madai {word(self._madai.madai_version()).decode()}, "
                f"model {word(self._madai.madai_model_sha256(self._model)).decode()}")
        if self._gazetteer:
            name += f", gazetteer {word(self._madai.madai_gazetteer_checksum(self._gazetteer)).decode()}"
        return name

    def read(self, text, id, date, claimed=b""):
        """The reading of the bytes as JSON in bytes; `id`, `date` and the date
        that its file claims are bytes, empty where not known."""
        ffi = self._ffi
        id_kept, date_kept = ffi.new("char[]", id), ffi.new("char[]", date)
        given = ffi.new("struct madai_given *", {"id": id_kept, "date": date_kept})
        # `text` must outlive the writing: the reading points into it.
        data = ffi.from_buffer("char[]", text)
        self._madai.madai_reader_claim_date(self._reader, ffi.new("char[]", claimed))
        self._pieces.clear()
        reading = self._take(self._madai.madai_read(self._reader, data, len(text), given, self._error))
        if not self._madai.madai_reading_json(reading, False, self._write, ffi.NULL, self._error):
            self._take(ffi.NULL)
        return b"".join(self._pieces)


def _path(ffi, path):
    return ffi.new("char[]", os.fsencode(path)) if path else ffi.NULL
