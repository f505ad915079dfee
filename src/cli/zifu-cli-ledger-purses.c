/* SPDX-License-Identifier: GPL-3.0-or-later */

/* balance: of which year the money of an account is, where the rules care; and what somebody states of it. */

#include <stdio.h>

#include "zifu-cli-ledger.h"
#include "zifu-json.h"
#include "zifu-result-json.h"

/* How an account is divided. */
struct _ZifuCliDivision {
  ZifuMoney parts[ZIFU_N_DIVISION_PARTS];
  ZifuSplit split; /* its date is 0 when nothing was stated this year */
};

/**
 * zifu_cli_division_read:
 * @ledger: a ledger
 * @library: the packs
 * @member: whose account
 * @on: the day
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): how the account is divided; %NULL where no rule cares, where there are no rules, or with an error
 */
ZifuCliDivision *
zifu_cli_division_read (ZifuLedger *ledger, ZifuPackLibrary *library, const ZifuMember *member, ZifuDate on, GError **error)
{
  g_autoptr (ZifuPack) pack = member->has_account ? zifu_pack_library_load (library, member->region, NULL) : NULL;
  g_autoptr (ZifuCliDivision) self = NULL;
  g_autoptr (ZifuPerson) person = NULL;

  if (pack == NULL)
    return NULL;
  person = zifu_ledger_load_person_on (ledger, member->id, pack, on, error);
  if (person == NULL || !zifu_division_is_wanted (pack, person, on))
    return NULL;
  self = g_new0 (ZifuCliDivision, 1);
  for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
    self->parts[part] = zifu_division_in_purse (person, part);
  if (!zifu_ledger_find_split (ledger, member->id, zifu_division_first_day (pack, on), on, &self->split, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * zifu_cli_division_free:
 * @self: (nullable) (transfer full): a division
 *
 * Frees it.
 */
void
zifu_cli_division_free (ZifuCliDivision *self)
{
  g_free (self);
}

/**
 * zifu_cli_division_print:
 * @self: a division
 *
 * Tells people.
 */
void
zifu_cli_division_print (const ZifuCliDivision *self)
{
  g_autofree char *current = zifu_words_money (self->parts[ZIFU_DIVISION_CURRENT], ZIFU_MONEY_STYLE_LIST);
  g_autofree char *earlier = zifu_words_money (self->parts[ZIFU_DIVISION_EARLIER], ZIFU_MONEY_STYLE_LIST);
  g_autofree char *unknown = zifu_words_money (self->parts[ZIFU_DIVISION_UNDIVIDED], ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} to {3} are amounts */
  g_autofree char *text =
    zifu_words_fill (self->parts[ZIFU_DIVISION_UNDIVIDED] != 0 ? _ ("this year's money {1}, earlier years' money {2}, year not known {3}")
                                                               : _ ("this year's money {1}, earlier years' money {2}"),
                     current, earlier, unknown, NULL);

  printf ("   %s\n", text);
  if (self->split.date != 0)
    {
      g_autofree char *day = zifu_words_date (self->split.date, ZIFU_DATE_STYLE_ISO);
      g_autofree char *amount = zifu_words_money (self->split.current, ZIFU_MONEY_STYLE_LIST);
      /* Translators: {1} is a day, {2} an amount */
      g_autofree char *stated = zifu_words_fill (_ ("stated of {1}: this year's money {2}"), day, amount, NULL);

      printf ("   %s\n", stated);
    }
}

/**
 * zifu_cli_division_add:
 * @self: a division
 * @object: what programs are told of the account
 *
 * Tells programs: the member purses, and what was stated.
 */
void
zifu_cli_division_add (const ZifuCliDivision *self, JsonObject *object)
{
  JsonObject *purses = json_object_new ();

  for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
    zifu_json_set_money (purses, zifu_division_purse (part), self->parts[part]);
  json_object_set_object_member (object, "purses", purses);
  if (self->split.date != 0)
    {
      g_autofree char *day = zifu_date_format (self->split.date);

      json_object_set_string_member (object, "balc_date", day);
      zifu_json_set_money (object, "crtyear_balc", self->split.current);
    }
}

static gboolean
refuse (GError **error, const char *message)
{
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, message, NULL, NULL);
  return FALSE;
}

/**
 * zifu_cli_state_current:
 * @ledger: a ledger
 * @library: the packs
 * @member_id: whose account; 0 = not said
 * @amount: how much is this year's, in yuan, or "none" to take a statement back
 * @on: (nullable): of which day; %NULL = today
 * @error: return location for an error that names the option
 *
 * States how an account is divided.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_cli_state_current (ZifuLedger *ledger, ZifuPackLibrary *library, gint64 member_id, const char *amount, const char *on, GError **error)
{
  ZifuDate today = zifu_cli_find_today ();
  ZifuSplit split = { member_id, on != NULL ? zifu_date_parse (on) : today, 0, ZIFU_PROVENANCE_TYPED };
  g_autoptr (ZifuCliDivision) division = NULL;
  g_autoptr (ZifuMember) member = NULL;

  if (member_id == 0)
    return refuse (error, _ ("--this-year belongs to one person: name it with --person"));
  if (split.date <= 0)
    return refuse (error, _ ("--on takes a day, such as 2026-11-24"));
  if (g_str_equal (amount, "none"))
    return zifu_ledger_drop_split (ledger, member_id, split.date, error);
  if (!zifu_money_parse (amount, &split.current, NULL))
    return refuse (error, _ ("--this-year takes an amount in yuan, such as 300.00, or none"));
  member = zifu_ledger_get_member (ledger, member_id, error);
  if (member == NULL)
    return FALSE;
  division = zifu_cli_division_read (ledger, library, member, MIN (split.date, today), error);
  if (division == NULL && (error == NULL || *error == NULL))
    return refuse (error, _ ("--this-year: the rules for this person do not tell this year's money from that of earlier years"));
  return division != NULL && zifu_ledger_put_split (ledger, &split, today, error);
}
