/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>

#include "zifu-cli.h"
#include "zifu-json.h"

/* A line longer than this is cut: an argument may quote a value of any length. */
#define MAX_LINE 600

/**
 * zifu_cli_options_clear:
 * @options: options
 *
 * Frees what the options hold.
 */
void
zifu_cli_options_clear (ZifuCliOptions *options)
{
  g_clear_pointer (&options->packs, g_strfreev);
  g_clear_pointer (&options->lang, g_free);
}

/**
 * zifu_cli_dup_line:
 * @text: a text of a file, of a person or of a provider, in any encoding
 *
 * One line stays one line, whatever the input holds, and a terminal obeys nothing in it.
 *
 * Returns: (transfer full): @text without control characters and not longer than a few lines of a terminal
 */
char *
zifu_cli_dup_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (line->len > MAX_LINE)
        {
          g_string_append (line, "…");
          break;
        }
      g_string_append_unichar (line, g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
  return g_string_free (line, FALSE);
}

/**
 * zifu_cli_fail:
 * @error: what went wrong
 *
 * Says on the standard error what went wrong and where, on one line.
 *
 * Returns: the status with which the program ends
 */
int
zifu_cli_fail (const GError *error)
{
  g_autofree char *text = zifu_words_error (error);

  return zifu_cli_fail_usage (text);
}

/**
 * zifu_cli_fail_usage:
 * @message: what went wrong, in the current language
 *
 * Says it on the standard error, on one line.
 *
 * Returns: the status with which the program ends
 */
int
zifu_cli_fail_usage (const char *message)
{
  g_autofree char *line = zifu_cli_dup_line (message);

  fprintf (stderr, "zifu-cli: %s\n", line);
  return ZIFU_CLI_BAD_INPUT;
}

/**
 * zifu_cli_parse:
 * @command: the command, such as "settle"
 * @usage: what stands behind it, such as "--case FILE"
 * @summary: what it does
 * @entries: its own options
 * @options: (out): the options that every command has
 * @argc: (inout): number of arguments
 * @argv: (inout) (array length=argc): the arguments; what is no option is left
 *
 * Reads the options of a command.  After --help the program has ended.
 *
 * Returns: %FALSE when an option cannot be used; the message was printed
 */
gboolean
zifu_cli_parse (const char *command, const char *usage, const char *summary, const GOptionEntry *entries, ZifuCliOptions *options,
                int *argc, char ***argv)
{
  const GOptionEntry shared[] = {
    { "packs", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->packs, N_ ("Look for packs in this folder first"), N_ ("FOLDER") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &options->lang, N_ ("Language of texts: zh_CN or en"), N_ ("LANGUAGE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autofree char *name = g_strconcat ("zifu-cli ", command, NULL);
  g_autoptr (GError) error = NULL;

  g_set_prgname (name);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, shared, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  zifu_cli_fail_usage (error->message);
  return FALSE;
}

/**
 * zifu_cli_open_library:
 * @options: the options of a command
 *
 * Returns: (transfer full): the packs: folders named by --packs first, then the usual ones
 */
ZifuPackLibrary *
zifu_cli_open_library (const ZifuCliOptions *options)
{
  ZifuPackLibrary *library = zifu_pack_library_new ();

  for (guint i = 0; options->packs != NULL && options->packs[i] != NULL; i++)
    zifu_pack_library_add_folder (library, options->packs[i], FALSE);
  zifu_pack_library_add_default_folders (library);
  return library;
}

/**
 * zifu_cli_print_node:
 * @node: a result
 * @on_one_line: whether it is one of many results, one a line
 *
 * Writes JSON to the standard output, in UTF-8 whatever the locale.
 */
void
zifu_cli_print_node (JsonNode *node, gboolean on_one_line)
{
  g_autofree char *text = zifu_json_write (node, on_one_line ? ZIFU_JSON_LINE : ZIFU_JSON_PRETTY);

  fputs (text, stdout);
  fputc ('\n', stdout);
}

/**
 * zifu_cli_print_row:
 * @label: what it is
 * @text: (nullable): what it says; nothing is printed without
 *
 * Writes a row of a description to the standard output.
 */
void
zifu_cli_print_row (const char *label, const char *text)
{
  if (text != NULL && *text != '\0')
    {
      /* Translators: a row of a description in the terminal: {1} is what it is, {2} what it says */
      g_autofree char *row = zifu_words_fill (C_ ("description", "{1}: {2}"), label, text, NULL);

      fprintf (stdout, "  %s\n", row);
    }
}

/**
 * zifu_cli_drop_trace:
 * @result: a settlement, or several
 *
 * Takes the steps out of a result.
 */
void
zifu_cli_drop_trace (JsonNode *result)
{
  JsonObject *object = json_node_get_object (result);
  JsonArray *visits = json_object_has_member (object, "visits") ? json_object_get_array_member (object, "visits") : NULL;

  if (json_object_has_member (object, "trace"))
    json_object_remove_member (object, "trace");
  for (guint i = 0; visits != NULL && i < json_array_get_length (visits); i++)
    json_object_remove_member (json_array_get_object_element (visits, i), "trace");
}

/**
 * zifu_cli_find_today:
 *
 * Returns: the day of today by the clock, for questions that do not state one
 */
ZifuDate
zifu_cli_find_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return zifu_date_new (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now));
}
