/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The mistakes that a network, a server and a source can make. */

static const FaultInfo table[] = {
  { "any", FAULT_SEND, "one of the passing ones below, a different one each time" },
  { "reset", FAULT_SEND, "the connection is reset after so many bytes" },
  { "close", FAULT_SEND, "the connection is closed before a byte of the answer" },
  { "truncate", FAULT_SEND, "the answer stops after so many bytes, short of its Content-Length" },
  { "truncate-chunked", FAULT_SEND, "the same, chunked: the last chunk never comes" },
  { "truncate-unframed", FAULT_SEND, "the same, with neither length nor chunks" },
  { "hang", FAULT_SEND, "nothing more comes after so many bytes, and the connection stays open" },
  { "slow", FAULT_SEND, "one byte each so many milliseconds" },
  { "garbage", FAULT_SEND, "bytes that are no HTTP" },
  { "304", FAULT_REPLY, "304 to a request without a validator" },
  { "redirect", FAULT_REPLY, "302 to another place" },
  { "400", FAULT_REPLY, "400 invalid-request" },
  { "401", FAULT_REPLY, "401" },
  { "403", FAULT_REPLY, "403 insufficient-scope" },
  { "consent", FAULT_REPLY, "403 consent-expired" },
  { "404", FAULT_REPLY, "404" },
  { "409", FAULT_REPLY, "409 state-moved" },
  { "410", FAULT_REPLY, "410 state-expired" },
  { "429", FAULT_REPLY, "429 with Retry-After" },
  { "500", FAULT_REPLY, "500 without a body" },
  { "502", FAULT_REPLY, "502 with a page of a proxy" },
  { "503", FAULT_REPLY, "503 maintenance with Retry-After" },
  { "html", FAULT_REPLY, "200 with a page of a captive portal" },
  { "empty", FAULT_REPLY, "200 with nothing" },
  { "blank", FAULT_REPLY, "200 with white space only" },
  { "not-json", FAULT_REPLY, "200 with half a JSON document, complete as HTTP" },
  { "two-roots", FAULT_REPLY, "200 with two JSON documents" },
  { "array", FAULT_REPLY, "200 with an array instead of an object" },
  { "bad-utf8", FAULT_REPLY, "200 with bytes that are no UTF-8" },
  { "deep", FAULT_REPLY, "200 with 200,000 brackets" },
  { "big", FAULT_REPLY, "200 with 9 MiB" },
  { "bomb", FAULT_REPLY, "200 with 200 MiB that came as 200 KiB" },
  { "media-type", FAULT_REPLY, "200 with the right body as text/plain" },
  { "skew", FAULT_PAGE, "a Date of ten minutes ago" },
  { "version", FAULT_PAGE, "discovery names another version only" },
  { "no-checkpoint", FAULT_PAGE, "the last page has none" },
  { "no-digest", FAULT_PAGE, "the checkpoint has none" },
  { "digest", FAULT_PAGE, "C8: a wrong digest" },
  { "counts", FAULT_PAGE, "C8: a wrong number of rows of a type" },
  { "count", FAULT_PAGE, "C0: count is not the number of entries" },
  { "gap", FAULT_PAGE, "C1: an entry of the page is missing" },
  { "chain", FAULT_PAGE, "C1: a wrong prev_seq" },
  { "balance", FAULT_PAGE, "C5: the stated balance is one fen too high" },
  { "money-as-number", FAULT_PAGE, "amounts as JSON numbers" },
  { "money-format", FAULT_PAGE, "amounts with one decimal" },
  { "endless", FAULT_PAGE, "the same state again and again, always with more to come" },
  { "empty-page", FAULT_PAGE, "a page without entries and more to come" },
  { "other-person", FAULT_PAGE, "the account of somebody else" },
  { "other-bill", FAULT_PAGE, "the lines of another bill" },
  { "fee-sum", FAULT_PAGE, "the lines of a bill come to one fen more" },
  { "sums", FAULT_DATA, "C2: the parts of a bill do not add up" },
  { "red-pair", FAULT_DATA, "C3: a reversal undoes more than its original" },
  { "running", FAULT_DATA, "C4: a balance does not follow from the one before" },
  { "unreconciled", FAULT_DATA, "C5: a movement has a wrong amount" },
  { "movements", FAULT_DATA, "C6: a settlement says another account payment than the movement" },
  { "months", FAULT_DATA, "C7: a month is paid twice" },
  { "unknown-type", FAULT_DATA, "an entry of a type of the future" },
  { "unknown-code", FAULT_DATA, "a movement of a kind of the future" },
  { "wrong-state", FAULT_SIGN_IN, "another state comes back in the redirect" },
  { "wrong-iss", FAULT_SIGN_IN, "another iss comes back in the redirect" },
  { "no-iss", FAULT_SIGN_IN, "no iss in the redirect" },
  { "wrong-issuer", FAULT_SIGN_IN, "the metadata name another issuer" },
  { "deny", FAULT_SIGN_IN, "consent is refused" },
  { "no-refresh", FAULT_SIGN_IN, "no refresh token is given" },
};

