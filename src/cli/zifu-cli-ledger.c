/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the commands about household data share; balance. */

#include <stdio.h>
#include <string.h>

#include "zifu-cli-ledger.h"
#include "zifu-json.h"
#include "zifu-result-json.h"

/**
 * zifu_cli_ledger_options_clear:
 * @options: options
 *
 * Frees what the options hold.
 */
void
zifu_cli_ledger_options_clear (ZifuCliLedgerOptions *options)
{
  zifu_cli_options_clear (&options->shared);
  g_clear_pointer (&options->ledger, g_free);
  g_clear_pointer (&options->person, g_free);
  g_clear_pointer (&options->from, g_free);
  g_clear_pointer (&options->to, g_free);
}

/**
 * zifu_cli_ledger_path:
 * @options: the options of a command
 *
 * Returns: (transfer full): the file of the household data
 */
char *
zifu_cli_ledger_path (const ZifuCliLedgerOptions *options)
{
  return options->ledger != NULL ? g_strdup (options->ledger) : zifu_ledger_default_path ();
}

/**
 * zifu_cli_open_ledger:
 * @options: the options of a command
 * @error: return location for an error
 *
 * Opens household data that are there; nothing is created.
 *
 * Returns: (transfer full) (nullable): the ledger, or %NULL with an error
 */
ZifuLedger *
zifu_cli_open_ledger (const ZifuCliLedgerOptions *options, GError **error)
{
  g_autofree char *path = zifu_cli_ledger_path (options);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_name (path);

      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FILE, _ ("there are no household data in “{1}”"), name, NULL);
      return NULL;
    }
  return zifu_ledger_open (path, error);
}

static gboolean
is_person (const ZifuMember *member, const char *person)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, member->id);

  return g_str_equal (number, person) || g_strcmp0 (member->name, person) == 0;
}

/**
 * zifu_cli_find_person:
 * @ledger: a ledger
 * @person: (nullable): number or name; %NULL = everybody
 * @id: (out): who; 0 = everybody
 * @error: return location for an error
 *
 * Returns: %FALSE when there is nobody of that name or number, or more than one
 */
gboolean
zifu_cli_find_person (ZifuLedger *ledger, const char *person, gint64 *id, GError **error)
{
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (ledger, error);
  guint n = 0;

  *id = 0;
  if (members == NULL)
    return FALSE;
  if (person == NULL)
    return TRUE;
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if (is_person (member, person))
        {
          *id = member->id;
          n++;
        }
    }
  if (n == 0)
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _ ("nobody in the household is called “{1}”"), person, NULL);
  else if (n > 1)
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT,
                             _ ("more than one person is called “{1}”; name the number (zifu-cli balance)"), person, NULL);
  return n == 1;
}

/* A day, the first or last one of a month or of a year; 0 for anything else. */
static ZifuDate
parse_day (const char *text, gboolean is_last)
{
  g_autofree char *filled = NULL;
  ZifuDate first;
  int year, month, day;

  if (strlen (text) == 4)
    filled = g_strconcat (text, is_last ? "-12-01" : "-01-01", NULL);
  else if (strlen (text) == 7)
    filled = g_strconcat (text, "-01", NULL);
  else
    return zifu_date_parse (text);
  first = zifu_date_parse (filled);
  if (first <= 0 || !is_last)
    return first;
  zifu_date_split (first, &year, &month, &day);
  return zifu_date_new (year, month, zifu_date_days_in_month (year, month));
}

/**
 * zifu_cli_parse_period:
 * @options: the options of a command
 * @first: (out): first day; 0 = from the beginning
 * @last: (out): last day; 0 = to the end
 * @error: return location for an error
 *
 * Returns: %FALSE when --from or --to is no day, month or year, or the one comes after the other
 */
