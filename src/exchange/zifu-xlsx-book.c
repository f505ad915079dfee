/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-xlsx-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BOOK_PATH "xl/workbook.xml"
#define RELATIONS_PATH "xl/_rels/workbook.xml.rels"
#define MAX_STRINGS 5000000

/* Calls @see for each element of a part; a part that is not there has none. */
typedef gboolean (*SeeFunc) (ZifuXlsxPart *part, const char *opens, gpointer data, GError **error);

static gboolean
walk (ZifuInput *source, ZifuXlsxBudget *budget, const char *name, SeeFunc see, gpointer data, gboolean *found, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (ZifuXlsxPart) part = _zifu_xlsx_part_open (source, budget, name, found, &local);
  const char *opens;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (part == NULL)
    return TRUE;
  do
    if (!_zifu_xlsx_part_next (part, &opens, error) || (!_zifu_xlsx_part_at_end (part) && !see (part, opens, data, error)))
      return FALSE;
  while (!_zifu_xlsx_part_at_end (part));
  return TRUE;
}

/* ---- sheets */

typedef struct {
  ZifuXlsxBook *book;
  GPtrArray    *ids;     /* of char*: by which each sheet is found */
  GHashTable   *targets; /* id -> path */
  gboolean      shown;   /* whether a shown sheet was seen */
} Sheets;

static gboolean
see_book (ZifuXlsxPart *part, const char *opens, gpointer data, GError **error)
{
  Sheets *sheets = data;
  g_autofree char *name = NULL, *id = NULL, *state = NULL, *from_1904 = NULL;

  if (g_strcmp0 (opens, "workbookPr") == 0)
    {
      from_1904 = _zifu_xlsx_part_attribute (part, "date1904");
      sheets->book->from_1904 = g_strcmp0 (from_1904, "1") == 0 || g_strcmp0 (from_1904, "true") == 0;
    }
  if (g_strcmp0 (opens, "sheet") != 0)
    return TRUE;

  name = _zifu_xlsx_part_attribute (part, "name");
  id = _zifu_xlsx_part_attribute (part, "id");
  state = _zifu_xlsx_part_attribute (part, "state");
  if (name == NULL || id == NULL)
    return TRUE;
  if (!sheets->shown && (state == NULL || g_str_equal (state, "visible")))
    {
      sheets->shown = TRUE;
      sheets->book->first_shown = sheets->ids->len;
    }
  g_ptr_array_add (sheets->book->names, g_steal_pointer (&name));
  g_ptr_array_add (sheets->ids, g_steal_pointer (&id));
  return TRUE;
}

static gboolean
see_relation (ZifuXlsxPart *part, const char *opens, gpointer data, GError **error)
{
  Sheets *sheets = data;
  g_autofree char *id = NULL, *target = NULL, *type = NULL;

  if (g_strcmp0 (opens, "Relationship") != 0)
    return TRUE;
  id = _zifu_xlsx_part_attribute (part, "Id");
  target = _zifu_xlsx_part_attribute (part, "Target");
  type = _zifu_xlsx_part_attribute (part, "Type");
  if (id != NULL && target != NULL && type != NULL && g_str_has_suffix (type, "/worksheet"))
    g_hash_table_insert (sheets->targets, g_steal_pointer (&id),
                         *target == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL));
  return TRUE;
}

/* Sheets that hold a chart only have no rows: they are left out. */
static void
match_sheets (Sheets *sheets)
{
  guint shown = 0;

  for (guint i = 0; i < sheets->ids->len; i++)
    {
      const char *path = g_hash_table_lookup (sheets->targets, g_ptr_array_index (sheets->ids, i));

      if (i == sheets->book->first_shown)
        shown = sheets->book->paths->len;
      if (path != NULL)
        g_ptr_array_add (sheets->book->paths, g_strdup (path));
      else
        g_clear_pointer (&g_ptr_array_index (sheets->book->names, i), g_free);
    }
  while (g_ptr_array_remove (sheets->book->names, NULL))
    ;
  sheets->book->first_shown = MIN (shown, MAX (sheets->book->paths->len, 1) - 1);
}

static gboolean
read_sheets (ZifuXlsxBook *self, ZifuInput *source, ZifuXlsxBudget *budget, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Sheets sheets = { self, ids, targets, FALSE };
  gboolean found;

  if (!walk (source, budget, BOOK_PATH, see_book, &sheets, &found, error))
    return FALSE;
  if (found && !walk (source, budget, RELATIONS_PATH, see_relation, &sheets, &found, error))
    return FALSE;
  match_sheets (&sheets);
  if (self->paths->len > 0)
    return TRUE;
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT,
                           _("“{1}” is packed, but it is no workbook (.xlsx) with a sheet. Unpack it first."),
                           _zifu_input_get_name (source), NULL);
  return FALSE;
}

