/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-credits-view.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

/* How far back a credit is told without being asked for. */
#define NOTICE_MONTHS 24

static gboolean
is_wrong (const ZifuCreditFinding *finding)
{
  return finding->fault == ZIFU_CREDIT_MISSING || finding->fault == ZIFU_CREDIT_WRONG || finding->fault == ZIFU_CREDIT_TWICE;
}

static const char *
choose_template (ZifuCreditFault fault)
{
  switch (fault)
    {
    case ZIFU_CREDIT_MISSING:
      /* Translators: {2} is what should have been credited by the rules. */
      return _("By the rules {2}, nothing was credited");
    case ZIFU_CREDIT_PENDING:
      /* Translators: {2} is what is credited by the rules. */
      return _("By the rules {2}, not credited yet; it may still come");
    case ZIFU_CREDIT_TWICE:
      /* Translators: {2} is what should have been credited by the rules, {3} what was. */
      return _("By the rules {2}, credited more than once: {3} in all");
    case ZIFU_CREDIT_UNPAID:
      /* Translators: {3} is what was credited. */
      return _("{3} was credited, but no contribution is known for this month");
    case ZIFU_CREDIT_WRONG:
    default:
      /* Translators: {2} is what should have been credited by the rules, {3} what was. */
      return _("By the rules {2}, credited {3}");
    }
}

static char *
fill_finding (const ZifuCreditFinding *finding, const char *template_)
{
  g_autofree char *month = zifu_words_month (finding->month, TRUE);
  g_autofree char *expected = zifu_words_money (finding->expected, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *found = zifu_words_money (finding->found, ZIFU_MONEY_STYLE_LIST);

  return zifu_words_fill (template_, month, expected, found, NULL);
}

/**
 * zifu_credits_dup_notice:
 * @facts: facts
 *
 * Returns: (transfer full) (nullable): the newest credit of the last two years that is missing or wrong, with both figures, and how many
 *   there are; %NULL when there is none
 */
char *
zifu_credits_dup_notice (const ZifuAccountFacts *facts)
{
  const ZifuCreditFinding *newest = NULL;
  g_autofree char *text = NULL;
  g_autofree char *digits = NULL;
  guint n = 0;

  g_return_val_if_fail (facts != NULL, NULL);

  for (guint i = 0; facts->check != NULL && i < facts->check->findings->len; i++)
    {
      const ZifuCreditFinding *finding = &g_array_index (facts->check->findings, ZifuCreditFinding, i);

      if (!is_wrong (finding) || finding->month < zifu_month_of (facts->today) - NOTICE_MONTHS)
        continue;
      newest = finding;
      n++;
    }
  if (newest == NULL)
    return NULL;

  text = fill_finding (newest, newest->unverified
                                 /* Translators: {1} is a month, {2} what should have been credited, {3} what was. */
                                 ? _("Credit for {1}: by an unverified rule {2}, credited {3}.")
                                 : _("Credit for {1}: by the rules {2}, credited {3}."));
  if (n == 1)
    return g_steal_pointer (&text);
  digits = g_strdup_printf ("%u", n - 1);
  /* Translators: {1} is a sentence about one month, {2} how many more there are. */
  return zifu_words_fill (ngettext ("{1} One more month differs.", "{1} {2} more months differ.", n - 1), text, digits, NULL);
}

static GtkWidget *
make_findings (const ZifuAccountFacts *facts)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Credits That Differ"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _("Ask the employer whether the month was paid, then the medical insurance bureau. Keep the payslips of these months."));
  for (guint i = facts->check->findings->len; i > 0; i--)
    {
      const ZifuCreditFinding *finding = &g_array_index (facts->check->findings, ZifuCreditFinding, i - 1);
      g_autofree char *month = zifu_words_month (finding->month, TRUE);
      g_autofree char *text = fill_finding (finding, choose_template (finding->fault));
      GtkWidget *row = zifu_ui_text_row (month, text);

      if (finding->unverified)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), g_object_new (ZIFU_TYPE_UNVERIFIED_MARK, "valign", GTK_ALIGN_CENTER, NULL));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static char *
dup_day (const ZifuAccountFacts *facts, const ZifuForecastMonth *month)
{
  g_autofree char *day = NULL;

  if (facts->credit_day == 0)
    return zifu_words_month (month->month, TRUE);
  day = zifu_words_date (month->date, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is a day: money arrives about then. */
  return zifu_words_fill (_("About {1}"), day, NULL);
}

static GtkWidget *
make_credit (const ZifuAccountFacts *facts, const ZifuForecastMonth *month)
{
  g_autofree char *day = dup_day (facts, month);
  g_autofree char *balance = zifu_words_money (month->balance, ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} is a balance. */
  g_autofree char *after = zifu_words_fill (month->outdated ? _("Balance then {1}, if nothing is spent · rule not confirmed for this month")
                                                            : _("Balance then {1}, if nothing is spent"),
                                            balance, NULL);
  GtkWidget *row = zifu_ui_text_row (day, after);
  GtkWidget *amount = zifu_amount_label_new (day, month->amount, month->amount != 0 ? ZIFU_MONEY_STYLE_SIGNED : ZIFU_MONEY_STYLE_LIST);

  gtk_widget_add_css_class (amount, "heading");
  if (month->unverified)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               g_object_new (ZIFU_TYPE_UNVERIFIED_MARK, "valign", GTK_ALIGN_CENTER, "compact", TRUE, NULL));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);
  return row;
}

static char *
dup_description (const ZifuAccountFacts *facts)
{
  g_autofree char *reason = NULL;

  if (facts->forecast == NULL)
    return g_strdup (facts->pack == NULL ? _("There are no rules for this region yet.")
                                         : _("While no contributions are paid, nothing is credited."));
  if (facts->forecast->error == NULL)
    return facts->credit_day != 0 ? g_strdup (_("The day is that of the last credit."))
                                  : g_strdup (_("No credit is in the data yet, so the day is not known."));
  reason = zifu_words_error_message (facts->forecast->error);
  /* Translators: {1} says why. */
  return zifu_words_fill (_("No further credits can be told: {1}"), reason, NULL);
}

/* In a list the sign stands without words: they are said once, above it. */
static char *
dup_heading (const ZifuAccountFacts *facts)
{
  g_autofree char *description = dup_description (facts);

  for (guint i = 0; facts->forecast != NULL && i < facts->forecast->months->len; i++)
    if (g_array_index (facts->forecast->months, ZifuForecastMonth, i).unverified)
      return g_strdup_printf ("%s\n%s", description, _("Where the sign stands, the rule for the amount is not verified."));
  return g_steal_pointer (&description);
}

static GtkWidget *
make_forecast (const ZifuAccountFacts *facts)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *description = dup_heading (facts);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Next Credits"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  for (guint i = 0; facts->forecast != NULL && i < facts->forecast->months->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_credit (facts, &g_array_index (facts->forecast->months, ZifuForecastMonth, i)));
  return group;
}

/**
 * zifu_credits_view_new:
 * @facts: facts of somebody with an account
 *
 * Returns: (transfer floating): credits that differ, if any, and the next twelve
 */
GtkWidget *
zifu_credits_view_new (const ZifuAccountFacts *facts)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  g_return_val_if_fail (facts != NULL, box);

  if (facts->check != NULL && facts->check->findings->len > 0)
    gtk_box_append (GTK_BOX (box), make_findings (facts));
  gtk_box_append (GTK_BOX (box), make_forecast (facts));
  return box;
}
