/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-case-private.h"
#include "zifu-json.h"
#include "zifu-result-json.h"

static gboolean
is_inside (const char *where)
{
  return g_str_has_prefix (where, "/visit") || g_str_has_prefix (where, "/person") || g_str_has_prefix (where, "/policy");
}

/* The rule of which @where is the id, or the id and a place inside the rule: its file and pointer. */
static char *
find_rule (ZifuCaseFile *self, const char *where)
{
  g_autofree char *id = g_strndup (where, strcspn (where, "/ "));
  const ZifuRule *rule = zifu_pack_get_rule (self->pack, id);
  const char *inside = where[strlen (id)] == '/' ? where + strlen (id) : "";

  if (!rule)
    return NULL;
  if (self->inline_pack && rule->depth + 1 == self->pack->chain->len)
    return g_strdup_printf ("%s#/policy%s%s (%s)", self->file, rule->pointer, inside, id);
  return g_strdup_printf ("%s.json#%s%s (%s)", rule->pack_id, rule->pointer, inside, id);
}

/*
 * The engine knows no files: it names a rule, or a place inside the person or the visit.  Here both become a file and a
 * pointer; for a rule also the visit during which it was used.
 */
static void
locate (ZifuCaseFile *self, const char *pointer, GError *engine_error, GError **error)
{
  const ZifuErrorDetail *detail = zifu_error_detail (engine_error);
  const char *where = detail && detail->where ? detail->where : "";
  g_autofree char *rule = NULL;
  g_autofree char *place = NULL;

  if (!detail)
    {
      g_propagate_error (error, engine_error);
      return;
    }
  if (is_inside (where))
    {
      place = g_strconcat (self->file, "#", where, NULL);
    }
  else
    {
      rule = find_rule (self, where);
      place = g_strconcat (self->file, "#", pointer, *where ? ": " : "", rule ? rule : where, NULL);
    }
  zifu_error_set (error, engine_error->code, place, detail->template_, detail->args[0], detail->args[1], detail->args[2]);
  g_error_free (engine_error);
}

struct _ZifuCaseDesk
{
  GHashTable *settlers; /* of ZifuSettler, by pack */
  gboolean    twice;    /* for tests */
};

/**
 * zifu_case_desk_new:
 *
 * Returns: (transfer full): what one case after the other may be run with, so that packs are prepared once
 */
ZifuCaseDesk *
zifu_case_desk_new (void)
{
  ZifuCaseDesk *desk = g_new0 (ZifuCaseDesk, 1);

  desk->settlers = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) zifu_settler_free);
  return desk;
}

/**
 * zifu_case_desk_free:
 * @desk: (nullable) (transfer full): a desk
 *
 * Frees a desk.
 */
void
zifu_case_desk_free (ZifuCaseDesk *desk)
{
  if (!desk)
    return;
  g_hash_table_unref (desk->settlers);
  g_free (desk);
}

/**
 * zifu_case_desk_set_twice:
 * @desk: a desk
 * @twice: whether every visit is settled twice
 *
 * As zifu_case_set_twice().
 */
void
zifu_case_desk_set_twice (ZifuCaseDesk *desk, gboolean twice)
{
  desk->twice = twice;
}

/* A settler holds its pack, so that no other pack can come to stand at the same address. */
static ZifuSettler *
ensure_settler (ZifuCaseDesk *desk, ZifuPack *pack)
{
  ZifuSettler *settler = g_hash_table_lookup (desk->settlers, pack);

  if (!settler)
    {
      settler = zifu_settler_new (pack);
      g_hash_table_insert (desk->settlers, pack, settler);
    }
  return settler;
}

static gboolean
write_one (ZifuCaseFile *self, ZifuCaseDesk *desk, gboolean with_trace, ZifuJsonPen *pen, GError **error)
{
  ZifuSettler *settler = ensure_settler (desk, self->pack);
  const ZifuVisit *visit = g_ptr_array_index (self->visits, 0);
  const ZifuSettlement *settlement;
  GError *local = NULL;

  zifu_settler_set_unknown_as (settler, self->unknown_as);
  zifu_settler_set_trace (settler, with_trace);
  settlement = zifu_settler_settle (settler, self->person, visit, &local);
  if (!settlement)
    {
      locate (self, visit->pointer, local, error);
      return FALSE;
    }
  zifu_settlement_write (settlement, with_trace, pen);
  return TRUE;
}

static GPtrArray *
settle (ZifuCaseFile *self, gboolean twice, GError **error)
{
  const ZifuVisit *first = g_ptr_array_index (self->visits, 0);
  g_autoptr (ZifuCase) running = zifu_case_new (self->pack, self->person, first->date);
  g_autoptr (GPtrArray) settlements = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_settlement_free);

  zifu_case_set_unknown_as (running, self->unknown_as);
  zifu_case_set_twice (running, twice);
  for (guint i = 0; i < self->visits->len; i++)
    {
      const ZifuVisit *visit = g_ptr_array_index (self->visits, i);
      GError *local = NULL;
      ZifuSettlement *settlement = zifu_case_settle (running, visit, &local);

      if (!settlement)
        {
          locate (self, visit->pointer, local, error);
          return NULL;
        }
      g_ptr_array_add (settlements, settlement);
    }
  return g_steal_pointer (&settlements);
}

static JsonNode *
run_credit (ZifuCaseFile *self, GError **error)
{
  g_autoptr (ZifuCredit) credit = zifu_credit_compute (self->pack, self->person, self->date, error);

  return credit ? zifu_credit_to_json (credit) : NULL;
}

