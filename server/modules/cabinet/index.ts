import type { CabinetBlock, Room } from '../../kernel/room.ts'

export const cabinetRoom = (_blocks: CabinetBlock[]): Room => ({ name: 'cabinet', endpoints: [], phrases: {} })
