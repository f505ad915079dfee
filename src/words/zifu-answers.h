/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-words.h"

G_BEGIN_DECLS

/**
 * ZifuAnswer:
 *
 * A question of the Guide, answered from one person's data.
 */
typedef struct {
  const char *row;        /* R01 … */
  char       *section;    /* heading under which the question stands */
  char       *question;
  char       *answer;     /* one or two sentences */
  char       *in_your_case; /* nullable: with this person's figures */
  char       *why;        /* nullable */
  GPtrArray  *points;     /* nullable, of char*: a list, such as what the account may pay */
  char       *source;     /* nullable: document and number */
  char       *url;        /* nullable: only an official site */
  gboolean    unverified;
  ZifuMoney   bill;       /* a bill to go and estimate with; 0 = none */
  char       *keywords;   /* words by which search finds it, both languages */
} ZifuAnswer;

GPtrArray *zifu_answers (ZifuPack *pack, const ZifuPerson *person, ZifuDate today);
gboolean   zifu_answer_matches (const ZifuAnswer *answer, const char *text);
void       zifu_answer_free (ZifuAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuAnswer, zifu_answer_free)

G_END_DECLS
