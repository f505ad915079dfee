/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "zifu-date.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_SEARCH_PROVIDER (zifu_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (ZifuSearchProvider, zifu_search_provider, ZIFU, SEARCH_PROVIDER, GObject)

/*
 * What the search of the desktop finds of Zifu: the questions of the Guide, and an estimate.  Never a record: what stands in the overview
 * of a desktop is seen by whoever looks over the shoulder, so nothing of a person's data is given to it.
 *
 * Signals: "asked" (const char *text): somebody chose a question, or wants to see all that fits; "estimate" (): somebody wants an estimate.
 */
ZifuSearchProvider *zifu_search_provider_new (ZifuDate today);
gboolean            zifu_search_provider_export (ZifuSearchProvider *self, GDBusConnection *connection, const char *object_path,
                                                 GError **error);
void                zifu_search_provider_unexport (ZifuSearchProvider *self);
GStrv               zifu_search_provider_find (ZifuSearchProvider *self, const char *const *terms);

G_END_DECLS
