/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

typedef struct {
  Fixture          fixture;
  ZifuPackLibrary *library;
  ZifuPack        *pack;
  gint64           owner, parent, child;
} House;

static void
house_set_up (House *house, gconstpointer data)
{
  fixture_set_up (&house->fixture, data);
  house->library = open_library ();
  house->pack = load_beijing (house->library);
  house->owner = add_person (house->fixture.ledger, "赵一梅", "self", "active", 800090);
  house->parent = add_person (house->fixture.ledger, "钱二栋", "parent", "retired", 12000);
  house->child = add_person (house->fixture.ledger, "孙三禾", "child", "resident", -1);
}

static void
house_tear_down (House *house, gconstpointer data)
{
  g_clear_pointer (&house->pack, zifu_pack_unref);
  g_clear_pointer (&house->library, zifu_pack_library_unref);
  fixture_tear_down (&house->fixture, data);
}

static ZifuSettlementRecord *
get_record (House *house, gint64 id)
{
  g_autoptr (GError) error = NULL;
  ZifuSettlementRecord *record = zifu_ledger_get_settlement (house->fixture.ledger, id, &error);

  g_assert_no_error (error);
  return record;
}

/* The entry of the patient, newest of all. */
static ZifuEntry *
get_newest (House *house, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = zifu_ledger_list_entries (house->fixture.ledger, member_id, NULL, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 1);
  return g_ptr_array_steal_index (entries, 0);
}

static void
allow (House *house, ZifuMoney quota)
{
  g_autoptr (GError) error = NULL;
  ZifuMutualTie tie = { house->owner, house->parent, quota >= 0, MAX (quota, 0), day ("2026-01-01") };

  g_assert_true (zifu_ledger_set_tie (house->fixture.ledger, &tie, &error));
  g_assert_no_error (error);
}

static void
test_outpatient (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "3", 250000, 20000);
  g_autoptr (ZifuSettlement) settlement = settle (ledger, house->pack, house->owner, visit);
  gint64 id = record (ledger, house->pack, house->owner, visit, "市第一医院", 0);
  g_autoptr (ZifuSettlementRecord) stored = get_record (house, id);
  g_autoptr (ZifuEntry) entry = get_newest (house, house->owner);

  /* 2,300 in scope: 1,800 deductible, 70% of 500. */
  g_assert_cmpint (stored->fund_sum, ==, 35000);
  g_assert_cmpint (stored->deductible, ==, 180000);
  g_assert_cmpint (stored->person, ==, 215000);
  g_assert_cmpint (stored->own_account, ==, 195000);
  g_assert_cmpint (stored->cash, ==, 20000);

  g_assert_cmpint (stored->total, ==, settlement->total);
  g_assert_cmpint (stored->out, ==, settlement->out);
  g_assert_cmpint (stored->in_scope, ==, settlement->in_scope);
  g_assert_cmpint (stored->prior, ==, settlement->prior);
  g_assert_cmpint (stored->over_limit, ==, settlement->over_limit);
  g_assert_cmpint (stored->hospital, ==, settlement->hospital);
  g_assert_cmpint (stored->mutual, ==, 0);
  g_assert_cmpint (stored->balance_before, ==, 800090);
  g_assert_cmpint (stored->balance_after, ==, settlement->balance);
  g_assert_cmpint (stored->date, ==, day ("2026-03-10"));
  g_assert_cmpint (stored->begin, ==, stored->date);
  g_assert_cmpstr (stored->care, ==, "outpatient");
  g_assert_cmpstr (stored->med_type, ==, "11");
  g_assert_cmpstr (stored->institution, ==, "市第一医院");
  g_assert_cmpstr (stored->institution_class, ==, "3");
  g_assert_cmpstr (stored->region, ==, "110000");
  g_assert_cmpuint (stored->stay, ==, 0);
  g_assert_false (stored->refunded);
  g_assert_cmpint (stored->unverified, ==, !zifu_settlement_is_verified (settlement));
  g_assert_cmpuint (stored->funds->len, ==, 1);
  g_assert_cmpstr (g_array_index (stored->funds, ZifuPayerAmount, 0).payer, ==, "hifob");
  g_assert_cmpint (g_array_index (stored->funds, ZifuPayerAmount, 0).amount, ==, 35000);
  g_assert_cmpint (query_int (house->fixture.path, "SELECT fund_pay_type FROM setldetail WHERE fund_payamt > 0"), ==, 330100);
  g_assert_cmpint (query_int (house->fixture.path, "SELECT acct_pay FROM setl_d"), ==, 195000);

  g_assert_cmpint (entry->kind, ==, ZIFU_ENTRY_OUTPATIENT);
  g_assert_cmpint (entry->amount, ==, -195000);
  g_assert_cmpint (entry->balance, ==, 605090);
  g_assert_cmpint (entry->person_paid, ==, 215000);
  g_assert_cmpint (entry->total, ==, 250000);
  g_assert_cmpint (entry->settlement_id, ==, id);
  g_assert_cmpuint (entry->days, ==, 0);
  assert_counter (ledger, house->owner, "op_ded", "1800");
  assert_counter (ledger, house->owner, "op_fund", "350");
  assert_balanced (ledger, house->owner);
}