static JsonNode *
run_amounts (ZifuCaseFile *self, GError **error)
{
  g_autoptr (GArray) amounts = zifu_amounts_compute (self->pack, self->person, self->date, self->unknown_as, error);

  return amounts ? zifu_amounts_to_json (amounts) : NULL;
}

static JsonNode *
run_coverage (ZifuCaseFile *self, GError **error)
{
  g_autoptr (ZifuCoverage) coverage =
      zifu_coverage_compute (self->pack, self->person, self->date, self->from, self->to, self->benefit, error);

  return coverage ? zifu_coverage_to_json (coverage) : NULL;
}

/**
 * zifu_case_file_settle:
 * @self: a case that asks for a settlement
 * @error: return location for a #GError
 *
 * Settles the visits of a case, one after the other.
 *
 * Returns: (transfer full) (element-type ZifuSettlement): the settlements, or %NULL
 */
GPtrArray *
zifu_case_file_settle (ZifuCaseFile *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->compute == ZIFU_COMPUTE_SETTLE, NULL);

  if (self->refusal)
    {
      g_propagate_error (error, g_error_copy (self->refusal));
      return NULL;
    }
  return settle (self, FALSE, error);
}

static gboolean
write_all (ZifuCaseFile *self, gboolean twice, gboolean with_trace, ZifuJsonPen *pen, GError **error)
{
  g_autoptr (GPtrArray) settlements = settle (self, twice, error);

  if (!settlements)
    return FALSE;
  if (self->several)
    zifu_settlements_write (settlements, with_trace, pen);
  else
    zifu_settlement_write (g_ptr_array_index (settlements, 0), with_trace, pen);
  return TRUE;
}

/**
 * zifu_case_file_write:
 * @self: a case
 * @desk: (nullable): what was prepared for the cases before
 * @with_trace: whether the steps are written
 * @into: where the result goes, on one line; nothing when there is an error
 * @error: return location for a #GError
 *
 * Computes what the case asks for, and writes the result under the names of the national platform.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_case_file_write (ZifuCaseFile *self, ZifuCaseDesk *desk, gboolean with_trace, GString *into, GError **error)
{
  ZifuJsonPen pen = { into, FALSE };
  g_autoptr (JsonNode) result = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL && into != NULL, FALSE);

  if (!self->refusal && self->compute == ZIFU_COMPUTE_SETTLE)
    {
      gboolean twice = desk && desk->twice, one = desk && !twice && !self->several && !self->inline_pack;

      return one ? write_one (self, desk, with_trace, &pen, error) : write_all (self, twice, with_trace, &pen, error);
    }
  result = zifu_case_file_run (self, error);
  if (!result)
    return FALSE;
  text = zifu_json_write (result, ZIFU_JSON_LINE);
  g_string_append (into, text);
  return TRUE;
}

/**
 * zifu_case_file_run:
 * @self: a case
 * @error: return location for a #GError
 *
 * Computes what the case asks for.
 *
 * Returns: (transfer full): the result under the names of the national platform, or %NULL
 */
JsonNode *
zifu_case_file_run (ZifuCaseFile *self, GError **error)
{
  ZifuJsonPen pen = { NULL, FALSE };
  GError *local = NULL;
  JsonNode *result = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->refusal)
    {
      g_propagate_error (error, g_error_copy (self->refusal));
      return NULL;
    }
  switch (self->compute)
    {
    case ZIFU_COMPUTE_CREDIT:
      result = run_credit (self, &local);
      break;
    case ZIFU_COMPUTE_AMOUNTS:
      result = run_amounts (self, &local);
      break;
    case ZIFU_COMPUTE_COVERAGE:
      result = run_coverage (self, &local);
      break;
    case ZIFU_COMPUTE_SETTLE:
    default:
      pen.into = g_string_new (NULL);
      if (write_all (self, FALSE, TRUE, &pen, error))
        return zifu_json_from_pen (&pen);
      g_string_free (pen.into, TRUE);
      return NULL;
    }
  if (!result)
    locate (self, "", local, error);
  return result;
}

static GPtrArray *
check_refusal (ZifuCaseFile *self, const char *expected)
{
  GPtrArray *differences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) result = zifu_case_file_run (self, &error);

  if (result)
    g_ptr_array_add (differences, g_strdup_printf ("an error was expected: '%s'", expected));
  else if (!strstr (error->message, expected))
    g_ptr_array_add (differences, g_strdup_printf ("error expected to contain '%s', got %s", expected, error->message));
  return differences;
}

/**
 * zifu_case_file_check:
 * @self: a case
 * @error: return location for a #GError
 *
 * Computes the case and compares what came out with what it expects: members that it names, lists as a whole; or an error
 * whose message holds a text.
 *
 * Returns: (transfer full) (element-type utf8): the differences, each with its JSON pointer; empty when there is none; %NULL
 *   when the case cannot be computed and does not expect that
 */
GPtrArray *
zifu_case_file_check (ZifuCaseFile *self, GError **error)
{
  JsonNode *expect;
  g_autoptr (JsonNode) result = NULL;
  ZifuPath path;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  path = zifu_path_root (self->file, "");
  if (!self->expect)
    {
      zifu_path_error (&path, error, ZIFU_ERROR_SCHEMA, N_ ("field '{1}' is missing"), "expect", NULL);
      return NULL;
    }
  if (json_object_has_member (self->expect, "error"))
    {
      ZifuPath expect_path = zifu_path_member (&path, "expect");

      if (!zifu_json_get_string (self->expect, "error", &expect_path, &text, error))
        return NULL;
      return check_refusal (self, text);
    }
  result = zifu_case_file_run (self, error);
  if (!result)
    return NULL;
  expect = json_object_get_member (json_node_get_object (self->root), "expect");
  return zifu_json_differences (expect, result);
}
