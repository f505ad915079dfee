/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-connections-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "zifu-compat.h"
#include "zifu-entry-words.h"
#include "zifu-sync-words.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

#define TICK_MS 500

struct _ZifuConnectionsView
{
  GtkWidget parent_instance;

  ZifuSession    *session; /* owned, nullable */
  ZifuSyncCenter *center;  /* owned */
  GtkStack       *stack;
  GtkWidget      *groups;  /* a box */
  gint64          asked;   /* the connection that a question is about; 0 = none */
  gboolean        asked_entries;
  guint           tick;
};

G_DEFINE_FINAL_TYPE (ZifuConnectionsView, zifu_connections_view, GTK_TYPE_WIDGET)

enum { SIGNAL_CONNECT, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
state_icon (const ZifuConnection *connection)
{
  if (connection->verdict == ZIFU_CONNECTION_UNRECONCILED)
    return "zifu-bad-symbolic";
  return connection->problem == NULL && connection->verdict == ZIFU_CONNECTION_VERIFIED ? "zifu-ok-symbolic" : "dialog-warning-symbolic";
}

static GtkWidget *
new_button (const char *label, const char *action, gint64 id)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", label, "action-name", action, NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  return button;
}

/* Names what stands for the same thing when the rows were made anew: the focus finds it again. */
static void
set_place (GtkWidget *widget, const char *name, gint64 id)
{
  g_object_set_data_full (G_OBJECT (widget), "place", g_strdup_printf ("%s %" G_GINT64_FORMAT, name, id), g_free);
}

static void
add_state (ZifuConnectionsView *self, AdwPreferencesGroup *group, const ZifuConnection *connection)
{
  gboolean busy = zifu_sync_center_is_busy (self->center, connection->id);
  g_autofree char *state = zifu_sync_words_state (connection);
  g_autofree char *stage = zifu_sync_center_dup_stage (self->center, connection->id);
  GtkWidget *row = zifu_ui_text_row (busy ? _("Synchronising…") : state, busy && stage != NULL ? stage : NULL);
  GtkWidget *mark = busy ? g_object_new (GTK_TYPE_SPINNER, "spinning", TRUE, NULL)
                         : g_object_new (GTK_TYPE_IMAGE, "icon-name", state_icon (connection), "accessible-role",
                                         GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  zifu_ui_add_button (row, busy ? new_button (_("Cancel"), "connections.cancel", connection->id)
                                : new_button (_("Synchronise"), "connections.run", connection->id));
  adw_preferences_group_add (group, row);
  set_place (row, "state", connection->id);
  if (busy)
    g_object_set_data (G_OBJECT (group), "busy-row", row);
}

static void
add_problem (ZifuConnectionsView *self, AdwPreferencesGroup *group, const ZifuConnection *connection)
{
  const GError *error = zifu_sync_center_get_error (self->center, connection->id);
  g_autofree char *text = NULL;
  GtkWidget *row;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !zifu_sync_words_needs_sign_in (connection))
    text = zifu_ui_error_text (error);
  else
    text = zifu_sync_words_problem (connection);
  if (text == NULL)
    return;
  row = zifu_ui_text_row (_("Last attempt"), text);
  if (connection->tried_at != 0)
    {
      g_autofree char *when = zifu_sync_words_when (connection->tried_at);
      /* Translators: {1} is a day and a time. */
      g_autofree char *title = zifu_words_fill (_("Last attempt: {1}"), when, NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
    }
  if (zifu_sync_words_needs_sign_in (connection))
    zifu_ui_add_button (row, new_button (_("Sign In"), "connections.sign-in", connection->id));
  adw_preferences_group_add (group, row);
  set_place (row, "problem", connection->id);
}

/* The two clocks differ: what comes of it is not seen elsewhere before signing in fails. */
static void
add_clock (AdwPreferencesGroup *group, const char *text, gint64 id)
{
  GtkWidget *row = zifu_ui_text_row (_("The clocks differ"), text);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-warning-symbolic",
                                                                 "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  adw_preferences_group_add (group, row);
  set_place (row, "clock", id);
}

static void
schedule_cb (ZifuConnectionsView *self, GParamSpec *pspec, GtkWidget *toggle)
{
  gint64 id = *(gint64 *) g_object_get_data (G_OBJECT (toggle), "connection");
  const ZifuConnection *connection = zifu_sync_center_get (self->center, id);
  gboolean on = gtk_switch_get_active (GTK_SWITCH (toggle)), metered = g_object_get_data (G_OBJECT (toggle), "metered") != NULL;

  if (connection == NULL || on == (metered ? connection->on_metered : connection->automatic))
    return;
  zifu_sync_center_set_schedule (self->center, id, metered ? connection->automatic : on, metered ? on : connection->on_metered);
}

static void
add_switch (ZifuConnectionsView *self, AdwPreferencesGroup *group, const ZifuConnection *connection, const char *title,
            const char *subtitle, gboolean on, gboolean metered)
{
  GtkWidget *row = zifu_ui_text_row (title, subtitle);
  GtkWidget *toggle = g_object_new (GTK_TYPE_SWITCH, "active", on, "valign", GTK_ALIGN_CENTER, "sensitive",
                                    !zifu_sync_center_is_busy (self->center, connection->id), NULL);

  g_object_set_data_full (G_OBJECT (toggle), "connection", g_memdup2 (&connection->id, sizeof connection->id), g_free);
  g_object_set_data (G_OBJECT (toggle), "metered", GINT_TO_POINTER (metered));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (group, row);
  set_place (row, metered ? "metered" : "automatic", connection->id);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (schedule_cb), self, G_CONNECT_SWAPPED);
}

