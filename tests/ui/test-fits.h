/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-page.h"

static inline void
assert_fits_below (GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t bounds;

  /* The grips of scroll bars reach out of their windows by design of the toolkit. */
  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget) || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkGizmo"))
    return;
  if (gtk_widget_compute_bounds (widget, root, &bounds)
      && (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > gtk_widget_get_width (root) + 1))
    g_error ("%s (%s) reaches from %.0f to %.0f in a width of %d", G_OBJECT_TYPE_NAME (widget),
             GTK_IS_LABEL (widget) ? gtk_label_get_label (GTK_LABEL (widget)) : "", bounds.origin.x, bounds.origin.x + bounds.size.width,
             gtk_widget_get_width (root));
  if (GTK_IS_LABEL (widget))
    assert_not_cut (widget);
  if (GTK_IS_TEXT (widget))
    return;
  if (GTK_IS_SCROLLED_WINDOW (widget))
    {
      GtkPolicyType policy;

      gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
      if (policy != GTK_POLICY_NEVER)
        return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_fits_below (child, root);
}

/* Like assert_inside(), but what scrolls sideways on purpose may reach further.  Rows that came just now lie nowhere before a frame. */
static inline void
assert_fits (GtkWidget *widget, GtkWidget *root)
{
  wait_for_frame (root);
  assert_fits_below (widget, root);
}

/* What the toolkit makes inside these is named by the toolkit. */
static inline gboolean
names_itself (GtkWidget *widget)
{
  return GTK_IS_WINDOW_CONTROLS (widget) || ADW_IS_ENTRY_ROW (widget) || ADW_IS_COMBO_ROW (widget) || GTK_IS_SPIN_BUTTON (widget)
         || ADW_IS_VIEW_SWITCHER (widget) || GTK_IS_STACK_SWITCHER (widget);
}

/* A screen reader has a name for every visible button: its own words, or what it was given. */
static inline void
assert_named (GtkWidget *widget)
{
  const char *label;

  if (!gtk_widget_get_visible (widget) || names_itself (widget))
    return;
  if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
    {
      label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : gtk_menu_button_get_label (GTK_MENU_BUTTON (widget));
      if (label == NULL && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
        g_error ("a %s has no name: %s", G_OBJECT_TYPE_NAME (widget),
                 gtk_widget_get_tooltip_text (widget) != NULL ? gtk_widget_get_tooltip_text (widget) : "nor a hint");
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}
