/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-session.h"

#include "zifu-dossier.h"

struct _ZifuSession
{
  GObject parent_instance;

  ZifuLedger      *ledger;  /* owned */
  ZifuPackLibrary *library; /* owned */
  ZifuDate         today;
  int              ahead;   /* days by which today is ahead of the clock: 0 unless the day was said */
  gint64           member_id;
  GHashTable      *stated;  /* owned: member id (gint64*) -> ZifuStated*; never stored */
  ZifuDossier     *dossier; /* owned, nullable: what was read last */
  gint64           read_at; /* what had been written to the file by then */
  gint64           from;    /* what had been written when the reading began */
  GCancellable    *reading; /* owned, nullable: while a large account is read anew; "changed" follows */
};

G_DEFINE_FINAL_TYPE (ZifuSession, zifu_session, G_TYPE_OBJECT)

enum
{
  PROP_MEMBER_ID = 1,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_FAILED,
  SIGNAL_STATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* A failing read is told once through the signal; the caller goes on with nothing instead of with a wrong figure. */
static void
report (ZifuSession *self, const GError *error)
{
  g_debug ("The ledger refused: %s", error->message);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static gboolean
has_member (GPtrArray *members, gint64 member_id)
{
  for (guint i = 0; i < members->len; i++)
    if (((ZifuMember *) g_ptr_array_index (members, i))->id == member_id)
      return TRUE;

  return FALSE;
}

static void
zifu_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuSession *self = ZIFU_SESSION (object);

  switch (id)
    {
    case PROP_MEMBER_ID:
      g_value_set_int64 (value, self->member_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuSession *self = ZIFU_SESSION (object);

  switch (id)
    {
    case PROP_MEMBER_ID:
      zifu_session_set_member_id (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stop_reading (ZifuSession *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
take_dossier (ZifuSession *self, ZifuDossier *dossier, gint64 read_at)
{
  zifu_dossier_free (self->dossier);
  self->dossier = dossier;
  self->read_at = read_at;
}

static void dossier_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
begin_reading (ZifuSession *self)
{
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (self, NULL);
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  self->reading = g_cancellable_new ();
  self->from = zifu_ledger_get_n_written (self->ledger);
  zifu_dossier_read_async (self->ledger, pack, self->member_id, self->today, self->reading, dossier_cb, ref);
}

/* What is on screen stands until a large account was read anew; otherwise nothing is older than the last row that was written. */
static const ZifuDossier *
get_dossier (ZifuSession *self)
{
  gboolean known = self->dossier != NULL && self->dossier->member_id == self->member_id;
  gint64 now = zifu_ledger_get_n_written (self->ledger);
  g_autoptr (ZifuPack) pack = NULL;

  if (known && self->reading == NULL && self->read_at != now && zifu_dossier_is_large (self->ledger, self->member_id, self->today))
    begin_reading (self);
  if (known && (self->reading != NULL || self->read_at == now))
    return self->dossier;

  pack = zifu_session_dup_pack (self, NULL);
  take_dossier (self, zifu_dossier_read (self->ledger, pack, self->member_id, self->today), now);
  return self->dossier;
}

static void
dossier_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree GWeakRef *ref = data;
  g_autoptr (ZifuSession) self = g_weak_ref_get (ref);
  g_autoptr (GError) error = NULL;
  ZifuDossier *dossier = zifu_dossier_read_finish (result, &error);

  g_weak_ref_clear (ref);
  /* Given up: another one is on the way, or nobody looks any more. */
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      zifu_dossier_free (dossier);
      return;
    }

  g_clear_object (&self->reading);
  /* Without an answer whoever asks reads for itself, and tells what is wrong. */
  take_dossier (self, dossier, self->from);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Tells the pages; those of a large account only when everything was read for them. */
static void
tell_changed (ZifuSession *self)
{
  stop_reading (self);
  if (self->member_id == 0 || !zifu_dossier_is_large (self->ledger, self->member_id, self->today))
    {
      take_dossier (self, NULL, 0);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return;
    }

  begin_reading (self);
}

static void
zifu_session_dispose (GObject *object)
{
  stop_reading (ZIFU_SESSION (object));

  G_OBJECT_CLASS (zifu_session_parent_class)->dispose (object);
}

static void
zifu_session_finalize (GObject *object)
{
  ZifuSession *self = ZIFU_SESSION (object);

  g_clear_pointer (&self->dossier, zifu_dossier_free);
  g_clear_object (&self->ledger);
  g_clear_pointer (&self->library, zifu_pack_library_unref);
  g_clear_pointer (&self->stated, g_hash_table_unref);

  G_OBJECT_CLASS (zifu_session_parent_class)->finalize (object);
}

static void
zifu_session_class_init (ZifuSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = zifu_session_get_property;
  object_class->set_property = zifu_session_set_property;
  object_class->dispose = zifu_session_dispose;
  object_class->finalize = zifu_session_finalize;

  properties[PROP_MEMBER_ID] = g_param_spec_int64 ("member-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED]
    = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED]
    = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_STATED]
    = g_signal_new ("stated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zifu_session_init (ZifuSession *self)
{
  self->stated = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static ZifuDate
get_day (GDateTime *time)
{
  return zifu_date_new (g_date_time_get_year (time), g_date_time_get_month (time), g_date_time_get_day_of_month (time));
}

/**
 * zifu_session_new:
 * @ledger: the household
 * @library: where policy packs are found
 * @today: the day on which everything is looked at
 *
 * Makes the session and puts the owner of the household on screen, if there is anybody.
 *
 * Returns: (transfer full): the session
 */
ZifuSession *
zifu_session_new (ZifuLedger *ledger, ZifuPackLibrary *library, ZifuDate today)
{
  ZifuSession *self;
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);
  g_return_val_if_fail (library != NULL, NULL);
  g_return_val_if_fail (today > 0, NULL);

  self = g_object_new (ZIFU_TYPE_SESSION, NULL);
  self->ledger = g_object_ref (ledger);
  self->library = zifu_pack_library_ref (library);
  self->today = today;
  self->ahead = today - get_day (now);

  members = zifu_session_list_members (self);
  self->member_id = zifu_member_find_owner (members);

  return self;
}

/**
 * zifu_session_get_ledger:
 * @self: a session
 *
 * Returns: (transfer none): the ledger of the household
 */
ZifuLedger *
zifu_session_get_ledger (ZifuSession *self)
{
  g_return_val_if_fail (ZIFU_IS_SESSION (self), NULL);

  return self->ledger;
}

/**
 * zifu_session_get_library:
 * @self: a session
 *
 * Returns: (transfer none): the policy packs
 */
ZifuPackLibrary *
zifu_session_get_library (ZifuSession *self)
{
  g_return_val_if_fail (ZIFU_IS_SESSION (self), NULL);

  return self->library;
}

/**
 * zifu_session_get_today:
 * @self: a session
 *
 * Returns: the day that every page takes for today
 */
ZifuDate
zifu_session_get_today (ZifuSession *self)
{
  g_return_val_if_fail (ZIFU_IS_SESSION (self), 0);

  return self->today;
}

/**
 * zifu_session_dup_now:
 * @self: a session
 *
 * The clock, on the day that was today when the session began, and on the days that followed.  For names and times of what is stored; no
 * figure is worked out from it.
 *
 * Returns: (transfer full): the time
 */
GDateTime *
zifu_session_dup_now (ZifuSession *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_return_val_if_fail (ZIFU_IS_SESSION (self), NULL);

  return g_date_time_add_days (now, self->ahead);
}

/**
 * zifu_session_follow_clock:
 * @self: a session
 * @now: the time, where the person is
 *
 * When another day has begun, it is today on every page.  A day that was said instead of being read from the clock stays.
 */
void
zifu_session_follow_clock (ZifuSession *self, GDateTime *now)
{
  g_return_if_fail (ZIFU_IS_SESSION (self));
  g_return_if_fail (now != NULL);

  if (self->ahead != 0 || get_day (now) == self->today)
    return;
  self->today = get_day (now);
  tell_changed (self);
}

/**
 * zifu_session_get_member_id:
 * @self: a session
 *
 * Returns: who is on screen; 0 = nobody yet
 */
gint64
zifu_session_get_member_id (ZifuSession *self)
{
  g_return_val_if_fail (ZIFU_IS_SESSION (self), 0);

  return self->member_id;
}

/**
 * zifu_session_set_member_id:
 * @self: a session
 * @member_id: who is to be on screen; 0 = nobody
 *
 * Puts another person on screen and tells every page.
 */
void
zifu_session_set_member_id (ZifuSession *self, gint64 member_id)
{
  g_return_if_fail (ZIFU_IS_SESSION (self));
  g_return_if_fail (member_id >= 0);

  if (self->member_id == member_id)
    return;

  self->member_id = member_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEMBER_ID]);
  tell_changed (self);
}

/**
 * zifu_session_dup_member:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): the person on screen, %NULL when there is nobody or the ledger refused
 */
ZifuMember *
zifu_session_dup_member (ZifuSession *self)
{
  g_autoptr (GError) error = NULL;
  ZifuMember *member;

  g_return_val_if_fail (ZIFU_IS_SESSION (self), NULL);

  if (self->member_id == 0)
    return NULL;

  member = zifu_ledger_get_member (self->ledger, self->member_id, &error);
  if (member == NULL)
    report (self, error);

  return member;
}

/**
 * zifu_session_list_members:
 * @self: a session
 *
 * Returns: (transfer full) (element-type ZifuMember): the household, empty when the ledger refused
 */
GPtrArray *
zifu_session_list_members (ZifuSession *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *members;

  g_return_val_if_fail (ZIFU_IS_SESSION (self), NULL);

  members = zifu_ledger_list_members (self->ledger, &error);
  if (members == NULL)
    {
      report (self, error);
      members = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_member_free);
    }

  return members;
}

/**
 * zifu_session_dup_pack:
 * @self: a session
 * @error: return location
 *
 * Returns: (transfer full): the rules of the region in which the person on screen is insured
 */
ZifuPack *
zifu_session_dup_pack (ZifuSession *self, GError **error)
{
  g_autoptr (ZifuMember) member = NULL;

  g_return_val_if_fail (ZIFU_IS_SESSION (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  member = zifu_ledger_get_member (self->ledger, self->member_id, error);
  if (member == NULL)
    return NULL;

  return zifu_pack_library_load (self->library, member->region, error);
}

/**
 * zifu_session_dup_person:
 * @self: a session
 * @error: return location
 *
 * Returns: (transfer full): the person on screen as the engine sees one, with purses, counters and relatives' accounts
 */
ZifuPerson *
zifu_session_dup_person (ZifuSession *self, GError **error)
{
  const ZifuDossier *dossier;

  g_return_val_if_fail (ZIFU_IS_SESSION (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  /* Without rules there is no provider's year either, and whoever asks for a pack is told why. */
  dossier = get_dossier (self);
  if (dossier->person != NULL)
    return zifu_person_copy (dossier->person);
  g_propagate_error (error, g_error_copy (dossier->person_error));
  return NULL;
}

/**
 * zifu_session_dup_record:
 * @self: a session
 * @error: return location
 *
 * Returns: (transfer full): what is known of the person on screen: the ledger's record with what the person stated in this session
 */
ZifuRecord *
zifu_session_dup_record (ZifuSession *self, GError **error)
{
  const ZifuDossier *dossier;
  const ZifuStated *stated;
  ZifuRecord *record;

  g_return_val_if_fail (ZIFU_IS_SESSION (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  dossier = get_dossier (self);
  if (dossier->record == NULL)
    {
      g_propagate_error (error, g_error_copy (dossier->record_error));
      return NULL;
    }
  record = zifu_record_copy (dossier->record);
  stated = g_hash_table_lookup (self->stated, &self->member_id);
  if (stated != NULL)
    zifu_stated_apply (stated, record, self->today);

  return record;
}

/**
 * zifu_session_check_balance:
 * @self: a session
 * @broken: (out caller-allocates): as zifu_ledger_check_balance() gives it, of the person on screen
 *
 * Returns: whether all movements could be added up
 */
gboolean
zifu_session_check_balance (ZifuSession *self, ZifuBalanceBreak *broken)
{
  const ZifuDossier *dossier;

  g_return_val_if_fail (ZIFU_IS_SESSION (self), FALSE);
  g_return_val_if_fail (broken != NULL, FALSE);

  dossier = get_dossier (self);
  *broken = dossier->broken;
  return dossier->checked;
}

/**
 * zifu_session_prepare:
 * @self: a session that nobody else has yet
 *
 * Reads what the pages will ask for, in the thread that opened the household.
 */
void
zifu_session_prepare (ZifuSession *self)
{
  g_return_if_fail (ZIFU_IS_SESSION (self));

  if (self->member_id != 0)
    get_dossier (self);
}

/**
 * zifu_session_get_stated:
 * @self: a session
 * @stated: (out caller-allocates): what the person on screen stated; all unknown at first
 *
 * Tells what cannot be read from data.
 */
void
zifu_session_get_stated (ZifuSession *self, ZifuStated *stated)
{
  const ZifuStated *known;

  g_return_if_fail (ZIFU_IS_SESSION (self));
  g_return_if_fail (stated != NULL);

  known = g_hash_table_lookup (self->stated, &self->member_id);
  *stated = known != NULL ? *known : (ZifuStated){ 0 };
}

/**
 * zifu_session_set_stated:
 * @self: a session
 * @stated: what the person on screen states
 *
 * Remembers it for this person until the program ends, and tells the pages that answer from it.
 */
void
zifu_session_set_stated (ZifuSession *self, const ZifuStated *stated)
{
  g_return_if_fail (ZIFU_IS_SESSION (self));
  g_return_if_fail (stated != NULL);

  if (self->member_id == 0)
    return;
  g_hash_table_insert (self->stated, g_memdup2 (&self->member_id, sizeof self->member_id), g_memdup2 (stated, sizeof *stated));
  g_signal_emit (self, signals[SIGNAL_STATED], 0);
}

/**
 * zifu_session_emit_changed:
 * @self: a session
 *
 * To be called after the ledger was written.  If the person on screen is gone, the owner takes the place.  "changed" is emitted before this
 * returns, or, when there is so much to read of this person that the window would not answer, as soon as a thread has read it.
 */
void
zifu_session_emit_changed (ZifuSession *self)
{
  g_autoptr (GPtrArray) members = NULL;

  g_return_if_fail (ZIFU_IS_SESSION (self));

  members = zifu_session_list_members (self);
  if (!has_member (members, self->member_id))
    {
      self->member_id = zifu_member_find_owner (members);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEMBER_ID]);
    }

  tell_changed (self);
}
