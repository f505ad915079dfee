/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-answers-private.h"
#include "zifu-elsewhere.h"
#include "zifu-figure.h"

G_BEGIN_DECLS

/* What several answers say: who pays, step by step, and what stands for a person of whom something else was true. */

char *zifu_answer_who_pays (const ZifuSettlement *settlement);
char *zifu_answer_payers (const ZifuSettlement *settlement);
char *zifu_answer_why_not (const GError *error);
void zifu_answer_add_steps_of (ZifuAnswer *answer, const ZifuSettlement *settlement);
void zifu_answer_add_left_out (ZifuAnswer *answer, const ZifuSettlement *settlement);
void zifu_answer_add_rule_amount (ZifuAnswer *answer, const ZifuRule *rule, ZifuMoney amount);
void zifu_answer_mark_figure (ZifuAnswer *answer, const AnswerCase *self, const ZifuFigure *figure);
void zifu_answer_mark_settlement (ZifuAnswer *answer, const ZifuSettlement *settlement);
const ZifuRule *zifu_answer_share_rule (const ZifuSettlement *settlement);
ZifuPerson *zifu_answer_with_balance (const ZifuPerson *person, ZifuMoney balance);
ZifuFigure zifu_answer_figure (const AnswerCase *self, const char *name, const char *axis, const char *value);
gboolean zifu_answer_is_status (const AnswerCase *self, const char *status);
gboolean zifu_answer_gets_credit (const AnswerCase *self);
gboolean zifu_answer_may_have_account (const AnswerCase *self);
void zifu_answer_add_balance_note (ZifuAnswer *answer, const AnswerCase *self);
gboolean zifu_answer_account_goes_first (const AnswerCase *self);
const char *zifu_answer_rule_title (const ZifuRule *rule);
void zifu_answer_add_part (ZifuAnswer *answer, const char *name, const char *axis, ZifuMoney amount, const char *who);
char *zifu_answer_line_name (const ZifuVisit *visit, int line);
const char *zifu_answer_bucket_payers (const AnswerCase *self, ZifuBucket bucket);
gboolean zifu_answer_tell_bills (ZifuAnswer *answer, const AnswerCase *self);

ZifuAnswer *zifu_answer_pharmacy (const AnswerCase *self);
ZifuAnswer *zifu_answer_save_up (const AnswerCase *self);
ZifuAnswer *zifu_answer_registration_fee (const AnswerCase *self);
ZifuAnswer *zifu_answer_family (const AnswerCase *self);
ZifuAnswer *zifu_answer_plans (const AnswerCase *self);
ZifuAnswer *zifu_answer_both_insurances (const AnswerCase *self);
ZifuAnswer *zifu_answer_operation (const AnswerCase *self);
ZifuAnswer *zifu_answer_how_to_claim (const AnswerCase *self);
ZifuAnswer *zifu_answer_next_credits (const AnswerCase *self);
ZifuAnswer *zifu_answer_base_bounds (const AnswerCase *self);
ZifuAnswer *zifu_answer_relatives_premium (const AnswerCase *self);
ZifuAnswer *zifu_answer_retirement (const AnswerCase *self);
gboolean zifu_answer_add_newborn (ZifuAnswer *answer, const AnswerCase *self);
gboolean zifu_answer_tell_unenrolled (ZifuAnswer *answer, const AnswerCase *self, const char *headline);
const char *zifu_answer_rule_template (const AnswerCase *self, const ZifuRule *rule);
char *zifu_answer_credit_in_words (const ZifuCredit *credit);
ZifuAnswer *zifu_answer_without_filing (const AnswerCase *self);
ZifuAnswer *zifu_answer_outpatient_elsewhere (const AnswerCase *self);
ZifuFilingFound zifu_answer_find_filing (const AnswerCase *self, ZifuPack *pack);
const char *zifu_answer_filing_state (ZifuFilingState state);

G_END_DECLS
