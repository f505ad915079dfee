/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-words.h"

/*
 * _zifu_import_plan_new_empty:
 *
 * A plan without lines.
 */
ZifuImportPlan *
_zifu_import_plan_new_empty (ZifuLedger *ledger, const char *path, const ZifuImportOptions *options, GError **error)
{
  g_autoptr (ZifuImportPlan) self = g_new0 (ZifuImportPlan, 1);
  g_autofree char *base = g_path_get_basename (path);

  self->path = g_strdup (path);
  self->file_name = g_filename_display_name (base);
  self->member_id = options->member_id;
  self->today = options->today;
  self->lines = g_array_new (FALSE, FALSE, sizeof (ZifuImportLine));
  self->chunk = g_string_chunk_new (64 * 1024);
  self->openings = g_array_new (FALSE, FALSE, sizeof (ZifuImportOpening));
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  self->members = zifu_ledger_list_members (ledger, error);
  if (self->members == NULL)
    return NULL;
  if (self->member_id == 0 || _zifu_import_find_member (self, self->member_id) != NULL)
    return g_steal_pointer (&self);
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("There is no such person in the household."), NULL, NULL);
  return NULL;
}

/* The text as long as the plan lives; equal texts are the same pointer, and an empty one is none. */
const char *
_zifu_import_intern (ZifuImportPlan *self, const char *text)
{
  return text != NULL && *text != '\0' ? g_string_chunk_insert_const (self->chunk, text) : NULL;
}

/* A line that is new and has nothing yet. */
void
_zifu_import_line_init (ZifuImportPlan *self, ZifuImportLine *line, gint64 number)
{
  *line = (ZifuImportLine){ .line = number, .member_id = self->member_id, .base = -1 };
}

gboolean
_zifu_import_add_line (ZifuImportPlan *self, const ZifuImportLine *line, GError **error)
{
  if (self->lines->len >= ZIFU_IMPORT_MAX_LINES)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("“{1}” holds more than 5,000,000 lines. Split it."), self->file_name,
                               NULL);
      return FALSE;
    }
  g_array_append_vals (self->lines, line, 1);
  return TRUE;
}

/* What was found first stays, unless it is less than what was found now; what is there already is there. */
void
_zifu_import_mark (ZifuImportLine *line, ZifuLineState state, ZifuLineReason reason, const char *detail)
{
  if (line->state == ZIFU_LINE_DUPLICATE || (line->state >= state && line->state != ZIFU_LINE_NEW))
    return;
  line->state = state;
  line->reason = reason;
  line->detail = detail;
}

const ZifuMember *
_zifu_import_find_member (ZifuImportPlan *self, gint64 id)
{
  for (guint i = 0; i < self->members->len; i++)
    if (((ZifuMember *) g_ptr_array_index (self->members, i))->id == id)
      return g_ptr_array_index (self->members, i);
  return NULL;
}

/* Whether a name may be that of @member; sources hide a part of it behind stars. */
gboolean
_zifu_import_is_named (const ZifuMember *member, const char *name)
{
  return strchr (name, '*') != NULL ? g_pattern_match_simple (name, member->name) : g_strcmp0 (member->name, name) == 0;
}

/* Whom a name means.  0 = nobody, or not only one. */
gint64
_zifu_import_find_name (ZifuImportPlan *self, const char *name)
{
  gint64 found = 0;

  for (guint i = 0; i < self->members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (self->members, i);

      if (!_zifu_import_is_named (member, name))
        continue;
      if (found != 0)
        return 0;
      found = member->id;
    }
  return found;
}

static gboolean
read_lines (ZifuImportPlan *self, ZifuLedger *ledger, const ZifuImportOptions *options, const ZifuJob *job, GError **error)
{
  if (zifu_import_is_document (self->path))
    return _zifu_import_read_feed (self, ledger, job, error);
  return _zifu_import_read_table (self, options, job, error);
}

/* Which way the lines go decides in which order those of one day are written. */
static void
find_order (ZifuImportPlan *self)
{
  ZifuDate last = 0;
  gint64 sum = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const ZifuImportLine *line = &g_array_index (self->lines, ZifuImportLine, i);

      if (line->state == ZIFU_LINE_WRONG || line->is_month)
        continue;
      if (last != 0)
        sum += (line->date > last) - (line->date < last);
      last = line->date;
    }
  self->falling = sum < 0;
}

/**
 * zifu_import_plan_new:
 * @ledger: a ledger, used by this thread only; it is only read
 * @path: a table (CSV, .xlsx) or a feed document (JSON)
 * @options: whose account, by which mapping, and what day it is
 * @job: (nullable): progress in bytes or rows, and a way to give up
 * @error: return location for an error of #ZifuExchangeError, #ZifuLedgerError, #ZifuError (a JSON document that is wrong), or
 *   %G_IO_ERROR_CANCELLED
 *
 * Reads a file and says of each line what an import would do with it.  Nothing is written.  This can take long.
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with an error
 */
