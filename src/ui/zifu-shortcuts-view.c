/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-shortcuts-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

/* What a key does.  Either the application knows the keys of an action, or they stand here, separated by spaces. */
typedef struct {
  const char *title;
  const char *action;
  const char *keys;
} Shortcut;

static const Shortcut pages[] = {
  { NC_("shortcuts", "Account"), "win.page::account", NULL },
  { NC_("shortcuts", "History"), "win.page::history", NULL },
  { NC_("shortcuts", "Estimate"), "win.page::estimate", NULL },
  { NC_("shortcuts", "Guide"), "win.page::guide", NULL },
};

static const Shortcut on_page[] = {
  { NC_("shortcuts", "Search entries or questions"), "win.search", NULL },
  { NC_("shortcuts", "From the search to what was found"), NULL, "Down" },
  { NC_("shortcuts", "Take the chosen filter off"), NULL, "Delete" },
  { NC_("shortcuts", "Enter a receipt"), NULL, "<Control>n" },
  { NC_("shortcuts", "Export the entries that are shown"), "win.export", NULL },
  { NC_("shortcuts", "Print a statement"), "win.print", NULL },
  { NC_("shortcuts", "Open the chosen entry"), NULL, "Return" },
  { NC_("shortcuts", "Back to the list, or from an estimate to the answer"), NULL, "Escape <Alt>Left" },
  { NC_("shortcuts", "Save the estimate"), NULL, "<Control>s" },
  { NC_("shortcuts", "Copy the estimate"), NULL, "<Control><Shift>c" },
  { NC_("shortcuts", "Save a person"), NULL, "<Control>s" },
};

static const Shortcut general[] = {
  { NC_("shortcuts", "Switch person"), "win.person", NULL },
  { NC_("shortcuts", "Import a file"), "win.import", NULL },
  { NC_("shortcuts", "Synchronise with the provider"), "win.sync", NULL },
  { NC_("shortcuts", "Main menu"), NULL, "F10" },
  { NC_("shortcuts", "Keyboard shortcuts"), "win.show-help-overlay", NULL },
  { NC_("shortcuts", "Quit"), "app.quit", NULL },
};

static char **
list_keys (const Shortcut *shortcut, GtkApplication *app)
{
  if (shortcut->action == NULL)
    return g_strsplit (shortcut->keys, " ", -1);
  return app != NULL ? gtk_application_get_accels_for_action (app, shortcut->action) : g_new0 (char *, 1);
}

/* A key has its name in the language of the window. */
static GtkWidget *
new_key (const char *accelerator)
{
  GtkWidget *label;
  g_autofree char *text = NULL;
  guint key;
  GdkModifierType modifiers;

  if (!gtk_accelerator_parse (accelerator, &key, &modifiers))
    return gtk_label_new (accelerator);
  text = gtk_accelerator_get_label (key, modifiers);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "keycap");
  return label;
}

static GtkWidget *
new_row (const char *title, char **keys)
{
  GtkWidget *row = adw_preferences_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *line = zifu_wrap_row_new (zifu_ui_wrapping_label (title, NULL), box);

  g_object_set (line, "start-wraps", TRUE, "margin-top", 10, "margin-bottom", 10, "margin-start", 12, "margin-end", 12, NULL);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  for (guint i = 0; keys[i] != NULL; i++)
    gtk_box_append (GTK_BOX (box), new_key (keys[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  return row;
}

static GtkWidget *
new_group (const char *title, const Shortcut *shortcuts, guint n_shortcuts, GtkApplication *app)
{
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, NULL);

  for (guint i = 0; i < n_shortcuts; i++)
    {
      g_auto (GStrv) keys = list_keys (&shortcuts[i], app);

      if (keys[0] != NULL)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                   new_row (g_dpgettext2 (NULL, "shortcuts", shortcuts[i].title), keys));
    }
  return group;
}

/**
 * zifu_shortcuts_view_new:
 * @app: (nullable): who knows the keys of the actions; without it only those keys are listed that belong to no action
 *
 * Returns: (transfer floating): the list of all keys.  The window of the toolkit for it is wider than a telephone, and does not scroll.
 */
GtkWidget *
zifu_shortcuts_view_new (GtkApplication *app)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  g_return_val_if_fail (app == NULL || GTK_IS_APPLICATION (app), NULL);

  gtk_box_append (GTK_BOX (box), new_group (C_("shortcuts", "Pages"), pages, G_N_ELEMENTS (pages), app));
  gtk_box_append (GTK_BOX (box), new_group (C_("shortcuts", "On a Page"), on_page, G_N_ELEMENTS (on_page), app));
  gtk_box_append (GTK_BOX (box), new_group (C_("shortcuts", "General"), general, G_N_ELEMENTS (general), app));
  return box;
}
