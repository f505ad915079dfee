/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-page-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-estimates-view.h"
#include "zifu-history-row.h"
#include "zifu-kind-chips.h"
#include "zifu-settlement-view.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

G_DEFINE_FINAL_TYPE (ZifuHistoryPage, zifu_history_page, GTK_TYPE_WIDGET)

enum
{
  PROP_NARROW = 1,
  PROP_DETAIL_OPEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint       signal_toast;

static ZifuHistoryItem *
get_selected (ZifuHistoryPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
show_selected (ZifuHistoryPage *self)
{
  zifu_settlement_view_set_item (ZIFU_SETTLEMENT_VIEW (self->view), zifu_session_get_ledger (self->session), get_selected (self));
}

/* An empty pane beside a full list looks broken: when there is room, the newest entry is shown. */
static void
choose_first (ZifuHistoryPage *self)
{
  if (!self->narrow && get_selected (self) == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    gtk_single_selection_set_selected (self->selection, 0);
}

static void
show_list_state (ZifuHistoryPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  gboolean filtered = zifu_history_model_has_filter (self->model);
  gboolean loading = zifu_history_model_get_loading (self->model);

  /* While the answer is awaited, what was there stays. */
  if (any || !loading)
    gtk_stack_set_visible_child_name (self->list_stack, any ? "entries" : filtered ? "no-hit" : "empty");
  gtk_widget_set_visible (self->tools, any || filtered);
  gtk_widget_set_visible (self->pane, !self->narrow && (any || filtered));
  gtk_widget_set_visible (self->separator, !self->narrow && (any || filtered));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.export", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.print", any);
  _zifu_history_page_show_summary (self);
}

static void
place_view (ZifuHistoryPage *self)
{
  AdwBin *from = self->narrow ? self->pane_slot : self->detail_slot;
  AdwBin *to = self->narrow ? self->detail_slot : self->pane_slot;

  adw_bin_set_child (from, NULL);
  if (adw_bin_get_child (to) == NULL)
    adw_bin_set_child (to, self->view);
}

static void
set_page (ZifuHistoryPage *self, const char *name)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), name) == 0)
    return;

  gtk_stack_set_visible_child_name (self->pages, name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL_OPEN]);
}

/* Shows the details of the entry that is selected. */
void
_zifu_history_page_open_detail (ZifuHistoryPage *self)
{
  show_selected (self);
  if (!self->narrow)
    return;

  set_page (self, "detail");
  zifu_settlement_view_focus (ZIFU_SETTLEMENT_VIEW (self->view));
}

static gboolean
focus_row (gpointer data)
{
  ZifuHistoryPage *self = data;
  GtkWidget *child;

  self->focus_id = 0;
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (ZIFU_IS_HISTORY_ROW (row) && zifu_history_row_get_item (ZIFU_HISTORY_ROW (row)) == get_selected (self)
          && gtk_widget_get_child_visible (child))
        {
          gtk_widget_grab_focus (child);
          return G_SOURCE_REMOVE;
        }
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->list));

  return G_SOURCE_REMOVE;
}

static void
state_cb (ZifuHistoryPage *self)
{
  show_list_state (self);
  _zifu_history_page_open_wanted (self);
  if (!zifu_history_model_get_loading (self->model))
    choose_first (self);
}

/* Tells the model what the chips and the search entry want. */
void
_zifu_history_page_apply_filter (ZifuHistoryPage *self)
{
  ZifuHistoryFilter filter;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  zifu_history_filter_copy (zifu_filter_bar_get_filter (self->filters), &filter);
  g_free (filter.text);
  filter.kind = zifu_kind_chips_get_kind (self->chips);
  filter.text = *text != '\0' ? g_strdup (text) : NULL;
  /* The search entry also speaks when nothing was typed: what was opened meanwhile stays open. */
  if (!zifu_history_filter_equal (&filter, zifu_history_model_get_filter (self->model)))
    {
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      zifu_history_model_set_filter (self->model, &filter);
    }
  zifu_history_filter_clear (&filter);
}

static void
filters_changed_cb (ZifuHistoryPage *self)
{
  if (self->model != NULL)
    _zifu_history_page_apply_filter (self);
}

static void
search_changed_cb (ZifuHistoryPage *self)
{
  if (self->model != NULL)
    _zifu_history_page_apply_filter (self);
}

