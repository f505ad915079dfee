/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-household.h"
#include "test-page.h"

#include "zifu-account-page.h"
#include "zifu-entitlement.h"

/* What the card of the fund says is read off two bills: where one of ten thousand yuan can be settled, the card has something to say. */

static const struct {
  const char *insurance, *status, *resident_class;
  gint64      age;
} people[] = {
  { "310", "active", NULL, 40 },
  { "310", "retired", NULL, 66 },
  { "390", "resident", "adult", 40 },
};

static const char *const days[] = { "2024-01-01", "2025-12-31", "2026-06-30", "2026-07-01", "2026-11-27", "2027-07-01" };

static ZifuPerson *
new_person (guint who)
{
  ZifuPerson *person = zifu_person_new ();

  zifu_facts_set_string (person->facts, "insurance", people[who].insurance);
  zifu_facts_set_string (person->facts, "status", people[who].status);
  zifu_facts_set_int (person->facts, "age", people[who].age);
  zifu_facts_set_string (person->facts, "plan", "1");
  zifu_facts_set_int (person->facts, "months_cover", 60);
  if (people[who].resident_class != NULL)
    zifu_facts_set_string (person->facts, "resident_class", people[who].resident_class);
  return person;
}

static gboolean
can_settle (ZifuPack *pack, const ZifuPerson *person, const char *care, ZifuDate on, ZifuMoney total)
{
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();
  g_autoptr (ZifuSettlement) settlement = NULL;

  visit->date = on;
  visit->use_account = visit->use_mutual_aid = FALSE;
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, 0, 0, 0);
  settlement = zifu_settle (pack, person, visit, NULL);
  return settlement != NULL;
}

/* Returns: whether the largest bill cannot be settled there, and the card says something all the same */
static gboolean
check (ZifuPack *pack, guint who, ZifuDate on, const char *care)
{
  g_autoptr (ZifuPerson) person = new_person (who);
  g_autoptr (GError) error = NULL;
  ZifuBenefitSketch sketch;
  gboolean possible = can_settle (pack, person, care, on, 1000000), made;

  made = zifu_benefit_sketch_make (pack, person, care, "3", on, &sketch, &error);
  if (possible && !made)
    g_error ("%s, %s, %s: %s", pack->id, people[who].status, care, error->message);
  g_assert_cmpint (made, ==, sketch.known);
  g_assert_true (made == (error == NULL));
  /* Then it says why that is not all. */
  if (made)
    g_assert_cmpint (sketch.above != NULL, ==, !can_settle (pack, person, care, on, 200000000));
  zifu_benefit_sketch_clear (&sketch);
  return made && !can_settle (pack, person, care, on, 200000000);
}

static void
test_regions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) packs = NULL;
  g_autoptr (GError) error = NULL;
  guint n_regions = 0, n_open = 0;

  open_ledger (fixture);
  packs = zifu_pack_library_list (fixture->library, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);
      g_autoptr (ZifuPack) pack = NULL;

      if (info->base)
        continue;
      pack = zifu_pack_library_load (fixture->library, info->id, &error);
      g_assert_no_error (error);
      n_regions++;
      for (guint who = 0; who < G_N_ELEMENTS (people); who++)
        for (guint day = 0; day < G_N_ELEMENTS (days); day++)
          {
            ZifuDate on = zifu_date_parse (days[day]);

            n_open += check (pack, who, on, "outpatient");
            n_open += check (pack, who, on, "inpatient");
          }
    }
  g_assert_cmpuint (n_regions, ==, 12);
  /* There are rules of which nobody knows what happens far above. */
  g_assert_cmpuint (n_open, >, 0);
}

/* In the window: what the fund pays now, and that the cap above was not found. */
static void
test_card (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  open_ledger (fixture);
  id = household_add (fixture->ledger, "Chen Yao", "self", "1986-05-20", "active", 120000);
  member = zifu_ledger_get_member (fixture->ledger, id, &error);
  g_assert_no_error (error);
  g_free (member->region);
  member->region = g_strdup ("440100");
  g_assert_true (zifu_ledger_update_member (fixture->ledger, member, &error));
  show_page (fixture, zifu_account_page_new, 360, 640);
  assert_shows (fixture->page, "above the deductible, up to the cap.\n");
  assert_shows (fixture->page, "Guangzhou's outpatient cap from 2026 on was not found");
  /* The last amounts that are known are a bound, and no cap that money could be left of. */
  g_assert_false (shows (fixture->page, "cap · used"));
  g_assert_false (shows (fixture->page, "The fund pays at most"));
}

static void
leave (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->session = zifu_session_new (fixture->ledger, fixture->library, TODAY);
  tear_down (fixture);
}

static void
tear_down_card (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);

  g_test_add ("/entitlement/R09-R41-regions", Fixture, NULL, NULL, test_regions, leave);
  g_test_add ("/entitlement/R09-R41-card", Fixture, NULL, NULL, test_card, tear_down_card);

  return g_test_run ();
}
