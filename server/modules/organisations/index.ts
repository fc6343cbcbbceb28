import type { OrganisationBlock, Room } from '../../kernel/room.ts'

export const organisationsRoom = (_blocks: OrganisationBlock[]): Room => ({
  name: 'organisations',
  endpoints: [],
  phrases: {},
})
