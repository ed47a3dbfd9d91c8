import type { Slot } from '../../../functions/contracts/campaign.ts';

export const slotText = (id: string, required: boolean, maxLength: number): Slot => ({
  id,
  label: id,
  example: 'Amira',
  required,
  maxLength,
});
