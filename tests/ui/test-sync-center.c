/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-page.h"

#include "zifu-sync-center.h"

/* When it is fetched from a provider, with a network that the test switches.  The address is refused before anything is sent: each
 * attempt ends at once. */

#define HOUR (60 * 60)
#define INTERVAL_S (4 * HOUR)

#define TEST_TYPE_NETWORK (test_network_get_type ())
G_DECLARE_FINAL_TYPE (TestNetwork, test_network, TEST, NETWORK, GObject)

struct _TestNetwork
{
  GObject parent_instance;

  gboolean available, metered;
};

enum { PROP_AVAILABLE = 1, PROP_METERED, PROP_CONNECTIVITY };

static void
network_iface_init (GNetworkMonitorInterface *iface)
{
}

static gboolean
network_initable_init (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
initable_iface_init (GInitableIface *iface)
{
  iface->init = network_initable_init;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestNetwork, test_network, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_iface_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, network_iface_init))

static void
test_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TestNetwork *self = TEST_NETWORK (object);

  if (id == PROP_CONNECTIVITY)
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, id == PROP_METERED ? self->metered : self->available);
}

static void
test_network_class_init (TestNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_network_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_network_init (TestNetwork *self)
{
  self->available = TRUE;
}

typedef struct {
  Fixture         page; /* its window stays empty */
  TestNetwork    *network;
  ZifuSyncCenter *center; /* owned, nullable */
  gint64          id;
  guint           n_arrived, n_finished;
} House;

static GtkWidget *
new_nothing (ZifuSession *session)
{
  return gtk_label_new ("");
}

static void
house_set_up (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) connection = zifu_connection_new ();
  g_autoptr (GError) error = NULL;

  open_ledger (&house->page);
  add_employee (&house->page, 10000);
  show_page (&house->page, new_nothing, 360, 360);
  house->network = g_object_new (TEST_TYPE_NETWORK, NULL);
  connection->member_id = zifu_session_get_member_id (house->page.session);
  connection->key = g_strdup ("key");
  g_free (connection->name);
  connection->name = g_strdup ("Provider");
  g_free (connection->base_url);
  connection->base_url = g_strdup ("http://example.invalid");
  g_free (connection->client_id);
  connection->client_id = g_strdup ("zifu");
  connection->issuer = g_strdup ("http://example.invalid");
  connection->automatic = TRUE;
  house->id = zifu_ledger_add_connection (house->page.ledger, connection, &error);
  g_assert_no_error (error);
}

static void
house_tear_down (House *house, gconstpointer data)
{
  if (house->center != NULL)
    {
      g_object_run_dispose (G_OBJECT (house->center));
      for (guint i = 0; i < 600 && zifu_sync_center_is_busy (house->center, 0); i++)
        spin (20);
      g_assert_finalize_object (house->center);
    }
  g_object_unref (house->network);
  tear_down (&house->page);
}

static gint64
get_now (House *house)
{
  g_autoptr (GDateTime) now = zifu_session_dup_now (house->page.session);

  return g_date_time_to_unix (now);
}

/* Writes when it was tried last, and how that ended. */
static void
set_tried (House *house, gint64 seconds_ago, guint min_interval_s, const char *problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (house->page.ledger, house->id, &error);

  g_assert_no_error (error);
  connection->tried_at = get_now (house) - seconds_ago;
  connection->min_interval_s = min_interval_s;
  g_free (connection->problem);
  connection->problem = g_strdup (problem);
  zifu_ledger_update_connection (house->page.ledger, connection, &error);
  g_assert_no_error (error);
  if (house->center != NULL)
    zifu_sync_center_reload (house->center);
}

static void
arrived_cb (House *house)
{
  house->n_arrived++;
}

static void
finished_cb (House *house)
{
  house->n_finished++;
}

static void
start (House *house, guint look_s)
{
  house->center = zifu_sync_center_new_with (house->page.session, G_NETWORK_MONITOR (house->network), INTERVAL_S, look_s);
  g_signal_connect_swapped (house->center, "arrived", G_CALLBACK (arrived_cb), house);
  g_signal_connect_swapped (house->center, "finished", G_CALLBACK (finished_cb), house);
}

static void
wait_until_idle (House *house)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (zifu_sync_center_is_busy (house->center, 0) && g_get_monotonic_time () < end)
    spin (10);
  g_assert_false (zifu_sync_center_is_busy (house->center, 0));
}

/* Looks, and says whether something was begun by that. */
static gboolean
look (House *house)
{
  gboolean begun;

  zifu_sync_center_look (house->center);
  begun = zifu_sync_center_is_busy (house->center, house->id);
  wait_until_idle (house);
  return begun;
}

/* At the start however short ago it was, but not more often than the provider wants. */
static void
test_start (House *house, gconstpointer data)
{
  set_tried (house, 60, 0, NULL);
  start (house, HOUR);
  g_assert_true (zifu_sync_center_is_busy (house->center, house->id));
  wait_until_idle (house);
  g_assert_cmpuint (house->n_arrived, ==, 1);
  g_assert_cmpuint (house->n_finished, ==, 0);
}

static void
test_start_too_early (House *house, gconstpointer data)
{
  set_tried (house, 60, HOUR, NULL);
  start (house, HOUR);
  g_assert_false (zifu_sync_center_is_busy (house->center, house->id));
}

