/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Put before every file of a room by its meson.build, so that a step over the border does not compile.  Most borders need
 * no fence, because a room is not given the include folders of what it must not see; these headers lie in folders that every
 * room sees.
 */

/* SQLite: the ledger's alone. */
#pragma GCC poison sqlite3_open_v2

/* GObject and GIO: json-glib needs them, the pure rooms must not. */
#ifdef ZIFU_FENCE_PURE
#pragma GCC poison g_object_new g_file_new_for_path
#endif
