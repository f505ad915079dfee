/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-account-tokens.h"

#include "zifu-account-lock-private.h"
#include "zifu-sign-in-private.h"

/*
 * A refresh token is good for one use, and an issuer that sees one twice takes everything back.  So one thread at a time works with it, and
 * of all processes one; each reads what is stored under the lock, because another may have used and replaced it meanwhile; and what comes
 * back is stored before it is used.
 */

/* An access token is not used in its last seconds, when it may end on its way; of a short life, not in the second half. */
#define MARGIN_US (30 * G_USEC_PER_SEC)
/* How often a thread that waits for another one looks whether it was cancelled. */
#define LOOK_EVERY_US 100000

struct _ZifuAccountTokens {
  GObject         parent;
  ZifuTokenStore *store;
  char           *key, *issuer_url, *client_id;
  GMutex          lock;
  GCond           changed;
  /* Under the lock: */
  GTlsDatabase   *trust;     /* nullable */
  gboolean        busy;      /* a thread works with the refresh token: what is below @busy is its own */
  char           *access;    /* nullable */
  gint64          good_until; /* of @access, monotonic; G_MAXINT64 = not said */
  guint           round;     /* how often somebody was busy */
  gboolean        renewed;   /* the last round brought tokens */
  GError         *failure;   /* nullable: why it did not */
  /* Of the thread that is busy: */
  ZifuIssuer     *issuer;    /* nullable: what it said of itself */
  ZifuTokens     *unsaved;   /* nullable: came, and the keyring did not take it */
};

static void token_source_init (ZifuTokenSourceInterface *iface);

G_DEFINE_TYPE_WITH_CODE (ZifuAccountTokens, zifu_account_tokens, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (ZIFU_TYPE_TOKEN_SOURCE, token_source_init))

/* Waits until nobody is busy.  Under the lock. */
static gboolean
wait_for_others (ZifuAccountTokens *self, GCancellable *cancellable, GError **error)
{
  while (self->busy)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + LOOK_EVERY_US);
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
begin (ZifuAccountTokens *self, GCancellable *cancellable, GError **error)
{
  gboolean begun;

  g_mutex_lock (&self->lock);
  begun = wait_for_others (self, cancellable, error);
  self->busy = self->busy || begun;
  g_mutex_unlock (&self->lock);
  return begun;
}

static void
end (ZifuAccountTokens *self, gboolean renewed, const GError *failure)
{
  g_mutex_lock (&self->lock);
  self->busy = FALSE;
  self->renewed = renewed;
  self->round++;
  g_clear_error (&self->failure);
  if (failure != NULL)
    self->failure = g_error_copy (failure);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* What may be used from now on; @tokens: (nullable) */
static void
adopt (ZifuAccountTokens *self, const ZifuTokens *tokens)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->access, _zifu_secret_free);
  if (tokens != NULL)
    {
      self->access = g_strdup (tokens->access);
      self->good_until = G_MAXINT64;
      if (tokens->expires_at > 0)
        self->good_until = tokens->expires_at - MIN (MARGIN_US, MAX (tokens->expires_at - now, 0) / 2);
    }
  g_mutex_unlock (&self->lock);
}

static ZifuHttp *
new_http (ZifuAccountTokens *self)
{
  g_autoptr (SoupSession) session = zifu_http_new_session ();

  g_mutex_lock (&self->lock);
  if (self->trust != NULL)
    soup_session_set_tls_database (session, self->trust);
  g_mutex_unlock (&self->lock);
  return zifu_http_new (session);
}

static gboolean
know_issuer (ZifuAccountTokens *self, ZifuHttp *http, GCancellable *cancellable, GError **error)
{
  if (self->issuer == NULL)
    self->issuer = zifu_issuer_discover (http, self->issuer_url, cancellable, error);
  return self->issuer != NULL;
}

