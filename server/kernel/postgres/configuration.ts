import { totalmem } from 'node:os'
import type { Place } from './place.ts'

const megabyte = 1024 * 1024

/**
 * The server's settings, given on its command line at each start: the files in the cluster are never edited, so an
 * update of the program updates them too. Meant for a machine that the program and its database have to themselves,
 * from 1 GB of memory upwards.
 */
export function serverSettings({ socketDirectory }: Place, fsync: boolean): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0700',
    port: '5432',
    cluster_name: 'kabinet',
    fsync: fsync ? 'on' : 'off',
    // Without fsync too: what is committed then still survives the end of the process, though not a power cut.
    synchronous_commit: 'on',
    full_page_writes: fsync ? 'on' : 'off',
    shared_buffers: `${between(64, memory() / 8, 1024)}MB`,
    effective_cache_size: `${between(128, memory() / 2, 64 * 1024)}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_connections: '60',
    max_wal_size: '512MB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    // Compiling a query costs more than any query of the program takes.
    jit: 'off',
    max_parallel_workers_per_gather: '1',
    idle_in_transaction_session_timeout: '10min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // 152-ФЗ: statements and details of errors hold personal data; the program reports its errors itself.
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: '',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Megabytes that this process may use: of the machine, or of the container when that has less. */
function memory(): number {
  const limit = process.constrainedMemory()
  return (limit > 0 ? Math.min(limit, totalmem()) : totalmem()) / megabyte
}

const between = (least: number, wanted: number, most: number) => Math.round(Math.min(Math.max(wanted, least), most))
