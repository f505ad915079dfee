/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/*
 * What can be read of a damaged file goes into a new one, row by row; the damaged file is put aside and never changed.
 *
 * A table is read from its beginning until a page cannot be read, then from its end; between the two each number is tried by itself, where
 * rows have one.  What is read must still hold what the tables demand, or it is garbage.
 */

/* So many numbers are tried one by one in the gap of a table, and so many when nothing tells which the last one was. */
#define MAX_TRIED 5000000
#define MAX_GUESSED 20000
/* So many rows, or numbers that were tried, from one look at whether to go on to the next; so many steps of SQLite. */
#define ROWS_PER_LOOK 1000
#define STEPS_PER_LOOK 10000

typedef struct {
  sqlite3       *from, *to;
  const ZifuJob *job;         /* nullable */
  gint64         done, total; /* rows; total: what the tables still know of themselves */
  guint          n_looks;     /* since the job was told */
  int            failure;     /* why nothing more is copied: the new file cannot be written, or it was given up */
} Salvage;

typedef struct {
  Salvage      *salvage;
  sqlite3_stmt *insert;
  const char   *table;
  char         *columns; /* owned */
  int           n_columns;
  gint64        n_saved;
} Copy;

static int
stop_when_cancelled (gpointer data)
{
  Salvage *salvage = data;

  return salvage->job != NULL && g_cancellable_is_cancelled (salvage->job->cancellable);
}

static void
watch (Salvage *salvage, sqlite3 *db)
{
  sqlite3_progress_handler (db, STEPS_PER_LOOK, stop_when_cancelled, salvage);
}

/* Whether to go on. */
static gboolean
look (Salvage *salvage)
{
  if (salvage->failure != SQLITE_OK)
    return FALSE;
  if (++salvage->n_looks < ROWS_PER_LOOK)
    return TRUE;
  salvage->n_looks = 0;
  if (!zifu_job_step (salvage->job, MIN (salvage->done, salvage->total), salvage->total, NULL))
    salvage->failure = SQLITE_INTERRUPT;
  return salvage->failure == SQLITE_OK;
}

static int
open_damaged (const char *path, sqlite3 **db, int *version)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_open_v2 (path, db, SQLITE_OPEN_READONLY, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_exec (*db, "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_prepare_v2 (*db,
                               "SELECT (SELECT user_version FROM pragma_user_version),"
                               " (SELECT application_id FROM pragma_application_id)",
                               -1, &statement, NULL);
  if (code == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    {
      *version = sqlite3_column_int (statement, 0);
      code = sqlite3_column_int (statement, 1) == ZIFU_LEDGER_APPLICATION_ID ? SQLITE_OK : SQLITE_AUTH;
    }
  else if (code == SQLITE_OK)
    code = SQLITE_CORRUPT;
  sqlite3_finalize (statement);
  return code;
}

/* A new string, or NULL. */
static char *
get_text (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return text;
}

/* The columns of a table that are stored, and how many. */
static void
read_columns (Copy *copy)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat (name) FROM (SELECT name FROM pragma_table_info ('%s') ORDER BY cid)",
                                          copy->table);

  copy->columns = get_text (copy->salvage->to, sql);
  copy->n_columns = 1;
  for (const char *p = copy->columns; p != NULL && (p = strchr (p, ',')) != NULL; p++)
    copy->n_columns++;
}

static gboolean
prepare_copy (Copy *copy)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  read_columns (copy);
  if (copy->columns == NULL)
    return FALSE;
  g_string_append_printf (sql, "INSERT OR IGNORE INTO %s (%s) VALUES (", copy->table, copy->columns);
  for (int i = 0; i < copy->n_columns; i++)
    g_string_append (sql, i > 0 ? ", ?" : "?");
  g_string_append (sql, ")");
  return sqlite3_prepare_v2 (copy->salvage->to, sql->str, -1, &copy->insert, NULL) == SQLITE_OK;
}

