/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "words-support.h"
#include "zifu-record-file.h"

/* What the tests of the answers about trouble, gaps and other cities share. */

#define GUIDE_DAY zifu_date_new (2026, 11, 24)

/* A person file written in the test; apostrophes stand for quotation marks. */
static inline ZifuRecordFile *
guide_file (const char *text)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  ZifuRecordFile *file = zifu_record_file_parse (library, json, -1, "test", &error);

  g_assert_no_error (error);
  return file;
}

static inline const ZifuAnswer *
guide_find (const GPtrArray *answers, const char *row)
{
  for (guint i = 0; i < answers->len; i++)
    {
      const ZifuAnswer *answer = g_ptr_array_index (answers, i);

      if (g_str_equal (answer->row, row))
        return answer;
    }
  g_error ("no answer to %s", row);
}

static inline void
guide_check_texts (const char *row, const GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);

      if (text[0] == '\0' || strchr (text, '{') != NULL)
        g_error ("%s: “%s”", row, text);
    }
}

/* What every answer owes its reader. */
static inline void
guide_check (const GPtrArray *answers, const char *const *rows)
{
  for (guint r = 0; rows[r] != NULL; r++)
    {
      const ZifuAnswer *answer = guide_find (answers, rows[r]);

      g_assert_true (answer->section[0] != '\0' && answer->question[0] != '\0' && answer->answer[0] != '\0');
      g_assert_null (strchr (answer->answer, '{'));
      g_assert_true (answer->in_your_case == NULL || strchr (answer->in_your_case, '{') == NULL);
      g_assert_true (answer->why != NULL && strchr (answer->why, '{') == NULL);
      g_assert_nonnull (answer->keywords);
      g_assert_true (answer->url == NULL || strstr (answer->url, "gov.cn") != NULL);
      guide_check_texts (rows[r], answer->points);
      guide_check_texts (rows[r], answer->steps);
      guide_check_texts (rows[r], answer->papers);
      for (guint i = 0; i < answer->causes->len; i++)
        guide_check_texts (rows[r], ((const ZifuCauseWords *) g_ptr_array_index (answer->causes, i))->evidence);
    }
}

static inline GPtrArray *
guide_answers (const ZifuRecordFile *file, const char *language)
{
  speak (language);
  return zifu_answers (file->pack, file->record, file->date != 0 ? file->date : GUIDE_DAY);
}

static inline void
guide_assert_text (const GPtrArray *texts, guint i, const char *expected)
{
  g_assert_cmpuint (texts->len, >, i);
  g_assert_cmpstr (g_ptr_array_index (texts, i), ==, expected);
}

#define GUIDE_HEAD "{'policy':'110000','date':'2026-11-24',"
#define GUIDE_EMPLOYEE \
  "'person':{'insurance':'310','status':'active','age':40,'base':'12000.00','account':{'balance':'3286.40'},'counters':{'op_ded':'1462.30'}"
#define GUIDE_RETIRED "'person':{'insurance':'310','status':'retired','age':72,'account':{'balance':'500.00'}}"
#define GUIDE_RESIDENT "'person':{'insurance':'390','status':'resident','resident_class':'elderly','age':68}"
/* Paid from 2025 to August 2026, and nothing after that. */
#define GUIDE_PAID_TO_AUGUST \
  "'paid':[{'year':2025},{'month':'2026-01'},{'month':'2026-02'},{'month':'2026-03'},{'month':'2026-04'},{'month':'2026-05'}," \
  "{'month':'2026-06'},{'month':'2026-07'},{'month':'2026-08'}]"
/* A gap from May to August 2026, paid again since. */
#define GUIDE_PAID_AGAIN \
  "'paid':[{'year':2025},{'month':'2026-01'},{'month':'2026-02'},{'month':'2026-03'},{'month':'2026-04'},{'month':'2026-09'}," \
  "{'month':'2026-10'},{'month':'2026-11'}]"
