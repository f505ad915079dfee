/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-till.h"

#include <string.h>

static const char *
visit_pointer (const ZifuVisit *visit)
{
  return visit->pointer != NULL ? visit->pointer : "/visit";
}

static void
note_role (ZifuLineBounds *out, ZifuRole role, const ZifuValue *value)
{
  if (role == ZIFU_ROLE_CATEGORY)
    out->category = value;
  else if (role == ZIFU_ROLE_ITEM)
    out->has_item = TRUE;
  else if (role == ZIFU_ROLE_GROUP)
    out->has_group = TRUE;
  else
    out->has_price = TRUE;
}

/**
 * zifu_till_bind_line:
 * @self: a till with the lines of a bill
 * @i: which one
 *
 * Looks up what a line states: the axes of it that a rule reads.
 */
void
zifu_till_bind_line (ZifuTill *self, guint i)
{
  ZifuLineBounds *out = &self->line_bounds[i];
  const ZifuFact *all;
  guint n;

  all = zifu_facts_get_all (self->lines[i].facts, &n);
  out->bounds = ZIFU_ARENA_NEW (self->run.scratch, ZifuLineBound, n);
  out->n = 0;
  out->has_item = out->has_group = out->has_price = FALSE;
  out->category = NULL;
  out->key = 0;
  for (guint j = 0; j < n; j++)
    {
      const ZifuReading *reading = zifu_views_read (self->run.views, &all[j]);

      if (reading->role != ZIFU_ROLE_NONE)
        note_role (out, reading->role, all[j].value);
      if (reading->axis < 0)
        continue;
      self->run.suspicious |= reading->suspicious;
      out->key += reading->turn;
      out->bounds[out->n++] = (ZifuLineBound){ (guint) reading->axis, { all[j].value, reading->held } };
    }
}

/**
 * zifu_till_take_lines:
 * @self: a till
 *
 * Takes the lines of the bill, if it has any; what they state is not looked up.
 */
void
zifu_till_take_lines (ZifuTill *self)
{
  if (self->visit->lines == NULL)
    return;
  self->lines = (const ZifuBillLine *) self->visit->lines->data;
  self->n_lines = self->visit->lines->len;
  self->line_bounds = ZIFU_ARENA_NEW (self->run.scratch, ZifuLineBounds, self->n_lines);
}

/**
 * zifu_till_bind_lines:
 * @self: a till
 *
 * Looks up what the lines of the bill state.
 */
void
zifu_till_bind_lines (ZifuTill *self)
{
  zifu_till_take_lines (self);
  for (guint i = 0; i < self->n_lines; i++)
    zifu_till_bind_line (self, i);
}

/* What kind of line one is; %FALSE when its kind is not remembered. */
static gboolean
kind_of (const ZifuTill *self, guint i, ZifuLineKind *kind)
{
  const ZifuLineBounds *bounds = self->line_bounds != NULL ? &self->line_bounds[i] : NULL;
  const ZifuPlan *plan = self->run.plan;
  const ZifuBillLine *line = &self->lines[i];

  if (bounds == NULL || bounds->n >= ZIFU_LINE_AXES || bounds->has_group || !(bounds->has_item || bounds->category != NULL))
    return FALSE;
  kind->key = bounds->key;
  kind->n = bounds->n;
  for (guint j = 0; j < bounds->n; j++)
    kind->held[j] = (ZifuHeld){ bounds->bounds[j].axis, bounds->bounds[j].bound.held };
  if (plan->unit_price >= 0 && !bounds->has_price)
    {
      guint held = zifu_plan_held_fen (&plan->axes[plan->unit_price], line->amount);

      if (line->quantity.num != 1 || line->quantity.den != 1)
        return FALSE;
      kind->key += zifu_view_mix ((guint) plan->unit_price, held);
      kind->held[kind->n++] = (ZifuHeld){ (guint) plan->unit_price, held };
    }
  return TRUE;
}

