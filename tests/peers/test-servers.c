/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * R40: servers that others wrote stand before the provider (nginx, haproxy, mockttp) or in its place (gnutls-serv).  What is safe arrives
 * whole; what is not safe, or broken on the way, ends with the right word, changes nothing, and the next time all is there.
 */

#include "../provider/sync-house.h"
#include "../unit/sync-support.h"

#define TOKEN "token-that-must-not-leak"
#define LIMIT (64 * 1024)
#define LATER (4 * 60 * 60) /* seconds: after whatever a server asked to wait */

typedef struct {
  House        house;
  guint        port;
  GSubprocess *server;  /* owned, nullable */
  ZifuHttp    *http;    /* owned: trusts "ca" in the folder */
} Street;

/* ------------------------------------------------------------------------------------------------------------------- what all do */

static guint
find_port (void)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, address, TRUE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
wait_for_port (guint port)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = NULL;

      g_socket_client_set_enable_proxy (client, FALSE);
      connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, NULL);
      if (connection != NULL)
        return;
      g_usleep (10000);
    }
  g_error ("nobody listens at port %u", port);
}

static void
stop_server (Street *street)
{
  if (street->server == NULL)
    return;
  g_subprocess_send_signal (street->server, SIGTERM);
  g_subprocess_wait (street->server, NULL, NULL);
  g_clear_object (&street->server);
}

/* @preload: (nullable): a library to load before the program's own */
static void
start_server_with (Street *street, GSubprocessFlags flags, const char *const *argv, const char *preload)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_cwd (launcher, street->house.folder);
  if (preload != NULL)
    g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", preload, TRUE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  street->server = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
}

static void
start_server (Street *street, GSubprocessFlags flags, const char *const *argv)
{
  start_server_with (street, flags, argv, NULL);
}

static void
write_file (Street *street, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (street->house.folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
read_file (Street *street, const char *name)
{
  g_autofree char *path = g_build_filename (street->house.folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

/* A provider that says that it lives at the address of the server before it. */
static void
street_set_up (Street *street, gconstpointer scheme)
{
  static const char *fixed[] = { "--entries=400", "--max-limit=50", "--no-gzip", NULL, NULL };
  g_autofree char *public = NULL;
  g_autoptr (GError) error = NULL;
  House *house = &street->house;

  house->folder = g_dir_make_tmp ("zifu-servers-XXXXXX", &error);
  g_assert_no_error (error);
  house->path = g_build_filename (house->folder, "household.db", NULL);
  street->port = find_port ();
  house->front = g_strdup_printf ("%s:%u", (const char *) scheme, street->port);
  fixed[3] = public = g_strconcat ("--public=", house->front, NULL);
  house_start_provider (house, fixed);
  house->ledger = zifu_ledger_open (house->path, &error);
  g_assert_no_error (error);
  house->tokens = tokens_new (house->base);
  house_add_person (house);
  make_authority (house->folder, "ca");
  street->http = new_http_trusting (house->folder, "ca");
  zifu_http_set_deadline (street->http, 20000);
}

static void
street_tear_down (Street *street, gconstpointer scheme)
{
  stop_server (street);
  g_object_unref (street->http);
  house_tear_down (&street->house, NULL);
}

static void
arrives (Street *street, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeedVerdict) verdict =
      sync_over (street->http, street->house.ledger, street->house.connection_id, street->house.tokens, now, &error);

  g_assert_no_error (error);
  g_assert_cmpint (verdict->verdict, ==, ZIFU_CONNECTION_VERIFIED);
  assert_equal (&street->house);
}

/* Everything, and then what is new. */
static void
arrives_twice (Street *street)
{
  arrives (street, 0);
  change (&street->house, 3);
  arrives (street, 0);
}

/* A sentence, and no secret in it. */
static void
assert_said (const GError *error)
{
  g_assert_cmpuint (g_utf8_strlen (error->message, -1), >, 10);
  g_assert_null (strstr (error->message, "token"));
  g_assert_null (strstr (error->message, "127.0.0.1"));
}

/* Rows, and what people see of them. */
static char *
dup_ledger (Street *street)
{
  g_autofree char *rows = list_ours (&street->house);
  g_autoptr (GError) error = NULL;
  ZifuMoney balance = 0;

  g_assert_true (zifu_ledger_get_balance (street->house.ledger, street->house.member_id, &balance, NULL, &error));
  g_assert_no_error (error);
  return g_strdup_printf ("%s\n%" G_GINT64_FORMAT, rows, balance);
}

/* What people are told, in their language, as the command line prints it. */
static void
assert_told_in (Street *street, const char *locale, const char *language, const char *sentence)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", locale, TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", language, TRUE);
  program = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("ZIFU_CLI"), "sync", "--list", "--ledger", street->house.path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (program, NULL, NULL, &text, NULL, &error));
  g_assert_true (g_subprocess_get_successful (program));
  if (strstr (text, sentence) == NULL)
    g_error ("“%s” is not in:\n%s", sentence, text);
}

