/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-settle.h"

G_BEGIN_DECLS

/**
 * ZifuOpenKind:
 * @ZIFU_OPEN_SPLIT: how much of the bill is out of catalogue
 * @ZIFU_OPEN_AXIS: a word about the visit, such as the level of the institution
 * @ZIFU_OPEN_COUNTER: what earlier visits of the year left
 * @ZIFU_OPEN_FIGURE: a figure of the rules that is known only between two bounds
 *
 * What people often do not know before a visit.
 */
typedef enum {
  ZIFU_OPEN_SPLIT,
  ZIFU_OPEN_AXIS,
  ZIFU_OPEN_COUNTER,
  ZIFU_OPEN_FIGURE,
} ZifuOpenKind;

/**
 * ZifuOpen:
 * @kind: what is open
 * @name: (nullable): the axis, the counter, or what was not found; %NULL for the split
 * @figure: (nullable): the figure, owned by the pack
 * @answers: (element-type ZifuValue): what it may be: words; yuan or a count; for the split yuan out of catalogue; for a figure its two
 *   bounds, or "low" and "high" where these are computed
 * @likely: index of the answer that is taken for the likely figure
 * @gain: fen by which the range of the person's part narrows when the likely answer turns out right
 *
 * One thing that is not known, with the answers between which the truth lies.
 */
typedef struct {
  ZifuOpenKind kind;
  char        *name;
  const ZifuExpr *figure;
  GPtrArray   *answers;
  guint        likely;
  ZifuMoney    gain;
} ZifuOpen;

/**
 * ZifuRange:
 * @least: the settlement in which the person pays least
 * @likely: (nullable): with every likely answer; %NULL when the rules refuse just that, also because a figure is known only between
 *   two bounds
 * @most: the settlement in which the person pays most
 * @open: (element-type ZifuOpen): what is not known and matters, what narrows the range most first
 * @n_refused: combinations that the rules refuse; they are not in the range
 *
 * What a visit may cost while something is not known.
 */
typedef struct {
  ZifuSettlement *least;
  ZifuSettlement *likely;
  ZifuSettlement *most;
  GPtrArray      *open;
  guint           n_refused;
} ZifuRange;

#define ZIFU_RANGE_MAX_SETTLEMENTS 4096

void       zifu_open_free (ZifuOpen *open);
ZifuOpen  *zifu_open_new_figure (const ZifuExpr *figure);
ZifuOpen  *zifu_open_copy (const ZifuOpen *open);
int        zifu_open_compare_gains (gconstpointer a, gconstpointer b);
gboolean   zifu_open_add_figures (GPtrArray *questions, const ZifuEnds *ends);
gboolean   zifu_open_set_likely (ZifuOpen *open, const ZifuValue *answer);
GPtrArray *zifu_open_questions (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit);

ZifuRange *zifu_range_new (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GPtrArray *open, GError **error);
gboolean   zifu_range_is_exact (const ZifuRange *range);
void       zifu_range_free (ZifuRange *range);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuOpen, zifu_open_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuRange, zifu_range_free)

G_END_DECLS
