/* SPDX-License-Identifier: GPL-3.0-or-later */

/* estimate: saved estimates, the settlements that they were about, and what differs (R42). */

#include <stdio.h>
#include <string.h>

#include "zifu-case-text.h"
#include "zifu-cli-ledger.h"
#include "zifu-json.h"
#include "zifu-ledger-estimates.h"
#include "zifu-result-json.h"
#include "zifu-words-reality.h"

typedef struct
{
  ZifuCliLedgerOptions options;
  char *case_file;
  char *institution;
  char *note;
  char *settlement;
  char *receipt;
  gboolean confirm, refuse, undo, record;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  zifu_cli_ledger_options_clear (&arguments->options);
  g_clear_pointer (&arguments->case_file, g_free);
  g_clear_pointer (&arguments->institution, g_free);
  g_clear_pointer (&arguments->note, g_free);
  g_clear_pointer (&arguments->settlement, g_free);
  g_clear_pointer (&arguments->receipt, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse_number (const char *text, gint64 *number)
{
  return text != NULL && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, number, NULL);
}

static void
set_day (JsonObject *object, const char *name, ZifuDate date)
{
  g_autofree char *text = zifu_date_format (date);

  json_object_set_string_member (object, name, text);
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  zifu_cli_print_node (node, TRUE);
}

/* ---- save */

static int
save_estimate (ZifuLedger *ledger, const Arguments *arguments)
{
  g_autoptr (ZifuPackLibrary) library = zifu_cli_open_library (&arguments->options.shared);
  g_autoptr (ZifuCaseFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  const ZifuPerson *person;
  const ZifuVisit *visit;
  ZifuPack *pack;
  gint64 member_id, id;

  if (arguments->case_file == NULL || arguments->options.person == NULL)
    return zifu_cli_fail_usage (_ ("estimate save needs --person and --case"));
  if (!zifu_cli_find_person (ledger, arguments->options.person, &member_id, &error))
    return zifu_cli_fail (error);
  file = zifu_case_file_load (library, arguments->case_file, &error);
  member = file != NULL ? zifu_ledger_get_member (ledger, member_id, &error) : NULL;
  if (member == NULL || !zifu_case_file_get_question (file, &pack, &person, &visit, &error))
    return zifu_cli_fail (error);
  settlement = zifu_settle (pack, person, visit, &error);
  if (settlement == NULL)
    return zifu_cli_fail (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, arguments->institution, arguments->note, zifu_cli_find_today ());
  id = zifu_ledger_save_estimate (ledger, estimate, &error);
  if (id == 0)
    return zifu_cli_fail (error);
  if (arguments->options.json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "presetl_id", id);
      print_object (object);
    }
  else
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
      /* Translators: {1} is the number of the estimate */
      g_autofree char *text = zifu_words_fill (_ ("Saved as estimate {1}."), number, NULL);

      printf ("%s\n", text);
    }
  return ZIFU_CLI_OK;
}

/* ---- list */

