/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ZifuMoney:
 *
 * An amount in whole fen (1/100 yuan).  No floating point ever touches it.
 */
typedef gint64 ZifuMoney;

/** ZIFU_MONEY_LENGTH: bytes of room for any amount as text, its end included. */
#define ZIFU_MONEY_LENGTH 32

/** ZIFU_MONEY_MAX: the largest amount that a bill, a purse or an entry may hold, in fen (below 10^16). */
#define ZIFU_MONEY_MAX G_GINT64_CONSTANT (9999999999999999)

/**
 * ZifuMoneyFlags:
 * @ZIFU_MONEY_PLAIN: digits with two decimals, a leading '-' when negative: the form of our files
 * @ZIFU_MONEY_GROUPED: thousands separated by ','
 *
 * How zifu_money_format() writes an amount.
 */
typedef enum {
  ZIFU_MONEY_PLAIN = 0,
  ZIFU_MONEY_GROUPED = 1 << 0,
} ZifuMoneyFlags;

char    *zifu_money_format (ZifuMoney amount, ZifuMoneyFlags flags);
gsize    zifu_money_print (ZifuMoney amount, char *text);
gboolean zifu_money_parse (const char *text, ZifuMoney *amount, GError **error);
gboolean zifu_money_add (ZifuMoney a, ZifuMoney b, ZifuMoney *sum);

G_END_DECLS
