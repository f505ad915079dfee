/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-elsewhere.h"

#include <string.h>

static void
elsewhere_free (gpointer data)
{
  ZifuElsewhere *self = data;

  g_clear_pointer (&self->settlement, zifu_settlement_free);
  g_clear_error (&self->error);
  g_free (self);
}

/* The digits of a region that say something: 440000 is the province 44, 440300 the city 4403. */
static gsize
significant (const char *place)
{
  gsize length = strlen (place);

  while (length > 2 && length % 2 == 0 && place[length - 1] == '0' && place[length - 2] == '0')
    length -= 2;
  return length;
}

/* A filing for a province holds in all its regions. */
static gboolean
is_for (const ZifuFiling *filing, const char *place)
{
  return filing->place == NULL || place == NULL ||
         strncmp (filing->place, place, MIN (significant (filing->place), significant (place))) == 0;
}

/* The last day.  A period of months ends on the day of the same number, or on the last of the month. */
static ZifuDate
last_day (ZifuPack *pack, const ZifuRecord *record, const ZifuFiling *filing, const ZifuRule **rule)
{
  ZifuFigure months;
  int n;

  if (filing->to != 0 || g_strcmp0 (filing->kind, "filed_long") == 0)
    return filing->to;
  months = zifu_figure_find (pack, record->person, filing->from, "temporary_filing_months_min", NULL, NULL);
  *rule = months.rule;
  return zifu_figure_to_count (&months, &n) ? zifu_date_add_months (filing->from, n) : 0;
}

/* How well a filing serves: a valid one before one that is over, that before one that begins later. */
static int
rank (const ZifuFilingFound *found)
{
  static const int ranks[] = {
    [ZIFU_FILING_NONE] = 0, [ZIFU_FILING_NOT_YET] = 1, [ZIFU_FILING_EXPIRED] = 2, [ZIFU_FILING_VALID] = 3
  };

  return ranks[found->state];
}

/* Of two of the same state: the next that begins, the last that ended, the latest that is valid. */
static gboolean
is_better (const ZifuFilingFound *found, const ZifuFilingFound *best)
{
  if (rank (found) != rank (best))
    return rank (found) > rank (best);
  if (found->state == ZIFU_FILING_NOT_YET)
    return found->filing->from < best->filing->from;
  return found->state == ZIFU_FILING_EXPIRED ? found->until > best->until : found->filing->from > best->filing->from;
}

/**
 * zifu_filing_find:
 * @pack: the rules
 * @record: whose filings
 * @place: (nullable): place of care; %NULL = any
 * @on: a day
 *
 * Finds the filing that counts.  Without a last day of its own a temporary filing is valid for as many months as the rules
 * grant at least, a long-term one until it is changed.
 *
 * Returns: what was found: a valid filing before one that is over or has not begun
 */
ZifuFilingFound
zifu_filing_find (ZifuPack *pack, const ZifuRecord *record, const char *place, ZifuDate on)
{
  ZifuFilingFound best = { ZIFU_FILING_NONE };

  g_return_val_if_fail (pack != NULL && record != NULL && on > 0, best);

  for (guint i = 0; i < record->filings->len; i++)
    {
      const ZifuFiling *filing = &g_array_index (record->filings, ZifuFiling, i);
      ZifuFilingFound found = { .filing = filing };

      if (!is_for (filing, place))
        continue;
      found.until = last_day (pack, record, filing, &found.rule);
      found.state = filing->from > on                             ? ZIFU_FILING_NOT_YET
                    : found.until != 0 && found.until < on ? ZIFU_FILING_EXPIRED
                                                           : ZIFU_FILING_VALID;
      if (is_better (&found, &best))
        best = found;
    }
  return best;
}

/**
 * zifu_rule_frees_zone:
 * @rule: a rule
 *
 * Some regions agreed that care in one another's province counts as filed: a rule on the province that leaves the ratio as it is.
 *
 * Returns: whether it is such a rule
 */
gboolean
zifu_rule_frees_zone (const ZifuRule *rule)
{
  gboolean province = FALSE, remote = FALSE;

  g_return_val_if_fail (rule != NULL, FALSE);

  if (rule->kind != ZIFU_RULE_ADJUST || rule->u.adjust.op != ZIFU_OP_PLUS || rule->value == NULL ||
      rule->value->kind != ZIFU_EXPR_NUMBER || rule->value->number.num != 0)
    return FALSE;
  for (guint i = 0; i < rule->when->len; i++)
    {
      const char *axis = g_array_index (rule->when, ZifuClause, i).axis;

      province |= g_str_equal (axis, "place_province");
      remote |= g_str_equal (axis, "remote");
    }
  return province && remote;
}

