/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-rule.h"

G_BEGIN_DECLS

typedef enum { ZIFU_RESET_YEAR, ZIFU_RESET_MONTH, ZIFU_RESET_NEVER, ZIFU_RESET_DAYS } ZifuReset;

/**
 * ZifuCounterDecl:
 *
 * When a counter becomes 0 again.  @name may hold axes in braces.
 */
typedef struct {
  char     *name;
  ZifuReset reset;
  guint     days;
  int       start_month, start_day; /* of the benefit year; 0 = the pack's */
  ZifuText  title;
} ZifuCounterDecl;

typedef struct {
  ZifuDate     from;
  ZifuDate     to; /* 0 = open */
  ZifuRational value;
} ZifuIndexEntry;

typedef struct {
  char   *name;
  GArray *entries; /* of ZifuIndexEntry */
} ZifuIndex;

typedef struct {
  char      *name;
  GPtrArray *values; /* of ZifuValue */
} ZifuAxisDecl;

/**
 * ZifuPack:
 *
 * The rules of one region with everything that it inherits: what the engine settles with.  Immutable once
 * zifu_pack_finish() was called; reference counted.
 */
typedef struct _ZifuPack ZifuPack;
struct _ZifuPack {
  gatomicrefcount ref_count;
  char      *id;
  ZifuText   title;
  GPtrArray *chain;    /* of char*: ids from the root to this pack */
  GPtrArray *sources;  /* of ZifuSource */
  GPtrArray *rules;    /* of ZifuRule */
  GPtrArray *by_kind[ZIFU_N_RULE_KINDS]; /* of ZifuRule, not owned */
  GPtrArray *counters; /* of ZifuCounterDecl */
  GPtrArray *indexes;  /* of ZifuIndex */
  GPtrArray *axes;     /* of ZifuAxisDecl */
  int        year_start_month, year_start_day;
  gboolean   user_installed; /* from the user's own folder */
  struct _ZifuPlan *plan; /* owned: the compiled form; NULL before zifu_pack_finish() */
};

ZifuPack *zifu_pack_new (const char *id);
ZifuPack *zifu_pack_ref (ZifuPack *pack);
void      zifu_pack_unref (ZifuPack *pack);
gboolean  zifu_pack_finish (ZifuPack *pack, GError **error);

void zifu_pack_take_source (ZifuPack *pack, ZifuSource *source);
void zifu_pack_take_rule (ZifuPack *pack, ZifuRule *rule);
void zifu_pack_take_counter (ZifuPack *pack, ZifuCounterDecl *counter);
void zifu_pack_take_index (ZifuPack *pack, ZifuIndex *index);
void zifu_pack_take_axis (ZifuPack *pack, ZifuAxisDecl *axis);
void zifu_pack_drop_rule (ZifuPack *pack, const char *rule_id);

ZifuSource      *zifu_source_new (const char *id);
ZifuCounterDecl *zifu_counter_decl_new (const char *name);
ZifuIndex       *zifu_index_new (const char *name);
ZifuAxisDecl    *zifu_axis_decl_new (const char *name);

const ZifuRule        *zifu_pack_get_rule (const ZifuPack *pack, const char *id);
const ZifuSource      *zifu_pack_get_source (const ZifuPack *pack, const char *id);
const ZifuCounterDecl *zifu_pack_get_counter (const ZifuPack *pack, const char *name);
const ZifuAxisDecl    *zifu_pack_get_axis (const ZifuPack *pack, const char *name);
gboolean zifu_pack_get_index (const ZifuPack *pack, const char *name, ZifuDate on, ZifuRational *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuPack, zifu_pack_unref)

G_END_DECLS
