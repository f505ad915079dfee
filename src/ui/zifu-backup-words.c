/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup-words.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

/**
 * zifu_time_dup_text:
 * @time: yyyy-MM-ddTHH:mm:ssZ, as the ledger and backups tell the time
 *
 * Returns: (transfer full): the day and the minute where the user is; @time itself when it is none
 */
char *
zifu_time_dup_text (const char *time)
{
  g_autoptr (GDateTime) utc = NULL, local = NULL;
  g_autofree char *day = NULL, *clock = NULL;

  g_return_val_if_fail (time != NULL, NULL);

  utc = g_date_time_new_from_iso8601 (time, NULL);
  if (utc == NULL)
    return g_strdup (time);
  local = g_date_time_to_local (utc);
  day = zifu_words_date (zifu_date_new (g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local)),
                         ZIFU_DATE_STYLE_LONG);
  clock = g_date_time_format (local, "%H:%M");
  return g_strdup_printf ("%s %s", day, clock);
}

static char *
count (const char *words, gint64 n)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  return zifu_words_fill (words, number, NULL);
}

static char *
count_people (gint64 n)
{
  /* Translators: {1} is a number. */
  return count (ngettext ("{1} person", "{1} people", (gulong) n), n);
}

static char *
count_entries (gint64 n)
{
  /* Translators: {1} is a number. */
  return count (ngettext ("{1} entry", "{1} entries", (gulong) n), n);
}

/**
 * zifu_backup_dup_summary:
 * @info: what a backup holds
 *
 * Returns: (transfer full): "3 people · 120 entries · up to 24 November 2026 · 1.2 MB"
 */
char *
zifu_backup_dup_summary (const ZifuBackupInfo *info)
{
  g_autofree char *people = NULL, *entries = NULL, *size = NULL, *day = NULL, *newest = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  people = count_people (info->n_members);
  entries = count_entries (info->n_entries);
  size = g_format_size (info->bytes);
  if (info->newest == 0)
    return g_strdup_printf ("%s · %s · %s", people, entries, size);
  day = zifu_words_date (info->newest, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is the day of the newest entry. */
  newest = zifu_words_fill (_("up to {1}"), day, NULL);
  return g_strdup_printf ("%s · %s · %s · %s", people, entries, newest, size);
}

static void
add_lost (GString *text, gint64 people, gint64 entries, gint64 settlements)
{
  g_autofree char *n_people = count_people (people), *n_entries = count_entries (entries);
  g_autofree char *n_bills = NULL, *sentence = NULL;

  /* Translators: {1} is a number. */
  n_bills = count (ngettext ("{1} bill", "{1} bills", (gulong) settlements), settlements);
  /* Translators: {1} is “1 person”, {2} is “5 entries”, {3} is “2 bills”. */
  sentence = zifu_words_fill (_("At least these could not be read: {1}, {2}, {3}."), n_people, n_entries, n_bills, NULL);
  g_string_append_printf (text, "\n\n%s", sentence);
}

/**
 * zifu_salvage_dup_text:
 * @report: what could be read of a damaged file, and what could not
 *
 * Returns: (transfer full): the same in sentences
 */
char *
zifu_salvage_dup_text (const ZifuSalvage *report)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *people = NULL, *entries = NULL, *first = NULL, *name = NULL, *aside = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  people = count_people (report->people);
  entries = count_entries (report->entries);
  if (report->readable)
    /* Translators: {1} is “3 people”, {2} is “120 entries”. */
    first = zifu_words_fill (_("Saved: {1}, {2}."), people, entries, NULL);
  else
    first = g_strdup (_("Nothing of the file could be read. You begin anew, or restore a backup."));
  g_string_append (text, first);
  if (report->lost_people > 0 || report->lost_entries > 0 || report->lost_settlements > 0)
    add_lost (text, MAX (report->lost_people, 0), MAX (report->lost_entries, 0), MAX (report->lost_settlements, 0));
  else if (report->readable && report->lost_entries < 0)
    g_string_append_printf (text, "\n\n%s", _("How much is missing is not known. Compare with a backup."));
  if (report->aside != NULL)
    {
      name = g_filename_display_name (report->aside);
      /* Translators: {1} is a file. */
      aside = zifu_words_fill (_("The damaged file was kept, unchanged: {1}"), name, NULL);
      g_string_append_printf (text, "\n\n%s", aside);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
