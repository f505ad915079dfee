/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

#include "life-support.h"
#include "zifu-case-file.h"
#include "zifu-ledger-purses.h"

/* Which money of an account is of this benefit year: Shanghai, whose year begins on 1 July, and a region that shares earlier money only. */

#define EARLIER_ONLY LIFE_PACK ("{" LIFE_RULE ("aid", "amount") ", 'name': 'mutual_aid_current_money', 'value': '0'}")
#define NOT_FOUND LIFE_PACK ("{" LIFE_RULE ("aid", "amount") ", 'name': 'mutual_aid_current_money', 'value': {'unknown': 'whether all'}}")

static gint64
add_in_shanghai (ZifuLedger *ledger, const char *name, const char *relation, ZifuMoney opening, const char *on)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_member_new ();
  gint64 id;

  member->name = g_strdup (name);
  member->relation = g_strdup (relation);
  member->sex = g_strdup ("1");
  member->region = g_strdup ("310000");
  member->insurance = g_strdup ("310");
  member->status = g_strdup ("active");
  member->birth = day ("1984-01-01");
  member->base = 1000000;
  member->has_account = TRUE;
  id = zifu_ledger_add_member (ledger, member, opening, day (on), &error);
  g_assert_no_error (error);
  return id;
}

static ZifuPack *
load_pack (const char *policy)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (GError) error = NULL;
  ZifuPack *pack = NULL;

  if (*policy == '{')
    return life_pack (policy);
  pack = zifu_pack_library_load (library, policy, &error);
  g_assert_no_error (error);
  return pack;
}

static ZifuPerson *
load_on (ZifuLedger *ledger, gint64 id, ZifuPack *pack, const char *on)
{
  g_autoptr (GError) error = NULL;
  ZifuPerson *person = zifu_ledger_load_person_on (ledger, id, pack, day (on), &error);

  g_assert_no_error (error);
  return person;
}

static ZifuMoney
yuan (const char *text)
{
  ZifuMoney money;

  g_assert_true (zifu_money_parse (*text == '-' ? text + 1 : text, &money, NULL));
  return *text == '-' ? -money : money;
}

static void
put_split (ZifuLedger *ledger, gint64 id, const char *date, const char *amount)
{
  const ZifuSplit split = { id, day (date), yuan (amount), ZIFU_PROVENANCE_TYPED };
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_ledger_put_split (ledger, &split, day ("2030-12-31"), &error));
  g_assert_no_error (error);
}

/* "700.00 300.00 0.00": current, earlier, undivided. */
static void
assert_purses (const ZifuPerson *person, ZifuMoney balance, const char *expected, const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ZifuMoney sum = 0;

  for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
    {
      ZifuMoney amount = zifu_division_in_purse (person, part);
      g_autofree char *one = zifu_money_format (amount, ZIFU_MONEY_PLAIN);

      g_assert_cmpint (amount, >=, 0);
      sum += amount;
      g_string_append_printf (text, "%s%s", part > 0 ? " " : "", one);
    }
  if (!g_str_equal (text->str, expected))
    g_test_fail_printf ("%s: %s instead of %s", name, text->str, expected);
  g_assert_cmpint (sum, ==, MAX (balance, 0));
}

/* ---- the table */

/* A row a line: "DAY KIND AMOUNT [of N]"; N counts the rows from 1.  "DAY state AMOUNT" states the division. */
typedef struct {
  const char *name, *policy, *opening, *rows, *on, *expected;
} Division;

