/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-connect-window.h"
#include "zifu-work.h"

G_BEGIN_DECLS

struct _ZifuConnectWindow
{
  AdwWindow parent_instance;

  ZifuSession        *session;       /* owned, nullable: closed */
  ZifuSyncCenter     *center;        /* owned */
  gint64              connection_id; /* to sign in to again, or of what was connected; 0 = none yet */
  gboolean            renewing;
  ZifuConnectOffer   *offer;         /* owned, nullable: looked at */
  ZifuConnectAccount *account;       /* owned, nullable: signed in to */
  ZifuWork           *work;          /* owned, nullable: running */
  char               *back;          /* owned, nullable: step to go back to after an error */
  char               *uri;           /* owned, nullable: to be opened in the browser */
  GPtrArray          *members;       /* owned: of ZifuMember, whom the choice is of */
  GPtrArray          *regions;       /* owned: of char*, ids of the offered regions */
  guint               tick;

  AdwWindowTitle *title;
  GtkWidget      *back_button, *next_button;
  GtkStack       *steps;
  GtkWidget      *address;           /* AdwEntryRow */
  GtkWidget      *known, *listed;    /* AdwPreferencesGroup: of addresses in use, of entries on this computer */
  GtkWidget      *problems;          /* a box: entries that cannot be used */
  AdwStatusPage  *waiting, *browser, *device, *fetching, *done, *error;
  GtkLabel       *code, *code_place;
  GtkWidget      *offer_box, *no_keyring, *use_browser, *use_code, *copy_code;
  GtkWidget      *who_title, *who_list, *who_region_group, *who_region, *who_note;
};

/* zifu-connect-window-known.c */
void _zifu_connect_window_offer_known (ZifuConnectWindow *self);

/* zifu-connect-window-build.c */
void _zifu_connect_window_build (ZifuConnectWindow *self);
void _zifu_connect_window_set_step (ZifuConnectWindow *self, const char *step);
void _zifu_connect_window_show_offer (ZifuConnectWindow *self, gboolean lasting);
void _zifu_connect_window_show_who (ZifuConnectWindow *self);
void _zifu_connect_window_show_done (ZifuConnectWindow *self);
void _zifu_connect_window_show_error (ZifuConnectWindow *self, const GError *error, const char *back);
void _zifu_connect_window_set_description (AdwStatusPage *page, const char *text);
gint64 _zifu_connect_window_get_member (ZifuConnectWindow *self);
ZifuMember *_zifu_connect_window_dup_newcomer (ZifuConnectWindow *self);

G_END_DECLS
