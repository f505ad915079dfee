/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of a settlement as data: for reading and for programs that explain a result, not for comparing. */

#include "zifu-result-json.h"

static const char *const step_names[] = {
  [ZIFU_STEP_ROUTE] = "route",
  [ZIFU_STEP_GATE] = "gate",
  [ZIFU_STEP_SCOPE] = "scope",
  [ZIFU_STEP_BILL] = "bill",
  [ZIFU_STEP_FIXED] = "fixed",
  [ZIFU_STEP_FIRST_OWN] = "first_own",
  [ZIFU_STEP_ACCOUNT_FIRST] = "account_first",
  [ZIFU_STEP_DEDUCTIBLE] = "deductible",
  [ZIFU_STEP_SHARE] = "share",
  [ZIFU_STEP_BAND] = "band",
  [ZIFU_STEP_CAP] = "cap",
  [ZIFU_STEP_LIMIT] = "limit",
  [ZIFU_STEP_LAYER] = "layer",
  [ZIFU_STEP_NOT_ESTIMATED] = "not_estimated",
  [ZIFU_STEP_PERSON] = "person",
  [ZIFU_STEP_ACCOUNT] = "account",
  [ZIFU_STEP_MUTUAL] = "mutual_aid",
  [ZIFU_STEP_CASH] = "cash",
};

static void
set_text (ZifuJsonPen *pen, const char *name, const char *text)
{
  if (text)
    zifu_json_pen_text (pen, name, text);
}

static void
set_rule (ZifuJsonPen *pen, const ZifuRule *rule)
{
  if (!rule)
    {
      zifu_json_pen_null (pen, "rule");
      return;
    }
  zifu_json_pen_text (pen, "rule", rule->id);
  zifu_json_pen_open (pen, "sources", '[');
  for (guint i = 0; i < rule->citations->len; i++)
    zifu_json_pen_text (pen, NULL, g_array_index (rule->citations, ZifuCitation, i).id);
  zifu_json_pen_close (pen, ']');
}

static void
set_adjusts (ZifuJsonPen *pen, const ZifuRules *adjusts)
{
  zifu_json_pen_open (pen, "adjust", '[');
  for (guint i = 0; i < adjusts->n; i++)
    zifu_json_pen_text (pen, NULL, adjusts->rules[i]->id);
  zifu_json_pen_close (pen, ']');
}

static void
set_parts (ZifuJsonPen *pen, const ZifuStep *step)
{
  zifu_json_pen_open (pen, "payers", '[');
  for (guint i = 0; i < step->n_parts; i++)
    {
      const ZifuStepPart *part = &step->parts[i];

      zifu_json_pen_open (pen, NULL, '{');
      zifu_json_pen_text (pen, "payer", part->payer);
      if (step->kind == ZIFU_STEP_BAND)
        zifu_json_pen_number (pen, "ratio", part->ratio);
      zifu_json_pen_number (pen, "amount", part->amount);
      zifu_json_pen_close (pen, '}');
    }
  zifu_json_pen_close (pen, ']');
}

static void
set_bill_operands (ZifuJsonPen *pen, const ZifuStep *step)
{
  if (step->kind == ZIFU_STEP_SCOPE)
    zifu_json_pen_int (pen, "line", step->line);
  else
    zifu_json_pen_money (pen, "total", step->input);
  zifu_json_pen_money (pen, "out", step->out);
  zifu_json_pen_money (pen, "over_limit", step->over_limit);
  zifu_json_pen_money (pen, "prior", step->prior);
  zifu_json_pen_money (pen, "in_scope", step->result);
}

static void
set_fixed_operands (ZifuJsonPen *pen, const ZifuStep *step)
{
  if (step->line >= 0)
    zifu_json_pen_int (pen, "line", step->line);
  zifu_json_pen_money (pen, "in", step->input);
  set_parts (pen, step);
  zifu_json_pen_money (pen, "left", step->result);
}

static void
set_first_own_operands (ZifuJsonPen *pen, const ZifuStep *step)
{
  set_text (pen, "group", step->group);
  zifu_json_pen_money (pen, "in", step->input);
  zifu_json_pen_number (pen, "ratio", step->ratio);
  zifu_json_pen_money (pen, "amount", step->result);
}

static void
set_deductible_operands (ZifuJsonPen *pen, const ZifuStep *step)
{
  zifu_json_pen_money (pen, "in", step->input);
  zifu_json_pen_money (pen, "need", step->need);
  zifu_json_pen_money (pen, "met", step->met);
  zifu_json_pen_money (pen, "applied", step->result);
}