static void
tell_estimate (const ZifuSavedEstimate *estimate, gboolean json)
{
  const ZifuMoney *amount = estimate->figures->amount;
  g_autofree char *day = zifu_date_format (estimate->date);

  if (json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "presetl_id", estimate->id);
      json_object_set_int_member (object, "psn_no", estimate->member_id);
      set_day (object, "crte_time", estimate->saved_on);
      set_day (object, "setl_time", estimate->date);
      set_text (object, "care", estimate->care);
      set_text (object, "fixmedins_name", estimate->institution);
      set_text (object, "policy", estimate->policy);
      set_text (object, "policy_vers", estimate->policy_version);
      zifu_json_set_money (object, "medfee_sumamt", amount[ZIFU_BILL_TOTAL]);
      zifu_json_set_money (object, "fund_pay_sumamt", amount[ZIFU_BILL_FUND_SUM]);
      zifu_json_set_money (object, "psn_part_amt", amount[ZIFU_BILL_PERSON]);
      set_text (object, "memo", estimate->note);
      if (estimate->settlement_id != 0)
        json_object_set_int_member (object, "setl_id", estimate->settlement_id);
      print_object (object);
    }
  else
    {
      const char *care = zifu_words_axis_value ("care", estimate->care);
      g_autofree char *total = zifu_words_money (amount[ZIFU_BILL_TOTAL], ZIFU_MONEY_STYLE_LIST);
      g_autofree char *person = zifu_words_money (amount[ZIFU_BILL_PERSON], ZIFU_MONEY_STYLE_LIST);
      /* Translators: {1} is an amount, {2} the part of it that the person pays */
      g_autofree char *bill = zifu_words_fill (_ ("bill {1}, person's part {2}"), total, person, NULL);

      printf ("%" G_GINT64_FORMAT "  %s  %s  %s", estimate->id, day, care != NULL ? care : estimate->care, bill);
      if (estimate->institution != NULL)
        printf ("  %s", estimate->institution);
      if (estimate->note != NULL)
        printf ("  %s", estimate->note);
      printf ("\n");
    }
}

static int
list_estimates (ZifuLedger *ledger, const Arguments *arguments)
{
  g_autoptr (GPtrArray) estimates = NULL;
  g_autoptr (GError) error = NULL;
  gint64 member_id;

  if (zifu_cli_find_person (ledger, arguments->options.person, &member_id, &error))
    estimates = zifu_ledger_list_estimates (ledger, member_id, &error);
  if (estimates == NULL)
    return zifu_cli_fail (error);
  for (guint i = 0; i < estimates->len; i++)
    tell_estimate (g_ptr_array_index (estimates, i), arguments->options.json);
  if (estimates->len == 0 && !arguments->options.json)
    printf ("%s\n", _ ("No saved estimates."));
  return ZIFU_CLI_OK;
}

/* ---- match */

static void
tell_pair (const ZifuPair *pair, gboolean json)
{
  static const char *const states[] = { "open", "confirmed", "refused" };
  g_autofree char *day = zifu_date_format (pair->date);
  g_autofree char *total = zifu_words_money (pair->total, ZIFU_MONEY_STYLE_LIST);
  const char *said = pair->state == ZIFU_PAIR_CONFIRMED ? _ ("confirmed")
                     : pair->state == ZIFU_PAIR_REFUSED ? _ ("refused")
                     : pair->is_best                    ? _ ("likely the one")
                                                        : _ ("possible");

  if (json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "presetl_id", pair->estimate_id);
      json_object_set_int_member (object, "setl_id", pair->settlement_id);
      json_object_set_int_member (object, "score", pair->score);
      json_object_set_boolean_member (object, "best", pair->is_best);
      json_object_set_string_member (object, "state", states[pair->state]);
      set_day (object, "setl_time", pair->date);
      zifu_json_set_money (object, "medfee_sumamt", pair->total);
      set_text (object, "fixmedins_name", pair->institution);
      print_object (object);
      return;
    }
  printf ("%" G_GINT64_FORMAT "  %s  %s  %s  %u%%  (%s)\n", pair->settlement_id, day, total,
          pair->institution != NULL ? pair->institution : "", pair->score, said);
}

