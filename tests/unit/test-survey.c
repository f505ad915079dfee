/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-survey.h"

#include "words-support.h"

#define TODAY zifu_date_new (2026, 11, 26)

static void
assert_state (ZifuPack *pack, ZifuSurveyPerson person, ZifuSurveyQuestion question, const char *state)
{
  const char *found = zifu_survey_state_name (zifu_survey (pack, person, question, TODAY));

  if (!g_str_equal (found, state))
    g_error ("%s, %s: %s instead of %s", zifu_survey_person_name (person), zifu_survey_question_name (question), found, state);
}

/* Beijing's figures are marked one by one in its pack: the survey tells them as they are. */
static void
test_beijing (void)
{
  g_autoptr (ZifuPack) pack = beijing_new ();

  assert_state (pack, ZIFU_SURVEY_ACTIVE, ZIFU_SURVEY_OUTPATIENT, "verified");
  assert_state (pack, ZIFU_SURVEY_RETIRED, ZIFU_SURVEY_INPATIENT, "verified");
  /* That flexible workers are treated like employees was not found in any document. */
  assert_state (pack, ZIFU_SURVEY_FLEXIBLE, ZIFU_SURVEY_OUTPATIENT, "unverified");
  /* The cap of residents rests on one source. */
  assert_state (pack, ZIFU_SURVEY_STUDENT, ZIFU_SURVEY_OUTPATIENT, "unverified");
  /* Whether the fund pays at pharmacies was not found: a layer says so. */
  assert_state (pack, ZIFU_SURVEY_ACTIVE, ZIFU_SURVEY_PHARMACY, "partly");
  /* What care costs that was not filed was not found. */
  assert_state (pack, ZIFU_SURVEY_ACTIVE, ZIFU_SURVEY_UNFILED, "absent");
  assert_state (pack, ZIFU_SURVEY_ACTIVE, ZIFU_SURVEY_FILED, "verified");
  /* The premium of flexible workers is confirmed to 2026-06-30 only. */
  assert_state (pack, ZIFU_SURVEY_FLEXIBLE, ZIFU_SURVEY_PREMIUM, "outdated");
  assert_state (pack, ZIFU_SURVEY_WORKING, ZIFU_SURVEY_CREDIT, "none");
}

static ZifuPack *
load (const char *id)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GError) error = NULL;
  ZifuPack *pack = zifu_pack_library_load (library, id, &error);

  g_assert_no_error (error);
  return pack;
}

/* What hangs on the disease, its class or the plan is asked for each of them: where nobody states it, it is not absent. */
static void
test_diseases (void)
{
  g_autoptr (ZifuPack) nanjing = load ("320100"), shenzhen = load ("440300"), chongqing = load ("500000"), hangzhou = load ("330100");

  /* Above the cap of most diseases Nanjing pays by other rules; of HIV and of the kinds of cost of cancer all is known. */
  assert_state (nanjing, ZIFU_SURVEY_ACTIVE, ZIFU_SURVEY_SPECIAL, "partly");
  /* Class 2 is known for plan 1 only. */
  assert_state (shenzhen, ZIFU_SURVEY_ACTIVE, ZIFU_SURVEY_SPECIAL, "partly");
  /* No class is declared there: the rules name three diseases, and a share for all others. */
  assert_state (chongqing, ZIFU_SURVEY_ACTIVE, ZIFU_SURVEY_SPECIAL, "unverified");
  assert_state (chongqing, ZIFU_SURVEY_WORKING, ZIFU_SURVEY_SPECIAL, "unverified");
  /* 800 in plan 1, 3,000 in plan 2. */
  assert_state (chongqing, ZIFU_SURVEY_FLEXIBLE, ZIFU_SURVEY_OUTPATIENT, "unverified");
  /* Nothing of it was collected, whatever the disease. */
  assert_state (hangzhou, ZIFU_SURVEY_ACTIVE, ZIFU_SURVEY_SPECIAL, "absent");
}

/* A pack without a rule knows nothing, and questions that do not arise are no gaps. */
static void
test_empty (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("empty");
  g_autoptr (GError) error = NULL;

  zifu_pack_finish (pack, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ZIFU_N_SURVEY_PEOPLE; i++)
    for (guint q = 0; q < ZIFU_N_SURVEY_QUESTIONS; q++)
      {
        ZifuSurveyState state = zifu_survey (pack, (ZifuSurveyPerson) i, (ZifuSurveyQuestion) q, TODAY);

        g_assert_true (state == ZIFU_SURVEY_ABSENT || state == ZIFU_SURVEY_NONE);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/survey/beijing", test_beijing);
  g_test_add_func ("/survey/diseases-and-plans", test_diseases);
  g_test_add_func ("/survey/empty", test_empty);
  return g_test_run ();
}
