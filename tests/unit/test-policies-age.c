/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules grow old: in every region, on every day on which one of its rules begins, ends or stops being confirmed, and years after. */

#include <string.h>

#include "words-support.h"
#include "zifu-account.h"
#include "zifu-record-file.h"

#define BILL 300000 /* fen */

static const struct
{
  const char *insurance, *status, *resident_class;
  int age;
} people[] = { { "310", "active", NULL, 40 }, { "310", "retired", NULL, 71 }, { "310", "flexible", NULL, 40 },
               { "390", "resident", "working", 40 }, { "390", "resident", "student", 12 } };

static void
add_day (GArray *days, ZifuDate day)
{
  for (guint i = 0; i < days->len; i++)
    if (g_array_index (days, ZifuDate, i) == day)
      return;
  g_array_append_val (days, day);
}

/* The edges of the rules, and a day of every year from 2020 to 2045. */
static GArray *
list_days (const ZifuPack *pack)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (ZifuDate));

  for (int year = 2020; year <= 2045; year += year < 2030 ? 1 : 5)
    add_day (days, zifu_date_new (year, 12, 31));
  for (guint i = 0; i < pack->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (pack->rules, i);

      add_day (days, rule->valid_from);
      if (rule->valid_to != 0)
        {
          add_day (days, rule->valid_to);
          add_day (days, rule->valid_to + 1);
        }
      if (rule->confirmed_to != 0)
        {
          add_day (days, rule->confirmed_to);
          add_day (days, rule->confirmed_to + 1);
        }
    }
  return days;
}

static ZifuPerson *
make_person (guint who)
{
  ZifuPerson *person = zifu_person_new ();

  zifu_facts_set_string (person->facts, "insurance", people[who].insurance);
  zifu_facts_set_string (person->facts, "status", people[who].status);
  zifu_facts_set_int (person->facts, "age", people[who].age);
  zifu_facts_set_string (person->facts, "base", "8000.00");
  zifu_facts_set_string (person->facts, "sex", "1");
  zifu_facts_set_string (person->facts, "plan", "1");
  zifu_facts_set_int (person->facts, "months_cover", 60);
  if (people[who].resident_class != NULL)
    zifu_facts_set_string (person->facts, "resident_class", people[who].resident_class);
  return person;
}

static ZifuVisit *
make_visit (const char *care, const char *institution_class, ZifuDate day)
{
  ZifuVisit *visit = zifu_visit_new ();

  visit->date = day;
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", institution_class);
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  zifu_facts_set_int (visit->facts, "days", 10);
  zifu_visit_set_total (visit, BILL);
  zifu_visit_set_parts (visit, 0, 0, 0);
  return visit;
}

static void
assert_in_force (const ZifuRule *rule, ZifuDate day)
{
  if (rule->valid_from > day || (rule->valid_to != 0 && rule->valid_to < day))
    g_error ("rule %s applies on a day on which it is not in force", rule->id);
}

/* Exactly the rules that are used past the day to which they are confirmed have a note.  Returns the earliest such day; 0 = none. */
static ZifuDate
assert_noted (const ZifuSettlement *settlement)
{
  ZifuDate earliest = 0;
  guint n_old = 0, n_notes = 0;

  for (guint i = 0; i < settlement->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (settlement->rules, i);

      assert_in_force (rule, settlement->date);
      if (rule->confirmed_to == 0 || rule->confirmed_to >= settlement->date)
        continue;
      n_old++;
      earliest = earliest == 0 ? rule->confirmed_to : MIN (earliest, rule->confirmed_to);
    }
  for (guint i = 0; i < settlement->notes->len; i++)
    {
      const ZifuNote *note = &g_array_index (settlement->notes, ZifuNote, i);

      if (!g_str_equal (note->note, "not-confirmed"))
        continue;
      n_notes++;
      g_assert_true (note->rule->confirmed_to == note->confirmed_to && note->confirmed_to < settlement->date);
    }
  g_assert_cmpuint (n_notes, ==, n_old);
  return earliest;
}

/* Who reads the result reads of it: the earliest day stands in one sentence, and there is none without an old rule. */
static void
assert_told (const ZifuSettlement *settlement, ZifuDate earliest)
{
  g_autoptr (GPtrArray) texts = zifu_words_not_calculated (settlement);
  g_autofree char *day = earliest != 0 ? zifu_words_date (earliest, ZIFU_DATE_STYLE_LONG) : NULL;
  guint n = 0;

  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);

      if (strstr (text, "confirmed only until") == NULL)
        continue;
      n++;
      g_assert_true (day != NULL && strstr (text, day) != NULL);
    }
  g_assert_cmpuint (n, ==, earliest != 0 ? 1 : 0);
}

/* A visit is settled by rules in force, or refused in words.  Returns whether an old rule was used. */
static gboolean
check_visit (ZifuPack *pack, const ZifuPerson *person, const char *care, const char *institution_class, ZifuDate day)
{
  g_autoptr (ZifuVisit) visit = make_visit (care, institution_class, day);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) settlement = zifu_settle (pack, person, visit, &error);
  ZifuDate earliest;

  if (settlement == NULL)
    {
      g_autofree char *message = zifu_words_error_message (error);

      g_assert_true (message[0] != '\0' && strchr (message, '{') == NULL);
      return FALSE;
    }
  earliest = assert_noted (settlement);
  assert_told (settlement, earliest);
  return earliest != 0;
}

