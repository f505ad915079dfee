/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the documents of a chain of packs, the root first, to the one pack that the engine settles with. */

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-lint-private.h"
#include "zifu-parse.h"

/**
 * zifu_pack_document_new:
 * @node: (transfer full): the pack as written
 * @file: (nullable): its file, as messages name it
 * @pointer: where it stands in that file; "" = it is the file
 *
 * Returns: (transfer full): a document
 */
ZifuPackDocument *
zifu_pack_document_new (JsonNode *node, const char *file, const char *pointer)
{
  ZifuPackDocument *document = g_new0 (ZifuPackDocument, 1);

  document->node = node;
  document->file = g_strdup (file);
  document->pointer = g_strdup (pointer ? pointer : "");
  return document;
}

/**
 * zifu_pack_document_free:
 * @document: (nullable) (transfer full): a document
 *
 * Frees a document.
 */
void
zifu_pack_document_free (ZifuPackDocument *document)
{
  if (!document)
    return;
  json_node_unref (document->node);
  g_free (document->file);
  g_free (document->pointer);
  g_free (document);
}

/**
 * zifu_pack_document_check:
 * @document: a document
 * @error: return location for a #GError
 *
 * Looks at what must be right before anything else can be read: the fields of the pack, its id, its parent.
 *
 * Returns: whether the document is a pack
 */
gboolean
zifu_pack_document_check (const ZifuPackDocument *document, GError **error)
{
  ZifuPath path = zifu_path_root (document->file, document->pointer);
  JsonObject *object = zifu_json_to_object (document->node, &path, error);
  g_autofree char *text = NULL;

  return object &&
         zifu_json_check_fields (object, &path, "pack rules", "$schema title extends drops note year_start sources axes indexes counters",
                                 error) &&
         zifu_json_get_string (object, "pack", &path, &text, error) && zifu_json_get_string (object, "extends", &path, &text, error);
}

/**
 * zifu_pack_document_get_id:
 * @document: a checked document
 *
 * Returns: (transfer none): the id of the pack
 */
const char *
zifu_pack_document_get_id (const ZifuPackDocument *document)
{
  return json_object_get_string_member (json_node_get_object (document->node), "pack");
}

/**
 * zifu_pack_document_get_parent:
 * @document: a checked document
 *
 * Returns: (transfer none) (nullable): the id of the pack that it extends
 */
const char *
zifu_pack_document_get_parent (const ZifuPackDocument *document)
{
  return zifu_json_peek_string (json_node_get_object (document->node), "extends");
}

/* Only what the government publishes may be shown as a link. */
static gboolean
is_official (const char *url)
{
  g_autoptr (GUri) uri = url ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autofree char *host = NULL;

  if (!uri || !g_uri_get_host (uri) || g_uri_get_userinfo (uri))
    return FALSE;
  if (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http"))
    return FALSE;
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  return g_str_equal (host, "gov.cn") || g_str_has_suffix (host, ".gov.cn");
}

/* Dates and addresses of documents are free text, and may be empty. */
static gboolean
get_plain (JsonObject *object, const char *name, const ZifuPath *path, char **out, GError **error)
{
  const char *text = zifu_json_peek_string (object, name);

  return (text && !*text) || zifu_json_get_string (object, name, path, out, error);
}

static gboolean
fill_source (ZifuSource *source, JsonObject *object, const ZifuPath *path, GError **error)
{
  ZifuPath title = zifu_path_member (path, "title");
  ZifuPath evidence = zifu_path_member (path, "evidence");
  ZifuDate retrieved = 0;
  gboolean official = FALSE;

  if (!zifu_json_to_text (json_object_get_member (object, "title"), &title, &source->title, error) ||
      !zifu_json_get_string (object, "number", path, &source->number, error) ||
      !zifu_json_get_string (object, "issuer", path, &source->issuer, error) ||
      !zifu_json_get_string (object, "clause", path, &source->clause, error) ||
      !zifu_json_get_string (object, "confidence", path, &source->confidence, error) ||
      !zifu_json_get_string (object, "note", path, &source->note, error) || !get_plain (object, "date", path, &source->date, error) ||
      !get_plain (object, "url", path, &source->url, error) || !zifu_json_get_date (object, "retrieved", path, &retrieved, error) ||
      !zifu_json_get_boolean (object, "official", path, &official, error))
    return FALSE;
  if (json_object_has_member (object, "evidence"))
    {
      source->evidence = zifu_json_to_strv (json_object_get_member (object, "evidence"), &evidence, error);
      if (!source->evidence)
        return FALSE;
    }
  /* What a pack says about itself does not count, only where its address leads. */
  source->official = is_official (source->url);
  return TRUE;
}

static gboolean
take_source (ZifuPack *pack, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  g_autofree char *id = NULL;
  ZifuSource *source;
  gboolean ok;

  if (!object ||
      !zifu_json_check_fields (object, path, "id title", "number issuer date url clause confidence retrieved evidence note official",
                               error) ||
      !zifu_json_get_string (object, "id", path, &id, error))
    return FALSE;
  source = zifu_source_new (id);
  ok = fill_source (source, object, path, error);
  zifu_pack_take_source (pack, source);
  return ok;
}

static gboolean
parse_index_entry (ZifuIndexEntry *entry, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  ZifuPath value = zifu_path_member (path, "value");
  g_autofree char *text = NULL;

  return object && zifu_json_check_fields (object, path, "from value", "to source note", error) &&
         zifu_json_get_date (object, "from", path, &entry->from, error) && zifu_json_get_date (object, "to", path, &entry->to, error) &&
         zifu_json_to_number (json_object_get_member (object, "value"), &value, &entry->value, error) &&
         zifu_json_get_string (object, "source", path, &text, error) && zifu_json_get_string (object, "note", path, &text, error);
}

static gboolean
take_index (ZifuPack *pack, const char *name, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);
  ZifuIndex *index;

  if (!array)
    return FALSE;
  index = zifu_index_new (name);
  zifu_pack_take_index (pack, index);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);
      ZifuIndexEntry entry = { 0 };

      if (!parse_index_entry (&entry, json_array_get_element (array, i), &at, error))
        return FALSE;
      g_array_append_val (index->entries, entry);
    }
  return TRUE;
}

