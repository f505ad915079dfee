/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger.h"

/**
 * zifu_member_new:
 *
 * A person of whom nothing is known yet, not even the base.
 *
 * Returns: (transfer full): a new member, to be freed with zifu_member_free()
 */
ZifuMember *
zifu_member_new (void)
{
  ZifuMember *member = g_new0 (ZifuMember, 1);

  member->base = -1;
  return member;
}

/**
 * zifu_member_copy:
 * @member: a member
 *
 * Returns: (transfer full): a copy with the same id
 */
ZifuMember *
zifu_member_copy (const ZifuMember *member)
{
  ZifuMember *copy;

  g_return_val_if_fail (member != NULL, NULL);

  copy = g_memdup2 (member, sizeof *member);
  copy->name = g_strdup (member->name);
  copy->relation = g_strdup (member->relation);
  copy->sex = g_strdup (member->sex);
  copy->region = g_strdup (member->region);
  copy->insurance = g_strdup (member->insurance);
  copy->status = g_strdup (member->status);
  copy->resident_class = g_strdup (member->resident_class);
  return copy;
}

/**
 * zifu_member_free:
 * @member: (nullable) (transfer full): a member
 *
 * Frees @member with all its texts.
 */
void
zifu_member_free (ZifuMember *member)
{
  if (member == NULL)
    return;

  g_free (member->name);
  g_free (member->relation);
  g_free (member->sex);
  g_free (member->region);
  g_free (member->insurance);
  g_free (member->status);
  g_free (member->resident_class);
  g_free (member);
}

/**
 * zifu_member_find_owner:
 * @members: (element-type ZifuMember): a household
 *
 * Returns: the number of whose household it is, unless archived; else of the first who is not; else of the first; 0 = there is nobody
 */
gint64
zifu_member_find_owner (GPtrArray *members)
{
  const ZifuMember *found = NULL;

  g_return_val_if_fail (members != NULL, 0);

  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if (g_strcmp0 (member->relation, "self") == 0 && !member->archived)
        return member->id;
      if (found == NULL || (found->archived && !member->archived))
        found = member;
    }

  return found != NULL ? found->id : 0;
}
