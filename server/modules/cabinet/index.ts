/**
 * The cabinet: the page «Личный кабинет пользователя», put together of blocks that the rooms contribute, and the block
 * «Мой профиль» of its own. Its one main button is the first next step that a room knows of.
 */
import type { CabinetBlock, NextStepFinder, Room } from '../../kernel/room.ts'
import { cabinetPages } from './cabinet.pages.tsx'

/**
 * @param blocks parts of the page that the rooms contribute
 * @param steps what there is to do, as the rooms know it
 */
export const cabinetRoom = (blocks: CabinetBlock[], steps: NextStepFinder[]): Room => ({
  name: 'cabinet',
  endpoints: cabinetPages(blocks, steps).endpoints,
  phrases: {},
  sections: [{ text: 'Личный кабинет', href: '/cabinet', needs: 'signed-in', order: 10 }],
})
