// The supervisor's board.
import { call } from './client'
import type { Board } from './types'

export function getBoard(signal: AbortSignal): Promise<Board> {
  return call('/board', { signal })
}
