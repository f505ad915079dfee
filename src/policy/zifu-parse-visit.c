/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit of a case file with its bill. */

#include <glib/gi18n.h>

#include "zifu-parse-case.h"

static const char *const reserved[] = { "date", "bill", "prepaid", "base_paid", "use_account", "use_mutual_aid", NULL };
static const char *const none[] = { NULL };

/**
 * zifu_json_get_month:
 * @object: an object
 * @name: a member
 * @path: place of @object
 * @out: (inout): the month; not changed when there is no such member
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the member is there and neither "2025-07" nor a day
 */
gboolean
zifu_json_get_month (JsonObject *object, const char *name, const ZifuPath *path, ZifuMonth *out, GError **error)
{
  ZifuPath at = zifu_path_member (path, name);
  g_autofree char *text = NULL;

  if (!zifu_json_get_string (object, name, path, &text, error))
    return FALSE;
  if (text && !zifu_month_parse (text, out))
    {
      zifu_path_error (&at, error, ZIFU_ERROR_INPUT, N_ ("not a month: '{1}'"), text, NULL);
      return FALSE;
    }
  return TRUE;
}

/**
 * zifu_facts_parse:
 * @facts: facts to be filled
 * @object: a person, a visit or a line of a bill
 * @path: its place
 * @reserved: (array zero-terminated=1): members that are no axes
 * @allow_lists: whether an axis may hold a list
 * @error: return location for a #GError
 *
 * Every member that has no meaning of its own is an axis.
 *
 * Returns: whether all of them hold values
 */
gboolean
zifu_facts_parse (ZifuFacts *facts, JsonObject *object, const ZifuPath *path, const char *const *reserved_names, gboolean allow_lists,
                  GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      ZifuPath at = zifu_path_member (path, name);
      ZifuValue *value;

      if (g_strv_contains (reserved_names, name))
        continue;
      value = zifu_json_to_value (node, &at, allow_lists, error);
      if (!value)
        return FALSE;
      zifu_facts_take (facts, name, value);
    }
  return TRUE;
}

static gboolean
parse_number (JsonObject *object, const char *name, const ZifuPath *path, ZifuRational *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);

  if (!node)
    return TRUE;
  if (!zifu_json_to_number (node, &at, out, error))
    return FALSE;
  if (zifu_rational_sign (*out) < 0)
    {
      zifu_path_error (&at, error, ZIFU_ERROR_INPUT, N_ ("a number below 0 cannot stand here"), NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_line (ZifuVisit *visit, JsonNode *node, const ZifuPath *path, GError **error)
{
  static const char *const categories[] = { "A", "B", "C", NULL };
  JsonObject *object = zifu_json_to_object (node, path, error);
  ZifuPath at = zifu_path_member (path, "amount");
  g_autofree char *text = NULL;
  ZifuRational unit_price;
  ZifuMoney amount;
  ZifuBillLine *line;
  int category;

  if (!object)
    return FALSE;
  if (!json_object_has_member (object, "amount"))
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("field '{1}' is missing"), "amount", NULL);
      return FALSE;
    }
  if (!zifu_json_to_money (json_object_get_member (object, "amount"), &at, &amount, error) ||
      !zifu_json_get_choice (object, "category", path, categories, &category, error) ||
      !zifu_json_get_string (object, "item", path, &text, error) || !zifu_json_get_string (object, "group", path, &text, error) ||
      !parse_number (object, "unit_price", path, &unit_price, error))
    return FALSE;
  line = zifu_visit_add_line (visit, amount);
  return parse_number (object, "quantity", path, &line->quantity, error) &&
         zifu_json_get_money (object, "out", path, &line->has_out, &line->out, error) &&
         zifu_json_get_money (object, "over_limit", path, &line->has_over_limit, &line->over_limit, error) &&
         zifu_json_get_money (object, "prior", path, &line->has_prior, &line->prior, error) &&
         zifu_facts_parse (line->facts, object, path, none, FALSE, error);
}

