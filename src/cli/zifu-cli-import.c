/* SPDX-License-Identifier: GPL-3.0-or-later */

/* import: entries out of a table or an account document; undoing an import. */

#include <stdio.h>
#include <string.h>

#include "zifu-cli-import.h"
#include "zifu-household.h"
#include "zifu-json.h"

/* A guess that is less sure is not followed without somebody saying so. */
#define SURE 60

typedef struct {
  ZifuCliLedgerOptions ledger;
  char    *mapping, *save, *sheet, *encoding, *separator, *report;
  gint64   undo;
  gboolean list, mappings, show_mapping, dry_run, yes, doubtful;
} Options;

static void
options_clear (Options *options)
{
  zifu_cli_ledger_options_clear (&options->ledger);
  g_free (options->mapping);
  g_free (options->save);
  g_free (options->sheet);
  g_free (options->encoding);
  g_free (options->separator);
  g_free (options->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_options (Options *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (options->ledger),
    { "person", 'p', 0, G_OPTION_ARG_STRING, &options->ledger.person, N_ ("Whose account; else as the file says"), N_ ("PERSON") },
    { "mapping", 'm', 0, G_OPTION_ARG_FILENAME, &options->mapping, N_ ("Which column is what: the name of a saved mapping, or a file"),
      N_ ("NAME") },
    { "save-mapping", 0, 0, G_OPTION_ARG_STRING, &options->save, N_ ("Save the mapping under this name"), N_ ("NAME") },
    { "show-mapping", 0, 0, G_OPTION_ARG_NONE, &options->show_mapping, N_ ("Print the mapping, to be changed and used as a file"), NULL },
    { "mappings", 0, 0, G_OPTION_ARG_NONE, &options->mappings, N_ ("List the mappings that are saved"), NULL },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &options->sheet, N_ ("Name or number of a sheet; else the first one"), N_ ("SHEET") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &options->encoding, N_ ("Such as GB18030; else found out"), N_ ("ENCODING") },
    { "separator", 0, 0, G_OPTION_ARG_STRING, &options->separator, N_ ("Between two cells; else found out"), N_ ("CHARACTER") },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->dry_run, N_ ("Only say what would be done (this is what happens without --yes)"),
      NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &options->yes, N_ ("Import"), NULL },
    { "doubtful", 0, 0, G_OPTION_ARG_NONE, &options->doubtful, N_ ("Import doubtful lines as well"), NULL },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &options->report, N_ ("Where lines that stay out are written to; else beside the file"),
      N_ ("FILE") },
    { "undo", 0, 0, G_OPTION_ARG_INT64, &options->undo, N_ ("Take back an import"), N_ ("NUMBER") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &options->list, N_ ("List the imports"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->ledger.json, N_ ("For programs"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return zifu_cli_parse ("import", _ ("FILE"), _ ("Reads entries from a table (CSV, .xlsx) or an account document (JSON)."), entries,
                         &options->ledger.shared, argc, argv);
}

static ZifuMapping *
load_mapping (const char *name, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (strchr (name, G_DIR_SEPARATOR) == NULL && !g_str_has_suffix (name, ".json"))
    return zifu_mapping_load (NULL, name, error);
  text = zifu_json_read_bytes (name, &length, error);
  return text != NULL ? zifu_mapping_parse (text, (gssize) length, name, error) : NULL;
}

static int
print_mappings (void)
{
  g_auto (GStrv) names = zifu_mapping_list (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    printf ("%s\n", names[i]);
  return ZIFU_CLI_OK;
}

/* With one person in the household there is nothing to choose. */
static gboolean
find_person (ZifuLedger *ledger, const char *person, gint64 *id, GError **error)
{
  g_autoptr (GPtrArray) members = NULL;

  if (!zifu_cli_find_person (ledger, person, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;
  members = zifu_ledger_list_members (ledger, error);
  if (members == NULL)
    return FALSE;
  if (members->len == 1)
    *id = ((ZifuMember *) g_ptr_array_index (members, 0))->id;
  return TRUE;
}

static ZifuImportPlan *
make_plan (ZifuLedger *ledger, const Options *options, const char *path, GError **error)
{
  g_autoptr (ZifuMapping) mapping = NULL;
  ZifuImportOptions import = { .today = zifu_cli_find_today () };
  gunichar separator = options->separator != NULL ? g_utf8_get_char (options->separator) : 0;

  if (separator >= 0x80 || (separator != 0 && options->separator[1] != '\0' && !g_str_equal (options->separator, "\\t")))
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _ ("--separator takes one plain character"), NULL, NULL);
      return NULL;
    }
  if (options->mapping != NULL && (mapping = load_mapping (options->mapping, error)) == NULL)
    return NULL;
  if (!find_person (ledger, options->ledger.person, &import.member_id, error))
    return NULL;
  import.mapping = mapping;
  import.table = (ZifuTableOptions){ options->encoding, options->sheet, separator == '\\' ? '\t' : (char) separator };
  return zifu_import_plan_new (ledger, path, &import, NULL, error);
}

static gboolean
save_mapping (ZifuImportPlan *plan, const char *name, GError **error)
{
  g_autoptr (ZifuMapping) mapping = NULL;

  if (zifu_import_plan_get_mapping (plan) == NULL)
    return TRUE;
  mapping = zifu_mapping_copy (zifu_import_plan_get_mapping (plan));
  g_free (mapping->name);
  mapping->name = g_strdup (name);
  return zifu_mapping_save (mapping, NULL, error);
}

static int
show_mapping (ZifuImportPlan *plan)
{
  const ZifuMapping *mapping = zifu_import_plan_get_mapping (plan);
  g_autofree char *text = mapping != NULL ? zifu_mapping_to_json (mapping) : NULL;

  if (text == NULL)
    return zifu_cli_fail_usage (_ ("an account document needs no mapping"));
  printf ("%s\n", text);
  return ZIFU_CLI_OK;
}

static gboolean
is_sure (ZifuImportPlan *plan, const Options *options)
{
  const ZifuMapping *mapping = zifu_import_plan_get_mapping (plan);

  return mapping == NULL || options->mapping != NULL || mapping->confidence >= SURE;
}

static gboolean
leaves_lines (ZifuImportPlan *plan)
{
  for (guint i = 0; i < zifu_import_plan_get_n_lines (plan); i++)
    {
      const ZifuImportLine *line = zifu_import_plan_get_line (plan, i);

      if (!line->taken && line->state != ZIFU_LINE_DUPLICATE)
        return TRUE;
    }
  return FALSE;
}

static gboolean
apply (ZifuImportPlan *plan, ZifuLedger *ledger, const char *report, ZifuCliImportResult *result, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");

  result->applied = TRUE;
  return zifu_import_apply (plan, ledger, time, report, NULL, &result->import_id, error);
}

static int
run_plan (ZifuImportPlan *plan, ZifuLedger *ledger, const Options *options)
{
  g_auto (GStrv) remarks = NULL;
  g_autofree char *report = options->report != NULL ? g_strdup (options->report) : zifu_import_plan_find_report_path (plan);
  gboolean leaves;
  ZifuCliImportResult result = { 0 };
  g_autoptr (GError) error = NULL;

  zifu_import_plan_take_doubtful (plan, options->doubtful);
  leaves = leaves_lines (plan);
  remarks = zifu_import_plan_list_remarks (plan, ledger, &error);
  if (remarks == NULL || (options->save != NULL && !save_mapping (plan, options->save, &error)))
    return zifu_cli_fail (error);
  if (options->yes && !options->dry_run)
    {
      if (!is_sure (plan, options))
        return zifu_cli_fail_usage (
            _ ("which column is what could only be guessed; look at it with --show-mapping and give it with --mapping"));
      result.report_path = leaves ? report : NULL;
      if (!apply (plan, ledger, report, &result, &error))
        return zifu_cli_fail (error);
    }
  else if (options->report != NULL && leaves)
    {
      result.report_path = report;
      if (!zifu_import_plan_write_report (plan, report, &error))
        return zifu_cli_fail (error);
    }
  if (options->ledger.json)
    zifu_cli_tell_plan_json (plan, remarks, &result);
  else
    zifu_cli_tell_plan (plan, remarks, &result);
  return leaves ? ZIFU_CLI_DIFFERENT : ZIFU_CLI_OK;
}

/* A whole household goes into data that are not there yet. */
static int
read_household (const char *path, const Options *options)
{
  g_autofree char *ledger_path = zifu_cli_ledger_path (&options->ledger);
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *members = NULL, *entries = NULL, *text = NULL;
  ZifuHouseholdSummary summary;

  if (!options->yes || options->dry_run)
    {
      printf ("%s\n", _ ("This is a whole household. With --yes it is read, if there are no household data yet."));
      return ZIFU_CLI_OK;
    }
  ledger = zifu_ledger_open (ledger_path, &error);
  if (ledger == NULL || !zifu_household_json_read (ledger, path, &summary, NULL, &error))
    return zifu_cli_fail (error);
  members = g_strdup_printf ("%" G_GINT64_FORMAT, summary.n_members);
  entries = g_strdup_printf ("%" G_GINT64_FORMAT, summary.n_entries);
  text = zifu_words_fill (_ ("Read. People: {1}, entries: {2}"), members, entries, NULL);
  printf ("%s\n", text);
  return summary.broken_member == 0 ? ZIFU_CLI_OK : zifu_cli_tell_balances (ledger, NULL, 0, FALSE);
}

static int
undo (ZifuLedger *ledger, gint64 id)
{
  g_autoptr (GError) error = NULL;

  if (!zifu_ledger_undo_import (ledger, id, &error))
    return zifu_cli_fail (error);
  printf ("%s\n", _ ("Taken back: its entries are no longer in the household data."));
  return ZIFU_CLI_OK;
}

static int
run_on_ledger (const Options *options, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_cli_open_ledger (&options->ledger, &error);
  g_autoptr (ZifuImportPlan) plan = NULL;
  gint64 id;

  if (ledger == NULL)
    return zifu_cli_fail (error);
  if (options->undo != 0)
    return undo (ledger, options->undo);
  if (options->list)
    return zifu_cli_find_person (ledger, options->ledger.person, &id, &error) ? zifu_cli_list_imports (ledger, id, options->ledger.json)
                                                                               : zifu_cli_fail (error);
  plan = make_plan (ledger, options, path, &error);
  if (plan == NULL)
    return zifu_cli_fail (error);
  return options->show_mapping ? show_mapping (plan) : run_plan (plan, ledger, options);
}

/**
 * zifu_cli_import:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "import".  Without --yes nothing is written.
 *
 * Returns: the exit status: %ZIFU_CLI_DIFFERENT when lines stay out
 */
int
zifu_cli_import (int argc, char **argv)
{
  g_auto (Options) options = { { { NULL } } };
  gboolean needs_file;

  if (!read_options (&options, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (options.mappings)
    return print_mappings ();
  needs_file = options.undo == 0 && !options.list;
  if (argc != (needs_file ? 2 : 1))
    return zifu_cli_fail_usage (needs_file && argc < 2 ? _ ("say which file to import") : _ ("too many arguments"));
  if (needs_file && zifu_import_is_household (argv[1]))
    return read_household (argv[1], &options);
  return run_on_ledger (&options, argv[1]);
}
