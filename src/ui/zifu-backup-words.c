/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup-words.h"

#include <glib/gi18n-lib.h>

#include "zifu-day-text.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

/**
 * zifu_backup_kind_name:
 * @kind: where something that can be restored comes from
 *
 * Returns: (transfer none): a word for it
 */
const char *
zifu_backup_kind_name (ZifuBackupKind kind)
{
  switch (kind)
    {
    case ZIFU_BACKUP_BY_HAND:
      return _("made by hand");
    case ZIFU_BACKUP_BEFORE_RESTORE:
      return _("before restoring");
    case ZIFU_BACKUP_BEFORE_UNDO:
      return _("before undoing");
    case ZIFU_BACKUP_DAILY:
    default:
      return _("automatic");
    }
}

/**
 * zifu_backup_dup_holds:
 * @info: what a backup or the household holds
 *
 * Returns: (transfer full): how many people and entries, and the day of the newest entry
 */
char *
zifu_backup_dup_holds (const ZifuBackupInfo *info)
{
  g_autofree char *members = g_strdup_printf ("%" G_GINT64_FORMAT, info->n_members);
  g_autofree char *entries = g_strdup_printf ("%" G_GINT64_FORMAT, info->n_entries);
  g_autofree char *people_text = NULL, *entries_text = NULL, *newest = NULL;

  /* Translators: {1} is a number. */
  people_text = zifu_words_fill (ngettext ("{1} person", "{1} people", (gulong) info->n_members), members, NULL);
  /* Translators: {1} is a number. */
  entries_text = zifu_words_fill (ngettext ("{1} entry", "{1} entries", (gulong) info->n_entries), entries, NULL);
  if (info->newest == 0)
    /* Translators: {1} is how many people, {2} how many entries. */
    return zifu_words_fill (_("{1}, {2}"), people_text, entries_text, NULL);
  newest = zifu_words_date (info->newest, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is how many people, {2} how many entries, {3} a day. */
  return zifu_words_fill (_("{1}, {2}, the newest of {3}"), people_text, entries_text, newest, NULL);
}

/**
 * zifu_backup_dup_time:
 * @time: seconds since 1970
 *
 * Returns: (transfer full): the day and the minute where the user is
 */
char *
zifu_backup_dup_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autofree char *iso = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("?");

  return zifu_time_dup_text (iso);
}

/**
 * zifu_backup_dup_question:
 * @task: a backup that was checked, and what is there now
 *
 * Returns: (transfer full): what is replaced by what, for the question whether to restore
 */
char *
zifu_backup_dup_question (const ZifuBackupTask *task)
{
  g_autofree char *holds = zifu_backup_dup_holds (task->info);
  g_autofree char *now = task->present != NULL ? zifu_backup_dup_holds (task->present) : g_strdup (_("nothing that can be read"));

  return zifu_words_fill (
    /* Translators: {1} and {2} are how many people and entries, and the day of the newest. */
    _("Here now: {1}.\nIn the backup: {2}.\n\nWhat is here now is set aside first, so that this can be undone."), now, holds, NULL);
}

static void
add_row (GtkWidget *list, const char *title, gint64 saved, gint64 lost)
{
  g_autofree char *text = zifu_words_saved (saved, lost);

  gtk_list_box_append (GTK_LIST_BOX (list), zifu_ui_text_row (title, text));
}

/**
 * zifu_backup_new_report:
 * @report: what could be saved of a damaged household
 *
 * Returns: (transfer floating): it in words
 */
GtkWidget *
zifu_backup_new_report (const ZifuSalvage *report)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  g_autofree char *aside = g_filename_display_name (report->aside);

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_box_append (GTK_BOX (box), zifu_ui_wrapping_label (
                                   report->readable ? _("This is what could be read of the damaged file. Compare it with your papers, "
                                                        "or restore a backup.")
                                                    : _("Nothing could be read of the damaged file. A new, empty household was begun."),
                                   NULL));
  if (report->readable)
    {
      add_row (list, _("People"), report->people, report->lost_people);
      add_row (list, _("Entries"), report->entries, report->lost_entries);
      add_row (list, _("Settlements"), report->settlements, report->lost_settlements);
      add_row (list, _("Months paid"), report->contributions, report->lost_contributions);
    }
  if (report->nameless > 0)
    {
      g_autofree char *nameless = g_strdup_printf ("%" G_GINT64_FORMAT, report->nameless);

      gtk_list_box_append (GTK_LIST_BOX (list), zifu_ui_text_row (_("People whose names are lost; their entries are there"), nameless));
    }
  gtk_list_box_append (GTK_LIST_BOX (list), zifu_ui_text_row (_("The damaged file, unchanged"), aside));
  gtk_box_append (GTK_BOX (box), list);
  return box;
}
