/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ZifuLeaveSave:
 * @form: the window
 *
 * Stores what was entered and closes the window, or says in it what is wrong.
 *
 * Returns: whether it was stored
 */
typedef gboolean (*ZifuLeaveSave) (GtkWindow *form);

/*
 * Asks before a form is closed in which something was changed: save, discard, or keep editing.
 */
void zifu_leave_guard_watch (GtkWindow *form, ZifuLeaveSave save);
void zifu_leave_guard_release (GtkWindow *form);

G_END_DECLS