static void
test_stays (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (ZifuVisit) first = make_visit ("2026-10-14", "inpatient", "3", 1864000, 124000);
  g_autoptr (ZifuVisit) second = make_visit ("2026-11-20", "inpatient", "3", 500000, 0);
  g_autoptr (ZifuVisit) next_year = make_visit ("2027-01-20", "inpatient", "3", 500000, 0);
  g_autoptr (ZifuEntry) entry = NULL;
  g_autoptr (ZifuSettlementRecord) stored = NULL;
  gint64 id;

  zifu_visit_set_parts (first, 124000, 0, 90000);
  id = record (ledger, house->pack, house->owner, first, "市第一医院", day ("2026-10-09"));
  stored = get_record (house, id);
  entry = get_newest (house, house->owner);
  g_assert_cmpint (stored->fund_sum, ==, 1292000);
  g_assert_cmpint (stored->person, ==, 572000);
  g_assert_cmpint (stored->own_account, ==, 448000);
  g_assert_cmpint (stored->balance_before, ==, 800090);
  g_assert_cmpint (stored->balance_after, ==, 352090);
  g_assert_cmpuint (stored->stay, ==, 1);
  g_assert_cmpint (stored->begin, ==, day ("2026-10-09"));
  g_assert_cmpint (entry->kind, ==, ZIFU_ENTRY_INPATIENT);
  g_assert_cmpuint (entry->days, ==, 5);

  id = record (ledger, house->pack, house->owner, second, "市第一医院", day ("2026-11-20"));
  g_clear_pointer (&stored, zifu_settlement_record_free);
  g_clear_pointer (&entry, zifu_entry_free);
  stored = get_record (house, id);
  entry = get_newest (house, house->owner);
  g_assert_cmpuint (stored->stay, ==, 2);
  g_assert_cmpint (stored->deductible, ==, 65000);
  g_assert_cmpuint (entry->days, ==, 1);

  /* The ledger hands over last year's totals, and the engine lets them end. */
  id = record (ledger, house->pack, house->owner, next_year, "市第一医院", 0);
  g_clear_pointer (&stored, zifu_settlement_record_free);
  stored = get_record (house, id);
  g_assert_cmpuint (stored->stay, ==, 1);
  g_assert_cmpint (stored->deductible, ==, 130000);
  assert_counter (ledger, house->owner, "stays", "1");
  assert_balanced (ledger, house->owner);
}