/* ---- shared strings */

typedef struct {
  ZifuXlsxBook *book;
  GString      *text;
  guint         skipped; /* inside how many elements whose text is not shown: how characters are read */
  gboolean      inside;  /* inside <t> */
} Strings;

static gboolean
see_string (ZifuXlsxPart *part, const char *opens, gpointer data, GError **error)
{
  Strings *strings = data;
  const char *closes = _zifu_xlsx_part_closes (part), *text = _zifu_xlsx_part_text (part);
  gboolean empty = opens != NULL && _zifu_xlsx_part_is_empty_element (part);

  if (g_strcmp0 (opens, "rPh") == 0 && !empty)
    strings->skipped++;
  else if (g_strcmp0 (closes, "rPh") == 0 && strings->skipped > 0)
    strings->skipped--;
  else if (g_strcmp0 (opens, "t") == 0 && !empty)
    strings->inside = TRUE;
  else if (g_strcmp0 (closes, "t") == 0)
    strings->inside = FALSE;
  else if (text != NULL && strings->inside && strings->skipped == 0)
    g_string_append (strings->text, text);
  else if (g_strcmp0 (closes, "si") == 0 || (g_strcmp0 (opens, "si") == 0 && empty))
    {
      if (strings->book->strings->len == MAX_STRINGS)
        {
          zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("The workbook holds too many texts. Nothing was read."), NULL, NULL);
          return FALSE;
        }
      g_ptr_array_add (strings->book->strings, g_string_chunk_insert (strings->book->chunk, strings->text->str));
      g_string_truncate (strings->text, 0);
    }
  return TRUE;
}

static gboolean
read_strings (ZifuXlsxBook *self, ZifuInput *source, ZifuXlsxBudget *budget, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Strings strings = { self, text, 0, FALSE };
  gboolean found;

  return walk (source, budget, "xl/sharedStrings.xml", see_string, &strings, &found, error);
}

/* ---- styles: which numbers are days */

typedef struct {
  ZifuXlsxBook *book;
  GHashTable   *codes; /* number of a format -> its code */
  gboolean      cells; /* inside <cellXfs> */
} Styles;

static gboolean
see_style (ZifuXlsxPart *part, const char *opens, gpointer data, GError **error)
{
  Styles *styles = data;
  g_autofree char *id = NULL, *code = NULL;

  if (g_strcmp0 (opens, "cellXfs") == 0)
    styles->cells = TRUE;
  else if (g_strcmp0 (_zifu_xlsx_part_closes (part), "cellXfs") == 0)
    styles->cells = FALSE;
  else if (g_strcmp0 (opens, "numFmt") == 0)
    {
      id = _zifu_xlsx_part_attribute (part, "numFmtId");
      code = _zifu_xlsx_part_attribute (part, "formatCode");
      if (id != NULL && code != NULL)
        g_hash_table_insert (styles->codes, GUINT_TO_POINTER (g_ascii_strtoull (id, NULL, 10)), g_steal_pointer (&code));
    }
  else if (styles->cells && g_strcmp0 (opens, "xf") == 0)
    {
      guint number;
      gboolean is_date;

      id = _zifu_xlsx_part_attribute (part, "numFmtId");
      number = id != NULL ? (guint) g_ascii_strtoull (id, NULL, 10) : 0;
      is_date = _zifu_xlsx_is_date_format (number, g_hash_table_lookup (styles->codes, GUINT_TO_POINTER (number)));
      g_array_append_val (styles->book->is_date, is_date);
    }
  return TRUE;
}

static gboolean
read_styles (ZifuXlsxBook *self, ZifuInput *source, ZifuXlsxBudget *budget, GError **error)
{
  g_autoptr (GHashTable) codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Styles styles = { self, codes, FALSE };
  gboolean found;

  return walk (source, budget, "xl/styles.xml", see_style, &styles, &found, error);
}

/*
 * _zifu_xlsx_book_read:
 *
 * The names of the sheets, the texts that cells share, and which styles make a number a day.
 */
ZifuXlsxBook *
_zifu_xlsx_book_read (ZifuInput *source, ZifuXlsxBudget *budget, GError **error)
{
  g_autoptr (ZifuXlsxBook) self = g_new0 (ZifuXlsxBook, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->strings = g_ptr_array_new ();
  self->chunk = g_string_chunk_new (4096);
  self->is_date = g_array_new (FALSE, FALSE, sizeof (gboolean));
  if (!read_sheets (self, source, budget, error) || !read_styles (self, source, budget, error) ||
      !read_strings (self, source, budget, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
_zifu_xlsx_book_free (ZifuXlsxBook *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->strings);
  g_string_chunk_free (self->chunk);
  g_array_unref (self->is_date);
  g_free (self);
}
