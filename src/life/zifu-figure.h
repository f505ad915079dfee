/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuFigureState:
 * @ZIFU_FIGURE_ABSENT: no rule says anything
 * @ZIFU_FIGURE_KNOWN: there is a value
 * @ZIFU_FIGURE_NO_LIMIT: the rule says that there is no limit
 * @ZIFU_FIGURE_UNKNOWN: the figure exists but was not found, or rules cannot be applied to this person
 *
 * What the pack says about a figure.
 */
typedef enum { ZIFU_FIGURE_ABSENT, ZIFU_FIGURE_KNOWN, ZIFU_FIGURE_NO_LIMIT, ZIFU_FIGURE_UNKNOWN } ZifuFigureState;

/**
 * ZifuFigure:
 *
 * A named amount of the pack for one person on one day.
 */
typedef struct {
  ZifuFigureState state;
  ZifuRational    value; /* yuan, or a plain count */
  const ZifuRule *rule;  /* nullable, owned by the pack */
} ZifuFigure;

ZifuFigure zifu_figure_find (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, const char *name, const char *axis,
                             const char *value);
gboolean   zifu_figure_to_money (const ZifuFigure *figure, ZifuMoney *money);
gboolean   zifu_figure_to_count (const ZifuFigure *figure, int *count);
gboolean   zifu_figure_is_true (const ZifuFigure *figure);

G_END_DECLS