static void
test_family (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "2", 140000, 0);
  g_autoptr (ZifuSettlementRecord) stored = NULL;
  g_autoptr (ZifuEntry) own = NULL;
  g_autoptr (ZifuEntry) family = NULL;
  gint64 id;

  /* 1,300 deductible, 90% of 100 from 70 on: 1,310 mine; 120 own, at most 1,000 of the daughter's, the rest cash. */
  allow (house, 100000);
  id = record (ledger, house->pack, house->parent, visit, "区中医院", 0);
  stored = get_record (house, id);
  own = get_newest (house, house->parent);
  family = get_newest (house, house->owner);
  g_assert_cmpint (stored->own_account, ==, 12000);
  g_assert_cmpint (stored->mutual, ==, 100000);
  g_assert_cmpint (stored->cash, ==, 19000);
  g_assert_cmpint (own->amount, ==, -12000);
  g_assert_cmpint (own->balance, ==, 0);

  g_assert_cmpint (family->kind, ==, ZIFU_ENTRY_FAMILY);
  g_assert_cmpint (family->amount, ==, -100000);
  g_assert_cmpint (family->balance, ==, 700090);
  g_assert_cmpint (family->relative_id, ==, house->parent);
  g_assert_cmpstr (family->relative_name, ==, "钱二栋");
  g_assert_cmpstr (family->institution, ==, "区中医院");
  g_assert_cmpint (family->settlement_id, ==, id);
  g_assert_cmpint (family->date, ==, day ("2026-03-10"));
  assert_balanced (ledger, house->owner);
  assert_balanced (ledger, house->parent);

  /* The quota is used up, so the next visit is cash. */
  g_clear_pointer (&visit, zifu_visit_free);
  g_clear_pointer (&stored, zifu_settlement_record_free);
  visit = make_visit ("2026-03-11", "outpatient", "2", 10000, 0);
  id = record (ledger, house->pack, house->parent, visit, "区中医院", 0);
  stored = get_record (house, id);
  g_assert_cmpint (stored->mutual, ==, 0);
  g_assert_cmpint (stored->cash, ==, 1000);

  /* One step ends it. */
  g_assert_true (zifu_ledger_end_tie (ledger, house->owner, house->parent, &error));
  g_assert_no_error (error);
}