static gboolean
is_same_kind (const ZifuLineKind *a, const ZifuLineKind *b)
{
  for (guint i = 0; a->n == b->n && i < a->n; i++)
    if (a->held[i].axis != b->held[i].axis || a->held[i].held != b->held[i].held)
      return FALSE;
  return a->n == b->n;
}

/**
 * zifu_till_line_kind:
 * @self: a till
 * @view: as what the visit is seen
 * @i: which line
 * @kind: (out): what kind of line it is; undefined when %NULL is returned
 *
 * Returns: (transfer none) (nullable): where that kind is remembered, or is to be; %NULL = it is not, or there are too many
 */
ZifuLineKind *
zifu_till_line_kind (ZifuTill *self, ZifuView *view, guint i, ZifuLineKind *kind)
{
  if (!kind_of (self, i, kind))
    return NULL;
  if (view->lines == NULL)
    {
      view->lines = ZIFU_ARENA_NEW (&self->run.views->memory, ZifuLineKind, ZIFU_N_LINE_KINDS);
      memset (view->lines, 0, sizeof *view->lines * ZIFU_N_LINE_KINDS);
    }
  for (guint j = 0; j < ZIFU_N_LINE_KINDS; j++)
    {
      ZifuLineKind *place = &view->lines[((kind->key >> 32) + j) % ZIFU_N_LINE_KINDS];

      if (place->terms == NULL || (place->key == kind->key && is_same_kind (place, kind)))
        return place;
    }
  return NULL;
}

static gboolean
axis_knows (const ZifuAxisDecl *axis, const ZifuValue *value)
{
  for (guint i = 0; i < axis->values->len; i++)
    if (zifu_value_equal (g_ptr_array_index (axis->values, i), value))
      return TRUE;
  return value->kind == ZIFU_VALUE_NULL;
}

static gboolean
check_axis (const ZifuAxisDecl *axis, const ZifuFacts *facts, const char *where, GError **error)
{
  const ZifuValue *value = zifu_facts_get (facts, axis->name);
  gboolean is_list = value != NULL && value->kind == ZIFU_VALUE_LIST;

  for (guint i = 0; value != NULL && i < (is_list ? value->list->len : 1); i++)
    {
      const ZifuValue *one = is_list ? g_ptr_array_index (value->list, i) : value;
      g_autofree char *text = NULL, *known = NULL, *place = NULL;
      ZifuValue all = { .kind = ZIFU_VALUE_LIST, .list = axis->values };

      if (axis_knows (axis, one))
        continue;
      text = zifu_value_format (one);
      known = zifu_value_format (&all);
      place = g_strconcat (where, "/", axis->name, NULL);
      zifu_error_set (error, ZIFU_ERROR_INPUT, place, N_ ("'{1}' is not a value that the pack knows: {2}"), text, known, NULL);
      return FALSE;
    }
  return TRUE;
}

/**
 * zifu_till_check_axes:
 * @self: a till
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_INPUT
 *
 * Refuses a value of the person, the visit or a line that the pack does not know.
 *
 * Returns: %FALSE when there is one
 */
gboolean
zifu_till_check_axes (ZifuTill *self, GError **error)
{
  GPtrArray *axes = self->run.pack->axes;

  for (guint i = 0; self->run.suspicious && i < axes->len; i++)
    {
      const ZifuAxisDecl *axis = g_ptr_array_index (axes, i);

      if (!check_axis (axis, self->run.person->facts, "/person", error) ||
          !check_axis (axis, self->visit->facts, visit_pointer (self->visit), error))
        return FALSE;
      for (guint j = 0; self->visit->lines != NULL && j < self->visit->lines->len; j++)
        {
          g_autofree char *where = g_strdup_printf ("%s/bill/lines/%u", visit_pointer (self->visit), j);

          if (!check_axis (axis, g_array_index (self->visit->lines, ZifuBillLine, j).facts, where, error))
            return FALSE;
        }
    }
  return TRUE;
}
