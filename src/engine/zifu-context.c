/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-context.h"

#include "zifu-private.h"

#include <string.h>

/**
 * zifu_run_init:
 * @self: a run
 * @pack: (transfer none): the rules; must outlive the run
 * @person: who; must outlive the run
 * @visit: (nullable): what for; must outlive the run
 * @counters: where the counters stand; must outlive the run
 * @on: the day that decides which rules are in force
 * @scratch: where the run takes its memory
 * @views: what is known already of who fits; must outlive the run
 *
 * Begins what one computation shares.
 */
void
zifu_run_init (ZifuRun *self, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuCounters *counters, ZifuDate on,
               ZifuArena *scratch, ZifuViews *views)
{
  const ZifuPlan *plan = pack->plan;

  self->pack = pack;
  self->plan = plan;
  self->person = person;
  self->visit = visit;
  self->counters = counters;
  self->on = on;
  self->unknown_as = ZIFU_UNKNOWN_REFUSED;
  self->ends = NULL;
  self->scratch = scratch;
  self->views = views;
  self->in_force = zifu_views_in_force (views, on);
  self->results = NULL;
  self->n_results = 0;
  self->live = self->suspicious = FALSE;
  self->unknown = NULL;
  self->used = ZIFU_ARENA_NEW (scratch, guint64, plan->n_words);
  for (guint w = 0; w < plan->n_words; w++)
    self->used[w] = 0;
  self->busy = NULL;
}

/**
 * zifu_office_open:
 * @self: an office
 * @pack: (transfer none): the rules; must outlive it
 * @person: who; must outlive it
 * @on: the day that decides which rules are in force
 *
 * Begins a run without a visit, in which nobody has fed the counters.
 */
void
zifu_office_open (ZifuOffice *self, ZifuPack *pack, const ZifuPerson *person, ZifuDate on)
{
  zifu_arena_init (&self->scratch, 4096);
  self->counters = zifu_counters_new (pack);
  zifu_counters_give (self->counters, NULL, on);
  zifu_views_init (&self->views, pack->plan);
  zifu_run_init (&self->run, pack, person, NULL, self->counters, on, &self->scratch, &self->views);
}

/**
 * zifu_office_clear:
 * @self: an office
 *
 * Frees what the office holds.
 */
void
zifu_office_clear (ZifuOffice *self)
{
  g_clear_pointer (&self->counters, zifu_counters_free);
  zifu_views_clear (&self->views);
  zifu_arena_clear (&self->scratch);
}

/**
 * zifu_context_bind:
 * @self: a context
 * @axis: number of an axis
 * @bound: what it holds here
 *
 * States an axis.
 */
void
zifu_context_bind (ZifuContext *self, guint axis, ZifuBound bound)
{
  const ZifuPlanAxis *a = &self->run->plan->axes[axis];

  self->bound[axis] = bound;
  if (a->decides && self->held[a->place] != bound.held)
    {
      self->key ^= zifu_view_mix (axis, self->held[a->place]) ^ zifu_view_mix (axis, bound.held);
      self->held[a->place] = bound.held;
      self->view = NULL;
    }
}

/**
 * zifu_context_restore:
 * @self: a context
 * @parent: the context as which it began
 * @axis: number of an axis that it stated
 *
 * Takes back that an axis was stated here.
 */
void
zifu_context_restore (ZifuContext *self, const ZifuContext *parent, guint axis)
{
  zifu_context_bind (self, axis, parent->bound[axis]);
}

static void
bind_facts (ZifuContext *self, const ZifuFacts *facts)
{
  ZifuViews *views = self->run->views;
  gboolean suspicious = FALSE;
  guint64 key = self->key;
  const ZifuFact *all;
  guint n;

  all = zifu_facts_get_all (facts, &n);
  for (guint i = 0; i < n; i++)
    {
      const ZifuReading *reading = zifu_views_read (views, &all[i]);
      guint32 *held;

      if (reading->axis < 0)
        continue;
      suspicious |= reading->suspicious;
      self->bound[reading->axis] = (ZifuBound){ all[i].value, reading->held };
      if (!reading->decides)
        continue;
      held = &self->held[reading->place];
      key ^= reading->turn;
      if (*held != ZIFU_HELD_ABSENT)
        key ^= zifu_view_mix ((guint) reading->axis, *held) ^ zifu_view_mix ((guint) reading->axis, ZIFU_HELD_ABSENT);
      *held = reading->held;
    }
  self->key = key;
  self->run->suspicious |= suspicious;
}

/**
 * zifu_context_bind_stay:
 * @self: a context
 *
 * States which stay comes next.
 */
