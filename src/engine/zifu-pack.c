/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-pack.h"

#include "zifu-plan.h"
#include "zifu-private.h"

#include <string.h>

static void
source_free (gpointer data)
{
  ZifuSource *source = data;

  g_free (source->id);
  g_free (source->title.zh);
  g_free (source->title.en);
  g_free (source->number);
  g_free (source->issuer);
  g_free (source->date);
  g_free (source->clause);
  g_free (source->url);
  g_free (source->confidence);
  g_free (source->note);
  g_strfreev (source->evidence);
  g_free (source);
}

static void
counter_free (gpointer data)
{
  ZifuCounterDecl *counter = data;

  g_free (counter->name);
  g_free (counter->title.zh);
  g_free (counter->title.en);
  g_free (counter);
}

static void
index_free (gpointer data)
{
  ZifuIndex *index = data;

  g_free (index->name);
  g_array_unref (index->entries);
  g_free (index);
}

static void
axis_free (gpointer data)
{
  ZifuAxisDecl *axis = data;

  g_free (axis->name);
  g_ptr_array_unref (axis->values);
  g_free (axis);
}

/**
 * zifu_source_new:
 * @id: its id in the pack
 *
 * Returns: (transfer full): a document to be filled
 */
ZifuSource *
zifu_source_new (const char *id)
{
  ZifuSource *source = g_new0 (ZifuSource, 1);

  source->id = g_strdup (id);
  return source;
}

/**
 * zifu_counter_decl_new:
 * @name: its name, which may hold axes in braces
 *
 * Returns: (transfer full): a counter that is reset with the benefit year
 */
ZifuCounterDecl *
zifu_counter_decl_new (const char *name)
{
  ZifuCounterDecl *counter = g_new0 (ZifuCounterDecl, 1);

  counter->name = g_strdup (name);
  return counter;
}

/**
 * zifu_index_new:
 * @name: its name
 *
 * Returns: (transfer full): an index without values
 */
ZifuIndex *
zifu_index_new (const char *name)
{
  ZifuIndex *index = g_new0 (ZifuIndex, 1);

  index->name = g_strdup (name);
  index->entries = g_array_new (FALSE, TRUE, sizeof (ZifuIndexEntry));
  return index;
}

/**
 * zifu_axis_decl_new:
 * @name: its name
 *
 * Returns: (transfer full): an axis without values
 */
ZifuAxisDecl *
zifu_axis_decl_new (const char *name)
{
  ZifuAxisDecl *axis = g_new0 (ZifuAxisDecl, 1);

  axis->name = g_strdup (name);
  axis->values = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);
  return axis;
}

/**
 * zifu_pack_new:
 * @id: its id
 *
 * Returns: (transfer full): an empty pack; zifu_pack_finish() makes it ready for use
 */
ZifuPack *
zifu_pack_new (const char *id)
{
  ZifuPack *pack = g_new0 (ZifuPack, 1);

  g_atomic_ref_count_init (&pack->ref_count);
  pack->id = g_strdup (id);
  pack->chain = g_ptr_array_new_with_free_func (g_free);
  pack->sources = g_ptr_array_new_with_free_func (source_free);
  pack->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_rule_free);
  pack->counters = g_ptr_array_new_with_free_func (counter_free);
  pack->indexes = g_ptr_array_new_with_free_func (index_free);
  pack->axes = g_ptr_array_new_with_free_func (axis_free);
  for (guint i = 0; i < ZIFU_N_RULE_KINDS; i++)
    pack->by_kind[i] = g_ptr_array_new ();
  pack->year_start_month = pack->year_start_day = 1;
  return pack;
}

/**
 * zifu_pack_ref:
 * @pack: a pack
 *
 * Returns: (transfer full): the same pack
 */
ZifuPack *
zifu_pack_ref (ZifuPack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  g_atomic_ref_count_inc (&pack->ref_count);
  return pack;
}

/**
 * zifu_pack_unref:
 * @pack: (transfer full): a pack
 *
 * Gives a reference back; the last one frees the pack with its rules.
 */