static int
match_estimate (ZifuLedger *ledger, const Arguments *arguments, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = zifu_ledger_get_estimate (ledger, id, &error);
  g_autoptr (GPtrArray) pairs = NULL;
  gint64 settlement = 0;

  if (estimate == NULL)
    return zifu_cli_fail (error);
  if (arguments->confirm + arguments->refuse + arguments->undo > 1)
    return zifu_cli_fail_usage (_ ("only one of --confirm, --refuse and --undo"));
  if (arguments->confirm || arguments->refuse || arguments->undo)
    {
      ZifuPairState state = arguments->confirm  ? ZIFU_PAIR_CONFIRMED
                            : arguments->refuse ? ZIFU_PAIR_REFUSED
                                                : ZIFU_PAIR_OPEN;

      if (!parse_number (arguments->settlement, &settlement))
        return zifu_cli_fail_usage (_ ("--settlement takes the number of a settlement"));
      if (!zifu_ledger_set_pair (ledger, id, settlement, state, &error))
        return zifu_cli_fail (error);
    }
  pairs = zifu_ledger_list_pairs (ledger, estimate, &error);
  if (pairs == NULL)
    return zifu_cli_fail (error);
  for (guint i = 0; i < pairs->len; i++)
    tell_pair (g_ptr_array_index (pairs, i), arguments->options.json);
  if (pairs->len == 0 && !arguments->options.json)
    printf ("%s\n", _ ("No settlement is near this estimate."));
  return ZIFU_CLI_OK;
}

/* ---- compare */

/* A receipt: figures under the platform's names; what each fund paid as hifp_pay, hifob_pay …; acct_pay contains acct_mulaid_pay. */
static gboolean
read_receipt (const char *path, ZifuBillFigures *figures, ZifuDate *date, GError **error)
{
  static const ZifuBillPart parts[] = { ZIFU_BILL_TOTAL,    ZIFU_BILL_OUT,    ZIFU_BILL_OVER_LIMIT, ZIFU_BILL_PRIOR,  ZIFU_BILL_IN_SCOPE,
                                        ZIFU_BILL_DEDUCTIBLE, ZIFU_BILL_FUND_SUM, ZIFU_BILL_HOSPITAL, ZIFU_BILL_PERSON, ZIFU_BILL_MUTUAL,
                                        ZIFU_BILL_CASH };
  static const char *const funds[] = { "hifp", "cvlserv", "hifes", "hifmi", "hifob", "hifdm", "maf", "oth" };
  g_autofree char *name = g_filename_display_name (path);
  ZifuPath root = zifu_path_root (name, "");
  g_autoptr (JsonNode) node = zifu_json_read_file (path, error);
  JsonObject *object = node != NULL ? zifu_json_to_object (node, &root, error) : NULL;
  ZifuMoney amount = 0;
  gboolean has = FALSE;
  ZifuBillPart wrong;

  if (object == NULL ||
      !zifu_json_check_fields (object, &root, "medfee_sumamt",
                               "setl_time fulamt_ownpay_amt overlmt_selfpay preselfpay_amt inscp_scp_amt act_pay_dedc fund_pay_sumamt"
                               " hosp_part_amt psn_part_amt acct_pay acct_mulaid_pay psn_cash_pay hifp_pay cvlserv_pay hifes_pay hifmi_pay"
                               " hifob_pay hifdm_pay maf_pay oth_pay",
                               error) ||
      !zifu_json_get_date (object, "setl_time", &root, date, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!zifu_json_get_money (object, zifu_bill_part_name (parts[i]), &root, &has, &amount, error))
        return FALSE;
      if (has)
        zifu_bill_figures_set (figures, parts[i], amount);
    }
  for (guint i = 0; i < G_N_ELEMENTS (funds); i++)
    {
      g_autofree char *member = g_strconcat (funds[i], "_pay", NULL);

      if (!zifu_json_get_money (object, member, &root, &has, &amount, error))
        return FALSE;
      if (has)
        zifu_bill_figures_add_fund (figures, funds[i], amount);
    }
  if (!zifu_json_get_money (object, "acct_pay", &root, &has, &amount, error))
    return FALSE;
  if (has)
    zifu_bill_figures_set (figures, ZIFU_BILL_ACCOUNT,
                           amount - (figures->known[ZIFU_BILL_MUTUAL] ? figures->amount[ZIFU_BILL_MUTUAL] : 0));
  if (zifu_bill_figures_complete (figures, &wrong))
    return TRUE;
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT, _ ("the figures in “{1}” do not add up: {2}"), name,
                           zifu_bill_part_name (wrong));
  return FALSE;
}

