/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <glib-unix.h>
#include <locale.h>

/* A platform to try account data over HTTPS with: it serves the sample household on this computer only. */

typedef struct {
  int      port, entries, seed, max_limit, min_interval, token_seconds, code_seconds, device_seconds, device_interval;
  char    *port_file, *household, *language, *today, *public_url;
  char   **faults, **subjects;
  gboolean people, list_faults, fund_includes_acct, acct_excludes_mulaid;
} Options;

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
list_faults (void)
{
  guint n;
  const FaultInfo *table = fault_table (&n);

  for (guint i = 0; i < n; i++)
    g_print ("  %-18s %s\n", table[i].name, table[i].what);
  g_print ("\nAfter a comma: rate=PERCENT, after=BYTES, times=N, skip=N, wait=N, date=1, seed=N,\n"
           "on=changes|person|fees|config|token|…|all\n"
           "For example: --fault truncate,rate=20,seed=7   --fault 503,times=2,wait=1,on=changes\n");
}

static gboolean
read_date (const char *text, ZifuDate *date, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  *date = zifu_date_parse (text != NULL ? text : today);
  if (*date == 0)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "“%s” is no day (2026-01-31).", text);
  return *date != 0;
}

static char *
find_household (const Options *options)
{
  const char *folder = g_getenv ("ZIFU_SAMPLE_DIR");

  return options->household != NULL ? g_strdup (options->household)
                                    : g_build_filename (folder != NULL ? folder : PROVIDER_SAMPLE_DIR, "household.json", NULL);
}

static gboolean
add_faults (Provider *self, char **texts, GError **error)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      Fault *fault = fault_parse (texts[i], self->seed + i, error);

      if (fault == NULL)
        return FALSE;
      if (fault->info->kind != FAULT_DATA)
        {
          g_ptr_array_add (self->faults, fault);
          continue;
        }
      for (guint j = 0; j < self->people->len; j++)
        fault_spoil (fault, self->store, g_ptr_array_index (self->people, j));
      fault_free (fault);
    }
  return TRUE;
}

static gboolean
set_up (Provider *self, const Options *options, GError **error)
{
  HistoryOptions history = { .entries = (guint) options->entries, .seed = (guint32) options->seed };
  g_autofree char *household = find_household (options);

  history.fund_includes_acct = options->fund_includes_acct;
  history.acct_excludes_mulaid = options->acct_excludes_mulaid;
  if (!read_date (options->today, &history.today, error))
    return FALSE;
  self->people = people_read (household, g_strcmp0 (options->language, "en") != 0, &self->places, error);
  self->store = self->people != NULL ? store_new (error) : NULL;
  self->history = self->store != NULL ? history_new (self->store, self->people, self->places, &history, error) : NULL;
  if (self->history == NULL || !history_fill (self->history, error))
    return FALSE;
  for (guint i = 0; i < self->people->len; i++)
    ((Person *) g_ptr_array_index (self->people, i))->generation = 1;
  self->issuer = issuer_new (self);
  return add_faults (self, options->faults, error);
}

static void
tear_down (Provider *self)
{
  provider_stop (self);
  issuer_free (self->issuer);
  history_free (self->history);
  store_free (self->store);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->sendings);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->subjects);
  g_clear_object (&self->session);
  g_clear_object (&self->server);
  g_free (self->base);
  g_free (self->outside_issuer);
  g_free (self->introspect);
  g_free (self->introspect_client);
  g_free (self->allow);
  g_free (self->client);
}

static void
greet (const Provider *self, const Options *options)
{
  g_print ("%s\n", self->base);
  if (!options->people)
    return;
  g_print ("\nConnect Zifu to this address; the browser then asks as whom to sign in:\n");
  for (guint i = 0; i < self->people->len; i++)
    {
      const Person *person = g_ptr_array_index (self->people, i);

      g_print ("  %-8s %s, %u entries\n", person->key, person->name, store_count (self->store, person));
    }
  g_print ("Everything is invented, and only this computer can reach it.  Ctrl+C ends it.\n");
}

static gboolean
run (Provider *self, const Options *options, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *port = NULL;
  guint sources[2];

  if (!provider_start (self, (guint) options->port, error))
    return FALSE;
  port = g_strdup_printf ("%u\n", self->port);
  if (options->port_file != NULL && !g_file_set_contents (options->port_file, port, -1, error))
    return FALSE;
  greet (self, options);
  sources[0] = g_unix_signal_add (SIGTERM, on_signal, loop);
  sources[1] = g_unix_signal_add (SIGINT, on_signal, loop);
  g_main_loop_run (loop);
  g_source_remove (sources[0]);
  g_source_remove (sources[1]);
  return TRUE;
}

static gboolean
read_subjects (Provider *self, char **pairs)
{
  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      if (pair[1] == NULL)
        return FALSE;
      g_hash_table_insert (self->subjects, g_strdup (pair[0]), g_strdup (pair[1]));
    }
  return TRUE;
}