void
zifu_pack_unref (ZifuPack *pack)
{
  g_return_if_fail (pack != NULL);

  if (!g_atomic_ref_count_dec (&pack->ref_count))
    return;
  zifu_plan_free (pack->plan);
  for (guint i = 0; i < ZIFU_N_RULE_KINDS; i++)
    g_ptr_array_unref (pack->by_kind[i]);
  g_ptr_array_unref (pack->rules);
  g_ptr_array_unref (pack->sources);
  g_ptr_array_unref (pack->counters);
  g_ptr_array_unref (pack->indexes);
  g_ptr_array_unref (pack->axes);
  g_ptr_array_unref (pack->chain);
  g_free (pack->title.zh);
  g_free (pack->title.en);
  g_free (pack->id);
  g_free (pack);
}

/* Replaces the member of @array that has this name, or appends: what a pack inherits gives way to its own. */
static void
replace_by_name (GPtrArray *array, gpointer added, const char *(*get_name) (gconstpointer))
{
  for (guint i = 0; i < array->len; i++)
    if (g_str_equal (get_name (g_ptr_array_index (array, i)), get_name (added)))
      {
        g_ptr_array_remove_index (array, i);
        break;
      }
  g_ptr_array_add (array, added);
}

static const char *
source_name (gconstpointer data)
{
  return ((const ZifuSource *) data)->id;
}

static const char *
counter_name (gconstpointer data)
{
  return ((const ZifuCounterDecl *) data)->name;
}

static const char *
index_name (gconstpointer data)
{
  return ((const ZifuIndex *) data)->name;
}

static const char *
axis_name (gconstpointer data)
{
  return ((const ZifuAxisDecl *) data)->name;
}

/**
 * zifu_pack_take_source:
 * @pack: a pack that is being filled
 * @source: (transfer full): a document; one of the same id is replaced
 *
 * Adds a source.
 */
void
zifu_pack_take_source (ZifuPack *pack, ZifuSource *source)
{
  replace_by_name (pack->sources, source, source_name);
}

/**
 * zifu_pack_take_counter:
 * @pack: a pack that is being filled
 * @counter: (transfer full): a counter; one of the same name is replaced
 *
 * Declares a counter.
 */
void
zifu_pack_take_counter (ZifuPack *pack, ZifuCounterDecl *counter)
{
  replace_by_name (pack->counters, counter, counter_name);
}

/**
 * zifu_pack_take_index:
 * @pack: a pack that is being filled
 * @index: (transfer full): an index; one of the same name is replaced
 *
 * Adds an index.
 */
void
zifu_pack_take_index (ZifuPack *pack, ZifuIndex *index)
{
  replace_by_name (pack->indexes, index, index_name);
}

/**
 * zifu_pack_take_axis:
 * @pack: a pack that is being filled
 * @axis: (transfer full): an axis with its values; one of the same name is replaced
 *
 * Declares the values that the pack knows of an axis.
 */
void
zifu_pack_take_axis (ZifuPack *pack, ZifuAxisDecl *axis)
{
  replace_by_name (pack->axes, axis, axis_name);
}

/**
 * zifu_pack_take_rule:
 * @pack: a pack that is being filled
 * @rule: (transfer full): a rule, complete with its defaults
 *
 * Adds a rule.
 */
void
zifu_pack_take_rule (ZifuPack *pack, ZifuRule *rule)
{
  g_ptr_array_add (pack->rules, rule);
}

/**
 * zifu_pack_drop_rule:
 * @pack: a pack that is being filled
 * @rule_id: id of a rule that does not hold here
 *
 * Takes an inherited rule out.
 */
void
zifu_pack_drop_rule (ZifuPack *pack, const char *rule_id)
{
  for (guint i = 0; i < pack->rules->len; i++)
    if (g_str_equal (((ZifuRule *) g_ptr_array_index (pack->rules, i))->id, rule_id))
      g_ptr_array_remove_index (pack->rules, i--);
}

static void
resolve_citations (ZifuPack *pack, ZifuRule *rule)
{
  for (guint i = 0; i < rule->citations->len; i++)
    {
      ZifuCitation *citation = &g_array_index (rule->citations, ZifuCitation, i);

      citation->source = zifu_pack_get_source (pack, citation->id);
    }
}

/**
 * zifu_pack_finish:
 * @pack: a pack with all its rules
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_POLICY when two rules have one id
 *
 * Sorts the rules by kind, finds their sources and compiles them.  From now on the pack does not change.
 *
 * Returns: %FALSE when the pack cannot be used
 */
