/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Person files: every field, and each refusal with the file and the place. */
#include <string.h>

#include "life-support.h"

static ZifuRecordFile *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "people", name, NULL);
  g_autoptr (ZifuPackLibrary) library = life_library ();
  g_autoptr (GError) error = NULL;
  ZifuRecordFile *file = zifu_record_file_load (library, path, &error);

  g_assert_no_error (error);
  return file;
}

static void
test_states (void)
{
  g_autoptr (ZifuRecordFile) file = load ("every-field.json");
  const ZifuRecord *record = file->record;

  g_assert_cmpstr (file->pack->id, ==, "110000");
  g_assert_cmpint (file->date, ==, life_day ("2026-11-20"));
  g_assert_cmpint (record->card, ==, ZIFU_CARD_DORMANT);
  g_assert_cmpint (record->account, ==, ZIFU_ACCOUNT_FROZEN);
  g_assert_true (record->identity_changed);
  g_assert_cmpint (record->data_since, ==, life_day ("2026-11-01"));
  g_assert_cmpint (record->arrears_from, ==, life_month ("2026-08"));
  g_assert_cmpint (record->move.state, ==, ZIFU_MOVE_IN_TRANSIT);
  g_assert_cmpstr (record->move.to, ==, "310000");
  g_assert_cmpint (record->move.requested, ==, life_day ("2026-11-09"));
  g_assert_true (record->move.account_there_known && !record->move.account_there);
  g_assert_cmpstr (zifu_facts_get_string (record->person->facts, "sex"), ==, "female");
  g_assert_cmpint (zifu_person_get_balance (record->person), ==, 128640);
  g_assert_cmpuint (record->person->payments->len, ==, 2);
  g_assert_cmpint (record->refused->date, ==, life_day ("2026-11-18"));
  g_assert_cmpint (record->refused->prepaid, ==, 10000);
}

static void
test_movements (void)
{
  static const struct { ZifuMovementKind kind; ZifuMoney amount; } rows[] = {
    { ZIFU_MOVEMENT_INTEREST, 31 },      { ZIFU_MOVEMENT_CREDIT, 24000 },   { ZIFU_MOVEMENT_VISIT, -8650 },
    { ZIFU_MOVEMENT_FAMILY, -3520 },     { ZIFU_MOVEMENT_REFUND, 3520 },    { ZIFU_MOVEMENT_PREMIUM, -43500 },
    { ZIFU_MOVEMENT_TRANSFER, 90000 },   { ZIFU_MOVEMENT_OTHER, 0 },
  };
  g_autoptr (ZifuRecordFile) file = load ("every-field.json");
  const ZifuMovement *movements = (const ZifuMovement *) (void *) file->record->movements->data;

  g_assert_cmpuint (file->record->movements->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (movements[i].kind, ==, rows[i].kind);
      g_assert_cmpint (movements[i].amount, ==, rows[i].amount);
      g_assert_cmpint (movements[i].base, ==, i == 1 ? 1200000 : -1);
      g_assert_cmpint (movements[i].for_month, ==, i == 1 ? life_month ("2026-06") : 0);
    }
  g_assert_cmpint (movements[1].date, ==, life_day ("2026-07-10"));
  g_assert_null (movements[2].relative);
  g_assert_cmpstr (movements[3].relative, ==, "张建国");
}

static void
test_lists (void)
{
  g_autoptr (ZifuRecordFile) file = load ("every-field.json");
  const ZifuEnrolment *enrolments = (const ZifuEnrolment *) (void *) file->record->enrolments->data;
  const ZifuFiling *filings = (const ZifuFiling *) (void *) file->record->filings->data;
  const ZifuTie *ties = (const ZifuTie *) (void *) file->record->ties->data;

  g_assert_cmpuint (file->record->enrolments->len, ==, 2);
  g_assert_cmpstr (enrolments[0].insurance, ==, "310");
  g_assert_cmpstr (enrolments[0].region, ==, "110000");
  g_assert_true (enrolments[0].paid && enrolments[0].place_of_work && enrolments[0].to == 0);
  g_assert_true (!enrolments[1].paid && !enrolments[1].place_of_work && enrolments[1].to == life_day ("2026-12-31"));
  g_assert_cmpuint (file->record->filings->len, ==, 3);
  g_assert_cmpstr (filings[0].kind, ==, "filed_long");
  g_assert_cmpstr (filings[0].place, ==, "44");
  g_assert_null (filings[1].place);
  g_assert_cmpint (filings[1].to, ==, life_day ("2026-12-31"));
  g_assert_cmpint (filings[2].from, ==, life_day ("2026-09-01"));
  g_assert_cmpuint (file->record->ties->len, ==, 2);
  g_assert_cmpstr (ties[0].id, ==, "张建国");
  g_assert_cmpstr (ties[0].relation, ==, "spouse");
  g_assert_cmpstr (ties[0].insurance, ==, "390");
  g_assert_cmpstr (ties[0].place, ==, "city");
  g_assert_true (ties[0].given && ties[0].has_quota && ties[0].quota == 50000);
  g_assert_true (!ties[1].given && !ties[1].has_quota && ties[1].from == ties[1].to);
  g_assert_null (ties[1].insurance);
}

