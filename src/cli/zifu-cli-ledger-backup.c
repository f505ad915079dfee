/* SPDX-License-Identifier: GPL-3.0-or-later */

/* backup, restore, verify: copies of the household data that can be relied on. */

#include <stdio.h>

#include "zifu-backup.h"
#include "zifu-cli-ledger.h"

static void
print_info (const char *path, const ZifuBackupInfo *info)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *members = g_strdup_printf ("%" G_GINT64_FORMAT, info->n_members);
  g_autofree char *entries = g_strdup_printf ("%" G_GINT64_FORMAT, info->n_entries);
  g_autofree char *newest = info->newest != 0 ? zifu_words_date (info->newest, ZIFU_DATE_STYLE_ISO) : NULL;
  g_autofree char *text = NULL;

  if (newest != NULL)
    /* Translators: {1} is a file, {2} when it was made, {3} a number of people, {4} of entries, {5} the day of the newest one */
    text = zifu_words_fill (_ ("{1}: whole. Made {2}; people: {3}, entries: {4}, newest: {5}"), name, info->made_at, members, entries,
                            newest, NULL);
  else
    /* Translators: {1} is a file, {2} when it was made, {3} a number of people */
    text = zifu_words_fill (_ ("{1}: whole. Made {2}; people: {3}, no entries"), name, info->made_at, members, NULL);
  printf ("%s\n", text);
}

static int
tell_backup (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuBackupInfo) info = zifu_backup_verify (path, NULL, &error);

  if (info == NULL)
    return zifu_cli_fail (error);
  print_info (path, info);
  return ZIFU_CLI_OK;
}

static int
write_backup (const ZifuCliLedgerOptions *options, const char *output, gboolean daily)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_cli_open_ledger (options, &error);
  g_autoptr (GDateTime) now = zifu_cli_now ();
  g_autofree char *folder = NULL, *written = NULL;

  if (ledger == NULL)
    return zifu_cli_fail (error);
  if (!daily)
    return zifu_backup_write (ledger, output, now, NULL, &error) ? tell_backup (output) : zifu_cli_fail (error);

  folder = output != NULL ? g_strdup (output) : zifu_backup_default_folder (zifu_ledger_get_path (ledger));
  if (!zifu_backup_write_daily (ledger, folder, now, &written, NULL, &error))
    return zifu_cli_fail (error);
  if (written != NULL)
    return tell_backup (written);
  printf ("%s\n", _ ("The backup of today is there already."));
  return ZIFU_CLI_OK;
}

/**
 * zifu_cli_backup:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "backup".
 *
 * Returns: the exit status
 */
int
zifu_cli_backup (int argc, char **argv)
{
  g_auto (ZifuCliLedgerOptions) options = { { NULL } };
  g_autofree char *output = NULL;
  gboolean daily = FALSE;
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (options),
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write; with --daily the folder"), N_ ("FILE") },
    { "daily", 0, 0, G_OPTION_ARG_NONE, &daily, N_ ("The backup of today in the ring: 7 days, 4 weeks, 12 months are kept"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("backup", _ ("--output FILE"), _ ("Copies all household data into one file and checks it."), entries,
                       &options.shared, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc > 1)
    return zifu_cli_fail_usage (_ ("too many arguments"));
  if (output == NULL && !daily)
    return zifu_cli_fail_usage (_ ("say where to: --output FILE, or --daily"));
  return write_backup (&options, output, daily);
}

static int
restore (const char *path, const ZifuCliLedgerOptions *options)
{
  g_autofree char *ledger_path = zifu_cli_ledger_path (options);
  g_autofree char *kept = NULL, *name = NULL, *text = NULL;
  g_autoptr (GDateTime) now = zifu_cli_now ();
  g_autoptr (GError) error = NULL;

  if (!zifu_backup_restore (path, ledger_path, now, &kept, NULL, &error))
    return zifu_cli_fail (error);
  if (kept == NULL)
    {
      printf ("%s\n", _ ("Restored."));
      return ZIFU_CLI_OK;
    }
  name = g_filename_display_name (kept);
  /* Translators: {1} is a file */
  text = zifu_words_fill (_ ("Restored. What was there before is now in “{1}”; restore --undo FILE puts it back."), name, NULL);
  printf ("%s\n", text);
  return ZIFU_CLI_OK;
}

static int
undo_restore (const char *kept, const ZifuCliLedgerOptions *options)
{
  g_autofree char *ledger_path = zifu_cli_ledger_path (options);
  g_autofree char *undone = NULL, *name = NULL, *text = NULL;
  g_autoptr (GDateTime) now = zifu_cli_now ();
  g_autoptr (GError) error = NULL;

  if (!zifu_backup_undo_restore (ledger_path, kept, now, &undone, &error))
    return zifu_cli_fail (error);
  if (undone == NULL)
    {
      printf ("%s\n", _ ("Put back."));
      return ZIFU_CLI_OK;
    }
  name = g_filename_display_name (undone);
  /* Translators: {1} is a file */
  text = zifu_words_fill (_ ("Put back. What had been restored is now in “{1}”."), name, NULL);
  printf ("%s\n", text);
  return ZIFU_CLI_OK;
}

/**
 * zifu_cli_restore:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "restore".
 *
 * Returns: the exit status
 */
int
zifu_cli_restore (int argc, char **argv)
{
  g_auto (ZifuCliLedgerOptions) options = { { NULL } };
  gboolean undo = FALSE, salvage = FALSE;
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (options),
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, N_ ("FILE is what a restore kept aside: put it back"), NULL },
    { "salvage", 0, 0, G_OPTION_ARG_NONE, &salvage, N_ ("No FILE: save what can be read of damaged household data"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("restore", _ ("FILE"), _ ("Puts a backup in the place of the household data, which are kept aside."), entries,
                       &options.shared, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (salvage && (argc != 1 || undo))
    return zifu_cli_fail_usage (_ ("too many arguments"));
  if (salvage)
    return zifu_cli_salvage (&options);
  if (argc != 2)
    return zifu_cli_fail_usage (_ ("one backup is needed: zifu-cli restore FILE"));
  return undo ? undo_restore (argv[1], &options) : restore (argv[1], &options);
}

/* What does not hold in the household data besides the balances; beside an answer for programs it stands where faults stand. */
static gboolean
tell_problems (const GPtrArray *problems, gboolean json)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const char *problem = g_ptr_array_index (problems, i);

      if (json)
        fprintf (stderr, "zifu-cli: %s\n", problem);
      else
        printf ("! %s\n", problem);
    }
  return problems->len > 0;
}

/**
 * zifu_cli_verify:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "verify".
 *
 * Returns: the exit status
 */
int
zifu_cli_verify (int argc, char **argv)
{
  g_auto (ZifuCliLedgerOptions) options = { { NULL } };
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  int status;
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (options),
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Tell the result to programs instead of people"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("verify", _ ("[BACKUP]"),
                       _ ("Checks the file of the household data, its sums and every balance, or a backup. Status 1: something does not "
                          "agree."),
                       entries, &options.shared, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc > 2)
    return zifu_cli_fail_usage (_ ("too many arguments"));
  if (argc == 2)
    return tell_backup (argv[1]);
  ledger = zifu_cli_open_ledger (&options, &error);
  if (ledger == NULL || !zifu_backup_check_ledger (ledger, &error) || (problems = zifu_ledger_check_laws (ledger, &error)) == NULL)
    return zifu_cli_fail (error);
  status = zifu_cli_tell_balances (ledger, NULL, 0, options.json);
  return tell_problems (problems, options.json) ? ZIFU_CLI_DIFFERENT : status;
}
