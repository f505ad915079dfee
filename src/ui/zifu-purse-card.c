/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-purse-card.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

struct _ZifuPurseCard
{
  GtkWidget parent_instance;

  GtkLabel  *balance;
  GtkWidget *old_box;
  GtkLabel  *old;
  GtkBox    *division;
  GtkWidget *split;
  GtkWidget *broken_box;
  GtkLabel  *broken;
  GtkWidget *credit_box;
  GtkLabel  *credit_label;
  GtkLabel  *credit_amount;
  GtkLabel  *credit_note;
  GtkWidget *credit_mark;
  GtkLabel  *month_label;
  GtkLabel  *month_amount;
  GtkWidget *family_box;
  GtkLabel  *family_label;
  GtkLabel  *family_amount;
};

G_DEFINE_FINAL_TYPE (ZifuPurseCard, zifu_purse_card, GTK_TYPE_WIDGET)

static const char *
part_name (ZifuDivisionPart part)
{
  if (part == ZIFU_DIVISION_CURRENT)
    return _("This year's money");
  return part == ZIFU_DIVISION_EARLIER ? _("Earlier years' money") : _("Year not known");
}

static void
add_part (ZifuPurseCard *self, ZifuDivisionPart part, ZifuMoney amount)
{
  GtkWidget *name = zifu_ui_wrapping_label (part_name (part), "quiet");
  GtkWidget *figure = zifu_amount_label_new (part_name (part), amount, ZIFU_MONEY_STYLE_LIST);

  gtk_box_append (self->division, g_object_new (ZIFU_TYPE_WRAP_ROW, "start-child", name, "end-child", figure, NULL));
}

/* A balance that is old says so where it stands. */
static void
show_old (ZifuPurseCard *self, const ZifuAccountFacts *facts)
{
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->old_box, facts->old_since != 0);
  if (facts->old_since == 0)
    return;
  day = zifu_words_date (facts->old_since, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is the day on which something arrived last from the provider. */
  text = zifu_words_fill (_("Balance on {1}"), day, NULL);
  gtk_label_set_text (self->old, text);
}

/* Only where the rules care of which year the money is; a part of which nothing is known is told when there is one. */
static void
show_division (ZifuPurseCard *self, const ZifuAccountFacts *facts)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->division))) != NULL)
    gtk_box_remove (self->division, child);
  gtk_widget_set_visible (GTK_WIDGET (self->division), facts->divided);
  gtk_widget_set_visible (self->split, facts->divided);
  for (guint part = 0; facts->divided && part < ZIFU_N_DIVISION_PARTS; part++)
    if (part != ZIFU_DIVISION_UNDIVIDED || facts->parts[part] != 0)
      add_part (self, part, facts->parts[part]);
}

static void
show_broken (ZifuPurseCard *self, const ZifuAccountFacts *facts)
{
  gboolean broken = facts->checked && facts->broken.entry_id != 0;
  g_autofree char *expected = NULL;
  g_autofree char *difference = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->broken_box, broken);
  if (!broken)
    return;

  expected = zifu_words_money (facts->broken.expected, ZIFU_MONEY_STYLE_LIST);
  difference = zifu_words_money (ABS (facts->broken.recorded - facts->broken.expected), ZIFU_MONEY_STYLE_LIST);
  if (facts->broken.recorded < facts->broken.expected)
    /* Translators: both are amounts; the recorded balance is lower than the entries say. */
    text = zifu_words_fill (_("The entries say {1}, which is {2} more"), expected, difference, NULL);
  else
    /* Translators: both are amounts; the recorded balance is higher than the entries say. */
    text = zifu_words_fill (_("The entries say {1}, which is {2} less"), expected, difference, NULL);
  gtk_label_set_text (self->broken, text);
}

static char *
dup_credit_label (const ZifuAccountFacts *facts)
{
  g_autofree char *when = NULL;

  if (facts->credit_on == 0)
    {
      when = zifu_words_month (facts->credit_month, FALSE);
      /* Translators: %s is a month. */
      return g_strdup_printf (_("Next credit · in %s"), when);
    }

  when = zifu_words_date (facts->credit_on, ZIFU_DATE_STYLE_DAY);
  /* Translators: %s is a day without year. */
  return g_strdup_printf (_("Next credit · about %s"), when);
}

static char *
dup_credit_note (const ZifuAccountFacts *facts)
{
  g_autofree char *formula = zifu_credit_dup_formula (facts->credit_base, facts->credit);

  /* Translators: %s is "12,000 × 2%". */
  return formula != NULL ? g_strdup_printf (_("Contribution base %s"), formula) : NULL;
}

static void
show_credit (ZifuPurseCard *self, const ZifuAccountFacts *facts)
{
  g_autofree char *label = NULL;
  g_autofree char *note = NULL;

  gtk_widget_set_visible (self->credit_box, facts->has_credit);
  if (!facts->has_credit)
    return;

  label = dup_credit_label (facts);
  note = dup_credit_note (facts);
  gtk_label_set_text (self->credit_label, label);
  zifu_amount_label_set (self->credit_amount, label, facts->credit, ZIFU_MONEY_STYLE_SIGNED);
  gtk_label_set_text (self->credit_note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->credit_note), note != NULL);
  gtk_widget_set_visible (self->credit_mark, facts->credit_unverified);
}

static char *
dup_change (ZifuMoney amount)
{
  return zifu_words_money (amount, amount != 0 ? ZIFU_MONEY_STYLE_SIGNED : ZIFU_MONEY_STYLE_LIST);
}

static void
show_month (ZifuPurseCard *self, const ZifuAccountFacts *facts)
{
  g_autofree char *income = dup_change (facts->month_income);
  g_autofree char *outlay = dup_change (facts->month_outlay);
  g_autofree char *both = g_strdup_printf ("%s / %s", income, outlay);

  gtk_label_set_text (self->month_label, _("This month in / out"));
  gtk_label_set_text (self->month_amount, both);
  gtk_widget_set_visible (self->family_box, facts->month_family != 0);
  gtk_label_set_text (self->family_label, _("of it used by family"));
  zifu_amount_label_set (self->family_amount, _("of it used by family"), facts->month_family, ZIFU_MONEY_STYLE_SIGNED);
}

static void
zifu_purse_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZIFU_TYPE_PURSE_CARD);
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_purse_card_parent_class)->dispose (object);
}

static void
zifu_purse_card_class_init (ZifuPurseCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_purse_card_dispose;

  g_type_ensure (ZIFU_TYPE_WRAP_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-purse-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, balance);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, old_box);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, old);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, division);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, split);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, broken_box);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, broken);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, credit_box);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, credit_label);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, credit_amount);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, credit_note);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, credit_mark);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, month_label);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, month_amount);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, family_box);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, family_label);
  gtk_widget_class_bind_template_child (widget_class, ZifuPurseCard, family_amount);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
zifu_purse_card_init (ZifuPurseCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Personal account, my money"), -1);
}

/**
 * zifu_purse_card_show:
 * @self: the card
 * @facts: what is known of the person, who has an account
 *
 * Shows the balance, what comes next, and this month.
 */
void
zifu_purse_card_show (ZifuPurseCard *self, const ZifuAccountFacts *facts)
{
  g_return_if_fail (ZIFU_IS_PURSE_CARD (self));
  g_return_if_fail (facts != NULL);

  zifu_amount_label_set (self->balance, _("Balance"), facts->balance, ZIFU_MONEY_STYLE_SYMBOL);
  show_old (self, facts);
  show_division (self, facts);
  show_broken (self, facts);
  show_credit (self, facts);
  show_month (self, facts);
}
