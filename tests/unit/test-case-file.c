/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Case files: what is refused and where, how results are compared, how a rule that refuses is named. */

#include "refusals.h"

#define CASE(person, visit)                                                                                                                \
  "{'policy': {'pack': 'p', 'rules': [{'id': 's', 'kind': 'share', 'valid_from': '2020-01-01', 'bands': [{'upto': null, 'pay': "           \
  "[{'payer': 'hifp', "                                                                                                                    \
  "'ratio': '0.5'}]}]}]}, 'person': " person ", 'visit': " visit "}"
#define VISIT(bill) "{'date': '2025-01-01', 'care': 'outpatient', 'bill': " bill "}"

static const Refusal case_refusals[] = {
  { "no-policy", "{'person': {}}", ZIFU_ERROR_SCHEMA, "c.json", "field 'policy' is missing" },
  { "unknown-field", "{'policy': 'x', 'person': {}, 'visits2': []}", ZIFU_ERROR_SCHEMA, "c.json#/visits2", "unknown field 'visits2'" },
  { "unknown-pack", "{'policy': 'x', 'person': {}}", ZIFU_ERROR_NOT_FOUND, "c.json#/policy", "no pack 'x'" },
  { "no-visit", "{'policy': {'pack': 'p', 'rules': []}, 'person': {}}", ZIFU_ERROR_SCHEMA, "c.json", "either 'visit' or 'visits'" },
  { "inline-rule", "{'policy': {'pack': 'p', 'rules': [{'id': 'r', 'kind': 'gate'}]}, 'person': {}}", ZIFU_ERROR_SCHEMA,
    "c.json#/policy/rules/0", "field 'valid_from' is missing" },
  { "three-decimals", CASE ("{}", VISIT ("{'total': '1.234'}")), ZIFU_ERROR_INPUT, "c.json#/visit/bill/total", "more than two decimals" },
  { "negative", CASE ("{}", VISIT ("{'total': '-1.00'}")), ZIFU_ERROR_INPUT, "c.json#/visit/bill/total", "is negative" },
  { "negative-integer", CASE ("{}", VISIT ("{'total': -1}")), ZIFU_ERROR_INPUT, "c.json#/visit/bill/total", "is negative" },
  { "too-large", CASE ("{}", VISIT ("{'total': '100000000000000.00'}")), ZIFU_ERROR_OVERFLOW, "c.json#/visit/bill/total",
    "more than 99999999999999.99" },
  { "far-too-large", CASE ("{}", VISIT ("{'total': '99999999999999999999999999999999999999'}")), ZIFU_ERROR_OVERFLOW,
    "c.json#/visit/bill/total", "more than" },
  { "grouped", CASE ("{}", VISIT ("{'total': '1,000.00'}")), ZIFU_ERROR_INPUT, "c.json#/visit/bill/total", "not a money amount" },
  { "full-width", CASE ("{}", VISIT ("{'total': '１２'}")), ZIFU_ERROR_INPUT, "c.json#/visit/bill/total", "not a money amount" },
  { "point-only", CASE ("{}", VISIT ("{'total': '1.'}")), ZIFU_ERROR_INPUT, "c.json#/visit/bill/total", "not a money amount" },
  { "no-digits", CASE ("{}", VISIT ("{'total': ''}")), ZIFU_ERROR_INPUT, "c.json#/visit/bill/total", "not a money amount" },
  { "money-true", CASE ("{}", VISIT ("{'total': true}")), ZIFU_ERROR_SCHEMA, "c.json#/visit/bill/total", "a money amount is needed" },
  { "bill-field", CASE ("{}", VISIT ("{'total': '1', 'sum': '1'}")), ZIFU_ERROR_SCHEMA, "c.json#/visit/bill/sum", "unknown field 'sum'" },
  { "bill-empty", CASE ("{}", VISIT ("{'out': '1'}")), ZIFU_ERROR_SCHEMA, "c.json#/visit/bill", "needs a total" },
  { "lines-and-total", CASE ("{}", VISIT ("{'lines': [{'amount': '1'}], 'total': '1'}")), ZIFU_ERROR_SCHEMA, "c.json#/visit/bill/total",
    "unknown field 'total'" },
  { "lines-empty", CASE ("{}", VISIT ("{'lines': []}")), ZIFU_ERROR_SCHEMA, "c.json#/visit/bill/lines", "without lines" },
  { "line-amount", CASE ("{}", VISIT ("{'lines': [{'item': 'drug'}]}")), ZIFU_ERROR_SCHEMA, "c.json#/visit/bill/lines/0",
    "field 'amount' is missing" },
  { "line-category", CASE ("{}", VISIT ("{'lines': [{'amount': '1', 'category': 'D'}]}")), ZIFU_ERROR_SCHEMA,
    "c.json#/visit/bill/lines/0/category", "A, B, C" },
  { "line-quantity", CASE ("{}", VISIT ("{'lines': [{'amount': '1', 'quantity': '-1'}]}")), ZIFU_ERROR_INPUT,
    "c.json#/visit/bill/lines/0/quantity", "below 0" },
  { "visit-date", CASE ("{}", "{'date': '2025-13-01', 'care': 'outpatient', 'bill': {'total': '1'}}"), ZIFU_ERROR_INPUT,
    "c.json#/visit/date", "not a date: '2025-13-01'" },
  { "visit-without-bill", CASE ("{}", "{'date': '2025-01-01', 'care': 'outpatient'}"), ZIFU_ERROR_SCHEMA, "c.json#/visit",
    "field 'bill' is missing" },
  { "visit-axis", CASE ("{}", "{'date': '2025-01-01', 'care': 'outpatient', 'bill': {'total': '1'}, 'class': {}}"), ZIFU_ERROR_SCHEMA,
    "c.json#/visit/class", "true or false" },
  { "use-account", CASE ("{}", "{'date': '2025-01-01', 'care': 'outpatient', 'bill': {'total': '1'}, 'use_account': 'no'}"),
    ZIFU_ERROR_SCHEMA, "c.json#/visit/use_account", "true or false" },
  { "birth", CASE ("{'birth': '1960'}", VISIT ("{'total': '1'}")), ZIFU_ERROR_INPUT, "c.json#/person/birth", "not a date" },
  { "age", CASE ("{'age': -1}", VISIT ("{'total': '1'}")), ZIFU_ERROR_INPUT, "c.json#/person/age", "not an age" },
  { "balance", CASE ("{'account': {'balance': '-5.00'}}", VISIT ("{'total': '1'}")), ZIFU_ERROR_INPUT, "c.json#/person/account/balance",
    "is negative" },
  { "relative", CASE ("{'mutual_aid': [{'id': 'x'}]}", VISIT ("{'total': '1'}")), ZIFU_ERROR_SCHEMA, "c.json#/person/mutual_aid/0",
    "field 'balance' is missing" },
  { "counter", CASE ("{'counters': {'ded': {'value': '1', 'from': '2025-01-01'}}}", VISIT ("{'total': '1'}")), ZIFU_ERROR_SCHEMA,
    "c.json#/person/counters/ded/from", "unknown field 'from'" },
  { "share", CASE ("{'coverage_share': '-1/2'}", VISIT ("{'total': '1'}")), ZIFU_ERROR_INPUT, "c.json#/person/coverage_share", "below 0" },
  { "order-of-time",
    "{'policy': {'pack': 'p', 'rules': []}, 'person': {}, 'visits': [" VISIT (
        "{'total': '1'}") ", {'date': '2024-12-31', "
                          "'care': 'outpatient', 'bill': {'total': '1'}}]}",
    ZIFU_ERROR_INPUT, "c.json#/visits/1/date", "not in order of time" },
  { "rows", "{'policy': 'x', 'person': {}, 'rows': ['R1']}", ZIFU_ERROR_SCHEMA, "c.json#/rows/0", "R01" },
  { "compute", "{'policy': 'x', 'person': {}, 'compute': 'all'}", ZIFU_ERROR_SCHEMA, "c.json#/compute", "settle, amounts" },
  { "credit-date", "{'policy': {'pack': 'p', 'rules': []}, 'person': {}, 'compute': 'credit'}", ZIFU_ERROR_SCHEMA, "c.json",
    "field 'date' is missing" },
  { "coverage-paid",
    "{'policy': {'pack': 'p', 'rules': []}, 'person': {}, 'compute': 'coverage', 'date': '2025-01-01', 'from': '2025-01', "
    "'to': '2025-02'}",
    ZIFU_ERROR_SCHEMA, "c.json#/person", "field 'paid' is missing" },
  { "coverage-month",
    "{'policy': {'pack': 'p', 'rules': []}, 'person': {'paid': [{'month': '2025-1'}]}, 'compute': 'coverage', 'date': "
    "'2025-01-01', 'from': '2025-01', 'to': '2025-02'}",
    ZIFU_ERROR_INPUT, "c.json#/person/paid/0/month", "not a month" },
  { "coverage-range",
    "{'policy': {'pack': 'p', 'rules': []}, 'person': {'paid': []}, 'compute': 'coverage', 'date': '2025-01-01', 'from': "
    "'2025-02', 'to': '2025-01'}",
    ZIFU_ERROR_INPUT, "c.json#/to", "ends before it begins" },
};

