/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-backup-keeper.h"
#include "zifu-opener.h"
#include "zifu-person-switcher.h"
#include "zifu-sync-center.h"
#include "zifu-widgets.h"
#include "zifu-window.h"

G_BEGIN_DECLS

struct _ZifuWindow
{
  AdwApplicationWindow parent_instance;

  GCancellable  *cancellable; /* owned */
  ZifuHousehold *household;   /* owned, nullable */
  ZifuSession   *session;     /* owned, nullable */
  char          *path;        /* owned */
  char          *wanted;      /* owned, nullable: page to show once there are pages */
  GQueue         pending;     /* of char*, owned: files to import, one after the other, as soon as the household is open */
  GtkWidget     *importing;   /* nullable, weak: the import that is open */
  GtkWidget     *backups;     /* nullable, weak: the list of backups */
  GtkWidget     *work_view;   /* nullable, not owned: how far a restore is */
  char          *kept;        /* owned, nullable: the household that was replaced just now */
  char          *news;        /* owned, nullable: what is told once the household is open again */
  GtkWidget     *report;      /* owned, nullable: what could be saved of a damaged household, shown then */
  ZifuSyncCenter *center;     /* owned, nullable: of a household that can be written to */
  GtkWidget     *connecting;  /* nullable, weak: the window that connects */
  char          *provider;    /* owned, nullable: address to go to as soon as the household is open */
  char          *told;        /* owned, nullable: why the backup of the day was not written, as it was told last */
  ZifuBackupKeeper *keeper;   /* owned, nullable: of a household that can be written to */
  char          *asked;       /* owned, nullable: what to search in the Guide then */
  GtkWidget     *left;        /* nullable, weak: where the keyboard stood in the Guide when an estimate was asked for there */
  ZifuDate       today;
  gboolean       with_sample;

  ZifuWidthBin       *bin;
  GtkWidget          *header;
  GtkStack           *title_stack;
  AdwWindowTitle     *window_title;
  GtkWidget          *back;
  ZifuPersonSwitcher *switcher;
  GtkWidget          *sync;
  GtkStack           *sync_stack;
  ZifuNotice         *sample, *stale;
  AdwToastOverlay    *toasts;
  GtkStack           *states;
  GtkSpinner         *spinner;
  AdwStatusPage      *error;
  AdwViewStack       *pages;
  AdwViewSwitcherBar *bar;
};

/* What the window asks of its other file: forms and questions above it, and what it remembers. */
void _zifu_window_open_form (ZifuWindow *self, gint64 member_id);
void _zifu_window_delete_sample (ZifuWindow *self);
void _zifu_window_history_action (GtkWidget *widget, const char *name, GVariant *parameter);
void _zifu_window_open_uri_action (GtkWidget *widget, const char *name, GVariant *parameter);
void _zifu_window_restore_state (ZifuWindow *self);
void _zifu_window_take_asked (ZifuWindow *self);
void _zifu_window_focus_page (ZifuWindow *self);
void _zifu_window_fit_header (ZifuWindow *self, gboolean narrow);
void _zifu_window_shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter);
void _zifu_window_leave_guide (ZifuWindow *self, gint64 bill);
gboolean _zifu_window_back_to_guide (ZifuWindow *self);
void _zifu_window_forget_guide (ZifuWindow *self);
void _zifu_window_create_sample_action (GtkWidget *widget, const char *name, GVariant *parameter);

/* zifu-window.c */
void _zifu_window_set_state (ZifuWindow *self, const char *state);
void _zifu_window_start_opening (ZifuWindow *self);
void _zifu_window_let_go (ZifuWindow *self);

/* zifu-window-data.c */
void _zifu_window_install_data_actions (GtkWidgetClass *widget_class);
void _zifu_window_init_data (ZifuWindow *self);
void _zifu_window_begin_data (ZifuWindow *self);
void _zifu_window_import (ZifuWindow *self, const char *path);

/* zifu-window-sync.c */
void _zifu_window_install_sync_actions (GtkWidgetClass *widget_class);
void _zifu_window_begin_sync (ZifuWindow *self);
void _zifu_window_show_sync (ZifuWindow *self);
void _zifu_window_stale_clicked (ZifuWindow *self);
void _zifu_window_seen (ZifuWindow *self);
void _zifu_window_end_sync (ZifuWindow *self);

/* zifu-window-backup.c */
void _zifu_window_keep_backups (ZifuWindow *self);

/* zifu-window-restore.c */
void _zifu_window_install_restore_actions (GtkWidgetClass *widget_class);
void _zifu_window_open_backups (ZifuWindow *self, const char *path);
void _zifu_window_offer_rescue (ZifuWindow *self, const GError *error);
void _zifu_window_tell_restored (ZifuWindow *self);
void _zifu_window_forget_restored (ZifuWindow *self);

G_END_DECLS
