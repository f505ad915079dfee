/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-context.h"

#include "zifu-private.h"
#include "zifu-select.h"

#include <string.h>

/**
 * zifu_run_new:
 * @pack: (transfer none): the rules; must outlive the run
 * @person: who; must outlive the run
 * @visit: (nullable): what for; must outlive the run
 * @counters: where the counters stand; must outlive the run
 * @on: the day that decides which rules are in force
 *
 * Returns: (transfer full): what one computation shares
 */
ZifuRun *
zifu_run_new (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuCounters *counters, ZifuDate on)
{
  ZifuRun *run = g_new0 (ZifuRun, 1);

  run->pack = pack;
  run->person = person;
  run->visit = visit;
  run->counters = counters;
  run->on = on;
  run->used = g_ptr_array_new ();
  run->amount_stack = g_ptr_array_new ();
  return run;
}

/**
 * zifu_run_free:
 * @run: (nullable) (transfer full): a run
 *
 * Frees what a computation shared.
 */
void
zifu_run_free (ZifuRun *run)
{
  if (run == NULL)
    return;
  g_ptr_array_unref (run->used);
  g_ptr_array_unref (run->amount_stack);
  zifu_value_free (run->derived_age);
  zifu_value_free (run->derived_stay);
  zifu_value_free (run->derived_date);
  g_free (run);
}

/**
 * zifu_context_init:
 * @self: a context
 * @run: the computation
 * @parent: (nullable): context of the step around this one; must outlive it
 *
 * Begins a context that states no axes of its own yet.
 */
void
zifu_context_init (ZifuContext *self, ZifuRun *run, const ZifuContext *parent)
{
  *self = (ZifuContext){ .run = run, .parent = parent };
}

/**
 * zifu_context_clear:
 * @self: a context
 *
 * Frees what the context holds.
 */
void
zifu_context_clear (ZifuContext *self)
{
  g_clear_pointer (&self->extra, zifu_facts_free);
}

static ZifuFacts *
ensure_extra (ZifuContext *self)
{
  if (self->extra == NULL)
    self->extra = zifu_facts_new ();
  return self->extra;
}

/**
 * zifu_context_set_string:
 * @self: a context
 * @name: name of an axis
 * @text: what it holds in this step
 *
 * States an axis for this step.
 */
void
zifu_context_set_string (ZifuContext *self, const char *name, const char *text)
{
  zifu_facts_set_string (ensure_extra (self), name, text);
}

/**
 * zifu_context_set_number:
 * @self: a context
 * @name: name of an axis
 * @number: what it holds in this step
 *
 * States an axis for this step.
 */
void
zifu_context_set_number (ZifuContext *self, const char *name, ZifuRational number)
{
  zifu_facts_take (ensure_extra (self), name, zifu_value_new_number (number));
}

static const ZifuValue *
keep (ZifuValue **place, ZifuValue *value)
{
  zifu_value_free (*place);
  *place = value;
  return value;
}

/* The axes that follow from others: age on the day, number of the stay, the day itself. */
static const ZifuValue *
derived_axis (ZifuRun *run, const char *name)
{
  if (g_str_equal (name, "age"))
    {
      ZifuDate born;

      if (zifu_facts_get (run->person->facts, "age") != NULL)
        return NULL;
      born = zifu_date_parse (zifu_facts_get_string (run->person->facts, "birth"));
      if (born == 0)
        return NULL;
      return keep (&run->derived_age, zifu_value_new_number (zifu_rational_from_int (zifu_date_full_years (born, run->on))));
    }
  if (g_str_equal (name, "stay"))
    {
      ZifuRational stays = zifu_counters_get (run->counters, "stays");

      return keep (&run->derived_stay, zifu_value_new_number (zifu_rational_from_int ((gint64) (stays.num / stays.den) + 1)));
    }
  if (g_str_equal (name, "date"))
    {
      g_autofree char *text = zifu_date_format (run->on);

      return keep (&run->derived_date, zifu_value_new_string (text));
    }
  return NULL;
}

/**
 * zifu_context_axis:
 * @self: a context
 * @name: name of an axis
 *
 * Looks an axis up: what the step defines, then the visit, then what follows from other axes, then the person.
 *
 * Returns: (nullable) (transfer none): what it holds, until the next look-up; %NULL when it is absent
 */
