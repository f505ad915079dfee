/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-answers.h"

G_BEGIN_DECLS

/* The rows below an answer of the Guide.  Each can be reached with the keyboard and is read as a whole: its heading, then what it says. */
GtkWidget *zifu_answer_text_part (const char *icon_name, const char *heading, const char *text);
GtkWidget *zifu_answer_list_part (const char *icon_name, const char *heading, const GPtrArray *lines, gboolean numbered);
GtkWidget *zifu_answer_papers_part (const char *heading, const GPtrArray *papers, GHashTable *ticked);
GtkWidget *zifu_answer_source_part (const char *source, const char *url, gboolean unverified);
GtkWidget *zifu_answer_cause_part (const ZifuCauseWords *cause, GHashTable *ticked);

G_END_DECLS
