/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-select.h"
#include "zifu-till.h"

#include <string.h>

/*
 * Lines of a bill that are recognised by what they state: items and categories come again and again, on one bill and on the next.
 */

static gboolean
is_single (const ZifuBillLine *line)
{
  return line->quantity.num == 1 && line->quantity.den == 1;
}

/* The prices that the rules take for one another. */
static void
note_prices (const ZifuTill *self, const ZifuLineBounds *bounds, ZifuMoney amount, ZifuLineFace *face)
{
  const ZifuPlan *plan = self->run.plan;
  const ZifuPlanAxis *axis = plan->unit_price >= 0 ? &plan->axes[plan->unit_price] : NULL;

  face->from = 0;
  face->to = ZIFU_LINE_FEN;
  face->single = axis != NULL && !bounds->has_price;
  if (!face->single || axis->n_bounds == 0)
    return;
  if (axis->bounds_fen == NULL)
    {
      face->from = face->to = amount;
      return;
    }
  for (guint i = 0; i < axis->n_bounds && axis->bounds_fen[i] <= amount; i++)
    face->from = MAX (0, axis->bounds_fen[i] + (axis->bounds_fen[i] < amount));
  for (guint i = axis->n_bounds; i > 0 && axis->bounds_fen[i - 1] >= amount; i--)
    face->to = MIN (ZIFU_LINE_FEN, axis->bounds_fen[i - 1] - (axis->bounds_fen[i - 1] > amount));
}

/* A free place for a line; NULL = there is none. */
static ZifuLineFace *
place_for (ZifuTill *self, guint64 hash)
{
  ZifuView *view = self->view;

  if (view->line_faces == NULL)
    {
      view->line_faces = ZIFU_ARENA_NEW (&self->run.views->memory, ZifuLineFace, ZIFU_N_LINE_FACES);
      memset (view->line_faces, 0, sizeof *view->line_faces * ZIFU_N_LINE_FACES);
    }
  for (guint j = 0; j < ZIFU_N_LINE_FACES; j++)
    {
      ZifuLineFace *face = &view->line_faces[((hash >> 32) + j) % ZIFU_N_LINE_FACES];

      if (face->terms == NULL)
        return face;
    }
  return NULL;
}

/* Remembers what a line states, if it is little and there is room. */
static void
remember (ZifuTill *self, guint i, const ZifuLineTerms *terms, guint64 letter)
{
  const ZifuPrint *print = &self->lines[i].facts->print;
  ZifuLineFace *face;

  if (print->has_list || zifu_print_words (print) > ZIFU_LINE_PRINT_WORDS || !terms->is_plain || !terms->is_main)
    return;
  face = place_for (self, print->hash);
  if (face == NULL)
    return;
  face->terms = terms;
  face->hash = print->hash;
  face->n = print->n;
  memcpy (face->words, print->words, print->n);
  face->is_out = zifu_line_is_out (terms, letter);
  face->num = zifu_line_needs_prior (terms, letter) ? -1 : terms->num;
  face->den = terms->den;
  face->letter = letter;
  note_prices (self, &self->line_bounds[i], self->lines[i].amount, face);
}

static const ZifuLineFace *
find (const ZifuLineFace *faces, const ZifuBillLine *line)
{
  const ZifuPrint *print = &line->facts->print;

  for (guint j = 0; faces != NULL && j < ZIFU_N_LINE_FACES; j++)
    {
      const ZifuLineFace *face = &faces[((print->hash >> 32) + j) % ZIFU_N_LINE_FACES];

      if (face->terms == NULL)
        return NULL;
      if (face->hash == print->hash && line->amount >= face->from && line->amount <= face->to && (!face->single || is_single (line)) &&
          zifu_print_is (print, face->words, face->n) && !print->has_list)
        return face;
    }
  return NULL;
}

/* A line whose face is new, but in which the rules see nothing new. */
static gboolean
scope_kind (ZifuTill *self, guint i, ZifuScoped *scoped)
{
  ZifuLineKind kind, *place;
  guint64 letter;

  zifu_till_bind_line (self, i);
  place = self->run.suspicious ? NULL : zifu_till_line_kind (self, self->view, i, &kind);
  if (place == NULL || place->terms == NULL)
    return FALSE;
  letter = zifu_line_letter (&self->line_bounds[i]);
  if (!zifu_line_apply (place->terms, self->settlement, &self->lines[i], letter, i, scoped) || !place->terms->is_main)
    return FALSE;
  zifu_use_again (&self->run, place->terms->used);
  remember (self, i, place->terms, letter);
  return TRUE;
}

/* A line that does not state any of its parts. */
static inline void
scope_face (const ZifuLineFace *face, const ZifuBillLine *line, ZifuScoped *scoped)
{
  scoped->out = face->is_out ? line->amount : 0;
  scoped->over_limit = 0;
  scoped->prior = zifu_line_prior (line->amount - scoped->out, face->num, face->den);
  scoped->in_scope = line->amount - scoped->out - scoped->prior;
}

static inline gboolean
scope_line (ZifuTill *self, guint i, guint32 *seen, ZifuScoped *scoped)
{
  const ZifuBillLine *line = &self->lines[i];
  const ZifuLineFace *face = find (self->view->line_faces, line);

  if (G_UNLIKELY (face == NULL))
    return scope_kind (self, i, scoped);
  *seen |= (guint32) 1 << (face - self->view->line_faces);
  if (G_UNLIKELY (line->has_out || line->has_over_limit || line->has_prior || face->num < 0))
    return zifu_line_apply (face->terms, self->settlement, line, face->letter, i, scoped);
  scope_face (face, line, scoped);
  if (face->terms->rule != NULL && self->settlement->tracing)
    zifu_tell_scope (self->settlement, face->terms->rule, line, i, scoped);
  return TRUE;
}

/**
 * zifu_till_scope_again:
 * @self: a till with the lines of a bill, and with its view
 *
 * Sorts the lines of a bill that are all of kinds that were seen before, and of one group.
 *
 * Returns: %FALSE when one of them is to be looked at, or to be refused, in the general way
 */
gboolean
zifu_till_scope_again (ZifuTill *self)
{
  ZifuMoney total = 0, in_scope = 0;
  ZifuSettlement *s = self->settlement;
  guint32 seen = 0;

  G_STATIC_ASSERT (ZIFU_N_LINE_FACES <= 32);
  for (guint i = 0; i < self->n_lines; i++)
    {
      ZifuScoped scoped;

      if (!scope_line (self, i, &seen, &scoped) || __builtin_add_overflow (total, self->lines[i].amount, &total))
        return FALSE;
      s->out += scoped.out;
      s->over_limit += scoped.over_limit;
      s->prior += scoped.prior;
      in_scope += scoped.in_scope;
    }
  s->total = total;
  s->in_scope = in_scope;
  for (; seen != 0; seen &= seen - 1)
    zifu_use_again (&self->run, self->view->line_faces[__builtin_ctz (seen)].terms->used);
  return total <= ZIFU_MONEY_MAX;
}
