/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

#include "zifu-case-file.h"
#include "zifu-pack-library.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Ranges in the regions whose rules we have: whatever the truth turns out to be, it lies inside. */

/* Payers are rounded one by one: a fen for each. */
#define ROUNDING 3

/* Some answer to a question: one of those given, or anything between the least and the greatest. */
static void
answer (const ZifuOpen *open, GRand *rand, ZifuVisit *bill, ZifuPerson *who)
{
  guint n = open->answers->len;
  const ZifuValue *one = g_ptr_array_index (open->answers, (guint) g_rand_int_range (rand, 0, (gint) n));
  ZifuMoney low = G_MAXINT64, high = 0, fen = 0;

  if (open->kind == ZIFU_OPEN_AXIS)
    {
      zifu_facts_take (bill->facts, open->name, zifu_value_copy (one));
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      const ZifuValue *other = g_ptr_array_index (open->answers, i);

      g_assert_true (zifu_rational_round (other->number, ZIFU_ROUND_FEN, &fen));
      low = MIN (low, fen);
      high = MAX (high, fen);
    }
  g_assert_true (zifu_rational_round (one->number, ZIFU_ROUND_FEN, &fen));
  if (!g_str_equal (open->name != NULL ? open->name : "", "stays") && g_rand_boolean (rand))
    fen = low + (ZifuMoney) (g_rand_double (rand) * (double) (high - low));
  if (open->kind == ZIFU_OPEN_SPLIT)
    zifu_visit_set_parts (bill, fen, bill->over_limit, bill->prior);
  else
    zifu_person_add_counter (who, open->name, zifu_rational_from_fen (fen), 0);
}

static void
draw_region (GRand *rand, ZifuPerson **person, ZifuVisit **visit)
{
  static const char *const statuses[] = { "active", "retired", "flexible", "resident" };
  static const char *const cares[] = { "outpatient", "inpatient", "special", "pharmacy", "outpatient", "inpatient" };
  static const char *const levels[] = { "1", "2", "3", "community", NULL };

  const char *status = statuses[g_rand_int_range (rand, 0, 4)];

  *person = zifu_person_new ();
  zifu_facts_set_string ((*person)->facts, "insurance", g_str_equal (status, "resident") ? "390" : "310");
  zifu_facts_set_string ((*person)->facts, "status", status);
  zifu_facts_set_string ((*person)->facts, "plan", g_rand_boolean (rand) ? "1" : NULL);
  zifu_facts_set_int ((*person)->facts, "age", g_rand_int_range (rand, 18, 95));
  zifu_facts_set_int ((*person)->facts, "years_cover", g_rand_int_range (rand, 0, 30));
  zifu_facts_set_int ((*person)->facts, "months_cover", g_rand_int_range (rand, 0, 200));
  *visit = build_visit ("2025-03-01", cares[g_rand_int_range (rand, 0, G_N_ELEMENTS (cares))],
                        g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 500000 : 60000000), 0, 0);
  (*visit)->has_out = (*visit)->has_over_limit = (*visit)->has_prior = FALSE;
  zifu_facts_set_string ((*visit)->facts, "class", levels[g_rand_int_range (rand, 0, G_N_ELEMENTS (levels))]);
  zifu_facts_set_string ((*visit)->facts, "remote", "local");
  zifu_facts_set_boolean ((*visit)->facts, "designated", TRUE);
  zifu_facts_set_boolean ((*visit)->facts, "connected", TRUE);
  zifu_facts_set_boolean ((*visit)->facts, "chosen", TRUE);
}

/* With every figure that is known only between two bounds at one end. */
static ZifuSettlement *
settle_at (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuUnknownAs end)
{
  g_autoptr (ZifuCase) self = zifu_case_new (pack, person, visit->date);

  zifu_case_set_unknown_as (self, end);

  return zifu_case_settle (self, visit, NULL);
}

