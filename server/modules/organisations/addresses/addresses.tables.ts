import type { ColumnType, GeneratedAlways } from 'kysely'
import type { AddressParts } from '../../../../contracts/addresses.ts'

type Json<T> = ColumnType<T, string, string>

export interface AddressesTables {
  gar_addresses: {
    region_code: string
    gar_id: string
    object_id: number
    level: number
    house: boolean
    postal_code: string | null
    parts: Json<AddressParts>
    text: string
    match_key: string
    search_text: GeneratedAlways<string>
  }
  gar_loads: {
    id: string
    region_code: string
    objects: number
    houses: number
    loaded_at: ColumnType<Date, undefined, never>
  }
  organisation_addresses: {
    organisation_id: string
    address: string
    parts: Json<AddressParts>
    gar_id: string | null
  }
}

declare module '../../../kernel/db/database.ts' {
  interface Database extends AddressesTables {}
}
