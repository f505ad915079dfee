/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

/* Filters and search, against a reference that reads every row and looks at it. */

#define N_ROWS 6000

typedef struct {
  Fixture    fixture;
  gint64     people[3];
  GPtrArray *all; /* owned: everything, newest first */
} House;

/* What may be searched: the reference knows the answer without parsing. */
typedef struct {
  const char *text;
  const char *lower;                  /* as part of a text */
  const char *day_from, *day_to;      /* nullable: days that it names */
  int         month, day;             /* any year; 0 = none */
  gint64      amount_from, amount_to; /* from > to: none */
} Search;

static const Search searches[] = {
  { NULL, "", .amount_from = 1 },
  { "药", "药", .amount_from = 1 },
  { "医院", "医院", .amount_from = 1 },
  { "大药房（和", "大药房(和", .amount_from = 1 },
  { "大药房(和", "大药房(和", .amount_from = 1 },
  { " 大药房\t", "大药房", .amount_from = 1 },
  { "ｆirst　Ｈospital", "first hospital", .amount_from = 1 },
  { "ct中", "ct中", .amount_from = 1 },
  { "５０％＿", "50%_", .amount_from = 1 },
  { "１０５８", "1058", .amount_from = 105800, .amount_to = 105899 },
  { "１，０５８．００", "1,058.00", .amount_from = 105800, .amount_to = 105800 },
  { "￥１２．５", "¥12.5", .amount_from = 1250, .amount_to = 1259 },
  { "２０２４年", "2024年", "2024-01-01", "2024-12-31", .amount_from = 1 },
  { "first HOSPITAL", "first hospital", .amount_from = 1 },
  { "钱", "钱", .amount_from = 1 },
  { "没有", "没有", .amount_from = 1 },
  { "%_", "%_", .amount_from = 1 },
  { "稀有", "稀有", .amount_from = 1 },
  { "流水 7", "流水 7", .amount_from = 1 },
  { "1058", "1058", .amount_from = 105800, .amount_to = 105899 },
  { "1,058.00", "1,058.00", .amount_from = 105800, .amount_to = 105800 },
  { "¥12.5", "¥12.5", .amount_from = 1250, .amount_to = 1259 },
  { "7元", "7元", .amount_from = 700, .amount_to = 799 },
  { "10,58", "10,58", .amount_from = 1 },
  { "2024-02", "2024-02", "2024-02-01", "2024-02-29", .amount_from = 1 },
  { "2024年", "2024年", "2024-01-01", "2024-12-31", .amount_from = 1 },
  { "2023/11/5", "2023/11/5", "2023-11-05", "2023-11-05", .amount_from = 1 },
  { "2023年11月24日", "2023年11月24日", "2023-11-24", "2023-11-24", .amount_from = 1 },
  { "11月24日", "11月24日", NULL, NULL, 11, 24, 1, 0 },
  { "2月29日", "2月29日", NULL, NULL, 2, 29, 1, 0 },
  { "3月", "3月", NULL, NULL, 3, 0, 1, 0 },
  { "11-24", "11-24", NULL, NULL, 11, 24, 1, 0 },
  { "13月", "13月", .amount_from = 1 },
  { "2023-02-30", "2023-02-30", .amount_from = 1 },
};

static gboolean
fits_search (const ZifuEntry *entry, const Search *search)
{
  const char *texts[] = { entry->institution, entry->note, entry->relative_name };
  ZifuMoney size = ABS (entry->amount);
  int year, month, day_of_month;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *plain = texts[i] != NULL ? g_utf8_normalize (texts[i], -1, G_NORMALIZE_ALL_COMPOSE) : NULL;
      g_autofree char *lower = plain != NULL ? g_ascii_strdown (plain, -1) : NULL;

      if (lower != NULL && strstr (lower, search->lower) != NULL)
        return TRUE;
    }
  zifu_date_split (entry->date, &year, &month, &day_of_month);
  return (search->day_from != NULL && entry->date >= day (search->day_from) && entry->date <= day (search->day_to)) ||
         (search->month == month && (search->day == 0 || search->day == day_of_month)) ||
         (size >= search->amount_from && size <= search->amount_to);
}

