/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "words-support.h"
#include "zifu-record-file.h"

/* What the tests of the answers share. */

#define TODAY zifu_date_new (2026, 11, 24)

static inline ZifuRecordFile *
person_file (const char *name)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autofree char *base = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "persons", base, NULL);
  g_autoptr (GError) error = NULL;
  ZifuRecordFile *file = zifu_record_file_load (library, path, &error);

  g_assert_no_error (error);
  return file;
}

/* A person file that is written in the test.  Apostrophes stand for quotation marks. */
static inline ZifuRecordFile *
person_text (const char *text)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autofree char *cases = g_test_build_filename (G_TEST_DIST, "cases", "packs", NULL);
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  ZifuRecordFile *file;

  zifu_pack_library_add_folder (library, cases, FALSE);
  file = zifu_record_file_parse (library, json, -1, "test", &error);
  g_assert_no_error (error);
  return file;
}

static inline const ZifuAnswer *
answer_of (GPtrArray *answers, const char *row)
{
  for (guint i = 0; i < answers->len; i++)
    if (g_str_equal (((const ZifuAnswer *) g_ptr_array_index (answers, i))->row, row))
      return g_ptr_array_index (answers, i);
  g_error ("no answer to %s", row);
}

static inline gboolean
has_text (const GPtrArray *texts, const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (g_str_equal (g_ptr_array_index (texts, i), text))
      return TRUE;
  return FALSE;
}

#define assert_text(texts_, text_)                                                                                                         \
  G_STMT_START                                                                                                                             \
  {                                                                                                                                        \
    const GPtrArray *texts__ = (texts_);                                                                                                   \
    if (!has_text (texts__, text_))                                                                                                        \
      {                                                                                                                                    \
        for (guint i__ = 0; i__ < texts__->len; i__++)                                                                                     \
          g_test_message ("%s", (const char *) g_ptr_array_index (texts__, i__));                                                          \
        g_error ("not there: %s", text_);                                                                                                  \
      }                                                                                                                                    \
  }                                                                                                                                        \
  G_STMT_END

#define assert_point(answers_, row_, text_) assert_text (answer_of (answers_, row_)->points, text_)

static inline void
check_text (const char *row, const char *text)
{
  if (text == NULL || text[0] == '\0' || strchr (text, '{') != NULL || strstr (text, "(null)") != NULL)
    g_error ("%s: “%s”", row, text != NULL ? text : "nothing");
}

/* What every answer owes its reader, whoever asks. */
static inline void
check_form (const GPtrArray *answers)
{
  for (guint i = 0; i < answers->len; i++)
    {
      const ZifuAnswer *answer = g_ptr_array_index (answers, i);
      const char *needed[] = { answer->section, answer->question, answer->answer, answer->keywords };
      const char *others[] = { answer->in_your_case, answer->why, answer->where, answer->source };
      const GPtrArray *lists[] = { answer->points, answer->steps, answer->papers };

      for (guint k = 0; k < G_N_ELEMENTS (needed); k++)
        check_text (answer->row, needed[k]);
      for (guint k = 0; k < G_N_ELEMENTS (others); k++)
        if (others[k] != NULL)
          check_text (answer->row, others[k]);
      for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
        for (guint j = 0; j < lists[k]->len; j++)
          check_text (answer->row, g_ptr_array_index (lists[k], j));
      g_assert_true (answer->url == NULL || strstr (answer->url, "gov.cn") != NULL);
      g_assert_cmpint (answer->bill, >=, 0);
    }
}
