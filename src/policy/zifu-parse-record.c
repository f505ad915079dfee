/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record of a person file: states, movements, enrolments, filings, ties and a transfer. */

#include "zifu-parse-record.h"

#include <glib/gi18n.h>

#include "zifu-parse-case.h"

typedef gboolean (*ParseItem) (ZifuRecord *record, JsonObject *object, const ZifuPath *path, GError **error);

static gboolean
parse_list (ZifuRecord *record, JsonObject *object, const char *name, const ZifuPath *path, ParseItem parse, GError **error)
{
  ZifuPath list_path = zifu_path_member (path, name);
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  array = zifu_json_to_array (node, &list_path, error);
  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (&list_path, i);
      JsonObject *item = zifu_json_to_object (json_array_get_element (array, i), &at, error);

      if (item == NULL || !parse (record, item, &at, error))
        return FALSE;
    }
  return TRUE;
}

/* From begndate to enddate; without an end it is open. */
static gboolean
parse_period (JsonObject *object, const ZifuPath *path, ZifuDate *from, ZifuDate *to, GError **error)
{
  ZifuPath end = zifu_path_member (path, "enddate");

  if (!zifu_json_get_date (object, "begndate", path, from, error) || !zifu_json_get_date (object, "enddate", path, to, error))
    return FALSE;
  if (*to == 0 || *to >= *from)
    return TRUE;
  zifu_path_error (&end, error, ZIFU_ERROR_INPUT, N_ ("ends before it begins"), NULL, NULL);
  return FALSE;
}

static gboolean
parse_movement (ZifuRecord *record, JsonObject *object, const ZifuPath *path, GError **error)
{
  static const char *const kinds[] = { "other", "credit", "visit", "family", "premium", "transfer", "refund", "interest", NULL };
  ZifuPath at = zifu_path_member (path, "acct_modi_date");
  ZifuMovement movement = { .base = -1 };
  ZifuMoney income = 0, outlay = 0;
  gboolean has_income, has_outlay;
  int kind = 0;

  if (!zifu_json_check_fields (object, path, "acct_modi_date kind", "inc_sumamt pay_sumamt cashym psn_clctstd relative", error) ||
      !zifu_json_get_date (object, "acct_modi_date", path, &movement.date, error) ||
      !zifu_json_get_choice (object, "kind", path, kinds, &kind, error) ||
      !zifu_json_get_money (object, "inc_sumamt", path, &has_income, &income, error) ||
      !zifu_json_get_money (object, "pay_sumamt", path, &has_outlay, &outlay, error) ||
      !zifu_json_get_money (object, "psn_clctstd", path, NULL, &movement.base, error) ||
      (json_object_has_member (object, "cashym") && !zifu_json_get_month (object, "cashym", path, &movement.for_month, error)))
    return FALSE;
  if (has_income == has_outlay)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("either 'inc_sumamt' or 'pay_sumamt' is needed"), NULL, NULL);
      return FALSE;
    }
  if (record->movements->len > 0 && g_array_index (record->movements, ZifuMovement, record->movements->len - 1).date > movement.date)
    {
      zifu_path_error (&at, error, ZIFU_ERROR_INPUT, N_ ("entries are not in order of time"), NULL, NULL);
      return FALSE;
    }
  if (!zifu_json_get_string (object, "relative", path, &movement.relative, error))
    return FALSE;
  movement.kind = (ZifuMovementKind) kind;
  movement.amount = has_income ? income : -outlay;
  g_array_append_val (record->movements, movement);
  return TRUE;
}

static gboolean
parse_enrolment (ZifuRecord *record, JsonObject *object, const ZifuPath *path, GError **error)
{
  static const char *const insurances[] = { "310", "390", NULL };
  ZifuEnrolment enrolment = { .paid = TRUE };
  int insurance = 0;

  if (!zifu_json_check_fields (object, path, "insutype begndate", "insu_admdvs enddate paid place_of_work", error) ||
      !zifu_json_get_choice (object, "insutype", path, insurances, &insurance, error) ||
      !zifu_json_get_boolean (object, "paid", path, &enrolment.paid, error) ||
      !zifu_json_get_boolean (object, "place_of_work", path, &enrolment.place_of_work, error) ||
      !parse_period (object, path, &enrolment.from, &enrolment.to, error) ||
      !zifu_json_get_string (object, "insu_admdvs", path, &enrolment.region, error))
    return FALSE;
  enrolment.insurance = g_strdup (insurances[insurance]);
  g_array_append_val (record->enrolments, enrolment);
  return TRUE;
}

static gboolean
parse_filing (ZifuRecord *record, JsonObject *object, const ZifuPath *path, GError **error)
{
  static const char *const kinds[] = { "filed_long", "filed_temp", "referred", NULL };
  ZifuFiling filing = { 0 };
  int kind = 0;

  if (!zifu_json_check_fields (object, path, "remote begndate", "place enddate", error) ||
      !zifu_json_get_choice (object, "remote", path, kinds, &kind, error) ||
      !parse_period (object, path, &filing.from, &filing.to, error) || !zifu_json_get_string (object, "place", path, &filing.place, error))
    return FALSE;
  filing.kind = g_strdup (kinds[kind]);
  g_array_append_val (record->filings, filing);
  return TRUE;
}

