/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuPackInfo:
 *
 * A pack in one of the folders, without its rules.  @problem says why it cannot be read.
 */
typedef struct {
  char    *id;
  ZifuText title;
  char    *path;
  gboolean user_installed;
  gboolean base; /* extended by others only: no region of its own */
  GError  *problem; /* nullable: the file is no pack; the other members hold what is known */
} ZifuPackInfo;

/**
 * ZifuPackLibrary:
 *
 * Folders of policy packs, searched in order.  Loaded packs are kept.
 */
typedef struct _ZifuPackLibrary ZifuPackLibrary;

ZifuPackLibrary *zifu_pack_library_new (void);
ZifuPackLibrary *zifu_pack_library_new_default (void);
ZifuPackLibrary *zifu_pack_library_ref (ZifuPackLibrary *library);
void             zifu_pack_library_unref (ZifuPackLibrary *library);
void             zifu_pack_library_add_folder (ZifuPackLibrary *library, const char *path, gboolean user_installed);
void             zifu_pack_library_add_default_folders (ZifuPackLibrary *library);
ZifuPack        *zifu_pack_library_load (ZifuPackLibrary *library, const char *id, GError **error);
ZifuPack        *zifu_pack_library_load_inline (ZifuPackLibrary *library, JsonNode *document, const char *file, const char *pointer,
                                                GError **error);
ZifuPack        *zifu_pack_library_load_file (ZifuPackLibrary *library, const char *path, GError **error);
GPtrArray       *zifu_pack_library_list (ZifuPackLibrary *library, GError **error);
void             zifu_pack_info_free (ZifuPackInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuPackLibrary, zifu_pack_library_unref)

G_END_DECLS
