/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-estimates.h"

#include <glib/gi18n-lib.h>

#include "zifu-ledger-private.h"

/*
 * Which settlement an estimate was about (R42).  A settlement that came later is weighed by day, kind of visit, institution and amount;
 * what weighs enough is offered.  Only a person makes a pair of them, and may part it again.
 */

/* So many days around the visit a settlement is looked for. */
#define MAX_DAYS 60

/* At another institution than the one that was named, day and amount must weigh as much: three days and a fifth of the bill, or two weeks
 * and a twentieth. */
#define MIN_ELSEWHERE 40

static int
weigh_days (ZifuDate a, ZifuDate b)
{
  static const int steps[][2] = { { 0, 30 }, { 3, 25 }, { 7, 20 }, { 14, 15 }, { 30, 8 }, { MAX_DAYS, 3 } };
  int days = ABS (a - b);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (days <= steps[i][0])
      return steps[i][1];
  return -1;
}

static int
weigh_amounts (ZifuMoney a, ZifuMoney b)
{
  static const int steps[][2] = { { 0, 30 }, { 1, 28 }, { 5, 25 }, { 20, 15 }, { 50, 5 } };
  ZifuMoney larger = MAX (a, b), apart = ABS (a - b);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if ((__int128) apart * 100 <= (__int128) larger * steps[i][0])
      return steps[i][1];
  return -15;
}

static gboolean
is_elsewhere (const ZifuSavedEstimate *estimate, const char *institution)
{
  return estimate->institution != NULL && institution != NULL && !g_str_equal (estimate->institution, institution);
}

static int
weigh_places (const ZifuSavedEstimate *estimate, const char *institution, const char *institution_class)
{
  int weight = 0;

  if (estimate->institution != NULL && institution != NULL)
    weight += is_elsewhere (estimate, institution) ? -10 : 20;
  if (estimate->institution_class != NULL && g_strcmp0 (estimate->institution_class, institution_class) == 0)
    weight += 15;
  return weight;
}

/**
 * zifu_pair_score:
 * @estimate: an estimate
 * @date: day of a settlement of the same person
 * @care: its kind of visit
 * @institution: (nullable): its institution
 * @institution_class: (nullable): the level of the institution
 * @total: its bill, fen
 *
 * Weighs how likely a settlement is the one that was estimated.  Another kind of visit, or a day more than two months away, cannot be.  At
 * another institution than the one that was named it is likely only when day and amount are near.  A visit that was over when an
 * estimate of a coming one was made is not that one.
 *
 * Returns: 0 to 100; see %ZIFU_PAIR_LIKELY
 */
guint
zifu_pair_score (const ZifuSavedEstimate *estimate, ZifuDate date, const char *care, const char *institution, const char *institution_class,
                 ZifuMoney total)
{
  int days, amounts, score;

  g_return_val_if_fail (estimate != NULL, 0);

  days = weigh_days (estimate->date, date);
  if (days < 0 || g_strcmp0 (estimate->care, care) != 0)
    return 0;
  amounts = weigh_amounts (estimate->figures->amount[ZIFU_BILL_TOTAL], total);
  score = days + 25 + weigh_places (estimate, institution, institution_class) + amounts;
  if (is_elsewhere (estimate, institution) && days + amounts < MIN_ELSEWHERE)
    score = MIN (score, ZIFU_PAIR_LIKELY - 1);
  if (date < estimate->saved_on && estimate->saved_on <= estimate->date)
    score = MIN (score, ZIFU_PAIR_LIKELY - 1);
  return (guint) CLAMP (score, 0, 100);
}

/**
 * zifu_pair_free:
 * @pair: (nullable) (transfer full): a pair
 *
 * Frees @pair.
 */
void
zifu_pair_free (ZifuPair *pair)
{
  if (pair == NULL)
    return;
  g_free (pair->care);
  g_free (pair->institution);
  g_free (pair);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const ZifuPair *x = *(const ZifuPair *const *) a, *y = *(const ZifuPair *const *) b;

  if ((x->state == ZIFU_PAIR_CONFIRMED) != (y->state == ZIFU_PAIR_CONFIRMED))
    return x->state == ZIFU_PAIR_CONFIRMED ? -1 : 1;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->settlement_id > y->settlement_id ? -1 : x->settlement_id < y->settlement_id;
}

