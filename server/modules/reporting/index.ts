import type { Room } from '../../kernel/room.ts'

export const reportingRoom: Room = { name: 'reporting', endpoints: [], phrases: {} }
