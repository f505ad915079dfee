/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-context.h"

#include "zifu-private.h"
#include "zifu-select.h"

#include <string.h>

static void
refuse_keys (const ZifuTableEntry *a, const ZifuTableEntry *b, const ZifuValue *value, const char *where, GError **error)
{
  g_autofree char *text = zifu_value_format (value);

  zifu_error_set (error, ZIFU_ERROR_POLICY, where, N_ ("table keys '{1}' and '{2}' both fit {3}"), a->text, b->text, text);
}

static const ZifuExpr *
no_branch (const ZifuExpr *table, const ZifuValue *value, const char *where, GError **error)
{
  g_autofree char *text = NULL;

  if (table->otherwise != NULL)
    return table->otherwise;
  text = value != NULL ? zifu_value_format (value) : NULL;
  zifu_error_set (error, ZIFU_ERROR_MISSING, where,
                  text != NULL ? N_ ("no entry for {1} = {2}") : N_ ("no entry for {1}, which is not stated"),
                  table->name != NULL ? table->name : "expression", text, NULL);
  return NULL;
}

/* Compares every key: a number may lie in a range, a list may hold several words. */
static const ZifuExpr *
ask_keys (ZifuContext *self, const ZifuExpr *table, const ZifuValue *value, const char *where, GError **error)
{
  const ZifuTableEntry *hit = NULL;

  self->run->live = TRUE;
  for (guint i = 0; value != NULL && table->entries != NULL && i < table->entries->len; i++)
    {
      const ZifuTableEntry *entry = g_ptr_array_index (table->entries, i);

      if (!zifu_table_entry_fits (entry, value))
        continue;
      if (hit != NULL)
        {
          refuse_keys (hit, entry, value, where, error);
          return NULL;
        }
      hit = entry;
    }
  return hit != NULL ? hit->value : no_branch (table, value, where, error);
}

/* The branch of a table that fits the axis or the number by which it is read. */
static const ZifuExpr *
pick_branch (ZifuContext *self, const ZifuExpr *table, const char *where, GError **error)
{
  ZifuValue number = { .kind = ZIFU_VALUE_NUMBER };
  ZifuNumber by;

  if (table->by == NULL)
    {
      const ZifuBound *bound = &self->bound[table->id];
      guint16 branch;

      zifu_context_follow (self);
      branch = table->branch != NULL ? table->branch[bound->held] : ZIFU_BRANCH_ASK;

      if (branch == ZIFU_BRANCH_ASK)
        return ask_keys (self, table, bound->value, where, error);
      if (branch == ZIFU_BRANCH_NONE)
        return no_branch (table, bound->value, where, error);
      return ((const ZifuTableEntry *) g_ptr_array_index (table->entries, branch))->value;
    }
  if (!zifu_context_eval (self, table->by, where, &by, error))
    return NULL;
  number.number = by.value;
  return ask_keys (self, table, by.is_null ? NULL : &number, where, error);
}

static gboolean
eval_axis (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  const ZifuValue *value = self->bound[expr->id].value;
  g_autofree char *text = NULL;

  self->run->live = TRUE;
  if (value == NULL || value->kind == ZIFU_VALUE_NULL)
    {
      zifu_error_set (error, ZIFU_ERROR_MISSING, where, N_ ("axis '{1}' unknown"), expr->name, NULL, NULL);
      return FALSE;
    }
  if (zifu_value_to_number (value, &out->value))
    return TRUE;
  text = zifu_value_format (value);
  zifu_error_set (error, ZIFU_ERROR_INPUT, where, N_ ("not an exact number: {1}"), text, NULL, NULL);
  return FALSE;
}

static gboolean
eval_counter (ZifuContext *self, const ZifuExpr *expr, ZifuNumber *out, GError **error)
{
  ZifuCounterKey key;

  self->run->live = TRUE;
  if (!zifu_context_counter (self, expr->name, expr->id, &key, error))
    return FALSE;
  out->value = zifu_counters_get (self->run->counters, key);
  return TRUE;
}

static gboolean
eval_index (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  g_autofree char *day = NULL;

  /* On all days that are seen alike it has the same value. */
  if (zifu_pack_get_index (self->run->pack, expr->name, self->run->on, &out->value))
    return TRUE;
  day = zifu_date_format (self->run->on);
  zifu_error_set (error, ZIFU_ERROR_MISSING, where, N_ ("index '{1}' has no value on {2}"), expr->name, day, NULL);
  return FALSE;
}

