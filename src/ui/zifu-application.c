/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-application.h"

#include <glib/gi18n-lib.h>

#include "zifu-compat.h"
#include "zifu-config.h"
#include "zifu-search-provider.h"
#include "zifu-ui-rows.h"
#include "zifu-window.h"

#define BAD_OPTION 2
#define USUAL_DPI 96
#define MIN_TEXT_SCALE 50
#define MAX_TEXT_SCALE 300

struct _ZifuApplication
{
  AdwApplication parent_instance;

  ZifuSearchProvider *search; /* owned, nullable: on the bus */
  ZifuDate            today;
};

G_DEFINE_FINAL_TYPE (ZifuApplication, zifu_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and leave"), NULL },
  { "page", 'p', 0, G_OPTION_ARG_STRING, NULL, N_("Open with this page: account, history, estimate or guide"), N_("PAGE") },
  { "estimate", 'e', 0, G_OPTION_ARG_NONE, NULL, N_("Open with an estimate"), NULL },
  { "data", 'd', 0, G_OPTION_ARG_FILENAME, NULL, N_("Use this ledger instead of the usual one"), N_("FILE") },
  { "connect", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Connect an account with the provider at this address"), N_("ADDRESS") },
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Fill an empty ledger with sample data without asking"), NULL },
  /* For tests and pictures only. */
  { "today", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, NULL, NULL, "YYYY-MM-DD" },
  { "width", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL, NULL, "PX" },
  { "height", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL, NULL, "PX" },
  { "scheme", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, NULL, NULL, "light|dark" },
  { "text-scale", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, NULL, NULL, "PERCENT" },
  /* Translators: what may stand after the options. */
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE]") },
  { NULL },
};

static ZifuWindow *
find_window (ZifuApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (ZIFU_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
set_size (ZifuWindow *window, GVariantDict *dict)
{
  gint32 width, height;

  if (g_variant_dict_lookup (dict, "width", "i", &width) && g_variant_dict_lookup (dict, "height", "i", &height) && width > 0 && height > 0)
    gtk_window_set_default_size (GTK_WINDOW (window), width, height);
}

static void
set_scheme (GVariantDict *dict)
{
  const char *scheme;

  if (!g_variant_dict_lookup (dict, "scheme", "&s", &scheme))
    return;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), g_strcmp0 (scheme, "dark") == 0 ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                                                        : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
set_text_scale (GVariantDict *dict)
{
  gint32 percent;

  if (g_variant_dict_lookup (dict, "text-scale", "i", &percent) && percent >= MIN_TEXT_SCALE && percent <= MAX_TEXT_SCALE)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", USUAL_DPI * PANGO_SCALE * percent / 100, NULL);
}

static gboolean
read_today (ZifuApplication *self, GVariantDict *dict)
{
  const char *text;
  ZifuDate today;

  if (!g_variant_dict_lookup (dict, "today", "&s", &text))
    return TRUE;

  today = zifu_date_parse (text);
  if (today == 0)
    return FALSE;
  self->today = today;

  return TRUE;
}

/* Where the household lives: a file, the usual one in a folder, or the usual one of all. */
static char *
dup_path (GVariantDict *dict)
{
  g_autofree char *path = NULL;

  if (!g_variant_dict_lookup (dict, "data", "^ay", &path))
    return zifu_ledger_default_path ();
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_build_filename (path, "household.db", NULL);

  return g_steal_pointer (&path);
}

static ZifuWindow *
open_window (ZifuApplication *self, GVariantDict *dict)
{
  ZifuWindow *window = find_window (self);
  g_autofree char *path = dup_path (dict);
  gboolean sample = FALSE;

  if (window != NULL)
    return window;

  g_variant_dict_lookup (dict, "sample", "b", &sample);

  window = zifu_window_new (ADW_APPLICATION (self));
  set_size (window, dict);
  zifu_window_open (window, path, self->today, sample);

  return window;
}

static void
present (ZifuApplication *self, const char *page)
{
  g_autoptr (GVariantDict) nothing = g_variant_dict_new (NULL);
  ZifuWindow *window = open_window (self, nothing);

  if (page != NULL)
    zifu_window_show_page (window, page);
  gtk_window_present (GTK_WINDOW (window));
}

/* What the desktop does when it starts the program through the bus. */
static void
zifu_application_activate (GApplication *app)
{
  present (ZIFU_APPLICATION (app), NULL);
}

static void
asked_cb (ZifuApplication *self, const char *text)
{
  present (self, "guide");
  zifu_window_search_guide (find_window (self), text);
}

static void
estimate_cb (ZifuApplication *self)
{
  present (self, "estimate");
}

static gboolean
zifu_application_dbus_register (GApplication *app, GDBusConnection *connection, const char *object_path, GError **error)
{
  ZifuApplication *self = ZIFU_APPLICATION (app);
  g_autofree char *path = g_strdup_printf ("%s/SearchProvider", object_path);

  if (!G_APPLICATION_CLASS (zifu_application_parent_class)->dbus_register (app, connection, object_path, error))
    return FALSE;

  self->search = zifu_search_provider_new (self->today);
  g_signal_connect_object (self->search, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "estimate", G_CALLBACK (estimate_cb), self, G_CONNECT_SWAPPED);

  return zifu_search_provider_export (self->search, connection, path, error);
}

static void
zifu_application_dbus_unregister (GApplication *app, GDBusConnection *connection, const char *object_path)
{
  g_clear_object (&ZIFU_APPLICATION (app)->search);
  G_APPLICATION_CLASS (zifu_application_parent_class)->dbus_unregister (app, connection, object_path);
}

/* Files that are named are imported, one after the other: each wants to be looked at. */
static void
import_named (ZifuWindow *window, GApplicationCommandLine *command_line, GVariantDict *dict)
{
  g_autofree const char **names = NULL;

  if (!g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&ay", &names))
    return;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, names[i]);

      zifu_window_import_file (window, file);
    }
}

static void
zifu_application_open (GApplication *app, GFile **files, int n_files, const char *hint)
{
  ZifuApplication *self = ZIFU_APPLICATION (app);

  present (self, NULL);
  for (int i = 0; i < n_files; i++)
    zifu_window_import_file (find_window (self), files[i]);
}

static int
zifu_application_command_line (GApplication *app, GApplicationCommandLine *command_line)
{
  ZifuApplication *self = ZIFU_APPLICATION (app);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  const char *page = NULL, *provider = NULL;
  ZifuWindow *window;

  if (g_variant_dict_contains (dict, "estimate"))
    page = "estimate";
  g_variant_dict_lookup (dict, "page", "&s", &page);
  if (page != NULL && !zifu_window_is_page (page))
    {
      g_application_command_line_printerr (command_line, _("There is no page “%s”: account, history, estimate or guide.\n"), page);
      return BAD_OPTION;
    }
  if (!read_today (self, dict))
    {
      g_application_command_line_printerr (command_line, _("The day must be written as YYYY-MM-DD.\n"));
      return BAD_OPTION;
    }

  set_scheme (dict);
  set_text_scale (dict);
  window = open_window (self, dict);
  if (page != NULL)
    zifu_window_show_page (window, page);
  gtk_window_present (GTK_WINDOW (window));
  import_named (window, command_line, dict);
  if (g_variant_dict_lookup (dict, "connect", "&s", &provider))
    zifu_window_connect (window, provider);

  return 0;
}

static int
zifu_application_handle_local_options (GApplication *app, GVariantDict *dict)
{
  if (!g_variant_dict_contains (dict, "version"))
    return -1;

  g_print ("zifu %s\n", ZIFU_VERSION);
  return 0;
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  /* Closing the windows lets them store their size. */
  for (GList *l = gtk_application_get_windows (data); l != NULL; l = gtk_application_get_windows (data))
    gtk_window_destroy (l->data);
  g_application_quit (data);
}

static void
new_estimate_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present (data, "estimate");
}

