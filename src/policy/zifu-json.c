/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "zifu-json.h"

#include <string.h>

#include <glib/gi18n.h>

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static void
fail_schema (const ZifuPath *path, const char *template_, GError **error)
{
  zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, template_, NULL, NULL);
}

/**
 * zifu_json_to_object:
 * @node: a node
 * @path: its place
 * @error: return location for a #GError
 *
 * Returns: (transfer none): the object, or %NULL with @error set when @node is something else
 */
JsonObject *
zifu_json_to_object (JsonNode *node, const ZifuPath *path, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  fail_schema (path, N_ ("an object in braces is needed here"), error);
  return NULL;
}

/**
 * zifu_json_to_array:
 * @node: a node
 * @path: its place
 * @error: return location for a #GError
 *
 * Returns: (transfer none): the list, or %NULL with @error set when @node is something else
 */
JsonArray *
zifu_json_to_array (JsonNode *node, const ZifuPath *path, GError **error)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  fail_schema (path, N_ ("a list is needed here"), error);
  return NULL;
}

/**
 * zifu_json_to_string:
 * @node: a node
 * @path: its place
 * @error: return location for a #GError
 *
 * Returns: (transfer none): a text that is not empty, or %NULL with @error set
 */
const char *
zifu_json_to_string (JsonNode *node, const ZifuPath *path, GError **error)
{
  const char *text;

  if (!holds (node, G_TYPE_STRING))
    {
      fail_schema (path, N_ ("a text is needed here"), error);
      return NULL;
    }
  text = json_node_get_string (node);
  if (!*text)
    {
      fail_schema (path, N_ ("an empty text cannot stand here"), error);
      return NULL;
    }
  return text;
}

/**
 * zifu_json_to_int:
 * @node: a node
 * @path: its place
 * @out: (out): the number
 * @error: return location for a #GError
 *
 * Returns: whether @node is a whole number
 */
gboolean
zifu_json_to_int (JsonNode *node, const ZifuPath *path, gint64 *out, GError **error)
{
  if (!holds (node, G_TYPE_INT64))
    {
      fail_schema (path, N_ ("a whole number is needed here"), error);
      return FALSE;
    }
  *out = json_node_get_int (node);
  return TRUE;
}

/**
 * zifu_json_to_date:
 * @node: a node
 * @path: its place
 * @out: (out): the day
 * @error: return location for a #GError
 *
 * Returns: whether @node is a day of the calendar, written as "2025-07-01"
 */
gboolean
zifu_json_to_date (JsonNode *node, const ZifuPath *path, ZifuDate *out, GError **error)
{
  const char *text = zifu_json_to_string (node, path, error);
  ZifuDate date;

  if (!text)
    return FALSE;
  date = strlen (text) == 10 ? zifu_date_parse (text) : 0;
  if (date == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_INPUT, N_ ("not a date: '{1}'"), text, NULL);
      return FALSE;
    }
  *out = date;
  return TRUE;
}

/* Digits of a money amount, at most two of them after the point: yuan. */
static gboolean
parse_money (const char *text, const ZifuPath *path, ZifuMoney *out, GError **error)
{
  const char *p = text;
  guint decimals = 0;
  ZifuMoney fen = 0;
  gboolean point = FALSE;
  gboolean too_large = FALSE;

  if (*p == '-' && g_ascii_isdigit (p[1]))
    {
      zifu_path_error (path, error, ZIFU_ERROR_INPUT, N_ ("not a money amount: '{1}' is negative"), text, NULL);
      return FALSE;
    }
  for (; g_ascii_isdigit (*p) || (*p == '.' && !point && p > text && g_ascii_isdigit (p[1])); p++)
    {
      if (*p == '.')
        {
          point = TRUE;
          continue;
        }
      decimals += point;
      if (decimals <= 2)
        {
          too_large = too_large || fen > ZIFU_MONEY_MAX / 10;
          fen = too_large ? 0 : fen * 10 + (*p - '0');
        }
    }
  if (*p || p == text)
    {
      zifu_path_error (path, error, ZIFU_ERROR_INPUT, N_ ("not a money amount: '{1}'"), text, NULL);
      return FALSE;
    }
  if (decimals > 2)
    {
      zifu_path_error (path, error, ZIFU_ERROR_INPUT, N_ ("not a money amount: '{1}' has more than two decimals"), text, NULL);
      return FALSE;
    }
  for (; decimals < 2; decimals++)
    {
      too_large = too_large || fen > ZIFU_MONEY_MAX / 10;
      fen = too_large ? 0 : fen * 10;
    }
  if (too_large || fen > ZIFU_MONEY_MAX)
    {
      zifu_path_error (path, error, ZIFU_ERROR_OVERFLOW, N_ ("not a money amount: '{1}' is more than 99999999999999.99"), text, NULL);
      return FALSE;
    }
  *out = fen;
  return TRUE;
}

/**
 * zifu_json_to_money:
 * @node: a text in yuan with at most two decimals, or a whole number of yuan
 * @path: its place
 * @out: (out): the amount in fen
 * @error: return location for a #GError
 *
 * Returns: whether @node is an amount that a bill may hold: exact, not negative, at most %ZIFU_MONEY_MAX
 */
gboolean
zifu_json_to_money (JsonNode *node, const ZifuPath *path, ZifuMoney *out, GError **error)
{
  if (holds (node, G_TYPE_INT64))
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

      return parse_money (text, path, out, error);
    }
  if (!holds (node, G_TYPE_STRING))
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a money amount is needed here, as text such as \"1300.00\""), NULL, NULL);
      return FALSE;
    }
  return parse_money (json_node_get_string (node), path, out, error);
}

