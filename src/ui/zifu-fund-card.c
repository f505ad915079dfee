/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-fund-card.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

struct _ZifuFundCard
{
  GtkWidget parent_instance;

  GtkLabel  *headline;
  GtkLabel  *terms;
  GtkWidget *mark;
  ZifuMeter *deductible;
  ZifuMeter *outpatient_cap;
  ZifuMeter *inpatient_cap;
};

G_DEFINE_FINAL_TYPE (ZifuFundCard, zifu_fund_card, GTK_TYPE_WIDGET)

static const char *
choose_template (gboolean after, gboolean outpatient_from, gboolean inpatient_from)
{
  if (after && outpatient_from)
    return inpatient_from ? _("After the deductible: outpatient from {1}, inpatient from {2}")
                          : _("After the deductible: outpatient from {1}, inpatient {2}");
  if (after)
    return inpatient_from ? _("After the deductible: outpatient {1}, inpatient from {2}")
                          : _("After the deductible: outpatient {1}, inpatient {2}");
  if (outpatient_from)
    return inpatient_from ? _("Outpatient from {1}, inpatient from {2}") : _("Outpatient from {1}, inpatient {2}");

  return inpatient_from ? _("Outpatient {1}, inpatient from {2}") : _("Outpatient {1}, inpatient {2}");
}

/* Until the deductible is met the percentages are not what the next bill gets, and the headline says so. */
static char *
dup_headline (const ZifuAccountFacts *facts)
{
  const ZifuBenefitSketch *outpatient = &facts->outpatient;
  const ZifuBenefitSketch *inpatient = &facts->inpatient;
  gboolean after = outpatient->has_deductible && outpatient->met < outpatient->need;
  g_autofree char *outpatient_share = NULL, *inpatient_share = NULL;

  /* One that was not worked out has no ratio. */
  if (!outpatient->known || !inpatient->known)
    return g_strdup (_("No figures for this person"));
  outpatient_share = zifu_words_ratio (outpatient->share);
  inpatient_share = zifu_words_ratio (inpatient->share);
  if (outpatient->has_share && inpatient->has_share)
    return zifu_words_fill (choose_template (after, outpatient->rises, inpatient->rises), outpatient_share, inpatient_share, NULL);
  if (inpatient->has_share)
    return zifu_words_fill (_("Inpatient {1}; outpatient nothing now"), inpatient_share, NULL);
  if (outpatient->has_share)
    return zifu_words_fill (_("Outpatient {1}; inpatient nothing now"), outpatient_share, NULL);

  return g_strdup (_("The fund pays nothing now"));
}

/* What is not known above is said once, although it may hold for both kinds of care. */
static char *
add_unknown (char *terms, const ZifuAccountFacts *facts)
{
  g_autofree char *outpatient = facts->outpatient.above != NULL ? zifu_ui_error_text (facts->outpatient.above) : NULL;
  g_autofree char *inpatient = facts->inpatient.above != NULL ? zifu_ui_error_text (facts->inpatient.above) : NULL;
  g_autofree char *before = terms;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  g_strv_builder_add (builder, before);
  if (outpatient != NULL)
    g_strv_builder_add (builder, outpatient);
  if (inpatient != NULL && g_strcmp0 (inpatient, outpatient) != 0)
    g_strv_builder_add (builder, inpatient);
  lines = g_strv_builder_end (builder);
  return g_strjoinv ("\n", lines);
}

static char *
dup_terms (const ZifuAccountFacts *facts)
{
  if (facts->fund_error != NULL)
    return g_strdup (facts->fund_error);
  if (facts->interrupted)
    return g_strdup (facts->member->has_account ? _("Contributions are interrupted. The account still pays.")
                                                : _("Contributions are interrupted."));

  /* Translators: {1} is the kind of hospital, {2} whether the person works, is retired, or is insured as a resident. */
  return add_unknown (zifu_words_fill (_("At a {1}, {2}; above the deductible, up to the cap."), zifu_words_axis_value ("class", "3"),
                                       zifu_words_axis_value ("status", facts->member->status), NULL),
                      facts);
}

