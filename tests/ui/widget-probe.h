/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-widgets.h"

/* What the tests of widgets have in common: a window to stand in, and ways to look at what is in it. */

static inline gboolean
expired_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the main context run until nothing is pending and the window is drawn. */
static inline void
settle (guint milliseconds)
{
  gboolean expired = FALSE;

  g_timeout_add (milliseconds, expired_cb, &expired);
  while (!expired)
    g_main_context_iteration (NULL, TRUE);
}

static inline GtkWidget *
show_in_window (GtkWidget *child, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  zifu_widgets_follow_scheme (window);
  gtk_window_present (GTK_WINDOW (window));
  settle (120);
  return window;
}

static inline void
close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  settle (20);
}

static inline graphene_rect_t
bounds_in (GtkWidget *child, GtkWidget *parent)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, parent, &bounds));
  return bounds;
}

/* Finds the n-th (from 0) widget of a CSS node name below @root. */
static inline GtkWidget *
find_node (GtkWidget *root, const char *css_name, int *n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_str_equal (gtk_widget_get_css_name (child), css_name) && (*n)-- == 0)
        return child;
      found = find_node (child, css_name, n);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static inline GtkWidget *
node_at (GtkWidget *root, const char *css_name, int n)
{
  return find_node (root, css_name, &n);
}

static inline GtkWidget *
find_type (GtkWidget *root, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child : find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Whether every label and image below @root that is drawn lies inside @frame, and gets at least its minimum width. */
static inline void
assert_inside (GtkWidget *root, GtkWidget *frame)
{
  int width = gtk_widget_get_width (frame), height = gtk_widget_get_height (frame);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_mapped (child))
        continue;
      if (GTK_IS_LABEL (child) || GTK_IS_IMAGE (child) || GTK_IS_BUTTON (child))
        {
          graphene_rect_t bounds = bounds_in (child, frame);

          g_assert_cmpfloat (bounds.origin.x, >=, 0);
          g_assert_cmpfloat (bounds.origin.y, >=, 0);
          g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, width);
          g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, height);
        }
      if (GTK_IS_LABEL (child) && !gtk_label_get_wrap (GTK_LABEL (child)))
        g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (child))));
      assert_inside (child, frame);
    }
}

/* Registers style and icons; slides jump, so that a test need not wait for them.  The folders of the user are not moved away: widgets open
 * no file, and without the system's data folders no picture is recognised. */
static inline void
init_widgets (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  gtk_init ();
  adw_init ();
  zifu_widgets_use_style (gdk_display_get_default ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static inline void
count_cb (int *count)
{
  (*count)++;
}

static inline void
resize (GtkWidget *window, int width, ZifuWidthBin *bin, gboolean narrow)
{
  gint64 deadline = g_get_monotonic_time () + 3000 * G_TIME_SPAN_MILLISECOND;
  int before;

  gtk_window_set_default_size (GTK_WINDOW (window), width, 300);
  while (zifu_width_bin_get_narrow (bin) != narrow && g_get_monotonic_time () < deadline)
    settle (20);
  /* The new form may want another size in turn: on a busy machine that takes a few frames more. */
  do
    {
      before = gtk_widget_get_width (window);
      settle (40);
    }
  while (gtk_widget_get_width (window) != before && g_get_monotonic_time () < deadline);
  g_assert_cmpint (zifu_width_bin_get_narrow (bin), ==, narrow);
  g_assert_cmpint (gtk_widget_has_css_class (GTK_WIDGET (bin), "narrow"), ==, narrow);
}

static inline ZifuShare *
new_share (ZifuPayerKind kind, const char *name, const char *brief, ZifuMoney amount)
{
  ZifuShare *share = g_new0 (ZifuShare, 1);

  share->kind = kind;
  share->name = g_strdup (name);
  share->brief = g_strdup (brief);
  share->amount = amount;
  return share;
}

static inline GPtrArray *
three_shares (void)
{
  GPtrArray *shares = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_share_free);

  g_ptr_array_add (shares, new_share (ZIFU_PAYER_FUND, "统筹基金", "基金", 50421));
  g_ptr_array_add (shares, new_share (ZIFU_PAYER_ACCOUNT, "个人账户", "账户", 61579));
  g_ptr_array_add (shares, new_share (ZIFU_PAYER_FAMILY, "家庭共济账户", "家庭", 0));
  g_ptr_array_add (shares, new_share (ZIFU_PAYER_CASH, "现金（含扫码、银行卡）", "现金", 8000));
  return shares;
}

static inline GPtrArray *
five_shares (void)
{
  GPtrArray *shares = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_share_free);

  g_ptr_array_add (shares, new_share (ZIFU_PAYER_FUND, "统筹基金", "基金", 8708000));
  g_ptr_array_add (shares, new_share (ZIFU_PAYER_LAYER, "大额互助资金", "大额", 5276039));
  g_ptr_array_add (shares, new_share (ZIFU_PAYER_ACCOUNT, "个人账户", "账户", 1));
  g_ptr_array_add (shares, new_share (ZIFU_PAYER_FAMILY, "家庭共济账户", "家庭", 150000));
  g_ptr_array_add (shares, new_share (ZIFU_PAYER_CASH, "现金（含扫码、银行卡）", "现金", 2665960));
  return shares;
}

static inline void
test_new_destroy (gconstpointer data)
{
  GtkWidget *(*make) (void) = data;
  GtkWidget *widget = g_object_ref_sink (make ());

  g_assert_true (GTK_IS_WIDGET (widget));
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, 300, NULL, NULL, NULL, NULL);
  g_assert_finalize_object (widget);
}
