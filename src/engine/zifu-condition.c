/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-private.h"
#include "zifu-condition.h"

/**
 * zifu_condition_new:
 *
 * Returns: (transfer full): a condition that states nothing yet
 */
ZifuCondition *
zifu_condition_new (void)
{
  ZifuCondition *condition = g_new0 (ZifuCondition, 1);

  condition->known = -1;
  condition->min = condition->max = ZIFU_RATIONAL_ZERO;
  return condition;
}

/**
 * zifu_condition_new_equal:
 * @value: (transfer full): a value; a list means any of its members
 *
 * Returns: (transfer full): the condition to be equal to it
 */
ZifuCondition *
zifu_condition_new_equal (ZifuValue *value)
{
  ZifuCondition *condition = zifu_condition_new ();

  g_return_val_if_fail (value != NULL, condition);

  if (value->kind == ZIFU_VALUE_LIST)
    {
      condition->options = g_steal_pointer (&value->list);
      zifu_value_free (value);
    }
  else
    {
      condition->options = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);
      g_ptr_array_add (condition->options, value);
    }
  return condition;
}

/**
 * zifu_condition_free:
 * @condition: (nullable) (transfer full): a condition
 *
 * Frees a condition.
 */
void
zifu_condition_free (ZifuCondition *condition)
{
  if (condition == NULL)
    return;
  g_clear_pointer (&condition->options, g_ptr_array_unref);
  zifu_condition_free (condition->not_);
  g_free (condition);
}

static gboolean
any_option (const ZifuCondition *condition, const ZifuValue *value)
{
  for (guint i = 0; i < condition->options->len; i++)
    {
      const ZifuValue *option = g_ptr_array_index (condition->options, i);

      if (value->kind == ZIFU_VALUE_LIST ? zifu_value_contains (value, option) : zifu_value_equal (option, value))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_bounds (const ZifuCondition *condition, const ZifuValue *value, const char *where, gboolean *holds, GError **error)
{
  if (condition->has_min || condition->has_max)
    {
      ZifuRational number;

      if (!zifu_value_to_number (value, &number))
        {
          g_autofree char *text = zifu_value_format (value);

          zifu_error_set (error, ZIFU_ERROR_INPUT, where, N_ ("not an exact number: {1}"), text, NULL, NULL);
          return FALSE;
        }
      if (condition->has_min && zifu_rational_cmp (number, condition->min) < 0)
        *holds = FALSE;
      if (condition->has_max && zifu_rational_cmp (number, condition->max) > 0)
        *holds = FALSE;
    }
  if (condition->from != 0 || condition->to != 0)
    {
      ZifuDate date = value->kind == ZIFU_VALUE_STRING ? zifu_date_parse (value->string) : 0;

      if (date == 0)
        {
          g_autofree char *text = zifu_value_format (value);

          zifu_error_set (error, ZIFU_ERROR_INPUT, where, N_ ("not a date: {1}"), text, NULL, NULL);
          return FALSE;
        }
      if ((condition->from != 0 && date < condition->from) || (condition->to != 0 && date > condition->to))
        *holds = FALSE;
    }
  return TRUE;
}

/**
 * zifu_condition_holds:
 * @condition: a condition
 * @value: (nullable): what the axis holds; %NULL when it is absent
 * @where: what the condition belongs to, for messages
 * @holds: (out): whether it holds
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_INPUT when a number or a day is wanted and something else is there
 *
 * A condition on an axis that is absent is false, except "not" and "known": false.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_condition_holds (const ZifuCondition *condition, const ZifuValue *value, const char *where, gboolean *holds, GError **error)
{
  g_return_val_if_fail (condition != NULL && holds != NULL, FALSE);

  if (value != NULL && value->kind == ZIFU_VALUE_NULL)
    value = NULL;
  if (condition->options != NULL)
    {
      *holds = value != NULL && any_option (condition, value);
      return TRUE;
    }

  *holds = TRUE;
  if (condition->not_ != NULL)
    {
      gboolean inner;

      if (!zifu_condition_holds (condition->not_, value, where, &inner, error))
        return FALSE;
      *holds = !inner;
    }
  if (condition->known >= 0 && (value != NULL) != (condition->known != 0))
    *holds = FALSE;
  if (condition->has_min || condition->has_max || condition->from != 0 || condition->to != 0)
    {
      if (value == NULL)
        *holds = FALSE;
      else if (*holds)
        return check_bounds (condition, value, where, holds, error);
    }
  return TRUE;
}

static gboolean
all_excluded (const ZifuCondition *a, const ZifuCondition *b)
{
  for (guint i = 0; i < b->options->len; i++)
    {
      const ZifuValue *option = g_ptr_array_index (b->options, i);
      gboolean holds;

      if (option->kind == ZIFU_VALUE_BOOLEAN)
        return FALSE;
      if (!zifu_condition_holds (a, option, "", &holds, NULL) || holds)
        return FALSE;
    }
  return TRUE;
}

static gboolean
excludes_one_way (const ZifuCondition *a, const ZifuCondition *b)
{
  if (a->options != NULL)
    return FALSE;
  if (b->options == NULL)
    return (a->has_max && b->has_min && zifu_rational_cmp (a->max, b->min) < 0) || (a->to != 0 && b->from != 0 && a->to < b->from);
  if (a->not_ != NULL && a->not_->options != NULL && !a->has_min && !a->has_max && a->from == 0 && a->to == 0 && a->known < 0)
    {
      for (guint i = 0; i < b->options->len; i++)
        if (!any_option (a->not_, g_ptr_array_index (b->options, i)))
          return FALSE;
      return TRUE;
    }
  return all_excluded (a, b);
}

/**
 * zifu_condition_excludes:
 * @a: a condition on an axis
 * @b: another condition on the same axis
 *
 * Returns: %TRUE when it is plain to see that both cannot hold together
 */
gboolean
zifu_condition_excludes (const ZifuCondition *a, const ZifuCondition *b)
{
  if (a->options != NULL && b->options != NULL)
    {
      for (guint i = 0; i < a->options->len; i++)
        for (guint j = 0; j < b->options->len; j++)
          if (zifu_value_equal (g_ptr_array_index (a->options, i), g_ptr_array_index (b->options, j)))
            return FALSE;
      return TRUE;
    }
  return excludes_one_way (a, b) || excludes_one_way (b, a);
}
