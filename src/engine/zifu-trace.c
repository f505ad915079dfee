/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-trace.h"

/**
 * zifu_settlement_intern:
 * @self: a settlement
 * @text: (nullable): a text
 *
 * Returns: (transfer none) (nullable): a copy that lives as long as the settlement
 */
const char *
zifu_settlement_intern (ZifuSettlement *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
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
  ZifuStep step = { .kind = kind, .rule = rule, .line = -1, .band = -1 };

  step.ratio = step.from = step.upto = step.cost = ZIFU_RATIONAL_ZERO;
  g_array_append_val (self->trace, step);
  return &g_array_index (self->trace, ZifuStep, self->trace->len - 1);
}

/**
 * zifu_step_add_part:
 * @step: a step
 * @payer: who pays; must live as long as the settlement
 * @ratio: at which ratio
 * @amount: how much, in yuan
 *
 * Adds a payer to a step.
 */
void
zifu_step_add_part (ZifuStep *step, const char *payer, ZifuRational ratio, ZifuRational amount)
{
  if (step->n_parts < ZIFU_STEP_MAX_PARTS)
    step->parts[step->n_parts++] = (ZifuStepPart){ payer, ratio, amount };
}
