/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-result-strip.h"
#include "zifu-widgets.h"

/* Characters that fit into 360 px in the largest and the second size: ¥28,159.61 and ¥1,234,567.89. */
#define HERO_LENGTH 10
#define BIG_LENGTH 13
/* The longest that stays above ordinary size: ¥28,159 – 168,000. */
#define TITLE_LENGTH 17

struct _ZifuResultStrip {
  GtkWidget parent_instance;

  GtkWidget     *box;
  GtkLabel      *title;
  GtkLabel      *amount;
  ZifuRangeBar  *range_bar;
  ZifuPayBar    *bar;
  ZifuPayLegend *legend;
  GtkLabel      *note;
};

G_DEFINE_FINAL_TYPE (ZifuResultStrip, zifu_result_strip, GTK_TYPE_WIDGET)

static void
set_note (ZifuResultStrip *self, const char *text, gboolean warn)
{
  gtk_label_set_label (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->note), warn ? "quiet" : "warn");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), warn ? "warn" : "quiet");
}

/* The longer the figure, the smaller: money is never cut, and never wider than the window. */
static void
set_size (ZifuResultStrip *self, const char *size)
{
  static const char *const sizes[] = { "amount-hero", "amount-big", "title-3", "heading", "quiet" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_strcmp0 (sizes[i], size) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (self->amount), sizes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->amount), sizes[i]);
}

static void
hide_bars (ZifuResultStrip *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->range_bar), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), FALSE);
}

/* Instead of a figure: words, in an ordinary size, so that nobody takes them for an amount. */
static void
show_words (ZifuResultStrip *self, const char *words, const char *note, gboolean warn)
{
  gtk_label_set_label (self->title, _("I will pay"));
  gtk_label_set_label (self->amount, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  set_size (self, "quiet");
  hide_bars (self);
  set_note (self, note, warn);
}

/* The amount in the largest size in which it has room. */
static void
fit_amount (ZifuResultStrip *self)
{
  glong length = g_utf8_strlen (gtk_label_get_label (self->amount), -1);

  set_size (self, length > TITLE_LENGTH  ? "heading"
                  : length > BIG_LENGTH  ? "title-3"
                  : length > HERO_LENGTH ? "amount-big"
                                         : "amount-hero");
}

static void
show_range (ZifuResultStrip *self, ZifuEstimator *estimator, const ZifuRange *range)
{
  const ZifuSettlement *likely = zifu_estimator_get_case (estimator, ZIFU_RANGE_LIKELY);
  g_autofree char *text = zifu_words_whole_range (range->least->person, range->most->person);
  g_autofree char *figure = zifu_words_spoken_range (range->least->person, range->most->person);
  g_autofree char *spoken = zifu_words_fill (C_("amount read out", "{1} {2}"), _("I will pay about"), figure, NULL);

  gtk_label_set_label (self->title, _("I will pay about"));
  gtk_label_set_label (self->amount, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  zifu_range_bar_set (self->range_bar, range->least->person, likely != NULL ? likely->person : ZIFU_RANGE_BAR_UNKNOWN, range->most->person,
                      range->least->total);
}

static void
show_shares (ZifuResultStrip *self, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) shares = zifu_words_shares (settlement);

  gtk_label_set_label (self->title, _("I will pay"));
  zifu_amount_label_set (self->amount, _("I will pay"), settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
  zifu_pay_bar_set_shares (self->bar, shares);
  zifu_pay_legend_set_shares (self->legend, shares);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), shares->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), shares->len > 0);
}

static void
show_figures (ZifuResultStrip *self, ZifuEstimator *estimator)
{
  const ZifuSettlement *settlement = zifu_estimator_get_settlement (estimator);
  const ZifuRange *range = zifu_estimator_get_range (estimator);
  g_autofree char *gate = zifu_words_gate (settlement);
  gboolean stale = zifu_estimator_get_state (estimator) == ZIFU_ESTIMATE_STALE;

  hide_bars (self);
  if (range != NULL)
    show_range (self, estimator, range);
  else
    show_shares (self, settlement);
  gtk_widget_set_visible (GTK_WIDGET (self->range_bar), range != NULL);
  fit_amount (self);
  gtk_widget_set_opacity (GTK_WIDGET (self->amount), stale ? .5 : 1);
  gtk_widget_set_opacity (GTK_WIDGET (self->range_bar), stale ? .5 : 1);
  gtk_widget_set_opacity (GTK_WIDGET (self->bar), stale ? .5 : 1);
  gtk_widget_set_opacity (GTK_WIDGET (self->legend), stale ? .5 : 1);
  if (stale)
    set_note (self, _("Old result: an entry in the form cannot be used."), TRUE);
  else
    set_note (self, gate, TRUE);
}

static void
zifu_result_strip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZIFU_TYPE_RESULT_STRIP);
  G_OBJECT_CLASS (zifu_result_strip_parent_class)->dispose (object);
}

static void
zifu_result_strip_class_init (ZifuResultStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_result_strip_dispose;
  g_type_ensure (ZIFU_TYPE_WRAP_ROW);
  g_type_ensure (ZIFU_TYPE_RANGE_BAR);
  g_type_ensure (ZIFU_TYPE_PAY_BAR);
  g_type_ensure (ZIFU_TYPE_PAY_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-result-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuResultStrip, box);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultStrip, title);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultStrip, amount);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultStrip, range_bar);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultStrip, bar);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultStrip, legend);
  gtk_widget_class_bind_template_child (widget_class, ZifuResultStrip, note);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_result_strip_init (ZifuResultStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_result_strip_new:
 *
 * Returns: a strip without a result
 */
GtkWidget *
zifu_result_strip_new (void)
{
  return g_object_new (ZIFU_TYPE_RESULT_STRIP, NULL);
}

/**
 * zifu_result_strip_update:
 * @self: a strip
 * @estimator: whose result is shown
 *
 * Shows the result as it is now.
 */
void
zifu_result_strip_update (ZifuResultStrip *self, ZifuEstimator *estimator)
{
  g_return_if_fail (ZIFU_IS_RESULT_STRIP (self));
  g_return_if_fail (ZIFU_IS_ESTIMATOR (estimator));

  switch (zifu_estimator_get_state (estimator))
    {
    case ZIFU_ESTIMATE_READY:
    case ZIFU_ESTIMATE_STALE:
      show_figures (self, estimator);
      break;
    case ZIFU_ESTIMATE_REFUSED:
      {
        g_autofree char *note = g_strconcat (zifu_estimator_get_refusal (estimator), "\n", zifu_estimator_get_advice (estimator), NULL);

        show_words (self, _("cannot be worked out"), note, TRUE);
        break;
      }
    case ZIFU_ESTIMATE_EMPTY:
    default:
      show_words (self, _("type the bill"), NULL, FALSE);
      break;
    }
}
