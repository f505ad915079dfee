/* SPDX-License-Identifier: GPL-3.0-or-later */

/* export: entries and households as files of other programs, and statements. */

#include <stdio.h>
#include <unistd.h>

#include "zifu-cli-ledger.h"
#include "zifu-household.h"
#include "zifu-statement.h"

typedef struct
{
  ZifuCliLedgerOptions options;
  char *format;
  char *output;
  gboolean bom;
  gboolean anonymous;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  zifu_cli_ledger_options_clear (&arguments->options);
  g_clear_pointer (&arguments->format, g_free);
  g_clear_pointer (&arguments->output, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

/* The name of a region; NULL when no pack knows it. */
static char *
find_region (const ZifuCliOptions *options, const char *id)
{
  g_autoptr (ZifuPackLibrary) library = zifu_cli_open_library (options);
  g_autoptr (GPtrArray) packs = zifu_pack_library_list (library, NULL);

  for (guint i = 0; packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);

      if (g_strcmp0 (info->id, id) == 0 && info->problem == NULL)
        return g_strdup (zifu_words_text (&info->title));
    }
  return NULL;
}

/* Without --from or --to: from the first entry, up to today. */
static gboolean
complete_period (ZifuLedger *ledger, gint64 id, ZifuDate *first, ZifuDate *last, GError **error)
{
  ZifuDate today = zifu_cli_find_today (), newest;
  ZifuMoney balance;

  if (*first == 0)
    {
      g_autoptr (GArray) months = zifu_ledger_list_months (ledger, id, error);
      int year, month;

      if (months == NULL)
        return FALSE;
      zifu_month_split (months->len > 0 ? g_array_index (months, ZifuMonthSummary, months->len - 1).month : zifu_month_of (today), &year,
                        &month);
      *first = zifu_date_new (year, month, 1);
    }
  if (*last == 0)
    {
      if (!zifu_ledger_get_balance (ledger, id, &balance, &newest, error))
        return FALSE;
      *last = MAX (MAX (today, newest), *first);
    }
  return TRUE;
}

static gboolean
export_statement (ZifuLedger *ledger, const Arguments *arguments, const ZifuExportSelection *selection, const char *path, GError **error)
{
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuStatement) statement = NULL;
  g_autofree char *region = NULL;
  ZifuDate first = selection->first, last = selection->last;
  gint64 id = selection->member_id;

  if (id == 0)
    {
      g_autoptr (GPtrArray) members = zifu_ledger_list_members (ledger, error);

      if (members == NULL)
        return FALSE;
      if (members->len == 1)
        id = ((const ZifuMember *) g_ptr_array_index (members, 0))->id;
    }
  if (id == 0)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _ ("a statement is about one person: --person PERSON"), NULL, NULL);
      return FALSE;
    }
  member = zifu_ledger_get_member (ledger, id, error);
  if (member == NULL || !complete_period (ledger, id, &first, &last, error))
    return FALSE;
  region = find_region (&arguments->options.shared, member->region);
  statement = zifu_statement_new (ledger, id, first, last, region, zifu_cli_find_today (), error);
  return statement != NULL && zifu_statement_write_pdf (statement, path, NULL, error);
}

static gboolean
export_household (ZifuLedger *ledger, const Arguments *arguments, const ZifuExportSelection *selection, const char *path, GError **error)
{
  if (selection->first != 0 || selection->last != 0)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _ ("a household document has no period: leave --from and --to away"), NULL,
                               NULL);
      return FALSE;
    }
  return zifu_household_json_write (ledger, selection->member_id,
                                    arguments->anonymous ? ZIFU_HOUSEHOLD_ANONYMOUS : ZIFU_HOUSEHOLD_WHOLE, path, NULL, error);
}

static int
export (ZifuLedger *ledger, const Arguments *arguments)
{
  ZifuExportSelection selection = { .bom = arguments->bom };
  const char *path = g_strcmp0 (arguments->output, "-") == 0 ? NULL : arguments->output, *format = arguments->format;
  g_autoptr (GError) error = NULL;
  gboolean success;

  if (!zifu_cli_find_person (ledger, arguments->options.person, &selection.member_id, &error) ||
      !zifu_cli_parse_period (&arguments->options, &selection.first, &selection.last, &error))
    return zifu_cli_fail (error);
  if (arguments->anonymous && g_strcmp0 (format, "json") != 0)
    return zifu_cli_fail_usage (_ ("--anonymous goes with --format json"));
  if (g_strcmp0 (format, "csv") == 0)
    success = zifu_export_csv (ledger, &selection, path, NULL, &error);
  else if (g_strcmp0 (format, "journal") == 0)
    success = zifu_export_journal (ledger, &selection, path, NULL, &error);
  else if (g_strcmp0 (format, "json") == 0)
    success = export_household (ledger, arguments, &selection, path, &error);
  else if (g_strcmp0 (format, "pdf") != 0)
    return zifu_cli_fail_usage (_ ("--format takes csv, json, journal or pdf"));
  else if (path == NULL && isatty (STDOUT_FILENO))
    return zifu_cli_fail_usage (_ ("a PDF is not for the terminal: --output FILE"));
  else
    success = export_statement (ledger, arguments, &selection, path, &error);
  return success ? ZIFU_CLI_OK : zifu_cli_fail (error);
}

/**
 * zifu_cli_export:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "export".
 *
 * Returns: the exit status
 */
int
zifu_cli_export (int argc, char **argv)
{
  g_auto (Arguments) arguments = { { { NULL } } };
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (arguments.options),
    ZIFU_CLI_PERSON_ENTRY (arguments.options),
    ZIFU_CLI_PERIOD_ENTRIES (arguments.options),
    { "format", 'f', 0, G_OPTION_ARG_STRING, &arguments.format,
      N_ ("csv, json (the whole household, or one person), journal (for hledger and ledger) or pdf (a statement)"), N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.output, N_ ("The file to write; - is the standard output"), N_ ("FILE") },
    { "bom", 0, 0, G_OPTION_ARG_NONE, &arguments.bom, N_ ("With csv: begin with a byte order mark, for spreadsheet programs"), NULL },
    { "anonymous", 0, 0, G_OPTION_ARG_NONE, &arguments.anonymous,
      N_ ("With json: for reports of faults, without names, institutions and notes, with other days and amounts"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("export", _ ("--format FORMAT --output FILE"), _ ("Writes entries, a household or a statement into a file."),
                       entries, &arguments.options.shared, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc > 1)
    return zifu_cli_fail_usage (_ ("too many arguments"));
  if (arguments.format == NULL || arguments.output == NULL)
    return zifu_cli_fail_usage (_ ("say what to write and where: --format FORMAT --output FILE"));
  ledger = zifu_cli_open_ledger (&arguments.options, &error);
  if (ledger == NULL)
    return zifu_cli_fail (error);
  return export (ledger, &arguments);
}
