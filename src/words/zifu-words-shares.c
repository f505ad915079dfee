/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

/**
 * zifu_share_free:
 * @share: (nullable): a share
 *
 * Frees a share.
 */
void
zifu_share_free (ZifuShare *share)
{
  if (share == NULL)
    return;
  g_free (share->name);
  g_free (share->brief);
  g_free (share->note);
  g_free (share);
}

static gboolean
layer_is_unverified (const ZifuSettlement *settlement, const char *layer)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (g_strcmp0 (step->layer, layer) == 0 && step->kind != ZIFU_STEP_LIMIT && step->kind != ZIFU_STEP_NOT_ESTIMATED &&
          zifu_words_is_unverified (step->rule, &step->adjusts))
        return TRUE;
      if (g_strcmp0 (layer, "fixed") == 0 && step->kind == ZIFU_STEP_FIXED && zifu_words_is_unverified (step->rule, NULL))
        return TRUE;
    }
  return FALSE;
}

/* The share of one payer on a stretch of the cost. */
static ZifuRational
ratio_of (const ZifuStep *band, const char *payer)
{
  for (guint i = 0; i < band->n_parts; i++)
    if (g_strcmp0 (band->parts[i].payer, payer) == 0)
      return band->parts[i].ratio;
  return ZIFU_RATIONAL_ZERO;
}

/* How a single stretch came about, as one line.  Several stretches are told by the steps. */
static char *
fund_note (const ZifuSettlement *settlement, const char *layer, const char *payer)
{
  const ZifuStep *band;
  const ZifuStep *deductible = zifu_words_find_step (settlement, ZIFU_STEP_DEDUCTIBLE, layer);

  if (g_strcmp0 (layer, "fixed") == 0)
    return g_strdup (_ ("at a fixed price"));
  if (zifu_words_find_step (settlement, ZIFU_STEP_CAP, layer) != NULL)
    return g_strdup (_ ("what was left of this year's cap"));
  if (zifu_words_count_bands (settlement, layer, &band) != 1)
    return NULL;

  ZifuRational ratio = ratio_of (band, payer);
  if (zifu_rational_sign (ratio) <= 0)
    return NULL;
  if (zifu_words_takes_over_cap (settlement, layer))
    /* Translators: what a fund pays of the cost above the cap of the fund below it; {1} is 85% */
    return zifu_words_fill_take (_ ("{1} above the cap"), zifu_words_ratio (ratio), NULL);
  if (deductible == NULL || deductible->result == 0 ||
      !zifu_rational_equal (band->cost, zifu_rational_from_fen (deductible->input - deductible->result)))
    /* Translators: how the fund's part came about; {1} is a share, {2} the cost */
    return zifu_words_fill_take (C_ ("share of a cost", "{1} of {2}"), zifu_words_ratio (ratio), zifu_words_yuan (band->cost, FALSE), NULL);
  /* Translators: how the fund's part came about; {1} is the cost in scope, {2} what the deductible takes, {3} the share */
  return zifu_words_fill_take (_ ("{3} of {1} − {2} deductible"), zifu_words_list (deductible->input), zifu_words_list (deductible->result),
                               zifu_words_ratio (ratio), NULL);
}

static ZifuShare *
add_share (GPtrArray *shares, ZifuPayerKind kind, const char *name, const char *brief, ZifuMoney amount)
{
  ZifuShare *share = g_new0 (ZifuShare, 1);

  share->kind = kind;
  share->name = g_strdup (name);
  share->brief = g_strdup (brief);
  share->amount = amount;
  g_ptr_array_add (shares, share);
  return share;
}

static ZifuShare *
find_share (GPtrArray *shares, ZifuPayerKind kind, const char *name)
{
  for (guint i = 0; i < shares->len; i++)
    {
      ZifuShare *share = g_ptr_array_index (shares, i);

      if (share->kind == kind && g_str_equal (share->name, name))
        return share;
    }
  return NULL;
}