static gboolean
check (Provider *self, const Options *options, GError **error)
{
  const char *problem = NULL;

  if (options->port < 0 || options->port > 65535)
    problem = "--port takes 0 to 65535";
  else if (options->entries < 0 || options->entries > 1000000)
    problem = "--entries takes 0 to 1000000";
  else if (options->max_limit < 1 || options->max_limit > 500)
    problem = "--max-limit takes 1 to 500";
  else if ((self->outside_issuer != NULL) != (self->introspect != NULL))
    problem = "--issuer and --introspect belong together";
  else if (options->min_interval < 0 || options->token_seconds < 1 || options->code_seconds < 1 || options->device_seconds < 1 ||
           options->device_interval < 0)
    problem = "A time must be positive";
  else if (!read_subjects (self, options->subjects))
    problem = "--subject takes SUB=PERSON";
  if (problem != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
  self->seed = (guint32) options->seed;
  self->feed = (FeedOptions){ (guint) options->max_limit, (guint) options->min_interval };
  self->token_seconds = (guint) options->token_seconds;
  self->code_seconds = (guint) options->code_seconds;
  self->device_seconds = (guint) options->device_seconds;
  self->device_interval = (guint) options->device_interval;
  self->base = g_strdup (options->public_url);
  if (self->introspect != NULL)
    self->session = g_object_new (SOUP_TYPE_SESSION, "proxy-resolver", NULL, "timeout", 10, NULL);
  return problem == NULL;
}

static gboolean
parse (Provider *self, Options *o, int *argc, char ***argv, GError **error)
{
  GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &o->port, "Port on 127.0.0.1; 0 = any that is free", "N" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &o->port_file, "Write the port there, once it listens", "FILE" },
    { "entries", 0, 0, G_OPTION_ARG_INT, &o->entries, "Entries of the first person; the others have at most 500", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &o->seed, "The same seed makes the same history", "N" },
    { "today", 0, 0, G_OPTION_ARG_STRING, &o->today, "The day on which the history ends", "DAY" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &o->language, "Names in zh (as given) or en", "LANG" },
    { "household", 0, 0, G_OPTION_ARG_FILENAME, &o->household, "The people, as in data/sample/household.json", "FILE" },
    { "people", 0, 0, G_OPTION_ARG_NONE, &o->people, "Say for people how to use it", NULL },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->faults, "Make a mistake; may be given several times", "NAME[,OPTION=N]…" },
    { "list-faults", 0, 0, G_OPTION_ARG_NONE, &o->list_faults, "Name the mistakes", NULL },
    { "control", 0, 0, G_OPTION_ARG_NONE, &self->control, "Obey /control/…", NULL },
    { "allow", 0, 0, G_OPTION_ARG_STRING, &self->allow, "Sign everybody in as this person, without a page", "PERSON" },
    { "client", 0, 0, G_OPTION_ARG_STRING, &self->client, "The only program that may sign in", "ID" },
    { "issuer", 0, 0, G_OPTION_ARG_STRING, &self->outside_issuer, "Let another issuer sign people in", "URL" },
    { "introspect", 0, 0, G_OPTION_ARG_STRING, &self->introspect, "Where its tokens are looked up (RFC 7662)", "URL" },
    { "introspect-client", 0, 0, G_OPTION_ARG_STRING, &self->introspect_client, "Who looks them up", "ID:SECRET" },
    { "subject", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->subjects, "Whose account a subject of that issuer reads", "SUB=PERSON" },
    { "public", 0, 0, G_OPTION_ARG_STRING, &o->public_url, "The address that others see, behind a proxy", "URL" },
    { "max-limit", 0, 0, G_OPTION_ARG_INT, &o->max_limit, "Most entries of a page", "N" },
    { "min-interval", 0, 0, G_OPTION_ARG_INT, &o->min_interval, "Seconds between two synchronisations, as told", "N" },
    { "token-seconds", 0, 0, G_OPTION_ARG_INT, &o->token_seconds, "Life of an access token", "N" },
    { "code-seconds", 0, 0, G_OPTION_ARG_INT, &o->code_seconds, "Life of an authorization code", "N" },
    { "device-seconds", 0, 0, G_OPTION_ARG_INT, &o->device_seconds, "Life of a device code", "N" },
    { "device-interval", 0, 0, G_OPTION_ARG_INT, &o->device_interval, "Seconds between two questions; 0 = not said", "N" },
    { "fund-includes-acct", 0, 0, G_OPTION_ARG_NONE, &o->fund_includes_acct, "fund_pay_sumamt holds acct_pay", NULL },
    { "acct-excludes-mulaid", 0, 0, G_OPTION_ARG_NONE, &o->acct_excludes_mulaid, "acct_pay is without acct_mulaid_pay", NULL },
    { "no-gzip", 0, 0, G_OPTION_ARG_NONE, &self->no_gzip, "Never pack an answer", NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &self->verbose, "Tell each request", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a platform to try account data with");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "“%s” is not expected.", (*argv)[1]);
      return FALSE;
    }
  return o->list_faults || check (self, o, error);
}

static void
options_clear (Options *self)
{
  g_free (self->port_file);
  g_free (self->household);
  g_free (self->language);
  g_free (self->today);
  g_free (self->public_url);
  g_strfreev (self->faults);
  g_strfreev (self->subjects);
}

int
main (int argc, char **argv)
{
  Options options = { .entries = 400, .seed = 1, .max_limit = 500, .min_interval = 60, .token_seconds = 600, .code_seconds = 60,
                      .device_seconds = 600, .device_interval = 5 };
  Provider provider = { NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  setlocale (LC_ALL, "");
  provider.faults = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_free);
  provider.sendings = send_list_new ();
  provider.counts = g_hash_table_new (g_str_hash, g_str_equal);
  provider.subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!parse (&provider, &options, &argc, &argv, &error))
    status = 2;
  else if (options.list_faults)
    list_faults ();
  else if (!set_up (&provider, &options, &error) || !run (&provider, &options, &error))
    status = g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE) ? 2 : 1;
  if (status != 0)
    g_printerr ("zifu-provider: %s\n", error->message);
  tear_down (&provider);
  options_clear (&options);
  return status;
}
