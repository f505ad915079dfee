/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-household.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-household-private.h"

/* Rows between two words about progress. */
#define ROWS 1000

/* Texts whose numbers are remembered: the same few come again and again. */
#define MAX_TEXTS 20000

/*
 * A document that is being read.
 */
typedef struct {
  ZifuLedger           *ledger;
  ZifuJsonScanner      *scanner; /* owned */
  char                 *name;    /* owned: of the file, for messages */
  ZifuHouseholdSummary *summary;
  const ZifuJob        *job;
  gboolean              has_format, has_version;
  JsonNode             *last;  /* owned, nullable: numbers that were given last */
  GHashTable           *texts; /* owned: text (char*) -> its number (gint64*) */
} Reading;

/*
 * A table that is being filled.
 */
typedef struct {
  const ZifuHouseholdTable *table;
  GPtrArray                *columns;   /* owned, of ZifuHouseholdColumn */
  GHashTable               *by_name;   /* owned: name (char*, not owned) -> number of the column from 1 */
  sqlite3_stmt             *statement; /* owned */
} Filling;

static gboolean
fail_at (const Reading *reading, const char *where, GError **error)
{
  /* Translators: {1} is the name of a file, {2} a table or a column in it */
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("“{1}” holds something that does not belong there: {2}."), reading->name,
                           where);
  return FALSE;
}

static void
filling_clear (Filling *filling)
{
  g_clear_pointer (&filling->columns, g_ptr_array_unref);
  g_clear_pointer (&filling->by_name, g_hash_table_unref);
  g_clear_pointer (&filling->statement, sqlite3_finalize);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filling, filling_clear)

static gboolean
prepare_filling (const Reading *reading, const ZifuHouseholdTable *table, Filling *filling, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  int code;

  filling->table = table;
  filling->columns = _zifu_household_columns (reading->ledger, table->name, error);
  if (filling->columns == NULL)
    return FALSE;

  filling->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_string_printf (sql, "INSERT INTO %s (", table->name);
  for (guint i = 0; i < filling->columns->len; i++)
    {
      const ZifuHouseholdColumn *column = g_ptr_array_index (filling->columns, i);

      g_hash_table_insert (filling->by_name, column->name, GUINT_TO_POINTER (i + 1));
      g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", column->stored);
    }
  g_string_append (sql, ") VALUES (");
  for (guint i = 0; i < filling->columns->len; i++)
    {
      const ZifuHouseholdColumn *column = g_ptr_array_index (filling->columns, i);

      if (column->otherwise != NULL)
        g_string_append_printf (sql, "%sIFNULL (?, %s)", i > 0 ? ", " : "", column->otherwise);
      else
        g_string_append (sql, i > 0 ? ", ?" : "?");
    }
  g_string_append (sql, ")");
  code = sqlite3_prepare_v2 (reading->ledger->db, sql->str, -1, &filling->statement, NULL);
  if (code != SQLITE_OK)
    _zifu_ledger_set_error (reading->ledger, code, error);
  return code == SQLITE_OK;
}

/* A balance may be below 0; amounts of our other files never are. */
static gboolean
parse_money (const char *text, ZifuMoney *amount)
{
  gboolean negative = *text == '-';

  if (!zifu_money_parse (negative ? text + 1 : text, amount, NULL))
    return FALSE;
  if (negative)
    *amount = -*amount;
  return TRUE;
}

static gboolean
find_text (const Reading *reading, const char *text, gint64 *id, GError **error)
{
  const gint64 *known = g_hash_table_lookup (reading->texts, text);

  if (known != NULL)
    {
      *id = *known;
      return TRUE;
    }
  if (!_zifu_ledger_put_text (reading->ledger, text, id, error))
    return FALSE;
  if (g_hash_table_size (reading->texts) >= MAX_TEXTS)
    g_hash_table_remove_all (reading->texts);
  g_hash_table_insert (reading->texts, g_strdup (text), g_memdup2 (id, sizeof *id));
  return TRUE;
}

/* Days and months that there are; what a source sent is kept as it is. */
static gboolean
is_fine (const ZifuHouseholdTable *table, const ZifuHouseholdColumn *column, const char *text)
{
  if (table->is_mirror)
    return TRUE;
  if (_zifu_household_is_day (column->name))
    return zifu_date_parse (text) != 0;
  if (g_str_equal (column->name, "cashym"))
    {
      g_autofree char *day = strlen (text) == 6 ? g_strdup_printf ("%.4s-%s-01", text, text + 4) : NULL;

      return zifu_date_parse (day) != 0;
    }
  return TRUE;
}

