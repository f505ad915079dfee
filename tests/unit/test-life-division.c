/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "life-support.h"

#include "zifu-division.h"

/* Properties of the division of an account, on histories that are drawn; the rules themselves are in test-ledger-purses.c. */

#define N_MOVES 14

typedef struct {
  ZifuPack        *pack;
  ZifuPerson      *person;
  ZifuDate         first_day;
  ZifuMoney        start;
  ZifuDivisionMove moves[N_MOVES];
} History;

static const ZifuMovementKind kinds[] = { ZIFU_MOVEMENT_CREDIT, ZIFU_MOVEMENT_CREDIT,  ZIFU_MOVEMENT_VISIT,    ZIFU_MOVEMENT_VISIT,
                                          ZIFU_MOVEMENT_FAMILY, ZIFU_MOVEMENT_PREMIUM, ZIFU_MOVEMENT_TRANSFER, ZIFU_MOVEMENT_REFUND,
                                          ZIFU_MOVEMENT_INTEREST, ZIFU_MOVEMENT_OTHER };

static ZifuMoney
draw_amount (LifeRandom *random, ZifuMovementKind kind)
{
  ZifuMoney amount = life_draw (random, 4) == 0 ? life_draw (random, 3) : (ZifuMoney) life_draw (random, 30000);

  if (kind == ZIFU_MOVEMENT_CREDIT || kind == ZIFU_MOVEMENT_INTEREST)
    return amount;
  if (kind == ZIFU_MOVEMENT_TRANSFER || kind == ZIFU_MOVEMENT_OTHER || kind == ZIFU_MOVEMENT_REFUND)
    return life_draw (random, 2) == 0 ? amount : -amount;
  return -amount;
}

/* A row that takes back one before it, whole or in part, or one of last year. */
static void
draw_original (LifeRandom *random, History *history, guint i)
{
  ZifuDivisionMove *move = &history->moves[i];
  guint of = life_draw (random, i + 1);

  if (life_draw (random, 3) != 0)
    return;
  move->original_id = 1000;
  move->original_date = history->first_day - 5;
  if (of == i || history->moves[of].original_id != 0)
    return;
  move->original_id = history->moves[of].id;
  move->original_date = history->moves[of].date;
  move->amount = life_draw (random, 2) == 0 ? -history->moves[of].amount : -history->moves[of].amount / 3;
}

/* @known: nothing is in it of which the year cannot be known. */
static void
draw_history (LifeRandom *random, History *history, gboolean known)
{
  ZifuDate date = history->first_day + (ZifuDate) life_draw (random, 3);
  ZifuMoney balance = history->start = life_draw (random, 5) == 0 ? -(ZifuMoney) life_draw (random, 5000) : life_draw (random, 60000);

  memset (history->moves, 0, sizeof history->moves);
  for (guint i = 0; i < N_MOVES; i++)
    {
      ZifuDivisionMove *move = &history->moves[i];

      date += (ZifuDate) life_draw (random, 24);
      move->id = i + 1;
      move->date = date;
      move->kind = kinds[life_draw (random, known ? 6 : G_N_ELEMENTS (kinds))];
      move->amount = draw_amount (random, move->kind);
      move->care = life_draw (random, 3) == 0 ? "inpatient" : "outpatient";
      move->in_scope = life_draw (random, 2) == 0 ? -1 : (ZifuMoney) life_draw (random, 30000);
      if (!known && i > 0 && move->kind == ZIFU_MOVEMENT_REFUND)
        draw_original (random, history, i);
      move->has_paid = move->kind == ZIFU_MOVEMENT_VISIT && life_draw (random, 4) == 0;
      for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
        move->paid[part] = life_draw (random, 9000);
      balance += move->amount;
      /* A balance that does not go on from the one before. */
      if (!known && life_draw (random, 12) == 0)
        balance += (ZifuMoney) life_draw (random, 900) - 450;
      move->balance = balance;
    }
}

static void
assert_parts (const ZifuDivision *division, ZifuMoney balance)
{
  ZifuMoney sum = 0;

  for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
    {
      g_assert_cmpint (zifu_division_get (division, part), >=, 0);
      sum += zifu_division_get (division, part);
    }
  g_assert_cmpint (sum, ==, MAX (balance, 0));
}