static const Division divisions[] = {
  { "everything of last year is of earlier years", "310000", "100.00 2024-01-01", "2024-06-30 credit 50.00", "2024-07-01",
    "0.00 150.00 0.00" },
  { "the last day of the year: credits of this year", "310000", "100.00 2023-01-01", "2024-06-30 credit 50.00", "2024-06-30",
    "50.00 100.00 0.00" },
  { "to the day", "310000", "100.00 2023-01-01", "2024-06-30 credit 50.00\n2024-07-01 credit 70.00", "2024-07-02", "70.00 150.00 0.00" },
  { "current pays first, then earlier", "310000", "100.00 2023-01-01", "2024-07-05 credit 30.00\n2024-07-06 outpatient -50.00",
    "2024-08-01",
    "0.00 80.00 0.00" },
  { "a stay is paid after the fund: by any of it", "310000", "100.00 2023-01-01", "2024-07-05 credit 30.00\n2024-07-06 inpatient -40.00",
    "2024-08-01", "0.00 90.00 0.00" },
  { "a payment before the credit", "310000", "100.00 2023-01-01", "2024-07-05 outpatient -50.00\n2024-07-06 credit 30.00", "2024-08-01",
    "30.00 50.00 0.00" },
  { "an opening of this year is of no known year", "310000", "100.00 2024-07-02", "2024-07-05 credit 30.00", "2024-08-01",
    "30.00 0.00 100.00" },
  { "and pays after the earlier money", "310000", "100.00 2024-07-02", "2024-07-05 credit 30.00\n2024-07-06 outpatient -50.00",
    "2024-08-01",
    "0.00 0.00 80.00" },
  { "interest and transfers in are of no known year", "310000", "100.00 2023-01-01", "2024-07-05 interest 1.00\n2024-07-06 transfer 9.00",
    "2024-08-01", "0.00 100.00 10.00" },
  { "a refund goes back to where it came from", "310000", "100.00 2023-01-01",
    "2024-07-05 credit 30.00\n2024-07-06 outpatient -50.00\n2024-07-09 refund 50.00 of 2", "2024-08-01", "30.00 100.00 0.00" },
  { "part of it: what was taken last comes back first", "310000", "100.00 2023-01-01",
    "2024-07-05 credit 30.00\n2024-07-06 outpatient -50.00\n2024-07-09 refund 25.00 of 2", "2024-08-01", "5.00 100.00 0.00" },
  { "a refund of last year's payment is of earlier years", "310000", "100.00 2023-01-01",
    "2024-05-05 credit 30.00\n2024-05-06 outpatient -20.00\n2024-07-09 refund 20.00 of 2", "2024-08-01", "0.00 130.00 0.00" },
  { "a refund of nothing that is known", "310000", "100.00 2023-01-01", "2024-07-09 refund 20.00", "2024-08-01", "0.00 100.00 20.00" },
  { "a credit that is taken back", "310000", "100.00 2023-01-01", "2024-07-05 credit 30.00\n2024-07-06 refund -30.00 of 1", "2024-08-01",
    "0.00 100.00 0.00" },
  { "a relative pays from earlier money first", "310000", "100.00 2023-01-01", "2024-07-05 credit 30.00\n2024-07-06 family -60.00",
    "2024-08-01", "30.00 40.00 0.00" },
  { "and goes on to this year's", "310000", "50.00 2023-01-01", "2024-07-05 credit 30.00\n2024-07-06 family -60.00", "2024-08-01",
    "20.00 0.00 0.00" },
  { "a premium likewise", "310000", "100.00 2023-01-01", "2024-07-05 credit 30.00\n2024-07-06 premium -60.00", "2024-08-01",
    "30.00 40.00 0.00" },
  { "part of it is transferred: certain is what is left anyway", "310000", "100.00 2023-01-01",
    "2024-07-05 credit 30.00\n2024-07-06 transfer -20.00", "2024-08-01", "10.00 80.00 20.00" },
  { "all of it is transferred", "310000", "100.00 2023-01-01",
    "2024-07-05 credit 30.00\n2024-07-06 transfer -130.00\n2024-08-05 credit 7.00",
    "2024-09-01", "7.00 0.00 0.00" },
  { "a correction upwards", "310000", "100.00 2023-01-01", "2024-07-05 correction 5.00", "2024-08-01", "0.00 100.00 5.00" },
  { "imported: an account below nothing is filled first", "310000", "10.00 2023-01-01",
    "2024-07-05 correction -30.00\n2024-07-06 credit 50.00", "2024-08-01", "30.00 0.00 0.00" },
  { "imported: below nothing there is nothing", "310000", "10.00 2023-01-01", "2024-07-05 correction -30.00", "2024-08-01",
    "0.00 0.00 0.00" },
  { "a statement wins", "310000", "100.00 2024-07-02", "2024-07-05 credit 30.00\n2024-07-31 state 40.00", "2024-08-01",
    "40.00 90.00 0.00" },
  { "and counts for what comes after it", "310000", "100.00 2024-07-02",
    "2024-07-05 credit 30.00\n2024-07-31 state 40.00\n2024-07-31 outpatient -10.00\n2024-08-05 credit 30.00\n2024-08-06 outpatient -100.00",
    "2024-09-01", "0.00 50.00 0.00" },
  { "a bill of the stated day is before it", "310000", "100.00 2023-01-01", "2024-07-31 outpatient -10.00\n2024-07-31 state 40.00",
    "2024-09-01", "40.00 50.00 0.00" },
  { "a bill of the day after is not", "310000", "100.00 2023-01-01", "2024-08-01 outpatient -10.00\n2024-07-31 state 40.00", "2024-09-01",
    "30.00 60.00 0.00" },
  { "not yet on the day before", "310000", "100.00 2024-07-02", "2024-08-31 state 40.00", "2024-08-30", "0.00 0.00 100.00" },
  { "the newest statement counts", "310000", "100.00 2023-01-01", "2024-08-01 state 40.00\n2024-09-01 state 5.00", "2024-09-30",
    "5.00 95.00 0.00" },
  { "one of last year does not", "310000", "100.00 2023-01-01", "2024-06-30 state 40.00", "2024-07-01", "0.00 100.00 0.00" },
  { "never more than there is", "310000", "100.00 2023-01-01", "2024-08-01 state 90.00\n2024-07-30 outpatient -50.00", "2024-08-02",
    "50.00 0.00 0.00" },
  { "a refund after a statement of a payment before it", "310000", "100.00 2023-01-01",
    "2024-07-05 credit 30.00\n2024-07-06 outpatient -50.00\n2024-07-31 state 20.00\n2024-08-02 refund 50.00 of 2", "2024-08-03",
    "50.00 80.00 0.00" },
  { "entered in the wrong order", "310000", "100.00 2023-01-01", "2024-07-06 outpatient -50.00\n2024-07-05 credit 30.00", "2024-08-01",
    "0.00 80.00 0.00" },
  { "imported: in the wrong order, across the turn of the year", "310000", "0.00 2023-01-01",
    "2024-07-06 outpatient -50.00\n2024-07-05 credit 30.00\n2024-06-30 credit 90.00\n2024-07-07 refund 50.00 of 1", "2024-08-01",
    "30.00 90.00 0.00" },
  { "what comes after the day is of no known year", "310000", "100.00 2023-01-01", "2024-07-05 credit 30.00\n2024-09-05 credit 9.00",
    "2024-08-01", "30.00 100.00 9.00" },
  { "the leap day", "310000", "100.00 2023-01-01", "2024-02-29 credit 30.00\n2024-03-01 outpatient -10.00", "2024-02-29",
    "20.00 90.00 10.00" },
  { "and after it", "310000", "100.00 2023-01-01", "2024-02-29 credit 30.00\n2024-03-01 outpatient -10.00", "2024-03-01",
    "20.00 100.00 0.00" },
  { "before the rule: one purse", "310000", "100.00 2021-01-01", "2022-05-05 credit 30.00", "2022-06-30", "0.00 0.00 130.00" },
  { "where no rule cares: one purse", "110000", "100.00 2023-01-01", "2024-07-05 credit 30.00\n2024-07-06 outpatient -50.00", "2024-08-01",
    "0.00 0.00 80.00" },
  { "earlier money for the family: relatives never touch this year's", EARLIER_ONLY, "100.00 2023-12-01",
    "2024-01-05 credit 30.00\n2024-02-06 family -20.00", "2024-08-01", "30.00 80.00 0.00" },
  { "earlier money goes before what is of no known year", EARLIER_ONLY, "50.00 2023-12-01",
    "2024-01-05 transfer 100.00\n2024-02-06 family -20.00", "2024-08-01", "0.00 30.00 100.00" },
  { "before its own is gone", EARLIER_ONLY, "10.00 2023-12-01", "2024-01-05 credit 30.00\n2024-02-06 premium -20.00", "2024-08-01",
    "20.00 0.00 0.00" },
  { "there the year is the calendar's", EARLIER_ONLY, "100.00 2023-12-01", "2023-12-31 credit 30.00\n2024-01-01 credit 5.00", "2024-01-01",
    "5.00 130.00 0.00" },
  { "not known whether: divided as well", NOT_FOUND, "100.00 2023-12-01", "2024-01-05 credit 30.00", "2024-08-01", "30.00 100.00 0.00" },
};