/* The brief of the first payer is that of all funds: on a narrow legend the others stand beside it with their own. */
static void
add_funds (const ZifuSettlement *settlement, GPtrArray *shares)
{
  gboolean has_fund = FALSE;

  for (guint i = 0; i < settlement->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (settlement->lines, ZifuFundLine, i);

      has_fund = has_fund || zifu_words_payer_kind (line->layer, line->payer) == ZIFU_PAYER_FUND;
    }
  for (guint i = 0; i < settlement->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (settlement->lines, ZifuFundLine, i);
      ZifuPayerKind kind = zifu_words_payer_kind (line->layer, line->payer);
      const char *name = zifu_words_payer_name (line->payer);
      ZifuShare *share;

      if (line->amount <= 0 || kind == ZIFU_PAYER_HOSPITAL)
        continue;
      if (!has_fund)
        {
          kind = ZIFU_PAYER_FUND;
          has_fund = TRUE;
        }
      share = find_share (shares, kind, name);
      if (share != NULL)
        {
          share->amount += line->amount;
          g_clear_pointer (&share->note, g_free);
        }
      else
        {
          share = add_share (shares, kind, name,
                             kind == ZIFU_PAYER_FUND ? C_ ("short payer", "Funds") : zifu_words_payer_brief (line->payer), line->amount);
          share->note = fund_note (settlement, line->layer, line->payer);
        }
      share->unverified = share->unverified || layer_is_unverified (settlement, line->layer);
    }
}

static char *
family_note (const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < settlement->mutual->len; i++)
    {
      const ZifuPayerAmount *paid = &g_array_index (settlement->mutual, ZifuPayerAmount, i);

      g_autofree char *name = zifu_words_relative_name (paid->payer);

      if (paid->amount <= 0 || name == NULL)
        continue;
      if (settlement->mutual->len == 1)
        return g_steal_pointer (&name);
      /* Translators: what the account of one relative pays; {1} is the relative, {2} the amount */
      g_ptr_array_add (names, zifu_words_fill_take (C_ ("relative", "{1} {2}"), g_steal_pointer (&name), zifu_words_list (paid->amount),
                                                    NULL));
    }
  return zifu_words_join (names, C_ ("alternatives", ", "));
}

static char *
cash_note (const ZifuSettlement *settlement)
{
  WordsBorne borne = zifu_words_borne (settlement);
  ZifuMoney claim = settlement->parts[ZIFU_BUCKET_CLAIM];

  if (claim > 0)
    /* Translators: {1} is an amount that is paid first and comes back on a claim */
    return zifu_words_fill_take (_ ("of it {1} to be claimed afterwards"), zifu_words_list (MIN (claim, settlement->cash)), NULL);
  if (!borne.closed_out || settlement->own_account + settlement->mutual_sum == 0)
    return NULL;
  if (settlement->cash == borne.closed)
    return g_strdup (_ ("out-of-catalogue part; the account may not pay it"));
  if (settlement->cash > borne.closed)
    /* Translators: {1} is an amount */
    return zifu_words_fill_take (_ ("of it {1} out of catalogue, which the account may not pay"), zifu_words_list (borne.closed), NULL);
  return NULL;
}

/**
 * zifu_words_shares:
 * @settlement: a settlement
 *
 * Who pays: funds first, then the hospital, then the person's own means.  Payers of nothing are left out, and the amounts
 * always add up to the bill.
 *
 * Returns: (transfer full) (element-type ZifuShare): the segments of the bar and rows of the legend
 */
GPtrArray *
zifu_words_shares (const ZifuSettlement *settlement)
{
  g_return_val_if_fail (settlement != NULL, NULL);

  GPtrArray *shares = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_share_free);

  add_funds (settlement, shares);
  if (settlement->hospital > 0)
    add_share (shares, ZIFU_PAYER_HOSPITAL, zifu_words_payer_name ("hospital"), zifu_words_payer_brief ("hospital"), settlement->hospital);
  if (settlement->own_account > 0)
    add_share (shares, ZIFU_PAYER_ACCOUNT, _ ("Personal account"), C_ ("short payer", "Account"), settlement->own_account);
  if (settlement->mutual_sum > 0)
    add_share (shares, ZIFU_PAYER_FAMILY, _ ("Family account"), C_ ("short payer", "Family"), settlement->mutual_sum)->note =
        family_note (settlement);
  if (settlement->cash > 0)
    add_share (shares, ZIFU_PAYER_CASH, _ ("Cash, phone or bank card"), C_ ("short payer", "Cash"), settlement->cash)->note =
        cash_note (settlement);
  return shares;
}