static void
set_band_operands (ZifuJsonPen *pen, const ZifuStep *step)
{
  set_text (pen, "group", step->group);
  zifu_json_pen_int (pen, "band", step->band);
  zifu_json_pen_number (pen, "from", step->from);
  if (step->has_upto)
    zifu_json_pen_number (pen, "upto", step->upto);
  else
    zifu_json_pen_null (pen, "upto");
  zifu_json_pen_number (pen, "cost", step->cost);
  set_parts (pen, step);
}

static void
set_limit_operands (ZifuJsonPen *pen, const ZifuStep *step)
{
  static const char *const measures[] = { "eligible_cost", "fund_paid", "personal_paid" };

  zifu_json_pen_text (pen, "measure", measures[step->measure]);
  zifu_json_pen_boolean (pen, "whole", step->flag);
  zifu_json_pen_money (pen, "before", step->before);
  zifu_json_pen_money (pen, "used", step->used);
  zifu_json_pen_money (pen, "limit", step->limit);
  if (step->least)
    zifu_json_pen_boolean (pen, "at_least", TRUE);
}

static void
set_layer_operands (ZifuJsonPen *pen, const ZifuStep *step)
{
  zifu_json_pen_money (pen, "in", step->input);
  zifu_json_pen_money (pen, "deductible", step->need);
  zifu_json_pen_money (pen, "over_cap", step->over_cap);
  set_parts (pen, step);
  zifu_json_pen_boolean (pen, "after_year", step->flag);
}

static void
set_operands (ZifuJsonPen *pen, const ZifuStep *step)
{
  switch (step->kind)
    {
    case ZIFU_STEP_ROUTE:
      set_text (pen, "benefit", step->name);
      break;
    case ZIFU_STEP_GATE:
      zifu_json_pen_number (pen, "fund", step->ratio);
      zifu_json_pen_boolean (pen, "account", !step->flag);
      zifu_json_pen_boolean (pen, "claim", step->claim);
      break;
    case ZIFU_STEP_SCOPE:
    case ZIFU_STEP_BILL:
      set_bill_operands (pen, step);
      break;
    case ZIFU_STEP_FIXED:
      set_fixed_operands (pen, step);
      break;
    case ZIFU_STEP_FIRST_OWN:
      set_first_own_operands (pen, step);
      break;
    case ZIFU_STEP_DEDUCTIBLE:
      set_deductible_operands (pen, step);
      break;
    case ZIFU_STEP_SHARE:
      set_text (pen, "group", step->group);
      zifu_json_pen_money (pen, "in", step->input);
      set_adjusts (pen, &step->adjusts);
      break;
    case ZIFU_STEP_BAND:
      set_band_operands (pen, step);
      break;
    case ZIFU_STEP_CAP:
      set_text (pen, "group", step->group);
      zifu_json_pen_money (pen, "limit", step->limit);
      zifu_json_pen_money (pen, "left", step->result);
      break;
    case ZIFU_STEP_LIMIT:
      set_limit_operands (pen, step);
      break;
    case ZIFU_STEP_LAYER:
      set_layer_operands (pen, step);
      break;
    case ZIFU_STEP_NOT_ESTIMATED:
      set_text (pen, "reason", step->reason);
      break;
    case ZIFU_STEP_PERSON:
      zifu_json_pen_money (pen, "total", step->input);
      zifu_json_pen_money (pen, "paid_by_others", step->used);
      zifu_json_pen_money (pen, "person", step->result);
      break;
    case ZIFU_STEP_ACCOUNT:
      zifu_json_pen_money (pen, "payable", step->input);
      zifu_json_pen_money (pen, "balance", step->before);
      zifu_json_pen_money (pen, "amount", step->result);
      break;
    case ZIFU_STEP_MUTUAL:
      set_text (pen, "id", step->name);
      zifu_json_pen_money (pen, "amount", step->result);
      break;
    case ZIFU_STEP_ACCOUNT_FIRST:
    case ZIFU_STEP_CASH:
    default:
      zifu_json_pen_money (pen, "amount", step->result);
      break;
    }
}

/**
 * zifu_trace_write:
 * @trace: (element-type ZifuStep): the steps of a settlement
 * @pen: where it goes
 *
 * Writes each step as an object: its name, the rule that decided with its sources, and the operands.
 */
void
zifu_trace_write (const GArray *trace, ZifuJsonPen *pen)
{
  zifu_json_pen_open (pen, "trace", '[');
  for (guint i = 0; i < trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (trace, ZifuStep, i);

      zifu_json_pen_open (pen, NULL, '{');
      zifu_json_pen_text (pen, "step", step_names[step->kind]);
      set_rule (pen, step->rule);
      set_text (pen, "layer", step->layer);
      set_operands (pen, step);
      zifu_json_pen_close (pen, '}');
    }
  zifu_json_pen_close (pen, ']');
}
