/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"

#include <libsoup/soup.h>
#include <string.h>

#include "zifu-connect-window.h"
#include "zifu-connections-view.h"
#include "zifu-sheet.h"
#include "zifu-window.h"

/* An account that arrives over HTTP from a real program (tests/provider), with every step in the window. */

typedef struct {
  char        *folder, *path;
  char        *base;     /* address of the provider */
  GSubprocess *provider;
  SoupSession *browser;
  ZifuWindow  *window;
  GtkWidget   *connect;  /* not owned */
  const char  *person, *decision;
  guint        n_opened;
} House;

/* As often as it takes, for a minute. */
#define wait_until(condition)                                                                                                          \
  G_STMT_START                                                                                                                         \
  {                                                                                                                                    \
    gint64 end_ = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;                                                                   \
    while (!(condition) && g_get_monotonic_time () < end_)                                                                             \
      spin (10);                                                                                                                       \
    g_assert_true (condition);                                                                                                         \
  }                                                                                                                                    \
  G_STMT_END

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (toplevel), type))
        return toplevel;
    }
  return NULL;
}

static void
start_provider (House *house, const char *const *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autofree char *port_file = g_build_filename (house->folder, "port", NULL);
  g_autofree char *port = NULL;

  g_ptr_array_add (args, (char *) g_getenv ("ZIFU_PROVIDER"));
  g_ptr_array_add (args, (char *) "--port=0");
  g_ptr_array_add (args, (char *) "--control");
  g_ptr_array_add (args, (char *) "--entries=300");
  g_ptr_array_add (args, (char *) "--device-interval=1");
  g_ptr_array_add (args, (char *) "--min-interval=1");
  g_ptr_array_add (args, (char *) "--port-file");
  g_ptr_array_add (args, port_file);
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    g_ptr_array_add (args, (char *) options[i]);
  g_ptr_array_add (args, NULL);
  house->provider = g_subprocess_newv ((const char *const *) args->pdata, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  wait_until (g_file_get_contents (port_file, &port, NULL, NULL) && *port != '\0');
  house->base = g_strdup_printf ("http://127.0.0.1:%s", g_strstrip (port));
}

static void
house_set_up (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  house->folder = g_dir_make_tmp ("zifu-connect-XXXXXX", &error);
  g_assert_no_error (error);
  house->path = g_build_filename (house->folder, "household.db", NULL);
  house->person = "owner";
  house->decision = "allow";
  house->browser = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  start_provider (house, data);
  house->window = zifu_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (house->window), 1100, 760);
  zifu_window_open (house->window, house->path, TODAY, FALSE);
  gtk_window_present (GTK_WINDOW (house->window));
  wait_until (g_strcmp0 (zifu_window_get_state (house->window), "welcome") == 0);
}

static void
remove_inside (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *inner = g_build_filename (folder, name, NULL);

      g_remove (inner);
    }
}

static void
house_tear_down (House *house, gconstpointer data)
{

  gtk_window_destroy (GTK_WINDOW (house->window));
  spin (300);
  g_subprocess_force_exit (house->provider);
  g_subprocess_wait (house->provider, NULL, NULL);
  g_object_unref (house->provider);
  g_object_unref (house->browser);
  remove_inside (house->folder);
  g_rmdir (house->folder);
  g_free (house->folder);
  g_free (house->path);
  g_free (house->base);
}

/* The text of an answer. */
static char *
fetch (House *house, SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (house->browser, message, NULL, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static char *
get (House *house, const char *url)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

  g_assert_nonnull (message);
  return fetch (house, message);
}

static char *
post (House *house, const char *url, const char *first, ...)
{
  g_autoptr (GHashTable) form = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SoupMessage) message = NULL;
  va_list rest;

  va_start (rest, first);
  for (const char *name = first; name != NULL; name = va_arg (rest, const char *))
    g_hash_table_insert (form, (char *) name, va_arg (rest, char *));
  va_end (rest);
  message = soup_message_new_from_encoded_form ("POST", url, soup_form_encode_hash (form));
  return fetch (house, message);
}

static char *
between (const char *text, const char *before, const char *after)
{
  const char *begin = strstr (text, before), *end = begin != NULL ? strstr (begin + strlen (before), after) : NULL;

  g_assert_nonnull (end);
  return g_strndup (begin + strlen (before), (gsize) (end - begin) - strlen (before));
}

