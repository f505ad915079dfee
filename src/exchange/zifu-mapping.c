/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-mapping-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const field_names[ZIFU_N_FIELDS] = {
  [ZIFU_FIELD_DATE] = "date",       [ZIFU_FIELD_INCOME] = "income",       [ZIFU_FIELD_OUTLAY] = "outlay",
  [ZIFU_FIELD_AMOUNT] = "amount",   [ZIFU_FIELD_DIRECTION] = "direction", [ZIFU_FIELD_BALANCE] = "balance",
  [ZIFU_FIELD_KIND] = "kind",       [ZIFU_FIELD_CODE] = "code",           [ZIFU_FIELD_INSTITUTION] = "institution",
  [ZIFU_FIELD_NOTE] = "note",       [ZIFU_FIELD_MONTH] = "month",         [ZIFU_FIELD_BASE] = "base",
  [ZIFU_FIELD_KEY] = "key",         [ZIFU_FIELD_PERSON] = "person",       [ZIFU_FIELD_RELATIVE] = "relative",
  [ZIFU_FIELD_ORIGINAL] = "original",
};

/**
 * zifu_field_get_name:
 * @field: a field
 *
 * Returns: (transfer none): its name in saved mappings
 */
const char *
zifu_field_get_name (ZifuField field)
{
  g_return_val_if_fail ((guint) field < ZIFU_N_FIELDS, NULL);

  return field_names[field];
}

/**
 * zifu_field_get_words:
 * @field: a field
 *
 * Returns: (transfer none): what people call it, in the current language
 */
const char *
zifu_field_get_words (ZifuField field)
{
  static const char *const words[ZIFU_N_FIELDS] = {
    [ZIFU_FIELD_DATE] = NC_ ("column", "Day"),
    [ZIFU_FIELD_INCOME] = NC_ ("column", "Income"),
    [ZIFU_FIELD_OUTLAY] = NC_ ("column", "Outlay"),
    [ZIFU_FIELD_AMOUNT] = NC_ ("column", "Amount"),
    [ZIFU_FIELD_DIRECTION] = NC_ ("column", "In or out"),
    [ZIFU_FIELD_BALANCE] = NC_ ("column", "Balance"),
    [ZIFU_FIELD_KIND] = NC_ ("column", "Kind"),
    [ZIFU_FIELD_CODE] = NC_ ("column", "Kind, as a code"),
    [ZIFU_FIELD_INSTITUTION] = NC_ ("column", "Institution"),
    [ZIFU_FIELD_NOTE] = NC_ ("column", "Note"),
    [ZIFU_FIELD_MONTH] = NC_ ("column", "Month of the contribution"),
    [ZIFU_FIELD_BASE] = NC_ ("column", "Base of the contribution"),
    [ZIFU_FIELD_KEY] = NC_ ("column", "Number at the source"),
    [ZIFU_FIELD_PERSON] = NC_ ("column", "Person"),
    [ZIFU_FIELD_RELATIVE] = NC_ ("column", "Relative who used it"),
    [ZIFU_FIELD_ORIGINAL] = NC_ ("column", "Number of what is refunded"),
  };

  g_return_val_if_fail ((guint) field < ZIFU_N_FIELDS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "column", words[field]);
}

static void
rule_free (ZifuKindRule *rule)
{
  g_free (rule->text);
  g_free (rule);
}

/**
 * zifu_mapping_new:
 *
 * Returns: (transfer full): a mapping without columns, to be freed with zifu_mapping_free()
 */
ZifuMapping *
zifu_mapping_new (void)
{
  ZifuMapping *self = g_new0 (ZifuMapping, 1);

  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    self->columns[i] = -1;
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  self->confidence = 100;
  self->own_number = -1;
  return self;
}

/**
 * zifu_mapping_copy:
 * @self: a mapping
 *
 * Returns: (transfer full): a copy
 */
ZifuMapping *
zifu_mapping_copy (const ZifuMapping *self)
{
  ZifuMapping *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    copy->titles[i] = g_strdup (self->titles[i]);
  copy->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  for (guint i = 0; i < self->rules->len; i++)
    {
      const ZifuKindRule *rule = g_ptr_array_index (self->rules, i);

      zifu_mapping_add_rule (copy, rule->text, rule->kind);
    }
  return copy;
}

/**
 * zifu_mapping_free:
 * @self: (nullable) (transfer full): a mapping
 *
 * Frees @self with all its texts.
 */