/**
 * zifu_elsewhere_compare:
 * @pack: the rules
 * @record: who
 * @visit: a visit; its axis remote does not matter
 *
 * Settles the visit as if at home, with each kind of filing, as an emergency, and without filing.
 *
 * Returns: (transfer full) (element-type ZifuElsewhere): one result a way
 */
GPtrArray *
zifu_elsewhere_compare (ZifuPack *pack, const ZifuRecord *record, const ZifuVisit *visit)
{
  static const char *const ways[] = { "local", "filed_long", "referred", "filed_temp", "emergency", "unfiled" };
  GPtrArray *results = g_ptr_array_new_with_free_func (elsewhere_free);
  ZifuFilingFound filing;

  g_return_val_if_fail (pack != NULL && record != NULL && visit != NULL, results);

  filing = zifu_filing_find (pack, record, zifu_facts_get_string (visit->facts, "place_region"), visit->date);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (ZifuVisit) way = zifu_visit_copy (visit);
      ZifuElsewhere *result = g_new0 (ZifuElsewhere, 1);

      zifu_facts_set_string (way->facts, "remote", ways[i]);
      zifu_facts_set_string (way->facts, "place", i == 0 ? "city" : "other");
      if (i == 0)
        zifu_facts_unset (way->facts, "place_province");
      result->remote = ways[i];
      result->is_yours = g_strcmp0 (ways[i], filing.state == ZIFU_FILING_VALID ? filing.filing->kind : "unfiled") == 0;
      result->settlement = zifu_settle (pack, record->person, way, &result->error);
      g_ptr_array_add (results, result);
    }
  return results;
}

/* The day after @n working days; public holidays are not known here. */
static ZifuDate
add_working_days (ZifuDate date, int n)
{
  while (n > 0)
    {
      date++;
      /* 0001-01-01, day 1, was a Monday. */
      if ((date - 1) % 7 < 5)
        n--;
    }
  return date;
}

/**
 * zifu_move_review:
 * @pack: the rules
 * @record: whose transfer
 * @today: the day of the question
 *
 * How far the transfer is.  The terms count working days; public holidays are not known and make them longer.
 *
 * Returns: the review
 */
ZifuMoveReview
zifu_move_review (ZifuPack *pack, const ZifuRecord *record, ZifuDate today)
{
  ZifuMoveReview review = { .days_out = -1, .days_in = -1 };
  ZifuFigure out, in, pay;

  g_return_val_if_fail (pack != NULL && record != NULL, review);

  review.state = record->move.state;
  out = zifu_figure_find (pack, record->person, today, "transfer_days_out", NULL, NULL);
  in = zifu_figure_find (pack, record->person, today, "transfer_days_in", NULL, NULL);
  review.rule = out.rule;
  zifu_figure_to_count (&out, &review.days_out);
  zifu_figure_to_count (&in, &review.days_in);
  if (review.days_out >= 0 && review.days_in >= 0 && record->move.requested != 0)
    review.due = add_working_days (record->move.requested, review.days_out + review.days_in);
  review.overdue = review.due != 0 && today > review.due && review.state != ZIFU_MOVE_ARRIVED && review.state != ZIFU_MOVE_NONE;
  pay = zifu_withdrawal_find (pack, record->person, "no_account_there", today);
  review.paid_out = record->move.account_there_known && !record->move.account_there && zifu_figure_is_true (&pay);
  review.paid_out_rule = pay.rule;
  return review;
}

/**
 * zifu_withdrawal_find:
 * @pack: the rules
 * @person: whose account
 * @reason: death, abroad, no_account_there, left
 * @on: a day
 *
 * Asks the amount account_withdrawal whether the balance is paid out for this reason (R38).
 *
 * Returns: the figure: 1 = paid out, 0 = not; absent when the rules do not say
 */
ZifuFigure
zifu_withdrawal_find (ZifuPack *pack, const ZifuPerson *person, const char *reason, ZifuDate on)
{
  return zifu_figure_find (pack, person, on, "account_withdrawal", "reason", reason);
}
