"""Files of all kinds, made of words: no binary fixture without its recipe."""
import io
import zipfile

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"')


def escape(words):
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def packed(members, how=zipfile.ZIP_DEFLATED):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else how)
    return whole.getvalue()


def run_of(words):
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def word_paragraph(*runs, style=None, is_item=False):
    """Runs that begin with < are XML already."""
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    about += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if is_item else ""
    inner = "".join(run if run.startswith("<") else run_of(run) for run in runs)
    return f"<w:p><w:pPr>{about}</w:pPr>{inner}</w:p>"


def word_table(*rows):
    cells = ["".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(body, footnotes="", comments="", author="M. Odera", **more):
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<?xml version="1.0"?><w:document {WORD}><w:body>{body}</w:body></w:document>',
        "word/footnotes.xml": f"<w:footnotes {WORD}>{footnotes}</w:footnotes>",
        "word/comments.xml": f"<w:comments {WORD}>{comments}</w:comments>",
        "docProps/core.xml": '<c:coreProperties xmlns:c="c" xmlns:dc="d" xmlns:t="t">'
                             f"<dc:title>Statement</dc:title><dc:creator>{escape(author)}</dc:creator>"
                             "<t:created>2019-05-14T08:00:00Z</t:created></c:coreProperties>"}
    return packed(members | more)


def docx_of(paragraphs):
    return docx("".join(word_paragraph(words) for words in paragraphs))


def odt(body, **more):
    members = {"mimetype": "application/vnd.oasis.opendocument.text",
               "content.xml": f'<?xml version="1.0"?><office:document-content {OPEN}><office:body><office:text>'
                              f"{body}</office:text></office:body></office:document-content>",
               "meta.xml": f'<office:document-meta {OPEN}><office:meta><dc:title>Statement</dc:title>'
                           "</office:meta></office:document-meta>"}
    return packed(members | more)


def odt_of(paragraphs):
    return odt("".join(f"<text:p>{escape(words)}</text:p>" for words in paragraphs))


def page_of(paragraphs, title="Police deny it"):
    return ("<!doctype html><html><head><meta charset=utf-8><title>" + escape(title) + "</title></head><body>"
            "<nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>" + escape(title) + "</h1>" +
            "".join(f"<p>{escape(words)}</p>" for words in paragraphs) +
            "</article><footer>All rights reserved.</footer></body></html>").encode()


# How wide Helvetica's letters are, from the blank on, in thousandths of its size.
WIDTHS = [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, *[556] * 10, 278, 278, 584, 584,
          584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,
          611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222,
          222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500]


def wide(words, size):
    return sum(WIDTHS[ord(letter) - 32] if 32 <= ord(letter) < 32 + len(WIDTHS) else 1000 for letter in words) * size / 1000


def folded(words, width):
    """Lines that are at most `width` points wide, ten points high."""
    lines, line = [], ""
    for word in words.split():
        if line and wide(f"{line} {word}", 10) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return lines + [line]


