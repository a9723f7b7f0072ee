/** Spellings seen on the wire; any closer ends any opener. */
export const OPENERS = ['<think>', '<mm:think>', '<minimax:think>'];
export const CLOSERS = ['</think>', '</mm:think>', '</minimax:think>'];

export const CLOSER = /<\/(?:mm:|minimax:)?think>/;
export const ANY_TAG = /<\/?(?:mm:|minimax:)?think>/;
export const LEADING_OPENER = /^<(?:mm:|minimax:)?think>/;
export const TRAILING_CLOSER = /<\/(?:mm:|minimax:)?think>$/;
