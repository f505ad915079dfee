/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

#include "zifu-diagnose.h"
#include "zifu-elsewhere.h"
#include "zifu-enrolments.h"

static ZifuLifeEvent *
enrolment (gint64 member_id, const char *insurance, const char *region, const char *from)
{
  ZifuLifeEvent *event = zifu_life_event_new (ZIFU_LIFE_ENROLMENT, member_id);

  event->insurance = g_strdup (insurance);
  event->region = g_strdup (region);
  event->from = day (from);
  return event;
}

static ZifuLifeEvent *
filing (gint64 member_id, const char *kind, const char *place, const char *from, const char *to)
{
  ZifuLifeEvent *event = zifu_life_event_new (ZIFU_LIFE_FILING, member_id);

  event->filing = g_strdup (kind);
  event->region = g_strdup (place);
  event->from = day (from);
  event->to = to != NULL ? day (to) : 0;
  return event;
}

static ZifuLifeEvent *
spell (gint64 member_id, const char *from, const char *to)
{
  ZifuLifeEvent *event = zifu_life_event_new (ZIFU_LIFE_SPELL, member_id);

  event->from = day (from);
  event->to = day (to);
  return event;
}

static ZifuLifeEvent *
move (gint64 member_id, const char *to, ZifuMoveState state, const char *requested)
{
  ZifuLifeEvent *event = zifu_life_event_new (ZIFU_LIFE_MOVE, member_id);

  event->region = g_strdup (to);
  event->state = state;
  event->from = day (requested);
  return event;
}

static void
put (Fixture *fixture, const ZifuLifeEvent *before, ZifuLifeEvent *after)
{
  g_autoptr (GError) error = NULL;
  gboolean stored = zifu_ledger_replace_life (fixture->ledger, before, after, &error);

  g_assert_no_error (error);
  g_assert_true (stored);
}

static void
put_new (Fixture *fixture, ZifuLifeEvent *event)
{
  g_autoptr (ZifuLifeEvent) owned = event;

  put (fixture, NULL, owned);
}

static GPtrArray *
list (Fixture *fixture, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *events = zifu_ledger_list_life (fixture->ledger, member_id, &error);

  g_assert_no_error (error);
  return events;
}

static ZifuRecord *
load (Fixture *fixture, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  ZifuRecord *record = zifu_ledger_load_record (fixture->ledger, member_id, 0, &error);

  g_assert_no_error (error);
  return record;
}