/* Nothing that was given may be lost: what the keyring does not take now is offered to it again next time. */
static gboolean
store_tokens (ZifuAccountTokens *self, const ZifuTokens *tokens, GError **error)
{
  if (zifu_token_store_save (self->store, self->key, tokens->refresh, NULL, error))
    return TRUE;
  g_clear_pointer (&self->unsaved, zifu_tokens_free);
  self->unsaved = zifu_tokens_copy (tokens);
  return FALSE;
}

static gboolean
store_unsaved (ZifuAccountTokens *self, GError **error)
{
  if (self->unsaved == NULL)
    return TRUE;
  if (!zifu_token_store_save (self->store, self->key, self->unsaved->refresh, NULL, error))
    return FALSE;
  g_clear_pointer (&self->unsaved, zifu_tokens_free);
  return TRUE;
}

/* Under both locks. */
static ZifuTokens *
refresh (ZifuAccountTokens *self, ZifuHttp *http, const char *stored, GError **error)
{
  g_autoptr (GError) failed = NULL;
  ZifuTokens *tokens = zifu_sign_in_refresh (http, self->issuer, self->client_id, stored, NULL, &failed);
  char *again;

  if (tokens != NULL)
    return tokens;
  /* Where there are no locks, another process may have replaced it in the meantime. */
  again = g_error_matches (failed, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_SIGN_IN)
              ? zifu_token_store_load (self->store, self->key, NULL, NULL)
              : NULL;
  if (again != NULL && !_zifu_secret_equal (again, stored))
    tokens = zifu_sign_in_refresh (http, self->issuer, self->client_id, again, NULL, error);
  else
    g_propagate_error (error, g_steal_pointer (&failed));
  _zifu_secret_free (again);
  return tokens;
}

static ZifuTokens *
renew_locked (ZifuAccountTokens *self, gboolean *kept, GError **error)
{
  g_autoptr (ZifuHttp) http = NULL;
  g_autoptr (GError) failed = NULL;
  g_autoptr (ZifuTokens) tokens = NULL;
  char *stored;

  if (!store_unsaved (self, error))
    return NULL;
  stored = zifu_token_store_load (self->store, self->key, NULL, &failed);
  if (stored == NULL)
    {
      if (failed != NULL)
        g_propagate_error (error, g_steal_pointer (&failed));
      else
        *kept = _zifu_http_fail (error, ZIFU_SYNC_ERROR_SIGN_IN);
      return NULL;
    }
  http = new_http (self);
  if (know_issuer (self, http, NULL, error))
    tokens = refresh (self, http, stored, error);
  if (tokens != NULL && !_zifu_secret_equal (tokens->refresh, stored) && !store_tokens (self, tokens, error))
    g_clear_pointer (&tokens, zifu_tokens_free);
  /* It may have moved what it serves: asked again next time. */
  if (tokens == NULL)
    g_clear_pointer (&self->issuer, zifu_issuer_free);
  _zifu_secret_free (stored);
  return g_steal_pointer (&tokens);
}

static ZifuTokens *
renew (ZifuAccountTokens *self, GError **error)
{
  gboolean kept = TRUE;
  ZifuTokens *tokens;
  int lock;

  if (!_zifu_account_lock_take (self->key, &lock, NULL, error))
    return NULL;
  tokens = renew_locked (self, &kept, error);
  if (kept)
    _zifu_account_lock_give_back (lock);
  else
    _zifu_account_lock_drop (self->key, lock);
  return tokens;
}

/* Under the lock. */
static char *
get_good_token (ZifuAccountTokens *self, const char *refused)
{
  if (self->access == NULL || self->good_until <= g_get_monotonic_time () || _zifu_secret_equal (self->access, refused))
    return NULL;
  return g_strdup (self->access);
}

/*
 * Runs to its end, even when whoever began it was cancelled or closed the window: an answer that nobody reads takes the only good token
 * with it.
 */
static gpointer
run_renewal (gpointer data)
{
  g_autoptr (ZifuAccountTokens) self = data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (ZifuTokens) tokens = renew (self, &failed);

  if (tokens != NULL)
    adopt (self, tokens);
  end (self, tokens != NULL, failed);
  return NULL;
}

