/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-estimator-private.h"
#include "zifu-visit-choices.h"
#include "zifu-words.h"

/* Long enough to swallow a burst of changes of the form, too short to be felt. */
#define DEBOUNCE_MS 60

G_DEFINE_FINAL_TYPE (ZifuEstimator, zifu_estimator, G_TYPE_OBJECT)

enum { PROP_0, PROP_SESSION, PROP_SETTLEMENT, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
set_state (ZifuEstimator *self, ZifuEstimateState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLEMENT]);
}

/*
 * _zifu_estimator_forget_result:
 *
 * Nothing is settled any more.
 */
void
_zifu_estimator_forget_result (ZifuEstimator *self)
{
  g_clear_pointer (&self->settlement, zifu_settlement_free);
  g_clear_pointer (&self->range, zifu_range_free);
  g_clear_pointer (&self->settled, zifu_visit_free);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->advice, g_free);
}

/* What a person can do about a refusal: it hangs on its kind, never on its text. */
static char *
dup_advice (const GError *error)
{
  if (error->domain != ZIFU_ERROR)
    return g_strdup (_("Look at the data of this person, then try again."));
  switch ((ZifuError) error->code)
    {
    case ZIFU_ERROR_INPUT:
      return g_strdup (_("Correct the bill or the visit in the form."));
    case ZIFU_ERROR_MISSING:
      return g_strdup (_("Choose what is missing in the form, or complete the data of this person."));
    case ZIFU_ERROR_UNKNOWN_FIGURE:
      return g_strdup (_("Ask the medical insurance bureau of the place of insurance. No figure is shown, because it would be a guess."));
    case ZIFU_ERROR_OVERFLOW:
      return g_strdup (_("Enter a smaller amount."));
    case ZIFU_ERROR_POLICY:
    case ZIFU_ERROR_CONFLICT:
      return g_strdup (_("The rules of this region need a correction. Report it to whoever maintains them."));
    case ZIFU_ERROR_NOT_FOUND:
    case ZIFU_ERROR_FILE:
    case ZIFU_ERROR_SYNTAX:
    case ZIFU_ERROR_SCHEMA:
    default:
      return g_strdup (_("The rules of this region cannot be read. Install them again."));
    }
}

/* Without the id of a rule or a pointer into a file: these help whoever writes rules, not the person at the form. */
static char *
dup_reason (const GError *error)
{
  g_autofree char *text = zifu_words_error_message (error);

  return zifu_choices_sentence (text);
}

static void
refuse (ZifuEstimator *self, const GError *error)
{
  _zifu_estimator_forget_result (self);
  self->refusal = dup_reason (error);
  self->advice = dup_advice (error);
  set_state (self, ZIFU_ESTIMATE_REFUSED);
}

/* What the next bill is likely made of is read off the earlier ones, once for each kind of care. */
static void
remember_similar (ZifuEstimator *self)
{
  const char *care = zifu_facts_get_string (self->visit->facts, "care");

  if (self->care != NULL && g_strcmp0 (self->care, care) == 0)
    return;
  g_free (self->care);
  self->care = g_strdup (care);
  self->similar = zifu_similar_bills_read (zifu_session_get_ledger (self->session), zifu_session_get_member_id (self->session), care);
}

/* Only the bill is open: the form knows the institution, and the ledger what was used up this year; and what the rules leave open. */
static ZifuRange *
range_of_bill (ZifuEstimator *self)
{
  g_autoptr (GPtrArray) open = zifu_open_questions (self->pack, self->person, self->visit);
  g_autoptr (ZifuRange) range = NULL;

  for (guint i = open->len; i > 0; i--)
    if (((ZifuOpen *) g_ptr_array_index (open, i - 1))->kind != ZIFU_OPEN_SPLIT)
      g_ptr_array_remove_index (open, i - 1);
  if (open->len == 0 && self->settlement != NULL)
    return NULL;
  remember_similar (self);
  if (self->similar.n_bills > 0 && open->len > 0)
    {
      ZifuMoney out = zifu_similar_bills_likely_out (&self->similar, self->visit->total);
      g_autoptr (ZifuValue) likely = zifu_value_new_number (zifu_rational_from_fen (out));

      zifu_open_set_likely (g_ptr_array_index (open, 0), likely);
    }
  range = zifu_range_new (self->pack, self->person, self->visit, open, NULL);
  zifu_cover_other_settle (&self->other, self->pack, self->person, self->visit, open);
  if (range != NULL && range->least->person != range->most->person)
    return g_steal_pointer (&range);
  /* A figure that is not known exactly, and makes no difference here. */
  if (range != NULL && self->settlement == NULL && open->len == 0)
    self->settlement = g_steal_pointer (&range->least);

  return NULL;
}

