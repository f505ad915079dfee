/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"

/* What the rows of each type must hold: the protocol's document, as a table. */

typedef enum { TEXT, MONEY, RATIO, TIME, DAY, MONTH, YEAR, FLAG, COUNT } Form;

typedef struct {
  const char *name;
  Form        form;
  guint       max; /* of characters; 0 = open */
  gboolean    required, nullable;
} Field;

static const Field insuinfo[] = {
  { "rid", TEXT, 40, TRUE },          { "balc", MONEY },
  { "insutype", TEXT, 6, TRUE },      { "psn_type", TEXT, 6, TRUE },
  { "psn_insu_stas", TEXT, 6, TRUE }, { "psn_insu_date", DAY },
  { "paus_insu_date", DAY, 0, FALSE, TRUE }, { "cvlserv_flag", FLAG },
  { "insuplc_admdvs", TEXT, 6, TRUE },       { "emp_name", TEXT, 200 },
};
static const Field setlinfo[] = {
  { "setl_id", TEXT, 30, TRUE },      { "init_setl_id", TEXT, 30, FALSE, TRUE }, { "mdtrt_id", TEXT, 30 },
  { "psn_no", TEXT, 30, TRUE },       { "insutype", TEXT, 6, TRUE },             { "med_type", TEXT, 6, TRUE },
  { "setl_time", TIME, 0, TRUE },     { "fixmedins_code", TEXT, 30 },            { "fixmedins_name", TEXT, 255 },
  { "hosp_lv", TEXT, 6 },             { "pay_loc", TEXT, 6 },                    { "medfee_sumamt", MONEY, 0, TRUE },
  { "fulamt_ownpay_amt", MONEY, 0, TRUE }, { "overlmt_selfpay", MONEY, 0, TRUE }, { "preselfpay_amt", MONEY, 0, TRUE },
  { "inscp_scp_amt", MONEY, 0, TRUE },     { "act_pay_dedc", MONEY },             { "pool_prop_selfpay", RATIO },
  { "hifp_pay", MONEY },              { "cvlserv_pay", MONEY },                  { "hifes_pay", MONEY },
  { "hifmi_pay", MONEY },             { "hifob_pay", MONEY },                    { "hifdm_pay", MONEY },
  { "maf_pay", MONEY },               { "oth_pay", MONEY },                      { "fund_pay_sumamt", MONEY, 0, TRUE },
  { "psn_part_amt", MONEY, 0, TRUE }, { "acct_pay", MONEY, 0, TRUE },            { "acct_mulaid_pay", MONEY, 0, TRUE },
  { "psn_cash_pay", MONEY, 0, TRUE }, { "hosp_part_amt", MONEY, 0, TRUE },       { "balc", MONEY, 0, TRUE },
  { "refd_setl_flag", FLAG, 0, TRUE },
};
static const Field acct_detl[] = {
  { "rid", TEXT, 40, TRUE }, { "acct_incexpd_type", TEXT, 6, TRUE }, { "acct_incexpd_souc_id", TEXT, 40 }, { "inc_sumamt", MONEY },
  { "pay_sumamt", MONEY },   { "crte_time", TIME, 0, TRUE },         { "year", YEAR },                     { "balc", MONEY, 0, TRUE },
};
static const Field clct_detl[] = {
  { "rid", TEXT, 40, TRUE },          { "insutype", TEXT, 6, TRUE },     { "poolarea_no", TEXT, 6 },
  { "cashym", MONTH },                { "accrym_begn", MONTH, 0, TRUE }, { "accrym_end", MONTH, 0, TRUE },
  { "clct_flag", TEXT, 3, TRUE },     { "clct_type", TEXT, 6, TRUE },    { "clct_time", TIME },
  { "revs_flag", TEXT, 3, TRUE },     { "psn_clct_amt", MONEY },         { "psn_clct_into_acct_amt", MONEY },
  { "emp_clct_into_acct_amt", MONEY }, { "insu_clct_mons", COUNT },
};
static const Field mulaid[] = {
  { "rid", TEXT, 0, TRUE }, { "psn_name", TEXT, 0, TRUE }, { "agnter_rlts", TEXT }, { "begndate", DAY, 0, TRUE },
  { "enddate", DAY, 0, FALSE, TRUE }, { "insuplc_admdvs", TEXT },
};
static const Field cum[] = {
  { "insutype", TEXT, 0, TRUE }, { "year", TEXT, 0, TRUE }, { "cum_ym", TEXT }, { "cum_type_code", TEXT, 0, TRUE },
  { "cum", MONEY, 0, TRUE },
};
static const Field fee[] = {
  { "feedetl_sn", TEXT, 30, TRUE },  { "med_list_codg", TEXT },     { "hilist_name", TEXT },     { "cnt", TEXT },      { "pric", TEXT },
  { "det_item_fee_sumamt", MONEY, 0, TRUE }, { "fulamt_ownpay_amt", MONEY }, { "overlmt_amt", MONEY }, { "preselfpay_amt", MONEY },
  { "inscp_scp_amt", MONEY },        { "selfpay_prop", RATIO },     { "chrgitm_lv", TEXT, 3, TRUE },
};

