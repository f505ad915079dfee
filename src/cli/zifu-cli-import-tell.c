/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import would do, or did, in words and for programs. */

#include <stdio.h>

#include "zifu-cli-import.h"
#include "zifu-json.h"
#include "zifu-result-json.h"

/* Lines of each state that are shown; the report has all of them. */
#define SHOWN 10

static void
print_columns (const ZifuMapping *mapping)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autofree char *percent = g_strdup_printf ("%u%%", mapping->confidence);

  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", mapping->columns[i] + 1);

      if (mapping->columns[i] >= 0)
        g_string_append_printf (columns, "%s%s = %s", columns->len > 0 ? " · " : "", zifu_field_get_name (i),
                                mapping->titles[i] != NULL ? mapping->titles[i] : number);
    }
  zifu_cli_print_row (_ ("Columns"), columns->str);
  if (mapping->confidence < 100)
    zifu_cli_print_row (_ ("Guessed, sure to"), percent);
}

static void
print_counts (ZifuImportPlan *plan)
{
  static const char *const labels[ZIFU_N_LINE_STATES] = {
    [ZIFU_LINE_NEW] = N_ ("New"),
    [ZIFU_LINE_DUPLICATE] = N_ ("There already"),
    [ZIFU_LINE_DOUBTFUL] = N_ ("Doubtful"),
    [ZIFU_LINE_WRONG] = N_ ("Wrong"),
  };

  for (guint i = 0; i < ZIFU_N_LINE_STATES; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", zifu_import_plan_count (plan, i));

      zifu_cli_print_row (g_dgettext (GETTEXT_PACKAGE, labels[i]), number);
    }
}

/* One line stays one line, whatever the file holds. */
static char *
flatten (const char *text)
{
  g_autofree char *head = g_utf8_strlen (text, -1) > 100 ? g_utf8_substring (text, 0, 100) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = head != NULL ? head : text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (line, g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
  if (head != NULL)
    g_string_append (line, "…");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
summarise (const ZifuImportLine *line)
{
  g_autofree char *day = NULL, *amount = NULL, *text = NULL;

  if (line->raw != NULL)
    return flatten (line->raw);
  day = line->date != 0 ? zifu_words_date (line->date, ZIFU_DATE_STYLE_ISO) : g_strdup ("");
  amount = zifu_words_money (line->amount, ZIFU_MONEY_STYLE_SIGNED);
  text = flatten (line->institution != NULL ? line->institution : line->note != NULL ? line->note : "");
  return g_strconcat (day, "  ", amount, "  ", text, NULL);
}

static void
print_lines (ZifuImportPlan *plan, ZifuLineState state, const char *title)
{
  guint n = zifu_import_plan_count (plan, state), shown = 0;

  if (n == 0)
    return;
  printf ("%s\n", title);
  for (guint i = 0; i < zifu_import_plan_get_n_lines (plan) && shown < SHOWN; i++)
    {
      const ZifuImportLine *line = zifu_import_plan_get_line (plan, i);
      g_autofree char *number = NULL, *reason = NULL, *summary = NULL, *plain = NULL, *text = NULL;

      if (line->state != state)
        continue;
      shown++;
      number = g_strdup_printf ("%" G_GINT64_FORMAT, line->line);
      reason = zifu_import_plan_describe (plan, i);
      plain = flatten (reason);
      summary = summarise (line);
      /* Translators: {1} is the number of a line, {2} what is wrong with it */
      text = zifu_words_fill (_ ("line {1}: {2}"), number, plain, NULL);
      printf ("  %s\n      %s\n", text, summary);
    }
  if (n > shown)
    {
      g_autofree char *rest = g_strdup_printf ("%u", n - shown);
      g_autofree char *text = zifu_words_fill (_ ("and {1} more"), rest, NULL);

      printf ("  %s\n", text);
    }
}

static void
print_outcome (ZifuImportPlan *plan, const ZifuCliImportResult *result)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, result->import_id);
  g_autofree char *number = g_strdup_printf ("%u", zifu_import_plan_count_taken (plan));
  g_autofree char *text = NULL, *report = NULL;

  if (result->report_path != NULL)
    {
      g_autofree char *name = g_filename_display_name (result->report_path);

      report = zifu_words_fill (_ ("Lines that stayed out are in “{1}”."), name, NULL);
      printf ("%s\n", report);
    }
  if (!result->applied)
    text = zifu_words_fill (_ ("Nothing was written. With --yes, lines to be imported: {1}."), number, NULL);
  else if (result->import_id == 0)
    text = g_strdup (_ ("There was nothing to import."));
  else
    text = zifu_words_fill (_ ("Imported, lines: {1}. To take it back: zifu-cli import --undo {2}"), number, id, NULL);
  printf ("%s\n", text);
}

/**
 * zifu_cli_tell_plan:
 * @plan: a plan
 * @remarks: (array zero-terminated=1): what is to be said of it as a whole
 * @result: what became of it
 *
 * Tells people.
 */
void
zifu_cli_tell_plan (ZifuImportPlan *plan, char **remarks, const ZifuCliImportResult *result)
{
  const ZifuMapping *mapping = zifu_import_plan_get_mapping (plan);

  printf ("%s\n", zifu_import_plan_get_file_name (plan));
  if (mapping != NULL)
    print_columns (mapping);
  print_counts (plan);
  for (guint i = 0; remarks[i] != NULL; i++)
    printf ("! %s\n", remarks[i]);
  print_lines (plan, ZIFU_LINE_DOUBTFUL, _ ("Doubtful, to be imported only with --doubtful:"));
  print_lines (plan, ZIFU_LINE_WRONG, _ ("Wrong, never imported:"));
  print_outcome (plan, result);
}