void
zifu_mapping_free (ZifuMapping *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    g_free (self->titles[i]);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

/**
 * zifu_mapping_add_rule:
 * @self: a mapping
 * @text: what the kind, the institution or the note of an entry holds; upper and lower case are the same
 * @kind: of which kind it then is
 *
 * Adds a rule behind the others.  They come before what is known of itself, such as that a 药店 is a pharmacy.
 */
void
zifu_mapping_add_rule (ZifuMapping *self, const char *text, ZifuEntryKind kind)
{
  ZifuKindRule *rule;

  g_return_if_fail (self != NULL && text != NULL);

  rule = g_new0 (ZifuKindRule, 1);
  rule->text = g_strdup (text);
  rule->kind = kind;
  g_ptr_array_add (self->rules, rule);
}

/**
 * zifu_mapping_check:
 * @self: a mapping
 * @error: return location for %ZIFU_EXCHANGE_ERROR_INPUT
 *
 * Whether entries can be made by it: it needs a day and an amount.
 *
 * Returns: %FALSE with an error that says what is missing
 */
gboolean
zifu_mapping_check (const ZifuMapping *self, GError **error)
{
  const char *message = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->columns[ZIFU_FIELD_DATE] < 0)
    message = _("It is not known which column holds the day. Say it in the mapping.");
  else if (self->columns[ZIFU_FIELD_AMOUNT] < 0 && self->columns[ZIFU_FIELD_INCOME] < 0 && self->columns[ZIFU_FIELD_OUTLAY] < 0)
    message = _("It is not known which column holds the amount. Say it in the mapping.");
  if (message != NULL)
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, message, NULL, NULL);
  return message == NULL;
}

/* Titles are compared without blanks, case and what stands in brackets, such as a unit. */
char *
_zifu_mapping_normalise (const char *title)
{
  g_autofree char *composed = g_utf8_normalize (title, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *lower = composed != NULL ? g_utf8_strdown (composed, -1) : g_strdup ("");
  GString *out = g_string_new (NULL);
  guint depth = 0;

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean opens = out->len > 0 && (c == '(' || c == '[' || c == 0x3010);
      gboolean closes = depth > 0 && (c == ')' || c == ']' || c == 0x3011);

      depth += opens;
      if (depth == 0 && !g_unichar_isspace (c) && c != ':' && c != '*' && c != 0xFEFF && !g_unichar_iscntrl (c))
        g_string_append_unichar (out, c);
      depth -= closes;
    }
  return g_string_free (out, FALSE);
}

/*
 * _zifu_mapping_titles:
 * @first: which row of the head
 * @n_rows: how many rows the titles fill: 1 or 2
 *
 * Returns: (transfer full) (nullable): the titles of the columns; the upper and the lower one of a column with a stroke between them
 */
char **
_zifu_mapping_titles (const GPtrArray *head, guint first, guint n_rows)
{
  const ZifuTableRow *upper = g_ptr_array_index (head, first), *lower;
  guint n_cells = upper->n_cells;
  char **titles;

  if (first + n_rows > head->len)
    return NULL;
  lower = n_rows == 2 ? g_ptr_array_index (head, first + 1) : NULL;
  if (lower != NULL)
    n_cells = MAX (n_cells, lower->n_cells);

  titles = g_new0 (char *, n_cells + 1);
  for (guint i = 0; i < n_cells; i++)
    {
      const char *a = i < upper->n_cells ? upper->cells[i] : "", *b = lower != NULL && i < lower->n_cells ? lower->cells[i] : "";
      gboolean both = *a != '\0' && *b != '\0' && !g_str_equal (a, b);

      titles[i] = both ? g_strconcat (a, ZIFU_MAPPING_STROKE, b, NULL) : g_strdup (*a != '\0' ? a : b);
    }
  return titles;
}

static int
find_title (char **titles, const char *wanted)
{
  g_autofree char *normal = _zifu_mapping_normalise (wanted);

  for (int i = 0; titles[i] != NULL; i++)
    {
      g_autofree char *title = _zifu_mapping_normalise (titles[i]);

      if (g_str_equal (title, normal))
        return i;
    }
  return -1;
}

