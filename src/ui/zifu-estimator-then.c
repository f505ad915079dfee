/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-case-text.h"
#include "zifu-division.h"
#include "zifu-estimator-private.h"

/* A saved estimate is worked out for the person as they were then: account, totals of the year, kind of insurance, place. */

/* Whether today's data settle the visit in the same way, so that nothing has to be held apart. */
static gboolean
is_as_today (ZifuEstimator *self, const char *policy, const ZifuPerson *person, const ZifuVisit *visit)
{
  g_autoptr (ZifuPerson) today = NULL;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (self->pack == NULL || self->person == NULL || !g_str_equal (self->pack->id, policy))
    return FALSE;
  _zifu_estimator_turn_purses (self, visit->date);
  today = zifu_person_copy (self->person);
  zifu_cover_other_apply (&self->other, today, visit->date);
  left = zifu_case_text_new (policy, today, visit);
  right = zifu_case_text_new (policy, person, visit);
  return g_str_equal (left, right);
}

/**
 * zifu_estimator_set_then:
 * @self: an estimator
 * @policy: id of the rules of a saved estimate
 * @person: the person on screen as they were when it was saved
 * @visit: its visit
 * @error: return location for an error of #ZifuError, when the rules cannot be read
 *
 * Settles from now on as then, until zifu_estimator_set_now(), or somebody else comes on screen.  Where today's data are the same, today's
 * are used.
 *
 * Returns: whether the rules could be read; else nothing changed
 */
gboolean
zifu_estimator_set_then (ZifuEstimator *self, const char *policy, const ZifuPerson *person, const ZifuVisit *visit, GError **error)
{
  ZifuPack *pack;

  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self) && policy != NULL && person != NULL && visit != NULL, FALSE);

  pack = zifu_pack_library_load (zifu_session_get_library (self->session), policy, error);
  if (pack == NULL)
    return FALSE;
  zifu_estimator_set_now (self);
  if (is_as_today (self, policy, person, visit))
    {
      zifu_pack_unref (pack);
      return TRUE;
    }
  g_clear_pointer (&self->pack, zifu_pack_unref);
  g_clear_pointer (&self->person, zifu_person_free);
  g_clear_pointer (&self->trouble, g_free);
  zifu_cover_other_clear (&self->other);
  self->pack = pack;
  self->person = zifu_person_copy (person);
  self->then = zifu_session_get_member_id (self->session);
  return TRUE;
}

/**
 * zifu_estimator_set_now:
 * @self: an estimator
 *
 * Settles for the person on screen as they are today.  The result is empty until a visit is set.
 */
void
zifu_estimator_set_now (ZifuEstimator *self)
{
  g_return_if_fail (ZIFU_IS_ESTIMATOR (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  _zifu_estimator_forget_result (self);
  _zifu_estimator_load (self);
}

/**
 * zifu_estimator_is_then:
 * @self: an estimator
 *
 * Returns: whether it settles for the person as a saved estimate found them
 */
gboolean
zifu_estimator_is_then (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), FALSE);

  return self->then != 0;
}

/*
 * _zifu_estimator_turn_purses:
 *
 * Gives the person the purses of the benefit year in which @date lies: what is of this one will be of an earlier one then.
 */
void
_zifu_estimator_turn_purses (ZifuEstimator *self, ZifuDate date)
{
  if (self->loaded == NULL)
    return;
  zifu_division_copy (self->person, self->loaded);
  zifu_division_turn (self->pack, self->person, zifu_session_get_today (self->session), date);
}