static gboolean
bind_value (const Reading *reading, const Filling *filling, guint i, JsonNode *node, GError **error)
{
  const ZifuHouseholdColumn *column = g_ptr_array_index (filling->columns, i - 1);
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  const char *text = type == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  gint64 number;

  if (column->kind == ZIFU_COLUMN_TEXT_ID && text != NULL)
    {
      if (!find_text (reading, text, &number, error))
        return FALSE;
      if (number != 0)
        sqlite3_bind_int64 (filling->statement, (int) i, number);
      return TRUE;
    }
  if (column->kind == ZIFU_COLUMN_MONEY && text != NULL && parse_money (text, &number))
    sqlite3_bind_int64 (filling->statement, (int) i, number);
  else if (column->kind == ZIFU_COLUMN_PLAIN && column->is_text && text != NULL && is_fine (filling->table, column, text))
    sqlite3_bind_text (filling->statement, (int) i, text, -1, SQLITE_TRANSIENT);
  else if (column->kind == ZIFU_COLUMN_PLAIN && !column->is_text && type == G_TYPE_INT64)
    sqlite3_bind_int64 (filling->statement, (int) i, json_node_get_int (node));
  else
    {
      g_autofree char *where = g_strdup_printf ("%s.%s", filling->table->name, column->name);

      return fail_at (reading, where, error);
    }
  return TRUE;
}

