/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuCardState:
 *
 * State of the card or of the electronic credential (platform: mdtrt_cert_type names its kinds, not its states).
 */
typedef enum {
  ZIFU_CARD_UNKNOWN,
  ZIFU_CARD_ACTIVE,
  ZIFU_CARD_NOT_ACTIVATED,
  ZIFU_CARD_DORMANT,
  ZIFU_CARD_LOST,
} ZifuCardState;

/**
 * ZifuAccountState:
 *
 * State of the personal account (platform: psn_chg_type 31 frozen, 32 unfrozen, 23 and 24 moved away).
 */
typedef enum {
  ZIFU_ACCOUNT_UNKNOWN,
  ZIFU_ACCOUNT_NORMAL,
  ZIFU_ACCOUNT_FROZEN,
  ZIFU_ACCOUNT_CLOSED,
  ZIFU_ACCOUNT_MOVED,
} ZifuAccountState;

/**
 * ZifuMovementKind:
 *
 * What moved the money of an account (platform: acct_incexpd_type).
 */
typedef enum {
  ZIFU_MOVEMENT_OTHER,
  ZIFU_MOVEMENT_CREDIT,
  ZIFU_MOVEMENT_VISIT,
  ZIFU_MOVEMENT_FAMILY,
  ZIFU_MOVEMENT_PREMIUM,
  ZIFU_MOVEMENT_TRANSFER,
  ZIFU_MOVEMENT_REFUND,
  ZIFU_MOVEMENT_INTEREST,
} ZifuMovementKind;

/**
 * ZifuMovement:
 *
 * One entry of an account.
 */
typedef struct {
  ZifuDate         date;      /* acct_modi_date */
  ZifuMovementKind kind;
  ZifuMoney        amount;    /* fen; inc_sumamt above 0, pay_sumamt below */
  ZifuMonth        for_month; /* cashym of a credit; 0 = not known */
  ZifuMoney        base;      /* psn_clctstd of a credit, fen; −1 = not known */
  char            *relative;  /* nullable: who used it */
} ZifuMovement;

/**
 * ZifuEnrolment:
 *
 * One enrolment of a person, from a day on (platform: psn_insu_d; insutype, insu_admdvs).
 */
typedef struct {
  char    *insurance;   /* 310 or 390 */
  char    *region;      /* insu_admdvs */
  gboolean paid;        /* contributions are being paid */
  gboolean place_of_work; /* where the person works, studies or usually lives */
  ZifuDate from, to;    /* to 0 = still open */
} ZifuEnrolment;

/**
 * ZifuFiling:
 *
 * A filing for care elsewhere (platform: transactions 2501 and following).
 */
typedef struct {
  char    *kind;     /* as the axis remote: filed_long, filed_temp, referred */
  char    *place;    /* nullable: place of care, code of a region or its first two digits */
  ZifuDate from, to; /* to 0 = not stated */
} ZifuFiling;

/**
 * ZifuTie:
 *
 * A tie of family mutual aid.
 */
typedef struct {
  char     *id;        /* the relative */
  char     *relation;  /* spouse, parent, child, sibling, grandparent, grandchild, other */
  gboolean  given;     /* the relative may use this person's account; else this person uses the relative's */
  char     *insurance; /* nullable: insutype of the relative */
  char     *place;     /* nullable: city, province, other: where the relative is insured, seen from here */
  ZifuDate  from, to;  /* to 0 = open */
  gboolean  has_quota;
  ZifuMoney quota;
} ZifuTie;

/**
 * ZifuMoveState:
 *
 * How far a transfer of the insurance relation is.
 */
typedef enum { ZIFU_MOVE_NONE, ZIFU_MOVE_REQUESTED, ZIFU_MOVE_IN_TRANSIT, ZIFU_MOVE_ARRIVED } ZifuMoveState;

/**
 * ZifuMove:
 *
 * A transfer of the insurance relation to another region.
 */
typedef struct {
  ZifuMoveState state;
  char         *to;      /* nullable: region */
  ZifuDate      requested;
  gboolean      account_there_known, account_there; /* whether the destination keeps personal accounts */
} ZifuMove;

/**
 * ZifuRecord:
 *
 * What is known of a person beyond what a settlement needs: states, movements, ties, filings.  Whatever is not known stays
 * at its default, and nothing is concluded from it.
 */
typedef struct {
  ZifuPerson      *person;           /* owned, never NULL */
  ZifuCardState    card;
  ZifuAccountState account;
  gboolean         identity_changed; /* name or number changed and not yet reported */
  ZifuDate         data_since;       /* data still arriving since that day; 0 = no */
  ZifuMonth        arrears_from;     /* first month that the employer owes; 0 = none known */
  GArray          *movements;        /* of ZifuMovement, oldest first */
  GArray          *enrolments;       /* of ZifuEnrolment */
  GArray          *filings;          /* of ZifuFiling */
  GArray          *ties;             /* of ZifuTie */
  ZifuMove         move;
  ZifuVisit       *refused;          /* owned, nullable: the visit that was refused, or that is planned */
  GPtrArray       *bills;            /* of ZifuVisit: bills that were settled, line by line as they state it; newest first */
} ZifuRecord;

ZifuRecord *zifu_record_new (void);
ZifuRecord *zifu_record_new_for_person (const ZifuPerson *person);
ZifuRecord *zifu_record_copy (const ZifuRecord *record);
void        zifu_record_free (ZifuRecord *record);
void        zifu_record_add_movement (ZifuRecord *record, ZifuDate date, ZifuMovementKind kind, ZifuMoney amount);
ZifuTie    *zifu_record_add_tie (ZifuRecord *record, const char *id, const char *relation, gboolean given, ZifuDate from);
void        zifu_record_add_filing (ZifuRecord *record, const char *kind, const char *place, ZifuDate from, ZifuDate to);
void        zifu_record_add_enrolment (ZifuRecord *record, const char *insurance, const char *region, ZifuDate from);
gboolean    zifu_tie_is_open (const ZifuTie *tie, ZifuDate on);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuRecord, zifu_record_free)

G_END_DECLS
