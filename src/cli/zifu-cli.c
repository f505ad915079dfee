/* SPDX-License-Identifier: GPL-3.0-or-later */

/* zifu-cli: the same engine without a window.  Results go to the standard output, one line about what is wrong to the error. */

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "zifu-cli-ledger.h"
#include "zifu-cli.h"
#include "zifu-config.h"
#include "zifu-uninstalled.h"

typedef struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *summary;
} Command;

static const Command commands[] = {
  { "settle", zifu_cli_settle, N_ ("settle the visits of a case file: who pays what") },
  { "credit", zifu_cli_credit, N_ ("what is credited to an account") },
  { "coverage", zifu_cli_coverage, N_ ("from when to when a person is covered") },
  { "amounts", zifu_cli_amounts, N_ ("the named amounts of a region for a person") },
  { "range", zifu_cli_range, N_ ("what a visit may cost while something is not known") },
  { "compare", zifu_cli_compare, N_ ("the same visit in several ways") },
  { "find", zifu_cli_find, N_ ("the bill that meets the deductible, reaches the cap or empties the account") },
  { "explain", zifu_cli_explain, N_ ("answer a question from a person's own data") },
  { "estimate", zifu_cli_estimate, N_ ("saved estimates, and what differs from the real bill") },
  { "history", zifu_cli_history, N_ ("the entries of the household") },
  { "balance", zifu_cli_balance, N_ ("what each account holds, and whether it adds up") },
  { "export", zifu_cli_export, N_ ("write entries, a household or a statement into a file") },
  { "import", zifu_cli_import, N_ ("read entries from a table or an account document; undo an import") },
  { "backup", zifu_cli_backup, N_ ("copy the household data into one file that was checked") },
  { "restore", zifu_cli_restore, N_ ("put a backup in the place of the household data") },
  { "sync", zifu_cli_sync, N_ ("fetch accounts from their providers; connect and disconnect them") },
  { "verify", zifu_cli_verify, N_ ("check the household data, or a backup") },
  { "policy", zifu_cli_policy, N_ ("check, list or show policy packs, or say what they know") },
};

/* The catalogues lie beside the program while it is run from where it was built. */
static char *
find_locale_dir (void)
{
  const char *given = g_getenv ("ZIFU_LOCALE_DIR");
  g_autofree char *build = NULL;

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  build = zifu_uninstalled_find_build ();
  return build != NULL ? g_build_filename (build, "po", NULL) : g_strdup (ZIFU_LOCALE_DIR);
}

/* The language is needed before the options are read, because their help is text, too. */
static const char *
find_lang (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--"))
        break;
      if (g_str_has_prefix (argv[i], "--lang="))
        return argv[i] + strlen ("--lang=");
      if (g_str_equal (argv[i], "--lang") && i + 1 < argc)
        return argv[i + 1];
    }
  return NULL;
}

/* In the plain C locale a catalogue is never looked up, whatever LANGUAGE says; with newer C libraries not in C.UTF-8 either. */
static void
find_catalogue (void)
{
  static const char *const locales[] = { "zh_CN.UTF-8", "en_US.UTF-8", "en_GB.UTF-8", "C.UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (locales) && !zifu_words_is_chinese (); i++)
    setlocale (LC_ALL, locales[i]);
  if (!zifu_words_is_chinese ())
    g_printerr ("zifu-cli: no Chinese locale is installed, such as zh_CN.UTF-8; texts are in English\n");
}

static gboolean
set_language (const char *lang)
{
  const char *locale;

  if (lang != NULL)
    {
      if (!g_str_equal (lang, "en") && !g_str_equal (lang, "zh") && !g_str_equal (lang, "zh_CN"))
        return FALSE;
      g_setenv ("LANGUAGE", g_str_equal (lang, "zh") ? "zh_CN" : lang, TRUE);
    }
  locale = setlocale (LC_ALL, "");
  if (lang != NULL && !g_str_equal (lang, "en"))
    find_catalogue ();
  else if (locale == NULL)
    setlocale (LC_ALL, "C.UTF-8");
  return TRUE;
}

static void
print_usage (FILE *stream)
{
  fprintf (stream, "%s\n  zifu-cli %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…]"), _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-10s %s\n", commands[i].name, g_dgettext (GETTEXT_PACKAGE, commands[i].summary));
  fprintf (stream, "\n  --help     %s\n  --version  %s\n\n%s\n", _ ("this text; with a command: its options"), _ ("the version"),
           _ ("Exit status: 0 done and as expected, 1 a difference or an error in a pack, 2 bad input."));
}

/* What was asked for may not have reached its reader: a full disk, a closed pipe. */
static int
finish (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  fprintf (stderr, "zifu-cli: %s: %s\n", _ ("cannot write the result"), g_strerror (errno));
  return ZIFU_CLI_BAD_INPUT;
}

static int
run_command (int argc, char **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].name, argv[1]))
        continue;
      return commands[i].run (argc - 1, argv + 1);
    }
  return zifu_cli_fail_usage (_ ("no such command; see zifu-cli --help"));
}

int
main (int argc, char **argv)
{
  g_autofree char *locale_dir = find_locale_dir ();
  gboolean known_language;

  zifu_words_init (locale_dir);
  known_language = set_language (find_lang (argc, argv));
  textdomain (GETTEXT_PACKAGE);
  if (!known_language)
    return zifu_cli_fail_usage (_ ("no such language: --lang takes zh_CN or en"));
  if (argc < 2)
    {
      print_usage (stderr);
      return ZIFU_CLI_BAD_INPUT;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    print_usage (stdout);
  else if (g_str_equal (argv[1], "--version"))
    printf ("zifu-cli %s\n", ZIFU_VERSION);
  else
    return finish (run_command (argc, argv));
  return finish (ZIFU_CLI_OK);
}
