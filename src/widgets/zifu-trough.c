/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-trough.h"

#include "zifu-block.h"
#include "zifu-rational.h"

/*
 * ZifuTrough:
 *
 * GtkLevelBar wants its value as a floating-point number, which money never becomes here; so this is our own, with whole pixels.
 *
 * CSS: node "trough" with a child node "block"; class "full" when the part is the whole.
 */

#define HEIGHT 10
#define LEAST 6

struct _ZifuTrough {
  GtkWidget parent_instance;

  GtkWidget *block; /* owned as a child */
  ZifuMoney part;
  ZifuMoney whole;
};

G_DEFINE_FINAL_TYPE (ZifuTrough, zifu_trough, GTK_TYPE_WIDGET)

static void
zifu_trough_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = HEIGHT;
}

static void
zifu_trough_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZifuTrough *self = ZIFU_TROUGH (widget);
  int filled = 0;

  if (self->whole > 0 && self->part > 0)
    filled = CLAMP ((int) ((ZifuInt128) width * MIN (self->part, self->whole) / self->whole), MIN (LEAST, width), width);
  gtk_widget_set_child_visible (self->block, filled > 0);
  if (filled > 0)
    zifu_block_place (widget, self->block, 0, 0, filled, height);
}

static void
zifu_trough_dispose (GObject *object)
{
  ZifuTrough *self = ZIFU_TROUGH (object);

  g_clear_pointer (&self->block, gtk_widget_unparent);
  G_OBJECT_CLASS (zifu_trough_parent_class)->dispose (object);
}

static void
zifu_trough_class_init (ZifuTroughClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_trough_dispose;
  widget_class->measure = zifu_trough_measure;
  widget_class->size_allocate = zifu_trough_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "trough");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
zifu_trough_init (ZifuTrough *self)
{
  self->block = zifu_block_new ("block", GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_set_parent (self->block, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * zifu_trough_new:
 *
 * Makes an empty trough.
 *
 * Returns: (transfer floating): a new trough
 */
GtkWidget *
zifu_trough_new (void)
{
  return g_object_new (ZIFU_TYPE_TROUGH, NULL);
}

/**
 * zifu_trough_set:
 * @self: a trough
 * @part: in fen
 * @whole: in fen; 0 = the trough stays empty
 *
 * Fills the trough to @part of @whole.
 */
void
zifu_trough_set (ZifuTrough *self, ZifuMoney part, ZifuMoney whole)
{
  g_return_if_fail (ZIFU_IS_TROUGH (self));

  self->part = part;
  self->whole = whole;
  if (whole > 0 && part >= whole)
    gtk_widget_add_css_class (GTK_WIDGET (self), "full");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "full");
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
