/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The content of a rule, by kind.  One table says which fields a kind has, how each is written and where it goes; which
 * fields are known, required or unknown follows from the same table.
 */

#include <glib/gi18n.h>

#include "zifu-parse.h"

typedef struct _Field Field;
typedef gboolean (*ParseField) (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error);

struct _Field
{
  const char *name;
  ParseField parse;
  glong offset;               /* in ZifuRule */
  const char *const *choices; /* for fields that hold one of a few words */
};

typedef struct
{
  const char *required;
  const char *optional;
} FieldNames;

static const FieldNames names[ZIFU_N_RULE_KINDS] = {
  [ZIFU_RULE_ROUTE] = { "to", "" },
  [ZIFU_RULE_GATE] = { "", "slot fund account payout reason" },
  [ZIFU_RULE_SCOPE] = { "", "covered price_limit first_own group" },
  [ZIFU_RULE_FIXED] = { "per pay", "price rest feeds" },
  [ZIFU_RULE_DEDUCTIBLE] = { "amount", "layer counter year_cap absorb exempt round" },
  [ZIFU_RULE_SHARE] = { "bands", "layer measure origin counter payers round" },
  [ZIFU_RULE_ADJUST] = { "slot op value", "layer target seq payer floor ceiling skip_zero bucket" },
  [ZIFU_RULE_CAP] = { "measure amount", "layer slot origin counter payers" },
  [ZIFU_RULE_LAYER] = { "layer seq input", "payout unknown" },
  [ZIFU_RULE_ACCOUNT] = { "", "order first_purses purses pays mutual_pays" },
  [ZIFU_RULE_TALLY] = { "counter add", "" },
  [ZIFU_RULE_AMOUNT] = { "name value", "round" },
  [ZIFU_RULE_CREDIT] = { "slot amount", "round every" },
  [ZIFU_RULE_COVERAGE] = { "", "lag repair_within retroactive grace grace_share waiting_free waiting waiting_share initial_waiting" },
};

static const char *const measures[] = { "eligible_cost", "fund_paid", "personal_paid", NULL };
static const char *const origins[] = { "from_zero", "from_deductible", NULL };
static const char *const ops[] = { "plus", "times", "set", "own_times", "of_rest", NULL };
static const char *const targets[] = { "ratio", "deductible", "cap", "scope", NULL };
static const char *const pers[] = { "line", "unit", "visit", NULL };
static const char *const payouts[] = { "now", "after_year", NULL };
static const char *const orders[] = { "after_fund", "before_deductible", NULL };
static const char *const everies[] = { "month", "year", NULL };
static const char *const claims[] = { "claim", NULL };
static const char *const reductions[] = { "reduction", NULL };

static gboolean
parse_string (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  const char *text = zifu_json_to_string (node, path, error);

  *(char **) out = g_strdup (text);
  return text != NULL;
}

/* Of a layer: why it cannot be computed. */
static gboolean
parse_unknown (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  ZifuRule *rule = (ZifuRule *) ((char *) out - field->offset);

  return zifu_json_to_reason (node, path, &rule->u.layer.unknown, &rule->u.layer.unknown_zh, error);
}

static gboolean
parse_strv (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  *(char ***) out = zifu_json_to_strv (node, path, error);
  return *(char ***) out != NULL;
}

static gboolean
parse_expr (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  *(ZifuExpr **) out = zifu_expr_parse (node, path, error);
  return *(ZifuExpr **) out != NULL;
}

/* Where null means the same as leaving the field out. */
static gboolean
parse_expr_or_null (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  return JSON_NODE_HOLDS_NULL (node) || parse_expr (field, out, node, path, error);
}

static gboolean
parse_boolean (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("true or false is needed here"), NULL, NULL);
      return FALSE;
    }
  *(gboolean *) out = json_node_get_boolean (node);
  return TRUE;
}

/* "account: false" is kept as "the account is closed". */
static gboolean
parse_negated (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  if (!parse_boolean (field, out, node, path, error))
    return FALSE;
  *(gboolean *) out = !*(gboolean *) out;
  return TRUE;
}

static gboolean
parse_choice (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  return zifu_json_choose (node, path, field->choices, out, error);
}

/* A field that can hold one word only: a flag. */
static gboolean
parse_word (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  int choice;

  *(gboolean *) out = zifu_json_choose (node, path, field->choices, &choice, error);
  return *(gboolean *) out;
}