static void
consent (House *house, const char *page)
{
  g_autofree char *action = between (page, "action=\"", "\"");
  g_autofree char *request = between (page, "name=\"request\" value=\"", "\"");
  g_autofree char *url = g_strconcat (house->base, action, NULL);
  g_autofree char *answer = post (house, url, "request", request, "person", house->person, "decision", house->decision, NULL);

  g_assert_nonnull (answer);
}

/* What a person does in the browser. */
static void
open_uri_cb (House *house, const char *uri, GtkWidget *window)
{
  g_autofree char *page = get (house, uri);

  g_signal_stop_emission_by_name (window, "open-uri");
  house->n_opened++;
  consent (house, page);
}

static const char *
step (House *house)
{
  return zifu_connect_window_get_step (ZIFU_CONNECT_WINDOW (house->connect));
}

static void
wait_for_step (House *house, const char *name)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (g_strcmp0 (step (house), name) != 0 && g_get_monotonic_time () < end)
    spin (10);
  g_assert_cmpstr (step (house), ==, name);
  spin (50);
}

static void
open_connect (House *house, const char *address)
{
  if (address != NULL)
    zifu_window_connect (house->window, address);
  else
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.connect", NULL));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) != NULL);
  house->connect = find_toplevel (ZIFU_TYPE_CONNECT_WINDOW);
  g_signal_connect_swapped (house->connect, "open-uri", G_CALLBACK (open_uri_cb), house);
}

static void
assert_content_fits (GtkWidget *window)
{
  GtkWidget *content = adw_window_get_content (ADW_WINDOW (window));

  wait_for_frame (content);
  assert_fits (content, content);
}

static ZifuConnection *
get_connection (House *house)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) connections = zifu_ledger_list_connections (zifu_session_get_ledger (zifu_window_get_session (house->window)),
                                                                    &error);

  g_assert_no_error (error);
  g_assert_cmpuint (connections->len, ==, 1);
  return zifu_connection_copy (g_ptr_array_index (connections, 0));
}

static gboolean
has_problem (House *house)
{
  g_autoptr (ZifuConnection) connection = get_connection (house);

  return connection->problem != NULL;
}

static guint
count_entries (House *house)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
    zifu_ledger_list_entries (zifu_session_get_ledger (zifu_window_get_session (house->window)), 0, NULL, 0, &error);

  g_assert_no_error (error);
  return entries->len;
}

static GtkWidget *
find_actionable (GtkWidget *widget, const char *action)
{
  if (GTK_IS_ACTIONABLE (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_actionable (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
assert_focus (House *house, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (house->connect));

  g_assert_true (GTK_IS_ACTIONABLE (focus));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (focus)), ==, action);
}

static GtkWidget *
find_check (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_CHECK_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_check (child);
  return found;
}

/* From the address to an account that adds up. */
static void
connect_by_browser (House *house)
{
  open_connect (house, house->base);
  wait_for_step (house, "offer");
  assert_content_fits (house->connect);
  assert_shows (house->connect, "What is read");
  assert_shows (house->connect, "Bills and what each fund paid");
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.use-browser", NULL));
  wait_for_step (house, "who");
  g_assert_cmpuint (house->n_opened, ==, 1);
  assert_content_fits (house->connect);
  assert_shows (house->connect, "Somebody new in this household");
  /* Nobody else is there: nothing looks as if it could be chosen. */
  g_assert_null (find_check (house->connect));
  g_assert_true (zifu_connect_window_next (ZIFU_CONNECT_WINDOW (house->connect)));
  wait_for_step (house, "done");
  assert_content_fits (house->connect);
}

static void
close_connect (House *house)
{
  g_assert_true (zifu_connect_window_next (ZIFU_CONNECT_WINDOW (house->connect)));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);
}

