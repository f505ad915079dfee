/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "zifu-engine.h"
#include "zifu-pack-library.h"

/*
 * Makes the history of the sample household: months paid, credits, visits that the rules of the region settle, refunds, what a relative's
 * account paid.  The same seed makes the same rows.
 */

#define REGION "110000"
/* The year whose rules settle every visit; the history itself may be decades long. */
#define RULES_YEAR 2025
#define MOST_OF_OTHERS 500
#define MOST_SHARED 24

/* What a relative's account paid for somebody: a movement of the relative's. */
typedef struct {
  gint64    time;
  ZifuMoney amount;
  char     *setl_id; /* owned */
} Shared;

struct _History {
  Store         *store;
  GPtrArray     *people, *places; /* not owned */
  HistoryOptions options;
  ZifuPackLibrary *library;
  ZifuPack      *pack;
  ZifuSettler   *settler;
  GRand         *random;
  GArray        *shared; /* of Shared, waiting for their owner */
};

/* One person on the way through the years. */
typedef struct {
  History    *history;
  Person     *person;
  ZifuPerson *base;      /* owned: the facts */
  GArray     *counters;  /* owned, of ZifuCounterValue: of @year */
  int         year;
  guint       n_visits, n_cash_visits;   /* of @year */
  ZifuMoney   cost;      /* of @year */
  guint       made, target, reserved;
  guint       n_shared;
  ZifuMoney   credit;
  GString    *text;      /* owned: the row being written */
} Way;

static void
shared_clear (gpointer data)
{
  g_free (((Shared *) data)->setl_id);
}

static void
counter_clear (gpointer data)
{
  g_free (((ZifuCounterValue *) data)->name);
}

/* ---- writing */

static void
add_money (GString *text, const char *name, ZifuMoney amount)
{
  char digits[ZIFU_MONEY_LENGTH];

  digits[zifu_money_print (amount, digits)] = '\0';
  g_string_append_printf (text, ",\"%s\":\"%s\"", name, digits);
}

static void
add_text (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s\"%s\":\"%s\"", text->len > 1 ? "," : "", name, value);
}