static gboolean
parse_tie (ZifuRecord *record, JsonObject *object, const ZifuPath *path, GError **error)
{
  static const char *const relations[] = { "spouse", "parent", "child", "sibling", "grandparent", "grandchild", "other", NULL };
  static const char *const places[] = { "city", "province", "other", NULL };
  static const char *const insurances[] = { "310", "390", NULL };
  g_autofree char *id = NULL;
  ZifuDate from = 0, to = 0;
  ZifuMoney quota = 0;
  ZifuTie *tie;
  gboolean has_quota, given = FALSE;
  int relation = 0, place = -1, insurance = -1;

  if (!zifu_json_check_fields (object, path, "id relation begndate", "given insutype place enddate quota", error) ||
      !zifu_json_get_string (object, "id", path, &id, error) ||
      !zifu_json_get_choice (object, "relation", path, relations, &relation, error) ||
      !zifu_json_get_boolean (object, "given", path, &given, error) ||
      !zifu_json_get_choice (object, "place", path, places, &place, error) ||
      !zifu_json_get_choice (object, "insutype", path, insurances, &insurance, error) ||
      !zifu_json_get_money (object, "quota", path, &has_quota, &quota, error) || !parse_period (object, path, &from, &to, error))
    return FALSE;
  tie = zifu_record_add_tie (record, id, relations[relation], given, from);
  tie->to = to;
  tie->has_quota = has_quota;
  tie->quota = quota;
  tie->place = place >= 0 ? g_strdup (places[place]) : NULL;
  tie->insurance = insurance >= 0 ? g_strdup (insurances[insurance]) : NULL;
  return TRUE;
}

static gboolean
parse_move (ZifuRecord *record, JsonObject *object, const ZifuPath *path, GError **error)
{
  static const char *const states[] = { "none", "requested", "in_transit", "arrived", NULL };
  ZifuPath at = zifu_path_member (path, "move");
  JsonNode *node = json_object_get_member (object, "move");
  JsonObject *move;
  int state = 0;

  if (node == NULL)
    return TRUE;
  move = zifu_json_to_object (node, &at, error);
  if (move == NULL || !zifu_json_check_fields (move, &at, "state", "insu_admdvs requested account_there", error) ||
      !zifu_json_get_choice (move, "state", &at, states, &state, error) ||
      !zifu_json_get_string (move, "insu_admdvs", &at, &record->move.to, error) ||
      !zifu_json_get_date (move, "requested", &at, &record->move.requested, error) ||
      !zifu_json_get_boolean (move, "account_there", &at, &record->move.account_there, error))
    return FALSE;
  record->move.state = (ZifuMoveState) state;
  record->move.account_there_known = json_object_has_member (move, "account_there");
  return TRUE;
}

/* A visit with its lines.  The newest stands first. */
static gboolean
parse_bills (ZifuRecord *record, JsonObject *object, const ZifuPath *path, GError **error)
{
  ZifuPath list_path = zifu_path_member (path, "bills");
  JsonNode *node = json_object_get_member (object, "bills");
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  array = zifu_json_to_array (node, &list_path, error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (&list_path, i), date = zifu_path_member (&at, "date"), bill = zifu_path_member (&at, "bill");
      ZifuVisit *visit = zifu_visit_parse (json_array_get_element (array, i), &at, error);

      if (visit == NULL)
        return FALSE;
      g_ptr_array_add (record->bills, visit);
      if (visit->lines == NULL)
        zifu_path_error (&bill, error, ZIFU_ERROR_SCHEMA, N_ ("a bill without lines"), NULL, NULL);
      else if (i > 0 && ((const ZifuVisit *) g_ptr_array_index (record->bills, i - 1))->date < visit->date)
        zifu_path_error (&date, error, ZIFU_ERROR_INPUT, N_ ("bills are not in order of time, the newest first"), NULL, NULL);
      else
        continue;
      return FALSE;
    }
  return array != NULL;
}

static gboolean
parse_states (ZifuRecord *record, JsonObject *object, const ZifuPath *path, GError **error)
{
  static const char *const cards[] = { "unknown", "active", "not_activated", "dormant", "lost", NULL };
  static const char *const accounts[] = { "unknown", "normal", "frozen", "closed", "moved", NULL };
  int card = 0, account = 0;

  if (!zifu_json_get_choice (object, "card", path, cards, &card, error) ||
      !zifu_json_get_choice (object, "account", path, accounts, &account, error) ||
      !zifu_json_get_boolean (object, "identity_changed", path, &record->identity_changed, error) ||
      !zifu_json_get_date (object, "data_since", path, &record->data_since, error))
    return FALSE;
  record->card = (ZifuCardState) card;
  record->account = (ZifuAccountState) account;
  return !json_object_has_member (object, "arrears_from") ||
         zifu_json_get_month (object, "arrears_from", path, &record->arrears_from, error);
}

/**
 * zifu_record_parse:
 * @record: an empty record
 * @node: the member "record" of a person file
 * @path: its place
 * @error: return location for a #GError
 *
 * Reads what is known of a person beyond what a settlement needs.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_record_parse (ZifuRecord *record, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);

  return object != NULL &&
         zifu_json_check_fields (object, path, "",
                                 "card account identity_changed data_since arrears_from movements enrolments filings family move bills",
                                 error) &&
         parse_states (record, object, path, error) && parse_list (record, object, "movements", path, parse_movement, error) &&
         parse_list (record, object, "enrolments", path, parse_enrolment, error) &&
         parse_list (record, object, "filings", path, parse_filing, error) &&
         parse_list (record, object, "family", path, parse_tie, error) && parse_move (record, object, path, error) &&
         parse_bills (record, object, path, error);
}