static JsonObject *
change_to_json (const ZifuPack *pack, const ZifuChange *change)
{
  JsonObject *object = json_object_new ();
  g_autofree char *was = change->was != NULL ? zifu_value_format (change->was) : NULL;
  g_autofree char *is = change->is != NULL ? zifu_value_format (change->is) : NULL;

  json_object_set_string_member (object, "kind", zifu_change_kind_name (change->kind));
  set_text (object, "axis", change->axis);
  set_text (object, "counter", change->counter);
  set_text (object, "was", was);
  set_text (object, "is", is);
  if (change->kind == ZIFU_CHANGE_ITEM)
    json_object_set_int_member (object, "line", change->line + 1);
  if (change->kind == ZIFU_CHANGE_DEDUCTIBLE || change->kind == ZIFU_CHANGE_COUNTER || change->kind == ZIFU_CHANGE_EARLIER ||
      change->kind == ZIFU_CHANGE_CURRENT)
    {
      g_autofree char *before = zifu_json_format_yuan (change->number_was), *after = zifu_json_format_yuan (change->number_is);

      set_text (object, "was", before);
      set_text (object, "is", after);
    }
  if (change->kind == ZIFU_CHANGE_BALANCE || change->kind == ZIFU_CHANGE_MUTUAL)
    {
      zifu_json_set_money (object, "was", change->amount_was);
      zifu_json_set_money (object, "is", change->amount_is);
    }
  if (change->kind == ZIFU_CHANGE_DATE)
    {
      set_day (object, "was", change->date_was);
      set_day (object, "is", change->date_is);
    }
  return object;
}

static JsonArray *
changes_to_json (const ZifuPack *pack, const GPtrArray *changes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < changes->len; i++)
    json_array_add_object_element (array, change_to_json (pack, g_ptr_array_index (changes, i)));
  return array;
}

static void
tell_json (const ZifuPack *pack, const ZifuReality *reality)
{
  JsonObject *object = json_object_new ();
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < reality->comparison->lines->len; i++)
    {
      const ZifuBillLineDifference *line = &g_array_index (reality->comparison->lines, ZifuBillLineDifference, i);
      g_autofree char *fund = line->payer != NULL ? g_strconcat (line->payer, "_pay", NULL) : NULL;
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "field", fund != NULL ? fund : zifu_bill_part_name (line->part));
      if (line->has_estimated)
        zifu_json_set_money (one, "estimated", line->estimated);
      if (line->has_charged)
        zifu_json_set_money (one, "charged", line->charged);
      if (line->stated)
        zifu_json_set_money (one, "difference", line->difference);
      json_array_add_object_element (lines, one);
    }
  json_object_set_array_member (object, "lines", lines);
  json_object_set_boolean_member (object, "equal", reality->comparison->first < 0);
  if (reality->comparison->first >= 0)
    {
      json_object_set_int_member (object, "first", reality->comparison->first);
      set_text (object, "rule", reality->rule != NULL ? reality->rule->id : NULL);
      json_object_set_boolean_member (object, "explained", reality->explained);
    }
  json_object_set_boolean_member (object, "rules_changed", reality->rules_changed);
  json_object_set_array_member (object, "changes", changes_to_json (pack, reality->changes));
  json_object_set_array_member (object, "purses", changes_to_json (pack, reality->purses));
  print_object (object);
}

static void
tell_changes (const ZifuPack *pack, const char *title, const GPtrArray *changes)
{
  if (changes->len > 0)
    printf ("\n%s\n", title);
  for (guint i = 0; i < changes->len; i++)
    {
      g_autofree char *text = zifu_words_change (pack, g_ptr_array_index (changes, i));

      printf ("  · %s\n", text);
    }
}

/* At the right of its column, whatever bytes it takes. */
static void
print_cell (const char *text)
{
  long width = g_utf8_strlen (text, -1);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += g_unichar_iswide (g_utf8_get_char (p));
  printf ("%*s%s ", (int) MAX (14 - width, 0), "", text);
}