#define TYPE(name) { #name, name, G_N_ELEMENTS (name) }
static const struct {
  const char  *type;
  const Field *fields;
  guint        n_fields;
} types[] = { TYPE (acct_detl), TYPE (setlinfo), TYPE (clct_detl), TYPE (insuinfo), TYPE (mulaid), TYPE (cum) };

static gboolean
is_digits (const char *text, guint n)
{
  return strspn (text, "0123456789") >= n;
}

static gboolean
is_day (const char *text, gsize length)
{
  char day[11] = "";

  if (length != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  memcpy (day, text, 10);
  return zifu_date_parse (day) != 0;
}

static gboolean
is_time (const char *text)
{
  return strlen (text) == 19 && is_day (text, 10) && text[10] == ' ' && is_digits (text + 11, 2) && text[13] == ':' &&
         is_digits (text + 14, 2) && text[16] == ':' && is_digits (text + 17, 2) && strncmp (text + 11, "24", 2) < 0 && text[14] < '6' &&
         text[17] < '6';
}

static gboolean
is_month (const char *text)
{
  int month = strlen (text) == 6 && is_digits (text, 6) ? (text[4] - '0') * 10 + text[5] - '0' : 0;

  return month >= 1 && month <= 12 && (text[0] == '1' || text[0] == '2');
}

static gboolean
fits (JsonObject *data, const Field *field, JsonNode *node)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  ZifuMoney amount;

  if (field->form == COUNT)
    return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) >= 0;
  if (text == NULL)
    return FALSE;
  switch (field->form)
    {
    case MONEY:
      return zifu_feed_get_money (data, field->name, &amount);
    case RATIO:
      return strlen (text) == 6 && (*text == '0' || *text == '1') && text[1] == '.' && is_digits (text + 2, 4);
    case TIME:
      return is_time (text);
    case DAY:
      return is_day (text, strlen (text));
    case MONTH:
      return is_month (text);
    case YEAR:
      return strlen (text) == 4 && is_digits (text, 4);
    case FLAG:
      return g_str_equal (text, "0") || g_str_equal (text, "1");
    case TEXT:
    case COUNT:
    default:
      return (field->max == 0 || g_utf8_strlen (text, -1) <= field->max) && (!field->required || *text != '\0');
    }
}

static gboolean
check_fields (const Field *fields, guint n, JsonObject *data, const char **wrong)
{
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_object_get_member (data, fields[i].name);

      *wrong = fields[i].name;
      if (node == NULL ? fields[i].required
                       : JSON_NODE_HOLDS_NULL (node) ? !fields[i].nullable : !fits (data, &fields[i], node))
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_feed_check_row:
 * @type: the type of a row
 * @data: what it holds
 * @field: (out): the member that is missing or wrong
 *
 * Looks at what a row holds: members that it must have, amounts, days, months, ratios, flags, lengths.  Rows of an unknown type hold
 * whatever they hold; so do codes.
 *
 * Returns: whether it is as the protocol says
 */
gboolean
zifu_feed_check_row (const char *type, JsonObject *data, const char **field)
{
  g_return_val_if_fail (type != NULL && data != NULL && field != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (type, types[i].type))
      {
        if (!check_fields (types[i].fields, types[i].n_fields, data, field))
          return FALSE;
        *field = "accrym_end";
        return types[i].fields != clct_detl ||
               strcmp (json_object_get_string_member (data, "accrym_begn"), json_object_get_string_member (data, "accrym_end")) <= 0;
      }
  return TRUE;
}

/**
 * zifu_feed_check_fees:
 * @text: (array length=length): what a server sent
 * @length: its length in bytes
 * @setl_id: the settlement that was asked for
 * @error: return location for an error of #ZifuError (no JSON) or #ZifuExchangeError
 *
 * Looks at a document with the lines of a bill.
 *
 * Returns: whether it is one, of this settlement
 */
gboolean
zifu_feed_check_fees (const char *text, gsize length, const char *setl_id, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  JsonNode *list;
  const char *field = "setl_id";

  g_return_val_if_fail (text != NULL && setl_id != NULL, FALSE);

  if (length > ZIFU_FEED_MAX_BYTES)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("The account document is larger than 8 MB. Nothing was read."), NULL,
                               NULL);
      return FALSE;
    }
  root = zifu_json_read_foreign (text, length, NULL, error);
  if (root == NULL)
    return FALSE;
  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  list = object != NULL ? json_object_get_member (object, "feelist") : NULL;
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list) || g_strcmp0 (zifu_json_peek_string (object, "setl_id"), setl_id) != 0)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("The provider did not send the lines of this bill. Nothing was read."),
                               NULL,
                               NULL);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      JsonNode *item = json_array_get_element (json_node_get_array (list), i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      if (JSON_NODE_HOLDS_OBJECT (item) && check_fields (fee, G_N_ELEMENTS (fee), json_node_get_object (item), &field))
        continue;
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT,
                               _("Line {1} of the bill: “{2}” is missing or is not as it must be. Nothing was read."), number, field);
      return FALSE;
    }
  return TRUE;
}
