/* SPDX-License-Identifier: GPL-3.0-or-later */

/* history: the entries of the accounts, the newest first. */

#include <stdio.h>

#include "zifu-cli-ledger.h"
#include "zifu-json.h"
#include "zifu-result-json.h"

/* Entries that are read at a time. */
#define PAGE 500

typedef struct
{
  ZifuCliLedgerOptions options;
  char *kind;
  char *text;
  int limit;
  gboolean details, fetch;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  zifu_cli_ledger_options_clear (&arguments->options);
  g_clear_pointer (&arguments->kind, g_free);
  g_clear_pointer (&arguments->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static const char *const kinds[] = { "credit", "outpatient", "pharmacy", "inpatient", "family", "transfer", "refund", "interest", "premium",
                                     "opening", "correction" };

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == ZIFU_N_ENTRY_KINDS);

static gboolean
parse_kind (const char *text, ZifuEntryFilter *filter)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i], text))
      {
        filter->has_kind = TRUE;
        filter->kind = i;
        return TRUE;
      }
  return FALSE;
}

static void
print_entry (const ZifuMember *member, const ZifuEntry *entry)
{
  g_autofree char *day = zifu_date_format (entry->date);
  g_autofree char *amount = zifu_words_money (entry->amount, ZIFU_MONEY_STYLE_SIGNED);
  g_autofree char *balance = zifu_words_money (entry->balance, ZIFU_MONEY_STYLE_LIST);
  const char *details[] = { entry->institution, entry->relative_name, entry->note };

  printf ("%s  %s  %s  %14s  %14s", day, member->name, zifu_export_kind_name (entry->kind), amount, balance);
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    if (details[i] != NULL)
      {
        g_autofree char *line = zifu_cli_dup_line (details[i]);

        printf ("  %s", line);
      }
  if (entry->provenance == ZIFU_PROVENANCE_SAMPLE)
    printf ("  (%s)", _ ("sample data"));
  printf ("\n");
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
set_id (JsonObject *object, const char *name, gint64 id)
{
  if (id != 0)
    json_object_set_int_member (object, name, id);
}

static JsonObject *
entry_to_json (const ZifuMember *member, const ZifuEntry *entry)
{
  JsonObject *object = json_object_new ();
  g_autofree char *day = zifu_date_format (entry->date);
  g_autofree char *month = entry->for_month != 0 ? zifu_month_format (entry->for_month) : NULL;

  set_id (object, "rid", entry->id);
  set_id (object, "psn_no", member->id);
  set_text (object, "psn_name", member->name);
  set_text (object, "acct_modi_date", day);
  set_text (object, "kind", kinds[entry->kind]);
  set_text (object, "acct_incexpd_type", entry->incexpd_type);
  zifu_json_set_money (object, "inc_sumamt", MAX (entry->amount, 0));
  zifu_json_set_money (object, "pay_sumamt", MAX (-entry->amount, 0));
  zifu_json_set_money (object, "balc", entry->balance);
  set_text (object, "fixmedins_name", entry->institution);
  set_text (object, "memo", entry->note);
  set_text (object, "cashym", month);
  if (entry->base >= 0)
    zifu_json_set_money (object, "psn_clctstd", entry->base);
  set_id (object, "relt_psn_no", entry->relative_id);
  set_text (object, "relt_psn_name", entry->relative_name);
  set_id (object, "setl_id", entry->settlement_id);
  if (entry->settlement_id != 0)
    {
      zifu_json_set_money (object, "medfee_sumamt", entry->total);
      zifu_json_set_money (object, "psn_part_amt", entry->person_paid);
    }
  set_id (object, "init_rid", entry->original_id);
  set_text (object, "souc_rid", entry->souc_rid);
  return object;
}

/* One entry a line in JSON as well: nobody has to hold a million of them to read the first. */
static void
tell_entry (const ZifuMember *member, const ZifuEntry *entry, const ZifuCliBill *bill, gboolean json)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (!json)
    {
      print_entry (member, entry);
      if (bill != NULL)
        zifu_cli_bill_print (bill);
      return;
    }
  object = entry_to_json (member, entry);
  if (bill != NULL)
    zifu_cli_bill_add (bill, object);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  zifu_cli_print_node (node, TRUE);
}

