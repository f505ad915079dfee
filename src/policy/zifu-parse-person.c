/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The person of a case file.  Whatever is not money, counters or months is an axis. */

#include <glib/gi18n.h>

#include "zifu-parse-case.h"

static const char *const reserved[] = { "account", "mutual_aid", "counters", "coverage_share", "paid", NULL };

static gboolean
parse_purses (ZifuPerson *person, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!object)
    return FALSE;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      ZifuPath at = zifu_path_member (path, name);
      ZifuMoney amount = 0;

      if (!zifu_json_to_money (value, &at, &amount, error))
        return FALSE;
      zifu_person_add_purse (person, name, amount);
    }
  return TRUE;
}

static gboolean
parse_relative (ZifuPerson *person, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  g_autofree char *id = NULL;
  g_autofree char *relation = NULL;
  ZifuMoney balance = 0, quota = 0;
  gboolean has_quota = FALSE;

  if (!object || !zifu_json_check_fields (object, path, "id balance", "quota relation", error) ||
      !zifu_json_get_string (object, "id", path, &id, error) || !zifu_json_get_string (object, "relation", path, &relation, error) ||
      !zifu_json_get_money (object, "balance", path, NULL, &balance, error) ||
      !zifu_json_get_money (object, "quota", path, &has_quota, &quota, error))
    return FALSE;
  zifu_person_add_mutual (person, id, balance, has_quota ? &quota : NULL);
  return TRUE;
}

static gboolean
parse_relatives (ZifuPerson *person, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);

  if (!array)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);

      if (!parse_relative (person, json_array_get_element (array, i), &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_counter (ZifuPerson *person, const char *name, JsonNode *node, const ZifuPath *path, GError **error)
{
  ZifuPath value_path = zifu_path_member (path, "value");
  ZifuRational value;
  ZifuDate since = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      if (!zifu_json_check_fields (object, path, "value", "since", error) ||
          !zifu_json_to_number (json_object_get_member (object, "value"), &value_path, &value, error) ||
          !zifu_json_get_date (object, "since", path, &since, error))
        return FALSE;
    }
  else if (!zifu_json_to_number (node, path, &value, error))
    {
      return FALSE;
    }
  zifu_person_add_counter (person, name, value, since);
  return TRUE;
}

static gboolean
parse_counters (ZifuPerson *person, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!object)
    return FALSE;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      ZifuPath at = zifu_path_member (path, name);

      if (!parse_counter (person, name, value, &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_year (JsonObject *object, const ZifuPath *path, ZifuMonth *first, GError **error)
{
  ZifuPath at = zifu_path_member (path, "year");
  gint64 year;

  if (!zifu_json_to_int (json_object_get_member (object, "year"), &at, &year, error))
    return FALSE;
  if (year < 1 || year > 9999)
    {
      zifu_path_error (&at, error, ZIFU_ERROR_INPUT, N_ ("not a year"), NULL, NULL);
      return FALSE;
    }
  *first = zifu_month_new ((int) year, 1);
  return TRUE;
}

/* A payment for a month, or for the twelve months of a year. */
static gboolean
parse_payment (ZifuPerson *person, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  gboolean whole_year = object && json_object_has_member (object, "year");
  ZifuMonth first = 0, paid_on;

  if (!object || !zifu_json_check_fields (object, path, whole_year ? "year" : "month", "paid_on", error))
    return FALSE;
  if (whole_year ? !parse_year (object, path, &first, error) : !zifu_json_get_month (object, "month", path, &first, error))
    return FALSE;
  paid_on = first;
  if (!zifu_json_get_month (object, "paid_on", path, &paid_on, error))
    return FALSE;
  zifu_person_add_payment (person, first, whole_year ? 12 : 1, paid_on);
  return TRUE;
}

static gboolean
parse_payments (ZifuPerson *person, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);

  if (!array)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);

      if (!parse_payment (person, json_array_get_element (array, i), &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_share (ZifuPerson *person, JsonNode *node, const ZifuPath *path, GError **error)
{
  person->has_coverage_share = TRUE;
  if (!zifu_json_to_number (node, path, &person->coverage_share, error))
    return FALSE;
  if (zifu_rational_sign (person->coverage_share) < 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_INPUT, N_ ("a share of benefits below 0"), NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_age (JsonObject *object, const ZifuPath *path, GError **error)
{
  JsonNode *node = json_object_get_member (object, "age");
  ZifuPath at = zifu_path_member (path, "age");
  ZifuDate birth = 0;
  gint64 age;

  if (!zifu_json_get_date (object, "birth", path, &birth, error))
    return FALSE;
  if (!node)
    return TRUE;
  if (!zifu_json_to_int (node, &at, &age, error))
    return FALSE;
  if (age < 0 || age > 200)
    {
      zifu_path_error (&at, error, ZIFU_ERROR_INPUT, N_ ("not an age"), NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

/**
 * zifu_person_parse:
 * @node: the person of a case file
 * @path: its place
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the person, or %NULL
 */
ZifuPerson *
zifu_person_parse (JsonNode *node, const ZifuPath *path, GError **error)
{
  static const struct
  {
    const char *name;
    gboolean (*parse) (ZifuPerson *person, JsonNode *node, const ZifuPath *path, GError **error);
  } parts[] = { { "account", parse_purses },
                { "mutual_aid", parse_relatives },
                { "counters", parse_counters },
                { "coverage_share", parse_share },
                { "paid", parse_payments } };
  JsonObject *object = zifu_json_to_object (node, path, error);
  g_autoptr (ZifuPerson) person = NULL;

  if (!object)
    return NULL;
  person = zifu_person_new ();
  if (!check_age (object, path, error) || !zifu_facts_parse (person->facts, object, path, reserved, TRUE, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      JsonNode *part = json_object_get_member (object, parts[i].name);
      ZifuPath at = zifu_path_member (path, parts[i].name);

      if (part && !parts[i].parse (person, part, &at, error))
        return NULL;
    }
  return g_steal_pointer (&person);
}