static void
add_action (AdwPreferencesGroup *group, const char *title, const char *action, gint64 id)
{
  GtkWidget *row = zifu_ui_link_row (title, NULL, NULL, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", id);
  adw_preferences_group_add (group, row);
  set_place (row, action, id);
}

static void
add_connection (ZifuConnectionsView *self, const ZifuConnection *connection)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (zifu_session_get_ledger (self->session), connection->member_id, NULL);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *consent = zifu_sync_words_consent (connection);
  g_autofree char *clock = zifu_sync_words_clock (connection->clock_skew_s, connection->tried_at);

  adw_preferences_group_set_title (group, member != NULL ? member->name : "");
  adw_preferences_group_set_description (group, connection->name);
  add_state (self, group, connection);
  add_problem (self, group, connection);
  if (clock != NULL)
    add_clock (group, clock, connection->id);
  if (consent != NULL)
    adw_preferences_group_add (group, zifu_ui_text_row (consent, NULL));
  add_switch (self, group, connection, _("Synchronise by itself"), _("At the start and every few hours"), connection->automatic, FALSE);
  add_switch (self, group, connection, _("Also on metered connections"), NULL, connection->on_metered, TRUE);
  add_action (group, _("Disconnect, Keep the Entries…"), "connections.disconnect", connection->id);
  add_action (group, _("Disconnect and Delete the Entries…"), "connections.delete", connection->id);
  gtk_box_append (GTK_BOX (self->groups), GTK_WIDGET (group));
}

static gboolean
is_at (GtkWidget *widget, gconstpointer place)
{
  return g_strcmp0 (g_object_get_data (G_OBJECT (widget), "place"), place) == 0;
}

static gboolean
is_a (GtkWidget *widget, gconstpointer type)
{
  return G_OBJECT_TYPE (widget) == *(const GType *) type;
}

/* The first widget inside that is what is asked for; NULL = none. */
static GtkWidget *
find_inside (GtkWidget *widget, gboolean (*test) (GtkWidget *, gconstpointer), gconstpointer data)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = test (child, data) ? child : find_inside (child, test, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Where the focus stands in the list; NULL = elsewhere. */
static char *
dup_focus_place (ZifuConnectionsView *self, GType *type)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  *type = focus != NULL ? G_OBJECT_TYPE (focus) : G_TYPE_INVALID;
  for (; focus != NULL && focus != self->groups; focus = gtk_widget_get_parent (focus))
    if (g_object_get_data (G_OBJECT (focus), "place") != NULL && gtk_widget_is_ancestor (focus, self->groups))
      return g_strdup (g_object_get_data (G_OBJECT (focus), "place"));
  return NULL;
}