static void
tell_text (const ZifuPack *pack, const ZifuReality *reality)
{
  g_autofree char *summary = zifu_words_reality_summary (reality), *step = zifu_words_reality_step (reality);
  const char *hint = zifu_words_reality_hint (reality);

  print_cell (_ ("Estimated"));
  print_cell (_ ("Charged"));
  print_cell (_ ("Difference"));
  printf ("\n");
  for (guint i = 0; i < reality->comparison->lines->len; i++)
    {
      const ZifuBillLineDifference *line = &g_array_index (reality->comparison->lines, ZifuBillLineDifference, i);
      g_autofree char *estimated = line->has_estimated ? zifu_words_money (line->estimated, ZIFU_MONEY_STYLE_LIST) : g_strdup ("–");
      g_autofree char *charged = line->has_charged ? zifu_words_money (line->charged, ZIFU_MONEY_STYLE_LIST) : g_strdup ("–");
      g_autofree char *apart = line->difference != 0 ? zifu_words_money (line->difference, ZIFU_MONEY_STYLE_SIGNED) : g_strdup ("");

      print_cell (estimated);
      print_cell (charged);
      print_cell (apart);
      printf (" %s\n", zifu_words_bill_part (line->part, line->payer));
    }
  printf ("\n%s\n", summary);
  if (step != NULL)
    printf ("%s\n", step);
  if (reality->rules_changed)
    printf ("%s\n", _ ("The rules here have changed since the estimate was saved."));
  tell_changes (pack, _ ("What explains it to the fen, each by itself:"), reality->changes);
  tell_changes (pack, _ ("Why another purse paid:"), reality->purses);
  if (hint != NULL)
    printf ("\n%s\n%s\n", _ ("No single fact explains it."), hint);
}

static gboolean
read_charged (ZifuLedger *ledger, const ZifuSavedEstimate *estimate, const Arguments *arguments, ZifuBillFigures **figures, ZifuDate *date,
              GError **error)
{
  g_autoptr (ZifuSettlementRecord) settlement = NULL;
  gint64 id = estimate->settlement_id;

  if (arguments->receipt != NULL)
    {
      *figures = zifu_bill_figures_new ();
      return read_receipt (arguments->receipt, *figures, date, error);
    }
  if (arguments->settlement != NULL && !parse_number (arguments->settlement, &id))
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _ ("--settlement takes the number of a settlement"), NULL, NULL);
      return FALSE;
    }
  if (id == 0)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT,
                               _ ("no settlement is confirmed for this estimate; name one with --settlement, or a receipt with --receipt"),
                               NULL, NULL);
      return FALSE;
    }
  settlement = zifu_ledger_get_settlement (ledger, id, error);
  if (settlement == NULL)
    return FALSE;
  if (settlement->member_id != estimate->member_id)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _ ("this settlement is somebody else's"), NULL, NULL);
      return FALSE;
    }
  *date = settlement->date;
  *figures = zifu_settlement_record_get_figures (settlement);
  return TRUE;
}

static int
compare_estimate (ZifuLedger *ledger, const Arguments *arguments, gint64 id)
{
  g_autoptr (ZifuPackLibrary) library = zifu_cli_open_library (&arguments->options.shared);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = zifu_ledger_get_estimate (ledger, id, &error);
  g_autoptr (ZifuBillFigures) charged = NULL;
  g_autoptr (ZifuReality) reality = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = NULL;
  g_autofree char *policy = NULL;
  ZifuDate date = 0;

  if (estimate == NULL || !read_charged (ledger, estimate, arguments, &charged, &date, &error) ||
      !zifu_case_text_parse (estimate->case_text, &policy, &person, &visit, &error))
    return zifu_cli_fail (error);
  pack = zifu_pack_library_load (library, policy, &error);
  if (pack == NULL)
    return zifu_cli_fail (error);
  if (arguments->record && arguments->receipt == NULL)
    return zifu_cli_fail_usage (_ ("--record needs --receipt"));
  if (arguments->record && zifu_ledger_add_receipt (ledger, estimate, charged, date != 0 ? date : estimate->date,
                                                    arguments->institution != NULL ? arguments->institution : estimate->institution,
                                                    ZIFU_PROVENANCE_TYPED, &error) == 0)
    return zifu_cli_fail (error);
  reality = zifu_reality_new (pack, person, visit, estimate->figures, charged, date);
  if (arguments->options.json)
    tell_json (pack, reality);
  else
    tell_text (pack, reality);
  return reality->comparison->first < 0 ? ZIFU_CLI_OK : ZIFU_CLI_DIFFERENT;
}

