/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-person.h"

static void
purse_clear (gpointer data)
{
  g_free (((ZifuPurse *) data)->name);
}

static void
mutual_clear (gpointer data)
{
  g_free (((ZifuMutualAccount *) data)->id);
}

static void
counter_clear (gpointer data)
{
  g_free (((ZifuCounterValue *) data)->name);
}

static GArray *
array_new (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  if (clear != NULL)
    g_array_set_clear_func (array, clear);
  return array;
}

/**
 * zifu_person_new:
 *
 * Returns: (transfer full): somebody of whom nothing is known yet
 */
ZifuPerson *
zifu_person_new (void)
{
  ZifuPerson *person = g_new0 (ZifuPerson, 1);

  person->facts = zifu_facts_new ();
  person->purses = array_new (sizeof (ZifuPurse), purse_clear);
  person->mutual = array_new (sizeof (ZifuMutualAccount), mutual_clear);
  person->counters = array_new (sizeof (ZifuCounterValue), counter_clear);
  person->payments = array_new (sizeof (ZifuPayment), NULL);
  person->coverage_share = ZIFU_RATIONAL_ONE;
  return person;
}

/**
 * zifu_person_copy:
 * @person: a person
 *
 * Returns: (transfer full): a copy
 */
ZifuPerson *
zifu_person_copy (const ZifuPerson *person)
{
  ZifuPerson *copy = zifu_person_new ();

  zifu_facts_free (copy->facts);
  copy->facts = zifu_facts_copy (person->facts);
  for (guint i = 0; i < person->purses->len; i++)
    {
      const ZifuPurse *purse = &g_array_index (person->purses, ZifuPurse, i);

      zifu_person_add_purse (copy, purse->name, purse->amount);
    }
  for (guint i = 0; i < person->mutual->len; i++)
    {
      const ZifuMutualAccount *account = &g_array_index (person->mutual, ZifuMutualAccount, i);

      zifu_person_add_mutual (copy, account->id, account->balance, account->has_quota ? &account->quota : NULL);
    }
  for (guint i = 0; i < person->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (person->counters, ZifuCounterValue, i);

      zifu_person_add_counter (copy, counter->name, counter->value, counter->since);
    }
  g_array_append_vals (copy->payments, person->payments->data, person->payments->len);
  copy->has_coverage_share = person->has_coverage_share;
  copy->coverage_share = person->coverage_share;
  return copy;
}

/**
 * zifu_person_free:
 * @person: (nullable) (transfer full): a person
 *
 * Frees a person.
 */
void
zifu_person_free (ZifuPerson *person)
{
  if (person == NULL)
    return;
  zifu_facts_free (person->facts);
  g_array_unref (person->purses);
  g_array_unref (person->mutual);
  g_array_unref (person->counters);
  g_array_unref (person->payments);
  g_free (person);
}

/**
 * zifu_person_add_purse:
 * @person: a person
 * @name: balance, current, earlier, or a purse that an account rule of the region names
 * @amount: what is in it, in fen
 *
 * Adds a purse of the personal account.
 */
void
zifu_person_add_purse (ZifuPerson *person, const char *name, ZifuMoney amount)
{
  ZifuPurse purse = { g_strdup (name), amount };

  g_array_append_val (person->purses, purse);
}

/**
 * zifu_person_add_mutual:
 * @person: a person
 * @id: whose account it is
 * @balance: what is in it, in fen
 * @quota: (nullable): at most this may be used of it, in fen
 *
 * Adds an account of a relative; the accounts are used in the order in which they were added.
 */
void
zifu_person_add_mutual (ZifuPerson *person, const char *id, ZifuMoney balance, const ZifuMoney *quota)
{
  ZifuMutualAccount account = { g_strdup (id), balance, quota != NULL, quota != NULL ? *quota : 0 };

  g_array_append_val (person->mutual, account);
}

/**
 * zifu_person_add_counter:
 * @person: a person
 * @name: name of the counter, with its axes filled in
 * @value: where it stands: yuan, or a plain count
 * @since: day on which its period began; 0 = in the period of the first visit
 *
 * States where a counter of the year stands.
 */
void
zifu_person_add_counter (ZifuPerson *person, const char *name, ZifuRational value, ZifuDate since)
{
  ZifuCounterValue counter = { g_strdup (name), value, since };

  g_array_append_val (person->counters, counter);
}

/**
 * zifu_person_add_payment:
 * @person: a person
 * @first: first contribution month
 * @n_months: number of months
 * @paid_on: month in which they were paid
 *
 * Adds contribution months.
 */
void
zifu_person_add_payment (ZifuPerson *person, ZifuMonth first, guint n_months, ZifuMonth paid_on)
{
  ZifuPayment payment = { first, n_months, paid_on };

  g_array_append_val (person->payments, payment);
}

/**
 * zifu_person_get_balance:
 * @person: a person
 *
 * Returns: all purses of the personal account together, in fen (platform: balc)
 */
ZifuMoney
zifu_person_get_balance (const ZifuPerson *person)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < person->purses->len; i++)
    zifu_money_add (sum, g_array_index (person->purses, ZifuPurse, i).amount, &sum);
  return sum;
}