static void
stop_search_cb (ZifuHistoryPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* From the search entry, Down leads to what was found. */
static gboolean
search_key_cb (ZifuHistoryPage *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);

  return GDK_EVENT_STOP;
}

/* Two chips change at once: only the one that was pressed counts. */
static void
chip_toggled_cb (ZifuHistoryPage *self, GtkToggleButton *chip)
{
  if (!gtk_toggle_button_get_active (chip) || self->model == NULL)
    return;

  _zifu_history_page_apply_filter (self);
}

static void
row_activated_cb (ZifuHistoryPage *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  _zifu_history_page_open_detail (self);
}

static void
selection_changed_cb (ZifuHistoryPage *self)
{
  if (!self->narrow)
    show_selected (self);
}

/* Rows must not be added while the list is being laid out. */
static gboolean
load_more (gpointer data)
{
  ZifuHistoryPage *self = data;

  self->more_id = 0;
  zifu_history_model_load_more (self->model);

  return G_SOURCE_REMOVE;
}

static void
scrolled_cb (ZifuHistoryPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double end = gtk_adjustment_get_upper (adjustment) - 2 * gtk_adjustment_get_page_size (adjustment);

  if (self->model == NULL || self->more_id != 0 || gtk_adjustment_get_value (adjustment) < end
      || gtk_adjustment_get_page_size (adjustment) < 1 || zifu_history_model_get_complete (self->model))
    return;

  self->more_id = g_idle_add (load_more, self);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, zifu_history_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  zifu_history_row_set_item (ZIFU_HISTORY_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  zifu_history_row_set_item (ZIFU_HISTORY_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
session_changed_cb (ZifuHistoryPage *self)
{
  g_autoptr (ZifuMember) member = zifu_session_dup_member (self->session);
  gint64 member_id = zifu_session_get_member_id (self->session);

  if (self->member_id != member_id)
    {
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      set_page (self, "list");
    }
  self->member_id = member_id;
  zifu_filter_bar_refresh (self->filters);
  adw_status_page_set_description (self->empty,
                                   member != NULL && !member->has_account
                                     ? _("This person has no personal account, so nothing is credited or taken. Estimates work without.")
                                     : _("Every credit and payment that is recorded is listed here. Estimates work without."));
  _zifu_history_page_apply_filter (self);
  zifu_history_model_reload (self->model);
  if (get_selected (self) == NULL)
    set_page (self, "list");
  show_selected (self);
}

static void
make_list (ZifuHistoryPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), NULL);

  self->model = zifu_history_model_new (self->session);
  g_signal_connect_object (self->model, "state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  zifu_filter_bar_set_session (self->filters, self->session, zifu_history_model_get_reader (self->model));
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);

  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_history_page_close_detail (ZIFU_HISTORY_PAGE (widget));
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuHistoryPage *self = ZIFU_HISTORY_PAGE (widget);
  ZifuHistoryFilter none;

  zifu_history_filter_init (&none);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  zifu_filter_bar_set_filter (self->filters, &none);
  zifu_history_page_set_kind (self, -1);
  _zifu_history_page_apply_filter (self);
}

static void
toast_cb (ZifuHistoryPage *self, AdwToast *toast)
{
  g_signal_emit (self, signal_toast, 0, toast);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_history_page_open_entry (ZIFU_HISTORY_PAGE (widget), g_variant_get_int64 (parameter));
}

static void
zifu_history_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuHistoryPage *self = ZIFU_HISTORY_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_DETAIL_OPEN:
      g_value_set_boolean (value, zifu_history_page_get_detail_open (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_history_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuHistoryPage *self = ZIFU_HISTORY_PAGE (object);

  switch (id)
    {
    case PROP_NARROW:
      zifu_history_page_set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_history_page_dispose (GObject *object)
{
  ZifuHistoryPage *self = ZIFU_HISTORY_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->more_id, g_source_remove);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_HISTORY_PAGE);
  zifu_ui_drop_children (GTK_WIDGET (self));
  g_clear_object (&self->view);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_history_page_parent_class)->dispose (object);
}

static void
zifu_history_page_class_init (ZifuHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zifu_history_page_get_property;
  object_class->set_property = zifu_history_page_set_property;
  object_class->dispose = zifu_history_page_dispose;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  properties[PROP_DETAIL_OPEN] = g_param_spec_boolean ("detail-open", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signal_toast = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);

  g_type_ensure (ZIFU_TYPE_EXPORT_BAR);
  g_type_ensure (ZIFU_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, pages);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, tools);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, chips);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, filters);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, export_bar);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, summary);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, clear);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, empty);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, separator);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, pane);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, pane_slot);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryPage, detail_slot);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, filters_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, toast_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "history.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "history.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "history.open", "x", open_action);
  gtk_widget_class_install_action (widget_class, "history.export", "s", _zifu_history_page_export);
  gtk_widget_class_install_action (widget_class, "history.print", NULL, _zifu_history_page_print);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "history.back", NULL);
}

