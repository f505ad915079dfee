/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <sqlite3.h>

#include "zifu-money.h"
#include "zifu-date.h"

G_BEGIN_DECLS

/* ---- whom the provider knows: provider-people.c */

/* One person of the sample household, and where the person's feed stands. */
typedef struct {
  guint      number;      /* from 1: the key in the store */
  char      *key, *name;  /* owned */
  char      *psn_no, *certno, *sex, *birth, *insurance, *status, *resident_class; /* owned; the last one nullable */
  gboolean   has_account;
  ZifuMoney  base, opening, credit;
  gint64     last_seq, balance;
  gint64     clock;       /* of the newest movement, seconds since 0001-01-01: no two movements share one */
  guint      n_settlements, n_movements;
  guint      epoch;       /* states given out under an older one are expired */
  guint      generation;  /* states inside a pass given out under an older one have moved */
  gboolean   consent_ended;
  gint64     consent_from, consent_to; /* seconds since 1970 */
  char      *checkpoint;  /* owned, nullable: of the feed as it stands */
} Person;

typedef struct {
  char *key, *name, *class; /* owned */
} Place;

GPtrArray  *people_read (const char *path, gboolean chinese, GPtrArray **places, GError **error);
ZifuMoney   amount_read (JsonObject *object, const char *name);
Person     *people_find (GPtrArray *people, const char *key);

/* ---- rows, newest state of each: provider-store.c */

typedef struct _Store Store;

typedef struct {
  const char *type, *id, *data; /* valid until the next call; data is NULL for a row that was taken back */
  gint64      seq, ver;
} Row;

typedef gboolean (*RowFunc) (const Row *row, gpointer user_data);

Store      *store_new (GError **error);
void        store_free (Store *self);
void        store_begin (Store *self);
void        store_commit (Store *self);
void        store_add (Store *self, Person *person, const char *type, const char *id, gint64 ver, const char *data, ZifuMoney inc,
                       ZifuMoney pay);
void        store_put (Store *self, Person *person, const char *type, const char *id, const char *data, ZifuMoney inc, ZifuMoney pay);
gboolean    store_withdraw (Store *self, Person *person, const char *type, const char *id);
void        store_each (Store *self, const Person *person, gint64 since, guint limit, RowFunc func, gpointer user_data);
char       *store_find (Store *self, const Person *person, const char *type, const char *id, gint64 *ver);
char       *store_pick (Store *self, const Person *person, const char *type, const char *containing, gboolean middle);
const char *store_get_checkpoint (Store *self, Person *person);
void        store_remember (Store *self, const Person *person, const char *type, const char *id, const char *data, ZifuMoney inc,
                            ZifuMoney pay);
void        store_mend (Store *self, Person *person);
guint       store_count (Store *self, const Person *person);

/* ---- what happened to them: provider-history.c */

typedef struct {
  guint      entries;   /* of the first person; the others have at most 500 */
  guint32    seed;
  ZifuDate   today;
  gboolean   fund_includes_acct, acct_excludes_mulaid;
} HistoryOptions;

typedef struct _History History;

History    *history_new (Store *store, GPtrArray *people, GPtrArray *places, const HistoryOptions *options, GError **error);
gboolean    history_fill (History *self, GError **error);
gboolean    history_add (History *self, Person *person, guint n, GError **error);
gboolean    history_reverse (History *self, Person *person, const char *setl_id);
gboolean    history_withdraw (History *self, Person *person, const char *type, const char *id);
char       *history_make_fees (History *self, const Person *person, const char *setl_id);
const HistoryOptions *history_get_options (History *self);
void        history_free (History *self);

/* ---- mistakes: provider-faults.c, provider-send.c */

typedef struct _Provider Provider;

typedef enum {
  FAULT_SEND,  /* what arrives on the wire */
  FAULT_REPLY, /* another answer than the right one */
  FAULT_PAGE,  /* the right answer with a mistake in it */
  FAULT_DATA,  /* rows with a mistake in them, until mended */
  FAULT_SIGN_IN
} FaultKind;

typedef struct {
  const char *name;
  FaultKind   kind;
  const char *what;
} FaultInfo;

typedef struct {
  const FaultInfo *info;
  char   *on;     /* owned, nullable: config, person, changes, fees, token, … ; "" = whatever the fault is made for */
  guint   rate;   /* percent of the requests */
  gint64  after;  /* bytes of the answer, head included; -1 = half of them */
  gint    times;  /* -1 = always */
  guint   skip;   /* so many requests pass first */
  guint   wait;   /* seconds of Retry-After, milliseconds between two bytes of a slow answer */
  gboolean date;  /* Retry-After as a date */
  GRand  *random; /* owned */
} Fault;

