/*
 * docx_parts.h - the parts of a DOCX that are the same in each: styles,
 * numbering, relations; and the heads of those that are written. The files
 * of data/docx as tools/embed.c makes them. Of write_docx.c alone.
 */
#ifndef MADAI_DOCX_PARTS_H
#define MADAI_DOCX_PARTS_H

extern const char docx_types[], docx_rels[], docx_app[], docx_document_rels[],
    docx_styles[], docx_numbering[], docx_settings[], docx_document_head[],
    docx_document_tail[], docx_footnotes_head[], docx_core_head[],
    docx_footer_head[], docx_footer_tail[];

#endif
