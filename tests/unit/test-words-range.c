/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a range says of what it does not know: as much as a single result does. */

#include "words-support.h"

#define NO_CAP_EN "A yearly limit of the fund: none was found for this kind of care, so the figures go without one"
#define NO_CAP_ZH "基金的年度封顶线：没有查到这类就医的，这里按没有封顶线算"

static ZifuRange *
range_of (ZifuPackLibrary *library, const char *policy, const char *person, const char *care, const char *level)
{
  g_autofree char *quoted =
      g_strdup_printf ("{'id': 'range', 'source': 'made here', 'rows': ['R41'], 'policy': '%s', 'person': {%s},"
                       " 'visit': {'date': '2025-03-01', 'care': '%s', 'class': '%s', 'designated': true, 'connected': true,"
                       "  'remote': 'local', 'bill': {'total': '30000.00'}}, 'expect': {}}",
                       policy, person, care, level);
  g_autofree char *text = g_strdelimit (g_strdup (quoted), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_parse (library, text, -1, "range", &error);
  const ZifuPerson *who;
  const ZifuVisit *visit;
  ZifuPack *pack;

  g_assert_no_error (error);
  g_assert_true (zifu_case_file_get_question (file, &pack, &who, &visit, &error));
  return zifu_range_new (pack, who, visit, NULL, NULL);
}

static gboolean
ends_with_one_of (GPtrArray *texts, const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (g_str_has_suffix (g_ptr_array_index (texts, i), text))
      return TRUE;
  return FALSE;
}

/*
 * Everything that the end of a range leaves out stands in its list and in its report.  How many rules are past their day is told for all
 * ends at once, so of that sentence only its end is the same.
 */
static guint
assert_end_told (const ZifuSettlement *end, GPtrArray *told, const char *report)
{
  g_autoptr (GPtrArray) missing = zifu_words_not_calculated (end);

  for (guint i = 0; i < missing->len; i++)
    {
      const char *text = g_ptr_array_index (missing, i);

      text = g_ascii_isdigit (text[0]) ? zifu_words_is_chinese () ? "可能已经改了" : "may have changed since" : text;
      g_assert_true (ends_with_one_of (told, text));
      g_assert_nonnull (strstr (report, text));
    }
  return missing->len;
}

/* Every unverified step of an end is named in the report. */
static void
assert_unverified_told (const ZifuSettlement *end, GPtrArray *told, const char *report)
{
  g_autoptr (GPtrArray) steps = zifu_words_steps (end);

  for (guint i = 0; i < steps->len; i++)
    {
      const ZifuStepWords *step = g_ptr_array_index (steps, i);
      gboolean found = FALSE;

      for (guint k = 0; step->unverified && k < told->len; k++)
        found |= g_str_has_prefix (g_ptr_array_index (told, k), step->title);
      g_assert_true (found || !step->unverified);
      g_assert_true (!step->unverified || strstr (report, step->title) != NULL);
    }
}

/* R41, twelve regions, people and kinds of care: the list of a range is the list of its ends, and nothing that none of them says. */
static void
test_regions (gconstpointer data)
{
  static const char *const people[] = {
    "'insurance': '310', 'status': 'active', 'age': 40, 'base': '8000.00', 'months_cover': 60, 'account': {'balance': '500.00'}",
    "'insurance': '310', 'status': 'retired', 'age': 72, 'months_cover': 300, 'account': {'balance': '500.00'}",
    "'insurance': '390', 'status': 'resident', 'resident_class': 'working', 'age': 40, 'plan': '1'",
    "'insurance': '390', 'status': 'resident', 'resident_class': 'student', 'age': 11, 'plan': '1'",
  };
  static const char *const cares[] = { "outpatient", "inpatient" };
  g_autoptr (ZifuPackLibrary) library = library_new ();
  guint n_ranges = 0, n_missing = 0;

  for (guint i = 0; i < G_N_ELEMENTS (people) * G_N_ELEMENTS (cares) * 2; i++)
    {
      g_autoptr (ZifuRange) range = range_of (library, data, people[i / 4], cares[i % 4 / 2], "3");

      speak (i % 2 == 0 ? "en" : "zh_CN");
      if (range == NULL)
        continue;
      g_autoptr (GPtrArray) told = zifu_words_range_not_calculated (range, "middle");
      g_autoptr (GPtrArray) unverified = zifu_words_range_unverified (range);
      g_autofree char *report = zifu_words_range (range);

      n_ranges++;
      n_missing += assert_end_told (range->least, told, report);
      n_missing += assert_end_told (range->most, told, report);
      assert_unverified_told (range->least, unverified, report);
      assert_unverified_told (range->most, unverified, report);
      if (range->likely != NULL)
        assert_end_told (range->likely, told, report);
      g_assert_true (told->len == 0 || n_missing > 0);
      for (guint k = 0; k < told->len; k++)
        for (guint j = 0; j < k; j++)
          g_assert_cmpstr (g_ptr_array_index (told, k), !=, g_ptr_array_index (told, j));
    }
  g_test_message ("%u ranges, %u things left out", n_ranges, n_missing);
  g_assert_cmpuint (n_ranges, >=, 8);
}

/* R41: Shanghai names no yearly limit for residents' outpatient care; the end at which the fund pays says it, so the range does. */
static void
test_no_cap (void)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (ZifuRange) range =
      range_of (library, "310000", "'insurance': '390', 'status': 'resident', 'resident_class': 'working', 'age': 40", "outpatient", "3");

  g_assert_nonnull (range);
  for (guint i = 0; i < 2; i++)
    {
      speak (i == 0 ? "en" : "zh_CN");
      g_autoptr (GPtrArray) told = zifu_words_range_not_calculated (range, NULL);
      g_autofree char *report = zifu_words_range (range);
      g_autofree char *likely = zifu_words_likely_range (range);

      g_assert_cmpuint (told->len, ==, 1);
      g_assert_cmpstr (g_ptr_array_index (told, 0), ==, i == 0 ? NO_CAP_EN : NO_CAP_ZH);
      g_assert_nonnull (strstr (report, i == 0 ? NO_CAP_EN : NO_CAP_ZH));
      g_assert_nonnull (strstr (likely, i == 0 ? NO_CAP_EN : NO_CAP_ZH));
    }
}

/* Cases that say different things instead of one another are named; what holds for all of them, or is only unsaid in one, is not. */
static void
test_merge (void)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (ZifuRange) one =
      range_of (library, "310000", "'insurance': '390', 'status': 'resident', 'resident_class': 'working', 'age': 40", "outpatient", "3");
  const ZifuSettlement *settlements[] = { one->least, NULL, one->most, one->least };
  static const char *const names[] = { "A", "B", "C", "A" };

  speak ("en");
  g_autoptr (GPtrArray) texts = zifu_words_merge_not_calculated (settlements, names, 4);
  g_assert_cmpuint (texts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (texts, 0), ==, NO_CAP_EN);
  g_autoptr (GPtrArray) none = zifu_words_merge_not_calculated (NULL, NULL, 0);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const char *const regions[] = { "110000", "120000", "310000", "320100", "320500", "330100",
                                         "420100", "440100", "440300", "500000", "510100", "610100" };

  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_autofree char *path = g_strconcat ("/words/range/R41-left-out/", regions[i], NULL);

      g_test_add_data_func (path, regions[i], test_regions);
    }
  g_test_add_func ("/words/range/R41-no-cap", test_no_cap);
  g_test_add_func ("/words/range/R41-merge", test_merge);
  return g_test_run ();
}