/* Whether the second of the bounds stands for a figure; one that turns up for the first time is noted, and takes the first. */
static gboolean
takes_high (ZifuRun *run, const ZifuExpr *expr)
{
  guint i;

  if (run->ends == NULL)
    return run->unknown_as == ZIFU_UNKNOWN_HIGH;
  if (!g_ptr_array_find (run->ends->seen, expr, &i))
    {
      g_ptr_array_add (run->ends->seen, (gpointer) expr);
      return FALSE;
    }
  return i < 64 && (run->ends->high >> i & 1) != 0;
}

static gboolean
eval_unknown (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  self->run->live = TRUE;
  if (expr->low != NULL && expr->high != NULL && (self->run->unknown_as != ZIFU_UNKNOWN_REFUSED || self->run->ends != NULL))
    return zifu_context_eval (self, takes_high (self->run, expr) ? expr->high : expr->low, where, out, error);
  self->run->unknown = expr;
  zifu_error_set (error, ZIFU_ERROR_UNKNOWN_FIGURE, where, N_ ("figure not known: {1}"), expr->reason, expr->reason_zh, NULL);
  return FALSE;
}

static gboolean
eval_result (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  self->run->live = TRUE;
  for (guint i = 0; i < self->run->n_results; i++)
    if (g_str_equal (self->run->results[i].name, expr->name))
      {
        out->value = zifu_rational_from_fen (self->run->results[i].amount);
        return TRUE;
      }
  zifu_error_set (error, ZIFU_ERROR_POLICY, where, N_ ("no result '{1}' here"), expr->name, NULL, NULL);
  return FALSE;
}

/* "min" passes over null, which is no limit; "max" with a null is null. */
static gboolean
eval_extreme (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  gboolean is_min = expr->kind == ZIFU_EXPR_MIN, any_null = FALSE, any = FALSE;

  for (guint i = 0; expr->args != NULL && i < expr->args->len; i++)
    {
      ZifuNumber number;

      if (!zifu_context_eval (self, g_ptr_array_index (expr->args, i), where, &number, error))
        return FALSE;
      if (number.is_null)
        any_null = TRUE;
      else if (!any)
        out->value = number.value;
      else
        out->value = is_min ? zifu_rational_min (out->value, number.value) : zifu_rational_max (out->value, number.value);
      any = any || !number.is_null;
    }
  out->is_null = is_min ? !any : any_null || !any;
  return TRUE;
}

static gboolean
eval_chain (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  gboolean is_sum = expr->kind == ZIFU_EXPR_SUM;
  ZifuArith arith = { FALSE };

  out->value = is_sum ? ZIFU_RATIONAL_ZERO : ZIFU_RATIONAL_ONE;
  for (guint i = 0; expr->args != NULL && i < expr->args->len; i++)
    {
      ZifuNumber number;

      if (!zifu_context_eval (self, g_ptr_array_index (expr->args, i), where, &number, error))
        return FALSE;
      if (number.is_null)
        {
          zifu_error_set (error, ZIFU_ERROR_POLICY, where, N_ ("null inside {1}"), is_sum ? "sum" : "product", NULL, NULL);
          return FALSE;
        }
      out->value = is_sum ? zifu_arith_add (&arith, out->value, number.value) : zifu_arith_mul (&arith, out->value, number.value);
    }
  return !arith.overflow || zifu_error_overflow (error, where);
}

static gboolean
eval_round (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  ZifuRational value;
  ZifuMoney fen;

  if (!zifu_context_must (self, expr->by, where, &value, error))
    return FALSE;
  if (!zifu_rational_round (value, expr->round, &fen))
    return zifu_error_overflow (error, where);
  out->value = zifu_rational_from_fen (fen);
  return TRUE;
}