static char *
format_time (gint64 time)
{
  g_autofree char *day = zifu_date_format ((ZifuDate) (time / 86400));
  int seconds = (int) (time % 86400);

  return g_strdup_printf ("%s %02d:%02d:%02d", day, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static GString *
start_row (Way *way)
{
  g_string_assign (way->text, "{");
  return way->text;
}

static void
end_row (Way *way, const char *type, const char *id, ZifuMoney inc, ZifuMoney pay)
{
  g_string_append_c (way->text, '}');
  store_put (way->history->store, way->person, type, id, way->text->str, inc, pay);
}

/* A row of the personal account; @amount has the sign of what it does to the balance. */
static void
write_movement (Way *way, gint64 time, const char *kind, ZifuMoney amount, const char *source)
{
  Person *person = way->person;
  g_autofree char *id = g_strdup_printf ("A%02u%07u", person->number, ++person->n_movements);
  g_autofree char *when = NULL;
  GString *text = start_row (way);
  gboolean income = kind[0] == '1';

  person->clock = MAX (time, person->clock + 1);
  when = format_time (person->clock);
  person->balance += amount;
  add_text (text, "rid", id);
  add_text (text, "acct_incexpd_type", kind);
  if (source != NULL)
    add_text (text, "acct_incexpd_souc_id", source);
  add_money (text, income ? "inc_sumamt" : "pay_sumamt", income ? amount : -amount);
  add_text (text, "crte_time", when);
  g_string_append_printf (text, ",\"year\":\"%.4s\"", when);
  add_money (text, "balc", person->balance);
  end_row (way, "acct_detl", id, income ? amount : 0, income ? 0 : -amount);
  way->made++;
}

static void
write_month (Way *way, const char *suffix, ZifuMonth month, guint n_months, gint64 time, const char *flag, const char *kind,
             const char *written_off)
{
  Person *person = way->person;
  g_autofree char *first = zifu_month_format (month), *last = zifu_month_format (month + (ZifuMonth) n_months - 1);
  g_autofree char *id = NULL, *when = format_time (time);
  gint64 sign = g_str_equal (written_off, "-") ? -1 : 1;
  ZifuMoney own = person->has_account ? person->base * 2 / 100 : 37500;
  GString *text = start_row (way);

  /* "2025-03" is 202503 here. */
  memmove (first + 4, first + 5, 3);
  memmove (last + 4, last + 5, 3);
  id = g_strdup_printf ("C%02u%s%s", person->number, first, suffix);
  add_text (text, "rid", id);
  add_text (text, "insutype", person->insurance);
  add_text (text, "poolarea_no", REGION);
  add_text (text, "cashym", first);
  add_text (text, "accrym_begn", first);
  add_text (text, "accrym_end", last);
  add_text (text, "clct_flag", flag);
  add_text (text, "clct_type", kind);
  if (g_str_equal (flag, "1"))
    add_text (text, "clct_time", when);
  add_text (text, "revs_flag", written_off);
  add_money (text, "psn_clct_amt", sign * own);
  if (person->has_account)
    {
      add_money (text, "psn_clct_into_acct_amt", sign * own);
      add_money (text, "emp_clct_into_acct_amt", 0);
    }
  g_string_append_printf (text, ",\"insu_clct_mons\":%u", n_months);
  end_row (way, "clct_detl", id, 0, 0);
}

/* ---- visits */

typedef struct {
  const char *care, *place;
  ZifuMoney   least, most; /* yuan */
} Kind;

static const Kind employee_kinds[] = {
  { "pharmacy", "pharmacy", 10, 300 },      { "outpatient", "community", 30, 400 }, { "pharmacy", "pharmacy", 10, 90 },
  { "outpatient", "hospital", 80, 1500 },   { "outpatient", "community", 20, 200 }, { "outpatient", "district", 60, 900 },
  { "emergency", "hospital", 200, 2500 },   { "pharmacy", "pharmacy", 20, 150 },
};
static const Kind child_kinds[] = {
  { "outpatient", "community", 20, 200 }, { "outpatient", "children", 60, 900 }, { "emergency", "children", 150, 1200 },
};
static const Kind stays[] = { { "inpatient", "hospital", 6000, 60000 }, { "inpatient", "district", 3000, 25000 } };
static const Kind child_stay = { "inpatient", "children", 3000, 20000 };

static const Kind *
choose_kind (Way *way)
{
  GRand *random = way->history->random;

  if (way->person->has_account)
    return g_rand_int_range (random, 0, 40) == 0 ? &stays[g_rand_int_range (random, 0, 2)]
                                                 : &employee_kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (employee_kinds))];
  return g_rand_int_range (random, 0, 40) == 0 ? &child_stay : &child_kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (child_kinds))];
}

static const Place *
find_place (History *self, const char *key)
{
  for (guint i = 0; i < self->places->len; i++)
    if (g_str_equal (((Place *) g_ptr_array_index (self->places, i))->key, key))
      return g_ptr_array_index (self->places, i);
  return g_ptr_array_index (self->places, 0);
}

static ZifuVisit *
make_visit (Way *way, const Kind *kind, const Place *place, gint64 time, gboolean use_account, gboolean shared)
{
  GRand *random = way->history->random;
  ZifuVisit *visit = zifu_visit_new ();
  ZifuMoney total = g_rand_int_range (random, (int) kind->least * 100, (int) kind->most * 100), out, prior, over;
  int month, day;

  zifu_date_split ((ZifuDate) (time / 86400), NULL, &month, &day);
  visit->date = zifu_date_new (RULES_YEAR, month, MIN (day, zifu_date_days_in_month (RULES_YEAR, month)));
  visit->use_account = use_account;
  visit->use_mutual_aid = shared;
  zifu_facts_set_string (visit->facts, "care", kind->care);
  zifu_facts_set_string (visit->facts, "class", place->class);
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  if (g_str_equal (kind->care, "inpatient"))
    zifu_facts_set_int (visit->facts, "days", g_rand_int_range (random, 2, 20));
  out = g_rand_int_range (random, 0, 3) == 0 ? total * g_rand_int_range (random, 0, 900) / 10000 : 0;
  prior = g_rand_int_range (random, 0, 2) == 0 ? total * g_rand_int_range (random, 0, 1200) / 10000 : 0;
  over = g_rand_int_range (random, 0, 12) == 0 ? total * g_rand_int_range (random, 0, 300) / 10000 : 0;
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, out, over, prior);
  return visit;
}