/* Steps, comparison and curve are those of the likely case, when there is one. */
static void
take_likely (ZifuEstimator *self)
{
  g_autoptr (ZifuVisit) visit = NULL;
  ZifuSettlement *settlement = NULL;

  if (self->range == NULL || self->range->likely == NULL || self->similar.n_bills == 0)
    return;
  visit = zifu_visit_copy (self->visit);
  zifu_visit_set_parts (visit, self->range->likely->out, visit->over_limit, visit->prior);
  settlement = zifu_settle (self->pack, self->person, visit, NULL);
  if (settlement == NULL)
    return;
  zifu_settlement_free (self->settlement);
  self->settlement = settlement;
  zifu_visit_free (self->settled);
  self->settled = g_steal_pointer (&visit);
}

static void
settle (ZifuEstimator *self)
{
  g_autoptr (GError) error = NULL;
  ZifuSettlement *settlement = NULL;

  if (self->pack == NULL || self->person == NULL)
    {
      _zifu_estimator_forget_result (self);
      self->refusal = g_strdup (self->trouble);
      self->advice = g_strdup (_("Choose a person whose region has rules."));
      set_state (self, ZIFU_ESTIMATE_REFUSED);
      return;
    }
  if (self->then == 0)
    {
      _zifu_estimator_turn_purses (self, self->visit->date);
      zifu_cover_other_apply (&self->other, self->person, self->visit->date);
    }
  settlement = zifu_settle (self->pack, self->person, self->visit, &error);
  _zifu_estimator_forget_result (self);
  self->settlement = settlement;
  self->settled = zifu_visit_copy (self->visit);
  if (settlement != NULL || g_error_matches (error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE))
    self->range = range_of_bill (self);
  if (self->settlement == NULL && self->range == NULL)
    {
      refuse (self, error);
      return;
    }
  take_likely (self);
  set_state (self, ZIFU_ESTIMATE_READY);
}

static void
evaluate (ZifuEstimator *self)
{
  zifu_cover_other_settle (&self->other, self->pack, self->person, self->visit, NULL);
  if (self->visit != NULL)
    settle (self);
  else if (self->unusable && zifu_estimator_get_settlement (self) != NULL)
    set_state (self, ZIFU_ESTIMATE_STALE);
  else
    {
      _zifu_estimator_forget_result (self);
      set_state (self, ZIFU_ESTIMATE_EMPTY);
    }
}

static gboolean
timeout_cb (gpointer data)
{
  ZifuEstimator *self = data;

  self->timeout_id = 0;
  evaluate (self);
  return G_SOURCE_REMOVE;
}

/* A field that is rewritten is empty for an instant: what it says in between is never shown. */
static void
evaluate_later (ZifuEstimator *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (DEBOUNCE_MS, timeout_cb, self);
}

/*
 * _zifu_estimator_load:
 *
 * Takes the person on screen as they are today, with the rules of today.
 */
void
_zifu_estimator_load (ZifuEstimator *self)
{
  g_autoptr (GError) error = NULL;

  self->then = 0;
  g_clear_pointer (&self->pack, zifu_pack_unref);
  g_clear_pointer (&self->person, zifu_person_free);
  g_clear_pointer (&self->loaded, zifu_person_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->care, g_free);
  if (zifu_session_get_member_id (self->session) == 0)
    {
      self->trouble = g_strdup (_("Nobody is on screen yet."));
      return;
    }
  self->pack = zifu_session_dup_pack (self->session, &error);
  if (self->pack != NULL)
    self->person = zifu_session_dup_person (self->session, &error);
  if (self->person != NULL)
    self->loaded = zifu_person_copy (self->person);
  if (error != NULL)
    self->trouble = dup_reason (error);
  zifu_cover_other_set_person (&self->other, self->pack, self->person, zifu_session_get_today (self->session));
}

