/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-bill-figures.h"

static void
clear_payer (gpointer data)
{
  g_free (((ZifuPayerAmount *) data)->payer);
}

/**
 * zifu_bill_figures_new:
 *
 * Returns: (transfer full): figures of which none is stated
 */
ZifuBillFigures *
zifu_bill_figures_new (void)
{
  ZifuBillFigures *figures = g_new0 (ZifuBillFigures, 1);

  figures->funds = g_array_new (FALSE, FALSE, sizeof (ZifuPayerAmount));
  g_array_set_clear_func (figures->funds, clear_payer);
  return figures;
}

/**
 * zifu_bill_figures_free:
 * @figures: (nullable) (transfer full): figures
 *
 * Frees @figures.
 */
void
zifu_bill_figures_free (ZifuBillFigures *figures)
{
  if (figures == NULL)
    return;
  g_array_unref (figures->funds);
  g_free (figures);
}

/**
 * zifu_bill_figures_set:
 * @figures: figures
 * @part: which one; not %ZIFU_BILL_FUND
 * @amount: fen
 *
 * States a figure.
 */
void
zifu_bill_figures_set (ZifuBillFigures *figures, ZifuBillPart part, ZifuMoney amount)
{
  g_return_if_fail (figures != NULL && part < ZIFU_N_BILL_PARTS && part != ZIFU_BILL_FUND);

  figures->known[part] = TRUE;
  figures->amount[part] = amount;
}

static ZifuPayerAmount *
find_fund (const ZifuBillFigures *figures, const char *payer)
{
  for (guint i = 0; i < figures->funds->len; i++)
    {
      ZifuPayerAmount *fund = &g_array_index (figures->funds, ZifuPayerAmount, i);

      if (g_str_equal (fund->payer, payer))
        return fund;
    }
  return NULL;
}

/**
 * zifu_bill_figures_add_fund:
 * @figures: figures
 * @payer: a payer of the packs: hifp, hifob …
 * @amount: fen; added to what this payer paid already
 *
 * States what a fund paid, and with it that all funds which are not named paid nothing.
 */
void
zifu_bill_figures_add_fund (ZifuBillFigures *figures, const char *payer, ZifuMoney amount)
{
  ZifuPayerAmount *fund;

  g_return_if_fail (figures != NULL && payer != NULL);

  figures->known[ZIFU_BILL_FUND] = TRUE;
  fund = find_fund (figures, payer);
  if (fund != NULL)
    fund->amount += amount;
  else
    {
      ZifuPayerAmount more = { g_strdup (payer), amount };

      g_array_append_val (figures->funds, more);
    }
}

/**
 * zifu_bill_figures_get_fund:
 * @figures: figures
 * @payer: a payer
 *
 * Returns: fen that this fund paid; 0 when it is not named
 */
ZifuMoney
zifu_bill_figures_get_fund (const ZifuBillFigures *figures, const char *payer)
{
  const ZifuPayerAmount *fund = find_fund (figures, payer);

  return fund != NULL ? fund->amount : 0;
}

/**
 * zifu_bill_figures_new_from_settlement:
 * @settlement: what the engine made of a visit
 *
 * Returns: (transfer full): its figures, all of them stated.  What is paid after the year or has to be claimed is not among them.
 */
ZifuBillFigures *
zifu_bill_figures_new_from_settlement (const ZifuSettlement *settlement)
{
  ZifuBillFigures *figures = zifu_bill_figures_new ();

  zifu_bill_figures_set (figures, ZIFU_BILL_TOTAL, settlement->total);
  zifu_bill_figures_set (figures, ZIFU_BILL_OUT, settlement->out);
  zifu_bill_figures_set (figures, ZIFU_BILL_OVER_LIMIT, settlement->over_limit);
  zifu_bill_figures_set (figures, ZIFU_BILL_PRIOR, settlement->prior);
  zifu_bill_figures_set (figures, ZIFU_BILL_IN_SCOPE, settlement->in_scope);
  zifu_bill_figures_set (figures, ZIFU_BILL_DEDUCTIBLE, settlement->deductible);
  zifu_bill_figures_set (figures, ZIFU_BILL_FUND_SUM, settlement->fund_sum);
  zifu_bill_figures_set (figures, ZIFU_BILL_HOSPITAL, settlement->hospital);
  zifu_bill_figures_set (figures, ZIFU_BILL_PERSON, settlement->person);
  zifu_bill_figures_set (figures, ZIFU_BILL_ACCOUNT, settlement->own_account);
  zifu_bill_figures_set (figures, ZIFU_BILL_MUTUAL, settlement->mutual_sum);
  zifu_bill_figures_set (figures, ZIFU_BILL_CASH, settlement->cash);
  figures->known[ZIFU_BILL_FUND] = TRUE;
  for (guint i = 0; settlement->lines != NULL && i < settlement->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (settlement->lines, ZifuFundLine, i);

      if (!g_str_equal (line->payer, "hospital") && line->amount != 0)
        zifu_bill_figures_add_fund (figures, line->payer, line->amount);
    }
  return figures;
}

