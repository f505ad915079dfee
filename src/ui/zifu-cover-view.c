/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-cover-view.h"
#include "zifu-cover-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

/* Bills of the two visits by which the ways are compared, in fen: one below most deductibles, one far above. */
#define OUTPATIENT_BILL 100000
#define INPATIENT_BILL 1000000

typedef struct {
  const ZifuAccountFacts *facts;
  GPtrArray *outpatient, *inpatient; /* owned, of ZifuCoverVisit */
} Visits;

static GPtrArray *
settle_visits (const ZifuAccountFacts *facts, const char *care, ZifuMoney total)
{
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();

  visit->date = facts->today;
  visit->use_account = TRUE;
  visit->use_mutual_aid = TRUE;
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, 0, 0, 0);
  return zifu_cover_plan_visits (facts->plan, facts->record->person, visit);
}

/* Who pays nothing more pays of a visit what it costs today. */
static const ZifuCoverVisit *
find_visit (const GPtrArray *visits, const ZifuCoverOption *option)
{
  for (guint i = 0; i < visits->len; i++)
    if (((ZifuCoverVisit *) g_ptr_array_index (visits, i))->option == option)
      return g_ptr_array_index (visits, i);
  return visits->len > 0 ? g_ptr_array_index (visits, 0) : NULL;
}

static void
add_line (GtkWidget *box, const char *what, const char *figure, const char *css_class)
{
  GtkWidget *label = zifu_ui_wrapping_label (what, "quiet");
  GtkWidget *value = gtk_label_new (figure);
  GtkWidget *row;
  g_autofree char *spoken = g_strdup_printf ("%s: %s", what, figure);

  /* Three ways find room side by side. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (value), 20);
  gtk_label_set_justify (GTK_LABEL (value), GTK_JUSTIFY_RIGHT);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_widget_add_css_class (value, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (value, css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  row = zifu_wrap_row_new (label, value);
  gtk_box_append (GTK_BOX (box), row);
}

static void
add_visit (GtkWidget *box, const char *what, const ZifuCoverVisit *visit)
{
  g_autofree char *figure = NULL;

  if (visit == NULL)
    return;
  figure = visit->settlement != NULL ? zifu_words_money (visit->settlement->person, ZIFU_MONEY_STYLE_LIST)
                                     : zifu_words_error_message (visit->error);
  add_line (box, what, figure, visit->settlement != NULL ? "heading" : NULL);
}

static char *
dup_bill (ZifuMoney total, const char *template_)
{
  g_autofree char *bill = zifu_words_money (total, ZIFU_MONEY_STYLE_SHORT);

  return zifu_words_fill (template_, bill, NULL);
}

static void
add_visits (GtkWidget *box, const Visits *visits, const ZifuCoverOption *option)
{
  /* Translators: {1} is an amount; beside it stands what the person pays of it. */
  g_autofree char *outpatient = dup_bill (OUTPATIENT_BILL, _("I pay of an outpatient bill of {1}"));
  /* Translators: {1} is an amount; beside it stands what the person pays of it. */
  g_autofree char *inpatient = dup_bill (INPATIENT_BILL, _("I pay of an inpatient bill of {1}"));

  add_visit (box, outpatient, find_visit (visits->outpatient, option));
  add_visit (box, inpatient, find_visit (visits->inpatient, option));
}

static char *
dup_cost (const ZifuAccountFacts *facts, const ZifuCoverOption *option)
{
  if (option->has_cost)
    return zifu_words_money (option->cost, ZIFU_MONEY_STYLE_LIST);
  if (option->way != ZIFU_COVER_MAKE_UP)
    return g_strdup (_("none for the gap"));
  return g_strdup (g_strcmp0 (facts->member->status, "active") == 0 ? _("the employer pays") : _("not in the rules"));
}

