/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n-lib.h>

#include "zifu-case-file.h"
#include "zifu-pack-library.h"
#include "zifu-words.h"

G_BEGIN_DECLS

/**
 * ZifuCliStatus:
 * @ZIFU_CLI_OK: done, and equal to what was expected
 * @ZIFU_CLI_DIFFERENT: --check found a difference, or a pack has an error
 * @ZIFU_CLI_BAD_INPUT: something cannot be used; one line on the standard error says what and where
 *
 * How the program ends.
 */
typedef enum { ZIFU_CLI_OK = 0, ZIFU_CLI_DIFFERENT = 1, ZIFU_CLI_BAD_INPUT = 2 } ZifuCliStatus;

/**
 * ZifuCliOptions:
 *
 * Options that every command knows.
 */
typedef struct {
  char **packs;
  char  *lang;
} ZifuCliOptions;

int zifu_cli_settle (int argc, char **argv);
int zifu_cli_credit (int argc, char **argv);
int zifu_cli_amounts (int argc, char **argv);
int zifu_cli_coverage (int argc, char **argv);
int zifu_cli_range (int argc, char **argv);
int zifu_cli_compare (int argc, char **argv);
int zifu_cli_find (int argc, char **argv);
int zifu_cli_batch (ZifuPackLibrary *library, const ZifuCliOptions *options, const char *path, gboolean check, gboolean with_trace);
int zifu_cli_explain (int argc, char **argv);
int zifu_cli_policy (int argc, char **argv);
int zifu_cli_policy_coverage (int argc, char **argv);
int zifu_cli_policy_show (ZifuPackLibrary *library, const char *id, const char *rule_id);

gboolean         zifu_cli_parse (const char *command, const char *usage, const char *summary, const GOptionEntry *entries,
                                 ZifuCliOptions *options, int *argc, char ***argv);
ZifuPackLibrary *zifu_cli_open_library (const ZifuCliOptions *options);
ZifuDate         zifu_cli_find_today (void);
void             zifu_cli_options_clear (ZifuCliOptions *options);
int              zifu_cli_fail (const GError *error);
int              zifu_cli_fail_usage (const char *message);
char            *zifu_cli_dup_line (const char *text);
void             zifu_cli_print_node (JsonNode *node, gboolean on_one_line);
void             zifu_cli_drop_trace (JsonNode *result);
void             zifu_cli_print_range (const ZifuRange *range, gboolean text);
void             zifu_cli_print_row (const char *label, const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuCliOptions, zifu_cli_options_clear)

G_END_DECLS
