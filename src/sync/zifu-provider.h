/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuProvider:
 *
 * A provider that somebody made known on this computer: an entry to choose instead of typing an address.
 */
typedef struct {
  ZifuText name;    /* owned: in both languages */
  ZifuText about;   /* owned, each nullable: who runs it, and what is official about it */
  char    *address; /* owned: as zifu_http_check_address() wants it, without a slash at its end */
  char    *region;  /* owned, nullable: code of the region that it serves, six digits; %NULL = any */
  char    *source;  /* owned, nullable: page where who runs it names the address; https */
  char    *path;    /* owned, nullable: file that it stands in */
} ZifuProvider;

ZifuProvider *zifu_provider_parse (const char *text, gsize length, const char *path, GError **error);
void          zifu_provider_free (ZifuProvider *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuProvider, zifu_provider_free)

G_END_DECLS