static void
test_family_refund (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuVisit) earlier = make_visit ("2026-03-01", "outpatient", "2", 20000, 0);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "2", 140000, 0);
  g_autoptr (ZifuSettlementRecord) stored = NULL;
  g_autoptr (ZifuEntry) own = NULL;
  g_autoptr (ZifuEntry) family = NULL;
  g_autoptr (ZifuEntry) returned = NULL;
  gint64 id;

  allow (house, 100000);
  record (ledger, house->pack, house->parent, earlier, "区中医院", 0);
  assert_counter (ledger, house->parent, "op_ded", "200");
  id = record (ledger, house->pack, house->parent, visit, "区中医院", 0);
  assert_counter (ledger, house->parent, "op_ded", "1300");
  own = get_newest (house, house->parent);
  family = get_newest (house, house->owner);

  /* The relative's row is not refunded by itself, and no settlement in part. */
  g_assert_cmpint (try_entry (ledger, house->owner, "2026-03-12", ZIFU_ENTRY_REFUND, -family->amount, 0, family->id, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_cmpint (try_entry (ledger, house->parent, "2026-03-12", ZIFU_ENTRY_REFUND, 1, 0, own->id, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);

  g_assert_cmpint (own->amount, ==, 0);
  g_assert_cmpint (try_entry (ledger, house->parent, "2026-03-12", ZIFU_ENTRY_REFUND, 0, 0, own->id, &error), >, 0);
  g_assert_no_error (error);
  stored = get_record (house, id);
  g_assert_true (stored->refunded);
  assert_counter (ledger, house->parent, "op_ded", "200");
  assert_counter (ledger, house->parent, "op_fund", NULL);

  returned = get_newest (house, house->owner);
  g_assert_cmpint (returned->kind, ==, ZIFU_ENTRY_REFUND);
  g_assert_cmpint (returned->amount, ==, -family->amount);
  g_assert_cmpint (returned->original_id, ==, family->id);
  g_assert_cmpint (returned->relative_id, ==, house->parent);
  g_assert_cmpint (get_balance (ledger, house->owner), ==, 800090 - 8000);
  assert_balanced (ledger, house->owner);
  assert_balanced (ledger, house->parent);
}

static void
test_cash (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "3", 31820, 0);
  gint64 id = record (ledger, house->pack, house->child, visit, NULL, 0);
  g_autoptr (ZifuSettlementRecord) stored = get_record (house, id);
  g_autoptr (ZifuEntry) entry = get_newest (house, house->child);

  g_assert_cmpint (stored->own_account, ==, 0);
  g_assert_cmpint (stored->cash, ==, 31820);
  g_assert_cmpint (entry->amount, ==, 0);
  g_assert_cmpint (entry->balance, ==, 0);
  g_assert_cmpint (entry->person_paid, ==, 31820);
  g_assert_null (entry->institution);
  g_assert_cmpint (get_balance (ledger, house->child), ==, 0);
}

static void
assert_same_settlement (const ZifuSettlement *a, const ZifuSettlement *b)
{
  g_assert_cmpint (a->total, ==, b->total);
  g_assert_cmpint (a->out, ==, b->out);
  g_assert_cmpint (a->over_limit, ==, b->over_limit);
  g_assert_cmpint (a->prior, ==, b->prior);
  g_assert_cmpint (a->in_scope, ==, b->in_scope);
  g_assert_cmpint (a->deductible, ==, b->deductible);
  g_assert_cmpint (a->fund_sum, ==, b->fund_sum);
  g_assert_cmpint (a->person, ==, b->person);
  g_assert_cmpint (a->own_account, ==, b->own_account);
  g_assert_cmpint (a->mutual_sum, ==, b->mutual_sum);
  g_assert_cmpint (a->cash, ==, b->cash);
  g_assert_cmpint (a->balance, ==, b->balance);
  g_assert_cmpuint (a->trace->len, ==, b->trace->len);
}

static ZifuVisit *
make_visit_with_lines (void)
{
  ZifuVisit *visit = make_visit ("2026-03-10", "outpatient", "2", 0, 0);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);
  ZifuBillLine *line = zifu_visit_add_line (visit, 180000);
  ZifuRational third;

  zifu_facts_set_string (line->facts, "item", "drug");
  zifu_facts_set_string (line->facts, "name", "某药");
  zifu_facts_set_string (line->facts, "category", "A");
  zifu_facts_set_int (line->facts, "group_number", 3);
  line = zifu_visit_add_line (visit, 30000);
  zifu_facts_set_string (line->facts, "item", "exam");
  zifu_facts_set_string (line->facts, "category", "A");
  g_assert_true (zifu_rational_parse ("7/3", &third));
  line->quantity = third;
  line->has_prior = TRUE;
  line->prior = 1234;
  line = zifu_visit_add_line (visit, 5000);
  zifu_facts_set_string (line->facts, "category", "C");

  g_ptr_array_add (tags, zifu_value_new_string ("one"));
  g_ptr_array_add (tags, zifu_value_new_string ("two"));
  zifu_facts_take (visit->facts, "tags_of_visit", zifu_value_new_list (g_steal_pointer (&tags)));
  zifu_facts_take (visit->facts, "nothing", zifu_value_new_null ());
  return visit;
}

