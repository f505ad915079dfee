/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-token-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "zifu-sign-in-private.h"

/*
 * The keyring keeps what lasts.  A computer without one is no reason to write a token into a file: it is remembered while the program
 * runs, by all stores of the process, because a window and its threads each make one.
 */

struct _ZifuTokenStore {
  GObject     parent;
  gboolean    memory_only;
  GHashTable *own; /* nullable: of key to token, when it is in memory only */
};

G_DEFINE_TYPE (ZifuTokenStore, zifu_token_store, G_TYPE_OBJECT)

G_LOCK_DEFINE_STATIC (memory);
static GHashTable *shared;

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    "org.zifu.Zifu.Account",
    SECRET_SCHEMA_NONE,
    { { "connection", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING } },
  };

  return &schema;
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) _zifu_secret_free);
}

/* Under the lock. */
static GHashTable *
get_table (ZifuTokenStore *self)
{
  if (self->own != NULL)
    return self->own;
  if (shared == NULL)
    shared = new_table ();
  return shared;
}

static void
remember (ZifuTokenStore *self, const char *key, const char *refresh)
{
  G_LOCK (memory);
  if (refresh != NULL)
    g_hash_table_insert (get_table (self), g_strdup (key), g_strdup (refresh));
  else
    g_hash_table_remove (get_table (self), key);
  G_UNLOCK (memory);
}

static char *
recall (ZifuTokenStore *self, const char *key)
{
  char *refresh;

  G_LOCK (memory);
  refresh = g_strdup (g_hash_table_lookup (get_table (self), key));
  G_UNLOCK (memory);
  return refresh;
}

/* Whether nobody answers who could keep a secret; everything else is somebody who does not want to, or cannot now. */
static gboolean
is_absent (const GError *failed)
{
  static const GDBusError absent[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN,   G_DBUS_ERROR_NAME_HAS_NO_OWNER,  G_DBUS_ERROR_NO_SERVER,          G_DBUS_ERROR_DISCONNECTED,
    G_DBUS_ERROR_SPAWN_EXEC_FAILED, G_DBUS_ERROR_SPAWN_FORK_FAILED,  G_DBUS_ERROR_SPAWN_CHILD_EXITED, G_DBUS_ERROR_SPAWN_CHILD_SIGNALED,
    G_DBUS_ERROR_SPAWN_FAILED,      G_DBUS_ERROR_SPAWN_SETUP_FAILED, G_DBUS_ERROR_SPAWN_CONFIG_INVALID, G_DBUS_ERROR_SPAWN_SERVICE_INVALID,
    G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND, G_DBUS_ERROR_SPAWN_PERMISSIONS_INVALID, G_DBUS_ERROR_SPAWN_FILE_INVALID,
    G_DBUS_ERROR_ACCESS_DENIED,
  };

  if (failed->domain == G_DBUS_ERROR)
    for (guint i = 0; i < G_N_ELEMENTS (absent); i++)
      if (failed->code == (int) absent[i])
        return TRUE;
  /* No bus at all: none is named, or nobody listens where it was. */
  return failed->domain == G_IO_ERROR &&
         (failed->code == G_IO_ERROR_FAILED || failed->code == G_IO_ERROR_NOT_FOUND || failed->code == G_IO_ERROR_CONNECTION_REFUSED ||
          failed->code == G_IO_ERROR_CLOSED || failed->code == G_IO_ERROR_INVALID_ARGUMENT);
}

/* What the keyring says may hold what it was asked for: only our own words go on. */
static gboolean
fail (GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return _zifu_http_fail (error, ZIFU_SYNC_ERROR_KEYRING);
}

/* A locked keyring finds what it does not open: that is not the same as having nothing. */
static gboolean
is_kept (const char *key, GCancellable *cancellable)
{
  GList *items = secret_password_search_sync (get_schema (), SECRET_SEARCH_NONE, cancellable, NULL, "connection", key, NULL);
  gboolean found = items != NULL;

  g_list_free_full (items, g_object_unref);
  return found;
}

/**
 * zifu_token_store_new:
 *
 * Returns: (transfer full): a store in the keyring of the person, or in memory while there is none; safe to use from several threads
 */
ZifuTokenStore *
zifu_token_store_new (void)
{
  return g_object_new (ZIFU_TYPE_TOKEN_STORE, NULL);
}

/**
 * zifu_token_store_new_in_memory:
 *
 * Returns: (transfer full): a store of its own that forgets with its last reference
 */
ZifuTokenStore *
zifu_token_store_new_in_memory (void)
{
  ZifuTokenStore *self = g_object_new (ZIFU_TYPE_TOKEN_STORE, NULL);

  self->memory_only = TRUE;
  self->own = new_table ();
  return self;
}

