/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-trace.h"

#include "zifu-private.h"

#include <string.h>

/**
 * zifu_settlement_keep:
 * @self: a settlement
 * @text: (nullable): a text
 *
 * Returns: (transfer none) (nullable): a copy that lives as long as the settlement
 */
const char *
zifu_settlement_keep (ZifuSettlement *self, const char *text)
{
  return zifu_arena_text (&self->arena, text);
}

/**
 * zifu_trace_add:
 * @self: a settlement
 * @kind: what happened
 * @rule: (nullable): the rule that made it happen
 *
 * Adds a step to the trace.
 *
 * Returns: (transfer none): the step, to be filled before the next one is added
 */
ZifuStep *
zifu_trace_add (ZifuSettlement *self, ZifuStepKind kind, const ZifuRule *rule)
{
  ZifuStep *step = &self->spare;

  if (!self->tracing)
    return step;
  step = ZIFU_ROOM_ADD (self->trace, ZifuStep);
  memset (step, 0, sizeof *step);
  step->kind = kind;
  step->rule = rule;
  step->line = step->band = -1;
  step->ratio.den = step->from.den = step->upto.den = step->cost.den = 1;
  return step;
}

/**
 * zifu_trace_add_part:
 * @self: a settlement
 * @step: one of its steps
 * @payer: who pays; must live as long as the settlement
 * @ratio: at which ratio
 * @amount: how much, in yuan
 *
 * Adds a payer to a step.
 */
void
zifu_trace_add_part (ZifuSettlement *self, ZifuStep *step, const char *payer, ZifuRational ratio, ZifuRational amount)
{
  if (!self->tracing || step->n_parts == ZIFU_STEP_MAX_PARTS)
    return;
  if (step->n_parts == 0)
    step->parts = ZIFU_ARENA_NEW (&self->arena, ZifuStepPart, 2);
  else if (step->n_parts == 2)
    {
      ZifuStepPart *more = ZIFU_ARENA_NEW (&self->arena, ZifuStepPart, ZIFU_STEP_MAX_PARTS);

      step->parts = memcpy (more, step->parts, sizeof *more * 2);
    }
  step->parts[step->n_parts++] = (ZifuStepPart){ payer, zifu_rational_reduce (ratio), zifu_rational_reduce (amount) };
}

/**
 * zifu_trace_set_adjusts:
 * @self: a settlement
 * @step: one of its steps
 * @adjusts: the rules that changed what the step's rule states
 *
 * Notes the adjustments of a step.
 */
void
zifu_trace_set_adjusts (ZifuSettlement *self, ZifuStep *step, const ZifuRules *adjusts)
{
  if (!self->tracing || adjusts->n == 0)
    return;
  step->adjusts.n = adjusts->n;
  step->adjusts.rules = ZIFU_ARENA_NEW (&self->arena, const ZifuRule *, adjusts->n);
  memcpy (step->adjusts.rules, adjusts->rules, sizeof *adjusts->rules * adjusts->n);
}
