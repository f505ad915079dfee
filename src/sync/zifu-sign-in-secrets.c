/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sign-in-private.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* No more than the kernel gives at once, without the chance of a part. */
#define MAX_RANDOM_BYTES 64

static char *
encode_base64url (const guchar *bytes, gsize n)
{
  char *text = g_base64_encode (bytes, n);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

void
_zifu_secret_free (char *text)
{
  if (text == NULL)
    return;
  explicit_bzero (text, strlen (text));
  g_free (text);
}

/* GLib's random numbers can be foretold by whoever saw some of them; these cannot. */
char *
_zifu_secret_random (gsize n_bytes)
{
  guchar bytes[MAX_RANDOM_BYTES];
  char *text;

  g_return_val_if_fail (n_bytes > 0 && n_bytes <= sizeof bytes, NULL);

  while (getrandom (bytes, n_bytes, 0) != (gssize) n_bytes)
    if (errno != EINTR)
      g_error ("The system gives no random numbers");
  text = encode_base64url (bytes, n_bytes);
  explicit_bzero (bytes, sizeof bytes);
  return text;
}

char *
_zifu_secret_challenge (const char *verifier)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guchar digest[32];
  gsize n = sizeof digest;

  g_checksum_update (sum, (const guchar *) verifier, (gssize) strlen (verifier));
  g_checksum_get_digest (sum, digest, &n);
  return encode_base64url (digest, n);
}

gboolean
_zifu_secret_equal (const char *a, const char *b)
{
  gsize n = a != NULL ? strlen (a) : 0;
  guchar differences = 0;

  if (a == NULL || b == NULL || strlen (b) != n)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    differences |= (guchar) (a[i] ^ b[i]);
  return differences == 0;
}
