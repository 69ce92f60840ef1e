// Where the reader was in the list, while the page lives.
let opened = ''

export function remember(id: string): void {
  opened = id
}

export function lastOpened(): string {
  return opened
}
