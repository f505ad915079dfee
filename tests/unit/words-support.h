/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <locale.h>

#include "zifu-answers.h"
#include "zifu-case-file.h"

/* What the tests of the words share. */

/* The language is chosen as a desktop session chooses it; only a change of locale makes the C library look again. */
static inline void
speak (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, "C"));
  g_assert_nonnull (setlocale (LC_ALL, g_str_equal (language, "zh_CN") ? "zh_CN.UTF-8" : "C.UTF-8"));
  g_assert_cmpint (zifu_words_is_chinese (), ==, g_str_equal (language, "zh_CN"));
}

static inline ZifuPackLibrary *
library_new (void)
{
  ZifuPackLibrary *library = zifu_pack_library_new ();

  g_assert_nonnull (g_getenv ("ZIFU_POLICY_DIR"));
  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  return library;
}

static inline ZifuPack *
beijing_new (void)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GError) error = NULL;
  ZifuPack *pack = zifu_pack_library_load (library, "110000", &error);

  g_assert_no_error (error);
  return pack;
}

/* Settles a case that is written in the test.  Apostrophes stand for quotation marks. */
static inline GPtrArray *
settle_text (const char *text)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (ZifuCaseFile) file = zifu_case_file_parse (library, json, -1, "test", &error);

  g_assert_no_error (error);
  GPtrArray *settlements = zifu_case_file_settle (file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (settlements->len, >, 0);
  return settlements;
}