/* Every few hours; later when the provider wants that; sooner when it could not be reached. */
static void
test_interval (House *house, gconstpointer data)
{
  set_tried (house, 0, HOUR, NULL);
  start (house, HOUR);
  set_tried (house, INTERVAL_S - 60, 0, NULL);
  g_assert_false (look (house));
  set_tried (house, INTERVAL_S, 0, NULL);
  g_assert_true (look (house));
  set_tried (house, INTERVAL_S, 5 * HOUR, NULL);
  g_assert_false (look (house));
  set_tried (house, 5 * HOUR, 5 * HOUR, NULL);
  g_assert_true (look (house));
  set_tried (house, 5 * 60, 0, "offline");
  g_assert_false (look (house));
  set_tried (house, 10 * 60, 0, "offline");
  g_assert_true (look (house));
  set_tried (house, 10 * 60, HOUR, "offline");
  g_assert_false (look (house));
  set_tried (house, 9 * HOUR, 0, "consent");
  g_assert_false (look (house));
  /* The clock was set back. */
  set_tried (house, -HOUR, 0, NULL);
  g_assert_true (look (house));
}

/* Not when it was switched off. */
static void
test_switched_off (House *house, gconstpointer data)
{
  set_tried (house, 0, HOUR, NULL);
  start (house, HOUR);
  set_tried (house, 9 * HOUR, 0, NULL);
  zifu_sync_center_set_schedule (house->center, house->id, FALSE, FALSE);
  g_assert_false (look (house));
  zifu_sync_center_set_schedule (house->center, house->id, TRUE, FALSE);
  g_assert_true (look (house));
}

/* By hand whatever the schedule says, and where data are paid for too. */
static void
test_by_hand (House *house, gconstpointer data)
{
  set_tried (house, 0, HOUR, NULL);
  house->network->metered = TRUE;
  start (house, HOUR);
  g_assert_false (zifu_sync_center_is_busy (house->center, house->id));
  zifu_sync_center_run (house->center, house->id, TRUE);
  g_assert_true (zifu_sync_center_is_busy (house->center, house->id));
  wait_until_idle (house);
  g_assert_cmpuint (house->n_finished, ==, 1);
  g_assert_cmpuint (house->n_arrived, ==, 0);
}

/* Where data are paid for by volume only when that was allowed. */
static void
test_metered (House *house, gconstpointer data)
{
  house->network->metered = TRUE;
  start (house, HOUR);
  g_assert_false (zifu_sync_center_is_busy (house->center, house->id));
  g_assert_false (look (house));
  zifu_sync_center_set_schedule (house->center, house->id, TRUE, TRUE);
  g_assert_true (look (house));
}

/* Without a network nothing is tried; when it returns, what is due is fetched. */
static void
test_network_returns (House *house, gconstpointer data)
{
  house->network->available = FALSE;
  start (house, HOUR);
  g_assert_false (look (house));
  house->network->available = TRUE;
  g_signal_emit_by_name (house->network, "network-changed", TRUE);
  g_assert_true (zifu_sync_center_is_busy (house->center, house->id));
  wait_until_idle (house);
  g_assert_cmpuint (house->n_arrived, ==, 1);
}

/* The timer looks by itself. */
static void
test_timer (House *house, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  set_tried (house, 0, HOUR, NULL);
  start (house, 1);
  set_tried (house, 9 * HOUR, 0, NULL);
  while (house->n_arrived == 0 && g_get_monotonic_time () < end)
    spin (10);
  g_assert_cmpuint (house->n_arrived, ==, 1);
}

/* The household is closed in the middle: it is given up, and nothing that comes afterwards does harm or keeps the household. */
static void
test_closed (House *house, gconstpointer data)
{
  start (house, HOUR);
  g_assert_true (zifu_sync_center_is_busy (house->center, house->id));
  g_object_run_dispose (G_OBJECT (house->center));
  g_assert_cmpuint (G_OBJECT (house->page.session)->ref_count, ==, 1);
  g_signal_emit_by_name (house->network, "network-changed", TRUE);
  zifu_sync_center_look (house->center);
  zifu_sync_center_reload (house->center);
  zifu_sync_center_run (house->center, house->id, TRUE);
  zifu_sync_center_set_schedule (house->center, house->id, FALSE, FALSE);
  wait_until_idle (house);
  zifu_sync_center_run (house->center, house->id, TRUE);
  zifu_sync_center_remove (house->center, house->id, TRUE);
  g_assert_false (zifu_sync_center_is_busy (house->center, 0));
  g_assert_cmpuint (house->n_arrived + house->n_finished, ==, 0);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);

  g_test_add ("/sync-center/R40/start", House, NULL, house_set_up, test_start, house_tear_down);
  g_test_add ("/sync-center/R40/start-too-early", House, NULL, house_set_up, test_start_too_early, house_tear_down);
  g_test_add ("/sync-center/R40/interval", House, NULL, house_set_up, test_interval, house_tear_down);
  g_test_add ("/sync-center/R40/switched-off", House, NULL, house_set_up, test_switched_off, house_tear_down);
  g_test_add ("/sync-center/R40/by-hand", House, NULL, house_set_up, test_by_hand, house_tear_down);
  g_test_add ("/sync-center/R40/metered", House, NULL, house_set_up, test_metered, house_tear_down);
  g_test_add ("/sync-center/R40/network-returns", House, NULL, house_set_up, test_network_returns, house_tear_down);
  g_test_add ("/sync-center/R40/timer", House, NULL, house_set_up, test_timer, house_tear_down);
  g_test_add ("/sync-center/R40/closed", House, NULL, house_set_up, test_closed, house_tear_down);

  return g_test_run ();
}