/* R33 and R37: what is entered comes back whole after the file was closed; what is changed stays itself. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "甲", "self", "active", 0);
  g_autoptr (ZifuLifeEvent) one = filing (id, "filed_temp", "31", "2026-03-01", "2026-09-30"), changed = zifu_life_event_copy (one);
  g_autoptr (GPtrArray) events = NULL;
  const ZifuLifeEvent *found;

  put (fixture, NULL, one);
  changed->id = 0;
  g_free (changed->filing);
  changed->filing = g_strdup ("filed_long");
  changed->to = 0;
  put (fixture, one, changed);
  g_assert_cmpint (changed->id, ==, one->id);
  put_new (fixture, move (id, "440100", ZIFU_MOVE_IN_TRANSIT, "2026-05-04"));
  g_clear_object (&fixture->ledger);
  fixture->ledger = open_ledger (fixture->path);

  events = list (fixture, id);
  g_assert_cmpuint (events->len, ==, 2);
  found = g_ptr_array_index (events, 0);
  g_assert_cmpint (found->kind, ==, ZIFU_LIFE_FILING);
  g_assert_cmpstr (found->filing, ==, "filed_long");
  g_assert_cmpstr (found->region, ==, "31");
  g_assert_cmpint (found->from, ==, day ("2026-03-01"));
  g_assert_cmpint (found->to, ==, 0);
  found = g_ptr_array_index (events, 1);
  g_assert_cmpint (found->state, ==, ZIFU_MOVE_IN_TRANSIT);
  g_assert_false (found->account_there_known);
}

/* What was taken away comes back as it was, and what was entered goes away again. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "甲", "self", "active", 0);
  g_autoptr (ZifuLifeEvent) months = spell (id, "2025-01-01", "2025-12-01"), other = enrolment (id, "390", "41", "2026-01-01");
  g_autoptr (GPtrArray) all = NULL, none = NULL, again = NULL;

  months->base = 500000;
  months->paid_on = day ("2026-02-03");
  put (fixture, NULL, months);
  put (fixture, NULL, other);
  all = list (fixture, id);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < all->len; i++)
    put (fixture, g_ptr_array_index (all, i), NULL);
  none = list (fixture, id);
  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < all->len; i++)
    put (fixture, NULL, g_ptr_array_index (all, i));
  again = list (fixture, id);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpint (((ZifuLifeEvent *) g_ptr_array_index (again, 0))->id, ==, other->id);
  g_assert_cmpint (((ZifuLifeEvent *) g_ptr_array_index (again, 1))->base, ==, 500000);
  g_assert_cmpint (((ZifuLifeEvent *) g_ptr_array_index (again, 1))->paid_on, ==, day ("2026-02-03"));
  g_assert_cmpint (zifu_month_of (((ZifuLifeEvent *) g_ptr_array_index (again, 1))->to), ==, zifu_month_new (2025, 12));
}

/* R29: months are entered from one to another, a month once, and what was imported stays what it was. */
static void
test_spells (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "甲", "self", "active", 0);
  g_autoptr (ZifuLifeEvent) twice = spell (id, "2025-06-01", "2026-01-01"), imported = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (GPtrArray) events = NULL;

  put_new (fixture, spell (id, "2024-11-15", "2025-06-02"));
  put_new (fixture, spell (id, "2025-09-01", "2025-09-01"));
  g_assert_true (zifu_ledger_add_contribution (fixture->ledger, id, zifu_month_new (2025, 10), 0, -1, -1, ZIFU_PROVENANCE_IMPORTED, NULL));
  g_assert_false (zifu_ledger_replace_life (fixture->ledger, NULL, twice, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "2025-06"));
  g_clear_error (&error);
  person = zifu_ledger_load_person (fixture->ledger, id, NULL);
  g_assert_cmpuint (person->payments->len, ==, 8 + 1 + 1);

  events = list (fixture, id);
  g_assert_cmpuint (events->len, ==, 3);
  imported = zifu_life_event_copy (g_ptr_array_index (events, 2));
  g_assert_cmpint (imported->provenance, ==, ZIFU_PROVENANCE_IMPORTED);
  g_assert_false (zifu_ledger_replace_life (fixture->ledger, imported, NULL, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  /* A change that cannot be stored leaves what was there. */
  g_clear_error (&error);
  g_assert_false (zifu_ledger_replace_life (fixture->ledger, g_ptr_array_index (events, 1), twice, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_clct_detl_d"), ==, 10);
}

/* R14: the insurance that the person is entered with is one of the two; once it ended there is one only. */
static void
test_double (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "甲", "self", "active", 0);
  g_autoptr (ZifuRecord) none = load (fixture, id), two = NULL, one = NULL;
  g_autoptr (ZifuLifeEvent) other = enrolment (id, "390", "410100", "2026-01-01"), ended = NULL;
  const ZifuEnrolment *own;

  g_assert_cmpuint (none->enrolments->len, ==, 0);
  put (fixture, NULL, other);
  put_new (fixture, spell (id, "2025-03-01", "2026-04-01"));
  two = load (fixture, id);
  g_assert_cmpuint (two->enrolments->len, ==, 2);
  own = &g_array_index (two->enrolments, ZifuEnrolment, 1);
  g_assert_cmpstr (own->insurance, ==, "310");
  g_assert_cmpint (own->from, ==, day ("2025-03-01"));
  g_assert_cmpint (own->to, ==, day ("2026-05-31"));

  ended = zifu_life_event_copy (other);
  g_free (ended->insurance);
  ended->insurance = g_strdup ("310");
  g_free (ended->region);
  ended->region = NULL;
  put (fixture, other, ended);
  one = load (fixture, id);
  g_assert_cmpuint (one->enrolments->len, ==, 1);
}

/* R37: what is under way counts before what arrived, and the newer before the older. */
static void
test_move (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "甲", "self", "active", 0);
  g_autoptr (ZifuRecord) record = NULL;

  put_new (fixture, move (id, "440100", ZIFU_MOVE_ARRIVED, "2019-05-04"));
  put_new (fixture, move (id, "330100", ZIFU_MOVE_REQUESTED, "2026-05-04"));
  put_new (fixture, move (id, "310000", ZIFU_MOVE_ARRIVED, "2026-06-04"));
  record = load (fixture, id);
  g_assert_cmpint (record->move.state, ==, ZIFU_MOVE_REQUESTED);
  g_assert_cmpstr (record->move.to, ==, "330100");
  g_assert_cmpint (record->move.requested, ==, day ("2026-05-04"));
}

/* R33: filings are found by themselves, for the estimate. */
static void
test_filings (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "甲", "self", "active", 0);
  g_autoptr (ZifuRecord) record = zifu_record_new ();

  put_new (fixture, filing (id, "referred", NULL, "2026-05-04", "2026-11-03"));
  put_new (fixture, enrolment (id, "310", NULL, "2020-01-01"));
  g_assert_true (zifu_ledger_load_filings (fixture->ledger, id, record, NULL));
  g_assert_cmpuint (record->filings->len, ==, 1);
  g_assert_cmpuint (record->enrolments->len, ==, 0);
  g_assert_cmpstr (g_array_index (record->filings, ZifuFiling, 0).kind, ==, "referred");
}

