/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

/**
 * zifu_words_find_step:
 * @settlement: a settlement
 * @kind: a kind of step
 * @layer: (nullable): the layer that it must be of
 *
 * Returns: (nullable): the first such step of the trace
 */
const ZifuStep *
zifu_words_find_step (const ZifuSettlement *settlement, ZifuStepKind kind, const char *layer)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == kind && (layer == NULL || g_strcmp0 (step->layer, layer) == 0))
        return step;
    }
  return NULL;
}

/**
 * zifu_words_parts_sum:
 * @step: a step with payers
 *
 * Returns: what they pay together, rounded to the fen
 */
ZifuMoney
zifu_words_parts_sum (const ZifuStep *step)
{
  ZifuRational sum = ZIFU_RATIONAL_ZERO;
  ZifuMoney fen = 0;

  for (guint i = 0; i < step->n_parts; i++)
    if (!zifu_rational_add (sum, step->parts[i].amount, &sum))
      return 0;
  return zifu_rational_round (sum, ZIFU_ROUND_FEN, &fen) ? fen : 0;
}

/**
 * zifu_words_parts_ratio:
 * @step: a band
 * @ratio: (out): the share that all payers have together
 *
 * Returns: whether anybody pays
 */
gboolean
zifu_words_parts_ratio (const ZifuStep *step, ZifuRational *ratio)
{
  *ratio = ZIFU_RATIONAL_ZERO;
  for (guint i = 0; i < step->n_parts; i++)
    if (!zifu_rational_add (*ratio, step->parts[i].ratio, ratio))
      return FALSE;
  return zifu_rational_sign (*ratio) > 0;
}

/**
 * zifu_words_count_bands:
 * @settlement: a settlement
 * @layer: a layer
 * @only: (out) (optional) (nullable): the last of them
 *
 * Returns: how many stretches of the cost the layer walked through
 */
guint
zifu_words_count_bands (const ZifuSettlement *settlement, const char *layer, const ZifuStep **only)
{
  guint n = 0;

  if (only != NULL)
    *only = NULL;
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind != ZIFU_STEP_BAND || g_strcmp0 (step->layer, layer) != 0 || zifu_rational_sign (step->cost) <= 0)
        continue;
      n++;
      if (only != NULL)
        *only = step;
    }
  return n;
}

/**
 * zifu_words_layer_is_later:
 * @settlement: a settlement
 * @layer: (nullable): a layer
 *
 * Returns: whether the layer pays after the year, not now
 */
gboolean
zifu_words_layer_is_later (const ZifuSettlement *settlement, const char *layer)
{
  const ZifuStep *step = layer != NULL ? zifu_words_find_step (settlement, ZIFU_STEP_LAYER, layer) : NULL;

  return step != NULL && step->flag;
}

/**
 * zifu_words_takes_over_cap:
 * @settlement: a settlement
 * @layer: a layer
 *
 * Returns: whether the layer pays of what lies above the cap of the layers below it, and of nothing else
 */
gboolean
zifu_words_takes_over_cap (const ZifuSettlement *settlement, const char *layer)
{
  GPtrArray *rules = settlement->pack != NULL ? settlement->pack->by_kind[ZIFU_RULE_LAYER] : NULL;

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (rules, i);

      if (g_strcmp0 (rule->layer, layer) == 0)
        return rule->u.layer.input.n == 1 && rule->u.layer.input.bucket[0] == ZIFU_BUCKET_OVER_CAP;
    }
  return FALSE;
}

/**
 * zifu_words_account_pays:
 * @rule: (nullable): an account rule; without one the usual parts may be paid
 * @bucket: a part of what the person bears
 *
 * Returns: whether the own account may pay it
 */
gboolean
zifu_words_account_pays (const ZifuRule *rule, ZifuBucket bucket)
{
  gboolean stated = rule != NULL && rule->kind == ZIFU_RULE_ACCOUNT && rule->u.account.has_pays;
  ZifuBuckets pays = stated ? rule->u.account.pays : zifu_buckets_account_default ();

  for (guint i = 0; i < pays.n; i++)
    if (pays.bucket[i] == bucket)
      return TRUE;
  return FALSE;
}

/**
 * zifu_words_borne:
 * @settlement: a settlement
 *
 * Returns: which part of what the person bears is closed to the own account
 */
WordsBorne
zifu_words_borne (const ZifuSettlement *settlement)
{
  WordsBorne borne = { zifu_words_find_step (settlement, ZIFU_STEP_ACCOUNT, NULL), 0, TRUE };

  for (int bucket = 0; bucket < ZIFU_N_BUCKETS; bucket++)
    if (settlement->parts[bucket] > 0 && !zifu_words_account_pays (borne.step != NULL ? borne.step->rule : NULL, bucket))
      {
        borne.closed += settlement->parts[bucket];
        borne.closed_out = borne.closed_out && bucket == ZIFU_BUCKET_OUT;
      }
  borne.closed_out = borne.closed_out && borne.closed > 0;
  return borne;
}

