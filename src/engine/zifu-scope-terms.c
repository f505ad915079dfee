/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-scope.h"

#include "zifu-select.h"

/* Whether no fixed rule fits, and that is remembered. */
static gboolean
has_no_fixed (ZifuContext *context, ZifuFixedPer per)
{
  const ZifuContest *contest = &context->run->plan->fixed[per];
  const ZifuAnswer *answer = zifu_select_answer (context, contest);

  return contest->is_empty || (answer != NULL && answer->n == 0);
}

static gboolean
find_ratio (ZifuContext *context, ZifuLineTerms *terms)
{
  ZifuRational ratio = ZIFU_RATIONAL_ZERO;
  ZifuRun *run = context->run;

  if (terms->rule->u.scope.first_own_bands != NULL || terms->rule->u.scope.price_limit != NULL)
    return FALSE;
  run->live = FALSE;
  if (terms->rule->u.scope.first_own != NULL &&
      !zifu_context_must (context, terms->rule->u.scope.first_own, terms->rule->id, &ratio, NULL))
    return FALSE;
  if (run->live || ratio.num < 0 || ratio.num > ZIFU_LINE_PARTS || ratio.den > ZIFU_LINE_PARTS)
    return FALSE;
  terms->num = (gint64) ratio.num;
  terms->den = (gint64) ratio.den;
  return TRUE;
}

static gboolean
fill (ZifuContext *context, ZifuLineTerms *terms)
{
  const ZifuContest *contest = &context->run->plan->kinds[ZIFU_RULE_SCOPE];
  const ZifuAnswer *answer = zifu_select_answer (context, contest);

  if (context->run->plan->axes[ZIFU_AXIS_GROUP].is_read || !has_no_fixed (context, ZIFU_FIXED_LINE) ||
      !has_no_fixed (context, ZIFU_FIXED_UNIT) || (!contest->is_empty && answer == NULL))
    return FALSE;
  terms->rule = answer != NULL && answer->n > 0 ? answer->rules[0] : NULL;
  terms->is_main = terms->rule == NULL || terms->rule->u.scope.group == NULL || g_str_equal (terms->rule->u.scope.group, "main");
  terms->num = 0;
  terms->den = 1;
  if (terms->rule == NULL)
    return TRUE;
  ZIFU_SET_ADD (context->run->used, terms->rule->plan.index);
  return find_ratio (context, terms);
}

/**
 * zifu_line_terms_new:
 * @context: context of a line that states its item or category, and has just been scoped in the general way
 *
 * Puts together what is remembered of such a line.  Where something in it is live, or more than a ratio, that is what the terms say.
 *
 * Returns: (transfer none): the terms, as long as the view
 */
const ZifuLineTerms *
zifu_line_terms_new (ZifuContext *context)
{
  ZifuRun *run = context->run;
  ZifuArena *memory = &run->views->memory;
  ZifuLineTerms *terms = ZIFU_ARENA_NEW (memory, ZifuLineTerms, 1);
  gboolean live = run->live;
  guint64 *before = zifu_use_begin (run);

  terms->is_plain = fill (context, terms);
  terms->used = zifu_use_keep (run, memory);
  memcpy (run->used, before, sizeof *before * run->plan->n_words);
  run->live = live;
  return terms;
}

/**
 * zifu_line_apply:
 * @terms: terms of lines seen like this one
 * @settlement: where the trace goes
 * @line: the line
 * @letter: zifu_text_key() of its category; 0 = it has none
 * @i: which one it is
 * @out: (out): where the line falls
 *
 * Finds what of a line is out of catalogue, category B's first share, and in scope.  That rules were used is not noted.
 *
 * Returns: %FALSE when the general way has to find it, or to refuse it; then nothing has changed
 */
gboolean
zifu_line_apply (const ZifuLineTerms *terms, ZifuSettlement *settlement, const ZifuBillLine *line, guint64 letter, guint i,
                 ZifuScoped *out)
{
  ZifuMoney left;

  if (!terms->is_plain || line->amount < 0 || line->amount > ZIFU_LINE_FEN || (zifu_line_needs_prior (terms, letter) && !line->has_prior))
    return FALSE;
  out->out = line->has_out ? line->out : zifu_line_is_out (terms, letter) ? line->amount : 0;
  out->over_limit = line->has_over_limit ? line->over_limit : 0;
  left = line->amount - out->out - out->over_limit;
  if (left < 0 || left > ZIFU_LINE_FEN)
    return FALSE;
  out->prior = line->has_prior ? line->prior : zifu_line_prior (left, terms->num, terms->den);
  if (out->prior > left)
    return FALSE;
  out->in_scope = left - out->prior;
  out->group = terms->rule != NULL && terms->rule->u.scope.group != NULL ? terms->rule->u.scope.group : "main";
  if (terms->rule != NULL && settlement->tracing)
    zifu_tell_scope (settlement, terms->rule, line, i, out);
  return TRUE;
}