static void
test_basis (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuVisit) visit = make_visit_with_lines ();
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSettlement) again = NULL;
  g_autoptr (ZifuPerson) then = NULL;
  g_autoptr (ZifuVisit) read = NULL;
  const ZifuBillLine *line;
  const ZifuValue *value;
  gint64 id;

  allow (house, 50000);
  settlement = settle (ledger, house->pack, house->parent, visit);
  id = record (ledger, house->pack, house->parent, visit, "区中医院", 0);

  /* Everything moves on, the basis stays. */
  add_entry (ledger, house->parent, "2026-03-11", ZIFU_ENTRY_CREDIT, 999900);
  g_assert_true (zifu_ledger_load_basis (ledger, id, &then, &read, &error));
  g_assert_no_error (error);
  again = zifu_settle (house->pack, then, read, &error);
  g_assert_no_error (error);
  assert_same_settlement (settlement, again);
  g_assert_cmpint (again->mutual_sum, ==, 50000);

  g_assert_cmpuint (read->lines->len, ==, 3);
  line = &g_array_index (read->lines, ZifuBillLine, 0);
  g_assert_cmpstr (zifu_facts_get_string (line->facts, "name"), ==, "某药");
  value = zifu_facts_get (line->facts, "group_number");
  g_assert_cmpint (value->kind, ==, ZIFU_VALUE_NUMBER);
  g_assert_true (zifu_rational_equal (value->number, zifu_rational_from_int (3)));
  line = &g_array_index (read->lines, ZifuBillLine, 1);
  g_assert_cmpint ((gint64) line->quantity.num, ==, 7);
  g_assert_true (line->has_prior && line->prior == 1234 && !line->has_out && !line->has_over_limit);
  value = zifu_facts_get (read->facts, "tags_of_visit");
  g_assert_cmpint (value->kind, ==, ZIFU_VALUE_LIST);
  g_assert_cmpuint (value->list->len, ==, 2);
  g_assert_cmpstr (((ZifuValue *) g_ptr_array_index (value->list, 1))->string, ==, "two");
  g_assert_cmpint (zifu_facts_get (read->facts, "nothing")->kind, ==, ZIFU_VALUE_NULL);
  g_assert_true (zifu_facts_get (read->facts, "designated")->boolean);
  g_assert_cmpuint (zifu_facts_get_size (read->facts), ==, zifu_facts_get_size (visit->facts));
}

