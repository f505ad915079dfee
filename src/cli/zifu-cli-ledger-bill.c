/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a provider says of the visit behind an entry: the lines of its bill, and what does not add up. */

#include <stdio.h>

#include "zifu-cli-ledger.h"
#include "zifu-connect.h"
#include "zifu-feed-bill.h"
#include "zifu-feed-fees.h"
#include "zifu-result-json.h"

struct _ZifuCliBill {
  ZifuFeedBill *bill; /* owned */
  ZifuFeedFees *fees; /* owned, nullable: there is no bill */
  char         *failure; /* owned, nullable: why the lines did not come */
};

/**
 * zifu_cli_asker_new:
 *
 * Returns: (transfer full): one that asked nobody yet
 */
ZifuCliAsker *
zifu_cli_asker_new (void)
{
  ZifuCliAsker *self = g_new0 (ZifuCliAsker, 1);

  self->silent = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

/**
 * zifu_cli_asker_free:
 * @self: (nullable) (transfer full): asks no more
 */
void
zifu_cli_asker_free (ZifuCliAsker *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->silent);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * zifu_cli_bill_free:
 * @self: (nullable) (transfer full): what a provider says of a visit
 */
void
zifu_cli_bill_free (ZifuCliBill *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bill, zifu_feed_bill_free);
  g_clear_pointer (&self->fees, zifu_feed_fees_free);
  g_free (self->failure);
  g_free (self);
}

/* A provider that has not this one bill may have the next; from one that cannot be reached, or does not know us, nothing comes today. */
static gboolean
is_of_one_bill (const GError *error)
{
  return error->domain != ZIFU_SYNC_ERROR || error->code == ZIFU_SYNC_ERROR_SERVER || error->code == ZIFU_SYNC_ERROR_BROKEN;
}

static gboolean
ask (ZifuCliBill *self, ZifuLedger *ledger, ZifuCliAsker *asker, GError **error)
{
  gint64 connection_id = self->bill->connection_id;
  g_autoptr (ZifuTokenStore) store = NULL;
  g_autoptr (GError) failure = NULL;

  if (g_hash_table_contains (asker->silent, &connection_id))
    return TRUE;
  store = zifu_token_store_new ();
  if (zifu_connect_fetch_fees (ledger, connection_id, self->bill->setl_id, store, NULL, &failure))
    {
      g_clear_pointer (&self->fees, zifu_feed_fees_free);
      self->fees = zifu_feed_read_fees (ledger, connection_id, self->bill->setl_id, error);
      return self->fees != NULL;
    }
  self->failure = zifu_words_error (failure);
  if (!is_of_one_bill (failure))
    g_hash_table_add (asker->silent, g_memdup2 (&connection_id, sizeof connection_id));
  if (asker->error == NULL)
    asker->error = g_steal_pointer (&failure);
  return TRUE;
}

/**
 * zifu_cli_bill_read:
 * @ledger: the household
 * @entry_id: an entry of it
 * @asker: (nullable): asks the provider for lines that are not kept yet, and notes the first failure
 * @error: return location for an error of #ZifuLedgerError, #ZifuSyncError, #ZifuExchangeError or #ZifuError
 *
 * Returns: (transfer full) (nullable): what is known of the bill, which may be nothing; %NULL with an error
 */
