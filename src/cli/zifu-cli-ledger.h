/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-cli.h"
#include "zifu-export.h"
#include "zifu-ledger-purses.h"

G_BEGIN_DECLS

/**
 * ZifuCliLedgerOptions:
 *
 * Options of the commands about household data.
 */
typedef struct {
  ZifuCliOptions shared;
  char          *ledger; /* nullable: the file */
  char          *person; /* nullable: number or name */
  char          *from, *to;
  gboolean       json;
} ZifuCliLedgerOptions;

/**
 * ZifuCliBill:
 *
 * What a provider says of the visit behind an entry.
 */
typedef struct _ZifuCliBill ZifuCliBill;

/**
 * ZifuCliAsker:
 * @silent: connections that are not asked again, by number
 * @error: (nullable): the first failure
 *
 * Asks providers for the lines of bills.  One bill that does not come keeps no other from being told.
 */
typedef struct {
  GHashTable *silent;
  GError     *error;
} ZifuCliAsker;

ZifuCliAsker *zifu_cli_asker_new (void);
void          zifu_cli_asker_free (ZifuCliAsker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCliAsker, zifu_cli_asker_free)

ZifuCliBill *zifu_cli_bill_read (ZifuLedger *ledger, gint64 entry_id, ZifuCliAsker *asker, GError **error);
void         zifu_cli_bill_print (const ZifuCliBill *self);
void         zifu_cli_bill_add (const ZifuCliBill *self, JsonObject *object);
void         zifu_cli_bill_free (ZifuCliBill *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCliBill, zifu_cli_bill_free)

/**
 * ZifuCliDivision:
 *
 * Of which year the money of an account is.
 */
typedef struct _ZifuCliDivision ZifuCliDivision;

ZifuCliDivision *zifu_cli_division_read (ZifuLedger *ledger, ZifuPackLibrary *library, const ZifuMember *member, ZifuDate on,
                                         GError **error);
void             zifu_cli_division_print (const ZifuCliDivision *self);
void             zifu_cli_division_add (const ZifuCliDivision *self, JsonObject *object);
void             zifu_cli_division_free (ZifuCliDivision *self);
gboolean         zifu_cli_state_current (ZifuLedger *ledger, ZifuPackLibrary *library, gint64 member_id, const char *amount, const char *on,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCliDivision, zifu_cli_division_free)

int zifu_cli_estimate (int argc, char **argv);
int zifu_cli_history (int argc, char **argv);
int zifu_cli_balance (int argc, char **argv);
int zifu_cli_export (int argc, char **argv);
int zifu_cli_import (int argc, char **argv);
int zifu_cli_backup (int argc, char **argv);
int zifu_cli_restore (int argc, char **argv);
int zifu_cli_verify (int argc, char **argv);
int zifu_cli_sync (int argc, char **argv);

void        zifu_cli_ledger_options_clear (ZifuCliLedgerOptions *options);
char       *zifu_cli_ledger_path (const ZifuCliLedgerOptions *options);
ZifuLedger *zifu_cli_open_ledger (const ZifuCliLedgerOptions *options, GError **error);
gboolean    zifu_cli_find_person (ZifuLedger *ledger, const char *person, gint64 *id, GError **error);
gboolean    zifu_cli_parse_period (const ZifuCliLedgerOptions *options, ZifuDate *first, ZifuDate *last, GError **error);
GDateTime  *zifu_cli_now (void);
int         zifu_cli_salvage (const ZifuCliLedgerOptions *options);
int         zifu_cli_tell_balances (ZifuLedger *ledger, ZifuPackLibrary *library, gint64 member_id, gboolean json);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuCliLedgerOptions, zifu_cli_ledger_options_clear)

#define ZIFU_CLI_LEDGER_ENTRY(options) \
  { "ledger", 'l', 0, G_OPTION_ARG_FILENAME, &(options).ledger, N_ ("The file of the household data; else the window's"), N_ ("FILE") }
#define ZIFU_CLI_PERSON_ENTRY(options) \
  { "person", 'p', 0, G_OPTION_ARG_STRING, &(options).person, N_ ("Number or name of a person; else everybody"), N_ ("PERSON") }
#define ZIFU_CLI_PERIOD_ENTRIES(options) \
  { "from", 0, 0, G_OPTION_ARG_STRING, &(options).from, N_ ("First day, month or year, such as 2026-11"), N_ ("DAY") }, \
  { "to", 0, 0, G_OPTION_ARG_STRING, &(options).to, N_ ("Last day, month or year"), N_ ("DAY") }

G_END_DECLS