static gboolean
tell_member (ZifuLedger *ledger, const ZifuMember *member, ZifuEntryFilter filter, const Arguments *arguments, ZifuCliAsker *asker,
             guint *n, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GPtrArray) page = zifu_ledger_list_entries (ledger, member->id, &filter, PAGE, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          const ZifuEntry *entry = g_ptr_array_index (page, i);
          g_autoptr (ZifuCliBill) bill = NULL;

          if (arguments->limit > 0 && *n >= (guint) arguments->limit)
            return TRUE;
          if (arguments->details && (bill = zifu_cli_bill_read (ledger, entry->id, asker, error)) == NULL)
            return FALSE;
          tell_entry (member, entry, bill, arguments->options.json);
          if (ferror (stdout))
            return TRUE;
          (*n)++;
          filter.before_date = entry->date;
          filter.before_id = entry->id;
        }
      if (page->len < PAGE)
        return TRUE;
    }
}

static int
tell_history (ZifuLedger *ledger, const Arguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (ledger, &error);
  g_autoptr (ZifuCliAsker) asker = arguments->fetch ? zifu_cli_asker_new () : NULL;
  ZifuEntryFilter filter = { .text = arguments->text };
  ZifuDate first, last;
  gint64 id;
  guint n = 0;

  if (members == NULL || !zifu_cli_find_person (ledger, arguments->options.person, &id, &error) ||
      !zifu_cli_parse_period (&arguments->options, &first, &last, &error))
    return zifu_cli_fail (error);
  if (arguments->kind != NULL && !parse_kind (arguments->kind, &filter))
    return zifu_cli_fail_usage (_ ("--kind takes credit, outpatient, pharmacy, inpatient, family, transfer, refund, interest, premium, "
                                   "opening or correction"));
  filter.from = first;
  filter.to = last;
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if ((id == 0 || member->id == id) && !tell_member (ledger, member, filter, arguments, asker, &n, &error))
        return zifu_cli_fail (error);
    }
  if (n == 0 && !arguments->options.json)
    printf ("%s\n", _ ("No entries."));
  if (asker != NULL && asker->error != NULL)
    return zifu_cli_fail (asker->error);
  return ZIFU_CLI_OK;
}

/**
 * zifu_cli_history:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "history".
 *
 * Returns: the exit status
 */
int
zifu_cli_history (int argc, char **argv)
{
  g_auto (Arguments) arguments = { { { NULL } } };
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (arguments.options),
    ZIFU_CLI_PERSON_ENTRY (arguments.options),
    ZIFU_CLI_PERIOD_ENTRIES (arguments.options),
    { "kind", 0, 0, G_OPTION_ARG_STRING, &arguments.kind, N_ ("Only entries of this kind, such as pharmacy"), N_ ("KIND") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &arguments.text, N_ ("Only entries in which this text stands"), N_ ("TEXT") },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &arguments.limit, N_ ("At most so many entries"), N_ ("NUMBER") },
    { "details", 0, 0, G_OPTION_ARG_NONE, &arguments.details, N_ ("With the lines of each bill from a provider, and what does not add up"),
      NULL },
    { "fetch", 0, 0, G_OPTION_ARG_NONE, &arguments.fetch, N_ ("With --details: ask the provider for lines that are not kept here"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &arguments.options.json, N_ ("Tell the result to programs: one entry a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("history", _ ("[--person PERSON]"), _ ("Lists the entries of the accounts, the newest first."), entries,
                       &arguments.options.shared, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc > 1)
    return zifu_cli_fail_usage (_ ("too many arguments"));
  if (arguments.limit < 0)
    return zifu_cli_fail_usage (_ ("--limit takes a number above 0"));
  if (arguments.fetch && !arguments.details)
    return zifu_cli_fail_usage (_ ("--fetch goes with --details"));
  ledger = zifu_cli_open_ledger (&arguments.options, &error);
  if (ledger == NULL)
    return zifu_cli_fail (error);
  return tell_history (ledger, &arguments);
}
