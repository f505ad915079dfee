/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct {
  const char *text; /* nullable: a free place */
  guint       hash;
  int         id;
} ZifuLexiconPlace;

/*
 * Texts as small numbers, in the order in which they were added.  The texts are the pack's.
 */
typedef struct {
  ZifuLexiconPlace *places; /* 2^n of them, at most half of them taken */
  guint             mask;
  guint             n;
} ZifuLexicon;

void zifu_lexicon_clear (ZifuLexicon *self);
int  zifu_lexicon_add (ZifuLexicon *self, const char *text);

/* The number of a text whose g_str_hash() is @hash; −1 = not among them. */
static inline int
zifu_lexicon_find (const ZifuLexicon *self, const char *text, guint hash)
{
  if (self->places == NULL)
    return -1;
  for (guint i = hash & self->mask; self->places[i].text != NULL; i = (i + 1) & self->mask)
    if (self->places[i].hash == hash && strcmp (self->places[i].text, text) == 0)
      return self->places[i].id;
  return -1;
}

G_END_DECLS
