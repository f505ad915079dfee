/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R06, R20, R23 to R27: histories with planted causes; exactly those are named, in order, and none against the data. */

#include <string.h>

#include "words-support.h"
#include "zifu-elsewhere.h"
#include "zifu-record-file.h"

#define ALL (ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_EMPTY | ZIFU_TROUBLE_FUND)

/* File and the causes planted in it, most certain first, then in the order in which causes are told. */
static const struct
{
  const char *file, *planted;
} histories[] = {
  { "card-not-activated", "card-not-activated" },
  { "account-frozen", "account-frozen" },
  { "identity-changed", "identity-changed" },
  { "family-spent", "spent-by-family" },
  { "out-of-scope", "out-of-scope" },
  { "not-connected", "not-connected" },
  { "unfiled", "unfiled" },
  { "filing-expired", "filing-expired" },
  { "double", "double-enrolment" },
  { "waiting", "waiting" },
  { "two-lost-spent", "card-lost, spent" },
  { "two-dormant-arrears", "card-dormant, arrears" },
  { "two-moved-transit", "account-moved, in-transit" },
  { "two-data-scope", "data-arriving, out-of-scope" },
  { "two-quota-ended", "quota, tie-ended" },
  { "two-resident-interrupted", "resident, interrupted" },
  { "two-family-credit", "spent-by-family, credit-missing" },
  { "two-designated-deposit", "not-designated, deposit" },
  { "two-plan-interrupted", "plan-without-account, interrupted" },
  { "two-connected-payer", "not-connected, other-payer" },
  { "two-tie-pending", "tie-not-allowed, credit-pending" },
};

static ZifuRecordFile *
load (const char *name)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_strdup_printf ("cause-%s.json", name);
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "persons", base, NULL);
  ZifuRecordFile *file = zifu_record_file_load (library, path, &error);

  g_assert_no_error (error);
  return file;
}

/* A person file written in the test; apostrophes stand for quotation marks. */
static ZifuRecordFile *
parse (const char *text)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  ZifuRecordFile *file = zifu_record_file_parse (library, json, -1, "test", &error);

  g_assert_no_error (error);
  return file;
}

static GPtrArray *
diagnose (const ZifuRecordFile *file, ZifuTrouble troubles)
{
  return zifu_diagnose (file->pack, file->record, troubles, file->date);
}

