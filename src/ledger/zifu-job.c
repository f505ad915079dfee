/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-job.h"

/**
 * zifu_job_step:
 * @job: (nullable): who asked
 * @done: how much is done
 * @total: how much there is; 0 = not known
 * @error: return location for an error
 *
 * Tells how far something is and asks whether to go on.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED when it was given up
 */
gboolean
zifu_job_step (const ZifuJob *job, gint64 done, gint64 total, GError **error)
{
  if (job == NULL)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return FALSE;
  if (job->progress != NULL)
    job->progress (done, total, job->user_data);
  return TRUE;
}
