/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-account-tokens.h"
#include "zifu-sync.h"

G_BEGIN_DECLS

/* As this program is registered with issuers: a public client, which has no secret. */
#define ZIFU_CONNECT_CLIENT_ID "zifu"

/**
 * ZifuConnectOffer:
 *
 * A provider, and where one signs in, before anybody did.
 */
typedef struct {
  char          *address;   /* owned: without a slash at its end */
  ZifuDiscovery *discovery; /* owned */
  ZifuIssuer    *issuer;    /* owned */
} ZifuConnectOffer;

/**
 * ZifuConnectAccount:
 *
 * An account that somebody signed in to, before it belongs to a person of the household.
 */
typedef struct {
  char              *key;    /* owned: of the sign-in in the keyring */
  ZifuAccountTokens *tokens; /* owned */
  ZifuFeedPerson    *person; /* owned: whose account it is */
} ZifuConnectAccount;

ZifuConnectOffer   *zifu_connect_look (ZifuHttp *http, const char *address, GCancellable *cancellable, GError **error);
void                zifu_connect_offer_free (ZifuConnectOffer *self);
char               *zifu_connect_offer_get_host (const ZifuConnectOffer *self);
char               *zifu_connect_offer_get_issuer_host (const ZifuConnectOffer *self);

ZifuConnectAccount *zifu_connect_enter (ZifuHttp *http, const ZifuConnectOffer *offer, const ZifuTokens *tokens, ZifuTokenStore *store,
                                        GCancellable *cancellable, GError **error);
void                zifu_connect_account_free (ZifuConnectAccount *self);
ZifuMember         *zifu_connect_account_dup_newcomer (const ZifuConnectAccount *self, GPtrArray *members, const char *region);
gboolean            zifu_connect_check_new (ZifuLedger *ledger, const ZifuConnectOffer *offer, const ZifuConnectAccount *account,
                                            GError **error);
gint64              zifu_connect_store (ZifuLedger *ledger, const ZifuConnectOffer *offer, const ZifuConnectAccount *account,
                                        const ZifuMember *newcomer, gint64 member_id, GError **error);
gboolean            zifu_connect_renew (ZifuLedger *ledger, gint64 connection_id, const ZifuConnectOffer *offer,
                                        const ZifuConnectAccount *account, GError **error);
gboolean            zifu_connect_fetch_fees (ZifuLedger *ledger, gint64 connection_id, const char *setl_id, ZifuTokenStore *store,
                                             GCancellable *cancellable, GError **error);
ZifuAccountTokens  *zifu_connect_get_tokens (const ZifuConnection *connection, ZifuTokenStore *store);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuConnectOffer, zifu_connect_offer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuConnectAccount, zifu_connect_account_free)

G_END_DECLS
