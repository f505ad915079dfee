/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/*
 * Writes JSON on one line, as zifu_json_write() does in the style ZIFU_JSON_LINE, without making a tree first: a batch writes
 * many results.  A member of an object has a name, an element of a list has none.
 */
typedef struct {
  GString *into;
  gboolean follows; /* something stands before, in the same object or list */
} ZifuJsonPen;

void zifu_json_pen_open (ZifuJsonPen *pen, const char *name, char bracket);
void zifu_json_pen_close (ZifuJsonPen *pen, char bracket);
void zifu_json_pen_text (ZifuJsonPen *pen, const char *name, const char *text);
void zifu_json_pen_money (ZifuJsonPen *pen, const char *name, ZifuMoney amount);
void zifu_json_pen_yuan (ZifuJsonPen *pen, const char *name, ZifuRational value);
void zifu_json_pen_number (ZifuJsonPen *pen, const char *name, ZifuRational value);
void zifu_json_pen_int (ZifuJsonPen *pen, const char *name, gint64 number);
void zifu_json_pen_boolean (ZifuJsonPen *pen, const char *name, gboolean truth);
void zifu_json_pen_null (ZifuJsonPen *pen, const char *name);

void zifu_json_append_text (GString *into, const char *text);

G_END_DECLS