static void
assert_told (Street *street, const char *nick)
{
  static const struct {
    const char *nick, *en, *zh;
  } told[] = {
    { "offline", "The provider cannot be reached. Look whether this computer is connected, or try again later.",
      "连不上数据源。请看看电脑是否已联网，或稍后再试。" },
    { "timed-out", "The provider did not answer in time. Try again later.", "数据源没有按时答复。请稍后再试。" },
    { "untrusted", "The server could not prove that it is the provider, so nothing was sent. Check the address and the clock of this "
                   "computer; if both are right, ask the provider.",
      "服务器无法证明自己就是这个数据源，所以什么也没有发送。" },
    { "redirected", "The provider has moved to another address. Ask it for the new one and connect again.",
      "数据源换了地址。请向对方要新地址，再重新连接。" },
    { "busy", "The provider is busy or under maintenance. Zifu tries again later.", "数据源正忙或在维护，自付稍后会再试。" },
    { "server", "The provider reports a fault. Try again later; if it stays, ask the provider.",
      "数据源报告出错。请稍后再试；如果一直这样，请询问数据源。" },
    { "broken", "What arrived was damaged, so it was not used. Try again; if it happens again, tell the provider.",
      "收到的数据已损坏，没有采用。请再试一次；如果还是这样，请告诉数据源。" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (g_strcmp0 (told[i].nick, nick) == 0)
      {
        assert_told_in (street, "C.UTF-8", "en", told[i].en);
        assert_told_in (street, "zh_CN.UTF-8", "zh_CN", told[i].zh);
        return;
      }
  g_error ("nobody looked at what is told of %s", nick);
}

/* @nicks: any of these problems */
static void
fails (Street *street, const char *nicks)
{
  g_auto (GStrv) wanted = g_strsplit (nicks, " ", -1);
  g_autofree char *before = dup_ledger (street), *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeedVerdict) verdict =
      sync_over (street->http, street->house.ledger, street->house.connection_id, street->house.tokens, 0, &error);
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (street->house.ledger, street->house.connection_id, NULL);

  g_assert_null (verdict);
  g_assert_nonnull (error);
  if (!g_strv_contains ((const char *const *) wanted, connection->problem))
    g_error ("%s instead of %s: %s", connection->problem, nicks, error->message);
  assert_said (error);
  assert_told (street, connection->problem);
  after = dup_ledger (street);
  g_assert_cmpstr (after, ==, before);
}

/* --------------------------------------------------------------------------------------------------------------------------- nginx */

#define LOG "'$server_protocol $ssl_protocol $status $sent_http_content_encoding $uri $connection'"

/* @inner: of the block "server"; a location for the provider is added unless it has one for everything. */
static void
start_nginx (Street *street, const char *listen, const char *certificate, const char *protocols, const char *inner)
{
  static const char *const argv[] = { "nginx", "-e", "stderr", "-p", ".", "-c", "nginx.conf", NULL };
  g_autofree char *text = g_strdup_printf (
      "daemon off; master_process off; pid nginx.pid; error_log error.log; events {}\n"
      "http {\n  log_format seen " LOG ";\n  access_log access.log seen;\n"
      "  client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\n"
      "  gzip on; gzip_types application/json application/problem+json; gzip_proxied any; gzip_min_length 1;\n"
      "  server {\n    listen 127.0.0.1:%u ssl%s;\n    ssl_certificate %s.pem; ssl_certificate_key %s.key;\n    ssl_protocols %s;\n    %s\n"
      "    location / { proxy_pass %s; proxy_set_header Host $http_host; }\n  }\n}\n",
      street->port, listen, certificate, certificate, protocols, inner, street->house.base);

  write_file (street, "nginx.conf", text);
  start_server (street, G_SUBPROCESS_FLAGS_STDERR_SILENCE, argv);
  wait_for_port (street->port);
}

/* How many requests were answered so: a regular expression for a line of the log. */
static guint
count_log (Street *street, const char *pattern)
{
  g_autofree char *log = read_file (street, "access.log");
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += *lines[i] != '\0' && g_regex_match_simple (pattern, lines[i], 0, 0);
  return n;
}

/* All, and only, what was asked for: nine pages at least. */
static void
assert_log (Street *street, const char *pattern)
{
  guint all = count_log (street, "."), n = count_log (street, pattern);

  g_assert_cmpuint (count_log (street, "/v1/changes"), >=, 9);
  g_assert_cmpuint (n, ==, all);
}

static void
test_tls_1_2 (Street *street, gconstpointer data)
{
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, "", "good", "TLSv1.2", "");
  arrives_twice (street);
  stop_server (street);
  assert_log (street, "^HTTP/1.1 TLSv1.2 ");
}