static const char *
med_type_of (const char *care)
{
  if (g_str_equal (care, "pharmacy"))
    return "41";
  if (g_str_equal (care, "inpatient"))
    return "21";
  return g_str_equal (care, "emergency") ? "13" : "11";
}

static const char *
hosp_lv_of (const char *class)
{
  if (g_str_equal (class, "3"))
    return "02";
  return g_str_equal (class, "2") ? "05" : g_str_equal (class, "community") ? "08" : "11";
}

static void
add_funds (GString *text, const ZifuSettlement *settlement, ZifuMoney fund)
{
  static const char *const payers[] = { "hifp", "cvlserv", "hifes", "hifmi", "hifob", "hifdm", "maf" };
  ZifuMoney rest = settlement->fund_sum;

  for (guint i = 0; i < G_N_ELEMENTS (payers); i++)
    {
      g_autofree char *name = g_strconcat (payers[i], "_pay", NULL);
      ZifuMoney amount = zifu_settlement_get_fund (settlement, payers[i]);

      rest -= amount;
      add_money (text, name, amount);
    }
  add_money (text, "oth_pay", rest);
  add_money (text, "fund_pay_sumamt", fund);
}

/* The balance stands at its end, so that a refund can put another one there. */
static void
write_settlement (Way *way, const char *id, const ZifuSettlement *s, const Kind *kind, const Place *place, gint64 time)
{
  const HistoryOptions *options = &way->history->options;
  ZifuMoney account = s->own_account + (options->acct_excludes_mulaid ? 0 : s->mutual_sum);
  g_autofree char *when = format_time (time);
  GString *text = start_row (way);

  add_text (text, "setl_id", id);
  g_string_append_printf (text, ",\"mdtrt_id\":\"M%s\"", id + 1);
  add_text (text, "psn_no", way->person->psn_no);
  add_text (text, "insutype", way->person->insurance);
  add_text (text, "med_type", med_type_of (kind->care));
  add_text (text, "setl_time", when);
  g_string_append_printf (text, ",\"fixmedins_code\":\"%c110000%05u\"", g_str_equal (kind->care, "pharmacy") ? 'P' : 'H',
                          g_str_hash (place->key) % 100000);
  add_text (text, "fixmedins_name", place->name);
  add_text (text, "hosp_lv", hosp_lv_of (place->class));
  add_text (text, "pay_loc", "2");
  add_money (text, "medfee_sumamt", s->total);
  add_money (text, "fulamt_ownpay_amt", s->out);
  add_money (text, "overlmt_selfpay", s->over_limit);
  add_money (text, "preselfpay_amt", s->prior);
  add_money (text, "inscp_scp_amt", s->in_scope);
  add_money (text, "act_pay_dedc", s->deductible);
  add_funds (text, s, s->fund_sum + (options->fund_includes_acct ? account : 0));
  add_money (text, "psn_part_amt", s->person);
  add_money (text, "acct_pay", account);
  add_money (text, "acct_mulaid_pay", s->mutual_sum);
  add_money (text, "psn_cash_pay", s->cash);
  add_money (text, "hosp_part_amt", s->hospital);
  g_string_append (text, ",\"refd_setl_flag\":\"0\"");
  add_money (text, "balc", way->person->balance - s->own_account);
  end_row (way, "setlinfo", id, 0, 0);
  way->made++;
}

static void
begin_year (Way *way, int year)
{
  way->year = year;
  way->n_visits = 0;
  way->cost = 0;
  g_array_set_size (way->counters, 0);
}

