/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-meter.h"

#include <glib/gi18n-lib.h>

#include "zifu-line-layout.h"
#include "zifu-pay-bar.h"
#include "zifu-trough.h"
#include "zifu-wrap-row.h"

/*
 * ZifuMeter:
 *
 * How far a deductible is met or a cap used up.  The sums of a fund appear only in this form, never as a balance.
 *
 * CSS: node "meter".
 * Accessible: role meter, label, and a value text such as "1,462.30 yuan of 1,800 yuan".
 */

struct _ZifuMeter {
  GtkWidget parent_instance;

  GtkWidget *head;   /* owned as a child */
  GtkLabel *label;
  GtkLabel *figures;
  GtkWidget *trough; /* owned as a child */
  GtkWidget *foot;   /* owned as a child */
  GtkWidget *mark;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (ZifuMeter, zifu_meter, GTK_TYPE_WIDGET)

static GtkLabel *
new_label (gboolean wrap)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, wrap);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  return label;
}

static void
zifu_meter_dispose (GObject *object)
{
  ZifuMeter *self = ZIFU_METER (object);

  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->trough, gtk_widget_unparent);
  g_clear_pointer (&self->foot, gtk_widget_unparent);
  G_OBJECT_CLASS (zifu_meter_parent_class)->dispose (object);
}

static void
zifu_meter_class_init (ZifuMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_meter_dispose;
  gtk_widget_class_set_css_name (widget_class, "meter");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
zifu_meter_init (ZifuMeter *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->label = new_label (TRUE);
  self->figures = new_label (FALSE);
  gtk_label_set_xalign (self->figures, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->figures), "numeric");
  self->head = zifu_wrap_row_new (GTK_WIDGET (self->label), GTK_WIDGET (self->figures));
  gtk_widget_set_parent (self->head, widget);

  self->trough = zifu_trough_new ();
  gtk_widget_set_parent (self->trough, widget);

  self->mark = gtk_image_new_from_icon_name ("zifu-unverified-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (self->mark), 12);
  gtk_widget_set_valign (self->mark, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->mark, 2);
  gtk_widget_add_css_class (self->mark, "warn");
  gtk_widget_set_tooltip_text (self->mark, _("No official text and no second source confirms this figure"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Unverified"), -1);
  self->note = new_label (TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "quiet");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "numeric");
  gtk_widget_set_hexpand (GTK_WIDGET (self->note), TRUE);
  self->foot = zifu_line_new (6, 0);
  gtk_box_append (GTK_BOX (self->foot), self->mark);
  gtk_box_append (GTK_BOX (self->foot), GTK_WIDGET (self->note));
  gtk_widget_set_parent (self->foot, widget);
}

/**
 * zifu_meter_new:
 *
 * Makes an empty meter.
 *
 * Returns: (transfer floating): a new meter
 */
GtkWidget *
zifu_meter_new (void)
{
  return g_object_new (ZIFU_TYPE_METER, NULL);
}

static void
tell_value (ZifuMeter *self, const char *label, ZifuMoney used, ZifuMoney limit, gboolean has_limit)
{
  g_autofree char *used_spoken = zifu_words_money (used, ZIFU_MONEY_STYLE_SPOKEN);
  g_autofree char *limit_spoken = zifu_words_money (limit, ZIFU_MONEY_STYLE_SPOKEN);
  g_autofree char *text = NULL;

  if (!has_limit)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                      used_spoken, -1);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MAX);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW);
      return;
    }
  /* Translators: how much of a limit is used, read out. {1} and {2}: amounts with their unit. */
  text = zifu_words_fill (C_ ("limit read out", "{1} of {2}"), used_spoken, limit_spoken, NULL);
  /* The numbers of this interface are floating point: they get whole percent, and the money stands in the text, which is what is read. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) zifu_pay_bar_percent (CLAMP (used, 0, limit), limit), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

/**
 * zifu_meter_set:
 * @self: a meter
 * @label: what is measured, such as "Outpatient deductible · paid"
 * @used: in fen
 * @limit: in fen; ignored without @has_limit
 * @note: (nullable): a sentence below
 * @unverified: whether the figures rest on an unverified rule
 * @has_limit: whether there is a limit at all
 *
 * Shows a measure.
 */
void
zifu_meter_set (ZifuMeter *self, const char *label, ZifuMoney used, ZifuMoney limit, const char *note, gboolean unverified,
                gboolean has_limit)
{
  g_autofree char *used_text = NULL;
  g_autofree char *limit_text = NULL;
  g_autofree char *figures = NULL;

  g_return_if_fail (ZIFU_IS_METER (self));
  g_return_if_fail (label != NULL);

  used_text = zifu_words_money (used, ZIFU_MONEY_STYLE_LIST);
  limit_text = zifu_words_money (limit, ZIFU_MONEY_STYLE_SHORT);
  figures = has_limit ? g_strdup_printf ("%s / %s", used_text, limit_text) : g_strdup (used_text);
  gtk_label_set_text (self->label, label);
  gtk_label_set_text (self->figures, figures);
  zifu_trough_set (ZIFU_TROUGH (self->trough), used, has_limit ? limit : 0);
  gtk_widget_set_visible (self->trough, has_limit);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (self->mark, unverified);
  gtk_widget_set_visible (self->foot, note != NULL || unverified);
  tell_value (self, label, used, limit, has_limit);
}
