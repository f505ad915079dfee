/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R42: an estimate against what was charged.  One fact of a real case is changed, the visit is settled, and the comparison must name it. */

#include <string.h>

#include "zifu-case-file.h"
#include "zifu-case-text.h"
#include "zifu-reality.h"
#include "zifu-settle.h"

typedef struct {
  ZifuPackLibrary *library;
  ZifuPack        *pack;
  ZifuPerson      *person;
  ZifuVisit       *visit;
} Setting;

static ZifuPackLibrary *
open_library (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "policies", NULL);
  g_autofree char *shapes = g_test_build_filename (G_TEST_DIST, "cases", "packs", NULL);
  ZifuPackLibrary *library = zifu_pack_library_new ();

  zifu_pack_library_add_folder (library, folder, FALSE);
  zifu_pack_library_add_folder (library, shapes, FALSE);
  return library;
}

/* An employee of Beijing with 86 yuan on the account, who has met 500 yuan of the deductible, at a tier-3 hospital. */
static void
set_up (Setting *setting, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  setting->library = open_library ();
  setting->pack = zifu_pack_library_load (setting->library, "110000", &error);
  g_assert_no_error (error);
  setting->person = zifu_person_new ();
  zifu_facts_set_string (setting->person->facts, "insurance", "310");
  zifu_facts_set_string (setting->person->facts, "status", "active");
  zifu_facts_set_string (setting->person->facts, "birth", "1980-02-29");
  zifu_person_add_purse (setting->person, "balance", 8600);
  setting->visit = zifu_visit_new ();
  setting->visit->date = zifu_date_parse ("2026-11-20");
  setting->visit->use_account = TRUE;
  zifu_facts_set_string (setting->visit->facts, "care", "outpatient");
  zifu_facts_set_string (setting->visit->facts, "class", "3");
  zifu_facts_set_boolean (setting->visit->facts, "designated", TRUE);
  zifu_visit_set_total (setting->visit, 420000);
  zifu_visit_set_parts (setting->visit, 10000, 0, 5000);
}

static void
tear_down (Setting *setting, gconstpointer data)
{
  zifu_visit_free (setting->visit);
  zifu_person_free (setting->person);
  zifu_pack_unref (setting->pack);
  zifu_pack_library_unref (setting->library);
}

static ZifuBillFigures *
charge (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) settlement = zifu_settle (pack, person, visit, &error);

  g_assert_no_error (error);
  return zifu_bill_figures_new_from_settlement (settlement);
}

static ZifuReality *
compare (Setting *setting, const ZifuBillFigures *charged)
{
  return zifu_reality_new (setting->pack, setting->person, setting->visit, NULL, charged, 0);
}

static const ZifuChange *
find_change (const GPtrArray *changes, ZifuChangeKind kind, const char *name)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const ZifuChange *change = g_ptr_array_index (changes, i);

      if (change->kind == kind && (name == NULL || g_strcmp0 (change->axis, name) == 0 || g_strcmp0 (change->counter, name) == 0))
        return change;
    }
  return NULL;
}

static ZifuBillPart
first_part (const ZifuReality *reality)
{
  g_assert_cmpint (reality->comparison->first, >=, 0);
  return g_array_index (reality->comparison->lines, ZifuBillLineDifference, reality->comparison->first).part;
}

static void
test_equal (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuBillFigures) charged = charge (setting->pack, setting->person, setting->visit);
  g_autoptr (ZifuReality) reality = compare (setting, charged);

  g_assert_cmpint (reality->comparison->first, ==, -1);
  g_assert_cmpuint (reality->comparison->n_different, ==, 0);
  g_assert_null (reality->step);
  g_assert_cmpuint (reality->changes->len, ==, 0);
  g_assert_false (reality->rules_changed);
  g_assert_cmpuint (reality->comparison->lines->len, >=, 12);
}