static void
test_stale (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "3", 10000, 0);
  g_autoptr (ZifuSettlement) settlement = settle (ledger, house->pack, house->owner, visit);

  add_entry (ledger, house->owner, "2026-03-09", ZIFU_ENTRY_PHARMACY, -1);
  g_assert_cmpint (zifu_ledger_add_settlement (ledger, house->owner, visit, settlement, NULL, 0, ZIFU_PROVENANCE_TYPED, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_cmpint (zifu_ledger_add_settlement (ledger, 4711, visit, settlement, NULL, 0, ZIFU_PROVENANCE_TYPED, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_clear_pointer (&settlement, zifu_settlement_free);
  settlement = settle (ledger, house->pack, house->owner, visit);
  g_assert_cmpint (zifu_ledger_add_settlement (ledger, house->owner, visit, settlement, NULL, day ("2026-03-11"), ZIFU_PROVENANCE_TYPED,
                                               &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_assert_cmpint (query_int (house->fixture.path, "SELECT COUNT (*) FROM setl_d"), ==, 0);
}

/* A visit of last year that is entered late leaves this year's totals alone. */
static void
test_late (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (ZifuVisit) now = make_visit ("2026-03-10", "outpatient", "3", 50000, 0);
  g_autoptr (ZifuVisit) late = make_visit ("2025-12-30", "outpatient", "3", 70000, 0);

  record (ledger, house->pack, house->owner, now, NULL, 0);
  record (ledger, house->pack, house->owner, late, NULL, 0);
  assert_counter (ledger, house->owner, "op_ded", "500");
  assert_balanced (ledger, house->owner);
}

static gint64
count_rows (const char *path)
{
  return query_int (path, "SELECT (SELECT COUNT (*) FROM setl_d) + (SELECT COUNT (*) FROM setldetail) + (SELECT COUNT (*) FROM feedetl_d)"
                          " + (SELECT COUNT (*) FROM acct_incexpd_d) + (SELECT COUNT (*) FROM setl_input_d)"
                          " + (SELECT COUNT (*) FROM setl_axis_d) + (SELECT COUNT (*) FROM setl_cum_d) + (SELECT COUNT (*) FROM cum_d)"
                          " + (SELECT COUNT (*) FROM setl_mulaid_d)");
}

/* Whatever table the write fails at, nothing of it stays. */
static void
test_all_or_nothing (House *house, gconstpointer data)
{
  static const char *const tables[] = { "setl_d", "setldetail", "feedetl_d", "setl_input_d", "setl_axis_d", "setl_cum_d", "setl_mulaid_d",
                                        "cum_d" };
  ZifuLedger *ledger = house->fixture.ledger;
  const char *path = house->fixture.path;
  g_autoptr (ZifuVisit) visit = make_visit_with_lines ();
  g_autoptr (ZifuSettlement) settlement = NULL;
  gint64 n_rows = count_rows (path);

  allow (house, -1);
  settlement = settle (ledger, house->pack, house->parent, visit);
  g_assert_cmpint (settlement->mutual_sum, >, 0);

  for (guint i = 0; i <= G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (GError) error = NULL;
      /* The last one fails at the row of the relative, when nearly everything is written. */
      const char *where = i < G_N_ELEMENTS (tables) ? tables[i] : "acct_incexpd_d WHEN NEW.kind = 'family'";
      g_autofree char *sql =
        g_strdup_printf ("CREATE TRIGGER fault BEFORE INSERT ON %s BEGIN SELECT RAISE (ABORT, 'fault'); END", where);
      gint64 id;

      run_sql (path, sql);
      id = zifu_ledger_add_settlement (ledger, house->parent, visit, settlement, "某医院", 0, ZIFU_PROVENANCE_TYPED, &error);
      g_assert_cmpint (id, ==, 0);
      g_assert_nonnull (error);
      g_assert_true (error->domain == ZIFU_LEDGER_ERROR);
      run_sql (path, "DROP TRIGGER fault");
      g_assert_cmpint (count_rows (path), ==, n_rows);
      g_assert_cmpint (get_balance (ledger, house->owner), ==, 800090);
      g_assert_cmpint (get_balance (ledger, house->parent), ==, 12000);
    }

  record (ledger, house->pack, house->parent, visit, "某医院", 0);
  g_assert_cmpint (count_rows (path), >, n_rows);
}

static void
test_append_only (House *house, gconstpointer data)
{
  static const char *const statements[] = {
    "DELETE FROM acct_incexpd_d",
    "DELETE FROM setl_d",
    "DELETE FROM setldetail",
    "DELETE FROM feedetl_d",
    "UPDATE acct_incexpd_d SET pay_sumamt = pay_sumamt + 1 WHERE pay_sumamt > 0",
    "UPDATE acct_incexpd_d SET inc_sumamt = 5 WHERE kind = 'opening'",
    "UPDATE acct_incexpd_d SET acct_modi_date = '2020-01-01'",
    "UPDATE acct_incexpd_d SET relt_psn_no = NULL",
    "UPDATE acct_incexpd_d SET fixmedins_id = 1",
    "UPDATE setl_d SET psn_cash_pay = 0, fund_pay_sumamt = medfee_sumamt",
    "UPDATE setl_d SET setl_time = '2020-01-01'",
    "UPDATE setldetail SET fund_payamt = 0",
    "UPDATE feedetl_d SET det_item_fee_sumamt = 0",
    "REPLACE INTO setldetail SELECT * FROM setldetail",
  };
  const char *path = house->fixture.path;
  g_autoptr (ZifuVisit) visit = make_visit_with_lines ();
  gint64 n_rows;

  allow (house, -1);
  record (house->fixture.ledger, house->pack, house->parent, visit, "某医院", 0);
  n_rows = count_rows (path);

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      /* REPLACE deletes without asking the triggers unless they are called recursively. */
      g_autofree char *sql = g_strconcat ("PRAGMA recursive_triggers = ON; ", statements[i], NULL);
      g_autofree char *message = try_sql (path, sql);

      g_assert_nonnull (message);
      g_assert_nonnull (strstr (message, "append-only"));
    }
  g_assert_cmpint (count_rows (path), ==, n_rows);
  g_assert_cmpint (query_int (path, "SELECT COUNT (*) FROM unlock_d"), ==, 0);
}

static void
test_delete (House *house, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
  ZifuLedger *ledger = house->fixture.ledger;
  const char *path = house->fixture.path;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuVisit) visit = make_visit_with_lines ();
  g_autoptr (ZifuEntry) family = NULL;
  ZifuMoney balance;

  allow (house, -1);
  record (ledger, house->pack, house->parent, visit, "梧桐里卫生站", 0);
  g_assert_true (zifu_ledger_set_counter (ledger, house->parent, "op_ded", ZIFU_RATIONAL_ONE, day ("2026-01-01"), &error));
  g_assert_true (zifu_ledger_add_contribution (ledger, house->parent, zifu_month_new (2026, 1), 0, -1, -1, ZIFU_PROVENANCE_TYPED, &error));
  add_entry (ledger, house->parent, "2026-04-01", ZIFU_ENTRY_CREDIT, 10700);
  balance = get_balance (ledger, house->owner);
  run_sql (path, "PRAGMA wal_checkpoint (PASSIVE)");
  g_assert_true (file_contains (path, "钱二栋"));
  g_assert_true (file_contains (path, "某药"));

  g_assert_true (zifu_ledger_delete_member (ledger, house->parent, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_assert_false (file_contains (file, "钱二栋"));
      g_assert_false (file_contains (file, "某药"));
    }
  g_assert_true (file_contains (path, "赵一梅"));

  /* What the daughter's account paid stays paid. */
  family = get_newest (house, house->owner);
  g_assert_cmpint (family->kind, ==, ZIFU_ENTRY_FAMILY);
  g_assert_cmpint (family->relative_id, ==, 0);
  g_assert_null (family->relative_name);
  g_assert_cmpint (family->settlement_id, ==, 0);
  g_assert_cmpint (get_balance (ledger, house->owner), ==, balance);
  assert_balanced (ledger, house->owner);
  g_assert_cmpint (query_int (path, "SELECT COUNT (*) FROM setl_d"), ==, 0);
  g_assert_cmpint (query_int (path, "SELECT COUNT (*) FROM pragma_foreign_key_check"), ==, 0);
  g_assert_cmpint (query_int (path, "SELECT COUNT (*) FROM unlock_d"), ==, 0);

  g_assert_false (zifu_ledger_delete_member (ledger, house->parent, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
}

/* The one who paid is deleted: the patient keeps the settlement. */
static void
test_delete_payer (House *house, gconstpointer data)
{
  ZifuLedger *ledger = house->fixture.ledger;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuVisit) visit = make_visit_with_lines ();
  g_autoptr (ZifuSettlementRecord) stored = NULL;
  g_autoptr (ZifuPerson) then = NULL;
  g_autoptr (ZifuVisit) read = NULL;
  g_autoptr (ZifuSettlement) again = NULL;
  gint64 id;

  allow (house, -1);
  id = record (ledger, house->pack, house->parent, visit, NULL, 0);
  g_assert_true (zifu_ledger_delete_member (ledger, house->owner, &error));
  g_assert_no_error (error);

  stored = get_record (house, id);
  g_assert_cmpint (stored->mutual, >, 0);
  g_assert_true (zifu_ledger_load_basis (ledger, id, &then, &read, &error));
  again = zifu_settle (house->pack, then, read, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->mutual_sum, ==, stored->mutual);
}

#define ADD(path, function) g_test_add (path, House, NULL, house_set_up, function, house_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/settlement/R39/R10/outpatient", test_outpatient);
  ADD ("/ledger/settlement/R39/R11/stays", test_stays);
  ADD ("/ledger/settlement/R12/R24/family", test_family);
  ADD ("/ledger/settlement/R24/family-refund", test_family_refund);
  ADD ("/ledger/settlement/R03/R39/cash", test_cash);
  ADD ("/ledger/settlement/R42/basis", test_basis);
  ADD ("/ledger/settlement/R39/stale", test_stale);
  ADD ("/ledger/settlement/R39/late", test_late);
  ADD ("/ledger/settlement/R39/all-or-nothing", test_all_or_nothing);
  ADD ("/ledger/settlement/R39/append-only", test_append_only);
  ADD ("/ledger/settlement/delete", test_delete);
  ADD ("/ledger/settlement/delete-payer", test_delete_payer);

  return g_test_run ();
}
