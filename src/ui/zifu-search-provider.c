/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-search-provider.h"

#include <glib/gi18n-lib.h>

#include "zifu-answers.h"
#include "zifu-config.h"

#define ESTIMATE "estimate"

/* The interface as desktops know it: org.gnome.Shell.SearchProvider2. */
static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'>"
  "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
  "<method name='GetSubsearchResultSet'><arg type='as' name='previous_results' direction='in'/>"
  "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
  "<method name='GetResultMetas'>"
  "<arg type='as' name='identifiers' direction='in'/><arg type='aa{sv}' name='metas' direction='out'/></method>"
  "<method name='ActivateResult'><arg type='s' name='identifier' direction='in'/><arg type='as' name='terms' direction='in'/>"
  "<arg type='u' name='timestamp' direction='in'/></method>"
  "<method name='LaunchSearch'>"
  "<arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/></method>"
  "</interface></node>";

struct _ZifuSearchProvider
{
  GObject parent_instance;

  GPtrArray       *questions;  /* owned, of ZifuAnswer: asked by nobody */
  GDBusConnection *connection; /* owned, nullable: where it is exported */
  guint            export_id;
};

G_DEFINE_FINAL_TYPE (ZifuSearchProvider, zifu_search_provider, G_TYPE_OBJECT)

enum { SIGNAL_ASKED, SIGNAL_ESTIMATE, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
contains (const char *text, const char *term)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *wanted = g_utf8_casefold (term, -1);

  return strstr (folded, wanted) != NULL;
}

/* Translators: words by which the desktop's search finds "New Estimate", in any order; keep the pinyin. */
static const char estimate_words[] = N_("estimate visit bill cost pay hospital 估算 看病 住院 门诊 花费 gusuan kanbing zhuyuan menzhen");

static gboolean
estimate_fits (const char *const *terms)
{
  for (guint i = 0; terms[i] != NULL; i++)
    if (!contains (_(estimate_words), terms[i]) && !contains (_("New Estimate"), terms[i]))
      return FALSE;

  return TRUE;
}

static gboolean
question_fits (const ZifuAnswer *question, const char *const *terms)
{
  for (guint i = 0; terms[i] != NULL; i++)
    if (!zifu_answer_matches (question, terms[i]))
      return FALSE;

  return TRUE;
}

/* A single letter would find everything; a single Chinese character is a word. */
static gboolean
worth_searching (const char *const *terms)
{
  for (guint i = 0; terms[i] != NULL; i++)
    if (g_utf8_strlen (terms[i], -1) > 1 || g_unichar_iswide (g_utf8_get_char (terms[i])))
      return TRUE;

  return FALSE;
}

static const ZifuAnswer *
find_question (ZifuSearchProvider *self, const char *id)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      const ZifuAnswer *question = g_ptr_array_index (self->questions, i);

      if (g_strcmp0 (question->row, id) == 0)
        return question;
    }

  return NULL;
}

static void
add_meta (GVariantBuilder *metas, const char *id, const char *name, const char *description, const char *icon_name)
{
  g_autoptr (GIcon) icon = g_themed_icon_new (icon_name);
  g_autoptr (GVariant) serialized = g_icon_serialize (icon);

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (id));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (name));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (metas, "{sv}", "icon", serialized);
  g_variant_builder_close (metas);
}

static GVariant *
describe (ZifuSearchProvider *self, const char *const *ids)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const ZifuAnswer *question = find_question (self, ids[i]);

      if (g_strcmp0 (ids[i], ESTIMATE) == 0)
        add_meta (&metas, ids[i], _("New Estimate"), _("What will I pay?"), ZIFU_APP_ID);
      else if (question != NULL)
        add_meta (&metas, ids[i], question->question, question->section, ZIFU_APP_ID);
    }

  return g_variant_new ("(aa{sv})", &metas);
}

static void
activate (ZifuSearchProvider *self, const char *id)
{
  const ZifuAnswer *question = find_question (self, id);

  if (g_strcmp0 (id, ESTIMATE) == 0)
    g_signal_emit (self, signals[SIGNAL_ESTIMATE], 0);
  else if (question != NULL)
    g_signal_emit (self, signals[SIGNAL_ASKED], 0, question->question);
}

static GVariant *
find_as_variant (ZifuSearchProvider *self, GVariant *parameters, guint child)
{
  g_autoptr (GVariant) terms = g_variant_get_child_value (parameters, child);
  g_autofree const char **strings = g_variant_get_strv (terms, NULL);
  g_auto (GStrv) found = zifu_search_provider_find (self, strings);

  return g_variant_new ("(^as)", found);
}