gboolean
zifu_pack_finish (ZifuPack *pack, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < pack->rules->len; i++)
    {
      ZifuRule *rule = g_ptr_array_index (pack->rules, i);

      if (!g_hash_table_add (ids, rule->id))
        {
          zifu_error_set (error, ZIFU_ERROR_POLICY, rule->id, N_ ("two rules with this id"), NULL, NULL, NULL);
          return FALSE;
        }
      resolve_citations (pack, rule);
      g_ptr_array_add (pack->by_kind[rule->kind], rule);
    }
  zifu_plan_free (pack->plan);
  pack->plan = zifu_plan_new (pack);
  return TRUE;
}

/**
 * zifu_pack_get_rule:
 * @pack: a pack
 * @id: an id
 *
 * Returns: (nullable) (transfer none): the rule
 */
const ZifuRule *
zifu_pack_get_rule (const ZifuPack *pack, const char *id)
{
  for (guint i = 0; i < pack->rules->len; i++)
    if (g_str_equal (((ZifuRule *) g_ptr_array_index (pack->rules, i))->id, id))
      return g_ptr_array_index (pack->rules, i);
  return NULL;
}

/**
 * zifu_pack_get_source:
 * @pack: a pack
 * @id: an id
 *
 * Returns: (nullable) (transfer none): the document
 */
const ZifuSource *
zifu_pack_get_source (const ZifuPack *pack, const char *id)
{
  for (guint i = 0; i < pack->sources->len; i++)
    if (g_str_equal (source_name (g_ptr_array_index (pack->sources, i)), id))
      return g_ptr_array_index (pack->sources, i);
  return NULL;
}

/* Whether @name is what the template makes when its axes in braces are filled in with something. */
static gboolean
template_matches (const char *template_, const char *name)
{
  const char *open = strchr (template_, '{'), *close;

  if (open == NULL)
    return g_str_equal (template_, name);
  if (strncmp (template_, name, (gsize) (open - template_)) != 0)
    return FALSE;
  close = strchr (open, '}');
  if (close == NULL)
    return g_str_equal (template_, name);
  for (const char *rest = name + (open - template_) + 1; name + (open - template_) < rest; rest++)
    {
      if (rest[-1] == '\0')
        return FALSE;
      if (template_matches (close + 1, rest))
        return TRUE;
    }
  return FALSE;
}

/**
 * zifu_pack_get_counter:
 * @pack: a pack
 * @name: name of a counter, with its axes filled in
 *
 * Returns: (nullable) (transfer none): how it is declared; %NULL = undeclared, which means reset with the benefit year
 */
const ZifuCounterDecl *
zifu_pack_get_counter (const ZifuPack *pack, const char *name)
{
  for (guint i = 0; i < pack->counters->len; i++)
    {
      const ZifuCounterDecl *counter = g_ptr_array_index (pack->counters, i);

      if (g_str_equal (counter->name, name) || (strchr (counter->name, '{') != NULL && template_matches (counter->name, name)))
        return counter;
    }
  return NULL;
}

/**
 * zifu_pack_get_axis:
 * @pack: a pack
 * @name: name of an axis
 *
 * Returns: (nullable) (transfer none): the values that the pack knows; %NULL = any
 */
const ZifuAxisDecl *
zifu_pack_get_axis (const ZifuPack *pack, const char *name)
{
  for (guint i = 0; i < pack->axes->len; i++)
    if (g_str_equal (axis_name (g_ptr_array_index (pack->axes, i)), name))
      return g_ptr_array_index (pack->axes, i);
  return NULL;
}

/**
 * zifu_pack_get_index:
 * @pack: a pack
 * @name: name of an index
 * @on: a day
 * @value: (out): its value on that day: of the entries that cover the day the one that began last
 *
 * Returns: %FALSE when the index has no value on that day
 */
gboolean
zifu_pack_get_index (const ZifuPack *pack, const char *name, ZifuDate on, ZifuRational *value)
{
  const ZifuIndexEntry *best = NULL;

  for (guint i = 0; i < pack->indexes->len; i++)
    {
      const ZifuIndex *index = g_ptr_array_index (pack->indexes, i);

      if (!g_str_equal (index->name, name))
        continue;
      for (guint j = 0; j < index->entries->len; j++)
        {
          const ZifuIndexEntry *entry = &g_array_index (index->entries, ZifuIndexEntry, j);

          if (entry->from <= on && (entry->to == 0 || on <= entry->to) && (best == NULL || entry->from > best->from))
            best = entry;
        }
    }
  if (best != NULL)
    *value = best->value;
  return best != NULL;
}
