/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-fees.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-case-file.h"
#include "zifu-feed-private.h"
#include "zifu-json.h"

/* The lines of a bill, out of the document that is kept.  What they come to is compared with the bill; neither is changed. */

static void
fee_free (gpointer data)
{
  ZifuFeedFee *self = data;

  g_free (self->name);
  g_free (self->level);
  g_free (self->quantity);
  g_free (self->price);
  g_free (self);
}

/**
 * zifu_feed_fees_free:
 * @self: (nullable) (transfer full): lines of a bill
 *
 * Frees @self with its lines.
 */
void
zifu_feed_fees_free (ZifuFeedFees *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * zifu_feed_fees_agree:
 * @self: lines of a bill
 *
 * Returns: whether they come to the bill, and each of them to its own parts (identity I8 of the platform's data)
 */
gboolean
zifu_feed_fees_agree (const ZifuFeedFees *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->kept)
    return TRUE;
  for (guint i = 0; i < self->lines->len; i++)
    if (!((const ZifuFeedFee *) g_ptr_array_index (self->lines, i))->adds_up)
      return FALSE;
  return !self->has_stated || self->total == self->stated;
}

static char *
dup_text (JsonObject *item, const char *name)
{
  const char *text = zifu_json_peek_string (item, name);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* Parts that were not sent are not missed, unless all were. */
static gboolean
check_parts (JsonObject *item, ZifuMoney total)
{
  static const char *const parts[] = { "fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt" };
  ZifuMoney sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!json_object_has_member (item, parts[i]))
      return TRUE;
    else if (!zifu_money_add (sum, _zifu_feed_money (item, parts[i]), &sum))
      return FALSE;
  return sum == total;
}

static ZifuFeedFee *
read_fee (JsonObject *item)
{
  ZifuFeedFee *fee = g_new0 (ZifuFeedFee, 1);

  fee->name = dup_text (item, "hilist_name");
  if (fee->name == NULL)
    fee->name = dup_text (item, "med_list_codg");
  fee->level = g_strdup (zifu_json_peek_string (item, "chrgitm_lv"));
  fee->quantity = dup_text (item, "cnt");
  fee->price = dup_text (item, "pric");
  fee->total = _zifu_feed_money (item, "det_item_fee_sumamt");
  fee->has_parts = json_object_has_member (item, "inscp_scp_amt");
  fee->in_scope = _zifu_feed_money (item, "inscp_scp_amt");
  fee->own = fee->has_parts ? fee->total - fee->in_scope : 0;
  fee->out = _zifu_feed_money (item, "fulamt_ownpay_amt");
  fee->over_limit = _zifu_feed_money (item, "overlmt_amt");
  fee->prior = _zifu_feed_money (item, "preselfpay_amt");
  fee->adds_up = check_parts (item, fee->total);
  return fee;
}

static gboolean
read_lines (ZifuFeedFees *self, const char *json, GError **error)
{
  g_autoptr (JsonNode) root = zifu_json_read_foreign (json, strlen (json), NULL, error);
  JsonArray *list;

  if (root == NULL)
    return FALSE;
  list = json_object_get_array_member (json_node_get_object (root), "feelist");
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      ZifuFeedFee *fee = read_fee (json_array_get_object_element (list, i));

      g_ptr_array_add (self->lines, fee);
      if (!zifu_money_add (self->total, fee->total, &self->total))
        {
          zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_LIMIT,
                                   _("The amounts that the provider sent are too large to be added up."), NULL, NULL);
          return FALSE;
        }
    }
  return TRUE;
}

/* What the bill itself says, of the state that is in force. */
static gboolean
read_stated (ZifuFeedFees *self, ZifuLedger *ledger, gint64 connection_id, const char *setl_id, GError **error)
{
  g_autoptr (sqlite3_stmt) bill =
    _zifu_ledger_prepare (ledger, error,
                          "SELECT r.json FROM sync_row_d r JOIN sync_d c ON c.sync_id = r.sync_id AND c.gen = r.gen WHERE r.sync_id = ?"
                          " AND r.type = 'setlinfo' AND r.id = ? AND r.vali_flag = '1'",
                          "it", connection_id, setl_id);
  g_autoptr (JsonNode) root = NULL;
  gboolean row;

  if (bill == NULL || !_zifu_ledger_step (ledger, bill, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  root = zifu_json_read_foreign ((const char *) sqlite3_column_text (bill, 0), (gsize) sqlite3_column_bytes (bill, 0), NULL, error);
  if (root == NULL)
    return FALSE;
  self->has_stated = TRUE;
  self->stated = _zifu_feed_money (json_node_get_object (root), "medfee_sumamt");
  return TRUE;
}

/**
 * zifu_feed_read_fees:
 * @ledger: a ledger
 * @connection_id: a connection
 * @setl_id: number of a settlement at the source
 * @error: return location for an error of #ZifuLedgerError, #ZifuExchangeError or #ZifuError
 *
 * Reads the lines of a bill that are kept; nothing is fetched.  A long bill takes a while: not for the main loop.
 *
 * Returns: (transfer full) (nullable): the lines, or %NULL with an error
 */
ZifuFeedFees *
zifu_feed_read_fees (ZifuLedger *ledger, gint64 connection_id, const char *setl_id, GError **error)
{
  g_autoptr (ZifuFeedFees) self = g_new0 (ZifuFeedFees, 1);
  g_autofree char *json = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger) && setl_id != NULL, NULL);

  self->lines = g_ptr_array_new_with_free_func (fee_free);
  if (!zifu_ledger_get_fees (ledger, connection_id, setl_id, NULL, &json, error) ||
      !read_stated (self, ledger, connection_id, setl_id, error))
    return NULL;
  self->kept = json != NULL;
  if (self->kept && (!zifu_feed_check_fees (json, strlen (json), setl_id, error) || !read_lines (self, json, error)))
    return NULL;
  return g_steal_pointer (&self);
}