/* Their names; those that are only possible in brackets. */
static char *
names (const GPtrArray *causes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < causes->len; i++)
    {
      const ZifuCause *cause = g_ptr_array_index (causes, i);
      gboolean possible = cause->weight == ZIFU_CAUSE_POSSIBLE;

      g_string_append_printf (text, "%s%s%s%s", i > 0 ? ", " : "", possible ? "(" : "", zifu_cause_name (cause->kind), possible ? ")" : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_causes (const char *text, ZifuTrouble troubles, const char *expected)
{
  g_autoptr (ZifuRecordFile) file = parse (text);
  g_autoptr (GPtrArray) causes = diagnose (file, troubles);
  g_autofree char *found = names (causes);

  g_assert_cmpstr (found, ==, expected);
}

/* What no diagnosis may say of these data. */
static void
assert_not_contradicted (const ZifuRecordFile *file, const ZifuCause *cause)
{
  const ZifuRecord *record = file->record;
  const char *insurance = zifu_facts_get_string (record->person->facts, "insurance");
  ZifuMoney balance = zifu_person_get_balance (record->person);

  g_assert_cmpuint (cause->evidence->len, >, 0);
  g_assert_true ((cause->explains & ALL) != 0);
  g_assert_false (cause->kind == ZIFU_CAUSE_SPENT && balance > 0);
  g_assert_false (cause->kind == ZIFU_CAUSE_RESIDENT && g_strcmp0 (insurance, "390") != 0);
  g_assert_false (cause->kind == ZIFU_CAUSE_QUOTA && balance == 0);
  g_assert_false (cause->kind <= ZIFU_CAUSE_CARD_DORMANT && cause->kind != ZIFU_CAUSE_ACCOUNT_FROZEN && record->card == ZIFU_CARD_ACTIVE);
  g_assert_false (cause->kind == ZIFU_CAUSE_ACCOUNT_FROZEN && record->account == ZIFU_ACCOUNT_NORMAL);
  g_assert_false (cause->kind == ZIFU_CAUSE_OUT_OF_SCOPE && record->refused == NULL && record->bills->len == 0);
  g_assert_false (cause->kind == ZIFU_CAUSE_UNFILED && record->refused == NULL);
}

/* Of states of card, account and data and of who has no account no official document was found; then the words say so. */
static gboolean
rests_on_rule (const ZifuCause *cause)
{
  static const ZifuCauseKind without[] = { ZIFU_CAUSE_ACCOUNT_FROZEN,    ZIFU_CAUSE_CARD_LOST,     ZIFU_CAUSE_CARD_NOT_ACTIVATED,
                                           ZIFU_CAUSE_CARD_DORMANT,      ZIFU_CAUSE_ACCOUNT_CLOSED, ZIFU_CAUSE_IDENTITY_CHANGED,
                                           ZIFU_CAUSE_DATA_ARRIVING,     ZIFU_CAUSE_RESIDENT };

  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    if (cause->kind == without[i])
      return FALSE;
  return TRUE;
}

static void
test_history (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (ZifuRecordFile) file = load (histories[i].file);
  g_autoptr (GPtrArray) causes = diagnose (file, ALL);
  g_autofree char *found = names (causes);

  g_assert_cmpstr (found, ==, histories[i].planted);
  for (guint k = 0; k < causes->len; k++)
    {
      const ZifuCause *cause = g_ptr_array_index (causes, k);

      assert_not_contradicted (file, cause);
      if (rests_on_rule (cause) && (cause->rule == NULL || cause->rule->citations->len == 0))
        g_error ("%s has no source", zifu_cause_name (cause->kind));
    }
}

#define EMPLOYEE "'insurance':'310','status':'active','age':40,'base':'12000.00'"
#define HEAD "{'policy':'110000','date':'2026-11-24','person':{" EMPLOYEE ",'account':{'balance':'3286.40'}},"
#define FINE "'record':{'card':'active','account':'normal'}"
#define VISIT "'date':'2026-11-20','care':'outpatient','class':'3','bill':{'total':'1000.00'}"

static void
test_nothing (void)
{
  assert_causes (HEAD FINE "}", ALL, "");
  assert_causes (HEAD FINE ",'visit':{" VISIT "}}", ALL, "");
  /* Of card and account nothing is known: worth a look, while nothing sure explains what is asked. */
  assert_causes (HEAD "'record':{}}", ZIFU_TROUBLE_ACCOUNT, "(account-frozen), (card-not-activated)");
  assert_causes (HEAD "'record':{}}", ZIFU_TROUBLE_FUND, "(card-not-activated)");
  assert_causes (HEAD "'record':{}}", ZIFU_TROUBLE_EMPTY, "");
  assert_causes (HEAD "'record':{'account':'frozen'}}", ZIFU_TROUBLE_ACCOUNT, "account-frozen");
}

/* Emergencies, the own province and provinces that count as filed need no filing. */
static void
test_filing (void)
{
  assert_causes (HEAD FINE ",'visit':{" VISIT ",'place':'other','remote':'unfiled','place_province':'31'}}", ALL, "unfiled");
  assert_causes (HEAD FINE ",'visit':{" VISIT ",'place':'other','remote':'unfiled','place_province':'13'}}", ALL, "");
  assert_causes (HEAD FINE ",'visit':{" VISIT ",'place':'other','place_province':'12'}}", ALL, "");
  assert_causes (HEAD FINE ",'visit':{" VISIT ",'place':'other','remote':'emergency'}}", ALL, "");
  assert_causes (HEAD FINE ",'visit':{" VISIT ",'place':'other','emergency':true}}", ALL, "");
  assert_causes (HEAD FINE ",'visit':{" VISIT ",'place':'province','remote':'province'}}", ALL, "");
  assert_causes (HEAD
                 "'record':{'card':'active','account':'normal','filings':[{'remote':'filed_long','place':'31','begndate':'2020-01-01'}]},"
                 "'visit':{" VISIT ",'place':'other','remote':'unfiled','place_region':'310000'}}",
                 ALL, "");
}

/* Nothing is concluded from what is not known. */
static void
test_unknown (void)
{
  /* No balance is recorded, but 240.00 a month are credited: there is an account. */
  assert_causes ("{'policy':'110000','date':'2026-11-24','person':{" EMPLOYEE "}," FINE "}", ALL, "");
  /* Without a status no rule says whether anything is credited. */
  assert_causes ("{'policy':'110000','date':'2026-11-24','person':{'insurance':'310','age':40}," FINE "}", ALL, "");
  /* Retired people are covered without contributions. */
  assert_causes (
      "{'policy':'110000','date':'2026-11-24','person':{'insurance':'310','status':'retired','age':72,'account':{'balance':'1.00'}},"
      "'record':{'card':'active','account':'normal','arrears_from':'2026-01'}}",
      ALL, "");
}

/* A quota explains a refusal only when what is left is not enough. */
static void
test_quota (void)
{
#define QUOTA                                                                                                                              \
  "'record':{'card':'active','account':'normal','family':[{'id':'son','relation':'child','given':true,'begndate':'2026-02-01','quota':'"   \
  "3000.00'}]}"
  assert_causes (HEAD QUOTA "}", ZIFU_TROUBLE_ACCOUNT, "quota");
  /* 1,000.00 are below the deductible, 286.40 are left. */
  assert_causes (HEAD QUOTA ",'visit':{" VISIT "}}", ZIFU_TROUBLE_ACCOUNT, "quota");
  assert_causes (HEAD QUOTA ",'visit':{'date':'2026-11-20','care':'outpatient','class':'3','bill':{'total':'286.40'}}}",
                 ZIFU_TROUBLE_ACCOUNT, "");
#undef QUOTA
}

/* Payments for relatives count with and without a tie; several relatives make one cause. */
static void
test_family (void)
{
#define USE(date, amount, who) "{'acct_modi_date':'" date "','kind':'family','pay_sumamt':'" amount "'" who "}"
  g_autoptr (ZifuRecordFile) file = parse (
      HEAD
      "'record':{'card':'active','account':'normal','family':["
      "{'id':'mother','relation':'parent','given':true,'begndate':'2025-01-01'},{'id':'12','relation':'spouse','given':true,'begndate':'"
      "2025-01-01'}],"
      "'movements':[" USE ("2025-11-24", "900.00", ",'relative':'mother'") "," USE ("2025-11-25", "10.00", ",'relative':'mother'") "," USE (
          "2026-05-05", "20.00", ",'relative':'12'") "," USE ("2026-06-06", "30.00", "") "]}}");
  g_autoptr (GPtrArray) causes = diagnose (file, ALL);
  const ZifuCause *cause = g_ptr_array_index (causes, 0);

  g_assert_cmpuint (causes->len, ==, 1);
  g_assert_cmpint (cause->kind, ==, ZIFU_CAUSE_SPENT_BY_FAMILY);
  g_assert_cmpuint (cause->evidence->len, ==, 3);
  speak ("en");
  g_autoptr (ZifuCauseWords) words = zifu_words_cause (cause);
  /* The day a year ago is no longer one of the last twelve months. */
  g_assert_cmpstr (g_ptr_array_index (words->evidence, 0), ==,
                   "mother used 10.00 of it in the last twelve months, last on 25 November 2025.");
  g_assert_cmpstr (g_ptr_array_index (words->evidence, 1), ==,
                   "a relative used 20.00 of it in the last twelve months, last on 5 May 2026.");
  g_assert_cmpstr (g_ptr_array_index (words->evidence, 2), ==,
                   "Payments for relatives took 30.00 in the last twelve months, the last on 6 June 2026.");
#undef USE
}

/* Without rules for the region the states of card and account still speak. */
static void
test_no_rules (void)
{
  g_autoptr (ZifuRecord) record = zifu_record_new ();
  record->card = ZIFU_CARD_LOST;
  g_autoptr (GPtrArray) causes = zifu_diagnose (NULL, record, ALL, zifu_date_new (2026, 11, 24));
  g_autofree char *found = names (causes);

  g_assert_cmpstr (found, ==, "card-lost");
}

/* Every kind has words in both languages; codes come out as words. */
static void
test_words (gconstpointer language)
{
  speak (language);
  for (int kind = 0; kind < ZIFU_N_CAUSES; kind++)
    {
      ZifuCause cause = { .kind = kind, .evidence = g_array_new (FALSE, FALSE, sizeof (ZifuEvidence)) };
      g_autoptr (ZifuCauseWords) words = zifu_words_cause (&cause);

      g_assert_true (words->title[0] != '\0' && words->remedy[0] != '\0' && words->weight[0] != '\0');
      g_assert_true (kind == ZIFU_CAUSE_SPENT || words->where != NULL);
      g_assert_true (words->sure);
      g_array_unref (cause.evidence);
    }
  for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
    {
      g_autoptr (ZifuRecordFile) file = load (histories[i].file);
      g_autoptr (GPtrArray) causes = diagnose (file, ALL);

      for (guint k = 0; k < causes->len; k++)
        {
          g_autoptr (ZifuCauseWords) words = zifu_words_cause (g_ptr_array_index (causes, k));

          for (guint e = 0; e < words->evidence->len; e++)
            {
              const char *text = g_ptr_array_index (words->evidence, e);

              g_assert_null (strchr (text, '{'));
              g_assert_null (strchr (text, '_'));
            }
        }
    }
}

/* Key sentences. */
static void
test_sentences (void)
{
  g_autoptr (ZifuRecordFile) waiting = load ("waiting");
  g_autoptr (GPtrArray) waits = diagnose (waiting, ALL);
  g_autoptr (ZifuRecordFile) payer = load ("two-connected-payer");
  g_autoptr (GPtrArray) payers = diagnose (payer, ALL);

  speak ("zh_CN");
  g_autoptr (ZifuCauseWords) zh = zifu_words_cause (g_ptr_array_index (waits, 0));
  g_assert_cmpstr (zh->title, ==, "还在等待期");
  g_assert_cmpstr (zh->weight, ==, "数据可以确认");
  g_assert_cmpstr (g_ptr_array_index (zh->evidence, 0), ==, "2026年5月到2026年8月没有缴费的月份：4 个。");
  g_assert_cmpstr (g_ptr_array_index (zh->evidence, 1), ==, "等待期到2027年2月底结束。");
  g_autoptr (ZifuCauseWords) zh_payer = zifu_words_cause (g_ptr_array_index (payers, 1));
  g_assert_cmpstr (g_ptr_array_index (zh_payer->evidence, 0), ==, "这笔费用不归医保：工伤。");
  speak ("en");
  g_autoptr (ZifuCauseWords) en = zifu_words_cause (g_ptr_array_index (waits, 0));
  g_assert_cmpstr (g_ptr_array_index (en->evidence, 0), ==, "Months without a contribution from May 2026 to August 2026: 4.");
  /* Beijing's own rule was not found: the national one stands in, and says so. */
  g_assert_true (en->unverified);
  g_assert_nonnull (strstr (en->source, "医保办发〔2021〕43号"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
    {
      g_autofree char *path = g_strconcat ("/diagnose/R06-R20-R23-R27/", histories[i].file, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_history);
    }
  g_test_add_func ("/diagnose/R06/nothing", test_nothing);
  g_test_add_func ("/diagnose/R26-R33/filing", test_filing);
  g_test_add_func ("/diagnose/R20-R31/unknown", test_unknown);
  g_test_add_func ("/diagnose/R12/quota", test_quota);
  g_test_add_func ("/diagnose/R24/family", test_family);
  g_test_add_func ("/diagnose/R23/no-rules", test_no_rules);
  g_test_add_data_func ("/diagnose/R06/words-en", "en", test_words);
  g_test_add_data_func ("/diagnose/R06/words-zh", "zh_CN", test_words);
  g_test_add_func ("/diagnose/R06-R25-R29/sentences", test_sentences);
  return g_test_run ();
}
