/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Any bytes, and good files with a few bytes changed: each ends in a plan or in a message, and none of them writes anything.  How many is
 * set by ZIFU_FUZZ_COUNT; the seed is the one of the test program.
 */

#include "fuzz-support.h"
#include "test-import-common.h"
#include "zifu-words.h"

#define TODAY "2026-11-24"

static const char sheet[] =
  "<worksheet xmlns='m'><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>日期</t></is></c>"
  "<c r='B1' t='inlineStr'><is><t>支出</t></is></c></row><row r='2'><c r='A2' t='str'><v>2026-01-01</v></c>"
  "<c r='B2'><v>5.25</v></c></row></sheetData>"
  "<mergeCells count='1'><mergeCell ref='A1:B1'/></mergeCells></worksheet>";

static const char own[] = "psn_no,psn_name,rid,acct_modi_date,kind,acct_incexpd_type,inc_sumamt,pay_sumamt,balc,fixmedins_name,memo,"
                          "cashym\r\n"
                          "1,王敏,2,2026-01-01,credit,101,240.00,0.00,240.00,,'=x,202512\r\n"
                          "1,王敏,3,2026-01-02,pharmacy,201,0.00,5.25,234.75,\"药\"\"店\",,\r\n";

typedef struct {
  char *bytes;
  gsize length;
} Seed;

static void
load_seeds (GArray *seeds, const char *folder)
{
  static const char *const files[] = { "gb18030.csv", "semicolon.csv", "utf16.csv", "sheets.xlsx", "feed.json" };
  g_autofree char *book = write_workbook (folder, sheet);
  Seed seed = { g_strdup (own), strlen (own) };

  g_array_append_val (seeds, seed);
  g_assert_true (g_file_get_contents (book, &seed.bytes, &seed.length, NULL));
  g_array_append_val (seeds, seed);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = get_fixture (files[i]);

      g_assert_true (g_file_get_contents (path, &seed.bytes, &seed.length, NULL));
      g_array_append_val (seeds, seed);
    }
}

/* A workbook whose sheet is changed while the archive stays whole. */
static void
mutate_sheet (GString *bytes, const char *folder, GRand *random)
{
  g_autoptr (GString) text = g_string_new (sheet);
  g_autofree char *path = NULL, *book = NULL;
  gsize length;

  mutate (text, random);
  path = write_workbook (folder, text->str);
  g_assert_true (g_file_get_contents (path, &book, &length, NULL));
  g_string_truncate (bytes, 0);
  g_string_append_len (bytes, book, length);
}

static void
check_plan (ZifuImportPlan *plan)
{
  guint sum = 0;

  for (guint i = 0; i < ZIFU_N_LINE_STATES; i++)
    sum += zifu_import_plan_count (plan, i);
  g_assert_cmpuint (sum, ==, zifu_import_plan_get_n_lines (plan));
  for (guint i = 0; i < zifu_import_plan_get_n_lines (plan); i++)
    {
      const ZifuImportLine *line = zifu_import_plan_get_line (plan, i);
      g_autofree char *message = zifu_import_plan_describe (plan, i);

      g_assert_true ((message == NULL) == (line->state == ZIFU_LINE_NEW));
      g_assert_true (message == NULL || g_utf8_validate (message, -1, NULL));
      g_assert_true (line->state == ZIFU_LINE_WRONG || line->is_month || line->date > 0);
      g_assert_cmpint (line->taken, ==, line->state == ZIFU_LINE_NEW);
    }
}

/* What is planned can be done, and taken back. */
static void
try_apply (Fixture *fixture, ZifuImportPlan *plan, gint64 person)
{
  g_autoptr (GError) error = NULL;
  ZifuMoney before = get_balance (fixture->ledger, person);
  gint64 id;

  g_assert_true (zifu_import_apply (plan, fixture->ledger, "2026-11-24T08:00:00Z", NULL, NULL, &id, &error));
  g_assert_no_error (error);
  assert_balanced (fixture->ledger, person);
  if (id != 0)
    g_assert_true (zifu_ledger_undo_import (fixture->ledger, id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, before);
}

static void
test_fuzz (Fixture *fixture, gconstpointer data)
{
  guint count = fuzz_count (20000), n_plans = 0, n_messages = 0;
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0);
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr (GArray) seeds = g_array_new (FALSE, FALSE, sizeof (Seed));
  g_autoptr (GString) bytes = g_string_new (NULL);
  const ZifuImportOptions options = { person, NULL, { NULL }, day (TODAY) };

  load_seeds (seeds, fixture->folder);
  for (guint i = 0; i < count; i++)
    {
      const Seed *seed = &g_array_index (seeds, Seed, g_rand_int_range (random, 0, (gint32) seeds->len));
      g_autofree char *path = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuImportPlan) plan = NULL;

      g_string_truncate (bytes, 0);
      if (i % 10 == 0)
        for (int n = g_rand_int_range (random, 0, 200); n > 0; n--)
          g_string_append_c (bytes, pick_byte (random));
      else if (i % 10 == 1)
        mutate_sheet (bytes, fixture->folder, random);
      else
        {
          g_string_append_len (bytes, seed->bytes, (gssize) seed->length);
          mutate (bytes, random);
        }
      path = write_bytes (fixture->folder, "f", bytes->str, (gssize) bytes->len);
      plan = zifu_import_plan_new (fixture->ledger, path, &options, NULL, &error);
      g_assert_true ((plan == NULL) == (error != NULL));
      if (plan == NULL)
        {
          g_assert_true (*error->message != '\0' && g_utf8_validate (error->message, -1, NULL));
          n_messages++;
          continue;
        }
      n_plans++;
      check_plan (plan);
      if (n_plans % 100 == 0)
        try_apply (fixture, plan, person);
    }
  g_test_message ("%u plans, %u messages", n_plans, n_messages);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 1);
  for (guint i = 0; i < seeds->len; i++)
    g_free (g_array_index (seeds, Seed, i).bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add ("/import-fuzz", Fixture, NULL, fixture_set_up, test_fuzz, fixture_tear_down);
  return g_test_run ();
}
