/* SPDX-License-Identifier: GPL-3.0-or-later */

/* explain: the questions of the Guide, answered from a person file. */

#include <stdio.h>
#include <string.h>

#include "zifu-answers.h"
#include "zifu-cli.h"
#include "zifu-record-file.h"

typedef struct
{
  char *person;
  char *date;
  gboolean json;
  gboolean list;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_clear_pointer (&arguments->person, g_free);
  g_clear_pointer (&arguments->date, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

/* A row of the requirements, "all", or somebody's own words. */
static gboolean
is_asked (const ZifuAnswer *answer, const char *question)
{
  if (question == NULL || g_ascii_strcasecmp (question, "all") == 0)
    return TRUE;
  if (strlen (question) == 3 && g_ascii_toupper (question[0]) == 'R' && g_ascii_isdigit (question[1]) && g_ascii_isdigit (question[2]))
    return g_ascii_strcasecmp (question, answer->row) == 0;
  return zifu_answer_matches (answer, question);
}

static void
print_list (const char *label, const GPtrArray *texts)
{
  if (texts->len == 0)
    return;
  printf ("  %s\n", label);
  for (guint i = 0; i < texts->len; i++)
    printf ("    • %s\n", (const char *) g_ptr_array_index (texts, i));
}

static void
print_cause (guint n, const ZifuCauseWords *cause)
{
  printf ("  %u. %s (%s)\n", n, cause->title, cause->weight);
  for (guint i = 0; i < cause->evidence->len; i++)
    printf ("     • %s\n", (const char *) g_ptr_array_index (cause->evidence, i));
  printf ("     → %s\n", cause->remedy);
  if (cause->where != NULL)
    printf ("     → %s\n", cause->where);
  for (guint i = 0; i < cause->papers->len; i++)
    printf ("     + %s\n", (const char *) g_ptr_array_index (cause->papers, i));
  if (cause->source != NULL)
    printf ("     %s%s%s\n", cause->source, cause->unverified ? " · " : "", cause->unverified ? _ ("unverified") : "");
}

static void
print_answer (const ZifuAnswer *answer)
{
  printf ("%s  %s\n  %s\n", answer->row, answer->question, answer->answer);
  zifu_cli_print_row (_ ("In your case"), answer->in_your_case);
  for (guint i = 0; i < answer->causes->len; i++)
    print_cause (i + 1, g_ptr_array_index (answer->causes, i));
  print_list (_ ("In detail"), answer->points);
  print_list (_ ("What to do"), answer->steps);
  zifu_cli_print_row (_ ("Where to go"), answer->where);
  print_list (_ ("Papers"), answer->papers);
  zifu_cli_print_row (_ ("Why"), answer->why);
  zifu_cli_print_row (_ ("Source"), answer->source);
  if (answer->unverified)
    printf ("  %s\n", _ ("unverified"));
  printf ("\n");
}

static void
set_strings (JsonObject *object, const char *name, const GPtrArray *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (texts, i));
  json_object_set_array_member (object, name, array);
}

static void
set_string (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonObject *
cause_to_json (const ZifuCauseWords *cause)
{
  JsonObject *object = json_object_new ();

  set_string (object, "cause", cause->name);
  json_object_set_boolean_member (object, "sure", cause->sure);
  set_string (object, "title", cause->title);
  set_strings (object, "evidence", cause->evidence);
  set_string (object, "remedy", cause->remedy);
  set_string (object, "where", cause->where);
  set_strings (object, "papers", cause->papers);
  set_string (object, "source", cause->source);
  json_object_set_boolean_member (object, "unverified", cause->unverified);
  return object;
}

static JsonObject *
answer_to_json (const ZifuAnswer *answer)
{
  JsonObject *object = json_object_new ();
  JsonArray *causes = json_array_new ();

  set_string (object, "row", answer->row);
  set_string (object, "question", answer->question);
  set_string (object, "answer", answer->answer);
  set_string (object, "in_your_case", answer->in_your_case);
  set_string (object, "why", answer->why);
  set_strings (object, "points", answer->points);
  set_strings (object, "steps", answer->steps);
  set_string (object, "where", answer->where);
  set_strings (object, "papers", answer->papers);
  for (guint i = 0; i < answer->causes->len; i++)
    json_array_add_object_element (causes, cause_to_json (g_ptr_array_index (answer->causes, i)));
  json_object_set_array_member (object, "causes", causes);
  set_string (object, "source", answer->source);
  set_string (object, "url", answer->url);
  json_object_set_boolean_member (object, "unverified", answer->unverified);
  return object;
}

static int
print_answers (const GPtrArray *answers, const char *question, gboolean as_json)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  guint n = 0;

  for (guint i = 0; i < answers->len; i++)
    {
      const ZifuAnswer *answer = g_ptr_array_index (answers, i);

      if (!is_asked (answer, question))
        continue;
      n++;
      if (as_json)
        json_array_add_object_element (array, answer_to_json (answer));
      else
        print_answer (answer);
    }
  json_node_take_array (node, array);
  if (n == 0)
    return zifu_cli_fail_usage (_ ("no such question; zifu-cli explain --list lists them"));
  if (as_json)
    zifu_cli_print_node (node, FALSE);
  return ZIFU_CLI_OK;
}

/* The questions do not depend on who asks. */
static int
print_questions (ZifuDate today)
{
  g_autoptr (ZifuRecord) nobody = zifu_record_new ();
  g_autoptr (GPtrArray) answers = zifu_answers (NULL, nobody, today);

  for (guint i = 0; i < answers->len; i++)
    {
      const ZifuAnswer *answer = g_ptr_array_index (answers, i);

      printf ("%s  %s\n", answer->row, answer->question);
    }
  return ZIFU_CLI_OK;
}

static int
explain (const ZifuCliOptions *options, const Arguments *arguments, const char *question)
{
  ZifuDate today = arguments->date != NULL ? zifu_date_parse (arguments->date) : 0;
  g_autoptr (ZifuPackLibrary) library = NULL;
  g_autoptr (ZifuRecordFile) file = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;

  if (arguments->date != NULL && today == 0)
    return zifu_cli_fail_usage (_ ("--date takes a day such as 2026-11-24"));
  if (arguments->list)
    return print_questions (today != 0 ? today : zifu_cli_find_today ());
  if (arguments->person == NULL)
    return zifu_cli_fail_usage (_ ("a person is needed: --person FILE"));
  library = zifu_cli_open_library (options);
  file = zifu_record_file_load (library, arguments->person, &error);
  if (file == NULL)
    return zifu_cli_fail (error);
  if (today == 0)
    today = file->date != 0 ? file->date : zifu_cli_find_today ();
  answers = zifu_answers (file->pack, file->record, today);
  return print_answers (answers, question, arguments->json);
}

/**
 * zifu_cli_explain:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "explain".
 *
 * Returns: the exit status
 */
int
zifu_cli_explain (int argc, char **argv)
{
  g_auto (Arguments) arguments = { NULL };
  g_auto (ZifuCliOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "person", 'p', 0, G_OPTION_ARG_FILENAME, &arguments.person, N_ ("A person file; - is the standard input"), N_ ("FILE") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &arguments.date, N_ ("Day of the question; else that of the file, else today"), N_ ("DAY") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &arguments.json, N_ ("Tell the result to programs instead of people"), NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &arguments.list, N_ ("List the questions"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("explain", _ ("QUESTION --person FILE"),
                       _ ("Answers a question from a person's own data: R01 … R38, all, or your own words."), entries, &options, &argc,
                       &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc > 2)
    return zifu_cli_fail_usage (_ ("one question at a time; put words into quotation marks"));
  return explain (&options, &arguments, argc == 2 ? argv[1] : NULL);
}
