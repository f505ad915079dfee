/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-answers.h"
#include "zifu-cover-plan.h"
#include "zifu-words-private.h"

G_BEGIN_DECLS

/**
 * AnswerCase:
 *
 * What is known of a person before the questions are answered: an example visit, settled by the engine, and the plan of coverage.
 */
typedef struct
{
  ZifuPack *pack; /* nullable: there are no rules for the region */
  const ZifuRecord *record;
  ZifuPerson *person; /* owned: that of the record, with the share of the benefits that the plan of coverage gives today */
  ZifuDate today;
  gboolean has_account;
  gboolean is_resident;
  ZifuMoney balance;
  ZifuMoney bill;
  ZifuSettlement *example; /* owned, nullable: the engine refused */
  char *refusal;           /* owned, nullable: why there are no figures, as a sentence */
  gboolean is_uncovered;   /* not all of the benefits are paid today */
  ZifuCoverPlan *plan;     /* owned, nullable: no contribution month is known, or no rule fits */
} AnswerCase;

/* Makes one answer. */
typedef ZifuAnswer *(*AnswerMaker) (const AnswerCase *self);

ZifuAnswer *zifu_answer_new (const char *row, const char *section, const char *question, const char *keywords);
void zifu_answer_set_source (ZifuAnswer *answer, const ZifuRule *rule);
void zifu_answer_set_figures (ZifuAnswer *answer, const AnswerCase *self, char *figures);
void zifu_answer_add_point (ZifuAnswer *answer, char *point);
void zifu_answer_add_step (ZifuAnswer *answer, const char *step);
void zifu_answer_add_paper (ZifuAnswer *answer, const char *paper);

ZifuVisit *zifu_answer_visit (const AnswerCase *self, const char *care, const char *institution_class, ZifuMoney total, ZifuMoney out);
ZifuSettlement *zifu_answer_settle (const AnswerCase *self, const ZifuPerson *person, const ZifuVisit *visit, GError **error);
ZifuSettlement *zifu_answer_settle_refused (const AnswerCase *self, GError **error);
ZifuSettlement *zifu_answer_example (const AnswerCase *self, const ZifuPerson *person, ZifuMoney total, ZifuMoney out, GError **error);
const char *zifu_answer_account_trouble (const AnswerCase *self);
char *zifu_answer_note_cover (const AnswerCase *self, char *figures);
char *zifu_answer_place (const char *place);
const ZifuRule *zifu_answer_account_rule (const AnswerCase *self);

ZifuPack *zifu_answer_pack (const AnswerCase *self);
ZifuAnswer *zifu_answer_scope (const AnswerCase *self);
ZifuAnswer *zifu_answer_move (const AnswerCase *self);
ZifuAnswer *zifu_answer_withdrawal (const AnswerCase *self);

const char *zifu_words_cause_title (ZifuCauseKind kind);
const char *zifu_words_cause_remedy (ZifuCauseKind kind);
void zifu_words_claim_papers (GPtrArray *papers);
const char *zifu_words_window (void);
const char *zifu_words_app (void);
char *zifu_words_cover_state (ZifuCoverageState state, ZifuRational share);
char *zifu_words_cover_since (ZifuMonth month, ZifuDate today);
char *zifu_words_cover_months (const ZifuCoverageInterval *interval, gboolean first, gboolean last);
gboolean zifu_words_way_counts (const ZifuPerson *person, const ZifuCoverOption *option);
const ZifuCoverOption *zifu_words_find_way (const ZifuCoverPlan *plan, const ZifuPerson *person, ZifuCoverWay way);
char *zifu_words_way_cost (const ZifuPerson *person, const ZifuCoverOption *option);
char *zifu_words_way_back (const ZifuCoverOption *option, ZifuDate today);
char *zifu_words_way (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuCoverOption *option);
char *zifu_words_way_brief (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuCoverOption *option);
char *zifu_words_way_all (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuCoverOption *make_up);
char *zifu_words_relative (const char *id, const char *relation);

/* The answers of each section, ended by NULL. */
extern const AnswerMaker zifu_answers_paying[];
extern const AnswerMaker zifu_answers_purses[];
extern const AnswerMaker zifu_answers_credit[];
extern const AnswerMaker zifu_answers_trouble[];
extern const AnswerMaker zifu_answers_gaps[];
extern const AnswerMaker zifu_answers_away[];

G_END_DECLS