/* Under the lock. */
static gboolean
begin_renewal (ZifuAccountTokens *self, GError **error)
{
  g_autoptr (GError) failed = NULL;
  GThread *thread = g_thread_try_new ("renew-token", run_renewal, g_object_ref (self), &failed);

  if (thread == NULL)
    {
      g_object_unref (self);
      return _zifu_http_fail (error, ZIFU_SYNC_ERROR_BUSY);
    }
  g_thread_unref (thread);
  self->busy = TRUE;
  return TRUE;
}

/* Waits for the end of a round and takes what it brought; %NULL without an error: neither a token nor a failure.  Under the lock. */
static char *
wait_for_round (ZifuAccountTokens *self, GCancellable *cancellable, GError **error)
{
  guint round = self->round;

  while (self->round == round)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + LOOK_EVERY_US);
    }
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return NULL;
    }
  return self->renewed ? g_strdup (self->access) : NULL;
}

static char *
get_token (ZifuTokenSource *source, const char *refused, GCancellable *cancellable, GError **error)
{
  ZifuAccountTokens *self = ZIFU_ACCOUNT_TOKENS (source);
  g_autoptr (GError) failed = NULL;
  char *token = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_mutex_lock (&self->lock);
  while (token == NULL && failed == NULL)
    {
      token = get_good_token (self, refused);
      if (token == NULL && (self->busy || begin_renewal (self, &failed)))
        token = wait_for_round (self, cancellable, &failed);
    }
  g_mutex_unlock (&self->lock);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return token;
}

/**
 * zifu_account_tokens_new:
 * @store: where refresh tokens are kept
 * @key: which connection
 * @issuer: who gives the tokens
 * @client_id: this program, as the issuer knows it
 *
 * Returns: (transfer full): the tokens of a connection; safe to use from several threads
 */
ZifuAccountTokens *
zifu_account_tokens_new (ZifuTokenStore *store, const char *key, const char *issuer, const char *client_id)
{
  ZifuAccountTokens *self;

  g_return_val_if_fail (ZIFU_IS_TOKEN_STORE (store), NULL);
  g_return_val_if_fail (key != NULL && *key != '\0' && issuer != NULL && client_id != NULL, NULL);

  self = g_object_new (ZIFU_TYPE_ACCOUNT_TOKENS, NULL);
  self->store = g_object_ref (store);
  self->key = g_strdup (key);
  self->issuer_url = g_strdup (issuer);
  self->client_id = g_strdup (client_id);
  return self;
}

/**
 * zifu_account_tokens_set_trust:
 * @self: tokens
 * @trust: (nullable): who may vouch for the issuer; %NULL = whom the system trusts
 *
 * For an issuer with an authority of its own, as tests have it.
 */
void
zifu_account_tokens_set_trust (ZifuAccountTokens *self, GTlsDatabase *trust)
{
  g_return_if_fail (ZIFU_IS_ACCOUNT_TOKENS (self));

  g_mutex_lock (&self->lock);
  g_set_object (&self->trust, trust);
  g_mutex_unlock (&self->lock);
}

static gboolean
keep_locked (ZifuAccountTokens *self, const ZifuTokens *tokens, GCancellable *cancellable, GError **error)
{
  if (tokens->refresh == NULL)
    return zifu_token_store_delete (self->store, self->key, cancellable, error);
  return zifu_token_store_save (self->store, self->key, tokens->refresh, cancellable, error);
}

/**
 * zifu_account_tokens_keep:
 * @self: tokens
 * @tokens: what a sign-in brought
 * @cancellable: (nullable): stops it
 * @error: return location for ZIFU_SYNC_ERROR_KEYRING, ZIFU_SYNC_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED
 *
 * Puts @tokens in the place of what was there.  Of what an issuer gives no refresh token for, nothing is kept beyond this run.  Blocks.
 *
 * Returns: whether they are kept; otherwise everything is as it was
 */