static gboolean
fits (const ZifuEntry *entry, gint64 member_id, const ZifuEntryFilter *filter, const Search *search)
{
  guint kinds = filter->kinds | (filter->has_kind ? 1u << filter->kind : 0);
  gboolean wanted = filter->n_member_ids == 0 || member_id != 0;

  for (guint i = 0; i < filter->n_member_ids; i++)
    wanted = wanted || filter->member_ids[i] == entry->member_id;
  return wanted && (member_id == 0 || entry->member_id == member_id) && (kinds == 0 || (kinds & (1u << entry->kind))) &&
         (filter->from == 0 || entry->date >= filter->from) && (filter->to == 0 || entry->date <= filter->to) &&
         (filter->institution == NULL || g_strcmp0 (filter->institution, entry->institution) == 0) &&
         (!filter->has_amount || (ABS (entry->amount) >= filter->amount_from && ABS (entry->amount) <= filter->amount_to)) &&
         (search->text == NULL || fits_search (entry, search));
}

static void
fill (House *house, guint n)
{
  static const char *const places[] = { "市第一医院", "康源大药房（和平里店）", "City First Hospital", "50%_Off Pharmacy", NULL, "", "ＣＴ中心　一" };
  static const ZifuEntryKind kinds[] = { ZIFU_ENTRY_CREDIT, ZIFU_ENTRY_PHARMACY, ZIFU_ENTRY_OUTPATIENT, ZIFU_ENTRY_FAMILY,
                                         ZIFU_ENTRY_CORRECTION, ZIFU_ENTRY_INPATIENT };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261126);
  g_autoptr (GError) error = NULL;
  ZifuImport import = { 0 };

  g_assert_cmpint (zifu_ledger_begin_import (house->fixture.ledger, &import, &error), >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZifuEntry) entry = zifu_entry_new ();
      guint person = g_rand_int_range (rand, 0, 100) < 90 ? 0 : g_rand_int_range (rand, 1, 3);
      guint kind;

      entry->member_id = house->people[person];
      entry->date = day ("2022-01-01") + g_rand_int_range (rand, 0, 1500);
      kind = g_rand_int_range (rand, 0, 40);
      entry->kind = kinds[MIN (kind, 5)];
      if (i == n / 3)
        entry->kind = ZIFU_ENTRY_TRANSFER;
      entry->amount = entry->kind == ZIFU_ENTRY_CREDIT || entry->kind == ZIFU_ENTRY_CORRECTION ? g_rand_int_range (rand, 0, 200000)
                                                                                               : -g_rand_int_range (rand, 0, 110000);
      entry->relative_id = entry->kind == ZIFU_ENTRY_FAMILY ? house->people[(person + 1) % 3] : 0;
      entry->institution = g_strdup (places[g_rand_int_range (rand, 0, G_N_ELEMENTS (places))]);
      if (i % 9 == 0)
        entry->note = g_strdup_printf ("流水 %u", g_rand_int_range (rand, 0, 100000));
      if (i == n / 2 || i == n / 5)
        entry->note = g_strdup ("很稀有的一笔");
      zifu_ledger_add_import_entry (house->fixture.ledger, entry, &error);
      g_assert_no_error (error);
    }
  g_assert_true (zifu_ledger_commit_import (house->fixture.ledger, NULL, &error));
  g_assert_no_error (error);
}

static void
house_set_up (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_set_up (&house->fixture, data);
  house->people[0] = add_person (house->fixture.ledger, "赵一", "self", "active", 100000);
  house->people[1] = add_person (house->fixture.ledger, "钱二", "parent", "retired", 0);
  house->people[2] = add_person (house->fixture.ledger, "Sun San", "spouse", "active", 0);
  fill (house, N_ROWS);
  house->all = zifu_ledger_list_entries (house->fixture.ledger, 0, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (house->all->len, ==, N_ROWS + 3);
}

static void
house_tear_down (House *house, gconstpointer data)
{
  g_clear_pointer (&house->all, g_ptr_array_unref);
  fixture_tear_down (&house->fixture, data);
}

/* The sums of a filter are those of every row that fits it, month by month. */
static void
assert_sums (House *house, gint64 member_id, const ZifuEntryFilter *filter, const Search *search)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) months = zifu_ledger_sum_entries (house->fixture.ledger, member_id, filter, &error);
  guint next = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < months->len; i++)
    {
      const ZifuMonthSummary *month = &g_array_index (months, ZifuMonthSummary, i);
      ZifuMonthSummary expected = { 0 };

      for (; next < house->all->len; next++)
        {
          const ZifuEntry *entry = g_ptr_array_index (house->all, next);

          if (!fits (entry, member_id, filter, search))
            continue;
          if (expected.n_entries > 0 && zifu_month_of (entry->date) != expected.month)
            break;
          expected.month = zifu_month_of (entry->date);
          expected.n_entries++;
          if (entry->kind != ZIFU_ENTRY_OPENING && entry->kind != ZIFU_ENTRY_CORRECTION)
            {
              expected.income += MAX (entry->amount, 0);
              expected.outlay += MIN (entry->amount, 0);
            }
        }
      g_assert_cmpint (month->month, ==, expected.month);
      g_assert_cmpint (month->income, ==, expected.income);
      g_assert_cmpint (month->outlay, ==, expected.outlay);
      g_assert_cmpuint (month->n_entries, ==, expected.n_entries);
    }
  for (; next < house->all->len; next++)
    g_assert_false (fits (g_ptr_array_index (house->all, next), member_id, filter, search));
}