gboolean
zifu_cli_parse_period (const ZifuCliLedgerOptions *options, ZifuDate *first, ZifuDate *last, GError **error)
{
  *first = options->from != NULL ? parse_day (options->from, FALSE) : 0;
  *last = options->to != NULL ? parse_day (options->to, TRUE) : 0;
  if ((options->from != NULL && *first <= 0) || (options->to != NULL && *last <= 0))
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT,
                             _ ("--from and --to take a day, a month or a year, such as 2026-11-24"), NULL, NULL);
  else if (*last != 0 && *first > *last)
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _ ("--from comes after --to"), NULL, NULL);
  else
    return TRUE;
  return FALSE;
}

/**
 * zifu_cli_now:
 *
 * Returns: (transfer full): the time by the clock
 */
GDateTime *
zifu_cli_now (void)
{
  return g_date_time_new_now_local ();
}

/* What a check of an account found. */
typedef struct {
  const ZifuMember *member;
  ZifuMoney         balance;
  ZifuDate          as_of;
  ZifuBalanceBreak  broken;
  ZifuCliDivision  *division; /* owned, nullable */
} Checked;

static gboolean
check_member (ZifuLedger *ledger, ZifuPackLibrary *library, const ZifuMember *member, Checked *checked, GError **error)
{
  g_autoptr (GError) unread = NULL;

  checked->member = member;
  if (!zifu_ledger_get_balance (ledger, member->id, &checked->balance, &checked->as_of, error) ||
      !zifu_ledger_check_balance (ledger, member->id, &checked->broken, error))
    return FALSE;
  if (library != NULL)
    checked->division = zifu_cli_division_read (ledger, library, member, zifu_cli_find_today (), &unread);
  if (unread == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&unread));
  return FALSE;
}

static void
print_checked (const Checked *checked)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, checked->member->id);
  g_autofree char *balance = zifu_words_money (checked->balance, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *day = checked->as_of != 0 ? zifu_words_date (checked->as_of, ZIFU_DATE_STYLE_ISO) : NULL;
  g_autofree char *text = NULL;

  if (!checked->member->has_account && checked->balance == 0)
    /* Translators: {1} is the number of a person, {2} the name */
    text = zifu_words_fill (_ ("{1}  {2}: no personal account"), id, checked->member->name, NULL);
  else if (day == NULL)
    /* Translators: {1} is the number of a person, {2} the name, {3} an amount */
    text = zifu_words_fill (_ ("{1}  {2}: {3}, no entries"), id, checked->member->name, balance, NULL);
  else
    /* Translators: {1} is the number of a person, {2} the name, {3} an amount, {4} the day of the newest entry */
    text = zifu_words_fill (_ ("{1}  {2}: {3}, newest entry {4}"), id, checked->member->name, balance, day, NULL);
  printf ("%s\n", text);
  if (checked->division != NULL)
    zifu_cli_division_print (checked->division);

  if (checked->broken.entry_id != 0)
    {
      g_autofree char *entry = g_strdup_printf ("%" G_GINT64_FORMAT, checked->broken.entry_id);
      g_autofree char *break_day = zifu_words_date (checked->broken.date, ZIFU_DATE_STYLE_ISO);
      g_autofree char *recorded = zifu_words_money (checked->broken.recorded, ZIFU_MONEY_STYLE_LIST);
      g_autofree char *expected = zifu_words_money (checked->broken.expected, ZIFU_MONEY_STYLE_LIST);
      /* Translators: {1} is a day, {2} the number of an entry, {3} and {4} are amounts */
      g_autofree char *said = zifu_words_fill (_ ("does not agree from {1} (entry {2}): recorded {3}, by the entries {4}"), break_day,
                                               entry, recorded, expected, NULL);

      printf ("   %s\n", said);
    }
}

