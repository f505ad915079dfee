/* SPDX-License-Identifier: GPL-3.0-or-later */

/* range, compare, find: questions about the visit of a case that are not its settlement. */

#include <stdio.h>
#include <string.h>

#include "zifu-cli.h"
#include "zifu-result-json.h"

typedef struct
{
  char *file;
  char *axis;
  char *goal;
  gboolean text;
} Arguments;

/* What the case asks: everything belongs to the case. */
typedef struct
{
  ZifuCaseFile *file;
  ZifuPack *pack;
  const ZifuPerson *person;
  const ZifuVisit *visit;
} Question;

typedef int (*Answer) (const Question *question, const Arguments *arguments);

static void
arguments_clear (Arguments *arguments)
{
  g_clear_pointer (&arguments->file, g_free);
  g_clear_pointer (&arguments->axis, g_free);
  g_clear_pointer (&arguments->goal, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

/* Adds a list of texts to an object, also an empty one: nothing left out is something to say. */
static void
set_texts (JsonObject *object, const char *name, GPtrArray *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (texts, i));
  json_object_set_array_member (object, name, array);
}

/**
 * zifu_cli_print_range:
 * @range: what a visit may cost
 * @text: whether people read it
 *
 * Writes a range to the standard output, with what is not verified and what its figures do not contain.
 */
void
zifu_cli_print_range (const ZifuRange *range, gboolean text)
{
  g_autoptr (GPtrArray) unverified = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (text)
    {
      g_autofree char *lines = zifu_words_range (range);

      fputs (lines, stdout);
      return;
    }
  unverified = zifu_words_range_unverified (range);
  missing = zifu_words_range_not_calculated (range, _ ("As stated"));
  node = zifu_range_to_json (range);
  set_texts (json_node_get_object (node), "unverified", unverified);
  set_texts (json_node_get_object (node), "not_calculated", missing);
  zifu_cli_print_node (node, FALSE);
}

static int
answer_range (const Question *question, const Arguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuRange) range = zifu_range_new (question->pack, question->person, question->visit, NULL, &error);

  if (range == NULL)
    return zifu_cli_fail (error);
  zifu_cli_print_range (range, arguments->text);
  return ZIFU_CLI_OK;
}

static void
print_outcome (const char *value, const char *axis, const ZifuOutcome *outcome)
{
  g_autofree char *text = outcome->settlement != NULL ? zifu_words_money (outcome->settlement->person, ZIFU_MONEY_STYLE_LIST)
                                                      : zifu_words_error_message (outcome->error);

  if (outcome->settlement != NULL && !zifu_settlement_is_verified (outcome->settlement))
    {
      char *marked = g_strdup_printf ("%s · %s", text, _ ("unverified"));

      g_free (text);
      text = marked;
    }
  zifu_cli_print_row (zifu_words_axis_value (axis, value), text);
}

/* What the figures leave out, below them. */
static void
print_left_out (const char *axis, char **values, const GPtrArray *outcomes)
{
  g_autofree const ZifuSettlement **settlements = g_new0 (const ZifuSettlement *, outcomes->len);
  g_autofree const char **names = g_new0 (const char *, outcomes->len);
  g_autoptr (GPtrArray) texts = NULL;

  for (guint i = 0; i < outcomes->len; i++)
    {
      settlements[i] = ((const ZifuOutcome *) g_ptr_array_index (outcomes, i))->settlement;
      names[i] = zifu_words_axis_value (axis, values[i]);
    }
  texts = zifu_words_merge_not_calculated (settlements, names, outcomes->len);
  if (texts->len > 0)
    printf ("\n%s\n", _ ("Not Calculated"));
  for (guint i = 0; i < texts->len; i++)
    printf ("  %s\n", (const char *) g_ptr_array_index (texts, i));
}

static JsonNode *
outcome_to_json (const char *value, const ZifuOutcome *outcome)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GPtrArray) missing = NULL;

  json_object_set_string_member (object, "value", value);
  if (outcome->settlement != NULL)
    {
      zifu_json_set_money (object, "extra", outcome->extra);
      json_object_set_member (object, "settlement", zifu_settlement_to_json (outcome->settlement, FALSE));
      missing = zifu_words_not_calculated (outcome->settlement);
      set_texts (object, "not_calculated", missing);
      json_object_set_boolean_member (object, "unverified", !zifu_settlement_is_verified (outcome->settlement));
    }
  else
    json_object_set_string_member (object, "error", outcome->error->message);
  return zifu_json_wrap (object);
}

static void
print_outcomes (const char *axis, char **values, const GPtrArray *outcomes, gboolean text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < outcomes->len; i++)
    {
      const ZifuOutcome *outcome = g_ptr_array_index (outcomes, i);

      if (text)
        print_outcome (values[i], axis, outcome);
      else
        json_array_add_element (array, outcome_to_json (values[i], outcome));
    }
  json_node_take_array (node, array);
  if (text)
    print_left_out (axis, values, outcomes);
  else
    zifu_cli_print_node (node, FALSE);
}

