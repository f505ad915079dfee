/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORTS_VIEW (zifu_imports_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportsView, zifu_imports_view, ZIFU, IMPORTS_VIEW, GtkWidget)

/*
 * Every import with its file, its time, what it brought, and a way to take it back.
 */
GtkWidget *zifu_imports_view_new (ZifuSession *session);
void       zifu_imports_view_undo (ZifuImportsView *self, gint64 import_id);

G_END_DECLS
