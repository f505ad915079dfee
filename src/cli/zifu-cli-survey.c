/* SPDX-License-Identifier: GPL-3.0-or-later */

/* policy coverage: what the packs know, region by region. */

#include <stdio.h>

#include "zifu-cli.h"
#include "zifu-survey.h"

static const char *const question_words[ZIFU_N_SURVEY_QUESTIONS] = {
  NC_ ("survey", "outpatient"), NC_ ("survey", "pharmacy"), NC_ ("survey", "inpatient"), NC_ ("survey", "special disease"),
  NC_ ("survey", "elsewhere, filed"), NC_ ("survey", "elsewhere, not filed"), NC_ ("survey", "credit"), NC_ ("survey", "interruption"),
  NC_ ("survey", "base"), NC_ ("survey", "premium"), NC_ ("survey", "years for retirement"),
};

static const char *const person_words[ZIFU_N_SURVEY_PEOPLE] = {
  NC_ ("survey", "employee"), NC_ ("survey", "flexible worker"), NC_ ("survey", "retired"),
  NC_ ("survey", "resident, working age"), NC_ ("survey", "resident, student"), NC_ ("survey", "resident, elderly"),
};

static const char *const state_words[] = {
  NC_ ("survey", "absent"), NC_ ("survey", "partly"), NC_ ("survey", "unverified"), NC_ ("survey", "not confirmed for today"),
  NC_ ("survey", "verified"), NC_ ("survey", "–"),
};

static const char *
word (const char *text)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "survey", text);
}

/* One row a question, one column a kind of person, in Markdown, which reads well as text, too. */
static void
print_region (const ZifuPackInfo *info, ZifuPack *pack, ZifuDate on)
{
  const char *title = zifu_words_text (&info->title);

  printf ("\n## %s %s\n\n|", info->id, title != NULL ? title : "");
  for (guint i = 0; i < ZIFU_N_SURVEY_PEOPLE; i++)
    printf (" | %s", word (person_words[i]));
  printf (" |\n|---");
  for (guint i = 0; i < ZIFU_N_SURVEY_PEOPLE; i++)
    printf ("|---");
  printf ("|\n");
  for (guint q = 0; q < ZIFU_N_SURVEY_QUESTIONS; q++)
    {
      printf ("| %s", word (question_words[q]));
      for (guint i = 0; i < ZIFU_N_SURVEY_PEOPLE; i++)
        printf (" | %s", word (state_words[zifu_survey (pack, (ZifuSurveyPerson) i, (ZifuSurveyQuestion) q, on)]));
      printf (" |\n");
    }
}

static JsonObject *
region_to_json (ZifuPack *pack, ZifuDate on)
{
  JsonObject *region = json_object_new ();

  for (guint i = 0; i < ZIFU_N_SURVEY_PEOPLE; i++)
    {
      JsonObject *person = json_object_new ();

      for (guint q = 0; q < ZIFU_N_SURVEY_QUESTIONS; q++)
        json_object_set_string_member (person, zifu_survey_question_name ((ZifuSurveyQuestion) q),
                                       zifu_survey_state_name (zifu_survey (pack, (ZifuSurveyPerson) i, (ZifuSurveyQuestion) q, on)));
      json_object_set_object_member (region, zifu_survey_person_name ((ZifuSurveyPerson) i), person);
    }
  return region;
}

static int
survey_all (ZifuPackLibrary *library, const char *only, ZifuDate on, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = zifu_pack_library_list (library, &error);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *regions = json_object_new ();
  guint n = 0;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, regions);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (list, i);
      g_autoptr (ZifuPack) pack = NULL;

      if (info->problem != NULL || info->base || (only != NULL && !g_str_equal (only, info->id)))
        continue;
      pack = zifu_pack_library_load (library, info->id, &error);
      if (pack == NULL)
        return zifu_cli_fail (error);
      n++;
      if (as_json)
        json_object_set_object_member (regions, info->id, region_to_json (pack, on));
      else
        print_region (info, pack, on);
    }
  if (n == 0)
    return error != NULL ? zifu_cli_fail (error) : zifu_cli_fail_usage (_ ("no such pack; see zifu-cli policy list"));
  if (as_json)
    zifu_cli_print_node (node, FALSE);
  return ZIFU_CLI_OK;
}

/**
 * zifu_cli_policy_coverage:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "policy coverage".
 *
 * Returns: the exit status
 */
int
zifu_cli_policy_coverage (int argc, char **argv)
{
  g_auto (ZifuCliOptions) options = { NULL };
  g_autoptr (ZifuPackLibrary) library = NULL;
  g_autofree char *day = NULL;
  gboolean json = FALSE;
  ZifuDate on;
  const GOptionEntry entries[] = {
    { "date", 0, 0, G_OPTION_ARG_STRING, &day, N_ ("Day of the question; else today"), N_ ("DAY") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Tell the result to programs instead of people"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("policy coverage", _ ("[ID]"),
                       _ ("Tries out what the packs know: region by kind of person and question, verified, unverified or absent."), entries,
                       &options, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  on = day != NULL ? zifu_date_parse (day) : zifu_cli_find_today ();
  if (on == 0)
    return zifu_cli_fail_usage (_ ("--date takes a day such as 2026-11-24"));
  library = zifu_cli_open_library (&options);
  return survey_all (library, argc > 1 ? argv[1] : NULL, on, json);
}
