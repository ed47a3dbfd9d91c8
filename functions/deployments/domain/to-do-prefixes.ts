/** Where the lists of what is still to be done lie in the work bucket. */
export const toDoPrefixes = { unsigned: 'to-do/unsigned/', behind: 'to-do/behind/' } as const;
/** Where there is noted how far the archive is packed. */
export const packingNotesPrefix = 'packing/';
