/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-work-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-ui-rows.h"

/* How often it looks: more would only make figures that nobody can read. */
#define PERIOD 100

struct _ZifuWorkView {
  GtkWidget parent_instance;

  ZifuWork *work;  /* owned, nullable */
  guint     timer; /* 0 = none */

  GtkWidget *title, *note, *bar, *cancel; /* owned as children of the box */
};

G_DEFINE_FINAL_TYPE (ZifuWorkView, zifu_work_view, GTK_TYPE_WIDGET)

static gboolean
look_cb (gpointer data)
{
  ZifuWorkView *self = data;
  double fraction = zifu_work_get_fraction (self->work);

  if (fraction < 0)
    {
      gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
      return G_SOURCE_CONTINUE;
    }
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), fraction);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, fraction, -1);
  return G_SOURCE_CONTINUE;
}

static void
cancel_cb (ZifuWorkView *self)
{
  if (self->work == NULL)
    return;
  zifu_work_cancel (self->work);
  gtk_widget_set_sensitive (self->cancel, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->cancel), _("Stopping…"));
}

static void
zifu_work_view_dispose (GObject *object)
{
  zifu_work_view_forget (ZIFU_WORK_VIEW (object));
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_work_view_parent_class)->dispose (object);
}

static void
zifu_work_view_class_init (ZifuWorkViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_work_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_work_view_init (ZifuWorkView *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, "valign", GTK_ALIGN_CENTER,
                                 "margin-start", 24, "margin-end", 24, "margin-top", 24, "margin-bottom", 24, NULL);
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 420, "child", box, NULL);

  self->title = zifu_ui_wrapping_label (NULL, "title-3");
  self->bar = gtk_progress_bar_new ();
  self->note = zifu_ui_wrapping_label (NULL, "quiet");
  self->cancel = g_object_new (GTK_TYPE_BUTTON, "halign", GTK_ALIGN_CENTER, "margin-top", 12, NULL);
  gtk_widget_add_css_class (self->cancel, "pill");
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_box_append (GTK_BOX (box), self->cancel);
  gtk_widget_set_parent (clamp, GTK_WIDGET (self));
}

/**
 * zifu_work_view_new:
 *
 * Returns: (transfer floating): a view that watches nothing yet
 */
GtkWidget *
zifu_work_view_new (void)
{
  return g_object_new (ZIFU_TYPE_WORK_VIEW, NULL);
}

/**
 * zifu_work_view_watch:
 * @self: a view
 * @work: what takes long
 * @title: what it is
 * @note: (nullable): a sentence below
 *
 * Shows how far @work is until zifu_work_view_forget().
 */
void
zifu_work_view_watch (ZifuWorkView *self, ZifuWork *work, const char *title, const char *note)
{
  g_return_if_fail (ZIFU_IS_WORK_VIEW (self));
  g_return_if_fail (ZIFU_IS_WORK (work));

  zifu_work_view_forget (self);
  self->work = g_object_ref (work);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_button_set_label (GTK_BUTTON (self->cancel), _("Stop"));
  gtk_widget_set_sensitive (self->cancel, TRUE);
  gtk_widget_grab_focus (self->cancel);
  self->timer = g_timeout_add (PERIOD, look_cb, self);
}

/**
 * zifu_work_view_forget:
 * @self: a view
 *
 * Watches nothing any more.
 */
void
zifu_work_view_forget (ZifuWorkView *self)
{
  g_return_if_fail (ZIFU_IS_WORK_VIEW (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->work);
}
