/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-widgets.h"

#include "zifu-resources.h"

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
 * Keeps the style classes "dark" and "hc" of @window as the user's settings are.  Our style sheet has no other way to know.
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
}

static gboolean
show_focus_cb (gpointer data)
{
  GtkWidget *scroll = data, *page = gtk_scrolled_window_get_child (data);
  GtkRoot *root = gtk_widget_get_root (scroll);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  graphene_rect_t bounds;

  if (row != NULL)
    focus = row;
  if (GTK_IS_VIEWPORT (page))
    page = gtk_viewport_get_child (GTK_VIEWPORT (page));
  if (focus != NULL && page != NULL && gtk_widget_is_ancestor (focus, page) && gtk_widget_compute_bounds (focus, page, &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (data), bounds.origin.y, bounds.origin.y + bounds.size.height);

  return G_SOURCE_REMOVE;
}

static void
page_size_changed_cb (GtkScrolledWindow *scroll)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_focus_cb, g_object_ref (scroll), g_object_unref);
}

/**
 * zifu_widgets_keep_focus_in_view:
 * @scroll: a scrolled window, as long as it lives
 *
 * What has the focus stays in view when something beside @scroll grows and leaves less room: the toolkit scrolls to it only at the
 * moment when it gets the focus, and an entry would vanish below the edge while it is typed in.
 */
void
zifu_widgets_keep_focus_in_view (GtkScrolledWindow *scroll)
{
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroll));

  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroll), "notify::page-size", G_CALLBACK (page_size_changed_cb), scroll,
                           G_CONNECT_SWAPPED);
}
