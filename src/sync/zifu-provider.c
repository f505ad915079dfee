/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-case-file.h"
#include "zifu-http-private.h"
#include "zifu-json.h"

/* One entry, out of a file that anybody may have put there: what is not exactly an entry is refused. */

#define MAX_NAME 80
#define MAX_ABOUT 300

static gboolean
fail (const ZifuPath *path, GError **error, const char *message)
{
  zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, message, NULL, NULL);
  return FALSE;
}

/* A text for one line: an entry must not be able to look like something else. */
static gboolean
check_text (const char *text, glong max, const ZifuPath *path, const char *language, GError **error)
{
  ZifuPath at = zifu_path_member (path, language);
  g_autofree char *limit = g_strdup_printf ("%ld", max);
  gboolean seen = FALSE;

  if (text == NULL)
    return TRUE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
          type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return fail (&at, error, N_("holds a character that is not shown"));
      seen = seen || !g_unichar_isspace (g_utf8_get_char (p));
    }
  if (!seen)
    return fail (&at, error, N_("an empty text cannot stand here"));
  if (g_utf8_strlen (text, -1) <= max)
    return TRUE;
  zifu_path_error (&at, error, ZIFU_ERROR_SCHEMA, N_("is longer than {1} characters"), limit, NULL);
  return FALSE;
}

static gboolean
read_texts (JsonObject *object, const char *member, gboolean both, glong max, ZifuText *out, const ZifuPath *path, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  ZifuPath at = zifu_path_member (path, member);
  JsonObject *texts = node != NULL ? zifu_json_to_object (node, &at, error) : NULL;

  if (node == NULL)
    return TRUE;
  return texts != NULL && zifu_json_check_fields (texts, &at, both ? "zh en" : "", "zh en", error) &&
         zifu_json_get_string (texts, "zh", &at, &out->zh, error) && zifu_json_get_string (texts, "en", &at, &out->en, error) &&
         check_text (out->zh, max, &at, "zh", error) && check_text (out->en, max, &at, "en", error);
}

static gboolean
read_address (JsonObject *object, char **out, const ZifuPath *path, GError **error)
{
  ZifuPath at = zifu_path_member (path, "address");

  if (!zifu_json_get_string (object, "address", path, out, error))
    return FALSE;
  while (g_str_has_suffix (*out, "/"))
    (*out)[strlen (*out) - 1] = '\0';
  return zifu_http_check_address (*out, NULL) || fail (&at, error, N_("must be an address that begins with https://"));
}

static gboolean
read_source (JsonObject *object, char **out, const ZifuPath *path, GError **error)
{
  ZifuPath at = zifu_path_member (path, "source");
  g_autoptr (GUri) uri = NULL;

  if (!zifu_json_get_string (object, "source", path, out, error))
    return FALSE;
  if (*out == NULL)
    return TRUE;
  uri = _zifu_http_parse_address (*out, NULL);
  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return fail (&at, error, N_("must be an address that begins with https://"));
}

static gboolean
read_region (JsonObject *object, char **out, const ZifuPath *path, GError **error)
{
  ZifuPath at = zifu_path_member (path, "region");

  if (!zifu_json_get_string (object, "region", path, out, error))
    return FALSE;
  if (*out == NULL || (strlen (*out) == 6 && strspn (*out, "0123456789") == 6))
    return TRUE;
  return fail (&at, error, N_("must be the six digits of a region"));
}

/**
 * zifu_provider_parse:
 * @text: (array length=length): an entry, as README.md of this room describes it
 * @length: length in bytes
 * @path: (nullable): the file, as messages name it
 * @error: return location for an error of #ZifuError that names file and field
 *
 * Returns: (transfer full) (nullable): the entry, or %NULL with an error
 */
ZifuProvider *
zifu_provider_parse (const char *text, gsize length, const char *path, GError **error)
{
  ZifuPath root = zifu_path_root (path, "");
  g_autoptr (ZifuProvider) self = g_new0 (ZifuProvider, 1);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  g_return_val_if_fail (text != NULL && length <= ZIFU_JSON_MAX_BYTES, NULL);

  node = zifu_json_read_text (text, (gssize) length, path, error);
  object = node != NULL ? zifu_json_to_object (node, &root, error) : NULL;
  if (object == NULL || !zifu_json_check_fields (object, &root, "name address", "about region source", error) ||
      !read_texts (object, "name", TRUE, MAX_NAME, &self->name, &root, error) ||
      !read_texts (object, "about", FALSE, MAX_ABOUT, &self->about, &root, error) ||
      !read_address (object, &self->address, &root, error) || !read_region (object, &self->region, &root, error) ||
      !read_source (object, &self->source, &root, error))
    return NULL;
  self->path = g_strdup (path);
  return g_steal_pointer (&self);
}

/**
 * zifu_provider_free:
 * @self: (nullable) (transfer full): an entry
 *
 * Frees @self with its texts.
 */
void
zifu_provider_free (ZifuProvider *self)
{
  if (self == NULL)
    return;

  g_free (self->name.zh);
  g_free (self->name.en);
  g_free (self->about.zh);
  g_free (self->about.en);
  g_free (self->address);
  g_free (self->region);
  g_free (self->source);
  g_free (self->path);
  g_free (self);
}