/* What says that the new file cannot be written, rather than that a row makes no sense. */
static gboolean
is_failure (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_BUSY:
    case SQLITE_INTERRUPT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Writes the row on which @row stands, if it is new and makes sense. */
static void
put_row (Copy *copy, sqlite3_stmt *row)
{
  sqlite3 *to = copy->salvage->to;
  int code, before = sqlite3_total_changes (to);

  for (int i = 0; i < copy->n_columns; i++)
    sqlite3_bind_value (copy->insert, i + 1, sqlite3_column_value (row, i));
  code = sqlite3_step (copy->insert);
  sqlite3_reset (copy->insert);
  if (is_failure (code))
    copy->salvage->failure = code;
  if (code != SQLITE_DONE || sqlite3_total_changes (to) == before)
    return;
  copy->n_saved++;
  copy->salvage->done++;
}

/* Reads a table in one direction; TRUE when its end was reached.  @last is the number of the last row that was read. */
static gboolean
read_run (Copy *copy, const char *order, gint64 *last)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s %s", copy->columns, copy->table, order);
  sqlite3_stmt *rows = NULL;
  int code = sqlite3_prepare_v2 (copy->salvage->from, sql, -1, &rows, NULL);

  while ((code == SQLITE_OK || code == SQLITE_ROW) && look (copy->salvage))
    {
      code = sqlite3_step (rows);
      if (code == SQLITE_ROW)
        {
          *last = sqlite3_column_int64 (rows, 0);
          put_row (copy, rows);
        }
    }
  sqlite3_finalize (rows);
  return code == SQLITE_DONE;
}

static void
read_gap (Copy *copy, const char *key, gint64 after, gint64 before)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE %s = ?", copy->columns, copy->table, key);
  sqlite3_stmt *row = NULL;

  if (sqlite3_prepare_v2 (copy->salvage->from, sql, -1, &row, NULL) == SQLITE_OK)
    for (gint64 id = after + 1; id < before && id - after <= MAX_TRIED && look (copy->salvage); id++)
      {
        sqlite3_bind_int64 (row, 1, id);
        if (sqlite3_step (row) == SQLITE_ROW)
          put_row (copy, row);
        sqlite3_reset (row);
      }
  sqlite3_finalize (row);
}

static gint64
get_number (sqlite3 *db, const char *sql, gint64 when_unknown)
{
  sqlite3_stmt *statement = NULL;
  gint64 number = when_unknown;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

/* One more than the greatest number that a row can have. */
static gint64
last_number (sqlite3 *db, const char *table, gint64 first)
{
  g_autofree char *sql = g_strdup_printf ("SELECT seq FROM sqlite_sequence WHERE name = '%s'", table);

  return get_number (db, sql, first + MAX_GUESSED) + 1;
}

/* The order of a table from its end: as its rows lie, so that nothing has to be sorted, which would need all of them. */
static char *
make_backwards (Salvage *salvage, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 'ORDER BY ' || group_concat (name || ' DESC') FROM"
                                          " (SELECT name FROM pragma_table_info ('%s') WHERE pk > 0 ORDER BY pk)",
                                          table);

  return get_text (salvage->to, sql);
}

/* @key: the number of a row, the first column; NULL for a table without. */
static gint64
copy_table (Salvage *salvage, const char *table, const char *key)
{
  Copy copy = { .salvage = salvage, .table = table };
  g_autofree char *backwards = make_backwards (salvage, table);
  gint64 first = 0, last = 0;

  if (prepare_copy (&copy) && !read_run (&copy, "", &first) && backwards != NULL && !read_run (&copy, backwards, &last) && key != NULL)
    read_gap (&copy, key, first, last > 0 ? last : last_number (salvage->from, table, first));
  sqlite3_finalize (copy.insert);
  g_free (copy.columns);
  return copy.n_saved;
}

/* How many rows a table had, as its table or one of its indexes still knows: the greatest count that can be read; −1 = none. */
static gint64
count_rows (sqlite3 *db, const char *table)
{
  g_autofree char *list = g_strdup_printf ("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = '%s'"
                                           " AND sql NOT LIKE '%% WHERE %%'", table);
  g_autofree char *direct = g_strdup_printf ("SELECT COUNT (*) FROM %s NOT INDEXED", table);
  gint64 n = get_number (db, direct, -1);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, list, -1, &statement, NULL) == SQLITE_OK)
    while (sqlite3_step (statement) == SQLITE_ROW)
      {
        const char *name = (const char *) sqlite3_column_text (statement, 0);
        g_autofree char *sql = g_strdup_printf ("SELECT COUNT (*) FROM %s INDEXED BY %s", table, name);

        n = MAX (n, get_number (db, sql, -1));
      }
  sqlite3_finalize (statement);
  return n;
}