static void
test_level (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuVisit) real = zifu_visit_copy (setting->visit);
  g_autoptr (ZifuBillFigures) charged = NULL;
  g_autoptr (ZifuReality) reality = NULL;
  const ZifuChange *change;

  zifu_facts_set_string (real->facts, "class", "community");
  charged = charge (setting->pack, setting->person, real);
  reality = compare (setting, charged);
  change = find_change (reality->changes, ZIFU_CHANGE_AXIS, "class");
  g_assert_nonnull (change);
  g_assert_cmpstr (change->was->string, ==, "3");
  g_assert_cmpstr (change->is->string, ==, "community");
  g_assert_true (reality->explained);
  g_assert_false (reality->bill_differs);
  g_assert_cmpint (first_part (reality), ==, ZIFU_BILL_FUND);
  g_assert_nonnull (reality->rule);
  g_assert_cmpint (reality->rule->kind, ==, ZIFU_RULE_SHARE);
}

static void
test_retired (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuPerson) real = zifu_person_copy (setting->person);
  g_autoptr (ZifuBillFigures) charged = NULL;
  g_autoptr (ZifuReality) reality = NULL;
  const ZifuChange *change;

  zifu_facts_set_string (real->facts, "status", "retired");
  charged = charge (setting->pack, real, setting->visit);
  reality = compare (setting, charged);
  change = find_change (reality->changes, ZIFU_CHANGE_AXIS, "status");
  g_assert_nonnull (change);
  g_assert_cmpstr (change->is->string, ==, "retired");
}

/* 1,234.56 of the deductible were met by visits that nobody entered. */
static void
test_deductible (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuPerson) real = zifu_person_copy (setting->person);
  g_autoptr (ZifuVisit) earlier = zifu_visit_copy (setting->visit);
  g_autoptr (ZifuSettlement) before = NULL;
  g_autoptr (ZifuBillFigures) charged = NULL;
  g_autoptr (ZifuReality) reality = NULL;
  const ZifuChange *change;
  ZifuMoney found;

  zifu_visit_set_total (earlier, 123456);
  zifu_visit_set_parts (earlier, 0, 0, 0);
  before = zifu_settle (setting->pack, real, earlier, NULL);
  for (guint i = 0; i < before->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (before->counters, ZifuCounterValue, i);

      zifu_person_add_counter (real, counter->name, counter->value, 0);
    }
  charged = charge (setting->pack, real, setting->visit);
  reality = compare (setting, charged);
  g_assert_cmpint (first_part (reality), ==, ZIFU_BILL_DEDUCTIBLE);
  g_assert_nonnull (reality->rule);
  g_assert_cmpint (reality->rule->kind, ==, ZIFU_RULE_DEDUCTIBLE);
  change = find_change (reality->changes, ZIFU_CHANGE_DEDUCTIBLE, NULL);
  g_assert_nonnull (change);
  g_assert_true (zifu_rational_round (change->number_is, ZIFU_ROUND_FEN, &found));
  g_assert_cmpint (found, ==, 123456);
  change = find_change (reality->changes, ZIFU_CHANGE_EARLIER, NULL);
  g_assert_nonnull (change);
  g_assert_true (zifu_rational_round (change->number_is, ZIFU_ROUND_FEN, &found));
  g_assert_cmpint (found, ==, 123456);
}

/* The total agrees, and more of it was out of the catalogue; then another total altogether. */
static void
test_bill (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuVisit) real = zifu_visit_copy (setting->visit);
  g_autoptr (ZifuBillFigures) charged = NULL, other = NULL;
  g_autoptr (ZifuReality) reality = NULL, second = NULL;

  zifu_visit_set_parts (real, 20000, 3000, 5000);
  charged = charge (setting->pack, setting->person, real);
  reality = compare (setting, charged);
  g_assert_cmpint (first_part (reality), ==, ZIFU_BILL_OUT);
  g_assert_true (reality->bill_differs);
  g_assert_nonnull (find_change (reality->changes, ZIFU_CHANGE_BILL, NULL));

  zifu_visit_set_total (real, 523456);
  other = charge (setting->pack, setting->person, real);
  second = compare (setting, other);
  g_assert_cmpint (first_part (second), ==, ZIFU_BILL_TOTAL);
  g_assert_nonnull (find_change (second->changes, ZIFU_CHANGE_BILL, NULL));
}

