/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R28 to R32: interrupted contributions. */

#include "zifu-answers-private.h"

const AnswerMaker zifu_answers_gaps[] = { NULL };