/* In an order in which nothing is written before what it refers to. */
static const struct {
  const char *name, *key;
} tables[] = {
  { "psn_b", "psn_no" },       { "impt_d", "impt_id" },     { "txt_d", "txt_id" },       { "setl_d", "setl_id" },
  { "setldetail", NULL },      { "feedetl_d", NULL },       { "setl_input_d", "setl_id" }, { "setl_axis_d", NULL },
  { "setl_base_d", NULL },     { "setl_cum_d", NULL },      { "setl_mulaid_d", NULL },   { "acct_incexpd_d", "rid" },
  { "psn_clct_detl_d", NULL }, { "psn_mulaid_d", NULL },    { "cum_d", NULL },           { "psn_axis_d", NULL },
  { "presetl_d", "presetl_id" }, { "presetldetail", NULL }, { "presetl_pair_d", NULL },
  { "psn_insu_d", "psn_insu_id" }, { "psn_filg_d", "filg_id" }, { "psn_tras_d", "tras_id" },
  { "sync_d", "sync_id" }, { "sync_row_d", "row_id" }, { "sync_mark_d", NULL }, { "sync_fee_d", NULL }, { "crtyear_d", NULL },
  { "setl_purse_d", NULL },
};

static gint64
lost (gint64 expected, gint64 saved)
{
  return expected >= 0 ? MAX (expected - saved, 0) : -1;
}

static gboolean
has_table (sqlite3 *db, const char *table)
{
  g_autofree char *there = g_strdup_printf ("SELECT COUNT (*) FROM sqlite_schema WHERE name = '%s'", table);

  return get_number (db, there, 0) > 0;
}

/* Rows are counted first, so that it can be told how far the copy is. */
static void
count_all (Salvage *salvage, gint64 *expected)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      expected[i] = has_table (salvage->to, tables[i].name) ? count_rows (salvage->from, tables[i].name) : -1;
      salvage->total += MAX (expected[i], 0);
    }
}

static void
copy_all (Salvage *salvage, ZifuSalvage *report)
{
  const struct { const char *table; gint64 *saved, *lost; } told[] = {
    { "psn_b", &report->people, &report->lost_people },
    { "acct_incexpd_d", &report->entries, &report->lost_entries },
    { "setl_d", &report->settlements, &report->lost_settlements },
    { "psn_clct_detl_d", &report->contributions, &report->lost_contributions },
  };
  gint64 expected[G_N_ELEMENTS (tables)];

  count_all (salvage, expected);
  for (guint i = 0; i < G_N_ELEMENTS (tables) && salvage->failure == SQLITE_OK; i++)
    {
      gint64 n;

      if (!has_table (salvage->to, tables[i].name))
        continue;
      n = copy_table (salvage, tables[i].name, tables[i].key);
      for (guint t = 0; t < G_N_ELEMENTS (told); t++)
        if (g_str_equal (told[t].table, tables[i].name))
          {
            *told[t].saved = n;
            *told[t].lost = lost (expected[i], n);
          }
    }
}

static void
remove_database (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (log);
  g_unlink (index);
}

static int
build (Salvage *salvage, const char *path, int version, ZifuSalvage *report)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), code = fd >= 0 ? SQLITE_OK : SQLITE_CANTOPEN;

  if (fd >= 0)
    close (fd);
  if (code == SQLITE_OK)
    code = sqlite3_open_v2 (path, &salvage->to, SQLITE_OPEN_READWRITE, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec (salvage->to, "PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL;", NULL, NULL,
                         NULL);
  if (code == SQLITE_OK)
    code = _zifu_ledger_create (salvage->to, version);
  if (code == SQLITE_OK)
    code = sqlite3_exec (salvage->to, "BEGIN", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    {
      watch (salvage, salvage->to);
      copy_all (salvage, report);
      code = salvage->failure == SQLITE_OK ? _zifu_salvage_mend (salvage->to, version, report) : salvage->failure;
    }
  if (code == SQLITE_OK)
    code = sqlite3_exec (salvage->to, "COMMIT", NULL, NULL, NULL);
  sqlite3_close (salvage->to);
  return code;
}

/* A file and its log.  The log goes first, so that a new file never finds the log of the old one. */
static const char *const endings[] = { "-shm", "-wal", "" };

static gboolean
is_taken (const char *name)
{
  g_autofree char *log = g_strconcat (name, "-wal", NULL);

  return g_file_test (name, G_FILE_TEST_EXISTS) || g_file_test (log, G_FILE_TEST_EXISTS);
}

/* A name beside the file that nobody has yet, nor a log that was left behind. */
static char *
name_aside (const char *path, const char *stamp)
{
  char *name = g_strdup_printf ("%s" ZIFU_SALVAGE_ASIDE "%s", path, stamp);

  for (guint n = 2; is_taken (name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s" ZIFU_SALVAGE_ASIDE "%s-%u", path, stamp, n);
    }
  return name;
}

static gboolean
set_file_error (GError **error, const char *path, int number)
{
  g_set_error (error, ZIFU_LEDGER_ERROR, number == ENOSPC ? ZIFU_LEDGER_ERROR_FULL : ZIFU_LEDGER_ERROR_OPEN,
               /* Translators: the first %s is the path of a file, the second what the system says about it */
               _("The household data cannot be kept in “%s”: %s"), path, g_strerror (number));
  return FALSE;
}

static gboolean
move_part (const char *from, const char *to, const char *ending)
{
  g_autofree char *old = g_strconcat (from, ending, NULL);
  g_autofree char *new = g_strconcat (to, ending, NULL);

  return g_rename (old, new) == 0 || (errno == ENOENT && *ending != '\0');
}

/* Both or none: a file without its log has lost what was written last.  Returns 0, or why not. */
static int
move_file (const char *from, const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (!move_part (from, to, endings[i]))
      {
        int number = errno;

        while (i-- > 0)
          move_part (to, from, endings[i]);
        return number;
      }
  return 0;
}

static gboolean
refuse (int code, GError **error)
{
  if (code == SQLITE_AUTH)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED,
                         _("This file is a database, but not one with household data."));
  else
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, (code & 0xff) == SQLITE_FULL ? ZIFU_LEDGER_ERROR_FULL : ZIFU_LEDGER_ERROR_INTERNAL,
                         _("What can be read could not be written into a new file. The damaged file stays where it is."));
  return FALSE;
}

