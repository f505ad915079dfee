/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long a settlement takes, and how often it allocates.  Prints; asserts nothing about time.
 *
 *     bench-engine [SECONDS [LETTER]]
 *
 * Times are those that the processor gave to this program: what else runs on the machine slows it, but does not count itself.
 *
 * The floor of the same run: the same number of fen divided and added with plain C, as straight as the simplest case can be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "count-allocations.h"
#include "zifu-engine.h"
#include "zifu-pack-library.h"

typedef struct {
  ZifuPack    *pack;
  ZifuPerson  *person;
  ZifuVisit   *visit;
  ZifuSettler *settler;
} Job;

static ZifuVisit *
visit_new (const char *care)
{
  ZifuVisit *visit = zifu_visit_new ();

  visit->date = zifu_date_parse ("2025-03-01");
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  return visit;
}

static ZifuVisit *
clinic_new (void)
{
  ZifuVisit *visit = visit_new ("outpatient");

  zifu_visit_set_total (visit, 320000);
  return visit;
}

/* Thirty lines of a stay of 230,000: it passes all bands of the pool and ends in the large-amount fund. */
static ZifuVisit *
stay_new (void)
{
  static const char *const items[] = { "drug", "exam", "service", "material", "bed" };
  static const char *const categories[] = { "A", "A", "C" };
  ZifuVisit *visit = visit_new ("inpatient");

  for (guint i = 0; i < 30; i++)
    {
      ZifuBillLine *line = zifu_visit_add_line (visit, 700000 + 1000 * (ZifuMoney) i);

      zifu_facts_set_string (line->facts, "item", items[i % G_N_ELEMENTS (items)]);
      zifu_facts_set_string (line->facts, "category", categories[i % G_N_ELEMENTS (categories)]);
    }
  return visit;
}

static gint64
settle (gpointer data)
{
  Job *job = data;

  return zifu_settler_settle (job->settler, job->person, job->visit, NULL)->person;
}

static gint64
curve (gpointer data)
{
  Job *job = data;
  static ZifuMoney pays[1000];

  if (!zifu_curve (job->pack, job->person, job->visit, 0, 5000000, G_N_ELEMENTS (pays), pays, NULL))
    abort ();
  return pays[G_N_ELEMENTS (pays) - 1];
}

/* A deductible and one ratio, as somebody would write who knows that there is nothing else. */
static gint64
floor_job (gpointer data)
{
  Job *job = data;
  ZifuMoney total = job->visit->total, deductible = MIN (total, 180000);

  return total - ((total - deductible) * 70 + 50) / 100;
}

/* Time that this thread had a processor: others who use the machine do not count. */
static guint64
cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (guint64) now.tv_sec * 1000000000 + (guint64) now.tv_nsec;
}

static const char *only; /* nullable: the letter of what is measured */

/* How many runs take 100 µs or more: to look at the clock takes a while itself. */
static guint64
find_batch (gint64 (*run) (gpointer data), Job *job)
{
  volatile gint64 sum = 0;
  guint64 batch = 1, begin;

  /* The first ones work out what the later ones remember, and take many times as long. */
  for (guint i = 0; i < 10; i++)
    sum += run (job);
  do
    {
      batch *= 2;
      begin = cpu_time ();
      for (guint64 i = 0; i < batch; i++)
        sum += run (job);
    }
  while (cpu_time () - begin < 100000);
  return batch;
}

static double
measure (const char *name, gint64 (*run) (gpointer data), Job *job, double seconds, double floor_ns)
{
  guint64 n = 0, before, begin, now, end, batch;
  volatile gint64 sum = 0;
  double ns;

  if (only != NULL && name[0] == '(' && name[1] != only[0])
    return 0;
  batch = find_batch (run, job);
  before = n_allocations;
  begin = cpu_time ();
  end = begin + (guint64) (seconds * 1e9);
  do
    {
      for (guint64 i = 0; i < batch; i++)
        sum += run (job);
      n += batch;
      now = cpu_time ();
    }
  while (now < end);
  ns = (double) (now - begin) / n;
  printf ("%-38s %12.1f ns %10.1f allocations", name, ns, (double) (n_allocations - before) / n);
  if (floor_ns > 0)
    printf (" %10.1f × the floor", ns / floor_ns);
  printf ("\n");
  return ns;
}

static void
measure_both (const char *name, Job *job, double seconds, double floor_ns)
{
  g_autofree char *traced = g_strconcat (name, ", traced", NULL);
  double plain_ns, traced_ns;

  zifu_settler_set_trace (job->settler, FALSE);
  plain_ns = measure (name, settle, job, seconds, floor_ns);
  zifu_settler_set_trace (job->settler, TRUE);
  traced_ns = measure (traced, settle, job, seconds, floor_ns);
  if (plain_ns > 0)
    printf ("%-38s %12.2f × without\n", "", traced_ns / plain_ns);
}

int
main (int argc, char *argv[])
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 1, floor_ns;
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  Job job = { NULL };

  only = argc > 2 ? argv[2] : NULL;
  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  job.pack = zifu_pack_library_load (library, "110000", &error);
  if (job.pack == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  job.person = zifu_person_new ();
  zifu_facts_set_string (job.person->facts, "insurance", "310");
  zifu_facts_set_string (job.person->facts, "status", "active");
  zifu_facts_set_int (job.person->facts, "age", 40);
  zifu_person_add_purse (job.person, "balance", 100000);

  job.settler = zifu_settler_new (job.pack);
  job.visit = clinic_new ();
  floor_ns = measure ("floor: one deductible, one ratio", floor_job, &job, seconds, 0);
  measure_both ("(a) visit to a clinic", &job, seconds, floor_ns);
  measure ("(c) curve of 1,000 bills", curve, &job, seconds, 0);
  zifu_visit_free (job.visit);
  job.visit = stay_new ();
  measure_both ("(b) stay, 30 lines, two layers", &job, seconds, floor_ns);
  zifu_visit_free (job.visit);
  zifu_settler_free (job.settler);
  zifu_person_free (job.person);
  zifu_pack_unref (job.pack);
  return 0;
}
