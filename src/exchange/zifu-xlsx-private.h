/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <archive.h>
#include <libxml/xmlreader.h>

#include "zifu-table-private.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextReader, xmlFreeTextReader)

/* What all parts of one workbook may unpack to, together. */
typedef struct {
  gint64 unpacked; /* bytes so far */
  gint64 limit;
} ZifuXlsxBudget;

/* zifu-xlsx-part.c: one part of the workbook, an XML document inside the archive. */

typedef struct _ZifuXlsxPart ZifuXlsxPart;

ZifuXlsxPart *_zifu_xlsx_part_open (ZifuInput *source, ZifuXlsxBudget *budget, const char *name, gboolean *found, GError **error);
void          _zifu_xlsx_part_free (ZifuXlsxPart *self);
gboolean      _zifu_xlsx_part_next (ZifuXlsxPart *self, const char **opens, GError **error);
gboolean      _zifu_xlsx_part_at_end (ZifuXlsxPart *self);
const char   *_zifu_xlsx_part_closes (ZifuXlsxPart *self);
const char   *_zifu_xlsx_part_text (ZifuXlsxPart *self);
gboolean      _zifu_xlsx_part_is_empty_element (ZifuXlsxPart *self);
char         *_zifu_xlsx_part_attribute (ZifuXlsxPart *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuXlsxPart, _zifu_xlsx_part_free)

/* zifu-xlsx-book.c: what is said of the sheets beside the sheets. */

typedef struct {
  GPtrArray *names;     /* of char*: the sheets, in order */
  GPtrArray *paths;     /* of char*: where each lies */
  guint      first_shown;
  GPtrArray *strings;   /* of const char*, into chunk */
  GStringChunk *chunk;
  GArray    *is_date;   /* of gboolean, by style */
  gboolean   from_1904;
} ZifuXlsxBook;

ZifuXlsxBook *_zifu_xlsx_book_read (ZifuInput *source, ZifuXlsxBudget *budget, GError **error);
void          _zifu_xlsx_book_free (ZifuXlsxBook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuXlsxBook, _zifu_xlsx_book_free)

G_END_DECLS