/* What makes no sense is refused with a reason, and nothing is stored. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "甲", "self", "active", 0);
  g_autoptr (GPtrArray) bad = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_life_event_free);
  g_autoptr (GPtrArray) events = NULL;

  g_ptr_array_add (bad, filing (id, "filed_temp", NULL, "2026-05-04", "2026-05-03"));
  g_ptr_array_add (bad, filing (id, "local", NULL, "2026-05-04", NULL));
  g_ptr_array_add (bad, enrolment (id, "320", NULL, "2026-05-04"));
  g_ptr_array_add (bad, enrolment (id, "310", "", "2026-05-04"));
  g_ptr_array_add (bad, enrolment (4711, "310", NULL, "2026-05-04"));
  g_ptr_array_add (bad, move (id, NULL, ZIFU_MOVE_NONE, "2026-05-04"));
  g_ptr_array_add (bad, spell (id, "1900-01-01", "2026-05-04"));
  for (guint i = 0; i < bad->len; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (zifu_ledger_replace_life (fixture->ledger, NULL, g_ptr_array_index (bad, i), &error));
      g_assert_nonnull (error);
      g_assert_cmpint (error->domain, ==, ZIFU_LEDGER_ERROR);
    }
  events = list (fixture, id);
  g_assert_cmpuint (events->len, ==, 0);
}

/* It goes with the person, and with nobody else. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_person (fixture->ledger, "甲", "self", "active", 0), other = add_person (fixture->ledger, "乙", "spouse", "active", 0);
  g_autoptr (GPtrArray) left = NULL;

  for (guint i = 0; i < 2; i++)
    {
      gint64 whose = i == 0 ? id : other;

      put_new (fixture, enrolment (whose, "390", NULL, "2026-05-04"));
      put_new (fixture, filing (whose, "filed_long", NULL, "2026-05-04", NULL));
      put_new (fixture, move (whose, NULL, ZIFU_MOVE_REQUESTED, "2026-05-04"));
    }
  g_assert_true (zifu_ledger_delete_member (fixture->ledger, id, NULL));
  left = list (fixture, other);
  g_assert_cmpuint (left->len, ==, 3);
  g_assert_cmpint (query_int (fixture->path, "SELECT (SELECT COUNT (*) FROM psn_insu_d) + (SELECT COUNT (*) FROM psn_filg_d)"
                                             " + (SELECT COUNT (*) FROM psn_tras_d)"), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/ledger/life/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("R33/R37/kept", test_kept);
  ADD ("undo", test_undo);
  ADD ("R29/spells", test_spells);
  ADD ("R14/double", test_double);
  ADD ("R37/move", test_move);
  ADD ("R33/filings", test_filings);
  ADD ("refused", test_refused);
  ADD ("deleted", test_deleted);
  return g_test_run ();
}
