/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-condition.h"
#include "zifu-expr.h"

G_BEGIN_DECLS

/**
 * ZifuText:
 * @zh: (nullable): in Chinese
 * @en: (nullable): in English
 *
 * A text of a pack in both languages.  A pack may give one of them only.
 */
typedef struct {
  char *zh;
  char *en;
} ZifuText;

/**
 * ZifuConfidence:
 * @ZIFU_CONFIDENCE_VERIFIED: official text, or two sources that do not depend on each other
 * @ZIFU_CONFIDENCE_UNVERIFIED: anything less; every estimate that used such a figure says so
 * @ZIFU_CONFIDENCE_DECIDED: bookkeeping or a reading of ours, no figure
 */
typedef enum {
  ZIFU_CONFIDENCE_UNVERIFIED,
  ZIFU_CONFIDENCE_VERIFIED,
  ZIFU_CONFIDENCE_DECIDED,
} ZifuConfidence;

/**
 * ZifuSource:
 *
 * A document of a pack.  @official is whether @url leads to an official site: only such an address is shown as a link.
 */
typedef struct {
  char       *id;
  ZifuText    title;
  char       *number;
  char       *issuer;
  char       *date;
  char       *clause;
  char       *url;
  char       *confidence;
  char       *note;
  char      **evidence; /* addresses of reposts; kept, never shown as links */
  gboolean    official;
} ZifuSource;

typedef struct {
  const ZifuSource *source; /* nullable: not in the pack (the linter says so) */
  char             *id;     /* as written */
  char             *clause; /* nullable */
} ZifuCitation;

typedef enum {
  ZIFU_RULE_ROUTE,
  ZIFU_RULE_GATE,
  ZIFU_RULE_SCOPE,
  ZIFU_RULE_FIXED,
  ZIFU_RULE_DEDUCTIBLE,
  ZIFU_RULE_SHARE,
  ZIFU_RULE_ADJUST,
  ZIFU_RULE_CAP,
  ZIFU_RULE_LAYER,
  ZIFU_RULE_ACCOUNT,
  ZIFU_RULE_TALLY,
  ZIFU_RULE_AMOUNT,
  ZIFU_RULE_CREDIT,
  ZIFU_RULE_COVERAGE,
} ZifuRuleKind;
#define ZIFU_N_RULE_KINDS (ZIFU_RULE_COVERAGE + 1)

typedef enum { ZIFU_MEASURE_ELIGIBLE_COST, ZIFU_MEASURE_FUND_PAID, ZIFU_MEASURE_PERSONAL_PAID } ZifuMeasure;
typedef enum { ZIFU_ORIGIN_FROM_ZERO, ZIFU_ORIGIN_FROM_DEDUCTIBLE } ZifuOrigin;
typedef enum { ZIFU_OP_PLUS, ZIFU_OP_TIMES, ZIFU_OP_SET, ZIFU_OP_OWN_TIMES, ZIFU_OP_OF_REST } ZifuOp;
typedef enum { ZIFU_TARGET_RATIO, ZIFU_TARGET_DEDUCTIBLE, ZIFU_TARGET_CAP, ZIFU_TARGET_SCOPE } ZifuTarget;
typedef enum { ZIFU_FIXED_LINE, ZIFU_FIXED_UNIT, ZIFU_FIXED_VISIT } ZifuFixedPer;
typedef enum { ZIFU_PAY_AMOUNT, ZIFU_PAY_RATIO, ZIFU_PAY_DOWN_TO } ZifuPayForm;

/**
 * ZifuBucket:
 *
 * The parts of what the person bears.  The first three are the "personal" ones of a layer's input.
 */
typedef enum {
  ZIFU_BUCKET_DEDUCTIBLE,
  ZIFU_BUCKET_COPAY,
  ZIFU_BUCKET_OVER_CAP,
  ZIFU_BUCKET_REDUCTION,
  ZIFU_BUCKET_PRIOR,
  ZIFU_BUCKET_OVER_LIMIT,
  ZIFU_BUCKET_OUT,
  ZIFU_BUCKET_CLAIM,
} ZifuBucket;
#define ZIFU_N_BUCKETS (ZIFU_BUCKET_CLAIM + 1)

typedef struct {
  ZifuBucket bucket[ZIFU_N_BUCKETS + 3];
  guint      n;
} ZifuBuckets;

typedef struct {
  char     *payer;
  ZifuExpr *ratio;
  int       payer_id; /* set when the pack is compiled */
} ZifuBandPay;

typedef struct {
  ZifuExpr *upto;  /* nullable = without end */
  GArray   *pay;   /* of ZifuBandPay; for first_own bands a single entry without payer */
} ZifuBand;

typedef struct {
  char       *payer;
  ZifuPayForm form;
  ZifuExpr   *value;
  ZifuRound   round;
} ZifuFixedPay;

typedef struct {
  char          *axis;
  ZifuCondition *condition;
} ZifuClause;

