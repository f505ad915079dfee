/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-widgets.h"

#include "zifu-resources.h"
#include "zifu-title-fit.h"

#define RESOURCE_BASE "/org/zifu/Zifu"

/**
 * zifu_widgets_init:
 *
 * Registers the resource (style sheet and icons) and the types of this room, so that .ui files may name them.  May be called more than
 * once; needs no display.
 */
void
zifu_widgets_init (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  zifu_register_resource ();
  g_type_ensure (ZIFU_TYPE_BILL_CURVE);
  g_type_ensure (ZIFU_TYPE_CHOICE_ROW);
  g_type_ensure (ZIFU_TYPE_LINE_LAYOUT);
  g_type_ensure (ZIFU_TYPE_METER);
  g_type_ensure (ZIFU_TYPE_MONEY_ROW);
  g_type_ensure (ZIFU_TYPE_MONTH_COLUMNS);
  g_type_ensure (ZIFU_TYPE_NOTICE);
  g_type_ensure (ZIFU_TYPE_NOTICE_STYLE);
  g_type_ensure (ZIFU_TYPE_PAY_BAR);
  g_type_ensure (ZIFU_TYPE_PAY_LEGEND);
  g_type_ensure (ZIFU_TYPE_RANGE_BAR);
  g_type_ensure (ZIFU_TYPE_STEP_ROW);
  g_type_ensure (ZIFU_TYPE_UNVERIFIED_MARK);
  g_type_ensure (ZIFU_TYPE_WIDTH_BIN);
  g_type_ensure (ZIFU_TYPE_WRAP_ROW);
  g_once_init_leave (&once, 1);
}

/**
 * zifu_widgets_use_style:
 * @display: a display
 *
 * Loads style sheet and icons for a program that is no AdwApplication, such as a test.  An application with the resource base path
 * "/org/zifu/Zifu" has both already.
 */
void
zifu_widgets_use_style (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_return_if_fail (GDK_IS_DISPLAY (display));

  zifu_widgets_init ();
  gtk_css_provider_load_from_resource (provider, RESOURCE_BASE "/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), RESOURCE_BASE "/icons");
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
scheme_changed_cb (GtkWidget *window, GParamSpec *pspec, AdwStyleManager *manager)
{
  set_class (window, "dark", adw_style_manager_get_dark (manager));
  set_class (window, "hc", adw_style_manager_get_high_contrast (manager));
}

/**
 * zifu_widgets_follow_scheme:
 * @window: a window, as long as it lives
 *
 * Keeps the style classes "dark" and "hc" of @window as the user's settings are.  Our style sheet has no other way to know.  And with
 * large text, which is one of these settings, keeps titles whole that the toolkit would cut.
 */
void
zifu_widgets_follow_scheme (GtkWidget *window)
{
  AdwStyleManager *manager;

  g_return_if_fail (GTK_IS_WIDGET (window));

  manager = adw_style_manager_get_default ();
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (scheme_changed_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (scheme_changed_cb), window, G_CONNECT_SWAPPED);
  scheme_changed_cb (window, NULL, manager);
  if (GTK_IS_WINDOW (window))
    zifu_title_fit_watch (window);
}

#define FOCUS_KEEPER "zifu-focus-keeper"

/* What a scrolled window knows of the focus inside it. */
typedef struct {
  GtkScrolledWindow *scroll;
  GtkWidget         *focus;    /* only compared, never looked into */
  gboolean           was_seen; /* when nothing had moved yet */
  gboolean           less_room;
  guint              idle;
} FocusKeeper;

static void
focus_keeper_free (gpointer data)
{
  FocusKeeper *self = data;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_free (self);
}

static GtkWidget *
find_focus (FocusKeeper *self, graphene_rect_t *bounds)
{
  GtkWidget *page = gtk_scrolled_window_get_child (self->scroll);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->scroll));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (row != NULL)
    focus = row;
  if (GTK_IS_VIEWPORT (page))
    page = gtk_viewport_get_child (GTK_VIEWPORT (page));
  return focus != NULL && page != NULL && gtk_widget_is_ancestor (focus, page) && gtk_widget_compute_bounds (focus, page, bounds) ? focus
                                                                                                                                  : NULL;
}

/* At once: gtk_adjustment_clamp_page() moves there in steps, and stays where it is when the page gets another size on the way. */
static void
show (GtkAdjustment *adjustment, double top, double bottom)
{
  double value = gtk_adjustment_get_value (adjustment), size = gtk_adjustment_get_page_size (adjustment);

  value = MAX (value, bottom - size);
  gtk_adjustment_set_value (adjustment, MIN (value, top));
}

static gboolean
show_focus_cb (gpointer data)
{
  FocusKeeper *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroll);
  graphene_rect_t bounds;
  GtkWidget *focus = find_focus (self, &bounds);

  self->idle = 0;
  if (focus != NULL)
    {
      double top = bounds.origin.y, bottom = top + bounds.size.height;

      /* Who scrolled away from the field does not get pulled back to it, unless the room got less. */
      if (self->less_room || self->was_seen || focus != self->focus)
        show (adjustment, top, bottom);
      self->was_seen = top >= gtk_adjustment_get_value (adjustment) &&
                       bottom <= gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);
    }
  self->focus = focus;
  self->less_room = FALSE;

  return G_SOURCE_REMOVE;
}

static void
look_again (FocusKeeper *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (show_focus_cb, self);
}

static void
page_size_changed_cb (GtkWidget *scroll)
{
  FocusKeeper *self = g_object_get_data (G_OBJECT (scroll), FOCUS_KEEPER);

  self->less_room = TRUE;
  look_again (self);
}

/* What stands above the field grew or went. */
static void
upper_changed_cb (GtkWidget *scroll)
{
  look_again (g_object_get_data (G_OBJECT (scroll), FOCUS_KEEPER));
}

/* Somebody scrolled; a change that waits to be answered happened before that. */
static void
value_changed_cb (GtkWidget *scroll, GtkAdjustment *adjustment)
{
  FocusKeeper *self = g_object_get_data (G_OBJECT (scroll), FOCUS_KEEPER);
  graphene_rect_t bounds;

  if (self->idle != 0)
    return;
  self->focus = find_focus (self, &bounds);
  self->was_seen = self->focus != NULL && bounds.origin.y >= gtk_adjustment_get_value (adjustment) &&
                   bounds.origin.y + bounds.size.height <=
                     gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);
}

/**
 * zifu_widgets_keep_focus_in_view:
 * @scroll: a scrolled window, as long as it lives
 *
 * What has the focus stays in view when something beside @scroll grows and leaves less room, and when something above it grows: the
 * toolkit scrolls to it only at the moment when it gets the focus, and an entry would vanish below the edge while it is typed in.
 */
void
zifu_widgets_keep_focus_in_view (GtkScrolledWindow *scroll)
{
  GtkAdjustment *adjustment;
  FocusKeeper *self;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroll));

  adjustment = gtk_scrolled_window_get_vadjustment (scroll);
  self = g_new0 (FocusKeeper, 1);
  self->scroll = scroll;
  g_object_set_data_full (G_OBJECT (scroll), FOCUS_KEEPER, self, focus_keeper_free);
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (page_size_changed_cb), scroll, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "notify::upper", G_CALLBACK (upper_changed_cb), scroll, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), scroll, G_CONNECT_SWAPPED);
}