/**
 * zifu_bill_figures_copy:
 * @figures: figures
 *
 * Returns: (transfer full): the same
 */
ZifuBillFigures *
zifu_bill_figures_copy (const ZifuBillFigures *figures)
{
  ZifuBillFigures *copy = zifu_bill_figures_new ();

  for (guint i = 0; i < ZIFU_N_BILL_PARTS; i++)
    {
      copy->known[i] = figures->known[i];
      copy->amount[i] = figures->amount[i];
    }
  for (guint i = 0; i < figures->funds->len; i++)
    {
      const ZifuPayerAmount *fund = &g_array_index (figures->funds, ZifuPayerAmount, i);

      zifu_bill_figures_add_fund (copy, fund->payer, fund->amount);
    }
  return copy;
}

/* A sum and its parts: the one that is missing follows from the others. */
typedef struct {
  ZifuBillPart sum;
  ZifuBillPart parts[4];
  guint        n_parts;
} Law;

static const Law laws[] = {
  { ZIFU_BILL_TOTAL, { ZIFU_BILL_OUT, ZIFU_BILL_OVER_LIMIT, ZIFU_BILL_PRIOR, ZIFU_BILL_IN_SCOPE }, 4 },
  { ZIFU_BILL_TOTAL, { ZIFU_BILL_FUND_SUM, ZIFU_BILL_HOSPITAL, ZIFU_BILL_PERSON }, 3 },
  { ZIFU_BILL_PERSON, { ZIFU_BILL_ACCOUNT, ZIFU_BILL_MUTUAL, ZIFU_BILL_CASH }, 3 },
};

/* Whether the law holds or cannot be judged; fills the one figure that is missing. */
static gboolean
apply_law (ZifuBillFigures *figures, const Law *law, gboolean *changed)
{
  ZifuMoney rest = figures->amount[law->sum];
  int missing = -1;
  guint n_missing = figures->known[law->sum] ? 0 : 1;

  for (guint i = 0; i < law->n_parts; i++)
    {
      if (figures->known[law->parts[i]])
        rest -= figures->amount[law->parts[i]];
      else
        {
          missing = law->parts[i];
          n_missing++;
        }
    }
  if (n_missing == 0)
    return rest == 0;
  if (n_missing > 1)
    return TRUE;
  *changed = TRUE;
  zifu_bill_figures_set (figures, missing >= 0 ? (ZifuBillPart) missing : law->sum, missing >= 0 ? rest : -rest);
  return missing < 0 || rest >= 0;
}

/**
 * zifu_bill_figures_complete:
 * @figures: figures as a receipt states them
 * @wrong: (out): the sum that its parts do not add up to
 *
 * Fills in what follows from the figures that are stated: funds together, the person's part, cash.  What does not follow stays unknown.
 *
 * Returns: %FALSE when the figures contradict one another
 */