/* Whether all columns that have a title are found; @missing is the first one that is not. */
static gboolean
try_titles (const ZifuMapping *self, char **titles, int *columns, const char **missing)
{
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    {
      columns[i] = self->columns[i];
      if (self->titles[i] == NULL)
        continue;
      columns[i] = find_title (titles, self->titles[i]);
      if (columns[i] < 0)
        {
          *missing = self->titles[i];
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
has_titles (const ZifuMapping *self)
{
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    if (self->titles[i] != NULL)
      return TRUE;
  return FALSE;
}

/**
 * zifu_mapping_bind:
 * @self: a mapping
 * @table: the table that it is to be used with
 * @error: return location for %ZIFU_EXCHANGE_ERROR_INPUT
 *
 * Finds the columns by their titles, wherever they are in this table.  A mapping without titles is taken as it is.
 *
 * Returns: %FALSE with an error when a title is not in the table, or the mapping has no day or no amount
 */
gboolean
zifu_mapping_bind (ZifuMapping *self, ZifuTable *table, GError **error)
{
  const GPtrArray *head;
  const char *missing = "";

  g_return_val_if_fail (self != NULL && table != NULL, FALSE);

  if (!has_titles (self))
    return zifu_mapping_check (self, error);
  head = zifu_table_get_head (table);
  for (guint i = 0; i < head->len; i++)
    for (guint n = 1; n <= 2; n++)
      {
        g_auto (GStrv) titles = _zifu_mapping_titles (head, i, n);
        int columns[ZIFU_N_FIELDS];

        if (titles == NULL || !try_titles (self, titles, columns, &missing))
          continue;
        memcpy (self->columns, columns, sizeof columns);
        self->title_line = ((const ZifuTableRow *) g_ptr_array_index (head, i + n - 1))->line;
        return zifu_mapping_check (self, error);
      }
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT,
                           _("This file does not fit the mapping: it has no column “{1}”. Choose another mapping or none."), missing, NULL);
  return FALSE;
}

/* Which row of the head ends the titles; -1 = none does. */
static int
find_title_row (const ZifuMapping *self, const GPtrArray *head)
{
  for (guint i = 0; self->title_line > 0 && i < head->len; i++)
    if (((const ZifuTableRow *) g_ptr_array_index (head, i))->line == self->title_line)
      return (int) i;
  return -1;
}

/**
 * zifu_mapping_list_titles:
 * @self: a mapping
 * @table: the table that it is used with
 *
 * The titles of all columns of @table, also of those that are nothing: in one row or in two, as the mapping takes them.
 *
 * Returns: (transfer full) (array zero-terminated=1): one for each column; empty when there is none
 */
char **
zifu_mapping_list_titles (const ZifuMapping *self, ZifuTable *table)
{
  const GPtrArray *head;
  guint n_columns = 0;
  int row;
  char **titles;

  g_return_val_if_fail (self != NULL && table != NULL, NULL);

  head = zifu_table_get_head (table);
  for (guint i = 0; i < head->len; i++)
    n_columns = MAX (n_columns, ((const ZifuTableRow *) g_ptr_array_index (head, i))->n_cells);
  titles = g_new0 (char *, n_columns + 1);
  row = find_title_row (self, head);
  if (row >= 0)
    {
      g_auto (GStrv) one = _zifu_mapping_titles (head, row, 1);
      g_auto (GStrv) two = row > 0 ? _zifu_mapping_titles (head, row - 1, 2) : NULL;
      int columns[ZIFU_N_FIELDS];
      const char *missing;
      gboolean in_two = two != NULL && has_titles (self) && !try_titles (self, one, columns, &missing) &&
                        try_titles (self, two, columns, &missing);
      char **found = in_two ? two : one;

      for (guint i = 0; i < n_columns && found[i] != NULL; i++)
        titles[i] = g_strdup (found[i]);
    }
  for (guint i = 0; i < n_columns; i++)
    if (titles[i] == NULL)
      titles[i] = g_strdup ("");
  return titles;
}

/* A title that two columns have finds the first of them only: then the place counts. */
static char *
choose_title (char **titles, int column)
{
  if (column < 0 || column >= (int) g_strv_length (titles) || *titles[column] == '\0')
    return NULL;
  return find_title (titles, titles[column]) == column ? g_strdup (titles[column]) : NULL;
}

/**
 * zifu_mapping_set_column:
 * @self: a mapping
 * @field: a field
 * @column: where it stands, from 0; -1 = nowhere
 * @table: the table that it is used with
 *
 * Says what a column is.  In other tables it is found by its title, if it has one of its own.  What the column was before it is no more.
 */
void
zifu_mapping_set_column (ZifuMapping *self, ZifuField field, int column, ZifuTable *table)
{
  g_auto (GStrv) titles = NULL;

  g_return_if_fail (self != NULL && table != NULL);
  g_return_if_fail ((guint) field < ZIFU_N_FIELDS);

  titles = zifu_mapping_list_titles (self, table);
  for (guint i = 0; column >= 0 && i < ZIFU_N_FIELDS; i++)
    if (self->columns[i] == column && i != field)
      {
        self->columns[i] = -1;
        g_clear_pointer (&self->titles[i], g_free);
      }
  self->columns[field] = column;
  g_free (self->titles[field]);
  self->titles[field] = choose_title (titles, column);
  self->own = FALSE;
}

/**
 * zifu_mapping_set_title_line:
 * @self: a mapping
 * @line: the line behind which entries begin; 0 = there are no titles
 * @table: the table that it is used with
 *
 * Says where the titles are; the columns stay what they are.
 */
void
zifu_mapping_set_title_line (ZifuMapping *self, gint64 line, ZifuTable *table)
{
  g_auto (GStrv) titles = NULL;

  g_return_if_fail (self != NULL && table != NULL);

  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    g_clear_pointer (&self->titles[i], g_free);
  self->title_line = line;
  titles = zifu_mapping_list_titles (self, table);
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    self->titles[i] = choose_title (titles, self->columns[i]);
  self->own = FALSE;
}
