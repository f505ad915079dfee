/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

G_BEGIN_DECLS

/* Between the files of this room only.  Every char* that is returned is owned by the caller. */

#define WORDS_MINUS "\342\210\222" /* U+2212 */

/**
 * WordsBorne:
 *
 * What of the person's part the own account may pay, and what it may not.
 */
typedef struct
{
  const ZifuStep *step; /* nullable: the account was not asked */
  ZifuMoney closed;     /* part of the person that no account may pay */
  gboolean closed_out;  /* all of @closed is out of catalogue */
} WordsBorne;

char *zifu_words_fill_take (const char *template_, ...) G_GNUC_NULL_TERMINATED;
char *zifu_words_list (ZifuMoney amount);
char *zifu_words_short (ZifuMoney amount);
char *zifu_words_yuan (ZifuRational yuan, gboolean short_form);
char *zifu_words_yuan_exact (ZifuRational yuan);
char *zifu_words_join (GPtrArray *parts, const char *separator);
void zifu_words_add_left_out (const ZifuSettlement *settlement, GPtrArray *texts);
void zifu_words_add_outdated (const ZifuSettlement *const *settlements, guint n, GPtrArray *texts);

const char *zifu_words_payer_brief (const char *payer);
const char *zifu_words_payer_role (const char *payer, ZifuPayerKind kind);
const char *zifu_words_layer (const ZifuSettlement *settlement, const char *layer);
char *zifu_words_known_pointer (const char *pointer);
gboolean zifu_words_knows_axis (const char *axis);

char *zifu_words_conditions (const ZifuRule *rule);
char *zifu_words_rule_sources (const ZifuRule *rule);
const char *zifu_words_rule_url (const ZifuRule *rule);
const char *zifu_words_reason (const char *reason, const char *chinese);

const ZifuStep *zifu_words_find_step (const ZifuSettlement *settlement, ZifuStepKind kind, const char *layer);
ZifuMoney zifu_words_parts_sum (const ZifuStep *step);
gboolean zifu_words_parts_ratio (const ZifuStep *step, ZifuRational *ratio);
guint zifu_words_count_bands (const ZifuSettlement *settlement, const char *layer, const ZifuStep **only);
gboolean zifu_words_layer_is_later (const ZifuSettlement *settlement, const char *layer);
gboolean zifu_words_takes_over_cap (const ZifuSettlement *settlement, const char *layer);
gboolean zifu_words_is_unverified (const ZifuRule *rule, const ZifuRules *adjusts);
gboolean zifu_words_account_pays (const ZifuRule *rule, ZifuBucket bucket);
WordsBorne zifu_words_borne (const ZifuSettlement *settlement);
gboolean zifu_words_is_name (const char *id);
char    *zifu_words_relative_name (const char *id);

/**
 * WordsGate:
 *
 * What the gates of a settlement did, taken together.
 */
typedef struct
{
  gboolean acted;
  gboolean account_closed;
  gboolean claim;
  ZifuRational share;
} WordsGate;

WordsGate zifu_words_gates (const ZifuSettlement *settlement);
char *zifu_words_gate_step (const ZifuStep *step);

/**
 * WordsSteps:
 *
 * The steps while they are made.
 */
typedef struct
{
  const ZifuSettlement *settlement;
  GPtrArray *steps; /* of ZifuStepWords */
  ZifuMoney rest;   /* what of the bill is still to be shared */
} WordsSteps;

ZifuStepWords *zifu_words_add_step (WordsSteps *self, char *title, char *formula);
void zifu_words_set_figure (ZifuStepWords *words, ZifuMoney amount, const char *role);
void zifu_words_add_rule (WordsSteps *self, ZifuStepWords *words, const ZifuRule *rule);
void zifu_words_add_rules (WordsSteps *self, ZifuStepWords *words, const ZifuStep *step);
void zifu_words_deductible_step (WordsSteps *self, const ZifuStep *step);
void zifu_words_band_step (WordsSteps *self, const ZifuStep *share, const ZifuStep *step);
void zifu_words_cap_step (WordsSteps *self, const ZifuStep *step);
void zifu_words_sheet_step (WordsSteps *self);
void zifu_words_layer_step (WordsSteps *self, const ZifuStep *step);

G_END_DECLS
