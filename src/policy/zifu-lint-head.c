/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pack beside its rules: its title, its documents, its indexes, what it drops. */

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-lint-private.h"

static void
check_title (ZifuLint *lint, const ZifuText *title, const ZifuPath *path)
{
  if (!title->zh)
    zifu_lint_add (lint, ZIFU_LINT_WARNING, path, NULL, N_ ("the title is missing in Chinese"), NULL, NULL);
  if (!title->en)
    zifu_lint_add (lint, ZIFU_LINT_WARNING, path, NULL, N_ ("the title is missing in English"), NULL, NULL);
}

/* A year, a month or a day. */
static gboolean
is_document_date (const char *text)
{
  ZifuMonth month;

  if (strlen (text) == 4 && strspn (text, "0123456789") == 4)
    return TRUE;
  return zifu_month_parse (text, &month);
}

static gboolean
is_cited (const ZifuPack *pack, JsonObject *document, const char *id)
{
  JsonObject *indexes = json_object_has_member (document, "indexes") ? json_object_get_object_member (document, "indexes") : NULL;
  g_autoptr (GList) lists = indexes ? json_object_get_values (indexes) : NULL;

  for (guint i = 0; i < pack->rules->len; i++)
    {
      const GArray *citations = ((const ZifuRule *) g_ptr_array_index (pack->rules, i))->citations;

      for (guint j = 0; j < citations->len; j++)
        {
          if (g_str_equal (g_array_index (citations, ZifuCitation, j).id, id))
            return TRUE;
        }
    }
  for (GList *l = lists; l; l = l->next)
    {
      JsonArray *entries = json_node_get_array (l->data);

      for (guint i = 0; i < json_array_get_length (entries); i++)
        {
          JsonObject *entry = json_array_get_object_element (entries, i);

          if (g_strcmp0 (zifu_json_peek_string (entry, "source"), id) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static void
check_address (ZifuLint *lint, const ZifuSource *source, JsonObject *object, const ZifuPath *path)
{
  ZifuPath url = zifu_path_member (path, "url");
  ZifuPath official = zifu_path_member (path, "official");

  if (source->url && !source->official)
    zifu_lint_add (lint, ZIFU_LINT_WARNING, &url, NULL,
                   N_ ("not an official site: it is not shown as a link, and belongs under 'evidence'"), NULL, NULL);
  if (!source->official && json_object_has_member (object, "official") && json_object_get_boolean_member (object, "official"))
    zifu_lint_add (lint, ZIFU_LINT_WARNING, &official, NULL, N_ ("says that it is official, but its address is not"), NULL, NULL);
}

static gboolean
states_source (const ZifuPackDocument *document, const char *id)
{
  JsonObject *object = json_node_get_object (document->node);
  JsonArray *sources = json_object_has_member (object, "sources") ? json_object_get_array_member (object, "sources") : NULL;

  for (guint i = 0; sources && i < json_array_get_length (sources); i++)
    {
      if (g_str_equal (json_object_get_string_member (json_array_get_object_element (sources, i), "id"), id))
        return TRUE;
    }
  return FALSE;
}

static void
check_source (ZifuLint *lint, JsonObject *object, const ZifuPath *path, GHashTable *seen)
{
  const char *id = json_object_get_string_member (object, "id");
  const ZifuSource *source = zifu_pack_get_source (lint->pack, id);
  ZifuPath title = zifu_path_member (path, "title");
  ZifuPath date = zifu_path_member (path, "date");

  if (!g_hash_table_add (seen, (gpointer) id))
    zifu_lint_add (lint, ZIFU_LINT_ERROR, path, NULL, N_ ("two sources with the id '{1}'"), id, NULL);
  for (guint i = 0; i < lint->depth; i++)
    {
      if (states_source (g_ptr_array_index (lint->chain, i), id))
        zifu_lint_add (lint, ZIFU_LINT_WARNING, path, NULL,
                       N_ ("the source '{1}' replaces an inherited one: inherited rules would cite it"), id, NULL);
    }
  if (!source)
    return;
  check_title (lint, &source->title, &title);
  if (source->date && !is_document_date (source->date))
    zifu_lint_add (lint, ZIFU_LINT_WARNING, &date, NULL, N_ ("not a date: '{1}'"), source->date, NULL);
  check_address (lint, source, object, path);
  if (!is_cited (lint->pack, lint->object, id))
    zifu_lint_add (lint, ZIFU_LINT_INFO, path, NULL, N_ ("no rule cites the source '{1}'"), id, NULL);
}

static void
check_sources (ZifuLint *lint)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = json_object_has_member (lint->object, "sources") ? json_object_get_array_member (lint->object, "sources") : NULL;
  ZifuPath sources = zifu_path_member (&lint->root, "sources");

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      ZifuPath path = zifu_path_item (&sources, i);

      check_source (lint, json_array_get_object_element (array, i), &path, seen);
    }
}

static void
check_index_entry (ZifuLint *lint, JsonObject *object, const ZifuPath *path)
{
  const char *source = zifu_json_peek_string (object, "source");
  ZifuPath at = zifu_path_member (path, "source");

  if (source && !zifu_pack_get_source (lint->pack, source))
    zifu_lint_add (lint, ZIFU_LINT_ERROR, &at, NULL, N_ ("source '{1}' is not in the pack"), source, NULL);
}

/* An open entry ends where a later one begins; only what is stated can contradict that. */
static void
check_index (ZifuLint *lint, const ZifuIndex *index, JsonArray *array, const ZifuPath *path)
{
  for (guint i = 0; i < index->entries->len; i++)
    {
      const ZifuIndexEntry *entry = &g_array_index (index->entries, ZifuIndexEntry, i);
      ZifuPath at = zifu_path_item (path, i);

      check_index_entry (lint, json_array_get_object_element (array, i), &at);
      if (entry->to != 0 && entry->to < entry->from)
        zifu_lint_add (lint, ZIFU_LINT_ERROR, &at, NULL, N_ ("ends before it begins"), NULL, NULL);
      for (guint j = 0; j < index->entries->len; j++)
        {
          const ZifuIndexEntry *other = &g_array_index (index->entries, ZifuIndexEntry, j);

          if (j < i && other->from == entry->from)
            zifu_lint_add (lint, ZIFU_LINT_ERROR, &at, NULL, N_ ("two values of the index '{1}' begin on the same day"), index->name, NULL);
          else if (entry->to != 0 && entry->from < other->from && other->from <= entry->to)
            zifu_lint_add (lint, ZIFU_LINT_WARNING, &at, NULL, N_ ("the index '{1}' has two values on the same day"), index->name, NULL);
        }
    }
}

static void
check_indexes (ZifuLint *lint)
{
  JsonObject *object = json_object_has_member (lint->object, "indexes") ? json_object_get_object_member (lint->object, "indexes") : NULL;
  ZifuPath indexes = zifu_path_member (&lint->root, "indexes");

  for (guint i = 0; object && i < lint->pack->indexes->len; i++)
    {
      const ZifuIndex *index = g_ptr_array_index (lint->pack->indexes, i);
      ZifuPath path = zifu_path_member (&indexes, index->name);

      if (json_object_has_member (object, index->name))
        check_index (lint, index, json_object_get_array_member (object, index->name), &path);
    }
}

static gboolean
states_rule (const ZifuPackDocument *document, const char *id)
{
  JsonArray *rules = json_object_get_array_member (json_node_get_object (document->node), "rules");

  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      if (g_strcmp0 (zifu_json_peek_string (json_array_get_object_element (rules, i), "id"), id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
check_drops (ZifuLint *lint)
{
  JsonArray *array = json_object_has_member (lint->object, "drops") ? json_object_get_array_member (lint->object, "drops") : NULL;
  ZifuPath drops = zifu_path_member (&lint->root, "drops");

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      const char *id = json_array_get_string_element (array, i);
      ZifuPath path = zifu_path_item (&drops, i);
      gboolean inherited = FALSE;

      for (guint j = 0; j < lint->depth; j++)
        inherited = inherited || states_rule (g_ptr_array_index (lint->chain, j), id);
      if (!inherited)
        zifu_lint_add (lint, ZIFU_LINT_WARNING, &path, NULL, N_ ("no inherited rule '{1}' that could be dropped"), id, NULL);
      if (states_rule (lint->document, id))
        zifu_lint_add (lint, ZIFU_LINT_ERROR, &path, NULL,
                       N_ ("the pack drops its own rule '{1}'; to replace an inherited one, give it another id"), id, NULL);
    }
}

/* A pack with a route or a deductible settles bills; one without any of them is there to be extended. */
static void
check_base_layer (ZifuLint *lint)
{
  const ZifuPack *pack = lint->pack;
  gboolean settles = pack->by_kind[ZIFU_RULE_DEDUCTIBLE]->len + pack->by_kind[ZIFU_RULE_CAP]->len + pack->by_kind[ZIFU_RULE_SHARE]->len > 0;

  for (guint i = 0; i < pack->by_kind[ZIFU_RULE_SHARE]->len; i++)
    {
      if (g_str_equal (((const ZifuRule *) g_ptr_array_index (pack->by_kind[ZIFU_RULE_SHARE], i))->layer, "base"))
        return;
    }
  if (settles)
    zifu_lint_add (lint, ZIFU_LINT_WARNING, &lint->root, NULL, N_ ("layer '{1}': no share rule"), "base", NULL);
}

/**
 * zifu_lint_head:
 * @lint: the linter
 *
 * Looks at everything of a pack that is no rule.
 */
void
zifu_lint_head (ZifuLint *lint)
{
  ZifuPath title = zifu_path_member (&lint->root, "title");

  check_title (lint, &lint->pack->title, &title);
  check_sources (lint);
  check_indexes (lint);
  check_drops (lint);
  check_base_layer (lint);
}