/* Every page is what the reference says comes next; the whole when there is no limit. */
static void
assert_filter (House *house, gint64 member_id, ZifuEntryFilter filter, const Search *search, guint page_size, guint max_pages)
{
  guint next = 0;

  filter.text = search->text;
  assert_sums (house, member_id, &filter, search);
  for (guint p = 0; p < max_pages; p++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = zifu_ledger_list_entries (house->fixture.ledger, member_id, &filter, page_size, &error);
      g_autoptr (GArray) places = zifu_ledger_list_places (house->fixture.ledger, member_id, &filter, page_size, &error);

      g_assert_no_error (error);
      g_assert_true (page_size == 0 || page->len <= page_size);
      g_assert_cmpuint (places->len, ==, page->len);
      for (guint i = 0; i < page->len; i++)
        {
          const ZifuEntry *entry = g_ptr_array_index (page, i);

          g_assert_cmpint (g_array_index (places, ZifuEntryPlace, i).id, ==, entry->id);
          g_assert_cmpint (g_array_index (places, ZifuEntryPlace, i).date, ==, entry->date);
          while (next < house->all->len && !fits (g_ptr_array_index (house->all, next), member_id, &filter, search))
            next++;
          g_assert_cmpuint (next, <, house->all->len);
          g_assert_cmpint (entry->id, ==, ((ZifuEntry *) g_ptr_array_index (house->all, next))->id);
          next++;
          filter.before_date = entry->date;
          filter.before_id = entry->id;
        }
      if (page->len < page_size || page_size == 0)
        break;
      g_assert_cmpuint (p + 1, <, max_pages + 1);
      if (p + 1 == max_pages)
        return;
    }
  for (; next < house->all->len; next++)
    g_assert_false (fits (g_ptr_array_index (house->all, next), member_id, &filter, search));
}

static void
test_searches (House *house, gconstpointer data)
{
  ZifuEntryFilter filter = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      assert_filter (house, 0, filter, &searches[i], 50, 3);
      assert_filter (house, house->people[0], filter, &searches[i], 0, 1);
      assert_filter (house, house->people[1], filter, &searches[i], 7, 30);
    }
}

/* Blanks look for nothing, so everything is there. */
static void
test_blank (House *house, gconstpointer data)
{
  static const char *const blanks[] = { "", " ", "　", " \t　" };

  for (guint i = 0; i < G_N_ELEMENTS (blanks); i++)
    {
      const ZifuEntryFilter filter = { .text = blanks[i] };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = zifu_ledger_list_entries (house->fixture.ledger, 0, &filter, 0, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, house->all->len);
    }
}