static void
history_init (History *history)
{
  history->pack = life_pack ("'310000'");
  history->person = zifu_person_new ();
  zifu_facts_set_string (history->person->facts, "insurance", "310");
  zifu_facts_set_string (history->person->facts, "status", "active");
  zifu_person_add_purse (history->person, "balance", 0);
  history->first_day = zifu_division_first_day (history->pack, life_day ("2025-02-28"));
  g_assert_cmpint (history->first_day, ==, life_day ("2024-07-01"));
  g_assert_true (zifu_division_is_wanted (history->pack, history->person, history->first_day));
}

static void
history_clear (History *history)
{
  zifu_person_free (history->person);
  zifu_pack_unref (history->pack);
}

/* After every row the parts are the balance, and none is negative. */
static void
test_sums (void)
{
  LifeRandom random = life_random (20260701);
  History history = { 0 };

  history_init (&history);
  for (guint round = 0; round < life_rounds (10000); round++)
    {
      g_autoptr (ZifuDivision) division = NULL;
      ZifuMoney balance;

      draw_history (&random, &history, FALSE);
      division = zifu_division_new (history.pack, history.person, history.first_day, history.start);
      for (guint i = 0; i < N_MOVES; i++)
        {
          zifu_division_move (division, &history.moves[i]);
          assert_parts (division, history.moves[i].balance);
        }
      balance = (ZifuMoney) life_draw (&random, 90000) - 20000;
      zifu_division_state (division, (ZifuMoney) life_draw (&random, 90000));
      assert_parts (division, history.moves[N_MOVES - 1].balance);
      zifu_division_close (division, balance);
      assert_parts (division, balance);
    }
  history_clear (&history);
}

/* Who states on any day what was worked out for it changes nothing afterwards. */
static void
test_split (void)
{
  LifeRandom random = life_random (20260702);
  History history = { 0 };
  guint n_divided = 0;

  history_init (&history);
  for (guint round = 0; round < life_rounds (10000); round++)
    {
      g_autoptr (ZifuDivision) whole = NULL, split = NULL;
      guint at = life_draw (&random, N_MOVES);

      draw_history (&random, &history, TRUE);
      whole = zifu_division_new (history.pack, history.person, history.first_day, history.start);
      split = zifu_division_new (history.pack, history.person, history.first_day, history.start);
      for (guint i = 0; i < N_MOVES; i++)
        {
          zifu_division_move (whole, &history.moves[i]);
          zifu_division_move (split, &history.moves[i]);
          g_assert_cmpint (zifu_division_get (whole, ZIFU_DIVISION_UNDIVIDED), ==, 0);
          if (i == at)
            zifu_division_state (split, zifu_division_get (split, ZIFU_DIVISION_CURRENT));
          for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
            g_assert_cmpint (zifu_division_get (split, part), ==, zifu_division_get (whole, part));
        }
      n_divided += zifu_division_get (whole, ZIFU_DIVISION_CURRENT) > 0 && zifu_division_get (whole, ZIFU_DIVISION_EARLIER) > 0;
    }
  /* The draw is of use: both parts hold something often enough. */
  g_assert_cmpuint (n_divided, >, 500);
  history_clear (&history);
}

static void
assert_turned (const char *from, const char *to, ZifuMoney current, ZifuMoney earlier, ZifuMoney undivided)
{
  g_autoptr (ZifuPack) pack = life_pack ("'310000'");
  g_autoptr (ZifuPerson) person = zifu_person_new ();

  zifu_facts_set_string (person->facts, "insurance", "310");
  zifu_facts_set_string (person->facts, "status", "active");
  zifu_person_add_purse (person, "current", 3000);
  zifu_person_add_purse (person, "earlier", 5000);
  zifu_person_add_purse (person, "balance", 700);
  zifu_division_turn (pack, person, life_day (from), life_day (to));
  g_assert_cmpint (zifu_division_in_purse (person, ZIFU_DIVISION_CURRENT), ==, current);
  g_assert_cmpint (zifu_division_in_purse (person, ZIFU_DIVISION_EARLIER), ==, earlier);
  g_assert_cmpint (zifu_division_in_purse (person, ZIFU_DIVISION_UNDIVIDED), ==, undivided);
}

/* A visit of another benefit year. */
static void
test_turn (void)
{
  assert_turned ("2025-06-30", "2025-06-30", 3000, 5000, 700);
  assert_turned ("2024-07-01", "2025-06-30", 3000, 5000, 700);
  assert_turned ("2025-06-30", "2025-07-01", 0, 8700, 0);
  assert_turned ("2025-07-01", "2025-06-30", 0, 0, 8700);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/life/division/sums", test_sums);
  g_test_add_func ("/life/division/split", test_split);
  g_test_add_func ("/life/division/turn", test_turn);
  return g_test_run ();
}
