/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-view.h"

#include <string.h>

/* More kinds of visits than this are not remembered at a time. */
#define MANY 1024

/**
 * zifu_views_init:
 * @self: views
 * @plan: a plan that outlives them
 */
void
zifu_views_init (ZifuViews *self, const ZifuPlan *plan)
{
  *self = (ZifuViews){ .plan = plan, .mask = 31 };
  zifu_arena_init (&self->memory, 8 * 1024);
  self->places = g_new0 (ZifuView *, self->mask + 1);
  self->readings = g_new0 (ZifuReading, ZIFU_N_READINGS);
}

/**
 * zifu_views_clear:
 * @self: views
 */
void
zifu_views_clear (ZifuViews *self)
{
  zifu_arena_clear (&self->memory);
  g_clear_pointer (&self->places, g_free);
  g_clear_pointer (&self->readings, g_free);
  g_clear_pointer (&self->faces, g_free);
}

/**
 * zifu_views_start_visit:
 * @self: views
 *
 * Forgets the views when there are too many: between two visits nobody holds one.
 */
void
zifu_views_start_visit (ZifuViews *self)
{
  if (G_LIKELY (self->n < MANY))
    return;
  zifu_arena_reset (&self->memory);
  memset (self->places, 0, sizeof *self->places * (self->mask + 1));
  for (guint i = 0; self->faces != NULL && i < ZIFU_N_FACES; i++)
    self->faces[i].view = NULL;
  self->n = 0;
}

static ZifuRole
role_of (const ZifuPlan *plan, const ZifuFact *fact)
{
  if (fact->key == plan->key_item)
    return ZIFU_ROLE_ITEM;
  if (fact->key == plan->key_category)
    return ZIFU_ROLE_CATEGORY;
  if (fact->key == plan->key_group)
    return ZIFU_ROLE_GROUP;
  return fact->key == plan->key_unit_price && g_str_equal (fact->name, "unit_price") ? ZIFU_ROLE_UNIT_PRICE : ZIFU_ROLE_NONE;
}

/* Looks a fact up.  %FALSE: it holds a long text that is not the pack's, or no plain number, and cannot be kept. */
static gboolean
look_up (const ZifuPlan *plan, const ZifuFact *fact, ZifuReading *out)
{
  const ZifuLexiconPlace *name = zifu_lexicon_place (&plan->axis_names, fact->name, fact->key), *text = NULL;
  const ZifuValue *value = fact->value;
  gboolean short_name = (fact->key & ZIFU_TEXT_KEY_LONG) == 0;
  gboolean short_value = value->kind != ZIFU_VALUE_STRING || (value->key & ZIFU_TEXT_KEY_LONG) == 0;
  const ZifuPlanAxis *axis;

  *out = (ZifuReading){ .name_key = fact->key, .is_short = short_name && short_value, .axis = -1, .role = role_of (plan, fact) };
  out->kind = zifu_reading_key (value, &out->value_key);
  if (name == NULL)
    return out->is_short && out->kind != 0;
  axis = &plan->axes[name->id];
  out->name = name->text;
  out->axis = name->id;
  out->held = zifu_plan_held (axis, value);
  out->decides = axis->decides;
  out->place = axis->place;
  out->turn = zifu_view_mix ((guint) name->id, ZIFU_HELD_ABSENT) ^ zifu_view_mix ((guint) name->id, out->held);
  out->suspicious = axis->known != NULL && !axis->known[out->held];
  if (short_value)
    return out->kind != 0;
  text = zifu_lexicon_place (&axis->texts, value->string, value->key);
  out->text = text != NULL ? text->text : NULL;
  return text != NULL;
}

/**
 * zifu_reading_is_same:
 * @self: a reading
 * @fact: a fact with the same keys
 *
 * Returns: whether long texts are the same, too
 */
gboolean
zifu_reading_is_same (const ZifuReading *self, const ZifuFact *fact)
{
  return zifu_text_same (self->name_key, self->name, fact->name) &&
         (fact->value->kind != ZIFU_VALUE_STRING || zifu_text_same (self->value_key, self->text, fact->value->string));
}

/**
 * zifu_views_read_anew:
 * @self: views
 * @fact: a fact
 * @reading: where it is kept if it can be
 *
 * Looks a fact up that is not among the readings.
 *
 * Returns: (transfer none): what was found, until the next fact is read
 */