gboolean
zifu_account_tokens_keep (ZifuAccountTokens *self, const ZifuTokens *tokens, GCancellable *cancellable, GError **error)
{
  gboolean kept = FALSE;
  int lock;

  g_return_val_if_fail (ZIFU_IS_ACCOUNT_TOKENS (self), FALSE);
  g_return_val_if_fail (tokens != NULL && tokens->access != NULL, FALSE);

  if (!begin (self, cancellable, error))
    return FALSE;
  if (_zifu_account_lock_take (self->key, &lock, cancellable, error))
    {
      kept = keep_locked (self, tokens, cancellable, error);
      _zifu_account_lock_give_back (lock);
    }
  if (kept)
    {
      g_clear_pointer (&self->unsaved, zifu_tokens_free);
      adopt (self, tokens);
    }
  end (self, FALSE, NULL);
  return kept;
}

/* Takes what is stored and deletes it: gone from here comes first, whatever the network does afterwards. */
static gboolean
take_out (ZifuAccountTokens *self, char **last, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gboolean gone;
  int lock;

  if (!_zifu_account_lock_take (self->key, &lock, cancellable, error))
    return FALSE;
  if (self->unsaved != NULL)
    *last = g_strdup (self->unsaved->refresh);
  else
    *last = zifu_token_store_load (self->store, self->key, cancellable, &failed);
  gone = failed == NULL && zifu_token_store_delete (self->store, self->key, cancellable, &failed);
  if (gone)
    _zifu_account_lock_drop (self->key, lock);
  else
    _zifu_account_lock_give_back (lock);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return gone;
}

static gboolean
tell_issuer (ZifuAccountTokens *self, const char *token, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuHttp) http = new_http (self);

  return know_issuer (self, http, cancellable, error) && zifu_sign_out (http, self->issuer, self->client_id, token, cancellable, error);
}

/**
 * zifu_account_tokens_sign_out:
 * @self: tokens
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Deletes the tokens here, then tells the issuer.  May be repeated.  ZIFU_SYNC_ERROR_KEYRING means that the token is still there, because
 * the keyring does not give it away; every other error, except when cancelled before, that it is gone from this computer and the issuer
 * could not be told: then it stays good there until the issuer lets it end.  Blocks.
 *
 * Returns: whether the token is gone and the issuer was told
 */
gboolean
zifu_account_tokens_sign_out (ZifuAccountTokens *self, GCancellable *cancellable, GError **error)
{
  char *last = NULL, *access;
  gboolean told;

  g_return_val_if_fail (ZIFU_IS_ACCOUNT_TOKENS (self), FALSE);

  if (!begin (self, cancellable, error))
    return FALSE;
  told = take_out (self, &last, cancellable, error);
  g_mutex_lock (&self->lock);
  access = g_strdup (self->access);
  g_mutex_unlock (&self->lock);
  if (told)
    {
      adopt (self, NULL);
      g_clear_pointer (&self->unsaved, zifu_tokens_free);
      if (last != NULL || access != NULL)
        told = tell_issuer (self, last != NULL ? last : access, cancellable, error);
    }
  _zifu_secret_free (last);
  _zifu_secret_free (access);
  end (self, FALSE, NULL);
  return told;
}

static void
zifu_account_tokens_finalize (GObject *object)
{
  ZifuAccountTokens *self = ZIFU_ACCOUNT_TOKENS (object);

  g_clear_object (&self->store);
  g_clear_object (&self->trust);
  g_free (self->key);
  g_free (self->issuer_url);
  g_free (self->client_id);
  _zifu_secret_free (self->access);
  g_clear_error (&self->failure);
  zifu_issuer_free (self->issuer);
  zifu_tokens_free (self->unsaved);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  G_OBJECT_CLASS (zifu_account_tokens_parent_class)->finalize (object);
}

static void
zifu_account_tokens_class_init (ZifuAccountTokensClass *class)
{
  G_OBJECT_CLASS (class)->finalize = zifu_account_tokens_finalize;
}

static void
token_source_init (ZifuTokenSourceInterface *iface)
{
  iface->get_token = get_token;
}

static void
zifu_account_tokens_init (ZifuAccountTokens *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}