static void
check_credit (ZifuPack *pack, const ZifuPerson *person, ZifuDate day)
{
  g_autoptr (ZifuCredit) credit = zifu_credit_compute (pack, person, day, NULL);
  g_autoptr (GArray) amounts = zifu_amounts_compute (pack, person, day, ZIFU_UNKNOWN_LOW, NULL);

  for (guint i = 0; credit != NULL && i < credit->lines->len; i++)
    assert_in_force (g_array_index (credit->lines, ZifuCreditLine, i).rule, day);
  for (guint i = 0; amounts != NULL && i < amounts->len; i++)
    if (g_array_index (amounts, ZifuNamedAmount, i).rule != NULL)
      assert_in_force (g_array_index (amounts, ZifuNamedAmount, i).rule, day);
}

static guint
check_region (ZifuPack *pack)
{
  static const char *const visits[][2] = { { "outpatient", "community" }, { "outpatient", "3" }, { "inpatient", "1" },
                                           { "inpatient", "3" },          { "special", "3" },    { "pharmacy", "pharmacy" } };
  g_autoptr (GArray) days = list_days (pack);
  guint n_old = 0;

  for (guint who = 0; who < G_N_ELEMENTS (people); who++)
    {
      g_autoptr (ZifuPerson) person = make_person (who);

      for (guint i = 0; i < days->len; i++)
        {
          ZifuDate day = g_array_index (days, ZifuDate, i);

          check_credit (pack, person, day);
          for (guint v = 0; v < G_N_ELEMENTS (visits); v++)
            n_old += check_visit (pack, person, visits[v][0], visits[v][1], day);
        }
    }
  return n_old;
}

/* Regions whose bills rest on rules that are confirmed to a day only: there the warning is seen; nobody crashes. */
static void
test_bills (void)
{
  static const char *const warned[] = { "310000", "320100", "320500", "330100", "420100", "440100", NULL };
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = zifu_pack_library_list (library, &error);
  guint n_regions = 0;

  g_assert_no_error (error);
  speak ("en");
  for (guint i = 0; i < infos->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (infos, i);
      g_autoptr (ZifuPack) pack = zifu_pack_library_load (library, info->id, &error);
      guint n_old;

      g_assert_no_error (error);
      n_old = check_region (pack);
      g_test_message ("%s: %u bills warn", info->id, n_old);
      n_regions += n_old > 0;
      g_assert_true (n_old > 0 || !g_strv_contains (warned, info->id));
    }
  g_assert_cmpuint (n_regions, >=, G_N_ELEMENTS (warned) - 1);
}

/* What follows is not known where rules were replaced: that is said, and no figure of before stands in for it. */
static void
test_replaced (void)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (ZifuPack) hangzhou = zifu_pack_library_load (library, "330100", NULL);
  g_autoptr (ZifuPerson) person = make_person (0);
  g_autoptr (ZifuVisit) before = make_visit ("outpatient", "2", zifu_date_new (2024, 12, 31));
  g_autoptr (ZifuVisit) after = make_visit ("outpatient", "2", zifu_date_new (2026, 1, 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) old = zifu_settle (hangzhou, person, before, &error), none = NULL;
  g_autofree char *en = NULL, *zh = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (old->fund_sum, >, 0);
  none = zifu_settle (hangzhou, person, after, &error);
  g_assert_null (none);
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE);
  speak ("en");
  en = zifu_words_error_message (error);
  g_assert_nonnull (strstr (en, "in force since 2026-01-01"));
  speak ("zh_CN");
  zh = zifu_words_error_message (error);
  g_assert_nonnull (strstr (zh, "自 2026-01-01 起施行"));
}

/* The Guide years from now: every person of the tests has answers, and whoever leans on an old figure is told. */
static void
test_guide (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "persons", NULL);
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0, n_old = 0;
  const char *name;

  speak ("en");
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuRecordFile) file = g_str_has_suffix (name, ".json") ? zifu_record_file_load (library, path, &error) : NULL;
      g_autoptr (GPtrArray) answers = NULL;

      g_assert_no_error (error);
      if (file == NULL)
        continue;
      answers = zifu_answers (file->pack, file->record, zifu_date_new (2039, 6, 30));
      g_assert_cmpuint (answers->len, >=, 38);
      for (guint i = 0; i < answers->len; i++)
        {
          const ZifuAnswer *answer = g_ptr_array_index (answers, i);

          g_assert_true (answer->answer[0] != '\0');
          for (guint k = 0; k < answer->points->len; k++)
            n_old += strstr (g_ptr_array_index (answer->points, k), "past the day up to which it is confirmed") != NULL;
        }
      n++;
    }
  g_assert_cmpuint (n, >=, 20);
  g_assert_cmpuint (n_old, >=, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/policies-age/R41-bills", test_bills);
  g_test_add_func ("/policies-age/R41-replaced", test_replaced);
  g_test_add_func ("/policies-age/R17-R38-guide", test_guide);
  return g_test_run ();
}