const ZifuReading *
zifu_views_read_anew (ZifuViews *self, const ZifuFact *fact, ZifuReading *reading)
{
  if (look_up (self->plan, fact, reading))
    return reading;
  self->unkept = *reading;
  reading->kind = 0;
  return &self->unkept;
}

static void
narrow (const ZifuPlan *plan, ZifuView *view, const ZifuPlanAxis *axis, guint held)
{
  gsize from = (gsize) held * plan->n_words;

  for (guint w = 0; w < plan->n_words; w++)
    {
      view->fits[w] &= axis->fits[from + w];
      view->direct[w] |= axis->direct != NULL ? axis->direct[from + w] : 0;
      view->careful[w] |= axis->careful != NULL ? axis->careful[from + w] : 0;
    }
}

static ZifuView *
view_new (ZifuViews *self, guint64 key, const guint64 *in_force, const guint32 *held)
{
  const ZifuPlan *plan = self->plan;
  ZifuView *view = ZIFU_ARENA_NEW (&self->memory, ZifuView, 1);

  view->key = key;
  view->route = NULL;
  view->routine = NULL;
  view->lines = NULL;
  view->line_faces = NULL;
  view->in_force = in_force;
  view->held = memcpy (ZIFU_ARENA_NEW (&self->memory, guint32, plan->n_deciding), held, sizeof *held * plan->n_deciding);
  view->fits = ZIFU_ARENA_NEW (&self->memory, guint64, 3 * plan->n_words);
  view->direct = view->fits + plan->n_words;
  view->careful = view->direct + plan->n_words;
  view->answers = ZIFU_ARENA_NEW (&self->memory, ZifuAnswer, plan->n_contests);
  memset (view->answers, 0, sizeof *view->answers * plan->n_contests);
  view->layers = ZIFU_ARENA_NEW (&self->memory, const struct _ZifuLayerTerms *, plan->n_layers);
  memset (view->layers, 0, sizeof *view->layers * plan->n_layers);
  memset (view->fits, 0, sizeof *view->fits * 3 * plan->n_words);
  memcpy (view->fits, in_force, sizeof *view->fits * plan->n_words);
  for (guint i = 0; i < plan->n_deciding; i++)
    narrow (plan, view, &plan->axes[plan->deciding[i]], held[i]);
  /* A benefit and a day are never looked at: what they rule out is out. */
  for (guint w = 0; w < plan->n_words; w++)
    {
      guint64 of_benefit = plan->of_benefit[(gsize) held[ZIFU_AXIS_BENEFIT] * plan->n_words + w];

      view->fits[w] &= of_benefit;
      view->careful[w] &= of_benefit & in_force[w];
    }
  return view;
}

static void
put (ZifuViews *self, ZifuView *view)
{
  guint i = (guint) (view->key >> 32) & self->mask;

  while (self->places[i] != NULL)
    i = (i + 1) & self->mask;
  self->places[i] = view;
}

static void
widen (ZifuViews *self)
{
  ZifuView **before = self->places;
  guint n_before = self->mask + 1;

  self->mask = self->mask * 2 + 1;
  self->places = g_new0 (ZifuView *, self->mask + 1);
  for (guint i = 0; i < n_before; i++)
    if (before[i] != NULL)
      put (self, before[i]);
  g_free (before);
}

/**
 * zifu_views_find:
 * @self: views
 * @key: what the deciding axes hold, mixed
 * @in_force: the rules that hold on the day
 * @held: what the deciding axes hold
 *
 * Returns: (transfer none): the view, until the next visit
 */
ZifuView *
zifu_views_find (ZifuViews *self, guint64 key, const guint64 *in_force, const guint32 *held)
{
  ZifuView *view;

  for (guint i = (guint) (key >> 32) & self->mask; self->places[i] != NULL; i = (i + 1) & self->mask)
    {
      view = self->places[i];
      if (view->key == key && view->in_force == in_force && memcmp (view->held, held, sizeof *held * self->plan->n_deciding) == 0)
        return view;
    }
  if (self->n * 2 > self->mask)
    widen (self);
  view = view_new (self, key, in_force, held);
  put (self, view);
  self->n++;
  return view;
}