/* A decimal with at most six places, or a fraction: "-12.345678", "1/3". */
static gboolean
is_number_text (const char *text)
{
  const char *p = text;
  const char *start;

  if (*p == '-')
    p++;
  start = p;
  while (g_ascii_isdigit (*p))
    p++;
  if (p == start)
    return FALSE;
  if (*p == '/')
    {
      p++;
      if (*p < '1' || *p > '9')
        return FALSE;
      while (g_ascii_isdigit (*p))
        p++;
      return *p == '\0';
    }
  if (*p == '.')
    {
      start = ++p;
      while (g_ascii_isdigit (*p))
        p++;
      if (p == start || p - start > 6)
        return FALSE;
    }
  return *p == '\0';
}

/**
 * zifu_json_to_number:
 * @node: a whole number, or a text with a decimal or a fraction
 * @path: its place
 * @out: (out): the exact number
 * @error: return location for a #GError
 *
 * Returns: whether @node is an exact number
 */
gboolean
zifu_json_to_number (JsonNode *node, const ZifuPath *path, ZifuRational *out, GError **error)
{
  const char *text;

  if (holds (node, G_TYPE_INT64))
    {
      *out = zifu_rational_from_int (json_node_get_int (node));
      return TRUE;
    }
  if (!holds (node, G_TYPE_STRING))
    {
      fail_schema (path, N_ ("not an exact number: a whole number or a text such as \"0.85\" is needed here"), error);
      return FALSE;
    }
  text = json_node_get_string (node);
  if (!is_number_text (text))
    {
      zifu_path_error (path, error, ZIFU_ERROR_INPUT, N_ ("not an exact number: '{1}' (at most six decimals, or a fraction such as 1/3)"),
                       text, NULL);
      return FALSE;
    }
  if (!zifu_rational_parse (text, out))
    {
      zifu_path_error (path, error, ZIFU_ERROR_OVERFLOW, N_ ("not an exact number: {1} has too many digits"), text, NULL);
      return FALSE;
    }
  return TRUE;
}

/**
 * zifu_json_to_value:
 * @node: a text, a whole number, true or false; or a list of them
 * @path: its place
 * @allow_list: whether a list may stand here
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the value of an axis, or %NULL
 */
ZifuValue *
zifu_json_to_value (JsonNode *node, const ZifuPath *path, gboolean allow_list, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  JsonArray *array;

  if (holds (node, G_TYPE_STRING))
    return zifu_value_new_string (json_node_get_string (node));
  if (holds (node, G_TYPE_INT64))
    return zifu_value_new_number (zifu_rational_from_int (json_node_get_int (node)));
  if (holds (node, G_TYPE_BOOLEAN))
    return zifu_value_new_boolean (json_node_get_boolean (node));
  if (!allow_list || !JSON_NODE_HOLDS_ARRAY (node))
    {
      fail_schema (path, N_ ("a text, a whole number, true or false is needed here"), error);
      return NULL;
    }
  array = json_node_get_array (node);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);
      ZifuValue *value = zifu_json_to_value (json_array_get_element (array, i), &at, FALSE, error);

      if (!value)
        return NULL;
      g_ptr_array_add (list, value);
    }
  return zifu_value_new_list (g_steal_pointer (&list));
}

/**
 * zifu_json_to_strv:
 * @node: a list of texts
 * @path: its place
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the texts, or %NULL
 */
char **
zifu_json_to_strv (JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!array)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);
      const char *text = zifu_json_to_string (json_array_get_element (array, i), &at, error);

      if (!text)
        return NULL;
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static gboolean
is_han (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
        return TRUE;
    }
  return FALSE;
}

/**
 * zifu_json_to_text:
 * @node: a text in one language, or {"zh": …, "en": …}
 * @path: its place
 * @out: (out): the text in the languages in which it is given; a plain text counts as Chinese when it holds a Chinese character
 * @error: return location for a #GError
 *
 * Returns: whether @node is a text for people
 */
gboolean
zifu_json_to_text (JsonNode *node, const ZifuPath *path, ZifuText *out, GError **error)
{
  g_autofree char *zh = NULL;
  g_autofree char *en = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      /* The name of the locale is understood, too: it is what other files call the language. */
      if (!zifu_json_check_fields (object, path, "", "zh zh_CN en", error) || !zifu_json_get_string (object, "zh_CN", path, &zh, error) ||
          !zifu_json_get_string (object, "zh", path, &zh, error) || !zifu_json_get_string (object, "en", path, &en, error))
        return FALSE;
    }
  else
    {
      const char *text = zifu_json_to_string (node, path, error);

      if (!text)
        return FALSE;
      if (is_han (text))
        zh = g_strdup (text);
      else
        en = g_strdup (text);
    }
  g_free (out->zh);
  g_free (out->en);
  out->zh = g_steal_pointer (&zh);
  out->en = g_steal_pointer (&en);
  return TRUE;
}

/**
 * zifu_json_to_reason:
 * @node: why a figure is not known: a text, or {"zh": …, "en": …}
 * @path: its place
 * @english: (out) (transfer full): the reason; in the language in which it stands when it stands in one only
 * @chinese: (out) (transfer full) (nullable): the reason in Chinese, when both are given
 * @error: return location for a #GError
 *
 * Returns: whether @node is a reason
 */
gboolean
zifu_json_to_reason (JsonNode *node, const ZifuPath *path, char **english, char **chinese, GError **error)
{
  ZifuText text = { NULL };

  if (!zifu_json_to_text (node, path, &text, error))
    return FALSE;
  if (text.en == NULL)
    text.en = g_steal_pointer (&text.zh);
  *english = text.en;
  *chinese = text.zh;
  return TRUE;
}
