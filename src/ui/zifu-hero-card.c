/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-hero-card.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

#define OLD_OPACITY .5
/* Characters of a range that stay in the largest size: ¥553 – 1,058. */
#define HERO_LENGTH 14

struct _ZifuHeroCard {
  GtkWidget parent_instance;

  GtkWidget     *hero;
  GtkLabel      *title;
  GtkLabel      *amount;
  GtkWidget     *copy;
  GtkLabel      *headline;
  GtkWidget     *examples;
  GtkBox        *above;
  ZifuRangeBar  *range_bar;
  ZifuPayBar    *bar;
  ZifuPayLegend *legend;
  GtkBox        *below;

  ZifuEstimator *estimator; /* owned, nullable */
  gboolean       narrow;    /* the strip above has the amount and its bar */
};

G_DEFINE_FINAL_TYPE (ZifuHeroCard, zifu_hero_card, GTK_TYPE_WIDGET)

static void
empty_box (GtkBox *box)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
add_notes_above (ZifuHeroCard *self, const ZifuSettlement *settlement)
{
  g_autofree char *gate = zifu_words_gate (settlement);

  if (zifu_estimator_get_state (self->estimator) == ZIFU_ESTIMATE_STALE)
    gtk_box_append (self->above, zifu_ui_note (_("This is the last good result: an entry in the form cannot be used."),
                                           "dialog-warning-symbolic", "warn"));
  if (gate != NULL)
    gtk_box_append (self->above, zifu_ui_note (gate, "dialog-warning-symbolic", "warn"));
}

static void
add_notes_below (ZifuHeroCard *self, const ZifuSettlement *settlement)
{
  ZifuMoney later = 0;

  if (settlement->has_prepaid)
    {
      const char *words = settlement->refund > 0      ? _("{1} of the deposit comes back.")
                          : settlement->still_due > 0 ? _("{1} is still due after the deposit.")
                                                      : _("The deposit is just what I pay.");
      g_autofree char *amount = zifu_words_money (MAX (settlement->refund, settlement->still_due), ZIFU_MONEY_STYLE_SYMBOL);
      g_autofree char *text = zifu_words_fill (words, amount, NULL);

      gtk_box_append (self->below, zifu_ui_note (text, "zifu-info-symbolic", "quiet"));
    }
  for (guint i = 0; i < settlement->later->len; i++)
    if (!zifu_money_add (later, g_array_index (settlement->later, ZifuFundLine, i).amount, &later))
      later = 0;
  if (later > 0)
    {
      g_autofree char *amount = zifu_words_money (later, ZIFU_MONEY_STYLE_SYMBOL);
      g_autofree char *text = zifu_words_fill (_("{1} may come back after the year. It is not taken off above."), amount, NULL);

      gtk_box_append (self->below, zifu_ui_note (text, "zifu-info-symbolic", "quiet"));
    }
}

static void
set_old (ZifuHeroCard *self, gboolean old)
{
  double opacity = old ? OLD_OPACITY : 1;

  gtk_widget_set_opacity (GTK_WIDGET (self->amount), opacity);
  gtk_widget_set_opacity (GTK_WIDGET (self->headline), opacity);
  gtk_widget_set_opacity (GTK_WIDGET (self->range_bar), opacity);
  gtk_widget_set_opacity (GTK_WIDGET (self->bar), opacity);
  gtk_widget_set_opacity (GTK_WIDGET (self->legend), opacity);
}

static void
set_size (ZifuHeroCard *self, const char *size)
{
  static const char *const sizes[] = { "amount-hero", "amount-big", "title-3" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_strcmp0 (sizes[i], size) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (self->amount), sizes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->amount), sizes[i]);
}

/* Which of the two bars stands below the words; none of them without figures, nor where the strip has it already. */
static void
show_bars (ZifuHeroCard *self, gboolean range, gboolean shares)
{
  gtk_widget_set_visible (GTK_WIDGET (self->range_bar), range && !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), shares && !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), shares);
  gtk_widget_set_visible (self->copy, range || shares);
}