static gboolean
parse_lines (ZifuVisit *visit, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);

  if (!array)
    return FALSE;
  if (json_array_get_length (array) == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a bill without lines"), NULL, NULL);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);

      if (!parse_line (visit, json_array_get_element (array, i), &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_sums (ZifuVisit *visit, JsonObject *object, const ZifuPath *path, GError **error)
{
  if (!zifu_json_check_fields (object, path, "", "total out over_limit prior in_scope clamp", error) ||
      !zifu_json_get_money (object, "total", path, &visit->has_total, &visit->total, error) ||
      !zifu_json_get_money (object, "out", path, &visit->has_out, &visit->out, error) ||
      !zifu_json_get_money (object, "over_limit", path, &visit->has_over_limit, &visit->over_limit, error) ||
      !zifu_json_get_money (object, "prior", path, &visit->has_prior, &visit->prior, error) ||
      !zifu_json_get_money (object, "in_scope", path, &visit->has_in_scope, &visit->in_scope, error) ||
      !zifu_json_get_boolean (object, "clamp", path, &visit->clamp, error))
    return FALSE;
  if (!visit->has_total && !visit->has_in_scope)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a bill needs a total, the amount in scope, or lines"), NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_bill (ZifuVisit *visit, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  ZifuPath at = zifu_path_member (path, "lines");

  if (!object)
    return FALSE;
  if (!json_object_has_member (object, "lines"))
    return parse_sums (visit, object, path, error);
  return zifu_json_check_fields (object, path, "lines", "", error) &&
         parse_lines (visit, json_object_get_member (object, "lines"), &at, error);
}

static gboolean
parse_base_paid (ZifuVisit *visit, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  g_autoptr (GList) payers = NULL;

  if (!object)
    return FALSE;
  payers = json_object_get_members (object);
  if (!payers)
    visit->base_paid = g_array_new (FALSE, TRUE, sizeof (ZifuPayerAmount));
  for (GList *l = payers; l; l = l->next)
    {
      ZifuMoney amount = 0;

      if (!zifu_json_get_money (object, l->data, path, NULL, &amount, error))
        return FALSE;
      zifu_visit_add_base_paid (visit, l->data, amount);
    }
  return TRUE;
}

static gboolean
check_visit_fields (JsonObject *object, const ZifuPath *path, GError **error)
{
  static const char *const required[] = { "date", "care", "bill" };
  g_autofree char *care = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    {
      if (json_object_has_member (object, required[i]))
        continue;
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("field '{1}' is missing"), required[i], NULL);
      return FALSE;
    }
  return zifu_json_get_string (object, "care", path, &care, error);
}

/**
 * zifu_visit_parse:
 * @node: a visit of a case file
 * @path: its place
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the visit, or %NULL
 */
ZifuVisit *
zifu_visit_parse (JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  ZifuPath bill = zifu_path_member (path, "bill");
  ZifuPath base_paid = zifu_path_member (path, "base_paid");
  g_autoptr (ZifuVisit) visit = NULL;

  if (!object || !check_visit_fields (object, path, error))
    return NULL;
  visit = zifu_visit_new ();
  visit->pointer = zifu_path_format (path, FALSE);
  if (!zifu_json_get_date (object, "date", path, &visit->date, error) ||
      !zifu_json_get_money (object, "prepaid", path, &visit->has_prepaid, &visit->prepaid, error) ||
      !zifu_json_get_boolean (object, "use_account", path, &visit->use_account, error) ||
      !zifu_json_get_boolean (object, "use_mutual_aid", path, &visit->use_mutual_aid, error) ||
      !zifu_facts_parse (visit->facts, object, path, reserved, TRUE, error) ||
      !parse_bill (visit, json_object_get_member (object, "bill"), &bill, error))
    return NULL;
  if (json_object_has_member (object, "base_paid") &&
      !parse_base_paid (visit, json_object_get_member (object, "base_paid"), &base_paid, error))
    return NULL;
  return g_steal_pointer (&visit);
}
