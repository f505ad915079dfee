/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-case-private.h"
#include "zifu-parse-case.h"

#define FIELDS "$schema id source rows note kind_of_check compute visit visits unknown_as benefit date from to expect"

/**
 * zifu_case_file_free:
 * @self: (nullable) (transfer full): a case
 *
 * Frees a case.
 */
void
zifu_case_file_free (ZifuCaseFile *self)
{
  if (!self)
    return;
  g_free (self->file);
  g_free (self->id);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_error (&self->refusal);
  g_clear_pointer (&self->pack, zifu_pack_unref);
  zifu_person_free (self->person);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  g_free (self->benefit);
  g_free (self);
}

/**
 * zifu_case_file_get_compute:
 * @self: a case
 *
 * Returns: what it asks for
 */
ZifuCompute
zifu_case_file_get_compute (ZifuCaseFile *self)
{
  g_return_val_if_fail (self != NULL, ZIFU_COMPUTE_SETTLE);

  return self->compute;
}

/**
 * zifu_case_file_get_id:
 * @self: a case
 *
 * Returns: (transfer none): its id; a case without one is called by its file
 */
const char *
zifu_case_file_get_id (ZifuCaseFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

static gboolean
check_rows (JsonObject *object, const ZifuPath *path, GError **error)
{
  JsonNode *node = json_object_get_member (object, "rows");
  ZifuPath rows_path = zifu_path_member (path, "rows");
  g_auto (GStrv) rows = NULL;

  if (!node)
    return TRUE;
  rows = zifu_json_to_strv (node, &rows_path, error);
  if (!rows)
    return FALSE;
  for (guint i = 0; rows[i]; i++)
    {
      ZifuPath at = zifu_path_item (&rows_path, i);

      if (strlen (rows[i]) == 3 && rows[i][0] == 'R' && g_ascii_isdigit (rows[i][1]) && g_ascii_isdigit (rows[i][2]))
        continue;
      zifu_path_error (&at, error, ZIFU_ERROR_SCHEMA, N_ ("'{1}' is no row of the requirements: R01, R02 …"), rows[i], NULL);
      return FALSE;
    }
  return TRUE;
}

/* What describes the case, and what it asks for. */
static gboolean
parse_head (ZifuCaseFile *self, JsonObject *object, const ZifuPath *path, GError **error)
{
  static const char *const computes[] = { "settle", "amounts", "credit", "coverage", NULL };
  static const char *const checks[] = { "computed", "split-only", "rule-only", NULL };
  static const char *const ends[] = { "low", "high", NULL };
  JsonNode *expect = json_object_get_member (object, "expect");
  ZifuPath expect_path = zifu_path_member (path, "expect");
  g_autofree char *text = NULL;
  int choice = 0, end = -1, kind_of_check;

  if (expect)
    {
      self->expect = zifu_json_to_object (expect, &expect_path, error);
      if (!self->expect)
        return FALSE;
    }
  if (!zifu_json_check_fields (object, path, "policy person", FIELDS, error) ||
      !zifu_json_get_string (object, "id", path, &self->id, error) || !zifu_json_get_string (object, "source", path, &text, error) ||
      !check_rows (object, path, error) || !zifu_json_get_choice (object, "kind_of_check", path, checks, &kind_of_check, error) ||
      !zifu_json_get_choice (object, "compute", path, computes, &choice, error) ||
      !zifu_json_get_choice (object, "unknown_as", path, ends, &end, error) ||
      !zifu_json_get_string (object, "benefit", path, &self->benefit, error) ||
      !zifu_json_get_date (object, "date", path, &self->date, error))
    return FALSE;
  self->compute = (ZifuCompute) choice;
  self->unknown_as = end < 0 ? ZIFU_UNKNOWN_REFUSED : end == 0 ? ZIFU_UNKNOWN_LOW : ZIFU_UNKNOWN_HIGH;
  return TRUE;
}

static gboolean
parse_policy (ZifuCaseFile *self, ZifuPackLibrary *library, JsonNode *node, const ZifuPath *path, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      self->inline_pack = TRUE;
      self->pack = zifu_pack_library_load_inline (library, node, self->file, "/policy", error);
    }
  else
    {
      const char *id = zifu_json_to_string (node, path, error);
      g_autofree char *prefix = g_strconcat (self->file, "#", NULL);
      g_autoptr (GError) local = NULL;

      if (!id)
        return FALSE;
      self->pack = zifu_pack_library_load (library, id, &local);
      /* A pack that is not there is a mistake of the case; one that is wrong has told its own place. */
      if (local && zifu_error_detail (local) && g_strcmp0 (zifu_error_detail (local)->where, "/policy") == 0)
        zifu_error_prefix (&local, prefix);
      if (local)
        g_propagate_error (error, g_steal_pointer (&local));
    }
  return self->pack != NULL;
}