void
zifu_context_bind_stay (ZifuContext *self)
{
  const ZifuValue *stay = &self->run->counters->stay;

  zifu_context_bind (self, ZIFU_AXIS_STAY, (ZifuBound){ stay, zifu_plan_held (&self->run->plan->axes[ZIFU_AXIS_STAY], stay) });
}

/* The axes that follow from others: age on the day, number of the stay, the day itself. */
static void
bind_derived (ZifuContext *self)
{
  ZifuRun *run = self->run;
  const ZifuPlan *plan = run->plan;

  if (plan->age >= 0 && self->bound[plan->age].value == NULL)
    {
      ZifuDate born = zifu_date_parse (zifu_facts_get_string (run->person->facts, "birth"));

      run->age = (ZifuValue){ .kind = ZIFU_VALUE_NUMBER };
      run->age.number = zifu_rational_from_int (born != 0 ? zifu_date_full_years (born, run->on) : 0);
      if (born != 0)
        zifu_context_bind (self, (guint) plan->age, (ZifuBound){ &run->age, zifu_plan_held (&plan->axes[plan->age], &run->age) });
    }
  zifu_context_bind_stay (self);
  if (plan->date >= 0)
    {
      g_autofree char *text = zifu_date_format (run->on);

      g_strlcpy (run->date_text, text, sizeof run->date_text);
      run->date = (ZifuValue){ .kind = ZIFU_VALUE_STRING, .string = run->date_text, .key = zifu_text_key (run->date_text) };
      zifu_context_bind (self, (guint) plan->date, (ZifuBound){ &run->date, zifu_plan_held (&plan->axes[plan->date], &run->date) });
    }
}

/**
 * zifu_context_init:
 * @self: a context
 * @run: the computation
 *
 * Begins the context of a visit: what the person states, what follows from that, and over both what the visit states.
 */
void
zifu_context_init (ZifuContext *self, ZifuRun *run)
{
  const ZifuPlan *plan = run->plan;

  self->run = run;
  self->bound = ZIFU_ARENA_NEW (run->scratch, ZifuBound, plan->n_axes);
  self->held = ZIFU_ARENA_NEW (run->scratch, guint32, plan->n_deciding);
  self->key = 0;
  self->view = NULL;
  self->n_own = 0;
  memset (self->bound, 0, sizeof *self->bound * plan->n_axes);
  memset (self->held, 0, sizeof *self->held * plan->n_deciding);
  bind_facts (self, run->person->facts);
  bind_derived (self);
  if (run->visit != NULL)
    bind_facts (self, run->visit->facts);
}

/**
 * zifu_context_init_child:
 * @self: a context
 * @parent: context of the step around this one; must outlive it
 *
 * Begins a context that states no axes of its own yet.
 */
void
zifu_context_init_child (ZifuContext *self, const ZifuContext *parent)
{
  const ZifuPlan *plan = parent->run->plan;

  self->run = parent->run;
  self->bound = ZIFU_ARENA_NEW (parent->run->scratch, ZifuBound, plan->n_axes);
  self->held = ZIFU_ARENA_NEW (parent->run->scratch, guint32, plan->n_deciding);
  memcpy (self->bound, parent->bound, sizeof *self->bound * plan->n_axes);
  memcpy (self->held, parent->held, sizeof *self->held * plan->n_deciding);
  self->key = parent->key;
  self->view = parent->view;
  self->n_own = 0;
}

/**
 * zifu_context_set_string:
 * @self: a context
 * @axis: number of an axis
 * @text: what it holds in this step; must outlive the context
 *
 * States an axis for this step.
 */
void
zifu_context_set_string (ZifuContext *self, guint axis, const char *text)
{
  ZifuValue *own = &self->own[self->n_own++];

  g_assert (self->n_own <= G_N_ELEMENTS (self->own));
  own->kind = ZIFU_VALUE_STRING;
  own->string = (char *) text;
  own->key = zifu_text_key (text);
  zifu_context_bind (self, axis, (ZifuBound){ own, zifu_plan_held (&self->run->plan->axes[axis], own) });
}

/**
 * zifu_context_set_number:
 * @self: a context
 * @axis: number of an axis
 * @number: what it holds in this step
 *
 * States an axis for this step.
 */
void
zifu_context_set_number (ZifuContext *self, guint axis, ZifuRational number)
{
  ZifuValue *own = &self->own[self->n_own++];

  g_assert (self->n_own <= G_N_ELEMENTS (self->own));
  own->kind = ZIFU_VALUE_NUMBER;
  own->number = number;
  zifu_context_bind (self, axis, (ZifuBound){ own, zifu_plan_held (&self->run->plan->axes[axis], own) });
}

