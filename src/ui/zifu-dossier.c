/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-dossier.h"

#include "zifu-feed-bills.h"

/* Movements that are read besides the credits: what is asked of them is what happened in the last twelve months. */
#define RECORD_MONTHS 24

/* Lines of bills beyond so many characters take longer to read than the window may wait. */
#define FEW_LINES 65536

/* Bills of so many months are settled once more for the totals of the year. */
#define BILL_MONTHS 13

typedef struct
{
  ZifuLedger *reader; /* owned */
  ZifuPack   *pack;   /* owned, nullable */
  gint64      member_id;
  ZifuDate    today;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->reader);
  g_clear_pointer (&reading->pack, zifu_pack_unref);
  g_free (reading);
}

/**
 * zifu_dossier_read:
 * @ledger: a ledger
 * @pack: (nullable): the rules by which the person is insured; without them there is no year of the provider's
 * @member_id: who
 * @today: the day on which everything is looked at
 *
 * Reads what there is.  What cannot be read is told in the dossier.
 *
 * Returns: (transfer full): the dossier
 */
ZifuDossier *
zifu_dossier_read (ZifuLedger *ledger, ZifuPack *pack, gint64 member_id, ZifuDate today)
{
  g_autoptr (GError) unread = NULL;
  ZifuDossier *dossier;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);

  dossier = g_new0 (ZifuDossier, 1);
  dossier->member_id = member_id;
  dossier->person = pack != NULL ? zifu_ledger_load_person_on (ledger, member_id, pack, today, &dossier->person_error)
                                 : zifu_ledger_load_person (ledger, member_id, &dossier->person_error);
  dossier->record = zifu_ledger_load_record (ledger, member_id, zifu_date_add_months (today, -RECORD_MONTHS), &dossier->record_error);
  /* The questions are answered without the lines of bills, too. */
  if (dossier->record != NULL && !zifu_feed_load_bills (ledger, member_id, dossier->record, &unread))
    g_debug ("Lines of bills could not be read: %s", unread->message);
  if (dossier->record != NULL && dossier->person != NULL)
    {
      zifu_person_free (dossier->record->person);
      dossier->record->person = zifu_person_copy (dossier->person);
    }
  dossier->checked = zifu_ledger_check_balance (ledger, member_id, &dossier->broken, NULL);

  return dossier;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;

  zifu_ledger_set_cancellable (reading->reader, cancellable);
  g_task_return_pointer (task, zifu_dossier_read (reading->reader, reading->pack, reading->member_id, reading->today),
                         (GDestroyNotify) zifu_dossier_free);
}

/**
 * zifu_dossier_read_async:
 * @ledger: the ledger of the window; it is read through another one of the same file
 * @pack: (nullable): the rules by which the person is insured
 * @member_id: who
 * @today: the day on which everything is looked at
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads in a thread what zifu_dossier_read() reads.
 */
void
zifu_dossier_read_async (ZifuLedger *ledger, ZifuPack *pack, gint64 member_id, ZifuDate today, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Reading *reading;

  g_return_if_fail (ZIFU_IS_LEDGER (ledger));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, zifu_dossier_read_async);
  reading = g_new0 (Reading, 1);
  reading->pack = pack != NULL ? zifu_pack_ref (pack) : NULL;
  reading->member_id = member_id;
  reading->today = today;
  g_task_set_task_data (task, reading, reading_free);
  reading->reader = zifu_ledger_open_reader (ledger, &error);
  if (reading->reader == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, read_thread);
}

/**
 * zifu_dossier_read_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the dossier, or %NULL with an error: given up, or the file cannot be opened once more
 */
ZifuDossier *
zifu_dossier_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_dossier_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * zifu_dossier_free:
 * @dossier: (nullable) (transfer full): a dossier
 *
 * Frees a dossier with everything in it.
 */
void
zifu_dossier_free (ZifuDossier *dossier)
{
  if (dossier == NULL)
    return;

  zifu_person_free (dossier->person);
  zifu_record_free (dossier->record);
  g_clear_error (&dossier->person_error);
  g_clear_error (&dossier->record_error);
  g_free (dossier);
}

/**
 * zifu_dossier_is_large:
 * @ledger: a ledger
 * @member_id: who
 * @today: the day on which everything is looked at
 *
 * Returns: whether reading takes so long that the window would not answer meanwhile
 */
gboolean
zifu_dossier_is_large (ZifuLedger *ledger, gint64 member_id, ZifuDate today)
{
  gint64 n_entries = 0, n_bills = 0, size = 0;
  g_autofree char *stamp = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);

  stamp = zifu_feed_stamp_bills (ledger, member_id, &size, NULL);
  if (size > FEW_LINES)
    return TRUE;
  return zifu_ledger_get_size (ledger, member_id, zifu_date_add_months (today, -BILL_MONTHS), &n_entries, &n_bills, NULL)
         && (n_entries > ZIFU_DOSSIER_FEW_ENTRIES || n_bills > ZIFU_DOSSIER_FEW_BILLS);
}
