/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R06, R20, R23 to R27: a balance that cannot be used. */

#include "zifu-answers-private.h"

/**
 * zifu_words_cause:
 * @cause: a cause
 *
 * Returns: (transfer full): the cause in words
 */
ZifuCauseWords *
zifu_words_cause (const ZifuCause *cause)
{
  ZifuCauseWords *words = g_new0 (ZifuCauseWords, 1);

  words->name = zifu_cause_name (cause->kind);
  words->evidence = g_ptr_array_new_with_free_func (g_free);
  words->papers = g_ptr_array_new_with_free_func (g_free);
  return words;
}

const AnswerMaker zifu_answers_trouble[] = { NULL };