static gboolean
add_visit (ZifuCaseFile *self, JsonNode *node, const ZifuPath *path, GError **error)
{
  ZifuVisit *visit = zifu_visit_parse (node, path, error);
  ZifuPath date = zifu_path_member (path, "date");

  if (!visit)
    return FALSE;
  g_ptr_array_add (self->visits, visit);
  if (self->visits->len > 1 && ((ZifuVisit *) g_ptr_array_index (self->visits, self->visits->len - 2))->date > visit->date)
    {
      zifu_path_error (&date, error, ZIFU_ERROR_INPUT, N_ ("visits are not in order of time"), NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_visits (ZifuCaseFile *self, JsonObject *object, const ZifuPath *path, GError **error)
{
  JsonNode *node = json_object_get_member (object, "visits");
  ZifuPath visit_path = zifu_path_member (path, "visit");
  ZifuPath visits_path = zifu_path_member (path, "visits");
  JsonArray *array;

  if (json_object_has_member (object, "visit") == (node != NULL))
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("either 'visit' or 'visits' is needed"), NULL, NULL);
      return FALSE;
    }
  if (!node)
    return add_visit (self, json_object_get_member (object, "visit"), &visit_path, error);
  self->several = TRUE;
  array = zifu_json_to_array (node, &visits_path, error);
  if (!array)
    return FALSE;
  if (json_array_get_length (array) == 0 || json_array_get_length (array) > ZIFU_CASE_MAX_VISITS)
    {
      zifu_path_error (&visits_path, error, ZIFU_ERROR_SCHEMA, N_ ("a case holds 1 to 500 visits"), NULL, NULL);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (&visits_path, i);

      if (!add_visit (self, json_array_get_element (array, i), &at, error))
        return FALSE;
    }
  return TRUE;
}

/* A timeline needs its first and its last month, and the months that were paid. */
static gboolean
parse_range (ZifuCaseFile *self, JsonObject *object, const ZifuPath *path, GError **error)
{
  ZifuPath person = zifu_path_member (path, "person");
  ZifuPath to = zifu_path_member (path, "to");

  if (!zifu_json_check_fields (object, path, "policy person date from to", FIELDS, error) ||
      !zifu_json_get_month (object, "from", path, &self->from, error) || !zifu_json_get_month (object, "to", path, &self->to, error))
    return FALSE;
  if (!json_object_has_member (json_object_get_object_member (object, "person"), "paid"))
    {
      zifu_path_error (&person, error, ZIFU_ERROR_SCHEMA, N_ ("field '{1}' is missing"), "paid", NULL);
      return FALSE;
    }
  if (self->from > self->to)
    {
      zifu_path_error (&to, error, ZIFU_ERROR_INPUT, N_ ("ends before it begins"), NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_body (ZifuCaseFile *self, ZifuPackLibrary *library, JsonObject *object, const ZifuPath *path, GError **error)
{
  ZifuPath policy = zifu_path_member (path, "policy");
  ZifuPath person = zifu_path_member (path, "person");

  if (!parse_policy (self, library, json_object_get_member (object, "policy"), &policy, error))
    return FALSE;
  self->person = zifu_person_parse (json_object_get_member (object, "person"), &person, error);
  if (!self->person)
    return FALSE;
  switch (self->compute)
    {
    case ZIFU_COMPUTE_COVERAGE:
      return parse_range (self, object, path, error);
    case ZIFU_COMPUTE_AMOUNTS:
    case ZIFU_COMPUTE_CREDIT:
      return zifu_json_check_fields (object, path, "policy person date", FIELDS, error);
    case ZIFU_COMPUTE_SETTLE:
    default:
      return parse_visits (self, object, path, error);
    }
}

static ZifuCaseFile *
parse_root (ZifuPackLibrary *library, JsonNode *root, const char *name, GError **error)
{
  ZifuPath path = zifu_path_root (name, "");
  g_autoptr (ZifuCaseFile) self = g_new0 (ZifuCaseFile, 1);
  g_autoptr (GError) local = NULL;
  JsonObject *object;

  self->root = root;
  self->file = g_strdup (name);
  self->visits = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_visit_free);
  object = zifu_json_to_object (root, &path, error);
  if (!object)
    return NULL;
  if (!parse_head (self, object, &path, &local) || !parse_body (self, library, object, &path, &local))
    {
      /* A case may be about a refusal: whether it is the expected one is found out when the case is checked. */
      if (!self->expect || !json_object_has_member (self->expect, "error"))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      self->refusal = g_steal_pointer (&local);
    }
  if (!self->id)
    self->id = g_path_get_basename (name);
  return g_steal_pointer (&self);
}

/**
 * zifu_case_file_parse:
 * @library: where packs are found
 * @text: (array length=length): a case file
 * @length: length in bytes, −1 when @text ends with a NUL
 * @name: the file, as messages shall name it
 * @error: return location for a #GError
 *
 * Reads a case.  A case that expects an error ("expect": {"error": …}) is read even if its pack, person or visits are wrong:
 * running it then gives that error.
 *
 * Returns: (transfer full): the case, or %NULL
 */
ZifuCaseFile *
zifu_case_file_parse (ZifuPackLibrary *library, const char *text, gssize length, const char *name, GError **error)
{
  JsonNode *root;

  g_return_val_if_fail (library != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  root = zifu_json_read_text (text, length, name, error);
  return root ? parse_root (library, root, name, error) : NULL;
}

/**
 * zifu_case_file_load:
 * @library: where packs are found
 * @path: a file, or "-" for the standard input
 * @error: return location for a #GError
 *
 * Reads a case from a file; see zifu_case_file_parse().
 *
 * Returns: (transfer full): the case, or %NULL
 */
ZifuCaseFile *
zifu_case_file_load (ZifuPackLibrary *library, const char *path, GError **error)
{
  g_autofree char *name = NULL;
  JsonNode *root;

  g_return_val_if_fail (library != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_name (path);
  root = zifu_json_read_file (path, error);
  return root ? parse_root (library, root, name, error) : NULL;
}
