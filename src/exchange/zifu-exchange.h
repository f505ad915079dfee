/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

#define ZIFU_EXCHANGE_ERROR (zifu_exchange_error_quark ())

/**
 * ZifuExchangeError:
 * @ZIFU_EXCHANGE_ERROR_FILE: the file cannot be read, created or written
 * @ZIFU_EXCHANGE_ERROR_FULL: no space left
 * @ZIFU_EXCHANGE_ERROR_FORMAT: the file is not of the kind that was expected
 * @ZIFU_EXCHANGE_ERROR_DAMAGED: the file was of that kind, but it is not whole any more
 * @ZIFU_EXCHANGE_ERROR_NEWER: the file was written by a newer program
 * @ZIFU_EXCHANGE_ERROR_CHANGED: the file changed while it was being read
 * @ZIFU_EXCHANGE_ERROR_LIMIT: the file is larger or deeper than is read
 * @ZIFU_EXCHANGE_ERROR_NOT_EMPTY: the ledger already holds people
 * @ZIFU_EXCHANGE_ERROR_INPUT: what was asked for cannot be done
 *
 * Why nothing was exchanged.  Neither the ledger nor the file was changed.  What the ledger itself refuses keeps its
 * #ZifuLedgerError; what was cancelled is %G_IO_ERROR_CANCELLED.
 */
typedef enum {
  ZIFU_EXCHANGE_ERROR_FILE,
  ZIFU_EXCHANGE_ERROR_FULL,
  ZIFU_EXCHANGE_ERROR_FORMAT,
  ZIFU_EXCHANGE_ERROR_DAMAGED,
  ZIFU_EXCHANGE_ERROR_NEWER,
  ZIFU_EXCHANGE_ERROR_CHANGED,
  ZIFU_EXCHANGE_ERROR_LIMIT,
  ZIFU_EXCHANGE_ERROR_NOT_EMPTY,
  ZIFU_EXCHANGE_ERROR_INPUT,
} ZifuExchangeError;

GQuark   zifu_exchange_error_quark (void);
void     zifu_exchange_set_error (GError **error, ZifuExchangeError code, const char *message, const char *first, const char *second);
gboolean zifu_exchange_set_file_error (GError **error, const char *path, int error_number);

G_END_DECLS
