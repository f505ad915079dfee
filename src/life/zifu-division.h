/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-figure.h"
#include "zifu-record.h"

G_BEGIN_DECLS

/**
 * ZifuDivisionPart:
 * @ZIFU_DIVISION_CURRENT: money of this benefit year (purse current, 当年账户)
 * @ZIFU_DIVISION_EARLIER: money of earlier years (purse earlier, 历年账户)
 * @ZIFU_DIVISION_UNDIVIDED: nobody knows of which (purse balance)
 *
 * The parts of a personal account where rules care about the year of its money.
 */
typedef enum { ZIFU_DIVISION_CURRENT, ZIFU_DIVISION_EARLIER, ZIFU_DIVISION_UNDIVIDED } ZifuDivisionPart;
#define ZIFU_N_DIVISION_PARTS (ZIFU_DIVISION_UNDIVIDED + 1)

/**
 * ZifuDivisionMove:
 *
 * One row of the history, as the division looks at it.
 */
typedef struct {
  gint64           id;
  ZifuDate         date;
  ZifuMovementKind kind;
  ZifuMoney        amount;        /* fen: income above 0, outlay below */
  ZifuMoney        balance;       /* fen: what was recorded as the balance after it */
  gint64           original_id;   /* row that this one takes back; 0 = none */
  ZifuDate         original_date; /* its day; 0 = none */
  const char      *care;          /* nullable, of a visit: its kind of care */
  ZifuMoney        in_scope;      /* fen of the bill that were in scope; −1 = not known */
  gboolean         has_paid;      /* the settlement itself says what each part paid */
  ZifuMoney        paid[ZIFU_N_DIVISION_PARTS]; /* fen */
} ZifuDivisionMove;

/**
 * ZifuDivision:
 *
 * An account on its way through a benefit year.  Always: no part is negative, and the parts are the balance together, or nothing when
 * that is negative.
 */
typedef struct _ZifuDivision ZifuDivision;

gboolean      zifu_division_is_wanted (ZifuPack *pack, const ZifuPerson *person, ZifuDate on);
ZifuDate      zifu_division_first_day (const ZifuPack *pack, ZifuDate on);

ZifuDivision *zifu_division_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate first_day, ZifuMoney balance);
void          zifu_division_free (ZifuDivision *self);
void          zifu_division_move (ZifuDivision *self, const ZifuDivisionMove *move);
void          zifu_division_state (ZifuDivision *self, ZifuMoney current);
void          zifu_division_close (ZifuDivision *self, ZifuMoney balance);
ZifuMoney     zifu_division_get (const ZifuDivision *self, ZifuDivisionPart part);
void          zifu_division_put (const ZifuDivision *self, ZifuPerson *person);
void          zifu_division_copy (ZifuPerson *person, const ZifuPerson *from);
void          zifu_division_turn (ZifuPack *pack, ZifuPerson *person, ZifuDate from, ZifuDate to);
const char   *zifu_division_purse (ZifuDivisionPart part);
ZifuMoney     zifu_division_in_purse (const ZifuPerson *person, ZifuDivisionPart part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuDivision, zifu_division_free)

G_END_DECLS