static gboolean
parse_int (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  gint64 value;

  if (!zifu_json_to_int (node, path, &value, error))
    return FALSE;
  if (value < G_MININT32 || value > G_MAXINT32)
    {
      zifu_path_error (path, error, ZIFU_ERROR_OVERFLOW, N_ ("too large a number"), NULL, NULL);
      return FALSE;
    }
  *(int *) out = (int) value;
  return TRUE;
}

static gboolean
parse_bucket_name (const char *name, const ZifuPath *path, ZifuBucket *bucket, GError **error)
{
  if (zifu_bucket_parse (name, bucket))
    return TRUE;
  zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("unknown part '{1}' of what the person bears"), name, NULL);
  return FALSE;
}

static gboolean
parse_bucket (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  const char *name = zifu_json_to_string (node, path, error);

  return name && parse_bucket_name (name, path, out, error);
}

static gboolean
add_bucket (ZifuBuckets *buckets, const char *name, const ZifuPath *path, GError **error)
{
  static const ZifuBucket personal[] = { ZIFU_BUCKET_DEDUCTIBLE, ZIFU_BUCKET_COPAY, ZIFU_BUCKET_OVER_CAP };
  ZifuBucket one;
  const ZifuBucket *added = personal;
  guint n = G_N_ELEMENTS (personal);

  if (!g_str_equal (name, "personal"))
    {
      if (!parse_bucket_name (name, path, &one, error))
        return FALSE;
      added = &one;
      n = 1;
    }
  for (guint i = 0; i < n; i++)
    {
      guint before = buckets->n;

      zifu_buckets_add (buckets, added[i]);
      if (buckets->n == before)
        {
          zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("'{1}' is named twice"), zifu_bucket_name (added[i]), NULL);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
parse_buckets (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  g_auto (GStrv) words = zifu_json_to_strv (node, path, error);

  if (!words)
    return FALSE;
  for (guint i = 0; words[i]; i++)
    {
      ZifuPath at = zifu_path_item (path, i);

      if (field->offset != G_STRUCT_OFFSET (ZifuRule, u.layer.input) && g_str_equal (words[i], "personal"))
        {
          zifu_path_error (&at, error, ZIFU_ERROR_SCHEMA, N_ ("unknown part '{1}' of what the person bears"), words[i], NULL);
          return FALSE;
        }
      if (!add_bucket (out, words[i], &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_input (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  ZifuBuckets *buckets = out;

  if (!parse_buckets (field, out, node, path, error))
    return FALSE;
  if (buckets->n == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a list without members"), NULL, NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_bands (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  *(GArray **) out = zifu_bands_parse (node, path, TRUE, error);
  return *(GArray **) out != NULL;
}

/* A ratio, or {"bands": […]}. */
static gboolean
parse_first_own (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  ZifuRule *rule = (ZifuRule *) ((char *) out - field->offset);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  ZifuPath at = zifu_path_member (path, "bands");

  if (!object || !json_object_has_member (object, "bands"))
    return parse_expr_or_null (field, out, node, path, error);
  if (!zifu_json_check_fields (object, path, "bands", "", error))
    return FALSE;
  rule->u.scope.first_own_bands = zifu_bands_parse (json_object_get_member (object, "bands"), &at, FALSE, error);
  return rule->u.scope.first_own_bands != NULL;
}

static gboolean
parse_fixed_pay (ZifuFixedPay *pay, JsonNode *node, const ZifuPath *path, GError **error)
{
  static const struct
  {
    const char *name;
    ZifuPayForm form;
  } pay_forms[] = { { "amount", ZIFU_PAY_AMOUNT }, { "ratio", ZIFU_PAY_RATIO }, { "down_to", ZIFU_PAY_DOWN_TO } };
  JsonObject *object = zifu_json_to_object (node, path, error);

  if (!object)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (pay_forms); i++)
    {
      g_autofree char *required = g_strconcat ("payer ", pay_forms[i].name, NULL);

      if (!json_object_has_member (object, pay_forms[i].name))
        continue;
      pay->form = pay_forms[i].form;
      return zifu_json_check_fields (object, path, required, "round", error) &&
             zifu_json_get_string (object, "payer", path, &pay->payer, error) &&
             zifu_expr_parse_member (object, pay_forms[i].name, path, &pay->value, error) &&
             zifu_round_parse_member (object, "round", path, &pay->round, NULL, error);
    }
  zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("one of amount, ratio and down_to is needed here"), NULL, NULL);
  return FALSE;
}

static gboolean
parse_pay (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);
  GArray *pays;

  if (!array)
    return FALSE;
  if (json_array_get_length (array) == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a list without members"), NULL, NULL);
      return FALSE;
    }
  pays = *(GArray **) out = zifu_fixed_pay_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);
      ZifuFixedPay pay = { .round = ZIFU_ROUND_FEN };
      gboolean ok = parse_fixed_pay (&pay, json_array_get_element (array, i), &at, error);

      g_array_append_val (pays, pay);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_year_cap (const Field *field, gpointer out, JsonNode *node, const ZifuPath *path, GError **error)
{
  ZifuRule *rule = (ZifuRule *) ((char *) out - field->offset);
  JsonObject *object = zifu_json_to_object (node, path, error);

  return object && zifu_json_check_fields (object, path, "counter amount", "", error) &&
         zifu_json_get_string (object, "counter", path, &rule->u.deductible.cap_counter, error) &&
         zifu_expr_parse_member (object, "amount", path, &rule->u.deductible.cap_amount, error);
}

#define AT(member) G_STRUCT_OFFSET (ZifuRule, member)

/* Fields that mean the same in every kind that has them. */
static const Field shared_fields[] = {
  { "layer", parse_string, AT (layer) },
  { "slot", parse_string, AT (slot) },
  { "counter", parse_string, AT (counter) },
  { "measure", parse_choice, AT (measure), measures },
  { "origin", parse_choice, AT (origin), origins },
  { "payers", parse_strv, AT (payers) },
  { "amount", parse_expr, AT (value) },
  { "value", parse_expr, AT (value) },
  { "add", parse_expr, AT (value) },
  { "fund", parse_expr, AT (value) },
  { NULL },
};

static const Field route_fields[] = { { "to", parse_string, AT (u.route.to) }, { NULL } };

static const Field gate_fields[] = {
  { "account", parse_negated, AT (u.gate.account_closed) },
  { "payout", parse_word, AT (u.gate.claim), claims },
  { "reason", parse_string, AT (u.gate.reason) },
  { NULL },
};

static const Field scope_fields[] = {
  { "covered", parse_boolean, AT (u.scope.covered) },
  { "price_limit", parse_expr_or_null, AT (u.scope.price_limit) },
  { "first_own", parse_first_own, AT (u.scope.first_own) },
  { "group", parse_string, AT (u.scope.group) },
  { NULL },
};

static const Field fixed_fields[] = {
  { "per", parse_choice, AT (u.fixed.per), pers }, { "price", parse_expr_or_null, AT (u.fixed.price) },
  { "pay", parse_pay, AT (u.fixed.pay) },          { "rest", parse_bucket, AT (u.fixed.rest) },
  { "feeds", parse_strv, AT (u.fixed.feeds) },     { NULL },
};

static const Field deductible_fields[] = {
  { "year_cap", parse_year_cap, AT (u.deductible.cap_amount) },
  { "absorb", parse_strv, AT (u.deductible.absorb) },
  { "exempt", parse_strv, AT (u.deductible.exempt) },
  { NULL },
};

static const Field share_fields[] = { { "bands", parse_bands, AT (u.share.bands) }, { NULL } };

static const Field adjust_fields[] = {
  { "target", parse_choice, AT (u.adjust.target), targets },
  { "seq", parse_int, AT (u.adjust.seq) },
  { "op", parse_choice, AT (u.adjust.op), ops },
  { "payer", parse_string, AT (u.adjust.payer) },
  { "floor", parse_expr, AT (u.adjust.floor) },
  { "ceiling", parse_expr, AT (u.adjust.ceiling) },
  { "skip_zero", parse_boolean, AT (u.adjust.skip_zero) },
  { "bucket", parse_word, AT (u.adjust.reduction), reductions },
  { NULL },
};

static const Field layer_fields[] = {
  { "seq", parse_int, AT (u.layer.seq) },
  { "input", parse_input, AT (u.layer.input) },
  { "payout", parse_choice, AT (u.layer.after_year), payouts },
  { "unknown", parse_unknown, AT (u.layer.unknown) },
  { NULL },
};

static const Field account_fields[] = {
  { "order", parse_choice, AT (u.account.before_deductible), orders },
  { "first_purses", parse_strv, AT (u.account.first_purses) },
  { "purses", parse_strv, AT (u.account.purses) },
  { "pays", parse_buckets, AT (u.account.pays) },
  { "mutual_pays", parse_buckets, AT (u.account.mutual_pays) },
  { NULL },
};

static const Field amount_fields[] = { { "name", parse_string, AT (u.amount.name) }, { NULL } };

static const Field credit_fields[] = { { "every", parse_choice, AT (u.credit.yearly), everies }, { NULL } };

static const Field coverage_fields[] = {
  { "lag", parse_expr, AT (u.coverage.lag) },
  { "repair_within", parse_expr, AT (u.coverage.repair_within) },
  { "grace", parse_expr, AT (u.coverage.grace) },
  { "grace_share", parse_expr, AT (u.coverage.grace_share) },
  { "waiting_free", parse_expr, AT (u.coverage.waiting_free) },
  { "waiting", parse_expr, AT (u.coverage.waiting) },
  { "waiting_share", parse_expr, AT (u.coverage.waiting_share) },
  { "initial_waiting", parse_expr, AT (u.coverage.initial_waiting) },
  { "retroactive", parse_boolean, AT (u.coverage.retroactive) },
  { NULL },
};

static const Field *const own_fields[ZIFU_N_RULE_KINDS] = {
  [ZIFU_RULE_ROUTE] = route_fields,           [ZIFU_RULE_GATE] = gate_fields,
  [ZIFU_RULE_SCOPE] = scope_fields,           [ZIFU_RULE_FIXED] = fixed_fields,
  [ZIFU_RULE_DEDUCTIBLE] = deductible_fields, [ZIFU_RULE_SHARE] = share_fields,
  [ZIFU_RULE_ADJUST] = adjust_fields,         [ZIFU_RULE_LAYER] = layer_fields,
  [ZIFU_RULE_ACCOUNT] = account_fields,       [ZIFU_RULE_AMOUNT] = amount_fields,
  [ZIFU_RULE_CREDIT] = credit_fields,         [ZIFU_RULE_COVERAGE] = coverage_fields,
};

static gboolean
parse_fields (ZifuRule *rule, const Field *fields, JsonObject *object, const ZifuPath *path, GError **error)
{
  for (const Field *field = fields; field && field->name; field++)
    {
      JsonNode *node = json_object_get_member (object, field->name);
      ZifuPath at = zifu_path_member (path, field->name);

      if (node && !field->parse (field, (char *) rule + field->offset, node, &at, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_rule_fields:
 * @kind: a kind of rule
 * @required: the fields that must be there, or those that may be there
 *
 * Returns: (transfer none): names of the fields of this kind beside the header, separated by blanks
 */
const char *
zifu_rule_fields (ZifuRuleKind kind, gboolean required)
{
  g_return_val_if_fail (kind < ZIFU_N_RULE_KINDS, "");

  return required ? names[kind].required : names[kind].optional;
}

/**
 * zifu_rule_parse_content:
 * @rule: a rule of the right kind, its header filled
 * @object: the rule as written, its field names checked
 * @path: its place
 * @error: return location for a #GError
 *
 * Reads what a rule says beyond its header.
 *
 * Returns: whether everything could be used
 */
gboolean
zifu_rule_parse_content (ZifuRule *rule, JsonObject *object, const ZifuPath *path, GError **error)
{
  if (!parse_fields (rule, shared_fields, object, path, error) || !parse_fields (rule, own_fields[rule->kind], object, path, error) ||
      !zifu_round_parse_member (object, "round", path, &rule->round, &rule->has_round, error))
    return FALSE;
  if (rule->kind == ZIFU_RULE_SCOPE)
    rule->u.scope.has_price_limit = rule->u.scope.price_limit != NULL;
  if (rule->kind == ZIFU_RULE_ACCOUNT)
    {
      rule->u.account.has_pays = json_object_has_member (object, "pays");
      rule->u.account.has_mutual_pays = json_object_has_member (object, "mutual_pays");
    }
  return TRUE;
}