/* The first of those that nobody refused, when the next one is clearly worse. */
static void
mark_best (GPtrArray *pairs)
{
  ZifuPair *best = NULL, *next = NULL;

  for (guint i = 0; i < pairs->len && next == NULL; i++)
    {
      ZifuPair *pair = g_ptr_array_index (pairs, i);

      if (pair->state == ZIFU_PAIR_REFUSED)
        continue;
      if (best == NULL)
        best = pair;
      else
        next = pair;
    }
  if (best != NULL && best->score >= ZIFU_PAIR_LIKELY)
    best->is_best = next == NULL || best->score >= next->score + ZIFU_PAIR_CLEAR;
}

static ZifuPairState
read_state (sqlite3_stmt *statement, int column)
{
  const char *flag = (const char *) sqlite3_column_text (statement, column);

  return flag == NULL ? ZIFU_PAIR_OPEN : *flag == '1' ? ZIFU_PAIR_CONFIRMED : ZIFU_PAIR_REFUSED;
}

/**
 * zifu_ledger_list_pairs:
 * @self: a ledger
 * @estimate: an estimate of it
 * @error: return location for an error
 *
 * Finds the settlements that an estimate may have been about: of the same person and kind of visit, up to two months away, not refunded,
 * and not the settlement of another estimate.
 *
 * Returns: (transfer full) (element-type ZifuPair) (nullable): the confirmed one, then the others by their score; or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_pairs (ZifuLedger *self, const ZifuSavedEstimate *estimate, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_pair_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && estimate != NULL, NULL);

  statement = _zifu_ledger_prepare (
    self, error,
    "SELECT s.setl_id, s.setl_time, s.care, s.fixmedins_name, s.fixmedins_class, s.medfee_sumamt, c.vali_flag FROM setl_d s"
    " LEFT JOIN presetl_pair_d c ON c.setl_id = s.setl_id AND c.presetl_id = ?1"
    " WHERE s.psn_no = ?2 AND ((s.setl_time BETWEEN ?3 AND ?4 AND s.care = ?5 AND s.refd_setl_flag = '0'"
    "   AND NOT EXISTS (SELECT 1 FROM presetl_pair_d o WHERE o.setl_id = s.setl_id AND o.presetl_id <> ?1 AND o.vali_flag = '1'))"
    "   OR c.vali_flag = '1')",
    "iiddt", estimate->id, estimate->member_id, MAX (estimate->date - MAX_DAYS, 1), estimate->date + MAX_DAYS, estimate->care);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuPair *pair;

      if (!row)
        {
          g_ptr_array_sort (pairs, compare_pairs);
          mark_best (pairs);
          return g_steal_pointer (&pairs);
        }
      pair = g_new0 (ZifuPair, 1);
      g_ptr_array_add (pairs, pair);
      pair->estimate_id = estimate->id;
      pair->settlement_id = sqlite3_column_int64 (statement, 0);
      pair->date = _zifu_column_date (statement, 1);
      pair->care = _zifu_column_text (statement, 2);
      pair->institution = _zifu_column_text (statement, 3);
      pair->total = sqlite3_column_int64 (statement, 5);
      pair->state = read_state (statement, 6);
      pair->score = zifu_pair_score (estimate, pair->date, pair->care, pair->institution,
                                     (const char *) sqlite3_column_text (statement, 4), pair->total);
    }
  return NULL;
}

static int
compare_by_estimate (gconstpointer a, gconstpointer b)
{
  const ZifuPair *x = *(const ZifuPair *const *) a, *y = *(const ZifuPair *const *) b;

  if ((x->state == ZIFU_PAIR_CONFIRMED) != (y->state == ZIFU_PAIR_CONFIRMED))
    return x->state == ZIFU_PAIR_CONFIRMED ? -1 : 1;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->estimate_id > y->estimate_id ? -1 : x->estimate_id < y->estimate_id;
}

/* The pair of one settlement out of those of an estimate, or NULL. */
static ZifuPair *
take_pair (GPtrArray *pairs, gint64 settlement_id)
{
  for (guint i = 0; i < pairs->len; i++)
    if (((ZifuPair *) g_ptr_array_index (pairs, i))->settlement_id == settlement_id)
      return g_ptr_array_steal_index (pairs, i);
  return NULL;
}

