/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuMoneyStyle:
 * @ZIFU_MONEY_STYLE_LIST: 1,058.00; minus is U+2212
 * @ZIFU_MONEY_STYLE_SYMBOL: ¥1,058.00, for headline and payer figures
 * @ZIFU_MONEY_STYLE_SIGNED: +240.00 or −240.00
 * @ZIFU_MONEY_STYLE_SPOKEN: 1,058.00 yuan, for screen readers
 * @ZIFU_MONEY_STYLE_SHORT: 1,800 when there are no fen, else 1,058.20: inside sentences about rules
 *
 * How an amount is shown to people.
 */
typedef enum {
  ZIFU_MONEY_STYLE_LIST,
  ZIFU_MONEY_STYLE_SYMBOL,
  ZIFU_MONEY_STYLE_SIGNED,
  ZIFU_MONEY_STYLE_SPOKEN,
  ZIFU_MONEY_STYLE_SHORT,
} ZifuMoneyStyle;

/**
 * ZifuDateStyle:
 * @ZIFU_DATE_STYLE_LONG: 2026年11月24日, 24 November 2026
 * @ZIFU_DATE_STYLE_DAY: 11月24日, 24 November
 * @ZIFU_DATE_STYLE_SHORT: 24日, 24 Nov: inside a month
 * @ZIFU_DATE_STYLE_ISO: 2026-11-24: in sources
 *
 * How a day is shown to people.
 */
typedef enum { ZIFU_DATE_STYLE_LONG, ZIFU_DATE_STYLE_DAY, ZIFU_DATE_STYLE_SHORT, ZIFU_DATE_STYLE_ISO } ZifuDateStyle;

/**
 * ZifuPayerKind:
 *
 * The colour and pattern of a payer in bars and legends.
 */
typedef enum {
  ZIFU_PAYER_FUND,    /* pooled fund and other first payers */
  ZIFU_PAYER_LAYER,   /* layers above: large-amount, serious illness, supplements, assistance */
  ZIFU_PAYER_HOSPITAL,
  ZIFU_PAYER_ACCOUNT, /* own account */
  ZIFU_PAYER_FAMILY,  /* relatives' accounts */
  ZIFU_PAYER_CASH,
} ZifuPayerKind;

/**
 * ZifuShare:
 *
 * One payer of a settlement as it is shown: a segment of the bar and a row of the legend.
 */
typedef struct {
  ZifuPayerKind kind;
  char         *name;   /* 统筹基金 */
  char         *brief;  /* 基金: for the one-line legend */
  char         *note;   /* nullable: 1,058.00 − 起付线 337.70，再付 70% */
  ZifuMoney     amount; /* above 0 */
  gboolean      unverified;
} ZifuShare;

/**
 * ZifuStepWords:
 *
 * One step of a settlement as it is shown.
 */
typedef struct {
  char     *title;      /* 减去还没付满的起付线 */
  char     *formula;    /* nullable: 1,058.00 − 337.70（1,800 − 已付 1,462.30） */
  gboolean  has_amount;
  ZifuMoney amount;     /* the figure at the right */
  char     *role;       /* nullable: 余下, 基金付, 我付 … under the figure */
  char     *rule;       /* nullable: 门诊 · 在职 · 2023-01-01 起有效 */
  char     *source;     /* nullable: document, number, date, what supports it; one line a document */
  char     *url;        /* nullable: only an official site */
  char     *confidence; /* nullable: two sources agree, one unofficial source only … */
  gboolean  unverified;
  gboolean  outdated;   /* the rule is past the day to which it is confirmed */
} ZifuStepWords;

void           zifu_words_init (const char *locale_dir);
gboolean       zifu_words_is_chinese (void);
char          *zifu_words_money (ZifuMoney amount, ZifuMoneyStyle style);
char          *zifu_words_ratio (ZifuRational ratio);
char          *zifu_words_date (ZifuDate date, ZifuDateStyle style);
char          *zifu_words_period (ZifuDate first, ZifuDate last);
char          *zifu_words_month (ZifuMonth month, gboolean with_year);
const char    *zifu_words_text (const ZifuText *text);
char          *zifu_words_fill (const char *template_, ...) G_GNUC_NULL_TERMINATED;
char          *zifu_words_saved (gint64 saved, gint64 lost);
char          *zifu_words_error (const GError *error);
char          *zifu_words_error_message (const GError *error);
char          *zifu_words_error_plain (const GError *error);

ZifuPayerKind  zifu_words_payer_kind (const char *layer, const char *payer);
const char    *zifu_words_payer_name (const char *payer);
const char    *zifu_words_bucket (ZifuBucket bucket);
const char    *zifu_words_axis_value (const char *axis, const char *value);
const char    *zifu_words_axis (const char *axis);
char          *zifu_words_source (const ZifuSource *source);
char          *zifu_words_rule (const ZifuRule *rule);
char          *zifu_words_confidence (const ZifuRule *rule);

GPtrArray     *zifu_words_shares (const ZifuSettlement *settlement);
GPtrArray     *zifu_words_steps (const ZifuSettlement *settlement);
GPtrArray     *zifu_words_not_calculated (const ZifuSettlement *settlement);
GPtrArray     *zifu_words_merge_not_calculated (const ZifuSettlement *const *settlements, const char *const *names, guint n);
char          *zifu_words_headline (const ZifuSettlement *settlement);
char          *zifu_words_gate (const ZifuSettlement *settlement);
char          *zifu_words_settlement (const ZifuSettlement *settlement);
char          *zifu_words_open (const ZifuPack *pack, const ZifuOpen *open);
char          *zifu_words_whole_range (ZifuMoney least, ZifuMoney most);
char          *zifu_words_range (const ZifuRange *range);
char          *zifu_words_likely_range (const ZifuRange *range);
GPtrArray     *zifu_words_range_not_calculated (const ZifuRange *range, const char *middle);
GPtrArray     *zifu_words_range_unverified (const ZifuRange *range);
char          *zifu_words_spoken_range (ZifuMoney least, ZifuMoney most);
void           zifu_share_free (ZifuShare *share);
void           zifu_step_words_free (ZifuStepWords *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuShare, zifu_share_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuStepWords, zifu_step_words_free)

G_END_DECLS
