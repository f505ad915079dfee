/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-export-bar.h"
#include "zifu-filter-bar.h"
#include "zifu-history-page.h"
#include "zifu-receipt-actions.h"

G_BEGIN_DECLS

struct _ZifuHistoryPage
{
  GtkWidget parent_instance;

  ZifuSession        *session;   /* owned */
  ZifuHistoryModel   *model;     /* owned */
  GtkSingleSelection *selection; /* owned */
  gboolean            narrow;
  guint               more_id;
  guint               focus_id;
  gint64              member_id; /* who was on screen */
  gint64              wanted_id; /* entry to be opened as soon as it was read; 0 = none */
  GCancellable       *cancellable; /* owned: of what prints */

  GtkStack          *pages;
  GtkWidget         *tools;
  GtkSearchEntry    *search;
  GtkBox            *chips;
  ZifuFilterBar     *filters;
  ZifuExportBar     *export_bar;
  GtkLabel          *summary;
  GtkSpinner        *spinner;
  GtkWidget         *clear;
  GtkStack          *list_stack;
  AdwStatusPage     *empty;
  GtkScrolledWindow *scroller;
  GtkListView       *list;
  GtkWidget         *separator;
  GtkWidget         *pane;
  AdwBin            *pane_slot;
  AdwBin            *detail_slot;
  GtkWidget         *view; /* owned: wanders between the two slots */
};

/* zifu-history-page.c */
void _zifu_history_page_apply_filter (ZifuHistoryPage *self);
void _zifu_history_page_open_detail (ZifuHistoryPage *self);

/* zifu-history-page-actions.c */
void _zifu_history_page_show_summary (ZifuHistoryPage *self);
void _zifu_history_page_open_wanted (ZifuHistoryPage *self);
void _zifu_history_page_export (GtkWidget *widget, const char *name, GVariant *parameter);
void _zifu_history_page_print (GtkWidget *widget, const char *name, GVariant *parameter);

G_END_DECLS
