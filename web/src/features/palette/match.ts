// How well a few letters fit a name: as its beginning, inside it, as the initials of its pinyin, or as letters in order.

/**
 * The first character of each initial in the order of pinyin. The browser sorts Chinese by pinyin, so a character belongs
 * to the last of these that does not come after it. Written as code points, because sources hold no Chinese.
 */
const FIRSTS: [string, string][] = [
  ['a', '\u963f'],
  ['b', '\u516b'],
  ['c', '\u5693'],
  ['d', '\u54d2'],
  ['e', '\u59b8'],
  ['f', '\u53d1'],
  ['g', '\u65ee'],
  ['h', '\u54c8'],
  ['j', '\u8ba5'],
  ['k', '\u5494'],
  ['l', '\u5783'],
  ['m', '\u75f3'],
  ['n', '\u62cf'],
  ['o', '\u5662'],
  ['p', '\u5991'],
  ['q', '\u4e03'],
  ['r', '\u5465'],
  ['s', '\u4ee8'],
  ['t', '\u5b83'],
  ['w', '\u7a75'],
  ['x', '\u5915'],
  ['y', '\u4e2b'],
  ['z', '\u5e00'],
]
const order = new Intl.Collator('zh-u-co-pinyin')
const HAN = /\p{Script=Han}/u

function initialOf(character: string): string {
  if (!HAN.test(character)) return character
  let initial = ''
  for (const [letter, first] of FIRSTS) {
    if (order.compare(character, first) < 0) break
    initial = letter
  }
  return initial
}

/** The initials of a name's pinyin; letters and digits stand for themselves. */
export function initialsOf(name: string): string {
  return Array.from(name).map(initialOf).join('').toLowerCase()
}

function inOrder(letters: string, name: string): boolean {
  let at = 0
  for (const letter of name) if (letter === letters[at]) at += 1
  return at === letters.length
}

/** How well the letters fit, the higher the better; 0 when they do not. */
export function fit(letters: string, name: string): number {
  const wanted = letters.trim().toLowerCase()
  if (!wanted) return 1
  const plain = name.toLowerCase()
  if (plain.startsWith(wanted)) return 5
  if (plain.includes(wanted)) return 4
  if (!/^[a-z0-9]+$/.test(wanted)) return 0
  const initials = initialsOf(name)
  if (initials.startsWith(wanted)) return 3
  if (initials.includes(wanted)) return 2
  return HAN.test(name) ? 0 : Number(wanted.length > 1 && inOrder(wanted, plain))
}