static JsonObject *
line_to_json (ZifuImportPlan *plan, guint i)
{
  const ZifuImportLine *line = zifu_import_plan_get_line (plan, i);
  JsonObject *object = json_object_new ();
  g_autofree char *message = zifu_import_plan_describe (plan, i);
  g_autofree char *day = line->date != 0 ? zifu_date_format (line->date) : NULL;

  json_object_set_int_member (object, "line", line->line);
  json_object_set_string_member (object, "state", zifu_line_state_get_name (line->state));
  json_object_set_string_member (object, "reason", zifu_line_reason_get_name (line->reason));
  json_object_set_string_member (object, "message", message);
  json_object_set_boolean_member (object, "taken", line->taken);
  if (line->column > 0)
    json_object_set_int_member (object, "column", line->column);
  if (day != NULL)
    json_object_set_string_member (object, "acct_modi_date", day);
  if (line->state != ZIFU_LINE_WRONG)
    zifu_json_set_money (object, "amount", line->amount);
  if (line->raw != NULL)
    json_object_set_string_member (object, "source", line->raw);
  return object;
}

/**
 * zifu_cli_tell_plan_json:
 * @plan: a plan
 * @remarks: (array zero-terminated=1): what is to be said of it as a whole
 * @result: what became of it
 *
 * Tells programs: counts, and every line that is not simply new or there already.
 */
void
zifu_cli_tell_plan_json (ZifuImportPlan *plan, char **remarks, const ZifuCliImportResult *result)
{
  JsonObject *object = json_object_new ();
  JsonArray *lines = json_array_new (), *said = json_array_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_string_member (object, "file", zifu_import_plan_get_file_name (plan));
  for (guint i = 0; i < ZIFU_N_LINE_STATES; i++)
    json_object_set_int_member (object, zifu_line_state_get_name (i), zifu_import_plan_count (plan, i));
  json_object_set_int_member (object, "taken", zifu_import_plan_count_taken (plan));
  if (zifu_import_plan_get_mapping (plan) != NULL)
    json_object_set_int_member (object, "confidence", zifu_import_plan_get_mapping (plan)->confidence);
  json_object_set_boolean_member (object, "applied", result->applied);
  if (result->import_id != 0)
    json_object_set_int_member (object, "impt_id", result->import_id);
  if (result->report_path != NULL)
    {
      g_autofree char *name = g_filename_display_name (result->report_path);

      json_object_set_string_member (object, "report", name);
    }
  for (guint i = 0; remarks[i] != NULL; i++)
    json_array_add_string_element (said, remarks[i]);
  json_object_set_array_member (object, "remarks", said);
  for (guint i = 0; i < zifu_import_plan_get_n_lines (plan); i++)
    if (zifu_import_plan_get_line (plan, i)->state >= ZIFU_LINE_DOUBTFUL)
      json_array_add_object_element (lines, line_to_json (plan, i));
  json_object_set_array_member (object, "lines", lines);
  node = zifu_json_wrap (object);
  zifu_cli_print_node (node, FALSE);
}

static JsonObject *
import_to_json (const ZifuImport *import)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "impt_id", import->id);
  if (import->member_id != 0)
    json_object_set_int_member (object, "psn_no", import->member_id);
  json_object_set_string_member (object, "impt_time", import->time);
  json_object_set_string_member (object, "file_name", import->file_name);
  json_object_set_string_member (object, "file_hash", import->file_hash);
  json_object_set_int_member (object, "n_new", import->n_new);
  json_object_set_int_member (object, "n_dup", import->n_dup);
  json_object_set_int_member (object, "n_doubt", import->n_doubt);
  json_object_set_int_member (object, "n_bad", import->n_bad);
  json_object_set_boolean_member (object, "undone", import->undone);
  return object;
}

static void
print_import (const ZifuImport *import)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, import->id);
  g_autofree char *number = g_strdup_printf ("%u", import->n_new);
  /* Translators: {1} is the number of an import, {2} when it was, {3} a file, {4} how many lines */
  g_autofree char *text = zifu_words_fill (_ ("{1}  {2}  {3}, lines: {4}"), id, import->time, import->file_name, number, NULL);

  printf ("%s%s\n", text, import->undone ? _ (" (undone)") : "");
}

/**
 * zifu_cli_list_imports:
 * @ledger: a ledger
 * @member_id: whose; 0 = all
 * @json: whether to tell programs
 *
 * Tells what was imported, the newest first.
 *
 * Returns: the exit status
 */
int
zifu_cli_list_imports (ZifuLedger *ledger, gint64 member_id, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) imports = zifu_ledger_list_imports (ledger, member_id, &error);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  if (imports == NULL)
    return zifu_cli_fail (error);
  array = json_array_new ();
  for (guint i = 0; i < imports->len; i++)
    if (json)
      json_array_add_object_element (array, import_to_json (g_ptr_array_index (imports, i)));
    else
      print_import (g_ptr_array_index (imports, i));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  if (json)
    zifu_cli_print_node (node, FALSE);
  else if (imports->len == 0)
    printf ("%s\n", _ ("Nothing was imported so far."));
  return ZIFU_CLI_OK;
}
