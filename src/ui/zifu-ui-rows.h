/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-money.h"

G_BEGIN_DECLS

/* Rows of boxed lists that several pages make: titles wrap, money is never cut. */
GtkWidget *zifu_ui_money_row (const char *title, const char *note, ZifuMoney amount);
GtkWidget *zifu_ui_text_row (const char *title, const char *text);
GtkWidget *zifu_ui_link_row (const char *title, const char *subtitle, const char *icon, GtkWidget *end);
void       zifu_ui_add_button (GtkWidget *row, GtkWidget *button);
GtkWidget *zifu_ui_wrapping_label (const char *text, const char *css_class);
GtkWidget *zifu_ui_note (const char *text, const char *icon_name, const char *css_class);
void       zifu_ui_wrap_title (GtkWidget *title);
AdwToast  *zifu_ui_toast (const char *text);
void       zifu_ui_empty_list (GtkListBox *list);
void       zifu_ui_drop_children (GtkWidget *widget);
void       zifu_ui_register (void);

G_END_DECLS