static ZifuEntryKind
parse_kind (const char *name)
{
  ZifuEntryKind kind;

  g_assert_true (_zifu_entry_kind_parse (name, &kind));
  return kind;
}

/* With an import everything is possible that a file may say. */
static gint64
import_entry (ZifuLedger *ledger, gint64 id, const char *date, ZifuEntryKind kind, ZifuMoney amount, gint64 original, GError **error)
{
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();

  entry->member_id = id;
  entry->date = day (date);
  entry->kind = kind;
  entry->amount = amount;
  entry->original_id = original;
  entry->provenance = ZIFU_PROVENANCE_IMPORTED;
  return zifu_ledger_add_import_entry (ledger, entry, error);
}

static void
begin_import (ZifuLedger *ledger, gint64 id)
{
  const ZifuImport import = { .member_id = id, .time = (char *) "2026-11-27T10:00:00Z", .file_name = (char *) "a.csv",
                              .file_hash = (char *) "abc" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (zifu_ledger_begin_import (ledger, &import, &error), >, 0);
  g_assert_no_error (error);
}

static void
commit_import (ZifuLedger *ledger)
{
  const ZifuImport counts = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_ledger_commit_import (ledger, &counts, &error));
  g_assert_no_error (error);
}

/* Puts the rows in as they stand there. */
static void
fill (ZifuLedger *ledger, gint64 id, gint64 relative_id, const char *rows, gboolean imported, GArray *ids)
{
  g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      g_autoptr (GError) error = NULL;
      gint64 entry_id = 0, original = 0;

      if (g_str_equal (words[1], "state"))
        put_split (ledger, id, words[0], words[2]);
      else
        {
          gboolean family = g_str_equal (words[1], "family") || g_str_equal (words[1], "premium");

          if (words[3] != NULL)
            original = g_array_index (ids, gint64, g_ascii_strtoll (words[4], NULL, 10) - 1);
          entry_id = imported ? import_entry (ledger, id, words[0], parse_kind (words[1]), yuan (words[2]), original, &error)
                              : try_entry (ledger, id, words[0], parse_kind (words[1]), yuan (words[2]), family ? relative_id : 0, original,
                                           &error);
          g_assert_no_error (error);
        }
      g_array_append_val (ids, entry_id);
    }
}