static void
test_filters (House *house, gconstpointer data)
{
  const gint64 two[] = { house->people[1], house->people[2] };
  const ZifuEntryFilter filters[] = {
    { .has_kind = TRUE, .kind = ZIFU_ENTRY_INPATIENT },
    { .has_kind = TRUE, .kind = ZIFU_ENTRY_TRANSFER },
    { .kinds = 1u << ZIFU_ENTRY_FAMILY | 1u << ZIFU_ENTRY_OPENING },
    { .kinds = ~(1u << ZIFU_ENTRY_INPATIENT) & ((1u << ZIFU_N_ENTRY_KINDS) - 1) },
    { .kinds = 1u << ZIFU_ENTRY_REFUND | 1u << ZIFU_ENTRY_PREMIUM | 1u << ZIFU_ENTRY_INTEREST | 1u << ZIFU_ENTRY_OPENING |
               1u << ZIFU_ENTRY_TRANSFER },
    { .from = day ("2023-03-01"), .to = day ("2023-03-31") },
    { .from = day ("2025-12-01") },
    { .to = day ("2022-01-05") },
    { .from = day ("2023-03-02"), .to = day ("2023-03-01") },
    { .institution = "City First Hospital" },
    { .institution = "没有的医院" },
    { .has_amount = TRUE, .amount_from = 500, .amount_to = 700 },
    { .has_amount = TRUE, .amount_from = 0, .amount_to = 0 },
    { .has_amount = TRUE, .amount_from = 5, .amount_to = 4 },
    { .member_ids = two, .n_member_ids = 2 },
    { .institution = "City First Hospital", .has_amount = TRUE, .amount_from = 0, .amount_to = 9000, .from = day ("2022-06-01"),
      .kinds = 1u << ZIFU_ENTRY_PHARMACY | 1u << ZIFU_ENTRY_CREDIT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    for (guint s = 0; s < G_N_ELEMENTS (searches); s += 1 + i % 3)
      {
        assert_filter (house, 0, filters[i], &searches[s], 50, 2);
        assert_filter (house, house->people[0], filters[i], &searches[s], 20, 2);
      }
}

/* A page that was begun goes on where it was, whatever arrives meanwhile; what arrives is found at once. */
static void
test_stable (House *house, gconstpointer data)
{
  ZifuEntryFilter filter = { .text = "只此一处" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = zifu_ledger_list_entries (house->fixture.ledger, house->people[0], &filter, 50, &error);
  g_autoptr (GPtrArray) first = zifu_ledger_list_entries (house->fixture.ledger, house->people[0], NULL, 50, &error);
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();
  const ZifuEntry *last = g_ptr_array_index (first, first->len - 1);
  g_autoptr (ZifuLedger) other = open_ledger (house->fixture.path);
  guint next = 0;

  g_assert_cmpuint (none->len, ==, 0);
  entry->member_id = house->people[0];
  entry->date = day ("2027-01-01");
  entry->kind = ZIFU_ENTRY_CREDIT;
  entry->amount = 1;
  entry->note = g_strdup ("只此一处，2027");
  g_assert_cmpint (zifu_ledger_add_entry (other, entry, &error), >, 0);
  g_assert_no_error (error);

  filter = (ZifuEntryFilter){ .before_date = last->date, .before_id = last->id };
  second = zifu_ledger_list_entries (house->fixture.ledger, house->people[0], &filter, 50, &error);
  while (((ZifuEntry *) g_ptr_array_index (house->all, next))->id != last->id)
    next++;
  for (guint i = 0; i < second->len; i++)
    {
      do
        next++;
      while (((ZifuEntry *) g_ptr_array_index (house->all, next))->member_id != house->people[0]);
      g_assert_cmpint (((ZifuEntry *) g_ptr_array_index (second, i))->id, ==, ((ZifuEntry *) g_ptr_array_index (house->all, next))->id);
    }

  filter = (ZifuEntryFilter){ .text = "只此一处" };
  found = zifu_ledger_list_entries (house->fixture.ledger, house->people[0], &filter, 50, &error);
  g_assert_cmpuint (found->len, ==, 1);
}

static void
test_sums (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint p = 0; p < G_N_ELEMENTS (house->people); p++)
    {
      g_autoptr (GArray) years = zifu_ledger_list_years (house->fixture.ledger, house->people[p], &error);
      g_autoptr (GArray) months = zifu_ledger_list_months (house->fixture.ledger, house->people[p], &error);
      guint n_months = 0, n_rows = 0;

      g_assert_no_error (error);
      for (guint i = 0; i < years->len; i++)
        {
          const ZifuYearSummary *year = &g_array_index (years, ZifuYearSummary, i);
          ZifuYearSummary expected = { .year = year->year };

          for (guint e = 0; e < house->all->len; e++)
            {
              const ZifuEntry *entry = g_ptr_array_index (house->all, e);
              int y, m, d;

              zifu_date_split (entry->date, &y, &m, &d);
              if (y != year->year || entry->member_id != house->people[p])
                continue;
              if (expected.n_entries++ == 0)
                expected.end_balance = entry->balance;
              if (entry->kind != ZIFU_ENTRY_OPENING && entry->kind != ZIFU_ENTRY_CORRECTION)
                {
                  expected.income += MAX (entry->amount, 0);
                  expected.outlay += MIN (entry->amount, 0);
                }
            }
          g_assert_cmpint (year->income, ==, expected.income);
          g_assert_cmpint (year->outlay, ==, expected.outlay);
          g_assert_cmpint (year->end_balance, ==, expected.end_balance);
          g_assert_cmpuint (year->n_entries, ==, expected.n_entries);
          n_rows += year->n_entries;
        }
      for (guint i = 0; i < months->len; i++)
        n_months += g_array_index (months, ZifuMonthSummary, i).n_entries;
      g_assert_cmpuint (n_months, ==, n_rows);
      assert_balanced (house->fixture.ledger, house->people[p]);
    }
}

/* Another connection of the same file reads what is there, also what is written later, and writes nothing. */
static void
test_reader (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) reader = zifu_ledger_open_reader (house->fixture.ledger, &error);
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) after = NULL;
  ZifuEntryFilter filter = { .text = "只此一处" };
  ZifuEntry entry = { .member_id = house->people[0], .date = day ("2026-12-31"), .kind = ZIFU_ENTRY_CREDIT, .amount = 1234, .base = -1,
                      .note = (char *) "只此一处" };

  g_assert_no_error (error);
  before = zifu_ledger_sum_entries (reader, 0, &filter, &error);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpint (zifu_ledger_add_entry (house->fixture.ledger, &entry, &error), >, 0);
  after = zifu_ledger_sum_entries (reader, 0, &filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpint (g_array_index (after, ZifuMonthSummary, 0).income, ==, 1234);
  g_assert_cmpint (zifu_ledger_add_entry (reader, &entry, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_READ_ONLY);
}

/* Entries at both ends of the calendar, as files bring them: a month of any year is found and summed up all the same. */
static void
test_far_apart (Fixture *fixture, gconstpointer data)
{
  static const char *const days[] = { "0001-03-05", "2026-03-01", "2026-04-01", "9999-03-31" };
  const ZifuEntryFilter filter = { .text = "3月" };
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GArray) sums = NULL;
  g_autoptr (GError) error = NULL;
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    add_entry (fixture->ledger, person, days[i], ZIFU_ENTRY_CREDIT, 100);
  found = zifu_ledger_list_entries (fixture->ledger, person, &filter, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 3);
  sums = zifu_ledger_sum_entries (fixture->ledger, person, &filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sums->len, ==, 3);
  g_assert_cmpint (g_array_index (sums, ZifuMonthSummary, 1).income, ==, 100);
}

/* Each institution once, the one met last first. */
static void
test_institutions (House *house, gconstpointer data)
{
  for (guint p = 0; p <= G_N_ELEMENTS (house->people); p++)
    {
      gint64 id = p < G_N_ELEMENTS (house->people) ? house->people[p] : 0;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) names = zifu_ledger_list_institutions (house->fixture.ledger, id, &error);
      ZifuDate last = zifu_date_new (9999, 12, 31);

      g_assert_no_error (error);
      g_assert_cmpuint (names->len, ==, 5);
      for (guint i = 0; i < names->len; i++)
        {
          ZifuEntryFilter filter = { .institution = g_ptr_array_index (names, i) };
          g_autoptr (GPtrArray) newest = zifu_ledger_list_entries (house->fixture.ledger, id, &filter, 1, &error);

          g_assert_cmpuint (newest->len, ==, 1);
          g_assert_cmpint (((ZifuEntry *) g_ptr_array_index (newest, 0))->date, <=, last);
          last = ((ZifuEntry *) g_ptr_array_index (newest, 0))->date;
        }
    }
}

#define ADD(path, function) g_test_add (path, House, NULL, house_set_up, function, house_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/history/R39/searches", test_searches);
  ADD ("/ledger/history/R39/blank", test_blank);
  ADD ("/ledger/history/R39/filters", test_filters);
  ADD ("/ledger/history/R39/stable", test_stable);
  ADD ("/ledger/history/R39/sums", test_sums);
  ADD ("/ledger/history/R39/reader", test_reader);
  ADD ("/ledger/history/R39/institutions", test_institutions);
  g_test_add ("/ledger/history/far-apart", Fixture, NULL, fixture_set_up, test_far_apart, fixture_tear_down);

  return g_test_run ();
}