static void
test_tls_1_3 (Street *street, gconstpointer data)
{
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, "", "good", "TLSv1.3", "");
  arrives_twice (street);
  stop_server (street);
  assert_log (street, "^HTTP/1.1 TLSv1.3 ");
}

static void
test_http_2 (Street *street, gconstpointer data)
{
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, " http2", "good", "TLSv1.2 TLSv1.3", "");
  arrives_twice (street);
  stop_server (street);
  assert_log (street, "^HTTP/2.0 ");
}

/* Over how many connections they came. */
static guint
count_connections (Street *street)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *log = read_file (street, "access.log");
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_hash_table_add (numbers, g_strdup (strrchr (lines[i], ' ')));
  return g_hash_table_size (numbers);
}

/* After two requests the server says GOAWAY: the third goes over another connection, and no page is lost or read twice. */
static void
test_goaway (Street *street, gconstpointer data)
{
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, " http2", "good", "TLSv1.2 TLSv1.3", "keepalive_requests 2;");
  arrives_twice (street);
  stop_server (street);
  /* Some requests meet the end of their connection, and are made once more. */
  assert_log (street, "^HTTP/2.0 TLSv1.[23] (200|499) ");
  g_assert_cmpuint (count_connections (street), >=, 6);
}

static void
test_gzip (Street *street, gconstpointer data)
{
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, "", "good", "TLSv1.3", "");
  arrives_twice (street);
  stop_server (street);
  g_assert_cmpuint (count_log (street, " gzip /v1/changes"), ==, count_log (street, "/v1/changes"));
}

/* Three hundred thousand bytes that become three hundred million. */
static void
test_gzip_bomb (Street *street, gconstpointer data)
{
  const char *const bomb[] = { "sh", "-c", "head -c 300000000 /dev/zero | gzip -9 >bomb", NULL };

  start_server (street, G_SUBPROCESS_FLAGS_NONE, bomb);
  g_assert_true (g_subprocess_wait_check (street->server, NULL, NULL));
  g_clear_object (&street->server);
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, "", "good", "TLSv1.3", "");
  arrives (street, 0);
  stop_server (street);
  start_nginx (street, "", "good", "TLSv1.3",
               "location = /v1/changes { root .; try_files /bomb =404; gzip off; types {} default_type application/json;"
               " add_header Content-Encoding gzip; }");
  fails (street, "broken");
  stop_server (street);
  start_nginx (street, "", "good", "TLSv1.3", "");
  change (&street->house, 2);
  arrives (street, 0);
}