static void
set_date (JsonObject *object, const char *name, ZifuDate date)
{
  g_autofree char *text = date != 0 ? zifu_date_format (date) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonObject *
checked_to_json (const Checked *checked)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "psn_no", checked->member->id);
  json_object_set_string_member (object, "psn_name", checked->member->name);
  json_object_set_boolean_member (object, "acct_flag", checked->member->has_account);
  zifu_json_set_money (object, "balc", checked->balance);
  if (checked->division != NULL)
    zifu_cli_division_add (checked->division, object);
  set_date (object, "as_of", checked->as_of);
  json_object_set_boolean_member (object, "agrees", checked->broken.entry_id == 0);
  if (checked->broken.entry_id != 0)
    {
      JsonObject *broken = json_object_new ();

      json_object_set_int_member (broken, "rid", checked->broken.entry_id);
      set_date (broken, "acct_modi_date", checked->broken.date);
      zifu_json_set_money (broken, "recorded", checked->broken.recorded);
      zifu_json_set_money (broken, "expected", checked->broken.expected);
      json_object_set_object_member (object, "break", broken);
    }
  return object;
}

/**
 * zifu_cli_tell_balances:
 * @ledger: a ledger
 * @library: (nullable): the packs; %NULL = what rules say does not matter
 * @member_id: whose; 0 = everybody's
 * @json: whether to tell programs
 *
 * Tells the balances, how they are divided by year where the rules care, and where one does not agree with its entries.
 *
 * Returns: the exit status: %ZIFU_CLI_DIFFERENT when one does not agree
 */
int
zifu_cli_tell_balances (ZifuLedger *ledger, ZifuPackLibrary *library, gint64 member_id, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (ledger, &error);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  int status = ZIFU_CLI_OK;

  json_node_take_array (node, array);
  if (members == NULL)
    return zifu_cli_fail (error);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      Checked checked = { NULL };

      if (member_id != 0 && member->id != member_id)
        continue;
      if (!check_member (ledger, library, member, &checked, &error))
        return zifu_cli_fail (error);
      if (checked.broken.entry_id != 0)
        status = ZIFU_CLI_DIFFERENT;
      if (json)
        json_array_add_object_element (array, checked_to_json (&checked));
      else
        print_checked (&checked);
      zifu_cli_division_free (checked.division);
    }
  if (json)
    zifu_cli_print_node (node, FALSE);
  else if (members->len == 0)
    printf ("%s\n", _ ("There is nobody in these household data yet."));
  return status;
}

/**
 * zifu_cli_balance:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "balance".
 *
 * Returns: the exit status
 */
int
zifu_cli_balance (int argc, char **argv)
{
  g_auto (ZifuCliLedgerOptions) options = { { NULL } };
  g_autoptr (ZifuPackLibrary) library = NULL;
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *current = NULL, *on = NULL;
  gint64 id;
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (options),
    ZIFU_CLI_PERSON_ENTRY (options),
    { "this-year", 0, 0, G_OPTION_ARG_STRING, &current,
      N_ ("State how much of the account was this year's money, in yuan; none takes that back"), N_ ("AMOUNT") },
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, N_ ("With --this-year: at the end of this day; else today"), N_ ("DAY") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Tell the result to programs instead of people"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("balance", _ ("[--person PERSON [--this-year AMOUNT [--on DAY]]]"),
                       _ ("Says what each account holds, and whether the entries add up to it."), entries, &options.shared, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc > 1)
    return zifu_cli_fail_usage (_ ("too many arguments"));
  if (on != NULL && current == NULL)
    return zifu_cli_fail_usage (_ ("--on belongs to --this-year"));
  ledger = zifu_cli_open_ledger (&options, &error);
  if (ledger == NULL || !zifu_cli_find_person (ledger, options.person, &id, &error))
    return zifu_cli_fail (error);
  library = zifu_cli_open_library (&options.shared);
  if (current != NULL && !zifu_cli_state_current (ledger, library, id, current, on, &error))
    return zifu_cli_fail (error);
  return zifu_cli_tell_balances (ledger, library, id, options.json);
}