static gboolean
bind_row (const Reading *reading, const Filling *filling, JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  sqlite3_reset (filling->statement);
  sqlite3_clear_bindings (filling->statement);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      guint i = GPOINTER_TO_UINT (g_hash_table_lookup (filling->by_name, name));

      if (i == 0)
        {
          g_autofree char *where = g_strdup_printf ("%s.%s", filling->table->name, name);

          return fail_at (reading, where, error);
        }
      if (!JSON_NODE_HOLDS_NULL (node) && !bind_value (reading, filling, i, node, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_row (Reading *reading, const Filling *filling, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  gboolean row;

  if (!_zifu_json_scanner_value (reading->scanner, &node, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail_at (reading, filling->table->name, error);
  if (!bind_row (reading, filling, json_node_get_object (node), error) ||
      !_zifu_ledger_step (reading->ledger, filling->statement, &row, error))
    return FALSE;

  reading->summary->n_rows++;
  if (g_str_equal (filling->table->name, "acct_incexpd_d"))
    reading->summary->n_entries++;
  if (g_str_equal (filling->table->name, "psn_b"))
    reading->summary->n_members++;
  return reading->summary->n_rows % ROWS != 0 ||
         zifu_job_step (reading->job, _zifu_json_scanner_get_offset (reading->scanner), _zifu_json_scanner_get_size (reading->scanner),
                        error);
}

static gboolean
read_table (Reading *reading, const char *name, GError **error)
{
  g_auto (Filling) filling = { NULL };
  const ZifuHouseholdTable *tables;
  gboolean more;
  guint n, i = 0;

  tables = _zifu_household_tables (&n);
  while (i < n && !g_str_equal (tables[i].name, name))
    i++;
  if (i == n)
    return fail_at (reading, name, error);
  if (!prepare_filling (reading, &tables[i], &filling, error) || !_zifu_json_scanner_enter (reading->scanner, '[', error))
    return FALSE;

  while (_zifu_json_scanner_next (reading->scanner, '[', &more, error))
    {
      if (!more)
        return TRUE;
      if (!read_row (reading, &filling, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
read_tables (Reading *reading, GError **error)
{
  gboolean more;

  if (!_zifu_json_scanner_enter (reading->scanner, '{', error))
    return FALSE;
  while (_zifu_json_scanner_next (reading->scanner, '{', &more, error))
    {
      g_autofree char *name = NULL;

      if (!more)
        return TRUE;
      if (!_zifu_json_scanner_name (reading->scanner, &name, error) || !read_table (reading, name, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
fail_newer (const Reading *reading, GError **error)
{
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_NEWER,
                           _("“{1}” was written by a newer version of this program. Update it to read this file."), reading->name, NULL);
  return FALSE;
}

/* A member of the document beside its tables. */
static gboolean
read_member (Reading *reading, const char *name, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  gboolean is_number, is_text;

  if (!_zifu_json_scanner_value (reading->scanner, &node, error))
    return FALSE;
  is_number = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
  is_text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;

  if (g_str_equal (name, "format") && is_text && g_str_equal (json_node_get_string (node), ZIFU_HOUSEHOLD_FORMAT))
    reading->has_format = TRUE;
  else if (g_str_equal (name, "version") && is_number)
    {
      reading->has_version = TRUE;
      return json_node_get_int (node) <= ZIFU_HOUSEHOLD_VERSION || fail_newer (reading, error);
    }
  else if (g_str_equal (name, "schema") && is_number)
    return json_node_get_int (node) <= zifu_ledger_get_schema_version (reading->ledger) || fail_newer (reading, error);
  else if (g_str_equal (name, "last") && JSON_NODE_HOLDS_OBJECT (node) && reading->last == NULL)
    reading->last = g_steal_pointer (&node);
  else if (!g_str_equal (name, "scope") && !g_str_equal (name, "anonymous"))
    return fail_at (reading, name, error);
  return TRUE;
}

static gboolean
read_document (Reading *reading, GError **error)
{
  gboolean more;

  if (!_zifu_json_scanner_enter (reading->scanner, '{', error))
    return FALSE;
  while (_zifu_json_scanner_next (reading->scanner, '{', &more, error))
    {
      g_autofree char *name = NULL;

      if (!more)
        return _zifu_json_scanner_finish (reading->scanner, error) &&
               ((reading->has_format && reading->has_version) || fail_at (reading, "format, version", error));
      if (!_zifu_json_scanner_name (reading->scanner, &name, error) ||
          !(g_str_equal (name, "tables") ? read_tables (reading, error) : read_member (reading, name, error)))
        return FALSE;
    }
  return FALSE;
}

/* No number is given twice: the next ones come after the last that the document knows of. */
static gboolean
set_last (const Reading *reading, GError **error)
{
  JsonObject *object = reading->last != NULL ? json_node_get_object (reading->last) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return TRUE;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
        return fail_at (reading, name, error);
      if (!_zifu_ledger_run (reading->ledger, error,
                             "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence"
                             " WHERE name = ?1) AND EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1"
                             " AND sql LIKE '%AUTOINCREMENT%')",
                             "t", name) ||
          !_zifu_ledger_run (reading->ledger, error, "UPDATE sqlite_sequence SET seq = MAX (seq, ?) WHERE name = ?", "it",
                             json_node_get_int (node), name))
        return FALSE;
    }
  return TRUE;
}

/* What the ledger keeps beside the entries. */
static gboolean
count_months (const Reading *reading, GError **error)
{
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (reading->ledger, error);

  if (members == NULL)
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if (!_zifu_ledger_count_months (reading->ledger, member->id, zifu_month_new (1, 1), error))
        return FALSE;
    }
  return TRUE;
}

/* A break that was there before is told, never repaired. */
static gboolean
find_break (const Reading *reading, GError **error)
{
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (reading->ledger, error);

  if (members == NULL)
    return FALSE;
  for (guint i = 0; i < members->len && reading->summary->broken_member == 0; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if (!zifu_ledger_check_balance (reading->ledger, member->id, &reading->summary->broken, error))
        return FALSE;
      if (reading->summary->broken.entry_id != 0)
        reading->summary->broken_member = member->id;
    }
  return TRUE;
}

static gboolean
check_empty (const Reading *reading, GError **error)
{
  gint64 has_members;

  if (!_zifu_ledger_get_int (reading->ledger, &has_members, error, "SELECT EXISTS (SELECT 1 FROM psn_b)", ""))
    return FALSE;
  if (has_members)
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_NOT_EMPTY,
                             _("A household document is read into empty household data only; these hold people already."), NULL, NULL);
  return !has_members;
}

static gboolean
read_all (Reading *reading, GError **error)
{
  gboolean success;

  if (!_zifu_ledger_begin (reading->ledger, error))
    return FALSE;

  /* The order of the tables does not matter: what refers to what is checked at the end. */
  success = _zifu_ledger_exec (reading->ledger, "PRAGMA defer_foreign_keys = ON", error) && check_empty (reading, error) &&
            read_document (reading, error) && set_last (reading, error) && count_months (reading, error) && find_break (reading, error);
  return _zifu_ledger_end (reading->ledger, success, error);
}

/**
 * zifu_household_json_read:
 * @ledger: a ledger without people, used by this thread only
 * @path: a household document
 * @summary: (out caller-allocates) (nullable): what it held
 * @job: (nullable): progress in bytes, and a way to give up
 * @error: return location for a #ZifuExchangeError, a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Reads what zifu_household_json_write() wrote, in one transaction.  A document in which the balance of an account does not agree with its
 * movements is read as it is; @summary names the place.
 *
 * Returns: whether it was read; else nothing was
 */
gboolean
zifu_household_json_read (ZifuLedger *ledger, const char *path, ZifuHouseholdSummary *summary, const ZifuJob *job, GError **error)
{
  ZifuHouseholdSummary own = { 0 };
  Reading reading = { 0 };
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  reading = (Reading){ .ledger = ledger, .summary = summary != NULL ? summary : &own, .job = job };
  *reading.summary = own;
  reading.scanner = _zifu_json_scanner_new (path, error);
  if (reading.scanner == NULL)
    return FALSE;

  reading.texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  reading.name = g_filename_display_basename (path);
  success = read_all (&reading, error);
  g_clear_pointer (&reading.last, json_node_unref);
  g_hash_table_unref (reading.texts);
  _zifu_json_scanner_free (reading.scanner);
  g_free (reading.name);
  return success;
}