static void
test_redirect (Street *street, gconstpointer data)
{
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, "", "good", "TLSv1.3", "");
  arrives (street, 0);
  stop_server (street);
  start_nginx (street, "", "good", "TLSv1.3", "location = /v1/changes { return 302 /v1/elsewhere; }");
  fails (street, "redirected");
  g_assert_cmpuint (count_log (street, "elsewhere"), ==, 0);
  stop_server (street);
  start_nginx (street, "", "good", "TLSv1.3", "");
  change (&street->house, 2);
  arrives (street, 0);
}

/* Not one request is sent to whom nobody may trust. */
static void
is_not_trusted (Street *street, const char *ca, const char *certificate, const char *protocols, const char *inner)
{
  guint n;

  /* Trusted before, at the same address. */
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, "", "good", "TLSv1.3", "");
  arrives (street, 0);
  stop_server (street);
  n = count_log (street, ".");
  sign_certificate (street->house.folder, ca, certificate);
  start_nginx (street, "", certificate, protocols, inner);
  change (&street->house, 1);
  fails (street, "untrusted");
  stop_server (street);
  g_assert_cmpuint (count_log (street, "."), ==, n);
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, "", "good", "TLSv1.3", "");
  arrives (street, 0);
}

static void
test_expired (Street *street, gconstpointer data)
{
  is_not_trusted (street, "ca", "expired", "TLSv1.3", "");
}

static void
test_wrong_host (Street *street, gconstpointer data)
{
  is_not_trusted (street, "ca", "elsewhere", "TLSv1.3", "");
}

static void
test_unknown_authority (Street *street, gconstpointer data)
{
  make_authority (street->house.folder, "other");
  is_not_trusted (street, "other", "good", "TLSv1.3", "");
}

static void
test_tls_1_1 (Street *street, gconstpointer data)
{
  is_not_trusted (street, "ca", "good", "TLSv1.1", "ssl_ciphers ALL:@SECLEVEL=0;");
}

/* It stops on the way: pages that came whole stay, and what people see is what was verified last, or nothing. */
static void
stops_on_the_way (Street *street, const char *nicks)
{
  g_auto (GStrv) wanted = g_strsplit (nicks, " ", -1);
  g_autofree char *rows = NULL, *truth = list_truth (&street->house);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeedVerdict) verdict =
      sync_over (street->http, street->house.ledger, street->house.connection_id, street->house.tokens, 0, &error);
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (street->house.ledger, street->house.connection_id, NULL);
  ZifuMoney balance = 0;

  g_assert_null (verdict);
  g_assert_nonnull (error);
  if (!g_strv_contains ((const char *const *) wanted, connection->problem))
    g_error ("%s instead of %s: %s", connection->problem, nicks, error->message);
  assert_said (error);
  assert_told (street, connection->problem);
  rows = list_ours (&street->house);
  g_assert_cmpuint (strlen (rows), >, 0);
  g_assert_cmpstr (rows, !=, truth);
  g_assert_cmpint (connection->verdict, ==, ZIFU_CONNECTION_UNFINISHED);
  g_assert_true (zifu_ledger_get_balance (street->house.ledger, street->house.member_id, &balance, NULL, NULL));
  g_assert_cmpint (balance, ==, connection->verified_balance);
}

/*
 * The connection behind nginx is reset in the middle of an answer, which is cut then for us as well.  Over HTTP/2 nginx takes back the
 * stream, and libsoup 3.2 goes on waiting for the rest of it: the pause that a body may make ends that.
 */
