/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-mapping-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"
#include "zifu-ledger-private.h"
#include "zifu-output-private.h"

/* Mappings lie as JSON in a folder of the user, one file each, so that they can be looked at, changed and passed on. */

#define SUFFIX ".json"
#define FORMAT "zifu-mapping-1"

static const char *const date_orders[] = { "auto", "dmy", "mdy", NULL };
static const char *const number_forms[] = { "point", "comma", NULL };

static void
add_columns (const ZifuMapping *self, JsonObject *object)
{
  JsonObject *columns = json_object_new ();

  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    if (self->titles[i] != NULL)
      json_object_set_string_member (columns, zifu_field_get_name (i), self->titles[i]);
    else if (self->columns[i] >= 0)
      json_object_set_int_member (columns, zifu_field_get_name (i), self->columns[i] + 1);
  json_object_set_object_member (object, "columns", columns);
}

static void
add_rules (const ZifuMapping *self, JsonObject *object)
{
  JsonArray *rules = json_array_new ();

  for (guint i = 0; i < self->rules->len; i++)
    {
      const ZifuKindRule *rule = g_ptr_array_index (self->rules, i);
      JsonObject *item = json_object_new ();

      json_object_set_string_member (item, "contains", rule->text);
      json_object_set_string_member (item, "kind", _zifu_entry_kind_name (rule->kind));
      json_array_add_object_element (rules, item);
    }
  json_object_set_array_member (object, "kinds", rules);
}

/**
 * zifu_mapping_to_json:
 * @self: a mapping
 *
 * Returns: (transfer full): the mapping as a JSON document: columns by their titles, or by their number from 1
 */
char *
zifu_mapping_to_json (const ZifuMapping *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "format", FORMAT);
  add_columns (self, object);
  if (self->title_line > 0)
    json_object_set_int_member (object, "title_line", self->title_line);
  json_object_set_string_member (object, "dates", date_orders[self->date_order]);
  json_object_set_string_member (object, "numbers", number_forms[self->number_form]);
  json_object_set_boolean_member (object, "plus_is_outlay", self->plus_is_outlay);
  json_object_set_boolean_member (object, "outlay_is_negative", self->outlay_is_negative);
  add_rules (self, object);
  json_node_take_object (node, object);
  return zifu_json_write (node, ZIFU_JSON_PRETTY);
}

static gboolean
read_column (ZifuMapping *self, JsonObject *columns, const char *name, const ZifuPath *path, GError **error)
{
  ZifuPath here = zifu_path_member (path, name);
  JsonNode *node = json_object_get_member (columns, name);
  const char *title;
  gint64 number;

  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    {
      if (!g_str_equal (name, zifu_field_get_name (i)))
        continue;
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        {
          title = zifu_json_to_string (node, &here, error);
          self->titles[i] = g_strdup (title);
          return title != NULL;
        }
      if (!zifu_json_to_int (node, &here, &number, error))
        return FALSE;
      if (number < 1 || number > ZIFU_TABLE_MAX_COLUMNS)
        break;
      self->columns[i] = (int) number - 1;
      return TRUE;
    }
  zifu_path_error (&here, error, ZIFU_ERROR_INPUT, N_ ("not a column that an import knows"), NULL, NULL);
  return FALSE;
}