/* Puts the focus where it stood before the rows were made anew, or to the beginning when that is gone. */
static void
restore_focus (ZifuConnectionsView *self, const char *place, GType type)
{
  GtkWidget *row = find_inside (self->groups, is_at, place);
  GtkWidget *inner = row != NULL && G_OBJECT_TYPE (row) != type ? find_inside (row, is_a, &type) : NULL;

  if ((inner == NULL || !gtk_widget_grab_focus (inner)) && (row == NULL || !gtk_widget_grab_focus (row)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
show_connections (ZifuConnectionsView *self)
{
  g_autofree char *place = NULL;
  GPtrArray *connections;
  GType type;

  if (self->session == NULL)
    return;
  place = dup_focus_place (self, &type);
  connections = zifu_sync_center_list (self->center);
  zifu_ui_drop_children (self->groups);
  for (guint i = 0; i < connections->len; i++)
    add_connection (self, g_ptr_array_index (connections, i));
  if (connections->len > 0)
    {
      GtkWidget *more = g_object_new (GTK_TYPE_BUTTON, "label", _("_Connect a Provider…"), "use-underline", TRUE, "halign",
                                      GTK_ALIGN_CENTER, "action-name", "connections.connect", NULL);

      gtk_widget_add_css_class (more, "pill");
      set_place (more, "more", 0);
      gtk_box_append (GTK_BOX (self->groups), more);
    }
  gtk_stack_set_visible_child_name (self->stack, connections->len > 0 ? "list" : "empty");
  if (place != NULL)
    restore_focus (self, place, type);
}

/* How far it is, without making the rows anew: the focus stays where it is. */
static gboolean
tick_cb (gpointer data)
{
  ZifuConnectionsView *self = data;
  GPtrArray *connections = zifu_sync_center_list (self->center);
  GtkWidget *group = gtk_widget_get_first_child (self->groups);

  for (guint i = 0; i < connections->len && group != NULL; i++, group = gtk_widget_get_next_sibling (group))
    {
      GtkWidget *row = g_object_get_data (G_OBJECT (group), "busy-row");
      g_autofree char *stage = zifu_sync_center_dup_stage (self->center, ((ZifuConnection *) g_ptr_array_index (connections, i))->id);

      if (row != NULL && stage != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), stage);
    }
  return G_SOURCE_CONTINUE;
}

static void
run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuConnectionsView *self = ZIFU_CONNECTIONS_VIEW (widget);
  gint64 id = g_variant_get_int64 (parameter);

  if (g_str_equal (name, "connections.run"))
    zifu_sync_center_run (self->center, id, TRUE);
  else if (g_str_equal (name, "connections.cancel"))
    zifu_sync_center_cancel (self->center, id);
  else if (g_str_equal (name, "connections.sign-in"))
    g_signal_emit (self, signals[SIGNAL_CONNECT], 0, id);
  else
    zifu_connections_view_remove (self, id, g_str_equal (name, "connections.delete"));
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CONNECT], 0, (gint64) 0);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuConnectionsView) self = data;
  gint64 id = self->asked;

  self->asked = 0;
  if (g_task_propagate_boolean (G_TASK (result), NULL) && self->session != NULL)
    zifu_sync_center_remove (self->center, id, self->asked_entries);
}

static void
zifu_connections_view_dispose (GObject *object)
{
  ZifuConnectionsView *self = ZIFU_CONNECTIONS_VIEW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  zifu_ui_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  g_clear_object (&self->center);

  G_OBJECT_CLASS (zifu_connections_view_parent_class)->dispose (object);
}

static void
zifu_connections_view_class_init (ZifuConnectionsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const actions[] = { "connections.run", "connections.cancel", "connections.sign-in", "connections.disconnect",
                                         "connections.delete" };

  G_OBJECT_CLASS (klass)->dispose = zifu_connections_view_dispose;
  signals[SIGNAL_CONNECT] = g_signal_new ("connect", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_INT64);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], "x", run_action);
  gtk_widget_class_install_action (widget_class, "connections.connect", NULL, connect_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_connections_view_init (ZifuConnectionsView *self)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", _("_Connect a Provider…"), "use-underline", TRUE, "halign", GTK_ALIGN_CENTER,
                                    "action-name", "connections.connect", NULL);
  GtkWidget *empty = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "network-server-symbolic", "title", _("No Provider Is Connected"),
                                   "description", _("With a provider, balance and entries arrive by themselves. Everything else works "
                                                    "without one."), "child", button, NULL);

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (empty, "compact");
  self->groups = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 24, NULL);
  self->stack = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  gtk_stack_add_named (self->stack, self->groups, "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

/**
 * zifu_connections_view_new:
 * @session: the household
 * @center: its connections
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
zifu_connections_view_new (ZifuSession *session, ZifuSyncCenter *center)
{
  ZifuConnectionsView *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);
  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (center), NULL);

  self = g_object_new (ZIFU_TYPE_CONNECTIONS_VIEW, NULL);
  self->session = g_object_ref (session);
  self->center = g_object_ref (center);
  g_signal_connect_object (center, "changed", G_CALLBACK (show_connections), self, G_CONNECT_SWAPPED);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  show_connections (self);
  return GTK_WIDGET (self);
}

/**
 * zifu_connections_view_remove:
 * @self: the list
 * @connection_id: a connection
 * @with_entries: whether what came by it goes as well
 *
 * Asks, and ends the connection.
 */
void
zifu_connections_view_remove (ZifuConnectionsView *self, gint64 connection_id, gboolean with_entries)
{
  g_return_if_fail (ZIFU_IS_CONNECTIONS_VIEW (self));

  if (self->asked != 0)
    return;
  self->asked = connection_id;
  self->asked_entries = with_entries;
  zifu_compat_confirm (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), with_entries ? _("Delete What Came From the Provider?")
                       : _("Disconnect?"),
                       with_entries ? _("You are signed out, and every entry that came from the provider is deleted here. What you typed "
                                        "or "
                                        "imported stays.")
                                    : _("You are signed out. The entries stay as they are, and nothing new arrives."),
                       _("Cancel"), with_entries ? _("Delete") : _("Disconnect"), with_entries, answered_cb, g_object_ref (self));
}
