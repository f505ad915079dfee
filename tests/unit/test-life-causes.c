/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Causes case by case: what is told, how sure, and in which order (R20, R23 to R28, R31). */
#include <string.h>

#include "life-support.h"
#include "zifu-diagnose.h"

#define TODAY "2026-11-20"
#define ACCOUNT ZIFU_TROUBLE_ACCOUNT
#define EMPTY ZIFU_TROUBLE_EMPTY
#define FUND ZIFU_TROUBLE_FUND
#define ALL (ACCOUNT | EMPTY | FUND)
#define ACTIVE "'insurance': '310', 'status': 'active', 'base': '12000.00'"
#define FLEXIBLE "'insurance': '310', 'status': 'flexible'"
#define RETIRED "'insurance': '310', 'status': 'retired', 'age': 66"
#define RESIDENT "'insurance': '390', 'status': 'resident', 'resident_class': 'elderly'"
#define MONEY ", 'account': {'balance': '100.00'}"
#define EMPTIED ", 'account': {'balance': '0.00'}"
#define FINE "'card': 'active', 'account': 'normal'"
#define VISIT(fields) "'date': '2026-11-18', 'care': 'outpatient', 'class': '3', " fields

#define ONE_BILL(date, lines) "{'date': '" date "', 'care': 'outpatient', 'class': '3', 'bill': {'lines': [" lines "]}}"
#define BILL(date, lines) ", 'bills': [" ONE_BILL (date, lines) "]"
#define OUT_LINE "{'amount': '80.00', 'out': '0.00'}, {'amount': '10.00', 'out': '10.00'}"

#define TWO_PERCENT LIFE_PACK ("{" LIFE_RULE ("c", "credit") ", 'slot': 'own', 'amount': {'product': [{'axis': 'base'}, '0.02']}}")
#define PAYS_OUT                                                                                                                           \
  LIFE_PACK ("{" LIFE_RULE ("a", "account") ", 'purses': ['balance'], 'pays': ['copay', 'out']},"                                         \
             "{" LIFE_RULE ("s", "share") ", 'bands': [{'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '0.5'}]}]}")

typedef struct {
  const char *name, *policy, *person, *paid, *record, *visit;
  guint troubles;
  const char *expected; /* ? = likely, ~ = possible */
} Row;

