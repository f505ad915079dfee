/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-text-key.h"

G_BEGIN_DECLS

typedef struct {
  const char *text; /* nullable: a free place */
  guint64     key;
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

/**
 * zifu_lexicon_place:
 * @self: a lexicon
 * @text: a text
 * @key: zifu_text_key() of it
 *
 * Returns: (transfer none) (nullable): where the text stands; %NULL when it is not known
 */
static inline const ZifuLexiconPlace *
zifu_lexicon_place (const ZifuLexicon *self, const char *text, guint64 key)
{
  if (self->places == NULL)
    return NULL;
  for (guint i = zifu_text_key_mix (key) & self->mask; self->places[i].text != NULL; i = (i + 1) & self->mask)
    if (self->places[i].key == key && zifu_text_same (key, self->places[i].text, text))
      return &self->places[i];
  return NULL;
}

/**
 * zifu_lexicon_find:
 * @self: a lexicon
 * @text: a text
 * @key: zifu_text_key() of it
 *
 * Returns: the number of the text; −1 when it is not known
 */
static inline int
zifu_lexicon_find (const ZifuLexicon *self, const char *text, guint64 key)
{
  const ZifuLexiconPlace *place = zifu_lexicon_place (self, text, key);

  return place != NULL ? place->id : -1;
}

/**
 * zifu_lexicon_look:
 * @self: a lexicon
 * @text: a text
 *
 * Returns: the number of the text; −1 when it is not known
 */
static inline int
zifu_lexicon_look (const ZifuLexicon *self, const char *text)
{
  return zifu_lexicon_find (self, text, zifu_text_key (text));
}

G_END_DECLS