static int
run_verb (ZifuLedger *ledger, const Arguments *arguments, const char *verb, const char *number)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (g_str_equal (verb, "save"))
    return save_estimate (ledger, arguments);
  if (g_str_equal (verb, "list"))
    return list_estimates (ledger, arguments);
  if (!parse_number (number, &id))
    return zifu_cli_fail_usage (_ ("the number of an estimate is needed; see zifu-cli estimate list"));
  if (g_str_equal (verb, "match"))
    return match_estimate (ledger, arguments, id);
  if (g_str_equal (verb, "compare"))
    return compare_estimate (ledger, arguments, id);
  return zifu_ledger_delete_estimate (ledger, id, &error) ? ZIFU_CLI_OK : zifu_cli_fail (error);
}

/**
 * zifu_cli_estimate:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "estimate".
 *
 * Returns: the exit status: %ZIFU_CLI_DIFFERENT when a comparison finds a difference
 */
int
zifu_cli_estimate (int argc, char **argv)
{
  static const char *const verbs[] = { "save", "list", "match", "compare", "delete", NULL };
  g_auto (Arguments) arguments = { { { NULL } } };
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (arguments.options),
    ZIFU_CLI_PERSON_ENTRY (arguments.options),
    { "case", 0, 0, G_OPTION_ARG_FILENAME, &arguments.case_file, N_ ("save: the case file of the visit"), N_ ("FILE") },
    { "institution", 0, 0, G_OPTION_ARG_STRING, &arguments.institution, N_ ("save, --record: name of the institution"), N_ ("NAME") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &arguments.note, N_ ("save: a word about it"), N_ ("TEXT") },
    { "settlement", 0, 0, G_OPTION_ARG_STRING, &arguments.settlement, N_ ("match, compare: number of a settlement"), N_ ("NUMBER") },
    { "confirm", 0, 0, G_OPTION_ARG_NONE, &arguments.confirm, N_ ("match: the settlement is the one"), NULL },
    { "refuse", 0, 0, G_OPTION_ARG_NONE, &arguments.refuse, N_ ("match: the settlement is not the one"), NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &arguments.undo, N_ ("match: take back what was said of the settlement"), NULL },
    { "receipt", 0, 0, G_OPTION_ARG_FILENAME, &arguments.receipt, N_ ("compare: figures of a receipt, as JSON"), N_ ("FILE") },
    { "record", 0, 0, G_OPTION_ARG_NONE, &arguments.record, N_ ("compare: also put the receipt into the history"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &arguments.options.json, N_ ("Tell the result to programs instead of people"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("estimate", _ ("save|list|match|compare|delete [NUMBER]"),
                       _ ("Keeps estimates, finds the settlements that they were about, and says what differs and why."), entries,
                       &arguments.options.shared, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc < 2 || !g_strv_contains (verbs, argv[1]))
    return zifu_cli_fail_usage (_ ("estimate takes save, list, match, compare or delete"));
  if (argc > 3)
    return zifu_cli_fail_usage (_ ("too many arguments"));
  ledger = zifu_cli_open_ledger (&arguments.options, &error);
  if (ledger == NULL)
    return zifu_cli_fail (error);
  return run_verb (ledger, &arguments, argv[1], argc > 2 ? argv[2] : NULL);
}