/**
 * zifu_context_set_count:
 * @self: a context
 * @name: name of an axis
 * @number: what it holds in this step
 *
 * States an axis for this step, if any rule reads it.
 */
void
zifu_context_set_count (ZifuContext *self, const char *name, gint64 number)
{
  int axis = zifu_lexicon_look (&self->run->plan->axis_names, name);

  if (axis >= 0)
    zifu_context_set_number (self, (guint) axis, zifu_rational_from_int (number));
}

/**
 * zifu_context_axis:
 * @self: a context
 * @name: name of an axis that a rule reads
 *
 * Looks an axis up: what the step defines, then the visit, then what follows from other axes, then the person.
 *
 * Returns: (nullable) (transfer none): what it holds; %NULL when it is absent
 */
const ZifuValue *
zifu_context_axis (const ZifuContext *self, const char *name)
{
  int axis = zifu_lexicon_look (&self->run->plan->axis_names, name);

  return axis >= 0 ? self->bound[axis].value : NULL;
}

/**
 * zifu_context_benefit:
 * @self: a context
 *
 * Returns: (nullable) (transfer none): the benefit under which the visit is settled
 */
const char *
zifu_context_benefit (const ZifuContext *self)
{
  const ZifuValue *value = self->bound[ZIFU_AXIS_BENEFIT].value;

  return value != NULL && value->kind == ZIFU_VALUE_STRING ? value->string : NULL;
}

/* The part of a template between braces is the name of an axis; its length, 0 = none begins here. */
static gsize
axis_at (const char *p)
{
  const char *close = *p == '{' ? strchr (p, '}') : NULL;

  return close != NULL && close > p + 1 ? (gsize) (close - p - 1) : 0;
}

/* A name that may hold axes in braces, "sd:{disease}", with the axes filled in. */
static char *
fill_name (ZifuContext *self, const char *template_, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = template_; *p != '\0'; p++)
    {
      gsize length = axis_at (p);

      if (length == 0)
        g_string_append_c (out, *p);
      else
        {
          g_autofree char *axis = g_strndup (p + 1, length);
          const ZifuValue *value = zifu_context_axis (self, axis);
          g_autofree char *text = NULL;

          if (value == NULL || value->kind == ZIFU_VALUE_NULL)
            {
              zifu_error_set (error, ZIFU_ERROR_MISSING, template_, N_ ("axis '{1}' unknown"), axis, NULL, NULL);
              return NULL;
            }
          text = zifu_value_format (value);
          g_string_append (out, text);
          p += length + 1;
        }
    }
  return zifu_arena_text (self->run->scratch, out->str);
}

/**
 * zifu_context_counter:
 * @self: a context
 * @template_: name of a counter, which may hold axes in braces
 * @id: its number in the plan; −1 = there are axes to fill in
 * @key: (out): the counter, as long as the run
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_MISSING when one of the axes is absent
 *
 * Finds out which counter a rule means here.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_context_counter (ZifuContext *self, const char *template_, int id, ZifuCounterKey *key, GError **error)
{
  const ZifuPlan *plan = self->run->plan;

  *key = (ZifuCounterKey){ template_, id };
  if (id >= 0)
    return TRUE;
  key->name = fill_name (self, template_, error);
  if (key->name == NULL)
    return FALSE;
  key->id = zifu_lexicon_look (&plan->counter_names, key->name);
  return TRUE;
}

/**
 * zifu_place_text:
 * @place: a place
 *
 * Returns: (transfer full): the place as a text
 */
char *
zifu_place_text (const ZifuPlace *place)
{
  if (place->line > 0)
    return g_strdup_printf ("line %d %s", place->line - 1, place->head);
  if (place->tail == NULL)
    return g_strdup (place->head);
  return g_strconcat (place->head, place->line < 0 ? " " : "/", place->tail, NULL);
}

/**
 * zifu_place_overflow:
 * @place: a place
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_OVERFLOW
 *
 * Sets the one error of arithmetic.
 *
 * Returns: %FALSE, for the caller's convenience
 */
gboolean
zifu_place_overflow (const ZifuPlace *place, GError **error)
{
  g_autofree char *where = zifu_place_text (place);

  return zifu_error_overflow (error, where);
}

/**
 * zifu_place_refuse:
 * @place: a place
 * @code: the kind of the error
 * @template_: a static English message, marked for translation
 * @error: return location: %ZIFU_ERROR
 *
 * Sets an error without arguments.
 *
 * Returns: %FALSE, for the caller's convenience
 */
gboolean
zifu_place_refuse (const ZifuPlace *place, ZifuError code, const char *template_, GError **error)
{
  g_autofree char *where = zifu_place_text (place);

  zifu_error_set (error, code, where, template_, NULL, NULL, NULL);
  return FALSE;
}
