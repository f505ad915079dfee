/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ZIFU_SYNC_ERROR (zifu_sync_error_quark ())

/**
 * ZifuSyncError:
 * @ZIFU_SYNC_ERROR_ADDRESS: the address is none, or neither https nor this computer itself
 * @ZIFU_SYNC_ERROR_OFFLINE: the network or the server cannot be reached
 * @ZIFU_SYNC_ERROR_TIMED_OUT: no whole answer within the deadline
 * @ZIFU_SYNC_ERROR_UNTRUSTED: the server does not prove who it is, or the connection is not safe enough
 * @ZIFU_SYNC_ERROR_REDIRECTED: the server sends us elsewhere
 * @ZIFU_SYNC_ERROR_BUSY: the server asks to come back later (429, 503)
 * @ZIFU_SYNC_ERROR_SERVER: the server failed or answered what nobody asked
 * @ZIFU_SYNC_ERROR_BROKEN: the answer is damaged, too large, or not what the protocol says
 * @ZIFU_SYNC_ERROR_VERSION: the server speaks another version of the protocol
 * @ZIFU_SYNC_ERROR_SIGN_IN: sign in again
 * @ZIFU_SYNC_ERROR_REFUSED: the person or the provider did not agree
 * @ZIFU_SYNC_ERROR_CONSENT: the consent ended
 * @ZIFU_SYNC_ERROR_EXPIRED: the code was not used in time
 * @ZIFU_SYNC_ERROR_KEYRING: the keyring does not answer
 * @ZIFU_SYNC_ERROR_OTHER_PERSON: the account belongs to somebody else than before
 * @ZIFU_SYNC_ERROR_CONNECTED: the account is connected already
 *
 * Why data did not arrive.  Each message says what the person can do, and holds neither token nor name nor number of a document.
 */
typedef enum {
  ZIFU_SYNC_ERROR_ADDRESS,
  ZIFU_SYNC_ERROR_OFFLINE,
  ZIFU_SYNC_ERROR_TIMED_OUT,
  ZIFU_SYNC_ERROR_UNTRUSTED,
  ZIFU_SYNC_ERROR_REDIRECTED,
  ZIFU_SYNC_ERROR_BUSY,
  ZIFU_SYNC_ERROR_SERVER,
  ZIFU_SYNC_ERROR_BROKEN,
  ZIFU_SYNC_ERROR_VERSION,
  ZIFU_SYNC_ERROR_SIGN_IN,
  ZIFU_SYNC_ERROR_REFUSED,
  ZIFU_SYNC_ERROR_CONSENT,
  ZIFU_SYNC_ERROR_EXPIRED,
  ZIFU_SYNC_ERROR_KEYRING,
  ZIFU_SYNC_ERROR_OTHER_PERSON,
  ZIFU_SYNC_ERROR_CONNECTED,
} ZifuSyncError;

GQuark      zifu_sync_error_quark (void);
const char *zifu_sync_error_get_nick (ZifuSyncError code);
gboolean    zifu_sync_error_parse (const char *nick, ZifuSyncError *code);
char       *zifu_sync_error_describe (ZifuSyncError code);

G_END_DECLS
