/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* What tests tell a running provider: POST (or GET) /control/COMMAND?person=KEY&… */

typedef struct {
  Provider   *provider;
  Person     *person;
  GHashTable *query;
  Answer     *answer;
} Command;

static const char *
get (const Command *self, const char *name)
{
  return g_hash_table_lookup (self->query, name);
}

static gboolean
add (Command *self)
{
  const char *text = get (self, "n");
  g_autoptr (GError) error = NULL;
  gboolean done = history_add (self->provider->history, self->person, text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 1, &error);

  if (!done)
    answer_problem (self->answer, 500, NULL, error->message);
  return done;
}

/* The same row in its next version; set=NAME:VALUE changes something in it. */
static gboolean
bump (Command *self)
{
  Store *store = self->provider->store;
  const char *type = get (self, "type") != NULL ? get (self, "type") : "setlinfo", *set = get (self, "set");
  g_autofree char *id = get (self, "id") != NULL ? g_strdup (get (self, "id")) : store_pick (store, self->person, type, "", FALSE);
  g_autofree char *data = id != NULL ? store_find (store, self->person, type, id, NULL) : NULL, *changed = NULL;
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;
  g_auto (GStrv) pair = set != NULL ? g_strsplit (set, ":", 2) : NULL;
  JsonObject *object;
  ZifuMoney inc = 0, pay = 0;

  if (node == NULL)
    return FALSE;
  object = json_node_get_object (node);
  if (pair != NULL && pair[1] != NULL)
    json_object_set_string_member (object, pair[0], pair[1]);
  zifu_money_parse (json_object_get_string_member_with_default (object, "inc_sumamt", "0.00"), &inc, NULL);
  zifu_money_parse (json_object_get_string_member_with_default (object, "pay_sumamt", "0.00"), &pay, NULL);
  changed = json_to_string (node, FALSE);
  store_put (store, self->person, type, id, changed, inc, pay);
  return TRUE;
}

static gboolean
withdraw (Command *self)
{
  return history_withdraw (self->provider->history, self->person, get (self, "type"), get (self, "id"));
}

static gboolean
reverse (Command *self)
{
  return history_reverse (self->provider->history, self->person, get (self, "id"));
}

static gboolean
expire (Command *self)
{
  self->person->epoch++;
  return TRUE;
}

static gboolean
move (Command *self)
{
  self->person->generation++;
  return TRUE;
}

static gboolean
end_consent (Command *self)
{
  self->person->consent_ended = TRUE;
  return TRUE;
}

static gboolean
renew_consent (Command *self)
{
  self->person->consent_ended = FALSE;
  return TRUE;
}

static gboolean
set_fault (Command *self)
{
  g_autoptr (GError) error = NULL;
  Fault *fault = fault_parse (get (self, "fault") != NULL ? get (self, "fault") : "", self->provider->seed, &error);
  gboolean done = TRUE;

  if (fault == NULL)
    {
      answer_problem (self->answer, 400, "invalid-request", "There is no such fault, or it has no such option");
      return FALSE;
    }
  if (fault->info->kind == FAULT_DATA)
    {
      done = fault_spoil (fault, self->provider->store, self->person);
      fault_free (fault);
    }
  else
    g_ptr_array_add (self->provider->faults, fault);
  return done;
}

static gboolean
clear_faults (Command *self)
{
  g_ptr_array_set_size (self->provider->faults, 0);
  return TRUE;
}

static gboolean
mend (Command *self)
{
  store_mend (self->provider->store, self->person);
  return TRUE;
}

static gboolean
expire_tokens (Command *self)
{
  issuer_expire_tokens (self->provider->issuer);
  return TRUE;
}

static gboolean
revoke_tokens (Command *self)
{
  issuer_revoke_all (self->provider->issuer);
  return TRUE;
}

static gboolean
allow (Command *self)
{
  g_free (self->provider->allow);
  self->provider->allow = g_strdup (get (self, "as"));
  return TRUE;
}

static gboolean
reset_counts (Command *self)
{
  g_hash_table_remove_all (self->provider->counts);
  return TRUE;
}

static gboolean
give_token (Command *self)
{
  g_autofree char *token = issuer_give_token (self->provider->issuer, self->person);

  answer_text (self->answer, 200, "application/json", g_strdup_printf ("{\"token\":\"%s\"}", token));
  return TRUE;
}

static gboolean
tell (Command *self)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  g_autofree char *balance = zifu_money_format (self->person->balance, ZIFU_MONEY_PLAIN);
  GHashTableIter iter;
  gpointer key, n;

  g_hash_table_iter_init (&iter, self->provider->counts);
  while (g_hash_table_iter_next (&iter, &key, &n))
    g_string_append_printf (counts, "%s\"%s\":%u", counts->len > 0 ? "," : "", (const char *) key, GPOINTER_TO_UINT (n));
  answer_text (self->answer, 200, "application/json",
               g_strdup_printf ("{\"person\":\"%s\",\"psn_no\":\"%s\",\"rows\":%u,\"balc\":\"%s\",\"requests\":{%s},\"checkpoint\":{%s}}",
                                self->person->key, self->person->psn_no, store_count (self->provider->store, self->person), balance,
                                counts->str, store_get_checkpoint (self->provider->store, self->person)));
  return TRUE;
}

static gboolean
append_row (const Row *row, gpointer user_data)
{
  g_string_append_printf (user_data, "%" G_GINT64_FORMAT "\t%s\t%s\t%" G_GINT64_FORMAT "\t%s\n", row->seq, row->type, row->id, row->ver,
                          row->data != NULL ? row->data : "");
  return TRUE;
}

/* The truth, a row a line: seq, type, id, ver, data (nothing = taken back). */
static gboolean
list_rows (Command *self)
{
  GString *text = g_string_new (NULL);

  store_each (self->provider->store, self->person, 0, 0, append_row, text);
  answer_text (self->answer, 200, "text/tab-separated-values; charset=utf-8", g_string_free (text, FALSE));
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*run) (Command *self);
} commands[] = {
  { "add", add },
  { "allow", allow },
  { "bump", bump },
  { "clear", clear_faults },
  { "consent-end", end_consent },
  { "consent-renew", renew_consent },
  { "delete", withdraw },
  { "expire", expire },
  { "expire-tokens", expire_tokens },
  { "fault", set_fault },
  { "info", tell },
  { "mend", mend },
  { "move", move },
  { "reset-counts", reset_counts },
  { "reverse", reverse },
  { "revoke-tokens", revoke_tokens },
  { "rows", list_rows },
  { "token", give_token },
};

void
control_answer (Provider *provider, const char *command, GHashTable *query, Answer *answer)
{
  Command self = { provider, g_ptr_array_index (provider->people, 0), query, answer };
  const char *key = g_hash_table_lookup (query, "person");

  if (key != NULL)
    self.person = people_find (provider->people, key);
  for (guint i = 0; self.person != NULL && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, command))
      {
        gboolean done = commands[i].run (&self);

        if (answer->status == 0)
          answer_text (answer, done ? 200 : 409, "application/json", g_strdup (done ? "{\"done\":true}" : "{\"done\":false}"));
        return;
      }
  answer_problem (answer, 404, "not-found", "No such command or person");
}
