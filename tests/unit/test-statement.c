/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statements: what they say, how they are divided into pages, and that nothing is cut or hidden. */

#include "zifu-statement.h"

#include <stdlib.h>

#include "test-ledger-common.h"

/* The text of the PDF, or NULL when no program to read it is installed. */
static char *
read_pdf (const Fixture *fixture, ZifuStatement *statement)
{
  g_autofree char *path = g_build_filename (fixture->folder, "statement.pdf", NULL);
  g_autofree char *tool = g_find_program_in_path ("pdftotext");
  const char *argv[] = { tool, "-layout", path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status;
  GStatBuf info;

  g_assert_true (zifu_statement_write_pdf (statement, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  if (tool == NULL)
    {
      g_test_message ("pdftotext is not installed: the text is not looked at");
      return NULL;
    }
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return text;
}

static void
assert_says (const char *text, const char *words)
{
  if (text != NULL && strstr (text, words) == NULL)
    g_error ("“%s” is not in: %s", words, text);
}

static ZifuStatement *
make (ZifuLedger *ledger, gint64 id, const char *first, const char *last)
{
  g_autoptr (GError) error = NULL;
  ZifuStatement *statement = zifu_statement_new (ledger, id, day (first), day (last), "Beijing", day ("2026-11-26"), &error);

  g_assert_no_error (error);
  g_assert_nonnull (statement);
  return statement;
}

static void
add_described (ZifuLedger *ledger, gint64 id, const char *date, ZifuMoney amount, const char *institution, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();

  entry->member_id = id;
  entry->date = day (date);
  entry->kind = amount < 0 ? ZIFU_ENTRY_PHARMACY : ZIFU_ENTRY_CREDIT;
  entry->amount = amount;
  entry->institution = g_strdup (institution);
  entry->note = g_strdup (note);
  zifu_ledger_add_entry (ledger, entry, &error);
  g_assert_no_error (error);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "Wang Fang", "self", "active", 10000);
  g_autoptr (ZifuStatement) statement = make (fixture->ledger, id, "2026-02-01", "2026-02-28");
  g_autofree char *text = read_pdf (fixture, statement);

  assert_says (text, "Monthly statement");
  assert_says (text, "No entries in this period.");
  assert_says (text, "Wang Fang");
  assert_says (text, "100.00");
  assert_says (text, "Page 1 of 1");
  g_assert_cmpuint (zifu_statement_begin (statement, 500, 750), ==, 1);
}

static void
test_one (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "Wang Fang", "self", "active", 10000);
  g_autoptr (ZifuStatement) statement = NULL;
  g_autofree char *text = NULL;

  add_described (fixture->ledger, id, "2026-02-28", -1234, "Harmony Pharmacy", NULL);
  add_described (fixture->ledger, id, "2026-03-01", -1, "Next Month", NULL);
  statement = make (fixture->ledger, id, "2026-02-01", "2026-02-28");
  text = read_pdf (fixture, statement);
  assert_says (text, "Harmony Pharmacy");
  assert_says (text, "12.34");
  assert_says (text, "87.66");
  if (text != NULL)
    g_assert_null (strstr (text, "Next Month"));
}

static void
test_year (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "Wang Fang", "self", "active", 10000);
  g_autoptr (ZifuStatement) statement = make (fixture->ledger, id, "2026-01-01", "2026-12-31");
  g_autofree char *text = read_pdf (fixture, statement);

  assert_says (text, "Yearly statement");
  assert_says (text, "Balance entered");
}

