/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-pack.h"
#include "zifu-person.h"
#include "zifu-visit.h"

G_BEGIN_DECLS

/**
 * ZifuAskedForm:
 * @ZIFU_ASKED_CHOICE: one of several words
 * @ZIFU_ASKED_YES_NO: true or false
 * @ZIFU_ASKED_NUMBER: a number
 * @ZIFU_ASKED_DAY: a day
 *
 * What an axis holds, as the rules that read it show.
 */
typedef enum { ZIFU_ASKED_CHOICE, ZIFU_ASKED_YES_NO, ZIFU_ASKED_NUMBER, ZIFU_ASKED_DAY } ZifuAskedForm;

/**
 * ZifuAsked:
 *
 * An axis that rules of a pack read for this person or visit.
 */
typedef struct {
  char         *axis;
  ZifuAskedForm form;
  GPtrArray    *values; /* of char*: the words of a choice; empty else */
} ZifuAsked;

GPtrArray       *zifu_pack_list_asked (ZifuPack *pack, const ZifuFacts *person, const ZifuFacts *visit, ZifuDate on);
const ZifuAsked *zifu_asked_find (const GPtrArray *asked, const char *axis);

G_END_DECLS
