/* SPDX-License-Identifier: GPL-3.0-or-later */

/* policy check, list, show; coverage is in a file of its own. */

#include <stdio.h>
#include <string.h>

#include "zifu-cli.h"
#include "zifu-lint.h"

static const char *
severity_word (ZifuLintSeverity severity)
{
  switch (severity)
    {
    case ZIFU_LINT_ERROR:
      return C_ ("remark", "error");
    case ZIFU_LINT_WARNING:
      return C_ ("remark", "warning");
    case ZIFU_LINT_UNVERIFIED:
      return C_ ("remark", "unverified");
    case ZIFU_LINT_INFO:
    default:
      return C_ ("remark", "note");
    }
}

static void
print_remark (const ZifuRemark *remark)
{
  const char *template_ = g_dgettext (GETTEXT_PACKAGE, remark->template_);
  g_autofree char *text = zifu_template_fill (template_, (const char *const *) remark->args, G_N_ELEMENTS (remark->args));

  printf ("%s: %s: %s%s%s%s\n", remark->where, severity_word (remark->severity), text, remark->rule_id != NULL ? " [" : "",
          remark->rule_id != NULL ? remark->rule_id : "", remark->rule_id != NULL ? "]" : "");
}

static void
print_counts (const char *path, const guint *counts)
{
  g_autofree char *errors = g_strdup_printf ("%u", counts[ZIFU_LINT_ERROR]);
  g_autofree char *warnings = g_strdup_printf ("%u", counts[ZIFU_LINT_WARNING]);
  g_autofree char *unverified = g_strdup_printf ("%u", counts[ZIFU_LINT_UNVERIFIED]);
  g_autofree char *notes = g_strdup_printf ("%u", counts[ZIFU_LINT_INFO]);
  /* Translators: the end of a check of a policy pack; {1} is its file, the others are numbers */
  g_autofree char *line = zifu_words_fill (_ ("{1}: errors {2}, warnings {3}, unverified rules {4}, notes {5}"), path, errors, warnings,
                                           unverified, notes, NULL);

  printf ("%s\n", line);
}

static int
check_file (ZifuPackLibrary *library, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = zifu_lint_file (library, path, &error);
  guint counts[4] = { 0 };

  if (remarks == NULL)
    return zifu_cli_fail (error);
  for (guint i = 0; i < remarks->len; i++)
    {
      const ZifuRemark *remark = g_ptr_array_index (remarks, i);

      print_remark (remark);
      counts[remark->severity]++;
    }
  print_counts (path, counts);
  return counts[ZIFU_LINT_ERROR] > 0 ? ZIFU_CLI_DIFFERENT : ZIFU_CLI_OK;
}

static int
run_check (int argc, char **argv)
{
  g_auto (ZifuCliOptions) options = { NULL };
  g_autoptr (ZifuPackLibrary) library = NULL;
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  int status = ZIFU_CLI_OK;

  if (!zifu_cli_parse ("policy check", _ ("FILE…"), _ ("Looks for what is wrong in policy packs before any bill is settled."), entries,
                       &options, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc < 2)
    return zifu_cli_fail_usage (_ ("which file is to be checked?"));
  library = zifu_cli_open_library (&options);
  for (int i = 1; i < argc; i++)
    {
      /* A pack that is being written usually lies beside those that it extends. */
      g_autofree char *folder = g_path_get_dirname (argv[i]);
      int one;

      zifu_pack_library_add_folder (library, folder, FALSE);
      one = check_file (library, argv[i]);
      status = MAX (status, one);
    }
  return status;
}

static void
print_info (const ZifuPackInfo *info)
{
  const char *title = zifu_words_text (&info->title);
  const char *mark = "";

  if (info->user_installed)
    mark = _ ("your own");
  else if (info->base)
    mark = _ ("extended by others");
  printf ("%-16s %s%s%s%s\n", info->id, title != NULL ? title : "", *mark != '\0' ? "  (" : "", mark, *mark != '\0' ? ")" : "");
}

static int
run_list (int argc, char **argv)
{
  g_auto (ZifuCliOptions) options = { NULL };
  g_autoptr (ZifuPackLibrary) library = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  int status = ZIFU_CLI_OK;

  if (!zifu_cli_parse ("policy list", NULL, _ ("Lists the policy packs that are found."), entries, &options, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc > 1)
    return zifu_cli_fail_usage (_ ("policy list takes no arguments"));
  library = zifu_cli_open_library (&options);
  list = zifu_pack_library_list (library, &error);
  if (list == NULL)
    return zifu_cli_fail (error);
  for (guint i = 0; i < list->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (list, i);

      if (info->problem == NULL)
        print_info (info);
      else
        status = zifu_cli_fail (info->problem);
    }
  return status;
}

static int
run_show (int argc, char **argv)
{
  g_auto (ZifuCliOptions) options = { NULL };
  g_autoptr (ZifuPackLibrary) library = NULL;
  g_autofree char *rule = NULL;
  const GOptionEntry entries[] = {
    { "rule", 'r', 0, G_OPTION_ARG_STRING, &rule, N_ ("Only this rule, with everything that it says"), N_ ("RULE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!zifu_cli_parse ("policy show", _ ("ID"), _ ("Shows the rules of a pack: titles, validity, sources, how sure they are."), entries,
                       &options, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc != 2)
    return zifu_cli_fail_usage (_ ("which pack is to be shown? see zifu-cli policy list"));
  library = zifu_cli_open_library (&options);
  return zifu_cli_policy_show (library, argv[1], rule);
}

static void
print_usage (void)
{
  printf ("%s\n  zifu-cli policy %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…]"), _ ("Commands:"));
  printf ("  %-10s %s\n", "check", _ ("look for mistakes in a pack"));
  printf ("  %-10s %s\n", "list", _ ("list the packs that are found"));
  printf ("  %-10s %s\n", "show", _ ("show the rules of a pack"));
  printf ("  %-10s %s\n", "coverage", _ ("try out what the packs know, region by region"));
}

/**
 * zifu_cli_policy:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The commands "policy check", "policy list", "policy show" and "policy coverage".
 *
 * Returns: the exit status
 */
int
zifu_cli_policy (int argc, char **argv)
{
  const char *command = argc > 1 ? argv[1] : "";

  if (g_str_equal (command, "check"))
    return run_check (argc - 1, argv + 1);
  if (g_str_equal (command, "list"))
    return run_list (argc - 1, argv + 1);
  if (g_str_equal (command, "coverage"))
    return zifu_cli_policy_coverage (argc - 1, argv + 1);
  if (g_str_equal (command, "show"))
    return run_show (argc - 1, argv + 1);
  if (!g_str_equal (command, "--help") && !g_str_equal (command, "-h") && !g_str_equal (command, "help"))
    return zifu_cli_fail_usage (_ ("policy needs one of: check, list, show, coverage"));
  print_usage ();
  return ZIFU_CLI_OK;
}