static ZifuSettlement *
settle (Way *way, const ZifuVisit *visit, gboolean shared, GError **error)
{
  g_autoptr (ZifuPerson) person = zifu_person_copy (way->base);
  const ZifuSettlement *settlement;

  if (way->person->has_account)
    zifu_person_add_purse (person, "balance", MAX (way->person->balance, 0));
  if (shared)
    zifu_person_add_mutual (person, "1", 2000000, NULL);
  for (guint i = 0; i < way->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (way->counters, ZifuCounterValue, i);

      zifu_person_add_counter (person, counter->name, counter->value, 0);
    }
  settlement = zifu_settler_settle (way->history->settler, person, visit, error);
  if (settlement == NULL)
    return NULL;
  g_array_set_size (way->counters, 0);
  for (guint i = 0; i < settlement->counters->len; i++)
    {
      ZifuCounterValue counter = g_array_index (settlement->counters, ZifuCounterValue, i);

      counter.name = g_strdup (counter.name);
      g_array_append_val (way->counters, counter);
    }
  return (ZifuSettlement *) settlement;
}

/* One settlement, and what it moved. */
static gboolean
write_visit (Way *way, gint64 time, gboolean use_account, GError **error)
{
  Person *person = way->person;
  History *self = way->history;
  const Kind *kind = choose_kind (way);
  const Place *place = find_place (self, kind->place);
  gboolean shared = use_account && person->number == 2 && way->n_shared < MOST_SHARED && g_rand_int_range (self->random, 0, 3) == 0;
  g_autoptr (ZifuVisit) visit = NULL;
  g_autofree char *id = NULL;
  ZifuSettlement *settlement;
  int year;

  zifu_date_split ((ZifuDate) (time / 86400), &year, NULL, NULL);
  if (year != way->year)
    begin_year (way, year);
  time = MAX (time, person->clock + 1);
  visit = make_visit (way, kind, place, time, use_account && person->has_account, shared);
  settlement = settle (way, visit, shared, error);
  if (settlement == NULL)
    return FALSE;
  id = g_strdup_printf ("S%02u%07u", person->number, ++person->n_settlements);
  write_settlement (way, id, settlement, kind, place, time);
  if (settlement->own_account > 0)
    write_movement (way, time, "201", -settlement->own_account, id);
  person->clock = MAX (person->clock, time);
  if (settlement->mutual_sum > 0)
    {
      Shared item = { time, settlement->mutual_sum, g_strdup (id) };

      g_array_append_val (self->shared, item);
      way->n_shared++;
    }
  way->n_visits++;
  way->cost += settlement->total;
  return TRUE;
}

/* ---- refunds */

static gboolean
is_amount (const char *name)
{
  return g_str_has_suffix (name, "_pay") || g_str_has_suffix (name, "_sumamt") || g_str_has_suffix (name, "_amt") ||
         g_str_has_suffix (name, "_selfpay") || g_str_has_suffix (name, "_dedc");
}

static void
set_amount (JsonObject *object, const char *name, ZifuMoney amount)
{
  g_autofree char *text = zifu_money_format (amount, ZIFU_MONEY_PLAIN);

  json_object_set_string_member (object, name, text);
}

static char *
write_json (JsonNode *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

/* The original once more with the flag, then a row of its own with everything negated, then the account gets its money back. */
static gboolean
write_refund (Way *way, const char *setl_id, gint64 time)
{
  History *self = way->history;
  Person *person = way->person;
  g_autofree char *data = store_find (self->store, person, "setlinfo", setl_id, NULL), *red = NULL, *id = NULL;
  g_autofree char *when = NULL, *flagged = NULL;
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *object;
  ZifuMoney own;

  if (node == NULL)
    return FALSE;
  object = json_node_get_object (node);
  if (!g_str_equal (json_object_get_string_member (object, "refd_setl_flag"), "0"))
    return FALSE;
  json_object_set_string_member (object, "refd_setl_flag", "1");
  flagged = write_json (node);
  store_put (self->store, person, "setlinfo", setl_id, flagged, 0, 0);

  own = amount_read (object, "acct_pay") - (self->options.acct_excludes_mulaid ? 0 : amount_read (object, "acct_mulaid_pay"));
  id = g_strdup_printf ("S%02u%07u", person->number, ++person->n_settlements);
  time = MAX (time, person->clock + 1);
  when = format_time (time);
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next)
    if (is_amount (l->data))
      set_amount (object, l->data, -amount_read (object, l->data));
  json_object_set_string_member (object, "setl_id", id);
  json_object_set_string_member (object, "init_setl_id", setl_id);
  json_object_set_string_member (object, "setl_time", when);
  set_amount (object, "balc", person->balance + own);
  red = write_json (node);
  store_put (self->store, person, "setlinfo", id, red, 0, 0);
  way->made++;
  if (own > 0)
    write_movement (way, time, "109", own, id);
  person->clock = MAX (person->clock, time);
  return TRUE;
}

