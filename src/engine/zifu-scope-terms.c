/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-scope.h"

#include "zifu-select.h"

/* With amounts up to 10^12 fen and such numbers in a ratio no product leaves 64 bits. */
#define MOST_FEN G_GINT64_CONSTANT (1000000000000)
#define MOST_PARTS 1000000

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
  if (run->live || ratio.num < 0 || ratio.num > MOST_PARTS || ratio.den > MOST_PARTS)
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
 * @run: the run
 * @settlement: where the trace goes
 * @line: the line
 * @category: (nullable): its category
 * @i: which one it is
 * @out: (out): where the line falls
 *
 * Finds what of a line is out of catalogue, category B's first share, and in scope.
 *
 * Returns: %FALSE when the general way has to find it, or to refuse it; then nothing has changed
 */
gboolean
zifu_line_apply (const ZifuLineTerms *terms, ZifuRun *run, ZifuSettlement *settlement, const ZifuBillLine *line, const ZifuValue *category,
                 guint i, ZifuScoped *out)
{
  guint64 letter = category != NULL && category->kind == ZIFU_VALUE_STRING ? category->key : 0;
  gboolean is_stated = terms->is_plain && terms->rule != NULL && terms->rule->u.scope.covered >= 0;
  gboolean covered = is_stated ? terms->rule->u.scope.covered : letter != 'C';
  ZifuMoney left;

  if (!terms->is_plain || line->amount < 0 || line->amount > MOST_FEN || (terms->rule == NULL && letter == 'B' && !line->has_prior))
    return FALSE;
  out->out = line->has_out ? line->out : covered ? 0 : line->amount;
  out->over_limit = line->has_over_limit ? line->over_limit : 0;
  left = line->amount - out->out - out->over_limit;
  if (left < 0 || left > MOST_FEN)
    return FALSE;
  /* Half a fen and more is a fen. */
  out->prior = line->has_prior ? line->prior : MIN (left, (2 * left * terms->num + terms->den) / (2 * terms->den));
  if (out->prior > left)
    return FALSE;
  out->in_scope = left - out->prior;
  out->group = terms->rule != NULL && terms->rule->u.scope.group != NULL ? terms->rule->u.scope.group : "main";
  zifu_use_again (run, terms->used);
  if (terms->rule != NULL && settlement->tracing)
    zifu_tell_scope (settlement, terms->rule, line, i, out);
  return TRUE;
}
