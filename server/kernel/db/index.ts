/** PostgreSQL: the pool, the typed query builder, the one transaction of an action, and migrations. */
export { type Database, type Db, NoConnectionInTime, openDatabase, openPool, type Tx } from './database.ts'
export { randomUUIDv7 } from './identifiers.ts'
export { type Migration, migrate, schemaHead } from './migrate.ts'
export { often } from './often.ts'
export { afterCommit, atEnd, transaction } from './transaction.ts'
