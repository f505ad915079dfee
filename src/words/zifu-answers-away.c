/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R33 to R38: another city. */

#include "zifu-answers-private.h"

const AnswerMaker zifu_answers_away[] = { NULL };
