/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-record-file.h"

#include <glib/gi18n.h>

#include "zifu-case-file.h"
#include "zifu-parse-case.h"
#include "zifu-parse-record.h"

/**
 * zifu_record_file_free:
 * @file: (nullable) (transfer full): a person file
 *
 * Frees a person file.
 */
void
zifu_record_file_free (ZifuRecordFile *file)
{
  if (file == NULL)
    return;
  g_clear_pointer (&file->pack, zifu_pack_unref);
  zifu_record_free (file->record);
  g_free (file);
}

static ZifuPack *
load_pack (ZifuPackLibrary *library, JsonNode *node, const char *name, const ZifuPath *path, GError **error)
{
  const char *id;
  g_autofree char *prefix = g_strconcat (name, "#", NULL);
  g_autoptr (GError) local = NULL;
  ZifuPack *pack;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return zifu_pack_library_load_inline (library, node, name, "/policy", error);
  id = zifu_json_to_string (node, path, error);
  if (id == NULL)
    return NULL;
  pack = zifu_pack_library_load (library, id, &local);
  if (local != NULL && zifu_error_detail (local) != NULL && g_strcmp0 (zifu_error_detail (local)->where, "/policy") == 0)
    zifu_error_prefix (&local, prefix);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return pack;
}

static gboolean
parse_members (ZifuRecordFile *self, JsonObject *object, const ZifuPath *path, GError **error)
{
  ZifuPath person = zifu_path_member (path, "person"), record = zifu_path_member (path, "record"), visit = zifu_path_member (path, "visit");
  JsonNode *record_node = json_object_get_member (object, "record"), *visit_node = json_object_get_member (object, "visit");

  if (!zifu_json_get_date (object, "date", path, &self->date, error))
    return FALSE;
  zifu_person_free (self->record->person);
  self->record->person = zifu_person_parse (json_object_get_member (object, "person"), &person, error);
  if (self->record->person == NULL)
    {
      self->record->person = zifu_person_new ();
      return FALSE;
    }
  if (record_node != NULL && !zifu_record_parse (self->record, record_node, &record, error))
    return FALSE;
  if (visit_node != NULL)
    self->record->refused = zifu_visit_parse (visit_node, &visit, error);
  return visit_node == NULL || self->record->refused != NULL;
}

static ZifuRecordFile *
parse_root (ZifuPackLibrary *library, JsonNode *root, const char *name, GError **error)
{
  ZifuPath path = zifu_path_root (name, ""), policy = zifu_path_member (&path, "policy");
  g_autoptr (ZifuRecordFile) self = g_new0 (ZifuRecordFile, 1);
  JsonObject *object = zifu_json_to_object (root, &path, error);

  self->record = zifu_record_new ();
  if (object == NULL || !zifu_json_check_fields (object, &path, "policy person", "id date record visit note", error))
    return NULL;
  self->pack = load_pack (library, json_object_get_member (object, "policy"), name, &policy, error);
  if (self->pack == NULL || !parse_members (self, object, &path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * zifu_record_file_parse:
 * @library: where packs are found
 * @text: (array length=length): a person file
 * @length: length in bytes, −1 when @text ends with a NUL
 * @name: the file, as messages shall name it
 * @error: return location for a #GError
 *
 * Reads a person file.
 *
 * Returns: (transfer full) (nullable): the file, or %NULL
 */
ZifuRecordFile *
zifu_record_file_parse (ZifuPackLibrary *library, const char *text, gssize length, const char *name, GError **error)
{
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (library != NULL && text != NULL && name != NULL, NULL);

  root = zifu_json_read_text (text, length, name, error);
  return root != NULL ? parse_root (library, root, name, error) : NULL;
}

/**
 * zifu_record_file_load:
 * @library: where packs are found
 * @path: a file, or "-" for the standard input
 * @error: return location for a #GError
 *
 * Reads a person file; see zifu_record_file_parse().
 *
 * Returns: (transfer full) (nullable): the file, or %NULL
 */
ZifuRecordFile *
zifu_record_file_load (ZifuPackLibrary *library, const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (library != NULL && path != NULL, NULL);

  name = g_filename_display_name (path);
  root = zifu_json_read_file (path, error);
  return root != NULL ? parse_root (library, root, name, error) : NULL;
}
