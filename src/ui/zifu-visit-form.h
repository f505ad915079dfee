/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-bill-group.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_VISIT_FORM (zifu_visit_form_get_type ())
G_DECLARE_FINAL_TYPE (ZifuVisitForm, zifu_visit_form, ZIFU, VISIT_FORM, GtkWidget)

/*
 * Where a visit and its bill are entered.
 *
 * Signals: "changed" (): what zifu_visit_form_dup_visit() gives may be different.
 */
GtkWidget     *zifu_visit_form_new (void);
void           zifu_visit_form_set_context (ZifuVisitForm *self, gint64 member_id, ZifuPack *pack, const ZifuPerson *person,
                                            ZifuDate today);
ZifuVisit     *zifu_visit_form_dup_visit (ZifuVisitForm *self);
ZifuBillGroup *zifu_visit_form_get_bill (ZifuVisitForm *self);
void           zifu_visit_form_reset (ZifuVisitForm *self);
void           zifu_visit_form_set_kind (ZifuVisitForm *self, const char *care);
void           zifu_visit_form_set_institution (ZifuVisitForm *self, const char *value);
void           zifu_visit_form_set_place (ZifuVisitForm *self, const char *remote);
void           zifu_visit_form_set_date (ZifuVisitForm *self, ZifuDate date);
const char    *zifu_visit_form_get_place (ZifuVisitForm *self);
ZifuDate       zifu_visit_form_get_date (ZifuVisitForm *self);
void           zifu_visit_form_hold (ZifuVisitForm *self, gboolean hold);
gboolean       zifu_visit_form_show_visit (ZifuVisitForm *self, const ZifuVisit *visit);
gboolean       zifu_visit_form_gives (ZifuVisitForm *self, const ZifuVisit *visit);
void           zifu_visit_form_use_template (ZifuVisitForm *self, const char *name);
void           zifu_visit_form_show_cover (ZifuVisitForm *self, const char *text, const char *button, ZifuDate date);
void           zifu_visit_form_show_filing (ZifuVisitForm *self, const char *text);
gboolean       zifu_visit_form_has_field (const ZifuOpen *open);
void           zifu_visit_form_answer (ZifuVisitForm *self, const ZifuOpen *open);

G_END_DECLS
