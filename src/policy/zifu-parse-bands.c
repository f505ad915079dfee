/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "zifu-parse.h"

static gboolean
parse_band_pay (ZifuBandPay *pay, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);

  return object && zifu_json_check_fields (object, path, "payer ratio", "", error) &&
         zifu_json_get_string (object, "payer", path, &pay->payer, error) &&
         zifu_expr_parse_member (object, "ratio", path, &pay->ratio, error);
}

static gboolean
parse_band_pays (ZifuBand *band, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);

  if (!array)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);
      ZifuBandPay pay = { NULL };
      gboolean ok = parse_band_pay (&pay, json_array_get_element (array, i), &at, error);

      g_array_append_val (band->pay, pay);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_band (ZifuBand *band, JsonNode *node, const ZifuPath *path, gboolean with_payers, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  ZifuPath upto_path = zifu_path_member (path, "upto");
  ZifuPath pay_path = zifu_path_member (path, "pay");
  JsonNode *upto;

  if (!object || !zifu_json_check_fields (object, path, with_payers ? "upto pay" : "upto ratio", "", error))
    return FALSE;
  upto = json_object_get_member (object, "upto");
  if (!JSON_NODE_HOLDS_NULL (upto))
    {
      band->upto = zifu_expr_parse (upto, &upto_path, error);
      if (!band->upto)
        return FALSE;
    }
  if (!with_payers)
    {
      ZifuBandPay pay = { NULL };
      gboolean ok = zifu_expr_parse_member (object, "ratio", path, &pay.ratio, error);

      g_array_append_val (band->pay, pay);
      return ok;
    }
  return parse_band_pays (band, json_object_get_member (object, "pay"), &pay_path, error);
}

/**
 * zifu_bands_parse:
 * @node: a list of bands
 * @path: its place
 * @with_payers: whether each band lists payers, or a single ratio
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type ZifuBand): the bands, or %NULL
 */
GArray *
zifu_bands_parse (JsonNode *node, const ZifuPath *path, gboolean with_payers, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);
  g_autoptr (GArray) bands = NULL;

  if (!array)
    return NULL;
  if (json_array_get_length (array) == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("no bands"), NULL, NULL);
      return NULL;
    }
  bands = zifu_band_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);
      ZifuBand band = { NULL, zifu_band_pay_array_new () };
      gboolean ok = parse_band (&band, json_array_get_element (array, i), &at, with_payers, error);

      g_array_append_val (bands, band);
      if (!ok)
        return NULL;
    }
  return g_steal_pointer (&bands);
}
