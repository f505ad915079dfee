/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <string.h>

/*
 * The newest state of each row, in a private database that SQLite keeps in a temporary file and removes by itself.  A row that changes
 * moves to the end of the feed: seq is a counter of changes, and what a reader saw before stays a beginning of what it sees now.
 */

enum { ADD, FORGET, FIND, EACH, LINES, COUNTS, SUMS, PICK_LAST, PICK_MIDDLE, N_STATEMENTS };

static const char *const statements[N_STATEMENTS] = {
  [ADD] = "INSERT INTO entry (psn, seq, type, id, ver, data, inc, pay) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
  [FORGET] = "DELETE FROM entry INDEXED BY entry_id WHERE psn = ?1 AND type = ?2 AND id = ?3",
  [FIND] = "SELECT data, ver FROM entry INDEXED BY entry_id WHERE psn = ?1 AND type = ?2 AND id = ?3",
  [EACH] = "SELECT seq, type, id, ver, data FROM entry WHERE psn = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
  [LINES] = "SELECT type || '|' || id || '|' || ver AS line FROM entry WHERE psn = ?1 AND data IS NOT NULL ORDER BY line",
  [COUNTS] = "SELECT type, count(*) FROM entry WHERE psn = ?1 AND data IS NOT NULL GROUP BY type ORDER BY type",
  [SUMS] = "SELECT coalesce(sum(inc), 0), coalesce(sum(pay), 0), count(*) FROM entry WHERE psn = ?1 AND data IS NOT NULL",
  /* A plus sign before a column: not by the index, which would have everything sorted. */
  [PICK_LAST] = "SELECT id FROM entry WHERE psn = ?1 AND +type = ?2 AND data IS NOT NULL AND instr(data, ?3) > 0 ORDER BY seq DESC LIMIT 1",
  [PICK_MIDDLE] = "SELECT id FROM entry WHERE psn = ?1 AND +type = ?2 AND data IS NOT NULL AND instr(data, ?3) > 0 ORDER BY seq LIMIT 1"
                  " OFFSET (SELECT count(*) / 2 FROM entry WHERE psn = ?1 AND type = ?2 AND data IS NOT NULL AND instr(data, ?3) > 0)",
};

/* A row as it was before a mistake was put into it. */
typedef struct {
  guint     number;
  char     *type, *id, *data; /* owned; data is NULL: there was no such row */
  ZifuMoney inc, pay;
} Memory;

struct _Store {
  sqlite3      *db;
  GPtrArray    *memories; /* owned, of Memory */
  sqlite3_stmt *statements[N_STATEMENTS];
};

static void
run (Store *self, const char *sql)
{
  if (sqlite3_exec (self->db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (self->db));
}

static void
memory_free (gpointer data)
{
  Memory *self = data;

  g_free (self->type);
  g_free (self->id);
  g_free (self->data);
  g_free (self);
}

Store *
store_new (GError **error)
{
  Store *self = g_new0 (Store, 1);

  self->memories = g_ptr_array_new_with_free_func (memory_free);
  if (sqlite3_open ("", &self->db) != SQLITE_OK)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "SQLite: %s", sqlite3_errmsg (self->db));
      store_free (self);
      return NULL;
    }
  run (self, "PRAGMA cache_size = -4000; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
             "CREATE TABLE entry (psn INTEGER NOT NULL, seq INTEGER NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, ver INTEGER NOT NULL,"
             " data TEXT, inc INTEGER NOT NULL, pay INTEGER NOT NULL, PRIMARY KEY (psn, seq)) WITHOUT ROWID;"
             "CREATE UNIQUE INDEX entry_id ON entry (psn, type, id, ver)");
  for (guint i = 0; i < N_STATEMENTS; i++)
    if (sqlite3_prepare_v3 (self->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT, &self->statements[i], NULL) != SQLITE_OK)
      g_error ("%s: %s", statements[i], sqlite3_errmsg (self->db));
  return self;
}

