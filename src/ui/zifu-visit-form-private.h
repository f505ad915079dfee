/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-axis-rows.h"
#include "zifu-visit-form.h"

G_BEGIN_DECLS

struct _ZifuVisitForm {
  GtkWidget parent_instance;

  GtkWidget           *box;
  AdwComboRow         *kind;
  AdwComboRow         *institution;
  AdwComboRow         *place;
  AdwComboRow         *province;
  AdwComboRow         *disease;
  GtkWidget           *stay_row;
  GtkSpinButton       *stay;
  GtkWidget           *days_row;
  GtkSpinButton       *days;
  ZifuAxisRows        *more;
  ZifuBillGroup       *bill;
  AdwActionRow        *date_row;
  GtkPopover          *date_popover;
  GtkCalendar         *calendar;
  GtkSwitch           *designated;
  GtkWidget           *connected_row;
  GtkSwitch           *connected;
  AdwActionRow        *account_row;
  GtkSwitch           *use_account;
  AdwActionRow        *family_row;
  GtkSwitch           *use_family;

  ZifuPack   *pack;   /* owned, nullable */
  ZifuPerson *person; /* owned, nullable */
  gint64      member_id; /* whose visit it is */
  ZifuDate    today;
  ZifuDate    date;
  GPtrArray  *kinds, *institutions, *places, *provinces, *diseases; /* owned, of char*: what stands behind the choices */
  gboolean    stay_chosen; /* the number was typed, not taken from the records */
  guint       quiet;  /* above 0: changes come from the program and are not told one by one */
};

void        _zifu_visit_form_ask_more (ZifuVisitForm *self);
void        _zifu_visit_form_show_stay (ZifuVisitForm *self);
const char *_zifu_visit_form_disease_axis (ZifuVisitForm *self);

G_END_DECLS
