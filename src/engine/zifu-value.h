/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-rational.h"

G_BEGIN_DECLS

/**
 * ZifuValueKind:
 * @ZIFU_VALUE_NULL: stated to be nothing
 * @ZIFU_VALUE_STRING: a text; also a number written as text
 * @ZIFU_VALUE_BOOLEAN: true or false
 * @ZIFU_VALUE_NUMBER: an exact number
 * @ZIFU_VALUE_LIST: several values, such as the tags of a person
 *
 * What an axis may hold.
 */
typedef enum {
  ZIFU_VALUE_NULL,
  ZIFU_VALUE_STRING,
  ZIFU_VALUE_BOOLEAN,
  ZIFU_VALUE_NUMBER,
  ZIFU_VALUE_LIST,
} ZifuValueKind;

/**
 * ZifuValue:
 *
 * One value of an axis: a plain, owned value.
 */
typedef struct _ZifuValue ZifuValue;
struct _ZifuValue {
  ZifuValueKind kind;
  gboolean      boolean;
  guint64       key;    /* zifu_text_key() of @string */
  ZifuRational  number;
  char         *string; /* owned, nullable */
  GPtrArray    *list;   /* owned, nullable, of ZifuValue */
};

ZifuValue *zifu_value_new_null (void);
ZifuValue *zifu_value_new_string (const char *text);
ZifuValue *zifu_value_new_boolean (gboolean truth);
ZifuValue *zifu_value_new_number (ZifuRational number);
ZifuValue *zifu_value_new_list (GPtrArray *values);
ZifuValue *zifu_value_copy (const ZifuValue *value);
void       zifu_value_free (ZifuValue *value);
gboolean   zifu_value_equal (const ZifuValue *a, const ZifuValue *b);
gboolean   zifu_value_contains (const ZifuValue *list, const ZifuValue *value);
gboolean   zifu_value_to_number (const ZifuValue *value, ZifuRational *number);
char      *zifu_value_format (const ZifuValue *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuValue, zifu_value_free)

/**
 * ZifuFact:
 *
 * One named value, owned by the facts.
 */
typedef struct {
  char      *name;
  guint64    key; /* zifu_text_key() of @name */
  ZifuValue *value;
} ZifuFact;

/**
 * ZifuFacts:
 *
 * Named values of a person, a visit or a line of a bill: its axes.
 */
typedef struct _ZifuFacts ZifuFacts;

ZifuFacts       *zifu_facts_new (void);
ZifuFacts       *zifu_facts_copy (const ZifuFacts *facts);
void             zifu_facts_free (ZifuFacts *facts);
void             zifu_facts_take (ZifuFacts *facts, const char *name, ZifuValue *value);
void             zifu_facts_set_string (ZifuFacts *facts, const char *name, const char *text);
void             zifu_facts_set_boolean (ZifuFacts *facts, const char *name, gboolean truth);
void             zifu_facts_set_int (ZifuFacts *facts, const char *name, gint64 number);
void             zifu_facts_unset (ZifuFacts *facts, const char *name);
const ZifuValue *zifu_facts_get (const ZifuFacts *facts, const char *name);
const ZifuValue *zifu_facts_find (const ZifuFacts *facts, const char *name, guint64 key);
const char      *zifu_facts_get_string (const ZifuFacts *facts, const char *name);
guint            zifu_facts_get_size (const ZifuFacts *facts);
const char      *zifu_facts_get_name (const ZifuFacts *facts, guint i);
const ZifuFact  *zifu_facts_get_all (const ZifuFacts *facts, guint *n);
const ZifuValue *zifu_facts_get_value (const ZifuFacts *facts, guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFacts, zifu_facts_free)

G_END_DECLS