gboolean
zifu_bill_figures_complete (ZifuBillFigures *figures, ZifuBillPart *wrong)
{
  gboolean changed = TRUE;

  g_return_val_if_fail (figures != NULL && wrong != NULL, FALSE);

  if (figures->known[ZIFU_BILL_FUND])
    {
      ZifuMoney sum = 0;

      for (guint i = 0; i < figures->funds->len; i++)
        sum += g_array_index (figures->funds, ZifuPayerAmount, i).amount;
      *wrong = ZIFU_BILL_FUND_SUM;
      if (figures->known[ZIFU_BILL_FUND_SUM] && figures->amount[ZIFU_BILL_FUND_SUM] != sum)
        return FALSE;
      zifu_bill_figures_set (figures, ZIFU_BILL_FUND_SUM, sum);
    }
  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
        {
          *wrong = laws[i].sum;
          if (!apply_law (figures, &laws[i], &changed))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
funds_agree (const ZifuBillFigures *a, const ZifuBillFigures *b)
{
  for (guint i = 0; i < a->funds->len; i++)
    {
      const ZifuPayerAmount *fund = &g_array_index (a->funds, ZifuPayerAmount, i);

      if (zifu_bill_figures_get_fund (b, fund->payer) != fund->amount)
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_bill_figures_agree:
 * @a: figures
 * @b: others
 * @first: the first part that counts
 * @last: the last one
 *
 * Returns: whether all parts from @first to @last that both state are the same to the fen
 */
gboolean
zifu_bill_figures_agree (const ZifuBillFigures *a, const ZifuBillFigures *b, ZifuBillPart first, ZifuBillPart last)
{
  for (guint part = first; part <= (guint) last; part++)
    {
      if (!a->known[part] || !b->known[part])
        continue;
      if (part == ZIFU_BILL_FUND ? !funds_agree (a, b) || !funds_agree (b, a) : a->amount[part] != b->amount[part])
        return FALSE;
    }
  return TRUE;
}

static void
clear_line (gpointer data)
{
  g_free (((ZifuBillLineDifference *) data)->payer);
}

static void
add_line (ZifuBillComparison *self, ZifuBillLineDifference line)
{
  line.stated = line.has_estimated && line.has_charged;
  line.difference = line.stated ? line.charged - line.estimated : 0;
  if (!line.has_estimated && !line.has_charged)
    {
      g_free (line.payer);
      return;
    }
  if (line.difference != 0)
    {
      if (self->first < 0)
        self->first = (int) self->lines->len;
      self->n_different++;
    }
  g_array_append_val (self->lines, line);
}

static void
add_fund (ZifuBillComparison *self, const ZifuBillFigures *estimated, const ZifuBillFigures *charged, const char *payer)
{
  ZifuBillLineDifference line = {
    .part = ZIFU_BILL_FUND,
    .payer = g_strdup (payer),
    .has_estimated = estimated->known[ZIFU_BILL_FUND],
    .has_charged = charged->known[ZIFU_BILL_FUND],
    .estimated = zifu_bill_figures_get_fund (estimated, payer),
    .charged = zifu_bill_figures_get_fund (charged, payer),
  };

  add_line (self, line);
}

static void
add_funds (ZifuBillComparison *self, const ZifuBillFigures *estimated, const ZifuBillFigures *charged)
{
  for (guint i = 0; i < estimated->funds->len; i++)
    add_fund (self, estimated, charged, g_array_index (estimated->funds, ZifuPayerAmount, i).payer);
  for (guint i = 0; i < charged->funds->len; i++)
    {
      const char *payer = g_array_index (charged->funds, ZifuPayerAmount, i).payer;

      if (find_fund (estimated, payer) == NULL)
        add_fund (self, estimated, charged, payer);
    }
}

/**
 * zifu_bill_comparison_new:
 * @estimated: what was expected
 * @charged: what was charged
 *
 * Returns: (transfer full): both line by line; a line that only one of them states is there, and does not differ
 */
ZifuBillComparison *
zifu_bill_comparison_new (const ZifuBillFigures *estimated, const ZifuBillFigures *charged)
{
  ZifuBillComparison *self = g_new0 (ZifuBillComparison, 1);

  self->first = -1;
  self->lines = g_array_new (FALSE, FALSE, sizeof (ZifuBillLineDifference));
  g_array_set_clear_func (self->lines, clear_line);
  for (guint part = 0; part < ZIFU_N_BILL_PARTS; part++)
    {
      ZifuBillLineDifference line = {
        .part = part,
        .has_estimated = estimated->known[part],
        .has_charged = charged->known[part],
        .estimated = estimated->amount[part],
        .charged = charged->amount[part],
      };

      if (part == ZIFU_BILL_FUND)
        add_funds (self, estimated, charged);
      else
        add_line (self, line);
    }
  return self;
}

/**
 * zifu_bill_comparison_free:
 * @comparison: (nullable) (transfer full): a comparison
 *
 * Frees @comparison.
 */
void
zifu_bill_comparison_free (ZifuBillComparison *comparison)
{
  if (comparison == NULL)
    return;
  g_array_unref (comparison->lines);
  g_free (comparison);
}

/**
 * zifu_bill_part_name:
 * @part: a part
 *
 * Returns: (transfer none): its name on the platform; of %ZIFU_BILL_FUND "fund_payamt", whose payer stands beside it
 */
const char *
zifu_bill_part_name (ZifuBillPart part)
{
  static const char *const names[] = {
    [ZIFU_BILL_TOTAL] = "medfee_sumamt",      [ZIFU_BILL_OUT] = "fulamt_ownpay_amt",   [ZIFU_BILL_OVER_LIMIT] = "overlmt_selfpay",
    [ZIFU_BILL_PRIOR] = "preselfpay_amt",     [ZIFU_BILL_IN_SCOPE] = "inscp_scp_amt",  [ZIFU_BILL_DEDUCTIBLE] = "act_pay_dedc",
    [ZIFU_BILL_FUND] = "fund_payamt",         [ZIFU_BILL_FUND_SUM] = "fund_pay_sumamt", [ZIFU_BILL_HOSPITAL] = "hosp_part_amt",
    [ZIFU_BILL_PERSON] = "psn_part_amt",      [ZIFU_BILL_ACCOUNT] = "own_acct_pay",    [ZIFU_BILL_MUTUAL] = "acct_mulaid_pay",
    [ZIFU_BILL_CASH] = "psn_cash_pay",
  };

  g_return_val_if_fail (part < ZIFU_N_BILL_PARTS, "");

  return names[part];
}
