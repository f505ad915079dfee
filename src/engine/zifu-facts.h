/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-text-key.h"
#include "zifu-value.h"

G_BEGIN_DECLS

/*
 * All that facts state, in their order, as one text: equal texts are equal facts.  It is made when they are stated, so that whoever
 * settles recognises them at a glance.
 */
typedef struct {
  guint64 *words; /* owned, nullable; the last one is filled with zeros */
  gsize    n;     /* bytes */
  gsize    size;  /* bytes of room */
  guint64  hash;
  gboolean has_list; /* a list is not in the text */
} ZifuPrint;

/* A person has a handful of facts: a scan over an array is quicker than a hash table, and keeps their order. */
struct _ZifuFacts {
  GArray   *facts; /* of ZifuFact */
  ZifuPrint print;
};

/**
 * zifu_print_words:
 * @self: a print
 *
 * Returns: how many words it has
 */
static inline guint
zifu_print_words (const ZifuPrint *self)
{
  return (guint) ((self->n + sizeof *self->words - 1) / sizeof *self->words);
}

/**
 * zifu_print_is:
 * @self: a print
 * @words: another one
 * @n: how many bytes that has
 *
 * Returns: whether they are the same
 */
static inline gboolean
zifu_print_is (const ZifuPrint *self, const guint64 *words, gsize n)
{
  guint n_words = zifu_print_words (self);
  guint64 other = self->n ^ n;

  if (other != 0)
    return FALSE;
  for (guint i = 0; i < n_words; i++)
    other |= self->words[i] ^ words[i];
  return other == 0;
}

G_END_DECLS