/* Another total and another level at once: the bill is taken as it was charged, and the level is named on top of it. */
static void
test_bill_and_level (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuVisit) real = zifu_visit_copy (setting->visit);
  g_autoptr (ZifuBillFigures) charged = NULL;
  g_autoptr (ZifuReality) reality = NULL;

  zifu_visit_set_total (real, 523456);
  zifu_facts_set_string (real->facts, "class", "community");
  charged = charge (setting->pack, setting->person, real);
  reality = compare (setting, charged);
  g_assert_true (reality->bill_differs);
  g_assert_null (find_change (reality->changes, ZIFU_CHANGE_BILL, NULL));
  g_assert_nonnull (find_change (reality->changes, ZIFU_CHANGE_AXIS, "class"));
}

static void
test_purses (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuVisit) unused = zifu_visit_copy (setting->visit);
  g_autoptr (ZifuPerson) poorer = zifu_person_copy (setting->person);
  g_autoptr (ZifuBillFigures) charged = NULL, other = NULL;
  g_autoptr (ZifuReality) reality = NULL, second = NULL;
  const ZifuChange *change;

  unused->use_account = FALSE;
  charged = charge (setting->pack, setting->person, unused);
  reality = compare (setting, charged);
  g_assert_cmpint (first_part (reality), ==, ZIFU_BILL_ACCOUNT);
  g_assert_true (reality->explained);
  g_assert_cmpuint (reality->changes->len, ==, 0);
  g_assert_nonnull (find_change (reality->purses, ZIFU_CHANGE_ACCOUNT_UNUSED, NULL));

  g_array_index (poorer->purses, ZifuPurse, 0).amount = 1234;
  other = charge (setting->pack, poorer, setting->visit);
  second = compare (setting, other);
  change = find_change (second->purses, ZIFU_CHANGE_BALANCE, NULL);
  g_assert_nonnull (change);
  g_assert_cmpint (change->amount_was, ==, 8600);
  g_assert_cmpint (change->amount_is, ==, 1234);
}

/* Of a bill by lines the line is named. */
static void
test_item (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuVisit) real = NULL;
  g_autoptr (ZifuBillFigures) charged = NULL;
  g_autoptr (ZifuReality) reality = NULL;
  const ZifuChange *change;

  setting->visit->has_total = setting->visit->has_out = setting->visit->has_over_limit = setting->visit->has_prior = FALSE;
  zifu_facts_set_string (zifu_visit_add_line (setting->visit, 300000)->facts, "category", "A");
  zifu_facts_set_string (zifu_visit_add_line (setting->visit, 12345)->facts, "category", "A");
  real = zifu_visit_copy (setting->visit);
  zifu_facts_set_string (g_array_index (real->lines, ZifuBillLine, 1).facts, "category", "C");
  charged = charge (setting->pack, setting->person, real);
  reality = compare (setting, charged);
  change = find_change (reality->changes, ZIFU_CHANGE_ITEM, "category");
  g_assert_nonnull (change);
  g_assert_cmpint (change->line, ==, 1);
  g_assert_cmpstr (change->was->string, ==, "A");
  g_assert_cmpstr (change->is->string, ==, "C");
  g_assert_false (reality->bill_differs);
}