static const Row rows[] = {
  { "nothing", "'110000'", ACTIVE MONEY, "", FINE, NULL, ALL, "" },
  { "nothing-known", "'110000'", ACTIVE MONEY, "", "", NULL, ALL, "account-frozen~, card-not-activated~" },
  { "only-the-card-is-known", "'110000'", ACTIVE MONEY, "", "'card': 'active'", NULL, ALL, "account-frozen~" },
  { "what-stops-all-comes-first", "'110000'", ACTIVE MONEY, "", "'card': 'lost', 'account': 'frozen', 'identity_changed': true", NULL, ALL,
    "account-frozen, card-lost, identity-changed" },
  { "data-since", "'110000'", ACTIVE MONEY, "", FINE ", 'data_since': '2026-11-20'", NULL, ALL, "data-arriving" },
  { "data-from-tomorrow-on", "'110000'", ACTIVE MONEY, "", FINE ", 'data_since': '2026-11-21'", NULL, ALL, "" },
  { "moved", "'110000'", ACTIVE, "", "'card': 'active', 'account': 'moved'", NULL, ALL, "account-moved" },
  { "in-transit", "'110000'", ACTIVE MONEY, "", FINE ", 'move': {'state': 'requested'}", NULL, ALL, "in-transit" },
  { "arrived", "'110000'", ACTIVE MONEY, "", FINE ", 'move': {'state': 'arrived', 'requested': '2026-01-05'}", NULL, ALL, "" },
  /* R20: no account.  That the base is not known is no sign of it, nor is a pack that does not speak of flexible workers. */
  { "resident", "'110000'", RESIDENT, "", "'card': 'active'", NULL, ALL, "resident" },
  { "resident-with-an-old-account", "'110000'", RESIDENT MONEY, "", FINE, NULL, ALL, "" },
  { "residents-are-credited", LIFE_PACK ("{" LIFE_RULE ("c", "credit") ", 'slot': 'own', 'amount': '10.00'}"), RESIDENT, "",
    "'card': 'active'", NULL, ALL, "" },
  { "flexible", "'110000'", FLEXIBLE, "", "'card': 'active'", NULL, ALL, "plan-without-account" },
  { "flexible-without-rule", "'national'", FLEXIBLE, "", "'card': 'active'", NULL, ALL, "plan-without-account~" },
  { "no-base-known", "'110000'", "'insurance': '310', 'status': 'active'", "", "'card': 'active'", NULL, ALL, "" },
  { "no-insurance-known", "'110000'", "'age': 40", "", "'card': 'active'", NULL, ALL, "" },
  /* R27, R31: contributions. */
  { "arrears-likely", "'110000'", ACTIVE MONEY, "2025-01..2026-06", FINE, NULL, ALL, "arrears?" },
  { "arrears", "'110000'", ACTIVE MONEY, "2025-01..2026-06", FINE ", 'arrears_from': '2026-07'", NULL, ALL, "arrears" },
  { "arrears-only", "'110000'", ACTIVE MONEY, "", FINE ", 'arrears_from': '2026-07'", NULL, ALL, "arrears" },
  { "arrears-made-good", "'110000'", ACTIVE MONEY, "2025-01..2026-07 2026-08..2026-10@2026-11", FINE ", 'arrears_from': '2026-08'", NULL,
    ALL, "" },
  { "arrears-within-what-is-forgiven", "'110000'", ACTIVE MONEY, "2025-01..2026-06 2026-09..2026-10",
    FINE ", 'arrears_from': '2026-07'", NULL, ALL, "arrears" },
  { "arrears-do-not-stop-the-fund", "'110000'", ACTIVE MONEY, "2025-01..2026-06 2026-09..2026-10", FINE ", 'arrears_from': '2026-07'",
    NULL, FUND, "" },
  { "arrears-of-a-retired-person", "'110000'", RETIRED MONEY, "2025-01..2026-06", FINE ", 'arrears_from': '2026-07'", NULL, ALL, "" },
  { "interrupted", "'110000'", FLEXIBLE, "2025-01..2026-06", "'card': 'active'", NULL, FUND, "interrupted" },
  { "interruption-does-not-close-the-account", "'110000'", FLEXIBLE MONEY, "2025-01..2026-06", FINE, NULL, ACCOUNT, "" },
  { "waiting", "'110000'", ACTIVE MONEY, "2025-01..2026-03 2026-09..2026-10", FINE, NULL, ALL, "waiting" },
  { "waiting-with-all-benefits", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'waiting_share': '1'"), ACTIVE MONEY,
    "2025-01..2026-03 2026-09..2026-10", FINE, NULL, ALL, "" },
  { "half-while-waiting", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'waiting_share': '0.5'"), ACTIVE MONEY, "2025-01..2026-03 2026-09..2026-10",
    FINE, NULL, ALL, "waiting" },
  { "half-grace", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'grace': 2, 'grace_share': '0.5'"), FLEXIBLE MONEY, "2025-01..2026-09", FINE, NULL, FUND,
    "interrupted" },
  { "full-grace", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'grace': 2"), FLEXIBLE MONEY, "2025-01..2026-09", FINE, NULL, FUND, "" },
  { "full-grace-and-no-credit", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'grace': 2"), FLEXIBLE MONEY, "2025-01..2026-09", FINE, NULL, EMPTY,
    "interrupted" },
  { "not-begun", LIFE_COVERAGE ("'lag': 1"), ACTIVE MONEY, "2026-11..2026-11", FINE, NULL, FUND, "waiting" },
  { "possible-only-for-what-is-not-explained", "'110000'", ACTIVE MONEY, "2025-01..2026-03 2026-09..2026-10", "", NULL, FUND, "waiting" },
  { "possible-for-the-account", "'110000'", ACTIVE MONEY, "2025-01..2026-03 2026-09..2026-10", "", NULL, ACCOUNT,
    "account-frozen~, card-not-activated~" },
  /* R20: credits and spending. */
  { "credit-missing", TWO_PERCENT, ACTIVE EMPTIED, "",
    FINE ", 'movements': [{'acct_modi_date': '2026-08-10', 'kind': 'credit', 'inc_sumamt': '240.00'}, {'acct_modi_date': '2026-10-10',"
         " 'kind': 'credit', 'inc_sumamt': '240.00'}]",
    NULL, EMPTY, "credit-missing" },
  { "credit-missing-by-a-rule-that-is-not-verified", "'110000'", ACTIVE EMPTIED, "",
    FINE ", 'movements': [{'acct_modi_date': '2026-08-10', 'kind': 'credit', 'inc_sumamt': '240.00'}, {'acct_modi_date': '2026-10-10',"
         " 'kind': 'credit', 'inc_sumamt': '240.00'}]",
    NULL, EMPTY, "credit-missing?" },
  { "credit-less-by-a-base-that-is-assumed", TWO_PERCENT, ACTIVE EMPTIED, "",
    FINE ", 'movements': [{'acct_modi_date': '2026-10-10', 'kind': 'credit', 'inc_sumamt': '200.00'}]", NULL, EMPTY, "credit-missing?" },
  { "credit-less-by-its-own-base", TWO_PERCENT, ACTIVE EMPTIED, "",
    FINE ", 'movements': [{'acct_modi_date': '2026-10-10', 'kind': 'credit', 'inc_sumamt': '200.00', 'psn_clctstd': '12000.00'}]", NULL,
    EMPTY, "credit-missing" },
  { "spent", "'110000'", ACTIVE EMPTIED, "", FINE ", 'movements': [{'acct_modi_date': '2026-10-10', 'kind': 'visit',"
    " 'pay_sumamt': '9.00'}]",
    NULL, ALL, "spent" },
  { "spent-and-came-back", "'110000'", ACTIVE EMPTIED, "",
    FINE ", 'movements': [{'acct_modi_date': '2026-10-10', 'kind': 'visit', 'pay_sumamt': '9.00'}, {'acct_modi_date': '2026-10-12',"
         " 'kind': 'refund', 'inc_sumamt': '9.00'}]",
    NULL, ALL, "" },
  { "spent-and-not-empty", "'110000'", ACTIVE MONEY, "",
    FINE ", 'movements': [{'acct_modi_date': '2026-10-10', 'kind': 'visit', 'pay_sumamt': '9.00'}]", NULL, ALL, "" },
  { "tie-renewed", "'110000'", ACTIVE MONEY, "",
    FINE ", 'family': [{'id': 'a', 'relation': 'child', 'begndate': '2023-01-01', 'enddate': '2024-12-31'},"
         " {'id': 'a', 'relation': 'child', 'begndate': '2025-02-01'}]",
    NULL, ALL, "" },
  { "tie-ended", "'110000'", ACTIVE MONEY, "",
    FINE ", 'family': [{'id': 'a', 'relation': 'child', 'begndate': '2023-01-01', 'enddate': '2024-12-31'},"
         " {'id': 'b', 'relation': 'child', 'begndate': '2025-02-01'}]",
    NULL, ALL, "tie-ended" },
  /* The visit. */
  { "not-designated", "'110000'", ACTIVE MONEY, "", FINE, VISIT ("'designated': false, 'bill': {'total': '90.00'}"), ALL,
    "not-designated" },
  { "not-connected", "'110000'", ACTIVE MONEY, "", FINE, VISIT ("'connected': false, 'bill': {'total': '90.00'}"), ALL, "not-connected" },
  { "nobody-asks-whether-it-is-chosen", "'110000'", ACTIVE MONEY, "", FINE, VISIT ("'chosen': false, 'bill': {'total': '90.00'}"), ALL,
    "" },
  { "gate-of-another", "'110000'", ACTIVE MONEY, "2025-01..2026-03 2026-09..2026-10", FINE,
    VISIT ("'cause': 'public_health', 'bill': {'total': '90.00'}"), ALL, "other-payer, waiting" },
  { "unfiled", "'110000'", ACTIVE MONEY, "", FINE, VISIT ("'place': 'other', 'bill': {'total': '9000.00'}"), ALL, "unfiled" },
  { "neighbour-counts-as-filed", "'110000'", ACTIVE MONEY, "", FINE,
    VISIT ("'place': 'other', 'place_province': '12', 'bill': {'total': '9000.00'}"), ALL, "" },
  { "neighbour-below-the-deductible", "'110000'", ACTIVE MONEY, "", FINE,
    VISIT ("'place': 'other', 'place_province': '12', 'remote': 'unfiled', 'bill': {'total': '90.00'}"), ALL, "" },
  { "within-the-province", "'110000'", ACTIVE MONEY, "", FINE, VISIT ("'remote': 'province', 'bill': {'total': '90.00'}"), ALL, "" },
  { "emergency-elsewhere", "'110000'", ACTIVE MONEY, "", FINE,
    VISIT ("'place': 'other', 'remote': 'emergency', 'bill': {'total': '90.00'}"), ALL, "" },
  { "filed", "'110000'", ACTIVE MONEY, "", FINE ", 'filings': [{'remote': 'filed_temp', 'begndate': '2026-05-18'}]",
    VISIT ("'place': 'other', 'remote': 'filed_temp', 'bill': {'total': '90.00'}"), ALL, "" },
  { "filing-over-since-yesterday", "'110000'", ACTIVE MONEY, "", FINE ", 'filings': [{'remote': 'filed_temp', 'begndate': '2026-05-17'}]",
    VISIT ("'place': 'other', 'remote': 'unfiled', 'bill': {'total': '90.00'}"), ALL, "filing-expired" },
  { "said-to-be-filed-and-over", "'110000'", ACTIVE MONEY, "", FINE ", 'filings': [{'remote': 'filed_temp', 'begndate': '2026-05-17'}]",
    VISIT ("'place': 'other', 'remote': 'filed_temp', 'bill': {'total': '90.00'}"), ALL, "filing-expired?" },
  { "filed-for-another-province", "'110000'", ACTIVE MONEY, "", FINE ", 'filings': [{'remote': 'filed_long', 'place': '440000', 'begndate':"
                                                                     " '2026-05-17'}]",
    VISIT ("'place': 'other', 'place_region': '310000', 'bill': {'total': '9000.00'}"), ALL, "unfiled" },
  { "deposit", "'110000'", ACTIVE MONEY, "", FINE, VISIT ("'prepaid': '50.00', 'bill': {'total': '90.00'}"), ALL, "deposit" },
  { "out-of-scope", "'110000'", ACTIVE MONEY, "", FINE, VISIT ("'bill': {'total': '90.00', 'out': '10.00'}"), ACCOUNT, "out-of-scope" },
  { "the-account-pays-it", PAYS_OUT, ACTIVE MONEY, "",
    FINE, VISIT ("'bill': {'total': '90.00', 'out': '10.00'}"), ACCOUNT, "" },
  { "the-fund-does-not", PAYS_OUT, ACTIVE MONEY, "",
    FINE, VISIT ("'bill': {'total': '90.00', 'out': '10.00'}"), FUND, "out-of-scope" },
  /* The lines of settled bills, where they are the evidence: of the visit that was refused, else the latest of twelve months. */
  { "lines-of-the-latest-bill", "'110000'", ACTIVE MONEY, "", FINE BILL ("2026-11-10", OUT_LINE), NULL, ALL, "out-of-scope?" },
  { "lines-over-a-limit", "'110000'", ACTIVE MONEY, "", FINE BILL ("2026-11-10", "{'amount': '90.00', 'over_limit': '1.00'}"), NULL, ALL,
    "out-of-scope?" },
  { "lines-of-category-c", "'110000'", ACTIVE MONEY, "", FINE BILL ("2026-11-10", "{'amount': '90.00', 'category': 'C'}"), NULL, FUND,
    "out-of-scope?" },
  { "lines-in-scope", "'110000'", ACTIVE MONEY, "", FINE BILL ("2026-11-10", "{'amount': '90.00', 'category': 'A'}"), NULL, ALL, "" },
  { "a-first-share-is-in-scope", "'110000'", ACTIVE MONEY, "",
    FINE BILL ("2026-11-10", "{'item': 'drug', 'amount': '90.00', 'category': 'B'}"), NULL, ALL, "" },
  { "lines-that-were-given-back", "'110000'", ACTIVE MONEY, "",
    FINE BILL ("2026-11-10", "{'amount': '90.00', 'out': '0.00'}") , NULL, ALL, "" },
  { "lines-of-tomorrow", "'110000'", ACTIVE MONEY, "", FINE BILL ("2026-11-21", OUT_LINE), NULL, ALL, "" },
  { "lines-a-year-ago", "'110000'", ACTIVE MONEY, "", FINE BILL ("2025-11-01", OUT_LINE), NULL, ALL, "out-of-scope?" },
  { "lines-longer-ago", "'110000'", ACTIVE MONEY, "", FINE BILL ("2025-10-31", OUT_LINE), NULL, ALL, "" },
  { "a-later-bill-in-scope", "'110000'", ACTIVE MONEY, "",
    FINE ", 'bills': [" ONE_BILL ("2026-11-12", "{'amount': '5.00', 'out': '0.00'}") ", " ONE_BILL ("2026-11-10", OUT_LINE) "]", NULL, ALL,
    "" },
  { "lines-of-the-refused-visit", "'110000'", ACTIVE MONEY, "", FINE BILL ("2026-11-18", OUT_LINE), VISIT ("'bill': {'total': '90.00'}"),
    ALL, "out-of-scope" },
  { "lines-of-another-total", "'110000'", ACTIVE MONEY, "", FINE BILL ("2026-11-18", OUT_LINE), VISIT ("'bill': {'total': '90.01'}"), ALL,
    "" },
  { "lines-of-another-day", "'110000'", ACTIVE MONEY, "", FINE BILL ("2026-11-17", OUT_LINE), VISIT ("'bill': {'total': '90.00'}"), ALL,
    "" },
  { "lines-that-the-account-pays", PAYS_OUT, ACTIVE MONEY, "", FINE BILL ("2026-11-10", OUT_LINE), NULL, ACCOUNT, "" },
  { "lines-that-the-fund-does-not", PAYS_OUT, ACTIVE MONEY, "", FINE BILL ("2026-11-10", OUT_LINE), NULL, FUND, "out-of-scope?" },
};

static void
test_row (gconstpointer data)
{
  static const char *const marks[] = { "", "?", "~" };
  const Row *row = data;
  g_autofree char *visit = row->visit != NULL ? g_strdup_printf (", 'visit': {%s}", row->visit) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("{'policy': %s, 'person': {%s}, 'record': {%s}%s}", row->policy, row->person, row->record,
                                           visit);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuRecordFile) file = life_parse (text, &error);
  g_autoptr (GPtrArray) causes = NULL;

  g_assert_no_error (error);
  life_pay (file->record->person, row->paid);
  causes = zifu_diagnose (file->pack, file->record, (ZifuTrouble) row->troubles, life_day (TODAY));
  for (guint i = 0; i < causes->len; i++)
    {
      const ZifuCause *cause = g_ptr_array_index (causes, i);

      g_assert_cmpuint (cause->evidence->len, >, 0);
      g_string_append_printf (told, "%s%s%s", i > 0 ? ", " : "", zifu_cause_name (cause->kind), marks[cause->weight]);
    }
  g_assert_cmpstr (told->str, ==, row->expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/life/causes/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