/**
 * ZifuRule:
 *
 * One dated rule of a pack: the header, and the content of its kind.  Rules are made by the policy loader, never change
 * afterwards, and belong to their pack.
 */
typedef struct _ZifuRule ZifuRule;
struct _ZifuRule {
  char          *id;
  ZifuRuleKind   kind;
  guint          depth;      /* 0 = root of the chain of packs */
  char          *pack_id;    /* id of the pack that states the rule */
  char          *pointer;    /* JSON pointer in that pack */
  ZifuText       title;
  char          *note;       /* nullable */
  char          *clause;     /* nullable */
  GPtrArray     *benefits;   /* nullable = any; of char* */
  GArray        *when;       /* of ZifuClause; never NULL */
  ZifuDate       valid_from;
  ZifuDate       valid_to;     /* 0 = open */
  ZifuDate       confirmed_to; /* 0 = not stated */
  GArray        *citations;  /* of ZifuCitation; never NULL */
  char          *confidence_text; /* nullable: the mark as written, such as "2S" */
  ZifuConfidence confidence;
  char         **overrides;  /* nullable */
  char          *payload;    /* canonical text of the content; equal text = equal content */

  /* shared by several kinds */
  char       *layer;   /* deductible share adjust cap: "base" unless stated; layer: its name */
  char       *slot;    /* gate adjust cap credit: resolved default included */
  char       *counter; /* deductible share cap tally: nullable */
  ZifuMeasure measure; /* share cap */
  ZifuOrigin  origin;  /* share cap */
  char      **payers;  /* share cap: nullable = all */
  ZifuRound   round;   /* deductible share credit; amount when has_round */
  gboolean    has_round;
  ZifuExpr   *value;   /* deductible cap credit: amount; adjust amount: value; tally: add; gate: fund.  nullable */

  /* Set when the pack is compiled: see zifu-plan.c. */
  struct {
    guint   index;       /* of the rule in the plan, which is the order of ids */
    guint   specificity; /* zifu_rule_specificity() */
    guint   slot;        /* rank of the name of its slot */
    int     layer, counter, cap_counter; /* −1 = none, or a name that is yet to be filled in */
    int     payer;       /* adjust; −1 = none */
    guint64 payers;      /* share cap: a bit for each of the first 64 payers that count */
  } plan;

  union {
    struct { char *to; } route;
    struct { gboolean account_closed; gboolean claim; char *reason; } gate;
    struct { int covered; /* -1 not stated */ ZifuExpr *price_limit; gboolean has_price_limit; ZifuExpr *first_own;
             GArray *first_own_bands; char *group; } scope;
    struct { ZifuFixedPer per; ZifuExpr *price; GArray *pay; ZifuBucket rest; char **feeds; } fixed;
    struct { char *cap_counter; ZifuExpr *cap_amount; char **absorb; char **exempt; } deductible; /* cap_* = year_cap */
    struct { GArray *bands; } share;
    struct { ZifuTarget target; int seq; ZifuOp op; char *payer; ZifuExpr *floor, *ceiling; gboolean skip_zero;
             gboolean reduction; } adjust;
    struct { int seq; ZifuBuckets input; gboolean after_year; char *unknown, *unknown_zh; } layer;
    /* without has_pays: the default */
    struct { gboolean before_deductible; char **first_purses; char **purses; gboolean has_pays, has_mutual_pays; ZifuBuckets pays;
             ZifuBuckets mutual_pays; } account;
    struct { char *name; } amount;
    struct { gboolean yearly; } credit;
    struct { ZifuExpr *lag, *repair_within, *grace, *grace_share, *waiting_free, *waiting, *waiting_share, *initial_waiting;
             gboolean retroactive; } coverage;
  } u;
};

/**
 * ZifuRules:
 *
 * Some rules of a pack; the memory belongs to whoever made the list.
 */
typedef struct {
  const ZifuRule **rules;
  guint            n;
} ZifuRules;

ZifuRule   *zifu_rule_new (ZifuRuleKind kind);
void        zifu_rule_free (ZifuRule *rule);
void        zifu_rule_set_defaults (ZifuRule *rule);
guint       zifu_rule_specificity (const ZifuRule *rule);
void        zifu_rule_foreach_expr (ZifuRule *rule, ZifuExprFunc func, gpointer data);
const char *zifu_rule_kind_name (ZifuRuleKind kind);
gboolean    zifu_rule_kind_parse (const char *name, ZifuRuleKind *kind);
const char *zifu_bucket_name (ZifuBucket bucket);
gboolean    zifu_bucket_parse (const char *name, ZifuBucket *bucket);
void        zifu_buckets_add (ZifuBuckets *buckets, ZifuBucket bucket);
ZifuBuckets zifu_buckets_account_default (void);
GArray     *zifu_band_array_new (void);
GArray     *zifu_band_pay_array_new (void);
GArray     *zifu_fixed_pay_array_new (void);
ZifuConfidence zifu_confidence_from_text (const char *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuRule, zifu_rule_free)

G_END_DECLS
