/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sample-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-case-file.h"

/*
 * Reads the description of the sample household and lays it out in time: what happened, on which day, in which order.  Nothing is
 * computed here and nothing is stored.
 */

/* Sets an error that says what is wrong with the description; always returns FALSE. */
gboolean
_zifu_sample_fail (GError **error, const char *what)
{
  g_set_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
               /* Translators: %s is the name of what is wrong in the file with the sample, such as "birth" */
               _("The sample household cannot be built: “%s” is missing or wrong."), what);
  return FALSE;
}

static JsonNode *
get_node (JsonObject *json, const char *name, JsonNodeType type)
{
  JsonNode *node = json_object_get_member (json, name);

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

/* A member that is a string, or NULL. */
const char *
_zifu_sample_string (JsonObject *json, const char *name)
{
  JsonNode *node = get_node (json, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* A member that is a whole number, or @otherwise. */
gint64
_zifu_sample_int (JsonObject *json, const char *name, gint64 otherwise)
{
  JsonNode *node = get_node (json, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : otherwise;
}

/* A member that is an object, or NULL. */
JsonObject *
_zifu_sample_object (JsonObject *json, const char *name)
{
  JsonNode *node = get_node (json, name, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/* A text that stands there in both languages, in the wanted one; NULL when it is not there. */
const char *
_zifu_sample_text (ZifuSamplePlan *plan, JsonObject *json, const char *name)
{
  JsonObject *texts = _zifu_sample_object (json, name);

  return texts != NULL ? _zifu_sample_string (texts, plan->chinese ? "zh" : "en") : NULL;
}

/* An amount, written as a string; 0 when it is not there. */
gboolean
_zifu_sample_money (JsonObject *json, const char *name, ZifuMoney *amount, GError **error)
{
  const char *text = _zifu_sample_string (json, name);

  *amount = 0;
  if (!json_object_has_member (json, name) || (text != NULL && zifu_money_parse (text, amount, NULL)))
    return TRUE;
  return _zifu_sample_fail (error, name);
}

/*
 * _zifu_sample_plan_find_person:
 *
 * Returns: who is called @key in the description, or NULL
 */
ZifuSamplePerson *
_zifu_sample_plan_find_person (ZifuSamplePlan *plan, const char *key)
{
  for (guint i = 0; i < plan->people->len; i++)
    {
      ZifuSamplePerson *person = g_ptr_array_index (plan->people, i);

      if (g_strcmp0 (person->key, key) == 0)
        return person;
    }
  return NULL;
}

static void
add_step (ZifuSamplePlan *plan, ZifuSampleStep step)
{
  step.order = plan->steps->len;
  g_array_append_val (plan->steps, step);
}

static int
year_of (ZifuDate date)
{
  int year;

  zifu_date_split (date, &year, NULL, NULL);
  return year;
}

/* Where something stands in time: a share of that part of its year which lies between the beginning of the records and today. */
static gboolean
place (ZifuSamplePlan *plan, JsonObject *json, ZifuDate *date, GError **error)
{
  gint64 offset = _zifu_sample_int (json, "year", 1), at = _zifu_sample_int (json, "at", -1);
  int year = year_of (plan->today) + (int) offset;
  ZifuDate first, last;

  if (offset > 0 || year < year_of (plan->start))
    return _zifu_sample_fail (error, "year");
  if (at < 0 || at > 1000)
    return _zifu_sample_fail (error, "at");

  first = MAX (zifu_date_new (year, 1, 1), plan->start);
  last = MIN (zifu_date_new (year, 12, 31), plan->today);
  *date = first + (ZifuDate) ((last - first) * at / 1000);
  return TRUE;
}

static ZifuDate
first_of_month (ZifuMonth month)
{
  int year, month_of_year;

  zifu_month_split (month, &year, &month_of_year);
  return zifu_date_new (year, month_of_year, 1);
}

/* A month is paid on its first day, and what of it goes to the account arrives in the month after. */
static gboolean
plan_months (ZifuSamplePlan *plan, ZifuSamplePerson *person, GError **error)
{
  JsonObject *credit = _zifu_sample_object (person->json, "credit");
  gint64 day = credit != NULL ? _zifu_sample_int (credit, "day", 0) : 0;
  ZifuMonth last = zifu_month_of (plan->today);

  if (credit != NULL && (day < 1 || day > 28))
    return _zifu_sample_fail (error, "day");

  for (ZifuMonth month = zifu_month_of (plan->start); month <= last; month++)
    {
      ZifuDate first = first_of_month (month), credited = first + (ZifuDate) day - 1;

      add_step (plan, (ZifuSampleStep){ first, ZIFU_SAMPLE_CONTRIBUTION, 0, person, credit, month, 1 });
      if (credit != NULL && credited <= plan->today)
        add_step (plan, (ZifuSampleStep){ credited, ZIFU_SAMPLE_CREDIT, 0, person, credit, month - 1, 0 });
    }
  return TRUE;
}

static gboolean
plan_contributions (ZifuSamplePlan *plan, ZifuSamplePerson *person, GError **error)
{
  const char *rhythm = _zifu_sample_string (person->json, "contributions");
  ZifuMonth first_january = zifu_month_new (year_of (plan->start), 1);

  if (g_strcmp0 (rhythm, "monthly") == 0)
    return plan_months (plan, person, error);
  if (g_strcmp0 (rhythm, "yearly") != 0)
    return _zifu_sample_fail (error, "contributions");

  /* The premiums among the entries pay for the years after them; the first year was paid before the records begin. */
  add_step (plan, (ZifuSampleStep){ plan->start, ZIFU_SAMPLE_CONTRIBUTION, 0, person, NULL, first_january, 12 });
  return TRUE;
}

static gboolean
plan_people (ZifuSamplePlan *plan, GError **error)
{
  JsonNode *node = get_node (plan->json, "members", JSON_NODE_ARRAY);
  JsonArray *members = node != NULL ? json_node_get_array (node) : NULL;

  if (members == NULL || json_array_get_length (members) == 0)
    return _zifu_sample_fail (error, "members");

  for (guint i = 0; i < json_array_get_length (members); i++)
    {
      ZifuSamplePerson *person;

      if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (members, i)))
        return _zifu_sample_fail (error, "members");

      person = g_new0 (ZifuSamplePerson, 1);
      g_ptr_array_add (plan->people, person);
      person->json = json_array_get_object_element (members, i);
      person->key = _zifu_sample_string (person->json, "key");
      if (person->key == NULL)
        return _zifu_sample_fail (error, "key");
      if (!plan_contributions (plan, person, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
plan_list (ZifuSamplePlan *plan, const char *name, ZifuSampleStepKind kind, const char *whose, GError **error)
{
  JsonNode *node = get_node (plan->json, name, JSON_NODE_ARRAY);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;

  if (list == NULL)
    return _zifu_sample_fail (error, name);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      ZifuSampleStep step = { .kind = kind };

      if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
        return _zifu_sample_fail (error, name);

      step.json = json_array_get_object_element (list, i);
      step.person = _zifu_sample_plan_find_person (plan, _zifu_sample_string (step.json, whose));
      if (step.person == NULL)
        return _zifu_sample_fail (error, whose);
      if (!place (plan, step.json, &step.date, error))
        return FALSE;
      add_step (plan, step);
    }
  return TRUE;
}

static gint
compare_steps (gconstpointer a, gconstpointer b)
{
  const ZifuSampleStep *first = a, *second = b;

  if (first->date != second->date)
    return first->date < second->date ? -1 : 1;
  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;
  return first->order < second->order ? -1 : first->order > second->order;
}

/*
 * _zifu_sample_plan_new:
 *
 * Lays the household described by @text out in time, ending on @today.
 */
ZifuSamplePlan *
_zifu_sample_plan_new (const char *text, gssize length, gboolean chinese, ZifuDate today, GError **error)
{
  g_autoptr (ZifuSamplePlan) plan = g_new0 (ZifuSamplePlan, 1);
  gint64 years;

  plan->chinese = chinese;
  plan->today = today;
  plan->people = g_ptr_array_new_with_free_func (g_free);
  plan->steps = g_array_new (FALSE, TRUE, sizeof (ZifuSampleStep));
  plan->root = zifu_json_read_text (text, length, "household.json", error);
  if (plan->root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (plan->root))
    {
      _zifu_sample_fail (error, "household.json");
      return NULL;
    }

  plan->json = json_node_get_object (plan->root);
  years = _zifu_sample_int (plan->json, "years", 0);
  if (years < 1 || years > 10 || year_of (today) - years < 1)
    {
      _zifu_sample_fail (error, "years");
      return NULL;
    }
  plan->start = first_of_month (zifu_month_of (today) - 12 * (ZifuMonth) years);

  if (!plan_people (plan, error) || !plan_list (plan, "ties", ZIFU_SAMPLE_TIE, "owner", error) ||
      !plan_list (plan, "entries", ZIFU_SAMPLE_ENTRY, "member", error))
    return NULL;

  g_array_sort (plan->steps, compare_steps);
  return g_steal_pointer (&plan);
}

/*
 * _zifu_sample_plan_free:
 *
 * Frees the plan; the ids that were found while it was carried out go with it.
 */
void
_zifu_sample_plan_free (ZifuSamplePlan *plan)
{
  if (plan == NULL)
    return;

  g_clear_pointer (&plan->steps, g_array_unref);
  g_clear_pointer (&plan->people, g_ptr_array_unref);
  g_clear_pointer (&plan->root, json_node_unref);
  g_free (plan);
}
