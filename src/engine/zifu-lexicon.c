/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-lexicon.h"

/**
 * zifu_lexicon_clear:
 * @self: a lexicon
 *
 * Forgets everything.
 */
void
zifu_lexicon_clear (ZifuLexicon *self)
{
  g_clear_pointer (&self->places, g_free);
  self->mask = self->n = 0;
}

static void
put (ZifuLexicon *self, ZifuLexiconPlace place)
{
  guint i = zifu_text_key_mix (place.key) & self->mask;

  while (self->places[i].text != NULL)
    i = (i + 1) & self->mask;
  self->places[i] = place;
}

static void
widen (ZifuLexicon *self)
{
  ZifuLexiconPlace *before = self->places;
  guint n_before = before != NULL ? self->mask + 1 : 0;

  self->mask = before != NULL ? self->mask * 2 + 1 : 7;
  self->places = g_new0 (ZifuLexiconPlace, self->mask + 1);
  for (guint i = 0; i < n_before; i++)
    if (before[i].text != NULL)
      put (self, before[i]);
  g_free (before);
}

/**
 * zifu_lexicon_add:
 * @self: a lexicon
 * @text: a text that outlives it
 *
 * Returns: its number; a text that is known keeps its own
 */
int
zifu_lexicon_add (ZifuLexicon *self, const char *text)
{
  guint64 key = zifu_text_key (text);
  int id = zifu_lexicon_find (self, text, key);

  if (id >= 0)
    return id;
  if (self->places == NULL || self->n * 2 > self->mask)
    widen (self);
  id = (int) self->n++;
  put (self, (ZifuLexiconPlace){ text, key, id });
  return id;
}
