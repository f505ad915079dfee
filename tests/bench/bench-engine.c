/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long a settlement takes, and how often it allocates.  Prints; asserts nothing about time.
 *
 *     bench-engine [SECONDS]
 *
 * The floor of the same run: the same number of fen divided and added with plain C, as straight as the simplest case can be.
 */
#include <stdio.h>
#include <stdlib.h>

#include "zifu-engine.h"
#include "zifu-pack-library.h"

static guint64 n_allocations;

extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *block, size_t size);

/* What the C library itself gives out is counted here: not by reading, by counting. */
void *
malloc (size_t size)
{
  n_allocations++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  n_allocations++;
  return __libc_calloc (n, size);
}

void *
realloc (void *block, size_t size)
{
  n_allocations++;
  return __libc_realloc (block, size);
}

typedef struct {
  ZifuPack   *pack;
  ZifuPerson *person;
  ZifuVisit  *visit;
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
  g_autoptr (ZifuSettlement) settlement = zifu_settle (job->pack, job->person, job->visit, NULL);

  return settlement->person;
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

static double
measure (const char *name, gint64 (*run) (gpointer data), Job *job, double seconds, double floor_ns)
{
  gint64 begin, end, now;
  guint64 n = 0, before;
  volatile gint64 sum = 0;
  double ns;

  for (guint i = 0; i < 10; i++)
    sum += run (job);
  before = n_allocations;
  begin = g_get_monotonic_time ();
  end = begin + (gint64) (seconds * G_USEC_PER_SEC);
  do
    {
      for (guint i = 0; i < 16; i++)
        sum += run (job);
      n += 16;
      now = g_get_monotonic_time ();
    }
  while (now < end);
  ns = (now - begin) * 1000.0 / n;
  printf ("%-34s %12.1f ns %10.1f allocations", name, ns, (double) (n_allocations - before) / n);
  if (floor_ns > 0)
    printf (" %10.1f × the floor", ns / floor_ns);
  printf ("\n");
  return ns;
}

int
main (int argc, char *argv[])
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 1, floor_ns;
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  Job job = { NULL };

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

  job.visit = clinic_new ();
  floor_ns = measure ("floor: one deductible, one ratio", floor_job, &job, seconds, 0);
  measure ("(a) visit to a clinic", settle, &job, seconds, floor_ns);
  measure ("(c) curve of 1,000 bills", curve, &job, seconds, 0);
  zifu_visit_free (job.visit);
  job.visit = stay_new ();
  measure ("(b) stay, 30 lines, two layers", settle, &job, seconds, floor_ns);
  zifu_visit_free (job.visit);
  zifu_person_free (job.person);
  zifu_pack_unref (job.pack);
  return 0;
}
