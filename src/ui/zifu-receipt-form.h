/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_RECEIPT_FORM (zifu_receipt_form_get_type ())
G_DECLARE_FINAL_TYPE (ZifuReceiptForm, zifu_receipt_form, ZIFU, RECEIPT_FORM, AdwWindow)

/*
 * Where a paper receipt of the person on screen is typed in; what it says is checked while it is typed.
 *
 * Signals: "saved" (gint64 settlement, gint64 reversal, gint64 estimate): it was stored; the row that took the receipt before it back, and
 * the estimate that the receipt before it was about; 0 = there was none.
 * Actions: "receipt-form.save" (Ctrl+S).
 */
GtkWidget *zifu_receipt_form_new (ZifuSession *session);
gboolean   zifu_receipt_form_set_estimate (ZifuReceiptForm *self, gint64 estimate_id, GError **error);
gboolean   zifu_receipt_form_set_original (ZifuReceiptForm *self, gint64 entry_id, GError **error);
gboolean   zifu_receipt_form_save (ZifuReceiptForm *self);

G_END_DECLS
