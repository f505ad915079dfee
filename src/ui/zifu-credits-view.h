/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-account-facts.h"

G_BEGIN_DECLS

/* The next twelve credits, and the past ones that are not what the rules say. */
GtkWidget *zifu_credits_view_new (const ZifuAccountFacts *facts);
char      *zifu_credits_dup_notice (const ZifuAccountFacts *facts);

G_END_DECLS
