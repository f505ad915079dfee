/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-status-card.h"

#include <glib/gi18n-lib.h>

#include "zifu-ui-rows.h"
#include "zifu-words.h"

struct _ZifuStatusCard
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (ZifuStatusCard, zifu_status_card, GTK_TYPE_WIDGET)

static const char *
icon_of (ZifuContributionState state, const char **css_class)
{
  switch (state)
    {
    case ZIFU_CONTRIBUTION_PAID:
    case ZIFU_CONTRIBUTION_NOT_DUE:
      *css_class = "ok";
      return "zifu-ok-symbolic";
    case ZIFU_CONTRIBUTION_GAP:
      *css_class = "warn";
      return "zifu-unverified-symbolic";
    case ZIFU_CONTRIBUTION_LATE:
      *css_class = NULL;
      return "zifu-clock-symbolic";
    case ZIFU_CONTRIBUTION_NONE:
    default:
      *css_class = NULL;
      return "zifu-info-symbolic";
    }
}

static char *
dup_state (const ZifuAccountFacts *facts)
{
  ZifuMonth now = zifu_month_of (facts->today);
  g_autofree char *this_month = zifu_words_month (now, FALSE);
  g_autofree char *last_month = facts->last_paid != 0 ? zifu_words_month (facts->last_paid, now / 12 != facts->last_paid / 12) : NULL;

  switch (facts->contribution)
    {
    case ZIFU_CONTRIBUTION_NOT_DUE:
      return g_strdup (_("Retired, no contributions due"));
    case ZIFU_CONTRIBUTION_PAID:
      if (g_strcmp0 (facts->member->insurance, "390") == 0)
        /* Translators: %d is a year: residents pay once for the whole of it. */
        return g_strdup_printf (_("%d is paid"), now / 12);
      /* Translators: {1} is a month. */
      return zifu_words_fill (_("{1} is paid"), this_month, NULL);
    case ZIFU_CONTRIBUTION_LATE:
      /* Translators: {1} is a month. */
      return zifu_words_fill (_("Paid up to {1}"), last_month, NULL);
    case ZIFU_CONTRIBUTION_GAP:
      /* Translators: {1} is a month. */
      return zifu_words_fill (_("No contribution since {1}"), last_month, NULL);
    case ZIFU_CONTRIBUTION_NONE:
    default:
      return g_strdup (_("No contributions in the data"));
    }
}

static char *
dup_scheme (const ZifuAccountFacts *facts)
{
  if (g_strcmp0 (facts->member->insurance, "390") == 0)
    /* Translators: %s is the region. */
    return g_strdup_printf (_("resident insurance (%s)"), facts->region);

  /* Translators: %s is the region. */
  return g_strdup_printf (_("employee insurance (%s)"), facts->region);
}

static char *
dup_paid_text (const ZifuAccountFacts *facts)
{
  g_autofree char *next = zifu_words_month (zifu_month_of (facts->today) + 1, FALSE);

  if (g_strcmp0 (facts->member->status, "active") == 0)
    /* Translators: {1} is the next month. */
    return zifu_words_fill (_("Nothing for you to do now; your employer pays {1}."), next, NULL);
  if (g_strcmp0 (facts->member->status, "flexible") == 0)
    /* Translators: {1} is the next month. */
    return zifu_words_fill (_("Nothing for you to do now; {1} is yours to pay in time."), next, NULL);

  return g_strdup (_("Nothing for you to do now; the premium is paid once a year."));
}

static char *
dup_advice (const ZifuAccountFacts *facts)
{
  gboolean active = g_strcmp0 (facts->member->status, "active") == 0;
  g_autofree char *now = zifu_words_month (zifu_month_of (facts->today), FALSE);

  switch (facts->contribution)
    {
    case ZIFU_CONTRIBUTION_NOT_DUE:
      return g_strdup (_("Nothing for you to do; benefits go on for life."));
    case ZIFU_CONTRIBUTION_PAID:
      return dup_paid_text (facts);
    case ZIFU_CONTRIBUTION_LATE:
      /* Translators: {1} is the present month. */
      return zifu_words_fill (active ? _("{1} is not in the data yet; it often arrives the month after. Nothing for you to do now.")
                                     : _("{1} is not in the data yet. Pay it before the month ends, if you have not."),
                              now, NULL);
    case ZIFU_CONTRIBUTION_GAP:
      if (active)
        return g_strdup (_("Ask your employer whether the months since then were paid; cover may be suspended. "
                           "The balance stays yours."));
      return g_strdup (_("Months since then may have to be made up; cover may be suspended. The balance stays yours."));
    case ZIFU_CONTRIBUTION_NONE:
    default:
      return g_strdup (_("Nothing can be said here about cover. Estimates take it that the person is covered."));
    }
}

static void
zifu_status_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZIFU_TYPE_STATUS_CARD);
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_status_card_parent_class)->dispose (object);
}

static void
zifu_status_card_class_init (ZifuStatusCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_status_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-status-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuStatusCard, icon);
  gtk_widget_class_bind_template_child (widget_class, ZifuStatusCard, title);
  gtk_widget_class_bind_template_child (widget_class, ZifuStatusCard, text);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
zifu_status_card_init (ZifuStatusCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_status_card_show:
 * @self: the card
 * @facts: what is known of the person
 *
 * Says what the data say about contributions, and nothing that they do not say.
 */
void
zifu_status_card_show (ZifuStatusCard *self, const ZifuAccountFacts *facts)
{
  g_autofree char *state = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *title = NULL;
  g_autofree char *advice = NULL;
  const char *css_class;

  g_return_if_fail (ZIFU_IS_STATUS_CARD (self));
  g_return_if_fail (facts != NULL);

  state = dup_state (facts);
  scheme = dup_scheme (facts);
  title = g_strdup_printf ("%s · %s", state, scheme);
  advice = dup_advice (facts);

  gtk_image_set_from_icon_name (self->icon, icon_of (facts->contribution, &css_class));
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "ok");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warn");
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), css_class);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->text, advice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}
