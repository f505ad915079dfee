/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sheet.h"

#include "zifu-widgets.h"

#define LEAST_WIDTH 320
#define MOST_WIDTH 880
#define LEAST_HEIGHT 400
#define MOST_HEIGHT 680
#define NARROW 460 /* below it the sheet is as a telephone */

struct _ZifuSheet {
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (ZifuSheet, zifu_sheet, ADW_TYPE_WINDOW)

static void
zifu_sheet_class_init (ZifuSheetClass *klass)
{
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
zifu_sheet_init (ZifuSheet *self)
{
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), LEAST_WIDTH, -1);
  zifu_widgets_follow_scheme (GTK_WIDGET (self));
}

/**
 * zifu_sheet_new:
 * @title: what it is about
 * @content: (transfer floating): what it shows; it scrolls
 *
 * Returns: (transfer none): the window, owned by the toolkit like every window
 */
GtkWidget *
zifu_sheet_new (const char *title, GtkWidget *content)
{
  ZifuSheet *self = g_object_new (ZIFU_TYPE_SHEET, "title", title, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", MOST_WIDTH, "tightening-threshold", MOST_WIDTH, "child", content, NULL);
  GtkWidget *scroller =
    g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vexpand", TRUE, "child", clamp, NULL);

  g_object_set (content, "margin-top", 18, "margin-bottom", 18, "margin-start", 12, "margin-end", 12, NULL);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  zifu_widgets_keep_focus_in_view (GTK_SCROLLED_WINDOW (scroller));
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  return GTK_WIDGET (self);
}

/**
 * zifu_sheet_present:
 * @sheet: a window
 * @over: a widget of the window that it belongs to
 * @width: how wide it likes to be
 *
 * Shows it, never larger than the window below: on a telephone it covers it.
 */
void
zifu_sheet_present (GtkWindow *sheet, GtkWidget *over, int width)
{
  GtkRoot *root = gtk_widget_get_root (over);

  g_return_if_fail (GTK_IS_WINDOW (sheet));

  if (GTK_IS_WINDOW (root))
    {
      int below = gtk_widget_get_width (GTK_WIDGET (root)), height = gtk_widget_get_height (GTK_WIDGET (root));

      /* A window that is not on screen yet has no size, but one that it will have. */
      if (below <= 0 || height <= 0)
        gtk_window_get_default_size (GTK_WINDOW (root), &below, &height);
      width = below > 0 ? CLAMP (below, LEAST_WIDTH, width) : width;
      gtk_window_set_default_size (sheet, width, height > 0 ? CLAMP (height, LEAST_HEIGHT, MOST_HEIGHT) : MOST_HEIGHT);
      gtk_window_set_transient_for (sheet, GTK_WINDOW (root));
    }
  if (width < NARROW)
    gtk_widget_add_css_class (GTK_WIDGET (sheet), "narrow");
  gtk_window_present (sheet);
}
