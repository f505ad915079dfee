/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-import-columns.h"
#include "zifu-import-preview.h"
#include "zifu-import-rules.h"
#include "zifu-widgets.h"

G_BEGIN_DECLS

struct _ZifuImportColumns {
  GtkWidget parent_instance;

  ZifuSession      *session; /* owned */
  ZifuImportSource *source;  /* not owned, nullable */
  GPtrArray        *members; /* owned, of ZifuMember */
  GPtrArray        *rows;    /* of AdwComboRow, owned by the group: one a column */
  GArray           *lines;   /* of gint64: what stands behind the choices of title_line */
  gboolean          ready;   /* what is said while the page is filled does not count */

  ZifuNotice          *problem;
  AdwActionRow        *file;
  AdwComboRow         *sheet, *encoding, *separator, *person, *saved, *title_line, *date_order, *number_form, *sign, *outlay_sign;
  GtkWidget           *forget;
  AdwPreferencesGroup *columns, *forms, *preview_group;
  ZifuImportRules     *rules;
  ZifuImportPreview   *preview;
  AdwEntryRow         *name;
  GtkWidget           *mapping_parts[5]; /* what only a table has */
};

/* zifu-import-columns-build.c */
void _zifu_import_columns_build (ZifuImportColumns *self);
void _zifu_import_columns_fill_file (ZifuImportColumns *self);
void _zifu_import_columns_fill_people (ZifuImportColumns *self);
void _zifu_import_columns_fill_saved (ZifuImportColumns *self, const char *name);
void _zifu_import_columns_fill_mapping (ZifuImportColumns *self);

/* zifu-import-columns.c */
void _zifu_import_columns_field_chosen (ZifuImportColumns *self, GParamSpec *pspec, AdwComboRow *row);

extern const char *const _zifu_import_encodings[];
extern const char        _zifu_import_separators[];

G_END_DECLS
