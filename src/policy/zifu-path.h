/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuPath:
 * @parent: (nullable): the place above; %NULL at the root
 * @file: (nullable): root only: the file, as messages name it
 * @name: (nullable): name of the member; at the root the pointer of the document inside its file
 * @index: position in a list, −1 for a member
 *
 * A place in a document.  It lives on the stack while the document is read, so that every message can tell where it was,
 * and costs nothing as long as there is nothing to say.
 */
typedef struct _ZifuPath ZifuPath;
struct _ZifuPath {
  const ZifuPath *parent;
  const char     *file;
  const char     *name;
  int             index;
};

ZifuPath zifu_path_root (const char *file, const char *pointer);
ZifuPath zifu_path_member (const ZifuPath *parent, const char *name);
ZifuPath zifu_path_item (const ZifuPath *parent, guint index);
char    *zifu_path_format (const ZifuPath *path, gboolean with_file);
void     zifu_path_error (const ZifuPath *path, GError **error, ZifuError code, const char *template_, const char *arg1, const char *arg2);

G_END_DECLS
