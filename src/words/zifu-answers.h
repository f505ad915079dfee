/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-diagnose.h"
#include "zifu-family.h"
#include "zifu-record.h"
#include "zifu-words.h"

G_BEGIN_DECLS

/**
 * ZifuCauseWords:
 *
 * A cause as it is shown: what it is, what in the data shows it, and what to do.
 */
typedef struct {
  const char *name;     /* zifu_cause_name() */
  char       *title;    /* the card is not activated */
  char       *weight;   /* how sure it is, for people */
  gboolean    sure;
  GPtrArray  *evidence; /* of char* */
  char       *remedy;   /* what to do */
  char       *where;    /* nullable: where to go or to call */
  GPtrArray  *papers;   /* of char*: what to bring */
  char       *source;   /* nullable: document and number */
  char       *url;      /* nullable: only an official site */
  gboolean    unverified;
} ZifuCauseWords;

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
  GPtrArray  *points;     /* of char*: a list, such as what the account may pay */
  GPtrArray  *steps;      /* of char*: what to do, in order */
  char       *where;      /* nullable: where to go or to call */
  GPtrArray  *papers;     /* of char*: what to bring or to keep */
  GPtrArray  *causes;     /* of ZifuCauseWords, most likely first */
  char       *source;     /* nullable: document and number */
  char       *url;        /* nullable: only an official site */
  gboolean    unverified;
  ZifuMoney   bill;       /* a bill to go and estimate with; 0 = none */
  char       *keywords;   /* words by which search finds it, both languages */
} ZifuAnswer;

GPtrArray *zifu_answers (ZifuPack *pack, const ZifuRecord *record, ZifuDate today);
gboolean   zifu_answer_matches (const ZifuAnswer *answer, const char *text);
void       zifu_answer_free (ZifuAnswer *answer);
ZifuCauseWords *zifu_words_cause (const ZifuCause *cause);
char      *zifu_words_shareable (const ZifuShareable *shareable);
void       zifu_cause_words_free (ZifuCauseWords *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCauseWords, zifu_cause_words_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuAnswer, zifu_answer_free)

G_END_DECLS
