/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-money.h"

G_BEGIN_DECLS

__extension__ typedef __int128 ZifuInt128;
__extension__ typedef unsigned __int128 ZifuUint128;

/**
 * ZifuRational:
 * @num: numerator
 * @den: denominator, always positive
 *
 * An exact fraction.  Expressions, ratios and positions on bands are kept in it; nothing is rounded before a step of the
 * settlement says so.  Every operation that could leave 128 bits reports it instead of wrapping.  A fraction that fits 64 bits need
 * not be reduced: what compares members of it calls zifu_rational_reduce() first.
 */
typedef struct {
  ZifuInt128 num;
  ZifuInt128 den;
} ZifuRational;

/**
 * ZifuRound:
 *
 * A unit of money, and the way to reach it: to the nearest (halves away from zero), towards zero, or upwards.
 */
typedef struct {
  gint32 unit; /* in fen: 1, 10, 100, 1000, 10000, 100000 */
  enum { ZIFU_ROUND_NEAREST, ZIFU_ROUND_DOWN, ZIFU_ROUND_UP } way;
} ZifuRound;

#define ZIFU_RATIONAL_ZERO ((ZifuRational){ 0, 1 })
#define ZIFU_RATIONAL_ONE ((ZifuRational){ 1, 1 })
#define ZIFU_ROUND_FEN ((ZifuRound){ 1, ZIFU_ROUND_NEAREST })

ZifuRational zifu_rational_from_int (gint64 value);
ZifuRational zifu_rational_from_fen (ZifuMoney fen);
ZifuRational zifu_rational_reduce (ZifuRational a);
gboolean     zifu_rational_new (ZifuInt128 num, ZifuInt128 den, ZifuRational *out);
gboolean     zifu_rational_parse (const char *text, ZifuRational *out);
char        *zifu_rational_format (ZifuRational value);

gboolean zifu_rational_add (ZifuRational a, ZifuRational b, ZifuRational *out);
gboolean zifu_rational_sub (ZifuRational a, ZifuRational b, ZifuRational *out);
gboolean zifu_rational_mul (ZifuRational a, ZifuRational b, ZifuRational *out);
gboolean zifu_rational_div (ZifuRational a, ZifuRational b, ZifuRational *out);
int      zifu_rational_cmp (ZifuRational a, ZifuRational b);
int      zifu_rational_sign (ZifuRational a);
gboolean zifu_rational_equal (ZifuRational a, ZifuRational b);
gboolean zifu_rational_is_integer (ZifuRational a);

gboolean zifu_round_parse (const char *text, ZifuRound *out);
gboolean zifu_rational_round (ZifuRational yuan, ZifuRound mode, ZifuMoney *fen);
gboolean zifu_money_share (ZifuMoney amount, ZifuRational ratio, ZifuRound mode, ZifuMoney *out);

G_END_DECLS
