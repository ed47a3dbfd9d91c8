/** Where the lists of what is still to be done lie in the work bucket. */
export const toDoPrefixes = { unsigned: 'to-do/unsigned/', behind: 'to-do/behind/' } as const;
