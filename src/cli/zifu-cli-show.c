/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pack as people read it. */

#include <stdio.h>

#include "zifu-cli.h"
#include "zifu-json.h"

static char *
describe_validity (const ZifuRule *rule)
{
  g_autofree char *from = zifu_date_format (rule->valid_from);
  g_autofree char *to = rule->valid_to != 0 ? zifu_date_format (rule->valid_to) : NULL;

  if (to == NULL)
    /* Translators: {1} is a day; the rule has no end */
    return zifu_words_fill (_ ("from {1} on"), from, NULL);
  /* Translators: {1} and {2} are days, both included */
  return zifu_words_fill (C_ ("validity", "{1} to {2}"), from, to, NULL);
}

static void
print_sources (const ZifuRule *rule)
{
  for (guint i = 0; i < rule->citations->len; i++)
    {
      const ZifuCitation *citation = &g_array_index (rule->citations, ZifuCitation, i);
      g_autofree char *text = citation->source != NULL ? zifu_words_source (citation->source) : g_strdup (citation->id);

      zifu_cli_print_row (_ ("Source"), text);
      zifu_cli_print_row (_ ("Clause"), citation->clause);
      if (citation->source != NULL && citation->source->official)
        zifu_cli_print_row (_ ("Address"), citation->source->url);
    }
}

static void
print_rule (const ZifuRule *rule)
{
  const char *title = zifu_words_text (&rule->title);
  g_autofree char *validity = describe_validity (rule);
  g_autofree char *confidence = zifu_words_confidence (rule);

  printf ("\n%s  %s%s%s\n", rule->id, zifu_rule_kind_name (rule->kind), title != NULL ? "  " : "", title != NULL ? title : "");
  zifu_cli_print_row (_ ("Valid"), validity);
  print_sources (rule);
  zifu_cli_print_row (_ ("How sure"), confidence);
}

/* The whole text of the rule, as the pack has it. */
static void
print_details (const ZifuRule *rule)
{
  g_autofree char *summary = zifu_words_rule (rule);
  g_autofree char *place = g_strdup_printf ("%s#%s", rule->pack_id, rule->pointer);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = zifu_json_read_text (rule->payload, -1, NULL, NULL);

  print_rule (rule);
  zifu_cli_print_row (_ ("Rule"), summary);
  zifu_cli_print_row (_ ("Clause"), rule->clause);
  zifu_cli_print_row (_ ("Note"), rule->note);
  zifu_cli_print_row (_ ("In the file"), place);
  text = zifu_json_write (node, ZIFU_JSON_PRETTY);
  printf ("\n%s\n", text);
}

static void
print_head (const ZifuPack *pack)
{
  const char *title = zifu_words_text (&pack->title);
  g_autoptr (GString) chain = g_string_new (NULL);
  g_autofree char *rules = g_strdup_printf ("%u", pack->rules->len);
  g_autofree char *start = g_strdup_printf ("%02d-%02d", pack->year_start_month, pack->year_start_day);

  for (guint i = 0; i + 1 < pack->chain->len; i++)
    g_string_append_printf (chain, "%s%s", i > 0 ? " → " : "", (const char *) g_ptr_array_index (pack->chain, i));
  printf ("%s  %s\n", pack->id, title != NULL ? title : "");
  zifu_cli_print_row (_ ("Extends"), chain->str);
  zifu_cli_print_row (_ ("The benefit year begins on"), start);
  zifu_cli_print_row (_ ("Rules"), rules);
  if (pack->user_installed)
    printf ("  %s\n", _ ("This pack is your own; it did not come with the program."));
}

/**
 * zifu_cli_policy_show:
 * @library: the packs
 * @id: id of a pack
 * @rule_id: (nullable): only this rule, in full
 *
 * Prints a pack, or one of its rules.
 *
 * Returns: the exit status
 */
int
zifu_cli_policy_show (ZifuPackLibrary *library, const char *id, const char *rule_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPack) pack = zifu_pack_library_load (library, id, &error);
  const ZifuRule *rule;

  if (pack == NULL)
    return zifu_cli_fail (error);
  if (rule_id != NULL)
    {
      rule = zifu_pack_get_rule (pack, rule_id);
      if (rule == NULL)
        {
          zifu_error_set (&error, ZIFU_ERROR_NOT_FOUND, id, N_ ("no rule '{1}'"), rule_id, NULL, NULL);
          return zifu_cli_fail (error);
        }
      print_details (rule);
      return ZIFU_CLI_OK;
    }
  print_head (pack);
  for (guint kind = 0; kind < ZIFU_N_RULE_KINDS; kind++)
    {
      for (guint i = 0; i < pack->by_kind[kind]->len; i++)
        print_rule (g_ptr_array_index (pack->by_kind[kind], i));
    }
  return ZIFU_CLI_OK;
}
