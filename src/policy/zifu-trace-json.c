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
set_number (JsonObject *object, const char *name, ZifuRational value)
{
  g_autofree char *text = zifu_rational_format (value);

  json_object_set_string_member (object, name, text);
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text)
    json_object_set_string_member (object, name, text);
}

static void
set_rule (JsonObject *object, const ZifuRule *rule)
{
  JsonArray *sources;

  if (!rule)
    {
      json_object_set_null_member (object, "rule");
      return;
    }
  json_object_set_string_member (object, "rule", rule->id);
  sources = json_array_new ();
  for (guint i = 0; i < rule->citations->len; i++)
    json_array_add_string_element (sources, g_array_index (rule->citations, ZifuCitation, i).id);
  json_object_set_array_member (object, "sources", sources);
}

static void
set_adjusts (JsonObject *object, const ZifuRules *adjusts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < adjusts->n; i++)
    json_array_add_string_element (array, adjusts->rules[i]->id);
  json_object_set_array_member (object, "adjust", array);
}

static void
set_parts (JsonObject *object, const ZifuStep *step)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < step->n_parts; i++)
    {
      const ZifuStepPart *part = &step->parts[i];
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "payer", part->payer);
      if (step->kind == ZIFU_STEP_BAND)
        set_number (one, "ratio", part->ratio);
      set_number (one, "amount", part->amount);
      json_array_add_object_element (array, one);
    }
  json_object_set_array_member (object, "payers", array);
}

static void
set_bill_operands (JsonObject *object, const ZifuStep *step)
{
  if (step->kind == ZIFU_STEP_SCOPE)
    json_object_set_int_member (object, "line", step->line);
  else
    zifu_json_set_money (object, "total", step->input);
  zifu_json_set_money (object, "out", step->out);
  zifu_json_set_money (object, "over_limit", step->over_limit);
  zifu_json_set_money (object, "prior", step->prior);
  zifu_json_set_money (object, "in_scope", step->result);
}

static void
set_fixed_operands (JsonObject *object, const ZifuStep *step)
{
  if (step->line >= 0)
    json_object_set_int_member (object, "line", step->line);
  zifu_json_set_money (object, "in", step->input);
  set_parts (object, step);
  zifu_json_set_money (object, "left", step->result);
}

static void
set_first_own_operands (JsonObject *object, const ZifuStep *step)
{
  set_text (object, "group", step->group);
  zifu_json_set_money (object, "in", step->input);
  set_number (object, "ratio", step->ratio);
  zifu_json_set_money (object, "amount", step->result);
}

static void
set_deductible_operands (JsonObject *object, const ZifuStep *step)
{
  zifu_json_set_money (object, "in", step->input);
  zifu_json_set_money (object, "need", step->need);
  zifu_json_set_money (object, "met", step->met);
  zifu_json_set_money (object, "applied", step->result);
}

static void
set_band_operands (JsonObject *object, const ZifuStep *step)
{
  set_text (object, "group", step->group);
  json_object_set_int_member (object, "band", step->band);
  set_number (object, "from", step->from);
  if (step->has_upto)
    set_number (object, "upto", step->upto);
  else
    json_object_set_null_member (object, "upto");
  set_number (object, "cost", step->cost);
  set_parts (object, step);
}

static void
set_limit_operands (JsonObject *object, const ZifuStep *step)
{
  static const char *const measures[] = { "eligible_cost", "fund_paid", "personal_paid" };

  json_object_set_string_member (object, "measure", measures[step->measure]);
  json_object_set_boolean_member (object, "whole", step->flag);
  zifu_json_set_money (object, "before", step->before);
  zifu_json_set_money (object, "used", step->used);
  zifu_json_set_money (object, "limit", step->limit);
}

static void
set_layer_operands (JsonObject *object, const ZifuStep *step)
{
  zifu_json_set_money (object, "in", step->input);
  zifu_json_set_money (object, "deductible", step->need);
  zifu_json_set_money (object, "over_cap", step->over_cap);
  set_parts (object, step);
  json_object_set_boolean_member (object, "after_year", step->flag);
}

static void
set_operands (JsonObject *object, const ZifuStep *step)
{
  switch (step->kind)
    {
    case ZIFU_STEP_ROUTE:
      set_text (object, "benefit", step->name);
      break;
    case ZIFU_STEP_GATE:
      set_number (object, "fund", step->ratio);
      json_object_set_boolean_member (object, "account", !step->flag);
      json_object_set_boolean_member (object, "claim", step->claim);
      break;
    case ZIFU_STEP_SCOPE:
    case ZIFU_STEP_BILL:
      set_bill_operands (object, step);
      break;
    case ZIFU_STEP_FIXED:
      set_fixed_operands (object, step);
      break;
    case ZIFU_STEP_FIRST_OWN:
      set_first_own_operands (object, step);
      break;
    case ZIFU_STEP_DEDUCTIBLE:
      set_deductible_operands (object, step);
      break;
    case ZIFU_STEP_SHARE:
      set_text (object, "group", step->group);
      zifu_json_set_money (object, "in", step->input);
      set_adjusts (object, &step->adjusts);
      break;
    case ZIFU_STEP_BAND:
      set_band_operands (object, step);
      break;
    case ZIFU_STEP_CAP:
      set_text (object, "group", step->group);
      zifu_json_set_money (object, "limit", step->limit);
      zifu_json_set_money (object, "left", step->result);
      break;
    case ZIFU_STEP_LIMIT:
      set_limit_operands (object, step);
      break;
    case ZIFU_STEP_LAYER:
      set_layer_operands (object, step);
      break;
    case ZIFU_STEP_NOT_ESTIMATED:
      set_text (object, "reason", step->reason);
      break;
    case ZIFU_STEP_PERSON:
      zifu_json_set_money (object, "total", step->input);
      zifu_json_set_money (object, "paid_by_others", step->used);
      zifu_json_set_money (object, "person", step->result);
      break;
    case ZIFU_STEP_ACCOUNT:
      zifu_json_set_money (object, "payable", step->input);
      zifu_json_set_money (object, "balance", step->before);
      zifu_json_set_money (object, "amount", step->result);
      break;
    case ZIFU_STEP_MUTUAL:
      set_text (object, "id", step->name);
      zifu_json_set_money (object, "amount", step->result);
      break;
    case ZIFU_STEP_ACCOUNT_FIRST:
    case ZIFU_STEP_CASH:
    default:
      zifu_json_set_money (object, "amount", step->result);
      break;
    }
}

/**
 * zifu_trace_to_json:
 * @trace: (element-type ZifuStep): the steps of a settlement
 *
 * Writes each step as an object: its name, the rule that decided with its sources, and the operands.
 *
 * Returns: (transfer full): a list
 */
JsonArray *
zifu_trace_to_json (const GArray *trace)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (trace, ZifuStep, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "step", step_names[step->kind]);
      set_rule (object, step->rule);
      set_text (object, "layer", step->layer);
      set_operands (object, step);
      json_array_add_object_element (array, object);
    }
  return array;
}
