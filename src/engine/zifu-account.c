/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-account.h"

#include "zifu-private.h"
#include "zifu-select.h"

#include <string.h>

/**
 * zifu_named_amount_clear:
 * @amount: an amount
 *
 * Frees what the amount holds.
 */
void
zifu_named_amount_clear (ZifuNamedAmount *amount)
{
  g_clear_pointer (&amount->name, g_free);
}

/**
 * zifu_credit_free:
 * @credit: (nullable) (transfer full): a credit
 *
 * Frees a credit.
 */
void
zifu_credit_free (ZifuCredit *credit)
{
  if (credit == NULL)
    return;
  g_array_unref (credit->lines);
  zifu_pack_unref (credit->pack);
  g_free (credit);
}

static gboolean
add_credit_line (ZifuCredit *credit, ZifuContext *context, const ZifuRule *rule, GError **error)
{
  ZifuCreditLine line = { rule, rule->slot, 0, rule->u.credit.yearly };
  ZifuRational amount;

  if (!zifu_context_must (context, rule->value, rule->id, &amount, error))
    return FALSE;
  if (!zifu_rational_round (amount, rule->round, &line.amount) ||
      !zifu_money_add (line.yearly ? credit->yearly : credit->total, line.amount, line.yearly ? &credit->yearly : &credit->total))
    return zifu_error_overflow (error, rule->id);
  g_array_append_val (credit->lines, line);
  return TRUE;
}

/**
 * zifu_credit_compute:
 * @pack: the rules
 * @person: whose account
 * @on: day of the credit
 * @error: return location: %ZIFU_ERROR
 *
 * What is credited to the personal account (platform: psn_clct_into_acct_amt): one line for each slot, each rounded once.
 *
 * Returns: (transfer full) (nullable): the credit; %NULL on error
 */
ZifuCredit *
zifu_credit_compute (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, GError **error)
{
  g_auto (ZifuOffice) office = { 0 };
  g_autoptr (ZifuCredit) credit = NULL;
  ZifuContext context;
  ZifuRules rules;
  ZifuMoney twelve;

  g_return_val_if_fail (pack != NULL && person != NULL && on > 0, NULL);

  zifu_office_open (&office, pack, person, on);
  zifu_context_init (&context, &office.run);
  if (!zifu_select_slots (&context, &pack->plan->kinds[ZIFU_RULE_CREDIT], ZIFU_PLACE ("credit"), &rules, error))
    return NULL;
  credit = g_new0 (ZifuCredit, 1);
  credit->pack = zifu_pack_ref (pack);
  credit->lines = g_array_new (FALSE, FALSE, sizeof (ZifuCreditLine));
  for (guint i = 0; i < rules.n; i++)
    if (!add_credit_line (credit, &context, rules.rules[i], error))
      return NULL;
  if (__builtin_mul_overflow (credit->total, 12, &twelve) || !zifu_money_add (twelve, credit->yearly, &credit->year))
    {
      zifu_error_overflow (error, "credit");
      return NULL;
    }
  return g_steal_pointer (&credit);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
amount_names (ZifuPack *pack)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < pack->by_kind[ZIFU_RULE_AMOUNT]->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (pack->by_kind[ZIFU_RULE_AMOUNT], i);

      if (!g_ptr_array_find_with_equal_func (names, rule->u.amount.name, g_str_equal, NULL))
        g_ptr_array_add (names, rule->u.amount.name);
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
open_for_amounts (ZifuOffice *office, ZifuContext *context, ZifuPack *pack, const ZifuPerson *person, ZifuDate on)
{
  zifu_office_open (office, pack, person, on);
  zifu_counters_give (office->counters, person, on);
  zifu_counters_start_visit (office->counters, on);
  zifu_context_init (context, &office->run);
}

/* Leaves @amount without a rule when none fits. */
static gboolean
read_amount (ZifuContext *context, ZifuPack *pack, const char *name, ZifuNamedAmount *amount, GError **error)
{
  int id = zifu_lexicon_look (&pack->plan->amount_names, name);
  const ZifuRule *rule = NULL;
  ZifuNumber number;

  if (id < 0)
    return TRUE;
  if (!zifu_select_one (context, &pack->plan->amounts[id], ZIFU_PLACE (name), &rule, error))
    return FALSE;
  if (rule == NULL)
    return TRUE;
  if (!zifu_context_named_amount (context, id, name, name, &number, error))
    return FALSE;
  *amount = (ZifuNamedAmount){ rule, g_strdup (name), number.is_null, number.value };
  return TRUE;
}

/**
 * zifu_amounts_compute:
 * @pack: the rules
 * @person: for whom
 * @on: a day
 * @unknown_as: which end of a figure known only between two bounds stands for it
 * @error: return location: %ZIFU_ERROR
 *
 * The value of every named amount that has a rule for this person on this day.
 *
 * Returns: (transfer full) (element-type ZifuNamedAmount) (nullable): the amounts by name, in yuan; %NULL on error
 */
GArray *
zifu_amounts_compute (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, ZifuUnknownAs unknown_as, GError **error)
{
  g_auto (ZifuOffice) office = { 0 };
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (ZifuNamedAmount));
  ZifuContext context;

  g_return_val_if_fail (pack != NULL && person != NULL && on > 0, NULL);

  g_array_set_clear_func (out, (GDestroyNotify) zifu_named_amount_clear);
  open_for_amounts (&office, &context, pack, person, on);
  office.run.unknown_as = unknown_as;
  names = amount_names (pack);
  for (guint i = 0; i < names->len; i++)
    {
      ZifuNamedAmount amount = { 0 };

      if (!read_amount (&context, pack, g_ptr_array_index (names, i), &amount, error))
        return NULL;
      if (amount.rule != NULL) /* else not for this person or day */
        g_array_append_val (out, amount);
    }
  return g_steal_pointer (&out);
}