static void
show_deductible (ZifuFundCard *self, const ZifuBenefitSketch *sketch, gboolean interrupted)
{
  gboolean shown = !interrupted && sketch->known && sketch->has_deductible && sketch->counter != NULL;
  g_autofree char *note = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->deductible), shown);
  if (!shown)
    return;

  if (sketch->met < sketch->need)
    {
      g_autofree char *left = zifu_words_money (sketch->need - sketch->met, ZIFU_MONEY_STYLE_LIST);

      /* Translators: %s is an amount that is still to be borne before the fund begins to pay. */
      note = g_strdup_printf (_("%s more of your own, then the fund pays"), left);
    }
  else
    {
      note = g_strdup (_("Met for this year: the fund pays now"));
    }
  zifu_meter_set (self->deductible, _("Outpatient deductible · paid"), sketch->met, sketch->need, note, FALSE, TRUE);
}

static char *
dup_cap_note (const ZifuBenefitSketch *sketch)
{
  g_autofree char *left = zifu_words_money (MAX (sketch->limit - sketch->used, 0), ZIFU_MONEY_STYLE_LIST);
  g_autofree char *share = NULL;

  if (sketch->cap_on_cost)
    /* Translators: {1} is an amount of costs in scope. */
    return zifu_words_fill (_("The fund covers costs of at most {1} more this year"), left, NULL);
  if (!sketch->has_next)
    return zifu_words_fill (_("The fund pays at most {1} more this year"), left, NULL);

  share = zifu_words_ratio (sketch->next_share);
  /* Translators: {1} is an amount, {2} a share, {3} the fund above the cap. */
  return zifu_words_fill (sketch->next_unverified ? _("The fund pays at most {1} more this year; above that: {3} {2} (unverified)")
                                                  : _("The fund pays at most {1} more this year; above that: {3} {2}"),
                          left, share, zifu_words_payer_name (sketch->next_payer), NULL);
}

static void
show_cap (ZifuMeter *meter, const char *label, const ZifuBenefitSketch *sketch, gboolean interrupted)
{
  gboolean shown = !interrupted && sketch->known && sketch->has_cap;
  g_autofree char *note = NULL;

  gtk_widget_set_visible (GTK_WIDGET (meter), shown);
  if (!shown)
    return;

  note = dup_cap_note (sketch);
  zifu_meter_set (meter, label, sketch->used, sketch->limit, note, sketch->cap_unverified || sketch->next_unverified, TRUE);
}

static void
zifu_fund_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZIFU_TYPE_FUND_CARD);
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_fund_card_parent_class)->dispose (object);
}

static void
zifu_fund_card_class_init (ZifuFundCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_fund_card_dispose;

  g_type_ensure (ZIFU_TYPE_METER);
  g_type_ensure (ZIFU_TYPE_UNVERIFIED_MARK);
  g_type_ensure (ZIFU_TYPE_WRAP_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-fund-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuFundCard, headline);
  gtk_widget_class_bind_template_child (widget_class, ZifuFundCard, terms);
  gtk_widget_class_bind_template_child (widget_class, ZifuFundCard, mark);
  gtk_widget_class_bind_template_child (widget_class, ZifuFundCard, deductible);
  gtk_widget_class_bind_template_child (widget_class, ZifuFundCard, outpatient_cap);
  gtk_widget_class_bind_template_child (widget_class, ZifuFundCard, inpatient_cap);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
zifu_fund_card_init (ZifuFundCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pooled fund, a right, not a balance"), -1);
}

/**
 * zifu_fund_card_show:
 * @self: the card
 * @facts: what is known of the person
 *
 * Shows what the funds pay of the next bill, and where their limits stand.
 */
void
zifu_fund_card_show (ZifuFundCard *self, const ZifuAccountFacts *facts)
{
  g_autofree char *headline = NULL;
  g_autofree char *terms = NULL;

  g_return_if_fail (ZIFU_IS_FUND_CARD (self));
  g_return_if_fail (facts != NULL);

  headline = dup_headline (facts);
  terms = dup_terms (facts);
  gtk_label_set_text (self->headline, headline);
  gtk_label_set_text (self->terms, terms);
  gtk_widget_set_visible (self->mark, facts->outpatient.unverified || facts->inpatient.unverified);
  show_deductible (self, &facts->outpatient, facts->interrupted);
  show_cap (self->outpatient_cap, _("Outpatient cap · used"), &facts->outpatient, facts->interrupted);
  show_cap (self->inpatient_cap, _("Inpatient cap · used"), &facts->inpatient, facts->interrupted);
}