static void
test_divisions (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (divisions); i++)
    {
      const Division *division = &divisions[i];
      g_auto (GStrv) opening = g_strsplit (division->opening, " ", 2);
      g_autoptr (ZifuPack) pack = load_pack (division->policy);
      g_autoptr (ZifuPerson) person = NULL;
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      gboolean imported = g_str_has_prefix (division->name, "imported: ");
      gint64 relative, id;

      begin_together (fixture->ledger);
      id = add_in_shanghai (fixture->ledger, "赵一", "self", yuan (opening[0]), opening[1]);
      relative = add_in_shanghai (fixture->ledger, "钱二", "spouse", 0, opening[1]);
      if (!imported)
        fill (fixture->ledger, id, relative, division->rows, FALSE, ids);
      end_together (fixture->ledger);
      if (imported)
        {
          begin_import (fixture->ledger, id);
          fill (fixture->ledger, id, relative, division->rows, TRUE, ids);
          commit_import (fixture->ledger);
        }
      person = load_on (fixture->ledger, id, pack, division->on);
      assert_purses (person, get_balance (fixture->ledger, id), division->expected, division->name);
    }
}

/* ---- what people state */

static void
assert_refused (ZifuLedger *ledger, const ZifuSplit *split, const char *today, const char *field)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (zifu_ledger_put_split (ledger, split, day (today), &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  if (!g_str_has_prefix (error->message, field))
    g_error ("“%s” does not begin with “%s”", error->message, field);
}

static void
test_stating (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = add_in_shanghai (fixture->ledger, "赵一", "self", 10000, "2024-07-02");
  gint64 child = add_person (fixture->ledger, "孙三", "child", "resident", -1);
  ZifuSplit split = { id, day ("2024-07-31"), 10001, ZIFU_PROVENANCE_TYPED }, found;

  add_entry (fixture->ledger, id, "2024-08-01", ZIFU_ENTRY_CREDIT, 5000);
  assert_refused (fixture->ledger, &split, "2024-08-02", "This year's part");
  split.current = -1;
  assert_refused (fixture->ledger, &split, "2024-08-02", "This year's part");
  split.current = 10000;
  assert_refused (fixture->ledger, &split, "2024-07-30", "Day");
  split.member_id = child;
  assert_refused (fixture->ledger, &split, "2024-08-02", "This person has no personal account");
  split.member_id = 4711;
  g_assert_false (zifu_ledger_put_split (fixture->ledger, &split, day ("2024-08-02"), &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM crtyear_d"), ==, 0);

  put_split (fixture->ledger, id, "2024-07-31", "100.00");
  put_split (fixture->ledger, id, "2024-07-31", "60.00");
  put_split (fixture->ledger, id, "2024-08-31", "150.00");
  g_assert_true (zifu_ledger_find_split (fixture->ledger, id, day ("2024-07-01"), day ("2024-08-30"), &found, &error));
  g_assert_cmpint (found.date, ==, day ("2024-07-31"));
  g_assert_cmpint (found.current, ==, 6000);
  g_assert_true (zifu_ledger_drop_split (fixture->ledger, id, found.date, &error));
  g_assert_false (zifu_ledger_drop_split (fixture->ledger, id, found.date, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (zifu_ledger_find_split (fixture->ledger, id, day ("2024-07-01"), day ("2024-08-30"), &found, &error));
  g_assert_cmpint (found.date, ==, 0);
  g_assert_true (zifu_ledger_delete_member (fixture->ledger, id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM crtyear_d"), ==, 0);
}

/* ---- bills */

static ZifuSettlement *
settle_on (ZifuLedger *ledger, ZifuPack *pack, gint64 id, const ZifuVisit *visit)
{
  g_autofree char *on = zifu_date_format (visit->date);
  g_autoptr (ZifuPerson) person = load_on (ledger, id, pack, on);
  g_autoptr (GError) error = NULL;
  ZifuSettlement *settlement = zifu_settle (pack, person, visit, &error);

  g_assert_no_error (error);
  return settlement;
}

static char *
settlement_text (const ZifuSettlement *settlement)
{
  g_autoptr (JsonNode) node = zifu_settlement_to_json (settlement, FALSE);

  return json_to_string (node, TRUE);
}

/* A household whose credits and carried money are those of the case comes out as the case does, to the fen. */
static void
test_case (Fixture *fixture, gconstpointer data)
{
  static const char *const cases[] = { "310000-op-account-first", "310000-pharmacy" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ZifuPackLibrary) library = open_library ();
      g_autofree char *name = g_strconcat (cases[i], ".json", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "cases", "regions", name, NULL);
      g_autofree char *expected_text = NULL, *text = NULL, *day_before = NULL;
      g_autoptr (ZifuCaseFile) file = NULL;
      g_autoptr (ZifuSettlement) expected = NULL, settlement = NULL;
      g_autoptr (GError) error = NULL;
      const ZifuPerson *person;
      const ZifuVisit *visit;
      ZifuPack *pack;
      gint64 id;

      file = zifu_case_file_load (library, path, &error);
      g_assert_no_error (error);
      g_assert_true (zifu_case_file_get_question (file, &pack, &person, &visit, &error));
      expected = zifu_settle (pack, person, visit, &error);
      g_assert_no_error (error);

      id = add_in_shanghai (fixture->ledger, cases[i], "self", zifu_division_in_purse (person, ZIFU_DIVISION_EARLIER), "2020-01-01");
      day_before = zifu_date_format (visit->date - 1);
      add_entry (fixture->ledger, id, day_before, ZIFU_ENTRY_CREDIT, zifu_division_in_purse (person, ZIFU_DIVISION_CURRENT));
      settlement = settle_on (fixture->ledger, pack, id, visit);
      expected_text = settlement_text (expected);
      text = settlement_text (settlement);
      g_assert_cmpstr (text, ==, expected_text);
    }
}

/* What a settlement took from each purse is kept, and it can be worked out again from what was kept. */
static void
test_basis (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPack) pack = load_pack ("310000");
  g_autoptr (ZifuVisit) visit = make_visit ("2024-08-10", "outpatient", "1", 200000, 0), then = NULL;
  g_autoptr (ZifuSettlement) settlement = NULL, again = NULL;
  g_autoptr (ZifuPerson) before = NULL, after = NULL;
  g_autofree char *text = NULL, *again_text = NULL, *updated = NULL, *deleted = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = add_in_shanghai (fixture->ledger, "赵一", "self", 20000, "2020-01-01"), settlement_id;

  add_entry (fixture->ledger, id, "2024-08-01", ZIFU_ENTRY_CREDIT, 60000);
  settlement = settle_on (fixture->ledger, pack, id, visit);
  g_assert_cmpint (settlement->account_first, ==, 60000);
  g_assert_cmpint (settlement->own_account, ==, 80000);
  settlement_id = zifu_ledger_add_settlement (fixture->ledger, id, visit, settlement, "瑞金医院", 0, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT SUM (old_balc - balc) FROM setl_purse_d"), ==, 80000);

  g_assert_true (zifu_ledger_load_basis (fixture->ledger, settlement_id, &before, &then, &error));
  g_assert_no_error (error);
  assert_purses (before, 80000, "600.00 200.00 0.00", "before");
  again = zifu_settle (pack, before, then, &error);
  g_assert_no_error (error);
  text = settlement_text (settlement);
  again_text = settlement_text (again);
  g_assert_cmpstr (again_text, ==, text);

  after = load_on (fixture->ledger, id, pack, "2024-08-11");
  assert_purses (after, 0, "0.00 0.00 0.00", "after");
  updated = try_sql (fixture->path, "UPDATE setl_purse_d SET balc = 1");
  deleted = try_sql (fixture->path, "DELETE FROM setl_purse_d");
  g_assert_cmpstr (updated, ==, "settlements are append-only");
  g_assert_cmpstr (deleted, ==, "settlements are append-only");
}

/* What pays before the deductible pays no more than is in scope: the rest is the other purses' part. */
static void
test_in_scope (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPack) pack = load_pack ("310000");
  g_autoptr (ZifuVisit) visit = make_visit ("2024-08-10", "outpatient", "1", 8000, 0);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuPerson) kept = NULL, followed = NULL, stated = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = add_in_shanghai (fixture->ledger, "赵一", "self", 100000, "2020-01-01");

  zifu_visit_set_parts (visit, 0, 0, 3000);
  add_entry (fixture->ledger, id, "2024-08-01", ZIFU_ENTRY_CREDIT, 10000);
  settlement = settle_on (fixture->ledger, pack, id, visit);
  g_assert_cmpint (settlement->account_first, ==, 5000);
  g_assert_cmpint (settlement->own_account, ==, 8000);
  g_assert_cmpint (zifu_ledger_add_settlement (fixture->ledger, id, visit, settlement, NULL, 0, ZIFU_PROVENANCE_TYPED, &error), >, 0);
  g_assert_no_error (error);
  kept = load_on (fixture->ledger, id, pack, "2024-08-11");
  assert_purses (kept, 102000, "50.00 970.00 0.00", "as the settlement says");

  /* As of a bill that came without its purses. */
  run_sql (fixture->path, "INSERT INTO unlock_d VALUES ('a test'); DELETE FROM setl_purse_d; DELETE FROM unlock_d");
  followed = load_on (fixture->ledger, id, pack, "2024-08-11");
  assert_purses (followed, 102000, "50.00 970.00 0.00", "as the rules say");

  /* What the settlement itself took wins over what the rules would say. */
  run_sql (fixture->path, "INSERT INTO setl_purse_d VALUES (1, 0, 'current', 10000, 10000), (1, 1, 'earlier', 100000, 92000)");
  stated = load_on (fixture->ledger, id, pack, "2024-08-11");
  assert_purses (stated, 102000, "100.00 920.00 0.00", "as it was kept");
}

/* Where one purse is enough nothing of purses is kept. */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPack) pack = load_pack ("110000");
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "3", 200000, 0), then = NULL;
  g_autoptr (ZifuPerson) plain = NULL, person = NULL, before = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = add_person (fixture->ledger, "赵一", "self", "active", 100000), settlement_id;

  add_entry (fixture->ledger, id, "2026-02-05", ZIFU_ENTRY_CREDIT, 20000);
  plain = zifu_ledger_load_person (fixture->ledger, id, &error);
  person = load_on (fixture->ledger, id, pack, "2026-03-10");
  g_assert_cmpuint (person->purses->len, ==, 1);
  g_assert_cmpstr (g_array_index (person->purses, ZifuPurse, 0).name, ==, "balance");
  g_assert_cmpint (zifu_person_get_balance (person), ==, zifu_person_get_balance (plain));
  settlement_id = record (fixture->ledger, pack, id, visit, NULL, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_purse_d"), ==, 0);
  g_assert_true (zifu_ledger_load_basis (fixture->ledger, settlement_id, &before, &then, &error));
  g_assert_cmpuint (before->purses->len, ==, 1);
  g_assert_cmpint (zifu_person_get_balance (before), ==, 120000);
}

static void
assert_lent (ZifuLedger *ledger, gint64 id, const char *policy, const char *on, const char *amount)
{
  g_autoptr (ZifuPack) pack = load_pack (policy);
  g_autoptr (ZifuPerson) person = load_on (ledger, id, pack, on);
  const ZifuMutualAccount *account = &g_array_index (person->mutual, ZifuMutualAccount, 0);

  g_assert_cmpuint (person->mutual->len, ==, 1);
  g_assert_cmpint (account->balance, ==, yuan (amount));
}

/* What a relative's account may pay: where only earlier years' money is shared, this year's is not counted on. */
static void
test_relative (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_in_shanghai (fixture->ledger, "赵一", "self", 0, "2023-01-01");
  gint64 owner = add_in_shanghai (fixture->ledger, "钱二", "spouse", 30000, "2023-06-01");
  const ZifuMutualTie tie = { owner, id, FALSE, 0, day ("2023-01-01") };
  g_autoptr (GError) error = NULL;

  add_entry (fixture->ledger, owner, "2024-08-01", ZIFU_ENTRY_CREDIT, 12000);
  g_assert_true (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  assert_lent (fixture->ledger, id, "310000", "2024-09-01", "420.00");
  assert_lent (fixture->ledger, id, NOT_FOUND, "2024-09-01", "420.00");
  assert_lent (fixture->ledger, id, EARLIER_ONLY, "2024-09-01", "300.00");
  /* With the next year it is all of earlier ones. */
  assert_lent (fixture->ledger, id, EARLIER_ONLY, "2025-09-01", "420.00");

  /* What was used before came out of the earlier money. */
  g_assert_cmpint (try_entry (fixture->ledger, owner, "2024-08-20", ZIFU_ENTRY_FAMILY, -10000, id, 0, &error), >, 0);
  assert_lent (fixture->ledger, id, EARLIER_ONLY, "2024-09-01", "200.00");

  /* Somebody who is insured elsewhere shares by other rules. */
  run_sql (fixture->path, "UPDATE psn_b SET insu_admdvs = '110000' WHERE psn_no = 2");
  assert_lent (fixture->ledger, id, EARLIER_ONLY, "2024-09-01", "320.00");
}

/* No region but one divides accounts; whoever adds one finds this list. */
static void
test_regions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (GPtrArray) packs = zifu_pack_library_list (library, NULL);
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (GString) divided = g_string_new (NULL);

  zifu_facts_set_string (person->facts, "insurance", "310");
  zifu_facts_set_string (person->facts, "status", "active");
  zifu_person_add_purse (person, "balance", 10000);
  for (guint i = 0; i < packs->len; i++)
    {
      const ZifuPackInfo *entry = g_ptr_array_index (packs, i);
      g_autoptr (ZifuPack) pack = zifu_pack_library_load (library, entry->id, NULL);

      if (pack != NULL && zifu_division_is_wanted (pack, person, day ("2026-11-27")))
        g_string_append_printf (divided, "%s%s", divided->len > 0 ? " " : "", entry->id);
    }
  g_assert_cmpstr (divided->str, ==, "310000");
}

static int
count_cb (gpointer data)
{
  ++*(guint *) data;
  return 0;
}

/* How much work of SQLite it is to load the person, in steps of its machine. */
static guint
count_work (Fixture *fixture, gint64 id, ZifuPack *pack)
{
  g_autoptr (ZifuPerson) person = NULL;
  guint n = 0;

  sqlite3_progress_handler (fixture->ledger->db, 10, count_cb, &n);
  person = load_on (fixture->ledger, id, pack, "2024-08-01");
  sqlite3_progress_handler (fixture->ledger->db, 0, NULL, NULL);
  g_assert_cmpint (zifu_division_in_purse (person, ZIFU_DIVISION_CURRENT), ==, 3000);
  return n;
}

/* Of a long history only the rows of this benefit year are read. */
static void
test_work (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPack) pack = load_pack ("310000");
  gint64 id = add_in_shanghai (fixture->ledger, "赵一", "self", 0, "2020-01-01");
  guint before, after;

  add_entry (fixture->ledger, id, "2024-07-05", ZIFU_ENTRY_CREDIT, 3000);
  before = count_work (fixture, id, pack);
  run_sql (fixture->path,
           "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
           " INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, provenance)"
           " SELECT 1, date ('2021-01-01', (i % 1000) || ' days'), 'interest', '102', 0, 0, 0, 'typed' FROM n");
  after = count_work (fixture, id, pack);
  g_test_message ("%u tens of steps without, %u with a long history", before, after);
  g_assert_cmpuint (after, <, 2 * before + 100);
}

/* Whatever of a damaged file can be read is saved: what was stated, and the purses of settlements, too. */
static void
test_salvage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPack) pack = load_pack ("310000");
  g_autoptr (ZifuVisit) visit = make_visit ("2024-08-10", "outpatient", "1", 20000, 0);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = add_in_shanghai (fixture->ledger, "赵一", "self", 20000, "2020-01-01");
  ZifuSalvage report;

  put_split (fixture->ledger, id, "2024-07-31", "50.00");
  settlement = settle_on (fixture->ledger, pack, id, visit);
  zifu_ledger_add_settlement (fixture->ledger, id, visit, settlement, NULL, 0, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_purse_d"), ==, 2);
  g_clear_object (&fixture->ledger);
  g_assert_true (zifu_ledger_salvage (fixture->path, "1", NULL, &report, &error));
  g_assert_no_error (error);
  zifu_salvage_clear (&report);
  g_assert_cmpint (query_int (fixture->path, "SELECT crtyear_balc FROM crtyear_d"), ==, 5000);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_purse_d"), ==, 2);
}

