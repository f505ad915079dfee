/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-similar-bills.h"

#include "zifu-rational.h"

/* Far enough back to even out a single strange bill; near enough to be read at once. */
#define N_ENTRIES 24

static ZifuEntryKind
kind_of (const char *care)
{
  if (g_strcmp0 (care, "pharmacy") == 0)
    return ZIFU_ENTRY_PHARMACY;
  if (g_strcmp0 (care, "inpatient") == 0)
    return ZIFU_ENTRY_INPATIENT;
  return ZIFU_ENTRY_OUTPATIENT;
}

static void
add (ZifuSimilarBills *bills, const ZifuSettlementRecord *record)
{
  ZifuMoney out = 0, total = 0;

  if (!zifu_money_add (bills->out, record->out, &out) || !zifu_money_add (bills->total, record->total, &total))
    return;
  bills->out = out;
  bills->total = total;
  bills->n_bills++;
}

/**
 * zifu_similar_bills_read:
 * @ledger: the ledger of the household
 * @member_id: whose bills
 * @care: which kind of care
 *
 * Looks through the last bills of a person.  What was refunded does not count.
 *
 * Returns: what they were made of; no bills when there are none or the ledger refused
 */
ZifuSimilarBills
zifu_similar_bills_read (ZifuLedger *ledger, gint64 member_id, const char *care)
{
  ZifuSimilarBills bills = { 0, 0, 0 };
  ZifuEntryFilter filter = { 0 };
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), bills);

  filter.has_kind = TRUE;
  filter.kind = kind_of (care);
  entries = zifu_ledger_list_entries (ledger, member_id, &filter, N_ENTRIES, NULL);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (ZifuSettlementRecord) record = NULL;

      if (entry->settlement_id == 0 || entry->original_id != 0 || entry->reversed_by != 0)
        continue;
      record = zifu_ledger_get_settlement (ledger, entry->settlement_id, NULL);
      if (record != NULL && record->member_id == member_id && !record->refunded && record->total > 0 && g_strcmp0 (record->care, care) == 0)
        add (&bills, record);
    }
  return bills;
}

/**
 * zifu_similar_bills_likely_out:
 * @bills: earlier bills, at least one
 * @total: the next bill, in fen
 *
 * Returns: what of @total is likely out of catalogue, in fen: the same share as in @bills, rounded down
 */
ZifuMoney
zifu_similar_bills_likely_out (const ZifuSimilarBills *bills, ZifuMoney total)
{
  g_return_val_if_fail (bills != NULL && bills->total > 0, 0);

  return (ZifuMoney) ((ZifuInt128) total * MIN (bills->out, bills->total) / bills->total);
}
