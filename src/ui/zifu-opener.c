/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-opener.h"

#include "zifu-sample.h"
#include "zifu-words.h"

#define SAMPLE_RESOURCE "/org/zifu/Zifu/sample/household.json"

typedef struct
{
  char            *path;    /* owned, nullable */
  ZifuLedger      *ledger;  /* owned, nullable */
  ZifuPackLibrary *library; /* owned, nullable */
  ZifuDate         today;
  gboolean         with_sample;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->path, g_free);
  g_clear_object (&job->ledger);
  g_clear_pointer (&job->library, zifu_pack_library_unref);
  g_free (job);
}

static gboolean
create_sample (Job *job, GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (SAMPLE_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  gconstpointer data;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);

  return zifu_sample_create (job->ledger, job->library, data, (gssize) length, zifu_words_is_chinese (), job->today, error);
}

static gboolean
open_ledger (Job *job, GError **error)
{
  g_autoptr (GPtrArray) members = NULL;

  job->ledger = zifu_ledger_open (job->path, error);
  if (job->ledger == NULL)
    return FALSE;
  job->library = zifu_pack_library_new_default ();
  members = zifu_ledger_list_members (job->ledger, error);
  if (members == NULL)
    return FALSE;

  /* A household that is there already is never mixed with an invented one. */
  return !job->with_sample || members->len > 0 || create_sample (job, error);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  ZifuHousehold *household;

  if (!open_ledger (job, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  household = g_new0 (ZifuHousehold, 1);
  household->ledger = g_object_ref (job->ledger);
  household->library = zifu_pack_library_ref (job->library);
  household->session = zifu_session_new (job->ledger, job->library, job->today);
  zifu_session_prepare (household->session);
  g_task_return_pointer (task, household, (GDestroyNotify) zifu_household_free);
}

static void
sample_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (create_sample (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_household_open_async:
 * @path: file of the ledger; made when it is not there
 * @today: the day on which the sample is to end
 * @with_sample: fill an empty ledger with the sample household
 * @cancellable: (nullable): to forget the answer
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Opens a ledger, loads the list of policy packs, and reads what is known of the owner.
 */
void
zifu_household_open_async (const char *path, ZifuDate today, gboolean with_sample, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->today = today;
  job->with_sample = with_sample;
  g_task_set_source_tag (task, zifu_household_open_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, open_thread);
}

/**
 * zifu_household_open_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the household
 */
ZifuHousehold *
zifu_household_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_household_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * zifu_household_add_sample_async:
 * @ledger: an empty ledger, not to be used before the answer
 * @library: the policy packs
 * @today: the day on which the sample is to end
 * @cancellable: (nullable): to forget the answer
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Fills a ledger with the sample household.
 */
void
zifu_household_add_sample_async (ZifuLedger *ledger, ZifuPackLibrary *library, ZifuDate today, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->ledger = g_object_ref (ledger);
  job->library = zifu_pack_library_ref (library);
  job->today = today;
  g_task_set_source_tag (task, zifu_household_add_sample_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, sample_thread);
}

/**
 * zifu_household_add_sample_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the sample stands in the ledger
 */
gboolean
zifu_household_add_sample_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_household_add_sample_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * zifu_household_free:
 * @household: (transfer full) (nullable): a household
 *
 * Lets go of the ledger and the packs.
 */
void
zifu_household_free (ZifuHousehold *household)
{
  if (household == NULL)
    return;

  g_clear_object (&household->session);
  g_clear_object (&household->ledger);
  g_clear_pointer (&household->library, zifu_pack_library_unref);
  g_free (household);
}
