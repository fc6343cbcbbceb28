/**
 * The cabinet: the page «Личный кабинет пользователя», put together of blocks that the rooms contribute, and the block
 * «Мой профиль» of its own.
 */
import type { CabinetBlock, Room } from '../../kernel/room.ts'
import { cabinetPages } from './cabinet.pages.tsx'

/** @param blocks parts of the page that the rooms contribute */
export const cabinetRoom = (blocks: CabinetBlock[]): Room => ({
  name: 'cabinet',
  endpoints: cabinetPages(blocks).endpoints,
  phrases: {},
  sections: [{ text: 'Личный кабинет', href: '/cabinet', needs: 'signed-in', order: 10 }],
})