static void
session_changed_cb (ZifuEstimator *self)
{
  /* A result of the person before must not stand beside the name of the next one, not even for a moment. */
  if (self->then == 0 || self->then != zifu_session_get_member_id (self->session))
    _zifu_estimator_load (self);
  /* The person is held as they were then; what the next bill is likely made of is not. */
  g_clear_pointer (&self->care, g_free);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  _zifu_estimator_forget_result (self);
  evaluate (self);
}

static void
zifu_estimator_constructed (GObject *object)
{
  ZifuEstimator *self = ZIFU_ESTIMATOR (object);

  G_OBJECT_CLASS (zifu_estimator_parent_class)->constructed (object);
  _zifu_estimator_load (self);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
zifu_estimator_dispose (GObject *object)
{
  ZifuEstimator *self = ZIFU_ESTIMATOR (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  _zifu_estimator_forget_result (self);
  g_clear_pointer (&self->visit, zifu_visit_free);
  zifu_cover_other_clear (&self->other);
  g_clear_pointer (&self->person, zifu_person_free);
  g_clear_pointer (&self->loaded, zifu_person_free);
  g_clear_pointer (&self->pack, zifu_pack_unref);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->care, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zifu_estimator_parent_class)->dispose (object);
}

static void
zifu_estimator_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuEstimator *self = ZIFU_ESTIMATOR (object);

  if (id == PROP_SETTLEMENT)
    g_value_set_pointer (value, (gpointer) zifu_estimator_get_settlement (self));
  else if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zifu_estimator_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuEstimator *self = ZIFU_ESTIMATOR (object);

  if (id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zifu_estimator_class_init (ZifuEstimatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = zifu_estimator_constructed;
  object_class->dispose = zifu_estimator_dispose;
  object_class->get_property = zifu_estimator_get_property;
  object_class->set_property = zifu_estimator_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZIFU_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SETTLEMENT] = g_param_spec_pointer ("settlement", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zifu_estimator_init (ZifuEstimator *self)
{
}

/**
 * zifu_estimator_new:
 * @session: whose person on screen is settled for
 *
 * Returns: (transfer full): an estimator without a visit
 */
ZifuEstimator *
zifu_estimator_new (ZifuSession *session)
{
  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  return g_object_new (ZIFU_TYPE_ESTIMATOR, "session", session, NULL);
}

/**
 * zifu_estimator_set_visit:
 * @self: an estimator
 * @visit: (nullable): what to settle, %NULL when nothing was typed yet
 *
 * Settles @visit a moment later, or at once in zifu_estimator_flush().
 */
void
zifu_estimator_set_visit (ZifuEstimator *self, const ZifuVisit *visit)
{
  g_return_if_fail (ZIFU_IS_ESTIMATOR (self));

  g_clear_pointer (&self->visit, zifu_visit_free);
  self->visit = visit != NULL ? zifu_visit_copy (visit) : NULL;
  self->unusable = FALSE;
  evaluate_later (self);
}

/**
 * zifu_estimator_set_unusable:
 * @self: an estimator
 *
 * Says that what is typed cannot be used at the moment: the last good result stays, and is marked as old.
 */
void
zifu_estimator_set_unusable (ZifuEstimator *self)
{
  g_return_if_fail (ZIFU_IS_ESTIMATOR (self));

  /* The last usable visit may still wait for its moment: its result is the last good one. */
  if (self->visit != NULL)
    zifu_estimator_flush (self);
  g_clear_pointer (&self->visit, zifu_visit_free);
  self->unusable = TRUE;
  evaluate_later (self);
}

/**
 * zifu_estimator_flush:
 * @self: an estimator
 *
 * Settles at once what was waiting for its moment.
 */
void
zifu_estimator_flush (ZifuEstimator *self)
{
  g_return_if_fail (ZIFU_IS_ESTIMATOR (self));

  if (self->timeout_id == 0)
    return;
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  evaluate (self);
}

/**
 * zifu_estimator_get_state:
 * @self: an estimator
 *
 * Returns: how the settlement relates to what was typed
 */
ZifuEstimateState
zifu_estimator_get_state (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), ZIFU_ESTIMATE_EMPTY);

  return self->state;
}

/**
 * zifu_estimator_get_settlement:
 * @self: an estimator
 *
 * Returns: (nullable) (transfer none): the last good result; %NULL when there is none or the engine refused.  When a figure of the rules
 *   is known only between bounds it is the dearest case of the range.
 */
const ZifuSettlement *
zifu_estimator_get_settlement (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->settlement != NULL || self->range == NULL ? self->settlement : self->range->most;
}

/**
 * zifu_estimator_get_visit:
 * @self: an estimator
 *
 * Returns: (nullable) (transfer none): the visit to which the settlement belongs
 */
const ZifuVisit *
zifu_estimator_get_visit (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->settled;
}

/**
 * zifu_estimator_get_member_id:
 * @self: an estimator
 *
 * Returns: who is on screen; 0 = nobody
 */
gint64
zifu_estimator_get_member_id (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), 0);

  return zifu_session_get_member_id (self->session);
}