static gboolean
get_month_day (JsonObject *object, const char *name, const ZifuPath *path, int *month, int *day, GError **error)
{
  ZifuPath at = zifu_path_member (path, name);
  g_autofree char *text = NULL;
  g_autofree char *as_date = NULL;
  ZifuDate date;

  if (!zifu_json_get_string (object, name, path, &text, error))
    return FALSE;
  if (!text)
    return TRUE;
  as_date = g_strdup_printf ("2001-%s", text);
  date = strlen (text) == 5 ? zifu_date_parse (as_date) : 0;
  if (date == 0)
    {
      zifu_path_error (&at, error, ZIFU_ERROR_INPUT, N_ ("not a day of every year: '{1}' (month-day, such as 07-01)"), text, NULL);
      return FALSE;
    }
  zifu_date_split (date, NULL, month, day);
  return TRUE;
}

static gboolean
parse_reset (ZifuCounterDecl *counter, JsonNode *node, const ZifuPath *path, GError **error)
{
  static const char *const resets[] = { "year", "month", "never", NULL };
  ZifuPath at = zifu_path_member (path, "days");
  JsonObject *object;
  gint64 days;
  int choice;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      if (!zifu_json_choose (node, path, resets, &choice, error))
        return FALSE;
      counter->reset = (ZifuReset) choice;
      return TRUE;
    }
  object = json_node_get_object (node);
  if (!zifu_json_check_fields (object, path, "days", "", error) ||
      !zifu_json_to_int (json_object_get_member (object, "days"), &at, &days, error))
    return FALSE;
  if (days < 1 || days > 1000000)
    {
      zifu_path_error (&at, error, ZIFU_ERROR_INPUT, N_ ("not a number of days"), NULL, NULL);
      return FALSE;
    }
  counter->reset = ZIFU_RESET_DAYS;
  counter->days = (guint) days;
  return TRUE;
}

static gboolean
take_counter (ZifuPack *pack, const char *name, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  ZifuPath reset = zifu_path_member (path, "reset");
  ZifuPath title = zifu_path_member (path, "title");
  ZifuCounterDecl *counter;

  if (!object || !zifu_json_check_fields (object, path, "", "reset year_start title", error))
    return FALSE;
  counter = zifu_counter_decl_new (name);
  zifu_pack_take_counter (pack, counter);
  if (json_object_has_member (object, "reset") && !parse_reset (counter, json_object_get_member (object, "reset"), &reset, error))
    return FALSE;
  if (json_object_has_member (object, "title") &&
      !zifu_json_to_text (json_object_get_member (object, "title"), &title, &counter->title, error))
    return FALSE;
  return get_month_day (object, "year_start", path, &counter->start_month, &counter->start_day, error);
}

