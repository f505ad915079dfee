/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * _zifu_account_lock_take:
 *
 * Waits until no other process and no other thread works with the tokens of the connection @key.  A folder that cannot be written is no
 * reason to stop: then there is no lock.  The lock ends with the process, however that ends.
 *
 * Returns: whether it may go on; @lock: (out): to be given back, −1 = none.  %FALSE with ZIFU_SYNC_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED
 */
gboolean _zifu_account_lock_take (const char *key, int *lock, GCancellable *cancellable, GError **error);
void     _zifu_account_lock_give_back (int lock);
/* _zifu_account_lock_drop: gives it back and removes its file, because no sign-in of @key is kept any more */
void     _zifu_account_lock_drop (const char *key, int lock);

G_END_DECLS
