/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-record-file.h"

/* People of the tests of what happens around the bills: person files, with ' for ", and months that are added one by one. */

static inline ZifuPackLibrary *
life_library (void)
{
  g_autofree char *drafts = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "cases", "packs", NULL);
  ZifuPackLibrary *library = zifu_pack_library_new ();

  zifu_pack_library_add_folder (library, drafts, FALSE);
  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  return library;
}

static inline ZifuRecordFile *
life_parse (const char *text, GError **error)
{
  g_autoptr (ZifuPackLibrary) library = life_library ();
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return zifu_record_file_parse (library, json, -1, "a.json", error);
}

/* @policy: a pack, or its id with its quotes; @person and @record: members. */
static inline ZifuRecordFile *
life_file (const char *policy, const char *person, const char *record)
{
  g_autofree char *text = g_strdup_printf ("{'policy': %s, 'person': {%s}, 'record': {%s}}", policy, person, record != NULL ? record : "");
  g_autoptr (GError) error = NULL;
  ZifuRecordFile *file = life_parse (text, &error);

  g_assert_no_error (error);
  return file;
}

static inline ZifuPack *
life_pack (const char *policy)
{
  g_autoptr (ZifuRecordFile) file = life_file (policy, "", NULL);

  return zifu_pack_ref (file->pack);
}

static inline ZifuMonth
life_month (const char *text)
{
  ZifuMonth month;

  g_assert_true (zifu_month_parse (text, &month));
  return month;
}

static inline ZifuDate
life_day (const char *text)
{
  ZifuDate day = zifu_date_parse (text);

  g_assert_cmpint (day, >, 0);
  return day;
}

/* Contributions as "2024-01..2026-07 2026-08..2026-10@2026-11": each in its month, or all in the month after @. */
static inline void
life_pay (ZifuPerson *person, const char *text)
{
  g_auto (GStrv) ranges = g_strsplit (text, " ", -1);

  for (guint i = 0; ranges[i] != NULL && *ranges[i] != '\0'; i++)
    {
      g_autofree char *first = g_strndup (ranges[i], 7), *last = g_strndup (ranges[i] + 9, 7);
      const char *at = strchr (ranges[i], '@');

      for (ZifuMonth month = life_month (first); month <= life_month (last); month++)
        zifu_person_add_payment (person, month, 1, at != NULL ? life_month (at + 1) : month);
    }
}

/* A pack with one coverage rule for everybody, and what else is wanted. */
#define LIFE_PACK(rules)                                                                                                                   \
  "{'pack': 'inline', 'sources': [{'id': 's', 'title': 'made here'}], 'counters': {'ded': {'reset': 'year'}}, 'rules': [" rules "]}"
#define LIFE_RULE(id, kind) "'id': '" id "', 'kind': '" kind "', 'valid_from': '2010-01-01', 'sources': ['s'], 'confidence': '2S'"
#define LIFE_COVERAGE(fields) LIFE_PACK ("{" LIFE_RULE ("cover", "coverage") ", " fields "}")
#define LIFE_EMPLOYEE "'lag': 0, 'repair_within': 3, 'retroactive': true, 'waiting_free': 3, 'waiting': 6"

/* xorshift: the same numbers everywhere; the seed is printed so that a round can be repeated. */
typedef guint64 LifeRandom;

static inline LifeRandom
life_random (guint64 seed)
{
  const char *asked = g_getenv ("ZIFU_LIFE_SEED");

  seed = asked != NULL ? g_ascii_strtoull (asked, NULL, 10) : seed;
  g_test_message ("seed %" G_GUINT64_FORMAT ": ZIFU_LIFE_SEED repeats it", seed);
  return seed * 2 + 1;
}

/* How many rounds of a property: the usual number, or as many times that as ZIFU_LIFE_TIMES says. */
static inline guint
life_rounds (guint usual)
{
  const char *times = g_getenv ("ZIFU_LIFE_TIMES");

  return usual * (times != NULL ? (guint) g_ascii_strtoull (times, NULL, 10) : 1);
}

static inline guint
life_draw (LifeRandom *self, guint below)
{
  *self ^= *self << 13;
  *self ^= *self >> 7;
  *self ^= *self << 17;
  return (guint) ((*self >> 11) % below);
}