/* The last day that there is. */
static void
test_whole_time (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "Wang Fang", "self", "active", 10000);
  g_autoptr (ZifuStatement) statement = make (fixture->ledger, id, "0001-01-01", "9999-12-31");
  g_autofree char *text = read_pdf (fixture, statement);
  g_autoptr (GError) error = NULL;

  assert_says (text, "Balance entered");
  g_assert_null (zifu_statement_new (fixture->ledger, id, day ("2026-02-02"), day ("2026-02-01"), NULL, day ("2026-11-26"), &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (zifu_statement_new (fixture->ledger, 77, day ("2026-02-02"), day ("2026-02-02"), NULL, day ("2026-11-26"), &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
}

/* Every entry is on exactly one page, and every page tells the sums. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  const char *name = "欧阳诸葛司马上官夏侯皇甫尉迟公孙慕容长孙宇文 Maximiliana Featherstonehaugh-Cholmondeley von und zu Hohenlohe";
  gint64 id = add_person (fixture->ledger, name, "self", "active", 900000000);
  g_autoptr (ZifuStatement) statement = NULL;
  g_autofree char *text = NULL;

  begin_together (fixture->ledger);
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *date = g_strdup_printf ("2026-%02d-%02d", 1 + i / 42, 1 + i % 28);
      g_autofree char *place = g_strdup_printf ("N%03d %s", i,
                                                i % 7 == 0 ? "首都医科大学附属北京某某医院（国家某某中心）西院区门诊部一层综合服务台收费处" : "药店");

      add_described (fixture->ledger, id, date, -(100 + i), place,
                     i % 50 == 0 ? "a note that goes on and on and on until nobody reads it" : NULL);
    }
  end_together (fixture->ledger);
  statement = make (fixture->ledger, id, "2026-01-01", "2026-12-31");
  text = read_pdf (fixture, statement);
  if (text == NULL)
    return;
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *place = g_strdup_printf ("N%03d", i);
      const char *first = strstr (text, place);

      g_assert_nonnull (first);
      g_assert_null (strstr (first + 1, place));
    }
  assert_says (text, "Carried forward");
  assert_says (text, "Brought forward");
  assert_says (text, "1,747.50");
  /* Another paper has other pages. */
  g_assert_cmpuint (zifu_statement_begin (statement, 500, 750), <, zifu_statement_begin (statement, 350, 500));
}

/* A note longer than a page is printed whole. */
static void
test_long_note (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "Wang Fang", "self", "active", 10000);
  g_autoptr (GString) note = g_string_new (NULL);
  g_autoptr (ZifuStatement) statement = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 3000; i++)
    g_string_append_printf (note, "w%04d ", i);
  add_described (fixture->ledger, id, "2026-02-28", -1234, "Harmony Pharmacy", note->str);
  statement = make (fixture->ledger, id, "2026-01-01", "2026-12-31");
  text = read_pdf (fixture, statement);
  assert_says (text, "w0001");
  assert_says (text, "w1500");
  assert_says (text, "w2998");
}

/* A page too small for anything still ends. */
static void
test_small_paper (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "Wang Fang", "self", "active", 10000);
  g_autoptr (ZifuStatement) statement = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 60, 60);
  cairo_t *cr = cairo_create (surface);
  guint n;

  add_described (fixture->ledger, id, "2026-02-28", -1234, "Harmony Pharmacy", NULL);
  statement = make (fixture->ledger, id, "2026-01-01", "2026-12-31");
  n = zifu_statement_begin (statement, 60, 60);
  g_assert_cmpuint (n, >=, 2);
  for (guint i = 0; i < n; i++)
    zifu_statement_draw_page (statement, cr, i);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* A balance that does not agree, a figure that rests on no source: both are said. */
static void
test_notices (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "Wang Fang", "self", "active", 10000);
  g_autoptr (ZifuStatement) statement = NULL;
  g_autofree char *text = NULL;

  add_described (fixture->ledger, id, "2026-02-28", -1234, "Harmony Pharmacy", NULL);
  g_clear_object (&fixture->ledger);
  run_sql (fixture->path, "UPDATE acct_incexpd_d SET balc = 8700 WHERE kind = 'pharmacy'");
  fixture->ledger = open_ledger (fixture->path);
  statement = make (fixture->ledger, id, "2026-01-01", "2026-12-31");
  text = read_pdf (fixture, statement);
  assert_says (text, "do not agree");
  assert_says (text, "recorded 87.00");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "Wang Fang", "self", "active", 10000);
  g_autoptr (ZifuStatement) statement = make (fixture->ledger, id, "2026-01-01", "2026-12-31");
  g_autofree char *path = g_build_filename (fixture->folder, "none.pdf", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const ZifuJob job = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (zifu_statement_write_pdf (statement, path, &job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define add(name, func) g_test_add ("/statement/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("nothing", test_nothing);
  add ("one", test_one);
  add ("year", test_year);
  add ("whole-time", test_whole_time);
  add ("many", test_many);
  add ("long-note", test_long_note);
  add ("small-paper", test_small_paper);
  add ("notices", test_notices);
  add ("cancelled", test_cancelled);
  return g_test_run ();
}