/**
 * zifu_words_is_name:
 * @id: (nullable): how a relative's account is called in the data
 *
 * Returns: whether it can be shown to people; a bare number of a database cannot
 */
gboolean
zifu_words_is_name (const char *id)
{
  for (const char *p = id; p != NULL && *p != '\0'; p++)
    if (!g_ascii_isdigit (*p))
      return TRUE;
  return FALSE;
}

/**
 * zifu_words_gates:
 * @settlement: a settlement
 *
 * Returns: what all gates did together
 */
WordsGate
zifu_words_gates (const ZifuSettlement *settlement)
{
  WordsGate gates = { .share = ZIFU_RATIONAL_ONE };

  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind != ZIFU_STEP_GATE)
        continue;
      if (zifu_rational_cmp (step->ratio, gates.share) < 0)
        gates.share = step->ratio;
      gates.account_closed = gates.account_closed || step->flag;
      gates.claim = gates.claim || step->claim;
    }
  gates.acted = gates.account_closed || gates.claim || zifu_rational_cmp (gates.share, ZIFU_RATIONAL_ONE) < 0;
  return gates;
}

static gboolean
step_acts (const ZifuStep *step)
{
  return step->kind == ZIFU_STEP_GATE && (step->flag || step->claim || zifu_rational_cmp (step->ratio, ZIFU_RATIONAL_ONE) < 0);
}

/**
 * zifu_words_gate_step:
 * @step: a gate
 *
 * Returns: (transfer full): why it is shut
 */
char *
zifu_words_gate_step (const ZifuStep *step)
{
  const ZifuRule *rule = step->rule;
  const char *stated = rule != NULL && rule->kind == ZIFU_RULE_GATE ? rule->u.gate.reason : step->reason;
  const char *known = zifu_words_reason (stated, NULL);

  if (known != NULL && known != stated)
    return g_strdup (known);
  if (rule == NULL)
    return g_strdup (zifu_rational_sign (step->ratio) == 0 ? _ ("Coverage is suspended on this day.")
                                                           : _ ("Coverage is in a waiting period on this day."));
  if (zifu_words_text (&rule->title) != NULL)
    return g_strdup (zifu_words_text (&rule->title));
  char *conditions = zifu_words_conditions (rule);
  return stated != NULL && !zifu_words_is_chinese () ? (g_free (conditions), g_strdup (stated))
         : conditions != NULL                        ? conditions
                                                     : g_strdup (stated != NULL ? stated : rule->id);
}

static const char *
gate_effect (const WordsGate *gates)
{
  gboolean shut = zifu_rational_sign (gates->share) == 0;

  if (gates->claim)
    return _ ("Pay everything first, keep invoices and papers, and claim the funds' share afterwards where you are insured.");
  if (shut && gates->account_closed)
    return _ ("The funds pay nothing, and the personal account cannot be used either: the whole bill is paid in cash.");
  if (shut)
    return _ ("The funds pay nothing this time; the money in the account stays usable.");
  if (gates->account_closed)
    return _ ("The personal account cannot be used here; the funds pay as usual.");
  return NULL;
}

/**
 * zifu_words_gate:
 * @settlement: a settlement
 *
 * Returns: (transfer full) (nullable): why the funds pay nothing or less, why the account is closed, or why the person pays
 *   first, and what follows from it; %NULL when no gate acted
 */
char *
zifu_words_gate (const ZifuSettlement *settlement)
{
  g_return_val_if_fail (settlement != NULL, NULL);

  WordsGate gates = zifu_words_gates (settlement);
  if (!gates.acted)
    return NULL;

  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step_acts (step))
        {
          char *sentence = zifu_words_gate_step (step);
          if (g_ptr_array_find_with_equal_func (sentences, sentence, g_str_equal, NULL))
            g_free (sentence);
          else
            g_ptr_array_add (sentences, sentence);
        }
    }
  const char *effect = gate_effect (&gates);
  char *text = effect != NULL ? g_strdup (effect)
                              : zifu_words_fill_take (_ ("Only {1} of the benefits are paid."), zifu_words_ratio (gates.share), NULL);
  for (guint i = sentences->len; i > 0; i--)
    /* Translators: two sentences one after the other; drop the space where your language writes none */
    text = zifu_words_fill_take (C_ ("sentences", "{1} {2}"), g_strdup (g_ptr_array_index (sentences, i - 1)), text, NULL);
  return text;
}