static gboolean
take_axis (ZifuPack *pack, const char *name, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);
  ZifuAxisDecl *axis;

  if (!array)
    return FALSE;
  if (json_array_get_length (array) == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a list without members"), NULL, NULL);
      return FALSE;
    }
  axis = zifu_axis_decl_new (name);
  zifu_pack_take_axis (pack, axis);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);
      ZifuValue *value = zifu_json_to_value (json_array_get_element (array, i), &at, FALSE, error);

      if (!value)
        return FALSE;
      g_ptr_array_add (axis->values, value);
    }
  return TRUE;
}

typedef gboolean (*TakeNamed) (ZifuPack *pack, const char *name, JsonNode *node, const ZifuPath *path, GError **error);

static gboolean
take_named (ZifuPack *pack, JsonObject *document, const char *member, const ZifuPath *root, TakeNamed take, GError **error)
{
  JsonNode *node = json_object_get_member (document, member);
  ZifuPath path = zifu_path_member (root, member);
  JsonObject *object;
  g_autoptr (GList) names = NULL;

  if (!node)
    return TRUE;
  object = zifu_json_to_object (node, &path, error);
  if (!object)
    return FALSE;
  names = json_object_get_members (object);
  for (GList *l = names; l; l = l->next)
    {
      ZifuPath at = zifu_path_member (&path, l->data);

      if (!take (pack, l->data, json_object_get_member (object, l->data), &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_sources (ZifuPack *pack, JsonObject *document, const ZifuPath *root, GError **error)
{
  JsonNode *node = json_object_get_member (document, "sources");
  ZifuPath path = zifu_path_member (root, "sources");
  JsonArray *array;

  if (!node)
    return TRUE;
  array = zifu_json_to_array (node, &path, error);
  if (!array)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (&path, i);

      if (!take_source (pack, json_array_get_element (array, i), &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_rules (ZifuPack *pack, JsonObject *document, const ZifuPath *root, guint depth, GError **error)
{
  ZifuPath path = zifu_path_member (root, "rules");
  JsonArray *array = zifu_json_to_array (json_object_get_member (document, "rules"), &path, error);

  if (!array)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (&path, i);
      ZifuRule *rule = zifu_rule_parse (json_array_get_element (array, i), &at, error);

      if (!rule)
        return FALSE;
      rule->depth = depth;
      rule->pack_id = g_strdup (json_object_get_string_member (document, "pack"));
      rule->pointer = g_strdup_printf ("/rules/%u", i);
      zifu_pack_take_rule (pack, rule);
    }
  return TRUE;
}

static gboolean
take_head (ZifuPack *pack, JsonObject *document, const ZifuPath *path, GError **error)
{
  JsonNode *title = json_object_get_member (document, "title");
  JsonNode *note = json_object_get_member (document, "note");
  ZifuPath title_path = zifu_path_member (path, "title");
  ZifuPath note_path = zifu_path_member (path, "note");
  ZifuText text = { NULL, NULL };

  if (note && (!JSON_NODE_HOLDS_VALUE (note) || json_node_get_value_type (note) != G_TYPE_STRING) &&
      !zifu_json_to_string (note, &note_path, error))
    return FALSE;
  if (title && !zifu_json_to_text (title, &title_path, &text, error))
    return FALSE;
  /* A title is the one thing that is not inherited. */
  g_free (pack->title.zh);
  g_free (pack->title.en);
  pack->title = text;
  return get_month_day (document, "year_start", path, &pack->year_start_month, &pack->year_start_day, error);
}

static gboolean
collect_drops (JsonObject *document, const ZifuPath *root, GHashTable *drops, GError **error)
{
  JsonNode *node = json_object_get_member (document, "drops");
  ZifuPath path = zifu_path_member (root, "drops");
  g_auto (GStrv) ids = NULL;

  if (!node)
    return TRUE;
  ids = zifu_json_to_strv (node, &path, error);
  if (!ids)
    return FALSE;
  for (guint i = 0; ids[i]; i++)
    g_hash_table_add (drops, g_strdup (ids[i]));
  return TRUE;
}

static gboolean
take_document (ZifuPack *pack, const ZifuPackDocument *document, guint depth, GHashTable *drops, GError **error)
{
  ZifuPath path = zifu_path_root (document->file, document->pointer);
  JsonObject *object = json_node_get_object (document->node);

  g_ptr_array_add (pack->chain, g_strdup (zifu_pack_document_get_id (document)));
  return take_head (pack, object, &path, error) && take_sources (pack, object, &path, error) &&
         take_named (pack, object, "indexes", &path, take_index, error) &&
         take_named (pack, object, "counters", &path, take_counter, error) && take_named (pack, object, "axes", &path, take_axis, error) &&
         collect_drops (object, &path, drops, error) && take_rules (pack, object, &path, depth, error);
}

/* Two rules with one id would make "which rule was used" ambiguous: the message names the place of the second. */
static gboolean
check_ids (ZifuPack *pack, GPtrArray *chain, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < pack->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (pack->rules, i);
      const ZifuPackDocument *document = g_ptr_array_index (chain, rule->depth);
      g_autofree char *pointer = g_strconcat (document->pointer, rule->pointer, NULL);
      ZifuPath path = zifu_path_root (document->file, pointer);

      if (!g_hash_table_add (seen, rule->id))
        {
          zifu_path_error (&path, error, ZIFU_ERROR_POLICY, N_ ("two rules with this id: {1}"), rule->id, NULL);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * zifu_pack_document_check_all:
 * @document: a document
 * @errors: (element-type GError): filled with all that is wrong with its structure
 *
 * Reads the parts of a pack one by one, and every rule by itself, so that one mistake does not hide the others.
 */
void
zifu_pack_document_check_all (const ZifuPackDocument *document, GPtrArray *errors)
{
  ZifuPath path = zifu_path_root (document->file, document->pointer);
  ZifuPath rules = zifu_path_member (&path, "rules");
  g_autoptr (GHashTable) drops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (ZifuPack) pack = zifu_pack_new ("");
  JsonObject *object;
  JsonArray *array;
  GError *error = NULL;

  if (!zifu_pack_document_check (document, &error))
    {
      g_ptr_array_add (errors, error);
      return;
    }
  object = json_node_get_object (document->node);
  if (!take_head (pack, object, &path, &error))
    g_ptr_array_add (errors, g_steal_pointer (&error));
  if (!take_sources (pack, object, &path, &error))
    g_ptr_array_add (errors, g_steal_pointer (&error));
  if (!take_named (pack, object, "indexes", &path, take_index, &error))
    g_ptr_array_add (errors, g_steal_pointer (&error));
  if (!take_named (pack, object, "counters", &path, take_counter, &error))
    g_ptr_array_add (errors, g_steal_pointer (&error));
  if (!take_named (pack, object, "axes", &path, take_axis, &error))
    g_ptr_array_add (errors, g_steal_pointer (&error));
  if (!collect_drops (object, &path, drops, &error))
    g_ptr_array_add (errors, g_steal_pointer (&error));
  array = zifu_json_to_array (json_object_get_member (object, "rules"), &rules, &error);
  if (!array)
    g_ptr_array_add (errors, g_steal_pointer (&error));
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (&rules, i);
      g_autoptr (ZifuRule) rule = zifu_rule_parse (json_array_get_element (array, i), &at, &error);

      if (!rule)
        g_ptr_array_add (errors, g_steal_pointer (&error));
    }
}

/**
 * zifu_pack_build:
 * @chain: (element-type ZifuPackDocument): checked documents, the root first
 * @error: return location for a #GError
 *
 * Makes one pack of a chain: what a child states replaces what it inherits under the same name.
 *
 * Returns: (transfer full): the pack, or %NULL
 */
ZifuPack *
zifu_pack_build (GPtrArray *chain, GError **error)
{
  g_autoptr (GHashTable) drops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const ZifuPackDocument *leaf;
  g_autoptr (ZifuPack) pack = NULL;
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (chain != NULL && chain->len > 0, NULL);

  leaf = g_ptr_array_index (chain, chain->len - 1);
  pack = zifu_pack_new (zifu_pack_document_get_id (leaf));
  for (guint depth = 0; depth < chain->len; depth++)
    {
      if (!take_document (pack, g_ptr_array_index (chain, depth), depth, drops, error))
        return NULL;
    }
  g_hash_table_iter_init (&iter, drops);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    zifu_pack_drop_rule (pack, id);
  if (!check_ids (pack, chain, error) || !zifu_pack_finish (pack, error))
    return NULL;
  return g_steal_pointer (&pack);
}
