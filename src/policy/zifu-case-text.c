/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-case-text.h"

#include <glib/gi18n.h>

#include "zifu-case-file.h"
#include "zifu-parse-case.h"
#include "zifu-result-json.h"

/* A case as a text: what an estimate was worked out from, so that it can be worked out again, here or with "settle --case". */

static JsonNode *
value_to_json (const ZifuValue *value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *text = NULL;
  JsonArray *array;

  switch (value->kind)
    {
    case ZIFU_VALUE_BOOLEAN:
      json_node_set_boolean (node, value->boolean);
      return node;
    case ZIFU_VALUE_NUMBER:
      if (zifu_rational_is_integer (value->number) && value->number.num >= G_MININT64 && value->number.num <= G_MAXINT64)
        json_node_set_int (node, (gint64) (value->number.num / value->number.den));
      else
        {
          text = zifu_rational_format (value->number);
          json_node_set_string (node, text);
        }
      return node;
    case ZIFU_VALUE_LIST:
      array = json_array_new ();
      json_node_free (node);
      node = json_node_new (JSON_NODE_ARRAY);
      for (guint i = 0; i < value->list->len; i++)
        json_array_add_element (array, value_to_json (g_ptr_array_index (value->list, i)));
      json_node_take_array (node, array);
      return node;
    case ZIFU_VALUE_STRING:
    case ZIFU_VALUE_NULL:
    default:
      json_node_set_string (node, value->string != NULL ? value->string : "");
      return node;
    }
}

/* An axis that is stated to be nothing is one that is not stated. */
static void
add_facts (JsonObject *object, const ZifuFacts *facts)
{
  for (guint i = 0; i < zifu_facts_get_size (facts); i++)
    if (zifu_facts_get_value (facts, i)->kind != ZIFU_VALUE_NULL)
      json_object_set_member (object, zifu_facts_get_name (facts, i), value_to_json (zifu_facts_get_value (facts, i)));
}

static void
set_date (JsonObject *object, const char *name, ZifuDate date)
{
  g_autofree char *text = date != 0 ? zifu_date_format (date) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
set_number (JsonObject *object, const char *name, ZifuRational number)
{
  g_autofree char *text = zifu_rational_format (number);

  json_object_set_string_member (object, name, text);
}

static void
set_part (JsonObject *object, const char *name, gboolean has_amount, ZifuMoney amount)
{
  if (has_amount)
    zifu_json_set_money (object, name, amount);
}

static void
add_purses (JsonObject *object, const ZifuPerson *person)
{
  JsonObject *account;

  if (person->purses->len == 0)
    return;
  account = json_object_new ();
  for (guint i = 0; i < person->purses->len; i++)
    {
      const ZifuPurse *purse = &g_array_index (person->purses, ZifuPurse, i);

      zifu_json_set_money (account, purse->name, MAX (purse->amount, 0));
    }
  json_object_set_object_member (object, "account", account);
}

/* Relatives are told by their place: whose account it was is not needed to settle again, and their names are theirs. */
static void
add_mutual (JsonObject *object, const ZifuPerson *person)
{
  JsonArray *array;

  if (person->mutual->len == 0)
    return;
  array = json_array_new ();
  for (guint i = 0; i < person->mutual->len; i++)
    {
      const ZifuMutualAccount *account = &g_array_index (person->mutual, ZifuMutualAccount, i);
      JsonObject *relative = json_object_new ();
      g_autofree char *id = g_strdup_printf ("%u", i + 1);

      json_object_set_string_member (relative, "id", id);
      zifu_json_set_money (relative, "balance", MAX (account->balance, 0));
      set_part (relative, "quota", account->has_quota, account->quota);
      json_array_add_object_element (array, relative);
    }
  json_object_set_array_member (object, "mutual_aid", array);
}

static void
add_counters (JsonObject *object, const ZifuPerson *person)
{
  JsonObject *counters;

  if (person->counters->len == 0)
    return;
  counters = json_object_new ();
  for (guint i = 0; i < person->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (person->counters, ZifuCounterValue, i);
      JsonObject *one = json_object_new ();

      set_number (one, "value", counter->value);
      set_date (one, "since", counter->since);
      json_object_set_object_member (counters, counter->name, one);
    }
  json_object_set_object_member (object, "counters", counters);
}

static JsonObject *
person_to_json (const ZifuPerson *person)
{
  JsonObject *object = json_object_new ();

  add_facts (object, person->facts);
  add_purses (object, person);
  add_mutual (object, person);
  add_counters (object, person);
  if (person->has_coverage_share)
    set_number (object, "coverage_share", person->coverage_share);
  return object;
}

static void
add_lines (JsonObject *bill, const GArray *lines)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const ZifuBillLine *line = &g_array_index (lines, ZifuBillLine, i);
      JsonObject *object = json_object_new ();

      add_facts (object, line->facts);
      zifu_json_set_money (object, "amount", line->amount);
      if (!zifu_rational_equal (line->quantity, zifu_rational_from_int (1)))
        set_number (object, "quantity", line->quantity);
      set_part (object, "out", line->has_out, line->out);
      set_part (object, "over_limit", line->has_over_limit, line->over_limit);
      set_part (object, "prior", line->has_prior, line->prior);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (bill, "lines", array);
}

