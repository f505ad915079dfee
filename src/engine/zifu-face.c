/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-face.h"

#include <string.h>

static guint64
key_of (const ZifuPrint *person, const ZifuPrint *visit)
{
  guint64 key = (person->hash ^ visit->hash >> 32) * 0x9e3779b97f4a7c15u + visit->hash;

  return key ^ key >> 32;
}

/* Whether the rules see more of the day than which of them are in force. */
static gboolean
day_tells (const ZifuRun *run)
{
  const ZifuPlan *plan = run->plan;

  return plan->date >= 0 || (plan->age >= 0 && zifu_facts_get (run->person->facts, "birth") != NULL);
}

/**
 * zifu_face_find:
 * @run: a run with a visit, before anything was looked up
 *
 * Recognises a person and a visit by what they state.
 *
 * Returns: (transfer none) (nullable): what is remembered, until the next visit; %NULL when they are new
 */
const ZifuFace *
zifu_face_find (const ZifuRun *run)
{
  const ZifuPrint *person = &run->person->facts->print, *visit = &run->visit->facts->print;
  guint64 key = key_of (person, visit);
  const ZifuFace *face;

  if (run->views->faces == NULL || person->has_list || visit->has_list)
    return NULL;
  face = &run->views->faces[key % ZIFU_N_FACES];
  if (face->view == NULL || face->key != key || face->in_force != run->in_force || (face->day != 0 && face->day != run->on) ||
      face->stays != (gint64) run->counters->stay.number.num)
    return NULL;
  if (!zifu_print_is (person, face->words, face->n_person) ||
      !zifu_print_is (visit, face->words + zifu_print_words (person), face->n_visit))
    return NULL;
  return face;
}

/**
 * zifu_face_remember:
 * @run: a run with a visit, which holds nothing that the pack may not know
 * @view: as what they are seen under their benefit
 * @route: how that was found
 * @stay: which stay it is, as settlements tell it
 *
 * Remembers a person and a visit, in place of others.
 */
void
zifu_face_remember (const ZifuRun *run, ZifuView *view, const ZifuRoute *route, guint stay)
{
  const ZifuPrint *person = &run->person->facts->print, *visit = &run->visit->facts->print;
  guint n_person = zifu_print_words (person), n_visit = zifu_print_words (visit);
  guint64 key = key_of (person, visit);
  ZifuFace *face;

  if (person->has_list || visit->has_list || n_person + n_visit > ZIFU_FACE_WORDS)
    return;
  if (run->views->faces == NULL)
    run->views->faces = g_new0 (ZifuFace, ZIFU_N_FACES);
  face = &run->views->faces[key % ZIFU_N_FACES];
  face->view = view;
  face->route = route;
  face->key = key;
  face->in_force = run->in_force;
  face->day = day_tells (run) ? run->on : 0;
  face->stays = (gint64) run->counters->stay.number.num;
  face->stay = stay;
  face->n_person = person->n;
  face->n_visit = visit->n;
  for (guint i = 0; i < n_person; i++)
    face->words[i] = person->words[i];
  for (guint i = 0; i < n_visit; i++)
    face->words[n_person + i] = visit->words[i];
}
