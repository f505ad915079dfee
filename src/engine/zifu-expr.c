/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-private.h"
#include "zifu-expr.h"

#include <string.h>

/**
 * zifu_expr_new:
 * @kind: its form
 *
 * Returns: (transfer full): an expression to be filled
 */
ZifuExpr *
zifu_expr_new (ZifuExprKind kind)
{
  ZifuExpr *expr = g_new0 (ZifuExpr, 1);

  expr->kind = kind;
  expr->number = ZIFU_RATIONAL_ZERO;
  expr->round = ZIFU_ROUND_FEN;
  expr->id = -1;
  return expr;
}

/**
 * zifu_expr_new_number:
 * @number: its value
 *
 * Returns: (transfer full): a literal
 */
ZifuExpr *
zifu_expr_new_number (ZifuRational number)
{
  ZifuExpr *expr = zifu_expr_new (ZIFU_EXPR_NUMBER);

  expr->number = number;
  return expr;
}

/**
 * zifu_expr_new_named:
 * @kind: AXIS, COUNTER, INDEX, AMOUNT, RESULT, or TABLE for a table by an axis
 * @name: what it names
 *
 * Returns: (transfer full): an expression that reads something by name
 */
ZifuExpr *
zifu_expr_new_named (ZifuExprKind kind, const char *name)
{
  ZifuExpr *expr = zifu_expr_new (kind);

  g_return_val_if_fail (name != NULL, expr);

  expr->name = g_strdup (name);
  return expr;
}

/**
 * zifu_expr_take_arg:
 * @expr: a SUM, PRODUCT, MIN or MAX
 * @arg: (transfer full): one more argument
 *
 * Adds an argument.
 */
void
zifu_expr_take_arg (ZifuExpr *expr, ZifuExpr *arg)
{
  g_return_if_fail (expr != NULL && arg != NULL);

  if (expr->args == NULL)
    expr->args = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_expr_free);
  g_ptr_array_add (expr->args, arg);
}

static gboolean
is_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return length > 0;
}

/* Reads the numeric forms of a key: "3", "0-69", "70+", "<3000", ">=3000", "0..3000". */
static void
read_range (ZifuTableKey *key)
{
  const char *text = key->text, *at;
  gsize n = strlen (text);
  g_autofree char *head = NULL;

  if (is_digits (text, n))
    {
      key->numeric = zifu_rational_parse (text, &key->low);
      key->high = key->low;
      key->has_low = key->has_high = key->high_included = TRUE;
    }
  else if (n > 1 && text[n - 1] == '+' && is_digits (text, n - 1))
    {
      head = g_strndup (text, n - 1);
      key->numeric = key->has_low = zifu_rational_parse (head, &key->low);
    }
  else if (text[0] == '<')
    key->numeric = key->has_high = zifu_rational_parse (text + 1, &key->high);
  else if (g_str_has_prefix (text, ">="))
    key->numeric = key->has_low = zifu_rational_parse (text + 2, &key->low);
  else if ((at = strstr (text, "..")) != NULL)
    {
      head = g_strndup (text, (gsize) (at - text));
      key->numeric = zifu_rational_parse (head, &key->low) && zifu_rational_parse (at + 2, &key->high);
      key->has_low = key->has_high = key->numeric;
    }
  else if ((at = strchr (text, '-')) != NULL && is_digits (text, (gsize) (at - text)) && is_digits (at + 1, strlen (at + 1)))
    {
      head = g_strndup (text, (gsize) (at - text));
      key->numeric = zifu_rational_parse (head, &key->low) && zifu_rational_parse (at + 1, &key->high);
      key->has_low = key->has_high = key->high_included = key->numeric;
    }
}

static void
key_clear (gpointer data)
{
  g_free (((ZifuTableKey *) data)->text);
}

static void
entry_free (gpointer data)
{
  ZifuTableEntry *entry = data;

  g_free (entry->text);
  g_array_unref (entry->alternatives);
  zifu_expr_free (entry->value);
  g_free (entry);
}

/**
 * zifu_expr_take_entry:
 * @expr: a TABLE
 * @key: the key as written, alternatives joined by '|'
 * @value: (transfer full): what stands behind it
 *
 * Adds an entry to a table.
 */
