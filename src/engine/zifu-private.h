/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the engine's own files. */
#include "zifu-error.h"
#include "zifu-rational.h"

#ifndef N_
/* Marks a message for translation; the words are looked up much later, by those who show them. */
#define N_(text) text
#endif

/*
 * Arrays that are filled anew for every visit are made with this much room, and up to there an element is added without a call.
 */
#define ZIFU_ROOM 16

static inline GArray *
zifu_room_new (guint size)
{
  return g_array_sized_new (FALSE, FALSE, size, ZIFU_ROOM);
}

static inline gpointer
zifu_room_add (GArray *array, gsize size)
{
  if (G_UNLIKELY (array->len >= ZIFU_ROOM))
    {
      g_array_set_size (array, array->len + 1);
      return array->data + size * (array->len - 1);
    }
  return array->data + size * array->len++;
}

/* One more element, to be filled. */
#define ZIFU_ROOM_ADD(array, type) ((type *) zifu_room_add ((array), sizeof (type)))

/*
 * Arithmetic that remembers whether it left the exact range: a chain of operations is checked once at its end.
 */
typedef struct {
  gboolean overflow;
} ZifuArith;

static inline gboolean
zifu_is_small (ZifuInt128 x)
{
  return x == (gint64) x;
}

static inline ZifuRational
zifu_arith_add (ZifuArith *self, ZifuRational a, ZifuRational b)
{
  ZifuRational out = ZIFU_RATIONAL_ZERO;

  /* Most sums are of amounts with the same denominator. */
  if (G_LIKELY (a.den == b.den && zifu_is_small (a.num) && zifu_is_small (b.num)))
    return (ZifuRational){ a.num + b.num, a.den };
  if (!zifu_rational_add (a, b, &out))
    self->overflow = TRUE;
  return out;
}

static inline ZifuRational
zifu_arith_sub (ZifuArith *self, ZifuRational a, ZifuRational b)
{
  ZifuRational out = ZIFU_RATIONAL_ZERO;

  if (G_LIKELY (a.den == b.den && zifu_is_small (a.num) && zifu_is_small (b.num)))
    return (ZifuRational){ a.num - b.num, a.den };
  if (!zifu_rational_sub (a, b, &out))
    self->overflow = TRUE;
  return out;
}

static inline ZifuRational
zifu_arith_mul (ZifuArith *self, ZifuRational a, ZifuRational b)
{
  ZifuRational out = ZIFU_RATIONAL_ZERO;

  if (!zifu_rational_mul (a, b, &out))
    self->overflow = TRUE;
  return out;
}

static inline ZifuRational
zifu_arith_div (ZifuArith *self, ZifuRational a, ZifuRational b)
{
  ZifuRational out = ZIFU_RATIONAL_ZERO;

  if (!zifu_rational_div (a, b, &out))
    self->overflow = TRUE;
  return out;
}

static inline ZifuMoney
zifu_arith_round (ZifuArith *self, ZifuRational yuan, ZifuRound mode)
{
  ZifuMoney out = 0;

  if (yuan.num == 0 || (yuan.den == 100 && mode.unit == 1 && zifu_is_small (yuan.num)))
    return (ZifuMoney) yuan.num;
  if (!zifu_rational_round (yuan, mode, &out))
    self->overflow = TRUE;
  return out;
}

static inline ZifuMoney
zifu_arith_sum (ZifuArith *self, ZifuMoney a, ZifuMoney b)
{
  ZifuMoney out = 0;

  if (!zifu_money_add (a, b, &out))
    self->overflow = TRUE;
  return out;
}

static inline ZifuRational
zifu_rational_min (ZifuRational a, ZifuRational b)
{
  if (G_LIKELY (a.den == b.den))
    return a.num <= b.num ? a : b;
  return zifu_rational_cmp (a, b) <= 0 ? a : b;
}

static inline ZifuRational
zifu_rational_max (ZifuRational a, ZifuRational b)
{
  if (G_LIKELY (a.den == b.den))
    return a.num >= b.num ? a : b;
  return zifu_rational_cmp (a, b) >= 0 ? a : b;
}

gboolean zifu_error_overflow (GError **error, const char *where);