void
store_free (Store *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->db);
  g_ptr_array_unref (self->memories);
  g_free (self);
}

void
store_begin (Store *self)
{
  run (self, "BEGIN");
}

void
store_commit (Store *self)
{
  run (self, "COMMIT");
}

static sqlite3_stmt *
bind (Store *self, guint which, const Person *person, const char *a, const char *b)
{
  sqlite3_stmt *statement = self->statements[which];

  sqlite3_reset (statement);
  sqlite3_bind_int64 (statement, 1, person->number);
  if (a != NULL)
    sqlite3_bind_text (statement, 2, a, -1, SQLITE_TRANSIENT);
  if (b != NULL)
    sqlite3_bind_text (statement, 3, b, -1, SQLITE_TRANSIENT);
  return statement;
}

static void
finish (Store *self, sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s: %s", sqlite3_sql (statement), sqlite3_errmsg (self->db));
  sqlite3_reset (statement);
}

/* A new row, or one that is known not to be there. */
void
store_add (Store *self, Person *person, const char *type, const char *id, gint64 ver, const char *data, ZifuMoney inc, ZifuMoney pay)
{
  sqlite3_stmt *statement = self->statements[ADD];

  /* A counter of changes has holes: a row that changed left one, and so did what other people's rows took. */
  person->last_seq += 1 + (person->last_seq % 7 == 3);
  sqlite3_bind_int64 (statement, 1, person->number);
  sqlite3_bind_int64 (statement, 2, person->last_seq);
  sqlite3_bind_text (statement, 3, type, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, ver);
  sqlite3_bind_text (statement, 6, data, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 7, inc);
  sqlite3_bind_int64 (statement, 8, pay);
  finish (self, statement);
  g_clear_pointer (&person->checkpoint, g_free);
}

/* A row in its next version. */
void
store_put (Store *self, Person *person, const char *type, const char *id, const char *data, ZifuMoney inc, ZifuMoney pay)
{
  gint64 ver = 0;

  g_free (store_find (self, person, type, id, &ver));
  if (ver > 0)
    finish (self, bind (self, FORGET, person, type, id));
  store_add (self, person, type, id, ver + 1, data, inc, pay);
}

gboolean
store_withdraw (Store *self, Person *person, const char *type, const char *id)
{
  g_autofree char *data = store_find (self, person, type, id, NULL);

  if (data == NULL)
    return FALSE;
  store_put (self, person, type, id, NULL, 0, 0);
  return TRUE;
}

void
store_remember (Store *self, const Person *person, const char *type, const char *id, const char *data, ZifuMoney inc, ZifuMoney pay)
{
  Memory *memory = g_new0 (Memory, 1);

  *memory = (Memory){ person->number, g_strdup (type), g_strdup (id), g_strdup (data), inc, pay };
  g_ptr_array_add (self->memories, memory);
}

/* Puts back what was remembered of a person, as new versions. */
void
store_mend (Store *self, Person *person)
{
  for (guint i = self->memories->len; i > 0; i--)
    {
      const Memory *memory = g_ptr_array_index (self->memories, i - 1);

      if (memory->number != person->number)
        continue;
      store_put (self, person, memory->type, memory->id, memory->data, memory->inc, memory->pay);
      g_ptr_array_remove_index (self->memories, i - 1);
    }
}

void
store_each (Store *self, const Person *person, gint64 since, guint limit, RowFunc func, gpointer user_data)
{
  sqlite3_stmt *statement = bind (self, EACH, person, NULL, NULL);
  gboolean go_on = TRUE;

  sqlite3_bind_int64 (statement, 2, since);
  sqlite3_bind_int64 (statement, 3, limit == 0 ? -1 : (gint64) limit);
  while (go_on && sqlite3_step (statement) == SQLITE_ROW)
    {
      Row row = { .seq = sqlite3_column_int64 (statement, 0), .ver = sqlite3_column_int64 (statement, 3) };

      row.type = (const char *) sqlite3_column_text (statement, 1);
      row.id = (const char *) sqlite3_column_text (statement, 2);
      row.data = (const char *) sqlite3_column_text (statement, 4);
      go_on = func (&row, user_data);
    }
  sqlite3_reset (statement);
}

