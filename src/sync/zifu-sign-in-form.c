/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sign-in-private.h"

#include <string.h>

#include "zifu-case-file.h"

/* A form is put together in a place that is large enough from the start, so that no part of it is left behind in another. */
static gsize
measure (const ZifuFormField *fields, guint n_fields)
{
  gsize length = 1;

  for (guint i = 0; i < n_fields; i++)
    if (fields[i].value != NULL)
      length += strlen (fields[i].name) + 3 * strlen (fields[i].value) + 2;
  return length;
}

/* Whatever is not a letter, a digit or one of the four signs is encoded; a blank may be "%20" as well as "+" in a form. */
static void
append_encoded (GString *form, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || strchr ("-._~", *p) != NULL)
      g_string_append_c (form, *p);
    else
      g_string_append_printf (form, "%%%02X", (guchar) *p);
}

char *
_zifu_form_encode (const ZifuFormField *fields, guint n_fields)
{
  GString *form = g_string_sized_new (measure (fields, n_fields));

  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].value == NULL)
        continue;
      if (form->len > 0)
        g_string_append_c (form, '&');
      g_string_append (form, fields[i].name);
      g_string_append_c (form, '=');
      append_encoded (form, fields[i].value);
    }
  return g_string_free (form, FALSE);
}

GHashTable *
_zifu_form_decode (const char *query)
{
  g_autoptr (GHashTable) members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GUriParamsIter iter;
  char *name, *value;

  g_uri_params_iter_init (&iter, query != NULL ? query : "", -1, "&", G_URI_PARAMS_WWW_FORM);
  for (;;)
    {
      g_autoptr (GError) error = NULL;

      if (!g_uri_params_iter_next (&iter, &name, &value, &error))
        return error == NULL ? g_steal_pointer (&members) : NULL;
      if (!g_hash_table_insert (members, name, value))
        return NULL;
    }
}

JsonNode *
_zifu_reply_read_object (const ZifuReply *reply)
{
  g_autoptr (JsonNode) root = NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (reply->body, &length);

  if (length == 0 || g_strcmp0 (reply->media_type, "application/json") != 0)
    return NULL;
  root = zifu_json_read_text (text, (gssize) length, NULL, NULL);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? g_steal_pointer (&root) : NULL;
}

/* The bytes are this reply's own: nobody else sees that they change. */
void
_zifu_reply_wipe (ZifuReply *reply)
{
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (reply->body, &length);

  if (length > 0)
    explicit_bzero ((gpointer) bytes, length);
}