/**
 * zifu_context_eval:
 * @self: a context
 * @expr: (nullable): an expression; %NULL is null
 * @where: what the expression belongs to, for messages
 * @out: (out): its value, exact
 * @error: return location: %ZIFU_ERROR
 *
 * Evaluates an expression.  Amounts are in yuan.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_context_eval (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  const ZifuExpr *branch;

  *out = (ZifuNumber){ .is_null = expr == NULL || expr->kind == ZIFU_EXPR_NULL, .value = ZIFU_RATIONAL_ZERO };
  if (out->is_null)
    return TRUE;
  switch (expr->kind)
    {
    case ZIFU_EXPR_NUMBER:
      out->value = expr->number;
      return TRUE;
    case ZIFU_EXPR_TABLE:
      branch = pick_branch (self, expr, where, error);
      return branch != NULL && zifu_context_eval (self, branch, where, out, error);
    case ZIFU_EXPR_AXIS:
      return eval_axis (self, expr, where, out, error);
    case ZIFU_EXPR_COUNTER:
      return eval_counter (self, expr, out, error);
    case ZIFU_EXPR_INDEX:
      return eval_index (self, expr, where, out, error);
    case ZIFU_EXPR_AMOUNT:
      return zifu_context_named_amount (self, expr->id, expr->name, where, out, error);
    case ZIFU_EXPR_RESULT:
      return eval_result (self, expr, where, out, error);
    case ZIFU_EXPR_SUM:
    case ZIFU_EXPR_PRODUCT:
      return eval_chain (self, expr, where, out, error);
    case ZIFU_EXPR_MIN:
    case ZIFU_EXPR_MAX:
      return eval_extreme (self, expr, where, out, error);
    case ZIFU_EXPR_ROUND:
      return eval_round (self, expr, where, out, error);
    case ZIFU_EXPR_UNKNOWN:
      return eval_unknown (self, expr, where, out, error);
    case ZIFU_EXPR_NULL:
    default:
      return TRUE;
    }
}

/**
 * zifu_context_must:
 * @self: a context
 * @expr: (nullable): an expression
 * @where: what the expression belongs to, for messages
 * @out: (out): its value, exact
 * @error: return location: %ZIFU_ERROR
 *
 * Evaluates an expression where "no limit" makes no sense.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_context_must (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuRational *out, GError **error)
{
  ZifuNumber number;

  if (!zifu_context_eval (self, expr, where, &number, error))
    return FALSE;
  if (number.is_null)
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, where, N_ ("null where a number is needed"), NULL, NULL, NULL);
      return FALSE;
    }
  *out = number.value;
  return TRUE;
}

static gboolean
eval_amount_rule (ZifuContext *self, int id, const char *name, const char *where, ZifuNumber *out, GError **error)
{
  const ZifuRule *rule;
  ZifuMoney fen;

  if (!zifu_select_one (self, &self->run->plan->amounts[id], &(const ZifuPlace){ "amount", name, -1 }, &rule, error))
    return FALSE;
  if (rule == NULL)
    {
      zifu_error_set (error, ZIFU_ERROR_MISSING, where, N_ ("no amount rule '{1}' matches"), name, NULL, NULL);
      return FALSE;
    }
  if (!zifu_context_eval (self, rule->value, rule->id, out, error))
    return FALSE;
  if (out->is_null || !rule->has_round)
    return TRUE;
  if (!zifu_rational_round (out->value, rule->round, &fen))
    return zifu_error_overflow (error, rule->id);
  out->value = zifu_rational_from_fen (fen);
  return TRUE;
}

/**
 * zifu_context_named_amount:
 * @self: a context
 * @id: number of an amount
 * @name: its name
 * @where: who asks, for messages
 * @out: (out): its value, in yuan
 * @error: return location: %ZIFU_ERROR
 *
 * Evaluates a formula with a name.
 *
 * Returns: %FALSE when an error was set, also when the formula refers to itself
 */
gboolean
zifu_context_named_amount (ZifuContext *self, int id, const char *name, const char *where, ZifuNumber *out, GError **error)
{
  gboolean done;

  if (self->run->busy == NULL)
    {
      self->run->busy = ZIFU_ARENA_NEW (self->run->scratch, guint8, self->run->plan->n_amounts);
      memset (self->run->busy, 0, self->run->plan->n_amounts);
    }
  if (self->run->busy[id])
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, where, N_ ("amount '{1}' refers to itself"), name, NULL, NULL);
      return FALSE;
    }
  self->run->busy[id] = 1;
  done = eval_amount_rule (self, id, name, where, out, error);
  self->run->busy[id] = 0;
  return done;
}