ZifuImportPlan *
zifu_import_plan_new (ZifuLedger *ledger, const char *path, const ZifuImportOptions *options, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuImportPlan) self = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);
  g_return_val_if_fail (path != NULL && options != NULL && options->today > 0, NULL);

  self = _zifu_import_plan_new_empty (ledger, path, options, error);
  if (self == NULL || !read_lines (self, ledger, options, job, error))
    return NULL;
  find_order (self);
  if (!_zifu_import_compare (self, ledger, job, error) || !_zifu_import_check_lines (self, ledger, error))
    return NULL;
  for (guint i = 0; i < self->lines->len; i++)
    {
      ZifuImportLine *line = &g_array_index (self->lines, ZifuImportLine, i);

      line->taken = line->state == ZIFU_LINE_NEW;
    }
  return g_steal_pointer (&self);
}

/**
 * zifu_import_plan_free:
 * @self: (nullable) (transfer full): a plan
 *
 * Frees @self; nothing was written by it.
 */
void
zifu_import_plan_free (ZifuImportPlan *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->file_name);
  g_free (self->hash);
  g_clear_pointer (&self->mapping, zifu_mapping_free);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_array_unref (self->lines);
  g_string_chunk_free (self->chunk);
  g_array_unref (self->openings);
  g_ptr_array_unref (self->remarks);
  g_free (self);
}

/**
 * zifu_import_plan_get_file_name:
 * @self: a plan
 *
 * Returns: (transfer none): name of the file without its folder, as people see it
 */
const char *
zifu_import_plan_get_file_name (ZifuImportPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->file_name;
}

/**
 * zifu_import_plan_get_mapping:
 * @self: a plan
 *
 * Returns: (transfer none) (nullable): by which the table was read; %NULL for a feed document
 */
const ZifuMapping *
zifu_import_plan_get_mapping (ZifuImportPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mapping;
}

/**
 * zifu_import_plan_get_n_lines:
 * @self: a plan
 *
 * Returns: how many lines the file has, empty ones and titles apart
 */
guint
zifu_import_plan_get_n_lines (ZifuImportPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lines->len;
}

/**
 * zifu_import_plan_get_line:
 * @self: a plan
 * @i: which line, from 0
 *
 * Returns: (transfer none): the line
 */
const ZifuImportLine *
zifu_import_plan_get_line (ZifuImportPlan *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->lines->len, NULL);

  return &g_array_index (self->lines, ZifuImportLine, i);
}

/**
 * zifu_import_plan_count:
 * @self: a plan
 * @state: a state
 *
 * Returns: how many lines have it
 */
guint
zifu_import_plan_count (ZifuImportPlan *self, ZifuLineState state)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->lines->len; i++)
    n += g_array_index (self->lines, ZifuImportLine, i).state == state;
  return n;
}

/**
 * zifu_import_plan_count_taken:
 * @self: a plan
 *
 * Returns: how many lines become entries
 */
guint
zifu_import_plan_count_taken (ZifuImportPlan *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->lines->len; i++)
    n += g_array_index (self->lines, ZifuImportLine, i).taken;
  return n;
}

/**
 * zifu_import_plan_set_taken:
 * @self: a plan
 * @i: which line, from 0; one that is new or doubtful
 * @taken: whether it is to become an entry
 *
 * Decides about a line.
 */
void
zifu_import_plan_set_taken (ZifuImportPlan *self, guint i, gboolean taken)
{
  ZifuImportLine *line;

  g_return_if_fail (self != NULL && i < self->lines->len);

  line = &g_array_index (self->lines, ZifuImportLine, i);
  if (line->state == ZIFU_LINE_NEW || line->state == ZIFU_LINE_DOUBTFUL)
    line->taken = taken;
}

/**
 * zifu_import_plan_take_doubtful:
 * @self: a plan
 * @taken: whether doubtful lines are to become entries
 *
 * Decides about all doubtful lines.
 */
void
zifu_import_plan_take_doubtful (ZifuImportPlan *self, gboolean taken)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, ZifuImportLine, i).state == ZIFU_LINE_DOUBTFUL)
      zifu_import_plan_set_taken (self, i, taken);
}

/**
 * zifu_import_plan_describe:
 * @self: a plan
 * @i: which line, from 0
 *
 * Returns: (transfer full) (nullable): why the line is not simply new, in the current language; %NULL when it is
 */
char *
zifu_import_plan_describe (ZifuImportPlan *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->lines->len, NULL);

  return _zifu_import_describe (&g_array_index (self->lines, ZifuImportLine, i));
}

/**
 * zifu_import_plan_list_remarks:
 * @self: a plan
 * @ledger: the ledger that it was made for
 * @error: return location for an error of #ZifuLedgerError
 *
 * What is to be said of the import as a whole, with the lines that are taken now: an opening balance that is added, a balance that would
 * not be the one that the file ends with, what of the file is not kept.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): sentences in the current language, or %NULL with an error
 */
char **
zifu_import_plan_list_remarks (ZifuImportPlan *self, ZifuLedger *ledger, GError **error)
{
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL && ZIFU_IS_LEDGER (ledger), NULL);

  for (guint i = 0; i < self->remarks->len; i++)
    g_ptr_array_add (remarks, g_strdup (g_ptr_array_index (self->remarks, i)));
  if (!_zifu_import_add_balance_remarks (self, ledger, remarks, error))
    return NULL;
  g_ptr_array_add (remarks, NULL);
  g_ptr_array_set_free_func (remarks, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&remarks), FALSE);
}
