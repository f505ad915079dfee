/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ZifuProgressFunc:
 * @done: how much is done, in steps of the task: rows, bytes, pages
 * @total: how much there is; 0 = not known
 * @user_data: what the caller gave
 *
 * Is told now and then how far something is.  It runs in the thread that does the work.
 */
typedef void (*ZifuProgressFunc) (gint64 done, gint64 total, gpointer user_data);

/**
 * ZifuJob:
 * @progress: (nullable): is told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): gives up
 *
 * How something that can take long speaks with who asked for it.
 */
typedef struct {
  ZifuProgressFunc progress;
  gpointer         user_data;
  GCancellable    *cancellable;
} ZifuJob;

gboolean zifu_job_step (const ZifuJob *job, gint64 done, gint64 total, GError **error);

G_END_DECLS