void
zifu_expr_take_entry (ZifuExpr *expr, const char *key, ZifuExpr *value)
{
  ZifuTableEntry *entry;
  g_auto (GStrv) parts = NULL;

  g_return_if_fail (expr != NULL && key != NULL && value != NULL);

  entry = g_new0 (ZifuTableEntry, 1);
  entry->text = g_strdup (key);
  entry->value = value;
  entry->alternatives = g_array_new (FALSE, TRUE, sizeof (ZifuTableKey));
  g_array_set_clear_func (entry->alternatives, key_clear);
  parts = g_strsplit (key, "|", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      ZifuTableKey one = { .text = g_strdup (parts[i]), .low = ZIFU_RATIONAL_ZERO, .high = ZIFU_RATIONAL_ZERO };

      read_range (&one);
      g_array_append_val (entry->alternatives, one);
    }
  if (expr->entries == NULL)
    expr->entries = g_ptr_array_new_with_free_func (entry_free);
  g_ptr_array_add (expr->entries, entry);
}

/**
 * zifu_expr_foreach:
 * @expr: (nullable): an expression
 * @func: (scope call): what is done
 * @data: given to @func
 *
 * Calls a function for an expression and for every expression below it.
 */
void
zifu_expr_foreach (ZifuExpr *expr, ZifuExprFunc func, gpointer data)
{
  if (expr == NULL)
    return;
  func (expr, data);
  for (guint i = 0; expr->entries != NULL && i < expr->entries->len; i++)
    zifu_expr_foreach (((ZifuTableEntry *) g_ptr_array_index (expr->entries, i))->value, func, data);
  for (guint i = 0; expr->args != NULL && i < expr->args->len; i++)
    zifu_expr_foreach (g_ptr_array_index (expr->args, i), func, data);
  zifu_expr_foreach (expr->by, func, data);
  zifu_expr_foreach (expr->otherwise, func, data);
  zifu_expr_foreach (expr->at_least, func, data);
  zifu_expr_foreach (expr->low, func, data);
  zifu_expr_foreach (expr->high, func, data);
}

/**
 * zifu_expr_reads:
 * @expr: (nullable): an expression
 * @name: name of an axis, counter, index, amount or result
 *
 * Returns: whether the expression reads it anywhere; a named amount is not looked into
 */
gboolean
zifu_expr_reads (const ZifuExpr *expr, const char *name)
{
  if (expr == NULL)
    return FALSE;
  if (g_strcmp0 (expr->name, name) == 0)
    return TRUE;
  for (guint i = 0; expr->entries != NULL && i < expr->entries->len; i++)
    if (zifu_expr_reads (((ZifuTableEntry *) g_ptr_array_index (expr->entries, i))->value, name))
      return TRUE;
  for (guint i = 0; expr->args != NULL && i < expr->args->len; i++)
    if (zifu_expr_reads (g_ptr_array_index (expr->args, i), name))
      return TRUE;
  return zifu_expr_reads (expr->by, name) || zifu_expr_reads (expr->otherwise, name) || zifu_expr_reads (expr->at_least, name) ||
         zifu_expr_reads (expr->low, name) || zifu_expr_reads (expr->high, name);
}

/**
 * zifu_expr_free:
 * @expr: (nullable) (transfer full): an expression
 *
 * Frees an expression and everything below it.
 */
void
zifu_expr_free (ZifuExpr *expr)
{
  if (expr == NULL)
    return;
  g_free (expr->name);
  g_free (expr->reason);
  g_free (expr->reason_zh);
  g_free (expr->branch);
  zifu_expr_free (expr->by);
  zifu_expr_free (expr->otherwise);
  zifu_expr_free (expr->at_least);
  zifu_expr_free (expr->low);
  zifu_expr_free (expr->high);
  g_clear_pointer (&expr->entries, g_ptr_array_unref);
  g_clear_pointer (&expr->args, g_ptr_array_unref);
  g_free (expr);
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

/**
 * zifu_table_entry_fits:
 * @entry: an entry of a table
 * @value: what the axis or the expression holds by which the table is read
 *
 * Returns: whether one of the keys of the entry fits
 */
gboolean
zifu_table_entry_fits (const ZifuTableEntry *entry, const ZifuValue *value)
{
  for (guint i = 0; i < entry->alternatives->len; i++)
    if (key_fits (&g_array_index (entry->alternatives, ZifuTableKey, i), value))
      return TRUE;
  return FALSE;
}