/* Instead of a figure that would pretend to know: the ends, in whole yuan, and where the likely one lies between them. */
static void
show_range (ZifuHeroCard *self, const ZifuRange *range)
{
  const ZifuSettlement *likely = zifu_estimator_get_case (self->estimator, ZIFU_RANGE_LIKELY);
  g_autofree char *text = zifu_words_whole_range (range->least->person, range->most->person);
  g_autofree char *figure = zifu_words_spoken_range (range->least->person, range->most->person);
  g_autofree char *spoken = zifu_words_fill (C_("amount read out", "{1} {2}"), _("I will pay, about"), figure, NULL);

  show_bars (self, TRUE, FALSE);
  gtk_label_set_label (self->title, _("I will pay, about"));
  gtk_label_set_label (self->amount, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  set_size (self, g_utf8_strlen (text, -1) > HERO_LENGTH ? "amount-big" : "amount-hero");
  gtk_label_set_label (self->headline, zifu_range_is_exact (range)
                                           ? _("What is in the bill is not known yet, hence a range")
                                           : _("A figure of the rules was not found exactly, hence a range"));
  zifu_range_bar_set (self->range_bar, range->least->person, likely != NULL ? likely->person : ZIFU_RANGE_BAR_UNKNOWN, range->most->person,
                      range->least->total);
}

static void
show_figure (ZifuHeroCard *self, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) shares = zifu_words_shares (settlement);
  g_autofree char *headline = zifu_words_headline (settlement);

  show_bars (self, FALSE, TRUE);
  gtk_label_set_label (self->title, _("I will pay"));
  set_size (self, "amount-hero");
  zifu_amount_label_set (self->amount, _("I will pay"), settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
  gtk_widget_set_halign (GTK_WIDGET (self->amount), GTK_ALIGN_START);
  gtk_label_set_label (self->headline, headline);
  zifu_pay_bar_set_shares (self->bar, shares);
  zifu_pay_legend_set_shares (self->legend, shares);
  if (shares->len == 0)
    gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
}

static void
show_result (ZifuHeroCard *self, const ZifuSettlement *settlement)
{
  const ZifuRange *range = zifu_estimator_get_range (self->estimator);

  if (range != NULL)
    show_range (self, range);
  else
    show_figure (self, settlement);
  add_notes_above (self, settlement);
  add_notes_below (self, settlement);
}

/* Instead of an amount: words that nobody takes for one. */
static void
show_words (ZifuHeroCard *self, const char *title, const char *text)
{
  show_bars (self, FALSE, FALSE);
  set_size (self, "title-3");
  gtk_label_set_label (self->title, _("I will pay"));
  gtk_label_set_label (self->amount, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_label (self->headline, text);
}

/* The boxes of the notes are never hidden: one that was hidden while empty keeps the height of unwrapped text in GTK 4.8. */
static void
show (ZifuHeroCard *self)
{
  ZifuEstimateState state = zifu_estimator_get_state (self->estimator);

  empty_box (self->above);
  empty_box (self->below);
  switch (state)
    {
    case ZIFU_ESTIMATE_READY:
    case ZIFU_ESTIMATE_STALE:
      show_result (self, zifu_estimator_get_settlement (self->estimator));
      break;
    case ZIFU_ESTIMATE_REFUSED:
      show_words (self, _("This cannot be worked out yet"), zifu_estimator_get_refusal (self->estimator));
      gtk_box_append (self->above, zifu_ui_note (zifu_estimator_get_advice (self->estimator), "zifu-info-symbolic", "warn"));
      break;
    case ZIFU_ESTIMATE_EMPTY:
    default:
      show_words (self, _("Type the bill"), _("The answer appears here as you type. Or start from example figures:"));
      break;
    }
  gtk_widget_set_visible (self->examples, state == ZIFU_ESTIMATE_EMPTY);
  set_old (self, state == ZIFU_ESTIMATE_STALE);
}

static void
zifu_hero_card_dispose (GObject *object)
{
  g_clear_object (&ZIFU_HERO_CARD (object)->estimator);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZIFU_TYPE_HERO_CARD);
  G_OBJECT_CLASS (zifu_hero_card_parent_class)->dispose (object);
}

static void
zifu_hero_card_class_init (ZifuHeroCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_hero_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-hero-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, hero);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, title);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, amount);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, copy);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, headline);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, examples);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, above);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, range_bar);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, bar);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, legend);
  gtk_widget_class_bind_template_child (widget_class, ZifuHeroCard, below);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_hero_card_init (ZifuHeroCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_hero_card_new:
 *
 * Returns: (transfer floating): a card without a result
 */
GtkWidget *
zifu_hero_card_new (void)
{
  return g_object_new (ZIFU_TYPE_HERO_CARD, NULL);
}

/**
 * zifu_hero_card_update:
 * @self: a card
 * @estimator: whose result is shown
 *
 * Shows the result as it is now.
 */
void
zifu_hero_card_update (ZifuHeroCard *self, ZifuEstimator *estimator)
{
  g_return_if_fail (ZIFU_IS_HERO_CARD (self));
  g_return_if_fail (ZIFU_IS_ESTIMATOR (estimator));

  g_set_object (&self->estimator, estimator);
  show (self);
}

/**
 * zifu_hero_card_set_narrow:
 * @self: a card
 * @narrow: whether a strip above has the amount and its bar
 *
 * Narrow, the card keeps to what the strip has no room for.
 */
void
zifu_hero_card_set_narrow (ZifuHeroCard *self, gboolean narrow)
{
  g_return_if_fail (ZIFU_IS_HERO_CARD (self));

  self->narrow = narrow;
  gtk_widget_set_visible (GTK_WIDGET (self->title), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->amount), !narrow);
  if (self->estimator != NULL)
    show (self);
}

/**
 * zifu_hero_card_get_amount:
 * @self: a card
 *
 * Returns: (transfer none): the label with the amount
 */
GtkWidget *
zifu_hero_card_get_amount (ZifuHeroCard *self)
{
  g_return_val_if_fail (ZIFU_IS_HERO_CARD (self), NULL);

  return GTK_WIDGET (self->amount);
}
