/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-exchange.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_WORK (zifu_work_get_type ())
G_DECLARE_FINAL_TYPE (ZifuWork, zifu_work, ZIFU, WORK, GObject)

/**
 * ZifuWorkFunc:
 * @job: to be handed on to whatever takes long
 * @data: what the caller gave
 * @error: return location for an error
 *
 * Runs in a thread of its own; opens its own ledger.
 *
 * Returns: whether it was done
 */
typedef gboolean (*ZifuWorkFunc) (const ZifuJob *job, gpointer data, GError **error);

/*
 * Something that takes long: a way to give up and a place where the thread leaves how far it is.  The window looks there when it likes to.
 * Whoever gives its job away holds a reference until the answer came.
 */
ZifuWork      *zifu_work_new (void);
const ZifuJob *zifu_work_get_job (ZifuWork *self);
void           zifu_work_cancel (ZifuWork *self);
gboolean       zifu_work_is_cancelled (ZifuWork *self);
double         zifu_work_get_fraction (ZifuWork *self);
void           zifu_work_run_async (ZifuWork *self, ZifuWorkFunc func, gpointer data, GDestroyNotify destroy, GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean       zifu_work_run_finish (ZifuWork *self, GAsyncResult *result, GError **error);
gpointer       zifu_work_get_data (GAsyncResult *result);

G_END_DECLS