const ZifuValue *
zifu_context_axis (const ZifuContext *self, const char *name)
{
  ZifuRun *run = self->run;
  const ZifuValue *value;

  for (const ZifuContext *c = self; c != NULL; c = c->parent)
    {
      if (c->extra != NULL && (value = zifu_facts_get (c->extra, name)) != NULL)
        return value;
      if (c->line != NULL && (value = zifu_facts_get (c->line, name)) != NULL)
        return value;
    }
  if (run->visit != NULL && (value = zifu_facts_get (run->visit->facts, name)) != NULL)
    return value;
  value = derived_axis (run, name);
  return value != NULL ? value : zifu_facts_get (run->person->facts, name);
}

/**
 * zifu_context_axis_string:
 * @self: a context
 * @name: name of an axis
 *
 * Returns: (nullable) (transfer none): what it holds, if that is a text
 */
const char *
zifu_context_axis_string (const ZifuContext *self, const char *name)
{
  const ZifuValue *value = zifu_context_axis (self, name);

  return value != NULL && value->kind == ZIFU_VALUE_STRING ? value->string : NULL;
}

static gboolean
axis_unknown (const char *where, const char *axis, GError **error)
{
  zifu_error_set (error, ZIFU_ERROR_MISSING, where, N_ ("axis '{1}' unknown"), axis, NULL, NULL);
  return FALSE;
}

/**
 * zifu_context_name:
 * @self: a context
 * @template_: a name that may hold axes in braces: "sd:{disease}"
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_MISSING
 *
 * Returns: (transfer full) (nullable): the name with the axes filled in; %NULL when one of them is absent
 */