static void
method_call_cb (GDBusConnection *connection, const char *sender, const char *object_path, const char *interface_name, const char *method,
                GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  ZifuSearchProvider *self = data;
  GVariant *answer = NULL;

  if (g_strcmp0 (method, "GetInitialResultSet") == 0)
    answer = find_as_variant (self, parameters, 0);
  else if (g_strcmp0 (method, "GetSubsearchResultSet") == 0)
    answer = find_as_variant (self, parameters, 1);
  else if (g_strcmp0 (method, "GetResultMetas") == 0)
    {
      g_autoptr (GVariant) ids = g_variant_get_child_value (parameters, 0);
      g_autofree const char **strings = g_variant_get_strv (ids, NULL);

      answer = describe (self, strings);
    }
  else if (g_strcmp0 (method, "ActivateResult") == 0)
    {
      const char *id;

      g_variant_get_child (parameters, 0, "&s", &id);
      activate (self, id);
    }
  else
    {
      g_autoptr (GVariant) terms = g_variant_get_child_value (parameters, 0);
      g_autofree const char **strings = g_variant_get_strv (terms, NULL);
      g_autofree char *text = g_strjoinv (" ", (char **) strings);

      g_signal_emit (self, signals[SIGNAL_ASKED], 0, text);
    }

  g_dbus_method_invocation_return_value (invocation, answer);
}

static void
zifu_search_provider_dispose (GObject *object)
{
  zifu_search_provider_unexport (ZIFU_SEARCH_PROVIDER (object));
  G_OBJECT_CLASS (zifu_search_provider_parent_class)->dispose (object);
}

static void
zifu_search_provider_finalize (GObject *object)
{
  g_clear_pointer (&ZIFU_SEARCH_PROVIDER (object)->questions, g_ptr_array_unref);
  G_OBJECT_CLASS (zifu_search_provider_parent_class)->finalize (object);
}

static void
zifu_search_provider_class_init (ZifuSearchProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = zifu_search_provider_dispose;
  object_class->finalize = zifu_search_provider_finalize;
  signals[SIGNAL_ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_STRING);
  signals[SIGNAL_ESTIMATE] = g_signal_new ("estimate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zifu_search_provider_init (ZifuSearchProvider *self)
{
}

/**
 * zifu_search_provider_new:
 * @today: the day of the questions
 *
 * Returns: (transfer full): what answers the search of the desktop
 */
ZifuSearchProvider *
zifu_search_provider_new (ZifuDate today)
{
  g_autoptr (ZifuRecord) nobody = zifu_record_new ();
  ZifuSearchProvider *self;

  g_return_val_if_fail (today > 0, NULL);

  self = g_object_new (ZIFU_TYPE_SEARCH_PROVIDER, NULL);
  self->questions = zifu_answers (NULL, nobody, today);

  return self;
}

/**
 * zifu_search_provider_find:
 * @self: a search provider
 * @terms: (array zero-terminated=1): the words that somebody typed
 *
 * All words must fit.  A single letter finds nothing.
 *
 * Returns: (transfer full): identifiers of what fits, an estimate first
 */
GStrv
zifu_search_provider_find (ZifuSearchProvider *self, const char *const *terms)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  g_return_val_if_fail (ZIFU_IS_SEARCH_PROVIDER (self), NULL);
  g_return_val_if_fail (terms != NULL, NULL);

  if (worth_searching (terms))
    {
      if (estimate_fits (terms))
        g_ptr_array_add (found, g_strdup (ESTIMATE));
      for (guint i = 0; i < self->questions->len; i++)
        {
          const ZifuAnswer *question = g_ptr_array_index (self->questions, i);

          if (question_fits (question, terms))
            g_ptr_array_add (found, g_strdup (question->row));
        }
    }
  g_ptr_array_add (found, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

/**
 * zifu_search_provider_export:
 * @self: a search provider that is not exported
 * @connection: a bus
 * @object_path: where to export it, as the search provider's file names it
 * @error: return location for an error of GIO
 *
 * Returns: whether the desktop can ask now
 */
gboolean
zifu_search_provider_export (ZifuSearchProvider *self, GDBusConnection *connection, const char *object_path, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (ZIFU_IS_SEARCH_PROVIDER (self), FALSE);
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), FALSE);
  g_return_val_if_fail (self->export_id == 0, FALSE);

  node = g_dbus_node_info_new_for_xml (interface_xml, error);
  if (node == NULL)
    return FALSE;
  self->export_id = g_dbus_connection_register_object (connection, object_path, node->interfaces[0], &vtable, self, NULL, error);
  if (self->export_id == 0)
    return FALSE;
  self->connection = g_object_ref (connection);

  return TRUE;
}

/**
 * zifu_search_provider_unexport:
 * @self: a search provider
 *
 * Takes it from the bus, if it is there.
 */
void
zifu_search_provider_unexport (ZifuSearchProvider *self)
{
  g_return_if_fail (ZIFU_IS_SEARCH_PROVIDER (self));

  if (self->export_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->export_id);
  self->export_id = 0;
  g_clear_object (&self->connection);
}
