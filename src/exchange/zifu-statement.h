/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "zifu-exchange.h"

G_BEGIN_DECLS

/** ZifuStatement: what came in and went out of one account in a period, ready for paper. */
typedef struct _ZifuStatement ZifuStatement;

ZifuStatement *zifu_statement_new (ZifuLedger *ledger, gint64 member_id, ZifuDate first, ZifuDate last, const char *region,
                                   ZifuDate printed_on, GError **error);
guint          zifu_statement_begin (ZifuStatement *self, double width, double height);
void           zifu_statement_draw_page (ZifuStatement *self, cairo_t *cr, guint page);
gboolean       zifu_statement_write_pdf (ZifuStatement *self, const char *path, const ZifuJob *job, GError **error);
void           zifu_statement_free (ZifuStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuStatement, zifu_statement_free)

G_END_DECLS
