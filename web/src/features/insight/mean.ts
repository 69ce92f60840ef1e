// The mean of the last seven days at each day, rounded to a tenth; null while a week is not full.
const WEEK = 7

export function weekMeans(counts: readonly number[]): (number | null)[] {
  return counts.map((_, index) => {
    if (index + 1 < WEEK) return null
    const sum = counts.slice(index + 1 - WEEK, index + 1).reduce((total, count) => total + count, 0)
    return Math.round((sum / WEEK) * 10) / 10
  })
}
