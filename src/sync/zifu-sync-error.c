/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync-error.h"

#include <glib/gi18n-lib.h>

/**
 * zifu_sync_error_quark:
 *
 * Returns: the domain of #ZifuSyncError
 */
G_DEFINE_QUARK (zifu-sync-error-quark, zifu_sync_error)

static const struct {
  const char *nick;
  const char *text;
} errors[] = {
  [ZIFU_SYNC_ERROR_ADDRESS] = { "address", N_("This address cannot be used. It must begin with https://.") },
  [ZIFU_SYNC_ERROR_OFFLINE] = { "offline", N_("The provider cannot be reached. Look whether this computer is connected, or try again "
                                              "later.") },
  [ZIFU_SYNC_ERROR_TIMED_OUT] = { "timed-out", N_("The provider did not answer in time. Try again later.") },
  [ZIFU_SYNC_ERROR_UNTRUSTED] = { "untrusted",
                                  N_("The server could not prove that it is the provider, so nothing was sent. Check the address and the "
                                     "clock "
                                     "of this computer; if both are right, ask the provider.") },
  [ZIFU_SYNC_ERROR_REDIRECTED] = { "redirected",
                                  N_("The provider has moved to another address. Ask it for the new one and connect again.") },
  [ZIFU_SYNC_ERROR_BUSY] = { "busy", N_("The provider is busy or under maintenance. Zifu tries again later.") },
  [ZIFU_SYNC_ERROR_SERVER] = { "server", N_("The provider reports a fault. Try again later; if it stays, ask the provider.") },
  [ZIFU_SYNC_ERROR_BROKEN] = { "broken", N_("What arrived was damaged, so it was not used. Try again; if it happens again, tell the "
                                            "provider.") },
  [ZIFU_SYNC_ERROR_VERSION] = { "version", N_("The provider speaks a version that this Zifu does not know. Look for a newer Zifu.") },
  [ZIFU_SYNC_ERROR_SIGN_IN] = { "sign-in", N_("Sign in again: the provider no longer accepts the earlier sign-in.") },
  [ZIFU_SYNC_ERROR_REFUSED] = { "refused", N_("The sign-in was declined. Nothing was connected.") },
  [ZIFU_SYNC_ERROR_CONSENT] = { "consent", N_("Your consent to read this account has ended. Sign in again to renew it.") },
  [ZIFU_SYNC_ERROR_EXPIRED] = { "expired", N_("The sign-in took too long. Start it once more.") },
  [ZIFU_SYNC_ERROR_KEYRING] = { "keyring", N_("The keyring does not answer. Unlock it and try again.") },
  [ZIFU_SYNC_ERROR_OTHER_PERSON] = { "other-person",
                                     N_("The provider sent the account of somebody else than before. Nothing was changed: sign in as the "
                                        "same "
                                        "person, or connect a new person.") },
  [ZIFU_SYNC_ERROR_CONNECTED] = { "connected", N_("This account is connected already. Nothing was changed: to connect another account, "
                                                  "sign in as the person it belongs to.") },
};

/**
 * zifu_sync_error_get_nick:
 * @code: why data did not arrive
 *
 * Returns: its name as it is kept in the ledger; it is the same in every language
 */
const char *
zifu_sync_error_get_nick (ZifuSyncError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (errors), "server");

  return errors[code].nick;
}

/**
 * zifu_sync_error_describe:
 * @code: why data did not arrive
 *
 * Returns: (transfer full): what happened and what the person can do, in the language of the user
 */
char *
zifu_sync_error_describe (ZifuSyncError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (errors), NULL);

  return g_strdup (_(errors[code].text));
}

/**
 * zifu_sync_error_parse:
 * @nick: what zifu_sync_error_get_nick() gave
 * @code: (out): why data did not arrive
 *
 * Returns: whether @nick is one
 */
gboolean
zifu_sync_error_parse (const char *nick, ZifuSyncError *code)
{
  g_return_val_if_fail (nick != NULL && code != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_str_equal (errors[i].nick, nick))
      {
        *code = i;
        return TRUE;
      }
  return FALSE;
}
