/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-pack-library.h"
#include "zifu-record.h"

G_BEGIN_DECLS

/**
 * ZifuRecordFile:
 *
 * A person file: a pack, a person as in case files, and what else is known (guide of the case files, "Person files").
 */
typedef struct {
  ZifuPack   *pack;   /* owned */
  ZifuRecord *record; /* owned */
  ZifuDate    date;   /* day of the question; 0 = not stated */
} ZifuRecordFile;

ZifuRecordFile *zifu_record_file_load (ZifuPackLibrary *library, const char *path, GError **error);
ZifuRecordFile *zifu_record_file_parse (ZifuPackLibrary *library, const char *text, gssize length, const char *name, GError **error);
void            zifu_record_file_free (ZifuRecordFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuRecordFile, zifu_record_file_free)

G_END_DECLS