def pdf(pages, title="Statement"):
    """Pages of (x, y from below, size, words), in Helvetica (WinAnsi)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None,
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
               f"<< /Title ({title}) /Author (M. Odera) /CreationDate (D:20190514080000Z) >>"]
    kids = []
    for lines in pages:
        drawn = "\n".join("BT /F1 %g Tf %g %g Td (%s) Tj ET" % (
            size, x, y, words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
            for x, y, size, words in lines)
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
                       f"/Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = len(whole)
    whole += (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" +
              "".join(f"{place:010} 00000 n \n" for place in places) +
              f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{table}\n%%EOF\n").encode()
    return whole


def pdf_of(paragraphs, columns=1, head=None):
    """Text in columns, ten points high, with a running head and page numbers."""
    gap, left, right, top, bottom, step = 24, 60, 535, 780, 70, 12.5
    width = (right - left - gap * (columns - 1)) / columns
    lines = []
    for words in paragraphs:
        lines += folded(words, width) + [None]
    pages, page, column, y = [], [], 0, top
    for line in lines:
        if y < bottom:
            column, y = column + 1, top
            if column == columns:
                pages.append(page)
                page, column = [], 0
        if line is None:
            y -= step * (y != top)
            continue
        page.append((left + column * (width + gap), y, 10, line))
        y -= step
    pages.append(page)
    if head is not None:
        for number, lines in enumerate(pages, 1):
            lines.insert(0, (left, 815, 8, head))
            lines.append((290, 40, 8, f"Page {number} of {len(pages)}"))
    return pdf(pages)


def eml(words, attachments=(), subject="Statement"):
    parts = [f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"]
    parts += [f'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="{name}"\r\n'
              f"Content-Transfer-Encoding: 8bit\r\n\r\n{content}\r\n" for name, content in attachments]
    return ("From: M. Odera <m@example.org>\r\nTo: Desk <desk@example.org>\r\nDate: Tue, 14 May 2019 09:30:00 +0300\r\n"
            f"Subject: {subject}\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' +
            "".join(f"--b\r\n{part}" for part in parts) + "--b--\r\n").encode()


def rtf(paragraphs):
    """ANSI with what is beyond it as \\u."""
    def coded(words):
        return "".join(letter if letter.isascii() and letter not in "\\{}" else f"\\u{ord(letter)}?" for letter in words)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\info{\\title Letter}{\\author M. Odera}}\n" +
            "\\par\n".join(coded(words) for words in paragraphs) + "\\par}").encode()


def warc(pages):
    """Pages by address, as a crawler keeps them."""
    whole = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    for address, page in pages.items():
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        whole += (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2019-05-14T08:00:00Z\r\n"
                  f"Content-Length: {len(answer)}\r\n\r\n").encode() + answer + b"\r\n\r\n"
    return whole


def mhtml(page):
    return (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nSubject: A page\r\n"
            b"Date: Tue, 14 May 2019 09:30:00 +0000\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
            b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page + b"\r\n--b--\r\n")


OPEN_MORE = OPEN + (' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
                    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" ')


def columns_of(count, gap="0.6cm"):
    return f'<style:columns fo:column-count="{count}" fo:column-gap="{gap}"/>' if count > 1 else ""


def open_table(rows, name):
    cells = "".join("<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p text:style-name="Small">{escape(cell)}</text:p></table:table-cell>'
        for cell in row) + "</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}"><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{cells}</table:table>'


def open_note(number, words):
    return (f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
            f"<text:note-body><text:p>{escape(words)}</text:p></text:note-body></text:note>")


def flat_odt(body, columns=1, head="The Valley Courier", page_columns=1, size=10):
    """A document that LibreOffice lays out: a running head, page numbers,
    columns of a section or of the pages. `body` has paragraphs and tables."""
    return ('<?xml version="1.0" encoding="UTF-8"?>'
            f'<office:document {OPEN_MORE} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
            "<office:styles>"
            f'<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm"/>'
            f'<style:text-properties style:font-name="Liberation Serif" fo:font-size="{size}pt" fo:language="en" fo:country="GB"/>'
            "</style:default-style>"
            f'<style:style style:name="Title" style:family="paragraph"><style:text-properties fo:font-size="{size + 8}pt" '
            'fo:font-weight="bold"/></style:style>'
            f'<style:style style:name="Small" style:family="paragraph"><style:text-properties fo:font-size="{size - 1}pt"/></style:style>'
            '<style:style style:name="Footnote" style:family="paragraph"><style:text-properties fo:font-size="8pt"/></style:style>'
            '<text:notes-configuration text:note-class="footnote" text:default-style-name="Footnote"/></office:styles>'
            "<office:automatic-styles>"
            '<style:style style:name="Columns" style:family="section"><style:section-properties '
            f'text:dont-balance-text-columns="true">{columns_of(columns)}</style:section-properties></style:style>'
            '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
            f'fo:margin="2cm">{columns_of(page_columns)}</style:page-layout-properties>'
            '<style:header-style><style:header-footer-properties fo:min-height="0.8cm"/></style:header-style>'
            '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm"/></style:footer-style></style:page-layout>'
            "</office:automatic-styles>"
            '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">'
            f"<style:header><text:p>{escape(head)}</text:p></style:header>"
            "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page></office:master-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document>").encode()


def open_section(body, name):
    return f'<text:section text:style-name="Columns" text:name="{name}">{body}</text:section>'