static void
zifu_history_page_init (ZifuHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->view = g_object_ref_sink (zifu_settlement_view_new ());
  zifu_kind_chips_fill (self->chips, G_CALLBACK (chip_toggled_cb), self);
}

/**
 * zifu_history_page_new:
 * @session: the session
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
zifu_history_page_new (ZifuSession *session)
{
  ZifuHistoryPage *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_HISTORY_PAGE, NULL);
  self->session = g_object_ref (session);
  zifu_estimates_add_actions (GTK_WIDGET (self), session);
  zifu_receipt_add_actions (GTK_WIDGET (self), session);
  make_list (self);
  place_view (self);
  session_changed_cb (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/**
 * zifu_history_page_get_model:
 * @self: the page
 *
 * Returns: (transfer none): what its list shows
 */
ZifuHistoryModel *
zifu_history_page_get_model (ZifuHistoryPage *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_PAGE (self), NULL);

  return self->model;
}

/**
 * zifu_history_page_get_narrow:
 * @self: the page
 *
 * Returns: whether details cover the list
 */
gboolean
zifu_history_page_get_narrow (ZifuHistoryPage *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_PAGE (self), FALSE);

  return self->narrow;
}

/**
 * zifu_history_page_set_narrow:
 * @self: the page
 * @narrow: whether there is no room for a pane beside the list
 *
 * Puts the details beside the list or in its place.
 */
void
zifu_history_page_set_narrow (ZifuHistoryPage *self, gboolean narrow)
{
  g_return_if_fail (ZIFU_IS_HISTORY_PAGE (self));

  if (self->narrow == !!narrow)
    return;

  self->narrow = !!narrow;
  place_view (self);
  if (self->narrow)
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  else
    set_page (self, "list");
  show_list_state (self);
  choose_first (self);
  show_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/**
 * zifu_history_page_get_detail_open:
 * @self: the page
 *
 * Returns: whether a detail covers the list
 */
gboolean
zifu_history_page_get_detail_open (ZifuHistoryPage *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_PAGE (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "detail") == 0;
}

/**
 * zifu_history_page_close_detail:
 * @self: the page
 *
 * Goes back to the list, and to the row from which the detail was opened.
 */
void
zifu_history_page_close_detail (ZifuHistoryPage *self)
{
  g_return_if_fail (ZIFU_IS_HISTORY_PAGE (self));

  if (!zifu_history_page_get_detail_open (self))
    return;

  set_page (self, "list");
  if (self->focus_id == 0)
    self->focus_id = g_idle_add (focus_row, self);
}

/**
 * zifu_history_page_focus_search:
 * @self: the page
 *
 * Puts the focus into the search entry.
 */
void
zifu_history_page_focus_search (ZifuHistoryPage *self)
{
  g_return_if_fail (ZIFU_IS_HISTORY_PAGE (self));

  set_page (self, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * zifu_history_page_set_kind:
 * @self: the page
 * @kind: the kind to show, or -1 for all
 *
 * Presses the chip of a kind.
 */
void
zifu_history_page_set_kind (ZifuHistoryPage *self, int kind)
{
  g_return_if_fail (ZIFU_IS_HISTORY_PAGE (self));

  zifu_kind_chips_set_kind (self->chips, kind);
}

/**
 * zifu_history_page_set_search:
 * @self: the page
 * @text: what to search
 *
 * Searches at once, without waiting for the next key.
 */
void
zifu_history_page_set_search (ZifuHistoryPage *self, const char *text)
{
  g_return_if_fail (ZIFU_IS_HISTORY_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  _zifu_history_page_apply_filter (self);
}