/* Puts what can be read into @fresh. */
static int
rescue (Salvage *salvage, const char *path, const char *fresh, ZifuSalvage *report)
{
  int version = 0, code = open_damaged (path, &salvage->from, &version);

  watch (salvage, salvage->from);
  if (code == SQLITE_OK && version >= 1 && version <= ZIFU_LEDGER_SCHEMA_VERSION)
    {
      code = build (salvage, fresh, version, report);
      report->readable = code == SQLITE_OK && report->people + report->entries + report->settlements + report->contributions > 0;
    }
  else if (code == SQLITE_OK)
    code = SQLITE_AUTH;
  sqlite3_close (salvage->from);
  return code;
}

/**
 * zifu_ledger_salvage:
 * @path: a file that zifu_ledger_open() refused with %ZIFU_LEDGER_ERROR_DAMAGED; nobody may have it open
 * @stamp: the time, as it shall stand in the name of the damaged file, such as 20261126-081500
 * @job: (nullable): is told how many rows are saved, of how many the file still knows of; may give up until the files change places
 * @report: (out caller-allocates): what was saved and what was not; to be cleared with zifu_salvage_clear()
 * @error: return location for an error: a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Saves what can be read of a damaged file into a new one that takes its place.  The damaged file is put aside beside it and never changed.
 * Balances stay as they were recorded: where entries are missing, zifu_ledger_check_balance() names the place.  When nothing can be read,
 * the damaged file is put aside all the same, and the next zifu_ledger_open() begins a new one.
 *
 * Returns: whether the damaged file is aside and the new one, if anything could be read, in its place; with an error the damaged file is
 *   unchanged and where it was
 */
gboolean
zifu_ledger_salvage (const char *path, const char *stamp, const ZifuJob *job, ZifuSalvage *report, GError **error)
{
  g_autofree char *fresh = NULL;
  Salvage salvage = { .job = job };
  int code, number;

  g_return_val_if_fail (path != NULL && stamp != NULL && report != NULL, FALSE);

  *report = (ZifuSalvage){ .lost_people = -1, .lost_entries = -1, .lost_settlements = -1, .lost_contributions = -1 };
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return set_file_error (error, path, ENOENT);

  fresh = g_strconcat (path, ".salvage", NULL);
  remove_database (fresh);
  code = rescue (&salvage, path, fresh, report);

  /* What was given up says nothing about what can be read. */
  if (!zifu_job_step (job, salvage.total, salvage.total, error))
    {
      remove_database (fresh);
      return FALSE;
    }
  /* What is no database any more holds nothing that can be read; every other error means that the new file is not whole. */
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_NOTADB && (code & 0xff) != SQLITE_CORRUPT)
    {
      remove_database (fresh);
      return refuse (code, error);
    }

  report->aside = name_aside (path, stamp);
  number = move_file (path, report->aside);
  if (number == 0 && report->readable && g_rename (fresh, path) != 0)
    {
      number = errno;
      move_file (report->aside, path);
    }
  if (number != 0 || !report->readable)
    remove_database (fresh);
  return number == 0 || set_file_error (error, path, number);
}

/**
 * zifu_salvage_clear:
 * @report: a report
 *
 * Frees what is in @report, not @report itself.
 */
void
zifu_salvage_clear (ZifuSalvage *report)
{
  g_return_if_fail (report != NULL);

  g_clear_pointer (&report->aside, g_free);
}
