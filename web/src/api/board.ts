// The supervisor's board.
import { call } from './client'
import type { Board } from './types'

/** The board of everybody, or of one team. */
export function getBoard(team: string, signal: AbortSignal): Promise<Board> {
  return call('/board', { query: { team: team || undefined }, signal })
}
