/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-source.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

/* Of a workbook with more sheets than this only the first ones are tried. */
#define MAX_TRIED 20

/* Looks for the sheet with entries: the first one is often a cover. */
static gboolean
try_sheets (ZifuImportSource *self, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) sheets = g_strdupv ((char **) zifu_table_get_sheets (self->table));

  for (guint i = 0; sheets[i] != NULL && i < MAX_TRIED; i++)
    {
      ZifuTableOptions options = { .sheet = sheets[i] };
      g_autoptr (GError) reason = NULL;
      g_autoptr (ZifuTable) table = zifu_table_open (self->path, &options, cancellable, &reason);
      ZifuMapping *mapping = table != NULL ? zifu_mapping_guess (table) : NULL;

      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      if (mapping == NULL)
        continue;
      g_clear_pointer (&self->table, zifu_table_free);
      self->table = g_steal_pointer (&table);
      self->mapping = mapping;
      self->sheet = g_strdup (sheets[i]);
      return TRUE;
    }
  return TRUE;
}

static gboolean
load_table (ZifuImportSource *self, GCancellable *cancellable, GError **error)
{
  ZifuTableOptions options;

  zifu_import_source_get_options (self, &options);
  self->table = zifu_table_open (self->path, &options, cancellable, error);
  if (self->table == NULL)
    return FALSE;

  self->mapping = zifu_mapping_guess (self->table);
  if (self->mapping == NULL && self->sheet == NULL && zifu_table_get_sheets (self->table) != NULL &&
      !try_sheets (self, cancellable, error))
    return FALSE;
  self->guessed = self->mapping != NULL;
  if (self->mapping == NULL)
    {
      self->mapping = zifu_mapping_new ();
      self->mapping->confidence = 0;
    }
  return TRUE;
}

static gboolean
load_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  ZifuImportSource *self = *(ZifuImportSource **) data;

  if (zifu_import_is_household (self->path))
    self->kind = ZIFU_SOURCE_HOUSEHOLD;
  else if (zifu_import_is_document (self->path))
    self->kind = ZIFU_SOURCE_DOCUMENT;
  else
    return load_table (self, job->cancellable, error);
  return TRUE;
}

static void
slot_free (gpointer data)
{
  ZifuImportSource **slot = data;

  g_clear_pointer (slot, zifu_import_source_free);
  g_free (slot);
}

/**
 * zifu_import_source_load_async:
 * @path: a file
 * @options: (nullable): what the user said of it; copied
 * @work: a work that did not begin yet
 * @callback: (scope async): is called when it was looked into
 * @user_data: for @callback
 *
 * Looks into a file in a thread: what it is, its first rows, and what its columns seem to be.
 */
void
zifu_import_source_load_async (const char *path, const ZifuTableOptions *options, ZifuWork *work, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  ZifuImportSource **slot;
  g_autofree char *base = NULL;

  g_return_if_fail (path != NULL);
  g_return_if_fail (ZIFU_IS_WORK (work));

  base = g_path_get_basename (path);
  slot = g_new0 (ZifuImportSource *, 1);
  *slot = g_new0 (ZifuImportSource, 1);
  (*slot)->path = g_strdup (path);
  (*slot)->name = g_filename_display_name (base);
  if (options != NULL)
    {
      (*slot)->encoding = g_strdup (options->encoding);
      (*slot)->sheet = g_strdup (options->sheet);
      (*slot)->separator = options->separator;
    }
  zifu_work_run_async (work, load_in_thread, slot, slot_free, callback, user_data);
}

/**
 * zifu_import_source_load_finish:
 * @work: the work
 * @result: what the callback was given
 * @error: return location for an error of #ZifuExchangeError, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the file, or %NULL with an error
 */
ZifuImportSource *
zifu_import_source_load_finish (ZifuWork *work, GAsyncResult *result, GError **error)
{
  ZifuImportSource **slot = zifu_work_get_data (result);

  return zifu_work_run_finish (work, result, error) ? g_steal_pointer (slot) : NULL;
}

/**
 * zifu_import_source_get_options:
 * @self: a file
 * @options: (out caller-allocates): what is known of it; its texts belong to @self
 *
 * How the file is to be read again.
 */
void
zifu_import_source_get_options (const ZifuImportSource *self, ZifuTableOptions *options)
{
  g_return_if_fail (self != NULL && options != NULL);

  *options = (ZifuTableOptions){ self->encoding, self->sheet, self->separator };
}

static const char *
separator_words (char separator)
{
  switch (separator)
    {
    case ',':
      return _("separated by commas");
    case ';':
      return _("separated by semicolons");
    case '\t':
      return _("separated by tabs");
    case '|':
      return _("separated by strokes");
    default:
      return NULL;
    }
}

/* The columns of the longest of the first rows. */
static guint
count_columns (const GPtrArray *head)
{
  guint n = 0;

  for (guint i = 0; i < head->len; i++)
    n = MAX (n, ((const ZifuTableRow *) g_ptr_array_index (head, i))->n_cells);
  return n;
}

/**
 * zifu_import_source_describe:
 * @self: a file
 *
 * Returns: (transfer full): as what it was recognised, in the current language
 */
char *
zifu_import_source_describe (const ZifuImportSource *self)
{
  g_autofree char *columns = NULL, *counted = NULL;
  const char *separator, *sheet;
  guint n;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == ZIFU_SOURCE_HOUSEHOLD)
    return g_strdup (_("A whole household, written by Zifu"));
  if (self->kind == ZIFU_SOURCE_DOCUMENT)
    return g_strdup (_("An account document (JSON)"));

  n = count_columns (zifu_table_get_head (self->table));
  columns = g_strdup_printf ("%u", n);
  /* Translators: {1} is how many columns a table has. */
  counted = zifu_words_fill (ngettext ("{1} column", "{1} columns", n), columns, NULL);
  sheet = zifu_table_get_sheet (self->table);
  if (sheet != NULL)
    /* Translators: {1} is the name of a sheet, {2} is “5 columns”. */
    return zifu_words_fill (_("Workbook, sheet “{1}”, {2}"), sheet, counted, NULL);
  separator = separator_words (zifu_table_get_separator (self->table));
  if (separator == NULL)
    /* Translators: {1} is an encoding such as UTF-8, {2} is “5 columns”. */
    return zifu_words_fill (_("Text in {1}, {2}"), zifu_table_get_encoding (self->table), counted, NULL);
  /* Translators: {1} is an encoding such as UTF-8, {2} is “separated by commas”, {3} is “5 columns”. */
  return zifu_words_fill (_("Text in {1}, {2}, {3}"), zifu_table_get_encoding (self->table), separator, counted, NULL);
}

/**
 * zifu_import_source_free:
 * @self: (nullable) (transfer full): a file
 *
 * Frees @self, not the file.
 */
void
zifu_import_source_free (ZifuImportSource *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->name);
  g_clear_pointer (&self->table, zifu_table_free);
  g_clear_pointer (&self->mapping, zifu_mapping_free);
  g_free (self->encoding);
  g_free (self->sheet);
  g_free (self);
}
