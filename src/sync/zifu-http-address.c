/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-http-private.h"

#include <string.h>

#define MAX_LENGTH 4096

gboolean
_zifu_http_is_loopback (const char *host)
{
  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "::1") == 0;
}

/* A blank, a control character or a backslash is read differently by different programs: what one shows another does not open.  What turns
   the order of the letters around, or is not seen, shows an address that is another one. */
static gboolean
is_clean (const char *url)
{
  if (!g_utf8_validate (url, -1, NULL))
    return FALSE;
  for (const char *p = url; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c <= ' ' || c == '\\' || !g_unichar_isprint (c) || g_unichar_isspace (c) || g_unichar_iszerowidth (c))
        return FALSE;
    }
  return TRUE;
}

/* Letters, digits and what stands between them, none of which becomes something else where the name is looked up. */
static gboolean
is_host (const char *host)
{
  g_autofree char *same = g_utf8_normalize (host, -1, G_NORMALIZE_NFKC);

  for (const char *p = host; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalnum (g_utf8_get_char (p)) && !g_unichar_ismark (g_utf8_get_char (p)) && strchr ("-._:", *p) == NULL)
      return FALSE;
  return *host != '\0' && g_strcmp0 (same, host) == 0;
}

GUri *
_zifu_http_parse_address (const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme, *host;

  if (url != NULL && strlen (url) <= MAX_LENGTH && is_clean (url))
    uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  /* Names such as "localhost" are looked up, and what is looked up can be changed: only a number is this computer for sure. */
  if (host != NULL && is_host (host) && g_uri_get_userinfo (uri) == NULL && g_uri_get_fragment (uri) == NULL &&
      (g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && _zifu_http_is_loopback (host))))
    return g_steal_pointer (&uri);
  _zifu_http_fail (error, ZIFU_SYNC_ERROR_ADDRESS);
  return NULL;
}

/**
 * zifu_http_check_address:
 * @url: an address that a person typed or a server named
 * @error: return location for ZIFU_SYNC_ERROR_ADDRESS
 *
 * An address that others can be made from: https, or http to 127.0.0.1 or [::1]; no name or password in it, no query, no fragment.
 *
 * Returns: whether it can be used
 */
gboolean
zifu_http_check_address (const char *url, GError **error)
{
  g_autoptr (GUri) uri = _zifu_http_parse_address (url, error);

  if (uri == NULL)
    return FALSE;
  return g_uri_get_query (uri) == NULL ? TRUE : _zifu_http_fail (error, ZIFU_SYNC_ERROR_ADDRESS);
}

static int
port_of (GUri *uri)
{
  int port = g_uri_get_port (uri);

  return port > 0 ? port : g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

gboolean
_zifu_http_same_origin (const char *a, const char *b)
{
  g_autoptr (GUri) one = _zifu_http_parse_address (a, NULL);
  g_autoptr (GUri) other = _zifu_http_parse_address (b, NULL);

  return one != NULL && other != NULL && g_str_equal (g_uri_get_scheme (one), g_uri_get_scheme (other)) &&
         g_ascii_strcasecmp (g_uri_get_host (one), g_uri_get_host (other)) == 0 && port_of (one) == port_of (other);
}
