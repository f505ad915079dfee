/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-visit.h"

static void
line_clear (gpointer data)
{
  zifu_facts_free (((ZifuBillLine *) data)->facts);
}

static void
payer_clear (gpointer data)
{
  g_free (((ZifuPayerAmount *) data)->payer);
}

/**
 * zifu_visit_new:
 *
 * Returns: (transfer full): a visit without a day and a bill, whose accounts may be used
 */
ZifuVisit *
zifu_visit_new (void)
{
  ZifuVisit *visit = g_new0 (ZifuVisit, 1);

  visit->facts = zifu_facts_new ();
  visit->use_account = visit->use_mutual_aid = TRUE;
  return visit;
}

/**
 * zifu_visit_copy:
 * @visit: a visit
 *
 * Returns: (transfer full): a copy
 */
ZifuVisit *
zifu_visit_copy (const ZifuVisit *visit)
{
  ZifuVisit *copy = g_new0 (ZifuVisit, 1);

  *copy = *visit;
  copy->facts = zifu_facts_copy (visit->facts);
  copy->pointer = g_strdup (visit->pointer);
  copy->lines = NULL;
  copy->base_paid = NULL;
  for (guint i = 0; visit->lines != NULL && i < visit->lines->len; i++)
    {
      const ZifuBillLine *from = &g_array_index (visit->lines, ZifuBillLine, i);
      ZifuBillLine *to = zifu_visit_add_line (copy, from->amount);
      ZifuFacts *facts = to->facts;

      *to = *from;
      zifu_facts_free (facts);
      to->facts = zifu_facts_copy (from->facts);
    }
  if (visit->base_paid != NULL)
    {
      copy->base_paid = g_array_new (FALSE, TRUE, sizeof (ZifuPayerAmount));
      g_array_set_clear_func (copy->base_paid, payer_clear);
    }
  for (guint i = 0; visit->base_paid != NULL && i < visit->base_paid->len; i++)
    {
      const ZifuPayerAmount *paid = &g_array_index (visit->base_paid, ZifuPayerAmount, i);

      zifu_visit_add_base_paid (copy, paid->payer, paid->amount);
    }
  return copy;
}

/**
 * zifu_visit_free:
 * @visit: (nullable) (transfer full): a visit
 *
 * Frees a visit and its bill.
 */
void
zifu_visit_free (ZifuVisit *visit)
{
  if (visit == NULL)
    return;
  zifu_facts_free (visit->facts);
  g_free (visit->pointer);
  g_clear_pointer (&visit->lines, g_array_unref);
  g_clear_pointer (&visit->base_paid, g_array_unref);
  g_free (visit);
}

/**
 * zifu_visit_add_line:
 * @visit: a visit
 * @amount: amount of the line, in fen
 *
 * Adds a line to the bill.
 *
 * Returns: (transfer none): the line, to be filled before the next one is added
 */
ZifuBillLine *
zifu_visit_add_line (ZifuVisit *visit, ZifuMoney amount)
{
  ZifuBillLine line = { .facts = zifu_facts_new (), .amount = amount, .quantity = ZIFU_RATIONAL_ONE };

  if (visit->lines == NULL)
    {
      visit->lines = g_array_new (FALSE, TRUE, sizeof (ZifuBillLine));
      g_array_set_clear_func (visit->lines, line_clear);
    }
  g_array_append_val (visit->lines, line);
  return &g_array_index (visit->lines, ZifuBillLine, visit->lines->len - 1);
}

/**
 * zifu_visit_set_total:
 * @visit: a visit
 * @total: the whole bill, in fen (platform: medfee_sumamt)
 *
 * States the total of the bill.
 */
void
zifu_visit_set_total (ZifuVisit *visit, ZifuMoney total)
{
  visit->has_total = TRUE;
  visit->total = total;
}

/**
 * zifu_visit_set_parts:
 * @visit: a visit
 * @out: of the total: out of catalogue, in fen (fulamt_ownpay_amt)
 * @over_limit: of the total: above a price limit, in fen (overlmt_selfpay)
 * @prior: of the total: first share of category B, in fen (preselfpay_amt)
 *
 * States what of the total is not in scope.
 */
void
zifu_visit_set_parts (ZifuVisit *visit, ZifuMoney out, ZifuMoney over_limit, ZifuMoney prior)
{
  visit->has_out = visit->has_over_limit = visit->has_prior = TRUE;
  visit->out = out;
  visit->over_limit = over_limit;
  visit->prior = prior;
}

/**
 * zifu_visit_add_base_paid:
 * @visit: a visit
 * @payer: a fund
 * @amount: what it paid in the base layer, in fen
 *
 * States a line of a settlement sheet that is at hand: the base layer is then not computed.
 */
void
zifu_visit_add_base_paid (ZifuVisit *visit, const char *payer, ZifuMoney amount)
{
  ZifuPayerAmount paid = { g_strdup (payer), amount };

  if (visit->base_paid == NULL)
    {
      visit->base_paid = g_array_new (FALSE, TRUE, sizeof (ZifuPayerAmount));
      g_array_set_clear_func (visit->base_paid, payer_clear);
    }
  g_array_append_val (visit->base_paid, paid);
}