/* The data of a row; NULL when there is none or it was taken back. */
char *
store_find (Store *self, const Person *person, const char *type, const char *id, gint64 *ver)
{
  sqlite3_stmt *statement = bind (self, FIND, person, type, id);
  char *data = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      data = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      if (ver != NULL)
        *ver = sqlite3_column_int64 (statement, 1);
    }
  sqlite3_reset (statement);
  return data;
}

/* The id of the last row, or of one in the middle, whose data hold a text. */
char *
store_pick (Store *self, const Person *person, const char *type, const char *containing, gboolean middle)
{
  sqlite3_stmt *statement = bind (self, middle ? PICK_MIDDLE : PICK_LAST, person, type, containing);
  char *id = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    id = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);
  return id;
}

static char *
make_digest (Store *self, const Person *person)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3_stmt *statement = bind (self, LINES, person, NULL, NULL);
  gboolean first = TRUE;

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (!first)
        g_checksum_update (sum, (const guchar *) "\n", 1);
      first = FALSE;
      g_checksum_update (sum, sqlite3_column_text (statement, 0), sqlite3_column_bytes (statement, 0));
    }
  sqlite3_reset (statement);
  return g_strdup (g_checksum_get_string (sum));
}

static void
append_accounts (Store *self, Person *person, GString *text)
{
  sqlite3_stmt *statement = bind (self, SUMS, person, NULL, NULL);
  g_autofree char *opening = zifu_money_format (person->opening, ZIFU_MONEY_PLAIN);
  g_autofree char *balance = zifu_money_format (person->balance, ZIFU_MONEY_PLAIN);
  g_autofree char *inc = NULL, *pay = NULL;

  sqlite3_step (statement);
  inc = zifu_money_format (sqlite3_column_int64 (statement, 0), ZIFU_MONEY_PLAIN);
  pay = zifu_money_format (sqlite3_column_int64 (statement, 1), ZIFU_MONEY_PLAIN);
  if (person->has_account && sqlite3_column_int64 (statement, 2) > 0)
    g_string_append_printf (text, "{\"insutype\":\"%s\",\"opening\":\"%s\",\"inc_sumamt\":\"%s\",\"pay_sumamt\":\"%s\",\"balc\":\"%s\"}",
                            person->insurance, opening, inc, pay, balance);
  sqlite3_reset (statement);
}

/* Everything of a checkpoint but the time. */
const char *
store_get_checkpoint (Store *self, Person *person)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *digest = NULL;
  sqlite3_stmt *statement;

  if (person->checkpoint != NULL)
    return person->checkpoint;
  text = g_string_new (NULL);
  digest = make_digest (self, person);
  g_string_append_printf (text, "\"last_seq\":\"%" G_GINT64_FORMAT "\",\"counts\":{", person->last_seq);
  statement = bind (self, COUNTS, person, NULL, NULL);
  for (guint i = 0; sqlite3_step (statement) == SQLITE_ROW; i++)
    g_string_append_printf (text, "%s\"%s\":%" G_GINT64_FORMAT, i > 0 ? "," : "", sqlite3_column_text (statement, 0),
                            (gint64) sqlite3_column_int64 (statement, 1));
  sqlite3_reset (statement);
  g_string_append_printf (text, "},\"digest\":\"%s\",\"acct\":[", digest);
  append_accounts (self, person, text);
  g_string_append (text, "]");
  person->checkpoint = g_string_free (g_steal_pointer (&text), FALSE);
  return person->checkpoint;
}

guint
store_count (Store *self, const Person *person)
{
  sqlite3_stmt *statement = bind (self, SUMS, person, NULL, NULL);
  guint n;

  sqlite3_step (statement);
  n = (guint) sqlite3_column_int64 (statement, 2);
  sqlite3_reset (statement);
  return n;
}
