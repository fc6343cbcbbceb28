import type { Room } from '../../kernel/room.ts'

export const messagesRoom: Room = { name: 'messages', endpoints: [], phrases: {} }
