// Whole numbers for the eye.

/** A count with a comma between its thousands, as both languages write it; the browser's own rules are dear to load. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