/* Signed in by the browser: everything arrives, adds up to the fen, and the account page says how old it is. */
static void
test_browser (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  ZifuMoney balance;

  connect_by_browser (house);
  assert_shows (house->connect, "Connected");
  close_connect (house);
  connection = get_connection (house);
  g_assert_cmpint (connection->verdict, ==, ZIFU_CONNECTION_VERIFIED);
  g_assert_null (connection->problem);
  g_assert_cmpint (connection->verified_at, >, 0);
  g_assert_true (zifu_ledger_get_balance (zifu_session_get_ledger (zifu_window_get_session (house->window)), connection->member_id,
                                          &balance,
                                          NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (balance, ==, connection->verified_balance);
  g_assert_cmpint (balance, >, 0);
  g_assert_cmpuint (count_entries (house), >, 50);
  assert_shows (zifu_window_get_page (house->window, "account"), "Up to date and verified: ");
}

/* How somebody is insured comes from the provider: a pupil is no employee, and has no account. */
static void
test_child (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) connection = NULL;
  g_autoptr (ZifuMember) member = NULL;

  house->person = "child";
  connect_by_browser (house);
  close_connect (house);
  connection = get_connection (house);
  member = zifu_ledger_get_member (zifu_session_get_ledger (zifu_window_get_session (house->window)), connection->member_id, NULL);
  g_assert_cmpstr (member->insurance, ==, "390");
  g_assert_cmpstr (member->status, ==, "resident");
  g_assert_cmpstr (member->resident_class, ==, "student");
  g_assert_false (member->has_account);
}

/* A code for another device. */
static void
test_device (House *house, gconstpointer data)
{
  g_autofree char *url = g_strconcat (house->base, "/device", NULL);
  g_autofree char *page = NULL;
  g_autofree char *code = NULL;
  g_autoptr (ZifuConnection) connection = NULL;

  open_connect (house, house->base);
  wait_for_step (house, "offer");
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.use-code", NULL));
  wait_for_step (house, "device");
  assert_content_fits (house->connect);
  assert_shows (house->connect, url);
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.copy", NULL));
  {
    GValue value = G_VALUE_INIT;
    GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (house->connect));

    g_value_init (&value, G_TYPE_STRING);
    g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
    code = g_value_dup_string (&value);
    g_value_unset (&value);
  }
  assert_shows (house->connect, code);
  page = post (house, url, "user_code", code, NULL);
  consent (house, page);
  wait_for_step (house, "who");
  g_assert_true (zifu_connect_window_next (ZIFU_CONNECT_WINDOW (house->connect)));
  wait_for_step (house, "done");
  connection = get_connection (house);
  g_assert_cmpint (connection->verdict, ==, ZIFU_CONNECTION_VERIFIED);
  close_connect (house);
}

/* Refused: nothing is connected, and it can be tried again. */
static void
test_refused (House *house, gconstpointer data)
{
  house->decision = "deny";
  open_connect (house, house->base);
  wait_for_step (house, "offer");
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.use-browser", NULL));
  wait_for_step (house, "error");
  assert_content_fits (house->connect);
  assert_shows (house->connect, "The sign-in was declined. Nothing was connected.");
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.back", NULL));
  wait_for_step (house, "offer");
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);
  g_assert_cmpuint (count_entries (house), ==, 0);
  g_assert_cmpstr (zifu_window_get_state (house->window), ==, "welcome");
}

/* Addresses that lead nowhere are refused in words, before anything is sent. */
static void
test_addresses (House *house, gconstpointer data)
{
  static const struct {
    const char *address, *text;
  } cases[] = {
    { "http://example.com", "It must begin with https://." },
    { "ftp://127.0.0.1/", "This address cannot be used." },
    { "http://127.0.0.1:1", "The provider cannot be reached." },
  };

  open_connect (house, cases[0].address);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (i > 0)
        zifu_connect_window_look (ZIFU_CONNECT_WINDOW (house->connect), cases[i].address);
      wait_for_step (house, "error");
      assert_shows (house->connect, cases[i].text);
      g_assert_true (gtk_widget_activate_action (house->connect, "connect.back", NULL));
      wait_for_step (house, "address");
    }
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);
}

static void
control (House *house, const char *command)
{
  g_autofree char *url = g_strconcat (house->base, "/control/", command, NULL);
  g_autofree char *answer = post (house, url, NULL);

  g_assert_nonnull (strstr (answer, "\"done\":true"));
}

/* The rows are made anew while something is fetched: the focus stays on the button. */
static void
assert_keeps_focus (GtkWidget *sheet, const char *action, gint64 connection_id)
{
  GtkWidget *button = find_actionable (sheet, action), *focus;

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_activate_action (button, action, "x", connection_id));
  wait_until (find_actionable (sheet, "connections.cancel") == NULL);
  focus = gtk_window_get_focus (GTK_WINDOW (sheet));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (focus)), ==, action);
}

/* By hand: what is new arrives; without the provider the last data stay, and their age is said; the consent ends; the account is
   deleted. */