static gboolean
read_columns (ZifuMapping *self, JsonObject *object, const ZifuPath *root, GError **error)
{
  ZifuPath path = zifu_path_member (root, "columns");
  JsonObject *columns = zifu_json_to_object (json_object_get_member (object, "columns"), &path, error);
  g_autoptr (GList) names = NULL;

  if (columns == NULL)
    return FALSE;
  names = json_object_get_members (columns);
  for (GList *l = names; l != NULL; l = l->next)
    if (!read_column (self, columns, l->data, &path, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_rules (ZifuMapping *self, JsonObject *object, const ZifuPath *root, GError **error)
{
  ZifuPath path = zifu_path_member (root, "kinds");
  JsonArray *rules;

  if (!json_object_has_member (object, "kinds"))
    return TRUE;
  rules = zifu_json_to_array (json_object_get_member (object, "kinds"), &path, error);
  if (rules == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      ZifuPath here = zifu_path_item (&path, i);
      JsonObject *rule = zifu_json_to_object (json_array_get_element (rules, i), &here, error);
      g_autofree char *text = NULL, *word = NULL;
      ZifuEntryKind kind;

      if (rule == NULL || !zifu_json_check_fields (rule, &here, "contains kind", "", error) ||
          !zifu_json_get_string (rule, "contains", &here, &text, error) || !zifu_json_get_string (rule, "kind", &here, &word, error))
        return FALSE;
      if (!_zifu_entry_kind_parse (word, &kind))
        {
          zifu_path_error (&here, error, ZIFU_ERROR_INPUT, N_ ("not a kind of entry: “{1}”"), word, NULL);
          return FALSE;
        }
      zifu_mapping_add_rule (self, text, kind);
    }
  return TRUE;
}

static gboolean
read_options (ZifuMapping *self, JsonObject *object, const ZifuPath *root, GError **error)
{
  ZifuPath line = zifu_path_member (root, "title_line");
  int dates = 0, numbers = 0;

  if (!zifu_json_get_choice (object, "dates", root, date_orders, &dates, error) ||
      !zifu_json_get_choice (object, "numbers", root, number_forms, &numbers, error) ||
      !zifu_json_get_boolean (object, "plus_is_outlay", root, &self->plus_is_outlay, error) ||
      !zifu_json_get_boolean (object, "outlay_is_negative", root, &self->outlay_is_negative, error))
    return FALSE;
  self->date_order = dates;
  self->number_form = numbers;
  return !json_object_has_member (object, "title_line") ||
         zifu_json_to_int (json_object_get_member (object, "title_line"), &line, &self->title_line, error);
}

/**
 * zifu_mapping_parse:
 * @text: (array length=length): a JSON document
 * @length: its length in bytes; -1 when @text ends with a NUL
 * @name: (nullable): the file, as messages shall name it
 * @error: return location for an error of #ZifuError
 *
 * Returns: (transfer full) (nullable): the mapping, still without a name, or %NULL with an error that says where it is wrong
 */
ZifuMapping *
zifu_mapping_parse (const char *text, gssize length, const char *name, GError **error)
{
  g_autoptr (ZifuMapping) self = zifu_mapping_new ();
  ZifuPath root = zifu_path_root (name, "");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_return_val_if_fail (text != NULL, NULL);

  node = zifu_json_read_text (text, length, name, error);
  object = node != NULL ? zifu_json_to_object (node, &root, error) : NULL;
  if (object == NULL ||
      !zifu_json_check_fields (object, &root, "format columns", "title_line dates numbers plus_is_outlay outlay_is_negative kinds", error))
    return NULL;
  if (g_strcmp0 (zifu_json_peek_string (object, "format"), FORMAT) != 0)
    {
      ZifuPath here = zifu_path_member (&root, "format");

      zifu_path_error (&here, error, ZIFU_ERROR_INPUT, N_ ("not a mapping that this program knows"), NULL, NULL);
      return NULL;
    }
  if (!read_columns (self, object, &root, error) || !read_rules (self, object, &root, error) ||
      !read_options (self, object, &root, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * zifu_mapping_default_folder:
 *
 * Returns: (transfer full): where mappings are saved
 */
char *
zifu_mapping_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "zifu", "mappings", NULL);
}

/* Any name is a file of this folder and of no other. */
static char *
make_path (const char *folder, const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, " ", TRUE);
  g_autofree char *file = g_strconcat (*escaped == '.' ? "%2E" : "", *escaped == '.' ? escaped + 1 : escaped, SUFFIX, NULL);

  return g_build_filename (folder, file, NULL);
}

/**
 * zifu_mapping_save:
 * @self: a mapping with a name
 * @folder: (nullable): where; %NULL = zifu_mapping_default_folder()
 * @error: return location for an error of #ZifuExchangeError
 *
 * Saves @self under its name.  What was saved under this name before is replaced.
 *
 * Returns: whether it was saved
 */
gboolean
zifu_mapping_save (const ZifuMapping *self, const char *folder, GError **error)
{
  g_autofree char *own = folder == NULL ? zifu_mapping_default_folder () : NULL;
  g_autofree char *path = NULL, *text = NULL;
  g_autoptr (ZifuOutput) output = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->name == NULL || *self->name == '\0' || strlen (self->name) > 80)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("A mapping needs a short name to be saved."), NULL, NULL);
      return FALSE;
    }
  folder = folder != NULL ? folder : own;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return zifu_exchange_set_file_error (error, folder, errno);

  path = make_path (folder, self->name);
  text = zifu_mapping_to_json (self);
  output = _zifu_output_new (path, error);
  if (output == NULL)
    return FALSE;
  _zifu_output_puts (output, text);
  _zifu_output_puts (output, "\n");
  return _zifu_output_commit (output, error);
}

/**
 * zifu_mapping_load:
 * @folder: (nullable): where; %NULL = zifu_mapping_default_folder()
 * @name: under which it was saved
 * @error: return location for an error of #ZifuExchangeError or #ZifuError
 *
 * Returns: (transfer full) (nullable): the mapping, or %NULL with an error
 */
ZifuMapping *
zifu_mapping_load (const char *folder, const char *name, GError **error)
{
  g_autofree char *own = folder == NULL ? zifu_mapping_default_folder () : NULL;
  g_autofree char *path = NULL, *text = NULL;
  ZifuMapping *self;
  gsize length;

  g_return_val_if_fail (name != NULL, NULL);

  path = make_path (folder != NULL ? folder : own, name);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("No mapping is saved under the name “{1}”."), name, NULL);
      return NULL;
    }
  text = zifu_json_read_bytes (path, &length, error);
  self = text != NULL ? zifu_mapping_parse (text, (gssize) length, path, error) : NULL;
  if (self != NULL)
    self->name = g_strdup (name);
  return self;
}

/**
 * zifu_mapping_remove:
 * @folder: (nullable): where; %NULL = zifu_mapping_default_folder()
 * @name: under which it was saved
 * @error: return location for an error of #ZifuExchangeError
 *
 * Returns: whether it was there and is removed
 */
gboolean
zifu_mapping_remove (const char *folder, const char *name, GError **error)
{
  g_autofree char *own = folder == NULL ? zifu_mapping_default_folder () : NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  path = make_path (folder != NULL ? folder : own, name);
  return g_unlink (path) == 0 || zifu_exchange_set_file_error (error, path, errno);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/**
 * zifu_mapping_list:
 * @folder: (nullable): where; %NULL = zifu_mapping_default_folder()
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the mappings that are saved, in order
 */
char **
zifu_mapping_list (const char *folder)
{
  g_autofree char *own = folder == NULL ? zifu_mapping_default_folder () : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GDir) dir = g_dir_open (folder != NULL ? folder : own, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *escaped = g_str_has_suffix (file, SUFFIX) && *file != '.' ? g_strndup (file, strlen (file) - strlen (SUFFIX)) : NULL;
      char *name = escaped != NULL ? g_uri_unescape_string (escaped, NULL) : NULL;

      if (name != NULL && g_utf8_validate (name, -1, NULL))
        g_ptr_array_add (names, name);
      else
        g_free (name);
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