char *
zifu_context_name (const ZifuContext *self, const char *template_, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = template_; *p != '\0'; p++)
    {
      const char *close = *p == '{' ? strchr (p, '}') : NULL;

      if (close == NULL || close == p + 1)
        g_string_append_c (out, *p);
      else
        {
          g_autofree char *axis = g_strndup (p + 1, (gsize) (close - p - 1));
          const ZifuValue *value = zifu_context_axis (self, axis);
          g_autofree char *text = NULL;

          if (value == NULL || value->kind == ZIFU_VALUE_NULL)
            {
              axis_unknown (template_, axis, error);
              return NULL;
            }
          text = zifu_value_format (value);
          g_string_append (out, text);
          p = close;
        }
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
key_fits (const ZifuTableKey *key, const ZifuValue *value)
{
  int low, high;

  switch (value->kind)
    {
    case ZIFU_VALUE_STRING:
      return g_str_equal (key->text, value->string);
    case ZIFU_VALUE_BOOLEAN:
      return g_str_equal (key->text, value->boolean ? "true" : "false");
    case ZIFU_VALUE_LIST:
      for (guint i = 0; i < value->list->len; i++)
        {
          const ZifuValue *member = g_ptr_array_index (value->list, i);

          if (member->kind == ZIFU_VALUE_STRING && g_str_equal (member->string, key->text))
            return TRUE;
        }
      return FALSE;
    case ZIFU_VALUE_NUMBER:
      if (!key->numeric)
        return FALSE;
      low = key->has_low ? zifu_rational_cmp (value->number, key->low) : 1;
      high = key->has_high ? zifu_rational_cmp (value->number, key->high) : -1;
      return low >= 0 && (high < 0 || (high == 0 && key->high_included));
    case ZIFU_VALUE_NULL:
    default:
      return FALSE;
    }
}

static gboolean
entry_fits (const ZifuTableEntry *entry, const ZifuValue *value)
{
  for (guint i = 0; i < entry->alternatives->len; i++)
    if (key_fits (&g_array_index (entry->alternatives, ZifuTableKey, i), value))
      return TRUE;
  return FALSE;
}

/* The branch of a table that fits the axis or the number by which it is read. */
static const ZifuExpr *
pick_branch (const ZifuContext *self, const ZifuExpr *table, const char *where, GError **error)
{
  const ZifuTableEntry *hit = NULL;
  const ZifuValue *value = NULL;
  ZifuValue number = { .kind = ZIFU_VALUE_NUMBER };
  g_autofree char *text = NULL;

  if (table->by != NULL)
    {
      ZifuNumber by;

      if (!zifu_context_eval (self, table->by, where, &by, error))
        return NULL;
      number.number = by.value;
      value = by.is_null ? NULL : &number;
    }
  else
    value = zifu_context_axis (self, table->name);

  for (guint i = 0; value != NULL && table->entries != NULL && i < table->entries->len; i++)
    {
      const ZifuTableEntry *entry = g_ptr_array_index (table->entries, i);

      if (!entry_fits (entry, value))
        continue;
      if (hit != NULL)
        {
          text = zifu_value_format (value);
          zifu_error_set (error, ZIFU_ERROR_POLICY, where, N_ ("table keys '{1}' and '{2}' both fit {3}"), hit->text, entry->text, text);
          return NULL;
        }
      hit = entry;
    }
  if (hit != NULL)
    return hit->value;
  if (table->otherwise != NULL)
    return table->otherwise;
  text = value != NULL ? zifu_value_format (value) : NULL;
  zifu_error_set (error, ZIFU_ERROR_MISSING, where,
                  text != NULL ? N_ ("no entry for {1} = {2}") : N_ ("no entry for {1}, which is not stated"),
                  table->name != NULL ? table->name : "expression", text, NULL);
  return NULL;
}

static gboolean
eval_axis (const ZifuContext *self, const char *name, const char *where, ZifuNumber *out, GError **error)
{
  const ZifuValue *value = zifu_context_axis (self, name);
  g_autofree char *text = NULL;

  if (value == NULL || value->kind == ZIFU_VALUE_NULL)
    return axis_unknown (where, name, error);
  if (zifu_value_to_number (value, &out->value))
    return TRUE;
  text = zifu_value_format (value);
  zifu_error_set (error, ZIFU_ERROR_INPUT, where, N_ ("not an exact number: {1}"), text, NULL, NULL);
  return FALSE;
}

static gboolean
eval_unknown (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  if (expr->low != NULL && expr->high != NULL && self->run->unknown_as != ZIFU_UNKNOWN_REFUSED)
    return zifu_context_eval (self, self->run->unknown_as == ZIFU_UNKNOWN_HIGH ? expr->high : expr->low, where, out, error);
  self->run->unknown = expr;
  zifu_error_set (error, ZIFU_ERROR_UNKNOWN_FIGURE, where, N_ ("figure not known: {1}"), expr->reason, NULL, NULL);
  return FALSE;
}

static gboolean
eval_result (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
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
eval_extreme (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
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
eval_chain (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
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
eval_round (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
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
zifu_context_eval (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error)
{
  g_autofree char *name = NULL;
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
      return eval_axis (self, expr->name, where, out, error);
    case ZIFU_EXPR_COUNTER:
      name = zifu_context_name (self, expr->name, error);
      if (name != NULL)
        out->value = zifu_counters_get (self->run->counters, name);
      return name != NULL;
    case ZIFU_EXPR_INDEX:
      if (zifu_pack_get_index (self->run->pack, expr->name, self->run->on, &out->value))
        return TRUE;
      name = zifu_date_format (self->run->on);
      zifu_error_set (error, ZIFU_ERROR_MISSING, where, N_ ("index '{1}' has no value on {2}"), expr->name, name, NULL);
      return FALSE;
    case ZIFU_EXPR_AMOUNT:
      return zifu_context_named_amount (self, expr->name, where, out, error);
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
zifu_context_must (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuRational *out, GError **error)
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
eval_amount_rule (const ZifuContext *self, const char *name, const char *where, ZifuNumber *out, GError **error)
{
  ZifuQuery query = { .kind = ZIFU_RULE_AMOUNT, .target = -1, .per = -1, .name = name };
  g_autofree char *place = g_strconcat ("amount ", name, NULL);
  const ZifuRule *rule;
  ZifuMoney fen;

  if (!zifu_select_one (self, &query, place, &rule, error))
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
 * @name: name of an amount rule
 * @where: who asks, for messages
 * @out: (out): its value, in yuan
 * @error: return location: %ZIFU_ERROR
 *
 * Evaluates a formula with a name.
 *
 * Returns: %FALSE when an error was set, also when the formula refers to itself
 */
gboolean
zifu_context_named_amount (const ZifuContext *self, const char *name, const char *where, ZifuNumber *out, GError **error)
{
  GPtrArray *stack = self->run->amount_stack;
  gboolean done;

  if (g_ptr_array_find_with_equal_func (stack, name, g_str_equal, NULL))
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, where, N_ ("amount '{1}' refers to itself"), name, NULL, NULL);
      return FALSE;
    }
  g_ptr_array_add (stack, (gpointer) name);
  done = eval_amount_rule (self, name, where, out, error);
  g_ptr_array_set_size (stack, (int) stack->len - 1);
  return done;
}