/* What passes when it is tried again. */
static const char *const passing[] = { "reset",   "close", "truncate", "truncate-chunked", "truncate-unframed", "garbage", "429", "500",
                                       "502",     "503",   "html",     "empty",            "not-json",          "bad-utf8", "count",
                                       "gap" };

const FaultInfo *
fault_table (guint *n)
{
  *n = G_N_ELEMENTS (table);
  return table;
}

static const FaultInfo *
find_info (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].name, name) == 0)
      return &table[i];
  return NULL;
}

Fault *
fault_new (const char *name, guint32 seed)
{
  const FaultInfo *info = find_info (name);
  Fault *self;

  if (info == NULL)
    return NULL;
  self = g_new0 (Fault, 1);
  self->info = info;
  self->rate = 100;
  self->after = -1;
  self->times = -1;
  self->wait = 1;
  self->random = g_rand_new_with_seed (seed);
  return self;
}

static gboolean
set_number (const char *text, gint64 least, gint64 most, gint64 *value)
{
  return g_ascii_string_to_signed (text, 10, least, most, value, NULL);
}

static gboolean
set_option (Fault *self, const char *name, const char *text)
{
  gint64 value = 0;

  if (g_str_equal (name, "on"))
    {
      g_free (self->on);
      self->on = g_strdup (text);
      return TRUE;
    }
  if (g_str_equal (name, "rate") && set_number (text, 0, 100, &value))
    self->rate = (guint) value;
  else if (g_str_equal (name, "after") && set_number (text, 0, G_MAXINT, &value))
    self->after = value;
  else if (g_str_equal (name, "times") && set_number (text, 0, G_MAXINT, &value))
    self->times = (gint) value;
  else if (g_str_equal (name, "skip") && set_number (text, 0, G_MAXINT, &value))
    self->skip = (guint) value;
  else if (g_str_equal (name, "wait") && set_number (text, 0, 86400, &value))
    self->wait = (guint) value;
  else if (g_str_equal (name, "date") && set_number (text, 0, 1, &value))
    self->date = value == 1;
  else if (g_str_equal (name, "seed") && set_number (text, 0, G_MAXUINT32, &value))
    g_rand_set_seed (self->random, (guint32) value);
  else
    return FALSE;
  return TRUE;
}

/* "NAME" or "NAME,rate=20,after=100,times=1,skip=0,wait=1,date=1,seed=7,on=changes". */
Fault *
fault_parse (const char *text, guint32 seed, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  Fault *self = fault_new (parts[0], seed);

  if (self == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no fault “%s”; --list-faults names them.", text);
  for (guint i = 1; self != NULL && parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');

      if (value != NULL)
        *value++ = '\0';
      if (value != NULL && set_option (self, parts[i], value))
        continue;
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "“%s” is no option of a fault, or its value does not fit.", parts[i]);
      fault_free (self);
      return NULL;
    }
  return self;
}

void
fault_free (Fault *self)
{
  if (self == NULL)
    return;
  g_free (self->on);
  g_rand_free (self->random);
  g_free (self);
}