/* Bills keep their order, their lines and whatever else is said of them; a copy is a copy. */
static void
test_bills (void)
{
  g_autoptr (ZifuRecordFile) file = load ("every-field.json");
  g_autoptr (ZifuRecord) copy = zifu_record_copy (file->record);
  const ZifuVisit *visit = g_ptr_array_index (copy->bills, 0), *second = g_ptr_array_index (copy->bills, 1);
  const ZifuBillLine *line = &g_array_index (visit->lines, ZifuBillLine, 0);

  g_assert_cmpuint (copy->bills->len, ==, 2);
  g_assert_true (visit != g_ptr_array_index (file->record->bills, 0));
  g_assert_cmpint (visit->date, ==, life_day ("2026-11-02"));
  g_assert_cmpstr (zifu_facts_get_string (visit->facts, "institution"), ==, "市第一医院");
  g_assert_cmpuint (visit->lines->len, ==, 1);
  g_assert_cmpstr (zifu_facts_get_string (line->facts, "item"), ==, "阿胶");
  g_assert_true (line->has_out && line->out == 15000 && line->has_prior && line->prior == 0);
  line = &g_array_index (second->lines, ZifuBillLine, 0);
  g_assert_true (!line->has_out && !line->has_over_limit && !line->has_prior && line->amount == 990);
}

/* Nothing is concluded from what is not known. */
static void
test_defaults (void)
{
  g_autoptr (ZifuRecordFile) smallest = load ("smallest.json"), inline_pack = load ("inline-pack.json");
  const ZifuRecord *record = smallest->record;

  g_assert_cmpint (smallest->date, ==, 0);
  g_assert_cmpint (record->card, ==, ZIFU_CARD_UNKNOWN);
  g_assert_cmpint (record->account, ==, ZIFU_ACCOUNT_UNKNOWN);
  g_assert_true (!record->identity_changed && record->data_since == 0 && record->arrears_from == 0);
  g_assert_true (record->move.state == ZIFU_MOVE_NONE && record->move.to == NULL && !record->move.account_there_known);
  g_assert_cmpuint (record->movements->len + record->enrolments->len + record->filings->len + record->ties->len, ==, 0);
  g_assert_null (record->refused);
  g_assert_cmpuint (record->bills->len, ==, 0);
  g_assert_cmpuint (inline_pack->pack->rules->len, ==, 1);
  g_assert_cmpint (g_array_index (inline_pack->record->person->payments, ZifuPayment, 0).paid_on, ==, life_month ("2024-11"));
}

#define RECORD(members) "{'policy': 'national', 'person': {}, 'record': {" members "}}"
#define MOVEMENT(members) RECORD ("'movements': [{'acct_modi_date': '2026-01-05', 'kind': 'visit', " members "}]")
#define BILL(date, bill) "{'date': '" date "', 'care': 'outpatient', 'bill': {" bill "}}"
#define BILL_LINE "'lines': [{'category': 'A', 'amount': '1.00'}]"
#define TIE(members) RECORD ("'family': [{'id': 'a', 'relation': 'spouse', 'begndate': '2026-01-05', " members "}]")

