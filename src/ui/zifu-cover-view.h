/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-account-facts.h"

G_BEGIN_DECLS

/* Coverage in full: what holds when, and the ways out of a gap side by side.  @facts has a plan that is not lifelong. */
GtkWidget *zifu_cover_view_new (const ZifuAccountFacts *facts);

G_END_DECLS
