/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-answers.h"

#include <string.h>

/* Chinese is written without spaces: a long question fits when two fifths of its pairs of characters are found. */
static gboolean
pairs_match (const char *word, const char *text)
{
  guint n_pairs = 0, n_found = 0;

  for (const char *p = word; *p != '\0' && *g_utf8_next_char (p) != '\0'; p = g_utf8_next_char (p))
    {
      const char *end = g_utf8_next_char (g_utf8_next_char (p));
      g_autofree char *pair = g_strndup (p, end - p);

      n_pairs++;
      if (strstr (text, pair) != NULL)
        n_found++;
    }
  return n_pairs > 0 && n_found * 5 >= n_pairs * 2;
}

static gboolean
word_matches (const char *word, const char *text)
{
  /* Words that stand in every question say nothing about it. */
  static const char *const common[] = { "a",  "am",  "an",   "and",  "are", "can",  "do",  "does", "for", "from", "how",
                                        "i",  "if",  "in",   "is",   "it",  "me",   "my",  "of",   "on",  "that", "the",
                                        "to", "was", "what", "when", "why", "with", "you", "your", NULL };

  if (g_strv_contains (common, word) || strstr (text, word) != NULL)
    return TRUE;
  return g_unichar_iswide (g_utf8_get_char (word)) && g_utf8_strlen (word, -1) > 2 && pairs_match (word, text);
}

static void
append (GString *all, const char *text)
{
  if (text != NULL)
    g_string_append_printf (all, " %s", text);
}

static void
append_lines (GString *all, const GPtrArray *lines)
{
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    append (all, g_ptr_array_index (lines, i));
}

/* Somebody whose card is frozen or lost searches for that word, and finds it in a cause. */
static char *
list_words (const ZifuAnswer *answer)
{
  GString *all = g_string_new (NULL);

  append (all, answer->question);
  append (all, answer->answer);
  append (all, answer->keywords);
  append (all, answer->section);
  append_lines (all, answer->steps);
  append_lines (all, answer->papers);
  for (guint i = 0; answer->causes != NULL && i < answer->causes->len; i++)
    {
      const ZifuCauseWords *cause = g_ptr_array_index (answer->causes, i);

      append (all, cause->title);
      append_lines (all, cause->evidence);
      append (all, cause->remedy);
      append (all, cause->where);
      append_lines (all, cause->papers);
    }
  return g_string_free (all, FALSE);
}

/**
 * zifu_answer_matches:
 * @answer: an answer
 * @text: (nullable): what somebody searches, in own words and either language
 *
 * Returns: whether the answer has all the words of @text; every answer has those of an empty text
 */
gboolean
zifu_answer_matches (const ZifuAnswer *answer, const char *text)
{
  g_return_val_if_fail (answer != NULL, FALSE);

  if (text == NULL)
    return TRUE;
  g_autofree char *all = list_words (answer);
  g_autofree char *haystack = g_utf8_casefold (all, -1);
  g_autofree char *needle = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_regex_split_simple ("[\\s?,.;:!，。？！；：、]+", needle, 0, 0);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && !word_matches (words[i], haystack))
      return FALSE;
  return TRUE;
}