static void
is_cut (Street *street, const char *listen, const char *protocol)
{
  sign_certificate (street->house.folder, "ca", "good");
  start_nginx (street, listen, "good", "TLSv1.3", "");
  zifu_http_set_pause (street->http, 500);
  tell (street->house.base, "fault?fault=reset,after=2000,on=changes,skip=2");
  stops_on_the_way (street, "offline server broken timed-out");
  tell (street->house.base, "clear");
  arrives (street, 0);
  tell (street->house.base, "add?person=owner&n=120");
  tell (street->house.base, "fault?fault=reset,after=2000,on=changes,skip=1");
  stops_on_the_way (street, "offline server broken timed-out");
  tell (street->house.base, "clear");
  arrives (street, 0);
  stop_server (street);
  g_assert_cmpuint (count_log (street, protocol), >=, 9);
}

static void
test_cut_1 (Street *street, gconstpointer data)
{
  is_cut (street, "", "^HTTP/1.1 ");
}

static void
test_cut_2 (Street *street, gconstpointer data)
{
  is_cut (street, " http2", "^HTTP/2.0 ");
}

/* --------------------------------------------------------------------------------------------------------------------- gnutls-serv */

/* Of the sockets that listen at the port, as the kernel lists them: how many are on this computer's own addresses, and how many are not. */
static void
count_listeners (guint port, guint *own, guint *others)
{
  static const char *const files[] = { "/proc/net/tcp", "/proc/net/tcp6" };
  g_autofree char *place = g_strdup_printf (":%04X ", port);

  *own = *others = 0;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      if (!g_file_get_contents (files[i], &text, NULL, NULL))
        continue;
      lines = g_strsplit (text, "\n", -1);
      for (guint j = 1; lines[j] != NULL; j++)
        {
          g_auto (GStrv) cells = g_strsplit_set (g_strchug (lines[j]), " ", 5);

          if (g_strv_length (cells) < 5 || !g_str_has_suffix (cells[1], g_strchomp (place)) || !g_str_equal (cells[3], "0A"))
            continue;
          if (g_str_has_prefix (cells[1], "0100007F:") || g_str_has_prefix (cells[1], "00000000000000000000000001000000:"))
            (*own)++;
          else
            (*others)++;
        }
    }
}

static void
start_gnutls (Street *street, const char *versions)
{
  g_autofree char *priority = g_strconcat ("NORMAL:-VERS-ALL:", versions, NULL), *port = g_strdup_printf ("%u", street->port);
  const char *const argv[] = { "gnutls-serv", "--http", "--quiet", "--disable-client-cert", "-p", port, "--x509keyfile", "good.key",
                               "--x509certfile", "good.pem", "--priority", priority, NULL };

  guint own, others;

  sign_certificate (street->house.folder, "ca", "good");
  start_server_with (street, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, argv,
                     g_getenv ("ZIFU_LOOPBACK_ONLY"));
  wait_for_port (street->port);
  count_listeners (street->port, &own, &others);
  g_assert_cmpuint (own, >, 0);
  g_assert_cmpuint (others, ==, 0);
}

/* It has a page of its own and no account: a reply is all that can be had of it, and as an account it is broken. */
static void
answers (Street *street, const char *versions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuReply) reply = NULL;

  start_gnutls (street, versions);
  reply = zifu_http_get (street->http, street->house.front, TOKEN, NULL, LIMIT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->media_type, ==, "text/html");
  fails (street, "broken");
}

static void
test_gnutls_1_3 (Street *street, gconstpointer data)
{
  answers (street, "+VERS-TLS1.3");
}

static void
test_gnutls_1_2 (Street *street, gconstpointer data)
{
  answers (street, "+VERS-TLS1.2");
}

static void
test_gnutls_1_1 (Street *street, gconstpointer data)
{
  start_gnutls (street, "+VERS-TLS1.1");
  fails (street, "untrusted");
}

/* ------------------------------------------------------------------------------------------------------------------------- haproxy */

static void
start_haproxy (Street *street, const char *rules)
{
  static const char *const argv[] = { "haproxy", "-db", "-q", "-f", "haproxy.cfg", NULL };
  g_autofree char *text = g_strdup_printf (
      "global\n  maxconn 100\ndefaults\n  mode http\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n"
      "frontend front\n  bind 127.0.0.1:%u\n%s  default_backend provider\n"
      "backend provider\n  server one %s\n",
      street->port, rules, strstr (street->house.base, "127.0.0.1"));

  write_file (street, "haproxy.cfg", text);
  start_server (street, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, argv);
  wait_for_port (street->port);
}

