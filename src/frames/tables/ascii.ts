/** The bytes that tables of text are told by. */
export const ascii = {
  tab: 9,
  newline: 10,
  carriageReturn: 13,
  blank: 32,
  exclamation: 33,
  quote: 34,
  hash: 35,
  ampersand: 38,
  plus: 43,
  minus: 45,
  point: 46,
  zero: 48,
  at: 64,
  upperE: 69,
  lowerE: 101,
} as const;