/* R41, in every region whose rules we have: the answer for every completion lies in the range, and both ends are reached. */
static void
test_regions (gconstpointer data)
{
  g_autofree char *drafts = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "cases", "packs", NULL);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260101);
  g_autoptr (ZifuPack) pack = NULL;
  guint checked = 0, outside = 0, refused = 0;

  zifu_pack_library_add_folder (library, drafts, FALSE);
  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  pack = zifu_pack_library_load (library, data, NULL);
  g_assert_nonnull (pack);
  for (guint i = 0; i < 150; i++)
    {
      g_autoptr (ZifuPerson) person = NULL;
      g_autoptr (ZifuVisit) visit = NULL;
      g_autoptr (ZifuRange) range = NULL;
      g_autoptr (GPtrArray) open = NULL;

      draw_region (rand, &person, &visit);
      open = zifu_open_questions (pack, person, visit);
      range = zifu_range_new (pack, person, visit, open, NULL);
      refused += range == NULL;
      for (guint k = 0; range != NULL && k < 60; k++)
        {
          g_autoptr (ZifuVisit) bill = zifu_visit_copy (visit);
          g_autoptr (ZifuPerson) who = zifu_person_copy (person);
          g_autoptr (ZifuSettlement) settlement = NULL;

          for (guint q = 0; q < open->len; q++)
            answer (g_ptr_array_index (open, q), rand, bill, who);
          settlement = zifu_settle (pack, who, bill, NULL);
          if (settlement == NULL)
            settlement = settle_at (pack, who, bill, k % 2 == 0 ? ZIFU_UNKNOWN_LOW : ZIFU_UNKNOWN_HIGH);
          if (settlement == NULL)
            continue;
          checked++;
          if (settlement->person >= range->least->person - ROUNDING && settlement->person <= range->most->person + ROUNDING)
            continue;
          outside++;
          g_test_message ("visit %u: %" G_GINT64_FORMAT " outside %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, i, settlement->person,
                          range->least->person, range->most->person);
        }
    }
  g_test_message ("%u completions, %u visits refused", checked, refused);
  g_assert_cmpuint (outside, ==, 0);
  g_assert_cmpuint (checked, >, 500);
}

/* What a worked case says with every figure at the one end, or at the other; −1 when it is refused. */
static ZifuMoney
person_at (ZifuPackLibrary *library, const char *path, const char *end)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) settlements = NULL;
  g_autoptr (ZifuCaseFile) file = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  json_object_set_string_member (object, "unknown_as", end);
  text = json_to_string (json_parser_get_root (parser), FALSE);
  file = zifu_case_file_parse (library, text, -1, path, NULL);
  g_assert_nonnull (file);
  settlements = zifu_case_file_settle (file, NULL);

  return settlements != NULL && settlements->len == 1 ? ((ZifuSettlement *) g_ptr_array_index (settlements, 0))->person : -1;
}

/* A case whose figure is known only between bounds is refused as it stands, and a range holds what it would be at either end. */
static guint
check_ends (ZifuPackLibrary *library, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_load (library, path, NULL);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (ZifuRange) range = NULL;
  g_autoptr (GError) error = NULL;
  ZifuMoney low, high;
  const ZifuPerson *person;
  const ZifuVisit *visit;
  guint figures = 0;
  ZifuPack *pack;

  g_assert_nonnull (file);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  if (strstr (text, "\"unknown_as\"") == NULL || !zifu_case_file_get_question (file, &pack, &person, &visit, NULL))
    return 0; /* nothing is open, or there are several visits */
  low = person_at (library, path, "low");
  high = person_at (library, path, "high");
  g_assert_null (zifu_settle (pack, person, visit, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE);
  g_clear_error (&error);
  range = zifu_range_new (pack, person, visit, nothing, &error);
  g_assert_no_error (error);
  g_test_message ("%s: %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT " in %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, path, low, high,
                  range->least->person, range->most->person);
  g_assert_cmpint (range->least->person, <=, MIN (low < 0 ? high : low, high < 0 ? low : high));
  g_assert_cmpint (range->most->person, >=, MAX (low, high));
  for (guint i = 0; i < range->open->len; i++)
    figures += ((ZifuOpen *) g_ptr_array_index (range->open, i))->kind == ZIFU_OPEN_FIGURE;
  g_assert_cmpint (figures > 0, ==, range->least->person < range->most->person);
  g_assert_cmpint (zifu_range_is_exact (range), ==, figures == 0);
  g_assert_true (range->likely == NULL || figures == 0);

  return 1;
}

static void
test_figures (void)
{
  static const char *const folders[] = { "beijing", "regions" };
  g_autofree char *drafts = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "cases", "packs", NULL);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  guint checked = 0;

  zifu_pack_library_add_folder (library, drafts, FALSE);
  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "cases", folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

      for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);

          if (g_str_has_suffix (name, "-low.json"))
            checked += check_ends (library, path);
        }
    }
  g_assert_cmpuint (checked, >=, 20);
}

int
main (int argc, char *argv[])
{
  static const char *const regions[] = { "110000", "120000", "310000", "320100", "320500", "330100",
                                         "420100", "440100", "440300", "500000", "510100", "610100" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_autofree char *path = g_strconcat ("/range/R41/regions/", regions[i], NULL);

      g_test_add_data_func (path, regions[i], test_regions);
    }
  g_test_add_func ("/range/R41/figures-between-bounds", test_figures);
  return g_test_run ();
}
