/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuSurveyState:
 * @ZIFU_SURVEY_ABSENT: nothing is known: the program refuses, or has no figure
 * @ZIFU_SURVEY_PARTLY: known for some institutions, plans or diseases only
 * @ZIFU_SURVEY_UNVERIFIED: known, and at least one figure is not verified
 * @ZIFU_SURVEY_OUTDATED: known, and at least one rule is past the day to which it is confirmed
 * @ZIFU_SURVEY_VERIFIED: known, from official text or two sources throughout
 * @ZIFU_SURVEY_NONE: the question does not arise
 *
 * How well a pack answers a question.
 */
typedef enum {
  ZIFU_SURVEY_ABSENT,
  ZIFU_SURVEY_PARTLY,
  ZIFU_SURVEY_UNVERIFIED,
  ZIFU_SURVEY_OUTDATED,
  ZIFU_SURVEY_VERIFIED,
  ZIFU_SURVEY_NONE,
} ZifuSurveyState;

/**
 * ZifuSurveyQuestion:
 *
 * What is asked of a pack.
 */
typedef enum {
  ZIFU_SURVEY_OUTPATIENT,
  ZIFU_SURVEY_PHARMACY,
  ZIFU_SURVEY_INPATIENT,
  ZIFU_SURVEY_SPECIAL,
  ZIFU_SURVEY_FILED,
  ZIFU_SURVEY_UNFILED,
  ZIFU_SURVEY_CREDIT,
  ZIFU_SURVEY_COVERAGE,
  ZIFU_SURVEY_BASE,
  ZIFU_SURVEY_PREMIUM,
  ZIFU_SURVEY_RETIREMENT,
} ZifuSurveyQuestion;
#define ZIFU_N_SURVEY_QUESTIONS (ZIFU_SURVEY_RETIREMENT + 1)

/**
 * ZifuSurveyPerson:
 *
 * For whom it is asked.
 */
typedef enum {
  ZIFU_SURVEY_ACTIVE,
  ZIFU_SURVEY_FLEXIBLE,
  ZIFU_SURVEY_RETIRED,
  ZIFU_SURVEY_WORKING,
  ZIFU_SURVEY_STUDENT,
  ZIFU_SURVEY_ELDERLY,
} ZifuSurveyPerson;
#define ZIFU_N_SURVEY_PEOPLE (ZIFU_SURVEY_ELDERLY + 1)

ZifuSurveyState zifu_survey (ZifuPack *pack, ZifuSurveyPerson person, ZifuSurveyQuestion question, ZifuDate on);
const char     *zifu_survey_state_name (ZifuSurveyState state);
const char     *zifu_survey_question_name (ZifuSurveyQuestion question);
const char     *zifu_survey_person_name (ZifuSurveyPerson person);

G_END_DECLS