#define AT_CHANGES " if { path_beg /v1/changes }\n"

/* How long the connection waits by what the server asked, from now on. */
static gint64
get_wait (Street *street)
{
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (street->house.ledger, street->house.connection_id, NULL);

  return connection->not_before - g_get_real_time () / G_USEC_PER_SEC;
}

/* @least and @most: seconds that the connection waits afterwards */
static void
recovers_from (Street *street, const char *rules, const char *nicks, gint64 least, gint64 most)
{
  start_haproxy (street, "");
  arrives (street, 0);
  stop_server (street);
  start_haproxy (street, rules);
  change (&street->house, 1);
  fails (street, nicks);
  g_assert_cmpint (get_wait (street), >=, least);
  g_assert_cmpint (get_wait (street), <=, most);
  stop_server (street);
  start_haproxy (street, "");
  arrives (street, g_get_real_time () / G_USEC_PER_SEC + LATER);
}

static void
test_busy_seconds (Street *street, gconstpointer data)
{
  recovers_from (street, "  http-request return status 503 content-type text/plain string no hdr Retry-After 600" AT_CHANGES, "busy", 500,
                 600);
}

static void
test_busy_date (Street *street, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc (), then = g_date_time_add_minutes (now, 20);
  g_autofree char *day = g_date_time_format (then, "%d"), *month = g_date_time_format (then, "%m");
  g_autofree char *rest = g_date_time_format (then, "%Y %T");
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autofree char *rule = g_strdup_printf (
      "  http-request return status 503 content-type text/plain string no hdr Retry-After \"%s, %s %s %s GMT\"" AT_CHANGES,
      days[g_date_time_get_day_of_week (then) - 1], day, months[atoi (month) - 1], rest);

  recovers_from (street, rule, "busy", 1000, 1200);
}

static void
test_too_many (Street *street, gconstpointer data)
{
  recovers_from (street,
                 "  stick-table type ip size 10 expire 60s store http_req_rate(60s)\n  http-request track-sc0 src\n"
                 "  http-request return status 429 content-type text/plain string no hdr Retry-After 2 if { sc_http_req_rate(0) gt 2 }\n",
                 "busy", 0, 2);
}

static void
test_silence (Street *street, gconstpointer data)
{
  zifu_http_set_deadline (street->http, 20000);
  start_haproxy (street, "");
  arrives (street, 0);
  stop_server (street);
  start_haproxy (street, "  http-request silent-drop" AT_CHANGES);
  zifu_http_set_deadline (street->http, 500);
  fails (street, "timed-out");
  stop_server (street);
  zifu_http_set_deadline (street->http, 20000);
  start_haproxy (street, "");
  change (&street->house, 1);
  arrives (street, 0);
}

/* Only what goes on from a page is answered so: the first page arrived. */
static void
test_second_page (Street *street, gconstpointer data)
{
  start_haproxy (street, "  http-request return status 503 content-type text/plain string no"
                         " if { path_beg /v1/changes } { url_param(since) -m found }\n");
  stops_on_the_way (street, "busy");
  stop_server (street);
  start_haproxy (street, "");
  arrives (street, g_get_real_time () / G_USEC_PER_SEC + LATER);
}

static void
test_reject (Street *street, gconstpointer data)
{
  recovers_from (street, "  http-request reject" AT_CHANGES, "offline server broken", -G_MAXINT64, 0);
}

/* ------------------------------------------------------------------------------------------------------------------------- mockttp */

static void
expect_ok (GDataInputStream *out)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "ok");
}

