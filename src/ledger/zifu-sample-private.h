/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-ledger-private.h"
#include "zifu-sample.h"

G_BEGIN_DECLS

/*
 * A person of the sample while the household is being built.
 */
typedef struct {
  const char *key;  /* owned by the JSON */
  JsonObject *json; /* not owned */
  gint64      id;
} ZifuSamplePerson;

typedef enum {
  ZIFU_SAMPLE_CONTRIBUTION, /* months that were paid; before the credit that comes of them */
  ZIFU_SAMPLE_CREDIT,
  ZIFU_SAMPLE_TIE,
  ZIFU_SAMPLE_ENTRY,
} ZifuSampleStepKind;

/*
 * Something that happened to the household on one day.
 */
typedef struct {
  ZifuDate           date;
  ZifuSampleStepKind kind;
  guint              order;  /* among those of one day and kind */
  ZifuSamplePerson  *person; /* nullable */
  JsonObject        *json;   /* nullable */
  ZifuMonth          month;  /* for a credit or a contribution */
  guint              n_months;
} ZifuSampleStep;

/*
 * The sample household of one day, as a list of what happened.
 */
typedef struct {
  JsonNode   *root;    /* owned */
  JsonObject *json;    /* of the root */
  gboolean    chinese;
  ZifuDate    today;
  ZifuDate    start;   /* first day of the records */
  GPtrArray  *people;  /* owned, of ZifuSamplePerson */
  GArray     *steps;   /* owned, of ZifuSampleStep, in the order of time */
} ZifuSamplePlan;

ZifuSamplePlan   *_zifu_sample_plan_new (const char *text, gssize length, gboolean chinese, ZifuDate today, GError **error);
void              _zifu_sample_plan_free (ZifuSamplePlan *plan);
ZifuSamplePerson *_zifu_sample_plan_find_person (ZifuSamplePlan *plan, const char *key);
gboolean          _zifu_sample_fail (GError **error, const char *what);
const char       *_zifu_sample_string (JsonObject *json, const char *name);
gint64            _zifu_sample_int (JsonObject *json, const char *name, gint64 otherwise);
JsonObject       *_zifu_sample_object (JsonObject *json, const char *name);
const char       *_zifu_sample_text (ZifuSamplePlan *plan, JsonObject *json, const char *name);
gboolean          _zifu_sample_money (JsonObject *json, const char *name, ZifuMoney *amount, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuSamplePlan, _zifu_sample_plan_free)

G_END_DECLS