/* What a notification leads to. */
static void
show_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *page = g_variant_get_string (parameter, NULL);

  present (data, zifu_window_is_page (page) ? page : NULL);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  zifu_compat_show_about (gtk_application_get_active_window (data), ZIFU_APP_ID, _("Zifu"), ZIFU_VERSION,
                          _("Know what you will pay before you go"));
}

static void
set_accels (GtkApplication *app)
{
  static const struct
  {
    const char *action;
    const char *accels[3];
  } table[] = {
    { "app.quit", { "<Control>q" } },
    { "win.page::account", { "<Alt>1" } },
    { "win.page::history", { "<Alt>2" } },
    { "win.page::estimate", { "<Alt>3" } },
    { "win.page::guide", { "<Alt>4", "F1" } },
    { "win.search", { "<Control>f" } },
    { "win.person", { "<Control>u" } },
    { "win.import", { "<Control>i" } },
    { "win.sync", { "F5" } },
    { "win.export", { "<Control>e" } },
    { "win.print", { "<Control>p" } },
    { "win.back", { "<Alt>Left" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "window.close", { "<Control>w" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_application_set_accels_for_action (app, table[i].action, table[i].accels);
}

static void
zifu_application_startup (GApplication *app)
{
  static const GActionEntry entries[] = {
    { "quit", quit_action },
    { "about", about_action },
    { "new-estimate", new_estimate_action },
    { "show", show_action, "s" },
  };

  /* Before libadwaita looks for the style sheet and the icons in the resources. */
  zifu_ui_register ();
  G_APPLICATION_CLASS (zifu_application_parent_class)->startup (app);

  gtk_window_set_default_icon_name (ZIFU_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (app), entries, G_N_ELEMENTS (entries), app);
  set_accels (GTK_APPLICATION (app));
}

static void
zifu_application_class_init (ZifuApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  app_class->startup = zifu_application_startup;
  app_class->activate = zifu_application_activate;
  app_class->open = zifu_application_open;
  app_class->dbus_register = zifu_application_dbus_register;
  app_class->dbus_unregister = zifu_application_dbus_unregister;
  app_class->command_line = zifu_application_command_line;
  app_class->handle_local_options = zifu_application_handle_local_options;
}

static void
zifu_application_init (ZifuApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self), _("What will I pay? Medical insurance in China, worked out to the fen."));
}

/**
 * zifu_application_new:
 * @today: the day on which everything is looked at, unless an option says otherwise
 *
 * Returns: (transfer full): the application
 */
ZifuApplication *
zifu_application_new (ZifuDate today)
{
  ZifuApplication *self;

  g_return_val_if_fail (today > 0, NULL);

  self = g_object_new (ZIFU_TYPE_APPLICATION, "application-id", ZIFU_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/zifu/Zifu", NULL);
  self->today = today;

  return self;
}
