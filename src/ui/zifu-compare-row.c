/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-compare-row.h"
#include "zifu-visit-choices.h"
#include "zifu-widgets.h"

struct _ZifuCompareRow {
  AdwPreferencesRow parent_instance;

  char *value; /* owned: of the axis class */
};

G_DEFINE_FINAL_TYPE (ZifuCompareRow, zifu_compare_row, ADW_TYPE_PREFERENCES_ROW)

static GtkWidget *
new_label (const char *text, float xalign, const char *css_class, const char *other_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  if (other_class != NULL)
    gtk_widget_add_css_class (label, other_class);
  return label;
}

static char *
dup_note (const ZifuComparison *comparison)
{
  g_autofree char *fund = NULL;

  if (comparison->settlement == NULL)
    return g_strdup (comparison->refusal);
  fund = zifu_words_money (comparison->settlement->fund_sum, ZIFU_MONEY_STYLE_LIST);
  return comparison->current ? g_strdup (_("The visit entered")) : zifu_words_fill (_("Funds pay {1}"), fund, NULL);
}

static char *
dup_difference (const ZifuComparison *comparison)
{
  g_autofree char *amount = zifu_words_money (ABS (comparison->difference), ZIFU_MONEY_STYLE_LIST);

  if (comparison->current)
    return g_strdup (comparison->least ? _("this one · least") : _("this one"));
  if (!comparison->has_difference)
    return g_strdup (comparison->least ? C_("comparison", "least") : "");
  if (comparison->difference == 0)
    return g_strdup (_("the same"));
  if (comparison->difference > 0)
    return zifu_words_fill (_("more by {1}"), amount, NULL);
  return zifu_words_fill (comparison->least ? _("least · less by {1}") : _("less by {1}"), amount, NULL);
}

static GtkWidget *
new_figures (const ZifuComparison *comparison, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *amount = NULL;
  g_autofree char *difference = NULL;
  gboolean cheaper = FALSE;

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (comparison->settlement == NULL)
    {
      gtk_box_append (GTK_BOX (box), new_label (_("not known"), 1, "quiet", NULL));
      return box;
    }
  difference = dup_difference (comparison);
  cheaper = comparison->least || comparison->difference < 0;
  amount = zifu_amount_label_new (name, comparison->settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
  gtk_widget_add_css_class (amount, "heading");
  gtk_box_append (GTK_BOX (box), amount);
  gtk_box_append (GTK_BOX (box), new_label (difference, 1, "caption", cheaper ? "ok" : "quiet"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "numeric");
  return box;
}

static void
build (ZifuCompareRow *self, const ZifuComparison *comparison)
{
  g_autofree char *name = zifu_choices_label ("class", comparison->value);
  g_autofree char *note = dup_note (comparison);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (words), new_label (name, 0, comparison->current ? "heading" : NULL, NULL));
  gtk_box_append (GTK_BOX (words), new_label (note, 0, "caption", "quiet"));
  gtk_box_append (GTK_BOX (box), zifu_wrap_row_new (words, new_figures (comparison, name)));
  if (comparison->settlement != NULL)
    {
      g_autoptr (GPtrArray) shares = zifu_words_shares (comparison->settlement);
      GtkWidget *bar = zifu_pay_bar_new ();

      zifu_pay_bar_set_compact (ZIFU_PAY_BAR (bar), TRUE);
      zifu_pay_bar_set_shares (ZIFU_PAY_BAR (bar), shares);
      gtk_box_append (GTK_BOX (box), bar);
    }
  if (comparison->settlement != NULL && !zifu_settlement_is_verified (comparison->settlement))
    {
      GtkWidget *mark = zifu_unverified_mark_new ();

      gtk_widget_set_halign (mark, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), mark);
    }
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), !comparison->current);
}

static void
zifu_compare_row_finalize (GObject *object)
{
  g_free (ZIFU_COMPARE_ROW (object)->value);
  G_OBJECT_CLASS (zifu_compare_row_parent_class)->finalize (object);
}

static void
zifu_compare_row_class_init (ZifuCompareRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_compare_row_finalize;
}

static void
zifu_compare_row_init (ZifuCompareRow *self)
{
}

/**
 * zifu_compare_row_new:
 * @comparison: the visit at an institution
 *
 * Returns: a row that tells what it costs there, or why that is not known
 */
GtkWidget *
zifu_compare_row_new (const ZifuComparison *comparison)
{
  ZifuCompareRow *self = NULL;

  g_return_val_if_fail (comparison != NULL, NULL);

  self = g_object_new (ZIFU_TYPE_COMPARE_ROW, NULL);
  self->value = g_strdup (comparison->value);
  build (self, comparison);
  return GTK_WIDGET (self);
}

/**
 * zifu_compare_row_get_value:
 * @self: a row
 *
 * Returns: (transfer none): the class of institutions that the row is about
 */
const char *
zifu_compare_row_get_value (ZifuCompareRow *self)
{
  g_return_val_if_fail (ZIFU_IS_COMPARE_ROW (self), NULL);

  return self->value;
}