static void
test_life (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) connection = NULL;
  GtkWidget *sheet = NULL;
  guint before;

  connect_by_browser (house);
  close_connect (house);
  before = count_entries (house);
  control (house, "add?n=5");
  spin (1100);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.sync", NULL));
  wait_until (count_entries (house) > before);
  before = count_entries (house);

  wait_until (!has_problem (house));
  control (house, "fault?fault=consent,on=all");
  spin (1100);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.sync", NULL));
  wait_until (has_problem (house));
  connection = get_connection (house);
  g_assert_cmpstr (connection->problem, ==, "consent");
  g_assert_cmpint (connection->verdict, ==, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpuint (count_entries (house), ==, before);
  spin (200);
  assert_shows (GTK_WIDGET (house->window), "Your consent to read this account has ended.");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.connections", NULL));
  spin (200);
  sheet = find_toplevel (g_type_from_name ("ZifuSheet"));
  g_assert_nonnull (sheet);
  assert_shows (sheet, "Disconnect and Delete the Entries…");
  assert_keeps_focus (sheet, "connections.run", connection->id);
  assert_content_fits (sheet);
  gtk_window_close (GTK_WINDOW (sheet));
  spin (100);
}

/* What does not add up is said, and both figures stay. */
static void
test_unreconciled (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) connection = NULL;

  connect_by_browser (house);
  assert_shows (house->connect, "Does not reconcile");
  close_connect (house);
  connection = get_connection (house);
  g_assert_cmpint (connection->verdict, ==, ZIFU_CONNECTION_UNRECONCILED);
  g_assert_cmpint (connection->verified_at, ==, 0);
  assert_shows (GTK_WIDGET (house->window), "What the provider sent does not add up.");
}

/* A clock that is wrong is said before the sign-in, at the end, and in the list of providers for as long as it is so. */
static void
test_clock (House *house, gconstpointer data)
{
  GtkWidget *sheet;

  open_connect (house, house->base);
  wait_for_step (house, "offer");
  assert_shows (house->connect, "10 minutes apart.");
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);
  connect_by_browser (house);
  assert_shows (house->connect, "10 minutes apart.");
  close_connect (house);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.connections", NULL));
  spin (200);
  sheet = find_toplevel (g_type_from_name ("ZifuSheet"));
  g_assert_nonnull (sheet);
  assert_shows (sheet, "The clocks differ");
  assert_shows (sheet, "10 minutes apart.");
  assert_content_fits (sheet);
  control (house, "clear");
  spin (1100);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.sync", NULL));
  wait_until (!shows (sheet, "The clocks differ"));
  gtk_window_close (GTK_WINDOW (sheet));
  spin (100);
}

static char *providers; /* folder of entries that the program looks in */

static void
put_entry (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (providers, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  if (ADW_IS_ACTION_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static char *asked_uri;

static void
note_uri_cb (GtkWidget *window, const char *uri)
{
  g_signal_stop_emission_by_name (window, "open-uri");
  g_free (asked_uri);
  asked_uri = g_strdup (uri);
}

/* Providers that somebody made known on this computer: nothing is shown of none; a row is chosen by the keyboard; what cannot be used is
   said, and hides no other; one that is in use stands under its name there. */
static void
test_known (House *house, gconstpointer data)
{
  g_autofree char *entry = g_strdup_printf ("{\"name\": {\"zh\": \"试用平台\", \"en\": \"Platform to try\"}, \"address\": \"%s/\"}",
                                            house->base);
  GtkWidget *row, *button;

  put_entry ("bad.json", "{\"name\": {\"zh\": \"局\", \"en\": \"B\"}, \"address\": \"http://example.cn\"}");
  open_connect (house, NULL);
  wait_for_step (house, "address");
  wait_until (shows (house->connect, "cannot be used"));
  g_assert_false (shows (house->connect, "Known on this computer"));
  g_assert_false (shows (house->connect, "In use already"));
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);

  put_entry ("sandbox.json", entry);
  put_entry ("bureau.json", "{\"name\": {\"zh\": \"某市医保局\", \"en\": \"Bureau <of> a city\"}, \"region\": \"310000\","
                            " \"about\": {\"en\": \"The bureau's own platform\"}, \"address\": \"https://yibao.example.cn\","
                            " \"source\": \"https://ybj.example.cn/notice\"}");
  open_connect (house, NULL);
  wait_for_step (house, "address");
  wait_until (shows (house->connect, "Known on this computer"));
  assert_shows (house->connect, "The bureau's own platform\nShanghai");
  assert_shows (house->connect, "https://yibao.example.cn");
  assert_shows (house->connect, "bad.json#/address: must be an address that begins with https://");
  g_assert_null (find_row (house->connect, "B"));
  assert_content_fits (house->connect);
  row = find_row (house->connect, "Bureau <of> a city");
  g_assert_nonnull (row);
  button = find_actionable (row, "connect.source");
  g_assert_nonnull (button);
  g_signal_connect (house->connect, "open-uri", G_CALLBACK (note_uri_cb), NULL);
  g_signal_handlers_disconnect_by_func (house->connect, open_uri_cb, house);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (asked_uri, ==, "https://ybj.example.cn/notice");
  g_clear_pointer (&asked_uri, g_free);
  row = find_row (house->connect, "Platform to try");
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (gtk_widget_activate (row));
  wait_for_step (house, "offer");
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);

  connect_by_browser (house);
  close_connect (house);
  open_connect (house, NULL);
  wait_for_step (house, "address");
  wait_until (shows (house->connect, "In use already"));
  row = find_row (house->connect, "Platform to try");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, house->base);
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);
  remove_inside (providers);
}