/**
 * zifu_token_store_is_lasting:
 * @self: a store
 * @cancellable: (nullable): stops it
 *
 * Asks without waking anybody: a locked keyring is not opened for it.  Blocks.
 *
 * Returns: whether a token will still be there when the program is started again
 */
gboolean
zifu_token_store_is_lasting (ZifuTokenStore *self, GCancellable *cancellable)
{
  g_autoptr (GError) failed = NULL;
  GList *items;

  g_return_val_if_fail (ZIFU_IS_TOKEN_STORE (self), FALSE);

  if (self->memory_only)
    return FALSE;
  items = secret_password_search_sync (get_schema (), SECRET_SEARCH_NONE, cancellable, &failed, "connection", "", NULL);
  g_list_free_full (items, g_object_unref);
  return failed == NULL;
}

/**
 * zifu_token_store_save:
 * @self: a store
 * @key: which connection
 * @refresh: its refresh token; takes the place of an earlier one
 * @cancellable: (nullable): stops it
 * @error: return location for ZIFU_SYNC_ERROR_KEYRING or %G_IO_ERROR_CANCELLED
 *
 * Keeps a token.  The keyring may ask the person to unlock it.  Blocks.
 *
 * Returns: whether it is kept
 */
gboolean
zifu_token_store_save (ZifuTokenStore *self, const char *key, const char *refresh, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failed = NULL;

  g_return_val_if_fail (ZIFU_IS_TOKEN_STORE (self), FALSE);
  g_return_val_if_fail (key != NULL && *key != '\0' && refresh != NULL, FALSE);

  if (!self->memory_only)
    {
      /* Translators: the name under which the keyring shows what Zifu keeps there */
      if (secret_password_store_sync (get_schema (), SECRET_COLLECTION_DEFAULT, _("Zifu: sign-in of an account"), refresh, cancellable,
                                      &failed, "connection", key, NULL))
        {
          remember (self, key, NULL);
          return TRUE;
        }
      if (failed == NULL || !is_absent (failed))
        return fail (cancellable, error);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  remember (self, key, refresh);
  return TRUE;
}

/**
 * zifu_token_store_load:
 * @self: a store
 * @key: which connection
 * @cancellable: (nullable): stops it
 * @error: return location for ZIFU_SYNC_ERROR_KEYRING or %G_IO_ERROR_CANCELLED
 *
 * Fetches a token.  The keyring may ask the person to unlock it.  Blocks.
 *
 * Returns: (transfer full) (nullable): the token; %NULL without an error when there is none, with one when it cannot be fetched
 */
char *
zifu_token_store_load (ZifuTokenStore *self, const char *key, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failed = NULL;
  char *refresh, *kept;

  g_return_val_if_fail (ZIFU_IS_TOKEN_STORE (self), NULL);
  g_return_val_if_fail (key != NULL && *key != '\0', NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  refresh = recall (self, key);
  if (refresh != NULL || self->memory_only)
    return refresh;
  kept = secret_password_lookup_nonpageable_sync (get_schema (), cancellable, &failed, "connection", key, NULL);
  /* Its memory is special: whoever gets the token may free it like any text. */
  refresh = g_strdup (kept);
  secret_password_free (kept);
  if (refresh == NULL && (failed != NULL ? !is_absent (failed) : is_kept (key, cancellable)))
    fail (cancellable, error);
  return refresh;
}

/**
 * zifu_token_store_delete:
 * @self: a store
 * @key: which connection
 * @cancellable: (nullable): stops it
 * @error: return location for ZIFU_SYNC_ERROR_KEYRING or %G_IO_ERROR_CANCELLED
 *
 * Forgets a token.  One that is not there is forgotten already.  Blocks.
 *
 * Returns: whether it is gone
 */
gboolean
zifu_token_store_delete (ZifuTokenStore *self, const char *key, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failed = NULL;

  g_return_val_if_fail (ZIFU_IS_TOKEN_STORE (self), FALSE);
  g_return_val_if_fail (key != NULL && *key != '\0', FALSE);

  remember (self, key, NULL);
  if (self->memory_only || secret_password_clear_sync (get_schema (), cancellable, &failed, "connection", key, NULL))
    return TRUE;
  if (failed != NULL && is_absent (failed))
    return TRUE;
  return failed == NULL && !is_kept (key, cancellable) ? TRUE : fail (cancellable, error);
}

static void
zifu_token_store_finalize (GObject *object)
{
  ZifuTokenStore *self = ZIFU_TOKEN_STORE (object);

  g_clear_pointer (&self->own, g_hash_table_unref);
  G_OBJECT_CLASS (zifu_token_store_parent_class)->finalize (object);
}

static void
zifu_token_store_class_init (ZifuTokenStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = zifu_token_store_finalize;
}

static void
zifu_token_store_init (ZifuTokenStore *self)
{
}