/**
 * zifu_amount_compute:
 * @pack: the rules
 * @person: for whom
 * @on: a day
 * @name: name of an amount rule
 * @amount: (out caller-allocates): its value; its rule is %NULL when none fits; clear it with zifu_named_amount_clear()
 * @error: return location: %ZIFU_ERROR
 *
 * The value of one named amount.
 *
 * Returns: %FALSE when an error was set: the figure is unknown, or rules disagree
 */
gboolean
zifu_amount_compute (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, const char *name, ZifuNamedAmount *amount, GError **error)
{
  g_auto (ZifuOffice) office = { 0 };
  ZifuContext context;

  g_return_val_if_fail (pack != NULL && person != NULL && on > 0, FALSE);
  g_return_val_if_fail (name != NULL && amount != NULL, FALSE);

  *amount = (ZifuNamedAmount){ 0 };
  open_for_amounts (&office, &context, pack, person, on);
  return read_amount (&context, pack, name, amount, error);
}

/**
 * zifu_account_rule_find:
 * @pack: the rules
 * @person: whose account
 * @on: a day
 * @care: kind of care, such as "outpatient" or "pharmacy"
 *
 * Which rule says how the account pays for such a visit at home.  A rule that asks for more than person, day and kind of care is not found.
 *
 * Returns: (transfer none) (nullable): the rule, owned by the pack; %NULL when there is none, or when rules disagree
 */
const ZifuRule *
zifu_account_rule_find (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, const char *care)
{
  g_auto (ZifuOffice) office = { 0 };
  g_autoptr (ZifuVisit) visit = NULL;
  const ZifuRule *route = NULL, *rule = NULL;
  ZifuContext context;

  g_return_val_if_fail (pack != NULL && person != NULL && on > 0 && care != NULL, NULL);

  visit = zifu_visit_new ();
  visit->date = on;
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_office_open (&office, pack, person, on);
  zifu_run_init (&office.run, pack, person, visit, office.counters, on, &office.scratch, &office.views);
  zifu_context_init (&context, &office.run);
  if (!zifu_select_one (&context, &pack->plan->kinds[ZIFU_RULE_ROUTE], ZIFU_PLACE ("route"), &route, NULL))
    return NULL;
  zifu_context_set_string (&context, ZIFU_AXIS_BENEFIT, route != NULL ? route->u.route.to : care);
  if (!zifu_select_one (&context, &pack->plan->kinds[ZIFU_RULE_ACCOUNT], ZIFU_PLACE ("account"), &rule, NULL))
    return NULL;
  return rule;
}
