/* SPDX-License-Identifier: GPL-3.0-or-later */

/* settle, credit, coverage, amounts: a case file in, a result or the differences out. */

#include <stdio.h>

#include "zifu-cli.h"
#include "zifu-result-json.h"

typedef struct
{
  char *file;
  char *batch;
  gboolean check;
  gboolean text;
  gboolean no_trace;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_clear_pointer (&arguments->file, g_free);
  g_clear_pointer (&arguments->batch, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static int
print_differences (ZifuCaseFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences = zifu_case_file_check (file, &error);

  if (differences == NULL)
    return zifu_cli_fail (error);
  for (guint i = 0; i < differences->len; i++)
    printf ("%s %s\n", zifu_case_file_get_id (file), (const char *) g_ptr_array_index (differences, i));
  return differences->len > 0 ? ZIFU_CLI_DIFFERENT : ZIFU_CLI_OK;
}

/* A figure of the rules is known only between two bounds: then the result lies between two as well, and which figure it is stands below. */
static int
print_range (ZifuCaseFile *file, const GError *refusal, gboolean text)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (ZifuRange) range = NULL;
  const ZifuPerson *person;
  const ZifuVisit *visit;
  ZifuPack *pack;

  if (g_error_matches (refusal, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE) &&
      zifu_case_file_get_question (file, &pack, &person, &visit, NULL))
    range = zifu_range_new (pack, person, visit, nothing, NULL);
  if (range == NULL)
    return zifu_cli_fail (refusal);
  zifu_cli_print_range (range, text);
  return ZIFU_CLI_OK;
}

static int
print_settlements (ZifuCaseFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) settlements = zifu_case_file_settle (file, &error);

  if (settlements == NULL)
    return print_range (file, error, TRUE);
  for (guint i = 0; i < settlements->len; i++)
    {
      const ZifuSettlement *settlement = g_ptr_array_index (settlements, i);
      g_autofree char *text = zifu_words_settlement (settlement);

      if (settlements->len > 1)
        {
          g_autofree char *date = zifu_words_date (settlement->date, ZIFU_DATE_STYLE_LONG);

          printf ("%s%s\n", i > 0 ? "\n" : "", date);
        }
      fputs (text, stdout);
      if (!g_str_has_suffix (text, "\n"))
        fputc ('\n', stdout);
    }
  return ZIFU_CLI_OK;
}

static void
print_amounts (JsonObject *amounts)
{
  g_autoptr (GList) names = json_object_get_members (amounts);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *amount = json_object_get_string_member_with_default (amounts, l->data, NULL);

      zifu_cli_print_row (l->data, amount != NULL ? amount : _ ("no limit"));
    }
}

static const char *
describe_state (const char *state)
{
  static const struct
  {
    const char *state;
    const char *word;
  } words[] = {
    { "none", NC_ ("coverage", "not covered yet") },
    { "covered", NC_ ("coverage", "covered") },
    { "grace", NC_ ("coverage", "covered in the days of grace") },
    { "suspended", NC_ ("coverage", "suspended") },
    { "waiting", NC_ ("coverage", "waiting") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].state, state))
        return g_dpgettext2 (GETTEXT_PACKAGE, "coverage", words[i].word);
    }
  return state;
}

static void
print_timeline (JsonArray *timeline)
{
  for (guint i = 0; i < json_array_get_length (timeline); i++)
    {
      JsonObject *interval = json_array_get_object_element (timeline, i);
      /* Translators: a stretch of time, from the month {1} to the month {2}, both included */
      g_autofree char *months = zifu_words_fill (C_ ("coverage", "{1} to {2}"), json_object_get_string_member (interval, "from"),
                                                 json_object_get_string_member (interval, "to"), NULL);

      zifu_cli_print_row (months, describe_state (json_object_get_string_member (interval, "state")));
    }
}

static void
print_result_for_people (ZifuCaseFile *file, JsonNode *result)
{
  JsonObject *object = json_node_get_object (result);

  switch (zifu_case_file_get_compute (file))
    {
    case ZIFU_COMPUTE_COVERAGE:
      print_timeline (json_object_get_array_member (object, "timeline"));
      break;
    case ZIFU_COMPUTE_AMOUNTS:
      print_amounts (json_object_get_object_member (object, "amounts"));
      break;
    case ZIFU_COMPUTE_CREDIT:
      print_amounts (json_object_get_object_member (object, "credit"));
      zifu_cli_print_row (_ ("In a month"), json_object_get_string_member (object, "total"));
      zifu_cli_print_row (_ ("Once a year"), json_object_get_string_member (object, "yearly"));
      zifu_cli_print_row (_ ("In a year"), json_object_get_string_member (object, "year"));
      break;
    case ZIFU_COMPUTE_SETTLE:
    default:
      g_return_if_reached ();
    }
}

