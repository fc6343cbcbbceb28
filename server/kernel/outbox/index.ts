/** Events: written with the action that caused them, handled once after its commit. */
export {
  type EventHandlers,
  type EventName,
  type Events,
  handleEvent,
  handleWaitingEvents,
  joinHandlers,
  publish,
} from './outbox.ts'