static void
make_mistakes (Street *street, const char *protocol)
{
  static const struct {
    const char *mistake, *nicks;
    guint       deadline_ms;
  } cases[] = {
    { "reset", "offline server broken", 20000 },    { "close", "offline server broken", 20000 },
    { "truncate", "broken server offline timed-out", 3000 }, { "hang", "timed-out", 500 },
    { "not-json", "broken", 20000 },                { "garbage", "broken", 20000 },
    { "500", "server", 20000 },
  };
  g_autofree char *node = g_build_filename (g_getenv ("ZIFU_PEERS_DIR"), "run-node", NULL);
  g_autofree char *script = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "peers", "mockttp.mjs", NULL);
  g_autofree char *port = g_strdup_printf ("%u", street->port);
  const char *const argv[] = { node, script, port, "ca.key", "ca.pem", street->house.base, protocol, NULL };
  g_autoptr (GDataInputStream) out = NULL;

  start_server (street, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, argv);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (street->server));
  expect_ok (out);
  arrives (street, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = g_strconcat (cases[i].mistake, "\n", NULL);
      GOutputStream *in = g_subprocess_get_stdin_pipe (street->server);

      g_test_message ("%s: %s", protocol, cases[i].mistake);
      g_assert_true (g_output_stream_write_all (in, line, strlen (line), NULL, NULL, NULL));
      expect_ok (out);
      change (&street->house, i);
      zifu_http_set_deadline (street->http, cases[i].deadline_ms);
      fails (street, cases[i].nicks);
      g_assert_true (g_output_stream_write_all (in, "none\n", 5, NULL, NULL, NULL));
      expect_ok (out);
      zifu_http_set_deadline (street->http, 20000);
      arrives (street, g_get_real_time () / G_USEC_PER_SEC + LATER * (i + 1));
    }
}

static void
test_mockttp_1 (Street *street, gconstpointer data)
{
  make_mistakes (street, "http1");
}

static void
test_mockttp_2 (Street *street, gconstpointer data)
{
  make_mistakes (street, "http2");
}

#define SAFE "https://127.0.0.1"
#define PLAIN "http://127.0.0.1"

int
main (int argc, char **argv)
{
  static const struct {
    const char *path, *scheme;
    void (*test) (Street *, gconstpointer);
  } tests[] = {
    { "nginx/tls-1.2", SAFE, test_tls_1_2 },
    { "nginx/tls-1.3", SAFE, test_tls_1_3 },
    { "nginx/http-2", SAFE, test_http_2 },
    { "nginx/goaway", SAFE, test_goaway },
    { "nginx/gzip", SAFE, test_gzip },
    { "nginx/gzip-bomb", SAFE, test_gzip_bomb },
    { "nginx/redirect", SAFE, test_redirect },
    { "nginx/expired", SAFE, test_expired },
    { "nginx/wrong-host", SAFE, test_wrong_host },
    { "nginx/unknown-authority", SAFE, test_unknown_authority },
    { "nginx/tls-1.1", SAFE, test_tls_1_1 },
    { "nginx/cut-http-1.1", SAFE, test_cut_1 },
    { "nginx/cut-http-2", SAFE, test_cut_2 },
    { "gnutls/tls-1.3", SAFE, test_gnutls_1_3 },
    { "gnutls/tls-1.2", SAFE, test_gnutls_1_2 },
    { "gnutls/tls-1.1", SAFE, test_gnutls_1_1 },
    { "haproxy/503-seconds", PLAIN, test_busy_seconds },
    { "haproxy/503-date", PLAIN, test_busy_date },
    { "haproxy/429", PLAIN, test_too_many },
    { "haproxy/second-page", PLAIN, test_second_page },
    { "haproxy/silence", PLAIN, test_silence },
    { "haproxy/reject", PLAIN, test_reject },
    { "mockttp/http-1.1", "https://localhost", test_mockttp_1 },
    { "mockttp/http-2", "https://localhost", test_mockttp_2 },
  };

  g_test_init (&argc, &argv, NULL);
  zifu_http_prepare ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/servers/R40/", tests[i].path, NULL);

      g_test_add (path, Street, tests[i].scheme, street_set_up, tests[i].test, street_tear_down);
    }
  return g_test_run ();
}