static GtkWidget *
make_card (const char *title)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "hexpand", TRUE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "way-card");
  gtk_box_append (GTK_BOX (card), zifu_ui_wrapping_label (title, "heading"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return card;
}

/* Who stops paying keeps what was paid for, and no more. */
static void
add_back (GtkWidget *card, const ZifuAccountFacts *facts, const ZifuCoverOption *option)
{
  const ZifuCoverageInterval *here = zifu_coverage_at (option->coverage, zifu_month_of (facts->today));
  gboolean full = here != NULL && zifu_rational_equal (zifu_rational_reduce (here->share), ZIFU_RATIONAL_ONE);
  g_autofree char *when = NULL;

  if (option->way == ZIFU_COVER_STOP && full)
    {
      when = zifu_words_month (here->to, TRUE);
      add_line (card, _("Full benefits up to"), when, NULL);
      return;
    }
  when = option->way != ZIFU_COVER_STOP && option->has_back ? zifu_cover_dup_day (option->back, facts->today)
                                                            : g_strdup (C_("coverage", "not in sight"));
  add_line (card, _("Full benefits from"), when, NULL);
}

static void
add_cost_marks (GtkWidget *card, const ZifuCoverOption *option, ZifuDate today)
{
  const ZifuRule *rule = option->has_cost ? option->cost_rule : NULL;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (rule == NULL)
    return;
  if (rule->confirmed_to != 0 && rule->confirmed_to < today)
    {
      day = zifu_words_date (rule->confirmed_to, ZIFU_DATE_STYLE_LONG);
      /* Translators: {1} is a day. */
      text = zifu_words_fill (_("This amount is confirmed only up to {1}."), day, NULL);
      gtk_box_append (GTK_BOX (card), zifu_ui_wrapping_label (text, "caption"));
    }
  if (rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
    gtk_box_append (GTK_BOX (card), g_object_new (ZIFU_TYPE_UNVERIFIED_MARK, "halign", GTK_ALIGN_END, NULL));
}

/* Whether bills of the gap are made good. */
static void
add_gap (GtkWidget *card, const ZifuCoverPlan *plan, const ZifuCoverOption *option)
{
  const ZifuCoverageInterval *gap = plan->has_gap ? zifu_coverage_at (option->coverage, plan->gap_from) : NULL;

  if (gap != NULL)
    add_line (card, _("Bills of the gap"), zifu_rational_sign (gap->share) > 0 ? _("paid by the fund") : _("not paid by the fund"), NULL);
}

static GtkWidget *
make_way (const Visits *visits, const ZifuCoverOption *option, gboolean best)
{
  const ZifuAccountFacts *facts = visits->facts;
  g_autofree char *title = zifu_cover_dup_way (option, zifu_account_facts_is_resident (facts));
  g_autofree char *cost = dup_cost (facts, option);
  GtkWidget *card = make_card (title);

  if (best)
    {
      GtkWidget *badge = gtk_label_new (_("Soonest"));

      gtk_widget_set_halign (badge, GTK_ALIGN_START);
      gtk_widget_add_css_class (badge, "purse-kind");
      gtk_box_append (GTK_BOX (card), badge);
    }
  add_line (card, _("Cost"), cost, NULL);
  add_cost_marks (card, option, facts->today);
  add_back (card, facts, option);
  add_gap (card, facts->plan, option);
  add_visits (card, visits, option);
  return card;
}

static GtkWidget *
make_ways (const Visits *visits)
{
  const ZifuCoverPlan *plan = visits->facts->plan;
  const ZifuCoverOption *best = zifu_cover_find_best (plan);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *flow = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "homogeneous", TRUE, "row-spacing", 12,
                                  "column-spacing", 12, "min-children-per-line", 1, "max-children-per-line", 3, NULL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Ways Out"));
  for (guint i = 0; i < plan->options->len; i++)
    {
      const ZifuCoverOption *option = g_ptr_array_index (plan->options, i);

      gtk_flow_box_insert (GTK_FLOW_BOX (flow), make_way (visits, option, option == best), -1);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), flow);
  return group;
}

static GtkWidget *
make_timeline (const ZifuAccountFacts *facts)
{
  const GArray *intervals = facts->plan->coverage->intervals;
  ZifuMonth now = zifu_month_of (facts->today);
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Timeline"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         facts->plan->pays ? _("It is assumed that contributions go on.")
                                                           : _("If nothing more is paid."));
  for (guint i = 0; i < intervals->len; i++)
    {
      const ZifuCoverageInterval *interval = &g_array_index (intervals, ZifuCoverageInterval, i);
      g_autofree char *period = zifu_cover_dup_period (interval, g_array_index (intervals, ZifuCoverageInterval, intervals->len - 1).to);
      g_autofree char *state = zifu_cover_dup_state (interval->state, interval->share);
      gboolean here = interval->from <= now && now <= interval->to;
      /* Translators: {1} is a period of the timeline: the one in which today lies. */
      g_autofree char *text = here ? zifu_words_fill (_("{1} · today"), period, NULL) : g_strdup (period);
      GtkWidget *row = zifu_ui_text_row (state, text);
      const char *css_class = NULL;
      GtkWidget *icon = gtk_image_new_from_icon_name (zifu_cover_state_icon (interval->state, &css_class));

      g_object_set (icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (icon, css_class);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static GtkWidget *
make_source (const ZifuRule *rule)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *conditions = zifu_words_rule (rule);
  g_autofree char *confidence = zifu_words_confidence (rule);
  const char *title = zifu_words_text (&rule->title);
  GtkWidget *row = zifu_ui_text_row (title != NULL ? title : conditions, confidence);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Rule"));
  if (rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), g_object_new (ZIFU_TYPE_UNVERIFIED_MARK, "valign", GTK_ALIGN_CENTER, NULL));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static void
add_summary (GtkWidget *box, const ZifuAccountFacts *facts)
{
  g_autofree char *title = zifu_cover_dup_title (facts);
  g_autofree char *advice = zifu_cover_dup_advice (facts);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (words), zifu_ui_wrapping_label (title, "title-3"));
  gtk_box_append (GTK_BOX (words), zifu_ui_wrapping_label (advice, NULL));
  gtk_box_append (GTK_BOX (box), words);
}

/**
 * zifu_cover_view_new:
 * @facts: facts with a plan of somebody who pays contributions
 *
 * Returns: (transfer floating): state and advice, the timeline, the ways out, and the rule behind them
 */
GtkWidget *
zifu_cover_view_new (const ZifuAccountFacts *facts)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  g_return_val_if_fail (facts != NULL && facts->plan != NULL && facts->plan->coverage != NULL, box);

  add_summary (box, facts);
  if (facts->plan->options->len > 0)
    {
      g_autoptr (GPtrArray) outpatient = settle_visits (facts, "outpatient", OUTPATIENT_BILL);
      g_autoptr (GPtrArray) inpatient = settle_visits (facts, "inpatient", INPATIENT_BILL);
      const Visits visits = { facts, outpatient, inpatient };

      gtk_box_append (GTK_BOX (box), make_ways (&visits));
    }
  gtk_box_append (GTK_BOX (box), make_timeline (facts));
  if (facts->plan->coverage->rule != NULL)
    gtk_box_append (GTK_BOX (box), make_source (facts->plan->coverage->rule));
  return box;
}
