/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-exchange.h"

G_BEGIN_DECLS

/* How the name of a file begins that is being written beside its target; letters and digits follow. */
#define ZIFU_OUTPUT_WORKING ".zifu-part-"

/*
 * A file that is being written: mode 0600, in the folder of its target until zifu_output_commit() puts it in the place of that.  Where the
 * disk allows it the file has no name before, unless one is asked for: nothing of it is left, whatever ends the program.  Errors stick, so
 * that a writer asks once in a while and at the end.
 */
typedef struct _ZifuOutput ZifuOutput;

ZifuOutput *_zifu_output_new (const char *path, GError **error);
ZifuOutput *_zifu_output_new_ledger (const char *path, GError **error);
ZifuOutput *_zifu_output_open (const char *path, GError **error);
void        _zifu_output_write (ZifuOutput *self, const char *bytes, gsize length);
void        _zifu_output_puts (ZifuOutput *self, const char *text);
gboolean    _zifu_output_check (ZifuOutput *self, GError **error);
gboolean    _zifu_output_commit (ZifuOutput *self, GError **error);
const char *_zifu_output_get_working_path (ZifuOutput *self);
void        _zifu_output_free (ZifuOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuOutput, _zifu_output_free)

G_END_DECLS