/* ---- what says where the person stands */

static void
write_enrolment (Way *way)
{
  Person *person = way->person;
  g_autofree char *id = g_strdup_printf ("I%02u", person->number);
  GString *text = start_row (way);

  add_text (text, "rid", id);
  if (person->has_account)
    add_money (text, "balc", person->balance);
  add_text (text, "insutype", person->insurance);
  add_text (text, "psn_type", !person->has_account ? "1403" : g_str_equal (person->status, "retired") ? "1201" : "1101");
  add_text (text, "psn_insu_stas", "1");
  g_string_append (text, ",\"psn_insu_date\":\"2009-07-01\",\"paus_insu_date\":null");
  add_text (text, "cvlserv_flag", "0");
  add_text (text, "insuplc_admdvs", REGION);
  end_row (way, "insuinfo", id, 0, 0);
}

/* The year's totals; a code of the region's own, as everywhere. */
static void
write_totals (Way *way)
{
  static const char *const codes[] = { "C0000_BIZ11", "F0000_BIZ11" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%04d-%s", way->person->insurance, way->year, codes[i]);
      GString *text = start_row (way);

      add_text (text, "insutype", way->person->insurance);
      g_string_append_printf (text, ",\"year\":\"%04d\",\"cum_ym\":\"%04d12\"", way->year, way->year);
      add_text (text, "cum_type_code", codes[i]);
      add_money (text, "cum", i == 0 ? (ZifuMoney) way->n_visits * 100 : way->cost);
      end_row (way, "cum", id, 0, 0);
    }
}

static void
write_tie (Way *way, const Person *other, const char *relation)
{
  g_autofree char *id = g_strdup_printf ("F%02u%02u", MIN (way->person->number, other->number), MAX (way->person->number, other->number));
  g_autofree char *from = zifu_date_format (zifu_date_add_months (way->history->options.today, -24));
  GString *text = start_row (way);

  add_text (text, "rid", id);
  add_text (text, "psn_name", other->name);
  add_text (text, "agnter_rlts", relation);
  add_text (text, "begndate", from);
  g_string_append (text, ",\"enddate\":null");
  add_text (text, "insuplc_admdvs", REGION);
  end_row (way, "mulaid", id, 0, 0);
  way->made++;
}

/* ---- the way through the years */

static Way *
way_new (History *self, Person *person, guint target)
{
  Way *way = g_new0 (Way, 1);

  way->history = self;
  way->person = person;
  way->target = target;
  way->text = g_string_new (NULL);
  way->counters = g_array_new (FALSE, FALSE, sizeof (ZifuCounterValue));
  g_array_set_clear_func (way->counters, counter_clear);
  way->base = zifu_person_new ();
  zifu_facts_set_string (way->base->facts, "insurance", person->insurance);
  zifu_facts_set_string (way->base->facts, "status", person->status);
  zifu_facts_set_string (way->base->facts, "sex", person->sex);
  zifu_facts_set_string (way->base->facts, "birth", person->birth);
  if (person->resident_class != NULL)
    zifu_facts_set_string (way->base->facts, "resident_class", person->resident_class);
  zifu_date_split (self->options.today, &way->year, NULL, NULL);
  return way;
}

