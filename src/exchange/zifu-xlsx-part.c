/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-xlsx-private.h"

#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Workbooks come from anywhere, so nothing in them is believed: what they unpack to is bounded, documents are not nested deeply, and a
 * document type (with which entities come) is refused.  No network, no file beside.
 */

#define MAX_DEPTH 32
#define MAX_ENTRIES 10000

struct _ZifuXlsxPart {
  ZifuInput     *source;  /* not owned */
  ZifuXlsxBudget *budget;  /* not owned */
  struct archive *archive; /* owned */
  xmlTextReader  *reader;  /* owned, nullable */
  GError         *failure; /* owned, nullable: what the archive said, past the XML reader */
  gboolean        ended;
};

static gboolean
refuse (ZifuInput *source, GError **error, ZifuExchangeError code, const char *message)
{
  zifu_exchange_set_error (error, code, message, _zifu_input_get_name (source), NULL);
  return FALSE;
}

static gboolean
refuse_damaged (ZifuInput *source, GError **error)
{
  return refuse (source, error, ZIFU_EXCHANGE_ERROR_DAMAGED,
                 _("The workbook “{1}” is damaged. Open it in a spreadsheet and save it again."));
}

/* libarchive asks for seconds what to do; a person waits at most for one piece. */
static int
read_piece (void *context, char *buffer, int length)
{
  ZifuXlsxPart *self = context;
  la_ssize_t n;

  if (self->failure != NULL || _zifu_input_is_cancelled (self->source, &self->failure))
    return -1;
  n = archive_read_data (self->archive, buffer, length);
  if (n < 0)
    {
      g_debug ("libarchive: %s", archive_error_string (self->archive));
      refuse_damaged (self->source, &self->failure);
      return -1;
    }
  self->budget->unpacked += n;
  if (self->budget->unpacked <= self->budget->limit)
    return n;
  refuse (self->source, &self->failure, ZIFU_EXCHANGE_ERROR_LIMIT,
          _("The workbook “{1}” unpacks to far more than its own size. Nothing was read."));
  return -1;
}

static int
close_pieces (void *context)
{
  return 0;
}

/* What libxml2 says quotes the file, which may be anything and is somebody's own: it goes into no log. */
static void
ignore_message (void *data, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr locator)
{
}

static gboolean
open_archive (ZifuXlsxPart *self, GError **error)
{
  if (!_zifu_input_rewind (self->source, error))
    return FALSE;
  self->archive = archive_read_new ();
  archive_read_support_format_zip_seekable (self->archive);
  if (archive_read_open_fd (self->archive, _zifu_input_get_fd (self->source), 64 * 1024) == ARCHIVE_OK)
    return TRUE;
  g_debug ("libarchive: %s", archive_error_string (self->archive));
  return refuse_damaged (self->source, error);
}

static gboolean
is_named (struct archive_entry *entry, const char *name)
{
  const char *path = archive_entry_pathname (entry);

  if (path == NULL)
    return FALSE;
  while (*path == '/')
    path++;
  return g_ascii_strcasecmp (path, name) == 0;
}

static gboolean
find_entry (ZifuXlsxPart *self, const char *name, gboolean *found, GError **error)
{
  struct archive_entry *entry;
  int code = ARCHIVE_OK;

  *found = FALSE;
  for (guint n = 0; n < MAX_ENTRIES; n++)
    {
      code = archive_read_next_header (self->archive, &entry);
      if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
        break;
      if (is_named (entry, name))
        {
          *found = TRUE;
          return TRUE;
        }
    }
  return code == ARCHIVE_EOF || refuse_damaged (self->source, error);
}

/*
 * _zifu_xlsx_part_open:
 * @name: where the part lies in the archive
 * @found: (out): whether there is such a part; without, %NULL is returned and no error is set
 */
ZifuXlsxPart *
_zifu_xlsx_part_open (ZifuInput *source, ZifuXlsxBudget *budget, const char *name, gboolean *found, GError **error)
{
  g_autoptr (ZifuXlsxPart) self = g_new0 (ZifuXlsxPart, 1);

  self->source = source;
  self->budget = budget;
  *found = FALSE;
  if (!open_archive (self, error) || !find_entry (self, name, found, error) || !*found)
    return NULL;

  self->reader = xmlReaderForIO (read_piece, close_pieces, self, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (self->reader == NULL)
    {
      refuse_damaged (source, error);
      return NULL;
    }
  xmlTextReaderSetErrorHandler (self->reader, ignore_message, NULL);
  return g_steal_pointer (&self);
}

void
_zifu_xlsx_part_free (ZifuXlsxPart *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->reader, xmlFreeTextReader);
  if (self->archive != NULL)
    archive_read_free (self->archive);
  g_clear_error (&self->failure);
  g_free (self);
}

/*
 * _zifu_xlsx_part_next:
 * @opens: (out): the element that begins here, without its prefix; %NULL when none does
 *
 * Goes on to the next node.  At the end _zifu_xlsx_part_at_end() is true.
 */
gboolean
_zifu_xlsx_part_next (ZifuXlsxPart *self, const char **opens, GError **error)
{
  int code = xmlTextReaderRead (self->reader), type;

  *opens = NULL;
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  if (code < 0)
    return refuse_damaged (self->source, error);
  if (code == 0)
    {
      self->ended = TRUE;
      return TRUE;
    }
  type = xmlTextReaderNodeType (self->reader);
  if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE)
    return refuse (self->source, error, ZIFU_EXCHANGE_ERROR_FORMAT,
                   _("The workbook “{1}” holds definitions that no workbook needs. It was not read."));
  if (xmlTextReaderDepth (self->reader) > MAX_DEPTH)
    return refuse (self->source, error, ZIFU_EXCHANGE_ERROR_LIMIT, _("The workbook “{1}” is nested too deeply. Nothing was read."));
  if (type == XML_READER_TYPE_ELEMENT)
    *opens = (const char *) xmlTextReaderConstLocalName (self->reader);
  return TRUE;
}

gboolean
_zifu_xlsx_part_at_end (ZifuXlsxPart *self)
{
  return self->ended;
}

/* The element that ends here, or NULL. */
const char *
_zifu_xlsx_part_closes (ZifuXlsxPart *self)
{
  return xmlTextReaderNodeType (self->reader) == XML_READER_TYPE_END_ELEMENT ? (const char *) xmlTextReaderConstLocalName (self->reader)
                                                                             : NULL;
}

/* The text that stands here, or NULL. */
const char *
_zifu_xlsx_part_text (ZifuXlsxPart *self)
{
  int type = xmlTextReaderNodeType (self->reader);

  if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA && type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE &&
      type != XML_READER_TYPE_WHITESPACE)
    return NULL;
  return (const char *) xmlTextReaderConstValue (self->reader);
}

gboolean
_zifu_xlsx_part_is_empty_element (ZifuXlsxPart *self)
{
  return xmlTextReaderIsEmptyElement (self->reader) == 1;
}

/* An attribute of the element, whatever its prefix; NULL when it has none. */
char *
_zifu_xlsx_part_attribute (ZifuXlsxPart *self, const char *name)
{
  char *value = NULL;

  for (int code = xmlTextReaderMoveToFirstAttribute (self->reader); code == 1 && value == NULL;
       code = xmlTextReaderMoveToNextAttribute (self->reader))
    if (g_str_equal ((const char *) xmlTextReaderConstLocalName (self->reader), name))
      value = g_strdup ((const char *) xmlTextReaderConstValue (self->reader));
  xmlTextReaderMoveToElement (self->reader);
  return value;
}
