/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-amount-label.h"

#include <glib/gi18n-lib.h>

/**
 * zifu_amount_label_set:
 * @label: a label
 * @what: (nullable): what the figure is, such as "I will pay"; %NULL = the words beside it say so
 * @amount: in fen
 * @style: how it is written
 *
 * Writes an amount into @label and tells screen readers what it is, the figure and the unit.
 */
void
zifu_amount_label_set (GtkLabel *label, const char *what, ZifuMoney amount, ZifuMoneyStyle style)
{
  g_autofree char *text = NULL;
  g_autofree char *figure = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (GTK_IS_LABEL (label));

  text = zifu_words_money (amount, style);
  gtk_label_set_text (label, text);
  figure = zifu_words_money (amount, ZIFU_MONEY_STYLE_SPOKEN);
  /* Translators: read by screen readers. {1}: what the figure is, such as "I will pay"; {2}: the figure with its unit. */
  spoken = what != NULL ? zifu_words_fill (C_ ("amount read out", "{1} {2}"), what, figure, NULL) : g_strdup (figure);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/**
 * zifu_amount_label_new:
 * @what: (nullable): what the figure is
 * @amount: in fen
 * @style: how it is written
 *
 * Makes a label with tabular figures that stands at the end of its row and is neither cut nor wrapped.
 *
 * Returns: (transfer floating): a new GtkLabel
 */
GtkWidget *
zifu_amount_label_new (const char *what, ZifuMoney amount, ZifuMoneyStyle style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_halign (label, GTK_ALIGN_END);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  zifu_amount_label_set (GTK_LABEL (label), what, amount, style);
  return label;
}
