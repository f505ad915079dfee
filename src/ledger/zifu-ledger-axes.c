/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

static const char *const form_names[] = {
  [ZIFU_VALUE_NULL] = "null",     [ZIFU_VALUE_STRING] = "string", [ZIFU_VALUE_BOOLEAN] = "boolean",
  [ZIFU_VALUE_NUMBER] = "number", [ZIFU_VALUE_LIST] = "list",
};

/*
 * Which of the forms a value has, as the tables call it.
 */
const char *
_zifu_value_form (const ZifuValue *value)
{
  return form_names[value->kind];
}

/*
 * The value whose form stands in one column and whose text in another.
 */
ZifuValue *
_zifu_column_value (sqlite3_stmt *statement, int form_column, int text_column)
{
  const char *form = (const char *) sqlite3_column_text (statement, form_column);
  const char *text = (const char *) sqlite3_column_text (statement, text_column);
  ZifuRational number;

  if (g_strcmp0 (form, "string") == 0)
    return zifu_value_new_string (text);
  if (g_strcmp0 (form, "boolean") == 0)
    return zifu_value_new_boolean (g_strcmp0 (text, "true") == 0);
  if (g_strcmp0 (form, "number") == 0 && text != NULL && zifu_rational_parse (text, &number))
    return zifu_value_new_number (number);
  if (g_strcmp0 (form, "list") == 0)
    return zifu_value_new_list (g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free));
  return zifu_value_new_null ();
}

static gboolean
insert_axes (ZifuLedger *self, gint64 member_id, const ZifuFacts *facts, GError **error)
{
  for (guint i = 0; i < zifu_facts_get_size (facts); i++)
    {
      const ZifuValue *value = zifu_facts_get_value (facts, i);
      g_autofree char *text = zifu_value_format (value);

      if (value->kind == ZIFU_VALUE_NULL || value->kind == ZIFU_VALUE_LIST)
        continue;
      if (!_zifu_ledger_run (self, error, "INSERT INTO psn_axis_d (psn_no, axis, form, value) VALUES (?, ?, ?, ?)", "ittt", member_id,
                             zifu_facts_get_name (facts, i), form_names[value->kind], text))
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_ledger_set_axes:
 * @self: a ledger
 * @member_id: who
 * @facts: what is stated beyond the members of #ZifuMember: texts, truth values and numbers
 * @error: return location for an error
 *
 * Stores what the rules of a region ask of this person.  It replaces what was stated before.
 *
 * Returns: %FALSE when an error was set; then nothing was changed
 */
gboolean
zifu_ledger_set_axes (ZifuLedger *self, gint64 member_id, const ZifuFacts *facts, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && facts != NULL, FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;
  success = _zifu_ledger_run (self, error, "DELETE FROM psn_axis_d WHERE psn_no = ?", "i", member_id) &&
            insert_axes (self, member_id, facts, error);
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_load_axes:
 * @self: a ledger
 * @member_id: who
 * @facts: where what is stated goes
 * @error: return location for an error
 *
 * Reads what zifu_ledger_set_axes() stored.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_ledger_load_axes (ZifuLedger *self, gint64 member_id, ZifuFacts *facts, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && facts != NULL, FALSE);

  statement = _zifu_ledger_prepare (self, error, "SELECT axis, form, value FROM psn_axis_d WHERE psn_no = ? ORDER BY axis", "i", member_id);
  if (statement == NULL)
    return FALSE;
  while (_zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return TRUE;
      zifu_facts_take (facts, (const char *) sqlite3_column_text (statement, 0), _zifu_column_value (statement, 1, 2));
    }
  return FALSE;
}
