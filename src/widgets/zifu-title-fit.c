/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-title-fit.h"

/*
 * The title of an entry row stands on one line: the toolkit gives it no other, and cuts what does not fit.  With large text on a telephone
 * that is where it says what is to be typed, and how.  There it becomes as small as it must, and never smaller than LEAST.
 */

#define FIT "zifu-title-fit"
#define LEAST 60 /* per cent: of text half as large again that is still nine tenths of the usual */

typedef struct {
  int room;    /* of the part of the row in which the title stands, in pixels; what stands at its end may take some of it */
  int natural; /* of the text at its usual size */
  int limit;   /* what the title has of the room */
  int scale;   /* per cent */
} Fit;

static Fit *
get_fit (GtkLabel *label)
{
  Fit *fit = g_object_get_data (G_OBJECT (label), FIT);

  if (fit == NULL)
    {
      fit = g_new0 (Fit, 1);
      fit->scale = 100;
      g_object_set_data_full (G_OBJECT (label), FIT, fit, g_free);
    }
  return fit;
}

/* A title that is cut has what it could get; before, it is taken to have all of the room. */
static void
find_limit (Fit *fit, GtkLabel *label, int room, int natural)
{
  if (fit->room != room || fit->natural != natural)
    {
      fit->room = fit->limit = room;
      fit->natural = natural;
    }
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    fit->limit = MIN (fit->limit, gtk_widget_get_width (GTK_WIDGET (label)));
}

static void
fit_label (GtkLabel *label)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (label), gtk_label_get_text (label));
  g_autoptr (PangoAttrList) attributes = NULL;
  Fit *fit = get_fit (label);
  int room = gtk_widget_get_width (gtk_widget_get_parent (GTK_WIDGET (label))), natural, scale = 100;

  if (room <= 0)
    return;
  pango_layout_get_pixel_size (layout, &natural, NULL);
  find_limit (fit, label, room, natural);
  if (natural > fit->limit)
    /* Letters are not drawn at every size: a little is left. */
    scale = MAX (LEAST, fit->limit * 100 / natural - 2);
  if (scale == fit->scale)
    return;
  fit->scale = scale;
  attributes = pango_attr_list_new ();
  if (scale < 100)
    pango_attr_list_insert (attributes, pango_attr_scale_new (scale / 100.0));
  gtk_label_set_attributes (label, attributes);
}

/* What pops up is laid out by itself, after the window that it belongs to. */
static void
fit_below (GtkWidget *widget, gboolean in_entry)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_TEXT (widget))
    return;
  if (in_entry && GTK_IS_LABEL (widget) && gtk_label_get_ellipsize (GTK_LABEL (widget)) != PANGO_ELLIPSIZE_NONE)
    fit_label (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    fit_below (child, in_entry || ADW_IS_ENTRY_ROW (widget));
}

static void
layout_cb (GtkWidget *window)
{
  fit_below (window, FALSE);
}

static void
realized_cb (GtkWidget *window)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (window)), "layout", G_CALLBACK (layout_cb), window,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * zifu_title_fit_watch:
 * @window: a window, as long as it lives
 *
 * Keeps the titles of its entry rows whole.
 */
void
zifu_title_fit_watch (GtkWidget *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect_after (window, "realize", G_CALLBACK (realized_cb), NULL);
  if (gtk_widget_get_realized (window))
    realized_cb (window);
}