/**
 * zifu_estimator_get_entered:
 * @self: an estimator
 *
 * Returns: (nullable) (transfer none): the visit of the settlement, or the one that was refused
 */
const ZifuVisit *
zifu_estimator_get_entered (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->settled != NULL ? self->settled : self->visit;
}

/**
 * zifu_estimator_get_pack:
 * @self: an estimator
 *
 * Returns: (nullable) (transfer none): the rules of the region of the person on screen
 */
ZifuPack *
zifu_estimator_get_pack (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->pack;
}

/**
 * zifu_estimator_get_person:
 * @self: an estimator
 *
 * Returns: (nullable) (transfer none): the person on screen as the engine sees one
 */
const ZifuPerson *
zifu_estimator_get_person (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->person;
}

/**
 * zifu_estimator_get_refusal:
 * @self: an estimator
 *
 * Returns: (nullable) (transfer none): why there is no result, as a sentence
 */
const char *
zifu_estimator_get_refusal (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->refusal;
}

/**
 * zifu_estimator_get_advice:
 * @self: an estimator
 *
 * Returns: (nullable) (transfer none): what to do about the refusal
 */
const char *
zifu_estimator_get_advice (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->advice;
}

/**
 * zifu_estimator_get_range:
 * @self: an estimator
 *
 * Where nothing of a bill is known but its total, and what is in it makes a difference, no single figure is true.
 *
 * Returns: (nullable) (transfer none): between what the person's part lies; %NULL when it is one figure
 */
const ZifuRange *
zifu_estimator_get_range (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->range;
}

/**
 * zifu_estimator_get_n_similar:
 * @self: an estimator
 *
 * Returns: how many earlier bills say what is likely; 0 = there is no range, or nobody knows what is likely
 */
guint
zifu_estimator_get_n_similar (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), 0);

  return self->range != NULL && self->range->likely != NULL ? self->similar.n_bills : 0;
}

/**
 * zifu_estimator_get_other:
 * @self: an estimator
 *
 * Returns: (nullable) (transfer none): the same visit on a day with other benefits; %NULL while benefits are full and stay so
 */
const ZifuCoverOther *
zifu_estimator_get_other (ZifuEstimator *self)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  return self->other.plan != NULL ? &self->other : NULL;
}

/**
 * zifu_estimator_get_case:
 * @self: an estimator
 * @which: one of the three cases of a range
 *
 * Returns: (nullable) (transfer none): its settlement; %NULL when there is no range, or nobody knows what is likely
 */
const ZifuSettlement *
zifu_estimator_get_case (ZifuEstimator *self, ZifuRangeCase which)
{
  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), NULL);

  if (self->range == NULL)
    return NULL;
  switch (which)
    {
    case ZIFU_RANGE_LEAST:
      return self->range->least;
    case ZIFU_RANGE_LIKELY:
      return zifu_estimator_get_n_similar (self) > 0 ? self->range->likely : NULL;
    case ZIFU_RANGE_MOST:
    default:
      return self->range->most;
    }
}