/* The same account a second time: refused in words, and nothing is written; the sign-in of the first one stays good. */
static void
test_twice (House *house, gconstpointer data)
{
  g_autoptr (ZifuConnection) connection = NULL;
  g_autoptr (GPtrArray) members = NULL;
  guint before;

  connect_by_browser (house);
  close_connect (house);
  before = count_entries (house);
  open_connect (house, house->base);
  wait_for_step (house, "offer");
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.use-browser", NULL));
  wait_for_step (house, "error");
  assert_shows (house->connect, "This account is connected already.");
  assert_content_fits (house->connect);
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.back", NULL));
  wait_for_step (house, "offer");
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);
  connection = get_connection (house);
  members = zifu_session_list_members (zifu_window_get_session (house->window));
  g_assert_cmpuint (members->len, ==, 1);
  g_assert_cmpuint (count_entries (house), ==, before);
}

/* The keyboard goes along with the steps. */
static void
test_focus (House *house, gconstpointer data)
{
  open_connect (house, "http://127.0.0.1:1");
  wait_for_step (house, "error");
  assert_focus (house, "connect.back");
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.back", NULL));
  zifu_connect_window_look (ZIFU_CONNECT_WINDOW (house->connect), house->base);
  wait_for_step (house, "offer");
  assert_focus (house, "connect.use-browser");
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.use-code", NULL));
  wait_for_step (house, "device");
  assert_focus (house, "connect.copy");
  g_assert_true (gtk_widget_activate_action (house->connect, "connect.cancel", NULL));
  wait_for_step (house, "offer");
  assert_focus (house, "connect.use-browser");
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);
}

/* Where one goes on is on screen, also on a telephone and with a warning more; where one signs in is named as the provider is. */
static void
test_offer_fits (House *house, gconstpointer data)
{
  GtkWidget *button, *content, *row;
  graphene_rect_t bounds;

  gtk_window_set_default_size (GTK_WINDOW (house->window), 360, 640);
  wait_for_frame (GTK_WIDGET (house->window));
  open_connect (house, house->base);
  wait_for_step (house, "offer");
  gtk_window_set_default_size (GTK_WINDOW (house->connect), 360, 560);
  assert_shows (house->connect, "There is no keyring on this computer");
  assert_content_fits (house->connect);
  content = adw_window_get_content (ADW_WINDOW (house->connect));
  button = find_actionable (content, "connect.use-browser");
  g_assert_true (gtk_widget_compute_bounds (button, content, &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (content));
  g_assert_null (gtk_widget_get_ancestor (button, GTK_TYPE_SCROLLED_WINDOW));
  row = find_row (house->connect, "You sign in at");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, house->base + strlen ("http://"));
  gtk_window_close (GTK_WINDOW (house->connect));
  wait_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL);
}

/* As a file of a newer program, which is opened for reading only: the version of a database stands at byte 60, the greatest first. */
static void
make_newer (const char *path)
{
  static const guint8 version[] = { 0, 0, 0x10, 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
  g_assert_cmpuint (length, >, 100);
  memcpy (bytes + 60, version, sizeof version);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, &error));
  g_assert_no_error (error);
}