static gboolean
concerns (const Fault *self, const char *endpoint)
{
  gboolean api = g_str_equal (endpoint, "person") || g_str_equal (endpoint, "changes") || g_str_equal (endpoint, "fees");

  if (self->on != NULL && *self->on != '\0')
    return g_str_equal (self->on, endpoint) || g_str_equal (self->on, "all");
  if (self->info->kind == FAULT_SIGN_IN)
    {
      const char *name = self->info->name;

      if (g_str_equal (name, "no-refresh"))
        return g_str_equal (endpoint, "token");
      if (g_str_equal (name, "wrong-issuer"))
        return g_str_equal (endpoint, "metadata");
      return g_str_equal (endpoint, "redirect") || (g_str_equal (name, "no-iss") && g_str_equal (endpoint, "metadata"));
    }
  if (g_str_equal (self->info->name, "other-bill") || g_str_equal (self->info->name, "fee-sum"))
    return g_str_equal (endpoint, "fees");
  if (self->info->kind == FAULT_PAGE)
    return g_str_equal (endpoint, "changes") || (g_str_equal (self->info->name, "version") && g_str_equal (endpoint, "config")) ||
           (g_str_equal (self->info->name, "other-person") && api) || (g_str_equal (self->info->name, "skew") && api) ||
           (g_str_equal (self->info->name, "money-as-number") && api);
  return api;
}

/* The fault that this request meets.  Faults of another kind than @kind are left alone; kinds up to FAULT_PAGE count as one. */
const Fault *
fault_choose (GPtrArray *faults, const char *endpoint, FaultKind kind)
{
  for (guint i = 0; i < faults->len; i++)
    {
      Fault *fault = g_ptr_array_index (faults, i);
      gboolean sign_in = fault->info->kind == FAULT_SIGN_IN;

      if (fault->info->kind == FAULT_DATA || sign_in != (kind == FAULT_SIGN_IN) || fault->times == 0 || !concerns (fault, endpoint))
        continue;
      if (fault->skip > 0)
        {
          fault->skip--;
          continue;
        }
      if (g_rand_int_range (fault->random, 0, 100) >= (gint) fault->rate)
        continue;
      if (fault->times > 0)
        fault->times--;
      return fault;
    }
  return NULL;
}

/* The name behind "any". */
const char *
fault_get_name (const Fault *self)
{
  if (self == NULL)
    return NULL;
  if (!g_str_equal (self->info->name, "any"))
    return self->info->name;
  return passing[g_rand_int_range (self->random, 0, G_N_ELEMENTS (passing))];
}

gboolean
fault_is_page (const char *name)
{
  const FaultInfo *info = find_info (name);

  return info != NULL && info->kind == FAULT_PAGE;
}

/* ---- bodies that nobody asked for */

/* Some bytes, so many times, as gzip. */
char *
fault_pack (const char *bytes, gsize n, guint times, int level, gsize *length)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, level));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, packer);

  for (guint i = 0; i < times; i++)
    g_output_stream_write_all (stream, bytes, n, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  *length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (memory));
}

static char *
make_bomb (gsize *length)
{
  g_autofree char *block = g_malloc (1 << 20);

  memset (block, ' ', 1 << 20);
  return fault_pack (block, 1 << 20, 200, 1, length);
}

static char *
make_filled (const char *head, char filling, gsize n, const char *tail, gsize *length)
{
  GString *text = g_string_new (head);

  g_string_set_size (text, text->len + n);
  memset (text->str + strlen (head), filling, n);
  g_string_append (text, tail);
  *length = text->len;
  return g_string_free (text, FALSE);
}

/* NULL when the fault has no body of its own. */
char *
fault_make_body (const char *name, gsize *length)
{
  static const struct { const char *name, *body; } bodies[] = {
    { "html", "<!DOCTYPE html><title>Wi-Fi</title><h1>Welcome. Please sign in to use this network.</h1>" },
    { "502", "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>" },
    { "empty", "" },
    { "blank", " \r\n\t " },
    { "500", "" },
    { "not-json", "{\"state\":\"s\",\"has_more\":false,\"count\":0,\"entries\":[" },
    { "two-roots", "{\"state\":\"s\",\"has_more\":false,\"count\":0,\"entries\":[]}{\"state\":\"s\"}" },
    { "array", "[{\"state\":\"s\",\"has_more\":false,\"count\":0,\"entries\":[]}]" },
    { "bad-utf8", "{\"state\":\"\xff\xfe\",\"has_more\":false,\"count\":0,\"entries\":[]}" },
  };

  if (g_str_equal (name, "deep"))
    return make_filled ("{\"entries\":", '[', 200000, "", length);
  if (g_str_equal (name, "big"))
    return make_filled ("{\"state\":\"s\",\"has_more\":false,\"count\":0,\"entries\":[", ' ', 9 << 20, "]}", length);
  if (g_str_equal (name, "bomb"))
    return make_bomb (length);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    if (g_str_equal (bodies[i].name, name))
      {
        *length = strlen (bodies[i].body);
        return g_strdup (bodies[i].body);
      }
  return NULL;
}