static void
way_free (Way *way)
{
  zifu_person_free (way->base);
  g_array_unref (way->counters);
  g_string_free (way->text, TRUE);
  g_free (way);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Way, way_free)

static guint
left (const Way *way)
{
  return way->target > way->made + way->reserved ? way->target - way->made - way->reserved : 0;
}

/* An employee's month is paid each month, a pupil's year once.  Now and then one is paid late, or was booked wrongly and is booked anew. */
static void
write_contributions (Way *way, ZifuMonth month, gint64 start)
{
  GRand *random = way->history->random;
  int year, of_year;

  zifu_month_split (month, &year, &of_year);
  if (!way->person->has_account && of_year == 1 && left (way) > 0)
    {
      write_month (way, "", month, 12, start - 40 * 86400, "1", "10", "Z");
      way->made++;
    }
  if (!way->person->has_account || g_str_equal (way->person->status, "retired") || left (way) == 0)
    return;
  if (left (way) > 3 && g_rand_int_range (random, 0, 30) == 0)
    {
      write_month (way, "a", month, 1, start + 9 * 86400, "1", "10", "+");
      write_month (way, "b", month, 1, start + 15 * 86400, "1", "10", "-");
      way->made += 2;
    }
  if (g_rand_int_range (random, 0, 20) == 0)
    write_month (way, "", month, 1, start, "0", "10", "Z");
  write_month (way, "", month, 1, start + 20 * 86400, "1", g_rand_int_range (random, 0, 25) == 0 ? "30" : "10", "Z");
  way->made++;
}

/* What the account gets beside its monthly credit, and what it paid for relatives. */
static void
write_shared (Way *way, gint64 until)
{
  GArray *shared = way->history->shared;

  while (way->person->number == 1 && shared->len > 0 && g_array_index (shared, Shared, 0).time < until && left (way) > 0)
    {
      const Shared *item = &g_array_index (shared, Shared, 0);

      if (item->amount <= way->person->balance)
        write_movement (way, item->time, "207", -item->amount, item->setl_id);
      g_array_remove_index (shared, 0);
    }
}

static gboolean
write_event (Way *way, gint64 time, GError **error)
{
  GRand *random = way->history->random;
  g_autofree char *last = NULL;

  if (left (way) >= 2 && way->person->n_settlements > 0 && g_rand_int_range (random, 0, 25) == 0)
    {
      /* What a relative's account paid stays paid here. */
      last = store_pick (way->history->store, way->person, "setlinfo", "\"acct_mulaid_pay\":\"0.00\"", FALSE);
      if (last != NULL && write_refund (way, last, time))
        return TRUE;
    }
  return write_visit (way, time, left (way) >= 2, error);
}

