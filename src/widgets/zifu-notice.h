/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ZifuNoticeStyle:
 * @ZIFU_NOTICE_INFO: something to know
 * @ZIFU_NOTICE_WARN: figures may be old or incomplete
 * @ZIFU_NOTICE_BAD: figures contradict each other, or something failed
 *
 * How urgent a notice is; "info", "warn" and "bad" in .ui files.
 */
typedef enum { ZIFU_NOTICE_INFO, ZIFU_NOTICE_WARN, ZIFU_NOTICE_BAD } ZifuNoticeStyle;

#define ZIFU_TYPE_NOTICE_STYLE (zifu_notice_style_get_type ())
GType zifu_notice_style_get_type (void);

#define ZIFU_TYPE_NOTICE (zifu_notice_get_type ())
G_DECLARE_FINAL_TYPE (ZifuNotice, zifu_notice, ZIFU, NOTICE, GtkWidget)

/*
 * A banner under the header bar.
 *
 * Properties: "title" (string), "icon-name" (string, nullable: NULL = the icon of the style), "button-label" (string, nullable: NULL = no
 * button), "style" (ZifuNoticeStyle), "revealed" (gboolean, FALSE at first).
 * Signals: "button-clicked" ().
 */
GtkWidget      *zifu_notice_new (const char *title);
const char     *zifu_notice_get_title (ZifuNotice *self);
void            zifu_notice_set_title (ZifuNotice *self, const char *title);
const char     *zifu_notice_get_icon_name (ZifuNotice *self);
void            zifu_notice_set_icon_name (ZifuNotice *self, const char *icon_name);
const char     *zifu_notice_get_button_label (ZifuNotice *self);
void            zifu_notice_set_button_label (ZifuNotice *self, const char *label);
ZifuNoticeStyle zifu_notice_get_style (ZifuNotice *self);
void            zifu_notice_set_style (ZifuNotice *self, ZifuNoticeStyle style);
gboolean        zifu_notice_get_revealed (ZifuNotice *self);
void            zifu_notice_set_revealed (ZifuNotice *self, gboolean revealed);

G_END_DECLS
