/** Does what can wait once the picture under way has been drawn. */
export function afterPicture(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work))
}
