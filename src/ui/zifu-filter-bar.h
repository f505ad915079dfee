/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-history-reader.h"
#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_FILTER_BAR (zifu_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZifuFilterBar, zifu_filter_bar, ZIFU, FILTER_BAR, GtkWidget)

/*
 * A row of chips for period, person, institution and amount.  The members of the filter that it does not know, it leaves as they are.
 *
 * Signals: "changed" (): somebody chose something.
 */
GtkWidget               *zifu_filter_bar_new (void);
void                     zifu_filter_bar_set_session (ZifuFilterBar *self, ZifuSession *session, ZifuHistoryReader *reader);
void                     zifu_filter_bar_set_filter (ZifuFilterBar *self, const ZifuHistoryFilter *filter);
const ZifuHistoryFilter *zifu_filter_bar_get_filter (ZifuFilterBar *self);
void                     zifu_filter_bar_refresh (ZifuFilterBar *self);

G_END_DECLS