/* A household that can only be read has no list of providers: that is said. */
static void
test_read_only (House *house, gconstpointer data)
{
  g_autofree char *path = g_build_filename (house->folder, "newer.db", NULL);
  g_autoptr (GError) error = NULL;
  Fixture fixture = { .ledger = zifu_ledger_open (path, &error) };
  ZifuWindow *window = zifu_window_new (NULL);

  g_assert_no_error (error);
  add_employee (&fixture, 10000);
  g_object_unref (fixture.ledger);
  make_newer (path);
  zifu_window_open (window, path, TODAY, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (g_strcmp0 (zifu_window_get_state (window), "main") == 0);
  g_assert_true (zifu_ledger_is_read_only (zifu_session_get_ledger (zifu_window_get_session (window))));
  spin (100);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.connections", NULL));
  wait_until (shows (GTK_WIDGET (window), "this household can only be read at the moment."));
  assert_shows (GTK_WIDGET (window), "this household can only be read at the moment.");
  g_assert_null (find_toplevel (g_type_from_name ("ZifuSheet")));
  gtk_window_destroy (GTK_WINDOW (window));
  spin (100);
}

/* A window over one that is not on screen yet is as large as it will need to be. */
static void
test_early_sheet (void)
{
  GtkWidget *window = gtk_window_new (), *sheet = zifu_sheet_new ("Sheet", gtk_label_new ("Content"));
  int width, height;

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 600);
  zifu_sheet_present (GTK_WINDOW (sheet), window, 640);
  gtk_window_get_default_size (GTK_WINDOW (sheet), &width, &height);
  g_assert_cmpint (width, ==, 640);
  g_assert_cmpint (height, ==, 600);
  gtk_window_destroy (GTK_WINDOW (window));
  spin (50);
}

int
main (int argc, char **argv)
{
  static const char *const unreconciled[] = { "--fault=balance", NULL };
  static const char *const skew[] = { "--fault=skew,on=all", NULL };

  g_autofree char *shared = g_dir_make_tmp ("zifu-shared-XXXXXX", NULL);
  g_autofree char *dirs = g_strdup_printf ("%s:%s", shared, g_getenv ("XDG_DATA_DIRS") != NULL ? g_getenv ("XDG_DATA_DIRS")
                                                                                             : "/usr/local/share:/usr/share");
  int status;

  g_setenv ("XDG_DATA_DIRS", dirs, TRUE);
  providers = g_build_filename (shared, "zifu", "providers", NULL);
  g_assert_cmpint (g_mkdir_with_parents (providers, 0700), ==, 0);
  test_page_init (&argc, &argv);
  zifu_ui_register ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add ("/connect/R40/browser", House, NULL, house_set_up, test_browser, house_tear_down);
  g_test_add ("/connect/R40/child", House, NULL, house_set_up, test_child, house_tear_down);
  g_test_add ("/connect/R40/device", House, NULL, house_set_up, test_device, house_tear_down);
  g_test_add ("/connect/R40/refused", House, NULL, house_set_up, test_refused, house_tear_down);
  g_test_add ("/connect/R40/addresses", House, NULL, house_set_up, test_addresses, house_tear_down);
  g_test_add ("/connect/R40/twice", House, NULL, house_set_up, test_twice, house_tear_down);
  g_test_add ("/connect/R40/known", House, NULL, house_set_up, test_known, house_tear_down);
  g_test_add ("/connect/R40/offer-fits", House, NULL, house_set_up, test_offer_fits, house_tear_down);
  g_test_add ("/connect/R40/focus", House, NULL, house_set_up, test_focus, house_tear_down);
  g_test_add ("/connect/R40/read-only", House, NULL, house_set_up, test_read_only, house_tear_down);
  g_test_add_func ("/connect/R40/early-sheet", test_early_sheet);
  g_test_add ("/connect/R40/life", House, NULL, house_set_up, test_life, house_tear_down);
  g_test_add ("/connect/R40/clock", House, skew, house_set_up, test_clock, house_tear_down);
  g_test_add ("/connect/R40/unreconciled", House, unreconciled, house_set_up, test_unreconciled, house_tear_down);

  status = g_test_run ();
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *folder = g_steal_pointer (&providers);

      g_assert_cmpint (g_rmdir (folder), ==, 0);
      providers = g_path_get_dirname (folder);
    }
  g_clear_pointer (&providers, g_free);
  return status;
}
