/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "zifu-case-private.h"
#include "zifu-result-json.h"

static JsonNode *
settlement_or_null (const ZifuSettlement *settlement)
{
  return settlement != NULL ? zifu_settlement_to_json (settlement, FALSE) : json_node_new (JSON_NODE_NULL);
}

static JsonNode *
open_to_json (const ZifuOpen *open)
{
  static const char *const kinds[] = { "split", "axis", "counter", "figure" };
  JsonObject *object = json_object_new ();
  JsonArray *answers = json_array_new ();
  g_autofree char *likely = zifu_value_format (g_ptr_array_index (open->answers, open->likely));

  for (guint i = 0; i < open->answers->len; i++)
    {
      g_autofree char *answer = zifu_value_format (g_ptr_array_index (open->answers, i));

      json_array_add_string_element (answers, answer);
    }
  json_object_set_string_member (object, "kind", kinds[open->kind]);
  if (open->name != NULL)
    json_object_set_string_member (object, "name", open->name);
  json_object_set_array_member (object, "answers", answers);
  json_object_set_string_member (object, "likely", likely);
  zifu_json_set_money (object, "gain", open->gain);

  return zifu_json_wrap (object);
}

/**
 * zifu_range_to_json:
 * @range: what a visit may cost
 *
 * Writes a range: the settlements at its ends and between them, and what is not known, first what narrows it most.
 *
 * Returns: (transfer full): an object
 */
JsonNode *
zifu_range_to_json (const ZifuRange *range)
{
  JsonObject *object;
  JsonArray *open;

  g_return_val_if_fail (range != NULL, NULL);

  object = json_object_new ();
  open = json_array_new ();
  json_object_set_member (object, "least", settlement_or_null (range->least));
  json_object_set_member (object, "likely", settlement_or_null (range->likely));
  json_object_set_member (object, "most", settlement_or_null (range->most));
  for (guint i = 0; i < range->open->len; i++)
    json_array_add_element (open, open_to_json (g_ptr_array_index (range->open, i)));
  json_object_set_array_member (object, "open", open);
  json_object_set_int_member (object, "refused", range->n_refused);

  return zifu_json_wrap (object);
}

/**
 * zifu_case_file_get_question:
 * @self: a case
 * @pack: (out) (transfer none): its rules
 * @person: (out) (transfer none): who
 * @visit: (out) (transfer none): the visit it asks about
 * @error: return location: %ZIFU_ERROR_INPUT when the case does not ask for the settlement of just one visit
 *
 * Hands out what a case asks, for questions that are not a settlement.
 *
 * Returns: whether there is one visit
 */
gboolean
zifu_case_file_get_question (ZifuCaseFile *self, ZifuPack **pack, const ZifuPerson **person, const ZifuVisit **visit, GError **error)
{
  g_autofree char *where = NULL;

  g_return_val_if_fail (self != NULL && pack != NULL && person != NULL && visit != NULL, FALSE);

  if (self->refusal != NULL)
    {
      g_propagate_error (error, g_error_copy (self->refusal));
      return FALSE;
    }
  if (self->compute != ZIFU_COMPUTE_SETTLE || self->visits->len != 1)
    {
      where = g_strconcat (self->file, "#/visits", NULL);
      zifu_error_set (error, ZIFU_ERROR_INPUT, where, N_ ("the question is about one visit"), NULL, NULL, NULL);
      return FALSE;
    }
  *pack = self->pack;
  *person = self->person;
  *visit = g_ptr_array_index (self->visits, 0);

  return TRUE;
}