/* ---- rows with a mistake in them */

static void
add_fen (JsonObject *object, const char *name, ZifuMoney more)
{
  g_autofree char *text = NULL;

  if (!json_object_has_member (object, name))
    return;
  text = zifu_money_format (amount_read (object, name) + more, ZIFU_MONEY_PLAIN);
  json_object_set_string_member (object, name, text);
}

static void
spoil_object (const char *name, JsonObject *object)
{
  if (g_str_equal (name, "sums"))
    add_fen (object, "inscp_scp_amt", 1);
  else if (g_str_equal (name, "red-pair") || g_str_equal (name, "movements"))
    {
      /* Each bill for itself still adds up. */
      gboolean red = g_str_equal (name, "red-pair");

      add_fen (object, "psn_cash_pay", -1);
      add_fen (object, red ? "psn_part_amt" : "acct_pay", red ? -1 : 1);
      add_fen (object, red ? "medfee_sumamt" : "", -1);
      add_fen (object, red ? "inscp_scp_amt" : "", -1);
    }
  else if (g_str_equal (name, "running"))
    add_fen (object, "balc", 1);
  else if (g_str_equal (name, "unreconciled"))
    {
      add_fen (object, "inc_sumamt", 1);
      add_fen (object, "pay_sumamt", 1);
    }
  else if (g_str_equal (name, "unknown-code"))
    json_object_set_string_member (object, "acct_incexpd_type", "999");
  else if (g_str_equal (name, "months"))
    json_object_set_string_member (object, "rid", "C-TWICE");
}

/* The row that the fault is put into, and the text that must stand in it. */
static const char *
find_victim (const char *name, const char **type)
{
  *type = g_str_equal (name, "months")                                                                        ? "clct_detl"
          : g_str_equal (name, "sums") || g_str_equal (name, "red-pair") || g_str_equal (name, "movements") ? "setlinfo"
                                                                                                            : "acct_detl";
  if (g_str_equal (name, "red-pair"))
    return "\"init_setl_id\"";
  if (g_str_equal (name, "movements"))
    return "\"refd_setl_flag\":\"0\"";
  if (g_str_equal (name, "sums"))
    return "\"refd_setl_flag\":\"0\"";
  if (g_str_equal (name, "unknown-code") || g_str_equal (name, "unreconciled"))
    return "\"acct_incexpd_type\":\"101\"";
  return g_str_equal (name, "months") ? "\"revs_flag\":\"Z\"" : "";
}

/* Puts the fault into a row in the middle, which thereby is new to every reader; whether there was one. */
gboolean
fault_spoil (const Fault *self, Store *store, Person *person)
{
  const char *type, *containing = find_victim (self->info->name, &type);
  g_autofree char *id = store_pick (store, person, type, containing, TRUE);
  g_autofree char *data = id != NULL ? store_find (store, person, type, id, NULL) : NULL, *spoilt = NULL;
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;
  JsonObject *object;
  ZifuMoney inc = 0, pay = 0;
  gboolean twice;

  if (g_str_equal (self->info->name, "unknown-type"))
    {
      store_remember (store, person, "ltc_detl", "L01", NULL, 0, 0);
      store_put (store, person, "ltc_detl", "L01", "{\"rid\":\"L01\",\"hours\":12}", 0, 0);
      return TRUE;
    }
  if (node == NULL)
    return FALSE;
  object = json_node_get_object (node);
  zifu_money_parse (json_object_get_string_member_with_default (object, "inc_sumamt", "0.00"), &inc, NULL);
  zifu_money_parse (json_object_get_string_member_with_default (object, "pay_sumamt", "0.00"), &pay, NULL);
  twice = g_str_equal (self->info->name, "months");
  spoil_object (self->info->name, object);
  spoilt = json_to_string (node, FALSE);
  store_remember (store, person, type, twice ? "C-TWICE" : id, twice ? NULL : data, inc, pay);
  /* Totals stay what they were: that is the mistake. */
  store_put (store, person, type, twice ? "C-TWICE" : id, spoilt, inc, pay);
  return TRUE;
}