static int
print_result (ZifuCaseFile *file, const Arguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) result = NULL;

  if (arguments->check)
    return print_differences (file);
  if (arguments->text && zifu_case_file_get_compute (file) == ZIFU_COMPUTE_SETTLE)
    return print_settlements (file);
  result = zifu_case_file_run (file, &error);
  if (result == NULL)
    return print_range (file, error, FALSE);
  if (arguments->no_trace)
    zifu_cli_drop_trace (result);
  if (arguments->text)
    print_result_for_people (file, result);
  else
    zifu_cli_print_node (result, FALSE);
  return ZIFU_CLI_OK;
}

/* @compute is what the command stands for; settle takes every case, because a case says itself what it asks for. */
static int
run_case (ZifuPackLibrary *library, const Arguments *arguments, ZifuCompute compute)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_load (library, arguments->file, &error);

  if (file == NULL)
    return zifu_cli_fail (error);
  if (compute != ZIFU_COMPUTE_SETTLE && zifu_case_file_get_compute (file) != compute)
    {
      g_autofree char *where = g_strconcat (arguments->file, "#/compute", NULL);

      zifu_error_set (&error, ZIFU_ERROR_INPUT, where, N_ ("the case asks for something else than this command"), NULL, NULL, NULL);
      return zifu_cli_fail (error);
    }
  return print_result (file, arguments);
}

static int
run (const char *command, const char *summary, ZifuCompute compute, int argc, char **argv)
{
  g_auto (Arguments) arguments = { NULL };
  g_auto (ZifuCliOptions) options = { NULL };
  g_autoptr (ZifuPackLibrary) library = NULL;
  const GOptionEntry entries[] = {
    { "case", 'c', 0, G_OPTION_ARG_FILENAME, &arguments.file, N_ ("A case file; - is the standard input"), N_ ("FILE") },
    { "batch", 'b', 0, G_OPTION_ARG_FILENAME, &arguments.batch, N_ ("Many cases, one a line; one result a line comes out"), N_ ("FILE") },
    { "check", 0, 0, G_OPTION_ARG_NONE, &arguments.check, N_ ("Compare with what the case expects and name each difference"), NULL },
    { "text", 0, 0, G_OPTION_ARG_NONE, &arguments.text, N_ ("Tell the result to people instead of programs"), NULL },
    { "no-trace", 0, 0, G_OPTION_ARG_NONE, &arguments.no_trace, N_ ("Leave the steps out"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse (command, _ ("--case FILE"), summary, entries, &options, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (arguments.file == NULL && arguments.batch == NULL && argc == 2)
    {
      arguments.file = g_strdup (argv[1]);
      argc = 1;
    }
  if (argc > 1 || (arguments.file == NULL) == (arguments.batch == NULL))
    return zifu_cli_fail_usage (_ ("one case is needed: --case FILE or --batch FILE"));
  if (arguments.text && (arguments.batch != NULL || arguments.check))
    return zifu_cli_fail_usage (_ ("--text goes neither with --batch nor with --check"));
  library = zifu_cli_open_library (&options);
  if (arguments.batch != NULL)
    return zifu_cli_batch (library, &options, arguments.batch, arguments.check, !arguments.no_trace);
  return run_case (library, &arguments, compute);
}

/**
 * zifu_cli_settle:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "settle".
 *
 * Returns: the exit status
 */
int
zifu_cli_settle (int argc, char **argv)
{
  return run ("settle", _ ("Settles the visits of a case: who pays what, to the fen, with the steps and the rules."), ZIFU_COMPUTE_SETTLE,
              argc, argv);
}

/**
 * zifu_cli_credit:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "credit".
 *
 * Returns: the exit status
 */
int
zifu_cli_credit (int argc, char **argv)
{
  return run ("credit", _ ("Computes what is credited to a personal account."), ZIFU_COMPUTE_CREDIT, argc, argv);
}

/**
 * zifu_cli_amounts:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "amounts".
 *
 * Returns: the exit status
 */
int
zifu_cli_amounts (int argc, char **argv)
{
  return run ("amounts", _ ("Computes the named amounts of a region, such as the bounds of a contribution base."), ZIFU_COMPUTE_AMOUNTS,
              argc, argv);
}

/**
 * zifu_cli_coverage:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "coverage".
 *
 * Returns: the exit status
 */
int
zifu_cli_coverage (int argc, char **argv)
{
  return run ("coverage", _ ("Computes from when to when a person is covered, from the months that were paid."), ZIFU_COMPUTE_COVERAGE,
              argc, argv);
}