/**
 * zifu_ledger_list_pairs_of_settlement:
 * @self: a ledger
 * @settlement_id: a settlement
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type ZifuPair) (nullable): the estimates that it may belong to, the confirmed one first, then by score;
 *   or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_pairs_of_settlement (ZifuLedger *self, gint64 settlement_id, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_pair_free);
  g_autoptr (ZifuSettlementRecord) record = zifu_ledger_get_settlement (self, settlement_id, error);
  g_autoptr (GPtrArray) estimates = record != NULL ? zifu_ledger_list_estimates (self, record->member_id, error) : NULL;

  if (estimates == NULL)
    return NULL;
  for (guint i = 0; i < estimates->len; i++)
    {
      const ZifuSavedEstimate *estimate = g_ptr_array_index (estimates, i);
      g_autoptr (GPtrArray) pairs = zifu_ledger_list_pairs (self, estimate, error);
      ZifuPair *pair = pairs != NULL ? take_pair (pairs, settlement_id) : NULL;

      if (pairs == NULL)
        return NULL;
      if (pair == NULL)
        continue;
      /* An estimate that is settled with another settlement is not asked about again. */
      if (estimate->settlement_id != 0 && pair->state != ZIFU_PAIR_CONFIRMED)
        zifu_pair_free (pair);
      else
        g_ptr_array_add (found, pair);
    }
  g_ptr_array_sort (found, compare_by_estimate);
  return g_steal_pointer (&found);
}

/**
 * zifu_ledger_list_offers:
 * @self: a ledger
 * @member_id: whose
 * @error: return location for an error
 *
 * Finds what to ask a person about: for each estimate without a settlement the likeliest one that nobody refused.
 *
 * Returns: (transfer full) (element-type ZifuPair) (nullable): the pairs, the newest estimate first; or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_offers (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_pair_free);
  g_autoptr (GPtrArray) estimates = zifu_ledger_list_estimates (self, member_id, error);

  if (estimates == NULL)
    return NULL;
  for (guint i = 0; i < estimates->len; i++)
    {
      const ZifuSavedEstimate *estimate = g_ptr_array_index (estimates, i);
      g_autoptr (GPtrArray) pairs = estimate->settlement_id == 0 ? zifu_ledger_list_pairs (self, estimate, error) : NULL;

      if (estimate->settlement_id == 0 && pairs == NULL)
        return NULL;
      for (guint n = 0; pairs != NULL && n < pairs->len; n++)
        {
          const ZifuPair *pair = g_ptr_array_index (pairs, n);

          if (pair->state == ZIFU_PAIR_OPEN && pair->score >= ZIFU_PAIR_LIKELY)
            {
              g_ptr_array_add (offers, g_ptr_array_steal_index (pairs, n));
              break;
            }
        }
    }
  return g_steal_pointer (&offers);
}

static gboolean
check_pair (ZifuLedger *self, gint64 estimate_id, gint64 settlement_id, GError **error)
{
  gint64 n;

  if (!_zifu_ledger_get_int (self, &n, error,
                             "SELECT COUNT (*) FROM presetl_d p JOIN setl_d s ON s.psn_no = p.psn_no"
                             " WHERE p.presetl_id = ? AND s.setl_id = ?",
                             "ii", estimate_id, settlement_id))
    return FALSE;
  if (n == 0)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND,
                         _("This person has no such estimate and settlement."));
  return n != 0;
}

/**
 * zifu_ledger_set_pair:
 * @self: a ledger
 * @estimate_id: an estimate
 * @settlement_id: a settlement of the same person
 * @state: what is said of them; %ZIFU_PAIR_OPEN takes back what was said before
 * @error: return location for an error
 *
 * Keeps what a person says.  A settlement belongs to one estimate and an estimate to one settlement: confirming another one parts them.
 *
 * Returns: whether it was kept
 */
gboolean
zifu_ledger_set_pair (ZifuLedger *self, gint64 estimate_id, gint64 settlement_id, ZifuPairState state, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = check_pair (self, estimate_id, settlement_id, error) &&
            _zifu_ledger_run (self, error, "DELETE FROM presetl_pair_d WHERE presetl_id = ? AND setl_id = ?", "ii", estimate_id,
                              settlement_id);
  if (success && state == ZIFU_PAIR_CONFIRMED)
    success = _zifu_ledger_run (self, error, "DELETE FROM presetl_pair_d WHERE (presetl_id = ? OR setl_id = ?) AND vali_flag = '1'", "ii",
                                estimate_id, settlement_id);
  if (success && state != ZIFU_PAIR_OPEN)
    success = _zifu_ledger_run (self, error, "INSERT INTO presetl_pair_d (presetl_id, setl_id, vali_flag) VALUES (?, ?, ?)", "iit",
                                estimate_id, settlement_id, state == ZIFU_PAIR_CONFIRMED ? "1" : "0");
  return _zifu_ledger_end (self, success, error);
}