static JsonObject *
visit_to_json (const ZifuVisit *visit)
{
  JsonObject *object = json_object_new (), *bill = json_object_new ();

  add_facts (object, visit->facts);
  set_date (object, "date", visit->date);
  if (visit->lines != NULL)
    add_lines (bill, visit->lines);
  else
    {
      set_part (bill, "total", visit->has_total, visit->total);
      set_part (bill, "out", visit->has_out, visit->out);
      set_part (bill, "over_limit", visit->has_over_limit, visit->over_limit);
      set_part (bill, "prior", visit->has_prior, visit->prior);
      set_part (bill, "in_scope", visit->has_in_scope, visit->in_scope);
      if (visit->clamp)
        json_object_set_boolean_member (bill, "clamp", TRUE);
    }
  json_object_set_object_member (object, "bill", bill);
  set_part (object, "prepaid", visit->has_prepaid, visit->prepaid);
  if (visit->base_paid != NULL)
    {
      JsonObject *paid = json_object_new ();

      for (guint i = 0; i < visit->base_paid->len; i++)
        {
          const ZifuPayerAmount *payer = &g_array_index (visit->base_paid, ZifuPayerAmount, i);

          zifu_json_set_money (paid, payer->payer, payer->amount);
        }
      json_object_set_object_member (object, "base_paid", paid);
    }
  json_object_set_boolean_member (object, "use_account", visit->use_account != FALSE);
  json_object_set_boolean_member (object, "use_mutual_aid", visit->use_mutual_aid != FALSE);
  return object;
}

/**
 * zifu_case_text_new:
 * @policy: id of the pack
 * @person: who, with purses, relatives' accounts (numbered, without their names), yearly totals; months that were paid are left out
 * @visit: a visit with its bill
 *
 * Writes a case file that settles to the same: equal text means equal content.
 *
 * Returns: (transfer full): the text, on one line
 */
char *
zifu_case_text_new (const char *policy, const ZifuPerson *person, const ZifuVisit *visit)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (policy != NULL && person != NULL && visit != NULL, NULL);

  json_node_take_object (node, object);
  json_object_set_string_member (object, "policy", policy);
  json_object_set_object_member (object, "person", person_to_json (person));
  json_object_set_object_member (object, "visit", visit_to_json (visit));
  return zifu_json_write (node, ZIFU_JSON_CANONICAL);
}

/**
 * zifu_case_text_parse:
 * @text: a case as zifu_case_text_new() wrote it
 * @policy: (out) (transfer full): id of the pack
 * @person: (out) (transfer full): who
 * @visit: (out) (transfer full): the visit
 * @error: return location for an error of #ZifuError
 *
 * Reads a case without looking for its pack.
 *
 * Returns: whether it could be read; else nothing is returned
 */
gboolean
zifu_case_text_parse (const char *text, char **policy, ZifuPerson **person, ZifuVisit **visit, GError **error)
{
  ZifuPath root = zifu_path_root (NULL, ""), policy_path = zifu_path_member (&root, "policy");
  ZifuPath person_path = zifu_path_member (&root, "person"), visit_path = zifu_path_member (&root, "visit");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (ZifuPerson) who = NULL;
  g_autoptr (ZifuVisit) what = NULL;
  JsonObject *object;
  const char *id;

  g_return_val_if_fail (text != NULL && policy != NULL && person != NULL && visit != NULL, FALSE);

  node = zifu_json_read_text (text, -1, NULL, error);
  object = node != NULL ? zifu_json_to_object (node, &root, error) : NULL;
  if (object == NULL || !zifu_json_check_fields (object, &root, "policy person visit", "", error))
    return FALSE;
  id = zifu_json_to_string (json_object_get_member (object, "policy"), &policy_path, error);
  if (id == NULL)
    return FALSE;
  who = zifu_person_parse (json_object_get_member (object, "person"), &person_path, error);
  what = who != NULL ? zifu_visit_parse (json_object_get_member (object, "visit"), &visit_path, error) : NULL;
  if (what == NULL)
    return FALSE;

  *policy = g_strdup (id);
  *person = g_steal_pointer (&who);
  *visit = g_steal_pointer (&what);
  return TRUE;
}

/**
 * zifu_pack_dup_version:
 * @pack: a pack
 *
 * Packs have no number of their own: what they say is their version.
 *
 * Returns: (transfer full): twelve letters and digits that are others whenever a rule, an index or its dates are others
 */
char *
zifu_pack_dup_version (const ZifuPack *pack)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_val_if_fail (pack != NULL, NULL);

  for (guint i = 0; i < pack->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (pack->rules, i);
      g_autofree char *head = g_strdup_printf ("%s %d %d %s\n", rule->id, rule->valid_from, rule->valid_to,
                                               rule->payload != NULL ? rule->payload : "");

      g_checksum_update (checksum, (const guchar *) head, -1);
    }
  for (guint i = 0; i < pack->indexes->len; i++)
    {
      const ZifuIndex *index = g_ptr_array_index (pack->indexes, i);

      for (guint n = 0; n < index->entries->len; n++)
        {
          const ZifuIndexEntry *entry = &g_array_index (index->entries, ZifuIndexEntry, n);
          g_autofree char *value = zifu_rational_format (entry->value);
          g_autofree char *head = g_strdup_printf ("%s %d %d %s\n", index->name, entry->from, entry->to, value);

          g_checksum_update (checksum, (const guchar *) head, -1);
        }
    }
  return g_strndup (g_checksum_get_string (checksum), 12);
}
