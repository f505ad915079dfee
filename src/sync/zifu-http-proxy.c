/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-http-private.h"

/*
 * The system's way through proxies, except for this computer itself: what is sent to 127.0.0.1 may be unencrypted and must not leave it.
 */
#define ZIFU_TYPE_DIRECT_LOOPBACK (zifu_direct_loopback_get_type ())
G_DECLARE_FINAL_TYPE (ZifuDirectLoopback, zifu_direct_loopback, ZIFU, DIRECT_LOOPBACK, GObject)

struct _ZifuDirectLoopback {
  GObject         parent;
  GProxyResolver *inner; /* owned, nullable: none = no proxy at all */
};

static void zifu_direct_loopback_iface_init (GProxyResolverInterface *iface);

G_DEFINE_TYPE_WITH_CODE (ZifuDirectLoopback, zifu_direct_loopback, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, zifu_direct_loopback_iface_init))

static gboolean
goes_direct (ZifuDirectLoopback *self, const char *uri)
{
  g_autofree char *host = NULL;

  if (self->inner == NULL)
    return TRUE;
  return g_uri_split_network (uri, G_URI_FLAGS_NONE, NULL, &host, NULL, NULL) && _zifu_http_is_loopback (host);
}

static char **
direct (void)
{
  const char *const proxies[] = { "direct://", NULL };

  return g_strdupv ((char **) proxies);
}

static gboolean
zifu_direct_loopback_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
zifu_direct_loopback_lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  ZifuDirectLoopback *self = ZIFU_DIRECT_LOOPBACK (resolver);

  return goes_direct (self, uri) ? direct () : g_proxy_resolver_lookup (self->inner, uri, cancellable, error);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char **proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);

  if (proxies != NULL)
    g_task_return_pointer (task, proxies, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
zifu_direct_loopback_lookup_async (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  ZifuDirectLoopback *self = ZIFU_DIRECT_LOOPBACK (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  if (goes_direct (self, uri))
    g_task_return_pointer (task, direct (), (GDestroyNotify) g_strfreev);
  else
    g_proxy_resolver_lookup_async (self->inner, uri, cancellable, on_looked_up, g_steal_pointer (&task));
}

static char **
zifu_direct_loopback_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
zifu_direct_loopback_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = zifu_direct_loopback_is_supported;
  iface->lookup = zifu_direct_loopback_lookup;
  iface->lookup_async = zifu_direct_loopback_lookup_async;
  iface->lookup_finish = zifu_direct_loopback_lookup_finish;
}

static void
zifu_direct_loopback_finalize (GObject *object)
{
  g_clear_object (&ZIFU_DIRECT_LOOPBACK (object)->inner);
  G_OBJECT_CLASS (zifu_direct_loopback_parent_class)->finalize (object);
}

static void
zifu_direct_loopback_class_init (ZifuDirectLoopbackClass *class)
{
  G_OBJECT_CLASS (class)->finalize = zifu_direct_loopback_finalize;
}

static void
zifu_direct_loopback_init (ZifuDirectLoopback *self)
{
}

GProxyResolver *
_zifu_http_direct_loopback (GProxyResolver *inner)
{
  ZifuDirectLoopback *self;

  if (inner != NULL && ZIFU_IS_DIRECT_LOOPBACK (inner))
    return g_object_ref (inner);
  self = g_object_new (ZIFU_TYPE_DIRECT_LOOPBACK, NULL);
  g_set_object (&self->inner, inner);
  return G_PROXY_RESOLVER (self);
}