ZifuCliBill *
zifu_cli_bill_read (ZifuLedger *ledger, gint64 entry_id, ZifuCliAsker *asker, GError **error)
{
  g_autoptr (ZifuCliBill) self = g_new0 (ZifuCliBill, 1);
  const ZifuFeedBill *bill = self->bill = zifu_feed_find_bill (ledger, entry_id, error);

  if (bill == NULL)
    return NULL;
  if (bill->setl_id == NULL)
    return g_steal_pointer (&self);
  self->fees = zifu_feed_read_fees (ledger, bill->connection_id, bill->setl_id, error);
  if (self->fees == NULL || (!self->fees->kept && asker != NULL && !ask (self, ledger, asker, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * zifu_cli_bill_print:
 * @self: what is known of a bill
 *
 * Writes it below its entry, for people.
 */
void
zifu_cli_bill_print (const ZifuCliBill *self)
{
  g_autofree char *summary = NULL;
  g_autofree char *doubt = NULL;

  for (guint i = 0; i < self->bill->marks->len; i++)
    {
      g_autofree char *text = zifu_feed_mark_describe (g_ptr_array_index (self->bill->marks, i));
      g_autofree char *line = zifu_cli_dup_line (text);

      printf ("   ! %s\n", line);
    }
  if (self->fees == NULL)
    return;
  if (!self->fees->kept)
    {
      const char *hint = _ ("The lines of the bill are not kept here; --fetch asks the provider for them.");

      printf ("   %s%s\n", self->failure != NULL ? "! " : "", self->failure != NULL ? self->failure : hint);
      return;
    }
  summary = zifu_feed_fees_summarize (self->fees);
  doubt = zifu_feed_fees_doubt (self->fees);
  printf ("   %s\n", summary);
  if (doubt != NULL)
    printf ("   ! %s\n", doubt);
  for (guint i = 0; i < self->fees->lines->len; i++)
    {
      const ZifuFeedFee *fee = g_ptr_array_index (self->fees->lines, i);
      g_autofree char *total = zifu_words_money (fee->total, ZIFU_MONEY_STYLE_LIST);
      g_autofree char *note = zifu_feed_fee_describe (fee);
      g_autofree char *text = g_strdup_printf ("%s  %s", zifu_feed_fee_name (fee), note);
      g_autofree char *line = zifu_cli_dup_line (text);

      printf ("   %14s  %s\n", total, line);
    }
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonArray *
marks_to_json (const ZifuCliBill *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->bill->marks->len; i++)
    {
      const ZifuFeedMark *mark = g_ptr_array_index (self->bill->marks, i);
      JsonObject *object = json_object_new ();
      g_autofree char *check = g_strdup_printf ("C%d", mark->check);

      set_text (object, "check", check);
      set_text (object, "type", mark->type);
      set_text (object, "id", mark->id);
      set_text (object, "field", mark->field);
      zifu_json_set_money (object, "expected", mark->expected);
      zifu_json_set_money (object, "stated", mark->stated);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
fee_to_json (const ZifuFeedFee *fee)
{
  JsonObject *object = json_object_new ();

  set_text (object, "hilist_name", fee->name);
  set_text (object, "chrgitm_lv", fee->level);
  set_text (object, "cnt", fee->quantity);
  set_text (object, "pric", fee->price);
  zifu_json_set_money (object, "det_item_fee_sumamt", fee->total);
  if (fee->has_parts)
    zifu_json_set_money (object, "inscp_scp_amt", fee->in_scope);
  json_object_set_boolean_member (object, "adds_up", fee->adds_up);
  return object;
}

/**
 * zifu_cli_bill_add:
 * @self: what is known of a bill
 * @object: an entry for programs
 *
 * Adds "marks" to it, and when the entry has a bill "feelist" with its lines; they are null when they are not kept here.
 */
void
zifu_cli_bill_add (const ZifuCliBill *self, JsonObject *object)
{
  JsonArray *lines;

  json_object_set_array_member (object, "marks", marks_to_json (self));
  if (self->fees == NULL)
    return;
  set_text (object, "souc_setl_id", self->bill->setl_id);
  if (!self->fees->kept)
    {
      json_object_set_null_member (object, "feelist");
      return;
    }
  lines = json_array_new ();
  for (guint i = 0; i < self->fees->lines->len; i++)
    json_array_add_object_element (lines, fee_to_json (g_ptr_array_index (self->fees->lines, i)));
  json_object_set_array_member (object, "feelist", lines);
  json_object_set_boolean_member (object, "feelist_agrees", zifu_feed_fees_agree (self->fees));
}
