import type { Room } from '../../kernel/room.ts'

export const applicationsRoom: Room = { name: 'applications', endpoints: [], phrases: {} }
