/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-private.h"
#include "zifu-text-key.h"
#include "zifu-value.h"

static ZifuValue *
value_new (ZifuValueKind kind)
{
  ZifuValue *value = g_new0 (ZifuValue, 1);

  value->kind = kind;
  value->number = ZIFU_RATIONAL_ZERO;
  return value;
}

/**
 * zifu_value_new_null:
 *
 * Returns: (transfer full): a value that is stated to be nothing
 */
ZifuValue *
zifu_value_new_null (void)
{
  return value_new (ZIFU_VALUE_NULL);
}

/**
 * zifu_value_new_string:
 * @text: a text
 *
 * Returns: (transfer full): the text as a value
 */
ZifuValue *
zifu_value_new_string (const char *text)
{
  ZifuValue *value = value_new (ZIFU_VALUE_STRING);

  g_return_val_if_fail (text != NULL, value);

  value->string = g_strdup (text);
  value->key = zifu_text_key (text);
  return value;
}

/**
 * zifu_value_new_boolean:
 * @truth: true or false
 *
 * Returns: (transfer full): the truth value as a value
 */
ZifuValue *
zifu_value_new_boolean (gboolean truth)
{
  ZifuValue *value = value_new (ZIFU_VALUE_BOOLEAN);

  value->boolean = truth != FALSE;
  return value;
}

/**
 * zifu_value_new_number:
 * @number: an exact number
 *
 * Returns: (transfer full): the number as a value
 */
ZifuValue *
zifu_value_new_number (ZifuRational number)
{
  ZifuValue *value = value_new (ZIFU_VALUE_NUMBER);

  value->number = number;
  return value;
}

/**
 * zifu_value_new_list:
 * @values: (transfer full) (element-type ZifuValue): the members; the array frees them
 *
 * Returns: (transfer full): the list as a value
 */
ZifuValue *
zifu_value_new_list (GPtrArray *values)
{
  ZifuValue *value = value_new (ZIFU_VALUE_LIST);

  g_return_val_if_fail (values != NULL, value);

  value->list = values;
  return value;
}

/**
 * zifu_value_copy:
 * @value: (nullable): a value
 *
 * Returns: (transfer full) (nullable): a copy
 */
ZifuValue *
zifu_value_copy (const ZifuValue *value)
{
  ZifuValue *copy;

  if (value == NULL)
    return NULL;
  copy = value_new (value->kind);
  copy->boolean = value->boolean;
  copy->number = value->number;
  copy->string = g_strdup (value->string);
  copy->key = value->key;
  if (value->list != NULL)
    {
      copy->list = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);
      for (guint i = 0; i < value->list->len; i++)
        g_ptr_array_add (copy->list, zifu_value_copy (g_ptr_array_index (value->list, i)));
    }
  return copy;
}

/**
 * zifu_value_free:
 * @value: (nullable) (transfer full): a value
 *
 * Frees a value and what it holds.
 */
void
zifu_value_free (ZifuValue *value)
{
  if (value == NULL)
    return;
  g_free (value->string);
  g_clear_pointer (&value->list, g_ptr_array_unref);
  g_free (value);
}

/**
 * zifu_value_equal:
 * @a: a value
 * @b: another value
 *
 * Returns: whether both are of one kind and equal: "3" and 3 are not
 */
gboolean
zifu_value_equal (const ZifuValue *a, const ZifuValue *b)
{
  if (a->kind != b->kind)
    return FALSE;
  switch (a->kind)
    {
    case ZIFU_VALUE_NULL:
      return TRUE;
    case ZIFU_VALUE_STRING:
      return g_str_equal (a->string, b->string);
    case ZIFU_VALUE_BOOLEAN:
      return a->boolean == b->boolean;
    case ZIFU_VALUE_NUMBER:
      return zifu_rational_equal (a->number, b->number);
    case ZIFU_VALUE_LIST:
    default:
      if (a->list->len != b->list->len)
        return FALSE;
      for (guint i = 0; i < a->list->len; i++)
        if (!zifu_value_equal (g_ptr_array_index (a->list, i), g_ptr_array_index (b->list, i)))
          return FALSE;
      return TRUE;
    }
}

/**
 * zifu_value_contains:
 * @list: a list
 * @value: a value
 *
 * Returns: whether @value is a member of @list
 */
gboolean
zifu_value_contains (const ZifuValue *list, const ZifuValue *value)
{
  g_return_val_if_fail (list->kind == ZIFU_VALUE_LIST, FALSE);

  for (guint i = 0; i < list->list->len; i++)
    if (zifu_value_equal (g_ptr_array_index (list->list, i), value))
      return TRUE;
  return FALSE;
}

/**
 * zifu_value_to_number:
 * @value: a value
 * @number: (out): the number
 *
 * Reads a number, or a number written as text.
 *
 * Returns: %FALSE when the value is neither
 */
gboolean
zifu_value_to_number (const ZifuValue *value, ZifuRational *number)
{
  if (value->kind == ZIFU_VALUE_NUMBER)
    {
      *number = value->number;
      return TRUE;
    }
  return value->kind == ZIFU_VALUE_STRING && zifu_rational_parse (value->string, number);
}

/**
 * zifu_value_format:
 * @value: a value
 *
 * Returns: (transfer full): the value as text, for messages and for names of counters
 */
char *
zifu_value_format (const ZifuValue *value)
{
  GString *out;

  switch (value->kind)
    {
    case ZIFU_VALUE_STRING:
      return g_strdup (value->string);
    case ZIFU_VALUE_BOOLEAN:
      return g_strdup (value->boolean ? "true" : "false");
    case ZIFU_VALUE_NUMBER:
      return zifu_rational_format (value->number);
    case ZIFU_VALUE_LIST:
      out = g_string_new (NULL);
      for (guint i = 0; i < value->list->len; i++)
        {
          g_autofree char *member = zifu_value_format (g_ptr_array_index (value->list, i));

          g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", member);
        }
      return g_string_free (out, FALSE);
    case ZIFU_VALUE_NULL:
    default:
      return g_strdup ("null");
    }
}
