/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Saved mappings, household documents and backups with a few bytes changed: each is read whole or refused with a message, and what was
 * there before stays as it is.  How many is set by ZIFU_FUZZ_COUNT; the seed is the one of the test program.
 */

#include "fuzz-support.h"
#include "test-ledger-common.h"
#include "zifu-backup.h"
#include "zifu-household.h"
#include "zifu-mapping.h"
#include "zifu-sample.h"
#include "zifu-words.h"

/* Rounds: two thousand together. */
#define MAPPINGS 1000
#define DOCUMENTS 600
#define BACKUPS 400

typedef struct {
  char *bytes;
  gsize length;
} Seed;

static void
assert_told (gboolean success, const GError *error)
{
  g_assert_true (success == (error == NULL));
  if (error != NULL)
    g_assert_true (*error->message != '\0' && g_utf8_validate (error->message, -1, NULL));
}

static char *
write_mutated (Fixture *fixture, const Seed *seed, GRand *random)
{
  g_autoptr (GString) bytes = g_string_new_len (seed->bytes, (gssize) seed->length);
  char *path = g_build_filename (fixture->folder, "mutated", NULL);
  g_autoptr (GError) error = NULL;

  mutate_times (bytes, random, 1 + (guint) g_rand_int_range (random, 0, 2));
  g_assert_true (g_file_set_contents (path, bytes->str, (gssize) bytes->len, &error));
  return path;
}

static Seed
read_seed (const char *path)
{
  g_autoptr (GError) error = NULL;
  Seed seed;

  g_assert_true (g_file_get_contents (path, &seed.bytes, &seed.length, &error));
  return seed;
}

static void
fill_sample (ZifuLedger *ledger)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autofree char *path = g_build_filename (g_getenv ("ZIFU_SAMPLE_DIR"), "household.json", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_true (zifu_sample_create (ledger, library, text, -1, TRUE, day ("2026-11-24"), &error));
  g_assert_no_error (error);
}

/* ---- mappings */

static char *
make_mapping (void)
{
  g_autoptr (ZifuMapping) mapping = zifu_mapping_new ();

  mapping->name = g_strdup ("我的银行/?");
  mapping->titles[ZIFU_FIELD_DATE] = g_strdup ("日期");
  mapping->columns[ZIFU_FIELD_AMOUNT] = 4;
  mapping->date_order = ZIFU_DATE_MDY;
  mapping->number_form = ZIFU_NUMBER_COMMA;
  mapping->plus_is_outlay = TRUE;
  mapping->title_line = 3;
  zifu_mapping_add_rule (mapping, "社区", ZIFU_ENTRY_OUTPATIENT);
  return zifu_mapping_to_json (mapping);
}

static void
test_mapping (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_mapping ();
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  guint n_read = 0, count = fuzz_count (MAPPINGS);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (GString) bytes = g_string_new (text);
      g_autoptr (ZifuMapping) mapping = NULL, again = NULL;
      g_autofree char *first = NULL, *second = NULL;
      g_autoptr (GError) error = NULL;

      if (i > 0)
        mutate_times (bytes, random, 1);
      mapping = zifu_mapping_parse (bytes->str, (gssize) bytes->len, "m.json", &error);
      assert_told (mapping != NULL, error);
      if (mapping == NULL)
        continue;
      n_read++;
      first = zifu_mapping_to_json (mapping);
      again = zifu_mapping_parse (first, -1, "again.json", &error);
      g_assert_no_error (error);
      second = zifu_mapping_to_json (again);
      g_assert_cmpstr (second, ==, first);
    }
  g_test_message ("%u of %u were read", n_read, count);
  g_assert_cmpuint (n_read, >, 0);
}

/* ---- household documents */

/* Rows of all tables together. */
static gint64
count_rows (const char *path)
{
  g_autofree char *sql = query_text (path, "SELECT 'SELECT ' || group_concat ('(SELECT COUNT (*) FROM ' || name || ')', ' + ')"
                                           " FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'txt%'");

  return query_int (path, sql);
}

static void
remove_ledger (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_remove (name);
    }
}