static void
test_case_refused (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autofree char *text = quote (refusal->text);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_parse (library, text, -1, "c.json", &error);

  g_assert_null (file);
  assert_message (error, refusal->code, refusal->where, refusal->part);
}

/* Each difference has its pointer; members that are not expected, and null for what is absent, do not matter. */
static void
test_case_differences (void)
{
  g_autofree char *text = quote (CASE ("{}", VISIT ("{'total': '100.00'}")));
  g_autofree char *expect = quote (
      ", 'expect': {'fund_pay_sumamt': '50.01', 'funds': {'hifp': '50.00', 'hifob': null, 'maf': '1.00'}, 'bands': {'base': ['50.00', "
      "'0.00']}, 'lines': [{'layer': 'base', 'amount': '49.00'}], 'balc': {}, 'nothing': null}}");
  g_autoptr (GString) whole = g_string_new_len (text, (gssize) strlen (text) - 1);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  static const char *const expected[] = { "/fund_pay_sumamt: expected \"50.01\", got \"50.00\"",
                                          "/funds/maf: expected \"1.00\", got nothing",
                                          "/bands/base: expected [\"50.00\", \"0.00\"], got [\"50.00\"]",
                                          "/lines/0/amount: expected \"49.00\", got \"50.00\"", "/balc: expected {}, got \"0.00\"" };

  g_string_append (whole, expect);
  file = zifu_case_file_parse (library, whole->str, -1, "c.json", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (zifu_case_file_get_id (file), ==, "c.json");
  differences = zifu_case_file_check (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (differences->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < differences->len; i++)
    g_assert_cmpstr (g_ptr_array_index (differences, i), ==, expected[i]);
}

/* A rule that refuses during a visit is named with the visit, its pack and its pointer there. */
static void
test_case_rule_place (void)
{
  g_autofree char *text =
      quote ("{'policy': {'pack': 'p', 'rules': [{'id': 's', 'kind': 'share', 'valid_from': '2020-01-01', 'bands': [{'upto': null, "
             "'pay': [{'payer': 'hifp', 'ratio': {'by': 'class', 'of': {'3': '0.5'}}}]}]}]}, 'person': {}, 'visit': " VISIT (
                 "{'total': '1'}") "}");
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_parse (library, text, -1, "c.json", &error);

  g_assert_no_error (error);
  g_assert_null (zifu_case_file_run (file, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_MISSING);
  g_assert_true (g_str_has_prefix (error->message, "c.json#/visit: c.json#/policy/rules/0 (s): "));
  g_assert_nonnull (strstr (error->message, "class"));
}

/* A case may expect a refusal: it is then read, and checked against the message. */
static void
test_case_expected_error (void)
{
  static const struct
  {
    const char *expected;
    guint n_differences;
  } tries[] = { { "unknown field 'ratios'", 0 }, { "something else", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"policy\": {\"pack\": \"p\", \"rules\": [{\"id\": \"r\", \"kind\": \"gate\", \"valid_from\": "
                           "\"2020-01-01\", \"ratios\": 1}]}, \"person\": {}, \"expect\": {\"error\": \"%s\"}}",
                           tries[i].expected);
      g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuCaseFile) file = zifu_case_file_parse (library, text, -1, "c.json", &error);
      g_autoptr (GPtrArray) differences = NULL;

      g_assert_no_error (error);
      g_assert_null (zifu_case_file_run (file, &error));
      g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_SCHEMA);
      differences = zifu_case_file_check (file, NULL);
      g_assert_cmpuint (differences->len, ==, tries[i].n_differences);
    }
}

/* A refusal that does not come is a difference, and without anything expected there is nothing to check. */
static void
test_case_unexpected_success (void)
{
  g_autofree char *text = quote (CASE ("{}", VISIT ("{'total': '100.00'}")));
  g_autofree char *expect = quote (", 'expect': {'error': 'both match'}}");
  g_autoptr (GString) whole = g_string_new_len (text, (gssize) strlen (text) - 1);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) without = zifu_case_file_parse (library, text, -1, "c.json", &error);
  g_autoptr (ZifuCaseFile) file = NULL;
  g_autoptr (GPtrArray) differences = NULL;

  g_assert_no_error (error);
  g_string_append (whole, expect);
  file = zifu_case_file_parse (library, whole->str, -1, "c.json", &error);
  g_assert_no_error (error);
  differences = zifu_case_file_check (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (differences->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (differences, 0), ==, "an error was expected: 'both match'");

  g_assert_null (zifu_case_file_check (without, &error));
  assert_message (error, ZIFU_ERROR_SCHEMA, "c.json", "field 'expect' is missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_refusals ("case-file/refused", case_refusals, G_N_ELEMENTS (case_refusals), test_case_refused);
  g_test_add_func ("/case-file/differences", test_case_differences);
  g_test_add_func ("/case-file/rule-place", test_case_rule_place);
  g_test_add_func ("/case-file/expected-error", test_case_expected_error);
  g_test_add_func ("/case-file/unexpected-success", test_case_unexpected_success);
  return g_test_run ();
}