/* Shanghai: an estimate with an undivided account; of the bill it turns out that 300.00 of it were this year's money, which paid first. */
static void
test_current (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuPerson) real = NULL;
  g_autoptr (ZifuBillFigures) charged = NULL;
  g_autoptr (ZifuReality) reality = NULL;
  g_autoptr (GError) error = NULL;
  const ZifuChange *change;

  zifu_pack_unref (setting->pack);
  setting->pack = zifu_pack_library_load (setting->library, "310000", &error);
  g_assert_no_error (error);
  setting->visit->date = zifu_date_parse ("2024-03-01");
  g_array_set_size (setting->person->purses, 0);
  real = zifu_person_copy (setting->person);
  zifu_person_add_purse (setting->person, "balance", 90000);
  zifu_person_add_purse (real, "current", 30000);
  zifu_person_add_purse (real, "earlier", 60000);
  charged = charge (setting->pack, real, setting->visit);
  reality = compare (setting, charged);
  g_assert_cmpint (reality->comparison->first, >=, 0);
  g_assert_true (reality->explained);
  change = find_change (reality->changes, ZIFU_CHANGE_CURRENT, NULL);
  g_assert_nonnull (change);
  g_assert_true (zifu_rational_equal (change->number_was, zifu_rational_from_int (0)));
  g_assert_true (zifu_rational_equal (change->number_is, zifu_rational_from_int (300)));
  g_assert_false (reality->purses_differ);

  /* A settlement is worked out again with each purse as it was. */
  zifu_reality_free (g_steal_pointer (&reality));
  reality = zifu_reality_new (setting->pack, real, setting->visit, NULL, charged, 0);
  g_assert_cmpint (reality->comparison->first, ==, -1);
}

/* What no single fact explains is not explained. */
static void
test_unexplained (Setting *setting, gconstpointer data)
{
  g_autoptr (ZifuBillFigures) charged = charge (setting->pack, setting->person, setting->visit);
  g_autoptr (ZifuReality) reality = NULL;

  /* The fund paid one fen less. */
  zifu_bill_figures_set (charged, ZIFU_BILL_FUND_SUM, charged->amount[ZIFU_BILL_FUND_SUM] - 1);
  zifu_bill_figures_add_fund (charged, "hifp", -1);
  zifu_bill_figures_set (charged, ZIFU_BILL_PERSON, charged->amount[ZIFU_BILL_PERSON] + 1);
  zifu_bill_figures_set (charged, ZIFU_BILL_CASH, charged->amount[ZIFU_BILL_CASH] + 1);
  zifu_bill_figures_set (charged, ZIFU_BILL_DEDUCTIBLE, charged->amount[ZIFU_BILL_DEDUCTIBLE]);
  reality = compare (setting, charged);
  g_assert_false (reality->explained);
  g_assert_cmpuint (reality->changes->len, ==, 0);
  g_assert_cmpint (first_part (reality), ==, ZIFU_BILL_FUND);
  g_assert_nonnull (reality->rule);
}

/* Figures of a receipt: what follows is filled in, what contradicts is refused. */
static void
test_receipt (void)
{
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new (), wrong = zifu_bill_figures_new ();
  ZifuBillPart sum;

  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 100000);
  zifu_bill_figures_add_fund (receipt, "hifp", 60000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_HOSPITAL, 0);
  zifu_bill_figures_set (receipt, ZIFU_BILL_ACCOUNT, 10000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_MUTUAL, 0);
  g_assert_true (zifu_bill_figures_complete (receipt, &sum));
  g_assert_cmpint (receipt->amount[ZIFU_BILL_PERSON], ==, 40000);
  g_assert_cmpint (receipt->amount[ZIFU_BILL_CASH], ==, 30000);
  g_assert_false (receipt->known[ZIFU_BILL_IN_SCOPE]);

  zifu_bill_figures_set (wrong, ZIFU_BILL_PERSON, 100);
  zifu_bill_figures_set (wrong, ZIFU_BILL_ACCOUNT, 200);
  zifu_bill_figures_set (wrong, ZIFU_BILL_MUTUAL, 0);
  g_assert_false (zifu_bill_figures_complete (wrong, &sum));
  g_assert_cmpint (sum, ==, ZIFU_BILL_PERSON);
}

/* Two regions, two versions; the same region, the same. */
static void
test_version (void)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) beijing = zifu_pack_library_load (library, "110000", NULL);
  g_autoptr (ZifuPack) tianjin = zifu_pack_library_load (library, "120000", NULL);
  g_autofree char *a = zifu_pack_dup_version (beijing), *b = zifu_pack_dup_version (tianjin), *c = zifu_pack_dup_version (beijing);

  g_assert_cmpuint (strlen (a), ==, 12);
  g_assert_cmpstr (a, ==, c);
  g_assert_cmpstr (a, !=, b);
}