/* What was read is written and read again as the same document. */
static void
assert_same_again (Fixture *fixture, ZifuLedger *ledger)
{
  g_autofree char *first = g_build_filename (fixture->folder, "first.json", NULL), *one = NULL;
  g_autofree char *second = g_build_filename (fixture->folder, "second.json", NULL), *two = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "again.db", NULL);
  g_autoptr (ZifuLedger) again = open_ledger (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_household_json_write (ledger, 0, ZIFU_HOUSEHOLD_WHOLE, first, NULL, &error));
  g_assert_true (zifu_household_json_read (again, first, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (zifu_household_json_write (again, 0, ZIFU_HOUSEHOLD_WHOLE, second, NULL, &error));
  g_assert_true (g_file_get_contents (first, &one, NULL, &error));
  g_assert_true (g_file_get_contents (second, &two, NULL, &error));
  g_assert_cmpstr (two, ==, one);
  g_clear_object (&again);
  remove_ledger (path);
}

static void
test_household (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  g_autofree char *document = g_build_filename (fixture->folder, "seed.json", NULL);
  g_autofree char *other_path = g_build_filename (fixture->folder, "other.db", NULL);
  g_autoptr (ZifuLedger) other = open_ledger (other_path);
  guint n_read = 0, count = fuzz_count (DOCUMENTS);
  gint64 empty = count_rows (other_path);
  g_autoptr (GError) error = NULL;
  Seed seed;

  fill_sample (fixture->ledger);
  g_assert_true (zifu_household_json_write (fixture->ledger, 2, ZIFU_HOUSEHOLD_WHOLE, document, NULL, &error));
  g_assert_no_error (error);
  seed = read_seed (document);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *path = write_mutated (fixture, &seed, random);
      gboolean success = zifu_household_json_read (other, path, NULL, NULL, &error);

      assert_told (success, error);
      g_clear_error (&error);
      if (!success)
        {
          g_assert_cmpint (count_rows (other_path), ==, empty);
          continue;
        }
      n_read++;
      assert_same_again (fixture, other);
      g_clear_object (&other);
      remove_ledger (other_path);
      other = open_ledger (other_path);
    }
  g_test_message ("%u of %u were read", n_read, count);
  g_free (seed.bytes);
}

/* ---- backups */

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  g_autofree char *backup = g_build_filename (fixture->folder, "seed.zifu-backup", NULL);
  g_autofree char *target = g_build_filename (fixture->folder, "target.db", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 26, 8, 0, 0);
  guint n_whole = 0, count = fuzz_count (BACKUPS);
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  Seed seed, before;

  fill_sample (fixture->ledger);
  g_assert_true (zifu_backup_write (fixture->ledger, backup, now, NULL, &error));
  g_assert_no_error (error);
  seed = read_seed (backup);
  ledger = open_ledger (target);
  add_person (ledger, "赵一", "self", "active", 100000);
  g_clear_object (&ledger);
  before = read_seed (target);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *path = write_mutated (fixture, &seed, random), *kept = NULL, *after = NULL;
      g_autoptr (ZifuBackupInfo) info = zifu_backup_verify (path, NULL, &error);
      gsize length;

      assert_told (info != NULL, error);
      g_clear_error (&error);
      /* A byte that nothing is stored in may be anything; what is stored is what it was. */
      if (info != NULL)
        {
          n_whole++;
          g_assert_cmpint (info->n_members, ==, query_int (fixture->path, "SELECT COUNT (*) FROM psn_b"));
          g_assert_cmpint (info->n_entries, ==, query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"));
          g_assert_cmpint (info->n_settlements, ==, query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"));
        }
      if (info != NULL || i % 4 != 0)
        continue;
      g_assert_false (zifu_backup_restore (path, target, now, &kept, NULL, &error));
      assert_told (FALSE, error);
      g_clear_error (&error);
      g_assert_null (kept);
      g_assert_true (g_file_get_contents (target, &after, &length, NULL));
      g_assert_cmpmem (after, length, before.bytes, before.length);
    }
  g_test_message ("%u of %u were whole", n_whole, count);
  g_free (seed.bytes);
  g_free (before.bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add ("/exchange-fuzz/mapping", Fixture, NULL, fixture_set_up, test_mapping, fixture_tear_down);
  g_test_add ("/exchange-fuzz/household", Fixture, NULL, fixture_set_up, test_household, fixture_tear_down);
  g_test_add ("/exchange-fuzz/backup", Fixture, NULL, fixture_set_up, test_backup, fixture_tear_down);
  return g_test_run ();
}