/* The file and the place, and a word of the reason. */
static const char *const refusals[][4] = {
  { "not-json", "{'policy'", "a.json", NULL },
  { "list", "[]", "a.json", "object" },
  { "no-policy", "{'person': {}}", "a.json", "policy" },
  { "no-person", "{'policy': 'national'}", "a.json", "person" },
  { "unknown-member", "{'policy': 'national', 'person': {}, 'recrod': {}}", "a.json#/recrod", NULL },
  { "unknown-pack", "{'policy': '999999', 'person': {}}", "a.json#/policy", "999999" },
  { "pack-of-wrong-kind", "{'policy': 7, 'person': {}}", "a.json#/policy", NULL },
  { "broken-pack", "{'policy': {'pack': 'inline', 'sources': [], 'rules': [{'id': 'a', 'kind': 'coverag'}]}, 'person': {}}",
    "a.json#/policy/rules/0", NULL },
  { "bad-date", "{'policy': 'national', 'person': {}, 'date': '2026-02-29'}", "a.json#/date", NULL },
  { "bad-person", "{'policy': 'national', 'person': {'account': {'balance': '-1.00'}}}", "a.json#/person/account/balance", NULL },
  { "bad-payment", "{'policy': 'national', 'person': {'paid': [{'month': '2026-13'}]}}", "a.json#/person/paid/0/month", NULL },
  { "bad-visit", "{'policy': 'national', 'person': {}, 'visit': {'date': '2026-01-05'}}", "a.json#/visit", NULL },
  { "record-of-wrong-kind", "{'policy': 'national', 'person': {}, 'record': []}", "a.json#/record", NULL },
  { "unknown-field", RECORD ("'cart': 'lost'"), "a.json#/record/cart", NULL },
  { "unknown-card", RECORD ("'card': 'stolen'"), "a.json#/record/card", NULL },
  { "unknown-account", RECORD ("'account': 'full'"), "a.json#/record/account", NULL },
  { "not-true-or-false", RECORD ("'identity_changed': 'yes'"), "a.json#/record/identity_changed", NULL },
  { "bad-day", RECORD ("'data_since': '2026-11'"), "a.json#/record/data_since", NULL },
  { "bad-month", RECORD ("'arrears_from': '2026-00'"), "a.json#/record/arrears_from", NULL },
  { "movements-of-wrong-kind", RECORD ("'movements': {}"), "a.json#/record/movements", NULL },
  { "movement-of-wrong-kind", RECORD ("'movements': ['visit']"), "a.json#/record/movements/0", NULL },
  { "movement-without-day", RECORD ("'movements': [{'kind': 'visit', 'pay_sumamt': '1.00'}]"), "a.json#/record/movements/0",
    "acct_modi_date" },
  { "movement-of-unknown-kind", RECORD ("'movements': [{'acct_modi_date': '2026-01-05', 'kind': 'gift', 'pay_sumamt': '1.00'}]"),
    "a.json#/record/movements/0/kind", NULL },
  { "unknown-field-of-movement", MOVEMENT ("'pay_sumamt': '1.00', 'cash': '1.00'"), "a.json#/record/movements/0/cash", NULL },
  { "in-and-out", MOVEMENT ("'pay_sumamt': '1.00', 'inc_sumamt': '1.00'"), "a.json#/record/movements/0", "either" },
  { "neither-in-nor-out", MOVEMENT ("'cashym': '2026-01'"), "a.json#/record/movements/0", "either" },
  { "below-zero", MOVEMENT ("'pay_sumamt': '-1.00'"), "a.json#/record/movements/0/pay_sumamt", NULL },
  { "income-below-zero", MOVEMENT ("'inc_sumamt': '-1.00'"), "a.json#/record/movements/0/inc_sumamt", NULL },
  { "parts-of-a-fen", MOVEMENT ("'pay_sumamt': '1.005'"), "a.json#/record/movements/0/pay_sumamt", NULL },
  { "number", MOVEMENT ("'pay_sumamt': 1.5"), "a.json", NULL },
  { "base-below-zero", MOVEMENT ("'inc_sumamt': '1.00', 'psn_clctstd': '-1.00'"), "a.json#/record/movements/0/psn_clctstd", NULL },
  { "bad-month-of-movement", MOVEMENT ("'inc_sumamt': '1.00', 'cashym': '202601'"), "a.json#/record/movements/0/cashym", NULL },
  { "wrong-order",
    RECORD ("'movements': [{'acct_modi_date': '2026-01-05', 'kind': 'visit', 'pay_sumamt': '1.00'},"
            " {'acct_modi_date': '2026-01-04', 'kind': 'visit', 'pay_sumamt': '1.00'}]"),
    "a.json#/record/movements/1/acct_modi_date", "order" },
  { "unknown-insurance", RECORD ("'enrolments': [{'insutype': '311', 'begndate': '2026-01-05'}]"), "a.json#/record/enrolments/0/insutype",
    NULL },
  { "enrolment-without-begin", RECORD ("'enrolments': [{'insutype': '310'}]"), "a.json#/record/enrolments/0", "begndate" },
  { "enrolment-ends-before", RECORD ("'enrolments': [{'insutype': '310', 'begndate': '2026-01-05', 'enddate': '2026-01-04'}]"),
    "a.json#/record/enrolments/0/enddate", "before" },
  { "unknown-filing", RECORD ("'filings': [{'remote': 'emergency', 'begndate': '2026-01-05'}]"), "a.json#/record/filings/0/remote", NULL },
  { "filing-ends-before", RECORD ("'filings': [{'remote': 'referred', 'begndate': '2026-01-05', 'enddate': '2026-01-04'}]"),
    "a.json#/record/filings/0/enddate", "before" },
  { "unknown-relation", RECORD ("'family': [{'id': 'a', 'relation': 'cousin', 'begndate': '2026-01-05'}]"),
    "a.json#/record/family/0/relation", NULL },
  { "tie-ends-before", TIE ("'enddate': '2026-01-04'"), "a.json#/record/family/0/enddate", "before" },
  { "quota-below-zero", TIE ("'quota': '-0.01'"), "a.json#/record/family/0/quota", NULL },
  { "unknown-place", TIE ("'place': 'county'"), "a.json#/record/family/0/place", NULL },
  { "unknown-insurance-of-tie", TIE ("'insutype': '311'"), "a.json#/record/family/0/insutype", NULL },
  { "move-without-state", RECORD ("'move': {'requested': '2026-01-05'}"), "a.json#/record/move", "state" },
  { "unknown-state-of-move", RECORD ("'move': {'state': 'lost'}"), "a.json#/record/move/state", NULL },
  { "bills-of-wrong-kind", RECORD ("'bills': {}"), "a.json#/record/bills", NULL },
  { "bill-of-wrong-kind", RECORD ("'bills': ['bill']"), "a.json#/record/bills/0", NULL },
  { "bill-without-lines", RECORD ("'bills': [" BILL ("2026-01-05", "'total': '1.00'") "]"), "a.json#/record/bills/0/bill", "lines" },
  { "bill-of-no-lines", RECORD ("'bills': [" BILL ("2026-01-05", "'lines': []") "]"), "a.json#/record/bills/0/bill/lines", "lines" },
  { "line-below-zero", RECORD ("'bills': [" BILL ("2026-01-05", "'lines': [{'amount': '-1.00'}]") "]"),
    "a.json#/record/bills/0/bill/lines/0/amount", NULL },
  { "bills-in-wrong-order", RECORD ("'bills': [" BILL ("2026-01-05", BILL_LINE) ", " BILL ("2026-01-06", BILL_LINE) "]"),
    "a.json#/record/bills/1/date", "order" },
  { "unknown-field-of-move", RECORD ("'move': {'state': 'none', 'due': '2026-01-05'}"), "a.json#/record/move/due", NULL },
};

static void
test_refusal (gconstpointer data)
{
  const char *const *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuRecordFile) file = life_parse (row[1], &error);

  g_assert_null (file);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, row[2]));
  g_assert_false (g_ascii_isalnum (error->message[strlen (row[2])]) && strchr (row[2], '#') != NULL);
  g_assert_true (row[3] == NULL || strstr (error->message, row[3]) != NULL);
}

static void
test_no_file (void)
{
  g_autoptr (ZifuPackLibrary) library = life_library ();
  g_autoptr (GError) error = NULL;

  g_assert_null (zifu_record_file_load (library, "/nowhere/a.json", &error));
  g_assert_nonnull (strstr (error->message, "/nowhere/a.json"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-file/states", test_states);
  g_test_add_func ("/record-file/movements", test_movements);
  g_test_add_func ("/record-file/lists", test_lists);
  g_test_add_func ("/record-file/R25-bills", test_bills);
  g_test_add_func ("/record-file/defaults", test_defaults);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/record-file/refused/", refusals[i][0], NULL);

      g_test_add_data_func (path, refusals[i], test_refusal);
    }
  g_test_add_func ("/record-file/no-file", test_no_file);
  return g_test_run ();
}