static char *
who_pays_the_person (const ZifuSettlement *settlement)
{
  g_autofree char *own = zifu_words_money (settlement->own_account, ZIFU_MONEY_STYLE_SYMBOL);
  g_autofree char *family = zifu_words_money (settlement->mutual_sum, ZIFU_MONEY_STYLE_SYMBOL);
  g_autofree char *cash = zifu_words_money (settlement->cash, ZIFU_MONEY_STYLE_SYMBOL);
  gboolean has_own = settlement->own_account > 0, has_family = settlement->mutual_sum > 0, has_cash = settlement->cash > 0;

  if (has_own && has_family && has_cash)
    return zifu_words_fill (_ ("{1} from my personal account, {2} from family accounts, {3} in cash"), own, family, cash, NULL);
  if (has_own && has_family)
    return zifu_words_fill (_ ("{1} from my personal account, {2} from family accounts, no cash"), own, family, NULL);
  if (has_own && has_cash)
    return zifu_words_fill (_ ("{1} from my personal account, {2} in cash"), own, cash, NULL);
  if (has_own)
    return zifu_words_fill (_ ("{1} from my personal account, no cash"), own, NULL);
  if (has_family && has_cash)
    return zifu_words_fill (_ ("{1} from family accounts, {2} in cash"), family, cash, NULL);
  if (has_family)
    return zifu_words_fill (_ ("{1} from family accounts, no cash"), family, NULL);
  if (has_cash)
    return zifu_words_fill (_ ("{1} in cash, by phone or bank card"), cash, NULL);
  return g_strdup (settlement->total > 0 ? _ ("Nothing is left for me to pay") : _ ("Nothing to pay"));
}

/**
 * zifu_words_headline:
 * @settlement: a settlement
 *
 * Returns: (transfer full): where the person's part comes from, as the one sentence under its amount
 */
char *
zifu_words_headline (const ZifuSettlement *settlement)
{
  g_return_val_if_fail (settlement != NULL, NULL);

  char *text = who_pays_the_person (settlement);
  ZifuMoney claim = settlement->parts[ZIFU_BUCKET_CLAIM];

  if (claim > 0)
    /* Translators: {1} says where the money comes from, {2} is the part that can be claimed afterwards */
    return zifu_words_fill_take (_ ("{1}; {2} of it can be claimed afterwards"), text, zifu_words_money (claim, ZIFU_MONEY_STYLE_SYMBOL),
                                 NULL);
  return text;
}

static gboolean
pays_after_year (const ZifuSettlement *settlement, const char *layer)
{
  for (guint i = 0; i < settlement->later->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (settlement->later, ZifuFundLine, i);

      if (g_strcmp0 (line->layer, layer) == 0 && line->amount > 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_after_year (const ZifuSettlement *settlement, GPtrArray *texts)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind != ZIFU_STEP_LAYER || !step->flag)
        continue;
      const char *name = zifu_words_layer (settlement, step->layer);
      if (pays_after_year (settlement, step->layer))
        /* Translators: {1} is the fund, {2} an amount */
        g_ptr_array_add (texts,
                         zifu_words_fill_take (_ ("{1} is expected to refund {2} after the year; it is not taken off what I pay now"),
                                               g_strdup (name), zifu_words_list (zifu_words_parts_sum (step)), NULL));
      else
        /* Translators: {1} is the fund */
        g_ptr_array_add (texts, zifu_words_fill (_ ("A possible refund after year end ({1}): known only after the year; counted as 0"),
                                                 name, NULL));
    }
}

static gboolean
caps_base (gconstpointer data)
{
  const ZifuRule *rule = data;

  return rule->kind == ZIFU_RULE_CAP && g_strcmp0 (rule->layer, "base") == 0;
}

/* The rules speak of yearly limits, of one that there is none, too, but of none for what the fund paid here: it was not found. */
static gboolean
lacks_cap (const ZifuSettlement *settlement)
{
  const GPtrArray *caps = settlement->pack->by_kind[ZIFU_RULE_CAP];
  gboolean pays = FALSE, speaks = FALSE;

  for (guint i = 0; i < settlement->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (settlement->lines, ZifuFundLine, i);

      pays |= g_strcmp0 (line->layer, "base") == 0 && line->amount > 0;
    }
  for (guint i = 0; pays && i < settlement->rules->len; i++)
    pays = !caps_base (g_ptr_array_index (settlement->rules, i));
  for (guint i = 0; pays && !speaks && i < caps->len; i++)
    speaks = caps_base (g_ptr_array_index (caps, i));
  return pays && speaks;
}

