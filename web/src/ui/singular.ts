// English says one thing in the singular; Chinese has no such form, so the messages are written once, for many.
const ONE = /(?<![\d.,])1 ((?:like |newest |open |working |unsent |recovery |more )?)(appeal|case|character|clock|code|complaint|conversation|customer|day|draft|hour|mark|row)s\b/g

/** The words with what there is one of in the singular. */
export function singular(words: string): string {
  return words.includes('1 ') ? words.replace(ONE, '1 $1$2') : words
}
