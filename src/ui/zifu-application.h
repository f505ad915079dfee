/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-date.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_APPLICATION (zifu_application_get_type ())
G_DECLARE_FINAL_TYPE (ZifuApplication, zifu_application, ZIFU, APPLICATION, AdwApplication)

/*
 * The program: one instance, its options, its accelerators.
 */
ZifuApplication *zifu_application_new (ZifuDate today);

G_END_DECLS