static gboolean
write_month_of_life (Way *way, ZifuMonth month, guint months_left, GError **error)
{
  int year, of_year;
  gint64 start, length;
  guint n, before;

  zifu_month_split (month, &year, &of_year);
  start = (gint64) zifu_date_new (year, of_year, 1) * 86400;
  length = (gint64) zifu_date_days_in_month (year, of_year) * 86400;
  if (months_left == 1)
    length = MAX (((gint64) way->history->options.today * 86400 + 86399) - start, 3600);
  write_contributions (way, month, start);
  if (way->credit > 0 && left (way) > 0)
    write_movement (way, MIN (start + 4 * 86400 + 3600, start + length / 8), "101", way->credit, NULL);
  if (of_year == 1 && way->credit > 0 && way->person->balance > 0 && left (way) > 0)
    write_movement (way, start + length / 7, "102", MAX (way->person->balance / 400, 1), NULL);
  write_shared (way, start + length);
  n = left (way) / months_left;
  before = way->made;
  for (guint i = 0; way->made - before < n || (months_left == 1 && left (way) > 0); i++)
    {
      gint64 time = start + length / 6 + (gint64) (way->made - before) * (length / 8 * 6) / MAX (n, 1) +
                    g_rand_int_range (way->history->random, 0, 60);

      if (!write_event (way, MIN (time, start + length - 1), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_person (History *self, Person *person, guint target, GError **error)
{
  g_autoptr (Way) way = way_new (self, person, target);
  guint n_months = target < 20 ? 1 : CLAMP (target / 8, 3, 300);
  ZifuMonth last = zifu_month_of (self->options.today);
  int year = 0;

  if (target == 0)
    return TRUE;
  way->credit = person->credit * MAX (1, (gint64) target / n_months / 3);
  way->reserved = 1 + (target >= 20 ? 2 * (n_months / 12 + 2) : 0);
  if (target >= 20 && person->number == 1)
    write_tie (way, g_ptr_array_index (self->people, 1), "parent");
  if (target >= 20 && person->number == 2)
    write_tie (way, g_ptr_array_index (self->people, 0), "child");
  for (guint i = n_months; i > 0; i--)
    {
      ZifuMonth month = last - (ZifuMonth) i + 1;
      int now, of_year;

      zifu_month_split (month, &now, &of_year);
      if (now != year && year != 0 && way->reserved > 2)
        {
          write_totals (way);
          way->made += 2;
          way->reserved -= 2;
        }
      if (now != year)
        begin_year (way, now);
      year = now;
      if (i == 1 && way->reserved > 1)
        way->reserved = 3;
      if (!write_month_of_life (way, month, i, error))
        return FALSE;
    }
  if (way->reserved > 1)
    write_totals (way);
  write_enrolment (way);
  return TRUE;
}

static int
compare_shared (gconstpointer a, gconstpointer b)
{
  const Shared *x = a, *y = b;

  return (x->time > y->time) - (x->time < y->time);
}

/* Those whom others help come first: their helpers' accounts move by it. */
gboolean
history_fill (History *self, GError **error)
{
  gboolean done = TRUE;

  store_begin (self->store);
  for (guint i = self->people->len; i > 0 && done; i--)
    {
      g_array_sort (self->shared, compare_shared);
      done = fill_person (self, g_ptr_array_index (self->people, i - 1),
                          i == 1 ? self->options.entries : MIN (self->options.entries, MOST_OF_OTHERS), error);
    }
  store_commit (self->store);
  return done;
}

History *
history_new (Store *store, GPtrArray *people, GPtrArray *places, const HistoryOptions *options, GError **error)
{
  History *self = g_new0 (History, 1);

  self->store = store;
  self->people = people;
  self->places = places;
  self->options = *options;
  self->random = g_rand_new_with_seed (options->seed);
  self->shared = g_array_new (FALSE, FALSE, sizeof (Shared));
  g_array_set_clear_func (self->shared, shared_clear);
  self->library = zifu_pack_library_new_default ();
  self->pack = zifu_pack_library_load (self->library, REGION, error);
  if (self->pack == NULL)
    {
      history_free (self);
      return NULL;
    }
  self->settler = zifu_settler_new (self->pack);
  return self;
}

const HistoryOptions *
history_get_options (History *self)
{
  return &self->options;
}

void
history_free (History *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->settler, zifu_settler_free);
  g_clear_pointer (&self->pack, zifu_pack_unref);
  zifu_pack_library_unref (self->library);
  g_array_unref (self->shared);
  g_rand_free (self->random);
  g_free (self);
}

/* ---- while it runs */

/* More of the same, some hours later each. */
gboolean
history_add (History *self, Person *person, guint n, GError **error)
{
  g_autoptr (Way) way = way_new (self, person, n);
  gboolean done = TRUE;

  person->clock = MAX (person->clock, (gint64) self->options.today * 86400);
  store_begin (self->store);
  while (done && left (way) > 0)
    {
      gint64 time = person->clock + g_rand_int_range (self->random, 600, 7200);

      if (person->credit > 0 && g_rand_int_range (self->random, 0, 8) == 0)
        write_movement (way, time, "101", person->credit, NULL);
      else
        done = write_event (way, time, error);
    }
  write_enrolment (way);
  store_commit (self->store);
  return done;
}

gboolean
history_reverse (History *self, Person *person, const char *setl_id)
{
  g_autoptr (Way) way = way_new (self, person, 2);
  g_autofree char *last = NULL;
  gboolean done;

  if (setl_id == NULL)
    setl_id = last = store_pick (self->store, person, "setlinfo", "\"refd_setl_flag\":\"0\"", FALSE);
  store_begin (self->store);
  done = setl_id != NULL && write_refund (way, setl_id, person->clock + 600);
  if (done)
    write_enrolment (way);
  store_commit (self->store);
  return done;
}

/* A row that never should have been: the newest credit, unless another is named.  The balance follows. */
gboolean
history_withdraw (History *self, Person *person, const char *type, const char *id)
{
  g_autoptr (Way) way = way_new (self, person, 0);
  g_autofree char *last = NULL, *data = NULL;
  g_autoptr (JsonNode) node = NULL;
  gboolean done;

  if (type == NULL)
    type = "clct_detl";
  if (id == NULL)
    id = last = store_pick (self->store, person, type, "", FALSE);
  data = id != NULL ? store_find (self->store, person, type, id, NULL) : NULL;
  node = data != NULL ? json_from_string (data, NULL) : NULL;
  if (node == NULL)
    return FALSE;
  store_begin (self->store);
  done = store_withdraw (self->store, person, type, id);
  if (g_str_equal (type, "acct_detl"))
    {
      person->balance -= amount_read (json_node_get_object (node), "inc_sumamt") - amount_read (json_node_get_object (node), "pay_sumamt");
      write_enrolment (way);
    }
  store_commit (self->store);
  return done;
}

/* ---- the lines of a bill */

typedef struct {
  const char *name, *level;
  ZifuMoney   total, out, over, prior, scope;
} Line;

static void
append_line (GString *text, guint number, const Line *line)
{
  g_autofree char *price = zifu_money_format (line->total < 0 ? -line->total : line->total, ZIFU_MONEY_PLAIN);

  g_string_append_printf (text, "%s{\"feedetl_sn\":\"%u\",\"hilist_name\":\"%s\",\"cnt\":\"%s\",\"pric\":\"%s0000\",\"chrgitm_lv\":\"%s\"",
                          number > 1 ? "," : "", number, line->name, line->total < 0 ? "-1.0000" : "1.0000", price, line->level);
  add_money (text, "det_item_fee_sumamt", line->total);
  add_money (text, "fulamt_ownpay_amt", line->out);
  add_money (text, "overlmt_amt", line->over);
  add_money (text, "preselfpay_amt", line->prior);
  add_money (text, "inscp_scp_amt", line->scope);
  g_string_append_printf (text, ",\"selfpay_prop\":\"%s\"}", line->out != 0 ? "1.0000" : line->prior != 0 ? "0.1000" : "0.0000");
}

/* Lines that add up to a settlement in every part; NULL when there is no such settlement. */
char *
history_make_fees (History *self, const Person *person, const char *setl_id)
{
  g_autofree char *data = store_find (self->store, person, "setlinfo", setl_id, NULL);
  g_autoptr (JsonNode) node = data != NULL ? json_from_string (data, NULL) : NULL;
  GString *text;
  JsonObject *s;
  ZifuMoney scope, half;
  guint n = 0;

  if (node == NULL)
    return NULL;
  s = json_node_get_object (node);
  scope = amount_read (s, "inscp_scp_amt");
  half = scope / 2;
  Line lines[] = {
    { "诊察与检查", "01", scope - half, 0, 0, 0, scope - half },
    { "药品（乙类）", "02", 0, 0, amount_read (s, "overlmt_selfpay"), amount_read (s, "preselfpay_amt"), half },
    { "自费项目", "03", 0, amount_read (s, "fulamt_ownpay_amt"), 0, 0, 0 },
  };
  text = g_string_new (NULL);
  g_string_append_printf (text, "{\"setl_id\":\"%s\",\"feelist\":[", setl_id);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      lines[i].total = lines[i].out + lines[i].over + lines[i].prior + lines[i].scope;
      if (lines[i].total != 0)
        append_line (text, ++n, &lines[i]);
    }
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}
