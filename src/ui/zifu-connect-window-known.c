/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-connect-window-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-provider-list.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

/* Which providers can be chosen instead of typing an address: those in use, and those that somebody made known on this computer. */

/* More than this helps nobody to mend them. */
#define MAX_PROBLEMS 3

static void
known_cb (ZifuConnectWindow *self, GtkWidget *row)
{
  zifu_connect_window_look (self, g_object_get_data (G_OBJECT (row), "address"));
}

static void
add_row (ZifuConnectWindow *self, GtkWidget *group, const char *title, const char *subtitle, const char *address, GtkWidget *end)
{
  GtkWidget *row = zifu_ui_link_row (title, subtitle, NULL, end);

  g_object_set_data_full (G_OBJECT (row), "address", g_strdup (address), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (known_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* Name of the region in the language of the program; NULL = its rules are not here. */
static char *
dup_region (ZifuConnectWindow *self, const char *region)
{
  g_autoptr (GPtrArray) packs = region != NULL ? zifu_pack_library_list (zifu_session_get_library (self->session), NULL) : NULL;

  for (guint i = 0; packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);

      if (!info->base && g_str_equal (info->id, region))
        return g_strdup (zifu_words_text (&info->title));
    }
  return NULL;
}

static const ZifuProvider *
find_provider (GPtrArray *providers, const char *address)
{
  for (guint i = 0; i < providers->len; i++)
    if (g_str_equal (((const ZifuProvider *) g_ptr_array_index (providers, i))->address, address))
      return g_ptr_array_index (providers, i);
  return NULL;
}

/* Leads to where the address is made public, so that it can be compared. */
static GtkWidget *
new_source_button (const ZifuProvider *provider)
{
  /* Translators: {1} is the name of a provider. */
  g_autofree char *label = zifu_words_fill (_("Where {1} makes its address public"), zifu_words_text (&provider->name), NULL);
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "zifu-info-symbolic", "tooltip-text", provider->source, "valign",
                                    GTK_ALIGN_CENTER, "action-name", "connect.source", NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", provider->source);
  return button;
}

/* A family often has one provider. */
static void
offer_used (ZifuConnectWindow *self, GPtrArray *providers, GHashTable *seen)
{
  GPtrArray *connections = zifu_sync_center_list (self->center);

  for (guint i = 0; i < connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (connections, i);
      const ZifuProvider *provider = find_provider (providers, connection->base_url);

      if (!g_hash_table_add (seen, g_strdup (connection->base_url)))
        continue;
      add_row (self, self->known, provider != NULL ? zifu_words_text (&provider->name) : connection->base_url,
               provider != NULL ? connection->base_url : NULL, connection->base_url, NULL);
    }
  gtk_widget_set_visible (self->known, g_hash_table_size (seen) > 0);
}

/* The address stands in the row as well: what a file says of itself is no proof. */
static char *
dup_subtitle (ZifuConnectWindow *self, const ZifuProvider *provider)
{
  const char *about = zifu_words_text (&provider->about);
  g_autofree char *region = dup_region (self, provider->region);
  GString *text = g_string_new (about);

  if (about != NULL)
    g_string_append_c (text, '\n');
  if (region != NULL)
    g_string_append_printf (text, "%s · ", region);
  g_string_append (text, provider->address);
  return g_string_free (text, FALSE);
}

static void
offer_listed (ZifuConnectWindow *self, GPtrArray *providers, GHashTable *seen)
{
  guint n = 0;

  for (guint i = 0; i < providers->len; i++)
    {
      const ZifuProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *subtitle = NULL;

      if (g_hash_table_contains (seen, provider->address))
        continue;
      subtitle = dup_subtitle (self, provider);
      add_row (self, self->listed, zifu_words_text (&provider->name), subtitle, provider->address,
               provider->source != NULL ? new_source_button (provider) : NULL);
      n++;
    }
  gtk_widget_set_visible (self->listed, n > 0);
}

static void
show_problems (ZifuConnectWindow *self, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len && i < MAX_PROBLEMS; i++)
    {
      /* Translators: {1} names a file, a field in it and what is wrong with it. */
      g_autofree char *text = zifu_words_fill (_("An entry for a provider cannot be used. {1}"), g_ptr_array_index (problems, i), NULL);

      gtk_box_append (GTK_BOX (self->problems), zifu_ui_note (text, "dialog-warning-symbolic", "warn"));
    }
  gtk_widget_set_visible (self->problems, problems->len > 0);
}

typedef struct {
  GPtrArray *providers, *problems;
} Listed;

static void
listed_free (Listed *listed)
{
  g_ptr_array_unref (listed->providers);
  g_ptr_array_unref (listed->problems);
  g_free (listed);
}

/* Folders of the system, which may be on a slow disk or many. */
static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Listed *listed = g_new0 (Listed, 1);
  g_auto (GStrv) folders = zifu_provider_list_folders ();

  listed->problems = g_ptr_array_new_with_free_func (g_free);
  listed->providers = zifu_provider_list_read ((const char *const *) folders, listed->problems);
  g_task_return_pointer (task, listed, (GDestroyNotify) listed_free);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuConnectWindow *self = ZIFU_CONNECT_WINDOW (source);
  Listed *listed = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GHashTable) seen = NULL;

  if (listed == NULL)
    return;
  /* It may have been closed meanwhile. */
  if (self->session != NULL)
    {
      seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      offer_used (self, listed->providers, seen);
      offer_listed (self, listed->providers, seen);
      show_problems (self, listed->problems);
    }
  listed_free (listed);
}

/*
 * _zifu_connect_window_offer_known:
 *
 * Offers the providers that are in use and those that are known on this computer, as soon as their entries are read.
 */
void
_zifu_connect_window_offer_known (ZifuConnectWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, listed_cb, NULL);

  g_task_run_in_thread (task, read_in_thread);
}