const FaultInfo *fault_table (guint *n);
Fault      *fault_new (const char *name, guint32 seed);
Fault      *fault_parse (const char *text, guint32 seed, GError **error);
void        fault_free (Fault *self);
const Fault *fault_choose (GPtrArray *faults, const char *endpoint, FaultKind kind);
const char *fault_get_name (const Fault *self);
gboolean    fault_is_page (const char *name);
gboolean    fault_spoil (const Fault *self, Store *store, Person *person);
char       *fault_pack (const char *bytes, gsize n, guint times, int level, gsize *length);
char       *fault_make_body (const char *name, gsize *length);

gboolean    send_is_wanted (const char *name);
void        send_wrongly (Provider *provider, SoupServerMessage *message, const char *name, const Fault *fault, const char *body,
                          gsize length);
GPtrArray  *send_list_new (void);
void        send_stop (Provider *provider);

/* ---- answers: provider.c */

typedef struct {
  guint       status;
  const char *media_type;
  char       *body;   /* owned */
  gsize       length;
  char       *etag;   /* owned, nullable */
  char       *location; /* owned, nullable */
  gint64      retry_after; /* -1 = none */
} Answer;

void        answer_text (Answer *self, guint status, const char *media_type, char *body);
void        answer_problem (Answer *self, guint status, const char *type, const char *title);

/* ---- the feed: provider-feed.c */

typedef struct {
  guint  max_limit, min_interval;
} FeedOptions;

void        feed_changes (Provider *provider, Person *person, GHashTable *query, const char *fault, Answer *answer);
void        feed_person (Provider *provider, Person *person, const char *if_none_match, const char *fault, Answer *answer);
void        feed_fees (Provider *provider, Person *person, const char *setl_id, const char *if_none_match, const char *fault,
                       Answer *answer);
void        feed_configuration (Provider *provider, const char *fault, Answer *answer);

/* ---- who may read: provider-issuer.c, provider-pages.c */

typedef struct _Issuer Issuer;

Issuer     *issuer_new (Provider *provider);
void        issuer_free (Issuer *self);
gboolean    issuer_answer (Issuer *self, const char *method, const char *path, GHashTable *query, GHashTable *form, const char *language,
                           const char *fault, Answer *answer);
Person     *issuer_find_person (Issuer *self, const char *token);
void        issuer_expire_tokens (Issuer *self);
void        issuer_revoke_all (Issuer *self);
char       *issuer_give_token (Issuer *self, Person *person);

char       *page_consent (GPtrArray *people, const char *action, const char *request, const char *client, const char *language);
char       *page_code (const char *code, const char *problem, const char *language);
char       *page_message (const char *zh, const char *en, const char *language);

/* ---- changes while it runs: provider-control.c */

void        control_answer (Provider *provider, const char *command, GHashTable *query, Answer *answer);

/* ---- all of it */

struct _Provider {
  SoupServer    *server;
  char          *base;       /* owned: "http://127.0.0.1:PORT" */
  guint          port;
  Store         *store;
  GPtrArray     *people;     /* of Person */
  GPtrArray     *places;     /* of Place */
  History       *history;
  Issuer        *issuer;
  GPtrArray     *faults;     /* of Fault */
  GPtrArray     *sendings;   /* answers under way on stolen connections */
  GHashTable    *sockets;    /* of GSocket -> how often it was seen to be left */
  guint          sweeper;
  GHashTable    *counts;     /* endpoint -> requests */
  SoupSession   *session;    /* nullable: asks an outside issuer */
  char          *outside_issuer, *introspect, *introspect_client; /* owned, nullable */
  char          *allow;      /* owned, nullable: sign in as this person without asking */
  char          *client;     /* owned, nullable: the only client */
  guint          token_seconds, code_seconds, device_seconds, device_interval;
  gboolean       control, no_gzip, verbose;
  FeedOptions    feed;
  GHashTable    *subjects;   /* of an outside issuer -> key of a person */
  guint32        seed;
};

gboolean    provider_start (Provider *self, guint port, GError **error);
void        provider_stop (Provider *self);
const char *provider_get_issuer (Provider *self);

G_END_DECLS