/* What is taken away again leaves no trace in the division: an import that is undone, an entry that is reversed. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPack) pack = load_pack ("310000");
  gint64 id = add_in_shanghai (fixture->ledger, "赵一", "self", 10000, "2023-01-01"), import_id, credit;
  g_autoptr (ZifuPerson) before = NULL, with = NULL, after = NULL, reversed = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  credit = add_entry (fixture->ledger, id, "2024-07-05", ZIFU_ENTRY_CREDIT, 3000);
  before = load_on (fixture->ledger, id, pack, "2024-08-01");
  assert_purses (before, 13000, "30.00 100.00 0.00", "before");
  begin_import (fixture->ledger, id);
  fill (fixture->ledger, id, 0, "2024-07-04 outpatient -50.00\n2024-07-06 credit 20.00\n2024-07-07 interest 1.00", TRUE, ids);
  commit_import (fixture->ledger);
  with = load_on (fixture->ledger, id, pack, "2024-08-01");
  assert_purses (with, 10100, "50.00 50.00 1.00", "with the import");
  import_id = query_int (fixture->path, "SELECT MAX (impt_id) FROM impt_d");
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, import_id, &error));
  g_assert_no_error (error);
  after = load_on (fixture->ledger, id, pack, "2024-08-01");
  assert_purses (after, 13000, "30.00 100.00 0.00", "undone");
  g_assert_cmpint (try_entry (fixture->ledger, id, "2024-07-09", ZIFU_ENTRY_REFUND, -1000, 0, credit, &error), >, 0);
  g_assert_no_error (error);
  reversed = load_on (fixture->ledger, id, pack, "2024-08-01");
  assert_purses (reversed, 12000, "20.00 100.00 0.00", "partly reversed");
}

/* The ninth shape had one purse an account: what was worked out then is there as it was, and the division can be stated. */
static void
test_migrate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (ZifuPerson) before = NULL;
  g_autoptr (ZifuVisit) then = NULL;
  g_autoptr (GError) error = NULL;
  ZifuSplit split;

  make_old (fixture->path, 9);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (query_int (fixture->path, "PRAGMA user_version"), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  assert_balanced (fixture->ledger, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT clock_skew_s FROM sync_d"), ==, 95);
  g_assert_true (zifu_ledger_load_basis (fixture->ledger, 1, &before, &then, &error));
  g_assert_no_error (error);
  g_assert_cmpint (zifu_person_get_balance (before), ==, 100000);
  g_assert_cmpstr (g_array_index (before->purses, ZifuPurse, 0).name, ==, "balance");
  put_split (fixture->ledger, 1, "2026-06-07", "12.00");
  g_assert_true (zifu_ledger_find_split (fixture->ledger, 1, day ("2026-01-01"), day ("2026-12-31"), &split, &error));
  g_assert_cmpint (split.current, ==, 1200);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/ledger/purses/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("divisions", test_divisions);
  ADD ("stating", test_stating);
  ADD ("case", test_case);
  ADD ("basis", test_basis);
  ADD ("in-scope", test_in_scope);
  ADD ("elsewhere", test_elsewhere);
  ADD ("relative", test_relative);
  ADD ("regions", test_regions);
  ADD ("work", test_work);
  ADD ("undo", test_undo);
  ADD ("salvage", test_salvage);
  g_test_add ("/ledger/purses/migrate-9", Fixture, NULL, fixture_set_up_closed, test_migrate, fixture_tear_down);
  return g_test_run ();
}
