/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-settlement-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

static ZifuShare *
add_share (GPtrArray *shares, ZifuPayerKind kind, const char *name, const char *brief, ZifuMoney amount)
{
  ZifuShare *share;

  if (amount <= 0)
    return NULL;

  share = g_new0 (ZifuShare, 1);
  share->kind = kind;
  share->name = g_strdup (name);
  share->brief = g_strdup (brief);
  share->amount = amount;
  g_ptr_array_add (shares, share);

  return share;
}

static char *
account_note (const ZifuSettlementRecord *record)
{
  g_autofree char *before = zifu_words_money (record->balance_before, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *after = zifu_words_money (record->balance_after, ZIFU_MONEY_STYLE_LIST);

  /* Translators: balance of the account before and after a payment. */
  return g_strdup_printf (_("balance %s → %s"), before, after);
}

/* Why cash was needed can be said only where nothing else explains it. */
static const char *
cash_note (const ZifuSettlementRecord *record)
{
  if (record->balance_after > 0 && record->out > 0 && record->cash == record->out)
    return _("out-of-catalogue part; the account may not pay it");
  if (record->balance_after == 0 && record->own_account > 0)
    return _("the account was empty");

  return NULL;
}

/**
 * zifu_settlement_record_shares:
 * @record: a stored settlement
 *
 * Who paid: funds first, then the hospital, then the person's own means.  The amounts add up to the bill.
 *
 * Returns: (transfer full) (element-type ZifuShare): segments of the bar and rows of the legend
 */
GPtrArray *
zifu_settlement_record_shares (const ZifuSettlementRecord *record)
{
  GPtrArray *shares;
  ZifuShare *share;

  g_return_val_if_fail (record != NULL, NULL);

  shares = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_share_free);
  for (guint i = 0; record->funds != NULL && i < record->funds->len; i++)
    {
      const ZifuPayerAmount *fund = &g_array_index (record->funds, ZifuPayerAmount, i);
      /* A record does not say which layer a fund paid in: the first one is the base, those after it lie above. */
      ZifuPayerKind kind = zifu_words_payer_kind (shares->len == 0 ? NULL : "above", fund->payer);

      if (g_strcmp0 (fund->payer, "hospital") != 0)
        add_share (shares, kind, zifu_words_payer_name (fund->payer), zifu_words_payer_name (fund->payer), fund->amount);
    }

  add_share (shares, ZIFU_PAYER_HOSPITAL, zifu_words_payer_name ("hospital"), zifu_words_payer_name ("hospital"), record->hospital);
  share = add_share (shares, ZIFU_PAYER_ACCOUNT, _("Personal account"), C_("short payer", "Account"), record->own_account);
  if (share != NULL)
    share->note = account_note (record);
  add_share (shares, ZIFU_PAYER_FAMILY, _("Family account"), C_("short payer", "Family"), record->mutual);
  share = add_share (shares, ZIFU_PAYER_CASH, _("Cash, phone or bank card"), C_("short payer", "Cash"), record->cash);
  if (share != NULL)
    share->note = g_strdup (cash_note (record));

  return shares;
}
