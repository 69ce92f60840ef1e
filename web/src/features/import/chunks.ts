// Which rows of a file travel together: as many as one request takes, and no more than it may weigh.
import type { FileRow } from '@/api/types'

/** Rows of one request; small enough that stopping is felt at once. */
export const ROWS = 25
/** Letters of one request; its limit is a mebibyte, and a letter may need three bytes and more. */
export const LETTERS = 120_000

/** The rows in order, in pieces; a row too long for any piece stands alone. */
export function chunksOf(rows: FileRow[], most = ROWS, letters = LETTERS): FileRow[][] {
  const chunks: FileRow[][] = []
  let weight = Infinity
  for (const row of rows) {
    const last = chunks.at(-1)
    const length = row.intake.text.length
    if (last && last.length < most && weight + length <= letters) {
      last.push(row)
      weight += length
    } else {
      chunks.push([row])
      weight = length
    }
  }
  return chunks
}
