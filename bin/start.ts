import { endWith, importBuilt } from './entry.ts'

// `npm start`: the program listens and works until it is told to stop; server/main.ts starts on import.
await importBuilt('main.js').catch(endWith)
