/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of the loader share: documents that are refused, and the message that says why and where. */

#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"

typedef struct
{
  const char *name;
  const char *text;
  ZifuError code;
  const char *where;
  const char *part;
} Refusal;

/* Quotation marks are written as ' so that the documents below can be read. */
static inline char *
quote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static inline void
assert_message (const GError *error, ZifuError code, const char *where, const char *part)
{
  g_assert_nonnull (error);
  if (!g_error_matches (error, ZIFU_ERROR, (int) code) || strcmp (zifu_error_detail (error)->where, where) != 0 ||
      !strstr (error->message, part))
    {
      g_test_message ("expected %s and '%s', got %s (code %d)", where, part, error->message, error->code);
      g_test_fail ();
    }
}

static inline void
add_refusals (const char *folder, const Refusal *refusals, guint n, GTestDataFunc test)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%s/%s", folder, refusals[i].name);

      g_test_add_data_func (path, &refusals[i], test);
    }
}