/* Where this year's money pays before the deductible: money of which the year is not known waited until after the fund. */
static void
add_undivided (const ZifuSettlement *settlement, GPtrArray *texts)
{
  const ZifuStep *step = zifu_words_find_step (settlement, ZIFU_STEP_ACCOUNT_FIRST, NULL);
  ZifuMoney sum = 0;

  if (step == NULL || step->rule == NULL || g_strv_contains ((const char *const *) step->rule->u.account.first_purses, "balance"))
    return;
  for (guint i = 0; i < settlement->purses_before->len; i++)
    if (g_str_equal (g_array_index (settlement->purses_before, ZifuPurse, i).name, "balance"))
      sum += g_array_index (settlement->purses_before, ZifuPurse, i).amount;
  if (sum > 0)
    {
      g_autofree char *amount = zifu_words_money (sum, ZIFU_MONEY_STYLE_SYMBOL);

      /* Translators: {1} is an amount */
      g_ptr_array_add (texts, zifu_words_fill (_ ("Which part of the account is this year's money: that pays first, before the deductible."
                                                  " {1} of no known year was counted as money that pays after the fund; once this year's"
                                                  " part is stated, the figures may change"), amount, NULL));
    }
}

/**
 * zifu_words_add_left_out:
 * @settlement: a settlement
 * @texts: (element-type utf8): takes the sentences
 *
 * Says what the figures do not contain, but for rules that are past the day up to which they are confirmed.
 */
void
zifu_words_add_left_out (const ZifuSettlement *settlement, GPtrArray *texts)
{
  add_after_year (settlement, texts);
  add_undivided (settlement, texts);
  if (lacks_cap (settlement))
    g_ptr_array_add (texts,
                     g_strdup (_ ("A yearly limit of the fund: none was found for this kind of care, so the figures go without one")));
  for (guint i = 0; i < settlement->notes->len; i++)
    {
      const ZifuNote *note = &g_array_index (settlement->notes, ZifuNote, i);
      const char *name;

      if (g_str_equal (note->note, "not-confirmed"))
        continue;
      name = note->rule != NULL ? zifu_words_layer (settlement, note->rule->layer) : NULL;
      if (name == NULL)
        continue;
      if (note->reason != NULL)
        /* Translators: a fund that may pay more and cannot be calculated; {1} is the fund, {2} why */
        g_ptr_array_add (texts, zifu_words_fill (_ ("What {1} may pay: {2}"), name,
                                                 zifu_words_reason (note->reason, note->rule->u.layer.unknown_zh), NULL));
      else
        g_ptr_array_add (texts, zifu_words_fill (_ ("What {1} may pay"), name, NULL));
    }
}

/**
 * zifu_words_add_outdated:
 * @settlements: (array length=n): settlements; some may be %NULL
 * @n: how many
 * @texts: (element-type utf8): takes the sentence, if there is one
 *
 * Says how many rules of all of them are past the day up to which they are confirmed.
 */
void
zifu_words_add_outdated (const ZifuSettlement *const *settlements, guint n, GPtrArray *texts)
{
  g_autoptr (GHashTable) rules = g_hash_table_new (NULL, NULL);
  g_autofree char *count = NULL;
  ZifuDate earliest = 0;
  guint n_rules;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; settlements[i] != NULL && k < settlements[i]->notes->len; k++)
      {
        const ZifuNote *note = &g_array_index (settlements[i]->notes, ZifuNote, k);

        if (!g_str_equal (note->note, "not-confirmed"))
          continue;
        g_hash_table_add (rules, (gpointer) note->rule);
        if (earliest == 0 || note->confirmed_to < earliest)
          earliest = note->confirmed_to;
      }
  n_rules = g_hash_table_size (rules);
  if (n_rules == 0)
    return;
  count = g_strdup_printf ("%u", n_rules);
  /* Translators: {1} is how many rules, {2} a day */
  const char *template_ = g_dngettext (GETTEXT_PACKAGE, "{1} rule used here is confirmed only until {2}; it may have changed since",
                                       "{1} rules used here are confirmed only until {2}; they may have changed since", n_rules);

  g_ptr_array_add (texts, zifu_words_fill_take (template_, g_strdup (count), zifu_words_date (earliest, ZIFU_DATE_STYLE_LONG), NULL));
}

/**
 * zifu_words_not_calculated:
 * @settlement: a settlement
 *
 * An amount that is left out is read as zero, so everything that was left out is said.
 *
 * Returns: (transfer full) (element-type utf8): what the figures do not contain, one sentence each
 */
GPtrArray *
zifu_words_not_calculated (const ZifuSettlement *settlement)
{
  g_return_val_if_fail (settlement != NULL, NULL);

  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  zifu_words_add_left_out (settlement, texts);
  zifu_words_add_outdated (&settlement, 1, texts);
  return texts;
}