static int
answer_compare (const Question *question, const Arguments *arguments)
{
  g_auto (GStrv) parts = g_strsplit (arguments->axis != NULL ? arguments->axis : "", "=", 2);
  g_auto (GStrv) values = NULL;
  g_autofree ZifuAlternative *alternatives = NULL;
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_visit_free);
  g_autoptr (GPtrArray) outcomes = NULL;
  guint n;

  if (g_strv_length (parts) != 2 || *parts[0] == '\0' || *parts[1] == '\0')
    return zifu_cli_fail_usage (_ ("say what shall differ: --axis class=1,2,3"));
  values = g_strsplit (parts[1], ",", -1);
  n = g_strv_length (values);
  alternatives = g_new0 (ZifuAlternative, n);
  for (guint i = 0; i < n; i++)
    {
      ZifuVisit *visit = zifu_visit_copy (question->visit);

      zifu_facts_set_string (visit->facts, parts[0], values[i]);
      g_ptr_array_add (visits, visit);
      alternatives[i] = (ZifuAlternative){ question->person, visit };
    }
  outcomes = zifu_compare (question->pack, alternatives, n);
  print_outcomes (parts[0], values, outcomes, arguments->text);
  return ZIFU_CLI_OK;
}

static int
answer_find (const Question *question, const Arguments *arguments)
{
  static const char *const goals[] = { "deductible", "cap", "account" };
  g_autoptr (GError) error = NULL;
  ZifuMoney total = 0;
  guint goal = 0;

  while (goal < G_N_ELEMENTS (goals) && g_strcmp0 (goals[goal], arguments->goal) != 0)
    goal++;
  if (goal == G_N_ELEMENTS (goals))
    return zifu_cli_fail_usage (_ ("say what the bill shall reach: --goal deductible, cap or account"));
  if (!zifu_find_bill (question->pack, question->person, question->visit, (ZifuGoal) goal, &total, &error))
    return zifu_cli_fail (error);
  if (arguments->text)
    {
      g_autofree char *text = zifu_words_money (total, ZIFU_MONEY_STYLE_LIST);

      printf ("%s\n", text);
    }
  else
    {
      JsonObject *object = json_object_new ();
      g_autoptr (JsonNode) node = NULL;

      json_object_set_string_member (object, "goal", goals[goal]);
      zifu_json_set_money (object, "medfee_sumamt", total);
      node = zifu_json_wrap (object);
      zifu_cli_print_node (node, FALSE);
    }
  return ZIFU_CLI_OK;
}

static int
ask (ZifuPackLibrary *library, const Arguments *arguments, Answer answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_load (library, arguments->file, &error);
  Question question = { file };

  if (file == NULL || !zifu_case_file_get_question (file, &question.pack, &question.person, &question.visit, &error))
    return zifu_cli_fail (error);
  return answer (&question, arguments);
}

static int
run (const char *command, const char *summary, Answer answer, int argc, char **argv)
{
  g_auto (Arguments) arguments = { NULL };
  g_auto (ZifuCliOptions) options = { NULL };
  g_autoptr (ZifuPackLibrary) library = NULL;
  const GOptionEntry entries[] = {
    { "case", 'c', 0, G_OPTION_ARG_FILENAME, &arguments.file, N_ ("A case file; - is the standard input"), N_ ("FILE") },
    { "text", 0, 0, G_OPTION_ARG_NONE, &arguments.text, N_ ("Tell the result to people instead of programs"), NULL },
    { "axis", 0, answer == answer_compare ? 0 : G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &arguments.axis,
      N_ ("What differs, and how: class=1,2,3"), N_ ("AXIS=VALUES") },
    { "goal", 0, answer == answer_find ? 0 : G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &arguments.goal,
      N_ ("What the bill shall reach: deductible, cap or account"), N_ ("GOAL") },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse (command, _ ("--case FILE"), summary, entries, &options, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (arguments.file == NULL || argc > 1)
    return zifu_cli_fail_usage (_ ("one case is needed: --case FILE"));
  library = zifu_cli_open_library (&options);
  return ask (library, &arguments, answer);
}

/**
 * zifu_cli_range:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "range".
 *
 * Returns: the exit status
 */
int
zifu_cli_range (int argc, char **argv)
{
  return run ("range", _ ("Says between what the person's part lies while something is not known, and what to find out first."),
              answer_range, argc, argv);
}

/**
 * zifu_cli_compare:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "compare".
 *
 * Returns: the exit status
 */
int
zifu_cli_compare (int argc, char **argv)
{
  return run ("compare", _ ("Settles the visit of a case in several ways, such as at several institutions."), answer_compare, argc, argv);
}

/**
 * zifu_cli_find:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "find".
 *
 * Returns: the exit status
 */
int
zifu_cli_find (int argc, char **argv)
{
  return run ("find", _ ("Finds the smallest bill that meets the deductible, reaches the cap or empties the account."), answer_find,
              argc, argv);
}