/* ---- the cases of all regions */

typedef struct {
  guint n_cases, n_changed, n_named, n_looked;
} Count;

/* What stands for each axis in one case after the other. */
static const char *const others[][3] = {
  { "class", "3", "2" },
  { "class", "2", "1" },
  { "class", "1", "3" },
  { "status", "active", "retired" },
  { "status", "retired", "active" },
  { "care", "outpatient", "special" },
  { "remote", "", "unfiled" },
  { "remote", "filed_long", "unfiled" },
};

static void
check_axis (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, const char *axis, const char *from, const char *to,
            Count *count)
{
  g_autoptr (ZifuPerson) real_person = zifu_person_copy (person);
  g_autoptr (ZifuVisit) real = zifu_visit_copy (visit);
  ZifuFacts *facts = zifu_facts_get (real->facts, axis) != NULL ? real->facts : real_person->facts;
  const char *now = zifu_facts_get_string (facts, axis);
  g_autoptr (ZifuSettlement) estimate = NULL, settlement = NULL;
  g_autoptr (ZifuBillFigures) charged = NULL, estimated = NULL;
  g_autoptr (ZifuReality) reality = NULL;
  const ZifuChange *change;

  if (*from == '\0' ? now != NULL : g_strcmp0 (now, from) != 0)
    return;
  zifu_facts_set_string (*from == '\0' ? real->facts : facts, axis, to);
  estimate = zifu_settle (pack, person, visit, NULL);
  settlement = zifu_settle (pack, real_person, real, NULL);
  if (estimate == NULL || settlement == NULL)
    return;
  estimated = zifu_bill_figures_new_from_settlement (estimate);
  charged = zifu_bill_figures_new_from_settlement (settlement);
  count->n_looked++;
  if (zifu_bill_figures_agree (estimated, charged, ZIFU_BILL_TOTAL, ZIFU_BILL_PERSON))
    return;
  count->n_changed++;
  reality = zifu_reality_new (pack, person, visit, estimated, charged, visit->date);
  g_assert_cmpint (reality->comparison->first, >=, 0);
  g_assert_nonnull (reality->step);
  change = find_change (reality->changes, ZIFU_CHANGE_AXIS, axis);
  if (change != NULL)
    count->n_named++;
  else
    g_test_message ("%s %s: %s %s -> %s is not named (%u others are)", pack->id, visit->pointer, axis, from, to,
                    reality->changes->len);
}

/* The total stood elsewhere than the estimate took it to. */
static void
check_total (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, const char *counter, ZifuRational value, Count *count)
{
  g_autoptr (ZifuPerson) real = zifu_person_copy (person);
  g_autoptr (ZifuSettlement) estimate = zifu_settle (pack, person, visit, NULL), settlement = NULL;
  g_autoptr (ZifuBillFigures) estimated = NULL, charged = NULL;
  g_autoptr (ZifuReality) reality = NULL;
  guint n = 0;

  for (guint i = 0; i < real->counters->len; i++)
    {
      ZifuCounterValue *stored = &g_array_index (real->counters, ZifuCounterValue, i);

      if (g_str_equal (stored->name, counter))
        {
          stored->value = value;
          n++;
        }
    }
  if (n == 0)
    zifu_person_add_counter (real, counter, value, 0);
  settlement = zifu_settle (pack, real, visit, NULL);
  if (estimate == NULL || settlement == NULL)
    return;
  estimated = zifu_bill_figures_new_from_settlement (estimate);
  charged = zifu_bill_figures_new_from_settlement (settlement);
  count->n_looked++;
  if (zifu_bill_figures_agree (estimated, charged, ZIFU_BILL_TOTAL, ZIFU_BILL_PERSON))
    return;
  count->n_changed++;
  reality = zifu_reality_new (pack, person, visit, estimated, charged, visit->date);
  if (find_change (reality->changes, ZIFU_CHANGE_DEDUCTIBLE, counter) != NULL ||
      find_change (reality->changes, ZIFU_CHANGE_COUNTER, counter) != NULL)
    count->n_named++;
  else
    g_test_message ("%s %s: %s is not named (%u others are)", pack->id, visit->pointer, counter, reality->changes->len);
}

