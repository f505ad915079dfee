/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-exchange.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "zifu-words.h"

/**
 * zifu_exchange_error_quark:
 *
 * Returns: the domain of #ZifuExchangeError
 */
G_DEFINE_QUARK (zifu-exchange-error-quark, zifu_exchange_error)

/**
 * zifu_exchange_set_error:
 * @error: return location for an error; may be %NULL
 * @code: which one
 * @message: a translated sentence; {1} and {2} stand for the arguments
 * @first: (nullable): the first argument
 * @second: (nullable): the second argument
 *
 * Sets an error whose message is shown to people as it is.
 */
void
zifu_exchange_set_error (GError **error, ZifuExchangeError code, const char *message, const char *first, const char *second)
{
  g_autofree char *text = NULL;

  g_return_if_fail (message != NULL);

  text = first != NULL ? zifu_words_fill (message, first, second, NULL) : g_strdup (message);
  g_set_error_literal (error, ZIFU_EXCHANGE_ERROR, code, text);
}

/**
 * zifu_exchange_set_file_error:
 * @error: return location for an error; may be %NULL
 * @path: the file, as the user named it
 * @error_number: what the system said (errno)
 *
 * Sets %ZIFU_EXCHANGE_ERROR_FILE or %ZIFU_EXCHANGE_ERROR_FULL.
 *
 * Returns: always %FALSE, so that a caller can return it
 */
gboolean
zifu_exchange_set_file_error (GError **error, const char *path, int error_number)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  name = g_filename_display_name (path);
  if (error_number == ENOSPC || error_number == EDQUOT)
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FULL, _("There is no space left for “{1}”."), name, NULL);
  else
    /* Translators: {1} is a file, {2} what the system says about it */
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FILE, _("“{1}”: {2}"), name, g_strerror (error_number));
  return FALSE;
}
