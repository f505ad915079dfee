/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-status-card.h"

#include <glib/gi18n-lib.h>

#include "zifu-cover-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

struct _ZifuStatusCard
{
  GtkWidget parent_instance;

  GtkImage  *icon;
  GtkLabel  *title;
  GtkLabel  *text;
  GtkWidget *mark;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (ZifuStatusCard, zifu_status_card, GTK_TYPE_WIDGET)

static const char *
icon_of (const ZifuAccountFacts *facts, const char **css_class)
{
  *css_class = NULL;
  if (facts->plan == NULL)
    return "zifu-info-symbolic";
  if (facts->plan->pays && facts->plan->state == ZIFU_COVERAGE_COVERED && facts->last_paid < zifu_month_of (facts->today))
    return "zifu-clock-symbolic";

  return zifu_cover_state_icon (facts->plan->state, css_class);
}

static char *
dup_scheme (const ZifuAccountFacts *facts)
{
  if (zifu_account_facts_is_resident (facts))
    /* Translators: %s is the region. */
    return g_strdup_printf (_("resident insurance (%s)"), facts->region);

  /* Translators: %s is the region. */
  return g_strdup_printf (_("employee insurance (%s)"), facts->region);
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

  g_type_ensure (ZIFU_TYPE_UNVERIFIED_MARK);
  g_type_ensure (ZIFU_TYPE_LINE_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-status-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuStatusCard, icon);
  gtk_widget_class_bind_template_child (widget_class, ZifuStatusCard, title);
  gtk_widget_class_bind_template_child (widget_class, ZifuStatusCard, text);
  gtk_widget_class_bind_template_child (widget_class, ZifuStatusCard, mark);
  gtk_widget_class_bind_template_child (widget_class, ZifuStatusCard, more);
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
 * Says what holds today, until when, and the next thing to do; and nothing that data and rules do not say.
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

  state = zifu_cover_dup_title (facts);
  scheme = dup_scheme (facts);
  title = g_strdup_printf ("%s · %s", state, scheme);
  advice = zifu_cover_dup_advice (facts);

  gtk_image_set_from_icon_name (self->icon, icon_of (facts, &css_class));
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "ok");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "warn");
  gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "bad");
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), css_class);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->text, advice);
  gtk_widget_set_visible (self->mark, zifu_cover_is_unverified (facts->plan) && facts->plan->options->len > 0);
  gtk_widget_set_visible (self->more, facts->plan != NULL && !facts->plan->lifelong);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, advice,
                                  -1);
}