static void
check_totals (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, Count *count)
{
  g_autoptr (ZifuSettlement) settlement = zifu_settle (pack, person, visit, NULL);

  for (guint i = 0; settlement != NULL && i < settlement->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (settlement->counters, ZifuCounterValue, i);

      /* Stays are counted in whole numbers. */
      if (strstr (counter->name, "stay") == NULL)
        check_total (pack, person, visit, counter->name, zifu_rational_from_fen (34567), count);
      check_total (pack, person, visit, counter->name, zifu_rational_from_int (2), count);
    }
}

/* What is kept of an estimate is read back as the same, and settles to the same. */
static void
check_text (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit)
{
  g_autofree char *text = zifu_case_text_new (pack->id, person, visit);
  g_autofree char *policy = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) who = NULL;
  g_autoptr (ZifuVisit) what = NULL;
  g_autoptr (ZifuSettlement) before = NULL, after = NULL;
  g_autoptr (ZifuBillFigures) x = NULL, y = NULL;

  g_assert_true (zifu_case_text_parse (text, &policy, &who, &what, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (policy, ==, pack->id);
  again = zifu_case_text_new (policy, who, what);
  g_assert_cmpstr (again, ==, text);
  before = zifu_settle (pack, person, visit, NULL);
  after = zifu_settle (pack, who, what, NULL);
  g_assert_true ((before == NULL) == (after == NULL));
  if (before == NULL)
    return;
  x = zifu_bill_figures_new_from_settlement (before);
  y = zifu_bill_figures_new_from_settlement (after);
  g_assert_true (zifu_bill_figures_agree (x, y, ZIFU_BILL_TOTAL, ZIFU_BILL_CASH));
}

static void
check_case (ZifuPackLibrary *library, const char *path, Count *count, Count *totals)
{
  g_autoptr (ZifuCaseFile) file = zifu_case_file_load (library, path, NULL);
  const ZifuPerson *person;
  const ZifuVisit *visit;
  ZifuPack *pack;

  if (file == NULL || zifu_case_file_get_compute (file) != ZIFU_COMPUTE_SETTLE ||
      !zifu_case_file_get_question (file, &pack, &person, &visit, NULL))
    return;
  count->n_cases++;
  check_text (pack, person, visit);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    check_axis (pack, person, visit, others[i][0], others[i][1], others[i][2], count);
  check_totals (pack, person, visit, totals);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
test_cases (void)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "cases", "regions", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Count count = { 0 }, totals = { 0 };
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      check_case (library, path, &count, &totals);
    }
  g_test_message ("%u cases, %u changes that settle, %u of them change figures, %u named", count.n_cases, count.n_looked, count.n_changed,
                  count.n_named);
  g_test_message ("%u totals, %u of them change figures, %u named", totals.n_looked, totals.n_changed, totals.n_named);
  g_assert_cmpuint (count.n_changed, >, 300);
  g_assert_cmpuint (count.n_named, ==, count.n_changed);
  g_assert_cmpuint (totals.n_changed, >, 300);
  g_assert_cmpuint (totals.n_named, ==, totals.n_changed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/reality/R42/" name, Setting, NULL, set_up, function, tear_down)
  ADD ("equal", test_equal);
  ADD ("level", test_level);
  ADD ("retired", test_retired);
  ADD ("deductible", test_deductible);
  ADD ("bill", test_bill);
  ADD ("bill-and-level", test_bill_and_level);
  ADD ("purses", test_purses);
  ADD ("item", test_item);
  ADD ("current", test_current);
  ADD ("unexplained", test_unexplained);
  g_test_add_func ("/reality/R42/receipt", test_receipt);
  g_test_add_func ("/reality/R42/version", test_version);
  g_test_add_func ("/reality/R42/cases", test_cases);
  return g_test_run ();
}
